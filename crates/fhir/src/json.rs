//! JSON by bytes: a strict scanner that never recurses, and a borrowed tree that keeps numbers as exact text.
//!
//! Why not `serde_json`: its values round numbers or need a global feature, its derived views fail on a repeated
//! key, a lone surrogate refuses the whole resource, and neither can say which fields nobody has read. The tree
//! here answers all four; the reader's "everything else" (see `rest`) depends on the last.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;

use bumpalo::Bump;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where and why bytes are not JSON (RFC 8259).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("{kind} (at byte {position})")]
pub struct JsonFault {
    /// Offset of the byte that could not be understood.
    pub position: usize,
    /// What was wrong with it.
    pub kind: JsonFaultKind,
}

/// What is wrong with a byte of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the texts say it")]
// A word, though a byte would do: it shares its place with parsed values, which are then copied word by word.
#[repr(usize)]
pub enum JsonFaultKind {
    #[error("ends too early")]
    CutShort,
    #[error("more bytes follow after the end")]
    MoreBytes,
    #[error("no JSON value begins like this")]
    NoValue,
    #[error("a comma or a closing bracket is missing")]
    NoCommaOrBracket,
    #[error("a name in quotes is missing")]
    NoName,
    #[error("a colon is missing")]
    NoColon,
    #[error("a number begins with zero")]
    LeadingZero,
    #[error("a digit is missing")]
    NoDigit,
    #[error("a byte that is not UTF-8")]
    NotUtf8,
    #[error("an escape is not complete")]
    HalfEscape,
    #[error("an unknown escape")]
    UnknownEscape,
    #[error("a control character inside a text")]
    ControlCharacter,
    #[error("more values than any record has")]
    TooMany,
}

/// Values of one resource that are kept as a tree. The longest questionnaires have some ten thousands; a page of brackets
/// alone would take many times its own length in memory.
const MOST: usize = 2_000_000;

/// Deepest nesting the tree keeps; what lies deeper is named and left out of the reading (never out of the bytes).
/// QuestionnaireResponse nests four levels per question, so 128 is 30 questions within questions.
const TREE_DEPTH: u32 = 128;

/// Bytes, and the same as text where all of them are UTF-8: that is found out once, not for every string.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) bytes: &'a [u8],
    text: Option<&'a str>,
    /// A control character that stands in a text unescaped is taken as it is.
    lenient: bool,
}

impl<'a> Source<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Source { bytes, text: std::str::from_utf8(bytes).ok(), lenient: false }
    }

    /// The same for programs that forget to escape what is in their texts: a line break or a tab must not cost what
    /// stands around it. For bytes that cannot be read strictly for no other reason.
    pub(crate) fn lenient(self) -> Self {
        Source { lenient: true, ..self }
    }
}

/// Steps over JSON one value at a time.
pub(crate) struct Scanner<'a> {
    source: Source<'a>,
    pub(crate) pos: usize,
}

impl<'a> Scanner<'a> {
    /// Starts after a byte order mark, if there is one.
    pub(crate) fn new(source: Source<'a>) -> Self {
        Scanner { source, pos: if source.bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 } }
    }

    /// Nothing but white space is left.
    pub(crate) fn at_end(mut self) -> bool {
        self.space();
        self.peek().is_none()
    }

    pub(crate) fn at(source: Source<'a>, pos: usize) -> Self {
        Scanner { source, pos }
    }

    /// The fault at this byte; where no byte is left, that is what is wrong.
    pub(crate) fn fault(&self, kind: JsonFaultKind) -> JsonFault {
        let ended = self.pos >= self.source.bytes.len();
        JsonFault { position: self.pos, kind: if ended { JsonFaultKind::CutShort } else { kind } }
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.source.bytes.get(self.pos).copied()
    }

    pub(crate) fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.pos += 1;
        }
    }

    /// Takes `byte` after white space, if it is next.
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        self.space();
        let found = self.peek() == Some(byte);
        if found {
            self.pos += 1;
        }
        found
    }

    /// Steps over one value of any depth.
    pub(crate) fn skip_value(&mut self) -> Result<(), JsonFault> {
        // Openers of the arrays and objects we are in: the heap's stack instead of the call stack.
        let mut open: Vec<u8> = Vec::new();
        loop {
            self.space();
            match self.peek() {
                Some(b'{') => {
                    self.pos += 1;
                    if !self.take(b'}') {
                        self.skip_key()?;
                        open.push(b'{');
                        continue;
                    }
                }
                Some(b'[') => {
                    self.pos += 1;
                    if !self.take(b']') {
                        open.push(b'[');
                        continue;
                    }
                }
                _ => self.skip_scalar()?,
            }
            loop {
                let Some(&opener) = open.last() else { return Ok(()) };
                self.space();
                match (opener, self.peek()) {
                    (b'{', Some(b',')) => {
                        self.pos += 1;
                        self.skip_key()?;
                        break;
                    }
                    (_, Some(b',')) => {
                        self.pos += 1;
                        break;
                    }
                    (b'{', Some(b'}')) | (b'[', Some(b']')) => {
                        self.pos += 1;
                        open.pop();
                    }
                    _ => return Err(self.fault(JsonFaultKind::NoCommaOrBracket)),
                }
            }
        }
    }

    fn skip_scalar(&mut self) -> Result<(), JsonFault> {
        match self.peek() {
            Some(b'"') => self.raw_string().map(|_| ()),
            Some(b'-' | b'0'..=b'9') => self.number().map(|_| ()),
            Some(b't') => self.word(b"true"),
            Some(b'f') => self.word(b"false"),
            Some(b'n') => self.word(b"null"),
            _ => Err(self.fault(JsonFaultKind::NoValue)),
        }
    }

    fn skip_key(&mut self) -> Result<(), JsonFault> {
        self.key().map(|_| ())
    }

    /// A member's name with its colon.
    pub(crate) fn key(&mut self) -> Result<RawString<'a>, JsonFault> {
        self.space();
        if self.peek() != Some(b'"') {
            return Err(self.fault(JsonFaultKind::NoName));
        }
        let key = self.raw_string()?;
        if !self.take(b':') {
            return Err(self.fault(JsonFaultKind::NoColon));
        }
        Ok(key)
    }

    fn word(&mut self, word: &'static [u8]) -> Result<(), JsonFault> {
        if self.source.bytes[self.pos..].starts_with(word) {
            self.pos += word.len();
            Ok(())
        } else {
            Err(self.fault(JsonFaultKind::NoValue))
        }
    }

    fn digits(&mut self) -> usize {
        let from = self.pos;
        while let Some(b'0'..=b'9') = self.peek() {
            self.pos += 1;
        }
        self.pos - from
    }

    fn number(&mut self) -> Result<&'a str, JsonFault> {
        let from = self.pos;
        if self.peek() == Some(b'-') {
            self.pos += 1;
        }
        if self.peek() == Some(b'0') {
            self.pos += 1;
            if let Some(b'0'..=b'9') = self.peek() {
                return Err(self.fault(JsonFaultKind::LeadingZero));
            }
        } else if self.digits() == 0 {
            return Err(self.fault(JsonFaultKind::NoDigit));
        }
        if self.peek() == Some(b'.') {
            self.pos += 1;
            if self.digits() == 0 {
                return Err(self.fault(JsonFaultKind::NoDigit));
            }
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.pos += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.pos += 1;
            }
            if self.digits() == 0 {
                return Err(self.fault(JsonFaultKind::NoDigit));
            }
        }
        self.text(from)
    }

    /// What was stepped over since `from`.
    fn text(&self, from: usize) -> Result<&'a str, JsonFault> {
        match self.source.text {
            Some(text) => Ok(text.get(from..self.pos).unwrap_or_default()),
            None => std::str::from_utf8(&self.source.bytes[from..self.pos]).map_err(|error| JsonFault {
                position: from + error.valid_up_to(),
                kind: JsonFaultKind::NotUtf8,
            }),
        }
    }

    /// Goes on to the next quote, backslash or control character, eight bytes at a time.
    fn plain(&mut self) {
        const ONES: u64 = u64::from_ne_bytes([1; 8]);
        const HIGH: u64 = ONES << 7;
        // The lowest high bit that comes out is that of the first such byte; those above it may be wrong.
        let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & HIGH;
        while let Some(chunk) = self.source.bytes.get(self.pos..).and_then(<[u8]>::first_chunk::<8>) {
            let word = u64::from_le_bytes(*chunk);
            let found = below(word ^ (ONES * 0x22), 1) | below(word ^ (ONES * 0x5C), 1) | below(word, 0x20);
            if found != 0 {
                self.pos += (found.trailing_zeros() / 8) as usize;
                return;
            }
            self.pos += 8;
        }
        while self.peek().is_some_and(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
            self.pos += 1;
        }
    }

    /// A string, validated but not unescaped.
    pub(crate) fn raw_string(&mut self) -> Result<RawString<'a>, JsonFault> {
        self.pos += 1;
        let from = self.pos;
        let mut escapes = 0;
        loop {
            self.plain();
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escapes += 1;
                    self.pos += 1;
                    match self.peek() {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.pos += 1,
                        Some(b'u') => {
                            for _ in 0..4 {
                                self.pos += 1;
                                if !self.peek().is_some_and(|b| b.is_ascii_hexdigit()) {
                                    return Err(self.fault(JsonFaultKind::HalfEscape));
                                }
                            }
                            self.pos += 1;
                        }
                        _ => return Err(self.fault(JsonFaultKind::UnknownEscape)),
                    }
                }
                Some(_) if self.source.lenient => self.pos += 1,
                Some(_) => return Err(self.fault(JsonFaultKind::ControlCharacter)),
                None => return Err(self.fault(JsonFaultKind::CutShort)),
            }
        }
        let inner = self.text(from)?;
        self.pos += 1;
        Ok(RawString { inner, escapes })
    }
}

/// The inside of a JSON string.
#[derive(Clone, Copy)]
pub(crate) struct RawString<'a> {
    inner: &'a str,
    escapes: usize,
}

impl<'a> RawString<'a> {
    /// Unescapes; the flag says that a lone surrogate became U+FFFD.
    pub(crate) fn text(self) -> (Cow<'a, str>, bool) {
        if self.escapes == 0 {
            return (Cow::Borrowed(self.inner), false);
        }
        let (out, lone) = self.unescaped();
        (Cow::Owned(out), lone)
    }

    /// Apart from [`Self::text`], so that the many strings without an escape pay nothing for it.
    #[cold]
    fn unescaped(self) -> (String, bool) {
        let (mut out, mut lone) = (String::with_capacity(self.inner.len()), false);
        let mut rest = self.inner;
        while let Some(at) = rest.find('\\') {
            out.push_str(&rest[..at]);
            let kind = rest.as_bytes()[at + 1];
            let mut used = at + 2;
            out.push(match kind {
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => {
                    let unit =
                        |from: usize| u32::from_str_radix(rest.get(from..from + 4).unwrap_or(""), 16).ok();
                    let first = unit(at + 2).unwrap_or(0xFFFD);
                    used = at + 6;
                    let pair = (0xD800..0xDC00)
                        .contains(&first)
                        .then(|| rest.get(used..used + 2).filter(|next| *next == "\\u").and(unit(used + 2)))
                        .flatten()
                        .filter(|low| (0xDC00..0xE000).contains(low));
                    if let Some(low) = pair {
                        used += 6;
                        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00))
                            .unwrap_or('\u{FFFD}')
                    } else {
                        char::from_u32(first).unwrap_or_else(|| {
                            lone = true;
                            '\u{FFFD}'
                        })
                    }
                }
                other => char::from(other),
            });
            rest = &rest[used..];
        }
        out.push_str(rest);
        (out, lone)
    }
}

/// Room for the tree of so many bytes, give or take.
pub(crate) fn arena(bytes: &[u8]) -> Bump {
    const MOST: usize = 64 * 1024;
    Bump::with_capacity(bytes.len().min(MOST))
}

/// One JSON value that borrows from the bytes, and remembers whether a reader has used it.
pub(crate) struct Node<'a> {
    pub(crate) json: Json<'a>,
    used: Cell<bool>,
}

pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    /// Exact text.
    Number(&'a str),
    Text(&'a str),
    List(&'a [Node<'a>]),
    /// In the order sent, repeated keys included.
    Object(Members<'a>),
    /// Nested deeper than the tree keeps.
    Deep,
}

/// The members of an object.
#[derive(Default)]
pub(crate) struct Members<'a> {
    list: &'a [(&'a str, Node<'a>)],
    /// A bit for each name in the list. Most names that are looked for are not there, and their bit says so.
    names: u64,
}

impl<'a> Members<'a> {
    fn bit(name: &str) -> u64 {
        let bytes = name.as_bytes();
        let (first, last) = (bytes.first().copied().unwrap_or(0), bytes.last().copied().unwrap_or(0));
        let middle = bytes.get(bytes.len() / 2).copied().unwrap_or(0);
        let mixed = bytes.len() ^ usize::from(first) ^ (usize::from(last) << 2) ^ (usize::from(middle) << 1);
        1 << (mixed & 63)
    }

    fn get(&self, key: &str) -> Option<&Node<'a>> {
        if self.names & Self::bit(key) == 0 {
            return None;
        }
        self.list.iter().rev().find(|(name, node)| *name == key && !node.is_null()).map(|(_, node)| node)
    }
}

/// What the tree had to bend.
#[derive(Default)]
pub(crate) struct Bent {
    /// Names that came more than once in one object.
    pub(crate) repeated: Vec<String>,
    /// Nested too deep to read.
    pub(crate) deep: bool,
    /// A lone surrogate became U+FFFD.
    pub(crate) surrogate: bool,
}

impl<'a> Node<'a> {
    /// A plain tree; what is nested too deep is null.
    pub(crate) fn value(&self) -> serde_json::Value {
        use serde_json::Value;
        match &self.json {
            Json::Null | Json::Deep => Value::Null,
            Json::Bool(one) => Value::Bool(*one),
            Json::Number(text) => {
                serde_json::from_str(text).unwrap_or_else(|_| Value::String((*text).to_owned()))
            }
            Json::Text(text) => Value::String((*text).to_owned()),
            Json::List(items) => Value::Array(items.iter().map(Node::value).collect()),
            Json::Object(members) => Value::Object(
                members.list.iter().map(|(name, node)| ((*name).to_owned(), node.value())).collect(),
            ),
        }
    }

    /// Parses one JSON text, optionally after a byte order mark. The tree lives in the arena: a resource is hundreds of
    /// small lists, and to make and free each by itself would take as long as the parsing.
    ///
    /// Control characters that stand unescaped in a text are forgiven.
    pub(crate) fn parse(bytes: &'a [u8], arena: &'a Bump) -> Result<(Node<'a>, Bent), JsonFault> {
        let source = Source::new(bytes);
        match Node::parse_source(source, arena) {
            Err(strict) if strict.kind == JsonFaultKind::ControlCharacter => {
                Node::parse_source(source.lenient(), arena)
            }
            parsed => parsed,
        }
    }

    fn parse_source(source: Source<'a>, arena: &'a Bump) -> Result<(Node<'a>, Bent), JsonFault> {
        let mut parser = Parser {
            arena,
            scanner: Scanner::new(source),
            bent: Bent::default(),
            members: Vec::with_capacity(64),
            items: Vec::with_capacity(64),
            left: MOST,
        };
        let node = Node::new(parser.value(0)?);
        parser.scanner.space();
        if parser.scanner.pos < source.bytes.len() {
            return Err(parser.scanner.fault(JsonFaultKind::MoreBytes));
        }
        Ok((node, parser.bent))
    }

    fn new(json: Json<'a>) -> Self {
        Node { json, used: Cell::new(false) }
    }

    /// Takes note that a reader has made something of this value.
    pub(crate) fn mark(&self) {
        self.used.set(true);
    }

    /// Takes back every mark in here.
    pub(crate) fn unmark_all(&self) {
        self.used.set(false);
        match &self.json {
            Json::List(items) => items.iter().for_each(Node::unmark_all),
            Json::Object(members) => members.list.iter().for_each(|(_, node)| node.unmark_all()),
            _ => {}
        }
    }

    /// Marks this value and everything in it.
    pub(crate) fn mark_all(&self) {
        self.mark();
        match &self.json {
            Json::List(items) => items.iter().for_each(Node::mark_all),
            Json::Object(members) => members.list.iter().for_each(|(_, node)| node.mark_all()),
            _ => {}
        }
    }

    pub(crate) fn is_marked(&self) -> bool {
        self.used.get()
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.json, Json::Null)
    }

    /// The members of an object, in the order sent.
    pub(crate) fn members(&self) -> &'a [(&'a str, Node<'a>)] {
        match &self.json {
            Json::Object(members) => members.list,
            _ => &[],
        }
    }

    /// A list's items; any other value is a list of itself, null is none.
    pub(crate) fn items(&self) -> &[Node<'a>] {
        match &self.json {
            Json::List(items) => items,
            Json::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self.json, Json::Object(_))
    }

    /// A member of this object (of the first object, when a list came instead). The last of a repeated key wins,
    /// as in every browser and most servers; the earlier one stays unread and so shows up among the details.
    pub(crate) fn get(&self, key: &str) -> Option<&Node<'a>> {
        match &self.json {
            Json::Object(members) => members.get(key),
            Json::List(items) => items.iter().find_map(|item| item.get(key)),
            _ => None,
        }
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The items of a member, without nulls.
    pub(crate) fn each(&self, key: &str) -> impl Iterator<Item = &Node<'a>> {
        self.get(key).map(Node::items).unwrap_or_default().iter().filter(|item| !item.is_null())
    }

    /// Every value at a dotted path, lists flattened at each step, in order.
    pub(crate) fn all<'n>(&'n self, path: &str) -> Vec<&'n Node<'a>> {
        let mut found = Vec::new();
        self.collect(path, &mut found);
        found
    }

    fn collect<'n>(&'n self, path: &str, found: &mut Vec<&'n Node<'a>>) {
        // Nearly every name that is looked for is short: its bytes are gone over faster than a searcher is set up.
        let (head, tail) = match path.bytes().position(|byte| byte == b'.') {
            Some(dot) => (&path[..dot], Some(&path[dot + 1..])),
            None => (path, None),
        };
        for object in self.items() {
            let Some(value) = object.get(head) else { continue };
            for item in value.items() {
                match tail {
                    Some(tail) => item.collect(tail, found),
                    None if !item.is_null() => found.push(item),
                    None => {}
                }
            }
        }
    }

    /// The first value at a dotted path.
    pub(crate) fn first<'n>(&'n self, path: &str) -> Option<&'n Node<'a>> {
        if path.contains('.') {
            return self.all(path).into_iter().next();
        }
        self.get(path)?.items().iter().find(|item| !item.is_null())
    }

    /// The text of a string, number or boolean, trimmed; `None` when blank or of another shape.
    pub(crate) fn scalar(&self) -> Option<&str> {
        let text = match &self.json {
            Json::Text(text) => trimmed(text),
            Json::Number(text) => text,
            Json::Bool(true) => "true",
            Json::Bool(false) => "false",
            Json::List(items) => return items.iter().find_map(Node::scalar),
            _ => "",
        };
        (!text.is_empty()).then_some(text)
    }

    /// `scalar` of a member, without marking it.
    pub(crate) fn peek(&self, path: &str) -> Option<&str> {
        if path.contains('.') {
            return self.all(path).into_iter().find_map(Node::scalar);
        }
        self.get(path).and_then(Node::scalar)
    }

    /// `scalar` of a member, marked as used.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        let node = if path.contains('.') {
            self.all(path).into_iter().find(|node| node.scalar().is_some())?
        } else {
            self.get(path)?
        };
        let text = node.scalar()?;
        match &node.json {
            Json::List(items) => {
                if let Some(item) = items.iter().find(|item| item.scalar().is_some()) {
                    item.mark();
                }
            }
            _ => node.mark(),
        }
        Some(text)
    }

    /// A boolean, also when it came as text; marked as used.
    pub(crate) fn flag(&self, path: &str) -> Option<bool> {
        match self.peek(path)? {
            "true" => self.text(path).map(|_| true),
            "false" => self.text(path).map(|_| false),
            _ => None,
        }
    }
}

/// Most texts begin and end with a letter, figure or sign of ASCII, and are seen to be trimmed.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

struct Parser<'a> {
    arena: &'a Bump,
    scanner: Scanner<'a>,
    bent: Bent,
    /// Members and items of what is not closed yet: each object and list then takes exactly the room it needs.
    members: Vec<(&'a str, Node<'a>)>,
    items: Vec<Node<'a>>,
    /// Values that may still come.
    left: usize,
}

/// Members that a name is compared with one by one; whether one of more comes twice, a set finds out.
const FEW: usize = 64;

impl<'a> Parser<'a> {
    fn string(&mut self, raw: RawString<'a>) -> &'a str {
        if raw.escapes == 0 {
            return raw.inner;
        }
        let (text, lone) = raw.unescaped();
        self.bent.surrogate |= lone;
        self.arena.alloc_str(&text)
    }

    fn value(&mut self, depth: u32) -> Result<Json<'a>, JsonFault> {
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None => return Err(self.scanner.fault(JsonFaultKind::TooMany)),
        }
        self.scanner.space();
        Ok(match self.scanner.peek() {
            Some(b'{' | b'[') if depth >= TREE_DEPTH => {
                self.scanner.skip_value()?;
                self.bent.deep = true;
                Json::Deep
            }
            Some(b'{') => self.object(depth)?,
            Some(b'[') => {
                self.scanner.pos += 1;
                let start = self.items.len();
                if !self.scanner.take(b']') {
                    loop {
                        let item = self.value(depth + 1)?;
                        self.items.push(Node::new(item));
                        if self.scanner.take(b']') {
                            break;
                        }
                        if !self.scanner.take(b',') {
                            return Err(self.scanner.fault(JsonFaultKind::NoCommaOrBracket));
                        }
                    }
                }
                Json::List(self.arena.alloc_slice_fill_iter(self.items.drain(start..)))
            }
            Some(b'"') => {
                let raw = self.scanner.raw_string()?;
                Json::Text(self.string(raw))
            }
            Some(b'-' | b'0'..=b'9') => Json::Number(self.scanner.number()?),
            Some(b't') => {
                self.scanner.word(b"true")?;
                Json::Bool(true)
            }
            Some(b'f') => {
                self.scanner.word(b"false")?;
                Json::Bool(false)
            }
            Some(b'n') => {
                self.scanner.word(b"null")?;
                Json::Null
            }
            _ => return Err(self.scanner.fault(JsonFaultKind::NoValue)),
        })
    }

    fn object(&mut self, depth: u32) -> Result<Json<'a>, JsonFault> {
        self.scanner.pos += 1;
        if self.scanner.take(b'}') {
            return Ok(Json::Object(Members::default()));
        }
        let (start, mut names, mut repeated) = (self.members.len(), 0, false);
        loop {
            let raw = self.scanner.key()?;
            let key = self.string(raw);
            let bit = Members::bit(key);
            if names & bit != 0 {
                let before = &self.members[start..];
                repeated |= before.len() > FEW || before.iter().any(|(name, _)| *name == key);
            }
            names |= bit;
            let value = self.value(depth + 1)?;
            self.members.push((key, Node::new(value)));
            if self.scanner.take(b'}') {
                break;
            }
            if !self.scanner.take(b',') {
                return Err(self.scanner.fault(JsonFaultKind::NoCommaOrBracket));
            }
        }
        let members = Members { list: self.arena.alloc_slice_fill_iter(self.members.drain(start..)), names };
        if repeated {
            let mut seen = HashSet::with_capacity(members.list.len());
            for (key, _) in members.list {
                if !seen.insert(key) {
                    self.bent.repeated.push((*key).to_owned());
                }
            }
        }
        Ok(Json::Object(members))
    }
}

//! Steps over XML tag by tag, without a tree and without recursion.

use super::{XmlFault, XmlFaultKind};

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A start tag, or one that is its own end; an end follows it either way.
    Start {
        /// Its name, with its prefix.
        name: &'a [u8],
        /// What follows the name in the tag.
        inside: &'a [u8],
    },
    /// The end of the innermost element.
    End,
    /// A whole element of XHTML, from `<div>` to `</div>`.
    Narrative {
        /// Its name, with its prefix.
        name: &'a [u8],
    },
    /// Text between tags.
    Text,
    /// `<![CDATA[…]]>`, without its marks.
    Raw(&'a [u8]),
    /// A comment, a processing instruction, a declaration.
    Aside,
}

/// Steps over XML; checks that each end tag closes the innermost element.
pub(super) struct Scan<'a> {
    bytes: &'a [u8],
    /// Where it goes on.
    pub(super) pos: usize,
    /// Where the last token begins.
    pub(super) start: usize,
    /// Names of the elements that are open, with their prefixes.
    pub(super) open: Vec<&'a [u8]>,
    /// The last start tag was its own end.
    is_empty: bool,
}

/// A name without its prefix.
pub(super) fn local(name: &[u8]) -> &[u8] {
    name.iter().rposition(|byte| *byte == b':').map_or(name, |at| &name[at + 1..])
}

/// What FHIR calls a resource: elements have a small letter first.
pub(super) fn is_type(name: &[u8]) -> bool {
    matches!(local(name), [first, second, more @ ..]
        if first.is_ascii_uppercase() && second.is_ascii_lowercase() && more.iter().all(u8::is_ascii_alphanumeric))
}

/// Attributes of a tag, as they stand in it, in order.
pub(super) fn attributes(inside: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = inside;
    std::iter::from_fn(move || {
        rest = rest.trim_ascii_start();
        let equals = rest.iter().position(|byte| *byte == b'=')?;
        let (name, after) = (rest[..equals].trim_ascii_end(), rest[equals + 1..].trim_ascii_start());
        let quote = *after.first()?;
        let end = after[1..].iter().position(|byte| *byte == quote)?;
        rest = &after[end + 2..];
        Some((name, &after[1..=end]))
    })
}

impl<'a> Scan<'a> {
    /// Goes on at `pos`, within the elements that are open there.
    pub(super) fn at(bytes: &'a [u8], pos: usize, open: Vec<&'a [u8]>) -> Scan<'a> {
        Scan { bytes, pos, start: pos, open, is_empty: false }
    }

    pub(super) fn fault(&self, kind: XmlFaultKind) -> XmlFault {
        XmlFault { position: self.pos.min(self.bytes.len()), kind }
    }

    /// The next token; none at the end of the bytes.
    pub(super) fn next(&mut self) -> Result<Option<Token<'a>>, XmlFault> {
        if std::mem::take(&mut self.is_empty) {
            self.open.pop();
            self.start = self.pos;
            return Ok(Some(Token::End));
        }
        self.start = self.pos;
        let rest = &self.bytes[self.pos..];
        let token = match rest {
            [] if self.open.is_empty() => return Ok(None),
            [] => return Err(self.fault(XmlFaultKind::CutShort)),
            [b'<', b'!', b'-', b'-', ..] => self.through(4, b"-->").map(|_| Token::Aside)?,
            [b'<', b'?', ..] => self.through(2, b"?>").map(|_| Token::Aside)?,
            _ if rest.starts_with(b"<![CDATA[") => Token::Raw(self.through(9, b"]]>")?),
            [b'<', b'!', ..] => self.declaration()?,
            [b'<', b'/', ..] => {
                let name = self.through(2, b">")?.trim_ascii_end();
                if self.open.last() != Some(&name) {
                    self.pos = self.start;
                    return Err(self.fault(XmlFaultKind::Mismatched));
                }
                self.open.pop();
                Token::End
            }
            [b'<', ..] => self.tag()?,
            _ => {
                self.pos += rest.iter().position(|byte| *byte == b'<').unwrap_or(rest.len());
                Token::Text
            }
        };
        Ok(Some(token))
    }

    /// Goes behind `close` and gives what stands before it.
    fn through(&mut self, skip: usize, close: &[u8]) -> Result<&'a [u8], XmlFault> {
        let from = self.pos + skip;
        let found = self.bytes.get(from..).and_then(|rest| find(rest, close));
        let Some(length) = found else {
            self.pos = self.bytes.len();
            return Err(self.fault(XmlFaultKind::CutShort));
        };
        self.pos = from + length + close.len();
        Ok(&self.bytes[from..from + length])
    }

    /// `<!DOCTYPE …>`, with what it declares in brackets.
    fn declaration(&mut self) -> Result<Token<'a>, XmlFault> {
        let (mut depth, mut quote) = (0_usize, None);
        for (at, byte) in self.bytes.iter().enumerate().skip(self.pos + 2) {
            match (quote, *byte) {
                (Some(open), byte) if byte == open => quote = None,
                (None, b'"' | b'\'') => quote = Some(*byte),
                (None, b'<') => depth += 1,
                (None, b'>') if depth == 0 => {
                    self.pos = at + 1;
                    return Ok(Token::Aside);
                }
                (None, b'>') => depth -= 1,
                _ => {}
            }
        }
        self.pos = self.bytes.len();
        Err(self.fault(XmlFaultKind::CutShort))
    }

    fn tag(&mut self) -> Result<Token<'a>, XmlFault> {
        let name_from = self.pos + 1;
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80 || b":_-.".contains(byte);
        let length = self.bytes[name_from..].iter().take_while(|byte| is_name(byte)).count();
        let name = &self.bytes[name_from..name_from + length];
        if name.first().is_none_or(|first| first.is_ascii_digit() || b":-.".contains(first)) {
            let ended = name_from == self.bytes.len();
            return Err(self.fault(if ended { XmlFaultKind::CutShort } else { XmlFaultKind::NoTag }));
        }
        let inside_from = name_from + length;
        let mut at = inside_from;
        let close = loop {
            let spaces = self.bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            at += spaces;
            match &self.bytes[at..] {
                [] | [b'/'] => return Err(self.broken(self.bytes.len(), XmlFaultKind::CutShort)),
                [b'>', ..] => break at + 1,
                [b'/', b'>', ..] => {
                    self.is_empty = true;
                    break at + 2;
                }
                _ if spaces == 0 => return Err(self.broken(at, XmlFaultKind::NoAttribute)),
                rest => at += self.attribute(rest, at)?,
            }
        };
        self.pos = close;
        if local(name) == b"div" {
            return self.narrative(name);
        }
        self.open.push(name);
        Ok(Token::Start { name, inside: &self.bytes[inside_from..at] })
    }

    /// How long the attribute is that begins here: a name, `=`, a value in quotes, with spaces between.
    fn attribute(&self, rest: &[u8], at: usize) -> Result<usize, XmlFault> {
        let spaces = |from: usize| rest[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let stop = |byte: &u8| byte.is_ascii_whitespace() || b"=<>\"'/".contains(byte);
        let name = rest.iter().position(stop).unwrap_or(rest.len());
        let equals = name + spaces(name);
        if rest.get(equals).is_some_and(|byte| *byte != b'=') || name == 0 {
            return Err(self.broken(at, XmlFaultKind::NoAttribute));
        }
        let from = (equals + 1).min(rest.len());
        let open = from + spaces(from);
        let cut = || self.broken(self.bytes.len(), XmlFaultKind::CutShort);
        let quote = *rest.get(open).ok_or_else(cut)?;
        if !matches!(quote, b'"' | b'\'') {
            return Err(self.broken(at, XmlFaultKind::NoAttribute));
        }
        let value = rest[open + 1..].iter().position(|byte| *byte == quote).ok_or_else(cut)?;
        Ok(open + 1 + value + 1)
    }

    fn broken(&self, position: usize, kind: XmlFaultKind) -> XmlFault {
        XmlFault { position: position.min(self.bytes.len()), kind }
    }

    /// Goes to the end of an element of XHTML, whose tags need not fit each other: only its own name is counted.
    fn narrative(&mut self, name: &'a [u8]) -> Result<Token<'a>, XmlFault> {
        let mut depth = usize::from(!std::mem::take(&mut self.is_empty));
        while depth > 0 {
            let Some(at) = self.bytes[self.pos..].iter().position(|byte| *byte == b'<') else {
                self.pos = self.bytes.len();
                return Err(self.fault(XmlFaultKind::CutShort));
            };
            self.pos += at;
            let rest = &self.bytes[self.pos..];
            if rest.starts_with(b"<!--") {
                self.through(4, b"-->")?;
            } else if rest.starts_with(b"<![CDATA[") {
                self.through(9, b"]]>")?;
            } else if rest.starts_with(b"</") {
                depth -= usize::from(self.through(2, b">")?.trim_ascii_end() == name);
            } else {
                let tag = self.through(1, b">")?;
                let ends = |after: &[u8]| after.first().is_none_or(|byte| !byte.is_ascii_alphanumeric());
                let is_own = tag.strip_prefix(name).is_some_and(ends);
                depth += usize::from(is_own && !tag.ends_with(b"/"));
            }
        }
        Ok(Token::Narrative { name })
    }
}

/// Where `needle` first begins.
pub(super) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

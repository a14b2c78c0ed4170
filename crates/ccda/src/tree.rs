//! A document's elements and texts with their places, read as leniently as it goes.
//!
//! The nodes stand in one list in the order of the document, so walking never uses the call stack. Names are without
//! their prefixes: HL7's examples, and what is cut out of documents, leave prefixes undeclared, and no name of `sdtc`
//! means another thing than the same name of `v3`. Attributes are read when they are asked for.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;
use wholechart_html::decode;

use crate::fault::{CutReason, Fault};
use crate::limits::Limits;

/// Elements and texts of a document.
pub(crate) struct Tree<'t> {
    text: &'t str,
    nodes: Vec<Stored<'t>>,
    /// Which elements somebody has read, by their places in `nodes`.
    read: Vec<Cell<bool>>,
}

struct Stored<'t> {
    /// The element's name without its prefix; none for a text.
    name: Option<&'t str>,
    /// A text that is not decoded: CDATA.
    raw: bool,
    /// Its bytes of the text; for CDATA without its marks.
    range: Range<usize>,
    /// The end of its start tag.
    tag_end: usize,
    parent: usize,
    /// The place behind its last descendant.
    after: usize,
}

/// What was wrong while a tree was read, with the place.
pub(crate) struct Grown<'t> {
    pub(crate) tree: Tree<'t>,
    pub(crate) faults: Vec<(Fault, Range<usize>)>,
    pub(crate) cut: Option<(CutReason, usize)>,
}

/// Reads all elements; what is broken ends the reading, and the elements that are open there end with it.
pub(crate) fn grow<'t>(text: &'t str, limits: &Limits) -> Grown<'t> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.check_comments = false;
    let mut nodes: Vec<Stored<'t>> = Vec::new();
    let mut faults: Vec<(Fault, Range<usize>)> = Vec::new();
    let mut cut = None;
    let mut open: Vec<usize> = Vec::new();
    // Elements within one that is too deep.
    let mut skipped = 0_usize;
    loop {
        let start = place(&reader);
        let event = reader.read_event();
        let end = place(&reader);
        let full = nodes.len() >= limits.nodes;
        let parent = open.last().copied();
        match event {
            Ok(Event::Eof) => {
                if !open.is_empty() {
                    cut = Some((CutReason::Truncated, end));
                }
                break;
            }
            Ok(Event::Start(_) | Event::Empty(_) | Event::Text(_) | Event::CData(_)) if full => {
                cut = Some((CutReason::TooManyNodes, start));
                break;
            }
            Ok(Event::Start(_)) if skipped > 0 => skipped += 1,
            Ok(Event::Start(_) | Event::Empty(_)) if open.len() >= limits.depth => {
                if !faults.iter().any(|(fault, _)| *fault == Fault::TooDeep) {
                    faults.push((Fault::TooDeep, start..end));
                }
                skipped += usize::from(!text[start..end].ends_with("/>"));
            }
            Ok(Event::Start(_)) => {
                open.push(nodes.len());
                let parent = parent.unwrap_or(usize::MAX);
                let name = Some(name_of(&text[start + 1..end]));
                nodes.push(Stored { name, raw: false, range: start..end, tag_end: end, parent, after: 0 });
            }
            Ok(Event::Empty(_)) if skipped == 0 => {
                let after = nodes.len() + 1;
                let parent = parent.unwrap_or(usize::MAX);
                let name = Some(name_of(&text[start + 1..end]));
                nodes.push(Stored { name, raw: false, range: start..end, tag_end: end, parent, after });
            }
            Ok(Event::End(_)) if skipped > 0 => skipped -= 1,
            Ok(Event::End(_)) => {
                let name = name_of(&text[start + 2..end]);
                let Some(at) = open.iter().rposition(|opened| nodes[*opened].name == Some(name)) else {
                    faults.push((Fault::MismatchedTag, start..end));
                    continue;
                };
                if at + 1 < open.len() {
                    faults.push((Fault::MismatchedTag, start..end));
                }
                let after = nodes.len();
                for closed in open.drain(at..) {
                    nodes[closed].after = after;
                    nodes[closed].range.end = start;
                    if nodes[closed].name == Some(name) {
                        nodes[closed].range.end = end;
                    }
                }
            }
            Ok(Event::Text(_) | Event::GeneralRef(_)) if skipped == 0 => {
                let Some(parent) = parent else { continue };
                // Texts and references beside each other are one text.
                if let Some(last) = nodes.last_mut()
                    && last.name.is_none()
                    && !last.raw
                    && last.range.end == start
                    && last.parent == parent
                {
                    last.range.end = end;
                    continue;
                }
                let after = nodes.len() + 1;
                nodes.push(Stored { name: None, raw: false, range: start..end, tag_end: end, parent, after });
            }
            Ok(Event::CData(_)) if skipped == 0 => {
                let Some(parent) = parent else { continue };
                let whole = &text[start..end];
                let inner = whole.strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>"));
                let range = if inner.is_some() { start + 9..end - 3 } else { start..end };
                let after = nodes.len() + 1;
                nodes.push(Stored { name: None, raw: true, range, tag_end: end, parent, after });
            }
            Ok(Event::DocType(_)) => faults.push((Fault::Doctype, start..end)),
            Ok(_) => {}
            Err(_) => {
                // A tag or a comment that never ends is where the bytes end.
                let ended = !text[start.min(text.len())..].contains('>');
                let reason = if ended { CutReason::Truncated } else { CutReason::Broken };
                cut = Some((reason, start));
                break;
            }
        }
    }
    let (after, end) = (nodes.len(), cut.map_or(text.len(), |(_, at)| at.min(text.len())));
    for opened in open {
        nodes[opened].after = after;
        nodes[opened].range.end = end;
    }
    let read = vec![Cell::new(false); nodes.len()];
    Grown { tree: Tree { text, nodes, read }, faults, cut }
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// The name at the beginning of a tag's inside, without its prefix.
fn name_of(inside: &str) -> &str {
    let end =
        inside.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(inside.len());
    let name = &inside[..end];
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}

/// One element.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t> {
    tree: &'t Tree<'t>,
    /// Its place in the list: orders elements as the document does, and names one.
    pub(crate) index: usize,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<'t> Tree<'t> {
    /// Every element, in the order of the document.
    pub(crate) fn elements(&'t self) -> impl Iterator<Item = Node<'t>> {
        (0..self.nodes.len()).filter(|index| self.nodes[*index].name.is_some()).map(|index| self.node(index))
    }

    pub(crate) fn node(&'t self, index: usize) -> Node<'t> {
        Node { tree: self, index }
    }
}

impl<'t> Node<'t> {
    fn stored(self) -> &'t Stored<'t> {
        &self.tree.nodes[self.index]
    }

    /// The name without its prefix.
    pub(crate) fn name(self) -> &'t str {
        self.stored().name.unwrap_or_default()
    }

    /// Its bytes of the decoded text.
    pub(crate) fn range(self) -> Range<usize> {
        self.stored().range.clone()
    }

    /// Its markup as it stands in the decoded text.
    pub(crate) fn markup(self) -> &'t str {
        &self.tree.text[self.range()]
    }

    pub(crate) fn parent(self) -> Option<Node<'t>> {
        (self.stored().parent != usize::MAX).then(|| self.tree.node(self.stored().parent))
    }

    /// Elements and texts right below it.
    pub(crate) fn inner(self) -> impl Iterator<Item = Inner<'t>> {
        let (mut at, after) = (self.index + 1, self.stored().after);
        std::iter::from_fn(move || {
            let stored = (at < after).then(|| &self.tree.nodes[at])?;
            let node = self.tree.node(at);
            at = stored.after.max(at + 1);
            Some(if stored.name.is_some() { Inner::Element(node) } else { Inner::Text(node.own_text()) })
        })
    }

    /// Elements right below it.
    pub(crate) fn children(self) -> impl Iterator<Item = Node<'t>> {
        self.inner().filter_map(|inner| match inner {
            Inner::Element(node) => Some(node),
            Inner::Text(_) => None,
        })
    }

    /// Elements of a name right below it.
    pub(crate) fn all(self, name: &str) -> impl Iterator<Item = Node<'t>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first element of a name right below it.
    pub(crate) fn child(self, name: &str) -> Option<Node<'t>> {
        self.all(name).next()
    }

    /// The first element at a path such as `assignedAuthor/assignedPerson/name`.
    pub(crate) fn at(self, path: &str) -> Option<Node<'t>> {
        // The first of several elements may lack what a later one has.
        let mut found = vec![self];
        for name in path.split('/') {
            found = found.into_iter().flat_map(|node| node.all(name)).collect();
        }
        found.into_iter().next()
    }

    /// Every element at a path.
    pub(crate) fn all_at(self, path: &str) -> Vec<Node<'t>> {
        path.split('/').fold(vec![self], |found, name| {
            found.into_iter().flat_map(|node| node.all(name).collect::<Vec<_>>()).collect()
        })
    }

    /// Elements below it at any depth, in order.
    pub(crate) fn below(self) -> impl Iterator<Item = Node<'t>> {
        (self.index + 1..self.stored().after)
            .filter(move |index| self.tree.nodes[*index].name.is_some())
            .map(move |index| self.tree.node(index))
    }

    /// Whether the other element stands in this one.
    pub(crate) fn holds(self, other: Node<'_>) -> bool {
        other.index > self.index && other.index < self.stored().after
    }

    /// An attribute, by its name without a prefix, trimmed; none when it is blank. Marks the element as read.
    pub(crate) fn attribute(self, name: &str) -> Option<Cow<'t, str>> {
        let value = self.peek(name)?;
        self.mark();
        Some(value)
    }

    /// An attribute, without marking the element as read.
    pub(crate) fn peek(self, name: &str) -> Option<Cow<'t, str>> {
        let stored = self.stored();
        let tag = &self.tree.text[stored.range.start..stored.tag_end];
        let mut rest = tag[1..].trim_end_matches('>').trim_end_matches('/');
        rest = &rest[rest.find(|c: char| c.is_ascii_whitespace())?..];
        // name = "value", again and again.
        loop {
            rest = rest.trim_start();
            let (found, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, then) = after[1..].split_once(quote)?;
            let found = found.trim_end();
            if found.rsplit_once(':').map_or(found, |(_, own)| own) == name && !found.starts_with("xmlns") {
                let value = match decode(value) {
                    Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
                    Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
                };
                return Some(value).filter(|value| !value.is_empty());
            }
            rest = then;
        }
    }

    /// Whether an attribute says so.
    pub(crate) fn flag(self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The text of a text.
    fn own_text(self) -> Cow<'t, str> {
        let stored = self.stored();
        let text = &self.tree.text[stored.range.clone()];
        if stored.raw { Cow::Borrowed(text) } else { decode(text) }
    }

    /// All text in it in one line, blanks made single; none when it is blank. Marks what holds it as read.
    pub(crate) fn words(self) -> Option<String> {
        let mut out = String::new();
        let stored = self.stored();
        for index in self.index + 1..stored.after {
            let node = self.tree.node(index);
            if node.stored().name.is_some() {
                continue;
            }
            let text = node.own_text();
            let breaks = text.starts_with(char::is_whitespace);
            for (at, word) in text.split_whitespace().enumerate() {
                if (at > 0 || breaks) && !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
                out.push_str(word);
            }
            if text.ends_with(char::is_whitespace) && !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        out.truncate(out.trim_end().len());
        let out: String = if out.chars().any(char::is_control) {
            out.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
        } else {
            out
        };
        if out.is_empty() {
            return None;
        }
        self.mark_all();
        Some(out)
    }

    /// The text right in it, without that of elements in it.
    pub(crate) fn own_words(self) -> Option<String> {
        let mut words: Vec<String> = Vec::new();
        for inner in self.inner() {
            if let Inner::Text(text) = inner {
                words.extend(text.split_whitespace().map(ToOwned::to_owned));
            }
        }
        (!words.is_empty()).then(|| {
            self.mark();
            words.join(" ")
        })
    }

    /// Somebody has read this element.
    pub(crate) fn mark(self) {
        self.tree.read[self.index].set(true);
    }

    /// Somebody has read this element and all in it.
    pub(crate) fn mark_all(self) {
        for read in &self.tree.read[self.index..self.stored().after.max(self.index + 1)] {
            read.set(true);
        }
    }

    /// Whether somebody has read it or anything in it.
    pub(crate) fn is_read(self) -> bool {
        self.tree.read[self.index..self.stored().after.max(self.index + 1)].iter().any(Cell::get)
    }

    /// Whether it says anything: an attribute other than a null flavor, or a text.
    pub(crate) fn says_something(self) -> bool {
        let stored = self.stored();
        let nodes = &self.tree.nodes[self.index..stored.after.max(self.index + 1)];
        nodes.iter().any(|node| match node.name {
            None => !self.tree.text[node.range.clone()].trim().is_empty(),
            Some("templateId") => false,
            Some(_) => {
                let tag = &self.tree.text[node.range.start..node.tag_end];
                ["value", "code", "extension", "root", "displayName"].iter().any(|name| {
                    tag.match_indices(name)
                        .any(|(at, _)| tag[at + name.len()..].trim_start().starts_with('='))
                })
            }
        })
    }
}

/// What stands right below an element.
pub(crate) enum Inner<'t> {
    Element(Node<'t>),
    Text(Cow<'t, str>),
}

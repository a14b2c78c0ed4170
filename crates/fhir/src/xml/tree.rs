//! The elements of one resource, in one list in the order of the document.

use std::borrow::Cow;

use wholechart_html::decode;

use super::scan::{Scan, Token, attributes, is_type, local};
use super::{NAMESPACE, XmlFault, XmlFaultKind};

/// Elements within each other: more than twice of what is kept of JSON, which each makes at least one level of.
const DEEPEST: usize = 256;

/// Elements of one resource: more than any honest one has.
const MOST: usize = 500_000;

/// One resource.
pub(super) struct Tree<'a> {
    nodes: Vec<Stored<'a>>,
}

struct Stored<'a> {
    /// Without its prefix.
    name: &'a str,
    /// The attributes in its tag.
    inside: &'a str,
    /// What stands in it as text, and of XHTML its markup.
    text: Text<'a>,
    /// The place behind its last descendant.
    after: usize,
}

enum Text<'a> {
    None,
    /// One stretch of text, or several with elements or comments between.
    Plain(Cow<'a, str>),
    Markup(Cow<'a, str>),
}

/// Whether these bytes are one element that is a resource by its name, and of FHIR as far as it says so.
pub(super) fn is_resource(bytes: &[u8]) -> bool {
    let Some(tag) = bytes.strip_prefix(b"<") else { return false };
    let length = tag.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b":_-.".contains(byte)).count();
    let (name, rest) = tag.split_at(length);
    // A tag that is whole has its end here; any other is found broken later.
    let tag = &rest[..rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len())];
    is_type(name) && namespace(name, tag).is_none_or(|said| said == NAMESPACE)
}

/// The namespace that a tag states for its own name.
pub(super) fn namespace<'a>(name: &[u8], inside: &'a [u8]) -> Option<&'a [u8]> {
    let prefix = name.iter().position(|byte| *byte == b':').map(|colon| &name[..colon]);
    let declares = |attribute: &[u8]| match prefix {
        Some(prefix) => attribute.strip_prefix(b"xmlns:") == Some(prefix),
        None => attribute == b"xmlns",
    };
    attributes(inside).find(|(attribute, _)| declares(attribute)).map(|(_, said)| said)
}

/// Reads one resource.
pub(super) fn grow(bytes: &[u8]) -> Result<Tree<'_>, XmlFault> {
    if !is_resource(bytes) {
        return Err(XmlFault { position: 0, kind: XmlFaultKind::NotFhir });
    }
    let whole = std::str::from_utf8(bytes)
        .map_err(|error| XmlFault { position: error.valid_up_to(), kind: XmlFaultKind::NotUtf8 })?;
    let mut scan = Scan::at(bytes, 0, Vec::new());
    let mut nodes: Vec<Stored<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // Every mark that ends a token is a character of ASCII, so what it cuts out of a text is text.
    let text_of = |part: &[u8]| -> &str {
        let from = part.as_ptr() as usize - bytes.as_ptr() as usize;
        whole.get(from..from + part.len()).unwrap_or_default()
    };
    while let Some(token) = scan.next()? {
        let (start, end) = (scan.start, scan.pos);
        // How many elements are open that are too deep to be kept.
        let skipped = scan.open.len().saturating_sub(DEEPEST);
        match token {
            Token::Start { name, inside } if skipped == 0 => {
                if nodes.len() >= MOST {
                    return Err(scan.fault(XmlFaultKind::TooMany));
                }
                open.push(nodes.len());
                nodes.push(Stored {
                    name: text_of(local(name)),
                    inside: text_of(inside),
                    text: Text::None,
                    after: 0,
                });
            }
            Token::Narrative { name } if skipped == 0 => {
                let after = nodes.len() + 1;
                let text = Text::Markup(without_prefix(&whole[start..end], text_of(name)));
                nodes.push(Stored { name: text_of(local(name)), inside: "", text, after });
            }
            Token::End if scan.open.len() < open.len() => {
                let after = nodes.len();
                if let Some(closed) = open.pop() {
                    nodes[closed].after = after;
                }
                if open.is_empty() {
                    break;
                }
            }
            Token::Text if skipped == 0 => add(&mut nodes, open.last(), decode(&whole[start..end])),
            Token::Raw(raw) if skipped == 0 => add(&mut nodes, open.last(), Cow::Borrowed(text_of(raw))),
            _ => {}
        }
    }
    if scan.pos < bytes.len() {
        return Err(scan.fault(XmlFaultKind::MoreBytes));
    }
    Ok(Tree { nodes })
}

fn add<'a>(nodes: &mut [Stored<'a>], open: Option<&usize>, more: Cow<'a, str>) {
    let Some(element) = open.and_then(|at| nodes.get_mut(*at)) else { return };
    match &mut element.text {
        Text::Plain(text) => text.to_mut().push_str(&more),
        // White space between elements is no text.
        Text::None if more.trim().is_empty() => {}
        none => *none = Text::Plain(more),
    }
}

/// Markup whose tags have a prefix, without it: in JSON nothing declares it.
fn without_prefix<'a>(markup: &'a str, name: &str) -> Cow<'a, str> {
    match name.rsplit_once(':') {
        None => Cow::Borrowed(markup),
        Some((prefix, _)) => {
            let bare = markup.replace(&format!("<{prefix}:"), "<").replace(&format!("</{prefix}:"), "</");
            Cow::Owned(bare)
        }
    }
}

/// One element.
#[derive(Clone, Copy)]
pub(super) struct Element<'t, 'a> {
    tree: &'t Tree<'a>,
    at: usize,
}

impl<'a> Tree<'a> {
    /// The resource.
    pub(super) fn root(&self) -> Element<'_, 'a> {
        Element { tree: self, at: 0 }
    }
}

impl<'t, 'a> Element<'t, 'a> {
    fn stored(self) -> &'t Stored<'a> {
        &self.tree.nodes[self.at]
    }

    /// The name without its prefix.
    pub(super) fn name(self) -> &'a str {
        self.stored().name
    }

    pub(super) fn children(self) -> impl Iterator<Item = Element<'t, 'a>> {
        let (tree, mut at, after) = (self.tree, self.at + 1, self.stored().after);
        std::iter::from_fn(move || {
            let stored = (at < after).then(|| &tree.nodes[at])?;
            let child = Element { tree, at };
            at = stored.after.max(at + 1);
            Some(child)
        })
    }

    /// The element is one of XHTML.
    pub(super) fn is_markup(self) -> bool {
        matches!(self.stored().text, Text::Markup(_))
    }

    /// `value`; of an element without one and without elements in it, its text.
    pub(super) fn value(self) -> Option<Cow<'t, str>> {
        let said = self.attributes().find(|(name, _)| *name == "value").map(|(_, value)| value);
        said.or_else(|| match &self.stored().text {
            Text::Markup(text) => Some(Cow::Borrowed(text.as_ref())),
            Text::Plain(text) if self.children().next().is_none() => Some(Cow::Borrowed(text.trim())),
            _ => None,
        })
    }

    /// Attributes other than `value`: `id`, and `url` of an extension. Those of XML itself say nothing of the record.
    pub(super) fn others(self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        self.attributes().filter(|(name, _)| *name != "value" && *name != "xmlns" && !name.contains(':'))
    }

    fn attributes(self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        let text = |part: &'a [u8]| std::str::from_utf8(part).unwrap_or_default();
        attributes(self.stored().inside.as_bytes())
            .map(move |(name, value)| (text(name), decode(text(value))))
    }
}

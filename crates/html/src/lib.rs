//! HTML that strangers send: made harmless ([`sanitise`]), read as text ([`strip`], [`without_markup`], [`decode`]),
//! and told apart from other files ([`sniff`]).
//!
//! **Invariants.** Pure: no I/O. [`sanitise`]'s output is built, not filtered: only tags of [`ALLOWED`] are written, without any attribute but a small
//! `colspan`/`rowspan`, and everything else becomes escaped text. So no script, style, link, image or address can
//! come through, whatever the input. A DOM-building sanitiser costs more than all other reading of a resource
//! together; it serves as the judge in the tests instead.

mod latin;

mod sniff;

use std::borrow::Cow;
use std::fmt::Write as _;

pub use sniff::sniff;

/// Tags that survive, without attributes.
const ALLOWED: &[&str] = &[
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Tags whose content goes with them.
const DROPPED: &[&str] = &[
    "script",
    "style",
    "title",
    "template",
    "iframe",
    "object",
    "embed",
    "noscript",
    "noembed",
    "noframes",
    "textarea",
    "select",
    "svg",
    "math",
    "xmp",
    "plaintext",
];

/// Tags that end a line when HTML is read as text.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "tr",
    "li",
    "table",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "blockquote",
    "pre",
    "caption",
    "section",
    "article",
    "header",
    "footer",
    "thead",
    "tbody",
    "title",
];

enum Token<'a> {
    Text(&'a str),
    Open { name: &'a str, inside: &'a str, closed: bool },
    Close(&'a str),
}

/// Goes through the HTML; comments, declarations and the content of [`DROPPED`] tags are left out.
fn tokens<'a>(html: &'a str, mut each: impl FnMut(Token<'a>)) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            each(Token::Text(&rest[..at]));
        }
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if let Some(cdata) = rest.strip_prefix("<![CDATA[") {
            let end = cdata.find("]]>").unwrap_or(cdata.len());
            each(Token::Text(&cdata[..end]));
            rest = cdata.get(end + 3..).unwrap_or("");
            continue;
        }
        let begins = rest.as_bytes().get(1).copied().unwrap_or(b' ');
        if !(begins.is_ascii_alphabetic() || matches!(begins, b'/' | b'!' | b'?')) {
            each(Token::Text(&rest[..1]));
            rest = &rest[1..];
            continue;
        }
        let end = tag_end(rest);
        let inside = rest[1..end].trim_end_matches('>');
        rest = &rest[end..];
        if let Some(name) = inside.strip_prefix('/') {
            each(Token::Close(tag_name(name)));
        } else if begins.is_ascii_alphabetic() {
            let name = tag_name(inside);
            let closed = inside.ends_with('/');
            if among(DROPPED, name).is_some() {
                if !closed {
                    rest = after_close(rest, name);
                }
                continue;
            }
            each(Token::Open { name, inside, closed });
        }
    }
    if !rest.is_empty() {
        each(Token::Text(rest));
    }
}

/// The offset behind the `>` of a tag, quotes respected; the end of the text for a tag that is never closed.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

/// A tag's name as written, without a namespace.
fn tag_name(inside: &str) -> &str {
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != ':').unwrap_or(inside.len());
    inside[..end].rsplit(':').next().unwrap_or_default()
}

/// The list's own spelling of a name.
fn among(tags: &'static [&'static str], name: &str) -> Option<&'static str> {
    tags.iter().copied().find(|tag| tag.eq_ignore_ascii_case(name))
}

fn after_close<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</").map(|at| from + at) {
        from = at + 2;
        if rest.as_bytes()[from..]
            .get(..name.len())
            .is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
        {
            return rest[from..].find('>').map_or("", |end| &rest[from + end + 1..]);
        }
    }
    ""
}

/// The HTML with only harmless tags; every tag that is opened is closed. Empty when no text is left.
pub fn sanitise(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<&'static str> = Vec::new();
    let mut words = false;
    tokens(html, |token| match token {
        Token::Text(text) => {
            let decoded = decode(text);
            words |= !decoded.trim().is_empty();
            escape(&decoded, &mut out);
        }
        Token::Open { name, inside, closed } => {
            let Some(name) = among(ALLOWED, name) else {
                // The words of an unknown element stay; a space keeps them from running together.
                if among(BLOCKS, name).is_some() {
                    out.push(' ');
                }
                return;
            };
            let void = matches!(name, "br" | "hr");
            out.push('<');
            out.push_str(name);
            if matches!(name, "td" | "th") {
                for span in ["colspan", "rowspan"] {
                    if let Some(cells) = cells(inside, span) {
                        // Writing to a String cannot fail.
                        let _ = write!(out, " {span}=\"{cells}\"");
                    }
                }
            }
            out.push('>');
            if !void {
                if closed {
                    close(name, &mut out);
                } else {
                    open.push(name);
                }
            }
        }
        Token::Close(name) => {
            if let Some(at) = open.iter().rposition(|opened| opened.eq_ignore_ascii_case(name)) {
                while open.len() > at {
                    if let Some(inner) = open.pop() {
                        close(inner, &mut out);
                    }
                }
            }
        }
    });
    while let Some(name) = open.pop() {
        close(name, &mut out);
    }
    if words { out } else { String::new() }
}

fn close(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn cells(inside: &str, attribute: &str) -> Option<u32> {
    let at = inside.find(attribute)?;
    let value = inside[at + attribute.len()..].trim_start().strip_prefix('=')?.trim_start();
    let digits: String =
        value.trim_start_matches(['"', '\'']).chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|cells| (2..=100).contains(cells))
}

fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) =
        rest.find(|c: char| matches!(c, '&' | '<' | '>' | '\u{a0}') || (c.is_control() && !is_space(c)))
    {
        out.push_str(&rest[..at]);
        let found = rest[at..].chars().next().unwrap_or(' ');
        out.push_str(match found {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '\u{a0}' => "&nbsp;",
            _ => " ",
        });
        rest = &rest[at + found.len_utf8()..];
    }
    out.push_str(rest);
}

fn is_space(c: char) -> bool {
    matches!(c, '\n' | '\t' | '\r')
}

/// HTML as plain text: tags gone, entities decoded, white space collapsed, one line for every block.
pub fn strip(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    tokens(html, |token| match token {
        Token::Text(text) => {
            let decoded = decode(text);
            if decoded.starts_with(char::is_whitespace) && !out.ends_with([' ', '\n']) && !out.is_empty() {
                out.push(' ');
            }
            let mut first = true;
            for word in decoded.split_whitespace() {
                if !first {
                    out.push(' ');
                }
                first = false;
                out.push_str(word);
            }
            if !first && decoded.ends_with(char::is_whitespace) {
                out.push(' ');
            }
        }
        Token::Open { name, .. } | Token::Close(name) => {
            if among(BLOCKS, name).is_some() {
                while out.ends_with(' ') {
                    out.pop();
                }
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
            } else if among(&["td", "th"], name).is_some() && !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        }
    });
    out.trim().to_owned()
}

/// A text as people read it: without markup, where a sender put markup into an element that has none.
pub fn without_markup(text: &str) -> Cow<'_, str> {
    // Looked for once: a text of nothing but `<` would be gone through for each of them.
    let Some(last) = text.rfind('>') else { return Cow::Borrowed(text) };
    let tag = |at: usize| {
        let rest = text[at + 1..].trim_start_matches('/');
        at < last && among(ALLOWED, tag_name(rest)).or(among(DROPPED, tag_name(rest))).is_some()
    };
    // One known tag is enough; `<5 and >3` and `p<0.05` have none.
    if text.match_indices('<').any(|(at, _)| tag(at)) { Cow::Owned(strip(text)) } else { Cow::Borrowed(text) }
}

/// Replaces the entities that occur in narratives; unknown ones stay as they were written.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.as_bytes()[1..].iter().take(11).position(|byte| *byte == b';').filter(|end| *end > 0);
        let entity = end.map(|end| &rest[1..=end]);
        if let Some((entity, character)) = entity.and_then(|entity| Some((entity, character(entity)?))) {
            out.push(character);
            rest = &rest[entity.len() + 2..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace());
    }
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "deg" => '\u{b0}',
        "micro" => '\u{b5}',
        "plusmn" => '\u{b1}',
        "middot" => '\u{b7}',
        "bull" => '\u{2022}',
        "ndash" => '\u{2013}',
        "mdash" => '\u{2014}',
        "hellip" => '\u{2026}',
        "lsquo" => '\u{2018}',
        "rsquo" => '\u{2019}',
        "ldquo" => '\u{201c}',
        "rdquo" => '\u{201d}',
        "le" => '\u{2264}',
        "ge" => '\u{2265}',
        "times" => '\u{d7}',
        "frac12" => '\u{bd}',
        "reg" => '\u{ae}',
        "copy" => '\u{a9}',
        "trade" => '\u{2122}',
        "eacute" => '\u{e9}',
        "uuml" => '\u{fc}',
        "ouml" => '\u{f6}',
        "auml" => '\u{e4}',
        _ => {
            let at = latin::NAMES.split_whitespace().position(|name| name == entity)?;
            return char::from_u32(u32::try_from(at + 160).ok()?);
        }
    })
}

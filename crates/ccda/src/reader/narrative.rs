//! Narrative blocks (CDA R2 §4.3.5) as HTML of a few tags without attributes.

use wholechart_html::strip;

use super::Reader;
use crate::tree::{Inner, Node};

/// What is to be written next.
enum Step<'t> {
    Element(Node<'t>),
    Text(std::borrow::Cow<'t, str>),
    Close(&'static str),
}

/// The HTML tag of an element of a narrative; none for one that only holds others.
fn tag(node: Node<'_>) -> Option<&'static str> {
    Some(match node.name() {
        "list" if node.peek("listType").is_some_and(|kind| kind == "ordered") => "ol",
        "list" => "ul",
        "item" => "li",
        "table" => "table",
        "thead" => "thead",
        "tbody" => "tbody",
        "tfoot" => "tfoot",
        "tr" => "tr",
        "td" => "td",
        "th" => "th",
        "sub" => "sub",
        "sup" => "sup",
        "br" => "br",
        "caption" if node.parent().is_some_and(|parent| parent.name() == "table") => "caption",
        "paragraph" | "caption" => "p",
        "content" if node.peek("styleCode").is_some_and(|style| style.contains("Bold")) => "b",
        "content" if node.peek("styleCode").is_some_and(|style| style.contains("Italics")) => "i",
        "content" | "footnote" | "linkHtml" => "span",
        _ => return None,
    })
}

/// A narrative, or a part of one, as HTML; empty when it has no words.
pub(super) fn html(node: Node<'_>) -> String {
    let mut out = String::new();
    let mut words = false;
    let mut steps = vec![Step::Element(node)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Close(tag) => {
                out.push_str("</");
                out.push_str(tag);
                out.push('>');
            }
            Step::Text(text) => {
                words |= !text.trim().is_empty();
                escape(&text, &mut out);
            }
            Step::Element(element) => {
                if let Some(tag) = tag(element) {
                    out.push('<');
                    out.push_str(tag);
                    out.push('>');
                    if tag == "br" {
                        continue;
                    }
                    steps.push(Step::Close(tag));
                } else if !out.is_empty() && !out.ends_with(char::is_whitespace) {
                    out.push(' ');
                }
                let from = steps.len();
                steps.extend(element.inner().map(|inner| match inner {
                    Inner::Element(child) => Step::Element(child),
                    Inner::Text(text) => Step::Text(text),
                }));
                steps[from..].reverse();
            }
        }
    }
    if words { out.trim().to_owned() } else { String::new() }
}

/// A part of a narrative that can stand by itself.
pub(super) fn part(node: Node<'_>) -> String {
    let html = html(node);
    if html.is_empty() {
        return html;
    }
    match node.name() {
        "tr" | "tbody" | "thead" => format!("<table>{html}</table>"),
        "td" | "th" => format!("<table><tr>{html}</tr></table>"),
        "item" => format!("<ul>{html}</ul>"),
        _ => html,
    }
}

pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() && !c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
}

impl<'t> Reader<'t> {
    /// A section's own narrative as HTML and as plain text.
    pub(super) fn narrative(section: Node<'t>) -> (String, String) {
        let html = section.child("text").map(html).unwrap_or_default();
        let text = strip(&html);
        (html, text)
    }
}

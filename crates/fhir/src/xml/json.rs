//! The elements of a resource, written as JSON (R4 §2.6.2).

use std::collections::HashMap;
use std::fmt::Write as _;

use super::scan::is_type;
use super::shape::{self, Kind, Shape};
use super::tree::{Element, Tree};
use crate::entry::Release;

/// The resource as JSON of a release; without one, as far as releases agree what is a list.
pub(super) fn write(tree: &Tree<'_>, release: Option<Release>) -> String {
    let mut writer = Writer { release, out: String::new() };
    writer.resource(tree.root());
    writer.out
}

struct Writer {
    release: Option<Release>,
    out: String,
}

impl Writer {
    fn resource(&mut self, element: Element<'_, '_>) {
        self.out.push_str("{\"resourceType\":");
        text(element.name(), &mut self.out);
        self.members(element, element.name(), true);
        self.out.push('}');
    }

    /// The attributes and the elements of an element, by their names. `behind`: something stands before them.
    fn members(&mut self, element: Element<'_, '_>, of_type: &str, behind: bool) {
        let mut behind = behind;
        let mut name = |writer: &mut Writer, name: &str, mark: &str| {
            if std::mem::replace(&mut behind, true) {
                writer.out.push(',');
            }
            text(&format!("{mark}{name}"), &mut writer.out);
            writer.out.push(':');
        };
        for (attribute, value) in element.others() {
            name(self, attribute, "");
            text(&value, &mut self.out);
        }
        for (element, same) in by_name(element) {
            // What comes more than once is a list in any release.
            let release = self.release.or_else(|| (same.len() > 1).then_some(Release::R4));
            let Some(shape) = shape::of(of_type, element, release) else { continue };
            let many = shape.many || same.len() > 1;
            if same.iter().any(|one| !is_blank(*one, shape)) {
                name(self, element, "");
                self.list(&same, many, |writer, one| writer.value(one, shape));
            }
            // What is said beside a value that is no object.
            if same.iter().any(|one| is_simple(*one, shape) && has_more(*one)) {
                name(self, element, "_");
                self.list(&same, many, |writer, one| {
                    if is_simple(one, shape) && has_more(one) {
                        writer.object(one, "Element");
                    } else {
                        writer.out.push_str("null");
                    }
                });
            }
        }
    }

    fn list<'t, 'a>(
        &mut self,
        same: &[Element<'t, 'a>],
        many: bool,
        mut each: impl FnMut(&mut Writer, Element<'t, 'a>),
    ) {
        if !many {
            return each(self, same[0]);
        }
        self.out.push('[');
        for (at, one) in same.iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            each(self, *one);
        }
        self.out.push(']');
    }

    fn object(&mut self, element: Element<'_, '_>, of_type: &str) {
        self.out.push('{');
        self.members(element, of_type, false);
        self.out.push('}');
    }

    fn value(&mut self, element: Element<'_, '_>, shape: Shape) {
        if is_resource(element) {
            self.resource(element);
        } else if !is_simple(element, shape) {
            self.object(element, if let Kind::Type(name) = shape.kind { name } else { "" });
        } else if let Some(value) = element.value() {
            match shape.kind {
                Kind::Boolean if matches!(value.trim(), "true" | "false") => self.out.push_str(value.trim()),
                Kind::Number if is_number(value.trim()) => self.out.push_str(value.trim()),
                // What is no figure and no boolean stays what was sent.
                _ => text(&value, &mut self.out),
            }
        } else {
            self.out.push_str("null");
        }
    }
}

/// A resource by its name, in an element that holds nothing else (`contained`, `Bundle.entry.resource`).
fn is_resource(element: Element<'_, '_>) -> bool {
    is_type(element.name().as_bytes())
}

/// The elements right below one, those of one name together, in the order in which the names come first. In the place of an
/// element that holds resources stand these.
fn by_name<'t, 'a>(element: Element<'t, 'a>) -> Vec<(&'a str, Vec<Element<'t, 'a>>)> {
    let mut groups: Vec<(&str, Vec<Element<'t, 'a>>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for child in element.children() {
        let at = *known.entry(child.name()).or_insert_with(|| {
            groups.push((child.name(), Vec::new()));
            groups.len() - 1
        });
        let before = groups[at].1.len();
        groups[at].1.extend(child.children().filter(|inner| is_resource(*inner)));
        if groups[at].1.len() == before {
            groups[at].1.push(child);
        }
    }
    groups
}

/// Whether it is no object in JSON. What it holds counts before what the table says: releases differ, and senders err.
fn is_simple(element: Element<'_, '_>, shape: Shape) -> bool {
    let bare = element.children().all(|child| child.name() == "extension");
    bare && !is_resource(element) && (element.value().is_some() || !matches!(shape.kind, Kind::Type(_)))
}

/// Nothing stands in it but what is said beside a value.
fn is_blank(element: Element<'_, '_>, shape: Shape) -> bool {
    if is_simple(element, shape) {
        return element.value().is_none();
    }
    !is_resource(element) && element.children().next().is_none() && element.others().next().is_none()
}

/// Whether something is said beside its value.
fn has_more(element: Element<'_, '_>) -> bool {
    !element.is_markup() && (element.children().next().is_some() || element.others().next().is_some())
}

/// Whether it is a number as JSON has it (RFC 8259 §6), so that its digits stay as they are.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (figure, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((figure, exponent)) => (figure, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match figure.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (figure, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

fn text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if u32::from(c) < 0x20 => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

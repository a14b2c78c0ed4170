//! Whether two versions of a resource mean the same.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::json::{Json, Node, arena};
use crate::parse::parse;

/// Members of `meta` that servers rewrite without a change of meaning.
const VOLATILE: &[&str] = &["lastUpdated", "versionId"];

/// Lower-case hex SHA-256 of what a resource says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContentHash(pub String);

impl ContentHash {
    /// The 64 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Hashes the canonical JSON: members sorted by name, no insignificant white space, one way to escape, numbers as
/// the exact text. Bytes that are not JSON, or nested too deep to be read, are hashed as they are.
///
/// `meta.lastUpdated` and `meta.versionId` do not count, neither in the resource nor in a contained one. `text.div`
/// counts, but without the `id` attributes that servers number afresh with every answer.
pub fn content_hash(resource: &[u8]) -> ContentHash {
    let mut sha = Sha256::new();
    let arena = arena(resource);
    match parse(resource, &arena) {
        Ok((node, bent)) if !bent.deep => {
            let mut out = Vec::with_capacity(resource.len());
            canonical(&node, Place::Resource, &mut out);
            sha.update(&out);
        }
        _ => sha.update(resource),
    }
    ContentHash(hex::encode(sha.finalize()))
}

/// Where a value stands, as far as volatile paths go.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Resource,
    Meta,
    Narrative,
    Div,
    Contained,
    Elsewhere,
}

fn canonical(node: &Node<'_>, place: Place, out: &mut Vec<u8>) {
    match &node.json {
        Json::Null | Json::Deep => out.extend_from_slice(b"null"),
        Json::Bool(true) => out.extend_from_slice(b"true"),
        Json::Bool(false) => out.extend_from_slice(b"false"),
        Json::Number(text) => out.extend_from_slice(text.as_bytes()),
        Json::Text(text) if place == Place::Div => string(&without_ids(text), out),
        Json::Text(text) => string(text, out),
        Json::List(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                canonical(item, if place == Place::Contained { Place::Resource } else { place }, out);
            }
            out.push(b']');
        }
        Json::Object(_) => {
            let place = if place == Place::Contained { Place::Resource } else { place };
            let mut sorted: Vec<_> = node
                .members()
                .iter()
                .filter(|(name, _)| !(place == Place::Meta && VOLATILE.contains(name)))
                // A meta of nothing but volatile members is the same as none.
                .filter(|(name, value)| {
                    !(place == Place::Resource && *name == "meta" && only_volatile(value))
                })
                .collect();
            sorted.sort_by_key(|(name, _)| *name);
            out.push(b'{');
            for (index, (name, value)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                string(name, out);
                out.push(b':');
                let inner = match (place, *name) {
                    (Place::Resource, "meta") => Place::Meta,
                    (Place::Resource, "text") => Place::Narrative,
                    (Place::Resource, "contained") => Place::Contained,
                    (Place::Narrative, "div") => Place::Div,
                    _ => Place::Elsewhere,
                };
                canonical(value, inner, out);
            }
            out.push(b'}');
        }
    }
}

fn only_volatile(meta: &Node<'_>) -> bool {
    meta.is_object() && meta.members().iter().all(|(name, _)| VOLATILE.contains(name))
}

fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| *byte < 0x20 || matches!(byte, b'"' | b'\\')) {
        out.extend_from_slice(&rest[..at]);
        match rest[at] {
            byte @ (b'"' | b'\\') => out.extend_from_slice(&[b'\\', byte]),
            byte => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
        }
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// The narrative without `id="…"` attributes.
fn without_ids(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        out.push_str(before);
        let close = tag.find('>').map_or(tag.len(), |at| at + 1);
        let (tag, after) = tag.split_at(close);
        out.push_str(&tag_without_id(tag));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn tag_without_id(tag: &str) -> String {
    for (quote, start) in [('"', " id=\""), ('\'', " id='")] {
        if let Some(at) = tag.find(start)
            && let Some(end) = tag[at + start.len()..].find(quote)
        {
            return format!("{}{}", &tag[..at], &tag[at + start.len() + end + 1..]);
        }
    }
    tag.to_owned()
}

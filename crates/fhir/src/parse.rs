//! One resource as it was sent: in JSON, or in XML, which is read as the JSON that says the same.

use bumpalo::Bump;

use crate::entry::Release;
use crate::infer::{Inference, infer};
use crate::json::{Bent, JsonFault, Node, arena};
use crate::xml::{infer_xml, json_of};

/// Parses one resource.
pub(crate) fn parse<'a>(bytes: &'a [u8], arena: &'a Bump) -> Result<(Node<'a>, Bent), JsonFault> {
    match bytes.first().filter(|first| **first == b'<').and_then(|_| json_of(bytes)) {
        Some(json) => Node::parse(arena.alloc_str(&json).as_bytes(), arena),
        None => Node::parse(bytes, arena),
    }
}

/// The release a resource seems to be written in, and what said so. Profiles of one release outrank types, types outrank
/// elements; a profile that is published for two releases comes last. What two releases share decides nothing.
///
/// `None` when nothing says so; a caller then takes the release of the neighbours from the same file, or R4, whose
/// reader knows the elements of the other two.
pub fn infer_release(resource: &[u8]) -> (Option<Release>, Inference) {
    if let Some(inferred) = infer_xml(resource) {
        return inferred;
    }
    let arena = arena(resource);
    match Node::parse(resource, &arena) {
        Ok((node, _)) => infer(&node),
        Err(_) => (None, Inference::Nothing),
    }
}

/// A resource or a page as a plain tree, as leniently as reading is: a byte order mark is passed over, a lone surrogate
/// is U+FFFD, a number too large for the tree is its text, what is nested too deep is null. `None` for what is not JSON.
pub fn tree(bytes: &[u8]) -> Option<serde_json::Value> {
    let arena = arena(bytes);
    let (node, _) = parse(bytes, &arena).ok()?;
    Some(node.value())
}

//! What things are known by (CDA `II`), and the ids of what is made of them.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use super::{Reader, is_statement};
use crate::document::Identifier;
use crate::json::Object;
use crate::oid::{is_oid, is_uuid, uri};
use crate::tree::{Node, Tree};

/// What tells positions in one document from those in others: its own number, else its own markup.
pub(super) fn document_key(root: Node<'_>) -> String {
    let own = ["setId", "id"].iter().find_map(|name| key(root.child(name)?));
    own.unwrap_or_else(|| hash(&[root.markup()]))
}

/// An `id` as one text; none where it says nothing.
pub(super) fn key(id: Node<'_>) -> Option<String> {
    let root = id.peek("root").unwrap_or_default();
    let extension = id.peek("extension").unwrap_or_default();
    // An OID alone names who numbers, unless it was made for one thing; a UUID names the thing.
    (!root.is_empty() || !extension.is_empty()).then(|| format!("{}^{extension}", root.to_ascii_lowercase()))
}

/// OIDs without an extension that stand on more than one statement.
pub(super) fn shared_numbers(tree: &Tree<'_>) -> HashSet<String> {
    let (mut once, mut again) = (HashSet::new(), HashSet::new());
    for node in tree.elements().filter(|node| is_statement(*node)) {
        for id in node.all("id").filter(|id| id.peek("extension").is_none()) {
            if let Some(key) = id.peek("root").filter(|root| is_oid(root)).and_then(|_| key(id))
                && !once.insert(key.clone())
            {
                again.insert(key);
            }
        }
    }
    again
}

/// A FHIR id made of some texts: 32 hexadecimal digits.
pub(crate) fn hash(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        digest.update(part.as_bytes());
    }
    hex::encode(&digest.finalize()[..16])
}

/// An `id` as FHIR has it. An OID or a UUID alone is a URI (`urn:ietf:rfc:3986`).
pub(super) fn identifier(id: Node<'_>) -> Option<Identifier> {
    let root = id.attribute("root").unwrap_or_default();
    let Some(extension) = id.attribute("extension") else {
        let system = "urn:ietf:rfc:3986".to_owned();
        let alone = is_uuid(&root) || is_oid(&root);
        return alone.then(|| Identifier { system, value: urn(&root) });
    };
    let system = if root.is_empty() { String::new() } else { uri(&root).into_owned() };
    Some(Identifier { system, value: extension.into_owned() })
}

fn urn(root: &str) -> String {
    if is_uuid(root) { format!("urn:uuid:{}", root.to_ascii_lowercase()) } else { format!("urn:oid:{root}") }
}

impl Identifier {
    pub(crate) fn json(&self) -> Object {
        Object::default().with("system", self.system.as_str()).with("value", self.value.as_str())
    }
}

impl<'t> Reader<'t> {
    /// Puts all numbers of a node.
    pub(super) fn identifiers(&self, node: Node<'t>, body: &mut Object) {
        let mut known = HashSet::new();
        for id in node.all("id") {
            if key(id).is_some_and(|key| self.shared.contains(&key)) {
                id.mark();
            } else if let Some(identifier) = identifier(id)
                && known.insert(identifier.clone())
            {
                body.push("identifier", identifier.json());
            }
        }
    }

    /// The id of what is made of a node: from its first number and what it is `named`, else from where it stands. No two things of one type
    /// have the same, though examples and some programs number several things alike.
    pub(super) fn new_id(&mut self, kind: &'static str, node: Node<'t>, named: &str, place: &str) -> String {
        let mut keys = node.all("id").filter_map(key).filter(|key| !self.shared.contains(key));
        let own = keys
            .next()
            .map(|key| if named.is_empty() { hash(&[kind, &key]) } else { hash(&[kind, &key, named]) });
        let mut id = own.unwrap_or_else(|| hash(&[kind, &self.document, place]));
        let mut turn = 0_u32;
        while !self.known.insert((kind, id.clone())) {
            turn += 1;
            id = hash(&[kind, &self.document, place, &turn.to_string()]);
        }
        id
    }
}

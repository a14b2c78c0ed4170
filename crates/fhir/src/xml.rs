//! FHIR as XML (R4 §2.6.1, and the same in DSTU2 and STU3), read as the JSON that says the same.
//!
//! In the order a reader needs it: `scan` steps over the bytes tag by tag, [`split_xml`] cuts a file into resources by
//! bytes, `tree` holds the elements of one resource, `shape` says how each stands in JSON, `json` writes them.
//! What is kept of a resource are its own bytes: wherever JSON is read in this package, one element of XML is
//! read as well (`parse::parse`), so it is hashed, inferred and read as its JSON is.
//!
//! **Invariants.** Nothing is expanded, fetched or executed: what a document type declares is passed over. Digits
//! stay as they were sent. Elements are known by their names without prefixes: what is cut out of a Bundle has left the
//! declarations of its prefixes behind.
//!
//! **A table of shapes, and leniency for what it does not settle.** XML says neither whether an element may come again, which
//! makes it a list in JSON, nor whether a text is a figure. The reader forgives both, but not everybody is as lenient (whose record
//! it is, what a sender marks as sensitive), and content that is the same has to hash the same. So `shapes.txt` has
//! them of three releases. Where releases differ, that counts which the resource seems to be written in, judged by
//! what does not depend on it. Types and elements that are not there are lists where they come more than once, and texts.
//!
//! Refused: `quick-xml`, which this package would need only for tags and attributes, and which takes no bytes that are not
//! UTF-8, so that one such byte would cost its whole file.

mod json;
mod pages;
mod scan;
mod shape;
mod tree;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::entry::Release;
use crate::infer::{Inference, infer};
use crate::json::{Node, arena};

pub use pages::split_xml;

/// FHIR's namespace (R4 §2.6.1).
const NAMESPACE: &[u8] = b"http://hl7.org/fhir";

/// Where and why bytes are not FHIR in XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("{kind} (at byte {position})")]
pub struct XmlFault {
    /// Offset of the byte that could not be understood.
    pub position: usize,
    /// What was wrong with it.
    pub kind: XmlFaultKind,
}

/// What is wrong with a byte of XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the texts say it")]
pub enum XmlFaultKind {
    #[error("ends too early")]
    CutShort,
    #[error("more bytes follow after the end")]
    MoreBytes,
    #[error("no tag begins like this")]
    NoTag,
    #[error("an attribute without a value in quotes")]
    NoAttribute,
    #[error("an end tag that closes nothing here")]
    Mismatched,
    #[error("a byte that is not UTF-8")]
    NotUtf8,
    #[error("more elements than any record has")]
    TooMany,
    #[error("the outermost element is none of FHIR")]
    NotFhir,
}

/// The JSON of one resource in XML; none for anything else.
pub(crate) fn json_of(bytes: &[u8]) -> Option<String> {
    let tree = tree::grow(bytes).ok()?;
    let release = drafted(&tree).0.unwrap_or(Release::R4);
    Some(json::write(&tree, Some(release)))
}

/// The release that one resource in XML seems to be written in; none for anything else.
pub(crate) fn infer_xml(bytes: &[u8]) -> Option<(Option<Release>, Inference)> {
    Some(drafted(&tree::grow(bytes).ok()?))
}

/// Judged without the elements that are lists in one release only: XML does not say whether they are.
fn drafted(tree: &tree::Tree<'_>) -> (Option<Release>, Inference) {
    let draft = json::write(tree, None);
    let arena = arena(draft.as_bytes());
    match Node::parse(draft.as_bytes(), &arena) {
        Ok((node, _)) => infer(&node),
        Err(_) => (None, Inference::Nothing),
    }
}

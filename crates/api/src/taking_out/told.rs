//! What was written of each source, for the page that tells of it, and what its files are called.

use std::collections::BTreeMap;

use wholechart_fhir::Kind;
use wholechart_store::Connection;

/// The page that tells the rest.
pub(super) const INDEX: &str = "index.html";
/// What the person wrote beside records.
pub(super) const NOTES: &str = "notes.ndjson";
/// What the person decided.
pub(super) const DECISIONS: &str = "decisions.json";
/// The current version of each record.
pub(super) const RECORDS: &str = "records.ndjson";
/// The versions before it.
pub(super) const EARLIER: &str = "earlier.ndjson";
/// What is about somebody else.
pub(super) const SET_ASIDE: &str = "set-aside.ndjson";
/// What was read in clinical documents.
pub(super) const READ: &str = "read-from-documents.ndjson";
/// Where each thing came from, and which line or file it is.
pub(super) const LIST: &str = "list.ndjson";

/// What one provider's folder holds, for the page.
pub(super) struct Told {
    pub(super) connection: Connection,
    /// Its folder, of the tree.
    pub(super) folder: String,
    /// The current records by kind and type.
    pub(super) kinds: BTreeMap<(Kind, String), usize>,
    /// Lines of each file of lines.
    pub(super) lines: BTreeMap<&'static str, usize>,
    /// Files with what was not one line.
    pub(super) as_sent: usize,
    pub(super) documents: Vec<ToldDocument>,
    pub(super) unreadable: usize,
    /// Versions that could not be read out of the record's file.
    pub(super) lost: usize,
}

/// A document, for the page.
pub(super) struct ToldDocument {
    /// Its path in the tree.
    pub(super) path: String,
    /// A web page may load something from elsewhere when it is opened.
    pub(super) is_page: bool,
}

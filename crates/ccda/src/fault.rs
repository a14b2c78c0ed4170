//! What can be wrong with a document, as codes: words for them live elsewhere.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why bytes are no clinical document at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// More bytes than [`crate::Limits::bytes`].
    #[error("too large")]
    TooLarge,
    /// Neither Unicode nor an encoding of one byte a character.
    #[error("an encoding that is not known")]
    UnknownEncoding,
    /// Not one element can be read.
    #[error("not XML")]
    NotXml,
    /// XML of another kind.
    #[error("not a ClinicalDocument")]
    NotClinicalDocument,
}

/// Why a document was read up to a place only. What stands before it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CutReason {
    /// The bytes end in the middle.
    Truncated,
    /// What follows is no markup.
    Broken,
    /// More than [`crate::Limits::nodes`] elements and texts.
    TooManyNodes,
}

/// Where and why the reading of a document ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Why.
    pub reason: CutReason,
    /// The byte of the document.
    pub at: usize,
}

/// What was wrong with a part of a document, or not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A document type declaration: passed over, nothing in it is expanded or fetched (CDA has none).
    Doctype,
    /// An end tag without a beginning, or elements that were closed by an outer one's end.
    MismatchedTag,
    /// Nested deeper than [`crate::Limits::depth`]: what is deeper was passed over.
    TooDeep,
    /// A clinical statement from which nothing was made.
    NotUnderstood,
    /// A clinical statement without a template that is known here: read by its element's name and its section.
    UnknownTemplate,
    /// An element of a clinical statement that says something and was not taken over.
    Unread,
    /// A time stamp that is none.
    NotADate,
    /// A figure that is none.
    NotANumber,
    /// `reference value="#x"`, and no element has that ID.
    DanglingReference,
}

impl Fault {
    /// Every fault.
    pub const ALL: &[Fault] = &[
        Fault::Doctype,
        Fault::MismatchedTag,
        Fault::TooDeep,
        Fault::NotUnderstood,
        Fault::UnknownTemplate,
        Fault::Unread,
        Fault::NotADate,
        Fault::NotANumber,
        Fault::DanglingReference,
    ];

    /// The kebab-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Fault::Doctype => "doctype",
            Fault::MismatchedTag => "mismatched-tag",
            Fault::TooDeep => "too-deep",
            Fault::NotUnderstood => "not-understood",
            Fault::UnknownTemplate => "unknown-template",
            Fault::Unread => "unread",
            Fault::NotADate => "not-a-date",
            Fault::NotANumber => "not-a-number",
            Fault::DanglingReference => "dangling-reference",
        }
    }
}

/// Something that was not understood; costs this part only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What was wrong.
    pub fault: Fault,
    /// The section it stands in, by its place in [`crate::Document::sections`].
    pub section: Option<usize>,
    /// The element, by its names from the clinical statement down: `observation/specimen`.
    pub path: String,
    /// The first template id of the clinical statement.
    pub template: Option<String>,
    /// The element's bytes.
    pub range: Range<usize>,
}

//! What a search finds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::Kind;

use crate::timeline::wire::TimelineRow;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchView {
    /// Kinds with answers, the best first.
    pub groups: Vec<SearchGroup>,
    /// Says what was looked for in the place of a mistyped word, or beside a lay word.
    pub instead: Option<String>,
}

/// Answers of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchGroup {
    /// Which.
    pub kind: Kind,
    /// Many of it: "Vaccines".
    pub label: String,
    /// Best first.
    pub hits: Vec<SearchHit>,
    /// How many more were found.
    pub more: u32,
}

/// One answer: a title's newest fact, or a record that says it elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchHit {
    /// The fact.
    pub row: TimelineRow,
    /// How many facts have this title.
    pub count: u32,
    /// What was looked for, in the title.
    pub title_marks: Vec<Mark>,
    /// Where else it stands: a short passage.
    pub passage: Option<String>,
    /// What was looked for, in the passage.
    pub passage_marks: Vec<Mark>,
}

/// A stretch of a text, in UTF-16 code units (as JavaScript counts).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// Where it begins.
    pub start: u32,
    /// Where it has ended.
    pub end: u32,
}

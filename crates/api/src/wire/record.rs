//! A record's page.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::TimelineRow;

/// A record's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FactPage {
    /// The row as in lists.
    pub row: TimelineRow,
    /// Why several sources are shown as one, a sentence a rule.
    pub why_joined: Vec<String>,
    /// Where sources disagree, a sentence each.
    pub disagreements: Vec<String>,
    /// Everything that says so.
    pub sources: Vec<SourceView>,
}

/// What one provider says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceView {
    /// Which connection.
    pub connection: String,
    /// The provider's name.
    pub provider: String,
    /// The title in its own words.
    pub title: String,
    /// Label and text, in order: date, value, usual range, status, who, where, dose, notes, codes last.
    pub lines: Vec<Line>,
    /// The sender's narrative, sanitised HTML.
    pub narrative: Option<String>,
    /// Release it was read as: "R4".
    pub release: String,
    /// FHIR type and id.
    pub resource: String,
    /// When it was received, for people.
    pub received: String,
    /// Versions held, newest first; pass one to `raw`.
    pub versions: Vec<VersionView>,
}

/// Label and text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Label in words.
    pub label: String,
    /// Text.
    pub text: String,
    /// Technical (codes, ids): shown only when asked.
    pub technical: bool,
}

/// One verbatim version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VersionView {
    /// Pass to `raw`.
    pub id: i64,
    /// When it was received, for people.
    pub received: String,
}

/// A resource as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RawView {
    /// The bytes as text (invalid UTF-8 replaced), not re-formatted.
    pub text: String,
    /// Where it was read from.
    pub url: Option<String>,
    /// When it was received, for people.
    pub received: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
}

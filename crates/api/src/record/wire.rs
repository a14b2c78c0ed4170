//! A record's page.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::Kind;
use wholechart_record::{ConnectionId, FactId};
use wholechart_store::VersionId;

use crate::{
    questions::wire::{ConflictView, LikelyView},
    timeline::wire::TimelineRow,
    trends::wire::TestView,
};

/// A record's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FactPage {
    /// The row as in lists.
    pub row: TimelineRow,
    /// What this is, in one plain sentence; only for what the glossary knows.
    pub plain: Option<String>,
    /// Why several sources are shown as one.
    pub joins: Vec<JoinView>,
    /// Where its sources disagree, or it disagrees with other records.
    pub conflicts: Vec<ConflictView>,
    /// Other records that are probably the same.
    pub likely: Vec<LikelyView>,
    /// What it stands under in its list (problems, allergies, medicines, vaccines, procedures).
    pub topic: Option<UnderTopic>,
    /// The record that this one is shown under, where it is no row of its own on the timeline.
    pub under: Option<TimelineRow>,
    /// Other records that belong to it.
    pub related: Vec<RelatedView>,
    /// Of a visit: what else its tellers tell of its days, by kind.
    pub day: Vec<DayGroup>,
    /// Everything that says so.
    pub sources: Vec<SourceView>,
    /// What the person wrote beside it.
    pub note: Option<String>,
    /// The same test over time, where there is more than one value.
    pub trend: Option<TestView>,
    /// A sentence, where none of its sources reports it any more.
    pub gone: Option<String>,
}

/// What belongs to the days of a visit, of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DayGroup {
    /// Which.
    pub kind: Kind,
    /// Many of it: "Vaccines".
    pub label: String,
    /// By time, then by title.
    pub rows: Vec<TimelineRow>,
}

/// What a record stands under in its list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnderTopic {
    /// What it is called.
    pub name: String,
    /// How many other records stand there.
    pub others: u32,
}

/// What differs between a version and the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeView {
    /// What changed, in words: "Status".
    pub label: String,
    /// As it was before. `None`: it is new.
    pub before: Option<String>,
    /// As it is now. `None`: it is gone.
    pub after: Option<String>,
}

/// Why two sources are shown as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JoinView {
    /// The rule's name.
    pub rule: String,
    /// The reason, a sentence.
    pub why: String,
    /// One side: a source of the page, as connection and FHIR type and id.
    pub first: JoinSide,
    /// The other side.
    pub second: JoinSide,
    /// What both say, side by side.
    pub evidence: Vec<EvidenceLine>,
}

/// Another record that belongs to this one, such as the claim for a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RelatedView {
    /// The other record.
    pub row: TimelineRow,
    /// The reason, a sentence.
    pub why: String,
}

/// One side of a join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JoinSide {
    /// Which connection.
    pub connection: ConnectionId,
    /// The provider's name.
    pub provider: String,
    /// FHIR type and id.
    pub resource: String,
}

/// The same thing as both sides say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceLine {
    /// What: "Date".
    pub label: String,
    /// As the first says it; empty where it says nothing.
    pub first: String,
    /// As the second says it; empty where it says nothing.
    pub second: String,
}

/// What one provider says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceView {
    /// Which connection.
    pub connection: ConnectionId,
    /// The provider's name.
    pub provider: String,
    /// The title in its own words.
    pub title: String,
    /// The day it says, for people.
    pub day_text: String,
    /// The value as it sent it, or the dose.
    pub value: Option<String>,
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
    /// Withdrawn or ruled out: struck through.
    pub struck: bool,
    /// What it said before it was changed, newest first: "5.1 mmol/L, until November 4, 2026".
    pub before: Vec<String>,
    /// The provider does not report it any more: a sentence.
    pub gone: Option<String>,
    /// The documents in which it stands, the newest first.
    pub documents: Vec<DocumentLink>,
}

/// A document that a record was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DocumentLink {
    /// The document's own record.
    pub fact: FactId,
    /// Its title and its day.
    pub text: String,
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
    pub id: VersionId,
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

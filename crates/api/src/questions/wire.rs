//! What a person decided, and where their providers disagree.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::Kind;
use wholechart_record::{About, ConnectionId, FactId, Wish};

use crate::timeline::wire::TimelineRow;

/// How much waits for a person's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AsksView {
    /// Disagreements about which nothing was decided.
    pub conflicts: u32,
}

/// What a decision about sameness did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Decided {
    /// The record to show now.
    pub fact: FactId,
    /// For `undo`.
    pub undo: String,
}

/// Another record that is probably the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LikelyView {
    /// The other record.
    pub row: TimelineRow,
    /// Why, a sentence.
    pub why: String,
}

/// Something providers disagree about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConflictView {
    /// For `chooseConflict`.
    pub id: String,
    /// What about.
    pub about: About,
    /// Kind of the first record concerned.
    pub kind: Kind,
    /// Titles of the records concerned, each once.
    pub titles: Vec<String>,
    /// What they disagree about, a sentence.
    pub sentence: String,
    /// Who says what.
    pub statements: Vec<StatementView>,
    /// What the person wants done about it. `None`: not decided yet.
    pub wish: Option<Wish>,
}

/// What one provider says in a disagreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatementView {
    /// Which connection.
    pub connection: ConnectionId,
    /// The provider's name.
    pub provider: String,
    /// What it says, in words.
    pub says: String,
    /// The date of that, as stated.
    pub date: Option<String>,
    /// The record that says so. `None`: the provider does not list it, and that is the disagreement.
    pub fact: Option<FactId>,
}

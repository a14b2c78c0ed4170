//! What may be the same and waits for an answer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::Kind;
use wholechart_record::{About, ConnectionId, FactId, Wish};

/// How much waits for a person's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AsksView {
    /// Disagreements about which nothing was decided.
    pub conflicts: u32,
    /// Questions without an answer.
    pub questions: u32,
}

/// "Same thing?": one answer settles all pairs that are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QuestionView {
    /// For the answer.
    pub id: String,
    /// What both sides are.
    pub kind: Kind,
    /// Why they may be the same, a sentence.
    pub why: String,
    /// One side of the first pair.
    pub first: QuestionSide,
    /// The other side.
    pub second: QuestionSide,
    /// How many pairs an answer settles.
    pub pairs: u32,
    /// What else the answer is about, a line each: "Codeine (Lakeside Family Medicine) and Codeine (Summit General Hospital)".
    pub also: Vec<String>,
}

/// One side of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QuestionSide {
    /// The fact it is shown as now.
    pub fact: FactId,
    /// The title in its own words.
    pub title: String,
    /// The provider's name.
    pub provider: String,
    /// Which connection.
    pub connection: ConnectionId,
    /// When, as stated.
    pub date: Option<String>,
    /// The value, dose or the like.
    pub value: Option<String>,
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

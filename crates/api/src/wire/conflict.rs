//! What providers disagree about.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something providers disagree about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConflictView {
    /// For `chooseConflict`.
    pub id: String,
    /// What about, in kebab-case: `status`, `dose`, `allergy-not-listed` …
    pub about: String,
    /// Kind of the first record concerned, in kebab-case.
    pub kind: String,
    /// Titles of the records concerned, each once.
    pub titles: Vec<String>,
    /// What they disagree about, a sentence.
    pub sentence: String,
    /// Who says what.
    pub statements: Vec<StatementView>,
    /// What the person wishes done: `ask` (it is on the printed summary) or `settled`; none: nothing said yet.
    pub wish: Option<Wish>,
}

/// What one provider says in a disagreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatementView {
    /// Which connection.
    pub connection: String,
    /// The provider's name.
    pub provider: String,
    /// What it says, in words.
    pub says: String,
    /// The date of that, as stated.
    pub date: Option<String>,
    /// The record that says so; none where it is the silence that counts.
    pub fact: Option<String>,
}

/// What is to be done about a disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Wish {
    /// Ask about it: it goes onto the printed summary.
    Ask,
    /// It needs no asking, or has been asked.
    Settled,
}

//! What may be the same and waits for an answer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How much waits for a person's word.
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
    /// Kind in kebab-case.
    pub kind: String,
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
    pub fact: String,
    /// The title in its own words.
    pub title: String,
    /// The provider's name.
    pub provider: String,
    /// Which connection.
    pub connection: String,
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
    pub fact: String,
    /// For `undo`.
    pub undo: String,
}

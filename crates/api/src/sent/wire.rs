//! What was sent where.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Every request that left this computer for a person, and those for nobody in particular.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SentView {
    /// All there ever were, a line for each host, purpose and connection.
    pub hosts: Vec<SentHost>,
    /// The newest ones, each by itself, the newest first.
    pub requests: Vec<SentRequest>,
    /// What was handed to programs of this computer, which may have sent it on: all there ever was, a line for each receiver and
    /// sort of answer.
    pub receivers: Vec<HandedReceiver>,
    /// The newest answers among them, each by itself, the newest first.
    pub handed: Vec<HandedAnswer>,
}

/// All answers of one sort to a receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandedReceiver {
    /// Who, in words, with what it calls itself.
    pub whom: String,
    /// Which answers, in words.
    pub what: String,
    /// How many answers, in words.
    pub times: String,
    /// How many records were in them, each time they were handed out, in words.
    pub records: String,
    /// The first, in words.
    pub first: String,
    /// The last, in words.
    pub last: String,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandedAnswer {
    /// When, in words.
    pub when: String,
    /// Who heard it, in words.
    pub whom: String,
    /// Which answer, in words.
    pub what: String,
    /// How many records were in it, in words.
    pub records: String,
}

/// All requests to a host for one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SentHost {
    /// Where to.
    pub host: String,
    /// Why, in words.
    pub why: String,
    /// The connection's provider; none where there was no connection yet.
    pub provider: Option<String>,
    /// How often, in words.
    pub times: String,
    /// The first, in words.
    pub first: String,
    /// The last, in words.
    pub last: String,
    /// How much went and came, in words.
    pub bytes: String,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SentRequest {
    /// When, in words.
    pub when: String,
    /// Where to.
    pub host: String,
    /// Why, in words.
    pub why: String,
    /// The connection's provider; none where there was no connection yet.
    pub provider: Option<String>,
    /// What came back, in words.
    pub answer: String,
    /// How much went and came, in words.
    pub bytes: String,
}

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

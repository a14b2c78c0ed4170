//! What is asked of a provider and what comes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Progress of one kind of record within a sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncKind {
    /// The kind in words: "Vaccines".
    pub label: String,
    /// State.
    pub state: SyncKindState,
    /// Resources received so far.
    pub received: u32,
    /// What the server said there would be, if it said.
    pub total: Option<u32>,
    /// For anything but plain success: what happened, in words.
    pub text: Option<String>,
}

/// State of one kind within a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SyncKindState {
    /// Not asked yet.
    Waiting,
    /// Being asked.
    Running,
    /// Everything the server has.
    Complete,
    /// Less than the server said it has, or a later page failed.
    Incomplete,
    /// The provider or the sign-in does not allow it.
    Refused,
    /// The server does not know this kind.
    NotOffered,
    /// It failed; the others went on.
    Failed,
    /// The user stopped the sync first.
    Cancelled,
}

/// What a sync did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncReport {
    /// Which connection.
    pub connection: String,
    /// Resources that were not here before.
    pub new: u32,
    /// Resources whose content changed.
    pub changed: u32,
    /// Resources that came again unchanged.
    pub unchanged: u32,
    /// Per kind.
    pub kinds: Vec<SyncKind>,
    /// One sentence: "do I have everything?"
    pub verdict: String,
}

/// What was asked of a provider and what came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LedgerView {
    /// One sentence: "do I have everything?"
    pub verdict: String,
    /// Per kind.
    pub lines: Vec<LedgerLine>,
}

/// One kind in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LedgerLine {
    /// The kind in words.
    pub label: String,
    /// State.
    pub state: SyncKindState,
    /// What it means, in words.
    pub text: String,
    /// Resources received.
    pub received: u32,
    /// What the server said there would be.
    pub total: Option<u32>,
    /// What was asked and what the server said, cleaned.
    pub details: Vec<String>,
}

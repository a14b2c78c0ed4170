//! What is asked of a provider and what comes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::Kind;
use wholechart_record::{ConnectionId, FactId};
use wholechart_store::{AnswerState, ChangeKind};

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
    /// How many the server said there are, if it said so.
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

impl From<AnswerState> for SyncKindState {
    fn from(state: AnswerState) -> Self {
        match state {
            AnswerState::Complete => Self::Complete,
            AnswerState::NotOffered => Self::NotOffered,
            AnswerState::Waiting => Self::Waiting,
            AnswerState::Running => Self::Running,
            AnswerState::Refused => Self::Refused,
            AnswerState::Cancelled => Self::Cancelled,
            AnswerState::Incomplete => Self::Incomplete,
            AnswerState::Failed => Self::Failed,
        }
    }
}

/// What a sync did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncReport {
    /// Which connection.
    pub connection: ConnectionId,
    /// Resources that were not here before.
    pub new: u32,
    /// Resources whose content changed.
    pub changed: u32,
    /// Resources that came again unchanged.
    pub unchanged: u32,
    /// Resources that are called a mistake now, or are no longer reported.
    pub withdrawn: u32,
    /// Per kind.
    pub kinds: Vec<SyncKind>,
    /// At least one kind was answered, be it with nothing.
    pub answered: bool,
    /// One sentence: "do I have everything?"
    pub verdict: String,
    /// What is new, corrected and withdrawn, in a sentence. `None`: nothing, or this was the first fetch.
    pub news: Option<String>,
    /// What this connection sent about somebody else: kept apart until the person lets it in.
    pub set_aside: Vec<SetAsideView>,
}

/// Records about somebody else than the person: kept as they were sent, and not in the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetAsideView {
    /// Whom they are about, as sent; pass it to `letIn`.
    pub whose: String,
    /// How many.
    pub count: u32,
    /// The same in words.
    pub text: String,
}

/// What was asked of a provider and what came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LedgerView {
    /// One sentence: "do I have everything?"
    pub verdict: String,
    /// Per kind.
    pub lines: Vec<LedgerLine>,
    /// What the last fetch changed, a sentence. `None`: nothing.
    pub news: Option<String>,
    /// The same, fact by fact, the first hundred; empty after a first fetch, in which everything was new.
    pub changes: Vec<ChangedFact>,
    /// What this connection sent about somebody else: kept apart until the person lets it in.
    pub set_aside: Vec<SetAsideView>,
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
    /// How many the server said there are, if it said so.
    pub total: Option<u32>,
    /// When everything of this kind last came, for people. `None`: it never did.
    pub complete_text: Option<String>,
    /// What was asked and what the server answered, cleaned of anything personal.
    pub details: Vec<String>,
}

/// When records are fetched without anybody asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncSettings {
    /// At the start of the app, when the last fetch is older than so many days. `None`: never by itself.
    pub start_after_days: Option<u32>,
    /// Everything is read anew, and not only what changed, when that was last done so many days ago. Only then does
    /// it show what a provider no longer reports.
    pub whole_after_days: u32,
}

/// What a sync changed, fact by fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangedFact {
    /// The fact.
    pub fact: FactId,
    /// Its kind.
    pub kind: Kind,
    /// The kind in words, one of it.
    pub kind_text: String,
    /// Its title.
    pub title: String,
    /// Its day as in lists; empty for undated.
    pub day: String,
    /// The day for people.
    pub day_text: String,
    /// What became of it.
    pub what: ChangeKind,
}

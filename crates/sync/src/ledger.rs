//! How questions end, and how that is told while a run goes on and after it.

use wholechart_record::ConnectionId;
use wholechart_store::{Change, RunId};

/// How a question stands. In the ledger as [`AnswerState::as_str`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerState {
    /// Everything the server has, as far as it says.
    Complete,
    /// The server does not know this kind, or not in this way.
    NotOffered,
    /// Not asked yet; never in the ledger.
    Waiting,
    /// Being asked; never in the ledger.
    Running,
    /// The provider or the sign-in does not allow it.
    Refused,
    /// The user stopped the run first.
    Cancelled,
    /// Less came than the server said it has, or a later page failed, or a piece could not be read.
    Incomplete,
    /// It failed; the others went on.
    Failed,
}

impl AnswerState {
    /// The ledger's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::NotOffered => "not-offered",
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
            Self::Incomplete => "incomplete",
            Self::Failed => "failed",
        }
    }
}

/// One kind of record within a run: all its questions together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindProgress {
    /// Key in the word catalogue, such as `kind-vaccine`.
    pub label: String,
    /// The state that needs attention most; running while any of its questions is.
    pub state: AnswerState,
    /// Resources received so far.
    pub received: u32,
    /// What the server said there would be, if it said so for all its questions that were answered.
    pub total: Option<u32>,
    /// The server's words, cleaned, for anything but plain success.
    pub message: Option<String>,
}

/// Where a run is. Told after every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// All kinds, in the order they are asked.
    pub kinds: Vec<KindProgress>,
    /// Questions answered so far.
    pub asked: u32,
    /// Questions planned.
    pub planned: u32,
    /// Facts in the store have changed since the last time this was told: lists are stale.
    pub facts_changed: bool,
}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunReport {
    /// Which connection.
    pub connection: ConnectionId,
    /// Which run: its changes can be asked for.
    pub run: RunId,
    /// Resources that were not here before.
    pub new: u32,
    /// Resources whose content changed.
    pub changed: u32,
    /// Resources that came again unchanged.
    pub unchanged: u32,
    /// Resources that are now called entered in error, or are no longer reported.
    pub withdrawn: u32,
    /// What became of which resource, in the whole run, also where an earlier process began it.
    pub changes: Vec<Change>,
    /// Pieces that were kept without being understood.
    pub unreadable: u32,
    /// Per kind.
    pub kinds: Vec<KindProgress>,
    /// The user stopped it.
    pub cancelled: bool,
    /// The provider ended the sign-in: everything received is kept, and a new sign-in is needed.
    pub sign_in_needed: bool,
}

/// One question as the run sees it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) state: AnswerState,
    pub(crate) received: u32,
    pub(crate) total: Option<u32>,
    pub(crate) message: Option<String>,
}

/// Lines of one label as one kind, in the order labels first appear.
pub(crate) fn kinds(lines: &[Line]) -> Vec<KindProgress> {
    let mut kinds: Vec<(KindProgress, Vec<&Line>)> = Vec::new();
    for line in lines {
        if let Some((_, of_it)) = kinds.iter_mut().find(|(kind, _)| kind.label == line.label) {
            of_it.push(line);
        } else {
            let kind = KindProgress {
                label: line.label.clone(),
                state: AnswerState::Waiting,
                received: 0,
                total: None,
                message: None,
            };
            kinds.push((kind, vec![line]));
        }
    }
    kinds
        .into_iter()
        .map(|(mut kind, lines)| {
            let any = |state| lines.iter().any(|line| line.state == state);
            let unanswered = any(AnswerState::Waiting) || any(AnswerState::Running);
            kind.state = if unanswered && lines.iter().any(|line| line.state != AnswerState::Waiting) {
                AnswerState::Running
            } else {
                let gravest = lines.iter().map(|line| line.state).max().unwrap_or(AnswerState::Waiting);
                // A kind that one base shares is shared, although another one does not offer it.
                if gravest == AnswerState::NotOffered && any(AnswerState::Complete) {
                    AnswerState::Complete
                } else {
                    gravest
                }
            };
            kind.received = lines.iter().map(|line| line.received).fold(0, u32::saturating_add);
            let answered = || lines.iter().filter(|line| line.state != AnswerState::NotOffered);
            if answered().all(|line| line.total.is_some()) && answered().next().is_some() {
                kind.total = Some(answered().filter_map(|line| line.total).fold(0, u32::saturating_add));
            }
            if kind.state != AnswerState::Complete {
                kind.message = lines
                    .iter()
                    .filter(|line| line.state == kind.state)
                    .find_map(|line| line.message.clone());
            }
            kind
        })
        .collect()
}

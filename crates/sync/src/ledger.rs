//! How the questions of a run stand, kind by kind, while it goes on and after it.

use wholechart_record::ConnectionId;
use wholechart_store::{AnswerState, Change, LedgerRow, Remark, RunId};

/// One kind of record: all its questions together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindAnswers<'a> {
    /// Key in the word catalogue, such as `kind-vaccine`.
    pub label: &'a str,
    /// Its questions, at all bases.
    pub rows: Vec<&'a LedgerRow>,
}

/// Groups answers by kind, in the order in which the kinds first appear.
pub fn by_kind<'a>(rows: impl IntoIterator<Item = &'a LedgerRow>) -> Vec<KindAnswers<'a>> {
    let mut kinds: Vec<KindAnswers<'a>> = Vec::new();
    for row in rows {
        match kinds.iter_mut().find(|kind| kind.label == row.label) {
            Some(kind) => kind.rows.push(row),
            None => kinds.push(KindAnswers { label: &row.label, rows: vec![row] }),
        }
    }
    kinds
}

impl KindAnswers<'_> {
    /// The state that needs attention most; running from the first question that is asked to the last that is answered.
    pub fn state(&self) -> AnswerState {
        let states = || self.rows.iter().map(|row| row.state);
        if states().any(AnswerState::is_pending) && states().any(|state| state != AnswerState::Waiting) {
            return AnswerState::Running;
        }
        match states().max().unwrap_or(AnswerState::Waiting) {
            // A kind that one base shares is shared, although another one does not offer it.
            AnswerState::NotOffered if states().any(|state| state == AnswerState::Complete) => {
                AnswerState::Complete
            }
            gravest => gravest,
        }
    }

    /// Resources received.
    pub fn received(&self) -> u32 {
        self.rows.iter().map(|row| row.received).fold(0, u32::saturating_add)
    }

    /// What the servers said there would be, if they said so for every question that is offered.
    pub fn total(&self) -> Option<u32> {
        let offered = self.rows.iter().filter(|row| row.state != AnswerState::NotOffered);
        let totals: Vec<u32> = offered.map(|row| row.declared_total).collect::<Option<_>>()?;
        (!totals.is_empty()).then(|| totals.into_iter().fold(0, u32::saturating_add))
    }

    /// All of it, for whoever watches.
    pub fn progress(&self) -> KindProgress {
        KindProgress {
            label: self.label.to_owned(),
            state: self.state(),
            received: self.received(),
            total: self.total(),
            why: self.why(),
            rows: self.rows.iter().map(|row| (*row).clone()).collect(),
        }
    }

    /// What else there is to say of the answers that stand for the kind, each once.
    fn why(&self) -> Vec<Remark> {
        let state = self.state();
        let mut why: Vec<Remark> = Vec::new();
        for remark in self.rows.iter().filter(|row| row.state == state).flat_map(|row| &row.remarks) {
            if !why.contains(remark) {
                why.push(remark.clone());
            }
        }
        why
    }
}

/// One kind of record within a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindProgress {
    /// As [`KindAnswers::label`].
    pub label: String,
    /// As [`KindAnswers::state`].
    pub state: AnswerState,
    /// Resources received so far.
    pub received: u32,
    /// As [`KindAnswers::total`].
    pub total: Option<u32>,
    /// What else there is to say of the answers that stand for the kind: why one failed, a server's warning.
    pub why: Vec<Remark>,
    /// As [`KindAnswers::rows`]: what stands differently within a kind is told by itself.
    pub rows: Vec<LedgerRow>,
}

impl KindProgress {
    /// Its questions, as they stood when this was told.
    pub fn answers(&self) -> KindAnswers<'_> {
        KindAnswers { label: &self.label, rows: self.rows.iter().collect() }
    }
}

pub(crate) fn kinds(rows: &[LedgerRow]) -> Vec<KindProgress> {
    by_kind(rows).iter().map(KindAnswers::progress).collect()
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
    /// What came in this run and is about somebody else: kept, and not in the record.
    pub set_aside: u32,
    /// Per kind.
    pub kinds: Vec<KindProgress>,
    /// At least one question was answered, be it with nothing. What is read by reference is no question: where nothing
    /// came, nothing is pointed to.
    pub answered: bool,
    /// The user stopped it.
    pub cancelled: bool,
    /// The provider ended the sign-in: everything received is kept, and a new sign-in is needed.
    pub sign_in_needed: bool,
    /// What the provider said to that, if it said anything.
    pub sign_in_words: Option<String>,
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn row(state: AnswerState, received: u32, declared_total: Option<u32>) -> LedgerRow {
        LedgerRow {
            question: "Immunization".into(),
            label: "kind-vaccine".into(),
            base: "b".into(),
            asked: String::new(),
            state,
            received,
            declared_total,
            remarks: Vec::new(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_kind_is_as_good_as_its_worst_answer_but_one_base_that_shares_it_is_enough() {
        use AnswerState::{Complete, Failed, Incomplete, NotOffered, Refused, Running, Waiting};
        for (states, together) in [
            (&[Complete, NotOffered][..], Complete),
            (&[NotOffered, NotOffered], NotOffered),
            (&[Complete, Refused, NotOffered], Refused),
            (&[Failed, Incomplete], Failed),
            (&[Waiting, Waiting], Waiting),
            (&[Waiting, Complete], Running),
            (&[Waiting, Running], Running),
        ] {
            let rows: Vec<LedgerRow> = states.iter().map(|state| row(*state, 0, None)).collect();
            assert_eq!(by_kind(&rows)[0].state(), together, "{states:?}");
        }
    }

    #[test]
    fn a_total_is_that_of_all_who_offer_the_kind() {
        use AnswerState::{Complete, NotOffered};
        let total = |rows: &[LedgerRow]| by_kind(rows)[0].total();
        assert_eq!(total(&[row(Complete, 3, Some(3)), row(NotOffered, 0, None)]), Some(3));
        assert_eq!(total(&[row(Complete, 3, Some(3)), row(Complete, 2, Some(4))]), Some(7));
        assert_eq!(total(&[row(Complete, 3, Some(3)), row(Complete, 2, None)]), None);
        assert_eq!(total(&[row(NotOffered, 0, None)]), None);
    }
}

//! The lines of a run: how each question stands, told to whoever watches and written to the ledger.

use wholechart_store::{AnswerState, LedgerRow, Remark, StoreError};

use super::{DOCUMENTS, REFERENCES, Runner, Stop, blocking};
use crate::ledger::{Progress, kinds};
use crate::plan::PlannedBase;

impl Runner<'_> {
    pub(super) fn prepare(&self, bases: &[PlannedBase]) {
        let mut lines = Vec::new();
        for base in bases {
            for question in &base.questions {
                lines.push(self.waiting(&base.base, &question.name, &question.label));
            }
            for (name, label) in [(REFERENCES, "kind-support"), (DOCUMENTS, "kind-document")] {
                lines.push(self.waiting(&base.base, name, label));
            }
        }
        self.state().lines.extend(lines);
        self.tell();
    }

    /// The line of a question that was not asked yet.
    pub(super) fn waiting(&self, base: &str, question: &str, label: &str) -> LedgerRow {
        LedgerRow {
            question: question.to_owned(),
            label: label.to_owned(),
            base: base.to_owned(),
            asked: String::new(),
            state: AnswerState::Waiting,
            received: 0,
            declared_total: None,
            remarks: Vec::new(),
            at: (self.now)(),
        }
    }

    /// Lines of a base that have no answer yet.
    pub(super) fn unanswered(&self, base: &str) -> Vec<LedgerRow> {
        let state = self.state();
        state.lines.iter().filter(|line| line.base == base && line.state.is_pending()).cloned().collect()
    }

    /// Ends a question: its line goes to the ledger.
    pub(crate) async fn end(
        &self,
        base: &str,
        question: &str,
        asked: &str,
        state: AnswerState,
        remarks: Vec<Remark>,
    ) -> Result<(), Stop> {
        let at = (self.now)();
        let line = self.set(base, question, |line| {
            (line.state, line.remarks, line.at) = (state, remarks, at);
            asked.clone_into(&mut line.asked);
        });
        tracing::info!(question, ?state, received = line.received, "question answered");
        self.record(vec![line]).await?;
        self.tell();
        Ok(())
    }

    pub(super) async fn record(&self, rows: Vec<LedgerRow>) -> Result<(), StoreError> {
        let run = self.run;
        blocking(&self.store, move |store| store.record_answers(run, &rows)).await
    }

    /// Changes the line of a question, and returns it.
    pub(crate) fn set(&self, base: &str, question: &str, change: impl FnOnce(&mut LedgerRow)) -> LedgerRow {
        let mut state = self.state();
        let at = state.lines.iter().position(|line| line.base == base && line.question == question);
        let at = at.unwrap_or_else(|| {
            state.lines.push(self.waiting(base, question, "kind-other"));
            state.lines.len() - 1
        });
        change(&mut state.lines[at]);
        state.lines[at].clone()
    }

    pub(super) fn tell(&self) {
        let progress = {
            let mut state = self.state();
            let pending = state.lines.iter().filter(|line| line.state.is_pending()).count();
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            Progress {
                kinds: kinds(&state.lines),
                asked: count(state.lines.len() - pending),
                planned: count(state.lines.len()),
                facts_changed: std::mem::take(&mut state.facts_changed),
            }
        };
        (self.progress)(progress);
    }
}

//! The lines of a run: how each question stands, told to whoever watches and written to the ledger.

use wholechart_store::{LedgerRow, StoreError};

use super::{DOCUMENTS, REFERENCES, Runner, Stop, blocking};
use crate::ledger::{AnswerState, Line, Progress, kinds};
use crate::plan::PlannedBase;

impl Runner<'_> {
    pub(super) fn prepare(&self, bases: &[PlannedBase]) {
        let mut state = self.state();
        for base in bases {
            for question in &base.questions {
                let key = (base.base.clone(), question.name.clone());
                state.lines.push((key, line(&question.label)));
            }
            for (name, label) in [(REFERENCES, "kind-support"), (DOCUMENTS, "kind-document")] {
                state.lines.push(((base.base.clone(), name.to_owned()), line(label)));
            }
        }
        drop(state);
        self.tell();
    }

    /// Questions of a base that have no answer yet.
    pub(super) fn unanswered(&self, base: &str) -> Vec<(String, Line)> {
        let state = self.state();
        let open = state.lines.iter().filter(|((of, _), line)| {
            of == base && matches!(line.state, AnswerState::Waiting | AnswerState::Running)
        });
        open.map(|((_, question), line)| (question.clone(), line.clone())).collect()
    }

    /// A question's line in the ledger.
    pub(crate) async fn end(
        &self,
        base: &str,
        question: &str,
        asked: &str,
        state: AnswerState,
        message: Option<String>,
    ) -> Result<(), Stop> {
        self.set(base, question, |line| (line.state, line.message) = (state, message.clone()));
        let known = self.line(base, question);
        tracing::info!(question, state = state.as_str(), received = known.received, "question answered");
        self.record(vec![self.row(base, question, asked, &known)]).await?;
        self.tell();
        Ok(())
    }

    pub(super) fn row(&self, base: &str, question: &str, asked: &str, line: &Line) -> LedgerRow {
        LedgerRow {
            question: question.to_owned(),
            label: line.label.clone(),
            base: base.to_owned(),
            asked: asked.to_owned(),
            state: line.state.as_str().to_owned(),
            received: line.received,
            declared_total: line.total,
            message: line.message.clone(),
            at: (self.now)(),
        }
    }

    pub(super) async fn record(&self, rows: Vec<LedgerRow>) -> Result<(), StoreError> {
        let run = self.run;
        blocking(&self.store, move |store| store.record_answers(run, &rows)).await
    }

    pub(crate) fn set(&self, base: &str, question: &str, change: impl FnOnce(&mut Line)) {
        let mut state = self.state();
        let found = state.lines.iter_mut().find(|((b, q), _)| b == base && q == question);
        if let Some((_, line)) = found {
            change(line);
        }
    }

    pub(super) fn line(&self, base: &str, question: &str) -> Line {
        let state = self.state();
        let found = state.lines.iter().find(|((b, q), _)| b == base && q == question);
        found.map_or_else(|| line("kind-other"), |(_, line)| line.clone())
    }

    pub(super) fn tell(&self) {
        let progress = {
            let mut state = self.state();
            let lines: Vec<Line> = state.lines.iter().map(|(_, line)| line.clone()).collect();
            let waiting = lines
                .iter()
                .filter(|line| matches!(line.state, AnswerState::Waiting | AnswerState::Running))
                .count();
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            Progress {
                kinds: kinds(&lines),
                asked: count(lines.len() - waiting),
                planned: count(lines.len()),
                facts_changed: std::mem::take(&mut state.facts_changed),
            }
        };
        (self.progress)(progress);
    }
}

pub(super) fn line(label: &str) -> Line {
    Line { label: label.to_owned(), state: AnswerState::Waiting, received: 0, total: None, message: None }
}

pub(super) fn by_word(word: &str) -> AnswerState {
    use AnswerState::{Cancelled, Complete, Failed, Incomplete, NotOffered, Refused};
    [Complete, NotOffered, Refused, Cancelled, Incomplete]
        .into_iter()
        .find(|state| state.as_str() == word)
        .unwrap_or(Failed)
}

//! What was asked of a provider and what came, in words.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use wholechart_store::{Answered, ChangeKind, FactRow, LedgerRow};
use wholechart_sync::ELSEWHERE;

use super::wire::{ChangedFact, FactChange, LedgerLine, LedgerView, SyncKindState};
use crate::words::{Speech, Words, dates};

/// Changed facts listed one by one; the sentence counts them all.
const CHANGES_SHOWN: usize = 100;

/// The ledger's word for a state, as `wholechart-sync` writes it.
pub(crate) fn state(word: &str) -> SyncKindState {
    match word {
        "complete" => SyncKindState::Complete,
        "incomplete" => SyncKindState::Incomplete,
        "refused" => SyncKindState::Refused,
        "not-offered" => SyncKindState::NotOffered,
        "cancelled" => SyncKindState::Cancelled,
        "waiting" => SyncKindState::Waiting,
        "running" => SyncKindState::Running,
        _ => SyncKindState::Failed,
    }
}

/// Several questions of one kind as one line: the state that needs attention most.
fn gravest(states: impl Iterator<Item = SyncKindState>) -> SyncKindState {
    let rank = |state: &SyncKindState| match state {
        SyncKindState::Complete => 0,
        SyncKindState::NotOffered => 1,
        SyncKindState::Waiting => 2,
        SyncKindState::Running => 3,
        SyncKindState::Refused => 4,
        SyncKindState::Cancelled => 5,
        SyncKindState::Incomplete => 6,
        SyncKindState::Failed => 7,
    };
    states.max_by_key(rank).unwrap_or(SyncKindState::Waiting)
}

/// One kind of record with all questions asked for it.
pub(crate) struct KindAnswers<'a> {
    pub(crate) label: &'a str,
    pub(crate) rows: Vec<&'a LedgerRow>,
}

/// Groups the ledger by kind, in the order asked.
pub(crate) fn by_kind(ledger: &[LedgerRow]) -> Vec<KindAnswers<'_>> {
    let mut kinds: Vec<KindAnswers<'_>> = Vec::new();
    for row in ledger {
        match kinds.iter_mut().find(|kind| kind.label == row.label) {
            Some(kind) => kind.rows.push(row),
            None => kinds.push(KindAnswers { label: &row.label, rows: vec![row] }),
        }
    }
    kinds
}

impl KindAnswers<'_> {
    /// A kind that one base shares is shared, although another base of the same gateway does not offer it.
    pub(crate) fn state(&self) -> SyncKindState {
        let gravest_of_all = gravest(self.rows.iter().map(|row| state(&row.state)));
        let any_complete = self.rows.iter().any(|row| state(&row.state) == SyncKindState::Complete);
        match gravest_of_all {
            SyncKindState::NotOffered if any_complete => SyncKindState::Complete,
            other => other,
        }
    }

    pub(crate) fn received(&self) -> u32 {
        self.rows.iter().map(|row| row.received).fold(0, u32::saturating_add)
    }

    fn total(&self) -> Option<u32> {
        let totals: Vec<u32> = self.rows.iter().filter_map(|row| row.declared_total).collect();
        (totals.len() == self.rows.len()).then(|| totals.into_iter().fold(0, u32::saturating_add))
    }

    /// The moment of the oldest answer in which a question of this kind was complete; none while one never was.
    fn last_complete(&self, answered: &BTreeMap<(String, String), Answered>) -> Option<DateTime<Utc>> {
        let offered = self.rows.iter().filter(|row| state(&row.state) != SyncKindState::NotOffered);
        let moments: Vec<Option<DateTime<Utc>>> = offered
            .map(|row| match state(&row.state) {
                SyncKindState::Complete => Some(row.at),
                _ => answered.get(&(row.base.clone(), row.question.clone())).map(|last| last.since),
            })
            .collect();
        moments.into_iter().collect::<Option<Vec<_>>>()?.into_iter().min()
    }

    pub(crate) fn text(&self, words: &Words, provider: &str) -> String {
        state_words(words, provider, self.label, self.state(), self.received(), self.total())
    }
}

/// What a state means, in a sentence.
pub(crate) fn state_words(
    words: &Words,
    provider: &str,
    label: &str,
    state: SyncKindState,
    received: u32,
    total: Option<u32>,
) -> String {
    let key = match state {
        _ if label == ELSEWHERE => "ledger-elsewhere",
        SyncKindState::Complete => "ledger-complete",
        SyncKindState::Incomplete if total.is_some_and(|t| t > received) => "ledger-incomplete-of",
        SyncKindState::Incomplete => "ledger-incomplete",
        SyncKindState::Refused => "ledger-refused",
        SyncKindState::NotOffered => "ledger-not-offered",
        SyncKindState::Failed => "ledger-failed",
        SyncKindState::Cancelled => "ledger-cancelled",
        SyncKindState::Waiting => "ledger-waiting",
        SyncKindState::Running => "ledger-running",
    };
    words.with(
        key,
        &[
            ("provider", provider.into()),
            ("count", received.into()),
            ("total", (&total.unwrap_or_default().to_string()).into()),
        ],
    )
}

/// Answers "do I have everything?" in one sentence.
pub(crate) fn verdict(words: &Words, provider: &str, ledger: &[LedgerRow]) -> String {
    let kinds = by_kind(ledger);
    if kinds.is_empty() {
        return words.get("verdict-never");
    }
    if kinds.iter().any(|kind| kind.state() == SyncKindState::Cancelled) {
        return words.get("verdict-cancelled");
    }
    let gaps: Vec<String> = kinds
        .iter()
        .filter(|kind| {
            matches!(kind.state(), SyncKindState::Incomplete | SyncKindState::Refused | SyncKindState::Failed)
        })
        .map(|kind| words.get(kind.label))
        .collect();
    if gaps.is_empty() {
        words.with("verdict-complete", &[("provider", provider.into())])
    } else {
        words.with("verdict-gaps", &[("provider", provider.into()), ("kinds", (&gaps.join(", ")).into())])
    }
}

/// What is known of what a provider was asked.
pub(crate) struct Told<'a> {
    pub(crate) provider: &'a str,
    pub(crate) rows: &'a [LedgerRow],
    /// Complete answers by (base, question).
    pub(crate) answered: &'a BTreeMap<(String, String), Answered>,
    /// What the last run changed.
    pub(crate) changed: &'a [(FactRow, ChangeKind)],
    /// How many resources are held.
    pub(crate) everything: u64,
}

/// The whole ledger of one connection.
pub(crate) fn ledger(speech: &Speech<'_>, told: &Told<'_>) -> LedgerView {
    let words = speech.words;
    // After a first fetch everything is new, which is no news.
    let all_new = told.changed.iter().all(|(_, what)| *what == ChangeKind::New);
    let first = all_new && told.changed.len() as u64 * 2 > told.everything;
    let changed = if first { &[] } else { told.changed };
    LedgerView {
        verdict: verdict(words, told.provider, told.rows),
        lines: by_kind(told.rows)
            .iter()
            .map(|kind| LedgerLine {
                label: words.get(kind.label),
                state: kind.state(),
                text: kind.text(words, told.provider),
                received: kind.received(),
                total: kind.total(),
                complete_text: kind.last_complete(told.answered).map(|at| {
                    let when = speech.own_moment(at);
                    words.with("ledger-last-complete", &[("when", (&when).into())])
                }),
                details: kind
                    .rows
                    .iter()
                    .map(|row| match &row.message {
                        Some(message) => format!("{}: {} ({message})", row.asked, row.state),
                        None => format!("{}: {}", row.asked, row.state),
                    })
                    .collect(),
            })
            .collect(),
        news: news(words, changed),
        changes: changed.iter().take(CHANGES_SHOWN).map(|(fact, what)| change(speech, fact, *what)).collect(),
    }
}

/// What a run changed, in a sentence; none when it changed nothing.
pub(crate) fn news(words: &Words, changed: &[(FactRow, ChangeKind)]) -> Option<String> {
    let count = |wanted| changed.iter().filter(|(_, what)| *what == wanted).count();
    let parts = [
        ("sync-news-new", ChangeKind::New),
        ("sync-news-corrected", ChangeKind::Corrected),
        ("sync-news-withdrawn", ChangeKind::Withdrawn),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .map(|(key, what)| (key, count(what)))
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| words.with(key, &[("count", count.into())]))
        .collect();
    (!said.is_empty()).then(|| said.join(", "))
}

fn change(speech: &Speech<'_>, fact: &FactRow, what: ChangeKind) -> ChangedFact {
    let kind = fact.kind.as_str();
    ChangedFact {
        fact: fact.id.to_string(),
        kind: kind.to_owned(),
        kind_text: speech.kind(fact.kind),
        title: speech.title(fact.kind, &fact.title),
        day: fact.day.map(dates::key).unwrap_or_default(),
        day_text: fact.day.map_or_else(|| speech.get("date-not-stated"), |day| speech.day(day)),
        what: match what {
            ChangeKind::New => FactChange::New,
            ChangeKind::Corrected => FactChange::Corrected,
            ChangeKind::Withdrawn => FactChange::Withdrawn,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, state: &str, received: u32) -> LedgerRow {
        LedgerRow {
            question: format!("{label}{state}"),
            label: label.into(),
            base: "b".into(),
            asked: "q".into(),
            state: state.into(),
            received,
            declared_total: None,
            message: None,
            at: DateTime::<Utc>::MIN_UTC,
        }
    }

    #[test]
    fn a_kind_is_as_good_as_its_worst_answer_but_one_base_is_enough() {
        let rows = [
            row("kind-vaccine", "complete", 3),
            row("kind-vaccine", "not-offered", 0),
            row("kind-vital", "refused", 0),
        ];
        let kinds = by_kind(&rows);
        assert_eq!(kinds[0].state(), SyncKindState::Complete);
        assert_eq!(kinds[1].state(), SyncKindState::Refused);
        let words = Words::english();
        assert_eq!(
            verdict(&words, "Summit", &rows),
            "You have what Summit shared. Missing or uncertain: Vital signs."
        );
    }

    #[test]
    fn records_at_another_server_are_a_gap_with_a_way_to_close_it() {
        let rows = [row("kind-vaccine", "complete", 3), row(ELSEWHERE, "refused", 0)];
        let words = Words::english();
        assert_eq!(
            verdict(&words, "Summit", &rows),
            "You have what Summit shared. Missing or uncertain: Records at another server."
        );
        assert_eq!(
            by_kind(&rows)[1].text(&words, "Summit"),
            "Summit keeps some records at another server, which this sign-in does not open. Add that server as a \
             connection of its own."
        );
    }
}

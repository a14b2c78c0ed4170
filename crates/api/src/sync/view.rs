//! What was asked of a provider and what came, in words.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use wholechart_store::{AnswerState, Answered, ChangeKind, FactRow, LedgerRow};
use wholechart_sync::{ELSEWHERE, KindAnswers, KindProgress, by_kind};

use super::{
    remark,
    wire::{ChangedFact, LedgerLine, LedgerView},
};
use crate::words::{Speech, Words, dates};

/// Changed facts listed one by one; the sentence counts them all.
const CHANGES_SHOWN: usize = 100;

/// The moment of the oldest answer in which a question of a kind was complete. `None`: one of them never was.
fn last_complete(
    kind: &KindAnswers<'_>,
    answered: &BTreeMap<(String, String), Answered>,
) -> Option<DateTime<Utc>> {
    let offered = kind.rows.iter().filter(|row| row.state != AnswerState::NotOffered);
    let moments = offered.map(|row| match row.state {
        AnswerState::Complete => Some(row.at),
        _ => answered.get(&(row.base.clone(), row.question.clone())).map(|last| last.since),
    });
    moments.collect::<Option<Vec<_>>>()?.into_iter().min()
}

/// How a kind stands, in a sentence.
pub(crate) fn state_text(words: &Words, provider: &str, kind: &KindProgress) -> String {
    let KindProgress { label, state, received, total } = kind;
    let key = match state {
        _ if label == ELSEWHERE => "ledger-elsewhere",
        AnswerState::Complete => "ledger-complete",
        AnswerState::Incomplete if total.is_some_and(|total| total > *received) => "ledger-incomplete-of",
        AnswerState::Incomplete => "ledger-incomplete",
        AnswerState::Refused => "ledger-refused",
        AnswerState::NotOffered => "ledger-not-offered",
        AnswerState::Failed => "ledger-failed",
        AnswerState::Cancelled => "ledger-cancelled",
        AnswerState::Waiting => "ledger-waiting",
        AnswerState::Running => "ledger-running",
    };
    words.with(
        key,
        &[
            ("provider", provider.into()),
            ("count", (*received).into()),
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
    if kinds.iter().any(|kind| kind.state() == AnswerState::Cancelled) {
        return words.get("verdict-cancelled");
    }
    let gaps: Vec<String> = kinds
        .iter()
        .filter(|kind| {
            matches!(kind.state(), AnswerState::Incomplete | AnswerState::Refused | AnswerState::Failed)
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
        lines: by_kind(told.rows).iter().map(|kind| line(speech, told, kind)).collect(),
        news: news(words, changed),
        changes: changed.iter().take(CHANGES_SHOWN).map(|(fact, what)| change(speech, fact, *what)).collect(),
    }
}

fn line(speech: &Speech<'_>, told: &Told<'_>, kind: &KindAnswers<'_>) -> LedgerLine {
    let words = speech.words;
    let progress = kind.progress();
    LedgerLine {
        label: words.get(kind.label),
        state: progress.state.into(),
        text: state_text(words, told.provider, &progress),
        received: progress.received,
        total: progress.total,
        complete_text: last_complete(kind, told.answered).map(|at| {
            let when = speech.own_moment(at);
            words.with("ledger-last-complete", &[("when", (&when).into())])
        }),
        details: kind.rows.iter().map(|row| detail(words, row)).collect(),
    }
}

/// What was asked, how it stands, and what else there is to say.
fn detail(words: &Words, row: &LedgerRow) -> String {
    let state = words.get(match row.state {
        AnswerState::Complete => "ui-kind-complete",
        AnswerState::NotOffered => "ui-kind-not-offered",
        AnswerState::Waiting => "ui-kind-waiting",
        AnswerState::Running => "ui-kind-running",
        AnswerState::Refused => "ui-kind-refused",
        AnswerState::Cancelled => "ui-kind-cancelled",
        AnswerState::Incomplete => "ui-kind-incomplete",
        AnswerState::Failed => "ui-kind-failed",
    });
    let asked = remark::asked(words, &row.asked);
    let said: Vec<String> = row.remarks.iter().map(|one| remark::remark(words, one)).collect();
    let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) };
    if asked.is_empty() { format!("{state}{said}") } else { format!("{asked}: {state}{said}") }
}

/// What a run changed, in a sentence. `None`: nothing.
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
    ChangedFact {
        fact: fact.id.clone(),
        kind: fact.kind,
        kind_text: speech.kind(fact.kind),
        title: speech.title(fact.kind, &fact.title),
        day: fact.day.map(dates::key).unwrap_or_default(),
        day_text: fact.day.map_or_else(|| speech.get("date-not-stated"), |day| speech.day(day)),
        what,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, state: AnswerState, received: u32) -> LedgerRow {
        LedgerRow {
            question: format!("{label}{state:?}"),
            label: label.into(),
            base: "b".into(),
            asked: "q".into(),
            state,
            received,
            declared_total: None,
            remarks: Vec::new(),
            at: DateTime::<Utc>::MIN_UTC,
        }
    }

    #[test]
    fn what_was_not_shared_is_named_in_the_verdict() {
        let rows = [
            row("kind-vaccine", AnswerState::Complete, 3),
            row("kind-vaccine", AnswerState::NotOffered, 0),
            row("kind-vital", AnswerState::Refused, 0),
        ];
        let words = Words::english();
        assert_eq!(
            verdict(&words, "Summit", &rows),
            "You have what Summit shared. Missing or uncertain: Vital signs."
        );
    }

    #[test]
    fn records_at_another_server_are_a_gap_with_a_way_to_close_it() {
        let rows = [row("kind-vaccine", AnswerState::Complete, 3), row(ELSEWHERE, AnswerState::Refused, 0)];
        let words = Words::english();
        assert_eq!(
            verdict(&words, "Summit", &rows),
            "You have what Summit shared. Missing or uncertain: Records at another server."
        );
        assert_eq!(
            state_text(&words, "Summit", &by_kind(&rows)[1].progress()),
            "Summit keeps some records at another server, which this sign-in does not open. Add that server as a \
             connection of its own."
        );
    }
}

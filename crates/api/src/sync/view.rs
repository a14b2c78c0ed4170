//! What was asked of a provider and what came, in words.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use wholechart_store::{
    AnswerState, Answered, ChangeKind, FactRow, LedgerRow, Remark, Run, RunOutcome, SetAside,
};
use wholechart_sync::{ELSEWHERE, KindAnswers, KindProgress, RunReport, SET_ASIDE, by_kind};

use super::{
    remark,
    wire::{ChangedFact, LedgerLine, LedgerView, SetAsideView},
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

/// When somebody was born, in brackets behind their name; that nobody says it.
pub(crate) fn born(speech: &Speech<'_>, sent: Option<&str>) -> String {
    let Some(sent) = sent else { return speech.get("patient-born-unknown") };
    let day = dates::parse(sent).map_or_else(|| speech.sent(sent), |day| speech.day(day));
    speech.words.with("patient-born", &[("born", (&day).into())])
}

/// What was asked for one kind of resource, where several make a kind and each has a name a patient knows.
struct Part<'a> {
    name: String,
    rows: Vec<&'a LedgerRow>,
}

impl Part<'_> {
    fn as_kind(&self) -> KindAnswers<'_> {
        KindAnswers { label: "", rows: self.rows.clone() }
    }
}

/// The parts of a kind that do not stand alike: prescriptions came, what pharmacies handed out did not. None where they do, and
/// where a part has no name.
fn parts<'a>(words: &Words, kind: &KindAnswers<'a>) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for row in kind.rows.iter().filter(|row| row.state != AnswerState::NotOffered) {
        let asked = row.question.split(['?', '/']).next().unwrap_or_default();
        let key = format!("question-{}", asked.to_lowercase());
        if !words.has(&key) {
            return Vec::new();
        }
        let name = words.get(&key);
        match parts.iter_mut().find(|part| part.name == name) {
            Some(part) => part.rows.push(row),
            None => parts.push(Part { name, rows: vec![row] }),
        }
    }
    let first = parts.first().map(|part| part.as_kind().state());
    if parts.iter().all(|part| Some(part.as_kind().state()) == first) { Vec::new() } else { parts }
}

/// "Prescriptions: all 9. Pharmacy pick-ups: you did not allow it when you signed in, or it is not shared with apps."
fn parts_text(words: &Words, parts: &[Part<'_>]) -> String {
    let said = parts.iter().map(|part| {
        let kind = part.as_kind();
        let key = match kind.state() {
            AnswerState::Complete if kind.received() == 0 => "part-none",
            AnswerState::Complete | AnswerState::NotOffered => "part-complete",
            AnswerState::Incomplete => "part-incomplete",
            AnswerState::Refused => "part-refused",
            AnswerState::Failed => "part-failed",
            AnswerState::Cancelled => "part-cancelled",
            AnswerState::Waiting | AnswerState::Running => "part-waiting",
        };
        words.with(key, &[("part", (&part.name).into()), ("count", kind.received().into())])
    });
    said.collect::<Vec<_>>().join(" ")
}

/// How a kind stands: in a sentence, or in one for each of its parts where they do not stand alike.
pub(crate) fn kind_text(words: &Words, provider: &str, kind: &KindProgress) -> String {
    match parts(words, &kind.answers()) {
        parts if parts.is_empty() => state_text(words, provider, kind),
        parts => parts_text(words, &parts),
    }
}

/// How a kind stands, in a sentence.
fn state_text(words: &Words, provider: &str, kind: &KindProgress) -> String {
    let KindProgress { label, state, received, total, why, .. } = kind;
    let has = |is: fn(&Remark) -> bool| why.iter().any(is);
    let answered = has(|one| {
        matches!(
            one,
            Remark::Server { .. } | Remark::Status { .. } | Remark::Page { .. } | Remark::Foreign { .. }
        )
    });
    let key = match state {
        _ if label == ELSEWHERE => "ledger-elsewhere",
        _ if label == SET_ASIDE => "ledger-set-aside",
        AnswerState::Complete => "ledger-complete",
        AnswerState::Incomplete if total.is_some_and(|total| total > *received) => "ledger-incomplete-of",
        AnswerState::Incomplete if !why.is_empty() => "ledger-incomplete-why",
        AnswerState::Incomplete => "ledger-incomplete",
        AnswerState::Failed | AnswerState::Refused if has(|one| *one == Remark::PatientUnknown) => {
            "ledger-not-shown"
        }
        AnswerState::Refused => "ledger-refused",
        AnswerState::NotOffered => "ledger-not-offered",
        AnswerState::Failed if has(|one| matches!(one, Remark::NotRenewed { .. })) => "ledger-not-renewed",
        AnswerState::Failed if answered => "ledger-answered",
        AnswerState::Failed => "ledger-failed",
        AnswerState::Cancelled => "ledger-cancelled",
        AnswerState::Waiting => "ledger-waiting",
        AnswerState::Running => "ledger-running",
    };
    let said: Vec<String> = why.iter().map(|one| remark::remark(words, one)).collect();
    let text = words.with(
        key,
        &[
            ("provider", provider.into()),
            ("count", (*received).into()),
            ("total", (&total.unwrap_or_default().to_string()).into()),
            ("why", (&said.join("; ")).into()),
        ],
    );
    // What a server says of a whole answer is a warning of its own.
    let warned = why.iter().filter_map(|one| match one {
        Remark::Server { words: said } if *state == AnswerState::Complete => Some(words.sent(said)),
        _ => None,
    });
    let warned: Vec<String> = warned.collect();
    if warned.is_empty() {
        return text;
    }
    let warned = warned.join("; ");
    let adds = [("provider", provider.into()), ("words", (&warned).into())];
    format!("{text} {}", words.with("ledger-adds", &adds))
}

/// The sign-in could not be renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotRenewed<'a> {
    /// What the server said to that, if it said anything.
    pub(crate) words: Option<&'a str>,
}

/// That the sign-in could not be renewed, where that is why nothing at all was asked.
pub(crate) fn not_renewed(report: &RunReport) -> Option<NotRenewed<'_>> {
    report.kinds.iter().find_map(|kind| renewal_refused(&kind.why)).filter(|_| !report.answered)
}

/// What the server said when the sign-in was to be renewed. `None`: that is not the matter.
pub(crate) fn renewal_refused(why: &[Remark]) -> Option<NotRenewed<'_>> {
    why.iter().find_map(|one| match one {
        Remark::NotRenewed { words } => Some(NotRenewed { words: words.as_deref() }),
        _ => None,
    })
}

/// The lines of the ledger with what is set aside: a line for each whom it is about.
pub(crate) fn with_set_aside(mut rows: Vec<LedgerRow>, set_aside: &[SetAside]) -> Vec<LedgerRow> {
    let at = rows.iter().map(|row| row.at).max().unwrap_or_default();
    rows.extend(set_aside.iter().map(|one| LedgerRow {
        question: one.whose.clone(),
        label: SET_ASIDE.to_owned(),
        base: String::new(),
        asked: String::new(),
        state: AnswerState::Incomplete,
        received: u32::try_from(one.count()).unwrap_or(u32::MAX),
        declared_total: None,
        remarks: Vec::new(),
        at,
    }));
    rows
}

/// What is set aside of one whom it is about.
pub(crate) fn set_aside(words: &Words, provider: &str, one: &SetAside) -> SetAsideView {
    let count = u32::try_from(one.count()).unwrap_or(u32::MAX);
    let whose = words.sent(&one.whose);
    let args = [("provider", provider.into()), ("whose", (&whose).into()), ("count", count.into())];
    SetAsideView { whose: one.whose.clone(), count, text: words.with("set-aside-of", &args) }
}

/// Whether a run named every question: one that was cut off, or that found somebody else, names those it came to.
pub(crate) fn got_to_its_end(run: Option<&Run>) -> bool {
    run.is_some_and(|run| run.finished.is_some() && run.outcome != Some(RunOutcome::OtherPatient))
}

/// Answers "do I have everything?" in one sentence. `ended`: the last run that was not cut off [`got_to_its_end`].
pub(crate) fn verdict(words: &Words, provider: &str, ledger: &[LedgerRow], ended: bool) -> String {
    let kinds = by_kind(ledger);
    if kinds.is_empty() {
        return words.get("verdict-never");
    }
    let not_shown = |kind: &KindAnswers<'_>| kind.progress().why.contains(&Remark::PatientUnknown);
    let any_came = kinds.iter().any(|kind| kind.state() == AnswerState::Complete);
    if !any_came && kinds.iter().any(not_shown) {
        return words.with("verdict-not-shown", &[("provider", provider.into())]);
    }
    if !ended || kinds.iter().any(|kind| kind.state() == AnswerState::Cancelled) {
        return words.get("verdict-cancelled");
    }
    let gaps: Vec<String> = kinds
        .iter()
        .filter(|kind| {
            matches!(kind.state(), AnswerState::Incomplete | AnswerState::Refused | AnswerState::Failed)
        })
        .flat_map(|kind| {
            let short = |part: &Part<'_>| part.as_kind().state() != AnswerState::Complete;
            let missing: Vec<String> =
                parts(words, kind).into_iter().filter(short).map(|part| part.name).collect();
            if missing.is_empty() { vec![words.get(kind.label)] } else { missing }
        })
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
    /// The last run that was not cut off [`got_to_its_end`].
    pub(crate) ended: bool,
    /// How many resources are held.
    pub(crate) everything: u64,
    /// What is set aside as somebody else's.
    pub(crate) set_aside: &'a [SetAside],
}

/// The whole ledger of one connection.
pub(crate) fn ledger(speech: &Speech<'_>, told: &Told<'_>) -> LedgerView {
    let words = speech.words;
    // After a first fetch everything is new, which is no news.
    let all_new = told.changed.iter().all(|(_, what)| *what == ChangeKind::New);
    let first = all_new && told.changed.len() as u64 * 2 > told.everything;
    let changed = if first { &[] } else { told.changed };
    LedgerView {
        verdict: verdict(words, told.provider, told.rows, told.ended),
        lines: by_kind(told.rows).iter().map(|kind| line(speech, told, kind)).collect(),
        news: news(words, changed),
        set_aside: told.set_aside.iter().map(|one| set_aside(words, told.provider, one)).collect(),
        changes: changed.iter().take(CHANGES_SHOWN).map(|(fact, what)| change(speech, fact, *what)).collect(),
    }
}

fn line(speech: &Speech<'_>, told: &Told<'_>, kind: &KindAnswers<'_>) -> LedgerLine {
    let words = speech.words;
    let progress = kind.progress();
    LedgerLine {
        label: words.get(kind.label),
        state: progress.state.into(),
        text: kind_text(words, told.provider, &progress),
        received: progress.received,
        total: progress.total,
        complete_text: last_complete(kind, told.answered).map(|at| {
            let when = speech.own_moment(at);
            words.with("ledger-last-complete", &[("when", (&when).into())])
        }),
        details: kind.rows.iter().map(|row| detail(words, told.provider, row)).collect(),
    }
}

/// What was asked, how it stands, and what else there is to say.
fn detail(words: &Words, provider: &str, row: &LedgerRow) -> String {
    if row.label == SET_ASIDE {
        let whose = words.sent(&row.question);
        let args =
            [("provider", provider.into()), ("whose", (&whose).into()), ("count", row.received.into())];
        return words.with("set-aside-of", &args);
    }
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
    // What was not asked yet is named by its question, which is an address as well.
    let is_address = row.question.starts_with(|c: char| c.is_ascii_uppercase());
    let asked = match row.asked.as_str() {
        "" if is_address => row.question.clone(),
        asked => remark::asked(words, asked),
    };
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
        title: speech.called(fact.kind, &fact.title, &fact.said.codes),
        day: fact.day.map(dates::key).unwrap_or_default(),
        day_text: fact.day.map_or_else(|| speech.get("date-not-stated"), |day| speech.day(day)),
        what,
    }
}

#[cfg(test)]
mod tests {
    use wholechart_record::ConnectionId;
    use wholechart_store::RunId;

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
            verdict(&words, "Summit", &rows, true),
            "You have what Summit shared. Missing or uncertain: Vital signs."
        );
    }

    #[test]
    fn what_stands_differently_within_a_kind_is_told_by_itself() {
        let words = Words::english();
        let of = |question: &str, state, received| LedgerRow {
            question: question.into(),
            ..row("kind-medicine", state, received)
        };
        let rows = [
            of("MedicationRequest", AnswerState::Complete, 9),
            of("MedicationDispense", AnswerState::Refused, 0),
            of("MedicationStatement", AnswerState::NotOffered, 0),
        ];
        let kinds = by_kind(&rows);
        let said = parts_text(&words, &parts(&words, &kinds[0]));
        assert_eq!(
            said,
            "Prescriptions: all 9. Pharmacy pick-ups: you did not allow it when you signed in, or it is not shared with apps."
        );
        let progress = kinds[0].progress();
        assert_eq!(kind_text(&words, "Summit", &progress), said, "while it comes, and in the ledger");
        let verdict = verdict(&words, "Summit", &rows, true);
        assert_eq!(verdict, "You have what Summit shared. Missing or uncertain: Pharmacy pick-ups.");
        let alike = [
            of("MedicationRequest", AnswerState::Refused, 0),
            of("MedicationDispense", AnswerState::Refused, 0),
        ];
        assert!(parts(&words, &by_kind(&alike)[0]).is_empty(), "one sentence says it");
    }

    /// What was asked is named where there is something to name; a colon never stands alone.
    #[test]
    fn no_detail_of_the_ledger_begins_with_nothing() {
        let words = Words::english();
        for state in
            [AnswerState::Cancelled, AnswerState::Failed, AnswerState::Complete, AnswerState::NotOffered]
        {
            for (asked, question, begins) in [
                ("Condition?patient=1", "Condition", "Condition?patient=1: "),
                ("", "Condition?category=x", "Condition?category=x: "),
                ("", "references", ""),
                ("", "kind-claim", ""),
            ] {
                let row = LedgerRow {
                    asked: asked.into(),
                    question: question.into(),
                    ..row("kind-problem", state, 0)
                };
                let said = detail(&words, "Summit", &row);
                let state = said.strip_prefix(begins).expect("what was asked");
                assert!(!state.is_empty() && !state.contains(':'), "{question}: “{said}”");
            }
        }
        let stopped = LedgerRow {
            asked: String::new(),
            question: "documents".into(),
            ..row("x", AnswerState::Cancelled, 0)
        };
        assert_eq!(detail(&words, "Summit", &stopped), "stopped");
    }

    /// "Did not answer" and "try again later" are said of nobody who answered, and what can be done is said.
    #[test]
    fn why_a_kind_failed_is_said_in_the_right_words() {
        let words = Words::english();
        let said = |state, remarks: Vec<Remark>| {
            let rows = [LedgerRow { remarks, ..row("kind-allergy", state, 0) }];
            state_text(&words, "Summit", &by_kind(&rows)[0].progress())
        };
        let server = |words: &str| Remark::Server { words: words.into() };
        let answered =
            said(AnswerState::Failed, vec![Remark::Status { status: 500 }, server("database is down")]);
        assert!(answered.contains("answered") && answered.contains("database is down"), "{answered}");
        let page =
            said(AnswerState::Failed, vec![Remark::Page { fault: wholechart_fhir::PageFault::Markup }]);
        assert!(page.contains("answered, but not with your records"), "{page}");
        let renewal = said(AnswerState::Failed, vec![Remark::NotRenewed { words: Some("Not here".into()) }]);
        assert!(renewal.contains("sign in again"), "{renewal}");
        let nobody = said(AnswerState::Failed, vec![Remark::PatientUnknown]);
        assert!(nobody.contains("did not say whose record this is"), "{nobody}");
        let gone = said(AnswerState::Failed, vec![Remark::TimedOut { host: "f".into() }]);
        assert!(gone.contains("did not answer"), "{gone}");
        let missing = said(AnswerState::Incomplete, vec![Remark::NotFound { count: 2 }]);
        assert!(missing.contains("not found: 2"), "{missing}");
        let warned = said(AnswerState::Complete, vec![server("Records before 2009 are on paper")]);
        assert!(warned.ends_with("Summit adds: “Records before 2009 are on paper”"), "{warned}");
    }

    /// What a killed process did not come to is named nowhere.
    #[test]
    fn a_run_that_was_cut_off_has_not_brought_everything() {
        let rows = [row("kind-vaccine", AnswerState::Complete, 3)];
        let words = Words::english();
        assert!(verdict(&words, "Summit", &rows, true).contains("all the records"));
        assert_eq!(verdict(&words, "Summit", &rows, false), words.get("verdict-cancelled"));
        let run = |finished, outcome| Run {
            id: RunId(1),
            connection: ConnectionId("c".into()),
            started: DateTime::<Utc>::MIN_UTC,
            finished,
            outcome,
        };
        let at = Some(DateTime::<Utc>::MIN_UTC);
        assert!(got_to_its_end(Some(&run(at, Some(RunOutcome::Complete)))));
        assert!(got_to_its_end(Some(&run(at, Some(RunOutcome::Incomplete)))));
        for cut in [None, Some(&run(None, None)), Some(&run(at, Some(RunOutcome::OtherPatient)))] {
            assert!(!got_to_its_end(cut));
        }
    }

    #[test]
    fn records_at_another_server_are_a_gap_with_a_way_to_close_it() {
        let rows = [row("kind-vaccine", AnswerState::Complete, 3), row(ELSEWHERE, AnswerState::Refused, 0)];
        let words = Words::english();
        assert_eq!(
            verdict(&words, "Summit", &rows, true),
            "You have what Summit shared. Missing or uncertain: Records at another server."
        );
        assert_eq!(
            state_text(&words, "Summit", &by_kind(&rows)[1].progress()),
            "Summit keeps some records at another server, which this sign-in does not open. Add that server as a \
             connection of its own."
        );
    }
}

//! A record's page: what each provider says, and why they are shown as one.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use wholechart_fhir::{Coding, DateRole, Entry, Kind, Reference, ReferenceRange, Value};
use wholechart_record::{ConnectionId, EntryKey, Fact, Join};
use wholechart_store::{FactRow, MemberRow, Person};

use super::wire::{EvidenceLine, FactPage, JoinSide, JoinView, Line, RelatedView, SourceView, VersionView};
use crate::{
    dates,
    providers::view::release_name,
    questions::{view::sentence, wire::ConflictView},
    timeline::view::{answer, flag_name, row, status, struck},
    words::Words,
};

/// What the store knows of one fact, and what else its page shows.
pub(crate) struct Known<'a> {
    pub(crate) fact: &'a Fact,
    pub(crate) row: &'a FactRow,
    pub(crate) members: &'a [MemberRow],
    pub(crate) providers: &'a BTreeMap<ConnectionId, String>,
    pub(crate) person: &'a Person,
    pub(crate) conflicts: Vec<ConflictView>,
    /// What belongs to it and is another fact, with why.
    pub(crate) related: Vec<(&'a Join, FactRow)>,
    /// What members said in older versions, where that was another value, with when each was received.
    pub(crate) older: &'a BTreeMap<EntryKey, Vec<Older>>,
    /// When it was noticed that a member is no longer reported.
    pub(crate) gone: &'a BTreeMap<EntryKey, DateTime<Utc>>,
}

/// A value that was replaced.
pub(crate) struct Older {
    pub(crate) value: String,
    /// When what replaced it was received.
    pub(crate) until: DateTime<Utc>,
}

/// The page of one fact.
pub(crate) fn page(words: &Words, known: Known<'_>, now: DateTime<Utc>) -> FactPage {
    let home = known.person.home_zone;
    let provider = |id: &ConnectionId| known.providers.get(id).cloned().unwrap_or_default();
    let entries: BTreeMap<&EntryKey, &Entry> =
        known.members.iter().map(|row| (&row.member.key, &row.member.entry)).collect();
    let title = |key: &EntryKey| entries.get(key).map(|entry| entry.title.as_str());
    let side = |key: &EntryKey| JoinSide {
        connection: key.connection.to_string(),
        provider: provider(&key.connection),
        resource: format!("{}/{}", key.resource_type, key.id),
    };
    let joins = known
        .fact
        .joins
        .iter()
        .map(|join| {
            let said = sentence(words, &join.rule, &join.evidence, title(&join.a), home);
            JoinView {
                rule: join.rule.clone(),
                why: said,
                first: side(&join.a),
                second: side(&join.b),
                evidence: match (entries.get(&join.a), entries.get(&join.b)) {
                    (Some(a), Some(b)) => evidence(words, a, b, home),
                    _ => Vec::new(),
                },
            }
        })
        .collect();
    let all_gone = known.members.iter().all(|row| known.gone.contains_key(&row.member.key));
    FactPage {
        row: row(words, known.row, home),
        plain: plain(words, known.fact.kind, known.members),
        joins,
        conflicts: known.conflicts,
        gone: all_gone.then(|| words.get("record-gone-all")),
        sources: known
            .members
            .iter()
            .map(|row| {
                let member = &row.member;
                let received = |at| dates::own_moment(words, at, now, home);
                let before = known.older.get(&member.key).into_iter().flatten();
                SourceView {
                    connection: member.key.connection.to_string(),
                    provider: provider(&member.key.connection),
                    title: member.entry.title.clone(),
                    day_text: own_day(words, &member.entry, home),
                    value: own_value(words, &member.entry, home),
                    lines: lines(words, &member.entry, home),
                    narrative: member.entry.narrative.clone(),
                    release: release_name(member.entry.release).to_owned(),
                    resource: format!("{}/{}", member.key.resource_type, member.key.id),
                    received: row.versions.first().map(|v| received(v.received_at)).unwrap_or_default(),
                    versions: row
                        .versions
                        .iter()
                        .map(|v| VersionView { id: v.id.0, received: received(v.received_at) })
                        .collect(),
                    struck: struck(member.entry.status_group),
                    before: before
                        .map(|old| {
                            let until = received(old.until);
                            let args = [("value", (&old.value).into()), ("date", (&until).into())];
                            words.with("record-before", &args)
                        })
                        .collect(),
                    gone: known.gone.get(&member.key).map(|since| {
                        let (by, since) = (provider(&member.key.connection), received(*since));
                        words.with("record-gone", &[("provider", (&by).into()), ("date", (&since).into())])
                    }),
                }
            })
            .collect(),
        related: known
            .related
            .into_iter()
            .map(|(join, other)| RelatedView {
                row: row(words, &other, home),
                why: sentence(words, &join.rule, &join.evidence, title(&join.a), home),
            })
            .collect(),
        note: None,
        trend: None,
    }
}

/// What a source says of the day, not what was put together of several.
fn own_day(words: &Words, entry: &Entry, home: Tz) -> String {
    let stated = entry.date.as_ref().filter(|date| date.role != DateRole::System);
    let said = stated.map(|date| dates::entry_date(words, date, home)).filter(|text| !text.is_empty());
    said.unwrap_or_else(|| words.get("date-not-stated"))
}

/// What a source says: to the last figure, as whoever is to correct it finds it.
fn own_value(words: &Words, entry: &Entry, home: Tz) -> Option<String> {
    let value = match &entry.value {
        Some(value @ (Value::Date(_) | Value::Absent(_))) => Some(value_text(words, value, home)),
        _ => entry.value_text(),
    };
    value.or_else(|| Some(entry.dosage.join("; "))).filter(|text| !text.trim().is_empty())
}

/// What this is, from the glossary: the first of the members whose codes it knows.
fn plain(words: &Words, kind: Kind, members: &[MemberRow]) -> Option<String> {
    use crate::words::Language;
    let explained = matches!(
        kind,
        Kind::Result | Kind::Vital | Kind::Observation | Kind::Report | Kind::Vaccine | Kind::Problem
    );
    let mut members = members.iter().filter(|_| explained);
    let found = members.find_map(|row| wholechart_words::explain(&row.member.entry.codes))?;
    Some(match words.language() {
        Language::En => found.en.to_owned(),
        Language::Es => found.es.to_owned(),
    })
}

/// What the rules look at, as both sides say it. Codes are those of systems that both sent.
fn evidence(words: &Words, a: &Entry, b: &Entry, home: Tz) -> Vec<EvidenceLine> {
    let mut evidence = Vec::new();
    let mut say = |label: &str, first: Option<String>, second: Option<String>| {
        let (first, second) = (first.unwrap_or_default(), second.unwrap_or_default());
        if !first.is_empty() || !second.is_empty() {
            evidence.push(EvidenceLine { label: words.get(label), first, second });
        }
    };
    say("evidence-title", Some(a.title.clone()), Some(b.title.clone()));
    let date = |entry: &Entry| entry.date.as_ref().map(|date| dates::entry_date(words, date, home));
    say("evidence-date", date(a), date(b));
    say("evidence-value", a.value_text(), b.value_text());
    let shared = |one: &Entry, other: &Entry| {
        let codes: Vec<String> = one
            .codes
            .iter()
            .filter(|code| other.codes.iter().any(|beside| beside.system == code.system))
            .filter(|code| !code.system.is_empty())
            .map(|code| {
                let system = wholechart_fhir::system_name(&code.system).unwrap_or(&code.system);
                format!("{system} {}", code.code)
            })
            .collect();
        Some(codes.join(", "))
    };
    say("evidence-code", shared(a, b), shared(b, a));
    let lot = |entry: &Entry| entry.detail("detail-lot-number").map(str::to_owned);
    say("evidence-lot", lot(a), lot(b));
    say("evidence-status", status_line(words, a), status_line(words, b));
    evidence
}

/// Everything an entry says, as label and text: for a record's page, and for the terminal.
pub(crate) fn lines(words: &Words, entry: &Entry, home: Tz) -> Vec<Line> {
    let mut page = Lines { words, lines: Vec::new() };
    page.say("line-date", entry.date.as_ref().map(|d| dates::entry_date(words, d, home)));
    if entry.date.as_ref().is_some_and(|d| d.implausible) {
        page.say("line-date-note", Some(words.get("date-implausible")));
    }
    page.say("line-value", entry.value.as_ref().map(|value| value_text(words, value, home)));
    for flag in &entry.interpretation {
        page.say("line-flag", Some(flag_text(words, flag)));
    }
    page.say("line-range", ranges(&entry.reference_range));
    for part in &entry.components {
        let mut text = part.value.as_ref().map(|value| value_text(words, value, home)).unwrap_or_default();
        for flag in &part.interpretation {
            text = format!("{text} ({})", flag_text(words, flag));
        }
        if let Some(range) = ranges(&part.reference_range) {
            text = format!("{text}; {}", words.with("usual-range", &[("range", (&range).into())]));
        }
        page.lines.push(Line { label: part.title.clone(), text, technical: false });
    }
    page.say("line-status", status_line(words, entry));
    for dose in &entry.dosage {
        page.say("line-dosage", Some(dose.clone()));
    }
    page.say("line-who", people(&entry.performer));
    page.say("line-visit", entry.encounter.as_ref().and_then(|e| e.display.clone()));
    for detail in &entry.details {
        page.lines.push(Line {
            label: words.get(&detail.label),
            text: detail_text(words, &detail.label, &detail.text, home),
            technical: false,
        });
    }
    page.say("line-members", people(&entry.members));
    for note in &entry.notes {
        page.say("line-note", Some(note.clone()));
    }
    for file in &entry.attachments {
        let name = file.title.clone().or_else(|| file.content_type.clone()).or_else(|| file.url.clone());
        page.say("line-document", name);
        page.technical("line-document-type", file.content_type.clone());
        page.say("line-document-text", file.text.clone());
    }
    page.technical("line-title-as-sent", entry.title_as_sent.clone());
    page.technical("line-subject", entry.subject.as_ref().and_then(|subject| subject.display.clone()));
    for code in &entry.codes {
        page.technical("line-code", Some(code_text(code)));
    }
    for code in entry.value.iter().flat_map(codings) {
        page.technical("line-value-code", Some(code_text(code)));
    }
    for part in &entry.components {
        for code in part.codes.iter().chain(part.value.iter().flat_map(codings)) {
            page.lines.push(Line { label: part.title.clone(), text: code_text(code), technical: true });
        }
    }
    for code in &entry.category {
        page.technical("line-category", Some(code_text(code)));
    }
    for problem in &entry.problems {
        page.technical("line-problem", Some(format!("{}: {}", problem.path, problem.reason)));
    }
    page.lines
}

struct Lines<'w> {
    words: &'w Words,
    lines: Vec<Line>,
}

impl Lines<'_> {
    fn say(&mut self, label: &str, text: Option<String>) {
        self.push(label, text, false);
    }

    fn technical(&mut self, label: &str, text: Option<String>) {
        self.push(label, text, true);
    }

    fn push(&mut self, label: &str, text: Option<String>, technical: bool) {
        if let Some(text) = text.filter(|t| !t.trim().is_empty()) {
            self.lines.push(Line { label: self.words.get(label), text, technical });
        }
    }
}

/// A detail as people read it: its dates written out, and words for the codes that have no text of their own.
pub(crate) fn detail_text(words: &Words, label: &str, text: &str, home: Tz) -> String {
    if label == "detail-criticality" {
        let key = format!("criticality-{text}");
        if words.has(&key) {
            return words.get(&key);
        }
    }
    answer(words, text).unwrap_or_else(|| dates::detail(words, text, home))
}

fn status_line(words: &Words, entry: &Entry) -> Option<String> {
    let ours = status(words, entry.kind, entry.status_group, entry.status.as_deref());
    match (&entry.status, ours) {
        (Some(sent), Some(ours)) if !ours.eq_ignore_ascii_case(sent) => {
            Some(words.with("status-with-sent", &[("status", (&ours).into()), ("sent", sent.into())]))
        }
        (_, Some(ours)) => Some(ours),
        (Some(sent), None) => Some(sent.clone()),
        (None, None) => None,
    }
}

fn value_text(words: &Words, value: &Value, home: Tz) -> String {
    match value {
        Value::Date(date) => dates::entry_date(words, date, home),
        Value::Absent(reason) => words.with("value-absent", &[("reason", reason.into())]),
        other => {
            let text = other.to_text();
            answer(words, &text).unwrap_or(text)
        }
    }
}

/// The codes of a coded answer.
fn codings(value: &Value) -> &[Coding] {
    match value {
        Value::Concept { codings, .. } => codings,
        _ => &[],
    }
}

/// The flag in our words with the laboratory's own beside it.
fn flag_text(words: &Words, flag: &Coding) -> String {
    let sent = flag.display.as_ref().unwrap_or(&flag.code);
    match wholechart_record::Flag::sent(&flag.code) {
        Some(known) => {
            let ours = words.get(&format!("flag-{}", flag_name(known)));
            words.with("flag-with-sent", &[("flag", (&ours).into()), ("sent", sent.into())])
        }
        None => sent.clone(),
    }
}

fn ranges(ranges: &[ReferenceRange]) -> Option<String> {
    let texts: Vec<String> = ranges
        .iter()
        .map(|range| match &range.applies_to {
            Some(who) => format!("{} ({who})", range.to_text()),
            None => range.to_text(),
        })
        .filter(|text| !text.trim().is_empty())
        .collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}

fn people(references: &[Reference]) -> Option<String> {
    let names: Vec<&str> = references.iter().filter_map(|r| r.display.as_deref()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn code_text(code: &Coding) -> String {
    let system = if code.system.is_empty() { "?" } else { &code.system };
    match &code.display {
        Some(display) => format!("{} {} ({display})", system, code.code),
        None => format!("{system} {}", code.code),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wholechart_fhir::{ReadOptions, Release, read};

    use super::*;
    use crate::words::Language;

    #[test]
    fn a_flag_on_the_page_is_the_one_in_the_list() {
        let words = Words::english();
        let said = |code: &str| flag_text(&words, &Coding { code: code.to_owned(), ..Coding::default() });
        assert_eq!(said("HX"), "above the usual range (sent as “HX”)");
        assert_eq!(said("l"), "below the usual range (sent as “l”)");
        assert_eq!(said("L<"), "very low: flagged as critical (sent as “L<”)");
        assert_eq!(said("<"), "<", "the instrument's end, which may well be a good result");
    }

    #[test]
    fn yes_and_no_are_said_in_the_language_of_the_screen() {
        let pregnant = json!({"resourceType": "Observation", "id": "o", "status": "final",
            "code": {"text": "Embarazo"}, "valueBoolean": true});
        let vaccine = json!({"resourceType": "Immunization", "id": "i", "status": "completed", "primarySource": false,
            "vaccineCode": {"text": "Gripe"}});
        for (language, yes) in [(Language::En, "yes"), (Language::Es, "sí")] {
            for resource in [&pregnant, &vaccine] {
                let options = ReadOptions::new(Release::R4);
                let entry = read(resource.to_string().as_bytes(), &options).unwrap();
                let lines = lines(&Words::new(language), &entry, Tz::UTC);
                assert!(lines.iter().any(|line| line.text == yes), "{lines:?}");
            }
        }
    }
}

//! A record's page: what each provider says, and why they are shown as one.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use wholechart_fhir::{Coding, Entry, Reference, ReferenceRange, Release, Value};
use wholechart_record::{ConnectionId, Fact};
use wholechart_store::{FactRow, MemberRow, Person};

use super::timeline::{flag_name, row, status};
use crate::{
    dates,
    wire::{FactPage, Line, SourceView, VersionView},
    words::Words,
};

/// The page of one fact.
pub(crate) fn page(
    words: &Words,
    fact: &Fact,
    list_row: &FactRow,
    members: &[MemberRow],
    providers: &BTreeMap<ConnectionId, String>,
    person: &Person,
    now: DateTime<Utc>,
) -> FactPage {
    let provider = |id: &ConnectionId| providers.get(id).cloned().unwrap_or_default();
    let mut why_joined: Vec<String> = Vec::new();
    for join in &fact.joins {
        let args: Vec<(&str, crate::words::Arg<'_>)> =
            join.evidence.iter().map(|(name, value)| (name.as_str(), value.as_str().into())).collect();
        let sentence = words.with(&format!("join-{}", join.rule), &args);
        if !why_joined.contains(&sentence) {
            why_joined.push(sentence);
        }
    }
    let disagreements = fact
        .conflicts
        .iter()
        .map(|conflict| {
            let said: Vec<String> = conflict
                .statements
                .iter()
                .map(|(key, statement)| {
                    let text = statement_words(words, &conflict.about, statement);
                    words.with(
                        "conflict-statement",
                        &[("provider", (&provider(&key.connection)).into()), ("statement", (&text).into())],
                    )
                })
                .collect();
            words.with(&format!("conflict-{}", conflict.about), &[("statements", (&said.join("; ")).into())])
        })
        .collect();
    FactPage {
        row: row(words, list_row, person.home_zone),
        why_joined,
        disagreements,
        sources: members
            .iter()
            .map(|row| {
                let member = &row.member;
                let received = |at| dates::own_moment(words, at, now, person.home_zone);
                SourceView {
                    connection: member.key.connection.to_string(),
                    provider: provider(&member.key.connection),
                    title: member.entry.title.clone(),
                    lines: lines(words, &member.entry, person.home_zone),
                    narrative: member.entry.narrative.clone(),
                    release: release_name(member.entry.release).to_owned(),
                    resource: format!("{}/{}", member.key.resource_type, member.key.id),
                    received: row.versions.first().map(|v| received(v.received_at)).unwrap_or_default(),
                    versions: row
                        .versions
                        .iter()
                        .map(|v| VersionView { id: v.id.0, received: received(v.received_at) })
                        .collect(),
                }
            })
            .collect(),
    }
}

/// The status groups that a conflict names are words of ours; anything else is what was sent.
fn statement_words(words: &Words, about: &str, statement: &str) -> String {
    let key = format!("statement-{about}-{statement}");
    if words.has(&key) { words.get(&key) } else { statement.to_owned() }
}

/// "R4"
pub(crate) fn release_name(release: Release) -> &'static str {
    match release {
        Release::Dstu2 => "DSTU2",
        Release::Stu3 => "STU3",
        Release::R4 => "R4",
    }
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
            text: dates::detail(words, &detail.text, home),
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
        let found = file.found.as_ref().and_then(|found| found.content_type.clone());
        page.technical("line-document-type", file.content_type.clone().or(found));
        page.say("line-document-text", file.words().map(str::to_owned));
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

fn status_line(words: &Words, entry: &Entry) -> Option<String> {
    let ours = status(words, entry.kind, entry.status_group);
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
        other => other.to_text(),
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
    let known = match flag.code.as_str() {
        "H" | "HU" | ">" => Some(wholechart_record::Flag::High),
        "L" | "LU" | "<" => Some(wholechart_record::Flag::Low),
        "A" => Some(wholechart_record::Flag::Abnormal),
        "HH" | "LL" | "AA" => Some(wholechart_record::Flag::Critical),
        _ => None,
    };
    let sent = flag.display.as_ref().unwrap_or(&flag.code);
    match known {
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

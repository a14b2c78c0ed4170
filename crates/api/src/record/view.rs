//! A record's page: what each provider says, and why they are shown as one.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use wholechart_fhir::{
    Coding, DateRole, Day, Detail, DetailValue, Element, Entry, FhirDate, Found, Kind, Reference,
    ReferenceRange, StatusGroup, Value,
};
use wholechart_record::{ConnectionId, EntryKey, Fact, Join, is_over, with_own_part};
use wholechart_store::{FactRow, MemberRow};

use super::wire::{
    DocumentLink, EvidenceLine, FactPage, JoinSide, JoinView, Line, RelatedView, SourceView, UnderTopic,
    VersionView,
};
use crate::{
    providers::{Names, name, view::release_name},
    questions::{
        view::sentence,
        wire::{ConflictView, LikelyView},
    },
    timeline::view::{row, struck},
    words::{Speech, Words},
};

/// What the store knows of one fact, and what else its page shows.
pub(crate) struct Known<'a> {
    pub(crate) fact: &'a Fact,
    pub(crate) row: &'a FactRow,
    pub(crate) members: &'a [MemberRow],
    pub(crate) providers: &'a Names,
    pub(crate) conflicts: Vec<ConflictView>,
    pub(crate) likely: Vec<LikelyView>,
    pub(crate) topic: Option<UnderTopic>,
    /// What belongs to it and is another fact, with why.
    pub(crate) related: Vec<(&'a Join, FactRow)>,
    /// Values that members had in older versions, where they differ, newest first.
    pub(crate) older: &'a BTreeMap<EntryKey, Vec<Older>>,
    /// When the person was born.
    pub(crate) born: Option<NaiveDate>,
    /// When it was noticed that a member is no longer reported.
    pub(crate) gone: &'a BTreeMap<EntryKey, DateTime<Utc>>,
    /// The documents in which a member stands.
    pub(crate) documents: &'a BTreeMap<EntryKey, Vec<FactRow>>,
}

/// A document that a record was read from, by its title and its day.
fn document_link(speech: &Speech<'_>, document: &FactRow) -> DocumentLink {
    let view = row(speech, document);
    let text =
        if view.day_text.is_empty() { view.title } else { format!("{}, {}", view.title, view.day_text) };
    DocumentLink { fact: document.id.clone(), text }
}

/// A value that was replaced.
pub(crate) struct Older {
    pub(crate) value: Found,
    /// When what replaced it was received.
    pub(crate) until: DateTime<Utc>,
}

/// The page of one fact.
pub(crate) fn page(speech: &Speech<'_>, known: Known<'_>) -> FactPage {
    let words = speech.words;
    let provider = |id: &ConnectionId| speech.sent(name(known.providers, id));
    let entries: BTreeMap<&EntryKey, &Entry> =
        known.members.iter().map(|row| (&row.member.key, &row.member.entry)).collect();
    let title = |key: &EntryKey| entries.get(key).map(|entry| speech.title(entry.kind, &entry.called()));
    let side = |key: &EntryKey| JoinSide {
        connection: key.connection.clone(),
        provider: provider(&key.connection),
        resource: format!("{}/{}", key.resource_type, key.id),
    };
    let joins = known
        .fact
        .joins
        .iter()
        .map(|join| {
            let said = sentence(speech, &join.rule, &join.evidence, title(&join.a).as_deref());
            JoinView {
                rule: join.rule.clone(),
                why: said,
                first: side(&join.a),
                second: side(&join.b),
                evidence: match (entries.get(&join.a), entries.get(&join.b)) {
                    (Some(a), Some(b)) => evidence(speech, a, b),
                    _ => Vec::new(),
                },
            }
        })
        .collect();
    let all_gone = known.members.iter().all(|row| known.gone.contains_key(&row.member.key));
    FactPage {
        row: row(speech, known.row),
        plain: plain(words, known.fact.kind, known.members),
        joins,
        conflicts: known.conflicts,
        likely: known.likely,
        topic: known.topic,
        gone: all_gone.then(|| words.get("record-gone-all")),
        sources: known
            .members
            .iter()
            .map(|row| {
                let member = &row.member;
                let received = |at| speech.own_moment(at);
                let before = known.older.get(&member.key).into_iter().flatten();
                SourceView {
                    connection: member.key.connection.clone(),
                    provider: provider(&member.key.connection),
                    title: speech.title(member.entry.kind, &member.entry.called()),
                    day_text: own_day(speech, &member.entry),
                    value: own_value(speech, &member.entry),
                    lines: dated(speech, &member.entry, known.born),
                    narrative: member.entry.narrative.clone(),
                    release: speech.sent(release_name(member.entry.release)),
                    resource: speech.sent(&format!("{}/{}", member.key.resource_type, member.key.id)),
                    received: row.versions.first().map(|v| received(v.received_at)).unwrap_or_default(),
                    versions: row
                        .versions
                        .iter()
                        .map(|v| VersionView { id: v.id, received: received(v.received_at) })
                        .collect(),
                    struck: struck(member.entry.status_group),
                    before: before
                        .map(|old| {
                            let until = received(old.until);
                            let value = speech.found(&old.value);
                            let args = [("value", (&value).into()), ("date", (&until).into())];
                            words.with("record-before", &args)
                        })
                        .collect(),
                    gone: known
                        .gone
                        .get(&member.key)
                        .map(|since| gone(speech, &provider(&member.key.connection), *since)),
                    documents: known
                        .documents
                        .get(&member.key)
                        .into_iter()
                        .flatten()
                        .map(|row| document_link(speech, row))
                        .collect(),
                }
            })
            .collect(),
        related: known
            .related
            .into_iter()
            .map(|(join, other)| RelatedView {
                row: row(speech, &other),
                why: sentence(speech, &join.rule, &join.evidence, title(&join.a).as_deref()),
            })
            .collect(),
        under: None,
        note: None,
        trend: None,
        day: Vec::new(),
    }
}

/// That a provider reports something no more, and when that was noticed.
pub(crate) fn gone(speech: &Speech<'_>, provider: &str, since: DateTime<Utc>) -> String {
    let since = speech.own_moment(since);
    let args = [("provider", provider.into()), ("date", (&since).into())];
    speech.words.with("record-gone", &args)
}

/// What a source says of the day, not what was put together of several.
fn own_day(speech: &Speech<'_>, entry: &Entry) -> String {
    let stated = entry.date.as_ref().filter(|date| date.role != DateRole::System);
    let said = stated.map(|date| speech.entry_date(date)).filter(|text| !text.is_empty());
    said.unwrap_or_else(|| speech.get("date-not-stated"))
}

/// What a source says: to the last figure, as whoever is to correct it finds it.
pub(crate) fn own_value(speech: &Speech<'_>, entry: &Entry) -> Option<String> {
    let value = match &entry.value {
        Some(value @ (Value::Date(_) | Value::Absent { .. })) => Some(speech.found_value(value)),
        _ => entry.found().map(|found| speech.found(&found)),
    };
    value.or_else(|| speech.dosages(&entry.dosage)).filter(|text| !text.trim().is_empty())
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
fn evidence(speech: &Speech<'_>, a: &Entry, b: &Entry) -> Vec<EvidenceLine> {
    let mut evidence = Vec::new();
    let mut say = |label: &str, first: Option<String>, second: Option<String>| {
        let (first, second) = (first.unwrap_or_default(), second.unwrap_or_default());
        if !first.is_empty() || !second.is_empty() {
            evidence.push(EvidenceLine { label: speech.get(label), first, second });
        }
    };
    let title = |entry: &Entry| Some(speech.title(entry.kind, &entry.called()));
    say("evidence-title", title(a), title(b));
    let date = |entry: &Entry| entry.date.as_ref().map(|date| speech.entry_date(date));
    say("evidence-date", date(a), date(b));
    let value = |entry: &Entry| entry.found().map(|found| speech.found(&found));
    say("evidence-value", value(a), value(b));
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
        Some(speech.sent(&codes.join(", ")))
    };
    say("evidence-code", shared(a, b), shared(b, a));
    let lot = |entry: &Entry| entry.detail(Element::LOT_NUMBER).map(|lot| speech.value(None, lot));
    say("evidence-lot", lot(a), lot(b));
    say("evidence-status", status_line(speech, a), status_line(speech, b));
    evidence
}

/// Everything an entry says, and that its date lies before the birth.
fn dated(speech: &Speech<'_>, entry: &Entry, born: Option<NaiveDate>) -> Vec<Line> {
    let mut lines = lines(speech, entry);
    let start = entry.date.as_ref().and_then(|date| date.start.as_ref()).map(FhirDate::own_day);
    let before = |(day, born): (Day, NaiveDate)| {
        (day.year, day.month.unwrap_or(12), day.day.unwrap_or(31)) < (born.year(), born.month(), born.day())
    };
    if entry.kind != Kind::Patient && start.zip(born).is_some_and(before) {
        let note = Line {
            label: speech.get("line-date-note"),
            text: speech.get("date-before-birth"),
            technical: false,
        };
        lines.insert(1.min(lines.len()), note);
    }
    lines
}

/// What only a developer asks about: that an order is an order, and that nobody else reported it.
fn says_nothing(detail: &Detail) -> bool {
    match detail.element.name() {
        "intent" => true,
        "reported" => matches!(detail.value, DetailValue::Bool(false)),
        _ => false,
    }
}

/// Everything an entry says, as label and text: for a record's page, and for the terminal.
pub(crate) fn lines(speech: &Speech<'_>, entry: &Entry) -> Vec<Line> {
    let mut page = Lines { speech, lines: Vec::new() };
    page.say("line-date", entry.date.as_ref().map(|date| speech.entry_date(date)));
    if entry.date.as_ref().is_some_and(|d| d.implausible) {
        page.say("line-date-note", Some(speech.get("date-implausible")));
    }
    page.say("line-value", entry.value.as_ref().map(|value| speech.found_value(value)));
    for flag in &entry.interpretation {
        page.say("line-flag", Some(flag_text(speech, flag)));
    }
    page.say("line-range", ranges(speech, &entry.reference_range));
    for part in &entry.components {
        let mut text = part.value.as_ref().map(|value| speech.found_value(value)).unwrap_or_default();
        for flag in &part.interpretation {
            text = format!("{text} ({})", flag_text(speech, flag));
        }
        if let Some(range) = ranges(speech, &part.reference_range) {
            text = format!("{text}; {}", speech.words.with("usual-range", &[("range", (&range).into())]));
        }
        page.lines.push(Line { label: speech.part(&part.called()), text, technical: false });
    }
    page.say("line-status", status_line(speech, entry));
    for caution in &entry.cautions {
        page.say("line-caution", Some(speech.caution(*caution)));
    }
    for dosage in &entry.dosage {
        page.say("line-dosage", Some(speech.dosage(dosage)));
    }
    page.say("line-who", people(speech, &entry.performer));
    let visit = entry.encounter.as_ref().and_then(|visit| visit.display.as_deref());
    page.say("line-visit", visit.map(|visit| speech.sent(visit)));
    let in_team = (entry.kind == Kind::CareTeam).then(|| with_own_part(&entry.details));
    for detail in in_team.as_ref().unwrap_or(&entry.details) {
        page.lines.push(Line {
            label: speech.element(detail.element),
            text: speech.detail(detail),
            technical: says_nothing(detail),
        });
    }
    page.say("line-members", people(speech, &entry.members));
    for note in &entry.notes {
        page.say("line-note", Some(speech.note(note)));
    }
    for file in &entry.attachments {
        let name = file.title.as_ref().or(file.url.as_ref());
        page.sent("line-document", name, false);
        page.sent("line-document-type", file.content_type.as_ref(), true);
        page.sent("line-document-text", file.text.as_ref(), false);
    }
    page.sent("line-title-as-sent", entry.title_as_sent.as_ref(), true);
    page.sent("line-subject", entry.subject.as_ref().and_then(|subject| subject.display.as_ref()), true);
    for code in &entry.codes {
        page.sent("line-code", Some(&code_text(code)), true);
    }
    for code in entry.value.iter().flat_map(codings) {
        page.sent("line-value-code", Some(&code_text(code)), true);
    }
    for part in &entry.components {
        for code in part.codes.iter().chain(part.value.iter().flat_map(codings)) {
            let (label, text) = (speech.part(&part.called()), speech.sent(&code_text(code)));
            page.lines.push(Line { label, text, technical: true });
        }
    }
    for code in &entry.category {
        page.sent("line-category", Some(&code_text(code)), true);
    }
    for problem in &entry.problems {
        let fault = speech.get(&format!("problem-{}", problem.fault.as_str()));
        page.push("line-problem", Some(format!("{}: {fault}", speech.sent(&problem.path))), true);
    }
    page.lines
}

struct Lines<'w> {
    speech: &'w Speech<'w>,
    lines: Vec<Line>,
}

impl Lines<'_> {
    fn say(&mut self, label: &str, text: Option<String>) {
        self.push(label, text, false);
    }

    /// What the sender wrote.
    fn sent(&mut self, label: &str, text: Option<&String>, technical: bool) {
        self.push(label, text.map(|text| self.speech.sent(text)), technical);
    }

    fn push(&mut self, label: &str, text: Option<String>, technical: bool) {
        if let Some(text) = text.filter(|t| !t.trim().is_empty()) {
            self.lines.push(Line { label: self.speech.get(label), text, technical });
        }
    }
}

fn status_line(speech: &Speech<'_>, entry: &Entry) -> Option<String> {
    let today = crate::words::dates::of(speech.now.with_timezone(&speech.home).date_naive());
    let (kind, group) = (entry.kind, entry.status_group);
    let over = is_over(kind, group, entry.status.as_deref(), entry.date.as_ref(), speech.home, today);
    let ours = match (over, kind, group) {
        (true, Kind::Appointment, _) | (true, _, StatusGroup::Planned) => {
            Some(speech.get("status-was-planned"))
        }
        (true, ..) => Some(speech.get("status-over")),
        _ => speech.status(kind, group, entry.status.as_deref()),
    };
    // A document's own status says that it is not final; that its reference is current is not why.
    let of_document = entry
        .details
        .iter()
        .find(|one| {
            one.element.name() == "doc-status"
                && matches!(
                    entry.status_group,
                    StatusGroup::Draft | StatusGroup::Corrected | StatusGroup::EnteredInError
                )
        })
        .map(|one| one.value.all_sent());
    let sent = of_document.or_else(|| entry.status.clone());
    match (&sent, ours) {
        (Some(sent), Some(ours)) if !ours.eq_ignore_ascii_case(sent) => {
            let sent = speech.sent(sent);
            Some(
                speech
                    .words
                    .with("status-with-sent", &[("status", (&ours).into()), ("sent", (&sent).into())]),
            )
        }
        (_, Some(ours)) => Some(ours),
        (Some(sent), None) => Some(speech.sent(sent)),
        (None, None) => None,
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
fn flag_text(speech: &Speech<'_>, flag: &Coding) -> String {
    let sent = speech.sent(flag.display.as_ref().unwrap_or(&flag.code));
    match wholechart_record::Flag::sent(&flag.code) {
        Some(known) => {
            let ours = speech.get(&format!("flag-{}", known.as_str()));
            speech.words.with("flag-with-sent", &[("flag", (&ours).into()), ("sent", (&sent).into())])
        }
        None => sent,
    }
}

fn ranges(speech: &Speech<'_>, ranges: &[ReferenceRange]) -> Option<String> {
    let texts: Vec<String> = ranges
        .iter()
        .map(|range| match &range.applies_to {
            Some(who) => format!("{} ({who})", range.to_text()),
            None => range.to_text(),
        })
        .filter(|text| !text.trim().is_empty())
        .map(|text| speech.sent(&text))
        .collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}

fn people(speech: &Speech<'_>, references: &[Reference]) -> Option<String> {
    let names: Vec<String> =
        references.iter().filter_map(|r| Some(speech.sent(r.display.as_deref()?))).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn code_text(code: &Coding) -> String {
    let system = if code.system.is_empty() { "?" } else { &code.system };
    match &code.display {
        Some(display) if code.code.is_empty() => display.clone(),
        Some(display) => format!("{} {} ({display})", system, code.code),
        None => format!("{system} {}", code.code),
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use serde_json::json;
    use wholechart_fhir::{ReadOptions, Release, read};

    use super::*;
    use crate::words::Language;

    #[test]
    fn a_flag_on_the_page_is_the_one_in_the_list() {
        let words = Words::english();
        let speech = Speech::new(&words, Tz::UTC, DateTime::UNIX_EPOCH);
        let said = |code: &str| flag_text(&speech, &Coding { code: code.to_owned(), ..Coding::default() });
        assert_eq!(said("HX"), "high (above normal range) (sent as “HX”)");
        assert_eq!(said("l"), "low (below normal range) (sent as “l”)");
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
                let words = Words::new(language);
                let lines = lines(&Speech::new(&words, Tz::UTC, DateTime::UNIX_EPOCH), &entry);
                assert!(lines.iter().any(|line| line.text == yes), "{lines:?}");
            }
        }
    }
}

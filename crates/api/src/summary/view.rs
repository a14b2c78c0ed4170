//! The summary as a printable document: the record's facts in the catalogue's words.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use wholechart_fhir::{DateRole, Day, DetailValue, Element, Kind};
use wholechart_print::{Cell, Column, Document, Emphasis, Row, Section, SourceKey};
use wholechart_record::{
    Confirmed, ConnectionId, FactId, Item, Mark, SectionName, Standing, Summary, TopicFact, Trait, standing,
    taken_since, topic_of, was_to_end,
};
use wholechart_store::Person;

use crate::{
    lists::view::was_to,
    questions::conflicts::Speaker,
    said::{Tellers, Voice},
    words::{Speech, Words, dates},
};

/// One source for the key at the head of the page.
pub(crate) struct Source {
    pub(crate) id: ConnectionId,
    pub(crate) mark: String,
    pub(crate) name: String,
    pub(crate) last_sync: Option<DateTime<Utc>>,
}

/// By fact, the connections that told it and report it no more.
pub(crate) type Gone = BTreeMap<FactId, Vec<ConnectionId>>;

/// The dated statements about each fact.
pub(crate) type Said<'a> = BTreeMap<&'a FactId, &'a [Confirmed]>;

/// Puts a summary into words.
pub(crate) fn document(
    speech: &Speech<'_>,
    summary: &Summary,
    said: &Said<'_>,
    gone: &Gone,
    person: &Person,
    sources: &[Source],
    sample: bool,
) -> Document {
    let words = speech.words;
    let today = speech.day(summary.today);
    let marks: BTreeMap<&ConnectionId, &str> = sources.iter().map(|s| (&s.id, s.mark.as_str())).collect();
    let voice = Voice { speech: *speech, tellers: Tellers::Marks(&marks) };
    let mut whose = vec![(words.get("paper-name"), speech.sent(&person.name))];
    whose.extend(born(&voice, summary, person).map(|born| (words.get("paper-born"), born)));
    let sexes = summary.whose.sex.iter().map(|one| voice.by(one, speech.value(None, &one.what)));
    let sexes: Vec<String> = sexes.filter(|sex| !sex.is_empty()).collect();
    whose.extend((!sexes.is_empty()).then(|| (words.get("paper-sex"), sexes.join("; "))));
    let mut sections: Vec<Section> = Vec::new();
    if !summary.ask_about.is_empty() {
        sections.push(ask_about(speech, summary, sources));
    }
    for section in &summary.sections {
        let composer = Composer { speech, voice, today: summary.today, said, gone, marks: &marks };
        sections.push(composer.section(section));
    }
    Document {
        title: words.get("paper-title"),
        person: whose,
        made_on: words.with("paper-made-on", &[("date", (&today).into())]),
        made_at: speech.now,
        language: words.language().tag(),
        sample: sample.then(|| words.get("paper-sample")),
        lead: vec![words.with("paper-lead", &[("count", sources.len().into())])],
        sections,
        sources: sources
            .iter()
            .map(|source| SourceKey {
                mark: source.mark.clone(),
                name: speech.sent(&source.name),
                as_of: match source.last_sync {
                    Some(at) => {
                        let at = speech.day(dates::of(at.with_timezone(&speech.home).date_naive()));
                        words.with("paper-as-of", &[("date", (&at).into())])
                    }
                    None => words.get("paper-never-synced"),
                },
            })
            .collect(),
        footer: words.get("paper-footer"),
        page_of: words.get("paper-page-of"),
    }
}

/// Birth dates as providers say them, else the one that the person entered. The day as it was written, whatever time of
/// whichever clock stands beside it.
fn born(voice: &Voice<'_>, summary: &Summary, person: &Person) -> Option<String> {
    let speech = &voice.speech;
    let said: Vec<String> = summary
        .whose
        .born
        .iter()
        .map(|one| {
            let day = one.what.dates().next().map(|date| speech.day(date.own_day()));
            voice.by(one, day.unwrap_or_else(|| speech.value(None, &one.what)))
        })
        .collect();
    if said.is_empty() {
        return person.birth_date.map(|born| speech.day(dates::of(born)));
    }
    Some(said.join("; "))
}

fn ask_about(speech: &Speech<'_>, summary: &Summary, sources: &[Source]) -> Section {
    let words = speech.words;
    let providers = sources.iter().map(|source| (source.id.clone(), source.name.clone())).collect();
    let speaker = Speaker { speech: *speech, providers: &providers, choices: &[] };
    Section {
        title: words.get("summary-ask-about"),
        note: Some(words.get("summary-ask-about-note")),
        columns: columns(words, &[("column-what", 3), ("column-they-say", 6)]),
        rows: summary
            .ask_about
            .iter()
            .map(|ask| {
                let titles: Vec<String> =
                    ask.titles.iter().map(|title| speech.title(ask.kind, title)).collect();
                let conflict = speaker.in_order(&ask.conflict);
                let mut said = vec![speaker.sentence(&conflict, ask.kind, &titles)];
                said.extend(conflict.statements.iter().map(|one| speaker.line(conflict.about, one)));
                Row {
                    cells: vec![Cell::plain(titles.join(" \u{b7} ")), Cell::plain(said.join("\n"))],
                    sources: Vec::new(),
                }
            })
            .collect(),
        empty: None,
    }
}

fn columns(words: &Words, of: &[(&str, u32)]) -> Vec<Column> {
    of.iter().map(|(key, weight)| Column { title: words.get(key), weight: *weight, numeric: false }).collect()
}

/// A circumstance of life or an errand among the problems.
fn is_aside(item: &Item) -> bool {
    let topic = || topic_of(item.kind, &item.title.text, &item.said.codes);
    let is = |what| topic().is_some_and(|topic| topic.is(what));
    item.kind == Kind::Problem && (is(Trait::Circumstance) || is(Trait::Administrative))
}

struct Composer<'a> {
    speech: &'a Speech<'a>,
    voice: Voice<'a>,
    today: Day,
    said: &'a Said<'a>,
    gone: &'a Gone,
    marks: &'a BTreeMap<&'a ConnectionId, &'a str>,
}

impl Composer<'_> {
    fn section(&self, section: &wholechart_record::Section) -> Section {
        let name = section_key(section.name);
        let plan: &[(&str, u32)] = match section.name {
            SectionName::Allergies => &[("column-allergy", 4), ("column-reaction", 4), ("column-since", 3)],
            SectionName::Medicines => &[("column-medicine", 5), ("column-how-taken", 5), ("column-since", 3)],
            SectionName::Problems => &[("column-problem", 6), ("column-since", 3)],
            SectionName::Vaccines => &[("column-vaccine", 6), ("column-last-given", 3), ("column-times", 2)],
            SectionName::Results => {
                &[("column-test", 5), ("column-value", 3), ("column-range", 3), ("column-date", 3)]
            }
            SectionName::Vitals => &[("column-measure", 5), ("column-value", 3), ("column-date", 3)],
            SectionName::Procedures => {
                &[("column-procedure", 6), ("column-last-done", 3), ("column-times", 2)]
            }
            SectionName::Visits => &[("column-visit", 6), ("column-date", 4)],
        };
        let earlier = (section.earlier > 0).then(|| {
            self.speech.words.with(&format!("{name}-earlier"), &[("count", section.earlier.into())])
        });
        // Who says that there is none says it once, above whatever others list.
        let denied = self
            .voice
            .who(section.none_known.iter().flat_map(|item| &item.sources))
            .map(|who| self.speech.words.with(&format!("{name}-none-known"), &[("who", (&who).into())]));
        // A course that is over takes no room from what is taken; how many there are is said.
        let (over, items): (Vec<&Item>, Vec<&Item>) =
            section.items.iter().partition(|item| self.is_over(item));
        // How somebody lives and what was asked of them are no illnesses.
        let (aside, items): (Vec<&Item>, Vec<&Item>) = items.into_iter().partition(|item| is_aside(item));
        let counted = |key: &str, count: usize| {
            (count > 0).then(|| self.speech.words.with(key, &[("count", count.into())]))
        };
        let of_problems = section.name == SectionName::Problems;
        let over_key = if of_problems { "summary-problems-over" } else { "summary-medicines-over" };
        let over = counted(over_key, over.len());
        let aside = counted("summary-problems-aside", aside.len());
        let nothing = denied.is_none() && section.earlier == 0 && over.is_none() && aside.is_none();
        let notes: Vec<String> = denied.into_iter().chain(earlier).chain(over).chain(aside).collect();
        let mut rows: Vec<Row> = items.iter().map(|item| self.row(section.name, item)).collect();
        // What reads the same stands in the order of its sources' marks.
        let words = |row: &Row| row.cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
        for same in rows.chunk_by_mut(|one, other| words(one) == words(other)) {
            same.sort_by(|one, other| one.sources.cmp(&other.sources));
        }
        Section {
            title: self.speech.get(&name),
            note: (!notes.is_empty()).then(|| notes.join(" ")),
            columns: columns(self.speech.words, plan),
            rows,
            // What is older was shared, and what nobody has is not what nobody told.
            empty: nothing.then(|| self.speech.get(&format!("{name}-none"))),
        }
    }

    /// A medicine that was to end before today, or that was handed out a year ago or longer and that nobody says is taken.
    fn is_over(&self, item: &Item) -> bool {
        if item.kind == Kind::Problem {
            let known = topic_of(item.kind, &item.title.text, &item.said.codes);
            let fact = TopicFact {
                kind: item.kind,
                status: item.status_group,
                said: &item.said,
                date: item.date.as_ref(),
                supply: None,
                spoken_of: item.day,
            };
            return standing(known, &[fact], self.speech.home, self.today) == Standing::PerhapsOver;
        }
        let ended =
            was_to_end(item.kind, item.status_group, item.date.as_ref(), self.speech.home, self.today)
                .is_some();
        let a_year_ago = Day { year: self.today.year - 1, ..self.today };
        let used_up = item
            .said
            .marks
            .iter()
            .any(|mark| matches!(mark, Mark::HandedOut(Some(day)) if *day < a_year_ago));
        ended || used_up
    }

    fn row(&self, section: SectionName, item: &Item) -> Row {
        // Whoever reads a line has to see that not everybody agrees with it, asked about or not.
        let disagree = (!item.conflicts.is_empty()).then(|| self.speech.get("providers-disagree"));
        let over = was_to_end(item.kind, item.status_group, item.date.as_ref(), self.speech.home, self.today);
        let said = &item.said;
        let gone = self.gone.get(&item.fact).map(Vec::as_slice).unwrap_or_default();
        let remarks: Vec<String> = self
            .voice
            .remarks(item.kind, item.status_group, said, item.date.as_ref())
            .into_iter()
            .chain(item.before_birth.then(|| self.speech.get("date-before-birth")))
            .chain(over.map(|end| was_to(self.speech, end)))
            .chain(self.voice.gone(gone, &item.sources))
            .chain(disagree)
            .collect();
        let called = self.speech.title(item.kind, &item.title);
        let called = match remarks.join(", ") {
            none if none.is_empty() => called,
            remarks => format!("{called} ({remarks})"),
        };
        // Below the name: what was found in what and where, how bad it is, what was remarked.
        let beside = match section {
            SectionName::Problems => {
                self.voice.details(said, &[Element::SEVERITY, Element::BODY_SITE, Element::STAGE])
            }
            SectionName::Medicines => self.voice.reasons(said),
            SectionName::Results | SectionName::Vitals | SectionName::Procedures => self.voice.place(said),
            _ => String::new(),
        };
        let lines = std::iter::once(called).chain(Some(beside).filter(|text| !text.is_empty()));
        let title = Cell::plain(lines.chain(self.voice.notes(said)).collect::<Vec<_>>().join("\n"));
        let date = Self::muted(self.date(item));
        let cells = match section {
            SectionName::Allergies => vec![title, Cell::plain(self.reactions(item)), date],
            SectionName::Medicines => vec![title, Cell::plain(self.voice.dosings(said)), date],
            SectionName::Problems | SectionName::Visits => vec![title, date],
            SectionName::Vaccines | SectionName::Procedures => {
                vec![title, date, Cell::plain(item.times.to_string())]
            }
            SectionName::Results => {
                vec![title, self.value(item), Self::muted(self.voice.ranges(said)), date]
            }
            SectionName::Vitals => vec![title, self.value(item), date],
        };
        let marks = item.sources.iter().filter_map(|id| self.marks.get(id));
        // By their marks: ids are random.
        let mut sources: Vec<String> = marks.map(|mark| (*mark).to_owned()).collect();
        sources.sort();
        Row { cells, sources }
    }

    /// How bad an allergy can be, then every reaction with the worst first.
    fn reactions(&self, item: &Item) -> String {
        let risk = item.said.about(Element::CRITICALITY).any(|one| {
            matches!(&one.what.value, DetailValue::Code(coding) if matches!(&*coding.code, "high" | "CRITH"))
        });
        let risk = risk.then(|| self.speech.get("allergy-high"));
        let reactions = self.voice.details(&item.said, &[Element::REACTION]);
        let said: Vec<String> = risk.into_iter().chain([reactions]).filter(|text| !text.is_empty()).collect();
        said.join("; ")
    }

    fn muted(text: String) -> Cell {
        Cell::with(text, Emphasis::Muted)
    }

    fn value(&self, item: &Item) -> Cell {
        let value = self.voice.value(item.kind, item.value.as_ref(), &item.said);
        let value = value.unwrap_or_else(|| self.speech.get("value-not-sent"));
        match item.flag {
            Some(flag) => Cell::with(
                format!("{value}  {}", self.speech.get(&format!("paper-flag-{}", flag.as_str()))),
                Emphasis::Flag,
            ),
            None => Cell::plain(value),
        }
    }

    /// The day only: on paper a time of day is one detail too many. When somebody's computer wrote it down says nothing
    /// of since when it is so.
    fn date(&self, item: &Item) -> String {
        let said = self.said.get(&item.fact).copied().unwrap_or_default();
        let since = taken_since(item.kind, item.date.as_ref(), item.day, said);
        if let Some(since) = since.filter(|since| item.day != Some(*since)) {
            return self.speech.day(since);
        }
        match (item.day, &item.date) {
            (_, Some(date)) if date.role == DateRole::System => String::new(),
            (Some(day), Some(date)) if date.role == DateRole::Recorded => {
                self.speech.words.with("date-recorded", &[("date", (&self.speech.day(day)).into())])
            }
            (Some(day), _) => self.speech.day(day),
            (None, Some(date)) => self.speech.entry_date(date),
            (None, None) => String::new(),
        }
    }
}

/// `summary-` and the section's name: its heading in the word catalogue.
pub(crate) fn section_key(name: SectionName) -> String {
    let name = match name {
        SectionName::Allergies => "allergies",
        SectionName::Medicines => "medicines",
        SectionName::Problems => "problems",
        SectionName::Vaccines => "vaccines",
        SectionName::Results => "results",
        SectionName::Vitals => "vitals",
        SectionName::Procedures => "procedures",
        SectionName::Visits => "visits",
    };
    format!("summary-{name}")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use wholechart_fhir::{ReadOptions, Release, read};
    use wholechart_record::{EntryKey, Fact, Member, PersonId, dated_statements, merge, summary};

    use super::*;
    use crate::words::Language;

    /// The notes and cells of everything that is printed of one provider's records on July 1, 2026.
    fn printed(words: &Words, resources: &[Value]) -> Vec<String> {
        let home = chrono_tz::America::Chicago;
        let members: Vec<Member> = resources
            .iter()
            .map(|resource| {
                let entry = read(resource.to_string().as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
                let key = EntryKey {
                    connection: ConnectionId("summit".into()),
                    base: "https://summit.example".into(),
                    release: Release::R4,
                    resource_type: entry.resource_type.clone(),
                    id: entry.id.clone().unwrap(),
                };
                Member { key, entry }
            })
            .collect();
        let of =
            |fact: &Fact| members.iter().filter(|one| fact.members.contains(&one.key)).cloned().collect();
        let facts: Vec<(Fact, Vec<Member>)> = merge(members.clone(), home)
            .into_iter()
            .map(|fact| {
                let members = of(&fact);
                (fact, members)
            })
            .collect();
        let statements: Vec<Vec<Confirmed>> = facts
            .iter()
            .map(|(_, members)| {
                let keyed: Vec<_> = members.iter().map(|one| (&one.key, &one.entry)).collect();
                dated_statements(&keyed, home)
            })
            .collect();
        let said =
            facts.iter().zip(&statements).map(|((fact, _), said)| (&fact.id, said.as_slice())).collect();
        let person = Person {
            id: PersonId("ada".into()),
            name: "Ada Vance".into(),
            birth_date: None,
            home_zone: home,
            colour: 0,
        };
        let summary = summary(&facts, Day::new(2026, 7, 1).unwrap(), &[]);
        let speech = Speech::new(words, home, DateTime::default());
        let document = document(&speech, &summary, &said, &Gone::new(), &person, &[], false);
        let said = document.sections.into_iter().flat_map(|section| {
            let cells = section.rows.into_iter().flat_map(|row| row.cells).map(|cell| cell.text);
            section.note.into_iter().chain(cells).collect::<Vec<_>>()
        });
        said.collect()
    }

    fn medicine(status: &str) -> Value {
        json!({"resourceType": "MedicationRequest", "id": "m", "status": status, "intent": "order",
            "medicationCodeableConcept": {"text": "Warfarin"}, "authoredOn": "2026-03-04"})
    }

    #[test]
    fn a_medicine_on_hold_is_not_printed_as_if_it_were_taken() {
        for (words, said) in
            [(Words::english(), "Warfarin (on hold)"), (Words::new(Language::Es), "Warfarin (en pausa)")]
        {
            let cells = printed(&words, &[medicine("on-hold")]);
            assert!(cells.iter().any(|cell| cell == said), "{cells:?}");
            assert!(printed(&words, &[medicine("active")]).iter().any(|cell| cell == "Warfarin"));
        }
    }

    #[test]
    fn a_medicine_is_printed_since_it_was_first_ordered() {
        let order = |id: &str, day: &str, status: &str| {
            json!({"resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order",
                "medicationCodeableConcept": {"text": "Metformin 500 mg tablet"}, "authoredOn": day})
        };
        let again = |id: &str, day: &str| order(id, day, "active");
        let before = |id: &str, day: &str| order(id, day, "completed");
        for (orders, since) in [
            (
                vec![before("a", "2019-03-01"), again("b", "2026-04-01"), before("c", "2022-06-01")],
                "March 1, 2019",
            ),
            (vec![again("a", "2026-04-01"), before("b", "2019"), before("c", "2019-03-01")], "March 1, 2019"),
            (vec![again("a", "2026-04-01")], "April 1, 2026"),
        ] {
            let cells = printed(&Words::english(), &orders);
            let line: Vec<&str> =
                cells.iter().map(String::as_str).skip_while(|one| !one.starts_with("Metformin")).collect();
            assert_eq!(line.get(2), Some(&since), "{cells:?}");
            assert_eq!(cells.iter().filter(|cell| cell.starts_with("Metformin")).count(), 1, "{cells:?}");
        }
    }

    #[test]
    fn a_critical_value_says_which_way() {
        let potassium = |flag: &str| {
            json!({"resourceType": "Observation", "id": flag, "status": "final", "code": {"text": "Potassium"},
                "category": [{"coding": [{"code": "laboratory"}]}], "effectiveDateTime": "2026-03-04",
                "valueQuantity": {"value": 4, "unit": "mmol/L"}, "interpretation": [{"coding": [{"code": flag}]}]})
        };
        for (flag, said) in
            [("HH", "↑ critical: very high"), ("LL", "↓ critical: very low"), ("AA", "critical")]
        {
            let cells = printed(&Words::english(), &[potassium(flag)]);
            assert!(cells.iter().any(|cell| *cell == format!("4 mmol/L  {said}")), "{cells:?}");
        }
    }

    #[test]
    fn a_course_that_was_to_have_ended_says_so_on_paper() {
        let course = json!({"resourceType": "MedicationStatement", "id": "m", "status": "active",
            "medicationCodeableConcept": {"text": "Amoxicillin"},
            "effectivePeriod": {"start": "2024-06-02", "end": "2024-06-12"}});
        let cells = printed(&Words::english(), &[course]);
        assert!(!cells.iter().any(|cell| cell.contains("Amoxicillin")), "{cells:?}");
        assert!(
            cells.iter().any(|cell| cell.starts_with("One more is still listed by a provider")),
            "{cells:?}"
        );
    }
}

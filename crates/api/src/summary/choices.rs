//! What a person wants on their sheets: kept with them in the record, and the same for every kind of sheet that has it.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::{Day, Kind};
use wholechart_print::Section;
use wholechart_record::{ConnectionId, Item, PersonId, SectionName, Standing};
use wholechart_store::{Store, StoreError};

use super::{gather::Gathered, wire::Paper};
use crate::{
    app::App,
    error::ApiError,
    host::Event,
    topics::wire::TopicView,
    words::{Language, Speech, Words, dates},
};

/// Characters of all that is typed; more is no sheet for a visit.
const LONGEST: usize = 4_000;

/// A section of the visit summary that can be left out. Allergies, current medicines and problems cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SheetSection {
    /// Results out of range.
    OutOfRange,
    /// What providers disagree about.
    Disputed,
    /// Vaccines.
    Vaccines,
    /// Latest results.
    Results,
    /// Vital signs.
    Vitals,
    /// Procedures.
    Procedures,
    /// Recent visits.
    Visits,
    /// Care team.
    Team,
}

impl SheetSection {
    /// The key of its heading.
    fn title(self) -> &'static str {
        match self {
            SheetSection::OutOfRange => "summary-out-of-range",
            SheetSection::Disputed => "summary-disputed",
            SheetSection::Vaccines => "summary-vaccines",
            SheetSection::Results => "summary-results",
            SheetSection::Vitals => "summary-vitals",
            SheetSection::Procedures => "summary-procedures",
            SheetSection::Visits => "summary-visits",
            SheetSection::Team => "summary-team",
        }
    }
}

/// How a person wants sheets printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Printing {
    /// Why they come, in their own words.
    pub reason: String,
    /// What they want to ask, a line each.
    pub questions: String,
    /// How to reach them, and whom to call, a line each.
    pub contacts: String,
    /// Large print: 18 points.
    pub large: bool,
    /// The paper. `None`: what is usual where the computer is.
    pub paper: Option<Paper>,
    /// The language of the paper. `None`: that of the window.
    pub language: Option<Language>,
    /// Sections of the visit summary that are left out.
    pub without: Vec<SheetSection>,
    /// Results, vital signs, procedures and visits before this day (`2024-03-01`) are left out. `None`: none are.
    pub since: Option<String>,
    /// What only these tell is left out, but for allergies, current medicines and current problems.
    pub without_providers: Vec<ConnectionId>,
    /// Whether what is sensitive is printed beside allergies, current medicines and current problems. `None`: nobody was asked.
    pub sensitive: Option<bool>,
}

/// How a person wants sheets printed, and what has to be asked before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintingView {
    /// What is kept.
    pub printing: Printing,
    /// What is sensitive and would be printed beside allergies, current medicines and current problems, by name.
    pub sensitive: Vec<String>,
}

/// The setting that keeps it.
fn name(person: &PersonId) -> String {
    format!("printing {}", person.0)
}

impl Printing {
    /// What is kept of a person.
    pub(crate) fn of(store: &Store, person: &PersonId) -> Result<Printing, StoreError> {
        match store.setting(&name(person))? {
            Some(kept) => serde_json::from_value(kept).map_err(|_| StoreError::Inconsistent("setting")),
            None => Ok(Printing::default()),
        }
    }

    fn since(&self) -> Option<Day> {
        self.since.as_deref()?.parse::<NaiveDate>().ok().map(dates::of)
    }

    /// The catalogue in the language of the paper.
    pub(crate) fn words(&self, spoken: &Arc<Words>) -> Arc<Words> {
        match self.language {
            Some(language) if language != spoken.language() => {
                let words = Words::new(language);
                words.write_dates(spoken.date_order(), spoken.clock());
                Arc::new(words)
            }
            _ => Arc::clone(spoken),
        }
    }

    /// Takes from what was gathered what the person does not want on the sheet. What is so now of allergies, medicines and
    /// problems stays whatever was chosen.
    pub(crate) fn narrow(&self, gathered: &mut Gathered) {
        let since = self.since();
        let told =
            |by: &[ConnectionId]| by.is_empty() || by.iter().any(|one| !self.without_providers.contains(one));
        let dated = [SectionName::Results, SectionName::Vitals, SectionName::Visits, SectionName::Procedures];
        for section in &mut gathered.summary.sections {
            let before = section.items.len();
            let late = |item: &Item| match (since, item.day) {
                (Some(since), Some(day)) if dated.contains(&section.name) => last(day) >= last(since),
                _ => true,
            };
            section.items.retain(|item| told(&item.sources) && late(item));
            section.earlier += u32::try_from(before - section.items.len()).unwrap_or(u32::MAX);
        }
        gathered.teams.retain(|team| told(&team.row.sources));
    }

    /// Whether a topic is printed.
    pub(crate) fn prints(&self, topic: &TopicView) -> bool {
        let is_so = matches!(topic.standing, Standing::Current | Standing::PerhapsOver);
        if is_so && matches!(topic.kind, Kind::Allergy | Kind::Medicine | Kind::Problem) {
            return true;
        }
        let told = topic.sources.iter().any(|one| !self.without_providers.contains(one));
        let late = match (self.since().filter(|_| topic.kind == Kind::Procedure), newest(topic)) {
            (Some(since), Some(day)) => day >= last(since),
            _ => true,
        };
        told && late && !(topic.sensitive && self.sensitive == Some(false))
    }

    /// Why they come and what they want to ask, with room to write. Nothing where nothing was typed.
    pub(crate) fn own_words(&self, speech: &Speech<'_>) -> Option<Section> {
        let lines = |text: &str| -> Vec<String> {
            text.lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(|line| speech.sent(line))
                .collect()
        };
        let (reason, questions) = (lines(&self.reason), lines(&self.questions));
        let title = match (reason.is_empty(), questions.is_empty()) {
            (true, true) => return None,
            (false, true) => "summary-reason",
            (true, false) => "summary-questions",
            (false, false) => "summary-reason-questions",
        };
        let numbered = questions.iter().enumerate().map(|(at, question)| format!("{}. {question}", at + 1));
        Some(Section {
            title: speech.get(title),
            paragraphs: reason,
            blanks: numbered.collect(),
            ..Section::default()
        })
    }

    /// How to reach the person and whom to call. `None` where nobody typed it.
    pub(crate) fn contacts(&self, speech: &Speech<'_>) -> Option<(String, String)> {
        let typed = self.contacts.trim();
        (!typed.is_empty()).then(|| (speech.get("paper-contacts"), speech.sent(typed)))
    }

    /// What was left out because the person wanted so, a sentence each: who reads the paper must not take it for nothing.
    /// `providers` are those left out, by name.
    pub(crate) fn told(&self, speech: &Speech<'_>, providers: &[String]) -> Vec<String> {
        let mut told = Vec::new();
        if !self.without.is_empty() {
            let what: Vec<String> = self.without.iter().map(|section| speech.get(section.title())).collect();
            let what = what.join(", ");
            told.push(speech.words.with("paper-chosen-sections", &[("what", (&what).into())]));
        }
        if let Some(since) = self.since() {
            let date = speech.day(since);
            told.push(speech.words.with("paper-chosen-since", &[("date", (&date).into())]));
        }
        if !providers.is_empty() {
            let who = providers.join(", ");
            told.push(speech.words.with("paper-chosen-providers", &[("who", (&who).into())]));
        }
        if self.sensitive == Some(false) {
            told.push(speech.get("paper-chosen-sensitive"));
        }
        told
    }
}

/// The last day that a day, month or year may be.
fn last(day: Day) -> (i32, u32, u32) {
    (day.year, day.month.unwrap_or(12), day.day.unwrap_or(31))
}

/// The newest day of a topic's facts.
fn newest(topic: &TopicView) -> Option<(i32, u32, u32)> {
    let days = topic.facts.iter().filter_map(|row| dates::parse(&row.day));
    days.map(last).max()
}

impl App {
    pub(crate) async fn printing(&self, person: PersonId) -> Result<PrintingView, ApiError> {
        let topics = self.topics(person.clone(), None).await?;
        let printing = self
            .ask(move |store| {
                store.person(&person)?;
                Printing::of(store, &person)
            })
            .await?;
        let without = Printing { sensitive: Some(false), ..printing.clone() };
        let with = Printing { sensitive: Some(true), ..printing.clone() };
        let sensitive = topics.iter().filter(|topic| with.prints(topic) && !without.prints(topic));
        let printed = sensitive.filter(|topic| {
            matches!(
                topic.standing,
                Standing::Done | Standing::AlsoSeen | Standing::Family | Standing::RuledOut
            )
        });
        Ok(PrintingView { sensitive: printed.map(|topic| topic.name.clone()).collect(), printing })
    }

    pub(crate) async fn save_printing(&self, person: PersonId, printing: Printing) -> Result<(), ApiError> {
        let typed = [&printing.reason, &printing.questions, &printing.contacts];
        if typed.iter().map(|text| text.chars().count()).sum::<usize>() > LONGEST {
            return Err(self.error("error-printing-long"));
        }
        if printing.since.is_some() && printing.since().is_none() {
            return Err(self.misuse("savePrinting", "since is no day"));
        }
        let kept =
            serde_json::to_value(&printing).map_err(|e| self.misuse("savePrinting", &e.to_string()))?;
        self.ask(move |store| {
            store.person(&person)?;
            store.set_setting(&name(&person), &kept)
        })
        .await?;
        self.host.event(Event::Changed);
        Ok(())
    }
}

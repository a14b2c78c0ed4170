//! What a person wants on their sheets: kept with them in the record, and the same for every kind of sheet that has it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::{Day, Element, Kind};
use wholechart_print::Section;
use wholechart_record::{
    ConnectionId, Item, PersonId, SectionName, Sensitive, Standing, Summary, sensitive_in,
};
use wholechart_store::{Filter, Person, Store, StoreError, TopicRow};

use super::wire::Paper;
use crate::{
    app::App,
    error::ApiError,
    host::Event,
    topics::wire::TopicView,
    trends::wire::TestKind,
    words::{Language, Speech, Words, dates},
};

/// Characters of all that is typed; more is no sheet for a visit.
const LONGEST: usize = 4_000;
/// Rows that are read at a time.
const PAGE: u32 = 500;
/// So many names of a kind are said where it is asked about.
const NAMED: usize = 6;

/// A section of the visit summary that can be left out. Allergies, current medicines and problems cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SheetSection {
    /// What changed since the last visit.
    Changed,
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
            SheetSection::Changed => "summary-changed-section",
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

/// What is sensitive, of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SensitiveKind {
    /// Mental health.
    Mental,
    /// Sexual and reproductive health.
    Reproductive,
    /// Use of substances.
    Substances,
    /// HIV.
    Hiv,
    /// Circumstances of life.
    Life,
}

impl From<Sensitive> for SensitiveKind {
    fn from(kind: Sensitive) -> Self {
        match kind {
            Sensitive::Mental => SensitiveKind::Mental,
            Sensitive::Reproductive => SensitiveKind::Reproductive,
            Sensitive::Substances => SensitiveKind::Substances,
            Sensitive::Hiv => SensitiveKind::Hiv,
            Sensitive::Life => SensitiveKind::Life,
        }
    }
}

/// A test that is printed over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChosenTest {
    /// What it measures.
    pub kind: TestKind,
    /// Which, as in `tests`.
    pub test: String,
}

/// How a person wants sheets printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
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
    /// The visit summary has as many pages as what was chosen needs; else two, as long as what never gives way has room.
    pub grows: bool,
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
    /// Kinds of what is sensitive that are printed beside allergies, current medicines and current problems.
    pub with_sensitive: Vec<SensitiveKind>,
    /// Kinds that are not. Of a kind that is in neither, nobody was asked, and it is not printed.
    pub without_sensitive: Vec<SensitiveKind>,
    /// Whether paper says who says so. Where providers disagree it always does.
    pub tellers: bool,
    /// The problem (a topic) that the visit summary is about. `None`: it is about all of them.
    pub problem: Option<String>,
    /// Tests that are printed over time. None: those that are followed.
    pub tests: Vec<ChosenTest>,
}

impl Default for Printing {
    fn default() -> Self {
        Printing {
            reason: String::new(),
            questions: String::new(),
            contacts: String::new(),
            large: false,
            grows: false,
            paper: None,
            language: None,
            without: Vec::new(),
            since: None,
            without_providers: Vec::new(),
            with_sensitive: Vec::new(),
            without_sensitive: Vec::new(),
            tellers: true,
            problem: None,
            tests: Vec::new(),
        }
    }
}

/// How a person wants sheets printed, and what has to be asked before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintingView {
    /// What is kept.
    pub printing: Printing,
    /// What is sensitive and may be printed beside allergies, current medicines and current problems, by kind.
    pub sensitive: Vec<SensitiveFound>,
    /// Problems that a visit summary can be about.
    pub problems: Vec<ProblemChoice>,
}

/// What a record holds of one kind of what is sensitive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SensitiveFound {
    /// The kind.
    pub kind: SensitiveKind,
    /// The same in words.
    pub text: String,
    /// What there is, by name, a few.
    pub names: Vec<String>,
    /// Nobody was asked about this kind.
    pub to_ask: bool,
}

/// A problem to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProblemChoice {
    /// The topic.
    pub topic: String,
    /// What it is called.
    pub name: String,
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

    /// Takes from what was measured, and from visits, what the person does not want on the sheet. What is so now of allergies, medicines and
    /// problems stays whatever was chosen.
    pub(crate) fn narrow(&self, summary: &mut Summary) {
        let dated = [SectionName::Results, SectionName::Vitals, SectionName::Visits, SectionName::Procedures];
        for section in &mut summary.sections {
            let before = section.items.len();
            let late = |item: &Item| !dated.contains(&section.name) || self.is_late(item.day);
            let shown = |item: &Item| !dated.contains(&section.name) || self.shows(sensitive_item(item));
            section.items.retain(|item| self.tells(&item.sources) && late(item) && shown(item));
            section.earlier += u32::try_from(before - section.items.len()).unwrap_or(u32::MAX);
        }
    }

    /// Whether the person wants on paper what these tell.
    pub(crate) fn tells(&self, by: &[ConnectionId]) -> bool {
        by.is_empty() || by.iter().any(|one| !self.without_providers.contains(one))
    }

    /// Whether the person wants on paper what was on this day. What has no day is no earlier than another.
    pub(crate) fn is_late(&self, day: Option<Day>) -> bool {
        match (self.since(), day) {
            (Some(since), Some(day)) => last(day) >= last(since),
            _ => true,
        }
    }

    /// Whether the person wants on paper what is sensitive in this way.
    pub(crate) fn shows(&self, what: Option<Sensitive>) -> bool {
        what.is_none_or(|kind| self.with_sensitive.contains(&kind.into()))
    }

    /// Whether nobody has said yet if this kind is printed.
    fn is_unasked(&self, kind: SensitiveKind) -> bool {
        !self.with_sensitive.contains(&kind) && !self.without_sensitive.contains(&kind)
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
        told && late && self.shows(topic.sensitive)
    }

    /// The problem that the sheet is about, among these.
    pub(crate) fn problem<'t>(
        &self,
        all: &'t [(TopicView, &'t TopicRow)],
    ) -> Option<&'t (TopicView, &'t TopicRow)> {
        let problem = self.problem.as_ref()?;
        all.iter().find(|(view, _)| view.kind == Kind::Problem && view.id == *problem)
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
        if !self.without_sensitive.is_empty() {
            told.push(speech.get("paper-chosen-sensitive"));
        }
        told
    }
}

/// What is sensitive of something that has no topic, by its title and its reason.
fn sensitive_item(item: &Item) -> Option<Sensitive> {
    let reasons = item.said.about(Element::REASON).map(|one| one.what.value.all_sent());
    let codes = item.said.codes.iter().filter_map(|code| code.display.clone());
    std::iter::once(item.title.text.clone()).chain(reasons).chain(codes).find_map(|text| sensitive_in(&text))
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

/// What is sensitive of visits and tests, which have no topics: the kind, and a name.
fn sensitive_others(
    store: &Store,
    speech: &Speech<'_>,
    person: &Person,
) -> Result<Vec<(Sensitive, String)>, StoreError> {
    let mut found = Vec::new();
    let kinds = vec![Kind::Visit, Kind::Appointment, Kind::Device, Kind::Consent];
    let filter = Filter { kinds, ..Filter::default() };
    let mut after: Option<String> = None;
    loop {
        let page = store.list(&person.id, &filter, after.as_deref(), PAGE)?;
        for one in page.rows {
            let reasons = one.row.said.about(Element::REASON).map(|reason| speech.detail(&reason.what));
            let texts = std::iter::once(speech.title(one.row.kind, &one.row.title)).chain(reasons);
            found.extend(texts.filter_map(|text| Some((sensitive_in(&text)?, text))));
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    for kind in [Kind::Result, Kind::Vital] {
        let mut after: Option<String> = None;
        loop {
            let page = store.tests(&person.id, kind, after.as_deref(), 1, PAGE)?;
            let full = page.len() == PAGE as usize;
            after = page.last().map(|last| last.thing.clone());
            let titles =
                page.iter().filter_map(|test| Some(speech.title(kind, &test.newest.first()?.row.title)));
            found.extend(titles.filter_map(|title| Some((sensitive_in(&title)?, title))));
            if !full {
                break;
            }
        }
    }
    Ok(found)
}

impl App {
    pub(crate) async fn printing(&self, person: PersonId) -> Result<PrintingView, ApiError> {
        let topics = self.topics(person.clone(), None).await?;
        let words = Arc::clone(&self.words);
        let now = self.host.now();
        let (printing, others) = self
            .ask(move |store| {
                let person = store.person(&person)?;
                let speech = Speech::new(&words, person.home_zone, now);
                Ok((Printing::of(store, &person.id)?, sensitive_others(store, &speech, &person)?))
            })
            .await?;
        let found = self.found(&printing, &topics, others);
        let problems = topics.iter().filter(|topic| {
            topic.kind == Kind::Problem && matches!(topic.standing, Standing::Current | Standing::PerhapsOver)
        });
        let problems = problems
            .map(|topic| ProblemChoice { topic: topic.id.clone(), name: topic.name.clone() })
            .collect();
        Ok(PrintingView { sensitive: found, problems, printing })
    }

    /// What is sensitive beside what is always proposed, by kind.
    fn found(
        &self,
        printing: &Printing,
        topics: &[TopicView],
        others: Vec<(Sensitive, String)>,
    ) -> Vec<SensitiveFound> {
        let nothing = Printing::default();
        let proposed = |topic: &&TopicView| {
            !nothing.prints(topic)
                && !matches!(topic.standing, Standing::NotSo | Standing::NotKnown | Standing::Errand)
        };
        let named =
            topics.iter().filter(proposed).filter_map(|topic| Some((topic.sensitive?, topic.name.clone())));
        let mut by: BTreeMap<Sensitive, BTreeSet<String>> = BTreeMap::new();
        for (kind, name) in named.chain(others) {
            by.entry(kind).or_default().insert(name);
        }
        by.into_iter()
            .map(|(kind, names)| SensitiveFound {
                kind: kind.into(),
                text: self.words.get(&format!("sensitive-{}", kind.as_str())),
                names: names.into_iter().take(NAMED).collect(),
                to_ask: printing.is_unasked(kind.into()),
            })
            .collect()
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

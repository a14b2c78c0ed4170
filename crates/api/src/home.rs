//! The first page: what is current, what is new, what lies ahead. Current is what the printed summary says is current.

pub(crate) mod wire;

use std::collections::BTreeMap;

use wholechart_fhir::{Caution, DetailValue, Element, Kind, StatusGroup};
use wholechart_record::{
    Confirmed, FactId, Item, PersonId, SectionName, is_said, summary_without, thing, was_to_end,
};
use wholechart_store::{ChangeKind, Filter, News, Person, Store, StoreError, TestRow};

use self::wire::{CurrentView, HeldView, HomeView, NewsRow, NewsView};
use crate::{
    app::App,
    error::ApiError,
    lists::view::{Around, was_to},
    people::today,
    providers,
    timeline::{
        view::{narrow, row},
        wire::TimelineRow,
    },
    trends::{
        self, SMALL,
        wire::{TestKind, TestView},
    },
    words::Speech,
};

/// So many lines of each part are read at a glance; the rest is one click away.
const RESULTS: usize = 8;
const VITALS: usize = 6;
const CURRENT: usize = 12;
const NEWS: usize = 6;
const AHEAD: u32 = 200;
const APPOINTMENTS: usize = 4;

impl App {
    pub(crate) async fn home(&self, person: PersonId) -> Result<HomeView, ApiError> {
        let words = std::sync::Arc::clone(&self.words);
        let now = self.host.now();
        self.ask(move |store| {
            let person = store.person(&person)?;
            let speech = Speech::new(&words, person.home_zone, now);
            let today = today(&person, now);
            let providers = providers::names(store)?;
            let (undecided, questions) = store.waiting(&person.id)?;
            let around = Around { speech, today, providers: &providers };
            let (facts, left_out) = store.current_facts(&person.id, today, false)?;
            let says: Vec<_> = facts.iter().map(|one| (&one.fact, &one.says)).collect();
            let summary = summary_without(&says, &left_out, today, &store.choices(&person.id)?);
            let section = |name: SectionName| {
                summary.sections.iter().find(|one| one.name == name).map(|one| &one.items)
            };
            let items = |name| section(name).map(Vec::as_slice).unwrap_or_default();
            // That there is none is said where nobody lists any.
            let with_none = |name| {
                let none = summary.sections.iter().find(|one| one.name == name).map(|one| &one.none_known);
                items(name).iter().chain(none.into_iter().flatten().filter(move |_| items(name).is_empty()))
            };
            let said: BTreeMap<&FactId, &[Confirmed]> =
                facts.iter().map(|one| (&one.fact.id, one.said.as_slice())).collect();
            let show = Show { store, around: &around, person: &person.id, said: &said };
            let (doubtful, taken): (Vec<&Item>, Vec<&Item>) = items(SectionName::Medicines)
                .iter()
                .partition(|item| show.doubt(item).is_some() || is_turned(item));
            let (results, more_results) =
                show.tests(TestKind::Result, items(SectionName::Results), RESULTS)?;
            let (vitals, more_vitals) = show.tests(TestKind::Vital, items(SectionName::Vitals), VITALS)?;
            let (medicines, more_taken) = show.current(taken.into_iter())?;
            let (doubtful, more_doubtful) = show.current(doubtful.into_iter())?;
            let (turned, plain): (Vec<&Item>, Vec<&Item>) =
                with_none(SectionName::Problems).partition(|item| is_turned(item));
            let (problems, more_problems) = show.current(plain.into_iter())?;
            let more_problems = more_problems + narrow(turned.len() as u64);
            let (allergies, more_allergies) = show.current(with_none(SectionName::Allergies))?;
            Ok(HomeView {
                news: newest(&speech, store, &person)?,
                results,
                more_results,
                vitals,
                more_vitals,
                held: held(store, &person.id)?,
                medicines,
                doubtful,
                more_medicines: more_taken + more_doubtful,
                problems,
                more_problems,
                allergies,
                more_allergies,
                appointments: show.ahead()?,
                disagreements: narrow(undecided),
                questions: narrow(questions),
            })
        })
        .await
    }

    /// A page of what is new: all of it can be read before it is called seen.
    pub(crate) async fn news(&self, person: PersonId, skip: u32, limit: u32) -> Result<NewsView, ApiError> {
        const LONGEST_PAGE: u32 = 200;
        let words = std::sync::Arc::clone(&self.words);
        let (skip, limit) = (skip as usize, limit.clamp(1, LONGEST_PAGE) as usize);
        let now = self.host.now();
        self.ask(move |store| {
            let person = store.person(&person)?;
            let speech = Speech::new(&words, person.home_zone, now);
            let first = !store.has_looked(&person.id)?;
            Ok(news(&speech, &store.news(&person.id, skip, limit)?, skip, first))
        })
        .await
    }

    pub(crate) async fn seen(&self, person: PersonId, up_to: i64) -> Result<i64, ApiError> {
        self.ask(move |store| store.set_seen(&store.person(&person)?.id, up_to)).await
    }
}

/// It was sent with a mark that is not known here and may mean the opposite (R4 §2.5.1): it is in the list, with words, and
/// not among what is plainly so.
fn is_turned(item: &Item) -> bool {
    item.said.cautions.contains(&Caution::ModifierExtension)
}

struct Show<'a> {
    store: &'a Store,
    around: &'a Around<'a>,
    person: &'a PersonId,
    said: &'a BTreeMap<&'a FactId, &'a [Confirmed]>,
}

impl Show<'_> {
    fn row(&self, fact: &FactId) -> Result<Option<TimelineRow>, StoreError> {
        Ok(self.store.fact_row(fact)?.map(|found| row(&self.around.speech, &found)))
    }

    /// The first of `items`, each test once, with its small trend; and how many more tests there are.
    fn tests(&self, kind: TestKind, items: &[Item], most: usize) -> Result<(Vec<TestView>, u32), StoreError> {
        let mut things: Vec<String> = Vec::new();
        for item in items {
            let thing = thing(kind.into(), &item.said.codes, &item.title.text);
            if !things.contains(&thing) {
                things.push(thing);
            }
        }
        let mut tests = Vec::new();
        for thing in things.iter().take(most) {
            let test: TestRow = self.store.test(self.person, kind.into(), thing, SMALL)?;
            tests.extend(trends::view::test(&self.around.speech, kind, &test));
        }
        Ok((tests, narrow(things.len().saturating_sub(most) as u64)))
    }

    fn current<'i>(
        &self,
        items: impl Iterator<Item = &'i Item>,
    ) -> Result<(Vec<CurrentView>, u32), StoreError> {
        let items: Vec<&Item> = items.collect();
        let more = narrow(items.len().saturating_sub(CURRENT) as u64);
        let mut views = Vec::new();
        for item in items.into_iter().take(CURRENT) {
            let Some(row) = self.row(&item.fact)? else { continue };
            views.push(CurrentView { row, beside: self.beside(item), confirmed: self.confirmed(item) });
        }
        Ok((views, more))
    }

    fn doubt(&self, item: &Item) -> Option<String> {
        let said = self.said.get(&item.fact).copied().unwrap_or_default();
        self.around.doubt(item.kind, item.status_group, item.date.as_ref(), said)
    }

    /// When it was last confirmed, after the end it was to have.
    fn confirmed(&self, item: &Item) -> String {
        let last = self.around.last(self.said.get(&item.fact).copied().unwrap_or_default());
        let over = was_to_end(
            item.kind,
            item.status_group,
            item.date.as_ref(),
            self.around.speech.home,
            self.around.today,
        );
        match over {
            Some(end) => format!("{}; {last}", was_to(&self.around.speech, end)),
            None => last,
        }
    }

    /// How a medicine is taken; how an allergy shows, after how bad that can be.
    fn beside(&self, item: &Item) -> Option<String> {
        let speech = &self.around.speech;
        let grave = item.said.about(Element::CRITICALITY).any(|detail| {
            matches!(&detail.what.value, DetailValue::Code(coding) if matches!(&*coding.code, "high" | "CRITH"))
        });
        let risk = (grave && item.kind == Kind::Allergy).then(|| speech.get("allergy-high"));
        let voice = self.around.voice();
        let reactions = voice.details(&item.said, &[Element::REACTION]);
        let all: Vec<String> = risk.into_iter().chain([voice.dosings(&item.said), reactions]).collect();
        let said: Vec<&str> = all.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        (!said.is_empty()).then(|| said.join("; "))
    }

    /// Appointments and planned visits from today on, the nearest first.
    fn ahead(&self) -> Result<Vec<TimelineRow>, StoreError> {
        let filter = Filter {
            kinds: vec![Kind::Appointment, Kind::Visit],
            statuses: StatusGroup::ALL.iter().copied().filter(|status| is_said(*status)).collect(),
            from: Some(self.around.today),
            ..Filter::default()
        };
        let page = self.store.timeline(self.person, &filter, None, AHEAD)?;
        Ok(page
            .rows
            .iter()
            .rev()
            .filter(|found| found.kind == Kind::Appointment || found.status_group == StatusGroup::Planned)
            .take(APPOINTMENTS)
            .map(|found| row(&self.around.speech, found))
            .collect())
    }
}

fn held(store: &Store, person: &PersonId) -> Result<HeldView, StoreError> {
    let said = store.said(person)?;
    let of = |kind: Kind| narrow(said.get(&kind).copied().unwrap_or_default());
    Ok(HeldView {
        results: of(Kind::Result),
        vitals: of(Kind::Vital),
        medicines: of(Kind::Medicine),
        problems: of(Kind::Problem),
        allergies: of(Kind::Allergy),
    })
}

/// What is new, as the first page begins to tell it.
fn newest(speech: &Speech<'_>, store: &Store, person: &Person) -> Result<NewsView, StoreError> {
    // Before the person has looked for the first time, everything is new: it is counted, not listed.
    let first = !store.has_looked(&person.id)?;
    let found = if first { store.received(&person.id)? } else { store.news(&person.id, 0, NEWS)? };
    Ok(news(speech, &found, 0, first))
}

/// What is new since the person last looked, from the gravest on, after the first `skip` of it.
fn news(speech: &Speech<'_>, news: &News, skip: usize, first: bool) -> NewsView {
    // The gravest last: it is what is remembered.
    let counted: Vec<String> = [ChangeKind::New, ChangeKind::Corrected, ChangeKind::Withdrawn]
        .into_iter()
        .filter_map(|what| {
            let count = *news.counts.get(&what)?;
            Some(speech.words.with(&format!("news-count-{}", word(what)), &[("count", narrow(count).into())]))
        })
        .collect();
    let all: u64 = news.counts.values().sum();
    NewsView {
        text: (!counted.is_empty()).then(|| counted.join(", ")),
        first,
        more: narrow(all.saturating_sub((skip + news.rows.len()) as u64)),
        rows: news
            .rows
            .iter()
            .map(|(found, what)| NewsRow {
                row: row(speech, found),
                what: *what,
                text: speech.get(&format!("news-{}", word(*what))),
            })
            .collect(),
        up_to: news.up_to,
    }
}

fn word(what: ChangeKind) -> &'static str {
    match what {
        ChangeKind::New => "new",
        ChangeKind::Corrected => "corrected",
        ChangeKind::Withdrawn => "withdrawn",
    }
}

//! The first page: what is current, what is new, what lies ahead. Current is what the printed summary says is current.

pub(crate) mod wire;

use std::{cmp::Reverse, collections::BTreeMap};

use wholechart_fhir::{Kind, StatusGroup};
use wholechart_record::{Item, LeftOut, PersonId, SectionName, Standing, is_said, summary_without, thing};
use wholechart_store::{ChangeKind, Filter, News, Person, Store, StoreError, TestRow};

use self::wire::{CurrentView, HeldView, HomeView, NamedView, NewsRow, NewsView};
use crate::{
    app::App,
    error::ApiError,
    lists::view::Around,
    people::today,
    providers,
    timeline::{
        view::{narrow, row},
        wire::TimelineRow,
    },
    topics::{
        disputes::Disputes,
        ordered::{Ordered, ordered},
        view::{fact, topic_alone},
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
            let undecided = store.undecided(&person.id)?;
            let around = Around { speech, today, providers: &providers };
            let facts = store.newest_measured(&person.id)?;
            let says: Vec<_> = facts.iter().map(|one| (&one.fact, &one.says)).collect();
            let summary = summary_without(&says, &LeftOut::default(), today, &[]);
            let section = |name: SectionName| {
                summary.sections.iter().find(|one| one.name == name).map(|one| &one.items)
            };
            let items = |name| section(name).map(Vec::as_slice).unwrap_or_default();
            let show = Show { store, around: &around, person: &person.id };
            let kinds = [Kind::Medicine, Kind::Problem, Kind::Allergy];
            let found = store.topics(&person.id, &kinds)?;
            let disputes = Disputes::among(store, &around, &person.id, &found, None)?;
            let topics = ordered(&around, &found, &kinds);
            let at_a_glance = |topics: &[&Ordered<'_>]| at_a_glance(&around, &disputes, topics);
            let standing = |kind: Kind, how: Standing| {
                let of = topics.iter().filter(move |topic| topic.kind() == kind && topic.standing == how);
                of.collect::<Vec<_>>()
            };
            let (results, more_results) =
                show.tests(TestKind::Result, items(SectionName::Results), RESULTS)?;
            let (vitals, more_vitals) = show.tests(TestKind::Vital, items(SectionName::Vitals), VITALS)?;
            let (medicines, mut more_medicines) = at_a_glance(&standing(Kind::Medicine, Standing::Current));
            let (doubtful, more_doubtful) = at_a_glance(&standing(Kind::Medicine, Standing::PerhapsOver));
            more_medicines.extend(more_doubtful);
            let (problems, mut more_problems) = at_a_glance(&standing(Kind::Problem, Standing::Current));
            more_problems
                .extend(standing(Kind::Problem, Standing::PerhapsOver).into_iter().filter_map(named));
            let mut allergies = standing(Kind::Allergy, Standing::Current);
            allergies.extend(standing(Kind::Allergy, Standing::PerhapsOver));
            // That there is none is said where nobody lists any.
            if allergies.is_empty() {
                allergies = standing(Kind::Allergy, Standing::NoneKnown);
            }
            let (allergies, more_allergies) = at_a_glance(&allergies);
            Ok(HomeView {
                news: newest(&around, store, &person)?,
                results,
                more_results,
                vitals,
                more_vitals,
                held: held(store, &person.id)?,
                medicines,
                doubtful,
                more_medicines,
                problems,
                more_problems,
                allergies,
                more_allergies,
                appointments: show.ahead()?,
                last_visit: show.last_visit()?,
                disagreements: narrow(undecided),
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
            let providers = providers::names(store)?;
            let around = Around { speech, today: today(&person, now), providers: &providers };
            Ok(news(&around, &store.news(&person.id, skip, limit)?, skip, first))
        })
        .await
    }

    pub(crate) async fn seen(&self, person: PersonId, up_to: i64) -> Result<i64, ApiError> {
        self.ask(move |store| store.set_seen(&store.person(&person)?.id, up_to)).await
    }
}

/// The first of these topics, and what the others are called: what is dangerous may be any of them.
fn at_a_glance(
    around: &Around<'_>,
    disputes: &Disputes,
    topics: &[&Ordered<'_>],
) -> (Vec<CurrentView>, Vec<NamedView>) {
    let views = topics.iter().take(CURRENT).filter_map(|one| {
        let row = fact(around, one.facts().next()?);
        let topic = topic_alone(around, disputes, one);
        let said = [&topic.doubt, &topic.reviewed].into_iter().flatten().cloned().collect::<Vec<_>>();
        Some(CurrentView {
            row: TimelineRow {
                title: topic.name,
                sources: topic.sources,
                disagreement: topic.disagreement,
                ..row
            },
            grave: topic.kind == Kind::Allergy && topic.rank == 0,
            beside: topic.text,
            reviewed: said.join("; "),
            told: topic.told,
            listed: topic.listed.filter(|_| topic.kind == Kind::Medicine),
        })
    });
    (views.collect(), topics.iter().skip(CURRENT).copied().filter_map(named).collect())
}

/// What a topic is called.
fn named(topic: &Ordered<'_>) -> Option<NamedView> {
    Some(NamedView { name: topic.name.clone(), fact: topic.facts().next()?.row.id.clone() })
}

struct Show<'a> {
    store: &'a Store,
    around: &'a Around<'a>,
    person: &'a PersonId,
}

impl Show<'_> {
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

    /// The newest visit whose day is over or today.
    fn last_visit(&self) -> Result<Option<TimelineRow>, StoreError> {
        let filter = Filter {
            kinds: vec![Kind::Visit],
            statuses: StatusGroup::ALL.iter().copied().filter(|status| is_said(*status)).collect(),
            to: Some(self.around.today),
            ..Filter::default()
        };
        let page = self.store.timeline(self.person, &filter, None, AHEAD)?;
        let found = page.rows.iter().find(|found| found.status_group != StatusGroup::Planned);
        Ok(found.map(|found| row(&self.around.speech, found)))
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
fn newest(around: &Around<'_>, store: &Store, person: &Person) -> Result<NewsView, StoreError> {
    // Before the person has looked for the first time, everything is new: it is counted, not listed.
    let first = !store.has_looked(&person.id)?;
    let found = if first { store.received(&person.id)? } else { store.news(&person.id, 0, NEWS)? };
    Ok(news(around, &found, 0, first))
}

/// What is new since the person last looked, from the gravest on, after the first `skip` of it.
fn news(around: &Around<'_>, news: &News, skip: usize, first: bool) -> NewsView {
    let speech = &around.speech;
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
        told: told(around, news),
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

/// What is new by what it is and who told it: first what was taken back, then what was corrected, then what is new, each with
/// the largest number first.
fn told(around: &Around<'_>, news: &News) -> Vec<String> {
    let words = around.speech.words;
    // What has no sentence of its own is a record.
    let key = |what: ChangeKind, kind: Kind| {
        let own = format!("news-told-{}-{}", word(what), kind.as_str());
        if words.has(&own) { own } else { format!("news-told-{}", word(what)) }
    };
    let mut by: BTreeMap<(Reverse<ChangeKind>, String, String), u64> = BTreeMap::new();
    for ((what, kind, connection), count) in &news.told {
        let who = around.speech.sent(providers::name(around.providers, connection));
        *by.entry((Reverse(*what), key(*what, *kind), who)).or_default() += count;
    }
    let mut lines: Vec<_> = by.into_iter().collect();
    lines.sort_by_key(|((what, ..), count)| (*what, Reverse(*count)));
    lines
        .iter()
        .map(|((_, key, who), count)| {
            words.with(key, &[("count", narrow(*count).into()), ("provider", who.into())])
        })
        .collect()
}

fn word(what: ChangeKind) -> &'static str {
    match what {
        ChangeKind::New => "new",
        ChangeKind::Corrected => "corrected",
        ChangeKind::Withdrawn => "withdrawn",
    }
}

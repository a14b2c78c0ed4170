//! What a person says about what is the same and what to ask about: questions, answers, splitting, joining, undoing.

pub(crate) mod conflicts;
mod sentence;
pub(crate) mod view;
pub(crate) mod wire;

use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};

use chrono::{DateTime, Utc};
use wholechart_fhir::{Day, Title};
use wholechart_record::{ConnectionId, Decision, EntryKey, FactId, PersonId, Question, Verdict};
use wholechart_store::{Filter, Store, StoreError};

use self::{
    view::sentence,
    wire::{AsksView, Decided, QuestionSide, QuestionView},
};
use crate::{
    app::App,
    error::ApiError,
    host::Event,
    providers,
    timeline::{
        view::{narrow, row},
        wire::TimelineRow,
    },
    whose::own_fact,
    words::Speech,
};

/// How many records somebody is offered to join one with.
const CANDIDATES: usize = 30;
/// How many records of a kind are looked at for that; longer lists are for a search in words.
const LOOKED_AT: u32 = 5_000;

/// Two entries and what was decided about them before. `None`: nothing.
type Before = Vec<(EntryKey, EntryKey, Option<Verdict>)>;

impl App {
    pub(crate) async fn asks(&self, person: PersonId) -> Result<AsksView, ApiError> {
        let (conflicts, questions) = self.ask(move |store| store.waiting(&person)).await?;
        Ok(AsksView { conflicts: narrow(conflicts), questions: narrow(questions) })
    }

    pub(crate) async fn questions(&self, person: PersonId) -> Result<Vec<QuestionView>, ApiError> {
        let words = std::sync::Arc::clone(&self.words);
        let now = self.host.now();
        self.ask(move |store| {
            let speech = Speech::new(&words, store.person(&person)?.home_zone, now);
            let providers = providers::names(store)?;
            let side = |key: &EntryKey, title: &str| {
                let Some(fact) = store.fact_of(key)? else { return Ok(None) };
                let Some(row) = store.fact_row(&fact)? else { return Ok(None) };
                Ok::<_, StoreError>(Some(QuestionSide {
                    fact,
                    title: title.to_owned(),
                    provider: speech.sent(providers::name(&providers, &key.connection)),
                    connection: key.connection.clone(),
                    date: row.date.as_ref().map(|date| speech.entry_date(date)),
                    value: row
                        .value
                        .as_ref()
                        .map(|found| speech.found(found))
                        .or_else(|| speech.dosages(&row.said.dosings())),
                }))
            };
            let mut views = Vec::new();
            for question in store.questions(&person)? {
                let Some(pair) = question.pairs.first() else { continue };
                // One question may be about hundreds of pairs of the same few entries.
                let mut titles: BTreeMap<&EntryKey, String> = BTreeMap::new();
                for key in question.pairs[1..].iter().flat_map(|pair| [&pair.a, &pair.b]) {
                    if let Entry::Vacant(place) = titles.entry(key) {
                        let row = store.fact_of(key)?.map(|id| store.fact_row(&id)).transpose()?.flatten();
                        place.insert(row.map(|row| speech.title(row.kind, &row.title)).unwrap_or_default());
                    }
                }
                let by = |key: &EntryKey| speech.sent(providers::name(&providers, &key.connection));
                let mut said = BTreeSet::new();
                let mut also: Vec<String> = Vec::new();
                for other in &question.pairs[1..] {
                    let (first, second) = (&titles[&other.a], &titles[&other.b]);
                    let (by_first, by_second) = (by(&other.a), by(&other.b));
                    if said.insert((first, by_first.clone(), second, by_second.clone())) {
                        also.push(words.with(
                            "question-also",
                            &[
                                ("first", first.into()),
                                ("firstProvider", (&by_first).into()),
                                ("second", second.into()),
                                ("secondProvider", (&by_second).into()),
                            ],
                        ));
                    }
                }
                let called = |title: &Title| speech.title(question.kind, title);
                let (first, second) = (called(&question.titles.0), called(&question.titles.1));
                let why = sentence(&speech, &pair.rule, &pair.evidence, Some(&first));
                // A sync that runs meanwhile may just have merged one of them anew.
                let (Some(first), Some(second)) = (side(&pair.a, &first)?, side(&pair.b, &second)?) else {
                    continue;
                };
                views.push(QuestionView {
                    also,
                    why,
                    first,
                    second,
                    pairs: u32::try_from(question.pairs.len()).unwrap_or(u32::MAX),
                    kind: question.kind,
                    id: question.id,
                });
            }
            Ok(views)
        })
        .await
    }

    pub(crate) async fn answer_question(
        &self,
        person: PersonId,
        question: String,
        same: bool,
    ) -> Result<Decided, ApiError> {
        let verdict = if same { Verdict::Same } else { Verdict::Apart };
        let now = self.host.now();
        let decided = self.ask(move |store| {
            let asked = store.questions(&person)?.into_iter().find(|one| one.id == question);
            let Question { pairs, .. } = asked.ok_or(StoreError::NoSuch("question"))?;
            let first = pairs.first().ok_or(StoreError::NoSuch("question"))?.a.clone();
            let decided: Vec<Decision> =
                pairs.into_iter().map(|pair| Decision { a: pair.a, b: pair.b, verdict }).collect();
            decide(store, &person, &decided, &first, now)
        });
        self.decided(decided.await?)
    }

    pub(crate) async fn split_source(
        &self,
        person: PersonId,
        fact: FactId,
        connection: ConnectionId,
        resource: String,
    ) -> Result<Decided, ApiError> {
        let now = self.host.now();
        let split = self.ask(move |store| {
            let members = members(store, &person, &fact)?;
            let (out, rest): (Vec<EntryKey>, Vec<EntryKey>) = members.into_iter().partition(|key| {
                key.connection == connection && format!("{}/{}", key.resource_type, key.id) == resource
            });
            let stays = rest.first().filter(|_| !out.is_empty()).ok_or(StoreError::NoSuch("source"))?;
            decide(store, &person, &each_with_each(&out, &rest, Verdict::Apart), stays, now)
        });
        self.decided(split.await?)
    }

    pub(crate) async fn join_facts(
        &self,
        person: PersonId,
        fact: FactId,
        other: FactId,
    ) -> Result<Decided, ApiError> {
        let now = self.host.now();
        let joined = self.ask(move |store| {
            let ours = members(store, &person, &fact)?;
            let theirs = members(store, &person, &other)?;
            let first = ours.first().filter(|_| ours != theirs).ok_or(StoreError::NoSuch("other fact"))?;
            // Every pair, so that nothing that was once kept apart stands in the way.
            decide(store, &person, &each_with_each(&ours, &theirs, Verdict::Same), first, now)
        });
        self.decided(joined.await?)
    }

    pub(crate) async fn undo(&self, person: PersonId, undo: String) -> Result<(), ApiError> {
        let before: Before =
            serde_json::from_str(&undo).map_err(|_| self.misuse("undo", "this undoes nothing"))?;
        let now = self.host.now();
        self.ask(move |store| {
            let (mut back, mut again) = (Vec::new(), Vec::new());
            for (a, b, verdict) in before {
                match verdict {
                    Some(verdict) => again.push(Decision { a, b, verdict }),
                    None => back.push((a, b)),
                }
            }
            store.undecide(&person, &back)?;
            store.decide(&person, &again, now)
        })
        .await?;
        self.host.event(Event::Changed);
        Ok(())
    }

    pub(crate) async fn join_candidates(
        &self,
        person: PersonId,
        fact: FactId,
        text: String,
    ) -> Result<Vec<TimelineRow>, ApiError> {
        let words = std::sync::Arc::clone(&self.words);
        let now = self.host.now();
        self.ask(move |store| {
            own_fact(store, &person, &fact)?;
            let speech = Speech::new(&words, store.person(&person)?.home_zone, now);
            let own = store.fact_row(&fact)?.ok_or(StoreError::NoSuch("fact"))?;
            let filter = Filter {
                kinds: vec![own.kind],
                text: Some(text).filter(|text| !text.trim().is_empty()),
                ..Filter::default()
            };
            let mut rows = store.timeline(&person, &filter, None, LOOKED_AT)?.rows;
            rows.retain(|row| row.id != own.id);
            let wanted = parts(&own.title.text);
            rows.sort_by_cached_key(|row| {
                let alike = parts(&row.title.text).intersection(&wanted).count();
                (std::cmp::Reverse(alike), days_between(own.day, row.day), row.id.clone())
            });
            rows.truncate(CANDIDATES);
            Ok(rows.iter().map(|found| row(&speech, found)).collect())
        })
        .await
    }

    fn decided(&self, (fact, before): (FactId, Before)) -> Result<Decided, ApiError> {
        self.host.event(Event::Changed);
        Ok(Decided {
            fact,
            undo: serde_json::to_string(&before).map_err(|e| self.error("error-internal").details(e))?,
        })
    }
}

/// Decides, and returns the fact that `stays` is part of then, with what was decided before.
fn decide(
    store: &Store,
    person: &PersonId,
    decided: &[Decision],
    stays: &EntryKey,
    now: DateTime<Utc>,
) -> Result<(FactId, Before), StoreError> {
    let before = before(store, person, decided)?;
    store.decide(person, decided, now)?;
    Ok((store.fact_of(stays)?.ok_or(StoreError::NoSuch("fact"))?, before))
}

/// The members of a fact of this person's.
fn members(store: &Store, person: &PersonId, fact: &FactId) -> Result<Vec<EntryKey>, StoreError> {
    own_fact(store, person, fact)?;
    let (fact, _) = store.fact(fact)?.ok_or(StoreError::NoSuch("fact"))?;
    Ok(fact.members)
}

fn each_with_each(ours: &[EntryKey], theirs: &[EntryKey], verdict: Verdict) -> Vec<Decision> {
    ours.iter()
        .flat_map(|a| theirs.iter().map(move |b| Decision { a: a.clone(), b: b.clone(), verdict }))
        .collect()
}

/// What was decided about these pairs before they are decided about again.
fn before(store: &Store, person: &PersonId, decided: &[Decision]) -> Result<Before, StoreError> {
    let known: BTreeMap<(EntryKey, EntryKey), Verdict> =
        store.decisions(person)?.into_iter().map(|one| ((one.a, one.b), one.verdict)).collect();
    let pair = |one: &Decision| {
        let (a, b) = (one.a.clone(), one.b.clone());
        if a <= b { (a, b) } else { (b, a) }
    };
    Ok(decided
        .iter()
        .map(pair)
        .map(|(a, b)| {
            let verdict = known.get(&(a.clone(), b.clone())).copied();
            (a, b, verdict)
        })
        .collect())
}

fn parts(title: &str) -> BTreeSet<String> {
    let words = title.split(|char: char| !char.is_alphanumeric()).filter(|word| word.len() > 2);
    words.map(str::to_lowercase).collect()
}

/// Undated is far from everything.
fn days_between(one: Option<Day>, other: Option<Day>) -> i64 {
    let number = |day: Day| {
        let (month, date) = (i64::from(day.month.unwrap_or(7)), i64::from(day.day.unwrap_or(15)));
        i64::from(day.year) * 372 + month * 31 + date
    };
    match (one, other) {
        (Some(one), Some(other)) => (number(one) - number(other)).abs(),
        _ => i64::MAX,
    }
}

//! What a person says about what is the same and what to ask about: questions, answers, splitting, joining, undoing.

pub(crate) mod conflicts;
pub(crate) mod view;
pub(crate) mod wire;

use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};

use wholechart_fhir::{Day, Title};
use wholechart_record::{Decision, EntryKey, FactId, PersonId, Question, Verdict};
use wholechart_store::{Filter, Store, StoreError};

use self::{
    conflicts::providers,
    view::sentence,
    wire::{AsksView, Decided, QuestionSide, QuestionView},
};
use crate::{
    app::App,
    error::ApiError,
    host::Event,
    timeline::{
        view::{narrow, row},
        wire::TimelineRow,
    },
    words::Speech,
};

/// How many records somebody is offered to join one with.
const CANDIDATES: usize = 30;
/// How many records of a kind are looked at for that; longer lists are for a search in words.
const LOOKED_AT: u32 = 5_000;

/// Two entries and what was decided about them before; none: nothing.
type Before = Vec<(EntryKey, EntryKey, Option<Verdict>)>;

impl App {
    pub(crate) async fn asks(&self, person: String) -> Result<AsksView, ApiError> {
        let person = PersonId(person);
        let (conflicts, questions) = self.ask(move |store| store.waiting(&person)).await?;
        Ok(AsksView { conflicts: narrow(conflicts), questions: narrow(questions) })
    }

    pub(crate) async fn questions(&self, person: String) -> Result<Vec<QuestionView>, ApiError> {
        let words = std::sync::Arc::clone(&self.words);
        let (home, now) = (self.person(&person).await?.home_zone, self.host.now());
        self.ask(move |store| {
            let speech = Speech::new(&words, home, now);
            let providers = providers(store)?;
            let side = |key: &EntryKey, title: &str| {
                let id = store.fact_of(key)?;
                let row = id.as_ref().map(|id| store.fact_row(id)).transpose()?.flatten();
                Ok::<_, StoreError>(QuestionSide {
                    fact: id.map(|id| id.to_string()).unwrap_or_default(),
                    title: title.to_owned(),
                    provider: providers
                        .get(&key.connection)
                        .map(|name| speech.sent(name))
                        .unwrap_or_default(),
                    connection: key.connection.to_string(),
                    date: row.as_ref().and_then(|row| row.date.as_ref()).map(|date| speech.entry_date(date)),
                    value: row.and_then(|row| {
                        row.value
                            .as_ref()
                            .map(|found| speech.found(found))
                            .or_else(|| speech.dosages(&row.dosage))
                    }),
                })
            };
            let mut views = Vec::new();
            for question in store.questions(&PersonId(person))? {
                let Some(pair) = question.pairs.first() else { continue };
                // One question may be about hundreds of pairs of the same few entries.
                let mut titles: BTreeMap<&EntryKey, String> = BTreeMap::new();
                for key in question.pairs[1..].iter().flat_map(|pair| [&pair.a, &pair.b]) {
                    if let Entry::Vacant(place) = titles.entry(key) {
                        let row = store.fact_of(key)?.map(|id| store.fact_row(&id)).transpose()?.flatten();
                        place.insert(row.map(|row| speech.title(row.kind, &row.title)).unwrap_or_default());
                    }
                }
                let by = |key: &EntryKey| {
                    providers.get(&key.connection).map(|name| speech.sent(name)).unwrap_or_default()
                };
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
                views.push(QuestionView {
                    also,
                    why: sentence(&speech, &pair.rule, &pair.evidence, Some(&first)),
                    first: side(&pair.a, &first)?,
                    second: side(&pair.b, &second)?,
                    pairs: u32::try_from(question.pairs.len()).unwrap_or(u32::MAX),
                    kind: question.kind.as_str().to_owned(),
                    id: question.id,
                });
            }
            Ok(views)
        })
        .await
    }

    pub(crate) async fn answer_question(
        &self,
        person: String,
        question: String,
        same: bool,
    ) -> Result<Decided, ApiError> {
        let verdict = if same { Verdict::Same } else { Verdict::Apart };
        let now = self.host.now();
        let decided = self
            .ask(move |store| {
                let person = PersonId(person);
                let asked = store.questions(&person)?.into_iter().find(|one| one.id == question);
                let Some(Question { pairs, .. }) = asked else { return Ok(None) };
                let Some(first) = pairs.first().map(|pair| pair.a.clone()) else { return Ok(None) };
                let decided: Vec<Decision> =
                    pairs.into_iter().map(|pair| Decision { a: pair.a, b: pair.b, verdict }).collect();
                let before = before(store, &person, &decided)?;
                store.decide(&person, &decided, now)?;
                Ok(Some((store.fact_of(&first)?, before)))
            })
            .await?;
        self.decided(decided)
    }

    pub(crate) async fn split_source(
        &self,
        person: String,
        fact: String,
        connection: String,
        resource: String,
    ) -> Result<Decided, ApiError> {
        let fact = self.own_fact(&person, fact).await?;
        let now = self.host.now();
        let split = self
            .ask(move |store| {
                let Some((person, members)) = members(store, &fact)? else { return Ok(None) };
                let (out, rest): (Vec<EntryKey>, Vec<EntryKey>) = members.into_iter().partition(|key| {
                    key.connection.0 == connection && format!("{}/{}", key.resource_type, key.id) == resource
                });
                let Some(stays) = rest.first().filter(|_| !out.is_empty()) else { return Ok(None) };
                let decided = each_with_each(&out, &rest, Verdict::Apart);
                let before = before(store, &person, &decided)?;
                store.decide(&person, &decided, now)?;
                Ok(Some((store.fact_of(stays)?, before)))
            })
            .await?;
        self.decided(split)
    }

    pub(crate) async fn join_facts(
        &self,
        person: String,
        fact: String,
        other: String,
    ) -> Result<Decided, ApiError> {
        let (fact, other) = (self.own_fact(&person, fact).await?, self.own_fact(&person, other).await?);
        let now = self.host.now();
        let joined = self
            .ask(move |store| {
                let (Some((person, ours)), Some((_, theirs))) =
                    (members(store, &fact)?, members(store, &other)?)
                else {
                    return Ok(None);
                };
                let Some(first) = ours.first().filter(|_| ours != theirs) else {
                    return Ok(None);
                };
                // Every pair, so that nothing that was once kept apart stands in the way.
                let decided = each_with_each(&ours, &theirs, Verdict::Same);
                let before = before(store, &person, &decided)?;
                store.decide(&person, &decided, now)?;
                Ok(Some((store.fact_of(first)?, before)))
            })
            .await?;
        self.decided(joined)
    }

    pub(crate) async fn undo(&self, person: String, undo: String) -> Result<(), ApiError> {
        let before: Before = serde_json::from_str(&undo).map_err(|e| self.misuse("undo", &e.to_string()))?;
        let now = self.host.now();
        self.ask(move |store| {
            let person = PersonId(person);
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
        person: String,
        fact: String,
        text: String,
    ) -> Result<Vec<TimelineRow>, ApiError> {
        let id = self.own_fact(&person, fact).await?;
        let owner = self.person(&person).await?;
        let person = owner.id.clone();
        let found = self
            .ask(move |store| {
                let Some(own) = store.fact_row(&id)? else { return Ok(None) };
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
                Ok(Some(rows))
            })
            .await?;
        let rows = found.ok_or_else(|| self.error("error-no-such"))?;
        let speech = self.speech(&owner);
        Ok(rows.iter().map(|found| row(&speech, found)).collect())
    }

    fn decided(&self, decided: Option<(Option<FactId>, Before)>) -> Result<Decided, ApiError> {
        let (fact, before) = decided.ok_or_else(|| self.error("error-no-such"))?;
        self.host.event(Event::Changed);
        Ok(Decided {
            fact: fact.map(|id| id.to_string()).unwrap_or_default(),
            undo: serde_json::to_string(&before).map_err(|e| self.error("error-internal").details(e))?,
        })
    }
}

fn members(store: &Store, fact: &FactId) -> Result<Option<(PersonId, Vec<EntryKey>)>, StoreError> {
    let (Some(person), Some((fact, _))) = (store.person_of(fact)?, store.fact(fact)?) else {
        return Ok(None);
    };
    Ok(Some((person, fact.members)))
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

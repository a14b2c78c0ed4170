//! What a person says about what is the same, what it belongs under and what to ask about: splitting, joining, moving, undoing.

pub(crate) mod conflicts;
pub(crate) mod sentence;
pub(crate) mod view;
pub(crate) mod wire;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use wholechart_fhir::Day;
use wholechart_record::{ConnectionId, Decision, EntryKey, FactId, PersonId, Verdict};
use wholechart_store::{FactRow, Filter, Store, StoreError};

use self::{
    view::sentence,
    wire::{AsksView, Decided, LikelyView},
};
use crate::{
    app::App,
    error::ApiError,
    host::Event,
    timeline::{
        view::{narrow, row},
        wire::TimelineRow,
    },
    undo::{Before, Undo},
    whose::own_fact,
    words::Speech,
};

/// How many records somebody is offered to join one with.
const CANDIDATES: usize = 30;
/// How many records of a kind are looked at for that; longer lists are for a search in words.
const LOOKED_AT: u32 = 5_000;

impl App {
    pub(crate) async fn asks(&self, person: PersonId) -> Result<AsksView, ApiError> {
        let conflicts = self.ask(move |store| store.undecided(&person)).await?;
        Ok(AsksView { conflicts: narrow(conflicts) })
    }

    pub(crate) async fn keep_apart(
        &self,
        person: PersonId,
        fact: FactId,
        other: FactId,
    ) -> Result<Decided, ApiError> {
        let now = self.host.now();
        let kept = self.ask(move |store| {
            let ours = members(store, &person, &fact)?;
            let theirs = members(store, &person, &other)?;
            let first = ours.first().filter(|_| ours != theirs).ok_or(StoreError::NoSuch("other fact"))?;
            decide(store, &person, &each_with_each(&ours, &theirs, Verdict::Apart), first, now)
        });
        self.decided(kept.await?)
    }

    pub(crate) async fn move_to_topic(
        &self,
        person: PersonId,
        fact: FactId,
        beside: Option<FactId>,
    ) -> Result<Decided, ApiError> {
        let now = self.host.now();
        let (moved, before) = self
            .ask(move |store| {
                let before = store.place(&person, &fact, beside.as_ref(), now)?;
                Ok((fact, before))
            })
            .await?;
        self.host.event(Event::Changed);
        self.with_undo(moved, &Undo::Placed(before))
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
        let undo: Undo =
            serde_json::from_str(&undo).map_err(|_| self.misuse("undo", "this undoes nothing"))?;
        match undo {
            Undo::Placed(before) => self.ask(move |store| store.place_back(&person, &before)).await?,
            Undo::Decided(before) => self.undecide(person, before).await?,
            Undo::Own(undo) => self.undo_own(person, undo).await?,
        }
        self.host.event(Event::Changed);
        Ok(())
    }

    async fn undecide(&self, person: PersonId, before: Before) -> Result<(), ApiError> {
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
            store.decide(&person, &again, now)?;
            Ok(())
        })
        .await
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
        self.with_undo(fact, &Undo::Decided(before))
    }

    fn with_undo(&self, fact: FactId, undo: &Undo) -> Result<Decided, ApiError> {
        Ok(Decided { fact, undo: self.undo_text(undo)? })
    }

    pub(crate) fn undo_text(&self, undo: &Undo) -> Result<String, ApiError> {
        serde_json::to_string(undo).map_err(|e| self.error("error-internal").details(e))
    }
}

/// What a fact is probably the same as, in words.
pub(crate) fn likely_views(
    speech: &Speech<'_>,
    store: &Store,
    fact: &FactRow,
) -> Result<Vec<LikelyView>, StoreError> {
    let title = speech.title(fact.kind, &fact.title);
    let mut views = Vec::new();
    for pair in store.likely_of(&fact.id)? {
        let other = pair.beside(&fact.id).map(|other| store.fact_row(other)).transpose()?.flatten();
        views.extend(other.map(|other| LikelyView {
            row: row(speech, &other),
            why: sentence(speech, &pair.why.rule, &pair.why.evidence, Some(&title)),
        }));
    }
    Ok(views)
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

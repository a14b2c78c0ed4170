//! What providers disagree about, in words, and what the person wishes done about it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use wholechart_fhir::{DateRole, EntryDate, FhirDate, Kind, StatusGroup, Title};
use wholechart_record::{
    About, Choice, Conflict, ConnectionId, EntryKey, FactId, PersonId, Says, Statement, Wish, wish,
};
use wholechart_store::{Store, StoreError};

use super::wire::{ConflictView, StatementView};
use crate::{app::App, error::ApiError, host::Event, providers, words::Speech};

impl App {
    pub(crate) async fn conflicts(&self, person: PersonId) -> Result<Vec<ConflictView>, ApiError> {
        let words = std::sync::Arc::clone(&self.words);
        let now = self.host.now();
        self.ask(move |store| {
            let speech = Speech::new(&words, store.person(&person)?.home_zone, now);
            conflict_views(&speech, store, &person, &store.conflicts(&person)?)
        })
        .await
    }

    pub(crate) async fn choose_conflict(
        &self,
        person: PersonId,
        conflict: String,
        wish: Option<Wish>,
    ) -> Result<(), ApiError> {
        let now = self.host.now();
        let known = self.ask(move |store| store.choose(&person, &conflict, wish, now)).await?;
        self.host.event(Event::Changed);
        if known { Ok(()) } else { Err(self.error("error-no-such")) }
    }
}

/// Disagreements in words.
pub(crate) fn conflict_views(
    speech: &Speech<'_>,
    store: &Store,
    person: &PersonId,
    conflicts: &[Conflict],
) -> Result<Vec<ConflictView>, StoreError> {
    if conflicts.is_empty() {
        return Ok(Vec::new());
    }
    let (providers, choices) = (providers::names(store)?, store.choices(person)?);
    let speaker = Speaker { speech: *speech, providers: &providers, choices: &choices };
    let mut views = Vec::with_capacity(conflicts.len());
    for conflict in conflicts {
        let mut facts = Vec::with_capacity(conflict.facts.len());
        for id in &conflict.facts {
            facts.extend(store.fact_row(id)?.map(|row| (row.kind, speech.title(row.kind, &row.title))));
        }
        let mut holds = BTreeMap::new();
        for key in conflict.keys() {
            holds.extend(store.fact_of(key)?.map(|id| (key.clone(), id)));
        }
        views.push(speaker.view(conflict, &facts, |key| holds.get(key).cloned()));
    }
    // The same order whatever the ids are.
    views.sort_by_cached_key(|one| {
        let said: Vec<_> = one
            .statements
            .iter()
            .map(|said| (said.provider.clone(), said.says.clone(), said.date.clone()))
            .collect();
        (one.about, one.kind, one.titles.clone(), one.sentence.clone(), said)
    });
    Ok(views)
}

/// A sentence for each disagreement that the person neither called settled nor wants to ask about. Kinds and titles of facts that
/// are not `known` are read.
pub(crate) fn open_sentences(
    speech: &Speech<'_>,
    store: &Store,
    person: &PersonId,
    conflicts: &[Conflict],
    known: &BTreeMap<&FactId, (Kind, &Title)>,
) -> Result<Vec<String>, StoreError> {
    let (providers, choices) = (providers::names(store)?, store.choices(person)?);
    let speaker = Speaker { speech: *speech, providers: &providers, choices: &choices };
    let mut open = Vec::new();
    for conflict in conflicts.iter().filter(|one| wish(&choices, one).is_none()) {
        let mut titles = BTreeSet::new();
        let mut kind = None;
        for id in &conflict.facts {
            let (of, title) = match known.get(id) {
                Some((of, title)) => (*of, speech.title(*of, title)),
                None => match store.fact_row(id)? {
                    Some(row) => (row.kind, speech.title(row.kind, &row.title)),
                    None => continue,
                },
            };
            kind.get_or_insert(of);
            titles.insert(title);
        }
        let (kind, titles) = (kind.unwrap_or(Kind::Other), titles.into_iter().collect::<Vec<_>>());
        let sentence = speaker.sentence(&speaker.in_order(conflict), kind, &titles);
        open.push((conflict.about, kind, titles, sentence));
    }
    // The same order whatever the ids are.
    open.sort();
    Ok(open.into_iter().map(|(_, _, _, sentence)| sentence).collect())
}

/// What is needed to put disagreements into words.
pub(crate) struct Speaker<'a> {
    pub(crate) speech: Speech<'a>,
    pub(crate) providers: &'a providers::Names,
    pub(crate) choices: &'a [Choice],
}

impl Speaker<'_> {
    /// `facts` are the kind and title of each fact concerned, in the conflict's order; `fact_of` finds the fact
    /// that holds an entry.
    pub(crate) fn view(
        &self,
        conflict: &Conflict,
        facts: &[(Kind, String)],
        fact_of: impl Fn(&EntryKey) -> Option<FactId>,
    ) -> ConflictView {
        let titles: BTreeSet<String> = facts.iter().map(|(_, title)| title.clone()).collect();
        let titles: Vec<String> = titles.into_iter().collect();
        let kind = facts.first().map_or(Kind::Other, |(kind, _)| *kind);
        let conflict = self.in_order(conflict);
        ConflictView {
            id: conflict.id(),
            about: conflict.about,
            kind,
            sentence: self.sentence(&conflict, kind, &titles),
            statements: conflict
                .statements
                .iter()
                .map(|said| StatementView {
                    connection: said.by.clone(),
                    provider: self.provider(&said.by),
                    says: says(&self.speech, said),
                    date: self.date(conflict.about, said),
                    fact: said.key.as_ref().and_then(&fact_of),
                })
                .collect(),
            wish: wish(self.choices, &conflict),
            titles,
        }
    }

    /// The same with what is said on one day in the order of its words, whatever the ids are.
    pub(crate) fn in_order(&self, conflict: &Conflict) -> Conflict {
        let mut conflict = conflict.clone();
        let about = conflict.about;
        conflict.statements.sort_by_cached_key(|one| {
            let day = one.date.as_ref().and_then(|date| date.start.as_ref()).map(FhirDate::own_day);
            let words = (says(&self.speech, one), self.provider(&one.by), self.date(about, one));
            (one.key.is_none(), Reverse(day), words)
        });
        conflict
    }

    pub(super) fn provider(&self, id: &ConnectionId) -> String {
        self.speech.sent(providers::name(self.providers, id))
    }

    fn date(&self, about: About, said: &Statement) -> Option<String> {
        // Stopped is the end and its reason, not the day on which that was written.
        if let Some(ended) = &said.ended {
            let on = ended.on.map(|day| self.speech.day(day));
            let why = ended.why.iter().map(|why| self.speech.value(None, why));
            return Some(on.into_iter().chain(why).collect::<Vec<_>>().join(", "));
        }
        // Where the statement is a date, it needs no other one beside it.
        let date = said.date.as_ref().filter(|_| !matches!(about, About::VaccineDay | About::BirthDate))?;
        // The day of an order that is over is that on which it was given, and not that on which it ended.
        let is_over = matches!(said.says, Says::Status(StatusGroup::Past | StatusGroup::Cancelled, _));
        if is_over && date.role == DateRole::Clinical && date.end.is_none() {
            // As a day, whether or not something was to begin on it.
            let day = EntryDate { field: String::new(), ..date.clone() };
            let day = Some(self.speech.entry_date(&day)).filter(|text| !text.is_empty())?;
            return Some(self.speech.words.with("date-of-what-is-over", &[("date", (&day).into())]));
        }
        Some(self.speech.entry_date(date)).filter(|text| !text.is_empty())
    }

    /// `Summit General Hospital: stopped (June 7, 2022)`, for paper.
    pub(crate) fn line(&self, about: About, said: &Statement) -> String {
        let (provider, says) = (self.provider(&said.by), says(&self.speech, said));
        let mut args = vec![("provider", (&provider).into()), ("statement", (&says).into())];
        match self.date(about, said) {
            Some(date) => {
                args.push(("date", (&date).into()));
                self.speech.words.with("conflict-statement-dated", &args)
            }
            None => self.speech.words.with("conflict-statement", &args),
        }
    }
}

pub(super) fn says(speech: &Speech<'_>, said: &Statement) -> String {
    match &said.says {
        Says::Status(group, sent) => speech.stated(*group, sent.as_deref()),
        Says::Title(title) => speech.part(title),
        Says::Value(found) => speech.found(found),
        Says::Date(date) => speech.value(None, date),
        Says::Dosing(dosings) => dosings.iter().map(|one| speech.dosage(one)).collect::<Vec<_>>().join("; "),
        Says::NoneKnown => speech.get("statement-none-known"),
        Says::NotListed => speech.get("statement-not-listed"),
    }
}

//! What providers disagree about, in words, and what the person wishes done about it.

use std::collections::BTreeMap;

use wholechart_record::{About, Choice, Conflict, ConnectionId, EntryKey, FactId, PersonId, Says, Statement};
use wholechart_store::{Store, StoreError};

use super::wire::{ConflictView, StatementView, Wish};
use crate::{app::App, error::ApiError, host::Event, words::Speech};

impl App {
    pub(crate) async fn conflicts(&self, person: String) -> Result<Vec<ConflictView>, ApiError> {
        let words = std::sync::Arc::clone(&self.words);
        let person = self.person(&person).await?;
        let now = self.host.now();
        self.ask(move |store| {
            let speech = Speech::new(&words, person.home_zone, now);
            conflict_views(&speech, store, &person.id, &store.conflicts(&person.id)?)
        })
        .await
    }

    pub(crate) async fn choose_conflict(
        &self,
        person: String,
        conflict: String,
        wish: Option<Wish>,
    ) -> Result<(), ApiError> {
        let wish = wish.map(|wish| match wish {
            Wish::Ask => wholechart_record::Wish::Ask,
            Wish::Settled => wholechart_record::Wish::Settled,
        });
        let now = self.host.now();
        let known = self.ask(move |store| store.choose(&PersonId(person), &conflict, wish, now)).await?;
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
    let (providers, choices) = (providers(store)?, store.choices(person)?);
    let speaker = Speaker { speech: *speech, providers: &providers, choices: &choices };
    let mut views = Vec::with_capacity(conflicts.len());
    for conflict in conflicts {
        let mut facts = Vec::with_capacity(conflict.facts.len());
        for id in &conflict.facts {
            facts.extend(
                store
                    .fact_row(id)?
                    .map(|row| (row.kind.as_str().to_owned(), speech.title(row.kind, &row.title))),
            );
        }
        let mut holds = BTreeMap::new();
        for key in conflict.keys() {
            holds.extend(store.fact_of(key)?.map(|id| (key.clone(), id)));
        }
        views.push(speaker.view(conflict, &facts, |key| holds.get(key).cloned()));
    }
    Ok(views)
}

pub(super) fn providers(store: &Store) -> Result<BTreeMap<ConnectionId, String>, StoreError> {
    Ok(store.connections(None)?.into_iter().map(|one| (one.id, one.name)).collect())
}

/// What is needed to put disagreements into words.
pub(crate) struct Speaker<'a> {
    pub(crate) speech: Speech<'a>,
    pub(crate) providers: &'a BTreeMap<ConnectionId, String>,
    pub(crate) choices: &'a [Choice],
}

impl Speaker<'_> {
    /// `facts` are the kind's name and title of each fact concerned, in the conflict's order; `fact_of` finds the fact
    /// that holds an entry.
    pub(crate) fn view(
        &self,
        conflict: &Conflict,
        facts: &[(String, String)],
        fact_of: impl Fn(&EntryKey) -> Option<FactId>,
    ) -> ConflictView {
        let mut titles: Vec<String> = Vec::new();
        for (_, title) in facts {
            if !titles.contains(title) {
                titles.push(title.clone());
            }
        }
        ConflictView {
            id: conflict.id(),
            about: conflict.about.as_str().to_owned(),
            kind: facts.first().map(|(kind, _)| kind.clone()).unwrap_or_default(),
            titles,
            sentence: self.sentence(conflict.about),
            statements: conflict
                .statements
                .iter()
                .map(|said| StatementView {
                    connection: said.by.to_string(),
                    provider: self.provider(&said.by),
                    says: says(&self.speech, said),
                    date: self.date(conflict.about, said),
                    fact: said.key.as_ref().and_then(&fact_of).map(|id| id.to_string()),
                })
                .collect(),
            wish: wholechart_record::wish(self.choices, conflict).map(|wish| match wish {
                wholechart_record::Wish::Ask => Wish::Ask,
                wholechart_record::Wish::Settled => Wish::Settled,
            }),
        }
    }

    fn sentence(&self, about: About) -> String {
        self.speech.get(&format!("conflict-{}", about.as_str()))
    }

    fn provider(&self, id: &ConnectionId) -> String {
        self.providers.get(id).map(|name| self.speech.sent(name)).unwrap_or_default()
    }

    fn date(&self, about: About, said: &Statement) -> Option<String> {
        // Where the date is what they say, it is not said twice; nobody's birth date has a date.
        let date = said.date.as_ref().filter(|_| !matches!(about, About::VaccineDay | About::BirthDate))?;
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

fn says(speech: &Speech<'_>, said: &Statement) -> String {
    match &said.says {
        Says::Status(group, sent) => speech.stated(*group, sent.as_deref()),
        Says::Title(title) => speech.part(title),
        Says::Value(found) => speech.found(found),
        Says::Date(date) => speech.value(None, date),
        Says::NotListed => speech.get("statement-not-listed"),
    }
}

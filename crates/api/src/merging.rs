//! What a person says about what is the same: questions, answers, splitting and joining.

use wholechart_record::{Decision, EntryKey, FactId, PersonId, Question, Verdict};
use wholechart_store::{Store, StoreError};

use crate::{
    app::App,
    wire::{ApiError, QuestionSide, QuestionView},
};

impl App {
    pub(crate) async fn questions(&self, person: String) -> Result<Vec<QuestionView>, ApiError> {
        let words = std::sync::Arc::clone(&self.words);
        self.ask(move |store| {
            let connections = store.connections(None)?;
            let provider = |key: &EntryKey| {
                connections
                    .iter()
                    .find(|c| c.id == key.connection)
                    .map(|c| c.name.clone())
                    .unwrap_or_default()
            };
            let side = |key: &EntryKey, title: &str| {
                Ok::<_, StoreError>(QuestionSide {
                    fact: store.fact_of(key)?.map(|id| id.to_string()).unwrap_or_default(),
                    title: title.to_owned(),
                    provider: provider(key),
                })
            };
            let mut views = Vec::new();
            for question in store.questions(&PersonId(person))? {
                let Some(pair) = question.pairs.first() else { continue };
                let args: Vec<(&str, crate::words::Arg<'_>)> = pair
                    .evidence
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str().into()))
                    .collect();
                views.push(QuestionView {
                    why: words.with(&format!("join-{}", pair.rule), &args),
                    first: side(&pair.a, &question.titles.0)?,
                    second: side(&pair.b, &question.titles.1)?,
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
    ) -> Result<(), ApiError> {
        let verdict = if same { Verdict::Same } else { Verdict::Apart };
        let now = self.host.now();
        let known = self
            .ask(move |store| {
                let person = PersonId(person);
                let asked = store.questions(&person)?.into_iter().find(|one| one.id == question);
                let Some(Question { pairs, .. }) = asked else { return Ok(false) };
                let decided: Vec<Decision> =
                    pairs.into_iter().map(|pair| Decision { a: pair.a, b: pair.b, verdict }).collect();
                store.decide(&person, &decided, now)?;
                Ok(true)
            })
            .await?;
        if known { Ok(()) } else { Err(self.error("error-no-such")) }
    }

    pub(crate) async fn split_source(
        &self,
        fact: String,
        connection: String,
        resource: String,
    ) -> Result<String, ApiError> {
        let now = self.host.now();
        let split = self
            .ask(move |store| {
                let Some((person, members)) = members(store, &FactId(fact))? else { return Ok(None) };
                let (out, rest): (Vec<EntryKey>, Vec<EntryKey>) = members.into_iter().partition(|key| {
                    key.connection.0 == connection && format!("{}/{}", key.resource_type, key.id) == resource
                });
                let Some(first) = out.first().filter(|_| !rest.is_empty()) else { return Ok(None) };
                store.decide(&person, &each_with_each(&out, &rest, Verdict::Apart), now)?;
                store.fact_of(first)
            })
            .await?;
        split.map(|id| id.to_string()).ok_or_else(|| self.error("error-no-such"))
    }

    pub(crate) async fn join_facts(&self, fact: String, other: String) -> Result<String, ApiError> {
        let now = self.host.now();
        let joined = self
            .ask(move |store| {
                let (Some((person, ours)), Some((whose, theirs))) =
                    (members(store, &FactId(fact))?, members(store, &FactId(other))?)
                else {
                    return Ok(None);
                };
                let Some(first) = ours.first().filter(|_| person == whose && ours != theirs) else {
                    return Ok(None);
                };
                // Every pair, so that nothing that was once kept apart stands in the way.
                store.decide(&person, &each_with_each(&ours, &theirs, Verdict::Same), now)?;
                store.fact_of(first)
            })
            .await?;
        joined.map(|id| id.to_string()).ok_or_else(|| self.error("error-no-such"))
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

//! What providers change in their records while they run: something new, corrected, withdrawn, removed.
//!
//! The story stays as it is written; changes lie over it and are gone with the process. With the feature `faults`
//! only, which is for tests.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::story::{Release, Source, Story, Telling};

/// A change of one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Amendment {
    /// Something is added.
    Add,
    /// What was said is said otherwise.
    Correct,
    /// It is called entered in error.
    EnterInError,
    /// It is told no more, without a word.
    Remove,
}

/// What was changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amended {
    /// The base's release.
    pub release: Release,
    /// The FHIR type.
    pub resource_type: String,
    /// The id.
    pub id: String,
    /// How.
    pub what: Amendment,
}

/// Types that change here: each is searched for by patient, has a `status`, and is pointed to by little.
const TYPES: &[&str] = &["Observation", "Immunization", "Procedure", "MedicationStatement"];

type Place = (Source, String, String);

/// Changes over a story.
#[derive(Debug, Default)]
pub(crate) struct Changes(RwLock<Over>);

#[derive(Debug, Default)]
struct Over {
    /// `None`: removed.
    instead: HashMap<Place, Option<Arc<Telling>>>,
    added: Vec<Arc<Telling>>,
}

/// A resource of the story, or what is told instead of it.
#[derive(Debug, Clone)]
pub(crate) enum Told<'s> {
    Story(&'s Telling),
    Later(Arc<Telling>),
}

impl Deref for Told<'_> {
    type Target = Telling;

    fn deref(&self) -> &Telling {
        match self {
            Told::Story(telling) => telling,
            Told::Later(telling) => telling,
        }
    }
}

fn place(telling: &Telling) -> Place {
    (telling.source(), telling.resource_type().to_owned(), telling.id().to_owned())
}

impl Changes {
    pub(crate) fn find<'s>(
        &self,
        story: &'s Story,
        source: Source,
        resource_type: &str,
        id: &str,
    ) -> Option<Told<'s>> {
        let over = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let at = (source, resource_type.to_owned(), id.to_owned());
        if let Some(instead) = over.instead.get(&at) {
            return instead.clone().map(Told::Later);
        }
        if let Some(added) = over.added.iter().find(|telling| place(telling) == at) {
            return Some(Told::Later(Arc::clone(added)));
        }
        story.find(source, resource_type, id).map(Told::Story)
    }

    /// Newest first, as the story has them.
    pub(crate) fn of_type<'s>(
        &self,
        story: &'s Story,
        source: Source,
        resource_type: &'s str,
    ) -> Vec<Told<'s>> {
        let over = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let is_of =
            |telling: &Telling| telling.source() == source && telling.resource_type() == resource_type;
        let now = |told: Told<'s>| match over.instead.get(&place(&told)) {
            Some(instead) => instead.clone().map(Told::Later),
            None => Some(told),
        };
        let added = over.added.iter().rev().filter(|telling| is_of(telling)).cloned().map(Told::Later);
        added.chain(story.of_type(source, resource_type).map(Told::Story)).filter_map(now).collect()
    }

    /// Changes a resource that `seed` chooses. `None` where nothing is left that could be changed so.
    pub(crate) fn amend(
        &self,
        story: &Story,
        sources: &[Source],
        what: Amendment,
        seed: u64,
        at: DateTime<Utc>,
    ) -> Option<Amended> {
        let mut candidates: Vec<Arc<Telling>> = Vec::new();
        for source in sources {
            for resource_type in TYPES {
                let told = self.of_type(story, *source, resource_type);
                candidates.extend(
                    told.into_iter().filter(|told| told.value()["status"] != "entered-in-error").map(
                        |told| match told {
                            Told::Story(telling) => Arc::new(telling.clone()),
                            Told::Later(telling) => telling,
                        },
                    ),
                );
            }
        }
        if candidates.is_empty() {
            return None;
        }
        // A multiplicative hash spreads seeds that follow one another (Knuth's constant).
        let spread = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let count = u64::try_from(candidates.len()).unwrap_or(u64::MAX);
        let chosen = &candidates[usize::try_from(spread % count).unwrap_or_default()];
        let mut over = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let telling = match what {
            Amendment::Add => {
                let number = over.added.len() + 1;
                let added = chosen.rewritten(at, |value| add(value, number, at));
                over.added.push(Arc::new(added));
                Arc::clone(over.added.last()?)
            }
            Amendment::Remove => {
                over.instead.insert(place(chosen), None);
                Arc::clone(chosen)
            }
            Amendment::Correct | Amendment::EnterInError => {
                let rewritten = chosen.rewritten(at, |value| {
                    if what == Amendment::Correct {
                        correct(value, seed);
                    } else {
                        value["status"] = "entered-in-error".into();
                    }
                });
                over.instead.insert(place(chosen), Some(Arc::new(rewritten)));
                Arc::clone(chosen)
            }
        };
        Some(Amended {
            release: telling.release(),
            resource_type: telling.resource_type().to_owned(),
            id: telling.id().to_owned(),
            what,
        })
    }
}

fn add(value: &mut Value, number: usize, at: DateTime<Utc>) {
    let id = format!("{}-{number}", value["id"].as_str().unwrap_or_default());
    value["id"] = id.into();
    let today = at.format("%Y-%m-%d").to_string();
    for name in ["effectiveDateTime", "occurrenceDateTime", "performedDateTime", "date"] {
        if value.get(name).is_some() {
            value[name] = today.clone().into();
        }
    }
    if value.get("performedPeriod").is_some() {
        value["performedPeriod"] = json!({ "start": today });
    }
}

fn correct(value: &mut Value, seed: u64) {
    if value["valueQuantity"].get("value").is_some() {
        value["valueQuantity"]["value"] = (40 + seed % 60).into();
        value["status"] = "amended".into();
    } else if value["resourceType"] == "Immunization" {
        value["lotNumber"] = format!("C{seed}").into();
    } else {
        let corrected = json!({ "url": "https://sample.example/corrected", "valueString": seed.to_string() });
        value["extension"] = json!([corrected]);
    }
}

//! What was chosen, kept inside the encrypted record: whether an assistant is answered in one setting, what of a person in one of
//! their own, which goes with them. What cannot be read allows nothing.

use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use wholechart_fhir::Kind;
use wholechart_record::{PersonId, Sensitive};
use wholechart_store::{Store, StoreError};

use super::{
    veil::Allowed,
    wire::{AssistantChoice, PersonShared},
};
use crate::summary::choices::SensitiveKind;

/// The setting that says whether an assistant is answered.
const ON: &str = "assistant";

fn of_person(person: &PersonId) -> String {
    format!("assistant {}", person.0)
}

impl From<&PersonShared> for Allowed {
    fn from(shared: &PersonShared) -> Self {
        let allows = |one: &&Sensitive| shared.sensitive.contains(&SensitiveKind::from(**one));
        Allowed {
            kinds: shared.kinds.iter().copied().collect(),
            sensitive: Sensitive::ALL.iter().filter(allows).copied().collect(),
        }
    }
}

pub(super) fn read(store: &Store) -> Result<AssistantChoice, StoreError> {
    let on = store.setting(ON)?.is_some_and(|kept| kept == true);
    let mut persons = Vec::new();
    for person in store.persons()? {
        let Some(kept) = store.setting(&of_person(&person.id))? else { continue };
        let kinds: Vec<Kind> = known(&kept["kinds"]);
        if !kinds.is_empty() {
            persons.push(PersonShared { person: person.id, kinds, sensitive: known(&kept["sensitive"]) });
        }
    }
    Ok(AssistantChoice { on, persons })
}

/// What this version knows of a list that a newer one may have written.
fn known<T: DeserializeOwned>(list: &Json) -> Vec<T> {
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(|one| serde_json::from_value(one.clone()).ok()).collect()
}

/// A person of whose record nothing may be handed out is forgotten here.
pub(super) fn write(store: &Store, choice: &AssistantChoice) -> Result<(), StoreError> {
    for one in &choice.persons {
        store.person(&one.person)?;
    }
    // What is taken away goes first: killed in between, less is allowed than was chosen and never more.
    if !choice.on {
        store.set_setting(ON, &Json::Null)?;
    }
    for person in store.persons()? {
        let shared = choice.persons.iter().find(|one| one.person == person.id && !one.kinds.is_empty());
        let kept = shared.map_or(Json::Null, |one| json!({"kinds": one.kinds, "sensitive": one.sensitive}));
        store.set_setting(&of_person(&person.id), &kept)?;
    }
    if choice.on {
        store.set_setting(ON, &true.into())?;
    }
    Ok(())
}

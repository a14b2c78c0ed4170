//! Whose a thing is that a host names by its id: no id opens the record of anybody but the person who is asked about.
//! What is another person's is refused as if it did not exist.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use wholechart_record::{ConnectionId, FactId, PersonId};
use wholechart_store::{Connection, Store, StoreError, VersionId};

pub(crate) fn own_fact(store: &Store, person: &PersonId, fact: &FactId) -> Result<(), StoreError> {
    let whose = store.person_of(fact)?;
    if whose.as_ref() == Some(person) { Ok(()) } else { Err(StoreError::NoSuch("fact")) }
}

pub(crate) fn own_version(store: &Store, person: &PersonId, version: VersionId) -> Result<(), StoreError> {
    let whose = store.person_of_version(version)?;
    if whose.as_ref() == Some(person) { Ok(()) } else { Err(StoreError::NoSuch("version")) }
}

pub(crate) fn own_connection(
    store: &Store,
    person: &PersonId,
    connection: &ConnectionId,
) -> Result<Connection, StoreError> {
    let known = store.connection(connection)?;
    known.filter(|known| known.person == *person).ok_or(StoreError::NoSuch("connection"))
}

/// When a person was born, as those say whose records name a day; `None` where they differ.
pub(crate) fn born_as_sent(store: &Store, person: &PersonId) -> Result<Option<NaiveDate>, StoreError> {
    let sent = store.patients(person)?;
    let known = sent.iter().filter_map(|sent| wholechart_sync::identity(&sent.bytes));
    Ok(the_only_day(known.filter_map(|one| one.birth_date)))
}

/// What all say who say anything; where they differ, nothing.
pub(crate) fn the_only(said: impl Iterator<Item = String>) -> Option<String> {
    let mut said: BTreeSet<String> = said.collect();
    if said.len() == 1 { said.pop_first() } else { None }
}

/// The same of days, of which a year or a month alone is none.
pub(crate) fn the_only_day(said: impl Iterator<Item = String>) -> Option<NaiveDate> {
    the_only(said)?.get(..10)?.parse().ok()
}

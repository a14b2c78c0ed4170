//! Whose a thing is that a host names by its id: no id opens the record of anybody but the person who is asked about.
//! What is another person's is refused as if it did not exist.

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

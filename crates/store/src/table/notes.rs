//! Table `note`: what a person wrote beside a record. Written by [`Store::set_note`]. A note is known by the key of the
//! entry it stands beside, so that it outlives syncing and rebuilding; it is deleted with its connection.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Transaction};
use wholechart_record::{ConnectionId, EntryKey, FactId, PersonId};

use super::facts;
use crate::rows::{json, json_at, millis};
use crate::{Store, StoreError};

impl Store {
    /// The person's own note beside a fact; notes written beside members that were apart then are joined.
    pub fn note(&self, fact: &FactId) -> Result<Option<String>, StoreError> {
        self.read(|db| {
            let Some((n, person)) = facts::number(db, fact)? else { return Ok(None) };
            let notes: Vec<String> = beside(db, &person, n)?.into_iter().map(|(_, text)| text).collect();
            Ok((!notes.is_empty()).then(|| notes.join("\n\n")))
        })
    }
}

/// Every note of a person, by the entry it stands beside.
pub(crate) fn of(db: &Sqlite, person: &PersonId) -> Result<HashMap<EntryKey, String>, StoreError> {
    let mut query = db.prepare_cached("SELECT about, text FROM note WHERE person = ?1")?;
    query.query_and_then([&person.0], |row| Ok((json_at(row, 0, "note")?, row.get(1)?)))?.collect()
}

/// Notes beside the members of a fact, in the order of their keys.
pub(crate) fn beside(
    db: &Sqlite,
    person: &PersonId,
    fact: i64,
) -> Result<Vec<(EntryKey, String)>, StoreError> {
    // Few people write notes: most often there is none, and this says so at once.
    let any = db.prepare_cached("SELECT 1 FROM note WHERE person = ?1 LIMIT 1")?.exists([&person.0])?;
    if !any {
        return Ok(Vec::new());
    }
    let mut one = db.prepare_cached("SELECT text FROM note WHERE person = ?1 AND about = ?2")?;
    let mut notes = Vec::new();
    for about in facts::member_keys(db, fact)? {
        let text: Option<String> = one.query_row((&person.0, json(&about)?), |row| row.get(0)).optional()?;
        notes.extend(text.map(|text| (about, text)));
    }
    Ok(notes)
}

/// The note beside an entry, with when it was written.
pub(crate) fn beside_entry(
    db: &Sqlite,
    person: &PersonId,
    about: &EntryKey,
) -> Result<Option<(i64, String)>, StoreError> {
    Ok(db
        .prepare_cached("SELECT at, text FROM note WHERE person = ?1 AND about = ?2")?
        .query_row((&person.0, json(about)?), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Keeps a note beside an entry.
pub(crate) fn put(
    tx: &Transaction<'_>,
    person: &PersonId,
    about: &EntryKey,
    text: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO note (person, about, text, at) VALUES (?1, ?2, ?3, ?4)")?.execute((
        &person.0,
        json(about)?,
        text,
        millis(at),
    ))?;
    Ok(())
}

/// Deletes the note beside an entry.
pub(crate) fn delete(tx: &Transaction<'_>, person: &PersonId, about: &EntryKey) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM note WHERE person = ?1 AND about = ?2")?
        .execute((&person.0, json(about)?))?;
    Ok(())
}

/// Deletes what was written beside the records of a connection that is forgotten.
pub(crate) fn forget(tx: &Transaction<'_>, connection: &ConnectionId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM note WHERE json_extract(about, '$.connection') = ?1", [&connection.0])?;
    Ok(())
}

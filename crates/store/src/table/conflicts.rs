//! Table `conflict`: where a person's providers disagree. Derived: written by the projection with the facts.

use std::collections::BTreeMap;

use rusqlite::{Connection as Sqlite, Transaction};
use wholechart_record::{Conflict, PersonId};

use crate::rows::{json, json_at};
use crate::{Store, StoreError};

impl Store {
    /// Where a person's providers disagree, sorted by what about, then by fact.
    pub fn conflicts(&self, person: &PersonId) -> Result<Vec<Conflict>, StoreError> {
        let mut found = self.read(|db| conflicts(db, person))?;
        found.sort_by(|a, b| (a.about, &a.facts).cmp(&(b.about, &b.facts)));
        Ok(found)
    }
}

/// Where a person's providers disagree, sorted by id.
pub(crate) fn conflicts(db: &Sqlite, person: &PersonId) -> Result<Vec<Conflict>, StoreError> {
    let mut query = db.prepare_cached("SELECT json FROM conflict WHERE person = ?1 ORDER BY id")?;
    query.query_and_then([&person.0], |row| json_at(row, 0, "conflict"))?.collect()
}

/// One disagreement.
pub(crate) fn conflict(db: &Sqlite, person: &PersonId, id: &str) -> Result<Option<Conflict>, StoreError> {
    let mut query = db.prepare_cached("SELECT json FROM conflict WHERE person = ?1 AND id = ?2")?;
    query.query_and_then((&person.0, id), |row| json_at(row, 0, "conflict"))?.next().transpose()
}

/// How many disagreements a person's providers have.
pub(crate) fn count(db: &Sqlite, person: &PersonId) -> Result<u64, StoreError> {
    let mut query = db.prepare_cached("SELECT count(*) FROM conflict WHERE person = ?1")?;
    Ok(query.query_row([&person.0], |row| row.get(0))?)
}

/// Writes the disagreements that differ from those there. True when any did.
pub(crate) fn write(
    tx: &Transaction<'_>,
    person: &PersonId,
    conflicts: &[&Conflict],
) -> Result<bool, StoreError> {
    let fresh: BTreeMap<String, String> =
        conflicts.iter().map(|one| Ok((one.id(), json(one)?))).collect::<Result<_, StoreError>>()?;
    let known: BTreeMap<String, String> = tx
        .prepare_cached("SELECT id, json FROM conflict WHERE person = ?1")?
        .query_map([&person.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut delete = tx.prepare_cached("DELETE FROM conflict WHERE person = ?1 AND id = ?2")?;
    for id in known.keys().filter(|id| !fresh.contains_key(*id)) {
        delete.execute((&person.0, id))?;
    }
    let mut insert = tx.prepare_cached(
        "INSERT INTO conflict (person, id, json) VALUES (?1, ?2, ?3)
         ON CONFLICT (person, id) DO UPDATE SET json = excluded.json",
    )?;
    for (id, text) in fresh.iter().filter(|(id, text)| known.get(*id) != Some(*text)) {
        insert.execute((&person.0, id, text))?;
    }
    Ok(fresh != known)
}

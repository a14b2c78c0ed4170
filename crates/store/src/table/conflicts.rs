//! Table `conflict`: where a person's providers disagree. Derived: written by the projection with the facts.

use rusqlite::{Connection as Sqlite, Transaction};
use wholechart_record::{Conflict, Fact, PersonId};

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

/// Writes the disagreements that a fact tells, with the fact; they go with it.
pub(crate) fn insert(tx: &Transaction<'_>, person: &PersonId, n: i64, fact: &Fact) -> Result<(), StoreError> {
    for conflict in fact.disagreements() {
        tx.prepare_cached(
            "INSERT OR REPLACE INTO conflict (person, id, fact, json) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((&person.0, conflict.id(), n, json(conflict)?))?;
    }
    Ok(())
}

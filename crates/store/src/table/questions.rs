//! Tables `question` and `conflict`: what waits for a person's answer, and where their providers disagree. Derived:
//! written by the projection with the facts.

use std::collections::BTreeMap;

use rusqlite::{Connection as Sqlite, Transaction};
use serde::de::DeserializeOwned;
use wholechart_record::{Conflict, PersonId, Question};

use crate::rows::{json, json_at};
use crate::{Store, StoreError};

impl Store {
    /// Where a person's providers disagree, sorted by what about, then by fact.
    pub fn conflicts(&self, person: &PersonId) -> Result<Vec<Conflict>, StoreError> {
        let mut found = self.read(|db| conflicts(db, person))?;
        found.sort_by(|a, b| (a.about, &a.facts).cmp(&(b.about, &b.facts)));
        Ok(found)
    }

    /// What waits for an answer of this person, sorted by id.
    pub fn questions(&self, person: &PersonId) -> Result<Vec<Question>, StoreError> {
        self.read(|db| list(db, "question", person))
    }
}

/// Where a person's providers disagree, sorted by id.
pub(crate) fn conflicts(db: &Sqlite, person: &PersonId) -> Result<Vec<Conflict>, StoreError> {
    list(db, "conflict", person)
}

/// One disagreement.
pub(crate) fn conflict(db: &Sqlite, person: &PersonId, id: &str) -> Result<Option<Conflict>, StoreError> {
    let mut query = db.prepare_cached("SELECT json FROM conflict WHERE person = ?1 AND id = ?2")?;
    query.query_and_then((&person.0, id), |row| json_at(row, 0, "conflict"))?.next().transpose()
}

/// How many disagreements a person's providers have.
pub(crate) fn count_conflicts(db: &Sqlite, person: &PersonId) -> Result<u64, StoreError> {
    count_of(db, "conflict", person)
}

/// How many questions wait for a person's answer.
pub(crate) fn count(db: &Sqlite, person: &PersonId) -> Result<u64, StoreError> {
    count_of(db, "question", person)
}

fn count_of(db: &Sqlite, table: &'static str, person: &PersonId) -> Result<u64, StoreError> {
    let mut query = db.prepare_cached(&format!("SELECT count(*) FROM {table} WHERE person = ?1"))?;
    Ok(query.query_row([&person.0], |row| row.get(0))?)
}

/// What `table` holds of a person, sorted by id.
fn list<T: DeserializeOwned>(
    db: &Sqlite,
    table: &'static str,
    person: &PersonId,
) -> Result<Vec<T>, StoreError> {
    let mut query = db.prepare_cached(&format!("SELECT json FROM {table} WHERE person = ?1 ORDER BY id"))?;
    query.query_and_then([&person.0], |row| json_at(row, 0, table))?.collect()
}

/// Writes the questions that differ from those there. True when any did.
pub(crate) fn write_questions(
    tx: &Transaction<'_>,
    person: &PersonId,
    questions: &[Question],
) -> Result<bool, StoreError> {
    let fresh =
        questions.iter().map(|one| Ok((one.id.clone(), json(one)?))).collect::<Result<_, StoreError>>()?;
    write_list(tx, "question", person, fresh)
}

/// Writes the disagreements that differ from those there. True when any did.
pub(crate) fn write_conflicts(
    tx: &Transaction<'_>,
    person: &PersonId,
    conflicts: &[&Conflict],
) -> Result<bool, StoreError> {
    let fresh = conflicts.iter().map(|one| Ok((one.id(), json(one)?))).collect::<Result<_, StoreError>>()?;
    write_list(tx, "conflict", person, fresh)
}

fn write_list(
    tx: &Transaction<'_>,
    table: &'static str,
    person: &PersonId,
    fresh: BTreeMap<String, String>,
) -> Result<bool, StoreError> {
    let known: BTreeMap<String, String> = tx
        .prepare_cached(&format!("SELECT id, json FROM {table} WHERE person = ?1"))?
        .query_map([&person.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut delete = tx.prepare_cached(&format!("DELETE FROM {table} WHERE person = ?1 AND id = ?2"))?;
    for id in known.keys().filter(|id| !fresh.contains_key(*id)) {
        delete.execute((&person.0, id))?;
    }
    let mut insert = tx.prepare_cached(&format!(
        "INSERT INTO {table} (person, id, json) VALUES (?1, ?2, ?3)
         ON CONFLICT (person, id) DO UPDATE SET json = excluded.json"
    ))?;
    for (id, text) in fresh.iter().filter(|(id, text)| known.get(*id) != Some(*text)) {
        insert.execute((&person.0, id, text))?;
    }
    Ok(fresh != known)
}

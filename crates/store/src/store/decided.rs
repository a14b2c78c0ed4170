//! What a person decided about what is the same, and the questions that wait for them.

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Transaction};
use wholechart_record::{ConnectionId, Decision, EntryKey, FactId, PersonId, Question};

use super::Store;
use super::connections::find_person;
use super::facts::refresh;
use super::rows::{from_json, from_word, json, millis, word};
use crate::StoreError;

impl Store {
    /// Keeps what a person decided and puts the facts together anew, in one transaction. A later decision about the
    /// same two entries replaces the earlier one. True when any fact or question changed.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an unknown person.
    pub fn decide(
        &self,
        person: &PersonId,
        decided: &[Decision],
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        self.write(|tx| {
            find_person(tx, person)?;
            let mut insert = tx.prepare_cached(
                "INSERT INTO decision (person, a, b, verdict, at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (person, a, b) DO UPDATE SET verdict = excluded.verdict, at = excluded.at",
            )?;
            for Decision { a, b, verdict } in decided {
                let (a, b) = if a <= b { (a, b) } else { (b, a) };
                insert.execute((&person.0, json(a)?, json(b)?, word(*verdict)?, millis(at)))?;
            }
            refresh(tx, person)
        })
    }

    /// Everything a person decided, in the order of the entries' keys as text.
    pub fn decisions(&self, person: &PersonId) -> Result<Vec<Decision>, StoreError> {
        self.read(|db| decisions(db, person))
    }

    /// What waits for an answer of this person, sorted by id.
    pub fn questions(&self, person: &PersonId) -> Result<Vec<Question>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached("SELECT json FROM question WHERE person = ?1 ORDER BY id")?;
            let mut rows = query.query([&person.0])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(from_json(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, "question")?);
            }
            Ok(found)
        })
    }

    /// The fact an entry belongs to.
    pub fn fact_of(&self, key: &EntryKey) -> Result<Option<FactId>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached(
                    "SELECT f.id FROM connection c JOIN source s ON s.connection = c.n JOIN resource r ON r.source = s.n
                     JOIN fact_member m ON m.resource = r.n JOIN fact f ON f.n = m.fact
                     WHERE c.id = ?1 AND s.base = ?2 AND s.release = ?3 AND r.type = ?4 AND r.fhir_id = ?5",
                )?
                .query_row(
                    (&key.connection.0, &key.base, key.release.as_str(), &key.resource_type, &key.id),
                    |row| row.get(0).map(FactId),
                )
                .optional()?)
        })
    }

    /// Whose fact it is.
    pub fn person_of(&self, fact: &FactId) -> Result<Option<PersonId>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached("SELECT person FROM fact WHERE id = ?1")?
                .query_row([&fact.0], |row| row.get(0).map(PersonId))
                .optional()?)
        })
    }
}

pub(super) fn decisions(db: &Sqlite, person: &PersonId) -> Result<Vec<Decision>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT a, b, verdict FROM decision WHERE person = ?1 ORDER BY a, b")?;
    let mut rows = query.query([&person.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Decision {
            a: from_json(&row.get::<_, String>(0)?, "decision")?,
            b: from_json(&row.get::<_, String>(1)?, "decision")?,
            verdict: from_word(row.get(2)?, "verdict")?,
        });
    }
    Ok(found)
}

/// A connection that is forgotten takes along what was decided about its entries.
pub(super) fn forget(tx: &Transaction<'_>, connection: &ConnectionId) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM decision WHERE json_extract(a, '$.connection') = ?1 OR json_extract(b, '$.connection') = ?1",
        [&connection.0],
    )?;
    Ok(())
}

/// Writes the questions where they differ from those there. True when they did.
pub(super) fn write_questions(
    tx: &Transaction<'_>,
    person: &PersonId,
    questions: &[Question],
) -> Result<bool, StoreError> {
    let fresh: Vec<(String, String)> =
        questions.iter().map(|one| Ok((one.id.clone(), json(one)?))).collect::<Result<_, StoreError>>()?;
    let known: Vec<(String, String)> = tx
        .prepare_cached("SELECT id, json FROM question WHERE person = ?1 ORDER BY id")?
        .query_map([&person.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    if fresh == known {
        return Ok(false);
    }
    tx.execute("DELETE FROM question WHERE person = ?1", [&person.0])?;
    let mut insert = tx.prepare_cached("INSERT INTO question (person, id, json) VALUES (?1, ?2, ?3)")?;
    for (id, text) in &fresh {
        insert.execute((&person.0, id, text))?;
    }
    Ok(true)
}

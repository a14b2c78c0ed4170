//! What a person decided about what is the same and what to ask about, and what waits for them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Transaction};
use serde::de::DeserializeOwned;
use wholechart_record::{
    Choice, Conflict, ConnectionId, Decision, EntryKey, FactId, PersonId, Question, Wish, wish,
};

use super::Store;
use super::connections::find_person;
use super::facts;
use super::rows::{from_json, from_word, json, millis, word};
use crate::{StoreError, VersionId};

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
        self.project(person, |tx, slot| {
            find_person(tx, person)?;
            let mut insert = tx.prepare_cached(
                "INSERT INTO decision (person, a, b, verdict, at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (person, a, b) DO UPDATE SET verdict = excluded.verdict, at = excluded.at",
            )?;
            for Decision { a, b, verdict } in decided {
                let (a, b) = if a <= b { (a, b) } else { (b, a) };
                insert.execute((&person.0, json(a)?, json(b)?, word(*verdict)?, millis(at)))?;
            }
            facts::after(tx, person, slot, |merger| merger.decide(decided))
        })
    }

    /// Takes back what a person decided about these pairs: the rules speak again. True when any fact or question
    /// changed.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an unknown person.
    pub fn undecide(&self, person: &PersonId, pairs: &[(EntryKey, EntryKey)]) -> Result<bool, StoreError> {
        self.project(person, |tx, slot| {
            find_person(tx, person)?;
            let mut delete =
                tx.prepare_cached("DELETE FROM decision WHERE person = ?1 AND a = ?2 AND b = ?3")?;
            for (a, b) in pairs {
                let (a, b) = if a <= b { (a, b) } else { (b, a) };
                delete.execute((&person.0, json(a)?, json(b)?))?;
            }
            facts::after(tx, person, slot, |merger| merger.forget(pairs))
        })
    }

    /// Where a person's providers disagree, sorted by what about, then by fact.
    pub fn conflicts(&self, person: &PersonId) -> Result<Vec<Conflict>, StoreError> {
        let mut found: Vec<Conflict> = self.read(|db| list(db, "conflict", person))?;
        found.sort_by(|a, b| (a.about, &a.facts).cmp(&(b.about, &b.facts)));
        Ok(found)
    }

    /// Keeps what a person wishes done about a disagreement; none takes an earlier wish back. False where there is no
    /// such disagreement.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an unknown person.
    pub fn choose(
        &self,
        person: &PersonId,
        conflict: &str,
        wish: Option<Wish>,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        self.write(|tx| {
            find_person(tx, person)?;
            let found: Option<String> = tx
                .prepare_cached("SELECT json FROM conflict WHERE person = ?1 AND id = ?2")?
                .query_row((&person.0, conflict), |row| row.get(0))
                .optional()?;
            let Some(found) = found else { return Ok(false) };
            let found: Conflict = from_json(&found, "conflict")?;
            // What was said about it before, also when it had fewer tellers, is replaced.
            for (n, choice) in numbered_choices(tx, person)? {
                if choice.is_about(&found) {
                    tx.prepare_cached("DELETE FROM choice WHERE n = ?1")?.execute([n])?;
                }
            }
            if let Some(wish) = wish {
                let keys: Vec<&EntryKey> = found.keys().into_iter().collect();
                tx.prepare_cached(
                    "INSERT INTO choice (person, about, keys, wish, at) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute((
                    &person.0,
                    found.about.as_str(),
                    json(&keys)?,
                    word(wish)?,
                    millis(at),
                ))?;
            }
            Ok(true)
        })
    }

    /// What a person wishes done about disagreements, also about those that are over; the oldest wish first.
    pub fn choices(&self, person: &PersonId) -> Result<Vec<Choice>, StoreError> {
        self.read(|db| Ok(numbered_choices(db, person)?.into_iter().map(|(_, choice)| choice).collect()))
    }

    /// Everything a person decided, in the order of the entries' keys as text.
    pub fn decisions(&self, person: &PersonId) -> Result<Vec<Decision>, StoreError> {
        self.read(|db| decisions(db, person))
    }

    /// How many disagreements nothing was decided about, and how many questions wait.
    pub fn waiting(&self, person: &PersonId) -> Result<(u64, u64), StoreError> {
        self.read(|db| {
            let count = |table: &str| -> Result<u64, StoreError> {
                let sql = format!("SELECT count(*) FROM {table} WHERE person = ?1");
                Ok(db.prepare_cached(&sql)?.query_row([&person.0], |row| row.get(0))?)
            };
            let choices: Vec<Choice> =
                numbered_choices(db, person)?.into_iter().map(|(_, choice)| choice).collect();
            let undecided = if choices.is_empty() {
                count("conflict")?
            } else {
                let found: Vec<Conflict> = list(db, "conflict", person)?;
                found.iter().filter(|one| wish(&choices, one).is_none()).count() as u64
            };
            Ok((undecided, count("question")?))
        })
    }

    /// What waits for an answer of this person, sorted by id.
    pub fn questions(&self, person: &PersonId) -> Result<Vec<Question>, StoreError> {
        self.read(|db| list(db, "question", person))
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

    /// For whom a version was sent.
    pub fn person_of_version(&self, version: VersionId) -> Result<Option<PersonId>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached(
                    "SELECT c.person FROM version v JOIN resource r ON r.n = v.resource
                     JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection WHERE v.id = ?1",
                )?
                .query_row([version.0], |row| row.get(0).map(PersonId))
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

/// A connection that is forgotten takes along what was decided and wished about its entries.
pub(super) fn forget(tx: &Transaction<'_>, connection: &ConnectionId) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM decision WHERE json_extract(a, '$.connection') = ?1 OR json_extract(b, '$.connection') = ?1",
        [&connection.0],
    )?;
    tx.execute(
        "DELETE FROM choice WHERE EXISTS
            (SELECT 1 FROM json_each(keys) WHERE json_extract(value, '$.connection') = ?1)",
        [&connection.0],
    )?;
    Ok(())
}

fn numbered_choices(db: &Sqlite, person: &PersonId) -> Result<Vec<(i64, Choice)>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT n, about, keys, wish FROM choice WHERE person = ?1 ORDER BY n")?;
    let mut rows = query.query([&person.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let choice = Choice {
            about: from_word(row.get(1)?, "choice")?,
            keys: from_json(&row.get::<_, String>(2)?, "choice")?,
            wish: from_word(row.get(3)?, "choice")?,
        };
        found.push((row.get(0)?, choice));
    }
    Ok(found)
}

/// What `table` holds of a person, sorted by id.
fn list<T: DeserializeOwned>(
    db: &Sqlite,
    table: &'static str,
    person: &PersonId,
) -> Result<Vec<T>, StoreError> {
    let mut query = db.prepare_cached(&format!("SELECT json FROM {table} WHERE person = ?1 ORDER BY id"))?;
    let mut rows = query.query([&person.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(from_json(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, table)?);
    }
    Ok(found)
}

/// Writes the questions that differ from those there. True when any did.
pub(super) fn write_questions(
    tx: &Transaction<'_>,
    person: &PersonId,
    questions: &[Question],
) -> Result<bool, StoreError> {
    let fresh =
        questions.iter().map(|one| Ok((one.id.clone(), json(one)?))).collect::<Result<_, StoreError>>()?;
    write_list(tx, "question", person, fresh)
}

/// Writes the disagreements that differ from those there. True when any did.
pub(super) fn write_conflicts(
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

//! Tables `decision` and `choice`: what a person decided about what is the same, and what they wish done about
//! disagreements. Written by [`Store::decide`], [`Store::undecide`] and [`Store::choose`]. Entries go by their keys, so
//! both outlive syncing and rebuilding; they are deleted with the connections of their entries.

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, Row, Transaction};
use wholechart_record::{Choice, ConnectionId, Decision, EntryKey, PersonId, Wish, wish};

use super::{conflicts, people, placed};
use crate::rows::{from_word, json, json_at, millis, word};
use crate::{Store, StoreError};

impl Store {
    /// Keeps what a person wishes done about a disagreement; `None` takes an earlier wish back. False when there is no
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
            people::known(tx, person)?;
            let Some(found) = conflicts::conflict(tx, person, conflict)? else { return Ok(false) };
            // Earlier wishes about it are replaced, also those from when fewer entries disagreed.
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
        self.read(|db| choices_of(db, person))
    }

    /// Everything a person decided, in the order of the entries' keys as text.
    pub fn decisions(&self, person: &PersonId) -> Result<Vec<Decision>, StoreError> {
        self.read(|db| of(db, person))
    }

    /// How many disagreements nothing was decided about.
    pub fn undecided(&self, person: &PersonId) -> Result<u64, StoreError> {
        self.read(|db| {
            let choices = choices_of(db, person)?;
            if choices.is_empty() {
                return conflicts::count(db, person);
            }
            let found = conflicts::conflicts(db, person)?;
            Ok(found.iter().filter(|one| wish(&choices, one).is_none()).count() as u64)
        })
    }
}

/// Everything a person decided, in the order of the entries' keys as text.
pub(crate) fn of(db: &Sqlite, person: &PersonId) -> Result<Vec<Decision>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT a, b, verdict FROM decision WHERE person = ?1 ORDER BY a, b")?;
    let decision = |row: &Row<'_>| {
        Ok(Decision {
            a: json_at(row, 0, "decision")?,
            b: json_at(row, 1, "decision")?,
            verdict: from_word(row.get(2)?, "verdict")?,
        })
    };
    query.query_and_then([&person.0], decision)?.collect()
}

/// Keeps what a person decided about a pair, in the place of an earlier decision about the same two.
pub(crate) fn put(
    tx: &Transaction<'_>,
    person: &PersonId,
    decision: &Decision,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (a, b) = ordered(&decision.a, &decision.b);
    tx.prepare_cached(
        "INSERT INTO decision (person, a, b, verdict, at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (person, a, b) DO UPDATE SET verdict = excluded.verdict, at = excluded.at",
    )?
    .execute((&person.0, json(a)?, json(b)?, word(decision.verdict)?, millis(at)))?;
    Ok(())
}

/// Deletes what a person decided about a pair.
pub(crate) fn delete(
    tx: &Transaction<'_>,
    person: &PersonId,
    a: &EntryKey,
    b: &EntryKey,
) -> Result<(), StoreError> {
    let (a, b) = ordered(a, b);
    tx.prepare_cached("DELETE FROM decision WHERE person = ?1 AND a = ?2 AND b = ?3")?.execute((
        &person.0,
        json(a)?,
        json(b)?,
    ))?;
    Ok(())
}

/// A pair as it is stored: the smaller key first.
fn ordered<'k>(a: &'k EntryKey, b: &'k EntryKey) -> (&'k EntryKey, &'k EntryKey) {
    if a <= b { (a, b) } else { (b, a) }
}

/// Deletes what was decided and wished about the entries of a connection that is forgotten.
pub(crate) fn forget(tx: &Transaction<'_>, connection: &ConnectionId) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM decision WHERE json_extract(a, '$.connection') = ?1 OR json_extract(b, '$.connection') = ?1",
        [&connection.0],
    )?;
    tx.execute(
        "DELETE FROM choice WHERE EXISTS
            (SELECT 1 FROM json_each(keys) WHERE json_extract(value, '$.connection') = ?1)",
        [&connection.0],
    )?;
    placed::forget(tx, connection)
}

/// What a person wishes done about disagreements, the oldest wish first.
pub(crate) fn choices_of(db: &Sqlite, person: &PersonId) -> Result<Vec<Choice>, StoreError> {
    Ok(numbered_choices(db, person)?.into_iter().map(|(_, choice)| choice).collect())
}

fn numbered_choices(db: &Sqlite, person: &PersonId) -> Result<Vec<(i64, Choice)>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT n, about, keys, wish FROM choice WHERE person = ?1 ORDER BY n")?;
    let numbered = |row: &Row<'_>| {
        let choice = Choice {
            about: from_word(row.get(1)?, "choice")?,
            keys: json_at(row, 2, "choice")?,
            wish: from_word(row.get(3)?, "choice")?,
        };
        Ok((row.get(0)?, choice))
    };
    query.query_and_then([&person.0], numbered)?.collect()
}

//! Tables `answered`, `told` and `missing`: the newest complete answer of each question, which questions a resource
//! came as an answer to, and what is no longer reported. Written by a sync; not derived, because it cannot be made again
//! from `version`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Transaction};
use wholechart_record::{ConnectionId, EntryKey, PersonId};

use super::changes::{self, ChangeKind};
use super::connections::number;
use super::runs::{self, RunId};
use crate::key;
use crate::rows::{millis, moment};
use crate::{Store, StoreError};

/// The newest complete answer of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What it was asked as, and under which scopes, in the caller's form; never with a token.
    pub asked: String,
    /// The moment of that answer: what changed later is to be asked for.
    pub since: DateTime<Utc>,
    /// When the whole was last read, not only what changed.
    pub whole_at: DateTime<Utc>,
}

/// What a complete answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// The FHIR base without a trailing slash.
    pub base: String,
    /// Which question of the plan.
    pub question: String,
    /// As [`Answered::asked`].
    pub asked: String,
    /// As [`Answered::since`].
    pub since: DateTime<Utc>,
    /// The moment, when everything was read. `None` when only what changed was asked for.
    pub whole_at: Option<DateTime<Utc>>,
}

impl Store {
    /// The newest complete answer of every question of a connection, by (base, question).
    pub fn answered(
        &self,
        connection: &ConnectionId,
    ) -> Result<BTreeMap<(String, String), Answered>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT base, question, asked, since, whole_at FROM answered WHERE connection = ?1",
            )?;
            let rows = query.query_map([number(db, connection)?], |row| {
                let answered = Answered {
                    asked: row.get(2)?,
                    since: moment(row.get(3)?)?,
                    whole_at: moment(row.get(4)?)?,
                };
                Ok(((row.get(0)?, row.get(1)?), answered))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Draws the conclusions of a complete answer, in one transaction. Returns how many resources answer the question
    /// now, and how many were found to be no longer reported.
    ///
    /// After an answer that was read as a whole, what answered the question before and did not come again is marked
    /// as no longer reported, unless another question still brings it. After an answer with only what changed nothing
    /// is marked: such an answer cannot say what is gone. Nothing is ever deleted.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for a run that is not an unfinished one.
    pub fn conclude(&self, run: RunId, conclusion: &Conclusion) -> Result<(u32, u32), StoreError> {
        self.write(|tx| {
            let connection = runs::open(tx, run)?;
            let mut withdrawn = 0;
            if let Some(whole_at) = conclusion.whole_at {
                let gone: Vec<i64> = tx
                    .prepare_cached(
                        "DELETE FROM told WHERE question = ?1 AND run <> ?2 AND resource IN
                            (SELECT r.n FROM resource r JOIN source s ON s.n = r.source
                             WHERE s.connection = ?3 AND s.base = ?4)
                         RETURNING resource",
                    )?
                    .query_map((&conclusion.question, run.0, connection, &conclusion.base), |row| row.get(0))?
                    .collect::<Result<_, _>>()?;
                for resource in gone {
                    let elsewhere: bool = tx
                        .prepare_cached("SELECT EXISTS (SELECT 1 FROM told WHERE resource = ?1)")?
                        .query_row([resource], |row| row.get(0))?;
                    if elsewhere {
                        continue;
                    }
                    let marked = tx
                        .prepare_cached(
                            "INSERT INTO missing (resource, since) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                        )?
                        .execute((resource, millis(whole_at)))?;
                    if marked > 0 {
                        withdrawn += 1;
                        changes::note(tx, run, resource, ChangeKind::Withdrawn)?;
                    }
                }
            }
            tx.execute(
                "INSERT INTO answered (connection, base, question, asked, since, whole_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, coalesce(?6, ?5))
                 ON CONFLICT (connection, base, question) DO UPDATE SET asked = excluded.asked,
                    since = excluded.since, whole_at = coalesce(?6, whole_at)",
                (
                    connection,
                    &conclusion.base,
                    &conclusion.question,
                    &conclusion.asked,
                    millis(conclusion.since),
                    conclusion.whole_at.map(millis),
                ),
            )?;
            let held = tx.query_row(
                "SELECT count(*) FROM told t JOIN resource r ON r.n = t.resource JOIN source s ON s.n = r.source
                 WHERE t.question = ?1 AND s.connection = ?2 AND s.base = ?3",
                (&conclusion.question, connection, &conclusion.base),
                |row| row.get(0),
            )?;
            Ok((held, withdrawn))
        })
    }

    /// When it was noticed that a resource is no longer reported. `None` while it is reported.
    pub fn missing_since(&self, key: &EntryKey) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.read(|db| {
            let Some(resource) = key::resource(db, key)? else { return Ok(None) };
            Ok(db
                .prepare_cached("SELECT since FROM missing WHERE resource = ?1")?
                .query_row([resource], |row| moment(row.get(0)?))
                .optional()?)
        })
    }
}

/// Connections of a person that were asked for allergies and answered to the end: what they do not list, they do not
/// know.
pub(crate) fn asked_for_allergies(
    db: &Sqlite,
    person: &PersonId,
) -> Result<BTreeSet<ConnectionId>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT DISTINCT c.id FROM connection c JOIN answered a ON a.connection = c.n
         WHERE c.person = ?1 AND a.question = 'AllergyIntolerance'",
    )?;
    Ok(query.query_map([&person.0], |row| row.get(0).map(ConnectionId))?.collect::<Result<_, _>>()?)
}

/// Notes that a resource came as an answer to a question. What was no longer reported is reported again.
pub(crate) fn note(
    tx: &Transaction<'_>,
    resource: i64,
    question: &str,
    run: RunId,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO told (resource, question, run) VALUES (?1, ?2, ?3)
         ON CONFLICT (resource, question) DO UPDATE SET run = excluded.run WHERE run <> excluded.run",
    )?
    .execute((resource, question, run.0))?;
    let back = tx.prepare_cached("DELETE FROM missing WHERE resource = ?1")?.execute([resource])?;
    // When this run noted that it was gone, it only moved to another question. Else it came back.
    if back > 0 && !changes::take_back_withdrawn(tx, run, resource)? {
        changes::note(tx, run, resource, ChangeKind::Corrected)?;
    }
    Ok(())
}

/// A resource answers no question any more, and is missing from none.
pub(crate) fn forget(tx: &Transaction<'_>, resource: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM told WHERE resource = ?1")?.execute([resource])?;
    tx.prepare_cached("DELETE FROM missing WHERE resource = ?1")?.execute([resource])?;
    Ok(())
}

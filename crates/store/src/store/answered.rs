//! What follows from whole answers: from when on to ask next time, what is no longer reported, what a run changed.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction};
use wholechart_fhir::{Entry, StatusGroup};
use wholechart_record::{ConnectionId, EntryKey};

use super::Store;
use super::connections::number;
use super::rows::{KEY_COLUMNS, from_json, from_word, key, millis, moment, word};
use super::sync::open_run;
use crate::{Answered, Change, ChangeKind, Conclusion, FactRow, RunId, StoreError};

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

    /// Draws the conclusions of a complete answer, in one transaction; told how many resources answer the question
    /// now, and how many were found to be no longer reported.
    ///
    /// After an answer that was read as a whole, what answered the question before and did not come again is marked
    /// as no longer reported, unless another question still brings it. After one that told only what changed nothing
    /// is marked: such an answer cannot say what is gone. Nothing is ever deleted.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for a run that is not an unfinished one.
    pub fn conclude(&self, run: RunId, conclusion: &Conclusion) -> Result<(u32, u32), StoreError> {
        self.write(|tx| {
            let connection = open_run(tx, run)?;
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
                        changed(tx, run, resource, ChangeKind::Withdrawn)?;
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

    /// What a run changed so far; after it, its whole yield. A run that was killed and carried on counts as one.
    pub fn changes(&self, run: RunId) -> Result<Vec<Change>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT h.what, {KEY_COLUMNS} FROM change h JOIN resource r ON r.n = h.resource
                 JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection
                 WHERE h.run = ?1 ORDER BY h.resource"
            ))?;
            let mut rows = query.query([run.0])?;
            let mut changes = Vec::new();
            while let Some(row) = rows.next()? {
                changes.push(Change { what: from_word(row.get(0)?, "change")?, key: key(row, 1)? });
            }
            Ok(changes)
        })
    }

    /// The same as facts, by what became of them and day: each once, with the gravest of what became of its sources.
    /// Facts that no list shows (people, places) are left out.
    pub fn changed_facts(&self, run: RunId) -> Result<Vec<(FactRow, ChangeKind)>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT f.row, h.what FROM change h JOIN fact_member m ON m.resource = h.resource
                 JOIN fact f ON f.n = m.fact WHERE h.run = ?1 AND f.listed = 1 ORDER BY f.sort DESC, f.id",
            )?;
            let mut rows = query.query([run.0])?;
            let mut facts: Vec<(FactRow, ChangeKind)> = Vec::new();
            while let Some(row) = rows.next()? {
                let fact: FactRow = from_json(&row.get::<_, String>(0)?, "fact")?;
                let what: ChangeKind = from_word(row.get(1)?, "change")?;
                match facts.last_mut().filter(|(last, _)| last.id == fact.id) {
                    Some((_, known)) => *known = (*known).max(what),
                    None => facts.push((fact, what)),
                }
            }
            facts.sort_by_key(|(_, what)| std::cmp::Reverse(*what));
            Ok(facts)
        })
    }

    /// What a connection's provider no longer reports, with the moment that was noticed.
    pub fn no_longer_reported(
        &self,
        connection: &ConnectionId,
    ) -> Result<BTreeMap<EntryKey, DateTime<Utc>>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT m.since, {KEY_COLUMNS} FROM missing m JOIN resource r ON r.n = m.resource
                 JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection WHERE c.id = ?1"
            ))?;
            let mut rows = query.query([&connection.0])?;
            let mut missing = BTreeMap::new();
            while let Some(row) = rows.next()? {
                missing.insert(key(row, 1)?, moment(row.get(0)?)?);
            }
            Ok(missing)
        })
    }

    /// When it was noticed that one resource is no longer reported; none while it is.
    pub fn missing_since(&self, key: &EntryKey) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT m.since FROM missing m JOIN resource r ON r.n = m.resource JOIN source s ON s.n = r.source
                 JOIN connection c ON c.n = s.connection
                 WHERE c.id = ?1 AND s.base = ?2 AND s.release = ?3 AND r.type = ?4 AND r.fhir_id = ?5",
            )?;
            let names = (&key.connection.0, &key.base, key.release.as_str(), &key.resource_type, &key.id);
            Ok(query.query_row(names, |row| moment(row.get(0)?)).optional()?)
        })
    }
}

/// A resource came as an answer to a question. What was no longer reported is reported again.
pub(super) fn told(
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
    if back > 0 {
        // Moved to another question within one run: it was never gone. Else it came back.
        let noted = tx
            .prepare_cached("DELETE FROM change WHERE run = ?1 AND resource = ?2 AND what = 'withdrawn'")?
            .execute((run.0, resource))?;
        if noted == 0 {
            changed(tx, run, resource, ChangeKind::Corrected)?;
        }
    }
    Ok(())
}

/// Notes what a run did to a resource, as the last of all that was noticed. One that is new in this run stays new,
/// whatever follows.
pub(super) fn changed(
    tx: &Transaction<'_>,
    run: RunId,
    resource: i64,
    what: ChangeKind,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO change (run, resource, what) VALUES (?1, ?2,
            coalesce((SELECT what FROM change WHERE run = ?1 AND resource = ?2 AND what = 'new'), ?3))",
    )?
    .execute((run.0, resource, word(what)?))?;
    Ok(())
}

/// Whether this version says "entered in error" and the one before it did not.
pub(super) fn is_withdrawn_now(
    tx: &Transaction<'_>,
    resource: i64,
    entry: &Entry,
) -> Result<bool, StoreError> {
    if entry.status_group != StatusGroup::EnteredInError {
        return Ok(false);
    }
    let before: Option<String> = tx
        .prepare_cached("SELECT json FROM entry WHERE resource = ?1")?
        .query_row([resource], |row| row.get(0))
        .optional()?;
    let before: Option<Entry> = before.map(|text| from_json(&text, "entry")).transpose()?;
    Ok(before.is_none_or(|before| before.status_group != StatusGroup::EnteredInError))
}

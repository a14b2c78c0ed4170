//! What a sync writes: runs, pages with their checkpoint, the ledger. What it concludes from whole answers is in
//! `answered.rs`.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Row, Transaction};
use sha2::{Digest, Sha256};
use wholechart_fhir::{ContentHash, Entry, PageFault, Release, content_hash, split};
use wholechart_record::ConnectionId;

use super::connections::number;
use super::rows::{from_json, from_word, json, millis, moment, pack, unpack, word};
use super::{Store, answered, derive};
use crate::{
    ChangeKind, Contact, Incoming, LedgerRow, PageCommit, PageOutcome, QuestionProgress, Remark, Run, RunId,
    RunOutcome, StoreError, UnreadableBytes, UnreadableRow,
};

const RUN: &str = "SELECT r.id, c.id, r.started, r.finished, r.outcome
    FROM run r JOIN connection c ON c.n = r.connection WHERE c.id = ?1";

impl Store {
    /// Begins a run. An earlier run of the connection that was never finished is closed as `interrupted` and its
    /// checkpoint given up; to carry it on instead, use its [`Store::open_questions`] and go on committing to it.
    pub fn begin_run(&self, connection: &ConnectionId, started: DateTime<Utc>) -> Result<RunId, StoreError> {
        self.write(|tx| {
            let connection = number(tx, connection)?;
            tx.execute(
                "DELETE FROM checkpoint WHERE run IN (SELECT id FROM run WHERE connection = ?1 AND finished IS NULL)",
                [connection],
            )?;
            tx.execute(
                "UPDATE run SET finished = ?2, outcome = 'interrupted' WHERE connection = ?1 AND finished IS NULL",
                (connection, millis(started)),
            )?;
            tx.execute("INSERT INTO run (connection, started) VALUES (?1, ?2)", (connection, millis(started)))?;
            Ok(RunId(tx.last_insert_rowid()))
        })
    }

    /// The newest run of a connection. Not finished, and nobody syncing: it was killed and can be carried on.
    pub fn last_run(&self, connection: &ConnectionId) -> Result<Option<Run>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached(&format!("{RUN} ORDER BY r.id DESC LIMIT 1"))?
                .query_row([&connection.0], run)
                .optional()?)
        })
    }

    /// The newest run of a connection that came to its end by itself.
    pub fn last_finished_run(&self, connection: &ConnectionId) -> Result<Option<Run>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached(&format!(
                    "{RUN} AND r.finished IS NOT NULL AND r.outcome IS NOT 'interrupted' ORDER BY r.id DESC LIMIT 1"
                ))?
                .query_row([&connection.0], run)
                .optional()?)
        })
    }

    /// How far each question of an unfinished run got: those done as well, so that they are not asked again. A
    /// question without a committed page is not among them.
    pub fn open_questions(&self, run: RunId) -> Result<Vec<QuestionProgress>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT question, base, next, received FROM checkpoint WHERE run = ?1 ORDER BY base, question",
            )?;
            let rows = query.query_map([run.0], |row| {
                let next: Option<String> = row.get(2)?;
                Ok(QuestionProgress {
                    question: row.get(0)?,
                    base: row.get(1)?,
                    done: next.is_none(),
                    next,
                    received: row.get(3)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps one page: resources, versions, entries, and the cursor that comes after it, in one transaction.
    ///
    /// A resource whose content is that of its current version writes no row. Bytes that are not JSON are kept
    /// verbatim and named in the outcome. Facts follow with [`Store::refresh_facts`].
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for a run that is not an unfinished one of this connection. On any error nothing of the
    /// page is kept.
    pub fn commit_page(&self, page: PageCommit) -> Result<PageOutcome, StoreError> {
        self.commit_answer(page, &BTreeSet::new())
    }

    /// The same for a page of an answer that may be whole in the end: `matches` are the positions of the resources
    /// that answer the question, and did not only come along. [`Store::conclude`] judges by them.
    ///
    /// # Errors
    /// As [`Store::commit_page`].
    pub fn commit_answer(
        &self,
        page: PageCommit,
        matches: &BTreeSet<u64>,
    ) -> Result<PageOutcome, StoreError> {
        self.write(|tx| {
            let connection = open_run(tx, page.run)?;
            if connection != number(tx, &page.connection)? {
                return Err(StoreError::NoSuch("run"));
            }
            let mut outcome = PageOutcome::default();
            let mut source = find_source(tx, connection, &page)?;
            for incoming in &page.resources {
                let hash = content_hash(&incoming.bytes);
                let id = incoming.id.clone().unwrap_or_else(|| format!("sha256:{hash}"));
                let known = match source {
                    Some(source) => find_current(tx, source, &incoming.resource_type, &id)?,
                    None => None,
                };
                let is_match = matches.contains(&incoming.position);
                if let Some((resource, _)) = known.as_ref().filter(|(_, current)| *current == hash.0) {
                    outcome.unchanged += 1;
                    if is_match {
                        answered::told(tx, *resource, &page.question, page.run)?;
                    }
                    continue;
                }
                let entry = match derive::entry(&incoming.bytes, page.release, page.midnight_means_day) {
                    Ok(entry) => entry,
                    Err(_) => {
                        let fault = why_unreadable(&incoming.bytes);
                        keep_unreadable(tx, connection, &page, incoming.position, fault, &incoming.bytes)?;
                        outcome.unreadable.push((incoming.position, fault));
                        continue;
                    }
                };
                let resource = if let Some((resource, _)) = known {
                    outcome.changed += 1;
                    let withdrawn = answered::is_withdrawn_now(tx, resource, &entry)?;
                    let what = if withdrawn { ChangeKind::Withdrawn } else { ChangeKind::Corrected };
                    answered::changed(tx, page.run, resource, what)?;
                    resource
                } else {
                    let source = match source {
                        Some(source) => source,
                        None => *source.insert(add_source(tx, connection, &page)?),
                    };
                    tx.prepare_cached("INSERT INTO resource (source, type, fhir_id) VALUES (?1, ?2, ?3)")?
                        .execute((source, &incoming.resource_type, &id))?;
                    outcome.new += 1;
                    let resource = tx.last_insert_rowid();
                    if let Some(how) = &incoming.inferred {
                        tx.prepare_cached("INSERT INTO inferred (resource, how) VALUES (?1, ?2)")?
                            .execute((resource, json(how)?))?;
                    }
                    answered::changed(tx, page.run, resource, ChangeKind::New)?;
                    resource
                };
                if is_match {
                    answered::told(tx, resource, &page.question, page.run)?;
                }
                add_version(tx, resource, &page, &hash, incoming, &entry)?;
            }
            for UnreadableBytes { bytes, position, fault } in &page.unreadable {
                keep_unreadable(tx, connection, &page, *position, *fault, bytes)?;
                outcome.unreadable.push((*position, *fault));
            }
            tx.prepare_cached(
                "INSERT INTO checkpoint (run, base, question, next, received) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (run, base, question) DO UPDATE SET
                    next = excluded.next, received = received + excluded.received",
            )?
            .execute((
                page.run.0,
                &page.base,
                &page.question,
                &page.next,
                page.resources.len(),
            ))?;
            Ok(outcome)
        })
    }

    /// The release a resource is read as, where it is here already; of several the one it came as last. A file that
    /// says nothing is read as before, so that what comes again is the same resource.
    pub fn release_of(
        &self,
        connection: &ConnectionId,
        base: &str,
        resource_type: &str,
        id: &str,
    ) -> Result<Option<Release>, StoreError> {
        self.read(|db| {
            let word: Option<String> = db
                .prepare_cached(
                    "SELECT s.release FROM source s JOIN resource r ON r.source = s.n
                     WHERE s.connection = ?1 AND s.base = ?2 AND r.type = ?3 AND r.fhir_id = ?4
                     ORDER BY r.n DESC LIMIT 1",
                )?
                .query_row((number(db, connection)?, base, resource_type, id), |row| row.get(0))
                .optional()?;
            word.map(|word| from_word(word, "release")).transpose()
        })
    }

    /// Writes lines of the ledger, all or none; a second one for the same question, base and run replaces the first.
    pub fn record_answers(&self, run: RunId, rows: &[LedgerRow]) -> Result<(), StoreError> {
        self.write(|tx| {
            open_run(tx, run)?;
            let mut insert = tx.prepare_cached(
                "INSERT INTO answer
                    (run, base, question, label, asked, state, received, declared_total, message, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT (run, base, question) DO UPDATE SET label = excluded.label, asked = excluded.asked,
                    state = excluded.state, received = excluded.received, declared_total = excluded.declared_total,
                    message = excluded.message, at = excluded.at",
            )?;
            for row in rows {
                insert.execute((
                    run.0,
                    &row.base,
                    &row.question,
                    &row.label,
                    &row.asked,
                    word(row.state)?,
                    row.received,
                    row.declared_total,
                    (!row.remarks.is_empty()).then(|| json(&row.remarks)).transpose()?,
                    millis(row.at),
                ))?;
            }
            Ok(())
        })
    }

    /// Ends a run. Its checkpoint is not needed any more; its ledger stays.
    pub fn finish_run(
        &self,
        run: RunId,
        finished: DateTime<Utc>,
        outcome: RunOutcome,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            open_run(tx, run)?;
            tx.execute("DELETE FROM checkpoint WHERE run = ?1", [run.0])?;
            tx.execute(
                "UPDATE run SET finished = ?2, outcome = ?3 WHERE id = ?1",
                (run.0, millis(finished), word(outcome)?),
            )?;
            Ok(())
        })
    }

    /// The latest line of the ledger per question and base, in the order they were answered.
    pub fn ledger(&self, connection: &ConnectionId) -> Result<Vec<LedgerRow>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT a.question, a.label, a.base, a.asked, a.state, a.received, a.declared_total, a.message, a.at,
                    max(a.run)
                 FROM answer a JOIN run r ON r.id = a.run
                 WHERE r.connection = ?1 GROUP BY a.base, a.question ORDER BY a.at, a.base, a.question",
            )?;
            let mut rows = query.query([number(db, connection)?])?;
            let mut ledger = Vec::new();
            while let Some(row) = rows.next()? {
                ledger.push(LedgerRow {
                    question: row.get(0)?,
                    label: row.get(1)?,
                    base: row.get(2)?,
                    asked: row.get(3)?,
                    state: from_word(row.get(4)?, "answer")?,
                    received: row.get(5)?,
                    declared_total: row.get(6)?,
                    remarks: row.get::<_, Option<String>>(7)?.map(remarks).unwrap_or_default(),
                    at: moment(row.get(8)?)?,
                });
            }
            Ok(ledger)
        })
    }

    /// What was asked of each base of a connection, over all runs. What a server does not offer was not asked.
    pub fn contacts(&self, connection: &ConnectionId) -> Result<Vec<Contact>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT a.base, count(*), max(a.at), json_group_array(DISTINCT a.asked)
                 FROM answer a JOIN run r ON r.id = a.run
                 WHERE r.connection = ?1 AND a.asked != '' AND a.base != '' GROUP BY a.base ORDER BY min(a.at), a.base",
            )?;
            let mut rows = query.query([number(db, connection)?])?;
            let mut contacts = Vec::new();
            while let Some(row) = rows.next()? {
                let mut asked: Vec<String> = from_json(&row.get::<_, String>(3)?, "answer")?;
                asked.sort();
                contacts.push(Contact {
                    base: row.get(0)?,
                    questions: row.get(1)?,
                    last: moment(row.get(2)?)?,
                    asked,
                });
            }
            Ok(contacts)
        })
    }

    /// What came from a connection and could not be read, with its bytes.
    pub fn unreadable(&self, connection: &ConnectionId) -> Result<Vec<UnreadableRow>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT base, question, url, received_at, position, reason, length, bytes
                 FROM unreadable WHERE connection = ?1 ORDER BY n",
            )?;
            let mut rows = query.query([number(db, connection)?])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(UnreadableRow {
                    base: row.get(0)?,
                    question: row.get(1)?,
                    url: row.get(2)?,
                    received_at: moment(row.get(3)?)?,
                    position: row.get(4)?,
                    fault: serde_json::from_str(&row.get::<_, String>(5)?).ok(),
                    bytes: unpack(&row.get::<_, Vec<u8>>(7)?, row.get(6)?)?,
                });
            }
            Ok(found)
        })
    }
}

fn run(row: &Row<'_>) -> rusqlite::Result<Run> {
    Ok(Run {
        id: RunId(row.get(0)?),
        connection: ConnectionId(row.get(1)?),
        started: moment(row.get(2)?)?,
        finished: row.get::<_, Option<i64>>(3)?.map(moment).transpose()?,
        outcome: row.get::<_, Option<String>>(4)?.and_then(|word| from_word(word, "run").ok()),
    })
}

/// Earlier versions wrote one text, most often the server's.
fn remarks(text: String) -> Vec<Remark> {
    serde_json::from_str(&text).unwrap_or_else(|_| vec![Remark::Server { words: text }])
}

/// Why bytes that were taken for one resource are none.
fn why_unreadable(bytes: &[u8]) -> PageFault {
    split(bytes).problems.first().map_or(PageFault::NotAResource, |problem| problem.fault)
}

/// The connection (row number) of a run that is not finished.
pub(super) fn open_run(db: &Sqlite, run: RunId) -> Result<i64, StoreError> {
    db.prepare_cached("SELECT connection FROM run WHERE id = ?1 AND finished IS NULL")?
        .query_row([run.0], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NoSuch("run"))
}

fn find_source(tx: &Transaction<'_>, connection: i64, page: &PageCommit) -> Result<Option<i64>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT n FROM source WHERE connection = ?1 AND base = ?2 AND release = ?3")?
        .query_row((connection, &page.base, page.release.as_str()), |row| row.get(0))
        .optional()?)
}

fn add_source(tx: &Transaction<'_>, connection: i64, page: &PageCommit) -> Result<i64, StoreError> {
    tx.execute(
        "INSERT INTO source (connection, base, release) VALUES (?1, ?2, ?3)",
        (connection, &page.base, page.release.as_str()),
    )?;
    Ok(tx.last_insert_rowid())
}

/// The resource and the content hash of its current version.
fn find_current(
    tx: &Transaction<'_>,
    source: i64,
    resource_type: &str,
    id: &str,
) -> Result<Option<(i64, String)>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT r.n, v.hash FROM resource r JOIN version v ON v.resource = r.n
             WHERE r.source = ?1 AND r.type = ?2 AND r.fhir_id = ?3 ORDER BY v.id DESC LIMIT 1",
        )?
        .query_row((source, resource_type, id), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

fn add_version(
    tx: &Transaction<'_>,
    resource: i64,
    page: &PageCommit,
    hash: &ContentHash,
    incoming: &Incoming,
    entry: &Entry,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO version (resource, hash, received_at, url, midnight_day, length, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        resource,
        &hash.0,
        millis(page.received_at),
        &page.url,
        page.midnight_means_day,
        incoming.bytes.len(),
        pack(&incoming.bytes)?,
    ))?;
    let version = tx.last_insert_rowid();
    tx.prepare_cached(
        "INSERT INTO entry (resource, version, json) VALUES (?1, ?2, ?3)
         ON CONFLICT (resource) DO UPDATE SET version = excluded.version, json = excluded.json",
    )?
    .execute((resource, version, json(entry)?))?;
    tx.prepare_cached("INSERT INTO stale (resource) VALUES (?1) ON CONFLICT DO NOTHING")?
        .execute([resource])?;
    Ok(())
}

/// The same bytes are kept once.
fn keep_unreadable(
    tx: &Transaction<'_>,
    connection: i64,
    page: &PageCommit,
    position: u64,
    fault: PageFault,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let hash = hex::encode(Sha256::digest(bytes));
    let known: bool = tx
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM unreadable WHERE connection = ?1 AND hash = ?2)")?
        .query_row((connection, &hash), |row| row.get(0))?;
    if known {
        return Ok(());
    }
    tx.prepare_cached(
        "INSERT INTO unreadable
            (connection, base, question, url, received_at, position, reason, hash, length, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute((
        connection,
        &page.base,
        &page.question,
        &page.url,
        millis(page.received_at),
        position,
        json(&fault)?,
        &hash,
        bytes.len(),
        pack(bytes)?,
    ))?;
    Ok(())
}

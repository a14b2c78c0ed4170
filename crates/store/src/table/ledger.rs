//! Table `answer`, the ledger: what was asked in each run and what came. Written by a sync, kept for ever.

use chrono::{DateTime, Utc};
use wholechart_record::ConnectionId;

use super::connections::number;
use super::runs::{self, RunId};
use crate::rows::{json_at, millis, moment};
use crate::{Store, StoreError};

/// What was asked of a provider and what came: one line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// Which question of the plan.
    pub question: String,
    /// Key of its label in the word catalogue.
    pub label: String,
    /// The FHIR base it was asked of.
    pub base: String,
    /// What was asked, without tokens.
    pub asked: String,
    /// How it ended; the caller's word.
    pub state: String,
    /// Resources received.
    pub received: u32,
    /// What the server said there would be.
    pub declared_total: Option<u32>,
    /// The server's words, cleaned.
    pub message: Option<String>,
    /// When it was answered.
    pub at: DateTime<Utc>,
}

/// What was asked of one FHIR base, over all runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Without a trailing slash.
    pub base: String,
    /// Questions that were asked, each run's for itself.
    pub questions: u64,
    /// When the last answer came.
    pub last: DateTime<Utc>,
    /// What was asked, each once, without tokens; sorted.
    pub asked: Vec<String>,
}

impl Store {
    /// Writes lines of the ledger, all or none; a second one for the same question, base and run replaces the first.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for a run that is not an unfinished one.
    pub fn record_answers(&self, run: RunId, rows: &[LedgerRow]) -> Result<(), StoreError> {
        self.write(|tx| {
            runs::open(tx, run)?;
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
                    &row.state,
                    row.received,
                    row.declared_total,
                    &row.message,
                    millis(row.at),
                ))?;
            }
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
            let rows = query.query_map([number(db, connection)?], |row| {
                Ok(LedgerRow {
                    question: row.get(0)?,
                    label: row.get(1)?,
                    base: row.get(2)?,
                    asked: row.get(3)?,
                    state: row.get(4)?,
                    received: row.get(5)?,
                    declared_total: row.get(6)?,
                    message: row.get(7)?,
                    at: moment(row.get(8)?)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
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
            let contact = |row: &rusqlite::Row<'_>| {
                let mut asked: Vec<String> = json_at(row, 3, "answer")?;
                asked.sort();
                Ok(Contact { base: row.get(0)?, questions: row.get(1)?, last: moment(row.get(2)?)?, asked })
            };
            query.query_and_then([number(db, connection)?], contact)?.collect()
        })
    }
}

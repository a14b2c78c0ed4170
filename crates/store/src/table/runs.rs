//! Tables `run` and `checkpoint`: one sync or import, and how far each question of an unfinished one got. Written by a
//! sync: a checkpoint in the transaction of its page, and deleted when the run is finished.

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};
use wholechart_record::ConnectionId;

use super::connections::number;
use crate::rows::{from_word, millis, moment, word};
use crate::{Store, StoreError};

/// One run of a sync or an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub i64);

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunOutcome {
    /// Every question has its whole answer, or is not offered.
    Complete,
    /// Some question has not.
    Incomplete,
    /// The user stopped it.
    Cancelled,
    /// The provider ended the sign-in.
    SignInNeeded,
    /// The provider's patient is somebody else than was expected.
    OtherPatient,
    /// It was killed, and a later run closed it.
    Interrupted,
}

/// A run as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Which.
    pub id: RunId,
    /// Of which connection.
    pub connection: ConnectionId,
    /// When it began.
    pub started: DateTime<Utc>,
    /// When it ended. `None` while it runs, or when it was killed.
    pub finished: Option<DateTime<Utc>>,
    /// How it ended.
    pub outcome: Option<RunOutcome>,
}

/// A question of a run that has been asked, and how far it got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionProgress {
    /// Which question.
    pub question: String,
    /// Of which base.
    pub base: String,
    /// Where to go on. `None` when it is done.
    pub next: Option<String>,
    /// Answered to its end.
    pub done: bool,
    /// Resources received for it so far, in all pages.
    pub received: u32,
}

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

    /// The newest run of a connection. When it is not finished and nobody is syncing, it was killed and can be carried
    /// on.
    pub fn last_run(&self, connection: &ConnectionId) -> Result<Option<Run>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached(&format!("{RUN} ORDER BY r.id DESC LIMIT 1"))?
                .query_row([&connection.0], run)
                .optional()?)
        })
    }

    /// The newest run of a connection that was not interrupted.
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

    /// Ends a run. Its checkpoint is deleted; its ledger stays.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for a run that is not an unfinished one.
    pub fn finish_run(
        &self,
        run: RunId,
        finished: DateTime<Utc>,
        outcome: RunOutcome,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            open(tx, run)?;
            tx.execute("DELETE FROM checkpoint WHERE run = ?1", [run.0])?;
            tx.execute(
                "UPDATE run SET finished = ?2, outcome = ?3 WHERE id = ?1",
                (run.0, millis(finished), word(outcome)?),
            )?;
            Ok(())
        })?;
        self.came().retain(|(of, ..), _| *of != run.0);
        Ok(())
    }
}

/// The connection (row number) of a run that is not finished.
///
/// # Errors
/// [`StoreError::NoSuch`] for any other run.
pub(crate) fn open(db: &Sqlite, run: RunId) -> Result<i64, StoreError> {
    db.prepare_cached("SELECT connection FROM run WHERE id = ?1 AND finished IS NULL")?
        .query_row([run.0], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NoSuch("run"))
}

/// As [`open`], for a run that must be of this connection.
pub(crate) fn open_of(db: &Sqlite, run: RunId, connection: &ConnectionId) -> Result<i64, StoreError> {
    let of_run = open(db, run)?;
    if of_run == number(db, connection)? { Ok(of_run) } else { Err(StoreError::NoSuch("run")) }
}

/// Writes how far a question got: where its next page is, and how many more resources were received.
pub(crate) fn checkpoint(
    tx: &Transaction<'_>,
    run: RunId,
    base: &str,
    question: &str,
    next: Option<&str>,
    received: usize,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO checkpoint (run, base, question, next, received) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (run, base, question) DO UPDATE SET
            next = excluded.next, received = received + excluded.received",
    )?
    .execute((run.0, base, question, next, received))?;
    Ok(())
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

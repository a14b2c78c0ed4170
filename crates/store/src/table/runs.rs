//! Tables `run` and `checkpoint`: one sync or import, and how far each question of an unfinished one got. Written by a
//! sync: a checkpoint in the transaction of its page, and deleted when the run is finished.

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};
use wholechart_record::{ConnectionId, PersonId};

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
    /// An import that the person undid.
    Undone,
}

/// An import: all its runs, one for each source that it brought something of. The number is that of its first run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ImportId(pub i64);

/// An import that can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Pass it to [`Store::undo_import`].
    pub id: ImportId,
    /// Where what it brought is filed.
    pub connections: Vec<ConnectionId>,
    /// When it began.
    pub started: DateTime<Utc>,
    /// How many versions it brought, also those that others brought too.
    pub versions: u64,
    /// Every run of it came to its end.
    pub is_whole: bool,
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
        self.write(|tx| begin(tx, connection, started))
    }

    /// Begins a run of an import, which can be undone as a whole with [`Store::undo_import`]. `None` begins the import; its
    /// runs for further connections say which it is.
    pub fn begin_import(
        &self,
        connection: &ConnectionId,
        import: Option<ImportId>,
        started: DateTime<Utc>,
    ) -> Result<(RunId, ImportId), StoreError> {
        self.write(|tx| {
            let run = begin(tx, connection, started)?;
            let import = import.unwrap_or(ImportId(run.0));
            tx.execute("UPDATE run SET import = ?2 WHERE id = ?1", (run.0, import.0))?;
            Ok((run, import))
        })
    }

    /// A person's imports that can be undone, the newest first. Those of before this was kept are not among them.
    pub fn imports(&self, person: &PersonId) -> Result<Vec<Import>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT r.import, c.id, r.started, r.finished IS NOT NULL AND r.outcome IS NOT 'interrupted',
                    (SELECT count(*) FROM brought b WHERE b.run = r.id AND b.what = 'version')
                 FROM run r JOIN connection c ON c.n = r.connection
                 WHERE c.person = ?1 AND r.import IS NOT NULL AND r.outcome IS NOT 'undone'
                 ORDER BY r.import DESC, r.id",
            )?;
            let mut rows = query.query([&person.0])?;
            let mut imports: Vec<Import> = Vec::new();
            while let Some(row) = rows.next()? {
                let (id, connection) = (ImportId(row.get(0)?), ConnectionId(row.get(1)?));
                let (is_whole, versions): (bool, u64) = (row.get(3)?, row.get(4)?);
                match imports.last_mut().filter(|last| last.id == id) {
                    Some(last) => {
                        last.connections.push(connection);
                        last.versions += versions;
                        last.is_whole &= is_whole;
                    }
                    None => imports.push(Import {
                        id,
                        connections: vec![connection],
                        started: moment(row.get(2)?)?,
                        versions,
                        is_whole,
                    }),
                }
            }
            Ok(imports)
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

    /// The newest run of a connection that was neither interrupted nor undone.
    pub fn last_finished_run(&self, connection: &ConnectionId) -> Result<Option<Run>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached(&format!(
                    "{RUN} AND r.finished IS NOT NULL AND r.outcome NOT IN ('interrupted', 'undone') ORDER BY r.id DESC LIMIT 1"
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

fn begin(
    tx: &Transaction<'_>,
    connection: &ConnectionId,
    started: DateTime<Utc>,
) -> Result<RunId, StoreError> {
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

/// Whether a run is part of an import that can be undone.
pub(crate) fn is_of_import(db: &Sqlite, run: RunId) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached("SELECT import IS NOT NULL FROM run WHERE id = ?1")?
        .query_row([run.0], |row| row.get(0))?)
}

/// The runs of an import, with the row numbers of their connections; without those that were undone.
pub(crate) fn of_import(db: &Sqlite, import: ImportId) -> Result<Vec<(RunId, i64)>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT id, connection FROM run WHERE import = ?1 AND outcome IS NOT 'undone' ORDER BY id",
    )?;
    Ok(query.query_map([import.0], |row| Ok((RunId(row.get(0)?), row.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// Imports with a run that never came to its end, or that a later run closed, the newest first, and when they began.
pub(crate) fn unfinished_imports(db: &Sqlite) -> Result<Vec<(ImportId, DateTime<Utc>)>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT import, min(started) FROM run
         WHERE import IS NOT NULL AND (finished IS NULL OR outcome = 'interrupted') GROUP BY import ORDER BY import DESC",
    )?;
    let rows = query.query_map([], |row| Ok((ImportId(row.get(0)?), moment(row.get(1)?)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Deletes the runs of an import that was undone, with all that was told of them.
pub(crate) fn delete_undone(tx: &Transaction<'_>, import: ImportId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM run WHERE import = ?1 AND outcome = 'undone'", [import.0])?;
    Ok(())
}

/// Says that a run was undone.
pub(crate) fn set_undone(tx: &Transaction<'_>, run: RunId, at: DateTime<Utc>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM checkpoint WHERE run = ?1", [run.0])?;
    tx.execute(
        "UPDATE run SET outcome = 'undone', finished = coalesce(finished, ?2) WHERE id = ?1",
        (run.0, millis(at)),
    )?;
    Ok(())
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

//! Tables `sent` and `sent_in_all`: every request that left this computer, as [`Store::note_sent`] was told of it. The newest
//! lines are kept one by one, and all that there ever were are counted by host and purpose.
//!
//! They are a person's and a connection's and go with them. What was sent for nobody in particular has an empty text in the
//! place of the id.

use chrono::{DateTime, Utc};
use rusqlite::{Row, Transaction};
use wholechart_record::{ConnectionId, PersonId};

use crate::rows::{millis, moment};
use crate::{Store, StoreError};

/// Lines that are kept one by one.
pub const SENT_LINES: u32 = 10_000;

/// One request. No path, no query, nothing of what was sent or came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLine {
    /// When.
    pub at: DateTime<Utc>,
    /// Where to: a host, with a port that is not the usual one.
    pub host: String,
    /// Why, as a word of the caller's.
    pub why: String,
    /// For whom; `None`: for nobody in particular.
    pub person: Option<PersonId>,
    /// By which connection; `None`: there was none yet, or it is gone.
    pub connection: Option<ConnectionId>,
    /// The answer's status; `None`: no answer came.
    pub status: Option<u16>,
    /// Bytes sent.
    pub up: u64,
    /// Bytes received.
    pub down: u64,
}

/// All requests to a host for one purpose, those among them whose lines are no longer kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentInAll {
    /// Where to.
    pub host: String,
    /// Why.
    pub why: String,
    /// By which connection.
    pub connection: Option<ConnectionId>,
    /// How many.
    pub count: u64,
    /// The first.
    pub first: DateTime<Utc>,
    /// The last.
    pub last: DateTime<Utc>,
    /// Bytes sent.
    pub up: u64,
    /// Bytes received.
    pub down: u64,
}

impl Store {
    /// Writes requests down, in their order. Those of a person or a connection that is not in the record any more are for nobody:
    /// what was erased does not come back.
    pub fn note_sent(&self, lines: &[SentLine]) -> Result<(), StoreError> {
        self.write(|tx| {
            for line in lines {
                note(tx, line)?;
            }
            tx.execute("DELETE FROM sent WHERE n <= (SELECT max(n) FROM sent) - ?1", [SENT_LINES])?;
            Ok(())
        })
    }

    /// The newest requests that concern a person or nobody, the newest first, after the first `skip`.
    pub fn sent(&self, person: &PersonId, skip: u32, limit: u32) -> Result<Vec<SentLine>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT at, host, why, person, connection, status, up, down FROM sent
                 WHERE person IN (?1, '') ORDER BY n DESC LIMIT ?3 OFFSET ?2",
            )?;
            query.query_and_then((&person.0, skip, limit), line)?.collect()
        })
    }

    /// All that was ever sent for a person or nobody, by host and purpose.
    pub fn sent_in_all(&self, person: &PersonId) -> Result<Vec<SentInAll>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT host, why, connection, count, first, last, up, down FROM sent_in_all
                 WHERE person IN (?1, '') ORDER BY host, last DESC, why",
            )?;
            let all = query.query_and_then([&person.0], |row| {
                Ok(SentInAll {
                    host: row.get(0)?,
                    why: row.get(1)?,
                    connection: some(row.get(2)?).map(ConnectionId),
                    count: row.get(3)?,
                    first: moment(row.get(4)?)?,
                    last: moment(row.get(5)?)?,
                    up: row.get(6)?,
                    down: row.get(7)?,
                })
            })?;
            all.collect()
        })
    }
}

/// Deletes what was sent by a connection that is going to be forgotten, and what was sent to its hosts before there was one.
pub(crate) fn forget(tx: &Transaction<'_>, connection: &ConnectionId) -> Result<(), StoreError> {
    for table in ["sent", "sent_in_all"] {
        tx.execute(
            &format!(
                "DELETE FROM {table} WHERE connection = ?1 OR connection = '' AND EXISTS (
                     SELECT 1 FROM connection c
                     WHERE c.id = ?1 AND c.person = {table}.person AND instr(c.card, {table}.host) > 0)"
            ),
            [&connection.0],
        )?;
    }
    Ok(())
}

fn note(tx: &Transaction<'_>, line: &SentLine) -> Result<(), StoreError> {
    let known = |sql: &str, id: Option<&str>| -> Result<Option<String>, StoreError> {
        match id {
            Some(id) if !tx.prepare_cached(sql)?.exists([id])? => Ok(None),
            id => Ok(Some(id.unwrap_or_default().to_owned())),
        }
    };
    let person = known("SELECT 1 FROM person WHERE id = ?1", line.person.as_ref().map(|id| id.0.as_str()))?;
    let connection =
        known("SELECT 1 FROM connection WHERE id = ?1", line.connection.as_ref().map(|id| id.0.as_str()))?;
    // Its host would tell where an erased person was.
    let (Some(person), Some(connection)) = (person, connection) else { return Ok(()) };
    let at = millis(line.at);
    tx.prepare_cached(
        "INSERT INTO sent (at, host, why, person, connection, status, up, down)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((at, &line.host, &line.why, &person, &connection, line.status, line.up, line.down))?;
    tx.prepare_cached(
        "INSERT INTO sent_in_all (person, connection, host, why, count, first, last, up, down)
         VALUES (?1, ?2, ?3, ?4, 1, ?5, ?5, ?6, ?7)
         ON CONFLICT DO UPDATE SET count = count + 1, last = max(last, excluded.last),
             first = min(first, excluded.first), up = up + excluded.up, down = down + excluded.down",
    )?
    .execute((&person, &connection, &line.host, &line.why, at, line.up, line.down))?;
    Ok(())
}

fn line(row: &Row<'_>) -> Result<SentLine, StoreError> {
    Ok(SentLine {
        at: moment(row.get(0)?)?,
        host: row.get(1)?,
        why: row.get(2)?,
        person: some(row.get(3)?).map(PersonId),
        connection: some(row.get(4)?).map(ConnectionId),
        status: row.get(5)?,
        up: row.get(6)?,
        down: row.get(7)?,
    })
}

fn some(id: String) -> Option<String> {
    (!id.is_empty()).then_some(id)
}

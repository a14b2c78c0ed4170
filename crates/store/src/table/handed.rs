//! Tables `handed` and `handed_in_all`: what was handed out of the record to somebody beside the person, as [`Store::note_handed`] was
//! told of it. The newest lines are kept one by one, and all that there ever were are counted.
//!
//! They are a person's and go with them.

use chrono::{DateTime, Utc};
use rusqlite::Transaction;
use wholechart_record::PersonId;

use crate::rows::{millis, moment};
use crate::{Store, StoreError};

/// Lines that are kept one by one.
pub const HANDED_LINES: u32 = 10_000;

/// One answer. Nothing of what was asked or said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedLine {
    /// When.
    pub at: DateTime<Utc>,
    /// Whose record.
    pub person: PersonId,
    /// To what sort of receiver, as a word of the caller's.
    pub receiver: String,
    /// To whom, as it calls itself; empty where it does not say.
    pub whom: String,
    /// Which answer, as a word of the caller's.
    pub what: String,
    /// How many records were in it.
    pub records: u32,
}

/// All answers of one sort to one receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedInAll {
    /// To what sort of receiver.
    pub receiver: String,
    /// To whom, as it calls itself; empty where it does not say.
    pub whom: String,
    /// Which answer.
    pub what: String,
    /// How many answers.
    pub count: u64,
    /// How many records were in them, each time it was handed out.
    pub records: u64,
    /// The first.
    pub first: DateTime<Utc>,
    /// The last.
    pub last: DateTime<Utc>,
}

impl Store {
    /// Writes down what is handed out, in its order. Of a person who is not here it is refused: nothing of theirs is handed out.
    pub fn note_handed(&self, lines: &[HandedLine]) -> Result<(), StoreError> {
        self.write_down(|tx| {
            for line in lines {
                note(tx, line)?;
            }
            tx.execute("DELETE FROM handed WHERE n <= (SELECT max(n) FROM handed) - ?1", [HANDED_LINES])?;
            Ok(())
        })
    }

    /// The newest that was handed out of a person's record, the newest first.
    pub fn handed(&self, person: &PersonId, limit: u32) -> Result<Vec<HandedLine>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT at, receiver, whom, what, records FROM handed WHERE person = ?1 ORDER BY n DESC LIMIT ?2",
            )?;
            let lines = query.query_and_then((&person.0, limit), |row| {
                Ok(HandedLine {
                    at: moment(row.get(0)?)?,
                    person: person.clone(),
                    receiver: row.get(1)?,
                    whom: row.get(2)?,
                    what: row.get(3)?,
                    records: row.get(4)?,
                })
            })?;
            lines.collect()
        })
    }

    /// All that was ever handed out of a person's record.
    pub fn handed_in_all(&self, person: &PersonId) -> Result<Vec<HandedInAll>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT receiver, whom, what, count, records, first, last FROM handed_in_all
                 WHERE person = ?1 ORDER BY receiver, whom, last DESC, what",
            )?;
            let all = query.query_and_then([&person.0], |row| {
                Ok(HandedInAll {
                    receiver: row.get(0)?,
                    whom: row.get(1)?,
                    what: row.get(2)?,
                    count: row.get(3)?,
                    records: row.get(4)?,
                    first: moment(row.get(5)?)?,
                    last: moment(row.get(6)?)?,
                })
            })?;
            all.collect()
        })
    }
}

fn note(tx: &Transaction<'_>, line: &HandedLine) -> Result<(), StoreError> {
    if !tx.prepare_cached("SELECT 1 FROM person WHERE id = ?1")?.exists([&line.person.0])? {
        return Err(StoreError::NoSuch("person"));
    }
    let at = millis(line.at);
    let HandedLine { person, receiver, whom, what, records, .. } = line;
    tx.prepare_cached(
        "INSERT INTO handed (at, person, receiver, whom, what, records) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((at, &person.0, receiver, whom, what, records))?;
    tx.prepare_cached(
        "INSERT INTO handed_in_all (person, receiver, whom, what, count, records, first, last)
         VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?6)
         ON CONFLICT DO UPDATE SET count = count + 1, records = records + excluded.records,
             last = max(last, excluded.last), first = min(first, excluded.first)",
    )?
    .execute((&person.0, receiver, whom, what, records, at))?;
    Ok(())
}

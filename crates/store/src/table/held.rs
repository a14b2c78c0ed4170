//! Who is in a record and how much, for a person who chooses between two: over tables `person`, `fact` and `note`.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use rusqlite::Connection as Sqlite;

use super::people;
use crate::StoreError;
use crate::archive::Held;

/// Everybody, by name.
pub(crate) fn all(db: &Sqlite, now: DateTime<Utc>) -> Result<Vec<Held>, StoreError> {
    let mut counts = db.prepare(
        "SELECT (SELECT count(*) FROM fact WHERE person = ?1 AND listed = 1),
                (SELECT count(*) FROM note WHERE person = ?1),
                (SELECT max(sort / 100000) FROM fact
                 WHERE person = ?1 AND listed = 1 AND sort / 100000 <= ?2 AND sort / 100000 % 100 > 0)",
    )?;
    let mut held = Vec::new();
    for person in people::all(db)? {
        let today = now.with_timezone(&person.home_zone);
        let today = i64::from(today.year()) * 10_000 + i64::from(today.month() * 100 + today.day());
        let (facts, notes, newest): (u64, u64, Option<i64>) =
            counts.query_row((&person.id.0, today), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        held.push(Held {
            name: person.name,
            birth_date: person.birth_date,
            facts,
            notes,
            newest: newest.and_then(day),
        });
    }
    Ok(held)
}

fn day(yyyymmdd: i64) -> Option<NaiveDate> {
    let part = |n: i64| u32::try_from(n).ok();
    let year = i32::try_from(yyyymmdd / 10_000).ok()?;
    NaiveDate::from_ymd_opt(year, part(yyyymmdd / 100 % 100)?, part(yyyymmdd % 100)?)
}

//! Tables `tie` and `tied`: what decides under which fact another one is shown. Derived: written by the projection with the
//! facts.

use rusqlite::{Connection as Sqlite, OptionalExtension, Row, Transaction};
use wholechart_record::{FactId, Number, Ties};

use crate::StoreError;
use crate::packed::pack_json;
use crate::rows::{json, json_at};

/// The ties of a fact as they were written. `None`: it has none, or there is no such fact.
pub(crate) fn of(db: &Sqlite, fact: &FactId) -> Result<Option<Ties>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT t.json FROM fact f JOIN tie t ON t.fact = f.n WHERE f.id = ?1")?;
    query.query_and_then([&fact.0], |row| json_at(row, 0, "tie"))?.next().transpose()
}

/// Facts that are found by a number, and may be others' by chance.
pub(crate) fn by(db: &Sqlite, number: Number) -> Result<Vec<(FactId, Ties)>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT f.id, t.json FROM tied d JOIN fact f ON f.n = d.fact JOIN tie t ON t.fact = f.n WHERE d.number = ?1",
    )?;
    let read = |row: &Row<'_>| Ok::<_, StoreError>((FactId(row.get(0)?), json_at(row, 1, "tie")?));
    query.query_and_then([number], read)?.collect()
}

/// Writes the ties of a fact, in the place of those that were there.
pub(crate) fn put(tx: &Transaction<'_>, fact: &FactId, ties: &Ties) -> Result<(), StoreError> {
    let n: Option<i64> = tx
        .prepare_cached("SELECT n FROM fact WHERE id = ?1")?
        .query_row([&fact.0], |row| row.get(0))
        .optional()?;
    let n = n.ok_or(StoreError::Inconsistent("fact"))?;
    let before = of_row(tx, n)?;
    if before.as_ref() == Some(ties) {
        return Ok(());
    }
    let (gone, come) = (before.map(|before| before.numbers()).unwrap_or_default(), ties.numbers());
    for number in gone.difference(&come) {
        tx.prepare_cached("DELETE FROM tied WHERE number = ?1 AND fact = ?2")?.execute((number, n))?;
    }
    for number in come.difference(&gone) {
        tx.prepare_cached("INSERT INTO tied (number, fact) VALUES (?1, ?2)")?.execute((number, n))?;
    }
    tx.prepare_cached("INSERT OR REPLACE INTO tie (fact, json) VALUES (?1, ?2)")?
        .execute((n, pack_json(&json(ties)?)?))?;
    Ok(())
}

/// Before a fact is deleted, or where it has no ties any more.
pub(crate) fn forget(tx: &Transaction<'_>, n: i64) -> Result<(), StoreError> {
    let Some(ties) = of_row(tx, n)? else { return Ok(()) };
    for number in ties.numbers() {
        tx.prepare_cached("DELETE FROM tied WHERE number = ?1 AND fact = ?2")?.execute((number, n))?;
    }
    tx.prepare_cached("DELETE FROM tie WHERE fact = ?1")?.execute([n])?;
    Ok(())
}

fn of_row(db: &Sqlite, n: i64) -> Result<Option<Ties>, StoreError> {
    let mut query = db.prepare_cached("SELECT json FROM tie WHERE fact = ?1")?;
    query.query_and_then([n], |row| json_at(row, 0, "tie"))?.next().transpose()
}

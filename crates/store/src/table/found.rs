//! Tables `found`, `together` and `counted`: by what merging finds the entries that a change may concern, and what is known of
//! all of them. Derived: written by the projection as entries are merged.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection as Sqlite, Transaction};
use wholechart_fhir::Counted;
use wholechart_record::{Number, SentTogether};

use crate::StoreError;

/// Resources that are found by a number, and may be others' by chance.
pub(crate) fn by(db: &Sqlite, number: Number) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached("SELECT resource FROM found WHERE number = ?1")?;
    Ok(query.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Facts with a member that is found by a number.
pub(crate) fn facts_by(db: &Sqlite, number: Number) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT m.fact FROM found d JOIN fact_member m ON m.resource = d.resource WHERE d.number = ?1",
    )?;
    Ok(query.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Numbers that resources are found by no longer, and those that they are found by now.
pub(crate) fn change(
    tx: &Transaction<'_>,
    gone: &BTreeSet<(Number, i64)>,
    come: &BTreeSet<(Number, i64)>,
) -> Result<(), StoreError> {
    let mut delete = tx.prepare_cached("DELETE FROM found WHERE number = ?1 AND resource = ?2")?;
    for one in gone.difference(come) {
        delete.execute(*one)?;
    }
    // In the order of the table.
    let mut insert = tx.prepare_cached("INSERT OR IGNORE INTO found (number, resource) VALUES (?1, ?2)")?;
    for one in come.difference(gone) {
        insert.execute(*one)?;
    }
    Ok(())
}

/// Which codes were sent together in a person's entries.
pub(crate) fn together(db: &Sqlite, person: i64) -> Result<Vec<SentTogether>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT a, of_a, b, of_b, bridge, count FROM together WHERE person = ?1")?;
    let rows = query.query_map([person], |row| {
        let code = |at| row.get(at).map(i64::cast_unsigned);
        Ok(SentTogether {
            codes: [code(0)?, code(1)?, code(2)?, code(3)?],
            bridge: row.get(4)?,
            count: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes how often codes are sent together now.
pub(crate) fn set_together(
    tx: &Transaction<'_>,
    person: i64,
    counts: &[SentTogether],
) -> Result<(), StoreError> {
    let mut delete = tx.prepare_cached(
        "DELETE FROM together WHERE person = ?1 AND a = ?2 AND of_a = ?3 AND b = ?4 AND of_b = ?5 AND bridge = ?6",
    )?;
    let mut set = tx.prepare_cached(
        "INSERT OR REPLACE INTO together (person, a, of_a, b, of_b, bridge, count)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for SentTogether { codes, bridge, count } in counts {
        let [a, of_a, b, of_b] = codes.map(u64::cast_signed);
        if *count > 0 {
            set.execute((person, a, of_a, b, of_b, bridge, count))?;
        } else {
            delete.execute((person, a, of_a, b, of_b, bridge))?;
        }
    }
    Ok(())
}

/// What was counted over a connection's entries.
pub(crate) fn counts(db: &Sqlite, connection: i64, what: &Counted) -> Result<Vec<(String, u32)>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT said, count FROM counted WHERE connection = ?1 AND what = ?2")?;
    let rows = query.query_map((connection, name(what)), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes what differs of what is counted.
pub(crate) fn set_counts(
    tx: &Transaction<'_>,
    connection: i64,
    what: &Counted,
    before: &[(String, u32)],
    after: Vec<(String, u32)>,
) -> Result<(), StoreError> {
    let before: BTreeMap<&str, u32> = before.iter().map(|(said, count)| (said.as_str(), *count)).collect();
    let after: BTreeMap<String, u32> = after.into_iter().collect();
    let what = name(what);
    for said in before.keys().filter(|said| !after.contains_key(**said)) {
        tx.prepare_cached("DELETE FROM counted WHERE connection = ?1 AND what = ?2 AND said = ?3")?
            .execute((connection, &what, said))?;
    }
    for (said, count) in after.iter().filter(|(said, count)| before.get(said.as_str()) != Some(count)) {
        tx.prepare_cached(
            "INSERT OR REPLACE INTO counted (connection, what, said, count) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((connection, &what, said, count))?;
    }
    Ok(())
}

/// A word, and what it is about, each ended by a character that none of them holds.
fn name(what: &Counted) -> String {
    let parts = match what {
        Counted::Names(system, code) => vec!["name", system, code],
        Counted::Times(base, of_type, field) => vec!["time", base, of_type, field],
        Counted::Types(base) => vec!["type", base],
    };
    parts.join("\u{1f}")
}

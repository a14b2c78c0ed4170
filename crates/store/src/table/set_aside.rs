//! Tables `set_aside` and `let_in`: resources about somebody else than the patient of their connection, and whom of them
//! a person let in. Written with the page that brings them ([`Store::commit_sorted`]) and by [`Store::let_in`].

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection as Sqlite, Transaction};
use wholechart_record::ConnectionId;

use super::connections::number;
use crate::{Store, StoreError};

/// What came about one other patient, and is not in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The subject as sent, such as `Patient/77`. Pass it to [`Store::let_in`].
    pub whose: String,
    /// How many resources, by FHIR type.
    pub types: BTreeMap<String, u64>,
}

impl SetAside {
    /// How many resources.
    pub fn count(&self) -> u64 {
        self.types.values().sum()
    }
}

impl Store {
    /// What a connection sent about others than its patient, by whom it is about.
    pub fn set_aside(&self, connection: &ConnectionId) -> Result<Vec<SetAside>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT a.whose, r.type, count(*) FROM set_aside a JOIN resource r ON r.n = a.resource
                 JOIN source s ON s.n = r.source WHERE s.connection = ?1 GROUP BY a.whose, r.type ORDER BY a.whose, r.type",
            )?;
            let mut rows = query.query([number(db, connection)?])?;
            let mut found: Vec<SetAside> = Vec::new();
            while let Some(row) = rows.next()? {
                let (whose, kind, count): (String, String, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
                match found.last_mut().filter(|last| last.whose == whose) {
                    Some(last) => {
                        last.types.insert(kind, count);
                    }
                    None => found.push(SetAside { whose, types: BTreeMap::from([(kind, count)]) }),
                }
            }
            Ok(found)
        })
    }

    /// Whose records a person let in, beside those of the connection's patient.
    pub fn let_in_of(&self, connection: &ConnectionId) -> Result<BTreeSet<String>, StoreError> {
        self.read(|db| of(db, number(db, connection)?))
    }
}

/// Whom a person let in.
pub(crate) fn of(db: &Sqlite, connection: i64) -> Result<BTreeSet<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT whose FROM let_in WHERE connection = ?1")?;
    Ok(query.query_map([connection], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Lets somebody in. False when they were already.
pub(crate) fn allow(tx: &Transaction<'_>, connection: i64, whose: &str) -> Result<bool, StoreError> {
    let sql = "INSERT OR IGNORE INTO let_in (connection, whose) VALUES (?1, ?2)";
    Ok(tx.execute(sql, (connection, whose))? > 0)
}

/// Lets somebody in no longer.
pub(crate) fn disallow(tx: &Transaction<'_>, connection: i64, whose: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM let_in WHERE connection = ?1 AND whose = ?2", (connection, whose))?;
    Ok(())
}

/// Whether a resource is set aside.
pub(crate) fn is_aside(db: &Sqlite, resource: i64) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("SELECT 1 FROM set_aside WHERE resource = ?1")?.exists([resource])?)
}

/// Sets a resource aside. False when it was already.
pub(crate) fn put(tx: &Transaction<'_>, resource: i64, whose: &str) -> Result<bool, StoreError> {
    let known = tx.prepare_cached("SELECT 1 FROM set_aside WHERE resource = ?1")?.exists([resource])?;
    tx.prepare_cached(
        "INSERT INTO set_aside (resource, whose) VALUES (?1, ?2)
         ON CONFLICT (resource) DO UPDATE SET whose = excluded.whose",
    )?
    .execute((resource, whose))?;
    Ok(!known)
}

/// Sets a resource aside no longer. False when it was not.
pub(crate) fn take_back(tx: &Transaction<'_>, resource: i64) -> Result<bool, StoreError> {
    Ok(tx.prepare_cached("DELETE FROM set_aside WHERE resource = ?1")?.execute([resource])? > 0)
}

/// Resources of a connection that are set aside as somebody's.
pub(crate) fn about(db: &Sqlite, connection: i64, whose: &str) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT a.resource FROM set_aside a JOIN resource r ON r.n = a.resource JOIN source s ON s.n = r.source
         WHERE s.connection = ?1 AND a.whose = ?2",
    )?;
    Ok(query.query_map((connection, whose), |row| row.get(0))?.collect::<Result<_, _>>()?)
}

//! Whether this version of the app can read what an older one derived: then it is shown until it is made anew.
//!
//! A few rows of each kind are looked at, because what an older version wrote differently it wrote differently
//! everywhere. A row that cannot be read all the same fails what asks for it, until it is made anew.

use rusqlite::Connection as Sqlite;
use serde::de::DeserializeOwned;
use wholechart_fhir::Entry;
use wholechart_record::{Conflict, Fact, Likely};

use super::shown::{FactRow, ListFields};
use crate::StoreError;
use crate::rows::json_at;

/// How many of the newest rows of each kind are looked at.
const LOOKED_AT: i64 = 40;

/// False as well where something was stored and nothing derived from it.
pub(crate) fn can_be_read(db: &Sqlite) -> Result<bool, StoreError> {
    let derived: bool =
        db.query_row("SELECT EXISTS (SELECT 1 FROM entry) AND EXISTS (SELECT 1 FROM fact)", [], |row| {
            row.get(0)
        })?;
    Ok(derived
        && all::<FactRow>(db, &newest("f.row", ""))?
        && all::<Fact>(db, &newest("b.json", "JOIN fact_body b ON b.fact = f.n"))?
        && all::<Entry>(
            db,
            &newest("e.json", "JOIN fact_member m ON m.fact = f.n JOIN entry e ON e.resource = m.resource"),
        )?
        && all::<ListFields>(db, &newest("o.json", "JOIN fact_more o ON o.fact = f.n"))?
        && all::<Likely>(db, &format!("SELECT json FROM likely LIMIT {LOOKED_AT}"))?
        && all::<Conflict>(db, &format!("SELECT json FROM conflict LIMIT {LOOKED_AT}"))?)
}

/// SQL for a column of the newest facts of each kind.
fn newest(column: &str, join: &str) -> String {
    format!(
        "SELECT {column} FROM fact f {join} WHERE f.n IN (
             SELECT n FROM (SELECT n, row_number() OVER (PARTITION BY kind ORDER BY n DESC) AS place FROM fact)
             WHERE place <= {LOOKED_AT})"
    )
}

fn all<T: DeserializeOwned>(db: &Sqlite, sql: &str) -> Result<bool, StoreError> {
    let mut query = db.prepare(sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        match json_at::<T>(row, 0, "row") {
            Ok(_) => {}
            Err(StoreError::Inconsistent(_)) => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

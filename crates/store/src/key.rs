//! An entry's key in SQL: its columns, the joins behind them, and the one way to find a resource by its key.

use rusqlite::{Connection as Sqlite, OptionalExtension, Row};
use wholechart_fhir::Release;
use wholechart_record::{ConnectionId, EntryKey};

use crate::StoreError;
use crate::rows::from_word;

/// Columns of an [`EntryKey`], for a query over [`KEYED`].
pub(crate) const KEY_COLUMNS: &str = "c.id, s.base, s.release, r.type, r.fhir_id";

/// The joins behind [`KEY_COLUMNS`].
pub(crate) const KEYED: &str =
    "resource r JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection";

/// Reads [`KEY_COLUMNS`] beginning at column `first`.
pub(crate) fn key(row: &Row<'_>, first: usize) -> Result<EntryKey, StoreError> {
    let release: Release = from_word(row.get(first + 2)?, "release")?;
    Ok(EntryKey {
        connection: ConnectionId(row.get(first)?),
        base: row.get(first + 1)?,
        release,
        resource_type: row.get(first + 3)?,
        id: row.get(first + 4)?,
    })
}

/// The row number of the resource with this key. `None`: there is no such resource.
pub(crate) fn resource(db: &Sqlite, key: &EntryKey) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT r.n FROM {KEYED}
             WHERE c.id = ?1 AND s.base = ?2 AND s.release = ?3 AND r.type = ?4 AND r.fhir_id = ?5"
        ))?
        .query_row((&key.connection.0, &key.base, key.release.as_str(), &key.resource_type, &key.id), |row| {
            row.get(0)
        })
        .optional()?)
}

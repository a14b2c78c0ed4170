//! Table `unreadable`: bytes that came and could not be read as a resource. Written by [`Store::commit_page`]; the same
//! bytes are kept once.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction};
use sha2::{Digest, Sha256};
use wholechart_fhir::{PageFault, debug_without_record};
use wholechart_record::ConnectionId;

use super::connections::number;
use crate::packed::{pack, unpacked};
use crate::rows::{json, millis, moment};
use crate::{Store, StoreError};

/// Bytes kept without being understood.
#[derive(Clone, PartialEq, Eq)]
pub struct UnreadableRow {
    /// The FHIR base or `file:`.
    pub base: String,
    /// Which question brought it.
    pub question: String,
    /// Where it was read from.
    pub url: String,
    /// When.
    pub received_at: DateTime<Utc>,
    /// Running number within the page, as `wholechart_fhir::split` counts.
    pub position: u64,
    /// Why. `None`: kept by an earlier version, which did not say it as a value.
    pub fault: Option<PageFault>,
    /// Verbatim.
    pub bytes: Vec<u8>,
}

debug_without_record!(UnreadableRow { question, position, fault; bytes });

impl Store {
    /// What came from a connection and could not be read, with its bytes.
    pub fn unreadable(&self, connection: &ConnectionId) -> Result<Vec<UnreadableRow>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT base, question, url, received_at, position, reason, length, bytes
                 FROM unreadable WHERE connection = ?1 ORDER BY n",
            )?;
            let unreadable = |row: &rusqlite::Row<'_>| {
                Ok(UnreadableRow {
                    base: row.get(0)?,
                    question: row.get(1)?,
                    url: row.get(2)?,
                    received_at: moment(row.get(3)?)?,
                    position: row.get(4)?,
                    fault: serde_json::from_str(&row.get::<_, String>(5)?).ok(),
                    bytes: unpacked(row, 6)?,
                })
            };
            query.query_and_then([number(db, connection)?], unreadable)?.collect()
        })
    }
}

/// Keeps bytes that could not be read, unless the connection sent the same before. Returns the row number, and whether
/// they are new.
pub(crate) fn keep(
    tx: &Transaction<'_>,
    connection: i64,
    row: &UnreadableRow,
) -> Result<(i64, bool), StoreError> {
    let hash = hex::encode(Sha256::digest(&row.bytes));
    let known = tx
        .prepare_cached("SELECT n FROM unreadable WHERE connection = ?1 AND hash = ?2")?
        .query_row((connection, &hash), |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok((known, false));
    }
    tx.prepare_cached(
        "INSERT INTO unreadable
            (connection, base, question, url, received_at, position, reason, hash, length, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute((
        connection,
        &row.base,
        &row.question,
        &row.url,
        millis(row.received_at),
        row.position,
        json(&row.fault)?,
        &hash,
        row.bytes.len(),
        pack(&row.bytes)?,
    ))?;
    Ok((tx.last_insert_rowid(), true))
}

/// Forgets such bytes: what brought them was undone.
pub(crate) fn delete(tx: &Transaction<'_>, n: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM unreadable WHERE n = ?1")?.execute([n])?;
    Ok(())
}

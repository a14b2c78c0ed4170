//! Between rows and values: moments, JSON, compressed bytes, keys.

use chrono::{DateTime, Utc};
use rusqlite::{Row, types::FromSqlError};
use serde::{Serialize, de::DeserializeOwned};
use wholechart_fhir::Release;
use wholechart_record::{ConnectionId, EntryKey};

use crate::StoreError;

/// Compression of verbatim bytes: zstd's default level, a fair trade for pages of a few kilobytes.
const LEVEL: i32 = 3;

pub(super) fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

pub(super) fn moment(millis: i64) -> rusqlite::Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis).ok_or_else(|| FromSqlError::OutOfRange(millis).into())
}

pub(super) fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Inconsistent("value"))
}

pub(super) fn from_json<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Inconsistent(what))
}

/// The bare word serde uses for a unit variant, such as `r4` or `care-plan`.
pub(super) fn word<T: Serialize>(value: T) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(StoreError::Inconsistent("word")),
    }
}

pub(super) fn from_word<T: DeserializeOwned>(word: String, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| StoreError::Inconsistent(what))
}

pub(super) fn pack(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(bytes, LEVEL).map_err(StoreError::from)
}

pub(super) fn unpack(packed: &[u8], length: u64) -> Result<Vec<u8>, StoreError> {
    let length = usize::try_from(length).map_err(|_| StoreError::Inconsistent("version"))?;
    let bytes = zstd::bulk::decompress(packed, length).map_err(|_| StoreError::Inconsistent("version"))?;
    if bytes.len() == length { Ok(bytes) } else { Err(StoreError::Inconsistent("version")) }
}

/// Columns of an [`EntryKey`], for a query that names `connection c`, `source s` and `resource r`.
pub(super) const KEY_COLUMNS: &str = "c.id, s.base, s.release, r.type, r.fhir_id";

/// Reads [`KEY_COLUMNS`] beginning at column `first`.
pub(super) fn key(row: &Row<'_>, first: usize) -> Result<EntryKey, StoreError> {
    let release: Release = from_word(row.get(first + 2)?, "release")?;
    Ok(EntryKey {
        connection: ConnectionId(row.get(first)?),
        base: row.get(first + 1)?,
        release,
        resource_type: row.get(first + 3)?,
        id: row.get(first + 4)?,
    })
}

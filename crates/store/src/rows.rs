//! Between rows and values: moments, JSON, single words, compressed bytes.

use chrono::{DateTime, Utc};
use rusqlite::{Row, types::FromSqlError};
use serde::{Serialize, de::DeserializeOwned};

use crate::StoreError;

/// Compression of verbatim bytes: zstd's default level, a fair trade for pages of a few kilobytes.
const LEVEL: i32 = 3;

/// Milliseconds since 1970, as every moment is stored.
pub(crate) fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// The moment that [`millis`] stored.
pub(crate) fn moment(millis: i64) -> rusqlite::Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis).ok_or_else(|| FromSqlError::OutOfRange(millis).into())
}

pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Inconsistent("value"))
}

pub(crate) fn from_json<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Inconsistent(what))
}

/// The value that column `at` holds as JSON; `what` names it in the error.
pub(crate) fn json_at<T: DeserializeOwned>(
    row: &Row<'_>,
    at: usize,
    what: &'static str,
) -> Result<T, StoreError> {
    from_json(row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?, what)
}

/// The bare word serde uses for a unit variant, such as `r4` or `care-plan`.
pub(crate) fn word<T: Serialize>(value: T) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(StoreError::Inconsistent("word")),
    }
}

pub(crate) fn from_word<T: DeserializeOwned>(word: String, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| StoreError::Inconsistent(what))
}

/// Compresses bytes for storing. Their length is stored beside them: [`unpacked`] needs it.
pub(crate) fn pack(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(bytes, LEVEL).map_err(StoreError::from)
}

/// The bytes of two neighbouring columns: length, and what [`pack`] made.
pub(crate) fn unpacked(row: &Row<'_>, at: usize) -> Result<Vec<u8>, StoreError> {
    let length: usize = row.get(at)?;
    let packed = row.get_ref(at + 1)?.as_blob().map_err(rusqlite::Error::from)?;
    let bytes = zstd::bulk::decompress(packed, length).map_err(|_| StoreError::Inconsistent("version"))?;
    if bytes.len() == length { Ok(bytes) } else { Err(StoreError::Inconsistent("version")) }
}

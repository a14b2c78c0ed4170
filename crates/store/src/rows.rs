//! Between rows and values: moments, JSON, single words.

use chrono::{DateTime, Utc};
use rusqlite::{
    Row,
    types::{FromSqlError, ValueRef},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::StoreError;
use crate::packed::unpack_json;

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

/// The value that column `at` holds as JSON, packed or not; `what` names it in the error.
pub(crate) fn json_at<T: DeserializeOwned>(
    row: &Row<'_>,
    at: usize,
    what: &'static str,
) -> Result<T, StoreError> {
    match row.get_ref(at)? {
        ValueRef::Blob(packed) => from_json(&unpack_json(packed, what)?, what),
        plain => from_json(plain.as_str().map_err(rusqlite::Error::from)?, what),
    }
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

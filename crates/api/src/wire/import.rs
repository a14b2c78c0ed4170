//! Files taken in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an import found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// Files read.
    pub files: u32,
    /// Resources by FHIR type.
    pub resources: std::collections::BTreeMap<String, u32>,
    /// Entries derived.
    pub entries: u32,
    /// Versions that were not here before.
    pub versions: u32,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
}

/// A file, or a place in one, that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Unreadable {
    /// The file's name.
    pub file: String,
    /// Byte offset or line.
    pub position: u32,
    /// Why, in words.
    pub reason: String,
}

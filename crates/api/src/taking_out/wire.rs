//! What was taken out, as it crosses to the window and the terminal.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A folder that somebody chose to take everything out into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakeOutFolder {
    /// Which: pass it to `takeOut`.
    pub folder: PathBuf,
    /// In words, that a service copies what lies there to computers of others. None: none does, as far as can be seen.
    pub warning: Option<String>,
}

/// Everything was taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakenOut {
    /// Where it lies: a new folder, or one encrypted file.
    pub path: String,
    /// As in `TakeOutFolder`, where it is not encrypted.
    pub warning: Option<String>,
}

//! Looking for newer versions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether newer versions are looked for, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpdatesView {
    /// This build knows where to look and whose signature counts. One that does not looks nowhere.
    pub can_look: bool,
    /// The person wants it.
    pub on: bool,
    /// The version that runs.
    pub version: String,
    /// Where releases are, for whoever looks by themselves.
    pub releases: String,
    /// The host that is asked.
    pub host: Option<String>,
    /// When it was last asked, in words.
    pub looked: Option<String>,
    /// What came of it the last time, in words, where that was nothing newer.
    pub said: Option<String>,
    /// A newer version.
    pub found: Option<UpdateView>,
}

/// A newer version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpdateView {
    /// Its number.
    pub version: String,
    /// The day it was published, in words.
    pub day: String,
    /// What changed.
    pub changes: Vec<String>,
    /// The package's file with its size, in words. `None`: there is none for this system.
    pub package: Option<String>,
    /// Where the package lies that was downloaded.
    pub saved: Option<String>,
    /// How it is installed, in words.
    pub how: String,
}

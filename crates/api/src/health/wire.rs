//! The file that the record is in, as it crosses to the window and the terminal.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the file of the record is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HealthView {
    /// Something of it is damaged: what that means and what to do, in words. None: nothing is known to be.
    pub damaged: Option<String>,
    /// It was rescued from a damaged one, and nobody has seen yet what was lost.
    pub rescued: Option<RescuedView>,
    /// It lies in a folder that a cloud service copies: what that means and what to do, in words.
    pub cloud: Option<String>,
    /// Where it lies.
    pub folder: String,
    /// The copy that was made before the last upgrade, as long as it is kept.
    pub upgrade: Option<UpgradeView>,
}

/// What a rescue led to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RescuedView {
    /// The day, in words.
    pub when: String,
    /// What could not be read, in lines. Empty: nothing was lost.
    pub lost: Vec<String>,
    /// Folders with the damaged files.
    pub aside: Vec<String>,
}

/// The copy that was made before an upgrade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpgradeView {
    /// The day on which it was made, in words.
    pub made: String,
    /// The day on which it goes, in words.
    pub until: String,
}

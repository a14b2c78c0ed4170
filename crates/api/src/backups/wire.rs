//! Backups, as they cross to the window and the terminal.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::schedule::Often;

/// How hard a passphrase is to guess for somebody who has the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Strength {
    /// Too easy: it is refused.
    Weak,
    /// Enough.
    Fair,
    /// Nobody guesses it.
    Strong,
}

/// What is known of backups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupsView {
    /// When the last one was made, in words. None: never.
    pub last: Option<String>,
    /// Where it was written to.
    pub file: Option<String>,
    /// A restore can be taken back: until the next start.
    pub undo: bool,
    /// The backups that are made without asking. None: none are.
    pub schedule: Option<ScheduleView>,
}

/// The backups that are made without asking, into one folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleView {
    /// Where they go.
    pub folder: String,
    /// How often.
    pub often: Often,
    /// How many of the newest are kept.
    pub keep: u8,
    /// The day of the next one, in words. None: it is due.
    pub next: Option<String>,
    /// Why the one that is due could not be made, in words; it is tried again.
    pub failed: Option<String>,
}

/// A person in a record or a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeldPerson {
    /// As the user calls them.
    pub name: String,
    /// When they were born, in words.
    pub born: Option<String>,
    /// How much there is, in words: "1,203 records, 4 notes of your own".
    pub held: String,
    /// The day of the newest record, in words.
    pub newest: Option<String>,
}

/// What is in a backup, beside what is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupPreview {
    /// The file's name.
    pub file: String,
    /// When it was made, in words.
    pub made: String,
    /// By which version of the app.
    pub version: String,
    /// Who is in it.
    pub people: Vec<HeldPerson>,
    /// Who is in the record that is open. None: none is.
    pub here: Option<Vec<HeldPerson>>,
}

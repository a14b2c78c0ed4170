//! State of the whole app.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::debug_without_record;
use wholechart_record::PersonId;

use crate::people::wire::PersonView;

/// State of the whole app; the first thing a host asks for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The app's version.
    pub version: String,
    /// The profile's name.
    pub profile: String,
    /// Sample mode: invented providers and an invented person; every screen and page says so.
    pub sample: bool,
    /// Whether the record can be read.
    pub lock: Lock,
    /// People in this record; empty until one is added, and while locked.
    pub persons: Vec<PersonView>,
    /// Whose record is shown: the person chosen last, or the first. `None`: there is nobody yet.
    pub person: Option<PersonId>,
    /// Where this person's record was left, as an address of the window; see `leave`.
    pub left_at: Option<String>,
    /// The time zone of this computer, offered as a person's home zone.
    pub system_zone: String,
    /// Why nothing can be written to the record, in words: it can be read. None where it can be written.
    pub unwritable: Option<String>,
    /// Of a new record, until `recoveryCodeKept`: at each start another one.
    pub recovery_code: Option<String>,
}

// Neither the recovery code nor anybody's name.
debug_without_record!(AppState { version, profile, sample, unwritable; persons });

/// Whether the record can be read, and what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Lock {
    /// Open.
    Open,
    /// There is no record yet, and no keychain to keep its key: a passphrase is needed to make one.
    NewNeedsPassphrase {
        /// Why the keychain cannot be used, in words.
        reason: String,
    },
    /// The record is behind a passphrase (or its recovery code).
    NeedsPassphrase,
    /// The key is not where it was (keychain emptied or another computer): the recovery code opens it.
    KeyMissing {
        /// What happened, in words.
        reason: String,
    },
    /// Its keys are here and its file is not, or is empty: it was moved, or is on a disk that is not connected.
    #[serde(rename_all = "camelCase")]
    RecordMissing {
        /// What happened and what to do, in words.
        reason: String,
        /// Where the file should be.
        file: String,
    },
    /// Its person locked it, or it locked itself: the key is nowhere in this program until it is opened again.
    Locked {
        /// It takes a passphrase, or the recovery code. Otherwise the keychain opens it without asking anybody.
        passphrase: bool,
    },
    /// Another window or terminal has it open.
    InUse,
    /// Its file is damaged: what can be read of it can be rescued into a new one, or a backup restored.
    Damaged {
        /// What happened and what to do, in words.
        reason: String,
        /// Rescuing takes the passphrase, or the recovery code. Otherwise the keychain has the key.
        passphrase: bool,
    },
    /// It is as it was before the last upgrade, for an older version of this app.
    WentBack {
        /// What happened and what to do, in words.
        reason: String,
    },
    /// It could not be opened; the words say why and what to do.
    Failed {
        /// What happened, in words.
        reason: String,
    },
}

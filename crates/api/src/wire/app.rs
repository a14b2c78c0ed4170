//! The app's state, what hosts are told of, and errors.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ConnectStage, PatientOption, SyncKind};

/// State of the whole app; the first thing a host asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The app's version.
    pub version: String,
    /// The profile's name.
    pub profile: String,
    /// Sample mode: invented providers and an invented person; said on every screen and page.
    pub sample: bool,
    /// Whether the record can be read.
    pub lock: Lock,
    /// People in this record; empty until one is added, and while locked.
    pub persons: Vec<PersonView>,
    /// Whose record is shown: the person chosen last, or the first; none when there is nobody yet.
    pub person: Option<String>,
    /// The time zone of this computer, offered as a person's home zone.
    pub system_zone: String,
    /// Shown once after a new record was made, until `recoveryCodeKept`.
    pub recovery_code: Option<String>,
}

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
    /// Another window or terminal has it open.
    InUse,
    /// It could not be opened; the words say why and what to do.
    Failed {
        /// What happened, in words.
        reason: String,
    },
}

/// A person whose record is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonView {
    /// Random id.
    pub id: String,
    /// As the user calls them.
    pub name: String,
    /// `YYYY-MM-DD`, or none before it is known.
    pub birth_date: Option<String>,
    /// IANA name of the home time zone.
    pub home_zone: String,
    /// 0 to 7: which of the marks' colours stands for them everywhere.
    pub colour: u8,
}

/// Progress the host is told of while a command runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Event {
    /// Connecting moved on.
    #[serde(rename_all = "camelCase")]
    Connect {
        /// Which attempt.
        attempt: String,
        /// Where it is.
        stage: ConnectStage,
        /// The same in words, such as "Waiting for you to sign in at portal.example".
        text: String,
        /// The sign-in page's address, from `waitingForSignIn` on: to open it again or copy it.
        sign_in_url: Option<String>,
        /// The address the browser ends at, when it may have to be pasted here.
        returns_to: Option<String>,
        /// At `choosingPatient`: whose records the sign-in opens.
        patients: Vec<PatientOption>,
    },
    /// A sync moved on.
    #[serde(rename_all = "camelCase")]
    Sync {
        /// Which connection.
        connection: String,
        /// All kinds so far, in the order they are asked.
        kinds: Vec<SyncKind>,
        /// The run ended.
        done: bool,
        /// Questions answered so far.
        asked: u32,
        /// Questions planned.
        planned: u32,
    },
    /// Something that takes a while moved on: opening the record after an upgrade, deriving it anew, an import.
    #[serde(rename_all = "camelCase")]
    Progress {
        /// What is being done, in words: "Bringing your record up to date".
        text: String,
        /// 0 to 100.
        percent: u8,
    },
    /// A fetch brought something new, corrected or withdrawn.
    #[serde(rename_all = "camelCase")]
    News {
        /// Whose record it came into.
        person: String,
        /// Which connection.
        connection: String,
        /// What, in a sentence.
        text: String,
    },
    /// Something stored has changed: lists read before this are stale.
    Changed,
}

/// A file was written, or the user cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// Where; none when the user cancelled.
    pub path: Option<String>,
}

/// What went wrong, for people. A code only where the window acts on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// Set only where the window does something about it.
    pub code: Option<ErrorCode>,
    /// What happened.
    pub message: String,
    /// What it means for the record, and what to do.
    pub advice: String,
    /// Technical words for a helper, cleaned of anything personal.
    pub details: Option<String>,
}

/// Errors the window acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// Show the unlock screen.
    Locked,
    /// The passphrase or recovery code was wrong: keep the field, say so.
    WrongPassphrase,
    /// The user cancelled: say nothing.
    Cancelled,
    /// Show the field for a client id.
    NeedsClientId,
    /// The provider's server does not know the application, or not this way: show how it is registered.
    NotRegistered,
    /// What was typed and what the server says of itself differ: ask whom to believe.
    EndpointsDiffer,
    /// Offer to sign in again.
    SignInNeeded,
    /// The files, or the provider's records, are about somebody else, as far as can be told: ask, and import again with
    /// `confirmed`, or sync again with `samePerson`.
    OtherPatient,
    /// No network, or the provider's server is gone for now: nothing is lost, and it is tried again by itself.
    Unreachable,
}

//! Errors for people: what happened, what it means for the record, what to do. A code only where the window acts on it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_store::{BackupError, KeyError, StoreError};

use crate::words::{Arg, Words};

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
    /// Other programs listen where the browser should come back to: show the other ways.
    PortsTaken,
    /// What was typed and what the server says of itself differ: ask whom to believe.
    EndpointsDiffer,
    /// Offer to sign in again.
    SignInNeeded,
    /// The files, or the provider's records, are about somebody else, as far as can be told: ask, and import again with
    /// `confirmed`, or sync again with `samePerson`.
    OtherPatient,
    /// The provider does not show whose records it has, and nothing was added: it is asked again the next time, and who
    /// knows that they are the person's may say so (`samePerson`).
    PatientNotShown,
    /// No network, or the provider's server is gone for now: nothing is lost, and it is tried again by itself.
    Unreachable,
}

/// An error by its key in the word catalogue: `KEY` and `KEY-advice`.
pub(crate) fn error(words: &Words, key: &str, args: &[(&str, Arg<'_>)]) -> ApiError {
    ApiError {
        code: None,
        message: words.with(key, args),
        advice: words.with(&format!("{key}-advice"), args),
        details: None,
    }
}

impl ApiError {
    pub(crate) fn code(mut self, code: ErrorCode) -> ApiError {
        self.code = Some(code);
        self
    }

    /// What happened and what to do, for a place on screen that has room for one text.
    pub(crate) fn words(&self) -> String {
        format!("{} {}", self.message, self.advice)
    }

    pub(crate) fn details(mut self, details: impl std::fmt::Display) -> ApiError {
        self.details = Some(details.to_string());
        self
    }
}

/// For logs. The words are for the person on screen, and may name the two people that an error is about.
impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.code {
            Some(code) => write!(f, "{code:?}"),
            None => f.write_str("told on screen"),
        }
    }
}

impl std::error::Error for ApiError {}

/// An error of the store.
pub(crate) fn store(words: &Words, said: &StoreError) -> ApiError {
    let key = match said {
        StoreError::InUse => "error-in-use",
        StoreError::WrongKey => {
            return error(words, "error-wrong-passphrase", &[]).code(ErrorCode::WrongPassphrase);
        }
        StoreError::KeysMissing => "error-keys-missing",
        StoreError::RecordMissing => "error-record-missing",
        StoreError::LogOfAnother => "error-log-of-another",
        StoreError::Newer { .. } => "error-newer",
        StoreError::Unreleased { .. } => "error-unreleased",
        StoreError::NotEncrypted => "error-not-encrypted",
        StoreError::DiskFull => "error-disk-full",
        StoreError::Damaged => "error-damaged",
        StoreError::NotWritable => "error-not-writable",
        StoreError::Cancelled => return error(words, "error-cancelled", &[]).code(ErrorCode::Cancelled),
        StoreError::NoSuch(_) => "error-no-such",
        StoreError::Keys(keys) => return key(words, keys),
        StoreError::Io(_) => "error-disk",
        StoreError::Inconsistent(_) | StoreError::Panicked | StoreError::Sql(_) => "error-internal",
    };
    error(words, key, &[]).details(said)
}

/// An error of the key slots.
pub(crate) fn key(words: &Words, said: &KeyError) -> ApiError {
    match said {
        KeyError::WrongPassphrase
        | KeyError::WrongCode
        | KeyError::MistypedCode { .. }
        | KeyError::CodeLength { .. }
        | KeyError::WrongKey
        | KeyError::NoSuchSlot => {
            error(words, "error-wrong-passphrase", &[]).code(ErrorCode::WrongPassphrase)
        }
        KeyError::Damaged | KeyError::RecordExists => error(words, "error-keys-missing", &[]).details(said),
        KeyError::Newer => error(words, "error-newer", &[]),
        KeyError::Io(io) => store(words, &StoreError::from(std::io::Error::new(io.kind(), io.to_string()))),
    }
}

/// An error of a backup.
pub(crate) fn backup(words: &Words, said: &BackupError) -> ApiError {
    let key = match said {
        BackupError::Foreign => "error-backup-foreign",
        BackupError::WrongPassphrase => {
            return error(words, "error-backup-passphrase", &[]).code(ErrorCode::WrongPassphrase);
        }
        BackupError::Broken => "error-backup-broken",
        BackupError::OwnFolder => "error-backup-own-folder",
        BackupError::Newer => "error-backup-newer",
        BackupError::Store(said) => return store(words, said),
    };
    error(words, key, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_gets_the_code_and_none_of_the_words() {
        let words = Words::english();
        let args = [
            ("provider", "Summit".into()),
            ("name", "Rosa Invented".into()),
            ("born", "1970".into()),
            ("person", "Ada Invented".into()),
            ("personBorn", "1971".into()),
        ];
        let said = error(&words, "error-other-patient", &args).code(ErrorCode::OtherPatient);
        assert!(said.words().contains("Rosa Invented"));
        assert_eq!(said.to_string(), "OtherPatient");
        assert_eq!(error(&words, "error-internal", &[]).to_string(), "told on screen");
    }
}

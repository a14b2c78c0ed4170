//! What can go wrong with the record's file, each with what to do about it.

use std::io;

/// Why the store could not do what was asked. Whatever was being written was rolled back whole.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another window or terminal has the record open.
    #[error("the record is open in another window or terminal")]
    InUse,
    /// The key is not the one this record was made with. The file was not touched.
    #[error("this key does not open the record")]
    WrongKey,
    /// There is a folder without key slots: [`crate::KeySlots::save`] comes before [`crate::Store::open`], so that no
    /// record exists whose key nobody kept.
    #[error("the record's key slots are missing")]
    KeysMissing,
    /// There are key slots, and no record: it was moved, or is on a disk that is not connected. Nothing was made.
    #[error("the record's file is missing or empty")]
    RecordMissing,
    /// The log beside the file belongs to another state of it, as when a copy was put back: together they cannot be
    /// read, and alone the file can.
    #[error("the log beside the record is not its own")]
    LogOfAnother,
    /// The file was written by a newer version of the app.
    #[error("the record was written by a newer version (format {found}; this version reads up to {known})")]
    Newer {
        /// The file's schema number.
        found: u32,
        /// The newest this build knows.
        known: u32,
    },
    /// The file's format is older than any that was released.
    #[error("the record's format {found} was never released (this version reads {oldest} and newer)")]
    Unreleased {
        /// The file's schema number.
        found: u32,
        /// The oldest this build can bring up to date.
        oldest: u32,
    },
    /// No room left; nothing of the last step was kept.
    #[error("there is no room left on the disk")]
    DiskFull,
    /// This build of the program encrypts nothing: it was linked with another SQLite. Nothing was written.
    #[error("this build cannot encrypt the record")]
    NotEncrypted,
    /// The file is damaged.
    #[error("the record's file is damaged")]
    Damaged,
    /// The file or its folder may not be written.
    #[error("the record's folder may not be written")]
    NotWritable,
    /// Reading or writing the file failed.
    #[error("the disk did not read or write the record")]
    Io(#[source] io::Error),
    /// The key slots could not be read.
    #[error("the record's key slots cannot be read")]
    Keys(#[source] Box<crate::KeyError>),
    /// The caller stopped it.
    #[error("stopped")]
    Cancelled,
    /// The work panicked, which is a defect. What it was writing was rolled back.
    #[error("the work on the record ended in the middle")]
    Panicked,
    /// There is no such person, connection or run.
    #[error("there is no such {0}")]
    NoSuch(&'static str),
    /// Something that this crate wrote cannot be read back, which is a defect.
    #[error("stored {0} cannot be read back")]
    Inconsistent(&'static str),
    /// Anything else SQLite says.
    #[error("the record's database failed")]
    Sql(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => StoreError::DiskFull,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => StoreError::Damaged,
            Some(Code::ReadOnly | Code::PermissionDenied) => StoreError::NotWritable,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => StoreError::InUse,
            Some(Code::SystemIoFailure | Code::CannotOpen) => {
                StoreError::Io(io::Error::other(error.to_string()))
            }
            _ => StoreError::Sql(error),
        }
    }
}

impl From<std::fs::TryLockError> for StoreError {
    fn from(error: std::fs::TryLockError) -> Self {
        match error {
            std::fs::TryLockError::WouldBlock => StoreError::InUse,
            std::fs::TryLockError::Error(error) => error.into(),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreError::NotWritable,
            _ => StoreError::Io(error),
        }
    }
}

//! The file's format: which tables it has. Its number is the file's `user_version`.
//!
//! A new record is made from `schema/schema.sql`, which is always the newest format. An older record is brought up to
//! date by numbered steps, one at a time, after a copy of the file. Formats that are newer than this build, and those
//! below 10, which no release wrote, are refused.
//!
//! To change a table:
//!
//! 1. Write the change as `schema/step-18.sql` (the next number) and append it to the steps of [`SCHEMA`]. When facts or
//!    entries have to be derived anew, it says `DELETE FROM derived_by;`.
//! 2. Make the same change in `schema/schema.sql`.
//! 3. Run `WHOLECHART_WRITE_GOLDEN=1 cargo test -p wholechart-store format`. It writes `schema/golden-18.sql`: the tables
//!    of an older file after the step. From then on a test makes a file of each golden and opens it.
//!
//! Steps and golden files that were published never change.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection as Sqlite, TransactionBehavior};

use crate::StoreError;

/// The tables of a new file, and how an older file gets them.
pub(crate) struct Schema<'a> {
    /// SQL that makes all tables of the newest format.
    pub(crate) newest: &'a str,
    /// The oldest format that can be brought up to date.
    pub(crate) oldest: u32,
    /// SQL that leads from each format to the next, beginning with `oldest`.
    pub(crate) steps: &'a [&'a str],
}

/// Today's schema.
pub(crate) const SCHEMA: Schema<'static> = Schema {
    newest: include_str!("../schema/schema.sql"),
    oldest: 10,
    steps: &[
        include_str!("../schema/step-11.sql"),
        include_str!("../schema/step-12.sql"),
        include_str!("../schema/step-13.sql"),
        include_str!("../schema/step-14.sql"),
        include_str!("../schema/step-15.sql"),
        include_str!("../schema/step-16.sql"),
        include_str!("../schema/step-17.sql"),
    ],
};

impl Schema<'_> {
    /// The number of the newest format.
    pub(crate) fn format(&self) -> u32 {
        self.oldest + u32::try_from(self.steps.len()).unwrap_or(u32::MAX)
    }

    /// Makes the tables of an empty file, or brings those of an older one up to date.
    ///
    /// # Errors
    /// [`StoreError::Newer`] or [`StoreError::Unreleased`] for a format that cannot be read; the file was not touched.
    pub(crate) fn bring_up_to_date(&self, db: &mut Sqlite, path: &Path) -> Result<(), StoreError> {
        let found: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let known = self.format();
        if found == 0 {
            return apply(db, self.newest, known);
        }
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        if found < self.oldest {
            return Err(StoreError::Unreleased { found, oldest: self.oldest });
        }
        if found < known {
            copy_before(db, path, found)?;
        }
        for (format, step) in (self.oldest + 1..).zip(self.steps).filter(|(format, _)| *format > found) {
            apply(db, step, format)?;
        }
        Ok(())
    }
}

/// Runs SQL and sets the number of the format it leads to, in one transaction: stopped anywhere, the file is of one
/// format or the next, never between.
fn apply(db: &mut Sqlite, sql: &str, format: u32) -> Result<(), StoreError> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch(sql)?;
    tx.pragma_update(None, "user_version", format)?;
    tx.commit()?;
    Ok(())
}

/// Copies of the file made before its format changed, as [`copy_before`] names them.
pub(crate) fn copies(path: &Path) -> Result<Vec<PathBuf>, StoreError> {
    Ok(formats(path)?.into_iter().map(|(_, path)| path).collect())
}

/// As [`copies`], each with its format, the oldest first.
pub(crate) fn formats(path: &Path) -> Result<Vec<(u32, PathBuf)>, StoreError> {
    let (Some(dir), Some(name)) = (path.parent(), path.file_name()) else { return Ok(Vec::new()) };
    let prefix = format!("{}.format-", name.to_string_lossy());
    let mut found = Vec::new();
    for item in fs::read_dir(dir)? {
        let item = item?;
        let name = item.file_name();
        if let Some(format) =
            name.to_string_lossy().strip_prefix(&prefix).and_then(|number| number.parse().ok())
        {
            found.push((format, item.path()));
        }
    }
    found.sort();
    Ok(found)
}

/// Keeps the file as it was, as `record.db.format-N` (encrypted, same key). The log is folded in first and nobody else
/// has the file open (the lock is ours), so a plain copy is whole; it gets its name only when it is.
///
/// Refused: SQLite's backup interface, which needs a second keyed handle and re-encrypts every page for the same result.
fn copy_before(db: &Sqlite, path: &Path, format: u32) -> Result<(), StoreError> {
    let busy: bool = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        return Err(StoreError::InUse);
    }
    let with = |suffix: String| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let unfinished = with(".copying".into());
    fs::copy(path, &unfinished)?;
    File::options().write(true).open(&unfinished)?.sync_all()?;
    fs::rename(&unfinished, with(format!(".format-{format}")))?;
    if let Some(dir) = path.parent() {
        crate::durable::sync_dir(dir)?;
    }
    Ok(())
}

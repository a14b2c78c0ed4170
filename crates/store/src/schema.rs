//! Brings a file's tables from the format it was written in to the newest.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection as Sqlite, TransactionBehavior};

use crate::StoreError;

/// One step each, in order; the file's `user_version` counts the steps it has had. Published steps never change.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_answered.sql"),
    include_str!("../migrations/0003_decided.sql"),
    include_str!("../migrations/0004_search.sql"),
    include_str!("../migrations/0005_person_colour.sql"),
    include_str!("../migrations/0006_merged.sql"),
    include_str!("../migrations/0007_file_text.sql"),
    include_str!("../migrations/0008_lists.sql"),
    include_str!("../migrations/0009_inferred.sql"),
    include_str!("../migrations/0010_change_order.sql"),
];

/// Applies the steps that are missing. A step and its number are one transaction: stopped anywhere, the file is of
/// one format or the next, never between.
pub(crate) fn migrate(db: &mut Sqlite, path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    let found: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    if found > 0 && found < known {
        copy_before(db, path, found)?;
    }
    for (step, number) in steps.iter().zip(1_u32..).skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(step)?;
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    Ok(())
}

/// Copies of the file made before its format changed, as [`copy_before`] names them.
pub(crate) fn copies(path: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let (Some(dir), Some(name)) = (path.parent(), path.file_name()) else { return Ok(Vec::new()) };
    let prefix = format!("{}.format-", name.to_string_lossy());
    let mut found = Vec::new();
    for item in fs::read_dir(dir)? {
        let item = item?;
        if item.file_name().to_string_lossy().starts_with(&prefix) {
            found.push(item.path());
        }
    }
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

//! The copy of the record that was made before its format changed: how long it is kept, and going back to it.

use std::fs;

use chrono::{DateTime, Utc};

use crate::folder::Folder;
use crate::keys::DB_FILE;
use crate::restore::Replacement;
use crate::store::{open_without_log, read_through};
use crate::{DbKey, KeySlots, Store, StoreError, schema};

/// A copy that was made before an upgrade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpgradeCopy {
    /// Its format, by number.
    pub format: u32,
    /// When it was made.
    pub made: DateTime<Utc>,
}

impl Store {
    /// The copies that were made before upgrades and are kept still, the oldest format first.
    pub fn upgrade_copies(&self) -> Result<Vec<UpgradeCopy>, StoreError> {
        let mut found = Vec::new();
        for (format, path) in schema::formats(self.path())? {
            found.push(UpgradeCopy { format, made: fs::metadata(path)?.modified()?.into() });
        }
        Ok(found)
    }

    /// Deletes copies that were made before this moment.
    pub fn forget_upgrade_copies(&self, before: DateTime<Utc>) -> Result<(), StoreError> {
        for (_, path) in schema::formats(self.path())? {
            if DateTime::<Utc>::from(fs::metadata(&path)?.modified()?) < before {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

/// Makes the copy of before the last upgrade ready to take the place of the record in `folder`, under the same key and
/// slots. `None`: there is none.
///
/// # Errors
/// [`StoreError::WrongKey`]; [`StoreError::Damaged`] when the copy is not whole; or what the disk says. The record is as it was.
pub fn before_upgrade(folder: &Folder, key: &DbKey) -> Result<Option<Replacement>, StoreError> {
    let keys = |error| StoreError::Keys(Box::new(error));
    let Some((_, copy)) = schema::formats(&folder.path().join(DB_FILE))?.pop() else { return Ok(None) };
    let candidates = KeySlots::candidates(folder.path()).map_err(keys)?;
    let slots = candidates.into_iter().find(|one| one.verify(key)).ok_or(StoreError::WrongKey)?;
    read_through(&open_without_log(&copy, key)?)?;
    let replacement = Replacement::begin(folder)?;
    slots.save(replacement.folder()).map_err(keys)?;
    let path = replacement.folder().path().join(DB_FILE);
    fs::copy(copy, &path)?;
    fs::File::options().write(true).open(&path)?.sync_all()?;
    Ok(Some(replacement))
}

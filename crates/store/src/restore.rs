//! A backup in the place of the record: read, made ready beside it, exchanged whole, and exchanged back.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::archive::{self, BackupContents, BackupError};
use crate::durable::sync_dir;
use crate::folder::Folder;
use crate::keys::DB_FILE;
use crate::schema::{self, SCHEMA};
use crate::store::{open_copy, open_without_log, read_through, rekey};
use crate::swap;
use crate::{DbKey, Store, StoreError};

/// Reads a backup from its first byte to its last and says what is in it. Nothing of it is kept.
///
/// # Errors
/// Why it cannot be used.
pub fn read_backup(file: &Path, passphrase: &SecretString) -> Result<BackupContents, BackupError> {
    Ok(archive::read(file, passphrase, None)?.contents())
}

/// A record that is made ready beside the one there is. Thrown away when it is dropped.
#[derive(Debug)]
pub struct Replacement {
    /// Its own folder, with a lock of its own.
    folder: Folder,
}

impl Replacement {
    /// Makes room for it beside the record whose folder is taken.
    ///
    /// # Errors
    /// What the disk says.
    pub fn begin(beside: &Folder) -> Result<Replacement, StoreError> {
        swap::throw_away(beside.path())?;
        Ok(Replacement { folder: Folder::take(&beside.path().join(swap::INCOMING))? })
    }

    /// For its key slots, which are kept before it is filled.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Fills it with what is in a backup, under the key of its slots, and brings that up to date.
    ///
    /// # Errors
    /// Why the backup cannot be used; then nothing but this one is to be thrown away.
    pub fn fill(
        &self,
        backup: &Path,
        passphrase: &SecretString,
        key: &DbKey,
    ) -> Result<BackupContents, BackupError> {
        let path = self.folder.path().join(DB_FILE);
        let mut file = File::create_new(&path)?;
        let manifest = archive::read(backup, passphrase, Some(&mut file))?;
        file.sync_all()?;
        drop(file);
        let as_read = |error| match error {
            StoreError::Damaged | StoreError::Sql(_) => BackupError::Broken,
            StoreError::Newer { .. } => BackupError::Newer,
            error => error.into(),
        };
        let mut db = open_copy(&path, &manifest.key()?).map_err(as_read)?;
        read_through(&db).map_err(as_read)?;
        SCHEMA.bring_up_to_date(&mut db, &path).map_err(as_read)?;
        for copy in schema::copies(&path)? {
            fs::remove_file(copy)?;
        }
        rekey(&db, key)?;
        drop(db);
        // What opens it from now on is this key and no other.
        read_through(&open_without_log(&path, key)?).map_err(as_read)?;
        File::options().write(true).open(&path)?.sync_all()?;
        sync_dir(self.folder.path())?;
        Ok(manifest.contents())
    }

    /// Puts it in the place of the record in `folder`, which nobody has open. Killed at any moment, the record is either
    /// the old one or the new one. The old one is kept until [`Store::let_go_of_replaced`].
    ///
    /// # Errors
    /// What the disk says: the exchange is finished when the folder is taken the next time, or was not begun.
    pub fn swap_in(mut self, folder: &Folder) -> Result<(), StoreError> {
        self.folder.give_back();
        Ok(swap::swap_in(folder.path(), &mut || Ok(()))?)
    }

    /// As [`Replacement::swap_in`], in the place of a damaged record, whose files are set aside for good. Gives the folder
    /// that they are in.
    ///
    /// # Errors
    /// As [`Replacement::swap_in`].
    pub fn set_aside_damaged(mut self, folder: &Folder) -> Result<PathBuf, StoreError> {
        self.folder.give_back();
        Ok(swap::set_aside(folder.path(), &mut || Ok(()))?)
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        // With a marker beside it, it is on its way.
        if let Some(record) = self.folder.path().parent()
            && !swap::has_begun(record)
        {
            let _ = fs::remove_dir_all(self.folder.path());
        }
    }
}

/// Takes the last restore back: what was there before is there again. False: there is nothing to take back.
///
/// # Errors
/// As [`Replacement::swap_in`].
pub fn undo_restore(folder: &Folder) -> Result<bool, StoreError> {
    let there = swap::can_swap_back(folder.path());
    if there {
        swap::swap_back(folder.path(), &mut || Ok(()))?;
    }
    Ok(there)
}

impl Store {
    /// Makes room for another record beside this one.
    ///
    /// # Errors
    /// What the disk says.
    pub fn replacement(&self) -> Result<Replacement, StoreError> {
        Replacement::begin(self.folder())
    }

    /// Whether the record that this one replaced is still kept.
    pub fn has_replaced(&self) -> bool {
        swap::can_swap_back(self.folder().path())
    }

    /// Deletes the record that this one replaced.
    ///
    /// # Errors
    /// What the disk says.
    pub fn let_go_of_replaced(&self) -> Result<(), StoreError> {
        Ok(swap::let_go(self.folder().path())?)
    }
}

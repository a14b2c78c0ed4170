//! Making a backup of the open record: one file that a passphrase opens, on any computer.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rand::CryptoRng;
use rusqlite::Connection as Sqlite;
use rusqlite::backup::{Backup, StepResult};
use secrecy::SecretString;

use crate::archive::{self, BackupContents, BackupError, Held, Manifest, RECORD};
use crate::durable::sync_dir;
use crate::restore::Replacement;
use crate::schema::SCHEMA;
use crate::store::{open_copy, read_through};
use crate::swap::COPYING;
use crate::table::{held, tokens};
use crate::{DbKey, Store, StoreError};

/// What a backup is made with.
pub struct BackupOrder<'a> {
    /// Where it goes. What is there is replaced when the new one is whole and was read back.
    pub to: &'a Path,
    /// What opens it.
    pub passphrase: &'a SecretString,
    /// The app's version.
    pub app: &'a str,
    /// The moment.
    pub now: DateTime<Utc>,
    /// How much work each guess of the passphrase is, 2 to the power of it. `None`: as much as is usual.
    pub work: Option<u8>,
}

impl Store {
    /// Who is in this record, to be compared with what a backup says.
    pub fn held(&self, now: DateTime<Utc>) -> Result<Vec<Held>, StoreError> {
        self.read(|db| held::all(db, now))
    }

    /// Makes a backup of one consistent state of the record, without tokens and secrets, and reads it back. Reading and
    /// writing the record go on meanwhile. Whenever it stops, the file at [`BackupOrder::to`] is the one that was there.
    ///
    /// # Errors
    /// [`BackupError::OwnFolder`], or what the disks say.
    pub fn back_up(
        &self,
        order: &BackupOrder<'_>,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<BackupContents, BackupError> {
        let absolute = std::path::absolute(order.to)?;
        let (Some(to), Some(name)) = (absolute.parent(), absolute.file_name()) else {
            return Err(BackupError::Foreign);
        };
        let here = fs::canonicalize(self.folder().path())?;
        if fs::canonicalize(to)?.starts_with(&here) {
            return Err(BackupError::OwnFolder);
        }
        // A disk that has no room for the record's log has none for a copy either.
        let beside = if self.unwritable().is_none() { self.folder().path() } else { to };
        let copying = Copying::begin(beside)?;
        let key = DbKey::generate(rng);
        let held = self.copy_without_secrets(&copying, &key, order.now)?;
        let contents = BackupContents { made: order.now, app: order.app.to_owned(), persons: held };
        let record = copying.0.join(RECORD);
        let manifest = Manifest::of(&record, &key, SCHEMA.format(), contents)?;

        // Beside where it goes, under a name that the next one takes again.
        let mut unfinished = name.to_owned();
        unfinished.push(".unfinished");
        let path = to.join(&unfinished);
        if path.is_file() {
            fs::remove_file(&path)?;
        }
        let (file, path) =
            tempfile::Builder::new().prefix(&unfinished).rand_bytes(0).tempfile_in(to)?.into_parts();
        drop(archive::write(file, order.passphrase, order.work, &manifest, &record)?);
        let read = archive::read(&path, order.passphrase, None)?;
        if !read.is_of_the_same(&manifest) {
            return Err(BackupError::Broken);
        }
        path.persist(&absolute).map_err(|error| error.error)?;
        sync_dir(to)?;
        Ok(read.contents())
    }

    /// Writes all of the record, as it is, under the key of what is made ready to take its place: to give it another key.
    ///
    /// # Errors
    /// What the disk says; this record is untouched.
    pub fn copy_into(&self, replacement: &Replacement, key: &DbKey) -> Result<(), StoreError> {
        let path = replacement.folder().path().join(RECORD);
        let mut copy = open_copy(&path, key)?;
        self.read(|db| copy_pages(db, &mut copy))?;
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        read_through(&copy)?;
        drop(copy);
        File::options().write(true).open(&path)?.sync_all()?;
        Ok(sync_dir(replacement.folder().path())?)
    }

    /// Writes the record under another key into the folder of the copy. Only rows are copied: what was deleted and lies
    /// in free pages is not.
    fn copy_without_secrets(
        &self,
        copying: &Copying,
        key: &DbKey,
        now: DateTime<Utc>,
    ) -> Result<Vec<Held>, StoreError> {
        let whole = copying.0.join("whole.db");
        let mut copy = open_copy(&whole, key)?;
        self.read(|db| copy_pages(db, &mut copy))?;
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        let tx = copy.transaction()?;
        tokens::delete_all(&tx)?;
        tx.commit()?;
        let held = held::all(&copy, now)?;
        let record = copying.0.join(RECORD);
        let record = record.to_str().ok_or(StoreError::Inconsistent("path"))?;
        copy.execute("VACUUM INTO ?1", [record])?;
        drop(copy);
        fs::remove_file(&whole)?;
        Ok(held)
    }
}

fn copy_pages(from: &Sqlite, to: &mut Sqlite) -> Result<(), StoreError> {
    match Backup::new(from, to)?.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::InUse),
    }
}

/// A folder for encrypted copies that are of use only while a backup is made. Gone when it is dropped; what a kill leaves
/// goes when the record is opened or backed up the next time.
struct Copying(PathBuf);

impl Copying {
    fn begin(beside: &Path) -> Result<Copying, StoreError> {
        let dir = beside.join(COPYING);
        match fs::remove_dir_all(&dir) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => fs::create_dir(&dir)?,
        }
        Ok(Copying(dir))
    }
}

impl Drop for Copying {
    fn drop(&mut self) {
        // What stays is encrypted under a key that is nowhere, and goes the next time.
        let _ = fs::remove_dir_all(&self.0);
    }
}

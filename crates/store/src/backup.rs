//! Making a backup of the open record: one file that a passphrase opens, on any computer.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
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

/// Pages that are copied before somebody is told: 4 MB.
const PAGES: i32 = 1024;

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
    /// writing the record go on meanwhile. `progress` hears how much of how much is done, in bytes, and may end it.
    /// Whenever it stops, the file at [`BackupOrder::to`] is the one that was there.
    ///
    /// # Errors
    /// [`BackupError::OwnFolder`], [`StoreError::Cancelled`] after a break, or what the disks say.
    pub fn back_up(
        &self,
        order: &BackupOrder<'_>,
        rng: &mut (impl CryptoRng + ?Sized),
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<BackupContents, BackupError> {
        let mut walks = Walks { tell: progress, walk: 0, stopped: false };
        let made = self.walk_through(order, rng, &mut walks);
        // What was told to stop says so as an error of the disk on its way.
        if walks.stopped { Err(StoreError::Cancelled.into()) } else { made }
    }

    fn walk_through(
        &self,
        order: &BackupOrder<'_>,
        rng: &mut (impl CryptoRng + ?Sized),
        walks: &mut Walks<'_>,
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
        let held = self.copy_without_secrets(&copying, &key, order.now, walks)?;
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
        walks.walk = 1;
        let from = walks.through(File::open(&record)?, fs::metadata(&record)?.len());
        drop(archive::write(file, order.passphrase, order.work, &manifest, from)?);
        walks.walk = 2;
        let read =
            archive::read(&path, order.passphrase, Some(&mut walks.through(io::sink(), manifest.length())))?;
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
        self.read(|db| copy_pages(db, &mut copy, |_, _| Ok(())))?;
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
        walks: &mut Walks<'_>,
    ) -> Result<Vec<Held>, StoreError> {
        let whole = copying.0.join("whole.db");
        let mut copy = open_copy(&whole, key)?;
        self.read(|db| copy_pages(db, &mut copy, |done, all| Ok(walks.tell(done, all)?)))?;
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

/// Copies all pages of one state. `tell` hears how many of how many, and may end it by an error.
fn copy_pages(
    from: &Sqlite,
    to: &mut Sqlite,
    mut tell: impl FnMut(u64, u64) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    // From here to the end of the transaction it is one state, whatever is written meanwhile.
    from.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let backup = Backup::new(from, to)?;
    loop {
        match backup.step(PAGES)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {
                let at = backup.progress();
                let all = u64::try_from(at.pagecount).unwrap_or_default();
                tell(all - u64::try_from(at.remaining).unwrap_or_default().min(all), all)?;
            }
            _ => return Err(StoreError::InUse),
        }
    }
}

/// Tells how far a backup has come. The record is walked through three times: copied, written into the backup, read back.
struct Walks<'t> {
    tell: &'t mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    /// Which of these it is, from 0.
    walk: u64,
    /// It was told to stop.
    stopped: bool,
}

impl Walks<'_> {
    /// `done` of `all` of this walk.
    fn tell(&mut self, done: u64, all: u64) -> io::Result<()> {
        if (self.tell)(self.walk * all + done.min(all), 3 * all).is_break() {
            self.stopped = true;
            return Err(io::Error::other("stopped"));
        }
        Ok(())
    }

    /// What is read or written of this walk, `all` bytes, with somebody who hears of each.
    fn through<'w, T>(&'w mut self, stream: T, all: u64) -> Told<'w, T>
    where
        Self: 'w,
    {
        Told { stream, tell: Box::new(move |done| self.tell(done, all)), done: 0 }
    }
}

/// A stream, and who hears how many bytes of it went by.
struct Told<'w, T> {
    stream: T,
    tell: Box<dyn FnMut(u64) -> io::Result<()> + 'w>,
    done: u64,
}

impl<T> Told<'_, T> {
    fn told(&mut self, length: usize) -> io::Result<usize> {
        self.done += length as u64;
        (self.tell)(self.done)?;
        Ok(length)
    }
}

impl<T: Read> Read for Told<'_, T> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.stream.read(into)?;
        self.told(length)
    }
}

impl<T: Write> Write for Told<'_, T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.stream.write(bytes)?;
        self.told(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
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

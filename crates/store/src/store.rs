//! The open file: lock, key, one writer, a few readers. What is done with it is in the files that extend [`Store`].

use std::collections::{BTreeMap, HashMap};
use std::fs::{File, OpenOptions, TryLockError};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection as Sqlite, OpenFlags, Transaction, TransactionBehavior};
use wholechart_record::{ConnectionId, PersonId};
use zeroize::Zeroizing;

use crate::keys::DB_FILE;
use crate::projection::in_memory::Projection;
use crate::schema::SCHEMA;
use crate::table::tokens::Tokens;
use crate::{DbKey, KeySlots, StoreError};

const LOCK_FILE: &str = "record.lock";

/// Readers beside the writer: the window asks for a few things at once, and each open handle has a cache of its own.
const READERS: usize = 3;

/// The open record. Share it between threads; every method blocks.
pub struct Store {
    // Fields drop in this order: the writer closes last, so that it can fold the log into the file, and only then
    // does the lock go.
    readers: Readers,
    writer: Mutex<Sqlite>,
    /// Of every person whose facts were refreshed since the file was opened. Locked before the writer.
    projections: Mutex<HashMap<PersonId, Projection>>,
    /// See [`Store::unsaved_tokens`].
    unsaved: Mutex<BTreeMap<ConnectionId, Tokens>>,
    path: PathBuf,
    _lock: File,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

impl Store {
    /// Takes the lock, checks the key, opens the file and brings its tables to today's format.
    pub(crate) fn open_file(dir: &Path, key: &DbKey) -> Result<Store, StoreError> {
        let lock = take_lock(dir)?;
        let slots = KeySlots::load(dir).map_err(|error| StoreError::Keys(Box::new(error)))?;
        if !slots.ok_or(StoreError::KeysMissing)?.verify(key) {
            return Err(StoreError::WrongKey);
        }
        let path = dir.join(DB_FILE);
        let mut writer = Sqlite::open_with_flags(
            &path,
            OpenFlags::SQLITE_OPEN_READ_WRITE
                | OpenFlags::SQLITE_OPEN_CREATE
                | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        unlock(&writer, key)?;
        set_up_writer(&writer)?;
        SCHEMA.bring_up_to_date(&mut writer, &path)?;
        Ok(Store {
            readers: Readers::open(&path, key)?,
            writer: Mutex::new(writer),
            projections: Mutex::default(),
            unsaved: Mutex::default(),
            path,
            _lock: lock,
        })
    }

    /// The encrypted file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Tokens that the file did not take, by connection. Locked before the writer.
    pub(crate) fn unsaved_tokens(&self) -> MutexGuard<'_, BTreeMap<ConnectionId, Tokens>> {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Like [`Store::write`], with the person's projection that is kept in memory. After an error the projection is
    /// dropped, because it may hold what was rolled back; the next call makes it anew.
    pub(crate) fn project<T>(
        &self,
        person: &PersonId,
        work: impl FnOnce(&Transaction<'_>, &mut Option<Projection>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut kept = self.projections.lock().unwrap_or_else(PoisonError::into_inner);
        let mut slot = kept.remove(person);
        let outcome = self.write(|tx| work(tx, &mut slot))?;
        kept.extend(slot.map(|projection| (person.clone(), projection)));
        Ok(outcome)
    }

    /// Like [`Store::write`], and drops the projections of all persons from memory.
    pub(crate) fn write_anew<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // Locked until the end: nobody may put back a projection that was made from entries deleted here.
        let mut kept = self.projections.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clear();
        self.write(work)
    }

    /// Runs `work` in one transaction that is the only one writing. An error rolls everything back.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // A panic under the lock has dropped its transaction, which rolled it back: the handle is sound.
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let outcome = work(&tx)?;
        tx.commit()?;
        Ok(outcome)
    }

    /// Runs `work` on one consistent state of the file.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Sqlite) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let reader = self.readers.take();
        let tx = reader.unchecked_transaction()?;
        let outcome = work(&tx)?;
        tx.finish()?;
        Ok(outcome)
    }

    /// Rows changed by the writer since it was opened: for tests that claim nothing was written.
    #[cfg(test)]
    pub(crate) fn total_changes(&self) -> u64 {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).total_changes()
    }

    /// The writer itself: for tests of what the disk can do to us.
    #[cfg(test)]
    pub(crate) fn with_writer<T>(&self, work: impl FnOnce(&mut Sqlite) -> T) -> T {
        work(&mut self.writer.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn take_lock(dir: &Path) -> Result<File, StoreError> {
    std::fs::create_dir_all(dir)?;
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(dir.join(LOCK_FILE))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Gives SQLCipher the raw key, first thing on a new handle, and reads once to see that it fits.
///
/// The raw form (`x'…'`) skips the 200 ms of key stretching that a passphrase needs; the key is random already.
fn unlock(db: &Sqlite, key: &DbKey) -> Result<(), StoreError> {
    let mut sql = Zeroizing::new(String::with_capacity(96));
    sql.push_str("PRAGMA key = \"x'");
    sql.push_str(&key.hex());
    sql.push_str("'\"");
    db.execute_batch(&sql)?;
    db.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    Ok(())
}

/// Settings of every handle. Temporary tables stay in memory: nothing readable may reach the disk.
fn set_up(db: &Sqlite) -> Result<(), StoreError> {
    db.busy_timeout(std::time::Duration::from_secs(10))?;
    db.execute_batch(
        "PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -16000;",
    )?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// WAL, so that reading goes on while a page is written. `synchronous = FULL`, not the usual `NORMAL`: with NORMAL a
/// power cut may take back the last commits, and a refresh token that the server has already rotated is gone for
/// good then. A sync commits a page at a time, so the price is one flush per page.
fn set_up_writer(db: &Sqlite) -> Result<(), StoreError> {
    set_up(db)?;
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    db.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA secure_delete = FAST;",
    )?;
    Ok(())
}

/// A few read-only handles, lent one at a time.
struct Readers {
    free: Mutex<Vec<Sqlite>>,
    returned: Condvar,
}

impl Readers {
    fn open(path: &Path, key: &DbKey) -> Result<Readers, StoreError> {
        let mut free = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let reader = Sqlite::open_with_flags(path, flags)?;
            unlock(&reader, key)?;
            set_up(&reader)?;
            free.push(reader);
        }
        Ok(Readers { free: Mutex::new(free), returned: Condvar::new() })
    }

    fn take(&self) -> Lent<'_> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(reader) = free.pop() {
                return Lent { readers: self, reader: Some(reader) };
            }
            free = self.returned.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

struct Lent<'a> {
    readers: &'a Readers,
    reader: Option<Sqlite>,
}

impl Deref for Lent<'_> {
    type Target = Sqlite;

    fn deref(&self) -> &Sqlite {
        self.reader.as_ref().expect("a lent reader is there until it is dropped")
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(reader) = self.reader.take() {
            self.readers.free.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
            self.readers.returned.notify_one();
        }
    }
}

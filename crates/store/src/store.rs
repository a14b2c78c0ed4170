//! The open file: lock, key, one writer, a few readers. What is done with it is in the files that extend [`Store`].

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, Once, PoisonError};

use rusqlite::config::DbConfig;
use rusqlite::{Connection as Sqlite, OpenFlags, Transaction, TransactionBehavior};
use wholechart_record::{ConnectionId, PersonId};
use zeroize::Zeroizing;

use crate::folder::Folder;
use crate::keys::{DB_FILE, record_exists};
use crate::private;
use crate::projection::in_memory::Projection;
use crate::schema::SCHEMA;
use crate::table::tokens::Tokens;
use crate::table::topics::kept::KeptTopics;
use crate::{DbKey, KeySlots, StoreError};

/// Readers beside the writer: the window asks for a few things at once, and each open handle has a cache of its own.
const READERS: usize = 3;

/// Prepared statements that a handle keeps: all that a sync needs, or each page would prepare some of them again.
const STATEMENTS: usize = 256;

/// The resources that came in one answer so far: of a run, a base and a question.
pub(crate) type Came = HashMap<(i64, String, String), HashSet<i64>>;

/// The open record. Share it between threads; every method blocks.
pub struct Store {
    // Fields drop in this order: the writer closes last, so that it can fold the log into the file, and only then
    // does the lock go.
    readers: Readers,
    writer: Result<Mutex<Sqlite>, Unwritable>,
    /// Of every person whose facts were refreshed since the file was opened. Locked before the writer.
    projections: Mutex<HashMap<PersonId, Projection>>,
    /// See [`Store::kept_topics`].
    topics: Mutex<HashMap<PersonId, KeptTopics>>,
    /// See [`Store::unsaved_tokens`].
    unsaved: Mutex<BTreeMap<ConnectionId, Tokens>>,
    /// See [`Store::came`].
    came: Mutex<Came>,
    /// See [`Store::changed`].
    changed: AtomicU64,
    path: PathBuf,
    folder: Folder,
}

/// Why a record can be read and not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwritable {
    /// There is no room left on its disk.
    Full,
    /// Its disk, folder or file may only be read.
    ReadOnly,
}

impl From<Unwritable> for StoreError {
    fn from(why: Unwritable) -> Self {
        match why {
            Unwritable::Full => StoreError::DiskFull,
            Unwritable::ReadOnly => StoreError::NotWritable,
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        crate::packed::wash();
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

impl Store {
    /// Checks the key, opens the file and brings its tables to today's format. Where nothing can be written, the file
    /// is opened to be read.
    pub(crate) fn open_file(folder: Folder, key: &DbKey) -> Result<Store, StoreError> {
        let dir = folder.path();
        let candidates = KeySlots::candidates(dir).map_err(|error| StoreError::Keys(Box::new(error)))?;
        if candidates.is_empty() {
            return Err(StoreError::KeysMissing);
        }
        let mut slots = candidates.into_iter().find(|one| one.verify(key)).ok_or(StoreError::WrongKey)?;
        let there = record_exists(dir)?;
        if !there && !slots.is_making() {
            return Err(StoreError::RecordMissing);
        }
        let path = dir.join(DB_FILE);
        let opened = if folder.writable() { open_to_write(&path, key) } else { Err(StoreError::NotWritable) };
        let (writer, readers) = match opened {
            Ok((writer, readers)) => (Ok(Mutex::new(writer)), readers),
            Err(error) if there => {
                let why = unwritable(dir, error)?;
                (Err(why), open_to_read(&path, key)?.ok_or(why)?)
            }
            Err(error) => return Err(error),
        };
        if writer.is_ok() {
            crate::swap::throw_away(dir)?;
            slots.made();
            // Whatever lay where it should lie, these are the slots of this record.
            if !slots.stand_in(dir) {
                slots.save(&folder).map_err(|error| StoreError::Keys(Box::new(error)))?;
            }
        }
        Ok(Store {
            readers: Readers { free: Mutex::new(readers), returned: Condvar::new() },
            writer,
            projections: Mutex::default(),
            topics: Mutex::default(),
            unsaved: Mutex::default(),
            came: Mutex::default(),
            changed: AtomicU64::new(0),
            path,
            folder,
        })
    }

    /// Why nothing can be written. `None`: it can.
    pub fn unwritable(&self) -> Option<Unwritable> {
        self.writer.as_ref().err().copied()
    }

    /// Where the record's files are, with the lock that it is opened under.
    pub(crate) fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The encrypted file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Topics as they were read last, by person. Locked before a reader is taken, so that nobody who read an older state
    /// comes after a newer one.
    pub(crate) fn kept_topics(&self) -> MutexGuard<'_, HashMap<PersonId, KeptTopics>> {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tokens that the file did not take, by connection. Locked before the writer.
    pub(crate) fn unsaved_tokens(&self) -> MutexGuard<'_, BTreeMap<ConnectionId, Tokens>> {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What came so far in answers of runs that are not finished.
    pub(crate) fn came(&self) -> MutexGuard<'_, Came> {
        self.came.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// Drops the projections of all persons from memory, as if they were full.
    #[cfg(test)]
    pub(crate) fn let_go_of_projections(&self) {
        self.projections.lock().unwrap_or_else(PoisonError::into_inner).clear();
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
        let outcome = self.write_down(work);
        // After what failed as well: who remembers something asks once too often.
        self.changed.fetch_add(1, Ordering::SeqCst);
        outcome
    }

    /// How often this handle has changed what the record says, or may have: as long as it is the same, nothing is different.
    pub fn changed(&self) -> u64 {
        self.changed.load(Ordering::SeqCst)
    }

    /// Like [`Store::write`], for what is no part of what the record says.
    pub(crate) fn write_down<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // A panic under the lock has dropped its transaction, which rolled it back: the handle is sound.
        let writer = self.writer.as_ref().map_err(|why| *why)?;
        let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
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

    /// Lends one of the handles that read, to be changed.
    pub(crate) fn with_reader<T>(
        &self,
        work: impl FnOnce(&mut Sqlite) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut lent = self.readers.take();
        lent.reader.as_mut().map_or(Err(StoreError::Inconsistent("reader")), work)
    }

    /// Runs `work` on the writer while nobody reads: what nobody looks at any more can be taken out of the log.
    pub(crate) fn with_nobody_reading<T>(
        &self,
        work: impl FnOnce(&Sqlite) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let writer = self.writer.as_ref().map_err(|why| *why)?;
        let _readers: Vec<Lent<'_>> = (0..READERS).map(|_| self.readers.take()).collect();
        work(&writer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Every handle, when nobody has it.
    pub(crate) fn each_handle(
        &self,
        mut work: impl FnMut(&mut Sqlite) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if let Ok(writer) = &self.writer {
            work(&mut writer.lock().unwrap_or_else(PoisonError::into_inner))?;
        }
        let mut readers: Vec<Lent<'_>> = (0..READERS).map(|_| self.readers.take()).collect();
        readers.iter_mut().filter_map(|lent| lent.reader.as_mut()).try_for_each(work)
    }

    /// Rows changed by the writer since it was opened: for tests that claim nothing was written.
    #[cfg(test)]
    pub(crate) fn total_changes(&self) -> u64 {
        self.with_writer(|db| db.total_changes())
    }

    /// The writer itself: for tests of what the disk can do to us.
    #[cfg(test)]
    pub(crate) fn with_writer<T>(&self, work: impl FnOnce(&mut Sqlite) -> T) -> T {
        work(&mut self.writer.as_ref().unwrap().lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Makes the file of a record, or closes it to others; SQLite makes a log with the mode of its file. What is wrong with the disk
/// SQLite says next.
fn close_to_others(path: &Path) {
    let _ = private::open(path);
}

/// The one handle that writes, and those that read.
fn open_to_write(path: &Path, key: &DbKey) -> Result<(Sqlite, Vec<Sqlite>), StoreError> {
    close_to_others(path);
    let mut writer = handle_of(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    // A log that is not this file's, beside a copy that somebody put back, must not be folded into it: not before
    // both were read together.
    writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let logged = has_log(path);
    let read = unlock(&writer, key).and_then(|()| {
        if logged {
            read_through(&writer)?;
        }
        set_up_writer(&writer)?;
        SCHEMA.bring_up_to_date(&mut writer, path)
    });
    if matches!(read, Err(StoreError::Damaged)) && logged {
        drop(writer);
        let alone = open_without_log(path, key);
        return Err(if alone.is_ok() { StoreError::LogOfAnother } else { StoreError::Damaged });
    }
    read?;
    writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok((writer, readers(path, key)?))
}

/// Handles for a file beside which nothing can be written. `None` where it would have to be: to bring its tables up to
/// date, or to read it together with a log that was left.
fn open_to_read(path: &Path, key: &DbKey) -> Result<Option<Vec<Sqlite>>, StoreError> {
    let handles = if has_log(path) {
        match readers(path, key) {
            Ok(handles) => handles,
            // Alone with the file, the index of its log is kept in memory.
            Err(_) => match open_alone(path, key) {
                Ok(handle) => vec![handle],
                Err(_) => return Ok(None),
            },
        }
    } else {
        vec![open_without_log(path, key)?]
    };
    for handle in &handles {
        let found: u32 = handle.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if found != SCHEMA.format() {
            return Ok(None);
        }
    }
    Ok(Some(handles))
}

/// A copy of a record that nobody else has open: the file is made where there is none. It is of use when it is whole, so
/// nothing is flushed on the way.
pub(crate) fn open_copy(path: &Path, key: &DbKey) -> Result<Sqlite, StoreError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    close_to_others(path);
    let handle = handle_of(path, flags)?;
    unlock(&handle, key)?;
    set_up(&handle)?;
    handle.execute_batch("PRAGMA synchronous = OFF")?;
    Ok(handle)
}

/// Encrypts every page anew, under another key. To be flushed by the caller.
pub(crate) fn rekey(db: &Sqlite, key: &DbKey) -> Result<(), StoreError> {
    let mut sql = Zeroizing::new(String::with_capacity(96));
    sql.push_str("PRAGMA rekey = \"x'");
    sql.push_str(&key.hex());
    sql.push_str("'\"");
    Ok(db.execute_batch(&sql)?)
}

/// Reads the file together with the log that was left. Nothing but this tells whether the log is its own: mixed pages
/// of two states can look sound one by one.
pub(crate) fn read_through(db: &Sqlite) -> Result<(), StoreError> {
    let said: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if said == "ok" && is_sound(db)? { Ok(()) } else { Err(StoreError::Damaged) }
}

/// Whether every page that a handle has read so far was sealed as it should be. A page that was not is shown as an empty
/// one, which SQLite takes for damage in most places and for noughts at the end of a long value.
pub(crate) fn is_sound(db: &Sqlite) -> Result<bool, StoreError> {
    let said: String = db.query_row("PRAGMA cipher_status", [], |row| row.get(0))?;
    Ok(said == "1")
}

/// A handle of a damaged file, with the log that was left if there is one. It changes neither.
pub(crate) fn open_damaged(path: &Path, key: &DbKey) -> Result<Sqlite, StoreError> {
    if has_log(path)
        && let Ok(handle) = open_alone(path, key)
    {
        return Ok(handle);
    }
    open_without_log(path, key)
}

/// Whether a log is left from a stop in the middle.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    fs::metadata(log).is_ok_and(|about| about.len() > 0)
}

/// The file as it is, as if there were no log and nobody could change it.
pub(crate) fn open_without_log(path: &Path, key: &DbKey) -> Result<Sqlite, StoreError> {
    let mut uri = String::from("file:");
    let name = path.to_string_lossy().replace('\\', "/");
    if !name.starts_with('/') && name.chars().nth(1) == Some(':') {
        // A drive's letter is the first part of a path.
        uri.push('/');
    }
    for c in name.chars() {
        match c {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            other => uri.push(other),
        }
    }
    uri.push_str("?immutable=1");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let handle = handle_of(uri, flags)?;
    unlock(&handle, key)?;
    set_up(&handle)?;
    Ok(handle)
}

/// The only handle of a file, which keeps the index of the log in memory and folds nothing into the file.
fn open_alone(path: &Path, key: &DbKey) -> Result<Sqlite, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let handle = handle_of(path, flags)?;
    handle.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    handle.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?;
    unlock(&handle, key)?;
    set_up(&handle)?;
    handle.execute_batch("PRAGMA query_only = ON")?;
    Ok(handle)
}

/// Whether an error says that nothing can be written here; any other error is handed back. What SQLite says of a disk
/// without room is often only that it could not open something, so the disk is asked itself.
fn unwritable(dir: &Path, error: StoreError) -> Result<Unwritable, StoreError> {
    match error {
        StoreError::DiskFull => Ok(Unwritable::Full),
        StoreError::NotWritable => Ok(Unwritable::ReadOnly),
        StoreError::Io(_) => match crate::durable::try_to_write(dir).map_err(StoreError::from) {
            Err(StoreError::DiskFull) => Ok(Unwritable::Full),
            Err(StoreError::NotWritable) => Ok(Unwritable::ReadOnly),
            _ => Err(error),
        },
        _ => Err(error),
    }
}

/// A handle of a file.
///
/// SQLite counts as initialised before SQLCipher is: of two first handles that are opened at once, the second would be told that
/// there is no encryption. So the very first one is opened, and closed, while everybody else waits.
fn handle_of(path: impl AsRef<Path>, flags: OpenFlags) -> Result<Sqlite, rusqlite::Error> {
    static FIRST: Once = Once::new();
    FIRST.call_once(|| drop(Sqlite::open_in_memory()));
    Sqlite::open_with_flags(path, flags)
}

/// Gives SQLCipher the raw key, first thing on a new handle, and reads once to see that it fits.
///
/// The raw form (`x'…'`) skips the 200 ms of key stretching that a passphrase needs; the key is random already.
fn unlock(db: &Sqlite, key: &DbKey) -> Result<(), StoreError> {
    let mut sql = Zeroizing::new(String::with_capacity(160));
    // What the library has to say goes to nobody's terminal: every error is told in our own words.
    // Refused: `cipher_memory_security`, which writes over what SQLite gives back, and asks the system to lock each piece of
    // memory before: a first sync took three times as long.
    sql.push_str("PRAGMA cipher_log_level = NONE; ");
    sql.push_str("PRAGMA key = \"x'");
    sql.push_str(&key.hex());
    sql.push_str("'\"");
    db.execute_batch(&sql)?;
    encrypts(db)?;
    db.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    Ok(())
}

/// Whether what a handle writes is encrypted, asked before it writes anything: SQLite alone takes a key without a word, answers
/// nothing to this, and would write the record readable.
pub(crate) fn encrypts(db: &Sqlite) -> Result<(), StoreError> {
    match is_sound(db) {
        Ok(true) => Ok(()),
        _ => Err(StoreError::NotEncrypted),
    }
}

/// Settings of every handle. Temporary tables stay in memory: nothing readable may reach the disk.
fn set_up(db: &Sqlite) -> Result<(), StoreError> {
    db.busy_timeout(std::time::Duration::from_secs(10))?;
    // A statement is planned once, not anew for the values that it is asked with.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.execute_batch(
        "PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -16000;",
    )?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

/// WAL, so that reading goes on while a page is written. `synchronous = FULL`, not the usual `NORMAL`: with NORMAL a
/// power cut may take back the last commits, and a refresh token that the server has already rotated is gone for
/// good then. A sync commits a page at a time, so the price is one flush per page. `fullfsync`: macOS empties the disk's own
/// memory only where it is asked for by name.
fn set_up_writer(db: &Sqlite) -> Result<(), StoreError> {
    set_up(db)?;
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    db.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA secure_delete = FAST;",
    )?;
    Ok(())
}

/// How much of the file the writer keeps in memory. While `much` is put together, rows go into indexes in no order: pages that
/// had to leave would be encrypted, written and read again for each.
pub(crate) fn keep_pages(db: &Sqlite, much: bool) -> Result<(), StoreError> {
    let (kilobytes, frames) = if much { (64_000, 4_000) } else { (16_000, 1_000) };
    db.execute_batch(&format!("PRAGMA cache_size = -{kilobytes};"))?;
    db.pragma_update(None, "wal_autocheckpoint", frames)?;
    Ok(())
}

/// A few read-only handles, lent one at a time.
struct Readers {
    free: Mutex<Vec<Sqlite>>,
    returned: Condvar,
}

/// Handles that only read, side by side with the writer.
fn readers(path: &Path, key: &DbKey) -> Result<Vec<Sqlite>, StoreError> {
    let mut free = Vec::with_capacity(READERS);
    for _ in 0..READERS {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = handle_of(path, flags)?;
        unlock(&reader, key)?;
        set_up(&reader)?;
        free.push(reader);
    }
    Ok(free)
}

impl Readers {
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

//! Erasing for good: rows, and then the bytes that rows leave behind.
//!
//! A deleted row stays in the pages of its table, in free pages, in the log and in copies of the file until something is
//! written over it. So each erasure notes in its own transaction that it is one, and afterwards the whole file is written
//! anew, its log cut off, and copies of it are deleted. Stopped in between, the note is there and opening does the second
//! half. What is inside another file, a backup, is out of reach here.

use std::fs;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use rusqlite::Connection as Sqlite;
use wholechart_record::{ConnectionId, FactId, PersonId};

use crate::folder::Folder;
use crate::table::runs::{self, ImportId};
use crate::table::{connections, dictionaries, people, search, settings};
use crate::{Store, StoreError, forget, sign_in, swap, undo};

impl Store {
    /// Erases a person with everything that came for them, was made of it, and that they said: no row of any table names
    /// them afterwards, and no page of the file holds a byte of it.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an unknown person. After any other error it may be that rows are gone and their bytes are
    /// not: opening the record goes on with it.
    pub fn erase_person(&self, person: &PersonId) -> Result<(), StoreError> {
        self.remove_copies()?;
        for connection in self.connections(Some(person))? {
            self.unsaved_tokens().remove(&connection.id);
        }
        self.write_anew(|tx| {
            people::known(tx, person)?;
            for connection in connections::of_person(tx, person)? {
                sign_in::forget_said(tx, &connection)?;
            }
            people::delete(tx, person)?;
            settings::forget(tx, &person.0)?;
            search::optimise(tx)?;
            settings::note_erasing(tx)
        })?;
        self.kept_topics().remove(person);
        self.overwrite()
    }

    /// Erases a connection with everything that it brought: as [`Store::delete_connection`] without keeping, and of its
    /// bytes nothing stays.
    ///
    /// # Errors
    /// As [`Store::erase_person`].
    pub fn erase_connection(&self, id: &ConnectionId) -> Result<(), StoreError> {
        self.remove_copies()?;
        self.unsaved_tokens().remove(id);
        self.write_anew(|tx| {
            sign_in::forget(tx, id)?;
            settings::note_erasing(tx)
        })?;
        self.overwrite()
    }

    /// Erases an import: as [`Store::undo_import`], with what the person said of records that nobody else brought, and the
    /// line that there was one.
    ///
    /// # Errors
    /// As [`Store::erase_person`].
    pub fn erase_import(&self, import: ImportId, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.remove_copies()?;
        self.write_anew(|tx| {
            // What stays may be packed with what goes.
            for (_, connection) in runs::of_import(tx, import)? {
                for of in dictionaries::types(tx, connection)? {
                    dictionaries::do_without(tx, connection, &of)?;
                }
            }
            let (persons, _) = undo::take_back(tx, import, at)?;
            undo::forget_lines(tx, import)?;
            for person in persons {
                people::forget_said_of_nothing(tx, &person)?;
            }
            settings::note_erasing(tx)
        })?;
        self.overwrite()
    }

    /// Erases a document: the record with what stands behind it, what was read from it, and what the person said of it. What a
    /// clinical document says goes with it, unless another one says the same.
    ///
    /// # Errors
    /// As [`Store::erase_person`]; [`StoreError::NoSuch`] for a fact that is not this person's.
    pub fn erase_document(&self, person: &PersonId, fact: &FactId) -> Result<(), StoreError> {
        self.remove_copies()?;
        self.write_anew(|tx| {
            forget::document(tx, person, fact)?;
            search::optimise(tx)?;
            settings::note_erasing(tx)
        })?;
        self.overwrite()
    }

    /// Does the second half of erasures that were stopped in the middle.
    pub(crate) fn finish_erasing(&self) -> Result<(), StoreError> {
        if self.read(settings::is_erasing)? {
            self.remove_copies()?;
            self.overwrite()?;
        }
        Ok(())
    }

    /// Writes the whole file anew, cuts off its log and takes the note back.
    fn overwrite(&self) -> Result<(), StoreError> {
        self.with_nobody_reading(|db| {
            db.execute_batch("PRAGMA secure_delete = ON; VACUUM;")?;
            cut_log_off(db)?;
            settings::erased(db)?;
            cut_log_off(db)?;
            db.execute_batch("PRAGMA secure_delete = FAST;")?;
            Ok(())
        })
    }

    /// Deletes every copy of the record that lies in its folder under this record's name: those made before a change of
    /// format, what a restore replaced, what was damaged and set aside, and what was being made ready.
    pub(crate) fn remove_copies(&self) -> Result<(), StoreError> {
        for copy in crate::schema::copies(self.path())? {
            fs::remove_file(copy)?;
        }
        let dir = self.folder().path();
        swap::let_go(dir)?;
        swap::delete_set_aside(dir)?;
        Ok(swap::throw_away(dir)?)
    }

    /// Folders with damaged files of this record that were set aside when it was rescued.
    pub fn set_aside_damaged(&self) -> Result<Vec<PathBuf>, StoreError> {
        Ok(swap::set_aside_before(self.folder().path())?)
    }

    /// Files in the record's folder that were put aside and are of another, missing record: an erasure leaves them, because
    /// they may be all that is left of it.
    pub fn put_aside(&self) -> Result<Vec<PathBuf>, StoreError> {
        let dir = self.folder().path();
        let mut found = Vec::new();
        for name in swap::record_files(dir)? {
            let own = ["record.db", "record.db-wal", "record.db-shm", "record.db-journal"];
            if name.starts_with("record.db") && !own.contains(&name.as_str()) {
                found.push(dir.join(name));
            }
        }
        Ok(found)
    }
}

/// Erases a whole record: every file of it, its keys first among them. The folder holds none afterwards.
///
/// # Errors
/// What the disk says: what has begun is finished when the folder is taken the next time.
pub fn erase_everything(folder: &Folder) -> Result<(), StoreError> {
    let dir = folder.path();
    swap::let_go(dir)?;
    swap::delete_set_aside(dir)?;
    swap::throw_away(dir)?;
    Ok(swap::take_out(dir, &mut || Ok(()))?)
}

fn cut_log_off(db: &Sqlite) -> Result<(), StoreError> {
    let busy: bool = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy { Err(StoreError::InUse) } else { Ok(()) }
}

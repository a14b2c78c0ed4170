//! Opening a record, and what is to be derived after it: behind whoever reads, a part at a time.
//!
//! Opening waits for nothing that grows with the record, but for one reading through the file after a stop in the
//! middle. What was merged is read as it is; what came and was not
//! merged, and everything after an upgrade of the app, follows with [`Store::catch_up`]. Two exceptions: rows of an
//! older version that this one cannot read at all, which would show a record with holes; and an import that was stopped
//! in the middle, which is taken back.

use std::ops::ControlFlow;
use std::path::Path;

use rand::CryptoRng;
use secrecy::SecretString;

use crate::folder::Folder;
use crate::projection::PART;
use crate::table::derived::{self, DERIVED_BY};
use crate::table::readable;
use crate::{DbKey, KeyError, KeySlots, RecordFiles, Store, StoreError, Unwritable};

impl Store {
    /// [`Store::open_in`] of a folder that is taken here.
    ///
    /// # Errors
    /// [`StoreError::InUse`], and those of [`Store::open_in`].
    pub fn open(dir: &Path, key: &DbKey) -> Result<Store, StoreError> {
        Store::open_in(Folder::take(dir)?, key, &mut |_, _| ())
    }

    /// Opens the record in the folder, or makes it when its key slots are there and say that it was never made. Keeps
    /// the folder for as long as the `Store` lives.
    ///
    /// Brings an older file's tables up to date, after making a copy of it. Where nothing can be written, the record is
    /// opened to be read: see [`Store::unwritable`]. `progress(done, total)` counts resources where derived rows have
    /// to be made anew before anything can be read.
    ///
    /// # Errors
    /// [`StoreError::KeysMissing`], [`StoreError::WrongKey`] and [`StoreError::RecordMissing`] (before anything is
    /// touched), [`StoreError::Newer`], [`StoreError::Unreleased`], [`StoreError::Damaged`],
    /// [`StoreError::LogOfAnother`], or what the disk says.
    pub fn open_in(
        folder: Folder,
        key: &DbKey,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Store, StoreError> {
        let store = Store::open_file(folder, key)?;
        match store.read(derived::by)? {
            Some(by) if by == DERIVED_BY => {}
            _ if store.read(readable::can_be_read)? => {}
            _ => store.rebuild(&mut |done, total| {
                progress(done, total);
                ControlFlow::Continue(())
            })?,
        }
        if store.unwritable().is_none() {
            for done in [store.undo_unfinished_imports(), store.finish_erasing()] {
                match done {
                    // What waits stays noted, and the record can be read meanwhile.
                    Err(StoreError::DiskFull | StoreError::NotWritable) => {}
                    done => done?,
                }
            }
        }
        Ok(store)
    }

    /// Whether this key opens the record's file, as far as the file itself can say: to choose between several keys.
    ///
    /// # Errors
    /// What the disk says.
    pub fn fits(folder: &Folder, key: &DbKey) -> Result<bool, StoreError> {
        match crate::store::open_without_log(&RecordFiles::record(folder.path()), key) {
            Ok(_) => Ok(true),
            Err(StoreError::Damaged) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// A new recovery code, when nobody has said to have kept the one there is: it was made and perhaps never seen. The
    /// old one is void then. `None`: it is kept, or nothing can be written.
    ///
    /// # Errors
    /// When the slots cannot be read or written; the old code counts still.
    pub fn recovery_to_keep(
        &self,
        key: &DbKey,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Option<SecretString>, KeyError> {
        let Some(mut slots) = KeySlots::load(self.folder().path())? else { return Ok(None) };
        if !slots.recovery_is_unkept() || !slots.verify(key) || self.unwritable().is_some() {
            return Ok(None);
        }
        let code = slots.set_recovery(key, rng);
        slots.save(self.folder())?;
        Ok(Some(code))
    }

    /// A new recovery code, because the person wants one: the old one is void from now on. It is said again at each start
    /// until it is kept.
    ///
    /// # Errors
    /// [`KeyError::WrongKey`] when `key` is not this record's, or when the slots cannot be read or written; the old code
    /// counts still.
    pub fn new_recovery(
        &self,
        key: &DbKey,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<SecretString, KeyError> {
        let mut slots = self.own_slots(key)?;
        let code = slots.set_recovery(key, rng);
        slots.save(self.folder())?;
        Ok(code)
    }

    /// Puts the record behind this passphrase, beside whatever else opens it; an older passphrase is void from now on.
    ///
    /// # Errors
    /// As [`Store::new_recovery`]; the old passphrase counts still.
    pub fn set_passphrase(
        &self,
        key: &DbKey,
        passphrase: &SecretString,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), KeyError> {
        let mut slots = self.own_slots(key)?;
        slots.set_passphrase(key, passphrase, rng);
        slots.save(self.folder())
    }

    /// The slots of this record, to be changed by who has its key.
    fn own_slots(&self, key: &DbKey) -> Result<KeySlots, KeyError> {
        if let Some(why) = self.unwritable() {
            return Err(KeyError::Io(match why {
                Unwritable::Full => std::io::ErrorKind::StorageFull.into(),
                Unwritable::ReadOnly => std::io::ErrorKind::ReadOnlyFilesystem.into(),
            }));
        }
        let slots = KeySlots::load(self.folder().path())?.ok_or(KeyError::NoSuchSlot)?;
        if slots.verify(key) { Ok(slots) } else { Err(KeyError::WrongKey) }
    }

    /// The slots that open this record.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn slots(&self) -> Result<Option<KeySlots>, KeyError> {
        KeySlots::load(self.folder().path())
    }

    /// The recovery code is kept: it is not said again.
    ///
    /// # Errors
    /// When the slots cannot be read or written; then it is said again at the next start.
    pub fn recovery_is_kept(&self) -> Result<(), StoreError> {
        let keys = |error| StoreError::Keys(Box::new(error));
        if let Some(mut slots) = KeySlots::load(self.folder().path()).map_err(keys)?
            && slots.recovery_is_unkept()
        {
            slots.recovery_is_kept();
            slots.save(self.folder()).map_err(keys)?;
        }
        Ok(())
    }

    /// Whether something waits to be derived: see [`Store::catch_up`].
    pub fn is_behind(&self) -> Result<bool, StoreError> {
        self.read(|db| Ok(derived::by(db)?.as_deref() != Some(DERIVED_BY) || derived::any_stale(db)?))
    }

    /// Derives what was left: everything, when another version of the app derived it, in one transaction; what was
    /// stored and not merged, in parts of their own, so that what was done stays done. True when anything changed.
    ///
    /// `progress(done, total)` is told after each part; when it breaks, the record stays as it is by then.
    ///
    /// # Errors
    /// [`StoreError::Cancelled`] after a break.
    pub fn catch_up(
        &self,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<bool, StoreError> {
        if self.read(derived::by)?.as_deref() != Some(DERIVED_BY) {
            self.rebuild(progress)?;
            return Ok(true);
        }
        let mut changed = false;
        let total = self.read(derived::count_stale)?;
        for person in self.persons()? {
            while self.read(|db| Ok(!derived::stale(db, &person.id)?.is_empty()))? {
                changed |= self.refresh_part(&person.id, PART)?;
                let left = self.read(derived::count_stale)?;
                if progress(total.saturating_sub(left), total).is_break() {
                    return Err(StoreError::Cancelled);
                }
            }
        }
        Ok(changed)
    }
}

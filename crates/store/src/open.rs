//! Opening a record: the file, its format, and derived rows that are missing or of another version of the app.

use std::ops::ControlFlow;
use std::path::Path;

use crate::table::derived::{self, DERIVED_BY};
use crate::{DbKey, Store, StoreError};

impl Store {
    /// Opens the record in `dir`, or makes it when its key slots are there and it is not.
    ///
    /// Takes `record.lock` for as long as the `Store` lives. Brings an older file's tables up to date, after making a
    /// copy of it. Makes derived rows anew when another version of the app derived them; that can take seconds, see
    /// [`Store::open_with_progress`].
    ///
    /// # Errors
    /// [`StoreError::InUse`], [`StoreError::KeysMissing`], [`StoreError::WrongKey`] (before the file is touched),
    /// [`StoreError::Newer`], [`StoreError::Unreleased`], [`StoreError::Damaged`], or what the disk says.
    pub fn open(dir: &Path, key: &DbKey) -> Result<Store, StoreError> {
        Store::open_with_progress(dir, key, &mut |_, _| ())
    }

    /// [`Store::open`]; `progress(done, total)` counts resources while derived rows are made anew.
    pub fn open_with_progress(
        dir: &Path,
        key: &DbKey,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Store, StoreError> {
        let store = Store::open_file(dir, key)?;
        if store.read(derived::by)?.as_deref() == Some(DERIVED_BY) {
            match store.catch_up() {
                // With a full disk the record can still be read as it was derived last; nobody is locked out.
                Err(StoreError::DiskFull) => {}
                caught_up => caught_up?,
            }
        } else {
            store.rebuild(&mut |done, total| {
                progress(done, total);
                ControlFlow::Continue(())
            })?;
        }
        Ok(store)
    }

    /// Refreshes the facts that were left stale when the app was killed between a page and its facts.
    fn catch_up(&self) -> Result<(), StoreError> {
        if self.read(derived::any_stale)? {
            for person in self.persons()? {
                self.refresh_facts(&person.id)?;
            }
        }
        Ok(())
    }
}

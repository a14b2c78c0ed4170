//! The record's folder while nobody else may have it: the lock file beside the record.
//!
//! A key is made and its slots are written only under this lock, as is the record itself: two programs that start at
//! once would otherwise each make a key, and the record would be under one of them with the slots of the other.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::private::{self, make_private_folder};
use crate::swap;

const LOCK_FILE: &str = "record.lock";

/// See the module. Given back when it is dropped.
#[derive(Debug)]
pub struct Folder {
    dir: PathBuf,
    writable: bool,
    lock: Option<File>,
}

impl Folder {
    /// Makes the folder where there is none, and takes its lock.
    ///
    /// Where nothing can be written, the lock file that lies there is taken as it is; where there is none, nobody else
    /// can write either, and the folder is had without. An exchange of the record's files that was stopped in the middle
    /// is finished here.
    ///
    /// # Errors
    /// [`TryLockError::WouldBlock`] while somebody else has it, or what the disk says.
    pub fn take(dir: &Path) -> Result<Folder, TryLockError> {
        let lock = dir.join(LOCK_FILE);
        let made = make_private_folder(dir).and_then(|()| private::open(&lock));
        let (file, writable) = match made {
            Ok(file) => (Some(file), true),
            Err(error) if cannot_be_written(&error) && dir.is_dir() => match File::open(&lock) {
                Ok(file) => (Some(file), false),
                Err(missing) if missing.kind() == io::ErrorKind::NotFound => (None, false),
                Err(_) => return Err(TryLockError::Error(error)),
            },
            Err(error) => return Err(TryLockError::Error(error)),
        };
        if let Some(file) = &file {
            file.try_lock()?;
        }
        // The record's files may be on their way from one set to another.
        if writable {
            swap::carry_on(dir, &mut || Ok(())).map_err(TryLockError::Error)?;
        } else if swap::has_begun(dir) {
            return Err(TryLockError::Error(io::ErrorKind::PermissionDenied.into()));
        }
        Ok(Folder { dir: dir.to_owned(), writable, lock: file })
    }

    /// As on a disk that may only be read: for tests, which may write everywhere.
    #[cfg(test)]
    pub(crate) fn of_a_disk_to_read(dir: &Path) -> Folder {
        Folder { dir: dir.to_owned(), writable: false, lock: None }
    }

    /// Gives the lock back before the folder itself goes: some systems delete no file that is open.
    pub(crate) fn give_back(&mut self) {
        if let Some(lock) = self.lock.take() {
            // A process that is being started holds what is open here for a moment: closing alone would not free it.
            let _ = lock.unlock();
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.dir
    }

    /// Whether something could be written when it was taken.
    pub(crate) fn writable(&self) -> bool {
        self.writable
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// The disk is full or may only be read, which is no reason not to read it.
fn cannot_be_written(error: &io::Error) -> bool {
    use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem | StorageFull | QuotaExceeded)
}

//! A tree of files outside the record, written once: a folder that only this account may open, or one file with a tar of the same
//! tree behind a passphrase.
//!
//! It has another name until it is whole, and what is not finished is removed: it was not there before, so nothing of anybody's goes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::iter;
use std::path::{Component, Path, PathBuf};

use age::secrecy::SecretString;
use age::stream::StreamWriter;
use age::{Encryptor, scrypt};
use chrono::{DateTime, Utc};

use crate::archive::WORK;
use crate::durable::sync_dir;
use crate::{StoreError, private};

/// The end of a name while what has it is not whole.
const UNFINISHED: &str = ".unfinished";

/// A tar is written in blocks of so many bytes.
const BLOCK: usize = 512;

/// The longest name that every program for tars reads without an extension.
const SHORT: usize = 100;

/// Why a tree could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// The place it goes to.
    #[error("the place could not be written")]
    Place(#[from] io::Error),
    /// The record that is read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What writes one file of the tree. It may be asked twice and has to write the same each time.
pub type Content<'c> = dyn FnMut(&mut dyn Write) -> Result<(), TreeError> + 'c;

/// A tree that is being written.
pub struct Tree {
    to: To,
    /// Where it will be.
    path: PathBuf,
    /// Where it is until then.
    unfinished: PathBuf,
    is_finished: bool,
}

type Sealed = tar::Builder<StreamWriter<BufWriter<File>>>;

enum To {
    /// A folder, with the folders in it so far.
    Folder(BTreeSet<PathBuf>),
    /// A tar, made at a moment (seconds). `None`: it was closed.
    Sealed(Option<Box<Sealed>>, u64),
}

impl Tree {
    /// Begins a new folder.
    ///
    /// # Errors
    /// Where something of that name is there, or it cannot be made.
    pub fn folder(path: &Path) -> Result<Tree, TreeError> {
        let unfinished = free(path)?;
        private::new_folder(&unfinished)?;
        Ok(Tree { to: To::Folder(BTreeSet::new()), path: path.to_owned(), unfinished, is_finished: false })
    }

    /// Begins a new file that this passphrase opens. `work` is that of a guess, as in [`crate::BackupOrder`].
    ///
    /// # Errors
    /// Where something of that name is there, or it cannot be made.
    pub fn sealed(
        path: &Path,
        passphrase: &SecretString,
        work: Option<u8>,
        now: DateTime<Utc>,
    ) -> Result<Tree, TreeError> {
        let unfinished = free(path)?;
        let file = private::new_file(&unfinished)?;
        // From here on it is removed when it is not finished.
        let made = u64::try_from(now.timestamp()).unwrap_or_default();
        let mut tree =
            Tree { to: To::Sealed(None, made), path: path.to_owned(), unfinished, is_finished: false };
        let mut recipient = scrypt::Recipient::new(passphrase.clone());
        recipient.set_work_factor(work.unwrap_or(WORK));
        let recipient: &dyn age::Recipient = &recipient;
        let encryptor = Encryptor::with_recipients(iter::once(recipient))
            .map_err(|_| StoreError::Inconsistent("tree"))?;
        let sealed = encryptor.wrap_output(BufWriter::new(file))?;
        tree.to = To::Sealed(Some(Box::new(tar::Builder::new(sealed))), made);
        Ok(tree)
    }

    /// Whether the content of each file is asked for twice: once for its length.
    pub fn asks_twice(&self) -> bool {
        matches!(self.to, To::Sealed(..))
    }

    /// Writes a file. `name` is its path in the tree, with slashes.
    ///
    /// # Errors
    /// What the place says, or `content`.
    pub fn file(&mut self, name: &str, content: &mut Content<'_>) -> Result<(), TreeError> {
        let inside = Path::new(name);
        if inside.components().next().is_none()
            || !inside.components().all(|part| matches!(part, Component::Normal(_)))
        {
            return Err(StoreError::Inconsistent("name").into());
        }
        match &mut self.to {
            To::Folder(folders) => {
                let path = self.unfinished.join(inside);
                if let Some(folder) = path.parent().filter(|folder| *folder != self.unfinished)
                    && !folders.contains(folder)
                {
                    private::make_private_folder(folder)?;
                    folders.insert(folder.to_owned());
                }
                let mut file = BufWriter::new(private::new_file(&path)?);
                content(&mut file)?;
                file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
                Ok(())
            }
            To::Sealed(Some(tar), made) => seal(tar, name, *made, content),
            To::Sealed(None, _) => Err(StoreError::Inconsistent("tree").into()),
        }
    }

    /// Gives it its name: it is whole.
    ///
    /// # Errors
    /// What the place says; nothing of it stays then.
    pub fn finish(mut self) -> Result<(), TreeError> {
        match &mut self.to {
            To::Folder(folders) => {
                for folder in folders.iter().chain([&self.unfinished]) {
                    sync_dir(folder)?;
                }
            }
            To::Sealed(tar, _) => {
                let tar = tar.take().ok_or(StoreError::Inconsistent("tree"))?;
                let file = tar.into_inner()?.finish()?;
                file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
            }
        }
        if self.path.try_exists()? {
            return Err(io::Error::from(io::ErrorKind::AlreadyExists).into());
        }
        fs::rename(&self.unfinished, &self.path)?;
        self.is_finished = true;
        if let Some(above) = self.path.parent() {
            sync_dir(above)?;
        }
        Ok(())
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        if self.is_finished {
            return;
        }
        // A file that is open cannot be removed everywhere. What cannot be removed has a name that says what it is.
        match &mut self.to {
            To::Folder(_) => drop(fs::remove_dir_all(&self.unfinished)),
            To::Sealed(tar, _) => {
                *tar = None;
                drop(fs::remove_file(&self.unfinished));
            }
        }
    }
}

/// Whether nothing has a name, nor what it is called while it is not whole.
///
/// # Errors
/// What the disk says.
pub fn is_free(path: &Path) -> io::Result<bool> {
    Ok(!path.try_exists()? && !unfinished(path).try_exists()?)
}

fn free(path: &Path) -> io::Result<PathBuf> {
    if is_free(path)? { Ok(unfinished(path)) } else { Err(io::ErrorKind::AlreadyExists.into()) }
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(UNFINISHED);
    name.into()
}

/// A tar says how long a file is before its first byte, and a file may be longer than memory: it is asked for twice.
fn seal(tar: &mut Sealed, name: &str, made: u64, content: &mut Content<'_>) -> Result<(), TreeError> {
    let mut counted = Counting { to: io::sink(), length: 0 };
    content(&mut counted)?;
    let length = counted.length;
    let mut header = tar::Header::new_ustar();
    if name.is_ascii() && name.len() <= SHORT {
        header.set_path(name)?;
    } else {
        // Names that are not ASCII are read by every program where they stand in an extension that is UTF-8 by its definition.
        tar.append_pax_extensions([("path", name.as_bytes())])?;
        header.set_path("named-before")?;
    }
    header.set_size(length);
    header.set_mode(0o600);
    header.set_mtime(made);
    header.set_cksum();
    let out = tar.get_mut();
    out.write_all(header.as_bytes())?;
    let mut written = Counting { to: &mut *out, length: 0 };
    content(&mut written)?;
    if written.length != length {
        return Err(StoreError::Inconsistent("tree").into());
    }
    let over = usize::try_from(length % BLOCK as u64).unwrap_or_default();
    out.write_all(&[0; BLOCK][..(BLOCK - over) % BLOCK])?;
    Ok(())
}

struct Counting<W> {
    to: W,
    length: u64,
}

impl<W: Write> Write for Counting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

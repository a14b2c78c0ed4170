//! A tree of files outside the record, written once: a folder that only this account may open, or one file with a tar of the same
//! tree behind a passphrase.
//!
//! It has another name until it is whole and reads back as it was written, and what is not finished is removed: it was not there
//! before, so nothing of anybody's goes. What a program that was killed left is known by its name, by what is in it, and by nobody
//! holding it any more.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write};
use std::iter;
use std::path::{Component, Path, PathBuf};

use age::secrecy::SecretString;
use age::stream::StreamWriter;
use age::{Encryptor, scrypt};
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use crate::archive::WORK;
use crate::durable::sync_dir;
use crate::{StoreError, private};

/// The end of a name while what has it is not whole.
const UNFINISHED: &str = ".unfinished";

/// Lies in a folder that is not whole, with [`OURS`] in it, and is locked by who writes the folder.
const MARK: &str = ".wholechart-unfinished";
const OURS: &[u8] = b"Wholechart was writing this folder and did not finish. It can be deleted.\n";

/// The end of the name of a sealed tree.
const SEALED: &str = ".tar.age";
/// What an age file begins with.
const AGE: &[u8] = b"age-encryption.org/v1\n";

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
    /// A file does not read back as it was written.
    #[error("what was written does not read back")]
    Differs,
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

type Sealed = tar::Builder<StreamWriter<BufWriter<Hashed>>>;
type Hash = [u8; 32];

enum To {
    /// A folder.
    Folder(Folders),
    /// A tar, made at a moment (seconds). `None`: it was closed.
    Sealed(Option<Box<Sealed>>, u64),
}

/// A folder so far.
struct Folders {
    /// The folders in it.
    made: BTreeSet<PathBuf>,
    /// Its files, with the hash of what was written.
    files: Vec<(PathBuf, Hash)>,
    /// Its mark, locked for as long as it is written.
    mark: Option<File>,
}

/// A file, and the hash of what was written to it.
struct Hashed {
    file: File,
    hash: Sha256,
}

impl Hashed {
    fn new(file: File) -> Hashed {
        Hashed { file, hash: Sha256::new() }
    }

    /// Everything is on the disk. Gives what it should read as.
    fn flushed(self) -> io::Result<Hash> {
        self.file.sync_all()?;
        Ok(self.hash.finalize().into())
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Reads a file again.
fn reads_as(path: &Path, hash: &Hash) -> Result<(), TreeError> {
    let (mut file, mut read) = (File::open(path)?, Sha256::new());
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            n => read.update(&piece[..n]),
        }
    }
    if Hash::from(read.finalize()) == *hash { Ok(()) } else { Err(TreeError::Differs) }
}

impl Tree {
    /// Begins a new folder.
    ///
    /// # Errors
    /// Where something of that name is there, or it cannot be made.
    pub fn folder(path: &Path) -> Result<Tree, TreeError> {
        let unfinished = free(path)?;
        private::new_folder(&unfinished)?;
        let folders = Folders { made: BTreeSet::new(), files: Vec::new(), mark: None };
        // From here on it is removed when it is not finished.
        let mut tree =
            Tree { to: To::Folder(folders), path: path.to_owned(), unfinished, is_finished: false };
        let mut mark = private::new_file(&tree.unfinished.join(MARK))?;
        hold(&mark);
        mark.write_all(OURS)?;
        if let To::Folder(folders) = &mut tree.to {
            folders.mark = Some(mark);
        }
        Ok(tree)
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
        hold(&file);
        // From here on it is removed when it is not finished.
        let made = u64::try_from(now.timestamp()).unwrap_or_default();
        let mut tree =
            Tree { to: To::Sealed(None, made), path: path.to_owned(), unfinished, is_finished: false };
        let mut recipient = scrypt::Recipient::new(passphrase.clone());
        recipient.set_work_factor(work.unwrap_or(WORK));
        let recipient: &dyn age::Recipient = &recipient;
        let encryptor = Encryptor::with_recipients(iter::once(recipient))
            .map_err(|_| StoreError::Inconsistent("tree"))?;
        let sealed = encryptor.wrap_output(BufWriter::new(Hashed::new(file)))?;
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
                    && !folders.made.contains(folder)
                {
                    private::make_private_folder(folder)?;
                    folders.made.insert(folder.to_owned());
                }
                let mut file = BufWriter::new(Hashed::new(private::new_file(&path)?));
                content(&mut file)?;
                let hash = file.into_inner().map_err(io::IntoInnerError::into_error)?.flushed()?;
                folders.files.push((path, hash));
                Ok(())
            }
            To::Sealed(Some(tar), made) => seal(tar, name, *made, content),
            To::Sealed(None, _) => Err(StoreError::Inconsistent("tree").into()),
        }
    }

    /// Reads it again, and gives it its name: it is whole.
    ///
    /// # Errors
    /// What the place says, or [`TreeError::Differs`]; nothing of it stays then.
    pub fn finish(mut self) -> Result<(), TreeError> {
        match &mut self.to {
            To::Folder(folders) => {
                for (path, hash) in &folders.files {
                    reads_as(path, hash)?;
                }
                drop(folders.mark.take());
                fs::remove_file(self.unfinished.join(MARK))?;
                for folder in folders.made.iter().chain([&self.unfinished]) {
                    sync_dir(folder)?;
                }
            }
            To::Sealed(tar, _) => {
                let tar = tar.take().ok_or(StoreError::Inconsistent("tree"))?;
                let file = tar.into_inner()?.finish()?;
                let hash = file.into_inner().map_err(io::IntoInnerError::into_error)?.flushed()?;
                reads_as(&self.unfinished, &hash)?;
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
            To::Folder(folders) => {
                folders.mark = None;
                drop(fs::remove_dir_all(&self.unfinished));
            }
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

/// Removes from a folder what a program that was killed was writing there: no more than what is ours, and nobody writes any more.
///
/// # Errors
/// When the folder cannot be read. What cannot be removed stays.
pub fn remove_left_behind(folder: &Path) -> io::Result<()> {
    for one in fs::read_dir(folder)? {
        let one = one?;
        let (name, kind) = (one.file_name(), one.file_type()?);
        let Some(name) = name.to_str().and_then(|name| name.strip_suffix(UNFINISHED)) else { continue };
        let path = one.path();
        if kind.is_dir() && is_left_behind(&path.join(MARK), |begin| begin == OURS) {
            drop(fs::remove_dir_all(&path));
        } else if kind.is_file()
            && name.ends_with(SEALED)
            // Killed before its first block was written it is empty.
            && is_left_behind(&path, |begin| begin.is_empty() || begin.starts_with(AGE))
        {
            drop(fs::remove_file(&path));
        }
    }
    Ok(())
}

/// Whether a file begins as ours do, and nobody holds it.
fn is_left_behind(path: &Path, is_ours: impl Fn(&[u8]) -> bool) -> bool {
    // A link leads to somebody else's file.
    if !fs::symlink_metadata(path).is_ok_and(|about| about.is_file()) {
        return false;
    }
    let Ok(file) = File::open(path) else { return false };
    let mut begin = Vec::new();
    file.try_lock().is_ok() && (&file).take(256).read_to_end(&mut begin).is_ok() && is_ours(&begin)
}

/// Says that what this file belongs to is being written, where the disk knows locks.
fn hold(file: &File) {
    // Where it knows none, nothing is ever taken for left behind.
    drop(file.try_lock());
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

//! A backup's file: age with a passphrase, in it a tar, in that a manifest and what the manifest names.
//!
//! `docs/backup.md` describes it for whoever has to open one without this program. Reading and writing go piece by piece:
//! a file is never held in memory.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::iter;
use std::path::Path;

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, scrypt};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wholechart_fhir::debug_without_record;
use zeroize::{Zeroize as _, Zeroizing};

use crate::{DbKey, StoreError};

/// The format of the file that this version writes, and the newest that it reads.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// The part that is the record.
pub(crate) const RECORD: &str = "record.db";

/// More than any manifest has.
const MANIFEST_LIMIT: u64 = 16 << 20;
/// Scrypt's work factor, 2 to the power of it: 256 MB and about a second.
pub(crate) const WORK: u8 = 18;
/// A harder one is refused: it would take minutes and gigabytes.
const MOST_WORK: u8 = 20;

/// Why a backup could not be made or read. What was there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// It is another file, or a folder.
    #[error("the file is no backup of this app")]
    Foreign,
    /// The passphrase is another one, or the beginning of the file is damaged.
    #[error("the passphrase does not open the file")]
    WrongPassphrase,
    /// It ends too early, or something in it is not what was written.
    #[error("the file is damaged or not whole")]
    Broken,
    /// It would lie in the record's own folder, and go with it.
    #[error("a backup does not belong into the record's own folder")]
    OwnFolder,
    /// A newer version of the app made it.
    #[error("the file was made by a newer version of the app")]
    Newer,
    /// The record or the disk.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<io::Error> for BackupError {
    fn from(error: io::Error) -> Self {
        BackupError::Store(error.into())
    }
}

/// A person in a record, as a person chooses between two records.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// As the user calls them.
    pub name: String,
    /// When they were born. `None`: not known.
    pub birth_date: Option<NaiveDate>,
    /// How many records there are of them.
    pub facts: u64,
    /// How many notes of their own stand beside these.
    pub notes: u64,
    /// The day of the newest record that is not after the day on which this was counted.
    pub newest: Option<NaiveDate>,
}

debug_without_record!(Held { facts, notes });

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupContents {
    /// When it was made.
    pub made: DateTime<Utc>,
    /// The version of the app that made it.
    pub app: String,
    /// Who is in it.
    pub persons: Vec<Held>,
}

/// The first file of the tar.
#[derive(Serialize, Deserialize)]
pub(crate) struct Manifest {
    format: u32,
    made: DateTime<Utc>,
    app: String,
    /// `user_version` of the database.
    record_format: u32,
    cipher: String,
    /// Of the database, hex. Of this backup alone.
    key: String,
    persons: Vec<Held>,
    parts: BTreeMap<String, Part>,
}

/// One file of the tar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    length: u64,
    sha256: String,
}

impl Drop for Manifest {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

impl fmt::Debug for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manifest")
            .field("format", &self.format)
            .field("parts", &self.parts)
            .finish_non_exhaustive()
    }
}

impl Manifest {
    /// Of the encrypted copy of a record at `record`.
    pub(crate) fn of(
        record: &Path,
        key: &DbKey,
        record_format: u32,
        contents: BackupContents,
    ) -> Result<Manifest, BackupError> {
        let mut hash = Sha256::new();
        let length = io::copy(&mut File::open(record)?, &mut Hashing(&mut hash))?;
        let part = Part { length, sha256: hex::encode(hash.finalize()) };
        Ok(Manifest {
            format: FORMAT,
            made: contents.made,
            app: contents.app,
            record_format,
            cipher: "SQLCipher 4, raw key".into(),
            key: key.hex().to_string(),
            persons: contents.persons,
            parts: BTreeMap::from([(RECORD.to_owned(), part)]),
        })
    }

    /// What a person wants to know of it.
    pub(crate) fn contents(&self) -> BackupContents {
        BackupContents { made: self.made, app: self.app.clone(), persons: self.persons.clone() }
    }

    /// Bytes of the record in it.
    pub(crate) fn length(&self) -> u64 {
        self.parts.get(RECORD).map_or(0, |record| record.length)
    }

    /// Whether two manifests name the same files.
    pub(crate) fn is_of_the_same(&self, other: &Manifest) -> bool {
        self.parts == other.parts
    }

    /// The key of the database in it.
    pub(crate) fn key(&self) -> Result<DbKey, BackupError> {
        let bytes = Zeroizing::new(hex::decode(&self.key).map_err(|_| BackupError::Broken)?);
        DbKey::from_bytes(&bytes).ok_or(BackupError::Broken)
    }
}

/// Writes a backup into `out`, to its last byte.
pub(crate) fn write(
    out: File,
    passphrase: &SecretString,
    work: Option<u8>,
    manifest: &Manifest,
    record: impl Read,
) -> Result<File, BackupError> {
    let mut recipient = scrypt::Recipient::new(passphrase.clone());
    recipient.set_work_factor(work.unwrap_or(WORK));
    let recipient: &dyn age::Recipient = &recipient;
    let encryptor = Encryptor::with_recipients(iter::once(recipient)).map_err(|_| BackupError::Broken)?;
    let encrypted = encryptor.wrap_output(BufWriter::new(out))?;
    let mut tar = tar::Builder::new(encrypted);
    let text = Zeroizing::new(serde_json::to_vec_pretty(manifest).map_err(|_| BackupError::Broken)?);
    let modified = u64::try_from(manifest.made.timestamp()).unwrap_or_default();
    tar.append_data(&mut header(text.len() as u64, modified), MANIFEST, text.as_slice())?;
    let length = manifest.length();
    tar.append_data(&mut header(length, modified), RECORD, record.take(length))?;
    let file = tar.into_inner()?.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(file)
}

fn header(length: u64, modified: u64) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.set_size(length);
    header.set_mode(0o600);
    header.set_mtime(modified);
    header
}

/// Reads a backup from its first byte to its last, and looks whether everything in it is what was written. The record in
/// it goes to `record`, where that is given.
pub(crate) fn read(
    file: &Path,
    passphrase: &SecretString,
    mut record: Option<&mut dyn Write>,
) -> Result<Manifest, BackupError> {
    let input = BufReader::with_capacity(64 << 10, File::open(file)?);
    let decrypted = decrypted(input, passphrase)?;
    let mut tar = tar::Archive::new(decrypted);
    let mut manifest: Option<Manifest> = None;
    let mut missing: BTreeMap<String, Part> = BTreeMap::new();
    for entry in tar.entries().map_err(inside)? {
        let mut entry = entry.map_err(inside)?;
        let name = String::from_utf8(entry.path_bytes().into_owned()).map_err(|_| BackupError::Broken)?;
        let Some(_) = &manifest else {
            if name != MANIFEST {
                return Err(BackupError::Foreign);
            }
            let read = read_manifest(&mut entry)?;
            missing.clone_from(&read.parts);
            manifest = Some(read);
            continue;
        };
        let part = missing.remove(&name).ok_or(BackupError::Broken)?;
        let mut hash = Sha256::new();
        let mut nowhere = io::sink();
        let to: &mut dyn Write = match &mut record {
            Some(record) if name == RECORD => *record,
            _ => &mut nowhere,
        };
        let length = copy(&mut entry, to, &mut hash)?;
        if (length, hex::encode(hash.finalize())) != (part.length, part.sha256) {
            return Err(BackupError::Broken);
        }
    }
    // The end of the encrypted stream says that nothing was cut off.
    io::copy(&mut tar.into_inner(), &mut io::sink()).map_err(inside)?;
    let manifest = manifest.ok_or(BackupError::Foreign)?;
    if missing.is_empty() && manifest.parts.contains_key(RECORD) {
        Ok(manifest)
    } else {
        Err(BackupError::Broken)
    }
}

/// As [`io::copy`], where an error of what is read is told from one of what is written.
fn copy(from: &mut dyn Read, to: &mut dyn Write, hash: &mut Sha256) -> Result<u64, BackupError> {
    let mut buffer = Zeroizing::new(vec![0; 64 << 10]);
    let mut length = 0;
    loop {
        let n = from.read(&mut buffer).map_err(inside)?;
        if n == 0 {
            return Ok(length);
        }
        hash.update(&buffer[..n]);
        to.write_all(&buffer[..n])?;
        length += n as u64;
    }
}

fn read_manifest(entry: &mut dyn Read) -> Result<Manifest, BackupError> {
    let mut text = Zeroizing::new(Vec::new());
    entry.take(MANIFEST_LIMIT).read_to_end(&mut text).map_err(inside)?;
    let value: serde_json::Value = serde_json::from_slice(&text).map_err(|_| BackupError::Foreign)?;
    let format = value.get("format").and_then(serde_json::Value::as_u64).ok_or(BackupError::Foreign)?;
    if format > u64::from(FORMAT) {
        return Err(BackupError::Newer);
    }
    serde_json::from_slice(&text).map_err(|_| BackupError::Broken)
}

/// Opens the encryption. Only a passphrase is asked for, and nothing is computed for a file that is none of ours.
fn decrypted(mut input: BufReader<File>, passphrase: &SecretString) -> Result<impl Read, BackupError> {
    const BEGINS: &[u8] = b"age-encryption.org/v1\n-> scrypt ";
    // A header with one passphrase has less than 200 bytes: a longer one is not read to its end.
    let mut head = Vec::new();
    // A folder can be opened and not read.
    (&mut input).take(512).read_to_end(&mut head).map_err(|error| match error.kind() {
        io::ErrorKind::IsADirectory => BackupError::Foreign,
        _ => error.into(),
    })?;
    if !head.starts_with(BEGINS) {
        let cut = head.len() < BEGINS.len() && !head.is_empty() && BEGINS.starts_with(&head);
        return Err(if cut { BackupError::Broken } else { BackupError::Foreign });
    }
    if !head.windows(5).any(|part| part == b"\n--- ") {
        return Err(BackupError::Broken);
    }
    let decryptor = Decryptor::new_buffered(io::Cursor::new(head).chain(input)).map_err(header_said)?;
    let mut identity = scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(MOST_WORK);
    let identity: &dyn age::Identity = &identity;
    decryptor.decrypt(iter::once(identity)).map_err(header_said)
}

fn header_said(error: DecryptError) -> BackupError {
    match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => {
            BackupError::WrongPassphrase
        }
        DecryptError::Io(error) => inside(error),
        _ => BackupError::Broken,
    }
}

/// An error in the middle of reading: of the disk, or of what is read.
fn inside(error: io::Error) -> BackupError {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    match error.kind() {
        InvalidData | InvalidInput | UnexpectedEof | Other => BackupError::Broken,
        _ => error.into(),
    }
}

struct Hashing<'h>(&'h mut Sha256);

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

//! The key of the record's file, and the slots that wrap it.
//!
//! One random 32-byte key encrypts the file. It is kept in up to three **slots**, each of which alone gives it back:
//! the operating system's keychain (this crate only knows under which account), a passphrase, and a recovery code
//! that is shown once and kept on paper. Changing a passphrase rewrites its slot, never the file.
//!
//! The slots live in `record.keys.json` beside the file, with a second copy in `record.keys.copy.json`, because a
//! lost sidecar would make passphrase and recovery code worthless. They hold nothing secret: a passphrase slot is the
//! key sealed with XChaCha20-Poly1305 under a key that Argon2id made from the passphrase.
//!
//! The order of making a record, so that no moment exists in which a file is encrypted with a key nobody kept:
//! [`Folder::take`], [`RecordFiles::state`], [`DbKey::generate`], hand it to the keychain (or
//! [`KeySlots::set_passphrase`]), [`KeySlots::set_recovery`], [`KeySlots::save`], and only then
//! [`crate::Store::open_in`], all under the one lock of the folder.
//!
//! New slots say that their record is not made yet; opening it takes that back. Slots that do not say so and stand
//! without a record mean that a record is missing, which is no reason to begin a new one: it may lie on a drive that is
//! not connected.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::CryptoRng;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::durable::{sync_dir, write_durably};
use crate::folder::Folder;

/// The encrypted file's name.
pub(crate) const DB_FILE: &str = "record.db";
const SLOTS_FILE: &str = "record.keys.json";
const SLOTS_COPY: &str = "record.keys.copy.json";

/// Crockford's base 32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS: usize = 8;
const GROUP: usize = 4;

/// The 32-byte key of the record's file. Wiped from memory when dropped; `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct DbKey(Zeroizing<[u8; 32]>);

impl DbKey {
    /// A new key. Only for a folder in state [`RecordFiles::Fresh`].
    pub fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> DbKey {
        let mut key = Zeroizing::new([0; 32]);
        rng.fill_bytes(key.as_mut());
        DbKey(key)
    }

    /// The key from its 32 bytes, as a keychain gives them back. `None` when there are not 32.
    pub fn from_bytes(bytes: &[u8]) -> Option<DbKey> {
        Some(DbKey(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// The bytes, for the keychain and for nothing else.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Two lower-case hex digits a byte.
    pub(crate) fn hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0.as_slice()))
    }

    /// Recognises the key without helping to find it: the key is 256 random bits, so one hash is enough.
    fn verifier(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(b"wholechart key verifier 1\0")
            .chain_update(self.0.as_slice())
            .finalize()
            .into()
    }
}

impl fmt::Debug for DbKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DbKey(…)")
    }
}

/// Why a key could not be had from its slots, or the slots not be kept.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The passphrase does not open this slot.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The recovery code is well-formed but is not this record's.
    #[error("the recovery code is not this record's")]
    WrongCode,
    /// The recovery code has a slip of the pen.
    #[error("group {group} of the recovery code is mistyped")]
    MistypedCode {
        /// Which group of four, from 1.
        group: usize,
    },
    /// The recovery code is too short or too long.
    #[error("a recovery code has {} letters and digits, not {found}", GROUPS * GROUP)]
    CodeLength {
        /// How many letters and digits were typed.
        found: usize,
    },
    /// This record has no such slot.
    #[error("this record has no such key slot")]
    NoSuchSlot,
    /// A slot or the whole sidecar cannot be read.
    #[error("the key slots cannot be read")]
    Damaged,
    /// The sidecar is of a newer version of the app.
    #[error("the key slots were written by a newer version of the app")]
    Newer,
    /// The key is not the one that these slots wrap.
    #[error("this key is not the record's")]
    WrongKey,
    /// There is a record here already whose key is not shown to be this one: nothing was written.
    #[error("there is a record here that has another key")]
    RecordExists,
    /// The folder could not be read or written.
    #[error("the key slots could not be read or written")]
    Io(#[from] io::Error),
}

/// How hard a guess is made: Argon2id's parameters, kept in the slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argon2Params {
    /// KiB of memory.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for Argon2Params {
    /// 64 MiB, three passes, one lane: under half a second on a slow notebook.
    fn default() -> Self {
        Argon2Params { memory_kib: 64 * 1024, passes: 3, lanes: 1 }
    }
}

/// The key sealed under something a person knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    argon2id: Argon2Params,
    salt: String,
    nonce: String,
    wrapped: String,
}

/// One way to the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Slot {
    Keychain {
        account: String,
    },
    Passphrase(Sealed),
    Recovery(Sealed),
    /// A later version's slot: kept as it is.
    #[serde(untagged)]
    Other(serde_json::Value),
}

/// All ways to the key of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySlots {
    format: u32,
    cipher: String,
    verifier: String,
    slots: Vec<Slot>,
    /// The record was not made yet: nothing is lost where there is none.
    #[serde(default, skip_serializing_if = "is_false")]
    making: bool,
    /// Nobody has said yet that the recovery code is kept.
    #[serde(default, skip_serializing_if = "is_false")]
    unkept: bool,
    /// They were read from a file that was put aside.
    #[serde(skip)]
    aside: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_false(flag: &bool) -> bool {
    !flag
}

const FORMAT: u32 = 1;

impl KeySlots {
    /// No slot yet for this key.
    pub fn new(key: &DbKey) -> KeySlots {
        KeySlots {
            format: FORMAT,
            cipher: "SQLCipher 4, raw key".into(),
            verifier: STANDARD.encode(key.verifier()),
            slots: Vec::new(),
            making: true,
            unkept: false,
            aside: false,
        }
    }

    /// Whether `key` is the one these slots wrap.
    pub fn verify(&self, key: &DbKey) -> bool {
        self.verifier == STANDARD.encode(key.verifier())
    }

    /// The account under which the keychain keeps the key, when it does.
    pub fn keychain_account(&self) -> Option<&str> {
        self.slots.iter().find_map(|slot| match slot {
            Slot::Keychain { account } => Some(account.as_str()),
            _ => None,
        })
    }

    /// Notes that the keychain keeps the key under `account`.
    pub fn set_keychain(&mut self, account: &str) {
        self.slots.retain(|slot| !matches!(slot, Slot::Keychain { .. }));
        self.slots.insert(0, Slot::Keychain { account: account.to_owned() });
    }

    /// Whether a passphrase opens the record.
    pub fn has_passphrase(&self) -> bool {
        self.slots.iter().any(|slot| matches!(slot, Slot::Passphrase(_)))
    }

    /// Wraps the key with a passphrase, replacing the slot there was. Takes as long as Argon2id takes.
    pub fn set_passphrase(
        &mut self,
        key: &DbKey,
        passphrase: &SecretString,
        rng: &mut (impl CryptoRng + ?Sized),
    ) {
        let sealed =
            Sealed::seal("passphrase", key, &normal_passphrase(passphrase), Argon2Params::default(), rng);
        self.slots.retain(|slot| !matches!(slot, Slot::Passphrase(_)));
        self.slots.push(Slot::Passphrase(sealed));
    }

    /// The key by its passphrase.
    pub fn unwrap_with_passphrase(&self, passphrase: &SecretString) -> Result<DbKey, KeyError> {
        let sealed = self.slots.iter().find_map(|slot| match slot {
            Slot::Passphrase(sealed) => Some(sealed),
            _ => None,
        });
        let key = sealed
            .ok_or(KeyError::NoSuchSlot)?
            .open("passphrase", &normal_passphrase(passphrase))?
            .ok_or(KeyError::WrongPassphrase)?;
        if self.verify(&key) { Ok(key) } else { Err(KeyError::Damaged) }
    }

    /// Whether a recovery code was made that nobody has said to have kept.
    pub fn recovery_is_unkept(&self) -> bool {
        self.unkept
    }

    /// The recovery code is kept: it need not be said again.
    pub fn recovery_is_kept(&mut self) {
        self.unkept = false;
    }

    /// Whether they were put aside as those of another record: they may be tried, and nobody is to be asked for what
    /// they want.
    pub fn is_put_aside(&self) -> bool {
        self.aside
    }

    /// The record of these slots is there.
    pub(crate) fn made(&mut self) {
        self.making = false;
    }

    /// Whether the record of these slots was never made.
    pub(crate) fn is_making(&self) -> bool {
        self.making
    }

    /// Wraps the key with a new recovery code and returns the code: eight groups of four. An older code is void. Until
    /// [`KeySlots::recovery_is_kept`] it counts as one that nobody has written down.
    pub fn set_recovery(&mut self, key: &DbKey, rng: &mut (impl CryptoRng + ?Sized)) -> SecretString {
        let code = new_code(rng);
        let sealed = Sealed::seal("recovery", key, code.as_bytes(), Argon2Params::default(), rng);
        self.slots.retain(|slot| !matches!(slot, Slot::Recovery(_)));
        self.slots.push(Slot::Recovery(sealed));
        self.unkept = true;
        let mut shown = String::with_capacity(GROUPS * (GROUP + 1));
        for (n, c) in code.chars().enumerate() {
            if n > 0 && n % GROUP == 0 {
                shown.push('-');
            }
            shown.push(c);
        }
        SecretString::from(shown)
    }

    /// The key by its recovery code, however it was typed: small letters, blanks, other dashes, `O` for `0`.
    pub fn unwrap_with_recovery(&self, typed: &SecretString) -> Result<DbKey, KeyError> {
        let sealed = self.slots.iter().find_map(|slot| match slot {
            Slot::Recovery(sealed) => Some(sealed),
            _ => None,
        });
        let sealed = sealed.ok_or(KeyError::NoSuchSlot)?;
        let code = read_code(typed.expose_secret())?;
        let key = sealed.open("recovery", code.as_bytes())?.ok_or(KeyError::WrongCode)?;
        if self.verify(&key) { Ok(key) } else { Err(KeyError::Damaged) }
    }

    /// The slots kept in `dir`. `None` when there are none. A damaged sidecar is read from its copy.
    pub fn load(dir: &Path) -> Result<Option<KeySlots>, KeyError> {
        let first = read_slots(&dir.join(SLOTS_FILE));
        if let Ok(Some(slots)) = first {
            return Ok(Some(slots));
        }
        match (first, read_slots(&dir.join(SLOTS_COPY))) {
            (_, Ok(Some(slots))) => Ok(Some(slots)),
            (Err(error), _) | (_, Err(error)) => Err(error),
            (Ok(_), Ok(_)) => Ok(None),
        }
    }

    /// All slots in `dir` that may be those of its record, in the order to try them: the sidecar, its copy, and what
    /// was put aside. Each only once.
    ///
    /// # Errors
    /// As [`KeySlots::load`], when there are none at all.
    pub fn candidates(dir: &Path) -> Result<Vec<KeySlots>, KeyError> {
        let mut found: Vec<KeySlots> = KeySlots::load(dir)?.into_iter().collect();
        let copy = read_slots(&dir.join(SLOTS_COPY)).ok().flatten();
        let aside = put_aside_before(dir)?
            .into_iter()
            .filter_map(|path| read_slots(&path).ok().flatten())
            .map(|slots| KeySlots { aside: true, ..slots });
        for slots in copy.into_iter().chain(aside) {
            let known = |one: &KeySlots| one.verifier == slots.verifier && one.slots == slots.slots;
            if !found.iter().any(known) {
                found.push(slots);
            }
        }
        Ok(found)
    }

    /// Keeps the slots in the folder, durably and twice. Slots of another key are put aside, not overwritten.
    ///
    /// # Errors
    /// [`KeyError::RecordExists`] when the folder holds a record and no slots of this very key.
    pub fn save(&self, folder: &Folder) -> Result<(), KeyError> {
        let dir = folder.path();
        let same_key =
            || KeySlots::candidates(dir).is_ok_and(|all| all.iter().any(|old| old.verifier == self.verifier));
        if record_exists(dir)? && !same_key() {
            return Err(KeyError::RecordExists);
        }
        for name in [SLOTS_FILE, SLOTS_COPY] {
            put_aside(dir, name, &self.verifier)?;
            let mut text = serde_json::to_vec_pretty(self).map_err(|_| KeyError::Damaged)?;
            text.push(b'\n');
            write_durably(dir, name, &text)?;
        }
        Ok(())
    }

    /// Whether the sidecar and its copy both say exactly this.
    pub(crate) fn stand_in(&self, dir: &Path) -> bool {
        [SLOTS_FILE, SLOTS_COPY]
            .iter()
            .all(|name| matches!(read_slots(&dir.join(name)), Ok(Some(there)) if there == *self))
    }
}

/// What a folder holds, before any key is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordFiles {
    /// No record, and nothing that speaks of one: a new key may be made.
    Fresh,
    /// A record, and the slots that may give its key, in the order to try them: never none.
    Locked(Vec<KeySlots>),
    /// Slots, a log or a copy of a record, and no record. It never gets a new key by itself: the user finds the file,
    /// brings a backup, or says that a new record is to be begun ([`RecordFiles::begin_anew`]).
    RecordMissing,
    /// A record without readable slots. It never gets a new key: the user puts `record.keys.json` back from a copy.
    KeysMissing,
}

impl RecordFiles {
    /// Looks, and changes nothing.
    pub fn state(dir: &Path) -> Result<RecordFiles, KeyError> {
        let candidates = match KeySlots::candidates(dir) {
            Ok(candidates) => Some(candidates),
            Err(KeyError::Damaged) => None,
            Err(error) => return Err(error),
        };
        if record_exists(dir)? {
            return Ok(match candidates {
                Some(candidates) if !candidates.is_empty() => RecordFiles::Locked(candidates),
                _ => RecordFiles::KeysMissing,
            });
        }
        let never_made = match KeySlots::load(dir) {
            Ok(slots) => slots.is_none_or(|slots| slots.making),
            Err(_) => false,
        };
        Ok(if never_made && left_over(dir)?.is_empty() {
            RecordFiles::Fresh
        } else {
            RecordFiles::RecordMissing
        })
    }

    /// Puts aside what speaks of a record that is missing, so that a new one may be made here: its slots, and what is
    /// left of its file. Nothing is deleted, and a record that is there after all stays as it is.
    ///
    /// # Errors
    /// [`KeyError::RecordExists`] for a record that is there.
    pub fn begin_anew(folder: &Folder) -> Result<(), KeyError> {
        let dir = folder.path();
        if record_exists(dir)? {
            return Err(KeyError::RecordExists);
        }
        for name in [SLOTS_FILE, SLOTS_COPY] {
            put_aside(dir, name, "")?;
        }
        for path in left_over(dir)? {
            rename_aside(&path, "older")?;
        }
        Ok(sync_dir(dir)?)
    }

    /// Where the encrypted file is.
    pub fn record(dir: &Path) -> PathBuf {
        dir.join(DB_FILE)
    }
}

/// What a record that is not there has left: its log, and copies of it from before an upgrade.
fn left_over(dir: &Path) -> io::Result<Vec<PathBuf>> {
    named(dir, |name| {
        name.strip_prefix(DB_FILE).is_some_and(|end| {
            end == "-wal" || end.strip_prefix(".format-").is_some_and(|n| n.parse::<u32>().is_ok())
        })
    })
    .map(|paths| {
        paths.into_iter().filter(|path| fs::metadata(path).is_ok_and(|about| about.len() > 0)).collect()
    })
}

/// Slots that were put aside, by name.
fn put_aside_before(dir: &Path) -> io::Result<Vec<PathBuf>> {
    named(dir, |name| {
        [SLOTS_FILE, SLOTS_COPY]
            .iter()
            .any(|slots| name.strip_prefix(slots).is_some_and(|end| end.starts_with('.') && end != ".new"))
    })
}

/// Files of the folder by name. None when there is no folder.
fn named(dir: &Path, fits: impl Fn(&str) -> bool) -> io::Result<Vec<PathBuf>> {
    let items = match fs::read_dir(dir) {
        Ok(items) => items,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for item in items {
        let item = item?;
        if fits(&item.file_name().to_string_lossy()) {
            found.push(item.path());
        }
    }
    found.sort();
    Ok(found)
}

/// SQLite leaves an empty file when it is stopped before the first page: that is no record yet, or none any more.
pub(crate) fn record_exists(dir: &Path) -> io::Result<bool> {
    match fs::metadata(dir.join(DB_FILE)) {
        Ok(about) => Ok(about.len() > 0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

impl Sealed {
    fn seal(
        what: &str,
        key: &DbKey,
        secret: &[u8],
        params: Argon2Params,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Sealed {
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        let mut nonce = [0; 24];
        rng.fill_bytes(&mut nonce);
        let kek = params.stretch(secret, &salt).expect("parameters of our own are within Argon2's bounds");
        let wrapped = XChaCha20Poly1305::new((&*kek).into())
            .encrypt(
                &XNonce::from(nonce),
                Payload { msg: key.expose(), aad: params.bound_to(what).as_bytes() },
            )
            .expect("sealing 32 bytes in memory cannot fail");
        Sealed {
            argon2id: params,
            salt: STANDARD.encode(salt),
            nonce: STANDARD.encode(nonce),
            wrapped: STANDARD.encode(wrapped),
        }
    }

    /// `None` when the secret is wrong.
    fn open(&self, what: &str, secret: &[u8]) -> Result<Option<DbKey>, KeyError> {
        let decode = |text: &str| STANDARD.decode(text).map_err(|_| KeyError::Damaged);
        let nonce: [u8; 24] = decode(&self.nonce)?.try_into().map_err(|_| KeyError::Damaged)?;
        let kek = self.argon2id.stretch(secret, &decode(&self.salt)?).ok_or(KeyError::Damaged)?;
        let wrapped = decode(&self.wrapped)?;
        let opened = XChaCha20Poly1305::new((&*kek).into()).decrypt(
            &XNonce::from(nonce),
            Payload { msg: &wrapped, aad: self.argon2id.bound_to(what).as_bytes() },
        );
        match opened.map(Zeroizing::new) {
            Ok(bytes) => DbKey::from_bytes(&bytes).map(Some).ok_or(KeyError::Damaged),
            Err(_) => Ok(None),
        }
    }
}

impl Argon2Params {
    /// `None` when the parameters are out of bounds: a sidecar that was tampered with must not make us fill the memory.
    fn stretch(self, secret: &[u8], salt: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
        if self.memory_kib > 1024 * 1024 || self.passes > 16 || self.lanes > 16 {
            return None;
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).ok()?;
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(secret, salt, out.as_mut())
            .ok()?;
        Some(out)
    }

    /// What the seal is bound to, so that slots and parameters cannot be exchanged.
    fn bound_to(self, what: &str) -> String {
        format!(
            "wholechart key slot 1: {what}, argon2id m={} t={} p={}",
            self.memory_kib, self.passes, self.lanes
        )
    }
}

/// One keyboard sends `é` as one character and another as two: the same passphrase must open on both.
fn normal_passphrase(passphrase: &SecretString) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(passphrase.expose_secret().nfc().collect::<String>().into_bytes())
}

/// 120 random bits as 24 characters, and a check character after every three: a slip is found, and its group named.
fn new_code(rng: &mut (impl CryptoRng + ?Sized)) -> Zeroizing<String> {
    let mut code = Zeroizing::new(String::with_capacity(GROUPS * GROUP));
    let mut random = Zeroizing::new([0_u8; GROUPS * (GROUP - 1)]);
    rng.fill_bytes(random.as_mut());
    for (group, part) in random.chunks(GROUP - 1).enumerate() {
        let digits = [part[0] & 31, part[1] & 31, part[2] & 31];
        for digit in digits.into_iter().chain([check_digit(group, digits)]) {
            code.push(char::from(ALPHABET[usize::from(digit)]));
        }
    }
    code
}

/// Luhn's sum modulo 32, begun with the group's place so that exchanged groups are found as well.
fn check_digit(group: usize, digits: [u8; GROUP - 1]) -> u8 {
    let start = u16::try_from(group % 32).expect("below 32");
    let sum = digits.iter().enumerate().fold(start, |sum, (n, digit)| {
        let digit = u16::from(*digit);
        sum + if n % 2 == 0 { digit * 2 / 32 + digit * 2 % 32 } else { digit }
    });
    u8::try_from((32 - sum % 32) % 32).expect("below 32")
}

fn read_code(typed: &str) -> Result<Zeroizing<String>, KeyError> {
    let mut digits = Zeroizing::new(Vec::with_capacity(GROUPS * GROUP));
    for c in typed.chars().filter(|c| c.is_alphanumeric()) {
        let c = match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        digits.push(ALPHABET.iter().position(|a| char::from(*a) == c).and_then(|n| u8::try_from(n).ok()));
    }
    if digits.len() != GROUPS * GROUP {
        return Err(KeyError::CodeLength { found: digits.len() });
    }
    let mut code = Zeroizing::new(String::with_capacity(GROUPS * GROUP));
    for (group, part) in digits.chunks(GROUP).enumerate() {
        let mistyped = KeyError::MistypedCode { group: group + 1 };
        let [Some(a), Some(b), Some(c), Some(check)] = *part else { return Err(mistyped) };
        if check_digit(group, [a, b, c]) != check {
            return Err(mistyped);
        }
        code.extend([a, b, c, check].map(|digit| char::from(ALPHABET[usize::from(digit)])));
    }
    Ok(code)
}

fn read_slots(path: &Path) -> Result<Option<KeySlots>, KeyError> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(KeyError::Io(error)),
    };
    let value: serde_json::Value = serde_json::from_slice(&text).map_err(|_| KeyError::Damaged)?;
    if value.get("format").and_then(serde_json::Value::as_u64).is_some_and(|f| f > u64::from(FORMAT)) {
        return Err(KeyError::Newer);
    }
    serde_json::from_value(value).map(Some).map_err(|_| KeyError::Damaged)
}

/// Renames a sidecar of another key (or one that cannot be read) out of the way: somebody may still need it.
fn put_aside(dir: &Path, name: &str, verifier: &str) -> Result<(), KeyError> {
    let path = dir.join(name);
    let suffix = match read_slots(&path) {
        Ok(None) => return Ok(()),
        Ok(Some(old)) if old.verifier == verifier => return Ok(()),
        Ok(Some(old)) => old.verifier.chars().filter(char::is_ascii_alphanumeric).take(8).collect(),
        Err(KeyError::Io(error)) => return Err(KeyError::Io(error)),
        Err(_) => "unreadable".to_owned(),
    };
    Ok(rename_aside(&path, &suffix)?)
}

/// Renames a file to its name and `suffix`, or the first number after it that is free.
fn rename_aside(path: &Path, suffix: &str) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let free = (1..=u32::MAX)
        .map(|n| if n == 1 { format!("{name}.{suffix}") } else { format!("{name}.{suffix}-{n}") })
        .map(|name| path.with_file_name(name))
        .find(|to| !to.exists());
    free.map_or(Ok(()), |to| fs::rename(path, to))
}

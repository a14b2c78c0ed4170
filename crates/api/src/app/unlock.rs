//! Opening the record: which key slot, and what to say when none gives the key.
//!
//! Everything happens under the lock of the record's folder: two starts at once cannot each make a key. A record whose
//! key is missing asks and never gets a new key, and a key whose record is missing asks and never gets a new record.

use std::{path::Path, sync::Arc};

use secrecy::{ExposeSecret, SecretString};
use wholechart_store::{DbKey, Folder, KeyError, KeySlots, RecordFiles, Store, StoreError};

use super::wire::Lock;
use crate::{
    backups::wire::Strength,
    error::{self, ApiError, ErrorCode},
    ids::random_id,
    keychain::{KeychainError, SecretStore},
    passphrase::strength,
    words::Words,
};

/// Done and in all.
pub(crate) type Progress<'p> = &'p mut dyn FnMut(u64, u64);

/// What trying to open the record led to.
pub(crate) enum Opened {
    /// Nobody has asked yet.
    NotTried,
    /// Open.
    Open {
        /// The record.
        store: Arc<Store>,
        /// The code that nobody has said to have kept yet.
        recovery_code: Option<String>,
    },
    /// Closed, and what it takes.
    Closed(Lock),
    /// A passphrase was given and was not the right one.
    Wrong(ApiError),
}

/// Opens the record in `dir`, or makes it when there is none. `progress` counts resources where what is derived from
/// them has to be made anew before anything can be shown.
pub(crate) fn open(
    words: &Words,
    dir: &Path,
    keychain: Option<&dyn SecretStore>,
    passphrase: Option<&SecretString>,
    progress: Progress<'_>,
) -> Opened {
    let folder = match Folder::take(dir) {
        Ok(folder) => folder,
        Err(said) => return not_opened(words, &said.into()),
    };
    let door = Door { words, folder, keychain, typed: passphrase.is_some(), progress };
    match RecordFiles::state(dir) {
        Ok(RecordFiles::Fresh) => door.make(passphrase),
        Ok(RecordFiles::Locked(candidates)) => match passphrase {
            Some(passphrase) => door.with_passphrase(&candidates, passphrase),
            None => door.with_keychain(&candidates),
        },
        Ok(RecordFiles::KeysMissing) => not_opened(words, &StoreError::KeysMissing),
        Ok(RecordFiles::RecordMissing) => missing(words, dir),
        Err(said) => failed(&error::key(words, &said)),
    }
}

/// Opens the record in `dir` by the first of these keys that fits its file, whatever became of the keychain meanwhile. `typed`:
/// the key was had by what was typed.
pub(crate) fn open_by_key(
    words: &Words,
    dir: &Path,
    keys: &[DbKey],
    typed: bool,
    progress: Progress<'_>,
) -> Opened {
    let folder = match Folder::take(dir) {
        Ok(folder) => folder,
        Err(said) => return not_opened(words, &said.into()),
    };
    let fits = keys.iter().find(|key| Store::fits(&folder, key).unwrap_or(false));
    let Some(key) = fits.or(keys.first()) else { return not_opened(words, &StoreError::KeysMissing) };
    Door { words, folder, keychain: None, typed, progress }.open(key, Kept::Unknown)
}

/// Puts aside what is left of a record that is missing, because the person wants a new one.
pub(crate) fn begin_anew(words: &Words, dir: &Path) -> Result<(), ApiError> {
    let folder = Folder::take(dir).map_err(|said| error::store(words, &said.into()))?;
    match RecordFiles::begin_anew(&folder) {
        // It has come back in the meantime: it is opened, and nothing is begun.
        Err(KeyError::RecordExists) => Ok(()),
        done => done.map_err(|said| error::key(words, &said)),
    }
}

/// The key of an open record: by what was typed, or else from the keychain.
///
/// # Errors
/// When neither gives it.
pub(crate) fn key_at_hand(
    words: &Words,
    slots: &KeySlots,
    keychain: Option<&dyn SecretStore>,
    typed: Option<&SecretString>,
) -> Result<DbKey, ApiError> {
    match typed {
        Some(typed) => key_of(slots, typed).map(|(key, _)| key).map_err(|said| error::key(words, &said)),
        // Where the keychain does not give it, it can be typed.
        None => in_keychain(slots, keychain)
            .map_err(|why| error::error(words, why, &[]).code(ErrorCode::WrongPassphrase)),
    }
}

/// The key of a record that cannot be opened, by any of its slots.
///
/// # Errors
/// When none gives it.
pub(crate) fn key_of_closed(
    words: &Words,
    dir: &Path,
    keychain: Option<&dyn SecretStore>,
    typed: Option<&SecretString>,
) -> Result<DbKey, ApiError> {
    let candidates = KeySlots::candidates(dir).map_err(|said| error::key(words, &said))?;
    let mut why = error::error(words, "error-keys-missing", &[]);
    for (n, slots) in candidates.iter().enumerate() {
        match key_at_hand(words, slots, keychain, typed) {
            Ok(key) => return Ok(key),
            Err(said) if n == 0 => why = said,
            Err(_) => {}
        }
    }
    Err(why)
}

/// The key in the keychain, or why there is none, as a key of the catalogue.
fn in_keychain(slots: &KeySlots, keychain: Option<&dyn SecretStore>) -> Result<DbKey, &'static str> {
    let (Some(account), Some(keychain)) = (slots.keychain_account(), keychain) else {
        return Err("error-keychain");
    };
    match keychain.get(account) {
        Ok(Some(bytes)) => {
            DbKey::from_bytes(&bytes).filter(|key| slots.verify(key)).ok_or("error-key-missing")
        }
        Ok(None) => Err("error-key-missing"),
        Err(_) => Err("error-keychain"),
    }
}

/// Puts the key back where the keychain has lost it: whoever typed the recovery code need not do so at each start.
fn put_back(slots: &KeySlots, keychain: Option<&dyn SecretStore>, key: &DbKey) {
    if let (Some(account), Some(kept)) = (slots.keychain_account(), keychain)
        && slots.verify(key)
        && in_keychain(slots, keychain).is_err()
        && let Err(error) = kept.set(account, key.expose())
    {
        tracing::info!(%error, "the keychain does not take the key back");
    }
}

fn missing(words: &Words, dir: &Path) -> Opened {
    Opened::Closed(Lock::RecordMissing {
        reason: error::store(words, &StoreError::RecordMissing).words(),
        file: RecordFiles::record(dir).display().to_string(),
    })
}

fn failed(why: &ApiError) -> Opened {
    Opened::Closed(Lock::Failed { reason: why.words() })
}

fn not_opened(words: &Words, said: &StoreError) -> Opened {
    match said {
        StoreError::InUse => Opened::Closed(Lock::InUse),
        said => failed(&error::store(words, said)),
    }
}

/// A new key, kept by the keychain under a name of its own or, where a passphrase is given, behind that, and its slots. They
/// are not saved yet.
///
/// # Errors
/// When the keychain does not keep it.
pub(crate) fn new_key(
    keychain: Option<&dyn SecretStore>,
    passphrase: Option<&SecretString>,
) -> Result<(DbKey, KeySlots), KeychainError> {
    let mut rng = rand::rng();
    let key = DbKey::generate(&mut rng);
    let mut slots = KeySlots::new(&key);
    if let Some(passphrase) = passphrase {
        slots.set_passphrase(&key, passphrase, &mut rng);
        return Ok((key, slots));
    }
    // A name of its own for each record: the key of an older one that was moved away must not be overwritten.
    let account = format!("record-{}", random_id());
    let keychain = keychain.ok_or_else(|| KeychainError::Unavailable(String::new()))?;
    keychain.set(&account, key.expose())?;
    if keychain.get(&account)?.is_none_or(|back| back.as_slice() != key.expose()) {
        return Err(KeychainError::Unreadable);
    }
    slots.set_keychain(&account);
    Ok((key, slots))
}

/// The folder's one way in, while it is ours.
struct Door<'a> {
    words: &'a Words,
    folder: Folder,
    keychain: Option<&'a dyn SecretStore>,
    /// The key is had by what was typed.
    typed: bool,
    progress: Progress<'a>,
}

impl Door<'_> {
    fn make(self, passphrase: Option<&SecretString>) -> Opened {
        // Here, and not only where it is typed: a terminal hands over what is in a file.
        if passphrase.is_some_and(|said| strength(said) == Strength::Weak) {
            return failed(&error::error(self.words, "error-weak-passphrase", &[]));
        }
        let (key, mut slots) = match new_key(self.keychain, passphrase) {
            Ok(made) => made,
            Err(said) => return self.new_needs_passphrase(&said),
        };
        let code = slots.set_recovery(&key, &mut rand::rng());
        if let Err(said) = slots.save(&self.folder) {
            return failed(&error::key(self.words, &said));
        }
        self.open(&key, Kept::NotYet(code))
    }

    /// A new record cannot be kept under the keychain. What the system's library said of it is for nobody.
    fn new_needs_passphrase(&self, said: &KeychainError) -> Opened {
        let key = match said {
            KeychainError::Unavailable(_) => "keychain-unavailable",
            KeychainError::NoAnswer => "keychain-no-answer",
            KeychainError::Unreadable => "keychain-unreadable",
        };
        tracing::info!(why = key, "the keychain keeps no key");
        Opened::Closed(Lock::NewNeedsPassphrase { reason: self.words.get(key) })
    }

    /// The first of the candidates whose key is in the keychain and fits the file.
    fn with_keychain(self, candidates: &[KeySlots]) -> Opened {
        let mut first_key = None;
        let mut first_error = None;
        for slots in candidates {
            match in_keychain(slots, self.keychain) {
                Ok(key) if self.fits(candidates, &key) => return self.open(&key, Kept::Unknown),
                Ok(key) => first_key = first_key.or((!slots.is_put_aside()).then_some(key)),
                Err(why) if !slots.is_put_aside() => {
                    first_error = first_error.or(Some((slots, why)));
                }
                Err(_) => {}
            }
        }
        match (first_error, first_key) {
            (Some((slots, _)), _) if slots.has_passphrase() => Opened::Closed(Lock::NeedsPassphrase),
            (Some((_, key)), _) => {
                Opened::Closed(Lock::KeyMissing { reason: error::error(self.words, key, &[]).words() })
            }
            (None, Some(key)) => self.open(&key, Kept::Unknown),
            (None, None) => not_opened(self.words, &StoreError::KeysMissing),
        }
    }

    /// By passphrase, or by recovery code: the field takes both.
    fn with_passphrase(self, candidates: &[KeySlots], typed: &SecretString) -> Opened {
        let mut first_key = None;
        let mut first_error = None;
        for slots in candidates {
            match key_of(slots, typed) {
                Ok((key, kept)) if self.fits(candidates, &key) => {
                    let keychain = self.keychain;
                    let opened = self.open(&key, kept);
                    if matches!(opened, Opened::Open { .. }) {
                        put_back(slots, keychain, &key);
                    }
                    return opened;
                }
                Ok((key, _)) => first_key = first_key.or(Some(key)),
                Err(why) => first_error = first_error.or(Some(why)),
            }
        }
        match (first_key, first_error) {
            (Some(key), _) => self.open(&key, Kept::Unknown),
            (None, Some(why)) => Opened::Wrong(error::key(self.words, &why)),
            (None, None) => not_opened(self.words, &StoreError::KeysMissing),
        }
    }

    /// Whether this key is the file's: asked only where there are several. What the file cannot say is said by opening.
    fn fits(&self, candidates: &[KeySlots], key: &DbKey) -> bool {
        candidates.len() == 1 || Store::fits(&self.folder, key).unwrap_or(true)
    }

    fn open(self, key: &DbKey, kept: Kept) -> Opened {
        let dir = self.folder.path().to_owned();
        let store = match Store::open_in(self.folder, key, self.progress) {
            Ok(store) => store,
            Err(StoreError::RecordMissing) => return missing(self.words, &dir),
            Err(said @ StoreError::Damaged) => {
                return Opened::Closed(Lock::Damaged {
                    reason: error::store(self.words, &said).words(),
                    passphrase: self.typed,
                });
            }
            Err(said) => return not_opened(self.words, &said),
        };
        let code = match kept {
            Kept::NotYet(code) => Some(code),
            Kept::Unknown => store.recovery_to_keep(key, &mut rand::rng()).unwrap_or_else(|error| {
                tracing::warn!(%error, "no new recovery code");
                None
            }),
            Kept::Typed => {
                if let Err(error) = store.recovery_is_kept() {
                    tracing::warn!(%error, "the recovery code counts as not kept");
                }
                None
            }
        };
        let recovery_code = code.map(|code| code.expose_secret().to_owned());
        Opened::Open { store: Arc::new(store), recovery_code }
    }
}

/// What is known of the recovery code when the record opens.
enum Kept {
    /// It was made just now.
    NotYet(SecretString),
    /// It was typed, so somebody has it.
    Typed,
    /// The slots say.
    Unknown,
}

/// The key that a passphrase or a recovery code gives.
fn key_of(slots: &KeySlots, typed: &SecretString) -> Result<(DbKey, Kept), KeyError> {
    slots.unwrap_with_passphrase(typed).map(|key| (key, Kept::Unknown)).or_else(|by_passphrase| {
        match slots.unwrap_with_recovery(typed) {
            Ok(key) => Ok((key, Kept::Typed)),
            // What was typed looks nothing like a code: the passphrase's own error is the better one.
            Err(KeyError::CodeLength { .. } | KeyError::NoSuchSlot) => Err(by_passphrase),
            Err(by_code) => Err(by_code),
        }
    })
}

#[cfg(test)]
mod tests {
    use std::{
        collections::HashMap,
        fs,
        sync::{Barrier, Mutex, PoisonError},
        thread,
    };

    use tempfile::TempDir;
    use zeroize::Zeroizing;

    use super::*;

    /// A keychain in memory, and what happens while a key is handed to it.
    #[derive(Default)]
    struct Keychain {
        kept: Mutex<HashMap<String, Vec<u8>>>,
        meanwhile: Mutex<Option<Box<dyn FnOnce() + Send>>>,
    }

    impl SecretStore for Keychain {
        fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
            Ok(self.kept.lock().unwrap().get(account).cloned().map(Zeroizing::new))
        }

        fn set(&self, account: &str, secret: &[u8]) -> Result<(), KeychainError> {
            if let Some(meanwhile) = self.meanwhile.lock().unwrap_or_else(PoisonError::into_inner).take() {
                meanwhile();
            }
            self.kept.lock().unwrap().insert(account.to_owned(), secret.to_vec());
            Ok(())
        }

        fn remove(&self, account: &str) -> Result<(), KeychainError> {
            self.kept.lock().unwrap().remove(account);
            Ok(())
        }
    }

    fn start(dir: &Path, keychain: Option<&Keychain>, passphrase: Option<&str>) -> Opened {
        let passphrase = passphrase.map(SecretString::from);
        let keychain = keychain.map(|keychain| keychain as &dyn SecretStore);
        open(&Words::english(), dir, keychain, passphrase.as_ref(), &mut |_, _| ())
    }

    fn code(opened: Opened) -> Option<String> {
        match opened {
            Opened::Open { recovery_code, .. } => recovery_code,
            Opened::Closed(lock) => panic!("{lock:?}"),
            Opened::Wrong(why) => panic!("{why:?}"),
            Opened::NotTried => panic!("nobody asked"),
        }
    }

    /// What a library says of a keychain that is not there is for nobody (`SS error`).
    #[test]
    fn a_computer_without_a_keychain_is_told_of_in_our_words() {
        struct NoKeychain;
        impl SecretStore for NoKeychain {
            fn get(&self, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
                Ok(None)
            }

            fn set(&self, _: &str, _: &[u8]) -> Result<(), KeychainError> {
                let said = "Couldn't access platform storage: SS error: result not returned from SS API";
                Err(KeychainError::Unavailable(said.to_owned()))
            }

            fn remove(&self, _: &str) -> Result<(), KeychainError> {
                Ok(())
            }
        }
        let words = Words::english();
        for keychain in [Some(&NoKeychain as &dyn SecretStore), None] {
            let dir = TempDir::new().unwrap();
            let opened = open(&words, dir.path(), keychain, None, &mut |_, _| ());
            let Opened::Closed(Lock::NewNeedsPassphrase { reason }) = opened else {
                panic!("a passphrase is asked for")
            };
            assert_eq!(reason, words.get("keychain-unavailable"));
            assert!(!reason.contains("SS") && !reason.contains("error"), "{reason}");
        }
    }

    #[test]
    fn a_start_in_the_middle_of_a_first_start_waits_its_turn() {
        let dir = TempDir::new().unwrap();
        let inside = dir.path().to_owned();
        let second = Arc::new(Mutex::new(None));
        let told = Arc::clone(&second);
        let keychain = Keychain::default();
        *keychain.meanwhile.lock().unwrap() = Some(Box::new(move || {
            let opened = start(&inside, None, Some("six plain words for a test"));
            *told.lock().unwrap() = Some(matches!(opened, Opened::Closed(Lock::InUse)));
        }));
        let first = code(start(dir.path(), Some(&keychain), None)).unwrap();
        assert_eq!(*second.lock().unwrap(), Some(true));
        assert!(
            !fs::read_dir(dir.path())
                .unwrap()
                .any(|item| { item.unwrap().file_name().to_string_lossy().starts_with("record.keys.json.") })
        );
        // The one code that was shown opens the one record.
        assert_eq!(code(start(dir.path(), None, Some(&first))), None);
    }

    /// As two programs that are started at once: whoever comes first makes the record, and its code opens it.
    #[test]
    fn two_first_starts_at_once_give_one_key() {
        let rounds = std::env::var("WHOLECHART_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
        for _ in 0..rounds {
            let dir = TempDir::new().unwrap();
            let both = Barrier::new(2);
            let codes: Vec<String> = thread::scope(|scope| {
                let started: Vec<_> = (0..2)
                    .map(|_| {
                        scope.spawn(|| {
                            both.wait();
                            match start(dir.path(), None, Some("six plain words for a test")) {
                                Opened::Open { recovery_code, .. } => recovery_code,
                                Opened::Closed(Lock::InUse) => None,
                                Opened::Closed(lock) => panic!("{lock:?}"),
                                _ => panic!("neither open nor in use"),
                            }
                        })
                    })
                    .collect();
                started.into_iter().filter_map(|one| one.join().unwrap()).collect()
            });
            // The last code that was said is the one that counts: a start that came after the other had ended says a new
            // one, because nobody has said to have kept the first.
            assert!(!codes.is_empty());
            assert!(
                codes.iter().any(|code| matches!(start(dir.path(), None, Some(code)), Opened::Open { .. }))
            );
            assert!(matches!(
                start(dir.path(), None, Some("six plain words for a test")),
                Opened::Open { .. }
            ));
        }
    }

    #[test]
    fn killed_before_the_code_was_kept_it_is_said_at_the_next_start() {
        let (dir, keychain) = (TempDir::new().unwrap(), Keychain::default());
        let first = code(start(dir.path(), Some(&keychain), None)).unwrap();
        let second = code(start(dir.path(), Some(&keychain), None)).unwrap();
        assert_ne!(first, second);
        // It was typed, so somebody has it: it is not said any more, and counts.
        assert_eq!(code(start(dir.path(), None, Some(&second))), None);
        assert_eq!(code(start(dir.path(), Some(&keychain), None)), None);
        assert_eq!(code(start(dir.path(), None, Some(&second))), None);
        assert!(matches!(start(dir.path(), None, Some(&first)), Opened::Wrong(_)));
    }

    #[test]
    fn a_missing_file_asks_and_a_new_record_is_begun_only_when_the_person_says_so() {
        let (dir, keychain) = (TempDir::new().unwrap(), Keychain::default());
        code(start(dir.path(), Some(&keychain), None));
        let file = dir.path().join("record.db");
        let bytes = fs::read(&file).unwrap();
        fs::write(&file, b"").unwrap();
        let keys = fs::read(dir.path().join("record.keys.json")).unwrap();
        for _ in 0..2 {
            let Opened::Closed(Lock::RecordMissing { file: shown, .. }) =
                start(dir.path(), Some(&keychain), None)
            else {
                panic!("it asks")
            };
            assert_eq!(shown, file.display().to_string());
            assert_eq!(fs::read(dir.path().join("record.keys.json")).unwrap(), keys, "nothing was changed");
        }
        fs::write(&file, &bytes).unwrap();
        code(start(dir.path(), Some(&keychain), None)).unwrap();
        fs::remove_file(&file).unwrap();
        begin_anew(&Words::english(), dir.path()).unwrap();
        code(start(dir.path(), Some(&keychain), None)).unwrap();
        assert_eq!(keychain.kept.lock().unwrap().len(), 2, "the key of the missing record is kept");
    }

    #[test]
    fn slots_of_another_record_in_the_sidecar_do_not_shut_this_one() {
        let (dir, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let words = "six plain words for a test";
        let mine = code(start(dir.path(), None, Some(words))).unwrap();
        code(start(other.path(), None, Some(words))).unwrap();
        let wrong =
            || fs::copy(other.path().join("record.keys.json"), dir.path().join("record.keys.json")).unwrap();
        // Typing the code says that it is kept; until then each start makes another one.
        for typed in [&mine, words] {
            wrong();
            assert!(matches!(start(dir.path(), None, Some(typed)), Opened::Open { .. }), "{typed}");
        }
        let keychain = Keychain::default();
        wrong();
        assert!(matches!(start(dir.path(), Some(&keychain), None), Opened::Closed(Lock::NeedsPassphrase)));
        assert!(matches!(start(dir.path(), None, Some("something else")), Opened::Wrong(_)));
    }

    #[test]
    fn a_record_that_was_opened_with_its_code_has_its_key_in_the_keychain_again() {
        let (dir, keychain) = (TempDir::new().unwrap(), Keychain::default());
        let code = code(start(dir.path(), Some(&keychain), None)).unwrap();
        keychain.kept.lock().unwrap().clear();
        assert!(matches!(start(dir.path(), Some(&keychain), None), Opened::Closed(Lock::KeyMissing { .. })));
        assert!(matches!(start(dir.path(), Some(&keychain), Some(&code)), Opened::Open { .. }));
        assert!(matches!(start(dir.path(), Some(&keychain), None), Opened::Open { .. }), "by itself");
    }
}

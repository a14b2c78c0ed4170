//! Opening the record: which key slot, and what to say when none gives the key.
//!
//! A record whose key is missing asks and never gets a new key.

use std::{path::Path, sync::Arc};

use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};
use wholechart_store::{DbKey, KeyError, KeySlots, RecordFiles, Store, StoreError};

use crate::{
    error,
    keychain::{KeychainError, SecretStore},
    wire::{ApiError, Lock},
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
        /// The code of a record that was just made, until it was written down.
        recovery_code: Option<String>,
    },
    /// Closed, and what it takes.
    Closed(Lock),
    /// A passphrase was given and was not the right one.
    Wrong(ApiError),
}

/// Opens the record in `dir`, or makes it when there is none. `progress` counts resources while what is derived from
/// them is made anew, which an upgrade of the app asks for.
pub(crate) fn open(
    words: &Words,
    dir: &Path,
    keychain: Option<&dyn SecretStore>,
    passphrase: Option<&SecretString>,
    progress: Progress<'_>,
) -> Opened {
    match RecordFiles::state(dir) {
        Ok(RecordFiles::Fresh) => make(words, dir, keychain, passphrase, progress),
        Ok(RecordFiles::Locked(slots)) => match passphrase {
            Some(passphrase) => with_passphrase(words, dir, &slots, passphrase, progress),
            None => with_keychain(words, dir, &slots, keychain, progress),
        },
        Ok(RecordFiles::KeysMissing) => failed(&error::store(words, &StoreError::KeysMissing)),
        Err(said) => failed(&error::key(words, &said)),
    }
}

fn failed(why: &ApiError) -> Opened {
    Opened::Closed(Lock::Failed { reason: why.words() })
}

/// Characters of a passphrase, at least.
pub(crate) const SHORTEST_PASSPHRASE: usize = 8;

fn make(
    words: &Words,
    dir: &Path,
    keychain: Option<&dyn SecretStore>,
    passphrase: Option<&SecretString>,
    progress: Progress<'_>,
) -> Opened {
    let mut rng = rand::rng();
    let key = DbKey::generate(&mut rng);
    let mut slots = KeySlots::new(&key);
    // Here, and not only where it is typed: a terminal hands over what is in a file.
    if passphrase.is_some_and(|said| said.expose_secret().chars().count() < SHORTEST_PASSPHRASE) {
        return failed(&error::error(words, "error-weak-passphrase", &[]));
    }
    if let Some(passphrase) = passphrase {
        slots.set_passphrase(&key, passphrase, &mut rng);
    } else {
        // A name of its own for each record: the key of an older one that was moved away must not be overwritten.
        let account = format!("record-{}", random_id());
        let kept = match keychain {
            Some(keychain) => keychain.set(&account, key.expose()).and_then(|()| keychain.get(&account)),
            None => Err(KeychainError::Unavailable(String::new())),
        };
        match kept {
            Ok(Some(back)) if back.as_slice() == key.expose() => slots.set_keychain(&account),
            Ok(_) => {
                return Opened::Closed(Lock::NewNeedsPassphrase {
                    reason: KeychainError::Unreadable.to_string(),
                });
            }
            Err(said) => return Opened::Closed(Lock::NewNeedsPassphrase { reason: said.to_string() }),
        }
    }
    let code = slots.set_recovery(&key, &mut rng);
    if let Err(said) = slots.save(dir) {
        return failed(&error::key(words, &said));
    }
    open_store(words, dir, &key, Some(code.expose_secret().to_owned()), progress)
}

fn with_keychain(
    words: &Words,
    dir: &Path,
    slots: &KeySlots,
    keychain: Option<&dyn SecretStore>,
    progress: Progress<'_>,
) -> Opened {
    let closed = |key: &str| {
        Opened::Closed(if slots.has_passphrase() {
            Lock::NeedsPassphrase
        } else {
            Lock::KeyMissing { reason: error::error(words, key, &[]).words() }
        })
    };
    let (Some(account), Some(keychain)) = (slots.keychain_account(), keychain) else {
        return closed("error-keychain");
    };
    match keychain.get(account) {
        Ok(Some(bytes)) => match DbKey::from_bytes(&bytes).filter(|key| slots.verify(key)) {
            Some(key) => open_store(words, dir, &key, None, progress),
            None => closed("error-key-missing"),
        },
        Ok(None) => closed("error-key-missing"),
        Err(_) => closed("error-keychain"),
    }
}

/// By passphrase, or by recovery code: the field takes both.
fn with_passphrase(
    words: &Words,
    dir: &Path,
    slots: &KeySlots,
    typed: &SecretString,
    progress: Progress<'_>,
) -> Opened {
    let key = slots.unwrap_with_passphrase(typed).or_else(|by_passphrase| {
        match slots.unwrap_with_recovery(typed) {
            Ok(key) => Ok(key),
            // What was typed looks nothing like a code: the passphrase's own error is the better one.
            Err(KeyError::CodeLength { .. } | KeyError::NoSuchSlot) => Err(by_passphrase),
            Err(by_code) => Err(by_code),
        }
    });
    match key {
        Ok(key) => open_store(words, dir, &key, None, progress),
        Err(said) => Opened::Wrong(error::key(words, &said)),
    }
}

fn open_store(
    words: &Words,
    dir: &Path,
    key: &DbKey,
    recovery_code: Option<String>,
    progress: Progress<'_>,
) -> Opened {
    match Store::open_with_progress(dir, key, progress) {
        Ok(store) => Opened::Open { store: Arc::new(store), recovery_code },
        Err(StoreError::InUse) => Opened::Closed(Lock::InUse),
        Err(said) => failed(&error::store(words, &said)),
    }
}

/// 128 random bits as lower-case hex: ids of persons, connections, keychain entries.
pub(crate) fn random_id() -> String {
    hex::encode(rand::rng().random::<[u8; 16]>())
}

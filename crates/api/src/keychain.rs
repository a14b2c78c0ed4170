//! The operating system's keychain, which holds the database key and nothing else.

use base64::{Engine, engine::general_purpose::STANDARD};
use thiserror::Error;
use zeroize::Zeroizing;

/// Where the database key is kept. The system's keychain in the product; tests bring their own.
/// A question may block for as long as the keychain's owner takes to unlock it.
pub trait SecretStore: Send + Sync + 'static {
    /// The key kept under `account`, or none.
    ///
    /// # Errors
    /// When the keychain cannot be asked; never for "there is none".
    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError>;

    /// Keeps a key under `account`, replacing what was there.
    ///
    /// # Errors
    /// When the keychain cannot keep it.
    fn set(&self, account: &str, secret: &[u8]) -> Result<(), KeychainError>;

    /// Forgets the key under `account`. None is there afterwards, whether there was one or not.
    ///
    /// # Errors
    /// When the keychain cannot be asked.
    fn remove(&self, account: &str) -> Result<(), KeychainError>;
}

/// Why the keychain could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeychainError {
    /// This computer has none, or this session cannot reach it.
    #[error("no keychain is available: {0}")]
    Unavailable(String),
    /// It is locked and nobody unlocked it in time.
    #[error("the keychain did not answer in time")]
    NoAnswer,
    /// It holds something that is not a key of ours.
    #[error("the keychain holds something unreadable under this name")]
    Unreadable,
}

/// The operating system's keychain, through `keyring`.
#[derive(Debug, Clone, Copy)]
pub struct SystemKeychain;

/// The name under which entries are kept.
const SERVICE: &str = "app.wholechart";

fn entry(account: &str) -> Result<keyring::v1::Entry, KeychainError> {
    keyring::v1::Entry::new(SERVICE, account).map_err(said)
}

fn said(error: keyring_core::Error) -> KeychainError {
    match error {
        keyring_core::Error::BadEncoding(_) | keyring_core::Error::BadDataFormat(..) => {
            KeychainError::Unreadable
        }
        other => KeychainError::Unavailable(other.to_string()),
    }
}

impl SecretStore for SystemKeychain {
    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        match entry(account)?.get_password() {
            // KWallet keeps text only, hence base64.
            Ok(text) => {
                let text = Zeroizing::new(text);
                STANDARD
                    .decode(text.as_bytes())
                    .map(|key| Some(Zeroizing::new(key)))
                    .map_err(|_| KeychainError::Unreadable)
            }
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(other) => Err(said(other)),
        }
    }

    fn set(&self, account: &str, secret: &[u8]) -> Result<(), KeychainError> {
        let text = Zeroizing::new(STANDARD.encode(secret));
        entry(account)?.set_password(&text).map_err(said)
    }

    fn remove(&self, account: &str) -> Result<(), KeychainError> {
        match entry(account)?.delete_credential() {
            Ok(()) | Err(keyring_core::Error::NoEntry) => Ok(()),
            Err(other) => Err(said(other)),
        }
    }
}

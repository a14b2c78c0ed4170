//! What opens the record: a new recovery code, another passphrase, a new key.

pub(crate) mod wire;

use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use wholechart_store::Store;

use self::wire::KeysView;
use crate::{
    app::{App, key_at_hand, wire::AppState},
    backups::wire::Strength,
    error::{self, ApiError, ErrorCode},
    passphrase::strength,
};

impl App {
    pub(crate) async fn keys(&self) -> Result<KeysView, ApiError> {
        let store = self.store().await?;
        let slots = self.off_thread(move || store.slots()).await?;
        let slots = slots.map_err(|said| error::key(&self.words, &said))?;
        let keychain = self.has_keychain();
        Ok(KeysView {
            keychain: keychain && slots.as_ref().is_some_and(|slots| slots.keychain_account().is_some()),
            passphrase: slots.is_some_and(|slots| slots.has_passphrase()),
        })
    }

    pub(crate) async fn new_recovery_code(&self, secret: Option<String>) -> Result<AppState, ApiError> {
        let code = self.with_key(secret, |store, key| store.new_recovery(key, &mut rand::rng())).await?;
        self.say_code(code.expose_secret().to_owned()).await
    }

    pub(crate) async fn set_passphrase(
        &self,
        secret: Option<String>,
        passphrase: String,
    ) -> Result<KeysView, ApiError> {
        let passphrase = SecretString::from(passphrase);
        if strength(&passphrase) == Strength::Weak {
            return Err(self.error("error-weak-passphrase").code(ErrorCode::WrongPassphrase));
        }
        self.with_key(secret, move |store, key| store.set_passphrase(key, &passphrase, &mut rand::rng()))
            .await?;
        self.keys().await
    }

    pub(crate) async fn change_key(&self, secret: Option<String>) -> Result<AppState, ApiError> {
        self.exchange_key(secret.map(SecretString::from)).await
    }

    /// Runs `work` with the record and its key, which is nowhere in memory but for that.
    async fn with_key<T: Send + 'static>(
        &self,
        secret: Option<String>,
        work: impl FnOnce(&Store, &wholechart_store::DbKey) -> Result<T, wholechart_store::KeyError>
        + Send
        + 'static,
    ) -> Result<T, ApiError> {
        let store = self.store().await?;
        let (words, keychain) = (Arc::clone(&self.words), self.keychain_anew());
        let secret = secret.map(SecretString::from);
        self.off_thread(move || {
            let slots = store.slots().map_err(|said| error::key(&words, &said))?;
            let slots = slots.ok_or_else(|| error::error(&words, "error-keys-missing", &[]))?;
            let key = key_at_hand(&words, &slots, keychain.as_deref(), secret.as_ref())?;
            work(&store, &key).map_err(|said| error::key(&words, &said))
        })
        .await?
    }
}

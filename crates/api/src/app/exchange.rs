//! Closing the record while the app goes on, and another record in its place.

use std::{
    mem,
    path::{Path, PathBuf},
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use secrecy::SecretString;
use wholechart_store::{
    Called, DbKey, Folder, KeyError, KeySlots, Store, StoreError, before_upgrade, erase_everything,
};

use super::{
    App,
    unlock::{self, Opened},
    wire::{AppState, Lock},
};
use crate::{
    backups,
    error::{self, ApiError, ErrorCode},
    health::rescue_error,
    host::Event,
    keychain::SecretStore,
    words::Words,
};

impl App {
    /// Puts what is in a backup in the place of the record, under a new key, and opens it. Whatever goes wrong, the record
    /// that was there is there.
    pub(crate) async fn exchange(
        &self,
        file: PathBuf,
        passphrase: SecretString,
    ) -> Result<AppState, ApiError> {
        let _opening = self.opening.lock().await;
        self.not_locked().await?;
        let store = match &*self.opened.lock().await {
            Opened::Open { store, .. } => Some(Arc::clone(store)),
            _ => None,
        };
        let (words, dir) = (Arc::clone(&self.words), self.config.data_dir.clone());
        let (keychain, given) = (self.keychain_anew(), self.config.passphrase.clone());
        // On a computer without a keychain, what opens the backup opens the record.
        let (incoming, made_key, passphrase) = self
            .off_thread(move || {
                let (mut behind, mut made_key) = (given, None);
                let keep = |folder: &Folder| {
                    let mut made = unlock::new_key(keychain.as_deref(), behind.as_ref());
                    if made.is_err() {
                        made = unlock::new_key(None, Some(&passphrase));
                        behind = Some(passphrase.clone());
                    }
                    let (key, mut slots) = made.map_err(|_| error::error(&words, "error-keychain", &[]))?;
                    slots.set_recovery(&key, &mut rand::rng());
                    slots.save(folder).map_err(|said| error::key(&words, &said))?;
                    made_key = Some(key.clone());
                    Ok(key)
                };
                let made = backups::fill(store.as_deref(), &dir, &file, &passphrase, keep, &words)?;
                Ok::<_, ApiError>((made, made_key, behind))
            })
            .await??;
        let damaged = self.is_damaged();
        self.close().await?;
        let (words, dir) = (Arc::clone(&self.words), self.config.data_dir.clone());
        let swapped = self
            .off_thread(move || {
                let folder = Folder::take(&dir).map_err(StoreError::from)?;
                // A damaged file may hold what no backup has: it is not thrown away at the next start.
                if damaged {
                    incoming.set_aside_damaged(&folder).map(drop)
                } else {
                    incoming.swap_in(&folder)
                }
            })
            .await?
            .map_err(|said| error::store(&words, &said));
        if swapped.is_ok() {
            self.exchanged.store(true, Ordering::SeqCst);
        }
        // What could not be exchanged was there before, and is opened again.
        let opened = match made_key {
            Some(key) if swapped.is_ok() => self.open_again_by(vec![key], passphrase.is_some()).await,
            _ => self.open_again(None).await,
        };
        swapped?;
        opened
    }

    /// Puts back what the last exchange replaced.
    pub(crate) async fn exchange_back(&self) -> Result<AppState, ApiError> {
        let _opening = self.opening.lock().await;
        self.not_locked().await?;
        self.close().await?;
        let (words, dir) = (Arc::clone(&self.words), self.config.data_dir.clone());
        let undone = self
            .off_thread(move || {
                let folder = Folder::take(&dir).map_err(StoreError::from)?;
                wholechart_store::undo_restore(&folder)
            })
            .await?
            .map_err(|said| error::store(&words, &said));
        let opened = self.open_again(None).await;
        if undone? { opened } else { Err(self.error("error-nothing-to-undo")) }
    }

    /// Gives the record another key: everything is encrypted anew beside it, and takes its place whole.
    pub(crate) async fn exchange_key(&self, typed: Option<SecretString>) -> Result<AppState, ApiError> {
        let _opening = self.opening.lock().await;
        let store = self.store().await?;
        let (words, keychain) = (Arc::clone(&self.words), self.keychain_anew());
        let asked = keychain.clone();
        let behind = typed;
        // Nothing is closed for a secret that is wrong.
        let (old, account, reopens) = self
            .off_thread(move || {
                let said = |said: &KeyError| error::key(&words, said);
                let slots = store.slots().map_err(|error| said(&error))?;
                let slots = slots.ok_or_else(|| error::error(&words, "error-keys-missing", &[]))?;
                let key = unlock::key_at_hand(&words, &slots, keychain.as_deref(), behind.as_ref())?;
                let account = slots.keychain_account().filter(|_| keychain.is_some()).map(str::to_owned);
                // A recovery code opens the old key only.
                let reopens = behind.filter(|typed| slots.unwrap_with_passphrase(typed).is_ok());
                if reopens.is_none() && (slots.has_passphrase() || account.is_none()) {
                    return Err(error::error(&words, "error-change-key-passphrase", &[])
                        .code(ErrorCode::WrongPassphrase));
                }
                Ok((key, account, reopens))
            })
            .await??;
        self.close().await?;
        let (words, dir) = (Arc::clone(&self.words), self.config.data_dir.clone());
        let typed = reopens.is_some();
        let ways = Ways { account, keychain: asked, behind: reopens };
        // Each opens the record without the keychain, which may be gone by now.
        let mut keys = vec![old.clone()];
        let (keys, changed) = self
            .off_thread(move || {
                let changed = encrypt_anew(&words, &dir, &old, &ways, &mut keys);
                (keys, changed)
            })
            .await?;
        let opened = self.open_again_by(keys, typed).await;
        changed?;
        opened
    }

    /// Makes a new record of what can be read of a damaged one, under the same key, and opens it. The damaged one is set
    /// aside. Where nothing can be read, everything is as it was.
    pub(crate) async fn rescue(&self, secret: Option<String>) -> Result<AppState, ApiError> {
        let _opening = self.opening.lock().await;
        self.not_locked().await?;
        let (key, typed) = self.key_without_opening(secret).await?;
        self.close().await?;
        let (words, dir, now) = (Arc::clone(&self.words), self.config.data_dir.clone(), self.host.now());
        let rescued = self
            .off_thread(move || {
                let (person, connection) =
                    (words.get("health-nameless-person"), words.get("health-nameless-source"));
                let called = Called { person: &person, connection: &connection };
                let folder = Folder::take(&dir).map_err(StoreError::from)?;
                let (replacement, _) = wholechart_store::rescue(&folder, &key, &called, now)?;
                replacement.set_aside_damaged(&folder)
            })
            .await?
            .map_err(|said| rescue_error(&self.words, &said));
        let opened = self.open_again(typed).await;
        rescued?;
        opened
    }

    /// Puts the copy of before the last upgrade in the place of the record, and opens nothing: this version would only
    /// upgrade it again.
    pub(crate) async fn go_back(&self, secret: Option<String>) -> Result<AppState, ApiError> {
        let _opening = self.opening.lock().await;
        self.not_locked().await?;
        let (key, typed) = self.key_without_opening(secret).await?;
        self.close().await?;
        let dir = self.config.data_dir.clone();
        let gone = self
            .off_thread(move || {
                let folder = Folder::take(&dir).map_err(StoreError::from)?;
                let Some(before) = before_upgrade(&folder, &key)? else { return Ok(false) };
                before.swap_in(&folder)?;
                Ok(true)
            })
            .await?
            .map_err(|said: StoreError| error::store(&self.words, &said));
        if !matches!(gone, Ok(true)) {
            let opened = self.open_again(typed).await;
            return if gone? { opened } else { Err(self.error("error-nothing-to-undo")) };
        }
        self.exchanged.store(true, Ordering::SeqCst);
        let mut opened = self.opened.lock().await;
        *opened = Opened::Closed(Lock::WentBack { reason: self.words.get("health-went-back") });
        self.state_of(&opened).await
    }

    /// The key of the record, open or not, and what was typed if that opens it again.
    async fn key_without_opening(
        &self,
        secret: Option<String>,
    ) -> Result<(DbKey, Option<SecretString>), ApiError> {
        let (words, dir) = (Arc::clone(&self.words), self.config.data_dir.clone());
        let (keychain, typed) = (self.keychain_anew(), secret.map(SecretString::from));
        let typed = typed.or_else(|| self.config.passphrase.clone());
        self.off_thread(move || {
            let key = unlock::key_of_closed(&words, &dir, keychain.as_deref(), typed.as_ref())?;
            Ok((key, typed))
        })
        .await?
    }

    /// Erases the record with its keys, and begins anew as at the first start.
    pub(crate) async fn erase_all(&self) -> Result<AppState, ApiError> {
        let _opening = self.opening.lock().await;
        self.not_locked().await?;
        self.close().await?;
        let (words, dir) = (Arc::clone(&self.words), self.config.data_dir.clone());
        let keychain = self.keychain_anew();
        let erased = self
            .off_thread(move || {
                let folder = Folder::take(&dir).map_err(StoreError::from)?;
                let slots = KeySlots::candidates(&dir).unwrap_or_default();
                erase_everything(&folder)?;
                for account in slots.iter().filter_map(KeySlots::keychain_account) {
                    // A key that opens nothing any more.
                    if let Some(keychain) = &keychain
                        && let Err(error) = keychain.remove(account)
                    {
                        tracing::warn!(%error, "a key stays in the keychain");
                    }
                }
                Ok(())
            })
            .await?
            .map_err(|said: StoreError| error::store(&words, &said));
        let opened = self.open_again(None).await;
        erased?;
        opened
    }

    async fn open_again(&self, passphrase: Option<SecretString>) -> Result<AppState, ApiError> {
        self.opened_again(self.open(passphrase)).await
    }

    async fn opened_again(&self, open: impl Future<Output = Opened>) -> Result<AppState, ApiError> {
        let mut opened = self.opened.lock().await;
        *opened = open.await;
        self.catch_up_soon();
        let state = self.state_of(&opened).await;
        drop(opened);
        self.host.event(Event::Changed);
        state
    }

    async fn open_again_by(&self, keys: Vec<DbKey>, typed: bool) -> Result<AppState, ApiError> {
        let open =
            self.open_by(move |words, dir, progress| unlock::open_by_key(words, dir, &keys, typed, progress));
        self.opened_again(open).await
    }

    /// Closes the record: what runs is stopped where it can go on later, and nobody holds the file any more.
    pub(super) async fn close(&self) -> Result<(), ApiError> {
        let taken = {
            let mut opened = self.opened.lock().await;
            mem::replace(&mut *opened, Opened::NotTried)
        };
        let Opened::Open { store, .. } = taken else { return Ok(()) };
        self.closing.store(true, Ordering::SeqCst);
        loop {
            // What began before the record was taken away may still come to register itself.
            self.stop_all();
            if Arc::strong_count(&store) == 1 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.veils.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
        self.strangers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
        let outbox = Arc::clone(&self.outbox);
        // Folding the log into the file takes a moment.
        let closed = self
            .off_thread(move || {
                if let Err(error) = outbox.write(&store) {
                    tracing::warn!(%error, "what was sent waits to be written down");
                }
                drop(store);
            })
            .await;
        self.closing.store(false, Ordering::SeqCst);
        closed
    }
}

/// What opens a record under another key as it was opened before.
struct Ways {
    /// The name of the old key in the keychain, where that has it.
    account: Option<String>,
    keychain: Option<Arc<dyn SecretStore>>,
    /// The passphrase, where one opens it.
    behind: Option<SecretString>,
}

/// Copies the record under a new key and puts the copy in its place. The new key is among `keys` as soon as it may be the file's.
fn encrypt_anew(
    words: &Words,
    dir: &Path,
    old: &DbKey,
    ways: &Ways,
    keys: &mut Vec<DbKey>,
) -> Result<(), ApiError> {
    let said = |said: StoreError| error::store(words, &said);
    let store = Store::open(dir, old).map_err(said)?;
    let replacement = store.replacement().map_err(said)?;
    let by_keychain = if ways.account.is_some() { ways.keychain.as_deref() } else { None };
    let made = unlock::new_key(by_keychain, ways.behind.as_ref().filter(|_| by_keychain.is_none()));
    let (key, mut slots) = made.map_err(|_| error::error(words, "error-keychain", &[]))?;
    if let (Some(passphrase), true) = (&ways.behind, by_keychain.is_some()) {
        slots.set_passphrase(&key, passphrase, &mut rand::rng());
    }
    slots.set_recovery(&key, &mut rand::rng());
    slots.save(replacement.folder()).map_err(|said| error::key(words, &said))?;
    store.copy_into(&replacement, &key).map_err(said)?;
    drop(store);
    let folder = Folder::take(dir).map_err(|error| said(error.into()))?;
    keys.push(key.clone());
    replacement.swap_in(&folder).map_err(said)?;
    // What the old key opens is of no use to anybody but who found that key.
    drop(folder);
    let store = Store::open(dir, &key).map_err(said)?;
    store.let_go_of_replaced().map_err(said)?;
    if let (Some(keychain), Some(account)) = (&ways.keychain, &ways.account)
        && let Err(error) = keychain.remove(account)
    {
        tracing::warn!(%error, "the old key stays in the keychain");
    }
    Ok(())
}

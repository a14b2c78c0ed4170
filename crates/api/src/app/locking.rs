//! Locking the open record: by its person, after a while without anybody, and with the computer.
//!
//! Afterwards there is no open file, no key and nothing that was read of the record in this program but what the system's
//! libraries keep of their own (`docs/security.md` names it). What runs ends where it can go on later.

use std::{
    mem,
    sync::{Arc, PoisonError},
};

use chrono::TimeDelta;
use wholechart_store::RecordFiles;

use super::{
    App, IMPORTING,
    unlock::Opened,
    wire::{AppState, Lock},
};
use crate::{
    error::{ApiError, ErrorCode},
    host::Event,
    settings::{file, wire::Settings},
};

impl App {
    /// Locks the record. One that is not open stays as it is.
    ///
    /// # Errors
    /// When something that ran ended in a defect; the record is closed then all the same.
    pub async fn lock(&self) -> Result<AppState, ApiError> {
        let _opening = self.opening.lock().await;
        let store = match &*self.opened.lock().await {
            Opened::Open { store, .. } => Some(Arc::clone(store)),
            _ => None,
        };
        if let Some(store) = store {
            // What is shown goes first: what runs may take a moment to end.
            self.host.event(Event::Locking);
            // Slots that cannot be read open nothing by themselves: better asked once too often.
            let slots = self.off_thread(move || store.slots()).await?;
            let passphrase = slots.ok().flatten().is_none_or(|slots| {
                slots.has_passphrase() || slots.keychain_account().is_none() || !self.has_keychain()
            });
            let closed = self.close().await;
            self.forget_shown().await;
            *self.opened.lock().await = Opened::Closed(Lock::Locked { passphrase });
            self.tend_door().await;
            closed?;
        }
        let opened = self.opened.lock().await;
        self.state_of(&opened).await
    }

    /// Locks the record when nobody was here for as long as the settings say. A host that is left alone asks every few
    /// seconds. Whoever signs in at a provider, or waits for files to be taken in, is here.
    ///
    /// # Errors
    /// As [`App::lock`].
    pub async fn lock_when_idle(&self) -> Result<(), ApiError> {
        let Some(after) = self.chosen().await?.lock_after else { return Ok(()) };
        let open = self.is_open().await;
        let signs_in = !self.waiting.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        let now = self.host.now();
        let idle = {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            match *seen {
                // A clock that was set back says nothing about how long it is ago.
                Some(then) if open && !signs_in && !self.runs(IMPORTING) && then <= now => {
                    now - then >= TimeDelta::minutes(after.into())
                }
                _ => {
                    *seen = Some(now);
                    false
                }
            }
        };
        if idle { self.lock().await.map(drop) } else { Ok(()) }
    }

    /// The computer goes to sleep, or its session was locked: the record is locked with it, if its person wants that.
    ///
    /// # Errors
    /// As [`App::lock`].
    pub async fn computer_locks(&self) -> Result<(), ApiError> {
        if self.chosen().await?.lock_with_computer {
            self.lock().await?;
        }
        Ok(())
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn awake(&self) -> Result<(), ApiError> {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.host.now());
        Ok(())
    }

    async fn chosen(&self) -> Result<Settings, ApiError> {
        let folder = self.config.data_dir.clone();
        self.off_thread(move || file::read(&folder)).await
    }

    /// The lock of a record that its person wants to find locked, before it is opened for the first time. A record that is not
    /// made yet, or whose file or keys are missing, has other questions to ask.
    pub(super) async fn locked_at_start(&self) -> Option<Opened> {
        if !self.host.is_left_alone() || !self.chosen().await.ok()?.lock_at_start {
            return None;
        }
        let dir = self.config.data_dir.clone();
        let state = self.off_thread(move || RecordFiles::state(&dir)).await.ok()?.ok()?;
        let RecordFiles::Locked(candidates) = state else { return None };
        let (slots, keychain) = (candidates.first()?, self.has_keychain());
        let passphrase = slots.has_passphrase() || slots.keychain_account().is_none() || !keychain;
        Some(Opened::Closed(Lock::Locked { passphrase }))
    }

    /// A locked record is not replaced or erased by whoever sits before it.
    pub(super) async fn not_locked(&self) -> Result<(), ApiError> {
        match &*self.opened.lock().await {
            Opened::Closed(Lock::Locked { .. }) => Err(self.error("error-locked").code(ErrorCode::Locked)),
            _ => Ok(()),
        }
    }

    /// Lets go of what was made of the record outside it: addresses and answers of sign-ins, names of files, pages.
    async fn forget_shown(&self) {
        fn emptied<T: Default>(held: &std::sync::Mutex<T>) {
            drop(mem::take(&mut *held.lock().unwrap_or_else(PoisonError::into_inner)));
        }
        emptied(&self.waiting);
        emptied(&self.pointed_at);
        emptied(&self.saved);
        emptied(&self.strangers);
        emptied(&self.seen);
        // Walking through everything that was remembered of layouts takes a moment.
        if self.off_thread(wholechart_print::forget).await.is_err() {
            tracing::warn!("pages that were laid out are still remembered");
        }
    }
}

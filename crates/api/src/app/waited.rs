//! Waiting for a keychain: one that is locked asks its owner first, and answers when they have typed what it wants.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::Duration,
};

use zeroize::Zeroizing;

use crate::keychain::{KeychainError, SecretStore};

/// How long a locked keychain may wait for its owner before it counts as one that does not answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// A keychain that may be waited for no longer: each question is asked on a thread of its own, because it may block without
/// limit, and on tokio's blocking pool that would also keep the app from ending.
pub(crate) struct Waited {
    keychain: Arc<dyn SecretStore>,
    questions: Mutex<Questions>,
}

#[derive(Default)]
struct Questions {
    /// Nobody waits for it any more: it is not asked until somebody wants it to be.
    given_up: bool,
    asked: u64,
    /// What ends the waiting of each that has no answer yet.
    open: BTreeMap<u64, Box<dyn FnOnce() + Send>>,
}

impl Waited {
    pub(crate) fn new(keychain: Arc<dyn SecretStore>) -> Waited {
        Waited { keychain, questions: Mutex::default() }
    }

    /// Whether something waits for its answer.
    pub(crate) fn is_waited_for(&self) -> bool {
        !self.questions().open.is_empty()
    }

    /// Ends the waiting. It counts as a keychain that does not answer until [`Waited::ask_again`]; an answer that comes later is
    /// heard by nobody.
    pub(crate) fn give_up(&self) {
        let open = {
            let mut questions = self.questions();
            questions.given_up = true;
            std::mem::take(&mut questions.open)
        };
        for end in open.into_values() {
            end();
        }
    }

    /// It may be asked again: something else was begun that needs it.
    pub(crate) fn ask_again(&self) {
        self.questions().given_up = false;
    }

    fn questions(&self) -> MutexGuard<'_, Questions> {
        self.questions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn SecretStore) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let (answer, wait) = mpsc::channel();
        let number = {
            let mut questions = self.questions();
            if questions.given_up {
                return Err(KeychainError::NoAnswer);
            }
            let end = answer.clone();
            questions.asked += 1;
            let number = questions.asked;
            // Nobody may be listening any more: then there is an answer already.
            questions.open.insert(number, Box::new(move || drop(end.send(Err(KeychainError::NoAnswer)))));
            number
        };
        let keychain = Arc::clone(&self.keychain);
        let started = thread::Builder::new()
            .name("keychain".into())
            .spawn(move || drop(answer.send(ask(&*keychain))))
            .map_err(|error| KeychainError::Unavailable(error.to_string()));
        let said = started.and_then(|_| {
            // Who did not answer in time is not waited for once more at the next question of the same command.
            wait.recv_timeout(PATIENCE).unwrap_or_else(|_| {
                self.questions().given_up = true;
                Err(KeychainError::NoAnswer)
            })
        });
        self.questions().open.remove(&number);
        said
    }
}

impl SecretStore for Waited {
    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        let account = account.to_owned();
        self.ask(move |keychain| keychain.get(&account))
    }

    fn set(&self, account: &str, secret: &[u8]) -> Result<(), KeychainError> {
        let (account, secret) = (account.to_owned(), Zeroizing::new(secret.to_vec()));
        self.ask(move |keychain| keychain.set(&account, &secret))
    }

    fn remove(&self, account: &str) -> Result<(), KeychainError> {
        let account = account.to_owned();
        self.ask(move |keychain| keychain.remove(&account))
    }
}

//! The computer's keychain in every state it can be in, and the words each ends in: none, locked, emptied, one that takes its
//! time, one that goes away in the middle. What was there before opens with what opened it before.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_api::{KeychainError, SecretStore, wire::ErrorCode};
use zeroize::Zeroizing;

use crate::person::AtHome;

const WORDS: &str = "mule lantern copper thursday";
/// What a system's library says is for nobody.
const OF_THE_SYSTEM: &str = "org.freedesktop.DBus.Error.ServiceUnknown";

/// A keychain in memory that fails when it is told to.
#[derive(Default)]
struct Keychain {
    kept: Mutex<BTreeMap<String, Vec<u8>>>,
    /// How many questions are still answered, and what the others hear. None: all are.
    fails: Mutex<Option<(usize, KeychainError)>>,
}

impl Keychain {
    fn fail(&self, after: usize, with: KeychainError) {
        *self.fails.lock().unwrap_or_else(PoisonError::into_inner) = Some((after, with));
    }

    fn heal(&self) {
        *self.fails.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn asked(&self) -> Result<(), KeychainError> {
        match &mut *self.fails.lock().unwrap_or_else(PoisonError::into_inner) {
            Some((0, why)) => Err(why.clone()),
            Some((left, _)) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl SecretStore for Keychain {
    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.asked()?;
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(kept.get(account).cloned().map(Zeroizing::new))
    }

    fn set(&self, account: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.asked()?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(account.to_owned(), secret.to_vec());
        Ok(())
    }

    fn remove(&self, account: &str) -> Result<(), KeychainError> {
        self.asked()?;
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).remove(account);
        Ok(())
    }
}

fn start(folder: &Path, keychain: &Arc<Keychain>) -> AtHome {
    AtHome::start(folder, None, Some(Arc::<Keychain>::clone(keychain)))
}

async fn state(home: &AtHome) -> Value {
    home.ask("appState", json!({})).await.expect("a state")
}

async fn end(home: AtHome) {
    home.app.settle().await;
    drop(home);
}

/// A record whose key this keychain has, and its recovery code.
async fn made(folder: &Path, keychain: &Arc<Keychain>) -> String {
    let home = start(folder, keychain);
    let code = state(&home).await["recoveryCode"].as_str().expect("a code").to_owned();
    home.ask("recoveryCodeKept", json!({})).await.expect("kept");
    end(home).await;
    code
}

#[tokio::test]
async fn a_first_start_without_a_keychain_that_answers_asks_for_a_passphrase_and_says_why() {
    let states = [
        (KeychainError::Unavailable(OF_THE_SYSTEM.into()), "has no keychain, or it cannot be reached"),
        (KeychainError::NoAnswer, "did not answer in time"),
        (KeychainError::Unreadable, "does not give back what was put into it"),
    ];
    for (why, said) in states {
        // The second answers nothing; the third takes the key, and is gone when it is looked whether it has it.
        for after in [0, 1] {
            let folder = TempDir::new().unwrap();
            let keychain = Arc::<Keychain>::default();
            keychain.fail(after, why.clone());
            let home = start(folder.path(), &keychain);
            let lock = state(&home).await["lock"].clone();
            assert_eq!(lock["is"], "newNeedsPassphrase", "{why:?}");
            let reason = lock["reason"].as_str().expect("words");
            assert!(reason.contains(said) && !reason.contains(OF_THE_SYSTEM), "{why:?}: {reason}");
            let open = home.ask("createRecord", json!({"passphrase": WORDS})).await.expect("made");
            assert_eq!(open["lock"]["is"], "open", "{open}");
            assert!(open["recoveryCode"].is_string());
            end(home).await;
            // Also where the keychain is there again: nothing was promised to it.
            keychain.heal();
            let home = start(folder.path(), &keychain);
            assert_eq!(state(&home).await["lock"]["is"], "needsPassphrase");
            let open = home.ask("unlock", json!({"passphrase": WORDS})).await.expect("opened");
            assert_eq!(open["lock"]["is"], "open");
        }
    }
}

#[tokio::test]
async fn a_later_start_without_the_key_says_so_and_opens_by_the_code_or_the_passphrase() {
    let states = [
        (Some(KeychainError::Unavailable(OF_THE_SYSTEM.into())), "keychain could not be used"),
        (Some(KeychainError::NoAnswer), "keychain could not be used"),
        (Some(KeychainError::Unreadable), "keychain could not be used"),
        (None, "is not in this computer's keychain"),
    ];
    for (why, said) in states {
        let folder = TempDir::new().unwrap();
        let keychain = Arc::<Keychain>::default();
        let code = made(folder.path(), &keychain).await;
        let gone = || match &why {
            Some(why) => keychain.fail(0, why.clone()),
            None => keychain.kept.lock().unwrap_or_else(PoisonError::into_inner).clear(),
        };
        gone();
        let home = start(folder.path(), &keychain);
        let lock = state(&home).await["lock"].clone();
        assert_eq!(lock["is"], "keyMissing", "{why:?}");
        let reason = lock["reason"].as_str().expect("words");
        assert!(reason.contains(said) && !reason.contains(OF_THE_SYSTEM), "{why:?}: {reason}");
        let open = home.ask("unlock", json!({"passphrase": code})).await.expect("opened");
        assert_eq!(open["lock"]["is"], "open");
        // What needs the key asks for what else opens the record, and changes nothing without it.
        keychain.fail(0, KeychainError::NoAnswer);
        for (command, args) in [
            ("newRecoveryCode", json!({"secret": null})),
            ("setPassphrase", json!({"secret": null, "passphrase": WORDS})),
            ("changeKey", json!({"secret": null})),
        ] {
            let refused = home.ask(command, args).await.expect_err(command);
            assert!(refused.message.contains("keychain could not be used"), "{command}: {refused:?}");
            assert!(refused.advice.contains("recovery code"), "{command}: {refused:?}");
            assert_eq!(refused.code, Some(ErrorCode::WrongPassphrase), "{command}: {refused:?}");
            assert_eq!(state(&home).await["lock"]["is"], "open", "{command}");
        }
        home.ask("setPassphrase", json!({"secret": code, "passphrase": WORDS})).await.expect("set");
        end(home).await;

        keychain.heal();
        gone();
        let home = start(folder.path(), &keychain);
        assert_eq!(state(&home).await["lock"]["is"], "needsPassphrase", "{why:?}");
        let open = home.ask("unlock", json!({"passphrase": WORDS})).await.expect("opened");
        assert_eq!(open["lock"]["is"], "open");
        end(home).await;

        keychain.heal();
        let home = start(folder.path(), &keychain);
        assert_eq!(state(&home).await["lock"]["is"], "open", "{why:?}: the keychain is there again");
        end(home).await;
    }
}

/// The key is changed while the keychain goes away after so many questions: whatever was reached, the record is open, and
/// opens later by the keychain and by the code that counts.
#[tokio::test]
async fn a_keychain_that_goes_away_while_the_key_is_changed_shuts_nothing() {
    let (mut refused, mut changed) = (0, 0);
    for answered in 0..5 {
        let folder = TempDir::new().unwrap();
        let keychain = Arc::<Keychain>::default();
        let mut code = made(folder.path(), &keychain).await;
        let home = start(folder.path(), &keychain);
        assert_eq!(state(&home).await["lock"]["is"], "open");
        keychain.fail(answered, KeychainError::Unavailable(OF_THE_SYSTEM.into()));
        match home.ask("changeKey", json!({"secret": null})).await {
            Ok(open) => {
                assert_eq!(open["lock"]["is"], "open", "{answered} answered: {open}");
                code = open["recoveryCode"].as_str().expect("a new code").to_owned();
                changed += 1;
            }
            Err(why) => {
                assert!(why.message.contains("keychain could not be used"), "{answered} answered: {why:?}");
                assert!(!format!("{why:?}").contains(OF_THE_SYSTEM), "{why:?}");
                refused += 1;
            }
        }
        assert_eq!(state(&home).await["lock"]["is"], "open", "{answered} answered: it did not shut");
        end(home).await;

        let home = start(folder.path(), &keychain);
        assert_eq!(state(&home).await["lock"]["is"], "keyMissing", "{answered} answered");
        let open = home.ask("unlock", json!({"passphrase": code})).await.expect("the code opens it");
        assert_eq!(open["lock"]["is"], "open", "{answered} answered");
        end(home).await;
        keychain.heal();
        let home = start(folder.path(), &keychain);
        assert_eq!(state(&home).await["lock"]["is"], "open", "{answered} answered: by itself");
        end(home).await;
    }
    assert!(refused >= 3 && changed >= 1, "{refused} refused, {changed} changed");
}

/// A keychain that is locked: it answers when its owner has unlocked it, once for each time they do.
struct Locked {
    keychain: Arc<Keychain>,
    asked: tokio::sync::mpsc::UnboundedSender<()>,
    unlocked: Mutex<mpsc::Receiver<()>>,
}

impl SecretStore for Locked {
    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        // The test may be over.
        let _ = self.asked.send(());
        let unlocked = self.unlocked.lock().unwrap_or_else(PoisonError::into_inner).recv();
        unlocked.map_err(|_| KeychainError::NoAnswer)?;
        self.keychain.get(account)
    }

    fn set(&self, account: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.keychain.set(account, secret)
    }

    fn remove(&self, account: &str) -> Result<(), KeychainError> {
        self.keychain.remove(account)
    }
}

#[tokio::test]
async fn a_keychain_that_waits_for_its_owner_is_told_and_can_be_gone_on_without() {
    let folder = TempDir::new().unwrap();
    let keychain = Arc::<Keychain>::default();
    let code = made(folder.path(), &keychain).await;
    let (asked, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let (unlock, unlocked) = mpsc::channel();
    let locked = Arc::new(Locked { keychain, asked, unlocked: Mutex::new(unlocked) });
    let home = AtHome::start(folder.path(), None, Some(locked));
    let waits = async || home.ask("keychainWaits", json!({})).await.expect("an answer at once");
    assert_eq!(waits().await, false);

    let give_up = async {
        heard.recv().await.expect("the keychain is asked");
        assert_eq!(waits().await, true, "whatever else waits");
        home.ask("withoutKeychain", json!({})).await.expect("heard");
    };
    let (opened, ()) = tokio::join!(state(&home), give_up);
    assert_eq!(opened["lock"]["is"], "keyMissing", "{opened}");
    assert_eq!(waits().await, false);
    let open = home.ask("unlock", json!({"passphrase": code})).await.expect("opened");
    assert_eq!(open["lock"]["is"], "open");
    assert!(heard.try_recv().is_err(), "nobody waits for it once more");

    // What is begun later asks again. Its first answer is for the question that nobody waits for any more.
    let locked = home.ask("lock", json!({})).await.expect("locked");
    assert_eq!(locked["lock"], json!({"is": "locked", "passphrase": false}));
    unlock.send(()).expect("it listens");
    let wait = async {
        heard.recv().await.expect("the keychain is asked");
        unlock.send(()).expect("it listens");
    };
    let (open, ()) = tokio::join!(home.ask("retryUnlock", json!({})), wait);
    assert_eq!(open.expect("a state")["lock"]["is"], "open");
    assert_eq!(waits().await, false);
    end(home).await;
}

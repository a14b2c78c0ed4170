//! The record is locked: by its person, when nobody is here, with the computer, at the start. What ran goes on later.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_api::{COMMANDS, KeychainError, SecretStore, wire::ErrorCode};
use wholechart_sandbox::{Fault, SAMPLE_SEED, Spot};

use crate::person::{AtHome, Decision, NAME, PASSPHRASE, sandbox};

/// A keychain in memory.
#[derive(Default)]
struct Keychain(Mutex<BTreeMap<String, Vec<u8>>>);

impl SecretStore for Keychain {
    fn get(&self, account: &str) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>, KeychainError> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(kept.get(account).cloned().map(zeroize::Zeroizing::new))
    }

    fn set(&self, account: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(account.to_owned(), secret.to_vec());
        Ok(())
    }

    fn remove(&self, account: &str) -> Result<(), KeychainError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(account);
        Ok(())
    }
}

async fn lock_of(home: &AtHome) -> Value {
    home.ask("appState", json!({})).await.expect("a state")["lock"].clone()
}

fn by_press() -> Value {
    json!({"is": "locked", "passphrase": false})
}

fn by_passphrase() -> Value {
    json!({"is": "locked", "passphrase": true})
}

async fn choose(home: &AtHome, change: Value) {
    let mut settings = home.ask("settings", json!({})).await.expect("settings")["settings"].clone();
    for (name, value) in change.as_object().expect("an object") {
        settings[name] = value.clone();
    }
    home.ask("saveSettings", json!({"settings": settings})).await.expect("kept");
}

#[tokio::test]
async fn a_locked_record_says_nothing_and_opens_with_one_press_or_the_passphrase() {
    let folder = TempDir::new().unwrap();
    let keychain: Arc<dyn SecretStore> = Arc::new(Keychain::default());
    let home = AtHome::start(folder.path(), None, Some(Arc::clone(&keychain))).begin().await;
    let locked = home.ask("lock", json!({})).await.expect("locked");
    assert_eq!((&locked["lock"], &locked["persons"]), (&by_press(), &json!([])));
    assert!(!locked.to_string().contains(NAME), "{locked}");
    assert!(home.desk.heard().iter().any(|event| event.contains(r#""is":"locking""#)), "the window is told");
    assert_eq!(lock_of(&home).await, by_press(), "asking opens nothing");
    // Nobody who sits before it may replace or erase it either.
    let file = folder.path().join("other.age");
    fs::write(&file, "none").unwrap();
    let refused = [
        ("home", json!({"person": home.person})),
        ("erase", json!({"what": {"what": "everything"}})),
        ("restore", json!({"file": file, "passphrase": PASSPHRASE})),
        ("undoRestore", json!({})),
        ("setPassphrase", json!({"secret": null, "passphrase": "mule lantern copper thursday"})),
        ("newRecoveryCode", json!({"secret": null})),
        ("changeKey", json!({"secret": null})),
    ];
    for (command, args) in refused {
        let why = home.ask(command, args).await.expect_err(command);
        assert_eq!(why.code, Some(ErrorCode::Locked), "{command}: {why:?}");
    }
    let open = home.ask("retryUnlock", json!({})).await.expect("opened");
    assert_eq!((&open["lock"]["is"], &open["persons"][0]["name"]), (&json!("open"), &json!(NAME)));

    // With a passphrase, a press is not enough, though the keychain has the key.
    let words = "mule lantern copper thursday";
    home.ask("setPassphrase", json!({"secret": null, "passphrase": words})).await.expect("kept");
    assert_eq!(home.ask("lock", json!({})).await.expect("locked")["lock"], by_passphrase());
    assert_eq!(home.ask("retryUnlock", json!({})).await.expect("an answer")["lock"], by_passphrase());
    let wrong = home.ask("unlock", json!({"passphrase": "mule lantern copper friday"})).await;
    assert_eq!(wrong.expect_err("another one").code, Some(ErrorCode::WrongPassphrase));
    assert_eq!(lock_of(&home).await, by_passphrase());
    let open = home.ask("unlock", json!({"passphrase": words})).await.expect("opened");
    assert_eq!(open["lock"]["is"], "open");
}

#[tokio::test]
async fn every_command_of_a_locked_record_keeps_its_contents_to_itself() {
    let folder = TempDir::new().unwrap();
    let home = AtHome::open(folder.path(), None).await;
    home.ask("lock", json!({})).await.expect("locked");
    let mut answered = Vec::new();
    for (command, _) in COMMANDS {
        // Whatever the arguments: none of them opens it.
        if ["unlock", "retryUnlock"].contains(command) {
            continue;
        }
        match home.ask(command, json!({"person": home.person})).await {
            Ok(said) => {
                assert!(!said.to_string().contains(NAME), "{command}: {said}");
                answered.push(*command);
            }
            Err(why) => assert!(!format!("{why:?}").contains(NAME), "{command}: {why:?}"),
        }
    }
    assert!(answered.contains(&"settings") && answered.contains(&"appState"), "{answered:?}");
    assert_eq!(lock_of(&home).await, by_passphrase(), "{answered:?}");
}

#[tokio::test]
async fn locking_ends_a_sync_where_it_goes_on_later_and_nothing_is_missing_then() {
    let (whole, cut) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let providers = sandbox(SAMPLE_SEED, None).await;
    let reference = AtHome::open(whole.path(), Some(&providers)).await;
    let id = reference.connect("Summit").await.expect("connected")["id"].clone();
    reference.ask("sync", json!({"connection": id})).await.expect("fetched");

    let home = AtHome::open(cut.path(), Some(&providers)).await;
    let id = home.connect("Summit").await.expect("connected")["id"].clone();
    // The first pages come; the later ones take longer than anybody waits.
    let slow = Fault::Latency(std::time::Duration::from_mins(5));
    providers.fail("summit", Spot::LaterPage("*"), slow, None);
    let running = format!(r#""is":"sync","connection":{id}"#);
    let lock = async {
        home.desk.told(&running).await;
        home.ask("lock", json!({})).await.expect("locked")
    };
    let (synced, locked) = tokio::join!(home.ask("sync", json!({"connection": id})), lock);
    assert_eq!(locked["lock"], by_passphrase());
    assert_eq!(synced.expect_err("it was stopped").code, Some(ErrorCode::Locked));
    providers.heal();
    let open = home.ask("unlock", json!({"passphrase": PASSPHRASE})).await.expect("opened");
    assert_eq!(open["lock"]["is"], "open");
    home.ask("sync", json!({"connection": id})).await.expect("carried on");
    let strip = |lines: Vec<String>, id: &Value| -> Vec<String> {
        let id = id.as_str().expect("an id");
        lines.into_iter().map(|line| line.replace(id, "connection")).collect()
    };
    let (all, theirs) = (home.entries().await.len(), reference.entries().await);
    assert_eq!(all, theirs.len(), "{:?}", strip(theirs, &id).first());
    providers.stop().await;
}

#[tokio::test]
async fn nobody_here_for_so_long_locks_the_record_and_who_signs_in_is_here() {
    let folder = TempDir::new().unwrap();
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let look = async || home.app.lock_when_idle().await.expect("looked");
    let open = json!({"is": "open"});
    look().await;
    home.desk.pass(TimeDelta::minutes(14));
    look().await;
    assert_eq!(lock_of(&home).await, open, "fifteen minutes, where nothing is chosen");
    home.ask("awake", json!({})).await.expect("told");
    home.desk.pass(TimeDelta::minutes(14));
    look().await;
    assert_eq!(lock_of(&home).await, open, "somebody was here in between");
    // A clock that goes back says nothing; it does not keep the record open either.
    home.desk.pass(TimeDelta::days(-3));
    look().await;
    home.desk.pass(TimeDelta::minutes(16));
    // Who is at the provider's page is here.
    home.desk.decide(Decision::Nothing);
    let card = home.card("Summit").await;
    let target =
        json!({"is": "card", "card": card["card"], "practice": null, "clientId": null, "clientSecret": null});
    let attempt = async {
        let ended = home.target(target).await;
        assert!(ended.is_err(), "it was given up: {ended:?}");
    };
    let wait = async {
        home.desk.told("waitingForSignIn").await;
        look().await;
        home.desk.pass(TimeDelta::minutes(60));
        look().await;
        assert_eq!(lock_of(&home).await, open, "the person is in the browser");
        home.ask("cancelConnect", json!({"attempt": "a"})).await.expect("given up");
    };
    tokio::join!(attempt, wait);
    look().await;
    home.desk.pass(TimeDelta::minutes(16));
    look().await;
    assert_eq!(lock_of(&home).await, by_passphrase());
    home.ask("unlock", json!({"passphrase": PASSPHRASE})).await.expect("opened");
    look().await;
    assert_eq!(lock_of(&home).await, open, "who has opened it is here");

    choose(&home, json!({"lockAfter": null})).await;
    home.desk.pass(TimeDelta::days(1));
    look().await;
    assert_eq!(lock_of(&home).await, open, "never");
    choose(&home, json!({"lockWithComputer": false})).await;
    home.app.computer_locks().await.expect("heard");
    assert_eq!(lock_of(&home).await, open, "not with the computer either");
    choose(&home, json!({"lockWithComputer": true})).await;
    home.app.computer_locks().await.expect("heard");
    assert_eq!(lock_of(&home).await, by_passphrase());
    providers.stop().await;
}

#[tokio::test]
async fn a_record_is_found_locked_at_the_start_where_that_was_chosen() {
    let folder = TempDir::new().unwrap();
    let keychain: Arc<dyn SecretStore> = Arc::new(Keychain::default());
    let start = |folder: &Path| AtHome::start(folder, None, Some(Arc::clone(&keychain)));
    let new = TempDir::new().unwrap();
    fs::write(new.path().join("settings.json"), r#"{"lockAtStart": true}"#).unwrap();
    assert_eq!(lock_of(&start(new.path())).await, json!({"is": "open"}), "a new record is made");

    let home = start(folder.path()).begin().await;
    choose(&home, json!({"lockAtStart": true})).await;
    home.app.settle().await;
    drop(home);
    let again = start(folder.path());
    assert_eq!(lock_of(&again).await, by_press());
    let open = again.ask("retryUnlock", json!({})).await.expect("opened");
    assert_eq!(open["persons"][0]["name"], NAME);
}

//! An assistant asks while an app has the record open: it is answered by that app, through its socket, or told why not.

use std::{
    fs, io,
    os::unix::{fs::FileTypeExt as _, net::UnixListener},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use url::Url;
use wholechart_api::{App, Config, Event, Host, Reader, dispatch, is_closed_to_others};

use crate::{
    Terminal,
    assistant::{Asking, nothing_but, on},
};

const LOCKED: &str = "Wholechart is locked, so it answers no assistant.";
const SWITCHED_OFF: &str = "Wholechart is open, and answers no assistant there.";

/// A window: somebody may come to it whom its person does not want to see the record.
struct Window;

impl Host for Window {
    fn open_browser(&self, _: &Url) -> Result<(), String> {
        Err("nobody is there".to_owned())
    }

    fn save_file(&self, _: &str, _: &[u8]) -> Result<Option<PathBuf>, io::Error> {
        Ok(None)
    }

    fn is_left_alone(&self) -> bool {
        true
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

fn folder(terminal: &Terminal) -> PathBuf {
    terminal.dir.path().join("record")
}

fn door(terminal: &Terminal) -> PathBuf {
    folder(terminal).join("assistant/door")
}

fn window(terminal: &Terminal) -> Arc<App> {
    let config = Config {
        data_dir: folder(terminal),
        profile: "test".to_owned(),
        sample: false,
        sample_cards: Value::Null,
        sample_lists: Value::Null,
        sample_moved: std::collections::BTreeMap::default(),
        keychain: None,
        passphrase: Some("a long enough passphrase".into()),
        reader: Reader::here(),
        locale: None,
        region: None,
    };
    App::new(Arc::new(Window), config).unwrap()
}

async fn ask(app: &Arc<App>, command: &str, args: Value) -> Value {
    dispatch(app, command, args).await.unwrap_or_else(|why| panic!("{command}: {why:?}"))
}

/// A window that has opened the record, and has done what that leaves to be done.
async fn opened(terminal: &Terminal) -> Arc<App> {
    let app = window(terminal);
    assert_eq!(ask(&app, "appState", json!({})).await["lock"]["is"], "open");
    app.settle().await;
    app
}

fn with_peanut() -> Terminal {
    let terminal = Terminal::new();
    terminal.lines(&["add", "--person", "Test", "allergy", "Peanut"]);
    terminal
}

async fn hears_of_peanut(asking: &Asking) {
    let said = asking.ask("current", json!({})).await;
    assert!(said.to_string().contains("Peanut"), "{said}");
}

async fn is_switched_off(asking: &Asking) {
    let said = asking.refused("current", json!({})).await;
    assert!(said.starts_with(SWITCHED_OFF), "{said}");
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_mins(1);
    while !is_so() {
        assert!(Instant::now() < end, "never {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_app_answers_while_it_is_switched_on_and_open_and_notes_what_it_handed_out() {
    let terminal = with_peanut();
    let app = opened(&terminal).await;
    let asking = Asking::start(&terminal).await;
    assert!(!door(&terminal).exists(), "nobody listens before it is switched on");
    is_switched_off(&asking).await;

    let mut choice = ask(&app, "assistant", json!({})).await;
    let kinds: Vec<Value> =
        choice["kinds"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    let person = ask(&app, "appState", json!({})).await["person"].clone();
    let shared = json!({"person": person, "kinds": kinds, "sensitive": []});
    choice["choice"] = json!({"on": true, "persons": [shared]});
    ask(&app, "saveAssistant", json!({"choice": choice["choice"]})).await;
    assert!(is_closed_to_others(&door(&terminal)).unwrap(), "the socket is this account's alone");
    assert!(is_closed_to_others(door(&terminal).parent().unwrap()).unwrap(), "and so is its folder");
    hears_of_peanut(&asking).await;
    // The window has the record all the same, and has noted what was handed out.
    let sent = ask(&app, "sent", json!({"person": person})).await;
    let handed = sent["handed"].as_array().unwrap();
    assert_eq!(handed.len(), 1, "{sent}");
    assert!(handed[0].to_string().contains("test-assistant 7"), "{sent}");

    ask(&app, "lock", json!({})).await;
    nothing_but(&asking, LOCKED).await;
    ask(&app, "unlock", json!({"passphrase": "a long enough passphrase"})).await;
    hears_of_peanut(&asking).await;

    choice["choice"]["on"] = false.into();
    ask(&app, "saveAssistant", json!({"choice": choice["choice"]})).await;
    assert!(!door(&terminal).exists(), "nobody listens any more");
    is_switched_off(&asking).await;
    asking.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_starts_locked_is_not_gone_around() {
    let terminal = with_peanut();
    on(&terminal, "Test", &[]);
    fs::write(folder(&terminal).join("settings.json"), r#"{"lockAtStart": true}"#).unwrap();
    let app = window(&terminal);
    assert_eq!(ask(&app, "appState", json!({})).await["lock"]["is"], "locked");
    app.settle().await;
    let asking = Asking::start(&terminal).await;
    nothing_but(&asking, LOCKED).await;
    ask(&app, "unlock", json!({"passphrase": "a long enough passphrase"})).await;
    hears_of_peanut(&asking).await;
    asking.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_that_nobody_answers_is_recognised_and_a_second_assistant_asks_the_first() {
    let terminal = with_peanut();
    on(&terminal, "Test", &[]);
    assert!(!door(&terminal).exists(), "a command leaves none behind");
    // Left behind by a program that was ended before it could remove it.
    fs::create_dir_all(door(&terminal).parent().unwrap()).unwrap();
    drop(UnixListener::bind(door(&terminal)).unwrap());
    assert!(is_socket(&door(&terminal)));

    let (first, second) = (Asking::start(&terminal).await, Asking::start(&terminal).await);
    tokio::join!(hears_of_peanut(&first), hears_of_peanut(&second));
    hears_of_peanut(&second).await;
    first.leave().await;
    // Whichever had it open: the other opens it now, or has it.
    hears_of_peanut(&second).await;
    second.leave().await;
    let gone = door(&terminal);
    until("the socket goes with who listened", || !gone.exists()).await;
    let sent = terminal.lines(&["sent"]);
    assert_eq!(sent[0]["handed"].as_array().unwrap().len(), 4, "{sent:?}");

    // Something else than a socket in its place is left alone, and nobody is heard there; the record is open as ever.
    fs::create_dir_all(gone.parent().unwrap()).unwrap();
    fs::write(&gone, "not a socket").unwrap();
    let alone = Asking::start(&terminal).await;
    hears_of_peanut(&alone).await;
    alone.leave().await;
    assert_eq!(fs::read_to_string(&gone).unwrap(), "not a socket");
}

fn is_socket(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|held| held.file_type().is_socket())
}

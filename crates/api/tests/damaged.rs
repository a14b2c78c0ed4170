//! The file of the record: damaged and rescued, in a folder that a cloud service copies, and as it was before an upgrade.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;
use wholechart_api::wire::ApiError;
use wholechart_api::{App, Config, Event, Host, Reader, dispatch};

use crate::host::Quiet;

const PASSPHRASE: &str = "six plain words for a test";
const PAGE: usize = 4096;

/// Somebody who says where a backup goes, and whose clock is the computer's.
#[derive(Default)]
struct Desk(Mutex<Option<PathBuf>>);

impl Host for Desk {
    fn open_browser(&self, url: &Url) -> Result<(), String> {
        Quiet.open_browser(url)
    }

    fn save_file(&self, name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        Quiet.save_file(name, bytes)
    }

    fn choose_where(&self, _: &str) -> Option<PathBuf> {
        self.0.lock().unwrap().clone()
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The app as it was just started, and whose record it shows.
struct AtHome {
    app: Arc<App>,
    desk: Arc<Desk>,
    person: String,
}

impl AtHome {
    fn start(folder: &Path) -> AtHome {
        let desk = Arc::new(Desk::default());
        let config = Config {
            data_dir: folder.to_owned(),
            profile: "test".to_owned(),
            sample: false,
            sample_cards: Value::Null,
            sample_lists: Value::Null,
            sample_moved: BTreeMap::new(),
            keychain: None,
            passphrase: Some(PASSPHRASE.into()),
            locale: None,
            region: None,
            reader: Reader::here(),
        };
        let host: Arc<dyn Host> = Arc::<Desk>::clone(&desk);
        AtHome { app: App::new(host, config).unwrap(), desk, person: String::new() }
    }

    /// With the record open, and a person in it.
    async fn open(folder: &Path) -> AtHome {
        let home = AtHome::start(folder);
        let said = state(&home).await;
        assert_eq!(said["lock"]["is"], "open", "{said}");
        let person = if let Some(known) = said["person"].as_str() {
            known.to_owned()
        } else {
            let args = json!({"name": "Corpus", "homeZone": "America/Chicago"});
            home.ask("savePerson", args).await.unwrap()["id"].as_str().unwrap().to_owned()
        };
        AtHome { person, ..home }
    }

    async fn ask(&self, command: &str, args: Value) -> Result<Value, ApiError> {
        dispatch(&self.app, command, args).await
    }

    /// Nothing of it goes on.
    async fn closed(self) {
        self.app.settle().await;
    }
}

/// A record with so many vaccinations, closed again.
async fn lived_in(folder: &Path, count: usize) {
    let home = AtHome::open(folder).await;
    let entries: Vec<Value> = (0..count)
        .map(|n| {
            json!({"resource": {"resourceType": "Immunization", "id": format!("i{n}"), "status": "completed",
                "occurrenceDateTime": format!("20{:02}-10-04", n % 20), "vaccineCode": {"text": format!("Shot {n}")}}})
        })
        .collect();
    let file = folder.with_extension("json");
    fs::write(&file, json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string())
        .unwrap();
    let import = json!({"person": home.person, "label": "Files", "paths": [file], "confirmed": true});
    home.ask("import", import).await.expect("taken in");
    home.closed().await;
}

async fn rows(home: &AtHome) -> usize {
    let args = json!({"person": home.person, "filter": {}, "limit": 500});
    home.ask("timeline", args).await.expect("a page")["rows"].as_array().expect("rows").len()
}

async fn state(home: &AtHome) -> Value {
    home.ask("appState", json!({})).await.expect("a state")
}

/// Writes over every page that `hit` names, by its number and how many there are.
fn damage(folder: &Path, hit: impl Fn(usize, usize) -> bool) {
    let path = folder.join("record.db");
    let mut bytes = fs::read(&path).unwrap();
    let count = bytes.len() / PAGE;
    for (n, page) in bytes.chunks_mut(PAGE).enumerate() {
        if hit(n, count) {
            page.fill(0xa5);
        }
    }
    fs::write(path, bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_cannot_be_opened_says_that_it_is_damaged_and_changes_nothing() {
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("record");
    lived_in(&folder, 20).await;
    damage(&folder, |n, _| n == 0);
    let damaged = fs::read(folder.join("record.db")).unwrap();
    let home = AtHome::start(&folder);
    let said = state(&home).await;
    assert_eq!(said["lock"]["is"], "damaged", "{said}");
    assert_eq!(said["lock"]["passphrase"], true);
    let nothing =
        home.ask("rescue", json!({"secret": PASSPHRASE})).await.expect_err("its first page is gone");
    assert!(nothing.message.contains("Nothing could be read"), "{nothing:?}");
    let wrong = home.ask("rescue", json!({"secret": "another four plain words"})).await.expect_err("wrong");
    assert_eq!(serde_json::to_value(wrong).unwrap()["code"], "wrongPassphrase");
    assert_eq!(fs::read(folder.join("record.db")).unwrap(), damaged);
    assert_eq!(state(&home).await["lock"]["is"], "damaged");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_record_is_noticed_behind_an_open_door_rescued_and_says_what_was_lost_until_that_was_seen()
{
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("record");
    lived_in(&folder, 400).await;
    // One of each few, far from the list of tables.
    damage(&folder, |n, count| n * 10 > count * 6 && n % 5 == 0);
    let home = AtHome::start(&folder);
    let said = state(&home).await;
    let open = said["lock"]["is"] == "open";
    if open {
        home.app.settle().await;
        let health = home.ask("health", json!({})).await.unwrap();
        assert!(health["damaged"].as_str().is_some_and(|said| said.contains("is damaged")), "{health}");
    } else {
        assert_eq!(said["lock"]["is"], "damaged", "{said}");
    }
    let after = home.ask("rescue", json!({"secret": PASSPHRASE})).await.expect("rescued");
    assert_eq!(after["lock"]["is"], "open", "{after}");
    let home = AtHome { person: after["person"].as_str().unwrap().to_owned(), ..home };
    home.app.settle().await;
    let health = home.ask("health", json!({})).await.unwrap();
    assert_eq!(health["damaged"], Value::Null);
    let lost = health["rescued"]["lost"].as_array().expect("what was lost").clone();
    let here = rows(&home).await;
    let counts =
        lost.iter().filter(|line| line.as_str().is_some_and(|line| line.contains("Vaccines"))).count();
    assert_eq!(here == 400, counts == 0, "{here} are here: {lost:?}");
    assert!(folder.join("record.damaged-1").join("record.db").exists());
    assert_eq!(health["rescued"]["aside"], json!([folder.join("record.damaged-1")]));
    assert_eq!(
        home.ask("checkRecord", json!({})).await.unwrap(),
        "The file of your record is whole. No damage was found."
    );
    let seen = home.ask("lostSeen", json!({})).await.unwrap();
    assert_eq!(seen["rescued"], Value::Null);
    assert!(folder.join("record.damaged-1").exists(), "it is kept all the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_in_the_place_of_a_damaged_record_keeps_the_damaged_one() {
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("record");
    lived_in(&folder, 20).await;
    let home = AtHome::start(&folder);
    state(&home).await;
    let file = dir.path().join("chart.age");
    home.desk.0.lock().unwrap().replace(file.clone());
    home.ask("backUp", json!({"passphrase": PASSPHRASE})).await.expect("a backup");
    home.closed().await;
    damage(&folder, |n, _| n == 0);
    let damaged = fs::read(folder.join("record.db")).unwrap();
    let home = AtHome::start(&folder);
    assert_eq!(state(&home).await["lock"]["is"], "damaged");
    home.app.dropped(vec![file.clone()]);
    let after = home.ask("restore", json!({"file": file, "passphrase": PASSPHRASE})).await.expect("restored");
    let home = AtHome { person: after["person"].as_str().unwrap().to_owned(), ..home };
    assert_eq!(rows(&home).await, 20);
    assert_eq!(fs::read(folder.join("record.damaged-1/record.db")).unwrap(), damaged);
    home.closed().await;
    let home = AtHome::start(&folder);
    state(&home).await;
    home.app.settle().await;
    assert!(folder.join("record.damaged-1").exists(), "the next start leaves it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_in_a_folder_that_a_cloud_service_copies_says_so() {
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("Dropbox").join("record");
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    let home = AtHome::open(&folder).await;
    let said = home.ask("health", json!({})).await.unwrap();
    assert!(said["cloud"].as_str().is_some_and(|said| said.contains("Dropbox copies")), "{said}");
    assert_eq!(said["folder"], json!(folder));
    let elsewhere = AtHome::open(&dir.path().join("record")).await;
    assert_eq!(elsewhere.ask("health", json!({})).await.unwrap()["cloud"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_copy_of_before_an_upgrade_is_offered_and_goes_by_itself() {
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("record");
    lived_in(&folder, 20).await;
    let copy = folder.join("record.db.format-16");
    fs::copy(folder.join("record.db"), &copy).unwrap();
    lived_in(&folder, 30).await;
    let home = AtHome::open(&folder).await;
    assert_eq!(rows(&home).await, 30);
    let made = fs::File::open(&copy).unwrap().metadata().unwrap().modified().unwrap();
    home.app.settle().await;
    assert!(home.ask("health", json!({})).await.unwrap()["upgrade"]["until"].is_string());
    let after = home.ask("goBack", json!({"secret": PASSPHRASE})).await.expect("gone back");
    assert_eq!(after["lock"]["is"], "wentBack");
    // This version opens it all the same, when it is asked to.
    let after = home.ask("retryUnlock", json!({})).await.expect("opened");
    assert_eq!(after["lock"]["is"], "open");
    assert_eq!(rows(&home).await, 20);
    home.ask("undoRestore", json!({})).await.expect("taken back");
    assert_eq!(rows(&home).await, 30);
    home.closed().await;
    // A month later, counted from when it was made.
    let file = fs::File::options().write(true).open(&copy).unwrap();
    file.set_modified(made - TimeDelta::days(40).to_std().unwrap()).unwrap();
    drop(file);
    let home = AtHome::start(&folder);
    state(&home).await;
    home.app.settle().await;
    assert!(!copy.exists());
    assert_eq!(home.ask("health", json!({})).await.unwrap()["upgrade"], Value::Null);
    let none = home.ask("goBack", json!({"secret": PASSPHRASE})).await.expect_err("there is none");
    assert!(none.message.contains("nothing to take back"), "{none:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_erased_by_itself_and_nothing_else_is() {
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("record");
    lived_in(&folder, 5).await;
    let home = AtHome::open(&folder).await;
    let file = dir.path().join("letter.json");
    let letter = json!({"resourceType": "DocumentReference", "id": "d", "status": "current", "date": "2024-03-05T10:00:00Z",
        "type": {"text": "Plain note"},
        "content": [{"attachment": {"contentType": "text/plain", "data": "VGhlIHp5Z29tYXRpYyBib25lLg=="}}]});
    fs::write(&file, letter.to_string()).unwrap();
    let import = json!({"person": home.person, "label": "Files", "paths": [file], "confirmed": true});
    home.ask("import", import).await.expect("taken in");
    home.app.settle().await;
    let page = home.ask("timeline", json!({"person": home.person, "filter": {}, "limit": 50})).await.unwrap();
    let of = |kind: &str| {
        page["rows"].as_array().unwrap().iter().find(|row| row["kind"] == kind).expect("a row")["id"].clone()
    };
    let what = json!({"what": "document", "person": home.person, "fact": of("document")});
    let preview = home.ask("erasePreview", json!({"what": what})).await.expect("a preview");
    assert!(preview["text"].as_str().unwrap().contains("Plain note"), "{preview}");
    let none = json!({"what": "document", "person": home.person, "fact": of("vaccine")});
    assert!(home.ask("erase", json!({"what": none})).await.is_err(), "that is no document");
    home.ask("erase", json!({"what": what})).await.expect("erased");
    assert_eq!(rows(&home).await, 5);
    let found =
        home.ask("search", json!({"person": home.person, "text": "zygomatic", "limit": 10})).await.unwrap();
    assert_eq!(found["groups"], json!([]));
}

//! A person keeps a backup, and brings the record back: onto a new computer, and in the place of one that is open.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::person::{AtHome, NAME, sandbox};

const PASSPHRASE: &str = "mule lantern copper thursday";

const BUNDLE: &str = r#"{"resourceType":"Bundle","type":"collection","entry":[
 {"resource":{"resourceType":"Immunization","id":"i","status":"completed","occurrenceDateTime":"2021-10-04","vaccineCode":{"text":"Influenza"}}},
 {"resource":{"resourceType":"DocumentReference","id":"d","status":"current","date":"2024-03-05T10:00:00Z","type":{"text":"Plain note"},
  "content":[{"attachment":{"contentType":"text/plain","data":"VGhlIHp5Z29tYXRpYyBib25lLg=="}}]}}
]}"#;

/// A record with a file of somebody's, a note beside it, and a place for backups.
async fn with_a_note(folder: &Path) -> AtHome {
    let home = AtHome::open(folder, None).await;
    let file = folder.with_extension("json");
    fs::write(&file, BUNDLE).expect("a file");
    let import = json!({"person": home.person, "label": "Files", "paths": [file], "confirmed": true});
    home.ask("import", import).await.expect("taken in");
    tokio::time::timeout(Duration::from_mins(1), home.app.settle()).await.expect("the files are read");
    let fact = rows(&home).await[0]["id"].clone();
    let note = json!({"person": home.person, "fact": fact, "text": "ask about the arm"});
    home.ask("saveNote", note).await.expect("kept");
    home
}

async fn rows(home: &AtHome) -> Vec<Value> {
    let args = json!({"person": home.person, "filter": {}, "limit": 50});
    let page = home.ask("timeline", args).await.expect("a page");
    page["rows"].as_array().expect("rows").clone()
}

async fn finds(home: &AtHome, text: &str) -> usize {
    let args = json!({"person": home.person, "text": text, "limit": 10});
    home.ask("search", args).await.expect("a search")["groups"].as_array().expect("groups").len()
}

async fn backed_up(home: &AtHome, to: &Path) -> PathBuf {
    home.desk.keep_at(to);
    let saved = home.ask("backUp", json!({"passphrase": PASSPHRASE})).await.expect("a backup");
    assert_eq!(saved["path"], json!(to));
    to.to_owned()
}

#[tokio::test]
async fn a_backup_brings_the_record_to_a_new_computer_and_can_be_taken_back_until_the_next_start() {
    let (old, new, kept) = (TempDir::new().unwrap(), TempDir::new().unwrap(), TempDir::new().unwrap());
    let home = with_a_note(&old.path().join("record")).await;
    let before = rows(&home).await;
    assert_eq!(home.ask("backups", json!({})).await.unwrap()["last"], Value::Null);
    let file = backed_up(&home, &kept.path().join("chart.age")).await;
    let said = home.ask("backups", json!({})).await.unwrap();
    assert!(said["last"].as_str().is_some_and(|when| when.starts_with("today")), "{said}");
    assert_eq!((&said["file"], &said["undo"]), (&json!(file), &json!(false)));

    let there = AtHome::open(&new.path().join("record"), None).await;
    let asked = json!({"file": file, "passphrase": PASSPHRASE});
    let preview = there.ask("previewBackup", asked.clone()).await.expect("it is whole");
    assert_eq!(
        preview["people"],
        json!([{"name": NAME, "born": null, "held": "2 records, 1 note of your own", "newest": "March 5, 2024"}])
    );
    assert_eq!(preview["here"][0]["held"], "0 records, no notes of your own");
    assert_eq!(preview["file"], "chart.age");
    assert_eq!(rows(&there).await, Vec::<Value>::new(), "nothing was changed");

    let state = there.ask("restore", asked).await.expect("restored");
    assert_eq!(state["lock"]["is"], "open");
    assert!(state["recoveryCode"].is_string(), "another key has another code");
    let there = AtHome { person: state["person"].as_str().unwrap().to_owned(), ..there };
    assert_eq!(there.person, home.person);
    assert_eq!(rows(&there).await, before);
    assert_eq!(finds(&there, "zygomatic").await, 1, "what files say is found at once");
    assert_eq!(finds(&there, "arm").await, 1, "and so is the note");

    let back = there.ask("undoRestore", json!({})).await.expect("taken back");
    let there = AtHome { person: back["person"].as_str().unwrap().to_owned(), ..there };
    assert_ne!(there.person, home.person);
    assert_eq!(rows(&there).await, Vec::<Value>::new());
    assert!(there.ask("undoRestore", json!({})).await.is_err(), "there is nothing more to take back");
    assert_eq!(
        there.ask("appState", json!({})).await.unwrap()["lock"]["is"],
        "open",
        "and nothing is shut by asking"
    );

    // Once more, and then a new start: what was replaced is gone.
    let asked = json!({"file": file, "passphrase": PASSPHRASE});
    there.ask("restore", asked).await.expect("restored");
    assert_eq!(there.ask("backups", json!({})).await.unwrap()["undo"], true);
    assert!(new.path().join("record/record.before").exists());
    there.app.settle().await;
    drop(there);
    let again = AtHome::open(&new.path().join("record"), None).await;
    assert_eq!(rows(&again).await, before);
    assert_eq!(again.ask("backups", json!({})).await.unwrap()["undo"], false);
    assert!(!new.path().join("record/record.before").exists());
}

#[tokio::test]
async fn what_cannot_be_restored_changes_nothing_and_says_why() {
    let (folder, kept) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let home = with_a_note(&folder.path().join("record")).await;
    let before = rows(&home).await;
    let weak = home.ask("backUp", json!({"passphrase": "password1234"})).await.expect_err("easy to guess");
    assert!(weak.message.contains("too easy to guess"), "{weak:?}");
    let file = backed_up(&home, &kept.path().join("chart.age")).await;
    let whole = fs::read(&file).unwrap();
    let half = kept.path().join("half.age");
    fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    let other = kept.path().join("letter.pdf");
    fs::write(&other, b"%PDF-1.7 a letter").unwrap();
    for (file, passphrase, words) in [
        (&half, PASSPHRASE, "damaged or not complete"),
        (&other, PASSPHRASE, "not a Wholechart backup"),
        (&file, "mule lantern copper friday", "does not open this backup"),
    ] {
        for command in ["previewBackup", "restore"] {
            let asked = json!({"file": file, "passphrase": passphrase});
            let said = home.ask(command, asked).await.expect_err(words);
            assert!(said.message.contains(words), "{said:?}");
            assert!(said.advice.contains("Nothing was changed."), "{said:?}");
        }
    }
    assert_eq!(rows(&home).await, before);
    home.desk.keep_at(&folder.path().join("record/chart.age"));
    let own = home.ask("backUp", json!({"passphrase": PASSPHRASE})).await.expect_err("its own folder");
    assert!(own.message.contains("the one your record is kept in"), "{own:?}");
}

#[tokio::test]
async fn a_sync_that_runs_ends_at_a_checkpoint_before_another_record_takes_its_place() {
    let (folder, kept) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let sandbox = sandbox(20, None).await;
    let home = AtHome::open(&folder.path().join("record"), Some(&sandbox)).await;
    let file = backed_up(&home, &kept.path().join("chart.age")).await;
    let connected = home.connect("Lakeside").await.expect("connected");
    let asked = json!({"connection": connected["id"]});
    let restore = json!({"file": file, "passphrase": PASSPHRASE});
    let (synced, restored) = tokio::join!(home.ask("sync", asked), home.ask("restore", restore));
    drop(synced);
    assert_eq!(restored.expect("restored")["lock"]["is"], "open");
    let none = home.ask("connections", json!({"person": home.person})).await.expect("a list");
    assert_eq!(none, json!([]), "the backup is older than the connection");
    home.ask("undoRestore", json!({})).await.expect("taken back");
    let one = home.ask("connections", json!({"person": home.person})).await.expect("a list");
    assert_eq!(one[0]["id"], connected["id"]);
}

#[tokio::test]
async fn who_is_erased_is_gone_and_the_others_are_as_they_were() {
    let (folder, kept) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let home = with_a_note(&folder.path().join("record")).await;
    let other = json!({"name": "Bo Whitlock", "homeZone": "America/Chicago"});
    let other = home.ask("savePerson", other).await.expect("added")["id"].as_str().unwrap().to_owned();
    let file = backed_up(&home, &kept.path().join("chart.age")).await;
    let what = json!({"what": "person", "person": home.person});
    let preview = home.ask("erasePreview", json!({"what": what})).await.expect("told");
    assert_eq!(
        preview["text"],
        format!(
            "{NAME}, with all 2 records, every document, note and decision, and the sign-ins at providers."
        )
    );
    assert_eq!((&preview["backups"], &preview["aside"]), (&json!([file]), &json!([])));
    let state = home.ask("erase", json!({"what": what})).await.expect("erased");
    assert_eq!(state["persons"].as_array().unwrap().len(), 1);
    assert_eq!(state["person"], other);
    assert!(home.ask("erase", json!({"what": what})).await.is_err(), "there is nobody any more");

    let everything = json!({"what": {"what": "everything"}});
    let state = home.ask("erase", everything).await.expect("erased");
    assert_eq!((&state["lock"]["is"], &state["persons"]), (&json!("open"), &json!([])));
    assert!(state["recoveryCode"].is_string(), "another key has another code");
    assert_eq!(home.ask("backups", json!({})).await.unwrap()["last"], Value::Null);
    // What was kept elsewhere brings it back.
    let asked = json!({"file": file, "passphrase": PASSPHRASE});
    let state = home.ask("restore", asked).await.expect("restored");
    assert_eq!(state["persons"].as_array().unwrap().len(), 2);
}

//! What a whole day with the app leaves behind outside the encrypted record: logs at their most talkative, what is printed, temporary
//! files, the profile's folder. Nothing of it says who the person is, what they have, or whom they see.
//!
//! The day is this program started once more, so that its log is one walk's and nobody else's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use serde_json::json;
use tempfile::TempDir;
use wholechart_api::{is_closed_to_others, make_private_folder, note_defects};
use wholechart_sandbox::SAMPLE_SEED;

use crate::person::{AtHome, NAME, PASSPHRASE, sandbox};

/// Names the folders of the day to the program that has it.
const FOLDER: &str = "WHOLECHART_TEST_QUIET_IN";

/// The program that is looked at. Without a folder this is no test.
#[tokio::test]
async fn a_day_with_the_app() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let log = fs::File::create(folder.join("log")).expect("a log");
    tracing_subscriber::fmt()
        .with_env_filter("warn,wholechart=trace,wholechart_sandbox=off")
        .with_ansi(false)
        .with_writer(Mutex::new(log))
        .init();
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(&folder.join("record"), Some(&providers)).await;
    let person = home.person.clone();
    let mut connections = Vec::new();
    for provider in ["Lakeside", "Summit", "Harbor"] {
        let id = home.connect(provider).await.expect("connected")["id"].clone();
        home.ask("sync", json!({"connection": id})).await.expect("fetched");
        connections.push(id);
    }
    home.app.settle().await;
    let rows =
        home.ask("timeline", json!({"person": person, "filter": {}, "limit": 30})).await.expect("rows");
    for row in rows["rows"].as_array().expect("rows") {
        home.ask("fact", json!({"person": person, "fact": row["id"]})).await.expect("a page");
    }
    for text in ["lisinopril", "penicillin", "Whitlock"] {
        home.ask("search", json!({"person": person, "text": text, "limit": 20})).await.expect("found");
    }
    for what in ["home", "conflicts", "sent", "contacts"] {
        home.ask(what, json!({"person": person})).await.expect(what);
    }
    home.ask("summary", json!({"person": person, "paper": "letter"})).await.expect("laid out");
    // What goes wrong is told, and not with whose words.
    providers.stop().await;
    for id in &connections {
        home.ask("sync", json!({"connection": id})).await.expect_err("nobody is there");
    }
    home.ask("fact", json!({"person": person, "fact": "Whitlock"})).await.expect_err("there is none");
    home.ask("disconnect", json!({"person": person, "connection": connections[0], "keepRecords": true}))
        .await
        .expect("ended");
    let told = home.ask("diagnostics", json!({})).await.expect("what may be copied for who helps");
    fs::write(folder.join("diagnostics"), told.as_str().expect("a text")).expect("written");
    let logs = folder.join("record/logs");
    make_private_folder(&logs).expect("a folder of logs");
    note_defects(logs, chrono::Utc::now);
    std::thread::spawn(|| panic!("{NAME} takes lisinopril")).join().expect_err("it broke");
    home.ask("lock", json!({})).await.expect("locked");
    home.ask("unlock", json!({"passphrase": "not that one"})).await.expect_err("that opens nothing");
    home.ask("unlock", json!({"passphrase": PASSPHRASE})).await.expect("opened");
    home.app.settle().await;
}

/// Every file below a folder, with its bytes; the public lists of providers aside.
fn every_file(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).expect("a folder") {
            let path = item.expect("a file").path();
            if path.is_dir() {
                if path.file_name().is_none_or(|name| name != "lists") {
                    folders.push(path);
                }
            } else if let Ok(bytes) = fs::read(&path) {
                found.push((path, bytes));
            }
        }
    }
    found
}

#[test]
fn nothing_outside_the_record_says_whose_it_is_what_they_have_or_whom_they_see() {
    let folder = TempDir::new().unwrap();
    let temporary = folder.path().join("temporary");
    fs::create_dir(&temporary).unwrap();
    let day = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "quiet::a_day_with_the_app", "--nocapture"])
        .env(FOLDER, folder.path())
        .env("TMPDIR", &temporary)
        .output()
        .unwrap();
    let said = [day.stdout, day.stderr].concat();
    assert!(day.status.success(), "{}", String::from_utf8_lossy(&said));
    let mut all = every_file(folder.path());
    let log = all.iter().find(|(path, _)| path.ends_with("log")).expect("a log");
    let lines = log.1.split(|byte| *byte == b'\n').count();
    assert!(lines > 100, "it was to be talkative: {lines} lines");
    for file in ["record.db", "defects.log", "diagnostics"] {
        assert!(all.iter().any(|(path, _)| path.ends_with(file)), "{file}");
    }
    for (path, _) in all.iter().filter(|(path, _)| path.starts_with(folder.path().join("record"))) {
        assert!(is_closed_to_others(path).unwrap(), "{}", path.display());
    }
    all.push(("what was printed".into(), said));

    // Long enough that chance does not write them.
    let secrets = [
        NAME,
        "Whitlock",
        "Marín",
        "Testament",
        "lisinopril",
        "Lisinopril",
        "penicillin",
        "Penicillin",
        "metformin",
        "Hemoglobin",
        "depression",
        "Lakeside",
        "Summit General",
        "Harbor Heart",
        "127.0.0.1:",
        "localhost:",
        PASSPHRASE,
        "not that one",
        "Bearer ",
        "access_token",
        "refresh_token",
        "code_verifier",
        "launch/patient",
    ];
    let mut told = Vec::new();
    for (path, bytes) in &all {
        for secret in secrets {
            let utf16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for needle in [secret.as_bytes(), &utf16] {
                if let Some(at) = bytes.windows(needle.len()).position(|part| part == needle) {
                    let around = &bytes[at.saturating_sub(80)..(at + 80).min(bytes.len())];
                    told.push(format!("{}: {secret}: {}", path.display(), String::from_utf8_lossy(around)));
                }
            }
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

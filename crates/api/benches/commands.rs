//! What a person waits for: each reading command of the first page, the lists, the timeline and the search, on one long record.
//!
//! `cargo xtask bench commands [ENTRIES]`. The load is the record that the tests judge merging by, taken in from files as the app does
//! it. The floor is the cheapest reading command of the same run: one page of the timeline.
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]
#![allow(
    dead_code,
    clippy::missing_docs_in_private_items,
    clippy::unwrap_used,
    reason = "what the tests use more of; a step that fails ends the benchmark"
)]

#[path = "../../record/tests/record/said.rs"]
mod said;
#[path = "../../record/tests/record/truth.rs"]
mod truth;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeZone as _, Utc};
use serde_json::{Value, json};
use url::Url;
use wholechart_api::{App, Config, Event, Host, Reader, dispatch};

/// Entries of the record, unless said otherwise.
const ENTRIES: usize = 20_000;
/// Resources of the file that changes.
const CHANGED: usize = 100;
/// How often each command is asked.
const TURNS: usize = 15;

struct Nobody;

impl Host for Nobody {
    fn open_browser(&self, _: &Url) -> Result<(), String> {
        Ok(())
    }

    fn save_file(&self, _: &str, _: &[u8]) -> io::Result<Option<PathBuf>> {
        Ok(None)
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 7, 1, 12, 0, 0).unwrap()
    }
}

#[tokio::main]
async fn main() {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    let entries = std::env::args().nth(1).and_then(|said| said.parse().ok()).unwrap_or(ENTRIES);
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(folder.path()).await;
    let files = written(entries, &folder.path().join("files"));
    for (label, paths) in &files {
        take_in(&app, &person, label, paths).await;
    }
    println!("{entries} entries of {} providers", files.len());

    let page = json!({"filter": {}, "cursor": null, "limit": 50});
    let floor = median(&app, &person, "timeline", &page).await;
    say("floor: a page of the timeline", floor, floor);
    for (what, command, args) in asked() {
        say(&what, median(&app, &person, command, &args).await, floor);
    }

    // The first page after something changed: what was kept in memory is behind.
    let mut after: Vec<Duration> = Vec::new();
    for turn in 0..TURNS {
        let (label, paths) = files.first_key_value().unwrap();
        change(&paths[0], turn);
        take_in(&app, &person, label, &paths[..1]).await;
        after.push(timed(&app, &person, "home", &json!({})).await);
    }
    after.sort_unstable();
    say(&format!("home after {CHANGED} changed resources"), after[after.len() / 2], floor);
}

/// Every reading command of a screen, with what it is called.
fn asked() -> Vec<(String, &'static str, Value)> {
    let mut all = vec![
        ("home".to_owned(), "home", json!({})),
        ("topics".to_owned(), "topics", json!({"kind": null})),
        ("disagreements".to_owned(), "conflicts", json!({})),
        ("tests".to_owned(), "tests", json!({"kind": "result", "cursor": null, "limit": 50})),
        ("facets of the timeline".to_owned(), "timelineFacets", json!({"filter": {}, "list": null})),
        ("search: two words".to_owned(), "search", json!({"text": "blood pressure", "limit": 5})),
        ("search: one letter".to_owned(), "search", json!({"text": "a", "limit": 5})),
        ("summary".to_owned(), "summary", json!({"paper": "letter"})),
    ];
    for list in ["medicines", "problems", "allergies", "vaccines", "procedures", "visits", "documents"] {
        let args = json!({"list": list, "filter": {}, "cursor": null, "limit": 50});
        all.push((format!("list: {list}"), "list", args));
    }
    for (what, filter) in [
        ("results", json!({"kinds": ["result"]})),
        ("medicines and problems", json!({"kinds": ["medicine", "problem"]})),
        ("a word", json!({"text": "glucose"})),
    ] {
        let args = json!({"filter": filter, "cursor": null, "limit": 50});
        all.push((format!("timeline: {what}"), "timeline", args));
    }
    all
}

async fn median(app: &Arc<App>, person: &str, command: &str, args: &Value) -> Duration {
    let mut times = Vec::with_capacity(TURNS);
    // The first fills what is kept from one question to the next.
    timed(app, person, command, args).await;
    for _ in 0..TURNS {
        times.push(timed(app, person, command, args).await);
    }
    times.sort_unstable();
    times[times.len() / 2]
}

async fn timed(app: &Arc<App>, person: &str, command: &str, args: &Value) -> Duration {
    let mut args = args.clone();
    args["person"] = json!(person);
    let start = Instant::now();
    let answer = dispatch(app, command, args).await;
    let took = start.elapsed();
    assert!(answer.is_ok(), "{command}: {:?}", answer.err().map(|why| why.message));
    took
}

fn say(what: &str, took: Duration, floor: Duration) {
    let ratio = took.as_secs_f64() / floor.as_secs_f64();
    println!("{what:<42}{:>9.2} ms {ratio:>9.2} × floor", took.as_secs_f64() * 1000.0);
}

async fn record(dir: &Path) -> (Arc<App>, String) {
    let config = Config {
        data_dir: dir.join("record"),
        profile: "bench".to_owned(),
        sample: false,
        sample_cards: Value::Null,
        sample_lists: Value::Null,
        sample_moved: BTreeMap::new(),
        keychain: None,
        passphrase: Some("a long enough passphrase".to_owned().into()),
        locale: None,
        region: None,
        reader: Reader::here(),
    };
    fs::create_dir_all(&config.data_dir).unwrap();
    let app = App::new(Arc::new(Nobody), config).unwrap();
    dispatch(&app, "appState", json!({})).await.unwrap();
    let person = json!({"id": null, "name": "Ada", "birthDate": null, "homeZone": "America/New_York"});
    let person = dispatch(&app, "savePerson", person).await.unwrap();
    (app, person["id"].as_str().unwrap().to_owned())
}

/// The record as files, by provider, a resource a line; the first file of all is the one that changes.
fn written(entries: usize, folder: &Path) -> BTreeMap<String, Vec<PathBuf>> {
    fs::create_dir_all(folder).unwrap();
    let labelled = truth::record_of(1, entries.div_ceil(7_000));
    let mut texts: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (member, sent) in labelled.members.iter().zip(labelled.sent).take(entries) {
        let of = (member.key.connection.0.clone(), member.key.base.clone());
        texts.entry(of).or_default().push(sent);
    }
    let mut files: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for (number, ((label, _), lines)) in texts.into_iter().enumerate() {
        for (part, lines) in
            [&lines[..CHANGED.min(lines.len())], &lines[CHANGED.min(lines.len())..]].into_iter().enumerate()
        {
            if lines.is_empty() {
                continue;
            }
            let path = folder.join(format!("{number}-{part}.ndjson"));
            fs::write(&path, lines.join("\n")).unwrap();
            files.entry(label.clone()).or_default().push(path);
        }
    }
    files
}

/// Writes a file anew with a comment in every resource.
fn change(path: &Path, turn: usize) {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(|line| {
        let mut resource: Value = serde_json::from_str(line).unwrap();
        resource["note"] = json!([{"text": format!("looked at again: {turn}")}]);
        resource.to_string()
    });
    let changed: Vec<String> = lines.collect();
    fs::write(path, changed.join("\n")).unwrap();
}

async fn take_in(app: &Arc<App>, person: &str, label: &str, paths: &[PathBuf]) {
    let args = json!({"person": person, "label": label, "release": null, "paths": paths, "confirmed": true});
    dispatch(app, "import", args).await.map_err(|why| why.message).unwrap();
}

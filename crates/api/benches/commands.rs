//! What a person waits for: each reading command of the first page, the lists, the timeline and the search, on one long record.
//!
//! `cargo xtask bench commands [ENTRIES …]`. The load is the record that the tests judge merging by, taken in from files as the app does
//! it. The floor is the cheapest reading command of the same run: one page of the timeline.
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]
#![allow(
    dead_code,
    clippy::missing_docs_in_private_items,
    clippy::unwrap_used,
    reason = "what the tests use more of; a step that fails ends the benchmark"
)]

#[path = "../../../benches/figures/mod.rs"]
mod figures;
mod long_record;
#[path = "../../record/tests/record/said.rs"]
mod said;
#[path = "../../record/tests/record/truth.rs"]
mod truth;
mod written;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wholechart_api::{App, dispatch};

use figures::Figures;
use long_record::{record, take_in};
use written::{CHANGED, written};

/// Entries of the record, unless said otherwise.
const ENTRIES: usize = 20_000;
/// How often each command is asked.
const TURNS: usize = 15;

#[tokio::main]
async fn main() {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|said| said.parse().ok()).collect();
    for entries in if sizes.is_empty() { vec![ENTRIES] } else { sizes } {
        measured(entries).await;
    }
}

async fn measured(entries: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(folder.path()).await;
    let files = written(entries, &folder.path().join("files"));
    for (label, paths) in &files {
        take_in(&app, &person, label, paths).await;
    }
    let load = format!("{entries} entries of {} providers", files.len());
    let mut figures = Figures::new(&format!("commands-{entries}"), &load);

    let page = json!({"filter": {}, "cursor": null, "limit": 50});
    figures.floor("floor: a page of the timeline", times(&app, &person, "timeline", &page).await);
    for (what, command, args) in asked() {
        let bar = (command == "home").then_some(if entries > 20_000 { 30 } else { 20 });
        figures.times(&what, bar, times(&app, &person, command, &args).await);
    }

    // The first page after something changed: what was kept in memory is behind.
    let mut after: Vec<Duration> = Vec::new();
    for turn in 0..TURNS {
        let (label, paths) = files.first_key_value().unwrap();
        change(&paths[0], turn);
        take_in(&app, &person, label, &paths[..1]).await;
        after.push(timed(&app, &person, "home", &json!({})).await);
    }
    figures.times(&format!("home after {CHANGED} changed resources"), None, after);
    figures.finish();
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

async fn times(app: &Arc<App>, person: &str, command: &str, args: &Value) -> Vec<Duration> {
    let mut times = Vec::with_capacity(TURNS);
    // The first fills what is kept from one question to the next.
    timed(app, person, command, args).await;
    for _ in 0..TURNS {
        times.push(timed(app, person, command, args).await);
    }
    times
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

//! What a person waits for: each reading command of the first page, the lists, the timeline and the search, on one long record.
//!
//! `cargo xtask bench commands [FACTS …]`. The load is an invented life at three providers, taken in from files as the app does it. The floor is the cheapest reading command of the same run: one page of the timeline.
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]
#![allow(
    dead_code,
    clippy::missing_docs_in_private_items,
    clippy::unwrap_used,
    reason = "what the tests use more of; a step that fails ends the benchmark"
)]

#[path = "../../../benches/figures/mod.rs"]
mod figures;
#[path = "../../../benches/load/mod.rs"]
mod load;
mod long_record;
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

/// Facts of the life, unless said otherwise.
const FACTS: [u32; 2] = [20_000, 100_000];
/// How often each command is asked.
const TURNS: usize = 15;

#[tokio::main]
async fn main() {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    let sizes: Vec<u32> = std::env::args().skip(1).filter_map(|said| said.parse().ok()).collect();
    for facts in if sizes.is_empty() { FACTS.to_vec() } else { sizes } {
        measured(facts).await;
    }
}

async fn measured(facts: u32) {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(folder.path()).await;
    let files = written(facts, &folder.path().join("files"));
    for (label, paths) in &files {
        take_in(&app, &person, label, paths).await;
    }
    let load = format!("{facts} facts of {} providers", files.len());
    let mut figures = Figures::new(&format!("commands-{facts}"), &load);

    let page = json!({"filter": {}, "cursor": null, "limit": 50});
    figures.floor("floor: a page of the timeline", times(&app, &person, "timeline", &page).await);
    for (what, command, args) in asked() {
        let bar = (command == "home").then_some(if facts > 20_000 { 30 } else { 20 });
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

//! What printing takes: the visit summary as it is previewed, and the whole record as a file, on long records.
//!
//! `cargo xtask bench sheet [ENTRIES …]`. The load is that of the other commands; the floor is a page of the timeline of the same record.
//! Memory is the most that the process ever held (Linux only).
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]
#![allow(
    dead_code,
    clippy::missing_docs_in_private_items,
    clippy::unwrap_used,
    reason = "what the tests use more of; a step that fails ends the benchmark"
)]

mod long_record;
#[path = "../../record/tests/record/said.rs"]
mod said;
#[path = "../../record/tests/record/truth.rs"]
mod truth;

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wholechart_api::{App, dispatch};

use long_record::{record, take_in, written};

/// Entries of the records, unless said otherwise.
const ENTRIES: [usize; 2] = [20_000, 100_000];
/// How often each sheet is laid out.
const TURNS: usize = 7;

#[tokio::main]
async fn main() {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    let said: Vec<usize> = std::env::args().skip(1).filter_map(|said| said.parse().ok()).collect();
    let sizes = if said.is_empty() { ENTRIES.to_vec() } else { said };
    for entries in sizes {
        let folder = tempfile::tempdir().unwrap();
        let (app, person) = record(folder.path()).await;
        for (label, paths) in &written(entries, &folder.path().join("files")) {
            take_in(&app, &person, label, paths).await;
        }
        println!("{entries} entries, {} MB so far", peak());
        let page = json!({"filter": {}, "cursor": null, "limit": 50});
        say("floor: a page of the timeline", median(&app, &person, "timeline", &page).await);
        for sheet in ["summary", "results", "medicines", "emergency"] {
            let args = json!({"paper": "letter", "sheet": sheet});
            say(&format!("sheet: {sheet}"), median(&app, &person, "summary", &args).await);
        }
        let args = json!({"paper": "letter", "sheet": "whole"});
        let took = timed(&app, &person, "saveSummaryPdf", &args).await;
        say("whole record as a file", took);
        println!("{} MB at most", peak());
    }
}

/// The most memory that this process held, in MB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}

async fn median(app: &Arc<App>, person: &str, command: &str, args: &Value) -> Duration {
    // The first fills what is kept from one question to the next.
    timed(app, person, command, args).await;
    let mut times = Vec::with_capacity(TURNS);
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

fn say(what: &str, took: Duration) {
    println!("{what:<42}{:>9.2} ms", took.as_secs_f64() * 1000.0);
}

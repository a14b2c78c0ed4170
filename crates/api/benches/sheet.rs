//! What printing takes: the visit summary as it is previewed, and the whole record as a file, on long records.
//!
//! `cargo xtask bench sheet [FACTS …]`. The load is that of the other commands; the floor is a page of the timeline of the same record.
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

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wholechart_api::{App, dispatch};

use figures::{Figures, forget_peak, memory};
use long_record::{record, take_in};
use written::written;

/// Facts of the lives, unless said otherwise.
const FACTS: [u32; 2] = [20_000, 100_000];
/// What the visit summary may take, in milliseconds, up to 20,000 entries and beyond.
const BARS: [u32; 2] = [300, 400];
/// How often each sheet is laid out.
const TURNS: usize = 7;

#[tokio::main]
async fn main() {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    let said: Vec<u32> = std::env::args().skip(1).filter_map(|said| said.parse().ok()).collect();
    for facts in if said.is_empty() { FACTS.to_vec() } else { said } {
        printed(facts).await;
    }
}

async fn printed(facts: u32) {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(folder.path()).await;
    let files = written(facts, &folder.path().join("files"));
    for (label, paths) in &files {
        take_in(&app, &person, label, paths).await;
    }
    let load = format!("{facts} facts of {} providers", files.len());
    let mut figures = Figures::new(&format!("sheet-{facts}"), &load);
    let page = json!({"filter": {}, "cursor": null, "limit": 50});
    figures.floor("floor: a page of the timeline", times(&app, &person, "timeline", &page).await);
    for sheet in ["summary", "results", "medicines", "emergency"] {
        let bar = (sheet == "summary").then_some(BARS[usize::from(facts > 20_000)]);
        let args = json!({"paper": "letter", "sheet": sheet});
        figures.times(sheet, bar, times(&app, &person, "summary", &args).await);
    }
    forget_peak();
    let before = memory();
    let start = Figures::working();
    let args = json!({"paper": "letter", "sheet": "whole"});
    timed(&app, &person, "saveSummaryPdf", &args).await;
    figures.done_since("the whole record as a file", start);
    if let (Some((_, before)), Some((peak, _))) = (before, memory()) {
        figures.amount("most memory for it", None, peak - before, "MB");
    }
    figures.finish();
}

async fn times(app: &Arc<App>, person: &str, command: &str, args: &Value) -> Vec<Duration> {
    // The first fills what is kept from one question to the next.
    timed(app, person, command, args).await;
    let mut times = Vec::with_capacity(TURNS);
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

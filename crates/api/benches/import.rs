//! Files taken in: read, merged, indexed, encrypted: `cargo xtask bench import [FACTS …]`.
//!
//! The load is the invented life at three providers, each as one NDJSON file. The floor parses the same bytes and writes one row for
//! each resource into an encrypted file. Memory is the most of the process beyond what it held with the record open and empty.
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]
#![allow(
    dead_code,
    clippy::missing_docs_in_private_items,
    clippy::unwrap_used,
    reason = "a step that fails ends the benchmark"
)]

#[path = "../../../benches/figures/mod.rs"]
mod figures;
#[path = "../../../benches/load/mod.rs"]
mod load;
mod long_record;

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use wholechart_api::dispatch;

use figures::{Figures, forget_peak, memory};
use load::{PROVIDERS, least, measured, on_disk, sent};
use long_record::{record, take_in};

/// Facts of the life, unless said otherwise.
const FACTS: [u32; 2] = [20_000, 100_000];
/// How many times the floor it may be.
const BAR: f64 = 3.0;
/// The most memory that it may take, in MB, up to 20,000 facts and beyond.
const MEMORY: [f64; 2] = [120.0, 150.0];

#[tokio::main]
async fn main() {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    let said: Vec<u32> = std::env::args().skip(1).filter_map(|said| said.parse().ok()).collect();
    for facts in if said.is_empty() { FACTS.to_vec() } else { said } {
        taken_in(facts).await;
    }
}

async fn taken_in(facts: u32) {
    let folder = tempfile::tempdir().unwrap();
    let files = sent(facts);
    let (said, raw) = measured(&files);
    let mut figures = Figures::new(&format!("import-{facts}"), &said);
    let floor = folder.path().join("floor.db");
    figures.floor_work("floor: parsed, one row each", || least(&floor, &"5a".repeat(32), &files));
    let paths: Vec<(&str, PathBuf)> = files
        .into_iter()
        .zip(PROVIDERS)
        .map(|(file, provider)| {
            let path = folder.path().join(format!("{provider}.ndjson"));
            let lines: Vec<String> =
                file.into_iter().map(|one| String::from_utf8(one.bytes).unwrap()).collect();
            fs::write(&path, lines.join("\n")).unwrap();
            (provider, path)
        })
        .collect();
    let (app, person) = record(folder.path()).await;
    forget_peak();
    let before = memory();
    let start = Figures::working();
    for (provider, path) in &paths {
        take_in(&app, &person, provider, std::slice::from_ref(path)).await;
    }
    dispatch(&app, "home", json!({"person": person})).await.map_err(|why| why.message).unwrap();
    figures.worked_since("taken in, to the first page", start, BAR);
    if let (Some((_, before)), Some((peak, _))) = (before, memory()) {
        figures.amount("most memory", Some(MEMORY[usize::from(facts > 20_000)]), peak - before, "MB");
    }
    drop(app);
    #[expect(clippy::cast_precision_loss, reason = "figures for reading")]
    let of_json = on_disk(&folder.path().join("record"), "record.db") as f64 / raw;
    figures.amount("file and log after closing", Some(1.5), of_json, "× the JSON");
    figures.finish();
}

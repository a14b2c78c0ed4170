//! A record filled for the first time, next to the least that any filling has to do, in one run: `cargo xtask bench fill`.
//!
//! The load is the invented life that the window is measured with, each resource with the identifiers, stamps and
//! names that servers send along, a page of 100 in a transaction; then the facts are put together. The floor parses
//! the same bytes and writes one row for each resource, its key and its compressed bytes, into an encrypted file, with
//! as many transactions. Further words: how many resources (20,000), also several
//! numbers, and `tables` for what each table takes of the file.
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]
#![allow(
    dead_code,
    clippy::missing_docs_in_private_items,
    clippy::unwrap_used,
    reason = "a step that fails ends the benchmark"
)]

#[path = "../../../benches/figures/mod.rs"]
mod figures;
#[path = "../../../benches/window/life.rs"]
mod life;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use chrono_tz::America::Chicago;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rusqlite::Connection as Sqlite;
use serde_json::{Value, json};

use wholechart_fhir::Release;
use wholechart_record::{ConnectionId, PersonId};
use wholechart_store::{
    Connection, ConnectionState, DbKey, Folder, Incoming, KeySlots, PageCommit, Person, RunOutcome, Store,
};

use crate::figures::{Figures, forget_peak, memory};

/// Resources of a page.
const PAGE: usize = 100;

fn main() {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let sizes: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
    for many in if sizes.is_empty() { vec![20_000] } else { sizes } {
        fill(many, words.iter().any(|word| word == "tables"));
    }
}

#[expect(clippy::cast_precision_loss, reason = "figures for reading")]
fn fill(many: u32, with_tables: bool) {
    let files = sent(many);
    let count: usize = files.iter().map(Vec::len).sum();
    let raw: usize = files.iter().flatten().map(|one| one.bytes.len()).sum();
    let load = format!("{count} resources, {:.1} MB of JSON", raw as f64 / 1e6);
    let mut figures = Figures::new(&format!("fill-{many}"), &load);

    let dir = tempfile::tempdir().unwrap();
    figures.floor_work("floor: parsed, one row each", || least(dir.path(), &files));
    forget_peak();
    let before = memory();
    let (store, key) = open(dir.path());
    let ada = PersonId("3f0c9d1be5a74826a1d05c7e90b2f468".into());
    figures.work("pages written", None, || write(&store, &ada, &files));
    figures.work("facts put together", None, || assert!(store.refresh_facts(&ada).unwrap()));
    figures.work("closed", None, || drop(store));
    figures.work_in_all(None);
    let of_json = |bytes: u64| bytes as f64 / raw as f64;
    figures.amount("file of the floor", None, of_json(on_disk(dir.path(), "floor.db")), "× the JSON");
    figures.amount(
        "file and log after closing",
        Some(1.5),
        of_json(on_disk(dir.path(), "record.db")),
        "× the JSON",
    );
    if let (Some((_, before)), Some((peak, _))) = (before, memory()) {
        figures.amount("most memory, beyond the benchmark's own", None, peak - before, "MB");
    }
    figures.finish();
    if with_tables {
        tables(dir.path(), &key);
    }
}

/// The three providers' files, cut into resources.
fn sent(many: u32) -> Vec<Vec<Incoming>> {
    let file = |(n, text): (usize, String)| text.lines().map(|line| dressed(n, line)).collect();
    life::files(many).into_iter().enumerate().map(file).collect()
}

/// One resource with what a server sends along with it.
fn dressed(provider: usize, line: &str) -> Incoming {
    let mut resource: Value = serde_json::from_str(line).unwrap();
    let (kind, id) = (resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap());
    let (kind, id) = (kind.to_owned(), id.to_owned());
    let stamp = format!("2026-0{}-1{}T08:{}:00.000Z", 1 + id.len() % 9, id.len() % 10, 10 + provider);
    resource["meta"] = json!({"versionId": "1", "lastUpdated": stamp,
        "profile": [format!("http://hl7.org/fhir/us/core/StructureDefinition/us-core-{}", kind.to_lowercase())]});
    resource["identifier"] = json!([{"use": "official", "system": format!("urn:oid:1.2.840.114350.1.13.{provider}.2.7.2"), "value": format!("{id}-{}", id.len() * 7919)}]);
    if kind != "Patient" {
        resource["subject"] = json!({"reference": format!("Patient/p{provider}"), "display": life::PERSON});
    }
    if kind == "Observation" {
        resource["issued"] = json!(stamp);
        resource["performer"] =
            json!([{"reference": format!("Organization/o{provider}"), "display": life::PROVIDERS[provider]}]);
    }
    Incoming {
        bytes: resource.to_string().into_bytes(),
        resource_type: kind,
        id: Some(id),
        full_url: None,
        position: 0,
        inferred: None,
    }
}

/// What any filling has to do.
fn least(dir: &Path, files: &[Vec<Incoming>]) {
    let mut db = keyed(&dir.join("floor.db"), &key());
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE one (key TEXT PRIMARY KEY, bytes BLOB) WITHOUT ROWID;",
    )
    .unwrap();
    let mut packing = zstd::bulk::Compressor::new(3).unwrap();
    for (n, file) in files.iter().enumerate() {
        for page in file.chunks(PAGE) {
            let tx = db.transaction().unwrap();
            for one in page {
                let parsed: Value = serde_json::from_slice(&one.bytes).unwrap();
                let key = format!("{n}/{}/{}", one.resource_type, parsed["id"].as_str().unwrap());
                tx.prepare_cached("INSERT INTO one (key, bytes) VALUES (?1, ?2)")
                    .unwrap()
                    .execute((key, packing.compress(&one.bytes).unwrap()))
                    .unwrap();
            }
            tx.commit().unwrap();
        }
    }
}

fn key() -> DbKey {
    DbKey::generate(&mut StdRng::seed_from_u64(1))
}

/// A handle of the file with its key.
fn keyed(path: &Path, key: &DbKey) -> Sqlite {
    let db = Sqlite::open(path).unwrap();
    let key = hex::encode(key.expose());
    db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"")).unwrap();
    db
}

fn open(dir: &Path) -> (Store, DbKey) {
    let key = key();
    let mut slots = KeySlots::new(&key);
    slots.set_keychain("bench");
    slots.save(&Folder::take(dir).unwrap()).unwrap();
    (Store::open(dir, &key).unwrap(), key)
}

fn write(store: &Store, ada: &PersonId, files: &[Vec<Incoming>]) {
    let person =
        Person { id: ada.clone(), name: "Ada".into(), birth_date: None, home_zone: Chicago, colour: 0 };
    store.save_person(&person).unwrap();
    for (n, file) in files.iter().enumerate() {
        let connection = ConnectionId(format!("b7e15a0c42d94f3886d1c9e0a35f27{n:02}"));
        let base = format!("https://fhir.provider{n}.example/api/FHIR/R4");
        store
            .save_connection(&Connection {
                id: connection.clone(),
                person: ada.clone(),
                name: life::PROVIDERS[n].into(),
                card: json!({}),
                patient: BTreeMap::new(),
                state: ConnectionState::Connected,
                created: at(0),
                colour: 0,
                imported: false,
            })
            .unwrap();
        let run = store.begin_run(&connection, at(0)).unwrap();
        for (page, resources) in file.chunks(PAGE).enumerate() {
            store
                .commit_page(PageCommit {
                    run,
                    connection: connection.clone(),
                    base: base.clone(),
                    release: Release::R4,
                    question: "everything".into(),
                    url: format!("{base}/Observation?patient=p{n}&_count=100&page={page}"),
                    received_at: at(1),
                    midnight_means_day: false,
                    resources: resources.to_vec(),
                    unreadable: Vec::new(),
                    next: None,
                })
                .unwrap();
        }
        store.finish_run(run, at(2), RunOutcome::Complete).unwrap();
    }
}

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + minute * 60, 0).unwrap()
}

/// What each table and index takes of the file: its rows' own bytes, and what of its pages is not used.
fn tables(dir: &Path, key: &DbKey) {
    let db = keyed(&dir.join("record.db"), key);
    let mut query = db
        .prepare(
            "SELECT name, sum(pgsize), sum(payload), sum(unused) FROM dbstat GROUP BY name HAVING sum(pgsize) > 100000 ORDER BY 2 DESC",
        )
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
    println!("{:32} {:>10} {:>10} {:>10}", "table or index", "pages", "rows", "unused");
    for row in rows {
        let (name, pages, rows, unused): (String, u64, u64, u64) = row.unwrap();
        println!("{name:32} {:>10} {:>10} {:>10}", megabytes(pages), megabytes(rows), megabytes(unused));
    }
}

/// Bytes of a file with its log.
fn on_disk(dir: &Path, name: &str) -> u64 {
    [name.to_owned(), format!("{name}-wal")]
        .iter()
        .filter_map(|name| Some(fs::metadata(dir.join(name)).ok()?.len()))
        .sum()
}

#[expect(clippy::cast_precision_loss, reason = "figures for reading")]
fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

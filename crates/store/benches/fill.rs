//! A record filled for the first time, next to the least that any filling has to do, in one run: `cargo xtask bench fill`.
//!
//! The load is the invented life that the window is measured with, each resource with the identifiers, stamps and
//! names that servers send along, a page of 100 in a transaction; then the facts are put together. Further words: how many
//! resources (20,000), also several numbers, and `tables` for what each table takes of the file.
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

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use chrono_tz::America::Chicago;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rusqlite::Connection as Sqlite;
use serde_json::{Value, json};

use wholechart_fhir::Release;
use wholechart_record::{ConnectionId, PersonId};
use wholechart_store::{
    Connection, ConnectionState, DbKey, Folder, Incoming, KeySlots, PageCommit, Person, RunId, RunOutcome,
    Store,
};

use crate::figures::{Figures, forget_peak, memory};
use crate::load::{PAGE, PROVIDERS, Sent, least, measured, on_disk, sent};

/// Pages that are changed, of one provider.
const CHANGED: usize = 20;

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
    let (load, raw) = measured(&files);
    let mut figures = Figures::new(&format!("fill-{many}"), &load);

    let dir = tempfile::tempdir().unwrap();
    let floor = dir.path().join("floor.db");
    figures.floor_work("floor: parsed, one row each", || least(&floor, &hex::encode(key().expose()), &files));
    forget_peak();
    let before = memory();
    let (store, key) = open(dir.path());
    let ada = PersonId("3f0c9d1be5a74826a1d05c7e90b2f468".into());
    figures.work("pages written", None, || write(&store, &ada, &files));
    figures.work("facts put together", None, || assert!(store.refresh_facts(&ada).unwrap()));
    figures.work("closed", None, || drop(store));
    figures.work_in_all(None);
    let of_json = |bytes: u64| bytes as f64 / raw;
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
    changed_pages(&mut figures, dir.path(), &key, &ada, &files, many);
    figures.finish();
    if with_tables {
        tables(dir.path(), &key);
    }
}

/// What an ordinary page of a sync costs that has something new in it: with the file just opened, and later.
fn changed_pages(
    figures: &mut Figures,
    dir: &Path,
    key: &DbKey,
    ada: &PersonId,
    files: &[Vec<Sent>],
    many: u32,
) {
    let bar = match many {
        0..=20_000 => 60,
        20_001..=100_000 => 100,
        _ => 200,
    };
    let store = Store::open(dir, key).unwrap();
    let run = store.begin_run(&connection(0), at(3)).unwrap();
    let pages: Vec<&[Sent]> = files[0].chunks(PAGE).collect();
    let mut times: Vec<Duration> = pages
        .iter()
        .step_by((pages.len() / CHANGED).max(1))
        .map(|page| {
            let noted: Vec<Sent> = page.iter().map(noted).collect();
            let start = Instant::now();
            commit(&store, run, 0, 0, &noted);
            assert!(store.refresh_facts(ada).unwrap());
            start.elapsed()
        })
        .collect();
    figures.times("opened anew, one changed page of 100", Some(bar), vec![times.remove(0)]);
    figures.times("one changed page of 100", Some(bar), times);
}

/// The same resource with a remark.
fn noted(one: &Sent) -> Sent {
    let mut resource: Value = serde_json::from_slice(&one.bytes).unwrap();
    resource["note"] = json!([{"text": "looked at again"}]);
    Sent {
        resource_type: one.resource_type.clone(),
        id: one.id.clone(),
        bytes: resource.to_string().into_bytes(),
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

fn write(store: &Store, ada: &PersonId, files: &[Vec<Sent>]) {
    let person =
        Person { id: ada.clone(), name: "Ada".into(), birth_date: None, home_zone: Chicago, colour: 0 };
    store.save_person(&person).unwrap();
    for (n, file) in files.iter().enumerate() {
        store
            .save_connection(&Connection {
                id: connection(n),
                person: ada.clone(),
                name: PROVIDERS[n].into(),
                card: json!({}),
                patient: BTreeMap::new(),
                state: ConnectionState::Connected,
                created: at(0),
                colour: 0,
                imported: false,
            })
            .unwrap();
        let run = store.begin_run(&connection(n), at(0)).unwrap();
        for (page, resources) in file.chunks(PAGE).enumerate() {
            commit(store, run, n, page, resources);
        }
        store.finish_run(run, at(2), RunOutcome::Complete).unwrap();
    }
}

fn connection(n: usize) -> ConnectionId {
    ConnectionId(format!("b7e15a0c42d94f3886d1c9e0a35f27{n:02}"))
}

/// A page of what a provider sends.
fn commit(store: &Store, run: RunId, n: usize, page: usize, resources: &[Sent]) {
    let base = format!("https://fhir.provider{n}.example/api/FHIR/R4");
    store
        .commit_page(PageCommit {
            run,
            connection: connection(n),
            base: base.clone(),
            release: Release::R4,
            question: "everything".into(),
            url: format!("{base}/Observation?patient=p{n}&_count=100&page={page}"),
            received_at: at(1),
            midnight_means_day: false,
            resources: resources.iter().map(incoming).collect(),
            unreadable: Vec::new(),
            next: None,
        })
        .unwrap();
}

fn incoming(one: &Sent) -> Incoming {
    Incoming {
        bytes: one.bytes.clone(),
        resource_type: one.resource_type.clone(),
        id: Some(one.id.clone()),
        full_url: None,
        position: 0,
        inferred: None,
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

#[expect(clippy::cast_precision_loss, reason = "figures for reading")]
fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

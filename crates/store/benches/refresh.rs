//! Putting a person's facts together in the file, next to a plain reading of all entries, in one run: the second half of
//! `cargo xtask bench merge`.
//!
//! The load is the record that the tests judge merging by, made long: 100,000 entries of one person, in a real encrypted
//! file in a temporary folder. The floor is what any merging from nothing has to do: read every entry.
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]
#![allow(
    dead_code,
    clippy::missing_docs_in_private_items,
    clippy::unwrap_used,
    reason = "what the tests use more of; a step that fails ends the benchmark"
)]

#[path = "../../../benches/figures/mod.rs"]
mod figures;
#[path = "../../record/tests/record/said.rs"]
mod said;
#[path = "../../record/tests/record/truth.rs"]
mod truth;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use wholechart_record::{ConnectionId, Decision, EntryKey, PersonId, TOPICAL, Verdict};
use wholechart_store::{
    Connection, ConnectionState, DbKey, Incoming, KeySlots, PageCommit, Person, RunId, Store,
};

use crate::figures::{Figures, memory};
use crate::said::HOME;

/// Entries of the record, and of a page.
const ENTRIES: usize = 100_000;
const PAGE: usize = 100;
/// Changed pages that are timed.
const TURNS: usize = 40;

fn main() {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    let labelled = truth::record_of(1, 13);
    let all: Vec<(EntryKey, String)> =
        labelled.members.into_iter().map(|member| member.key).zip(labelled.sent).take(ENTRIES).collect();
    let dir = tempfile::tempdir().unwrap();
    let key = DbKey::generate(&mut StdRng::seed_from_u64(1));
    let mut slots = KeySlots::new(&key);
    slots.set_keychain("bench");
    slots.save(&wholechart_store::Folder::take(dir.path()).unwrap()).unwrap();
    let store = Store::open(dir.path(), &key).unwrap();
    let ada = PersonId("ada".into());
    store
        .save_person(&Person {
            id: ada.clone(),
            name: "Ada".into(),
            birth_date: None,
            home_zone: HOME,
            colour: 0,
        })
        .unwrap();
    let mut by_base: BTreeMap<(ConnectionId, String), Vec<(EntryKey, String)>> = BTreeMap::new();
    for (key, sent) in all {
        by_base.entry((key.connection.clone(), key.base.clone())).or_default().push((key, sent));
    }
    let mut runs: BTreeMap<ConnectionId, RunId> = BTreeMap::new();
    for (id, _) in by_base.keys() {
        store.save_connection(&connection(id, &ada)).unwrap();
        runs.insert(id.clone(), store.begin_run(id, at(0)).unwrap());
    }
    for entries in by_base.values() {
        for page in entries.chunks(PAGE) {
            commit(&store, &runs, page, Come::AsSent);
        }
    }

    let mut figures =
        Figures::new("refresh", &format!("{ENTRIES} entries of the record that merging is judged by"));
    let before = memory();
    let mut count = 0;
    figures.floor_work("floor: every entry read once", || {
        store
            .entries(Some(&ada), &mut |_| {
                count += 1;
                ControlFlow::Continue(())
            })
            .unwrap();
    });
    assert_eq!(count, ENTRIES);
    figures.work("facts written for the first time", None, || assert!(store.refresh_facts(&ada).unwrap()));
    println!(
        "{} likely pairs, {} disagreements",
        store.likely(&ada).unwrap().len(),
        store.conflicts(&ada).unwrap().len()
    );

    let topics = || store.topics(&ada, TOPICAL).unwrap();
    let found = figures.work("topics of all kinds, first time", Some(1_000), topics);
    let facts: usize = found.iter().map(|topic| topic.facts.len()).sum();
    println!("{facts} facts that have topics, {} topics", found.len());
    drop(found);
    figures.times("topics of all kinds, again", None, (0..5).map(|_| timed(|| drop(topics()))).collect());

    let pages: Vec<&[(EntryKey, String)]> =
        by_base.values().flat_map(|entries| entries.chunks(PAGE)).collect();
    let changed: Vec<Duration> = pages
        .iter()
        .step_by((pages.len() / TURNS).max(1))
        .map(|page| {
            commit(&store, &runs, page, Come::Changed("changed"));
            timed(|| assert!(store.refresh_facts(&ada).unwrap()))
        })
        .collect();
    figures.times("one changed page of 100", Some(100), changed);
    drop(topics());
    for (first, come, what) in
        [(1, Come::Changed("changed again"), "a changed page"), (2, Come::New, "a page of new entries")]
    {
        let asked_after: Vec<Duration> = pages
            .iter()
            .skip(first)
            .step_by((pages.len() / 30).max(1))
            .map(|page| {
                commit(&store, &runs, page, come);
                assert!(store.refresh_facts(&ada).unwrap());
                timed(|| drop(topics()))
            })
            .collect();
        figures.times(&format!("topics after {what}"), Some(10), asked_after);
    }
    figures.work("nothing changed", None, || assert!(!store.refresh_facts(&ada).unwrap()));

    let pair = |verdict| {
        let (a, b) = (pages[0][0].0.clone(), pages[0][1].0.clone());
        Decision { a, b, verdict }
    };
    figures.work("one thing said to be another", None, || {
        assert!(store.decide(&ada, &[pair(Verdict::Same)], at(1)).unwrap());
    });

    drop(store);
    let store = Store::open(dir.path(), &key).unwrap();
    commit(&store, &runs, pages[1], Come::AsSent);
    figures.work("opened anew, nothing changed", None, || assert!(!store.refresh_facts(&ada).unwrap()));
    commit(&store, &runs, pages[0], Come::Changed("changed after opening"));
    figures.work("opened anew, one changed page of 100", Some(100), || {
        assert!(store.refresh_facts(&ada).unwrap());
    });
    if let (Some((_, before)), Some((peak, _))) = (before, memory()) {
        figures.amount("most memory, beyond the benchmark's own", None, peak - before, "MB");
    }
    figures.finish();
}

fn connection(id: &ConnectionId, person: &PersonId) -> Connection {
    Connection {
        id: id.clone(),
        person: person.clone(),
        name: id.0.clone(),
        card: json!({}),
        patient: BTreeMap::new(),
        state: ConnectionState::Connected,
        created: at(0),
        colour: 0,
        imported: false,
    }
}

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + minute * 60, 0).unwrap()
}

/// How a page comes.
#[derive(Clone, Copy)]
enum Come {
    AsSent,
    /// With this note added to each resource.
    Changed(&'static str),
    /// Under ids of its own.
    New,
}

/// Stores a page.
fn commit(store: &Store, runs: &BTreeMap<ConnectionId, RunId>, page: &[(EntryKey, String)], come: Come) {
    let key = &page[0].0;
    let resources = page
        .iter()
        .map(|(key, sent)| {
            let mut resource: Value = serde_json::from_str(sent).unwrap();
            let mut id = key.id.clone();
            match come {
                Come::AsSent => {}
                Come::Changed(text) => resource["note"] = json!([{"text": text}]),
                Come::New => {
                    id.push_str("-new");
                    resource["id"] = json!(id);
                }
            }
            Incoming {
                bytes: resource.to_string().into_bytes(),
                resource_type: key.resource_type.clone(),
                id: Some(id),
                full_url: None,
                position: 0,
                inferred: None,
            }
        })
        .collect();
    store
        .commit_page(PageCommit {
            run: runs[&key.connection],
            connection: key.connection.clone(),
            base: key.base.clone(),
            release: key.release,
            question: "everything".into(),
            url: key.base.clone(),
            received_at: at(0),
            midnight_means_day: false,
            resources,
            unreadable: Vec::new(),
            next: None,
        })
        .unwrap();
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

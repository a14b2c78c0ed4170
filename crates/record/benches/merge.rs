//! Merging next to a plain pass over the same entries, in one run: `cargo xtask bench merge`.
//!
//! The load is the record that the tests judge merging by, many times as long: 100,000 entries of one person. The
//! floor is what any merging has to do: sort the entries and put each under its kind, day and words.
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]
#![allow(dead_code, clippy::missing_docs_in_private_items, reason = "what the tests use more of")]

#[path = "../tests/record/said.rs"]
mod said;
#[path = "../tests/record/truth.rs"]
mod truth;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use wholechart_fhir::Note;
use wholechart_record::{Member, Merger};

use crate::said::HOME;

/// Entries of the record, and of a page.
const ENTRIES: usize = 100_000;
const PAGE: usize = 100;
const TURNS: usize = 5;

fn main() {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    let mut members = truth::record_of(1, 15).members;
    members.truncate(ENTRIES);
    let (mut floor, mut whole) = (Duration::MAX, Duration::MAX);
    for _ in 0..TURNS {
        floor = floor.min(timed(members.clone(), plain));
        whole = whole.min(timed(members.clone(), |members| {
            let mut merger = Merger::new(HOME);
            merger.update(members, &[]);
            merger
        }));
    }
    let mut merger = Merger::new(HOME);
    merger.update(members.clone(), &[]);
    println!("{} entries, {} facts, {} likely", members.len(), merger.facts().len(), merger.likely().len());
    say("floor: sort and group", floor, floor);
    say("merged from nothing", whole, floor);

    let mut pages: Vec<Duration> = members
        .chunks(PAGE)
        .step_by(members.len() / PAGE / 50)
        .map(|page| {
            let changed: Vec<Member> = page
                .iter()
                .cloned()
                .map(|mut member| {
                    member.entry.notes.push(Note { text: "changed".to_owned(), ..Note::default() });
                    member
                })
                .collect();
            timed(changed, |changed| merger.update(changed, &[]).after.len())
        })
        .collect();
    pages.sort_unstable();
    say("one changed page of 100, median", pages[pages.len() / 2], floor);
    say("one changed page of 100, slowest", pages[pages.len() - 1], floor);
}

/// Without the time that dropping takes.
fn timed<T>(members: Vec<Member>, mut work: impl FnMut(Vec<Member>) -> T) -> Duration {
    let start = Instant::now();
    let done = work(members);
    let took = start.elapsed();
    drop(std::hint::black_box(done));
    took
}

fn plain(mut members: Vec<Member>) -> impl Sized {
    members.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    let mut groups: HashMap<_, Vec<usize>> = HashMap::new();
    for (n, member) in members.iter().enumerate() {
        let day = member.entry.date.as_ref().and_then(|date| date.day_in(HOME));
        groups.entry((member.entry.kind, day, member.entry.title.to_lowercase())).or_default().push(n);
    }
    groups
}

#[expect(clippy::cast_precision_loss, reason = "figures for reading")]
fn say(what: &str, took: Duration, floor: Duration) {
    let ratio = took.as_nanos() as f64 / floor.as_nanos() as f64;
    println!("{what:34} {:9.1} ms  {ratio:8.3} × floor", took.as_secs_f64() * 1000.0);
}

//! Merging, and topics of what was merged, next to a plain pass over the same entries, in one run: `cargo xtask bench merge`.
//!
//! The load is the record that the tests judge merging by, many times as long: 100,000 entries of one person. The
//! floor is what any merging has to do: sort the entries and put each under its kind, day and words.
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]
#![allow(dead_code, clippy::missing_docs_in_private_items, reason = "what the tests use more of")]

#[path = "../tests/record/grown_topics.rs"]
#[allow(clippy::pedantic, unused_imports, reason = "a description of what people call things, read as data")]
mod grown_topics;
#[path = "../tests/record/said.rs"]
mod said;
#[path = "../tests/record/truth.rs"]
mod truth;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use wholechart_fhir::{Day, Entry, Kind, Note, ReadOptions, Release, read};
use wholechart_record::{
    ConnectionId, EntryKey, FactId, Handles, Member, Merger, Said, TOPICAL, TopicFact, group, known,
    standing, supply_until,
};

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
    for tellers in [1, 3] {
        let equal: Vec<Member> = (0..ENTRIES).map(|n| equal(n, tellers)).collect();
        let took = timed(equal, |members| {
            let mut merger = Merger::new(HOME);
            merger.update(members, &[]);
            merger.facts().len()
        });
        say(&format!("as many equal results of {tellers}"), took, floor);
    }

    let mut merger = Merger::new(HOME);
    merger.update(members.clone(), &[]);
    println!("{} entries, {} facts, {} likely", members.len(), merger.facts().len(), merger.likely().len());
    say("floor: sort and group", floor, floor);
    say("merged from nothing", whole, floor);

    topics(&merger, floor);
    as_people_write(10, floor);
    as_people_write(400, floor);

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

/// One of many results that only their ids tell apart, by one of so many tellers: what a file may hold that was made to break whoever
/// merges it.
fn equal(n: usize, tellers: usize) -> Member {
    let result = format!(
        r#"{{"resourceType": "Observation", "id": "r{n}", "status": "final", "effectiveDateTime": "2024-03-01T08:15:00Z",
            "category": [{{"coding": [{{"code": "laboratory"}}]}}],
            "code": {{"coding": [{{"system": "http://loinc.org", "code": "2345-7"}}], "text": "Glucose"}},
            "valueQuantity": {{"value": 5, "unit": "mmol/L"}}}}"#
    );
    let entry = read(result.as_bytes(), &ReadOptions::new(Release::R4)).expect("a resource");
    let connection = ConnectionId(format!("teller-{}", n % tellers));
    let base = format!("https://{}.example/fhir", connection.0);
    let (resource_type, id) = (entry.resource_type.clone(), format!("r{n}"));
    Member { key: EntryKey { connection, base, release: Release::R4, resource_type, id }, entry }
}

/// What grouping needs of a fact, and what it says.
struct Topical<'m> {
    id: &'m FactId,
    kind: Kind,
    members: Vec<(&'m EntryKey, &'m Entry)>,
    said: Said,
}

/// Topics of the whole record from nothing: what every topical fact is grouped by, the groups, and how each stands.
fn topics(merger: &Merger, floor: Duration) {
    let facts: Vec<Topical<'_>> = merger
        .facts()
        .values()
        .filter(|fact| TOPICAL.contains(&fact.kind))
        .map(|fact| {
            let members: Vec<_> =
                fact.members.iter().filter_map(|key| Some((key, merger.entry(key)?))).collect();
            Topical { id: &fact.id, kind: fact.kind, said: Said::of(&members), members }
        })
        .collect();
    let today = Day::new(2026, 7, 1).expect("a day");
    let mut took: [Vec<Duration>; 4] = Default::default();
    let mut count = 0;
    for _ in 0..TURNS {
        let mut lap = Instant::now();
        let mut laps = Vec::new();
        let mut next = || laps.push(std::mem::replace(&mut lap, Instant::now()).elapsed());
        let handles: Vec<Handles> = facts
            .iter()
            .map(|fact| {
                let entries: Vec<&Entry> = fact.members.iter().map(|(_, entry)| *entry).collect();
                Handles::of(fact.kind, &entries)
            })
            .collect();
        next();
        let keyed: Vec<_> = facts.iter().zip(&handles).map(|(fact, by)| (fact.id, fact.kind, by)).collect();
        let topics = group(&keyed, &BTreeMap::new());
        next();
        let stand: Vec<_> = topics
            .iter()
            .map(|topic| {
                let of: Vec<TopicFact<'_>> =
                    topic.facts.iter().map(|n| looked_at(merger, &facts[*n])).collect();
                standing(topic.known.as_deref().and_then(known), &of, HOME, today)
            })
            .collect();
        next();
        count = std::hint::black_box(stand).len();
        laps.push(laps.iter().sum());
        took.iter_mut().zip(laps).for_each(|(times, one)| times.push(one));
    }
    println!("{} facts that have topics, {count} topics", facts.len());
    let what = [
        "handles of every such fact, median",
        "grouped, median",
        "standing, median",
        "topics in all, median",
    ];
    for (what, times) in what.into_iter().zip(took) {
        say(what, median(times), floor);
    }
}

/// The same of as many entries under the names that people use, each a fact of its own: the record above has a name of its own for
/// most of its facts, and what is told of one person goes by the same names again and again. `lives` are told in turn.
fn as_people_write(lives: u64, floor: Duration) {
    let release = |told: &grown_topics::Told| match told.release {
        "dstu2" => Release::Dstu2,
        "stu3" => Release::Stu3,
        _ => Release::R4,
    };
    let told: Vec<Entry> = (1..=lives)
        .flat_map(grown_topics::topics_life)
        .map(|one| {
            let sent = one.resource.to_string();
            read(sent.as_bytes(), &ReadOptions::new(release(&one))).expect("a resource")
        })
        .collect();
    let facts: Vec<(FactId, &Entry)> = told
        .iter()
        .cycle()
        .take(ENTRIES)
        .enumerate()
        .map(|(n, entry)| (FactId(format!("{n}")), entry))
        .collect();
    let names: HashSet<(Kind, &str)> =
        facts.iter().map(|(_, entry)| (entry.kind, entry.title.as_str())).collect();
    let mut took: [Vec<Duration>; 2] = Default::default();
    let mut count = 0;
    for _ in 0..TURNS {
        let start = Instant::now();
        let handles: Vec<Handles> =
            facts.iter().map(|(_, entry)| Handles::of(entry.kind, &[*entry])).collect();
        took[0].push(start.elapsed());
        let start = Instant::now();
        let keyed: Vec<_> =
            facts.iter().zip(&handles).map(|((id, entry), by)| (id, entry.kind, by)).collect();
        count = std::hint::black_box(group(&keyed, &BTreeMap::new())).len();
        took[1].push(start.elapsed());
    }
    println!("{} entries as people write, {} names, {count} topics", facts.len(), names.len());
    for (what, times) in ["their handles, median", "grouped, median"].into_iter().zip(took) {
        say(what, median(times), floor);
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn looked_at<'m>(merger: &'m Merger, fact: &'m Topical<'m>) -> TopicFact<'m> {
    let written = &merger.facts()[fact.id];
    TopicFact {
        kind: fact.kind,
        status: written.status_group,
        said: &fact.said,
        date: written.date.as_ref(),
        supply: supply_until(&fact.members).filter(|_| fact.kind == Kind::Medicine),
        spoken_of: written.day,
    }
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

//! Joins of a life that was written by somebody who has not read the rules (`grown.rs`).

#![allow(clippy::print_stdout, reason = "what was missed is for whoever changes a rule")]

use std::collections::{BTreeMap, BTreeSet};

use wholechart_fhir::{ReadOptions, Release, read};
use wholechart_record::{ConnectionId, EntryKey, Member, Merger};

use crate::grown::{Life, Sent, life};
use crate::said::HOME;

/// A member as the product would make it of what came. Two bases of a gateway are of one origin.
fn member(number: usize, sent: &Sent) -> Member {
    let release = match sent.release {
        "dstu2" => Release::Dstu2,
        "stu3" => Release::Stu3,
        _ => Release::R4,
    };
    let entry = read(sent.resource.to_string().as_bytes(), &ReadOptions::new(release)).expect("a resource");
    let base = match sent.file {
        Some(file) => format!("file:{file}"),
        None => format!("https://{}.example/fhir", sent.teller),
    };
    let id = entry.id.clone().unwrap_or_else(|| format!("n{number}"));
    let key = EntryKey {
        connection: ConnectionId(sent.teller.into()),
        base,
        release,
        resource_type: entry.resource_type.clone(),
        id,
    };
    Member { key, entry }
}

/// What the rules made of it.
struct Outcome {
    /// Members of one fact that tell two events, by the situations that made them.
    wrong: BTreeMap<String, usize>,
    joined: usize,
    /// Of two events, and nothing that was said tells them apart.
    alike: usize,
    found: usize,
    careful: usize,
    /// Facts that are said to be probably one, by kind: all, and those that are.
    likely: BTreeMap<&'static str, (usize, usize)>,
}

fn judge(told: &Life) -> Outcome {
    let members: Vec<Member> = told.sent.iter().enumerate().map(|(n, sent)| member(n, sent)).collect();
    let mut number: BTreeMap<EntryKey, usize> = BTreeMap::new();
    for (n, one) in members.iter().enumerate() {
        // The same bytes once more under the same name are one entry.
        number.entry(one.key.clone()).or_insert(n);
    }
    let place: Vec<usize> = members.iter().map(|one| number[&one.key]).collect();
    let kept: BTreeSet<usize> = place.iter().copied().collect();
    let mut merger = Merger::new(HOME);
    merger.update(kept.iter().map(|n| members[*n].clone()).collect(), &[]);
    let mut fact_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut outcome = Outcome {
        wrong: BTreeMap::new(),
        joined: 0,
        alike: 0,
        found: 0,
        careful: 0,
        likely: BTreeMap::new(),
    };
    let mut shown: BTreeMap<String, usize> = BTreeMap::new();
    for (n, fact) in merger.facts().values().enumerate() {
        let all: Vec<usize> = fact.members.iter().map(|key| number[key]).collect();
        for (at, one) in all.iter().enumerate() {
            fact_of.insert(*one, n);
            for other in &all[at + 1..] {
                outcome.joined += 1;
                let numbers = (*one, *other);
                let (one, other) = (&told.sent[*one], &told.sent[*other]);
                let lasting = |n: usize| told.bare.get(&n).or_else(|| told.lasting.get(&told.sent[n].event));
                let one_state = lasting(numbers.0).is_some() && lasting(numbers.0) == lasting(numbers.1);
                if one.event != other.event && told.alike(numbers.0, numbers.1) && !one_state {
                    outcome.alike += 1;
                } else if one.event != other.event && !one_state {
                    let mut traps = [one.trap, other.trap];
                    traps.sort_unstable();
                    let name = traps.join(" / ");
                    *outcome.wrong.entry(name.clone()).or_default() += 1;
                    let times = shown.entry(name.clone()).or_default();
                    *times += 1;
                    if *times <= 2 {
                        let rules: Vec<&str> = fact.joins.iter().map(|join| join.rule.as_str()).collect();
                        println!(
                            "wrong, {name}, {rules:?}:\n  {} {}\n  {} {}",
                            one.teller, one.resource, other.teller, other.resource
                        );
                    }
                }
            }
        }
    }
    let mut unlikely: BTreeMap<String, usize> = BTreeMap::new();
    for pair in merger.likely() {
        let of = |key: &EntryKey| {
            let fact = merger.fact_of(key).and_then(|id| merger.facts().get(id)).expect("a fact");
            fact.members.iter().map(|key| number[key]).collect::<Vec<_>>()
        };
        let (ours, theirs) = (of(&pair.a), of(&pair.b));
        let lasting = |n: usize| told.bare.get(&n).or_else(|| told.lasting.get(&told.sent[n].event));
        let one = |a: usize, b: usize| {
            let state = lasting(a).is_some() && lasting(a) == lasting(b);
            state || told.sent[a].event == told.sent[b].event || told.alike(a, b)
        };
        let right = ours.iter().any(|a| theirs.iter().any(|b| one(*a, *b)));
        let kind = merger.entry(&pair.a).expect("an entry").kind.as_str();
        let (all, so) = outcome.likely.entry(kind).or_default();
        *all += 1;
        *so += usize::from(right);
        if !right {
            let (one, other) = (&told.sent[number[&pair.a]], &told.sent[number[&pair.b]]);
            let times =
                unlikely.entry(format!("{kind} {} {} / {}", pair.rule, one.trap, other.trap)).or_default();
            *times += 1;
            if *times <= 2 {
                println!(
                    "unlikely, {}:\n  {} {}\n  {} {}",
                    pair.rule, one.teller, one.resource, other.teller, other.resource
                );
            }
        }
    }
    println!("unlikely: {unlikely:?}");
    let mut missed: BTreeMap<&str, usize> = BTreeMap::new();
    for (a, b) in &told.careful {
        let (one, other) = (place[*a], place[*b]);
        if one == other {
            continue;
        }
        outcome.careful += 1;
        if fact_of[&one] == fact_of[&other] {
            outcome.found += 1;
        } else {
            let times = missed.entry(told.sent[*a].trap).or_default();
            *times += 1;
            if *times <= 2 {
                let (one, other) = (&told.sent[*a], &told.sent[*b]);
                println!(
                    "missed, {}:\n  {} {}\n  {} {}",
                    one.trap, one.teller, one.resource, other.teller, other.resource
                );
            }
        }
    }
    println!("missed: {missed:?}");
    outcome
}

#[test]
fn a_life_by_somebody_who_does_not_know_the_rules() {
    // A seed of one's own: `WHOLECHART_SEED=4711`.
    let own = std::env::var("WHOLECHART_SEED").ok().and_then(|seed| seed.parse().ok());
    for seed in own.map_or_else(|| vec![1, 2], |seed| vec![seed]) {
        let told = life(seed, 6_000);
        let outcome = judge(&told);
        println!(
            "seed {seed}: {} resources, {} pairs joined, {} of them of two events and alike in all that was said; {} of {} careful pairs found",
            told.sent.len(),
            outcome.joined,
            outcome.alike,
            outcome.found,
            outcome.careful
        );
        println!("likely, and so: {:?}", outcome.likely);
        for (kind, (all, so)) in &outcome.likely {
            assert!(so * 100 >= all * 98, "{kind}: {so} of {all} likely pairs are one, seed {seed}");
        }
        assert_eq!(outcome.wrong, BTreeMap::new(), "joined, and something that was said tells them apart");
        assert!(outcome.found * 100 >= outcome.careful * 92, "joins that a careful reader would make");
    }
}

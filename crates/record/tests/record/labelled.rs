//! Joins against a known truth: none wrong, few missed, and every veto earns its place.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hasher};

use wholechart_fhir::Kind;
use wholechart_record::{EntryKey, Merger, VETOES};

use crate::said::HOME;
use crate::truth::{Labelled, record};

type Pairs = BTreeSet<(EntryKey, EntryKey)>;

fn pairs<'k>(groups: impl IntoIterator<Item = &'k Vec<EntryKey>>) -> Pairs {
    let mut all = Pairs::new();
    for group in groups {
        let mut group = group.clone();
        group.sort();
        for (n, one) in group.iter().enumerate() {
            all.extend(group[n + 1..].iter().map(|other| (one.clone(), other.clone())));
        }
    }
    all
}

/// What was joined silently, and what would be with all that is likely taken for one.
fn found(labelled: &Labelled, mut merger: Merger) -> (Pairs, Pairs, usize) {
    merger.update(labelled.members.clone(), &[]);
    let silent = pairs(merger.facts().values().map(|fact| &fact.members));
    let likely = merger.likely();
    let fact_of: BTreeMap<&EntryKey, &Vec<EntryKey>> = merger
        .facts()
        .values()
        .flat_map(|fact| fact.members.iter().map(move |key| (key, &fact.members)))
        .collect();
    let mut with = silent.clone();
    let mut groups: Vec<Vec<EntryKey>> = Vec::new();
    for pair in &likely {
        groups.push(fact_of[&pair.a].iter().chain(fact_of[&pair.b]).cloned().collect());
    }
    with.extend(pairs(&groups));
    (silent, with, likely.len())
}

fn true_pairs(labelled: &Labelled) -> Pairs {
    let mut groups: BTreeMap<usize, Vec<EntryKey>> = BTreeMap::new();
    for (key, fact) in &labelled.truth {
        groups.entry(*fact).or_default().push(key.clone());
    }
    pairs(groups.values())
}

fn kind_of(labelled: &Labelled, pair: &(EntryKey, EntryKey)) -> Kind {
    labelled.kinds[&labelled.truth[&pair.0]]
}

#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[test]
fn no_join_is_wrong_and_few_are_missed() {
    let fresh = std::collections::hash_map::RandomState::new().build_hasher().finish();
    for seed in [1, 2, fresh] {
        let labelled = record(seed);
        let facts: BTreeSet<usize> = labelled.truth.values().copied().collect();
        assert!(facts.len() >= 2_000, "{} facts", facts.len());
        let truth = true_pairs(&labelled);
        let (silent, with, likely) = found(&labelled, Merger::new(HOME));
        println!(
            "seed {seed}: {} entries of {} facts, {likely} likely pairs",
            labelled.truth.len(),
            facts.len()
        );
        for kind in Kind::ALL {
            let of = |all: &Pairs| all.iter().filter(|pair| kind_of(&labelled, pair) == *kind).count();
            let wanted = of(&truth);
            if wanted == 0 {
                continue;
            }
            let right: Pairs = silent.intersection(&truth).cloned().collect();
            let right_with: Pairs = with.intersection(&truth).cloned().collect();
            let (precision, recall, recall_with) =
                (share(of(&right), of(&silent)), share(of(&right), wanted), share(of(&right_with), wanted));
            println!(
                "{:10} pairs {wanted:5}  precision {precision:.3}  recall {recall:.3}, with likely {recall_with:.3}",
                kind.as_str()
            );
        }
        for pair in silent.difference(&truth).take(5) {
            let told = |key: &EntryKey| {
                labelled.members.iter().find(|member| member.key == *key).map(|member| {
                    format!(
                        "{} {:?} {:?}",
                        member.entry.title,
                        member.entry.date.as_ref().map(wholechart_fhir::EntryDate::raw_text),
                        member.entry.found().map(|found| found.as_sent())
                    )
                })
            };
            println!("wrong: {:?} / {:?}", told(&pair.0), told(&pair.1));
        }
        let mut shown = BTreeMap::new();
        for pair in truth.difference(&with) {
            let shown = shown.entry(kind_of(&labelled, pair).as_str()).or_insert(0);
            *shown += 1;
            if *shown > 3 {
                continue;
            }
            let told = |key: &EntryKey| {
                labelled.members.iter().find(|member| member.key == *key).map(|member| {
                    format!(
                        "{:?} {} {:?} {:?}",
                        key.release,
                        member.entry.title,
                        member.entry.date.as_ref().map(wholechart_fhir::EntryDate::raw_text),
                        member.entry.found().map(|found| found.as_sent())
                    )
                })
            };
            println!("missed: {:?} / {:?}", told(&pair.0), told(&pair.1));
        }
        for kind in Kind::ALL {
            let of = |all: &Pairs| all.iter().filter(|pair| kind_of(&labelled, pair) == *kind).count();
            let wanted = of(&truth);
            let right = silent.intersection(&truth).filter(|pair| kind_of(&labelled, pair) == *kind).count();
            let right_with =
                with.intersection(&truth).filter(|pair| kind_of(&labelled, pair) == *kind).count();
            assert_eq!(
                right,
                of(&silent),
                "{}: every join made without asking is right, seed {seed}",
                kind.as_str()
            );
            assert!(share(right, wanted) >= 0.90, "{}: found without asking, seed {seed}", kind.as_str());
            // What a veto keeps apart is not likely either, and a bare name of a medicine leaves open which of its strengths is meant:
            // their topic holds both.
            assert!(
                *kind == Kind::Medicine || share(right_with, wanted) >= 0.94,
                "{}: found counting likely, seed {seed}",
                kind.as_str()
            );
        }
    }
}

#[test]
fn without_any_one_veto_a_join_is_wrong() {
    let labelled = record(1);
    let truth = true_pairs(&labelled);
    let mut idle = Vec::new();
    for veto in VETOES {
        let mut merger = Merger::without_veto(HOME, veto.name);
        merger.update(labelled.members.clone(), &[]);
        let silent = pairs(merger.facts().values().map(|fact| &fact.members));
        let wrong = silent.difference(&truth).count();
        println!("without {:12} {wrong:4} wrong joins", veto.name);
        if wrong == 0 {
            idle.push(veto.name);
        }
    }
    assert!(idle.is_empty(), "no trap bites without {idle:?}");
}

//! Real-shaped people of the public corpus: what is joined there is named by the same words, numbers and codes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use wholechart_fhir::system::{CVX, ICD10CM, LOINC};
use wholechart_fhir::{Entry, Kind, Neighbours, ReadOptions, Release, infer_release, read, split};
use wholechart_record::{ConnectionId, EntryKey, Member, merge};

use crate::said::HOME;

#[path = "../../../../tests/corpus/dir.rs"]
mod dir;

fn files(under: &Path, found: &mut Vec<PathBuf>) {
    let Ok(listing) = std::fs::read_dir(under) else { return };
    let mut paths: Vec<PathBuf> = listing.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "json") {
            found.push(path);
        }
    }
}

/// One file as an import of its own takes it in: read, and named by what it refers to in the same file.
fn members(path: &Path, name: &str) -> Vec<Member> {
    let Ok(bytes) = std::fs::read(path) else { return Vec::new() };
    let base = format!("file:{name}");
    let mut members: BTreeMap<EntryKey, Entry> = BTreeMap::new();
    for (n, slice) in split(&bytes).resources.iter().enumerate() {
        let release = infer_release(slice.bytes).0.unwrap_or(Release::R4);
        let Ok(entry) = read(slice.bytes, &ReadOptions::new(release)) else { continue };
        let id = slice.id.clone().unwrap_or_else(|| format!("none-{n}"));
        let resource_type = entry.resource_type.clone();
        let connection = ConnectionId(name.to_owned());
        members.insert(EntryKey { connection, base: base.clone(), release, resource_type, id }, entry);
    }
    let mut neighbours = Neighbours::default();
    for (key, entry) in &members {
        neighbours.change(&key.base, None, Some(entry));
    }
    members
        .into_iter()
        .map(|(key, mut entry)| {
            neighbours.complete(&base, &mut entry);
            Member { key, entry }
        })
        .collect()
}

fn words(entry: &Entry) -> BTreeSet<String> {
    let title = entry.title_as_sent.as_deref().unwrap_or(&entry.title).to_lowercase();
    let words = title.split(|char: char| !char.is_alphanumeric()).filter(|word| word.len() > 2);
    words.map(|word| word.chars().take(6).collect()).collect()
}

fn figures(entry: &Entry) -> BTreeSet<String> {
    let title = entry.title_as_sent.as_deref().unwrap_or(&entry.title);
    let figures = title.split(|char: char| !char.is_ascii_digit() && char != '.');
    figures.map(|figure| figure.trim_matches('.').to_owned()).filter(|figure| !figure.is_empty()).collect()
}

fn codes<'e>(entry: &'e Entry, system: &str) -> BTreeSet<&'e str> {
    entry.codes.iter().filter(|coding| coding.system == system).map(|coding| coding.code.as_str()).collect()
}

/// Pairs of words for one thing, looked at by a person: (a word of one title, a word of the other).
const REVIEWED: &[(&str, &str)] = &[];

/// Why two members should not be one; none where nothing speaks against it.
fn doubtful(a: &Entry, b: &Entry) -> Option<String> {
    let apart = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        !one.is_empty() && !other.is_empty() && one.is_disjoint(other)
    };
    if matches!(a.kind, Kind::Patient | Kind::Support) {
        return None;
    }
    if apart(&words(a), &words(b)) && a.kind != Kind::Visit && a.kind != Kind::Claim {
        return Some(format!("no word in common: {:?} {:?} / {:?}", a.kind, a.title, b.title));
    }
    if a.kind == Kind::Medicine && apart(&figures(a), &figures(b)) {
        return Some(format!("figures: {:?} / {:?}", a.title, b.title));
    }
    for system in [LOINC, CVX, ICD10CM] {
        let (one, other) = (codes(a, system), codes(b, system));
        if !one.is_empty() && !other.is_empty() && one.is_disjoint(&other) {
            return Some(format!("codes: {one:?} / {other:?}"));
        }
    }
    let by_system = |entry: &Entry| {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for identifier in &entry.identifiers {
            all.entry(identifier.system.clone()).or_default().insert(identifier.value.clone());
        }
        all
    };
    let (ours, theirs) = (by_system(a), by_system(b));
    let state = matches!(a.kind, Kind::Problem | Kind::Allergy | Kind::Medicine);
    let differ =
        ours.iter().any(|(system, one)| theirs.get(system).is_some_and(|other| one.is_disjoint(other)));
    (differ && !state).then(|| format!("numbers: {:?} / {:?}", a.title, b.title))
}

#[test]
fn no_fact_of_the_corpus_joins_what_words_figures_codes_or_numbers_tell_apart() {
    let Some(corpus) = dir::corpus() else { return };
    let mut found = Vec::new();
    for release in ["r4", "stu3", "dstu2"] {
        files(&corpus.join(release), &mut found);
    }
    let mut doubts = BTreeMap::new();
    let (mut entries, mut facts, mut joined) = (0, 0, 0);
    // Everything of one source together, as far as it is of one size with a life; and each file beside its copy.
    let mut people: BTreeMap<PathBuf, Vec<Member>> = BTreeMap::new();
    for (n, path) in found.iter().enumerate() {
        let own = members(path, &format!("{n}"));
        let group = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let large = own.len() > 40;
        people.entry(if large { path.clone() } else { group }).or_default().extend(own);
    }
    for (path, members) in people {
        entries += members.len();
        let by_key: BTreeMap<&EntryKey, &Entry> = members.iter().map(|one| (&one.key, &one.entry)).collect();
        let merged = merge(members.clone(), HOME);
        facts += merged.len();
        for fact in merged.iter().filter(|fact| fact.members.len() > 1) {
            joined += 1;
            let own: Vec<&Entry> = fact.members.iter().map(|key| by_key[key]).collect();
            for other in &own[1..] {
                let Some(why) = doubtful(own[0], other) else { continue };
                let rules: BTreeSet<&str> = fact.joins.iter().map(|join| join.rule.as_str()).collect();
                let reviewed = REVIEWED.iter().any(|(one, two)| why.contains(one) && why.contains(two));
                println!(
                    "{}{why} by {rules:?} in {}",
                    if reviewed { "reviewed: " } else { "" },
                    path.display()
                );
                if !reviewed {
                    doubts.insert(why, path.clone());
                }
            }
        }
    }
    println!("{entries} entries, {facts} facts, {joined} of several entries, {} doubtful", doubts.len());
    assert!(doubts.is_empty(), "{doubts:#?}");
}

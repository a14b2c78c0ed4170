//! One life told in two releases: the corpus holds eight invented patients both as DSTU2 and as STU3, with the dates
//! of one a constant number of days before those of the other. What the reader makes of them may differ only where
//! the releases themselves do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use wholechart_fhir::{Entry, Neighbours, ReadOptions, Release, read, split};

use crate::corpus::files;
use crate::corpus_dir::corpus;

/// STU3's dates are this many days earlier, but for vaccines, which keep theirs.
const DAYS: u64 = 429;

/// (type in STU3, member of the entry, why the two may differ there). Each has to occur, or it is no difference.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("CarePlan", "details.intent", "STU3 wants an intent, DSTU2 has none"),
    ("CarePlan", "members", "the DSTU2 file gives goals no id, so nothing can point to them"),
    ("Condition", "details.recorded-date", "only the STU3 file says when it was stated"),
    ("Goal", "id", "the DSTU2 file gives none"),
    ("Immunization", "details.reported", "only the STU3 file says whether it is first-hand"),
    ("MedicationRequest", "date.field", "the element was renamed"),
    (
        "MedicationRequest",
        "details.expected-supply-duration",
        "the DSTU2 file names a value set where the units' system belongs",
    ),
    ("MedicationRequest", "details.intent", "STU3 wants an intent, DSTU2 has none"),
    ("MedicationRequest", "details.other", "an extension of the STU3 file's own profile"),
    ("MedicationRequest", "id", "the DSTU2 file gives none"),
    ("MedicationRequest", "own_title", "the STU3 file names the medicine in a resource of its own"),
    ("MedicationRequest", "resource_type", "the type was renamed"),
    ("MedicationRequest", "title_reference", "the STU3 file names the medicine in a resource of its own"),
    ("MedicationRequest", "title_source", "the STU3 file names the medicine in a resource of its own"),
    ("Patient", "details.other", "extensions of the STU3 file's own profile"),
    ("Patient", "identifiers", "only the STU3 file has a passport's number"),
    ("Procedure", "details.other", "an extension of the STU3 file's own profile"),
];

#[test]
fn eight_lives_read_alike_in_dstu2_and_stu3() {
    let Some(corpus) = corpus() else { return };
    let (mut pairs, mut people) = (0, 0);
    let mut found: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for newer in files(&corpus.join("stu3/smart-synthea-2017"), "json") {
        let older = corpus.join("dstu2/smart-synthea-2017").join(newer.file_name().expect("a name"));
        people += 1;
        let older = life(&fs::read(older).expect("the twin"), Release::Dstu2);
        let newer = life(&fs::read(newer).expect("a file"), Release::Stu3);
        for (kind, entries) in &older {
            let others = &newer[kind];
            assert_eq!(entries.len(), others.len(), "as many of {kind}");
            for (older, newer) in entries.iter().zip(others) {
                pairs += 1;
                compare(kind, "", older, newer, &mut found);
            }
        }
    }
    println!("{pairs} pairs of entries of {people} people");
    for ((kind, path), examples) in &found {
        let why = ALLOWED.iter().find(|(k, p, _)| k == kind && p == path).map(|(.., why)| *why);
        println!("  {} × {kind} {path}: {} [{}]", examples.len(), examples[0], why.unwrap_or("NOT ALLOWED"));
    }
    let found: BTreeSet<(&str, &str)> =
        found.keys().map(|(kind, path)| (kind.as_str(), path.as_str())).collect();
    let allowed: BTreeSet<(&str, &str)> = ALLOWED.iter().map(|(kind, path, _)| (*kind, *path)).collect();
    assert_eq!(found, allowed, "what differs is what may differ");
    assert!(people == 8 && pairs > 600);
}

/// The entries of a file by type, as JSON in which only meaning is left to compare.
fn life(file: &[u8], release: Release) -> BTreeMap<String, Vec<Value>> {
    let mut entries: Vec<Entry> = split(file)
        .resources
        .iter()
        .map(|slice| read(slice.bytes, &ReadOptions::new(release)).expect("readable"))
        .collect();
    let neighbours = Neighbours::of(entries.iter().map(|entry| ("file:a", entry)));
    for entry in &mut entries {
        neighbours.complete("file:a", entry);
    }
    // Ids differ between the twins; the place in the story does not.
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut by_type: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        let kind =
            if entry.resource_type == "MedicationOrder" { "MedicationRequest" } else { &entry.resource_type };
        let told = by_type.entry(kind.to_owned()).or_default();
        ids.extend(entry.id.clone().map(|id| (id, format!("{kind} {}", told.len()))));
        told.push(entry);
    }
    // A medicine is written into the order in one file and stands by itself in the other.
    by_type.remove("Medication");
    by_type
        .into_iter()
        .map(|(kind, told)| {
            let days = if release == Release::Dstu2 && kind != "Immunization" { DAYS } else { 0 };
            let told = told.into_iter().map(|entry| {
                let mut value = serde_json::to_value(&entry).expect("json");
                // The releases differ in every entry; details are compared element by element.
                let told = value.as_object_mut().expect("an object");
                told.remove("release");
                told.insert("details".to_owned(), by_element(&entry));
                level(&mut value, &ids, days);
                whole_details(&mut value);
                value
            });
            (kind, told.collect())
        })
        .collect()
}

/// The details of an entry by element, each with its name where it brings one.
pub(crate) fn by_element(entry: &Entry) -> Value {
    let mut details: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for detail in &entry.details {
        details.entry(detail.element.name()).or_default().push(json!([detail.name, detail.value]));
    }
    json!(details)
}

/// Makes one text of all that an element says, so that it differs as a whole.
pub(crate) fn whole_details(entry: &mut Value) {
    for said in entry["details"].as_object_mut().expect("details by element").values_mut() {
        *said = Value::String(said.to_string());
    }
}

/// Ids become places in the story, dates those of the other twin.
fn level(value: &mut Value, ids: &BTreeMap<String, String>, days: u64) {
    match value {
        Value::Object(members) => members.values_mut().for_each(|value| level(value, ids, days)),
        Value::Array(items) => items.iter_mut().for_each(|value| level(value, ids, days)),
        Value::String(text) => {
            let bare = text.strip_prefix("urn:uuid:").unwrap_or(text);
            if let Some(place) = ids.get(bare) {
                *text = place.clone();
            }
            *text = earlier(text, days);
        }
        _ => {}
    }
}

/// Every `YYYY-MM-DD` in the text, so many days earlier.
fn earlier(text: &str, days: u64) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let date = rest.get(..10).and_then(|part| NaiveDate::parse_from_str(part, "%Y-%m-%d").ok());
        if let Some(date) = date {
            out.push_str(&(date - Days::new(days)).to_string());
            rest = &rest[10..];
        } else {
            let next = rest.chars().next().expect("not empty");
            out.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    out
}

/// Notes every member that differs, items of lists under one name.
pub(crate) fn compare(
    kind: &str,
    path: &str,
    older: &Value,
    newer: &Value,
    found: &mut BTreeMap<(String, String), Vec<String>>,
) {
    match (older, newer) {
        (Value::Object(a), Value::Object(b)) => {
            let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for name in names {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                compare(kind, &inner, &older[name], &newer[name], found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (a, b) in a.iter().zip(b) {
                compare(kind, path, a, b, found);
            }
        }
        _ if older == newer => {}
        _ => {
            let key = (kind.to_owned(), path.to_owned());
            found.entry(key).or_default().push(format!("{older} / {newer}"));
        }
    }
}

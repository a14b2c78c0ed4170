//! One life told three times: every provider's part of the sample person's story, written in DSTU2, in STU3 and in R4.
//! What the reader makes of the three may differ only by what a release cannot say or says under another name, and
//! each such difference is in a list.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value;
use wholechart_fhir::{Entry, Neighbours, ReadOptions, Release, read};
use wholechart_sandbox::{Release as Written, SAMPLE_SEED, Story};

use crate::twins::{by_element, compare, whole_details};

/// (the older of the two, type in R4, member of the entry, why it may differ from R4's). Each has to occur.
const ALLOWED: &[(Release, &str, &str, &str)] = &[
    (Release::Dstu2, "AllergyIntolerance", "date.field", "the element was renamed"),
    (Release::Dstu2, "AllergyIntolerance", "details.verification-status", "DSTU2 has one status for both"),
    (
        Release::Dstu2,
        "CarePlan",
        "category",
        "a care team is a resource of its own, no longer a plan of this category",
    ),
    (Release::Dstu2, "CarePlan", "details.description", "DSTU2's plan has no title, only a description"),
    (Release::Dstu2, "CarePlan", "details.intent", "DSTU2 has no intent"),
    (Release::Dstu2, "CarePlan", "resource_type", "a care team is a resource of its own"),
    (Release::Dstu2, "CarePlan", "title", "DSTU2's plan has no title; its category names it"),
    (Release::Dstu2, "CarePlan", "title_source", "DSTU2's plan has no title; its category names it"),
    (Release::Dstu2, "Condition", "category.code", "DSTU2's table has no problem list"),
    (Release::Dstu2, "Condition", "date.field", "the element was renamed"),
    (Release::Dstu2, "DocumentReference", "category", "the category came with R4"),
    (Release::Dstu2, "DocumentReference", "details.created", "R4 has no date of creation"),
    (Release::Dstu2, "DocumentReference", "details.date", "R4's date is the older `indexed`"),
    (Release::Dstu2, "DocumentReference", "details.doc-status", "only the R4 telling says that it is final"),
    (Release::Dstu2, "DocumentReference", "details.other", "R4's date is the older `indexed`"),
    (Release::Dstu2, "DocumentReference", "performer", "only the R4 telling names a custodian, a wrong one"),
    (Release::Dstu2, "Encounter", "category.code", "DSTU2 has a table of classes of its own"),
    (Release::Dstu2, "Encounter", "category.display", "DSTU2's class is a bare code"),
    (Release::Dstu2, "Encounter", "category.system", "DSTU2's class is a bare code"),
    (Release::Dstu2, "Goal", "details.target", "the target became an element with parts"),
    (Release::Dstu2, "Goal", "details.target-due", "the target became an element with parts"),
    (Release::Dstu2, "Goal", "status", "another table of statuses; the group is the same"),
    (Release::Dstu2, "Immunization", "date.field", "the element was renamed"),
    (Release::Dstu2, "Immunization", "details.dose-sequence", "the element was renamed"),
    (Release::Dstu2, "Immunization", "details.other", "only the older releases say whether a dose counts"),
    (Release::Dstu2, "Immunization", "details.protocol-applied-dose-number", "the element was renamed"),
    (Release::Dstu2, "Immunization", "details.reason-not-given", "the element was renamed"),
    (Release::Dstu2, "Immunization", "details.status-reason", "the element was renamed"),
    (Release::Dstu2, "Immunization", "details.target-disease", "only the older tellings name the disease"),
    (
        Release::Dstu2,
        "Immunization",
        "status",
        "not done was a flag beside the status; the group is the same",
    ),
    (Release::Dstu2, "MedicationRequest", "date.field", "the element was renamed"),
    (Release::Dstu2, "MedicationRequest", "details.intent", "DSTU2 has no intent"),
    (
        Release::Dstu2,
        "MedicationRequest",
        "details.other",
        "DSTU2 has a date of ending, later releases the bounds of the dosage",
    ),
    (Release::Dstu2, "MedicationRequest", "details.reason-ended", "the element was renamed"),
    (Release::Dstu2, "MedicationRequest", "details.reported", "only R4 says whether it is first-hand"),
    (
        Release::Dstu2,
        "MedicationRequest",
        "details.status-reason",
        "the element was renamed, and STU3 has none",
    ),
    (
        Release::Dstu2,
        "MedicationRequest",
        "dosage.timing",
        "DSTU2 has a date of ending, later releases the bounds of the dosage",
    ),
    (Release::Dstu2, "MedicationRequest", "resource_type", "the type was renamed"),
    (Release::Stu3, "AllergyIntolerance", "date.field", "the element was renamed"),
    (Release::Stu3, "Condition", "date.field", "the element was renamed"),
    (Release::Stu3, "DocumentReference", "category", "the category came with R4"),
    (Release::Stu3, "DocumentReference", "details.created", "R4 has no date of creation"),
    (Release::Stu3, "DocumentReference", "details.date", "R4's date is the older `indexed`"),
    (Release::Stu3, "DocumentReference", "details.doc-status", "only the R4 telling says that it is final"),
    (Release::Stu3, "DocumentReference", "details.other", "R4's date is the older `indexed`"),
    (Release::Stu3, "DocumentReference", "performer", "only the R4 telling names a custodian, a wrong one"),
    (Release::Stu3, "Goal", "status", "another table of statuses; the group is the same"),
    (Release::Stu3, "Immunization", "date.field", "the element was renamed"),
    (Release::Stu3, "Immunization", "details.dose-sequence", "the element was renamed"),
    (Release::Stu3, "Immunization", "details.other", "only the older releases say whether a dose counts"),
    (Release::Stu3, "Immunization", "details.protocol-applied-dose-number", "the element was renamed"),
    (Release::Stu3, "Immunization", "details.reason-not-given", "the element was renamed"),
    (Release::Stu3, "Immunization", "details.status-reason", "the element was renamed"),
    (Release::Stu3, "Immunization", "details.target-disease", "only the older tellings name the disease"),
    (Release::Stu3, "Immunization", "status", "not done was a flag beside the status; the group is the same"),
    (Release::Stu3, "MedicationRequest", "details.reported", "only R4 says whether it is first-hand"),
    (
        Release::Stu3,
        "MedicationRequest",
        "details.status-reason",
        "the element was renamed, and STU3 has none",
    ),
    (Release::Stu3, "MedicationRequest", "end.reason", "STU3 has no reason of a status"),
];

#[test]
fn one_life_reads_alike_in_three_releases() {
    let today = NaiveDate::from_ymd_opt(2026, 7, 1).expect("a day");
    let newest = life(Written::R4, Release::R4, today);
    assert!(newest.len() > 500, "{} entries", newest.len());
    let mut found: BTreeMap<(Release, String, String), Vec<String>> = BTreeMap::new();
    for (written, release) in [(Written::Dstu2, Release::Dstu2), (Written::Stu3, Release::Stu3)] {
        let older = life(written, release, today);
        let one_sided: Vec<_> = newest
            .keys()
            .filter(|key| !older.contains_key(*key))
            .chain(older.keys().filter(|key| !newest.contains_key(*key)))
            .collect();
        assert!(one_sided.is_empty(), "nothing is lost and nothing is added: {one_sided:?}");
        for (key, newer) in &newest {
            let mut differs = BTreeMap::new();
            compare(&key.1, "", &older[key], newer, &mut differs);
            for ((kind, path), examples) in differs {
                found.entry((release, kind, path)).or_default().extend(examples);
            }
        }
    }
    println!("{} entries, each in three releases", newest.len());
    for ((release, kind, path), examples) in &found {
        let why = ALLOWED
            .iter()
            .find(|(r, k, p, _)| r == release && k == kind && p == path)
            .map_or("NOT ALLOWED", |(.., why)| why);
        println!("  {} × {release:?} {kind} {path}: {} [{why}]", examples.len(), examples[0]);
    }
    let found: BTreeSet<(Release, &str, &str)> =
        found.keys().map(|(release, kind, path)| (*release, kind.as_str(), path.as_str())).collect();
    let allowed: BTreeSet<(Release, &str, &str)> =
        ALLOWED.iter().map(|(release, kind, path, _)| (*release, *kind, *path)).collect();
    assert_eq!(found, allowed, "what differs is what may differ");
}

/// The entries by base, type in R4 and id, as JSON in which the release itself is left out.
fn life(written: Written, release: Release, today: NaiveDate) -> BTreeMap<(String, String, String), Value> {
    let story = Story::retold(SAMPLE_SEED, today, written);
    let mut entries: Vec<(String, Entry)> = story
        .tellings()
        .iter()
        .map(|told| {
            let base = format!("{} {}", told.provider(), told.release().as_str());
            let text = told.text("https://base.example");
            (base, read(text.as_bytes(), &ReadOptions::new(release)).expect("readable"))
        })
        .collect();
    let bases: BTreeSet<String> = entries.iter().map(|(base, _)| base.clone()).collect();
    for base in &bases {
        let its = || entries.iter().filter(|(of, _)| of == base);
        let neighbours = Neighbours::of(its().map(|(_, entry)| (base.as_str(), entry)));
        let mut completed: Vec<Entry> = its().map(|(_, entry)| entry.clone()).collect();
        for entry in &mut completed {
            neighbours.complete(base, entry);
        }
        let mut completed = completed.into_iter();
        for (_, entry) in entries.iter_mut().filter(|(of, _)| of == base) {
            *entry = completed.next().expect("as many");
        }
    }
    entries
        .into_iter()
        .map(|(base, entry)| {
            let kind = match entry.resource_type.as_str() {
                "MedicationOrder" => "MedicationRequest",
                // The care team is a plan of its own kind in DSTU2; it has the same id.
                "CareTeam" => "CarePlan",
                other => other,
            };
            let key = (base, kind.to_owned(), entry.id.clone().expect("an id"));
            (key, leveled(&entry))
        })
        .collect()
}

/// Only meaning is compared: the release differs everywhere, details are compared element by element.
fn leveled(entry: &Entry) -> Value {
    let mut value = serde_json::to_value(entry).expect("json");
    let told = value.as_object_mut().expect("an object");
    told.remove("release");
    told.insert("details".to_owned(), by_element(entry));
    whole_details(&mut value);
    value
}

//! What a person adds of their own, from the form to lists, timeline and paper, and back.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};
use wholechart_api::{App, dispatch};

use crate::corpus::record;

const ZONE: &str = "America/Chicago";

async fn ask(app: &Arc<App>, command: &str, args: Value) -> Value {
    dispatch(app, command, args).await.unwrap_or_else(|why| panic!("{command}: {why:?}"))
}

async fn add(app: &Arc<App>, person: &str, entry: &Value) -> Value {
    ask(app, "saveOwn", json!({"person": person, "resource": null, "entry": entry})).await
}

async fn refused(app: &Arc<App>, person: &str, entry: Value) -> String {
    let args = json!({"person": person, "resource": null, "entry": entry});
    dispatch(app, "saveOwn", args).await.expect_err("it cannot be kept").message
}

async fn titles(app: &Arc<App>, person: &str) -> Vec<String> {
    let page = ask(app, "timeline", json!({"person": person, "filter": {}, "limit": 99})).await;
    let rows = page["rows"].as_array().unwrap();
    let mut titles: Vec<String> = rows.iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    titles
}

async fn list(app: &Arc<App>, person: &str, list: &str) -> String {
    ask(app, "list", json!({"person": person, "list": list, "filter": {}, "limit": 99})).await["rows"]
        .to_string()
}

/// The paper's words in small letters: it begins a name with a capital one.
async fn paper(app: &Arc<App>, person: &str) -> String {
    ask(app, "summaryText", json!({"person": person})).await.as_str().unwrap().to_lowercase()
}

fn medicine(name: &str) -> Value {
    json!({"is": "medicine", "name": name, "how": "1 tablet every morning", "reason": "blood pressure", "since": "2024-03",
        "stopped": false, "until": null, "note": null})
}

fn pressure(upper: &str, lower: &str) -> Value {
    json!({"is": "measurement", "what": "bloodPressure", "value": upper, "second": lower, "unit": "mm[Hg]",
        "date": "2026-06-28", "time": "07:30", "note": null})
}

/// One of each kind, with all its fields.
fn one_of_each() -> Vec<(Value, &'static str, &'static str)> {
    vec![
        (medicine("lisinopril 10 mg"), "medicines", "lisinopril"),
        (
            json!({"is": "allergy", "substance": "Peanut", "reaction": "hives", "severity": "severe", "since": "1999",
                "note": "Carries a pen."}),
            "allergies",
            "Peanut",
        ),
        (
            json!({"is": "problem", "name": "Gout", "since": "2019-03-01", "over": false, "until": null, "note": null}),
            "problems",
            "Gout",
        ),
        (
            json!({"is": "vaccine", "name": "Tetanus", "date": "2019-05-02", "lot": "A12", "place": "County fair", "note": null}),
            "vaccines",
            "Tetanus",
        ),
        (
            json!({"is": "visit", "reason": "Sore knee", "date": "2026-05-04", "time": "14:30", "place": "Dr. Vale",
                "note": "Rest <2 weeks> & ice.\nCome back in June."}),
            "visits",
            "Sore knee",
        ),
    ]
}

#[tokio::test]
async fn one_of_each_is_in_its_list_on_the_timeline_and_on_paper_and_reads_back() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    assert!(paper(&app, &person).await.contains("corpus"));
    for (entry, of, name) in one_of_each() {
        let saved = add(&app, &person, &entry).await;
        let read = ask(&app, "ownEntry", json!({"person": person, "resource": saved["resource"]})).await;
        assert_eq!(read, entry, "what is changed begins with what was said");
        assert!(list(&app, &person, of).await.contains(name), "{of}");
        assert!(titles(&app, &person).await.iter().any(|title| title.contains(name)), "{name}");
        let paper = paper(&app, &person).await;
        assert!(paper.contains(&name.to_lowercase()), "{name}: {paper}");
        let page = ask(&app, "fact", json!({"person": person, "fact": saved["fact"]})).await;
        assert_eq!(page["sources"][0]["provider"], "Corpus (own entries)");
    }
    let saved = add(&app, &person, &pressure("138", "86")).await;
    let read = ask(&app, "ownEntry", json!({"person": person, "resource": saved["resource"]})).await;
    assert_eq!(read, pressure("138", "86"));
    let tests = ask(&app, "tests", json!({"person": person, "kind": "vital", "limit": 9})).await;
    assert_eq!(tests["tests"][0]["title"], "Blood pressure");
    assert!(tests.to_string().contains("138/86"), "{tests}");
    let row = ask(&app, "fact", json!({"person": person, "fact": saved["fact"]})).await["row"].clone();
    assert_eq!((&row["kind"], &row["time"]), (&json!("vital"), &json!("7:30 AM")), "the clock at home");
    let sources = ask(&app, "connections", json!({"person": person})).await;
    assert_eq!((&sources[0]["state"], &sources[0]["resources"]), (&json!("own"), &json!(6)));
    assert_eq!(sources.as_array().unwrap().len(), 1);
    // The note of a visit is found by its words and stands as it was typed.
    let found = ask(&app, "search", json!({"person": person, "text": "ice", "limit": 9})).await.to_string();
    assert!(found.contains("Sore knee"), "{found}");
}

#[tokio::test]
async fn adding_changing_and_deleting_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let undo = async |undo: &Value| ask(&app, "undo", json!({"person": person, "undo": undo})).await;
    let added = add(&app, &person, &medicine("lisinopril 10 mg")).await;
    undo(&added["undo"]).await;
    assert!(titles(&app, &person).await.is_empty());
    assert_eq!(
        ask(&app, "connections", json!({"person": person})).await,
        json!([]),
        "the source goes with its last entry"
    );
    let added = add(&app, &person, &medicine("lisinopril 10 mg")).await;
    ask(&app, "saveNote", json!({"person": person, "fact": added["fact"], "text": "ask about the cough"}))
        .await;
    let args =
        json!({"person": person, "resource": added["resource"], "entry": medicine("lisinopril 20 mg")});
    let changed = ask(&app, "saveOwn", args).await;
    assert_eq!((&changed["fact"], &changed["resource"]), (&added["fact"], &added["resource"]));
    assert_eq!(titles(&app, &person).await, ["lisinopril 20 mg"]);
    undo(&changed["undo"]).await;
    assert_eq!(titles(&app, &person).await, ["lisinopril 10 mg"]);
    let deleted = ask(&app, "deleteOwn", json!({"person": person, "resource": added["resource"]})).await;
    assert!(titles(&app, &person).await.is_empty());
    assert!(!paper(&app, &person).await.contains("lisinopril"));
    let found = ask(&app, "search", json!({"person": person, "text": "cough", "limit": 9})).await;
    assert_eq!(found["groups"], json!([]), "what was said of it goes with it");
    undo(&deleted).await;
    assert_eq!(titles(&app, &person).await, ["lisinopril 10 mg"]);
    let page = ask(&app, "fact", json!({"person": person, "fact": added["fact"]})).await;
    assert_eq!(page["note"], "ask about the cough");
}

#[tokio::test]
async fn it_stands_beside_what_a_provider_says_and_disagrees_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let path = folder.path().join("list.json");
    let sent = json!({"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order",
        "authoredOn": "2026-01-05", "medicationCodeableConcept": {"text": "lisinopril 10 mg"}});
    std::fs::write(&path, sent.to_string()).unwrap();
    let args =
        json!({"person": person, "label": "Lakeside", "release": null, "paths": [path], "confirmed": true});
    ask(&app, "import", args).await;
    let mut stopped = medicine("lisinopril 10 mg");
    (stopped["stopped"], stopped["until"]) = (json!(true), json!("2026-06-01"));
    let own = add(&app, &person, &stopped).await;
    assert_eq!(
        titles(&app, &person).await,
        ["lisinopril 10 mg", "lisinopril 10 mg"],
        "nothing is joined silently"
    );
    let topics = ask(&app, "topics", json!({"person": person, "kind": "medicine"})).await;
    assert_eq!(topics.as_array().unwrap().len(), 1, "one heading: {topics}");
    let text = topics.to_string();
    assert!(text.contains("Corpus (own entries)") && text.contains("Lakeside"), "{text}");
    let paper = paper(&app, &person).await;
    assert!(paper.contains("corpus (own entries)"), "{paper}");
    // Joined by the person, and apart again by undo.
    let page = ask(&app, "timeline", json!({"person": person, "filter": {}, "limit": 9})).await;
    let other =
        page["rows"].as_array().unwrap().iter().find(|row| row["id"] != own["fact"]).unwrap()["id"].clone();
    let joined = ask(&app, "joinFacts", json!({"person": person, "fact": own["fact"], "other": other})).await;
    assert_eq!(titles(&app, &person).await.len(), 1);
    let both = ask(&app, "fact", json!({"person": person, "fact": joined["fact"]})).await;
    assert_eq!(both["sources"].as_array().unwrap().len(), 2);
    assert_ne!(both["conflicts"], json!([]), "one says that it is taken, one that it is not");
    ask(&app, "undo", json!({"person": person, "undo": joined["undo"]})).await;
    assert_eq!(titles(&app, &person).await.len(), 2);
    // Files of the same name are another source.
    let path = folder.path().join("other.json");
    std::fs::write(&path, sent.to_string().replace("\"m\"", "\"n\"")).unwrap();
    let args = json!({"person": person, "label": "Corpus (own entries)", "release": null, "paths": [path], "confirmed": true});
    ask(&app, "import", args).await;
    let sources = ask(&app, "connections", json!({"person": person})).await;
    assert_eq!(sources.as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words_and_nothing_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let with = |mut entry: Value, name: &str, value: Value| {
        entry[name] = value;
        entry
    };
    let cases = [
        (with(medicine(""), "how", json!("x")), "no name"),
        (with(medicine("x"), "since", json!("2024-02-30")), "cannot be read"),
        (with(medicine("x"), "since", json!("March")), "cannot be read"),
        (with(medicine("x"), "since", json!("2030")), "still to come"),
        (with(with(medicine("x"), "stopped", json!(true)), "until", json!("2023")), "before it begins"),
        (with(medicine("x"), "how", json!("y".repeat(301))), "too long"),
        (pressure("86", "138"), "larger one"),
        (with(pressure("138", ""), "second", Value::Null), "two numbers"),
        (pressure("1380", "86"), "cannot be right"),
        (pressure("a lot", "86"), "not a number"),
        (with(pressure("138", "86"), "unit", json!("kg")), "not measured in this unit"),
        (with(pressure("138", "86"), "date", json!("2026-06")), "day is missing"),
        (with(pressure("138", "86"), "time", json!("25:00")), "no such time"),
        // The clocks went forward that night.
        (
            with(with(pressure("138", "86"), "date", json!("2026-03-08")), "time", json!("02:30")),
            "no such time",
        ),
        (json!({"is": "visit", "reason": "x", "date": "", "place": null, "note": null}), "day is missing"),
        (
            json!({"is": "visit", "reason": "x", "date": "2027-03", "time": "14:30", "place": null, "note": null}),
            "day is missing",
        ),
        (
            json!({"is": "allergy", "substance": "x", "reaction": null, "severity": "mild", "since": null, "note": null}),
            "what happened",
        ),
    ];
    for (entry, words) in cases {
        let said = refused(&app, &person, entry.clone()).await;
        assert!(said.contains(words), "{entry}: {said}");
    }
    assert_eq!(ask(&app, "connections", json!({"person": person})).await, json!([]));
    // Another person's entry is not there, and one kind does not become another.
    let saved = add(&app, &person, &medicine("lisinopril 10 mg")).await;
    let other = json!({"id": null, "name": "Otis", "birthDate": null, "homeZone": ZONE});
    let other = ask(&app, "savePerson", other).await["id"].clone();
    for (command, args) in [
        ("ownEntry", json!({"person": other, "resource": saved["resource"]})),
        ("deleteOwn", json!({"person": other, "resource": saved["resource"]})),
        ("saveOwn", json!({"person": other, "resource": saved["resource"], "entry": medicine("x")})),
        ("saveOwn", json!({"person": person, "resource": saved["resource"], "entry": pressure("138", "86")})),
        (
            "disconnect",
            json!({"person": person, "keepRecords": true,
            "connection": ask(&app, "connections", json!({"person": person})).await[0]["id"]}),
        ),
    ] {
        assert!(dispatch(&app, command, args).await.is_err(), "{command}");
    }
    assert_eq!(titles(&app, &person).await, ["lisinopril 10 mg"]);
}

#[tokio::test]
async fn the_source_is_called_as_the_person_is_and_is_erased_with_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    add(&app, &person, &medicine("lisinopril 10 mg")).await;
    let renamed = json!({"id": person, "name": "Corpus Winter", "birthDate": null, "homeZone": ZONE});
    ask(&app, "savePerson", renamed).await;
    let sources = ask(&app, "connections", json!({"person": person})).await;
    assert_eq!(sources[0]["name"], "Corpus Winter (own entries)");
    let what = json!({"what": {"what": "connection", "person": person, "connection": sources[0]["id"]}});
    let told = ask(&app, "erasePreview", what.clone()).await;
    assert!(told["text"].as_str().unwrap().contains('1'), "{told}");
    ask(&app, "erase", what).await;
    assert_eq!(ask(&app, "connections", json!({"person": person})).await, json!([]));
    assert!(titles(&app, &person).await.is_empty());
}

fn words() -> impl Strategy<Value = String> {
    "[A-Za-z<>&\"'áñ]{3,12}( [a-z0-9]{1,6}){0,3}"
}

fn date() -> impl Strategy<Value = String> {
    prop_oneof![
        (1960..2026_u16).prop_map(|year| year.to_string()),
        (1960..2026_u16, 1..13_u8).prop_map(|(year, month)| format!("{year}-{month:02}")),
        (1960..2026_u16, 1..13_u8, 1..29_u8)
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
    ]
}

fn any_entry() -> impl Strategy<Value = Value> {
    let some = || prop::option::of(words());
    let day = (2000..2026_u16, 1..13_u8, 1..29_u8)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    prop_oneof![
        (words(), some(), some(), prop::option::of(date()), any::<bool>(), some()).prop_map(
            |(name, how, reason, since, stopped, note)| json!({"is": "medicine", "name": name, "how": how, "reason": reason,
                "since": since, "stopped": stopped, "until": null, "note": note})
        ),
        (words(), words(), prop::option::of(date()), some()).prop_map(|(substance, reaction, since, note)| json!({
            "is": "allergy", "substance": substance, "reaction": reaction, "severity": "moderate", "since": since, "note": note})),
        (words(), prop::option::of(date()), any::<bool>()).prop_map(|(name, since, over)| json!({"is": "problem", "name": name,
            "since": since, "over": over, "until": null, "note": null})),
        (day, 80..300_u32, 0..10_u8, prop::option::of(0..24_u8)).prop_map(|(date, value, tenth, hour)| json!({"is": "measurement",
            "what": "weight", "value": format!("{value}.{tenth}0"), "second": null, "unit": "[lb_av]", "date": date,
            // Noon and later: no clock jumps there.
            "time": hour.map(|hour| format!("{:02}:05", 12 + hour / 2)), "note": null})),
        (words(), 1..9_000_u32, some(), some(), date()).prop_map(|(name, value, unit, range, date)| json!({"is": "result",
            "name": name, "value": format!("<{value}.50"), "unit": unit, "range": range, "flag": "criticalLow", "date": date,
            "note": null})),
        (words(), some(), date()).prop_map(|(name, range, date)| json!({"is": "result", "name": name, "value": "Not detected",
            "unit": null, "range": range, "flag": null, "date": date, "note": null})),
        (words(), prop::option::of(date()), some(), some()).prop_map(|(name, date, lot, place)| json!({"is": "vaccine",
            "name": name, "date": date, "lot": lot, "place": place, "note": null})),
        (words(), date(), some(), some()).prop_map(|(reason, date, place, note)| json!({"is": "visit", "reason": reason,
            "date": date, "time": null, "place": place, "note": note})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// What is added reads back as it was said, is found by its id on the timeline and in what is exported, can be changed to
    /// anything else of its kind, and is nowhere once it is deleted.
    #[test]
    fn whatever_is_added_is_there_as_it_was_said_until_it_is_deleted(entries in prop::collection::vec(any_entry(), 1..5)) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let (app, person) = record(&folder.path().join("record"), ZONE).await;
            let mut saved = Vec::new();
            for entry in &entries {
                saved.push(add(&app, &person, entry).await["resource"].clone());
            }
            for (resource, entry) in saved.iter().zip(&entries) {
                let read = ask(&app, "ownEntry", json!({"person": person, "resource": resource})).await;
                assert_eq!(&read, entry);
                let same = entries.iter().rev().find(|one| one["is"] == entry["is"]).unwrap();
                let args = json!({"person": person, "resource": resource, "entry": same});
                ask(&app, "saveOwn", args).await;
                let read = ask(&app, "ownEntry", json!({"person": person, "resource": resource})).await;
                assert_eq!(&read, same);
            }
            let sources = ask(&app, "connections", json!({"person": person})).await;
            assert_eq!(sources[0]["resources"], json!(entries.len()));
            for resource in &saved {
                ask(&app, "deleteOwn", json!({"person": person, "resource": resource})).await;
            }
            assert!(titles(&app, &person).await.is_empty());
            assert_eq!(ask(&app, "connections", json!({"person": person})).await, json!([]));
        });
    }
}

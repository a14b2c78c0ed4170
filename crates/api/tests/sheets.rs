//! Every kind of sheet, of the sample person: `docs/print` holds each as it is printed, and a sheet that says something else than the one
//! that lies there is a difference to be looked at. `UPDATE=1` writes all of them anew.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::{Value, json};
use wholechart_api::App;

use crate::{
    corpus::record_at,
    letters::text_of,
    pages::sample_person_of_named_providers,
    paper::{Keeps, ask, place, squeezed},
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/print")
}

/// Her record, with how she wants it printed.
async fn her_record(host: &Arc<Keeps>, home: &Path) -> (Arc<App>, Value) {
    let (app, person) = record_at(host.clone(), &home.join("record"), "America/New_York").await;
    let named = json!({"id": person, "name": "Rosa Marín Whitlock", "birthDate": "1984-11-02",
        "homeZone": "America/New_York"});
    ask(&app, "savePerson", named).await;
    sample_person_of_named_providers(&app, &person, home).await;
    let printing = json!({"reason": "My knee hurts when I climb stairs, since spring.",
        "questions": "Do I still need lisinopril and losartan?\nWhen is my next eye exam?",
        "contacts": "(555) 010-4417\nSam Whitlock (husband): (555) 010-2233"});
    ask(&app, "savePrinting", json!({"person": person, "printing": printing})).await;
    (app, json!(person))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_sheet_is_as_it_lies_in_the_documentation() {
    let home = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = her_record(&host, home.path()).await;
    let kept = ask(&app, "printing", json!({"person": person})).await["printing"].clone();
    let with = |name: &str, value: Value| {
        let mut printing = kept.clone();
        printing[name] = value;
        printing
    };
    let mut printed: Vec<(&str, &str, Value)> = Vec::new();
    for (name, sheet, printing) in [
        ("visit-summary", "summary", kept.clone()),
        ("visit-summary-large", "summary", with("large", json!(true))),
        ("visit-summary-es", "summary", with("language", json!("es"))),
        ("compare", "compare", kept.clone()),
        ("medicine-list", "medicines", kept.clone()),
        ("vaccination-record", "vaccines", kept.clone()),
        ("emergency-card", "emergency", kept.clone()),
        ("care-history", "care", kept.clone()),
        ("results-over-time", "results", kept.clone()),
        ("whole-record", "whole", kept.clone()),
    ] {
        let args = json!({"person": person, "paper": "letter", "sheet": sheet, "printing": printing});
        printed.push((name, "saveSummaryPdf", args));
    }
    let topics = ask(&app, "topics", json!({"person": person, "kind": "allergy"})).await;
    let fact = topics[0]["facts"][0]["id"].clone();
    let page = ask(&app, "fact", json!({"person": person, "fact": fact})).await;
    let sources = page["sources"].as_array().unwrap();
    let source = sources.iter().min_by_key(|one| one["provider"].to_string()).unwrap();
    let correction = json!({"what": "correction", "fact": fact, "resource": source["resource"], "why": "",
        "shouldSay": "I had hives, in 1994, and no rash since."});
    for (name, asks) in [("letter-correction", correction), ("letter-copy", json!({"what": "copy"}))] {
        let letter = json!({"connection": source["connection"], "asks": asks,
            "to": format!("{}\nMedical Records", source["provider"].as_str().unwrap())});
        let args = json!({"person": person, "paper": "letter", "letter": letter});
        printed.push((name, "saveLetterPdf", args));
    }
    let mut stale = Vec::new();
    for (name, command, args) in printed {
        ask(&app, command, args.clone()).await;
        let first = host.last();
        ask(&app, command, args).await;
        assert!(first == host.last(), "{name}: the same record gives the same bytes");
        let lies = folder().join(format!("{name}.pdf"));
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(folder()).unwrap();
            fs::write(&lies, &first).unwrap();
        }
        let fresh = place(&format!("{name}.pdf"));
        fs::write(&fresh, &first).unwrap();
        if !lies.exists() || text_of(&lies) != text_of(&fresh) {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "run this test with UPDATE=1 and look at the pages: {stale:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_and_the_history_leave_nothing_out() {
    let home = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = her_record(&host, home.path()).await;
    let text = |sheet: &'static str| {
        let (app, host, person) = (app.clone(), host.clone(), person.clone());
        async move {
            let args = json!({"person": person, "paper": "letter", "sheet": sheet});
            ask(&app, "saveSummaryPdf", args).await;
            let pdf = place(&format!("whole-{sheet}.pdf"));
            fs::write(&pdf, host.last()).unwrap();
            text_of(&pdf)
        }
    };
    let card = text("emergency").await;
    let topics = ask(&app, "topics", json!({"person": person, "kind": null})).await;
    let mut seen = 0;
    for topic in topics.as_array().unwrap() {
        let is_so = topic["standing"] == "current"
            && matches!(topic["kind"].as_str(), Some("medicine" | "allergy" | "problem"));
        if is_so {
            seen += 1;
            let name = topic["name"].as_str().unwrap();
            // A line of a cell may end anywhere.
            assert!(
                name.split_whitespace().all(|word| card.contains(&squeezed(word))),
                "{name} is not in {card}"
            );
        }
    }
    assert!(seen > 15 && card.contains(&squeezed("Sam Whitlock (husband)")), "{seen}");
    let history = text("care").await;
    for connection in ask(&app, "connections", json!({"person": person})).await.as_array().unwrap() {
        let name = connection["name"].as_str().unwrap();
        assert!(
            name.split_whitespace().all(|word| history.contains(&squeezed(word))),
            "{name} is not in {history}"
        );
    }
    assert!(history.contains(&squeezed("First seen")), "{history}");
}

/// Words of a text, squeezed: a line of a cell may end anywhere.
fn has(text: &str, words: &str) -> bool {
    words.split_whitespace().all(|word| text.contains(&squeezed(word)))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_has_every_thing_that_is_so_and_none_that_is_not() {
    let home = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = her_record(&host, home.path()).await;
    let topics = ask(&app, "topics", json!({"person": person, "kind": null})).await;
    let topics = topics.as_array().unwrap();
    let named = |kinds: &[&str], standings: &[&str]| -> Vec<String> {
        let is = |value: &Value, of: &[&str]| of.contains(&value.as_str().unwrap());
        let of = topics.iter().filter(|one| is(&one["kind"], kinds) && is(&one["standing"], standings));
        of.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    let mut tests: Vec<(Value, String)> = Vec::new();
    for kind in ["result", "vital"] {
        let args = json!({"person": person, "kind": kind, "cursor": null, "limit": 500});
        let page = ask(&app, "tests", args).await;
        tests.extend(page["tests"].as_array().unwrap().iter().map(|one| {
            (json!({"kind": kind, "test": one["test"]}), one["title"].as_str().unwrap().to_owned())
        }));
    }
    let chosen: Vec<&Value> = tests.iter().step_by(2).map(|(test, _)| test).collect();
    let all = ["mental", "reproductive", "substances", "hiv", "life"];
    for large in [false, true] {
        let printing = json!({"withSensitive": all, "tests": chosen, "large": large});
        for (sheet, there, not_there) in [
            (
                "medicines",
                named(&["medicine", "allergy"], &["current"]),
                named(&["problem"], &["past", "also-seen"]),
            ),
            (
                "vaccines",
                named(&["vaccine"], &["done"]),
                named(&["medicine", "problem"], &["current", "past"]),
            ),
            (
                "emergency",
                named(&["medicine", "allergy", "problem"], &["current"]),
                named(&["medicine", "problem"], &["past"]),
            ),
            (
                "compare",
                named(&["medicine", "allergy", "problem"], &["current"]),
                named(&["vaccine"], &["done"]),
            ),
            (
                "whole",
                named(
                    &["medicine", "allergy", "problem", "vaccine", "procedure"],
                    &[
                        "current",
                        "perhaps-over",
                        "past",
                        "done",
                        "also-seen",
                        "family",
                        "ruled-out",
                        "circumstance",
                    ],
                )
                .into_iter()
                .chain(tests.iter().map(|(_, title)| title.clone()))
                .collect(),
                Vec::new(),
            ),
            (
                "results",
                tests.iter().step_by(2).map(|(_, title)| title.clone()).collect(),
                named(&["vaccine"], &["done"]),
            ),
        ] {
            let args = json!({"person": person, "paper": "a4", "sheet": sheet, "printing": printing});
            ask(&app, "saveSummaryPdf", args).await;
            let pdf = place(&format!("each-{sheet}-{large}.pdf"));
            fs::write(&pdf, host.last()).unwrap();
            let text = text_of(&pdf);
            assert!(there.len() > 3, "{sheet}: {there:?}");
            for name in &there {
                assert!(has(&text, name), "{sheet}, large {large}: {name} is not in {text}");
            }
            // What is named within something that is there says nothing by itself.
            let beside = there.join(" ").to_lowercase();
            for name in not_there.iter().filter(|name| !beside.contains(&name.to_lowercase())) {
                assert!(!text.contains(&squeezed(name)), "{sheet}, large {large}: {name} is in {text}");
            }
        }
    }
}

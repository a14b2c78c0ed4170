//! What a person chose for their sheets is on them, and is kept; what is so now of allergies, medicines and problems is never chosen away.

use std::sync::Arc;

use serde_json::{Value, json};
use wholechart_api::{App, dispatch};

use crate::{
    corpus::record_at,
    letters::text_of,
    pages::sample_person,
    paper::{Keeps, against_topics, ask, place, squeezed},
};

/// The text of a person's visit summary as it is printed now, and how many pages it has.
async fn printed(app: &Arc<App>, host: &Keeps, person: &Value, name: &str) -> (String, usize) {
    let args = json!({"person": person, "paper": "letter"});
    ask(app, "saveSummaryPdf", args.clone()).await;
    let pdf = place(name);
    std::fs::write(&pdf, host.last()).unwrap();
    let view = ask(app, "summary", args).await;
    (text_of(&pdf), view["pages"].as_array().unwrap().len())
}

fn has(text: &str, words: &str) -> bool {
    text.contains(&squeezed(words))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_chosen_is_kept_with_the_person_and_nothing_that_is_so_goes_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), &folder.path().join("record"), "America/New_York").await;
    sample_person(&app, &person, folder.path()).await;
    let person = json!(person);
    let (before, _) = printed(&app, &host, &person, "choices-before.pdf").await;
    for words in ["Vaccines", "Latest vital signs"] {
        assert!(has(&before, words), "{words}");
    }
    let connections = ask(&app, "connections", json!({"person": person})).await;
    let all: Vec<&Value> = connections.as_array().unwrap().iter().map(|one| &one["id"]).collect();
    let printing = json!({"reason": "My knee hurts when I climb stairs.",
        "questions": "Do I still need atorvastatin?\nWhen is my next colonoscopy?\n",
        "contacts": "Sam (son): (555) 010-2233", "without": ["vitals", "team", "vaccines"], "since": "2026-01-01",
        "withoutProviders": all, "withSensitive": ["hiv"], "withoutSensitive": ["mental"],
        "tellers": true, "problem": null, "tests": [{"kind": "result", "test": "analyte potassium"}], "language": null, "large": false, "grows": false, "paper": "a4"});
    ask(&app, "savePrinting", json!({"person": person, "printing": printing})).await;
    assert_eq!(ask(&app, "printing", json!({"person": person})).await["printing"], printing);
    let (text, _) = printed(&app, &host, &person, "choices.pdf").await;
    for words in [
        "My knee hurts when I climb stairs.",
        "1. Do I still need atorvastatin?",
        "2. When is my next colonoscopy?",
        "Sam (son): (555) 010-2233",
        "Left out because the patient chose so: Latest vital signs, Care team, Vaccines.",
        "are those from January 1, 2026 on",
        "The patient chose to leave some information out",
    ] {
        assert!(has(&text, words), "{words} is not in {text}");
    }
    let (seen, wrong) = against_topics(&app, &host, &person, &place("choices-topics.pdf"), false).await;
    assert!(seen > 15 && wrong.is_empty(), "{seen} things: {}", wrong.join("\n"));
    assert!(
        !has(&text, "Not shared by any provider: vaccines"),
        "what was left out is not what nobody shared"
    );

    let other = json!({"id": null, "name": "Otto Other", "birthDate": null, "homeZone": "America/New_York"});
    let other = ask(&app, "savePerson", other).await["id"].clone();
    let (theirs, _) = printed(&app, &host, &other, "choices-other.pdf").await;
    assert!(!has(&theirs, "My knee hurts") && !has(&theirs, "chose"), "{theirs}");
}

#[tokio::test(flavor = "multi_thread")]
async fn large_print_and_another_language_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), &folder.path().join("record"), "America/New_York").await;
    sample_person(&app, &person, folder.path()).await;
    let person = json!(person);
    let (_, usual) = printed(&app, &host, &person, "usual.pdf").await;
    let topics = ask(&app, "topics", json!({"person": person, "kind": null})).await;
    for sheet in ["summary", "compare", "medicines", "vaccines", "emergency", "care", "results", "whole"] {
        for printing in [json!({"large": true}), json!({"language": "es"})] {
            let args = json!({"person": person, "paper": "letter", "sheet": sheet, "printing": printing});
            ask(&app, "saveSummaryPdf", args.clone()).await;
            let first = host.last();
            ask(&app, "saveSummaryPdf", args.clone()).await;
            assert!(first == host.last(), "{sheet}: the same record gives the same bytes");
            let how = if printing["large"] == true { "large" } else { "es" };
            let pdf = place(&format!("sample-{sheet}-{how}.pdf"));
            std::fs::write(&pdf, first).unwrap();
            let text = text_of(&pdf);
            if how == "large" && sheet == "summary" {
                let pages = ask(&app, "summary", args).await["pages"].as_array().unwrap().len();
                assert!(pages > usual && pages <= 8, "{pages} pages in large print");
                for topic in topics.as_array().unwrap() {
                    let is_so = topic["standing"] == "current"
                        && matches!(topic["kind"].as_str(), Some("medicine" | "allergy" | "problem"));
                    let name = topic["name"].as_str().unwrap();
                    assert!(!is_so || has(&text, name), "{name} is not on the large sheet");
                }
            }
            if how == "es" {
                assert!(
                    has(&text, "Hecho el") || has(&text, "Fecha:") || has(&text, "1 de julio de 2026"),
                    "{text}"
                );
            }
        }
    }
    // The window goes on speaking as it did.
    let settings = ask(&app, "settings", json!({})).await;
    assert_eq!(settings["language"], "en");
    let long = json!({"person": person, "printing": {"reason": "x".repeat(5000)}});
    assert!(dispatch(&app, "savePrinting", long).await.is_err());
    let odd = json!({"person": person, "printing": {"since": "yesterday"}});
    assert!(dispatch(&app, "savePrinting", odd).await.is_err());
}

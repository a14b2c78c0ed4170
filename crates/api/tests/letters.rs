//! Letters to providers: what they are filled in with, and that they stay whose they are.

use std::{path::Path, process::Command, sync::Arc};

use serde_json::{Value, json};
use wholechart_api::{App, dispatch};

use crate::{
    corpus::record_at,
    pages::sample_person,
    paper::{Keeps, ask, place, squeezed},
};

/// What stands in a PDF, without white space.
pub(crate) fn text_of(pdf: &Path) -> String {
    let read = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output().expect("poppler-utils");
    squeezed(&String::from_utf8(read.stdout).expect("poppler writes UTF-8"))
}

async fn connection(app: &Arc<App>, person: &str, name: &str) -> Value {
    let all = ask(app, "connections", json!({"person": person})).await;
    let found = all.as_array().unwrap().iter().find(|one| one["name"] == name);
    found.unwrap_or_else(|| panic!("{name} is not among {all}"))["id"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_says_whose_record_it_is_what_it_says_and_what_it_should_say() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), &folder.path().join("record"), "America/New_York").await;
    sample_person(&app, &person, folder.path()).await;
    let found = ask(&app, "search", json!({"person": person, "text": "penicillin", "limit": 5})).await;
    let hits = found["groups"].as_array().unwrap().iter().flat_map(|group| group["hits"].as_array().unwrap());
    let fact = hits.map(|hit| &hit["row"]).find(|row| row["kind"] == "allergy").unwrap()["id"].clone();
    let page = ask(&app, "fact", json!({"person": person, "fact": fact})).await;
    for source in page["sources"].as_array().unwrap() {
        let about = json!({"person": person, "connection": source["connection"], "fact": fact,
            "resource": source["resource"]});
        let draft = ask(&app, "letterDraft", about).await;
        assert_eq!(draft["provider"], source["provider"]);
        let asks = json!({"what": "correction", "fact": fact, "resource": source["resource"],
            "shouldSay": "No rash, and no fever: it was hives.", "why": ""});
        let letter = json!({"connection": source["connection"], "asks": asks, "to": draft["to"]});
        let save = json!({"person": person, "letter": letter, "paper": "letter"});
        let saved = ask(&app, "saveLetterPdf", save.clone()).await;
        assert!(saved["path"].as_str().unwrap().starts_with("Request for a correction"), "{saved}");
        let first = host.last();
        ask(&app, "saveLetterPdf", save.clone()).await;
        assert!(first == host.last(), "the same letter gives the same bytes");
        let pdf = place("letter.pdf");
        std::fs::write(&pdf, first).unwrap();
        let text = text_of(&pdf);
        let mut wanted = vec!["No rash, and no fever: it was hives.", "164.526", "60 days", "Born"];
        wanted.extend(draft["to"].as_str().unwrap().lines());
        wanted.extend(draft["number"].as_str());
        let says = draft["says"].as_array().unwrap();
        wanted.extend(says.iter().flat_map(|line| [&line["label"], &line["text"]]).filter_map(Value::as_str));
        wanted.push(source["resource"].as_str().unwrap());
        for words in wanted {
            let words = squeezed(words);
            assert!(text.contains(&words), "{words} is not in {text}");
        }
        let view = ask(&app, "letter", save).await;
        assert_eq!(view["pages"].as_array().unwrap().len(), 1, "one page for {}", source["provider"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_for_a_copy_speaks_the_language_of_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), &folder.path().join("record"), "America/New_York").await;
    sample_person(&app, &person, folder.path()).await;
    let all = ask(&app, "connections", json!({"person": person})).await;
    let name = all[0]["name"].as_str().unwrap().to_owned();
    let connection = connection(&app, &person, &name).await;
    let letter = json!({"connection": connection, "asks": {"what": "copy"}, "to": "Archive\n1 Main Street"});
    let save = json!({"person": person, "letter": letter, "paper": "a4"});
    let pdf = place("letter-for-a-copy.pdf");
    for (language, words) in [("en", "within 30 days of receiving"), ("es", "en un plazo de 30 días")] {
        let mut settings = ask(&app, "settings", json!({})).await["settings"].clone();
        settings["language"] = language.into();
        ask(&app, "saveSettings", json!({"settings": settings})).await;
        ask(&app, "saveLetterPdf", save.clone()).await;
        std::fs::write(&pdf, host.last()).unwrap();
        let text = text_of(&pdf);
        for words in [words, "164.524", "1 Main Street"] {
            assert!(text.contains(&squeezed(words)), "{words} is not in {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_never_about_somebody_elses_record() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), &folder.path().join("record"), "America/New_York").await;
    sample_person(&app, &person, folder.path()).await;
    let other = json!({"id": null, "name": "Otto Other", "birthDate": null, "homeZone": "America/New_York"});
    let other = ask(&app, "savePerson", other).await["id"].clone();
    let topics = ask(&app, "topics", json!({"person": person, "kind": "problem"})).await;
    let fact = topics[0]["facts"][0]["id"].clone();
    let page = ask(&app, "fact", json!({"person": person, "fact": fact})).await;
    let source = &page["sources"][0];
    let args = json!({"person": other, "connection": source["connection"], "fact": fact,
        "resource": source["resource"]});
    assert!(dispatch(&app, "letterDraft", args).await.is_err());
    let asks = json!({"what": "correction", "fact": fact, "resource": source["resource"], "shouldSay": "",
        "why": ""});
    let letter = json!({"connection": source["connection"], "asks": asks, "to": ""});
    assert!(
        dispatch(&app, "letter", json!({"person": other, "letter": letter, "paper": "a4"})).await.is_err()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_in_the_language_and_the_size_of_the_persons_paper() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), &folder.path().join("record"), "America/New_York").await;
    sample_person(&app, &person, folder.path()).await;
    let all = ask(&app, "connections", json!({"person": person})).await;
    let letter = json!({"connection": all[0]["id"], "asks": {"what": "copy"}, "to": "Archive"});
    let save = json!({"person": person, "letter": letter, "paper": "letter"});
    let mut pages = Vec::new();
    for (printing, words) in [
        (json!({}), "within 30 days of receiving"),
        (json!({"language": "es"}), "en un plazo de 30 días"),
        (json!({"large": true}), "within 30 days of receiving"),
    ] {
        ask(&app, "savePrinting", json!({"person": person, "printing": printing})).await;
        ask(&app, "saveLetterPdf", save.clone()).await;
        let pdf = place("letter-as-chosen.pdf");
        std::fs::write(&pdf, host.last()).unwrap();
        let text = text_of(&pdf);
        assert!(text.contains(&squeezed(words)), "{words} is not in {text}");
        pages.push(ask(&app, "letter", save.clone()).await["pages"].as_array().unwrap().len());
    }
    assert!(pages[2] > pages[0], "{pages:?}");
}

//! What each provider lists, side by side: over the sample person and people nobody here made up, every thing that is so has one row,
//! and whoever tells of it says something there.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
    sync::Arc,
};

use serde_json::{Value, json};
use wholechart_api::App;

use crate::{
    corpus::record_at,
    pages::sample_person,
    paper::{Keeps, ask, people_of_the_corpus, place, squeezed},
};

const COMPARED: &[&str] = &["medicine", "allergy", "problem"];

/// What is wrong with a person's tables, and how many things that are so were looked for.
async fn against_topics(app: &Arc<App>, person: &Value) -> (usize, Vec<String>) {
    let topics = ask(app, "topics", json!({"person": person, "kind": null})).await;
    let view = ask(app, "compare", json!({"person": person})).await;
    let mut rows: BTreeMap<String, Vec<(&Value, &Value)>> = BTreeMap::new();
    for table in view["tables"].as_array().unwrap() {
        for row in table["rows"].as_array().unwrap() {
            rows.entry(row["topic"].as_str().unwrap().to_owned()).or_default().push((table, row));
        }
    }
    let (mut seen, mut wrong) = (0, Vec::new());
    for topic in topics.as_array().unwrap() {
        let (name, kind) = (&topic["name"], topic["kind"].as_str().unwrap());
        let of = rows.remove(topic["id"].as_str().unwrap()).unwrap_or_default();
        let is_so = matches!(topic["standing"].as_str(), Some("current" | "perhaps-over"));
        if !COMPARED.contains(&kind) || !is_so {
            if !of.is_empty() && topic["told"].as_array().unwrap().is_empty() {
                wrong.push(format!("{name} has a row, is not so, and nobody disagrees about it"));
            }
            continue;
        }
        seen += 1;
        let [(table, row)] = of.as_slice() else {
            wrong.push(format!("{name} has {} rows", of.len()));
            continue;
        };
        if table["kind"] != kind || row["name"] != *name || row["ask"] != topic["told"] {
            wrong.push(format!("{name} is called {} among {}", row["name"], table["kind"]));
        }
        let telling: BTreeSet<&str> =
            topic["sources"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        for (provider, cell) in
            table["providers"].as_array().unwrap().iter().zip(row["cells"].as_array().unwrap())
        {
            let tells = telling.contains(provider["connection"].as_str().unwrap());
            let says = cell["says"].as_array().unwrap();
            let says = says.iter().any(|said| !said["fact"].is_null());
            if tells != says || tells != !cell["standing"].is_null() || cell["how"] == "" {
                wrong.push(format!("{name}: what {} says of it is {cell}", provider["name"]));
            }
        }
        let columns: BTreeSet<&str> = table["providers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["connection"].as_str().unwrap())
            .collect();
        if !telling.is_subset(&columns) {
            wrong.push(format!("{name} is told by somebody who has no column"));
        }
        // What the best of them says is what is so.
        let how = row["cells"].as_array().unwrap().iter().map(|cell| &cell["standing"]);
        if !how.into_iter().any(|how| *how == topic["standing"] || *how == "current") {
            wrong.push(format!("{name} is {}, and nobody says so: {row}", topic["standing"]));
        }
    }
    wrong.extend(rows.keys().map(|id| format!("a row of no topic: {id}")));
    (seen, wrong)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_persons_medicines_are_printed_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), &folder.path().join("record"), "America/New_York").await;
    sample_person(&app, &person, folder.path()).await;
    let (seen, wrong) = against_topics(&app, &json!(person)).await;
    assert!(seen > 15 && wrong.is_empty(), "{seen} things: {}", wrong.join("\n"));
    let view = ask(&app, "compare", json!({"person": person})).await;
    for language in ["en", "es"] {
        let mut settings = ask(&app, "settings", json!({})).await["settings"].clone();
        settings["language"] = language.into();
        ask(&app, "saveSettings", json!({ "settings": settings })).await;
        let saved =
            ask(&app, "saveSummaryPdf", json!({"person": person, "paper": "letter", "sheet": "compare"}))
                .await;
        assert_ne!(saved["path"], Value::Null);
        let pdf = place(&format!("sample-compare-{language}.pdf"));
        std::fs::write(&pdf, host.last()).unwrap();
        let text = text_of(&pdf);
        // Every column and every thing that is so is on it.
        let tables = view["tables"].as_array().unwrap();
        for provider in tables.iter().flat_map(|table| table["providers"].as_array().unwrap()) {
            assert!(text.contains(&squeezed(provider["name"].as_str().unwrap())), "{provider}");
        }
        let rows = tables.iter().flat_map(|table| table["rows"].as_array().unwrap());
        for row in rows.filter(|row| row["standing"] == "current" && language == "en") {
            assert!(text.contains(&squeezed(row["name"].as_str().unwrap())), "{}", row["name"]);
        }
    }
}

fn text_of(pdf: &Path) -> String {
    let read = Command::new("pdftotext").args(["-raw".as_ref(), pdf.as_os_str(), "-".as_ref()]).output();
    squeezed(&String::from_utf8(read.expect("poppler-utils are there").stdout).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_thing_that_is_so_has_one_row_and_whoever_tells_of_it_says_something_there() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, _) = record_at(host.clone(), folder.path(), "America/New_York").await;
    let (mut people, mut current, mut wrong) = (0, 0, Vec::new());
    for (file, person) in people_of_the_corpus(&app).await {
        people += 1;
        let (seen, differ) = against_topics(&app, &person).await;
        current += seen;
        wrong.extend(differ.into_iter().map(|why| format!("{}: {why}", file.display())));
        let print = json!({"person": person, "paper": "a4", "sheet": "compare"});
        ask(&app, "saveSummaryPdf", print).await;
        std::fs::write(place(&format!("corpus-compare-{people}.pdf")), host.last()).unwrap();
    }
    assert!(people == 0 || people >= 20 && current > 100, "{people} people with {current} current things");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

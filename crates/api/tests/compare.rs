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
            if tells != says || tells == cell["standing"].is_null() || cell["how"] == "" {
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
        for sheet in ["medicines", "vaccines"] {
            let save = json!({"person": person, "paper": "letter", "sheet": sheet});
            ask(&app, "saveSummaryPdf", save).await;
            std::fs::write(place(&format!("sample-{sheet}-{language}.pdf")), host.last()).unwrap();
        }
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

/// Takes in what each provider sends, as R4.
async fn take_in(app: &Arc<App>, person: &str, folder: &Path, sent: &[(&str, Value)]) {
    let mut by: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (provider, resource) in sent {
        let of = by.entry(provider).or_default();
        let mut resource = resource.clone();
        resource["id"] = json!(of.len().to_string());
        of.push(json!({"resource": resource}));
    }
    for (provider, entries) in by {
        let file = folder.join(format!("{provider}.json"));
        let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
        std::fs::write(&file, bundle.to_string()).unwrap();
        let args =
            json!({"person": person, "label": provider, "release": "r4", "paths": [file], "confirmed": true});
        ask(app, "import", args).await;
    }
}

fn texts(of: &Value) -> impl Iterator<Item = &str> {
    of.as_array().unwrap().iter().filter_map(Value::as_str)
}

/// The tables as lines: a row, then what each provider says of it.
fn as_read(view: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for table in view["tables"].as_array().unwrap() {
        lines.push(format!("== {}", table["title"].as_str().unwrap()));
        lines.extend(texts(&table["notes"]).map(ToOwned::to_owned));
        for row in table["rows"].as_array().unwrap() {
            lines.push(row["name"].as_str().unwrap().to_owned());
            let providers = table["providers"].as_array().unwrap().iter();
            for (provider, cell) in providers.zip(row["cells"].as_array().unwrap()) {
                let mut said: Vec<String> = vec![cell["how"].as_str().unwrap().to_owned()];
                said.extend(texts(&cell["differs"]).map(ToOwned::to_owned));
                for one in cell["says"].as_array().unwrap() {
                    let title = one["title"].as_str().map(|title| match one["struck"].as_bool() {
                        Some(true) => format!("~{title}~"),
                        _ => title.to_owned(),
                    });
                    said.extend(title.into_iter().chain(texts(&one["lines"]).map(ToOwned::to_owned)));
                }
                lines.push(format!("  {}: {}", provider["name"].as_str().unwrap(), said.join(" / ")));
            }
            lines.extend(texts(&row["ask"]).map(|sentence| format!("  ? {sentence}")));
        }
    }
    lines
}

fn order(medicine: &str, how: &str, status: &str, on: &str) -> Value {
    json!({"resourceType": "MedicationRequest", "status": status, "intent": "order", "authoredOn": on,
        "medicationCodeableConcept": {"text": medicine}, "dosageInstruction": [{"text": how}]})
}

fn allergy(to: &str, status: &str) -> Value {
    json!({"resourceType": "AllergyIntolerance", "code": {"text": to}, "recordedDate": "2020-05-04",
        "verificationStatus": {"coding": [{"code": status}]},
        "reaction": [{"manifestation": [{"text": "Hives"}]}]})
}

fn problem(title: &str, clinical: &str, verified: &str) -> Value {
    json!({"resourceType": "Condition", "code": {"text": title}, "onsetDateTime": "2012-03",
        "clinicalStatus": {"coding": [{"code": clinical}]},
        "verificationStatus": {"coding": [{"code": verified}]}})
}

async fn read_side_by_side(sent: &[(&str, Value)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host, &folder.path().join("record"), "America/Chicago").await;
    take_in(&app, &person, folder.path(), sent).await;
    as_read(&ask(&app, "compare", json!({"person": person})).await)
}

#[tokio::test]
async fn each_kind_of_cell_says_what_its_provider_says() {
    let mut stopped = order("Lisinopril 10 mg tablet", "1 tablet daily", "stopped", "2024-01-10");
    stopped["statusReason"] = json!({"text": "Side effect: cough"});
    let mut mistaken = problem("Asthma", "active", "entered-in-error");
    mistaken["clinicalStatus"] = Value::Null;
    let read = read_side_by_side(&[
        ("Ames", order("Metformin 500 mg tablet", "1 tablet twice a day", "active", "2025-09-01")),
        ("Ames", order("Metformin 850 mg tablet", "1 tablet at bedtime", "active", "2025-09-01")),
        ("Brook", order("Metformin 1000 mg tablet", "1 tablet twice a day", "active", "2026-02-01")),
        ("Ames", order("Lisinopril 10 mg tablet", "1 tablet daily", "active", "2025-10-02")),
        ("Brook", stopped),
        ("Ames", order("Aspirin 81 mg tablet", "1 tablet daily", "active", "2026-01-05")),
        ("Ames", allergy("Penicillin", "confirmed")),
        ("Brook", allergy("Penicillin", "refuted")),
        ("Cole", json!({"resourceType": "AllergyIntolerance", "code": {"text": "No known allergies"}})),
        ("Ames", problem("Asthma", "active", "confirmed")),
        ("Brook", mistaken),
        ("Cole", problem("Asthma", "resolved", "confirmed")),
    ])
    .await;
    let expected = include_str!("compare/each_kind_of_cell.txt");
    assert_eq!(read.join("\n"), expected.trim_end(), "\n{}", read.join("\n"));
}

#[tokio::test]
async fn one_provider_alone_is_told_as_such() {
    let metformin = order("Metformin 500 mg tablet", "1 tablet twice a day", "active", "2025-09-01");
    let read = read_side_by_side(&[("Ames", metformin)]).await;
    assert_eq!(read[1], "Only Ames tells of medicines, so there is nothing to compare them with yet.");
    assert!(read_side_by_side(&[]).await.is_empty());
}

#[tokio::test]
async fn with_many_providers_paper_lies_and_then_goes_on_below() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), &folder.path().join("record"), "America/Chicago").await;
    let mut turned = Vec::new();
    let ida = json!({"resourceType": "Patient", "name": [{"text": "Ida Roe"}], "gender": "female",
        "birthDate": "1961-04-02"});
    take_in(&app, &person, folder.path(), &[("Practice 0", ida)]).await;
    for count in [3, 4, 7] {
        let names: Vec<String> = (0..count).map(|n| format!("Practice {n} of Internal Medicine")).collect();
        let of = |name| {
            (name, order("Hydrochlorothiazide 12.5 mg tablet", "1 tablet daily", "active", "2026-01-05"))
        };
        let sent: Vec<(&str, Value)> = names.iter().map(String::as_str).map(of).collect();
        take_in(&app, &person, folder.path(), &sent).await;
        let sheet = ask(&app, "summary", json!({"person": person, "paper": "a4", "sheet": "compare"})).await;
        turned.push((count, sheet["turned"].as_bool().unwrap()));
        let text = squeezed(&sheet["pages"].to_string());
        ask(&app, "saveSummaryPdf", json!({"person": person, "paper": "a4", "sheet": "compare"})).await;
        let pdf = place("compare-many.pdf");
        std::fs::write(&pdf, host.last()).unwrap();
        let on_paper = text_of(&pdf);
        assert!(on_paper.contains("April2,1961") && on_paper.contains("Sex"), "whose it is: {on_paper}");
        assert_eq!(text.contains("Medicines,continued"), count > 5, "{count} providers");
    }
    assert_eq!(turned, [(3, false), (4, true), (7, true)]);
}

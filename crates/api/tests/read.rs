//! Results in the PDF of a laboratory: proposed, looked at, kept as entries of one's own, taken back.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use wholechart_api::{App, dispatch};

use crate::corpus::record;
use crate::drawn::{at, pdf};
use crate::importing::{ask, facts, import, sources};

const ZONE: &str = "America/Chicago";

/// A laboratory's letter of two results, and of one that nobody can be sure of.
fn letter(collected: &str) -> Vec<u8> {
    let page = [
        at(40, 740, collected),
        at(40, 700, "TESTS"),
        at(220, 700, "RESULT"),
        at(290, 700, "FLAG"),
        at(340, 700, "UNITS"),
        at(400, 700, "REFERENCE INTERVAL"),
        at(40, 686, "Glucose"),
        at(225, 686, "105"),
        at(290, 686, "High"),
        at(340, 686, "mg/dL"),
        at(400, 686, "70-99"),
        at(40, 672, "TSH"),
        at(225, 672, "<0.01"),
        at(290, 672, "Low"),
        at(340, 672, "uIU/mL"),
        at(400, 672, "0.450-4.500"),
        at(40, 658, "Protein"),
        at(225, 658, "Negative"),
        at(400, 658, "Negative"),
        at(40, 644, "Sodium"),
        at(225, 644, "see below"),
        at(340, 644, "mmol/L"),
        at(400, 644, "134-144"),
    ];
    pdf(&[page.concat()])
}

/// The letter in the record: its fact, and its file.
async fn brought(app: &Arc<App>, person: &str, folder: &Path, bytes: &[u8]) -> (Value, Value) {
    let path = folder.join("laboratory.pdf");
    std::fs::write(&path, bytes).unwrap();
    import(app, person, &path).await;
    let page = ask(app, "timeline", json!({"person": person, "filter": {}, "limit": 9})).await;
    let fact = page["rows"][0]["id"].clone();
    let files = ask(app, "files", json!({"person": person, "fact": fact})).await;
    (fact, files[0]["id"].clone())
}

/// A row as it is kept when nobody changes it.
fn as_it_is(row: &Value) -> Value {
    let mut kept = json!({});
    for name in ["id", "name", "value", "unit", "range", "flag", "date"] {
        kept[name] = row[name].clone();
    }
    kept
}

async fn titles(app: &Arc<App>, person: &str) -> Vec<String> {
    let page = ask(app, "timeline", json!({"person": person, "filter": {}, "limit": 99})).await;
    let rows = page["rows"].as_array().unwrap();
    let mut titles: Vec<String> = rows.iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    titles
}

#[tokio::test]
async fn rows_are_proposed_and_nothing_is_stored_by_it() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let (fact, file) = brought(&app, &person, folder.path(), &letter("Date Collected: 03/05/2024")).await;
    app.settle().await;
    let before = (facts(&app, &person).await, sources(&app, &person).await);
    let asked = json!({"person": person, "fact": fact, "file": file});
    let found = ask(&app, "documentResults", asked.clone()).await;
    let rows = found["rows"].as_array().unwrap();
    let said: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!([
                row["name"],
                row["value"],
                row["unit"],
                row["range"],
                row["flag"],
                row["date"],
                row["kept"]
            ])
        })
        .collect();
    assert_eq!(
        json!(said),
        json!([
            ["Glucose", "105", "mg/dL", "70-99", "high", "2024-03-05", null],
            ["TSH", "<0.01", "uIU/mL", "0.450-4.500", "low", "2024-03-05", null],
            ["Protein", "Negative", null, "Negative", null, "2024-03-05", null],
        ])
    );
    assert_eq!(
        (&rows[0]["page"], &rows[0]["line"], &rows[0]["words"]),
        (&json!(1), &json!(3), &json!("Glucose 105 High mg/dL 70-99"))
    );
    assert_eq!((&found["wordless"], &found["cut"]), (&json!(false), &json!(false)));
    assert_eq!(ask(&app, "documentResults", asked).await, found, "the same file says the same");
    app.settle().await;
    assert_eq!((facts(&app, &person).await, sources(&app, &person).await), before, "nothing was stored");
    assert_eq!(titles(&app, &person).await, ["laboratory"]);
}

#[tokio::test]
async fn what_was_looked_at_is_in_the_results_marked_told_again_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let (fact, file) = brought(&app, &person, folder.path(), &letter("Date Collected: 03/05/2024")).await;
    app.settle().await;
    let before = (facts(&app, &person).await, sources(&app, &person).await);
    let asked = json!({"person": person, "fact": fact, "file": file});
    let found = ask(&app, "documentResults", asked.clone()).await;
    // One as it is, one corrected; the third is thrown away.
    let mut tsh = as_it_is(&found["rows"][1]);
    (tsh["range"], tsh["date"]) = (json!("0.4-4.0"), json!("2024-03-06"));
    let keep =
        json!({"person": person, "fact": fact, "file": file, "results": [as_it_is(&found["rows"][0]), tsh]});
    let kept = ask(&app, "keepResults", keep.clone()).await;
    assert_eq!(kept["count"], json!(2));
    assert_eq!(titles(&app, &person).await, ["Glucose", "TSH", "laboratory"]);
    let tests = ask(&app, "tests", json!({"person": person, "kind": "result", "limit": 9})).await;
    let shown = tests.to_string();
    assert!(shown.contains("105 mg/dL") && shown.contains("<0.01 uIU/mL"), "{shown}");
    assert!(!shown.contains("Protein"), "{shown}");

    // They are the person's own, and say where they were read.
    assert!(sources(&app, &person).await.contains(&"Corpus (own entries)".to_owned()));
    let again = ask(&app, "documentResults", asked.clone()).await;
    assert_eq!(again["rows"][2]["kept"], Value::Null);
    let glucose = again["rows"][0]["kept"].clone();
    let page = ask(&app, "fact", json!({"person": person, "fact": glucose})).await;
    let source = &page["sources"][0];
    assert_eq!(source["provider"], "Corpus (own entries)");
    assert_eq!(source["documents"][0]["fact"], fact, "{source}");
    assert_eq!((&page["row"]["kind"], &page["row"]["flag"]), (&json!("result"), &json!("high")), "{page}");
    let raw = ask(&app, "raw", json!({"person": person, "version": source["versions"][0]["id"]})).await;
    let sent: Value = serde_json::from_str(raw["text"].as_str().unwrap()).unwrap();
    let document = &sent["derivedFrom"][0];
    assert_eq!(
        (&document["type"], &document["display"]),
        (&json!("DocumentReference"), &json!("laboratory"))
    );
    assert!(document["identifier"]["value"].as_str().unwrap().starts_with("ni:///sha-256;"), "{document}");
    assert_eq!(document["reference"], sent["meta"]["source"]);
    assert_eq!(sent["valueQuantity"], json!({"value": 105, "unit": "mg/dL"}));
    assert_eq!(sent["referenceRange"], json!([{"text": "70-99"}]));
    assert!(sent.get("performer").is_none(), "nobody is made up");

    // A second time they are known, and stay as they are.
    let twice = ask(&app, "keepResults", keep).await;
    assert_eq!((&twice["count"], &twice["undo"]), (&json!(0), &Value::Null));
    assert_eq!(titles(&app, &person).await.len(), 3);

    // Changed as any entry of one's own, it still says where it was read.
    let resource = source["resource"].clone();
    let entry = ask(&app, "ownEntry", json!({"person": person, "resource": resource})).await;
    assert_eq!(
        entry,
        json!({"is": "result", "name": "Glucose", "value": "105", "unit": "mg/dL", "range": "70-99", "flag": "high",
            "date": "2024-03-05", "note": null})
    );
    let mut other = entry.clone();
    other["note"] = json!("fasting");
    let changed = ask(&app, "saveOwn", json!({"person": person, "resource": resource, "entry": other})).await;
    let page = ask(&app, "fact", json!({"person": person, "fact": changed["fact"]})).await;
    assert_eq!(page["sources"][0]["documents"][0]["fact"], fact);
    ask(&app, "undo", json!({"person": person, "undo": changed["undo"]})).await;
    // Deleted, it can be kept again.
    let deleted = ask(&app, "deleteOwn", json!({"person": person, "resource": resource})).await;
    let again = ask(&app, "documentResults", asked).await;
    assert_eq!(again["rows"][0]["kept"], Value::Null);
    ask(&app, "undo", json!({"person": person, "undo": deleted})).await;

    // All that were kept together go together.
    ask(&app, "undo", json!({"person": person, "undo": kept["undo"]})).await;
    assert_eq!((facts(&app, &person).await, sources(&app, &person).await), before);
}

#[tokio::test]
async fn what_does_not_stand_there_or_cannot_be_is_refused_and_nothing_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let (fact, file) = brought(&app, &person, folder.path(), &letter("Reported: 03/07/2024")).await;
    let found = ask(&app, "documentResults", json!({"person": person, "fact": fact, "file": file})).await;
    assert_eq!(found["rows"][0]["date"], Value::Null, "when it was reported is not when it was taken");
    let row = |name: &str, value: Value| {
        let mut row = as_it_is(&found["rows"][0]);
        row["date"] = json!("2024-03-05");
        row[name] = value;
        row
    };
    let right = row("flag", Value::Null);
    for (wrong, words) in [
        (row("id", json!("read-0000")), "not in this document"),
        (row("date", json!("")), "Glucose: The day is missing"),
        (row("date", json!("2030-01-01")), "Glucose: This date is still to come"),
        (row("date", json!("2024-02-30")), "cannot be read"),
        (row("value", json!(" ")), "not said what was found"),
        (row("name", json!("")), "no name"),
    ] {
        let args = json!({"person": person, "fact": fact, "file": file, "results": [right, wrong]});
        let said = dispatch(&app, "keepResults", args).await.expect_err("it cannot be kept").message;
        assert!(said.contains(words), "{said}");
        assert_eq!(titles(&app, &person).await, ["laboratory"], "all of them or none");
    }
    // Another person's document is not there.
    let other = json!({"id": null, "name": "Otis", "birthDate": null, "homeZone": ZONE});
    let other = ask(&app, "savePerson", other).await["id"].clone();
    for (command, results) in [("documentResults", Value::Null), ("keepResults", json!([right]))] {
        let args = json!({"person": other, "fact": fact, "file": file, "results": results});
        let said = dispatch(&app, command, args).await.expect_err("it is not theirs").message;
        assert!(said.contains("not there any more"), "{said}");
    }
    assert_eq!(titles(&app, &person).await, ["laboratory"]);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let (fact, file) = brought(&app, &person, folder.path(), b"%PDF-1.7 and then nothing").await;
    let args = json!({"person": person, "fact": fact, "file": file});
    let said = dispatch(&app, "documentResults", args).await.expect_err("it is broken");
    assert!(said.message.contains("damaged") && said.advice.contains("Nothing was changed"), "{said:?}");
}

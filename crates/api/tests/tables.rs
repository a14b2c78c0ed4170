//! Lists as tables: every row, and nothing that a spreadsheet would run.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::json;

use crate::{
    corpus::record_at,
    pages::sample_person,
    paper::{Keeps, ask},
};

/// The cells of a file as RFC 4180 reads it.
fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let text =
        std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').expect("spreadsheets look for the mark");
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_has_every_row_of_its_list() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), &folder.path().join("record"), "America/New_York").await;
    sample_person(&app, &person, folder.path()).await;
    let evil = json!({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {
        "resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order",
        "authoredOn": "2026-05-01", "medicationCodeableConcept": {"text": "=HYPERLINK(\"http://x/\",\"more\")"},
        "dosageInstruction": [{"text": "-2+3+cmd|' /C calc'!A0"}]}}]});
    let file = folder.path().join("evil.json");
    std::fs::write(&file, evil.to_string()).unwrap();
    let import =
        json!({"person": person, "label": "@SUM(A1)", "release": "r4", "paths": [file], "confirmed": true});
    ask(&app, "import", import).await;
    for list in ["medicines", "vaccines", "visits", "problems", "allergies", "procedures"] {
        let saved = ask(&app, "saveList", json!({"person": person, "list": list, "filter": null})).await;
        assert!(saved["path"].as_str().unwrap().contains("Corpus"), "{saved}");
        let rows = read(&host.last());
        let page = json!({"person": person, "list": list, "filter": {}, "cursor": null, "limit": 500});
        let page = ask(&app, "list", page).await;
        let wanted: BTreeSet<&str> =
            page["rows"].as_array().unwrap().iter().map(|row| row["row"]["id"].as_str().unwrap()).collect();
        assert!(page["next"].is_null() && wanted.len() > 3, "{list}: {} rows", wanted.len());
        let written: BTreeSet<&str> = rows[1..].iter().map(|row| row.last().unwrap().as_str()).collect();
        assert_eq!(written, wanted, "{list}");
        assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{list}: rows are as long as their head");
        for cell in rows.iter().flatten() {
            let figure = cell.parse::<f64>().is_ok();
            assert!(figure || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{list}: {cell}");
        }
        if list == "medicines" {
            let cells: Vec<&String> = rows.iter().flatten().collect();
            for text in ["'=HYPERLINK(\"http://x/\",\"more\")", "'@SUM(A1)"] {
                assert!(cells.iter().any(|cell| *cell == text), "{text} is not in {cells:?}");
            }
        }
    }
}

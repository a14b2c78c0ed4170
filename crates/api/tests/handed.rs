//! What somebody hands out of their record themselves is told where they read what left it: files, pages, text; what and when.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::{
    corpus::{record, record_at},
    pages::sample_person,
    paper::{Keeps, ask},
};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_printed_and_copied_is_told_with_what_left_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host, &folder.path().join("record"), "America/New_York").await;
    sample_person(&app, &person, folder.path()).await;
    let person = json!(person);
    let sheet = |kind: &str| json!({"person": person, "paper": "letter", "sheet": kind, "printing": null});
    ask(&app, "summary", sheet("summary")).await;
    let told = |sent: &Value| -> BTreeSet<String> {
        let lines = sent["receivers"].as_array().unwrap().iter();
        lines
            .map(|one| format!("{}: {}, {}", one["whom"], one["what"], one["times"]).replace('"', ""))
            .collect()
    };
    let sent = ask(&app, "sent", json!({"person": person})).await;
    assert_eq!(told(&sent), BTreeSet::new(), "looking hands nothing out");
    for _ in 0..2 {
        ask(&app, "saveSummaryPdf", sheet("summary")).await;
    }
    ask(&app, "summaryText", json!({"person": person, "sheet": "medicines", "printing": null})).await;
    ask(&app, "notePrinted", json!({"person": person, "sheet": "emergency"})).await;
    ask(&app, "notePrinted", json!({"person": person, "sheet": null})).await;
    ask(&app, "saveList", json!({"person": person, "list": "medicines", "filter": null})).await;
    let sent = ask(&app, "sent", json!({"person": person})).await;
    let all = [
        "Files you saved: Summary for a visit, 2 times",
        "Files you saved: Table of a list or of results, once",
        "Pages you printed: Emergency card, once",
        "Pages you printed: Letter to a provider, once",
        "Text you copied: Medicine list, once",
    ];
    assert_eq!(told(&sent), all.map(str::to_owned).into());
    assert_eq!(sent["handed"].as_array().unwrap().len(), 6);
    assert_eq!(sent["handed"][0]["when"], "today, 8:00 AM", "{sent}");
}

#[tokio::test]
async fn what_was_not_saved_was_not_handed_out() {
    let folder = tempfile::tempdir().unwrap();
    // Its host's dialog is cancelled.
    let (app, person) = record(&folder.path().join("record"), "America/New_York").await;
    ask(&app, "saveSummaryPdf", json!({"person": person, "paper": "letter"})).await;
    let sent = ask(&app, "sent", json!({"person": person})).await;
    assert_eq!(sent["handed"], json!([]));
}

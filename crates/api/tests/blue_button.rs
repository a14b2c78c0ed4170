//! Blue Button as text: taken in as what it surely says, kept as a whole, undone.

use std::fs;

use serde_json::json;

use crate::corpus::record;
use crate::importing::{ask, facts, import, preview, sources};

/// An invented veteran's text.
const TEXT: &str = "--------------- MY HEALTHEVET PERSONAL INFORMATION REPORT ---------------\n\n\
    Produced by the VA Blue Button (v12.10)\n05 Nov 2014 @ 0827\n\nName: WINTER, CORPUS         Date of Birth: 07 Feb 1955\n\n\
    ----------------------------- VA ALLERGIES ------------------------------\nSource: VA\n\nAllergy Name:  PENICILLIN\n\
    Date Entered:  07 Dec 2012\nReaction:      HIVES\nAllergy Type:  DRUG\n\n\
    -------------------------- VA MEDICATION HISTORY ------------------------\nMedication: LISINOPRIL 10MG TAB\n\
    Instructions: TAKE ONE TABLET BY MOUTH EVERY DAY\nStatus: Active\nInitially Ordered On: 25 Aug 2014\n\n\
    --------------------------------- VA NOTES ------------------------------\nSeen and well, said the otter.\n";

#[tokio::test]
async fn what_it_surely_says_is_taken_in_and_the_text_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), "America/Chicago").await;
    let before = (facts(&app, &person).await, sources(&app, &person).await);
    let path = folder.path().join("mhv_WINTER.txt");
    fs::write(&path, TEXT).unwrap();
    let seen = preview(&app, &person, &path).await;
    assert_eq!(seen["people"], json!([{"name": "WINTER, CORPUS", "born": "February 7, 1955"}]));
    assert_eq!((&seen["sources"], &seen["total"]), (&json!(["VA (My HealtheVet)"]), &json!(4)), "{seen}");
    assert_eq!(seen["unreadable"], json!([]));
    assert_eq!(facts(&app, &person).await, before.0, "nothing is stored");

    let report = import(&app, &person, &path).await;
    assert_eq!((&report["versions"], &report["unreadable"]), (&json!(4), &json!([])), "{report}");
    assert_eq!(
        import(&app, &person, &path).await["versions"],
        json!(0),
        "the same text again is nothing new"
    );
    let page = ask(&app, "timeline", json!({"person": person, "filter": {}, "limit": 50})).await;
    let rows = page["rows"].as_array().unwrap().clone();
    let row = |kind: &str| {
        rows.iter().find(|row| row["kind"] == kind).unwrap_or_else(|| panic!("{kind}: {rows:?}"))
    };
    let allergy = ask(&app, "fact", json!({"person": person, "fact": row("allergy")["id"]})).await;
    let version = &allergy["sources"][0]["versions"][0]["id"];
    let raw = ask(&app, "raw", json!({"person": person, "version": version})).await;
    let raw = raw["text"].as_str().unwrap();
    assert!(raw.starts_with("Allergy Name:  PENICILLIN") && raw.ends_with("Allergy Type:  DRUG"), "{raw}");
    let document = &row("document")["id"];
    let held = ask(&app, "files", json!({"person": person, "fact": document})).await;
    let args = json!({"person": person, "fact": document, "file": held[0]["id"]});
    let shown = ask(&app, "file", args).await;
    assert_eq!(shown["show"], json!({"as": "text", "text": TEXT}));

    for import in ask(&app, "imports", json!({"person": person})).await.as_array().unwrap() {
        ask(&app, "undoImport", json!({"person": person, "import": import["id"]})).await;
    }
    assert_eq!((facts(&app, &person).await, sources(&app, &person).await), before);
}

#[tokio::test]
async fn one_that_is_laid_out_in_another_way_is_kept_as_a_document() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), "America/Chicago").await;
    let path = folder.path().join("report.txt");
    fs::write(&path, "VA Blue Button report\n\n1) Vaccines\n\nInfluenza on a day in fall\n").unwrap();
    let seen = preview(&app, &person, &path).await;
    assert!(seen["asked"].as_str().unwrap().contains("do not say whose"), "{seen}");
    let report = import(&app, &person, &path).await;
    assert_eq!(report["versions"], json!(1), "{report}");
    let page = ask(&app, "timeline", json!({"person": person, "filter": {}, "limit": 50})).await;
    assert_eq!(page["rows"][0]["title"], "VA Blue Button report");
    assert_eq!(page["rows"].as_array().map(Vec::len), Some(1), "{page}");
}

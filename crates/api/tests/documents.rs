//! PDFs and pictures from files: kept byte for byte, shown, found, once.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use wholechart_api::App;

use crate::corpus::record;
use crate::importing::{ask, facts, import, preview, sources, zipped};

const ZONE: &str = "America/Chicago";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";

/// One page with one line, and what the file says of itself.
fn pdf(line: &str, info: &str) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 720 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        format!("<< {info} >>"),
    ];
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        offsets.push(pdf.len());
        pdf.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).into_bytes());
    for offset in &offsets {
        pdf.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    let size = offsets.len() + 1;
    let trailer = format!("trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF\n");
    pdf.extend(trailer.into_bytes());
    pdf
}

pub(crate) fn visit() -> Vec<u8> {
    pdf("The badger was seen again", "/Title (After visit summary) /CreationDate (D:20240305233000-06'00')")
}

async fn rows(app: &Arc<App>, person: &str) -> Vec<Value> {
    let page = ask(app, "timeline", json!({"person": person, "filter": {}, "limit": 50})).await;
    page["rows"].as_array().unwrap().clone()
}

fn row<'r>(rows: &'r [Value], title: &str) -> &'r Value {
    rows.iter().find(|row| row["title"] == title).unwrap_or_else(|| panic!("{title}: {rows:?}"))
}

async fn shown(app: &Arc<App>, person: &str, row: &Value) -> (Value, Value) {
    let files = ask(app, "files", json!({"person": person, "fact": row["id"]})).await;
    let args = json!({"person": person, "fact": row["id"], "file": files[0]["id"]});
    let content = ask(app, "file", args).await;
    (files[0].clone(), content["show"].clone())
}

#[tokio::test]
async fn pdfs_and_pictures_beside_fhir_are_documents_until_they_are_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let before = (facts(&app, &person).await, sources(&app, &person).await);
    let fhir = br#"{"resourceType":"Patient","id":"p","name":[{"text":"Corpus Winter"}],"managingOrganization":{"display":"Lakeside Clinic"}}"#;
    let visit = visit();
    let path = folder.path().join("Download.zip");
    let files: &[(&str, &[u8])] = &[
        ("scans/visit (1).pdf", &visit),
        ("scans/visit copy.pdf", &visit),
        ("rash.png", PNG),
        ("patient.json", fhir),
        ("scan.dcm", &[&[0; 128][..], b"DICM"].concat()),
    ];
    fs::write(&path, zipped(files)).unwrap();
    let seen = preview(&app, &person, &path).await;
    assert_eq!(
        (&seen["total"], &seen["known"], &seen["asked"]),
        (&json!(3), &json!(0), &Value::Null),
        "{seen}"
    );
    assert_eq!(seen["sources"], json!(["Lakeside Clinic"]));
    assert!(seen["kinds"].to_string().contains("\"count\":2"), "the same bytes twice are one: {seen}");
    assert_eq!(seen["period"], Value::Null, "when a file was made is not when anything happened");
    assert_eq!(facts(&app, &person).await, before.0, "nothing is stored");

    let report = import(&app, &person, &path).await;
    assert_eq!(report["versions"], json!(3), "{report}");
    assert_eq!(preview(&app, &person, &path).await["known"], json!(3));
    assert_eq!(import(&app, &person, &path).await["versions"], json!(0));

    let rows = rows(&app, &person).await;
    let letter = row(&rows, "After visit summary");
    let (file, show) = shown(&app, &person, letter).await;
    assert_eq!((&file["title"], &file["format"]), (&json!("visit (1).pdf"), &json!("PDF")));
    assert_eq!(show["as"], "pdf");
    assert_eq!(STANDARD.decode(show["base64"].as_str().unwrap()).unwrap(), visit, "byte for byte");
    let (file, show) = shown(&app, &person, row(&rows, "rash")).await;
    assert_eq!((&file["title"], &show["as"]), (&json!("rash.png"), &json!("picture")));
    assert_eq!(STANDARD.decode(show["base64"].as_str().unwrap()).unwrap(), PNG);
    assert_eq!(row(&rows, "rash")["date"], Value::Null, "no date is made up");

    // What is written in it is found.
    app.settle().await;
    let found = ask(&app, "search", json!({"person": person, "text": "badger", "limit": 9})).await;
    assert!(found.to_string().contains("After visit summary"), "{found}");

    for import in ask(&app, "imports", json!({"person": person})).await.as_array().unwrap() {
        ask(&app, "undoImport", json!({"person": person, "import": import["id"]})).await;
    }
    assert_eq!((facts(&app, &person).await, sources(&app, &person).await), before);
    let found = ask(&app, "search", json!({"person": person, "text": "badger", "limit": 9})).await;
    assert!(!found.to_string().contains("After visit summary"), "{found}");
}

async fn at(app: &Arc<App>, person: &str, folder: &Path, name: &str, bytes: &[u8]) -> Value {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    import(app, person, &path).await
}

#[tokio::test]
async fn the_same_bytes_under_another_name_are_what_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    assert_eq!(at(&app, &person, folder.path(), "a.pdf", &visit()).await["versions"], json!(1));
    assert_eq!(at(&app, &person, folder.path(), "b.pdf", &visit()).await["versions"], json!(0));
    let rows = rows(&app, &person).await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(shown(&app, &person, &rows[0]).await.0["title"], "a.pdf");
    // A provider's document with the same file is the same document.
    let theirs = json!({"resourceType": "DocumentReference", "id": "d", "status": "current", "date": "2024-03-06",
        "type": {"text": "Visit note"}, "content": [{"attachment": {"contentType": "application/pdf", "data": STANDARD.encode(visit())}}]});
    at(&app, &person, folder.path(), "theirs.json", theirs.to_string().as_bytes()).await;
    let rows = self::rows(&app, &person).await;
    assert_eq!(rows.len(), 1, "{rows:?}");
}

#[tokio::test]
async fn pictures_that_cannot_be_shown_are_kept_and_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    for (name, bytes, title) in
        [("page.tif", &b"II*\0\x08\0\0\0"[..], "page"), ("rash.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0", "rash")]
    {
        let report = at(&app, &person, folder.path(), name, bytes).await;
        assert_eq!((&report["versions"], &report["unreadable"]), (&json!(1), &json!([])), "{report}");
        let rows = rows(&app, &person).await;
        let (file, show) = shown(&app, &person, row(&rows, title)).await;
        assert_eq!((&file["title"], &file["format"]), (&json!(name), &json!("Picture")));
        assert_eq!(show["as"], "nothing");
        assert!(show["reason"].as_str().unwrap().contains("open it with another program"), "{show}");
    }
}

#[tokio::test]
async fn a_document_says_of_nobody_that_it_is_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let path = folder.path().join("a.pdf");
    fs::write(&path, visit()).unwrap();
    let seen = preview(&app, &person, &path).await;
    assert!(seen["asked"].as_str().unwrap().contains("do not say whose"), "{seen}");
    let args = json!({"person": person, "label": null, "release": null, "paths": [path], "confirmed": false});
    assert!(wholechart_api::dispatch(&app, "import", args).await.is_err());
    assert!(sources(&app, &person).await.is_empty());
}

#[tokio::test]
async fn one_that_cannot_be_read_is_kept_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let path = folder.path().join("broken.pdf");
    fs::write(&path, b"%PDF-1.7 and then nothing").unwrap();
    let seen = preview(&app, &person, &path).await;
    let reason = seen["unreadable"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("seems to be damaged: it is kept as it is"), "{reason}");
    let report = import(&app, &person, &path).await;
    assert_eq!((&report["versions"], &report["unreadable"]), (&json!(1), &seen["unreadable"]));
    let rows = rows(&app, &person).await;
    assert_eq!(rows[0]["title"], "broken");
}

//! Files of records: looked at, saved, searched; and a file that cannot be read costs nothing but itself.

use std::fs;
use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::person::AtHome;

const LETTER: &str = r"{\rtf1\ansi Dear Ms. Vance,\par your {\b zygomatic} bone has healed.\par}";
const PAGE: &str = "<html><body onload=\"x()\"><h1>Visit</h1><p>Seen for <b>quinsy</b>.<script>alert(1)</script>\
    <img src=\"http://elsewhere.example/x.png\"></p></body></html>";
const CDA: &str = "<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>Summary</title><component>\
    <structuredBody><component><section><title>Plan</title><text><paragraph>Begin xylometazoline.</paragraph></text>\
    </section></component></structuredBody></component></ClinicalDocument>";

fn documents() -> String {
    let document = |id: &str, title: &str, kind: &str, bytes: &[u8]| {
        json!({"resource": {
            "resourceType": "DocumentReference", "id": id, "status": "current", "date": "2024-03-05T10:00:00Z",
            "type": {"text": title},
            "content": [{"attachment": {"contentType": kind, "data": STANDARD.encode(bytes)}}],
        }})
    };
    let entries = [
        document("rtf", "Surgeon's letter", "application/rtf", LETTER.as_bytes()),
        document("html", "Visit note", "text/html", PAGE.as_bytes()),
        document("cda", "Summary of care", "text/xml", CDA.as_bytes()),
        document("text", "Plain note", "text/plain", b"Nothing but words."),
        document("broken", "Broken scan", "application/pdf", b"%PDF-1.7 and then nothing"),
        document("odd", "Odd thing", "application/x-odd", b"\x00\x01\x02\x03"),
        json!({"resource": {
            "resourceType": "DocumentReference", "id": "away", "status": "current", "type": {"text": "Report elsewhere"},
            "content": [{"attachment": {"contentType": "application/pdf", "url": "https://elsewhere.example/1.pdf"}}],
        }}),
    ];
    json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string()
}

async fn with_documents(folder: &TempDir) -> AtHome {
    let home = AtHome::open(folder.path(), None).await;
    let file = folder.path().join("documents.json");
    fs::write(&file, documents()).expect("a file");
    let import =
        json!({"person": home.person, "label": "Files", "release": "r4", "paths": [file], "confirmed": true});
    home.ask("import", import).await.expect("taken in");
    // What goes on behind the command has to end by itself.
    tokio::time::timeout(Duration::from_mins(1), home.app.settle()).await.expect("the files are read");
    home
}

async fn found(home: &AtHome, text: &str) -> Vec<String> {
    let args = json!({"person": home.person, "text": text, "limit": 10});
    let found = home.ask("search", args).await.expect("a search");
    let groups = found["groups"].as_array().expect("groups");
    let hits = groups.iter().flat_map(|group| group["hits"].as_array().expect("hits"));
    hits.map(|hit| hit["row"]["title"].as_str().expect("a title").to_owned()).collect()
}

async fn fact(home: &AtHome, title: &str) -> String {
    let args =
        json!({"person": home.person, "filter": {"kinds": ["document"], "connections": []}, "limit": 100});
    let page = home.ask("timeline", args).await.expect("a page");
    let rows = page["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["title"] == title).unwrap_or_else(|| panic!("{title} in {rows:?}"));
    row["id"].as_str().expect("an id").to_owned()
}

async fn content(home: &AtHome, title: &str) -> (Value, Value) {
    let id = fact(home, title).await;
    let files = home.ask("files", json!({"person": home.person, "fact": id})).await.expect("files");
    let file = files[0]["id"].clone();
    let content = if file.is_null() {
        Value::Null
    } else {
        home.ask("file", json!({"person": home.person, "fact": id, "file": file})).await.expect("a file")
    };
    (files, content)
}

#[tokio::test]
async fn words_inside_files_are_found() {
    let folder = TempDir::new().expect("a folder");
    let home = with_documents(&folder).await;
    assert_eq!(found(&home, "zygomatic").await, ["Surgeon's letter"]);
    assert_eq!(found(&home, "quinsy").await, ["Visit note"]);
    assert_eq!(found(&home, "xylometaz").await, ["Summary of care"]);
    assert_eq!(found(&home, "rtf1").await, Vec::<String>::new(), "markup is no word");

    // Thrown away and made anew, search still knows; and nothing is read a second time.
    home.ask("rebuild", json!({})).await.expect("derived anew");
    assert_eq!(found(&home, "zygomatic").await, ["Surgeon's letter"]);
}

#[tokio::test]
async fn every_kind_of_file_is_shown_or_says_why_not() {
    let folder = TempDir::new().expect("a folder");
    let home = with_documents(&folder).await;
    let (files, letter) = content(&home, "Surgeon's letter").await;
    assert_eq!((&files[0]["format"], &files[0]["providers"]), (&json!("Letter (RTF)"), &json!(["Files"])));
    assert_eq!(letter["show"]["as"], "page");
    assert!(
        letter["show"]["html"].as_str().is_some_and(|html| html.contains("<b>zygomatic</b>")),
        "{letter}"
    );

    let (_, page) = content(&home, "Visit note").await;
    let html = page["show"]["html"].as_str().expect("a page");
    assert!(html.contains("<b>quinsy</b>"), "{html}");
    for word in ["script", "onload", "img", "elsewhere.example"] {
        assert!(!html.contains(word), "{word} in {html}");
    }

    let (_, cda) = content(&home, "Summary of care").await;
    assert!(cda["show"]["html"].as_str().is_some_and(|html| html.contains("<h2>Plan</h2>")), "{cda}");
    let (_, text) = content(&home, "Plain note").await;
    assert_eq!(text["show"], json!({"as": "text", "text": "Nothing but words."}));
    // A damaged PDF is handed to the window, which says that it cannot show it.
    let (_, broken) = content(&home, "Broken scan").await;
    assert_eq!(broken["show"]["as"], "pdf");
    let (_, odd) = content(&home, "Odd thing").await;
    assert_eq!(odd["show"]["as"], "nothing");
    let (away, _) = content(&home, "Report elsewhere").await;
    assert_eq!(away[0]["id"], Value::Null);
    assert!(
        away[0]["missing"]
            .as_str()
            .is_some_and(|why| why.contains("has not come") || why.contains("not come")),
        "{away}"
    );
}

#[tokio::test]
async fn a_forgotten_providers_words_are_forgotten() {
    let folder = TempDir::new().expect("a folder");
    let home = with_documents(&folder).await;
    let known = home.ask("connections", json!({"person": home.person})).await.expect("a list");
    let forget = json!({"person": home.person, "connection": known[0]["id"], "keepRecords": false});
    home.ask("disconnect", forget).await.expect("forgotten");
    assert_eq!(found(&home, "zygomatic").await, Vec::<String>::new());
}

/// One file's type of 200 kB, which no program takes as an argument, keeps none of those behind it from being read.
#[tokio::test]
async fn a_type_that_nobody_can_hand_on_costs_its_own_file_only() {
    const WORDS: [&str; 5] = ["zygomatic", "quinsy", "xylometazoline", "lumbago", "hallux"];
    let folder = TempDir::new().expect("a folder");
    let letter = |n: usize, kind: &str, words: &str| {
        json!({"resource": {
            "resourceType": "DocumentReference", "id": format!("d{n}"), "status": "current", "type": {"text": format!("Letter {n}")},
            "content": [{"attachment": {"contentType": kind, "data": STANDARD.encode(words)}}],
        }})
    };
    let long = "x".repeat(200_000);
    let mut entries = vec![letter(0, &long, "never mind")];
    entries.extend(
        WORDS.iter().enumerate().map(|(n, word)| letter(n + 1, "text/plain", &format!("About {word}."))),
    );
    let file = folder.path().join("letters.json");
    fs::write(&file, json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string())
        .expect("a file");
    let home = AtHome::open(folder.path(), None).await;
    let import = json!({"person": home.person, "label": "Letters", "release": "r4", "paths": [file], "confirmed": true});
    home.ask("import", import).await.expect("taken in");
    tokio::time::timeout(Duration::from_mins(1), home.app.settle()).await.expect("the files are read");
    for (n, word) in WORDS.iter().enumerate() {
        assert_eq!(found(&home, word).await, [format!("Letter {}", n + 1)]);
    }
}

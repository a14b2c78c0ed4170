//! SMART Health Cards: what stands in them is taken in, and of their signature no more is said than was looked at.

use std::fs;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, write::DeflateEncoder};
use serde_json::{Value, json};

use crate::corpus::record;
use crate::importing::{ask, facts, import, preview, sources, zipped};

const ZONE: &str = "America/Chicago";

/// A card with a signature of nobody.
fn token(issuer: &str, key: &str, name: &str, vaccine: &str) -> String {
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": [
        {"fullUrl": "resource:0", "resource": {"resourceType": "Patient", "name": [{"family": "Winter", "given": [name]}], "birthDate": "1955-02-07"}},
        {"fullUrl": "resource:1", "resource": {"resourceType": "Immunization", "status": "completed", "patient": {"reference": "resource:0"},
            "vaccineCode": {"text": vaccine}, "occurrenceDateTime": "2021-01-29", "lotNumber": "0000001"}}]});
    let payload = json!({"iss": issuer, "nbf": 1_620_992_383, "vc": {"type": ["https://smarthealth.cards#health-card"],
        "credentialSubject": {"fhirVersion": "4.0.1", "fhirBundle": bundle}}});
    let head = json!({"zip": "DEF", "alg": "ES256", "kid": key});
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
    std::io::Write::write_all(&mut packer, payload.to_string().as_bytes()).unwrap();
    let parts = [head.to_string().into_bytes(), packer.finish().unwrap(), vec![7; 64]];
    parts.map(|part| URL_SAFE_NO_PAD.encode(part)).join(".")
}

fn file(tokens: &[String]) -> Vec<u8> {
    json!({"verifiableCredential": tokens}).to_string().into_bytes()
}

#[tokio::test]
async fn a_card_is_previewed_taken_in_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let before = (facts(&app, &person).await, sources(&app, &person).await);
    let card = token("https://cards.otter.example/issuer", "k", "Corpus", "Tetanus");
    let figures = card.bytes().map(|letter| letter - 45).flat_map(|n| [n / 10, n % 10]);
    let figures: String = figures.map(|figure| char::from(b'0' + figure)).collect();
    let path = folder.path().join("cards.zip");
    let as_file = file(std::slice::from_ref(&card));
    fs::write(
        &path,
        zipped(&[("a.smart-health-card", &as_file), ("code.txt", format!("shc:/{figures}").as_bytes())]),
    )
    .unwrap();
    let seen = preview(&app, &person, &path).await;
    assert_eq!(seen["sources"], json!(["cards.otter.example"]));
    assert_eq!(seen["people"], json!([{"name": "Corpus Winter", "born": "February 7, 1955"}]));
    let remark = "Health card: signed by cards.otter.example, as it says. Their key is not known here, so the signature was not checked.";
    assert_eq!(seen["remarks"], json!([remark]));
    let report = import(&app, &person, &path).await;
    assert_eq!(
        (&report["versions"], &report["remarks"]),
        (&json!(2), &seen["remarks"]),
        "one card, twice: {report}"
    );
    assert_eq!(sources(&app, &person).await, ["cards.otter.example"]);
    let page = ask(&app, "timeline", json!({"person": person, "filter": {}, "limit": 50})).await;
    assert!(page.to_string().contains("Tetanus"), "{page}");
    assert_eq!(preview(&app, &person, &path).await["known"], preview(&app, &person, &path).await["total"]);
    ask(&app, "undoImport", json!({"person": person, "import": report["import"]})).await;
    assert_eq!((facts(&app, &person).await, sources(&app, &person).await), before);
}

#[tokio::test]
async fn a_card_that_its_issuer_did_not_sign_is_not_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    // A key that is known here, and somebody else's hand.
    let forged = token(
        "https://myvaccinerecord.cdph.ca.gov/creds",
        "7JvktUpf1_9NPwdM-70FJT3YdyTiSe2IvmVxxgDSRb0",
        "Corpus",
        "Tetanus",
    );
    let good = token("https://cards.otter.example", "k", "Corpus", "Measles");
    let path = folder.path().join("a.smart-health-card");
    fs::write(&path, file(&[forged, good])).unwrap();
    let report = import(&app, &person, &path).await;
    let reason = report["unreadable"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("is not what its issuer signed"), "{reason}");
    assert_eq!(
        (&report["versions"], report["remarks"].as_array().unwrap().len()),
        (&json!(2), 1),
        "{report}"
    );
    let told = facts(&app, &person).await.join("\n");
    assert!(told.contains("Measles") && !told.contains("Tetanus"));
}

/// Each card calls its person by the same address.
#[tokio::test]
async fn two_peoples_cards_in_one_file_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let own = token("https://cards.otter.example", "k", "Corpus", "Measles");
    let other = token("https://cards.otter.example", "k", "Otis", "Tetanus");
    let path = folder.path().join("family.smart-health-card");
    fs::write(&path, file(&[own, other])).unwrap();
    let args = json!({"person": person, "label": null, "release": null, "paths": [path], "confirmed": false});
    let report = ask(&app, "import", args).await;
    let told = facts(&app, &person).await.join("\n");
    assert!(told.contains("Measles") && !told.contains("Tetanus"), "{told}");
    assert_ne!(report["setAside"], json!([]), "{report}");
}

#[tokio::test]
async fn what_is_no_card_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let card = token("https://cards.otter.example", "k", "Corpus", "Measles");
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
    std::io::Write::write_all(&mut packer, &vec![b' '; 64 << 20]).unwrap();
    let head = URL_SAFE_NO_PAD.encode(r#"{"zip":"DEF","alg":"ES256"}"#);
    let bomb = format!("{head}.{}.x", URL_SAFE_NO_PAD.encode(packer.finish().unwrap()));
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (b"shc:/12345".to_vec(), "not a health card that can be read"),
        (b"shc:/1/2/5676".to_vec(), "one part of a health card"),
        (file(&[card[..card.len() / 2].to_owned()]), "not a health card that can be read"),
        (file(&[]), "not a health card that can be read"),
        (file(&[bomb]), "holds more than is read"),
        (br#"{"iss":"https://x","vc":{"credentialSubject":{}}}"#.to_vec(), "without a signature"),
    ];
    for (bytes, expected) in cases {
        let path = folder.path().join("card");
        fs::write(&path, bytes).unwrap();
        let seen = preview(&app, &person, &path).await;
        let reasons: Vec<&Value> =
            seen["unreadable"].as_array().unwrap().iter().map(|line| &line["reason"]).collect();
        assert!(
            reasons.iter().any(|reason| reason.as_str().unwrap().contains(expected)),
            "{expected}: {reasons:?}"
        );
        assert_eq!(import(&app, &person, &path).await["unreadable"], seen["unreadable"], "{expected}");
        assert!(sources(&app, &person).await.is_empty(), "{expected}");
    }
}

//! The export of an Apple phone: clinical records by who sent them, vital signs by day.

use std::fs;

use serde_json::{Value, json};
use wholechart_api::dispatch;

use crate::corpus::record;
use crate::importing::{ask, facts, import, preview, sources, zipped};

const ZONE: &str = "America/Chicago";

fn value(kind: &str, device: &str, unit: &str, at: &str, value: &str) -> String {
    format!(
        "<Record type=\"HKQuantityTypeIdentifier{kind}\" sourceName=\"{device}\" unit=\"{unit}\" \
         startDate=\"{at} -0600\" endDate=\"{at} -0600\" value=\"{value}\"/>\n"
    )
}

/// An export of an invented phone, with so many heart rates of one day.
fn export(rates: u32) -> String {
    let mut body = String::new();
    body += &value("BodyMass", "Scale", "lb", "2024-03-05 07:00:00", "160.40");
    body += &value("OxygenSaturation", "Watch", "%", "2024-03-05 07:00:00", "0.97");
    for minute in 0..rates {
        let at = format!("2024-03-05 08:{minute:02}:00");
        body += &value("HeartRate", "Watch", "count/min", &at, &format!("{}", 60 + minute));
    }
    let pair = [
        value("BloodPressureSystolic", "Cuff", "mmHg", "2024-03-06 07:00:00", "121"),
        value("BloodPressureDiastolic", "Cuff", "mmHg", "2024-03-06 07:00:00", "79"),
    ]
    .concat();
    body += &pair;
    body += "<Correlation type=\"HKCorrelationTypeIdentifierBloodPressure\">";
    body += &pair;
    body += "</Correlation>\n";
    body += &value("BodyMass", "Scale", "kg", "2024-03-07 07:00:00", "many");
    let sent = |file: &str, source: &str| {
        format!(
            "<ClinicalRecord type=\"x\" sourceName=\"{source}\" fhirVersion=\"4.0.1\" resourceFilePath=\"/clinical-records/{file}.json\"/>\n"
        )
    };
    body += &(sent("Condition-1", "Lakeside Clinic") + &sent("Condition-2", "Harbor &amp; Sons"));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Me)>\n<!ENTITY a \"aaaa\">\n]>\n\
         <HealthData locale=\"en_US\">\n<Me HKCharacteristicTypeIdentifierDateOfBirth=\"1955-02-07\"/>\n{body}</HealthData>\n"
    )
}

fn condition(id: &str, text: &str) -> Vec<u8> {
    json!({"resourceType": "Condition", "id": id, "clinicalStatus": {"coding": [{"code": "active"}]}, "code": {"text": text},
        "subject": {"reference": "Patient/1"}, "onsetDateTime": "2019-03-01"})
    .to_string()
    .into_bytes()
}

fn archive(export: &str) -> Vec<u8> {
    let clinical = b"<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"><id extension=\"Health Export CDA\"/></a>junk";
    zipped(&[
        ("apple_health_export/clinical-records/Condition-1.json", &condition("c1", "Gout")),
        ("apple_health_export/clinical-records/Condition-2.json", &condition("c2", "Asthma")),
        ("apple_health_export/export.xml", export.as_bytes()),
        ("apple_health_export/export_cda.xml", clinical),
    ])
}

#[tokio::test]
async fn an_export_is_previewed_taken_in_by_source_and_day_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let before = (facts(&app, &person).await, sources(&app, &person).await);
    let path = folder.path().join("export.zip");
    fs::write(&path, archive(&export(20))).unwrap();
    let seen = preview(&app, &person, &path).await;
    assert_eq!(seen["sources"], json!(["Apple Health", "Harbor & Sons", "Lakeside Clinic"]), "{seen}");
    assert_eq!((&seen["total"], &seen["known"]), (&json!(6), &json!(0)), "{seen}");
    assert_eq!(seen["period"], json!("March 1, 2019 – March 6, 2024"));
    assert!(seen["asked"].as_str().unwrap().contains("do not say whose"), "{seen}");
    let remark = seen["remarks"][0].as_str().unwrap();
    assert!(remark.contains("more than 6 in a day"), "{remark}");
    let reasons = seen["unreadable"].to_string();
    assert!(reasons.contains("the same values stand in export.xml"), "{reasons}");
    assert!(reasons.contains("one value without a clear figure or date"), "{reasons}");

    let report = import(&app, &person, &path).await;
    assert_eq!((&report["versions"], &report["entries"]), (&json!(6), &json!(6)), "{report}");
    assert_eq!(report["unreadable"], seen["unreadable"]);
    assert_eq!(sources(&app, &person).await, ["Apple Health", "Harbor & Sons", "Lakeside Clinic"]);
    let page = ask(&app, "timeline", json!({"person": person, "filter": {}, "limit": 50})).await;
    let told: Vec<String> = page["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            format!("{} | {}", row["title"].as_str().unwrap(), row["value"].as_str().unwrap_or_default())
        })
        .collect();
    println!("{told:#?}");
    let holds = |words: &[&str]| told.iter().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(holds(&["weight", "160.40"]), "{told:?}");
    assert!(holds(&["Heart rate", "60", "79"]), "{told:?}");
    assert!(holds(&["Oxygen saturation", "97"]), "{told:?}");
    assert!(holds(&["Blood pressure", "121", "79"]), "{told:?}");

    // The same again is nothing new; a later one adds what is new.
    assert_eq!(import(&app, &person, &path).await["versions"], json!(0));
    assert_eq!(preview(&app, &person, &path).await["known"], json!(6));
    fs::write(&path, archive(&export(30))).unwrap();
    let later = import(&app, &person, &path).await;
    assert_eq!(later["versions"], json!(1), "the day of the heart rates grew: {later}");
    for import in ask(&app, "imports", json!({"person": person})).await.as_array().unwrap() {
        ask(&app, "undoImport", json!({"person": person, "import": import["id"]})).await;
    }
    assert_eq!((facts(&app, &person).await, sources(&app, &person).await), before);
}

#[tokio::test]
async fn the_phone_of_somebody_else_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = record(&folder.path().join("record"), ZONE).await;
    let person = json!({ "id": null, "name": "Rosa", "birthDate": "1984-05-12", "homeZone": ZONE });
    let person = ask(&app, "savePerson", person).await["id"].as_str().unwrap().to_owned();
    let path = folder.path().join("export.xml");
    fs::write(&path, export(2)).unwrap();
    let seen = preview(&app, &person, &path).await;
    assert!(seen["asked"].as_str().unwrap().contains("born February 7, 1955"), "{seen}");
    let args = json!({"person": person, "label": null, "release": null, "paths": [path], "confirmed": false});
    assert!(dispatch(&app, "import", args).await.is_err());
    assert!(sources(&app, &person).await.is_empty());
}

#[tokio::test]
async fn one_that_is_cut_gives_what_stands_before_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let path = folder.path().join("export.xml");
    let whole = export(2);
    fs::write(&path, &whole[..whole.find("BloodPressureSystolic").unwrap()]).unwrap();
    let seen = preview(&app, &person, &path).await;
    assert!(seen["unreadable"].to_string().contains("the export ends in the middle"), "{seen}");
    let report = import(&app, &person, &path).await;
    assert_eq!((&report["versions"], &report["unreadable"]), (&json!(4), &seen["unreadable"]), "{report}");
    let values: Vec<Value> =
        ask(&app, "imports", json!({"person": person})).await.as_array().unwrap().clone();
    assert_eq!(values.len(), 1);
}

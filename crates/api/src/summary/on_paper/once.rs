//! What stood on paper twice, under a name that nobody gave it, or in a computer's words.

use super::*;

fn done(name: &str, day: &str) -> Value {
    json!({"resourceType": "Procedure", "status": "completed", "code": {"text": name}, "performedDateTime": day})
}

#[tokio::test]
async fn an_operation_by_several_names_is_one_line() {
    let lines = said(&[
        ("A", done("Appendectomy", "1999-07")),
        ("B", done("APPENDECTOMY", "1999-07")),
        ("C", done("Laparoscopic appendectomy", "1999-07")),
        ("A", done("Vaginal delivery", "2013-05-18")),
        ("B", done("Childbirth (vaginal)", "2013-05-18")),
    ])
    .await;
    let of = |word: &str| lines.iter().filter(|line| line.to_lowercase().contains(word)).count();
    assert_eq!((of("appendectomy"), of("vaginal")), (1, 1), "{lines:#?}");
    assert_eq!(has(&lines, "Vaginal birth").matches("May 18, 2013").count(), 1, "{lines:#?}");
}

#[tokio::test]
async fn a_file_is_no_provider_and_its_name_is_on_no_page() {
    let record = Record::new().await;
    let file = record.folder.path().join("Beatris270_Bogan287_5b3645de.json");
    let entries = [
        json!({"resourceType": "Patient", "id": "p", "name": [{"text": "Ida Roe"}], "birthDate": "1988-07-01", "gender": "female",
            "managingOrganization": {"display": "Harbor Clinic"}}),
        allergy("Penicillin", "active"),
    ];
    let entries: Vec<Value> = entries
        .iter()
        .enumerate()
        .map(|(n, resource)| {
            let mut resource = resource.clone();
            resource["id"] = json!(n.to_string());
            json!({"resource": resource})
        })
        .collect();
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
    std::fs::write(&file, bundle.to_string()).unwrap();
    let args =
        json!({"person": record.person, "label": null, "release": "r4", "paths": [file], "confirmed": true});
    dispatch(&record.app, "import", args).await.unwrap();
    for sheet in ["summary", "compare", "medicines", "vaccines", "emergency", "care", "results", "whole"] {
        let args = json!({"person": record.person, "sheet": sheet});
        let text = dispatch(&record.app, "summaryText", args).await.unwrap();
        let text = text.as_str().unwrap();
        assert!(!text.contains("Beatris") && !text.contains(".json"), "{sheet}: {text}");
        assert!(text.contains("July 1, 1988") && text.contains("female"), "{sheet}: {text}");
    }
}

#[tokio::test]
async fn what_one_sender_numbers_alike_is_nothing_to_ask_about() {
    let visit = |what: &str| {
        json!({"resourceType": "Encounter", "status": "finished", "class": {"code": "AMB"}, "type": [{"text": what}],
            "identifier": [{"system": "urn:visits", "value": "7"}], "period": {"start": "2026-02-28", "end": "2026-02-28"}})
    };
    let lines = said(&[("A", visit("Encounter for check up")), ("A", visit("Encounter for problem"))]).await;
    let text = lines.join("\n");
    assert!(!text.contains("same number") && !text.contains("pairs"), "{text}");
    assert!(text.contains("Encounter for check up") && text.contains("Encounter for problem"), "{text}");
}

#[tokio::test]
async fn a_way_to_take_a_medicine_is_in_words_that_people_use() {
    let mut one = order(DRUG, "2026-05-01", "active", "");
    one["dosageInstruction"] = json!([{
        "additionalInstruction": [
            {"text": "Take at regular intervals. Complete the prescribed course unless otherwise directed (qualifier value)"}
        ],
        "timing": {"repeat": {"frequency": 3, "period": 1.0, "periodUnit": "d"}},
        "doseAndRate": [{"doseQuantity": {"value": 1.0}}]
    }]);
    let lines = said(&[("A", one)]).await;
    let line = has(&lines, DRUG);
    for words in ["(qualifier value)", "1.0 days", "3x"] {
        assert!(!line.contains(words), "{words} in {line}");
    }
    assert!(line.contains("3 times a day") && line.contains("Take at regular intervals"), "{line}");
}

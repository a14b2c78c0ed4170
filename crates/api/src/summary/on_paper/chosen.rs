//! What a person chose is on the paper, and what nobody chose is not.

use super::*;
use crate::summary::choices::SensitiveKind;

/// The sheet of what these providers say, as `printing` has it.
async fn sheet(resources: &[(&str, Value)], printing: impl AsyncFnOnce(&Record) -> Printing) -> Document {
    let record = Record::new().await;
    let mut by: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (provider, resource) in resources {
        by.entry(provider).or_default().push(resource.clone());
    }
    for (provider, resources) in by {
        record.take_in(provider, &resources).await;
    }
    let printing = printing(&record).await;
    let gathered = record.gathered_for(&printing).await;
    view::sheet(&gathered, &record.app.words, ThatDay.now(), false, &printing).whole(&record.app.words)
}

fn section<'d>(document: &'d Document, title: &str) -> Option<&'d wholechart_print::Section> {
    document.sections.iter().find(|section| section.title.starts_with(title))
}

fn visit(id: &str, day: &str, what: &str, why: &str) -> Value {
    json!({"resourceType": "Encounter", "id": id, "status": "finished", "class": {"code": "AMB"},
        "type": [{"text": what}], "reasonCode": [{"text": why}], "period": {"start": day, "end": day}})
}

fn problem(name: &str, clinical: &str, category: &str) -> Value {
    json!({"resourceType": "Condition", "code": {"text": name}, "clinicalStatus": coded(clinical),
        "category": [coded(category)], "recordedDate": "2026-02-01"})
}

/// A visit's diagnosis, of which nobody says that it is still so.
fn seen(name: &str) -> Value {
    json!({"resourceType": "Condition", "code": {"text": name}, "category": [coded("encounter-diagnosis")],
        "recordedDate": "2026-02-01"})
}

#[tokio::test]
async fn who_prescribed_a_medicine_is_on_the_list() {
    let mut one = order(DRUG, "2026-05-01", "active", "one");
    one["requester"] = json!({"display": "Ada Kim, MD"});
    let lines = said(&[("A", one)]).await;
    assert!(has(&lines, DRUG).contains("| Ada Kim, MD |"), "{lines:#?}");
}

#[tokio::test]
async fn what_changed_since_the_last_visit_is_told_as_facts_carry_it() {
    let ended = json!({"resourceType": "MedicationStatement", "status": "stopped",
        "medicationCodeableConcept": {"text": "Metformin 500 mg tablet"},
        "effectivePeriod": {"start": "2020-01-01", "end": "2026-06-02"}});
    let mut potassium = result("Potassium", "2026-06-03", &json!({"value": 5.9, "unit": "mmol/L"}));
    potassium["interpretation"] = json!([coded("H")]);
    let all = [
        ("A", visit("v1", "2026-05-01", "Office visit", "Knee pain")),
        ("A", visit("v0", "2025-05-01", "Office visit", "Knee pain")),
        ("A", ended),
        ("A", potassium),
        ("B", order("Apixaban 5 mg tablet", "2026-06-01", "active", "1 tablet twice a day")),
        ("B", order("Lisinopril 10 mg tablet", "2022-05-01", "stopped", "1 tablet every day")),
        ("B", order("Lisinopril 20 mg tablet", "2026-06-05", "active", "1 tablet every day")),
        ("B", order("Atorvastatin 20 mg tablet", "2024-06-05", "active", "1 tablet every day")),
    ];
    let document = sheet(&all, async |_| Printing::default()).await;
    let changed = section(&document, "Since the visit of May 1, 2026 to A").expect("what changed");
    let told = changed.lines.join("\n");
    for words in [
        "New medicine: Apixaban (5 mg",
        "Stopped: Metformin 500 mg",
        "New dose: Lisinopril (20 mg",
        "New results out of range: Potassium 5.9 mmol/L",
    ] {
        assert!(told.contains(words), "{words} is not in {told}");
    }
    assert!(!told.contains("Atorvastatin"), "{told}");
    let calm = sheet(&all[..2], async |_| Printing::default()).await;
    assert!(section(&calm, "Since").is_none(), "that nothing changed is what nobody knows");
    let without =
        Printing { without: vec![crate::summary::choices::SheetSection::Changed], ..Printing::default() };
    assert!(section(&sheet(&all, async |_| without).await, "Since the visit").is_none());
}

#[tokio::test]
async fn what_is_sensitive_is_printed_when_it_was_chosen_kind_by_kind() {
    let all = [
        ("A", seen("Adjustment disorder")),
        ("A", problem("Alcohol use disorder", "active", "problem-list-item")),
        ("A", visit("v1", "2026-05-01", "Office visit", "Low mood")),
        ("A", visit("v2", "2026-05-02", "Office visit", "Knee pain")),
        ("A", result("HIV 1+2 antibody", "2026-05-02", &json!({"value": 1, "unit": "index"}))),
        ("A", result("Sodium", "2026-05-02", &json!({"value": 140, "unit": "mmol/L"}))),
    ];
    let text = |document: &Document| lines(document).join("\n");
    let unasked = text(&sheet(&all, async |_| Printing::default()).await);
    for words in ["djustment", "Low mood", "HIV"] {
        assert!(!unasked.contains(words), "{words} in {unasked}");
    }
    for words in ["Alcohol use disorder", "Office visit", "Sodium"] {
        assert!(unasked.contains(words), "{words} is not in {unasked}");
    }
    let with = Printing { with_sensitive: vec![SensitiveKind::Mental], ..Printing::default() };
    let told = text(&sheet(&all, async |_| with).await);
    assert!(told.contains("Also seen for: Adjustment disorder") && !told.contains("HIV"), "{told}");
    let with = Printing {
        with_sensitive: vec![SensitiveKind::Hiv],
        without_sensitive: vec![SensitiveKind::Mental],
        ..Printing::default()
    };
    let told = text(&sheet(&all, async |_| with).await);
    assert!(told.contains("HIV 1+2 antibody") && !told.contains("djustment"), "{told}");
    assert!(told.contains("chose to leave some information out"), "{told}");
}

#[tokio::test]
async fn what_there_is_to_ask_about_is_told_by_kind() {
    let record = Record::new().await;
    let all = [
        seen("Adjustment disorder"),
        visit("v1", "2026-05-01", "Office visit", "Low mood"),
        result("HIV 1+2 antibody", "2026-05-02", &json!({"value": 1, "unit": "index"})),
        problem("Opioid use disorder", "active", "problem-list-item"),
    ];
    record.take_in("A", &all).await;
    let view = dispatch(&record.app, "printing", json!({"person": record.person})).await.unwrap();
    let found: Vec<(&str, &Value, bool)> = view["sensitive"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["kind"].as_str().unwrap(), &one["names"], one["toAsk"] == true))
        .collect();
    let (mental, hiv) = (json!(["Adjustment disorder", "Low mood"]), json!(["HIV 1+2 antibody"]));
    assert_eq!(
        found,
        [("mental", &mental, true), ("hiv", &hiv, true)],
        "a current problem is always proposed"
    );
    assert_eq!(view["problems"][0]["name"], "Opioid use disorder");
}

#[tokio::test]
async fn a_sheet_about_one_problem_has_what_belongs_to_it_and_keeps_what_is_always_there() {
    let mut for_it = order("Lisinopril 10 mg tablet", "2026-01-05", "active", "1 tablet every day");
    for_it["reasonCode"] = json!([{"text": "Essential hypertension"}]);
    let mut measured = result("Potassium", "2026-05-01", &json!({"value": 4.4, "unit": "mmol/L"}));
    measured["encounter"] = json!({"reference": "Encounter/v1"});
    let all = [
        ("A", problem("Essential hypertension", "active", "problem-list-item")),
        ("B", problem("Asthma", "active", "problem-list-item")),
        ("A", for_it),
        ("B", order("Albuterol inhaler", "2026-01-05", "active", "as needed")),
        ("A", visit("v1", "2026-05-01", "Office visit", "Hypertension")),
        ("B", visit("v2", "2026-05-02", "Office visit", "Wheezing")),
        ("A", measured),
        ("A", result("Sodium", "2026-05-02", &json!({"value": 140, "unit": "mmol/L"}))),
        ("A", allergy("Penicillin", "active")),
    ];
    let about = async |record: &Record| {
        let topics =
            dispatch(&record.app, "topics", json!({"person": record.person, "kind": "problem"})).await;
        let topics = topics.unwrap();
        let found = topics.as_array().unwrap().iter().find(|one| one["name"] == "High blood pressure");
        let problem = found.expect("the problem")["id"].as_str().map(ToOwned::to_owned);
        Printing { problem, ..Printing::default() }
    };
    let document = sheet(&all, about).await;
    let on_it = section(&document, "About High blood pressure").expect("a section on it");
    let rows: Vec<&str> = on_it.rows.iter().map(|row| row.cells[0].lead.as_str()).collect();
    assert!(rows.contains(&"Lisinopril") && !rows.contains(&"Albuterol"), "{rows:?}");
    let text = lines(&document).join("\n");
    for words in [
        "Penicillin",
        "Albuterol",
        "Asthma",
        "Potassium",
        "Office visit",
        "This sheet is about High blood pressure",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    assert!(!text.contains("Sodium"), "{text}");
    assert_eq!(text.matches("Office visit").count(), 1, "{text}");
    let gone =
        sheet(&all, async |_| Printing { problem: Some("none".to_owned()), ..Printing::default() }).await;
    assert!(lines(&gone).join("\n").contains("Sodium"), "a problem that is gone narrows nothing");
}

#[tokio::test]
async fn without_who_says_so_no_mark_is_left_and_nothing_else_is_lost() {
    let all = [
        ("A", allergy("No known allergies", "active")),
        ("A", order(DRUG, "2026-05-01", "active", "1 tablet twice a day")),
        ("B", order(DRUG, "2026-05-01", "active", "2 tablets three times a day")),
    ];
    let document = sheet(&all, async |_| Printing { tellers: false, ..Printing::default() }).await;
    assert!(document.sources.is_empty());
    assert!(document.sections.iter().flat_map(|one| &one.rows).all(|row| row.sources.is_empty()));
    let said = lines(&document);
    has(&said, "No known allergies.");
    let line = has(&said, &format!("{DRUG} (providers disagree)"));
    assert!(line.contains("1 tablet twice a day; 2 tablets three times a day"), "{line}");
    assert!(
        said.iter().any(|line| line.contains("A says") || line.contains("A:") || line.contains("A ")),
        "{said:#?}"
    );
}

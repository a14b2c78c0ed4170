//! Kinds of sheets of a few invented records.

use super::*;
use crate::summary::choices::{ChosenTest, SensitiveKind};
use crate::trends::wire::TestKind;

impl Record {
    async fn sheet(&self, kind: SheetKind, printing: Printing) -> Document {
        let (words, person) = (Arc::clone(&self.app.words), self.person.clone());
        let made = self.app.ask(move |store| {
            let mut on = |_, _| ControlFlow::Continue(());
            kinds::document(kind, store, &words, &person, ThatDay.now(), false, &printing, &mut on)
        });
        made.await.unwrap().0
    }
}

fn potassium(day: &str, value: f64) -> Value {
    let mut one = result("Potassium", day, &json!({"value": value, "unit": "mmol/L"}));
    one["code"]["coding"] = json!([{"system": "http://loinc.org", "code": "2823-3"}]);
    one["referenceRange"] = json!([{"low": {"value": 3.5}, "high": {"value": 5.1}}]);
    one
}

#[tokio::test]
async fn tests_over_time_tell_the_latest_the_one_before_and_who_says_so() {
    let record = Record::new().await;
    record.take_in("A", &[potassium("2024-02-11", 4.0), potassium("2026-02-11", 5.9)]).await;
    let mut words = potassium("2025-06-01", 0.0);
    words["valueQuantity"] = Value::Null;
    words["valueString"] = json!("hemolyzed");
    record.take_in("B", &[potassium("2025-02-11", 4.4), words]).await;
    let amount = json!({"value": 140, "unit": "mmol/L"});
    record
        .take_in(
            "C",
            &[result("Sodium", "2026-02-11", &amount), result("HIV antibody", "2026-02-11", &amount)],
        )
        .await;
    let document = record.sheet(SheetKind::Results, Printing::default()).await;
    let trends: Vec<_> = document.sections.iter().flat_map(|section| &section.trends).collect();
    let [one] = trends.as_slice() else { panic!("what is followed: {trends:#?}") };
    assert_eq!(one.title, "Potassium");
    assert!(one.latest.lead.starts_with("5.9 mmol/L  \u{2191} high (February 11, 2026"), "{one:?}");
    assert_eq!(one.sources, ["A"]);
    let said = one.lines.join("\n");
    for words in [
        "Normal range: 3.5",
        "Before: hemolyzed (June 1, 2025",
        "4 values since February 11, 2024",
        "1 value is not drawn",
    ] {
        assert!(said.contains(words), "{words} is not in {said}");
    }
    let chart = one.chart.as_ref().expect("a chart");
    let drawn: Vec<(f64, usize)> = chart.series[0].iter().map(|spot| (spot.value, spot.teller)).collect();
    assert_eq!(drawn, [(4.0, 0), (4.4, 1), (5.9, 0)]);
    assert_eq!(chart.tellers, ["A", "B"]);
    assert_eq!((chart.series[0][0].low, chart.series[0][0].high), (Some(3.5), Some(5.1)));
    assert!(lines(&document).join("\n").contains("2 other tests"), "{document:#?}");

    let tests = dispatch(
        &record.app,
        "tests",
        json!({"person": record.person, "kind": "result", "cursor": null, "limit": 50}),
    );
    let tests = tests.await.unwrap();
    let thing = |title: &str| {
        let all = tests["tests"].as_array().unwrap();
        all.iter().find(|one| one["title"] == title).unwrap()["test"].as_str().unwrap().to_owned()
    };
    let choose = |titles: &[&str]| -> Vec<ChosenTest> {
        titles.iter().map(|title| ChosenTest { kind: TestKind::Result, test: thing(title) }).collect()
    };
    let chosen = Printing { tests: choose(&["Sodium", "HIV antibody"]), ..Printing::default() };
    let titles = |document: &Document| -> Vec<String> {
        document.sections.iter().flat_map(|one| &one.trends).map(|one| one.title.clone()).collect()
    };
    assert_eq!(titles(&record.sheet(SheetKind::Results, chosen.clone()).await), ["Sodium"]);
    let with = Printing { with_sensitive: vec![SensitiveKind::Hiv], ..chosen };
    assert_eq!(titles(&record.sheet(SheetKind::Results, with).await).len(), 2);
}

#[tokio::test]
async fn a_blood_pressure_is_two_lines_and_a_value_beyond_what_is_measured_says_so() {
    let record = Record::new().await;
    let part = |code: &str, value: u32| {
        json!({"code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "valueQuantity": {"value": value, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}})
    };
    let pressure = |day: &str, upper: u32, lower: u32| {
        json!({"resourceType": "Observation", "status": "final", "category": [coded("vital-signs")],
            "code": {"text": "Blood pressure", "coding": [{"system": "http://loinc.org", "code": "85354-9"}]},
            "effectiveDateTime": day, "component": [part("8480-6", upper), part("8462-4", lower)]})
    };
    let ferritin =
        |day: &str| result("Ferritin", day, &json!({"value": 1000, "comparator": ">", "unit": "ng/mL"}));
    let all = [
        pressure("2025-02-11", 128, 82),
        pressure("2026-02-11", 142, 91),
        ferritin("2025-02-11"),
        ferritin("2026-02-11"),
    ];
    record.take_in("A", &all).await;
    let document = record.sheet(SheetKind::Results, Printing::default()).await;
    let trends: Vec<_> = document.sections.iter().flat_map(|section| &section.trends).collect();
    let of =
        |title: &str| trends.iter().find(|one| one.title == title).unwrap_or_else(|| panic!("{trends:#?}"));
    let series = &of("Blood pressure").chart.as_ref().unwrap().series;
    let values = |at: usize| series[at].iter().map(|spot| spot.value).collect::<Vec<_>>();
    assert_eq!((values(0), values(1)), (vec![128.0, 142.0], vec![82.0, 91.0]));
    assert!(of("Blood pressure").latest.lead.starts_with("142/91 mmHg"), "{trends:#?}");
    assert_eq!(of("Ferritin").chart.as_ref().unwrap().series[0][0].beyond, Some(true));
}

#[tokio::test]
async fn the_whole_record_has_every_fact_with_all_its_values() {
    let record = Record::new().await;
    let mut all: Vec<Value> =
        (1..=9).map(|month| potassium(&format!("2025-0{month}-11"), f64::from(month))).collect();
    all.push(order("Metformin 500 mg tablet", "2019-05-01", "stopped", "one"));
    all.push(order("Metformin 1000 mg tablet", "2024-05-01", "active", "two"));
    all.push(json!({"resourceType": "DocumentReference", "status": "current", "type": {"text": "Discharge letter"},
        "date": "2025-03-04T10:00:00Z", "content": [{"attachment": {"contentType": "text/plain", "data": "aGVsbG8="}}]}));
    all.push(json!({"resourceType": "Encounter", "status": "finished", "class": {"code": "AMB"},
        "type": [{"text": "Office visit"}], "reasonCode": [{"text": "Low mood"}], "period": {"start": "2025-03-04"}}));
    all.push(json!({"resourceType": "Coverage", "status": "active", "type": {"text": "Blue plan"}}));
    record.take_in("A", &all).await;
    let facts = Arc::new(std::sync::Mutex::new(Vec::new()));
    let each = Arc::clone(&facts);
    record.app.facts(Some(record.person.clone()), move |one| each.lock().unwrap().push(one)).await.unwrap();
    let with = Printing { with_sensitive: vec![SensitiveKind::Mental], ..Printing::default() };
    let document = record.sheet(SheetKind::Whole, with).await;
    let text = lines(&document).join("\n");
    for fact in facts.lock().unwrap().iter() {
        let title = fact["title"].as_str().unwrap();
        assert!(text.contains(title), "{title} is not in {text}");
    }
    for words in [
        "9.0 mmol/L \u{2191} high (Sep 11, 2025, A) \u{b7} 8.0 mmol/L",
        "Metformin 500 mg tablet; no longer taken",
        "Discharge letter",
        "Low mood",
        "Blue plan",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    assert!(document.contents.is_some() && document.index.is_some());
    let unasked = record.sheet(SheetKind::Whole, Printing::default()).await;
    let text = lines(&unasked).join("\n");
    assert!(
        !text.contains("Low mood") && text.contains("1 record that the patient chose to leave out"),
        "{text}"
    );
}

#[tokio::test]
async fn a_whole_record_that_is_stopped_is_not_printed() {
    let record = Record::new().await;
    let all: Vec<Value> = (0..250)
        .map(|day| {
            potassium(&format!("20{:02}-0{}-1{}", day / 72, 1 + day / 8 % 9, day % 8), 4.0 + f64::from(day))
        })
        .collect();
    record.take_in("A", &all).await;
    let (words, person) = (Arc::clone(&record.app.words), record.person.clone());
    let made = record.app.ask(move |store| {
        let mut told = 0;
        let mut stop = |done: u64, total: u64| {
            assert!(done <= total);
            told += 1;
            ControlFlow::Break(())
        };
        let printing = Printing::default();
        let made = kinds::document(
            SheetKind::Whole,
            store,
            &words,
            &person,
            ThatDay.now(),
            false,
            &printing,
            &mut stop,
        );
        Ok((made.map(drop), told))
    });
    let (made, told) = made.await.unwrap();
    assert!(matches!(made, Err(wholechart_store::StoreError::Cancelled)), "{made:?}");
    assert_eq!(told, 1);
}

#[tokio::test]
async fn the_care_history_says_nothing_sensitive_unasked() {
    let record = Record::new().await;
    let visit = |id: &str, why: &str| {
        json!({"resourceType": "Encounter", "id": id, "status": "finished", "class": {"code": "AMB"},
            "reasonCode": [{"text": why}], "period": {"start": "2025-03-04", "end": "2025-03-04"}})
    };
    record.take_in("A", &[visit("1", "Low mood"), visit("2", "Knee pain")]).await;
    let text = |document: &Document| lines(document).join("\n");
    let unasked = text(&record.sheet(SheetKind::Care, Printing::default()).await);
    assert!(unasked.contains("Knee pain") && !unasked.contains("Low mood"), "{unasked}");
    let with = Printing { with_sensitive: vec![SensitiveKind::Mental], ..Printing::default() };
    assert!(text(&record.sheet(SheetKind::Care, with).await).contains("Low mood"));
}

#[tokio::test]
async fn a_record_that_was_made_as_a_sample_says_so_on_every_page_however_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let app = Record::opened(&folder, true).await;
    app.settle().await;
    let person = json!({"id": null, "name": "Ida Roe", "birthDate": null, "homeZone": "America/Chicago"});
    let person = dispatch(&app, "savePerson", person).await.unwrap()["id"].clone();
    drop(app);
    let app = Record::opened(&folder, false).await;
    for sheet in ["summary", "compare", "medicines", "vaccines", "emergency", "care", "results", "whole"] {
        let printing = json!({"questions": "Why?\n".repeat(60)});
        let args = json!({"person": person, "paper": "letter", "sheet": sheet, "printing": printing});
        let view = dispatch(&app, "summary", args).await.unwrap();
        let pages = view["pages"].as_array().unwrap();
        assert!(pages.len() > usize::from(sheet == "summary"), "{sheet}");
        for page in pages {
            assert!(page.as_str().unwrap().contains("Sample: invented person"), "{sheet}");
        }
    }
    let record = Record::new().await;
    let args = json!({"person": record.person, "paper": "letter", "sheet": "summary"});
    let view = dispatch(&record.app, "summary", args).await.unwrap();
    assert!(!view["pages"][0].as_str().unwrap().contains("Sample:"), "nobody's real record is a sample");
}

#[tokio::test]
async fn a_sheet_is_copied_as_text() {
    let record = Record::new().await;
    record
        .take_in("A", &[order(DRUG, "2026-05-01", "active", "1 tablet"), potassium("2026-02-11", 5.9)])
        .await;
    for (sheet, words) in [
        ("summary", "- Lorvadine 5 mg oral tablet | How to take it: 1 tablet"),
        ("results", "- Potassium: 5.9 mmol/L"),
    ] {
        let args = json!({"person": record.person, "sheet": sheet});
        let text = dispatch(&record.app, "summaryText", args).await.unwrap();
        assert!(text.as_str().unwrap().contains(words), "{words} is not in {text}");
    }
    assert!(dispatch(&record.app, "openSaved", json!({})).await.is_err(), "nothing was saved");
}

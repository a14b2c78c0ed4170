//! What a person reads of a few invented records: on the first page, in lists, on the timeline.

use std::{fs, sync::Arc};

use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_api::{App, dispatch};

use crate::corpus::{record, take_in};

/// A record of one provider's resources, on July 1, 2026.
struct Shown {
    /// Holds the files.
    folder: TempDir,
    app: Arc<App>,
    person: String,
}

impl Shown {
    async fn of(resources: &[Value]) -> Shown {
        let folder = tempfile::tempdir().unwrap();
        let (app, person) = record(&folder.path().join("record"), "America/Chicago").await;
        let shown = Shown { folder, app, person };
        shown.receives("Summit", resources).await;
        shown
    }

    /// What another provider says, or the same one anew.
    async fn receives(&self, label: &str, resources: &[Value]) {
        let entries: Vec<Value> = resources.iter().map(|resource| json!({"resource": resource})).collect();
        let files = self.folder.path().join(label);
        fs::create_dir_all(&files).unwrap();
        let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
        fs::write(files.join("bundle.json"), bundle.to_string()).unwrap();
        let taken = take_in(&self.app, &self.person, label, &files).await;
        assert_eq!(taken["unreadable"], json!([]), "{taken}");
    }

    /// The answer to a command about this person.
    async fn ask(&self, command: &str, mut args: Value) -> Value {
        args["person"] = json!(self.person);
        dispatch(&self.app, command, args).await.unwrap()
    }

    async fn home(&self) -> Value {
        self.ask("home", json!({})).await
    }

    async fn list(&self, list: &str) -> Vec<Value> {
        let page = self.ask("list", json!({"list": list, "filter": {}, "limit": 100})).await;
        page["rows"].as_array().unwrap().clone()
    }

    async fn timeline(&self) -> Vec<Value> {
        let page = self.ask("timeline", json!({"filter": {}, "limit": 100})).await;
        page["rows"].as_array().unwrap().clone()
    }
}

fn medicine(more: Value) -> Value {
    let mut medicine = json!({"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order",
        "medicationCodeableConcept": {"text": "Warfarin"}, "authoredOn": "2026-03-04"});
    let Value::Object(more) = more else { panic!("members") };
    medicine.as_object_mut().unwrap().extend(more);
    medicine
}

#[tokio::test]
async fn a_medicine_on_hold_says_so_wherever_it_is_current() {
    let shown = Shown::of(&[medicine(json!({"status": "on-hold"}))]).await;
    assert_eq!(shown.home().await["medicines"][0]["row"]["statusText"], "on hold");
    assert_eq!(shown.list("medicines").await[0]["row"]["statusText"], "on hold");
    assert_eq!(shown.timeline().await[0]["statusText"], "on hold");
}

#[tokio::test]
async fn an_illness_is_over_by_whoever_does_not_list_it_again_since() {
    let anxiety = |id: &str, status: &str, recorded: &str| {
        let onset = if id == "a" { "2010-03-01" } else { "2012-09-09" };
        json!({"resourceType": "Condition", "id": id, "code": {"text": "Anxiety"}, "onsetDateTime": onset,
            "recordedDate": recorded, "clinicalStatus": {"coding": [{"code": status}]},
            "category": [{"coding": [{"code": "problem-list-item"}]}]})
    };
    let told = async |resolved: &str| {
        let facts = [anxiety("a", "active", "2018-05-04"), anxiety("b", "resolved", resolved)];
        let problems = Shown::of(&facts).await.home().await["problems"].clone();
        assert_eq!(problems.as_array().unwrap().len(), 1, "{problems}");
        problems[0]["told"].as_array().unwrap().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert!(told("2015-02-03").await.is_empty(), "listed again since");
    let both = told("2021-02-03").await;
    assert!(both.len() == 1 && both[0].contains("both as current and as over"), "{both:?}");
}

#[tokio::test]
async fn a_medicine_that_is_taken_again_is_taken_since_then() {
    let taken = |id: &str, status: &str, period: Value| {
        json!({"resourceType": "MedicationStatement", "id": id, "status": status,
            "medicationCodeableConcept": {"text": "Lisinopril 10 mg tablet"}, "effectivePeriod": period})
    };
    for (again, since) in [("2020-03-01", "March 1, 2020"), ("2012-09-01", "January 5, 2010")] {
        let shown = Shown::of(&[
            taken("a", "completed", json!({"start": "2010-01-05", "end": "2012-02-01"})),
            taken("b", "active", json!({"start": again})),
        ])
        .await;
        let row = shown.list("medicines").await[0].to_string();
        assert!(row.contains(since), "{row}");
    }
}

#[tokio::test]
async fn every_instruction_and_every_reaction_is_said() {
    let doses = json!({"dosageInstruction": [{"text": "1 in the morning"}, {"text": "2 at night"}]});
    let shown = Shown::of(&[
        medicine(doses),
        json!({"resourceType": "AllergyIntolerance", "id": "a", "code": {"text": "Peanut"}, "criticality": "high",
            "clinicalStatus": {"coding": [{"code": "active"}]},
            "reaction": [{"manifestation": [{"text": "Hives"}]}, {"manifestation": [{"text": "Anaphylaxis"}]}]}),
        json!({"resourceType": "AllergyIntolerance", "id": "b", "code": {"text": "Pollen"}, "criticality": "low",
            "clinicalStatus": {"coding": [{"code": "active"}]}}),
    ])
    .await;
    let both = "1 in the morning; 2 at night";
    let home = shown.home().await;
    assert_eq!(home["medicines"][0]["beside"], both);
    assert_eq!(shown.list("medicines").await[0]["cells"][0], both);
    let timeline = shown.timeline().await;
    assert!(timeline.iter().any(|row| row["second"] == both), "{timeline:?}");
    assert_eq!(home["allergies"][0]["beside"], "high risk of a serious reaction; Anaphylaxis; Hives");
    assert_eq!(home["allergies"][1]["beside"], Value::Null);
}

#[tokio::test]
async fn a_course_whose_end_is_over_is_not_plainly_current() {
    let course = |id: &str, name: &str, more: Value| {
        let mut course = json!({"resourceType": "MedicationStatement", "id": id, "status": "active",
            "medicationCodeableConcept": {"text": name},
            "effectivePeriod": {"start": "2025-12-02", "end": "2026-02-12"}});
        let Value::Object(more) = more else { panic!("members") };
        course.as_object_mut().unwrap().extend(more);
        course
    };
    let shown = Shown::of(&[
        course("a", "Amoxicillin", json!({})),
        course("b", "Doxycycline", json!({"effectivePeriod": {"start": "2026-06-12", "end": "2026-12-12"}})),
        course("c", "Lisinopril", json!({"dateAsserted": "2026-05-05"})),
    ])
    .await;
    let home = shown.home().await;
    let titles = |list: &Value| -> Vec<String> {
        let list = list.as_array().unwrap().iter();
        list.map(|one| one["row"]["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        titles(&home["doubtful"]),
        ["Amoxicillin", "Lisinopril"],
        "also what was said to have ended later"
    );
    assert_eq!(titles(&home["medicines"]), ["Doxycycline"], "it goes on");
    let said = &home["doubtful"][0]["reviewed"];
    assert_eq!(said, "was to end February 12, 2026; ordered or reviewed December 2, 2025, Summit");
    let list = shown.list("medicines").await;
    let doubts: Vec<(&Value, &Value)> =
        list.iter().map(|one| (&one["row"]["title"], &one["doubt"])).collect();
    for (title, doubt) in doubts {
        let over = title != "Doxycycline";
        assert_eq!(*doubt, if over { json!("was to end February 12, 2026") } else { Value::Null }, "{title}");
    }
}

#[tokio::test]
async fn a_medicine_is_taken_since_it_was_first_ordered() {
    let order = |id: &str, day: &str, status: &str, dose: &str| {
        json!({"resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order", "authoredOn": day,
            "medicationCodeableConcept": {"text": "Metformin 500 mg tablet"}, "dosageInstruction": [{"text": dose}]})
    };
    let shown = Shown::of(&[
        order("1", "2019-03-01T14:20:00Z", "completed", "one a day"),
        order("2", "2026-04-01T09:00:00Z", "active", "two a day"),
        order("3", "2022-06-01T09:00:00Z", "completed", "one a day"),
        order("4", "2019", "completed", "one a day"),
        json!({"resourceType": "Condition", "id": "c", "code": {"text": "Asthma"}, "onsetDateTime": "2010-05-01T08:00:00Z",
            "clinicalStatus": {"coding": [{"code": "active"}]}}),
    ])
    .await;
    let list = shown.list("medicines").await;
    assert_eq!(list.len(), 1);
    assert_eq!(list[0]["cells"][0], "two a day", "as the newest order says");
    assert_eq!(list[0]["cells"][1], "March 1, 2019");
    assert_eq!(shown.list("problems").await[0]["cells"][0], "May 1, 2010", "the hour says nothing");
    assert_eq!(shown.home().await["medicines"].as_array().map(Vec::len), Some(1), "and it is current");
}

#[tokio::test]
async fn each_source_says_its_own_value_and_day() {
    let weight = |id: &str, when: &str, value: &str| {
        let text = format!(
            r#"{{"resourceType": "Observation", "id": "{id}", "status": "final", "effectiveDateTime": "{when}",
            "category": [{{"coding": [{{"code": "vital-signs"}}]}}],
            "code": {{"text": "Weight", "coding": [{{"system": "http://loinc.org", "code": "29463-7"}}]}},
            "valueQuantity": {{"value": {value}, "unit": "kg"}}}}"#
        );
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let shown = Shown::of(&[weight("a", "2026-03-04", "98.21412318")]).await;
    let row = shown.timeline().await[0].clone();
    assert_eq!(row["value"], "216.5 lb (98.2 kg)");
    let page = shown.ask("fact", json!({"fact": row["id"]})).await;
    let source = &page["sources"][0];
    assert_eq!((&source["value"], &source["dayText"]), (&json!("98.21412318 kg"), &json!("March 4, 2026")));

    let shown =
        Shown::of(&[medicine(json!({"dosageInstruction": [{"text": "1 daily"}], "authoredOn": null}))]).await;
    let page = shown.ask("fact", json!({"fact": shown.timeline().await[0]["id"]})).await;
    let source = &page["sources"][0];
    assert_eq!((&source["value"], &source["dayText"]), (&json!("1 daily"), &json!("Date not stated")));
}

#[tokio::test]
async fn a_table_over_time_is_read_at_a_glance_and_says_which_way_a_value_is_critical() {
    let glucose = |id: &str, when: &str, value: &str, flag: &str| {
        let text = format!(
            r#"{{"resourceType": "Observation", "id": "{id}", "status": "final", "effectiveDateTime": "{when}",
            "category": [{{"coding": [{{"code": "laboratory"}}]}}],
            "code": {{"text": "Glucose", "coding": [{{"system": "http://loinc.org", "code": "2345-7"}}]}},
            "valueQuantity": {{"value": {value}, "unit": "mg/dL"}},
            "interpretation": [{{"coding": [{{"code": "{flag}"}}]}}]}}"#
        );
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let shown = Shown::of(&[
        glucose("a", "2026-03-04", "412.21412318", "HH"),
        glucose("b", "2026-02-04", "31.5", "LL"),
    ])
    .await;
    let row = shown.timeline().await[0].clone();
    assert_eq!((&row["value"], &row["flag"]), (&json!("412.2 mg/dL"), &json!("critical-high")));
    assert_eq!(row["flagText"], "very high: flagged as critical");
    let test = json!({"kind": "result", "test": "analyte glucose", "limit": 10});
    let trend = shown.ask("trend", test).await;
    assert_eq!(trend["rows"][0]["row"]["value"], "412.2 mg/dL", "as it is read; its page has every figure");
    assert_eq!(trend["rows"][1]["row"]["flagText"], "very low: flagged as critical");
    assert_eq!(trend["rows"][1]["points"][0]["flag"], "critical-low");
}

#[tokio::test]
async fn a_range_over_time_is_read_and_drawn_as_one() {
    let glucose = |id: &str, when: &str, range: Value| {
        json!({"resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": when,
            "category": [{"coding": [{"code": "laboratory"}]}],
            "code": {"text": "Glucose", "coding": [{"system": "http://loinc.org", "code": "2345-7"}]}, "valueRange": range})
    };
    let bound = |value: u32| json!({"value": value, "unit": "mg/dL"});
    let shown = Shown::of(&[
        glucose("a", "2026-03-04", json!({"low": bound(70), "high": bound(99)})),
        glucose("b", "2026-02-04", json!({"low": bound(400)})),
    ])
    .await;
    let trend = shown.ask("trend", json!({"kind": "result", "test": "analyte glucose", "limit": 10})).await;
    let (two, one) = (&trend["rows"][0], &trend["rows"][1]);
    assert_eq!(two["row"]["value"], "70\u{2013}99 mg/dL");
    assert_eq!((&two["points"][0]["number"], &two["points"][0]["to"]), (&json!(70.0), &json!(99.0)));
    assert_eq!(two["notDrawn"], Value::Null);
    assert_eq!(one["points"][0]["to"], Value::Null);
    assert_eq!((&one["points"][0]["number"], &one["points"][0]["comparator"]), (&json!(400.0), &json!(">=")));
    assert_eq!(one["notDrawn"], Value::Null);
}

#[tokio::test]
async fn all_that_is_new_can_be_read_and_looking_can_be_taken_back() {
    let vaccine = |n: usize| {
        json!({"resourceType": "Immunization", "id": format!("{n}"), "status": "completed",
            "vaccineCode": {"text": format!("Vaccine {n}")}, "occurrenceDateTime": format!("2020-01-{:02}", n + 1)})
    };
    let shown = Shown::of(&(0..9).map(vaccine).collect::<Vec<_>>()).await;
    let news = shown.home().await["news"].clone();
    let first = news["rows"].as_array().unwrap().len();
    assert_eq!(first + usize::try_from(news["more"].as_u64().unwrap()).unwrap(), 9);
    let page = shown.ask("news", json!({"skip": first, "limit": 500})).await;
    assert_eq!((page["rows"].as_array().unwrap().len(), &page["more"]), (9 - first, &json!(0)));
    assert!(
        page["rows"].as_array().unwrap().iter().all(|row| !news["rows"].as_array().unwrap().contains(row))
    );

    let before = shown.ask("seen", json!({"upTo": news["upTo"]})).await;
    assert_eq!(before, 0, "never before");
    assert_eq!(shown.home().await["news"]["text"], Value::Null);
    shown.ask("seen", json!({"upTo": before})).await;
    assert_eq!(shown.home().await["news"], news);
}

#[tokio::test]
async fn what_is_only_old_is_not_said_to_be_missing() {
    let result = |id: &str, status: &str| {
        json!({"resourceType": "Observation", "id": id, "status": status, "code": {"text": format!("Test {id}")},
            "category": [{"coding": [{"code": "laboratory"}]}], "effectiveDateTime": "2019-03-04",
            "valueQuantity": {"value": 4, "unit": "mmol/L"}})
    };
    let shown = Shown::of(&[
        result("a", "final"),
        result("b", "entered-in-error"),
        medicine(json!({"status": "stopped"})),
    ])
    .await;
    let home = shown.home().await;
    assert_eq!(
        (&home["results"], &home["medicines"]),
        (&json!([]), &json!([])),
        "nothing is recent or current"
    );
    let held = json!({"results": 1, "vitals": 0, "medicines": 1, "problems": 0, "allergies": 0});
    assert_eq!(home["held"], held, "and yet there is something");
}

#[tokio::test]
async fn reports_and_pictures_are_among_the_documents_and_each_says_what_it_is() {
    let radiology = json!([{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "RAD",
        "display": "Radiology"}]}]);
    let shown = Shown::of(&[
        json!({"resourceType": "DocumentReference", "id": "d", "status": "current", "description": "Going home",
            "type": {"text": "Discharge summary"}, "date": "2026-03-05T10:00:00Z",
            "content": [{"attachment": {"contentType": "text/plain", "data": "V29yZHMu"}}]}),
        json!({"resourceType": "DiagnosticReport", "id": "r", "status": "final", "code": {"text": "Chest X-ray"},
            "category": radiology, "effectiveDateTime": "2026-03-04"}),
        json!({"resourceType": "ImagingStudy", "id": "i", "status": "available", "description": "Knee",
            "started": "2026-03-03"}),
    ])
    .await;
    let rows = shown.list("documents").await;
    let told: Vec<(&Value, &Value)> =
        rows.iter().map(|one| (&one["row"]["title"], &one["cells"][2])).collect();
    let said = [
        (json!("Going home"), json!("Document; Discharge summary")),
        (json!("Chest X-ray"), json!("Report; Radiology")),
        (json!("Knee"), json!("Imaging")),
    ];
    assert_eq!(told, said.iter().map(|(title, kind)| (title, kind)).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_was_refused_was_not_given_and_no_lot_stands_beside_another_day() {
    let vaccine = |id: &str, name: &str, day: &str, status: &str| {
        json!({"resourceType": "Immunization", "id": id, "status": status, "occurrenceDateTime": day,
            "lotNumber": format!("LOT-{id}"), "vaccineCode": {"text": name}})
    };
    let shown = Shown::of(&[
        vaccine("1", "Influenza vaccine", "2023-10-03", "completed"),
        vaccine("2", "Influenza vaccine", "2024-10-04", "completed"),
        vaccine("3", "Zoster vaccine", "2024-10-04", "not-done"),
        vaccine("4", "Hepatitis B vaccine", "2001-02-03", "completed"),
    ])
    .await;
    let rows = shown.list("vaccines").await;
    let of = |name: &str| {
        rows.iter().find(|one| one["row"]["title"] == name).unwrap_or_else(|| panic!("{name}: {rows:?}"))
    };
    assert_eq!(of("Zoster vaccine")["cells"][0], "Not given (October 4, 2024)");
    assert_eq!(of("Zoster vaccine")["topic"]["cells"][0], "Not given (October 4, 2024)");
    let flu = of("Influenza vaccine");
    assert_eq!(flu["topic"]["cells"][0], "October 4, 2024; October 3, 2023");
    assert_eq!(flu["topic"]["cells"][2], "", "which day it was is said in the rows below");
    assert_eq!(flu["cells"][2], "LOT-2");
    assert_eq!(of("Hepatitis B vaccine")["topic"]["cells"][2], "LOT-4", "there is only one");
}

#[tokio::test]
async fn no_code_stands_in_a_sentence() {
    let vaccine = |id: &str| {
        json!({"resourceType": "Immunization", "id": id, "status": "completed", "occurrenceDateTime": "2024-10-01",
            "vaccineCode": {"text": "Flu shot", "coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "140"}]}})
    };
    let allergy = json!({"resourceType": "AllergyIntolerance", "id": "a", "code": {"text": "Peanut"},
        "criticality": "unable-to-assess", "clinicalStatus": {"coding": [{"code": "active"}]}});
    let shown = Shown::of(&[vaccine("1"), allergy]).await;
    shown.receives("Lakeside", &[vaccine("2")]).await;
    let list = shown.list("vaccines").await;
    assert_eq!(list.len(), 1, "{list:?}");
    let page = shown.ask("fact", json!({"fact": list[0]["row"]["id"]})).await;
    let why = page["joins"][0]["why"].as_str().unwrap();
    assert!(why.contains("Flu shot") && !why.contains("140"), "{why}");
    assert!(page["joins"][0]["evidence"].to_string().contains("140"), "it can be compared all the same");

    let list = shown.list("allergies").await;
    assert!(list[0]["cells"].as_array().unwrap().contains(&json!("could not be judged")), "{list:?}");
    let page = shown.ask("fact", json!({"fact": list[0]["row"]["id"]})).await;
    assert!(!page["sources"][0]["lines"].to_string().contains("unable-to-assess"), "{page}");
}

#[tokio::test]
async fn a_heading_loses_no_name_of_what_is_under_it_and_says_one_strength_once() {
    let allergy = |text: &str| {
        json!({"resourceType": "AllergyIntolerance", "id": format!("a{}", text.len()), "code": {"text": text},
            "clinicalStatus": {"coding": [{"code": "active"}]}})
    };
    let medicine = |id: &str, text: &str| {
        json!({"resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
            "medicationCodeableConcept": {"text": text}})
    };
    let shown = Shown::of(&[
        allergy("PCN"),
        allergy("Amoxicillin"),
        allergy("Penicillin V"),
        allergy("Lactose"),
        medicine("1", "Norco 5-325"),
        medicine("2", "HYDROcodone-acetaminophen 5-325 MG per tablet"),
        medicine("3", "Norco 10-325"),
    ])
    .await;
    let texts = async |kind: &str| -> Vec<(String, String)> {
        let topics = shown.ask("topics", json!({"kind": kind})).await;
        let of = |topic: &Value, what: &str| topic[what].as_str().unwrap_or_default().to_owned();
        topics.as_array().unwrap().iter().map(|topic| (of(topic, "name"), of(topic, "text"))).collect()
    };
    assert_eq!(
        texts("allergy").await,
        [("Lactose", ""), ("Penicillins", "including Amoxicillin, Penicillin V")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    let medicines = texts("medicine").await;
    assert_eq!(medicines.len(), 1);
    assert_eq!(medicines[0].1, "HYDROcodone-acetaminophen 5-325 MG per tablet; Norco 10-325");
}

#[tokio::test]
async fn the_day_of_a_goal_is_when_it_is_due() {
    let goal = json!({"resourceType": "Goal", "id": "g", "lifecycleStatus": "active",
        "description": {"text": "Walk half an hour a day"}, "startDate": "2026-01-10",
        "target": [{"measure": {"text": "Walking"}, "dueDate": "2026-11-01"}]});
    let shown = Shown::of(&[goal]).await;
    let row = &shown.list("plans").await[0];
    let told = row["cells"].to_string();
    assert!(told.contains("due November 1, 2026"), "{told}");
    assert_eq!(told.matches("November 1, 2026").count(), 1, "{told}");
}

#[tokio::test]
async fn each_of_a_care_team_stands_with_their_own_part() {
    let part = |text: &str| json!([{"text": text}]);
    let member = |name: &str| json!({"display": name});
    let team = json!({"resourceType": "CareTeam", "id": "t", "status": "active", "name": "Heart team", "participant": [
        {"role": part("Family physician"), "member": member("Dr. Adaeze Okafor")},
        {"role": part("Nurse"), "member": member("Tove Lindqvist")},
        {"role": part("Nurse"), "member": member("Ana Ruiz")},
        {"role": part("Patient"), "member": member("Rosa Whitlock")},
    ]});
    let shown = Shown::of(&[team]).await;
    let row = shown.list("team").await[0].clone();
    let people = "Dr. Adaeze Okafor (Family physician); Tove Lindqvist (Nurse); Ana Ruiz (Nurse)";
    assert_eq!(row["cells"][0], people);
    let page = shown.ask("fact", json!({"fact": row["row"]["id"]})).await;
    let lines = page["sources"][0]["lines"].as_array().unwrap();
    let told: Vec<&str> = lines
        .iter()
        .filter(|line| line["label"] == "Participant")
        .filter_map(|line| line["text"].as_str())
        .collect();
    assert_eq!(told[..2], ["Dr. Adaeze Okafor (Family physician)", "Tove Lindqvist (Nurse)"], "{lines:?}");
    assert_eq!(told.len(), 4, "the person is in their own team");
}

#[tokio::test]
async fn a_birth_date_that_nobody_typed_is_the_one_that_all_records_name() {
    let shown = Shown::of(&[medicine(json!({}))]).await;
    let person = async || dispatch(&shown.app, "appState", json!({})).await.unwrap()["persons"][0].clone();
    let name = person().await["name"].clone();
    let patient = |born: &str| json!({"resourceType": "Patient", "id": "p", "name": [{"text": name}], "birthDate": born});
    let unknown = json!({"id": shown.person, "name": name, "birthDate": null, "homeZone": "America/Chicago"});
    dispatch(&shown.app, "savePerson", unknown).await.unwrap();
    assert_eq!(person().await["birthDateSent"], Value::Null, "nobody says it");
    shown.receives("Lakeside", &[patient("1948-05-17")]).await;
    let now = person().await;
    assert_eq!((&now["birthDate"], &now["birthDateSent"]), (&Value::Null, &json!("1948-05-17")));
    let typed =
        json!({"id": shown.person, "name": name, "birthDate": "1948-05-17", "homeZone": "America/Chicago"});
    dispatch(&shown.app, "savePerson", typed).await.unwrap();
    assert_eq!(person().await["birthDateSent"], Value::Null, "it was not asked for");
}

#[tokio::test]
async fn a_product_that_no_order_dates_is_found_among_the_medicines() {
    let product = json!({"resourceType": "Medication", "id": "p",
        "code": {"text": "metFORMIN (GLUCOPHAGE) 1000 MG tablet"}});
    let found = Shown::of(&[product]).await.ask("search", json!({"text": "metformin", "limit": 10})).await;
    let groups = found["groups"].as_array().unwrap();
    assert_eq!(groups.iter().map(|of| &of["label"]).collect::<Vec<_>>(), ["Medicines"], "{found}");
}

//! What is current and what is left out.

use serde_json::{Value, json};
use wholechart_fhir::{Day, Dosage, Found, StatusGroup};
use wholechart_record::{Choice, Member, SectionName, Summary, Wish, summary};

use crate::said::{dstu2, merged, r4};

fn of(members: &[Member]) -> Summary {
    let facts: Vec<_> = merged(members)
        .into_iter()
        .map(|fact| {
            let own = members.iter().filter(|member| fact.members.contains(&member.key)).cloned().collect();
            (fact, own)
        })
        .collect();
    let today = Day::new(2026, 11, 23).expect("a day");
    let summary = summary(&facts, today, &[]);
    let backwards: Vec<_> = facts.into_iter().rev().collect();
    assert_eq!(
        summary,
        wholechart_record::summary(&backwards, today, &[]),
        "the order of facts never matters"
    );
    summary
}

fn titles(summary: &Summary, name: SectionName) -> Vec<&str> {
    let section =
        summary.sections.iter().find(|section| section.name == name).expect("every section is there");
    section.items.iter().map(|item| item.title.text.as_str()).collect()
}

fn condition(id: &str, title: &str, clinical: Option<&str>, verification: &str) -> Value {
    let status = |code: &str| json!({"coding": [{"code": code}]});
    json!({"resourceType": "Condition", "id": id, "code": {"text": title}, "clinicalStatus": clinical.map(status),
        "verificationStatus": status(verification)})
}

#[test]
fn problems_that_are_current_or_of_unknown_status() {
    let summary = of(&[
        r4("a", condition("1", "Hypertension", Some("active"), "confirmed")),
        r4("a", condition("2", "Measles", Some("resolved"), "confirmed")),
        r4("a", condition("3", "Gout", Some("active"), "refuted")),
        r4("a", condition("4", "Scurvy", Some("active"), "entered-in-error")),
        r4("b", json!({"resourceType": "Condition", "id": "5", "code": {"text": "Asthma"}})),
    ]);
    let mut problems = titles(&summary, SectionName::Problems);
    problems.sort_unstable();
    assert_eq!(problems, ["Asthma", "Hypertension"]);
    assert!(titles(&summary, SectionName::Allergies).is_empty());
}

#[test]
fn medicines_that_are_taken() {
    let drug = |id: &str, name: &str, status: &str| {
        r4(
            "a",
            json!({"resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order",
            "medicationCodeableConcept": {"text": name}, "dosageInstruction": [{"text": "1 tablet daily"}]}),
        )
    };
    let summary = of(&[
        drug("1", "Metformin", "active"),
        drug("2", "Ibuprofen", "stopped"),
        drug("3", "Warfarin", "cancelled"),
        drug("4", "Aspirin", "entered-in-error"),
        drug("5", "Lisinopril", "unknown"),
    ]);
    assert_eq!(titles(&summary, SectionName::Medicines), ["Lisinopril", "Metformin"]);
    let medicines = &summary.sections[1];
    let daily = Dosage { text: Some("1 tablet daily".to_owned()), ..Dosage::default() };
    assert_eq!(medicines.items[1].said.dosings(), [daily]);
    assert_eq!(medicines.items[0].status_group, StatusGroup::Unknown);
}

#[test]
fn what_nobody_named_comes_last() {
    let condition = |id: &str, title: Value| {
        let mut condition = condition(id, "", Some("active"), "confirmed");
        condition["code"] = title;
        r4("a", condition)
    };
    let allergy = |id: &str, code: Value| {
        r4("a", json!({"resourceType": "AllergyIntolerance", "id": id, "code": code}))
    };
    let summary = of(&[
        allergy("1", json!({})),
        allergy("2", json!({"text": "Zinc"})),
        allergy("3", json!({"text": "Alum"})),
        condition("4", json!({})),
        condition("5", json!({"text": "Zoster"})),
    ]);
    assert_eq!(titles(&summary, SectionName::Allergies), ["Alum", "Zinc", ""]);
    assert_eq!(titles(&summary, SectionName::Problems), ["Zoster", ""]);
}

#[test]
fn allergies_stay_unless_withdrawn_refuted_or_over() {
    let allergy = |id: &str, name: &str, clinical: &str, verification: &str| {
        let status = |code: &str| json!({"coding": [{"code": code}]});
        r4(
            "a",
            json!({"resourceType": "AllergyIntolerance", "id": id, "code": {"text": name},
            "clinicalStatus": status(clinical), "verificationStatus": status(verification)}),
        )
    };
    let summary = of(&[
        allergy("1", "Penicillin", "active", "confirmed"),
        allergy("2", "Latex", "active", "unconfirmed"),
        allergy("3", "Eggs", "resolved", "confirmed"),
        allergy("4", "Nuts", "active", "refuted"),
        dstu2(
            "b",
            json!({"resourceType": "AllergyIntolerance", "id": "5", "status": "active", "substance": {"text": "Sulfa"}}),
        ),
    ]);
    assert_eq!(titles(&summary, SectionName::Allergies), ["Latex", "Penicillin", "Sulfa"]);
}

fn result(id: &str, loinc: &str, title: &str, date: &str, value: i32) -> Member {
    r4(
        "a",
        json!({"resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": date,
        "category": [{"coding": [{"code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": loinc}], "text": title},
        "valueQuantity": {"value": value, "unit": "mg/dL"},
        "referenceRange": [{"high": {"value": 99, "unit": "mg/dL"}}]}),
    )
}

#[test]
fn the_latest_of_each_test() {
    let summary = of(&[
        result("1", "13457-7", "LDL", "2026-01-10", 131),
        result("2", "13457-7", "LDL Chol", "2026-06-10", 120),
        result("3", "2345-7", "Glucose", "2026-03-01", 90),
        result("4", "1-1", "Old test", "2019-03-01", 90),
        result("5", "9-9", "Twice", "2026-02-01", 1),
        result("6", "9-9", "Twice", "2026-02-01", 2),
    ]);
    assert_eq!(titles(&summary, SectionName::Results), ["LDL Chol", "Glucose", "Twice", "Twice"]);
    let results = summary.sections.iter().find(|section| section.name == SectionName::Results).unwrap();
    assert_eq!(results.earlier, 2, "the earlier LDL and the old test");
    let value = results.items[0].value.as_ref().map(Found::as_sent);
    assert_eq!((results.items[0].times, value.as_deref()), (2, Some("120 mg/dL")));
    assert_eq!(results.items[0].flag, Some(wholechart_record::Flag::High));
    assert_eq!(results.items[1].flag, None);
}

#[test]
fn vaccines_visits_and_procedures() {
    let shot = |id: &str, cvx: &str, date: &str, status: &str| {
        r4(
            "a",
            json!({"resourceType": "Immunization", "id": id, "status": status, "occurrenceDateTime": date,
            "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": cvx}], "text": format!("CVX {cvx}")}}),
        )
    };
    let visit = |id: &str, start: &str, title: &str| {
        r4(
            "a",
            json!({"resourceType": "Encounter", "id": id, "status": "finished", "class": {"code": "AMB"},
            "type": [{"text": title}], "period": {"start": start}}),
        )
    };
    let procedure = |id: &str, status: &str, title: &str| {
        r4(
            "a",
            json!({"resourceType": "Procedure", "id": id, "status": status, "code": {"text": title},
            "performedDateTime": "1999"}),
        )
    };
    let summary = of(&[
        shot("1", "140", "2020-10-01", "completed"),
        shot("2", "140", "2021-10-01", "completed"),
        shot("3", "208", "2021-04-01", "completed"),
        shot("4", "33", "2021-04-01", "not-done"),
        visit("1", "2026-09-01", "Check-up"),
        visit("2", "2001-09-01", "Long ago"),
        visit("3", "2024", "Some time"),
        procedure("1", "completed", "Appendectomy"),
        procedure("2", "not-done", "Biopsy"),
    ]);
    assert_eq!(titles(&summary, SectionName::Vaccines), ["CVX 140", "CVX 208"]);
    let vaccines = summary.sections.iter().find(|section| section.name == SectionName::Vaccines).unwrap();
    assert_eq!((vaccines.items[0].times, vaccines.earlier), (2, 1));
    assert_eq!(titles(&summary, SectionName::Visits), ["Check-up", "Some time"]);
    assert_eq!(titles(&summary, SectionName::Procedures), ["Appendectomy"]);
}

#[test]
fn disagreements_are_asked_about_where_the_person_wishes() {
    let both = |clinical: &str| {
        json!({"resourceType": "Condition", "id": clinical, "onsetDateTime": "2011-05-02", "clinicalStatus": clinical,
            "code": {"coding": [{"system": "http://snomed.info/sct", "code": "38341003"}], "text": "Hypertension"}})
    };
    let new = json!({"clinicalStatus": {"coding": [{"code": "active"}]}, "verificationStatus": {"coding": [{"code": "confirmed"}]}});
    let mut r4_condition = both("active");
    r4_condition["clinicalStatus"] = new["clinicalStatus"].clone();
    r4_condition["verificationStatus"] = new["verificationStatus"].clone();
    let members = [r4("a", r4_condition), dstu2("b", both("resolved"))];
    let unasked = of(&members);
    assert_eq!(unasked.ask_about.len(), 0, "asked about only where it is wished");

    let facts: Vec<_> = merged(&members).into_iter().map(|fact| (fact, members.to_vec())).collect();
    let conflict = &facts[0].0.conflicts[0];
    let choice =
        |wish| Choice { about: conflict.about, keys: conflict.keys().into_iter().cloned().collect(), wish };
    let asked = summary(&facts, unasked.today, &[choice(Wish::Settled), choice(Wish::Ask)]);
    assert_eq!(asked.ask_about.len(), 1, "the later choice counts");
    let about: Vec<&str> = asked.ask_about[0].titles.iter().map(|title| title.text.as_str()).collect();
    assert_eq!(about, ["Hypertension"]);
    assert_eq!(asked.ask_about[0].conflict.statements.len(), 2);
    let settled = summary(&facts, unasked.today, &[choice(Wish::Settled)]);
    assert_eq!(settled.ask_about.len(), 0);
}

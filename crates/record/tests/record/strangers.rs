//! Records of strangers, who code, number and date as they like: what must not be joined by it, and what must be.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use wholechart_fhir::Release;
use wholechart_record::{Fact, Member};

use crate::said::{at, dstu2, joined_by, merged, r4};

/// Resource `json` as a file of one import holds it.
fn filed(file: &str, json: Value) -> Member {
    at("import", &format!("file:{file}"), Release::R4, json)
}

fn titles(facts: &[Fact]) -> BTreeSet<&str> {
    facts.iter().map(|fact| fact.title.text.as_str()).collect()
}

#[track_caller]
fn apart(members: &[Member]) {
    let facts = merged(members);
    assert_eq!(facts.len(), members.len(), "must stay apart: {:?}", titles(&facts));
}

fn report(id: &str, text: &str) -> Value {
    json!({"resourceType": "DiagnosticReport", "id": id, "status": "final", "effectiveDateTime": "2024-06-21T22:02:00Z",
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "LAB"}]}],
        "code": {"text": text}})
}

fn procedure(id: &str, text: &str) -> Value {
    let surgery = json!({"coding": [{"system": "http://snomed.info/sct", "code": "387713003", "display": "Surgical procedure"}]});
    json!({"resourceType": "Procedure", "id": id, "status": "completed", "performedDateTime": "2020-03-04T10:00:00Z",
        "category": surgery, "code": {"text": text}})
}

#[test]
fn a_category_never_stands_for_the_code_of_the_thing() {
    apart(&[r4("a", report("1", "Lipid panel")), r4("b", report("2", "Hepatic panel"))]);
    apart(&[
        filed("one", report("1", "Aspartate transaminase")),
        filed("two", report("2", "Alanine transaminase")),
    ]);
    let numbered = |id: &str, text: &str| {
        let mut told = report(id, text);
        told["identifier"] = json!([{"system": "urn:lab", "value": "519"}]);
        told
    };
    let order = [("1", "Metabolic panel"), ("2", "Hemoglobin A1c"), ("3", "Blood count")];
    apart(&order.map(|(id, text)| filed("one", numbered(id, text))));
    apart(&order.map(|(id, text)| r4(id, numbered(id, text))));
    apart(&[
        r4("a", procedure("1", "Excision of skin lesion")),
        r4("b", procedure("2", "Excision of lymph node")),
    ]);
    // The same code where the code of the thing belongs says no more.
    let coded = |id: &str, text: &str| {
        let mut told = procedure(id, text);
        told["code"]["coding"] = told["category"]["coding"].take();
        told
    };
    apart(&[r4("a", coded("1", "Excision of skin lesion")), r4("b", coded("2", "Excision of lymph node"))]);
}

fn result(id: &str, codes: &[(&str, &str)], value: u32) -> Value {
    let codings: Vec<Value> =
        codes.iter().map(|(system, code)| json!({"system": system, "code": code})).collect();
    json!({"resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": "2024-03-01T08:15:00Z",
        "category": [{"coding": [{"code": "laboratory"}]}], "code": {"coding": codings, "text": "Chemistry"},
        "valueQuantity": {"value": value, "unit": "mmol/L"}})
}

const LOINC: &str = "http://loinc.org";

#[test]
fn a_code_that_stands_on_things_a_finer_system_tells_apart_joins_nothing() {
    let chem = ("urn:hospital", "CHEM");
    let sodium = r4("a", result("1", &[chem, (LOINC, "2951-2")], 140));
    let chloride = r4("a", result("2", &[chem, (LOINC, "2075-0")], 101));
    let unnamed = r4("b", result("3", &[chem], 140));
    // Nothing shows yet that the code is a class.
    assert_eq!(merged(&[sodium.clone(), unnamed.clone()]).len(), 1);
    apart(&[sodium.clone(), chloride.clone(), unnamed.clone()]);
    // Grown entry by entry, and after one of them goes, it is as if merged at once.
    let mut grown = wholechart_record::Merger::new(crate::said::HOME);
    grown.update(vec![sodium.clone()], &[]);
    grown.update(vec![unnamed.clone()], &[]);
    assert_eq!(grown.facts().len(), 1);
    grown.update(vec![chloride.clone()], &[]);
    assert_eq!(grown.facts().len(), 3);
    grown.update(vec![], &[chloride.key]);
    assert_eq!(grown.facts().len(), 1);
}

#[test]
fn codes_of_one_fine_system_that_differ_are_two_things() {
    let condition = |id: &str, snomed: &str, icd: &str| {
        json!({"resourceType": "Condition", "id": id, "clinicalStatus": {"coding": [{"code": "active"}]},
            "code": {"text": "Diabetes mellitus", "coding": [{"system": "http://snomed.info/sct", "code": snomed},
                {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": icd}]}})
    };
    apart(&[r4("a", condition("1", "73211009", "E11.9")), r4("b", condition("2", "73211009", "E11.65"))]);
    assert_eq!(
        merged(&[r4("a", condition("1", "73211009", "E11.9")), r4("b", condition("2", "73211009", "E119"))])
            .len(),
        1
    );
    let drug = |id: &str, code: &str, text: &str| {
        json!({"resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
            "medicationCodeableConcept": {"text": text,
                "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": code, "display": text}]}})
    };
    apart(&[
        r4("a", drug("1", "1", "diltiazem 120 MG Oral Capsule")),
        r4("b", drug("2", "2", "diltiazem 120 MG Oral Capsule beads")),
    ]);
    // An ingredient and its tablet are two kinds of code.
    let ndc = |id: &str, ndc: &str| {
        json!({"resourceType": "MedicationDispense", "id": id, "status": "completed",
            "medicationCodeableConcept": {"text": "Lisinopril 10 MG Oral Tablet",
                "coding": [{"system": "http://hl7.org/fhir/sid/ndc", "code": ndc}]}})
    };
    assert_eq!(
        merged(&[r4("a", ndc("1", "68180051401")), r4("b", ndc("2", "43547035310"))]).len(),
        1,
        "two packages of one product"
    );
}

fn bill(id: &str, own: &str, start: &str, end: &str) -> Value {
    json!({"resourceType": "ExplanationOfBenefit", "id": id, "status": "active", "type": {"text": "Urgent care"},
        "identifier": [{"system": "urn:payer:claim", "value": own}, {"system": "urn:payer:group", "value": "G1"}],
        "billablePeriod": {"start": start, "end": end}})
}

#[test]
fn a_number_of_many_days_is_no_identity_and_own_numbers_tell_apart() {
    let days = [("1", "2024-03-01"), ("2", "2024-03-05"), ("3", "2024-03-09")];
    apart(&days.map(|(id, day)| filed("one", bill(id, id, day, "2024-03-20"))));
    apart(&days.map(|(id, day)| r4(id, bill(id, id, day, "2024-03-20"))));
    // One number and no other: at one payer it stands on bills of several days.
    let grouped = |id: &str, day: &str| {
        let mut told = bill(id, id, day, "2024-03-20");
        told["identifier"].as_array_mut().expect("numbers").remove(0);
        told
    };
    let mut members: Vec<Member> = days.iter().map(|(id, day)| r4("a", grouped(id, day))).collect();
    members.push(r4("b", grouped("4", "2024-03-02")));
    apart(&members);
    // Another payer's bill overlaps one of them only, and there is nothing to choose from.
    let alone = |by: &str, id: &str, start: &str, end: &str| {
        let mut told = bill(id, id, start, end);
        told["identifier"].as_array_mut().expect("numbers").remove(0);
        r4(by, told)
    };
    let first = alone("a", "1", "2024-03-01", "2024-03-03");
    let other = alone("b", "3", "2024-03-02", "2024-03-04");
    assert_eq!(merged(&[first.clone(), other.clone()]).len(), 1, "nothing shows yet that it is a group's");
    apart(&[first, other, alone("a", "2", "2024-03-10", "2024-03-12")]);
    let twice = [
        r4("a", bill("1", "7", "2024-03-01", "2024-03-20")),
        r4("b", bill("2", "7", "2024-03-01", "2024-03-20")),
    ];
    assert_eq!(joined_by(&twice), Some(vec!["same-number".to_owned()]));
}

fn visit(id: &str, text: &str, end: &str) -> Value {
    json!({"resourceType": "Encounter", "id": id, "status": "finished", "class": {"code": "AMB"},
        "type": [{"text": text}], "period": {"start": "2024-03-01T13:00:00Z", "end": end},
        "serviceProvider": {"display": "Hill Clinic"}})
}

#[test]
fn two_ids_of_one_file_are_two_events() {
    let (short, long) = ("2024-03-01T13:45:00Z", "2024-03-01T14:30:00Z");
    apart(&[
        filed("one", visit("1", "Postnatal visit", short)),
        filed("one", visit("2", "Consultation", long)),
    ]);
    apart(&[filed("one", visit("1", "Consultation", long)), filed("one", visit("2", "Consultation", long))]);
    apart(&[r4("a", visit("1", "Postnatal visit", short)), r4("b", visit("2", "Consultation", long))]);
    let reconciled = |id: &str, end: &str| {
        json!({"resourceType": "Procedure", "id": id, "status": "completed",
            "performedPeriod": {"start": "2024-03-01T16:30:00Z", "end": end},
            "code": {"coding": [{"system": "http://snomed.info/sct", "code": "430193006"}], "text": "Medication reconciliation"}})
    };
    apart(&[
        filed("one", reconciled("1", "2024-03-01T16:41:00Z")),
        filed("one", reconciled("2", "2024-03-01T16:45:00Z")),
    ]);
    apart(&[
        r4("a", reconciled("1", "2024-03-01T16:41:00Z")),
        r4("b", reconciled("2", "2024-03-01T16:45:00Z")),
    ]);
    let again = |c: &str, id: &str| r4(c, reconciled(id, "2024-03-01T16:41:00Z"));
    assert_eq!(merged(&[again("a", "1"), again("b", "2")]).len(), 1);
}

#[test]
fn a_date_that_cannot_be_is_not_any_date() {
    let pneumonia = |id: &str, onset: Value| {
        let mut told = json!({"resourceType": "Condition", "id": id,
            "code": {"coding": [{"system": "http://snomed.info/sct", "code": "233604007"}], "text": "Pneumonia"}});
        told["onsetPeriod"] = onset;
        told
    };
    let first = pneumonia("1", json!({"start": "1998-03-10", "end": "1998-03-16"}));
    let odd = pneumonia("2", json!({"start": "2013-07-03", "end": "2008-08-14"}));
    apart(&[filed("one", first.clone()), filed("one", odd.clone())]);
    apart(&[r4("a", first), r4("b", odd)]);
}

fn order(id: &str, text: &str) -> Value {
    json!({"resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
        "authoredOn": "2026-01-15", "medicationCodeableConcept": {"text": text}})
}

#[test]
fn medicines_that_differ_in_a_figure_a_release_or_a_way_are_apart() {
    let pairs = [
        ("Topiramate 200 mg tablet", "Topiramate 25 mg tablet"),
        ("Metformin 500 mg tablet", "Metformin ER 500 mg tablet"),
        ("Bupropion XL 150 mg tablet", "Bupropion SR 150 mg tablet"),
        ("Humalog Mix 75/25", "Humalog Mix 50/50"),
        ("Hydrocodone-acetaminophen 5-325 tablet", "Hydrocodone-acetaminophen 10-325 tablet"),
        ("Tylenol with codeine #3", "Tylenol with codeine #4"),
        ("Vitamin B12 1000 mcg", "Vitamin B6 1000 mcg"),
        ("Vitamin D3 1000 units", "Vitamin D3 2000 units"),
        ("Ciprofloxacin 0.3 % otic drops", "Ciprofloxacin 0.3 % ophthalmic drops"),
        ("Ondansetron 4 mg oral", "Ondansetron 4 mg intravenous"),
        (
            "24 HR Diltiazem 120 MG Extended Release Capsule",
            "12 HR Diltiazem 120 MG Extended Release Capsule",
        ),
    ];
    for (one, other) in pairs {
        // The careless code is the same for both.
        let coded = |id: &str, text: &str| {
            let mut told = order(id, text);
            told["medicationCodeableConcept"]["coding"] = json!([{"system": "urn:pharmacy", "code": "1"}]);
            told
        };
        for members in [
            [r4("a", coded("1", one)), r4("b", coded("2", other))],
            [r4("a", coded("1", one)), r4("a", coded("2", other))],
            [r4("a", order("1", one)), r4("b", order("2", other))],
        ] {
            assert_eq!(merged(&members).len(), 2, "{one} / {other}");
        }
    }
    for (one, other) in [
        ("Levothyroxine 50 mcg tablet", "Levothyroxine 0.05 mg tablet"),
        ("Norco 5-325 tablet", "Norco 5 mg/325 mg tablet"),
        ("24 HR Metformin 500 MG Extended Release Oral Tablet", "metformin ER 500 mg tablet"),
    ] {
        assert_eq!(
            merged(&[r4("a", order("1", one)), r4("b", order("2", other))]).len(),
            1,
            "{one} / {other}"
        );
    }
    // The way may stand in the instructions only.
    let by = |id: &str, route: &str| {
        let mut told = order(id, "Dexamethasone 4 mg");
        told["dosageInstruction"] = json!([{"route": {"text": route}}]);
        told
    };
    apart(&[r4("a", by("1", "Oral")), r4("b", by("2", "Intravenous"))]);
}

#[test]
fn what_is_cut_for_a_glance_is_compared_in_full() {
    let long = "Multivitamin preparation for adults with folic acid, zinc, selenium, biotin and lutein, as dispensed by \
        the clinic pharmacy under its own label, one bottle of film coated tablets with iron";
    assert!(long.len() > 160);
    apart(&[r4("a", order("1", &format!("{long} 28 mg"))), r4("a", order("2", &format!("{long} 90 mg")))]);
    apart(&[r4("a", order("1", &format!("{long} 28 mg"))), r4("b", order("2", &format!("{long} 90 mg")))]);
}

#[test]
fn equal_bytes_are_one_fact_whoever_sends_them_and_whatever_they_are() {
    let kinds = [
        json!({"resourceType": "AllergyIntolerance", "code": {"text": "Latex"}}),
        json!({"resourceType": "Condition", "code": {"text": "Asthma"}}),
        json!({"resourceType": "Immunization", "status": "completed", "occurrenceDateTime": "2021-10-04", "vaccineCode": {"text": "Janssen"}}),
        json!({"resourceType": "Procedure", "status": "completed", "code": {"text": "Spirometry"}}),
        json!({"resourceType": "Encounter", "status": "finished", "class": {"code": "AMB"}, "period": {"start": "2021-10-04T10:00:00Z"}}),
        json!({"resourceType": "Claim", "status": "active", "billablePeriod": {"start": "2021-10-04"}}),
        json!({"resourceType": "CarePlan", "status": "active", "category": [{"text": "Care plan"}]}),
        json!({"resourceType": "Basic", "code": {"text": "Anything"}}),
        json!({"resourceType": "Communication", "status": "completed", "payload": [{"contentString": "Hello"}]}),
        json!({"resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationCodeableConcept": {"text": "Prenatal vitamins"}}),
        json!({"resourceType": "Organization", "name": "Hill Clinic"}),
        json!({"resourceType": "Observation", "status": "final", "code": {"text": "Mood"}, "valueString": "fine"}),
    ];
    for mut kind in kinds {
        kind["id"] = json!("x1");
        let copies = [
            r4("a", kind.clone()),
            r4("b", kind.clone()),
            filed("record", kind.clone()),
            filed("record (1)", kind.clone()),
        ];
        let facts = merged(&copies);
        assert_eq!(facts.len(), 1, "{kind}");
        assert_eq!(facts[0].members.len(), 4);
        assert!(facts[0].joins.iter().all(|join| join.rule == "same-bytes"), "{kind}");
        // Stored again at another time, it is still the same.
        let mut stored = kind.clone();
        stored["meta"] = json!({"lastUpdated": "2026-01-01T00:00:00Z", "versionId": "7"});
        assert_eq!(merged(&[r4("a", kind.clone()), r4("b", stored)]).len(), 1, "{kind}");
    }
}

#[test]
fn a_file_put_together_from_two_servers_says_nothing_new() {
    let sodium = |by: &str, id: &str| r4(by, result(id, &[(LOINC, "2951-2")], 140));
    let copy = |one: &Member| {
        let mut copy = one.clone();
        copy.key.connection.0 = "import".to_owned();
        copy.key.base = "file:all".to_owned();
        copy
    };
    let (a, b) = (sodium("a", "1"), sodium("b", "2"));
    let facts = merged(&[copy(&a), copy(&b), a.clone(), b.clone()]);
    assert_eq!(facts.len(), 1);
    assert_eq!(facts[0].members.len(), 4);
    // Alone, the file tells of two; and so does a server of its own two.
    assert_eq!(merged(&[copy(&a), copy(&b)]).len(), 2);
    assert_eq!(merged(&[copy(&a), copy(&b), a.clone()]).len(), 2);
}

#[test]
fn plans_teams_goals_insurance_and_bills_of_several_providers_are_one() {
    let period = json!({"start": "2019-04-25T03:03:08-04:00", "end": "2019-05-09T03:03:08-04:00"});
    let pairs = [
        (
            json!({"resourceType": "CarePlan", "id": "1", "status": "active", "period": period, "category": [{"text": "Diabetes self management plan"}]}),
            json!({"resourceType": "CarePlan", "id": "2", "status": "active", "period": {"start": "2019-04-25"}, "category": {"text": "Diabetes self management plan"}}),
        ),
        (
            json!({"resourceType": "CareTeam", "id": "1", "status": "active", "period": period, "name": "Diabetes team"}),
            json!({"resourceType": "CareTeam", "id": "2", "status": "active", "period": period, "name": "diabetes team"}),
        ),
        (
            json!({"resourceType": "Goal", "id": "1", "lifecycleStatus": "active", "startDate": "2019-04-25", "description": {"text": "HbA1c below 7 %"}}),
            json!({"resourceType": "Goal", "id": "2", "status": "in-progress", "startDate": "2019-04-25", "description": {"text": "HbA1c below 7 %"}}),
        ),
        (
            json!({"resourceType": "Coverage", "id": "1", "status": "active", "period": period, "payor": [{"display": "Plain Health"}], "identifier": [{"system": "urn:plain", "value": "M7"}]}),
            json!({"resourceType": "Coverage", "id": "2", "status": "active", "period": period, "payor": [{"display": "Plain Health"}], "identifier": [{"system": "urn:plain", "value": "M7"}]}),
        ),
        (
            json!({"resourceType": "Claim", "id": "1", "status": "active", "billablePeriod": period, "provider": {"display": "Hill Clinic"}, "type": {"text": "Office visit"}, "total": {"value": 245.04, "currency": "USD"}}),
            json!({"resourceType": "Claim", "id": "2", "status": "active", "billablePeriod": period, "provider": {"display": "Hill Clinic"}, "type": {"text": "institutional"}, "total": {"value": 245.04, "currency": "USD"}}),
        ),
    ];
    for (one, other) in pairs {
        let (a, b) = (r4("a", one.clone()), dstu2("b", other.clone()));
        assert_eq!(merged(&[a, b]).len(), 1, "{one}");
        apart(&[r4("a", one), r4("a", other)]);
    }
    let plan = |id: &str, words: &str, start: &str| json!({"resourceType": "CarePlan", "id": id, "status": "active", "period": {"start": start}, "title": words});
    apart(&[
        r4("a", plan("1", "Fracture care", "2019-04-25")),
        r4("b", plan("2", "Fracture care", "2020-04-25")),
    ]);
    apart(&[r4("a", plan("1", "Care plan", "2019-04-25")), r4("b", plan("2", "Care plan", "2019-04-25"))]);
    apart(&[
        r4("a", plan("1", "Fracture care", "2019-04-25")),
        r4("b", plan("2", "Wound care", "2019-04-25")),
    ]);
}

#[test]
fn two_bases_of_one_gateway_never_disagree_with_themselves() {
    let told = |id: &str, status: Value| {
        json!({"resourceType": "Condition", "id": id, "onsetDateTime": "2011-05-02", "clinicalStatus": status,
            "verificationStatus": "confirmed",
            "code": {"coding": [{"system": "http://snomed.info/sct", "code": "38341003"}], "text": "Hypertension"}})
    };
    let facts = merged(&[
        r4("a", told("r", json!({"coding": [{"code": "resolved"}]}))),
        dstu2("a", told("d", json!("active"))),
    ]);
    assert_eq!(facts.len(), 1);
    assert_eq!(facts[0].conflicts, []);
    assert_eq!(facts[0].status_group, wholechart_fhir::StatusGroup::Past, "R4 speaks for both");
}

/// Names with figures in them, in the places where they stand.
fn name() -> impl Strategy<Value = (String, String)> {
    let shapes = prop::sample::select(vec![
        "Zorvidan {} MG Oral Tablet",
        "Zorvidan {}mg tab",
        "Zorvidan {} mcg/hr patch",
        "Zorvidan {}",
        "Zorvidan-Kelopram {}-325 tablet",
        "Zorvidan {} MG / Kelopram 5 MG Oral Capsule",
        "Zorvidan Mix {}/30",
        "Insulin zorvidan {} unit/mL pen",
        "Vitamin Z{} 500 mcg",
        "Zorvidan {} mg/5 mL suspension",
        "Zorvidan #{}",
        "Zorvidan {} % cream",
        "Zorvidan XL {} mg",
        "Prenatal {} tablet",
    ]);
    let figure = prop::sample::select(vec![
        "1", "2", "2.5", "5", "10", "12.5", "25", "50", "75", "100", "1,000", "0.5",
    ]);
    (shapes, figure.clone(), figure)
        .prop_filter("two figures", |(_, one, other)| one != other)
        .prop_map(|(shape, one, other)| (shape.replace("{}", one), shape.replace("{}", other)))
}

proptest! {
    #[test]
    fn names_that_differ_in_one_figure_are_never_one_medicine(
        (one, other) in name(), coded in any::<bool>(), by in prop::sample::select(vec!["a", "b"]),
    ) {
        let told = |id: &str, text: &str| {
            let mut told = order(id, text);
            if coded {
                told["medicationCodeableConcept"]["coding"] =
                    json!([{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "1"}]);
            }
            told
        };
        prop_assert_eq!(merged(&[r4("a", told("1", &one)), r4(by, told("2", &other))]).len(), 2, "{} / {}", one, other);
    }
}

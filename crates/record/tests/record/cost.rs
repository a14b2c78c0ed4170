//! What merging costs, in pairs of entries looked at: bounded for whatever anybody sends.

use serde_json::{Value, json};
use wholechart_record::{Member, Merger};

use crate::said::{HOME, r4};

/// Merges all at once, then one of them again, and says how many pairs were looked at for each entry.
#[track_caller]
fn bounded(what: &str, members: Vec<Member>) -> Merger {
    let n = members.len() as u64;
    let last = members.last().cloned();
    let mut merger = Merger::new(HOME);
    merger.update(members, &[]);
    let at_once = merger.comparisons();
    merger.update(last.into_iter().collect(), &[]);
    merger.likely();
    let log = u64::from(64 - n.leading_zeros());
    let all = merger.comparisons();
    assert!(all <= 64 * n * log, "{what}: {at_once} pairs of {n} entries, {all} with one of them again");
    merger
}

fn result(id: usize) -> Value {
    json!({"resourceType": "Observation", "id": format!("r{id}"), "status": "final", "effectiveDateTime": "2024-03-01T08:15:00Z",
        "category": [{"coding": [{"code": "laboratory"}]}], "note": [{"text": format!("note {id}")}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "2345-7"}], "text": "Glucose"},
        "valueQuantity": {"value": 5, "unit": "mmol/L"}})
}

#[test]
fn equal_results_told_apart_only_by_id_and_note() {
    let merger = bounded("one server", (0..3000).map(|n| r4("a", result(n))).collect());
    assert_eq!(merger.facts().len(), 3000, "two ids of one server are two");
    assert!(merger.crowded().is_empty());
    let tellers = ["a", "b", "c"];
    let merger = bounded("three servers", (0..3000).map(|n| r4(tellers[n % 3], result(n))).collect());
    assert_eq!(merger.facts().len(), 3000, "which is which is a guess");
    assert_eq!(merger.crowded().len(), 3000, "and that is said");
    // Copies are one by their content, however many; what is beside them is still found.
    let copies = (0..3000).map(|n| r4(&format!("c{n}"), result(0)));
    let merger = bounded("copies", copies.chain([r4("other", result(1))]).collect());
    assert_eq!(merger.facts().len(), 1);
}

#[test]
fn bills_that_share_one_number() {
    let bill = |n: usize, own: bool| {
        let mut numbers = vec![json!({"system": "urn:payer:group", "value": "G"})];
        if own {
            numbers.push(json!({"system": "urn:payer:claim", "value": format!("{n}")}));
        }
        json!({"resourceType": "ExplanationOfBenefit", "id": format!("e{n}"), "status": "active", "type": {"text": "Urgent care"},
            "identifier": numbers, "provider": {"display": "Hill Clinic"}, "total": {"value": 10, "currency": "USD"},
            "billablePeriod": {"start": format!("2024-03-{:02}", 1 + n % 20), "end": "2024-03-28"}})
    };
    for own in [false, true] {
        for tellers in [1, 2] {
            let name = |n: usize| ["a", "b"][n / 20 % tellers];
            let merger = bounded("bills", (0..1000).map(|n| r4(name(n), bill(n, own))).collect());
            assert_eq!(merger.facts().len(), 1000);
        }
    }
}

#[test]
fn visits_over_one_period() {
    let visit = |n: usize| {
        json!({"resourceType": "Encounter", "id": format!("v{n}"), "status": "finished", "class": {"code": "AMB"},
            "period": {"start": "2024-03-01", "end": "2024-03-20"}, "serviceProvider": {"display": "Hill Clinic"}})
    };
    let claim = |n: usize| {
        json!({"resourceType": "Claim", "id": format!("c{n}"), "status": "active", "provider": {"display": "Hill Clinic"},
            "billablePeriod": {"start": "2024-03-01", "end": "2024-03-20"}})
    };
    for tellers in [1, 2] {
        let name = |n: usize| ["a", "b"][n % tellers];
        let members = (0..1000).flat_map(|n| [r4(name(n), visit(n)), r4(name(n), claim(n))]);
        assert_eq!(bounded("visits", members.collect()).facts().len(), 2000);
    }
}

#[test]
fn what_is_so_told_in_many_ways() {
    let order = |n: usize| {
        json!({"resourceType": "MedicationRequest", "id": format!("m{n}"), "status": "active", "intent": "order",
            "authoredOn": format!("20{:02}-01-15", n % 25),
            "medicationCodeableConcept": {"text": format!("Lisinopril 10 MG Oral Tablet label {n}"),
                "coding": [{"system": "urn:pharmacy", "code": "1"}]}})
    };
    bounded("labels", (0..2000).map(|n| r4(["a", "b", "c"][n % 3], order(n))).collect());
    let refills = |n: usize| {
        let mut told = order(n);
        told["medicationCodeableConcept"]["text"] = json!("Lisinopril 10 MG Oral Tablet");
        told
    };
    let merger = bounded("refills", (0..2000).map(|n| r4(["a", "b", "c"][n % 3], refills(n))).collect());
    assert_eq!(merger.facts().len(), 1, "ordered again and again");
    let withdrawn = |n: usize| {
        let mut told = result(n);
        told["status"] = json!(if n.is_multiple_of(2) { "entered-in-error" } else { "final" });
        told
    };
    bounded("withdrawn", (0..2000).map(|n| r4(["a", "b"][n % 2], withdrawn(n))).collect());
    let shot = |n: usize| {
        json!({"resourceType": "Immunization", "id": format!("i{n}"), "status": "completed",
            "occurrenceDateTime": format!("2024-03-{:02}", 1 + n % 28),
            "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "140"}]}})
    };
    bounded("shots", (0..2000).map(|n| r4(["a", "b"][n % 2], shot(n))).collect());
}

#[test]
fn one_code_beside_many_and_a_patient_of_many_numbers() {
    let member = |n: usize| {
        let mut told = result(n);
        told["code"]["coding"] =
            json!([{"system": "urn:all", "code": "1"}, {"system": "urn:each", "code": format!("{n}")}]);
        r4(["a", "b"][n % 2], told)
    };
    bounded("beside", (0..2000).map(member).collect());
    let numbers: Vec<Value> =
        (0..20_000).map(|n| json!({"system": format!("urn:{n}"), "value": "1"})).collect();
    let patient = |by: &str| {
        r4(
            by,
            json!({"resourceType": "Patient", "id": by, "name": [{"text": "Ada Quill"}], "birthDate": "1961-04-03", "identifier": numbers}),
        )
    };
    assert_eq!(bounded("numbers", vec![patient("a"), patient("b")]).facts().len(), 1);
}

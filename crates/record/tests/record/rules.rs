//! Each rule: what it joins, and near misses it must leave apart.

use serde_json::{Value, json};
use wholechart_fhir::{Day, Kind, Precision, Release, StatusGroup};
use wholechart_record::{About, Equal, Flag, Member, OWN, RULES, Says};

use crate::said::{at, dstu2, joined_by, merged, r4};

/// `json` with some members replaced.
fn with(mut json: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().expect("an object") {
        json[name] = value.clone();
    }
    json
}

fn vaccine(id: &str, cvx: &str, date: &str) -> Value {
    json!({"resourceType": "Immunization", "id": id, "status": "completed", "occurrenceDateTime": date,
        "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": cvx}], "text": "Influenza"}})
}

fn result(id: &str, date: &str, value: &str) -> Value {
    let value: Value = serde_json::from_str(value).expect("a number");
    json!({"resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": date,
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "13457-7"}], "text": "LDL cholesterol"},
        "valueQuantity": {"value": value, "unit": "mg/dL", "system": "http://unitsofmeasure.org", "code": "mg/dL"}})
}

fn condition(id: &str, clinical: &str) -> Value {
    json!({"resourceType": "Condition", "id": id, "onsetDateTime": "2011-05-02",
        "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": clinical}]},
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "38341003"}], "text": "Hypertension"}})
}

fn dstu2_condition(id: &str, clinical: &str) -> Value {
    json!({"resourceType": "Condition", "id": id, "onsetDateTime": "2011-05-02", "clinicalStatus": clinical,
        "verificationStatus": "confirmed",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "38341003"}], "text": "Hypertension"}})
}

#[track_caller]
fn apart(a: Member, b: Member) {
    assert_eq!(merged(&[a.clone(), b.clone()]).len(), 2, "must stay apart");
    assert_eq!(merged(&[b, a]).len(), 2, "must stay apart, whatever the order");
}

#[track_caller]
fn joined(a: Member, b: Member, rule: &str) {
    assert_eq!(joined_by(&[a.clone(), b.clone()]), Some(vec![rule.to_owned()]));
    assert_eq!(joined_by(&[b, a]), Some(vec![rule.to_owned()]), "whatever the order");
}

#[test]
fn every_rule_has_a_name_of_its_own() {
    let names: std::collections::BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
}

#[test]
fn one_vaccine_told_by_two_providers() {
    let dstu2_shot = json!({"resourceType": "Immunization", "id": "x", "status": "completed", "date": "2021-10-04T09:30:00-04:00",
        "wasNotGiven": false, "reported": false,
        "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/ndc", "code": "49281-0421-50"},
            {"system": "http://hl7.org/fhir/sid/cvx", "code": "140"}], "text": "Fluzone"}});
    let (a, b) = (r4("summit", vaccine("1", "140", "2021-10-04")), dstu2("harbor", dstu2_shot));
    joined(a.clone(), b.clone(), "same-vaccine-same-day");

    let fact = merged(&[a.clone(), b.clone()]).remove(0);
    assert_eq!(fact.kind, Kind::Vaccine);
    assert_eq!(fact.title.text, "Influenza", "R4 speaks before DSTU2");
    assert_eq!(fact.members.len(), 2);
    let start = fact.date.unwrap().start.unwrap();
    assert_eq!(start.precision, Precision::Second, "the most precise date");
    assert_eq!(fact.second_of_day, Some(9 * 3600 + 30 * 60));
    assert_eq!(
        fact.joins[0].evidence,
        [
            ("code".to_owned(), Equal::Text("CVX 140".to_owned())),
            ("day".to_owned(), Equal::Day(Day::new(2021, 10, 4).unwrap()))
        ]
    );
    // The fact keeps its id when a source is added after the smallest key.
    assert_eq!(fact.id, merged(&[b])[0].id);
}

#[test]
fn vaccines_that_are_not_the_same() {
    let one = || r4("a", vaccine("1", "140", "2021-10-04"));
    apart(one(), r4("b", vaccine("1", "140", "2021-10-05")));
    apart(one(), r4("b", vaccine("1", "141", "2021-10-04")));
    // A month may be that day or another.
    apart(one(), r4("b", vaccine("1", "140", "2021-10")));
    apart(one(), r4("b", with(vaccine("1", "140", "2021-10-04"), json!({"status": "not-done"}))));
    apart(one(), r4("b", with(vaccine("1", "140", "2021-10-04"), json!({"status": "entered-in-error"}))));
    let lot = |connection: &str, lot: &str| {
        r4(connection, with(vaccine("1", "140", "2021-10-04"), json!({"lotNumber": lot})))
    };
    apart(lot("a", "A-1"), lot("b", "B-2"));
    joined(lot("a", "A-1"), lot("b", "a1"), "same-vaccine-same-day");
    // Codes that say "no vaccine" or "unknown" are in common with anything.
    let unknown = |connection: &str, id: &str| {
        let code = json!({"vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "999"}], "text": "unknown"}});
        r4(connection, with(vaccine(id, "999", "2021-10-04"), code))
    };
    apart(unknown("a", "1"), unknown("b", "2"));
    // Equal codes of two systems are two codes.
    let local = |text: &str| {
        let code = json!({"vaccineCode": {"coding": [{"system": "urn:local", "code": "140"}], "text": text}});
        r4("b", with(vaccine("1", "140", "2021-10-04"), code))
    };
    apart(one(), local("Shingles"));
    // What both call the same, on one day, is one.
    joined(one(), local("Influenza"), "same-vaccine-same-day");
}

#[test]
fn one_result_told_by_two_providers() {
    let a = || r4("a", result("1", "2024-03-01T08:15:00-05:00", "131"));
    joined(a(), r4("b", result("9", "2024-03-01T13:15:42Z", "131.0")), "same-result");
    joined(a(), r4("b", result("9", "2024-03-01", "131")), "same-result");
    let local_too = json!({"code": {"coding": [{"system": "urn:lab", "code": "LDL"}, {"system": "http://loinc.org", "code": "13457-7"}]}});
    joined(a(), r4("b", with(result("9", "2024-03-01", "131"), local_too)), "same-result");
    let words = |id: &str, text: &str| {
        with(result(id, "2024-03-01", "1"), json!({"valueQuantity": null, "valueString": text}))
    };
    joined(r4("a", words("1", "Not detected")), r4("b", words("2", "NOT  DETECTED")), "same-result");
}

#[test]
fn results_that_are_not_the_same() {
    let a = || r4("a", result("1", "2024-03-01T08:15:00-05:00", "131"));
    apart(a(), r4("b", result("1", "2024-03-01T08:16:00-05:00", "131")));
    apart(a(), r4("b", result("1", "2024-03-01T08:15:00-05:00", "132")));
    apart(a(), r4("b", result("1", "2024-03-02", "131")));
    apart(a(), r4("b", result("1", "2024-03", "131")));
    // 22:30 at home is the next day in UTC: the other side's day is the day at home.
    apart(r4("a", result("1", "2024-03-02T03:30:00Z", "131")), r4("b", result("1", "2024-03-02", "131")));
    let changed = |changes: Value| r4("b", with(result("1", "2024-03-01T08:15:00-05:00", "131"), changes));
    apart(a(), changed(json!({"status": "entered-in-error"})));
    apart(a(), changed(json!({"status": "cancelled"})));
    apart(a(), changed(json!({"valueQuantity": {"value": 131, "unit": "mmol/L", "code": "mmol/L"}})));
    apart(
        a(),
        changed(
            json!({"valueQuantity": {"value": 131, "comparator": ">", "unit": "mg/dL", "code": "mg/dL"}}),
        ),
    );
    apart(a(), changed(json!({"valueQuantity": {"value": 131}})));
    apart(
        a(),
        changed(
            json!({"code": {"coding": [{"system": "http://loinc.org", "code": "2089-1"}], "text": "LDL cholesterol"}}),
        ),
    );
    apart(a(), changed(json!({"code": {"text": "HDL cholesterol"}})));
    // The words that were sent with the code, or that say it without one.
    joined(a(), changed(json!({"code": {"text": "Cholesterol, LDL"}})), "same-result");
    // Without a value there is nothing to compare.
    let pending = |c: &str| r4(c, with(result(c, "2024-03-01", "1"), json!({"valueQuantity": null})));
    apart(pending("a"), pending("b"));
}

#[test]
fn a_day_without_a_time_is_not_guessed_to_be_one_of_two_times() {
    let morning = r4("a", result("1", "2024-03-01T08:15:00-05:00", "5"));
    let evening = r4("a", result("2", "2024-03-01T20:15:00-05:00", "5"));
    let some_time = r4("b", result("1", "2024-03-01", "5"));
    assert_eq!(merged(&[morning.clone(), evening, some_time.clone()]).len(), 3);
    let second = r4("b", result("2", "2024-03-01", "5"));
    assert_eq!(merged(&[morning, some_time, second]).len(), 3);
}

#[test]
fn three_providers_know_one_result() {
    let facts = merged(&[
        r4("a", result("1", "2024-03-01T08:15:00-05:00", "131")),
        r4("b", result("1", "2024-03-01T13:15:00Z", "131")),
        r4("c", result("1", "2024-03-01", "131")),
    ]);
    assert_eq!(facts.len(), 1);
    assert_eq!((facts[0].members.len(), facts[0].joins.len()), (3, 2), "one join less than members");
}

#[test]
fn one_gateway_in_two_releases() {
    joined(
        r4("a", condition("r", "active")),
        dstu2("a", dstu2_condition("d", "active")),
        "same-resource-two-bases",
    );
    joined(r4("a", condition("r", "active")), dstu2("b", dstu2_condition("d", "active")), "same-problem");
    let other_date = with(dstu2_condition("d", "active"), json!({"onsetDateTime": "2012-05-02"}));
    apart(r4("a", condition("r", "active")), dstu2("a", other_date));
    let other_code = json!({"code": {"coding": [{"system": "http://snomed.info/sct", "code": "59621000"}], "text": "Hypertension"}});
    apart(r4("a", condition("r", "active")), dstu2("a", with(dstu2_condition("d", "active"), other_code)));
    let refuted = json!({"verificationStatus": "refuted"});
    apart(r4("a", condition("r", "active")), dstu2("a", with(dstu2_condition("d", "active"), refuted)));
    // Two files of one import may be of two providers: what they say is compared as between those.
    joined(
        at("f", "file:", Release::R4, condition("r", "active")),
        at("f", "file:", Release::Dstu2, dstu2_condition("d", "active")),
        "same-problem",
    );
}

#[test]
fn two_of_a_kind_at_one_base_are_not_paired_by_guessing() {
    let told = |id: &str| vaccine(id, "140", "2021-10-04");
    let facts = merged(&[r4("a", told("1")), r4("a", told("2")), r4("b", told("3"))]);
    assert_eq!(facts.len(), 3);
    // What is so, and is listed twice, is still one.
    let twice = [r4("a", condition("r1", "active")), r4("a", condition("r2", "active"))];
    assert_eq!(joined_by(&twice), Some(vec!["told-again".to_owned()]));
}

#[test]
fn two_that_nobody_named_are_two() {
    let unnamed =
        |id: &str| r4("a", json!({"resourceType": "AllergyIntolerance", "id": id, "criticality": "high"}));
    assert_eq!(merged(&[unnamed("1"), unnamed("2")]).len(), 2, "a wrong join can hide an allergy");
}

#[test]
fn a_disagreement_is_shown_and_not_resolved() {
    let facts = merged(&[r4("b", condition("r", "active")), dstu2("a", dstu2_condition("d", "resolved"))]);
    assert_eq!(facts.len(), 1);
    let conflict = &facts[0].conflicts[0];
    assert_eq!(conflict.about, About::Status);
    let said: Vec<&Says> = conflict.statements.iter().map(|said| &said.says).collect();
    let [resolved, active] = [(StatusGroup::Past, "resolved"), (StatusGroup::Active, "active")]
        .map(|(group, word)| Says::Status(group, Some(word.to_owned())));
    assert_eq!(said, [&active, &resolved]);
    assert_eq!(merged(&[r4("a", condition("r", "active"))])[0].conflicts, []);
}

#[test]
fn one_medicine_by_what_is_in_it() {
    let drug = |id: &str, words: &str| {
        json!({"resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
        "authoredOn": "2024-01-05", "medicationCodeableConcept": {"text": words}})
    };
    let order = json!({"resourceType": "MedicationOrder", "id": "o", "status": "stopped", "dateWritten": "2023-01-05",
        "medicationCodeableConcept": {"text": "LISINOPRIL 10MG TAB"}});
    let ten = || r4("a", drug("1", "Lisinopril 10 mg oral tablet"));
    joined(ten(), dstu2("b", order.clone()), "same-medicine");
    let facts = merged(&[ten(), dstu2("b", order)]);
    assert_eq!(facts[0].conflicts[0].about, About::Status, "active here, stopped there");
    apart(ten(), r4("b", drug("1", "Lisinopril 20 mg oral tablet")));
    apart(ten(), r4("b", drug("1", "Lisinopril 10 mg oral capsule")));
    apart(ten(), r4("b", drug("1", "Lisinopril")));
    apart(ten(), r4("b", drug("1", "Enalapril 10 mg oral tablet")));
    apart(ten(), r4("b", drug("1", "Zestril 10 mg oral tablet")));
    // A brand is its generic name where somebody in this record sent both in one.
    let facts = merged(&[
        ten(),
        r4("b", drug("1", "Zestril 10 mg oral tablet")),
        r4("c", drug("1", "Lisinopril 10 mg oral tablet [Zestril]")),
    ]);
    assert_eq!(facts.len(), 1);
}

#[test]
fn a_joined_pair_does_not_pull_in_what_contradicts_it() {
    // b shares a code with a and another with c; a and c were read at different units.
    let coded = |codes: &[&str]| {
        let codings: Vec<Value> =
            codes.iter().map(|code| json!({"system": "http://loinc.org", "code": code})).collect();
        json!({"code": {"coding": codings}})
    };
    let a = r4("a", with(result("1", "2024-03-01", "5"), coded(&["1-1"])));
    let unit_in_words = json!({"valueQuantity": {"value": 5, "unit": "mg/dL"}});
    let b = r4("b", with(with(result("1", "2024-03-01", "5"), coded(&["1-1", "2-2"])), unit_in_words));
    let odd_unit = json!({"valueQuantity": {"value": 5, "unit": "mg/dL", "code": "mg/L"}});
    let c = r4("c", with(with(result("1", "2024-03-01", "5"), coded(&["2-2"])), odd_unit));
    assert_eq!(merged(&[a.clone(), b.clone()]).len(), 1);
    assert_eq!(merged(&[b.clone(), c.clone()]).len(), 1);
    let facts = merged(&[a, b, c]);
    assert_eq!(facts.iter().map(|fact| fact.members.len()).sum::<usize>(), 3);
    assert_eq!(facts.len(), 3, "a and c contradict each other: which of them b means is a guess");
}

#[test]
fn flags_are_the_labs_own_or_by_its_own_range() {
    let flag = |changes: Value| merged(&[r4("a", with(result("1", "2024-03-01", "131"), changes))])[0].flag;
    let sent = |code: &str| flag(json!({"interpretation": [{"coding": [{"code": code}]}]}));
    assert_eq!(sent("H"), Some(Flag::High));
    assert_eq!(sent("LL"), Some(Flag::CriticalLow));
    assert_eq!(sent("HH"), Some(Flag::CriticalHigh));
    assert_eq!(sent("AA"), Some(Flag::Critical));
    assert_eq!(sent("N"), None);
    let range = |low: &str, high: &str| {
        let bound =
            |text: &str| json!({"value": serde_json::from_str::<Value>(text).unwrap(), "unit": "mg/dL"});
        json!([{"low": bound(low), "high": bound(high)}])
    };
    assert_eq!(flag(json!({"referenceRange": range("10", "99.9")})), Some(Flag::High));
    assert_eq!(flag(json!({"referenceRange": range("10", "131.0")})), None, "bounds belong to the range");
    assert_eq!(flag(json!({"referenceRange": range("131.01", "200")})), Some(Flag::Low));
    // "Normal" by the lab wins over what its range would say.
    assert_eq!(
        flag(json!({"referenceRange": range("10", "99"), "interpretation": [{"coding": [{"code": "N"}]}]})),
        None
    );
    let other_unit = json!([{"high": {"value": 3, "unit": "mmol/L"}}]);
    assert_eq!(flag(json!({"referenceRange": other_unit})), None);
}

#[test]
fn a_day_is_what_was_stated_or_the_day_at_home() {
    let fact = |date: &str| merged(&[r4("a", result("1", date, "1"))]).remove(0);
    let day = |date: &str| fact(date).day.map(|day| day.to_string());
    assert_eq!(day("2024-03-02T03:30:00Z").as_deref(), Some("2024-03-01"));
    assert_eq!(fact("2024-03-02T03:30:00Z").second_of_day, Some(22 * 3600 + 30 * 60));
    assert_eq!(day("2024-03-02T03:30:00+01:00").as_deref(), Some("2024-03-02"));
    assert_eq!(day("2024-03").as_deref(), Some("2024-03"));
    assert_eq!(fact("2024-03").second_of_day, None);
}

/// What the person adds stands beside what others say, however alike; among itself it is merged as ever.
#[test]
fn what_the_person_adds_joins_nobody_elses() {
    let own = |json: Value| at("own", OWN, Release::R4, json);
    apart(own(vaccine("1", "140", "2022-01-01")), r4("summit", vaccine("2", "140", "2022-01-01")));
    apart(own(condition("1", "active")), r4("summit", condition("2", "active")));
    apart(
        own(result("1", "2024-03-01", "131")),
        at("files", "file:a", Release::R4, result("2", "2024-03-01", "131")),
    );
    // What they add twice is one.
    joined(own(condition("1", "active")), own(condition("2", "active")), "told-again");
    // A copy of it that was exported and taken in again is the same words.
    joined(
        own(condition("1", "active")),
        at("files", "file:a", Release::R4, condition("1", "active")),
        "same-bytes",
    );
}

//! Where providers disagree: each sort of disagreement, and near misses that are none.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use wholechart_fhir::{DetailValue, StatusGroup};
use wholechart_record::{
    About, Choice, Conflict, ConnectionId, Member, Merger, Says, Wish, best_member, merge, wish,
};

use crate::said::{HOME, dstu2, r4};

fn merger(members: &[Member]) -> Merger {
    let mut merger = Merger::new(HOME);
    merger.update(members.to_vec(), &[]);
    merger
}

/// What is disagreed about, and who says what: `a: 10 mg; b: 20 mg`.
#[track_caller]
fn found(members: &[Member]) -> Vec<(About, String)> {
    let one = told(&merger(members));
    let mut backwards = Merger::new(HOME);
    for member in members.iter().rev() {
        backwards.update(vec![member.clone()], &[]);
    }
    assert_eq!(told(&backwards), one, "whatever the order, at once or one by one");
    one
}

fn told(merger: &Merger) -> Vec<(About, String)> {
    let told = |conflict: &&Conflict| {
        let said: Vec<String> = conflict
            .statements
            .iter()
            .map(|said| format!("{}: {}", said.by, says(conflict.about, &said.says)))
            .collect();
        (conflict.about, said.join("; "))
    };
    merger.conflicts().iter().map(told).collect()
}

/// What is said, of the sort that this disagreement is about.
#[track_caller]
fn says(about: About, says: &Says) -> String {
    match (about, says) {
        (About::Status | About::RuledOut | About::Withdrawn, Says::Status(group, sent)) => {
            sent.clone().unwrap_or_else(|| group.as_str().to_owned())
        }
        (About::Dose | About::AllergyNotListed, Says::Title(title)) => title.text.clone(),
        (About::AllergyNotListed, Says::NotListed) => "not-listed".to_owned(),
        (About::AllergyNotListed, Says::NoneKnown) => "none-known".to_owned(),
        (About::Correction | About::BloodGroup, Says::Value(found)) => found.as_sent(),
        (About::VaccineDay | About::BirthDate, Says::Date(DetailValue::Date(date))) => date.raw.clone(),
        other => panic!("{other:?}"),
    }
}

fn drug(id: &str, words: &str, status: &str) -> Value {
    json!({"resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order",
        "authoredOn": "2024-01-05", "medicationCodeableConcept": {"text": words}})
}

#[test]
fn stopped_here_and_taken_there() {
    let ten = "Lisinopril 10 mg oral tablet";
    assert_eq!(
        found(&[r4("a", drug("1", ten, "active")), r4("b", drug("1", ten, "stopped"))]),
        [(About::Status, "a: active; b: stopped".to_owned())]
    );
    // Held by one for the time being, and taken for all that the other knows.
    assert_eq!(
        found(&[r4("a", drug("1", ten, "active")), r4("b", drug("1", ten, "on-hold"))]),
        [(About::Status, "a: active; b: on-hold".to_owned())]
    );
    assert_eq!(found(&[r4("a", drug("1", ten, "on-hold")), r4("b", drug("1", ten, "on-hold"))]), []);
    assert_eq!(found(&[r4("a", drug("1", ten, "active")), r4("b", drug("1", ten, "active"))]), []);
    // One order was filled, another of the same teller goes on.
    assert_eq!(found(&[r4("a", drug("1", ten, "active")), r4("a", drug("2", ten, "completed"))]), []);
    assert_eq!(
        found(&[r4("b", drug("1", ten, "active")), r4("a", drug("2", ten, "completed"))]),
        [(About::Status, "b: active; a: completed".to_owned())]
    );
    // Two of one teller: a disagreement with oneself is one all the same.
    assert_eq!(found(&[r4("a", drug("1", ten, "active")), r4("a", drug("2", ten, "stopped"))]).len(), 1);
}

fn ordered(id: &str, day: &str, status: &str, dose: &str) -> Value {
    json!({"resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order", "authoredOn": day,
        "medicationCodeableConcept": {"text": "Lisinopril 10 mg oral tablet"}, "dosageInstruction": [{"text": dose}]})
}

/// Orders that were filled are no word against the one of today, whichever has the smaller id.
#[test]
fn what_was_ordered_last_is_what_is_so() {
    let orders = |ids: [&str; 3], last: &str| {
        [
            r4("a", ordered(ids[0], "2019-03-01", "completed", "one in the evening")),
            r4("a", ordered(ids[1], "2024-06-01", last, "two in the morning")),
            r4("a", ordered(ids[2], "2022-02-01", "completed", "one in the morning")),
        ]
    };
    for ids in [["1", "2", "3"], ["3", "1", "2"], ["2", "3", "1"]] {
        for (last, group) in [("active", StatusGroup::Active), ("stopped", StatusGroup::Past)] {
            let members = orders(ids, last);
            assert_eq!(found(&members), [], "one teller who changed its mind");
            let [fact] = &merge(members.to_vec(), HOME)[..] else { panic!("one medicine") };
            assert_eq!(fact.status_group, group);
            assert_eq!(fact.day.map(|day| day.to_string()).as_deref(), Some("2024-06-01"));
            let keyed: Vec<_> = members.iter().map(|one| (&one.key, &one.entry)).collect();
            assert_eq!(
                best_member(&keyed).and_then(|best| best.dosage[0].text.as_deref()),
                Some("two in the morning")
            );
        }
    }
    // Another teller still lists it: a disagreement of two, and nobody misses what may be taken.
    let mut members = orders(["1", "2", "3"], "stopped").to_vec();
    members.push(r4("b", ordered("9", "2021-01-01", "active", "one in the evening")));
    assert_eq!(found(&members), [(About::Status, "a: stopped; b: active".to_owned())]);
    assert_eq!(merge(members, HOME)[0].status_group, StatusGroup::Active);
}

/// That a pharmacy handed it out says nothing about whether it is still taken.
#[test]
fn a_dose_that_was_handed_out_ends_nothing() {
    let handed = json!({"resourceType": "MedicationDispense", "id": "0", "status": "completed", "whenHandedOver": "2024-08-01",
        "medicationCodeableConcept": {"text": "Lisinopril 10 mg oral tablet"}});
    let members = [r4("a", handed.clone()), r4("a", ordered("1", "2024-06-01", "active", "one a day"))];
    assert_eq!(found(&members), []);
    let [fact] = &merge(members.to_vec(), HOME)[..] else { panic!("one medicine") };
    assert_eq!(fact.status_group, StatusGroup::Active);
    // Nor does it say so where nobody says more.
    assert_eq!(merge(vec![r4("a", handed)], HOME)[0].status_group, StatusGroup::Unknown);
    // Nor does an order that is still being written.
    let taken = r4("a", ordered("1", "2024-06-01", "active", "one a day"));
    let written = r4("a", ordered("2", "2025-01-01", "draft", "two a day"));
    assert_eq!(merge(vec![taken, written.clone()], HOME)[0].status_group, StatusGroup::Active);
    assert_eq!(merge(vec![written], HOME)[0].status_group, StatusGroup::Draft);
}

/// When an illness began says nothing about when that was said.
#[test]
fn an_onset_is_no_date_of_a_statement() {
    let told = |id: &str, recorded: Option<&str>, status: &str| {
        let mut told = json!({"resourceType": "Condition", "id": id, "code": {"text": "Asthma"}, "onsetDateTime": "2010-05-01",
            "code": {"text": "Asthma", "coding": [{"system": "http://snomed.info/sct", "code": "195967001"}]},
            "clinicalStatus": {"coding": [{"code": status}]}});
        if let Some(day) = recorded {
            told["recordedDate"] = json!(day);
        }
        r4("a", told)
    };
    // One of them has no day, and may be as new as the other.
    assert_eq!(found(&[told("1", Some("2023-01-01"), "resolved"), told("2", None, "active")]).len(), 1);
    let later = [told("1", Some("2023-01-01"), "resolved"), told("2", Some("2019-01-01"), "active")];
    assert_eq!(found(&later), []);
    assert_eq!(merge(later.to_vec(), HOME)[0].status_group, StatusGroup::Past);
    // Some day of that year: perhaps after it.
    assert_eq!(
        found(&[told("1", Some("2023-03-01"), "resolved"), told("2", Some("2023"), "active")]).len(),
        1
    );
}

#[test]
fn two_doses() {
    let drug = |by: &str, words: &str, status: &str| r4(by, drug(&format!("{words}{status}"), words, status));
    assert_eq!(
        found(&[
            drug("a", "Atorvastatin 20 mg tablet", "active"),
            drug("b", "Atorvastatin 40 mg tablet", "active")
        ]),
        [(About::Dose, "a: Atorvastatin 20 mg tablet; b: Atorvastatin 40 mg tablet".to_owned())]
    );
    // The old dose is over; one doctor gives both; two medicines.
    for (one, other) in [
        (drug("a", "Atorvastatin 20 mg tablet", "stopped"), drug("b", "Atorvastatin 40 mg tablet", "active")),
        (
            drug("a", "Levothyroxine 50 mcg tablet", "active"),
            drug("a", "Levothyroxine 75 mcg tablet", "active"),
        ),
        (drug("a", "Atorvastatin 20 mg tablet", "active"), drug("b", "Lisinopril 40 mg tablet", "active")),
        (drug("a", "Atorvastatin tablet", "active"), drug("b", "Atorvastatin 40 mg tablet", "active")),
    ] {
        assert_eq!(found(&[one, other]), []);
    }
}

fn allergy(id: &str, words: &str, verification: &str) -> Value {
    let status = |code: &str| json!({"coding": [{"code": code}]});
    json!({"resourceType": "AllergyIntolerance", "id": id, "code": {"text": words},
        "clinicalStatus": status("active"), "verificationStatus": status(verification)})
}

#[test]
fn an_allergy_by_another_name_is_listed() {
    for (one, other) in
        [("ASA", "Aspirin"), ("Keflex", "Cephalexin"), ("Eggs", "Egg (edible)"), ("PCN", "Penicillin")]
    {
        let members = [r4("a", allergy("1", one, "confirmed")), r4("b", allergy("2", other, "confirmed"))];
        assert_eq!(found(&members), [], "{one} / {other}");
    }
}

#[test]
fn an_allergy_to_something_that_sounds_alike_is_not_listed() {
    let listed = ["Morphine sulfate", "Sulfa drugs"];
    let [morphine, sulfa] = listed.map(|words| allergy(&words[..1], words, "confirmed"));
    let members = [r4("a", morphine.clone()), r4("b", morphine), r4("b", sulfa)];
    assert_eq!(found(&members), [(About::AllergyNotListed, "b: Sulfa drugs; a: not-listed".to_owned())]);
}

#[test]
fn a_word_that_two_allergies_share_makes_them_not_one() {
    let listed = [
        ["ACE inhibitors", "HMG-CoA reductase inhibitors"],
        ["Cat dander", "Dog dander"],
        ["Prednisone", "Prednisolone"],
    ];
    for names in listed {
        let [one, other] = names.map(|name| allergy(&name[..1], name, "confirmed"));
        let told = found(&[r4("a", one), r4("b", other)]).into_iter().map(|(_, said)| said);
        let missing = [format!("a: {}; b: not-listed", names[0]), format!("b: {}; a: not-listed", names[1])];
        assert_eq!(told.collect::<BTreeSet<_>>(), BTreeSet::from(missing));
    }
    // A wider name knows of it, and so does one that shares a word with what the table does not know.
    for (wide, narrow) in [("IV contrast", "Iodinated contrast media"), ("Zephyrol", "Zephyrol citrate")] {
        let [wide, narrow] = [wide, narrow].map(|it| allergy(&it[..1], it, "confirmed"));
        assert_eq!(found(&[r4("a", wide), r4("b", narrow)]), []);
    }
}

#[test]
fn an_allergy_that_one_does_not_know() {
    let [sulfa, latex] = ["Sulfa drugs", "Latex"].map(|words| allergy(&words[..1], words, "confirmed"));
    let both = [r4("a", latex.clone()), r4("b", latex.clone()), r4("b", sulfa.clone())];
    assert_eq!(
        found(&both),
        [(About::AllergyNotListed, "b: Sulfa drugs; a: not-listed".to_owned())],
        "a lists allergies, and not this one"
    );
    // Who lists none was perhaps never asked; who was asked and answered with none does not know it.
    let mut merger = merger(&[r4("b", sulfa.clone())]);
    assert_eq!(told(&merger), []);
    let touched = merger.listing_allergies(BTreeSet::from([ConnectionId("c".into())]));
    assert_eq!(touched.after.len(), 1, "the fact says so itself");
    assert_eq!(told(&merger), [(About::AllergyNotListed, "b: Sulfa drugs; c: not-listed".to_owned())]);
    // Under another name it is known; "no known allergies" is no allergy, and says more than silence.
    let penicillins = [
        r4("a", allergy("1", "Penicillin V", "confirmed")),
        r4("b", allergy("2", "PENICILLINS", "confirmed")),
    ];
    assert_eq!(found(&penicillins), []);
    assert_eq!(
        found(&[r4("a", allergy("1", "No known allergies", "confirmed")), r4("b", sulfa)]),
        [(About::AllergyNotListed, "b: Sulfa drugs; a: none-known".to_owned())]
    );
}

#[test]
fn ruled_out_here_and_listed_there() {
    let peanut = |by: &str, verification: &str| r4(by, allergy("1", "Peanut", verification));
    assert_eq!(
        found(&[peanut("a", "refuted"), peanut("b", "confirmed")]),
        [(About::RuledOut, "a: refuted; b: active".to_owned())]
    );
    assert_eq!(found(&[peanut("a", "refuted"), peanut("b", "refuted")]), []);
}

fn shot(by: &str, cvx: &str, date: &str) -> Member {
    let coding = json!([{"system": "http://hl7.org/fhir/sid/cvx", "code": cvx}]);
    r4(
        by,
        json!({"resourceType": "Immunization", "id": format!("{cvx}-{date}"), "status": "completed",
        "occurrenceDateTime": date, "vaccineCode": {"coding": coding, "text": "Shot"}}),
    )
}

#[test]
fn one_vaccine_on_two_days() {
    assert_eq!(
        found(&[shot("a", "140", "2021-10-04"), shot("b", "140", "2021-10-06")]),
        [(About::VaccineDay, "a: 2021-10-04; b: 2021-10-06".to_owned())]
    );
    // Its group's code without the formulation.
    assert_eq!(found(&[shot("a", "140", "2021-10-04"), shot("b", "88", "2021-10-06")]).len(), 1);
    // The next dose; two of one teller, or both known to one; another vaccine.
    assert_eq!(found(&[shot("a", "208", "2021-04-07"), shot("b", "208", "2021-04-28")]), []);
    assert_eq!(found(&[shot("a", "140", "2021-10-04"), shot("a", "140", "2021-10-06")]), []);
    assert_eq!(
        found(&[shot("a", "90", "2021-10-04"), shot("a", "90", "2021-10-07"), shot("b", "90", "2021-10-07")]),
        []
    );
    assert_eq!(found(&[shot("a", "140", "2021-10-04"), shot("b", "33", "2021-10-06")]), []);
}

fn result(id: &str, loinc: &str, value: Value, status: &str) -> Value {
    let mut result = json!({"resourceType": "Observation", "id": id, "status": status, "effectiveDateTime": "2024-03-01T08:15:00-05:00",
        "category": [{"coding": [{"code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": loinc}], "text": "Test"}});
    match value {
        Value::String(words) => result["valueString"] = json!(words),
        figure => result["valueQuantity"] = json!({"value": figure, "unit": "mg/dL"}),
    }
    result
}

#[test]
fn corrected_by_one_and_not_by_the_other() {
    let told = |by: &str, value: i32, status: &str| r4(by, result("1", "2823-3", json!(value), status));
    assert_eq!(
        found(&[told("a", 6, "corrected"), told("b", 5, "final")]),
        [(About::Correction, "a: 6 mg/dL; b: 5 mg/dL".to_owned())]
    );
    // Corrected by both, or to the same value: nothing to ask.
    assert_eq!(found(&[told("a", 6, "corrected"), told("b", 6, "final")]), []);
    assert_eq!(found(&[told("a", 6, "final"), told("b", 5, "final")]), [], "perhaps two tests");
}

#[test]
fn withdrawn_by_one_and_told_by_the_other() {
    let told = |by: &str, status: &str| r4(by, result("1", "2823-3", json!(5), status));
    assert_eq!(
        found(&[told("a", "entered-in-error"), told("b", "final")]),
        [(About::Withdrawn, "a: entered-in-error; b: final".to_owned())]
    );
}

#[test]
fn two_birth_dates_and_two_blood_groups() {
    let patient = |by: &str, born: &str| {
        r4(
            by,
            json!({"resourceType": "Patient", "id": "p", "name": [{"text": "Ada Quill"}], "birthDate": born}),
        )
    };
    assert_eq!(
        found(&[patient("a", "1961-04-03"), patient("b", "1961-03-04")]),
        [(About::BirthDate, "b: 1961-03-04; a: 1961-04-03".to_owned())]
    );
    assert_eq!(found(&[patient("a", "1961-04-03"), patient("b", "1961")]), [], "a year holds its days");
    let group = |by: &str, words: &str| r4(by, result("1", "882-1", json!(words), "final"));
    assert_eq!(
        found(&[group("a", "A Rh positive"), group("b", "O POS")]),
        [(About::BloodGroup, "a: A Rh positive; b: O POS".to_owned())]
    );
    assert_eq!(found(&[group("a", "A Rh positive"), group("b", "A+")]), []);
}

#[test]
fn a_wish_outlives_what_changes_around_it() {
    let ten = "Lisinopril 10 mg oral tablet";
    let two = [r4("a", drug("1", ten, "active")), r4("b", drug("1", ten, "stopped"))];
    let first = merger(&two).conflicts()[0].clone();
    let choice =
        Choice { about: first.about, keys: first.keys().into_iter().cloned().collect(), wish: Wish::Ask };
    // A third teller, and an older release: the disagreement is the same.
    let three = [
        two[0].clone(),
        two[1].clone(),
        dstu2(
            "c",
            json!({"resourceType": "MedicationOrder", "id": "9",
        "status": "active", "medicationCodeableConcept": {"text": ten}}),
        ),
    ];
    let later = merger(&three).conflicts()[0].clone();
    assert_ne!(first.id(), later.id());
    assert_eq!(wish(std::slice::from_ref(&choice), &later), Some(Wish::Ask));
    // One about another pair is not meant.
    let other = [
        r4("a", drug("2", "Aspirin 81 mg tablet", "active")),
        r4("b", drug("2", "Aspirin 81 mg tablet", "stopped")),
    ];
    assert_eq!(wish(&[choice], merger(&other).conflicts()[0]), None);
}

/// Of several statements that there is none, the one that is newer than the list speaks, whatever they are called.
#[test]
fn who_says_twice_that_there_is_none_is_heard_whatever_the_ids() {
    let allergy = |id: &str, text: &str, day: &str| {
        r4(
            "a",
            json!({"resourceType": "AllergyIntolerance", "id": id, "code": {"text": text}, "recordedDate": day,
                "clinicalStatus": {"coding": [{"code": "active"}]}}),
        )
    };
    for ids in [["1", "2"], ["2", "1"], ["k", "b"], ["b", "k"], ["41", "x7"], ["x7", "41"]] {
        let members = [
            allergy(ids[0], "No known allergies", "2005-02-01"),
            allergy(ids[1], "No known drug allergies", "2015-02-01"),
            allergy("listed", "Penicillin G", "2010-02-01"),
        ];
        let said = "a: none-known; a: Penicillin G".to_owned();
        assert_eq!(found(&members), [(About::AllergyNotListed, said)], "{ids:?}");
    }
}

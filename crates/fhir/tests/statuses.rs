//! A status is found wherever its release or its sender puts it.

use proptest::prelude::*;
use wholechart_fhir::{Entry, Kind, Release, StatusGroup as G};

use crate::{entry, r4};

const CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
const VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
const SNOMED: &str = "http://snomed.info/sct";
const OWN: &str = "urn:oid:1.2.3.4";

fn coding(system: &str, code: &str) -> String {
    format!(r#"{{"system":"{system}","code":"{code}"}}"#)
}

fn problem(clinical: &str, verification: &str) -> Entry {
    r4(&format!(
        r#"{{"resourceType":"Condition","code":{{"text":"Gout"}},"clinicalStatus":{clinical},"verificationStatus":{verification}}}"#
    ))
}

fn codings(codings: &[String]) -> String {
    format!(r#"{{"coding":[{}]}}"#, codings.join(","))
}

#[test]
fn any_coding_of_fhirs_own_system_says_the_status() {
    let active = codings(&[coding(CLINICAL, "active")]);
    let confirmed = codings(&[coding(VERIFICATION, "confirmed")]);
    for (clinical, verification, group) in [
        (
            active.clone(),
            codings(&[coding(OWN, "CONF"), coding(VERIFICATION, "entered-in-error")]),
            G::EnteredInError,
        ),
        (
            active.clone(),
            codings(&[coding(VERIFICATION, "confirmed"), coding(VERIFICATION, "refuted")]),
            G::Refuted,
        ),
        (codings(&[coding(SNOMED, "73425007"), coding(CLINICAL, "inactive")]), confirmed.clone(), G::Past),
        (codings(&[coding(SNOMED, "413322009"), coding(CLINICAL, "resolved")]), confirmed.clone(), G::Past),
        (codings(&[coding(OWN, "active"), coding(CLINICAL, "resolved")]), confirmed.clone(), G::Past),
        (active.clone(), r#"{"text":"Entered in Error"}"#.into(), G::EnteredInError),
        (active.clone(), r#"{"coding":[{"code":"ENTERED_IN_ERROR"}]}"#.into(), G::EnteredInError),
        (
            active.clone(),
            r#"{"coding":[{"code":"X9","display":"Entered in error"}]}"#.into(),
            G::EnteredInError,
        ),
        (active, r#"{"text":"Refuted"}"#.into(), G::Refuted),
        (r#"{"text":"Inactive"}"#.into(), confirmed.clone(), G::Past),
        (r#"{"coding":[{"code":"Resolved","display":"Resolved"}]}"#.into(), confirmed, G::Past),
    ] {
        assert_eq!(problem(&clinical, &verification).status_group, group, "{clinical} {verification}");
    }
    let allergy = r4(
        r#"{"resourceType":"AllergyIntolerance","code":{"text":"Walnut"},"clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"code":"Entered in Error"}]}}"#,
    );
    assert_eq!(allergy.status_group, G::EnteredInError);
    assert_eq!(problem("null", "null").problems, [], "an empty element is no fault");
}

proptest! {
    /// Law 27: whatever stands beside it and in whatever order, a coding that takes the statement back takes it back.
    #[test]
    fn what_was_taken_back_is_taken_back_in_any_place(
        beside in proptest::collection::vec(("[a-z]{3,8}", prop_oneof![Just(OWN), Just(SNOMED), Just(VERIFICATION)]), 0..4),
        at in any::<prop::sample::Index>(),
        refuted in any::<bool>(),
    ) {
        let (word, group) = if refuted { ("refuted", G::Refuted) } else { ("entered-in-error", G::EnteredInError) };
        let mut all: Vec<String> = beside.iter().map(|(code, system)| coding(system, code)).collect();
        all.insert(at.index(all.len() + 1), coding(VERIFICATION, word));
        let read = problem(&codings(&[coding(CLINICAL, "active")]), &codings(&all));
        prop_assert_eq!(read.status_group, group);
    }

    /// Law 29: a status that nobody knows is shown as it was sent and assumed to mean nothing.
    #[test]
    fn an_unknown_status_means_nothing(word in "[q-z]{4,9}") {
        let read = r4(&format!(r#"{{"resourceType":"MedicationRequest","status":"{word}","medicationCodeableConcept":{{"text":"X"}}}}"#));
        prop_assert_eq!(read.status_group, G::Unknown);
        prop_assert_eq!(read.status.as_deref(), Some(word.as_str()));
    }

    /// Law 29: words that nobody knows take nothing away from one that is known, wherever they stand beside it.
    #[test]
    fn an_unknown_word_takes_nothing_from_a_known_one(
        odd in proptest::collection::vec("[q-z]{4,9}", 1..4),
        at in any::<prop::sample::Index>(),
    ) {
        let confirmed = codings(&[coding(VERIFICATION, "confirmed")]);
        let mut all: Vec<String> = odd.iter().map(|code| coding(CLINICAL, code)).collect();
        all.insert(at.index(all.len() + 1), coding(CLINICAL, "inactive"));
        let read = problem(&codings(&all), &confirmed);
        prop_assert_eq!((read.status_group, read.status.as_deref()), (G::Past, Some("inactive")));
        let shown = format!(r#"{{"coding":[{{"code":"{}","display":"Inactive"}}]}}"#, odd[0]);
        prop_assert_eq!(problem(&shown, &confirmed).status_group, G::Past);
    }
}

#[test]
fn statuses_are_known_in_other_spellings() {
    let order = |status: &str| {
        r4(&format!(
            r#"{{"resourceType":"MedicationRequest","status":"{status}","intent":"order","medicationCodeableConcept":{{"text":"X"}}}}"#
        ))
        .status_group
    };
    for status in ["Discontinued", "expired", "Stopped", "stopped ", "inactive", "Completed", "ended"] {
        assert_eq!(order(status), G::Past, "{status}");
    }
    for status in ["Active", "ACTIVE", "on hold", "suspended"] {
        assert_eq!(order(status), G::Active, "{status}");
    }
    for status in ["entered in error", "Entered-In-Error", "EnteredInError"] {
        assert_eq!(order(status), G::EnteredInError, "{status}");
    }
    assert_eq!(order("D"), G::Unknown);
}

#[test]
fn handing_a_medicine_out_ends_nothing() {
    let dispense = r4(
        r#"{"resourceType":"MedicationDispense","status":"completed","medicationCodeableConcept":{"text":"Metformin 500 MG"},"whenHandedOver":"2026-11-01","daysSupply":{"value":90,"unit":"days"}}"#,
    );
    assert_eq!((dispense.status_group, dispense.days_supply), (G::Unknown, Some(90)));
    assert!(dispense.is_dose());
    let given = r4(
        r#"{"resourceType":"MedicationAdministration","status":"completed","medicationCodeableConcept":{"text":"X"}}"#,
    );
    assert_eq!((given.status_group, given.is_dose()), (G::Unknown, true));
    let stopped = r4(
        r#"{"resourceType":"MedicationDispense","status":"stopped","medicationCodeableConcept":{"text":"X"}}"#,
    );
    assert_eq!(stopped.status_group, G::Past);
    let statement = r4(
        r#"{"resourceType":"MedicationStatement","status":"completed","medicationCodeableConcept":{"text":"X"}}"#,
    );
    assert_eq!((statement.status_group, statement.is_dose()), (G::Past, false));
}

#[test]
fn an_end_is_read_wherever_a_release_states_it() {
    let ended = |entry: &Entry| entry.ended().map(|date| date.raw.clone());
    let why = |entry: &Entry| entry.end.as_ref().and_then(|end| end.reason.clone());
    let order = |rest: &str| {
        entry(
            Release::Dstu2,
            &format!(
                r#"{{"resourceType":"MedicationOrder","dateWritten":"2018-02-01","medicationCodeableConcept":{{"text":"Prednisone"}},{rest}}}"#
            ),
        )
    };
    let stopped = order(r#""dateEnded":"2018-03-01","reasonEnded":{"text":"Rash"},"status":"stopped""#);
    assert_eq!((ended(&stopped).as_deref(), why(&stopped).as_deref()), (Some("2018-03-01"), Some("Rash")));
    let silent = order(r#""dateEnded":"2018-04-15""#);
    assert_eq!((silent.status_group, ended(&silent).as_deref()), (G::Past, Some("2018-04-15")));
    let both = order(r#""dateEnded":"2018-04-15","status":"active""#);
    assert_eq!(
        (both.status_group, ended(&both).as_deref()),
        (G::Active, Some("2018-04-15")),
        "both are said"
    );

    let r4 = |json: &str| r4(&format!(r#"{{"medicationCodeableConcept":{{"text":"X"}},{json}}}"#));
    let period = r4(
        r#""resourceType":"MedicationStatement","status":"unknown","effectivePeriod":{"start":"2023-05-01","end":"2023-05-10"}"#,
    );
    assert_eq!((period.status_group, ended(&period).as_deref()), (G::Unknown, Some("2023-05-10")));
    let taper = r4(
        r#""resourceType":"MedicationRequest","authoredOn":"2023-05-01","statusReason":{"coding":[{"display":"Side effects"}]},"dosageInstruction":[{"timing":{"repeat":{"boundsPeriod":{"end":"2023-05-08"}}}},{"timing":{"repeat":{"boundsPeriod":{"end":"2023-05-04"}}}}]"#,
    );
    assert_eq!(
        (ended(&taper).as_deref(), why(&taper).as_deref()),
        (Some("2023-05-08"), Some("Side effects"))
    );
    let visit = crate::r4(
        r#"{"resourceType":"Encounter","status":"arrived","period":{"start":"2019-04-18T13:00:00Z","end":"2019-04-18T13:15:00Z"}}"#,
    );
    assert_eq!((visit.kind, ended(&visit).as_deref()), (Kind::Visit, Some("2019-04-18T13:15:00Z")));
}

#[test]
fn a_visit_that_is_over_is_of_its_day() {
    let field = |status: &str| {
        let visit = r4(&format!(
            r#"{{"resourceType":"Encounter","status":"{status}","period":{{"start":"2015-06-22"}}}}"#
        ));
        visit.date.map(|date| date.field)
    };
    assert_eq!(field("finished").as_deref(), Some("period.start"));
    assert_eq!(field("in-progress").as_deref(), Some("period"), "under way since");
}

#[test]
fn nobody_takes_what_was_only_proposed() {
    let group = |intent: &str| {
        r4(&format!(r#"{{"resourceType":"MedicationRequest","status":"active","intent":"{intent}","medicationCodeableConcept":{{"text":"X"}}}}"#))
            .status_group
    };
    assert_eq!((group("proposal"), group("option")), (G::Planned, G::Planned));
    assert_eq!(
        (group("order"), group("plan")),
        (G::Active, G::Active),
        "US Core's word for what patients report"
    );
}

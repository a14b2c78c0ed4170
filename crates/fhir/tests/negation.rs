//! What says "not", wherever it is said.

use wholechart_fhir::{Caution, Entry, Fault, Release, StatusGroup as G};

use crate::{entry, r4};

fn vaccine(release: Release, rest: &str) -> Entry {
    entry(release, &format!(r#"{{"resourceType":"Immunization","vaccineCode":{{"text":"MMR"}},{rest}}}"#))
}

#[test]
fn a_vaccine_that_was_not_given_is_not_given() {
    use Release::{Dstu2, R4, Stu3};
    const EXTENSION: &str = r#"[{"url":"http://hl7.org/fhir/3.0/StructureDefinition/extension-Immunization.notGiven","valueBoolean":true}]"#;
    for (release, json) in [
        (R4, format!(r#""status":"completed","modifierExtension":{EXTENSION}"#)),
        (R4, format!(r#""status":"completed","extension":{EXTENSION}"#)),
        (R4, r#""status":"completed","extension":[{"url":"http://hl7.org/fhir/1.0/StructureDefinition/extension-Immunization.wasNotGiven","valueBoolean":"true"}]"#.to_owned()),
        (R4, r#""status":"completed","statusReason":{"text":"Patient refused"}"#.to_owned()),
        (R4, r#""status":"completed","statusReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"PATOBJ"}]}"#.to_owned()),
        (R4, r#""status":"Not Done""#.to_owned()),
        (Dstu2, r#""status":"completed","explanation":{"reasonNotGiven":[{"text":"Patient refuses"}]}"#.to_owned()),
        (Dstu2, r#""status":"on-hold","wasNotGiven":true"#.to_owned()),
        (Stu3, r#""status":"completed","notGiven":true"#.to_owned()),
    ] {
        assert_eq!(vaccine(release, &json).status_group, G::NotDone, "{json}");
    }
    for (release, json, group) in [
        (Dstu2, r#""status":"stopped","wasNotGiven":false"#, G::Cancelled),
        (Dstu2, r#""status":"in-progress","wasNotGiven":false"#, G::Draft),
        (Dstu2, r#""status":"completed","wasNotGiven":false"#, G::Past),
        (R4, r#""status":"completed","statusReason":{"text":"Routine"}"#, G::Past),
        (R4, r#""status":"entered-in-error","statusReason":{"text":"Patient refused"}"#, G::EnteredInError),
        (
            R4,
            r#""status":"completed","extension":[{"url":"http://x/extension-Immunization.notGiven","valueBoolean":false}]"#,
            G::Past,
        ),
    ] {
        assert_eq!(vaccine(release, json).status_group, group, "{json}");
    }
}

#[test]
fn what_is_not_taken_is_not_taken_in_any_release() {
    let medicine = |json: &str| {
        r4(&format!(r#"{{"medicationCodeableConcept":{{"text":"Apixaban"}},{json}}}"#)).status_group
    };
    for json in [
        r#""resourceType":"MedicationStatement","status":"active","taken":"n""#,
        r#""resourceType":"MedicationStatement","status":"active","wasNotTaken":true"#,
        r#""resourceType":"MedicationStatement","status":"active","reasonNotTaken":[{"text":"Cost"}]"#,
        r#""resourceType":"MedicationStatement","status":"active","extension":[{"url":"http://hl7.org/fhir/3.0/StructureDefinition/extension-MedicationStatement.taken","valueCode":"n"}]"#,
        r#""resourceType":"MedicationStatement","status":"active","statusReason":[{"text":"Patient declined"}]"#,
        r#""resourceType":"MedicationAdministration","status":"completed","reasonNotGiven":[{"text":"Asleep"}]"#,
        r#""resourceType":"MedicationRequest","status":"active","doNotPerform":"true""#,
    ] {
        assert_eq!(medicine(json), G::NotDone, "{json}");
    }
    assert_eq!(medicine(r#""resourceType":"MedicationStatement","status":"active","taken":"y""#), G::Active);
    assert_eq!(
        medicine(
            r#""resourceType":"MedicationRequest","status":"active","reasonCode":[{"text":"Not refused by anybody"}]"#
        ),
        G::Active
    );
    for said in [
        "Cognitive decline",
        "Declining kidney function",
        "Kidney function declined",
        "Not refused",
        "Previously declined statins by patient",
    ] {
        for element in ["reasonCode", "statusReason"] {
            let json = format!(
                r#""resourceType":"MedicationStatement","status":"active","{element}":[{{"text":"{said}"}}]"#
            );
            assert_eq!(medicine(&json), G::Active, "{json}");
        }
    }
    assert_eq!(
        medicine(
            r#""resourceType":"MedicationStatement","status":"active","reasonCode":[{"text":"Patient refused surgery"}]"#
        ),
        G::Active,
        "why it is taken, not that it is not"
    );
    let procedure = r4(
        r#"{"resourceType":"Procedure","status":"completed","code":{"text":"X"},"statusReason":{"text":"Patient refused"}}"#,
    );
    assert_eq!(procedure.status_group, G::NotDone);
}

#[test]
fn an_unknown_modifier_is_a_caution_at_any_depth() {
    let unknown = r#"[{"url":"http://example.org/anti-prescription","valueBoolean":true}]"#;
    for json in [
        format!(r#""modifierExtension":{unknown}"#),
        format!(r#""dosageInstruction":[{{"text":"Daily","modifierExtension":{unknown}}}]"#),
        format!(r#""contained":[{{"resourceType":"Medication","id":"m","modifierExtension":{unknown}}}]"#),
    ] {
        let read = r4(&format!(
            r#"{{"resourceType":"MedicationRequest","status":"active","medicationCodeableConcept":{{"text":"Metformin"}},{json}}}"#
        ));
        assert_eq!(read.cautions, [Caution::ModifierExtension], "{json}");
        assert!(read.problems.iter().any(|problem| problem.fault == Fault::ModifierExtension));
    }
    let known = vaccine(
        Release::R4,
        r#""status":"completed","modifierExtension":[{"url":"http://hl7.org/fhir/3.0/StructureDefinition/extension-Immunization.notGiven","valueBoolean":true}]"#,
    );
    assert_eq!(known.cautions, [], "what is understood needs no caution");
    assert_eq!(vaccine(Release::R4, r#""status":"completed","modifierExtension":[]"#).cautions, []);
}

#[test]
fn a_dose_that_does_not_count_says_so() {
    let weak = vaccine(Release::R4, r#""status":"completed","isSubpotent":true"#);
    assert_eq!((weak.status_group, weak.cautions), (G::Past, vec![Caution::Subpotent]));
    assert_eq!(vaccine(Release::R4, r#""status":"completed","isSubpotent":false"#).cautions, []);
}

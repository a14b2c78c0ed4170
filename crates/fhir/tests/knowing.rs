//! Statements about knowing are no allergens, medicines or illnesses; and those are no statements about knowing.

use proptest::prelude::*;
use wholechart_fhir::{Entry, Knowing};

use crate::r4;

fn allergy(code: &str) -> Entry {
    r4(&format!(r#"{{"resourceType":"AllergyIntolerance","code":{code}}}"#))
}

fn allergy_with(elements: &str) -> Entry {
    r4(&format!(r#"{{"resourceType":"AllergyIntolerance",{elements}}}"#))
}

fn text(kind: &str, element: &str, said: &str) -> Option<Knowing> {
    let json = serde_json::json!({"resourceType": kind, element: {"text": said}}).to_string();
    r4(&json).knowing
}

#[test]
fn nothing_known_is_said_in_many_words() {
    for said in [
        "No Known Allergies",
        "No Known Drug Allergies",
        "No Known Food Allergies",
        "No Known Allergies (Other Types)",
        "No known latex allergy (situation)",
        "NKA",
        "NKDA",
        "NKFA",
        "None known",
        "Denies drug allergies",
        "Patient denies any allergies",
        "No known allergies.",
        "Sin alergias conocidas",
    ] {
        assert_eq!(text("AllergyIntolerance", "code", said), Some(Knowing::NoneKnown), "{said}");
    }
    for said in ["Not on File", "No allergy information available", "Patient not asked", "Unable to assess"] {
        assert_eq!(text("AllergyIntolerance", "code", said), Some(Knowing::NotKnown), "{said}");
    }
    assert_eq!(
        text("MedicationStatement", "medicationCodeableConcept", "No current medications"),
        Some(Knowing::NoneKnown)
    );
    assert_eq!(
        text("MedicationStatement", "medicationCodeableConcept", "No information about medications"),
        Some(Knowing::NotKnown)
    );
    assert_eq!(text("Condition", "code", "No current problems or disability"), Some(Knowing::NoneKnown));
    assert_eq!(text("Condition", "code", "No known problems"), Some(Knowing::NoneKnown));
}

#[test]
fn nothing_known_is_said_in_codes() {
    for (system, code, knowing) in [
        ("http://snomed.info/sct", "716186003", Knowing::NoneKnown),
        ("http://snomed.info/sct", "160244002", Knowing::NoneKnown),
        ("http://snomed.info/sct", "1631000175102", Knowing::NotKnown),
        (
            "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips",
            "no-known-allergies",
            Knowing::NoneKnown,
        ),
        ("http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-allergy-info", Knowing::NotKnown),
        ("http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "NASK", Knowing::NotKnown),
    ] {
        let coded = allergy(&format!(r#"{{"coding":[{{"system":"{system}","code":"{code}"}}]}}"#));
        assert_eq!(coded.knowing, Some(knowing), "{code}");
    }
    let german = allergy(
        r#"{"text":"Keine Allergien bekannt","coding":[{"system":"http://snomed.info/sct","code":"716186003"}]}"#,
    );
    assert_eq!(german.knowing, Some(Knowing::NoneKnown));
    let dstu2 = crate::entry(
        wholechart_fhir::Release::Dstu2,
        r#"{"resourceType":"AllergyIntolerance","substance":{"text":"NKA"},"status":"confirmed"}"#,
    );
    assert_eq!(dstu2.knowing, Some(Knowing::NoneKnown));
    let risk = r4(
        r#"{"resourceType":"AllergyIntolerance","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/allergyintolerance-substanceExposureRisk","extension":[{"url":"substance","valueCodeableConcept":{"text":"Latex"}},{"url":"exposureRisk","valueCodeableConcept":{"coding":[{"code":"no-known-reaction-risk"}]}}]}],"code":{"text":"Latex"}}"#,
    );
    assert_eq!(risk.knowing, Some(Knowing::NoneKnown));
}

#[test]
fn what_is_named_stays_named() {
    for said in [
        "Penicillin G",
        "No known drug allergies except penicillin",
        "NKDA other than sulfa",
        "No known allergies, but reacted to latex",
        "Nonoxynol-9",
        "Novocaine",
        "Unknown antibiotic",
        "Allergy to unknown substance",
    ] {
        assert_eq!(text("AllergyIntolerance", "code", said), None, "{said}");
    }
    for said in [
        "Hypertension with no known cause",
        "No known cause of anemia",
        "Denies chest pain",
        "Non-Hodgkin lymphoma",
    ] {
        assert_eq!(text("Condition", "code", said), None, "{said}");
    }
    let contradicts =
        allergy(r#"{"text":"Penicillin","coding":[{"system":"http://snomed.info/sct","code":"716186003"}]}"#);
    assert_eq!(contradicts.knowing, None, "a name that is sent is never lost");
}

#[test]
fn a_reaction_beside_none_known_names_no_allergen() {
    let reacting = |said: &str, reaction: &str| {
        allergy_with(&format!(r#""code":{{"text":"{said}"}},"reaction":[{{{reaction}}}]"#)).knowing
    };
    let hives = r#""manifestation":[{"text":"Hives"}]"#;
    for said in ["No known allergies", "NKDA", "None known"] {
        assert_eq!(reacting(said, hives), Some(Knowing::NoneKnown), "{said}");
    }
    // What did it is not known, and did it all the same.
    assert_eq!(reacting("Unknown", hives), None);
    for substance in [r#"{"text":"Penicillin"}"#, r#"{"coding":[{"code":"7980","display":"Penicillin G"}]}"#]
    {
        let to = format!(r#""substance":{substance},{hives}"#);
        assert_eq!(reacting("No known allergies", &to), None, "{substance}");
    }
    let none = format!(r#""substance":{{"text":"No known allergies"}},{hives}"#);
    assert_eq!(reacting("No known allergies", &none), Some(Knowing::NoneKnown));
}

proptest! {
    /// Law 28: a substance by name is never taken for a statement about knowing.
    #[test]
    fn a_name_is_never_taken_for_nothing(name in "[A-Z][a-z]{3,10}( [a-z]{4,10})?( [0-9]{1,3} mg)?") {
        let lower = name.to_lowercase();
        prop_assume!(!lower.starts_with("none") && !lower.starts_with("denies") && !lower.starts_with("nka"));
        prop_assert_eq!(text("AllergyIntolerance", "code", &name), None);
        let excepted = format!("No known allergies except {name}");
        prop_assert_eq!(text("AllergyIntolerance", "code", &excepted), None);
    }
}

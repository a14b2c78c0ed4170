//! One statement told in three releases, and releases inferred.

use wholechart_fhir::{Entry, Inference, Release, infer_release};

use crate::entry;

/// The same facts as DSTU2, STU3 and R4.
const TOLD: &[(&str, &str, &str)] = &[
    (
        r#"{"resourceType":"Condition","id":"1","patient":{"reference":"Patient/p"},"encounter":{"reference":"Encounter/e"},"asserter":{"display":"Dr. A"},"dateRecorded":"2015-03-02","code":{"coding":[{"system":"http://snomed.info/sct","code":"38341003","display":"Hypertension"}]},"category":{"coding":[{"code":"problem"}]},"clinicalStatus":"active","verificationStatus":"confirmed","onsetDateTime":"2015-02","notes":"Since spring"}"#,
        r#"{"resourceType":"Condition","id":"1","subject":{"reference":"Patient/p"},"context":{"reference":"Encounter/e"},"asserter":{"display":"Dr. A"},"assertedDate":"2015-03-02","code":{"coding":[{"system":"http://snomed.info/sct","code":"38341003","display":"Hypertension"}]},"category":[{"coding":[{"code":"problem"}]}],"clinicalStatus":"active","verificationStatus":"confirmed","onsetDateTime":"2015-02","note":[{"text":"Since spring"}]}"#,
        r#"{"resourceType":"Condition","id":"1","subject":{"reference":"Patient/p"},"encounter":{"reference":"Encounter/e"},"asserter":{"display":"Dr. A"},"recordedDate":"2015-03-02","code":{"coding":[{"system":"http://snomed.info/sct","code":"38341003","display":"Hypertension"}]},"category":[{"coding":[{"code":"problem"}]}],"clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"code":"confirmed"}]},"onsetDateTime":"2015-02","note":[{"text":"Since spring"}]}"#,
    ),
    (
        r#"{"resourceType":"Immunization","id":"2","patient":{"reference":"Patient/p"},"date":"2019-10-04","status":"completed","wasNotGiven":false,"reported":false,"vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"140"}]},"lotNumber":"L1","performer":{"display":"Nurse B"}}"#,
        r#"{"resourceType":"Immunization","id":"2","patient":{"reference":"Patient/p"},"date":"2019-10-04","status":"completed","notGiven":false,"primarySource":true,"vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"140"}]},"lotNumber":"L1","practitioner":[{"actor":{"display":"Nurse B"}}]}"#,
        r#"{"resourceType":"Immunization","id":"2","patient":{"reference":"Patient/p"},"occurrenceDateTime":"2019-10-04","status":"completed","primarySource":true,"vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"140"}]},"lotNumber":"L1","performer":[{"actor":{"display":"Nurse B"}}]}"#,
    ),
    (
        r#"{"resourceType":"Observation","id":"3","status":"final","category":{"coding":[{"code":"laboratory"}]},"code":{"text":"Glucose"},"subject":{"reference":"Patient/p"},"encounter":{"reference":"Encounter/e"},"effectiveDateTime":"2020-01-02T08:00:00-06:00","valueQuantity":{"value":101.0,"unit":"mg/dL"},"interpretation":{"coding":[{"system":"http://hl7.org/fhir/v2/0078","code":"H"}]},"referenceRange":[{"low":{"value":70},"high":{"value":99,"unit":"mg/dL"},"meaning":{"text":"Normal"}}],"comments":"Fasting"}"#,
        r#"{"resourceType":"Observation","id":"3","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"text":"Glucose"},"subject":{"reference":"Patient/p"},"context":{"reference":"Encounter/e"},"effectiveDateTime":"2020-01-02T08:00:00-06:00","valueQuantity":{"value":101.0,"unit":"mg/dL"},"interpretation":{"coding":[{"system":"http://hl7.org/fhir/v2/0078","code":"H"}]},"referenceRange":[{"low":{"value":70},"high":{"value":99,"unit":"mg/dL"},"type":{"text":"Normal"}}],"comment":"Fasting"}"#,
        r#"{"resourceType":"Observation","id":"3","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"text":"Glucose"},"subject":{"reference":"Patient/p"},"encounter":{"reference":"Encounter/e"},"effectiveDateTime":"2020-01-02T08:00:00-06:00","valueQuantity":{"value":101.0,"unit":"mg/dL"},"interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"H"}]}],"referenceRange":[{"low":{"value":70},"high":{"value":99,"unit":"mg/dL"},"type":{"text":"Normal"}}],"note":[{"text":"Fasting"}]}"#,
    ),
    (
        r#"{"resourceType":"AllergyIntolerance","id":"4","patient":{"reference":"Patient/p"},"substance":{"text":"Penicillin"},"status":"active","category":"medication","onset":"2001","recorder":{"display":"Dr. A"},"reaction":[{"manifestation":[{"text":"Rash"}],"severity":"mild"}]}"#,
        r#"{"resourceType":"AllergyIntolerance","id":"4","patient":{"reference":"Patient/p"},"code":{"text":"Penicillin"},"clinicalStatus":"active","category":["medication"],"onsetDateTime":"2001","recorder":{"display":"Dr. A"},"reaction":[{"manifestation":[{"text":"Rash"}],"severity":"mild"}]}"#,
        r#"{"resourceType":"AllergyIntolerance","id":"4","patient":{"reference":"Patient/p"},"code":{"text":"Penicillin"},"clinicalStatus":{"coding":[{"code":"active"}]},"category":["medication"],"onsetDateTime":"2001","recorder":{"display":"Dr. A"},"reaction":[{"manifestation":[{"text":"Rash"}],"severity":"mild"}]}"#,
    ),
    (
        r#"{"resourceType":"Encounter","id":"5","patient":{"reference":"Patient/p"},"status":"finished","class":"emergency","reason":[{"text":"Chest pain"}],"period":{"start":"2020-01-02T08:00:00Z","end":"2020-01-02T12:00:00Z"},"participant":[{"individual":{"display":"Dr. A"}}]}"#,
        r#"{"resourceType":"Encounter","id":"5","subject":{"reference":"Patient/p"},"status":"finished","class":{"code":"EMER"},"reason":[{"text":"Chest pain"}],"period":{"start":"2020-01-02T08:00:00Z","end":"2020-01-02T12:00:00Z"},"participant":[{"individual":{"display":"Dr. A"}}]}"#,
        r#"{"resourceType":"Encounter","id":"5","subject":{"reference":"Patient/p"},"status":"finished","class":{"code":"EMER"},"reasonCode":[{"text":"Chest pain"}],"period":{"start":"2020-01-02T08:00:00Z","end":"2020-01-02T12:00:00Z"},"participant":[{"individual":{"display":"Dr. A"}}]}"#,
    ),
    (
        r#"{"resourceType":"Procedure","id":"6","subject":{"reference":"Patient/p"},"status":"completed","code":{"text":"Appendectomy"},"performedDateTime":"2011-05","performer":[{"actor":{"display":"Dr. S"}}],"notes":[{"text":"Went well"}]}"#,
        r#"{"resourceType":"Procedure","id":"6","subject":{"reference":"Patient/p"},"status":"completed","code":{"text":"Appendectomy"},"performedDateTime":"2011-05","performer":[{"actor":{"display":"Dr. S"}}],"note":[{"text":"Went well"}]}"#,
        r#"{"resourceType":"Procedure","id":"6","subject":{"reference":"Patient/p"},"status":"completed","code":{"text":"Appendectomy"},"performedDateTime":"2011-05","performer":[{"actor":{"display":"Dr. S"}}],"note":[{"text":"Went well"}]}"#,
    ),
];

/// What may differ between releases, by name: everything else must be equal.
fn without_allowed_differences(mut entry: Entry) -> Entry {
    // The release itself.
    entry.release = Release::R4;
    // The element a date came from has another name in each release.
    if let Some(date) = &mut entry.date {
        date.field = String::new();
    }
    // `Encounter.class` is a code in DSTU2 (`emergency`) and a coding since (`EMER`).
    if entry.resource_type == "Encounter" {
        entry.category.clear();
    }
    entry
}

#[test]
fn three_releases_give_equal_entries() {
    for (dstu2, stu3, r4) in TOLD {
        let newest = without_allowed_differences(entry(Release::R4, r4));
        assert!(
            newest.date.is_some() && !newest.performer.is_empty() || newest.resource_type == "Observation"
        );
        assert_eq!(without_allowed_differences(entry(Release::Stu3, stu3)), newest);
        assert_eq!(without_allowed_differences(entry(Release::Dstu2, dstu2)), newest);
    }
}

#[test]
fn releases_are_inferred_with_a_reason() {
    for (dstu2, _, r4) in &TOLD[..4] {
        assert_eq!(infer_release(dstu2.as_bytes()).0, Some(Release::Dstu2), "{dstu2}");
        assert_eq!(infer_release(r4.as_bytes()).0, Some(Release::R4), "{r4}");
    }
    let infer = |json: &str| infer_release(json.as_bytes());
    assert_eq!(
        infer(r#"{"resourceType":"MedicationOrder"}"#),
        (Some(Release::Dstu2), Inference::Type("MedicationOrder".into()))
    );
    assert_eq!(infer(r#"{"resourceType":"Observation","context":{}}"#).0, Some(Release::Stu3));
    assert!(matches!(
        infer(
            r#"{"resourceType":"Patient","meta":{"profile":["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient"]}}"#
        ),
        (Some(Release::R4), Inference::Profile(_))
    ));
    assert_eq!(infer(r#"{"resourceType":"Patient","name":[{"family":["A"]}]}"#).0, Some(Release::Dstu2));
    assert_eq!(infer(r#"{"resourceType":"Patient","id":"p"}"#), (None, Inference::Nothing));
    assert_eq!(infer("nothing"), (None, Inference::Nothing));
}

#[test]
fn what_two_releases_share_decides_none() {
    for json in [
        r#"{"resourceType":"MedicationStatement","context":{"reference":"Encounter/1"}}"#,
        r#"{"resourceType":"MedicationAdministration","context":{"reference":"Encounter/1"}}"#,
        r#"{"resourceType":"ChargeItem","context":{"reference":"Encounter/1"}}"#,
        r#"{"resourceType":"Observation","interpretation":{"coding":[{"code":"H"}]}}"#,
        r#"{"resourceType":"DiagnosticReport","category":{"coding":[{"code":"LAB"}]}}"#,
        r#"{"resourceType":"DiagnosticReport","codedDiagnosis":[]}"#,
        r#"{"resourceType":"Immunization","vaccinationProtocol":[{}]}"#,
        r#"{"resourceType":"Goal","description":{"text":"Lose weight"}}"#,
        r#"{"resourceType":"Coverage","subscriberId":"1"}"#,
    ] {
        assert_eq!(infer_release(json.as_bytes()), (None, Inference::Nothing), "{json}");
    }
    let core = r#""meta":{"profile":["http://hl7.org/fhir/us/core/StructureDefinition/us-core-condition"]}"#;
    let older = format!(r#"{{"resourceType":"Condition",{core},"assertedDate":"2019"}}"#);
    assert_eq!(infer_release(older.as_bytes()).0, Some(Release::Stu3), "US Core was published for STU3 too");
}

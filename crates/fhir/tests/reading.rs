//! Titles, codes, statuses, values, people, files and everything else, rule by rule.

use wholechart_fhir::{
    Bounds, DetailValue, Dosage, ELEMENTS, Element, Fault, Found, JsonFault, JsonFaultKind, Kind, Note,
    Quantity, ReadOptions, ReferenceRange, Release, StatusGroup, Timing, TitleSource, Unreadable, Value,
    read,
};

use crate::{beside, code, entry, line, r4, said, text};

fn titled(json: &str) -> (String, TitleSource) {
    let entry = r4(json);
    (entry.title, entry.title_source)
}

fn condition(code: &str) -> (String, TitleSource) {
    titled(&format!(r#"{{"resourceType":"Condition","id":"c1","code":{code}}}"#))
}

#[test]
fn titles_fall_back_in_order() {
    use TitleSource as S;
    assert_eq!(
        condition(r#"{"text":"High blood pressure","coding":[{"display":"Hypertension"}]}"#),
        ("High blood pressure".into(), S::Text)
    );
    assert_eq!(
        condition(
            r#"{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"I10","display":"Essential (primary) hypertension"},{"system":"urn:oid:2.16.840.1.113883.6.96","code":"38341003","display":"Hypertensive disorder"}]}"#
        ),
        ("Hypertensive disorder".into(), S::Display),
        "the system liked best for a problem, also by its OID"
    );
    assert_eq!(
        condition(
            r#"{"coding":[{"system":"http://snomed.info/sct","code":"1","display":"One"},{"system":"x","code":"2","display":"Two","userSelected":true}]}"#
        ),
        ("Two".into(), S::Display)
    );
    assert_eq!(
        condition(r#"{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"I10"}]}"#).1,
        S::Table
    );
    assert_eq!(
        condition(r#"{"text":"  ","coding":[{"system":"http://snomed.info/sct/","code":"38341003"}]}"#),
        ("SNOMED CT 38341003".into(), S::Code)
    );
    assert_eq!(condition(r#"{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-NullFlavor","code":"UNK","display":"Unknown"},{"code":"J45","display":"Asthma"}]}"#).0, "Asthma");
    assert_eq!(
        titled(
            r#"{"resourceType":"Condition","text":{"div":"<div><p>Gout of the <b>left</b> toe</p></div>"}}"#
        ),
        ("Gout of the left toe".into(), S::Narrative)
    );
    assert_eq!(titled(r#"{"resourceType":"Observation"}"#), (String::new(), S::Unnamed));
    assert_eq!(
        titled(
            r#"{"resourceType":"Immunization","vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"8"}]}}"#
        ),
        ("Hepatitis B vaccine, adolescent or pediatric".into(), S::Table)
    );
    assert_eq!(
        titled(
            r#"{"resourceType":"Observation","code":{"coding":[{"system":"https://loinc.org","code":"4548-4","display":"4548-4"}]}}"#
        ),
        ("Hemoglobin A1c".into(), S::Table)
    );
}

#[test]
fn titles_are_never_ids() {
    let id = "123e4567-e89b-12d3-a456-426614174000";
    for json in [
        format!(r#"{{"resourceType":"Condition","id":"{id}","code":{{"text":"{id}"}}}}"#),
        r#"{"resourceType":"Basic","id":"x","identifier":[{"value":"MRN77"}],"title":"MRN77"}"#.to_owned(),
        format!(r#"{{"resourceType":"DocumentReference","id":"x","description":"urn:uuid:{id}"}}"#),
        r#"{"resourceType":"Device","id":"77","model":"4711"}"#.to_owned(),
    ] {
        let (title, source) = titled(&json);
        assert_eq!(source, TitleSource::Unnamed, "{json} gave {title}");
    }
    assert_eq!(titled(r#"{"resourceType":"Observation","id":"length","code":{"text":"length","coding":[{"code":"8302-2","display":"Body length"}]}}"#).0, "Body length");
    // A word is a name, even where the id is made of it; where there is another, that one is taken.
    let gout = r#"{"resourceType":"Condition","id":"gout","code":{"text":"gout"}}"#;
    assert_eq!(titled(gout), ("Gout".into(), TitleSource::Text));
}

#[test]
fn titles_are_cleaned_and_the_original_kept() {
    for (sent, clean) in [
        ("Asthma (disorder)", "Asthma"),
        ("<b>Asthma</b> &amp; <i>hay fever</i>", "Asthma & hay fever"),
        ("  Two \n words ", "Two words"),
        ("2345-7^Glucose^LN", "Glucose"),
        ("Count <5 and >3", "Count <5 and >3"),
        ("Penicillin (class)", "Penicillin (class)"),
        ("Diagnosis: Gout (Code List: 2.16.840.1)", "Diagnosis: Gout"),
    ] {
        let json = serde_json::json!({"resourceType":"Condition","code":{"text":sent}}).to_string();
        let entry = r4(&json);
        assert_eq!(entry.title, clean);
        assert_eq!(entry.title_as_sent.is_some(), clean != sent.trim(), "{sent}");
    }
}

#[test]
fn medicines_are_named_by_what_they_contain_or_point_to() {
    let contained = r4(
        r##"{"resourceType":"MedicationRequest","contained":[{"resourceType":"Medication","id":"m","code":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"860975","display":"metformin 500 MG"}]}}],"medicationReference":{"reference":"#m"}}"##,
    );
    assert_eq!(contained.title, "metformin 500 MG");
    assert_eq!(contained.codes[0].code, "860975");
    let elsewhere =
        r4(r#"{"resourceType":"MedicationRequest","medicationReference":{"reference":"Medication/9"}}"#);
    assert_eq!(elsewhere.title_source, TitleSource::Unnamed);
    assert_eq!(elsewhere.title_reference.as_ref().map(|r| r.reference.as_str()), Some("Medication/9"));
    assert_eq!(r4(r#"{"resourceType":"MedicationRequest","medicationReference":{"reference":"Medication/9","display":"Aspirin"}}"#).title, "Aspirin");
}

#[test]
fn long_names_are_whole_and_only_what_is_no_name_is_cut() {
    let long = format!("{} but tolerates ceftriaxone", "word ".repeat(60).trim());
    let of =
        |text: &str| r4(&serde_json::json!({"resourceType":"Condition","code":{"text":text}}).to_string());
    assert_eq!(of(&long).title, long);
    let endless = of(&"word ".repeat(2_000));
    assert!(endless.title.chars().count() <= 4_001 && endless.title.ends_with("word\u{2026}"));
    assert!(endless.title_as_sent.is_some());
}

#[test]
fn visits_relatives_and_people_have_names() {
    assert_eq!(r4(r#"{"resourceType":"Encounter","class":{"code":"EMER"}}"#).title, "Emergency visit");
    assert_eq!(
        entry(Release::Dstu2, r#"{"resourceType":"Encounter","class":"inpatient"}"#).title,
        "Inpatient stay"
    );
    assert_eq!(
        r4(r#"{"resourceType":"Encounter","class":{"code":"AMB"},"type":[{"text":"Check-up"}]}"#).title,
        "Check-up"
    );
    assert_eq!(r4(r#"{"resourceType":"FamilyMemberHistory","relationship":{"text":"Father"},"condition":[{"code":{"text":"Stroke"}},{"code":{"text":"Gout"}}]}"#).title, "Father: Stroke, Gout");
    let patient = r4(
        r#"{"resourceType":"Patient","name":[{"use":"old","family":"Before"},{"use":"official","prefix":["Dr."],"given":["Ann","B."],"family":"Now"}],"birthDate":"1980-02"}"#,
    );
    assert_eq!((patient.title.as_str(), patient.kind), ("Dr. Ann B. Now", Kind::Patient));
    assert_eq!(said(&patient, "birth-date").as_deref(), Some("1980-02"));
    assert_eq!(patient.detail(Element::NAME), Some(&beside(text("Before"), &[code("old")])));
    let older = entry(
        Release::Dstu2,
        r#"{"resourceType":"Patient","name":[{"given":["Ann"],"family":["van","Now"]}]}"#,
    );
    assert_eq!(older.title, "Ann van Now");
}

#[test]
fn wrong_shapes_cost_their_field_only() {
    let entry = r4(
        r#"{"resourceType":"Observation","id":123,"status":["final","x"],"category":{"coding":{"system":"s","code":"laboratory"}},"code":[{"coding":[null,5,{"code":{"x":1},"display":"Kept"}],"text":null}],"effectiveDateTime":{"a":1},"valueQuantity":{"value":"  <5.10 ","unit":7},"interpretation":"H","referenceRange":"not seen","performer":"Dr. Who","subject":[{"reference":"Patient/1"}]}"#,
    );
    assert_eq!(entry.id.as_deref(), Some("123"));
    assert_eq!((entry.title.as_str(), entry.kind), ("Kept", Kind::Result));
    assert_eq!(entry.status_group, StatusGroup::Past);
    let Some(Value::Quantity(quantity)) = &entry.value else { panic!("{:?}", entry.value) };
    assert_eq!(
        (quantity.comparator.as_deref(), quantity.value.as_deref(), quantity.sent_as_text),
        (Some("<"), Some("5.10"), true)
    );
    assert_eq!(entry.interpretation[0].code, "H");
    assert_eq!(entry.reference_range[0].to_text(), "not seen");
    assert_eq!(entry.performer[0].display.as_deref(), Some("Dr. Who"));
    assert_eq!(entry.subject.unwrap().reference, "Patient/1");
    assert_eq!(entry.date, None);
    for path in ["coding.code", "effectiveDateTime", "reference"] {
        assert!(entry.problems.iter().any(|problem| problem.path == path), "{path}: {:?}", entry.problems);
    }
}

#[test]
fn only_what_is_no_resource_is_refused() {
    let options = ReadOptions::new(Release::R4);
    for (bytes, reason) in [
        (&b"[]"[..], Unreadable::NotAnObject),
        (b"{}", Unreadable::NoResourceType),
        (b"{\"resourceType\":{}}", Unreadable::NoResourceType),
        (
            b"{\"resourceType\":\"X\"",
            Unreadable::NotJson(JsonFault { position: 19, kind: JsonFaultKind::CutShort }),
        ),
    ] {
        assert_eq!(read(bytes, &options).expect_err("refused"), reason);
    }
}

fn value(json: &str) -> String {
    r4(&format!(r#"{{"resourceType":"Observation","code":{{"text":"X"}},{json}}}"#))
        .found()
        .map(|found| found.as_sent())
        .unwrap_or_default()
}

#[test]
fn every_value_reads_as_sent() {
    for (json, text) in [
        (r#""valueQuantity":{"value":5.10,"unit":"mg/dL"}"#, "5.10 mg/dL"),
        (r#""valueQuantity":{"value":1E-3,"code":"mm[Hg]"}"#, "1E-3 mmHg"),
        (r#""valueQuantity":{"value":5.6,"comparator":"<","unit":"%"}"#, "<5.6%"),
        // UCUM's inch of the survey and its score: a length is read in inches, and a score by what it is of.
        (r#""valueQuantity":{"value":70,"code":"[in_us]"}"#, "70 in"),
        (r#""valueQuantity":{"value":70,"unit":"[in_us]"}"#, "70 in"),
        (r#""valueQuantity":{"value":7,"code":"{score}"}"#, "7"),
        (r#""valueQuantity":{"value":2,"unit":"1","code":"1"}"#, "2"),
        (r#""valueQuantity":{"value":7,"unit":"{score}","code":"{score}"}"#, "7"),
        (r#""valueQuantity":{"value":7,"unit":"points","code":"{score}"}"#, "7 points"),
        (r#""valueQuantity":{"value":"131","unit":"mg/dL"}"#, "131 mg/dL"),
        (r#""valueQuantity":{"value":">= 90 mL/min"}"#, ">=90 mL/min"),
        (r#""valueQuantity":{"value":"negative"}"#, "negative"),
        (r#""valueQuantity":12345678901234567890.123"#, "12345678901234567890.123"),
        (r#""valueString":"Not detected""#, "Not detected"),
        (r#""valueInteger":7"#, "7"),
        (r#""valueCodeableConcept":{"coding":[{"display":"Never smoker"}]}"#, "Never smoker"),
        (r#""valueRange":{"low":{"value":3},"high":{"value":5,"unit":"h"}}"#, "3–5 h"),
        (r#""valueRatio":{"numerator":{"value":1},"denominator":{"value":128}}"#, "1 : 128"),
        (r#""valueDateTime":"2020-02""#, "2020-02"),
        (r#""valueTime":"10:30:00""#, "10:30:00"),
        (r#""valuePeriod":{"start":"2020","end":"2021"}"#, "2020 – 2021"),
        (r#""valueSampledData":{"origin":{"value":0},"dimensions":1,"data":"1 2 3"}"#, "1 2 3"),
        (r#""dataAbsentReason":{"coding":[{"code":"not-performed"}]}"#, "not-performed"),
        (r#""dataAbsentReason":{"text":"Sample lost"}"#, "Sample lost"),
        (
            r#""component":[{"code":{"coding":[{"code":"8462-4"}]},"valueQuantity":{"value":82,"unit":"mmHg"}},{"code":{"coding":[{"code":"8480-6"}]},"valueQuantity":{"value":128,"unit":"mmHg"}}]"#,
            "128/82 mmHg",
        ),
        (
            r#""component":[{"code":{"text":"Left"},"valueQuantity":{"value":1}},{"code":{"text":"Right"},"valueString":"two"}]"#,
            "Left 1; Right two",
        ),
    ] {
        assert_eq!(value(json), text, "{json}");
    }
    let no = r4(r#"{"resourceType":"Observation","code":{"text":"X"},"valueBoolean":false}"#);
    assert_eq!(no.found(), Some(Found::One(Value::Bool(false))));
}

#[test]
fn ranges_may_be_one_sided_or_words() {
    let range = |json: &str| -> ReferenceRange {
        r4(&format!(r#"{{"resourceType":"Observation","referenceRange":[{json}]}}"#))
            .reference_range
            .remove(0)
    };
    assert_eq!(
        range(r#"{"low":{"value":70,"unit":"mg/dL"},"high":{"value":99,"unit":"mg/dL"}}"#).to_text(),
        "70–99 mg/dL"
    );
    assert_eq!(range(r#"{"high":{"value":5.0}}"#).to_text(), "≤5.0");
    assert_eq!(range(r#"{"low":{"value":60,"unit":"mL/min"}}"#).to_text(), "≥60 mL/min");
    assert_eq!(range(r#"{"text":"Negative"}"#).to_text(), "Negative");
    assert_eq!(
        range(r#"{"text":"<150","appliesTo":[{"text":"Adults"}],"type":{"text":"Normal"}}"#)
            .applies_to
            .as_deref(),
        Some("Normal, Adults")
    );
}

#[test]
fn observations_are_sorted_by_category_and_then_by_known_codes_only() {
    let kind = |json: &str| r4(&format!(r#"{{"resourceType":"Observation",{json}}}"#)).kind;
    assert_eq!(kind(r#""category":[{"coding":[{"code":"laboratory"}]}]"#), Kind::Result);
    assert_eq!(kind(r#""category":[{"text":"Vital Signs"}]"#), Kind::Vital);
    assert_eq!(
        kind(
            r#""category":[{"coding":[{"code":"social-history"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2345-7"}]}"#
        ),
        Kind::Observation
    );
    assert_eq!(kind(r#""code":{"coding":[{"system":"http://loinc.org","code":"2345-7"}]}"#), Kind::Result);
    assert_eq!(kind(r#""code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]}"#), Kind::Vital);
    assert_eq!(kind(r#""code":{"coding":[{"system":"local","code":"2345-7"}]}"#), Kind::Observation);
}

#[test]
fn statuses_speak_the_patients_language_in_three_releases() {
    use Release::{Dstu2, R4, Stu3};
    use StatusGroup as G;
    for (release, json, word, group) in [
        (
            R4,
            r#""resourceType":"Condition","clinicalStatus":{"coding":[{"code":"active"}]}"#,
            Some("active"),
            G::Active,
        ),
        (
            Stu3,
            r#""resourceType":"Condition","clinicalStatus":"remission","verificationStatus":"confirmed""#,
            Some("remission"),
            G::Past,
        ),
        (
            R4,
            r#""resourceType":"Condition","verificationStatus":{"coding":[{"code":"refuted"}]}"#,
            Some("refuted"),
            G::Refuted,
        ),
        (
            R4,
            r#""resourceType":"Condition","clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"code":"entered-in-error"}]}"#,
            Some("active"),
            G::EnteredInError,
        ),
        (
            R4,
            r#""resourceType":"Condition","clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"code":"differential"}]}"#,
            Some("active"),
            G::Draft,
        ),
        (R4, r#""resourceType":"Condition""#, None, G::Unknown),
        (R4, r#""resourceType":"Condition","abatementDateTime":"2020""#, None, G::Past),
        (Dstu2, r#""resourceType":"AllergyIntolerance","status":"confirmed""#, Some("confirmed"), G::Active),
        (
            R4,
            r#""resourceType":"AllergyIntolerance","clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"code":"unconfirmed"}]}"#,
            Some("active"),
            G::Active,
        ),
        (
            R4,
            r#""resourceType":"AllergyIntolerance","verificationStatus":{"coding":[{"code":"refuted"}]}"#,
            Some("refuted"),
            G::Refuted,
        ),
        (
            Dstu2,
            r#""resourceType":"Immunization","status":"completed","wasNotGiven":true"#,
            Some("completed"),
            G::NotDone,
        ),
        (
            Stu3,
            r#""resourceType":"Immunization","status":"completed","notGiven":false"#,
            Some("completed"),
            G::Past,
        ),
        (R4, r#""resourceType":"Immunization","status":"not-done""#, Some("not-done"), G::NotDone),
        (
            Dstu2,
            r#""resourceType":"MedicationStatement","status":"active","wasNotTaken":true"#,
            Some("active"),
            G::NotDone,
        ),
        (
            Stu3,
            r#""resourceType":"MedicationStatement","status":"active","taken":"n""#,
            Some("active"),
            G::NotDone,
        ),
        (
            Stu3,
            r#""resourceType":"MedicationStatement","status":"active","taken":"unk""#,
            Some("active"),
            G::Unknown,
        ),
        (R4, r#""resourceType":"MedicationRequest","status":"stopped""#, Some("stopped"), G::Past),
        (
            R4,
            r#""resourceType":"MedicationRequest","status":"active","doNotPerform":true"#,
            Some("active"),
            G::NotDone,
        ),
        (R4, r#""resourceType":"MedicationRequest","status":"on-hold""#, Some("on-hold"), G::Active),
        (
            Stu3,
            r#""resourceType":"Procedure","status":"completed","notDone":true"#,
            Some("completed"),
            G::NotDone,
        ),
        (R4, r#""resourceType":"Observation","status":"final""#, Some("final"), G::Past),
        (R4, r#""resourceType":"Observation","status":"preliminary""#, Some("preliminary"), G::Draft),
        (R4, r#""resourceType":"Observation","status":"corrected""#, Some("corrected"), G::Corrected),
        (
            R4,
            r#""resourceType":"Observation","status":"entered-in-error""#,
            Some("entered-in-error"),
            G::EnteredInError,
        ),
        (R4, r#""resourceType":"Observation","status":"cancelled""#, Some("cancelled"), G::Cancelled),
        (R4, r#""resourceType":"Observation","status":"something""#, Some("something"), G::Unknown),
        (R4, r#""resourceType":"Encounter","status":"finished""#, Some("finished"), G::Past),
        (R4, r#""resourceType":"Appointment","status":"booked""#, Some("booked"), G::Planned),
        (R4, r#""resourceType":"Appointment","status":"noshow""#, Some("noshow"), G::NotDone),
        (R4, r#""resourceType":"Goal","lifecycleStatus":"proposed""#, Some("proposed"), G::Planned),
        (
            R4,
            r#""resourceType":"DocumentReference","status":"current","docStatus":"preliminary""#,
            Some("preliminary"),
            G::Draft,
        ),
        (R4, r#""resourceType":"Organization","active":false"#, Some("inactive"), G::Past),
    ] {
        let entry = entry(release, &format!("{{{json}}}"));
        assert_eq!((entry.status.as_deref(), entry.status_group), (word, group), "{json}");
    }
}

#[test]
fn people_visits_and_members_are_linked() {
    let entry = r4(
        r##"{"resourceType":"DiagnosticReport","code":{"text":"CBC"},"contained":[{"resourceType":"Organization","id":"lab","name":"City Lab"}],"subject":{"reference":"urn:uuid:1"},"performer":[{"reference":"#lab"},{"reference":"http://x/Practitioner/2/_history/3","display":"Dr. A"},{"reference":"http://terminology.hl7.org/CodeSystem/v3-NullFlavor","display":"Unknown"}],"encounter":{"reference":"Encounter/5"},"result":[{"reference":"Observation/1"},{"reference":"Observation/2"}]}"##,
    );
    assert_eq!(entry.performer[0].display.as_deref(), Some("City Lab"));
    assert_eq!(entry.performer[1].reference, "http://x/Practitioner/2/_history/3");
    assert_eq!(entry.performer[2].reference, "", "a null flavour's address is no resource");
    assert_eq!(entry.encounter.unwrap().reference, "Encounter/5");
    assert_eq!(entry.members.len(), 2);
    let older = crate::entry(
        Release::Dstu2,
        r#"{"resourceType":"Observation","related":[{"type":"has-member","target":{"reference":"Observation/1"}},{"type":"derived-from","target":{"reference":"Observation/2"}}],"comments":"Fasting"}"#,
    );
    assert_eq!(older.members.len(), 1);
    assert_eq!(older.notes, [Note { text: "Fasting".to_owned(), ..Note::default() }]);
    let dangling = r4(r##"{"resourceType":"Procedure","subject":{"reference":"#nobody"}}"##);
    assert!(dangling.problems.iter().any(|problem| problem.fault == Fault::NotContained));
}

fn amount(value: &str, unit: &str) -> Quantity {
    Quantity { value: Some(value.to_owned()), unit: Some(unit.to_owned()), ..Quantity::default() }
}

fn figure(figure: &str) -> Bounds {
    Bounds { from: Some(figure.to_owned()), to: None }
}

fn doses(json: &str) -> Vec<Dosage> {
    r4(&format!(r#"{{"resourceType":"MedicationRequest","dosageInstruction":[{json}]}}"#)).dosage
}

#[test]
fn doses_are_the_senders_words_and_the_parts_beside_them() {
    let written = |text: &str| Dosage { text: Some(text.to_owned()), ..Dosage::default() };
    assert_eq!(doses(r#"{"text":"1 tablet daily"}"#), [written("1 tablet daily")]);
    assert_eq!(doses(r#""1 tablet daily""#), [written("1 tablet daily")], "a text in place of a structure");
    assert_eq!(doses("{}"), []);
    assert_eq!(
        doses(
            r#"{"doseAndRate":[{"doseQuantity":{"value":10,"unit":"mg"}}],"route":{"text":"Oral"},"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}},"asNeededBoolean":true}"#
        ),
        [Dosage {
            amounts: vec![DetailValue::Quantity(amount("10", "mg"))],
            ways: vec![text("Oral")],
            timing: Some(Timing {
                frequency: figure("2"),
                period: figure("1"),
                period_unit: Some("d".to_owned()),
                ..Timing::default()
            }),
            as_needed: true,
            ..Dosage::default()
        }]
    );
    assert_eq!(
        doses(
            r#"{"text":"Take 10 mg daily","doseAndRate":[{"doseQuantity":{"value":10,"unit":"mg"}}],"route":{"text":"By mouth"}}"#
        ),
        [Dosage {
            amounts: vec![DetailValue::Quantity(amount("10", "mg"))],
            ways: vec![text("By mouth")],
            ..written("Take 10 mg daily")
        }]
    );
    let older = entry(
        Release::Dstu2,
        r#"{"resourceType":"MedicationStatement","dosage":[{"quantityQuantity":{"value":5,"unit":"ml"},"timing":{"repeat":{"frequency":1,"period":8,"periodUnits":"h"}}}]}"#,
    );
    assert_eq!(
        older.dosage,
        [Dosage {
            amounts: vec![DetailValue::Quantity(amount("5", "ml"))],
            timing: Some(Timing {
                frequency: figure("1"),
                period: figure("8"),
                period_unit: Some("h".to_owned()),
                ..Timing::default()
            }),
            ..Dosage::default()
        }]
    );
}

#[test]
fn files_are_measured_hashed_and_read() {
    let entry = r4(
        r#"{"resourceType":"DocumentReference","type":{"text":"Note"},"content":[{"attachment":{"contentType":"text/plain","data":"SGVsbG8g\nd29ybGQ="}},{"attachment":{"contentType":"html","data":"PGh0bWw+PHA+SGkgPGI+eW91PC9iPjwvcD48L2h0bWw+"}},{"attachment":{"contentType":"application/pdf","url":"https://x/doc.pdf","title":"Scan","size":7}},{"attachment":{"contentType":"text/plain","data":"%%%"}}]}"#,
    );
    assert_eq!(entry.attachments[0].text.as_deref(), Some("Hello world"));
    assert_eq!(entry.attachments[0].size, Some(11));
    assert_eq!(
        entry.attachments[0].sha256.as_deref(),
        Some("64ec88ca00b268e5ba1a35678a1b5316d212f4f366b2477232534a8aeca37f3c")
    );
    assert_eq!(entry.attachments[1].content_type.as_deref(), Some("text/html"));
    assert_eq!(entry.attachments[1].text.as_deref(), Some("Hi you"));
    assert_eq!(entry.attachments[2].url.as_deref(), Some("https://x/doc.pdf"));
    assert!(entry.problems.iter().any(|problem| problem.fault == Fault::NotBase64));
    let binary = r4(r#"{"resourceType":"Binary","id":"b","data":"JVBERi0xLjQ="}"#);
    assert_eq!(binary.attachments[0].content_type.as_deref(), Some("application/pdf"));
    assert_eq!((binary.title.as_str(), binary.title_source), ("", TitleSource::Unnamed));
    let older = crate::entry(
        Release::Dstu2,
        r#"{"resourceType":"Binary","contentType":"image/png","content":"iVBORw0KGgo="}"#,
    );
    assert_eq!(older.attachments[0].size, Some(8));
}

#[test]
fn narratives_are_harmless() {
    let entry = r4(
        r#"{"resourceType":"CarePlan","text":{"status":"additional","div":"<div xmlns=\"x\" onclick=\"bad()\"><p>Walk <a href=\"http://evil\">daily</a><img src=\"http://evil/x.png\"/></p><script>bad()</script><table><tr><td colspan=\"2\">A</td></tr></table></div>"}}"#,
    );
    assert_eq!(
        entry.narrative.as_deref(),
        Some("<div><p>Walk daily</p><table><tr><td colspan=\"2\">A</td></tr></table></div>")
    );
    assert_eq!(entry.title, "Walk daily");
}

#[test]
fn nothing_a_provider_sends_is_invisible() {
    let entry = r4(
        r#"{"resourceType":"HologramStudy","id":"h","code":{"text":"Hologram"},"resolution":{"value":4,"unit":"K"},"views":[{"angle":90,"viewer":{"display":"Dr. B"}}],"extension":[{"url":"http://x/StructureDefinition/shimmer-level","valueString":"high"},{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-race","extension":[{"url":"ombCategory","valueCoding":{"code":"2106-3","display":"White"}},{"url":"text","valueString":"White"}]}],"_secret":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}}"#,
    );
    assert_eq!((entry.kind, entry.title.as_str()), (Kind::Other, "Hologram"));
    let shown: Vec<String> = entry.details.iter().map(line).collect();
    for text in
        ["Resolution: 4 K", "Angle: 90", "Viewer: Dr. B", "Shimmer level: high", "White", "Secret: Masked"]
    {
        assert!(shown.iter().any(|line| line == text), "{text} in {shown:?}");
    }
    let modified = r4(
        r#"{"resourceType":"Condition","code":{"text":"X"},"modifierExtension":[{"url":"http://x/not","valueBoolean":true}]}"#,
    );
    assert!(modified.problems.iter().any(|problem| problem.path == "modifierExtension"));
}

#[test]
fn allergies_vaccines_and_answers_have_their_lines() {
    let allergy = r4(
        r#"{"resourceType":"AllergyIntolerance","code":{"text":"Peanut"},"criticality":"high","reaction":[{"manifestation":[{"text":"Hives"},{"text":"Swelling"}],"severity":"moderate"}]}"#,
    );
    let signs = DetailValue::Several(vec![text("Hives"), text("Swelling")]);
    assert_eq!(allergy.detail(Element::REACTION), Some(&beside(signs, &[code("moderate")])));
    assert_eq!(allergy.detail(Element::CRITICALITY), Some(&code("high")));
    let told = r4(r#"{"resourceType":"Immunization","primarySource":false,"lotNumber":"A1"}"#);
    assert_eq!(told.detail(Element::REPORTED), Some(&DetailValue::Bool(true)));
    assert_eq!(told.detail(Element::LOT_NUMBER), Some(&text("A1")));
    let answers = r4(
        r#"{"resourceType":"QuestionnaireResponse","questionnaire":"http://x/Questionnaire/phq-9|1","item":[{"linkId":"1","text":"Sleep?","answer":[{"valueCoding":{"display":"Badly"}}],"item":[{"linkId":"1.1","text":"Since","answer":[{"valueInteger":3}]}]}]}"#,
    );
    let answer = |question: &str, answer: DetailValue| DetailValue::Answer {
        question: Some(question.to_owned()),
        answers: vec![answer],
    };
    let told: Vec<_> = answers.details.iter().map(|detail| (detail.element, detail.value.clone())).collect();
    let expected = [answer("Sleep?", text("Badly")), answer("Since", text("3"))];
    assert_eq!(told[..2], expected.map(|value| (Element::ANSWER, value)));
    let older = entry(
        Release::Dstu2,
        r#"{"resourceType":"QuestionnaireResponse","group":{"title":"Intake","question":[{"text":"Smoke?","answer":[{"valueBoolean":false}]}]}}"#,
    );
    assert_eq!(older.title, "Intake");
    assert_eq!(older.detail(Element::ANSWER), Some(&answer("Smoke?", DetailValue::Bool(false))));
}

#[test]
fn elements_are_sorted_once_and_spelt_alike() {
    assert!(ELEMENTS.windows(2).all(|pair| pair[0] < pair[1]));
    for name in ELEMENTS {
        assert!(!name.is_empty());
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        assert_eq!(Element::parse(name).map(Element::name), Some(*name));
    }
    assert_eq!(Element::parse("no-such-element"), None);
}

#[test]
fn kinds_have_stable_names() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.as_str()), Some(*kind));
        assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{}\"", kind.as_str()));
    }
    assert!(Kind::Vaccine.on_timeline() && !Kind::Support.on_timeline());
}

//! Plausible and unpleasant: what servers of all three releases really do, seen with a patient's eyes.

use wholechart_fhir::{
    Coding, DateRole, DetailValue, Dosage, Element, Limit, Note, Quantity, Release, StatusGroup, Timing,
    TitleSource, name_of_code,
};

use crate::{beside, code, entry, line, r4, said, text};

#[test]
fn what_programs_write_for_nothing_is_no_title() {
    for nothing in ["null", "(null)", "undefined", "N/A", " - ", "NULL"] {
        let json = format!(
            r#"{{"resourceType":"Condition","code":{{"text":"{nothing}","coding":[{{"display":"Gout"}}]}}}}"#
        );
        assert_eq!(r4(&json).title, "Gout", "{nothing}");
    }
}

#[test]
fn a_display_that_repeats_its_code_is_a_code() {
    let entry = r4(
        r#"{"resourceType":"Condition","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"Z99.89","display":"Z99.89"}]}}"#,
    );
    assert_eq!((entry.title.as_str(), entry.title_source), ("ICD-10-CM Z99.89", TitleSource::Code));
}

#[test]
fn a_questionnaires_address_is_no_title() {
    let entry = r4(
        r#"{"resourceType":"QuestionnaireResponse","questionnaire":"http://x/Questionnaire/123e4567-e89b-12d3-a456-426614174000"}"#,
    );
    assert_eq!(entry.title_source, TitleSource::Unnamed);
}

#[test]
fn a_files_name_gives_way_to_what_the_document_is() {
    let json = |more: &str| {
        format!(
            r#"{{"resourceType":"DocumentReference","content":[{{"attachment":{{"title":"scan_0042.PDF","url":"Binary/1"}}}}]{more}}}"#
        )
    };
    let named = r4(&json(r#","type":{"coding":[{"system":"http://loinc.org","code":"11506-3"}]}"#));
    assert_eq!((named.title.as_str(), named.title_source), ("Progress note", TitleSource::Table));
    assert_eq!(r4(&json("")).title, "scan_0042.PDF", "better than nothing");
}

#[test]
fn relatives_languages_and_schedules_are_words() {
    let mother = r4(
        r#"{"resourceType":"FamilyMemberHistory","relationship":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":"MTH"}]},"condition":[{"code":{"text":"Breast cancer"},"onsetAge":{"value":45,"unit":"a","system":"http://unitsofmeasure.org","code":"a"}}]}"#,
    );
    assert_eq!(mother.title, "Mother: Breast cancer");
    assert_eq!(said(&mother, "condition-onset").as_deref(), Some("45 a"));
    let older = entry(
        Release::Dstu2,
        r#"{"resourceType":"FamilyMemberHistory","relationship":{"coding":[{"system":"http://hl7.org/fhir/v3/RoleCode","code":"FTH"}]}}"#,
    );
    assert_eq!(older.title, "Father");
    let patient = r4(
        r#"{"resourceType":"Patient","name":[{"family":"A"}],"communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"es-MX"}]}}]}"#,
    );
    assert_eq!(said(&patient, "communication-language").as_deref(), Some("Spanish"));
    let dose = r4(
        r#"{"resourceType":"MedicationRequest","dosageInstruction":[{"timing":{"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation","code":"BID"}]},"repeat":{"when":["ACM","HS"],"dayOfWeek":["mon"]}},"maxDosePerPeriod":{"numerator":{"value":8,"unit":"tablets"},"denominator":{"value":1,"unit":"d"}}}]}"#,
    );
    let amount = |value: &str, unit: &str| Quantity {
        value: Some(value.to_owned()),
        unit: Some(unit.to_owned()),
        ..Quantity::default()
    };
    let twice = Coding {
        system: "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation".to_owned(),
        code: "BID".to_owned(),
        display: None,
    };
    assert_eq!(name_of_code(&twice), "twice a day");
    assert_eq!(
        dose.dosage,
        [Dosage {
            timing: Some(Timing {
                code: Some(DetailValue::Code(twice)),
                when: ["mon", "ACM", "HS"].map(str::to_owned).to_vec(),
                ..Timing::default()
            }),
            at_most: vec![Limit { amount: amount("8", "tablets"), within: Some(amount("1", "d")) }],
            ..Dosage::default()
        }]
    );
}

#[test]
fn letters_for_time_are_words_only_by_themselves() {
    let age = |value: &str, unit: &str| {
        let json =
            format!(r#"{{"resourceType":"Condition","onsetAge":{{"value":{value},"unit":"{unit}"}}}}"#);
        let date = r4(&json).date.unwrap();
        let age = date.age.as_ref().and_then(|age| age.from.as_ref()).unwrap();
        (date.words_as_sent(), age.span_of_time())
    };
    assert_eq!(age("34", "a"), ("34 a".to_owned(), Some("a")));
    assert_eq!(age("1", "mo"), ("1 mo".to_owned(), Some("mo")));
    assert_eq!(age("34", "yr"), ("34 yr".to_owned(), None));
}

#[test]
fn markup_where_none_belongs_is_taken_off_and_signs_are_not() {
    let entry = r4(
        r#"{"resourceType":"DiagnosticReport","code":{"text":"CT"},"conclusion":"<b>No</b> acute findings &amp; more<br/>Follow up","note":[{"text":"<p>Fasting</p>"}],"x":"p<0.05 and b>3"}"#,
    );
    assert_eq!(said(&entry, "conclusion").as_deref(), Some("No acute findings & more\nFollow up"));
    assert_eq!(entry.notes, [Note { text: "Fasting".to_owned(), ..Note::default() }]);
    assert!(entry.details.iter().any(|detail| line(detail) == "X: p<0.05 and b>3"));
}

#[test]
fn text_in_old_character_sets_can_be_searched() {
    let text = |content_type: &str, data: &str| {
        let json = format!(
            r#"{{"resourceType":"DocumentReference","content":[{{"attachment":{{"contentType":"{content_type}","data":"{data}"}}}}]}}"#
        );
        r4(&json).attachments.remove(0).text
    };
    // `<p>Café</p>` in Latin-1, `Café` in UTF-16 with its mark.
    assert_eq!(text("text/html; charset=iso-8859-1", "PHA+Q2Fm6TwvcD4=").as_deref(), Some("Café"));
    assert_eq!(text("text/plain", "//5DAGEAZgDpAA==").as_deref(), Some("Café"));
    // A misspelt type is sniffed: `<h1>Progress</h1><p>All is well</p>`.
    assert_eq!(
        text("txt/html", "PGgxPlByb2dyZXNzPC9oMT48cD5BbGwgaXMgd2VsbDwvcD4=").as_deref(),
        Some("Progress\nAll is well")
    );
}

#[test]
fn a_files_title_is_not_what_was_found() {
    let older = entry(
        Release::Dstu2,
        r#"{"resourceType":"Observation","code":{"text":"Urine culture"},"valueAttachment":{"contentType":"text/plain","data":"Tm8gZ3Jvd3Ro","title":"Result"}}"#,
    );
    assert_eq!(older.found(), None);
    assert_eq!(older.attachments[0].text.as_deref(), Some("No growth"));
}

#[test]
fn the_date_a_problem_was_stated_on_may_hide_in_an_extension() {
    let date = r4(
        r#"{"resourceType":"Condition","onsetAge":{"value":34,"unit":"yr"},"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/condition-assertedDate","valueDateTime":"2012-04-05"}]}"#,
    )
    .date
    .unwrap();
    assert_eq!((date.raw_text().as_str(), date.role), ("2012-04-05", DateRole::Recorded));
    assert_eq!(date.words_as_sent(), "34 yr");
}

#[test]
fn how_dangerous_an_allergy_is_reads_alike_in_all_releases() {
    let older = entry(
        Release::Dstu2,
        r#"{"resourceType":"AllergyIntolerance","substance":{"text":"Latex"},"criticality":"CRITH"}"#,
    );
    assert_eq!(older.detail(Element::CRITICALITY), Some(&code("high")));
}

#[test]
fn flags_sent_as_text_count() {
    let older = entry(
        Release::Dstu2,
        r#"{"resourceType":"Immunization","status":"completed","wasNotGiven":"true","explanation":{"reasonNotGiven":[{"text":"Refused"}]},"vaccineCode":{"coding":[{"system":"urn:oid:2.16.840.1.113883.12.292","code":"033"}]}}"#,
    );
    assert_eq!(older.status_group, StatusGroup::NotDone);
    assert_eq!(older.title, "Pneumococcal polysaccharide vaccine (PPSV23)");
    assert_eq!(said(&older, "reason-not-given").as_deref(), Some("Refused"));
}

#[test]
fn one_trouble_is_named_once() {
    let entry = r4(
        r#"{"resourceType":"Observation","code":{"text":"X"},"referenceRange":[{"low":{"value":"n/a"}}]}"#,
    );
    assert_eq!(entry.problems.len(), 1, "{:?}", entry.problems);
}

#[test]
fn a_name_with_a_masked_part_is_said_once() {
    let patient = r4(
        r#"{"resourceType":"Patient","name":[{"text":"  ","family":"Núñez","given":["José",null],"_given":[null,{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}]}]}"#,
    );
    assert_eq!(patient.title, "José Núñez");
    assert_eq!(patient.detail(Element::NAME), None);
    let masked = patient.details.iter().find(|detail| detail.name.as_deref() == Some("Given"));
    assert_eq!(masked.map(|detail| &detail.value), Some(&code("masked")));
}

#[test]
fn what_a_generator_prints_around_a_narrative_is_no_title() {
    for div in [
        "<div><p><b>Generated Narrative with Details</b></p><h3>ReferenceSeqs</h3><table><tr><td>-</td></tr></table></div>",
        "<div><p>item</p></div>",
        "<div><p>Device/example</p></div>",
        "<div><table><thead><tr><td>Condition</td><td>Severity</td></tr></thead></table></div>",
    ] {
        let json = serde_json::json!({"resourceType": "Device", "text": {"div": div}}).to_string();
        let entry = r4(&json);
        assert_eq!(entry.title_source, TitleSource::Unnamed, "{div} gave {}", entry.title);
    }
    let own = r4(
        r#"{"resourceType":"List","text":{"div":"<div><table><thead><tr><td>Problem</td></tr></thead><tr><td>Hay fever</td></tr></table></div>"}}"#,
    );
    assert_eq!((own.title.as_str(), own.title_source), ("Hay fever", TitleSource::Narrative));
}

#[test]
fn a_code_for_unknown_is_an_answer() {
    let value = |system: &str, code: &str| {
        let json = format!(
            r#"{{"resourceType":"Observation","code":{{"text":"Job"}},"valueCodeableConcept":{{"coding":[{{"system":"{system}","code":"{code}"}}]}}}}"#
        );
        r4(&json).found().map(|found| found.as_sent())
    };
    let absent = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    assert_eq!(value(absent, "asked-declined").as_deref(), Some("Asked declined"));
    assert_eq!(value("http://hl7.org/fhir/v3/NullFlavor", "ASKU").as_deref(), Some("Asked, but unknown"));
}

#[test]
fn words_beside_a_laboratorys_flag_are_kept() {
    let entry = r4(
        r#"{"resourceType":"Observation","code":{"text":"X"},"interpretation":[{"coding":[{"code":"H*"}],"text":"High, see note"}]}"#,
    );
    let flag = &entry.interpretation[0];
    assert_eq!((flag.code.as_str(), flag.display.as_deref()), ("H*", Some("High, see note")));
}

#[test]
fn an_old_name_and_an_old_address_say_so() {
    let patient = r4(
        r#"{"resourceType":"Patient","name":[{"use":"official","text":"Ann Now"},{"use":"maiden","text":"Ann Before"}],"address":[{"use":"old","line":["1 Elm Road"],"city":"Springfield"}]}"#,
    );
    assert_eq!(patient.title, "Ann Now");
    let before = beside(text("Ann Before"), &[code("maiden")]);
    assert_eq!(patient.detail(Element::NAME), Some(&before));
    let left = beside(text("1 Elm Road, Springfield"), &[code("old")]);
    assert_eq!(patient.detail(Element::ADDRESS), Some(&left));
}

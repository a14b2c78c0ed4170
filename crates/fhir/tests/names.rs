//! Things are called by what they are, and have their own codes.

use proptest::prelude::*;
use wholechart_fhir::{Entry, Release, StatusGroup, TitleSource};

use crate::{entry, r4, said};

/// An element that is not the code of the thing, with the codes it could lend.
const BESIDE: &[(&str, &str)] = &[
    (
        "DiagnosticReport",
        r#""category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0074","code":"LAB"}]}]"#,
    ),
    (
        "Procedure",
        r#""category":{"coding":[{"system":"http://snomed.info/sct","code":"387713003","display":"Surgical procedure"}]}"#,
    ),
    ("Procedure", r#""reasonCode":[{"coding":[{"system":"http://snomed.info/sct","code":"195967001"}]}]"#),
    ("Observation", r#""category":[{"coding":[{"code":"laboratory"}]}]"#),
    ("Condition", r#""category":[{"coding":[{"code":"encounter-diagnosis"}]}]"#),
    ("ServiceRequest", r#""category":[{"coding":[{"system":"http://snomed.info/sct","code":"108252007"}]}]"#),
    (
        "CarePlan",
        r#""category":[{"coding":[{"code":"assess-plan"}]}],"activity":[{"detail":{"code":{"coding":[{"code":"1"}]}}}]"#,
    ),
    (
        "CareTeam",
        r#""category":[{"coding":[{"code":"longitudinal"}]}],"reasonCode":[{"coding":[{"code":"10509002"}]}]"#,
    ),
    (
        "Encounter",
        r#""class":{"code":"AMB"},"serviceType":{"coding":[{"code":"57"}]},"reasonCode":[{"coding":[{"code":"36"}]}]"#,
    ),
    ("DocumentReference", r#""category":[{"coding":[{"code":"clinical-note"}]}]"#),
    (
        "ExplanationOfBenefit",
        r#""type":{"coding":[{"code":"institutional"}]},"item":[{"productOrService":{"coding":[{"code":"99213"}]}}]"#,
    ),
    ("Consent", r#""scope":{"coding":[{"code":"treatment"}]},"category":[{"coding":[{"code":"dnr"}]}]"#),
    (
        "Communication",
        r#""category":[{"coding":[{"code":"alert"}]}],"reasonCode":[{"coding":[{"code":"1"}]}]"#,
    ),
    (
        "MedicationRequest",
        r#""category":[{"coding":[{"code":"outpatient"}]}],"dosageInstruction":[{"route":{"coding":[{"code":"26643006"}]}}]"#,
    ),
    ("DetectedIssue", r#""category":{"coding":[{"code":"DRG"}]}"#),
    ("Flag", r#""category":[{"coding":[{"code":"safety"}]}]"#),
    (
        "AllergyIntolerance",
        r#""category":["food"],"reaction":[{"substance":{"coding":[{"code":"762952008"}]}}]"#,
    ),
];

proptest! {
    /// Law 30: two things are never of one code because their category, class, scope, reason, items or dosage are.
    #[test]
    fn a_code_of_another_element_is_never_the_code_of_the_thing(
        which in any::<prop::sample::Index>(),
        words in "[A-Z][a-z]{3,9} [a-z]{3,9}",
    ) {
        let (kind, beside) = BESIDE[which.index(BESIDE.len())];
        let code = if kind == "MedicationRequest" { "medicationCodeableConcept" } else { "code" };
        for json in [
            format!(r#"{{"resourceType":"{kind}","{code}":{{"text":"{words}"}},{beside}}}"#),
            format!(r#"{{"resourceType":"{kind}",{beside}}}"#),
        ] {
            let read = r4(&json);
            prop_assert_eq!(&read.codes, &[], "{}", json);
        }
    }
}

#[test]
fn one_item_of_several_is_not_the_order() {
    let order = |items: &str| {
        entry(Release::Dstu2, &format!(r#"{{"resourceType":"DiagnosticOrder","item":[{items}]}}"#))
            .codes
            .len()
    };
    let item =
        |code: &str| format!(r#"{{"code":{{"coding":[{{"system":"http://loinc.org","code":"{code}"}}]}}}}"#);
    assert_eq!(order(&item("58410-2")), 1, "one item is what was ordered");
    assert_eq!(order(&format!("{},{}", item("58410-2"), item("57698-3"))), 0);
}

#[test]
fn the_dose_is_never_the_name_of_a_medicine() {
    for json in [
        r#""resourceType":"MedicationRequest","medicationReference":{"reference":"Medication/m1"},"dosageInstruction":[{"text":"Take 1 tablet daily"}]"#,
        r#""resourceType":"MedicationRequest","dosageInstruction":[{"text":"Take 1 tablet daily"}],"category":[{"text":"Community"}]"#,
        r#""resourceType":"MedicationStatement","dosage":[{"text":"200 mg orally every 8 hours"}]"#,
    ] {
        let read = r4(&format!("{{{json}}}"));
        assert_eq!((read.title.as_str(), read.title_source), ("", TitleSource::Unnamed), "{json}");
        assert_eq!(read.dosage.len(), 1);
    }
    let coded = r4(
        r#"{"resourceType":"MedicationStatement","medicationCodeableConcept":{"coding":[{"system":"http://hl7.org/fhir/sid/ndc","code":"69230014620"}]},"dosage":[{"text":"200 mg orally"}]}"#,
    );
    assert_eq!((coded.title.as_str(), coded.title_source), ("NDC 69230014620", TitleSource::Code));
}

#[test]
fn a_strength_in_the_place_of_a_name_stands_behind_the_name_of_the_code() {
    let order = |text: &str| {
        r4(&format!(
            r#"{{"resourceType":"MedicationRequest","medicationCodeableConcept":{{"text":"{text}","coding":[{{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"10582","display":"levothyroxine"}}]}}}}"#
        ))
    };
    for (text, title) in [
        ("25 mcg tab", "levothyroxine 25 mcg tab"),
        ("125 mcg tab", "levothyroxine 125 mcg tab"),
        ("1 tab daily", "levothyroxine"),
        ("25 mcg every 8 hours", "levothyroxine"),
        ("Synthroid 25 mcg", "Synthroid 25 mcg"),
    ] {
        assert_eq!(order(text).title, title);
    }
}

#[test]
fn what_happened_is_called_with_what_brought_it_about() {
    let event = |suspect: &str| {
        r4(&format!(
            r#"{{"resourceType":"AdverseEvent","actuality":"actual","event":{{"text":"Anaphylaxis"}},"suspectEntity":[{suspect}]}}"#
        ))
    };
    assert_eq!(event(r#"{"instance":{"display":"Ceftriaxone"}}"#).title, "Anaphylaxis (Ceftriaxone)");
    assert_eq!(event(r#"{"instanceCodeableConcept":{"text":"Peanut"}}"#).title, "Anaphylaxis (Peanut)");
    assert_eq!(event(r#"{"instance":{"reference":"Medication/1"}}"#).title, "Anaphylaxis");
}

#[test]
fn an_appointment_that_the_patient_declined_is_not_planned() {
    let booked = |status: &str| {
        r4(&format!(
            r#"{{"resourceType":"Appointment","status":"booked","description":"Cardiology","start":"2027-01-05T10:00:00Z","participant":[{{"actor":{{"reference":"Practitioner/1"}},"status":"declined"}},{{"actor":{{"reference":"Patient/1"}},"status":"{status}"}}]}}"#
        ))
    };
    assert_eq!(booked("accepted").status_group, StatusGroup::Planned);
    let declined = booked("declined");
    assert_eq!(
        (declined.status.as_deref(), declined.status_group),
        (Some("declined"), StatusGroup::Cancelled)
    );
}

#[test]
fn a_mixture_is_called_by_all_that_is_in_it() {
    let order = |medication: &str, reference: &str| {
        r4(&format!(
            r#"{{"resourceType":"MedicationRequest","contained":[{{"resourceType":"Medication","id":"inner",{medication}}}],"medicationReference":{{"reference":"{reference}"}}}}"#
        ))
    };
    let suspension = r#""ingredient":[{"itemCodeableConcept":{"text":"Amoxicillin"},"strength":{"numerator":{"value":250,"unit":"mg"},"denominator":{"value":5,"unit":"mL"}}}],"form":{"text":"oral suspension"}"#;
    assert_eq!(order(suspension, "#inner").title, "Amoxicillin 250 mg/5 mL oral suspension");
    let two = r#""ingredient":[{"itemCodeableConcept":{"text":"Losartan"},"strength":{"numerator":{"value":50,"unit":"mg"},"denominator":{"value":1,"unit":"tablet"}}},{"itemCodeableConcept":{"text":"Hydrochlorothiazide","coding":[{"code":"5487"}]},"strength":{"numerator":{"value":12.5,"unit":"mg"}}}]"#;
    let mixed = order(two, "#inner");
    assert_eq!(mixed.title, "Losartan 50 mg / Hydrochlorothiazide 12.5 mg");
    assert_eq!(mixed.codes, [], "an ingredient is not the mixture");
    assert_eq!(
        order(r#""code":{"text":"Cefazolin 1 g injection"}"#, "inner").title,
        "Cefazolin 1 g injection"
    );
}

fn titled(json: &str) -> String {
    r4(&format!("{{{json}}}")).title
}

fn condition(said: &str) -> Entry {
    r4(&serde_json::json!({"resourceType": "Condition", "code": {"text": said}}).to_string())
}

#[test]
fn the_label_of_an_allergy_is_no_part_of_its_name() {
    let allergy = |said: &str| {
        r4(&serde_json::json!({"resourceType": "AllergyIntolerance", "code": {"text": said}}).to_string())
    };
    for (sent, clean) in [
        ("Medication, Allergy: Influenza vaccine", "Influenza vaccine"),
        ("Allergy: Penicillin", "Penicillin"),
    ] {
        let read = allergy(sent);
        assert_eq!((read.title.as_str(), read.title_as_sent.as_deref()), (clean, Some(sent)));
    }
    assert_eq!(allergy("Allergy:").title, "Allergy");
    assert_eq!(allergy("Allergy: none").knowing, Some(wholechart_fhir::Knowing::NoneKnown));
    assert_eq!(condition("Allergy: Penicillin").title, "Allergy: Penicillin", "penicillin is no illness");
}

#[test]
fn the_datatype_of_a_quality_measure_is_no_part_of_a_name() {
    let procedure = |said: &str| {
        r4(&serde_json::json!({"resourceType": "Procedure", "code": {"text": said}}).to_string()).title
    };
    let read = condition("Diagnosis, Active: Heart failure");
    assert_eq!(
        (read.title.as_str(), read.title_as_sent.as_deref()),
        ("Heart failure", Some("Diagnosis, Active: Heart failure"))
    );
    assert_eq!(procedure("Procedure, Performed: CABG"), "CABG");
    // What says more than the kind stays.
    for said in ["Diagnosis, Family history: Gout", "Diagnosis, Active:", "Rule out: gout"] {
        assert_eq!(condition(said).title.trim_end_matches(':'), said.trim_end_matches(':'));
    }
    assert_eq!(procedure("Procedure, Order: CABG"), "Procedure, Order: CABG");
}

#[test]
fn a_class_before_the_name_of_the_code_is_no_part_of_it() {
    let coded = |kind: &str, element: &str, text: &str, display: &str| {
        let code = serde_json::json!({"text": text, "coding": [
            {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "617314", "display": display}]});
        r4(&serde_json::json!({"resourceType": kind, element: code}).to_string())
    };
    let medicine =
        |text: &str, display: &str| coded("MedicationStatement", "medicationCodeableConcept", text, display);
    let lipitor = "atorvastatin 10 MG Oral Tablet [Lipitor]";
    let read = medicine(&format!("Statins + {lipitor}"), lipitor);
    assert_eq!(read.title, lipitor);
    assert_eq!(read.title_as_sent.as_deref(), Some("Statins + atorvastatin 10 MG Oral Tablet [Lipitor]"));
    let metoprolol = "Metoprolol Tartrate 25 MG Oral Tablet";
    assert_eq!(medicine(&format!("Beta Blocker Therapy + {metoprolol}"), metoprolol).title, metoprolol);
    // An ingredient is never taken for a class, and what the code does not say is not dropped.
    let two = "Enalapril + Hydrochlorothiazide 25 MG Oral Tablet";
    assert_eq!(medicine(two, "Hydrochlorothiazide 25 MG Oral Tablet").title, two);
    assert_eq!(medicine("Statins + something", lipitor).title, "Statins + something");
    let allergy = |text: &str, display: &str| coded("AllergyIntolerance", "code", text, display).title;
    assert_eq!(allergy("Fosfomycin + Fosfomycin 33.3 MG/ML", "Fosfomycin 33.3 MG/ML"), "Fosfomycin");
    assert_eq!(allergy("Allergy to Eggs + Eggs", "Eggs"), "Eggs");
    assert_eq!(condition("Cardiac Monitoring + Cardiac monitoring").title, "Cardiac Monitoring");
    assert_eq!(condition("Fever + cough").title, "Fever + cough");
}

#[test]
fn what_vendors_write_around_a_name_is_taken_off() {
    for (sent, clean) in [
        ("Diabetes mellitus without complication (CMS/HCC)", "Diabetes mellitus without complication"),
        ("CBC with differential - Final result", "CBC with differential"),
        ("HEMOGLOBIN A1C (LABCORP)", "HEMOGLOBIN A1C"),
        ("BR- Lipid panel", "Lipid panel"),
        ("Component: Glucose", "Glucose"),
        ("ZZHIST Tetanus", "Tetanus"),
        ("SHX Tobacco use", "Tobacco use"),
        ("Component: Glucose (LABCORP)", "Glucose"),
        ("Astma (aandoening)", "Astma"),
        ("Asma (trastorno)", "Asma"),
        ("Rookgedrag (bevinding)", "Rookgedrag"),
        ("PHQ-9 (assessment scale)", "PHQ-9"),
        ("&lt;b&gt;Glucose&lt;/b&gt;", "Glucose"),
        ("NDA020800 0.3 ML Epinephrine 1 MG/ML Auto-Injector", "0.3 ML Epinephrine 1 MG/ML Auto-Injector"),
    ] {
        let read = condition(sent);
        assert_eq!(read.title, clean);
        assert_eq!(read.title_as_sent.as_deref(), Some(sent), "what was sent is kept");
    }
    for kept in [
        "NDA020800",
        "Blanket allergy",
        "Intrahepatic cholangiocarcinoma (HCC)",
        "Branchial cyst",
        "Components of metabolic syndrome",
        "Zzhistory of nothing",
        "Penicillin (class)",
        "Final result pending",
        "BR-",
        "Pressure < 5 & rising",
    ] {
        assert_eq!(condition(kept).title, kept);
    }
}

#[test]
fn a_laboratorys_abbreviation_gives_way_to_the_name_of_its_loinc_code() {
    let pressure = r4(
        r#"{"resourceType":"Observation","code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}],"text":"A_BP"},"component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}],"text":"A_BP"},"valueQuantity":{"value":122}},{"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}],"text":"A_BP"},"valueQuantity":{"value":88}}]}"#,
    );
    assert_eq!(pressure.title, "Blood pressure");
    let parts: Vec<&str> = pressure.components.iter().map(|part| part.title.as_str()).collect();
    assert_eq!(parts, ["Systolic blood pressure", "Diastolic blood pressure"]);
    let report = |code: &str, text: &str| {
        titled(&format!(
            r#""resourceType":"DiagnosticReport","code":{{"coding":[{{"system":"http://loinc.org","code":"{code}"}}],"text":"{text}"}}"#
        ))
    };
    assert_eq!(report("18748-4", "RADRPT"), "Diagnostic imaging study");
    assert_eq!(report("1-0", "RADRPT"), "RADRPT", "without a name there is none but this");
    assert_eq!(report("57698-3", "Lipids"), "Lipids", "the sender's own words stay");
    assert_eq!(report("3016-3", "TSH"), "TSH");
    let numbered = titled(
        r#""resourceType":"Procedure","code":{"text":"IMO-PROC-29961110","coding":[{"display":"Colonoscopy"}]}"#,
    );
    assert_eq!(numbered, "Colonoscopy");
}

#[test]
fn devices_consents_claims_plans_and_teams_are_called_by_what_they_are() {
    assert_eq!(
        titled(
            r#""resourceType":"Consent","scope":{"coding":[{"code":"treatment","display":"Treatment"}]},"category":[{"coding":[{"code":"dnr","display":"Do Not Resuscitate"}]}]"#
        ),
        "Do Not Resuscitate"
    );
    let bare = r4(
        r#"{"resourceType":"Consent","scope":{"coding":[{"code":"treatment","display":"Treatment"}]},"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentcategorycodes","code":"dnr"}]}]}"#,
    );
    assert_eq!((bare.title.as_str(), bare.title_source), ("Do not resuscitate", TitleSource::Table));
    assert_eq!(
        titled(
            r#""resourceType":"Device","udiCarrier":[{"deviceIdentifier":"ecd17cb9640740"}],"type":{"text":"Pacemaker"}"#
        ),
        "Pacemaker"
    );
    assert_eq!(titled(r#""resourceType":"Device","udiCarrier":[{"deviceIdentifier":"ecd17cb9640740"}]"#), "");
    assert_eq!(titled(r#""resourceType":"CareTeam","reasonCode":[{"text":"Acute bronchitis"}]"#), "");
    let plan = r4(
        r#"{"resourceType":"CarePlan","category":[{"text":"Weight management plan"}],"activity":[{"detail":{"code":{"text":"Weekly weighing"}}},{"detail":{"code":{"text":"Diet of 1500 kcal"}}}]}"#,
    );
    assert_eq!(plan.title, "Weight management plan");
    let activities: Vec<String> = plan.details.iter().map(|detail| detail.value.plain()).collect();
    assert!(activities.contains(&"Weekly weighing".to_owned()), "{activities:?}");
    assert!(activities.contains(&"Diet of 1500 kcal".to_owned()), "{activities:?}");
    let older = entry(
        Release::Dstu2,
        r#"{"resourceType":"Claim","type":"institutional","item":[{"service":{"code":"185345009","display":"Encounter for symptom"}}]}"#,
    );
    assert_eq!(older.title, "Encounter for symptom");
    let bare = entry(Release::Dstu2, r#"{"resourceType":"Claim","type":"institutional"}"#);
    assert_eq!((bare.title.as_str(), bare.title_source), ("Institutional", TitleSource::Code));
    assert_eq!(bare.called().code.map(|code| code.code).as_deref(), Some("institutional"));
}

#[test]
fn nobody_is_called_by_a_number() {
    let claim = r4(
        r#"{"resourceType":"ExplanationOfBenefit","provider":{"identifier":{"value":"43b8cc15-e5fb-30e1-9bd9-5569decb93bb"}},"insurer":{"display":"Medicare"}}"#,
    );
    let who: Vec<_> = claim.performer.iter().map(|who| who.display.as_deref()).collect();
    assert_eq!(who, [Some("Medicare")]);
    let shown: Vec<String> = claim.details.iter().map(|detail| detail.value.plain()).collect();
    assert!(shown.iter().any(|text| text.contains("43b8cc15")), "the number is still shown: {shown:?}");
    let person = r4(r#"{"resourceType":"Patient","name":[{"text":"testy,test null null"}]}"#);
    assert_eq!(person.title, "testy,test");
    let person = r4(r#"{"resourceType":"Patient","name":[{"family":"Roe","given":["Jo","null"]}]}"#);
    assert_eq!(person.title, "Jo Roe");
}

#[test]
fn a_birth_date_is_a_day() {
    for born in ["1988-07-01", "1988-07-01T00:00:00", "1988-07-01T00:00:00.000Z", "1988-07-01T04:00:00.000Z"]
    {
        let patient = r4(&format!(r#"{{"resourceType":"Patient","birthDate":"{born}"}}"#));
        assert_eq!(said(&patient, "birth-date").as_deref(), Some("1988-07-01"), "{born}");
    }
}

#[test]
fn steps_are_in_their_order_and_words_without_entities() {
    let taper = r4(
        r#"{"resourceType":"MedicationRequest","dosageInstruction":[{"sequence":2,"text":"2 tablets"},{"sequence":1,"text":"4 tablets if BP &lt; 100/60 &quot;or&quot; <b>as told</b>"},{"sequence":10,"text":"1 tablet"}]}"#,
    );
    let steps: Vec<_> = taper.dosage.iter().filter_map(|dosage| dosage.text.as_deref()).collect();
    assert_eq!(steps, ["4 tablets if BP < 100/60 \"or\" as told", "2 tablets", "1 tablet"]);
    let words = |sent: &str| {
        let json = serde_json::json!({"resourceType": "Observation", "valueString": sent});
        r4(&json.to_string()).value.map(|value| value.as_sent()).unwrap_or_default()
    };
    assert_eq!(words("Glucose &gt;200 &amp; ketones"), "Glucose >200 & ketones");
    assert_eq!(words("Line one\\.br\\Line two <b>positive</b> & more"), "Line one\nLine two positive & more");
    assert_eq!(words("p<0.05 and 5>3"), "p<0.05 and 5>3");
}

#[test]
fn somebody_to_call_is_named_whichever_way_the_name_was_sent() {
    let contact = |name: &str| {
        let patient = r4(&format!(
            r#"{{"resourceType":"Patient","contact":[{{"relationship":[{{"text":"Brother"}}],"name":{name}}}]}}"#
        ));
        patient.details.iter().map(crate::line).collect::<Vec<_>>()
    };
    let parts = contact(r#"{"use":"usual","given":["John"],"family":"Smith"}"#);
    let words = contact(r#"{"use":"usual","text":"John Smith"}"#);
    assert_eq!(parts, words);
    assert!(words.iter().any(|line| line.ends_with("John Smith")), "{words:?}");
}

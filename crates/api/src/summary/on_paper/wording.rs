//! In which words what is known stands on paper: vaccines beside their disease, days of a shot, tests, reactions.

use super::*;

fn shot(cvx: &str, name: &str, day: &str) -> Value {
    json!({"resourceType": "Immunization", "status": "completed", "occurrenceDateTime": day, "vaccineCode": {
        "text": name, "coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": cvx}]}})
}

#[tokio::test]
async fn of_many_wordings_of_a_vaccine_the_short_ones_stand_beside_its_disease() {
    let long = "Influenza, injectable, MDCK, preservative free, quadrivalent, cell culture based";
    let lines = said(&[
        ("A", shot("150", "Influenza, Quadrivalent, PF", "2019-10-05")),
        ("A", shot("171", long, "2020-10-05")),
        ("A", shot("140", "Influenza, Trivalent, PF", "2018-10-05")),
    ])
    .await;
    let line = has(&lines, "Flu (influenza)");
    assert!(line.contains("(Influenza, Trivalent, PF; Influenza, Quadrivalent, PF)"), "{line}");
    assert!(!line.contains("MDCK"), "{line}");
    let lines = said(&[("A", shot("171", long, "2020-10-05"))]).await;
    assert!(
        has(&lines, "Flu (influenza)").contains("MDCK"),
        "the only wording stays, however long: {lines:#?}"
    );
    // Two that are long: the shorter of them.
    let longer = "Influenza, recombinant, quadrivalent, injectable, preservative free, from insect cells, of that season";
    let both = [("A", shot("171", long, "2020-10-05")), ("B", shot("185", longer, "2021-10-05"))];
    let line = has(&said(&both).await, "Flu (influenza)");
    assert!(line.contains("cell culture based") && !line.contains("insect cells"), "{line}");
}

#[tokio::test]
async fn two_days_of_one_shot_are_told_without_a_time_of_day() {
    let lines = said(&[
        ("A", shot("150", "Influenza, seasonal", "2025-10-05T14:30:00-05:00")),
        ("B", shot("150", "Influenza, seasonal", "2025-10-07T09:00:00-05:00")),
    ])
    .await;
    let sentence =
        lines.iter().find(|line| line.contains("October 5, 2025") && line.contains("October 7, 2025"));
    let sentence = sentence.unwrap_or_else(|| panic!("{lines:#?}"));
    assert!(!sentence.contains(" PM") && !sentence.contains(" AM"), "{sentence}");
}

#[tokio::test]
async fn anaphylaxis_by_its_code_alone_comes_before_what_is_not_severe() {
    let reacting = |name: &str, code: &str| {
        let mut one = allergy(name, "active");
        one["reaction"] =
            json!([{"manifestation": [{"coding": [{"system": "http://snomed.info/sct", "code": code}]}]}]);
        one
    };
    let all = [("A", reacting("Codeine", "422587007")), ("A", reacting("Latex", "39579001"))];
    let lines = said(&all).await;
    let at = |start: &str| lines.iter().position(|line| line.starts_with(start)).unwrap();
    assert!(at("Latex | Anaphylaxis") < at("Codeine | Nausea"), "{lines:#?}");
}

#[tokio::test]
async fn a_reaction_beside_no_known_allergies_is_told_and_is_no_allergen() {
    let mut none = allergy("No known allergies", "active");
    none["reaction"] = json!([{"manifestation": [{"text": "Hives"}], "severity": "severe"}]);
    let lines = said(&[("A", none.clone())]).await;
    has(&lines, "No known allergies, says A.");
    let line = has(&lines, "A says that no allergy is known, and notes a reaction beside it.");
    assert!(line.contains("Hives"), "{line}");
    assert!(!lines.iter().any(|line| line.contains('|')), "no allergen: {lines:#?}");
    // Who lists one disagrees.
    let lines = said(&[("A", none.clone()), ("B", allergy("Latex", "active"))]).await;
    assert!(has(&lines, "Latex").contains("providers disagree"), "{lines:#?}");
    let unmarked = said_in(Language::Es, &[("A", none)]).await;
    assert!(unmarked.iter().any(|line| line.contains("no se conoce ninguna alergia")), "{unmarked:#?}");
}

#[tokio::test]
async fn a_test_is_called_as_people_call_it() {
    let named = |code: &str, display: &str, value: f64| {
        let mut one = result("", "2026-03-04", &json!({"value": value, "unit": "g/dL"}));
        one["code"] = json!({"coding": [{"system": "http://loinc.org", "code": code, "display": display}]});
        one
    };
    let mut high = named("2345-7", "Glucose [Mass/volume] in Serum or Plasma", 240.0);
    high["interpretation"] = json!([coded("H")]);
    let all = [("A", named("718-7", "Hemoglobin [Mass/volume] in Blood", 13.1)), ("A", high)];
    let text = said(&all).await.join("\n");
    assert!(text.contains("Hemoglobin: 13.1 g/dL") && text.contains("Glucose"), "{text}");
    assert!(!text.contains("Mass/volume"), "{text}");
    let record = Record::new().await;
    record.take_in("A", &all.map(|(_, one)| one)).await;
    for sheet in ["summary", "results", "whole"] {
        let args = json!({"person": record.person, "sheet": sheet});
        let text = dispatch(&record.app, "summaryText", args).await.unwrap();
        let text = text.as_str().unwrap();
        assert!(text.contains("Glucose") && !text.contains("Mass/volume"), "{sheet}: {text}");
    }
    // The lists of the window and the terminal say the same.
    let page = json!({"person": record.person, "filter": {}, "cursor": null, "limit": 50});
    let rows = dispatch(&record.app, "timeline", page).await.unwrap()["rows"].to_string();
    assert!(rows.contains("Hemoglobin") && !rows.contains("Mass/volume"), "{rows}");
}

#[tokio::test]
async fn equal_values_of_one_day_are_printed_once_or_with_their_times() {
    let potassium = |day: &str, value: f64| {
        let mut one = result("Potassium", day, &json!({"value": value, "unit": "mmol/L"}));
        one["code"]["coding"] = json!([{"system": "http://loinc.org", "code": "2823-3"}]);
        one
    };
    let record = Record::new().await;
    let (morning, evening) = ("2025-03-04T08:00:00-06:00", "2025-03-04T20:00:00-06:00");
    record
        .take_in("A", &[potassium(morning, 4.1), potassium(evening, 4.1), potassium("2025-04-05", 4.0)])
        .await;
    record.take_in("B", &[potassium("2025-04-05", 4.0), potassium("2025-05-06", 4.2)]).await;
    record.take_in("C", &[potassium("2025-05-06", 4.2)]).await;
    let args = json!({"person": record.person, "sheet": "whole"});
    let text = dispatch(&record.app, "summaryText", args).await.unwrap();
    let text = text.as_str().unwrap();
    assert!(text.contains("8:00 AM") && text.contains("8:00 PM"), "two of one day have their times: {text}");
    assert_eq!(text.matches("4.1 mmol/L (Mar 4, 2025").count(), 2, "{text}");
    assert_eq!(text.matches("4.0 mmol/L (Apr 5, 2025").count(), 1, "{text}");
    assert_eq!(text.matches("4.2 mmol/L (May 6, 2025, B, C)").count(), 1, "{text}");
}

#[tokio::test]
async fn implants_and_directives_stand_on_the_sheet_and_a_blood_thinner_says_so() {
    let implant = |what: &str| json!({"resourceType": "Device", "status": "active", "type": {"text": what}, "manufactureDate": "2020-03-04"});
    let directive = json!({"resourceType": "Consent", "status": "active", "dateTime": "2025-03-04",
        "category": [{"text": "Do not resuscitate"}], "scope": {"coding": [{"code": "adr"}]}});
    let all = [
        ("A", implant("Cardiac pacemaker")),
        ("B", implant("Cardiac pacemaker")),
        ("A", implant("Contraceptive intrauterine device")),
        ("A", implant("Colonoscope, flexible")),
        ("A", implant("cane")),
        ("B", implant("Cane, device")),
        ("A", directive),
        ("A", order("Warfarin 5 mg tablet", "2026-05-01", "active", "1 tablet every day")),
        ("A", order("Lisinopril 10 mg tablet", "2026-05-01", "active", "1 tablet every day")),
    ];
    let lines = said(&all).await;
    has(&lines, "Cardiac pacemaker |");
    has(&lines, "Do not resuscitate |");
    assert!(has(&lines, "Warfarin").contains("(blood thinner)"), "{lines:#?}");
    assert!(!has(&lines, "Lisinopril").contains("thinner"), "{lines:#?}");
    let text = lines.join("\n");
    assert_eq!(text.to_lowercase().matches("cane").count(), 1, "{text}");
    assert!(!text.contains("Colonoscope"), "nobody keeps one: {text}");
    assert!(!text.contains("ontraceptive"), "sensitive, and nobody was asked: {text}");
    let record = Record::new().await;
    let resources: Vec<Value> = all.iter().map(|(_, one)| one.clone()).collect();
    record.take_in("A", &resources).await;
    let asked = dispatch(&record.app, "printing", json!({"person": record.person})).await.unwrap();
    assert!(asked["sensitive"].to_string().contains("intrauterine"), "it is asked about: {asked}");
    let args = json!({"person": record.person, "sheet": "emergency"});
    let card = dispatch(&record.app, "summaryText", args).await.unwrap();
    let card = card.as_str().unwrap();
    assert!(card.contains("Cardiac pacemaker") && !card.contains("ontraceptive"), "{card}");
}

#[tokio::test]
async fn what_a_template_calls_its_entry_is_no_word_of_a_note() {
    let mut one = allergy("Codeine", "active");
    one["note"] = json!([{"text": "Severity Observation: Mild"}, {"text": "Comment: only once"}, {"text": "Seen: in 2004"}]);
    let line = has(&said(&[("A", one)]).await, "Codeine");
    assert!(line.ends_with("/ Severity: Mild / Note: only once / Note: Seen: in 2004 | A"), "{line}");
}

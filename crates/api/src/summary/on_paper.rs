//! What the paper says of a few invented records, as the person's doctor reads it.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use wholechart_fhir::{Day, ReadOptions, Release, read};
use wholechart_print::Document;
use wholechart_record::{
    ConnectionId, EntryKey, FactId, Member, Merger, PersonId, as_received, dated_statements, summary,
};
use wholechart_store::Person;

use super::view::{Gone, Source, document};
use crate::words::{Language, Speech, Words};

const HOME: chrono_tz::Tz = chrono_tz::America::Chicago;

/// A resource as one provider sends it.
fn sent(provider: &str, id: &str, resource: &Value) -> Member {
    let mut resource = resource.clone();
    resource["id"] = json!(id);
    let mut entry = read(resource.to_string().as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
    as_received(&mut entry, Day::new(2026, 7, 2).unwrap());
    let key = EntryKey {
        connection: ConnectionId(provider.into()),
        base: format!("https://{provider}.example"),
        release: Release::R4,
        resource_type: entry.resource_type.clone(),
        id: id.into(),
    };
    Member { key, entry }
}

/// The paper of July 1, 2026. `providers`: each connection with its mark.
fn paper(words: &Words, members: Vec<Member>, providers: &[(String, &str)], gone: &[&str]) -> Document {
    let mut merger = Merger::new(HOME);
    merger.update(members.clone(), &[]);
    let facts: Vec<_> = merger
        .facts()
        .values()
        .map(|fact| {
            let own =
                members.iter().filter(|one| fact.members.contains(&one.key)).cloned().collect::<Vec<_>>();
            (fact.clone(), own)
        })
        .collect();
    let gone: Gone = facts
        .iter()
        .filter_map(|(fact, own)| {
            let who: Vec<ConnectionId> = own
                .iter()
                .filter(|one| gone.contains(&one.key.id.as_str()))
                .map(|one| one.key.connection.clone())
                .collect();
            (!who.is_empty()).then(|| (fact.id.clone(), who))
        })
        .collect::<Vec<(FactId, Vec<ConnectionId>)>>()
        .into_iter()
        .collect();
    let person = Person {
        id: PersonId("ida".into()),
        name: "Ida Roe".into(),
        birth_date: None,
        home_zone: HOME,
        colour: 0,
    };
    let sources: Vec<Source> = providers
        .iter()
        .map(|(id, mark)| Source {
            id: ConnectionId(id.clone()),
            mark: (*mark).into(),
            name: format!("Provider {mark}"),
            last_sync: None,
        })
        .collect();
    let now: DateTime<Utc> = "2026-07-01T18:00:00Z".parse().unwrap();
    let speech = Speech::new(words, HOME, now);
    let summary = summary(&facts, Day::new(2026, 7, 1).unwrap(), &[]);
    let dated: Vec<_> = facts
        .iter()
        .map(|(_, own)| {
            let keyed: Vec<_> = own.iter().map(|one| (&one.key, &one.entry)).collect();
            dated_statements(&keyed, HOME)
        })
        .collect();
    let dated = facts.iter().zip(&dated).map(|((fact, _), dated)| (&fact.id, dated.as_slice())).collect();
    document(&speech, &summary, &dated, &gone, &person, &sources, false)
}

/// Every line of the paper: cells between bars, notes and sentences in place of a table.
fn lines(document: &Document) -> Vec<String> {
    let mut lines: Vec<String> =
        document.person.iter().map(|(label, said)| format!("{label}: {said}")).collect();
    for section in &document.sections {
        lines.extend(section.note.clone());
        let said = section.rows.iter().map(|row| {
            let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
            cells.join(" | ").replace('\n', " / ")
        });
        lines.extend(said);
        lines.extend(section.empty.clone().filter(|_| section.rows.is_empty()));
    }
    lines
}

/// What providers A and B, C say, on one paper.
fn said(resources: &[(&str, Value)]) -> Vec<String> {
    said_in(&Words::english(), resources)
}

fn said_in(words: &Words, resources: &[(&str, Value)]) -> Vec<String> {
    let members =
        resources.iter().enumerate().map(|(n, (by, resource))| sent(by, &n.to_string(), resource)).collect();
    let providers = [("a".to_owned(), "A"), ("b".to_owned(), "B"), ("c".to_owned(), "C")];
    lines(&paper(words, members, &providers, &[]))
}

fn has(lines: &[String], start: &str) -> String {
    let found: Vec<&String> = lines.iter().filter(|line| line.starts_with(start)).collect();
    assert_eq!(found.len(), 1, "{start}: {lines:#?}");
    found[0].clone()
}

fn coded(code: &str) -> Value {
    json!({"coding": [{"code": code}]})
}

fn order(name: &str, day: &str, status: &str, dose: &str) -> Value {
    json!({"resourceType": "MedicationRequest", "status": status, "intent": "order", "authoredOn": day,
        "medicationCodeableConcept": {"text": name}, "dosageInstruction": [{"text": dose}]})
}

fn allergy(words: &str, clinical: &str) -> Value {
    json!({"resourceType": "AllergyIntolerance", "code": {"text": words}, "clinicalStatus": coded(clinical)})
}

fn result(name: &str, day: &str, value: &Value) -> Value {
    json!({"resourceType": "Observation", "status": "final", "category": [coded("laboratory")],
        "code": {"text": name}, "effectiveDateTime": day, "valueQuantity": value})
}

const DRUG: &str = "Lorvadine 5 mg oral tablet";

#[test]
fn both_ways_of_taking_a_medicine_are_printed() {
    let lines = said(&[
        ("a", order(DRUG, "2026-05-01", "active", "1 tablet on Monday")),
        ("a", order(DRUG, "2026-05-01", "active", "half a tablet on all other days")),
    ]);
    let line = has(&lines, DRUG);
    assert!(line.contains("1 tablet on Monday; half a tablet on all other days"), "{line}");
    let lines = said(&[
        ("a", order(DRUG, "2026-05-01", "active", "1 tablet twice a day")),
        ("b", order(DRUG, "2026-05-01", "active", "2 tablets three times a day")),
    ]);
    let line = has(&lines, DRUG);
    assert!(line.contains("(providers disagree)"), "{line}");
    assert!(line.contains("1 tablet twice a day (A); 2 tablets three times a day (B)"), "{line}");
}

#[test]
fn no_known_allergies_is_said_once_and_is_no_allergen() {
    let lines = said(&[
        ("a", allergy("No known allergies", "active")),
        ("a", allergy("No known drug allergies", "active")),
        ("b", allergy("Penicillin G", "active")),
    ]);
    has(&lines, "No known allergies, says A.");
    assert!(has(&lines, "Penicillin G").starts_with("Penicillin G (providers disagree)"), "{lines:#?}");
    assert_eq!(lines.iter().filter(|line| line.starts_with("No known")).count(), 1, "{lines:#?}");
    let lines = said(&[("a", allergy("No known allergies", "active"))]);
    has(&lines, "No known allergies, says A.");
    assert!(!lines.iter().any(|line| line.starts_with("No allergy was shared")), "{lines:#?}");
    let lines = said_in(&Words::new(Language::Es), &[("a", allergy("No known allergies", "active"))]);
    has(&lines, "Sin alergias conocidas, seg\u{fa}n A.");
}

#[test]
fn what_is_older_was_shared() {
    let old = json!({"value": 4, "unit": "mmol/L"});
    let lines =
        said(&[("a", result("Potassium", "2019-03-04", &old)), ("a", result("Sodium", "2018-03-04", &old))]);
    assert!(lines.iter().any(|line| line.starts_with("2 earlier results")), "{lines:#?}");
    assert!(!lines.iter().any(|line| line.starts_with("No result was shared")), "{lines:#?}");
}

#[test]
fn a_note_a_specimen_and_a_side_are_printed_with_what_was_found() {
    let mut culture = result("Culture", "2026-03-04", &Value::Null);
    culture["note"] = json!([{"text": "Specimen hemolyzed; please recollect."}]);
    culture["specimen"] = json!({"display": "Urine"});
    let lines = said(&[
        ("a", culture),
        (
            "a",
            json!({"resourceType": "Procedure", "status": "completed", "code": {"text": "Arthroscopy"},
            "bodySite": [{"text": "Left knee"}], "performedDateTime": "2026-01-02"}),
        ),
    ]);
    let line = has(&lines, "Culture");
    assert!(line.contains("Urine / Note: Specimen hemolyzed; please recollect. | no value sent"), "{line}");
    assert!(has(&lines, "Arthroscopy").contains("Left knee"));
}

#[test]
fn a_saturation_says_with_how_much_oxygen() {
    let lines = said(&[(
        "a",
        json!({"resourceType": "Observation", "status": "final", "category": [coded("vital-signs")],
        "code": {"text": "SpO2"}, "effectiveDateTime": "2026-02-11", "valueQuantity": {"value": 93, "unit": "%"},
        "component": [{"code": {"text": "Oxygen flow"}, "valueQuantity": {"value": 2, "unit": "L/min"}}]}),
    )]);
    assert!(has(&lines, "SpO2").contains("93% (Oxygen flow 2 L/min)"), "{lines:#?}");
}

#[test]
fn whose_paper_it_is_stands_at_its_head() {
    let person = |born: &str| json!({"resourceType": "Patient", "name": [{"text": "Ida Roe"}], "birthDate": born, "gender": "female"});
    let lines = said(&[("a", person("1988-07-01"))]);
    assert_eq!(has(&lines, "Born"), "Born: July 1, 1988");
    assert_eq!(has(&lines, "Sex"), "Sex: female");
    let lines = said(&[("a", person("1988-07-01")), ("b", person("1988-07-02"))]);
    assert_eq!(has(&lines, "Born"), "Born: July 1, 1988 (A); July 2, 1988 (B)");
}

#[test]
fn what_is_handed_out_proposed_or_meant_otherwise_says_so() {
    let drug = |kind: &str, status: &str| json!({"resourceType": kind, "status": status, "medicationCodeableConcept": {"text": DRUG}});
    let mut handed = drug("MedicationDispense", "completed");
    handed["whenHandedOver"] = json!("2026-06-01");
    let line = has(&said(&[("a", handed)]), DRUG);
    assert!(
        line.starts_with(&format!("{DRUG} (handed out June 1, 2026; nobody says whether it is taken)")),
        "{line}"
    );
    let mut proposed = drug("MedicationRequest", "active");
    proposed["intent"] = json!("option");
    assert!(!said(&[("a", proposed)]).iter().any(|line| line.starts_with(DRUG)));
    let mut odd = drug("MedicationStatement", "active");
    odd["modifierExtension"] = json!([{"url": "https://example.org/never", "valueBoolean": true}]);
    assert!(has(&said(&[("a", odd)]), DRUG).contains("may change its meaning"));
}

#[test]
fn what_is_withdrawn_at_the_server_says_so() {
    let members = vec![sent("a", "1", &allergy("Latex", "active"))];
    let document = paper(&Words::english(), members, &[("a".to_owned(), "A")], &["1"]);
    assert!(has(&lines(&document), "Latex").starts_with("Latex (no longer reported by any provider)"));
}

#[test]
fn a_date_that_cannot_be_is_marked_and_never_the_latest() {
    let value = |value: i32| json!({"value": value, "unit": "ng/mL"});
    let lines = said(&[
        ("a", result("Ferritin", "2098-03-04", &value(1))),
        ("a", result("Ferritin", "2026-03-04", &value(2))),
        ("a", result("Copper", "2098-03-04", &value(3))),
    ]);
    assert!(has(&lines, "Ferritin").contains("2 ng/mL"), "{lines:#?}");
    // Nobody knows of when it is: none of the latest, and counted.
    assert!(!lines.iter().any(|line| line.contains("Copper")), "{lines:#?}");
    has(&lines, "2 earlier results");
    let person = json!({"resourceType": "Patient", "name": [{"text": "Ida Roe"}], "birthDate": "1988-07-01"});
    let shot = json!({"resourceType": "Immunization", "status": "completed", "vaccineCode": {"text": "Tetanus"},
        "occurrenceDateTime": "1951-02-03"});
    assert!(has(&self::said(&[("a", person), ("a", shot)]), "Tetanus").contains("dated before the birth"));
}

#[test]
fn nothing_is_cut_where_the_words_go_on() {
    let long = format!(
        "Reaction to cefazolin {}intubation, but TOLERATES ceftriaxone",
        "with wheezing and ".repeat(12)
    );
    let lines = said(&[("a", allergy(&long, "active"))]);
    assert!(lines.iter().any(|line| line.contains("but TOLERATES ceftriaxone")), "{lines:#?}");
}

/// A record in which most things are told by two, or twice, and differ in something.
fn much() -> Vec<(usize, Value)> {
    let observation = |value: Value, flag: &str| {
        let mut one = result("Potassium", "2026-02-11T08:00:00-06:00", &value);
        one["code"]["coding"] = json!([{"system": "http://loinc.org", "code": "2823-3"}]);
        one["interpretation"] = json!([coded(flag)]);
        one
    };
    let peanut = |reaction: &str, severity: &str| {
        let mut one = allergy("Peanut", "active");
        one["code"]["coding"] = json!([{"system": "http://snomed.info/sct", "code": "91935009"}]);
        one["reaction"] = json!([{"manifestation": [{"text": reaction}], "severity": severity}]);
        one
    };
    let potassium = json!({"value": 6.9, "unit": "mmol/L"});
    vec![
        (0, order(DRUG, "2026-05-01", "active", "1 tablet on Monday")),
        (0, order(DRUG, "2026-05-01", "active", "half a tablet on all other days")),
        (1, order(DRUG, "2026-05-01", "active", "2 tablets three times a day")),
        (2, order(DRUG, "2025-05-01", "stopped", "1 tablet")),
        (0, order("Quorvast", "2026-05-01", "active", "one")),
        (1, order("Quorvast", "2026-05-01", "active", "two")),
        (0, observation(potassium.clone(), "HH")),
        (1, observation(potassium.clone(), "H")),
        (2, observation(potassium, "N")),
        (0, peanut("Hives", "mild")),
        (1, peanut("Anaphylaxis", "severe")),
        (2, peanut("Itching", "mild")),
        (0, allergy("Latex", "active")),
        (1, allergy("Latex", "inactive")),
        (2, allergy("No known allergies", "active")),
        (
            0,
            json!({"resourceType": "Condition", "code": {"text": "Asthma"}, "clinicalStatus": coded("active"),
            "severity": {"text": "mild"}}),
        ),
        (
            1,
            json!({"resourceType": "Condition", "code": {"text": "Asthma"}, "clinicalStatus": coded("active"),
            "severity": {"text": "severe"}}),
        ),
        (
            0,
            json!({"resourceType": "Patient", "name": [{"text": "Ida Roe"}], "birthDate": "1988-07-01", "gender": "female"}),
        ),
        (
            1,
            json!({"resourceType": "Patient", "name": [{"text": "Ida Roe"}], "birthDate": "1988-07-02", "gender": "female"}),
        ),
        (0, result("Ferritin", "2026-03-04", &json!({"value": 20, "unit": "ng/mL"}))),
        (0, result("Ferritin", "2026-03-04", &json!({"value": 30, "unit": "ng/mL"}))),
    ]
}

#[test]
fn the_same_record_says_the_same_whatever_its_order_and_ids() {
    let much = much();
    let mut random = 0x5eed_u64;
    let mut next = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        random >> 33
    };
    let mut first: Option<Document> = None;
    for round in 0..20 {
        let providers: Vec<(String, &str)> =
            ["A", "B", "C"].into_iter().map(|mark| (format!("{:08x}", next()), mark)).collect();
        let mut members: Vec<(u64, Member)> = much
            .iter()
            .map(|(by, resource)| (next(), sent(&providers[*by].0, &format!("{:x}", next()), resource)))
            .collect();
        members.sort_by_key(|(at, _)| *at);
        let members = members.into_iter().map(|(_, one)| one).collect();
        let document = paper(&Words::english(), members, &providers, &[]);
        let known = first.get_or_insert_with(|| document.clone());
        assert_eq!(lines(known), lines(&document), "round {round}");
        let (before, now) = (format!("{known:#?}"), format!("{document:#?}"));
        let differs = before.lines().zip(now.lines()).find(|(before, now)| before != now);
        assert!(*known == document, "round {round}: {differs:?}");
    }
    assert!(first.is_some_and(|first| lines(&first).len() > 15));
}

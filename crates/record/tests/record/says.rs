//! A fact says all that its members say, in the same words whatever the order and the ids.

use serde_json::{Value, json};
use wholechart_fhir::{Day, Element, StatusGroup};
use wholechart_record::{
    About, Fact, Flag, Mark, Member, Said, SectionName, Summary, as_received, is_current, is_over, merge,
    summary,
};

use crate::said::{HOME, dstu2, r4};

/// The one fact of these members, and what it says.
fn one(members: &[Member]) -> (Fact, Said) {
    let facts = merge(members.to_vec(), HOME);
    assert_eq!(facts.len(), 1, "{:?}", facts.iter().map(|fact| &fact.title.text).collect::<Vec<_>>());
    let keyed: Vec<_> = members.iter().map(|one| (&one.key, &one.entry)).collect();
    (facts[0].clone(), Said::of(&keyed))
}

fn of(members: &[Member]) -> Summary {
    let facts: Vec<_> = merge(members.to_vec(), HOME)
        .into_iter()
        .map(|fact| {
            let own = members.iter().filter(|one| fact.members.contains(&one.key)).cloned().collect();
            (fact, own)
        })
        .collect();
    summary(&facts, Day::new(2026, 11, 28).expect("a day"), &[])
}

fn titles(summary: &Summary, name: SectionName) -> Vec<&str> {
    let section = summary.sections.iter().find(|one| one.name == name).expect("a section");
    section.items.iter().map(|item| item.title.text.as_str()).collect()
}

fn doses(said: &Said) -> Vec<&str> {
    said.dosage.iter().map(|one| one.what.text.as_deref().expect("a text")).collect()
}

fn details(said: &Said, element: Element) -> Vec<String> {
    said.about(element).map(|one| one.what.value.all_sent()).collect()
}

fn order(id: &str, name: &str, day: &str, status: &str, dose: &str) -> Value {
    json!({"resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order", "authoredOn": day,
        "medicationCodeableConcept": {"text": name},
        "dosageInstruction": if dose.is_empty() { json!([]) } else { json!([{"text": dose}]) }})
}

const DRUG: &str = "Lorvadine 5 mg oral tablet";

#[test]
fn two_orders_that_stand_are_both_taken() {
    let day = "2026-05-01";
    let (fact, said) = one(&[
        r4("a", order("1", DRUG, day, "active", "1 tablet on Monday and Friday")),
        r4("a", order("2", DRUG, day, "active", "half a tablet on all other days")),
        r4("a", order("3", DRUG, "2025-01-01", "stopped", "3 tablets")),
    ]);
    assert_eq!(doses(&said), ["1 tablet on Monday and Friday", "half a tablet on all other days"]);
    assert!(fact.conflicts.is_empty(), "one teller says both");
    assert!(said.dosage.iter().all(|dose| dose.day.is_none() && dose.by.is_empty()));

    // An older order that nobody ended stands as well, and says of when it is.
    let (_, said) = one(&[
        r4("a", order("1", DRUG, "2026-05-01", "active", "2 tablets in the morning")),
        r4("a", order("2", DRUG, "2024-05-01", "active", "1 tablet in the morning")),
    ]);
    assert_eq!(doses(&said), ["2 tablets in the morning", "1 tablet in the morning"]);
    assert_eq!(said.dosage[1].day, Day::new(2024, 5, 1));
}

#[test]
fn a_statement_that_says_less_takes_nothing_away() {
    let (_, said) = one(&[
        r4("a", order("1", DRUG, "2026-05-01", "active", "")),
        r4("b", order("2", DRUG, "2026-03-01", "active", "1 tablet twice a day")),
    ]);
    assert_eq!(doses(&said), ["1 tablet twice a day"]);
    assert!(said.dosage[0].by.is_empty(), "nobody says otherwise");
}

#[test]
fn two_providers_who_dose_differently_disagree() {
    let both = |one: &str, two: &str| {
        [
            r4("a", order("1", DRUG, "2026-05-01", "active", one)),
            r4("b", order("2", DRUG, "2026-03-01", "active", two)),
        ]
    };
    let (fact, said) = self::one(&both("1 tablet twice a day", "2 tablets three times a day"));
    assert_eq!(doses(&said), ["1 tablet twice a day", "2 tablets three times a day"]);
    assert_eq!(said.dosage[0].by.len(), 1, "{:?}", said.dosage);
    assert_eq!(fact.conflicts.iter().map(|one| one.about).collect::<Vec<_>>(), [About::Dosing]);
    let (fact, _) = self::one(&both("1 tablet twice a day", "Take one tablet by mouth 2 times daily"));
    assert!(fact.conflicts.is_empty(), "the same in other words");
}

fn allergy(id: &str, clinical: &str, reactions: &[(&str, &str)]) -> Value {
    let reactions: Vec<Value> = reactions
        .iter()
        .map(|(what, severity)| {
            let mut reaction = json!({"manifestation": [{"text": what}]});
            if !severity.is_empty() {
                reaction["severity"] = json!(severity);
            }
            reaction
        })
        .collect();
    json!({"resourceType": "AllergyIntolerance", "id": id, "clinicalStatus": {"coding": [{"code": clinical}]},
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "91935009"}], "text": "Peanut"},
        "recordedDate": if id == "1" { "2010-01-01" } else { "2026-01-01" }, "reaction": reactions})
}

#[test]
fn every_reaction_is_said_with_the_worst_first() {
    let (_, said) = one(&[
        r4("a", allergy("1", "active", &[("Hives", "mild"), ("Anaphylaxis", "severe")])),
        r4("b", allergy("2", "active", &[("Itching", "")])),
        r4("c", allergy("3", "active", &[])),
    ]);
    let said = details(&said, Element::REACTION);
    assert!(said[0].starts_with("Anaphylaxis") && said.len() == 3, "{said:?}");
    assert!(said[1].starts_with("Itching") && said[2].starts_with("Hives"), "{said:?}");
}

fn potassium(flag: &str) -> Value {
    json!({"resourceType": "Observation", "id": "k", "status": "final", "effectiveDateTime": "2026-02-11T08:00:00-05:00",
        "category": [{"coding": [{"code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "2823-3"}], "text": "Potassium"},
        "valueQuantity": {"value": 6.9, "unit": "mmol/L"}, "interpretation": [{"coding": [{"code": flag}]}]})
}

#[test]
fn the_gravest_flag_is_the_facts() {
    for [one, two] in [["HH", "H"], ["H", "HH"], ["N", "HH"], ["HH", "N"]] {
        let (fact, _) = self::one(&[r4("a", potassium(one)), r4("b", potassium(two))]);
        assert_eq!(fact.flag, Some(Flag::CriticalHigh));
    }
}

#[test]
fn specimen_side_notes_and_flow_are_said() {
    let saturation = json!({"resourceType": "Observation", "id": "s", "status": "final",
        "effectiveDateTime": "2026-02-11T08:40:00-05:00", "category": [{"coding": [{"code": "vital-signs"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "59408-5"}], "text": "SpO2"},
        "valueQuantity": {"value": 93, "unit": "%"}, "bodySite": {"text": "Left hand"},
        "note": [{"text": "After walking"}],
        "component": [{"code": {"text": "Oxygen flow"}, "valueQuantity": {"value": 2, "unit": "L/min"}}]});
    let mut less = saturation.clone();
    less["component"] = json!([]);
    less["note"] = json!([]);
    let (fact, said) = one(&[r4("a", less), r4("b", saturation)]);
    assert_eq!(fact.value.map(|found| found.as_sent()).as_deref(), Some("93%"));
    let parts: Vec<String> =
        said.parts.iter().map(|one| format!("{} {}", one.what.0.text, one.what.1.as_sent())).collect();
    assert_eq!(parts, ["Oxygen flow 2 L/min"]);
    assert_eq!(details(&said, Element::BODY_SITE), ["Left hand"]);
    assert_eq!(said.notes[0].what.text, "After walking");
}

#[test]
fn a_dispense_that_is_complete_ended_nothing() {
    let dose = |kind: &str, when: &str| {
        json!({"resourceType": kind, "id": "d", "status": "completed", when: "2026-11-01",
            "medicationCodeableConcept": {"text": DRUG}})
    };
    let (fact, said) = one(&[r4("a", dose("MedicationDispense", "whenHandedOver"))]);
    assert!(is_current(fact.kind, fact.status_group));
    assert_eq!(said.marks, [Mark::HandedOut(Day::new(2026, 11, 1))]);
    let (fact, said) = one(&[r4("a", dose("MedicationAdministration", "effectiveDateTime"))]);
    assert!(!is_current(fact.kind, fact.status_group), "given once is not taken");
    assert_eq!(said.marks, [Mark::Given(Day::new(2026, 11, 1))]);
    let stopped = r4("b", order("1", DRUG, "2026-10-01", "stopped", ""));
    let (fact, said) = one(&[r4("a", dose("MedicationDispense", "whenHandedOver")), stopped]);
    assert_eq!((fact.status_group, said.marks, fact.conflicts.len()), (StatusGroup::Past, vec![], 0));
}

#[test]
fn what_is_proposed_is_not_taken() {
    for intent in ["proposal", "plan", "option"] {
        let mut drug = order("1", DRUG, "2026-05-01", "active", "");
        drug["intent"] = json!(intent);
        let (fact, said) = one(&[r4("a", drug)]);
        assert!(!is_current(fact.kind, fact.status_group), "{intent}");
        assert_eq!(said.marks, [Mark::Proposed]);
    }
}

#[test]
fn an_order_says_why_it_was_stopped() {
    let mut drug = order("1", DRUG, "2026-05-01", "stopped", "");
    drug["statusReason"] = json!({"text": "Rash"});
    let (_, said) = one(&[r4("a", drug)]);
    let why: Vec<String> =
        said.ended.unwrap().why.iter().map(wholechart_fhir::DetailValue::all_sent).collect();
    assert_eq!(why, ["Rash"]);
}

#[test]
fn what_its_sender_says_ended_is_over() {
    let course = |status: Option<&str>| {
        let mut one = json!({"resourceType": "MedicationStatement", "id": "s", "medicationCodeableConcept": {"text": DRUG},
            "effectivePeriod": {"start": "2023-05-01", "end": "2023-05-10"}});
        if let Some(status) = status {
            one["status"] = json!(status);
        }
        let mut member = r4("a", one);
        as_received(&mut member.entry, Day::new(2026, 11, 29).unwrap());
        self::one(&[member])
    };
    let (fact, said) = course(None);
    assert!(!is_current(fact.kind, fact.status_group));
    assert_eq!(said.ended.unwrap().on, Day::new(2023, 5, 10));
    assert!(
        is_current(fact.kind, course(Some("active")).0.status_group),
        "a contradiction is shown, and says so"
    );
}

#[test]
fn a_diagnosis_of_a_visit_is_no_current_problem() {
    let cold = |id: &str, category: &str, clinical: Option<&str>| {
        json!({"resourceType": "Condition", "id": id, "code": {"text": "Common cold"},
            "clinicalStatus": clinical.map(|code| json!({"coding": [{"code": code}]})),
            "category": [{"coding": [{"code": category}]}]})
    };
    let visit = r4("a", cold("1", "encounter-diagnosis", None));
    let (fact, said) = one(std::slice::from_ref(&visit));
    assert!(!is_current(fact.kind, fact.status_group));
    assert_eq!(said.marks, [Mark::AtVisit]);
    assert_eq!(titles(&of(&[visit]), SectionName::Problems), [] as [&str; 0]);
    let stated = [
        r4("a", cold("1", "encounter-diagnosis", Some("active"))),
        r4("b", cold("2", "problem-list-item", None)),
    ];
    assert_eq!(titles(&of(&stated), SectionName::Problems), ["Common cold"]);
}

#[test]
fn none_known_is_said_once_and_disagrees() {
    let none = |id: &str, text: &str| {
        json!({"resourceType": "AllergyIntolerance", "id": id, "code": {"text": text},
            "clinicalStatus": {"coding": [{"code": "active"}]}})
    };
    let members = [
        r4("a", none("1", "No known allergies")),
        r4("a", none("2", "No known drug allergies")),
        r4("b", none("3", "Penicillin G")),
    ];
    let summary = of(&members);
    assert_eq!(titles(&summary, SectionName::Allergies), ["Penicillin G"]);
    let section = &summary.sections[0];
    assert!(section.none_known.iter().all(|item| item.sources.len() == 1 && item.sources[0].0 == "a"));
    assert_eq!(section.none_known.len(), 2);
    let conflicts = &section.items[0].conflicts;
    assert_eq!(conflicts.iter().map(|one| one.about).collect::<Vec<_>>(), [About::AllergyNotListed]);
    assert!(conflicts[0].statements.iter().any(|one| one.says == wholechart_record::Says::NoneKnown));
}

#[test]
fn the_same_words_are_one_dispute_without_a_code() {
    let latex = |clinical: &str| {
        json!({"resourceType": "AllergyIntolerance", "id": "1", "code": {"text": "Latex"},
            "clinicalStatus": {"coding": [{"code": clinical}]}})
    };
    for over in ["inactive", "resolved"] {
        let summary = of(&[r4("a", latex("active")), r4("b", latex(over))]);
        let items = &summary.sections[0].items;
        assert_eq!(items.len(), 1);
        assert_eq!(
            items[0].conflicts.iter().map(|one| one.about).collect::<Vec<_>>(),
            [About::Status],
            "{over}"
        );
    }
    assert!(
        of(&[
            r4("a", latex("active")),
            r4(
                "a",
                json!({"resourceType": "AllergyIntolerance", "id": "2",
        "code": {"text": "Mold"}, "clinicalStatus": {"coding": [{"code": "resolved"}]}})
            )
        ])
        .sections[0]
            .items[0]
            .conflicts
            .is_empty()
    );
}

#[test]
fn what_cannot_be_is_never_the_latest() {
    let tomorrow = Day::new(2026, 11, 29).unwrap();
    let result = |id: &str, date: &str, value: i32| {
        let mut member = r4(
            "a",
            json!({"resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": date,
            "category": [{"coding": [{"code": "laboratory"}]}], "code": {"text": "Ferritin"},
            "valueQuantity": {"value": value, "unit": "ng/mL"}}),
        );
        as_received(&mut member.entry, tomorrow);
        member
    };
    let summary =
        of(&[result("1", "2098-01-01", 1), result("2", "2026-03-01", 2), result("3", "2026-11-30", 3)]);
    let results = summary.sections.iter().find(|one| one.name == SectionName::Results).unwrap();
    let shown: Vec<String> = results.items.iter().map(|one| one.value.as_ref().unwrap().as_sent()).collect();
    assert_eq!(shown, ["2 ng/mL"]);
    assert_eq!(results.earlier, 2);
    let alone = of(&[result("1", "2098-01-01", 1)]);
    let results = alone.sections.iter().find(|one| one.name == SectionName::Results).unwrap();
    // Nobody knows when it was, so it is none of the latest, and counted.
    assert_eq!((results.items.len(), results.earlier), (0, 1));

    // An order of the far future does not speak for its teller.
    let mut future = r4("a", order("1", DRUG, "2098-01-01", "stopped", ""));
    assert!(as_received(&mut future.entry, tomorrow));
    let (fact, _) = one(&[future, r4("a", order("2", DRUG, "2026-05-01", "active", "1 tablet daily"))]);
    assert_eq!(fact.status_group, StatusGroup::Active);
    // What is planned may well be ahead.
    let visit = json!({"resourceType": "Encounter", "id": "v", "status": "planned", "period": {"start": "2027-05-01"}});
    assert!(!as_received(&mut r4("a", visit).entry, tomorrow));
}

#[test]
fn visits_and_appointments_of_the_past_are_over() {
    let today = Day::new(2026, 11, 28).expect("a day");
    let over = |status: &str, period: Value| {
        let member =
            r4("a", json!({"resourceType": "Encounter", "id": "v", "status": status, "period": period}));
        let entry = member.entry;
        is_over(entry.kind, entry.status_group, entry.status.as_deref(), entry.date.as_ref(), HOME, today)
    };
    assert!(over(
        "arrived",
        json!({"start": "2019-04-18T12:00:00-04:00", "end": "2019-04-18T13:15:00-04:00"})
    ));
    assert!(over("arrived", json!({"start": "2019-04-18"})));
    assert!(over("in-progress", json!({"start": "2019-04-18"})));
    assert!(over("planned", json!({"start": "2019-04-18"})));
    assert!(!over("in-progress", json!({"start": "2026-11-01"})));
    assert!(!over("in-progress", json!({"start": "2026-11-01", "end": "2026-12-24"})));
    assert!(!over("planned", json!({"start": "2026-12-01"})));
    assert!(!over("arrived", json!({"start": "2026-11-28"})));
    let booked = |start: &str| {
        let entry =
            r4("a", json!({"resourceType": "Appointment", "id": "p", "status": "booked", "start": start}))
                .entry;
        is_over(entry.kind, entry.status_group, entry.status.as_deref(), entry.date.as_ref(), HOME, today)
    };
    assert!(booked("2017-03-01T10:00:00Z") && !booked("2026-12-01T10:00:00Z"));
}

#[test]
fn whose_it_is_stands_on_the_summary() {
    let person = |id: &str, born: &str, gender: &str| json!({"resourceType": "Patient", "id": id, "birthDate": born, "gender": gender, "name": [{"text": "Ida Roe"}]});
    let whose =
        of(&[r4("a", person("1", "1988-07-01", "female")), r4("b", person("2", "1988-07-01", "female"))])
            .whose;
    assert_eq!((whose.born.len(), whose.sex.len()), (1, 1), "{whose:?}");
    assert!(whose.born[0].by.is_empty());
    let whose =
        of(&[r4("a", person("1", "1988-07-01", "female")), r4("b", person("2", "1988-07-02", "male"))]).whose;
    assert_eq!((whose.born.len(), whose.born[0].by.len(), whose.sex.len()), (2, 1, 2), "{whose:?}");
}

#[test]
fn an_older_release_says_as_much() {
    let old = json!({"resourceType": "AllergyIntolerance", "id": "9", "status": "active", "criticality": "CRITH",
        "substance": {"text": "Peanut", "coding": [{"system": "http://snomed.info/sct", "code": "91935009"}]},
        "reaction": [{"manifestation": [{"text": "Swelling"}], "severity": "severe"}]});
    let (_, said) = one(&[r4("b", allergy("2", "active", &[("Hives", "")])), dstu2("a", old)]);
    let reactions = details(&said, Element::REACTION);
    assert!(reactions[0].starts_with("Swelling") && reactions.len() == 2, "{reactions:?}");
}

/// One order that two files tell, by its number: in one it was stopped, so it is.
#[test]
fn an_order_that_somebody_tells_as_stopped_is_stopped() {
    let order = |status: &str| {
        json!({"resourceType": "MedicationRequest", "id": "w", "status": status, "intent": "order", "authoredOn": "2024-02-05",
            "identifier": [{"system": "urn:oid:1.2.3", "value": "38309114"}],
            "medicationCodeableConcept": {"text": "warfarin 5 mg tablet"}})
    };
    let facts = merge(vec![r4("a", order("active")), r4("b", order("stopped"))], HOME);
    assert_eq!(facts.len(), 1);
    assert_eq!(facts[0].status_group, StatusGroup::Past);
}

#[test]
fn what_was_said_of_a_value_that_was_replaced_is_not_said_of_the_new_one() {
    let potassium = |id: &str, status: &str, value: f64, flag: &str| {
        json!({"resourceType": "Observation", "id": id, "status": status, "effectiveDateTime": "2026-03-02T07:10:00-05:00",
            "issued": if status == "final" { "2026-03-02T09:00:00-05:00" } else { "2026-03-02T11:00:00-05:00" },
            "identifier": [{"system": "https://alder.example/accession", "value": "A-1"}],
            "category": [{"coding": [{"code": "laboratory"}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": "2823-3"}], "text": "Potassium"},
            "interpretation": [{"coding": [{"code": flag}]}], "valueQuantity": {"value": value, "unit": "mmol/L"}})
    };
    let (fact, _) =
        one(&[r4("a", potassium("1", "final", 5.9, "HH")), r4("a", potassium("2", "corrected", 4.1, "N"))]);
    assert_eq!(fact.value.as_ref().map(wholechart_fhir::Found::as_sent).as_deref(), Some("4.1 mmol/L"));
    assert_eq!(fact.flag, None, "4.1 is within its range");
}

#[test]
fn who_prescribed_is_neither_who_handed_it_out_nor_the_person() {
    let by = |id: &str, day: &str, who: Value| {
        let mut order = order(id, DRUG, day, "active", "1 tablet");
        order["requester"] = who;
        r4("a", order)
    };
    let handed = r4(
        "a",
        json!({"resourceType": "MedicationDispense", "id": "9", "status": "completed", "whenHandedOver": "2026-06-01",
        "medicationCodeableConcept": {"text": DRUG}, "performer": [{"actor": {"display": "Corner Pharmacy"}}]}),
    );
    let (_, said) = one(&[
        by("1", "2025-05-01", json!({"display": "Dr. Earlier"})),
        by("2", "2026-05-01", json!({"reference": "Practitioner/7", "display": "Dr. Later"})),
        by("3", "2026-07-01", json!({"reference": "Patient/1", "display": "Pat Sample"})),
        handed,
    ]);
    assert_eq!(said.prescribers, ["Dr. Later", "Dr. Earlier"]);
}

#[test]
fn a_flag_that_its_own_range_contradicts_says_so() {
    let cautions = |value: f64, flag: &str, low: Option<f64>, high: Option<f64>, of: Option<&str>| {
        let bound = |figure: Option<f64>| figure.map(|figure| json!({"value": figure, "unit": "%"}));
        let mut range = json!({});
        for (side, figure) in [("low", low), ("high", high)] {
            if let Some(bound) = bound(figure) {
                range[side] = bound;
            }
        }
        if let Some(of) = of {
            range["type"] = json!({"text": of});
        }
        let result = json!({"resourceType": "Observation", "id": "1", "status": "final",
            "effectiveDateTime": "2026-03-01", "code": {"text": "Hematocrit"},
            "valueQuantity": {"value": value, "unit": "%"}, "referenceRange": [range],
            "interpretation": [{"coding": [{"code": flag}]}]});
        one(&[r4("a", result)]).1.cautions
    };
    let said = [wholechart_fhir::Caution::FlagContradiction];
    assert_eq!(cautions(40.1, "L", Some(36.0), Some(46.0), None), said, "inside, and called low");
    assert_eq!(cautions(40.1, "H", Some(36.0), Some(46.0), None), said);
    assert_eq!(cautions(33.0, "H", Some(36.0), Some(46.0), None), said, "below, and called high");
    assert_eq!(cautions(33.0, "N", Some(36.0), Some(46.0), None), said, "below, and called normal");
    for (value, flag) in
        [(33.0, "L"), (46.0, "H"), (36.0, "L"), (40.1, "N"), (40.1, "A"), (33.0, "unheard of")]
    {
        assert_eq!(cautions(value, flag, Some(36.0), Some(46.0), None), [], "{value} {flag}");
    }
    assert_eq!(cautions(40.1, "L", None, Some(46.0), None), [], "nobody says where low begins");
    assert_eq!(cautions(60.0, "N", None, Some(46.0), Some("treatment")), [], "what a treatment aims at");
}

//! The records and the truth about them.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;
use wholechart_sandbox::{Release, SAMPLE_SEED, Story, Telling, TruthMember};

use crate::client::today;

fn sample() -> Story {
    Story::generate(SAMPLE_SEED, today())
}

fn text(told: &Telling) -> String {
    told.text("http://127.0.0.1:1/base")
}

fn parsed(told: &Telling) -> Value {
    serde_json::from_str(&text(told)).unwrap()
}

#[test]
fn the_same_seed_tells_the_same_bytes_and_another_seed_others() {
    let all = |story: &Story| story.tellings().iter().map(text).collect::<Vec<_>>().join("\n");
    let sample_text = all(&sample());
    assert_eq!(all(&sample()), sample_text);
    let other = Story::generate(99, today());
    assert_ne!(all(&other), sample_text);
    assert_eq!(sample().truth(), sample().truth());
}

#[test]
fn a_later_day_adds_and_changes_nothing_before() {
    let earlier = Story::generate(SAMPLE_SEED, chrono::NaiveDate::from_ymd_opt(2022, 1, 1).unwrap());
    let later: HashSet<String> = sample().tellings().iter().map(text).collect();
    assert!(earlier.tellings().len() < later.len());
    for told in earlier.tellings() {
        assert!(later.contains(&text(told)), "{}/{}", told.resource_type(), told.id());
    }
}

#[test]
fn the_life_is_long_enough_and_told_by_all() {
    let story = sample();
    let mut counts: BTreeMap<(&str, Release), usize> = BTreeMap::new();
    for told in story.tellings() {
        *counts.entry((told.provider(), told.release())).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    assert!((500..=900).contains(&total), "{counts:?}");
    // Three tell most of it, three a little that nobody else knows.
    let main = ["harbor", "lakeside", "summit"];
    assert!(counts.iter().all(|((who, _), count)| main.contains(who) == (*count > 80)), "{counts:?}");
    let told_in: HashSet<Release> = counts.keys().map(|(_, release)| *release).collect();
    assert_eq!(told_in.len(), 3, "R4, STU3 and DSTU2: {counts:?}");
    let first = story
        .tellings()
        .iter()
        .map(parsed)
        .filter_map(|value| value["date"].as_str().map(str::to_owned))
        .min();
    assert!(first.unwrap().starts_with("1985"));
}

/// A type; what R4 has and has not; what DSTU2 has and has not.
type Shape<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a [&'a str], &'a [&'a str]);

/// Elements that must be there, and elements of the other release that must not.
#[test]
fn every_resource_has_the_shape_of_its_release() {
    let rules: &[Shape<'_>] = &[
        (
            "Condition",
            &["subject", "code", "verificationStatus"],
            &["patient", "dateRecorded"],
            &["patient", "code", "verificationStatus"],
            &["subject", "recordedDate"],
        ),
        (
            "AllergyIntolerance",
            &["patient", "code"],
            &["substance", "onset", "status"],
            &["patient", "substance", "status"],
            &["code", "clinicalStatus", "onsetDateTime"],
        ),
        (
            "Immunization",
            &["patient", "vaccineCode", "status", "occurrenceDateTime"],
            &["date", "wasNotGiven"],
            &["patient", "vaccineCode", "status", "wasNotGiven", "reported", "date"],
            &["occurrenceDateTime", "primarySource"],
        ),
        (
            "Observation",
            &["subject", "code", "status", "category"],
            &["comments"],
            &["subject", "code", "status", "category"],
            &["note"],
        ),
        (
            "DiagnosticReport",
            &["subject", "code", "status"],
            &[],
            &["subject", "code", "status", "performer", "issued", "effectiveDateTime"],
            &["conclusionCode"],
        ),
        (
            "Encounter",
            &["subject", "class", "status"],
            &["patient", "reason"],
            &["patient", "class", "status"],
            &["subject", "reasonCode"],
        ),
        ("Procedure", &["subject", "status"], &["notes"], &["subject", "status", "code"], &["note"]),
        (
            "DocumentReference",
            &["subject", "status", "content", "date"],
            &["indexed"],
            &["subject", "status", "content", "indexed", "type"],
            &["date", "category"],
        ),
        (
            "Patient",
            &["name", "birthDate"],
            &["careProvider"],
            &["name", "birthDate"],
            &["generalPractitioner"],
        ),
    ];
    for told in sample().tellings() {
        let value = parsed(told);
        let r4 = told.release() == Release::R4;
        assert_eq!(value["id"], told.id());
        if told.release() == Release::Stu3 {
            // Between the two: the new names of who and when, the old codes.
            match told.resource_type() {
                "Condition" => assert!(value["subject"].is_object() && value["clinicalStatus"].is_string()),
                "Procedure" => assert!(value["subject"].is_object() && value["status"] == "completed"),
                "Observation" => {
                    assert!(value["category"].is_array() && value["effectiveDateTime"].is_string())
                }
                "Patient" => assert!(value["name"][0]["family"].is_string()),
                other => assert!(matches!(other, "Practitioner" | "Organization"), "{other}"),
            }
            continue;
        }
        match told.resource_type() {
            "MedicationRequest" => assert!(r4 && value["intent"] == "order" && value["status"].is_string()),
            "Goal" | "Medication" => assert!(r4),
            "MedicationOrder" | "MedicationStatement" | "FamilyMemberHistory" => {
                assert!(!r4 && value["patient"].is_object());
            }
            _ => {}
        }
        if let Some((_, r4_has, r4_not, old_has, old_not)) =
            rules.iter().find(|rule| rule.0 == told.resource_type())
        {
            let (has, has_not) = if r4 { (r4_has, r4_not) } else { (old_has, old_not) };
            for element in *has {
                assert!(value.get(element).is_some(), "{element} of {}", text(told));
            }
            for element in *has_not {
                assert!(value.get(element).is_none(), "{element} of {}", text(told));
            }
        }
        let is_list = |element: &str| value[element].is_array();
        match (told.resource_type(), r4) {
            ("Observation" | "DiagnosticReport" | "Condition", true) => assert!(is_list("category")),
            ("Observation" | "DiagnosticReport" | "Condition", false) => {
                assert!(value["category"].is_object());
            }
            ("Patient", _) => assert_eq!(value["name"][0]["family"].is_array(), !r4),
            ("Practitioner", _) => assert_eq!(is_list("name"), r4),
            ("Encounter", true) => assert!(value["class"].is_object()),
            ("Encounter", false) => assert!(value["class"].is_string()),
            ("AllergyIntolerance", _) => assert_eq!(is_list("category"), r4),
            ("Binary", true) => assert!(value["data"].is_string()),
            ("Binary", false) => assert!(value["content"].is_string()),
            _ => {}
        }
        assert!(!text(told).contains("$decimal") && !text(told).contains("{base}"));
    }
}

/// Every `reference` below a value.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "reference" => found.push(text.clone()),
                    other => references(other, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn references_lead_to_what_the_same_base_holds() {
    let story = sample();
    let known: HashSet<(&str, Release, String)> = story
        .tellings()
        .iter()
        .map(|told| (told.provider(), told.release(), format!("{}/{}", told.resource_type(), told.id())))
        .collect();
    for told in story.tellings() {
        let mut found = Vec::new();
        references(&parsed(told), &mut found);
        for reference in found {
            // One gateway sends the address of a code system as a reference; that is meant.
            let meant = reference.ends_with("v3-NullFlavor");
            assert!(
                meant || known.contains(&(told.provider(), told.release(), reference.clone())),
                "{} {:?} {}/{}: {reference}",
                told.provider(),
                told.release(),
                told.resource_type(),
                told.id()
            );
        }
    }
}

#[test]
fn every_resource_about_the_person_is_in_exactly_one_fact() {
    let story = sample();
    let mut told: HashMap<TruthMember, usize> = HashMap::new();
    for fact in story.truth() {
        assert!(!fact.members.is_empty(), "{}", fact.title);
        for member in &fact.members {
            *told.entry(member.clone()).or_default() += 1;
        }
    }
    let mut ids = HashSet::new();
    for telling in story.tellings() {
        let member = TruthMember {
            provider: telling.provider(),
            release: telling.release(),
            resource_type: telling.resource_type().to_owned(),
            id: telling.id().to_owned(),
        };
        assert!(ids.insert(member.clone()), "{member:?} is told twice");
        let support = ["Binary", "Location", "Medication", "Organization", "Practitioner"]
            .contains(&telling.resource_type());
        let expected = usize::from(!support);
        assert_eq!(told.get(&member).copied().unwrap_or_default(), expected, "{member:?}");
    }
    assert!(told.keys().all(|member| ids.contains(member)));
}

#[test]
fn the_overlaps_and_disagreements_that_matter_are_there() {
    let story = sample();
    let by_member: HashMap<(&str, Release, &str, &str), Value> = story
        .tellings()
        .iter()
        .map(|told| ((told.provider(), told.release(), told.resource_type(), told.id()), parsed(told)))
        .collect();
    let fact = |title: &str| {
        story.truth().iter().find(|fact| fact.title == title).unwrap_or_else(|| panic!("{title}"))
    };
    let values = |title: &str| -> Vec<&Value> {
        fact(title)
            .members
            .iter()
            .map(|m| &by_member[&(m.provider, m.release, m.resource_type.as_str(), m.id.as_str())])
            .collect()
    };
    let providers =
        |title: &str| fact(title).members.iter().map(|m| (m.provider, m.release)).collect::<Vec<_>>();

    // The same vaccine: both bases of Lakeside and Summit, one code, one day, three ways to say it.
    let flu = values("Influenza 2019");
    assert_eq!(
        providers("Influenza 2019"),
        [("lakeside", Release::R4), ("lakeside", Release::Dstu2), ("summit", Release::R4)]
    );
    let days: HashSet<&str> = flu
        .iter()
        .map(|shot| &shot["occurrenceDateTime"].as_str().or(shot["date"].as_str()).unwrap()[..10])
        .collect();
    let codes: HashSet<&str> =
        flu.iter().map(|shot| shot["vaccineCode"]["coding"][0]["code"].as_str().unwrap()).collect();
    assert_eq!((days.len(), codes), (1, HashSet::from(["150"])));
    assert!(flu[0]["vaccineCode"].get("text").is_none());

    // The same result, 4.x0 and 4.x, as a moment and as a day.
    let potassium = values("Potassium 2023");
    assert_eq!(potassium.len(), 2);
    assert_eq!(potassium[1]["effectiveDateTime"].as_str().unwrap().len(), 10);
    assert!(
        potassium[0]["effectiveDateTime"]
            .as_str()
            .unwrap()
            .starts_with(potassium[1]["effectiveDateTime"].as_str().unwrap())
    );
    assert_eq!(
        potassium[0]["valueQuantity"]["value"].as_f64(),
        potassium[1]["valueQuantity"]["value"].as_f64()
    );

    let statuses: Vec<&str> =
        values("Lisinopril 10 mg").iter().map(|order| order["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["active", "active", "stopped", "active"]);
    assert_eq!(providers("Sulfonamides"), [("harbor", Release::Dstu2)]);
    assert_eq!(providers("Penicillin").len(), 4);
    assert_eq!(values("Potassium 7.9, entered in error")[0]["status"], "entered-in-error");
    let appendix: Vec<String> = values("Appendectomy")
        .iter()
        .map(|done| {
            done["performedDateTime"]
                .as_str()
                .or(done["performedPeriod"]["start"].as_str())
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(appendix, ["1999-07", "1999-07", "1999"]);
    assert!(
        values("Hay fever")
            .iter()
            .all(|problem| problem.get("onsetDateTime").is_none() && problem.get("dateRecorded").is_none())
    );
    assert!(story.truth().iter().filter(|fact| fact.members.len() > 1).count() > 100);
    let all: String = story.tellings().iter().map(text).collect();
    for part in [
        r#""comparator":"<""#,
        r#""valueString":"#,
        r#""value":5.10"#,
        r#""performedPeriod""#,
        r#""wasNotGiven":true"#,
    ] {
        assert!(all.contains(part), "{part}");
    }
}

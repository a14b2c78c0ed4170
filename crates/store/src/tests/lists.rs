//! Lists, tests over time, what a summary needs, what is new.

use chrono::{TimeZone as _, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};
use wholechart_fhir::{Day, Entry, Kind, StatusGroup};
use wholechart_record::{LeftOut, SectionName, Summary, Wish, is_current, summary, summary_without};

use super::{Kept, ada, id, page, person, result, vaccine};
use crate::{ChangeKind, Filter};

fn medicine(id: &str, name: &str, status: &str, date: Option<&str>) -> Value {
    json!({"resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order", "authoredOn": date,
        "medicationCodeableConcept": {"text": name}, "dosageInstruction": [{"text": "1 daily"}, {"text": "or 2"}]})
}

fn glucose(id: &str, date: &str, code: &str, value: f64, unit: &str, status: &str) -> Value {
    json!({"resourceType": "Observation", "id": id, "status": status, "effectiveDateTime": date,
        "category": [{"coding": [{"code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": code}], "text": "Glucose"},
        "valueQuantity": {"value": value, "unit": unit}})
}

fn visit(id: &str, status: &str, date: Option<&str>) -> Value {
    json!({"resourceType": "Encounter", "id": id, "status": status, "class": {"code": "AMB"},
        "type": [{"text": "Office visit"}], "period": {"start": date}})
}

fn condition(id: &str, name: &str, clinical: &str) -> Value {
    json!({"resourceType": "Condition", "id": id, "code": {"text": name},
        "clinicalStatus": {"coding": [{"code": clinical}]}, "verificationStatus": {"coding": [{"code": "confirmed"}]}})
}

fn today() -> Day {
    Day::new(2026, 11, 23).unwrap()
}

/// One of everything that a summary treats in its own way, drawn anew each time.
fn something(n: usize, choice: (u8, u8, u8)) -> Value {
    let (what, state, when) = choice;
    let dates =
        [Some("2026-11-20"), Some("2025-03"), Some("2024-11-22"), Some("2019"), Some("2027-01-05"), None];
    let date = dates[usize::from(when) % dates.len()];
    let id = format!("r{n}");
    match what % 7 {
        0 => {
            let status =
                ["active", "stopped", "entered-in-error", "draft", "unknown"][usize::from(state) % 5];
            medicine(&id, ["Aspirin", "Metformin"][n % 2], status, date)
        }
        1 => {
            let status = ["final", "entered-in-error", "preliminary", "corrected"][usize::from(state) % 4];
            let mut result = result(&id, date, i32::from(when));
            result["status"] = json!(status);
            result
        }
        2 => {
            let mut shot = vaccine(&id, date.unwrap_or("2020"));
            shot["status"] = json!(["completed", "not-done", "entered-in-error"][usize::from(state) % 3]);
            shot
        }
        3 => visit(&id, ["finished", "planned", "cancelled"][usize::from(state) % 3], date),
        4 => condition(&id, ["Asthma", "Gout"][n % 2], ["active", "resolved"][usize::from(state) % 2]),
        5 => {
            let status = ["completed", "preparation", "not-done"][usize::from(state) % 3];
            json!({"resourceType": "Procedure", "id": id, "performedDateTime": date, "status": status,
                "code": {"text": "Colonoscopy"}})
        }
        _ => {
            let clinical = ["active", "resolved"][usize::from(state) % 2];
            json!({"resourceType": "AllergyIntolerance", "id": id, "code": {"text": "Penicillin"},
                "clinicalStatus": {"coding": [{"code": clinical}]}})
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    /// One definition: what is read narrowly makes the same of what a sheet tells beside its topics as everything does.
    #[test]
    fn a_sheet_needs_no_more_than_current_facts(
        of_summit in prop::collection::vec(any::<(u8, u8, u8)>(), 1..40),
        of_lake in prop::collection::vec(any::<(u8, u8, u8)>(), 1..40),
    ) {
        let kept = Kept::with(&["summit", "lake"]);
        for (who, choices) in [("summit", of_summit), ("lake", of_lake)] {
            let resources: Vec<_> =
                choices.into_iter().enumerate().map(|(n, choice)| something(n, choice)).collect();
            kept.receives(who, &resources);
        }
        for conflict in kept.store.conflicts(&ada()).unwrap().iter().step_by(2) {
            let now = Utc.timestamp_opt(0, 0).unwrap();
            kept.store.choose(&ada(), &conflict.id(), Some(Wish::Ask), now).unwrap();
        }
        let choices = kept.store.choices(&ada()).unwrap();
        let whole = summary(&kept.facts_for_summary(&ada()), today(), &choices);
        let (facts, left_out) = kept.store.current_facts(&ada(), today()).unwrap();
        let says: Vec<_> = facts.iter().map(|one| (&one.fact, &one.says)).collect();
        let narrow = summary_without(&says, &left_out, today(), &choices);
        prop_assert_eq!((&narrow.whose, &narrow.ask_about), (&whole.whose, &whole.ask_about));
        for name in [SectionName::Results, SectionName::Vitals, SectionName::Visits] {
            let of = |summary: &Summary| summary.sections.iter().find(|one| one.name == name).cloned();
            prop_assert_eq!(of(&narrow), of(&whole));
        }
        let facts = kept.store.newest_measured(&ada()).unwrap();
        let says: Vec<_> = facts.iter().map(|one| (&one.fact, &one.says)).collect();
        let measured = summary_without(&says, &LeftOut::default(), today(), &[]);
        for name in [SectionName::Results, SectionName::Vitals] {
            let tests = |summary: &Summary| {
                let section = summary.sections.iter().find(|one| one.name == name);
                let items = section.map(|one| one.items.as_slice()).unwrap_or_default();
                items.iter().map(|item| (item.title.clone(), item.said.codes.clone())).collect::<Vec<_>>()
            };
            prop_assert_eq!(tests(&measured), tests(&whole));
        }
    }
}

#[test]
fn a_summary_of_many_results_reads_few_of_them() {
    let kept = Kept::with(&["summit"]);
    let resources: Vec<_> =
        (0..60).map(|n| result(&format!("{n}"), Some(&format!("20{:02}", n % 25)), n)).collect();
    kept.receives("summit", &resources);
    let (facts, left_out) = kept.store.current_facts(&ada(), today()).unwrap();
    assert!(facts.len() <= 3, "{}", facts.len());
    assert!(left_out.older.values().sum::<u32>() >= 50, "{left_out:?}");
}

#[test]
fn lists_hold_everything_once_and_what_is_current_first() {
    let kept = Kept::with(&["summit"]);
    let status = ["active", "stopped", "active", "completed", "unknown"];
    let resources: Vec<_> = (0..23)
        .map(|n| {
            medicine(&format!("{n}"), &format!("Drug {n}"), status[n % 5], Some(&format!("20{n:02}-05")))
        })
        .chain([condition("c", "Gout", "active")])
        .collect();
    kept.receives("summit", &resources);
    let filter = Filter { kinds: vec![Kind::Medicine], ..Filter::default() };
    let whole = kept.store.list(&ada(), &filter, None, 100).unwrap();
    assert_eq!((whole.rows.len(), whole.total, whole.next), (23, 23, None));
    let current: Vec<bool> =
        whole.rows.iter().map(|one| is_current(Kind::Medicine, one.row.status_group)).collect();
    assert!(current.is_sorted_by(|a, b| a >= b) && current[0] && !current[22], "{current:?}");
    let doses: Vec<_> =
        whole.rows[0].row.said.dosage.iter().map(|dose| dose.what.text.as_deref().unwrap()).collect();
    assert_eq!(doses, ["1 daily", "or 2"], "all that was prescribed");
    assert_eq!(whole.rows[0].more.said.len(), 1);
    let (mut paged, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let page = kept.store.list(&ada(), &filter, cursor.as_deref(), 4).unwrap();
        assert_eq!(page.total, 23);
        paged.extend(page.rows);
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(paged, whole.rows);
    let narrow = Filter { text: Some("drug 7".into()), ..filter };
    assert_eq!(kept.store.list(&ada(), &narrow, None, 4).unwrap().rows.len(), 1);
    assert!(kept.store.list(&ada(), &narrow, Some("nonsense"), 4).is_err());
    let facets = kept.store.facets(&ada(), &Filter::default(), &[Kind::Medicine]).unwrap();
    assert_eq!((facets.total, facets.kinds.len()), (23, 1), "of this list only");
}

#[test]
fn a_test_is_one_over_providers_and_units_and_keeps_what_was_taken_back_apart() {
    let kept = Kept::with(&["summit", "lake"]);
    kept.receives(
        "summit",
        &[
            glucose("1", "2024-01-01", "2345-7", 99.0, "mg/dL", "final"),
            glucose("2", "2026-01-01", "2345-7", 700.0, "mg/dL", "entered-in-error"),
            result("3", Some("2026-02-02"), 131),
        ],
    );
    kept.receives("lake", &[glucose("4", "2025-01-01", "14749-6", 5.5, "mmol/L", "final")]);
    let tests = kept.store.tests(&ada(), Kind::Result, None, 5, 10).unwrap();
    let shown: Vec<_> = tests.iter().map(|one| (one.thing.as_str(), one.count, one.newest.len())).collect();
    assert_eq!(shown, [("analyte glucose", 2, 2), ("analyte ldl-calculated", 1, 1)]);
    assert_eq!(tests[0].newest[0].row.value.as_ref().unwrap().as_sent(), "5.5 mmol/L");
    let next = kept.store.tests(&ada(), Kind::Result, Some("analyte glucose"), 5, 10).unwrap();
    assert_eq!(next.len(), 1);
    let all = kept.store.series(&ada(), Kind::Result, "analyte glucose", None, 10).unwrap();
    assert_eq!((all.rows.len(), all.total), (3, 3));
    assert_eq!(all.rows[0].row.status_group, StatusGroup::EnteredInError);
    let first = kept.store.series(&ada(), Kind::Result, "analyte glucose", None, 2).unwrap();
    let second = kept.store.series(&ada(), Kind::Result, "analyte glucose", first.next.as_ref(), 2).unwrap();
    let paged: Vec<_> = first.rows.into_iter().chain(second.rows).collect();
    assert_eq!((paged, second.next), (all.rows, None));
    let fact = kept.store.timeline(&ada(), &Filter::default(), None, 1).unwrap().rows[0].id.clone();
    let (kind, thing) = kept.store.thing_of(&fact).unwrap().unwrap();
    assert_eq!((kind, thing.as_str()), (Kind::Result, "analyte ldl-calculated"));
    kept.store.save_person(&person("grace")).unwrap();
    let other = wholechart_record::PersonId("grace".into());
    assert!(kept.store.tests(&other, Kind::Result, None, 5, 10).unwrap().is_empty());
}

#[test]
fn what_is_new_is_counted_until_it_was_looked_at() {
    let kept = Kept::with(&["summit"]);
    assert_eq!(kept.store.news(&ada(), 0, 5).unwrap().up_to, None);
    kept.receives("summit", &[result("1", Some("2026-01-01"), 131), result("2", Some("2026-02-01"), 99)]);
    let news = kept.store.news(&ada(), 0, 1).unwrap();
    assert_eq!(news.counts.get(&ChangeKind::New), Some(&2));
    assert_eq!(news.rows.len(), 1, "no more than asked for");
    assert!(!kept.store.has_looked(&ada()).unwrap());
    let received = kept.store.received(&ada()).unwrap();
    let all = kept.store.news(&ada(), 0, 0).unwrap();
    assert_eq!(
        (received.counts, received.up_to),
        (all.counts, all.up_to),
        "counted without being gone through"
    );
    let seen = news.up_to.unwrap();
    kept.store.set_seen(&ada(), seen).unwrap();
    assert!(kept.store.has_looked(&ada()).unwrap());
    assert!(kept.store.news(&ada(), 0, 5).unwrap().counts.is_empty());

    let mut withdrawn = result("2", Some("2026-02-01"), 99);
    withdrawn["status"] = json!("entered-in-error");
    kept.receives("summit", &[result("1", Some("2026-01-01"), 132), withdrawn, result("3", None, 5)]);
    let news = kept.store.news(&ada(), 0, 5).unwrap();
    let weights: Vec<_> = news.rows.iter().map(|(_, what)| *what).collect();
    assert_eq!(weights, [ChangeKind::Withdrawn, ChangeKind::Corrected, ChangeKind::New]);
    let rest = kept.store.news(&ada(), 1, 1).unwrap();
    assert_eq!((&rest.rows, &rest.counts, rest.up_to), (&news.rows[1..2].to_vec(), &news.counts, news.up_to));
    assert!(kept.store.news(&ada(), 3, 5).unwrap().rows.is_empty());
    assert!(news.up_to > Some(seen));

    // Looked at by mistake: what was new is new again.
    assert_eq!(kept.store.set_seen(&ada(), news.up_to.unwrap()).unwrap(), seen);
    assert_eq!(kept.store.news(&ada(), 0, 5).unwrap().up_to, None);
    kept.store.set_seen(&ada(), seen).unwrap();
    assert_eq!(kept.store.news(&ada(), 0, 5).unwrap(), news);
}

#[test]
fn what_comes_after_a_person_looked_is_new_even_in_a_run_that_was_going_on() {
    let kept = Kept::with(&["summit", "lake"]);
    let long = kept.store.begin_run(&id("summit"), super::at(0)).unwrap();
    kept.store.commit_page(page(long, "summit", &[result("1", Some("2026-01-01"), 131)])).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    // Another provider's run begins later and ends earlier.
    kept.receives("lake", &[result("2", Some("2026-03-01"), 90)]);
    // Kept, but not shown yet, one as it was before: nobody can have looked at them.
    let (fresh, corrected) = (result("3", Some("2026-02-01"), 99), result("1", Some("2026-01-01"), 132));
    kept.store.commit_page(page(long, "summit", &[fresh, corrected])).unwrap();
    let shown = kept.store.news(&ada(), 0, 5).unwrap();
    assert_eq!(shown.counts.get(&ChangeKind::New), Some(&2));
    kept.store.set_seen(&ada(), shown.up_to.unwrap()).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    let after = kept.store.news(&ada(), 0, 5).unwrap().rows;
    let after: Vec<_> = after.into_iter().map(|(row, _)| row.value.unwrap().as_sent()).collect();
    assert_eq!(after, ["99 mg/dL", "132 mg/dL"]);

    let seen = kept.store.news(&ada(), 0, 5).unwrap().up_to.unwrap();
    kept.store.set_seen(&ada(), seen).unwrap();
    let mut withdrawn = result("1", Some("2026-01-01"), 131);
    withdrawn["status"] = json!("entered-in-error");
    kept.store.commit_page(page(long, "summit", &[withdrawn])).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    let after = kept.store.news(&ada(), 0, 5).unwrap();
    assert_eq!(after.counts.values().sum::<u64>(), 1, "{after:?}");
    assert!(after.up_to > Some(seen));
}

#[test]
fn a_version_is_read_with_the_one_before_it() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[result("1", Some("2026-01-01"), 131)]);
    let run = kept.store.begin_run(&id("summit"), super::at(5)).unwrap();
    kept.store.commit_page(page(run, "summit", &[result("1", Some("2026-01-01"), 132)])).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    let fact = kept.store.timeline(&ada(), &Filter::default(), None, 1).unwrap().rows[0].id.clone();
    let (_, members) = kept.store.fact(&fact).unwrap().unwrap();
    let versions: Vec<_> = members[0].versions.iter().map(|version| version.id).collect();
    let said = |id| {
        let (_, before, after) = kept.store.version_entries(id).unwrap().unwrap();
        let value = |entry: &Entry| entry.found().map(|found| found.as_sent());
        (before.as_ref().and_then(value), value(&after))
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(said(versions[0]), (text("131 mg/dL"), text("132 mg/dL")));
    assert_eq!(said(versions[1]), (None, text("131 mg/dL")));
    assert!(kept.store.version_entries(crate::VersionId(999)).unwrap().is_none());
}

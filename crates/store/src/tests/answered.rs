//! What whole answers say, and what partial ones must not.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use serde_json::{Value, json};

use super::{BASE, Kept, at, id, page, vaccine};
use crate::{ChangeKind, Conclusion, EntryRow, PageCommit};

/// One run in which questions are answered with these resources; all read whole, or only what changed.
fn run(kept: &Kept, minute: i64, whole: bool, answers: &[(&str, &[Value])]) -> BTreeMap<String, ChangeKind> {
    let run = kept.store.begin_run(&id("summit"), at(minute)).unwrap();
    for (question, resources) in answers {
        let mut page = PageCommit { question: (*question).into(), ..page(run, "summit", resources) };
        for (position, resource) in (0..).zip(&mut page.resources) {
            resource.position = position;
        }
        let matches: BTreeSet<u64> = page.resources.iter().map(|resource| resource.position).collect();
        kept.store.commit_answer(page, &matches).unwrap();
        let conclusion = Conclusion {
            base: BASE.into(),
            question: (*question).into(),
            asked: "all".into(),
            since: at(minute),
            whole_at: whole.then(|| at(minute)),
        };
        let (held, _) = kept.store.conclude(run, &conclusion).unwrap();
        assert!(held as usize >= resources.len());
    }
    let changes = kept.store.changes(run).unwrap();
    kept.store.finish_run(run, at(minute + 1), crate::RunOutcome::Complete).unwrap();
    changes.into_iter().map(|change| (change.key.id, change.what)).collect()
}

/// What is no longer reported, and the minute in which that was noticed.
fn missing(kept: &Kept) -> Vec<(String, i64)> {
    let mut missing = Vec::new();
    let each = &mut |row: EntryRow| {
        let since = kept.store.missing_since(&row.member.key).unwrap();
        missing.extend(since.map(|since| (row.member.key.id, (since - at(0)).num_minutes())));
        ControlFlow::Continue(())
    };
    kept.store.entries(None, each).unwrap();
    missing
}

#[test]
fn what_vanished_from_a_whole_answer_is_marked_once_and_kept() {
    use ChangeKind::{Corrected, New, Withdrawn};
    let kept = Kept::with(&["summit"]);
    let [one, two] = [vaccine("1", "2021-10-04"), vaccine("2", "2022-10-04")];
    let first = run(&kept, 0, true, &[("Immunization", &[one.clone(), two.clone()])]);
    assert_eq!(first, BTreeMap::from([("1".into(), New), ("2".into(), New)]));
    // What changed says nothing about what is gone.
    assert_eq!(run(&kept, 10, false, &[("Immunization", &[])]), BTreeMap::new());
    assert_eq!(missing(&kept), []);
    let third = run(&kept, 20, true, &[("Immunization", std::slice::from_ref(&one))]);
    assert_eq!(third, BTreeMap::from([("2".into(), Withdrawn)]));
    assert_eq!(missing(&kept), [("2".into(), 20)]);
    assert_eq!(kept.store.counts(&id("summit")).unwrap().resources, 2, "nothing is deleted");
    // The date is that of the first time; then it is back.
    assert_eq!(run(&kept, 30, true, &[("Immunization", std::slice::from_ref(&one))]), BTreeMap::new());
    assert_eq!(missing(&kept), [("2".into(), 20)]);
    let fifth = run(&kept, 40, true, &[("Immunization", &[one, two])]);
    assert_eq!(fifth, BTreeMap::from([("2".into(), Corrected)]));
    assert_eq!(missing(&kept), []);
    let answered = kept.store.answered(&id("summit")).unwrap();
    let immunization = &answered[&(BASE.to_owned(), "Immunization".to_owned())];
    assert_eq!((immunization.since, immunization.whole_at), (at(40), at(40)));
}

#[test]
fn what_another_question_still_brings_is_not_gone() {
    let kept = Kept::with(&["summit"]);
    let one = [vaccine("1", "2021-10-04")];
    run(&kept, 0, true, &[("a", &one), ("b", &[])]);
    // It moved from one to the other within a run, in either order.
    assert_eq!(run(&kept, 10, true, &[("a", &[]), ("b", &one)]), BTreeMap::new());
    assert_eq!(run(&kept, 20, true, &[("a", &one), ("b", &[])]), BTreeMap::new());
    assert_eq!(missing(&kept), []);
}

#[test]
fn entered_in_error_is_withdrawn_and_a_new_version_is_corrected() {
    let kept = Kept::with(&["summit"]);
    run(&kept, 0, true, &[("q", &[vaccine("1", "2021-10-04"), vaccine("2", "2022-10-04")])]);
    let mut error = vaccine("1", "2021-10-04");
    error["status"] = json!("entered-in-error");
    let changes = run(&kept, 10, true, &[("q", &[error.clone(), vaccine("2", "2022-10-05")])]);
    let expected = [("1".to_owned(), ChangeKind::Withdrawn), ("2".to_owned(), ChangeKind::Corrected)];
    assert_eq!(changes, BTreeMap::from(expected));
    error["lotNumber"] = json!("L");
    let changes = run(&kept, 20, true, &[("q", &[error, vaccine("2", "2022-10-05")])]);
    assert_eq!(changes, BTreeMap::from([("1".to_owned(), ChangeKind::Corrected)]), "withdrawn once");
}

#[test]
fn what_a_run_changed_is_told_as_facts() {
    use ChangeKind::{Corrected, New, Withdrawn};
    let kept = Kept::with(&["summit"]);
    let told = |minute, answer: &[Value]| {
        run(&kept, minute, true, &[("Immunization", answer)]);
        kept.store.refresh_facts(&kept.store.persons().unwrap()[0].id).unwrap();
        let last = kept.store.last_finished_run(&id("summit")).unwrap().unwrap().id;
        let facts = kept.store.changed_facts(last).unwrap();
        facts.into_iter().map(|(fact, what)| (fact.day.map(|day| day.year), what)).collect::<Vec<_>>()
    };
    let [one, two] = [vaccine("1", "2021-10-04"), vaccine("2", "2022-10-04")];
    assert_eq!(told(0, &[one.clone(), two.clone()]), [(Some(2022), New), (Some(2021), New)]);
    assert_eq!(told(10, &[one.clone(), two.clone()]), []);
    let moved = vaccine("1", "2020-10-04");
    assert_eq!(told(20, &[moved]), [(Some(2022), Withdrawn), (Some(2020), Corrected)]);
}

#[test]
fn what_is_no_longer_reported_says_so_wherever_it_is_still_read() {
    let kept = Kept::with(&["summit"]);
    let person = kept.store.persons().unwrap()[0].id.clone();
    let [one, two] = [vaccine("1", "2021-10-04"), vaccine("2", "2022-10-04")];
    let gone = |kept: &Kept| {
        kept.store.refresh_facts(&person).unwrap();
        let rows = kept.store.timeline(&person, &crate::Filter::default(), None, 10).unwrap().rows;
        let timeline: Vec<bool> = rows.iter().map(crate::FactRow::is_gone).collect();
        let listed = kept.store.list(&person, &crate::Filter::default(), None, 10).unwrap().rows;
        assert_eq!(listed.iter().map(|one| one.row.is_gone()).collect::<Vec<_>>(), timeline);
        let single: Vec<bool> =
            rows.iter().map(|row| kept.store.fact_row(&row.id).unwrap().unwrap().is_gone()).collect();
        assert_eq!(single, timeline);
        let mut streamed = Vec::new();
        let each = &mut |_, _, row: crate::FactRow| {
            streamed.push(row.is_gone());
            ControlFlow::Continue(())
        };
        kept.store.facts_and_rows(Some(&person), each).unwrap();
        assert_eq!(streamed, timeline);
        let mut entries = 0;
        let each = &mut |row: EntryRow| {
            entries += usize::from(row.gone.is_some());
            ControlFlow::Continue(())
        };
        kept.store.entries(None, each).unwrap();
        assert_eq!(entries, timeline.iter().filter(|gone| **gone).count());
        timeline
    };
    run(&kept, 0, true, &[("Immunization", &[one.clone(), two.clone()])]);
    assert_eq!(gone(&kept), [false, false]);
    run(&kept, 10, true, &[("Immunization", std::slice::from_ref(&one))]);
    assert_eq!(gone(&kept), [true, false]);
    run(&kept, 20, true, &[("Immunization", &[one, two])]);
    assert_eq!(gone(&kept), [false, false]);
}

#[test]
fn topics_say_who_still_lists_what_and_what_is_reported_no_more() {
    let kept = Kept::with(&["summit"]);
    let person = kept.store.persons().unwrap()[0].id.clone();
    let taken = |id: &str, name: &str| {
        json!({"resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
            "authoredOn": "2026-01-04", "medicationCodeableConcept": {"text": name}})
    };
    let [one, two] = [taken("1", "Lisinopril 10 mg tablet"), taken("2", "Metformin 500 mg tablet")];
    let both = [one, two];
    for (minute, told) in [(0, &both[..]), (10, &both[..1]), (20, &both[..])] {
        run(&kept, minute, true, &[("MedicationRequest", told)]);
        kept.store.refresh_facts(&person).unwrap();
        assert_eq!(kept.topics_are_as_listed(&person), 2);
        let topics = kept.store.topics(&person, &[wholechart_fhir::Kind::Medicine]).unwrap();
        let listed =
            topics.iter().flat_map(|topic| &topic.facts).filter(|one| !one.listed.is_empty()).count();
        assert_eq!(listed, told.len());
    }
}

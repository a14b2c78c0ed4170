//! Topics that are kept in memory say what the file says, whatever changes and whoever changes it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use proptest::prelude::*;
use rusqlite::Connection as Sqlite;
use serde_json::{Value, json};
use wholechart_fhir::Kind;
use wholechart_record::{FactId, PersonId, TOPICAL};

use super::laws::{CONNECTIONS, Step, step, taken};
use super::{BASE, Kept, ada, at, connection, id, page, person};
use crate::table::topics::kept::KeptTopics;
use crate::{Conclusion, TopicRow};

fn problem(id: &str, name: &str) -> Value {
    json!({"resourceType": "Condition", "id": id, "code": {"text": name}, "recordedDate": "2024-03-02",
        "clinicalStatus": {"coding": [{"code": "active"}]}})
}

impl Kept {
    /// A fact's title, and how many are under its topic with it.
    fn under_topics(&self) -> BTreeMap<String, usize> {
        let topics = self.store.topics(&ada(), TOPICAL).unwrap();
        let facts = topics.iter().flat_map(|topic| topic.facts.iter().map(|one| (one, topic.facts.len())));
        facts.map(|(one, beside)| (one.row.title.text.clone(), beside)).collect()
    }

    /// As the file says, whatever is kept.
    fn topics_anew(&self, person: &PersonId, kinds: &[Kind]) -> Vec<Arc<TopicRow>> {
        self.store.topics_after(person, kinds, &mut KeptTopics::default()).unwrap()
    }

    fn fact_ids(&self) -> Vec<FactId> {
        let mut ids = Vec::new();
        let each = &mut |_, fact: wholechart_record::Fact| {
            ids.push(fact.id);
            ControlFlow::Continue(())
        };
        self.store.facts(Some(&ada()), each).unwrap();
        ids.sort();
        ids
    }
}

/// What may happen between two questions.
#[derive(Debug, Clone)]
enum Turn {
    Step(Step),
    /// A whole answer: what is not in it is reported no more.
    Answer(usize, Vec<Value>),
    /// Two facts by number, or one that is to have a topic of its own.
    Place(usize, Option<usize>),
    PlaceBack,
    Rebuild,
}

fn turn() -> impl Strategy<Value = Turn> {
    let name = prop::sample::select(vec!["Gout", "Gouty arthritis", "Migraine", "Hay fever", "Ticklishness"]);
    let resource = (0..4_u8, 0..5_u8, name).prop_map(|(n, what, name)| {
        let id = n.to_string();
        match what {
            0 | 1 => problem(&id, name),
            2 => json!({"resourceType": "AllergyIntolerance", "id": id, "code": {"text": name}}),
            3 => json!({"resourceType": "Procedure", "id": id, "status": "completed", "code": {"text": name},
                "performedDateTime": "2024-03-02"}),
            // What names a problem is shown under it.
            _ => json!({"resourceType": "Observation", "id": id, "status": "final", "code": {"text": name},
                "category": [{"coding": [{"code": "survey"}]}], "effectiveDateTime": "2024-03-02",
                "focus": [{"reference": "Condition/1"}], "valueString": name}),
        }
    });
    prop_oneof![
        4 => step().prop_map(Turn::Step),
        4 => (0..3_usize, prop::collection::vec(resource, 0..6)).prop_map(|(to, sent)| Turn::Answer(to, sent)),
        2 => (0..8_usize, prop::option::of(0..8_usize)).prop_map(|(fact, beside)| Turn::Place(fact, beside)),
        1 => Just(Turn::PlaceBack),
        1 => Just(Turn::Rebuild),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn kept_topics_equal_those_made_from_nothing(turns in prop::collection::vec((turn(), any::<bool>()), 1..24)) {
        let mut kept = Kept::with(&CONNECTIONS);
        let mut gone = [false; 3];
        let mut before = Vec::new();
        for (minute, (turn, is_asked)) in (0..).zip(turns) {
            match turn {
                Turn::Step(step) => kept = taken(kept, step, &mut gone),
                Turn::Answer(to, _) if gone[to] => {}
                Turn::Answer(to, sent) => {
                    let run = kept.store.begin_run(&id(CONNECTIONS[to]), at(minute)).unwrap();
                    kept.store.commit_page(page(run, CONNECTIONS[to], &sent)).unwrap();
                    let conclusion = Conclusion {
                        base: BASE.into(),
                        question: "everything".into(),
                        asked: String::new(),
                        since: at(minute),
                        whole_at: Some(at(minute)),
                    };
                    kept.store.conclude(run, &conclusion).unwrap();
                    kept.store.refresh_part(&ada(), 3).unwrap();
                }
                Turn::Place(fact, beside) => {
                    let facts = kept.fact_ids();
                    let beside = beside.and_then(|beside| facts.get(beside));
                    if let Some(fact) = facts.get(fact).filter(|fact| beside != Some(fact)) {
                        before = kept.store.place(&ada(), fact, beside, at(minute)).unwrap();
                    }
                }
                Turn::PlaceBack => {
                    kept.store.place_back(&ada(), &std::mem::take(&mut before)).unwrap();
                }
                Turn::Rebuild => kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap(),
            }
            // Several changes may come between two questions, and not every kind is asked for.
            let kinds = if minute % 3 == 0 { &TOPICAL[..2] } else { TOPICAL };
            if is_asked {
                prop_assert_eq!(kept.store.topics(&ada(), kinds).unwrap(), kept.topics_anew(&ada(), kinds));
            }
        }
        prop_assert_eq!(kept.store.topics(&ada(), TOPICAL).unwrap(), kept.topics_anew(&ada(), TOPICAL));
        kept.store.refresh_facts(&ada()).unwrap();
        kept.topics_are_as_listed(&ada());
    }
}

#[test]
fn what_another_handle_of_the_file_changes_is_noticed() {
    let kept = Kept::with(&["a"]);
    kept.receives("a", &[problem("1", "Gout"), problem("2", "Migraine")]);
    assert_eq!(kept.under_topics().len(), 2);
    let other = Sqlite::open(kept.dir.path().join("record.db")).unwrap();
    other.execute_batch(&format!("PRAGMA key = \"x'{}'\"", *kept.key.hex())).unwrap();
    let gone = || {
        kept.store.topics(&ada(), TOPICAL).unwrap().iter().filter(|one| one.facts[0].row.is_gone()).count()
    };
    assert_eq!(gone(), 0);
    other.execute_batch("INSERT INTO missing (resource, since) VALUES (1, 5)").unwrap();
    assert_eq!(gone(), 1);
    other.execute_batch("DELETE FROM fact WHERE title = 'Gout'").unwrap();
    assert_eq!(kept.under_topics(), BTreeMap::from([("Migraine".to_owned(), 1)]));
}

#[test]
fn a_row_number_that_goes_to_another_person_takes_nothing_along() {
    let kept = Kept::with(&["a"]);
    kept.store.save_person(&person("bob")).unwrap();
    kept.store.save_connection(&connection("b", "bob")).unwrap();
    kept.receives("a", &[problem("1", "Gout")]);
    assert_eq!(kept.under_topics().len(), 1);
    kept.store.delete_connection(&id("a"), false).unwrap();
    let bob = PersonId("bob".into());
    let run = kept.store.begin_run(&id("b"), at(0)).unwrap();
    kept.store.commit_page(page(run, "b", &[problem("1", "Migraine")])).unwrap();
    kept.store.refresh_facts(&bob).unwrap();
    assert!(kept.under_topics().is_empty());
    assert_eq!(kept.store.topics(&bob, TOPICAL).unwrap(), kept.topics_anew(&bob, TOPICAL));
}

#[test]
fn topics_that_did_not_change_are_not_made_again() {
    let kept = Kept::with(&["a"]);
    kept.receives("a", &[problem("1", "Gout"), problem("2", "Migraine")]);
    let before = kept.store.topics(&ada(), TOPICAL).unwrap();
    let mut changed = problem("2", "Migraine");
    changed["note"] = json!([{"text": "Worse in spring"}]);
    kept.receives("a", &[changed]);
    let after = kept.store.topics(&ada(), TOPICAL).unwrap();
    let same = |one: &TopicRow, other: &TopicRow| Arc::ptr_eq(&one.facts[0], &other.facts[0]);
    let read_again: Vec<&str> = before
        .iter()
        .zip(&after)
        .filter(|(one, other)| !same(one, other))
        .map(|(one, _)| one.facts[0].row.title.text.as_str())
        .collect();
    assert_eq!(read_again, ["Migraine"]);

    // Of another day, it stays under its topic, and the others are not put under theirs again.
    let mut moved = problem("2", "Migraine");
    moved["recordedDate"] = json!("2020-01-05");
    kept.receives("a", &[moved]);
    let last = kept.store.topics(&ada(), TOPICAL).unwrap();
    let put_again: Vec<&str> = after
        .iter()
        .zip(&last)
        .filter(|(one, other)| !Arc::ptr_eq(one, other))
        .map(|(one, _)| one.facts[0].row.title.text.as_str())
        .collect();
    assert_eq!(put_again, ["Migraine"]);
    assert_eq!(last, kept.topics_anew(&ada(), TOPICAL));
}

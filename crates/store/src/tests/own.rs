//! What a person adds of their own: beside what was sent, through everything that is derived, and gone without a row.

use std::ops::ControlFlow;

use proptest::prelude::*;
use serde_json::json;
use wholechart_record::{Decision, EntryKey, FactId, OWN, Verdict};

use super::clinical::kept_rows;
use super::laws::derived;
use super::{Kept, ada, at, connection, id, result, vaccine};
use crate::{Connection, ConnectionState, Filter, OwnResource, StoreError};

fn source() -> Connection {
    let own = connection("own", "ada");
    Connection { state: ConnectionState::Own, imported: true, card: json!(null), patient: [].into(), ..own }
}

fn shot(id: &str, name: &str, date: &str) -> OwnResource {
    let json = json!({"resourceType": "Immunization", "id": id, "status": "completed", "occurrenceDateTime": date,
        "vaccineCode": {"text": name}});
    OwnResource { resource_type: "Immunization".into(), id: id.into(), json: json.to_string() }
}

fn titles(kept: &Kept) -> Vec<String> {
    let rows = kept.store.timeline(&ada(), &Filter::default(), None, 99).unwrap().rows;
    let mut titles: Vec<String> = rows.into_iter().map(|row| row.title.text).collect();
    titles.sort();
    titles
}

fn key_of(id: &str) -> EntryKey {
    EntryKey {
        connection: super::id("own"),
        base: OWN.into(),
        release: wholechart_fhir::Release::R4,
        resource_type: "Immunization".into(),
        id: id.into(),
    }
}

fn rebuilt_is_grown(kept: &Kept) {
    let grown = derived(kept);
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(derived(kept), grown);
}

#[test]
fn what_is_added_stands_there_is_changed_and_leaves_no_row() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("1", "2022-01-01"), result("2", Some("2022-01-02"), 130)]);
    let before = (kept_rows(&kept), derived(&kept));
    let fact = kept.store.save_own(&source(), &shot("a", "Tetanus", "2019-05"), at(3)).unwrap();
    assert_eq!(titles(&kept), ["Influenza", "LDL cholesterol", "Tetanus"]);
    rebuilt_is_grown(&kept);
    let again = kept.store.save_own(&source(), &shot("a", "Tetanus toxoid", "2019-05-04"), at(4)).unwrap();
    assert_eq!(again, fact, "it is the same entry");
    assert_eq!(titles(&kept), ["Influenza", "LDL cholesterol", "Tetanus toxoid"]);
    let (_, members) = kept.store.fact(&fact).unwrap().unwrap();
    assert_eq!(members[0].versions.len(), 2, "what was said before is kept");
    let written = kept.store.total_changes();
    kept.store.save_own(&source(), &shot("a", "Tetanus toxoid", "2019-05-04"), at(5)).unwrap();
    let (_, members) = kept.store.fact(&fact).unwrap().unwrap();
    assert_eq!(members[0].versions.len(), 2, "the same words are nothing new ({written})");
    let deleted = kept.store.delete_own(&ada(), "Immunization", "a").unwrap();
    assert_eq!((kept_rows(&kept), derived(&kept)), before, "no row is left");
    assert_eq!(kept.store.put_back_own(&source(), &deleted).unwrap(), fact);
    assert_eq!(titles(&kept), ["Influenza", "LDL cholesterol", "Tetanus toxoid"]);
    let (_, members) = kept.store.fact(&fact).unwrap().unwrap();
    assert_eq!(members[0].versions.len(), 2);
    rebuilt_is_grown(&kept);
}

#[test]
fn it_joins_nobody_elses_record_but_where_the_person_says_so_and_comes_back_with_what_was_said() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("1", "2022-01-01")]);
    let own = OwnResource { json: vaccine("a", "2022-01-01").to_string(), ..shot("a", "", "") };
    let fact = kept.store.save_own(&source(), &own, at(3)).unwrap();
    assert_eq!(titles(&kept), ["Influenza", "Influenza"], "equal in code and day, and still two");
    let sent = EntryKey { connection: id("summit"), base: super::BASE.into(), id: "1".into(), ..key_of("a") };
    let same = [Decision { a: key_of("a"), b: sent.clone(), verdict: Verdict::Same }];
    kept.store.decide(&ada(), &same, at(4)).unwrap();
    assert_eq!(titles(&kept), ["Influenza"]);
    let joined: FactId = kept.store.fact_of(&sent).unwrap().unwrap();
    kept.store.set_note(&joined, "asked the nurse", at(5)).unwrap();
    let deleted = kept.store.delete_own(&ada(), "Immunization", "a").unwrap();
    assert_eq!(titles(&kept), ["Influenza"]);
    assert_eq!(kept.store.decisions(&ada()).unwrap(), []);
    let back = kept.store.put_back_own(&source(), &deleted).unwrap();
    assert_eq!(titles(&kept), ["Influenza"], "joined as it was");
    assert_eq!(kept.store.note(&back).unwrap().as_deref(), Some("asked the nurse"));
    rebuilt_is_grown(&kept);
    assert_ne!(fact, FactId(String::new()));
}

#[test]
fn nobody_deletes_what_a_provider_sent_or_another_person_added() {
    let kept = Kept::with(&["summit"]);
    kept.store.save_person(&super::person("bob")).unwrap();
    kept.receives("summit", &[vaccine("1", "2022-01-01")]);
    kept.store.save_own(&source(), &shot("a", "Tetanus", "2019"), at(3)).unwrap();
    let gone = |person: &str, id: &str| {
        let person = wholechart_record::PersonId(person.into());
        matches!(kept.store.delete_own(&person, "Immunization", id), Err(StoreError::NoSuch(_)))
    };
    assert!(gone("ada", "1") && gone("bob", "a") && gone("bob", "1"));
    assert!(
        kept.store
            .own_resource(&wholechart_record::PersonId("bob".into()), "Immunization", "a")
            .unwrap()
            .is_none()
    );
    assert_eq!(titles(&kept).len(), 2);
    assert!(
        kept.store
            .save_own(&source(), &OwnResource { json: "no".into(), ..shot("b", "", "") }, at(3))
            .is_err()
    );
    assert_eq!(titles(&kept).len(), 2);
}

/// Every fact, without where it stands in the file.
fn facts(kept: &Kept) -> Vec<String> {
    let mut all = Vec::new();
    let each = &mut |_, fact: wholechart_record::Fact| {
        all.push(format!("{fact:?}"));
        ControlFlow::Continue(())
    };
    kept.store.facts(Some(&ada()), each).unwrap();
    all.sort();
    all
}

/// Every entry, without where it stands in the file.
fn entries(kept: &Kept) -> Vec<String> {
    let mut all = Vec::new();
    let each = &mut |row: crate::EntryRow| {
        all.push(format!("{:?} {:?}", row.member.key, row.member.entry));
        ControlFlow::Continue(())
    };
    kept.store.entries(Some(&ada()), each).unwrap();
    all.sort();
    all
}

#[derive(Debug, Clone)]
enum Step {
    Save(u8, u8, u8),
    Delete(u8),
    PutBack,
    Receive(u8, u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..4_u8, 0..3_u8, 0..4_u8).prop_map(|(id, name, year)| Step::Save(id, name, year)),
        (0..4_u8).prop_map(Step::Delete),
        Just(Step::PutBack),
        (0..3_u8, 0..4_u8).prop_map(|(id, year)| Step::Receive(id, year)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Whatever is added, changed, deleted and put back between what is sent: what is there is what was left there, the
    /// grown record is the rebuilt one, and deleting everything leaves the rows there would be without it.
    #[test]
    fn any_history_of_own_entries_is_what_was_left_of_it(steps in prop::collection::vec(step(), 1..12)) {
        let (kept, plain) = (Kept::with(&["summit"]), Kept::with(&["summit"]));
        let mut there = std::collections::BTreeMap::new();
        let mut last = None;
        for step in &steps {
            match step {
                Step::Save(id, name, year) => {
                    let name = ["Tetanus", "Measles", "Influenza"][usize::from(*name)];
                    let own = shot(&format!("o{id}"), name, &format!("{}", 2015 + u16::from(*year)));
                    kept.store.save_own(&source(), &own, at(3)).unwrap();
                    there.insert(format!("o{id}"), own.json);
                }
                Step::Delete(id) => {
                    let id = format!("o{id}");
                    let deleted = kept.store.delete_own(&ada(), "Immunization", &id);
                    prop_assert_eq!(deleted.is_ok(), there.contains_key(&id));
                    if let Ok(deleted) = deleted {
                        last = there.remove(&id).map(|json| (id, deleted, json));
                    }
                }
                Step::PutBack => {
                    if let Some((id, deleted, json)) = last.take()
                        && !there.contains_key(&id)
                    {
                        kept.store.put_back_own(&source(), &deleted).unwrap();
                        there.insert(id, json);
                    }
                }
                Step::Receive(id, year) => {
                    let sent = [vaccine(&format!("s{id}"), &format!("{}-02-03", 2015 + u16::from(*year)))];
                    kept.receives("summit", &sent);
                    plain.receives("summit", &sent);
                }
            }
        }
        for (id, json) in &there {
            let held = kept.store.own_resource(&ada(), "Immunization", id).unwrap().unwrap();
            prop_assert_eq!(&held.json, json);
        }
        // That nothing waits to be merged is written down of a record that was merged once.
        kept.store.refresh_facts(&ada()).unwrap();
        rebuilt_is_grown(&kept);
        for id in there.keys() {
            kept.store.delete_own(&ada(), "Immunization", id).unwrap();
        }
        prop_assert!(kept.store.own_connection(&ada()).unwrap().is_none());
        // Row numbers went on counting.
        prop_assert_eq!(facts(&kept), facts(&plain));
        prop_assert_eq!(entries(&kept), entries(&plain));
    }
}

//! A person's own notes.

use std::ops::ControlFlow;

use wholechart_record::FactId;

use super::{Kept, ada, at, id, result};
use crate::{Also, Filter, StoreError};

fn only_fact(kept: &Kept) -> FactId {
    let rows = kept.store.timeline(&ada(), &Filter::default(), None, 2).unwrap().rows;
    assert_eq!(rows.len(), 1);
    rows[0].id.clone()
}

fn found(kept: &Kept, text: &str) -> usize {
    kept.store.search(&ada(), text, &Also::new(), 10).unwrap().kinds.iter().map(|kind| kind.hits.len()).sum()
}

#[test]
fn a_note_outlives_syncing_and_rebuilding_and_is_found() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[result("1", Some("2026-01-01"), 131)]);
    let fact = only_fact(&kept);
    assert_eq!(kept.store.note(&fact).unwrap(), None);
    kept.store.set_note(&fact, " Fasting was broken: Zwieback \n", at(1)).unwrap();
    assert_eq!(kept.store.note(&fact).unwrap().as_deref(), Some("Fasting was broken: Zwieback"));
    assert_eq!(found(&kept, "zwieb"), 1);
    let passage =
        kept.store.search(&ada(), "zwieback", &Also::new(), 10).unwrap().kinds[0].hits[0].passage.clone();
    assert_eq!(passage.map(|(text, _)| text).as_deref(), Some("Fasting was broken: Zwieback"));

    assert!(!kept.store.refresh_facts(&ada()).unwrap(), "what is unchanged is not written again");
    kept.receives("summit", &[result("1", Some("2026-01-01"), 132)]);
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(kept.store.note(&only_fact(&kept)).unwrap().as_deref(), Some("Fasting was broken: Zwieback"));
    assert_eq!(found(&kept, "zwieback"), 1);
    let kept = kept.reopened();
    assert_eq!(kept.store.note(&only_fact(&kept)).unwrap().as_deref(), Some("Fasting was broken: Zwieback"));

    kept.store.set_note(&fact, "Toast", at(2)).unwrap();
    assert_eq!((found(&kept, "zwieback"), found(&kept, "toast")), (0, 1));
    kept.store.set_note(&fact, "  ", at(3)).unwrap();
    assert_eq!((kept.store.note(&fact).unwrap(), found(&kept, "toast")), (None, 0));
    assert!(matches!(kept.store.set_note(&FactId("no".into()), "x", at(1)), Err(StoreError::NoSuch(_))));
}

#[test]
fn notes_stand_together_where_records_become_one_and_go_with_their_connection() {
    let kept = Kept::with(&["summit", "lake"]);
    kept.receives("summit", &[result("1", Some("2026-01-01"), 131)]);
    kept.store.set_note(&only_fact(&kept), "from summit", at(1)).unwrap();
    // The same test, value and day from elsewhere: one fact.
    kept.receives("lake", &[result("9", Some("2026-01-01"), 131)]);
    let fact = only_fact(&kept);
    assert_eq!(kept.store.note(&fact).unwrap().as_deref(), Some("from summit"));
    kept.store.set_note(&fact, "of both", at(2)).unwrap();
    assert_eq!(kept.store.note(&fact).unwrap().as_deref(), Some("of both"));
    for name in ["summit", "lake"] {
        kept.store.delete_connection(&id(name), false).unwrap();
    }
    assert!(kept.store.timeline(&ada(), &Filter::default(), None, 1).unwrap().rows.is_empty());
    assert_eq!(found(&kept, "both"), 0);
}

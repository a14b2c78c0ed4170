//! What is about somebody else: kept as it was sent, in no list, and in the record only when a person lets it in.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use serde_json::Value;

use super::{Kept, ada, at, id, page, result, vaccine};
use crate::{Filter, PageOutcome, RunOutcome, Sorting};

/// One run of one page; the resources with these ids are somebody's.
fn receives(kept: &Kept, resources: &[Value], strangers: &[(&str, &str)]) -> PageOutcome {
    let run = kept.store.begin_run(&id("summit"), at(0)).unwrap();
    let mut page = page(run, "summit", resources);
    let mut sorting = Sorting::default();
    for (position, incoming) in (0_u64..).zip(&mut page.resources) {
        incoming.position = position;
        sorting.matches.insert(position);
        let whose = strangers.iter().find(|(one, _)| incoming.id.as_deref() == Some(one));
        sorting.strangers.extend(whose.map(|(_, whose)| (position, (*whose).to_owned())));
    }
    let outcome = kept.store.commit_sorted(page, &sorting).unwrap();
    kept.store.finish_run(run, at(1), RunOutcome::Complete).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    outcome
}

/// Ids of entries, and how many facts there are.
fn held(kept: &Kept) -> (BTreeSet<String>, usize) {
    let mut ids = BTreeSet::new();
    let each = &mut |row: crate::EntryRow| {
        ids.insert(row.member.key.id);
        ControlFlow::Continue(())
    };
    kept.store.entries(Some(&ada()), each).unwrap();
    let facts = kept.store.timeline(&ada(), &Filter::default(), None, 99).unwrap().rows.len();
    (ids, facts)
}

fn ids(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn both() -> [Value; 2] {
    [vaccine("hers", "2021-10-04"), result("anothers", Some("2022-01-02"), 130)]
}

#[test]
fn what_is_set_aside_is_kept_and_is_in_no_list_until_it_is_let_in() {
    let mut kept = Kept::with(&["summit"]);
    let outcome = receives(&kept, &both(), &[("anothers", "Patient/2")]);
    assert_eq!((outcome.new, outcome.set_aside), (1, 1));
    for _ in 0..2 {
        assert_eq!(held(&kept), (ids(&["hers"]), 1));
        assert_eq!(kept.store.counts(&id("summit")).unwrap().resources, 1);
        assert_eq!(kept.store.counts(&id("summit")).unwrap().versions, 2, "as it was sent");
        let aside = kept.store.set_aside(&id("summit")).unwrap();
        assert_eq!(aside[0].whose, "Patient/2");
        assert_eq!(aside[0].types, BTreeMap::from([("Observation".to_owned(), 1)]));
        // Made anew from the bytes, and opened again.
        kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
        kept = kept.reopened();
    }
    assert_eq!(kept.store.let_in(&id("summit"), "Patient/2").unwrap(), 1);
    kept.store.refresh_facts(&ada()).unwrap();
    assert_eq!(held(&kept), (ids(&["anothers", "hers"]), 2));
    assert!(kept.store.set_aside(&id("summit")).unwrap().is_empty());
    // What comes of them from now on is let in too.
    let changed = [result("anothers", Some("2022-01-02"), 140), result("more", Some("2022-01-03"), 1)];
    let outcome = receives(&kept, &changed, &[("anothers", "Patient/2"), ("more", "Patient/2")]);
    assert_eq!((outcome.new, outcome.changed, outcome.set_aside), (1, 1, 0));
    assert_eq!(held(&kept), (ids(&["anothers", "hers", "more"]), 3));
}

#[test]
fn what_was_in_the_record_leaves_it_when_it_is_seen_to_be_somebody_elses_and_may_come_back() {
    let kept = Kept::with(&["summit"]);
    receives(&kept, &both(), &[]);
    assert_eq!(held(&kept), (ids(&["anothers", "hers"]), 2));
    // The same bytes again: the same is looked at more closely.
    let outcome = receives(&kept, &both(), &[("anothers", "Patient/2")]);
    assert_eq!((outcome.unchanged, outcome.set_aside), (1, 1));
    assert_eq!(held(&kept), (ids(&["hers"]), 1));
    // It was hers after all: the patient's own chart says that it was joined with this one.
    receives(&kept, &both(), &[]);
    assert_eq!(held(&kept), (ids(&["anothers", "hers"]), 2));
    assert!(kept.store.set_aside(&id("summit")).unwrap().is_empty());
}

//! Runs, pages, checkpoints, the ledger.

use serde_json::json;
use wholechart_fhir::{JsonFault, JsonFaultKind, PageFault, Release};

use super::{BASE, Kept, ada, at, connection, id, incoming, page, result, vaccine};
use crate::{
    AnswerState, Counts, DocumentCommit, Filter, Incoming, LedgerRow, PageCommit, Remark, RunOutcome,
    StoreError, UnreadableBytes,
};

#[test]
fn a_page_says_what_it_changed() {
    let kept = Kept::with(&["summit"]);
    let first = kept.receives("summit", &[vaccine("1", "2021-10-04"), result("2", Some("2024-03-01"), 131)]);
    assert_eq!((first.new, first.changed, first.unchanged), (2, 0, 0));
    let mut stamped = vaccine("1", "2021-10-04");
    stamped["meta"] = json!({"lastUpdated": "2026-11-01T00:00:00Z", "versionId": "7"});
    let second =
        kept.receives("summit", &[stamped, result("2", Some("2024-03-01"), 125), vaccine("3", "2022-10-04")]);
    assert_eq!((second.new, second.changed, second.unchanged), (1, 1, 1));
    assert_eq!(
        kept.store.counts(&id("summit")).unwrap(),
        Counts { resources: 3, versions: 4, unreadable: 0 }
    );
    // Back to what it said before: a change like any other.
    let third = kept.receives("summit", &[result("2", Some("2024-03-01"), 131)]);
    assert_eq!((third.new, third.changed, third.unchanged), (0, 1, 0));
    let row = &kept.store.timeline(&ada(), &Filter::default(), None, 1).unwrap().rows[0];
    assert_eq!(row.value.as_ref().unwrap().as_sent(), "131 mg/dL");
    let (_, members) = kept.store.fact(&row.id).unwrap().unwrap();
    let said: Vec<String> = members[0]
        .versions
        .iter()
        .map(|version| {
            String::from_utf8(kept.store.version_bytes(version.id).unwrap().unwrap().bytes).unwrap()
        })
        .collect();
    let expected = [131, 125, 131].map(|value| result("2", Some("2024-03-01"), value).to_string());
    assert_eq!(said, expected, "every version, newest first");
}

#[test]
fn an_unchanged_page_writes_nothing_but_its_checkpoint() {
    let kept = Kept::with(&["summit"]);
    let resources: Vec<_> = (0..40).map(|n| result(&format!("r{n}"), Some("2024-03-01"), n)).collect();
    kept.receives("summit", &resources);
    let run = kept.store.begin_run(&id("summit"), at(10)).unwrap();
    let before = kept.store.total_changes();
    let outcome = kept.store.commit_page(page(run, "summit", &resources)).unwrap();
    assert_eq!((outcome.new, outcome.changed, outcome.unchanged), (0, 0, 40));
    assert_eq!(kept.store.total_changes() - before, 1, "the checkpoint's own row");
    assert!(!kept.store.refresh_facts(&ada()).unwrap());
    assert_eq!(kept.store.total_changes() - before, 1, "no fact was written");
}

#[test]
fn a_run_that_was_killed_can_be_carried_on() {
    let kept = Kept::with(&["summit"]);
    let run = kept.store.begin_run(&id("summit"), at(0)).unwrap();
    let ask = |question: &str, resource, next: Option<&str>| PageCommit {
        question: question.into(),
        next: next.map(str::to_owned),
        ..page(run, "summit", &[resource])
    };
    kept.store.commit_page(ask("labs", result("1", None, 1), Some("page-2"))).unwrap();
    kept.store.commit_page(ask("labs", result("2", None, 2), Some("page-3"))).unwrap();
    kept.store.commit_page(ask("shots", vaccine("3", "2021-10-04"), None)).unwrap();

    let kept = kept.reopened();
    let last = kept.store.last_run(&id("summit")).unwrap().unwrap();
    assert_eq!((last.id, last.started, last.finished), (run, at(0), None));
    let progress = kept.store.open_questions(run).unwrap();
    let brief: Vec<_> =
        progress.iter().map(|p| (p.question.as_str(), p.next.as_deref(), p.done, p.received)).collect();
    assert_eq!(brief, [("labs", Some("page-3"), false, 2), ("shots", None, true, 1)]);

    kept.store.commit_page(ask("labs", result("4", None, 4), None)).unwrap();
    kept.store.finish_run(run, at(5), RunOutcome::Complete).unwrap();
    assert_eq!(kept.store.open_questions(run).unwrap(), []);
    let done = kept.store.last_finished_run(&id("summit")).unwrap().unwrap();
    assert_eq!((done.id, done.finished, done.outcome), (run, Some(at(5)), Some(RunOutcome::Complete)));
    assert!(matches!(
        kept.store.commit_page(ask("labs", result("5", None, 5), None)),
        Err(StoreError::NoSuch("run"))
    ));
}

#[test]
fn a_new_run_closes_one_that_was_killed() {
    let kept = Kept::with(&["summit", "harbor"]);
    let elsewhere = kept.store.begin_run(&id("harbor"), at(0)).unwrap();
    let killed = kept.store.begin_run(&id("summit"), at(0)).unwrap();
    kept.store.commit_page(page(killed, "summit", &[result("1", None, 1)])).unwrap();
    let run = kept.store.begin_run(&id("summit"), at(9)).unwrap();
    assert!(run > killed);
    assert_eq!(kept.store.open_questions(killed).unwrap(), []);
    assert_eq!(kept.store.last_finished_run(&id("summit")).unwrap(), None);
    assert_eq!(kept.store.last_run(&id("harbor")).unwrap().unwrap().id, elsewhere, "another's run goes on");
    assert!(matches!(kept.store.commit_page(page(killed, "summit", &[])), Err(StoreError::NoSuch("run"))));
    assert!(matches!(kept.store.commit_page(page(run, "harbor", &[])), Err(StoreError::NoSuch("run"))));
}

#[test]
fn bytes_that_are_no_resource_are_kept_and_named_and_cost_only_themselves() {
    let kept = Kept::with(&["summit"]);
    let run = kept.store.begin_run(&id("summit"), at(0)).unwrap();
    let broken = Incoming {
        bytes: b"{\"resourceType\":\"Observation\",\"id\":\"b\",\"value\xff".to_vec(),
        resource_type: "Observation".into(),
        id: Some("b".into()),
        full_url: None,
        position: 1,
        inferred: None,
    };
    let commit = || PageCommit {
        resources: vec![incoming(&result("a", None, 1)), broken.clone(), incoming(&result("c", None, 3))],
        unreadable: vec![UnreadableBytes {
            bytes: b"<html>".to_vec(),
            position: 3,
            fault: PageFault::Markup,
        }],
        ..page(run, "summit", &[])
    };
    let outcome = kept.store.commit_page(commit()).unwrap();
    assert_eq!((outcome.new, outcome.unreadable.len()), (2, 2));
    assert_eq!(outcome.unreadable[0].0, 1);
    kept.store.commit_page(commit()).unwrap();
    let found = kept.store.unreadable(&id("summit")).unwrap();
    let bytes: Vec<&[u8]> = found.iter().map(|row| row.bytes.as_slice()).collect();
    assert_eq!(bytes, [broken.bytes.as_slice(), b"<html>"], "verbatim, once");
    assert!(matches!(found[0].fault, Some(PageFault::NotJson(_))), "{:?}", found[0]);
    assert_eq!((found[1].position, found[1].fault), (3, Some(PageFault::Markup)));
    assert_eq!(
        kept.store.counts(&id("summit")).unwrap(),
        Counts { resources: 2, versions: 2, unreadable: 2 }
    );
}

#[test]
fn identity_is_connection_base_release_type_and_id_or_content() {
    let kept = Kept::with(&["summit", "harbor"]);
    kept.store.save_connection(&connection("files", "ada")).unwrap();
    let mut nameless = result("-", None, 1);
    nameless.as_object_mut().unwrap().remove("id");
    let new = |connection: &str, base: &str, release, resource: &serde_json::Value| {
        let run = kept.store.begin_run(&id(connection), at(0)).unwrap();
        let commit = PageCommit {
            base: base.into(),
            release,
            ..page(run, connection, std::slice::from_ref(resource))
        };
        kept.store.commit_page(commit).unwrap().new
    };
    let one = result("1", None, 1);
    assert_eq!(new("summit", BASE, Release::R4, &one), 1);
    assert_eq!(new("summit", BASE, Release::R4, &one), 0);
    assert_eq!(new("summit", "https://fhir.example/dstu2", Release::Dstu2, &one), 1);
    assert_eq!(new("harbor", BASE, Release::R4, &one), 1);
    assert_eq!(new("summit", BASE, Release::R4, &result("2", None, 1)), 1);
    assert_eq!(new("summit", BASE, Release::R4, &json!({"resourceType": "Condition", "id": "1"})), 1);
    assert_eq!(new("files", "file:", Release::R4, &nameless), 1);
    assert_eq!(new("files", "file:", Release::R4, &nameless), 0);
    let mut keys = vec![];
    kept.store
        .entries(None, &mut |row| {
            keys.push(row.member.key.id);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(keys.len(), 6);
    assert!(keys.iter().any(|id| id.starts_with("sha256:") && id.len() == 71));
}

#[test]
fn the_ledger_shows_the_latest_answer_to_each_question() {
    let kept = Kept::with(&["summit"]);
    let fault = PageFault::NotJson(JsonFault { position: 7, kind: JsonFaultKind::NoColon });
    let remarks = vec![
        Remark::Server { words: "insufficient scope".into() },
        Remark::Page { fault },
        Remark::TooManyPages,
    ];
    let row = |question: &str, state, received, minute| LedgerRow {
        question: question.into(),
        label: format!("ledger-{question}"),
        base: BASE.into(),
        asked: format!("{question}?patient=p1"),
        state,
        received,
        declared_total: Some(7),
        remarks: if state == AnswerState::Refused { remarks.clone() } else { Vec::new() },
        at: at(minute),
    };
    let run = kept.store.begin_run(&id("summit"), at(0)).unwrap();
    kept.store.record_answers(run, &[row("labs", AnswerState::Incomplete, 3, 1)]).unwrap();
    kept.store.record_answers(run, &[row("labs", AnswerState::Complete, 7, 2)]).unwrap();
    kept.store.record_answers(run, &[row("vitals", AnswerState::Refused, 0, 3)]).unwrap();
    kept.store.finish_run(run, at(4), RunOutcome::Complete).unwrap();
    assert!(matches!(
        kept.store.record_answers(run, &[row("labs", AnswerState::Complete, 1, 5)]),
        Err(StoreError::NoSuch("run"))
    ));
    let run = kept.store.begin_run(&id("summit"), at(10)).unwrap();
    kept.store.record_answers(run, &[row("labs", AnswerState::Failed, 0, 11)]).unwrap();
    let ledger = kept.reopened().store.ledger(&id("summit")).unwrap();
    assert_eq!(ledger, [row("vitals", AnswerState::Refused, 0, 3), row("labs", AnswerState::Failed, 0, 11)]);
}

#[test]
fn a_document_is_kept_as_it_came_and_goes_with_its_connection() {
    let kept = Kept::with(&["summit", "harbor"]);
    let run = kept.store.begin_run(&id("summit"), at(0)).unwrap();
    let document = |url: &str, bytes: &[u8], minute| DocumentCommit {
        run,
        connection: id("summit"),
        url: url.into(),
        content_type: Some("application/pdf".into()),
        received_at: at(minute),
        bytes: bytes.to_vec(),
    };
    let (one, other) = ("https://fhir.example/r4/Binary/1", "https://fhir.example/r4/Binary/2");
    assert!(kept.store.commit_document(&document(one, b"%PDF-1.4 first\0\xff", 1)).unwrap());
    let before = kept.store.total_changes();
    assert!(!kept.store.commit_document(&document(one, b"%PDF-1.4 first\0\xff", 2)).unwrap());
    assert_eq!(kept.store.total_changes(), before, "the same bytes again write nothing");
    assert!(kept.store.commit_document(&document(one, b"%PDF-1.4 second", 3)).unwrap());
    assert!(kept.store.commit_document(&document(other, b"", 4)).unwrap());
    let elsewhere = DocumentCommit { connection: id("harbor"), ..document(one, b"x", 5) };
    assert!(matches!(kept.store.commit_document(&elsewhere), Err(StoreError::NoSuch("run"))));

    let kept = kept.reopened();
    let current = kept.store.document(&id("summit"), one).unwrap().unwrap();
    assert_eq!((current.bytes.as_slice(), current.received_at), (&b"%PDF-1.4 second"[..], at(3)));
    assert_eq!(kept.store.document(&id("summit"), other).unwrap().unwrap().bytes, b"");
    assert_eq!(kept.store.document(&id("harbor"), one).unwrap(), None);
    assert_eq!(
        kept.store.document_urls(&id("summit")).unwrap().into_iter().collect::<Vec<_>>(),
        [one, other]
    );

    kept.store.delete_connection(&id("summit"), false).unwrap();
    let left: i64 = kept
        .store
        .with_writer(|db| db.query_row("SELECT count(*) FROM document", [], |row| row.get(0)).unwrap());
    assert_eq!(left, 0);
}

/// The values that are shown, sorted.
fn values(kept: &Kept) -> Vec<String> {
    let rows = kept.store.timeline(&ada(), &Filter::default(), None, 99).unwrap().rows;
    let mut values: Vec<String> =
        rows.iter().filter_map(|row| row.value.as_ref()).map(wholechart_fhir::Found::as_sent).collect();
    values.sort();
    values
}

fn stamped(value: i32, stamp: &str) -> serde_json::Value {
    let mut one = result("1", Some("2024-03-01"), value);
    one["meta"] = json!({"lastUpdated": stamp});
    one
}

#[test]
fn two_contents_under_one_id_in_one_answer_are_both_kept_and_come_again_as_nothing_new() {
    let kept = Kept::with(&["summit"]);
    let mut two = [result("1", Some("2024-03-01"), 100), result("1", Some("2024-03-01"), 131)];
    let first = kept.receives("summit", &two);
    assert_eq!((first.new, first.changed, first.unchanged), (2, 0, 0));
    assert_eq!(first.beside.len(), 1, "the answer says so");
    assert_eq!(values(&kept), ["100 mg/dL", "131 mg/dL"]);
    for _ in 0..2 {
        let again = kept.receives("summit", &two);
        assert_eq!((again.new, again.changed, again.unchanged), (0, 0, 2));
        assert_eq!(again.beside.len(), 1);
        two.reverse();
    }
    assert_eq!(values(&kept), ["100 mg/dL", "131 mg/dL"]);
    assert_eq!(
        kept.store.counts(&id("summit")).unwrap(),
        Counts { resources: 2, versions: 2, unreadable: 0 }
    );
    // Another content in another answer is a new version, as ever.
    assert_eq!(kept.receives("summit", &[result("1", Some("2024-03-01"), 90)]).changed, 1);
    assert_eq!(values(&kept), ["131 mg/dL", "90 mg/dL"]);
}

#[test]
fn two_contents_of_one_answer_on_two_pages_are_both_kept() {
    let kept = Kept::with(&["summit"]);
    let run = kept.store.begin_run(&id("summit"), at(0)).unwrap();
    for (value, beside) in [(100, 0), (131, 1)] {
        let outcome =
            kept.store.commit_page(page(run, "summit", &[result("1", Some("2024-03-01"), value)])).unwrap();
        assert_eq!((outcome.new, outcome.beside.len()), (1, beside));
    }
    // To another question the same server says something else now: that is its newest word.
    let other =
        PageCommit { question: "labs".into(), ..page(run, "summit", &[result("1", Some("2024-03-01"), 90)]) };
    assert_eq!(kept.store.commit_page(other).unwrap().changed, 1);
}

#[test]
fn where_meta_says_which_is_later_the_other_is_an_older_version() {
    let (old, new) = (stamped(100, "2024-03-01T10:00:00Z"), stamped(131, "2024-03-02T09:00:00+02:00"));
    for two in [[old.clone(), new.clone()], [new, old]] {
        let kept = Kept::with(&["summit"]);
        let first = kept.receives("summit", &two);
        assert_eq!((first.new, first.changed), (1, 1));
        assert_eq!(first.beside, [0_u64; 0]);
        assert_eq!(values(&kept), ["131 mg/dL"]);
        for _ in 0..2 {
            let again = kept.receives("summit", &two);
            assert_eq!((again.new, again.changed, again.unchanged), (0, 0, 2));
        }
        assert_eq!(values(&kept), ["131 mg/dL"]);
        let kept = kept.reopened();
        kept.store.rebuild(&mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
        assert_eq!(values(&kept), ["131 mg/dL"]);
    }
}

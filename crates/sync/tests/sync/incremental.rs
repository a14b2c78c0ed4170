//! Later syncs: only what changed is asked for where the server can, and in the end it is as if everything were read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use chrono::{NaiveDate, TimeDelta};
use tokio_util::sync::CancellationToken;
use wholechart_record::{ConnectionId, EntryKey};
use wholechart_sandbox::{Amendment, Fault, Sandbox, SandboxConfig, Spot};
use wholechart_smart::ProviderCard;
use wholechart_store::{AnswerState, ChangeKind, Remark};
use wholechart_sync::{Aspect, Expected, Options, Progress, SyncError};

use crate::bench::{Bench, cards, today};

async fn start() -> (Sandbox, BTreeMap<String, ProviderCard>) {
    let sandbox = Sandbox::start(SandboxConfig::sample(today())).await.unwrap();
    let cards = cards(&sandbox.directory()).into_iter().map(|card| (card.id.clone(), card)).collect();
    (sandbox, cards)
}

fn asked(sandbox: &Sandbox, provider: &str) -> Vec<String> {
    let seen = sandbox.seen(provider);
    let fhir = seen.iter().filter(|seen| seen.method == "GET");
    fhir.map(|seen| format!("{}?{}", seen.path, seen.query)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sync_without_changes_asks_once_and_writes_nothing() {
    let (sandbox, cards) = start().await;
    for id in ["harbor", "lakeside"] {
        let bench = Bench::new();
        let connection = bench.connect(&cards[id], &[]).await;
        bench.sync(&connection).await.unwrap();
        let rows = |bench: &Bench| {
            let mut entries = Vec::new();
            let mut facts = Vec::new();
            let go_on = std::ops::ControlFlow::Continue(());
            bench
                .store
                .entries(None, &mut |row| {
                    entries.push((row.member.key, row.version.id));
                    go_on
                })
                .unwrap();
            bench
                .store
                .facts(None, &mut |_, fact| {
                    facts.push(fact);
                    go_on
                })
                .unwrap();
            (bench.store.counts(&connection).unwrap(), entries, facts)
        };
        let before = rows(&bench);
        sandbox.forget_seen();
        let told: Mutex<Vec<Progress>> = Mutex::default();
        let tell = |progress| told.lock().unwrap().push(progress);
        let report = bench.sync_watched(&connection, tell, CancellationToken::new()).await.unwrap();
        let told = told.into_inner().unwrap();
        let (asked, planned) = (asked(&sandbox, id), told.last().unwrap().planned as usize);
        assert!(asked.len() <= planned, "{id}: {} requests, {planned} questions\n{asked:#?}", asked.len());
        let narrowed = asked.iter().filter(|query| query.contains("_lastUpdated=ge")).count();
        assert!(narrowed >= 3, "{id}: {asked:#?}");
        assert_eq!((report.new, report.changed, report.withdrawn, report.changes.len()), (0, 0, 0, 0));
        assert!(!told.iter().any(|progress| progress.facts_changed));
        assert!(rows(&bench) == before, "{id}: rows changed");
        // What is held is told, not what came this time.
        let kind = report.kinds.iter().find(|kind| kind.label == "kind-problem").unwrap();
        assert!(kind.received > 0, "{kind:?}");
    }
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_corrected_and_withdrawn_is_told_after_each_sync() {
    let (sandbox, cards) = start().await;
    for id in ["summit", "lakeside", "harbor"] {
        let bench = Bench::new();
        let connection = bench.connect(&cards[id], &[]).await;
        let first = bench.sync(&connection).await.unwrap();
        assert!(first.changes.iter().all(|change| change.what == ChangeKind::New));
        assert_eq!(first.changes.len(), bench.held().len());
        let mut expected: BTreeMap<String, ChangeKind> = BTreeMap::new();
        for (seed, what) in [(3, Amendment::Add), (4, Amendment::Correct), (7, Amendment::EnterInError)] {
            let amended = sandbox.amend(id, what, seed).unwrap();
            let kind = match what {
                Amendment::Add => ChangeKind::New,
                Amendment::Correct => ChangeKind::Corrected,
                _ => ChangeKind::Withdrawn,
            };
            expected.insert(amended.id, kind);
        }
        let report = bench.sync(&connection).await.unwrap();
        let told: BTreeMap<String, ChangeKind> =
            report.changes.iter().map(|change| (change.key.id.clone(), change.what)).collect();
        assert_eq!(told, expected, "{id}");
        assert_eq!((report.new, report.withdrawn), (1, 1), "{id}");
        // Told no more: nothing a server says; only the whole shows it.
        let removed = sandbox.amend(id, Amendment::Remove, 12).unwrap();
        let before = bench.held();
        let report = bench.sync_whole(&connection).await.unwrap();
        let told: Vec<_> = report.changes.iter().map(|c| (c.key.id.as_str(), c.what)).collect();
        assert_eq!(told, [(removed.id.as_str(), ChangeKind::Withdrawn)], "{id}");
        assert_eq!(bench.held(), before, "nothing is deleted");
        let missing = bench.no_longer_reported(&connection);
        assert_eq!(missing.keys().map(|key| key.id.as_str()).collect::<Vec<_>>(), [removed.id.as_str()]);
        let key = missing.keys().next().unwrap();
        assert_eq!(bench.store.missing_since(key).unwrap().as_ref(), missing.values().next());
    }
    sandbox.stop().await;
}

/// What is told now, by key: what is held without what is no longer reported. People and places that nothing points
/// to any more cannot be seen to be gone.
fn told_now(bench: &Bench, connection: &ConnectionId) -> BTreeMap<EntryKey, Vec<u8>> {
    let missing = bench.no_longer_reported(connection);
    let support = ["Practitioner", "Organization", "Location", "Medication", "Binary", "Patient"];
    let mut held = bench.held();
    held.retain(|key, _| !missing.contains_key(key) && !support.contains(&key.resource_type.as_str()));
    held
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_reconcile_it_is_as_if_everything_were_read_and_before_only_deletions_are_unseen() {
    let scripts: u64 = std::env::var("WHOLECHART_SCRIPTS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    for script in 0..scripts {
        let (sandbox, cards) = start().await;
        let mut benches = Vec::new();
        for id in ["lakeside", "harbor", "summit"] {
            let bench = Bench::new();
            let connection = bench.connect(&cards[id], &[]).await;
            bench.sync(&connection).await.unwrap();
            benches.push((id, bench, connection, BTreeSet::new()));
        }
        let mut draw = script.wrapping_mul(0x2545_F491_4F6C_DD1D) | 1;
        for round in 0..3 {
            for (id, bench, connection, removed) in &mut benches {
                for _ in 0..4 {
                    // xorshift: the script is the same each time, and another one for each number.
                    draw ^= draw << 13;
                    draw ^= draw >> 7;
                    draw ^= draw << 17;
                    let all =
                        [Amendment::Add, Amendment::Correct, Amendment::EnterInError, Amendment::Remove];
                    let what = all[usize::try_from(draw % 4).unwrap()];
                    let amended = sandbox.amend(id, what, draw >> 8).unwrap();
                    if what == Amendment::Remove {
                        removed.insert(amended.id);
                    }
                }
                bench.sync(connection).await.unwrap();
                let fresh = Bench::new();
                let again = fresh.connect(&cards[*id], &[]).await;
                fresh.sync(&again).await.unwrap();
                let (ours, theirs) = (told_now(bench, connection), told_now(&fresh, &again));
                let unseen: Vec<_> = ours.keys().filter(|key| !theirs.contains_key(key)).collect();
                assert!(
                    unseen.iter().all(|key| removed.contains(&key.id)),
                    "{script} {round} {id} {unseen:?}"
                );
                for (key, bytes) in &theirs {
                    assert!(ours.get(key) == Some(bytes), "{script} {round} {id} {key:?}");
                }
            }
        }
        for (id, bench, connection, _) in &benches {
            bench.sync_whole(connection).await.unwrap();
            let fresh = Bench::new();
            let again = fresh.connect(&cards[*id], &[]).await;
            fresh.sync(&again).await.unwrap();
            assert!(told_now(bench, connection) == told_now(&fresh, &again), "{script} {id}");
        }
        sandbox.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_is_read_again_when_it_is_due() {
    let (sandbox, cards) = start().await;
    let bench = Bench::new();
    let connection = bench.connect(&cards["harbor"], &[]).await;
    bench.sync(&connection).await.unwrap();
    sandbox.forget_seen();
    let due = Options { whole_after: TimeDelta::zero(), ..Options::default() };
    bench.sync_with(&connection, due).await.unwrap();
    let asked = asked(&sandbox, "harbor");
    assert!(!asked.iter().any(|query| query.contains("_lastUpdated")), "{asked:#?}");
    assert!(asked.iter().any(|query| query.contains("/Practitioner/")), "people are read again too");
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_read_by_reference_is_read_the_next_time() {
    let (sandbox, cards) = start().await;
    let bench = Bench::new();
    let connection = bench.connect(&cards["harbor"], &[]).await;
    sandbox.fail("harbor", Spot::Reference, Fault::Status(404), None);
    sandbox.fail("harbor", Spot::Document, Fault::Status(500), None);
    bench.sync(&connection).await.unwrap();
    // A doctor's address that leads nowhere is ordinary and counted; a document that is not there is a gap.
    let not_found = || {
        let remarks = bench.ledger(&connection, "references").remarks;
        remarks.iter().any(|remark| matches!(remark, Remark::NotFound { .. }))
    };
    assert!(not_found());
    assert_eq!(bench.ledger(&connection, "documents").state, AnswerState::Incomplete);
    let held = bench.held().len();
    sandbox.heal();
    let report = bench.sync(&connection).await.unwrap();
    assert!(!not_found());
    for question in ["references", "documents"] {
        assert_eq!(bench.ledger(&connection, question).state, AnswerState::Complete, "{question}");
    }
    assert!(report.new > 0 && bench.held().len() > held);
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_patient_does_not_answer_nothing_is_filed() {
    let (sandbox, cards) = start().await;
    let bench = Bench::new();
    let connection = bench.connect(&cards["lakeside"], &[]).await;
    let expected = Expected { name: Some("Rosa Whitlock".into()), ..Expected::default() };
    let expect = || Options { expected: Some(expected.clone()), ..Options::default() };
    sandbox.fail("lakeside", Spot::Patient, Fault::Status(503), None);
    let error = bench.sync_with(&connection, expect()).await.unwrap_err();
    assert!(matches!(error, SyncError::NotShown { .. }), "{error:?}");
    assert!(bench.held().is_empty(), "whose record it is was not seen");
    sandbox.heal();
    assert!(bench.sync_with(&connection, expect()).await.unwrap().new > 0);
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_record_stops_before_anything_is_merged() {
    let (sandbox, cards) = start().await;
    let bench = Bench::new();
    let connection = bench.connect(&cards["summit"], &[]).await;
    let expect = |name: &str, born: (i32, u32, u32), sex: &str| Options {
        expected: Some(Expected {
            name: Some(name.into()),
            birth_date: NaiveDate::from_ymd_opt(born.0, born.1, born.2),
            sex: Some(sex.into()),
        }),
        ..Options::default()
    };
    let other = bench.sync_with(&connection, expect("Ben Okafor", (1990, 1, 2), "male")).await.unwrap_err();
    let SyncError::OtherPatient(other) = other else { panic!("{other:?}") };
    assert_eq!(other.differs, [Aspect::Name, Aspect::BirthDate, Aspect::Sex]);
    assert!(other.found.names.iter().any(|name| name.contains("Whitlock")), "{other:?}");
    assert!(bench.held().is_empty() && bench.store.ledger(&connection).unwrap().is_empty());
    let requests = sandbox.seen("summit").into_iter().filter(|seen| seen.authorized).count();
    assert_eq!(requests, 1, "only the patient was asked for");
    // The user says that it is right; or it is.
    let born = other.found.birth_date.clone().unwrap().parse::<NaiveDate>().unwrap();
    let found =
        Expected { name: Some("Rosa Whitlock".into()), birth_date: Some(born), sex: other.found.sex.clone() };
    let right = Options { expected: Some(found), ..Options::default() };
    assert!(bench.sync_with(&connection, right).await.unwrap().new > 0);
    sandbox.stop().await;
}

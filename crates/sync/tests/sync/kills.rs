//! A process that is killed (SIGKILL, TerminateProcess) at any moment of a sync of three providers loses nothing and
//! doubles nothing. The points are counted, as in `crates/store/src/tests/killed.rs`.
//!
//! `WHOLECHART_KILLS=200 cargo test -p wholechart-sync kills` for a thorough run, `WHOLECHART_SEED=…` for the same points.

#![allow(clippy::print_stdout, reason = "says how many kills hit")]

use std::ops::ControlFlow;
use std::process::Command;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tempfile::TempDir;
use wholechart_record::{ConnectionId, PersonId};
use wholechart_sandbox::{Sandbox, SandboxConfig};

use crate::bench::{Bench, cards, http, open, today};

#[path = "../../../store/src/tests/killed/process.rs"]
mod process;

/// Names the record's folder to the process that is going to be killed.
const FOLDER: &str = "WHOLECHART_TEST_KILLED_IN";
const PROVIDERS: [&str; 3] = ["harbor", "lakeside", "summit"];

/// The process that is killed: all connections of the record side by side, as the app does it. Without a folder this
/// is no test.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_to_be_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    process::wait_for_the_start();
    let store = std::sync::Arc::new(
        wholechart_store::Store::open(
            folder.as_ref(),
            &wholechart_store::DbKey::from_bytes(&[7; 32]).unwrap(),
        )
        .unwrap(),
    );
    let http = http();
    let ids = PROVIDERS.map(|id| ConnectionId(id.into()));
    let runs = ids.iter().map(|id| {
        let (store, now) = (std::sync::Arc::clone(&store), std::sync::Arc::new(chrono::Utc::now));
        wholechart_sync::run(&http, store, id, now, |_| {}, tokio_util::sync::CancellationToken::new())
    });
    for outcome in futures::future::join_all(runs).await {
        outcome.unwrap();
    }
}

/// Runs the process on a record; killed at this point, if one is given.
fn run(dir: &TempDir, dies_at: Option<u64>) -> process::Ran {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "kills::a_process_to_be_killed"]).env(FOLDER, dir.path());
    tokio::task::block_in_place(|| process::run(&mut command, dies_at))
}

/// Everything that must be the same. A provider whose run was over before another one's was killed is asked again for
/// what changed: the figures of its ledger are those of that run.
fn whole(bench: &Bench) -> impl PartialEq + use<> {
    let mut facts = Vec::new();
    bench
        .store
        .facts(Some(&PersonId("p1".into())), &mut |_, fact| {
            facts.push(fact);
            ControlFlow::Continue(())
        })
        .unwrap();
    let each = PROVIDERS.map(|id| {
        let id = ConnectionId(id.into());
        let rows = bench.store.ledger(&id).unwrap();
        let ledger: std::collections::BTreeMap<_, _> =
            rows.into_iter().map(|row| ((row.base, row.question), (row.state, row.remarks))).collect();
        let documents: Vec<_> = bench
            .store
            .document_urls(&id)
            .unwrap()
            .into_iter()
            .map(|url| bench.store.document(&id, &url).unwrap().unwrap().bytes)
            .collect();
        let missing = bench.no_longer_reported(&id);
        (ledger, documents, bench.store.counts(&id).unwrap(), missing)
    });
    (bench.held(), facts, each)
}

/// A signed-in record, closed.
async fn signed_in(sandbox: &Sandbox) -> TempDir {
    let bench = Bench::new();
    for card in cards(&sandbox.directory()).iter().filter(|card| PROVIDERS.contains(&card.id.as_str())) {
        bench.connect(card, &[]).await;
    }
    let Bench { dir, store, .. } = bench;
    drop(store);
    dir
}

/// The record as the app has it a moment after it was opened: what came and was not merged is merged behind the open door.
fn opened(dir: TempDir) -> Bench {
    let store = open(&dir);
    store.catch_up(&mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    drop(store);
    Bench { http: http(), store: open(&dir), person: PersonId("p1".into()), dir }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_the_last_run_ends_as_if_nothing_had_been() {
    let variable = |name: &str| std::env::var(name).ok();
    let kills: u32 = variable("WHOLECHART_KILLS").and_then(|n| n.parse().ok()).unwrap_or(6);
    let seed =
        variable("WHOLECHART_SEED").and_then(|n| n.parse().ok()).unwrap_or_else(|| rand::rng().random());
    println!("WHOLECHART_SEED={seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let sandbox = Sandbox::start(SandboxConfig::sample(today())).await.unwrap();
    let dir = signed_in(&sandbox).await;
    let whole_run = run(&dir, None);
    assert!(whole_run.ended);
    let undisturbed = whole(&opened(dir));
    let (mut killed, mut records) = (0, 0);
    while killed < kills {
        let dir = signed_in(&sandbox).await;
        // A few kills in each record, so that a run that was killed is killed again.
        let mut left = 4.min(kills - killed);
        while left > 0 {
            let point = rng.random_range(1..=whole_run.points);
            println!("killed at {point} of {}", whole_run.points);
            if run(&dir, Some(point)).ended {
                break;
            }
            killed += 1;
            left -= 1;
        }
        let finished = opened(dir);
        let done = PROVIDERS.iter().all(|id| {
            let last = finished.store.last_run(&ConnectionId((*id).into())).unwrap();
            last.is_some_and(|run| run.finished.is_some())
        });
        let Bench { dir, store, .. } = finished;
        drop(store);
        if !done {
            assert!(run(&dir, None).ended);
        }
        let finished = opened(dir);
        assert!(whole(&finished) == undisturbed, "after {killed} kills");
        records += 1;
    }
    println!("{killed} kills in {records} records, of {} points", whole_run.points);
    sandbox.stop().await;
}

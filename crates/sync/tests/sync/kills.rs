//! A process that is killed (SIGKILL, TerminateProcess) at any moment of a sync of three providers loses nothing and
//! doubles nothing.
//!
//! `WHOLECHART_KILLS=200 cargo test -p wholechart-sync kills` for a thorough run.

#![allow(clippy::print_stdout, reason = "says how many kills hit")]

use std::ops::ControlFlow;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use wholechart_record::{ConnectionId, PersonId};
use wholechart_sandbox::{Sandbox, SandboxConfig};

use crate::bench::{Bench, cards, http, open, today};

/// Names the record's folder to the process that is going to be killed.
const FOLDER: &str = "WHOLECHART_TEST_KILLED_IN";
const PROVIDERS: [&str; 3] = ["harbor", "lakeside", "summit"];

/// The process that is killed: all connections of the record side by side, as the app does it. Without a folder this
/// is no test.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_to_be_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
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

/// Runs the process on a record; killed after `life`, if that is given. Whether it came to its end.
fn run(dir: &TempDir, life: Option<Duration>) -> bool {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kills::a_process_to_be_killed"])
        .env(FOLDER, dir.path())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let Some(life) = life else {
        assert!(child.wait().unwrap().success());
        return true;
    };
    let until = Instant::now() + life;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            return true;
        }
        if Instant::now() >= until {
            child.kill().unwrap();
            child.wait().unwrap();
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
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
    let kills: u32 = std::env::var("WHOLECHART_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    let sandbox = Sandbox::start(SandboxConfig::sample(today())).await.unwrap();
    let dir = signed_in(&sandbox).await;
    let began = Instant::now();
    tokio::task::block_in_place(|| run(&dir, None));
    let usual = began.elapsed();
    let undisturbed = whole(&opened(dir));
    let mut draw: u64 = 0x9E37_79B9_7F4A_7C15;
    let (mut killed, mut records) = (0, 0);
    while killed < kills {
        let dir = signed_in(&sandbox).await;
        // A few kills in each record, so that a run that was killed is killed again.
        let mut left = 4.min(kills - killed);
        while left > 0 {
            draw ^= draw << 13;
            draw ^= draw >> 7;
            draw ^= draw << 17;
            let share = u32::try_from(draw % 1000).unwrap();
            let life = usual * share / 1000;
            if tokio::task::block_in_place(|| run(&dir, Some(life))) {
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
            tokio::task::block_in_place(|| run(&dir, None));
        }
        let finished = opened(dir);
        assert!(whole(&finished) == undisturbed, "after {killed} kills");
        records += 1;
    }
    println!("{killed} kills in {records} records; an undisturbed run takes {usual:?}");
    sandbox.stop().await;
}

//! Syncing next to the best possible, from a server that takes 50 ms over every answer: `cargo xtask bench sync`.
//!
//! The fewest requests: the pages that the kinds have at the server's page size, the people and places that are pointed
//! to, the documents. The best time: those requests in rounds of as many at once as one host is asked, nothing else taking
//! any time, and nothing waiting for what another answer says.
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]
#![allow(
    dead_code,
    clippy::missing_docs_in_private_items,
    clippy::unwrap_used,
    reason = "what the tests use more of"
)]

#[path = "../tests/sync/bench.rs"]
mod bench;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use wholechart_sandbox::{Fault, Sandbox, SandboxConfig, Spot};

use crate::bench::{Bench, cards, today};

const LATENCY: Duration = Duration::from_millis(50);
/// Requests at one host at once, as `PER_HOST` of `crates/smart` has it.
const AT_ONCE: u32 = 4;
const TURNS: u32 = 5;

#[tokio::main]
async fn main() {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    let sandbox = Sandbox::start(SandboxConfig::sample(today())).await.unwrap();
    println!(
        "{:<10} {:<7} {:>8} {:>8} {:>6}   {:>8} {:>8} {:>6}",
        "provider", "sync", "requests", "fewest", "", "ms", "best", ""
    );
    let mut whole: BTreeMap<&str, (Duration, Duration)> = BTreeMap::new();
    for card in cards(&sandbox.directory()) {
        let mut best = BTreeMap::new();
        for _ in 0..TURNS {
            let bench = Bench::new();
            let id = bench.connect(&card, &[]).await;
            sandbox.fail(&card.id, Spot::Everywhere, Fault::Latency(LATENCY), None);
            for sync in ["first", "second"] {
                sandbox.forget_seen();
                let start = Instant::now();
                bench.sync(&id).await.unwrap();
                let took = start.elapsed();
                let seen: Vec<_> =
                    sandbox.seen(&card.id).into_iter().filter(|seen| seen.method == "GET").collect();
                // Asked twice the same is one too many.
                let mut addresses: Vec<_> = seen
                    .iter()
                    .filter(|seen| seen.status == 200)
                    .map(|seen| (&seen.path, &seen.query))
                    .collect();
                addresses.sort();
                addresses.dedup();
                let (all, fewest) = (seen.len(), addresses.len());
                let known = best.entry(sync).or_insert((took, all, fewest));
                *known = (*known).min((took, all, fewest));
            }
            sandbox.heal();
        }
        for (sync, (took, all, fewest)) in best {
            let floor = LATENCY * u32::try_from(fewest).unwrap().div_ceil(AT_ONCE);
            let sum = whole.entry(sync).or_default();
            *sum = (sum.0 + took, sum.1 + floor);
            let (took, floor) = (took.as_secs_f64() * 1000.0, floor.as_secs_f64() * 1000.0);
            #[expect(clippy::cast_precision_loss, reason = "some dozens")]
            let more = all as f64 / fewest as f64;
            println!(
                "{:<10} {sync:<7} {all:>8} {fewest:>8} {more:>6.2}   {took:>8.0} {floor:>8.0} {:>6.2}",
                card.id,
                took / floor
            );
        }
    }
    for (sync, (took, floor)) in whole {
        let (took, floor) = (took.as_secs_f64() * 1000.0, floor.as_secs_f64() * 1000.0);
        println!("{:<10} {sync:<7} {:>24}   {took:>8.0} {floor:>8.0} {:>6.2}", "all", "", took / floor);
    }
    sandbox.stop().await;
}

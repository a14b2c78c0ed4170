//! Table of contents of the tests that sync from real servers into a real store.

#![allow(clippy::unwrap_used, reason = "a test may panic, and so may what tests share")]

#[path = "sync/bench.rs"]
mod bench;
#[path = "../../../tests/corpus/dir.rs"]
mod corpus_dir;
#[path = "sync/faults.rs"]
mod faults;
#[path = "sync/incremental.rs"]
mod incremental;
#[path = "sync/interop.rs"]
mod interop;
#[path = "../../smart/tests/smart/key.rs"]
mod key;
#[path = "sync/kills.rs"]
mod kills;
#[path = "sync/manners.rs"]
mod manners;
#[path = "sync/most.rs"]
mod most;
#[path = "sync/plan.rs"]
mod plan;
#[path = "sync/sandbox.rs"]
mod sandbox;
#[path = "sync/second.rs"]
mod second;
#[path = "sync/table.rs"]
mod table;
#[path = "sync/trap.rs"]
mod trap;
#[path = "sync/vendors.rs"]
mod vendors;
#[path = "sync/whose.rs"]
mod whose;

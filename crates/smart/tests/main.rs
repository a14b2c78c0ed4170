//! Table of contents of the tests that talk to real sockets.

#![allow(clippy::unwrap_used, reason = "a test may panic, and so may what tests share")]

#[path = "smart/brands.rs"]
mod brands;
#[path = "smart/cards.rs"]
mod cards;
#[path = "smart/discovery.rs"]
mod discovery;
#[path = "smart/key.rs"]
mod key;
#[path = "smart/reading.rs"]
mod reading;
#[path = "smart/registering.rs"]
mod registering;
#[path = "smart/server.rs"]
mod server;
#[path = "smart/signing_in.rs"]
mod signing_in;

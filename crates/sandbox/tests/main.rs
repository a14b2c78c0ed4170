//! The sandbox as a client sees it, over real sockets; and the story with its truth.

// What helpers unwrap is a test's failure as well; the lint's exception knows only `#[test]` functions.
#![allow(clippy::unwrap_used)]

mod client;
mod manners;
mod sign_in;
mod story;

//! The app used as a person uses it: in its real window, with the sign-in pages in a real browser, the
//! system's own dialogs, and a real keychain.
//!
//! Everything runs in a [desktop] of its own: display, window manager, message bus, keychain and home
//! folder are made for one test and end with it, so nobody's own session is touched. The tools come with
//! `cargo xtask test`; Linux only, because no other system's web view can be driven from outside.

mod app;
mod browser;
mod cards;
#[path = "../corpus/dir.rs"]
mod corpus_dir;
mod desktop;
mod driver;
#[path = "../hard-person/table.rs"]
mod hard;
mod heard;
mod in_a_real_window;
mod page;
mod paper;
#[allow(dead_code, reason = "the person at a desk does more than is needed here")]
#[path = "../app/person.rs"]
mod person;
mod prepared;
mod program;
#[path = "../catalogue/sayable.rs"]
mod sayable;
mod window;

/// Why a step did not work, in words.
type Failure = Box<dyn std::error::Error>;
/// What a step gives.
type Step<T> = Result<T, Failure>;

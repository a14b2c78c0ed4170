//! Everything the app says, in the person's language: for window, paper and terminal.
//!
//! [`catalogue`] has the messages, [`dates`] says dates, [`glossary`] explains what is measured and diagnosed.
//!
//! **Invariants.** Pure: no I/O, no clock. Nothing here reads a sentence back.

pub mod catalogue;
pub mod dates;
pub mod glossary;

pub use catalogue::{Arg, Language, Words};
pub use glossary::{Explanation, explain};

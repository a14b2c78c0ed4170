//! Everything the app says, in the person's language: for window, paper and terminal.
//!
//! In the order a reader needs it: [`Words`] is the catalogue, [`Speech`] says things by it for one person on one day:
//! [`dates`] as people of that region write them, [`quantity`] what was measured, [`code`] codes without words,
//! [`timing`] and [`dosage`] how a medicine is taken, [`detail`] everything else an entry holds. [`glossary`] explains what
//! is measured and diagnosed, [`topics`] names what facts are about, [`lay`] knows what a search by a lay word means.
//!
//! **Invariants.** Pure: no I/O, no clock. Nothing here reads a sentence back. What a sender wrote goes through
//! [`Speech::sent`] and comes out as it was sent.

pub mod catalogue;
pub mod code;
pub mod dates;
pub mod detail;
pub mod dosage;
pub mod format;
pub mod glossary;
pub mod language;
pub mod lay;
pub mod quantity;
pub mod speech;
pub mod status;
pub mod timing;
pub mod topics;

pub use catalogue::{Arg, SENT, Words, files};
pub use format::{Clock, DateOrder, Formats, region};
pub use glossary::{Explanation, explain};
pub use language::Language;
pub use speech::Speech;

//! How the names of things in medicine are written: illnesses, medicines, substances, vaccines and operations.
//!
//! In the order a reader needs it: [`spelling`] makes two ways to write a name alike, [`spelling_of_medicines`] leaves out what stands
//! around a medicine's name, [`qualifiers`] reads names more loosely, [`medicine`] reads how strong one is and in which form; [`rows`] are
//! the lines of a shipped table. [`making`] makes of the table of topics what a process looks in, when the app is built, and [`built`] is
//! how it is written and read.
//!
//! **Invariant.** Pure: no I/O, no clock, no randomness, and nothing of FHIR, for it is compiled once more to build `wholechart-record`.

pub mod built;
pub mod decimal;
pub mod making;
pub mod medicine;
pub mod qualifiers;
pub mod rows;
pub mod spelling;
pub mod spelling_of_medicines;

//! Reads FHIR JSON of three releases (DSTU2 1.0.2, STU3 3.0.2, R4 4.0.1) leniently into entries a person can read.
//!
//! In the order a reader needs it: [`split`] cuts a page or a file into resources by bytes, [`content_hash`]
//! says whether a version is new, [`read`] turns one resource into an [`Entry`].
//!
//! **Invariants.** Pure: no I/O, no clock, no randomness. Reading never fails as a whole: what could not be
//! understood costs its own field and is named in [`Entry::problems`].

mod date;
mod entry;

pub use date::{Day, FhirDate, Offset, Precision};
pub use entry::{
    Attachment, Coding, Component, Detail, Entry, EntryDate, DateRole, Kind, Problem, Quantity, Reference,
    ReferenceRange, Release, StatusGroup, TitleSource, Value,
};

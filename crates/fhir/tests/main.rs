//! Everything the crate promises, by rule.

mod corpus;
#[path = "../../../tests/corpus/dir.rs"]
mod corpus_dir;
mod dates;
mod hostile;
mod invariants;
mod nasty;
mod neighbours;
mod pages;
mod properties;
mod reading;
mod releases;
mod triplets;
mod twins;
mod versions;

use wholechart_fhir::{Entry, ReadOptions, Release, read};

/// Reads one resource written in the test.
fn entry(release: Release, json: &str) -> Entry {
    read(json.as_bytes(), &ReadOptions::new(release)).expect("a resource")
}

fn r4(json: &str) -> Entry {
    entry(Release::R4, json)
}

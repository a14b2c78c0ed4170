//! Everything the crate promises, by rule.

mod corpus;
#[path = "../../../tests/corpus/dir.rs"]
mod corpus_dir;
mod invariants;
mod walk;

//! Everything the crate promises, by rule.

mod corpus;
#[path = "../../../tests/corpus/dir.rs"]
mod corpus_dir;
mod hostile;
mod invariants;
mod properties;
mod walk;
mod written;

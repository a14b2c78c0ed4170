//! What the rules join and what they must not; laws of merging; what a summary picks.

mod conflicts;
mod corpus;
mod cost;
mod folds;
#[allow(clippy::pedantic, reason = "a description of what vendors do, read as data")]
mod grown;
mod grown_joins;
#[allow(clippy::pedantic, reason = "a description of what people call things, read as data")]
mod grown_topics;
mod kept;
mod labelled;
mod laws;
mod readings;
mod rules;
mod said;
mod says;
mod strangers;
mod summaries;
mod topics;
mod trends;
mod truth;

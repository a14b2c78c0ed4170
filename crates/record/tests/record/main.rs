//! What the rules join and what they must not; laws of merging; what a summary picks.

mod conflicts;
mod corpus;
mod cost;
mod labelled;
mod laws;
mod rules;
mod said;
mod says;
mod strangers;
mod summaries;
mod trends;
mod truth;

//! What a fact is: entries of one person that say the same thing, as timeline and summary.
//!
//! In the order a reader needs it: a [`Member`] is an entry with its key; a [`Merger`] puts members
//! together into [`Fact`]s by the rules of [`RULES`], heeding [`VETOES`] and [`Decision`]s; [`summary`] picks what is current.
//!
//! **Invariants.** Pure: no I/O, no clock, no randomness. Every entry is in exactly one fact. The order in which
//! entries arrive never matters. Two members that contradict each other are never in one fact, unless a person said so.

mod codes;
mod compare;
mod conflict;
mod equivalents;
mod fact;
mod glossary;
mod ids;
mod medicine;
mod merge;
mod merger;
mod prepared;
mod rules;
mod summary;
mod words;

pub use conflict::{About, Choice, Conflict, NOT_LISTED, Statement, Wish, wish};
pub use equivalents::{EQUIVALENTS, Equivalent, Origin};
pub use fact::{Decision, Fact, Flag, Join, Likely, Member, Question, Strength, Verdict};
pub use glossary::{Explanation, explain};
pub use ids::{ConnectionId, EntryKey, FactId, PersonId};
pub use merge::{best_member, merge};
pub use merger::{DECIDED, Merger, TOLD_AGAIN, Touched};
pub use rules::{RULES, Rule, VETOES, Veto};
pub use summary::{Ask, Item, Section, SectionName, Summary, summary};

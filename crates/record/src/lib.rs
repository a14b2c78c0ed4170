//! What a fact is: entries of one person that say the same thing, as timeline and summary.
//!
//! In the order a reader needs it: a [`Member`] is an entry with its key; [`merge`] puts members together into
//! [`Fact`]s by the rules of [`RULES`]; [`summary`] picks what is current.
//!
//! **Invariants.** Pure: no I/O, no clock, no randomness. Every entry is in exactly one fact. The order in which
//! entries arrive never matters. Two members that contradict each other are never in one fact.

mod compare;
mod fact;
mod ids;
mod merge;
mod rules;
mod summary;

pub use fact::{Conflict, Fact, Flag, Join, Member, Strength};
pub use ids::{ConnectionId, EntryKey, FactId, PersonId};
pub use merge::{best_member, merge};
pub use rules::{RULES, Rule, SAME_RESOURCE_TWO_BASES, SAME_RESULT, SAME_VACCINE_SAME_DAY};
pub use summary::{Ask, Item, Section, SectionName, Summary, summary};

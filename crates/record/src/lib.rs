//! What a fact is: entries of one person that say the same thing, as timeline and summary.
//!
//! **Invariants.** Pure: no I/O, no clock, no randomness. Every entry is in exactly one fact. The order in which
//! entries arrive never matters.

mod fact;
mod ids;

pub use fact::{Conflict, Fact, Flag, Join, Member, Strength};
pub use ids::{ConnectionId, EntryKey, FactId, PersonId};

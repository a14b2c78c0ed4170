//! What a fact is: entries of one person that say the same thing, as timeline and summary.
//!
//! In the order a reader needs it: a [`Member`] is an entry with its key; a [`Merger`] puts members
//! together into [`Fact`]s by the rules of [`RULES`], heeding [`VETOES`] and [`Decision`]s; [`summary`] picks what is current.
//!
//! **Invariants.** Pure: no I/O, no clock, no randomness. Every entry is in exactly one fact. The order in which
//! entries arrive never matters. Two members that contradict each other are never in one fact, unless a person said so.

mod analyte;
mod codes;
mod compare;
mod confirmed;
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
mod state;
mod summary;
mod trend;
mod units;
mod words;

pub use analyte::{ANALYTES, Analyte, PANELS, analyte_of_thing, place_in_panel, thing};
pub use confirmed::{Confirmed, dated_statements, is_doubtful, last_confirmed, was_to_end};
pub use conflict::{About, Choice, Conflict, NOT_LISTED, Statement, Wish, wish};
pub use equivalents::{EQUIVALENTS, Equivalent, Origin};
pub use fact::{Decision, Fact, Flag, Join, Likely, Member, Question, Strength, Verdict};
pub use glossary::{Explanation, explain};
pub use ids::{ConnectionId, EntryKey, FactId, PersonId};
pub use merge::{best_member, merge, valued_member};
pub use merger::{DECIDED, Merger, TOLD_AGAIN, Touched};
pub use rules::{RULES, Rule, VETOES, Veto};
pub use summary::{
    Ask, Item, LeftOut, SUMMARY_YEARS, Section, SectionName, Summary, is_current, is_done, is_said, summary,
    summary_without,
};
pub use trend::{Measure, Placed, Point, measure, place, units_of};
pub use units::{figure_in, unit_of, unit_shown};

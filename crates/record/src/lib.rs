//! What a fact is: entries of one person that say the same thing, as timeline and summary.
//!
//! In the order a reader needs it: a [`Member`] is an entry with its key; a [`Merger`] puts members
//! together into [`Fact`]s by the rules of [`RULES`], heeding [`VETOES`] and [`Decision`]s; [`summary`] picks what is current.
//!
//! **Invariants.** Pure: no I/O, no clock, no randomness. Every entry is in exactly one fact. The order in which
//! entries arrive never matters. Two members that contradict each other are never in one fact, unless a person said so.

mod compare;
mod conflict;
mod current;
mod fact;
mod fold;
mod hash;
mod ids;
mod kinds;
mod measure;
mod merge;
mod shipped;
mod title;
mod topic;

pub use conflict::regimen::is_same_regimen;
pub use conflict::{About, Choice, Conflict, Says, Statement, Wish, wish};
pub use current::confirmed::{
    Confirmed, dated_statements, is_doubtful, last_confirmed, supply_until, taken_since, was_to_end,
};
pub use current::ended::Ended;
pub use current::people::with_own_part;
pub use current::received::as_received;
pub use current::said::{Mark, Said, SaidBy, elements};
pub use current::state::{is_current, is_done, is_over, is_said, listing};
pub use current::summary::{
    Ask, Item, LeftOut, SUMMARY_YEARS, Section, SectionName, Summary, Whose, summary, summary_without, whose,
};
pub use fact::{Decision, Equal, Evidence, Fact, Flag, Join, Likely, Member, Strength, Verdict};
pub use fold::{Folds, Manner, Ties, manner};
pub use ids::{ConnectionId, EntryKey, FactId, OWN, PersonId};
pub use measure::analyte::{ANALYTES, Analyte, PANELS, analyte_of_thing, place_in_panel, thing, thing_of};
pub use measure::trend::{Measure, Placed, Point, measure, place, units_of};
pub use measure::units::{figure_in, unit_of, unit_shown};
pub use merge::best::{best_member, told_alone, valued_member};
pub use merge::engine::{DECIDED, Looked, Merger, SentTogether, TOLD_AGAIN, Touched};
pub use merge::lookup::{Filed, Lookup, Number, tied_to};
pub use merge::medicine::{same_strength, strength};
pub use merge::merge;
pub use merge::rules::{RULES, Rule, VETOES, Veto};
pub use title::tells_side;
pub use topic::{
    Handles, Known, Placement, Sensitive, Standing, TOPICAL, Topic, TopicFact, Trait, all_sensitive_in,
    group, known, occasions, says_more, sensitive_codes, sensitive_in, standing, topic_of, topic_of_title,
    within_class,
};

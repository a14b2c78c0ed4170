//! Entries into facts.
//!
//! In the order a reader needs it: [`prepared`] is what the rules look at, [`codes`] says when two codes mean one thing,
//! [`known`] what the record knows as a whole, [`lookup`] where entries are that are not held, [`medicine`] reads a medicine's name, [`rules`] has the rules and vetoes,
//! [`engine`] keeps facts while entries come and go, [`best`] says which member speaks for a fact.

pub(crate) mod best;
pub(crate) mod codes;
pub(crate) mod engine;
pub(crate) mod known;
pub(crate) mod lookup;
pub(crate) mod medicine;
pub(crate) mod prepared;
pub(crate) mod rules;

use chrono_tz::Tz;

use crate::fact::{Fact, Member};
use engine::Merger;

/// Puts one person's entries together into facts: every entry is in exactly one. The facts come sorted by id; they are
/// the same whatever the order of `members`, whose keys are distinct.
///
/// `home` is the person's time zone: it decides the day of an instant stated as UTC.
pub fn merge(members: Vec<Member>, home: Tz) -> Vec<Fact> {
    let mut merger = Merger::new(home);
    merger.update(members, &[]);
    merger.into_facts()
}

//! What a person changes, where more than one table follows from it: who they are, what is the same, their notes.

use chrono::{DateTime, Utc};
use wholechart_record::{Decision, EntryKey, FactId, PersonId};

use crate::projection::{self, written};
use crate::table::{decisions, facts, lists, notes, people, search};
use crate::{Person, Store, StoreError};

impl Store {
    /// Adds or changes a person. A changed home zone moves days, so the person's facts are refreshed in the same
    /// transaction.
    pub fn save_person(&self, person: &Person) -> Result<(), StoreError> {
        self.project(&person.id, |tx, slot| {
            let before = people::find(tx, &person.id)?;
            people::put(tx, person)?;
            if before.is_some_and(|before| before.home_zone != person.home_zone) {
                projection::refresh(tx, &person.id, slot)?;
            }
            Ok(())
        })
    }

    /// Keeps what a person decided and merges the facts again, in one transaction. A later decision about the
    /// same two entries replaces the earlier one. True when any fact or question changed.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an unknown person.
    pub fn decide(
        &self,
        person: &PersonId,
        decided: &[Decision],
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        self.project(person, |tx, slot| {
            people::known(tx, person)?;
            let keep = || decided.iter().try_for_each(|decision| decisions::put(tx, person, decision, at));
            projection::after(tx, person, slot, keep, |merger, shelf| merger.decide_in(decided, shelf))
        })
    }

    /// Takes back what a person decided about these pairs: the rules speak again. True when any fact or question
    /// changed.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an unknown person.
    pub fn undecide(&self, person: &PersonId, pairs: &[(EntryKey, EntryKey)]) -> Result<bool, StoreError> {
        self.project(person, |tx, slot| {
            people::known(tx, person)?;
            let keep = || pairs.iter().try_for_each(|(a, b)| decisions::delete(tx, person, a, b));
            projection::after(tx, person, slot, keep, |merger, shelf| merger.forget_in(pairs, shelf))
        })
    }

    /// Keeps the note beside a fact, in the place of what stood there, and lets the search find it; an empty text
    /// deletes it. One transaction.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an unknown fact.
    pub fn set_note(&self, fact: &FactId, text: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(|tx| {
            let fact = facts::as_written(tx, fact)?.ok_or(StoreError::NoSuch("fact"))?;
            let facts::Written { n, person, sort, .. } = &fact;
            for (about, _) in notes::beside(tx, person, *n)? {
                notes::delete(tx, person, &about)?;
            }
            let text = text.trim();
            if !text.is_empty() {
                // Beside the member that gives the fact its id.
                let keys = facts::member_keys(tx, *n)?;
                notes::put(tx, person, keys.first().ok_or(StoreError::Inconsistent("fact"))?, text, at)?;
            }
            let said = search::said(tx, person, *n, &fact.title)?;
            let number = search::person_number(tx, person)?;
            let place = search::Place::of(number, *n, *sort)?;
            search::remove(tx, place)?;
            search::insert(tx, place, &said)?;
            let fields = lists::written(tx, *n)?.unwrap_or_default();
            facts::set_digest(tx, *n, &written::digest(&fact.row, &fact.body, &fields, &said))
        })
    }
}

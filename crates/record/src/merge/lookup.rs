//! What a [`Merger`](super::engine::Merger) need not hold: entries are found by numbers that follow from what merging looks
//! at, so a change reads what it may concern and nothing else.
//!
//! Facts that fold are found in the same way.
//!
//! A number says less than what it is made of: who asks for one may be given facts that have nothing to do with it, which
//! costs time and changes nothing.

use std::collections::BTreeSet;
use std::convert::Infallible;

use wholechart_fhir::{Day, Kind};

use crate::fact::{Fact, Member};
use crate::hash::{hash, hash_of};
use crate::ids::{ConnectionId, EntryKey, FactId};
use crate::merge::prepared::Prepared;

/// A number by which an entry is found.
pub type Number = i32;

/// Numbers of so many days stand together.
const DAYS_TOGETHER: i64 = 32;

/// A fact as it was put together last, with every entry that says it.
#[derive(Debug, Clone)]
pub struct Filed {
    /// The fact.
    pub fact: Fact,
    /// Its members as they were when it was put together.
    pub members: Vec<Member>,
}

/// Where facts and entries are that a merger does not hold. What it is given may hold more than was asked for.
pub trait Lookup {
    /// Why they cannot be read.
    type Error;

    /// The facts with an entry that is found by one of these numbers.
    ///
    /// # Errors
    /// They cannot be read.
    fn found_by(&mut self, numbers: &BTreeSet<Number>) -> Result<Vec<Filed>, Self::Error>;

    /// The facts that these entries are in; an entry that is in none is left out.
    ///
    /// # Errors
    /// They cannot be read.
    fn with(&mut self, entries: &BTreeSet<EntryKey>) -> Result<Vec<Filed>, Self::Error>;

    /// These facts; one that is not there is left out.
    ///
    /// # Errors
    /// They cannot be read.
    fn facts(&mut self, ids: &BTreeSet<FactId>) -> Result<Vec<Filed>, Self::Error>;
}

/// Of a merger that holds all there is.
pub(crate) struct Nowhere;

impl Lookup for Nowhere {
    type Error = Infallible;

    fn found_by(&mut self, _: &BTreeSet<Number>) -> Result<Vec<Filed>, Infallible> {
        Ok(Vec::new())
    }

    fn with(&mut self, _: &BTreeSet<EntryKey>) -> Result<Vec<Filed>, Infallible> {
        Ok(Vec::new())
    }

    fn facts(&mut self, _: &BTreeSet<FactId>) -> Result<Vec<Filed>, Infallible> {
        Ok(Vec::new())
    }
}

/// Of what goes by a code, of whatever kind.
pub(crate) fn of_code(code: u64) -> Number {
    number(hash_of(&(hash(&["code"]), code)))
}

/// Of everything of a kind; only where the kind as a whole is looked at.
pub(crate) fn of_kind(kind: Kind) -> Number {
    number(hash(&["kind", kind.as_str()]))
}

/// Of vaccines around a day (days since 1970).
pub(crate) fn of_shot(day: i64) -> Number {
    number(hash(&["shot", &day.div_euclid(DAYS_TOGETHER).to_string()]))
}

/// Of what is tied to a fact.
pub fn tied_to(fact: &FactId) -> Number {
    number(hash(&["tied", &fact.0]))
}

/// Of what a source tells of a minute.
pub(crate) fn of_minute(teller: &ConnectionId, day: Day, minute: u32) -> Number {
    number(hash(&["minute", &teller.0, &day.to_string(), &minute.to_string()]))
}

impl Prepared {
    /// Of a key. What has a day is found by kind and day: that is one number instead of one for each name it goes by.
    pub(crate) fn number_of(&self, (code, rest): (u64, u64)) -> Number {
        let entry = &self.member.entry;
        let undated = [&["content"], &[entry.kind.as_str()], &[entry.resource_type.as_str()]];
        if undated.iter().any(|parts| rest == hash(*parts)) {
            number(hash_of(&(code, rest)))
        } else {
            number(rest)
        }
    }

    /// All numbers that an entry with these keys is found by.
    pub(crate) fn numbers(&self, keys: &[(u64, u64)]) -> BTreeSet<Number> {
        let kind = self.kind();
        let mut numbers: BTreeSet<Number> = keys.iter().map(|key| self.number_of(*key)).collect();
        numbers.extend(self.codes.iter().map(|code| of_code(code.id)));
        if matches!(kind, Kind::Allergy | Kind::Patient) {
            numbers.insert(of_kind(kind));
        }
        if kind == Kind::Vaccine {
            numbers.extend(self.day().and_then(crate::conflict::find::number_of).map(of_shot));
        }
        numbers
    }
}

/// The upper half: the lower one of a product alone would be that of its factors.
fn number(hash: u64) -> Number {
    u32::try_from(hash >> 32).unwrap_or_default().cast_signed()
}

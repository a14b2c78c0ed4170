//! Facts and entries of a person as they are in the file, for a merger that does not hold them.

use std::collections::BTreeSet;

use rusqlite::Connection as Sqlite;
use wholechart_record::{EntryKey, Fact, FactId, Filed, Lookup, Member, Number, PersonId};

use crate::table::{entries, facts, found};
use crate::{StoreError, key};

/// A person's facts in the file.
pub(crate) struct Shelf<'t> {
    db: &'t Sqlite,
    person: &'t PersonId,
    /// `search_person.n`
    number: i64,
}

impl<'t> Shelf<'t> {
    /// `number` is the person's in `search_person`.
    pub(crate) fn new(db: &'t Sqlite, person: &'t PersonId, number: i64) -> Shelf<'t> {
        Shelf { db, person, number }
    }

    /// A number as it is in the file, where all persons' entries are found by one index.
    #[expect(clippy::cast_possible_truncation, reason = "it only has to differ between persons")]
    pub(crate) fn own(&self, number: Number) -> Number {
        // The golden ratio spreads small numbers over all of them.
        number.wrapping_add((self.number as Number).wrapping_mul(0x9e37_79b1_u32.cast_signed()))
    }

    fn filed(&self, rows: &BTreeSet<i64>) -> Result<Vec<Filed>, StoreError> {
        let mut all = Vec::with_capacity(rows.len());
        for n in rows {
            let Some(fact): Option<Fact> = facts::body(self.db, *n, self.person)? else { continue };
            let members = entries::as_merged(self.db, *n)?;
            let members = members.into_iter().map(|(key, held)| Member { key, entry: held.entry }).collect();
            all.push(Filed { fact, members });
        }
        Ok(all)
    }
}

impl Lookup for Shelf<'_> {
    type Error = StoreError;

    fn found_by(&mut self, numbers: &BTreeSet<Number>) -> Result<Vec<Filed>, StoreError> {
        let mut rows = BTreeSet::new();
        for number in numbers {
            rows.extend(found::facts_by(self.db, self.own(*number))?);
        }
        self.filed(&rows)
    }

    fn with(&mut self, keys: &BTreeSet<EntryKey>) -> Result<Vec<Filed>, StoreError> {
        let mut rows = BTreeSet::new();
        for key in keys {
            if let Some(resource) = key::resource(self.db, key)? {
                rows.extend(facts::of_resource(self.db, resource)?);
            }
        }
        self.filed(&rows)
    }

    fn facts(&mut self, ids: &BTreeSet<FactId>) -> Result<Vec<Filed>, StoreError> {
        let mut rows = BTreeSet::new();
        for id in ids {
            rows.extend(facts::number(self.db, id)?.map(|(n, _)| n));
        }
        self.filed(&rows)
    }
}

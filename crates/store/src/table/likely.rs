//! Table `likely`: facts that are probably one, and are shown together without being joined. Derived: written by the projection with
//! the facts.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rusqlite::{Connection as Sqlite, Row, Transaction};
use wholechart_record::{FactId, Likely, PersonId};

use crate::rows::{json, json_at};
use crate::{Store, StoreError};

/// Two facts that are probably one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikelyPair {
    /// The smaller id.
    pub one: FactId,
    /// The other.
    pub other: FactId,
    /// Why, and an entry of each.
    pub why: Likely,
}

impl LikelyPair {
    /// The one that `fact` is probably the same as.
    pub fn beside(&self, fact: &FactId) -> Option<&FactId> {
        match (*fact == self.one, *fact == self.other) {
            (true, _) => Some(&self.other),
            (_, true) => Some(&self.one),
            _ => None,
        }
    }
}

impl Store {
    /// Which facts of a person are probably one, in the order of their ids.
    pub fn likely(&self, person: &PersonId) -> Result<Vec<LikelyPair>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT one, other, json FROM likely WHERE person = ?1 ORDER BY one, other",
            )?;
            query.query_and_then([&person.0], pair)?.collect()
        })
    }

    /// What a fact is probably the same as.
    pub fn likely_of(&self, fact: &FactId) -> Result<Vec<LikelyPair>, StoreError> {
        self.read(|db| of(db, fact))
    }
}

/// What a fact is probably the same as, in the order of the ids.
fn of(db: &Sqlite, fact: &FactId) -> Result<Vec<LikelyPair>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT one, other, json FROM likely WHERE one = ?1 UNION SELECT one, other, json FROM likely WHERE other = ?1
         ORDER BY 1, 2",
    )?;
    query.query_and_then([&fact.0], pair)?.collect()
}

/// Every fact of a person that is probably the same as another one.
pub(crate) fn all(db: &Sqlite, person: &PersonId) -> Result<HashSet<FactId>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT one FROM likely WHERE person = ?1 UNION SELECT other FROM likely WHERE person = ?1",
    )?;
    Ok(query.query_map([&person.0], |row| row.get(0).map(FactId))?.collect::<Result<_, _>>()?)
}

fn pair(row: &Row<'_>) -> Result<LikelyPair, StoreError> {
    Ok(LikelyPair { one: FactId(row.get(0)?), other: FactId(row.get(1)?), why: json_at(row, 2, "likely")? })
}

/// Writes the pairs of what was looked at again where they differ from those there. True when any did. Pairs are of facts
/// that were looked at together, so what was not looked at has none with what was.
pub(crate) fn write(
    tx: &Transaction<'_>,
    person: &PersonId,
    looked: &BTreeSet<FactId>,
    pairs: &[LikelyPair],
) -> Result<bool, StoreError> {
    let mut fresh: BTreeMap<(String, String), String> = BTreeMap::new();
    for LikelyPair { one, other, why } in pairs {
        let place = (one.0.clone(), other.0.clone());
        if let std::collections::btree_map::Entry::Vacant(first) = fresh.entry(place) {
            first.insert(json(why)?);
        }
    }
    let mut changed = false;
    for id in looked {
        let known: Vec<(String, String)> = tx
            .prepare_cached("SELECT other, json FROM likely WHERE person = ?1 AND one = ?2")?
            .query_map((&person.0, &id.0), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        for (other, text) in known {
            let place = (id.0.clone(), other);
            match fresh.get(&place) {
                Some(same) if *same == text => {
                    fresh.remove(&place);
                }
                _ => {
                    changed = true;
                    tx.prepare_cached("DELETE FROM likely WHERE person = ?1 AND one = ?2 AND other = ?3")?
                        .execute((&person.0, &place.0, &place.1))?;
                }
            }
        }
    }
    for ((one, other), text) in &fresh {
        changed = true;
        tx.prepare_cached("INSERT INTO likely (person, one, other, json) VALUES (?1, ?2, ?3, ?4)")?
            .execute((&person.0, one, other, text))?;
    }
    Ok(changed)
}

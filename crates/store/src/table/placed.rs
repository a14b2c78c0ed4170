//! Table `placed`: what a person put under another topic, or under one of its own. Entries go by their keys, so it outlives syncing
//! and rebuilding; it is deleted with the connections of its entries.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, Transaction};
use serde::{Deserialize, Serialize};
use wholechart_record::{ConnectionId, EntryKey, FactId, PersonId, Placement};

use super::facts;
use crate::rows::{from_json, json, millis};
use crate::{Store, StoreError};

/// Where a person put one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The entry.
    pub entry: EntryKey,
    /// An entry of the topic it was put under. `None`: it has a topic of its own.
    pub beside: Option<EntryKey>,
    /// When.
    pub at: i64,
}

impl Store {
    /// Puts a fact under the topic of another one, or under one of its own. Returns what was there before, for
    /// [`Store::place_back`].
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for a fact that is not this person's.
    pub fn place(
        &self,
        person: &PersonId,
        fact: &FactId,
        beside: Option<&FactId>,
        at: DateTime<Utc>,
    ) -> Result<Vec<(EntryKey, Option<Placed>)>, StoreError> {
        self.write(|tx| {
            let members = |fact: &FactId| {
                let (n, whose) = facts::number(tx, fact)?.ok_or(StoreError::NoSuch("fact"))?;
                if whose != *person {
                    return Err(StoreError::NoSuch("fact"));
                }
                facts::member_keys(tx, n)
            };
            let beside = match beside {
                Some(other) => Some(members(other)?.into_iter().next().ok_or(StoreError::NoSuch("fact"))?),
                None => None,
            };
            let known: BTreeMap<EntryKey, Placed> =
                of(tx, person)?.into_iter().map(|one| (one.entry.clone(), one)).collect();
            let mut before = Vec::new();
            for entry in members(fact)? {
                put(tx, person, &Placed { entry: entry.clone(), beside: beside.clone(), at: millis(at) })?;
                let was = known.get(&entry).cloned();
                before.push((entry, was));
            }
            Ok(before)
        })
    }

    /// Takes back what [`Store::place`] did.
    pub fn place_back(
        &self,
        person: &PersonId,
        before: &[(EntryKey, Option<Placed>)],
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            for (entry, was) in before {
                match was {
                    Some(was) => put(tx, person, was)?,
                    None => {
                        tx.prepare_cached("DELETE FROM placed WHERE person = ?1 AND entry = ?2")?
                            .execute((&person.0, json(entry)?))?;
                    }
                }
            }
            Ok(())
        })
    }
}

/// Where a person put facts: of several of its entries the one that was put last counts.
pub(crate) fn placements(db: &Sqlite, person: &PersonId) -> Result<BTreeMap<FactId, Placement>, StoreError> {
    let mut newest: BTreeMap<FactId, (i64, Placement)> = BTreeMap::new();
    for one in of(db, person)? {
        let Some(fact) = facts::of_entry(db, &one.entry)? else { continue };
        let place = match &one.beside {
            // What it was put beside is gone: it is found by itself again.
            Some(beside) => match facts::of_entry(db, beside)? {
                Some(beside) => Placement::Beside(beside),
                None => continue,
            },
            None => Placement::Own,
        };
        if newest.get(&fact).is_none_or(|(at, _)| *at < one.at) {
            newest.insert(fact, (one.at, place));
        }
    }
    Ok(newest.into_iter().map(|(fact, (_, place))| (fact, place)).collect())
}

/// Everything that a person put somewhere, the oldest first.
pub(crate) fn of(db: &Sqlite, person: &PersonId) -> Result<Vec<Placed>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT entry, beside, at FROM placed WHERE person = ?1 ORDER BY at, entry")?;
    let mut rows = query.query([&person.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (entry, beside): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        found.push(Placed {
            entry: from_json(&entry, "entry")?,
            beside: beside.map(|beside| from_json(&beside, "entry")).transpose()?,
            at: row.get(2)?,
        });
    }
    Ok(found)
}

/// Notes where a person put an entry.
pub(crate) fn put(tx: &Transaction<'_>, person: &PersonId, placed: &Placed) -> Result<(), StoreError> {
    let beside = placed.beside.as_ref().map(json).transpose()?;
    tx.prepare_cached(
        "INSERT INTO placed (person, entry, beside, at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (person, entry) DO UPDATE SET beside = excluded.beside, at = excluded.at",
    )?
    .execute((&person.0, json(&placed.entry)?, beside, placed.at))?;
    Ok(())
}

/// Deletes where entries of a connection that is forgotten were put, and what was put beside them.
pub(crate) fn forget(tx: &Transaction<'_>, connection: &ConnectionId) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM placed WHERE json_extract(entry, '$.connection') = ?1 OR json_extract(beside, '$.connection') = ?1",
        [&connection.0],
    )?;
    Ok(())
}

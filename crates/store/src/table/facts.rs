//! Tables `fact`, `fact_body` and `fact_member`: what a person's entries come to. Derived: written by the projection.
//!
//! `fact` is narrow and indexed for lists, because scans of an encrypted file are slow; `fact_body` holds the whole
//! fact, and `fact_member` which fact each entry belongs to. Pages of the timeline are read in `timeline.rs`.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

use rusqlite::types::Value;
use rusqlite::{Connection as Sqlite, OptionalExtension, Row, Transaction};
use wholechart_fhir::{DateRole, Kind, StatusGroup};
use wholechart_record::{ConnectionId, EntryKey, Fact, FactId, Member, PersonId, is_said};

use super::entries::{self, Entries};
use super::shown::FactRow;
use super::versions::{self, VersionId, VersionRow};
use super::{conflicts, likely, ties};
use crate::key::{self, KEY_COLUMNS, KEYED, key};
use crate::packed::text_at;
use crate::rows::json_at;
use crate::sort::{day_number, sort_key};
use crate::{Store, StoreError};

/// A member of a fact with the versions behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberRow {
    /// The entry and its key.
    pub member: Member,
    /// Versions held, newest first; the entry was read from the first.
    pub versions: Vec<VersionRow>,
}

/// What is written of a fact beside the columns that come from itself.
pub(crate) struct Fresh<'a> {
    /// A [`FactRow`] as packed JSON.
    pub(crate) row: &'a Value,
    /// The [`Fact`] as packed JSON.
    pub(crate) body: &'a Value,
    pub(crate) digest: &'a [u8],
    /// The fact it is shown under.
    pub(crate) under: Option<&'a FactId>,
}

/// A fact as it is written.
pub(crate) struct Written {
    pub(crate) n: i64,
    pub(crate) person: PersonId,
    pub(crate) sort: i64,
    pub(crate) title: String,
    /// A [`FactRow`] as JSON.
    pub(crate) row: String,
    /// The [`Fact`] as JSON.
    pub(crate) body: String,
}

impl Store {
    /// One fact as lists show it.
    pub fn fact_row(&self, id: &FactId) -> Result<Option<FactRow>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!("SELECT {SHOWN} FROM fact f WHERE f.id = ?1"))?;
            query.query_and_then([&id.0], |row| row_at(db, row, 0))?.next().transpose()
        })
    }

    /// The documents in which a version stands, as the facts that they are themselves, the newest first. None for what is
    /// no part of a document, and for a document itself.
    pub fn documents_of(&self, version: VersionId) -> Result<Vec<FactRow>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT f.id FROM slice l JOIN document d ON d.n = l.document
                 JOIN slice w ON w.document = d.n AND w.start = 0 AND w.length = d.length
                 JOIN version v ON v.id = w.version JOIN fact_member m ON m.resource = v.resource JOIN fact f ON f.n = m.fact
                 WHERE l.version = ?1 AND w.version != l.version ORDER BY l.stated DESC, d.hash DESC",
            )?;
            let ids: Vec<FactId> =
                query.query_map([version.0], |row| row.get(0).map(FactId))?.collect::<Result<_, _>>()?;
            let mut rows: Vec<FactRow> = Vec::new();
            for id in ids {
                if rows.iter().all(|known| known.id != id) {
                    let mut query = db.prepare_cached(&format!("SELECT {SHOWN} FROM fact f WHERE f.id = ?1"))?;
                    let row = query.query_and_then([&id.0], |row| row_at(db, row, 0))?.next().transpose()?;
                    rows.extend(row);
                }
            }
            Ok(rows)
        })
    }

    /// The facts that say what a person's resource of this base, type and id says, whoever sent it.
    pub fn facts_at(
        &self,
        person: &PersonId,
        base: &str,
        resource_type: &str,
        id: &str,
    ) -> Result<Vec<FactRow>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT DISTINCT f.n, {SHOWN} FROM connection c JOIN source s ON s.connection = c.n
                 JOIN resource r ON r.source = s.n JOIN fact_member m ON m.resource = r.n JOIN fact f ON f.n = m.fact
                 WHERE c.person = ?1 AND s.base = ?2 AND r.type = ?3 AND r.fhir_id = ?4 ORDER BY f.n"
            ))?;
            query
                .query_and_then((&person.0, base, resource_type, id), |row| row_at(db, row, 1))?
                .collect()
        })
    }

    /// The facts that are shown under a fact, by time, undated last, then by title.
    pub fn held_under(&self, fact: &FactId) -> Result<Vec<FactRow>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT {SHOWN} FROM fact f WHERE f.under = ?1 AND f.under > ''
                 ORDER BY f.sort = 0, f.sort, f.title, f.id"
            ))?;
            query.query_and_then([&fact.0], |row| row_at(db, row, 0))?.collect()
        })
    }

    /// One fact with everything that says it.
    pub fn fact(&self, id: &FactId) -> Result<Option<(Fact, Vec<MemberRow>)>, StoreError> {
        self.read(|db| {
            let Some((n, person)) = number(db, id)? else { return Ok(None) };
            let fact = body(db, n, &person)?;
            let members = entries::of_fact(db, n)?
                .into_iter()
                .map(|(key, held)| {
                    let versions = versions::of(db, held.resource)?;
                    Ok(MemberRow { member: Member { key, entry: held.entry }, versions })
                })
                .collect::<Result<_, StoreError>>()?;
            Ok(fact.map(|fact| (fact, members)))
        })
    }

    /// Every fact of one person, or of all, one at a time, newest first, also those that are not on the timeline.
    /// Stops when `each` breaks.
    pub fn facts(
        &self,
        person: Option<&PersonId>,
        each: &mut dyn FnMut(PersonId, Fact) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.facts_and_rows(person, &mut |person, fact, _| each(person, fact))
    }

    /// The same, each with what lists show of it.
    pub fn facts_and_rows(
        &self,
        person: Option<&PersonId>,
        each: &mut dyn FnMut(PersonId, Fact, FactRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT f.person, b.json, {SHOWN} FROM fact f JOIN fact_body b ON b.fact = f.n
                 WHERE ?1 IS NULL OR f.person = ?1 ORDER BY f.person, f.sort DESC, f.id DESC"
            ))?;
            let mut rows = query.query([person.map(|person| &person.0)])?;
            while let Some(row) = rows.next()? {
                let fact = json_at(row, 1, "fact")?;
                if each(PersonId(row.get(0)?), fact, row_at(db, row, 2)?).is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    /// The fact an entry belongs to.
    pub fn fact_of(&self, key: &EntryKey) -> Result<Option<FactId>, StoreError> {
        self.read(|db| of_entry(db, key))
    }

    /// Whose fact it is.
    pub fn person_of(&self, fact: &FactId) -> Result<Option<PersonId>, StoreError> {
        self.read(|db| Ok(number(db, fact)?.map(|(_, person)| person)))
    }
}

/// Columns of `fact f` for [`row_at`]: its row; how many facts are shown under it; whether it is probably the same as another
/// one; whether an entry of it at least is reported no more. In one statement, because a page has hundreds of rows.
pub(crate) const SHOWN: &str = "f.row,
    (SELECT count(*) FROM fact u WHERE u.under = f.id AND u.under > ''),
    (EXISTS (SELECT 1 FROM likely WHERE one = f.id) OR EXISTS (SELECT 1 FROM likely WHERE other = f.id)),
    (EXISTS (SELECT 1 FROM missing)
     AND EXISTS (SELECT 1 FROM fact_member e JOIN missing g ON g.resource = e.resource WHERE e.fact = f.n))";

/// A fact as lists show it, from the columns [`SHOWN`] of a row, of which the first is at `column`.
pub(crate) fn row_at(db: &Sqlite, row: &Row<'_>, column: usize) -> Result<FactRow, StoreError> {
    let mut read: FactRow = json_at(row, column, "fact")?;
    read.holds = row.get(column + 1)?;
    read.likely = row.get(column + 2)?;
    if row.get(column + 3)? {
        read.gone = gone(db, &read.id)?;
    }
    Ok(read)
}

/// What is read with the rows of many facts of a person, each in one query.
pub(crate) struct Beside {
    holds: HashMap<FactId, u32>,
    likely: HashSet<FactId>,
    /// Of which an entry at least is reported no more.
    missing: HashSet<FactId>,
}

impl Beside {
    pub(crate) fn of(db: &Sqlite, person: &PersonId) -> Result<Beside, StoreError> {
        let holds = db
            .prepare_cached("SELECT under, count(*) FROM fact WHERE under > '' GROUP BY under")?
            .query_map([], |row| Ok((FactId(row.get(0)?), row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let missing = db
            .prepare_cached(
                "SELECT DISTINCT f.id FROM missing g JOIN fact_member m ON m.resource = g.resource
                 JOIN fact f ON f.n = m.fact WHERE f.person = ?1",
            )?
            .query_map([&person.0], |row| row.get(0).map(FactId))?
            .collect::<Result<_, _>>()?;
        Ok(Beside { holds, likely: likely::all(db, person)?, missing })
    }
}

/// The same as [`row_at`], with what was read before.
pub(crate) fn row_beside(
    db: &Sqlite,
    row: &Row<'_>,
    column: usize,
    beside: &Beside,
) -> Result<FactRow, StoreError> {
    let mut read: FactRow = json_at(row, column, "fact")?;
    if beside.missing.contains(&read.id) {
        read.gone = gone(db, &read.id)?;
    }
    read.holds = beside.holds.get(&read.id).copied().unwrap_or_default();
    read.likely = beside.likely.contains(&read.id);
    Ok(read)
}

/// Connections that told a fact and report nothing of it any more, sorted.
pub(crate) fn gone(db: &Sqlite, fact: &FactId) -> Result<Vec<ConnectionId>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT c.id FROM fact f JOIN fact_member m ON m.fact = f.n JOIN resource r ON r.n = m.resource
         JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection
         LEFT JOIN missing g ON g.resource = m.resource
         WHERE f.id = ?1
         GROUP BY c.id HAVING count(*) = count(g.resource) ORDER BY c.id",
    )?;
    Ok(query.query_map([&fact.0], |row| row.get(0).map(ConnectionId))?.collect::<Result<_, _>>()?)
}

/// The row number of a fact, and whose it is. `None` for an unknown fact.
pub(crate) fn number(db: &Sqlite, id: &FactId) -> Result<Option<(i64, PersonId)>, StoreError> {
    Ok(db
        .prepare_cached("SELECT n, person FROM fact WHERE id = ?1")?
        .query_row([&id.0], |row| Ok((row.get(0)?, PersonId(row.get(1)?))))
        .optional()?)
}

/// A fact as lists show it, by its row number.
pub(crate) fn row(db: &Sqlite, n: i64) -> Result<FactRow, StoreError> {
    let mut query = db.prepare_cached(&format!("SELECT {SHOWN} FROM fact f WHERE f.n = ?1"))?;
    let row = query.query_and_then([n], |row| row_at(db, row, 0))?.next().transpose()?;
    row.ok_or(StoreError::Inconsistent("fact"))
}

/// The fact an entry belongs to.
pub(crate) fn of_entry(db: &Sqlite, key: &EntryKey) -> Result<Option<FactId>, StoreError> {
    let Some(resource) = key::resource(db, key)? else { return Ok(None) };
    Ok(db
        .prepare_cached("SELECT f.id FROM fact_member m JOIN fact f ON f.n = m.fact WHERE m.resource = ?1")?
        .query_row([resource], |row| row.get(0).map(FactId))
        .optional()?)
}

/// The keys of a fact's members, sorted.
pub(crate) fn member_keys(db: &Sqlite, fact: i64) -> Result<Vec<EntryKey>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {KEY_COLUMNS} FROM {KEYED} JOIN fact_member m ON m.resource = r.n WHERE m.fact = ?1"
    ))?;
    let mut keys: Vec<EntryKey> =
        query.query_and_then([fact], |row| key(row, 0))?.collect::<Result<_, _>>()?;
    keys.sort();
    Ok(keys)
}

/// Whether a person has any.
pub(crate) fn any(db: &Sqlite, person: &PersonId) -> Result<bool, StoreError> {
    let mut query = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM fact WHERE person = ?1)")?;
    Ok(query.query_row([&person.0], |row| row.get(0))?)
}

/// A person's fact as it was put together last. `None`: the person has none with this row number.
pub(crate) fn body(db: &Sqlite, n: i64, person: &PersonId) -> Result<Option<Fact>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT b.json FROM fact f JOIN fact_body b ON b.fact = f.n WHERE f.n = ?1 AND f.person = ?2",
    )?;
    query.query_and_then((n, &person.0), |row| json_at(row, 0, "fact"))?.next().transpose()
}

/// The row number of the fact that a resource is a member of.
pub(crate) fn of_resource(db: &Sqlite, resource: i64) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT fact FROM fact_member WHERE resource = ?1")?
        .query_row([resource], |row| row.get(0))
        .optional()?)
}

/// A fact as it is written. `None` for an unknown fact.
pub(crate) fn as_written(db: &Sqlite, id: &FactId) -> Result<Option<Written>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT f.n, f.person, f.sort, f.title, f.row, b.json
         FROM fact f JOIN fact_body b ON b.fact = f.n WHERE f.id = ?1",
    )?;
    let written = |row: &Row<'_>| {
        Ok::<_, StoreError>(Written {
            n: row.get(0)?,
            person: PersonId(row.get(1)?),
            sort: row.get(2)?,
            title: row.get(3)?,
            row: text_at(row, 4, "fact")?,
            body: text_at(row, 5, "fact")?,
        })
    };
    query.query_and_then([&id.0], written)?.next().transpose()
}

/// The row number and the digest of a fact as it is written. `None` for an unknown fact.
pub(crate) fn digest(db: &Sqlite, id: &FactId) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    Ok(db
        .prepare_cached("SELECT n, digest FROM fact WHERE id = ?1")?
        .query_row([&id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Changes the digest of a fact, after what is searched of it changed.
pub(crate) fn set_digest(tx: &Transaction<'_>, n: i64, digest: &[u8]) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE fact SET digest = ?2 WHERE n = ?1")?.execute((n, digest))?;
    Ok(())
}

/// Adds a fact with its members. Returns its row number.
pub(crate) fn insert(
    tx: &Transaction<'_>,
    person: &PersonId,
    fact: &Fact,
    fresh: &Fresh<'_>,
    entries: &Entries,
) -> Result<i64, StoreError> {
    let member = |key| entries.get(key).ok_or(StoreError::Inconsistent("fact"));
    let mut connections = BTreeSet::new();
    for key in &fact.members {
        connections.insert(member(key)?.connection);
    }
    let told: Vec<String> = connections.iter().map(i64::to_string).collect();
    let withdrawn = matches!(fact.status_group, StatusGroup::EnteredInError | StatusGroup::Refuted);
    let n: i64 = tx
        .prepare_cached(
            "INSERT INTO fact (id, person, listed, sort, kind, title, status, flagged, until, told, digest, row, under)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) RETURNING n",
        )?
        .query_row(
            (
                &fact.id.0,
                &person.0,
                fact.kind.on_timeline() && fresh.under.is_none(),
                sort_key(fact.day, fact.second_of_day),
                fact.kind.as_str(),
                &fact.title.text,
                fact.status_group.as_str(),
                fact.flag.is_some() && !withdrawn,
                until(fact),
                format!(" {} ", told.join(" ")),
                fresh.digest,
                fresh.row,
                fresh.under.map_or("", |under| under.0.as_str()),
            ),
            |row| row.get(0),
        )?;
    tx.prepare_cached("INSERT INTO fact_body (fact, json) VALUES (?1, ?2)")?.execute((n, fresh.body))?;
    for key in &fact.members {
        tx.prepare_cached("INSERT INTO fact_member (resource, fact) VALUES (?1, ?2)")?
            .execute((member(key)?.resource, n))?;
    }
    conflicts::insert(tx, person, n, fact)?;
    Ok(n)
}

/// Deletes a fact. Its other rows, its place in the search and its counts go with it.
pub(crate) fn delete(tx: &Transaction<'_>, n: i64) -> Result<(), StoreError> {
    ties::forget(tx, n)?;
    tx.prepare_cached("DELETE FROM fact WHERE n = ?1")?.execute([n])?;
    Ok(())
}

/// The last day of a stay or a course of medicine that took several days, as yyyymmdd; else 0. Both ends must have
/// been stated as days of their own: nothing is drawn that nobody said. What was withdrawn, ruled out, not done or
/// cancelled took no time.
fn until(fact: &Fact) -> i64 {
    let stays = matches!(fact.kind, Kind::Visit | Kind::Medicine) && is_said(fact.status_group);
    let Some(date) = fact.date.as_ref().filter(|date| stays && date.role == DateRole::Clinical) else {
        return 0;
    };
    let (Some(start), Some(end)) = (&date.start, &date.end) else { return 0 };
    let (start, end) = (start.own_day(), end.own_day());
    if end > start && start.day.is_some() && end.day.is_some() {
        day_number(sort_key(Some(end), None))
    } else {
        0
    }
}

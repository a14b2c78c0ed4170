//! Table `entry`: the current version of each resource, read for people. Derived: written with the version it was read
//! from, completed by the projection from what its neighbours say, and made anew by a rebuild.

use std::collections::HashMap;
use std::ops::ControlFlow;

use chrono::{DateTime, Datelike, Days, Utc};
use rusqlite::{Connection as Sqlite, Row, Transaction};
use wholechart_fhir::{Day, Entry, Inference};
use wholechart_record::{EntryKey, Member, PersonId, as_received};

use super::versions::{VersionId, VersionRow};
use crate::key::{self, KEY_COLUMNS, KEYED, key};
use crate::packed::pack_json;
use crate::rows::{from_json, json, json_at, moment};
use crate::{Store, StoreError};

/// One entry with whose it is and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRow {
    /// Whose.
    pub person: PersonId,
    /// The entry and its key.
    pub member: Member,
    /// The version it was read from.
    pub version: VersionRow,
    /// How its release was found. `None` where the server, or the person, said it.
    pub inferred: Option<Inference>,
    /// When it was noticed that it is no longer reported. `None` while it is.
    pub gone: Option<DateTime<Utc>>,
}

/// An entry in full, with the row numbers behind its key.
pub(crate) struct Held {
    pub(crate) entry: Entry,
    pub(crate) resource: i64,
    pub(crate) connection: i64,
}

/// Entries in full, by key, as far as they were needed.
pub(crate) type Entries = HashMap<EntryKey, Held>;

impl Store {
    /// Every entry of one person, or of all, one at a time, in the order of their keys' parts. Stops when `each` breaks.
    ///
    /// Holds a reader, and with it the state of the record at the beginning, until it ends.
    pub fn entries(
        &self,
        person: Option<&PersonId>,
        each: &mut dyn FnMut(EntryRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT {KEY_COLUMNS}, e.json, c.person, v.id, v.received_at, v.url, i.how, g.since
                 FROM {KEYED} JOIN entry e ON e.resource = r.n JOIN version v ON v.id = e.version
                 LEFT JOIN inferred i ON i.resource = r.n LEFT JOIN missing g ON g.resource = r.n
                 WHERE ?1 IS NULL OR c.person = ?1 ORDER BY c.n, s.n, r.type, r.fhir_id"
            ))?;
            let mut rows = query.query([person.map(|person| &person.0)])?;
            while let Some(row) = rows.next()? {
                if each(entry_row(row)?).is_break() {
                    break;
                }
            }
            Ok(())
        })
    }
}

/// The entries a fact was made of, as they were then.
pub(crate) fn as_merged(db: &Sqlite, fact: i64) -> Result<Vec<(EntryKey, Held)>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {KEY_COLUMNS}, coalesce(t.before, e.json), r.n, c.n FROM {KEYED}
         JOIN fact_member m ON m.resource = r.n JOIN entry e ON e.resource = r.n
         LEFT JOIN stale t ON t.resource = r.n WHERE m.fact = ?1"
    ))?;
    query.query_and_then([fact], held)?.collect()
}

/// The entry of a resource that waits, as it was merged last. `None`: it was not merged.
pub(crate) fn before(db: &Sqlite, resource: i64) -> Result<Option<Entry>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT before FROM stale WHERE resource = ?1 AND before IS NOT NULL")?;
    query.query_and_then([resource], |row| json_at(row, 0, "entry"))?.next().transpose()
}

/// Resources of what came from the same base as this one.
pub(crate) fn of_base(db: &Sqlite, resource: i64) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT r.n FROM resource own JOIN source o ON o.n = own.source
         JOIN source s ON s.connection = o.connection AND s.base = o.base
         JOIN resource r ON r.source = s.n JOIN entry e ON e.resource = r.n WHERE own.n = ?1",
    )?;
    Ok(query.query_map([resource], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The entries a fact is made of, sorted by key.
pub(crate) fn of_fact(db: &Sqlite, fact: i64) -> Result<Vec<(EntryKey, Held)>, StoreError> {
    let mut query = db.prepare_cached(&select("JOIN fact_member m ON m.resource = r.n WHERE m.fact = ?1"))?;
    let mut members: Vec<_> = query.query_and_then([fact], held)?.collect::<Result<_, _>>()?;
    members.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(members)
}

/// The entry of a resource. `None`: the resource could not be read.
pub(crate) fn of_resource(db: &Sqlite, resource: i64) -> Result<Option<(EntryKey, Held)>, StoreError> {
    let mut query = db.prepare_cached(&select("WHERE r.n = ?1"))?;
    query.query_and_then([resource], held)?.next().transpose()
}

/// What a resource is known by. `None`: there is no such resource.
pub(crate) fn key_of(db: &Sqlite, resource: i64) -> Result<Option<EntryKey>, StoreError> {
    let mut query = db.prepare_cached(&format!("SELECT {KEY_COLUMNS} FROM {KEYED} WHERE r.n = ?1"))?;
    query.query_and_then([resource], |row| key(row, 0))?.next().transpose()
}

/// The entry with this key, as it was merged last where it waits.
///
/// # Errors
/// [`StoreError::Inconsistent`] when there is none: facts are made of entries that are here.
pub(crate) fn of_key(db: &Sqlite, key: &EntryKey) -> Result<Held, StoreError> {
    let resource = key::resource(db, key)?.ok_or(StoreError::Inconsistent("fact"))?;
    let (_, mut held) = of_resource(db, resource)?.ok_or(StoreError::Inconsistent("fact"))?;
    if let Some(before) = before(db, resource)? {
        held.entry = before;
    }
    Ok(held)
}

/// Adds an entry, or puts it in the place of the one read from an older version. The day on
/// which the version was received says what of it cannot be, and what was over by then.
pub(crate) fn put(
    tx: &Transaction<'_>,
    resource: i64,
    version: VersionId,
    entry: &Entry,
) -> Result<(), StoreError> {
    let received = tx
        .prepare_cached("SELECT received_at FROM version WHERE id = ?1")?
        .query_row([version.0], |row| moment(row.get(0)?))?;
    let mut entry = entry.clone();
    if let Some(tomorrow) = received.date_naive().checked_add_days(Days::new(1)) {
        let (month, day) = (Some(tomorrow.month()), Some(tomorrow.day()));
        as_received(&mut entry, Day { year: tomorrow.year(), month, day });
    }
    tx.prepare_cached(
        "INSERT INTO entry (resource, version, json) VALUES (?1, ?2, ?3)
         ON CONFLICT (resource) DO UPDATE SET version = excluded.version, json = excluded.json",
    )?
    .execute((resource, version.0, pack_json(&json(&entry)?)?))?;
    Ok(())
}

/// Takes an entry back: its resource stays. False when there was none.
pub(crate) fn delete(tx: &Transaction<'_>, resource: i64) -> Result<bool, StoreError> {
    Ok(tx.prepare_cached("DELETE FROM entry WHERE resource = ?1")?.execute([resource])? > 0)
}

/// Writes an entry that was completed from its neighbours.
pub(crate) fn rewrite(tx: &Transaction<'_>, held: &Held) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE entry SET json = ?2 WHERE resource = ?1")?
        .execute((held.resource, pack_json(&json(&held.entry)?)?))?;
    Ok(())
}

/// SQL for what [`held`] reads.
fn select(rest: &str) -> String {
    format!("SELECT {KEY_COLUMNS}, e.json, r.n, c.n FROM {KEYED} JOIN entry e ON e.resource = r.n {rest}")
}

fn held(row: &Row<'_>) -> Result<(EntryKey, Held), StoreError> {
    let held = Held { entry: json_at(row, 5, "entry")?, resource: row.get(6)?, connection: row.get(7)? };
    Ok((key(row, 0)?, held))
}

fn entry_row(row: &Row<'_>) -> Result<EntryRow, StoreError> {
    let inferred = row.get_ref(10)?.as_str_or_null().map_err(rusqlite::Error::from)?;
    Ok(EntryRow {
        person: PersonId(row.get(6)?),
        member: Member { key: key(row, 0)?, entry: json_at(row, 5, "entry")? },
        version: VersionRow {
            id: VersionId(row.get(7)?),
            received_at: moment(row.get(8)?)?,
            url: row.get(9)?,
        },
        inferred: inferred.map(|how| from_json(how, "inferred")).transpose()?,
        gone: row.get::<_, Option<i64>>(11)?.map(moment).transpose()?,
    })
}

//! Tables `derived_by`, `merged` and `stale`: what the derived rows were made with, and what waits to be derived.
//! Written by the projection; `stale` also with each entry, in its transaction, so that being killed in between loses
//! nothing.

use rusqlite::{Connection as Sqlite, OptionalExtension, Transaction};
use wholechart_fhir::{Entry, FhirDate};
use wholechart_record::{ConnectionId, PersonId};

use crate::StoreError;
use crate::sort::{day_number, sort_key};

/// Which reader and rules make derived rows. The app's version is part of it, so a release never shows rows that an
/// older one derived; raise the number for a change between releases.
pub(crate) const DERIVED_BY: &str = concat!(env!("CARGO_PKG_VERSION"), ".28");

/// What made the derived rows. `None` in a new file.
pub(crate) fn by(db: &Sqlite) -> Result<Option<String>, StoreError> {
    Ok(db.query_row("SELECT name FROM derived_by", [], |row| row.get(0)).optional()?)
}

/// Notes that the derived rows are made by this version.
pub(crate) fn set_by(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO derived_by (only, name) VALUES (1, ?1)
         ON CONFLICT (only) DO UPDATE SET name = excluded.name",
        [DERIVED_BY],
    )?;
    Ok(())
}

/// The home zone, and the connections as JSON, with which a person's facts were last merged. `None`: they have to be
/// made anew.
pub(crate) fn merged(db: &Sqlite, person: &PersonId) -> Result<Option<(String, String)>, StoreError> {
    Ok(db
        .prepare_cached("SELECT zone, listing FROM merged WHERE person = ?1")?
        .query_row([&person.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Notes with what a person's facts were merged.
pub(crate) fn set_merged(
    tx: &Transaction<'_>,
    person: &PersonId,
    zone: &str,
    listing: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO merged (person, zone, listing) VALUES (?1, ?2, ?3)
         ON CONFLICT (person) DO UPDATE SET zone = excluded.zone, listing = excluded.listing",
    )?
    .execute((&person.0, zone, listing))?;
    Ok(())
}

/// Lets the next refresh make a person's facts anew from all entries.
pub(crate) fn forget_merged(tx: &Transaction<'_>, person: &PersonId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM merged WHERE person = ?1")?.execute([&person.0])?;
    Ok(())
}

/// The same for the person of a connection.
pub(crate) fn forget_merged_of(tx: &Transaction<'_>, connection: &ConnectionId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM merged WHERE person = (SELECT person FROM connection WHERE id = ?1)")?
        .execute([&connection.0])?;
    Ok(())
}

/// Notes that the facts with this resource have to be looked at, before its entry is written: what is merged is the one that
/// is there; `entry` is what comes, where that is another one. A resource that is gone is left out.
pub(crate) fn mark_stale(
    tx: &Transaction<'_>,
    resource: i64,
    entry: Option<&Entry>,
) -> Result<(), StoreError> {
    let start = entry.and_then(|entry| entry.date.as_ref()?.start.as_ref()).map(FhirDate::own_day);
    tx.prepare_cached(
        "INSERT OR IGNORE INTO stale (resource, before, day) SELECT r.n, e.json, ?2 FROM resource r
         LEFT JOIN fact_member m ON m.resource = r.n LEFT JOIN entry e ON e.resource = m.resource WHERE r.n = ?1",
    )?
    .execute((resource, day_number(sort_key(start, None))))?;
    Ok(())
}

/// Throws away what was derived of a person's entries, which all wait afterwards. True when there was any fact.
pub(crate) fn unmerge(tx: &Transaction<'_>, person: &PersonId) -> Result<bool, StoreError> {
    tx.prepare_cached(
        "DELETE FROM found WHERE resource NOT IN (SELECT n FROM resource) OR resource IN
         (SELECT r.n FROM connection c JOIN source s ON s.connection = c.n JOIN resource r ON r.source = s.n
          WHERE c.person = ?1)",
    )?
    .execute([&person.0])?;
    for delete in [
        "DELETE FROM tied WHERE fact IN (SELECT n FROM fact WHERE person = ?1) OR fact NOT IN (SELECT n FROM fact)",
        "DELETE FROM together WHERE person IN (SELECT n FROM search_person WHERE person = ?1)",
        "DELETE FROM counted WHERE connection IN (SELECT n FROM connection WHERE person = ?1)",
        "DELETE FROM likely WHERE person = ?1",
        "INSERT INTO stale (resource, day) SELECT e.resource, coalesce(f.sort / 100000, 0) FROM connection c
         JOIN source s ON s.connection = c.n JOIN resource r ON r.source = s.n JOIN entry e ON e.resource = r.n
         LEFT JOIN fact_member m ON m.resource = r.n LEFT JOIN fact f ON f.n = m.fact WHERE c.person = ?1
         ON CONFLICT (resource) DO UPDATE SET before = NULL",
    ] {
        tx.prepare_cached(delete)?.execute([&person.0])?;
    }
    Ok(tx.prepare_cached("DELETE FROM fact WHERE person = ?1")?.execute([&person.0])? > 0)
}

/// Whether anything waits.
pub(crate) fn any_stale(db: &Sqlite) -> Result<bool, StoreError> {
    Ok(db.query_row("SELECT EXISTS (SELECT 1 FROM stale)", [], |row| row.get(0))?)
}

/// How many resources wait.
pub(crate) fn count_stale(db: &Sqlite) -> Result<u64, StoreError> {
    Ok(db.query_row("SELECT count(*) FROM stale", [], |row| row.get(0))?)
}

/// Resources of the person whose entries came or changed since the last refresh, those of the newest days first.
pub(crate) fn stale(db: &Sqlite, person: &PersonId) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT t.resource FROM stale t JOIN resource r ON r.n = t.resource JOIN source s ON s.n = r.source
         JOIN connection c ON c.n = s.connection WHERE c.person = ?1 ORDER BY t.day DESC, t.resource",
    )?;
    Ok(query.query_map([&person.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Notes that these resources do not wait any more.
pub(crate) fn no_longer_stale(tx: &Transaction<'_>, resources: &[i64]) -> Result<(), StoreError> {
    let mut query = tx.prepare_cached("DELETE FROM stale WHERE resource = ?1")?;
    for resource in resources {
        query.execute([resource])?;
    }
    Ok(())
}

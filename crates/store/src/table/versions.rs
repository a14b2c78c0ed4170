//! Tables `source`, `resource`, `version` and `inferred`: every version of every resource as it was sent. Written by
//! [`Store::commit_page`]; never changed, and deleted only with their connection.
//!
//! A resource is known by its source (a FHIR base or `file:`, in one release), its type and its id. The newest version
//! is the current one.

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};
use wholechart_fhir::{
    ContentHash, Entry, Inference, ReadOptions, Release, Unreadable, debug_without_record, read,
};
use wholechart_record::{ConnectionId, EntryKey, PersonId};

use super::brought;
use super::connections::number;
use super::dictionaries::{PACKED, Packing, Unpacking};
use super::slices;
use crate::incoming::Incoming;
use crate::key::{KEY_COLUMNS, KEYED, key};
use crate::rows::{from_word, json, millis, moment};
use crate::{Store, StoreError};

/// One stored version of one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct VersionId(pub i64);

/// One stored version, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// Pass to [`Store::version_bytes`].
    pub id: VersionId,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Where it was read from.
    pub url: String,
}

/// A resource exactly as it was sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Verbatim {
    /// Which resource.
    pub key: EntryKey,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Where it was read from.
    pub url: String,
    /// When.
    pub received_at: DateTime<Utc>,
}

debug_without_record!(Verbatim { key; bytes });

/// A version that is about to be stored.
pub(crate) struct Fresh<'a> {
    /// What came, with its bytes.
    pub(crate) incoming: &'a Incoming,
    pub(crate) hash: &'a ContentHash,
    pub(crate) received_at: DateTime<Utc>,
    /// Where it was read from, without tokens.
    pub(crate) url: &'a str,
    /// The provider's card says that midnight means "that day".
    pub(crate) midnight_means_day: bool,
    /// It is a part of a document, which has its bytes.
    pub(crate) is_slice: bool,
}

impl Store {
    /// A version exactly as it was sent.
    pub fn version_bytes(&self, id: VersionId) -> Result<Option<Verbatim>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!("{} WHERE v.id = ?1", verbatim_sql()))?;
            let mut unpacking = Unpacking::new(db);
            let sent = |row: &Row<'_>| {
                let bytes = unpacking.bytes(row, VERBATIM_BYTES)?;
                verbatim(row, bytes)
            };
            query.query_and_then([id.0], sent)?.next().transpose()
        })
    }

    /// The Patient resources that a person's connections sent, the newest version of each as it was sent; what a clinical
    /// document says of its person, as FHIR. Without those that are set aside.
    pub fn patients(&self, person: &PersonId) -> Result<Vec<Verbatim>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "{} WHERE c.person = ?1 AND r.type = 'Patient' AND r.n NOT IN (SELECT resource FROM set_aside)
                   AND v.id = (SELECT max(id) FROM version WHERE resource = r.n) ORDER BY v.id",
                verbatim_sql()
            ))?;
            let mut unpacking = Unpacking::new(db);
            let patient = |row: &Row<'_>| {
                let bytes = unpacking.resource(row, VERBATIM_BYTES)?;
                verbatim(row, bytes)
            };
            query.query_and_then([&person.0], patient)?.collect()
        })
    }

    /// A version as its connection's release reads it, and the one before it. `None` for an unknown version, or one
    /// that a later reader refuses.
    pub fn version_entries(
        &self,
        id: VersionId,
    ) -> Result<Option<(EntryKey, Option<Entry>, Entry)>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT {KEY_COLUMNS}, v.midnight_day, v.url, {PACKED} FROM {KEYED} JOIN version v ON v.resource = r.n
                 WHERE v.resource = (SELECT resource FROM version WHERE id = ?1) AND v.id <= ?1
                 ORDER BY v.id DESC LIMIT 2"
            ))?;
            let mut unpacking = Unpacking::new(db);
            let mut read = query.query_and_then([id.0], |row| {
                let key = key(row, 0)?;
                let url: String = row.get(6)?;
                let entry = entry(&unpacking.resource(row, 7)?, key.release, row.get(5)?, &url).ok();
                Ok::<_, StoreError>((key, entry))
            })?;
            let Some((key, Some(after))) = read.next().transpose()? else { return Ok(None) };
            Ok(Some((key, read.next().transpose()?.and_then(|(_, before)| before), after)))
        })
    }

    /// The release a resource is read as, where it is here already; of several the one it came as last. A file that
    /// says nothing is read as before, so that what comes again is the same resource.
    pub fn release_of(
        &self,
        connection: &ConnectionId,
        base: &str,
        resource_type: &str,
        id: &str,
    ) -> Result<Option<Release>, StoreError> {
        self.read(|db| {
            let word: Option<String> = db
                .prepare_cached(
                    "SELECT s.release FROM source s JOIN resource r ON r.source = s.n
                     WHERE s.connection = ?1 AND s.base = ?2 AND r.type = ?3 AND r.fhir_id = ?4
                     ORDER BY r.n DESC LIMIT 1",
                )?
                .query_row((number(db, connection)?, base, resource_type, id), |row| row.get(0))
                .optional()?;
            word.map(|word| from_word(word, "release")).transpose()
        })
    }

    /// The newest version of a resource that files brought a person, as it was kept; by its base, type and id.
    pub fn newest_of(
        &self,
        person: &PersonId,
        base: &str,
        resource_type: &str,
        id: &str,
    ) -> Result<Vec<Verbatim>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "{} WHERE c.person = ?1 AND s.base = ?2 AND r.type = ?3 AND r.fhir_id = ?4
                   AND v.id = (SELECT max(id) FROM version WHERE resource = r.n) ORDER BY v.id",
                verbatim_sql()
            ))?;
            let mut unpacking = Unpacking::new(db);
            let held = |row: &Row<'_>| {
                let bytes = unpacking.bytes(row, VERBATIM_BYTES)?;
                verbatim(row, bytes)
            };
            query.query_and_then((&person.0, base, resource_type, id), held)?.collect()
        })
    }

    /// How many of these (type, id, content hash) are held for a person as the newest version, whoever sent them.
    pub fn count_known(
        &self,
        person: &PersonId,
        contents: &[(String, String, String)],
    ) -> Result<usize, StoreError> {
        self.read(|db| {
            let sources: Vec<i64> = db
                .prepare_cached(
                    "SELECT s.n FROM source s JOIN connection c ON c.n = s.connection WHERE c.person = ?1",
                )?
                .query_map([&person.0], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let mut known = 0;
            for (resource_type, id, hash) in contents {
                for source in &sources {
                    if find_current(db, *source, resource_type, id)?.is_some_and(|(_, held)| held == *hash) {
                        known += 1;
                        break;
                    }
                }
            }
            Ok(known)
        })
    }

    /// For whom a version was sent.
    pub fn person_of_version(&self, version: VersionId) -> Result<Option<PersonId>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached(&format!(
                    "SELECT c.person FROM {KEYED} JOIN version v ON v.resource = r.n WHERE v.id = ?1"
                ))?
                .query_row([version.0], |row| row.get(0).map(PersonId))
                .optional()?)
        })
    }
}

/// The one way from a version's bytes to an entry: for a page that arrives, for a rebuild, and for a version that is
/// shown.
pub(crate) fn entry(
    bytes: &[u8],
    release: Release,
    midnight_means_day: bool,
    url: &str,
) -> Result<Entry, Unreadable> {
    let mut entry = read(bytes, &ReadOptions { release, midnight_means_day })?;
    entry.full_url = full_url(url).map(ToOwned::to_owned);
    Ok(entry)
}

/// What stands between a page's address and what a resource is called in the page.
const CALLED: &str = "#fullUrl=";

/// Where a resource was read from: its page, and what it is called there (`Bundle.entry.fullUrl`), where that is not what
/// its type and id say already.
pub(crate) fn url(page: &str, base: &str, incoming: &Incoming) -> String {
    let Some(own) = incoming.full_url.as_deref().map(str::trim).filter(|own| !own.is_empty()) else {
        return page.to_owned();
    };
    let id = incoming.id.as_deref().unwrap_or_default();
    let path = format!("{base}/{}/{id}", incoming.resource_type);
    if own == path || own.strip_prefix("urn:uuid:") == Some(id) {
        return page.to_owned();
    }
    format!("{page}{CALLED}{own}")
}

fn full_url(url: &str) -> Option<&str> {
    url.rsplit_once(CALLED).map(|(_, own)| own)
}

/// Takes note of what the current version of a resource is called now, where that is another name. Returns the version, read
/// by its new name.
pub(crate) fn renamed(
    tx: &Transaction<'_>,
    resource: i64,
    url: &str,
) -> Result<Option<(VersionId, Entry)>, StoreError> {
    let Some(called) = full_url(url) else { return Ok(None) };
    let known: Option<(i64, String, Release, bool)> = {
        let mut query = tx.prepare_cached(
            "SELECT v.id, v.url, s.release, v.midnight_day FROM version v
             JOIN resource r ON r.n = v.resource JOIN source s ON s.n = r.source
             WHERE v.resource = ?1 ORDER BY v.id DESC LIMIT 1",
        )?;
        query
            .query_and_then([resource], |row| {
                Ok::<_, StoreError>((
                    row.get(0)?,
                    row.get(1)?,
                    from_word(row.get(2)?, "release")?,
                    row.get(3)?,
                ))
            })?
            .next()
            .transpose()?
    };
    let Some((version, before, release, midnight_means_day)) = known else { return Ok(None) };
    if full_url(&before) == Some(called) {
        return Ok(None);
    }
    tx.prepare_cached("UPDATE version SET url = ?2 WHERE id = ?1")?.execute((version, url))?;
    let Some(bytes) = current_resource(tx, resource)? else { return Ok(None) };
    Ok(entry(&bytes, release, midnight_means_day, url).ok().map(|entry| (VersionId(version), entry)))
}

/// Versions of a resource, newest first.
pub(crate) fn of(db: &Sqlite, resource: i64) -> Result<Vec<VersionRow>, StoreError> {
    Ok(db
        .prepare_cached("SELECT id, received_at, url FROM version WHERE resource = ?1 ORDER BY id DESC")?
        .query_map([resource], |row| {
            Ok(VersionRow { id: VersionId(row.get(0)?), received_at: moment(row.get(1)?)?, url: row.get(2)? })
        })?
        .collect::<Result<_, _>>()?)
}

/// The bytes of one version. `None`: there is no such version.
pub(crate) fn bytes_of(
    db: &Sqlite,
    unpacking: &mut Unpacking<'_>,
    id: VersionId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let mut query = db.prepare_cached(&format!("SELECT {PACKED} FROM version v WHERE v.id = ?1"))?;
    query.query_and_then([id.0], |row| unpacking.bytes(row, 0))?.next().transpose()
}

/// A resource's current version, as FHIR.
pub(crate) fn current_resource(db: &Sqlite, resource: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {PACKED} FROM version v WHERE v.resource = ?1 ORDER BY v.id DESC LIMIT 1"
    ))?;
    query.query_and_then([resource], |row| Unpacking::new(db).resource(row, 0))?.next().transpose()
}

/// The current version of a resource.
pub(crate) fn current(db: &Sqlite, resource: i64) -> Result<Option<VersionId>, StoreError> {
    Ok(db
        .prepare_cached("SELECT max(id) FROM version WHERE resource = ?1")?
        .query_row([resource], |row| row.get::<_, Option<i64>>(0))?
        .map(VersionId))
}

/// The resource that a version is of. `None`: there is no such version.
pub(crate) fn resource_of(db: &Sqlite, version: i64) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT resource FROM version WHERE id = ?1")?
        .query_row([version], |row| row.get(0))
        .optional()?)
}

/// The type of a resource. `None`: there is no such resource.
pub(crate) fn type_of(db: &Sqlite, resource: i64) -> Result<Option<String>, StoreError> {
    Ok(db
        .prepare_cached("SELECT type FROM resource WHERE n = ?1")?
        .query_row([resource], |row| row.get(0))
        .optional()?)
}

/// Deletes a version: what brought it was undone.
pub(crate) fn delete(tx: &Transaction<'_>, version: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM version WHERE id = ?1")?.execute([version])?;
    Ok(())
}

/// Deletes a resource, and what is known of it.
pub(crate) fn delete_resource(tx: &Transaction<'_>, resource: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM resource WHERE n = ?1")?.execute([resource])?;
    Ok(())
}

/// Deletes the bases of a connection of which nothing is left.
pub(crate) fn delete_empty_sources(tx: &Transaction<'_>, connection: i64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM source WHERE connection = ?1 AND NOT EXISTS (SELECT 1 FROM resource r WHERE r.source = source.n)",
    )?
    .execute([connection])?;
    Ok(())
}

/// Of two versions of one content that follow each other, the later one goes: what came between them was undone.
pub(crate) fn join_repeated(tx: &Transaction<'_>, resource: i64) -> Result<(), StoreError> {
    let versions: Vec<(i64, String)> = tx
        .prepare_cached("SELECT id, hash FROM version WHERE resource = ?1 ORDER BY id")?
        .query_map([resource], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut kept: Option<&(i64, String)> = None;
    for version in &versions {
        match kept {
            Some(known) if known.1 == version.1 => {
                takes_over(tx, version.0, known.0)?;
                delete(tx, version.0)?;
            }
            _ => kept = Some(version),
        }
    }
    Ok(())
}

/// What belongs to one version belongs to another one of the same content.
fn takes_over(tx: &Transaction<'_>, from: i64, to: i64) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE entry SET version = ?2 WHERE version = ?1")?.execute((from, to))?;
    slices::moved(tx, from, to)?;
    brought::moved(tx, from, to)
}

/// The current version of a resource, read. `None`: the reader refuses it.
pub(crate) fn current_entry(db: &Sqlite, resource: i64) -> Result<Option<(VersionId, Entry)>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT s.release, v.midnight_day, v.url, {PACKED}
         FROM resource r JOIN source s ON s.n = r.source JOIN version v ON v.resource = r.n
         WHERE r.n = ?1 ORDER BY v.id DESC LIMIT 1"
    ))?;
    let mut rows = query.query([resource])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let release: Release = from_word(row.get(0)?, "release")?;
    let url: String = row.get(2)?;
    let read = entry(&Unpacking::new(db).resource(row, 3)?, release, row.get(1)?, &url).ok();
    let id = VersionId(row.get(3)?);
    Ok(read.map(|entry| (id, entry)))
}

/// Every resource's current version, without those that are set aside, read: `each(resource, version, entry)`, where the
/// entry is `None` for bytes that the reader refuses. (Every stored version could be read when it came; a later reader may differ.)
pub(crate) fn each_current(
    db: &Sqlite,
    each: &mut dyn FnMut(i64, VersionId, Option<Entry>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut current = db.prepare(&format!(
        "SELECT v.resource, max(v.id), s.release, v.midnight_day, v.url, {PACKED}
         FROM resource r JOIN source s ON s.n = r.source JOIN version v ON v.resource = r.n
         WHERE r.n NOT IN (SELECT resource FROM set_aside)
         GROUP BY v.resource ORDER BY v.resource"
    ))?;
    let mut rows = current.query([])?;
    let mut unpacking = Unpacking::new(db);
    while let Some(row) = rows.next()? {
        let release: Release = from_word(row.get(2)?, "release")?;
        let url: String = row.get(4)?;
        let entry = entry(&unpacking.resource(row, 5)?, release, row.get(3)?, &url).ok();
        each(row.get(0)?, VersionId(row.get(1)?), entry)?;
    }
    Ok(())
}

/// How many resources are held of all persons.
pub(crate) fn count(db: &Sqlite) -> Result<u64, StoreError> {
    Ok(db.query_row("SELECT count(*) FROM resource", [], |row| row.get(0))?)
}

/// A base in one release. `None`: nothing came from it yet.
pub(crate) fn find_source(
    db: &Sqlite,
    connection: i64,
    base: &str,
    release: Release,
) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT n FROM source WHERE connection = ?1 AND base = ?2 AND release = ?3")?
        .query_row((connection, base, release.as_str()), |row| row.get(0))
        .optional()?)
}

/// Adds a base in one release.
pub(crate) fn add_source(
    tx: &Transaction<'_>,
    connection: i64,
    base: &str,
    release: Release,
) -> Result<i64, StoreError> {
    tx.execute(
        "INSERT INTO source (connection, base, release) VALUES (?1, ?2, ?3)",
        (connection, base, release.as_str()),
    )?;
    Ok(tx.last_insert_rowid())
}

/// A resource and the content hash of its current version.
pub(crate) fn find_current(
    db: &Sqlite,
    source: i64,
    resource_type: &str,
    id: &str,
) -> Result<Option<(i64, String)>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT r.n, v.hash FROM resource r JOIN version v ON v.resource = r.n
             WHERE r.source = ?1 AND r.type = ?2 AND r.fhir_id = ?3 ORDER BY v.id DESC LIMIT 1",
        )?
        .query_row((source, resource_type, id), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Adds a resource without a version, with how its release was found. `None`: the server, or the person, said it.
pub(crate) fn add_resource(
    tx: &Transaction<'_>,
    source: i64,
    resource_type: &str,
    id: &str,
    inferred: Option<&Inference>,
) -> Result<i64, StoreError> {
    tx.prepare_cached("INSERT INTO resource (source, type, fhir_id) VALUES (?1, ?2, ?3)")?.execute((
        source,
        resource_type,
        id,
    ))?;
    let resource = tx.last_insert_rowid();
    if let Some(how) = inferred {
        tx.prepare_cached("INSERT INTO inferred (resource, how) VALUES (?1, ?2)")?
            .execute((resource, json(how)?))?;
    }
    Ok(resource)
}

/// Adds a version, which becomes the current one.
pub(crate) fn add(
    tx: &Transaction<'_>,
    resource: i64,
    version: &Fresh<'_>,
    packing: &mut Packing<'_>,
) -> Result<VersionId, StoreError> {
    let (dictionary, length, bytes) = if version.is_slice {
        (None, 0, Vec::new())
    } else {
        let (dictionary, bytes) = packing.pack(tx, version.incoming)?;
        (dictionary, version.incoming.bytes.len(), bytes)
    };
    tx.prepare_cached(
        "INSERT INTO version (resource, hash, received_at, url, midnight_day, length, bytes, dictionary)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((
        resource,
        &version.hash.0,
        millis(version.received_at),
        version.url,
        version.midnight_means_day,
        length,
        bytes,
        dictionary,
    ))?;
    Ok(VersionId(tx.last_insert_rowid()))
}

/// The newest version of a resource that has this content.
pub(crate) fn of_content(
    db: &Sqlite,
    resource: i64,
    hash: &ContentHash,
) -> Result<Option<VersionId>, StoreError> {
    Ok(db
        .prepare_cached("SELECT max(id) FROM version WHERE resource = ?1 AND hash = ?2")?
        .query_row((resource, &hash.0), |row| row.get::<_, Option<i64>>(0))?
        .map(VersionId))
}

/// Adds a version that is older than the current one, which stays the current one: its row is written anew, behind it.
pub(crate) fn add_before(
    tx: &Transaction<'_>,
    resource: i64,
    version: &Fresh<'_>,
    packing: &mut Packing<'_>,
) -> Result<VersionId, StoreError> {
    let before: i64 = tx
        .prepare_cached("SELECT max(id) FROM version WHERE resource = ?1")?
        .query_row([resource], |row| row.get(0))?;
    let added = add(tx, resource, version, packing)?;
    put_last(tx, before)?;
    Ok(added)
}

/// Writes a version anew behind all others of its resource, so that it is the current one.
fn put_last(tx: &Transaction<'_>, version: i64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO version (resource, hash, received_at, url, midnight_day, length, bytes, dictionary)
         SELECT resource, hash, received_at, url, midnight_day, length, bytes, dictionary FROM version WHERE id = ?1",
    )?
    .execute([version])?;
    takes_over(tx, version, tx.last_insert_rowid())?;
    delete(tx, version)
}

/// Of a resource that stands in documents, what the newest of them says becomes the current version.
pub(crate) fn put_newest_last(tx: &Transaction<'_>, resource: i64) -> Result<(), StoreError> {
    let ids: Vec<i64> = tx
        .prepare_cached("SELECT id FROM version WHERE resource = ?1 ORDER BY id")?
        .query_map([resource], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut newest: Option<(slices::Age, i64)> = None;
    for id in &ids {
        let Some(age) = slices::age(tx, *id)? else { return Ok(()) };
        newest = newest.max(Some((age, *id)));
    }
    match newest {
        Some((_, id)) if ids.last() != Some(&id) => put_last(tx, id),
        _ => Ok(()),
    }
}

fn verbatim_sql() -> String {
    format!(
        "SELECT {KEY_COLUMNS}, v.url, v.received_at, {PACKED}
         FROM {KEYED} JOIN version v ON v.resource = r.n"
    )
}

/// Where [`PACKED`] begins in [`verbatim_sql`].
const VERBATIM_BYTES: usize = 7;

fn verbatim(row: &Row<'_>, bytes: Vec<u8>) -> Result<Verbatim, StoreError> {
    Ok(Verbatim { key: key(row, 0)?, url: row.get(5)?, received_at: moment(row.get(6)?)?, bytes })
}

//! Table `dictionary`: what versions are compressed with. A connection's resources of one type are like each other, so
//! the first of them are kept once more, together, and the others say only what they differ in.
//!
//! It is as much a part of what was sent as `version`: a version cannot be read without its dictionary. So it is never
//! changed or replaced, goes with its connection only, and is compared with its hash before anything is read with it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rusqlite::{Connection as Sqlite, OptionalExtension, Row, Transaction};
use sha2::{Digest, Sha256};

use super::slices::Documents;
use crate::StoreError;
use crate::incoming::Incoming;
use crate::packed::{Alike, Likewise, pack, unpack, unpacked};

/// Bytes of a dictionary: enough to have seen a type's elements, and few to look through.
const LENGTH: usize = 16 << 10;
/// A resource that is longer is no example of others.
const LONGEST: usize = LENGTH / 2;
/// So many resources of a type have to come in one page: fewer are no example either.
const FEWEST: usize = 4;

/// Compresses the versions of one page.
pub(crate) struct Packing<'p> {
    connection: i64,
    page: &'p [Incoming],
    /// By type; `None`: there is no dictionary of it, and this page makes none.
    known: HashMap<String, Option<(i64, Alike)>>,
}

impl<'p> Packing<'p> {
    pub(crate) fn new(connection: i64, page: &'p [Incoming]) -> Packing<'p> {
        Packing { connection, page, known: HashMap::new() }
    }

    /// Compresses a resource of the page, and says with which dictionary; the first one of its type that is stored may
    /// make it.
    pub(crate) fn pack(
        &mut self,
        tx: &Transaction<'_>,
        incoming: &Incoming,
    ) -> Result<(Option<i64>, Vec<u8>), StoreError> {
        let of = incoming.resource_type.as_str();
        if !self.known.contains_key(of) {
            let found = match find(tx, self.connection, of)? {
                Some(found) => Some(found),
                None => self.make(tx, of)?,
            };
            self.known.insert(of.to_owned(), found.map(|(n, bytes)| (n, Alike::new(&bytes))));
        }
        match self.known.get(of) {
            Some(Some((n, alike))) => Ok((Some(*n), alike.pack(&incoming.bytes)?)),
            _ => Ok((None, pack(&incoming.bytes)?)),
        }
    }

    fn make(&self, tx: &Transaction<'_>, of: &str) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
        let examples: Vec<&[u8]> = self
            .page
            .iter()
            .filter(|one| one.resource_type == of && one.bytes.len() <= LONGEST)
            .map(|one| one.bytes.as_slice())
            .collect();
        if examples.len() < FEWEST {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(LENGTH);
        for example in examples {
            if bytes.len() + example.len() <= LENGTH {
                bytes.extend_from_slice(example);
            }
        }
        tx.prepare_cached(
            "INSERT INTO dictionary (connection, type, hash, length, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((self.connection, of, hash(&bytes), bytes.len(), pack(&bytes)?))?;
        Ok(Some((tx.last_insert_rowid(), bytes)))
    }
}

/// Columns of `version v` that [`Unpacking`] reads.
pub(crate) const PACKED: &str = "v.id, v.length, v.dictionary, v.bytes";

/// Reads versions.
pub(crate) struct Unpacking<'d> {
    db: &'d Sqlite,
    known: HashMap<i64, Likewise>,
    documents: Documents,
}

impl<'d> Unpacking<'d> {
    pub(crate) fn new(db: &'d Sqlite) -> Unpacking<'d> {
        Unpacking { db, known: HashMap::new(), documents: Documents::default() }
    }

    /// What was sent, of the columns [`PACKED`] beginning at `at`.
    pub(crate) fn bytes(&mut self, row: &Row<'_>, at: usize) -> Result<Vec<u8>, StoreError> {
        if is_slice(row, at)? {
            return self.documents.bytes(self.db, row.get(at)?);
        }
        self.unpacked(row, at)
    }

    /// What was sent as FHIR, of the same columns: of a part of a clinical document, what it is read as.
    pub(crate) fn resource(&mut self, row: &Row<'_>, at: usize) -> Result<Vec<u8>, StoreError> {
        if is_slice(row, at)? {
            return self.documents.resource(self.db, row.get(at)?);
        }
        self.unpacked(row, at)
    }

    fn unpacked(&mut self, row: &Row<'_>, at: usize) -> Result<Vec<u8>, StoreError> {
        let packed = row.get_ref(at + 3)?.as_blob().map_err(rusqlite::Error::from)?;
        let Some(n) = row.get::<_, Option<i64>>(at + 2)? else { return unpack(packed, row.get(at + 1)?) };
        let likewise = match self.known.entry(n) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Likewise::new(&read(self.db, n)?)),
        };
        likewise.unpack(packed, row.get(at + 1)?)
    }
}

/// Nothing that is sent is empty: a version without bytes is a part of a document.
fn is_slice(row: &Row<'_>, at: usize) -> Result<bool, StoreError> {
    Ok(row.get::<_, i64>(at + 1)? == 0)
}

/// Deletes the dictionaries of a connection with which no version is compressed any more.
pub(crate) fn delete_unused(tx: &Transaction<'_>, connection: i64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM dictionary WHERE connection = ?1 AND n NOT IN (
             SELECT v.dictionary FROM version v JOIN resource r ON r.n = v.resource JOIN source s ON s.n = r.source
             WHERE s.connection = ?1 AND v.dictionary IS NOT NULL)",
    )?
    .execute([connection])?;
    Ok(())
}

/// Packs each version anew that is packed with the dictionary of a connection's resources of one type, which goes: what is in it
/// is to be erased. The next page of the type makes another one.
pub(crate) fn do_without(tx: &Transaction<'_>, connection: i64, of: &str) -> Result<(), StoreError> {
    let Some((dictionary, _)) = find(tx, connection, of)? else { return Ok(()) };
    let ids: Vec<i64> = tx
        .prepare_cached("SELECT id FROM version WHERE dictionary = ?1 ORDER BY id")?
        .query_map([dictionary], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut unpacking = Unpacking::new(tx);
    let mut packed = tx.prepare_cached(&format!("SELECT {PACKED} FROM version v WHERE v.id = ?1"))?;
    for id in ids {
        let bytes = packed.query_and_then([id], |row| unpacking.unpacked(row, 0))?.next().transpose()?;
        let bytes = bytes.ok_or(StoreError::Inconsistent("version"))?;
        tx.prepare_cached("UPDATE version SET bytes = ?2, dictionary = NULL WHERE id = ?1")?
            .execute((id, pack(&bytes)?))?;
    }
    tx.prepare_cached("DELETE FROM dictionary WHERE n = ?1")?.execute([dictionary])?;
    Ok(())
}

/// The types of which a connection has a dictionary.
pub(crate) fn types(db: &Sqlite, connection: i64) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT type FROM dictionary WHERE connection = ?1 ORDER BY type")?;
    Ok(query.query_map([connection], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The dictionary of a connection's resources of one type.
fn find(db: &Sqlite, connection: i64, of: &str) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    let n = db
        .prepare_cached("SELECT n FROM dictionary WHERE connection = ?1 AND type = ?2")?
        .query_row((connection, of), |row| row.get(0))
        .optional()?;
    n.map(|n| Ok((n, read(db, n)?))).transpose()
}

fn read(db: &Sqlite, n: i64) -> Result<Vec<u8>, StoreError> {
    let mut query = db.prepare_cached("SELECT hash, length, bytes FROM dictionary WHERE n = ?1")?;
    let mut rows = query.query([n])?;
    let row = rows.next()?.ok_or(StoreError::Inconsistent("dictionary"))?;
    let bytes = unpacked(row, 1)?;
    let known: String = row.get(0)?;
    if hash(&bytes) == known { Ok(bytes) } else { Err(StoreError::Inconsistent("dictionary")) }
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

//! Table `slice`: versions that are parts of clinical documents. Written by [`Store::commit_clinical`].
//!
//! The document is kept once, in table `document`; a version of it has no bytes of its own. What such a version says as FHIR
//! depends on all of its document (statements point to words elsewhere in it), so it is read from there, and is what it
//! was when the document came.
//!
//! [`Store::commit_clinical`]: crate::Store::commit_clinical

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use rusqlite::{Connection as Sqlite, OptionalExtension, Transaction};
use wholechart_ccda::Limits;

use super::documents;
use crate::StoreError;
use crate::incoming::BESIDE;

/// So many documents are held in memory while versions are read.
const AT_ONCE: usize = 4;

/// How old a document is among those that say the same: by when it says it was made, then by its hash, so that the
/// order in which they came does not matter.
pub(crate) type Age = (Option<i64>, String);

/// Documents that were read last, the newest last.
#[derive(Default)]
pub(crate) struct Documents(Vec<(i64, Rc<Read>)>);

struct Read {
    bytes: Vec<u8>,
    /// FHIR R4 as JSON, by type and id.
    resources: HashMap<(String, String), String>,
}

/// Where a version stands, and what it is known by.
pub(crate) struct Place {
    /// The row number of the document.
    pub(crate) document: i64,
    pub(crate) range: Range<usize>,
    resource_type: String,
    id: String,
}

impl Documents {
    /// The part of the document, verbatim.
    pub(crate) fn bytes(&mut self, db: &Sqlite, version: i64) -> Result<Vec<u8>, StoreError> {
        let place = place(db, version)?;
        let document = self.document(db, place.document)?;
        let part = document.bytes.get(place.range).ok_or(StoreError::Inconsistent("slice"))?;
        Ok(part.to_vec())
    }

    /// What it says, as FHIR. Empty where the reader finds nothing of this type and id there any more.
    pub(crate) fn resource(&mut self, db: &Sqlite, version: i64) -> Result<Vec<u8>, StoreError> {
        let place = place(db, version)?;
        let document = self.document(db, place.document)?;
        let sent = place.id.split(BESIDE).next().unwrap_or_default();
        let resource = document.resources.get(&(place.resource_type, sent.to_owned()));
        Ok(resource.map(|json| json.clone().into_bytes()).unwrap_or_default())
    }

    fn document(&mut self, db: &Sqlite, n: i64) -> Result<Rc<Read>, StoreError> {
        if let Some(at) = self.0.iter().position(|(known, _)| *known == n) {
            let found = self.0.remove(at);
            self.0.push(found);
        } else {
            let bytes = documents::bytes(db, n)?.ok_or(StoreError::Inconsistent("slice"))?;
            let mut resources = HashMap::new();
            // It was read by a process of its own before it was stored, so it is a document within limits.
            if let Ok(document) = wholechart_ccda::read(&bytes, &Limits::default()) {
                let paper = document.paper(&bytes);
                for entry in document.entries.into_iter().chain(paper) {
                    resources.insert((entry.resource_type, entry.id), entry.resource);
                }
            }
            if self.0.len() == AT_ONCE {
                self.0.remove(0);
            }
            self.0.push((n, Rc::new(Read { bytes, resources })));
        }
        self.0.last().map(|(_, read)| Rc::clone(read)).ok_or(StoreError::Inconsistent("slice"))
    }
}

/// Of several documents that say it, in the one that is the newest.
pub(crate) fn place(db: &Sqlite, version: i64) -> Result<Place, StoreError> {
    db.prepare_cached(
        "SELECT l.document, l.start, l.length, r.type, r.fhir_id FROM slice l JOIN document d ON d.n = l.document
         JOIN version v ON v.id = l.version JOIN resource r ON r.n = v.resource
         WHERE l.version = ?1 ORDER BY l.stated DESC, d.hash DESC LIMIT 1",
    )?
    .query_row([version], |row| {
        let (start, length): (usize, usize) = (row.get(1)?, row.get(2)?);
        Ok(Place {
            document: row.get(0)?,
            range: start..start.saturating_add(length),
            resource_type: row.get(3)?,
            id: row.get(4)?,
        })
    })
    .optional()?
    .ok_or(StoreError::Inconsistent("slice"))
}

/// The age of the newest document in which a version stands. `None`: it stands in none.
pub(crate) fn age(db: &Sqlite, version: i64) -> Result<Option<Age>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT l.stated, d.hash FROM slice l JOIN document d ON d.n = l.document
             WHERE l.version = ?1 ORDER BY l.stated DESC, d.hash DESC LIMIT 1",
        )?
        .query_row([version], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Notes that a version stands in a document.
pub(crate) fn put(
    tx: &Transaction<'_>,
    version: i64,
    document: i64,
    range: &Range<usize>,
    stated: Option<i64>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO slice (version, document, start, length, stated) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((version, document, range.start, range.len(), stated))?;
    Ok(())
}

/// The versions that stand in a document.
pub(crate) fn of_document(db: &Sqlite, document: i64) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached("SELECT version FROM slice WHERE document = ?1 ORDER BY version")?;
    Ok(query.query_map([document], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The versions that stand in this document and in no other.
pub(crate) fn only_in(db: &Sqlite, document: i64) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT version FROM slice l WHERE document = ?1
         AND NOT EXISTS (SELECT 1 FROM slice o WHERE o.version = l.version AND o.document <> ?1) ORDER BY version",
    )?;
    Ok(query.query_map([document], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The documents in which versions of a resource stand.
pub(crate) fn documents_of(db: &Sqlite, resource: i64) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT DISTINCT l.document FROM version v JOIN slice l ON l.version = v.id WHERE v.resource = ?1 ORDER BY 1",
    )?;
    Ok(query.query_map([resource], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// What stood in one version stands in another now.
pub(crate) fn moved(tx: &Transaction<'_>, from: i64, to: i64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO slice (version, document, start, length, stated)
         SELECT ?2, document, start, length, stated FROM slice WHERE version = ?1",
    )?
    .execute((from, to))?;
    tx.prepare_cached("DELETE FROM slice WHERE version = ?1")?.execute([from])?;
    Ok(())
}

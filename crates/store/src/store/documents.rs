//! Documents behind attachments' addresses, verbatim.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Transaction};
use sha2::{Digest, Sha256};
use wholechart_fhir::FoundFile;
use wholechart_record::{ConnectionId, PersonId};

use super::Store;
use super::connections::number;
use super::rows::{from_json, hex, json, millis, moment, pack, unpack};
use super::sync::open_run;
use crate::{Document, DocumentCommit, StoreError};

impl Store {
    /// Keeps a document as it came. True when these bytes were not yet the current ones of its address.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for a run that is not an unfinished one of this connection.
    pub fn commit_document(&self, document: &DocumentCommit) -> Result<bool, StoreError> {
        self.write(|tx| {
            let connection = open_run(tx, document.run)?;
            if connection != number(tx, &document.connection)? {
                return Err(StoreError::NoSuch("run"));
            }
            let hash = hex(&Sha256::digest(&document.bytes));
            let current: Option<String> = tx
                .prepare_cached(
                    "SELECT hash FROM document WHERE connection = ?1 AND url = ?2 ORDER BY n DESC LIMIT 1",
                )?
                .query_row((connection, &document.url), |row| row.get(0))
                .optional()?;
            if current.is_some_and(|current| current == hash) {
                return Ok(false);
            }
            tx.prepare_cached(
                "INSERT INTO document (connection, url, content_type, received_at, hash, length, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                connection,
                &document.url,
                &document.content_type,
                millis(document.received_at),
                &hash,
                document.bytes.len(),
                pack(&document.bytes)?,
            ))?;
            let row = tx.last_insert_rowid();
            read(tx, row, document.content_type.as_deref(), &document.bytes)?;
            Ok(true)
        })
    }

    /// The addresses of all documents held from a connection.
    pub fn document_urls(&self, connection: &ConnectionId) -> Result<BTreeSet<String>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached("SELECT DISTINCT url FROM document WHERE connection = ?1")?;
            let rows = query.query_map([number(db, connection)?], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The current document of an address.
    pub fn document(&self, connection: &ConnectionId, url: &str) -> Result<Option<Document>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT url, content_type, received_at, length, bytes FROM document
                 WHERE connection = ?1 AND url = ?2 ORDER BY n DESC LIMIT 1",
            )?;
            let mut rows = query.query((number(db, connection)?, url))?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some(Document {
                url: row.get(0)?,
                content_type: row.get(1)?,
                received_at: moment(row.get(2)?)?,
                bytes: unpack(row.get_ref(4)?.as_blob().map_err(rusqlite::Error::from)?, row.get(3)?)?,
            }))
        })
    }
}

/// Looks into a document for what can be found and searched.
fn read(tx: &Transaction<'_>, row: i64, content_type: Option<&str>, bytes: &[u8]) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO document_read (document, json) VALUES (?1, ?2)
         ON CONFLICT (document) DO UPDATE SET json = excluded.json",
    )?
    .execute((row, json(&FoundFile::read(content_type, bytes))?))?;
    Ok(())
}

/// Looks into every document anew.
pub(super) fn read_all(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let mut documents = tx.prepare("SELECT n, content_type, length, bytes FROM document ORDER BY n")?;
    let mut rows = documents.query([])?;
    while let Some(row) = rows.next()? {
        let bytes = unpack(row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?, row.get(2)?)?;
        let content_type: Option<String> = row.get(1)?;
        read(tx, row.get(0)?, content_type.as_deref(), &bytes)?;
    }
    Ok(())
}

/// What is in the current document of each address of a person's connections: connection, address, file.
pub(super) fn found(
    tx: &Transaction<'_>,
    person: &PersonId,
) -> Result<Vec<(ConnectionId, String, FoundFile)>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT c.id, d.url, f.json, max(d.n)
         FROM connection c JOIN document d ON d.connection = c.n JOIN document_read f ON f.document = d.n
         WHERE c.person = ?1 GROUP BY c.n, d.url",
    )?;
    let mut rows = query.query([&person.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let file = from_json(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?, "document")?;
        found.push((ConnectionId(row.get(0)?), row.get(1)?, file));
    }
    Ok(found)
}

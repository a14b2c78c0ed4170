//! Table `document`: what is behind attachments' addresses, verbatim. Written by a sync through
//! [`Store::commit_document`]. The newest row of an address is the current one.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Transaction};
use sha2::{Digest, Sha256};
use wholechart_fhir::debug_without_record;
use wholechart_record::ConnectionId;

use super::connections::number;
use super::runs::{self, RunId};
use crate::packed::{pack, unpacked};
use crate::rows::{millis, moment};
use crate::{Store, StoreError};

/// A document behind an attachment's address, as it came: a PDF, a C-CDA, a text.
#[derive(Clone, PartialEq, Eq)]
pub struct DocumentCommit {
    /// The run it belongs to.
    pub run: RunId,
    /// The connection it came from.
    pub connection: ConnectionId,
    /// Where it was read from: absolute, as the attachment means it, without tokens.
    pub url: String,
    /// `Content-Type` as sent.
    pub content_type: Option<String>,
    /// When.
    pub received_at: DateTime<Utc>,
    /// Verbatim.
    pub bytes: Vec<u8>,
}

debug_without_record!(DocumentCommit { run, connection, content_type; bytes });

/// A stored document.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it was read from.
    pub url: String,
    /// `Content-Type` as sent.
    pub content_type: Option<String>,
    /// When.
    pub received_at: DateTime<Utc>,
    /// Verbatim.
    pub bytes: Vec<u8>,
}

debug_without_record!(Document { content_type; bytes });

/// Adds a document, which becomes the current one of its address. Returns its row number.
pub(crate) fn add(
    tx: &Transaction<'_>,
    connection: i64,
    document: &DocumentCommit,
) -> Result<i64, StoreError> {
    tx.prepare_cached(
        "INSERT INTO document (connection, url, content_type, received_at, hash, length, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        connection,
        &document.url,
        &document.content_type,
        millis(document.received_at),
        hex::encode(Sha256::digest(&document.bytes)),
        document.bytes.len(),
        pack(&document.bytes)?,
    ))?;
    Ok(tx.last_insert_rowid())
}

/// Deletes a document: what brought it was undone.
pub(crate) fn delete(tx: &Transaction<'_>, n: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM document WHERE n = ?1")?.execute([n])?;
    Ok(())
}

/// What is known of the current document of an address, without its bytes.
pub(crate) struct Current {
    pub(crate) n: i64,
    /// SHA-256, lower-case hex.
    pub(crate) hash: String,
    /// Bytes.
    pub(crate) length: u64,
    pub(crate) content_type: Option<String>,
}

impl Store {
    /// Keeps a document as it came. True when these bytes were not yet the current ones of its address.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for a run that is not an unfinished one of this connection.
    pub fn commit_document(&self, document: &DocumentCommit) -> Result<bool, StoreError> {
        self.write(|tx| {
            let connection = runs::open_of(tx, document.run, &document.connection)?;
            let hash = hex::encode(Sha256::digest(&document.bytes));
            if current(tx, connection, &document.url)?.is_some_and(|current| current.hash == hash) {
                return Ok(false);
            }
            add(tx, connection, document)?;
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
            let document = |row: &rusqlite::Row<'_>| {
                Ok(Document {
                    url: row.get(0)?,
                    content_type: row.get(1)?,
                    received_at: moment(row.get(2)?)?,
                    bytes: unpacked(row, 3)?,
                })
            };
            query.query_and_then((number(db, connection)?, url), document)?.next().transpose()
        })
    }
}

/// The current document of an absolute address.
pub(crate) fn current(db: &Sqlite, connection: i64, url: &str) -> Result<Option<Current>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT n, hash, length, content_type FROM document WHERE connection = ?1 AND url = ?2
             ORDER BY n DESC LIMIT 1",
        )?
        .query_row((connection, url), |row| {
            Ok(Current { n: row.get(0)?, hash: row.get(1)?, length: row.get(2)?, content_type: row.get(3)? })
        })
        .optional()?)
}

/// All documents that were behind an absolute address, the oldest first.
pub(crate) fn of_url(db: &Sqlite, connection: i64, url: &str) -> Result<Vec<i64>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT n FROM document WHERE connection = ?1 AND url = ?2 ORDER BY n")?;
    Ok(query.query_map((connection, url), |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The SHA-256 (lower-case hex) of a document by its row number.
pub(crate) fn hash(db: &Sqlite, n: i64) -> Result<String, StoreError> {
    Ok(db.prepare_cached("SELECT hash FROM document WHERE n = ?1")?.query_row([n], |row| row.get(0))?)
}

/// The bytes of a document by its row number.
pub(crate) fn bytes(db: &Sqlite, n: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let mut query = db.prepare_cached("SELECT length, bytes FROM document WHERE n = ?1")?;
    query.query_and_then([n], |row| unpacked(row, 0))?.next().transpose()
}

//! Documents behind attachments' addresses, verbatim.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};
use wholechart_record::ConnectionId;

use super::Store;
use super::connections::number;
use super::rows::{millis, moment, pack, unpack};
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
            let hash = hex::encode(Sha256::digest(&document.bytes));
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

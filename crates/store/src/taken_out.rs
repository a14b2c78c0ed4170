//! One person's part of the record as it is taken out: every version as it was sent, documents, what could not be read, and what the
//! person said. Of one state of the file, one thing at a time; whoever takes it out decides how it lies outside.

use std::cell::RefCell;
use std::ops::Range;

use chrono::{DateTime, Utc};
use rusqlite::Connection as Sqlite;
use serde_json::{Value, json};
use wholechart_fhir::{Entry, debug_without_record};
use wholechart_record::{ConnectionId, EntryKey, PersonId};

use crate::key::{KEY_COLUMNS, KEYED, key};
use crate::packed::unpacked;
use crate::rows::{json_at, moment};
use crate::store::is_sound;
use crate::table::connections::{self, number};
use crate::table::dictionaries::{PACKED, Unpacking};
use crate::table::versions::{self, VersionId};
use crate::table::{decisions, documents, people, placed, set_aside, slices};
use crate::{Connection, Person, Store, StoreError};

/// One state of the record.
pub struct Snapshot<'d> {
    db: &'d Sqlite,
    unpacking: RefCell<Unpacking<'d>>,
}

/// A version, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentVersion {
    /// Pass to [`Snapshot::bytes`].
    pub id: VersionId,
    /// The row number of its resource.
    pub resource: i64,
    /// What the resource is known by.
    pub key: EntryKey,
    /// Where it was read from.
    pub url: String,
    /// When.
    pub received_at: DateTime<Utc>,
    /// It is the newest of its resource.
    pub current: bool,
    /// Whom it is about where that is not the patient, and nobody let them in.
    pub set_aside: Option<String>,
    /// It is a part of a document, and its bytes are there only.
    pub in_document: Option<InDocument>,
}

/// Where a version stands in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InDocument {
    /// The number of the document: [`SentDocument::n`].
    pub document: i64,
    /// Its bytes in it.
    pub range: Range<usize>,
}

/// A document, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentDocument {
    /// Pass to [`Snapshot::document`].
    pub n: i64,
    /// Where it was read from.
    pub url: String,
    /// As sent.
    pub content_type: Option<String>,
    /// When.
    pub received_at: DateTime<Utc>,
    /// SHA-256, lower-case hex.
    pub hash: String,
}

/// What could not be read, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadablePiece {
    /// Pass to [`Snapshot::unreadable_bytes`].
    pub n: i64,
    /// The FHIR base or `file:`.
    pub base: String,
    /// Where it was read from.
    pub url: String,
    /// When.
    pub received_at: DateTime<Utc>,
    /// Why, as it is stored.
    pub reason: String,
}

/// What the person wrote beside a record.
#[derive(Clone, PartialEq, Eq)]
pub struct Note {
    /// Beside which.
    pub about: EntryKey,
    /// The person's words.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
}

debug_without_record!(Note { at });

impl Store {
    /// Reads several things of one state of the record. Writing goes on meanwhile.
    ///
    /// # Errors
    /// What `work` says, or the file.
    pub fn snapshot<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Snapshot<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.read(|db| Ok(work(&Snapshot { db, unpacking: RefCell::new(Unpacking::new(db)) })))?
    }
}

impl Snapshot<'_> {
    /// Whose it is.
    pub fn person(&self, person: &PersonId) -> Result<Person, StoreError> {
        people::known(self.db, person)
    }

    /// Where a person's records came from, in the order in which that was added.
    pub fn connections(&self, person: &PersonId) -> Result<Vec<Connection>, StoreError> {
        connections::all(self.db, Some(person))
    }

    /// Everything that a connection sent, each resource's versions from the oldest to the newest.
    pub fn versions(&self, connection: &ConnectionId) -> Result<Vec<SentVersion>, StoreError> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {KEY_COLUMNS}, v.id, v.resource, v.url, v.received_at, a.whose, v.length = 0,
                    v.id = (SELECT max(id) FROM version n WHERE n.resource = r.n)
             FROM {KEYED} JOIN version v ON v.resource = r.n LEFT JOIN set_aside a ON a.resource = r.n
             WHERE c.id = ?1 ORDER BY r.type, s.n, r.fhir_id, v.id"
        ))?;
        let mut rows = query.query([&connection.0])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(5)?;
            let in_document = if row.get(10)? {
                let place = slices::place(self.db, id)?;
                Some(InDocument { document: place.document, range: place.range })
            } else {
                None
            };
            found.push(SentVersion {
                id: VersionId(id),
                resource: row.get(6)?,
                key: key(row, 0)?,
                url: row.get(7)?,
                received_at: moment(row.get(8)?)?,
                current: row.get(11)?,
                set_aside: row.get(9)?,
                in_document,
            });
        }
        Ok(found)
    }

    /// Whether all that was read so far was whole. A page that is damaged may have been read as noughts, and the pages after it as well.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it was not.
    pub fn is_whole(&self) -> Result<(), StoreError> {
        if is_sound(self.db)? { Ok(()) } else { Err(StoreError::Damaged) }
    }

    /// A version exactly as it was sent.
    pub fn bytes(&self, id: VersionId) -> Result<Vec<u8>, StoreError> {
        versions::bytes_of(self.db, &mut self.unpacking.borrow_mut(), id)?
            .ok_or(StoreError::NoSuch("version"))
    }

    /// A version as FHIR: of a part of a clinical document, what it is read as. Empty where it is read as nothing any more.
    pub fn reading(&self, id: VersionId) -> Result<Vec<u8>, StoreError> {
        let mut query = self.db.prepare_cached(&format!("SELECT {PACKED} FROM version v WHERE v.id = ?1"))?;
        let mut read = query.query_and_then([id.0], |row| self.unpacking.borrow_mut().resource(row, 0))?;
        read.next().transpose()?.ok_or(StoreError::NoSuch("version"))
    }

    /// The current version of each resource of a connection, read for people, with the row number of its resource.
    pub fn entries(
        &self,
        connection: &ConnectionId,
        each: &mut dyn FnMut(i64, Entry) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT e.resource, e.json FROM source s JOIN resource r ON r.source = s.n JOIN entry e ON e.resource = r.n
             WHERE s.connection = ?1 ORDER BY e.resource",
        )?;
        let mut rows = query.query([number(self.db, connection)?])?;
        while let Some(row) = rows.next()? {
            each(row.get(0)?, json_at(row, 1, "entry")?)?;
        }
        Ok(())
    }

    /// The current version of a resource, as FHIR.
    pub fn current(&self, resource: i64) -> Result<Option<Vec<u8>>, StoreError> {
        versions::current_resource(self.db, resource)
    }

    /// The documents behind addresses, and those that were files.
    pub fn documents(&self, connection: &ConnectionId) -> Result<Vec<SentDocument>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT n, url, content_type, received_at, hash FROM document WHERE connection = ?1 ORDER BY n",
        )?;
        let rows = query.query_map([number(self.db, connection)?], |row| {
            Ok(SentDocument {
                n: row.get(0)?,
                url: row.get(1)?,
                content_type: row.get(2)?,
                received_at: moment(row.get(3)?)?,
                hash: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A document exactly as it came.
    pub fn document(&self, n: i64) -> Result<Vec<u8>, StoreError> {
        documents::bytes(self.db, n)?.ok_or(StoreError::NoSuch("document"))
    }

    /// What came and could not be read.
    pub fn unreadable(&self, connection: &ConnectionId) -> Result<Vec<UnreadablePiece>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT n, base, url, received_at, reason FROM unreadable WHERE connection = ?1 ORDER BY n",
        )?;
        let rows = query.query_map([number(self.db, connection)?], |row| {
            Ok(UnreadablePiece {
                n: row.get(0)?,
                base: row.get(1)?,
                url: row.get(2)?,
                received_at: moment(row.get(3)?)?,
                reason: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Such a piece exactly as it came.
    pub fn unreadable_bytes(&self, n: i64) -> Result<Vec<u8>, StoreError> {
        let mut query = self.db.prepare_cached("SELECT length, bytes FROM unreadable WHERE n = ?1")?;
        let mut found = query.query_and_then([n], |row| unpacked(row, 0))?;
        found.next().transpose()?.ok_or(StoreError::NoSuch("piece"))
    }

    /// What a person wrote beside records, the oldest first.
    pub fn notes(&self, person: &PersonId) -> Result<Vec<Note>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("SELECT about, text, at FROM note WHERE person = ?1 ORDER BY at, about")?;
        let note = |row: &rusqlite::Row<'_>| {
            Ok(Note { about: json_at(row, 0, "note")?, text: row.get(1)?, at: moment(row.get(2)?)? })
        };
        query.query_and_then([&person.0], note)?.collect()
    }

    /// What a person decided, as JSON: which records are one thing or two, what is to be done about disagreements, what stands under
    /// another topic, and whose records beside the person's were let in.
    pub fn decided(&self, person: &PersonId) -> Result<Value, StoreError> {
        let as_json =
            |value: Result<Value, serde_json::Error>| value.map_err(|_| StoreError::Inconsistent("decision"));
        let mut let_in = Vec::new();
        for connection in self.connections(person)? {
            for whose in set_aside::of(self.db, number(self.db, &connection.id)?)? {
                let_in.push(json!({ "connection": connection.id, "whose": whose }));
            }
        }
        Ok(json!({
            "sameOrApart": as_json(serde_json::to_value(decisions::of(self.db, person)?))?,
            "disagreements": as_json(serde_json::to_value(decisions::choices_of(self.db, person)?))?,
            "topics": as_json(serde_json::to_value(placed::of(self.db, person)?))?,
            "letIn": let_in,
        }))
    }
}

//! What a person adds of their own: FHIR R4 resources under a connection of their own, one for each person. They are
//! versions as everything else is, so merging, lists, search, backup and erasure need to know nothing of them.
//!
//! Unlike what was sent, they can be deleted: every version goes, and what the person said of the entry with it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};
use wholechart_fhir::{Release, content_hash, debug_without_record};
use wholechart_record::{ConnectionId, Decision, EntryKey, FactId, OWN, PersonId};

use crate::incoming::Incoming;
use crate::key;
use crate::rows::{millis, moment};
use crate::table::connections::{self, Connection, ConnectionState};
use crate::table::dictionaries::{self, Packing, Unpacking};
use crate::table::placed::{self, Placed};
use crate::table::{decisions, derived, entries, facts, files, notes, people, search, versions};
use crate::{Store, StoreError, projection};

/// It was read from no address.
const NOWHERE: &str = "";

/// One resource of a person's own making.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnResource {
    /// `resourceType`.
    pub resource_type: String,
    /// Its id, random.
    pub id: String,
    /// The resource as FHIR R4.
    pub json: String,
}

debug_without_record!(OwnResource { resource_type, id; json });

impl OwnResource {
    /// With more elements: JSON members, each behind a comma.
    #[must_use]
    pub fn with(mut self, elements: &str) -> OwnResource {
        if self.json.ends_with('}') {
            self.json.pop();
            self.json.push_str(elements);
            self.json.push('}');
        }
        self
    }
}

/// Everything of an entry that was deleted: what it takes to have it back.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedOwn {
    connection: ConnectionId,
    resource_type: String,
    id: String,
    /// Its versions, the oldest first, with when each was written.
    versions: Vec<(i64, String)>,
    note: Option<(i64, String)>,
    decisions: Vec<Decision>,
    placed: Vec<Placed>,
}

debug_without_record!(DeletedOwn { resource_type, id; });

impl Store {
    /// The connection that holds what a person added of their own. `None`: nothing was added.
    pub fn own_connection(&self, person: &PersonId) -> Result<Option<Connection>, StoreError> {
        let all = self.connections(Some(person))?;
        Ok(all.into_iter().find(|one| one.state == ConnectionState::Own))
    }

    /// What a person added under this type and id, as it is now. `None`: there is no such entry.
    pub fn own_resource(
        &self,
        person: &PersonId,
        resource_type: &str,
        id: &str,
    ) -> Result<Option<OwnResource>, StoreError> {
        self.read(|db| {
            let Some((connection, _)) = connection_of(db, person)? else { return Ok(None) };
            let Some(resource) = find(db, connection, resource_type, id)? else { return Ok(None) };
            let bytes = versions::current_resource(db, resource)?;
            Ok(bytes.map(|bytes| OwnResource {
                resource_type: resource_type.to_owned(),
                id: id.to_owned(),
                json: String::from_utf8_lossy(&bytes).into_owned(),
            }))
        })
    }

    /// Keeps what a person adds or changes, and merges it, in one transaction. The connection is `source` where the person
    /// has none yet. What is there already word for word writes nothing. Returns the fact that it is part of.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an unknown person; [`StoreError::Inconsistent`] for what is no resource.
    pub fn save_own(
        &self,
        source: &Connection,
        own: &OwnResource,
        at: DateTime<Utc>,
    ) -> Result<FactId, StoreError> {
        let facts = self.save_own_together(source, std::slice::from_ref(own), at)?;
        facts.into_iter().next().ok_or(StoreError::Inconsistent("own entry"))
    }

    /// [`Store::save_own`] of several: all of them or none. Returns the fact that each is part of.
    ///
    /// # Errors
    /// As [`Store::save_own`].
    pub fn save_own_together(
        &self,
        source: &Connection,
        own: &[OwnResource],
        at: DateTime<Utc>,
    ) -> Result<Vec<FactId>, StoreError> {
        if own.is_empty() {
            return Ok(Vec::new());
        }
        self.project(&source.person, |tx, slot| {
            let connection = match connection_of(tx, &source.person)? {
                Some((known, _)) => known,
                None => connections::put(tx, source)?,
            };
            let mut resources = Vec::new();
            for one in own {
                resources.push(write(tx, connection, one, at)?);
            }
            projection::refresh(tx, &source.person, slot)?;
            resources.into_iter().map(|resource| fact_of(tx, resource)).collect()
        })
    }

    /// Deletes what a person added: no row of it stays. Returns what it takes to have it back.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] where there is no such entry of this person's.
    pub fn delete_own(
        &self,
        person: &PersonId,
        resource_type: &str,
        id: &str,
    ) -> Result<DeletedOwn, StoreError> {
        self.write_anew(|tx| {
            let (connection, name) = connection_of(tx, person)?.ok_or(StoreError::NoSuch("own entry"))?;
            let resource = find(tx, connection, resource_type, id)?.ok_or(StoreError::NoSuch("own entry"))?;
            let key = own_key(&name, resource_type, id);
            let deleted = DeletedOwn {
                versions: versions_of(tx, resource)?,
                note: notes::beside_entry(tx, person, &key)?,
                decisions: decisions::of(tx, person)?
                    .into_iter()
                    .filter(|one| one.a == key || one.b == key)
                    .collect(),
                placed: placed::of(tx, person)?
                    .into_iter()
                    .filter(|one| one.entry == key || one.beside.as_ref() == Some(&key))
                    .collect(),
                connection: name,
                resource_type: resource_type.to_owned(),
                id: id.to_owned(),
            };
            let texts: BTreeSet<String> = match entries::of_resource(tx, resource)? {
                Some((_, held)) => {
                    held.entry.attachments.iter().filter_map(|file| file.sha256.clone()).collect()
                }
                None => BTreeSet::new(),
            };
            versions::delete_resource(tx, resource)?;
            versions::delete_empty_sources(tx, connection)?;
            dictionaries::delete_unused(tx, connection)?;
            files::forget_texts(tx, connection, &texts)?;
            if connections::is_left_empty(tx, connection)? {
                connections::delete(tx, connection)?;
            }
            people::forget_said_of_nothing(tx, person)?;
            derived::forget_merged(tx, person)?;
            projection::refresh(tx, person, &mut None)?;
            search::optimise(tx)?;
            Ok(deleted)
        })
    }

    /// Puts back what was deleted, with what the person had said of it. The connection is `source` where the person has none
    /// any more; it takes its old id. Returns the fact that the entry is part of.
    ///
    /// # Errors
    /// As [`Store::save_own`].
    pub fn put_back_own(&self, source: &Connection, deleted: &DeletedOwn) -> Result<FactId, StoreError> {
        self.write_anew(|tx| {
            let person = &source.person;
            let (connection, name) = if let Some(known) = connection_of(tx, person)? {
                known
            } else {
                let again = Connection { id: deleted.connection.clone(), ..source.clone() };
                (connections::put(tx, &again)?, again.id)
            };
            let mut resource = None;
            for (at, json) in &deleted.versions {
                let own = OwnResource {
                    resource_type: deleted.resource_type.clone(),
                    id: deleted.id.clone(),
                    json: json.clone(),
                };
                resource = Some(write(tx, connection, &own, moment(*at)?)?);
            }
            let resource = resource.ok_or(StoreError::NoSuch("own entry"))?;
            // Under another connection than then, its key is another one, and nothing that was said is about it.
            if name == deleted.connection {
                let key = own_key(&name, &deleted.resource_type, &deleted.id);
                if let Some((at, text)) = &deleted.note {
                    notes::put(tx, person, &key, text, moment(*at)?)?;
                }
                for decision in &deleted.decisions {
                    if key::resource(tx, &decision.a)?.is_some() && key::resource(tx, &decision.b)?.is_some()
                    {
                        decisions::put(tx, person, decision, moment(deleted.written())?)?;
                    }
                }
                for one in &deleted.placed {
                    placed::put(tx, person, one)?;
                }
            }
            derived::forget_merged(tx, person)?;
            projection::refresh(tx, person, &mut None)?;
            fact_of(tx, resource)
        })
    }
}

impl DeletedOwn {
    /// When its last version was written.
    fn written(&self) -> i64 {
        self.versions.last().map_or(0, |(at, _)| *at)
    }

    /// `Type/id`.
    pub fn resource(&self) -> String {
        format!("{}/{}", self.resource_type, self.id)
    }
}

fn own_key(connection: &ConnectionId, resource_type: &str, id: &str) -> EntryKey {
    EntryKey {
        connection: connection.clone(),
        base: OWN.to_owned(),
        release: Release::R4,
        resource_type: resource_type.to_owned(),
        id: id.to_owned(),
    }
}

/// The row number and the id of the connection that holds what a person added.
fn connection_of(db: &Sqlite, person: &PersonId) -> Result<Option<(i64, ConnectionId)>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT n, id FROM connection WHERE person = ?1 AND state = 'own' ORDER BY n LIMIT 1",
        )?
        .query_row([&person.0], |row| Ok((row.get(0)?, ConnectionId(row.get(1)?))))
        .optional()?)
}

fn find(db: &Sqlite, connection: i64, resource_type: &str, id: &str) -> Result<Option<i64>, StoreError> {
    let Some(source) = versions::find_source(db, connection, OWN, Release::R4)? else { return Ok(None) };
    Ok(versions::find_current(db, source, resource_type, id)?.map(|(resource, _)| resource))
}

/// Writes the next version of a resource, and its entry. Returns the resource's row number.
fn write(
    tx: &Transaction<'_>,
    connection: i64,
    own: &OwnResource,
    at: DateTime<Utc>,
) -> Result<i64, StoreError> {
    let bytes = own.json.as_bytes();
    let entry = versions::entry(bytes, Release::R4, false, NOWHERE)
        .map_err(|_| StoreError::Inconsistent("own entry"))?;
    let source = match versions::find_source(tx, connection, OWN, Release::R4)? {
        Some(source) => source,
        None => versions::add_source(tx, connection, OWN, Release::R4)?,
    };
    let hash = content_hash(bytes);
    let resource = match versions::find_current(tx, source, &own.resource_type, &own.id)? {
        Some((resource, current)) if current == hash.0 => return Ok(resource),
        Some((resource, _)) => resource,
        None => versions::add_resource(tx, source, &own.resource_type, &own.id, None)?,
    };
    let incoming = Incoming {
        bytes: bytes.to_vec(),
        resource_type: own.resource_type.clone(),
        id: Some(own.id.clone()),
        full_url: None,
        position: 0,
        inferred: None,
    };
    let version = versions::Fresh {
        incoming: &incoming,
        hash: &hash,
        received_at: at,
        url: NOWHERE,
        midnight_means_day: false,
        is_slice: false,
    };
    let version = versions::add(tx, resource, &version, &mut Packing::new(connection, &[]))?;
    derived::mark_stale(tx, resource, Some(&entry))?;
    entries::put(tx, resource, version, &entry)?;
    Ok(resource)
}

fn fact_of(db: &Sqlite, resource: i64) -> Result<FactId, StoreError> {
    let key = entries::key_of(db, resource)?.ok_or(StoreError::Inconsistent("own entry"))?;
    facts::of_entry(db, &key)?.ok_or(StoreError::Inconsistent("own entry"))
}

/// All versions of a resource, the oldest first.
fn versions_of(db: &Sqlite, resource: i64) -> Result<Vec<(i64, String)>, StoreError> {
    let mut all = Vec::new();
    for row in versions::of(db, resource)?.into_iter().rev() {
        let bytes = versions::bytes_of(db, &mut Unpacking::new(db), row.id)?;
        let json = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        all.push((millis(row.received_at), json.ok_or(StoreError::Inconsistent("version"))?));
    }
    Ok(all)
}

//! Table `connection`: one person at one provider, or one set of imported files. Written by [`Store::save_connection`]
//! and by signing in and out (`sign_in.rs`).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};
use wholechart_record::{ConnectionId, PersonId};

use super::people;
use crate::rows::{from_word, json, json_at, millis, moment, word};
use crate::{Store, StoreError};

/// Where a connection stands. A sync that is running is not stored: it ends with the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConnectionState {
    /// Signed in.
    Connected,
    /// The sign-in ended; everything received is kept.
    SignInNeeded,
    /// Files; nothing to sign in to.
    Files,
    /// What the person adds of their own; nothing to sign in to.
    Own,
    /// Disconnected by the user; its records were kept.
    Disconnected,
}

/// One person at one provider, or one set of imported files.
#[derive(Debug, Clone, PartialEq)]
pub struct Connection {
    /// Random, made when it is added.
    pub id: ConnectionId,
    /// Whose record it brings.
    pub person: PersonId,
    /// The provider's name.
    pub name: String,
    /// The provider's card as used: endpoints, client id, quirks. Never a secret: those have [`Store::keep_sign_in`].
    pub card: serde_json::Value,
    /// The patient's id per FHIR base (base without a trailing slash).
    pub patient: BTreeMap<String, String>,
    /// Where it stands.
    pub state: ConnectionState,
    /// When it was added.
    pub created: DateTime<Utc>,
    /// 0 to 7: which of the provider colours.
    pub colour: u8,
    /// Holds imported files.
    pub imported: bool,
}

/// What is held from one connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Resources, without those that are set aside as somebody else's.
    pub resources: u64,
    /// Versions of them.
    pub versions: u64,
    /// Pieces kept without being understood.
    pub unreadable: u64,
}

const CONNECTION: &str =
    "SELECT id, person, name, card, patient, state, created, colour, imported FROM connection";

impl Store {
    /// Connections of one person, or all, in the order they were added.
    pub fn connections(&self, person: Option<&PersonId>) -> Result<Vec<Connection>, StoreError> {
        self.read(|db| all(db, person))
    }

    /// One connection. `None` for an unknown id.
    pub fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!("{CONNECTION} WHERE id = ?1"))?;
            query.query_and_then([&id.0], connection)?.next().transpose()
        })
    }

    /// Adds or changes a connection. Whose it is stays as it was: a record never moves to another person this way.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] when its person is not here.
    pub fn save_connection(&self, connection: &Connection) -> Result<(), StoreError> {
        self.write(|tx| put(tx, connection).map(drop))
    }

    /// How much is held from a connection.
    pub fn counts(&self, id: &ConnectionId) -> Result<Counts, StoreError> {
        self.read(|db| {
            let connection = number(db, id)?;
            let count =
                |sql: &str| db.prepare_cached(sql)?.query_row([connection], |row| row.get::<_, u64>(0));
            Ok(Counts {
                resources: count(
                    "SELECT count(*) FROM resource r JOIN source s ON s.n = r.source
                     WHERE s.connection = ?1 AND r.n NOT IN (SELECT resource FROM set_aside)",
                )?,
                versions: count(
                    "SELECT count(*) FROM version v JOIN resource r ON r.n = v.resource
                     JOIN source s ON s.n = r.source WHERE s.connection = ?1",
                )?,
                unreadable: count("SELECT count(*) FROM unreadable WHERE connection = ?1")?,
            })
        })
    }
}

/// Connections of one person, or all, in the order they were added.
pub(crate) fn all(db: &Sqlite, person: Option<&PersonId>) -> Result<Vec<Connection>, StoreError> {
    let mut query =
        db.prepare_cached(&format!("{CONNECTION} WHERE ?1 IS NULL OR person = ?1 ORDER BY created, n"))?;
    query.query_and_then([person.map(|person| &person.0)], connection)?.collect()
}

/// The row number of a connection.
///
/// # Errors
/// [`StoreError::NoSuch`] for an unknown connection.
pub(crate) fn number(db: &Sqlite, id: &ConnectionId) -> Result<i64, StoreError> {
    find_number(db, id)?.ok_or(StoreError::NoSuch("connection"))
}

/// The row number of a connection. `None`: there is no such connection.
pub(crate) fn find_number(db: &Sqlite, id: &ConnectionId) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT n FROM connection WHERE id = ?1")?
        .query_row([&id.0], |row| row.get(0))
        .optional()?)
}

/// Adds or changes a connection. Returns its row number.
///
/// # Errors
/// [`StoreError::NoSuch`] when its person is not here.
pub(crate) fn put(tx: &Transaction<'_>, connection: &Connection) -> Result<i64, StoreError> {
    people::known(tx, &connection.person)?;
    Ok(tx.query_row(
        "INSERT INTO connection (id, person, name, card, patient, state, created, colour, imported)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET
            name = excluded.name, card = excluded.card, patient = excluded.patient, state = excluded.state,
            colour = excluded.colour, imported = excluded.imported
         RETURNING n",
        (
            &connection.id.0,
            &connection.person.0,
            &connection.name,
            connection.card.to_string(),
            json(&connection.patient)?,
            word(connection.state)?,
            millis(connection.created),
            connection.colour,
            connection.imported,
        ),
        |row| row.get(0),
    )?)
}

/// Changes where a connection stands.
pub(crate) fn set_state(
    tx: &Transaction<'_>,
    connection: i64,
    state: ConnectionState,
) -> Result<(), StoreError> {
    tx.execute("UPDATE connection SET state = ?2 WHERE n = ?1", (connection, word(state)?))?;
    Ok(())
}

/// Deletes a connection with every byte it brought. Returns whose it was.
pub(crate) fn delete(tx: &Transaction<'_>, connection: i64) -> Result<PersonId, StoreError> {
    let mut delete = tx.prepare_cached("DELETE FROM connection WHERE n = ?1 RETURNING person")?;
    Ok(PersonId(delete.query_row([connection], |row| row.get(0))?))
}

/// The ids of a person's connections.
pub(crate) fn of_person(db: &Sqlite, person: &PersonId) -> Result<Vec<ConnectionId>, StoreError> {
    let mut query = db.prepare_cached("SELECT id FROM connection WHERE person = ?1")?;
    Ok(query.query_map([&person.0], |row| Ok(ConnectionId(row.get(0)?)))?.collect::<Result<_, _>>()?)
}

/// Whose a connection is.
pub(crate) fn person_of(db: &Sqlite, connection: i64) -> Result<PersonId, StoreError> {
    let mut query = db.prepare_cached("SELECT person FROM connection WHERE n = ?1")?;
    Ok(PersonId(query.query_row([connection], |row| row.get(0))?))
}

/// The id of a connection.
pub(crate) fn id_of(db: &Sqlite, connection: i64) -> Result<ConnectionId, StoreError> {
    let mut query = db.prepare_cached("SELECT id FROM connection WHERE n = ?1")?;
    Ok(ConnectionId(query.query_row([connection], |row| row.get(0))?))
}

/// Whether it is one of files of which nothing is left: everything that was ever taken in was undone.
pub(crate) fn is_left_empty(db: &Sqlite, connection: i64) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT imported
                AND NOT EXISTS (SELECT 1 FROM source WHERE connection = ?1)
                AND NOT EXISTS (SELECT 1 FROM document WHERE connection = ?1)
                AND NOT EXISTS (SELECT 1 FROM unreadable WHERE connection = ?1)
                AND NOT EXISTS (SELECT 1 FROM run WHERE connection = ?1 AND outcome IS NOT 'undone')
             FROM connection WHERE n = ?1",
        )?
        .query_row([connection], |row| row.get(0))?)
}

fn connection(row: &Row<'_>) -> Result<Connection, StoreError> {
    Ok(Connection {
        id: ConnectionId(row.get(0)?),
        person: PersonId(row.get(1)?),
        name: row.get(2)?,
        card: json_at(row, 3, "connection")?,
        patient: json_at(row, 4, "connection")?,
        state: from_word(row.get(5)?, "connection")?,
        created: moment(row.get(6)?)?,
        colour: row.get(7)?,
        imported: row.get(8)?,
    })
}

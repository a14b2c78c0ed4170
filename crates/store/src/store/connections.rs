//! People, connections and their secrets.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use chrono::NaiveDate;
use rusqlite::{Connection as Sqlite, OptionalExtension, Row, Transaction};
use secrecy::{ExposeSecret, SecretString};
use wholechart_record::{ConnectionId, PersonId};

use super::rows::{from_json, from_word, json, millis, moment, word};
use super::{Store, decided, facts, migrate, notes, search};
use crate::keys::DB_FILE;
use crate::{Connection, ConnectionState, Counts, Person, StoreError, Tokens};

const CONNECTION: &str =
    "SELECT id, person, name, card, patient, state, created, colour, imported FROM connection";

impl Store {
    /// Everybody whose record is kept, by name.
    pub fn persons(&self) -> Result<Vec<Person>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT id, name, birth_date, home_zone, colour FROM person ORDER BY name, id",
            )?;
            let mut rows = query.query([])?;
            let mut persons = Vec::new();
            while let Some(row) = rows.next()? {
                persons.push(person(row)?);
            }
            Ok(persons)
        })
    }

    /// Adds or changes a person. A changed home zone moves days, so the person's facts are refreshed in the same
    /// transaction.
    pub fn save_person(&self, person: &Person) -> Result<(), StoreError> {
        self.project(&person.id, |tx, slot| {
            let zone_before: Option<String> = tx
                .query_row("SELECT home_zone FROM person WHERE id = ?1", [&person.id.0], |row| row.get(0))
                .optional()?;
            put_person(tx, person)?;
            if zone_before.is_some_and(|zone| zone != person.home_zone.name()) {
                facts::refresh(tx, &person.id, slot)?;
            }
            Ok(())
        })
    }

    /// Connections of one person, or all, in the order they were added.
    pub fn connections(&self, person: Option<&PersonId>) -> Result<Vec<Connection>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "{CONNECTION} WHERE ?1 IS NULL OR person = ?1 ORDER BY created, n"
            ))?;
            let mut rows = query.query([person.map(|person| &person.0)])?;
            let mut connections = Vec::new();
            while let Some(row) = rows.next()? {
                connections.push(connection(row)?);
            }
            Ok(connections)
        })
    }

    /// One connection.
    pub fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!("{CONNECTION} WHERE id = ?1"))?;
            let mut rows = query.query([&id.0])?;
            rows.next()?.map(connection).transpose()
        })
    }

    /// Adds or changes a connection. Whose it is stays as it was: a record never moves to another person this way.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] when its person is not here.
    pub fn save_connection(&self, connection: &Connection) -> Result<(), StoreError> {
        self.write(|tx| put_connection(tx, connection))
    }

    /// Keeps a connection with what it was signed in with, whole or not at all: a new secret beside the tokens of an
    /// older registration opens nothing.
    ///
    /// # Errors
    /// As [`Store::save_connection`].
    pub fn keep_sign_in(
        &self,
        connection: &Connection,
        tokens: &Tokens,
        secret: Option<&SecretString>,
    ) -> Result<(), StoreError> {
        let mut unsaved = self.unsaved();
        self.write(|tx| {
            put_connection(tx, connection)?;
            put_secret(tx, &connection.id, secret)?;
            put_tokens(tx, &connection.id, tokens)
        })?;
        unsaved.remove(&connection.id);
        Ok(())
    }

    /// Gives a connection that brought nothing yet to another person, with its sign-in and under the id of `moved`. Whole
    /// or not at all: of two connections with one refresh token, the second one to renew it ends the sign-in. A person
    /// who is here already stays as they are.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] when there is no such connection.
    pub fn give(&self, id: &ConnectionId, person: &Person, moved: &Connection) -> Result<(), StoreError> {
        self.remove_copies()?;
        let mut unsaved = self.unsaved();
        let late = unsaved.get(id);
        self.write_anew(|tx| {
            if let Some(tokens) = late {
                put_tokens(tx, id, tokens)?;
            }
            match find_person(tx, &person.id) {
                Err(StoreError::NoSuch(_)) => put_person(tx, person)?,
                known => drop(known?),
            }
            put_connection(tx, moved)?;
            let (from, to) = (number(tx, id)?, number(tx, &moved.id)?);
            tx.execute("UPDATE token SET connection = ?2 WHERE connection = ?1", [from, to])?;
            tx.execute("UPDATE client_secret SET connection = ?2 WHERE connection = ?1", [from, to])?;
            forget(tx, id)
        })?;
        unsaved.remove(id);
        Ok(())
    }

    /// Keeps what the token endpoint gave, replacing what was there. On disk when this returns.
    ///
    /// # Errors
    /// When the file does not take them (a full disk). The server may have spent the refresh token before these, so they
    /// are held in memory, and [`Store::tokens`] tries again.
    pub fn save_tokens(&self, id: &ConnectionId, tokens: &Tokens) -> Result<(), StoreError> {
        let mut unsaved = self.unsaved();
        let outcome = self.write(|tx| put_tokens(tx, id, tokens));
        match outcome {
            Ok(()) | Err(StoreError::NoSuch(_)) => unsaved.remove(id),
            Err(_) => unsaved.insert(id.clone(), tokens.clone()),
        };
        outcome
    }

    fn unsaved(&self) -> MutexGuard<'_, BTreeMap<ConnectionId, Tokens>> {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The tokens of a connection; none when it is signed out.
    ///
    /// # Errors
    /// Also when newer ones wait to be kept and the file still does not take them: the ones in it are spent.
    pub fn tokens(&self, id: &ConnectionId) -> Result<Option<Tokens>, StoreError> {
        let late = self.unsaved().get(id).cloned();
        if let Some(tokens) = late {
            self.save_tokens(id, &tokens)?;
        }
        self.read(|db| {
            Ok(db
                .prepare_cached(
                    "SELECT t.access, t.refresh, t.expires_at, t.scope
                     FROM token t JOIN connection c ON c.n = t.connection WHERE c.id = ?1",
                )?
                .query_row([&id.0], |row| {
                    Ok(Tokens {
                        access: row.get::<_, String>(0)?.into(),
                        refresh: row.get::<_, Option<String>>(1)?.map(SecretString::from),
                        expires_at: row.get::<_, Option<i64>>(2)?.map(moment).transpose()?,
                        scope: row.get(3)?,
                    })
                })
                .optional()?)
        })
    }

    /// Forgets the tokens of a connection.
    pub fn clear_tokens(&self, id: &ConnectionId) -> Result<(), StoreError> {
        self.unsaved().remove(id);
        self.write(|tx| {
            tx.execute("DELETE FROM token WHERE connection = ?1", [number(tx, id)?])?;
            Ok(())
        })
    }

    /// The secret of a confidential client.
    pub fn client_secret(&self, id: &ConnectionId) -> Result<Option<SecretString>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached(
                    "SELECT s.secret FROM client_secret s JOIN connection c ON c.n = s.connection WHERE c.id = ?1",
                )?
                .query_row([&id.0], |row| row.get::<_, String>(0))
                .optional()?
                .map(SecretString::from))
        })
    }

    /// Ends a connection, in one transaction.
    ///
    /// With `keep_records`, tokens and client secret go, the connection becomes [`ConnectionState::Disconnected`] and
    /// everything received stays. Without, the connection goes with every byte it brought, and the person's facts are
    /// made from what remains; copies of the file made before a change of format go as well, because they still hold
    /// what is to be forgotten.
    pub fn delete_connection(&self, id: &ConnectionId, keep_records: bool) -> Result<(), StoreError> {
        if !keep_records {
            self.remove_copies()?;
        }
        self.unsaved().remove(id);
        self.write_anew(|tx| {
            if !keep_records {
                return forget(tx, id);
            }
            let connection = number(tx, id)?;
            tx.execute("DELETE FROM token WHERE connection = ?1", [connection])?;
            tx.execute("DELETE FROM client_secret WHERE connection = ?1", [connection])?;
            tx.execute(
                "UPDATE connection SET state = ?2 WHERE n = ?1",
                (connection, word(ConnectionState::Disconnected)?),
            )?;
            Ok(())
        })
    }

    /// Copies of the file made before a change of format still hold what is to be forgotten.
    fn remove_copies(&self) -> Result<(), StoreError> {
        for copy in migrate::copies(&self.dir.join(DB_FILE))? {
            std::fs::remove_file(copy)?;
        }
        Ok(())
    }

    /// How much is held from a connection.
    pub fn counts(&self, id: &ConnectionId) -> Result<Counts, StoreError> {
        self.read(|db| {
            let connection = number(db, id)?;
            let count =
                |sql: &str| db.prepare_cached(sql)?.query_row([connection], |row| row.get::<_, u64>(0));
            Ok(Counts {
                resources: count(
                    "SELECT count(*) FROM resource r JOIN source s ON s.n = r.source WHERE s.connection = ?1",
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

fn put_person(tx: &Transaction<'_>, person: &Person) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO person (id, name, birth_date, home_zone, colour) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET
            name = excluded.name, birth_date = excluded.birth_date, home_zone = excluded.home_zone,
            colour = excluded.colour",
        (
            &person.id.0,
            &person.name,
            person.birth_date.map(|date| date.to_string()),
            person.home_zone.name(),
            person.colour,
        ),
    )?;
    Ok(())
}

fn put_connection(tx: &Transaction<'_>, connection: &Connection) -> Result<(), StoreError> {
    find_person(tx, &connection.person)?;
    tx.execute(
        "INSERT INTO connection (id, person, name, card, patient, state, created, colour, imported)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET
            name = excluded.name, card = excluded.card, patient = excluded.patient, state = excluded.state,
            colour = excluded.colour, imported = excluded.imported",
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
    )?;
    Ok(())
}

/// Keeps, or with none forgets, the secret of a confidential client.
fn put_secret(
    tx: &Transaction<'_>,
    id: &ConnectionId,
    secret: Option<&SecretString>,
) -> Result<(), StoreError> {
    let connection = number(tx, id)?;
    match secret {
        Some(secret) => tx.execute(
            "INSERT INTO client_secret (connection, secret) VALUES (?1, ?2)
             ON CONFLICT (connection) DO UPDATE SET secret = excluded.secret",
            (connection, secret.expose_secret()),
        )?,
        None => tx.execute("DELETE FROM client_secret WHERE connection = ?1", [connection])?,
    };
    Ok(())
}

/// A connection with every byte it brought; the person's facts are made from what remains.
fn forget(tx: &Transaction<'_>, id: &ConnectionId) -> Result<(), StoreError> {
    let connection = number(tx, id)?;
    tx.execute("DELETE FROM token WHERE connection = ?1", [connection])?;
    tx.execute("DELETE FROM client_secret WHERE connection = ?1", [connection])?;
    let person = PersonId(tx.query_row(
        "DELETE FROM connection WHERE n = ?1 RETURNING person",
        [connection],
        |row| row.get(0),
    )?);
    decided::forget(tx, id)?;
    notes::forget(tx, id)?;
    tx.execute("DELETE FROM merged WHERE person = ?1", [&person.0])?;
    facts::refresh(tx, &person, &mut None)?;
    search::forget(tx)
}

fn put_tokens(tx: &Transaction<'_>, id: &ConnectionId, tokens: &Tokens) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO token (connection, access, refresh, expires_at, scope) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (connection) DO UPDATE SET access = excluded.access, refresh = excluded.refresh,
            expires_at = excluded.expires_at, scope = excluded.scope",
        (
            number(tx, id)?,
            tokens.access.expose_secret(),
            tokens.refresh.as_ref().map(ExposeSecret::expose_secret),
            tokens.expires_at.map(millis),
            &tokens.scope,
        ),
    )?;
    Ok(())
}

/// The row number of a connection.
pub(super) fn number(db: &Sqlite, id: &ConnectionId) -> Result<i64, StoreError> {
    db.prepare_cached("SELECT n FROM connection WHERE id = ?1")?
        .query_row([&id.0], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NoSuch("connection"))
}

/// A person by id.
pub(super) fn find_person(tx: &Transaction<'_>, id: &PersonId) -> Result<Person, StoreError> {
    let mut query =
        tx.prepare_cached("SELECT id, name, birth_date, home_zone, colour FROM person WHERE id = ?1")?;
    let mut rows = query.query([&id.0])?;
    rows.next()?.map(person).transpose()?.ok_or(StoreError::NoSuch("person"))
}

fn person(row: &Row<'_>) -> Result<Person, StoreError> {
    let birth_date: Option<String> = row.get(2)?;
    let birth_date: Option<NaiveDate> = birth_date
        .map(|date| date.parse().map_err(|_| StoreError::Inconsistent("birth date")))
        .transpose()?;
    let zone: String = row.get(3)?;
    Ok(Person {
        id: PersonId(row.get(0)?),
        name: row.get(1)?,
        birth_date,
        home_zone: zone.parse().map_err(|_| StoreError::Inconsistent("time zone"))?,
        colour: row.get(4)?,
    })
}

fn connection(row: &Row<'_>) -> Result<Connection, StoreError> {
    let patient: BTreeMap<String, String> = from_json(&row.get::<_, String>(4)?, "connection")?;
    Ok(Connection {
        id: ConnectionId(row.get(0)?),
        person: PersonId(row.get(1)?),
        name: row.get(2)?,
        card: from_json(&row.get::<_, String>(3)?, "connection")?,
        patient,
        state: from_word(row.get(5)?, "connection")?,
        created: moment(row.get(6)?)?,
        colour: row.get(7)?,
        imported: row.get(8)?,
    })
}

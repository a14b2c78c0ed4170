//! Table `person`: whose records are kept. Written by [`Store::save_person`] and [`Store::give`].

use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::{Connection as Sqlite, Row, Transaction};
use wholechart_fhir::debug_without_record;
use wholechart_record::PersonId;

use crate::{Store, StoreError};

/// A person whose record is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Random, made when the person is added.
    pub id: PersonId,
    /// As the user calls them.
    pub name: String,
    /// `None` before it is known.
    pub birth_date: Option<NaiveDate>,
    /// Decides the day of an instant that was sent without one.
    pub home_zone: Tz,
    /// 0 to 7: which of the marks' colours stands for them.
    pub colour: u8,
}

debug_without_record!(Person { id });

const PERSON: &str = "SELECT id, name, birth_date, home_zone, colour FROM person";

impl Store {
    /// Everybody whose record is kept, by name.
    pub fn persons(&self) -> Result<Vec<Person>, StoreError> {
        self.read(all)
    }

    /// A person by id.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an unknown id.
    pub fn person(&self, id: &PersonId) -> Result<Person, StoreError> {
        self.read(|db| known(db, id))
    }
}

/// Everybody, by name.
pub(crate) fn all(db: &Sqlite) -> Result<Vec<Person>, StoreError> {
    let mut query = db.prepare_cached(&format!("{PERSON} ORDER BY name, id"))?;
    query.query_and_then([], person)?.collect()
}

/// A person by id.
///
/// # Errors
/// [`StoreError::NoSuch`] for an unknown person.
pub(crate) fn known(db: &Sqlite, id: &PersonId) -> Result<Person, StoreError> {
    find(db, id)?.ok_or(StoreError::NoSuch("person"))
}

/// A person by id. `None`: there is no such person.
pub(crate) fn find(db: &Sqlite, id: &PersonId) -> Result<Option<Person>, StoreError> {
    let mut query = db.prepare_cached(&format!("{PERSON} WHERE id = ?1"))?;
    query.query_and_then([&id.0], person)?.next().transpose()
}

/// Adds or changes a person.
pub(crate) fn put(tx: &Transaction<'_>, person: &Person) -> Result<(), StoreError> {
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

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

/// Deletes a person: every row of every table that says whose it is. First what they are connected to, with all that it
/// brought; the number that they are searched by after the facts, and their own row last.
pub(crate) fn delete(tx: &Transaction<'_>, person: &PersonId) -> Result<(), StoreError> {
    let mut tables = tables_by_person(tx)?;
    let last = |table: &String| match table.as_str() {
        "connection" => 0,
        "search_person" => 2,
        _ => 1,
    };
    tables.sort_by_key(last);
    for table in tables {
        tx.execute(&format!("DELETE FROM {table} WHERE person = ?1"), [&person.0])?;
    }
    // What merging finds entries and facts by says whose it is by their numbers only.
    tx.execute("DELETE FROM found WHERE resource NOT IN (SELECT n FROM resource)", [])?;
    tx.execute("DELETE FROM tied WHERE fact NOT IN (SELECT n FROM fact)", [])?;
    tx.execute("DELETE FROM person WHERE id = ?1", [&person.0])?;
    Ok(())
}

/// Every table that says in a column whose its rows are: asked of the file, so that none can be left out.
pub(crate) fn tables_by_person(db: &Sqlite) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.rootpage > 0 AND c.name = 'person' ORDER BY m.name",
    )?;
    Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Deletes what a person said of records of which nothing is left.
pub(crate) fn forget_said_of_nothing(tx: &Transaction<'_>, person: &PersonId) -> Result<(), StoreError> {
    const GONE: &str = "NOT EXISTS (
        SELECT 1 FROM connection c JOIN source s ON s.connection = c.n JOIN resource r ON r.source = s.n
        WHERE c.id = json_extract(KEY, '$.connection') AND s.base = json_extract(KEY, '$.base')
            AND s.release = json_extract(KEY, '$.release') AND r.type = json_extract(KEY, '$.resource_type')
            AND r.fhir_id = json_extract(KEY, '$.id'))";
    let gone = |key: &str| GONE.replace("KEY", key);
    for sql in [
        format!("DELETE FROM note WHERE person = ?1 AND {}", gone("about")),
        format!("DELETE FROM decision WHERE person = ?1 AND ({} OR {})", gone("a"), gone("b")),
        format!(
            "DELETE FROM placed WHERE person = ?1 AND ({} OR beside IS NOT NULL AND {})",
            gone("entry"),
            gone("beside")
        ),
        format!(
            "DELETE FROM choice WHERE person = ?1 AND EXISTS (SELECT 1 FROM json_each(keys) k WHERE {})",
            gone("k.value")
        ),
    ] {
        tx.execute(&sql, [&person.0])?;
    }
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

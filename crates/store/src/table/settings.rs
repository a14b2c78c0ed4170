//! Table `setting`: what the user chose, as JSON by name. Written by [`Store::set_setting`].
//!
//! One name for each person is this crate's own: `seen` and the person's id, with the number of the newest change the
//! person has looked at. Written by [`Store::set_seen`](crate::Store::set_seen).

use rusqlite::{Connection as Sqlite, OptionalExtension, Transaction};
use wholechart_record::PersonId;

use crate::rows::from_json;
use crate::{Store, StoreError};

impl Store {
    /// A setting by its name.
    pub fn setting(&self, name: &str) -> Result<Option<serde_json::Value>, StoreError> {
        self.read(|db| get(db, name)?.map(|text| from_json(&text, "setting")).transpose())
    }

    /// Keeps a setting; `null` deletes it.
    pub fn set_setting(&self, name: &str, value: &serde_json::Value) -> Result<(), StoreError> {
        self.write(|tx| {
            if value.is_null() {
                tx.execute("DELETE FROM setting WHERE name = ?1", [name])?;
                return Ok(());
            }
            put(tx, name, &value.to_string())
        })
    }
}

/// The newest change a person has looked at, as `change.n`. 0: nothing yet.
pub(crate) fn seen(db: &Sqlite, person: &PersonId) -> Result<i64, StoreError> {
    let text = get(db, &seen_name(person))?;
    text.map_or(Ok(0), |text| text.parse().map_err(|_| StoreError::Inconsistent("setting")))
}

/// Keeps which change a person has looked at last.
pub(crate) fn set_seen(tx: &Transaction<'_>, person: &PersonId, change: i64) -> Result<(), StoreError> {
    put(tx, &seen_name(person), &change.to_string())
}

/// The note that an erasure was begun whose bytes are not yet written over.
const ERASING: &str = "erasing";

/// Notes that an erasure was begun.
pub(crate) fn note_erasing(tx: &Transaction<'_>) -> Result<(), StoreError> {
    put(tx, ERASING, "true")
}

/// Whether an erasure was begun and not finished.
pub(crate) fn is_erasing(db: &Sqlite) -> Result<bool, StoreError> {
    Ok(get(db, ERASING)?.is_some())
}

/// Erasures are finished.
pub(crate) fn erased(db: &Sqlite) -> Result<(), StoreError> {
    db.execute("DELETE FROM setting WHERE name = ?1", [ERASING])?;
    Ok(())
}

/// Deletes every choice that is of a person, by its name or by what it says.
pub(crate) fn forget(tx: &Transaction<'_>, person: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM setting WHERE instr(name, ?1) > 0 OR instr(value, ?1) > 0", [person])?;
    Ok(())
}

fn seen_name(person: &PersonId) -> String {
    format!("seen {}", person.0)
}

fn get(db: &Sqlite, name: &str) -> Result<Option<String>, StoreError> {
    Ok(db
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

/// Keeps a setting.
pub(crate) fn put(tx: &Transaction<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        (name, value),
    )?;
    Ok(())
}

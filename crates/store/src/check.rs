//! Whether the file of an open record is whole.
//!
//! Every page is sealed, and a table is sound when all of its pages can be read and hang together. At a start there is not
//! time for everything in a long record: the tables take turns, and the next start goes on where this one was stopped.

use rusqlite::Connection as Sqlite;

use crate::store::is_sound;
use crate::{Store, StoreError};

/// The setting that says which table comes next.
const NEXT: &str = "checked";

/// SQLite asks whether to go on after so many steps.
const STEPS: i32 = 1_000;

/// What a look at the file led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// Everything is whole.
    Whole,
    /// What was looked at is, and there was no time for the others.
    InPart,
    /// Something is damaged.
    Damaged,
}

impl Store {
    /// Looks at the record table by table, as long as `goes_on` says so. Who is reading goes on meanwhile.
    ///
    /// # Errors
    /// What the disk says.
    pub fn check_some(
        &self,
        goes_on: impl Fn() -> bool + Clone + Send + 'static,
    ) -> Result<Checked, StoreError> {
        let next = match self.setting(NEXT) {
            Err(StoreError::Damaged) => return Ok(Checked::Damaged),
            next => next?,
        };
        let mut stopped_at = None;
        let checked = self.look(goes_on, |db| {
            let mut query = db.prepare(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name",
            )?;
            let mut tables: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            let first = next
                .as_ref()
                .and_then(serde_json::Value::as_str)
                .and_then(|next| tables.iter().position(|table| table == next));
            tables.rotate_left(first.unwrap_or(0));
            for (n, table) in tables.iter().enumerate() {
                // The one that was too long is not begun with once more: all the others would never be reached.
                stopped_at = Some(tables[(n + 1) % tables.len()].clone());
                if !is_whole(db, &format!("PRAGMA quick_check('{table}')"))? {
                    return Ok(false);
                }
            }
            stopped_at = None;
            Ok(true)
        })?;
        if checked == Checked::InPart && self.unwritable().is_none() {
            self.set_setting(NEXT, &stopped_at.map_or(serde_json::Value::Null, Into::into))?;
        }
        Ok(checked)
    }

    /// Looks at everything, as long as `goes_on` says so.
    ///
    /// # Errors
    /// What the disk says.
    pub fn check(&self, goes_on: impl Fn() -> bool + Clone + Send + 'static) -> Result<Checked, StoreError> {
        self.look(goes_on, |db| is_whole(db, "PRAGMA integrity_check(1)"))
    }

    fn look(
        &self,
        goes_on: impl Fn() -> bool + Clone + Send + 'static,
        work: impl FnOnce(&Sqlite) -> Result<bool, StoreError>,
    ) -> Result<Checked, StoreError> {
        self.with_reader(|db| {
            let asked = goes_on.clone();
            db.progress_handler(STEPS, Some(move || !asked()))?;
            // What was read long ago says nothing about the disk.
            db.execute_batch("PRAGMA shrink_memory")?;
            let looked = work(db);
            let sound = is_sound(db);
            db.progress_handler(0, None::<fn() -> bool>)?;
            match looked {
                Ok(whole) if whole && sound? => Ok(Checked::Whole),
                Ok(_) | Err(StoreError::Damaged) => Ok(Checked::Damaged),
                Err(StoreError::Cancelled) => Ok(Checked::InPart),
                Err(error) => Err(error),
            }
        })
    }
}

fn is_whole(db: &Sqlite, pragma: &str) -> Result<bool, StoreError> {
    let said: String =
        db.query_row(pragma, [], |row| row.get(0)).map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => StoreError::Cancelled,
            _ => error.into(),
        })?;
    Ok(said == "ok")
}

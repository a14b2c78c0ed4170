//! What a person wrote beside a record.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Transaction};
use wholechart_fhir::Entry;
use wholechart_record::{ConnectionId, EntryKey, FactId, PersonId};

use super::facts::digest;
use super::rows::{KEY_COLUMNS, from_json, json, key, millis};
use super::search::{self, Said, person_number};
use super::{Store, files};
use crate::StoreError;

impl Store {
    /// The person's own note beside a fact; notes of members that were apart when they were written stand together.
    pub fn note(&self, fact: &FactId) -> Result<Option<String>, StoreError> {
        self.read(|db| {
            let found: Option<(i64, String)> = db
                .prepare_cached("SELECT n, person FROM fact WHERE id = ?1")?
                .query_row([&fact.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((n, person)) = found else { return Ok(None) };
            let notes: Vec<String> =
                beside(db, &PersonId(person), n)?.into_iter().map(|(_, text)| text).collect();
            Ok((!notes.is_empty()).then(|| notes.join("\n\n")))
        })
    }

    /// Keeps the note beside a fact, in the place of what stood there, and lets the search find it; an empty text
    /// takes it away. One transaction.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an unknown fact.
    pub fn set_note(&self, fact: &FactId, text: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(|tx| {
            let found = tx
                .prepare_cached(
                    "SELECT f.n, f.person, f.sort, f.title, f.row, b.json, coalesce(m.json, '')
                     FROM fact f JOIN fact_body b ON b.fact = f.n LEFT JOIN fact_more m ON m.fact = f.n
                     WHERE f.id = ?1",
                )?
                .query_row([&fact.0], |row| {
                    let texts: [String; 4] = [row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?];
                    Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, texts))
                })
                .optional()?;
            let Some((n, person, sort, [title, row, body, more])) = found else {
                return Err(StoreError::NoSuch("fact"));
            };
            let person = PersonId(person);
            let members = members(tx, n)?;
            for (about, _) in beside(tx, &person, n)? {
                tx.prepare_cached("DELETE FROM note WHERE person = ?1 AND about = ?2")?
                    .execute((&person.0, json(&about)?))?;
            }
            let text = text.trim();
            // Beside the member that gives the fact its id.
            let first = members.iter().map(|(key, ..)| key).min().ok_or(StoreError::Inconsistent("fact"))?;
            if !text.is_empty() {
                tx.prepare_cached("INSERT INTO note (person, about, text, at) VALUES (?1, ?2, ?3, ?4)")?
                    .execute((&person.0, json(first)?, text, millis(at)))?;
            }
            let note = Some(text).filter(|text| !text.is_empty());
            let said = Said::by(&title, members.iter().map(|(_, entry, texts)| (entry, texts.as_slice())))
                .with_notes(note.into_iter());
            let number = person_number(tx, &person)?;
            search::remove(tx, number, n, sort)?;
            search::insert(tx, number, n, sort, &said)?;
            tx.prepare_cached("UPDATE fact SET digest = ?2 WHERE n = ?1")?
                .execute((n, digest(&row, &body, &more, &said)))?;
            Ok(())
        })
    }
}

/// Every note of a person, by the entry it stands beside.
pub(super) fn of(db: &Sqlite, person: &PersonId) -> Result<HashMap<EntryKey, String>, StoreError> {
    let mut query = db.prepare_cached("SELECT about, text FROM note WHERE person = ?1")?;
    let mut rows = query.query([&person.0])?;
    let mut notes = HashMap::new();
    while let Some(row) = rows.next()? {
        notes.insert(from_json(&row.get::<_, String>(0)?, "note")?, row.get(1)?);
    }
    Ok(notes)
}

/// Notes beside the members of a fact, in the order of their keys.
pub(super) fn beside(
    db: &Sqlite,
    person: &PersonId,
    fact: i64,
) -> Result<Vec<(EntryKey, String)>, StoreError> {
    // Few people write notes: none is the answer that is wanted at once.
    let any = db.prepare_cached("SELECT 1 FROM note WHERE person = ?1 LIMIT 1")?.exists([&person.0])?;
    if !any {
        return Ok(Vec::new());
    }
    let mut one = db.prepare_cached("SELECT text FROM note WHERE person = ?1 AND about = ?2")?;
    let mut notes = Vec::new();
    for about in keys(db, fact)? {
        let text: Option<String> = one.query_row((&person.0, json(&about)?), |row| row.get(0)).optional()?;
        notes.extend(text.map(|text| (about, text)));
    }
    Ok(notes)
}

/// A connection that is forgotten takes along what was written beside its records.
pub(super) fn forget(tx: &Transaction<'_>, connection: &ConnectionId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM note WHERE json_extract(about, '$.connection') = ?1", [&connection.0])?;
    Ok(())
}

fn keys(db: &Sqlite, fact: i64) -> Result<Vec<EntryKey>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {KEY_COLUMNS} FROM fact_member m JOIN resource r ON r.n = m.resource
         JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection WHERE m.fact = ?1"
    ))?;
    let mut rows = query.query([fact])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        keys.push(key(row, 0)?);
    }
    keys.sort();
    Ok(keys)
}

/// A member, what it says, and the texts of its files.
type Speaker = (EntryKey, Entry, Vec<String>);

/// The members in the order of the fact's own list, which is that of their keys.
fn members(db: &Sqlite, fact: i64) -> Result<Vec<Speaker>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {KEY_COLUMNS}, e.json, c.n, r.n FROM fact_member m JOIN resource r ON r.n = m.resource
         JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection
         JOIN entry e ON e.resource = r.n WHERE m.fact = ?1"
    ))?;
    let mut rows = query.query([fact])?;
    let mut members: Vec<Speaker> = Vec::new();
    while let Some(row) = rows.next()? {
        let key = key(row, 0)?;
        let entry = from_json(row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?, "entry")?;
        let texts = files::texts(db, row.get(6)?, &key.base, row.get(7)?, &entry)?;
        members.push((key, entry, texts));
    }
    members.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(members)
}

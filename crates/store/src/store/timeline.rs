//! Reading facts: the timeline by pages, a record's page, the summary, the streams of the terminal.

use std::collections::HashMap;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use rusqlite::{Connection as Sqlite, OptionalExtension, params_from_iter};
use wholechart_record::{EntryKey, Fact, FactId, Member, PersonId};

use super::Store;
use super::facts::year_start;
use super::rows::{KEY_COLUMNS, from_json, from_word, key, moment, unpack};
use crate::{
    Cursor, EntryRow, Facets, FactRow, Filter, MemberRow, Page, StoreError, Verbatim, VersionId, VersionRow,
};

/// The joins behind [`KEY_COLUMNS`].
const KEYED: &str = "resource r JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection";

impl Store {
    /// A page of at most `limit` facts that belong on the timeline, newest first and undated last, after `cursor`.
    pub fn timeline(
        &self,
        person: &PersonId,
        filter: &Filter,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page, StoreError> {
        let (passes, mut values) = condition(person, filter);
        self.read(|db| {
            let total = db
                .prepare_cached(&format!("SELECT count(*) FROM fact f WHERE {passes}"))?
                .query_row(params_from_iter(&values), |row| row.get(0))?;
            let after = match cursor {
                Some(cursor) => {
                    values.extend([Value::Integer(cursor.sort), Value::Text(cursor.fact.clone())]);
                    "AND (f.sort, f.id) < (?, ?)"
                }
                None => "",
            };
            // One more than asked for says whether there is a next page.
            values.push(Value::Integer(i64::from(limit) + 1));
            let mut query = db.prepare_cached(&format!(
                "SELECT f.sort, f.id, f.row FROM fact f WHERE {passes} {after} ORDER BY f.sort DESC, f.id DESC LIMIT ?"
            ))?;
            let mut found = query.query(params_from_iter(&values))?;
            let mut page = Page { rows: Vec::new(), next: None, total };
            let mut last = None;
            while let Some(row) = found.next()? {
                if page.rows.len() == usize::try_from(limit).unwrap_or(usize::MAX) {
                    page.next = last;
                    break;
                }
                last = Some(Cursor { sort: row.get(0)?, fact: row.get(1)? });
                page.rows.push(from_json(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?, "fact")?);
            }
            Ok(page)
        })
    }

    /// Kinds and years on the timeline of a person, with counts.
    pub fn facets(&self, person: &PersonId) -> Result<Facets, StoreError> {
        self.read(|db| {
            let mut facets = Facets::default();
            let mut kinds = db.prepare_cached(
                "SELECT kind, count(*) FROM fact WHERE person = ?1 AND listed = 1 GROUP BY kind",
            )?;
            let mut rows = kinds.query([&person.0])?;
            while let Some(row) = rows.next()? {
                let count = row.get(1)?;
                facets.kinds.push((from_word(row.get(0)?, "kind")?, count));
                facets.total += count;
            }
            facets.kinds.sort_unstable();
            let mut years = db.prepare_cached(
                "SELECT sort / ?2 AS year, count(*) FROM fact WHERE person = ?1 AND listed = 1
                 GROUP BY year ORDER BY year DESC",
            )?;
            let mut rows = years.query((&person.0, year_start(1)))?;
            while let Some(row) = rows.next()? {
                let year: i32 = row.get(0)?;
                let cursor = Cursor { sort: year_start(year + 1), fact: String::new() };
                facets.years.push(((year > 0).then_some(year), row.get(1)?, cursor));
            }
            Ok(facets)
        })
    }

    /// One fact as lists show it.
    pub fn fact_row(&self, id: &FactId) -> Result<Option<FactRow>, StoreError> {
        self.read(|db| {
            let row: Option<String> = db
                .prepare_cached("SELECT row FROM fact WHERE id = ?1")?
                .query_row([&id.0], |row| row.get(0))
                .optional()?;
            row.map(|row| from_json(&row, "fact")).transpose()
        })
    }

    /// One fact with everything that says it.
    pub fn fact(&self, id: &FactId) -> Result<Option<(Fact, Vec<MemberRow>)>, StoreError> {
        self.read(|db| {
            let found: Option<(i64, String)> = db
                .prepare_cached(
                    "SELECT f.n, b.json FROM fact f JOIN fact_body b ON b.fact = f.n WHERE f.id = ?1",
                )?
                .query_row([&id.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((n, body)) = found else { return Ok(None) };
            let mut query = db.prepare_cached(&format!(
                "SELECT {KEY_COLUMNS}, e.json, r.n FROM {KEYED} JOIN fact_member m ON m.resource = r.n
                 JOIN entry e ON e.resource = r.n WHERE m.fact = ?1"
            ))?;
            let mut rows = query.query([n])?;
            let mut members = Vec::new();
            while let Some(row) = rows.next()? {
                let member =
                    Member { key: key(row, 0)?, entry: from_json(&row.get::<_, String>(5)?, "entry")? };
                members.push(MemberRow { member, versions: versions(db, row.get(6)?)? });
            }
            members.sort_by(|a, b| a.member.key.cmp(&b.member.key));
            Ok(Some((from_json(&body, "fact")?, members)))
        })
    }

    /// A version exactly as it was sent.
    pub fn version_bytes(&self, id: VersionId) -> Result<Option<Verbatim>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT {KEY_COLUMNS}, v.url, v.received_at, v.length, v.bytes
                 FROM {KEYED} JOIN version v ON v.resource = r.n WHERE v.id = ?1"
            ))?;
            let mut rows = query.query([id.0])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some(Verbatim {
                key: key(row, 0)?,
                url: row.get(5)?,
                received_at: moment(row.get(6)?)?,
                bytes: unpack(row.get_ref(8)?.as_blob().map_err(rusqlite::Error::from)?, row.get(7)?)?,
            }))
        })
    }

    /// Every fact of a person with its members, for `wholechart_record::summary`.
    pub fn facts_for_summary(&self, person: &PersonId) -> Result<Vec<(Fact, Vec<Member>)>, StoreError> {
        self.read(|db| {
            let mut entries: HashMap<EntryKey, _> = HashMap::new();
            each_entry(db, Some(person), &mut |row| {
                entries.insert(row.member.key.clone(), row.member);
                ControlFlow::Continue(())
            })?;
            let mut facts = Vec::new();
            each_fact(db, Some(person), &mut |_, fact| {
                let members = fact.members.iter().filter_map(|key| entries.remove(key)).collect();
                facts.push((fact, members));
                ControlFlow::Continue(())
            })?;
            Ok(facts)
        })
    }

    /// Every entry of one person, or of all, one at a time, in the order of their keys' parts. Stops when `each` breaks.
    ///
    /// Holds a reader, and with it the state of the record at the beginning, until it ends.
    pub fn entries(
        &self,
        person: Option<&PersonId>,
        each: &mut dyn FnMut(EntryRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.read(|db| each_entry(db, person, each))
    }

    /// Every fact of one person, or of all, one at a time, newest first, also those that are not on the timeline.
    /// Stops when `each` breaks.
    pub fn facts(
        &self,
        person: Option<&PersonId>,
        each: &mut dyn FnMut(PersonId, Fact) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.read(|db| each_fact(db, person, each))
    }
}

/// The part after WHERE that lets the right facts through, and its values.
fn condition(person: &PersonId, filter: &Filter) -> (String, Vec<Value>) {
    let mut passes = "f.person = ? AND f.listed = 1".to_owned();
    let mut values = vec![Value::Text(person.0.clone())];
    let marks = |n: usize| vec!["?"; n].join(", ");
    if !filter.kinds.is_empty() {
        passes = format!("{passes} AND f.kind IN ({})", marks(filter.kinds.len()));
        values.extend(filter.kinds.iter().map(|kind| Value::Text(kind.as_str().to_owned())));
    }
    if !filter.connections.is_empty() {
        passes = format!(
            "{passes} AND f.n IN (SELECT t.fact FROM fact_source t JOIN connection c ON c.n = t.connection
                          WHERE c.id IN ({}))",
            marks(filter.connections.len())
        );
        values.extend(filter.connections.iter().map(|id| Value::Text(id.0.clone())));
    }
    (passes, values)
}

/// Versions of a resource, newest first.
fn versions(db: &Sqlite, resource: i64) -> Result<Vec<VersionRow>, StoreError> {
    Ok(db
        .prepare_cached("SELECT id, received_at, url FROM version WHERE resource = ?1 ORDER BY id DESC")?
        .query_map([resource], |row| {
            Ok(VersionRow { id: VersionId(row.get(0)?), received_at: moment(row.get(1)?)?, url: row.get(2)? })
        })?
        .collect::<Result<_, _>>()?)
}

fn each_entry(
    db: &Sqlite,
    person: Option<&PersonId>,
    each: &mut dyn FnMut(EntryRow) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {KEY_COLUMNS}, e.json, c.person, v.id, v.received_at, v.url
         FROM {KEYED} JOIN entry e ON e.resource = r.n JOIN version v ON v.id = e.version
         WHERE ?1 IS NULL OR c.person = ?1 ORDER BY c.n, s.n, r.type, r.fhir_id"
    ))?;
    let mut rows = query.query([person.map(|person| &person.0)])?;
    while let Some(row) = rows.next()? {
        let entry = EntryRow {
            person: PersonId(row.get(6)?),
            member: Member {
                key: key(row, 0)?,
                entry: from_json(row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?, "entry")?,
            },
            version: VersionRow {
                id: VersionId(row.get(7)?),
                received_at: moment(row.get(8)?)?,
                url: row.get(9)?,
            },
        };
        if each(entry).is_break() {
            break;
        }
    }
    Ok(())
}

fn each_fact(
    db: &Sqlite,
    person: Option<&PersonId>,
    each: &mut dyn FnMut(PersonId, Fact) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let mut query = db.prepare_cached(
        "SELECT f.person, b.json FROM fact f JOIN fact_body b ON b.fact = f.n
         WHERE ?1 IS NULL OR f.person = ?1 ORDER BY f.person, f.sort DESC, f.id DESC",
    )?;
    let mut rows = query.query([person.map(|person| &person.0)])?;
    while let Some(row) = rows.next()? {
        let fact = from_json(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?, "fact")?;
        if each(PersonId(row.get(0)?), fact).is_break() {
            break;
        }
    }
    Ok(())
}

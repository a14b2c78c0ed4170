//! Reading facts: the timeline by pages, a record's page, the summary, the streams of the terminal.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use rusqlite::{Connection as Sqlite, OptionalExtension, params_from_iter};
use wholechart_fhir::{Day, Entry, Kind};
use wholechart_record::{ConnectionId, EntryKey, Fact, FactId, Member, PersonId, is_said};

use super::facts::year_start;
use super::rows::{KEY_COLUMNS, from_json, from_word, key, moment, unpack, word};
use super::{Store, derive, search};
use crate::{
    Cursor, EntryRow, Facets, FactRow, Filter, MemberRow, Page, Period, StoreError, Verbatim, VersionId,
    VersionRow,
};

/// The joins behind [`KEY_COLUMNS`].
pub(super) const KEYED: &str =
    "resource r JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection";

impl Store {
    /// A page of at most `limit` facts that belong on the timeline, newest first and undated last, after `cursor`.
    pub fn timeline(
        &self,
        person: &PersonId,
        filter: &Filter,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page, StoreError> {
        self.read(|db| {
            let passes = Passes::of(db, person, filter)?;
            let total = match cursor.and_then(|cursor| cursor.total) {
                Some(total) => total,
                None => passes.years(db)?.into_iter().map(|(_, count)| count).sum(),
            };
            let mut sql = passes.sql.clone();
            let mut values = passes.values.clone();
            if let Some(cursor) = cursor {
                sql.push_str(" AND (f.sort, f.id) < (?, ?)");
                values.extend([Value::Integer(cursor.sort), Value::Text(cursor.fact.clone())]);
            }
            // One more than asked for says whether there is a next page.
            values.push(Value::Integer(i64::from(limit) + 1));
            let mut query = db.prepare_cached(&format!(
                "SELECT f.sort, f.id, f.row FROM fact f WHERE {sql} ORDER BY f.sort DESC, f.id DESC LIMIT ?"
            ))?;
            let mut found = query.query(params_from_iter(&values))?;
            let mut page = Page { rows: Vec::new(), next: None, total };
            let mut last = None;
            while let Some(row) = found.next()? {
                if page.rows.len() == usize::try_from(limit).unwrap_or(usize::MAX) {
                    page.next = last;
                    break;
                }
                last = Some(Cursor { sort: row.get(0)?, fact: row.get(1)?, total: Some(total) });
                page.rows.push(from_json(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?, "fact")?);
            }
            Ok(page)
        })
    }

    /// What the timeline of a person, or a list of some kinds (`within`; empty is all), can be filtered by, with
    /// counts; the years are those of what `filter` lets through.
    pub fn facets(&self, person: &PersonId, filter: &Filter, within: &[Kind]) -> Result<Facets, StoreError> {
        self.read(|db| {
            let mut facets = Facets::default();
            let mut all = db.prepare_cached(
                "SELECT kind, status, flagged, sum(facts) FROM tally WHERE person = ?1 GROUP BY kind, status, flagged",
            )?;
            let mut rows = all.query([&person.0])?;
            let (mut kinds, mut statuses) = (BTreeMap::new(), BTreeMap::new());
            while let Some(row) = rows.next()? {
                let count: u64 = row.get(3)?;
                let kind: Kind = from_word(row.get(0)?, "kind")?;
                if !within.is_empty() && !within.contains(&kind) {
                    continue;
                }
                *kinds.entry(kind).or_default() += count;
                *statuses.entry(from_word(row.get(1)?, "status")?).or_default() += count;
                if row.get(2)? {
                    facets.flagged += count;
                }
                facets.total += count;
            }
            facets.kinds = kinds.into_iter().collect();
            facets.statuses = statuses.into_iter().collect();
            for (year, count) in Passes::of(db, person, filter)?.years(db)? {
                let cursor = Cursor { sort: year_start(year + 1), fact: String::new(), total: None };
                facets.years.push(((year > 0).then_some(year), count, cursor));
            }
            facets.periods = periods(db, person)?;
            Ok(facets)
        })
    }

    /// How many facts of each kind are on the timeline that are said to be so.
    pub fn said(&self, person: &PersonId) -> Result<BTreeMap<Kind, u64>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT kind, status, sum(facts) FROM tally WHERE person = ?1 GROUP BY kind, status",
            )?;
            let mut rows = query.query([&person.0])?;
            let mut said = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let (kind, count): (Kind, u64) = (from_word(row.get(0)?, "kind")?, row.get(2)?);
                if is_said(from_word(row.get(1)?, "status")?) {
                    *said.entry(kind).or_default() += count;
                }
            }
            Ok(said)
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
            rows.next()?.map(verbatim).transpose()
        })
    }

    /// The Patient resources that a person's connections sent, the newest version of each as it was sent.
    pub fn patients(&self, person: &PersonId) -> Result<Vec<Verbatim>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT {KEY_COLUMNS}, v.url, v.received_at, v.length, v.bytes
                 FROM {KEYED} JOIN version v ON v.resource = r.n
                 WHERE c.person = ?1 AND r.type = 'Patient'
                   AND v.id = (SELECT max(id) FROM version WHERE resource = r.n) ORDER BY v.id"
            ))?;
            let mut rows = query.query([&person.0])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(verbatim(row)?);
            }
            Ok(found)
        })
    }

    /// A version as its connection's release reads it, and the one before it; none for an unknown version, or one that a
    /// later reader refuses.
    pub fn version_entries(
        &self,
        id: VersionId,
    ) -> Result<Option<(EntryKey, Option<Entry>, Entry)>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT {KEY_COLUMNS}, v.midnight_day, v.length, v.bytes FROM {KEYED} JOIN version v ON v.resource = r.n
                 WHERE v.resource = (SELECT resource FROM version WHERE id = ?1) AND v.id <= ?1
                 ORDER BY v.id DESC LIMIT 2"
            ))?;
            let mut rows = query.query([id.0])?;
            let mut read = Vec::new();
            while let Some(row) = rows.next()? {
                let key = key(row, 0)?;
                let bytes = unpack(row.get_ref(7)?.as_blob().map_err(rusqlite::Error::from)?, row.get(6)?)?;
                let entry = derive::entry(&bytes, key.release, row.get(5)?).ok();
                read.push((key, entry));
            }
            let mut read = read.into_iter();
            let Some((key, Some(after))) = read.next() else { return Ok(None) };
            Ok(Some((key, read.next().and_then(|(_, before)| before), after)))
        })
    }

    /// Every fact of a person with its members: what the quicker ways of reading are compared with.
    #[cfg(test)]
    pub(crate) fn facts_for_summary(
        &self,
        person: &PersonId,
    ) -> Result<Vec<(Fact, Vec<Member>)>, StoreError> {
        self.read(|db| {
            let mut entries = std::collections::HashMap::<EntryKey, _>::new();
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
pub(super) struct Passes {
    /// Over `fact f`.
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
    /// The columns of `tally` say it all.
    counted: bool,
}

impl Passes {
    pub(super) fn of(db: &Sqlite, person: &PersonId, filter: &Filter) -> Result<Passes, StoreError> {
        let mut passes = Passes {
            sql: "f.person = ? AND f.listed = 1".to_owned(),
            values: vec![Value::Text(person.0.clone())],
            counted: true,
        };
        passes.any("f.kind", filter.kinds.iter().map(|kind| kind.as_str().to_owned()).collect());
        let statuses = filter.statuses.iter().map(word).collect::<Result<_, _>>()?;
        passes.any("f.status", statuses);
        if filter.flagged {
            passes.sql.push_str(" AND f.flagged = 1");
        }
        passes.told(db, &filter.connections)?;
        passes.dated(filter.from, filter.to);
        if let Some((facts, expression, [first, last])) =
            filter.text.as_deref().map(|text| search::condition(db, person, text)).transpose()?.flatten()
        {
            passes.sql = format!("{} AND f.n IN ({facts})", passes.sql);
            passes.values.extend([Value::Text(expression), Value::Integer(first), Value::Integer(last)]);
            passes.counted = false;
        }
        Ok(passes)
    }

    fn any(&mut self, column: &str, of: Vec<String>) {
        match of.len() {
            0 => {}
            // An equality lets the index of one kind answer.
            1 => self.sql = format!("{} AND {column} = ?", self.sql),
            n => self.sql = format!("{} AND {column} IN ({})", self.sql, vec!["?"; n].join(", ")),
        }
        self.values.extend(of.into_iter().map(Value::Text));
    }

    fn told(&mut self, db: &Sqlite, connections: &[ConnectionId]) -> Result<(), StoreError> {
        if connections.is_empty() {
            return Ok(());
        }
        let mut one = db.prepare_cached("SELECT n FROM connection WHERE id = ?1")?;
        let mut any = Vec::new();
        for id in connections {
            let n: Option<i64> = one.query_row([&id.0], |row| row.get(0)).optional()?;
            if let Some(n) = n {
                any.push("instr(f.told, ?)");
                self.values.push(Value::Text(format!(" {n} ")));
            }
        }
        let any = if any.is_empty() { "0".to_owned() } else { any.join(" OR ") };
        self.sql = format!("{} AND ({any})", self.sql);
        Ok(())
    }

    fn dated(&mut self, from: Option<Day>, to: Option<Day>) {
        if from.is_none() && to.is_none() {
            return;
        }
        self.counted = false;
        let whole = |year: i32, month: u32, day: u32| {
            Value::Integer((i64::from(year) * 10_000 + i64::from(month * 100 + day)) * 100_000)
        };
        // What has no date is neither before nor after.
        self.sql.push_str(" AND f.sort > 0");
        if let Some(from) = from {
            self.sql.push_str(" AND f.sort >= ? AND (f.sort >= ? OR f.sort IN (?, ?))");
            let (month, day) = (from.month.unwrap_or(0), from.day.unwrap_or(0));
            let year = whole(from.year, 0, 0);
            self.values.extend([
                year.clone(),
                whole(from.year, month, day),
                year,
                whole(from.year, month, 0),
            ]);
        }
        if let Some(to) = to {
            self.sql.push_str(" AND f.sort < ?");
            self.values.push(match (to.month, to.day) {
                (Some(month), Some(day)) => whole(to.year, month, day + 1),
                (Some(month), None) => whole(to.year, month + 1, 0),
                (None, _) => whole(to.year + 1, 0, 0),
            });
        }
    }

    /// How many pass of each year, newest first; 0 is undated.
    pub(super) fn years(&self, db: &Sqlite) -> Result<Vec<(i32, u64)>, StoreError> {
        let sql = if self.counted {
            format!(
                "SELECT f.year, sum(f.facts) FROM tally f WHERE {} GROUP BY f.year ORDER BY f.year DESC",
                self.sql.replace(" AND f.listed = 1", "")
            )
        } else {
            format!(
                "SELECT f.sort / {} AS year, count(*) FROM fact f WHERE {} GROUP BY year ORDER BY year DESC",
                year_start(1),
                self.sql
            )
        };
        let mut query = db.prepare_cached(&sql)?;
        let rows = query.query_map(params_from_iter(&self.values), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Periods that are handed out at once; more than a window could draw.
const PERIODS: u32 = 400;

fn periods(db: &Sqlite, person: &PersonId) -> Result<Vec<Period>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT id, kind, title, sort / 100000, until FROM fact WHERE person = ?1 AND until > 0
         ORDER BY until DESC LIMIT ?2",
    )?;
    let mut rows = query.query((&person.0, PERIODS))?;
    let mut periods = Vec::new();
    while let Some(row) = rows.next()? {
        periods.push(Period {
            fact: FactId(row.get(0)?),
            kind: from_word(row.get(1)?, "kind")?,
            title: row.get(2)?,
            from: day(row.get(3)?)?,
            until: day(row.get(4)?)?,
        });
    }
    Ok(periods)
}

/// The day behind yyyymmdd.
fn day(number: i64) -> Result<Day, StoreError> {
    let part = |number: i64| u32::try_from(number).ok();
    let (Ok(year), Some(month), Some(day)) =
        (i32::try_from(number / 10_000), part(number / 100 % 100), part(number % 100))
    else {
        return Err(StoreError::Inconsistent("fact"));
    };
    Ok(Day { year, month: (month > 0).then_some(month), day: (day > 0).then_some(day) })
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
        "SELECT {KEY_COLUMNS}, e.json, c.person, v.id, v.received_at, v.url, i.how
         FROM {KEYED} JOIN entry e ON e.resource = r.n JOIN version v ON v.id = e.version
         LEFT JOIN inferred i ON i.resource = r.n
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
            inferred: row
                .get_ref(10)?
                .as_str_or_null()
                .map_err(rusqlite::Error::from)?
                .map(|how| from_json(how, "inferred"))
                .transpose()?,
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

/// A row of [`KEY_COLUMNS`], address, time, length and packed bytes.
fn verbatim(row: &rusqlite::Row<'_>) -> Result<Verbatim, StoreError> {
    Ok(Verbatim {
        key: key(row, 0)?,
        url: row.get(5)?,
        received_at: moment(row.get(6)?)?,
        bytes: unpack(row.get_ref(8)?.as_blob().map_err(rusqlite::Error::from)?, row.get(7)?)?,
    })
}

//! Table `fact_more`: what lists, charts and the first page show of a fact beside its row. Derived: written by the
//! projection with the fact. Kinds that have no list have a row only where their members disagree.
//!
//! Read from here: pages of a list, the newest values of each test, everything of one test, what is current.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use rusqlite::types::Value;
use rusqlite::{Connection as Sqlite, OptionalExtension, Row, Transaction, params_from_iter};
use wholechart_fhir::{Day, Entry, Kind, StatusGroup};
use wholechart_record::{
    ConnectionId, EntryKey, Fact, FactId, Handles, LeftOut, PersonId, SUMMARY_YEARS, Said, Wish,
    dated_statements, is_current, is_said, listing, measure, supply_until, thing_of, valued_member, wish,
};

use super::conflicts::conflicts;
use super::decisions::choices_of;
use super::facts::{self, SHOWN};
use super::shown::{ListFields, ListRow, Listed};
use crate::filter::{Filter, Passes};
use crate::packed::{pack_json, text_at};
use crate::rows::{json, json_at, moment};
use crate::sort::{Cursor, sort_key, start_of};
use crate::{Store, StoreError};

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListPage {
    /// In order.
    pub rows: Vec<ListRow>,
    /// Where the next page begins. `None` at the end. Opaque.
    pub next: Option<String>,
    /// How many facts the filter lets through in all.
    pub total: u64,
}

/// A page of one test's values.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesPage {
    /// Newest first.
    pub rows: Vec<ListRow>,
    /// Where the next page begins. `None` at the end.
    pub next: Option<Cursor>,
    /// How many there are in all.
    pub total: u64,
}

/// A test and its newest values.
#[derive(Debug, Clone, PartialEq)]
pub struct TestRow {
    /// What makes two values "the same test"; see [`wholechart_record::thing`].
    pub thing: String,
    /// How many values nobody took back.
    pub count: u64,
    /// The newest of them, newest first.
    pub newest: Vec<ListRow>,
}

/// What may be current, with as much of what is behind it as a summary needs.
#[derive(Debug, Clone, PartialEq)]
pub struct CurrentFact {
    /// The fact.
    pub fact: Fact,
    /// All that its members say.
    pub says: Said,
}

/// What was read, and counts of what was not.
type CurrentFacts = (Vec<CurrentFact>, LeftOut);

/// Kinds that have a list, a chart or a place at the head of the paper.
const LISTED: &[Kind] = &[
    Kind::Medicine,
    Kind::Problem,
    Kind::Allergy,
    Kind::Vaccine,
    Kind::Visit,
    Kind::Procedure,
    Kind::CarePlan,
    Kind::Goal,
    Kind::CareTeam,
    Kind::FamilyHistory,
    Kind::Coverage,
    Kind::Claim,
    Kind::Appointment,
    Kind::Document,
    Kind::Report,
    Kind::Imaging,
    Kind::Result,
    Kind::Vital,
    Kind::Patient,
];

/// A row of `fact_more` that is about to be written.
pub(crate) struct Fresh {
    thing: String,
    /// [`ListFields`].
    pub(crate) json: String,
}

/// The row of a fact. `None` for kinds that have no list, unless its members disagree.
pub(crate) fn fresh(
    fact: &Fact,
    said: &Said,
    members: &[(&EntryKey, &Entry)],
    home: Tz,
) -> Result<Option<Fresh>, StoreError> {
    // What is disputed is asked about, whatever it is.
    if !LISTED.contains(&fact.kind) && fact.conflicts.is_empty() {
        return Ok(None);
    }
    let fields = fields(fact, said, members, home);
    Ok(Some(Fresh { thing: thing_of(fact, said), json: json(&fields)? }))
}

/// What lists show of a fact beside its row.
pub(crate) fn fields(fact: &Fact, said: &Said, members: &[(&EntryKey, &Entry)], home: Tz) -> ListFields {
    let measured = matches!(fact.kind, Kind::Result | Kind::Vital);
    ListFields {
        measure: valued_member(members).filter(|_| measured).map(measure).unwrap_or_default(),
        code: said.codes.iter().find(|coding| !coding.system.is_empty()).filter(|_| measured).cloned(),
        said: match fact.kind {
            Kind::Medicine | Kind::Problem | Kind::Allergy => dated_statements(members, home),
            _ => Vec::new(),
        },
        listing: match fact.kind {
            Kind::Medicine | Kind::Problem | Kind::Allergy => listing(members),
            _ => Vec::new(),
        },
        supply: (fact.kind == Kind::Medicine).then(|| supply_until(members)).flatten(),
        handles: Handles::of(fact.kind, &members.iter().map(|(_, entry)| *entry).collect::<Vec<_>>()),
    }
}

pub(crate) fn insert(
    tx: &Transaction<'_>,
    person: &PersonId,
    n: i64,
    fact: &Fact,
    fresh: &Fresh,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO fact_more (fact, person, kind, thing, sort, status, disputed, json)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((
        n,
        &person.0,
        fact.kind.as_str(),
        &fresh.thing,
        sort_key(fact.day, fact.second_of_day),
        fact.status_group.as_str(),
        !fact.conflicts.is_empty(),
        pack_json(&fresh.json)?,
    ))?;
    Ok(())
}

/// The JSON of a fact's row as it is written. `None` for a kind that has no list.
pub(crate) fn written(db: &Sqlite, fact: i64) -> Result<Option<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT json FROM fact_more WHERE fact = ?1")?;
    query.query_and_then([fact], |row| text_at(row, 0, "fact"))?.next().transpose()
}

impl Store {
    /// A page of at most `limit` facts with what their list shows: what is current of medicines, problems and
    /// allergies first, then newest first, undated last.
    pub fn list(
        &self,
        person: &PersonId,
        filter: &Filter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<ListPage, StoreError> {
        let after = after.map(|text| {
            let (rank, cursor) = text.split_once('/').ok_or(StoreError::Inconsistent("cursor"))?;
            let rank: i64 = rank.parse().map_err(|_| StoreError::Inconsistent("cursor"))?;
            let cursor: Cursor = cursor.parse().map_err(|_| StoreError::Inconsistent("cursor"))?;
            Ok::<_, StoreError>((rank, cursor))
        });
        let after = after.transpose()?;
        self.read(|db| {
            let passes = Passes::of(db, person, filter)?;
            let total = match after.as_ref().and_then(|(_, cursor)| cursor.total) {
                Some(total) => total,
                None => passes.count(db)?,
            };
            let rank = ranked(filter);
            let mut sql = passes.sql.clone();
            let mut values = passes.values.clone();
            if let Some((at, cursor)) = &after {
                sql = format!("{sql} AND ({rank}, f.sort, f.id) < (?, ?, ?)");
                values.extend([
                    Value::Integer(*at),
                    Value::Integer(cursor.sort),
                    Value::Text(cursor.fact.clone()),
                ]);
            }
            values.push(Value::Integer(i64::from(limit) + 1));
            // Reads the index alone; rows are read for the page only.
            let mut query = db.prepare_cached(&format!(
                "SELECT f.n, f.sort, f.id, {rank} FROM fact f WHERE {sql}
                 ORDER BY {rank} DESC, f.sort DESC, f.id DESC LIMIT ?"
            ))?;
            let mut found: Vec<(i64, i64, String, i64)> = query
                .query_map(params_from_iter(&values), |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?
                .collect::<Result<_, _>>()?;
            let limit = usize::try_from(limit).unwrap_or(usize::MAX);
            let more = found.len() > limit;
            found.truncate(limit);
            let next = found.last().filter(|_| more).map(|(_, sort, id, rank)| {
                let cursor = Cursor { sort: *sort, fact: id.clone(), total: Some(total) };
                format!("{rank}/{cursor}")
            });
            let rows = found.into_iter().map(|(n, ..)| row(db, n)).collect::<Result<_, _>>()?;
            Ok(ListPage { rows, next, total })
        })
    }

    /// Every test of a kind (results, vital signs) that has a value nobody took back, in the order of
    /// [`TestRow::thing`], those after `after`; each with the number of its values and the newest `points` of them.
    pub fn tests(
        &self,
        person: &PersonId,
        kind: Kind,
        after: Option<&str>,
        points: u32,
        limit: u32,
    ) -> Result<Vec<TestRow>, StoreError> {
        let said = words(is_said);
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT thing, count(*) FROM fact_more WHERE person = ?1 AND kind = ?2 AND thing > ?3
                 AND status IN ({said}) GROUP BY thing ORDER BY thing LIMIT ?4"
            ))?;
            let things: Vec<(String, u64)> = query
                .query_map((&person.0, kind.as_str(), after.unwrap_or_default(), limit), |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?
                .collect::<Result<_, _>>()?;
            things
                .into_iter()
                .map(|(thing, count)| {
                    let newest = newest(db, person, kind, &thing, &said, points)?;
                    Ok(TestRow { thing, count, newest })
                })
                .collect()
        })
    }

    /// One test as [`Store::tests`] gives it.
    pub fn test(
        &self,
        person: &PersonId,
        kind: Kind,
        thing: &str,
        points: u32,
    ) -> Result<TestRow, StoreError> {
        let said = words(is_said);
        self.read(|db| {
            let count = db
                .prepare_cached(&format!(
                    "SELECT count(*) FROM fact_more WHERE person = ?1 AND kind = ?2 AND thing = ?3
                     AND status IN ({said})"
                ))?
                .query_row((&person.0, kind.as_str(), thing), |row| row.get(0))?;
            let newest = newest(db, person, kind, thing, &said, points)?;
            Ok(TestRow { thing: thing.to_owned(), count, newest })
        })
    }

    /// What a fact measures, as [`Store::series`] takes it. `None` for an unknown fact, or one without a list.
    pub fn thing_of(&self, fact: &FactId) -> Result<Option<(Kind, String)>, StoreError> {
        self.read(|db| {
            let found: Option<(String, String)> = db
                .prepare_cached(
                    "SELECT m.kind, m.thing FROM fact f JOIN fact_more m ON m.fact = f.n WHERE f.id = ?1",
                )?
                .query_row([&fact.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            Ok(found.and_then(|(kind, thing)| Some((Kind::parse(&kind)?, thing))))
        })
    }

    /// A page of all values of one test, newest first and undated last, those that were taken back included.
    pub fn series(
        &self,
        person: &PersonId,
        kind: Kind,
        thing: &str,
        after: Option<&Cursor>,
        limit: u32,
    ) -> Result<SeriesPage, StoreError> {
        self.read(|db| {
            let total = match after.and_then(|cursor| cursor.total) {
                Some(total) => total,
                None => db
                    .prepare_cached(
                        "SELECT count(*) FROM fact_more WHERE person = ?1 AND kind = ?2 AND thing = ?3",
                    )?
                    .query_row((&person.0, kind.as_str(), thing), |row| row.get(0))?,
            };
            let (sort, n) = match after {
                Some(cursor) => {
                    (cursor.sort, cursor.fact.parse().map_err(|_| StoreError::Inconsistent("cursor"))?)
                }
                None => (i64::MAX, i64::MAX),
            };
            let mut query = db.prepare_cached(&format!(
                "SELECT {}, m.sort AS sort FROM
                    (SELECT fact FROM fact_more WHERE person = ?1 AND kind = ?2 AND thing = ?3
                     AND (sort, fact) < (?4, ?5) ORDER BY sort DESC, fact DESC LIMIT ?6) p
                 CROSS JOIN fact f ON f.n = p.fact CROSS JOIN fact_more m ON m.fact = f.n
                 ORDER BY m.sort DESC, m.fact DESC",
                columns()
            ))?;
            let mut found = query.query((&person.0, kind.as_str(), thing, sort, n, i64::from(limit) + 1))?;
            let mut page = SeriesPage { rows: Vec::new(), next: None, total };
            let mut last = None;
            while let Some(row) = found.next()? {
                if page.rows.len() == usize::try_from(limit).unwrap_or(usize::MAX) {
                    page.next = last;
                    break;
                }
                let n: i64 = row.get("n")?;
                last = Some(Cursor { sort: row.get("sort")?, fact: n.to_string(), total: Some(total) });
                page.rows.push(row_at(db, row)?);
            }
            Ok(page)
        })
    }

    /// The facts that a filter lets through.
    pub fn passing(&self, person: &PersonId, filter: &Filter) -> Result<BTreeSet<FactId>, StoreError> {
        self.read(|db| {
            let passes = Passes::of(db, person, filter)?;
            let mut query = db.prepare_cached(&format!("SELECT f.id FROM fact f WHERE {}", passes.sql))?;
            let found = query.query_map(params_from_iter(&passes.values), |row| row.get(0).map(FactId))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// What is told of the person themselves, for [`wholechart_record::whose`].
    pub fn of_the_person(&self, person: &PersonId) -> Result<Vec<CurrentFact>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&of_the_person())?;
            let found: Vec<i64> =
                query.query_map([&person.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
            found.into_iter().map(|n| current(db, n)).collect()
        })
    }

    /// What a sheet of `today` tells beside its topics: whose it is, visits, the latest of each result and vital sign, and what
    /// the person wants to ask about; with counts of the visits and values that are not among them. For
    /// [`wholechart_record::summary_without`]. Reads as many facts as are shown, not as many as there are.
    pub fn current_facts(&self, person: &PersonId, today: Day) -> Result<CurrentFacts, StoreError> {
        self.read(|db| {
            let mut picked: Vec<i64> = Vec::new();
            let mut left_out = LeftOut::default();
            let mut add = |sql: &str, values: &[Value]| -> Result<(), StoreError> {
                let mut query = db.prepare_cached(sql)?;
                let mut rows = query.query(params_from_iter(values))?;
                while let Some(row) = rows.next()? {
                    picked.push(row.get(0)?);
                }
                Ok(())
            };
            let who = Value::Text(person.0.clone());
            // Whose it is: birth date and sex stand on the paper.
            add(&of_the_person(), std::slice::from_ref(&who))?;
            let asked = asked_about(db, person)?;
            let asked_list = asked.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let (planned, said) = (StatusGroup::Planned.as_str().to_owned(), words(is_said));
            let visits = [
                who.clone(),
                Value::Text(planned),
                Value::Integer(start_of(today.year - SUMMARY_YEARS, 0, 0)),
            ];
            let shown = "(status = ? OR sort >= ? OR sort = 0)";
            let of_visits =
                format!("FROM fact_more WHERE person = ? AND kind = 'visit' AND status IN ({said}) AND");
            add(&format!("SELECT fact {of_visits} {shown}"), &visits)?;
            let others: u32 = db
                .prepare(&format!("SELECT count(*) {of_visits} NOT {shown} AND fact NOT IN ({asked_list})"))?
                .query_row(params_from_iter(&visits), |row| row.get(0))?;
            // Kinds of which the latest of each thing is shown.
            let mut older: Vec<(i64, u32)> = Vec::new();
            for kind in [Kind::Result, Kind::Vital].map(Kind::as_str) {
                // Reads the index alone.
                let mut things = db.prepare(&format!(
                    "SELECT thing, max(sort), sum(fact NOT IN ({asked_list})) FROM fact_more
                     WHERE person = ?1 AND kind = ?2 AND status IN ({said}) GROUP BY thing"
                ))?;
                let mut of = db.prepare_cached(&format!(
                    "SELECT fact FROM fact_more WHERE person = ?1 AND kind = ?2 AND thing = ?3 AND sort = ?4
                     AND status IN ({said})"
                ))?;
                let mut rows = things.query((&person.0, kind))?;
                while let Some(row) = rows.next()? {
                    let (thing, sort, all): (String, i64, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
                    let newest: Vec<i64> = of
                        .query_map((&person.0, kind, thing, sort), |row| row.get(0))?
                        .collect::<Result<_, _>>()?;
                    // What is asked about is read anyway, so it is not among those left out.
                    let others = newest.iter().filter(|n| !asked.contains(n)).count();
                    let unread = all.saturating_sub(u32::try_from(others).unwrap_or(u32::MAX));
                    older.extend(newest.first().filter(|_| unread > 0).map(|n| (*n, unread)));
                    picked.extend(newest);
                }
            }
            left_out.others.insert(Kind::Visit, others);
            picked.extend(asked);
            picked.sort_unstable();
            picked.dedup();
            let mut facts = Vec::with_capacity(picked.len());
            for n in picked {
                let found = current(db, n)?;
                if let Some((_, unread)) = older.iter().find(|(newest, _)| *newest == n) {
                    left_out.older.insert(found.fact.id.clone(), *unread);
                }
                facts.push(found);
            }
            Ok((facts, left_out))
        })
    }

    /// Those of them that are the newest of each result and vital sign, and whose they are. Goes from one test to the next, and
    /// through none of the values between.
    pub fn newest_measured(&self, person: &PersonId) -> Result<Vec<CurrentFact>, StoreError> {
        let said = words(is_said);
        self.read(|db| {
            let mut picked: Vec<i64> = Vec::new();
            let mut whose = db.prepare_cached(&of_the_person())?;
            let mut rows = whose.query([&person.0])?;
            while let Some(row) = rows.next()? {
                picked.push(row.get(0)?);
            }
            let mut next = db.prepare_cached(
                "SELECT thing FROM fact_more WHERE person = ?1 AND kind = ?2 AND thing > ?3 ORDER BY thing LIMIT 1",
            )?;
            let mut newest = db.prepare_cached(&format!(
                "SELECT fact FROM fact_more WHERE person = ?1 AND kind = ?2 AND thing = ?3 AND status IN ({said}) AND sort =
                 (SELECT max(sort) FROM fact_more WHERE person = ?1 AND kind = ?2 AND thing = ?3 AND status IN ({said}))"
            ))?;
            for kind in [Kind::Result, Kind::Vital].map(Kind::as_str) {
                let mut after = String::new();
                while let Some(thing) =
                    next.query_row((&person.0, kind, &after), |row| row.get::<_, String>(0)).optional()?
                {
                    let mut rows = newest.query((&person.0, kind, &thing))?;
                    while let Some(row) = rows.next()? {
                        picked.push(row.get(0)?);
                    }
                    after = thing;
                }
            }
            picked.sort_unstable();
            picked.into_iter().map(|n| current(db, n)).collect()
        })
    }
}

/// SQL over `fact f`: 1 for what is current, in lists that show it first, else 0.
fn ranked(filter: &Filter) -> String {
    match filter.kinds.as_slice() {
        [kind @ (Kind::Medicine | Kind::Problem | Kind::Allergy)] => {
            format!("(f.status IN ({}))", words(|status| is_current(*kind, status)))
        }
        // Not a constant, which ORDER BY would take for a column's number.
        _ => "(f.person IS NULL)".to_owned(),
    }
}

/// The status groups that pass, as a list in SQL.
/// The facts of the disagreements that the person wants to ask about.
fn asked_about(db: &Sqlite, person: &PersonId) -> Result<BTreeSet<i64>, StoreError> {
    let mut asked = BTreeSet::new();
    let choices = choices_of(db, person)?;
    if choices.is_empty() {
        return Ok(asked);
    }
    let mut number = db.prepare_cached("SELECT n FROM fact WHERE id = ?1")?;
    for conflict in conflicts(db, person)?.iter().filter(|one| wish(&choices, one) == Some(Wish::Ask)) {
        for fact in &conflict.facts {
            asked.extend(number.query_row([&fact.0], |row| row.get::<_, i64>(0)).optional()?);
        }
    }
    Ok(asked)
}

fn words(passes: impl Fn(StatusGroup) -> bool) -> String {
    let all = StatusGroup::ALL.iter().filter(|status| passes(**status));
    all.map(|status| format!("'{}'", status.as_str())).collect::<Vec<_>>().join(", ")
}

/// The newest `points` values of a test.
fn newest(
    db: &Sqlite,
    person: &PersonId,
    kind: Kind,
    thing: &str,
    said: &str,
    points: u32,
) -> Result<Vec<ListRow>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {} FROM (SELECT fact FROM fact_more WHERE person = ?1 AND kind = ?2 AND thing = ?3 AND status IN ({said})
             ORDER BY sort DESC, fact DESC LIMIT ?4) p
         CROSS JOIN fact f ON f.n = p.fact CROSS JOIN fact_more m ON m.fact = f.n
         ORDER BY m.sort DESC, m.fact DESC",
        columns()
    ))?;
    query.query_and_then((&person.0, kind.as_str(), thing, points), |row| row_at(db, row))?.collect()
}

/// A fact as a list shows it, by its row number.
pub(crate) fn row(db: &Sqlite, n: i64) -> Result<ListRow, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {} FROM fact f LEFT JOIN fact_more m ON m.fact = f.n WHERE f.n = ?1",
        columns()
    ))?;
    let mut rows = query.query([n])?;
    row_at(db, rows.next()?.ok_or(StoreError::Inconsistent("fact"))?)
}

/// Columns of `fact f` and its `fact_more m` for [`row_at`].
fn columns() -> String {
    format!("f.n AS n, m.fact IS NOT NULL, m.json, {SHOWN}")
}

/// A fact as a list shows it, from [`columns`], which stand first in the row.
fn row_at(db: &Sqlite, row: &Row<'_>) -> Result<ListRow, StoreError> {
    let more: ListFields = if row.get(1)? { json_at(row, 2, "fact")? } else { ListFields::default() };
    let listed = if more.listing.is_empty() { Vec::new() } else { listed(db, row.get(0)?, &more.listing)? };
    Ok(ListRow { row: facts::row_at(db, row, 3)?, more, listed })
}

/// Who lists a fact, when they last did, and whether in a file.
pub(crate) const WHO_LISTS: &str =
    "c.id, max(coalesce(a.started, v.received_at)), max(substr(s.base, 1, 5) = 'file:')";
pub(crate) const TELLERS: &str =
    "fact_member m JOIN resource r ON r.n = m.resource JOIN source s ON s.n = r.source
     JOIN connection c ON c.n = s.connection
     LEFT JOIN told t ON t.resource = m.resource LEFT JOIN run a ON a.id = t.run
     LEFT JOIN version v ON v.resource = m.resource AND substr(s.base, 1, 5) IN ('file:', 'own:')
     LEFT JOIN missing g ON g.resource = m.resource";

/// When these connections last listed a fact, in their order; not those that report it no more.
fn listed(db: &Sqlite, fact: i64, by: &[ConnectionId]) -> Result<Vec<Listed>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {WHO_LISTS} FROM {TELLERS}
         WHERE m.fact = ?1 AND g.resource IS NULL GROUP BY c.id ORDER BY c.id"
    ))?;
    let mut rows = query.query([fact])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (connection, at) = (ConnectionId(row.get(0)?), row.get::<_, Option<i64>>(1)?);
        // What came along with something else was listed by nobody.
        if let Some(at) = at.filter(|_| by.contains(&connection)) {
            found.push(Listed { by: connection, at: moment(at)?, in_file: row.get(2)? });
        }
    }
    Ok(found)
}

/// The facts that say whose record it is.
fn of_the_person() -> String {
    let said = words(is_said);
    format!("SELECT fact FROM fact_more WHERE person = ? AND kind = 'patient' AND status IN ({said})")
}

fn current(db: &Sqlite, n: i64) -> Result<CurrentFact, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT b.json, {SHOWN} FROM fact f JOIN fact_body b ON b.fact = f.n WHERE f.n = ?1"
    ))?;
    let mut rows = query.query([n])?;
    let row = rows.next()?.ok_or(StoreError::Inconsistent("fact"))?;
    let says = facts::row_at(db, row, 1)?.said;
    Ok(CurrentFact { fact: json_at(row, 0, "fact")?, says })
}

//! Table `tally`, how many facts are alike in everything that is counted, and the timeline that is counted by it: pages
//! of table `fact`. Both are derived; `tally` is written by triggers of `fact` (`schema.sql`).

mod worded;

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection as Sqlite, Row, params_from_iter};
use wholechart_fhir::{Day, Kind, StatusGroup};
use wholechart_record::{FactId, PersonId, is_said};

use self::worded::Worded;
use super::facts::{self, SHOWN};
use super::shown::FactRow;
use crate::filter::{Filter, Passes};
use crate::rows::from_word;
use crate::sort::{Cursor, day, start_of};
use crate::{Store, StoreError};

/// A page of the timeline, newest first, undated last.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// In order.
    pub rows: Vec<FactRow>,
    /// Where the next page begins. `None` at the end.
    pub next: Option<Cursor>,
    /// How many facts the filter lets through in all.
    pub total: u64,
}

/// What there is to filter by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facets {
    /// Kinds on the timeline, and how many facts of each the other choices let through, in the order of [`Kind`].
    pub kinds: Vec<(Kind, u64)>,
    /// Years of what the filter lets through, newest first; `None` is undated. The cursor starts a page at that year.
    pub years: Vec<(Option<i32>, u64, Cursor)>,
    /// All facts on the timeline, whatever is filtered.
    pub total: u64,
    /// Status groups, and how many facts of each the other choices let through, in the order of [`StatusGroup`].
    pub statuses: Vec<(StatusGroup, u64)>,
    /// Facts out of range that the other choices let through.
    pub flagged: u64,
    /// Stays and courses of several days, the latest end first; the first few hundred.
    pub periods: Vec<Period>,
}

/// A stay or a course of medicine of several days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The fact.
    pub fact: FactId,
    /// What it is.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub until: Day,
}

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
            if let Some(worded) = Worded::of(db, person, filter)? {
                let (rows, next, total) = worded.page(db, person, cursor, limit)?;
                return Ok(Page { rows, next, total });
            }
            let passes = Passes::of(db, person, filter)?;
            let total = match cursor.and_then(|cursor| cursor.total) {
                Some(total) => total,
                None => passes.count(db)?,
            };
            let mut sql = passes.sql.clone();
            let mut values = passes.values.clone();
            if let Some(cursor) = cursor {
                sql.push_str(" AND (f.sort, f.id) < (?, ?)");
                values.extend([Value::Integer(cursor.sort), Value::Text(cursor.fact.clone())]);
            }
            // One more than asked for says whether there is a next page.
            values.push(Value::Integer(i64::from(limit) + 1));
            // Whatever has to be sorted is sorted before rows are read.
            let mut query = db.prepare_cached(&format!(
                "SELECT f.sort, f.id, {SHOWN} FROM
                    (SELECT f.n FROM fact f WHERE {sql} ORDER BY f.sort DESC, f.id DESC LIMIT ?) p
                 CROSS JOIN fact f ON f.n = p.n ORDER BY f.sort DESC, f.id DESC"
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
                page.rows.push(facts::row_at(db, row, 2)?);
            }
            Ok(page)
        })
    }

    /// What the timeline of a person, or a list of some kinds (`within`; empty: all), can be filtered by. Each count is
    /// what choosing it would show beside the other choices of `filter`; what it holds of none stays, with zero. The years
    /// are those of what `filter` lets through.
    pub fn facets(&self, person: &PersonId, filter: &Filter, within: &[Kind]) -> Result<Facets, StoreError> {
        self.read(|db| {
            let mut facets = Facets::default();
            let (mut kinds, mut statuses) = (BTreeMap::new(), BTreeMap::new());
            let mut all = db.prepare_cached(
                "SELECT kind, status, sum(facts) FROM tally WHERE person = ?1 GROUP BY kind, status",
            )?;
            let mut rows = all.query([&person.0])?;
            while let Some(row) = rows.next()? {
                let kind: Kind = from_word(row.get(0)?, "kind")?;
                if within.is_empty() || within.contains(&kind) {
                    kinds.insert(kind, 0);
                    statuses.insert(from_word(row.get(1)?, "status")?, 0);
                    facets.total += row.get::<_, u64>(2)?;
                }
            }
            let among = |kinds: &[Kind]| if kinds.is_empty() { within.to_vec() } else { kinds.to_vec() };
            let kept = Filter { kinds: among(&filter.kinds), ..filter.clone() };
            let by_kind = Filter { kinds: within.to_vec(), ..filter.clone() };
            for (kind, count) in Passes::of(db, person, &by_kind)?.counts(db, "kind")? {
                kinds.insert(from_word(kind, "kind")?, count);
            }
            let by_status = Filter { statuses: Vec::new(), ..kept.clone() };
            for (status, count) in Passes::of(db, person, &by_status)?.counts(db, "status")? {
                statuses.insert(from_word(status, "status")?, count);
            }
            facets.kinds = kinds.into_iter().collect();
            facets.statuses = statuses.into_iter().collect();
            facets.flagged = Passes::of(db, person, &Filter { flagged: true, ..kept.clone() })?.count(db)?;
            for (year, count) in Passes::of(db, person, &kept)?.years(db)? {
                let cursor = Cursor { sort: start_of(year + 1, 0, 0), fact: String::new(), total: None };
                facets.years.push(((year > 0).then_some(year), count, cursor));
            }
            facets.periods = periods(db, person)?;
            Ok(facets)
        })
    }

    /// How many facts of each kind are on the timeline, without those that were withdrawn, ruled out, not done or
    /// cancelled.
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
}

/// Periods that are returned at once; more than a window could draw.
const PERIODS: u32 = 400;

fn periods(db: &Sqlite, person: &PersonId) -> Result<Vec<Period>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT id, kind, title, sort / 100000, until FROM fact WHERE person = ?1 AND until > 0
         ORDER BY until DESC LIMIT ?2",
    )?;
    let period = |row: &Row<'_>| {
        Ok(Period {
            fact: FactId(row.get(0)?),
            kind: from_word(row.get(1)?, "kind")?,
            title: row.get(2)?,
            from: day(row.get(3)?)?,
            until: day(row.get(4)?)?,
        })
    };
    query.query_and_then((&person.0, PERIODS), period)?.collect()
}

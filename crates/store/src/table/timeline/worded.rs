//! A page of the timeline that is filtered by words. The index over everything gives what it finds by day, the newest first, so
//! only the rows of a page are read, however many facts have the word.

use std::collections::HashSet;

use rusqlite::types::Value;
use rusqlite::{Connection as Sqlite, params_from_iter};
use serde_json::json;
use wholechart_fhir::Kind;
use wholechart_record::PersonId;

use crate::StoreError;
use crate::filter::{Filter, Passes};
use crate::sort::{Cursor, day_number};
use crate::table::facts::{self, SHOWN};
use crate::table::search::{self, Place};
use crate::table::shown::FactRow;

/// What the index finds of a filter's words.
pub(super) struct Worded {
    /// The newest day first.
    places: Vec<Place>,
    /// What the filter asks for beside the words.
    beside: Passes,
    /// Everything that the filter asks for.
    all: Passes,
    /// Nothing is asked for beside the words.
    alone: bool,
}

/// Where a fact stands in the timeline: sort number, id, row.
type Standing = (i64, String, i64);

impl Worded {
    /// `None`: the filter has no words.
    pub(super) fn of(db: &Sqlite, person: &PersonId, filter: &Filter) -> Result<Option<Worded>, StoreError> {
        let Some(text) = &filter.text else { return Ok(None) };
        let Some(places) = search::places(db, person, text, &filter.also)? else { return Ok(None) };
        let wordless = Filter { text: None, also: search::Also::new(), ..filter.clone() };
        let alone = wordless == Filter::default();
        let beside = Passes::of(db, person, &wordless)?.with_what_is_under();
        Ok(Some(Worded { places, beside, all: Passes::of(db, person, filter)?, alone }))
    }

    /// At most `limit` facts after `cursor`, where the next ones begin, and how many there are in all.
    pub(super) fn page(
        &self,
        db: &Sqlite,
        person: &PersonId,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<(Vec<FactRow>, Option<Cursor>, u64), StoreError> {
        let total = match cursor.and_then(|cursor| cursor.total) {
            Some(total) => total,
            None if self.alone => self.count(db, person)?,
            None => self.all.count(db)?,
        };
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut standing = self.after(db, cursor, limit)?;
        let next = (standing.len() > limit && limit > 0).then(|| {
            let (sort, fact, _) = &standing[limit - 1];
            Cursor { sort: *sort, fact: fact.clone(), total: Some(total) }
        });
        standing.truncate(limit);
        let shown = numbers(standing.iter().map(|(_, _, n)| *n));
        let mut query = db.prepare_cached(&format!(
            "SELECT {SHOWN} FROM fact f WHERE f.n IN (SELECT value FROM json_each(?1)) ORDER BY f.sort DESC, f.id DESC"
        ))?;
        let rows =
            query.query_and_then([shown], |row| facts::row_at(db, row, 0))?.collect::<Result<_, _>>()?;
        Ok((rows, next, total))
    }

    /// How many facts have the words, without those whose kind is never on the timeline.
    fn count(&self, db: &Sqlite, person: &PersonId) -> Result<u64, StoreError> {
        let kinds = Kind::ALL.iter().filter(|kind| !kind.on_timeline());
        let kinds = json!(kinds.map(|kind| kind.as_str()).collect::<Vec<_>>()).to_string();
        let mut query = db.prepare_cached(
            "SELECT n FROM fact
             WHERE person = ?1 AND listed = 0 AND kind IN (SELECT value FROM json_each(?2))",
        )?;
        let never = query.query_map((&person.0, kinds), |row| row.get::<_, i64>(0))?;
        let never: HashSet<i64> = never.collect::<Result<_, _>>()?;
        Ok(self.places.iter().filter(|place| !never.contains(&place.fact())).count() as u64)
    }

    /// In order, more than `limit` where there are more: whole days are read.
    fn after(&self, db: &Sqlite, cursor: Option<&Cursor>, limit: usize) -> Result<Vec<Standing>, StoreError> {
        let mut query = db.prepare_cached(&format!(
            "SELECT f.sort, f.id, f.n FROM fact f WHERE {} AND f.n IN (SELECT value FROM json_each(?))
             ORDER BY f.sort DESC, f.id DESC",
            self.beside.sql
        ))?;
        let begins = |at: &Cursor| self.places.partition_point(|place| place.day() > day_number(at.sort));
        let mut begin = cursor.map_or(0, begins);
        let mut wanted = limit.saturating_add(1);
        let mut found: Vec<Standing> = Vec::new();
        while begin < self.places.len() && found.len() <= limit {
            // Up to the end of a day: within it the index has an order of its own.
            let mut end = begin.saturating_add(wanted).min(self.places.len());
            let day = self.places[end - 1].day();
            end += self.places[end..].partition_point(|place| place.day() == day);
            let mut values = self.beside.values.clone();
            values.push(Value::Text(numbers(self.places[begin..end].iter().map(|place| place.fact()))));
            let mut rows = query.query(params_from_iter(&values))?;
            while let Some(row) = rows.next()? {
                let (sort, id): (i64, String) = (row.get(0)?, row.get(1)?);
                if cursor.is_none_or(|at| (sort, &id) < (at.sort, &at.fact)) {
                    found.push((sort, id, row.get(2)?));
                }
            }
            // Where few of them pass, more are asked of at a time.
            (begin, wanted) = (end, wanted.saturating_mul(2));
        }
        Ok(found)
    }
}

/// Numbers of facts as a list that SQL reads.
fn numbers(of: impl Iterator<Item = i64>) -> String {
    json!(of.collect::<Vec<_>>()).to_string()
}

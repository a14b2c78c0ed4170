//! Which facts to list: a [`Filter`], and the SQL it becomes.

use rusqlite::types::Value;
use rusqlite::{Connection as Sqlite, params_from_iter};
use wholechart_fhir::{Day, Kind, StatusGroup};
use wholechart_record::{ConnectionId, PersonId};

use crate::StoreError;
use crate::rows::word;
use crate::sort::{Cursor, start_of};
use crate::table::search::Also;
use crate::table::{connections, search};

/// Which facts to list. Empty lists mean "all".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Facts that at least one of these connections tells.
    pub connections: Vec<ConnectionId>,
    /// Status groups.
    pub statuses: Vec<StatusGroup>,
    /// Only what is out of range.
    pub flagged: bool,
    /// From this day, month or year on. A month or a year that holds it passes too: it may have been later in it.
    pub from: Option<Day>,
    /// Up to and with this day, month or year.
    pub to: Option<Day>,
    /// Every part of this text is found in what the members say; see [`Store::search`](crate::Store::search). Lets
    /// through what is shown under another fact as well.
    pub text: Option<String>,
    /// What else may stand for a part of the text: "influenza" where "flu" was typed.
    pub also: Also,
}

/// A person's filter as SQL: the part after WHERE, and its values.
pub(crate) struct Passes {
    /// Over `fact f`.
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
    /// The columns of `tally` are enough to count what passes.
    counted: bool,
}

impl Passes {
    pub(crate) fn of(db: &Sqlite, person: &PersonId, filter: &Filter) -> Result<Passes, StoreError> {
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
        if let Some((facts, expression, [first, last])) = filter
            .text
            .as_deref()
            .map(|text| search::condition(db, person, text, &filter.also))
            .transpose()?
            .flatten()
        {
            passes = passes.with_what_is_under();
            passes.sql = format!("{} AND f.n IN ({facts})", passes.sql);
            passes.values.extend([Value::Text(expression), Value::Integer(first), Value::Integer(last)]);
        }
        Ok(passes)
    }

    /// Lets through what is shown under another fact as well, which is found by its own words. Only what is on the timeline is
    /// under any.
    pub(crate) fn with_what_is_under(mut self) -> Passes {
        self.sql = self.sql.replace("f.listed = 1", "(f.listed = 1 OR f.under > '')");
        self.counted = false;
        self
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

    fn told(&mut self, db: &Sqlite, any_of: &[ConnectionId]) -> Result<(), StoreError> {
        if any_of.is_empty() {
            return Ok(());
        }
        let mut any = Vec::new();
        for id in any_of {
            if let Some(n) = connections::find_number(db, id)? {
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
        // What has no date is neither before nor after.
        self.sql.push_str(" AND f.sort > 0");
        if let Some(from) = from {
            self.sql.push_str(" AND f.sort >= ? AND (f.sort >= ? OR f.sort IN (?, ?))");
            let (month, day) = (from.month.unwrap_or(0), from.day.unwrap_or(0));
            let [year, month, day] =
                [(0, 0), (month, 0), (month, day)].map(|(month, day)| start_of(from.year, month, day));
            self.values.extend([year, day, year, month].map(Value::Integer));
        }
        if let Some(to) = to {
            self.sql.push_str(" AND f.sort < ?");
            self.values.push(Value::Integer(Cursor::at(to).sort));
        }
    }

    /// How many facts pass.
    pub(crate) fn count(&self, db: &Sqlite) -> Result<u64, StoreError> {
        Ok(self.years(db)?.into_iter().map(|(_, count)| count).sum())
    }

    /// How many pass of each word in this column, which both tables have.
    pub(crate) fn counts(&self, db: &Sqlite, column: &str) -> Result<Vec<(String, u64)>, StoreError> {
        let sql = if self.counted {
            format!(
                "SELECT f.{column}, sum(f.facts) FROM tally f WHERE {} GROUP BY f.{column}",
                self.sql.replace(" AND f.listed = 1", "")
            )
        } else {
            format!("SELECT f.{column}, count(*) FROM fact f WHERE {} GROUP BY f.{column}", self.sql)
        };
        let mut query = db.prepare_cached(&sql)?;
        let rows = query.query_map(params_from_iter(&self.values), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many pass of each year, newest first; 0 is undated.
    pub(crate) fn years(&self, db: &Sqlite) -> Result<Vec<(i32, u64)>, StoreError> {
        let sql = if self.counted {
            format!(
                "SELECT f.year, sum(f.facts) FROM tally f WHERE {} GROUP BY f.year ORDER BY f.year DESC",
                self.sql.replace(" AND f.listed = 1", "")
            )
        } else {
            format!(
                "SELECT f.sort / {} AS year, count(*) FROM fact f WHERE {} GROUP BY year ORDER BY year DESC",
                start_of(1, 0, 0),
                self.sql
            )
        };
        let mut query = db.prepare_cached(&sql)?;
        let rows = query.query_map(params_from_iter(&self.values), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

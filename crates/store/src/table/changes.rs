//! Table `change`: what each run changed, one row a resource, in the order in which it was noticed. Written by a sync
//! through [`note`]. Read after a run, and as the news since a person last looked.

use std::collections::BTreeMap;

use rusqlite::{Connection as Sqlite, Row, Transaction};
use serde::{Deserialize, Serialize};
use wholechart_fhir::Kind;
use wholechart_record::{ConnectionId, EntryKey, PersonId};

use super::facts::{self, SHOWN};
use super::runs::RunId;
use super::settings;
use super::shown::FactRow;
use crate::key::{KEY_COLUMNS, KEYED, key};
use crate::rows::{from_word, word};
use crate::{Store, StoreError};

/// What became of a resource in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ChangeKind {
    /// It was not here before.
    New,
    /// It says something else now, or is reported again.
    Corrected,
    /// It is now called entered in error, or is no longer reported.
    Withdrawn,
}

/// One thing a run changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which resource.
    pub key: EntryKey,
    /// What became of it.
    pub what: ChangeKind,
}

/// What runs changed since a person last looked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct News {
    /// How many facts, by what became of them.
    pub counts: BTreeMap<ChangeKind, u64>,
    /// The same by who told it last and what it is.
    pub told: BTreeMap<(ChangeKind, Kind, ConnectionId), u64>,
    /// The newest of them, those taken back first, then those corrected.
    pub rows: Vec<(FactRow, ChangeKind)>,
    /// How far it goes; looked at when this was shown. `None` when there is nothing.
    pub up_to: Option<i64>,
}

impl Store {
    /// What a run changed so far; after it, its whole yield. A run that was killed and carried on counts as one.
    pub fn changes(&self, run: RunId) -> Result<Vec<Change>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT h.what, {KEY_COLUMNS} FROM {KEYED} JOIN change h ON h.resource = r.n
                 WHERE h.run = ?1 ORDER BY h.resource"
            ))?;
            let change =
                |row: &Row<'_>| Ok(Change { what: from_word(row.get(0)?, "change")?, key: key(row, 1)? });
            query.query_and_then([run.0], change)?.collect()
        })
    }

    /// What a run changed, as facts: each once, with the gravest of what became of its sources; the gravest first, then
    /// the newest. Facts that no list shows (people, places) are left out.
    pub fn changed_facts(&self, run: RunId) -> Result<Vec<(FactRow, ChangeKind)>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT h.what, {SHOWN} FROM change h JOIN fact_member m ON m.resource = h.resource
                 JOIN fact f ON f.n = m.fact
                 WHERE h.run = ?1 AND (f.listed = 1 OR f.under > '') ORDER BY f.sort DESC, f.id"
            ))?;
            let mut rows = query.query([run.0])?;
            let mut facts: Vec<(FactRow, ChangeKind)> = Vec::new();
            while let Some(row) = rows.next()? {
                let fact = facts::row_at(db, row, 1)?;
                let what: ChangeKind = from_word(row.get(0)?, "change")?;
                match facts.last_mut().filter(|(last, _)| last.id == fact.id) {
                    Some((_, known)) => *known = (*known).max(what),
                    None => facts.push((fact, what)),
                }
            }
            facts.sort_by_key(|(_, what)| std::cmp::Reverse(*what));
            Ok(facts)
        })
    }

    /// What runs changed of the timeline since [`Store::set_seen`], counted, with at most `limit` of it after the first
    /// `skip`. One fact is one change, and the gravest counts: taken back before corrected before new. What came and is shown
    /// under another fact is no news of its own.
    pub fn news(&self, person: &PersonId, skip: usize, limit: usize) -> Result<News, StoreError> {
        self.read(|db| {
            let since = settings::seen(db, person)?;
            let waiting = waiting(db, person, since)?;
            let mut news = News::default();
            // In the order of changes, which begins where the person stopped: all earlier ones are not read.
            let mut query = db.prepare_cached(
                "SELECT f.n, max(CASE h.what WHEN 'withdrawn' THEN 2 WHEN 'corrected' THEN 1 ELSE 0 END) AS weight,
                    f.sort, max(h.n), f.kind, max(c.id)
                 FROM change h CROSS JOIN run r ON r.id = h.run CROSS JOIN connection c ON c.n = r.connection
                 JOIN fact_member m ON m.resource = h.resource JOIN fact f ON f.n = m.fact
                 WHERE c.person = ?1 AND h.n > ?2 AND (f.listed = 1 OR f.under > '' AND h.what <> 'new')
                 GROUP BY f.n ORDER BY weight DESC, f.sort DESC, f.id DESC",
            )?;
            let mut rows = query.query((&person.0, since))?;
            let (mut shown, mut at): (Vec<(i64, ChangeKind)>, usize) = (Vec::new(), 0);
            while let Some(row) = rows.next()? {
                let what = match row.get::<_, i64>(1)? {
                    2 => ChangeKind::Withdrawn,
                    1 => ChangeKind::Corrected,
                    _ => ChangeKind::New,
                };
                *news.counts.entry(what).or_default() += 1;
                let told = (what, from_word(row.get(4)?, "kind")?, ConnectionId(row.get(5)?));
                *news.told.entry(told).or_default() += 1;
                let last: i64 = row.get(3)?;
                news.up_to = news.up_to.max(Some(waiting.map_or(last, |first| last.min(first - 1))));
                if at >= skip && shown.len() < limit {
                    shown.push((row.get(0)?, what));
                }
                at += 1;
            }
            for (n, what) in shown {
                news.rows.push((facts::row(db, n)?, what));
            }
            Ok(news)
        })
    }

    /// The news before a person has looked for the first time, counted only: everything is new then, so the counts are
    /// enough and a long record is not read.
    pub fn received(&self, person: &PersonId) -> Result<News, StoreError> {
        self.read(|db| {
            let all: u64 = db
                .prepare_cached("SELECT coalesce(sum(facts), 0) FROM tally WHERE person = ?1")?
                .query_row([&person.0], |row| row.get(0))?;
            let (corrected, withdrawn, listed): (u64, u64, u64) = db
                .prepare_cached(
                    "SELECT count(*) FILTER (WHERE taken_back = 0), count(*) FILTER (WHERE taken_back = 1),
                        count(*) FILTER (WHERE listed = 1)
                     FROM (SELECT max(h.what = 'withdrawn') AS taken_back, f.listed AS listed
                           FROM change h CROSS JOIN run r ON r.id = h.run CROSS JOIN connection c ON c.n = r.connection
                           JOIN fact_member m ON m.resource = h.resource JOIN fact f ON f.n = m.fact
                           WHERE h.what IN ('corrected', 'withdrawn') AND c.person = ?1
                               AND (f.listed = 1 OR f.under > '')
                           GROUP BY f.n)",
                )?
                .query_row([&person.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            let counts = [
                (ChangeKind::New, all.saturating_sub(listed)),
                (ChangeKind::Corrected, corrected),
                (ChangeKind::Withdrawn, withdrawn),
            ];
            let mut news = News {
                counts: counts.into_iter().filter(|(_, count)| *count > 0).collect(),
                ..News::default()
            };
            if all > 0 {
                let last: Option<i64> =
                    db.prepare_cached("SELECT max(n) FROM change")?.query_row([], |row| row.get(0))?;
                let waiting = waiting(db, person, 0)?;
                news.up_to = last.map(|last| waiting.map_or(last, |first| last.min(first - 1)));
            }
            Ok(news)
        })
    }

    /// Keeps that the person has looked at everything up to here ([`News::up_to`]). Returns the previous mark (0: never
    /// looked); setting that one undoes this call.
    pub fn set_seen(&self, person: &PersonId, up_to: i64) -> Result<i64, StoreError> {
        self.write(|tx| {
            let before = settings::seen(tx, person)?;
            settings::set_seen(tx, person, up_to)?;
            Ok(before)
        })
    }

    /// Whether the person has looked before: on the first day everything is new.
    pub fn has_looked(&self, person: &PersonId) -> Result<bool, StoreError> {
        self.read(|db| Ok(settings::seen(db, person)? > 0))
    }
}

/// Notes what a run did to a resource, as the newest of all changes. A resource that is new in this run stays new,
/// whatever follows.
pub(crate) fn note(
    tx: &Transaction<'_>,
    run: RunId,
    resource: i64,
    what: ChangeKind,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO change (run, resource, what) VALUES (?1, ?2,
            coalesce((SELECT what FROM change WHERE run = ?1 AND resource = ?2 AND what = 'new'), ?3))",
    )?
    .execute((run.0, resource, word(what)?))?;
    Ok(())
}

/// Deletes what these runs noted: they were undone.
pub(crate) fn forget(tx: &Transaction<'_>, runs: &[RunId]) -> Result<(), StoreError> {
    let mut delete = tx.prepare_cached("DELETE FROM change WHERE run = ?1")?;
    for run in runs {
        delete.execute([run.0])?;
    }
    Ok(())
}

/// Deletes the note that a run found a resource withdrawn. True when there was one.
pub(crate) fn take_back_withdrawn(
    tx: &Transaction<'_>,
    run: RunId,
    resource: i64,
) -> Result<bool, StoreError> {
    let mut delete =
        tx.prepare_cached("DELETE FROM change WHERE run = ?1 AND resource = ?2 AND what = 'withdrawn'")?;
    Ok(delete.execute((run.0, resource))? > 0)
}

/// The first change after `since` that has not become a fact yet: it is not shown as news, so the person has not looked
/// at it either.
fn waiting(db: &Sqlite, person: &PersonId, since: i64) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT min(h.n) FROM stale t CROSS JOIN change h ON h.resource = t.resource
             JOIN run r ON r.id = h.run JOIN connection c ON c.n = r.connection
             WHERE c.person = ?1 AND h.n > ?2",
        )?
        .query_row((&person.0, since), |row| row.get(0))?)
}

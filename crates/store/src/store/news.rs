//! What is new since a person last looked.

use rusqlite::{Connection as Sqlite, OptionalExtension};
use wholechart_record::PersonId;

use super::Store;
use super::rows::from_json;
use crate::{ChangeKind, News, StoreError};

impl Store {
    /// What runs changed of the timeline since `seen` was called, counted, with at most `limit` of it after the first
    /// `skip`; one fact is one change, and the gravest counts: taken back before corrected before new.
    pub fn news(&self, person: &PersonId, skip: usize, limit: usize) -> Result<News, StoreError> {
        self.read(|db| {
            let since = seen(db, person)?;
            let waiting = waiting(db, person, since)?;
            let mut news = News::default();
            // In the order of changes, which begins where the person stopped: all earlier ones are not read.
            let mut query = db.prepare_cached(
                "SELECT f.n, max(CASE h.what WHEN 'withdrawn' THEN 2 WHEN 'corrected' THEN 1 ELSE 0 END) AS weight,
                    f.sort, max(h.n)
                 FROM change h CROSS JOIN run r ON r.id = h.run CROSS JOIN connection c ON c.n = r.connection
                 JOIN fact_member m ON m.resource = h.resource JOIN fact f ON f.n = m.fact
                 WHERE c.person = ?1 AND h.n > ?2 AND f.listed = 1
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
                let last: i64 = row.get(3)?;
                news.up_to = news.up_to.max(Some(waiting.map_or(last, |first| last.min(first - 1))));
                if at >= skip && shown.len() < limit {
                    shown.push((row.get(0)?, what));
                }
                at += 1;
            }
            let mut one = db.prepare_cached("SELECT row FROM fact WHERE n = ?1")?;
            for (n, what) in shown {
                let row: String = one.query_row([n], |row| row.get(0))?;
                news.rows.push((from_json(&row, "fact")?, what));
            }
            Ok(news)
        })
    }

    /// The same before a person has looked for the first time, counted only: then everything is new, and a long record is not
    /// gone through for it.
    pub fn received(&self, person: &PersonId) -> Result<News, StoreError> {
        self.read(|db| {
            let all: u64 = db
                .prepare_cached("SELECT coalesce(sum(facts), 0) FROM tally WHERE person = ?1")?
                .query_row([&person.0], |row| row.get(0))?;
            let (corrected, withdrawn): (u64, u64) = db
                .prepare_cached(
                    "SELECT count(*) FILTER (WHERE taken_back = 0), count(*) FILTER (WHERE taken_back = 1)
                     FROM (SELECT max(h.what = 'withdrawn') AS taken_back
                           FROM change h CROSS JOIN run r ON r.id = h.run CROSS JOIN connection c ON c.n = r.connection
                           JOIN fact_member m ON m.resource = h.resource JOIN fact f ON f.n = m.fact
                           WHERE h.what IN ('corrected', 'withdrawn') AND c.person = ?1 AND f.listed = 1
                           GROUP BY f.n)",
                )?
                .query_row([&person.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let counts = [
                (ChangeKind::New, all.saturating_sub(corrected + withdrawn)),
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

    /// The person has looked at everything up to here, as [`News::up_to`] said. Told up to where they had looked before,
    /// 0 for never: set again, it takes this back.
    pub fn set_seen(&self, person: &PersonId, up_to: i64) -> Result<i64, StoreError> {
        self.write(|tx| {
            let before = seen(tx, person)?;
            tx.execute(
                "INSERT INTO setting (name, value) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name(person), up_to.to_string()),
            )?;
            Ok(before)
        })
    }

    /// Whether the person has looked before: on the first day everything is new.
    pub fn has_looked(&self, person: &PersonId) -> Result<bool, StoreError> {
        self.read(|db| Ok(seen(db, person)? > 0))
    }
}

/// The first change that has not become a fact yet: it is not shown as news, so it is not looked at either.
fn waiting(db: &Sqlite, person: &PersonId, since: i64) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT min(h.n) FROM stale t CROSS JOIN change h ON h.resource = t.resource
             JOIN run r ON r.id = h.run JOIN connection c ON c.n = r.connection
             WHERE c.person = ?1 AND h.n > ?2",
        )?
        .query_row((&person.0, since), |row| row.get(0))?)
}

fn name(person: &PersonId) -> String {
    format!("seen {}", person.0)
}

fn seen(db: &Sqlite, person: &PersonId) -> Result<i64, StoreError> {
    let text: Option<String> = db
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([name(person)], |row| row.get(0))
        .optional()?;
    text.map_or(Ok(0), |text| text.parse().map_err(|_| StoreError::Inconsistent("setting")))
}

//! Table `topic_change`: which facts that have topics came, went or changed in what a topic shows of them, and after which others. It
//! is written by triggers (`schema.sql`), whoever writes, so whoever kept what was read before knows what to read again.

pub(crate) mod kept;

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection as Sqlite, Row};
use wholechart_fhir::Kind;
use wholechart_record::{ConnectionId, PersonId};

use self::kept::{KeptTopics, Read};
use super::facts::{self, Beside};
use super::lists::{self, TELLERS, WHO_LISTS};
use super::placed;
use super::shown::{ListFields, ListRow, Listed, TopicRow};
use crate::packed::length_at;
use crate::rows::{json_at, moment};
use crate::{Store, StoreError};

/// Bytes of JSON of which facts are kept in memory at most, of all persons.
const KEPT: usize = 64 << 20;

/// Facts that are read one by one at most: more of them are read quicker together.
const FEW: usize = 1_000;

impl Store {
    /// Every topic of these kinds, kind by kind, each in the order of their ids.
    pub fn topics(&self, person: &PersonId, kinds: &[Kind]) -> Result<Vec<Arc<TopicRow>>, StoreError> {
        let mut all = self.kept_topics();
        // After an error what was kept is dropped: it may be half of one state and half of another.
        let mut kept = all.remove(person).unwrap_or_default();
        let found = self.topics_after(person, kinds, &mut kept)?;
        let bytes = kept.bytes();
        if bytes + all.values().map(KeptTopics::bytes).sum::<usize>() > KEPT {
            all.clear();
        }
        if bytes <= KEPT {
            all.insert(person.clone(), kept);
        }
        Ok(found)
    }

    /// The same, after what was kept of this person.
    pub(crate) fn topics_after(
        &self,
        person: &PersonId,
        kinds: &[Kind],
        kept: &mut KeptTopics,
    ) -> Result<Vec<Arc<TopicRow>>, StoreError> {
        let placed = self.read(|db| {
            read_again(db, person, kept)?;
            let unread: Vec<Kind> = kinds.iter().copied().filter(|kind| !kept.has(*kind)).collect();
            if !unread.is_empty() {
                let beside = Beside::of(db, person)?;
                for kind in unread {
                    kept.take_all(kind, of_kind(db, person, kind, &beside)?);
                }
            }
            placed::placements(db, person)
        })?;
        kept.group(placed);
        Ok(kept.topics(kinds))
    }
}

/// Reads what changed since the facts were read that are kept.
fn read_again(db: &Sqlite, person: &PersonId, kept: &mut KeptTopics) -> Result<(), StoreError> {
    let at: i64 = db
        .prepare_cached("SELECT coalesce(max(at), 0) FROM topic_change")?
        .query_row([], |row| row.get(0))?;
    if at == kept.at {
        return Ok(());
    }
    let mut changed: Vec<i64> = Vec::new();
    if !kept.is_empty() {
        changed = db
            .prepare_cached("SELECT fact FROM topic_change WHERE at > ?1 LIMIT ?2")?
            .query_map((kept.at, FEW + 1), |row| row.get(0))?
            .collect::<Result<_, _>>()?;
    }
    if at < kept.at || changed.len() > FEW {
        *kept = KeptTopics::default();
        changed.clear();
    }
    // Neighbours in the file one after the other.
    changed.sort_unstable();
    let now = changed.iter().filter_map(|n| one(db, person, *n).transpose()).collect::<Result<_, _>>()?;
    kept.change(&changed, now);
    kept.at = at;
    Ok(())
}

/// A fact of this person. `None` where there is none, or none that has topics.
fn one(db: &Sqlite, person: &PersonId, n: i64) -> Result<Option<Read>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT m.sort, f.row, m.json FROM fact_more m JOIN fact f ON f.n = m.fact WHERE m.fact = ?1 AND m.person = ?2",
    )?;
    let sizes = |row: &Row<'_>| {
        Ok::<_, StoreError>((row.get(0)?, length_at(row, 1, "fact")? + length_at(row, 2, "fact")?))
    };
    let found: Option<(i64, usize)> = query.query_and_then((n, &person.0), sizes)?.next().transpose()?;
    found.map(|(sort, bytes)| Ok(Read { n, sort, bytes, row: lists::row(db, n)? })).transpose()
}

/// Every fact of a kind.
fn of_kind(db: &Sqlite, person: &PersonId, kind: Kind, beside: &Beside) -> Result<Vec<Read>, StoreError> {
    let mut listed = listed_of_kind(db, person, kind)?;
    let mut of = db.prepare_cached(
        "SELECT f.row, m.json, m.sort, m.fact FROM fact_more m JOIN fact f ON f.n = m.fact
         WHERE m.person = ?1 AND m.kind = ?2",
    )?;
    let mut rows = of.query((&person.0, kind.as_str()))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let bytes = length_at(row, 0, "fact")? + length_at(row, 1, "fact")?;
        let more: ListFields = json_at(row, 1, "fact")?;
        let (sort, n): (i64, i64) = (row.get(2)?, row.get(3)?);
        let mut listed = listed.remove(&n).unwrap_or_default();
        listed.retain(|one| more.listing.contains(&one.by));
        let row = ListRow { row: facts::row_beside(db, row, 0, beside)?, more, listed };
        found.push(Read { n, sort, bytes, row });
    }
    Ok(found)
}

/// Who lists each fact of a kind, by its row number, and when they last did.
fn listed_of_kind(
    db: &Sqlite,
    person: &PersonId,
    kind: Kind,
) -> Result<HashMap<i64, Vec<Listed>>, StoreError> {
    let mut found: HashMap<i64, Vec<Listed>> = HashMap::new();
    if !matches!(kind, Kind::Medicine | Kind::Problem | Kind::Allergy) {
        return Ok(found);
    }
    let mut query = db.prepare_cached(&format!(
        "SELECT m.fact, {WHO_LISTS} FROM fact_more x CROSS JOIN {TELLERS}
         WHERE m.fact = x.fact AND x.person = ?1 AND x.kind = ?2 AND g.resource IS NULL
         GROUP BY m.fact, c.id ORDER BY m.fact, c.id"
    ))?;
    let mut rows = query.query((&person.0, kind.as_str()))?;
    while let Some(row) = rows.next()? {
        // What came along with something else was listed by nobody.
        if let Some(at) = row.get::<_, Option<i64>>(2)? {
            let one = Listed { by: ConnectionId(row.get(1)?), at: moment(at)?, in_file: row.get(3)? };
            found.entry(row.get(0)?).or_default().push(one);
        }
    }
    Ok(found)
}

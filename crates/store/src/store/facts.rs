//! What is derived from the bytes: entries, and the facts they make.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use chrono_tz::Tz;
use rusqlite::{OptionalExtension, Transaction};
use sha2::{Digest, Sha256};
use wholechart_fhir::{DateRole, Day, Entry, Kind, Release, StatusGroup};
use wholechart_record::{
    ConnectionId, EntryKey, Fact, FactId, Merger, PersonId, Touched, best_member, is_said,
};

use super::connections::find_person;
use super::decided::{decisions, write_conflicts, write_questions};
use super::projection::{Entries, Outcome, Projection, fetch};
use super::rows::{from_word, json, unpack};
use super::search::{Said, person_number};
use super::{Store, derive, files, more, notes, search};
use crate::{FactRow, StoreError};

/// Which reader and rules make derived rows. The app's version is part of it, so a release never shows rows that an
/// older one derived; raise the number for a change between releases.
pub(super) const DERIVED_BY: &str = concat!(env!("CARGO_PKG_VERSION"), ".10");

impl Store {
    /// Puts a person's entries together into facts and writes what differs, in one transaction. True when anything did.
    ///
    /// Only what came or changed since the last time is looked at, after a first time since the file was opened.
    pub fn refresh_facts(&self, person: &PersonId) -> Result<bool, StoreError> {
        self.project(person, |tx, slot| refresh(tx, person, slot))
    }

    /// Throws all entries and facts away and makes them anew from the bytes, in one transaction.
    ///
    /// `progress(done, total)` counts resources; when it breaks, everything stays as it was.
    ///
    /// # Errors
    /// [`StoreError::Cancelled`] after a break.
    pub fn rebuild(&self, progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<(), StoreError> {
        self.write_anew(|tx| {
            tx.execute_batch(
                "DELETE FROM fact; DELETE FROM question; DELETE FROM conflict; DELETE FROM merged; DELETE FROM entry;",
            )?;
            let total: u64 = tx.query_row("SELECT count(*) FROM resource", [], |row| row.get(0))?;
            let mut done = 0;
            {
                let mut current = tx.prepare(
                    "SELECT v.resource, max(v.id), s.release, v.midnight_day, v.length, v.bytes
                     FROM resource r JOIN source s ON s.n = r.source JOIN version v ON v.resource = r.n
                     GROUP BY v.resource ORDER BY v.resource",
                )?;
                let mut insert =
                    tx.prepare("INSERT INTO entry (resource, version, json) VALUES (?1, ?2, ?3)")?;
                let mut rows = current.query([])?;
                while let Some(row) = rows.next()? {
                    let release: Release = from_word(row.get(2)?, "release")?;
                    let bytes =
                        unpack(row.get_ref(5)?.as_blob().map_err(rusqlite::Error::from)?, row.get(4)?)?;
                    // Every stored version was readable when it came. Should a later reader refuse one, its bytes stay.
                    if let Ok(entry) = derive::entry(&bytes, release, row.get(3)?) {
                        insert.execute((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, json(&entry)?))?;
                    }
                    done += 1;
                    if done % 256 == 0 && progress(done, total).is_break() {
                        return Err(StoreError::Cancelled);
                    }
                }
            }
            let persons: Vec<String> = tx
                .prepare("SELECT id FROM person ORDER BY id")?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for person in persons {
                refresh(tx, &PersonId(person), &mut None)?;
            }
            if progress(total, total).is_break() {
                return Err(StoreError::Cancelled);
            }
            tx.execute(
                "INSERT INTO derived_by (only, name) VALUES (1, ?1)
                 ON CONFLICT (only) DO UPDATE SET name = excluded.name",
                [DERIVED_BY],
            )?;
            Ok(())
        })
    }

    /// Puts together what was left when the app was killed between a page and its facts.
    pub(super) fn catch_up(&self) -> Result<(), StoreError> {
        let left: bool =
            self.read(|db| Ok(db.query_row("SELECT EXISTS (SELECT 1 FROM stale)", [], |row| row.get(0))?))?;
        if left {
            for person in self.persons()? {
                self.refresh_facts(&person.id)?;
            }
        }
        Ok(())
    }

    /// What made the derived rows; none in a new file.
    pub(super) fn derived_by(&self) -> Result<Option<String>, StoreError> {
        self.read(|db| Ok(db.query_row("SELECT name FROM derived_by", [], |row| row.get(0)).optional()?))
    }
}

/// What a person's facts are put together with, besides entries and decisions.
struct With {
    zone: Tz,
    listing: BTreeSet<ConnectionId>,
}

/// Merges what changed of the person's entries, or all of them where `slot` is empty, and writes the difference.
pub(super) fn refresh(
    tx: &Transaction<'_>,
    person: &PersonId,
    slot: &mut Option<Projection>,
) -> Result<bool, StoreError> {
    let with = With { zone: find_person(tx, person)?.home_zone, listing: listing(tx, person)? };
    let stale = stale(tx, person)?;
    let made: Option<(String, String)> = tx
        .prepare_cached("SELECT zone, listing FROM merged WHERE person = ?1")?
        .query_row([&person.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let listing = json(&with.listing)?;
    if made.as_ref().is_none_or(|(zone, _)| zone != with.zone.name()) {
        *slot = None;
    } else if stale.is_empty() && made.is_some_and(|(_, known)| known == listing) {
        return Ok(false);
    }
    let changed = match slot {
        Some(projection) => {
            let mut outcome = projection.take(tx, &stale)?;
            add(&mut outcome.touched, projection.merger.listing_allergies(with.listing));
            write(tx, person, projection, outcome)?
        }
        None => whole(tx, person, with, slot)?,
    };
    tx.prepare_cached(
        "DELETE FROM stale WHERE resource IN (SELECT r.n FROM connection c JOIN source s ON s.connection = c.n
         JOIN resource r ON r.source = s.n WHERE c.person = ?1)",
    )?
    .execute([&person.0])?;
    Ok(changed)
}

/// Merges from nothing.
fn whole(
    tx: &Transaction<'_>,
    person: &PersonId,
    with: With,
    slot: &mut Option<Projection>,
) -> Result<bool, StoreError> {
    let mut merger = Merger::new(with.zone);
    merger.listing_allergies(with.listing.clone());
    merger.decide(&decisions(tx, person)?);
    let projection = slot.insert(Projection::new(merger));
    let mut outcome = projection.fill(tx, person)?;
    // Whatever is written and was not made now is gone.
    outcome.touched.before = tx
        .prepare_cached("SELECT id FROM fact WHERE person = ?1")?
        .query_map([&person.0], |row| row.get(0).map(FactId))?
        .collect::<Result<_, _>>()?;
    let changed = write(tx, person, projection, outcome)?;
    tx.prepare_cached(
        "INSERT INTO merged (person, zone, listing) VALUES (?1, ?2, ?3)
         ON CONFLICT (person) DO UPDATE SET zone = excluded.zone, listing = excluded.listing",
    )?
    .execute((&person.0, with.zone.name(), json(&with.listing)?))?;
    Ok(changed)
}

/// Puts the facts together anew after `change` to what a person decided. An empty `slot` is filled after the change
/// was written, and so holds it already.
pub(super) fn after(
    tx: &Transaction<'_>,
    person: &PersonId,
    slot: &mut Option<Projection>,
    change: impl FnOnce(&mut Merger) -> Touched,
) -> Result<bool, StoreError> {
    let refreshed = if slot.is_some() {
        refresh(tx, person, slot)?
    } else {
        tx.prepare_cached("DELETE FROM merged WHERE person = ?1")?.execute([&person.0])?;
        return refresh(tx, person, slot);
    };
    let Some(projection) = slot else { return Ok(refreshed) };
    let touched = change(&mut projection.merger);
    let outcome = projection.changed(tx, touched)?;
    Ok(write(tx, person, projection, outcome)? || refreshed)
}

fn add(touched: &mut Touched, more: Touched) {
    touched.before.extend(more.before);
    touched.after.extend(more.after);
}

/// Resources of the person whose entries came or changed since the last refresh, sorted.
fn stale(tx: &Transaction<'_>, person: &PersonId) -> Result<Vec<i64>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT t.resource FROM stale t JOIN resource r ON r.n = t.resource JOIN source s ON s.n = r.source
         JOIN connection c ON c.n = s.connection WHERE c.person = ?1 ORDER BY t.resource",
    )?;
    Ok(query.query_map([&person.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Connections that were asked for allergies and answered to the end: what they do not list, they do not know.
fn listing(tx: &Transaction<'_>, person: &PersonId) -> Result<BTreeSet<ConnectionId>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT DISTINCT c.id FROM connection c JOIN answered a ON a.connection = c.n
         WHERE c.person = ?1 AND a.question = 'AllergyIntolerance'",
    )?;
    Ok(query.query_map([&person.0], |row| row.get(0).map(ConnectionId))?.collect::<Result<_, _>>()?)
}

/// Writes the facts that were touched where they differ from what is written, and what follows from them.
fn write(
    tx: &Transaction<'_>,
    person: &PersonId,
    projection: &Projection,
    outcome: Outcome,
) -> Result<bool, StoreError> {
    let Outcome { touched, moved, mut entries } = outcome;
    if touched.before.is_empty() && touched.after.is_empty() && moved.is_empty() {
        return Ok(false);
    }
    let merger = &projection.merger;
    let number = person_number(tx, person)?;
    let home = find_person(tx, person)?.home_zone;
    let notes = notes::of(tx, person)?;
    let mut gone = Vec::new();
    let mut fresh = Vec::new();
    let mut known = tx.prepare_cached("SELECT n, digest FROM fact WHERE id = ?1")?;
    let mut written = |id: &FactId| -> Result<Option<(i64, Vec<u8>)>, StoreError> {
        Ok(known.query_row([&id.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    };
    for id in touched.before.iter().filter(|id| !merger.facts().contains_key(*id)) {
        gone.extend(written(id)?.map(|(n, _)| n));
    }
    for fact in touched.after.union(&moved).filter_map(|id| merger.facts().get(id)) {
        for key in &fact.members {
            fetch(tx, key, &mut entries)?;
        }
        let members: Vec<(&EntryKey, &Entry)> =
            fact.members.iter().filter_map(|key| Some((key, &entries.get(key)?.entry))).collect();
        let row = FactRow { visit: visit_of(projection, fact, &members), ..list_row(fact, &members)? };
        let row = json(&row)?;
        let body = json(fact)?;
        let more = more::fresh(fact, &members, home)?;
        let own = fact.members.iter().filter_map(|key| notes.get(key).map(String::as_str));
        let mut texts = Vec::new();
        for key in &fact.members {
            let Some(held) = entries.get(key) else { continue };
            texts.push(files::texts(tx, held.connection, &key.base, held.resource, &held.entry)?);
        }
        let said = Said::by(
            &fact.title,
            members.iter().zip(&texts).map(|((_, entry), texts)| (*entry, texts.as_slice())),
        )
        .with_notes(own);
        let digest = digest(&row, &body, more.as_ref().map_or("", |more| &more.json), &said);
        match written(&fact.id)? {
            Some((_, known)) if known == digest => {}
            changed => {
                gone.extend(changed.map(|(n, _)| n));
                fresh.push((fact, row, body, digest, said, more));
            }
        }
    }
    // All that go before any that come: a member may move from one to the other.
    let mut delete = tx.prepare_cached("DELETE FROM fact WHERE n = ?1")?;
    for n in &gone {
        delete.execute([n])?;
    }
    for (fact, row, body, digest, said, more) in &fresh {
        let n = insert(tx, person, fact, row, body, digest, &entries)?;
        if let Some(more) = more {
            more::insert(tx, person, n, fact, more)?;
        }
        search::insert(tx, number, n, sort_key(fact.day, fact.second_of_day), said)?;
    }
    let asked = write_questions(tx, person, &merger.questions())?;
    let disagreed = write_conflicts(tx, person, &merger.conflicts())?;
    Ok(asked || disagreed || !gone.is_empty() || !fresh.is_empty())
}

/// Of everything that is written of a fact: what is unchanged is not written again.
pub(super) fn digest(row: &str, body: &str, more: &str, said: &Said) -> Vec<u8> {
    let mut sha = Sha256::new();
    for part in [row, body, more] {
        sha.update(part);
        sha.update([0]);
    }
    said.digest(|piece| {
        sha.update([0]);
        sha.update(piece);
    });
    sha.finalize()[..16].to_vec()
}

fn insert(
    tx: &Transaction<'_>,
    person: &PersonId,
    fact: &Fact,
    row: &str,
    body: &str,
    digest: &[u8],
    entries: &Entries,
) -> Result<i64, StoreError> {
    let member = |key| entries.get(key).ok_or(StoreError::Inconsistent("fact"));
    let mut connections = BTreeSet::new();
    for key in &fact.members {
        connections.insert(member(key)?.connection);
    }
    let told: Vec<String> = connections.iter().map(i64::to_string).collect();
    let withdrawn = matches!(fact.status_group, StatusGroup::EnteredInError | StatusGroup::Refuted);
    let n: i64 = tx
        .prepare_cached(
            "INSERT INTO fact (id, person, listed, sort, kind, title, status, flagged, until, told, digest, row)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) RETURNING n",
        )?
        .query_row(
            (
                &fact.id.0,
                &person.0,
                fact.kind.on_timeline(),
                sort_key(fact.day, fact.second_of_day),
                fact.kind.as_str(),
                &fact.title,
                fact.status_group.as_str(),
                fact.flag.is_some() && !withdrawn,
                until(fact),
                format!(" {} ", told.join(" ")),
                digest,
                row,
            ),
            |row| row.get(0),
        )?;
    tx.prepare_cached("INSERT INTO fact_body (fact, json) VALUES (?1, ?2)")?.execute((n, body))?;
    for key in &fact.members {
        tx.prepare_cached("INSERT INTO fact_member (resource, fact) VALUES (?1, ?2)")?
            .execute((member(key)?.resource, n))?;
    }
    Ok(n)
}

/// The last day of a stay or a course of medicine that took several days, as yyyymmdd; else 0. Both ends must have
/// been stated as days of its own: nothing is drawn that nobody said. What was withdrawn, ruled out, not done or
/// cancelled took no time.
fn until(fact: &Fact) -> i64 {
    let stays = matches!(fact.kind, Kind::Visit | Kind::Medicine) && is_said(fact.status_group);
    let Some(date) = fact.date.as_ref().filter(|date| stays && date.role == DateRole::Clinical) else {
        return 0;
    };
    let (Some(start), Some(end)) = (&date.start, &date.end) else { return 0 };
    let (start, end) = (start.own_day(), end.own_day());
    if end > start && start.day.is_some() && end.day.is_some() {
        sort_key(Some(end), None) / 100_000
    } else {
        0
    }
}

/// The visit a fact belongs to; none for a visit itself.
fn visit_of(projection: &Projection, fact: &Fact, members: &[(&EntryKey, &Entry)]) -> Option<FactId> {
    if fact.kind == Kind::Visit { None } else { projection.visit_of(members) }
}

/// What a list shows of a fact. What the fact itself does not hold is said by its best member.
fn list_row(fact: &Fact, members: &[(&EntryKey, &Entry)]) -> Result<FactRow, StoreError> {
    let best = best_member(members).ok_or(StoreError::Inconsistent("fact"))?;
    let sources: BTreeSet<&ConnectionId> = fact.members.iter().map(|key| &key.connection).collect();
    Ok(FactRow {
        id: fact.id.clone(),
        kind: fact.kind,
        title: fact.title.clone(),
        date: fact.date.clone(),
        day: fact.day,
        second_of_day: fact.second_of_day,
        status_group: fact.status_group,
        status: best.status.clone(),
        value: fact.value.clone(),
        flag: fact.flag,
        reference_range: best.reference_range.first().cloned(),
        dosage: all_of(&best.dosage),
        performer: best.performer.iter().find_map(|who| who.display.clone()),
        disagree: !fact.conflicts.is_empty(),
        sources: sources.into_iter().cloned().collect(),
        visit: None,
    })
}

/// All instructions of a medicine on one line: "in the morning" alone is half of what was prescribed.
fn all_of(dosage: &[String]) -> Option<String> {
    /// As many as a line can show.
    const MOST: usize = 12;
    let said: Vec<&str> = dosage.iter().take(MOST).map(String::as_str).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// Sorts facts as [`Day`] does, then by time of day; undated is 0 and so comes last in a list that begins with the
/// newest. Within a day, facts without a time come after those with one.
pub(super) fn sort_key(day: Option<Day>, second_of_day: Option<u32>) -> i64 {
    day.map_or(0, |day| {
        let date =
            i64::from(day.year) * 10_000 + i64::from(day.month.unwrap_or(0) * 100 + day.day.unwrap_or(0));
        date * 100_000 + second_of_day.map_or(0, |second| i64::from(second) + 1)
    })
}

/// The sort key before the first of a year: what a cursor at the end of the year before holds.
pub(super) fn year_start(year: i32) -> i64 {
    i64::from(year) * 10_000 * 100_000
}

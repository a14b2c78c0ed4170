//! What is derived from the bytes: entries, and the facts they make.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use rusqlite::{OptionalExtension, Transaction};
use sha2::{Digest, Sha256};
use wholechart_fhir::{DateRole, Day, Entry, Kind, Names, Neighbours, Release, StatusGroup};
use wholechart_record::{ConnectionId, EntryKey, Fact, FactId, Member, Merger, PersonId, best_member};

use super::connections::find_person;
use super::decided::{decisions, write_questions};
use super::rows::{KEY_COLUMNS, from_json, from_word, json, key, unpack, word};
use super::search::{Said, person_number};
use super::{Store, derive, documents, search};
use crate::{FactRow, StoreError};

/// Which reader and rules make derived rows. The app's version is part of it, so a release never shows rows that an
/// older one derived; raise the number for a change between releases.
pub(super) const DERIVED_BY: &str = concat!(env!("CARGO_PKG_VERSION"), ".4");

impl Store {
    /// Puts a person's entries together into facts and writes what differs, in one transaction. True when anything did.
    pub fn refresh_facts(&self, person: &PersonId) -> Result<bool, StoreError> {
        self.write(|tx| refresh(tx, person))
    }

    /// Throws all entries and facts away and makes them anew from the bytes, in one transaction.
    ///
    /// `progress(done, total)` counts resources; when it breaks, everything stays as it was.
    ///
    /// # Errors
    /// [`StoreError::Cancelled`] after a break.
    pub fn rebuild(&self, progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute_batch(
                "DELETE FROM fact; DELETE FROM question; DELETE FROM entry; DELETE FROM document_read;",
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
            documents::read_all(tx)?;
            let persons: Vec<String> = tx
                .prepare("SELECT id FROM person ORDER BY id")?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for person in persons {
                refresh(tx, &PersonId(person))?;
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

    /// What made the derived rows; none in a new file.
    pub(super) fn derived_by(&self) -> Result<Option<String>, StoreError> {
        self.read(|db| Ok(db.query_row("SELECT name FROM derived_by", [], |row| row.get(0)).optional()?))
    }
}

/// Merges the person's entries and writes the difference.
pub(super) fn refresh(tx: &Transaction<'_>, person: &PersonId) -> Result<bool, StoreError> {
    let home = find_person(tx, person)?.home_zone;
    let (mut members, places) = load_members(tx, person)?;
    complete(tx, person, &mut members, &places)?;
    let entries: HashMap<EntryKey, Entry> =
        members.iter().map(|member| (member.key.clone(), member.entry.clone())).collect();
    let mut merger = Merger::new(home);
    merger.decide(&decisions(tx, person)?);
    merger.update(members, &[]);
    let asked = write_questions(tx, person, &merger.questions())?;
    let facts = merger.into_facts();
    let visits = visits(&facts);
    let number = person_number(tx, person)?;

    let mut before: HashMap<String, (i64, Vec<u8>)> = tx
        .prepare_cached("SELECT id, n, digest FROM fact WHERE person = ?1")?
        .query_map([&person.0], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?
        .collect::<Result<_, _>>()?;
    let mut gone = Vec::new();
    let mut fresh = Vec::new();
    for fact in &facts {
        let row = FactRow { visit: visit_of(fact, &entries, &visits), ..list_row(fact, &entries)? };
        let row = json(&row)?;
        let body = json(fact)?;
        let said = Said::by(&fact.title, fact.members.iter().filter_map(|key| entries.get(key)));
        let mut sha = Sha256::new().chain_update(&row).chain_update([0]).chain_update(&body);
        said.digest(|piece| {
            sha.update([0]);
            sha.update(piece);
        });
        let digest = sha.finalize()[..16].to_vec();
        match before.remove(&fact.id.0) {
            Some((_, known)) if known == digest => {}
            changed => {
                gone.extend(changed.map(|(n, _)| n));
                fresh.push((fact, row, body, digest, said));
            }
        }
    }
    gone.extend(before.into_values().map(|(n, _)| n));
    // All that go before any that come: a member may move from one to the other.
    let mut delete = tx.prepare_cached("DELETE FROM fact WHERE n = ?1")?;
    for n in &gone {
        delete.execute([n])?;
    }
    for (fact, row, body, digest, said) in &fresh {
        let n = insert(tx, person, fact, row, body, digest, &places)?;
        search::insert(tx, number, n, sort_key(fact.day, fact.second_of_day), said)?;
    }
    Ok(asked || !gone.is_empty() || !fresh.is_empty())
}

/// Row numbers behind a key: the resource and its connection.
type Places = HashMap<EntryKey, (i64, i64)>;

fn load_members(tx: &Transaction<'_>, person: &PersonId) -> Result<(Vec<Member>, Places), StoreError> {
    let mut query = tx.prepare_cached(&format!(
        "SELECT {KEY_COLUMNS}, e.json, r.n, c.n
         FROM connection c JOIN source s ON s.connection = c.n JOIN resource r ON r.source = s.n
         JOIN entry e ON e.resource = r.n WHERE c.person = ?1"
    ))?;
    let mut rows = query.query([&person.0])?;
    let mut members = Vec::new();
    let mut places = HashMap::new();
    while let Some(row) = rows.next()? {
        let key = key(row, 0)?;
        let entry = from_json(row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?, "entry")?;
        places.insert(key.clone(), (row.get(6)?, row.get(7)?));
        members.push(Member { key, entry });
    }
    Ok((members, places))
}

/// Lets the entries of each connection name each other, and writes those that learnt or forgot something.
fn complete(
    tx: &Transaction<'_>,
    person: &PersonId,
    members: &mut [Member],
    places: &Places,
) -> Result<(), StoreError> {
    let names = Names::of(members.iter().map(|member| &member.entry));
    let mut connections: HashMap<&ConnectionId, Vec<(&str, &Entry)>> = HashMap::new();
    for Member { key, entry } in &*members {
        connections.entry(&key.connection).or_default().push((&key.base, entry));
    }
    let mut connections: HashMap<ConnectionId, Neighbours> =
        connections.into_iter().map(|(id, entries)| (id.clone(), Neighbours::of(entries))).collect();
    for (connection, address, file) in documents::found(tx, person)? {
        if let Some(neighbours) = connections.get_mut(&connection) {
            neighbours.note_document(address, file);
        }
    }
    let mut update = tx.prepare_cached("UPDATE entry SET json = ?2 WHERE resource = ?1")?;
    for Member { key, entry } in members {
        let neighbours = connections.get(&key.connection).ok_or(StoreError::Inconsistent("entry"))?;
        if neighbours.complete(&key.base, entry, &names) {
            let (resource, _) = places.get(key).ok_or(StoreError::Inconsistent("entry"))?;
            update.execute((resource, json(entry)?))?;
        }
    }
    Ok(())
}

fn insert(
    tx: &Transaction<'_>,
    person: &PersonId,
    fact: &Fact,
    row: &str,
    body: &str,
    digest: &[u8],
    places: &Places,
) -> Result<i64, StoreError> {
    let member = |key| places.get(key).ok_or(StoreError::Inconsistent("fact"));
    let mut connections = BTreeSet::new();
    for key in &fact.members {
        connections.insert(member(key)?.1);
    }
    let told: String = connections.iter().map(|connection| format!(" {connection}")).collect();
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
                word(fact.status_group)?,
                fact.flag.is_some() && !withdrawn,
                until(fact),
                format!("{told} "),
                digest,
                row,
            ),
            |row| row.get(0),
        )?;
    tx.prepare_cached("INSERT INTO fact_body (fact, json) VALUES (?1, ?2)")?.execute((n, body))?;
    for key in &fact.members {
        tx.prepare_cached("INSERT INTO fact_member (resource, fact) VALUES (?1, ?2)")?
            .execute((member(key)?.0, n))?;
    }
    Ok(n)
}

/// The last day of a stay or a course of medicine that took several days, as yyyymmdd; else 0. Both ends must have
/// been stated as days of its own: nothing is drawn that nobody said.
fn until(fact: &Fact) -> i64 {
    let stays = matches!(fact.kind, Kind::Visit | Kind::Medicine);
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

/// Visits by what their members are known by.
#[derive(Default)]
struct Visits<'f> {
    /// By connection, base and id.
    known: HashMap<(&'f ConnectionId, &'f str, &'f str), &'f FactId>,
    /// Those of files by connection and id; none where two files have two visits of one id.
    files: HashMap<(&'f ConnectionId, &'f str), Option<&'f FactId>>,
}

fn visits(facts: &[Fact]) -> Visits<'_> {
    let mut visits = Visits::default();
    for fact in facts.iter().filter(|fact| fact.kind == Kind::Visit) {
        for key in fact.members.iter().filter(|key| key.resource_type == "Encounter") {
            visits.known.insert((&key.connection, &key.base, &key.id), &fact.id);
            if key.base.starts_with("file:") {
                let known = visits.files.entry((&key.connection, &key.id)).or_insert(Some(&fact.id));
                *known = known.filter(|known| **known == fact.id);
            }
        }
    }
    visits
}

/// The visit a fact belongs to, as the first of its members that names one says. References are followed inside
/// their own base, and between the files of one connection, as [`Neighbours`] does.
fn visit_of(fact: &Fact, entries: &HashMap<EntryKey, Entry>, visits: &Visits<'_>) -> Option<FactId> {
    if fact.kind == Kind::Visit {
        return None;
    }
    fact.members.iter().find_map(|key| {
        let reference = entries.get(key)?.encounter.as_ref()?.reference.as_str();
        let reference =
            reference.strip_prefix(&key.base).map_or(reference, |rest| rest.trim_start_matches('/'));
        let id = match reference.strip_prefix("Encounter/") {
            Some(id) => id.split('/').next()?,
            None => reference.strip_prefix("urn:uuid:")?,
        };
        let own = visits.known.get(&(&key.connection, key.base.as_str(), id)).copied();
        let other =
            || key.base.starts_with("file:").then(|| *visits.files.get(&(&key.connection, id))?).flatten();
        own.or_else(other).cloned()
    })
}

/// What a list shows of a fact. What the fact itself does not hold is said by its best member.
fn list_row(fact: &Fact, entries: &HashMap<EntryKey, Entry>) -> Result<FactRow, StoreError> {
    let members: Vec<(&EntryKey, &Entry)> =
        fact.members.iter().filter_map(|key| entries.get_key_value(key)).collect();
    let best = best_member(&members).ok_or(StoreError::Inconsistent("fact"))?;
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
        dosage: best.dosage.first().cloned(),
        performer: best.performer.iter().find_map(|who| who.display.clone()),
        conflicts: fact.conflicts.clone(),
        sources: sources.into_iter().cloned().collect(),
        visit: None,
    })
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

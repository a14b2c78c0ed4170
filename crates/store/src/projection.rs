//! From versions to entries and facts: the derived half of the file.
//!
//! - [`Store::refresh_facts`] merges what came or changed (table `stale`) with what it may concern of the record
//!   ([`in_memory::Projection`], [`shelf::Shelf`]) and writes the facts that differ.
//! - [`Store::rebuild`] throws all derived rows away and makes them anew from the versions' bytes. Both ways end with
//!   the same rows.

pub(crate) mod in_memory;
mod reading;
mod shelf;
pub(crate) mod written;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use chrono_tz::Tz;
use rusqlite::Transaction;
use wholechart_fhir::{Element, Entry, Kind};
use wholechart_record::{ConnectionId, EntryKey, Fact, FactId, Member, Merger, Number, PersonId, Touched};

use self::in_memory::Projection;
use self::shelf::Shelf;
use self::written::{Making, Rows};
use crate::rows::{from_json, json};
use crate::sort::sort_key;
use crate::store::keep_pages;
use crate::table::entries::{self, Entries};
use crate::table::facts;
use crate::table::likely::LikelyPair;
use crate::table::{answered, derived, files, found, likely, lists, notes, people, search, ties, versions};
use crate::{Store, StoreError};

/// So many resources are merged in one transaction behind whoever reads: few enough that whoever writes waits a moment
/// only, and that a stop costs little.
pub(crate) const PART: usize = 200;

/// So many resources are merged at a time where more of them wait: as many as are worth the room. They come by their days,
/// so what is one is seldom in two parts.
const AT_A_TIME: usize = 2_000;
/// So many are more than what a sync usually brings.
const MUCH: usize = 10_000;

/// So many facts are written at once where nothing has to go first.
const AT_ONCE: usize = 1_000;

/// What a change asks to be written.
struct Outcome {
    touched: Touched,
    /// Facts whose row may differ although they hold the same entries: what they belong to or what belongs to them is
    /// another fact, or a file of theirs was read.
    moved: BTreeSet<FactId>,
    entries: Entries,
}

impl Store {
    /// Merges a person's entries that came or changed into facts and writes what differs, in one transaction. True when
    /// anything did.
    pub fn refresh_facts(&self, person: &PersonId) -> Result<bool, StoreError> {
        self.project(person, |tx, slot| refresh(tx, person, slot))
    }

    /// [`Store::refresh_facts`], of at most so many resources that came or changed.
    pub(crate) fn refresh_part(&self, person: &PersonId, most: usize) -> Result<bool, StoreError> {
        self.project(person, |tx, slot| refresh_at_most(tx, person, slot, most))
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
                "DELETE FROM tied; DELETE FROM fact; DELETE FROM likely; DELETE FROM conflict; DELETE FROM merged;
                 DELETE FROM found; DELETE FROM together; DELETE FROM counted; DELETE FROM stale; DELETE FROM entry;",
            )?;
            let total = versions::count(tx)?;
            let mut done = 0;
            versions::each_current(tx, &mut |resource, version, entry| {
                // The bytes of a version that this reader refuses stay.
                if let Some(entry) = entry {
                    derived::mark_stale(tx, resource, Some(&entry))?;
                    entries::put(tx, resource, version, &entry)?;
                }
                done += 1;
                if done % 256 == 0 && progress(done, total).is_break() {
                    return Err(StoreError::Cancelled);
                }
                Ok(())
            })?;
            for person in people::all(tx)? {
                refresh(tx, &person.id, &mut None)?;
            }
            if progress(total, total).is_break() {
                return Err(StoreError::Cancelled);
            }
            derived::set_by(tx)
        })
    }
}

/// Merges what changed of the person's entries, or all of them where `slot` is empty, and writes the difference. True
/// when there was any.
pub(crate) fn refresh(
    tx: &Transaction<'_>,
    person: &PersonId,
    slot: &mut Option<Projection>,
) -> Result<bool, StoreError> {
    refresh_at_most(tx, person, slot, usize::MAX)
}

/// [`refresh`], of at most so many of those that changed. Where all has to be made anew, what was there goes and comes in
/// one transaction.
fn refresh_at_most(
    tx: &Transaction<'_>,
    person: &PersonId,
    slot: &mut Option<Projection>,
    most: usize,
) -> Result<bool, StoreError> {
    let zone = people::known(tx, person)?.home_zone;
    let listing = answered::asked_for_allergies(tx, person)?;
    let listed = match derived::merged(tx, person)? {
        Some((merged_in, listed)) if merged_in == zone.name() => Some(from_json(&listed, "merged")?),
        _ => None,
    };
    let mut changed = false;
    let known = listed.is_some();
    if !known {
        *slot = None;
        changed = derived::unmerge(tx, person)?;
    }
    let most = if changed { usize::MAX } else { most };
    let listed: BTreeSet<ConnectionId> = listed.unwrap_or_else(|| listing.clone());
    let stale = derived::stale(tx, person)?;
    if known && stale.is_empty() && listed == listing {
        return Ok(false);
    }
    let now = stale.len().min(most);
    if stale.len() >= MUCH {
        keep_pages(tx, true)?;
    }
    let turns: HashMap<i64, usize> = stale.iter().enumerate().map(|(at, resource)| (*resource, at)).collect();
    for from in (0..now).step_by(AT_A_TIME) {
        let part = &stale[from..now.min(from + AT_A_TIME)];
        let projection = ready(tx, person, slot, zone, &listed)?;
        let mut shelf = Shelf::new(tx, person, search::person_number(tx, person)?);
        let waits = |resource: i64| turns.get(&resource).is_some_and(|at| *at >= from);
        let outcome = take(tx, projection, &mut shelf, part, &waits)?;
        changed |= write(tx, person, projection, outcome)?;
        derived::no_longer_stale(tx, part)?;
        if projection.is_full() {
            *slot = None;
        }
    }
    if listed != listing {
        let projection = ready(tx, person, slot, zone, &listed)?;
        let mut shelf = Shelf::new(tx, person, search::person_number(tx, person)?);
        let touched = projection.merger.listing_allergies_in(listing.clone(), &mut shelf)?;
        let outcome = Outcome { touched, moved: BTreeSet::new(), entries: Entries::new() };
        changed |= write(tx, person, projection, outcome)?;
    }
    derived::set_merged(tx, person, zone.name(), &json(&listing)?)?;
    if now == stale.len() {
        keep_pages(tx, false)?;
    }
    Ok(changed)
}

/// What is held of a person's record; nothing of it at first.
fn ready<'s>(
    tx: &Transaction<'_>,
    person: &PersonId,
    slot: &'s mut Option<Projection>,
    zone: Tz,
    listed: &BTreeSet<ConnectionId>,
) -> Result<&'s mut Projection, StoreError> {
    let held = if let Some(held) = slot.take() {
        held
    } else {
        let mut fresh = Projection::new(tx, person, zone)?;
        fresh.merger.listed_allergies(listed.clone());
        fresh
    };
    Ok(slot.insert(held))
}

/// Merges again after a `change` to what a person decided, which `keep` writes down.
pub(crate) fn after(
    tx: &Transaction<'_>,
    person: &PersonId,
    slot: &mut Option<Projection>,
    keep: impl FnOnce() -> Result<(), StoreError>,
    change: impl FnOnce(&mut Merger, &mut Shelf<'_>) -> Result<Touched, StoreError>,
) -> Result<bool, StoreError> {
    let refreshed = refresh(tx, person, slot)?;
    let zone = people::known(tx, person)?.home_zone;
    let projection = ready(tx, person, slot, zone, &answered::asked_for_allergies(tx, person)?)?;
    keep()?;
    let mut shelf = Shelf::new(tx, person, search::person_number(tx, person)?);
    let touched = change(&mut projection.merger, &mut shelf)?;
    let moved = moved(tx, projection, &touched)?;
    let outcome = Outcome { touched, moved, entries: Entries::new() };
    Ok(write(tx, person, projection, outcome)? || refreshed)
}

/// Takes in the entries of these resources, which came or changed, and of all that depend on them; but what `waits` as they did
/// is taken at its own turn, when its neighbours learn of it as well.
fn take(
    tx: &Transaction<'_>,
    projection: &mut Projection,
    shelf: &mut Shelf<'_>,
    now: &[i64],
    waits: &dyn Fn(i64) -> bool,
) -> Result<Outcome, StoreError> {
    let mut came = Vec::new();
    let mut learners: BTreeSet<i64> = BTreeSet::new();
    for resource in now {
        let Some((key, held)) = entries::of_resource(tx, *resource)? else { continue };
        let before = entries::before(tx, *resource)?;
        learners.extend(projection.introduce(tx, &key, before.as_ref(), &held)?);
        came.push((key, before, held));
    }
    let mut entries = Entries::new();
    let mut members = Vec::new();
    for (key, before, mut held) in came {
        if projection.complete(tx, &key, before.as_ref(), &mut held)? {
            entries::rewrite(tx, &held)?;
        }
        members.push(Member { key: key.clone(), entry: held.entry.clone() });
        entries.insert(key, held);
    }
    // Entries whose references may lead elsewhere now, although nothing of them is called otherwise.
    let mut led = BTreeSet::new();
    for resource in learners.into_iter().filter(|resource| !waits(*resource)) {
        let Some((key, mut held)) = entries::of_resource(tx, resource)? else { continue };
        let before = held.entry.clone();
        if projection.complete(tx, &key, Some(&before), &mut held)? {
            // What it was is still to be read by merging.
            derived::mark_stale(tx, resource, None)?;
            entries::rewrite(tx, &held)?;
            members.push(Member { key: key.clone(), entry: held.entry.clone() });
            entries.insert(key, held);
        } else if refers(&held.entry) {
            led.insert(key);
        }
    }
    let touched = projection.merger.update_in(members, &[], shelf)?;
    let learnt: Vec<i64> =
        entries.values().map(|held| held.resource).filter(|resource| !waits(*resource)).collect();
    derived::no_longer_stale(tx, &learnt)?;
    let mut moved = moved(tx, projection, &touched)?;
    for key in led {
        moved.extend(projection.fact_of(tx, &key)?);
    }
    // What is searched of a fact may differ although its entries do not: a file of theirs was read.
    moved.extend(entries.keys().filter_map(|key| projection.merger.fact_of(key).cloned()));
    Ok(Outcome { touched, moved, entries })
}

/// Whether an entry's references say what it belongs to, or what belongs to it.
fn refers(entry: &Entry) -> bool {
    entry.encounter.is_some()
        || !entry.members.is_empty()
        || entry.references(&[Element::FOCUS, Element::DERIVED_FROM]).next().is_some()
        || entry.binaries().next().is_some()
}

/// Facts that name what is another fact now than the file says: the visit they were at, what lists them, what they list.
fn moved(
    tx: &Transaction<'_>,
    projection: &Projection,
    touched: &Touched,
) -> Result<BTreeSet<FactId>, StoreError> {
    let merger = &projection.merger;
    // With whether only observations are concerned: nothing but an observation folds under, or over, a single value.
    let mut naming: BTreeMap<i64, bool> = BTreeMap::new();
    for fact in touched.after.iter().filter_map(|id| merger.facts().get(id)) {
        let single = matches!(fact.kind, Kind::Result | Kind::Vital);
        let holds =
            matches!(fact.kind, Kind::Observation | Kind::Questionnaire | Kind::Report | Kind::Document);
        for named in fact.members.iter().filter(|key| single || holds || key.resource_type == "Encounter") {
            let resources = projection.naming(tx, named)?;
            if resources.is_empty() || facts::of_entry(tx, named)?.as_ref() == Some(&fact.id) {
                continue;
            }
            // A visit that a person joined with a result is still a visit to what was at it.
            let single = single && named.resource_type != "Encounter";
            for resource in resources {
                *naming.entry(resource).or_insert(true) &= single;
            }
        }
    }
    let mut moved = BTreeSet::new();
    for (resource, observations) in naming {
        let key = entries::key_of(tx, resource)?;
        if let Some(key) = key.filter(|key| !observations || key.resource_type == "Observation") {
            moved.extend(projection.fact_of(tx, &key)?);
        }
    }
    Ok(moved)
}

/// Writes the facts that were touched where they differ from what is written, and what follows from them.
fn write(
    tx: &Transaction<'_>,
    person: &PersonId,
    projection: &mut Projection,
    outcome: Outcome,
) -> Result<bool, StoreError> {
    let Outcome { touched, mut moved, mut entries } = outcome;
    let number = search::person_number(tx, person)?;
    let mut shelf = Shelf::new(tx, person, number);
    let looked = projection.merger.take_looked();
    find(tx, &shelf, &looked.numbers, &entries)?;
    found::set_together(tx, number, &projection.merger.take_counted())?;
    let mut pairs = Vec::new();
    for why in looked.likely {
        let of = |key| projection.merger.fact_of(key).ok_or(StoreError::Inconsistent("fact"));
        let (a, b) = (of(&why.a)?.clone(), of(&why.b)?.clone());
        let (one, other) = if a < b { (a, b) } else { (b, a) };
        pairs.push(LikelyPair { one, other, why });
    }
    if touched.before.is_empty() && touched.after.is_empty() && moved.is_empty() {
        // A decision may keep apart what was two facts already.
        return likely::write(tx, person, &looked.facts, &pairs);
    }
    let home = people::known(tx, person)?.home_zone;
    let notes = notes::of(tx, person)?;
    // Where nothing of the person is written yet, nothing has to go before anything comes.
    let first = !facts::any(tx, person)?;
    let mut gone = Vec::new();
    let mut ties = Vec::new();
    for id in &touched.before {
        if !projection.merger.facts().contains_key(id) {
            gone.extend(facts::digest(tx, id)?.map(|(n, _)| n));
            ties.push((id.clone(), None));
        }
    }
    let mut visits = HashMap::new();
    projection.merger.hold_facts(moved.clone(), &mut shelf)?;
    hold_members(tx, projection, touched.after.union(&moved), &mut entries)?;
    for fact in touched.after.union(&moved).filter_map(|id| projection.merger.facts().get(id)) {
        let members = written::members_of(fact, &entries);
        let visit = visit_of(tx, projection, fact, &members)?;
        ties.push((fact.id.clone(), projection.ties(tx, fact, &members, visit.clone(), home)?));
        visits.extend(visit.map(|visit| (fact.id.clone(), visit)));
    }
    let folding: BTreeSet<FactId> = ties.iter().map(|(id, _)| id.clone()).collect();
    // What is shown under another fact now, or no longer, because of what came to that one.
    let folded = projection.fold(tx, ties)?;
    projection.merger.hold_facts(folded.clone(), &mut shelf)?;
    hold_members(tx, projection, folded.iter(), &mut entries)?;
    for fact in folded.iter().filter_map(|id| projection.merger.facts().get(id)) {
        let visit = visit_of(tx, projection, fact, &written::members_of(fact, &entries))?;
        visits.extend(visit.map(|visit| (fact.id.clone(), visit)));
    }
    moved.extend(folded);
    let entries = &entries;
    let merger = &projection.merger;
    let mut now: Vec<&Fact> = touched.after.union(&moved).filter_map(|id| merger.facts().get(id)).collect();
    // In the order of the indexes, which then grow at their ends.
    now.sort_unstable_by_key(|fact| (sort_key(fact.day, fact.second_of_day), &fact.id));
    let making = Making { projection: &*projection, entries, visits: &visits, notes: &notes, home };
    let mut fresh = Vec::new();
    let mut again = folding;
    let mut any = false;
    written::beside(
        &now,
        |fact| making.rows(fact),
        |fact, rows| {
            let rows = match rows {
                Some(rows) => rows,
                None => making.with_texts(fact, |key, held| files::texts(tx, key, held))?,
            };
            match facts::digest(tx, &fact.id)? {
                Some((_, known)) if known == rows.digest => return Ok(()),
                before => gone.extend(before.map(|(n, _)| n)),
            }
            again.insert(fact.id.clone());
            fresh.push((fact, rows));
            if first && fresh.len() >= AT_ONCE {
                any = true;
                insert(tx, person, number, entries, &std::mem::take(&mut fresh))?;
            }
            Ok(())
        },
    )?;
    // All deletions before any insertion: a member may move from one fact to the other.
    for n in &gone {
        facts::delete(tx, *n)?;
    }
    any |= !gone.is_empty() || !fresh.is_empty();
    insert(tx, person, number, entries, &fresh)?;
    for id in &again {
        match projection.ties_of(id) {
            Some(own) => ties::put(tx, id, own)?,
            None => {
                if let Some((n, _)) = facts::digest(tx, id)? {
                    ties::forget(tx, n)?;
                }
            }
        }
    }
    let alike = likely::write(tx, person, &looked.facts, &pairs)?;
    Ok(alike || any)
}

/// Writes by what the entries that were merged are found now.
fn find(
    tx: &Transaction<'_>,
    shelf: &Shelf<'_>,
    numbers: &BTreeMap<EntryKey, (BTreeSet<Number>, BTreeSet<Number>)>,
    entries: &Entries,
) -> Result<(), StoreError> {
    let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
    for (key, (before, after)) in numbers {
        let resource = entries.get(key).ok_or(StoreError::Inconsistent("entry"))?.resource;
        gone.extend(before.iter().map(|number| (shelf.own(*number), resource)));
        come.extend(after.iter().map(|number| (shelf.own(*number), resource)));
    }
    found::change(tx, &gone, &come)
}

/// Reads the members of facts, and what they point to.
fn hold_members<'f>(
    tx: &Transaction<'_>,
    projection: &mut Projection,
    facts: impl Iterator<Item = &'f FactId>,
    entries: &mut Entries,
) -> Result<(), StoreError> {
    for id in facts {
        let Some(fact) = projection.merger.facts().get(id) else { continue };
        take_members(tx, fact, entries)?;
        if !projection.is_whole() {
            for key in fact.members.clone() {
                if let Some(held) = entries.get(&key) {
                    projection.hold_targets(tx, &key, held.connection, &held.entry)?;
                }
            }
        }
    }
    Ok(())
}

/// The visit a fact belongs to; none for a visit itself.
fn visit_of(
    tx: &Transaction<'_>,
    projection: &Projection,
    fact: &Fact,
    members: &[(&EntryKey, &Entry)],
) -> Result<Option<FactId>, StoreError> {
    if fact.kind == Kind::Visit { Ok(None) } else { projection.visit_of(tx, members) }
}

/// Writes facts that are not there.
fn insert(
    tx: &Transaction<'_>,
    person: &PersonId,
    number: i64,
    entries: &Entries,
    fresh: &[(&Fact, Rows)],
) -> Result<(), StoreError> {
    let mut searched = Vec::with_capacity(fresh.len());
    for (fact, rows) in fresh {
        let Rows { row, body, digest, under, .. } = rows;
        let under = under.as_ref();
        let n = facts::insert(tx, person, fact, &facts::Fresh { row, body, digest, under }, entries)?;
        if let Some(fields) = &rows.fields {
            lists::insert(tx, person, n, fact, fields)?;
        }
        let place = search::Place::of(number, n, sort_key(fact.day, fact.second_of_day))?;
        searched.push((place, &rows.said));
    }
    // By itself, and in its own order: the index writes what it has gathered in memory whenever a row comes before the
    // one before it, and at every statement that can be taken back alone, as one that sets off triggers.
    searched.sort_unstable_by_key(|(place, _)| *place);
    searched.into_iter().try_for_each(|(place, said)| search::insert(tx, place, said))
}

/// Reads the members of a fact that were not needed so far.
fn take_members(tx: &Transaction<'_>, fact: &Fact, entries: &mut Entries) -> Result<(), StoreError> {
    for key in &fact.members {
        if !entries.contains_key(key) {
            entries.insert(key.clone(), entries::of_key(tx, key)?);
        }
    }
    Ok(())
}

//! From versions to entries and facts: the derived half of the file.
//!
//! - [`Store::refresh_facts`] merges what came or changed (table `stale`) with what is kept in memory
//!   ([`in_memory::Projection`]) and writes the facts that differ.
//! - [`Store::rebuild`] throws all derived rows away and makes them anew from the versions' bytes. Both ways end with
//!   the same rows.

pub(crate) mod in_memory;
pub(crate) mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use chrono_tz::Tz;
use rusqlite::Transaction;
use wholechart_fhir::{Element, Entry, Kind};
use wholechart_record::{ConnectionId, EntryKey, Fact, FactId, Member, Merger, PersonId, Touched};

use self::in_memory::Projection;
use self::written::{Making, Rows};
use crate::rows::json;
use crate::sort::sort_key;
use crate::table::entries::{self, Entries, Held};
use crate::table::facts;
use crate::table::{
    answered, conflicts, decisions, derived, files, likely, lists, notes, people, search, versions,
};
use crate::{Store, StoreError};

/// So many resources are merged in one transaction behind whoever reads: few enough that whoever writes waits a moment
/// only, and that a stop costs little.
pub(crate) const PART: usize = 200;

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

/// What a person's facts are merged with, besides entries and decisions.
struct With {
    zone: Tz,
    listing: BTreeSet<ConnectionId>,
}

impl Store {
    /// Merges a person's entries into facts and writes what differs, in one transaction. True when anything did.
    ///
    /// The first time after opening the file it looks at all entries, later only at those that came or changed.
    pub fn refresh_facts(&self, person: &PersonId) -> Result<bool, StoreError> {
        self.project(person, |tx, slot| refresh(tx, person, slot))
    }

    /// [`Store::refresh_facts`], of at most so many resources that came or changed. What is merged already and is not in
    /// memory yet is taken in by a part of its own.
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
                "DELETE FROM fact; DELETE FROM likely; DELETE FROM conflict; DELETE FROM merged; DELETE FROM entry;",
            )?;
            let total = versions::count(tx)?;
            let mut done = 0;
            versions::each_current(tx, &mut |resource, version, entry| {
                // The bytes of a version that this reader refuses stay.
                if let Some(entry) = entry {
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

/// [`refresh`], of at most so many of those that changed, or of what was merged already where `slot` is empty.
fn refresh_at_most(
    tx: &Transaction<'_>,
    person: &PersonId,
    slot: &mut Option<Projection>,
    most: usize,
) -> Result<bool, StoreError> {
    let zone = people::known(tx, person)?.home_zone;
    let with = With { zone, listing: answered::asked_for_allergies(tx, person)? };
    let stale = derived::stale(tx, person)?;
    let merged = derived::merged(tx, person)?;
    let listing = json(&with.listing)?;
    if merged.as_ref().is_none_or(|(zone, _)| zone != with.zone.name()) {
        *slot = None;
    } else if stale.is_empty() && merged.is_some_and(|(_, known)| known == listing) {
        return Ok(false);
    }
    let (now, later) = stale.split_at(stale.len().min(most));
    let changed = match slot {
        Some(projection) => {
            let mut outcome = take(tx, projection, now, later)?;
            let Touched { before, after } = projection.merger.listing_allergies(with.listing);
            outcome.touched.before.extend(before);
            outcome.touched.after.extend(after);
            write(tx, person, projection, outcome)?
        }
        None if later.is_empty() => merge_all(tx, person, with, slot, &BTreeSet::new())?,
        None => {
            let without = derived::unmerged(tx, person)?;
            let changed = merge_all(tx, person, with, slot, &without)?;
            let merged: Vec<i64> = stale.iter().copied().filter(|n| !without.contains(n)).collect();
            derived::no_longer_stale(tx, &merged)?;
            return Ok(changed);
        }
    };
    if later.is_empty() {
        derived::clear_stale(tx, person)?;
    } else {
        derived::no_longer_stale(tx, now)?;
    }
    Ok(changed)
}

/// Merges from nothing, all but these resources.
fn merge_all(
    tx: &Transaction<'_>,
    person: &PersonId,
    with: With,
    slot: &mut Option<Projection>,
    without: &BTreeSet<i64>,
) -> Result<bool, StoreError> {
    let mut merger = Merger::new(with.zone);
    merger.listing_allergies(with.listing.clone());
    merger.decide(&decisions::of(tx, person)?);
    let projection = slot.insert(Projection::new(merger));
    let mut outcome = take_all(tx, projection, person, without)?;
    // Every fact in the file that was not made now is to be deleted.
    outcome.touched.before = facts::ids(tx, person)?;
    let changed = write(tx, person, projection, outcome)?;
    derived::set_merged(tx, person, with.zone.name(), &json(&with.listing)?)?;
    Ok(changed)
}

/// Merges again after `change` to what a person decided. With an empty `slot` everything is merged from the file, where
/// the change has to be written already.
pub(crate) fn after(
    tx: &Transaction<'_>,
    person: &PersonId,
    slot: &mut Option<Projection>,
    change: impl FnOnce(&mut Merger) -> Touched,
) -> Result<bool, StoreError> {
    if slot.is_none() {
        derived::forget_merged(tx, person)?;
        return refresh(tx, person, slot);
    }
    let refreshed = refresh(tx, person, slot)?;
    let Some(projection) = slot else { return Ok(refreshed) };
    let touched = change(&mut projection.merger);
    let moved = moved(tx, projection, &touched)?;
    let outcome = Outcome { touched, moved, entries: Entries::new() };
    Ok(write(tx, person, projection, outcome)? || refreshed)
}

/// Takes every entry of the person but these into an empty projection.
fn take_all(
    tx: &Transaction<'_>,
    projection: &mut Projection,
    person: &PersonId,
    without: &BTreeSet<i64>,
) -> Result<Outcome, StoreError> {
    let mut entries = entries::of_person(tx, person)?;
    entries.retain(|_, held| !without.contains(&held.resource));
    for (key, held) in &entries {
        projection.introduce(key, &held.entry);
    }
    let mut members = Vec::with_capacity(entries.len());
    for (key, held) in &mut entries {
        complete(tx, projection, key, held)?;
        members.push(Member { key: key.clone(), entry: held.entry.clone() });
    }
    let touched = projection.merger.update(members, &[]);
    Ok(Outcome { touched, moved: BTreeSet::new(), entries })
}

/// Takes in the entries of these resources, which came or changed, and of all that depend on them; but what came or
/// changed and is taken `later` waits for its own turn, when its neighbours learn of it as well.
fn take(
    tx: &Transaction<'_>,
    projection: &mut Projection,
    stale: &[i64],
    later: &[i64],
) -> Result<Outcome, StoreError> {
    let mut entries = Entries::new();
    let mut learners: BTreeSet<i64> = BTreeSet::new();
    for resource in stale {
        let Some((key, held)) = entries::of_resource(tx, *resource)? else { continue };
        learners.extend(projection.introduce(&key, &held.entry));
        entries.insert(key, held);
    }
    let mut members = Vec::new();
    // Entries whose references may lead elsewhere now, although nothing of them is called otherwise.
    let mut led = Vec::new();
    for (key, held) in &mut entries {
        complete(tx, projection, key, held)?;
        members.push(Member { key: key.clone(), entry: held.entry.clone() });
    }
    let waits =
        |resource: &i64| stale.binary_search(resource).is_ok() || later.binary_search(resource).is_ok();
    for resource in learners.into_iter().filter(|resource| !waits(resource)) {
        let Some((key, mut held)) = entries::of_resource(tx, resource)? else { continue };
        if complete(tx, projection, &key, &mut held)? {
            members.push(Member { key: key.clone(), entry: held.entry.clone() });
            entries.insert(key, held);
        } else if refers(&held.entry) {
            led.push(key);
        }
    }
    let touched = projection.merger.update(members, &[]);
    let mut moved = moved(tx, projection, &touched)?;
    moved.extend(led.iter().filter_map(|key| projection.merger.fact_of(key).cloned()));
    // What is searched of a fact may differ although its entries do not: a file of theirs was read.
    moved.extend(entries.keys().filter_map(|key| projection.merger.fact_of(key).cloned()));
    Ok(Outcome { touched, moved, entries })
}

/// Completes an entry from its neighbours and writes it when that changed it. True when it did.
fn complete(
    tx: &Transaction<'_>,
    projection: &mut Projection,
    key: &EntryKey,
    held: &mut Held,
) -> Result<bool, StoreError> {
    let changed = projection.complete(key, held.resource, &mut held.entry)?;
    if changed {
        entries::rewrite(tx, held)?;
    }
    Ok(changed)
}

/// Whether an entry's references say what it belongs to, or what belongs to it.
fn refers(entry: &Entry) -> bool {
    entry.encounter.is_some()
        || !entry.members.is_empty()
        || entry.references(&[Element::FOCUS, Element::DERIVED_FROM]).next().is_some()
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
            let resources = projection.naming(named);
            if resources.is_empty() || facts::of_entry(tx, named)?.as_ref() == Some(&fact.id) {
                continue;
            }
            for resource in resources {
                *naming.entry(resource).or_insert(true) &= single;
            }
        }
    }
    let mut moved = BTreeSet::new();
    for (resource, observations) in naming {
        let key = entries::key_of(tx, resource)?;
        let key = key.filter(|key| !observations || key.resource_type == "Observation");
        moved.extend(key.and_then(|key| merger.fact_of(&key).cloned()));
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
    if touched.before.is_empty() && touched.after.is_empty() && moved.is_empty() {
        // A decision may keep apart what was two facts already.
        return likely::write(tx, person, &projection.merger);
    }
    let number = search::person_number(tx, person)?;
    let home = people::known(tx, person)?.home_zone;
    let notes = notes::of(tx, person)?;
    // Where nothing of the person is written yet, nothing has to go before anything comes.
    let first = !facts::any(tx, person)?;
    let mut gone = Vec::new();
    let mut ties = Vec::new();
    let facts_now = projection.merger.facts();
    for id in touched.before.iter().filter(|id| !facts_now.contains_key(*id)) {
        gone.extend(facts::digest(tx, id)?.map(|(n, _)| n));
        ties.push((id.clone(), None));
    }
    for fact in touched.after.union(&moved).filter_map(|id| facts_now.get(id)) {
        take_members(tx, fact, &mut entries)?;
        let members = written::members_of(fact, &entries);
        let visit = written::visit_of(projection, fact, &members);
        ties.push((fact.id.clone(), projection.ties(fact, &members, visit, home)));
    }
    // What is shown under another fact now, or no longer, because of what came to that one.
    let folded = projection.folds.update(ties);
    moved.extend(folded);
    for fact in moved.iter().filter_map(|id| projection.merger.facts().get(id)) {
        take_members(tx, fact, &mut entries)?;
    }
    let entries = &entries;
    let merger = &projection.merger;
    let mut now: Vec<&Fact> = touched.after.union(&moved).filter_map(|id| merger.facts().get(id)).collect();
    // In the order of the indexes, which then grow at their ends.
    now.sort_unstable_by_key(|fact| (sort_key(fact.day, fact.second_of_day), &fact.id));
    let making = Making { projection: &*projection, entries, notes: &notes, home };
    let mut fresh = Vec::new();
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
    let alike = likely::write(tx, person, merger)?;
    let disagreed = conflicts::write(tx, person, &merger.conflicts())?;
    Ok(alike || disagreed || any)
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

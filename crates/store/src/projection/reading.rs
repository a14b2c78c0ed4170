//! What a projection holds is read here: an entry's neighbours, what a fact is tied to, what others learn from an entry.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono_tz::Tz;
use rusqlite::{Connection as Sqlite, Transaction};
use wholechart_fhir::{Counted, Element, Entry, Lesson, Neighbours};
use wholechart_record::{
    ConnectionId, EntryKey, Fact, FactId, Folds, Merger, Number, PersonId, Ties, tied_to,
};

use super::in_memory::{Near, Projection};
use crate::StoreError;
use crate::incoming::BESIDE;
use crate::table::entries::{self, Held};
use crate::table::{decisions, facts, found, search, ties};

impl Projection {
    /// Of a person's record as it is in the file.
    pub(crate) fn new(tx: &Transaction<'_>, person: &PersonId, zone: Tz) -> Result<Projection, StoreError> {
        let whole = !facts::any(tx, person)?;
        let mut merger = if whole {
            Merger::of_new_record(zone)
        } else {
            Merger::of_record(zone, found::together(tx, search::person_number(tx, person)?)?)
        };
        merger.decided_before(&decisions::of(tx, person)?);
        Ok(Projection { merger, folds: Folds::default(), near: HashMap::new(), whole })
    }

    /// Takes an entry that came or changed as a neighbour of the others. Returns the resources that may have to be
    /// completed again because of it.
    pub(crate) fn introduce(
        &mut self,
        tx: &Transaction<'_>,
        key: &EntryKey,
        before: Option<&Entry>,
        held: &Held,
    ) -> Result<BTreeSet<i64>, StoreError> {
        let (before, after) = (before.map(|entry| as_filed(key, entry)), as_filed(key, &held.entry));
        let base = key.base.as_str();
        let mut counted = Neighbours::counted_for(base, &after);
        counted.extend(before.iter().flat_map(|entry| Neighbours::counted_for(base, entry)));
        let near = self.near.entry(key.connection.clone()).or_default();
        if !self.whole {
            near.count(tx, held.connection, counted.iter().cloned())?;
            if near.known.may_turn(base, before.as_deref(), Some(&after)) {
                for resource in entries::of_base(tx, held.resource)? {
                    near.hold(tx, key, held.connection, resource)?;
                }
            }
        }
        if let Some(before) = &before
            && near.held.insert(held.resource)
        {
            near.known.hold(base, before);
        }
        near.held.insert(held.resource);
        let counts: Vec<_> = counted.iter().map(|what| near.known.counts(what)).collect();
        let lessons = near.known.change(base, before.as_deref(), Some(&after));
        for (what, counts) in counted.iter().zip(counts) {
            found::set_counts(tx, held.connection, what, &counts, near.known.counts(what))?;
        }
        let places = |entry: &Entry| -> BTreeSet<(Number, i64)> {
            let lessons = Lesson::targets(base, entry);
            lessons.iter().map(|lesson| (number(PLACE, &key.connection, lesson), held.resource)).collect()
        };
        found::change(tx, &before.as_deref().map(places).unwrap_or_default(), &places(&after))?;
        let mut learners = BTreeSet::new();
        for lesson in &lessons {
            learners.extend(found::by(tx, number(LEARNS, &key.connection, lesson))?);
        }
        Ok(learners)
    }

    /// Completes an entry from its neighbours of the same connection, and records which of them it depends on; `before` is
    /// what it was when it was merged last. True when the entry changed.
    pub(crate) fn complete(
        &mut self,
        tx: &Transaction<'_>,
        key: &EntryKey,
        before: Option<&Entry>,
        held: &mut Held,
    ) -> Result<bool, StoreError> {
        self.hold_targets(tx, key, held.connection, &held.entry)?;
        let near = self.near.entry(key.connection.clone()).or_default();
        if !self.whole {
            near.count(tx, held.connection, Neighbours::counted_for(&key.base, &held.entry))?;
        }
        let learns = |near: &Near, entry: &Entry| -> BTreeSet<(Number, i64)> {
            let lessons = near.known.lessons_of(&key.base, entry);
            lessons.iter().map(|lesson| (number(LEARNS, &key.connection, lesson), held.resource)).collect()
        };
        let before = before.map(|before| learns(near, before)).unwrap_or_default();
        let changed = near.known.complete(&key.base, &mut held.entry);
        found::change(tx, &before, &learns(near, &held.entry))?;
        Ok(changed)
    }

    /// Holds what an entry points to.
    pub(crate) fn hold_targets(
        &mut self,
        tx: &Transaction<'_>,
        key: &EntryKey,
        connection: i64,
        entry: &Entry,
    ) -> Result<(), StoreError> {
        if self.whole {
            return Ok(());
        }
        let near = self.near.entry(key.connection.clone()).or_default();
        // What it points to may point to whose role it is.
        loop {
            let lessons = near.known.lessons_of(&key.base, entry);
            let targets = lessons.iter().filter(|lesson| matches!(lesson, Lesson::Target(..)));
            let places = targets.map(|lesson| number(PLACE, &key.connection, lesson));
            let places: Vec<Number> = places.filter(|place| near.asked.insert(*place)).collect();
            if places.is_empty() {
                return Ok(());
            }
            for place in places {
                for resource in found::by(tx, place)? {
                    near.hold(tx, key, connection, resource)?;
                }
            }
        }
    }

    /// Resources (row numbers) that name this entry, or did.
    pub(crate) fn naming(&self, db: &Sqlite, named: &EntryKey) -> Result<BTreeSet<i64>, StoreError> {
        let Some(entry) = self.merger.entry(named) else { return Ok(BTreeSet::new()) };
        let mut naming = BTreeSet::new();
        for lesson in Lesson::targets(&named.base, &as_filed(named, entry)) {
            naming.extend(found::by(db, number(LEARNS, &named.connection, &lesson))?);
        }
        Ok(naming)
    }

    /// The fact that an entry is in.
    pub(crate) fn fact_of(&self, db: &Sqlite, key: &EntryKey) -> Result<Option<FactId>, StoreError> {
        match self.merger.fact_of(key) {
            Some(fact) => Ok(Some(fact.clone())),
            None if self.whole => Ok(None),
            None => facts::of_entry(db, key),
        }
    }

    /// The visit a fact belongs to, as the first of its members that names one says. References are followed inside
    /// their own base only.
    pub(crate) fn visit_of(
        &self,
        db: &Sqlite,
        members: &[(&EntryKey, &Entry)],
    ) -> Result<Option<FactId>, StoreError> {
        for (key, entry) in members {
            let visit = entry.encounter.as_ref().and_then(|visit| self.target(key, entry, visit));
            if let Some(visit) = visit.filter(|visit| visit.resource_type == "Encounter")
                && let Some(fact) = self.fact_of(db, &visit)?
            {
                return Ok(Some(fact));
            }
        }
        Ok(None)
    }

    /// What a fact is tied to; see [`Ties`]. `None` for what neither folds nor has anything under it.
    pub(crate) fn ties(
        &self,
        db: &Sqlite,
        fact: &Fact,
        members: &[(&EntryKey, &Entry)],
        visit: Option<FactId>,
        home: Tz,
    ) -> Result<Option<Ties>, StoreError> {
        let Some(ties) = Ties::of(fact, members, home) else { return Ok(None) };
        let mut ties = Ties { visit, ..ties };
        let mut sources = Vec::new();
        for (key, entry) in members {
            let found = |reference| -> Result<Option<(FactId, bool)>, StoreError> {
                let Some(target) = self.target(key, entry, reference) else { return Ok(None) };
                let fact = self.fact_of(db, &target)?;
                Ok(fact.map(|fact| (fact, target.resource_type == "Observation")))
            };
            for reference in &entry.members {
                ties.lists.extend(found(reference)?.map(|(id, _)| id));
            }
            for file in entry.binaries() {
                let binary = self.target(key, entry, &file).filter(|to| to.resource_type == "Binary");
                if let Some(binary) = binary {
                    ties.lists.extend(self.fact_of(db, &binary)?);
                }
            }
            for reference in entry.references(&[Element::FOCUS]) {
                ties.names.extend(found(reference)?.map(|(id, _)| id));
            }
            for reference in entry.references(&[Element::DERIVED_FROM]) {
                sources.extend(found(reference)?);
            }
        }
        ties.derived_from(sources);
        Ok(Some(ties))
    }

    /// Facts that came or changed, and without ties those that went. Told which others are shown under another fact now.
    pub(crate) fn fold(
        &mut self,
        db: &Sqlite,
        came: Vec<(FactId, Option<Ties>)>,
    ) -> Result<BTreeSet<FactId>, StoreError> {
        if !self.whole {
            self.hold_folds(db, &came)?;
        }
        Ok(self.folds.update(came))
    }

    /// Holds all facts that these are tied to in any number of steps, as they are in the file.
    fn hold_folds(&mut self, db: &Sqlite, came: &[(FactId, Option<Ties>)]) -> Result<(), StoreError> {
        let mut held: BTreeMap<FactId, Ties> = BTreeMap::new();
        let mut seen: HashSet<FactId> = HashSet::new();
        let mut asked: HashSet<Number> = HashSet::new();
        let mut open: Vec<FactId> = Vec::new();
        let mut minutes: Vec<Number> = Vec::new();
        for (id, ties) in came {
            open.push(id.clone());
            if let Some(ties) = ties {
                open.extend(ties.related().cloned());
                minutes.extend(ties.minute_numbers());
            }
        }
        loop {
            let mut numbers = std::mem::take(&mut minutes);
            for id in std::mem::take(&mut open) {
                // What was held before has all that it is tied to with it.
                if self.folds.ties(&id).is_some() || !seen.insert(id.clone()) {
                    continue;
                }
                numbers.push(tied_to(&id));
                if let Some(ties) = ties::of(db, &id)? {
                    open.extend(ties.related().cloned());
                    numbers.extend(ties.minute_numbers());
                    held.insert(id, ties);
                }
            }
            for number in numbers.into_iter().filter(|number| asked.insert(*number)) {
                open.extend(ties::by(db, number)?.into_iter().map(|(id, _)| id));
            }
            if open.is_empty() {
                break;
            }
        }
        self.folds.update(held.into_iter().map(|(id, ties)| (id, Some(ties))));
        Ok(())
    }
}

impl Near {
    /// Takes over what was counted.
    fn count(
        &mut self,
        db: &Sqlite,
        connection: i64,
        what: impl IntoIterator<Item = Counted>,
    ) -> Result<(), StoreError> {
        for what in what {
            if self.counted.insert(what.clone()) {
                let counts = found::counts(db, connection, &what)?;
                self.known.set_counts(what, counts);
            }
        }
        Ok(())
    }

    /// Takes note of a resource of this connection as it was merged last.
    fn hold(
        &mut self,
        db: &Sqlite,
        asking: &EntryKey,
        connection: i64,
        resource: i64,
    ) -> Result<(), StoreError> {
        if self.held.contains(&resource) {
            return Ok(());
        }
        let Some((key, held)) = entries::of_resource(db, resource)? else { return Ok(()) };
        if key.connection != asking.connection || facts::of_resource(db, resource)?.is_none() {
            return Ok(());
        }
        let entry = entries::before(db, resource)?.unwrap_or(held.entry);
        self.count(db, connection, Neighbours::types_of(&key.base))?;
        self.known.hold(&key.base, &as_filed(&key, &entry));
        self.held.insert(resource);
        Ok(())
    }
}

/// By what a resource is found that is at a place.
const PLACE: &str = "place";
/// By what a resource is found that learns something from others.
const LEARNS: &str = "learns";

/// Of something that can be learnt, for one sort of row of table `found`.
#[expect(clippy::cast_possible_truncation, reason = "part of the hash is what is wanted")]
fn number(of: &str, connection: &ConnectionId, lesson: &Lesson) -> Number {
    // The same in every run: it has no random state.
    let mut hasher = DefaultHasher::new();
    (of, &connection.0, lesson).hash(&mut hasher);
    hasher.finish() as Number
}

/// An entry as others may point to it. Of several contents under one id, the id leads to the one that is filed by it, and
/// neither the order in which they are taken in nor a hash decides; those beside it have an id of their own.
fn as_filed<'e>(key: &EntryKey, entry: &'e Entry) -> Cow<'e, Entry> {
    let beside = entry.id.as_deref().and_then(|sent| key.id.strip_prefix(sent)?.strip_prefix(BESIDE));
    if beside.is_none() {
        return Cow::Borrowed(entry);
    }
    Cow::Owned(Entry { id: Some(key.id.clone()), ..entry.clone() })
}

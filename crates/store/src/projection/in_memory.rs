//! One person's entries and the facts they make, kept in memory from one refresh to the next, so that only what changed
//! is completed and merged again.
//!
//! It equals what the file holds: it lives through a transaction or is dropped with it, and without one it is made anew
//! from all entries. It reads and writes no file itself; that is `projection.rs`.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use chrono_tz::Tz;
use wholechart_fhir::{Element, Entry, Lesson, Neighbours, Reference};
use wholechart_record::{ConnectionId, EntryKey, Fact, FactId, Folds, Merger, Ties};

use crate::StoreError;
use crate::incoming::BESIDE;

/// See the module.
pub(crate) struct Projection {
    pub(crate) merger: Merger,
    /// Which facts are shown under which; of the facts as they were last written.
    pub(crate) folds: Folds,
    neighbours: HashMap<ConnectionId, Neighbours>,
    /// Resources (row numbers) that depend on others. Some may depend on them no longer; that costs a look only.
    learners: HashMap<ConnectionId, HashMap<Lesson, HashSet<i64>>>,
}

impl Projection {
    /// Without entries.
    pub(crate) fn new(merger: Merger) -> Projection {
        Projection { merger, folds: Folds::default(), neighbours: HashMap::new(), learners: HashMap::new() }
    }

    /// Takes an entry that came or changed as a neighbour of the others. Returns the resources that may have to be
    /// completed again because of it.
    pub(crate) fn introduce(&mut self, key: &EntryKey, entry: &Entry) -> BTreeSet<i64> {
        let before = self.merger.entry(key).map(|before| as_filed(key, before));
        let neighbours = self.neighbours.entry(key.connection.clone()).or_default();
        let lessons = neighbours.change(&key.base, before.as_deref(), Some(&as_filed(key, entry)));
        let learners = self.learners.get(&key.connection);
        lessons.iter().filter_map(|lesson| learners?.get(lesson)).flatten().copied().collect()
    }

    /// Completes an entry from its neighbours of the same connection, and records which of them it depends on. True
    /// when the entry changed.
    pub(crate) fn complete(
        &mut self,
        key: &EntryKey,
        resource: i64,
        entry: &mut Entry,
    ) -> Result<bool, StoreError> {
        let neighbours = self.neighbours.get(&key.connection).ok_or(StoreError::Inconsistent("entry"))?;
        let changed = neighbours.complete(&key.base, entry);
        let lessons = neighbours.lessons_of(&key.base, entry);
        let learners = self.learners.entry(key.connection.clone()).or_default();
        for lesson in lessons {
            learners.entry(lesson).or_default().insert(resource);
        }
        Ok(changed)
    }

    /// Resources (row numbers) that name this entry, or did.
    pub(crate) fn naming(&self, named: &EntryKey) -> BTreeSet<i64> {
        let (Some(learners), Some(entry)) = (self.learners.get(&named.connection), self.merger.entry(named))
        else {
            return BTreeSet::new();
        };
        let lessons = Lesson::targets(&named.base, &as_filed(named, entry));
        lessons.iter().filter_map(|lesson| learners.get(lesson)).flatten().copied().collect()
    }

    /// The visit a fact belongs to, as the first of its members that names one says. References are followed inside
    /// their own base only.
    pub(crate) fn visit_of(&self, members: &[(&EntryKey, &Entry)]) -> Option<FactId> {
        members.iter().find_map(|(key, entry)| {
            let visit = self.target(key, entry, entry.encounter.as_ref()?)?;
            if visit.resource_type != "Encounter" {
                return None;
            }
            self.merger.fact_of(&visit).cloned()
        })
    }

    /// What a fact is tied to; see [`Ties`]. `None` for what neither folds nor has anything under it.
    pub(crate) fn ties(
        &self,
        fact: &Fact,
        members: &[(&EntryKey, &Entry)],
        visit: Option<FactId>,
        home: Tz,
    ) -> Option<Ties> {
        let mut ties = Ties { visit, ..Ties::of(fact, members, home)? };
        let mut sources = Vec::new();
        for (key, entry) in members {
            let found = |reference| {
                let target = self.target(key, entry, reference)?;
                Some((self.merger.fact_of(&target)?.clone(), target.resource_type == "Observation"))
            };
            ties.lists.extend(entry.members.iter().filter_map(found).map(|(id, _)| id));
            ties.names.extend(entry.references(&[Element::FOCUS]).filter_map(found).map(|(id, _)| id));
            sources.extend(entry.references(&[Element::DERIVED_FROM]).filter_map(found));
        }
        ties.derived_from(sources);
        Some(ties)
    }

    /// The entry that a reference of another one leads to.
    fn target(&self, key: &EntryKey, entry: &Entry, reference: &Reference) -> Option<EntryKey> {
        let neighbours = self.neighbours.get(&key.connection)?;
        let (resource_type, id, base, release) = neighbours.target(&key.base, entry, reference)?;
        Some(EntryKey {
            connection: key.connection.clone(),
            base: base.to_owned(),
            release,
            resource_type: resource_type.to_owned(),
            id: id.to_owned(),
        })
    }
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

//! One person's entries and the facts they make, kept in memory from one refresh to the next, so that only what changed
//! is completed and merged again.
//!
//! What it holds equals what the file holds: it lives through a transaction or is thrown away with it, and whoever finds
//! none makes it anew from all entries.

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::{OptionalExtension, Row, Transaction};
use wholechart_fhir::{Entry, Lesson, Neighbours};
use wholechart_record::{ConnectionId, EntryKey, FactId, Member, Merger, PersonId, Touched};

use super::rows::{KEY_COLUMNS, from_json, json, key};
use crate::StoreError;

const ENTRY: &str = "SELECT KEY_COLUMNS, e.json, r.n, c.n
    FROM connection c JOIN source s ON s.connection = c.n JOIN resource r ON r.source = s.n
    JOIN entry e ON e.resource = r.n";

/// An entry in full, with the row numbers behind its key.
pub(super) struct Held {
    pub(super) entry: Entry,
    pub(super) resource: i64,
    pub(super) connection: i64,
}

/// Entries in full, by key: all of them, or those that were needed so far.
pub(super) type Entries = HashMap<EntryKey, Held>;

/// What a change asks to be written.
pub(super) struct Outcome {
    pub(super) touched: Touched,
    /// Facts whose row may differ although they hold the same entries: the visit they belong to is another fact, or
    /// a file of theirs was read.
    pub(super) moved: BTreeSet<FactId>,
    pub(super) entries: Entries,
}

/// See the module.
pub(super) struct Projection {
    pub(super) merger: Merger,
    neighbours: HashMap<ConnectionId, Neighbours>,
    /// Resources that learn something from others. May hold some that do so no longer, which costs a look only.
    learners: HashMap<ConnectionId, HashMap<Lesson, HashSet<i64>>>,
}

impl Projection {
    /// Without entries.
    pub(super) fn new(merger: Merger) -> Projection {
        Projection { merger, neighbours: HashMap::new(), learners: HashMap::new() }
    }

    /// Takes in every entry of the person.
    pub(super) fn fill(&mut self, tx: &Transaction<'_>, person: &PersonId) -> Result<Outcome, StoreError> {
        let mut entries = Entries::new();
        {
            let mut query = tx.prepare_cached(&format!("{} WHERE c.person = ?1", entry_sql()))?;
            let mut rows = query.query([&person.0])?;
            while let Some(row) = rows.next()? {
                let (key, held) = held(row)?;
                entries.insert(key, held);
            }
        }
        for (key, held) in &entries {
            let neighbours = self.neighbours.entry(key.connection.clone()).or_default();
            neighbours.change(&key.base, None, Some(&held.entry));
        }
        let mut members = Vec::with_capacity(entries.len());
        for (key, held) in &mut entries {
            self.complete(tx, key, held)?;
            members.push(Member { key: key.clone(), entry: held.entry.clone() });
        }
        let touched = self.merger.update(members, &[]);
        Ok(Outcome { touched, moved: BTreeSet::new(), entries })
    }

    /// Takes in the entries of these resources, which came or changed, and whatever learns from them.
    pub(super) fn take(&mut self, tx: &Transaction<'_>, stale: &[i64]) -> Result<Outcome, StoreError> {
        let mut entries = Entries::new();
        let mut learners: BTreeSet<i64> = BTreeSet::new();
        for resource in stale {
            let Some((key, held)) = by_number(tx, *resource)? else { continue };
            let before = self.merger.entry(&key);
            let neighbours = self.neighbours.entry(key.connection.clone()).or_default();
            let lessons = neighbours.change(&key.base, before, Some(&held.entry));
            if let Some(of) = self.learners.get(&key.connection) {
                learners.extend(lessons.iter().filter_map(|lesson| of.get(lesson)).flatten());
            }
            entries.insert(key, held);
        }
        let mut members = Vec::new();
        for (key, held) in &mut entries {
            self.complete(tx, key, held)?;
            members.push(Member { key: key.clone(), entry: held.entry.clone() });
        }
        for resource in learners.into_iter().filter(|resource| stale.binary_search(resource).is_err()) {
            let Some((key, mut held)) = by_number(tx, resource)? else { continue };
            if self.complete(tx, &key, &mut held)? {
                members.push(Member { key: key.clone(), entry: held.entry.clone() });
                entries.insert(key, held);
            }
        }
        let given: Vec<EntryKey> = entries.keys().cloned().collect();
        let touched = self.merger.update(members, &[]);
        let mut moved = self.moved(tx, &touched)?;
        // What is searched of them may differ although the entries do not: a file of theirs was read.
        moved.extend(given.iter().filter_map(|key| self.merger.fact_of(key).cloned()));
        Ok(Outcome { touched, moved, entries })
    }

    /// What changes without any entry.
    pub(super) fn changed(&self, tx: &Transaction<'_>, touched: Touched) -> Result<Outcome, StoreError> {
        let moved = self.moved(tx, &touched)?;
        Ok(Outcome { touched, moved, entries: Entries::new() })
    }

    /// Lets the others of its connection tell an entry what it does not say itself, and notes whom it listens to. True
    /// when it learnt or forgot something; then it is written.
    fn complete(
        &mut self,
        tx: &Transaction<'_>,
        key: &EntryKey,
        held: &mut Held,
    ) -> Result<bool, StoreError> {
        let neighbours = self.neighbours.get(&key.connection).ok_or(StoreError::Inconsistent("entry"))?;
        let changed = neighbours.complete(&key.base, &mut held.entry);
        if changed {
            tx.prepare_cached("UPDATE entry SET json = ?2 WHERE resource = ?1")?
                .execute((held.resource, json(&held.entry)?))?;
        }
        let learners = self.learners.entry(key.connection.clone()).or_default();
        for lesson in Neighbours::lessons(&key.base, &held.entry) {
            learners.entry(lesson).or_default().insert(held.resource);
        }
        Ok(changed)
    }

    /// Facts of what happened at visits that are another fact now than the file says.
    fn moved(&self, tx: &Transaction<'_>, touched: &Touched) -> Result<BTreeSet<FactId>, StoreError> {
        let mut moved = BTreeSet::new();
        let facts = touched.after.iter().filter_map(|id| self.merger.facts().get(id));
        for fact in facts {
            for key in fact.members.iter().filter(|key| key.resource_type == "Encounter") {
                let Some(of) = self.learners.get(&key.connection) else { continue };
                let before: Option<String> = tx
                    .prepare_cached(&format!(
                        "SELECT f.id FROM {KEYED} JOIN fact_member m ON m.resource = r.n JOIN fact f ON f.n = m.fact
                         WHERE {KEY_IS}"
                    ))?
                    .query_row(names(key), |row| row.get(0))
                    .optional()?;
                if before.as_ref() == Some(&fact.id.0) {
                    continue;
                }
                for path in [format!("Encounter/{}", key.id), key.id.to_ascii_lowercase()] {
                    let lesson = Lesson::Target(key.base.clone(), key.release, path);
                    for resource in of.get(&lesson).into_iter().flatten() {
                        let learner = by_number(tx, *resource)?.map(|(key, _)| key);
                        moved.extend(learner.and_then(|key| self.merger.fact_of(&key).cloned()));
                    }
                }
            }
        }
        Ok(moved)
    }

    /// The visit a fact belongs to, as the first of its members that names one says. References are followed inside
    /// their own base only.
    pub(super) fn visit_of(&self, members: &[(&EntryKey, &Entry)]) -> Option<FactId> {
        members.iter().find_map(|(key, entry)| {
            let reference = entry.encounter.as_ref()?.reference.as_str();
            let reference =
                reference.strip_prefix(&key.base).map_or(reference, |rest| rest.trim_start_matches('/'));
            let id = match reference.strip_prefix("Encounter/") {
                Some(id) => id.split('/').next()?,
                None => reference.strip_prefix("urn:uuid:")?,
            };
            let visit =
                EntryKey { resource_type: "Encounter".to_owned(), id: id.to_owned(), ..(*key).clone() };
            self.merger.fact_of(&visit).cloned()
        })
    }
}

const KEYED: &str = "connection c JOIN source s ON s.connection = c.n JOIN resource r ON r.source = s.n";
const KEY_IS: &str = "c.id = ?1 AND s.base = ?2 AND s.release = ?3 AND r.type = ?4 AND r.fhir_id = ?5";

/// The values of [`KEY_IS`].
fn names(key: &EntryKey) -> (&str, &str, &str, &str, &str) {
    (&key.connection.0, &key.base, key.release.as_str(), &key.resource_type, &key.id)
}

fn entry_sql() -> String {
    ENTRY.replace("KEY_COLUMNS", KEY_COLUMNS)
}

fn held(row: &Row<'_>) -> Result<(EntryKey, Held), StoreError> {
    let entry = from_json(row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?, "entry")?;
    Ok((key(row, 0)?, Held { entry, resource: row.get(6)?, connection: row.get(7)? }))
}

fn by_number(tx: &Transaction<'_>, resource: i64) -> Result<Option<(EntryKey, Held)>, StoreError> {
    let mut query = tx.prepare_cached(&format!("{} WHERE r.n = ?1", entry_sql()))?;
    let mut rows = query.query([resource])?;
    rows.next()?.map(held).transpose()
}

/// Puts the entry of a key among those in full.
pub(super) fn fetch(tx: &Transaction<'_>, key: &EntryKey, entries: &mut Entries) -> Result<(), StoreError> {
    if !entries.contains_key(key) {
        let mut query = tx.prepare_cached(&format!("{} WHERE {KEY_IS}", entry_sql()))?;
        let mut rows = query.query(names(key))?;
        let row = rows.next()?.ok_or(StoreError::Inconsistent("fact"))?;
        let (key, held) = held(row)?;
        entries.insert(key, held);
    }
    Ok(())
}

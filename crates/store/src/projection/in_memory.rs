//! What of a person's record is held in memory from one refresh to the next: the entries and facts that changes concerned,
//! and what those point to. Everything else is read from the file where a change may concern it (`reading.rs`).
//!
//! It equals what the file holds: it lives through a transaction or is dropped with it. It reads and writes no file itself.

use std::collections::{HashMap, HashSet};

use wholechart_fhir::{Counted, Entry, Neighbours, Reference};
use wholechart_record::{ConnectionId, EntryKey, FactId, Folds, Merger, Number, Ties};

/// Beyond so many entries nothing is held to the next part: about 60 MB.
const MOST: usize = 20_000;

/// See the module.
pub(crate) struct Projection {
    pub(crate) merger: Merger,
    /// Which facts are shown under which; of the facts as they were last written.
    pub(super) folds: Folds,
    pub(super) near: HashMap<ConnectionId, Near>,
    /// Nothing is in the file that is not held.
    pub(super) whole: bool,
}

/// Entries of one connection, as others of it point to them.
#[derive(Default)]
pub(super) struct Near {
    pub(super) known: Neighbours,
    /// Resources (row numbers) that are among them.
    pub(super) held: HashSet<i64>,
    /// What was asked for.
    pub(super) asked: HashSet<Number>,
    pub(super) counted: HashSet<Counted>,
}

impl Projection {
    /// Nothing is in the file that is not held.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole
    }

    /// It holds more than is worth its room.
    pub(crate) fn is_full(&self) -> bool {
        self.merger.len() > MOST
            || self.folds.len() > MOST
            || self.near.values().map(|near| near.held.len()).sum::<usize>() > MOST
    }

    /// The fact that a fact is shown under.
    pub(crate) fn under(&self, fact: &FactId) -> Option<&FactId> {
        self.folds.under(fact)
    }

    /// The ties of a fact that was folded.
    pub(crate) fn ties_of(&self, fact: &FactId) -> Option<&Ties> {
        self.folds.ties(fact)
    }

    /// The entry that a reference of another one leads to.
    pub(super) fn target(&self, key: &EntryKey, entry: &Entry, reference: &Reference) -> Option<EntryKey> {
        let near = self.near.get(&key.connection)?;
        let (resource_type, id, base, release) = near.known.target(&key.base, entry, reference)?;
        Some(EntryKey {
            connection: key.connection.clone(),
            base: base.to_owned(),
            release,
            resource_type: resource_type.to_owned(),
            id: id.to_owned(),
        })
    }
}

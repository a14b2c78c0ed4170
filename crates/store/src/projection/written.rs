//! What is written of a fact: its row, itself, what lists and the search need. Made beside the writer, on another
//! processor, where there are many.

use std::collections::HashMap;
use std::sync::mpsc::sync_channel;

use chrono_tz::Tz;
use rusqlite::types::Value;
use sha2::{Digest, Sha256};
use wholechart_fhir::Entry;
use wholechart_record::{EntryKey, Fact, FactId};

use super::in_memory::Projection;
use crate::StoreError;
use crate::packed::pack_json;
use crate::rows::json;
use crate::table::entries::{Entries, Held};
use crate::table::lists;
use crate::table::search::Said;
use crate::table::shown::FactRow;

/// So many facts are worth a thread.
const MANY: usize = 64;
/// Facts that are made ready before the writer takes them.
const AHEAD: usize = 64;

/// Everything that is written of a fact.
pub(super) struct Rows {
    /// A [`FactRow`], packed.
    pub(super) row: Value,
    /// The [`Fact`], packed.
    pub(super) body: Value,
    pub(super) digest: Vec<u8>,
    /// The fact it is shown under.
    pub(super) under: Option<FactId>,
    pub(super) fields: Option<lists::Fresh>,
    pub(super) said: Said,
}

/// What rows are made from.
pub(super) struct Making<'m> {
    pub(super) projection: &'m Projection,
    /// With all members of the facts that are asked for.
    pub(super) entries: &'m Entries,
    /// The visits that they belong to.
    pub(super) visits: &'m HashMap<FactId, FactId>,
    pub(super) notes: &'m HashMap<EntryKey, String>,
    pub(super) home: Tz,
}

impl Making<'_> {
    /// The rows of a fact. `None` where its entries have files whose text is to be read first: see [`Making::with_texts`].
    pub(super) fn rows(&self, fact: &Fact) -> Result<Option<Rows>, StoreError> {
        let members = members_of(fact, self.entries);
        let has_files = |entry: &Entry| entry.attachments.iter().any(|file| file.text.is_none());
        if members.iter().any(|(_, entry)| has_files(entry)) {
            return Ok(None);
        }
        self.of(fact, &members, &vec![Vec::new(); members.len()]).map(Some)
    }

    /// The rows of a fact; `texts` are those of an entry's files.
    pub(super) fn with_texts(
        &self,
        fact: &Fact,
        mut texts: impl FnMut(&EntryKey, &Held) -> Result<Vec<String>, StoreError>,
    ) -> Result<Rows, StoreError> {
        let held = fact.members.iter().filter_map(|key| Some((key, self.entries.get(key)?)));
        let texts: Vec<_> = held.map(|(key, held)| texts(key, held)).collect::<Result<_, _>>()?;
        self.of(fact, &members_of(fact, self.entries), &texts)
    }

    fn of(
        &self,
        fact: &Fact,
        members: &[(&EntryKey, &Entry)],
        texts: &[Vec<String>],
    ) -> Result<Rows, StoreError> {
        let under = self.projection.under(&fact.id).cloned();
        let row = FactRow {
            visit: self.visits.get(&fact.id).cloned(),
            under: under.clone(),
            ..FactRow::of(fact, members)
        };
        let fields = lists::fresh(fact, &row.said, members, self.home)?;
        let (row, body) = (json(&row)?, json(fact)?);
        let own = fact.members.iter().filter_map(|key| self.notes.get(key).map(String::as_str));
        let said = Said::by(
            &fact.title.text,
            members.iter().zip(texts).map(|((_, entry), texts)| (*entry, texts.as_slice())),
        )
        .with_notes(own);
        let digest = digest(&row, &body, fields.as_ref().map_or("", |fields| &fields.json), &said);
        Ok(Rows { row: pack_json(&row)?, body: pack_json(&body)?, digest, under, fields, said })
    }
}

/// Hands each fact with what `make` makes of it to `take`, in this order. Of many, the next ones are made by another
/// thread meanwhile.
pub(super) fn beside<'f, T: Send>(
    facts: &[&'f Fact],
    make: impl Fn(&Fact) -> Result<T, StoreError> + Sync,
    mut take: impl FnMut(&'f Fact, T) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    if facts.len() < MANY {
        return facts.iter().try_for_each(|fact| take(fact, make(fact)?));
    }
    std::thread::scope(|scope| {
        let (done, next) = sync_channel(AHEAD);
        let make = &make;
        scope.spawn(move || {
            for fact in facts {
                if done.send(make(fact)).is_err() {
                    // Whoever takes them has stopped.
                    return;
                }
            }
        });
        facts.iter().try_for_each(|fact| take(fact, next.recv().map_err(|_| StoreError::Panicked)??))
    })
}

/// The members of a fact, in its order.
pub(super) fn members_of<'m>(fact: &'m Fact, entries: &'m Entries) -> Vec<(&'m EntryKey, &'m Entry)> {
    fact.members.iter().filter_map(|key| Some((key, &entries.get(key)?.entry))).collect()
}

/// Of everything that is written of a fact: what is unchanged is not written again.
pub(crate) fn digest(row: &str, body: &str, fields: &str, said: &Said) -> Vec<u8> {
    let mut sha = Sha256::new();
    for part in [row, body, fields] {
        sha.update(part);
        sha.update([0]);
    }
    said.digest(|piece| {
        sha.update([0]);
        sha.update(piece);
    });
    sha.finalize()[..16].to_vec()
}

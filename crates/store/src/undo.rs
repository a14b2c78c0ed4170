//! Undoing an import: what only it brought goes, and what others say as well stays.
//!
//! A person's decisions and notes stay, as they outlive everything but their connection; they count again when the same
//! files are taken in again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::Transaction;
use rusqlite::types::Value;
use wholechart_record::{ConnectionId, PersonId};

use crate::projection;
use crate::table::brought::{self, What};
use crate::table::runs::{self, ImportId, RunId};
use crate::table::versions::VersionId;
use crate::table::{
    changes, connections, decisions, derived, dictionaries, documents, entries, files, notes, search,
    set_aside, unreadable, versions,
};
use crate::{Store, StoreError};

impl Store {
    /// Undoes an import at any later time, in one transaction: the versions, documents and pieces that no other import
    /// brought go, and what an earlier version said counts again. A source of which nothing is left goes as well. Returns
    /// how many versions went.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an import that is not here, or was undone.
    pub fn undo_import(&self, import: ImportId, at: DateTime<Utc>) -> Result<u64, StoreError> {
        self.write_anew(|tx| Ok(take_back(tx, import, at)?.1))
    }

    /// Takes back what imports brought that were stopped in the middle: half a file is not the person's record.
    pub(crate) fn undo_unfinished_imports(&self) -> Result<(), StoreError> {
        for (import, started) in self.read(runs::unfinished_imports)? {
            self.undo_import(import, started)?;
        }
        Ok(())
    }
}

/// Undoes an import. Gives whose records it had come into, and how many versions went.
pub(crate) fn take_back(
    tx: &Transaction<'_>,
    import: ImportId,
    at: DateTime<Utc>,
) -> Result<(BTreeSet<PersonId>, u64), StoreError> {
    let runs = runs::of_import(tx, import)?;
    if runs.is_empty() {
        return Err(StoreError::NoSuch("import"));
    }
    let numbers: Vec<RunId> = runs.iter().map(|(run, _)| *run).collect();
    let connections: BTreeSet<i64> = runs.iter().map(|(_, connection)| *connection).collect();
    changes::forget(tx, &numbers)?;
    let mut texts = BTreeSet::new();
    for n in numbers_of(brought::take_back(tx, &numbers, What::Document)?) {
        texts.insert(documents::hash(tx, n)?);
        documents::delete(tx, n)?;
    }
    let noted = numbers_of(brought::of_runs(tx, &numbers, What::Version)?);
    let versions = numbers_of(brought::take_back(tx, &numbers, What::Version)?);
    take_versions(tx, &noted, &versions, &mut texts)?;
    for n in numbers_of(brought::take_back(tx, &numbers, What::Unreadable)?) {
        unreadable::delete(tx, n)?;
    }
    for subject in brought::take_back(tx, &numbers, What::Subject)? {
        if let Value::Text(text) = subject
            && let Some((connection, whose)) = text.split_once(' ')
            && let Ok(connection) = connection.parse()
        {
            set_aside::disallow(tx, connection, whose)?;
        }
    }
    for (run, _) in &runs {
        runs::set_undone(tx, *run, at)?;
    }
    let mut persons = BTreeSet::new();
    for connection in connections {
        versions::delete_empty_sources(tx, connection)?;
        dictionaries::delete_unused(tx, connection)?;
        files::forget_texts(tx, connection, &texts)?;
        persons.insert(connections::person_of(tx, connection)?);
        if connections::is_left_empty(tx, connection)? {
            let id: ConnectionId = connections::id_of(tx, connection)?;
            connections::delete(tx, connection)?;
            decisions::forget(tx, &id)?;
            notes::forget(tx, &id)?;
        }
    }
    for person in &persons {
        derived::forget_merged(tx, person)?;
        projection::refresh(tx, person, &mut None)?;
    }
    search::optimise(tx)?;
    Ok((persons, versions.len() as u64))
}

/// Deletes the lines of an import that was undone.
pub(crate) fn forget_lines(tx: &Transaction<'_>, import: ImportId) -> Result<(), StoreError> {
    runs::delete_undone(tx, import)
}

/// Of the versions that were `noted`, deletes those that are `gone`. A resource without any goes; of the others, what
/// counted without them counts again. `texts` takes the hashes of the files that were in what goes.
pub(crate) fn take_versions(
    tx: &Transaction<'_>,
    noted: &[i64],
    gone: &[i64],
    texts: &mut BTreeSet<String>,
) -> Result<(), StoreError> {
    let mut touched: BTreeMap<i64, Option<VersionId>> = BTreeMap::new();
    for version in noted {
        if let Some(resource) = versions::resource_of(tx, *version)?
            && let std::collections::btree_map::Entry::Vacant(place) = touched.entry(resource)
        {
            place.insert(versions::current(tx, resource)?);
            if let Some((_, held)) = entries::of_resource(tx, resource)? {
                texts.extend(held.entry.attachments.iter().filter_map(|file| file.sha256.clone()));
            }
        }
    }
    for version in gone {
        versions::delete(tx, *version)?;
    }
    for (resource, before) in touched {
        if versions::current(tx, resource)?.is_none() {
            versions::delete_resource(tx, resource)?;
            continue;
        }
        versions::put_newest_last(tx, resource)?;
        versions::join_repeated(tx, resource)?;
        if versions::current(tx, resource)? == before || set_aside::is_aside(tx, resource)? {
            continue;
        }
        if let Some((version, entry)) = versions::current_entry(tx, resource)? {
            entries::put(tx, resource, version, &entry)?;
        }
    }
    Ok(())
}

fn numbers_of(things: Vec<Value>) -> Vec<i64> {
    let number = |thing| match thing {
        Value::Integer(n) => Some(n),
        _ => None,
    };
    things.into_iter().filter_map(number).collect::<BTreeSet<_>>().into_iter().collect()
}

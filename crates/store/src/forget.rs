//! One document taken out of the record: with what stands behind it, what was read from it, and what was said of it.
//!
//! A clinical document that was taken apart takes its statements with it, unless another document says the same. A file
//! that another record names as well stays, because it is that one's too.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Transaction;
use wholechart_record::{FactId, PersonId};

use crate::table::brought::{self, What};
use crate::table::dictionaries::{self, Unpacking};
use crate::table::{connections, derived, documents, entries, facts, files, people, slices, versions};
use crate::{StoreError, projection, undo};

/// Deletes what a fact is made of.
///
/// # Errors
/// [`StoreError::NoSuch`] where this person has no such fact.
pub(crate) fn document(tx: &Transaction<'_>, person: &PersonId, fact: &FactId) -> Result<(), StoreError> {
    let (n, whose) = facts::number(tx, fact)?.ok_or(StoreError::NoSuch("fact"))?;
    if whose != *person {
        return Err(StoreError::NoSuch("fact"));
    }
    let members = entries::of_fact(tx, n)?;
    let mut gone: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for (_, held) in &members {
        gone.entry(held.connection).or_default().insert(held.resource);
    }
    let mut texts: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    // Before the files: the document is one of them, and says which versions are its parts.
    for (connection, resources) in &gone {
        let texts = texts.entry(*connection).or_default();
        for resource in resources {
            for file in slices::documents_of(tx, *resource)? {
                texts.insert(documents::hash(tx, file)?);
                let all = slices::of_document(tx, file)?;
                let alone = slices::only_in(tx, file)?;
                for version in &alone {
                    brought::forget(tx, What::Version, *version)?;
                }
                delete_file(tx, file)?;
                undo::take_versions(tx, &all, &alone, texts)?;
            }
        }
    }
    for (key, held) in &members {
        let texts = texts.entry(held.connection).or_default();
        let gone = gone.entry(held.connection).or_default();
        // Older versions may have had another file.
        let mut files = held.entry.attachments.clone();
        let mut unpacking = Unpacking::new(tx);
        for version in versions::of(tx, held.resource)? {
            if let Some(bytes) = versions::bytes_of(tx, &mut unpacking, version.id)?
                && let Ok(entry) = versions::entry(&bytes, key.release, false, &version.url)
            {
                files.extend(entry.attachments);
            }
        }
        let others = files::named_by_others(tx, held.connection, gone)?;
        for file in &files {
            texts.extend(file.sha256.clone());
            let Some(behind) =
                files::behind(tx, key, held, file)?.filter(|behind| !others.contains(&behind.url))
            else {
                continue;
            };
            gone.extend(behind.binary);
            for n in documents::of_url(tx, held.connection, &behind.url)? {
                texts.insert(documents::hash(tx, n)?);
                delete_file(tx, n)?;
            }
        }
    }
    for (connection, resources) in &gone {
        let texts = texts.entry(*connection).or_default();
        // What others are packed with may hold what goes.
        for resource in resources {
            if let Some(of) = versions::type_of(tx, *resource)? {
                dictionaries::do_without(tx, *connection, &of)?;
            }
            for version in versions::of(tx, *resource)? {
                brought::forget(tx, What::Version, version.id.0)?;
            }
            versions::delete_resource(tx, *resource)?;
        }
        versions::delete_empty_sources(tx, *connection)?;
        dictionaries::delete_unused(tx, *connection)?;
        files::forget_texts(tx, *connection, texts)?;
        if connections::is_left_empty(tx, *connection)? {
            connections::delete(tx, *connection)?;
        }
    }
    people::forget_said_of_nothing(tx, person)?;
    derived::forget_merged(tx, person)?;
    projection::refresh(tx, person, &mut None)?;
    Ok(())
}

fn delete_file(tx: &Transaction<'_>, n: i64) -> Result<(), StoreError> {
    // Its number may be another one's later.
    brought::forget(tx, What::Document, n)?;
    documents::delete(tx, n)
}

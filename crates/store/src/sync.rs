//! What a sync or an import writes with each page: resources, versions, entries and the checkpoint, in one transaction.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::Connection as Sqlite;
use wholechart_fhir::{
    Entry, Inference, PageFault, Release, StatusGroup, content_hash, debug_without_record, split,
};
use wholechart_record::ConnectionId;

use crate::table::changes::{self, ChangeKind};
use crate::table::runs::{self, RunId};
use crate::table::unreadable::{self, UnreadableRow};
use crate::table::{answered, derived, entries, versions};
use crate::{Store, StoreError};

/// Bytes of one resource as they came.
#[derive(Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Verbatim.
    pub bytes: Vec<u8>,
    /// `resourceType` as sent.
    pub resource_type: String,
    /// `id` as sent; without it the content's hash stands for it.
    pub id: Option<String>,
    /// What it is called in its bundle (`Bundle.entry.fullUrl`).
    pub full_url: Option<String>,
    /// Running number within the page, as `wholechart_fhir::split` counts, or its byte offset in a file: names it when
    /// it cannot be read.
    pub position: u64,
    /// How its release was found. `None` where the server, or the person, said it.
    pub inferred: Option<Inference>,
}

debug_without_record!(Incoming { resource_type, id, position; bytes });

/// Bytes that could not be read as a resource: kept all the same, and named.
#[derive(Clone, PartialEq, Eq)]
pub struct UnreadableBytes {
    /// Verbatim.
    pub bytes: Vec<u8>,
    /// Running number within the page, as `wholechart_fhir::split` counts.
    pub position: u64,
    /// Why.
    pub fault: PageFault,
}

debug_without_record!(UnreadableBytes { position, fault; bytes });

/// One page of answers, with the cursor that comes after it. Written whole or not at all.
#[derive(Clone)]
pub struct PageCommit {
    /// The run it belongs to.
    pub run: RunId,
    /// The connection it came from.
    pub connection: ConnectionId,
    /// The FHIR base without a trailing slash; `file:` for files.
    pub base: String,
    /// The release of that base.
    pub release: Release,
    /// Which question of the plan this page answers.
    pub question: String,
    /// Where it was read from, without tokens.
    pub url: String,
    /// When.
    pub received_at: DateTime<Utc>,
    /// The provider's card says that midnight means "that day".
    pub midnight_means_day: bool,
    /// What came.
    pub resources: Vec<Incoming>,
    /// What came and could not be read.
    pub unreadable: Vec<UnreadableBytes>,
    /// Where to go on. `None` when the question is answered to its end.
    pub next: Option<String>,
}

debug_without_record!(PageCommit { run, connection, question; resources, unreadable });

/// What a page changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageOutcome {
    /// Resources that were not here before.
    pub new: u32,
    /// Resources whose content changed: a version was added.
    pub changed: u32,
    /// Resources that came again with the same content: nothing was written for them.
    pub unchanged: u32,
    /// Kept without being understood: running number within the page, and why.
    pub unreadable: Vec<(u64, PageFault)>,
}

impl Store {
    /// Keeps one page: resources, versions, entries, and the cursor that comes after it, in one transaction.
    ///
    /// A resource whose content is that of its current version writes no row. Bytes that are not JSON are kept
    /// verbatim and named in the outcome. Facts follow with [`Store::refresh_facts`].
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for a run that is not an unfinished one of this connection. On any error nothing of the
    /// page is kept.
    pub fn commit_page(&self, page: PageCommit) -> Result<PageOutcome, StoreError> {
        self.commit_answer(page, &BTreeSet::new())
    }

    /// [`Store::commit_page`] for a page of an answer that may be whole in the end. `matches` are the positions of the
    /// resources that answer the question; the others came along with them. [`Store::conclude`] judges by them.
    ///
    /// # Errors
    /// As [`Store::commit_page`].
    pub fn commit_answer(
        &self,
        page: PageCommit,
        matches: &BTreeSet<u64>,
    ) -> Result<PageOutcome, StoreError> {
        self.write(|tx| {
            let connection = runs::open_of(tx, page.run, &page.connection)?;
            let mut outcome = PageOutcome::default();
            let mut source = versions::find_source(tx, connection, &page.base, page.release)?;
            for incoming in &page.resources {
                let hash = content_hash(&incoming.bytes);
                let id = incoming.id.clone().unwrap_or_else(|| format!("sha256:{hash}"));
                let known = match source {
                    Some(source) => versions::find_current(tx, source, &incoming.resource_type, &id)?,
                    None => None,
                };
                let is_match = matches.contains(&incoming.position);
                let url = versions::url(&page.url, &page.base, incoming);
                if let Some((resource, _)) = known.as_ref().filter(|(_, current)| *current == hash.0) {
                    outcome.unchanged += 1;
                    if is_match {
                        answered::note(tx, *resource, &page.question, page.run)?;
                    }
                    // The same content under another name in its bundle: what came with it points to it by the new one.
                    if versions::renamed(tx, *resource, &url)? {
                        derived::mark_stale(tx, *resource)?;
                    }
                    continue;
                }
                let Ok(entry) = versions::entry(&incoming.bytes, page.release, page.midnight_means_day, &url)
                else {
                    let fault = why_unreadable(&incoming.bytes);
                    let row = page.unreadable_row(incoming.position, fault, &incoming.bytes);
                    unreadable::keep(tx, connection, &row)?;
                    outcome.unreadable.push((incoming.position, fault));
                    continue;
                };
                let resource = if let Some((resource, _)) = known {
                    outcome.changed += 1;
                    let withdrawn = is_withdrawn_now(tx, resource, &entry)?;
                    let what = if withdrawn { ChangeKind::Withdrawn } else { ChangeKind::Corrected };
                    changes::note(tx, page.run, resource, what)?;
                    resource
                } else {
                    outcome.new += 1;
                    let source = match source {
                        Some(source) => source,
                        None => {
                            *source.insert(versions::add_source(tx, connection, &page.base, page.release)?)
                        }
                    };
                    let (of_type, how) = (&incoming.resource_type, incoming.inferred.as_ref());
                    let resource = versions::add_resource(tx, source, of_type, &id, how)?;
                    changes::note(tx, page.run, resource, ChangeKind::New)?;
                    resource
                };
                if is_match {
                    answered::note(tx, resource, &page.question, page.run)?;
                }
                let version = versions::Fresh {
                    hash: &hash,
                    received_at: page.received_at,
                    url: &url,
                    midnight_means_day: page.midnight_means_day,
                    bytes: &incoming.bytes,
                };
                let version = versions::add(tx, resource, &version)?;
                entries::put(tx, resource, version, &entry)?;
                derived::mark_stale(tx, resource)?;
            }
            for UnreadableBytes { bytes, position, fault } in &page.unreadable {
                unreadable::keep(tx, connection, &page.unreadable_row(*position, *fault, bytes))?;
                outcome.unreadable.push((*position, *fault));
            }
            let (next, received) = (page.next.as_deref(), page.resources.len());
            runs::checkpoint(tx, page.run, &page.base, &page.question, next, received)?;
            Ok(outcome)
        })
    }
}

impl PageCommit {
    fn unreadable_row(&self, position: u64, fault: PageFault, bytes: &[u8]) -> UnreadableRow {
        UnreadableRow {
            base: self.base.clone(),
            question: self.question.clone(),
            url: self.url.clone(),
            received_at: self.received_at,
            position,
            fault: Some(fault),
            bytes: bytes.to_vec(),
        }
    }
}

/// Why bytes that were taken for one resource are none.
fn why_unreadable(bytes: &[u8]) -> PageFault {
    split(bytes).problems.first().map_or(PageFault::NotAResource, |problem| problem.fault)
}

/// Whether this version says "entered in error" and the one before it did not.
fn is_withdrawn_now(db: &Sqlite, resource: i64, entry: &Entry) -> Result<bool, StoreError> {
    if entry.status_group != StatusGroup::EnteredInError {
        return Ok(false);
    }
    let before = entries::of_resource(db, resource)?;
    Ok(before.is_none_or(|(_, before)| before.entry.status_group != StatusGroup::EnteredInError))
}

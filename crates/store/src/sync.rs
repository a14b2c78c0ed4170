//! What a sync or an import writes with each page: resources, versions, entries and the checkpoint, in one transaction.
//!
//! A resource that comes with another content than before is a new version of it. Two contents under one type and id
//! in one answer are another matter: nothing says that one replaces the other, unless `meta` does. Both are kept; the
//! second has its content's hash in what it is known by, so that the same answer again changes nothing.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, Transaction};
use serde_json::Value;
use wholechart_fhir::{
    ContentHash, Entry, Kind, PageFault, Release, StatusGroup, TitleSource, content_hash,
    debug_without_record, split, tree,
};
use wholechart_record::{ConnectionId, Known, topic_of};

use crate::incoming::{BESIDE, Incoming};
use crate::rows::millis;
use crate::table::brought::{self, What};
use crate::table::changes::{self, ChangeKind};
use crate::table::dictionaries::Packing;
use crate::table::documents::{self, DocumentCommit};
use crate::table::runs::{self, RunId};
use crate::table::unreadable::{self, UnreadableRow};
use crate::table::versions::VersionId;
use crate::table::{answered, connections, derived, entries, set_aside, slices, versions};
use crate::{Store, StoreError};

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
    /// About somebody else: kept, and not in the record. They are in no other count.
    pub set_aside: u32,
    /// Positions of what came under the type and id of something else in the same answer, and is kept beside it.
    pub beside: Vec<u64>,
}

/// What is known of a page's resources beside their bytes, by their positions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sorting {
    /// Those that answer the question; the others came along with them. [`Store::conclude`] judges by them.
    pub matches: BTreeSet<u64>,
    /// Those that are about somebody else, and about whom. What a person let in is filed all the same.
    pub strangers: BTreeMap<u64, String>,
}

/// The clinical document that all resources of a page were read from.
#[derive(Clone, PartialEq, Eq)]
pub struct Clinical {
    /// The document, byte for byte.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub content_type: String,
    /// When it says that it was made.
    pub stated: Option<DateTime<Utc>>,
    /// Where each of the page's resources stands in it, in their order.
    pub places: Vec<Range<usize>>,
}

debug_without_record!(Clinical { content_type, stated; bytes, places });

/// What is noted beside each version of a page.
struct Beside<'p> {
    run: RunId,
    /// The run is part of an import, which can be undone.
    is_import: bool,
    /// The document's row number.
    document: Option<(i64, &'p Clinical)>,
}

/// How content that is not the current one of its type and id stands to it.
enum Meets {
    /// It is the next version.
    Replaces,
    /// It is an older one that came with it.
    Older,
    /// Both are meant: it is known by this id instead.
    Beside(String),
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
        self.commit_sorted(page, &Sorting { matches: matches.clone(), strangers: BTreeMap::new() })
    }

    /// [`Store::commit_answer`] where some of what came may be about somebody else: that is kept as it was sent, and no
    /// entry is made of it. What was in the record before somebody saw whose it is leaves it.
    ///
    /// # Errors
    /// As [`Store::commit_page`].
    pub fn commit_sorted(&self, page: PageCommit, sorting: &Sorting) -> Result<PageOutcome, StoreError> {
        self.commit(&page, sorting, None)
    }

    /// [`Store::commit_sorted`] for a clinical document as a whole: the page's resources are what it was read as, and its
    /// `url` is what the document is called by its content. The document is kept once, byte for byte; of each resource
    /// the version is its part of it. A document that is here already adds nothing.
    ///
    /// Of two contents under one type and id, that of the document counts which says that it was made later, whatever
    /// came first.
    ///
    /// # Errors
    /// As [`Store::commit_page`].
    pub fn commit_clinical(
        &self,
        page: PageCommit,
        sorting: &Sorting,
        clinical: &Clinical,
    ) -> Result<PageOutcome, StoreError> {
        self.commit(&page, sorting, Some(clinical))
    }

    fn commit(
        &self,
        page: &PageCommit,
        sorting: &Sorting,
        clinical: Option<&Clinical>,
    ) -> Result<PageOutcome, StoreError> {
        let hashes: Vec<ContentHash> = page.resources.iter().map(|one| content_hash(&one.bytes)).collect();
        let mut contents: HashMap<(&str, &str), BTreeSet<&str>> = HashMap::new();
        for (incoming, hash) in page.resources.iter().zip(&hashes) {
            if let Some(id) = &incoming.id {
                contents.entry((&incoming.resource_type, id)).or_default().insert(&hash.0);
            }
        }
        let answer = (page.run.0, page.base.clone(), page.question.clone());
        let mut before = self.came().remove(&answer).unwrap_or_default();
        let mut came = HashSet::new();
        let outcome = self.write(|tx| {
            let connection = runs::open_of(tx, page.run, &page.connection)?;
            let mut outcome = PageOutcome::default();
            let let_in = set_aside::of(tx, connection)?;
            let mut packing = Packing::new(connection, &page.resources);
            let mut beside =
                Beside { run: page.run, is_import: runs::is_of_import(tx, page.run)?, document: None };
            if let Some(clinical) = clinical {
                if let Some(known) = documents::current(tx, connection, &page.url)? {
                    return beside.again(tx, known.n, page);
                }
                let document = documents::add(tx, connection, &clinical.document(page))?;
                beside.note(tx, What::Document, document, true)?;
                beside.document = Some((document, clinical));
            }
            let mut source = versions::find_source(tx, connection, &page.base, page.release)?;
            for (at, (incoming, hash)) in page.resources.iter().zip(&hashes).enumerate() {
                let mut id = incoming.id.clone().unwrap_or_else(|| format!("sha256:{hash}"));
                let mut known = match source {
                    Some(source) => versions::find_current(tx, source, &incoming.resource_type, &id)?,
                    None => None,
                };
                let url = versions::url(&page.url, &page.base, incoming);
                let is_match = sorting.matches.contains(&incoming.position);
                let stranger = sorting.strangers.get(&incoming.position);
                let stranger = stranger.filter(|whose| !let_in.contains(*whose));
                let mut is_beside = false;
                if let (Some(source), Some((resource, current))) = (source, &known)
                    && *current != hash.0
                {
                    let together = before.contains(resource)
                        || came.contains(resource)
                        || contents
                            .get(&(incoming.resource_type.as_str(), id.as_str()))
                            .is_some_and(|all| all.contains(current.as_str()));
                    let resource = *resource;
                    let how = match beside.order(tx, resource)? {
                        Some(how) => how,
                        None => meets(tx, source, resource, (incoming, hash, &id), together, page, &url)?,
                    };
                    match how {
                        Meets::Replaces => {}
                        Meets::Older => {
                            came.insert(resource);
                            if let Some(version) = versions::of_content(tx, resource, hash)? {
                                outcome.unchanged += 1;
                                beside.version(tx, version, at, false)?;
                            } else {
                                outcome.changed += 1;
                                let version = page.fresh(hash, &url, incoming, clinical.is_some());
                                let version = versions::add_before(tx, resource, &version, &mut packing)?;
                                beside.version(tx, version, at, true)?;
                            }
                            if is_match {
                                answered::note(tx, resource, &page.question, page.run)?;
                            }
                            continue;
                        }
                        Meets::Beside(other) => {
                            is_beside = true;
                            known = versions::find_current(tx, source, &incoming.resource_type, &other)?;
                            id = other;
                        }
                    }
                }
                if let Some((resource, _)) = known.as_ref().filter(|(_, current)| *current == hash.0) {
                    came.insert(*resource);
                    if let Some(version) = versions::current(tx, *resource)? {
                        beside.version(tx, version, at, false)?;
                    }
                    if let Some(whose) = stranger {
                        outcome.set_aside += 1;
                        put_aside(tx, page, *resource, whose)?;
                        continue;
                    }
                    outcome.unchanged += 1;
                    if set_aside::take_back(tx, *resource)? {
                        file(tx, page.run, *resource)?;
                    }
                    outcome.beside.extend(is_beside.then_some(incoming.position));
                    if is_match {
                        answered::note(tx, *resource, &page.question, page.run)?;
                    }
                    // The same content under another name in its bundle: what came with it points to it by the new one.
                    if let Some((version, entry)) = versions::renamed(tx, *resource, &url)? {
                        derived::mark_stale(tx, *resource, Some(&entry))?;
                        entries::put(tx, *resource, version, &entry)?;
                    }
                    continue;
                }
                let Ok(entry) = versions::entry(&incoming.bytes, page.release, page.midnight_means_day, &url)
                else {
                    let fault = why_unreadable(&incoming.bytes);
                    let row = page.unreadable_row(incoming.position, fault, &incoming.bytes);
                    let (n, is_new) = unreadable::keep(tx, connection, &row)?;
                    beside.note(tx, What::Unreadable, n, is_new)?;
                    outcome.unreadable.push((incoming.position, fault));
                    continue;
                };
                if let Some(whose) = stranger {
                    outcome.set_aside += 1;
                    let resource = match &known {
                        Some((resource, _)) => *resource,
                        None => page.add(tx, connection, &mut source, incoming, &id)?,
                    };
                    let version = page.fresh(hash, &url, incoming, clinical.is_some());
                    let version = versions::add(tx, resource, &version, &mut packing)?;
                    beside.version(tx, version, at, true)?;
                    put_aside(tx, page, resource, whose)?;
                    continue;
                }
                let resource = if let Some((resource, _)) = known {
                    outcome.changed += 1;
                    set_aside::take_back(tx, resource)?;
                    let withdrawn = is_withdrawn_now(tx, resource, &entry)?;
                    let what = if withdrawn { ChangeKind::Withdrawn } else { ChangeKind::Corrected };
                    changes::note(tx, page.run, resource, what)?;
                    resource
                } else {
                    outcome.new += 1;
                    let resource = page.add(tx, connection, &mut source, incoming, &id)?;
                    changes::note(tx, page.run, resource, ChangeKind::New)?;
                    resource
                };
                came.insert(resource);
                outcome.beside.extend(is_beside.then_some(incoming.position));
                if is_match {
                    answered::note(tx, resource, &page.question, page.run)?;
                }
                let version = page.fresh(hash, &url, incoming, clinical.is_some());
                let version = versions::add(tx, resource, &version, &mut packing)?;
                beside.version(tx, version, at, true)?;
                derived::mark_stale(tx, resource, Some(&entry))?;
                entries::put(tx, resource, version, &entry)?;
            }
            for UnreadableBytes { bytes, position, fault } in &page.unreadable {
                let row = page.unreadable_row(*position, *fault, bytes);
                let (n, is_new) = unreadable::keep(tx, connection, &row)?;
                beside.note(tx, What::Unreadable, n, is_new)?;
                outcome.unreadable.push((*position, *fault));
            }
            let (next, received) = (page.next.as_deref(), page.resources.len());
            runs::checkpoint(tx, page.run, &page.base, &page.question, next, received)?;
            Ok(outcome)
        });
        if outcome.is_ok() {
            before.extend(came);
        }
        self.came().insert(answer, before);
        outcome
    }
}

impl Clinical {
    fn document(&self, page: &PageCommit) -> DocumentCommit {
        DocumentCommit {
            run: page.run,
            connection: page.connection.clone(),
            url: page.url.clone(),
            content_type: Some(self.content_type.clone()),
            received_at: page.received_at,
            bytes: self.bytes.clone(),
        }
    }
}

impl Beside<'_> {
    /// Notes what brought a version, and where it stands in the page's document. `at`: which resource of the page it is.
    fn version(
        &self,
        tx: &Transaction<'_>,
        version: VersionId,
        at: usize,
        is_new: bool,
    ) -> Result<(), StoreError> {
        self.note(tx, What::Version, version.0, is_new)?;
        if let Some((document, clinical)) = self.document {
            let range = clinical.places.get(at).ok_or(StoreError::Inconsistent("slice"))?;
            slices::put(tx, version.0, document, range, clinical.stated.map(millis))?;
        }
        Ok(())
    }

    fn note(&self, tx: &Transaction<'_>, what: What, thing: i64, is_new: bool) -> Result<(), StoreError> {
        match (self.is_import, is_new) {
            (false, _) => Ok(()),
            (true, true) => brought::note(tx, self.run, what, &thing),
            (true, false) => brought::note_again(tx, self.run, what, &thing),
        }
    }

    /// How a content of the page's document stands to the current one of `resource`, which is another. `None`: one of
    /// both is of no document.
    fn order(&self, tx: &Transaction<'_>, resource: i64) -> Result<Option<Meets>, StoreError> {
        let Some((document, clinical)) = self.document else { return Ok(None) };
        let Some(current) = versions::current(tx, resource)? else { return Ok(None) };
        let Some(current) = slices::age(tx, current.0)? else { return Ok(None) };
        let own: slices::Age = (clinical.stated.map(millis), documents::hash(tx, document)?);
        Ok(Some(if own < current { Meets::Older } else { Meets::Replaces }))
    }

    /// The page's document is here already: what stands in it came again.
    fn again(
        &self,
        tx: &Transaction<'_>,
        document: i64,
        page: &PageCommit,
    ) -> Result<PageOutcome, StoreError> {
        let mut outcome = PageOutcome::default();
        self.note(tx, What::Document, document, false)?;
        for version in slices::of_document(tx, document)? {
            self.note(tx, What::Version, version, false)?;
            match versions::resource_of(tx, version)? {
                Some(resource) if set_aside::is_aside(tx, resource)? => outcome.set_aside += 1,
                _ => outcome.unchanged += 1,
            }
        }
        runs::checkpoint(
            tx,
            self.run,
            &page.base,
            &page.question,
            page.next.as_deref(),
            page.resources.len(),
        )?;
        Ok(outcome)
    }
}

impl Store {
    /// Lets somebody's records in that a connection sends beside those of its patient: what was set aside of them is
    /// filed, and so is what comes from now on. Returns how many were filed.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an unknown connection.
    pub fn let_in(&self, connection: &ConnectionId, whose: &str) -> Result<u32, StoreError> {
        self.let_in_by(None, connection, whose)
    }

    /// [`Store::let_in`] by an import, of which it is known whose it is.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for an unknown connection.
    pub fn let_in_with(&self, run: RunId, connection: &ConnectionId, whose: &str) -> Result<u32, StoreError> {
        self.let_in_by(Some(run), connection, whose)
    }

    fn let_in_by(
        &self,
        run: Option<RunId>,
        connection: &ConnectionId,
        whose: &str,
    ) -> Result<u32, StoreError> {
        self.write(|tx| {
            let connection = connections::number(tx, connection)?;
            let is_new = set_aside::allow(tx, connection, whose)?;
            let subject = brought::subject(connection, whose);
            match run {
                Some(run) if is_new => brought::note(tx, run, What::Subject, &subject)?,
                Some(run) => brought::note_again(tx, run, What::Subject, &subject)?,
                None => {}
            }
            let mut filed = 0;
            for resource in set_aside::about(tx, connection, whose)? {
                set_aside::take_back(tx, resource)?;
                if let Some((version, entry)) = versions::current_entry(tx, resource)? {
                    derived::mark_stale(tx, resource, Some(&entry))?;
                    entries::put(tx, resource, version, &entry)?;
                    filed += 1;
                }
            }
            Ok(filed)
        })
    }
}

/// Keeps a resource out of the record: it is about somebody else. One that was in it is told as taken back, and the
/// facts are made without it.
fn put_aside(tx: &Transaction<'_>, page: &PageCommit, resource: i64, whose: &str) -> Result<(), StoreError> {
    set_aside::put(tx, resource, whose)?;
    if entries::delete(tx, resource)? {
        answered::forget(tx, resource)?;
        changes::note(tx, page.run, resource, ChangeKind::Withdrawn)?;
        derived::forget_merged_of(tx, &page.connection)?;
    }
    Ok(())
}

/// Takes a resource into the record that was set aside before.
fn file(tx: &Transaction<'_>, run: RunId, resource: i64) -> Result<(), StoreError> {
    if let Some((version, entry)) = versions::current_entry(tx, resource)? {
        derived::mark_stale(tx, resource, Some(&entry))?;
        entries::put(tx, resource, version, &entry)?;
        changes::note(tx, run, resource, ChangeKind::New)?;
    }
    Ok(())
}

/// How a content that came stands to the current one of `resource`, which is another; `together`: both came in one
/// answer.
fn meets(
    tx: &Transaction<'_>,
    source: i64,
    resource: i64,
    (incoming, hash, id): (&Incoming, &ContentHash, &str),
    together: bool,
    page: &PageCommit,
    url: &str,
) -> Result<Meets, StoreError> {
    let beside = format!("{id}{BESIDE}{hash}");
    if versions::find_current(tx, source, &incoming.resource_type, &beside)?.is_some() {
        return Ok(Meets::Beside(beside));
    }
    let from_file = page.base.starts_with("file:");
    let known = together || from_file && versions::of_content(tx, resource, hash)?.is_some();
    if !known {
        // Two portals call their files and number their records alike. What is about another thing is no newer version.
        let other = from_file
            && match entries::of_resource(tx, resource)? {
                Some((_, current)) => {
                    let entry = versions::entry(&incoming.bytes, page.release, page.midnight_means_day, url);
                    entry.is_ok_and(|entry| are_of_two_things(&current.entry, &entry))
                }
                None => false,
            };
        return Ok(if other { Meets::Beside(beside) } else { Meets::Replaces });
    }
    let current = versions::current_resource(tx, resource)?.unwrap_or_default();
    Ok(match stated_order(&incoming.bytes, &current) {
        Some(Ordering::Less) => Meets::Older,
        None if together => Meets::Beside(beside),
        Some(_) | None => Meets::Replaces,
    })
}

/// Whether two contents are plainly about two things: both say what, with no code and no word in common, and under no common heading.
fn are_of_two_things(known: &Entry, incoming: &Entry) -> bool {
    let kinds = [Kind::Problem, Kind::Allergy, Kind::Medicine, Kind::Vaccine, Kind::Procedure, Kind::Result];
    let named = |entry: &Entry| kinds.contains(&entry.kind) && entry.title_source != TitleSource::Unnamed;
    if known.kind != incoming.kind || !named(known) || !named(incoming) {
        return false;
    }
    let words = |entry: &Entry| -> HashSet<String> {
        let words = entry.title.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect()
    };
    let shares_code = known.codes.iter().any(|one| {
        incoming.codes.iter().any(|other| (&one.system, &one.code) == (&other.system, &other.code))
    });
    let heading = |entry: &Entry| topic_of(entry.kind, &entry.title, &entry.codes).map(Known::address);
    let (one, other) = (words(known), words(incoming));
    let both_say = !one.is_empty() && !other.is_empty();
    let one_heading = heading(known).is_some_and(|heading_of| heading(incoming) == Some(heading_of));
    both_say && !shares_code && one.is_disjoint(&other) && !one_heading
}

/// Which of two contents is the later one, as their `meta` says. `None`: they do not say.
fn stated_order(a: &[u8], b: &[u8]) -> Option<Ordering> {
    let (a, b) = (tree(a)?, tree(b)?);
    let updated = |one: &Value| DateTime::parse_from_rfc3339(one["meta"]["lastUpdated"].as_str()?).ok();
    let version = |one: &Value| one["meta"]["versionId"].as_str()?.parse::<u64>().ok();
    let by_moment = updated(&a).zip(updated(&b)).map(|(a, b)| a.cmp(&b));
    let by_number = version(&a).zip(version(&b)).map(|(a, b)| a.cmp(&b));
    by_moment.filter(|order| order.is_ne()).or(by_number).filter(|order| order.is_ne())
}

impl PageCommit {
    /// Adds a resource that was not here before; its source as well, when it is the first.
    fn add(
        &self,
        tx: &Transaction<'_>,
        connection: i64,
        source: &mut Option<i64>,
        incoming: &Incoming,
        id: &str,
    ) -> Result<i64, StoreError> {
        let source = match *source {
            Some(source) => source,
            None => *source.insert(versions::add_source(tx, connection, &self.base, self.release)?),
        };
        versions::add_resource(tx, source, &incoming.resource_type, id, incoming.inferred.as_ref())
    }

    fn fresh<'a>(
        &'a self,
        hash: &'a ContentHash,
        url: &'a str,
        incoming: &'a Incoming,
        is_slice: bool,
    ) -> versions::Fresh<'a> {
        versions::Fresh {
            incoming,
            hash,
            received_at: self.received_at,
            url,
            midnight_means_day: self.midnight_means_day,
            is_slice,
        }
    }

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

//! Taking in files: what would come is said before anything is stored, and an import can be undone.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    ops::ControlFlow,
    path::PathBuf,
    sync::{Arc, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;
use wholechart_ccda::{CutReason, address};
use wholechart_document::{A_DAY, AppleHealth, CardFault, HealthCard, Reader, Unreadable as Closed};
use wholechart_fhir::{
    FhirDate, Inference, Page, PageFault, Release, Shape, Slice, content_hash, infer_release, split,
    split_xml,
};
use wholechart_import::{NotRead, Piece, walk};
use wholechart_record::{ConnectionId, PersonId};
use wholechart_store::{
    Clinical, Connection, ConnectionState, Import, ImportId, Incoming, PageCommit, Person, RunId, RunOutcome,
    Sorting, Store, StoreError, UnreadableBytes,
};
use wholechart_sync::{Addresses, Expected, Identity, differences};

use super::{
    apple, blue_button, cards, document,
    survey::{Survey, Why, keeper_of, unread_of},
    whose::{Ask, Before, Owner},
    wire::{ImportPreview, ImportReport, ImportView, KindFound, PersonInFiles, Unreadable},
};
use crate::{
    app::{App, IMPORTING},
    error::{self, ApiError, ErrorCode},
    host::Event,
    ids::random_id,
    people::{free_colour, wire::PersonView},
    progress::Percent,
    sync::{remark::page_fault, view::born},
    words::Words,
};

/// Resources, and bytes of them, that are written in one transaction: few enough that a stop costs little, enough that
/// a file of a hundred thousand lines is not as many transactions.
const AT_ONCE: (usize, usize) = (500, 4 << 20);

/// So many places of one file are named one by one.
const NAMED: usize = 200;

/// The base of everything that came in clinical documents: the same statement in two documents of one source is one.
const CLINICAL: &str = "file:C-CDA";

/// The media type of a clinical document.
const CDA: &str = "application/cda+xml";

impl App {
    /// Files were dropped onto the window: it may read them, and hears of them.
    pub fn dropped(&self, paths: Vec<PathBuf>) {
        self.pointed_at().extend(paths.iter().cloned());
        self.host.event(Event::Dropped { paths });
    }

    /// Files are dragged over the window, or no longer.
    pub fn dragged(&self, over: bool) {
        self.host.event(Event::Dragging { over });
    }

    /// Asks which files, or which folder, are to be read.
    pub(crate) async fn choose_files(&self, folder: bool) -> Result<Vec<PathBuf>, ApiError> {
        let host = Arc::clone(&self.host);
        let chosen = self.off_thread(move || host.choose_files(folder)).await?;
        self.pointed_at().extend(chosen.iter().cloned());
        Ok(chosen)
    }

    fn pointed_at(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.pointed_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether these files were named by the user.
    pub(crate) fn may_read(&self, paths: &[PathBuf]) -> Result<(), ApiError> {
        let pointed_at = self.pointed_at();
        if self.host.names_paths() || paths.iter().all(|path| pointed_at.contains(path)) {
            return Ok(());
        }
        Err(self.error("error-import-path"))
    }

    /// Says what is in files, before anything of them is stored.
    pub(crate) async fn preview_import(
        &self,
        person: PersonId,
        label: Option<String>,
        paths: Vec<PathBuf>,
    ) -> Result<ImportPreview, ApiError> {
        self.may_read(&paths)?;
        let person = self.person(person).await?;
        let stop = self.begin_importing()?;
        let survey = self.survey(&paths, true, &stop.0).await?;
        let sources = self.sources(&survey, label.as_deref());
        let expected = self.expected(&person, None).await?;
        let (id, labels) = (person.id.clone(), sources.clone());
        let before = self.ask(move |store| before(store, &id, &labels)).await?;
        let mut survey = survey;
        let found = survey.found.people();
        let ask = std::mem::take(&mut survey.found).owner(&expected, &before, false).err();
        let theirs = match &ask {
            Some(Ask::Other(other)) => self.theirs(&person, other).await?,
            _ => None,
        };
        let asked = ask.map(|ask| self.about_whose(&person, &ask));
        let (cards, has_export) = (std::mem::take(&mut survey.cards), !survey.exports.is_empty());
        let contents = survey.contents.unwrap_or_default();
        let (id, known_by) = (person.id.clone(), contents.known_by);
        let total = known_by.len() + contents.documents.len();
        let documents = contents.documents;
        let known = self
            .ask(move |store| {
                let mut known = store.count_known(&id, &known_by)?;
                for document in &documents {
                    let held = store.newest_of(&id, document::BASE, document::TYPE, document)?;
                    known += usize::from(!held.is_empty());
                }
                Ok(known)
            })
            .await?;
        let speech = self.speech(&person);
        let in_words = |one: PersonInFiles| {
            let born = one.born.map(|born| match FhirDate::parse(&born) {
                Some(date) => speech.moment(&date, true),
                None => speech.sent(&born),
            });
            PersonInFiles { name: speech.sent(&one.name), born }
        };
        let mut kinds: Vec<KindFound> = contents
            .kinds
            .into_iter()
            .map(|(kind, count)| KindFound {
                kind,
                text: self.words.get(&format!("kind-{}", kind.as_str())),
                count,
            })
            .collect();
        kinds.sort_by_key(|one| std::cmp::Reverse(one.count));
        let mut unreadable = Unread::new(&self.words);
        for (file, position, why) in contents.unreadable {
            unreadable.add(&file, position, || said(&self.words, &why));
        }
        Ok(ImportPreview {
            files: narrow(survey.files),
            people: found.into_iter().map(in_words).collect(),
            asked: asked.as_ref().map(|error| error.message.clone()),
            asked_advice: asked.map(|error| error.advice),
            theirs,
            sources,
            kinds,
            period: contents.days.map(|(first, last)| speech.from_to(&speech.day(first), &speech.day(last))),
            total: narrow(total),
            known: narrow(known),
            unreadable: unreadable.end(),
            remarks: remarks(&self.words, &cards, has_export),
        })
    }

    pub(crate) async fn import(
        &self,
        person: PersonId,
        label: Option<String>,
        release: Option<Release>,
        paths: Vec<PathBuf>,
        confirmed: bool,
    ) -> Result<ImportReport, ApiError> {
        self.may_read(&paths)?;
        let person = self.person(person).await?;
        let stop = self.begin_importing()?;
        let mut survey = self.survey(&paths, false, &stop.0).await?;
        let sources = self.sources(&survey, label.as_deref());
        let expected = self.expected(&person, None).await?;
        let id = person.id.clone();
        let before = self.ask(move |store| before(store, &id, &sources)).await?;
        let owner = std::mem::take(&mut survey.found)
            .owner(&expected, &before, confirmed)
            .map_err(|ask| self.about_whose(&person, &ask))?;
        let words = Arc::clone(&self.words);
        let host = Arc::clone(&self.host);
        let reader = self.config.reader.clone();
        let whose = person.id.clone();
        let now = self.host.now();
        let general = self.general_source(&survey, label.as_deref());
        let stopped = stop.0.clone();
        let outcome = self
            .ask(move |store| {
                let mut progress = Percent::new(&*host, words.get("progress-import"));
                let total = survey.pieces as u64;
                let mut taking = Taking {
                    words: &words,
                    store,
                    reader: &reader,
                    person: person.id.clone(),
                    label,
                    general,
                    sources: BTreeMap::new(),
                    import: None,
                    release,
                    survey,
                    owner,
                    now,
                    waiting: Waiting::default(),
                    unread: Unread::new(&words),
                    report: ImportReport::default(),
                    stop: stopped.clone(),
                };
                let (mut failed, mut done) = (None, 0_u64);
                let walked = walk(&paths, &mut |piece| {
                    done += 1;
                    progress.tell(done, total);
                    if stopped.is_cancelled() {
                        failed = Some(StoreError::Cancelled);
                        return ControlFlow::Break(());
                    }
                    match taking.piece(piece) {
                        Ok(()) => ControlFlow::Continue(()),
                        Err(said) => {
                            failed = Some(said);
                            ControlFlow::Break(())
                        }
                    }
                });
                let taken = match (failed, &walked) {
                    (Some(said), _) => Err(said),
                    (None, Err(_)) => Err(StoreError::Cancelled),
                    (None, Ok(_)) => taking.finish(),
                };
                if let Err(said) = taken {
                    // Half of the files is not what the person asked for. Where this fails too, it is done at the next start.
                    if let Some(import) = taking.import {
                        store.undo_import(import, now)?;
                    }
                    return match walked {
                        Err(path) => Ok(Err(path.to_string())),
                        Ok(_) => Err(said),
                    };
                }
                store.refresh_facts(&person.id)?;
                taking.tell_set_aside()?;
                taking.report.remarks =
                    remarks(&words, &taking.survey.cards, !taking.survey.exports.is_empty());
                taking.report.unreadable = std::mem::replace(&mut taking.unread, Unread::new(&words)).end();
                taking.report.import = taking.import;
                Ok(walked
                    .map(|files| ImportReport { files: narrow(files), ..taking.report })
                    .map_err(|said| said.to_string()))
            })
            .await?;
        self.host.event(Event::Changed);
        self.read_files_soon(Some(whose));
        outcome.map_err(|said| error::error(&self.words, "error-import-path", &[]).details(said))
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn cancel_import(&self) -> Result<(), ApiError> {
        self.stop(IMPORTING);
        Ok(())
    }

    /// What was taken in from files and can be undone, the newest first.
    pub(crate) async fn imports(&self, person: PersonId) -> Result<Vec<ImportView>, ApiError> {
        let person = self.person(person).await?;
        let id = person.id.clone();
        let (imports, names) =
            self.ask(move |store| Ok((store.imports(&id)?, crate::providers::names(store)?))).await?;
        let speech = self.speech(&person);
        let view = |import: Import| {
            let mut sources: Vec<String> =
                import.connections.iter().filter_map(|id| names.get(id).cloned()).collect();
            sources.dedup();
            ImportView {
                id: import.id,
                connections: import.connections,
                sources,
                when: speech.own_moment(import.started),
                records: narrow(usize::try_from(import.versions).unwrap_or(usize::MAX)),
            }
        };
        Ok(imports.into_iter().map(view).collect())
    }

    /// Undoes an import of this person's. Says how many versions went.
    pub(crate) async fn undo_import(&self, person: PersonId, import: ImportId) -> Result<u32, ApiError> {
        let now = self.host.now();
        let _running = self.begin_importing()?;
        let gone = self
            .ask(move |store| {
                if !store.imports(&person)?.iter().any(|one| one.id == import) {
                    return Err(StoreError::NoSuch("import"));
                }
                store.undo_import(import, now)
            })
            .await?;
        self.host.event(Event::Changed);
        Ok(narrow(usize::try_from(gone).unwrap_or(usize::MAX)))
    }

    /// One at a time: what one of two imports stores the other would look at.
    pub(crate) fn begin_importing(&self) -> Result<(CancellationToken, crate::app::Running<'_>), ApiError> {
        self.start(IMPORTING).ok_or_else(|| self.error("error-importing"))
    }

    /// What the sources of files are called, each once.
    fn sources(&self, survey: &Survey, label: Option<&str>) -> Vec<String> {
        if let Some(label) = label {
            return vec![label.to_owned()];
        }
        let mut names = survey.custodians.clone();
        if survey.exports.values().any(|export| !export.readings.is_empty()) {
            names.insert(self.words.get("import-apple-source"));
        }
        if survey.any_general || names.is_empty() {
            names.insert(self.general_source(survey, label));
        }
        names.into_iter().collect()
    }

    /// What the source of everything is called that does not say itself whose it is.
    fn general_source(&self, survey: &Survey, label: Option<&str>) -> String {
        let said = label.map(ToOwned::to_owned).or_else(|| survey.keeper_of_fhir());
        let only = survey.custodians.first().filter(|_| survey.custodians.len() == 1).cloned();
        said.or(only).unwrap_or_else(|| self.words.get("import-source"))
    }

    /// Looks through the files before anything of them is filed.
    async fn survey(
        &self,
        paths: &[PathBuf],
        with_contents: bool,
        stop: &CancellationToken,
    ) -> Result<Survey, ApiError> {
        let (paths, reader, stop) = (paths.to_vec(), self.config.reader.clone(), stop.clone());
        let cancelled = stop.clone();
        let survey = self
            .off_thread(move || Survey::of(&paths, &reader, with_contents, &stop))
            .await?
            .map_err(|said| error::error(&self.words, "error-import-path", &[]).details(said))?;
        if cancelled.is_cancelled() {
            return Err(error::store(&self.words, &StoreError::Cancelled));
        }
        Ok(survey)
    }

    /// The one other person here whom nothing in what the files say of somebody speaks against.
    async fn theirs(&self, person: &Person, other: &Identity) -> Result<Option<PersonView>, ApiError> {
        let all = self.ask(Store::persons).await?;
        let fits = |one: &&Person| {
            let expected = Expected { name: Some(one.name.clone()), birth_date: one.birth_date, sex: None };
            one.id != person.id && !other.names.is_empty() && differences(&expected, other).is_empty()
        };
        let mut fitting = all.iter().filter(fits);
        let first = fitting.next();
        Ok(first.filter(|_| fitting.next().is_none()).map(PersonView::from))
    }

    fn about_whose(&self, person: &Person, ask: &Ask) -> ApiError {
        let called = ("person", person.name.as_str().into());
        let asked = match ask {
            Ask::Other(other) => {
                let unknown = self.words.get("patient-nameless");
                let name = other.names.first().unwrap_or(&unknown);
                let born = born(&self.speech(person), other.birth_date.as_deref());
                let args = [called, ("name", name.as_str().into()), ("born", (&born).into())];
                error::error(&self.words, "error-import-other", &args)
            }
            Ask::Unsaid => error::error(&self.words, "error-import-unsaid", &[called]),
            Ask::Several(names) => {
                let names = names.join(", ");
                let args = [called, ("names", (&names).into())];
                error::error(&self.words, "error-import-several", &args)
            }
        };
        asked.code(ErrorCode::OtherPatient)
    }
}

/// What most resources of a bundle say they are written in; none where as many say another release.
fn most(inferred: &[(Option<Release>, Inference)]) -> Option<Release> {
    let mut counts: BTreeMap<Release, usize> = BTreeMap::new();
    for release in inferred.iter().filter_map(|(release, _)| *release) {
        *counts.entry(release).or_default() += 1;
    }
    let (release, count) = counts.iter().max_by_key(|(_, count)| **count)?;
    let alone = counts.iter().all(|(other, many)| other == release || many < count);
    alone.then_some(*release)
}

/// What is known of the files of these labels from before.
fn before(store: &Store, person: &PersonId, labels: &[String]) -> Result<Before, StoreError> {
    let known = store.connections(Some(person))?;
    let same: Vec<_> =
        known.into_iter().filter(|c| is_of_files(c) && labels.contains(&c.name)).map(|c| c.id).collect();
    let patients = store.patients(person)?.into_iter().filter(|sent| same.contains(&sent.key.connection));
    let mut before = Before { patients: patients.map(|sent| sent.bytes).collect(), known: false };
    for connection in &same {
        before.known |= store.counts(connection)?.resources > 0;
    }
    Ok(before)
}

/// What a person adds of their own is no file, whatever somebody calls one.
fn is_of_files(connection: &Connection) -> bool {
    connection.imported && connection.state != ConnectionState::Own
}

/// Files of one label are one connection: taking the same export in again adds versions, not copies.
fn connection_for(
    store: &Store,
    person: &PersonId,
    label: &str,
    now: DateTime<Utc>,
) -> Result<ConnectionId, StoreError> {
    let known = store.connections(Some(person))?;
    if let Some(same) = known.iter().find(|c| is_of_files(c) && c.name == label) {
        return Ok(same.id.clone());
    }
    let connection = Connection {
        id: ConnectionId(random_id()),
        person: person.clone(),
        name: label.to_owned(),
        card: serde_json::Value::Null,
        patient: BTreeMap::new(),
        state: ConnectionState::Files,
        created: now,
        colour: free_colour(known.iter().map(|one| one.colour)),
        imported: true,
    };
    store.save_connection(&connection)?;
    Ok(connection.id)
}

struct Taking<'a> {
    words: &'a Words,
    store: &'a Store,
    reader: &'a Reader,
    person: PersonId,
    /// What the user calls the source of everything.
    label: Option<String>,
    /// What the source is called of what does not say.
    general: String,
    /// Sources that something came of, by what they are called.
    sources: BTreeMap<String, (ConnectionId, RunId)>,
    import: Option<ImportId>,
    /// As the user said. `None`: found out for each resource.
    release: Option<Release>,
    survey: Survey,
    owner: Owner,
    now: DateTime<Utc>,
    waiting: Waiting,
    unread: Unread<'a>,
    report: ImportReport,
    /// The person may stop it.
    stop: CancellationToken,
}

/// A document that was taken apart.
struct Whole {
    /// What everything that came in such documents is known by.
    base: &'static str,
    content_type: &'static str,
    bytes: Vec<u8>,
    /// When it says that it was made.
    stated: Option<DateTime<Utc>>,
    parts: Vec<Part>,
}

/// A part of a document, and what it is read as.
struct Part {
    resource_type: String,
    id: String,
    resource: String,
    range: std::ops::Range<usize>,
}

/// What could not be read, as far as it is named. Nobody reads half a million lines, and a file of as many nothings must
/// not fill the memory with them: of each file so many places are named, and the others counted.
struct Unread<'a> {
    words: &'a Words,
    /// The file that something was last named of, and how often.
    named: (String, usize),
    lines: Vec<Unreadable>,
}

/// What was read of one file and is not written yet.
#[derive(Default)]
struct Waiting {
    /// What people call it.
    file: String,
    /// What its resources are known by.
    place: String,
    /// What its source is called. None: it has the general one.
    label: Option<String>,
    resources: BTreeMap<Release, Vec<Incoming>>,
    /// Those about somebody else, by their positions.
    strangers: BTreeMap<u64, String>,
    unreadable: Vec<UnreadableBytes>,
    count: usize,
    bytes: usize,
}

impl<'a> Unread<'a> {
    fn new(words: &'a Words) -> Unread<'a> {
        Unread { words, named: (String::new(), 0), lines: Vec::new() }
    }

    fn add(&mut self, file: &str, position: usize, reason: impl FnOnce() -> String) {
        if self.named.0 != file {
            self.count_unnamed();
            self.named = (file.to_owned(), 0);
        }
        self.named.1 += 1;
        if self.named.1 <= NAMED {
            self.lines.push(Unreadable {
                file: file.to_owned(),
                position: narrow(position),
                reason: reason(),
            });
        }
    }

    /// Says in the last line of the file that was named how many places there are besides.
    fn count_unnamed(&mut self) {
        let unnamed = self.named.1.saturating_sub(NAMED);
        if let Some(last) = self.lines.last_mut().filter(|_| unnamed > 0) {
            let count = (unnamed + 1).to_string();
            last.reason = self.words.with("import-more-places", &[("count", count.as_str().into())]);
        }
        self.named.1 = 0;
    }

    fn end(mut self) -> Vec<Unreadable> {
        self.count_unnamed();
        self.lines
    }
}

impl Taking<'_> {
    fn piece(&mut self, piece: Piece) -> Result<(), StoreError> {
        match piece {
            Piece::NotRead { file, why } => {
                let words = self.words;
                self.unread.add(&file, 0, || not_read(words, &why));
                Ok(())
            }
            Piece::Json { file, position, bytes } => {
                self.wait_for_fhir(file)?;
                self.json(position, &bytes)?;
                self.write_if_much()
            }
            Piece::FhirXml { file, bytes } => {
                if let Err(why) = self.reader.fhir_xml(&bytes) {
                    let words = self.words;
                    self.unread.add(&file, 0, || said(words, &Why::FhirXml(why)));
                    return Ok(());
                }
                self.wait_for_fhir(file)?;
                self.page(0, &bytes, &split_xml(&bytes))?;
                self.write_if_much()
            }
            Piece::Clinical { file, bytes } => {
                self.write()?;
                self.clinical(&file, bytes)
            }
            Piece::Document { file, bytes } => {
                self.write()?;
                self.document(&file, &bytes)
            }
            Piece::HealthCard { file, bytes } => {
                self.write()?;
                self.cards(&file, &bytes)
            }
            Piece::BlueButton { file, bytes } => {
                self.write()?;
                self.blue_button(&file, bytes)
            }
            Piece::AppleHealth { file, .. } => {
                self.write()?;
                // It was read when it was looked through.
                match self.survey.exports.get_mut(&file).map(std::mem::take) {
                    Some(export) => self.export(&file, export),
                    None => Ok(()),
                }
            }
        }
    }

    /// What comes next is FHIR of this file.
    fn wait_for_fhir(&mut self, file: String) -> Result<(), StoreError> {
        if self.waiting.place == file {
            return Ok(());
        }
        let label = self.survey.senders.of(&file).map(|sent_by| sent_by.source.clone());
        self.wait_for(file.clone(), file, label)
    }

    fn write_if_much(&mut self) -> Result<(), StoreError> {
        if self.waiting.count >= AT_ONCE.0 || self.waiting.bytes >= AT_ONCE.1 {
            self.write()?;
        }
        Ok(())
    }

    /// What comes next is of this file and source.
    fn wait_for(&mut self, file: String, place: String, label: Option<String>) -> Result<(), StoreError> {
        self.write()?;
        self.waiting = Waiting { file, place, label, ..Waiting::default() };
        Ok(())
    }

    /// The source of this name, and the run that brings something of it; begun with the first thing that comes.
    fn source(&mut self, label: &str) -> Result<(ConnectionId, RunId), StoreError> {
        if let Some(known) = self.sources.get(label) {
            return Ok(known.clone());
        }
        let connection = connection_for(self.store, &self.person, label, self.now)?;
        let (run, import) = self.store.begin_import(&connection, self.import, self.now)?;
        self.import = Some(import);
        for subject in &self.owner.said {
            self.store.let_in_with(run, &connection, subject)?;
        }
        self.sources.insert(label.to_owned(), (connection.clone(), run));
        Ok((connection, run))
    }

    /// Writes what waits and ends every run.
    fn finish(&mut self) -> Result<(), StoreError> {
        self.write()?;
        for (_, run) in self.sources.values() {
            self.store.finish_run(*run, self.now, RunOutcome::Complete)?;
        }
        Ok(())
    }

    fn tell_set_aside(&mut self) -> Result<(), StoreError> {
        for (label, (connection, _)) in &self.sources {
            let aside = self.store.set_aside(connection)?;
            let told = aside.iter().map(|one| crate::sync::view::set_aside(self.words, label, one));
            self.report.set_aside.extend(told);
        }
        Ok(())
    }

    /// Takes one clinical document in, as a whole.
    fn clinical(&mut self, file: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        let words = self.words;
        let document = match self.reader.clinical(&bytes) {
            Ok(document) => document,
            Err(why) => {
                self.unread.add(file, 0, || closed(words, &why));
                return Ok(());
            }
        };
        let keeper = self.label.clone().or_else(|| keeper_of(&document));
        let label = keeper.unwrap_or_else(|| self.general.clone());
        for (position, why) in unread_of(&document) {
            self.unread.add(file, position, || said(words, &why));
        }
        let stated = document.header.time.as_deref().and_then(moment_of);
        let paper = document.paper(&bytes);
        let parts = document.entries.into_iter().chain(paper).map(|entry| Part {
            resource_type: entry.resource_type,
            id: entry.id,
            resource: entry.resource,
            range: entry.range,
        });
        let whole = Whole { base: CLINICAL, content_type: CDA, bytes, stated, parts: parts.collect() };
        self.whole(file, &label, whole)
    }

    /// Takes one Blue Button text in, as a whole.
    fn blue_button(&mut self, file: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        let words = self.words;
        let read = match self.reader.blue_button(&bytes) {
            Ok(read) => read,
            Err(why) => {
                self.unread.add(file, 0, || closed(words, &why));
                return Ok(());
            }
        };
        let label = self.label.clone().or_else(|| blue_button::source(&read));
        let label = label.unwrap_or_else(|| self.general.clone());
        let (id, resource) = blue_button::paper(&read, &bytes);
        let paper = Part { resource_type: document::TYPE.to_owned(), id, resource, range: 0..bytes.len() };
        let stated = read.made.as_deref().and_then(moment_of);
        let parts = read.records.into_iter().map(|one| Part {
            resource_type: one.resource_type,
            id: one.id,
            resource: one.resource,
            range: one.range,
        });
        let parts = parts.chain([paper]).collect();
        let content_type = blue_button::TEXT;
        self.whole(file, &label, Whole { base: blue_button::BASE, content_type, bytes, stated, parts })
    }

    /// Takes in a document that was taken apart: it is kept once, and each resource has its part of it.
    fn whole(&mut self, file: &str, label: &str, whole: Whole) -> Result<(), StoreError> {
        let (mut resources, mut places, mut strangers) = (Vec::new(), Vec::new(), BTreeMap::new());
        for part in whole.parts {
            let position = part.range.start as u64;
            let stranger = self.owner.in_file(file).stranger(part.resource.as_bytes(), &Addresses::default());
            strangers.extend(stranger.map(|whose| (position, whose)));
            *self.report.resources.entry(part.resource_type.clone()).or_default() += 1;
            resources.push(Incoming {
                bytes: part.resource.into_bytes(),
                resource_type: part.resource_type,
                id: Some(part.id),
                full_url: None,
                position,
                inferred: None,
            });
            places.push(part.range);
        }
        let (connection, run) = self.source(label)?;
        let count = resources.len();
        let page = PageCommit {
            run,
            connection,
            base: whole.base.to_owned(),
            release: Release::R4,
            question: file.to_owned(),
            url: address(&whole.bytes),
            received_at: self.now,
            midnight_means_day: false,
            resources,
            unreadable: Vec::new(),
            next: None,
        };
        let sorting = Sorting { matches: BTreeSet::new(), strangers };
        let Whole { bytes, content_type, stated, .. } = whole;
        let clinical = Clinical { bytes, content_type: content_type.to_owned(), stated, places };
        let outcome = self.store.commit_clinical(page, &sorting, &clinical)?;
        self.report.versions += outcome.new + outcome.changed;
        self.report.entries += narrow(count).saturating_sub(outcome.set_aside);
        Ok(())
    }

    /// Keeps a PDF or a picture. One that is here already stays as it is, whatever its file is called now.
    fn document(&mut self, file: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let words = self.words;
        let id = document::id(bytes);
        let label = self.general.clone();
        let (connection, run) = self.source(&label)?;
        let held = self.store.newest_of(&self.person, document::BASE, document::TYPE, &id)?;
        let held = held.into_iter().find(|held| held.key.connection == connection);
        let kept = if let Some(held) = held {
            held.bytes
        } else {
            let described = self.reader.describe(bytes);
            if let Err(why) = &described {
                self.unread.add(file, 0, || kept(words, why));
            }
            document::reference(bytes, &id, file, described.as_ref().ok()).into_bytes()
        };
        let one = Incoming {
            bytes: kept,
            resource_type: document::TYPE.to_owned(),
            id: Some(id),
            full_url: None,
            position: 0,
            inferred: None,
        };
        self.commit_made((connection, run), document::BASE, file, vec![one])
    }

    /// Keeps the vital signs of a phone's export.
    fn export(&mut self, file: &str, export: AppleHealth) -> Result<(), StoreError> {
        let words = self.words;
        if export.cut {
            self.unread.add(file, 0, || said(words, &Why::ExportCut));
        }
        if export.unclear > 0 {
            self.unread.add(file, 0, || said(words, &Why::ExportUnclear(export.unclear)));
        }
        let label = self.label.clone().unwrap_or_else(|| words.get("import-apple-source"));
        for readings in export.readings.chunks(AT_ONCE.0) {
            if self.stop.is_cancelled() {
                return Err(StoreError::Cancelled);
            }
            let source = self.source(&label)?;
            let observation = |(position, reading)| {
                let (id, json) = apple::observation(reading);
                Incoming {
                    bytes: json.into_bytes(),
                    resource_type: "Observation".to_owned(),
                    id: Some(id),
                    full_url: None,
                    position,
                    inferred: None,
                }
            };
            let observations = (0..).zip(readings).map(observation).collect();
            self.commit_made(source, apple::BASE, file, observations)?;
        }
        Ok(())
    }

    /// Keeps resources that were made here of what a file says.
    fn commit_made(
        &mut self,
        (connection, run): (ConnectionId, RunId),
        base: &str,
        file: &str,
        resources: Vec<Incoming>,
    ) -> Result<(), StoreError> {
        let count = resources.len();
        for one in &resources {
            *self.report.resources.entry(one.resource_type.clone()).or_default() += 1;
        }
        let page = PageCommit {
            run,
            connection,
            base: base.to_owned(),
            release: Release::R4,
            question: file.to_owned(),
            url: base.to_owned(),
            received_at: self.now,
            midnight_means_day: false,
            resources,
            unreadable: Vec::new(),
            next: None,
        };
        let outcome = self.store.commit_sorted(page, &Sorting::default())?;
        self.report.versions += outcome.new + outcome.changed;
        self.report.entries += narrow(count).saturating_sub(outcome.set_aside);
        Ok(())
    }

    /// Takes in what stands in health cards.
    fn cards(&mut self, file: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let words = self.words;
        let opened = match self.reader.health_cards(bytes) {
            Ok(opened) => opened,
            Err(why) => {
                self.unread.add(file, 0, || said(words, &Why::Cards(why)));
                return Ok(());
            }
        };
        for card in opened {
            let card = match card {
                Ok(card) => card,
                Err(fault) => {
                    self.unread.add(file, 0, || said(words, &Why::Card(fault)));
                    continue;
                }
            };
            self.wait_for(file.to_owned(), cards::place(&card), Some(cards::source(&card)))?;
            self.json(0, card.bundle.as_bytes())?;
            self.write()?;
        }
        Ok(())
    }

    /// Takes one document in; `position` is where it begins in its file.
    fn json(&mut self, position: usize, bytes: &[u8]) -> Result<(), StoreError> {
        self.page(position, bytes, &split(bytes))
    }

    /// Takes in what was cut out of these bytes.
    fn page(&mut self, position: usize, bytes: &[u8], page: &Page<'_>) -> Result<(), StoreError> {
        let file = self.waiting.file.clone();
        let words = self.words;
        for problem in &page.problems {
            self.unread.add(&file, position + problem.offset, || page_fault(words, problem.fault));
        }
        if page.resources.is_empty() && page.problems.is_empty() {
            self.unread.add(&file, position, || match &page.shape {
                Shape::NotFhir { fault } => page_fault(words, *fault),
                _ => words.get("import-no-resources"),
            });
        }
        self.keep_damage(page, bytes);
        let place_of_all = self.waiting.place.clone();
        let addresses = Addresses::of(&page.resources);
        let inferred: Vec<_> = match self.release {
            Some(_) => page.resources.iter().map(|_| (None, Inference::Nothing)).collect(),
            None => page.resources.iter().map(|slice| infer_release(slice.bytes)).collect(),
        };
        let bundle = matches!(page.shape, Shape::Bundle { .. }).then(|| most(&inferred)).flatten();
        for (slice, inferred) in page.resources.iter().zip(inferred) {
            let resource_type = slice.resource_type.clone().unwrap_or_default();
            let place = (position + slice.offset) as u64;
            if let Some(whose) = self.owner.in_file(&place_of_all).stranger(slice.bytes, &addresses) {
                self.waiting.strangers.insert(place, whose);
            }
            *self.report.resources.entry(resource_type.clone()).or_default() += 1;
            let (release, inferred) = self.release(slice, &resource_type, inferred, bundle)?;
            self.waiting.count += 1;
            self.waiting.bytes += slice.bytes.len();
            self.waiting.resources.entry(release).or_default().push(Incoming {
                bytes: slice.bytes.to_vec(),
                resource_type,
                id: slice.id.clone(),
                full_url: slice.full_url.clone(),
                position: place,
                inferred,
            });
        }
        Ok(())
    }

    /// Not understood is not thrown away: the bytes are kept beside the record.
    fn keep_damage(&mut self, page: &Page<'_>, bytes: &[u8]) {
        let keep = |bytes: &[u8], position: usize, fault: PageFault| UnreadableBytes {
            bytes: bytes.to_vec(),
            position: position as u64,
            fault,
        };
        match page.shape {
            Shape::NotFhir { fault } if page.resources.is_empty() => {
                self.waiting.unreadable.push(keep(bytes, 0, fault));
            }
            _ => {
                // The same bytes are kept once, however often they came.
                let mut seen = HashSet::new();
                let damaged = page
                    .problems
                    .iter()
                    .filter(|problem| !problem.bytes.is_empty() && seen.insert(problem.bytes));
                let kept: Vec<_> =
                    damaged.map(|problem| keep(problem.bytes, problem.offset, problem.fault)).collect();
                self.waiting.unreadable.extend(kept);
            }
        }
        self.waiting.bytes += bytes.len();
    }

    /// The release a resource is read as, and how that was found out. `None`: the user said it.
    fn release(
        &mut self,
        slice: &Slice<'_>,
        resource_type: &str,
        (found, how): (Option<Release>, Inference),
        bundle: Option<Release>,
    ) -> Result<(Release, Option<Inference>), StoreError> {
        if let Some(said) = self.release {
            return Ok((said, None));
        }
        match (found, bundle) {
            // A bundle keeps one release: what one element of one resource hints at does not take it out.
            (Some(release), Some(most)) if release != most && matches!(how, Inference::Element(_)) => {
                return Ok((most, Some(Inference::Neighbours)));
            }
            (Some(release), _) => return Ok((release, Some(how))),
            (None, Some(most)) => return Ok((most, Some(Inference::Neighbours))),
            (None, None) => {}
        }
        let (release, how) = self.survey.release_of(&self.waiting.place);
        let id = slice.id.clone().unwrap_or_else(|| format!("sha256:{}", content_hash(slice.bytes)));
        let (connection, _) = self.source_of_waiting()?;
        let known = self.store.release_of(&connection, &self.base(), resource_type, &id)?;
        Ok((known.unwrap_or(release), Some(how)))
    }

    /// The file is part of what a resource is known by: two files may use one id for two things.
    fn base(&self) -> String {
        format!("file:{}", self.waiting.place)
    }

    /// The source of what waits. Everything that came as FHIR and does not say has one: parts of one export name each
    /// other.
    fn source_of_waiting(&mut self) -> Result<(ConnectionId, RunId), StoreError> {
        let said = self.label.clone().or_else(|| self.waiting.label.clone());
        let label = said.unwrap_or_else(|| self.general.clone());
        self.source(&label)
    }

    /// Writes what waits.
    fn write(&mut self) -> Result<(), StoreError> {
        if self.waiting.resources.is_empty() && self.waiting.unreadable.is_empty() {
            return Ok(());
        }
        let (connection, run) = self.source_of_waiting()?;
        let base = self.base();
        let Waiting { file, place, label, mut resources, strangers, mut unreadable, .. } =
            std::mem::take(&mut self.waiting);
        let sorting = Sorting { matches: BTreeSet::new(), strangers };
        if resources.is_empty() && !unreadable.is_empty() {
            resources.insert(self.release.unwrap_or(Release::R4), Vec::new());
        }
        for (release, resources) in resources {
            let count = resources.len();
            let kept = std::mem::take(&mut unreadable);
            // What could not be cut out was reported when it was met.
            let reported = kept.len();
            let page = PageCommit {
                run,
                connection: connection.clone(),
                base: base.clone(),
                release,
                question: file.clone(),
                url: base.clone(),
                received_at: self.now,
                midnight_means_day: false,
                resources,
                unreadable: kept,
                next: None,
            };
            let outcome = self.store.commit_sorted(page, &sorting)?;
            let refused = outcome.unreadable.len() - reported;
            for (at, fault) in outcome.unreadable.into_iter().take(refused) {
                let at = usize::try_from(at).unwrap_or(usize::MAX);
                let words = self.words;
                self.unread.add(&file, at, || page_fault(words, fault));
            }
            for at in outcome.beside {
                let position = narrow(usize::try_from(at).unwrap_or(usize::MAX));
                let reason = self.words.get("import-beside");
                self.report.beside.push(Unreadable { file: file.clone(), position, reason });
            }
            self.report.versions += outcome.new + outcome.changed;
            self.report.entries += narrow(count - refused).saturating_sub(outcome.set_aside);
        }
        self.waiting = Waiting { file, place, label, ..Waiting::default() };
        Ok(())
    }
}

/// What a person should know of what is read.
fn remarks(words: &Words, cards: &[HealthCard], has_export: bool) -> Vec<String> {
    let signed: BTreeSet<String> = cards.iter().map(|card| cards::remark(words, card)).collect();
    let most = A_DAY.to_string();
    let export = has_export.then(|| words.with("import-apple-what", &[("most", (&most).into())]));
    export.into_iter().chain(signed).collect()
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Why a file is not read, in words.
fn not_read(words: &Words, why: &NotRead) -> String {
    words.get(match why {
        NotRead::PartOfClinical => "import-part-of-clinical",
        NotRead::StyleSheet => "import-style-sheet",
        NotRead::AppleClinical => "import-apple-clinical",
        NotRead::Scan => "import-scan",
        NotRead::NotARecord => "import-not-a-record",
        NotRead::HealthLink => "import-health-link",
        NotRead::DamagedArchive => "import-damaged-archive",
        NotRead::Encrypted => "import-encrypted",
        NotRead::UnknownPacking => "import-unknown-packing",
        NotRead::TwoOfOneName => "import-two-of-one-name",
        NotRead::UnsafeName => "import-unsafe-name",
        NotRead::NestedTooDeep => "import-nested",
        NotRead::TooMuch => "import-too-much",
        NotRead::Link => "import-link",
        NotRead::Hidden => "import-hidden",
        NotRead::Endless => "import-endless",
        NotRead::TooLarge => "import-too-large",
        NotRead::Io(_) => "import-io",
    })
}

/// Why a clinical document is not read, in words.
fn closed(words: &Words, why: &Closed) -> String {
    words.get(match why {
        Closed::TooLarge => "import-too-large",
        Closed::TooLong | Closed::Crashed | Closed::NotStarted => "import-gave-up",
        Closed::NoText(_) | Closed::Protected | Closed::Broken(_) => "import-clinical-unreadable",
    })
}

/// What is said of a document that is kept and cannot be read.
fn kept(words: &Words, why: &Closed) -> String {
    words.get(match why {
        Closed::Protected => "import-document-protected",
        Closed::NotStarted => "import-document-unread",
        _ => "import-document-damaged",
    })
}

fn said(words: &Words, why: &Why) -> String {
    match why {
        Why::Kept(why) => kept(words, why),
        Why::Export | Why::Cards(Closed::TooLong | Closed::Crashed | Closed::NotStarted) => {
            words.get("import-gave-up")
        }
        Why::ExportCut => words.get("import-apple-cut"),
        Why::ExportUnclear(count) => {
            let shown = count.to_string();
            let count = usize::try_from(*count).unwrap_or(usize::MAX);
            words.with("import-apple-unclear", &[("count", count.into()), ("shown", (&shown).into())])
        }
        Why::Cards(Closed::TooLarge) | Why::Cut(CutReason::TooManyNodes) => words.get("import-too-large"),
        Why::Cards(_) | Why::Card(CardFault::Broken) => words.get("import-card-broken"),
        Why::Card(CardFault::NotTheirs) => words.get("import-card-not-theirs"),
        Why::Card(CardFault::Unsigned) => words.get("import-card-unsigned"),
        Why::Card(CardFault::Part) => words.get("import-card-part"),
        Why::Card(CardFault::TooLarge) => words.get("import-card-too-large"),
        Why::File(why) => not_read(words, why),
        Why::Page(fault) => page_fault(words, *fault),
        Why::Clinical(why) | Why::FhirXml(why) | Why::BlueButton(why) => closed(words, why),
        Why::Cut(CutReason::Truncated) => words.get("import-clinical-truncated"),
        Why::Cut(CutReason::Broken) => words.get("import-clinical-broken"),
        Why::Statement => words.get("import-clinical-statement"),
        Why::NoResources => words.get("import-no-resources"),
    }
}

/// The moment that a document says it was made; of a day, its beginning: only to tell older from newer.
fn moment_of(stated: &str) -> Option<DateTime<Utc>> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(stated) {
        return Some(moment.to_utc());
    }
    let date = FhirDate::parse(stated)?;
    let day = chrono::NaiveDate::from_ymd_opt(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))?;
    Some(day.and_time(date.time.unwrap_or_default()).and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_as_old_as_it_says() {
        let at = |stated| moment_of(stated).map(|moment| moment.to_rfc3339());
        assert_eq!(at("2024-03-05T10:15:00-06:00").as_deref(), Some("2024-03-05T16:15:00+00:00"));
        assert_eq!(at("2024-03-05").as_deref(), Some("2024-03-05T00:00:00+00:00"));
        assert_eq!(at("2024").as_deref(), Some("2024-01-01T00:00:00+00:00"));
        assert_eq!(at("long ago"), None);
    }
}

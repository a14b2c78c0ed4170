//! Taking in files.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    ops::ControlFlow,
    path::PathBuf,
};

use chrono::{DateTime, Utc};
use wholechart_fhir::{
    Inference, Page, PageFault, Release, Shape, Slice, content_hash, infer_release, split,
};
use wholechart_import::{NotRead, Piece, walk};
use wholechart_record::{ConnectionId, PersonId};
use wholechart_store::{
    Connection, ConnectionState, Incoming, PageCommit, Person, RunId, RunOutcome, Sorting, Store, StoreError,
    UnreadableBytes,
};
use wholechart_sync::Addresses;

use super::{
    whose::{Ask, Before, Found, Owner},
    wire::{ImportReport, Unreadable},
};
use crate::{
    app::App,
    error::{self, ApiError, ErrorCode},
    host::Event,
    ids::random_id,
    people::free_colour,
    sync::remark::page_fault,
    words::Words,
};

/// Resources, and bytes of them, that are written in one transaction: few enough that a stop costs little, enough that
/// a file of a hundred thousand lines is not as many transactions.
const AT_ONCE: (usize, usize) = (500, 4 << 20);

/// So many places of one file are named one by one.
const NAMED: usize = 200;

impl App {
    pub(crate) async fn import(
        &self,
        person: PersonId,
        label: String,
        release: Option<Release>,
        paths: Vec<PathBuf>,
        confirmed: bool,
    ) -> Result<ImportReport, ApiError> {
        let person = self.person(person).await?;
        let mut survey = self.survey(&paths).await?;
        let expected = self.expected(&person, None).await?;
        let (id, name) = (person.id.clone(), label.clone());
        let before = self.ask(move |store| before(store, &id, &name)).await?;
        let owner = std::mem::take(&mut survey.found)
            .owner(&expected, &before, confirmed)
            .map_err(|ask| self.about_whose(&person, &ask))?;
        let words = std::sync::Arc::clone(&self.words);
        let host = std::sync::Arc::clone(&self.host);
        let whose = person.id.clone();
        let now = self.host.now();
        let outcome = self
            .ask(move |store| {
                let connection = connection_for(store, &person.id, &label, now)?;
                let run = store.begin_run(&connection, now)?;
                let mut progress = crate::progress::Percent::new(&*host, words.get("progress-import"));
                let total = survey.pieces as u64;
                let mut taking = Taking {
                    words: &words,
                    store,
                    connection,
                    run,
                    release,
                    survey,
                    owner,
                    now,
                    waiting: Waiting::default(),
                    named: (String::new(), 0),
                    report: ImportReport::default(),
                };
                for subject in &taking.owner.said {
                    store.let_in(&taking.connection, subject)?;
                }
                let (mut failed, mut done) = (None, 0_u64);
                let walked = walk(&paths, &mut |piece| {
                    done += 1;
                    progress.tell(done, total);
                    match taking.piece(piece) {
                        Ok(()) => ControlFlow::Continue(()),
                        Err(said) => {
                            failed = Some(said);
                            ControlFlow::Break(())
                        }
                    }
                });
                if let Some(said) = failed {
                    return Err(said);
                }
                taking.write()?;
                taking.count_unnamed();
                store.finish_run(run, now, RunOutcome::Complete)?;
                store.refresh_facts(&person.id)?;
                let set_aside = store.set_aside(&taking.connection)?;
                taking.report.set_aside =
                    set_aside.iter().map(|one| crate::sync::view::set_aside(&words, &label, one)).collect();
                Ok(walked.map(|files| ImportReport { files: narrow(files), ..taking.report }))
            })
            .await?;
        self.host.event(Event::Changed);
        self.read_files_soon(Some(whose));
        outcome.map_err(|said| error::error(&self.words, "error-import-path", &[]).details(said))
    }

    /// Looks through the files before anything of them is filed.
    async fn survey(&self, paths: &[PathBuf]) -> Result<Survey, ApiError> {
        let paths = paths.to_vec();
        self.off_thread(move || Survey::of(&paths))
            .await?
            .map_err(|said| error::error(&self.words, "error-import-path", &[]).details(said))
    }

    fn about_whose(&self, person: &Person, ask: &Ask) -> ApiError {
        let person = ("person", person.name.as_str().into());
        let asked = match ask {
            Ask::Other(other) => {
                let unknown = self.words.get("import-not-said");
                let name = other.names.first().unwrap_or(&unknown);
                let born = other.birth_date.as_ref().unwrap_or(&unknown);
                let args = [person, ("name", name.as_str().into()), ("born", born.as_str().into())];
                error::error(&self.words, "error-import-other", &args)
            }
            Ask::Unsaid => error::error(&self.words, "error-import-unsaid", &[person]),
            Ask::Several(names) => {
                let names = names.join(", ");
                let args = [person, ("names", (&names).into())];
                error::error(&self.words, "error-import-several", &args)
            }
        };
        asked.code(ErrorCode::OtherPatient)
    }
}

/// What a look through the files says.
#[derive(Default)]
struct Survey {
    /// Documents in them, for progress.
    pieces: usize,
    /// Whom they are about.
    found: Found,
    /// How many resources of each file say which release they are in.
    files: HashMap<String, BTreeMap<Release, usize>>,
    /// The same over all files.
    all: BTreeMap<Release, usize>,
}

impl Survey {
    fn of(paths: &[PathBuf]) -> Result<Survey, String> {
        let mut survey = Survey::default();
        walk(paths, &mut |piece| {
            survey.pieces += 1;
            let Piece::Json { file, bytes, .. } = piece else { return ControlFlow::Continue(()) };
            for slice in &split(&bytes).resources {
                survey.found.look(&file, slice);
                if let Some(release) = infer_release(slice.bytes).0 {
                    *survey.files.entry(file.clone()).or_default().entry(release).or_default() += 1;
                    *survey.all.entry(release).or_default() += 1;
                }
            }
            ControlFlow::Continue(())
        })
        .map_err(|said| said.to_string())?;
        Ok(survey)
    }

    /// The release of a resource that does not say: most of its file's, else most of what came with it, else R4.
    fn release_of(&self, file: &str) -> (Release, Inference) {
        let most = |counts: &BTreeMap<Release, usize>| {
            counts.iter().max_by_key(|(release, count)| (**count, **release)).map(|(release, _)| *release)
        };
        match self.files.get(file).and_then(most).or_else(|| most(&self.all)) {
            Some(release) => (release, Inference::Neighbours),
            None => (Release::R4, Inference::Nothing),
        }
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

/// What is known of the files of this label from before.
fn before(store: &Store, person: &PersonId, label: &str) -> Result<Before, StoreError> {
    let known = store.connections(Some(person))?;
    let Some(same) = known.into_iter().find(|c| c.imported && c.name == label) else {
        return Ok(Before::default());
    };
    let patients = store.patients(person)?.into_iter().filter(|sent| sent.key.connection == same.id);
    Ok(Before {
        patients: patients.map(|sent| sent.bytes).collect(),
        known: store.counts(&same.id)?.resources > 0,
    })
}

/// Files of one label are one connection: taking the same export in again adds versions, not copies.
fn connection_for(
    store: &Store,
    person: &PersonId,
    label: &str,
    now: DateTime<Utc>,
) -> Result<ConnectionId, StoreError> {
    let known = store.connections(Some(person))?;
    if let Some(same) = known.iter().find(|c| c.imported && c.name == label) {
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
    connection: ConnectionId,
    run: RunId,
    /// As the user said. `None`: found out for each resource.
    release: Option<Release>,
    survey: Survey,
    owner: Owner,
    now: DateTime<Utc>,
    waiting: Waiting,
    /// The file that something was last named of, and how often.
    named: (String, usize),
    report: ImportReport,
}

/// What was read of one file and is not written yet.
#[derive(Default)]
struct Waiting {
    file: String,
    resources: BTreeMap<Release, Vec<Incoming>>,
    /// Those about somebody else, by their positions.
    strangers: BTreeMap<u64, String>,
    unreadable: Vec<UnreadableBytes>,
    count: usize,
    bytes: usize,
}

impl Taking<'_> {
    fn piece(&mut self, piece: Piece) -> Result<(), StoreError> {
        match piece {
            Piece::NotRead { file, why } => {
                let key = match &why {
                    NotRead::FhirXml => "import-fhir-xml",
                    NotRead::Ccda => "import-ccda",
                    NotRead::Zip => "import-zip",
                    NotRead::NotARecord => "import-not-a-record",
                    NotRead::HealthCard => "import-health-card",
                    NotRead::BlueButton => "import-blue-button",
                    NotRead::DamagedArchive => "import-damaged-archive",
                    NotRead::Link => "import-link",
                    NotRead::Hidden => "import-hidden",
                    NotRead::Endless => "import-endless",
                    NotRead::TooLarge => "import-too-large",
                    NotRead::Io(_) => "import-io",
                };
                let words = self.words;
                self.unreadable(&file, 0, || words.get(key));
                Ok(())
            }
            Piece::Json { file, position, bytes } => {
                if self.waiting.file != file {
                    self.write()?;
                    self.waiting.file = file;
                }
                self.json(position, &bytes)?;
                if self.waiting.count >= AT_ONCE.0 || self.waiting.bytes >= AT_ONCE.1 {
                    self.write()?;
                }
                Ok(())
            }
        }
    }

    /// Nobody reads half a million lines, and a file of as many nothings must not fill the memory with them: of each
    /// file so many places are named, and the others counted.
    fn unreadable(&mut self, file: &str, position: usize, reason: impl FnOnce() -> String) {
        if self.named.0 != file {
            self.count_unnamed();
            self.named = (file.to_owned(), 0);
        }
        self.named.1 += 1;
        if self.named.1 <= NAMED {
            let line = Unreadable { file: file.to_owned(), position: narrow(position), reason: reason() };
            self.report.unreadable.push(line);
        }
    }

    /// Says in the last line of the file that was named how many places there are besides.
    fn count_unnamed(&mut self) {
        let unnamed = self.named.1.saturating_sub(NAMED);
        if let Some(last) = self.report.unreadable.last_mut().filter(|_| unnamed > 0) {
            let count = (unnamed + 1).to_string();
            last.reason = self.words.with("import-more-places", &[("count", count.as_str().into())]);
        }
        self.named.1 = 0;
    }

    /// Takes one document in; `position` is where it begins in its file.
    fn json(&mut self, position: usize, bytes: &[u8]) -> Result<(), StoreError> {
        let page = split(bytes);
        let file = self.waiting.file.clone();
        let words = self.words;
        for problem in &page.problems {
            self.unreadable(&file, position + problem.offset, || page_fault(words, problem.fault));
        }
        if page.resources.is_empty() && page.problems.is_empty() {
            self.unreadable(&file, position, || match &page.shape {
                Shape::NotFhir { fault } => page_fault(words, *fault),
                _ => words.get("import-no-resources"),
            });
        }
        self.keep_damage(&page, bytes);
        let addresses = Addresses::of(&page.resources);
        let inferred: Vec<_> = match self.release {
            Some(_) => page.resources.iter().map(|_| (None, Inference::Nothing)).collect(),
            None => page.resources.iter().map(|slice| infer_release(slice.bytes)).collect(),
        };
        let bundle = matches!(page.shape, Shape::Bundle { .. }).then(|| most(&inferred)).flatten();
        for (slice, inferred) in page.resources.iter().zip(inferred) {
            let resource_type = slice.resource_type.clone().unwrap_or_default();
            let place = (position + slice.offset) as u64;
            if let Some(whose) = self.owner.in_file(&file).stranger(slice.bytes, &addresses) {
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
        &self,
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
        let (release, how) = self.survey.release_of(&self.waiting.file);
        let id = slice.id.clone().unwrap_or_else(|| format!("sha256:{}", content_hash(slice.bytes)));
        let known = self.store.release_of(&self.connection, &self.base(), resource_type, &id)?;
        Ok((known.unwrap_or(release), Some(how)))
    }

    /// The file is part of what a resource is known by: two files may use one id for two things.
    fn base(&self) -> String {
        format!("file:{}", self.waiting.file)
    }

    /// Writes what waits.
    fn write(&mut self) -> Result<(), StoreError> {
        let base = self.base();
        let Waiting { file, mut resources, strangers, mut unreadable, .. } =
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
                run: self.run,
                connection: self.connection.clone(),
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
                self.unreadable(&file, at, || page_fault(words, fault));
            }
            for at in outcome.beside {
                let position = narrow(usize::try_from(at).unwrap_or(usize::MAX));
                let reason = self.words.get("import-beside");
                self.report.beside.push(Unreadable { file: file.clone(), position, reason });
            }
            self.report.versions += outcome.new + outcome.changed;
            self.report.entries += narrow(count - refused).saturating_sub(outcome.set_aside);
        }
        self.waiting.file = file;
        Ok(())
    }
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

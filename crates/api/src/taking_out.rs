//! Everything of a person taken out: a folder that is read without this program, or one encrypted file of the same.

mod names;
mod page;
mod told;
pub(crate) mod wire;
mod written;

use std::{
    io::{self, ErrorKind},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError},
};

use secrecy::SecretString;
use wholechart_record::PersonId;
use wholechart_store::{Store, StoreError, Tree, TreeError, is_free, remove_left_behind};

use self::wire::{TakeOutFolder, TakenOut};
use crate::{
    app::App,
    error::{self, ApiError, error},
    health::cloud,
    host::Event,
    progress::Percent,
    saving::Way,
    words::{Words, dates},
};

/// The work of it, among what runs.
const TAKING_OUT: &str = "take-out";

/// What it is handed out as, in table `handed`.
const EVERYTHING: &str = "everything";

/// So many places are remembered, the newest of them.
const MOST_PLACES: usize = 100;

impl App {
    /// Asks for the folder that it goes into.
    pub(crate) async fn choose_take_out_folder(&self) -> Result<Option<TakeOutFolder>, ApiError> {
        let chosen = self.choose_files(true).await?.into_iter().next();
        Ok(chosen.map(|folder| TakeOutFolder { warning: self.copied_by(&folder), folder }))
    }

    /// Writes everything of a person into a new folder in this one; with a passphrase, into one file.
    pub(crate) async fn take_out(
        &self,
        person: PersonId,
        folder: PathBuf,
        passphrase: Option<String>,
    ) -> Result<TakenOut, ApiError> {
        self.may_read(std::slice::from_ref(&folder))?;
        let passphrase = passphrase.map(SecretString::from);
        if let Some(passphrase) = &passphrase {
            self.is_strong(passphrase)?;
        }
        let whose = self.person(person.clone()).await?;
        // Taken here, and not looked for again: it is one state of one record.
        let store = self.store().await?;
        let Some((stopped, _running)) = self.start(TAKING_OUT) else {
            return Err(self.error("error-take-out-running"));
        };
        let now = self.host.now();
        let day = dates::of(now.with_timezone(&whose.home_zone).date_naive());
        let (called, day) = (names::safe(&whose.name), dates::key(day));
        let args = [("name", (&called).into()), ("date", (&day).into())];
        let name = self.words.with("file-name-take-out", &args);
        let (host, words) = (Arc::clone(&self.host), Arc::clone(&self.words));
        let (own, into, sealed) = (self.config.data_dir.clone(), folder.clone(), passphrase.is_some());
        let text = self.words.get("progress-take-out");
        let written = self.off_thread(move || {
            let path = place(&own, &into, &name, sealed).map_err(|why| match why {
                Refused::OwnFolder => error(&words, "error-take-out-own-folder", &[]),
                Refused::Disk(said) => tree_said(&words, &said.into()),
            })?;
            let mut percent = Percent::new(&*host, text);
            let taken = store.snapshot(|snapshot| {
                let mut tree = match &passphrase {
                    Some(passphrase) => Tree::sealed(&path, passphrase, None, now)?,
                    None => Tree::folder(&path)?,
                };
                let mut order = written::Order {
                    person: &person,
                    words: &words,
                    now,
                    tell: &mut |done, total| {
                        percent.tell(done, total);
                        if stopped.is_cancelled() {
                            ControlFlow::Break(())
                        } else {
                            ControlFlow::Continue(())
                        }
                    },
                };
                written::write(snapshot, &mut tree, &mut order)?;
                snapshot.is_whole()?;
                tree.finish()
            });
            taken.map_err(|said| tree_said(&words, &said))?;
            match remember(&store, &person, &path) {
                // It is written all the same.
                Err(StoreError::DiskFull | StoreError::NotWritable) | Ok(()) => Ok(path),
                Err(said) => Err(error::store(&words, &said)),
            }
        });
        let written = written.await?;
        // Told after a stop as well: the window shows progress until something has changed.
        self.host.event(Event::Changed);
        let path = written?;
        self.note_handed(&whose.id, Way::File, EVERYTHING).await?;
        let first = if sealed { path.clone() } else { path.join(told::INDEX) };
        *self.saved.lock().unwrap_or_else(PoisonError::into_inner) = Some(first);
        let warning = if sealed { None } else { self.copied_by(&folder) };
        Ok(TakenOut { path: self.words.sent(&path.display().to_string()), warning })
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn stop_taking_out(&self) -> Result<(), ApiError> {
        self.stop(TAKING_OUT);
        Ok(())
    }

    /// What is to be known of a folder that a service copies elsewhere.
    fn copied_by(&self, folder: &Path) -> Option<String> {
        let service = cloud::service(folder)?;
        let some = self.words.get("health-cloud-service");
        let service = if service.is_empty() { some.as_str() } else { service };
        Some(self.words.with("take-out-cloud", &[("service", service.into())]))
    }
}

/// Why there is no place for it.
enum Refused {
    OwnFolder,
    Disk(io::Error),
}

impl From<io::Error> for Refused {
    fn from(said: io::Error) -> Refused {
        Refused::Disk(said)
    }
}

/// Where it goes: a name in the folder that nothing has.
fn place(own: &Path, folder: &Path, name: &str, sealed: bool) -> Result<PathBuf, Refused> {
    let folder = std::path::absolute(folder)?;
    let real = folder.canonicalize()?;
    if !real.is_dir() {
        return Err(io::Error::from(ErrorKind::NotADirectory).into());
    }
    if own.canonicalize().is_ok_and(|own| real.starts_with(own)) {
        return Err(Refused::OwnFolder);
    }
    remove_left_behind(&folder)?;
    for n in 1_u64.. {
        let ending = if sealed { ".tar.age" } else { "" };
        let numbered = if n > 1 { format!("{name} ({n}){ending}") } else { format!("{name}{ending}") };
        let path = folder.join(numbered);
        if is_free(&path)? {
            return Ok(path);
        }
    }
    Err(io::Error::from(ErrorKind::AlreadyExists).into())
}

/// Where everything of a person was taken out to, the last one at the end; of everybody, where nobody is named.
pub(crate) fn places(store: &Store, person: Option<&PersonId>) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    for one in store.persons()?.iter().filter(|one| person.is_none_or(|person| one.id == *person)) {
        found.extend(places_of(store, &one.id)?);
    }
    Ok(found)
}

fn places_of(store: &Store, person: &PersonId) -> Result<Vec<String>, StoreError> {
    let known = store.setting(&remembered(person))?;
    let known = known.as_ref().and_then(serde_json::Value::as_array);
    Ok(known.into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect())
}

/// The setting that remembers the places of a person. A place has the person's name in it, and goes with them.
fn remembered(person: &PersonId) -> String {
    format!("taken out {}", person.0)
}

fn remember(store: &Store, person: &PersonId, path: &Path) -> Result<(), StoreError> {
    let mut known = places_of(store, person)?;
    known.push(path.display().to_string());
    let oldest = known.len().saturating_sub(MOST_PLACES);
    store.set_setting(&remembered(person), &known[oldest..].into())
}

/// What went wrong: the record's own words, or those of a place that is not the record's.
fn tree_said(words: &Words, said: &TreeError) -> ApiError {
    let disk = match said {
        TreeError::Store(said) => return error::store(words, said),
        TreeError::Differs => return error(words, "error-take-out-differs", &[]),
        TreeError::Place(disk) => disk,
    };
    let key = match disk.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "error-take-out-full",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "error-take-out-not-writable",
        ErrorKind::NotFound | ErrorKind::NotADirectory => "error-take-out-folder",
        _ => "error-take-out-disk",
    };
    error(words, key, &[]).details(disk.kind())
}

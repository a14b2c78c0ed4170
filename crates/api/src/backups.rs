//! Backups: made, looked into, put in the place of the record, and taken back.

pub(crate) mod schedule;
pub(crate) mod wire;

use std::{
    fs, io,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use secrecy::SecretString;
use serde_json::json;
use wholechart_store::{
    BackupContents, BackupError, BackupOrder, DbKey, Folder, Held, Replacement, Store, StoreError,
    read_backup,
};

use self::{
    schedule::{Made, Often, Schedule},
    wire::{BackupPreview, BackupsView, HeldPerson, ScheduleView, Strength},
};
use crate::{
    app::{App, wire::AppState},
    error::{self, ApiError, ErrorCode},
    host::Event,
    passphrase::strength,
    progress::Percent,
    saving::{Saved, Way},
    words::{Arg, Speech, Words, dates},
};

/// The setting that remembers the last backup.
const LAST: &str = "backup";

/// The work of making one, among what runs.
const MAKING: &str = "backup";

/// After how long one that failed is tried again. The disk may not be plugged in.
const TRIED_AGAIN: TimeDelta = TimeDelta::hours(1);

/// How many of the newest a schedule may keep.
const MOST_KEPT: u8 = 50;

impl App {
    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn passphrase_strength(&self, passphrase: String) -> Result<Strength, ApiError> {
        Ok(strength(&SecretString::from(passphrase)))
    }

    pub(crate) async fn backups(&self) -> Result<BackupsView, ApiError> {
        let read = |store: &Store| Ok((store.setting(LAST)?, store.has_replaced(), Schedule::read(store)?));
        let (last, undo, schedule) = self.ask(read).await?;
        let text = |name: &str| last.as_ref()?.get(name)?.as_str().map(str::to_owned);
        let at = text("at").and_then(|at| at.parse::<DateTime<Utc>>().ok());
        let zone = self.home_zone().await;
        Ok(BackupsView {
            last: at.map(|at| self.own_moment(at, zone)),
            file: text("file").map(|file| self.words.sent(&file)),
            undo,
            schedule: schedule.map(|schedule| self.schedule_view(&schedule, zone)),
        })
    }

    fn schedule_view(&self, schedule: &Schedule, zone: Tz) -> ScheduleView {
        let failed = self.backup_failed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let now = self.host.now();
        let next = schedule.next(now, &zone);
        ScheduleView {
            folder: self.words.sent(&schedule.folder.display().to_string()),
            often: schedule.often,
            keep: schedule.keep,
            next: next.map(|day| Speech::new(&self.words, zone, now).day(dates::of(day))),
            failed: failed.map(|(_, why)| why),
        }
    }

    pub(crate) async fn back_up(&self, passphrase: String) -> Result<Saved, ApiError> {
        let passphrase = SecretString::from(passphrase);
        self.is_strong(&passphrase)?;
        self.store().await?;
        if self.runs(MAKING) {
            return Err(self.error("error-backup-running"));
        }
        let name = self.backup_name(self.home_zone().await);
        let host = Arc::clone(&self.host);
        let Some(to) = self.off_thread(move || host.choose_where(&name)).await? else {
            return Ok(Saved { path: None });
        };
        let path = to.display().to_string();
        self.make(to, passphrase, true).await?;
        Ok(Saved { path: Some(self.words.sent(&path)) })
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn stop_backing_up(&self) -> Result<(), ApiError> {
        self.stop(MAKING);
        Ok(())
    }

    /// Makes a backup, reads it back, and remembers it. `shown`: somebody waits for it and hears how far it is.
    async fn make(&self, to: PathBuf, passphrase: SecretString, shown: bool) -> Result<(), ApiError> {
        // Taken here: a dialog that nobody answers must not keep the record from being locked.
        let store = self.store().await?;
        let Some((stopped, _running)) = self.start(MAKING) else {
            return Err(self.error("error-backup-running"));
        };
        let (host, now) = (Arc::clone(&self.host), self.host.now());
        let text = self.words.get("progress-backup");
        let made = self.off_thread(move || {
            let order = BackupOrder {
                to: &to,
                passphrase: &passphrase,
                app: env!("CARGO_PKG_VERSION"),
                now,
                work: None,
            };
            let mut percent = Percent::new(&*host, text);
            store.back_up(&order, &mut rand::rng(), &mut |done, total| {
                if shown {
                    percent.tell(done, total);
                }
                if stopped.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
            let file = to.display().to_string();
            let mut files = written(&store)?;
            files.retain(|one| *one != file);
            files.push(file.clone());
            let last = json!({ "at": now.to_rfc3339(), "file": file, "files": files });
            match store.set_setting(LAST, &last) {
                // It is made all the same.
                Err(StoreError::DiskFull | StoreError::NotWritable) => Ok(()),
                done => Ok(done?),
            }
        });
        let made = made.await?.map_err(|said| error::backup(&self.words, &said));
        if made.is_ok() {
            for person in self.ask(wholechart_store::Store::persons).await? {
                self.note_handed(&person.id, Way::File, "backup").await?;
            }
        }
        // Told after a stop as well: the window shows progress until something has changed.
        self.host.event(Event::Changed);
        made
    }

    pub(crate) fn is_strong(&self, passphrase: &SecretString) -> Result<(), ApiError> {
        if strength(passphrase) == Strength::Weak {
            return Err(self.error("error-weak-passphrase").code(ErrorCode::WrongPassphrase));
        }
        Ok(())
    }

    /// What a backup of today is called.
    fn backup_name(&self, zone: Tz) -> String {
        let now = self.host.now();
        let day = dates::key(dates::of(now.with_timezone(&zone).date_naive()));
        self.words.with("file-name-backup", &[("date", (&day).into())])
    }

    // ---- without asking

    /// Asks for the folder that backups go to.
    pub(crate) async fn choose_backup_folder(&self) -> Result<Option<PathBuf>, ApiError> {
        Ok(self.choose_files(true).await?.into_iter().next())
    }

    pub(crate) async fn schedule_backups(
        &self,
        folder: PathBuf,
        often: Often,
        keep: u8,
        passphrase: Option<String>,
    ) -> Result<BackupsView, ApiError> {
        let before = self.ask(Schedule::read).await?;
        if before.as_ref().is_none_or(|before| before.folder != folder) {
            self.may_read(std::slice::from_ref(&folder))?;
        }
        let passphrase = match (passphrase, &before) {
            (Some(typed), _) => typed,
            (None, Some(before)) => before.passphrase.clone(),
            (None, None) => return Err(self.error("error-weak-passphrase").code(ErrorCode::WrongPassphrase)),
        };
        self.is_strong(&SecretString::from(passphrase.as_str()))?;
        let made = before.map(|before| before.made.clone()).unwrap_or_default();
        let schedule = Schedule { folder, often, keep: keep.clamp(1, MOST_KEPT), passphrase, made };
        self.ask(move |store| Schedule::write(store, Some(&schedule))).await?;
        *self.backup_failed.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.host.event(Event::Changed);
        self.backups().await
    }

    pub(crate) async fn stop_schedule(&self) -> Result<BackupsView, ApiError> {
        self.ask(|store| Schedule::write(store, None)).await?;
        *self.backup_failed.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.host.event(Event::Changed);
        self.backups().await
    }

    /// Makes the backup that is due, if there is a schedule, the record is open, and one is. A host that is left alone asks every
    /// few seconds.
    ///
    /// # Errors
    /// When the record cannot be read. What goes wrong with a backup is said where backups are told of, and tried again.
    pub async fn back_up_when_due(&self) -> Result<(), ApiError> {
        let now = self.host.now();
        let failed = self.backup_failed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let waits = failed.is_some_and(|(then, _)| then <= now && now - then < TRIED_AGAIN);
        if waits || self.runs(MAKING) || !self.is_open().await {
            return Ok(());
        }
        let Some(schedule) = self.ask(Schedule::read).await? else { return Ok(()) };
        let zone = self.home_zone().await;
        let writable = self.store().await?.unwritable().is_none();
        if schedule.next(now, &zone).is_some() || !writable {
            return Ok(());
        }
        let name = self.backup_name(zone);
        let passphrase = SecretString::from(schedule.passphrase.as_str());
        let to = self.off_thread(move || free_place(&schedule, &name)).await?;
        let made = match to {
            Ok(to) => self.make(to.clone(), passphrase, false).await.map(|()| to),
            Err(_) => Err(self.error("error-backup-folder")),
        };
        let failed = match made {
            Ok(file) => {
                self.ask(move |store| remember(store, Made { at: now, file }, zone)).await?;
                None
            }
            // The record is being closed; at the next start it is due still.
            Err(_) if !self.is_open().await || self.runs(MAKING) => return Ok(()),
            Err(said) => Some((now, said.words())),
        };
        *self.backup_failed.lock().unwrap_or_else(PoisonError::into_inner) = failed;
        self.host.event(Event::Changed);
        Ok(())
    }

    /// Asks which file is a backup; none where it was cancelled.
    pub(crate) async fn choose_backup(&self) -> Result<Option<PathBuf>, ApiError> {
        Ok(self.choose_files(false).await?.into_iter().next())
    }

    pub(crate) async fn preview_backup(
        &self,
        file: PathBuf,
        passphrase: String,
    ) -> Result<BackupPreview, ApiError> {
        self.may_read(std::slice::from_ref(&file))?;
        let now = self.host.now();
        let here = match self.ask(move |store| store.held(now)).await {
            Ok(here) => Some(here),
            Err(said) if said.code == Some(ErrorCode::Locked) => None,
            Err(said) => return Err(said),
        };
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let passphrase = SecretString::from(passphrase);
        let contents: BackupContents = self
            .off_thread(move || read_backup(&file, &passphrase))
            .await?
            .map_err(|said| error::backup(&self.words, &said))?;
        Ok(BackupPreview {
            file: self.words.sent(&name),
            made: self.own_moment(contents.made, self.home_zone().await),
            version: contents.app,
            people: contents.persons.iter().map(|one| held_person(&self.words, one)).collect(),
            here: here.map(|here| here.iter().map(|one| held_person(&self.words, one)).collect()),
        })
    }

    pub(crate) async fn restore(&self, file: PathBuf, passphrase: String) -> Result<AppState, ApiError> {
        self.may_read(std::slice::from_ref(&file))?;
        self.exchange(file, SecretString::from(passphrase)).await
    }

    pub(crate) async fn undo_restore(&self) -> Result<AppState, ApiError> {
        self.exchange_back().await
    }

    /// A moment of this app's own.
    fn own_moment(&self, at: DateTime<Utc>, zone: Tz) -> String {
        Speech::new(&self.words, zone, self.host.now()).own_moment(at)
    }
}

/// Where backups were written to, the last one at the end.
pub(crate) fn written(store: &Store) -> Result<Vec<String>, StoreError> {
    let last = store.setting(LAST)?;
    let files = last.as_ref().and_then(|last| last.get("files")?.as_array());
    Ok(files.into_iter().flatten().filter_map(|file| file.as_str().map(str::to_owned)).collect())
}

/// Where a backup of this name goes: a file that is not there yet, unless the schedule made it.
fn free_place(schedule: &Schedule, name: &str) -> io::Result<PathBuf> {
    if !fs::metadata(&schedule.folder)?.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    let name = Path::new(name);
    let (stem, end) = (name.file_stem().unwrap_or_default(), name.extension().unwrap_or_default());
    for n in 1.. {
        let mut numbered = stem.to_owned();
        if n > 1 {
            numbered.push(format!(" ({n})"));
        }
        numbered.push(".");
        numbered.push(end);
        let path = schedule.folder.join(numbered);
        if !path.try_exists()? || schedule.made.iter().any(|made| made.file == path) {
            return Ok(path);
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Adds a backup to what the schedule made, and deletes those that it need not keep. One that cannot be deleted is tried again
/// with the next one.
fn remember(store: &Store, made: Made, zone: Tz) -> Result<(), StoreError> {
    let Some(mut schedule) = Schedule::read(store)? else { return Ok(()) };
    schedule.made.retain(|one| one.file != made.file);
    schedule.made.push(made);
    let mut deleted = Vec::new();
    for file in schedule.gone(&zone) {
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(kind = ?error.kind(), "an old backup stays");
            }
            _ => deleted.push(file),
        }
    }
    schedule.made.retain(|one| !deleted.contains(&one.file));
    Schedule::write(store, Some(&schedule))?;
    let deleted: Vec<String> = deleted.iter().map(|file| file.display().to_string()).collect();
    let Some(mut last) = store.setting(LAST)? else { return Ok(()) };
    let files = written(store)?.into_iter().filter(|file| !deleted.contains(file));
    last["files"] = files.collect();
    store.set_setting(LAST, &last)
}

/// Makes a record ready beside the one that is open, or beside the one in a folder, from a backup.
pub(crate) fn fill(
    store: Option<&Store>,
    dir: &Path,
    file: &Path,
    passphrase: &SecretString,
    keep: impl FnOnce(&Folder) -> Result<DbKey, ApiError>,
    words: &Words,
) -> Result<Replacement, ApiError> {
    let said = |said: BackupError| error::backup(words, &said);
    // Nothing is made, and no key handed to the keychain, for a file that cannot be read.
    read_backup(file, passphrase).map_err(said)?;
    let incoming = match store {
        Some(store) => store.replacement(),
        None => Folder::take(dir).map_err(StoreError::from).and_then(|folder| Replacement::begin(&folder)),
    };
    let incoming = incoming.map_err(|error| error::store(words, &error))?;
    let key = keep(incoming.folder())?;
    incoming.fill(file, passphrase, &key).map_err(said)?;
    Ok(incoming)
}

fn held_person(words: &Words, held: &Held) -> HeldPerson {
    let day = |day: chrono::NaiveDate| {
        let speech = Speech::new(words, chrono_tz::Tz::UTC, DateTime::<Utc>::default());
        speech.day(dates::of(day))
    };
    let count = |n: u64| Arg::from(usize::try_from(n).unwrap_or(usize::MAX));
    HeldPerson {
        name: words.sent(&held.name),
        born: held.birth_date.map(day),
        held: words.with("backup-held", &[("records", count(held.facts)), ("notes", count(held.notes))]),
        newest: held.newest.map(day),
    }
}

//! Backups: made, looked into, put in the place of the record, and taken back.

pub(crate) mod wire;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::json;
use wholechart_store::{
    BackupContents, BackupError, BackupOrder, DbKey, Folder, Held, Replacement, Store, StoreError,
    read_backup,
};

use self::wire::{BackupPreview, BackupsView, HeldPerson, Strength};
use crate::{
    app::{App, wire::AppState},
    error::{self, ApiError, ErrorCode},
    host::Event,
    passphrase::strength,
    saving::{Saved, Way},
    words::{Arg, Speech, Words, dates},
};

/// The setting that remembers the last backup.
const LAST: &str = "backup";

/// The work of making one, among what runs.
const MAKING: &str = "backup";

impl App {
    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn passphrase_strength(&self, passphrase: String) -> Result<Strength, ApiError> {
        Ok(strength(&SecretString::from(passphrase)))
    }

    pub(crate) async fn backups(&self) -> Result<BackupsView, ApiError> {
        let (last, undo) = self.ask(|store| Ok((store.setting(LAST)?, store.has_replaced()))).await?;
        let text = |name: &str| last.as_ref()?.get(name)?.as_str().map(str::to_owned);
        let at = text("at").and_then(|at| at.parse::<DateTime<Utc>>().ok());
        Ok(BackupsView {
            last: at.map(|at| self.own_moment(at)),
            file: text("file").map(|file| self.words.sent(&file)),
            undo,
        })
    }

    pub(crate) async fn back_up(&self, passphrase: String) -> Result<Saved, ApiError> {
        let passphrase = SecretString::from(passphrase);
        if strength(&passphrase) == Strength::Weak {
            return Err(self.error("error-weak-passphrase").code(ErrorCode::WrongPassphrase));
        }
        self.store().await?;
        let Some((_, _running)) = self.start(MAKING) else { return Err(self.error("error-backup-running")) };
        let now = self.host.now();
        let day = dates::key(dates::of(now.with_timezone(&self.system_zone()).date_naive()));
        let name = self.words.with("file-name-backup", &[("date", (&day).into())]);
        let host = Arc::clone(&self.host);
        let Some(to) = self.off_thread(move || host.choose_where(&name)).await? else {
            return Ok(Saved { path: None });
        };
        // Not before: a dialog that nobody answers must not keep the record from being locked.
        let store = self.store().await?;
        let path = to.display().to_string();
        let made = self.off_thread(move || {
            let order = BackupOrder {
                to: &to,
                passphrase: &passphrase,
                app: env!("CARGO_PKG_VERSION"),
                now,
                work: None,
            };
            store.back_up(&order, &mut rand::rng())?;
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
        made.await?.map_err(|said| error::backup(&self.words, &said))?;
        for person in self.ask(wholechart_store::Store::persons).await? {
            self.note_handed(&person.id, Way::File, "backup").await?;
        }
        self.host.event(Event::Changed);
        Ok(Saved { path: Some(self.words.sent(&path)) })
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
            made: self.own_moment(contents.made),
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

    /// A moment of this app's own, as it is here.
    fn own_moment(&self, at: DateTime<Utc>) -> String {
        Speech::new(&self.words, self.system_zone(), self.host.now()).own_moment(at)
    }
}

/// Where backups were written to, the last one at the end.
pub(crate) fn written(store: &Store) -> Result<Vec<String>, StoreError> {
    let last = store.setting(LAST)?;
    let files = last.as_ref().and_then(|last| last.get("files")?.as_array());
    Ok(files.into_iter().flatten().filter_map(|file| file.as_str().map(str::to_owned)).collect())
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

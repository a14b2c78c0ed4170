//! Looking for a newer version: off until the person switches it on, and nothing without a build that knows where to look.
//!
//! A small signed file is fetched ([`notice`]), when the person asks for it or once a week; a package when they press for it.
//! Both go through the one gate of `smart` and are written down as every other request. Nothing is installed here: the package lies in the
//! folder of downloads, and the system's own installer asks about it.

mod notice;
pub(crate) mod seen;
pub(crate) mod wire;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::PoisonError,
};

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use serde_json::{Value, json};
use url::Url;
use wholechart_fhir::Day;
use wholechart_smart::{HttpError, PublishedError, fetch_published};

use self::{
    notice::{Found, LONGEST_NOTICE, LONGEST_SIGNATURE, Notice, Package, Wrong},
    seen::Seen,
    wire::{UpdateView, UpdatesView},
};
use crate::{
    app::App,
    error::{ApiError, error},
    host::{Event, UpdateSource},
    saving::write_whole,
    words::Speech,
};

/// The setting that says whether newer versions are looked for.
const ON: &str = "updates";
/// The setting that says when they were last looked for.
const LOOKED: &str = "updates looked";
/// Work under this name looks or downloads.
const LOOKING: &str = "update";
/// So often a version is looked for by itself.
const EVERY: TimeDelta = TimeDelta::days(7);
/// Where releases are published.
const RELEASES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/releases");
/// Files of one name in the folder of downloads, before there is no more room for another.
const OF_ONE_NAME: u32 = 100;

impl App {
    pub(crate) async fn updates(&self) -> Result<UpdatesView, ApiError> {
        let (on, looked) = self.ask(|store| Ok((store.setting(ON)?, store.setting(LOOKED)?))).await?;
        let source = self.host.update_source();
        let zone = self.home_zone().await;
        let speech = Speech::new(&self.words, zone, self.host.now());
        let seen = self.updates_seen.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(UpdatesView {
            can_look: source.is_some(),
            on: on.is_some_and(|on| on == true),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            releases: RELEASES.to_owned(),
            host: source.and_then(|source| source.address.host_str().map(str::to_owned)),
            looked: moment(looked.as_ref()).map(|at| speech.own_moment(at)),
            said: seen.said.clone(),
            found: seen.notice.as_ref().map(|found| self.update_view(found, seen.saved.as_deref(), &speech)),
        })
    }

    fn update_view(&self, found: &Notice, saved: Option<&Path>, speech: &Speech<'_>) -> UpdateView {
        let system = self.host.package_kind();
        let (year, month, date) = (found.day.year(), found.day.month(), found.day.day());
        let day = Day { year, month: Some(month), day: Some(date) };
        let package = found.package_for(&system).map(|package| {
            let megabytes = usize::try_from(package.size.div_ceil(1_000_000)).unwrap_or(usize::MAX);
            self.words
                .with("update-package", &[("file", package.file.as_str().into()), ("size", megabytes.into())])
        });
        let kind = system.rsplit('-').next().unwrap_or_default();
        let own = format!("update-how-{kind}");
        let how = if package.is_some() && self.words.has(&own) { own.as_str() } else { "update-how" };
        UpdateView {
            version: found.version.clone(),
            day: speech.day(day),
            changes: found.changes_in(self.words.language().code()).to_vec(),
            package,
            saved: saved.map(|path| self.words.sent(&path.display().to_string())),
            how: self.words.get(how),
        }
    }

    pub(crate) async fn set_updates(&self, on: bool) -> Result<UpdatesView, ApiError> {
        let kept = if on { json!(true) } else { Value::Null };
        self.ask(move |store| store.set_setting(ON, &kept)).await?;
        if !on {
            *self.updates_seen.lock().unwrap_or_else(PoisonError::into_inner) = Seen::default();
        }
        self.updates().await
    }

    /// Looks for a newer version, because the person asks for it.
    pub(crate) async fn look_for_update(&self) -> Result<UpdatesView, ApiError> {
        self.look(self.update_source().await?).await?;
        self.updates().await
    }

    /// Looks for a newer version where the person wants it and nobody looked for a week. What goes wrong is said when they look.
    ///
    /// # Errors
    /// The record could not be read.
    pub async fn look_for_update_when_due(&self) -> Result<(), ApiError> {
        if !self.is_open().await || self.host.update_source().is_none() {
            return Ok(());
        }
        let (on, looked) = self.ask(|store| Ok((store.setting(ON)?, store.setting(LOOKED)?))).await?;
        let now = self.host.now();
        // A clock that was set back says nothing about how long it is ago.
        let waits = moment(looked.as_ref()).is_some_and(|then| then <= now && now - then < EVERY);
        if on.is_none_or(|on| on != true) || waits || self.runs(LOOKING) {
            return Ok(());
        }
        let looked = self.look(self.update_source().await?).await;
        if let Err(why) = looked {
            self.updates_seen.lock().unwrap_or_else(PoisonError::into_inner).said = Some(why.words());
        }
        self.host.event(Event::Changed);
        Ok(())
    }

    /// Where to look: only where the person switched it on.
    async fn update_source(&self) -> Result<UpdateSource, ApiError> {
        let on = self.ask(|store| store.setting(ON)).await?.is_some_and(|on| on == true);
        let source = self.host.update_source().filter(|_| on);
        source.ok_or_else(|| self.error("error-update-off"))
    }

    async fn look(&self, source: UpdateSource) -> Result<(), ApiError> {
        let Some((_stop, _running)) = self.start(LOOKING) else {
            return Err(self.error("error-update-busy"));
        };
        // A failed look counts as well: nobody is asked again and again.
        let now = json!(self.host.now());
        self.ask(move |store| store.set_setting(LOOKED, &now)).await?;
        let mut beside = source.address.clone();
        beside.set_path(&format!("{}.minisig", source.address.path()));
        let notice = self.fetch_update(&source, &source.address, LONGEST_NOTICE).await?;
        let notice = notice.ok_or_else(|| self.error("error-update-unreached"))?;
        // Where there is none, it was published without a signature.
        let signature = self.fetch_update(&source, &beside, LONGEST_SIGNATURE).await?.unwrap_or_default();
        let found = notice::read(&notice, &signature, &source.keys, env!("CARGO_PKG_VERSION"));
        let found = found.map_err(|wrong| self.wrong(wrong))?;
        let mut seen = self.updates_seen.lock().unwrap_or_else(PoisonError::into_inner);
        match found {
            Found::NothingNewer => {
                *seen = Seen { said: Some(self.words.get("update-newest")), ..Seen::default() };
            }
            Found::Newer(notice) => {
                let saved = seen.saved.take().filter(|_| seen.notice.as_ref() == Some(&notice));
                *seen = Seen { notice: Some(notice), said: None, saved };
            }
        }
        Ok(())
    }

    /// Fetches the package for this system and leaves it in the folder of downloads. Nothing else is changed.
    pub(crate) async fn download_update(&self) -> Result<UpdatesView, ApiError> {
        let source = self.update_source().await?;
        let system = self.host.package_kind();
        let package = {
            let seen = self.updates_seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.notice.as_ref().and_then(|notice| notice.package_for(&system)).cloned()
        };
        let package = package.ok_or_else(|| self.error("error-update-no-package"))?;
        let folder = self.host.downloads().ok_or_else(|| self.error("error-update-downloads"))?;
        let saved = {
            let Some((_stop, _running)) = self.start(LOOKING) else {
                return Err(self.error("error-update-busy"));
            };
            let at = source.address.join(&package.file).map_err(|_| self.wrong(Wrong::NotUnderstood))?;
            let limit = usize::try_from(package.size).unwrap_or(usize::MAX);
            let bytes = self.fetch_update(&source, &at, limit).await?;
            let bytes = bytes.ok_or_else(|| self.error("error-update-unreached"))?;
            let kept =
                self.off_thread(move || package.check(&bytes).map(|()| keep(&folder, &package, &bytes)));
            let kept = kept.await?.map_err(|wrong| self.wrong(wrong))?;
            kept.map_err(|e| self.error("error-update-downloads").details(e.kind()))?
        };
        *self.saved.lock().unwrap_or_else(PoisonError::into_inner) = Some(saved.clone());
        self.updates_seen.lock().unwrap_or_else(PoisonError::into_inner).saved = Some(saved);
        self.updates().await
    }

    /// A published file; `None`: there is none.
    async fn fetch_update(
        &self,
        source: &UpdateSource,
        url: &Url,
        limit: usize,
    ) -> Result<Option<Vec<u8>>, ApiError> {
        let http = self.http.on_behalf(self.on_behalf_of_nobody());
        match fetch_published(&http, url, &source.address, limit).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(PublishedError::Status { status: 404 | 410 }) => Ok(None),
            Err(PublishedError::Http(HttpError::TooLarge { .. })) => Err(self.error("error-update-large")),
            Err(why) => Err(self.error("error-update-unreached").details(why)),
        }
    }

    fn wrong(&self, wrong: Wrong) -> ApiError {
        error(
            &self.words,
            match wrong {
                Wrong::Unsigned => "error-update-unsigned",
                Wrong::OtherKey => "error-update-other-key",
                Wrong::Forged => "error-update-forged",
                Wrong::NotUnderstood => "error-update-not-understood",
                Wrong::OtherPackage => "error-update-other-package",
            },
            &[],
        )
    }
}

fn moment(kept: Option<&Value>) -> Option<DateTime<Utc>> {
    kept.and_then(|kept| serde_json::from_value(kept.clone()).ok())
}

/// Writes a package that was checked into a folder, under its own name or, where that is taken by something else, with a number.
fn keep(folder: &Path, package: &Package, bytes: &[u8]) -> io::Result<PathBuf> {
    let (stem, ending) = package.file.rsplit_once('.').unwrap_or((&package.file, ""));
    for number in 1..=OF_ONE_NAME {
        let name = match number {
            1 => package.file.clone(),
            _ => format!("{stem}-{number}.{ending}"),
        };
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(there) if there == bytes => return Ok(path),
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => {
                return write_whole(&path, bytes).map(|()| path);
            }
            // Somebody's own file of that name.
            _ => {}
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

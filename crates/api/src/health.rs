//! The file that the record is in: whether it is whole, what to do where it is not, where it lies, and what it was before the
//! last upgrade.

pub(crate) mod cloud;
pub(crate) mod wire;

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use wholechart_store::{Checked, Lost, LostKind, Store, StoreError, UpgradeCopy};

use self::wire::{HealthView, RescuedView, UpgradeView};
use crate::{
    app::App,
    error::{self, ApiError},
    host::Event,
    words::{Arg, Speech, Words, dates},
};

/// A look at a start takes no longer than this, behind whoever reads.
const LOOK: Duration = Duration::from_secs(3);

/// For so many days the copy is kept that was made before an upgrade.
const KEPT_DAYS: i64 = 30;

/// The work of looking at everything, among what runs.
const CHECKING: &str = "check";

impl App {
    pub(crate) async fn health(&self) -> Result<HealthView, ApiError> {
        let (lost, aside, upgrade) = self
            .ask(|store| {
                let lost = what_can_be_read(store.lost())?;
                Ok((lost, what_can_be_read(store.set_aside_damaged())?, store.upgrade_copies()?))
            })
            .await?;
        let aside: Vec<String> =
            aside.iter().map(|folder| self.words.sent(&folder.display().to_string())).collect();
        let now = self.host.now();
        let zone = self.home_zone().await;
        let day = |at: DateTime<Utc>| {
            Speech::new(&self.words, zone, now).day(dates::of(at.with_timezone(&zone).date_naive()))
        };
        let upgrade = upgrade.last().map(|UpgradeCopy { made, .. }| UpgradeView {
            made: day(*made),
            until: day(*made + TimeDelta::days(KEPT_DAYS)),
        });
        Ok(HealthView {
            damaged: self.is_damaged().then(|| self.error("error-damaged-open").words()),
            rescued: lost.map(|lost| RescuedView { when: day(lost.at), lost: self.told(&lost), aside }),
            cloud: cloud::service(&self.config.data_dir).map(|service| {
                let some = self.words.get("health-cloud-service");
                let service = if service.is_empty() { some.as_str() } else { service };
                self.words.with("health-cloud", &[("service", service.into())])
            }),
            folder: self.words.sent(&self.config.data_dir.display().to_string()),
            upgrade,
        })
    }

    /// What was lost, in lines.
    fn told(&self, lost: &Lost) -> Vec<String> {
        let mut counts: BTreeMap<(Option<&str>, &str), u64> = BTreeMap::new();
        for one in &lost.records {
            *counts.entry((one.from.as_deref(), kind_of(one.what.as_deref()))).or_default() += one.count;
        }
        let records = counts.into_iter().map(|((from, kind), count)| {
            let from =
                from.map_or_else(|| self.words.get("health-lost-from-unknown"), |from| self.words.sent(from));
            let count = Arg::from(usize::try_from(count).unwrap_or(usize::MAX));
            let kind = self.words.get(kind);
            let args = [("from", (&from).into()), ("kind", (&kind).into()), ("count", count)];
            self.words.with("health-lost-records", &args)
        });
        records.chain(lost.kinds.iter().map(|kind| self.words.get(kind_words(*kind)))).collect()
    }

    pub(crate) async fn check_record(&self) -> Result<String, ApiError> {
        let store = self.store().await?;
        let Some((stopped, _running)) = self.start(CHECKING) else {
            return Err(self.error("error-check-running"));
        };
        let closing = Arc::clone(&self.closing);
        let goes_on = move || !stopped.is_cancelled() && !closing.load(std::sync::atomic::Ordering::SeqCst);
        let checked = self.off_thread(move || store.check(goes_on)).await?;
        let checked = checked.map_err(|said| error::store(&self.words, &said))?;
        self.note_check(checked);
        Ok(self.words.get(match checked {
            Checked::Whole => "health-whole",
            Checked::InPart => "health-stopped",
            Checked::Damaged => "health-damaged",
        }))
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn stop_checking(&self) -> Result<(), ApiError> {
        self.stop(CHECKING);
        Ok(())
    }

    /// Looks at the record for a few seconds, and lets go of what is not needed any more: after a start.
    pub(crate) async fn look_at_record(&self) -> Result<(), ApiError> {
        let store = self.store().await?;
        let closing = Arc::clone(&self.closing);
        let until = Instant::now() + LOOK;
        let goes_on = move || Instant::now() < until && !closing.load(std::sync::atomic::Ordering::SeqCst);
        let before = self.host.now() - TimeDelta::days(KEPT_DAYS);
        let checked = self.off_thread(move || {
            if store.unwritable().is_none() {
                store.forget_upgrade_copies(before)?;
            }
            store.check_some(goes_on)
        });
        match checked.await? {
            Ok(checked) => self.note_check(checked),
            Err(said) => return Err(error::store(&self.words, &said)),
        }
        Ok(())
    }

    fn note_check(&self, checked: Checked) {
        if checked == Checked::Damaged && !self.set_damaged(true) {
            self.host.event(Event::Changed);
        }
    }

    pub(crate) async fn lost_seen(&self) -> Result<HealthView, ApiError> {
        self.ask(Store::lost_is_seen).await?;
        self.host.event(Event::Changed);
        self.health().await
    }
}

/// What stands on a damaged page is not known; that the record is damaged is told all the same.
fn what_can_be_read<T: Default>(read: Result<T, StoreError>) -> Result<T, StoreError> {
    match read {
        Err(StoreError::Damaged) => Ok(T::default()),
        read => read,
    }
}

/// What could not be rescued is told as when it cannot be opened.
pub(crate) fn rescue_error(words: &Words, said: &StoreError) -> ApiError {
    match said {
        StoreError::Damaged => error::error(words, "error-rescue", &[]),
        said => error::store(words, said),
    }
}

fn kind_of(what: Option<&str>) -> &'static str {
    match what {
        Some("") => "health-lost-files",
        Some("Observation") => "kind-observation",
        Some("DiagnosticReport") => "kind-report",
        Some("Condition") => "kind-problem",
        Some("AllergyIntolerance") => "kind-allergy",
        Some(
            "MedicationRequest"
            | "MedicationOrder"
            | "MedicationStatement"
            | "MedicationDispense"
            | "MedicationAdministration",
        ) => "kind-medicine",
        Some("Immunization") => "kind-vaccine",
        Some("Procedure") => "kind-procedure",
        Some("Encounter") => "kind-visit",
        Some("DocumentReference") => "kind-document",
        Some("CarePlan") => "kind-care-plan",
        Some("Goal") => "kind-goal",
        Some("CareTeam") => "kind-care-team",
        Some("Patient") => "kind-patient",
        _ => "kind-other",
    }
}

fn kind_words(kind: LostKind) -> &'static str {
    match kind {
        LostKind::Records => "health-lost-more-records",
        LostKind::People => "health-lost-people",
        LostKind::Connections => "health-lost-connections",
        LostKind::SignIns => "health-lost-sign-ins",
        LostKind::Notes => "health-lost-notes",
        LostKind::Decisions => "health-lost-decisions",
        LostKind::Settings => "health-lost-settings",
        LostKind::History => "health-lost-history",
        LostKind::Logs => "health-lost-logs",
    }
}

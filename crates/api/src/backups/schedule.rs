//! Backups that the app makes by itself: when the next is due, and which of those it made may go.

use std::{collections::BTreeMap, path::PathBuf};

use chrono::{DateTime, Datelike as _, NaiveDate, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_store::{Store, StoreError};
use zeroize::Zeroize as _;

/// The setting that holds the schedule with its passphrase. A backup has none of these settings: see
/// [`wholechart_store::SECRET`].
const KEPT: &str = "secret: backup schedule";

/// Months whose first backup is kept, beside the newest ones.
const MONTHS: i32 = 12;

/// How often a backup is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Often {
    /// On every day on which the record is open.
    Daily,
    /// Every seven days.
    Weekly,
    /// Every thirty days.
    Monthly,
}

impl Often {
    fn days(self) -> i64 {
        match self {
            Often::Daily => 1,
            Often::Weekly => 7,
            Often::Monthly => 30,
        }
    }
}

/// A backup that the schedule made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Made {
    pub(crate) at: DateTime<Utc>,
    pub(crate) file: PathBuf,
}

/// What the person chose, and what was made since.
#[derive(Serialize, Deserialize)]
pub(crate) struct Schedule {
    pub(crate) folder: PathBuf,
    pub(crate) often: Often,
    /// How many of the newest stay.
    pub(crate) keep: u8,
    pub(crate) passphrase: String,
    /// The oldest first. Only what is told here is ever deleted.
    pub(crate) made: Vec<Made>,
}

impl Drop for Schedule {
    fn drop(&mut self) {
        self.passphrase.zeroize();
    }
}

impl Schedule {
    pub(crate) fn read(store: &Store) -> Result<Option<Schedule>, StoreError> {
        Ok(store.setting(KEPT)?.and_then(|kept| serde_json::from_value(kept).ok()))
    }

    pub(crate) fn write(store: &Store, schedule: Option<&Schedule>) -> Result<(), StoreError> {
        let kept = match schedule {
            Some(schedule) => {
                serde_json::to_value(schedule).map_err(|_| StoreError::Inconsistent("backup schedule"))?
            }
            None => serde_json::Value::Null,
        };
        store.set_setting(KEPT, &kept)
    }

    /// The day from which on the next one is due. None: at once.
    pub(crate) fn next<Z: TimeZone>(&self, now: DateTime<Utc>, zone: &Z) -> Option<NaiveDate> {
        let last = self.made.last()?.at;
        // A clock that was set back says nothing about how long it is ago.
        let day = day(last, zone).checked_add_days(chrono::Days::new(self.often.days().unsigned_abs()))?;
        (last <= now && self::day(now, zone) < day).then_some(day)
    }

    /// Those of the made ones that are not kept: all but the newest `keep` and the oldest of each of the last twelve months.
    pub(crate) fn gone<Z: TimeZone>(&self, zone: &Z) -> Vec<PathBuf> {
        let month = |made: &Made| {
            let day = day(made.at, zone);
            day.year() * 12 + day.month0().cast_signed()
        };
        let Some(newest) = self.made.iter().map(month).max() else { return Vec::new() };
        let mut first: BTreeMap<i32, &Made> = BTreeMap::new();
        for made in &self.made {
            first.entry(month(made)).and_modify(|first| *first = (*first).min_at(made)).or_insert(made);
        }
        let older = self.made.len().saturating_sub(usize::from(self.keep));
        self.made[..older]
            .iter()
            .filter(|made| newest - month(made) >= MONTHS || first.get(&month(made)) != Some(made))
            .map(|made| made.file.clone())
            .collect()
    }
}

impl Made {
    fn min_at<'m>(&'m self, other: &'m Made) -> &'m Made {
        if other.at < self.at { other } else { self }
    }
}

fn day<Z: TimeZone>(at: DateTime<Utc>, zone: &Z) -> NaiveDate {
    at.with_timezone(zone).date_naive()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn schedule(often: Often, keep: u8, days: &[&str]) -> Schedule {
        let made = days
            .iter()
            .map(|day| Made { at: moment(day), file: PathBuf::from(format!("/usb/{day}.age")) })
            .collect();
        Schedule { folder: "/usb".into(), often, keep, passphrase: "seven plain words".into(), made }
    }

    fn moment(day: &str) -> DateTime<Utc> {
        format!("{day}T12:00:00Z").parse().unwrap()
    }

    #[test]
    fn the_next_one_is_due_by_the_calendar() {
        let next = |often, made: &[&str], now| {
            schedule(often, 5, made).next(moment(now), &Utc).map(|day| day.to_string())
        };
        assert_eq!(next(Often::Weekly, &[], "2026-07-01"), None, "the first one at once");
        assert_eq!(next(Often::Weekly, &["2026-07-01"], "2026-07-07").as_deref(), Some("2026-07-08"));
        assert_eq!(next(Often::Weekly, &["2026-07-01"], "2026-07-08"), None);
        assert_eq!(next(Often::Daily, &["2026-07-01"], "2026-07-01").as_deref(), Some("2026-07-02"));
        assert_eq!(next(Often::Monthly, &["2026-07-01"], "2026-07-30").as_deref(), Some("2026-07-31"));
        assert_eq!(next(Often::Weekly, &["2027-07-01"], "2026-07-01"), None, "a clock that was set back");
    }

    #[test]
    fn the_newest_stay_and_the_first_of_each_of_twelve_months() {
        let made = [
            "2025-05-30",
            "2025-06-02",
            "2025-06-09",
            "2026-05-04",
            "2026-05-11",
            "2026-06-01",
            "2026-06-08",
            "2026-06-15",
        ];
        let gone: Vec<String> = schedule(Often::Weekly, 2, &made)
            .gone(&Utc)
            .iter()
            .map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        assert_eq!(gone, ["2025-05-30", "2025-06-02", "2025-06-09", "2026-05-11"]);
    }

    proptest! {
        #[test]
        fn what_is_new_is_never_gone(days in prop::collection::btree_set(0_u32..2000, 0..60), keep in 1_u8..9) {
            let days: Vec<String> = days
                .iter()
                .map(|n| (moment("2024-01-01") + chrono::TimeDelta::days((*n).into())).date_naive().to_string())
                .collect();
            let days: Vec<&str> = days.iter().map(String::as_str).collect();
            let schedule = schedule(Often::Daily, keep, &days);
            let gone = schedule.gone(&Utc);
            let stays: Vec<&Made> = schedule.made.iter().filter(|made| !gone.contains(&made.file)).collect();
            let newest = days.len().min(keep.into());
            prop_assert!(stays.ends_with(&schedule.made[days.len() - newest..].iter().collect::<Vec<_>>()));
            prop_assert!(stays.len() <= usize::from(keep) + 12);
        }
    }
}

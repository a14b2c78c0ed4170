//! When something was last said to be so, and by whom.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use wholechart_fhir::{DateRole, Day, Entry, FhirDate};

use crate::{ConnectionId, EntryKey};

/// The newest dated statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// When it was made, as precise as known.
    pub day: Day,
    /// Who made it.
    pub by: ConnectionId,
}

/// Details that say when a statement was made, or when a medicine was handed over.
pub(crate) const DATED: &[&str] = &[
    "detail-date-asserted",
    "detail-date",
    "detail-effective",
    "detail-issued",
    "detail-last-occurrence",
    "detail-recorded",
    "detail-recorded-date",
    "detail-recorded-on",
    "detail-when-handed-over",
    "detail-when-prepared",
];

/// Every day on which a member said something about the fact: when it happened or began, ended, was written down, was
/// handed over. A provider's list that still names it says nothing new, and neither does the day a system stored it:
/// lists are often not tidied for years. Newest first, each once.
pub fn dated_statements(members: &[(&EntryKey, &Entry)], home: Tz) -> Vec<Confirmed> {
    let mut said: Vec<(Day, &ConnectionId)> = Vec::new();
    for (key, entry) in members {
        let mut say = |date: &FhirDate, day_only: bool| {
            said.push((if day_only { date.own_day() } else { date.day_in(home) }, &key.connection));
        };
        if let Some(date) = entry.date.as_ref().filter(|date| date.role != DateRole::System) {
            for part in date.start.iter().chain(&date.end) {
                say(part, date.day_only);
            }
        }
        for detail in entry.details.iter().filter(|detail| DATED.contains(&detail.label.as_str())) {
            for part in detail.text.split(" \u{2013} ").filter_map(FhirDate::parse) {
                say(&part, false);
            }
        }
    }
    said.sort_by(|a, b| b.cmp(a));
    said.dedup();
    said.into_iter().map(|(day, by)| Confirmed { day, by: by.clone() }).collect()
}

/// The newest statement that was made by `today`: the planned end of a course confirms nothing.
pub fn last_confirmed(statements: &[Confirmed], today: Day) -> Option<&Confirmed> {
    let begins = |day: Day| (day.year, day.month.unwrap_or(1), day.day.unwrap_or(1));
    statements.iter().filter(|one| begins(one.day) <= begins(today)).max_by_key(|one| (one.day, &one.by))
}

/// Nobody said so in the year before `today`, as far as can be told: a month or a year counts with its last day.
pub fn is_doubtful(confirmed: Option<&Confirmed>, today: Day) -> bool {
    let since = (today.year - 1, today.month.unwrap_or(1), today.day.unwrap_or(1));
    confirmed.is_none_or(|one| (one.day.year, one.day.month.unwrap_or(12), one.day.day.unwrap_or(31)) < since)
}

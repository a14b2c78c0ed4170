//! When something was last said to be so, and by whom.

use chrono::Datelike as _;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use wholechart_fhir::{DateRole, Day, Element, Entry, EntryDate, FhirDate, Kind, StatusGroup};

use crate::current::state::{DATED, begins, day_of, ends, is_current, said_on, stated};
use crate::ids::{ConnectionId, EntryKey};

/// The newest dated statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// When it was made, as precise as known.
    pub day: Day,
    /// Who made it.
    pub by: ConnectionId,
}

/// Every day on which a member said something about the fact: when it happened or began, ended, was written down, was
/// handed over. A provider's list that still names it says nothing new, and neither does the day a system stored it:
/// lists are often not tidied for years. An end confirms only what has ended, or what was written down after it: else
/// it was a plan. Newest first, each once.
pub fn dated_statements(members: &[(&EntryKey, &Entry)], home: Tz) -> Vec<Confirmed> {
    let mut said: Vec<(Day, &ConnectionId)> = Vec::new();
    for (key, entry) in members {
        let day = |date: &FhirDate, day_only: bool| if day_only { date.own_day() } else { date.day_in(home) };
        let stated = entry.date.as_ref().filter(|date| date.role != DateRole::System && !date.implausible);
        let mut days: Vec<Day> = stated
            .and_then(|date| date.start.as_ref().map(|start| day(start, date.day_only)))
            .into_iter()
            .collect();
        for detail in entry.details.iter().filter(|detail| DATED.contains(&detail.element)) {
            days.extend(detail.value.dates().map(|date| day(date, false)));
        }
        if let Some(end) = stated.and_then(|date| date.end.as_ref().map(|end| day(end, date.day_only)))
            && (entry.status_group == StatusGroup::Past || days.iter().any(|one| begins(*one) >= ends(end)))
        {
            days.push(end);
        }
        said.extend(days.into_iter().map(|day| (day, &key.connection)));
    }
    said.sort_by(|a, b| b.cmp(a));
    said.dedup();
    said.into_iter().map(|(day, by)| Confirmed { day, by: by.clone() }).collect()
}

/// The newest statement that was made by `today`: the planned end of a course confirms nothing.
pub fn last_confirmed(statements: &[Confirmed], today: Day) -> Option<&Confirmed> {
    statements.iter().filter(|one| begins(one.day) <= begins(today)).max_by_key(|one| (one.day, &one.by))
}

/// The day on which a course was to end that is still listed as current, where that day is over.
pub fn was_to_end(
    kind: Kind,
    status: StatusGroup,
    date: Option<&EntryDate>,
    home: Tz,
    today: Day,
) -> Option<Day> {
    let date = date.filter(|date| date.role == DateRole::Clinical)?;
    let end = date.end.as_ref().filter(|_| kind == Kind::Medicine && is_current(kind, status))?;
    let end = if date.day_only { end.own_day() } else { end.day_in(home) };
    (ends(end) < begins(today)).then_some(end)
}

/// Until when what was ordered or handed out lasts, where every statement that says it is taken says for how long: the supply, once
/// and as often as it may be filled again. A long supply lasts a month longer: nobody takes every dose on its day.
pub fn supply_until(members: &[(&EntryKey, &Entry)]) -> Option<Day> {
    const A_MONTH: u32 = 31;
    let mut until: Option<Day> = None;
    for (_, entry) in members.iter().filter(|(_, entry)| is_current(entry.kind, stated(entry))) {
        let days = entry.days_supply?;
        let refills =
            entry.detail(Element::NUMBER_OF_REPEATS_ALLOWED).map(|count| count.all_sent().parse::<u32>());
        let refills = match refills {
            Some(count) => count.ok()?,
            None if entry.is_dose() || days <= A_MONTH => 0,
            None => return None,
        };
        let begun = said_on(entry).or_else(|| day_of(entry))?;
        let more = if days > A_MONTH { A_MONTH } else { 0 };
        let lasts = days.saturating_mul(refills + 1).saturating_add(more).min(3_660);
        let start = chrono::NaiveDate::from_ymd_opt(begun.year, begun.month?, begun.day?)?;
        let end = start.checked_add_days(chrono::Days::new(u64::from(lasts)))?;
        let end = Day { year: end.year(), month: Some(end.month()), day: Some(end.day()) };
        until = until.max(Some(end));
    }
    until
}

/// Since when a medicine is taken whose order has no end: its own date is that of its newest order, and it is taken since
/// the first day that any statement about it has. `date` and `day` are its own; `None`: not a medicine, one with an end,
/// or no day at all. A day on which a system stored it says nothing of that.
pub fn taken_since(
    kind: Kind,
    date: Option<&EntryDate>,
    day: Option<Day>,
    statements: &[Confirmed],
) -> Option<Day> {
    if kind != Kind::Medicine || date.is_some_and(|date| date.end.is_some()) {
        return None;
    }
    let own = day.filter(|_| date.is_none_or(|date| date.role != DateRole::System));
    // The year and a day of that year are one statement, and the day tells more.
    let precise = |day: &Day| (day.year, day.month.unwrap_or(u32::MAX), day.day.unwrap_or(u32::MAX));
    statements.iter().map(|told| told.day).chain(own).min_by_key(precise)
}

/// Nobody said so in the year before `today`, as far as can be told: a month or a year counts with its last day.
pub fn is_doubtful(confirmed: Option<&Confirmed>, today: Day) -> bool {
    let since = begins(Day { year: today.year - 1, ..today });
    confirmed.is_none_or(|one| ends(one.day) < since)
}

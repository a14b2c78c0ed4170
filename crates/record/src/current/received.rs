//! What the day on which an entry was received says about it.
//!
//! Nobody can tell of what happens after tomorrow: a date that cannot be is shown as it was sent, and marked; it is computed
//! with no more, so it is never the latest. And a medicine of which nobody says a status, but when it ended, has ended.

use chrono::Datelike as _;
use wholechart_fhir::{Day, DetailValue, Entry, FhirDate, Kind, StatusGroup};

use crate::current::state::{DATED, begins, ends};

/// Takes the dates of an entry that cannot be for words, and what ended without a status for past. `tomorrow` is the day
/// after the one on which the entry was received. True when that changed it.
pub fn as_received(entry: &mut Entry, tomorrow: Day) -> bool {
    let over = entry.ended().is_some_and(|end| ends(end.own_day()) < begins(tomorrow));
    let ended = entry.kind == Kind::Medicine && entry.status_group == StatusGroup::Unknown && over;
    let left = is_outpatient(entry) && began_before(entry, tomorrow, DAYS_OF_A_VISIT);
    if ended || left {
        entry.status_group = StatusGroup::Past;
    }
    doubt_dates(entry, tomorrow) || ended || left
}

/// Nobody is at a doctor's longer; a visit that was never closed is over.
const DAYS_OF_A_VISIT: i64 = 3;

/// Under way, without an end, and not in a hospital's bed.
fn is_outpatient(entry: &Entry) -> bool {
    const CLASSES: &[&str] =
        &["amb", "ambulatory", "emer", "emergency", "field", "hh", "home", "outpatient", "virtual", "vr"];
    let of = |coding: &wholechart_fhir::Coding| CLASSES.contains(&coding.code.to_lowercase().as_str());
    entry.kind == Kind::Visit
        && entry.status_group == StatusGroup::Active
        && entry.date.as_ref().is_some_and(|date| date.end.is_none())
        && entry.category.iter().any(of)
}

fn began_before(entry: &Entry, tomorrow: Day, days: i64) -> bool {
    let start = entry.date.as_ref().and_then(|date| date.start.as_ref()).map(FhirDate::own_day);
    let number = |(year, month, day): (i32, u32, u32)| {
        chrono::NaiveDate::from_ymd_opt(year, month, day).map(|date| i64::from(date.num_days_from_ce()))
    };
    let (Some(start), Some(now)) = (start.and_then(|day| number(ends(day))), number(begins(tomorrow))) else {
        return false;
    };
    now - start > days
}

fn doubt_dates(entry: &mut Entry, tomorrow: Day) -> bool {
    let later = |date: &FhirDate| begins(date.own_day()) > begins(tomorrow);
    let mut doubted = false;
    if has_been(entry)
        && let Some(date) = &mut entry.date
        && let Some(start) = date.start.take_if(|start| later(start))
    {
        let end = date.end.take_if(|end| later(end)).map(|end| end.raw);
        let sent = end.map_or_else(|| start.raw.clone(), |end| format!("{} \u{2013} {end}", start.raw));
        date.text.get_or_insert(sent);
        date.implausible = true;
        doubted = true;
    }
    for detail in entry.details.iter_mut().filter(|detail| DATED.contains(&detail.element)) {
        if let DetailValue::Date(date) = &detail.value
            && later(date)
            && !is_ahead(entry.status_group)
        {
            detail.value = DetailValue::Text(date.raw.clone());
            doubted = true;
        }
    }
    doubted
}

fn is_ahead(group: StatusGroup) -> bool {
    matches!(group, StatusGroup::Planned | StatusGroup::Cancelled | StatusGroup::NotDone)
}

/// Its date says when something happened or was written down, which lies in the past.
fn has_been(entry: &Entry) -> bool {
    if is_ahead(entry.status_group) {
        return false;
    }
    match entry.kind {
        Kind::Result
        | Kind::Vital
        | Kind::Observation
        | Kind::Report
        | Kind::Problem
        | Kind::Allergy
        | Kind::Vaccine
        | Kind::Procedure
        | Kind::Visit
        | Kind::Document
        | Kind::Imaging
        | Kind::FamilyHistory
        | Kind::Questionnaire => true,
        // A course may begin later than it was ordered.
        Kind::Medicine => entry.date.as_ref().is_some_and(|date| {
            matches!(
                date.field.as_str(),
                "authoredOn"
                    | "dateWritten"
                    | "dateAsserted"
                    | "whenHandedOver"
                    | "whenPrepared"
                    | "effectiveDateTime"
            )
        }),
        _ => false,
    }
}

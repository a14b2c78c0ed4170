//! Rows of the timeline.

use std::fmt::Write as _;

use chrono_tz::Tz;
use wholechart_fhir::{Kind, StatusGroup};
use wholechart_record::Flag;
use wholechart_store::{Facets, FactRow};

use super::wire::{KindCount, PeriodView, StatusCount, TimelineFacets, TimelineRow, YearCount};
use crate::{dates, words::Words};

/// One fact as a row.
pub(crate) fn row(words: &Words, fact: &FactRow, home: Tz) -> TimelineRow {
    let kind = fact.kind.as_str();
    let day_only = fact.date.as_ref().is_none_or(|d| d.day_only);
    let precise = fact.day.is_some_and(|d| d.day.is_some());
    TimelineRow {
        id: fact.id.to_string(),
        kind: kind.to_owned(),
        kind_text: words.get(&format!("kind-{kind}-one")),
        title: fact.title.clone(),
        day: fact.day.map(dates::key).unwrap_or_default(),
        day_text: fact.day.map_or_else(|| words.get("date-not-stated"), |day| dates::day(words, day)),
        weekday: fact.day.and_then(|day| dates::weekday(words, day)),
        time: fact.second_of_day.filter(|_| precise && !day_only).map(dates::clock),
        value: fact.value.as_deref().map(|value| answer(words, value).unwrap_or_else(|| at_a_glance(value))),
        second: second_line(words, fact, home),
        flag: fact.flag.map(|flag| flag_name(flag).to_owned()),
        flag_text: fact.flag.map(|flag| words.get(&format!("flag-{}", flag_name(flag)))),
        status_text: status(words, fact.kind, fact.status_group, fact.status.as_deref()),
        struck: struck(fact.status_group),
        disagreement: fact.disagree.then(|| words.get("providers-disagree")),
        sources: fact.sources.iter().map(ToString::to_string).collect(),
        visit: fact.visit.as_ref().map(ToString::to_string),
    }
}

/// Withdrawn or ruled out: never shown as true.
pub(crate) fn struck(group: StatusGroup) -> bool {
    matches!(group, StatusGroup::EnteredInError | StatusGroup::Refuted)
}

/// The status in words, where it tells more than the kind itself: nothing for a final result. `sent` is the provider's own
/// word: what is on hold is current, and yet not taken or done for now.
pub(crate) fn status(words: &Words, kind: Kind, group: StatusGroup, sent: Option<&str>) -> Option<String> {
    if group == StatusGroup::Active && sent.is_some_and(on_hold) {
        return Some(words.get("status-on-hold"));
    }
    let group = group.as_str();
    let own = format!("status-{}-{group}", kind.as_str());
    let key = if words.has(&own) { own } else { format!("status-{group}") };
    words.has(&key).then(|| words.get(&key)).filter(|text| text != "-")
}

/// As the releases write it, and as people do.
fn on_hold(sent: &str) -> bool {
    let word = sent.trim().to_ascii_lowercase().replace([' ', '_'], "-");
    matches!(word.as_str(), "on-hold" | "suspended")
}

fn second_line(words: &Words, fact: &FactRow, home: Tz) -> Option<String> {
    match fact.kind {
        Kind::Result | Kind::Vital => fact
            .reference_range
            .as_ref()
            .map(wholechart_fhir::ReferenceRange::to_text)
            .filter(|text| !text.is_empty())
            .map(|range| words.with("usual-range", &[("range", (&range).into())])),
        Kind::Medicine => fact.dosage.clone(),
        Kind::Visit => {
            let period = fact.date.as_ref().filter(|d| {
                let day = |f: &Option<wholechart_fhir::FhirDate>| f.as_ref().map(|f| f.day_in(home));
                d.end.is_some() && day(&d.start) != day(&d.end)
            });
            period.map(|d| dates::entry_date(words, d, home)).or_else(|| fact.performer.clone())
        }
        // A payer's number for somebody tells nobody anything.
        _ => fact.performer.clone().filter(|who| who.chars().any(char::is_alphabetic)),
    }
}

/// Kebab-case, as in the word catalogue.
pub(crate) fn flag_name(flag: Flag) -> &'static str {
    match flag {
        Flag::High => "high",
        Flag::Low => "low",
        Flag::Abnormal => "abnormal",
        Flag::Critical => "critical",
        Flag::CriticalHigh => "critical-high",
        Flag::CriticalLow => "critical-low",
    }
}

/// What there is to filter by.
pub(crate) fn facets(words: &Words, facets: &Facets) -> TimelineFacets {
    TimelineFacets {
        kinds: facets
            .kinds
            .iter()
            .map(|(kind, count)| KindCount {
                kind: kind.as_str().to_owned(),
                label: words.get(&format!("kind-{}", kind.as_str())),
                count: narrow(*count),
            })
            .collect(),
        years: facets
            .years
            .iter()
            .map(|(year, count, cursor)| YearCount {
                year: year.unwrap_or(0),
                count: narrow(*count),
                cursor: cursor.to_string(),
            })
            .collect(),
        total: narrow(facets.total),
        statuses: facets
            .statuses
            .iter()
            .map(|(status, count)| StatusCount {
                status: status.as_str().to_owned(),
                label: words.get(&format!("status-filter-{}", status.as_str())),
                count: narrow(*count),
            })
            .collect(),
        flagged: narrow(facets.flagged),
        periods: facets
            .periods
            .iter()
            .map(|period| PeriodView {
                fact: period.fact.to_string(),
                kind: period.kind.as_str().to_owned(),
                title: period.title.clone(),
                from: dates::key(period.from),
                until: dates::key(period.until),
                text: words.with(
                    "date-from-to",
                    &[
                        ("from", (&dates::day(words, period.from)).into()),
                        ("to", (&dates::day(words, period.until)).into()),
                    ],
                ),
            })
            .collect(),
    }
}

/// A count for the window; more than four thousand million of anything is shown as that.
pub(crate) fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

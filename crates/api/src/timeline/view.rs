//! Rows of the timeline.

use wholechart_fhir::{Element, FhirDate, Kind, StatusGroup};
use wholechart_store::{Facets, FactRow};

use super::wire::{KindCount, PeriodView, StatusCount, TimelineFacets, TimelineRow, YearCount};
use crate::{
    said::{Tellers, Voice},
    words::{Speech, dates},
};

/// One fact as a row.
pub(crate) fn row(speech: &Speech<'_>, fact: &FactRow) -> TimelineRow {
    let voice = Voice { speech: *speech, tellers: Tellers::Nothing };
    let day_only = fact.date.as_ref().is_none_or(|d| d.day_only);
    let precise = fact.day.is_some_and(|d| d.day.is_some());
    TimelineRow {
        id: fact.id.clone(),
        kind: fact.kind,
        kind_text: speech.kind(fact.kind),
        title: speech.called(fact.kind, &fact.title, &fact.said.codes),
        day: fact.day.map(dates::key).unwrap_or_default(),
        day_text: match (fact.day, &fact.date) {
            (Some(day), _) => speech.day(day),
            // What cannot be is no day, and is shown as it was sent.
            (None, Some(date)) if date.implausible => speech.entry_date(date),
            (None, _) => speech.get("date-not-stated"),
        },
        weekday: fact.day.and_then(|day| speech.weekday(day)),
        time: fact.second_of_day.filter(|_| precise && !day_only).map(|second| speech.clock(second)),
        value: voice.value(fact.kind, fact.value.as_ref(), &fact.said).or_else(|| {
            // Who sees no value has to know that none was sent.
            let measured = matches!(fact.kind, Kind::Result | Kind::Vital) && !fact.said.holds;
            measured.then(|| speech.get("value-not-sent"))
        }),
        second: second_line(speech, fact),
        flag: fact.flag,
        flag_text: fact.flag.map(|flag| speech.get(&format!("flag-{}", flag.as_str()))),
        status_text: voice.status_line(fact),
        struck: struck(fact.status_group),
        disagreement: fact.disagree.then(|| speech.get("providers-disagree")),
        sources: fact.sources.clone(),
        visit: fact.visit.clone(),
        under: fact.under.clone(),
        holds: fact.holds,
        holds_text: (fact.holds > 0).then(|| {
            let key = if fact.kind == Kind::Document { "row-holds-document" } else { "row-holds" };
            speech.words.with(key, &[("count", fact.holds.into())])
        }),
    }
}

/// Withdrawn or ruled out: never shown as true.
pub(crate) fn struck(group: StatusGroup) -> bool {
    matches!(group, StatusGroup::EnteredInError | StatusGroup::Refuted)
}

fn second_line(speech: &Speech<'_>, fact: &FactRow) -> Option<String> {
    let voice = Voice { speech: *speech, tellers: Tellers::Nothing };
    let some = |text: String| (!text.is_empty()).then_some(text);
    let performer = || fact.said.performers.first().map(|who| speech.sent(who));
    match fact.kind {
        Kind::Result | Kind::Vital => {
            let range = some(voice.ranges(fact.kind, &fact.said));
            let range = range.map(|range| speech.words.with("usual-range", &[("range", (&range).into())]));
            let said: Vec<String> = range.into_iter().chain(some(voice.place(&fact.said))).collect();
            some(said.join("; "))
        }
        Kind::Medicine => some(voice.dosings(&fact.said)),
        Kind::Visit => {
            let period = fact.date.as_ref().filter(|d| {
                let day = |f: &Option<FhirDate>| {
                    f.as_ref().map(|f| if d.day_only { f.own_day() } else { f.day_in(speech.home) })
                };
                d.end.is_some() && day(&d.start) != day(&d.end)
            });
            period.map(|date| speech.entry_date(date)).or_else(performer)
        }
        Kind::Device => {
            let of = |name: &str| {
                let element = Element::parse(name);
                some(voice.details(&fact.said, element.as_slice()))
            };
            let serial = of("serial-number")
                .map(|number| speech.words.with("device-serial", &[("number", (&number).into())]));
            let said: Vec<String> =
                of("manufacturer").into_iter().chain(serial.or_else(|| of("carrier-hrf"))).collect();
            some(said.join("; "))
        }
        // A payer's number for somebody tells nobody anything.
        _ => performer().filter(|who| who.chars().any(char::is_alphabetic)),
    }
}

/// What there is to filter by.
pub(crate) fn facets(speech: &Speech<'_>, facets: &Facets) -> TimelineFacets {
    TimelineFacets {
        kinds: facets
            .kinds
            .iter()
            .map(|(kind, count)| KindCount {
                kind: *kind,
                label: speech.get(&format!("kind-{}", kind.as_str())),
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
                status: *status,
                label: speech.get(&format!("status-filter-{}", status.as_str())),
                count: narrow(*count),
            })
            .collect(),
        flagged: narrow(facets.flagged),
        periods: facets
            .periods
            .iter()
            .map(|period| PeriodView {
                fact: period.fact.clone(),
                kind: period.kind,
                title: speech.sent(&period.title),
                from: dates::key(period.from),
                until: dates::key(period.until),
                text: speech.from_to(&speech.day(period.from), &speech.day(period.until)),
            })
            .collect(),
    }
}

/// A count for the window; more than four thousand million of anything is shown as that.
pub(crate) fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

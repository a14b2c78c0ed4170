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

/// Figures with more decimals than anybody measures (`98.21412318209126 kg`, out of a conversion or a simulation), rounded
/// to what can be read at a glance. What was sent, to the last figure, is on the record's page.
fn at_a_glance(value: &str) -> String {
    /// Decimals that a laboratory may well mean.
    const MEANT: usize = 4;
    /// Decimals that a computation leaves; with more, a number stays as it was sent.
    const MOST: usize = 40;
    /// Digits before the point that are calculated with exactly.
    const WHOLE: usize = 12;
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(point) = rest.find('.') {
        let whole = rest[..point].len() - rest[..point].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let decimals = rest[point + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let end = point + 1 + decimals;
        // Further points make it a date, a version or a number of something: no decimal fraction.
        let fraction = (1..=WHOLE).contains(&whole)
            && (MEANT + 1..=MOST).contains(&decimals)
            && !rest[end..].starts_with('.')
            && !text.ends_with('.');
        let figure = &rest[point - whole..end];
        match figure.parse::<f64>() {
            Ok(number) if fraction => {
                text.push_str(&rest[..point - whole]);
                // Three figures that count, however small the number is.
                let places = if number >= 10.0 {
                    1
                } else if number >= 1.0 {
                    2
                } else {
                    first_that_counts(figure) + 2
                };
                // Writing to a String cannot fail.
                let _ = write!(text, "{number:.places$}");
            }
            _ => text.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    text + rest
}

/// Which decimal is the first that is not 0.
fn first_that_counts(figure: &str) -> usize {
    figure.split('.').nth(1).map_or(1, |decimals| decimals.bytes().take_while(|c| *c == b'0').count() + 1)
}

/// A yes or no, which is sent as neither: the reader writes it down in English.
pub(crate) fn answer(words: &Words, text: &str) -> Option<String> {
    match text {
        "yes" => Some(words.get("answer-yes")),
        "no" => Some(words.get("answer-no")),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::at_a_glance;

    #[test]
    fn figures_are_rounded_only_where_nobody_measured_them() {
        for (sent, shown) in [
            ("98.21412318209126 kg", "98.2 kg"),
            ("-3.0493452137405015", "-3.05"),
            ("<0.0004211 ng/mL", "<0.000421 ng/mL"),
            ("0.99999 mg/dL", "1.000 mg/dL"),
            ("122.51251/71.00009 mmHg", "122.5/71.0 mmHg"),
            ("5.034756083218718 mmol/L", "5.03 mmol/L"),
        ] {
            assert_eq!(at_a_glance(sent), shown);
        }
        for sent in
            ["5.10%", "0.0042 ng/mL", "131 mg/dL", "1.2.840.113619", "", ".", "as of 1.1.2024", "v. 3", "7."]
        {
            assert_eq!(at_a_glance(sent), sent);
        }
        // Nobody measures like this, and the formatter has a bound.
        let sent = format!("0.{}1 mg", "0".repeat(70_000));
        assert_eq!(at_a_glance(&sent), sent);
        // A number of this size loses figures when it is calculated with.
        assert_eq!(at_a_glance("12345678901234567890.12345"), "12345678901234567890.12345");
        assert_eq!(at_a_glance("123456789012.12345"), "123456789012.1");
    }
}

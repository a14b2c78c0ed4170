//! Tests over time as a person reads them.

use chrono::NaiveDate;
use wholechart_fhir::{Day, ReferenceRange, unit_read};
use wholechart_record::{
    Analyte, PANELS, Placed, Point, analyte_of_thing, is_said, place, place_in_panel, unit_shown, units_of,
};
use wholechart_store::{ListRow, SeriesPage, TestRow};

use super::wire::{PointView, RecentView, TestKind, TestView, TrendPage, TrendRow, UnitView};
use crate::{
    timeline::{
        view::{narrow, row},
        wire::TimelineRow,
    },
    words::{Speech, Words},
};

/// One test with its latest value and a small trend. `None`: it has no values.
pub(crate) fn test(speech: &Speech<'_>, kind: TestKind, test: &TestRow) -> Option<TestView> {
    let newest = test.newest.first()?;
    let analyte = analyte_of_thing(&test.thing);
    let unit = units_of(test.newest.iter().map(|one| &one.more.measure)).into_iter().next().flatten();
    let mut points: Vec<PointView> = test
        .newest
        .iter()
        .rev()
        .flat_map(|one| points(one, unit.as_deref(), analyte).unwrap_or_default())
        .collect();
    points.sort_by(|a, b| a.at.total_cmp(&b.at));
    let panel = panel_of(kind, analyte);
    Some(TestView {
        test: test.thing.clone(),
        kind,
        title: speech.called(kind.into(), &newest.row.title, &newest.row.said.codes),
        plain: analyte.and_then(|analyte| speech.analyte(analyte.name)).map(str::to_owned),
        panel: speech.get(&format!("panel-{panel}")),
        order: order(panel, analyte),
        latest: row(speech, &newest.row),
        count: narrow(test.count),
        points,
        recent: test
            .newest
            .iter()
            .map(|one| {
                let row = row(speech, &one.row);
                RecentView {
                    fact: row.id,
                    day: row.day,
                    day_text: row.day_text,
                    value: row.value.or(row.status_text).unwrap_or_default(),
                    flag: row.flag,
                    flag_text: row.flag_text,
                }
            })
            .collect(),
    })
}

/// The panel that a test is listed in.
pub(crate) fn panel_of(kind: TestKind, analyte: Option<&Analyte>) -> &'static str {
    analyte.map_or(if kind == TestKind::Vital { "vitals" } else { "other" }, |analyte| analyte.panel)
}

/// Sorts panels, and tests within them; what we do not know comes after what we do.
pub(crate) fn order(panel: &str, analyte: Option<&Analyte>) -> u32 {
    const ROOM: usize = 1000;
    let panel = PANELS.iter().position(|one| *one == panel).unwrap_or(PANELS.len());
    let place = analyte.map_or(ROOM - 1, place_in_panel);
    u32::try_from(panel * ROOM + place).unwrap_or(u32::MAX)
}

/// A page of values in `unit`. `None`: that of the newest value; empty: without a unit.
pub(crate) fn page(
    speech: &Speech<'_>,
    kind: TestKind,
    thing: &str,
    series: &SeriesPage,
    units: &[Option<String>],
    unit: Option<&str>,
) -> TrendPage {
    let analyte = analyte_of_thing(thing);
    let chosen: Option<String> = match unit {
        Some(unit) => Some(unit.to_owned()).filter(|unit| !unit.is_empty()),
        None => units.first().cloned().flatten(),
    };
    let panel = panel_of(kind, analyte);
    TrendPage {
        title: series
            .rows
            .first()
            .map(|one| speech.called(kind.into(), &one.row.title, &one.row.said.codes))
            .unwrap_or_default(),
        plain: analyte.and_then(|analyte| speech.analyte(analyte.name)).map(str::to_owned),
        panel: speech.get(&format!("panel-{panel}")),
        body: panel == "body",
        units: units.iter().map(|unit| unit_view(speech.words, unit.as_deref())).collect(),
        unit: unit_view(speech.words, chosen.as_deref()),
        rows: series.rows.iter().map(|one| value(speech, one, chosen.as_deref(), analyte)).collect(),
        next: series.next.as_ref().map(ToString::to_string),
        total: narrow(series.total),
    }
}

fn unit_view(words: &Words, unit: Option<&str>) -> UnitView {
    UnitView {
        unit: unit.unwrap_or_default().to_owned(),
        label: unit.map_or_else(|| words.get("unit-none"), |unit| words.sent(&unit_read(unit_shown(unit)))),
    }
}

fn value(speech: &Speech<'_>, one: &ListRow, unit: Option<&str>, analyte: Option<&Analyte>) -> TrendRow {
    let placed = place(&one.more.measure, unit, analyte);
    let converted = match &placed {
        Placed::Points(points) if points.iter().any(|point| point.converted) => {
            Some(speech.sent(&in_unit(points, unit)))
        }
        _ => None,
    };
    let points = points(one, unit, analyte);
    TrendRow {
        // As sent; digits that only a computation leaves are on the record's page and in the table that is saved.
        row: TimelineRow {
            value: one.row.value.as_ref().map(|found| speech.figures(found)),
            ..row(speech, &one.row)
        },
        converted,
        range: range(one).map(|range| speech.sent(&range)),
        not_drawn: points.as_ref().err().map(|why| speech.get(why)),
        points: points.unwrap_or_default(),
    }
}

/// `>6.1 mmol/L`, `128/82 mmHg`.
fn in_unit(points: &[Point], unit: Option<&str>) -> String {
    let figures: Vec<String> = points
        .iter()
        .map(|point| {
            let to = point.to.as_ref().map(|(figure, _)| format!("\u{2013}{figure}")).unwrap_or_default();
            format!("{}{}{to}", point.comparator.as_deref().unwrap_or_default(), point.figure)
        })
        .collect();
    let figures = figures.join("/");
    unit.map_or_else(|| figures.clone(), |unit| format!("{figures} {}", unit_read(unit_shown(unit))))
}

/// The usual range of that day, as it was sent.
pub(crate) fn range(one: &ListRow) -> Option<String> {
    let measure = &one.more.measure;
    let texts: Vec<String> = measure
        .range
        .iter()
        .chain(measure.parts.iter().filter_map(|part| part.range.as_ref()))
        .map(ReferenceRange::to_text)
        .filter(|text| !text.is_empty())
        .collect();
    (!texts.is_empty()).then(|| texts.join(" / "))
}

/// What is drawn of a value, or the key of the words for why it is not.
pub(crate) fn points(
    one: &ListRow,
    unit: Option<&str>,
    analyte: Option<&Analyte>,
) -> Result<Vec<PointView>, &'static str> {
    if !is_said(one.row.status_group) {
        return Err("not-drawn-withdrawn");
    }
    let placed = match place(&one.more.measure, unit, analyte) {
        Placed::Points(points) => points,
        Placed::OtherUnit => return Err("not-drawn-unit"),
        Placed::Words => return Err("not-drawn-words"),
    };
    let day = one.row.day.ok_or("not-drawn-undated")?;
    let (at, vague) = moment(day, one.row.second_of_day).ok_or("not-drawn-undated")?;
    Ok(placed
        .into_iter()
        .map(|point| PointView {
            name: point.name,
            at,
            vague,
            number: point.number,
            to: point.to.map(|(_, number)| number),
            comparator: point.comparator,
            low: point.low,
            high: point.high,
            flag: one.row.flag,
        })
        .collect())
}

/// Days since 1970 by the clock on the wall; a month or a year stands in its middle, and says so.
pub(crate) fn moment(day: Day, second_of_day: Option<u32>) -> Option<(f64, bool)> {
    let vague = day.day.is_none();
    let date = NaiveDate::from_ymd_opt(
        day.year,
        day.month.unwrap_or(7),
        day.day.unwrap_or(if day.month.is_some() { 15 } else { 1 }),
    )?;
    let days = date.signed_duration_since(NaiveDate::default()).num_days();
    let second = second_of_day.filter(|_| !vague).unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "days of the calendar are far below 2^52")]
    let at = days as f64 + f64::from(second) / 86_400.0;
    Some((at, vague))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wholechart_record::ANALYTES;

    #[test]
    fn every_test_that_is_known_has_a_name_a_patient_knows() {
        for language in crate::words::Language::ALL {
            let words = Words::new(language);
            let speech = Speech::new(&words, chrono_tz::UTC, chrono::DateTime::UNIX_EPOCH);
            for analyte in ANALYTES.iter() {
                assert!(speech.analyte(analyte.name).is_some(), "{}", analyte.name);
            }
        }
    }
}

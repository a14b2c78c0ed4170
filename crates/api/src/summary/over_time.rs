//! Results over time: each chosen test with its latest value, the one before, and all of them drawn with the usual range.

use std::collections::BTreeMap;

use wholechart_fhir::{Day, Kind};
use wholechart_print::{Cell, Chart, Emphasis, Section, Spot, Trend};
use wholechart_record::{Analyte, Flag, PersonId, analyte_of_thing, sensitive_in, unit_shown, units_of};
use wholechart_store::{ListRow, Store, StoreError, TestRow};

use super::{choices::Printing, measured::test_name, under_topics::marks};
use crate::{
    lists::view::Around,
    providers,
    timeline::view::narrow,
    trends::{
        view::{order, panel_of, points},
        wire::TestKind,
    },
};

/// Tests that are read at a time.
const PAGE: u32 = 500;
/// So many of the newest values of a test are drawn.
const DRAWN: u32 = 120;
/// So many tests are printed where nobody chose any: about two pages.
const UNCHOSEN: usize = 14;

/// What is not on the sheet: the key of its words, and how many.
type Counted = Vec<(&'static str, usize)>;

/// Puts tests on the sheet.
pub(super) struct OverTime<'a> {
    pub(super) store: &'a Store,
    pub(super) person: &'a PersonId,
    /// Tellers are called by their marks.
    pub(super) around: &'a Around<'a>,
    pub(super) marks: &'a providers::Names,
    pub(super) printing: &'a Printing,
}

/// A test, and where it stands on the sheet.
struct Found {
    kind: TestKind,
    thing: String,
    title: String,
    count: u64,
    flagged: bool,
    place: u32,
    panel: &'static str,
}

impl OverTime<'_> {
    /// A section a panel, and how many tests are not on the sheet.
    pub(super) fn sections(&self) -> Result<(Vec<Section>, Counted), StoreError> {
        let (mut found, hidden) = self.found()?;
        let all = found.len() + hidden;
        let chosen = &self.printing.tests;
        if chosen.is_empty() {
            // What is followed: more than one value, or one that is out of range; of tests that are known, before others.
            found.retain(|one| one.count > 1 || one.flagged);
            found.sort_by_key(|one| (!one.flagged, analyte_of_thing(&one.thing).is_none(), one.place));
            found.truncate(UNCHOSEN);
        } else {
            let is_chosen =
                |one: &Found| chosen.iter().any(|test| test.kind == one.kind && test.test == one.thing);
            found.retain(is_chosen);
        }
        found.sort_by(|one, other| {
            (one.place, one.title.to_lowercase(), &one.thing).cmp(&(
                other.place,
                other.title.to_lowercase(),
                &other.thing,
            ))
        });
        let mut sections: Vec<(&str, Section)> = Vec::new();
        let mut printed = 0;
        for one in &found {
            let test = self.store.test(self.person, one.kind.into(), &one.thing, DRAWN)?;
            let Some(trend) = self.trend(one.kind.into(), &test) else { continue };
            printed += 1;
            match sections.last_mut() {
                Some((panel, section)) if *panel == one.panel => section.trends.push(trend),
                _ => {
                    let title = self.around.speech.get(&format!("panel-{}", one.panel));
                    sections.push((one.panel, Section { title, trends: vec![trend], ..Section::default() }));
                }
            }
        }
        Ok((sections.into_iter().map(|(_, section)| section).collect(), vec![("tests", all - printed)]))
    }

    /// Every test that may be printed, and how many the person wants on no paper.
    fn found(&self) -> Result<(Vec<Found>, usize), StoreError> {
        let (mut all, mut hidden) = (Vec::new(), 0);
        for kind in [TestKind::Result, TestKind::Vital] {
            let mut after: Option<String> = None;
            loop {
                let page = self.store.tests(self.person, kind.into(), after.as_deref(), 1, PAGE)?;
                let full = u32::try_from(page.len()).is_ok_and(|found| found == PAGE);
                after = page.last().map(|last| last.thing.clone());
                for test in page {
                    let Some(newest) = test.newest.first() else { continue };
                    let sent = self.around.speech.title(kind.into(), &newest.row.title);
                    if !self.printing.shows(sensitive_in(&sent)) {
                        hidden += 1;
                        continue;
                    }
                    let title = test_name(
                        &self.around.speech,
                        kind.into(),
                        &newest.row.title,
                        &newest.row.said.codes,
                    );
                    let analyte = analyte_of_thing(&test.thing);
                    let panel = panel_of(kind, analyte);
                    all.push(Found {
                        kind,
                        title,
                        count: test.count,
                        flagged: newest.row.flag.is_some(),
                        place: order(panel, analyte),
                        panel,
                        thing: test.thing,
                    });
                }
                if !full {
                    break;
                }
            }
        }
        Ok((all, hidden))
    }

    fn trend(&self, kind: Kind, test: &TestRow) -> Option<Trend> {
        let (speech, voice) = (&self.around.speech, self.around.voice());
        let told =
            |one: &&ListRow| self.printing.tells(&one.row.sources) && self.printing.is_late(one.row.day);
        let rows: Vec<&ListRow> = test.newest.iter().filter(told).collect();
        let possible = |one: &&&ListRow| one.row.date.as_ref().is_none_or(|date| !date.implausible);
        let newest = rows.iter().find(possible).or(rows.first())?;
        let analyte = analyte_of_thing(&test.thing);
        let unit = units_of(rows.iter().map(|one| &one.more.measure)).into_iter().next().flatten();
        let mut lines = Vec::new();
        let ranges = voice.ranges(newest.row.kind, &newest.row.said);
        if !ranges.is_empty() {
            lines.push(speech.words.with("over-time-range", &[("range", (&ranges).into())]));
        }
        let before = rows.iter().find(|one| {
            one.row.value.is_some()
                && one.row.day.zip(newest.row.day).is_some_and(|(one, latest)| one < latest)
        });
        if let Some(before) = before {
            let what = self.said(kind, before);
            lines.push(speech.words.with("paper-before", &[("what", (&what).into())]));
        }
        lines.extend(voice.notes(&newest.row.said));
        let mut drawn: BTreeMap<String, Vec<(f64, usize, Spot)>> = BTreeMap::new();
        let mut tellers: Vec<String> =
            rows.iter().filter_map(|one| marks(self.marks, &one.row.sources).into_iter().next()).collect();
        tellers.sort();
        tellers.dedup();
        let (mut undrawn, mut days): (usize, Vec<Day>) = (0, Vec::new());
        for (at, one) in rows.iter().enumerate() {
            let found =
                if possible(&one) { self.spots(one, unit.as_deref(), analyte, &tellers) } else { Vec::new() };
            undrawn += usize::from(found.is_empty());
            days.extend(one.row.day.filter(|_| !found.is_empty()));
            for (name, spot) in found {
                drawn.entry(name).or_default().push((spot.at, at, spot));
            }
        }
        if let Some(first) = rows.iter().filter(possible).filter_map(|one| one.row.day).min()
            && test.count > 2
        {
            let first = speech.day(first);
            let args = [("count", narrow(test.count).into()), ("date", (&first).into())];
            lines.push(speech.words.with("over-time-count", &args));
        }
        let mut series: Vec<Vec<Spot>> = Vec::new();
        // The upper one of a blood pressure first, as it is read.
        for (_, mut spots) in drawn.into_iter().rev() {
            spots.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            series.push(spots.into_iter().map(|(_, _, spot)| spot).collect());
        }
        if undrawn > 0 && !series.is_empty() {
            lines.push(speech.words.with("over-time-undrawn", &[("count", undrawn.into())]));
        }
        let ends = days.iter().min().zip(days.iter().max());
        let ends = ends.map(|(first, last)| (speech.short_day(*first), speech.short_day(*last)));
        let latest = self.said(kind, newest);
        // Where the words say another unit first, whoever reads the drawing has to know its own.
        let drawn_in = unit.as_deref().map(unit_shown).filter(|unit| {
            let first = latest.split(" (").next().unwrap_or_default();
            ends.is_some() && !first.contains(unit) && latest.contains(&format!("{unit})"))
        });
        lines.extend(drawn_in.map(|unit| {
            let unit = speech.sent(unit);
            speech.words.with("over-time-unit", &[("unit", (&unit).into())])
        }));
        Some(Trend {
            title: test_name(speech, kind, &newest.row.title, &newest.row.said.codes),
            latest: Cell {
                lead: latest,
                text: String::new(),
                emphasis: newest.row.flag.map(|_| Emphasis::Flag),
            },
            sources: marks(self.marks, &newest.row.sources),
            lines,
            chart: ends.map(|ends| Chart { series, tellers, ends }),
        })
    }

    /// A value with its flag, its day, and what keeps it from being taken for more than it is.
    fn said(&self, kind: Kind, one: &ListRow) -> String {
        let (speech, voice) = (&self.around.speech, self.around.voice());
        let value = voice.value(kind, one.row.value.as_ref(), &one.row.said);
        let value = value.unwrap_or_else(|| speech.get("value-not-sent"));
        let flag = one.row.flag.map(|flag: Flag| speech.get(&format!("paper-flag-{}", flag.as_str())));
        let value = flag.map_or_else(|| value.clone(), |flag| format!("{value}  {flag}"));
        let mut beside: Vec<String> = one.row.day.map(|day| speech.day(day)).into_iter().collect();
        beside.extend(voice.status_line(&one.row));
        if one.row.disagree {
            beside.push(speech.get("providers-disagree"));
        }
        match beside.join(", ") {
            beside if beside.is_empty() => value,
            beside => speech
                .words
                .with("paper-value-before", &[("value", (&value).into()), ("date", (&beside).into())]),
        }
    }

    /// What is drawn of a value, by the name of its part.
    fn spots(
        &self,
        one: &ListRow,
        unit: Option<&str>,
        analyte: Option<&Analyte>,
        tellers: &[String],
    ) -> Vec<(String, Spot)> {
        let mark = marks(self.marks, &one.row.sources).into_iter().next();
        let teller =
            mark.and_then(|mark| tellers.iter().position(|known| *known == mark)).unwrap_or_default();
        let points = points(one, unit, analyte).unwrap_or_default();
        // A range is read beside the drawing, which joins single values.
        points
            .into_iter()
            .filter(|point| point.to.is_none())
            .map(|point| {
                let beyond = point.comparator.as_deref().map(|sign| sign.starts_with('>'));
                let spot = Spot {
                    at: point.at,
                    value: point.number,
                    beyond,
                    teller,
                    low: point.low,
                    high: point.high,
                };
                (point.name, spot)
            })
            .collect()
    }
}

//! What was measured, and visits: what is out of range by itself with the value before; the others by day, tests of one panel together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use wholechart_fhir::{Coding, DateRole, Day, Kind, Title};
use wholechart_print::{Cell, Emphasis, Row, Section};
use wholechart_record::{ConnectionId, Item, PANELS, SectionName, analyte_of_thing, place_in_panel, thing};

use super::{
    fit::{Gives, Part},
    gather::Gathered,
    under_topics::{each_once, filled, giving, headed, marks},
};
use crate::{
    said::Voice,
    timeline::view::row as timeline_row,
    words::{Language, Speech},
};

/// Puts what was measured on the sheet.
pub(crate) struct Measured<'a> {
    pub(crate) gathered: &'a Gathered,
    pub(crate) speech: Speech<'a>,
    /// Tellers are called by their marks.
    pub(crate) voice: Voice<'a>,
}

/// Tests of one panel and day.
struct Group<'a> {
    panel: &'static str,
    items: Vec<&'a Item>,
}

impl Measured<'_> {
    fn section(&self, name: SectionName) -> Option<&wholechart_record::Section> {
        self.gathered.summary.sections.iter().find(|one| one.name == name)
    }

    fn items(&self, name: SectionName) -> &[Item] {
        self.section(name).map(|one| one.items.as_slice()).unwrap_or_default()
    }

    /// Results that are out of range now.
    pub(crate) fn out_of_range(&self) -> Part {
        let rows = self.items(SectionName::Results).iter().filter(|item| item.flag.is_some()).map(|item| {
            let before = self.gathered.before.get(&item.fact).map(|one| {
                let line = timeline_row(&self.speech, &one.row);
                let value = line.value.unwrap_or_default();
                let flag = one.row.flag.map(|flag| self.speech.get(&format!("paper-flag-{}", flag.as_str())));
                let value = flag.map_or_else(|| value.clone(), |flag| format!("{value}  {flag}"));
                let of = [("value", value.as_str().into()), ("date", line.day_text.as_str().into())];
                self.speech.words.with("paper-value-before", &of)
            });
            let mut text = self.beside(item);
            let notes = self.voice.notes(&item.said);
            if !notes.is_empty() {
                text = format!("{text}\n{}", notes.join("\n"));
            }
            let cells = vec![
                Cell::named(test_name(&self.speech, item.kind, &item.title, &item.said.codes), text),
                Cell::with(self.value(item), Emphasis::Flag),
                Cell::plain(self.voice.ranges(item.kind, &item.said)),
                Cell::plain(before.unwrap_or_default()),
                Cell::plain(self.date(item)),
            ];
            Row { cells, sources: self.marks(&[item]) }
        });
        let columns = [
            ("column-test", 4),
            ("column-value", 4),
            ("column-range", 3),
            ("column-before", 4),
            ("column-date", 3),
        ];
        self.part("out-of-range", &columns, rows.collect())
    }

    /// Results that are not out of range, as panels.
    pub(crate) fn results(&self) -> Part {
        let rest: Vec<&Item> =
            self.items(SectionName::Results).iter().filter(|item| item.flag.is_none()).collect();
        let groups = grouped(&rest, true);
        let rows = groups.iter().map(|group| {
            let panel = self.speech.get(&format!("panel-{}", group.panel));
            Row {
                cells: vec![Cell::plain(panel), self.together(&group.items), self.day(group)],
                sources: self.marks(&group.items),
            }
        });
        let columns = [("column-panel", 3), ("column-value-range", 9), ("column-date", 3)];
        let part = self.part("results", &columns, rows.collect());
        counting(giving(part, 4, 4, "results"), &groups)
    }

    /// The latest vital signs, those of one day together.
    pub(crate) fn vitals(&self) -> Part {
        let all: Vec<&Item> = self.items(SectionName::Vitals).iter().collect();
        let groups = grouped(&all, false);
        let rows = groups.iter().map(|group| Row {
            cells: vec![self.together(&group.items), self.day(group)],
            sources: self.marks(&group.items),
        });
        let part = self.part("vitals", &[("column-measure", 9), ("column-date", 3)], rows.collect());
        counting(giving(part, 3, 2, "vitals"), &groups)
    }

    /// Recent visits.
    pub(crate) fn visits(&self) -> Part {
        let rows = self.items(SectionName::Visits).iter().filter(|item| says_anything(item)).map(|item| {
            let mut text = self.beside(item);
            let notes = self.voice.notes(&item.said);
            if !notes.is_empty() {
                text = format!("{text}\n{}", notes.join("\n"));
            }
            let title = self.speech.title(item.kind, &item.title);
            let said = if text.is_empty() { title } else { format!("{title} {text}") };
            Row { cells: vec![Cell::plain(said), Cell::plain(self.date(item))], sources: self.marks(&[item]) }
        });
        let part = self.part("visits", &[("column-visit", 8), ("column-date", 4)], rows.collect());
        giving(part, 0, 4, "visits")
    }

    /// How many earlier ones the record holds.
    pub(crate) fn earlier(&self) -> [(&'static str, usize); 3] {
        let of = |name| self.section(name).map_or(0, |one| one.earlier as usize);
        [
            ("results-earlier", of(SectionName::Results)),
            ("vitals-earlier", of(SectionName::Vitals)),
            (
                "visits-earlier",
                of(SectionName::Visits)
                    + self.items(SectionName::Visits).iter().filter(|item| !says_anything(item)).count(),
            ),
        ]
    }

    /// Whether anybody shared anything of it, however old.
    pub(crate) fn is_shared(&self, name: SectionName) -> bool {
        self.section(name).is_some_and(|one| one.earlier > 0 || !one.items.is_empty())
    }

    fn part(&self, name: &str, columns: &[(&str, u32)], rows: Vec<Row>) -> Part {
        let title = self.speech.get(&format!("summary-{name}"));
        let columns = headed(self.speech.words, columns);
        Part { section: filled(Section { title, columns, rows, ..Section::default() }), gives: None }
    }

    /// Every test with its value; of one name in one word.
    fn together(&self, items: &[&Item]) -> Cell {
        let said: Vec<String> = items
            .iter()
            .map(|item| {
                let beside = self.beside(item);
                let gap = if beside.is_empty() { "" } else { " " };
                let title = test_name(&self.speech, item.kind, &item.title, &item.said.codes);
                let range = Some(self.voice.ranges(item.kind, &item.said)).filter(|range| !range.is_empty());
                let range = range.map(|range| format!(" ({range})")).unwrap_or_default();
                let said = format!("{title}{gap}{beside}: {}{range}", self.value(item));
                std::iter::once(said).chain(self.voice.notes(&item.said)).collect::<Vec<_>>().join("; ")
            })
            .collect();
        // What two say of one moment in the same words is said once.
        let mut once: Vec<String> = Vec::with_capacity(said.len());
        for one in said {
            if !once.contains(&one) {
                once.push(one);
            }
        }
        Cell::plain(once.join(" \u{b7} "))
    }

    /// In brackets: what keeps it from being taken for more than it is, and what it was found in.
    fn beside(&self, item: &Item) -> String {
        let remarks =
            self.voice.remarks(item.kind, item.status_group, &item.said, item.date.as_ref()).into_iter();
        let remarks = remarks
            .chain(item.before_birth.then(|| self.speech.get("date-before-birth")))
            .chain((!item.conflicts.is_empty()).then(|| self.speech.get("providers-disagree")));
        let all = each_once(remarks.chain([self.voice.place(&item.said)]));
        if all.is_empty() { all } else { format!("({all})") }
    }

    fn value(&self, item: &Item) -> String {
        let value = self.voice.value(item.kind, item.value.as_ref(), &item.said);
        let value = value.unwrap_or_else(|| self.speech.get("value-not-sent"));
        match item.flag {
            Some(flag) => format!("{value}  {}", self.speech.get(&format!("paper-flag-{}", flag.as_str()))),
            None => value,
        }
    }

    /// The day only: on paper a time of day is one detail too many. When somebody's computer wrote it down says nothing
    /// of when it was.
    fn date(&self, item: &Item) -> String {
        match (item.day, &item.date) {
            (_, Some(date)) if date.role == DateRole::System => String::new(),
            (Some(day), Some(date)) if date.role == DateRole::Recorded => {
                let day = self.speech.day(day);
                self.speech.words.with("date-recorded", &[("date", day.as_str().into())])
            }
            (Some(day), _) => self.speech.day(day),
            (None, Some(date)) => self.speech.entry_date(date),
            (None, None) => String::new(),
        }
    }

    fn day(&self, group: &Group<'_>) -> Cell {
        Cell::plain(each_once(group.items.iter().map(|item| self.date(item))))
    }

    fn marks(&self, items: &[&Item]) -> Vec<String> {
        let by: Vec<ConnectionId> = items.iter().flat_map(|item| item.sources.clone()).collect();
        marks(&self.gathered.marks, &by)
    }
}

/// What is measured, as a person calls it. In another language than the names were sent in, with the sent one beside it: whoever
/// reads the paper may know only one of them.
pub(crate) fn test_name(speech: &Speech<'_>, kind: Kind, title: &Title, codes: &[Coding]) -> String {
    let sent = speech.called(kind, title, codes);
    if speech.words.language() == Language::En {
        return sent;
    }
    let known = analyte_of_thing(&thing(kind, codes, &title.text));
    match known.and_then(|analyte| speech.analyte(analyte.name)) {
        Some(plain) if !plain.to_lowercase().contains(&sent.to_lowercase()) => format!("{plain} ({sent})"),
        Some(plain) => plain.to_owned(),
        None => sent,
    }
}

/// Whether a visit has a day, a name or a note: of one that has none there is nothing to print.
fn says_anything(item: &Item) -> bool {
    item.day.is_some() || !item.title.text.trim().is_empty() || !item.said.notes.is_empty()
}

/// By day, the newest first, and within one by panel.
fn grouped<'i>(items: &[&'i Item], by_panel: bool) -> Vec<Group<'i>> {
    let mut groups: BTreeMap<(Reverse<Option<Day>>, usize), Group<'i>> = BTreeMap::new();
    for item in items {
        let panel = panel_of(item);
        let place =
            if by_panel { PANELS.iter().position(|one| *one == panel).unwrap_or(PANELS.len()) } else { 0 };
        let group =
            groups.entry((Reverse(item.day), place)).or_insert_with(|| Group { panel, items: Vec::new() });
        group.items.push(item);
    }
    let mut groups: Vec<Group<'i>> = groups.into_values().collect();
    for group in &mut groups {
        group.items.sort_by_key(|item| place_of(item));
    }
    groups
}

fn panel_of(item: &Item) -> &'static str {
    let known = analyte_of_thing(&thing(item.kind, &item.said.codes, &item.title.text));
    known.map_or("other", |analyte| analyte.panel)
}

/// The usual order of tests; what is not known comes after what is, as it came.
fn place_of(item: &Item) -> (usize, usize) {
    let known = analyte_of_thing(&thing(item.kind, &item.said.codes, &item.title.text));
    known.map_or((PANELS.len(), 0), |analyte| {
        (PANELS.iter().position(|one| *one == analyte.panel).unwrap_or(PANELS.len()), place_in_panel(analyte))
    })
}

/// A row is as many as it holds.
fn counting(part: Part, groups: &[Group<'_>]) -> Part {
    let holds = groups.iter().map(|group| group.items.len()).collect();
    Part { gives: part.gives.map(|gives| Gives { holds, ..gives }), ..part }
}

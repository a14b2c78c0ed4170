//! The whole record: every fact that somebody tells, section by section. Facts are read one after the other, and no more is kept of
//! each than its line; tests are a row each with all their values, because a row a value would be a book.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    ops::ControlFlow,
};

use wholechart_fhir::{Day, Kind};
use wholechart_print::{Cell, Row, Section};
use wholechart_record::{ConnectionId, FactId, PersonId, TOPICAL, analyte_of_thing, sensitive_in, thing};
use wholechart_store::{FactRow, Filter, Store, StoreError, TopicRow};

use super::{
    choices::Printing,
    under_topics::{Topics, filled, headed, marks},
};
use crate::{
    timeline::view::row as timeline_row,
    topics::wire::TopicView,
    trends::{
        view::{order, panel_of},
        wire::TestKind,
    },
};

/// Told after each so many facts how far it is.
const STEP: u64 = 200;

/// A line, and what sorts it: the newest first, then by what is said.
type Line = (Option<Day>, Option<u32>, String);

/// A test with all its values.
#[derive(Default)]
struct Test {
    title: (Option<Day>, String),
    values: Vec<Value>,
    sources: Vec<String>,
}

/// A value as it is printed.
struct Value {
    day: Option<Day>,
    second: Option<u32>,
    /// The value with its flag.
    text: String,
    /// What keeps it from being taken for more than it is, and where it was found.
    beside: Vec<String>,
    notes: Vec<String>,
    sources: BTreeSet<ConnectionId>,
}

impl Value {
    /// Whether two values of one day are printed as one: they say the same, and no two times of day tell them apart.
    fn says_the_same(&self, other: &Value) -> bool {
        let at_once = self.second.is_none() || other.second.is_none() || self.second == other.second;
        let what = |one: &Value| (one.day, one.text.clone(), one.beside.clone(), one.notes.clone());
        at_once && what(self) == what(other)
    }
}

/// Values newest first, each once. Those that one teller of a day says without a time are no further ones.
fn each_once(mut values: Vec<Value>) -> Vec<Value> {
    let order = |one: &Value, other: &Value| {
        (other.day, other.second).cmp(&(one.day, one.second)).then_with(|| {
            (&one.text, &one.beside, &one.notes, &one.sources).cmp(&(
                &other.text,
                &other.beside,
                &other.notes,
                &other.sources,
            ))
        })
    };
    values.sort_by(order);
    let mut once: Vec<Value> = Vec::with_capacity(values.len());
    let mut of_day = 0;
    for value in values {
        if once.last().is_some_and(|last| last.day != value.day) {
            of_day = once.len();
        }
        match once[of_day..].iter_mut().find(|known| value.day.is_some() && known.says_the_same(&value)) {
            Some(known) => known.sources.extend(value.sources),
            None => once.push(value),
        }
    }
    once
}

/// Reads the record and puts it into sections. `tell` hears of facts done and facts in all, and may stop it.
pub(super) fn sections(
    store: &Store,
    person: &PersonId,
    topics: &Topics<'_>,
    printing: &Printing,
    tell: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<(Vec<Section>, usize), StoreError> {
    let whole = Whole { topics, printing };
    // What is shown under other facts is not among these: the end comes a little later than foretold.
    let total = store.timeline(person, &Filter::default(), None, 1)?.total;
    let mut done = 0;
    let mut hidden = 0;
    let mut stopped = false;
    let mut tests: BTreeMap<TestKind, HashMap<String, Test>> = BTreeMap::new();
    let mut others: HashMap<Kind, Vec<(Line, Row)>> = HashMap::new();
    // What stands under a topic is printed there.
    let topical: HashSet<&str> =
        topics.all.iter().flat_map(|(_, of)| &of.facts).map(|one| one.row.id.0.as_str()).collect();
    store.facts_and_rows(Some(person), &mut |_, fact, row| {
        done += 1;
        if done % STEP == 0 && tell(done, total.max(done)).is_break() {
            stopped = true;
            return ControlFlow::Break(());
        }
        if topical.contains(row.id.0.as_str()) || !row.kind.on_timeline() {
            return ControlFlow::Continue(());
        }
        drop(fact);
        if !whole.prints(&row) {
            hidden += 1;
            return ControlFlow::Continue(());
        }
        match TestKind::of(row.kind).filter(|_| row.value.is_some()) {
            Some(kind) => {
                let of = thing(row.kind, &row.said.codes, &row.title.text);
                whole.add_value(tests.entry(kind).or_default().entry(of).or_default(), &row);
            }
            None => others.entry(row.kind).or_default().push(whole.line(&row)),
        }
        ControlFlow::Continue(())
    })?;
    if stopped {
        return Err(StoreError::Cancelled);
    }
    let mut sections: Vec<Section> = Vec::new();
    for kind in [Kind::Allergy, Kind::Medicine, Kind::Problem, Kind::Vaccine, Kind::Procedure] {
        sections.push(whole.under_topics(kind));
    }
    for (kind, of) in tests {
        sections.push(whole.tests(kind, of));
    }
    for kind in Kind::ALL.iter().filter(|kind| !TOPICAL.contains(kind)) {
        let Some(mut rows) = others.remove(kind) else { continue };
        rows.sort_by(|(one, _), (other, _)| newest_first(one, other));
        let rows = rows.into_iter().map(|(_, row)| row).collect();
        sections.push(whole.section(*kind, rows));
    }
    sections.retain(|section| !section.is_empty());
    Ok((sections, hidden))
}

fn newest_first(one: &Line, other: &Line) -> std::cmp::Ordering {
    (other.0, other.1).cmp(&(one.0, one.1)).then_with(|| one.2.cmp(&other.2))
}

struct Whole<'w, 't> {
    topics: &'w Topics<'t>,
    printing: &'w Printing,
}

impl Whole<'_, '_> {
    fn prints(&self, row: &FactRow) -> bool {
        let said = || {
            let speech = &self.topics.around.speech;
            let reasons = self.topics.around.voice().reasons(&row.said);
            sensitive_in(&speech.title(row.kind, &row.title)).or_else(|| sensitive_in(&reasons))
        };
        self.printing.tells(&row.sources) && self.printing.shows(said())
    }

    /// Topics of a kind with every fact that stands under each.
    fn under_topics(&self, kind: Kind) -> Section {
        let of = self.topics.all.iter().filter(|(view, _)| view.kind == kind);
        let rows = of.map(|(view, of)| {
            let by_id: HashMap<&FactId, &FactRow> =
                of.facts.iter().map(|one| (&one.row.id, &one.row)).collect();
            let mut known: HashSet<String> = HashSet::new();
            let mut lines: Vec<String> = Vec::new();
            for row in view.facts.iter().filter_map(|fact| by_id.get(&fact.id)) {
                let said = self.fact(row);
                if known.insert(said.clone()) {
                    lines.push(said);
                }
            }
            let standing = self.topics.around.speech.get(&format!("standing-{}", view.standing.as_str()));
            let standing =
                [Some(standing), view.since_text.clone()].into_iter().flatten().collect::<Vec<_>>();
            let cells = vec![
                Cell::named(&view.name, disagreement(view)),
                Cell::named(standing.join(" \u{b7} "), format!("\n{}", lines.join("\n"))),
            ];
            Row { cells, sources: self.marks_of(of) }
        });
        let columns = [("whole-column-what", 4), ("whole-column-said", 9)];
        self.filled(kind, &columns, rows.collect())
    }

    fn marks_of(&self, of: &TopicRow) -> Vec<String> {
        let by: Vec<_> = of.facts.iter().flat_map(|one| one.row.sources.clone()).collect();
        marks(self.topics.marks, &by)
    }

    /// A fact in one line: its title, what is said of it, its day and who tells it.
    fn fact(&self, row: &FactRow) -> String {
        let mut said = vec![self.topics.around.speech.title(row.kind, &row.title)];
        said.extend(Some(self.said(row)).filter(|text| !text.is_empty()));
        let mut beside: Vec<String> = Some(self.day(row)).filter(|day| !day.is_empty()).into_iter().collect();
        beside.extend(self.topics.around.voice().who(&row.sources));
        let beside = beside.join(", ");
        let said = said.join("; ");
        if beside.is_empty() { said } else { format!("{said} ({beside})") }
    }

    fn day(&self, row: &FactRow) -> String {
        let line = timeline_row(&self.topics.around.speech, row);
        line.day_text
    }

    /// Everything that is said of a fact beside its title and its day.
    fn said(&self, row: &FactRow) -> String {
        let voice = self.topics.around.voice();
        let speech = &self.topics.around.speech;
        // What is probably the same stands under the same topic.
        let mut said: Vec<String> =
            voice.status_line(&FactRow { likely: false, ..row.clone() }).into_iter().collect();
        said.extend(voice.value(row.kind, row.value.as_ref(), &row.said));
        said.extend(row.flag.map(|flag| speech.get(&format!("paper-flag-{}", flag.as_str()))));
        said.push(voice.dosings(&row.said));
        said.extend(row.said.details.iter().map(|one| {
            let text = speech.detail(&one.what);
            let label = speech.element(one.what.element);
            let text = if one.what.name.is_some() { text } else { format!("{label}: {text}") };
            voice.by(one, text)
        }));
        said.extend(row.said.performers.iter().map(|who| speech.sent(who)));
        let ranges = voice.ranges(row.kind, &row.said);
        if !ranges.is_empty() {
            said.push(speech.words.with("over-time-range", &[("range", (&ranges).into())]));
        }
        said.extend(voice.notes(&row.said));
        let mut once: Vec<String> = Vec::new();
        for text in said.into_iter().filter(|text| !text.trim().is_empty()) {
            if !once.contains(&text) {
                once.push(text);
            }
        }
        once.join("; ")
    }

    fn add_value(&self, test: &mut Test, row: &FactRow) {
        let (speech, voice) = (&self.topics.around.speech, self.topics.around.voice());
        let title = (row.day, speech.called(row.kind, &row.title, &row.said.codes));
        // Called as its newest value is.
        if test.values.is_empty() || title > test.title {
            test.title = title;
        }
        let mut reads = voice.value(row.kind, row.value.as_ref(), &row.said).unwrap_or_default();
        if let Some(flag) = row.flag {
            reads = format!("{reads} {}", speech.get(&format!("paper-flag-{}", flag.as_str())));
        }
        let mut beside: Vec<String> = voice.status_line(row).into_iter().collect();
        beside.extend(Some(voice.place(&row.said)).filter(|place| !place.is_empty()));
        let day_only = row.date.as_ref().is_none_or(|date| date.day_only);
        test.values.push(Value {
            day: row.day,
            second: row.second_of_day.filter(|_| !day_only),
            text: reads,
            beside,
            notes: voice.notes(&row.said),
            sources: row.sources.iter().cloned().collect(),
        });
        for mark in marks(self.topics.marks, &row.sources) {
            if !test.sources.contains(&mark) {
                test.sources.push(mark);
            }
        }
    }

    /// "4.1 mmol/L (Mar 4, 2026, L)"
    fn value(&self, value: &Value, with_time: bool) -> String {
        let speech = &self.topics.around.speech;
        let mut beside: Vec<String> = value.day.map(|day| speech.short_day(day)).into_iter().collect();
        beside.extend(value.second.filter(|_| with_time).map(|second| speech.clock(second)));
        beside.extend(value.beside.iter().cloned());
        beside.extend(self.topics.around.voice().who(&value.sources));
        let beside = beside.join(", ");
        let said = if beside.is_empty() { value.text.clone() } else { format!("{} ({beside})", value.text) };
        std::iter::once(said).chain(value.notes.iter().cloned()).collect::<Vec<_>>().join("; ")
    }

    /// Every test with all its values, the newest first.
    fn tests(&self, kind: TestKind, of: HashMap<String, Test>) -> Section {
        let mut all: Vec<(u32, String, String, Test)> = of
            .into_iter()
            .map(|(thing, test)| {
                let analyte = analyte_of_thing(&thing);
                (order(panel_of(kind, analyte), analyte), test.title.1.to_lowercase(), thing, test)
            })
            .collect();
        all.sort_by(|one, other| (one.0, &one.1, &one.2).cmp(&(other.0, &other.1, &other.2)));
        let rows = all.into_iter().map(|(.., mut test)| {
            test.sources.sort();
            let values = each_once(test.values);
            // One value twice on one day: the time of day tells which is which.
            let mut told: HashMap<(Option<Day>, &str), usize> = HashMap::new();
            for one in &values {
                *told.entry((one.day, &one.text)).or_default() += 1;
            }
            let again = |one: &Value| told[&(one.day, one.text.as_str())] > 1;
            let values: Vec<String> = values.iter().map(|one| self.value(one, again(one))).collect();
            let cells = vec![Cell::named(test.title.1, ""), Cell::plain(values.join(" \u{b7} "))];
            Row { cells, sources: test.sources }
        });
        let columns = [("column-test", 3), ("whole-column-values", 10)];
        self.filled(kind.into(), &columns, rows.collect())
    }

    fn line(&self, row: &FactRow) -> (Line, Row) {
        let title = self.topics.around.speech.called(row.kind, &row.title, &row.said.codes);
        let (said, day) = (self.said(row), self.day(row));
        let sources = marks(self.topics.marks, &row.sources);
        // What says the same is told apart by who says it: ids are another in each record.
        let sorted = (row.day, row.second_of_day, format!("{title} {said} {}", sources.join(" ")));
        let cells = vec![Cell::named(title, ""), Cell::plain(said), Cell::plain(day)];
        (sorted, Row { cells, sources })
    }

    fn section(&self, kind: Kind, rows: Vec<Row>) -> Section {
        self.filled(kind, &[("whole-column-what", 4), ("whole-column-said", 8), ("column-date", 3)], rows)
    }

    fn filled(&self, kind: Kind, columns: &[(&str, u32)], rows: Vec<Row>) -> Section {
        let words = self.topics.around.speech.words;
        filled(Section {
            title: words.get(&format!("kind-{}", kind.as_str())),
            columns: headed(words, columns),
            rows,
            indexed: true,
            ..Section::default()
        })
    }
}

fn disagreement(view: &TopicView) -> String {
    view.disagreement.as_ref().map(|said| format!("({said})")).unwrap_or_default()
}

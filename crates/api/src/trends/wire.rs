//! Tests over time: results and vital signs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::Kind;
use wholechart_record::{FactId, Flag};

use crate::timeline::wire::TimelineRow;

/// A page of a person's tests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TestsPage {
    /// In no order that means anything; [`TestView::order`] says where each belongs.
    pub tests: Vec<TestView>,
    /// Pass it back to get the next page. `None` at the end.
    pub next: Option<String>,
}

/// What a test over time measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TestKind {
    /// Laboratory results.
    Result,
    /// Vital signs.
    Vital,
}

impl TestKind {
    /// `None`: nothing that is looked at over time.
    pub(crate) fn of(kind: Kind) -> Option<TestKind> {
        match kind {
            Kind::Result => Some(TestKind::Result),
            Kind::Vital => Some(TestKind::Vital),
            _ => None,
        }
    }
}

impl From<TestKind> for Kind {
    fn from(kind: TestKind) -> Kind {
        match kind {
            TestKind::Result => Kind::Result,
            TestKind::Vital => Kind::Vital,
        }
    }
}

/// One test with its latest value and a small trend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TestView {
    /// For `trend`.
    pub test: String,
    /// What it measures.
    pub kind: TestKind,
    /// What it is called.
    pub title: String,
    /// What a patient calls it, where we know; its title is the sender's.
    pub plain: Option<String>,
    /// The panel it is listed in, in words: "Blood count".
    pub panel: String,
    /// Sorts panels, and tests within them.
    pub order: u32,
    /// The latest value that nobody took back.
    pub latest: TimelineRow,
    /// How many values there are.
    pub count: u32,
    /// The latest few on one scale, oldest first; without those that cannot be put on it.
    pub points: Vec<PointView>,
    /// The latest few in the units they were sent in, newest first.
    pub recent: Vec<RecentView>,
}

/// A value in a table over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecentView {
    /// The fact.
    pub fact: FactId,
    /// `2026-11-04`, `2026-08`, `2019`, or empty for undated.
    pub day: String,
    /// The day for people.
    pub day_text: String,
    /// The value at a glance, or what stands for it.
    pub value: String,
    /// Out of range.
    pub flag: Option<Flag>,
    /// The flag in words.
    pub flag_text: Option<String>,
}

/// A value in a chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PointView {
    /// `systolic`, `diastolic`, or empty.
    pub name: String,
    /// Days since 1970 by the clock on the wall, with the time of day as a fraction.
    pub at: f64,
    /// Only the month or the year is known: `at` is its middle.
    pub vague: bool,
    /// For drawing only; what is read is the row's text.
    pub number: f64,
    /// The upper bound of a range, of which `number` is the lower one.
    pub to: Option<f64>,
    /// `<`, `>` …: the value lies on that side.
    pub comparator: Option<String>,
    /// Lower bound of the range of that day.
    pub low: Option<f64>,
    /// Upper bound of the range of that day.
    pub high: Option<f64>,
    /// Out of range.
    pub flag: Option<Flag>,
}

/// A page of one test's values, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrendPage {
    /// What it is called.
    pub title: String,
    /// What a patient calls it, where we know.
    pub plain: Option<String>,
    /// The panel in words.
    pub panel: String,
    /// Whether the values are of growing: drawn by age for a child.
    pub body: bool,
    /// The units its values were sent in, to choose from.
    pub units: Vec<UnitView>,
    /// The one the values are put in here.
    pub unit: UnitView,
    /// In order.
    pub rows: Vec<TrendRow>,
    /// Pass it back to get the next page. `None` at the end.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: u32,
}

/// A unit to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnitView {
    /// For `trend`; empty for figures without a unit.
    pub unit: String,
    /// As people write it.
    pub label: String,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrendRow {
    /// The fact; its value is as it was sent.
    pub row: TimelineRow,
    /// The value in the chosen unit, when it was sent in another.
    pub converted: Option<String>,
    /// The usual range of that day, as it was sent.
    pub range: Option<String>,
    /// What is drawn: nothing, one value, or the two of a blood pressure.
    pub points: Vec<PointView>,
    /// Why nothing is drawn, in words.
    pub not_drawn: Option<String>,
}

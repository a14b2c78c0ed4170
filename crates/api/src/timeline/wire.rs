//! Facts in lists, and what lists are filtered by.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::{Kind, StatusGroup};
use wholechart_record::{ConnectionId, FactId, Flag};

/// Which facts to list. Empty lists mean "all".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct TimelineFilter {
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Connections: facts that at least one of them tells.
    pub connections: Vec<ConnectionId>,
    /// Status groups.
    #[ts(optional, as = "Option<_>")]
    pub statuses: Vec<StatusGroup>,
    /// Only what is out of range.
    #[ts(optional, as = "Option<_>")]
    pub flagged: bool,
    /// From this day on: `2024`, `2024-03` or `2024-03-15`. A month or year that holds it passes too.
    #[ts(optional)]
    pub from: Option<String>,
    /// Up to and with this day, month or year.
    #[ts(optional)]
    pub to: Option<String>,
    /// Found somewhere in what the record says, each word as the beginning of one.
    #[ts(optional)]
    pub text: Option<String>,
}

/// A page of the timeline, newest first; undated facts come last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelinePage {
    /// In order.
    pub rows: Vec<TimelineRow>,
    /// Pass it back to get the next page. `None` at the end.
    pub next: Option<String>,
    /// How many facts the filter lets through in all.
    pub total: u32,
}

/// One fact in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineRow {
    /// The fact.
    pub id: FactId,
    /// What it is.
    pub kind: Kind,
    /// The kind in words, one of it: "Vaccine".
    pub kind_text: String,
    /// Title.
    pub title: String,
    /// Groups rows: `2026-11-04`, `2026-08`, `2019`, or empty for undated.
    pub day: String,
    /// The day for people, as precise as known: "November 4, 2026", "August 2026", "2019", "Date not stated".
    pub day_text: String,
    /// The weekday, when the day is known.
    pub weekday: Option<String>,
    /// The time of day when it is known: "8:12".
    pub time: Option<String>,
    /// The value: "131 mg/dL".
    pub value: Option<String>,
    /// Usual range, dose, place or another second line.
    pub second: Option<String>,
    /// Out of range.
    pub flag: Option<Flag>,
    /// The flag in words: "high (above normal range)".
    pub flag_text: Option<String>,
    /// Status words worth showing: "stopped", "not given", "withdrawn: entered in error".
    pub status_text: Option<String>,
    /// Withdrawn or ruled out: shown struck through, never as true.
    pub struck: bool,
    /// Members disagree.
    pub disagreement: Option<String>,
    /// The connections that tell it.
    pub sources: Vec<ConnectionId>,
    /// The visit it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub visit: Option<FactId>,
    /// The record it is shown under, where it is no row of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub under: Option<FactId>,
    /// How many records are shown under it; see `heldUnder`.
    pub holds: u32,
    /// The same in words: "12 findings and answers". `None`: there are none.
    pub holds_text: Option<String>,
}

/// What there is to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineFacets {
    /// Kinds present, in a fixed order.
    pub kinds: Vec<KindCount>,
    /// Years of what the filter lets through, newest first; 0 is undated.
    pub years: Vec<YearCount>,
    /// All facts on the timeline, whatever is filtered.
    pub total: u32,
    /// Status groups present, in a fixed order.
    pub statuses: Vec<StatusCount>,
    /// How many are out of range.
    pub flagged: u32,
    /// Stays and courses of medicine of several days, the latest end first.
    pub periods: Vec<PeriodView>,
}

/// A status group and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatusCount {
    /// Which.
    pub status: StatusGroup,
    /// In words: "Withdrawn".
    pub label: String,
    /// Facts.
    pub count: u32,
}

/// A stay or a course of medicine of several days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeriodView {
    /// The fact.
    pub fact: FactId,
    /// What it is.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// Its first day: `2024-02-10`.
    pub from: String,
    /// Its last day: `2024-02-14`.
    pub until: String,
    /// Both for people.
    pub text: String,
}

/// A kind and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KindCount {
    /// Which.
    pub kind: Kind,
    /// Many of it: "Vaccines".
    pub label: String,
    /// Facts.
    pub count: u32,
}

/// A year and how many facts it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct YearCount {
    /// 0 is undated.
    pub year: i32,
    /// Facts.
    pub count: u32,
    /// Cursor for `timeline` that starts at this year.
    pub cursor: String,
}

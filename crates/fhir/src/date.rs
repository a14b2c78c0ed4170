//! Dates as precise as they were stated: FHIR `date`, `dateTime`, `instant` (R4 §2.24.0.1).

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// How much of a date was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// `2013`
    Year,
    /// `2013-07`
    Month,
    /// `2013-07-15`
    Day,
    /// `2013-07-15T10:30` (the standard wants seconds; servers differ)
    Minute,
    /// `2013-07-15T10:30:00`
    Second,
    /// `2013-07-15T10:30:00.123`
    Fraction,
}

/// The offset from UTC a time was stated with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Offset {
    /// `Z`: a moment, the sender's clock on the wall is unknown.
    Zulu,
    /// `+05:30` as minutes east of UTC; `+00:00` is `Minutes(0)`, which is not the same statement as `Z`.
    Minutes(i32),
}

/// One FHIR date or time as it was sent, taken apart but not completed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FhirDate {
    /// The text as sent.
    pub raw: String,
    /// How much of it was stated.
    pub precision: Precision,
    /// Calendar year, 1 to 9999.
    pub year: i32,
    /// 1 to 12, from [`Precision::Month`] on.
    pub month: Option<u32>,
    /// 1 to 31, from [`Precision::Day`] on.
    pub day: Option<u32>,
    /// The wall-clock time as stated, from [`Precision::Minute`] on.
    pub time: Option<NaiveTime>,
    /// The offset as stated; none where the sender left it out.
    pub offset: Option<Offset>,
}

/// A calendar day, month or year as people say it; what lists are grouped and sorted by.
///
/// The order is by time, coarser first within the same start: 2013 < July 2013 < 1 July 2013.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    /// Calendar year.
    pub year: i32,
    /// 1 to 12, none when only the year is known.
    pub month: Option<u32>,
    /// 1 to 31, none when only the month is known.
    pub day: Option<u32>,
}

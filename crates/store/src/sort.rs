//! Where a fact stands in a list: its sort number, and a place between two facts.
//!
//! The sort number is yyyymmdd × 100,000 + second of the day + 1; unknown parts are 0.

use std::fmt;
use std::str::FromStr;

use wholechart_fhir::Day;

use crate::StoreError;

/// Sort numbers of one day.
const DAY: i64 = 100_000;

/// Sorts facts as [`Day`] does, then by time of day. Undated facts get 0, so they come last in a list that begins with
/// the newest. Within a day, facts without a time come after those with one.
pub(crate) fn sort_key(day: Option<Day>, second_of_day: Option<u32>) -> i64 {
    day.map_or(0, |day| {
        start_of(day.year, day.month.unwrap_or(0), day.day.unwrap_or(0))
            + second_of_day.map_or(0, |second| i64::from(second) + 1)
    })
}

/// The smallest sort number of a day. A month or day that does not exist (13, 32) stands after all real ones.
pub(crate) fn start_of(year: i32, month: u32, day: u32) -> i64 {
    (i64::from(year) * 10_000 + i64::from(month * 100 + day)) * DAY
}

/// The day of a sort number as yyyymmdd.
pub(crate) fn day_number(sort: i64) -> i64 {
    sort / DAY
}

/// The day behind yyyymmdd.
pub(crate) fn day(number: i64) -> Result<Day, StoreError> {
    let part = |number: i64| u32::try_from(number).ok();
    let (Ok(year), Some(month), Some(day)) =
        (i32::try_from(number / 10_000), part(number / 100 % 100), part(number % 100))
    else {
        return Err(StoreError::Inconsistent("fact"));
    };
    Ok(Day { year, month: (month > 0).then_some(month), day: (day > 0).then_some(day) })
}

/// A place in the timeline. Opaque text for hosts: `Display` out, `FromStr` in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) sort: i64,
    pub(crate) fact: String,
    /// How many facts the filter lets through. Counted with the first page; later pages do not count again.
    pub(crate) total: Option<u64>,
}

impl Cursor {
    /// The place after a day, month or year, in a list that begins with the newest: its latest fact comes next.
    pub fn at(day: Day) -> Cursor {
        let sort = match (day.month, day.day) {
            (Some(month), Some(of_month)) => start_of(day.year, month, of_month + 1),
            (Some(month), None) => start_of(day.year, month + 1, 0),
            (None, _) => start_of(day.year + 1, 0, 0),
        };
        Cursor { sort, fact: String::new(), total: None }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.sort, self.fact)?;
        self.total.map_or(Ok(()), |total| write!(f, ".{total}"))
    }
}

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let (sort, fact) = text.split_once('.').ok_or(BadCursor)?;
        let (fact, total) = match fact.split_once('.') {
            Some((fact, total)) => (fact, Some(total.parse().map_err(|_| BadCursor)?)),
            None => (fact, None),
        };
        Ok(Cursor { sort: sort.parse().map_err(|_| BadCursor)?, fact: fact.to_owned(), total })
    }
}

/// The text was not made by a [`Cursor`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a place in the timeline")]
pub struct BadCursor;

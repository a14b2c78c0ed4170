//! Dates as precise as they were stated: FHIR `date`, `dateTime`, `instant` (R4 §2.24.0.1).

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
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

/// One FHIR date or time as it was sent, taken apart but not completed. Kept as the text that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
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
/// The order is by time, coarser first within the same start: 2013 < July 2013 < July 1, 2013.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    /// Calendar year.
    pub year: i32,
    /// 1 to 12, none when only the year is known.
    pub month: Option<u32>,
    /// 1 to 31, none when only the month is known.
    pub day: Option<u32>,
}

impl From<FhirDate> for String {
    fn from(date: FhirDate) -> String {
        date.raw
    }
}

impl TryFrom<String> for FhirDate {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<FhirDate, Self::Error> {
        FhirDate::parse(&raw).ok_or("not a FHIR date")
    }
}

impl FhirDate {
    /// Takes a FHIR `date`, `dateTime` or `instant` apart.
    ///
    /// More lenient than the standard where nothing has to be guessed: seconds or the offset may be missing, a space
    /// may stand for `T`, the offset may lack its colon. None for anything else, such as `24:00` or 30 February.
    pub fn parse(raw: &str) -> Option<FhirDate> {
        let text = raw.trim();
        if !text.is_ascii() {
            return None;
        }
        let (date, time) = match text.find(['T', 't', ' ']) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        let mut parts = date.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|part| number(part, 2).ok_or(())).transpose().ok()?;
        let day = parts.next().map(|part| number(part, 2).ok_or(())).transpose().ok()?;
        if parts.next().is_some() || year == 0 {
            return None;
        }
        let year = i32::try_from(year).ok()?;
        NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
        let mut precision = match (month, day) {
            (None, _) => Precision::Year,
            (_, None) => Precision::Month,
            _ => Precision::Day,
        };
        let (mut clock, mut offset) = (None, None);
        if let Some(time) = time {
            if precision != Precision::Day {
                return None;
            }
            let at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
            let (parsed, stated) = parse_clock(time[..at].trim_end())?;
            (clock, precision) = (Some(parsed), stated);
            offset = parse_offset(&time[at..])?;
        }
        Some(FhirDate { raw: raw.to_owned(), precision, year, month, day, time: clock, offset })
    }

    /// The calendar day this is listed under.
    ///
    /// A time with a stated offset is on its own day; a `Z` time is a moment, so its day is the one on the wall in
    /// `home`. Dates without a time are never moved.
    pub fn day_in(&self, home: Tz) -> Day {
        let own = self.own_day();
        let (Some(Offset::Zulu), Some(time), Some(month), Some(day)) =
            (self.offset, self.time, self.month, self.day)
        else {
            return own;
        };
        let Some(date) = NaiveDate::from_ymd_opt(self.year, month, day) else { return own };
        let local = home.from_utc_datetime(&date.and_time(time));
        Day { year: local.year(), month: Some(local.month()), day: Some(local.day()) }
    }

    /// The day as written, whatever the offset.
    pub fn own_day(&self) -> Day {
        Day { year: self.year, month: self.month, day: self.day }
    }

    /// A time was stated and it is exactly midnight.
    pub fn is_midnight(&self) -> bool {
        self.time == Some(NaiveTime::MIN)
    }
}

impl Day {
    /// A whole day; none if the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(|_| Day { year, month: Some(month), day: Some(day) })
    }
}

/// `2013`, `2013-07` or `2013-07-15`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

fn number(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn parse_clock(text: &str) -> Option<(NaiveTime, Precision)> {
    let (whole, fraction) =
        text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut parts = whole.split(':');
    let (hour, minute) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let Some(second) = parts.next() else {
        return Some((NaiveTime::from_hms_opt(hour, minute, 0)?, Precision::Minute));
    };
    let second = number(second, 2)?;
    if parts.next().is_some() {
        return None;
    }
    let (nanos, precision) = match fraction {
        None => (0, Precision::Second),
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            let nine = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
            (nine.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')), Precision::Fraction)
        }
        Some(_) => return None,
    };
    // A leap second is the 59th with more than a second's worth of nanoseconds, as chrono writes it.
    let time = if second == 60 {
        NaiveTime::from_hms_nano_opt(hour, minute, 59, 1_000_000_000 + nanos)?
    } else {
        NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)?
    };
    Some((time, precision))
}

/// The inner option is "no offset stated"; the outer one "not an offset".
#[expect(clippy::option_option, reason = "absent and unreadable are two answers")]
fn parse_offset(text: &str) -> Option<Option<Offset>> {
    match text {
        "" => return Some(None),
        "Z" | "z" => return Some(Some(Offset::Zulu)),
        _ => {}
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (number(&digits, 2)?, 0),
        4 => (number(&digits[..2], 2)?, number(&digits[2..], 2)?),
        _ => return None,
    };
    if hours > 14 || minutes > 59 {
        return None;
    }
    i32::try_from(hours * 60 + minutes).ok().map(|east| Some(Offset::Minutes(sign * east)))
}

//! Days, and the clock on the wall in Wisconsin (US Central time).

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, Utc, Weekday,
};

/// A day of the plot; the plot's days all exist.
pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("the plot's days exist")
}

/// The day itself, or Monday after a weekend: practices are closed then.
pub(super) fn workday(date: NaiveDate) -> NaiveDate {
    match date.weekday() {
        Weekday::Sat => date + TimeDelta::days(2),
        Weekday::Sun => date + TimeDelta::days(1),
        _ => date,
    }
}

/// Whether clocks were advanced on this day (US rules of 1987 and 2007; before 1987 from late April).
fn daylight(date: NaiveDate) -> bool {
    let year = date.year();
    let sunday = |month: u32, from: u32| {
        (from..from + 7)
            .map(|at| day(year, month, at))
            .find(|at| at.weekday() == Weekday::Sun)
            .expect("every week has a Sunday")
    };
    let (start, end) = match year {
        2007.. => (sunday(3, 8), sunday(11, 1)),
        1987..=2006 => (sunday(4, 1), sunday(10, 25)),
        _ => (sunday(4, 24), sunday(10, 25)),
    };
    date >= start && date < end
}

fn moment(date: NaiveDate, hour: u32, minute: u32) -> DateTime<FixedOffset> {
    let hours_west = if daylight(date) { 5 } else { 6 };
    let offset = FixedOffset::west_opt(hours_west * 3600).expect("less than a day");
    let wall: NaiveDateTime = date.and_hms_opt(hour, minute, 0).expect("the plot's times exist");
    wall.and_local_timezone(offset).single().expect("a fixed offset has no gaps")
}

/// `2019-03-11T08:42:00-05:00`
pub(super) fn local(date: NaiveDate, hour: u32, minute: u32) -> String {
    moment(date, hour, minute).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// `2019-03-11T08:42:00.000-05:00`
pub(super) fn local_millis(date: NaiveDate, hour: u32, minute: u32) -> String {
    moment(date, hour, minute).to_rfc3339_opts(SecondsFormat::Millis, false)
}

/// The same moment in UTC: `2019-03-11T13:42:00Z`
pub(super) fn zulu(date: NaiveDate, hour: u32, minute: u32) -> String {
    moment(date, hour, minute).with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A day dressed up as a moment: `2019-03-11T00:00:00+00:00`
pub(super) fn midnight_utc(date: NaiveDate) -> String {
    format!("{date}T00:00:00+00:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_change_on_the_right_sundays() {
        assert_eq!(local(day(2019, 3, 9), 8, 0), "2019-03-09T08:00:00-06:00");
        assert_eq!(local(day(2019, 3, 11), 8, 42), "2019-03-11T08:42:00-05:00");
        assert_eq!(local(day(2019, 11, 3), 8, 0), "2019-11-03T08:00:00-06:00");
        assert_eq!(local(day(1999, 4, 3), 8, 0), "1999-04-03T08:00:00-06:00");
        assert_eq!(local(day(1999, 4, 5), 8, 0), "1999-04-05T08:00:00-05:00");
        assert_eq!(zulu(day(2021, 3, 16), 22, 30), "2021-03-17T03:30:00Z");
    }

    #[test]
    fn a_practice_is_closed_on_weekends() {
        assert_eq!(workday(day(2026, 8, 1)), day(2026, 8, 3));
        assert_eq!(workday(day(2026, 8, 4)), day(2026, 8, 4));
    }
}

//! Dates as people say them, exactly as precise as they are known.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;
use wholechart_fhir::{DateRole, Day, EntryDate, FhirDate, Offset};

use crate::catalogue::Words;

/// "4 November 2026", "August 2026", "2019".
pub fn day(words: &Words, day: Day) -> String {
    let year = day.year.to_string();
    match (day.month, day.day) {
        (Some(month), Some(date)) => words.with(
            "date-day",
            &[
                ("day", (&date.to_string()).into()),
                ("month", (&month_name(words, month)).into()),
                ("year", (&year).into()),
            ],
        ),
        (Some(month), None) => words
            .with("date-month", &[("month", (&month_name(words, month)).into()), ("year", (&year).into())]),
        (None, _) => year,
    }
}

fn month_name(words: &Words, month: u32) -> String {
    words.get(&format!("month-{month}"))
}

/// "Wednesday", when the day is known.
pub fn weekday(words: &Words, day: Day) -> Option<String> {
    let date = NaiveDate::from_ymd_opt(day.year, day.month?, day.day?)?;
    Some(words.get(&format!("weekday-{}", date.weekday().number_from_monday())))
}

/// Groups rows: `2026-11-04`, `2026-08`, `2019`.
pub fn key(day: Day) -> String {
    match (day.month, day.day) {
        (Some(month), Some(date)) => format!("{:04}-{month:02}-{date:02}", day.year),
        (Some(month), None) => format!("{:04}-{month:02}", day.year),
        (None, _) => format!("{:04}", day.year),
    }
}

/// The way back: none for what is no day, month or year.
pub fn parse(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut part =
        || parts.next().map(|part| part.parse::<u32>().ok()).map_or(Some(None), |part| part.map(Some));
    let (month, day) = (part()?, part()?);
    NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
    Some(Day { year, month, day })
}

/// "8:12" from seconds since midnight.
pub fn clock(second_of_day: u32) -> String {
    format!("{}:{:02}", second_of_day / 3600, second_of_day / 60 % 60)
}

/// One date with its time of day, where one was stated and means something.
pub fn moment(words: &Words, date: &FhirDate, day_only: bool, home: Tz) -> String {
    let text = day(words, date.day_in(home));
    match date.time {
        Some(time) if !day_only => {
            // A moment in UTC is told by the person's own clock; a stated offset by the clock it was stated with.
            let time = clock_in(date, home).unwrap_or(time);
            words.with(
                "date-and-time",
                &[("date", (&text).into()), ("time", (&clock(time.num_seconds_from_midnight())).into())],
            )
        }
        _ => text,
    }
}

/// An entry's date: a moment, "12 March 2021 – 15 March 2021", "since 2015", or the sender's own words.
pub fn entry_date(words: &Words, date: &EntryDate, home: Tz) -> String {
    let say = |d: &FhirDate| moment(words, d, date.day_only, home);
    let stated = match (&date.start, &date.end) {
        (Some(start), Some(end)) if say(start) == say(end) => say(start),
        (Some(start), Some(end)) => {
            words.with("date-from-to", &[("from", (&say(start)).into()), ("to", (&say(end)).into())])
        }
        // When a document's content begins is when it is of, not since when it holds.
        (Some(start), None) if date.field.starts_with("context.") => say(start),
        (Some(start), None) if date.field.ends_with("Period") || date.field.ends_with("period") => {
            words.with("date-since", &[("from", (&say(start)).into())])
        }
        (Some(start), None) => say(start),
        (None, Some(end)) => words.with("date-until", &[("to", (&say(end)).into())]),
        (None, None) => date.text.clone().unwrap_or_else(|| words.get("date-not-stated")),
    };
    let stated = match date.role {
        DateRole::Clinical => stated,
        DateRole::Recorded => words.with("date-recorded", &[("date", (&stated).into())]),
        DateRole::System => words.with("date-system", &[("date", (&stated).into())]),
    };
    // An age or the sender's words, and a date beside it: both were said.
    match date.text.as_ref().filter(|_| date.start.is_some() || date.end.is_some()) {
        Some(said) => words.with("date-in-words", &[("words", said.into()), ("date", (&stated).into())]),
        None => stated,
    }
}

/// A detail's text with its date, or its period, as people say it. Only what is a date and nothing else is put into
/// words, with or without the name of an element in front; dates within a sentence stay as they were written.
pub fn detail(words: &Words, text: &str, home: Tz) -> String {
    let (front, rest) = match text.rsplit_once(": ") {
        Some((front, rest)) => (format!("{front}: "), rest),
        None => (String::new(), text),
    };
    let say = |part: &str| {
        let date = FhirDate::parse(part).filter(|date| date.month.is_some() && date.raw == part)?;
        Some(moment(words, &date, false, home))
    };
    let said = match rest.split_once(" \u{2013} ") {
        Some((from, to)) => say(from)
            .zip(say(to))
            .map(|(from, to)| words.with("date-from-to", &[("from", (&from).into()), ("to", (&to).into())])),
        None => match rest.strip_prefix("\u{2013} ") {
            Some(to) => say(to).map(|to| words.with("date-until", &[("to", (&to).into())])),
            None => say(rest),
        },
    };
    said.map_or_else(|| text.to_owned(), |said| format!("{front}{said}"))
}

/// A moment of our own (a sync, a print) by the person's clock: "today, 14:05", "yesterday, 9:30", "4 November 2026, 8:12".
pub fn own_moment(words: &Words, at: DateTime<Utc>, now: DateTime<Utc>, home: Tz) -> String {
    let (at, now) = (at.with_timezone(&home), now.with_timezone(&home));
    let date = match (now.date_naive() - at.date_naive()).num_days() {
        0 => words.get("date-today"),
        1 => words.get("date-yesterday"),
        _ => day(words, of(at.date_naive())),
    };
    words.with(
        "date-and-time",
        &[("date", (&date).into()), ("time", (&clock(at.num_seconds_from_midnight())).into())],
    )
}

/// A calendar day in full.
pub fn of(date: NaiveDate) -> Day {
    Day { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
}

/// The wall clock at home for a moment that was sent in UTC; none for every other date.
fn clock_in(date: &FhirDate, home: Tz) -> Option<NaiveTime> {
    if date.offset != Some(Offset::Zulu) {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(date.year, date.month?, date.day?)?;
    Some(day.and_time(date.time?).and_utc().with_timezone(&home).time())
}

#[cfg(test)]
mod tests {
    use wholechart_fhir::{DateRole, EntryDate, FhirDate};

    use super::{detail, entry_date, key, parse};
    use crate::catalogue::Words;

    #[test]
    fn dates_among_the_details_are_said_as_people_say_them() {
        let words = Words::english();
        for (sent, said) in [
            ("2021-03-05", "5 March 2021"),
            ("2021-03", "March 2021"),
            ("Expires: 2021-03-05", "Expires: 5 March 2021"),
            ("2021-03-05T10:30:00-05:00", "5 March 2021, 10:30"),
            ("2021-03-05T23:30:00Z", "5 March 2021, 18:30"),
            ("2021-03-05 \u{2013} 2021-04", "5 March 2021 \u{2013} April 2021"),
            ("\u{2013} 2021-04", "until April 2021"),
        ] {
            assert_eq!(detail(&words, sent, chrono_tz::America::New_York), said);
        }
        // A number, words, what only looks like a date: as sent.
        for sent in ["2021", "A2021-03-05", "seen 2021-03-05", "2021-02-30", "12:30", "x: y"] {
            assert_eq!(detail(&words, sent, chrono_tz::UTC), sent);
        }
    }

    #[test]
    fn an_age_beside_a_date_is_said_too() {
        let date = EntryDate {
            start: FhirDate::parse("2012-04-05"),
            end: None,
            text: Some("34 years".into()),
            field: "recordedDate".into(),
            role: DateRole::Recorded,
            day_only: false,
            implausible: false,
        };
        let said = entry_date(&Words::english(), &date, chrono_tz::UTC);
        assert_eq!(said, "34 years (recorded 5 April 2012)");
    }

    #[test]
    fn days_months_and_years_are_read_as_they_are_written() {
        for text in ["2024-03-15", "2024-03", "2024", "0987-01-31"] {
            assert_eq!(parse(text).map(key).as_deref(), Some(text));
        }
        for text in ["", "24", "2024-13", "2024-02-30", "2024-03-15-1", "2024-", "x", "20245"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}

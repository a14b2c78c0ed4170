//! Dates as people say them, exactly as precise as they are known.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;
use wholechart_fhir::{DateRole, Day, EntryDate, FhirDate, Offset};

use crate::speech::Speech;

/// Groups rows: `2026-11-04`, `2026-08`, `2019`.
pub fn key(day: Day) -> String {
    match (day.month, day.day) {
        (Some(month), Some(date)) => format!("{:04}-{month:02}-{date:02}", day.year),
        (Some(month), None) => format!("{:04}-{month:02}", day.year),
        (None, _) => format!("{:04}", day.year),
    }
}

/// The way back: `None` for what is no day, month or year.
pub fn parse(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut part =
        || parts.next().map(|part| part.parse::<u32>().ok()).map_or(Some(None), |part| part.map(Some));
    let (month, day) = (part()?, part()?);
    NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
    Some(Day { year, month, day })
}

/// A calendar day in full.
pub fn of(date: NaiveDate) -> Day {
    Day { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
}

impl Speech<'_> {
    /// "November 4, 2026", "August 2026", "2019".
    pub fn day(&self, day: Day) -> String {
        let formats = self.words.formats();
        let said = match (day.month, day.day) {
            (Some(month), Some(date)) => formats.long(day.year, month, date),
            (Some(month), None) => formats.month(day.year, month),
            (None, _) => None,
        };
        said.unwrap_or_else(|| key(day))
    }

    /// "Nov 4, 2026", "August 2026", "2019": where many stand beside each other.
    pub fn short_day(&self, day: Day) -> String {
        let of = |(month, date)| self.words.formats().medium(day.year, month, date);
        day.month.zip(day.day).and_then(of).unwrap_or_else(|| self.day(day))
    }

    /// "Wednesday", when the day is known.
    pub fn weekday(&self, day: Day) -> Option<String> {
        self.words.formats().weekday(day.year, day.month?, day.day?)
    }

    /// "8:12 AM", from seconds since midnight.
    pub fn clock(&self, second_of_day: u32) -> String {
        self.words.formats().time(second_of_day / 60).unwrap_or_default()
    }

    /// One date with its time of day, where one was stated and means something.
    pub fn moment(&self, date: &FhirDate, day_only: bool) -> String {
        // A day that was sent as its midnight is that day everywhere.
        let text = self.day(if day_only { date.own_day() } else { date.day_in(self.home) });
        match date.time {
            Some(time) if !day_only => {
                // A moment in UTC is told by the person's own clock; a stated offset by the clock it was stated with.
                let time = clock_in(date, self.home).unwrap_or(time);
                self.date_and_time(&text, time.num_seconds_from_midnight())
            }
            _ => text,
        }
    }

    fn date_and_time(&self, date: &str, second_of_day: u32) -> String {
        let time = self.clock(second_of_day);
        self.words.with("date-and-time", &[("date", date.into()), ("time", (&time).into())])
    }

    /// An entry's date: a moment, "March 12, 2021 – March 15, 2021", "since 2015", or the sender's own words.
    pub fn entry_date(&self, date: &EntryDate) -> String {
        let words = self.words;
        // Nobody asks at what time of day a system stored it.
        let say = |d: &FhirDate| self.moment(d, date.day_only || date.role == DateRole::System);
        let stated = match (&date.start, &date.end) {
            (Some(start), Some(end)) if say(start) == say(end) => say(start),
            (Some(start), Some(end)) => self.from_to(&say(start), &say(end)),
            // When a document's content begins is when it is of, not since when it holds.
            (Some(start), None) if date.field.starts_with("context.") => say(start),
            (Some(start), None) if date.field.ends_with("Period") || date.field.ends_with("period") => {
                words.with("date-since", &[("from", (&say(start)).into())])
            }
            (Some(start), None) => say(start),
            (None, Some(end)) => words.with("date-until", &[("to", (&say(end)).into())]),
            (None, None) => match self.date_in_words(date) {
                // "12 years" alone could be a date or a span.
                Some(age) if date.text.is_none() => words.with("date-at-age", &[("age", (&age).into())]),
                said => said.unwrap_or_else(|| words.get("date-not-stated")),
            },
        };
        let stated = match date.role {
            DateRole::Clinical => stated,
            DateRole::Recorded => words.with("date-recorded", &[("date", (&stated).into())]),
            DateRole::System => words.with("date-system", &[("date", (&stated).into())]),
        };
        // An age or the sender's words, and a date beside it: both were said.
        match self.date_in_words(date).filter(|_| date.start.is_some() || date.end.is_some()) {
            Some(said) => {
                words.with("date-in-words", &[("words", (&said).into()), ("date", (&stated).into())])
            }
            None => stated,
        }
    }

    fn date_in_words(&self, date: &EntryDate) -> Option<String> {
        let age = date.age.as_deref().map(|age| match (&age.from, &age.to) {
            (Some(age), None) => self.quantity(age),
            (from, to) => self.range(from.as_ref(), to.as_ref()),
        });
        date.text.as_deref().map(|text| self.sent(text)).or(age)
    }

    /// "March 5, 2021 – April 2021", of two dates in words.
    pub fn from_to(&self, from: &str, to: &str) -> String {
        self.words.with("date-from-to", &[("from", from.into()), ("to", to.into())])
    }

    /// From when until when.
    pub fn period(&self, start: Option<&FhirDate>, end: Option<&FhirDate>) -> String {
        let say = |date: &FhirDate| self.moment(date, false);
        match (start, end) {
            (Some(start), Some(end)) => self.from_to(&say(start), &say(end)),
            (Some(start), None) => say(start),
            (None, Some(end)) => self.words.with("date-until", &[("to", (&say(end)).into())]),
            (None, None) => String::new(),
        }
    }

    /// A moment of our own (a sync, a print) by the person's clock: "today, 2:05 PM", "November 4, 2026, 8:12 AM".
    pub fn own_moment(&self, at: DateTime<Utc>) -> String {
        let (at, now) = (at.with_timezone(&self.home), self.now.with_timezone(&self.home));
        let date = match (now.date_naive() - at.date_naive()).num_days() {
            0 => self.words.get("date-today"),
            1 => self.words.get("date-yesterday"),
            _ => self.day(of(at.date_naive())),
        };
        self.date_and_time(&date, at.num_seconds_from_midnight())
    }
}

/// The wall clock at home for a moment that was sent in UTC; `None` for every other date.
fn clock_in(date: &FhirDate, home: Tz) -> Option<NaiveTime> {
    if date.offset != Some(Offset::Zulu) {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(date.year, date.month?, date.day?)?;
    Some(day.and_time(date.time?).and_utc().with_timezone(&home).time())
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::New_York;
    use wholechart_fhir::{DateRole, DetailValue, EntryDate, FhirDate};

    use super::{key, parse};
    use crate::{Speech, Words};

    #[test]
    fn dates_among_the_details_are_said_as_people_say_them() {
        let words = Words::english();
        let speech = Speech::new(&words, New_York, chrono::DateTime::UNIX_EPOCH);
        for (sent, said) in [
            ("2021-03-05", "March 5, 2021"),
            ("2021-03", "March 2021"),
            ("2021-03-05T10:30:00-05:00", "March 5, 2021, 10:30 AM"),
            ("2021-03-05T23:30:00Z", "March 5, 2021, 6:30 PM"),
        ] {
            assert_eq!(speech.value(None, &DetailValue::of_text(sent.to_owned())), said);
        }
        // A number, words, what only looks like a date: as sent.
        for sent in ["2021", "A2021-03-05", "seen 2021-03-05", "2021-02-30", "12:30", "x: y"] {
            assert_eq!(speech.value(None, &DetailValue::of_text(sent.to_owned())), sent);
        }
        let period = |start: Option<&str>, end: Option<&str>| {
            let date = |text: Option<&str>| text.and_then(FhirDate::parse);
            speech.value(None, &DetailValue::Period { start: date(start), end: date(end) })
        };
        assert_eq!(period(Some("2021-03-05"), Some("2021-04")), "March 5, 2021 – April 2021");
        assert_eq!(period(None, Some("2021-04")), "until April 2021");
    }

    #[test]
    fn an_age_beside_a_date_is_said_too() {
        let date = EntryDate {
            start: FhirDate::parse("2012-04-05"),
            end: None,
            text: None,
            age: Some(Box::new(wholechart_fhir::Age {
                from: Some(wholechart_fhir::Quantity {
                    value: Some("34".into()),
                    code: Some("a".into()),
                    ..Default::default()
                }),
                to: None,
            })),
            field: "recordedDate".into(),
            role: DateRole::Recorded,
            day_only: false,
            implausible: false,
        };
        let words = Words::english();
        let speech = Speech::new(&words, chrono_tz::UTC, chrono::DateTime::UNIX_EPOCH);
        assert_eq!(speech.entry_date(&date), "34 years (recorded April 5, 2012)");
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

//! How dates and times are written in a language and region: ICU4X with its own data.

use std::sync::OnceLock;

use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::{E, T, YM, YMD};
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_locale_core::{Locale, locale, subtags::Region};
use icu_time::Time;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::language::Language;

/// Which stands first in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// March 17, 2026; 03/17/2026.
    MonthFirst,
    /// 17 March 2026; 17/03/2026.
    DayFirst,
}

/// How hours are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// 8:42 AM
    Hours12,
    /// 08:42
    Hours24,
}

impl DateOrder {
    /// Both.
    pub const ALL: [DateOrder; 2] = [DateOrder::MonthFirst, DateOrder::DayFirst];

    /// As dates are written where a locale is from (`en_GB.UTF-8`, `es-MX`); as in the United States where it says nothing.
    pub fn of_locale(name: &str) -> DateOrder {
        let Some(locale) = parsed(name) else { return DateOrder::MonthFirst };
        // Forms in the United States have the month first in every language.
        if locale.id.region.is_some_and(|region| region.as_str() == "US") {
            return DateOrder::MonthFirst;
        }
        let written = FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::short())
            .ok()
            .zip(date(2026, 11, 23))
            .map(|(format, date): (FixedCalendarDateTimeFormatter<Gregorian, YMD>, _)| {
                format.format(&date).to_string()
            });
        let places = written.as_ref().and_then(|written| written.find("23").zip(written.find("11")));
        match places {
            Some((day, month)) if day < month => DateOrder::DayFirst,
            _ => DateOrder::MonthFirst,
        }
    }
}

impl Clock {
    /// Both.
    pub const ALL: [Clock; 2] = [Clock::Hours12, Clock::Hours24];

    /// As hours are counted where a locale is from; twelve where it says nothing.
    pub fn of_locale(name: &str) -> Clock {
        let written = parsed(name)
            .and_then(|locale| NoCalendarFormatter::try_new((&locale).into(), T::hm()).ok())
            .zip(Time::try_new(14, 5, 0, 0).ok())
            .map(|(format, time): (NoCalendarFormatter<T>, _)| format.format(&time).to_string());
        if written.is_some_and(|written| written.contains("14")) { Clock::Hours24 } else { Clock::Hours12 }
    }
}

/// The region a locale names: `US` of `es_US.UTF-8`.
pub fn region(name: &str) -> Option<String> {
    parsed(name)?.id.region.as_ref().map(Region::to_string)
}

/// A locale as systems name it, with figures in the digits that are looked for here. None for `C` and `POSIX`, which are
/// no place's.
fn parsed(name: &str) -> Option<Locale> {
    let tag = name.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    if matches!(tag.as_str(), "" | "C" | "POSIX") {
        return None;
    }
    let id: Locale = tag.parse().ok()?;
    format!("{}-u-nu-latn", id.id).parse().ok()
}

/// Writes dates and times of one language, order and clock.
pub struct Formats {
    long: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    medium: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    weekday: FixedCalendarDateTimeFormatter<Gregorian, E>,
    time: NoCalendarFormatter<T>,
}

impl Formats {
    /// The formats of a language with this order and clock; made once.
    pub fn of(language: Language, order: DateOrder, clock: Clock) -> &'static Formats {
        static MADE: [OnceLock<Formats>; 8] = [const { OnceLock::new() }; 8];
        let at = language as usize * 4 + order as usize * 2 + clock as usize;
        MADE[at].get_or_init(|| Formats::new(language, order, clock))
    }

    fn new(language: Language, order: DateOrder, clock: Clock) -> Formats {
        let days = match (language, order) {
            (Language::En, DateOrder::MonthFirst) => locale!("en-US"),
            (Language::En, DateOrder::DayFirst) => locale!("en-GB"),
            // Spanish has one order for dates in words.
            (Language::Es, _) => locale!("es-US"),
        };
        let times = match (language, clock) {
            (Language::En, Clock::Hours12) => locale!("en-US-u-hc-h12"),
            (Language::En, Clock::Hours24) => locale!("en-US-u-hc-h23"),
            (Language::Es, Clock::Hours12) => locale!("es-US-u-hc-h12"),
            (Language::Es, Clock::Hours24) => locale!("es-US-u-hc-h23"),
        };
        Formats::from_data(&days, times)
            .expect("the locales named here are in the compiled data; a test makes all formats")
    }

    fn from_data(days: &Locale, times: Locale) -> Result<Formats, icu_datetime::DateTimeFormatterLoadError> {
        Ok(Formats {
            long: FixedCalendarDateTimeFormatter::try_new(days.clone().into(), YMD::long())?,
            medium: FixedCalendarDateTimeFormatter::try_new(days.clone().into(), YMD::medium())?,
            month: FixedCalendarDateTimeFormatter::try_new(days.clone().into(), YM::long())?,
            weekday: FixedCalendarDateTimeFormatter::try_new(days.clone().into(), E::long())?,
            time: NoCalendarFormatter::try_new(times.into(), T::hm())?,
        })
    }

    /// "March 17, 2026"; `None` for a day that does not exist.
    pub fn long(&self, year: i32, month: u32, day: u32) -> Option<String> {
        Some(plain(&self.long.format(&date(year, month, day)?).to_string()))
    }

    /// "Mar 17, 2026"
    pub fn medium(&self, year: i32, month: u32, day: u32) -> Option<String> {
        Some(plain(&self.medium.format(&date(year, month, day)?).to_string()))
    }

    /// "March 2026"
    pub fn month(&self, year: i32, month: u32) -> Option<String> {
        Some(plain(&self.month.format(&date(year, month, 1)?).to_string()))
    }

    /// "Tuesday"
    pub fn weekday(&self, year: i32, month: u32, day: u32) -> Option<String> {
        Some(plain(&self.weekday.format(&date(year, month, day)?).to_string()))
    }

    /// "8:42 AM", from minutes since midnight; `None` past the end of the day.
    pub fn time(&self, minute_of_day: u32) -> Option<String> {
        let (hour, minute) = (u8::try_from(minute_of_day / 60).ok()?, u8::try_from(minute_of_day % 60).ok()?);
        let time = Time::try_new(hour, minute, 0, 0).ok()?;
        Some(plain(&self.time.format(&time).to_string()))
    }
}

fn date(year: i32, month: u32, day: u32) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
}

/// With ordinary spaces: CLDR's narrow ones look odd in a monospaced terminal, and nobody types them.
fn plain(text: &str) -> String {
    text.replace(['\u{202f}', '\u{a0}'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_formats_can_be_made_and_write_as_people_of_the_region_do() {
        let all = |language, order, clock| {
            let formats = Formats::of(language, order, clock);
            [
                formats.long(2026, 3, 17).unwrap(),
                formats.medium(2026, 3, 17).unwrap(),
                formats.month(2026, 3).unwrap(),
                formats.weekday(2026, 3, 17).unwrap(),
                formats.time(8 * 60 + 42).unwrap(),
                formats.time(14 * 60 + 5).unwrap(),
            ]
        };
        assert_eq!(
            all(Language::En, DateOrder::MonthFirst, Clock::Hours12),
            ["March 17, 2026", "Mar 17, 2026", "March 2026", "Tuesday", "8:42 AM", "2:05 PM"]
        );
        assert_eq!(
            all(Language::En, DateOrder::DayFirst, Clock::Hours24),
            ["17 March 2026", "17 Mar 2026", "March 2026", "Tuesday", "08:42", "14:05"]
        );
        assert_eq!(
            all(Language::Es, DateOrder::MonthFirst, Clock::Hours12),
            ["17 de marzo de 2026", "17 mar 2026", "marzo de 2026", "martes", "8:42 a.m.", "2:05 p.m."]
        );
        for order in DateOrder::ALL {
            all(Language::Es, order, Clock::Hours24);
        }
    }

    #[test]
    fn dates_are_written_as_where_the_computer_is_set_to_be() {
        use {Clock::*, DateOrder::*};
        for (locale, order, clock) in [
            ("en_US.UTF-8", MonthFirst, Hours12),
            ("es-US", MonthFirst, Hours12),
            ("en_GB.UTF-8", DayFirst, Hours24),
            ("de_DE@euro", DayFirst, Hours24),
            ("es-ES", DayFirst, Hours24),
            ("fr", DayFirst, Hours24),
            ("en-IN", DayFirst, Hours12),
            ("ja-JP", MonthFirst, Hours24),
            ("ar-EG", DayFirst, Hours12),
            ("C.UTF-8", MonthFirst, Hours12),
            ("POSIX", MonthFirst, Hours12),
            ("", MonthFirst, Hours12),
            ("no locale at all", MonthFirst, Hours12),
        ] {
            assert_eq!((DateOrder::of_locale(locale), Clock::of_locale(locale)), (order, clock), "{locale}");
        }
        assert_eq!(region("es_US.UTF-8").as_deref(), Some("US"));
        assert_eq!((region("es"), region("C.UTF-8"), region("")), (None, None, None));
    }

    #[test]
    fn a_day_that_does_not_exist_is_not_written() {
        let formats = Formats::of(Language::En, DateOrder::MonthFirst, Clock::Hours12);
        assert_eq!((formats.long(2025, 2, 29), formats.time(24 * 60)), (None, None));
    }
}

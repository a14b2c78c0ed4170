//! When something is to be done, in words.

use wholechart_fhir::{DetailValue, Timing};

use crate::speech::Speech;

impl Speech<'_> {
    /// "twice a day, with meals, for 10 days"
    pub fn timing(&self, timing: &Timing) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(
            timing.code.iter().map(|code| self.interval(code).unwrap_or_else(|| self.value(None, code))),
        );
        parts.extend(timing.events.iter().map(|one| self.value(None, one)));
        parts.extend(self.how_often(timing));
        if let Some(duration) = timing.duration.text() {
            parts.push(self.lasting(&duration, timing.duration_unit.as_deref()));
        }
        if let Some(count) = timing.count.text() {
            parts.push(
                self.words
                    .with("timing-count", &[("figure", (&count).into()), ("count", counted(&count).into())]),
            );
        }
        parts.extend(timing.when.iter().map(|code| self.event_of_day(code)));
        if let Some(minutes) = &timing.offset {
            parts.push(self.span(minutes, "min"));
        }
        parts.extend(timing.bounds.as_ref().map(|bounds| match bounds {
            DetailValue::Quantity(_) | DetailValue::Range { .. } => {
                let span = self.value(None, bounds);
                self.words.with("timing-for", &[("span", (&span).into())])
            }
            other => self.value(None, other),
        }));
        parts.dedup();
        parts.join(", ")
    }

    /// "every 5 minutes", of `Q5M`: HL7 v2's codes of an interval (table 0335), which stand without words in FHIR too.
    fn interval(&self, code: &DetailValue) -> Option<String> {
        let DetailValue::Code(coding) = code else { return None };
        let (figure, unit) = interval(&coding.code)?;
        let span = self.span(figure, unit);
        Some(self.words.with("timing-every", &[("span", (&span).into())]))
    }

    /// "3 times a day", "every 8 hours", "every day".
    fn how_often(&self, timing: &Timing) -> Option<String> {
        let (often, period) = how_often(timing);
        let unit = timing.period_unit.as_deref();
        // A period of one is the unit itself.
        let one = period.as_deref().is_none_or(|period| period == "1");
        let span = || match (period.as_deref(), unit) {
            (Some(period), Some(unit)) => Some(self.span(period, unit)),
            (Some(period), None) => Some(self.sent(period)),
            (None, _) => None,
        };
        let key = |start: &str| unit.map(|unit| format!("{start}-{unit}")).filter(|key| self.words.has(key));
        match &often {
            Some(often) => {
                let args = |per: &str| {
                    self.words.with(
                        "timing-often",
                        &[("figure", often.into()), ("count", counted(often).into()), ("per", per.into())],
                    )
                };
                if let (true, Some(per)) = (one, key("timing-per")) {
                    return Some(args(&self.get(&per)));
                }
                match span() {
                    Some(span) if often == "1" => {
                        Some(self.words.with("timing-every", &[("span", (&span).into())]))
                    }
                    Some(span) => Some(args(&self.words.with("timing-every", &[("span", (&span).into())]))),
                    None => Some(args("").trim().to_owned()),
                }
            }
            None => match (one && period.is_some(), key("timing-each")) {
                (true, Some(each)) => Some(self.get(&each)),
                _ => span().map(|span| self.words.with("timing-every", &[("span", (&span).into())])),
            },
        }
    }

    fn lasting(&self, figure: &str, unit: Option<&str>) -> String {
        let figure = &whole(figure.to_owned());
        let span = unit.map_or_else(|| self.sent(figure), |unit| self.span(figure, unit));
        self.words.with("timing-for", &[("span", (&span).into())])
    }

    /// A code of `Timing.repeat.when` or `dayOfWeek`, or a time of day.
    fn event_of_day(&self, code: &str) -> String {
        let key = format!("when-{}", code.to_ascii_lowercase().replace('.', "-"));
        if self.words.has(&key) {
            return self.get(&key);
        }
        match minute_of_day(code) {
            Some(minute) => self.words.with("timing-at", &[("time", (&self.clock(minute * 60)).into())]),
            None => self.sent(code),
        }
    }
}

/// How many times in how many units.
pub(crate) fn how_often(timing: &Timing) -> (Option<String>, Option<String>) {
    (timing.frequency.text().map(whole), timing.period.text().map(whole))
}

/// `1` of `1.0`: what is counted in whole units is sent as a decimal number.
fn whole(figure: String) -> String {
    match figure.split_once('.') {
        Some((before, after)) if !before.is_empty() && after.chars().all(|digit| digit == '0') => {
            before.to_owned()
        }
        _ => figure,
    }
}

/// The figure of `Q5M` and UCUM's letters for its unit; none for one of a single day or hour, which has a name.
fn interval(code: &str) -> Option<(&str, &'static str)> {
    let rest = code.trim().strip_prefix(['Q', 'q'])?;
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let (figure, unit) = rest.split_at(end);
    let unit = match unit.to_ascii_uppercase().as_str() {
        "M" | "MIN" => "min",
        "H" | "HR" => "h",
        "D" => "d",
        "W" | "WK" => "wk",
        "L" => "mo",
        _ => return None,
    };
    figure.parse::<u32>().is_ok_and(|figure| figure > 1).then_some((figure, unit))
}

/// How many of something a figure stands for: a range, or a part of one, is several.
fn counted(figure: &str) -> usize {
    figure.parse().unwrap_or(usize::MAX)
}

/// `08:00:00` in minutes.
fn minute_of_day(time: &str) -> Option<u32> {
    let mut parts = time.split(':');
    let (hour, minute): (u32, u32) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

//! When two dates, values, units or words say the same. Exact where they are exact; never "about".

use chrono::{NaiveDate, TimeZone, Timelike};
use chrono_tz::Tz;
use wholechart_fhir::{Coding, Day, EntryDate, FhirDate, Offset, Precision, Quantity, Value};
pub(crate) use wholechart_names::decimal::Decimal;
pub(crate) use wholechart_names::spelling::fold;

/// A moment as far as it was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Moment {
    /// Minutes since 1970 in UTC: an offset was stated.
    Instant(i64, Day),
    /// A wall clock's minute of the day, without an offset.
    Wall(u32, Day),
    /// A whole day.
    Whole(Day),
    /// A month or a year.
    Coarse(Day),
}

impl Moment {
    /// The start of `date`; none where only words, or only an end, were sent.
    pub(crate) fn of(date: &EntryDate, home: Tz) -> Option<Moment> {
        date.start.as_ref().map(|start| Moment::of_date(start, date.day_only, home))
    }

    pub(crate) fn of_date(date: &FhirDate, day_only: bool, home: Tz) -> Moment {
        if day_only {
            return Moment::Whole(date.own_day());
        }
        let day = date.day_in(home);
        match date.time {
            Some(time) => match utc_minute(date) {
                Some(minute) => Moment::Instant(minute, day),
                None => Moment::Wall(time.hour() * 60 + time.minute(), day),
            },
            None if date.precision == Precision::Day => Moment::Whole(day),
            None => Moment::Coarse(day),
        }
    }

    /// The calendar day, when it is known to the day.
    pub(crate) fn whole_day(self) -> Option<Day> {
        match self {
            Moment::Instant(_, day) | Moment::Wall(_, day) | Moment::Whole(day) => Some(day),
            Moment::Coarse(_) => None,
        }
    }

    /// The date as far as it was stated.
    pub(crate) fn stated(self) -> Day {
        match self {
            Moment::Instant(_, day) | Moment::Wall(_, day) | Moment::Whole(day) | Moment::Coarse(day) => day,
        }
    }

    /// The same minute; or the same day, where one side states no more than the day.
    pub(crate) fn same(self, other: Moment) -> bool {
        match (self, other) {
            (Moment::Instant(a, _), Moment::Instant(b, _)) => a == b,
            (Moment::Whole(_), _) | (_, Moment::Whole(_)) => {
                self.whole_day().is_some() && self.whole_day() == other.whole_day()
            }
            // A wall clock without an offset is not compared with an instant: the guess could be hours wrong.
            (a, b) => a == b,
        }
    }
}

/// Minutes since 1970 in UTC, where an offset was stated.
pub(crate) fn utc_minute(date: &FhirDate) -> Option<i64> {
    let offset = match date.offset? {
        Offset::Zulu => 0,
        Offset::Minutes(east) => i64::from(east),
    };
    let day = NaiveDate::from_ymd_opt(date.year, date.month?, date.day?)?;
    Some(day.and_time(date.time?).and_utc().timestamp().div_euclid(60) - offset)
}

/// Wall-clock seconds since midnight: as stated, or for `Z` as the clock in `home` showed.
pub(crate) fn second_of_day(date: &EntryDate, home: Tz) -> Option<u32> {
    let start = date.start.as_ref().filter(|_| !date.day_only)?;
    let time = start.time?;
    if start.offset != Some(Offset::Zulu) {
        return Some(time.num_seconds_from_midnight());
    }
    let day = NaiveDate::from_ymd_opt(start.year, start.month?, start.day?)?;
    Some(home.from_utc_datetime(&day.and_time(time)).num_seconds_from_midnight())
}

/// Spellings of one unit. UCUM is case-sensitive, so this is a list and not a rule; only spellings that cannot mean
/// anything else are in it.
const UNITS: &[(&str, &[&str])] = &[
    (
        "/min",
        &[
            "bpm",
            "BPM",
            "beats/min",
            "beats per minute",
            "/minute",
            "breaths/min",
            "breaths per minute",
            "br/min",
            "{beats}/min",
            "{breaths}/min",
        ],
    ),
    ("Cel", &["C", "\u{b0}C", "degC", "deg C"]),
    ("[degF]", &["F", "\u{b0}F", "degF", "deg F"]),
    ("kg", &["KG", "kgs", "kilogram", "kilograms"]),
    ("[lb_av]", &["lb", "lbs", "LB", "LBS", "pound", "pounds", "[lb_us]"]),
    ("[oz_av]", &["oz", "ounce", "ounces"]),
    ("[in_i]", &["in", "inch", "inches", "[in_us]"]),
    ("cm", &["CM", "centimeter", "centimeters"]),
    ("kg/m2", &["kg/m^2", "kg/m\u{b2}", "kg/(m^2)"]),
    ("%", &["percent", "Percent", "PERCENT"]),
    (
        "10*3/uL",
        &[
            "K/uL",
            "K/mcL",
            "K/MCL",
            "k/mcL",
            "thou/mcL",
            "10*3/mm3",
            "K/mm3",
            "K/UL",
            "k/uL",
            "thou/uL",
            "Thousand/uL",
            "x10E3/uL",
            "x10(3)/uL",
            "10^3/uL",
            "x10^3/uL",
            "10*9/L",
            "10^9/L",
            "x10E9/L",
        ],
    ),
    (
        "10*6/uL",
        &[
            "M/uL",
            "M/mcL",
            "mil/uL",
            "M/UL",
            "mill/uL",
            "Million/uL",
            "x10E6/uL",
            "x10(6)/uL",
            "10^6/uL",
            "x10^6/uL",
            "10*12/L",
            "10^12/L",
            "x10E12/L",
        ],
    ),
    ("[iU]/L", &["IU/L", "iU/L"]),
    ("[iU]/mL", &["IU/mL", "iU/mL"]),
    ("fL", &["fl", "FL"]),
    ("g/dL", &["g/dl", "G/DL", "gm/dL"]),
    (
        "m[iU]/L",
        &[
            "mIU/L",
            "m[IU]/L",
            "u[IU]/mL",
            "u[iU]/mL",
            "uIU/mL",
            "mcIU/mL",
            "\u{b5}IU/mL",
            "\u{3bc}IU/mL",
            "mU/L",
            "uU/mL",
        ],
    ),
    ("m[iU]/mL", &["mIU/mL"]),
    ("meq/L", &["mEq/L", "MEQ/L", "meq/l"]),
    ("mg/L", &["mg/l", "MG/L", "ug/mL", "mcg/mL", "mcg/ml"]),
    ("mg/dL", &["mg/dl", "MG/DL", "mgs/dL"]),
    (
        "mL/min/{1.73_m2}",
        &["mL/min/1.73m2", "mL/min/1.73 m2", "mL/min/1.73", "mL/min/1.73m*2", "mL/min/{1.73m2}"],
    ),
    ("mm/h", &["mm/hr", "mm/Hr"]),
    ("mm[Hg]", &["mmHg", "mm Hg", "MMHG", "mmhg"]),
    ("mmol/L", &["mmol/l", "MMOL/L"]),
    ("ng/dL", &["ng/dl", "NG/DL"]),
    ("ng/mL", &["ng/ml", "NG/ML", "ug/L", "mcg/L", "\u{b5}g/L", "\u{3bc}g/L", "ug/l"]),
    ("pg", &["PG"]),
    ("pg/mL", &["pg/ml", "PG/ML", "ng/L", "ng/l"]),
    ("mg/mL", &["mg/ml", "g/L", "g/l"]),
    ("s", &["sec", "seconds"]),
    ("U/L", &["U/l", "u/L", "units/L"]),
    ("ug/dL", &["mcg/dL", "\u{b5}g/dL", "\u{3bc}g/dL"]),
    ("umol/L", &["\u{b5}mol/L", "\u{3bc}mol/L", "umol/l"]),
];

pub(crate) fn unit_name(sent: Option<&str>) -> Option<&str> {
    // `{INR}` is a note on what is counted, and no unit (UCUM §6).
    let counts = |unit: &str| unit.starts_with('{') && unit.ends_with('}') && !unit[1..].contains('{');
    let sent = sent.map(str::trim).filter(|unit| !unit.is_empty() && *unit != "1" && !counts(unit))?;
    Some(UNITS.iter().find(|(_, spellings)| spellings.contains(&sent)).map_or(sent, |(name, _)| *name))
}

/// The same unit by code or by words. Two codes that differ are two units, whatever the words.
pub(crate) fn same_unit(a: &Quantity, b: &Quantity) -> bool {
    let (a_code, b_code) = (unit_name(a.code.as_deref()), unit_name(b.code.as_deref()));
    let (a_unit, b_unit) = (unit_name(a.unit.as_deref()), unit_name(b.unit.as_deref()));
    if a_code.is_some() && b_code.is_some() {
        return a_code == b_code;
    }
    let (mine, others) = ([a_code, a_unit], [b_code, b_unit]);
    match (mine.iter().flatten().next(), others.iter().flatten().next()) {
        (None, None) => true,
        (None, Some(_)) | (Some(_), None) => false,
        (Some(_), Some(_)) => {
            mine.iter().flatten().any(|unit| others.iter().flatten().any(|other| unit == other))
        }
    }
}

/// Units that measure one thing: how many of the first make one of the second, and what is added after that.
const CONVERTED: &[(&str, &str, f64, f64)] = &[
    ("kg", "[lb_av]", 0.453_592_37, 0.0),
    ("kg", "g", 0.001, 0.0),
    ("kg", "[oz_av]", 0.028_349_523_125, 0.0),
    ("cm", "[in_i]", 2.54, 0.0),
    ("cm", "m", 100.0, 0.0),
    ("Cel", "[degF]", 5.0 / 9.0, -160.0 / 9.0),
];

/// One amount in two units, as exactly as the less exact of both states it. Of measures of the body only: laboratories'
/// units are converted by what is measured.
pub(crate) fn same_measure(a: &Quantity, b: &Quantity) -> bool {
    let unit = |of: &Quantity| {
        unit_name(of.code.as_deref()).or(unit_name(of.unit.as_deref())).map(ToOwned::to_owned)
    };
    let compared = |of: &Quantity| of.comparator.as_deref().is_some_and(|sign| !sign.trim().is_empty());
    let (Some(ours), Some(theirs)) = (unit(a), unit(b)) else { return false };
    if compared(a) || compared(b) {
        return false;
    }
    CONVERTED.iter().any(|(to, from, factor, plus)| {
        let (base, other) = match () {
            () if ours == *to && theirs == *from => (a, b),
            () if ours == *from && theirs == *to => (b, a),
            () => return false,
        };
        let figure = |of: &Quantity| -> Option<(f64, f64)> {
            let text = of.value.as_deref()?.trim();
            let places = text.split_once('.').map_or(0, |(_, places)| places.len());
            Some((text.parse().ok()?, 0.5 * 10_f64.powi(-i32::try_from(places).ok()?)))
        };
        let (Some((base, near)), Some((other, other_near))) = (figure(base), figure(other)) else {
            return false;
        };
        (other * factor + plus - base).abs() <= near.max(other_near * factor) * 1.000_001
    })
}

/// What equal values have in common apart from the unit: figures by amount (`5.0` is `5`), words without their case.
/// None for no value.
pub(crate) fn value_key(value: &Value) -> Option<String> {
    match value {
        Value::Quantity(quantity) => {
            let amount = Decimal::parse(quantity.value.as_deref()?)?;
            let sign = if amount.negative { "-" } else { "" };
            let comparator = quantity.comparator.as_deref().unwrap_or("").trim();
            Some(format!("{comparator}{sign}{}e{}", amount.digits, amount.exponent))
        }
        Value::Absent { .. } => None,
        // Another server sends it as a word.
        Value::Bool(yes) => Some(format!("words {}", if *yes { "yes" } else { "no" })),
        // The kind of value stays out of it: one server sends "Negative" as text, another as a concept.
        Value::Text(_) | Value::Concept { .. } => Some(format!("words {}", fold(&value.as_sent()))),
        Value::Range { .. } | Value::Ratio { .. } | Value::Date(_) => {
            Some(format!("form {}", fold(&value.as_sent())))
        }
    }
}

/// A figure with its unit that was sent as words: `35.60 kg/m2`.
pub(crate) fn quantity_in_words(text: &str) -> Option<Quantity> {
    let (figure, unit) = text.trim().split_once(char::is_whitespace)?;
    let unit = unit.trim();
    let known = |unit: &str| UNITS.iter().any(|(name, spellings)| *name == unit || spellings.contains(&unit));
    Decimal::parse(figure)?;
    (known(unit) || unit.contains('/') && !unit.contains(char::is_whitespace)).then(|| Quantity {
        value: Some(figure.to_owned()),
        unit: Some(unit.to_owned()),
        ..Quantity::default()
    })
}

/// Codings that can be compared between senders: with a system and a code.
pub(crate) fn comparable(codings: &[Coding]) -> impl Iterator<Item = (&str, &str)> {
    codings
        .iter()
        .filter(|coding| !coding.system.is_empty() && !coding.code.is_empty())
        .map(|coding| (coding.system.as_str(), coding.code.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values that are the same, unit and comparator included.
    fn same_value(a: &Value, b: &Value) -> bool {
        if let (Value::Quantity(a), Value::Quantity(b)) = (a, b)
            && !same_unit(a, b)
        {
            return false;
        }
        value_key(a).is_some_and(|key| Some(key) == value_key(b))
    }

    fn quantity(value: &str, unit: Option<&str>, code: Option<&str>) -> Value {
        Value::Quantity(Quantity {
            value: Some(value.into()),
            unit: unit.map(Into::into),
            code: code.map(Into::into),
            ..Quantity::default()
        })
    }

    fn moment(raw: &str) -> Moment {
        Moment::of_date(&FhirDate::parse(raw).unwrap(), false, chrono_tz::America::New_York)
    }

    #[test]
    fn units_are_the_same_by_code_or_words_only() {
        assert!(same_value(&quantity("5.0", Some("mg/dL"), None), &quantity("5", None, Some("mg/dL"))));
        assert!(same_value(&quantity("5", Some("K/uL"), None), &quantity("5", Some("x"), Some("10*3/uL"))));
        assert!(same_value(&quantity("5", None, None), &quantity("5", None, Some("1"))));
        assert!(!same_value(&quantity("5", Some("mg/dL"), None), &quantity("5", Some("mmol/L"), None)));
        assert!(!same_value(&quantity("5", Some("mg/dL"), None), &quantity("5", None, None)));
        assert!(!same_value(
            &quantity("5", Some("a"), Some("mg/dL")),
            &quantity("5", Some("a"), Some("g/dL"))
        ));
        // Case matters outside the list: Mg is a megagram.
        assert!(!same_value(&quantity("5", Some("mg"), None), &quantity("5", Some("Mg"), None)));
    }

    #[test]
    fn a_comparator_is_part_of_the_value() {
        let below = Value::Quantity(Quantity {
            value: Some("5".into()),
            comparator: Some("<".into()),
            unit: Some("mg/L".into()),
            ..Quantity::default()
        });
        assert!(!same_value(&below, &quantity("5", Some("mg/L"), None)));
        assert!(same_value(&below, &below.clone()));
    }

    #[test]
    fn words_are_the_same_without_case_and_no_value_equals_nothing() {
        let concept = Value::Concept { text: "Not  Detected".into(), codings: vec![] };
        assert!(same_value(&Value::Text("NOT DETECTED".into()), &concept));
        assert!(!same_value(&Value::Text("DETECTED".into()), &concept));
        let absent = Value::Absent { text: Some("unknown".into()), code: Some("unknown".into()) };
        assert!(!same_value(&absent, &absent.clone()));
        assert!(!same_value(&Value::Text("5".into()), &quantity("5", None, None)));
    }

    #[test]
    fn moments_are_the_same_to_the_minute_or_to_the_day() {
        let same = [
            ("2024-03-01T08:15:00Z", "2024-03-01T03:15:59-05:00"),
            ("2024-03-01T08:15", "2024-03-01T08:15:30"),
            ("2024-03-01", "2024-03-01T23:15:00-05:00"),
            // 03:15 UTC is still the day before at home.
            ("2024-02-29", "2024-03-01T03:15:00Z"),
            ("2024-03", "2024-03"),
        ];
        for (a, b) in same {
            assert!(moment(a).same(moment(b)) && moment(b).same(moment(a)), "{a} {b}");
        }
        let not = [
            ("2024-03-01T08:15:00Z", "2024-03-01T08:16:00Z"),
            ("2024-03-01T08:15:00Z", "2024-03-01T08:15:00-05:00"),
            ("2024-03-01T08:15:00Z", "2024-03-01T08:15:00"),
            ("2024-03-01", "2024-03-01T03:15:00Z"),
            ("2024-03", "2024-03-01"),
            ("2024", "2024-03"),
        ];
        for (a, b) in not {
            assert!(!moment(a).same(moment(b)) && !moment(b).same(moment(a)), "{a} {b}");
        }
    }
}

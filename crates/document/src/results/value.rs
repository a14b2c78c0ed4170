//! What laboratories write in the cells of their tables: figures, findings in words, flags, units and usual ranges. Whatever
//! is not plainly one of these is none.

use super::LabFlag;

/// What a laboratory prints beside a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It is out of range.
    Out(LabFlag),
    /// Nothing is out of range.
    InRange,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// As it is printed, without flag and unit: `<5`, `5,432`, `Negative`.
    pub(super) value: String,
    /// A mark behind it.
    pub(super) mark: Option<Mark>,
    /// A unit behind it.
    pub(super) unit: Option<String>,
}

/// Findings that are written in words.
const WORDS: &[&str] = &[
    "absent",
    "amber",
    "borderline",
    "brown",
    "clear",
    "cloudy",
    "colorless",
    "dark yellow",
    "detected",
    "equivocal",
    "few",
    "hazy",
    "immune",
    "indeterminate",
    "large",
    "light yellow",
    "many",
    "moderate",
    "neg",
    "negative",
    "no growth",
    "non reactive",
    "non-detected",
    "non-immune",
    "non-reactive",
    "none",
    "none detected",
    "none seen",
    "nonreactive",
    "not detected",
    "not immune",
    "not present",
    "not seen",
    "occasional",
    "orange",
    "pale yellow",
    "pos",
    "positive",
    "presumptive positive",
    "rare",
    "reactive",
    "red",
    "resistant",
    "slightly cloudy",
    "small",
    "straw",
    "susceptible",
    "trace",
    "turbid",
    "weakly positive",
    "yellow",
];

/// Units that are written without a stroke.
const UNITS: &[&str] = &[
    "%",
    "% by volume",
    "% of total hgb",
    "% total hgb",
    "cm",
    "fl",
    "g",
    "index",
    "iu",
    "mg",
    "ml",
    "mm",
    "mmhg",
    "mom",
    "pg",
    "ratio",
    "s/co",
    "s/co ratio",
    "sec",
    "sec.",
    "seconds",
    "titer",
    "u",
    "units",
];

/// What stands before the stroke of a unit.
const PER: &[&str] = &[
    "",
    "#",
    "au",
    "cells",
    "copies",
    "fg",
    "g",
    "gm",
    "iu",
    "k",
    "kg",
    "ku",
    "log copies",
    "log iu",
    "m",
    "mcg",
    "meq",
    "mg",
    "mil",
    "mill",
    "million",
    "miu",
    "ml",
    "mm",
    "mmol",
    "mol",
    "mosm",
    "mu",
    "ng",
    "nmol",
    "pg",
    "pmol",
    "thou",
    "thousand",
    "u",
    "ug",
    "uiu",
    "umol",
    "units",
    "\u{b5}g",
    "\u{b5}iu",
    "\u{b5}mol",
    "\u{3bc}g",
    "\u{3bc}iu",
    "\u{3bc}mol",
];

/// A figure to the power of ten before the stroke: `x10E3/uL`, `10*3/uL`.
const POWERS: &[&str] = &["x10e", "x10^", "x10*", "10e", "10^", "10*", "x 10e", "x10("];

/// Characters of a unit, and of a range in words.
const LONGEST_UNIT: usize = 28;
const LONGEST_RANGE: usize = 60;
/// Digits of a figure, with its point.
const LONGEST_FIGURE: usize = 12;

/// What stands in a cell of results, with the flag and the unit behind it. None: something else stands there.
pub(super) fn found(text: &str) -> Option<Found> {
    let text = text.trim();
    if let Some(words) = in_words(text) {
        return Some(words);
    }
    let (value, behind) = leading_figure(text)?;
    let (mark, unit) = mark_and_unit(behind.trim())?;
    Some(Found { value: value.to_owned(), mark, unit })
}

/// `NEGATIVE`, `Detected (A)`, `2+`, `0-2`, `1:80`; a range of cells that were counted may have its unit.
fn in_words(text: &str) -> Option<Found> {
    let words = |value: &str, mark| Found { value: value.to_owned(), mark, unit: None };
    if is_words(text) || is_count(text) {
        return Some(words(text, None));
    }
    let (before, last) = text.rsplit_once(' ')?;
    let before = before.trim_end();
    if !(is_words(before) || is_count(before)) {
        return None;
    }
    if let Some(mark) = mark(last) {
        return Some(words(before, Some(mark)));
    }
    let unit = (is_count(before) && is_unit(last)).then(|| last.to_owned())?;
    Some(Found { unit: Some(unit), ..words(before, None) })
}

fn is_words(text: &str) -> bool {
    let small = text.trim_end_matches('.').to_lowercase();
    WORDS.contains(&small.as_str())
}

/// `2+`, `0-2`, `1:80`: what is counted or diluted and no figure that can be compared.
fn is_count(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(pluses) = text.strip_suffix('+') {
        return digits(pluses) && pluses.len() == 1;
    }
    let titer = text.trim_start_matches(['<', '>', '=']).trim_start();
    if let Some((one, dilution)) = titer.split_once(':') {
        return one == "1" && digits(dilution);
    }
    text.split_once('-').is_some_and(|(low, high)| digits(low.trim()) && digits(high.trim()))
}

/// A sign of comparison at the beginning, and what is behind it: `<`, `>=`, `> OR =`.
fn comparator(text: &str) -> Option<&str> {
    const SIGNS: &[&str] =
        &["< or =", "> or =", "<or=", ">or=", "<=", ">=", "\u{2264}", "\u{2265}", "<", ">"];
    SIGNS.iter().find_map(|sign| {
        let start = text.get(..sign.len())?;
        start.eq_ignore_ascii_case(sign).then(|| &text[sign.len()..])
    })
}

/// A figure at the beginning, as it is printed, with its sign of comparison; and what is behind it.
pub(super) fn leading_figure(text: &str) -> Option<(&str, &str)> {
    let behind_sign = comparator(text);
    let figures = behind_sign.unwrap_or(text).trim_start();
    let negative = behind_sign.is_none() && figures.starts_with('-');
    let digits = &figures[usize::from(negative)..];
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(digits.len());
    let (number, behind) = digits.split_at(end);
    if !is_figure(number) || number.len() > LONGEST_FIGURE {
        return None;
    }
    // "215H", "5.4%", "105mg/dL" are figures; "3-5", "1:80", "25OH", "3/5/2024" are something else.
    let next = behind.chars().next();
    let apart = next
        .is_none_or(|c| c.is_whitespace() || matches!(c, '%' | '(' | '*' | '[' | '\u{2191}' | '\u{2193}'));
    if !apart && mark(behind).is_none() && !is_unit(behind) {
        return None;
    }
    let length = text.len() - behind.len();
    Some((text[..length].trim_end(), behind))
}

/// `139`, `5.10`, `.5`, `5,432`, `1,234,567.8`: a point parts a figure, commas part thousands.
fn is_figure(number: &str) -> bool {
    let (whole, part) = number.split_once('.').map_or((number, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if part.is_some_and(|part| !digits(part)) {
        return false;
    }
    if !whole.contains(',') {
        return digits(whole) || (whole.is_empty() && part.is_some());
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    digits(first)
        && first.len() <= 3
        && !first.starts_with('0')
        && groups.all(|group| digits(group) && group.len() == 3)
}

/// What may stand behind a figure: nothing, a mark, a unit, or both in either order. None: something else.
fn mark_and_unit(text: &str) -> Option<(Option<Mark>, Option<String>)> {
    if text.is_empty() {
        return Some((None, None));
    }
    if let Some(mark) = mark(text) {
        return Some((Some(mark), None));
    }
    for (at, _) in text.match_indices(' ') {
        let (first, second) = (text[..at].trim(), text[at..].trim());
        match (mark(first), mark(second)) {
            (Some(mark), None) if is_unit(second) => return Some((Some(mark), Some(second.to_owned()))),
            (None, Some(mark)) if is_unit(first) => return Some((Some(mark), Some(first.to_owned()))),
            _ => {}
        }
    }
    is_unit(text).then(|| (None, Some(text.to_owned())))
}

/// A laboratory's mark. None: it is no mark.
pub(super) fn mark(text: &str) -> Option<Mark> {
    let bare = text.trim().trim_matches(['(', ')', '[', ']', '*']).trim();
    Some(Mark::Out(match bare.to_ascii_lowercase().as_str() {
        "h" | "high" | "\u{2191}" | "above range" | "above high normal" => LabFlag::High,
        "l" | "low" | "\u{2193}" | "below range" | "below low normal" => LabFlag::Low,
        "hh" | "critical high" | "alert high" | "panic high" | "high panic" | "high critical" => {
            LabFlag::CriticalHigh
        }
        "ll" | "critical low" | "alert low" | "panic low" | "low panic" | "low critical" => {
            LabFlag::CriticalLow
        }
        "a" | "abn" | "abnormal" => LabFlag::Abnormal,
        "aa" | "critical" => LabFlag::Critical,
        "n" | "normal" | "in range" | "within range" => return Some(Mark::InRange),
        _ => return None,
    }))
}

/// Whether this is a unit, as laboratories write them.
pub(super) fn is_unit(text: &str) -> bool {
    let text = text.trim();
    let bare = text.strip_suffix("(calc)").unwrap_or(text).trim_end();
    if bare.is_empty() || bare.chars().count() > LONGEST_UNIT {
        return false;
    }
    let small = bare.to_lowercase();
    if UNITS.contains(&small.as_str()) {
        return true;
    }
    let Some((amount, of)) = small.split_once('/') else { return false };
    // "1.73 m2", "24 h", "mg creat": what goes on behind a blank is one of a few words.
    let mut words = of.split(' ');
    let first = words.next().unwrap_or_default();
    let goes_on = words.all(|word| match word {
        "h" | "hr" | "hrs" | "hour" | "hours" => first.bytes().all(|byte| byte.is_ascii_digit()),
        "m2" | "m\u{b2}" | "creat" | "creatinine" | "wbc" | "crt" => true,
        _ => false,
    });
    let of_fluid = of.starts_with(|c: char| c.is_ascii_alphanumeric())
        && first.chars().all(|c| c.is_alphanumeric() || "./*^()[]{}_\u{b2}".contains(c))
        && goes_on
        && of.chars().any(char::is_alphabetic);
    let power = POWERS.iter().find_map(|power| amount.strip_prefix(power)).is_some_and(|exponent| {
        let exponent = exponent.trim_end_matches(')');
        !exponent.is_empty() && exponent.len() <= 2 && exponent.bytes().all(|byte| byte.is_ascii_digit())
    });
    of_fluid && (power || PER.contains(&amount.trim()))
}

/// One unit said twice may be written with more or less around it.
pub(super) fn same_unit(one: &str, other: &str) -> bool {
    let bare = |text: &str| text.replace("(calc)", "").replace(' ', "").to_lowercase();
    bare(one) == bare(other)
}

/// A usual range and its unit, where they stand in one cell: `65-99 mg/dL`, `> OR = 60 mL/min/1.73m2`, `mg/dL (calc)`,
/// `NEGATIVE`. None: nothing that is said of a range.
pub(super) fn range(text: &str) -> Option<(Option<String>, Option<String>)> {
    let text = unlabelled(text.trim());
    if is_unit(text) {
        return Some((None, Some(text.to_owned())));
    }
    if let Some((range, behind)) = leading_range(text) {
        if behind.is_empty() {
            return Some((Some(range.to_owned()), None));
        }
        if is_unit(behind) {
            return Some((Some(range.to_owned()), Some(behind.to_owned())));
        }
        // "<5.0 (calc)": how it was found, and no unit.
        if behind.eq_ignore_ascii_case("(calc)") {
            return Some((Some(range.to_owned()), None));
        }
    }
    let says = text.chars().any(char::is_alphanumeric) && text.chars().count() <= LONGEST_RANGE;
    says.then(|| (Some(text.to_owned()), None))
}

/// A range of figures and nothing else.
pub(super) fn is_plain_range(text: &str) -> bool {
    leading_range(text.trim()).is_some_and(|(_, behind)| behind.is_empty())
}

/// Without the words that say that it is one: "Reference range: 65-99".
pub(super) fn unlabelled(text: &str) -> &str {
    const LABELS: &[&str] =
        &["reference range:", "reference interval:", "normal range:", "standard range:", "ref range:"];
    let label = LABELS
        .iter()
        .find(|label| text.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label)));
    label.map_or(text, |label| text[label.len()..].trim())
}

/// `65-99`, `0.0 – 0.4`, `(12 to 16)`, `<100`, `> OR = 60` at the beginning, and what is behind it.
fn leading_range(text: &str) -> Option<(&str, &str)> {
    let number = |text: &str| -> Option<usize> {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
        is_figure(&text[..end]).then_some(end)
    };
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inside) = text.strip_prefix(open) {
            let (inside, behind) = inside.split_once(close)?;
            let (_, left) = leading_range(inside.trim())?;
            return left.is_empty().then(|| {
                let end = text.len() - behind.len();
                (&text[..end], behind.trim())
            });
        }
    }
    let apart = |end: usize| {
        let behind = &text[end..];
        behind
            .is_empty()
            .then_some("")
            .or_else(|| behind.starts_with([' ', '%']).then(|| behind.trim()))
            .map(|behind| (&text[..end], behind))
    };
    if let Some(behind) = comparator(text) {
        let figure = behind.trim_start();
        let start = text.len() - figure.len();
        return apart(start + number(figure)?);
    }
    let first = number(text)?;
    let behind = text[first..].trim_start();
    let second = behind
        .strip_prefix(['-', '\u{2013}', '\u{2014}'])
        .or_else(|| behind.strip_prefix("to "))?
        .trim_start();
    let start = text.len() - second.len();
    apart(start + number(second)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Option<Mark>, Option<String>)> {
        found(text).map(|found| (found.value, found.mark, found.unit))
    }

    #[test]
    fn figures_findings_flags_and_units_are_told_apart() {
        let of = |value: &str, mark: Option<Mark>, unit: Option<&str>| {
            Some((value.to_owned(), mark, unit.map(str::to_owned)))
        };
        for (text, said) in [
            ("131", of("131", None, None)),
            ("215 H", of("215", Some(Mark::Out(LabFlag::High)), None)),
            ("215H", of("215", Some(Mark::Out(LabFlag::High)), None)),
            ("3.2 (L)", of("3.2", Some(Mark::Out(LabFlag::Low)), None)),
            ("105 mg/dL", of("105", None, Some("mg/dL"))),
            ("105 mg/dL (H)", of("105", Some(Mark::Out(LabFlag::High)), Some("mg/dL"))),
            ("H 105 mg/dL", None),
            ("5.4%", of("5.4", None, Some("%"))),
            ("<0.01", of("<0.01", None, None)),
            ("> OR = 60", of("> OR = 60", None, None)),
            ("5,432", of("5,432", None, None)),
            ("12 Normal", of("12", Some(Mark::InRange), None)),
            ("NEGATIVE", of("NEGATIVE", None, None)),
            ("Not Detected", of("Not Detected", None, None)),
            ("POSITIVE A", of("POSITIVE", Some(Mark::Out(LabFlag::Abnormal)), None)),
            ("2+", of("2+", None, None)),
            ("0-2 /HPF", of("0-2", None, Some("/HPF"))),
            ("1:80", of("1:80", None, None)),
            // Not results.
            ("See note", None),
            ("TNP", None),
            ("Pending", None),
            ("5,43", None),
            ("1.2.3", None),
            ("3/5/2024", None),
            ("25OH", None),
            ("10 times a day", None),
            ("1234567890123", None),
            ("", None),
        ] {
            assert_eq!(read(text), said, "{text}");
        }
    }

    #[test]
    fn a_unit_is_one_that_laboratories_write() {
        for unit in [
            "mg/dL",
            "mg/dL (calc)",
            "%",
            "% of total Hgb",
            "x10E3/uL",
            "10*3/uL",
            "Thousand/uL",
            "mL/min/1.73m2",
            "mL/min/1.73 m2",
            "\u{b5}IU/mL",
            "/HPF",
            "fL",
            "mcg/mg creat",
            "U/L",
            "g/24 h",
            "cells/uL",
        ] {
            assert!(is_unit(unit), "{unit}");
        }
        for none in [
            "",
            "N/A",
            "A/G",
            "and/or",
            "3/5/2024",
            "daily",
            "H",
            "99",
            "he/she",
            "1/2",
            "mg/",
            "m/99",
            "mg/dL H",
            "mg/dL today",
        ] {
            assert!(!is_unit(none), "{none}");
        }
    }

    #[test]
    fn a_range_stands_with_its_unit_or_without() {
        let of = |range: Option<&str>, unit: Option<&str>| {
            Some((range.map(str::to_owned), unit.map(str::to_owned)))
        };
        for (text, said) in [
            ("65-99 mg/dL", of(Some("65-99"), Some("mg/dL"))),
            ("0.0 \u{2013} 0.4", of(Some("0.0 \u{2013} 0.4"), None)),
            ("<200 mg/dL", of(Some("<200"), Some("mg/dL"))),
            ("> OR = 60 mL/min/1.73m2", of(Some("> OR = 60"), Some("mL/min/1.73m2"))),
            ("<5.0 (calc)", of(Some("<5.0"), None)),
            ("mg/dL (calc)", of(None, Some("mg/dL (calc)"))),
            ("NEGATIVE", of(Some("NEGATIVE"), None)),
            ("Normal range: 70 - 99 mg/dL", of(Some("70 - 99"), Some("mg/dL"))),
            ("(12 to 16)", of(Some("(12 to 16)"), None)),
            ("4.0-5.6%", of(Some("4.0-5.6"), Some("%"))),
            ("--", None),
        ] {
            assert_eq!(range(text), said, "{text}");
        }
    }
}

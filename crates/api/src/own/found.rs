//! What a laboratory found, as a person writes it: a figure with its sign of comparison, or words.

use std::fmt::Write as _;

use serde_json::{Value, json, value::RawValue};

use super::measures::figure;

/// Signs of comparison as they are written, the longer first, and as FHIR writes them.
const SIGNS: &[(&str, &str)] = &[
    ("< or =", "<="),
    ("> or =", ">="),
    ("<=", "<="),
    (">=", ">="),
    ("\u{2264}", "<="),
    ("\u{2265}", ">="),
    ("<", "<"),
    (">", ">"),
];

/// The elements of an Observation that say what was found, as JSON without a brace: digits stay as they were written.
pub(super) fn value_element(value: &str, unit: Option<&str>) -> String {
    let Some((sign, figure)) = amount(value) else {
        let words = match unit {
            Some(unit) => format!("{value} {unit}"),
            None => value.to_owned(),
        };
        return format!("\"valueString\":{}", json!(words));
    };
    let mut quantity = format!("{{\"value\":{figure}");
    for (name, text) in [("comparator", sign), ("unit", unit)] {
        if let Some(text) = text {
            let _ = write!(quantity, ",\"{name}\":{}", json!(text));
        }
    }
    format!("\"valueQuantity\":{quantity}}}")
}

/// A figure as JSON writes it, and its sign of comparison as FHIR does. `None`: these are words.
fn amount(written: &str) -> Option<(Option<&'static str>, String)> {
    let written = written.trim();
    let sign = SIGNS
        .iter()
        .find(|(sign, _)| written.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign)));
    let behind = sign.map_or(written, |(sign, _)| written[sign.len()..].trim_start());
    let digits = behind.strip_prefix('-').filter(|_| sign.is_none());
    let number = without_commas(digits.unwrap_or(behind))?;
    let number = figure(&number)?;
    let minus = if digits.is_some() { "-" } else { "" };
    Some((sign.map(|(_, fhir)| *fhir), format!("{minus}{number}")))
}

/// `5,432` as `5432`. `None`: commas stand where they part no thousands.
fn without_commas(number: &str) -> Option<String> {
    let (whole, part) = number.split_once('.').map_or((number, ""), |(whole, part)| (whole, part));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let parted = whole.contains(',');
    let right = !parted || ((1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3));
    (right && !part.contains(',')).then(|| number.replace(',', ""))
}

#[derive(serde::Deserialize)]
struct Found<'a> {
    #[serde(borrow, rename = "valueQuantity")]
    quantity: Option<Quantity<'a>>,
    #[serde(rename = "valueString")]
    words: Option<String>,
}

#[derive(serde::Deserialize)]
struct Quantity<'a> {
    #[serde(borrow)]
    value: &'a RawValue,
    comparator: Option<String>,
    unit: Option<String>,
}

/// What was found and its unit, of an Observation of [`value_element`].
pub(super) fn value_of(observation: &str) -> Option<(String, Option<String>)> {
    let found: Found<'_> = serde_json::from_str(observation).ok()?;
    match found.quantity {
        Some(one) => {
            let sign = one.comparator.unwrap_or_default();
            Some((format!("{sign}{}", one.value.get()), one.unit))
        }
        None => Some((found.words?, None)),
    }
}

/// What a changed entry keeps of what it was before: that it was read from a document, and from which.
pub(super) fn kept_elements(before: &str) -> Option<String> {
    let before: Value = serde_json::from_str(before).ok()?;
    let kept = ["meta", "derivedFrom"].into_iter().filter_map(|name| Some((name, before.get(name)?)));
    let kept = kept.map(|(name, value)| format!(",\"{name}\":{value}")).collect::<Vec<_>>().concat();
    (!kept.is_empty()).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_keeps_its_digits_and_words_are_words() {
        let both = |value: &str, unit: Option<&str>| {
            let observation = format!("{{{}}}", value_element(value, unit));
            value_of(&observation).expect("it reads back")
        };
        let of = |value: &str, unit: Option<&str>| (value.to_owned(), unit.map(str::to_owned));
        assert_eq!(both("5.10", Some("mmol/L")), of("5.10", Some("mmol/L")));
        assert_eq!(both("<0.01", Some("uIU/mL")), of("<0.01", Some("uIU/mL")));
        assert_eq!(both("> OR = 60", None), of(">=60", None));
        assert_eq!(both("5,432", None), of("5432", None));
        assert_eq!(both("-1.50", None), of("-1.50", None));
        assert_eq!(both("Negative", None), of("Negative", None));
        assert_eq!(both("0-2", Some("/HPF")), of("0-2 /HPF", None));
        for words in ["5,43", "1.2.3", "<", "1:80", "2+", "< low", "1e5", "\u{2264}"] {
            assert_eq!(both(words, None), of(words, None), "{words}");
        }
        assert!(value_element("<5", None).contains("\"comparator\":\"<\""));
    }
}

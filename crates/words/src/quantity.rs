//! What was measured or found, in words.

use std::fmt::Write as _;

use wholechart_fhir::{
    Found, Kind, Quantity, ReferenceRange, Value, code_text, pressure_text, range_text, ratio_text, term,
};

use crate::language::Language;
use crate::speech::Speech;

impl Speech<'_> {
    /// A measured amount as sent, its figure written out.
    pub fn quantity(&self, quantity: &Quantity) -> String {
        let quantity = &quantity.written_out();
        match (quantity.span_of_time(), quantity.value.as_deref()) {
            (Some(unit), Some(figure)) => {
                self.span(&format!("{}{figure}", quantity.comparator.as_deref().unwrap_or("")), unit)
            }
            _ => self.sent(&quantity.to_text()),
        }
    }

    /// "34 years", of a figure and UCUM's letters for a unit of time; as sent where there are no words for the unit.
    pub fn span(&self, figure: &str, unit: &str) -> String {
        let key = format!("span-{unit}");
        if !self.words.has(&key) {
            return self.sent(&format!("{figure} {unit}"));
        }
        // A figure that is no whole number is several of them.
        let count = figure.parse::<usize>().unwrap_or(2);
        self.words.with(&key, &[("figure", figure.into()), ("count", count.into())])
    }

    /// From one amount to another.
    pub fn range(&self, low: Option<&Quantity>, high: Option<&Quantity>) -> String {
        let (low, high) = (low.map(Quantity::written_out), high.map(Quantity::written_out));
        let (low, high) = (low.as_ref(), high.as_ref());
        match (low.and_then(Quantity::span_of_time), high.and_then(Quantity::span_of_time), low, high) {
            (Some(one), Some(other), Some(low), Some(high)) if one == other => {
                let figures = format!("{}\u{2013}{}", low.figure(), high.figure());
                self.span(&figures, one)
            }
            _ => self.sent(&range_text(low, high)),
        }
    }

    /// A value, to the last figure as sent.
    pub fn found_value(&self, value: &Value) -> String {
        match value {
            Value::Date(date) => self.entry_date(date),
            Value::Bool(yes) => self.yes_or_no(*yes),
            Value::Absent { text, code } => {
                let reason = match (text, code) {
                    (Some(text), _) => self.sent(text),
                    (None, code) => {
                        let code = code.clone().unwrap_or_default();
                        self.code(None, &wholechart_fhir::Coding { code, ..Default::default() })
                    }
                };
                self.words.with("value-absent", &[("reason", (&reason).into())])
            }
            Value::Concept { text, codings } => {
                let bare = codings.iter().find(|coding| {
                    term(&coding.system, &coding.code) == Some(text.as_str()) || code_text(coding) == *text
                });
                match bare {
                    Some(coding) => self.code(None, coding),
                    None => self.sent(text),
                }
            }
            Value::Quantity(quantity) => self.quantity(quantity),
            Value::Text(text) => self.sent(text),
            Value::Range { low, high } => self.range(low.as_ref(), high.as_ref()),
            Value::Ratio { numerator, denominator } => {
                let written = |side: &Option<Quantity>| side.as_ref().map(Quantity::written_out);
                let (numerator, denominator) = (written(numerator), written(denominator));
                self.sent(&ratio_text(numerator.as_ref(), denominator.as_ref()))
            }
        }
    }

    /// What was found, to the last figure as sent.
    pub fn found(&self, found: &Found) -> String {
        match found {
            Found::One(Value::Absent { text, code }) => match (text, code) {
                (Some(text), _) => self.sent(text),
                (None, code) => self.code(
                    None,
                    &wholechart_fhir::Coding { code: code.clone().unwrap_or_default(), ..Default::default() },
                ),
            },
            Found::One(value) => self.found_value(value),
            Found::BloodPressure { systolic, diastolic } => {
                self.sent(&pressure_text(&systolic.written_out(), &diastolic.written_out()))
            }
            Found::Parts(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|(title, value)| format!("{} {}", self.part(title), self.found_value(value)))
                    .collect();
                parts.join("; ")
            }
        }
    }

    /// What was found in the unit it was sent in; figures with more decimals than anybody measures are rounded.
    pub fn figures(&self, found: &Found) -> String {
        match found {
            Found::One(Value::Quantity(quantity)) => self.sent(&rounded(&quantity.written_out().to_text())),
            Found::BloodPressure { systolic, diastolic } => {
                self.sent(&rounded(&pressure_text(&systolic.written_out(), &diastolic.written_out())))
            }
            Found::One(_) | Found::Parts(_) => rounded(&self.found(found)),
        }
    }

    /// What was found, for a row of a list: figures with more decimals than anybody measures are rounded, and a body's
    /// measures stand in US customary units first where people use them.
    pub fn at_a_glance(&self, kind: Kind, found: &Found) -> String {
        let shown = self.figures(found);
        match (self.words.language(), kind, found) {
            (Language::En, Kind::Vital, Found::One(Value::Quantity(quantity))) => match customary(quantity) {
                Some(customary) => format!("{customary} ({shown})"),
                None => shown,
            },
            _ => shown,
        }
    }

    /// What is usual, for a row of a list: in the units that [`Speech::at_a_glance`] gives the value in.
    pub fn usual(&self, kind: Kind, range: &ReferenceRange) -> String {
        let shown = self.sent(&range.to_text());
        match (self.words.language(), kind) {
            (Language::En, Kind::Vital) => match customary_range(range) {
                Some(customary) => format!("{customary} ({shown})"),
                None => shown,
            },
            _ => shown,
        }
    }
}

/// A usual range in US customary units; its unit is said once. `None` where a bound is in none.
fn customary_range(range: &ReferenceRange) -> Option<String> {
    let bound = |own: &Quantity, other: Option<&Quantity>| {
        // Of two bounds often only one says the unit of both.
        let lacks = own.unit.is_none() && own.code.is_none();
        let (unit, code) =
            other.filter(|_| lacks).map_or((&own.unit, &own.code), |one| (&one.unit, &one.code));
        customary(&Quantity { unit: unit.clone(), code: code.clone(), ..own.clone() })
    };
    let stated = |bound: &Option<Quantity>| bound.clone().filter(|quantity| quantity.value.is_some());
    match (stated(&range.low), stated(&range.high)) {
        (Some(low), Some(high)) => {
            let (low, high) = (bound(&low, Some(&high))?, bound(&high, Some(&low))?);
            let unit = high.rsplit(' ').next().unwrap_or_default();
            let figure =
                low.strip_suffix(unit).filter(|_| !low.contains("ft")).map_or(low.as_str(), str::trim_end);
            Some(format!("{figure}\u{2013}{high}"))
        }
        (Some(low), None) => Some(format!("\u{2265}{}", bound(&low, None)?)),
        (None, Some(high)) => Some(format!("\u{2264}{}", bound(&high, None)?)),
        (None, None) => None,
    }
}

/// A body measure in US customary units: `154.3 lb`, `5 ft 8 in`, `98.6 °F`. `None` for other units, and for what is not one
/// plain figure.
fn customary(quantity: &Quantity) -> Option<String> {
    // What is one of two units is converted from neither.
    if quantity.comparator.is_some() || quantity.contradicts_itself() {
        return None;
    }
    let figure: f64 = quantity.value.as_deref()?.parse().ok().filter(|figure: &f64| figure.is_finite())?;
    let unit = quantity.code.as_deref().or(quantity.unit.as_deref())?;
    Some(match unit {
        // The international pound and inch are exact: 0.45359237 kg, 2.54 cm.
        "kg" => format!("{:.1} lb", figure / 0.453_592_37),
        "cm" => {
            let inches = figure / 2.54;
            if inches < 36.0 {
                format!("{inches:.1} in")
            } else {
                let whole = inches.round();
                format!("{:.0} ft {:.0} in", (whole / 12.0).floor(), whole % 12.0)
            }
        }
        "Cel" | "\u{b0}C" => format!("{:.1} \u{b0}F", figure * 9.0 / 5.0 + 32.0),
        _ => return None,
    })
}

/// Figures with more decimals than anybody measures (`98.21412318209126 kg`, out of a conversion or a simulation), rounded
/// to what can be read at a glance. What was sent, to the last figure, is on the record's page.
fn rounded(value: &str) -> String {
    /// Decimals that a laboratory may well mean.
    const MEANT: usize = 4;
    /// Decimals that a computation leaves; with more, a number stays as it was sent.
    const MOST: usize = 40;
    /// Digits before the point that are calculated with exactly.
    const WHOLE: usize = 12;
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(point) = rest.find('.') {
        let whole = rest[..point].len() - rest[..point].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let decimals = rest[point + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let end = point + 1 + decimals;
        // Further points make it a date, a version or a number of something: no decimal fraction.
        let fraction = (1..=WHOLE).contains(&whole)
            && (MEANT + 1..=MOST).contains(&decimals)
            && !rest[end..].starts_with('.')
            && !text.ends_with('.');
        let figure = &rest[point - whole..end];
        match figure.parse::<f64>() {
            Ok(number) if fraction => {
                text.push_str(&rest[..point - whole]);
                // Three figures that count, however small the number is.
                let places = if number >= 10.0 {
                    1
                } else if number >= 1.0 {
                    2
                } else {
                    first_that_counts(figure) + 2
                };
                // Writing to a String cannot fail.
                let _ = write!(text, "{number:.places$}");
            }
            _ => text.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    text + rest
}

/// Which decimal is the first that is not 0.
fn first_that_counts(figure: &str) -> usize {
    figure.split('.').nth(1).map_or(1, |decimals| decimals.bytes().take_while(|c| *c == b'0').count() + 1)
}

#[cfg(test)]
mod tests {
    use wholechart_fhir::{Kind, Quantity, ReferenceRange};

    use super::{customary, rounded};

    #[test]
    fn an_exponent_is_written_out() {
        let words = crate::Words::english();
        let speech = crate::Speech::new(&words, chrono_tz::UTC, chrono::DateTime::UNIX_EPOCH);
        let amount = |value: &str| wholechart_fhir::Quantity {
            value: Some(value.to_owned()),
            unit: Some("mmHg".to_owned()),
            ..Default::default()
        };
        assert_eq!(speech.quantity(&amount("1.2E+2")), "120 mmHg");
        assert_eq!(speech.range(Some(&amount("4e-3")), None), "\u{2265}0.004 mmHg");
        let pressure =
            wholechart_fhir::Found::BloodPressure { systolic: amount("1.2E+2"), diastolic: amount("78") };
        assert_eq!(speech.found(&pressure), "120/78 mmHg");
    }

    #[test]
    fn figures_are_rounded_only_where_nobody_measured_them() {
        for (sent, shown) in [
            ("98.21412318209126 kg", "98.2 kg"),
            ("-3.0493452137405015", "-3.05"),
            ("<0.0004211 ng/mL", "<0.000421 ng/mL"),
            ("0.99999 mg/dL", "1.000 mg/dL"),
            ("122.51251/71.00009 mmHg", "122.5/71.0 mmHg"),
            ("5.034756083218718 mmol/L", "5.03 mmol/L"),
        ] {
            assert_eq!(rounded(sent), shown);
        }
        for sent in
            ["5.10%", "0.0042 ng/mL", "131 mg/dL", "1.2.840.113619", "", ".", "as of 1.1.2024", "v. 3", "7."]
        {
            assert_eq!(rounded(sent), sent);
        }
        // Nobody measures like this, and the formatter has a bound.
        let sent = format!("0.{}1 mg", "0".repeat(70_000));
        assert_eq!(rounded(&sent), sent);
        // A number of this size loses figures when it is calculated with.
        assert_eq!(rounded("12345678901234567890.12345"), "12345678901234567890.12345");
        assert_eq!(rounded("123456789012.12345"), "123456789012.1");
    }

    #[test]
    fn a_body_is_measured_in_customary_units_too() {
        let said = |value: &str, unit: &str| {
            let text = |text: &str| Some(text.to_owned());
            customary(&Quantity { value: text(value), unit: text(unit), ..Quantity::default() })
        };
        assert_eq!(said("70", "kg").as_deref(), Some("154.3 lb"));
        assert_eq!(said("172", "cm").as_deref(), Some("5 ft 8 in"));
        assert_eq!(said("34.5", "cm").as_deref(), Some("13.6 in"));
        assert_eq!(said("37.0", "Cel").as_deref(), Some("98.6 \u{b0}F"));
        assert_eq!(said("182.9", "cm").as_deref(), Some("6 ft 0 in"));
        assert_eq!((said("150", "lb"), said("about 70", "kg")), (None, None));
    }

    #[test]
    fn what_is_usual_is_said_in_the_units_of_the_value() {
        let words = crate::Words::english();
        let speech = crate::Speech::new(&words, chrono_tz::UTC, chrono::DateTime::UNIX_EPOCH);
        let amount = |said: &str| {
            let (value, unit) = said.split_once(' ').unwrap_or((said, ""));
            let unit = Some(unit.to_owned()).filter(|unit| !unit.is_empty());
            Quantity { value: Some(value.to_owned()), unit, ..Quantity::default() }
        };
        let usual = |kind, low: Option<&str>, high: Option<&str>| {
            let (low, high) = (low.map(amount), high.map(amount));
            speech.usual(kind, &ReferenceRange { low, high, text: None, applies_to: None })
        };
        let vital = |low, high| usual(Kind::Vital, low, high);
        assert_eq!(
            vital(Some("36.1 Cel"), Some("37.2 Cel")),
            "97.0\u{2013}99.0 \u{b0}F (36.1\u{2013}37.2 \u{b0}C)"
        );
        assert_eq!(
            vital(Some("36.1"), Some("37.2 Cel")),
            "97.0\u{2013}99.0 \u{b0}F (36.1\u{2013}37.2 \u{b0}C)"
        );
        assert_eq!(vital(None, Some("80 kg")), "\u{2264}176.4 lb (\u{2264}80 kg)");
        assert_eq!(vital(Some("150 cm"), Some("172 cm")), "4 ft 11 in\u{2013}5 ft 8 in (150\u{2013}172 cm)");
        assert_eq!(vital(Some("30 cm"), Some("34.5 cm")), "11.8\u{2013}13.6 in (30\u{2013}34.5 cm)");
        assert_eq!(vital(Some("60 /min"), Some("100 /min")), "60\u{2013}100 /min");
        // A weight in a laboratory is nobody's body.
        assert_eq!(usual(Kind::Result, Some("1 kg"), Some("2 kg")), "1\u{2013}2 kg");
    }
}

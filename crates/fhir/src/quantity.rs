//! Measured amounts, exactly as sent.

use serde::{Deserialize, Serialize};

/// A measured amount. Figures are the exact text that was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quantity {
    /// Decimal as sent, such as `5.10`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// `<`, `<=`, `>=`, `>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparator: Option<String>,
    /// The unit for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The unit's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The unit's code system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The number came as a JSON string.
    #[serde(default)]
    pub sent_as_text: bool,
}

/// `1.2E+2` as `120`, `4e-3` as `0.004`; none for a figure without an exponent, and for one that would be too long to read.
fn without_exponent(figure: &str) -> Option<String> {
    const LONGEST: i32 = 15;
    let (front, exponent) = figure.split_once(['e', 'E'])?;
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() <= LONGEST)?;
    let (sign, digits) = match front.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", front.strip_prefix('+').unwrap_or(front)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{part}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let written = match usize::try_from(point) {
        Ok(0) => format!("0.{all}"),
        Ok(point) if point >= all.len() => format!("{all}{}", "0".repeat(point - all.len())),
        Ok(point) => {
            let (whole, part) = all.split_at(point);
            format!("{whole}.{part}")
        }
        Err(_) => format!("0.{}{all}", "0".repeat(usize::try_from(-point).ok()?)),
    };
    // Zeros in front of the first figure are none of the sender's.
    let tidy = written.trim_start_matches('0');
    let tidy = if tidy.is_empty() || tidy.starts_with('.') { format!("0{tidy}") } else { tidy.to_owned() };
    Some(format!("{sign}{tidy}"))
}

/// One name for the units of weight, length and warmth that are mixed up most, in any of their spellings.
fn known_unit(unit: &str) -> Option<&'static str> {
    Some(match unit.trim().trim_end_matches('.').to_lowercase().as_str() {
        "kg" | "kgs" | "kilogram" | "kilograms" => "kg",
        "g" | "gram" | "grams" => "g",
        "lb" | "lbs" | "[lb_av]" | "pound" | "pounds" => "lb",
        "oz" | "[oz_av]" | "ounce" | "ounces" => "oz",
        "cm" | "centimeter" | "centimeters" => "cm",
        "m" | "meter" | "meters" => "m",
        "in" | "[in_i]" | "inch" | "inches" => "in",
        "cel" | "\u{b0}c" | "degc" | "deg c" => "Cel",
        "[degf]" | "\u{b0}f" | "degf" | "deg f" => "degF",
        "mg/dl" => "mg/dL",
        "mmol/l" => "mmol/L",
        _ => return None,
    })
}

pub(crate) fn join_unit(figure: &str, unit: Option<&str>) -> String {
    match unit {
        None => figure.to_owned(),
        Some("%") => format!("{figure}%"),
        Some(unit) if figure.is_empty() => unit.to_owned(),
        Some(unit) => format!("{figure} {unit}"),
    }
}

/// A unit of UCUM without what it marks annotations with, which nobody reads: `mL/min/{1.73_m2}` is `mL/min/1.73 m²`. As sent where
/// it has no annotation.
pub fn unit_read(unit: &str) -> String {
    if !unit.contains('{') {
        return unit.to_owned();
    }
    unit.replace("_m2}", "_m\u{b2}}").replace(['{', '}'], "").replace('_', " ")
}

impl Quantity {
    /// Comparator, figure as sent and unit: `131 mg/dL`, `<5 mg/L`, `5.10%`. Empty when nothing was sent.
    pub fn to_text(&self) -> String {
        join_unit(&self.figure(), self.unit_text().as_deref())
    }

    /// Comparator and figure as sent, without the unit.
    pub fn figure(&self) -> String {
        let sign = self.comparator.as_deref().unwrap_or("");
        // A word in place of a sign stands apart from the figure.
        let apart = if sign.ends_with(char::is_alphanumeric) { " " } else { "" };
        format!("{sign}{apart}{}", self.value.as_deref().unwrap_or(""))
    }

    /// The same amount with its figure written out: `1.2E+2` is `120`. As sent where nothing has to be written out.
    #[must_use]
    pub fn written_out(&self) -> Quantity {
        let value = self.value.as_deref().and_then(without_exponent).or_else(|| self.value.clone());
        Quantity { value, ..self.clone() }
    }

    /// The unit for people and the unit's code are two units that both are known: `lbs` beside `kg`.
    pub fn contradicts_itself(&self) -> bool {
        let known = |unit: Option<&str>| known_unit(unit?);
        let both = known(self.unit.as_deref()).zip(known(self.code.as_deref()));
        both.is_some_and(|(unit, code)| unit != code)
    }

    /// The unit as people write it: as sent, else its code; in both, UCUM's brackets and braces are for machines.
    pub fn unit_text(&self) -> Option<String> {
        let sent = self.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty());
        let unit = sent.or_else(|| self.code.as_deref().map(str::trim))?;
        Some(match unit {
            // A figure is a score by what it is of.
            // So is what is counted, in UCUM's unit: "2 1" is 2.
            "" | "{score}" | "1" => return None,
            "mm[Hg]" => "mmHg".to_owned(),
            "[lb_av]" => "lb".to_owned(),
            "[in_i]" | "[in_us]" => "in".to_owned(),
            "[degF]" => "\u{b0}F".to_owned(),
            "Cel" => "\u{b0}C".to_owned(),
            unit => unit_read(unit),
        })
    }

    /// UCUM's letters of a longer unit of time, which nobody reads as such: `34 a` is 34 years. `None` for other units.
    pub fn span_of_time(&self) -> Option<&'static str> {
        Some(match self.unit_text()?.as_str() {
            "a" | "year" | "years" => "a",
            "mo" | "month" | "months" => "mo",
            "wk" | "week" | "weeks" => "wk",
            "d" | "day" | "days" => "d",
            _ => return None,
        })
    }
}

/// `70–99 mg/dL`, `≥70 mg/dL`, `≤99 mg/dL`; empty without bounds.
pub fn range_text(low: Option<&Quantity>, high: Option<&Quantity>) -> String {
    let low = low.filter(|quantity| quantity.value.is_some()).map(Quantity::written_out);
    let high = high.filter(|quantity| quantity.value.is_some()).map(Quantity::written_out);
    // A bound that brings its own comparator keeps it.
    let bounded = |sign: &str, quantity: &Quantity| {
        if quantity.comparator.is_some() {
            quantity.to_text()
        } else {
            format!("{sign}{}", quantity.to_text())
        }
    };
    match (&low, &high) {
        (Some(low), Some(high)) => {
            let (low_unit, high_unit) = (low.unit_text(), high.unit_text());
            if low_unit == high_unit || low_unit.is_none() {
                join_unit(&format!("{}\u{2013}{}", low.figure(), high.figure()), high_unit.as_deref())
            } else {
                format!("{}\u{2013}{}", low.to_text(), high.to_text())
            }
        }
        (Some(low), None) => bounded("\u{2265}", low),
        (None, Some(high)) => bounded("\u{2264}", high),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::unit_read;

    #[test]
    fn an_annotation_of_a_unit_is_written_as_people_read_it() {
        for (sent, read) in [
            ("mL/min/{1.73_m2}", "mL/min/1.73 m\u{b2}"),
            ("{beats}/min", "beats/min"),
            ("/{high_power_field}", "/high power field"),
            ("mg/dL", "mg/dL"),
            ("10_a", "10_a"),
        ] {
            assert_eq!(unit_read(sent), read);
        }
    }
}

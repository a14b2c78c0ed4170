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

pub(crate) fn join_unit(figure: &str, unit: Option<&str>) -> String {
    match unit {
        None => figure.to_owned(),
        Some("%") => format!("{figure}%"),
        Some(unit) if figure.is_empty() => unit.to_owned(),
        Some(unit) => format!("{figure} {unit}"),
    }
}

impl Quantity {
    /// Comparator, figure as sent and unit: `131 mg/dL`, `<5 mg/L`, `5.10%`. Empty when nothing was sent.
    pub fn to_text(&self) -> String {
        join_unit(&self.figure(), self.unit_text().as_deref())
    }

    /// Comparator and figure as sent, without the unit.
    pub fn figure(&self) -> String {
        format!("{}{}", self.comparator.as_deref().unwrap_or(""), self.value.as_deref().unwrap_or(""))
    }

    /// The unit as people write it: as sent, else its code; in both, UCUM's brackets and braces are for machines.
    pub fn unit_text(&self) -> Option<String> {
        let sent = self.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty());
        let unit = sent.or_else(|| self.code.as_deref().map(str::trim))?;
        Some(match unit {
            "" => return None,
            "1" if sent.is_none() => return None,
            "mm[Hg]" => "mmHg".to_owned(),
            "[lb_av]" => "lb".to_owned(),
            "[in_i]" => "in".to_owned(),
            "[degF]" => "\u{b0}F".to_owned(),
            "Cel" => "\u{b0}C".to_owned(),
            unit if unit.contains('{') => unit.replace(['{', '}'], "").replace('_', " "),
            unit => unit.to_owned(),
        })
    }

    /// UCUM's letters of a longer unit of time, which nobody reads as such: `34 a` is 34 years. `None` for other units.
    pub fn span_of_time(&self) -> Option<&'static str> {
        let unit = self.unit_text()?;
        ["a", "mo", "wk", "d"].into_iter().find(|letters| *letters == unit)
    }
}

/// `70–99 mg/dL`, `≥70 mg/dL`, `≤99 mg/dL`; empty without bounds.
pub fn range_text(low: Option<&Quantity>, high: Option<&Quantity>) -> String {
    let low = low.filter(|quantity| quantity.value.is_some());
    let high = high.filter(|quantity| quantity.value.is_some());
    // A bound that brings its own comparator keeps it.
    let bounded = |sign: &str, quantity: &Quantity| {
        if quantity.comparator.is_some() {
            quantity.to_text()
        } else {
            format!("{sign}{}", quantity.to_text())
        }
    };
    match (low, high) {
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

//! What was measured or found, exactly as sent.

use serde::{Deserialize, Serialize};

use crate::datatype::{Coding, EntryDate, Title};
use crate::terms::name_of_code;

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

/// What was found (`value[x]`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type", content = "is")]
pub enum Value {
    /// A measured amount.
    Quantity(Quantity),
    /// Words, a count: anything that reads as text. Exact as sent.
    Text(String),
    /// Yes or no.
    Bool(bool),
    /// A coded answer with its words.
    Concept {
        /// Words by the title rules.
        text: String,
        /// The codings as sent.
        codings: Vec<Coding>,
    },
    /// From low to high.
    Range {
        /// Lower bound.
        low: Option<Quantity>,
        /// Upper bound.
        high: Option<Quantity>,
    },
    /// A titre or rate.
    Ratio {
        /// Numerator.
        numerator: Option<Quantity>,
        /// Denominator.
        denominator: Option<Quantity>,
    },
    /// A date or period as a value.
    Date(EntryDate),
    /// Nothing, and the sender says why (`dataAbsentReason`).
    Absent {
        /// The reason in the sender's words.
        text: Option<String>,
        /// The reason's code, such as `asked-unknown`.
        code: Option<String>,
    },
}

/// A range the sender compares the value with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReferenceRange {
    /// Lower bound; none for one-sided ranges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Quantity>,
    /// Upper bound; none for one-sided ranges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Quantity>,
    /// The range in words, such as "Negative".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What the range means or whom it applies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applies_to: Option<String>,
}

/// A part of a result, such as systolic pressure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Component {
    /// By the title rules; empty where the sender sent neither words nor a code.
    pub title: String,
    /// As sent.
    pub codes: Vec<Coding>,
    /// The part's value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The lab's own flags, as codes (`H`, `L`, `A`, …).
    #[serde(default)]
    pub interpretation: Vec<Coding>,
    /// Ranges sent with this part.
    #[serde(default)]
    pub reference_range: Vec<ReferenceRange>,
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
            unit => match self.span(unit) {
                Some(span) => span.to_owned(),
                None if unit.contains('{') => unit.replace(['{', '}'], "").replace('_', " "),
                None => unit.to_owned(),
            },
        })
    }

    /// UCUM's letters for spans of time, which nobody reads as such: `34 a` is 34 years.
    fn span(&self, code: &str) -> Option<&'static str> {
        let one = self.value.as_deref() == Some("1");
        Some(match code {
            "a" if one => "year",
            "a" => "years",
            "mo" if one => "month",
            "mo" => "months",
            "wk" if one => "week",
            "wk" => "weeks",
            "d" if one => "day",
            "d" => "days",
            _ => return None,
        })
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

impl ReferenceRange {
    /// The bounds (FHIR's are inclusive): `70–99 mg/dL`, `≥70`, `≤99 mg/dL`; without bounds the sender's words.
    /// Empty when neither was sent.
    pub fn to_text(&self) -> String {
        let bounds = range_text(self.low.as_ref(), self.high.as_ref());
        if bounds.is_empty() { self.text.clone().unwrap_or_default() } else { bounds }
    }
}

impl Value {
    /// The figures and words as sent, without any of ours: a yes or no is empty, a date is its text.
    pub fn as_sent(&self) -> String {
        match self {
            Value::Quantity(quantity) => quantity.to_text(),
            Value::Text(text) | Value::Concept { text, .. } => text.clone(),
            Value::Bool(_) => String::new(),
            Value::Absent { text, code } => text.clone().or_else(|| code.clone()).unwrap_or_default(),
            Value::Range { low, high } => range_text(low.as_ref(), high.as_ref()),
            Value::Ratio { numerator, denominator } => ratio_text(numerator.as_ref(), denominator.as_ref()),
            Value::Date(date) => date.raw_text(),
        }
    }
}

/// `1 : 40`, or the numerator alone.
pub fn ratio_text(numerator: Option<&Quantity>, denominator: Option<&Quantity>) -> String {
    let text = |side: Option<&Quantity>| side.map(Quantity::to_text).unwrap_or_default();
    match (text(numerator), text(denominator)) {
        (numerator, denominator) if denominator.is_empty() => numerator,
        (numerator, denominator) => format!("{numerator} : {denominator}"),
    }
}

impl Component {
    /// What it is called.
    pub fn called(&self) -> Title {
        let code = self.codes.iter().find(|coding| name_of_code(coding) == self.title);
        Title { text: self.title.clone(), code: code.cloned() }
    }
}

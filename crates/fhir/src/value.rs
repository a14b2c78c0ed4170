//! What was measured or found, exactly as sent.

use serde::{Deserialize, Serialize};

use crate::datatype::{Coding, EntryDate, Title};
use crate::quantity::{Quantity, range_text};
use crate::terms::name_of_code;

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

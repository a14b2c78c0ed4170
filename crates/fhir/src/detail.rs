//! Details of an entry as typed values: what was sent, and nothing that we say about it.

use serde::{Deserialize, Serialize};

use crate::datatype::{Coding, Reference};
use crate::date::FhirDate;
use crate::element::Element;
use crate::quantity::{Quantity, range_text};
use crate::value::{Value, ratio_text};

/// One more thing the record says, for its page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Detail {
    /// Which element says it.
    pub element: Element,
    /// What the element is called, where [`Element`] has no name for it; made of the element's own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What was sent.
    pub value: DetailValue,
}

/// What a detail says. Text is always the sender's.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DetailValue {
    /// The sender's words.
    Text(String),
    /// A date, with the precision it was stated with.
    Date(FhirDate),
    /// From when until when; one of the two at least. A period with a side that is no date is a [`DetailValue::Text`].
    Period {
        /// The beginning.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<FhirDate>,
        /// The end, inclusive.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end: Option<FhirDate>,
    },
    /// Yes or no.
    Bool(bool),
    /// A code without words of the sender's.
    Code(Coding),
    /// A measured amount.
    Quantity(Quantity),
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
    /// When something is to be done.
    Timing(Box<Timing>),
    /// Another resource; its display is what it is called.
    Reference(Reference),
    /// What is said with something beside it, such as `+1 555 0100 (phone, home)`.
    Beside {
        /// What is said.
        said: Box<DetailValue>,
        /// What stands beside it.
        beside: Vec<DetailValue>,
    },
    /// A question and what was answered; none to a question that was left open.
    Answer {
        /// The question, as asked.
        question: Option<String>,
        /// The answers.
        answers: Vec<DetailValue>,
    },
    /// Several of the same.
    Several(Vec<DetailValue>),
    /// A structure too deep to be read.
    TooDeep,
}

/// When something is to be done (FHIR R4 §2.24.0.12 Timing). Figures and codes as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Timing {
    /// The sender's code or words for the whole, such as `BID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<DetailValue>,
    /// Single moments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<DetailValue>,
    /// How often in each period.
    #[serde(default, skip_serializing_if = "Bounds::is_empty")]
    pub frequency: Bounds,
    /// How long a period is, in [`Timing::period_unit`].
    #[serde(default, skip_serializing_if = "Bounds::is_empty")]
    pub period: Bounds,
    /// UCUM's code of the period's unit: `s`, `min`, `h`, `d`, `wk`, `mo`, `a`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period_unit: Option<String>,
    /// How long each time takes, in [`Timing::duration_unit`].
    #[serde(default, skip_serializing_if = "Bounds::is_empty")]
    pub duration: Bounds,
    /// UCUM's code of the duration's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_unit: Option<String>,
    /// How many times in all.
    #[serde(default, skip_serializing_if = "Bounds::is_empty")]
    pub count: Bounds,
    /// Codes of days of the week (`mon`) and of events of the day (`HS`, `ACM`), and times of day, in the order sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<String>,
    /// Minutes before or after the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<String>,
    /// From when until when, or for how long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounds: Option<DetailValue>,
}

/// A figure, or one from and one to, as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bounds {
    /// The figure, or the lower one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The upper one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

impl Bounds {
    /// Nothing was sent.
    pub fn is_empty(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// `2`, `4–6`; `None` when nothing was sent.
    pub fn text(&self) -> Option<String> {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => Some(format!("{from}\u{2013}{to}")),
            (one, other) => one.clone().or_else(|| other.clone()),
        }
    }
}

/// How a medicine is taken (FHIR R4 §2.24.0.13 Dosage): the sender's own text, and the parts that were sent beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dosage {
    /// The sender's text, often written for a pharmacy: `1 tab PO BID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What the sender wrote for the patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patient_instruction: Option<String>,
    /// Amounts and rates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<DetailValue>,
    /// Route, method and site.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<DetailValue>,
    /// When it is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
    /// Only when it is needed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_needed: bool,
    /// What for it may be needed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub as_needed_for: Vec<DetailValue>,
    /// Further instructions, such as "with food".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instructions: Vec<DetailValue>,
    /// At most so much in so long.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at_most: Vec<Limit>,
}

/// At most this amount in this span.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limit {
    /// The amount.
    pub amount: Quantity,
    /// The span.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Quantity>,
}

/// A comment, with who made it and when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    /// The comment as sent.
    pub text: String,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Box<DetailValue>>,
}

impl DetailValue {
    /// The sender's text as a date where it is one to the month at least and nothing else, else as words.
    pub fn of_text(text: String) -> DetailValue {
        match FhirDate::parse(&text).filter(|date| date.month.is_some() && date.raw == text) {
            Some(date) => DetailValue::Date(date),
            None => DetailValue::Text(text),
        }
    }

    /// A code of FHIR's own, such as `high`.
    pub(crate) fn bare_code(code: impl Into<String>) -> DetailValue {
        DetailValue::Code(Coding { code: code.into(), ..Coding::default() })
    }

    /// What is said, one or several, with what stands beside it; `None` for nothing at all.
    pub(crate) fn with(said: Vec<DetailValue>, beside: Vec<DetailValue>) -> Option<DetailValue> {
        let (said, beside) = if said.is_empty() { (beside, Vec::new()) } else { (said, beside) };
        let mut said = said;
        let said = match said.len() {
            0 => return None,
            1 => said.remove(0),
            _ => DetailValue::Several(said),
        };
        Some(if beside.is_empty() { said } else { DetailValue::Beside { said: Box::new(said), beside } })
    }

    /// Every text of the sender's in it, for search and for comparing: words, names of codes, figures with units. Dates as
    /// sent; nothing for a yes or no.
    pub fn sent(&self, each: &mut dyn FnMut(&str)) {
        match self {
            DetailValue::Text(text) => each(text),
            DetailValue::Date(date) => each(&date.raw),
            DetailValue::Period { start, end } => {
                start.iter().chain(end).for_each(|date| each(&date.raw));
            }
            DetailValue::Bool(_) | DetailValue::TooDeep => {}
            DetailValue::Code(coding) => each(&crate::terms::name_of_code(coding)),
            DetailValue::Quantity(quantity) => each(&quantity.to_text()),
            DetailValue::Range { low, high } => each(&range_text(low.as_ref(), high.as_ref())),
            DetailValue::Ratio { numerator, denominator } => {
                each(&ratio_text(numerator.as_ref(), denominator.as_ref()));
            }
            DetailValue::Timing(timing) => timing.sent(each),
            DetailValue::Reference(reference) => {
                reference.display.iter().for_each(|display| each(display));
            }
            DetailValue::Beside { said, beside } => {
                said.sent(each);
                for one in beside {
                    one.sent(each);
                }
            }
            DetailValue::Answer { question, answers } => {
                if let Some(question) = question {
                    each(question);
                }
                for answer in answers {
                    answer.sent(each);
                }
            }
            DetailValue::Several(several) => several.iter().for_each(|one| one.sent(each)),
        }
    }

    /// [`DetailValue::sent`] in one text.
    pub fn all_sent(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        self.sent(&mut |text| parts.extend(Some(text.to_owned()).filter(|text| !text.is_empty())));
        parts.join(", ")
    }

    /// The same of what is said, without what stands beside it.
    pub fn plain(&self) -> String {
        match self {
            DetailValue::Beside { said, .. } => said.all_sent(),
            other => other.all_sent(),
        }
    }

    /// The dates in it: of a date, of both ends of a period.
    pub fn dates(&self) -> impl Iterator<Item = &FhirDate> {
        let (one, other) = match self {
            DetailValue::Date(date) => (Some(date), None),
            DetailValue::Period { start, end } => (start.as_ref(), end.as_ref()),
            _ => (None, None),
        };
        one.into_iter().chain(other)
    }

    /// The reference in it.
    pub fn reference(&self) -> Option<&Reference> {
        match self {
            DetailValue::Reference(reference) => Some(reference),
            DetailValue::Beside { said, .. } => said.reference(),
            _ => None,
        }
    }

    pub(crate) fn reference_mut(&mut self) -> Option<&mut Reference> {
        match self {
            DetailValue::Reference(reference) => Some(reference),
            DetailValue::Beside { said, .. } => said.reference_mut(),
            _ => None,
        }
    }

    /// Nothing can be said of it.
    pub fn is_empty(&self) -> bool {
        match self {
            DetailValue::Bool(_)
            | DetailValue::TooDeep
            | DetailValue::Reference(_)
            | DetailValue::Timing(_) => false,
            DetailValue::Beside { said, beside } => {
                said.is_empty() && beside.iter().all(DetailValue::is_empty)
            }
            DetailValue::Answer { question, answers } => {
                question.is_none() && answers.iter().all(DetailValue::is_empty)
            }
            DetailValue::Several(several) => several.iter().all(DetailValue::is_empty),
            other => other.plain().trim().is_empty(),
        }
    }
}

impl Timing {
    fn sent(&self, each: &mut dyn FnMut(&str)) {
        self.code.iter().chain(&self.events).chain(&self.bounds).for_each(|one| one.sent(each));
    }

    /// Nothing was sent that is known here.
    pub fn is_empty(&self) -> bool {
        *self == Timing::default()
    }
}

impl From<Value> for DetailValue {
    fn from(value: Value) -> DetailValue {
        match value {
            Value::Quantity(quantity) => DetailValue::Quantity(quantity),
            Value::Text(text) | Value::Concept { text, .. } => DetailValue::Text(text),
            Value::Bool(yes) => DetailValue::Bool(yes),
            Value::Range { low, high } => DetailValue::Range { low, high },
            Value::Ratio { numerator, denominator } => DetailValue::Ratio { numerator, denominator },
            Value::Date(date) => match (date.start, date.end) {
                (Some(start), None) => DetailValue::Date(start),
                (None, None) => DetailValue::Text(date.text.unwrap_or_default()),
                (start, end) => DetailValue::Period { start, end },
            },
            Value::Absent { text, code } => match (text, code) {
                (Some(text), _) => DetailValue::Text(text),
                (None, code) => DetailValue::bare_code(code.unwrap_or_default()),
            },
        }
    }
}

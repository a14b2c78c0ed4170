//! Details of an entry in words.

use wholechart_fhir::{Detail, DetailValue, Element, Note, ratio_text};

use crate::speech::Speech;

impl Speech<'_> {
    /// A detail, after what its element is called where that has no heading of its own.
    pub fn detail(&self, detail: &Detail) -> String {
        let value = self.value(Some(detail.element), &detail.value);
        match &detail.name {
            Some(name) => format!("{}: {value}", self.sent(name)),
            None => value,
        }
    }

    /// What stands over a detail.
    pub fn element(&self, element: Element) -> String {
        self.get(&format!("detail-{}", element.name()))
    }

    /// A value of an element.
    pub fn value(&self, element: Option<Element>, value: &DetailValue) -> String {
        match value {
            DetailValue::Text(text) => self.sent(text),
            // At what time of day somebody got hives is one detail too many.
            DetailValue::Date(date) => self.moment(date, element == Some(Element::REACTION)),
            DetailValue::Period { start, end } => self.period(start.as_ref(), end.as_ref()),
            DetailValue::Bool(yes) => self.yes_or_no(*yes),
            DetailValue::Code(coding) => self.code(element, coding),
            DetailValue::Quantity(quantity) => self.quantity(quantity),
            DetailValue::Range { low, high } => self.range(low.as_ref(), high.as_ref()),
            DetailValue::Ratio { numerator, denominator } => {
                self.sent(&ratio_text(numerator.as_ref(), denominator.as_ref()))
            }
            DetailValue::Timing(timing) => self.timing(timing),
            DetailValue::Reference(reference) => match &reference.display {
                Some(display) => self.sent(display),
                None => self.type_of(&reference.reference),
            },
            DetailValue::Beside { said, beside } if element == Some(Element::PARTICIPANT) => {
                let said = self.value(element, said);
                let known: Vec<DetailValue> =
                    beside.iter().filter(|part| !is_unknown(part)).cloned().collect();
                if known.is_empty() { said } else { format!("{said} ({})", self.values(element, &known)) }
            }
            DetailValue::Beside { said, beside } => {
                format!("{} ({})", self.value(element, said), self.values(element, beside))
            }
            DetailValue::Answer { question: Some(question), answers } => {
                format!("{}: {}", self.sent(question), self.values(element, answers))
            }
            DetailValue::Answer { question: None, answers } => self.values(element, answers),
            DetailValue::Several(several) if element == Some(Element::PARTICIPANT) => {
                // A part that nobody knows is none of what somebody did.
                let known: Vec<DetailValue> =
                    several.iter().filter(|part| !is_unknown(part)).cloned().collect();
                self.values(element, if known.is_empty() { several } else { &known })
            }
            DetailValue::Several(several) => self.values(element, several),
            DetailValue::TooDeep => "\u{2026}".to_owned(),
        }
    }

    fn values(&self, element: Option<Element>, values: &[DetailValue]) -> String {
        values.iter().map(|value| self.value(element, value)).collect::<Vec<_>>().join(", ")
    }

    /// "yes", "no"
    pub fn yes_or_no(&self, yes: bool) -> String {
        self.get(if yes { "answer-yes" } else { "answer-no" })
    }

    /// A comment, then in brackets who made it and when.
    pub fn note(&self, note: &Note) -> String {
        let about: Vec<String> = note
            .author
            .iter()
            .map(|author| self.sent(author))
            .chain(note.time.iter().map(|time| self.value(None, time)))
            .collect();
        let text = self.sent(&note.text);
        if about.is_empty() { text } else { format!("{text} ({})", about.join(", ")) }
    }
}

/// A code or a word that says that it is not known.
fn is_unknown(value: &DetailValue) -> bool {
    let unknown = |text: &str| text.trim().eq_ignore_ascii_case("unknown");
    match value {
        DetailValue::Text(text) => unknown(text),
        DetailValue::Code(coding) => unknown(&coding.code) || coding.display.as_deref().is_some_and(unknown),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wholechart_fhir::Coding;

    #[test]
    fn of_somebody_whose_part_is_unknown_only_the_name_is_said() {
        let words = crate::Words::english();
        let speech = Speech::new(&words, chrono_tz::UTC, chrono::DateTime::UNIX_EPOCH);
        let name = DetailValue::Text("Dr. Adaeze Okafor".to_owned());
        let role = |code: &str| DetailValue::Code(Coding { code: code.to_owned(), ..Coding::default() });
        let said = |parts: &[DetailValue]| {
            speech.value(Some(Element::PARTICIPANT), &DetailValue::Several(parts.to_vec()))
        };
        assert_eq!(said(&[name.clone(), role("unknown")]), "Dr. Adaeze Okafor");
        let beside = |part: &DetailValue| DetailValue::Beside {
            said: Box::new(name.clone()),
            beside: vec![part.clone()],
        };
        let of_team = |part: &DetailValue| speech.value(Some(Element::PARTICIPANT), &beside(part));
        assert_eq!(of_team(&role("unknown")), "Dr. Adaeze Okafor");
        assert_eq!(of_team(&DetailValue::Text("Nurse".to_owned())), "Dr. Adaeze Okafor (Nurse)");
        assert!(said(&[role("unknown")]).to_lowercase().contains("unknown"), "where it is all that was sent");
    }
}

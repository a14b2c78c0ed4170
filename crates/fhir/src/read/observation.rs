//! Observations: kind, values, components, ranges, flags.

use std::borrow::Cow;

use super::Reader;
use crate::datatype::{Coding, DateRole};
use crate::detail::DetailValue;
use crate::entry::{Caution, Entry, Fault, Kind, TitleSource};
use crate::json::{Json, Node};
use crate::quantity::Quantity;
use crate::system::LOINC;
use crate::terms::{TestClass, test_class};
use crate::text::readable;
use crate::value::{Component, ReferenceRange, Value};

/// What categories and codes say an observation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// They say it.
    Said(Kind),
    /// No category is known here, and no code either: what was found has to say it.
    Open,
}

/// Categories of FHIR's own (observation-category of R4 and US Core's additions) that are neither a laboratory's nor
/// vital signs.
const OTHERS: &[&str] = &[
    "activity",
    "clinical-test",
    "cognitive-status",
    "disability-status",
    "exam",
    "functional-status",
    "imaging",
    "procedure",
    "sdoh",
    "sexual-orientation",
    "social-history",
    "survey",
    "therapy",
    "treatment-intervention-preference",
    "care-experience-preference",
];

/// Laboratory, vital sign or other: by category; without one that is known by our own table of codes.
///
/// A category that is not known says nothing, and the rules behind it hold as if it were not there.
pub(super) fn kind_of(category: &[Coding], codes: &[Coding]) -> Sort {
    let said = |coding: &Coding| {
        let display = coding.display.as_deref().unwrap_or_default().to_lowercase();
        [coding.code.to_lowercase(), display]
    };
    let words: Vec<String> = category.iter().flat_map(said).collect();
    let says = |known: &dyn Fn(&str) -> bool| words.iter().any(|word| known(word));
    if says(&|word| matches!(word, "vital-signs" | "vital signs" | "vital-sign" | "vital sign" | "vitals")) {
        return Sort::Said(Kind::Vital);
    }
    let is_laboratory = |word: &str| {
        matches!(word, "lab" | "labs" | "lab result" | "lab results") || word.contains("laborator")
    };
    if says(&is_laboratory) {
        return Sort::Said(Kind::Result);
    }
    if says(&|word| OTHERS.contains(&word.replace(' ', "-").as_str())) {
        return Sort::Said(Kind::Observation);
    }
    let class =
        codes.iter().filter(|coding| coding.system == LOINC).find_map(|coding| test_class(&coding.code));
    match class {
        Some(TestClass::Laboratory) => Sort::Said(Kind::Result),
        Some(TestClass::Vital) => Sort::Said(Kind::Vital),
        Some(TestClass::Other) => Sort::Said(Kind::Observation),
        None => Sort::Open,
    }
}

/// A sender's own category of what is asked rather than measured.
fn is_about_life(category: &Coding) -> bool {
    const WORDS: &[&str] = &[
        "assess",
        "exam",
        "function",
        "habit",
        "history",
        "lifestyle",
        "question",
        "screen",
        "social",
        "survey",
    ];
    let said = [Some(category.code.as_str()), category.display.as_deref()];
    said.into_iter().flatten().any(|said| WORDS.iter().any(|word| said.to_lowercase().contains(word)))
}

impl Reader<'_, '_> {
    pub(super) fn observation(&self, entry: &mut Entry) {
        entry.value = self.value(self.root, "");
        entry.interpretation = self.interpretations(self.root);
        entry.reference_range = self.ranges(self.root, entry.value.as_ref());
        for part in self.root.all("component") {
            if !part.is_object() {
                self.problem("component", Fault::NotAnObject);
                continue;
            }
            let code = part.first("code");
            let named = code.map(|code| self.concept(code)).unwrap_or_default();
            let title = named.named().map(|named| named.text).unwrap_or_default();
            if let Some(code) = code.filter(|_| named.source == Some(TitleSource::Table)) {
                super::title::leave_unsaid(code, &[&title]);
            }
            let value = self.value(part, "component.");
            entry.components.push(Component {
                title,
                codes: named.codings,
                interpretation: self.interpretations(part),
                reference_range: self.ranges(part, value.as_ref()),
                value,
            });
        }
        if entry.kind == Kind::Observation
            && kind_of(&entry.category, &entry.codes) == Sort::Open
            && self.has_a_laboratorys_shape(entry)
        {
            entry.kind = Kind::Result;
        }
        let values = entry.value.iter().chain(entry.components.iter().filter_map(|part| part.value.as_ref()));
        if values.into_iter().any(|value| matches!(value, Value::Quantity(one) if one.contradicts_itself())) {
            entry.cautions.push(Caution::UnitContradiction);
        }
        // Before R4, members and what a value was derived from stand in one list.
        for related in self.root.all("related") {
            let source = match related.peek("type") {
                None | Some("has-member") => false,
                Some("derived-from") => true,
                Some(_) => continue,
            };
            related.get("type").into_iter().for_each(Node::mark);
            match related.get("target").and_then(|target| self.reference(target)) {
                Some(target) if source => {
                    super::push_detail(entry, "", "derivedFrom", DetailValue::Reference(target));
                }
                Some(target) => entry.members.push(target),
                None => {}
            }
        }
    }

    /// A figure or a finding with what laboratories put beside it: a flag, a range, the specimen.
    fn has_a_laboratorys_shape(&self, entry: &Entry) -> bool {
        let measured = |value: &Value| {
            matches!(value, Value::Quantity(one) if one.value.is_some())
                || matches!(
                    value,
                    Value::Ratio { .. } | Value::Range { .. } | Value::Text(_) | Value::Concept { .. }
                )
        };
        let parts = || entry.components.iter();
        let found = entry.value.as_ref().is_some_and(measured)
            || parts().any(|part| part.value.as_ref().is_some_and(measured));
        let judged = !entry.interpretation.is_empty()
            || !entry.reference_range.is_empty()
            || parts().any(|part| !part.interpretation.is_empty() || !part.reference_range.is_empty());
        // So much in so much of a fluid.
        let concentration = |quantity: &Quantity| {
            const PER: &[&str] = &["/l", "/dl", "/ml", "/ul", "/mm3"];
            let units = [quantity.code.as_deref(), quantity.unit.as_deref()];
            units.into_iter().flatten().any(|unit| PER.iter().any(|per| unit.to_lowercase().ends_with(per)))
        };
        let of_fluid =
            matches!(&entry.value, Some(Value::Quantity(one)) if one.value.is_some() && concentration(one));
        // A category of the sender's own says at least that it was measured somewhere.
        let measured =
            matches!(&entry.value, Some(Value::Quantity(one)) if one.value.is_some() && one.unit.is_some());
        let bench = measured && !entry.category.is_empty() && !entry.category.iter().any(is_about_life);
        found && (judged || of_fluid || bench || self.root.has("specimen"))
    }

    /// `value[x]` of whatever type, then `dataAbsentReason`.
    fn value(&self, node: &Node<'_>, path: &str) -> Option<Value> {
        for (name, value) in node.members() {
            if !name.starts_with("value") || value.is_null() {
                continue;
            }
            let whole = if path.is_empty() { Cow::from(*name) } else { Cow::from(format!("{path}{name}")) };
            if let Some(value) = self.any_value(value, &whole) {
                return Some(value);
            }
        }
        let reason = node.first("dataAbsentReason")?;
        let concept = self.concept(reason);
        let code = concept.codings.into_iter().map(|coding| coding.code).find(|code| !code.is_empty());
        let sent = matches!(concept.source, Some(TitleSource::Text | TitleSource::Display));
        let text = concept.text.filter(|_| sent);
        (text.is_some() || code.is_some()).then_some(Value::Absent { text, code })
    }

    /// One value by its shape, so that a misnamed element is read all the same.
    pub(super) fn any_value(&self, node: &Node<'_>, path: &str) -> Option<Value> {
        let name = path.rsplit('.').next().unwrap_or_default();
        match &node.json {
            Json::Bool(yes) => {
                node.mark();
                Some(Value::Bool(*yes))
            }
            Json::Number(text) => {
                node.mark();
                Some(Value::Text((*text).to_owned()))
            }
            Json::Text(_) if name.ends_with("Quantity") => {
                let quantity = self.quantity(node, path).filter(|quantity| quantity.value.is_some());
                quantity.map(Value::Quantity).or_else(|| {
                    node.mark();
                    node.scalar().map(|text| Value::Text(text.to_owned()))
                })
            }
            Json::Text(_)
                if name.ends_with("DateTime") || name.ends_with("Date") || name.ends_with("Instant") =>
            {
                self.date_of(node, path, DateRole::Clinical).map(Value::Date)
            }
            Json::Text(_) if name.ends_with("Boolean") && yes_or_no(node).is_some() => {
                node.mark();
                yes_or_no(node).map(Value::Bool)
            }
            Json::Text(_) => {
                let text = node.scalar()?;
                node.mark();
                Some(Value::Text(readable(text).into_owned()))
            }
            Json::List(items) => items.iter().find_map(|item| self.any_value(item, path)),
            Json::Object(_) => self.object_value(node, path, name),
            Json::Null | Json::Deep => None,
        }
    }

    fn object_value(&self, node: &Node<'_>, path: &str, name: &str) -> Option<Value> {
        if node.has("numerator") || node.has("denominator") {
            let side =
                |part: &str| node.get(part).and_then(|side| self.quantity(side, &format!("{path}.{part}")));
            return Some(Value::Ratio { numerator: side("numerator"), denominator: side("denominator") });
        }
        if node.has("low") || node.has("high") {
            return Some(self.value_range(node, path));
        }
        if node.has("start") || node.has("end") {
            return self.date_of(node, path, DateRole::Clinical).map(Value::Date);
        }
        if node.has("coding")
            || (name.ends_with("CodeableConcept") && !node.has("value"))
            || name.ends_with("Coding")
        {
            let concept = self.concept(node);
            let text = concept.named()?.text;
            return Some(Value::Concept { text, codings: concept.codings });
        }
        if node.has("origin") || node.has("dimensions") {
            // A curve: the figures are kept verbatim, the reader is told what there is.
            let data = node.text("data").unwrap_or_default().to_owned();
            return Some(Value::Text(data)).filter(|value| *value != Value::Text(String::new()));
        }
        if node.has("contentType") || node.has("data") || node.has("url") {
            // The file goes to the attachments; its name is not what was found.
            return None;
        }
        if node.has("value") || node.has("unit") || node.has("code") || node.has("units") {
            let quantity = self.quantity(node, path).unwrap_or_default();
            // Words where a number belongs: "negative" is still what was found.
            if quantity.value.is_none()
                && let Some(text) = node.text("value")
            {
                return Some(Value::Text(match quantity.unit_text() {
                    Some(unit) => format!("{text} {unit}"),
                    None => text.to_owned(),
                }));
            }
            return Some(Value::Quantity(quantity)).filter(|value| !value.as_sent().is_empty());
        }
        if node.has("text") {
            return node.text("text").map(|text| Value::Text(text.to_owned()));
        }
        None
    }

    /// The lab's flags: one concept before R4, a list since; a code alone or words alone too.
    fn interpretations(&self, node: &Node<'_>) -> Vec<Coding> {
        let mut out = Vec::new();
        for concept in node.all("interpretation") {
            let plain = !concept.is_object();
            let read = self.concept(concept);
            match (read.codings.is_empty(), read.text) {
                (false, text) => {
                    out.extend(read.codings);
                    // Words beside a bare code belong to it.
                    if let Some(last) = out.last_mut().filter(|coding| coding.display.is_none())
                        && read.source == Some(TitleSource::Text)
                    {
                        last.display = text;
                    }
                }
                (true, Some(text)) if plain => out.push(Coding { code: text, ..Coding::default() }),
                (true, Some(text)) => out.push(Coding { display: Some(text), ..Coding::default() }),
                (true, None) => {}
            }
        }
        out
    }

    fn ranges(&self, node: &Node<'_>, value: Option<&Value>) -> Vec<ReferenceRange> {
        let mut ranges = self.ranges_as_sent(node);
        let unit = match value {
            Some(Value::Quantity(quantity)) => quantity.unit_text(),
            _ => None,
        };
        for range in ranges.iter_mut().filter(|range| range.low.is_none() && range.high.is_none()) {
            // A range in words of the plain form is a range.
            if let Some((low, high)) =
                range.text.as_deref().and_then(|text| super::range::plain_range(text, unit.as_deref()))
            {
                (range.low, range.high) = (low, high);
            }
        }
        ranges
    }

    fn ranges_as_sent(&self, node: &Node<'_>) -> Vec<ReferenceRange> {
        let mut out = Vec::new();
        for range in node.all("referenceRange") {
            if !range.is_object() {
                let text = range.scalar().map(ToOwned::to_owned);
                range.mark();
                out.extend(text.map(|text| ReferenceRange { text: Some(text), ..ReferenceRange::default() }));
                continue;
            }
            let bound = |name: &str| {
                range.get(name).and_then(|bound| self.quantity(bound, &format!("referenceRange.{name}")))
            };
            let words: Vec<String> = ["meaning", "type", "appliesTo"]
                .iter()
                .flat_map(|name| range.all(name))
                .filter_map(|concept| self.concept(concept).text)
                .chain(range.get("age").map(|age| self.value_range(age, "referenceRange.age").as_sent()))
                .filter(|text| !text.is_empty())
                .collect();
            let read = ReferenceRange {
                low: bound("low"),
                high: bound("high"),
                text: range.text("text").map(ToOwned::to_owned),
                applies_to: (!words.is_empty()).then(|| words.join(", ")),
            };
            if read != ReferenceRange::default() {
                out.push(read);
            }
        }
        out
    }
}

/// A boolean that was sent as a string.
fn yes_or_no(node: &Node<'_>) -> Option<bool> {
    match node.scalar()?.trim().to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

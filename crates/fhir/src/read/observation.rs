//! Observations: kind, values, components, ranges, flags.

use super::Reader;
use crate::datatype::{Coding, DateRole};
use crate::entry::{Entry, Fault, Kind, TitleSource};
use crate::json::{Json, Node};
use crate::system::LOINC;
use crate::terms::{TestClass, test_class};
use crate::value::{Component, ReferenceRange, Value};

/// Laboratory, vital sign or other: by category; without one by our own table of codes, and never by guessing.
pub(super) fn kind_of(category: &[Coding], codes: &[Coding]) -> Kind {
    let says = |words: &[&str]| {
        category.iter().any(|coding| {
            let code = coding.code.to_ascii_lowercase();
            let display = coding.display.as_deref().unwrap_or_default().to_ascii_lowercase();
            words.iter().any(|word| code == *word || display == *word)
        })
    };
    if says(&["vital-signs", "vital signs", "vital-sign", "vitals"]) {
        return Kind::Vital;
    }
    if says(&["laboratory", "lab", "labs", "laboratory studies"]) {
        return Kind::Result;
    }
    if !category.is_empty() {
        return Kind::Observation;
    }
    let class =
        codes.iter().filter(|coding| coding.system == LOINC).find_map(|coding| test_class(&coding.code));
    match class {
        Some(TestClass::Laboratory) => Kind::Result,
        Some(TestClass::Vital) => Kind::Vital,
        _ => Kind::Observation,
    }
}

impl Reader<'_, '_> {
    pub(super) fn observation(&self, entry: &mut Entry) {
        entry.value = self.value(self.root, "");
        entry.interpretation = self.interpretations(self.root);
        entry.reference_range = self.ranges(self.root);
        for part in self.root.all("component") {
            if !part.is_object() {
                self.problem("component", Fault::NotAnObject);
                continue;
            }
            let concept = part.first("code").map(|code| self.concept(code)).unwrap_or_default();
            let title = concept.named().map(|named| named.text).unwrap_or_default();
            entry.components.push(Component {
                title,
                codes: concept.codings,
                value: self.value(part, "component."),
                interpretation: self.interpretations(part),
                reference_range: self.ranges(part),
            });
        }
        // Before R4, members and what a value was derived from stand in one list.
        for related in self.root.all("related") {
            if related.peek("type").is_none_or(|kind| kind == "has-member") {
                related.get("type").into_iter().for_each(Node::mark);
                if let Some(target) = related.get("target").and_then(|target| self.reference(target)) {
                    entry.members.push(target);
                }
            }
        }
    }

    /// `value[x]` of whatever type, then `dataAbsentReason`.
    fn value(&self, node: &Node<'_>, path: &str) -> Option<Value> {
        for (name, value) in node.members() {
            if !name.starts_with("value") || value.is_null() {
                continue;
            }
            if let Some(value) = self.any_value(value, &format!("{path}{name}")) {
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
            Json::Text(_) => {
                let text = node.scalar()?;
                node.mark();
                Some(Value::Text(text.to_owned()))
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

    fn ranges(&self, node: &Node<'_>) -> Vec<ReferenceRange> {
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

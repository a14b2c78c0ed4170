//! Values of observations (`xsi:type`) as FHIR's `value[x]`, amounts, and ranges.

use super::Reader;
use crate::fault::Fault;
use crate::json::{Json, Object, figure};
use crate::tree::Node;

impl<'t> Reader<'t> {
    /// The value of a node under its name in FHIR, or why there is none.
    pub(super) fn value(&self, node: Node<'t>) -> Option<(&'static str, Json)> {
        let kind = node.peek("type").unwrap_or_default();
        let kind = kind.rsplit(':').next().unwrap_or_default();
        let read = match kind {
            "PQ" | "REAL" | "MO" => self.quantity(node).map(|value| ("valueQuantity", Json::from(value))),
            "INT" => self.integer(node),
            "CD" | "CE" | "CV" | "CO" | "CS" => {
                self.concept(node).map(|value| ("valueCodeableConcept", Json::from(value)))
            }
            "BL" => node
                .attribute("value")
                .map(|value| ("valueBoolean", Json::Bool(value.eq_ignore_ascii_case("true")))),
            "TS" => self.moment(node).map(|value| ("valueDateTime", Json::from(value))),
            "IVL_TS" => {
                let span = self.span(node);
                let at = span.at.clone().map(|at| ("valueDateTime", Json::from(at)));
                at.or_else(|| span.period().map(|value| ("valuePeriod", Json::from(value))))
            }
            "IVL_PQ" | "IVL_INT" | "IVL_REAL" => self.interval(node),
            "RTO" | "RTO_PQ_PQ" | "RTO_INT_INT" | "RTO_QTY_QTY" => {
                self.ratio(node).map(|value| ("valueRatio", Json::from(value)))
            }
            "II" => {
                let said = node.attribute("extension").or_else(|| node.attribute("root"));
                said.map(|value| ("valueString", Json::from(value.into_owned())))
            }
            "PN" | "EN" | "ON" | "AD" | "TEL" | "ST" | "ED" => self.said_text(node),
            _ => self.by_shape(node),
        };
        read.or_else(|| self.said_text(node)).or_else(|| Self::absent(node))
    }

    /// A value without a type, or of one that is not known: by what it has.
    fn by_shape(&self, node: Node<'t>) -> Option<(&'static str, Json)> {
        if node.child("low").is_some() || node.child("high").is_some() {
            return self.interval(node);
        }
        if node.peek("code").is_some() || node.peek("codeSystem").is_some() {
            return self.concept(node).map(|value| ("valueCodeableConcept", Json::from(value)));
        }
        node.peek("value")?;
        self.quantity(node).map(|value| ("valueQuantity", Json::from(value)))
    }

    fn said_text(&self, node: Node<'t>) -> Option<(&'static str, Json)> {
        // A picture or a file is no words.
        if node.peek("representation").is_some_and(|form| form == "B64") {
            return None;
        }
        let kind = node.peek("type").unwrap_or_default();
        // Words within an amount are its unit's.
        let words = if kind.ends_with("PQ") || kind.ends_with("INT") || kind.ends_with("REAL") {
            node.own_words()
        } else {
            self.text_of(node).or_else(|| self.original_text(node)).map(|words| words.text)
        };
        words.map(|words| ("valueString", Json::from(words)))
    }

    fn absent(node: Node<'t>) -> Option<(&'static str, Json)> {
        let flavor = node.attribute("nullFlavor")?;
        let code = match flavor.as_ref() {
            "ASKU" => "asked-unknown",
            "NASK" => "not-asked",
            "NAV" => "temp-unknown",
            "NA" => "not-applicable",
            "MSK" => "masked",
            "NINF" => "negative-infinity",
            "PINF" => "positive-infinity",
            "OTH" => "unsupported",
            _ => "unknown",
        };
        let concept =
            super::code::concept_of("http://terminology.hl7.org/CodeSystem/data-absent-reason", code);
        Some(("dataAbsentReason", Json::from(concept)))
    }

    fn integer(&self, node: Node<'t>) -> Option<(&'static str, Json)> {
        let value = node.attribute("value")?;
        let small = value.trim_start_matches('-');
        if small.len() <= 9 && !small.is_empty() && small.bytes().all(|byte| byte.is_ascii_digit()) {
            return figure(&value).map(|value| ("valueInteger", value));
        }
        self.quantity(node).map(|value| ("valueQuantity", Json::from(value)))
    }

    /// An amount with its unit. What is no figure is left to the words.
    pub(super) fn quantity(&self, node: Node<'t>) -> Option<Object> {
        // An amount that UCUM has no unit for stands in a translation alone.
        let node = if node.peek("value").is_some() {
            node
        } else {
            node.all("translation").find(|other| other.peek("value").is_some())?
        };
        let sent = node.attribute("value")?;
        let (comparator, rest) = comparator(&sent);
        let Some(value) = figure(rest) else {
            self.problem(Fault::NotANumber, node);
            return None;
        };
        let mut quantity = Object::default();
        quantity.put("value", value);
        quantity.put_some("comparator", comparator);
        self.unit(node, &mut quantity);
        Some(quantity)
    }

    /// UCUM's unit; a translation's or a currency where that was sent.
    fn unit(&self, node: Node<'t>, quantity: &mut Object) {
        if let Some(unit) = node.attribute("unit").or_else(|| node.attribute("currency")) {
            // "No unit" in UCUM.
            if unit != "1" {
                quantity.put("unit", unit.as_ref());
                quantity.put("system", "http://unitsofmeasure.org");
                quantity.put("code", unit.as_ref());
            }
            return;
        }
        // The same amount in a unit that UCUM does not know.
        let same = |other: &Node<'t>| other.peek("value") == node.peek("value");
        let other = node.all("translation").find(same);
        other.into_iter().for_each(Node::mark);
        let name = |node: Node<'t>| {
            let words = self.original_text(node).map(|words| words.text);
            let named = ["displayName", "code"].iter().find_map(|name| node.attribute(name));
            words.or_else(|| named.map(std::borrow::Cow::into_owned))
        };
        quantity.put_some("unit", other.and_then(name).or_else(|| name(node)));
    }

    /// `IVL_PQ`: a range, or one bound.
    fn interval(&self, node: Node<'t>) -> Option<(&'static str, Json)> {
        let range = self.range(node)?;
        let bounds = (range.has("low"), range.has("high"));
        let bound = |name: &str, open: &'static str, closed: &'static str| {
            let side = node.child(name)?;
            let mut quantity = self.quantity(side)?;
            let excluded = side.peek("inclusive").is_some_and(|value| value.eq_ignore_ascii_case("false"));
            quantity.put("comparator", if excluded { open } else { closed });
            Some(("valueQuantity", Json::from(quantity)))
        };
        match bounds {
            (true, false) => bound("low", ">", ">="),
            (false, true) => bound("high", "<", "<="),
            _ => Some(("valueRange", Json::from(range))),
        }
    }

    /// Low and high of an interval as a FHIR Range.
    pub(super) fn range(&self, node: Node<'t>) -> Option<Object> {
        let side = |name: &str| node.child(name).and_then(|side| self.quantity(side));
        let mut range = Object::default();
        range.put_some("low", side("low"));
        range.put_some("high", side("high"));
        (!range.is_empty()).then_some(range)
    }

    pub(super) fn ratio(&self, node: Node<'t>) -> Option<Object> {
        let side = |name: &str| node.child(name).and_then(|side| self.quantity(side));
        let mut ratio = Object::default();
        ratio.put_some("numerator", side("numerator"));
        ratio.put_some("denominator", side("denominator"));
        (!ratio.is_empty()).then_some(ratio)
    }

    /// A value in one line, for what has no place of its own.
    pub(super) fn value_line(&self, node: Node<'t>) -> Option<String> {
        let kind = node.peek("type").unwrap_or_default();
        if kind.ends_with("CD") || kind.ends_with("CE") || kind.ends_with("CO") || node.peek("code").is_some()
        {
            return self.said(node);
        }
        if kind.ends_with("TS") {
            let span = self.span(node);
            return span.at.or(span.low).or(span.high);
        }
        if let Some(value) = node.attribute("value") {
            let unit = node.attribute("unit").unwrap_or_default();
            return Some([value.as_ref(), unit.as_ref()].join(" ").trim_end().to_owned());
        }
        let side = |name: &str| node.child(name).and_then(Self::value_line_of_side);
        match (side("low"), side("high")) {
            (Some(low), Some(high)) => Some(format!("{low} \u{2013} {high}")),
            (Some(low), None) => Some(format!("\u{2265} {low}")),
            (None, Some(high)) => Some(format!("\u{2264} {high}")),
            (None, None) => self.text_of(node).map(|words| words.text),
        }
    }

    fn value_line_of_side(side: Node<'t>) -> Option<String> {
        let value = side.attribute("value")?;
        Some(format!("{value} {}", side.attribute("unit").unwrap_or_default()).trim_end().to_owned())
    }
}

/// A comparator in front of a figure, where a sender put one.
fn comparator(text: &str) -> (Option<&'static str>, &str) {
    for sign in ["<=", ">=", "<", ">"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return (Some(sign), rest.trim_start());
        }
    }
    (None, text)
}

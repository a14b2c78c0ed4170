//! How a medicine is taken: `effectiveTime` sets (`IVL_TS`, `PIVL_TS`, `EIVL_TS`), dose, route, "as needed".

use super::Reader;
use super::act::{has_template, related};
use super::draft::Draft;
use super::when::{Span, is_frequency};
use crate::json::{Json, Object, figure};
use crate::tree::Node;

/// Units of time in FHIR.
fn unit_of_time(unit: &str) -> Option<&'static str> {
    Some(match unit.trim().to_ascii_lowercase().as_str() {
        "s" | "sec" => "s",
        "min" => "min",
        "h" | "hr" | "hour" | "hours" => "h",
        "d" | "day" | "days" => "d",
        "wk" | "week" | "weeks" => "wk",
        "mo" | "month" | "months" => "mo",
        "a" | "y" | "year" => "a",
        _ => return None,
    })
}

impl<'t> Reader<'t> {
    /// From when to when: the first of the times that is no frequency.
    pub(super) fn course(&self, node: Node<'t>) -> Span {
        self.when(node)
    }

    /// One dosing; none where nothing was said.
    pub(super) fn dosage(&self, draft: &mut Draft<'t>) -> Option<Object> {
        let node = draft.node;
        let mut dosage = Object::default();
        dosage.put_some("text", self.instructions(draft));
        let mut repeat = Object::default();
        for time in node.all("effectiveTime").filter(|time| is_frequency(*time)) {
            Self::frequency(time, &mut repeat);
        }
        if !repeat.is_empty() {
            dosage.put("timing", Object::default().with("repeat", repeat));
        }
        self.as_needed(node, &mut dosage);
        dosage.put_some("site", self.concept_at(node, "approachSiteCode"));
        dosage.put_some("route", self.concept_at(node, "routeCode"));
        let mut amounts = Object::default();
        if let Some(dose) = node.child("doseQuantity") {
            self.amount(dose, "doseQuantity", "doseRange", node, &mut amounts);
        }
        if let Some(rate) = node.child("rateQuantity") {
            self.amount(rate, "rateQuantity", "rateRange", rate, &mut amounts);
        }
        dosage.push("doseAndRate", amounts);
        dosage.put_some("maxDosePerPeriod", node.child("maxDoseQuantity").and_then(|most| self.ratio(most)));
        (!dosage.is_empty()).then_some(dosage)
    }

    fn amount(
        &self,
        amount: Node<'t>,
        one: &'static str,
        several: &'static str,
        statement: Node<'t>,
        out: &mut Object,
    ) {
        if let Some(mut quantity) = amount.peek("value").and_then(|_| self.quantity(amount)) {
            // A dose without a unit is so many of what the medicine is handed out in.
            if !quantity.has("unit")
                && let Some(unit) = statement.child("administrationUnitCode").and_then(|unit| self.said(unit))
            {
                quantity.put("unit", unit);
            }
            out.put(one, quantity);
        } else if let Some(range) = self.range(amount) {
            out.put(several, range);
        }
    }

    /// `PIVL_TS` and `EIVL_TS` as FHIR's `Timing.repeat`.
    fn frequency(time: Node<'t>, repeat: &mut Object) {
        if let Some(event) = time.child("event").and_then(|event| event.attribute("code")) {
            repeat.push("when", event.as_ref());
        }
        let Some(period) = time.child("period") else { return };
        let (low, high) = match (period.child("low"), period.child("high")) {
            (None, None) => (Some(period), None),
            (low, high) => (low.or(high), high.filter(|_| low.is_some())),
        };
        let read = |side: Node<'t>| {
            let unit = unit_of_time(&side.peek("unit")?)?;
            let value = figure(&side.attribute("value")?)?;
            Some((value, unit))
        };
        let Some((value, unit)) = low.and_then(read) else { return };
        repeat.put("frequency", Json::Number("1".to_owned()));
        repeat.put("period", value);
        repeat.put_some("periodMax", high.and_then(read).map(|(value, _)| value));
        repeat.put("periodUnit", unit);
        // How exactly the times are meant: by the clock, or so many a day.
        time.mark();
    }

    /// The precondition (`22.4.25`): what for, else that it is "as needed".
    fn as_needed(&self, node: Node<'t>, dosage: &mut Object) {
        for condition in node.all("precondition") {
            let Some(criterion) = condition.child("criterion") else { continue };
            let value = criterion.child("value").and_then(|value| self.concept(value));
            let code = || {
                criterion
                    .child("code")
                    .filter(|code| code.peek("code").is_none_or(|code| code != "ASSERTION"))
            };
            let reason = value.or_else(|| code().and_then(|code| self.concept(code)));
            let reason = reason.or_else(|| {
                let words = criterion.child("text").and_then(|text| self.text_of(text))?;
                Some(Object::default().with("text", words.text))
            });
            let flavor = criterion.child("value").and_then(|value| value.peek("nullFlavor"));
            if let Some(reason) = reason {
                condition.mark_all();
                dosage.put("asNeededCodeableConcept", reason);
            } else if flavor.is_some() {
                // "As needed", and nobody says for what.
                condition.mark_all();
                dosage.put("asNeededBoolean", Json::Bool(true));
            }
        }
    }

    /// The directions in words: a "free text sig", else instructions to the patient.
    fn instructions(&self, draft: &mut Draft<'t>) -> Option<String> {
        let mut said = None;
        for (_, inner) in related(draft.node) {
            let sig = has_template(inner, "22.4.147");
            if sig || has_template(inner, "22.4.20") && inner.name() == "act" {
                let words = inner.child("text").and_then(|text| self.text_of(text)).map(|words| words.text);
                let Some(words) = words else { continue };
                if sig || said.is_none() {
                    // The first directions are the dosing; what else was told to the patient becomes a note.
                    if said.is_none() {
                        said = Some(words);
                        inner.mark_all();
                        draft.take(inner);
                    }
                }
            }
        }
        said
    }
}

//! What a table cannot say about medicines, vaccines, allergies, persons and questionnaires.

use super::title::full_name;
use super::{Reader, push_detail};
use crate::date::FhirDate;
use crate::detail::{Bounds, DetailValue, Dosage, Limit, Timing};
use crate::entry::Entry;
use crate::json::Node;
use crate::quantity::Quantity;
use crate::text::{readable, without_tag};

impl Reader<'_, '_> {
    /// Doses and instructions, under their names in the three releases.
    pub(super) fn dosages(&self, entry: &mut Entry) {
        for path in ["dosageInstruction", "dosage"] {
            let mut steps: Vec<(u32, Dosage)> = Vec::new();
            for node in self.root.get(path).into_iter().flat_map(Node::items) {
                let sequence = node.peek("sequence").and_then(|step| step.parse().ok());
                // What has no number stays behind the step that it was sent after.
                let step = sequence.or(steps.last().map(|(step, _)| *step)).unwrap_or_default();
                let read = self.dosage(node).filter(|dosage| *dosage != Dosage::default());
                steps.extend(read.map(|dosage| (step, dosage)));
            }
            // A taper is said in the order of its steps, whatever the order of the list.
            steps.sort_by_key(|(step, _)| *step);
            entry.dosage.extend(steps.into_iter().map(|(_, dosage)| dosage));
        }
    }

    fn dosage(&self, node: &Node<'_>) -> Option<Dosage> {
        let mut dosage = Dosage::default();
        if !node.is_object() {
            dosage.text = Some(readable(node.scalar()?).into_owned());
            node.mark();
            return Some(dosage);
        }
        // A concept of SNOMED CT may stand where words are to stand.
        let words = |name: &str| node.text(name).map(|text| without_tag(&readable(text)).to_owned());
        dosage.text = words("text");
        let doses = node.all("doseAndRate");
        for dose in doses.iter().copied().chain(std::iter::once(node)) {
            for name in [
                "doseQuantity",
                "dose",
                "quantity",
                "quantityQuantity",
                "doseRange",
                "quantityRange",
                "rateQuantity",
                "rateRatio",
                "rateRange",
                "rate",
            ] {
                let amount = dose.get(name).and_then(|amount| self.any_value(amount, name));
                dosage.amounts.extend(amount.map(DetailValue::from).filter(|amount| !amount.is_empty()));
            }
        }
        for name in ["route", "method", "site", "siteCodeableConcept"] {
            dosage.ways.extend(node.first(name).and_then(|concept| self.concept_value(concept)));
        }
        dosage.timing =
            node.get("timing").or_else(|| node.get("schedule")).and_then(|timing| self.timing(timing));
        dosage.as_needed = node.flag("asNeededBoolean").or_else(|| node.flag("asNeeded")) == Some(true);
        if !dosage.as_needed {
            let reason =
                node.first("asNeededCodeableConcept").and_then(|concept| self.concept_value(concept));
            dosage.as_needed = reason.is_some();
            dosage.as_needed_for.extend(reason);
        }
        for name in ["additionalInstruction", "additionalInstructions"] {
            dosage
                .instructions
                .extend(node.all(name).into_iter().filter_map(|concept| self.concept_value(concept)));
        }
        dosage.patient_instruction = words("patientInstruction");
        for most in
            node.get("maxDosePerPeriod").into_iter().flat_map(Node::items).filter(|most| most.is_object())
        {
            let side = |name: &str| {
                let side: Option<Quantity> = most.get(name).and_then(|side| self.quantity(side, name));
                side.filter(|quantity| !quantity.to_text().is_empty())
            };
            // A span without an amount is no limit; it is shown among the details.
            let amount = side("numerator");
            dosage.at_most.extend(amount.map(|amount| Limit { amount, within: side("denominator") }));
        }
        node.get("sequence").into_iter().for_each(Node::mark);
        Some(dosage)
    }

    /// A Timing; words where one was expected.
    pub(super) fn timing(&self, node: &Node<'_>) -> Option<Timing> {
        let mut timing = Timing::default();
        if !node.is_object() {
            timing.code = Some(DetailValue::of_text(node.scalar()?.to_owned()));
            node.mark();
            return Some(timing);
        }
        timing.code = node.first("code").and_then(|code| self.concept_value(code));
        for event in node.all("event") {
            timing.events.extend(event.scalar().map(|text| DetailValue::of_text(text.to_owned())));
            event.mark();
        }
        if let Some(repeat) = node.get("repeat") {
            let text = |name: &str| repeat.text(name).map(ToOwned::to_owned);
            timing.frequency = Bounds { from: text("frequency"), to: text("frequencyMax") };
            timing.period = Bounds { from: text("period"), to: text("periodMax") };
            timing.period_unit = text("periodUnit").or_else(|| text("periodUnits"));
            timing.duration = Bounds { from: text("duration"), to: text("durationMax") };
            timing.duration_unit = text("durationUnit").or_else(|| text("durationUnits"));
            timing.count = Bounds { from: text("count"), to: text("countMax") };
            for name in ["dayOfWeek", "timeOfDay", "when"] {
                for item in repeat.each(name) {
                    timing.when.extend(item.scalar().map(ToOwned::to_owned));
                    item.mark();
                }
            }
            timing.offset = text("offset");
            let bounds = ["boundsPeriod", "boundsQuantity", "boundsDuration", "boundsRange"];
            timing.bounds = bounds.iter().find_map(|name| self.said(repeat.get(name)?, name));
        }
        Some(timing).filter(|timing| !timing.is_empty())
    }

    /// A value of any datatype, by its members or else by its name.
    fn said(&self, node: &Node<'_>, name: &str) -> Option<DetailValue> {
        let value = self.element_value(node, name);
        value.or_else(|| self.any_value(node, name).map(DetailValue::from)).filter(|value| !value.is_empty())
    }

    /// Reactions of an allergy: the signs, and beside them how bad it was.
    pub(super) fn reactions(&self, entry: &mut Entry) {
        for reaction in self.root.all("reaction") {
            let code = |name: &str| reaction.text(name).map(DetailValue::bare_code);
            let mut signs: Vec<DetailValue> = Vec::new();
            for sign in reaction.all("manifestation").into_iter().filter_map(|sign| self.concept_value(sign))
            {
                if !signs.iter().any(|known| known.plain().eq_ignore_ascii_case(&sign.plain())) {
                    signs.push(sign);
                }
            }
            let described = reaction.text("description");
            let told = |text: &str| signs.iter().any(|sign| sign.plain().eq_ignore_ascii_case(text));
            let further = described.filter(|text| !told(text)).map(|text| DetailValue::Text(text.to_owned()));
            signs.extend(further);
            let mut about: Vec<DetailValue> = code("severity").into_iter().chain(code("certainty")).collect();
            for name in ["substance", "exposureRoute"] {
                about.extend(reaction.first(name).and_then(|concept| self.concept_value(concept)));
            }
            about.extend(reaction.text("onset").map(|text| DetailValue::of_text(text.to_owned())));
            about.dedup();
            if let Some(value) = DetailValue::with(signs, about) {
                push_detail(entry, "", "reaction", value);
            }
        }
    }

    /// DSTU2 says `reported`, the later releases the opposite, `primarySource`.
    pub(super) fn vaccine(&self, entry: &mut Entry) {
        let reported =
            self.root.flag("reported").or_else(|| self.root.flag("primarySource").map(|primary| !primary));
        if let Some(reported) = reported {
            push_detail(entry, "", "reported", DetailValue::Bool(reported));
        }
    }

    /// Names beside the title's, and the birth date in front of everything else.
    pub(super) fn person(&self, entry: &mut Entry) {
        if let Some(born) = self.root.text("birthDate") {
            push_detail(entry, "", "birthDate", DetailValue::of_text(day_of(born).to_owned()));
        }
        for name in self.root.all("name") {
            if let Some(text) = full_name(name).filter(|text| *text != entry.title) {
                // A name that is not the current one says so.
                let used = name.peek("use").filter(|used| !matches!(*used, "official" | "usual"));
                let used = used.map(DetailValue::bare_code).into_iter().collect();
                if let Some(value) = DetailValue::with(vec![DetailValue::Text(text)], used) {
                    push_detail(entry, "", "name", value);
                }
            }
        }
    }

    /// Questions with their answers, in order, through all groups and nested questions.
    pub(super) fn answers(&self, entry: &mut Entry) {
        for item in self.root.all("item").into_iter().chain(self.root.all("group")) {
            self.question(item, entry);
        }
    }

    fn question(&self, item: &Node<'_>, entry: &mut Entry) {
        let question = item.text("text").or_else(|| item.text("title")).map(ToOwned::to_owned);
        item.get("linkId").into_iter().for_each(Node::mark);
        let mut answers: Vec<DetailValue> = Vec::new();
        for answer in item.all("answer") {
            for (name, value) in answer.members() {
                if !name.starts_with("value") || value.is_null() {
                    continue;
                }
                answers.extend(self.said(value, name));
            }
        }
        match (question, answers.is_empty()) {
            (Some(question), true) => push_detail(entry, "", "question", DetailValue::Text(question)),
            (question, false) => push_detail(entry, "", "answer", DetailValue::Answer { question, answers }),
            (None, true) => {}
        }
        for inner in ["item", "group", "question", "answer.item", "answer.group"]
            .iter()
            .flat_map(|path| item.all(path))
        {
            self.question(inner, entry);
        }
    }
}

/// A birth date is a day, as it is written: a time beside it is a program's, and moves it for nobody.
fn day_of(born: &str) -> &str {
    match FhirDate::parse(born) {
        Some(date) if date.time.is_some() => born.trim().get(..10).unwrap_or(born),
        _ => born,
    }
}

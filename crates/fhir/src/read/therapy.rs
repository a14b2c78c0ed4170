//! What a table cannot say about medicines, vaccines, allergies, persons and questionnaires.

use super::rest::unit_of_time;
use super::title::full_name;
use super::{Reader, push_detail};
use crate::entry::Entry;
use crate::json::Node;

impl Reader<'_, '_> {
    /// Doses and instructions: the sender's words, else put together from the parts.
    pub(super) fn dosages(&self, entry: &mut Entry) {
        for path in ["dosageInstruction", "dosage"] {
            for node in self.root.get(path).into_iter().flat_map(Node::items) {
                if let Some(text) = self.dosage(node) {
                    entry.dosage.push(text);
                }
            }
        }
    }

    fn dosage(&self, node: &Node<'_>) -> Option<String> {
        if !node.is_object() {
            let text = node.scalar()?.to_owned();
            node.mark();
            return Some(text);
        }
        let written = node.text("text").map(ToOwned::to_owned);
        let mut parts: Vec<String> = Vec::new();
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
                let Some(amount) = dose.get(name) else { continue };
                if let Some(text) =
                    self.any_value(amount, name).map(|value| value.to_text()).filter(|text| !text.is_empty())
                {
                    parts.push(text);
                }
            }
        }
        for name in ["route", "method", "site", "siteCodeableConcept"] {
            parts.extend(node.first(name).and_then(|concept| self.concept_text(concept)));
        }
        parts.extend(
            node.get("timing").or_else(|| node.get("schedule")).and_then(|timing| self.timing(timing)),
        );
        if node.flag("asNeededBoolean").or_else(|| node.flag("asNeeded")) == Some(true) {
            parts.push("as needed".to_owned());
        } else {
            let reason = node.first("asNeededCodeableConcept").and_then(|concept| self.concept_text(concept));
            parts.extend(reason.map(|reason| format!("as needed: {reason}")));
        }
        for name in ["additionalInstruction", "additionalInstructions"] {
            parts.extend(node.all(name).into_iter().filter_map(|concept| self.concept_text(concept)));
        }
        parts.extend(node.text("patientInstruction").map(ToOwned::to_owned));
        if let Some(most) = node.get("maxDosePerPeriod").filter(|most| most.is_object()) {
            let side = |name: &str| {
                let amount = most.get(name).and_then(|side| self.quantity(side, name));
                amount.map(|amount| amount.to_text()).unwrap_or_default()
            };
            let (amount, time) = (side("numerator"), side("denominator"));
            parts.extend((!amount.is_empty()).then(|| format!("at most {amount} in {time}")));
        }
        node.get("sequence").into_iter().for_each(Node::mark);
        // What the sender wrote already says its parts; only what it leaves out is added.
        let lower = written.as_deref().unwrap_or_default().to_lowercase();
        parts.retain(|part| lower.is_empty() || !lower.contains(&part.to_lowercase()));
        parts.dedup();
        let parts = Some(parts.join(", ")).filter(|parts| !parts.is_empty());
        match (written, parts) {
            (Some(text), Some(parts)) => Some(format!("{text} ({parts})")),
            (text, parts) => text.or(parts),
        }
    }

    /// `2× per day, with meals`, from a Timing.
    pub(super) fn timing(&self, node: &Node<'_>) -> Option<String> {
        if !node.is_object() {
            let text = node.scalar()?.to_owned();
            node.mark();
            return Some(text);
        }
        let mut parts: Vec<String> = Vec::new();
        parts.extend(node.first("code").and_then(|code| self.concept_text(code)));
        for event in node.all("event") {
            parts.extend(event.scalar().map(ToOwned::to_owned));
            event.mark();
        }
        if let Some(repeat) = node.get("repeat") {
            let text = |name: &str| repeat.text(name).map(ToOwned::to_owned);
            let joined = |low: Option<String>, high: Option<String>| match (low, high) {
                (Some(low), Some(high)) => Some(format!("{low}\u{2013}{high}")),
                (one, other) => one.or(other),
            };
            let often = joined(text("frequency"), text("frequencyMax"));
            let span = joined(text("period"), text("periodMax"));
            let unit = text("periodUnit").or_else(|| text("periodUnits"));
            if often.is_some() || span.is_some() {
                let often = often.map(|often| format!("{often}\u{d7}")).unwrap_or_default();
                let per = match (span.as_deref(), unit.as_deref().map(unit_of_time)) {
                    (None | Some("1"), Some(unit)) => format!("per {unit}"),
                    (Some(span), Some(unit)) => format!("every {span} {unit}s"),
                    (Some(span), None) => format!("every {span}"),
                    (None, None) => String::new(),
                };
                parts.push(format!("{often} {per}").trim().to_owned());
            }
            let unit = text("durationUnit").or_else(|| text("durationUnits"));
            if let Some(duration) = joined(text("duration"), text("durationMax")) {
                let plural = if duration == "1" { "" } else { "s" };
                parts.push(match unit.as_deref().map(unit_of_time) {
                    Some(unit) => format!("for {duration} {unit}{plural}"),
                    None => format!("for {duration}"),
                });
            }
            if let Some(count) = joined(text("count"), text("countMax")) {
                parts.push(format!("{count}\u{d7}"));
            }
            for name in ["dayOfWeek", "timeOfDay", "when"] {
                for item in repeat.each(name) {
                    parts.extend(item.scalar().map(|code| spoken(code).to_owned()));
                    item.mark();
                }
            }
            parts.extend(text("offset").map(|minutes| format!("{minutes} min")));
            for name in ["boundsPeriod", "boundsQuantity", "boundsDuration", "boundsRange"] {
                if let Some(bounds) = repeat.get(name) {
                    parts.extend(
                        self.any_value(bounds, name)
                            .map(|value| value.to_text())
                            .filter(|text| !text.is_empty()),
                    );
                }
            }
        }
        parts.dedup();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Reactions of an allergy: `Hives, Rash (moderate)`.
    pub(super) fn reactions(&self, entry: &mut Entry) {
        for reaction in self.root.all("reaction") {
            let mut signs: Vec<String> = reaction
                .all("manifestation")
                .into_iter()
                .filter_map(|sign| self.concept_text(sign))
                .collect();
            signs.extend(reaction.text("description").map(ToOwned::to_owned));
            let mut about: Vec<String> = Vec::new();
            about.extend(reaction.text("severity").map(ToOwned::to_owned));
            about.extend(reaction.text("certainty").map(ToOwned::to_owned));
            about.extend(reaction.first("substance").and_then(|substance| self.concept_text(substance)));
            about.extend(reaction.first("exposureRoute").and_then(|route| self.concept_text(route)));
            about.extend(reaction.text("onset").map(ToOwned::to_owned));
            about.dedup();
            let text = match (signs.is_empty(), about.is_empty()) {
                (true, true) => continue,
                (true, false) => about.join(", "),
                (false, true) => signs.join(", "),
                (false, false) => format!("{} ({})", signs.join(", "), about.join(", ")),
            };
            push_detail(entry, "", "reaction", text);
        }
    }

    /// DSTU2 says `reported`, the later releases the opposite, `primarySource`.
    pub(super) fn vaccine(&self, entry: &mut Entry) {
        let reported =
            self.root.flag("reported").or_else(|| self.root.flag("primarySource").map(|primary| !primary));
        if let Some(reported) = reported {
            push_detail(entry, "", "reported", if reported { "yes" } else { "no" });
        }
    }

    /// Names beside the title's, and the birth date in front of everything else.
    pub(super) fn person(&self, entry: &mut Entry) {
        if let Some(born) = self.root.text("birthDate") {
            push_detail(entry, "", "birthDate", born);
        }
        for name in self.root.all("name") {
            if let Some(text) = full_name(name).filter(|text| *text != entry.title) {
                // A name that is not the current one says so.
                let used = name.peek("use").filter(|used| !matches!(*used, "official" | "usual"));
                let text = used.map_or(text.clone(), |used| format!("{text} ({used})"));
                push_detail(entry, "", "name", text);
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
        let words = item.text("text").or_else(|| item.text("title")).map(ToOwned::to_owned);
        item.get("linkId").into_iter().for_each(Node::mark);
        let mut answers: Vec<String> = Vec::new();
        for answer in item.all("answer") {
            for (name, value) in answer.members() {
                if !name.starts_with("value") || value.is_null() {
                    continue;
                }
                if let Some((text, _)) = self.element_text(value, name) {
                    answers.push(text);
                } else if let Some(value) = self.any_value(value, name) {
                    answers.push(value.to_text());
                }
            }
        }
        match (words, answers.is_empty()) {
            (Some(words), true) => push_detail(entry, "", "question", words),
            (Some(words), false) => {
                push_detail(entry, "", "answer", format!("{words}: {}", answers.join(", ")));
            }
            (None, false) => push_detail(entry, "", "answer", answers.join(", ")),
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

/// Codes of `Timing.repeat.when` and `dayOfWeek` as words; a time of day as it is.
fn spoken(code: &str) -> &str {
    match code {
        "mon" => "Monday",
        "tue" => "Tuesday",
        "wed" => "Wednesday",
        "thu" => "Thursday",
        "fri" => "Friday",
        "sat" => "Saturday",
        "sun" => "Sunday",
        "MORN" => "in the morning",
        "MORN.early" => "early in the morning",
        "MORN.late" => "late in the morning",
        "NOON" => "at noon",
        "AFT" => "in the afternoon",
        "AFT.early" => "early in the afternoon",
        "AFT.late" => "late in the afternoon",
        "EVE" => "in the evening",
        "EVE.early" => "early in the evening",
        "EVE.late" => "late in the evening",
        "NIGHT" => "at night",
        "PHS" => "after falling asleep",
        "HS" => "at bedtime",
        "WAKE" => "on waking",
        "C" => "with meals",
        "CM" => "with breakfast",
        "CD" => "with lunch",
        "CV" => "with dinner",
        "AC" => "before meals",
        "ACM" => "before breakfast",
        "ACD" => "before lunch",
        "ACV" => "before dinner",
        "PC" => "after meals",
        "PCM" => "after breakfast",
        "PCD" => "after lunch",
        "PCV" => "after dinner",
        other => other,
    }
}

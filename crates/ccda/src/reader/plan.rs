//! What is meant for later: orders, goals, instructions (Plan of Treatment, Goals, Instructions).

use super::act::{has_template, is_negated, status_code};
use super::{Place, Reader};
use crate::json::{Json, Object};
use crate::tree::Node;

impl<'t> Reader<'t> {
    /// Something ordered, intended or proposed.
    pub(super) fn order(&mut self, node: Node<'t>, place: Place<'t>) {
        let product = self.product(node);
        let Some(named) = product.or_else(|| self.named(node, node.child("code"))) else { return };
        let mut draft = self.draft("ServiceRequest", node, place);
        let sent = status_code(node);
        let status = match sent.as_deref() {
            Some("active" | "new") => Some("active"),
            Some("completed") => Some("completed"),
            Some("cancelled" | "aborted") => Some("revoked"),
            Some("suspended" | "held") => Some("on-hold"),
            Some("nullified") => Some("entered-in-error"),
            other => other,
        };
        draft.body.put_some("status", status.map(ToOwned::to_owned));
        let mood = node.attribute("moodCode").unwrap_or_default();
        let intent = match mood.as_ref() {
            "RQO" | "PRMS" | "APT" => "order",
            "PRP" => "proposal",
            _ => "plan",
        };
        draft.body.put("intent", intent);
        if is_negated(node) {
            draft.body.put("doNotPerform", Json::Bool(true));
        }
        if has_template(node, "22.4.140") {
            draft.body.push("category", super::code::concept_of("http://snomed.info/sct", "3457005"));
        }
        draft.body.put("code", named);
        for value in node.all("value") {
            if let Some(line) = self.value_line(value) {
                draft.note(Object::default().with("text", line));
            }
        }
        let when = self.when(node);
        when.put(&mut draft.body, "occurrenceDateTime", "occurrencePeriod");
        draft.body.put_some("authoredOn", self.authored(node));
        draft.body.put_some("requester", Self::authors(node).into_iter().next());
        for who in Self::performers(node) {
            draft.body.push("performer", who);
        }
        for site in node.all("targetSiteCode") {
            if let Some(site) = self.site(site) {
                draft.body.push("bodySite", site);
            }
        }
        if let Some(quantity) = node.child("quantity").and_then(|quantity| self.quantity(quantity)) {
            draft.body.put("quantityQuantity", quantity);
        }
        for code in node.all("priorityCode").chain(node.all("methodCode")) {
            if let Some(words) = self.said(code) {
                draft.note(Object::default().with("text", words));
            }
        }
        self.places(&mut draft);
        Self::participants(&mut draft);
        self.reasons(&mut draft);
        self.finish(draft);
    }

    /// Others who take part, by their names.
    pub(super) fn participants(draft: &mut super::draft::Draft<'t>) {
        for role in draft.node.all_at("participant/participantRole") {
            if role.is_read() {
                continue;
            }
            if let Some(who) = super::people::reference(role) {
                role.mark_all();
                match draft.kind {
                    "Communication" | "CommunicationRequest" => draft.body.push("recipient", who),
                    _ => draft.body.push("performer", who),
                }
            }
        }
    }

    pub(super) fn goal(&mut self, node: Node<'t>, place: Place<'t>) {
        let mut draft = self.draft("Goal", node, place);
        let sent = status_code(node);
        let status = match sent.as_deref() {
            Some("active" | "new") => Some("active"),
            Some("completed") => Some("completed"),
            Some("cancelled" | "aborted") => Some("cancelled"),
            Some("suspended" | "held") => Some("on-hold"),
            Some("nullified") => Some("entered-in-error"),
            other => other,
        };
        draft.body.put_some("lifecycleStatus", status.map(ToOwned::to_owned));
        if is_negated(node) {
            draft.negate();
        }
        let code = node.child("code");
        let value = node.child("value").and_then(|value| Some((value, self.value(value)?)));
        let named = self.named(node, code);
        let coded = matches!(value, Some((_, ("valueCodeableConcept" | "valueString", _))));
        // "Goals narrative", "assertion": the value is the goal.
        let generic = code.is_none_or(|code| {
            code.peek("code").is_none_or(|code| matches!(code.as_ref(), "ASSERTION" | "61146-7" | "8689-2"))
        });
        let description = match &value {
            Some((node, _)) if generic && coded => {
                self.concept(*node).or_else(|| Some(Object::default().with("text", self.value_line(*node)?)))
            }
            _ => None,
        };
        draft.body.put_some("description", description.clone().or(named));
        if let Some(kind) = code.filter(|_| description.is_some()).and_then(|code| self.concept(code)) {
            draft.body.push("category", kind);
        }
        let when = self.when(node);
        draft.body.put_some("startDate", when.start().map(day));
        let mut target = Object::default();
        if let Some((_, (name, value))) = value.filter(|_| description.is_none()) {
            let detail = match name {
                "valueQuantity" => Some("detailQuantity"),
                "valueRange" => Some("detailRange"),
                "valueCodeableConcept" => Some("detailCodeableConcept"),
                "valueString" => Some("detailString"),
                "valueBoolean" => Some("detailBoolean"),
                "valueInteger" => Some("detailInteger"),
                "valueRatio" => Some("detailRatio"),
                _ => None,
            };
            target.put_some("measure", code.and_then(|code| self.concept(code)));
            if let Some(detail) = detail {
                target.put(detail, value);
            }
        }
        target.put_some("dueDate", when.high.as_deref().map(day));
        draft.body.push("target", target);
        draft.body.put_some("expressedBy", Self::authors(node).into_iter().next());
        self.authored(node);
        self.finish(draft);
    }

    /// What somebody was told, or is to be told; whom to hand over to.
    pub(super) fn instruction(&mut self, node: Node<'t>, place: Place<'t>) {
        let event = node.peek("moodCode").is_some_and(|mood| mood == "EVN");
        let kind = if event { "Communication" } else { "CommunicationRequest" };
        let mut draft = self.draft(kind, node, place);
        let sent = status_code(node);
        let status = match sent.as_deref() {
            Some("aborted") => Some("stopped"),
            Some("cancelled") => Some("revoked"),
            other => other,
        };
        draft.body.put_some("status", status.map(ToOwned::to_owned));
        let topic = self.named(node, node.child("code"));
        if event {
            draft.body.put_some("topic", topic);
        } else if let Some(topic) = topic {
            draft.body.push("category", topic);
        }
        let when = self.when(node);
        if event {
            draft.body.put_some("sent", when.start().or(when.high.as_deref()));
        } else {
            when.put(&mut draft.body, "occurrenceDateTime", "occurrencePeriod");
            draft.body.put_some("authoredOn", self.authored(node));
        }
        let words = node.child("text").and_then(|text| self.text_of(text));
        if let Some(words) = words {
            draft.body.push("payload", Object::default().with("contentString", words.text));
        }
        draft.body.put_some("sender", Self::authors(node).into_iter().next());
        Self::participants(&mut draft);
        self.finish(draft);
    }
}

/// The day of a time: a goal's times are days in FHIR.
fn day(time: &str) -> String {
    time.split('T').next().unwrap_or_default().to_owned()
}

//! Advance directives (Advance Directive Observation).

use super::act::{is_negated, status_code};
use super::people::person;
use super::{Place, Reader};
use crate::json::{Json, Object};
use crate::tree::Node;

impl<'t> Reader<'t> {
    /// A wish for the end of life: as a consent whose name says the wish too, so that no list shows "Resuscitation" alone.
    pub(super) fn directive(&mut self, node: Node<'t>, place: Place<'t>) {
        let mut draft = self.draft("Consent", node, place);
        let status = match status_code(node).as_deref() {
            Some("completed" | "active") => Some("active"),
            Some("aborted" | "cancelled") => Some("inactive"),
            Some("nullified") => Some("entered-in-error"),
            _ => None,
        };
        draft.body.put_some("status", status);
        draft.body.put(
            "scope",
            super::code::concept_of("http://terminology.hl7.org/CodeSystem/consentscope", "adr"),
        );
        if is_negated(node) {
            draft.negate();
        }
        let code = node.child("code");
        let value = node.child("value");
        let mut category = Object::default();
        for coded in code.into_iter().chain(value) {
            if let Some(Json::List(codings)) =
                self.concept(coded).and_then(|concept| concept.get("coding").cloned())
            {
                for coding in codings {
                    category.push("coding", coding);
                }
            }
        }
        let said = value.and_then(|value| self.said(value).or_else(|| self.value_line(value)));
        let words: Vec<String> =
            [code.and_then(|code| self.name_of(code)), said].into_iter().flatten().collect();
        let words = if words.is_empty() { self.statement_words(node) } else { Some(words.join(": ")) };
        category.put_some("text", words);
        draft.body.push("category", category);
        let around = place.outer.filter(|outer| outer.name() == "organizer");
        if let Some(about) = around.and_then(|outer| self.concept_at(outer, "code")) {
            draft.body.push("category", about);
        }
        let when = self.when(node);
        draft.body.put_some("dateTime", self.authored(node));
        let mut provision = Object::default();
        provision.put_some("period", when.any_period());
        for participant in node.all("participant") {
            let Some(role) = participant.child("participantRole") else { continue };
            let Some(name) = person(role) else { continue };
            let kind = participant.peek("typeCode").unwrap_or_default();
            if kind == "VRF" {
                let time =
                    participant.child("time").and_then(|time| self.span(time).start().map(ToOwned::to_owned));
                let mut verification = Object::default().with("verified", Json::Bool(true));
                verification.put("verifiedWith", Self::display(name));
                verification.put_some("verificationDate", time);
                draft.body.push("verification", verification);
            } else {
                let mut actor = Object::default();
                actor.put_some("role", role.child("code").and_then(|code| self.concept(code)));
                actor.put("reference", Self::display(name));
                provision.push("actor", actor);
            }
            participant.mark_all();
        }
        draft.body.put("provision", provision);
        for document in node.all_at("reference/externalDocument") {
            let text = document.child("text");
            let address = text
                .and_then(|text| text.child("reference"))
                .and_then(|reference| reference.attribute("value"));
            let mut source = Object::default();
            source.put_some(
                "contentType",
                text.and_then(|text| text.attribute("mediaType")).map(std::borrow::Cow::into_owned),
            );
            source.put_some("title", address.map(std::borrow::Cow::into_owned));
            document.all("id").chain(document.all("code")).for_each(Node::mark_all);
            draft.body.put("sourceAttachment", source);
        }
        for who in Self::authors(node).into_iter().take(1) {
            draft.body.push("performer", who);
        }
        self.finish(draft);
    }
}

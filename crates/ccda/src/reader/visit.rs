//! Visits (Encounter Activity, Planned Encounter), and the visit that a document is about.

use super::act::{has_template, is_negated, related, status_code};
use super::{Place, Reader};
use crate::json::{Json, Object};
use crate::tree::Node;

const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
/// Classes of visits in FHIR.
const CLASSES: &[&str] =
    &["AMB", "EMER", "FLD", "HH", "IMP", "ACUTE", "NONAC", "OBSENC", "PRENC", "SS", "VR"];

impl<'t> Reader<'t> {
    pub(super) fn visit(&mut self, node: Node<'t>, place: Place<'t>) {
        // A planned visit that says nothing but which one is planned.
        let inner = related(node)
            .into_iter()
            .any(|(_, inner)| inner.name() == "encounter" && inner.child("code").is_some());
        if inner && self.named(node, node.child("code")).is_none() && self.when(node).is_empty() {
            self.hold(node);
            for (_, inner) in related(node) {
                self.queue.push_back((inner, Place { outer: Some(node), ..place }));
            }
            return;
        }
        let mut draft = self.draft("Encounter", node, place);
        let planned =
            node.peek("moodCode").is_some_and(|mood| mood != "EVN") || has_template(node, "22.4.40");
        let sent = status_code(node);
        let when = self.when(node);
        let status = match sent.as_deref() {
            _ if is_negated(node) => Some("cancelled"),
            Some("cancelled" | "aborted") => Some("cancelled"),
            Some("nullified") => Some("entered-in-error"),
            _ if planned => Some("planned"),
            Some("completed") => Some("finished"),
            Some("active") => Some("in-progress"),
            // The template has no status: an event with an end, or of one moment, is over.
            None if when.high.is_some() || when.at.is_some() => Some("finished"),
            other => other,
        };
        draft.body.put_some("status", status.map(ToOwned::to_owned));
        let code = node.child("code");
        draft.body.put_some("class", code.and_then(class));
        if let Some(kind) = self.named(node, code) {
            draft.body.push("type", kind);
        }
        draft.body.put_some("period", when.any_period());
        let who = [Self::performers(node), Self::organizations(node)].concat();
        for who in if who.is_empty() { Self::authors(node) } else { who } {
            draft.body.push("participant", Object::default().with("individual", who));
        }
        self.places(&mut draft);
        self.reasons(&mut draft);
        self.disposition(node, &mut draft.body);
        self.finish(draft);
    }

    fn disposition(&self, node: Node<'t>, body: &mut Object) {
        if let Some(to) = self.concept_at(node, "dischargeDispositionCode") {
            body.put("hospitalization", Object::default().with("dischargeDisposition", to));
        }
    }

    /// `componentOf/encompassingEncounter`.
    pub(super) fn encompassing(&mut self, node: Node<'t>, place: Place<'t>) {
        let mut draft = self.draft("Encounter", node, place);
        let code = node.child("code");
        draft.body.put_some("class", code.and_then(class));
        if let Some(kind) = code.and_then(|code| self.concept(code)) {
            draft.body.push("type", kind);
        }
        let when = self.when(node);
        draft.body.put_some("status", when.high.is_some().then_some("finished"));
        draft.body.put_some("period", when.any_period());
        let roles = ["responsibleParty/assignedEntity", "encounterParticipant/assignedEntity"];
        for role in roles.iter().flat_map(|path| node.all_at(path)) {
            if let Some(who) = super::people::reference(role) {
                draft.body.push("participant", Object::default().with("individual", who));
            }
        }
        if let Some(facility) = node.at("location/healthCareFacility") {
            let named = facility.at("location/name").and_then(Node::words);
            let kind = || facility.child("code").and_then(|code| self.said(code));
            if let Some(name) = named.or_else(kind) {
                let place = Object::default().with("display", name);
                draft.body.push("location", Object::default().with("location", place));
            }
            let provider =
                facility.child("serviceProviderOrganization").and_then(super::people::organization);
            draft
                .body
                .put_some("serviceProvider", provider.map(|name| Object::default().with("display", name)));
        }
        self.disposition(node, &mut draft.body);
        self.finish(draft);
    }
}

/// The class among a visit's codes.
fn class(code: Node<'_>) -> Option<Object> {
    let mut codes = std::iter::once(code).chain(code.all("translation"));
    codes.find_map(|code| {
        let system = code.peek("codeSystem")?;
        let found = code.peek("code").filter(|code| CLASSES.contains(&code.as_ref()))?;
        (system == "2.16.840.1.113883.5.4").then(|| {
            let mut class = Object::default().with("system", ACT_CODE).with("code", found.as_ref());
            class.put_some("display", code.peek("displayName").map(|name| Json::from(name.into_owned())));
            class
        })
    })
}

//! What was done (Procedure Activity Procedure, Act, Observation).

use super::act::{is_negated, status_code};
use super::draft::Draft;
use super::{Place, Reader};
use crate::json::Object;
use crate::tree::Node;

impl<'t> Reader<'t> {
    pub(super) fn procedure(&mut self, node: Node<'t>, place: Place<'t>) {
        // An implant whose operation nobody knows is known by the implant.
        let device = || {
            let codes = node.all_at("participant/participantRole/playingDevice/code");
            codes.into_iter().find_map(|code| self.concept(code))
        };
        let Some(named) = self.named(node, node.child("code")).or_else(device) else { return };
        let mut draft = self.draft("Procedure", node, place);
        let sent = status_code(node);
        let status = match sent.as_deref() {
            _ if is_negated(node) => Some("not-done"),
            Some("completed") => Some("completed"),
            Some("active") => Some("in-progress"),
            Some("aborted") => Some("stopped"),
            Some("cancelled") => Some("not-done"),
            Some("suspended" | "held") => Some("on-hold"),
            Some("nullified") => Some("entered-in-error"),
            other => other,
        };
        draft.body.put_some("status", status.map(ToOwned::to_owned));
        draft.body.put("code", named);
        let when = self.when(node);
        when.put(&mut draft.body, "performedDateTime", "performedPeriod");
        for site in node.all("targetSiteCode").chain(node.all("approachSiteCode")) {
            if let Some(site) = self.site(site) {
                draft.body.push("bodySite", site);
            }
        }
        let who = Self::performers(node);
        let who = if who.is_empty() { Self::authors(node) } else { who };
        for who in who {
            draft.body.push("performer", Object::default().with("actor", who));
        }
        self.places(&mut draft);
        if let Some(specimen) = self.specimen(node).and_then(|specimen| specimen.get("display").cloned()) {
            draft.note(Object::default().with("text", specimen));
        }
        for method in node
            .all("methodCode")
            .chain(node.all("priorityCode"))
            .filter_map(|method| self.said(method))
            .collect::<Vec<_>>()
        {
            draft.note(Object::default().with("text", method));
        }
        for value in node.all("value") {
            // What an observation that is a procedure found.
            if let Some(found) = self.concept(value) {
                draft.body.put("outcome", found);
            } else if let Some(words) = self.value_line(value) {
                draft.body.put("outcome", Object::default().with("text", words));
            }
        }
        self.reasons(&mut draft);
        // What was not implanted is no device of the person's.
        let devices = if is_negated(node) { Vec::new() } else { Self::devices(&mut draft) };
        let at = self.finish(draft);
        self.implanted(node, devices, at, place);
    }

    /// Where it happened: a place among the participants.
    pub(super) fn places(&self, draft: &mut Draft<'t>) {
        for participant in draft.node.all("participant") {
            let Some(role) = participant.child("participantRole") else { continue };
            let place = participant.peek("typeCode").is_some_and(|code| code == "LOC")
                || role.peek("classCode").is_some_and(|class| class == "SDLOC");
            if !place {
                continue;
            }
            let named = role.all_at("playingEntity/name").into_iter().find_map(Node::words);
            let Some(name) = named.or_else(|| role.child("code").and_then(|code| self.said(code))) else {
                continue;
            };
            role.mark_all();
            let place = Object::default().with("display", name);
            match draft.kind {
                "Encounter" => draft.body.push("location", Object::default().with("location", place)),
                "ServiceRequest" => draft.body.push("performer", place),
                _ => draft.body.put("location", place),
            }
        }
    }
}

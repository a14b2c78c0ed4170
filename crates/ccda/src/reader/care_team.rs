//! Care teams (Care Team Organizer).

use super::act::{related, status_code};
use super::{Place, Reader, Relation};
use crate::json::Object;
use crate::tree::Node;

impl<'t> Reader<'t> {
    pub(super) fn care_team(&mut self, node: Node<'t>, place: Place<'t>) {
        let mut draft = self.draft("CareTeam", node, place);
        let status = match status_code(node).as_deref() {
            Some("active") => Some("active"),
            Some("completed") => Some("inactive"),
            Some("suspended") => Some("suspended"),
            Some("nullified") => Some("entered-in-error"),
            _ => None,
        };
        draft.body.put_some("status", status);
        if let Some(code) = node.child("code") {
            let words =
                self.original_text(code).filter(|words| words.text.len() < 200).map(|words| words.text);
            draft.body.put_some("name", words);
            if let Some(kind) = self.concept(code) {
                draft.body.push("category", kind);
            }
        }
        draft.body.put_some("period", self.when(node).any_period());
        // Who leads is one of the members.
        node.all("participant").for_each(Node::mark_all);
        for (relation, inner) in related(node) {
            match inner.name() {
                "act" if relation != Some(Relation::Reason) => {
                    for performer in inner.all("performer") {
                        let Some(entity) = performer.child("assignedEntity") else { continue };
                        let Some(who) = super::people::reference(entity) else { continue };
                        let mut member = Object::default();
                        let role = performer.child("functionCode").or(entity.child("code"));
                        if let Some(role) = role.and_then(|role| self.concept(role)) {
                            member.push("role", role);
                        }
                        member.put("member", who);
                        let organization = super::people::organization_of(entity);
                        member.put_some("onBehalfOf", organization.map(Self::display));
                        member.put_some("period", self.when(inner).any_period());
                        draft.body.push("participant", member);
                        performer.mark_all();
                    }
                    if !inner.all("performer").any(Node::is_read) {
                        // A member who is none of the professionals: a relative.
                        for role in inner.all_at("participant/participantRole") {
                            if let Some(who) = super::people::reference(role) {
                                draft.body.push("participant", Object::default().with("member", who));
                                role.mark_all();
                            }
                        }
                    }
                    inner
                        .all("code")
                        .chain(inner.all("id"))
                        .chain(inner.all("statusCode"))
                        .for_each(Node::mark_all);
                    inner.all("effectiveTime").for_each(Node::mark_all);
                    draft.take(inner);
                }
                // What kind of team it is.
                "observation" => {
                    if let Some(kind) = inner.child("value").and_then(|value| self.concept(value)) {
                        draft.body.push("category", kind);
                        inner.mark_all();
                        draft.take(inner);
                    }
                }
                _ => {}
            }
        }
        self.finish(draft);
    }
}

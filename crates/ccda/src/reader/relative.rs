//! What relatives had (Family History Organizer).

use super::act::{has_template, is_negated, related, status_code};
use super::{Place, Reader};
use crate::json::{Json, Object};
use crate::tree::Node;

impl<'t> Reader<'t> {
    pub(super) fn relative(&mut self, node: Node<'t>, place: Place<'t>) {
        let mut draft = self.draft("FamilyMemberHistory", node, place);
        let status = match status_code(node).as_deref() {
            Some("completed") => Some("completed"),
            Some("active") => Some("partial"),
            Some("nullified") => Some("entered-in-error"),
            _ => None,
        };
        draft.body.put_some("status", status);
        draft.body.put_some("date", self.when(node).start());
        let relative = node.at("subject/relatedSubject");
        let person = relative.and_then(|relative| relative.child("subject"));
        draft.body.put_some(
            "name",
            person
                .and_then(|person| person.child("name"))
                .and_then(super::people::name)
                .map(|name| name.text),
        );
        draft.body.put_some(
            "relationship",
            relative.and_then(|relative| relative.child("code")).and_then(|code| self.concept(code)),
        );
        if let Some(person) = person {
            draft.body.put_some("sex", self.concept_at(person, "administrativeGenderCode"));
            draft.body.put_some("bornDate", person.child("birthTime").and_then(|born| self.moment(born)));
            if let Some(died) = person.child("deceasedTime").and_then(|died| self.moment(died)) {
                draft.body.put("deceasedDate", died);
                person.all("deceasedInd").for_each(Node::mark_all);
            } else if let Some(dead) = person.child("deceasedInd").and_then(|dead| dead.attribute("value")) {
                draft.body.put("deceasedBoolean", Json::Bool(dead.eq_ignore_ascii_case("true")));
            }
        }
        for (_, inner) in related(node) {
            // What a relative did not have has no place here: it would be read as had.
            if inner.name() != "observation" || is_negated(inner) {
                continue;
            }
            inner.all("code").chain(inner.all("statusCode")).chain(inner.all("id")).for_each(Node::mark_all);
            let Some(code) = self.named(inner, inner.child("value")) else { continue };
            let mut condition = Object::default().with("code", code);
            let mut age = None;
            for (_, part) in related(inner) {
                if has_template(part, "22.4.31") {
                    age = part.child("value").and_then(|value| self.quantity(value));
                } else if has_template(part, "22.4.47") {
                    condition.put("contributedToDeath", Json::Bool(true));
                } else {
                    continue;
                }
                part.mark_all();
                draft.take(part);
            }
            // One onset is all there is room for; the other stays unread, and is named.
            if let Some(age) = age {
                condition.put("onsetAge", age);
            } else {
                condition.put_some("onsetString", self.when(inner).start());
            }
            draft.body.push("condition", condition);
            draft.take(inner);
        }
        self.finish(draft);
    }
}

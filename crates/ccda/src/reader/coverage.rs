//! Who pays (Coverage Activity, Policy Activity).

use super::act::{has_template, related, status_code};
use super::draft::Draft;
use super::identity::identifier;
use super::people::{name, organization, organization_of};
use super::{Place, Reader};
use crate::json::{Json, Object};
use crate::tree::Node;

impl<'t> Reader<'t> {
    /// A coverage activity: a coverage for each of its policies.
    pub(super) fn coverage(&mut self, act: Node<'t>, place: Place<'t>) {
        let is_policy = |inner: &Node<'t>| inner.name() == "act" && !has_template(*inner, "1.19");
        let inner = related(act).into_iter().map(|(_, inner)| inner);
        // A policy may come without an activity around it.
        let policies: Vec<Node<'t>> =
            inner.filter(is_policy).filter(|_| !has_template(act, "22.4.61")).collect();
        match policies.as_slice() {
            // A policy without an activity around it, as CCD R1 has it.
            [] => self.policy(act, act, place),
            [alone] => self.policy(*alone, act, place),
            several => {
                self.hold(act);
                for policy in several {
                    self.policy(*policy, *policy, Place { outer: Some(act), ..place });
                }
            }
        }
    }

    fn policy(&mut self, node: Node<'t>, whole: Node<'t>, place: Place<'t>) {
        let mut draft = self.draft("Coverage", node, place);
        draft.whole = whole;
        if whole != node {
            for part in ["code", "id", "statusCode", "effectiveTime"] {
                whole.all(part).for_each(Node::mark_all);
            }
        }
        let status = match status_code(node).as_deref() {
            Some("active" | "completed") => Some("active"),
            Some("cancelled" | "aborted") => Some("cancelled"),
            Some("nullified") => Some("entered-in-error"),
            _ => None,
        };
        draft.body.put_some("status", status);
        draft.body.put_some("type", self.named(node, node.child("code")));
        let mut period = self.when(node).any_period();
        for performer in node.all("performer") {
            let Some(entity) = performer.child("assignedEntity") else { continue };
            let role =
                performer.all("templateId").find_map(|template| template.peek("root")).unwrap_or_default();
            // The guarantor is not who pays first.
            let guarantor = role.ends_with("4.88")
                || entity
                    .child("code")
                    .is_some_and(|code| code.peek("code").is_some_and(|code| code == "GUAR"));
            let named = organization_of(entity).or_else(|| super::people::person(entity));
            performer.mark_all();
            let Some(named) = named else { continue };
            if guarantor {
                let text = Object::default().with("text", named);
                draft.note(text);
            } else {
                draft.body.push("payor", Object::default().with("display", named));
            }
        }
        for participant in node.all("participant") {
            self.covered(participant, &mut draft, &mut period);
        }
        draft.body.put_some("period", period);
        for (_, plan) in related(node) {
            let id =
                plan.child("id").and_then(|id| id.attribute("extension")).map(std::borrow::Cow::into_owned);
            let name = plan.child("text").and_then(|text| self.text_of(text)).map(|words| words.text);
            if plan.name() == "act"
                && (name.is_some() || plan.child("code").is_none_or(|code| code.peek("code").is_none()))
            {
                let kind =
                    super::code::concept_of("http://terminology.hl7.org/CodeSystem/coverage-class", "plan");
                let mut class = Object::default().with("type", kind);
                class.put_some("value", id);
                class.put_some("name", name);
                if class.has("value") || class.has("name") {
                    draft.body.push("class", class);
                    plan.mark_all();
                    draft.take(plan);
                }
            }
        }
        self.finish(draft);
    }

    /// The person as who is covered, and who holds the policy.
    fn covered(&self, participant: Node<'t>, draft: &mut Draft<'t>, period: &mut Option<Object>) {
        let Some(role) = participant.child("participantRole") else { return };
        let entity_name = role.all_at("playingEntity/name").into_iter().find_map(name).map(|name| name.text);
        let number = role.all("id").find_map(identifier);
        match participant.peek("typeCode").unwrap_or_default().as_ref() {
            "COV" => {
                draft.body.put_some("subscriberId", number.as_ref().map(|number| number.value.as_str()));
                if let Some(number) = number {
                    draft.body.push("identifier", number.json());
                }
                draft.body.put_some("relationship", role.child("code").and_then(|code| self.concept(code)));
                if let Some(time) = participant.child("time") {
                    let own = self.span(time).any_period();
                    *period = own.or(period.take());
                }
                participant.mark_all();
            }
            "HLD" => {
                let holder = entity_name.or_else(|| organization(role));
                draft
                    .body
                    .put_some("policyHolder", holder.map(|name| Object::default().with("display", name)));
                participant.mark_all();
            }
            _ => {}
        }
    }

    /// A text as an item of a list.
    pub(super) fn display(name: String) -> Json {
        Json::from(Object::default().with("display", name))
    }
}

//! Medicines: what is taken, ordered, handed out (Medication Activity, Supply Order, Dispense).

use super::act::is_pointer;
use super::act::{has_template, is_negated, related, status_code};
use super::draft::Draft;
use super::{Place, Reader, Relation};
use crate::json::{Json, Object};
use crate::tree::Node;

impl<'t> Reader<'t> {
    /// What a statement's product is called.
    pub(super) fn product(&self, statement: Node<'t>) -> Option<Object> {
        let products = ["consumable/manufacturedProduct", "product/manufacturedProduct"];
        for product in products.iter().flat_map(|path| statement.all_at(path)) {
            for material in product.all("manufacturedMaterial").chain(product.all("manufacturedLabeledDrug"))
            {
                let name = || material.all("name").find_map(Node::words);
                product.all("id").for_each(Node::mark_all);
                if let Some(mut concept) = material.child("code").and_then(|code| self.concept(code)) {
                    if !concept.has("text") {
                        concept.put_some("text", name());
                    }
                    name();
                    return Some(concept);
                }
                if let Some(name) = name() {
                    material.child("code").into_iter().for_each(Node::mark_all);
                    return Some(Object::default().with("text", name));
                }
            }
        }
        None
    }

    /// A product in one line.
    pub(super) fn product_words(&self, statement: Node<'t>) -> Option<String> {
        let products = ["consumable/manufacturedProduct", "product/manufacturedProduct"];
        let materials = products.iter().flat_map(|path| statement.all_at(path));
        let codes = materials.flat_map(|product| product.all_at("manufacturedMaterial/code"));
        codes.into_iter().find_map(|code| self.said(code))
    }

    pub(super) fn medicine(&mut self, node: Node<'t>, place: Place<'t>) {
        let mood = node.peek("moodCode").unwrap_or_default().into_owned();
        let planned = place.area.is_planned() || has_template(node, "22.4.42");
        let event = !planned && !matches!(mood.as_str(), "INT" | "RQO" | "PRP" | "PRMS");
        let kind = if event { "MedicationStatement" } else { "MedicationRequest" };
        let mut draft = self.draft(kind, node, place);
        node.all("code").for_each(Node::mark_all);
        let course = self.course(node);
        Self::medicine_status(&mut draft, event, &course);
        if !event {
            // What is only planned is ordered by nobody yet.
            let intent = match mood.as_str() {
                "RQO" | "PRMS" => "order",
                "PRP" => "proposal",
                _ if planned => "proposal",
                _ => "plan",
            };
            draft.body.put("intent", intent);
        }
        self.medicine_code(&mut draft);
        if event {
            course.put(&mut draft.body, "effectiveDateTime", "effectivePeriod");
            draft.body.put_some("dateAsserted", self.recorded(&draft));
            draft.body.put_some("informationSource", Self::informant(node));
        } else {
            draft.body.put_some("authoredOn", self.recorded(&draft));
            draft.body.put_some("requester", self.written_by(&draft).into_iter().next());
        }
        self.reasons(&mut draft);
        self.medicine_dosage(&mut draft, event, &course);
        if !event {
            let repeats = node.child("repeatNumber");
            let mut supply = Object::default();
            supply.put_some("numberOfRepeatsAllowed", repeats.and_then(refills));
            draft.body.put("dispenseRequest", supply);
        }
        self.finish(draft);
    }

    fn medicine_dosage(&self, draft: &mut Draft<'t>, event: bool, course: &super::when::Span) {
        let mut dosage = self.dosage(draft).unwrap_or_default();
        if !event && let Some(bounds) = course.any_period() {
            if let Some(Json::Object(timing)) = dosage.get_mut("timing") {
                if let Some(Json::Object(repeat)) = timing.get_mut("repeat") {
                    repeat.put("boundsPeriod", bounds);
                }
            } else {
                let repeat = Object::default().with("boundsPeriod", bounds);
                dosage.put("timing", Object::default().with("repeat", repeat));
            }
        }
        let name = if event { "dosage" } else { "dosageInstruction" };
        if !dosage.is_empty() {
            draft.body.push(name, dosage);
        }
    }

    /// The name of the medicine; that there is none, where all are denied.
    fn medicine_code(&self, draft: &mut Draft<'t>) {
        let node = draft.node;
        let product = self.product(node);
        let any =
            node.all_at("consumable/manufacturedProduct/manufacturedMaterial/code").into_iter().all(|code| {
                let codes: Vec<_> = std::iter::once(code)
                    .chain(code.all("translation"))
                    .filter_map(|code| code.peek("code"))
                    .collect();
                codes.iter().all(|code| matches!(code.as_ref(), "410942007" | "763158003"))
            });
        if is_negated(node) && any {
            let mut concept = super::code::denial(&crate::denied::MEDICINE);
            concept.put_some("text", self.statement_words(node));
            draft.body.put("medicationCodeableConcept", concept);
            return;
        }
        // Directions in words name the medicine too, where nothing else does.
        let sig = || {
            let sig = related(node).into_iter().find(|(_, inner)| has_template(*inner, "22.4.147"));
            sig.and_then(|(_, sig)| self.statement_words(sig))
        };
        let named = || {
            let words = self.statement_words(node).or_else(sig)?;
            Some(Object::default().with("text", words))
        };
        let flavor = || {
            let code = node.at("consumable/manufacturedProduct/manufacturedMaterial/code")?;
            self.concept_or_flavor(code)
        };
        draft.body.put_some("medicationCodeableConcept", product.or_else(named).or_else(flavor));
    }

    /// The status. `completed` beside a course without an end says that the statement was made, in many programs, and not
    /// that the medicine is over: then it is unknown whether it is taken, and the word stands beside it.
    fn medicine_status(draft: &mut Draft<'t>, event: bool, course: &super::when::Span) {
        let node = draft.node;
        let stated = related(node)
            .into_iter()
            .map(|(_, inner)| inner)
            .find(|inner| has_template(*inner, "1.47") || has_template(*inner, "22.4.319.1"));
        let by_observation =
            stated.and_then(super::allergy::value_code).and_then(|code| match code.as_str() {
                "55561003" => Some("active"),
                "421139008" => Some("on-hold"),
                "392521001" | "73425007" => Some("completed"),
                "395490007" | "443544006" => Some("stopped"),
                _ => None,
            });
        if let Some(stated) = stated.filter(|_| by_observation.is_some()) {
            stated.mark_all();
            draft.take(stated);
        }
        let sent = status_code(node);
        let read = match sent.as_deref() {
            Some("active" | "normal") => Some("active"),
            Some("completed") if course.low.is_some() && course.high.is_none() && event => {
                if by_observation.is_none() {
                    draft.body.push("statusReason", Object::default().with("text", "completed"));
                }
                Some("unknown")
            }
            Some("completed") => Some("completed"),
            Some("aborted" | "terminated" | "obsolete") => Some("stopped"),
            Some("suspended" | "held") => Some("on-hold"),
            Some("cancelled") => Some("cancelled"),
            Some("nullified") => Some("entered-in-error"),
            Some("new") => Some("draft"),
            _ => None,
        };
        let mut status = by_observation.or(read);
        if is_negated(node) {
            if event {
                status = Some("not-taken");
                draft.body.remove("statusReason");
            } else {
                draft.body.put("doNotPerform", Json::Bool(true));
            }
        }
        draft.body.put_some("status", status);
    }

    /// What for: indications, and what else is the reason.
    pub(super) fn reasons(&self, draft: &mut Draft<'t>) {
        for (relation, inner) in related(draft.node) {
            // Why it was not done, where it was not.
            if has_template(inner, "24.3.88") && is_negated(draft.node) {
                let why = inner.child("value").and_then(|value| self.concept(value));
                let listed = draft.kind == "MedicationStatement";
                if let Some(why) = why.filter(|_| listed || draft.kind == "Procedure") {
                    draft.body.put(
                        "statusReason",
                        if listed { Json::from(vec![Json::from(why)]) } else { Json::from(why) },
                    );
                    inner.mark_all();
                    draft.take(inner);
                    continue;
                }
            }
            let reason = has_template(inner, "22.4.19")
                || relation == Some(Relation::Reason) && inner.name() == "observation" && !is_pointer(inner);
            if !reason || is_negated(inner) {
                continue;
            }
            if let Some(concept) = self.named(inner, inner.child("value")) {
                draft.body.push("reasonCode", concept);
                inner.mark_all();
                draft.take(inner);
            }
        }
    }

    fn informant(node: Node<'t>) -> Option<Object> {
        let roles =
            node.all_at("informant/assignedEntity").into_iter().chain(node.all_at("informant/relatedEntity"));
        let informants: Vec<Node<'t>> = roles.collect();
        let said = informants.into_iter().find_map(|role| {
            let said = super::people::reference(role)?;
            role.mark_all();
            Some(said)
        });
        said.or_else(|| Self::performers(node).into_iter().next())
            .or_else(|| Self::authors(node).into_iter().next())
    }

    /// An order for a supply of a medicine.
    pub(super) fn supply_order(&mut self, node: Node<'t>, place: Place<'t>) {
        let mut draft = self.draft("MedicationRequest", node, place);
        node.all("code").for_each(Node::mark_all);
        let status = match status_code(node).as_deref() {
            Some("active") => Some("active"),
            Some("completed") => Some("completed"),
            Some("aborted") => Some("stopped"),
            Some("suspended") => Some("on-hold"),
            Some("cancelled") => Some("cancelled"),
            _ => None,
        };
        draft.body.put_some("status", status);
        draft.body.put("intent", "order");
        self.supplied(&mut draft);
        draft.body.put_some("authoredOn", self.recorded(&draft));
        draft.body.put_some("requester", Self::authors(node).into_iter().next());
        let mut supply = Object::default();
        supply.put_some("validityPeriod", self.when(node).any_period());
        supply.put_some("numberOfRepeatsAllowed", node.child("repeatNumber").and_then(refills));
        supply.put_some("quantity", node.child("quantity").and_then(|quantity| self.quantity(quantity)));
        draft.body.put("dispenseRequest", supply);
        self.sig(&mut draft, "dosageInstruction");
        self.finish(draft);
    }

    /// A medicine that was handed out.
    pub(super) fn dispense(&mut self, node: Node<'t>, place: Place<'t>) {
        let mut draft = self.draft("MedicationDispense", node, place);
        node.all("code").for_each(Node::mark_all);
        let status = match status_code(node).as_deref() {
            _ if is_negated(node) => Some("declined"),
            Some("completed") => Some("completed"),
            Some("active") => Some("in-progress"),
            Some("aborted") => Some("stopped"),
            Some("cancelled") => Some("cancelled"),
            _ => None,
        };
        draft.body.put_some("status", status);
        self.supplied(&mut draft);
        draft.body.put_some("quantity", node.child("quantity").and_then(|quantity| self.quantity(quantity)));
        let when = self.when(node);
        draft.body.put_some("whenHandedOver", when.start());
        for who in Self::performers(node) {
            draft.body.push("performer", Object::default().with("actor", who));
        }
        self.sig(&mut draft, "dosageInstruction");
        self.finish(draft);
    }

    /// What was supplied: its own product, else that of the medicine it stands in.
    fn supplied(&self, draft: &mut Draft<'t>) {
        let outer = draft.place.outer.filter(|outer| outer.name() == "substanceAdministration");
        let product = self.product(draft.node).or_else(|| self.product(outer?));
        draft.body.put_some("medicationCodeableConcept", product);
    }

    fn sig(&self, draft: &mut Draft<'t>, name: &'static str) {
        if let Some(dosage) = self.dosage(draft) {
            draft.body.push(name, dosage);
        }
    }
}

/// `repeatNumber` counts the first supply too (HL7 "C-CDA on FHIR", medications).
fn refills(repeats: Node<'_>) -> Option<Json> {
    let count: u32 = repeats.attribute("value")?.parse().ok()?;
    Some(Json::Number(count.saturating_sub(1).to_string()))
}

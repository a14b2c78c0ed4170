//! Vaccines that were given, or were not (Immunization Activity).

use super::act::{has_template, is_negated, related, status_code};
use super::{Place, Reader};
use crate::json::{Json, Object};
use crate::tree::Node;

impl<'t> Reader<'t> {
    pub(super) fn vaccine(&mut self, node: Node<'t>, place: Place<'t>) {
        let mood = node.peek("moodCode").unwrap_or_default();
        if matches!(mood.as_ref(), "INT" | "RQO" | "PRP" | "PRMS") || has_template(node, "22.4.120") {
            self.order(node, place);
            return;
        }
        let mut draft = self.draft("Immunization", node, place);
        node.all("code").for_each(Node::mark_all);
        let sent = status_code(node);
        let status = match sent.as_deref() {
            _ if is_negated(node) => Some("not-done"),
            Some("nullified") => Some("entered-in-error"),
            Some("aborted" | "cancelled") => Some("not-done"),
            Some("completed") => Some("completed"),
            other => other,
        };
        draft.body.put_some("status", status.map(ToOwned::to_owned));
        let mut number = node.child("repeatNumber").and_then(|number| number.attribute("value"));
        for (_, inner) in related(node) {
            if has_template(inner, "22.4.118") {
                // Which dose of a series it is.
                let link = inner.parent().and_then(|link| link.child("sequenceNumber"));
                number = number.or_else(|| link.and_then(|number| number.attribute("value")));
                inner.mark_all();
                draft.take(inner);
            } else if has_template(inner, "22.4.53") {
                let said = inner.child("code").and_then(|code| self.concept(code));
                if let Some(said) = said.or_else(|| self.named(inner, inner.child("value"))) {
                    draft.body.put("statusReason", said);
                    inner.mark_all();
                    draft.take(inner);
                }
            }
        }
        let product = self.product(node);
        let named = || Some(Object::default().with("text", self.statement_words(node)?));
        let flavor = || {
            let code = node.at("consumable/manufacturedProduct/manufacturedMaterial/code")?;
            self.concept_or_flavor(code)
        };
        let named = product.or_else(named).or_else(flavor);
        draft.body.put_some("vaccineCode", named);
        // A set of times counts doses; the first is when.
        let when = self.when(node);
        draft.body.put_some("occurrenceDateTime", when.start().or(when.high.as_deref()));
        draft.body.put_some("recorded", self.authored(node));
        let product = node.at("consumable/manufacturedProduct");
        let lot = product.and_then(|product| product.at("manufacturedMaterial/lotNumberText"));
        draft.body.put_some("lotNumber", lot.and_then(Node::words));
        let maker = product.and_then(|product| product.child("manufacturerOrganization"));
        if let Some(name) = maker.and_then(super::people::organization) {
            maker.into_iter().for_each(Node::mark_all);
            draft.body.put("manufacturer", Object::default().with("display", name));
        }
        draft.body.put_some("site", self.concept_at(node, "approachSiteCode"));
        draft.body.put_some("route", self.concept_at(node, "routeCode"));
        draft.body.put_some("doseQuantity", node.child("doseQuantity").and_then(|dose| self.quantity(dose)));
        for who in Self::performers(node) {
            draft.body.push("performer", Object::default().with("actor", who));
        }
        if let Some(dose) = number.filter(|dose| dose.parse::<u32>().is_ok_and(|dose| dose > 0)) {
            let number = Json::Number(dose.trim_start_matches('0').to_owned());
            draft.body.push("protocolApplied", Object::default().with("doseNumberPositiveInt", number));
        }
        self.reasons(&mut draft);
        self.finish(draft);
    }
}

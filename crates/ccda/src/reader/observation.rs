//! What was found: results, vital signs, social history, functional and mental status, scales.

use super::act::{has_template, is_negated, related, status_code};
use super::area::Area;
use super::code::concept_of;
use super::draft::Draft;
use super::template::{What, what_by_template};
use super::when::Span;
use super::{Place, Reader};
use crate::json::{Json, Object};
use crate::tree::Node;

const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const US_CATEGORY: &str = "http://hl7.org/fhir/us/core/CodeSystem/us-core-category";
const LOINC: &str = "http://loinc.org";

/// What templates are about whose code is `ASSERTION` in R1.1: smoking status, pregnancy.
const ASSERTED: &[(&str, &str)] = &[("22.4.78", "72166-2"), ("15.3.8", "82810-3")];

impl<'t> Reader<'t> {
    /// A panel of results: a report, and each result by itself.
    pub(super) fn result_panel(&mut self, node: Node<'t>, place: Place<'t>) {
        let members = self.members(node);
        let code = node.child("code").and_then(|code| self.concept(code));
        let Some(code) = code.or_else(|| Some(Object::default().with("text", self.statement_words(node)?)))
        else {
            self.hold(node);
            for member in members {
                self.observation(member, Place { outer: Some(node), ..place });
            }
            return;
        };
        let mut draft = self.draft("DiagnosticReport", node, place);
        draft.body.put_some("status", report_status(status_code(node).as_deref(), is_negated(node)));
        draft.body.put("code", code);
        let mut when = self.when(node);
        // A panel without a time is of the one time that all its results have.
        if when.is_empty()
            && let Some((first, further)) = members.split_first()
        {
            let time = self.when(*first);
            if further.iter().all(|member| self.when(*member) == time) {
                when = time;
            }
        }
        when.put(&mut draft.body, "effectiveDateTime", "effectivePeriod");
        draft.body.put_some("issued", self.authored(node));
        let who = [Self::performers(node), Self::organizations(node)].concat();
        for who in if who.is_empty() { Self::authors(node) } else { who } {
            draft.body.push("performer", who);
        }
        draft.body.put_some("specimen", self.specimen(node).map(|specimen| vec![Json::from(specimen)]));
        for (_, inner) in related(node) {
            if inner.name() == "procedure" && (has_template(inner, "22.4.415") || !holds(&members, inner)) {
                // How the specimen was taken.
                if let Some(site) = inner.child("targetSiteCode").and_then(|site| self.said(site)) {
                    draft.note(Object::default().with("text", site));
                }
                let specimen = inner.at("participant/participantRole/playingEntity/code");
                if let Some(specimen) = specimen.and_then(|code| self.said(code)) {
                    draft.body.push("specimen", Object::default().with("display", specimen));
                }
                inner.mark_all();
                draft.take(inner);
            }
        }
        let inside = Place { outer: Some(node), ..place };
        let mut held = Vec::new();
        for member in members {
            let at = self.observation(member, inside);
            let name = format!("Observation/{}", self.entries[at].id);
            draft.body.push("result", Object::default().with("reference", name));
            held.push(at);
        }
        let at = self.finish(draft);
        for member in held {
            self.entries[member].part_of = Some(at);
        }
    }

    /// Observations of an organizer, those of organizers within it too.
    fn members(&mut self, organizer: Node<'t>) -> Vec<Node<'t>> {
        let mut out = Vec::new();
        let mut next = vec![organizer];
        while let Some(node) = next.pop() {
            for (_, inner) in related(node) {
                match inner.name() {
                    "organizer" => {
                        self.hold(inner);
                        next.push(inner);
                    }
                    "observation" if super::act::is_hollow(inner) => {}
                    "observation" if what_by_template(inner) != Some(What::Problem) => out.push(inner),
                    _ => {}
                }
            }
        }
        out.sort_by_key(|node| node.index);
        out
    }

    pub(super) fn vital_panel(&mut self, node: Node<'t>, place: Place<'t>) {
        let members = self.members(node);
        self.hold(node);
        let inside = Place { outer: Some(node), area: Area::Vitals, ..place };
        let pressure = |loinc: &str| {
            let mut found = members.iter().copied().filter(|member| {
                member.child("code").is_some_and(|code| code.peek("code").is_some_and(|code| code == loinc))
                    && !is_negated(*member)
            });
            found.next().filter(|_| found.next().is_none())
        };
        let pair = pressure("8480-6")
            .zip(pressure("8462-4"))
            .filter(|(systolic, diastolic)| self.when(*systolic) == self.when(*diastolic));
        let mut first = None;
        for member in &members {
            let at = match pair {
                Some((systolic, diastolic)) if *member == systolic => {
                    self.blood_pressure(systolic, diastolic, inside)
                }
                Some((_, diastolic)) if *member == diastolic => continue,
                _ => self.observation(*member, inside),
            };
            first.get_or_insert(at);
        }
        for (_, inner) in related(node) {
            if holds(&members, inner) || inner.name() == "organizer" {
                continue;
            }
            match first.filter(|_| super::act::is_pointer(inner)) {
                Some(at) => self.adopt(inner, at),
                None => self.queue.push_back((inner, inside)),
            }
        }
    }

    /// Systolic and diastolic pressure of one measurement as one observation (US Core blood pressure).
    fn blood_pressure(&mut self, systolic: Node<'t>, diastolic: Node<'t>, place: Place<'t>) -> usize {
        let mut draft = self.draft("Observation", systolic, place);
        self.identifiers(diastolic, &mut draft.body);
        Self::category(&mut draft);
        draft.body.put_some("status", observation_status(status_code(systolic).as_deref()));
        status_code(diastolic);
        draft.body.put("code", concept_of(LOINC, "85354-9"));
        self.effective(&mut draft);
        self.when(diastolic);
        Self::authors(diastolic);
        let written = self.authored(systolic).or_else(|| self.authored(diastolic));
        draft.body.put_some("issued", written);
        self.authored(diastolic);
        self.who(&mut draft);
        draft.take(diastolic);
        for part in [systolic, diastolic] {
            let mut component = Object::default();
            component.put_some("code", part.child("code").and_then(|code| self.concept(code)));
            if let Some((name, value)) = part.child("value").and_then(|value| self.value(value)) {
                component.put(name, value);
            }
            self.flags(part, &mut component);
            self.method(part, &mut draft);
            draft.body.push("component", component);
        }
        self.finish(draft)
    }

    pub(super) fn observation(&mut self, node: Node<'t>, place: Place<'t>) -> usize {
        let mut draft = self.draft("Observation", node, place);
        Self::category(&mut draft);
        // What an organizer is about, where it has no entry of its own.
        let own_panel = matches!(place.area, Area::Vitals | Area::Results);
        let around = place.outer.filter(|outer| outer.name() == "organizer" && !own_panel);
        if let Some(about) = around.and_then(|outer| self.concept_at(outer, "code")) {
            draft.body.push("category", about);
        }
        draft.body.put_some("status", observation_status(status_code(node).as_deref()));
        let values: Vec<Node<'t>> = node.all("value").collect();
        let coded = values.iter().find_map(|value| {
            if value.peek("code").is_some() || value.child("translation").is_some() {
                self.concept(*value)
            } else {
                None
            }
        });
        let asserted = ASSERTED.iter().find(|(template, _)| has_template(node, template));
        let assertion = super::act::is_assertion(node);
        let negated = is_negated(node);
        let mut told = false;
        if negated || assertion && asserted.is_none() {
            // The finding is what the value says; that it is not so stands beside it.
            if negated {
                draft.negate();
            }
            if let Some(finding) = coded.clone() {
                draft.body.put("code", finding);
                node.all("code").for_each(Node::mark_all);
                told = true;
            }
        }
        if !draft.body.has("code") {
            let code = match asserted {
                Some((_, loinc)) if assertion => {
                    node.all("code").for_each(Node::mark_all);
                    Some(concept_of(LOINC, loinc))
                }
                _ => self.named(node, node.child("code")),
            };
            draft.body.put_some("code", code);
        }
        self.effective(&mut draft);
        if !told && !negated {
            self.values(&values, &mut draft);
        }
        self.flags_of(&mut draft);
        self.method(node, &mut draft);
        for site in node.all("targetSiteCode") {
            draft.body.put_some("bodySite", self.site(site));
        }
        draft.body.put_some("specimen", self.specimen(node));
        self.who(&mut draft);
        draft.body.put_some("issued", self.authored(node));
        self.finish(draft)
    }

    /// The first value; further ones beside it.
    fn values(&self, values: &[Node<'t>], draft: &mut Draft<'t>) {
        let mut said = false;
        for value in values {
            let Some((name, read)) = self.value(*value) else { continue };
            if said && name != "dataAbsentReason" {
                let mut component = Object::default()
                    .with("code", draft.body.get("code").cloned().unwrap_or_else(|| Json::text("")));
                component.put(name, read);
                draft.body.push("component", component);
            } else {
                draft.body.put(name, read);
                said |= name != "dataAbsentReason";
            }
        }
        if said {
            draft.body.remove("dataAbsentReason");
        }
    }

    fn category(draft: &mut Draft<'t>) {
        let node = draft.node;
        let said = [
            ("22.4.27", CATEGORY, "vital-signs"),
            ("22.4.78", CATEGORY, "social-history"),
            ("22.4.85", CATEGORY, "social-history"),
            ("22.4.38", CATEGORY, "social-history"),
            ("22.4.200", CATEGORY, "social-history"),
            ("22.4.69", CATEGORY, "survey"),
            ("22.4.67", US_CATEGORY, "functional-status"),
            ("22.4.74", US_CATEGORY, "cognitive-status"),
            ("22.4.505", US_CATEGORY, "disability-status"),
        ];
        let by_template = said.iter().find(|(template, ..)| has_template(node, template));
        let found = by_template.map(|(_, system, code)| (*system, *code)).or(match draft.place.area {
            Area::Vitals => Some((CATEGORY, "vital-signs")),
            Area::Results if is_measured(node) => Some((CATEGORY, "laboratory")),
            Area::Social => Some((CATEGORY, "social-history")),
            Area::Functional => Some((US_CATEGORY, "functional-status")),
            Area::Mental => Some((US_CATEGORY, "cognitive-status")),
            _ => None,
        });
        if let Some((system, code)) = found {
            draft.body.push("category", concept_of(system, code));
        }
    }

    /// When: its own time, else that of the organizer around it.
    fn effective(&self, draft: &mut Draft<'t>) {
        let own = self.when(draft.node);
        let outer = draft.place.outer.filter(|outer| own.is_empty() && outer.name() == "organizer");
        let when = outer.map_or(own, |outer| self.lent(outer).when.clone());
        let Span { at, low, .. } = &when;
        if at.is_none() && low.is_none() && when.high.is_none() {
            return;
        }
        when.put(&mut draft.body, "effectiveDateTime", "effectivePeriod");
    }

    fn who(&self, draft: &mut Draft<'t>) {
        let own = [Self::performers(draft.node), Self::organizations(draft.node)].concat();
        let who = if own.is_empty() { self.written_by(draft) } else { own };
        for who in who {
            draft.body.push("performer", who);
        }
    }

    fn method(&self, node: Node<'t>, draft: &mut Draft<'t>) {
        draft.body.put_some("method", self.concept_at(node, "methodCode"));
    }

    fn flags_of(&self, draft: &mut Draft<'t>) {
        let node = draft.node;
        self.flags(node, &mut draft.body);
    }

    /// The laboratory's flags and ranges.
    fn flags(&self, node: Node<'t>, out: &mut Object) {
        for flag in node.all("interpretationCode") {
            if let Some(flag) = self.concept(flag) {
                out.push("interpretation", flag);
            }
        }
        for range in node.all_at("referenceRange/observationRange") {
            let mut read = Object::default();
            if let Some(value) = range.child("value") {
                if let Some(bounds) = self.range(value) {
                    read.append(bounds);
                } else if let Some(words) = self.value_line(value) {
                    read.put("text", words);
                }
            }
            let kind = range.child("interpretationCode");
            if kind.is_some_and(|kind| kind.peek("code").is_some_and(|code| code != "N")) {
                read.put_some("type", kind.and_then(|kind| self.concept(kind)));
            }
            kind.into_iter().for_each(Node::mark_all);
            read.put_some(
                "text",
                range.child("text").and_then(|text| self.text_of(text)).map(|words| words.text),
            );
            if let Some(code) = range.child("code").and_then(|code| self.concept(code)) {
                read.push("appliesTo", code);
            }
            out.push("referenceRange", read);
        }
    }

    /// What was examined.
    pub(super) fn specimen(&self, node: Node<'t>) -> Option<Object> {
        for role in node.all_at("specimen/specimenRole") {
            let entity = role.child("specimenPlayingEntity");
            let said = entity.and_then(|entity| entity.child("code")).and_then(|code| self.said(code));
            let said = said.or_else(|| entity.and_then(|entity| entity.child("name")).and_then(Node::words));
            if let Some(said) = said {
                role.mark_all();
                return Some(Object::default().with("display", said));
            }
        }
        None
    }
}

/// Whether a list in the order of the document has this one.
fn holds(members: &[Node<'_>], node: Node<'_>) -> bool {
    members.binary_search_by_key(&node.index, |member| member.index).is_ok()
}

/// A result has a figure, a code or short words; a text by itself is an image's or a pathologist's report.
fn is_measured(node: Node<'_>) -> bool {
    node.all("value").any(|value| value.peek("type").is_none_or(|kind| !kind.ends_with("ED")))
}

/// FHIR's status of an observation.
fn observation_status(sent: Option<&str>) -> Option<String> {
    let status = match sent? {
        "completed" => "final",
        "active" | "held" | "new" => "preliminary",
        "aborted" | "cancelled" | "terminated" => "cancelled",
        "nullified" => "entered-in-error",
        other => other,
    };
    Some(status.to_owned())
}

fn report_status(sent: Option<&str>, negated: bool) -> Option<String> {
    if negated { Some("cancelled".to_owned()) } else { observation_status(sent) }
}

//! Problems, diagnoses and health concerns (Problem Concern Act, Problem Observation and their kin).

use super::act::{has_template, is_assertion, is_negated, related};
use super::act::{is_hollow, is_pointer};
use super::allergy::{clinical_status, codes_as, mark_state, severity, value_code};
use super::area::Area;
use super::code::concept_of;
use super::draft::Draft;
use super::template::{What, what_by_template};
use super::{Place, Reader};
use crate::json::{Json, Object};
use crate::tree::Node;

const CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
const VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/condition-category";
const US_CATEGORY: &str = "http://hl7.org/fhir/us/core/CodeSystem/condition-category";

/// SNOMED CT's classes of problems: who denies one of them denies all.
const ANY: &[&str] =
    &["55607006", "404684003", "64572001", "282291009", "418799008", "409586006", "248536006"];

impl<'t> Reader<'t> {
    /// A concern: a condition for each of its problems.
    pub(super) fn concern(&mut self, act: Node<'t>, place: Place<'t>) {
        let area = match what_area(act) {
            Some(area) => area,
            None if place.area == Area::Encounters => Area::Diagnoses,
            None => place.area,
        };
        let place = Place { area, ..place };
        let is_problem = |node: &Node<'t>| {
            node.name() == "observation"
                && match what_by_template(*node) {
                    Some(What::Problem) => true,
                    Some(_) => false,
                    None => {
                        !has_template(*node, "22.4.143")
                            && node.child("value").is_some_and(|value| value.peek("code").is_some())
                            && area != Area::Concerns
                    }
                }
        };
        let inner: Vec<Node<'t>> = related(act).into_iter().map(|(_, node)| node).collect();
        let problems: Vec<Node<'t>> =
            inner.iter().copied().filter(is_problem).filter(|node| !is_hollow(*node)).collect();
        match problems.as_slice() {
            [] => self.concern_alone(act, place, &inner),
            [alone] => {
                let at = self.condition(*alone, act, place, Some(act));
                self.queue_others(act, &inner, place, Some(at));
            }
            several => {
                self.hold(act);
                let inside = Place { outer: Some(act), ..place };
                for problem in several {
                    self.condition(*problem, *problem, inside, Some(act));
                }
                self.queue_others(act, &inner, inside, place.part_of);
            }
        }
    }

    /// What stands in a concern beside its problems and is told by itself.
    fn queue_others(&mut self, act: Node<'t>, inner: &[Node<'t>], place: Place<'t>, part_of: Option<usize>) {
        for node in inner {
            let own = what_by_template(*node).is_some() || has_template(*node, "22.4.143");
            if own && !self.taken.contains_key(&node.index) && !is_pointer(*node) {
                let place = Place { outer: Some(act), part_of, ..place };
                self.queue.push_back((*node, place));
            }
        }
    }

    /// A concern without a problem: one itself, as far as it has words.
    fn concern_alone(&mut self, act: Node<'t>, place: Place<'t>, inner: &[Node<'t>]) {
        let others = inner.iter().any(|node| what_by_template(*node).is_some() && !is_pointer(*node));
        // Its code says no more than that it is a concern.
        let generic = ["75310-3", "CONC", "29308-4", "46241-6", "11535-2", "281694009", "APT"];
        let code = act
            .child("code")
            .filter(|code| code.peek("code").is_some_and(|code| !generic.contains(&code.as_ref())));
        if others && code.is_none() {
            self.hold(act);
            self.queue_others(act, inner, place, place.part_of);
            return;
        }
        // Words alone may say that there is none: they stay words.
        let Some(named) = code.and_then(|code| self.concept(code)) else {
            if act.child("text").is_some_and(Node::says_something) {
                self.note(act, place);
            }
            return;
        };
        let mut draft = self.draft("Condition", act, place);
        Self::categories(&mut draft);
        draft.body.put("code", named);
        self.problem_status(&mut draft, Some(act), false);
        self.onset(&mut draft);
        self.recorded_by(&mut draft, None);
        let at = self.finish(draft);
        self.queue_others(act, inner, place, Some(at));
    }

    pub(super) fn condition(
        &mut self,
        node: Node<'t>,
        whole: Node<'t>,
        place: Place<'t>,
        concern: Option<Node<'t>>,
    ) -> usize {
        let mut draft = self.draft("Condition", node, place);
        draft.whole = whole;
        Self::categories(&mut draft);
        // "Complaint", "Diagnosis", "Finding".
        if let Some(sort) =
            node.child("code").filter(|_| !is_assertion(node)).and_then(|code| self.concept(code))
        {
            draft.body.push("category", sort);
        }
        let value = node.child("value");
        let negated = is_negated(node) || concern.is_some_and(is_negated);
        let any = value_code(node).is_some_and(|code| ANY.contains(&code.as_str()));
        if negated
            && (any || value.is_none_or(|value| value.peek("code").is_none() && self.said(value).is_none()))
        {
            let mut concept = super::code::denial(&crate::denied::PROBLEM);
            concept.put_some("text", self.statement_words(node));
            value.into_iter().for_each(Node::mark_all);
            draft.body.put("code", concept);
            node.all("statusCode").for_each(Node::mark_all);
            concern.filter(|concern| *concern == draft.whole).into_iter().chain([node]).for_each(mark_state);
        } else {
            let concept = self.named_or_flavor(node, value);
            self.qualifiers(&mut draft, value);
            draft.body.put_some("code", concept);
            self.problem_status(&mut draft, concern, negated);
        }
        self.onset(&mut draft);
        self.recorded_by(&mut draft, concern);
        for site in node.all("targetSiteCode") {
            if let Some(site) = self.site(site) {
                draft.body.push("bodySite", site);
            }
        }
        for (_, inner) in related(node) {
            if has_template(inner, "22.4.8") || codes_as(inner, "SEV") {
                let read = value_code(inner).and_then(|code| severity(&code)).is_some();
                let said = inner.child("value").and_then(|value| self.concept(value));
                if let Some(said) = said.filter(|_| read || inner.child("value").is_some()) {
                    draft.body.put("severity", said);
                    inner.mark_all();
                    draft.take(inner);
                }
            } else if has_template(inner, "22.4.502")
                && let Some(at) = self.when(inner).start()
            {
                let extension = Object::default()
                    .with("url", "http://hl7.org/fhir/StructureDefinition/condition-assertedDate")
                    .with("valueDateTime", at);
                draft.body.push("extension", extension);
                mark_state(inner);
                draft.take(inner);
            }
        }
        self.finish(draft)
    }

    fn categories(draft: &mut Draft<'t>) {
        let (system, code) = match draft.place.area {
            Area::Problems | Area::History => (CATEGORY, "problem-list-item"),
            Area::Diagnoses | Area::Encounters => (CATEGORY, "encounter-diagnosis"),
            Area::Concerns => (US_CATEGORY, "health-concern"),
            _ => return,
        };
        draft.body.push("category", concept_of(system, code));
    }

    /// What qualifies a problem's code: where in the body, which side.
    fn qualifiers(&self, draft: &mut Draft<'t>, value: Option<Node<'t>>) {
        for qualifier in value.into_iter().flat_map(|value| value.all("qualifier").collect::<Vec<_>>()) {
            let name = qualifier.child("name").and_then(|name| name.attribute("code"));
            let Some(said) = qualifier.child("value") else { continue };
            if matches!(name.as_deref(), Some("363698007" | "272741003" | "78615007")) {
                if let Some(site) = self.concept(said) {
                    draft.body.push("bodySite", site);
                }
            } else if let Some(words) = self.said(said) {
                let name = qualifier.child("name").and_then(|name| self.said(name));
                let words: Vec<String> = name.into_iter().chain([words]).collect();
                draft.note(Object::default().with("text", words.join(": ")));
            }
        }
    }

    /// By the status that the problem states, else by its end, else by the concern's.
    fn problem_status(&self, draft: &mut Draft<'t>, concern: Option<Node<'t>>, negated: bool) {
        let node = draft.node;
        let said = related(node).into_iter().map(|(_, inner)| inner).find(|inner| {
            has_template(*inner, "22.4.6")
                || has_template(*inner, "1.50")
                || codes_as(*inner, "33999-4")
                    && value_code(*inner).is_some_and(|code| clinical_status(&code).is_some())
        });
        let mut status = said.and_then(value_code).and_then(|code| clinical_status(&code));
        if let Some(said) = said.filter(|_| status.is_some()) {
            said.mark_all();
            draft.take(said);
        }
        let when = self.when(node);
        if status.is_none() {
            let of_concern = concern.and_then(|concern| self.lent(concern).status.clone());
            status = match of_concern.as_deref() {
                _ if when.high.is_some() || when.ended => Some("resolved"),
                Some("active") => Some("active"),
                Some("completed" | "suspended" | "aborted") => Some("inactive"),
                _ => None,
            };
        }
        concern.filter(|concern| *concern == draft.whole).into_iter().chain([node]).for_each(mark_state);
        if negated {
            draft.body.put("verificationStatus", concept_of(VERIFICATION, "refuted"));
        } else {
            draft.body.put_some("clinicalStatus", status.map(|status| concept_of(CLINICAL, status)));
        }
    }

    fn onset(&self, draft: &mut Draft<'t>) {
        let when = self.when(draft.node);
        draft.body.put_some("onsetDateTime", when.start());
        draft.body.put_some("abatementDateTime", when.high.as_deref());
        if draft.body.has("onsetDateTime") {
            return;
        }
        let ages = related(draft.node).into_iter().map(|(_, inner)| inner);
        for age in ages.filter(|inner| has_template(*inner, "22.4.31")) {
            if let Some(value) = age.child("value").and_then(|value| self.quantity(value)) {
                draft.body.put("onsetAge", Json::from(value));
                age.mark_all();
                draft.take(age);
            }
        }
    }
}

/// Acts that say by their template what kind of diagnosis they hold.
fn what_area(act: Node<'_>) -> Option<Area> {
    let kinds = [
        ("22.4.80", Area::Diagnoses),
        ("22.4.34", Area::Diagnoses),
        ("22.4.33", Area::Diagnoses),
        ("22.4.65", Area::Diagnoses),
        ("22.4.51", Area::Diagnoses),
        ("22.4.132", Area::Concerns),
        ("22.4.136", Area::Concerns),
    ];
    kinds.iter().find(|(suffix, _)| has_template(act, suffix)).map(|(_, area)| *area)
}

//! Allergies and intolerances (Allergy Concern Act, Allergy - Intolerance Observation).

use super::act::{has_template, is_negated, is_unknown, related};
use super::draft::Draft;
use super::template::{What, what_by_template};
use super::{Place, Reader};
use crate::denied::{ALLERGY, DRUG_ALLERGY, Denial, ENVIRONMENTAL_ALLERGY, FOOD_ALLERGY};
use crate::json::{Json, Object};
use crate::tree::Node;

const CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
const VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

/// What kind of allergy, by SNOMED CT: FHIR's type and category.
const KINDS: &[(&str, Option<&str>, Option<&str>)] = &[
    ("416098002", Some("allergy"), Some("medication")),
    ("419511003", None, Some("medication")),
    ("59037007", Some("intolerance"), Some("medication")),
    ("414285001", Some("allergy"), Some("food")),
    ("418471000", None, Some("food")),
    ("235719002", Some("intolerance"), Some("food")),
    ("419199007", Some("allergy"), None),
    ("418038007", None, None),
    ("420134006", None, None),
    ("426232007", Some("allergy"), Some("environment")),
];

/// Substances that are classes of everything: an allergy to "a drug" that is denied is none to any drug.
const ANY_DRUG: &[&str] = &["410942007", "763158003"];
const ANY_FOOD: &[&str] = &["255620007", "762766007"];
const ANY: &[&str] = &["105590001", "413477004", "312412007"];

/// What a SNOMED CT code of a status observation means, as FHIR's clinical status.
pub(super) fn clinical_status(code: &str) -> Option<&'static str> {
    Some(match code {
        "55561003" => "active",
        "73425007" | "392521001" => "inactive",
        "413322009" | "723506003" => "resolved",
        "246455001" => "recurrence",
        "263855007" | "263852005" => "relapse",
        "277022003" => "remission",
        _ => return None,
    })
}

/// Fatal, by SNOMED CT: FHIR knows nothing worse than severe.
const FATAL: &str = "399166001";

/// How bad a reaction was, by SNOMED CT.
pub(super) fn severity(code: &str) -> Option<&'static str> {
    Some(match code {
        "255604002" => "mild",
        "6736007" | "371923003" => "moderate",
        "24484000" | "371924009" | FATAL => "severe",
        _ => return None,
    })
}

/// The code of an observation's value.
pub(super) fn value_code(observation: Node<'_>) -> Option<String> {
    observation.all("value").find_map(|value| value.attribute("code")).map(std::borrow::Cow::into_owned)
}

impl<'t> Reader<'t> {
    pub(super) fn allergy_concern(&mut self, act: Node<'t>, place: Place<'t>) {
        let allergies: Vec<Node<'t>> = related(act)
            .into_iter()
            .map(|(_, node)| node)
            .filter(|node| {
                node.name() == "observation"
                    && !is_unknown(*node)
                    && (what_by_template(*node) == Some(What::Allergy)
                        || node.at("participant/participantRole/playingEntity").is_some())
            })
            .collect();
        // A program may have put the allergy where its reaction belongs; the concern then says nothing but its status.
        if allergies.is_empty() {
            return;
        }
        if let [alone] = allergies.as_slice() {
            self.allergy(*alone, act, place, Some(act));
            return;
        }
        self.hold(act);
        let place = Place { outer: Some(act), ..place };
        for allergy in allergies {
            self.allergy(allergy, allergy, place, Some(act));
        }
    }

    pub(super) fn allergy(
        &mut self,
        node: Node<'t>,
        whole: Node<'t>,
        place: Place<'t>,
        concern: Option<Node<'t>>,
    ) {
        let mut draft = self.draft("AllergyIntolerance", node, place);
        draft.whole = whole;
        node.all("code").for_each(Node::mark_all);
        let kind = value_code(node);
        let known = KINDS.iter().find(|(code, ..)| Some(*code) == kind.as_deref());
        node.all("value").filter(|_| known.is_some()).for_each(Node::mark_all);
        let substance = self.substance(node);
        let negated = is_negated(node) || concern.is_some_and(is_negated);
        let denied =
            negated.then(|| Self::denied(node, known.and_then(|(_, _, category)| *category))).flatten();
        self.allergy_status(&mut draft, concern, negated && denied.is_none());
        if let Some((_, sort, category)) = known {
            draft.body.put_some("type", *sort);
            draft.body.put_some("category", category.map(|category| vec![Json::from(category)]));
        }
        if let Some(said) = denied {
            let mut concept = super::code::denial(said);
            concept.put_some("text", self.statement_words(node).filter(|words| says_no(words)));
            draft.body.put("code", concept);
        } else {
            let named = substance.or_else(|| {
                // Kinds of allergy name no substance; another value does.
                let value = node.child("value").filter(|_| known.is_none());
                self.named_or_flavor(node, value).or_else(|| {
                    let code = node.at("participant/participantRole/playingEntity/code");
                    code.and_then(|code| self.concept_or_flavor(code))
                })
            });
            draft.body.put_some("code", named);
        }
        let when = self.when(node);
        when.put(&mut draft.body, "onsetDateTime", "onsetPeriod");
        if when.low.is_some() && when.high.is_none() {
            draft.body.remove("onsetPeriod");
            draft.body.put_some("onsetDateTime", when.low.as_deref());
        }
        self.recorded_by(&mut draft, concern);
        Self::criticality(&mut draft);
        self.reactions(&mut draft, concern);
        self.finish(draft);
    }

    /// The substance: by code, else by name.
    fn substance(&self, node: Node<'t>) -> Option<Object> {
        for entity in node.all_at("participant/participantRole/playingEntity") {
            let name = || entity.all("name").find_map(Node::words);
            if let Some(mut concept) = entity.child("code").and_then(|code| self.concept(code)) {
                if !concept.has("text") {
                    let named = name();
                    concept.put_some("text", named);
                }
                entity.mark_all();
                return Some(concept);
            }
            if let Some(name) = name() {
                entity.mark_all();
                return Some(Object::default().with("text", name));
            }
        }
        None
    }

    /// What is denied as a whole, as a SNOMED CT code: "No known allergy" and its kinds. None where one substance is.
    fn denied(node: Node<'t>, category: Option<&str>) -> Option<&'static Denial> {
        let codes = node.all_at("participant/participantRole/playingEntity/code");
        let mut all = codes.iter().flat_map(|code| std::iter::once(*code).chain(code.all("translation")));
        let code = all.find_map(|code| code.peek("code")).map(std::borrow::Cow::into_owned);
        let named = node.all_at("participant/participantRole/playingEntity/name");
        let named = named.into_iter().any(|name| name.words().is_some());
        let any = |list: &[&str]| code.as_deref().is_some_and(|code| list.contains(&code));
        if any(ANY_DRUG) {
            return Some(&DRUG_ALLERGY);
        }
        if any(ANY_FOOD) {
            return Some(&FOOD_ALLERGY);
        }
        if code.is_some() && !any(ANY) || code.is_none() && named {
            return None;
        }
        Some(match category {
            Some("medication") => &DRUG_ALLERGY,
            Some("food") => &FOOD_ALLERGY,
            Some("environment") => &ENVIRONMENTAL_ALLERGY,
            _ => &ALLERGY,
        })
    }

    fn allergy_status(&self, draft: &mut Draft<'t>, concern: Option<Node<'t>>, refuted: bool) {
        let node = draft.node;
        let said = related(node).into_iter().map(|(_, inner)| inner).find(|inner| {
            has_template(*inner, "22.4.28")
                || has_template(*inner, "1.39")
                || inner
                    .child("code")
                    .is_some_and(|code| code.peek("code").is_some_and(|code| code == "33999-4"))
                    && value_code(*inner).is_some_and(|code| clinical_status(&code).is_some())
        });
        let mut status = said.and_then(value_code).and_then(|code| clinical_status(&code));
        if let Some(said) = said.filter(|_| status.is_some()) {
            said.mark_all();
            draft.take(said);
        }
        let when = self.when(node);
        if status.is_none() {
            let concern_status = concern.and_then(|concern| self.lent(concern).status.clone());
            node.all("statusCode").for_each(Node::mark_all);
            status = match concern_status.as_deref() {
                _ if when.high.is_some() || when.ended => Some("resolved"),
                Some("active") => Some("active"),
                Some("completed" | "suspended" | "aborted") => Some("inactive"),
                _ => None,
            };
        }
        concern.filter(|concern| *concern == draft.whole).into_iter().chain([node]).for_each(mark_state);
        if refuted {
            draft.body.put("verificationStatus", super::code::concept_of(VERIFICATION, "refuted"));
        } else {
            draft
                .body
                .put_some("clinicalStatus", status.map(|status| super::code::concept_of(CLINICAL, status)));
        }
        if let Some(high) = when.high.filter(|_| !refuted) {
            let extension = Object::default()
                .with("url", "http://hl7.org/fhir/StructureDefinition/allergyintolerance-abatement")
                .with("valueDateTime", high);
            draft.body.push("extension", extension);
        }
    }

    /// When and by whom it was written down.
    pub(super) fn recorded_by(&self, draft: &mut Draft<'t>, concern: Option<Node<'t>>) {
        let own = self.authored(draft.node);
        // A concern's own time is when somebody began to follow it.
        let of_concern = concern.and_then(|concern| {
            let lent = self.lent(concern);
            lent.authored.clone().or_else(|| lent.when.start().map(ToOwned::to_owned))
        });
        draft.body.put_some("recordedDate", own.or(of_concern));
        let authors = Self::authors(draft.node);
        let of_concern = concern.map(|concern| self.lent(concern).authors.clone()).unwrap_or_default();
        draft.body.put_some("recorder", authors.into_iter().chain(of_concern).next());
    }

    fn criticality(draft: &mut Draft<'t>) {
        let found = related(draft.node)
            .into_iter()
            .map(|(_, inner)| inner)
            .find(|inner| has_template(*inner, "22.4.145"));
        let Some(found) = found else { return };
        let read = match value_code(found).as_deref() {
            Some("CRITL") => "low",
            Some("CRITH") => "high",
            Some("CRITU") => "unable-to-assess",
            _ => return,
        };
        draft.body.put("criticality", read);
        found.mark_all();
        draft.take(found);
    }

    fn reactions(&self, draft: &mut Draft<'t>, concern: Option<Node<'t>>) {
        // A concern of several allergies does not say whose a reaction beside them is.
        let concern = concern.filter(|concern| *concern == draft.whole);
        let inner = related(draft.node).into_iter().chain(concern.into_iter().flat_map(related));
        let inner: Vec<Node<'t>> =
            inner.map(|(_, inner)| inner).filter(|inner| *inner != draft.node).collect();
        let is_severity = |node: &Node<'t>| {
            has_template(*node, "22.4.8") || has_template(*node, "1.55") || codes_as(*node, "SEV")
        };
        let mut reactions: Vec<(Object, bool)> = Vec::new();
        for node in inner.iter().filter(|node| has_template(**node, "22.4.9") || has_template(**node, "1.54"))
        {
            if is_negated(*node) {
                continue;
            }
            let Some(sign) = self.named(*node, node.child("value")) else { continue };
            node.all("code").chain(node.all("statusCode")).chain(node.all("id")).for_each(Node::mark_all);
            let mut reaction = Object::default();
            reaction.push("manifestation", sign);
            reaction.put_some("onset", self.when(*node).start());
            let bad = related(*node).into_iter().map(|(_, bad)| bad).find(is_severity);
            if let Some((bad, code)) = bad.and_then(|bad| Some((bad, severity(&value_code(bad)?)?))) {
                reaction.put("severity", code);
                bad.mark_all();
                draft.take(bad);
            }
            let graded = reaction.has("severity");
            reactions.push((reaction, graded));
            draft.take(*node);
        }
        // How bad the allergy is, is how bad those of its reactions are that do not say it themselves.
        let bad = inner.iter().find(|node| is_severity(node));
        if let Some((bad, code)) = bad.and_then(|bad| Some((*bad, severity(&value_code(*bad)?)?)))
            && reactions.iter().any(|(_, graded)| !graded)
        {
            for (reaction, _) in reactions.iter_mut().filter(|(_, graded)| !graded) {
                reaction.put("severity", code);
            }
            bad.mark_all();
            draft.take(bad);
        } else if let Some((bad, code)) = bad.and_then(|bad| Some((bad, severity(&value_code(*bad)?)?)))
            && reactions.is_empty()
        {
            // How bad it is, without what it does.
            let mut reaction = Object::default().with("severity", code);
            if value_code(*bad).as_deref() == Some(FATAL) {
                reaction.put("description", "Fatal");
            }
            draft.body.push("reaction", reaction);
            bad.mark_all();
            draft.take(*bad);
        }
        for (reaction, _) in reactions {
            draft.body.push("reaction", reaction);
        }
    }
}

/// Codes that only say what kind of statement it is, and what the resource has already: status, numbers, a concern's times.
pub(super) fn mark_state(node: Node<'_>) {
    for name in ["statusCode", "code", "id"] {
        node.all(name).for_each(Node::mark_all);
    }
    if node.name() == "act" {
        node.all("effectiveTime").for_each(Node::mark_all);
    }
}

pub(super) fn codes_as(node: Node<'_>, code: &str) -> bool {
    node.child("code").is_some_and(|found| found.peek("code").is_some_and(|found| found == code))
}

/// Words that deny: others would name what is denied.
fn says_no(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    matches!(
        first.trim_matches(|c: char| !c.is_alphanumeric()),
        "no" | "none" | "nka" | "nkda" | "nil" | "denies"
    )
}

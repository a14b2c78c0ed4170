//! What every statement has in common: numbers, the person, comments, narrative, and the statements within it.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::act::{holds_statements, is_assertion, is_negated, is_pointer, related, status_code};
use super::narrative::{escape, part};
use super::template::{What, what_by_template};
use super::{Lent, Place, Reader, identity, is_statement, template_ids};
use crate::document::Entry;
use crate::json::{Json, Object};
use crate::tree::Node;

/// Characters of HTML that still belong to one statement; more is the whole section's.
const OWN_TEXT: usize = 6_000;

/// A resource under construction.
pub(super) struct Draft<'t> {
    pub(super) kind: &'static str,
    pub(super) body: Object,
    /// The statement it is made of.
    pub(super) node: Node<'t>,
    /// The element whose bytes are its own: the statement, or a concern around it that holds nothing else.
    pub(super) whole: Node<'t>,
    pub(super) place: Place<'t>,
    /// Further statements that went into it.
    pub(super) parts: BTreeMap<usize, Node<'t>>,
}

impl<'t> Draft<'t> {
    /// Another statement goes into this resource.
    pub(super) fn take(&mut self, part: Node<'t>) {
        if part != self.node {
            self.parts.insert(part.index, part);
        }
    }

    fn has(&self, node: Node<'t>) -> bool {
        node == self.node || self.parts.contains_key(&node.index)
    }
}

impl<'t> Reader<'t> {
    /// A resource of this type about the person, with the statement's numbers.
    pub(super) fn draft(&self, kind: &'static str, node: Node<'t>, place: Place<'t>) -> Draft<'t> {
        let mut body = Object::default();
        self.identifiers(node, &mut body);
        let mut draft = Draft { kind, body, node, whole: node, place, parts: BTreeMap::new() };
        if !self.person.is_empty() {
            let person = Object::default().with("reference", format!("Patient/{}", self.person));
            let element = match kind {
                "AllergyIntolerance" | "Immunization" | "FamilyMemberHistory" | "Device" | "Consent" => {
                    "patient"
                }
                "Coverage" => "beneficiary",
                _ => "subject",
            };
            draft.body.put(element, person);
        }
        draft
    }

    /// What an act or organizer lends to what it holds.
    pub(super) fn lent(&self, outer: Node<'t>) -> Rc<Lent> {
        if let Some(known) = self.lent.borrow().get(&outer.index) {
            return Rc::clone(known);
        }
        let pointers =
            related(outer).into_iter().map(|(_, node)| node).filter(|node| node.name() == "encounter");
        let mut numbers = pointers
            .filter(|node| is_pointer(*node))
            .flat_map(|node| node.all("id"))
            .filter_map(identity::key);
        let lent = Rc::new(Lent {
            when: self.when(outer),
            status: status_code(outer),
            authors: Self::authors(outer),
            authored: self.authored(outer),
            visit: numbers.find_map(|number| self.visits.get(&number).cloned()),
        });
        self.lent.borrow_mut().insert(outer.index, Rc::clone(&lent));
        lent
    }

    /// The earliest time that somebody wrote it, or the statement around it.
    pub(super) fn recorded(&self, draft: &Draft<'t>) -> Option<String> {
        let own = self.authored(draft.node);
        own.or_else(|| self.lent(draft.place.outer?).authored.clone())
    }

    /// Who wrote it, or the statement around it.
    pub(super) fn written_by(&self, draft: &Draft<'t>) -> Vec<Object> {
        let own = Self::authors(draft.node);
        match draft.place.outer.filter(|_| own.is_empty()) {
            Some(outer) => self.lent(outer).authors.clone(),
            None => own,
        }
    }

    /// Puts down a finished resource; what stands in it and is no part of it waits to be read behind it.
    pub(super) fn finish(&mut self, mut draft: Draft<'t>) -> usize {
        let own = self.relations(&mut draft);
        self.visit_around(&mut draft);
        self.others(&mut draft);
        self.own_text(&mut draft);
        let section = draft.place.section;
        let position = self.position(draft.node, section);
        let id = self.new_id(draft.kind, draft.node, &named(&draft.body), &position);
        let mut resource = Object::default().with("resourceType", draft.kind).with("id", id.as_str());
        resource.append(draft.body);
        let at = self.entries.len();
        let whole = draft.whole;
        let within = draft.place.outer.filter(|outer| outer.holds(whole) && outer.name() != "section");
        let mut parts: Vec<_> = draft.parts.values().map(|part| part.range()).collect();
        if whole != draft.node && is_statement(draft.node) {
            parts.push(draft.node.range());
        }
        parts.retain(|range| *range != whole.range());
        self.entries.push(Entry {
            section,
            element: whole.name().to_owned(),
            templates: [
                template_ids(whole),
                if whole == draft.node { Vec::new() } else { template_ids(draft.node) },
            ]
            .concat(),
            range: whole.range(),
            within: within.map(Node::range),
            part_of: draft.place.part_of,
            parts,
            resource_type: draft.kind.to_owned(),
            id,
            resource: resource.to_json(),
        });
        for part in draft.parts.values() {
            for name in ["id", "statusCode"] {
                part.all(name).for_each(Node::mark_all);
            }
        }
        for taken in draft.parts.values().chain([&draft.node, &whole]) {
            self.taken.insert(taken.index, at);
        }
        for node in own {
            let outer = Some(draft.node);
            self.queue.push_back((node, Place { part_of: Some(at), outer, ..draft.place }));
        }
        at
    }

    /// A further statement went into an entry that is there.
    pub(super) fn adopt(&mut self, node: Node<'t>, at: usize) {
        node.mark_all();
        self.taken.insert(node.index, at);
        self.entries[at].parts.push(node.range());
    }

    /// The visit that an organizer around the statement names.
    fn visit_around(&self, draft: &mut Draft<'t>) {
        if matches!(
            draft.kind,
            "Encounter" | "AllergyIntolerance" | "CareTeam" | "Goal" | "Coverage" | "Consent"
        ) {
            return;
        }
        if let Some(visit) = draft.place.outer.and_then(|outer| self.lent(outer).visit.clone()) {
            draft.body.put("encounter", Object::default().with("reference", format!("Encounter/{visit}")));
        }
    }

    /// Who and what else took part, in words.
    fn others(&self, draft: &mut Draft<'t>) {
        for participant in draft.node.all("participant").filter(|participant| !participant.is_read()) {
            let Some(role) = participant.child("participantRole") else { continue };
            let code = role.child("code").and_then(|code| self.said(code));
            let entity = role.child("playingEntity");
            let coded = || entity.and_then(|entity| entity.child("code")).and_then(|code| self.said(code));
            let device = || role.at("playingDevice/code").and_then(|code| self.said(code));
            let named = super::people::person(role).or_else(coded).or_else(device);
            let words: Vec<String> = [code, named.or_else(|| super::people::organization_of(role))]
                .into_iter()
                .flatten()
                .collect();
            if !words.is_empty() {
                role.mark_all();
                draft.note(Object::default().with("text", words.join(": ")));
            }
        }
        for expression in draft.node.all("derivationExpr").filter_map(Node::words).collect::<Vec<_>>() {
            draft.note(Object::default().with("text", expression));
        }
    }

    /// Where a statement stands in the document, as a text that is the same whenever the document is read.
    pub(super) fn position(&self, node: Node<'t>, section: Option<usize>) -> String {
        let (code, from) = match section.map(|section| &self.sections[section]) {
            Some(section) => {
                (section.code.as_ref().map_or("", |code| code.code.as_str()), section.range.start)
            }
            None => ("", 0),
        };
        format!("{code} {section:?} {}", node.range().start - from.min(node.range().start))
    }

    /// Everything within the statement that nobody took: comments and what has a name and a value become notes, what is a
    /// statement of its own is given back.
    fn relations(&mut self, draft: &mut Draft<'t>) -> Vec<Node<'t>> {
        let mut own = Vec::new();
        let mut next = vec![draft.node];
        next.extend(Some(draft.whole).filter(|whole| *whole != draft.node));
        while let Some(at) = next.pop() {
            for (_, node) in related(at) {
                if draft.has(node) {
                    if node != draft.node {
                        next.push(node);
                    }
                } else if is_pointer(node) {
                    self.point(draft, node);
                    draft.take(node);
                } else if self.taken.contains_key(&node.index) {
                    // Somebody else's.
                } else if what_by_template(node).is_some_and(What::is_own) {
                    own.push(node);
                } else if !is_negated(node) && (self.remark(draft, node) || holds_statements(node)) {
                    // What has no words of its own holds others that have.
                    draft.take(node);
                    next.push(node);
                }
            }
        }
        own
    }

    /// A statement that says nothing but another one's number.
    fn point(&self, draft: &mut Draft<'t>, node: Node<'t>) {
        node.mark_all();
        if node.name() == "encounter"
            && let Some(visit) =
                node.all("id").filter_map(super::identity::key).find_map(|key| self.visits.get(&key))
        {
            draft.body.put("encounter", Object::default().with("reference", format!("Encounter/{visit}")));
        }
    }

    /// A statement as a note, or as a component of an observation. False when it has no words.
    fn remark(&self, draft: &mut Draft<'t>, node: Node<'t>) -> bool {
        let code = node.child("code");
        if node.name() == "observation"
            && draft.kind == "Observation"
            && !is_assertion(node)
            && let (Some(concept), Some((name, value))) = (self.named(node, code), self.answer(node))
        {
            let component = Object::default().with("code", concept).with(name, value);
            draft.body.push("component", component);
            // It has the time of the whole.
            let times = [node, draft.node].map(|node| node.child("effectiveTime"));
            if let [Some(own), Some(whole)] = times
                && own.peek("value") == whole.peek("value")
            {
                own.mark_all();
            }
            return true;
        }
        let comment = code.is_some_and(|code| code.peek("code").is_some_and(|code| code == "48767-8"));
        let name = code.filter(|_| !comment && !is_assertion(node)).and_then(|code| self.name_of(code));
        code.filter(|_| comment || is_assertion(node)).into_iter().for_each(Node::mark_all);
        let value = node.all("value").find_map(|value| self.value_line(value));
        let words = node.child("text").and_then(|text| self.text_of(text)).map(|words| words.text);
        let product = self.product_words(node);
        let said: Vec<String> = [name, value.or(product).or(words)].into_iter().flatten().collect();
        if said.is_empty() {
            return false;
        }
        let mut remark = Object::default();
        remark.put_some(
            "authorString",
            node.all_at("author/assignedAuthor").into_iter().find_map(super::people::person),
        );
        let when = self.when(node);
        remark.put_some("time", when.start().map(ToOwned::to_owned).or_else(|| self.authored(node)));
        remark.put("text", said.join(": "));
        node.all("author").for_each(Node::mark_all);
        draft.note(remark);
        true
    }

    /// The value of a part of an observation: of a score beside the answer that it stands for, the answer with the score.
    fn answer(&self, node: Node<'t>) -> Option<(&'static str, Json)> {
        let values: Vec<Node<'t>> = node.all("value").collect();
        let coded = values.iter().find(|value| value.peek("code").is_some());
        if let (Some(coded), [_, _]) = (coded, values.as_slice())
            && let Some(score) =
                values.iter().find(|value| *value != coded).and_then(|score| score.attribute("value"))
            && let (Some(name), Some(mut concept)) = (self.name_of(*coded), self.concept(*coded))
        {
            concept.remove("text");
            concept.put("text", [name.as_str(), " (", score.as_ref(), ")"].concat());
            return Some(("valueCodeableConcept", Json::from(concept)));
        }
        values.into_iter().find_map(|value| self.value(value))
    }

    /// The words of the narrative that a statement points to.
    fn own_text(&self, draft: &mut Draft<'t>) {
        let text = draft.node.child("text").or_else(|| draft.whole.child("text"));
        let Some(text) = text else { return };
        let reference = text.child("reference");
        let html = match reference.and_then(|reference| self.target(reference)) {
            Some(target) if target.markup().len() > 4 * OWN_TEXT => String::new(),
            Some(target) => part(target),
            None => text
                .words()
                .map(|words| {
                    let mut out = String::from("<p>");
                    escape(&words, &mut out);
                    out.push_str("</p>");
                    out
                })
                .unwrap_or_default(),
        };
        if !html.is_empty() && html.len() <= OWN_TEXT && !draft.body.has("text") {
            let div = format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{html}</div>");
            draft.body.put("text", Object::default().with("status", "additional").with("div", div));
        }
    }
}

impl Draft<'_> {
    /// A comment, under the name that the type has for one.
    pub(super) fn note(&mut self, note: Object) {
        match self.kind {
            "DiagnosticReport" | "DocumentReference" | "Encounter" | "Coverage" | "Consent"
            | "ImagingStudy" => {
                // No place for notes in R4; the extension for it (`http://hl7.org/fhir/StructureDefinition/note`).
                let extension = Object::default()
                    .with("url", "http://hl7.org/fhir/StructureDefinition/note")
                    .with("valueAnnotation", note);
                self.body.push("extension", extension);
            }
            _ => self.body.push("note", note),
        }
    }

    /// Says that it is not so (`negationInd`), where the type has no element for it.
    pub(super) fn negate(&mut self) {
        let extension = Object::default()
            .with("url", "urn:hl7-org:v3#negationInd")
            .with("valueBoolean", Json::Bool(true));
        self.body.push("modifierExtension", extension);
    }
}

/// What a resource is about, in one form: the first code of its name, else its words. Some programs copy numbers of statements from
/// documents that they were made after; one number over an angina and an asthma is no correction.
fn named(body: &Object) -> String {
    let text = |json: &Json| match json {
        Json::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
        _ => String::new(),
    };
    let concept = ["code", "medicationCodeableConcept", "vaccineCode"].iter().find_map(|name| body.get(name));
    let Some(Json::Object(concept)) = concept else { return String::new() };
    match concept.get("coding") {
        Some(Json::List(codings)) => match codings.first() {
            Some(Json::Object(coding)) => {
                let part = |name| coding.get(name).map(text).unwrap_or_default();
                format!("{}|{}", part("system"), part("code"))
            }
            _ => String::new(),
        },
        _ => concept.get("text").map(text).unwrap_or_default(),
    }
}

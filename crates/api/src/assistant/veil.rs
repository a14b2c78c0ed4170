//! What of a person's record is kept back from an assistant: records of kinds that were not chosen, and what is sensitive in a way that
//! was not chosen, wherever it stands.
//!
//! A record is kept back as a whole: where anything that it says, a code in it, a mark of its sender's, its provider's name or the text
//! of its file is sensitive. So is what stands under something that is called so, belongs to such a visit, or is listed by such a report:
//! the answers of a questionnaire do not say what they are about. That is decided for the whole record at once, before anything is
//! answered, and once more of everything that is going to be said ([`Veil::screen`]). Too much is kept back rather than too little.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

use serde_json::Value as Json;
use wholechart_fhir::{Coding, Element, Entry, Kind, tree};
use wholechart_record::{
    ConnectionId, FactId, PersonId, Sensitive, TOPICAL, all_sensitive_in, known, sensitive_codes,
};
use wholechart_store::{Store, StoreError, TopicRow};

use crate::{providers::called::Names, words::Speech};

/// Kinds of what is sensitive.
type Kinds = BTreeSet<Sensitive>;

/// What may be handed out of one person's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allowed {
    /// Kinds of records.
    pub(crate) kinds: BTreeSet<Kind>,
    /// Kinds of what is sensitive, in records of these kinds.
    pub(crate) sensitive: BTreeSet<Sensitive>,
}

/// What is shared of one person's record, and what is not.
pub(crate) struct Veil {
    allowed: Allowed,
    shared: HashSet<FactId>,
    /// Ids of what is kept back, which are no answer either.
    kept_back: HashSet<FactId>,
    /// What tells something that is shared, or nothing at all, by its name.
    sources: Names,
}

/// What is known of a fact before it is decided.
#[derive(Default)]
struct Looked {
    kind: Option<Kind>,
    /// What it says anywhere.
    says: Kinds,
    /// What it is called, and why it is.
    called: Kinds,
    /// What it belongs to: what that is called counts for it too.
    heads: Vec<FactId>,
    sources: Vec<ConnectionId>,
}

impl Veil {
    /// Looks through everything of a person.
    pub(super) fn of(
        store: &Store,
        speech: &Speech<'_>,
        person: &PersonId,
        allowed: Allowed,
    ) -> Result<Veil, StoreError> {
        let names = Names::of(store.connections(Some(person))?);
        let mut facts: HashMap<FactId, Looked> = HashMap::new();
        let mut fact_of = HashMap::new();
        store.facts_and_rows(Some(person), &mut |_, fact, row| {
            let looked = facts.entry(fact.id.clone()).or_default();
            looked.kind = Some(fact.kind);
            looked.heads.extend(row.under.into_iter().chain(row.visit));
            for one in &row.sources {
                looked.says.extend(all_sensitive_in(names.get(one).map(String::as_str).unwrap_or_default()));
            }
            looked.sources = row.sources;
            for member in fact.members {
                fact_of.insert(member, fact.id.clone());
            }
            ControlFlow::Continue(())
        })?;
        let by_address: HashMap<(&ConnectionId, String), &FactId> = fact_of
            .iter()
            .map(|(key, fact)| ((&key.connection, format!("{}/{}", key.resource_type, key.id)), fact))
            .collect();
        let mut listed: Vec<(FactId, FactId)> = Vec::new();
        let mut marked = Vec::new();
        store.entries(Some(person), &mut |row| {
            let entry = &row.member.entry;
            let key = &row.member.key;
            if let Some(looked) = fact_of.get(key).and_then(|fact| facts.get_mut(fact)) {
                looked.read(speech, entry);
                marked.push((fact_of[key].clone(), row.version.id));
                if lists_what_it_is(entry.kind) {
                    let members = entry.members.iter().filter_map(|member| {
                        by_address.get(&(&key.connection, address(&member.reference)?)).copied()
                    });
                    listed.extend(members.map(|member| (member.clone(), fact_of[key].clone())));
                }
            }
            ControlFlow::Continue(())
        })?;
        for (member, list) in listed {
            if let Some(looked) = facts.get_mut(&member) {
                looked.heads.push(list);
            }
        }
        for (fact, version) in marked {
            let marks = store.version_bytes(version)?.map(|sent| marks(&sent.bytes)).unwrap_or_default();
            if let Some(looked) = facts.get_mut(&fact) {
                looked.says.extend(marks);
            }
        }
        for (fact, looked) in &mut facts {
            let texts = store.file_texts(fact)?.into_iter().map(|(_, text)| text);
            for text in texts.chain(store.note(fact)?) {
                looked.says.extend(all_sensitive_in(&text));
            }
        }
        for topic in store.topics(person, TOPICAL)? {
            let of =
                topic.topic.known.as_deref().and_then(known).and_then(wholechart_record::Known::sensitive);
            for row in topic.facts.iter().filter(|_| of.is_some()) {
                if let Some(looked) = facts.get_mut(&row.row.id) {
                    looked.says.extend(of);
                    looked.called.extend(of);
                }
            }
        }
        inherit(&mut facts);
        Ok(Veil::decide(facts, names, allowed))
    }

    fn decide(facts: HashMap<FactId, Looked>, mut names: Names, allowed: Allowed) -> Veil {
        let (mut shared, mut kept_back) = (HashSet::new(), HashSet::new());
        let (mut tells, mut tells_shared) = (HashSet::new(), HashSet::new());
        for (fact, looked) in facts {
            let is_shared = looked.kind.is_some_and(|kind| allowed.kinds.contains(&kind))
                && looked.says.union(&looked.called).all(|kind| allowed.sensitive.contains(kind));
            tells.extend(looked.sources.iter().cloned());
            if is_shared {
                tells_shared.extend(looked.sources);
                shared.insert(fact);
            } else {
                kept_back.insert(fact);
            }
        }
        let mut veil = Veil { allowed, shared, kept_back, sources: Names::default() };
        let is_told = |id: &ConnectionId| tells_shared.contains(id) || !tells.contains(id);
        names.retain(|id, name| is_told(id) && veil.says(name));
        veil.sources = names;
        veil
    }

    /// Whether a record is shared.
    pub(crate) fn shares(&self, fact: &FactId) -> bool {
        self.shared.contains(fact)
    }

    /// Whether records of a kind are shared, as far as they are not sensitive.
    pub(crate) fn shares_kind(&self, kind: Kind) -> bool {
        self.allowed.kinds.contains(&kind)
    }

    /// Whether what is sensitive in this way is shared.
    pub(crate) fn shares_sensitive(&self, kind: Sensitive) -> bool {
        self.allowed.sensitive.contains(&kind)
    }

    /// Providers that may be named, with their names.
    pub(crate) fn sources(&self) -> &Names {
        &self.sources
    }

    /// Whether a text may be said.
    pub(crate) fn says(&self, text: &str) -> bool {
        all_sensitive_in(text).iter().all(|kind| self.allowed.sensitive.contains(kind))
    }

    /// A topic with the facts that are shared. `None`: none is.
    pub(crate) fn topic(&self, of: &TopicRow) -> Option<TopicRow> {
        let facts: Vec<_> = of.facts.iter().filter(|one| self.shares(&one.row.id)).cloned().collect();
        let mut topic = of.topic.clone();
        topic.facts = (0..facts.len()).collect();
        (!facts.is_empty()).then_some(TopicRow { topic, facts })
    }

    /// What is going to be said, without what may not be: an item of a list that names it, or is the id of a record that is
    /// kept back, goes, and so does whatever else cannot be said without it. `None`: nothing is left.
    pub(crate) fn screen(&self, said: Json) -> Option<Json> {
        match said {
            Json::String(text) => {
                let is_id = self.kept_back.contains(&FactId(text.clone()));
                (!is_id && self.says(&text)).then_some(Json::String(text))
            }
            Json::Array(items) => {
                Some(Json::Array(items.into_iter().filter_map(|item| self.screen(item)).collect()))
            }
            Json::Object(members) => {
                let screened = members.into_iter().map(|(name, value)| Some((name, self.screen(value)?)));
                screened.collect::<Option<_>>().map(Json::Object)
            }
            other => Some(other),
        }
    }
}

impl Looked {
    fn read(&mut self, speech: &Speech<'_>, entry: &Entry) {
        let called = [Some(speech.title(entry.kind, &entry.called())), entry.title_as_sent.clone()];
        let own = entry.own_title.iter().filter_map(|own| serde_json::to_value(own).ok());
        let reasons = entry.details.iter().filter(|detail| detail.element == Element::REASON);
        let reasons = reasons.filter_map(|detail| serde_json::to_value(&detail.value).ok());
        let codes = entry.codes.iter().chain(&entry.category).chain(entry.title_code.as_deref());
        for text in called.into_iter().flatten().chain([entry.title.clone()]) {
            self.called.extend(all_sensitive_in(&text));
        }
        for code in codes {
            self.called.extend(sensitive_codes(code));
            self.called.extend(all_sensitive_in(code.display.as_deref().unwrap_or_default()));
        }
        for said in own.chain(reasons) {
            look_through(&said, &mut self.called);
        }
        if let Ok(all) = serde_json::to_value(entry) {
            look_through(&all, &mut self.says);
        }
    }
}

/// What everything in a value says: texts, and codes with their systems.
fn look_through(value: &Json, found: &mut Kinds) {
    match value {
        Json::String(text) => {
            found.extend(all_sensitive_in(text));
            // Words of a page may stand in different elements.
            if text.contains('<') {
                found.extend(all_sensitive_in(&without_tags(text)));
            }
        }
        Json::Array(items) => items.iter().for_each(|item| look_through(item, found)),
        Json::Object(members) => {
            let text = |name: &str| members.get(name).and_then(Json::as_str).map(ToOwned::to_owned);
            if let (Some(system), Some(code)) = (text("system"), text("code")) {
                found.extend(sensitive_codes(&Coding { system, code, display: None }));
            }
            // Addresses hold words that say nothing of the record.
            let said =
                members.iter().filter(|(name, _)| !matches!(name.as_str(), "system" | "reference" | "url"));
            said.for_each(|(_, member)| look_through(member, found));
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn without_tags(text: &str) -> String {
    let mut inside = false;
    let kept = text.chars().map(|letter| {
        let ends = letter == '>';
        inside = inside && !ends || letter == '<';
        if inside || ends { ' ' } else { letter }
    });
    kept.collect()
}

/// What its sender marks a resource with (R4 `meta.security`).
fn marks(bytes: &[u8]) -> Kinds {
    // In JSON a name in quotes, in XML one of an element.
    const MARKED: &[u8] = b"security";
    if !bytes.windows(MARKED.len()).any(|window| window == MARKED) {
        return Kinds::new();
    }
    let sent = tree(bytes).unwrap_or_default();
    let marks = sent["meta"]["security"].as_array().into_iter().flatten();
    let text = |mark: &Json, name: &str| mark[name].as_str().unwrap_or_default().to_owned();
    let coded =
        marks.map(|mark| Coding { system: text(mark, "system"), code: text(mark, "code"), display: None });
    coded.flat_map(|mark| sensitive_codes(&mark)).collect()
}

/// Kinds whose members are what the list is about. A visit's note or a care plan lists what it likes.
fn lists_what_it_is(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Report | Kind::Result | Kind::Vital | Kind::Observation | Kind::Questionnaire | Kind::Imaging
    )
}

/// `Type/id` of a reference, whatever stands before and behind it.
fn address(reference: &str) -> Option<String> {
    let without_version = reference.split("/_history/").next()?;
    let mut parts = without_version.rsplit('/');
    let (id, resource_type) = (parts.next()?, parts.next()?);
    Some(format!("{resource_type}/{id}"))
}

/// What something is called counts for all that belongs to it.
fn inherit(facts: &mut HashMap<FactId, Looked>) {
    loop {
        let more: Vec<(FactId, Kinds)> = facts
            .iter()
            .filter_map(|(id, looked)| {
                let heads = looked.heads.iter().filter_map(|head| facts.get(head));
                let called: Kinds = heads.flat_map(|head| head.called.iter().copied()).collect();
                (!called.is_subset(&looked.called)).then(|| (id.clone(), called))
            })
            .collect();
        if more.is_empty() {
            return;
        }
        for (id, called) in more {
            if let Some(looked) = facts.get_mut(&id) {
                looked.called.extend(called);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::marks;

    #[test]
    fn what_a_sender_marks_is_marked_in_json_and_in_xml() {
        let json = br#"{"resourceType":"Procedure","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]}}"#;
        let xml = br#"<Procedure><meta><security><system value="http://terminology.hl7.org/CodeSystem/v3-Confidentiality"/><code value="R"/></security></meta></Procedure>"#;
        assert!(!marks(json).is_empty());
        assert_eq!(marks(xml), marks(json));
        assert!(marks(b"<Procedure><note><text value=\"security\"/></note></Procedure>").is_empty());
    }
}

//! Codes (`CD`, `CE`, `CV`, `CO`) as FHIR's concepts, and the texts they point to.

use std::collections::HashSet;

use super::Reader;
use crate::denied::Denial;
use crate::document::Code;
use crate::fault::Fault;
use crate::json::{Json, Object};
use crate::oid::{uri, uri_of_name};
use crate::tree::Node;

/// A text that a statement points to.
pub(super) struct Words {
    pub(super) text: String,
    /// It is a row, a list or a table: a line of the sender's table rather than the name of one thing.
    pub(super) several: bool,
}

/// Bytes of a text that is taken for a name; a longer one is a story.
const NAME: usize = 300;
/// Bytes of markup of the longest text that is looked at.
const STORY: usize = 64 << 10;

/// A code as it stands, without translations.
pub(super) fn plain_code(node: Node<'_>) -> Option<Code> {
    let code = node.attribute("code");
    let display = node.attribute("displayName").map(std::borrow::Cow::into_owned);
    let system = node.attribute("codeSystem").map(|root| uri(&root).into_owned());
    let system = system
        .or_else(|| uri_of_name(&node.attribute("codeSystemName")?).map(ToOwned::to_owned))
        .unwrap_or_default();
    let code = code.map(std::borrow::Cow::into_owned).unwrap_or_default();
    (!code.is_empty() || display.is_some()).then_some(Code { system, code, display })
}

/// The codes of some nodes, each once.
pub(super) fn distinct_codes<'n>(nodes: impl Iterator<Item = Node<'n>>) -> Vec<Code> {
    let mut known = HashSet::new();
    nodes.filter_map(plain_code).filter(|code| known.insert(code.clone())).collect()
}

impl Code {
    pub(crate) fn json(&self) -> Object {
        let mut coding = Object::default();
        if !self.code.is_empty() {
            coding.put("system", self.system.as_str());
            coding.put("code", self.code.as_str());
        }
        coding.put_some("display", self.display.as_deref());
        coding
    }
}

/// A concept of one coding.
pub(super) fn concept_of(system: &str, code: &str) -> Object {
    let coding = Object::default().with("system", system).with("code", code);
    Object::default().with("coding", vec![Json::from(coding)])
}

/// What SNOMED CT has for "none of them".
pub(super) fn denial(denial: &Denial) -> Object {
    let code = Code {
        system: "http://snomed.info/sct".to_owned(),
        code: denial.code.to_owned(),
        display: Some(denial.name.to_owned()),
    };
    Object::default().with("coding", vec![Json::from(code.json())])
}

impl<'t> Reader<'t> {
    /// A code with its translations and the sender's own words; none where nothing but a null flavor was sent.
    pub(super) fn concept(&self, node: Node<'t>) -> Option<Object> {
        let mut concept = Object::default();
        let codes = distinct_codes(std::iter::once(node).chain(node.all("translation")));
        let named = codes.iter().any(|code| code.display.is_some());
        for code in &codes {
            concept.push("coding", code.json());
        }
        if let Some(words) = self.original_text(node)
            && (!named || !(words.several || words.text.len() > NAME))
        {
            concept.put("text", words.text);
        }
        // A flavor says something where it stands in place of the code, and nothing beside it.
        if concept.is_empty() {
            return None;
        }
        if node.peek("nullFlavor").is_some() {
            node.mark();
        }
        Some(concept)
    }

    /// A code; in place of one its null flavor, which says that there is none.
    pub(super) fn concept_or_flavor(&self, node: Node<'t>) -> Option<Object> {
        self.concept(node).or_else(|| {
            let flavor = node.attribute("nullFlavor")?;
            Some(concept_of("http://terminology.hl7.org/CodeSystem/v3-NullFlavor", &flavor))
        })
    }

    /// The concept of a named child.
    pub(super) fn concept_at(&self, node: Node<'t>, path: &str) -> Option<Object> {
        node.all_at(path).into_iter().find_map(|found| self.concept(found))
    }

    /// The words that a code was chosen for.
    pub(super) fn original_text(&self, node: Node<'t>) -> Option<Words> {
        node.child("originalText").and_then(|text| self.text_of(text))
    }

    /// A text (`ED`): its own words, else those it points to.
    pub(super) fn text_of(&self, node: Node<'t>) -> Option<Words> {
        if let Some(reference) = node.child("reference")
            && let Some(words) = self.referenced(reference)
        {
            reference.mark();
            return Some(words);
        }
        node.words().map(|text| Words { text, several: false })
    }

    /// What `<reference value="#id"/>` points to.
    pub(super) fn target(&self, reference: Node<'t>) -> Option<Node<'t>> {
        let value = reference.attribute("value")?;
        let id = value.strip_prefix('#').unwrap_or(&value);
        let found = self.ids.get(id).copied();
        if found.is_none() && value.starts_with('#') {
            self.problem(Fault::DanglingReference, reference);
        }
        found
    }

    fn referenced(&self, reference: Node<'t>) -> Option<Words> {
        let target = self.target(reference)?;
        // Nobody's name, and gone through for every statement that points to it.
        if target.markup().len() > STORY {
            return None;
        }
        let cell = |node: &Node<'_>| matches!(node.name(), "td" | "item" | "paragraph");
        let several = matches!(target.name(), "tr" | "table" | "list" | "tbody" | "text" | "section")
            || target.below().filter(cell).count() > 1;
        if !several {
            return target.words().map(|text| Words { text, several });
        }
        // The first cell of a row says what the row is about.
        let first = target.below().filter(cell).find_map(Node::words);
        first.or_else(|| target.words()).map(|text| Words { text, several })
    }

    /// The words of a statement's own text, where they name it.
    pub(super) fn statement_words(&self, statement: Node<'t>) -> Option<String> {
        let words = statement.child("text").and_then(|text| self.text_of(text))?;
        // A day or a figure of a table's first column names nothing.
        let letters = words.text.chars().filter(|c| c.is_alphabetic()).count();
        (words.text.len() <= NAME && letters > 1).then_some(words.text)
    }

    /// The concept of a statement's code or value; without one, the statement's own words.
    pub(super) fn named(&self, statement: Node<'t>, code: Option<Node<'t>>) -> Option<Object> {
        let mut concept = code.and_then(|code| self.concept(code));
        if let Some(concept) = &mut concept
            && code.is_some_and(|code| self.name_of(code).is_none())
        {
            concept.put_some("text", self.statement_words(statement));
        }
        let named =
            concept.or_else(|| Some(Object::default().with("text", self.statement_words(statement)?)));
        if named.is_some() {
            code.into_iter().for_each(Node::mark);
        }
        named
    }

    /// The same; in place of both the null flavor, where not knowing is an answer: "allergic to: unknown".
    pub(super) fn named_or_flavor(&self, statement: Node<'t>, code: Option<Node<'t>>) -> Option<Object> {
        self.named(statement, code).or_else(|| code.and_then(|code| self.concept_or_flavor(code)))
    }

    /// A place of the body, with its side where that qualifies it: "Knee, Left".
    pub(super) fn site(&self, node: Node<'t>) -> Option<Object> {
        let mut site = self.concept(node)?;
        let sides: Vec<String> = node
            .all("qualifier")
            .filter_map(|qualifier| qualifier.child("value"))
            .filter_map(|value| self.said(value))
            .collect();
        if !sides.is_empty() {
            let name = self.said(node);
            site.remove("text");
            site.put("text", name.into_iter().chain(sides).collect::<Vec<_>>().join(", "));
            node.all("qualifier").for_each(Node::mark_all);
        }
        Some(site)
    }

    /// A code as it is said in a line: the sender's words, the name, the code.
    pub(super) fn said(&self, node: Node<'t>) -> Option<String> {
        self.name_of(node).or_else(|| {
            let mut codes = std::iter::once(node).chain(node.all("translation")).filter_map(plain_code);
            codes.find_map(|code| Some(code.code).filter(|code| !code.is_empty()))
        })
    }

    /// What a code is called: the sender's words, else the name.
    pub(super) fn name_of(&self, node: Node<'t>) -> Option<String> {
        let words = self.original_text(node).filter(|words| !words.several && words.text.len() <= NAME);
        let mut codes = std::iter::once(node).chain(node.all("translation")).filter_map(plain_code);
        words.map(|words| words.text).or_else(|| codes.find_map(|code| code.display))
    }
}

//! From the bytes of one document to a [`Document`].
//!
//! Below: the building blocks (`code`, `when`, `value`, `people`, `identity`, `narrative`), what every statement has in
//! common (`act`, `draft`), the statements by what they become, and `body`, which finds them.

mod act;
mod allergy;
mod area;
mod body;
mod care_team;
mod code;
mod condition;
mod coverage;
mod device;
mod directive;
mod dosage;
mod draft;
mod header;
mod identity;
mod imaging;
mod medicine;
mod narrative;
mod note;
mod observation;
mod people;
mod plan;
mod procedure;
mod relative;
mod statement;
mod template;
mod vaccine;
mod value;
mod visit;
mod when;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::rc::Rc;

use crate::document::{Document, Entry, Release, Section, Template};
use crate::encoding::Decoded;
use crate::fault::{Cut, Fault, Problem, Unreadable};
use crate::json::Object;
use crate::limits::Limits;
use crate::tree::{Grown, Node, Tree, grow};
use area::Area;
pub(crate) use identity::hash;

/// Reads one document.
///
/// Errs only when the bytes are no clinical document: too many, of an unknown encoding, no XML, another root element.
/// Everything else that is wrong costs its own part and is named in the document.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Unreadable> {
    if bytes.len() > limits.bytes {
        return Err(Unreadable::TooLarge);
    }
    let decoded = Decoded::decode(bytes)?;
    let Grown { tree, faults, cut } = grow(&decoded.text, limits);
    let root = tree.elements().next().ok_or(Unreadable::NotXml)?;
    // Some wrap the document: an answer of IHE's, an archive's envelope.
    let root = if root.name() == "ClinicalDocument" {
        root
    } else {
        root.below().find(|node| node.name() == "ClinicalDocument").ok_or(Unreadable::NotClinicalDocument)?
    };
    let mut reader = Reader::new(&tree, root);
    reader.header(root);
    reader.body(root);
    reader.leftover();
    let mut document = reader.document(root);
    for (fault, range) in faults {
        let problem = Problem { fault, section: None, path: String::new(), template: None, range };
        document.problems.push(problem);
    }
    document.cut = cut.map(|(reason, at)| Cut { reason, at });
    document.settle(&decoded);
    Ok(document)
}

impl Document {
    /// Places of the text become places of the bytes, and everything stands in the order of the document.
    fn settle(&mut self, decoded: &Decoded<'_>) {
        let settle = |range: &mut Range<usize>| *range = decoded.range(range);
        self.sections.iter_mut().for_each(|section| settle(&mut section.range));
        for entry in &mut self.entries {
            settle(&mut entry.range);
            entry.within.iter_mut().for_each(settle);
            entry.parts.iter_mut().for_each(settle);
        }
        self.problems.iter_mut().for_each(|problem| settle(&mut problem.range));
        self.problems.sort_by(|a, b| {
            (a.range.start, a.fault, a.range.end).cmp(&(b.range.start, b.fault, b.range.end))
        });
        self.problems.dedup();
        if let Some(cut) = &mut self.cut {
            cut.at = decoded.range(&(cut.at..cut.at)).start;
        }
    }
}

/// One document while it is read.
struct Reader<'t> {
    tree: &'t Tree<'t>,
    /// Elements by their `ID`, which the statements point to.
    ids: HashMap<String, Node<'t>>,
    /// Numbers that stand on several statements and were made for none: an OID of somebody's, and nothing else.
    shared: HashSet<String>,
    /// What tells this document's positions from those of others.
    document: String,
    /// When the document was made, as a FHIR date or time.
    time: Option<String>,
    /// The FHIR id of the person.
    person: String,
    /// Visits that become entries, by the keys of their numbers.
    visits: HashMap<String, String>,
    header: crate::document::Header,
    sections: Vec<Section>,
    /// What kind each section is.
    areas: Vec<Area>,
    entries: Vec<Entry>,
    /// Types and ids that are given away.
    known: HashSet<(&'static str, String)>,
    /// Clinical statements that are an entry or a part of one, by their places in the tree.
    taken: BTreeMap<usize, usize>,
    /// Acts and organizers that only hold others.
    wrappers: Vec<Node<'t>>,
    /// What acts and organizers lend to what they hold, by their places in the tree: each is read once.
    lent: RefCell<HashMap<usize, Rc<Lent>>>,
    /// Statements that wait.
    queue: VecDeque<(Node<'t>, Place<'t>)>,
    problems: RefCell<Vec<(Fault, Node<'t>)>>,
}

/// Where a clinical statement stands.
#[derive(Clone, Copy)]
struct Place<'t> {
    section: Option<usize>,
    area: Area,
    /// The entry that it stands in.
    part_of: Option<usize>,
    /// The concern, organizer or act around it, which lends it what it does not say itself: time, author.
    outer: Option<Node<'t>>,
}

/// `typeCode` of an entry relationship, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// The reason (`RSON`).
    Reason,
    /// Anything else.
    Other,
}

/// What an act or organizer says that holds for what is in it.
struct Lent {
    when: when::Span,
    /// Its `statusCode`.
    status: Option<String>,
    authors: Vec<Object>,
    /// When it was written down.
    authored: Option<String>,
    /// The FHIR id of the visit that it names.
    visit: Option<String>,
}

/// Elements that are clinical statements (CDA R2 §4.3.6).
const STATEMENTS: &[&str] = &[
    "act",
    "encounter",
    "observation",
    "observationMedia",
    "organizer",
    "procedure",
    "regionOfInterest",
    "substanceAdministration",
    "supply",
];

fn is_statement(node: Node<'_>) -> bool {
    STATEMENTS.contains(&node.name())
}

impl<'t> Reader<'t> {
    fn new(tree: &'t Tree<'t>, root: Node<'t>) -> Reader<'t> {
        let mut ids = HashMap::new();
        for node in tree.elements() {
            if let Some(id) = node.peek("ID").or_else(|| node.peek("id")) {
                ids.entry(id.into_owned()).or_insert(node);
            }
        }
        Reader {
            tree,
            ids,
            shared: identity::shared_numbers(tree),
            document: identity::document_key(root),
            time: None,
            person: String::new(),
            visits: HashMap::new(),
            header: crate::document::Header::default(),
            sections: Vec::new(),
            areas: Vec::new(),
            entries: Vec::new(),
            known: HashSet::new(),
            taken: BTreeMap::new(),
            wrappers: Vec::new(),
            lent: RefCell::default(),
            queue: VecDeque::new(),
            problems: RefCell::default(),
        }
    }

    fn problem(&self, fault: Fault, node: Node<'t>) {
        self.problems.borrow_mut().push((fault, node));
    }

    /// Names the statements of which nothing was made, and what they say that nobody has read.
    fn leftover(&mut self) {
        let wrappers = std::mem::take(&mut self.wrappers);
        for wrapper in wrappers.into_iter().rev() {
            let held = wrapper.below().find_map(|node| self.taken.get(&node.index).copied());
            let Some(entry) = held else { continue };
            if let std::collections::btree_map::Entry::Vacant(place) = self.taken.entry(wrapper.index) {
                place.insert(entry);
                self.entries[entry].parts.push(wrapper.range());
            }
            for (_, node) in act::related(wrapper) {
                if act::is_pointer(node) && !self.taken.contains_key(&node.index) {
                    self.adopt(node, entry);
                }
            }
        }
        for node in self.tree.elements().filter(|node| is_statement(*node)) {
            if self.section_of(node).is_none() {
                continue;
            }
            if self.taken.contains_key(&node.index) {
                self.unread(node);
            } else {
                self.problem(Fault::NotUnderstood, node);
            }
        }
    }

    /// The outermost elements of a statement that say something and were not read, other statements left out.
    fn unread(&self, statement: Node<'t>) {
        let mut next: Vec<Node<'t>> = statement.children().collect();
        while let Some(node) = next.pop() {
            if is_statement(node) || is_formal(node) {
                continue;
            }
            if node.is_read() {
                // Of elements that hold several things some may be unread.
                if !matches!(node.name(), "text" | "name" | "addr" | "title") {
                    next.extend(node.children());
                }
            } else if node.below().any(is_statement) {
                next.extend(node.children());
            } else if node.says_something() {
                self.problem(Fault::Unread, node);
            }
        }
    }

    /// The section that a node stands in, by its place in the list.
    fn section_of(&self, node: Node<'t>) -> Option<usize> {
        let at = node.range();
        let before = self.sections.partition_point(|section| section.range.start < at.start);
        let mut found = before.checked_sub(1);
        // The last that begins before it, or one around that.
        while let Some(section) = found.filter(|section| self.sections[*section].range.end < at.end) {
            found = self.sections[section].parent;
        }
        found
    }

    fn document(self, root: Node<'t>) -> Document {
        let mut problems = Vec::new();
        for (fault, node) in self.problems.take() {
            let (path, statement) = path(node);
            let section = self.section_of(node);
            let template = statement.and_then(|statement| template_ids(statement).into_iter().next());
            problems.push(Problem {
                fault,
                section,
                path,
                template: template.map(|template| template.root),
                range: node.range(),
            });
        }
        let templates = template_ids(root);
        let mut document = Document {
            release: release(&templates),
            header: self.header,
            sections: self.sections,
            entries: self.entries,
            problems,
            cut: None,
        };
        document.header.templates = templates;
        document.sort();
        document
    }
}

impl Document {
    /// Entries in the order of the document; what is part of another behind it.
    fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_by_key(|at| {
            let entry = &self.entries[*at];
            (entry.range.start, std::cmp::Reverse(entry.range.end), *at)
        });
        let mut places = vec![0; order.len()];
        for (to, from) in order.iter().enumerate() {
            places[*from] = to;
        }
        let mut old: Vec<Option<Entry>> = std::mem::take(&mut self.entries).into_iter().map(Some).collect();
        for from in order {
            if let Some(mut entry) = old[from].take() {
                entry.part_of = entry.part_of.map(|part_of| places[part_of]);
                entry.parts.sort_by_key(|range| range.start);
                self.entries.push(entry);
            }
        }
        // In broken documents elements stand in others that should have ended before.
        let mut open: Vec<usize> = Vec::new();
        for at in 0..self.entries.len() {
            while open.last().is_some_and(|last| self.entries[*last].range.end < self.entries[at].range.end) {
                open.pop();
            }
            let around = open.last().copied();
            let entry = &mut self.entries[at];
            entry.part_of = around.or(entry.part_of);
            open.push(at);
        }
    }
}

/// What every statement has and no reader needs.
fn is_formal(node: Node<'_>) -> bool {
    matches!(node.name(), "templateId" | "realmCode" | "typeId" | "text" | "sequenceNumber")
}

/// The names from the clinical statement down to the element, and that statement.
fn path(node: Node<'_>) -> (String, Option<Node<'_>>) {
    let mut names = vec![node.name()];
    let mut statement = is_statement(node).then_some(node);
    let mut at = node;
    while statement.is_none() {
        let Some(parent) = at.parent() else { break };
        names.push(parent.name());
        statement = is_statement(parent).then_some(parent);
        at = parent;
    }
    names.reverse();
    (names.join("/"), statement)
}

fn template_ids(node: Node<'_>) -> Vec<Template> {
    node.all("templateId")
        .filter_map(|template| {
            let root = template.peek("root")?.into_owned();
            Some(Template { root, extension: template.peek("extension").map(std::borrow::Cow::into_owned) })
        })
        .collect()
}

/// By the templates of the document: C-CDA's are `2.16.840.1.113883.10.20.22.1.*`.
fn release(templates: &[Template]) -> Release {
    const CCDA: &str = "2.16.840.1.113883.10.20.22.1.";
    let ccda = |template: &&Template| {
        template.root.starts_with(CCDA) || template.root.starts_with("2.16.840.1.113883.10.20.29.1")
    };
    if templates.iter().filter(ccda).any(|template| template.extension.is_some()) {
        return Release::R2;
    }
    if templates.iter().any(|template| ccda(&template)) {
        return Release::R1;
    }
    let old = ["2.16.840.1.113883.3.88.11.32.", "2.16.840.1.113883.10.20.1", "1.3.6.1.4.1.19376.1.5.3.1.1."];
    let said = |template: &Template| old.iter().any(|root| template.root.starts_with(root));
    if templates.iter().any(said) { Release::C32 } else { Release::Other }
}

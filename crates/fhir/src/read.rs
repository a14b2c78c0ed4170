//! From the verbatim bytes of one resource to an [`Entry`].
//!
//! A table ([`elements`]) says per type where title, date, status and people are, over the names of all three
//! releases at once: servers mix releases, and no name means two things in one type. [`datatypes`] reads the
//! building blocks, the other modules what a table cannot say, and [`leftover`] shows everything that nobody has read.

mod against;
mod datatypes;
mod dosage;
mod elements;
mod knowing;
mod leftover;
mod observation;
mod range;
mod status;
mod title;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use thiserror::Error;
use wholechart_html::sanitise;

use crate::datatype::{Attachment, Coding, DateRole, EntryDate, Identifier, Reference};
use crate::date::FhirDate;
use crate::detail::{Detail, DetailValue};
use crate::element::element;
use crate::entry::{Entry, Fault, Kind, Problem, Release, StatusGroup, TitleSource};
use crate::json::{JsonFault, Node, arena};
use crate::parse::parse;
use crate::system::canonical_system;
use elements::{Plan, TEAM_IN_A_PLAN, plan_of, words};

/// How to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    /// The connection's release, or the inferred one.
    pub release: Release,
    /// The provider's card says that a clinical time of exactly midnight means "that day".
    pub midnight_means_day: bool,
}

impl ReadOptions {
    /// Reads `release`, midnight as sent.
    pub const fn new(release: Release) -> Self {
        ReadOptions { release, midnight_means_day: false }
    }
}

/// Why bytes are no resource at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// They are no JSON.
    #[error("not JSON: {0}")]
    NotJson(JsonFault),
    /// A list, a text, a figure.
    #[error("not a JSON object")]
    NotAnObject,
    /// An object that does not say what it is.
    #[error("no resourceType")]
    NoResourceType,
}

/// Reads one resource of any type and any of the three releases.
///
/// Errs only when the bytes are not a JSON object with a `resourceType`. Everything else that is wrong costs its
/// own field and is named in [`Entry::problems`].
pub fn read(resource: &[u8], options: &ReadOptions) -> Result<Entry, Unreadable> {
    let arena = arena(resource);
    let (root, bent) = parse(resource, &arena).map_err(Unreadable::NotJson)?;
    if !root.is_object() {
        return Err(Unreadable::NotAnObject);
    }
    let resource_type = root.text("resourceType").ok_or(Unreadable::NoResourceType)?.to_owned();
    let is_team = resource_type == "CarePlan"
        && root
            .each("category")
            .flat_map(|category| category.each("coding"))
            .filter_map(|coding| coding.text("code"))
            .any(|code| code.eq_ignore_ascii_case("careteam"));
    // DSTU2 has no type of its own for a care team (Argonaut Data Query, 1.0.0).
    let plan = if is_team { &TEAM_IN_A_PLAN } else { plan_of(&resource_type) };
    let (problems, contained_depth) = (RefCell::default(), Cell::default());
    let reader = Reader { root: &root, plan, options: *options, problems, contained_depth };
    for name in &bent.repeated {
        reader.problem(name, Fault::Repeated);
    }
    if bent.surrogate {
        reader.problem("", Fault::HalfCharacter);
    }
    if bent.deep {
        reader.problem("", Fault::TooDeep);
    }
    Ok(reader.entry(&resource_type))
}

/// One resource while it is read.
struct Reader<'r, 'a> {
    root: &'r Node<'a>,
    plan: &'static Plan,
    options: ReadOptions,
    problems: RefCell<Vec<Problem>>,
    /// How many contained resources are being named, each for the one before.
    contained_depth: Cell<u8>,
}

impl Reader<'_, '_> {
    fn problem(&self, path: &str, fault: Fault) {
        self.problems.borrow_mut().push(Problem { path: path.to_owned(), fault });
    }

    fn entry(&self, resource_type: &str) -> Entry {
        let root = self.root;
        let id = root.peek("id").map(ToOwned::to_owned);
        let named = self.title(resource_type, id.as_deref());
        let (codes, title_reference) = self.main_codes(&named);
        let title_code = self.title_code(&named, &codes);
        let category = self.categories();
        let kind = self.kind(resource_type, &category, &codes);
        let mut entry = Entry {
            release: self.options.release,
            resource_type: resource_type.to_owned(),
            id,
            full_url: None,
            kind,
            title: named.text,
            title_source: named.source,
            title_as_sent: named.as_sent,
            title_code,
            title_reference,
            own_title: None,
            date: self.date(),
            day_learnt: false,
            own_date: None,
            status: None,
            status_group: StatusGroup::Unknown,
            knowing: None,
            cautions: Vec::new(),
            end: None,
            days_supply: None,
            category,
            codes,
            identifiers: self.identifiers(),
            value: None,
            components: Vec::new(),
            interpretation: Vec::new(),
            reference_range: Vec::new(),
            dosage: Vec::new(),
            subject: self.reference_at("subject patient beneficiary for individual"),
            performer: self.references_at(self.plan.performers),
            encounter: self.reference_at("encounter context context.encounter"),
            members: self.references_at(self.plan.members),
            details: Vec::new(),
            notes: Vec::new(),
            attachments: Vec::new(),
            narrative: None,
            problems: Vec::new(),
        };
        without_label(&mut entry);
        without_class(&mut entry);
        self.knowing(&mut entry);
        self.status(resource_type, &mut entry);
        match resource_type {
            "Observation" => self.observation(&mut entry),
            "Patient" | "RelatedPerson" | "Practitioner" | "Person" => self.person(&mut entry),
            "AllergyIntolerance" => self.reactions(&mut entry),
            "QuestionnaireResponse" => self.answers(&mut entry),
            "Binary" => self.binary(&mut entry),
            "Immunization" => self.vaccine(&mut entry),
            _ => {}
        }
        self.dosages(&mut entry);
        self.notes(&mut entry);
        self.narrative(&mut entry);
        self.leftover(&mut entry);
        entry.problems = self.problems.take();
        // What two readers stumbled over is one problem.
        let mut named = HashSet::new();
        entry.problems.retain(|problem| named.insert((problem.path.clone(), problem.fault)));
        entry
    }

    /// Business identifiers with both a system and a value. Nothing is marked as read: the details show them as words.
    fn identifiers(&self) -> Vec<Identifier> {
        let mut out = Vec::new();
        let mut known = HashSet::new();
        for node in ["identifier", "masterIdentifier"].iter().flat_map(|path| self.root.all(path)) {
            let (Some(system), Some(value)) = (node.peek("system"), node.peek("value")) else { continue };
            let identifier = Identifier { system: canonical_system(system), value: value.trim().to_owned() };
            let said = !identifier.system.is_empty() && !identifier.value.is_empty();
            if said && known.insert(identifier.clone()) {
                out.push(identifier);
            }
        }
        out
    }

    /// All codings of `category` and its ancestors, in order; words without a code as a display.
    fn categories(&self) -> Vec<Coding> {
        let mut out = Vec::new();
        for path in words(self.plan.categories) {
            for node in self.root.all(path) {
                let concept = self.concept(node);
                if concept.codings.is_empty()
                    && let Some(text) = concept.text
                {
                    let plain = !node.is_object();
                    out.push(Coding {
                        system: String::new(),
                        code: if plain { text.clone() } else { String::new() },
                        display: (!plain).then_some(text),
                    });
                } else {
                    let displays: Vec<&str> =
                        concept.codings.iter().filter_map(|coding| coding.display.as_deref()).collect();
                    if !displays.is_empty() {
                        title::leave_unsaid(node, &displays);
                    }
                    let own = concept.text.filter(|_| concept.source == Some(TitleSource::Text));
                    let said = concept.codings.iter().any(|coding| coding.display.is_some());
                    out.extend(concept.codings);
                    if let (false, Some(text), Some(last)) = (said, own, out.last_mut()) {
                        last.display = Some(text);
                    }
                }
            }
        }
        out
    }

    fn kind(&self, resource_type: &str, category: &[Coding], codes: &[Coding]) -> Kind {
        match resource_type {
            "Observation" => match observation::kind_of(category, codes) {
                observation::Sort::Said(kind) => kind,
                observation::Sort::Open => Kind::Observation,
            },
            _ => self.plan.kind,
        }
    }

    /// When: the first of the plan's elements that holds a date, then any element that reads like one, then the
    /// day the source's system stored it.
    fn date(&self) -> Option<EntryDate> {
        let mut in_words: Option<EntryDate> = None;
        for (path, role) in
            words(self.plan.dates).chain(words(elements::ANY_DATE)).map(|path| match path.strip_prefix('~') {
                Some(path) => (path, DateRole::Recorded),
                None => (path, DateRole::Clinical),
            })
        {
            let mut found: Option<EntryDate> = None;
            for node in self.root.all(path) {
                if node.is_marked() && !node.is_object() {
                    continue;
                }
                let Some(date) = self.date_of(node, path, role) else { continue };
                if date.start.is_none() && date.end.is_none() {
                    in_words.get_or_insert(date);
                    continue;
                }
                // Several dates of one element (items of a claim): the earliest start is when it began.
                let earlier = found.as_ref().is_none_or(|best| {
                    matches!((&date.start, &best.start), (Some(a), Some(b)) if a.own_day() < b.own_day())
                });
                if earlier {
                    found = Some(date);
                }
            }
            if let Some(mut date) = found {
                date.take_words(in_words);
                return Some(date);
            }
        }
        // R4 lost STU3's element and has it as an extension.
        let asserted = self.root.each("extension").find(|extension| {
            extension.peek("url").is_some_and(|url| url.ends_with("/condition-assertedDate"))
        });
        if let Some(node) = asserted.and_then(|extension| extension.get("valueDateTime"))
            && let Some(mut date) = self.date_of(node, "extension.condition-assertedDate", DateRole::Recorded)
            && date.start.is_some()
        {
            date.take_words(in_words);
            return Some(date);
        }
        if in_words.is_some() {
            return in_words;
        }
        let node = self.root.first("meta.lastUpdated")?;
        let start = FhirDate::parse(node.scalar()?)?;
        Some(EntryDate {
            start: Some(start),
            end: None,
            text: None,
            age: None,
            field: "meta.lastUpdated".to_owned(),
            role: DateRole::System,
            day_only: false,
            implausible: false,
        })
    }

    fn reference_at(&self, paths: &str) -> Option<Reference> {
        words(paths).find_map(|path| {
            self.root.first(path).filter(|node| node.is_object()).and_then(|node| self.reference(node))
        })
    }

    fn references_at(&self, paths: &str) -> Vec<Reference> {
        let mut out: Vec<Reference> = Vec::new();
        for path in words(paths) {
            for node in self.root.all(path) {
                if let Some(reference) = self.reference(node)
                    && !out.contains(&reference)
                {
                    out.push(reference);
                }
            }
        }
        out
    }

    /// Comments under their names in the three releases.
    fn notes(&self, entry: &mut Entry) {
        for path in ["note", "notes", "comment", "comments"] {
            let Some(node) = self.root.get(path) else { continue };
            for note in node.items() {
                if let Some(mut note) = self.annotation(note) {
                    note.text = readable(note.text);
                    note.author = note.author.map(readable);
                    entry.notes.push(note);
                }
            }
        }
    }

    fn narrative(&self, entry: &mut Entry) {
        let Some(text) = self.root.get("text") else { return };
        if let Some(div) = text.get("div").filter(|_| text.is_object()) {
            div.mark();
            if let Some(status) = text.get("status") {
                status.mark();
            }
            if let Some(html) = div.scalar() {
                let clean = sanitise(html);
                entry.narrative = (!clean.is_empty()).then_some(clean);
            }
        }
    }

    /// `Binary`: the resource itself is the file.
    fn binary(&self, entry: &mut Entry) {
        let encoded = self.root.text("data").or_else(|| self.root.text("content"));
        let mut file = Attachment {
            content_type: self.root.text("contentType").map(ToOwned::to_owned),
            ..Attachment::default()
        };
        if let Some(encoded) = encoded {
            self.inline(encoded, "data", &mut file);
        }
        entry.attachments.push(file);
    }
}

fn push_detail(entry: &mut Entry, parent: &str, name: &str, value: DetailValue) {
    let (element, name) = element(parent, name);
    entry.details.push(Detail { element, name, value: readable_value(value) });
}

fn readable_value(value: DetailValue) -> DetailValue {
    let all = |values: Vec<DetailValue>| values.into_iter().map(readable_value).collect();
    match value {
        DetailValue::Text(text) => DetailValue::Text(readable(text)),
        DetailValue::Reference(reference) => {
            let display = reference.display.map(readable);
            DetailValue::Reference(Reference { display, ..reference })
        }
        DetailValue::Beside { said, beside } => {
            DetailValue::Beside { said: Box::new(readable_value(*said)), beside: all(beside) }
        }
        DetailValue::Answer { question, answers } => {
            DetailValue::Answer { question: question.map(readable), answers: all(answers) }
        }
        DetailValue::Several(several) => DetailValue::Several(all(several)),
        other => other,
    }
}

fn readable(text: String) -> String {
    match crate::text::readable(&text) {
        Cow::Owned(clean) => clean,
        Cow::Borrowed(_) => text,
    }
}

/// Takes away what some write before a name, which its kind says: the label of a list (`Allergy: Penicillin`), the datatype of a quality
/// measure (`Medication, Allergy: Penicillin`, `Diagnosis, Active: Gout`). What says more than the kind stays: an order, a risk.
fn without_label(entry: &mut Entry) {
    let Some((label, name)) = entry.title.split_once(':') else { return };
    let label = label.to_lowercase();
    let words: Vec<&str> = label.split([',', ' ']).filter(|word| !word.is_empty()).collect();
    let is_label = match entry.kind {
        Kind::Allergy => {
            matches!(*words, ["allergy" | "allergen"] | ["medication", "allergy" | "intolerance"])
        }
        Kind::Problem => matches!(*words, ["diagnosis", "active"]),
        Kind::Medicine => matches!(*words, ["medication", "active"]),
        Kind::Vaccine => matches!(*words, ["medication" | "immunization", "administered"]),
        Kind::Procedure => matches!(*words, ["procedure", "performed"]),
        _ => false,
    };
    if is_label {
        let name = name.trim().to_owned();
        called(entry, name);
    }
}

/// `Statins + atorvastatin 10 MG Oral Tablet`: what some write before the name that the code has, the class of a list or the same name
/// once more. A class is no ingredient, and what is not known to be a class stays: it may be one.
fn without_class(entry: &mut Entry) {
    const CLASSES: &[&str] = &[
        "agents",
        "analgesics",
        "antagonists",
        "antibiotics",
        "anticoagulants",
        "antidiabetics",
        "antihypertensives",
        "antiplatelets",
        "blockers",
        "combinations",
        "corticosteroids",
        "diuretics",
        "inhibitors",
        "statins",
        "therapy",
    ];
    let Some((class, name)) = entry.title.split_once(" + ") else { return };
    let (of_class, of_name) = (class.trim().to_lowercase(), name.trim().to_lowercase());
    let displays = entry.codes.iter().filter_map(|coding| coding.display.as_deref());
    let is_coded = displays.map(str::to_lowercase).any(|display| display.trim() == of_name);
    let is_class = of_class.rsplit(' ').next().is_some_and(|last| CLASSES.contains(&last));
    let own = match entry.kind {
        _ if of_class == of_name => class,
        Kind::Medicine if is_coded && is_class => name,
        // The substance, and not the product of which it is told.
        Kind::Allergy if is_coded && of_name.starts_with(&format!("{of_class} ")) => class,
        Kind::Allergy if is_coded && of_class.ends_with(&format!(" {of_name}")) => name,
        _ => return,
    };
    let own = own.trim().to_owned();
    called(entry, own);
}

fn called(entry: &mut Entry, name: String) {
    if !name.is_empty() {
        let whole = std::mem::replace(&mut entry.title, name);
        entry.title_as_sent.get_or_insert(whole);
    }
}

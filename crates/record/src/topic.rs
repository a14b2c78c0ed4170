//! Topics: what facts are about. One illness, one substance, one ingredient, one vaccine's disease, one operation.
//!
//! Grouping is not joining: a topic is a heading under which its facts stand with all their differences, so it may be found
//! where a join would not be right. In reading order: [`Handles`] are what a fact is grouped by, taken from its members once;
//! [`group`] puts facts with their handles under topics; [`standing`] says of a topic how it is now.
//!
//! A topic is found by the shipped table ([`table`]) first: its codes, then its names. What the table does not know is grouped by
//! codes that name one thing in this record, then by words.

mod about;
mod built;
#[cfg(test)]
mod files;
mod medicines;
mod particulars;
mod regard;
mod sensitive;
mod standing;
pub(crate) mod table;
mod telling;
mod whole;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use wholechart_fhir::{Coding, Entry, Kind, Knowing, system_name};
use wholechart_names::qualifiers;

pub use self::particulars::says_more;
pub use self::sensitive::{Sensitive, all_sensitive_in, sensitive_codes, sensitive_in};
pub use self::standing::{Standing, TopicFact, occasions, standing};
pub use self::table::{Known, Trait, known, within_class};
use crate::compare::fold;
use crate::hash::hash;
use crate::ids::FactId;
use crate::kinds::names_a_thing;
use crate::merge::codes::{Code, is_leftover, is_unspecified};
use crate::title::bag;

/// Kinds whose facts have topics.
pub const TOPICAL: &[Kind] = &[Kind::Problem, Kind::Allergy, Kind::Medicine, Kind::Vaccine, Kind::Procedure];

/// What a fact is grouped by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Handles {
    /// The table's topic, where it knows one: file and key, such as `conditions/hypertension`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// Codes of its members that may name a thing, hashed; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<u64>,
    /// What its members call it, without case, order and marks; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

impl Handles {
    /// Of the members of one fact. Empty for kinds that have no topics.
    pub fn of(kind: Kind, members: &[&Entry]) -> Handles {
        if !TOPICAL.contains(&kind) {
            return Handles::default();
        }
        // What says who knows what is about nothing.
        let about: Vec<&Entry> = members.iter().copied().filter(|entry| entry.knowing.is_none()).collect();
        let known = known_of(kind, &about);
        // "Viral hepatitis", sent with what is hepatitis C, says less: something else that goes by it need not be that.
        let as_much = |coding: &&Coding| match (&known, &coding.display) {
            (Some(known), Some(said)) => topic_of_title(kind, said).is_some_and(|of| of.address() == *known),
            _ => true,
        };
        let mut codes: Vec<u64> = about
            .iter()
            .flat_map(|entry| &entry.codes)
            // A system of somebody's own may say no more than what sort of thing it is.
            .filter(|coding| system_name(&coding.system).is_some() && !is_leftover(coding))
            .filter(as_much)
            .filter(|coding| known.is_some() || !is_unspecified(coding))
            .filter_map(Code::of)
            .map(|code| code.id)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        let mut words: Vec<String> =
            about.iter().filter_map(|entry| words(kind, &about::about(kind, &entry.title))).collect();
        words.extend(members.iter().copied().filter_map(none_known));
        words.sort_unstable();
        words.dedup();
        Handles { known, codes, words }
    }
}

/// What "NKDA" and "No known drug allergies" have in common: that none is known, and of what sort.
fn none_known(entry: &Entry) -> Option<String> {
    const SAID: &[&str] = &["nka", "nkda", "nkfa", "nkma", "no", "none"];
    const SORTS: &[(&str, &[&str])] = &[
        ("drug", &["drug", "medic", "nkda"]),
        ("food", &["food", "nkfa"]),
        ("latex", &["latex"]),
        ("environment", &["environment", "season", "insect", "animal"]),
    ];
    let said = fold(&entry.title);
    let none = entry.kind == Kind::Allergy
        && entry.knowing == Some(Knowing::NoneKnown)
        && said.split(' ').next().is_some_and(|first| SAID.contains(&first));
    let sort = SORTS.iter().find(|(_, words)| words.iter().any(|word| said.contains(word)));
    none.then(|| format!("\u{1f}none-known-{}", sort.map_or("", |(sort, _)| sort)))
}

/// What something is called, without case, order and marks; of illnesses and operations also without what says nothing of which it is.
/// None of what names no thing: two that are called "procedure" are not known to be one.
fn words(kind: Kind, title: &str) -> Option<String> {
    let own = Some(bag(title)).filter(|words| names_a_thing(words))?;
    let file = match kind {
        Kind::Problem => "conditions",
        Kind::Procedure => "procedures",
        _ => return Some(own),
    };
    // "? pulmonary embolism" is a question.
    if title.trim_start().starts_with('?') {
        return Some(own);
    }
    let alike = || {
        let folded = qualifiers::folded(file, title)?;
        Some(folded.trim_start_matches('%').to_owned()).filter(|words| names_a_thing(words))
    };
    regard::words(kind, title).or_else(alike).or(Some(own))
}

/// The table's topic that a title names.
pub fn topic_of_title(kind: Kind, title: &str) -> Option<&'static Known> {
    topic_of(kind, title, &[])
}

/// The table's topic of something with this title and these codes.
pub fn topic_of(kind: Kind, title: &str, codes: &[Coding]) -> Option<&'static Known> {
    table::find(kind, title, codes)
}

/// The table's topic of most members; of as many, the first by name.
fn known_of(kind: Kind, members: &[&Entry]) -> Option<String> {
    let mut votes: BTreeMap<String, usize> = BTreeMap::new();
    for known in members.iter().filter_map(|entry| table::of_entry(kind, entry)) {
        *votes.entry(known.address()).or_default() += 1;
    }
    votes.into_iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| b.cmp(a))).map(|(key, _)| key)
}

/// What facts are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Stable between runs as long as its facts are; opaque.
    pub id: String,
    /// The kind of its facts.
    pub kind: Kind,
    /// File and key of the table's row ([`known`]); none for what it does not know.
    pub known: Option<String>,
    /// By their place in what was given, ascending.
    pub facts: Vec<usize>,
}

/// Where a person put a fact, whatever the table and the words say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placement {
    /// Under the topic of this fact.
    Beside(FactId),
    /// Under a topic of its own.
    Own,
}

/// Puts facts under topics, first where a person `placed` them; those of kinds without topics are left out. The same whatever the order of `facts`, but for the places
/// that name them. In the order of the ids.
pub fn group(facts: &[(&FactId, Kind, &Handles)], placed: &BTreeMap<FactId, Placement>) -> Vec<Topic> {
    let mut found = Vec::new();
    for kind in TOPICAL {
        let (put, of): (Vec<usize>, Vec<usize>) =
            (0..facts.len()).filter(|n| facts[*n].1 == *kind).partition(|n| placed.contains_key(facts[*n].0));
        let mut of_kind = group_kind(*kind, &of, facts);
        place(&mut of_kind, *kind, &put, facts, placed);
        found.extend(of_kind);
    }
    found.sort_by_key(|topic| topic.id);
    let topic = |Group { id, kind, known, facts }| Topic {
        id: format!("{id:016x}"),
        kind,
        known: known.map(ToOwned::to_owned),
        facts,
    };
    found.into_iter().map(topic).collect()
}

/// A topic while it is found: its id is written in figures that are in the order of the numbers.
struct Group<'h> {
    id: u64,
    kind: Kind,
    known: Option<&'h str>,
    facts: Vec<usize>,
}

/// Puts facts where a person wants them. What is to stand beside something that stands nowhere itself, has a topic of its own.
fn place(
    topics: &mut Vec<Group<'_>>,
    kind: Kind,
    put: &[usize],
    facts: &[(&FactId, Kind, &Handles)],
    placed: &BTreeMap<FactId, Placement>,
) {
    let own = |n: usize| Group {
        id: id(kind, &format!("\u{1f}\u{1f}{}", facts[n].0.0)),
        kind,
        known: None,
        facts: vec![n],
    };
    let mut waiting: Vec<(usize, &FactId)> = Vec::new();
    for n in put {
        match placed.get(facts[*n].0) {
            Some(Placement::Beside(beside)) => waiting.push((*n, beside)),
            _ => topics.push(own(*n)),
        }
    }
    // Beside one that is itself put somewhere: as often as it takes, each time at least one comes to its place.
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|(n, beside)| {
            let of = topics.iter_mut().find(|topic| topic.facts.iter().any(|m| facts[*m].0 == *beside));
            let Some(topic) = of else { return true };
            topic.facts.push(*n);
            topic.facts.sort_unstable();
            false
        });
        if waiting.len() == before {
            let (n, _) = waiting.remove(0);
            topics.push(own(n));
        }
    }
}

/// What stands on one code in a record.
#[derive(Default)]
struct On<'h> {
    /// Topics of the table: a code that stands on two names neither.
    topics: Few<'h>,
    /// Words, where the table knows nothing.
    words: Few<'h>,
}

fn group_kind<'h>(kind: Kind, of: &[usize], facts: &[(&'h FactId, Kind, &'h Handles)]) -> Vec<Group<'h>> {
    let mut on: HashMap<u64, On<'h>> = HashMap::new();
    for n in of {
        let handles = facts[*n].2;
        for code in &handles.codes {
            let on = on.entry(*code).or_default();
            match &handles.known {
                Some(known) => on.topics.add(known),
                None => handles.words.iter().for_each(|words| on.words.add(words)),
            }
        }
    }
    let mut topics: Vec<Group<'h>> = Vec::new();
    let mut under: HashMap<&str, usize> = HashMap::new();
    let mut unknown: Vec<usize> = Vec::new();
    for n in of {
        let handles = facts[*n].2;
        let known = handles.known.as_deref().or_else(|| {
            // What somebody sends with the code of a known topic is about that.
            let mut beside = handles.codes.iter().filter_map(|code| {
                on.get(code).filter(|on| on.words.are_few()).and_then(|on| on.topics.only())
            });
            let one = beside.next()?;
            beside.all(|other| other == one).then_some(one)
        });
        let Some(known) = known else {
            unknown.push(*n);
            continue;
        };
        let at = *under.entry(known).or_insert_with(|| {
            topics.push(Group { id: id(kind, known), kind, known: Some(known), facts: Vec::new() });
            topics.len() - 1
        });
        topics[at].facts.push(*n);
    }
    // The others: by words, and by codes that this record puts on few words and on no known topic.
    let mut groups = Groups::new(unknown.len());
    let mut first: HashMap<Handle<'_>, usize> = HashMap::new();
    for (at, n) in unknown.iter().enumerate() {
        let handles = facts[*n].2;
        let words = handles.words.iter().map(|words| Handle::Words(words));
        let names_one =
            |code: &&u64| on.get(*code).is_some_and(|on| on.topics.count == 0 && on.words.are_few());
        let codes = handles.codes.iter().filter(names_one).map(|code| Handle::Code(*code));
        for handle in words.chain(codes) {
            let with = *first.entry(handle).or_insert(at);
            groups.unite(at, with);
        }
    }
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); unknown.len()];
    for (at, n) in unknown.iter().enumerate() {
        parts[groups.root(at)].push(*n);
    }
    topics.extend(parts.into_iter().filter(|members| !members.is_empty()).map(|members| {
        let smallest = |n: &usize| {
            let (fact, _, handles) = &facts[*n];
            // What has neither words nor codes is about itself.
            match handles.words.first() {
                Some(words) => Cow::Borrowed(words.as_str()),
                None => Cow::Owned(format!("\u{1f}{}", fact.0)),
            }
        };
        let anchor = members.iter().map(smallest).min().unwrap_or_default();
        Group { id: id(kind, &format!("\u{1f}{anchor}")), kind, known: None, facts: members }
    }));
    topics
}

/// A code that stands on more spellings than this names a class of things, or nothing.
const SPELLINGS: usize = 3;

/// Different texts, as far as it matters how many they are.
#[derive(Default)]
struct Few<'h> {
    some: [&'h str; SPELLINGS + 1],
    count: usize,
}

impl<'h> Few<'h> {
    fn add(&mut self, text: &'h str) {
        if self.are_few() && !self.some[..self.count].contains(&text) {
            self.some[self.count] = text;
            self.count += 1;
        }
    }

    fn are_few(&self) -> bool {
        self.count <= SPELLINGS
    }

    fn only(&self) -> Option<&'h str> {
        (self.count == 1).then_some(self.some[0])
    }
}

fn id(kind: Kind, anchor: &str) -> u64 {
    hash(&["topic", kind.as_str(), anchor])
}

#[derive(PartialEq, Eq, Hash)]
enum Handle<'h> {
    Words(&'h str),
    Code(u64),
}

/// Sets that are united (union-find).
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Groups {
        Groups((0..count).collect())
    }

    fn root(&mut self, of: usize) -> usize {
        let mut at = of;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

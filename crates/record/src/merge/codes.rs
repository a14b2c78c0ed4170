//! When two codes mean one thing, without a licensed map: codings sent together in one concept somewhere in this
//! record are bridges, and a small table of our own (`equivalents.tsv`) makes two statements probably one.
//!
//! A code that names a class of things joins nothing: those that are known for it ([`CLASSES`]), and those that this record
//! puts on things which a finer system tells apart ([`Bridges::vague`]). The latter is a function of how often two codes
//! were sent together, so a late entry concerns what goes by its own codes and nothing else.
//!
//! What a thing is called goes by the same law: words are a code of whoever reads them ([`Code::words`]). They are bridged to
//! the codes they were sent with, and words that this record puts on two things join nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use wholechart_fhir::system::{CPT, CVX, ICD9CM, ICD10CM, LOINC, NDC, RXNORM, SNOMED};
use wholechart_fhir::{Coding, Kind};

use crate::hash::hash;
use crate::merge::medicine::plain_name;
use crate::shipped::{rows, uri_of};

/// CVX codes that name no vaccine: unspecified, none given, reserved.
pub(crate) const NO_VACCINE: &[&str] = &["99", "998", "999"];

/// Codes that name a class of things, whatever they stand on: "procedure", "laboratory report", "disease", "visit".
pub(crate) const CLASSES: &[(&str, &[&str])] = &[
    (
        LOINC,
        &[
            "11502-2", "18717-9", "18718-7", "18719-5", "18720-3", "18721-1", "18723-7", "18725-2",
            "18726-0", "18727-8", "18748-4", "18749-2", "26436-6", "26437-4", "26438-2", "26439-0",
            "29554-3", "30954-2", "34109-9", "34133-9", "47527-7", "60567-5", "68604-8", "75326-9",
        ],
    ),
    (
        SNOMED,
        &[
            "15220000",
            "55607006",
            "64572001",
            "71388002",
            "103693007",
            "105590001",
            "108252007",
            "118246004",
            "185345009",
            "185349003",
            "243814003",
            "270427003",
            "277132007",
            "282291009",
            "308335008",
            "33879002",
            "363679005",
            "363787002",
            "373873005",
            "387713003",
            "390906007",
            "404684003",
            "409063005",
            "409073007",
            "410942007",
            "414285001",
            "416098002",
            "418038007",
            "418799008",
            "419199007",
            "419511003",
            "420134006",
            "439401001",
            "443938003",
            "763158003",
        ],
    ),
    // To give a vaccine, whichever.
    (CPT, &["90460", "90461", "90471", "90472", "90473", "90474"]),
];

/// Systems that tell things apart finely enough to show that a code beside them is a class.
const FINE: &[&str] = &[LOINC, ICD10CM, CVX, CPT];

/// Systems whose own codes are never shown to be classes in that way. Packages (NDC) and brands (RxNorm) are told apart
/// where it does not matter, and names of medicines are compared besides.
const EXACT: &[&str] = &[LOINC, ICD10CM, CVX, RXNORM, NDC];

/// Concepts with more codings than this are lists rather than names of one thing; they bridge nothing.
const BRIDGED_AT_MOST: usize = 24;

/// A code as it is compared: system and spelling made one, then hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Code {
    pub(crate) id: u64,
    pub(crate) system: u64,
}

impl Code {
    /// None for what names nothing: no system, no code, or a code that says "unknown".
    pub(crate) fn of(coding: &Coding) -> Option<Code> {
        Code::new(&coding.system, &coding.code)
    }

    pub(crate) fn new(system: &str, code: &str) -> Option<Code> {
        let code = code.trim();
        // "00000-0000-00" and "99999" are what a field that must not be empty is filled with.
        let is_filled = |figure: char| {
            code.len() > 4 && code.contains(figure) && code.chars().all(|c| c == figure || c == '-')
        };
        if system.is_empty() || code.is_empty() || is_filled('0') || is_filled('9') {
            return None;
        }
        let spelt = match system {
            // Some servers pad: `08` is `8`.
            CVX => {
                let bare = code.trim_start_matches('0');
                if bare.is_empty() || NO_VACCINE.contains(&bare) {
                    return None;
                }
                bare.to_owned()
            }
            ICD9CM | ICD10CM => code.replace('.', "").to_ascii_uppercase(),
            // Eleven digits, with or without hyphens (5-4-2); ten digits could be three different codes.
            NDC => code.replace('-', ""),
            _ => code.to_owned(),
        };
        if CLASSES.iter().any(|(of, classes)| *of == system && classes.contains(&spelt.as_str())) {
            return None;
        }
        Some(Code { id: hash(&[system, &spelt]), system: hash(&[system]) })
    }

    /// What a thing of this kind is called; `bag` is its title without order, case and marks.
    pub(crate) fn words(kind: Kind, bag: &str) -> Code {
        Code { id: hash(&["words", kind.as_str(), bag]), system: words_system() }
    }

    /// A name in words rather than a code that was sent.
    pub(crate) fn is_words(self) -> bool {
        self.system == words_system() || self.system == name_system()
    }

    /// A medicine's name in words, which may be bridged like a code.
    pub(crate) fn name(ingredients: &str) -> Code {
        Code { id: hash(&["name", &plain_name(ingredients)]), system: name_system() }
    }
}

/// ICD-10-CM's codes for "other" (NEC, such as `G93.89`, `Z98.890`): they hold whatever has no code of its own.
pub(crate) fn is_leftover(coding: &Coding) -> bool {
    // "Other chronic pain" (G89.29): a few end otherwise.
    let other = coding
        .display
        .as_deref()
        .is_some_and(|said| said.starts_with("Other ") || said.starts_with("other "));
    let end = coding.code.rsplit_once('.').map_or("", |(_, end)| end);
    coding.system == ICD10CM && (other || end.trim_end_matches('0').trim_end_matches('9').ends_with('8'))
}

/// ICD-10-CM's codes for "unspecified" (NOS, such as `Q99.9`): what is sent with one by another name is more than the code says.
pub(crate) fn is_unspecified(coding: &Coding) -> bool {
    let end = coding.code.rsplit_once('.').map_or("", |(_, end)| end);
    coding.system == ICD10CM && end.ends_with('9')
}

/// All codes of the main concept, sorted, each once.
pub(crate) fn codes_of(own: &[&Coding]) -> Vec<Code> {
    let mut codes: Vec<Code> = own.iter().filter_map(|coding| Code::of(coding)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Two codes of one concept, the smaller first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Together {
    pub(crate) a: Code,
    pub(crate) b: Code,
    /// They are taken to mean one thing; otherwise only that somebody sent both.
    pub(crate) bridge: bool,
}

/// The bridges one concept makes. Two codes of one system are two things, except for medicines, where a product, its
/// brand and its ingredient are sent side by side and strength and form are compared anyway.
pub(crate) fn bridges_of(kind: Kind, codes: &[Code]) -> Vec<Together> {
    if codes.len() > BRIDGED_AT_MOST {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (n, one) in codes.iter().enumerate() {
        for other in &codes[n + 1..] {
            let bridge = kind == Kind::Medicine || one.system != other.system;
            found.push(Together { a: *one.min(other), b: *one.max(other), bridge });
        }
    }
    found
}

/// Which codes were sent together, and how often. The same whatever the order of adding.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bridges {
    pairs: HashMap<(u64, u64), u32>,
    next: HashMap<u64, BTreeSet<u64>>,
    /// Pairs of one system that somebody sent in one concept, though they bridge nothing.
    within: HashMap<(u64, u64), u32>,
    /// Codes of fine systems that a code stands beside, by system.
    finer: HashMap<u64, BTreeMap<u64, BTreeSet<u64>>>,
}

impl Bridges {
    /// How many concepts hold both codes.
    pub(crate) fn count(&self, pair: Together) -> u32 {
        self.counts(pair.bridge).get(&ids(pair)).copied().unwrap_or_default()
    }

    fn counts(&self, bridge: bool) -> &HashMap<(u64, u64), u32> {
        if bridge { &self.pairs } else { &self.within }
    }

    /// More or fewer concepts hold both codes.
    pub(crate) fn change(&mut self, pair: Together, change: i64) {
        let before = self.count(pair);
        let after = u32::try_from(i64::from(before) + change).unwrap_or_default();
        let counts = if pair.bridge { &mut self.pairs } else { &mut self.within };
        if after > 0 {
            counts.insert(ids(pair), after);
        } else {
            counts.remove(&ids(pair));
        }
        if !pair.bridge || (before > 0) == (after > 0) {
            return;
        }
        for (one, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
            let next = self.next.entry(one.id).or_default();
            if after > 0 {
                next.insert(other.id);
            } else {
                next.remove(&other.id);
                if next.is_empty() {
                    self.next.remove(&one.id);
                }
            }
            // What two SNOMED codes are both called may be either.
            let tells_apart = is_of(FINE, other.system)
                || (one.system == words_system() && is_of(&[SNOMED, RXNORM], other.system));
            if !tells_apart || is_of(EXACT, one.system) || one.system == name_system() {
                continue;
            }
            let finer = self.finer.entry(one.id).or_default();
            let of = finer.entry(other.system).or_default();
            if after > 0 {
                of.insert(other.id);
            } else {
                of.remove(&other.id);
                if of.is_empty() {
                    finer.remove(&other.system);
                }
                if finer.is_empty() {
                    self.finer.remove(&one.id);
                }
            }
        }
    }

    /// Codes whose meaning may change when this pair appears or falls.
    pub(crate) fn concerned(&self, pair: Together) -> Vec<u64> {
        let mut codes = vec![pair.a.id, pair.b.id];
        // What stands beside both may have been taken for a class because of them.
        if !pair.bridge
            && let (Some(one), Some(other)) = (self.next.get(&pair.a.id), self.next.get(&pair.b.id))
        {
            codes.extend(one.intersection(other));
        }
        codes
    }

    /// It stands beside two codes of a fine system that nobody sent together: a class of things.
    pub(crate) fn vague(&self, code: u64) -> bool {
        let Some(finer) = self.finer.get(&code) else { return false };
        finer.values().any(|codes| {
            let mut codes = codes.iter();
            let Some(first) = codes.next() else { return false };
            codes.any(|other| !self.within.contains_key(&(*first.min(other), *first.max(other))))
        })
    }

    /// Codes sent together with `code`.
    pub(crate) fn beside(&self, code: u64) -> impl Iterator<Item = u64> + '_ {
        let known = !self.vague(code);
        self.next
            .get(&code)
            .filter(|_| known)
            .into_iter()
            .flatten()
            .copied()
            .filter(|other| !self.vague(*other))
    }

    /// Both stand beside one code that names a thing: two ways to call it.
    pub(crate) fn by_one_code(&self, a: u64, b: u64) -> bool {
        if a == b || self.vague(a) || self.vague(b) {
            return false;
        }
        let (Some(one), Some(other)) = (self.next.get(&a), self.next.get(&b)) else { return false };
        one.intersection(other).any(|code| !self.vague(*code))
    }

    /// Somebody sent both as one, and neither is a class.
    pub(crate) fn direct(&self, a: u64, b: u64) -> bool {
        self.pairs.contains_key(&(a.min(b), a.max(b))) && !self.vague(a) && !self.vague(b)
    }
}

fn ids(pair: Together) -> (u64, u64) {
    (pair.a.id.min(pair.b.id), pair.a.id.max(pair.b.id))
}

fn name_system() -> u64 {
    hash(&["name"])
}

fn words_system() -> u64 {
    hash(&["words"])
}

fn is_of(systems: &[&str], system: u64) -> bool {
    systems.iter().any(|of| hash(&[of]) == system)
}

/// Codes that the shipped table puts beside `code`.
pub(crate) fn listed_beside(code: u64) -> &'static [u64] {
    static TABLE: LazyLock<HashMap<u64, Vec<u64>>> = LazyLock::new(|| {
        let mut table: HashMap<u64, Vec<u64>> = HashMap::new();
        for row in rows(include_str!("equivalents.tsv")) {
            let codes = row.codes().filter_map(|(prefix, code)| Code::new(uri_of(prefix)?, code));
            let codes: Vec<u64> = codes.map(|code| code.id).collect();
            let Some((hub, others)) = codes.split_first() else { continue };
            for other in others {
                table.entry(*hub).or_default().push(*other);
                table.entry(*other).or_default().push(*hub);
            }
        }
        table
    });
    TABLE.get(&code).map_or(&[], Vec::as_slice)
}

/// Codes that bridges and table lead to from one code, with itself; sorted.
pub(crate) fn component(code: u64, mut beside: impl FnMut(u64, &mut Vec<u64>)) -> Vec<u64> {
    let mut found = vec![code];
    let mut seen = BTreeSet::from([code]);
    let mut at = 0;
    let mut next = Vec::new();
    while let Some(code) = found.get(at).copied() {
        at += 1;
        next.clear();
        next.extend_from_slice(listed_beside(code));
        beside(code, &mut next);
        found.extend(next.iter().copied().filter(|code| seen.insert(*code)));
    }
    found.sort_unstable();
    found
}

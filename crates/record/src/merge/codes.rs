//! When two codes mean one thing, without a licensed map: codings sent together in one concept somewhere in this
//! record are bridges, and a small table of our own ([`EQUIVALENTS`]) is a reason to ask.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use wholechart_fhir::system::{CVX, ICD9CM, ICD10CM, NDC};
use wholechart_fhir::{Coding, Entry, Kind};

use crate::hash::hash;
use crate::merge::equivalents::EQUIVALENTS;

/// CVX codes that name no vaccine: unspecified, none given, reserved.
pub(crate) const NO_VACCINE: &[&str] = &["99", "998", "999"];

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
        if system.is_empty() || code.is_empty() {
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
        Some(Code { id: hash(&[system, &spelt]), system: hash(&[system]) })
    }

    /// A medicine's name in words, which may be bridged like a code.
    pub(crate) fn name(ingredients: &str) -> Code {
        Code { id: hash(&["name", ingredients]), system: hash(&["name"]) }
    }
}

/// All codes of the main concept, sorted, each once.
pub(crate) fn codes_of(entry: &Entry) -> Vec<Code> {
    let mut codes: Vec<Code> = entry.codes.iter().filter_map(Code::of).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The bridges one concept makes. Two codes of one system are two things, except for medicines, where a product, its
/// brand and its ingredient are sent side by side and strength and form are compared anyway.
pub(crate) fn bridges_of(kind: Kind, codes: &[Code]) -> Vec<(u64, u64)> {
    if codes.len() > BRIDGED_AT_MOST {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (n, one) in codes.iter().enumerate() {
        for other in &codes[n + 1..] {
            if kind == Kind::Medicine || one.system != other.system {
                found.push((one.id.min(other.id), one.id.max(other.id)));
            }
        }
    }
    found
}

/// Which codes were sent together, and how often. The same whatever the order of adding.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bridges {
    pairs: HashMap<(u64, u64), u32>,
    next: HashMap<u64, BTreeSet<u64>>,
}

impl Bridges {
    /// How many concepts hold both codes.
    pub(crate) fn count(&self, a: u64, b: u64) -> u32 {
        self.pairs.get(&(a.min(b), a.max(b))).copied().unwrap_or_default()
    }

    /// More or fewer concepts hold both codes.
    pub(crate) fn change(&mut self, a: u64, b: u64, change: i64) {
        let pair = (a.min(b), a.max(b));
        let count = i64::from(self.count(a, b)) + change;
        if let Some(count) = u32::try_from(count).ok().filter(|count| *count > 0) {
            self.pairs.insert(pair, count);
            self.next.entry(a).or_default().insert(b);
            self.next.entry(b).or_default().insert(a);
        } else {
            self.pairs.remove(&pair);
            for (one, other) in [(a, b), (b, a)] {
                if let Some(next) = self.next.get_mut(&one) {
                    next.remove(&other);
                    if next.is_empty() {
                        self.next.remove(&one);
                    }
                }
            }
        }
    }

    /// Codes sent together with `code`.
    pub(crate) fn beside(&self, code: u64) -> impl Iterator<Item = u64> + '_ {
        self.next.get(&code).into_iter().flatten().copied()
    }

    pub(crate) fn direct(&self, a: u64, b: u64) -> bool {
        self.pairs.contains_key(&(a.min(b), a.max(b)))
    }
}

/// Codes that the shipped table puts beside `code`.
pub(crate) fn listed_beside(code: u64) -> &'static [u64] {
    static TABLE: LazyLock<HashMap<u64, Vec<u64>>> = LazyLock::new(|| {
        let mut table: HashMap<u64, Vec<u64>> = HashMap::new();
        for row in EQUIVALENTS {
            let codes: Vec<u64> = row
                .codes
                .iter()
                .filter_map(|(system, code)| Code::new(system, code).map(|code| code.id))
                .collect();
            let first = codes.iter().take(1);
            let mut pairs: Vec<(u64, u64)> =
                first.flat_map(|hub| codes[1..].iter().map(|other| (*hub, *other))).collect();
            let names: Vec<u64> = row.names.iter().map(|name| Code::name(name).id).collect();
            for (n, name) in names.iter().enumerate() {
                pairs.extend(names[n + 1..].iter().map(|other| (*name, *other)));
            }
            for (one, other) in pairs {
                table.entry(one).or_default().push(other);
                table.entry(other).or_default().push(one);
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

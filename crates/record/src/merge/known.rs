//! What the record as a whole knows, beside the two entries that are looked at: which codes were sent together, and which
//! numbers stand on several things.

use std::collections::{BTreeMap, HashMap};

use wholechart_fhir::Day;

use crate::merge::codes::Bridges;
use crate::merge::prepared::Prepared;

/// See the module.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub(crate) bridges: Bridges,
    pub(crate) numbers: Numbers,
}

/// A number as it stands on things of one kind: hashes of kind, who numbers, and number.
type Number = (u64, u64, u64);

/// On which days one base puts each number. The same whatever the order of adding.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbers {
    days: HashMap<(Number, u64), BTreeMap<Day, u32>>,
    /// How many bases put it on things of several days.
    groups: HashMap<Number, u32>,
}

impl Numbers {
    /// Takes the numbers of an entry in, or out.
    pub(crate) fn change(&mut self, one: &Prepared, comes: bool) {
        let Some(day) = one.day().filter(|_| one.is_numbered()) else { return };
        for (system, number) in &one.identifiers {
            let number = (one.kind_hash(), *system, *number);
            let days = self.days.entry((number, one.teller.base)).or_default();
            let before = days.len() > 1;
            if comes {
                *days.entry(day).or_default() += 1;
            } else if let Some(count) = days.get_mut(&day) {
                *count -= 1;
                if *count == 0 {
                    days.remove(&day);
                }
            }
            let after = days.len() > 1;
            if days.is_empty() {
                self.days.remove(&(number, one.teller.base));
            }
            if before != after {
                let count = self.groups.entry(number).or_default();
                *count = if after { *count + 1 } else { count.saturating_sub(1) };
                if *count == 0 {
                    self.groups.remove(&number);
                }
            }
        }
    }

    /// A number on which both go by. One that stands on things of several days is that of a group, and no identity.
    pub(crate) fn shared(&self, a: &Prepared, b: &Prepared) -> bool {
        let kind = a.kind_hash();
        let (mut n, mut m) = (0, 0);
        while let (Some(one), Some(other)) = (a.identifiers.get(n), b.identifiers.get(m)) {
            match one.cmp(other) {
                std::cmp::Ordering::Equal if !self.groups.contains_key(&(kind, one.0, one.1)) => return true,
                std::cmp::Ordering::Equal => (n, m) = (n + 1, m + 1),
                std::cmp::Ordering::Less => n += 1,
                std::cmp::Ordering::Greater => m += 1,
            }
        }
        false
    }
}

//! What two clusters are compared by: one entry for each way of saying it, with all who say it so.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::Merger;
use crate::fact::Verdict;
use crate::merge::prepared::Teller;
use crate::merge::rules::Pair;

/// A cluster of more ways of saying it than this takes nothing more in.
pub(super) const SIDES: usize = 64;

/// One way of saying it.
#[derive(Debug, Clone)]
pub(super) struct Side {
    /// Who says it so, an entry for all.
    pub(super) slot: usize,
    /// Sorted.
    pub(super) tellers: Vec<Teller>,
}

/// All ways in which a cluster says it.
#[derive(Debug, Clone, Default)]
pub(super) struct Sides {
    /// By what is said and, of what happened, by whom.
    seen: HashMap<(u64, Vec<Teller>), usize>,
    all: Vec<Side>,
    /// Entries that a person decided about.
    decided: Vec<usize>,
}

impl Sides {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    fn add(&mut self, key: (u64, Vec<Teller>), side: Side) {
        if let Entry::Vacant(place) = self.seen.entry(key) {
            place.insert(self.all.len());
            self.all.push(side);
        }
    }

    pub(super) fn absorb(&mut self, other: Sides) {
        let mut keys: Vec<_> = other.seen.into_iter().collect();
        keys.sort_unstable_by_key(|(_, at)| *at);
        for ((key, _), side) in keys.into_iter().zip(other.all) {
            self.add(key, side);
        }
        self.decided.extend(other.decided);
    }
}

impl Merger {
    pub(super) fn sides(&self, slots: &[usize]) -> Sides {
        let mut tellers: BTreeMap<(u64, u64), Vec<Teller>> = BTreeMap::new();
        for n in slots {
            let one = &self.slot(*n).one;
            tellers.entry(one.content).or_default().push(one.teller);
        }
        for own in tellers.values_mut() {
            own.sort_unstable();
            own.dedup();
        }
        let mut sides = Sides::default();
        for n in slots {
            let one = &self.slot(*n).one;
            if self.decisions.contains_key(&one.member.key) {
                sides.decided.push(*n);
            }
            let Some(tellers) = tellers.remove(&one.content) else { continue };
            // Who tells what is so decides nothing about whether two contradict each other.
            let by = if one.is_event() { tellers.clone() } else { Vec::new() };
            sides.add((one.stand(), by), Side { slot: *n, tellers });
        }
        sides
    }

    /// Two sides looked at together.
    pub(super) fn pair<'m>(&'m self, a: &'m Side, b: &'m Side) -> Pair<'m> {
        let pair = self.look(&self.slot(a.slot).one, &self.slot(b.slot).one);
        Pair { tellers: (&a.tellers, &b.tellers), ..pair }
    }

    pub(super) fn contradict(&self, a: &Sides, b: &Sides) -> bool {
        let forbidden = |one: &Side| b.all.iter().any(|other| self.held.forbid(&self.pair(one, other)));
        self.kept_apart(a, b) || a.all.iter().any(forbidden)
    }

    pub(super) fn kept_apart(&self, a: &Sides, b: &Sides) -> bool {
        a.decided
            .iter()
            .any(|one| b.decided.iter().any(|other| self.verdict(*one, *other) == Some(Verdict::Apart)))
    }

    pub(super) fn verdict(&self, a: usize, b: usize) -> Option<Verdict> {
        let partners = self.decisions.get(&self.slot(a).one.member.key)?;
        partners.get(&self.slot(b).one.member.key).copied()
    }
}

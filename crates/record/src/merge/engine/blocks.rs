//! Which entries are looked at together: those that share a key, in blocks of bounded cost.

use std::collections::{BTreeMap, HashMap, HashSet};

use wholechart_fhir::{Kind, StatusGroup};

use super::sides::Side;
use super::{Merger, TOLD_AGAIN};
use crate::fact::{Equal, Evidence, Join, Strength};
use crate::merge::prepared::Prepared;
use crate::merge::rules::{ONE_TELLER, RULES, SAME_BYTES, judge};

/// In a block of n entries at most so many times n pairs are looked at.
pub(super) const PAIRS_EACH: usize = 32;

/// How a block that is too large is divided.
#[derive(Clone, Copy)]
enum Divide {
    ByFinding,
    ByAll,
    No,
}

impl Divide {
    fn next(self) -> Divide {
        match self {
            Divide::ByFinding => Divide::ByAll,
            Divide::ByAll | Divide::No => Divide::No,
        }
    }
}

/// Entries that are one without being compared: the same bytes, or told again by one server in the same words.
pub(super) struct Group {
    /// Sorted by key.
    pub(super) slots: Vec<usize>,
    pub(super) joins: Vec<Join>,
    pub(super) side: Side,
}

impl Merger {
    /// Entries that get the same answer from every rule are looked at as one. What a person decided about stands alone.
    pub(super) fn groups(&self, order: &[usize]) -> Vec<Group> {
        let mut held: Vec<(Vec<usize>, Vec<Join>)> = order.iter().map(|n| (vec![*n], Vec::new())).collect();
        let mut of: Vec<usize> = (0..order.len()).collect();
        let mut seen: HashMap<(bool, u64, u64), usize> = HashMap::new();
        let at: HashMap<usize, usize> = order.iter().enumerate().map(|(at, n)| (*n, at)).collect();
        for (n, slot) in order.iter().enumerate() {
            let one = &self.slot(*slot).one;
            if self.decisions.contains_key(&one.member.key) {
                continue;
            }
            let again = (true, one.profile, one.teller.base);
            let bytes = (false, one.content.0, one.content.1);
            let state = |key| one.is_state().then_some(key);
            for (key, rule) in [
                (Some(bytes), Some(SAME_BYTES)),
                (state(again), Some(TOLD_AGAIN)),
                (state((true, one.profile, one.kind_hash())), None),
            ] {
                let Some(key) = key else { continue };
                let first = *seen.entry(key).or_insert(n);
                let (into, from) = (of[first], of[n]);
                if into == from {
                    continue;
                }
                let told = &self.slot(order[first]).one;
                let title = || vec![("title".to_owned(), Equal::Title(told.member.entry.called()))];
                // What is so, told by two in the same words: by the rule that joins them, if one does.
                let (rule, evidence) = match rule {
                    Some(rule) => (rule, title()),
                    None => match self.joined_by(told, one) {
                        Some(found) => found,
                        None => continue,
                    },
                };
                let (a, b) = (&told.member, &one.member);
                let join = Join {
                    rule: rule.to_owned(),
                    strength: Strength::Same,
                    evidence,
                    a: a.key.clone(),
                    b: b.key.clone(),
                };
                // The smaller moves, so that no entry moves often.
                let (into, from) =
                    if held[into].0.len() < held[from].0.len() { (from, into) } else { (into, from) };
                let (slots, joins) = std::mem::take(&mut held[from]);
                for moved in &slots {
                    of[at[moved]] = into;
                }
                held[into].0.extend(slots);
                held[into].1.extend(joins);
                held[into].1.push(join);
            }
        }
        let mut groups: Vec<Group> = held
            .into_iter()
            .filter(|(slots, _)| !slots.is_empty())
            .map(|(mut slots, joins)| {
                slots.sort_unstable_by_key(|slot| at[slot]);
                let mut tellers: Vec<_> = slots.iter().map(|slot| self.slot(*slot).one.teller).collect();
                tellers.sort_unstable();
                tellers.dedup();
                let side = Side { slot: slots[0], tellers };
                Group { slots, joins, side }
            })
            .collect();
        groups.sort_unstable_by_key(|group| at[&group.side.slot]);
        groups
    }

    /// The rule that joins the two without asking.
    fn joined_by(&self, a: &Prepared, b: &Prepared) -> Option<(&'static str, Evidence)> {
        let pair = self.look(a, b);
        let (rule, evidence) = judge(&pair).filter(|_| !self.held.forbid(&pair))?;
        (RULES[rule].strength == Strength::Same).then(|| (RULES[rule].name, evidence))
    }

    /// All pairs of groups to be looked at, each once, the smaller key first; and the slots of blocks that are too large.
    pub(super) fn pairs(&self, groups: &[Group]) -> (Vec<(usize, usize)>, HashSet<usize>) {
        let mut components = HashMap::new();
        let mut shared: HashMap<(u64, u64, u64), Vec<usize>> = HashMap::new();
        for (g, group) in groups.iter().enumerate() {
            let one = &self.slot(group.side.slot).one;
            let kind = crate::hash::hash(&[one.kind().as_str()]);
            let mut keys: HashSet<(u64, u64, u64)> = HashSet::new();
            for (code, rest) in group.slots.iter().flat_map(|slot| &self.slot(*slot).keys) {
                keys.insert((self.component_in(*code, &mut components)[0], *rest, kind));
            }
            for key in keys {
                shared.entry(key).or_default().push(g);
            }
        }
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let mut crowded = HashSet::new();
        for block in shared.into_values().filter(|block| block.len() > 1) {
            self.pairs_of(groups, block, Divide::ByFinding, &mut pairs, &mut crowded);
        }
        pairs.sort_unstable();
        pairs.dedup();
        (pairs, crowded)
    }

    /// The pairs of one block. Events that the same servers tell are two, whatever they say.
    fn pairs_of(
        &self,
        groups: &[Group],
        block: Vec<usize>,
        divide: Divide,
        pairs: &mut Vec<(usize, usize)>,
        crowded: &mut HashSet<usize>,
    ) {
        let mut by_tellers: BTreeMap<(Vec<u64>, usize), Vec<usize>> = BTreeMap::new();
        for g in &block {
            let side = &groups[*g].side;
            let one = &self.slot(side.slot).one;
            let event = one.is_event() && one.kind() != Kind::Document && self.held.heeds(ONE_TELLER);
            let bases = side.tellers.iter().filter(|_| event).map(|teller| teller.base).collect();
            // What was issued anew may correct what the same server told before.
            let among = match one.member.entry.status_group {
                _ if !event => *g + 1,
                StatusGroup::Corrected => usize::MAX,
                _ => 0,
            };
            by_tellers.entry((bases, among)).or_default().push(*g);
        }
        let all = block.len() * block.len();
        let alike: usize = by_tellers.values().map(|same| same.len() * same.len()).sum();
        if (all - alike) / 2 > PAIRS_EACH * block.len() {
            let slots = block.iter().flat_map(|g| groups[*g].slots.iter().copied());
            let smaller: fn(&Prepared) -> u64 = match divide {
                Divide::ByFinding => Prepared::fine_key,
                // Divided or not, not all of them were looked at together.
                Divide::ByAll => {
                    crowded.extend(slots);
                    Prepared::exact_key
                }
                Divide::No => {
                    crowded.extend(slots);
                    return;
                }
            };
            let mut parts: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
            for g in block {
                parts.entry(smaller(&self.slot(groups[g].side.slot).one)).or_default().push(g);
            }
            for part in parts.into_values().filter(|part| part.len() > 1) {
                self.pairs_of(groups, part, divide.next(), pairs, crowded);
            }
            return;
        }
        let of: Vec<&Vec<usize>> = by_tellers.values().collect();
        for (n, ours) in of.iter().enumerate() {
            for theirs in &of[n + 1..] {
                for a in *ours {
                    pairs.extend(theirs.iter().map(|b| (*a.min(b), *a.max(b))));
                }
            }
        }
    }
}

//! What is reached from a change, merged again: groups, pairs that a rule joins, and clusters that contradict nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::blocks::Group;
use super::sides::{SIDES, Sides};
use super::{DECIDED, Merger, Touched};
use crate::fact::Evidence;
use crate::fact::{Join, Likely, Member, Strength, Verdict};
use crate::ids::EntryKey;
use crate::merge::best::fact;
use crate::merge::lookup::Lookup;
use crate::merge::rules::{RULES, judge};

/// What may be one with more than this, by any rule, is one with none of them: too many look alike.
const PARTNERS: usize = 64;

/// Two clusters of so many ways of saying it are not looked at together.
const LOOKED_AT: usize = 256;

/// A pair of groups that a rule would join.
struct Candidate {
    strength: Strength,
    rule: usize,
    a: usize,
    b: usize,
    evidence: Evidence,
}

impl Merger {
    /// Merges again what is reached from here.
    pub(super) fn merge_again<L: Lookup>(
        &mut self,
        mut reached: BTreeSet<usize>,
        touched: &mut Touched,
        lookup: &mut L,
    ) -> Result<(), L::Error> {
        self.close(&mut reached, lookup)?;
        self.hold_opponents(&reached, lookup)?;
        touched.before.extend(self.take_facts(&reached));
        let mut order: Vec<usize> = reached.into_iter().collect();
        order.sort_unstable_by(|a, b| self.slot(*a).one.member.key.cmp(&self.slot(*b).one.member.key));
        let groups = self.groups(&order);
        let (pairs, mut crowded) = self.pairs(&groups);
        let mut candidates = self.candidates(&groups, pairs);
        self.doubt(&groups, &mut candidates, &mut crowded);
        let mut clusters = self.clusters(&groups);
        self.decided(&groups, &mut clusters);
        candidates.sort_unstable_by_key(|found| (found.strength, found.rule, found.a, found.b));
        let (sure, likely): (Vec<_>, Vec<_>) =
            candidates.into_iter().partition(|found| found.strength == Strength::Same);
        let mut by_rule: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
        for found in sure {
            by_rule.entry(found.rule).or_default().push(found);
        }
        for found in by_rule.into_values() {
            self.join(&groups, found, &mut clusters, &mut crowded);
        }
        self.note_likely(&groups, likely, &clusters);
        for (cluster, joins) in clusters.held {
            if cluster.is_empty() {
                continue;
            }
            let mut sorted: Vec<&Member> = cluster.iter().map(|n| &self.slot(*n).one.member).collect();
            sorted.sort_unstable_by(|a, b| a.key.cmp(&b.key));
            let fact = fact(&sorted, joins, self.home);
            for n in &cluster {
                if let Some(slot) = self.slots[*n].as_mut() {
                    slot.fact = Some(fact.id.clone());
                }
            }
            if self.noted {
                self.looked.facts.insert(fact.id.clone());
            }
            touched.after.insert(fact.id.clone());
            self.dirty.insert(fact.kind);
            if let Some(day) = self.shot_on(&fact) {
                self.shots.entry(day).or_default().insert(fact.id.clone());
            }
            self.facts.insert(fact.id.clone(), fact);
        }
        self.crowded.extend(crowded);
        if self.noted {
            let likely = order.iter().filter_map(|n| self.likely.get(n)).flatten();
            self.looked.likely.extend(likely.cloned());
        }
        Ok(())
    }

    /// All pairs of groups that a rule joins and no veto forbids, each once; the smaller key first.
    fn candidates(&self, groups: &[Group], pairs: Vec<(usize, usize)>) -> Vec<Candidate> {
        let mut found = Vec::new();
        for (a, b) in pairs {
            let (one, other) = (&groups[a].side, &groups[b].side);
            let pair = self.pair(one, other);
            if self.held.forbid(&pair) || self.verdict(one.slot, other.slot) == Some(Verdict::Apart) {
                continue;
            }
            if let Some((rule, evidence)) = judge(&pair) {
                let sure = RULES[rule].strength == Strength::Same;
                let strength = if sure { Strength::Same } else { Strength::Likely };
                found.push(Candidate { strength, rule, a, b, evidence });
            }
        }
        found
    }

    /// Where two that contradict each other could both be meant, which of them is a guess: it becomes a question. Where too
    /// many could be meant, it is none.
    fn doubt(&self, groups: &[Group], candidates: &mut Vec<Candidate>, crowded: &mut HashSet<usize>) {
        let mut partners: HashMap<usize, Vec<usize>> = HashMap::new();
        for found in candidates.iter().filter(|found| found.strength == Strength::Same) {
            partners.entry(found.a).or_default().push(found.b);
            partners.entry(found.b).or_default().push(found.a);
        }
        let many: HashSet<usize> =
            partners.iter().filter(|(_, others)| others.len() > PARTNERS).map(|(g, _)| *g).collect();
        crowded.extend(many.iter().flat_map(|g| groups[*g].slots.iter().copied()));
        candidates.retain(|found| {
            found.strength != Strength::Same || !(many.contains(&found.a) || many.contains(&found.b))
        });
        for found in candidates.iter_mut().filter(|found| found.strength == Strength::Same) {
            let rival = |of: usize, against: usize| {
                partners.get(&of).into_iter().flatten().any(|other| {
                    *other != against
                        && !many.contains(other)
                        && self.held.forbid(&self.pair(&groups[*other].side, &groups[against].side))
                        && self.verdict(groups[*other].side.slot, groups[of].side.slot)
                            != Some(Verdict::Apart)
                })
            };
            if rival(found.a, found.b) || rival(found.b, found.a) {
                found.strength = Strength::Likely;
            }
        }
    }

    fn clusters(&self, groups: &[Group]) -> Clusters {
        Clusters {
            of: (0..groups.len()).collect(),
            groups: (0..groups.len()).map(|g| vec![g]).collect(),
            held: groups.iter().map(|group| (group.slots.clone(), group.joins.clone())).collect(),
            sides: groups.iter().map(|group| self.sides(&group.slots)).collect(),
        }
    }

    /// A person's word comes before every rule and veto.
    fn decided(&self, groups: &[Group], clusters: &mut Clusters) {
        let key = |group: &Group| &self.slot(group.side.slot).one.member.key;
        let decided = |group: &&Group| self.decisions.contains_key(key(group));
        if !groups.iter().any(|group| decided(&group)) {
            return;
        }
        let at: HashMap<&EntryKey, usize> =
            groups.iter().enumerate().map(|(g, group)| (key(group), g)).collect();
        for (g, group) in groups.iter().enumerate() {
            let key = key(group);
            for (other, verdict) in self.decisions.get(key).into_iter().flatten() {
                let Some(partner) = at.get(other).filter(|_| *verdict == Verdict::Same && key < other) else {
                    continue;
                };
                let (one, two) = (clusters.of[g], clusters.of[*partner]);
                if one != two && !self.kept_apart(&clusters.sides[one], &clusters.sides[two]) {
                    clusters.join(
                        one,
                        two,
                        Join {
                            rule: DECIDED.to_owned(),
                            strength: Strength::Same,
                            evidence: Vec::new(),
                            a: key.clone(),
                            b: other.clone(),
                        },
                    );
                }
            }
        }
    }

    /// Makes all joins of one rule. Of what they put together, whatever contradicts something stays out, so that the order of
    /// the joins decides nothing.
    fn join(
        &self,
        groups: &[Group],
        found: Vec<Candidate>,
        clusters: &mut Clusters,
        crowded: &mut HashSet<usize>,
    ) {
        let mut first: HashMap<usize, usize> = HashMap::new();
        let mut together: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for candidate in &found {
            let (a, b) = (clusters.of[candidate.a], clusters.of[candidate.b]);
            for one in [a, b] {
                first.entry(one).or_insert_with(|| {
                    together.insert(one, vec![one]);
                    one
                });
            }
            let (into, from) = (first[&a], first[&b]);
            if into == from {
                continue;
            }
            let longer = |one: &usize| together.get(one).map_or(0, Vec::len);
            let (into, from) = if longer(&into) < longer(&from) { (from, into) } else { (into, from) };
            let moved = together.remove(&from).unwrap_or_default();
            for one in &moved {
                first.insert(*one, into);
            }
            together.entry(into).or_default().extend(moved);
        }
        let mut out: HashSet<usize> = HashSet::new();
        for all in together.into_values().filter(|all| all.len() > 1) {
            let sides: usize = all.iter().map(|one| clusters.sides[*one].len()).sum();
            if sides > SIDES {
                crowded.extend(all.iter().flat_map(|one| clusters.held[*one].0.iter().copied()));
                out.extend(all);
                continue;
            }
            for (n, one) in all.iter().enumerate() {
                for other in &all[n + 1..] {
                    if self.contradict(&clusters.sides[*one], &clusters.sides[*other]) {
                        out.extend([*one, *other]);
                    }
                }
            }
        }
        let out: HashSet<usize> = out.into_iter().flat_map(|one| clusters.groups[one].clone()).collect();
        for candidate in found {
            if out.contains(&candidate.a) || out.contains(&candidate.b) {
                continue;
            }
            let (one, other) = (clusters.of[candidate.a], clusters.of[candidate.b]);
            if one != other {
                let key = |g: usize| self.slot(groups[g].side.slot).one.member.key.clone();
                let join = Join {
                    rule: RULES[candidate.rule].name.to_owned(),
                    strength: Strength::Same,
                    evidence: candidate.evidence,
                    a: key(candidate.a),
                    b: key(candidate.b),
                };
                clusters.join(one, other, join);
            }
        }
    }

    /// What may be one and was not put together, once for two clusters.
    fn note_likely(&mut self, groups: &[Group], found: Vec<Candidate>, clusters: &Clusters) {
        let mut looked: HashSet<(usize, usize)> = HashSet::new();
        for candidate in found {
            let (one, other) = (clusters.of[candidate.a], clusters.of[candidate.b]);
            if one == other
                || !looked.insert((one.min(other), one.max(other)))
                || clusters.sides[one].len() * clusters.sides[other].len() > LOOKED_AT
                || self.contradict(&clusters.sides[one], &clusters.sides[other])
            {
                continue;
            }
            let slot = groups[candidate.a].side.slot;
            let key = |g: usize| self.slot(groups[g].side.slot).one.member.key.clone();
            let likely = Likely {
                rule: RULES[candidate.rule].name.to_owned(),
                evidence: candidate.evidence,
                a: key(candidate.a),
                b: key(candidate.b),
            };
            self.likely.entry(slot).or_default().push(likely);
        }
    }
}

/// Which cluster each group is in, and what each cluster holds.
struct Clusters {
    of: Vec<usize>,
    groups: Vec<Vec<usize>>,
    held: Vec<(Vec<usize>, Vec<Join>)>,
    sides: Vec<Sides>,
}

impl Clusters {
    /// The smaller moves into the larger.
    fn join(&mut self, a: usize, b: usize, join: Join) {
        let (into, from) = if self.groups[a].len() < self.groups[b].len() { (b, a) } else { (a, b) };
        let moved = std::mem::take(&mut self.groups[from]);
        for group in &moved {
            self.of[*group] = into;
        }
        self.groups[into].extend(moved);
        let (members, joins) = std::mem::take(&mut self.held[from]);
        self.held[into].0.extend(members);
        self.held[into].1.extend(joins);
        self.held[into].1.push(join);
        let sides = std::mem::take(&mut self.sides[from]);
        self.sides[into].absorb(sides);
    }
}

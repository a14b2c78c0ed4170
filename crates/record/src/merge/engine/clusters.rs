//! What is reached from a change, merged again: groups, pairs that a rule joins, and clusters that contradict nothing.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{DECIDED, Merger, TOLD_AGAIN, Touched};
use crate::fact::{Equal, Evidence};
use crate::fact::{Join, Likely, Member, Strength, Verdict};
use crate::ids::EntryKey;
use crate::merge::best::fact;
use crate::merge::rules::{RULES, judge};

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
    pub(super) fn merge_again(&mut self, mut reached: BTreeSet<usize>, touched: &mut Touched) {
        self.close(&mut reached);
        touched.before.extend(self.take_facts(&reached));
        let mut order: Vec<usize> = reached.into_iter().collect();
        order.sort_unstable_by(|a, b| self.slot(*a).one.member.key.cmp(&self.slot(*b).one.member.key));
        let groups = self.groups(&order);
        let mut candidates = self.candidates(&groups);
        self.doubt(&groups, &mut candidates);
        let mut clusters = Clusters::new(&groups);
        self.told_again(&groups, &mut clusters);
        self.decided(&groups, &mut clusters);
        candidates.sort_unstable_by_key(|found| (found.strength, found.rule, found.a, found.b));
        for found in candidates {
            let (a, b) = (self.slot(groups[found.a][0]), self.slot(groups[found.b][0]));
            let (one, other) = (clusters.of[found.a], clusters.of[found.b]);
            let asking = found.strength != Strength::Same;
            if one == other || self.contradict(&clusters.held[one].0, &clusters.held[other].0, asking) {
                continue;
            }
            let (a, b) = (a.one.member.key.clone(), b.one.member.key.clone());
            let rule = RULES[found.rule].name.to_owned();
            if asking {
                if clusters.asked.insert((one.min(other), one.max(other))) {
                    let likely = Likely { rule, evidence: found.evidence, a, b };
                    self.likely.entry(groups[found.a][0]).or_default().push(likely);
                }
            } else {
                clusters.join(
                    one,
                    other,
                    Join { rule, strength: found.strength, evidence: found.evidence, a, b },
                );
            }
        }
        for (members, joins) in clusters.held {
            if members.is_empty() {
                continue;
            }
            let mut sorted: Vec<&Member> = members.iter().map(|n| &self.slot(*n).one.member).collect();
            sorted.sort_unstable_by(|a, b| a.key.cmp(&b.key));
            let fact = fact(&sorted, joins, self.home);
            for n in &members {
                if let Some(slot) = self.slots[*n].as_mut() {
                    slot.fact = Some(fact.id.clone());
                }
            }
            touched.after.insert(fact.id.clone());
            self.dirty.insert(fact.kind);
            if let Some(day) = self.shot_on(&fact) {
                self.shots.entry(day).or_default().insert(fact.id.clone());
            }
            self.facts.insert(fact.id.clone(), fact);
        }
    }

    /// Entries that get the same answer from every rule are looked at as one. What a person decided about stands alone.
    fn groups(&self, order: &[usize]) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut by_profile: HashMap<u64, usize> = HashMap::new();
        for n in order {
            let one = &self.slot(*n).one;
            if !one.is_state() || self.decisions.contains_key(&one.member.key) {
                groups.push(vec![*n]);
                continue;
            }
            let next = groups.len();
            let at = *by_profile.entry(one.profile).or_insert(next);
            if at == next {
                groups.push(vec![*n]);
            } else {
                groups[at].push(*n);
            }
        }
        groups
    }

    /// All pairs of groups that a rule joins and no veto forbids, each once; the smaller key first.
    fn candidates(&self, groups: &[Vec<usize>]) -> Vec<Candidate> {
        let mut firsts: HashMap<u64, u64> = HashMap::new();
        let mut shared: HashMap<(u64, u64), Vec<usize>> = HashMap::new();
        for (g, group) in groups.iter().enumerate() {
            let mut seen: Vec<(u64, u64)> = Vec::new();
            for (code, rest) in &self.slot(group[0]).keys {
                let first = *firsts.entry(*code).or_insert_with(|| self.component(*code)[0]);
                if !seen.contains(&(first, *rest)) {
                    seen.push((first, *rest));
                    shared.entry((first, *rest)).or_default().push(g);
                }
            }
        }
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for bucket in shared.values() {
            for (n, a) in bucket.iter().enumerate() {
                pairs.extend(bucket[n + 1..].iter().map(|b| (*a, *b)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut found = Vec::new();
        for (a, b) in pairs {
            let pair = self.pair(groups[a][0], groups[b][0]);
            if self.held.forbid(&pair, true)
                || self.verdict(groups[a][0], groups[b][0]) == Some(Verdict::Apart)
            {
                continue;
            }
            if let Some((rule, evidence)) = judge(&pair) {
                let sure = RULES[rule].strength == Strength::Same && !self.held.forbid(&pair, false);
                let strength = if sure { Strength::Same } else { Strength::Likely };
                found.push(Candidate { strength, rule, a, b, evidence });
            }
        }
        found
    }

    /// Where two that contradict each other could both be meant, which of them is a guess: it becomes a question.
    fn doubt(&self, groups: &[Vec<usize>], candidates: &mut [Candidate]) {
        let mut partners: HashMap<usize, Vec<usize>> = HashMap::new();
        for found in candidates.iter().filter(|found| found.strength == Strength::Same) {
            partners.entry(found.a).or_default().push(found.b);
            partners.entry(found.b).or_default().push(found.a);
        }
        for found in candidates.iter_mut().filter(|found| found.strength == Strength::Same) {
            let rival = |of: usize, against: usize| {
                partners.get(&of).into_iter().flatten().any(|other| {
                    *other != against
                        && self.held.forbid(&self.pair(groups[*other][0], groups[against][0]), false)
                        && self.verdict(groups[*other][0], groups[of][0]) != Some(Verdict::Apart)
                })
            };
            if rival(found.a, found.b) || rival(found.b, found.a) {
                found.strength = Strength::Likely;
            }
        }
    }

    /// Members of one group were told again by the same server.
    fn told_again(&self, groups: &[Vec<usize>], clusters: &mut Clusters) {
        for (g, group) in groups.iter().enumerate() {
            for pair in group.windows(2) {
                let (a, b) = (&self.slot(pair[0]).one.member, &self.slot(pair[1]).one.member);
                clusters.held[g].1.push(Join {
                    rule: TOLD_AGAIN.to_owned(),
                    strength: Strength::Same,
                    evidence: vec![("title".to_owned(), Equal::Title(a.entry.called()))],
                    a: a.key.clone(),
                    b: b.key.clone(),
                });
            }
        }
    }

    /// A person's word comes before every rule and veto.
    fn decided(&self, groups: &[Vec<usize>], clusters: &mut Clusters) {
        let at: HashMap<&EntryKey, usize> =
            groups.iter().enumerate().map(|(g, group)| (&self.slot(group[0]).one.member.key, g)).collect();
        for (g, group) in groups.iter().enumerate() {
            let key = &self.slot(group[0]).one.member.key;
            for (other, verdict) in self.decisions.get(key).into_iter().flatten() {
                let Some(partner) = at.get(other).filter(|_| *verdict == Verdict::Same && key < other) else {
                    continue;
                };
                let (one, two) = (clusters.of[g], clusters.of[*partner]);
                if one != two && !self.kept_apart(&clusters.held[one].0, &clusters.held[two].0) {
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

    fn verdict(&self, a: usize, b: usize) -> Option<Verdict> {
        let partners = self.decisions.get(&self.slot(a).one.member.key)?;
        partners.get(&self.slot(b).one.member.key).copied()
    }

    fn kept_apart(&self, a: &[usize], b: &[usize]) -> bool {
        a.iter().any(|one| b.iter().any(|other| self.verdict(*one, *other) == Some(Verdict::Apart)))
    }

    /// Told again and again, a group's first speaks for it: only the first of each profile is compared.
    pub(super) fn contradict(&self, a: &[usize], b: &[usize], asking: bool) -> bool {
        let firsts = |members: &[usize]| {
            let mut seen = HashSet::new();
            members.iter().copied().filter(|n| seen.insert(self.slot(*n).one.profile)).collect::<Vec<_>>()
        };
        let (x, y) = (firsts(a), firsts(b));
        x.iter().any(|one| y.iter().any(|other| self.held.forbid(&self.pair(*one, *other), asking)))
            || self.kept_apart(a, b)
    }
}

/// Which cluster each group is in, and what each cluster holds.
struct Clusters {
    of: Vec<usize>,
    groups: Vec<Vec<usize>>,
    held: Vec<(Vec<usize>, Vec<Join>)>,
    asked: HashSet<(usize, usize)>,
}

impl Clusters {
    fn new(groups: &[Vec<usize>]) -> Clusters {
        Clusters {
            of: (0..groups.len()).collect(),
            groups: (0..groups.len()).map(|g| vec![g]).collect(),
            held: groups.iter().map(|group| (group.clone(), Vec::new())).collect(),
            asked: HashSet::new(),
        }
    }

    fn join(&mut self, a: usize, b: usize, join: Join) {
        let (into, from) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut self.groups[from]);
        for group in &moved {
            self.of[*group] = into;
        }
        self.groups[into].extend(moved);
        let (members, joins) = std::mem::take(&mut self.held[from]);
        self.held[into].0.extend(members);
        self.held[into].1.extend(joins);
        self.held[into].1.push(join);
    }
}

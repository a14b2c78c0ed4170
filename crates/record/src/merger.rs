//! One person's entries as facts, kept while entries come and go.
//!
//! Entries that could be joined share a key ([`Prepared::keys`]). Whatever is reached from a changed entry over shared
//! keys is merged again, and nothing else can be concerned: so what grew step by step equals what is merged at once.
//!
//! A fact is never a chain: two clusters become one only if no member of one contradicts any member of the other.
//! Which of two possible joins comes first is decided by rule and key, never by the order of arrival.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use chrono_tz::Tz;
use wholechart_fhir::{Entry, Kind};

use crate::codes::{Bridges, Code, component, hash};
use crate::conflict::{self, BLOOD_GROUP, Record, Told, of_these};
use crate::merge::fact;
use crate::prepared::Prepared;
use crate::rules::{CLAIM_OF_VISIT, Evidence, Held, LOINC, Pair, RULES, claim_of_visit, judge};
use crate::{
    About, Conflict, ConnectionId, Decision, EntryKey, Fact, FactId, Join, Likely, Member, Question,
    Strength, Verdict,
};

/// What a person's decision is called among the rules of a join; its sentence is `join-decided`.
pub const DECIDED: &str = "decided";

/// All entries of one person, the facts they make, and what a person decided about them.
#[derive(Debug)]
pub struct Merger {
    home: Tz,
    held: Held,
    index: HashMap<EntryKey, usize>,
    slots: Vec<Option<Slot>>,
    free: Vec<usize>,
    buckets: HashMap<(u64, u64), Vec<usize>>,
    by_code: HashMap<u64, Vec<usize>>,
    bridges: Bridges,
    decisions: BTreeMap<EntryKey, BTreeMap<EntryKey, Verdict>>,
    facts: BTreeMap<FactId, Fact>,
    /// Vaccines by the day they were given on ([`Told::day`]).
    shots: BTreeMap<i64, BTreeSet<FactId>>,
    /// Facts that were taken away by the change that is under way.
    taken: BTreeMap<FactId, Fact>,
    /// By the slot of the smaller key.
    likely: HashMap<usize, Vec<Likely>>,
    /// Who was asked for allergies and answered.
    listing: BTreeSet<ConnectionId>,
    /// Disagreements between facts, by what they are about and between which; and those of each fact.
    conflicts: BTreeMap<Between, Conflict>,
    conflicts_of: HashMap<FactId, BTreeSet<Between>>,
    /// Kinds of facts that were taken away or put together since disagreements were last looked for.
    dirty: BTreeSet<Kind>,
}

/// What a disagreement is about, and between which facts.
type Between = (About, Vec<FactId>);

#[derive(Debug)]
struct Slot {
    one: Prepared,
    keys: Vec<(u64, u64)>,
    fact: Option<FactId>,
}

/// What a change did to the facts. A fact of the same id may be in both; one that is what it was is in neither.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Facts that were there before and are another thing now, or gone.
    pub before: BTreeSet<FactId>,
    /// Facts that were put together and were not there before, or were another thing.
    pub after: BTreeSet<FactId>,
}

/// A pair of groups that a rule would join.
struct Candidate {
    strength: Strength,
    rule: usize,
    a: usize,
    b: usize,
    evidence: Evidence,
}

impl Merger {
    /// Without entries. `home` is the person's time zone: it decides the day of an instant stated as UTC.
    pub fn new(home: Tz) -> Merger {
        Merger {
            home,
            held: Held::ALL,
            index: HashMap::new(),
            slots: Vec::new(),
            free: Vec::new(),
            buckets: HashMap::new(),
            by_code: HashMap::new(),
            bridges: Bridges::default(),
            decisions: BTreeMap::new(),
            facts: BTreeMap::new(),
            shots: BTreeMap::new(),
            taken: BTreeMap::new(),
            likely: HashMap::new(),
            listing: BTreeSet::new(),
            conflicts: BTreeMap::new(),
            conflicts_of: HashMap::new(),
            dirty: BTreeSet::new(),
        }
    }

    /// As [`Merger::new`], but the veto of this name is not heeded: to measure what it is worth.
    pub fn without_veto(home: Tz, name: &str) -> Merger {
        Merger { held: Held::without(name), ..Merger::new(home) }
    }

    /// All facts by their ids.
    pub fn facts(&self) -> &BTreeMap<FactId, Fact> {
        &self.facts
    }

    /// An entry that is here, without what merging does not need: details, people, notes, files and the like.
    pub fn entry(&self, key: &EntryKey) -> Option<&Entry> {
        self.get(key).map(|one| &one.member.entry)
    }

    /// The fact that an entry is in.
    pub fn fact_of(&self, key: &EntryKey) -> Option<&FactId> {
        self.slots[*self.index.get(key)?].as_ref()?.fact.as_ref()
    }

    /// All facts, sorted by id.
    pub fn into_facts(self) -> Vec<Fact> {
        self.facts.into_values().collect()
    }

    /// Entries that came or changed, and keys of entries that went.
    pub fn update(&mut self, came: Vec<Member>, went: &[EntryKey]) -> Touched {
        let came: Vec<Slot> = came
            .into_iter()
            .map(|member| {
                let one = Prepared::new(member, self.home);
                Slot { keys: one.keys(), one, fact: None }
            })
            .collect();
        let old: BTreeSet<usize> = came
            .iter()
            .map(|slot| &slot.one.member.key)
            .chain(went)
            .filter_map(|key| self.index.get(key).copied())
            .collect();

        // Codes whose bridges appear or fall: all that go by them may meet others now.
        let mut delta: HashMap<(u64, u64), i64> = HashMap::new();
        for slot in &came {
            for pair in slot.one.bridges() {
                *delta.entry(pair).or_default() += 1;
            }
        }
        for pair in old.iter().filter_map(|n| self.slots[*n].as_ref()).flat_map(|slot| slot.one.bridges()) {
            *delta.entry(pair).or_default() -= 1;
        }
        let moved: BTreeSet<u64> = delta
            .iter()
            .filter(|((a, b), change)| {
                let before = i64::from(self.bridges.count(*a, *b));
                (before == 0) != (before + **change == 0)
            })
            .flat_map(|((a, b), _)| [*a, *b])
            .collect();

        let mut reached = old.clone();
        self.by_codes(&moved, &mut reached);
        self.close(&mut reached);
        let mut touched = Touched { before: self.take_facts(&reached), after: BTreeSet::new() };

        for n in &old {
            self.remove(*n);
            reached.remove(n);
        }
        for (pair, change) in delta {
            self.bridges.change(pair.0, pair.1, change);
        }
        for slot in came {
            reached.insert(self.insert(slot));
        }
        self.by_codes(&moved, &mut reached);
        self.merge_again(reached, &mut touched);
        self.finish(touched)
    }

    /// Who was asked for allergies and answered to the end: their silence about one says something.
    pub fn listing_allergies(&mut self, who: BTreeSet<ConnectionId>) -> Touched {
        let mut touched = Touched::default();
        if who != self.listing {
            self.listing = who;
            self.dirty.insert(Kind::Allergy);
            self.disagree(&mut touched);
        }
        touched
    }

    /// Where providers disagree, each once; sorted by what about, then by fact.
    pub fn conflicts(&self) -> Vec<&Conflict> {
        let mut all: Vec<&Conflict> = self
            .facts
            .iter()
            .flat_map(|(id, fact)| fact.conflicts.iter().filter(move |one| one.facts.first() == Some(id)))
            .collect();
        all.sort_by(|a, b| (a.about, &a.facts).cmp(&(b.about, &b.facts)));
        all
    }

    /// What a person decided; a later decision about the same two replaces the earlier one. Decisions about entries
    /// that are not here wait for them.
    pub fn decide(&mut self, decisions: &[Decision]) -> Touched {
        for decision in decisions {
            for (one, other) in [(&decision.a, &decision.b), (&decision.b, &decision.a)] {
                self.decisions.entry(one.clone()).or_default().insert(other.clone(), decision.verdict);
            }
        }
        self.about(decisions)
    }

    /// Takes decisions back: the rules speak again.
    pub fn forget(&mut self, pairs: &[(EntryKey, EntryKey)]) -> Touched {
        let mut touched: BTreeSet<usize> = BTreeSet::new();
        for (a, b) in pairs {
            touched.extend([a, b].into_iter().filter_map(|key| self.index.get(key)));
        }
        self.close(&mut touched);
        let mut changed = Touched { before: self.take_facts(&touched), after: BTreeSet::new() };
        for (a, b) in pairs {
            for (one, other) in [(a, b), (b, a)] {
                if let Some(partners) = self.decisions.get_mut(one) {
                    partners.remove(other);
                    if partners.is_empty() {
                        self.decisions.remove(one);
                    }
                }
            }
        }
        self.merge_again(touched, &mut changed);
        self.finish(changed)
    }

    fn about(&mut self, decisions: &[Decision]) -> Touched {
        let reached: BTreeSet<usize> = decisions
            .iter()
            .flat_map(|decision| [&decision.a, &decision.b])
            .filter_map(|key| self.index.get(key).copied())
            .collect();
        let mut touched = Touched::default();
        self.merge_again(reached, &mut touched);
        self.finish(touched)
    }

    /// What waits for an answer, so that one answer settles many. Something that is so and that several name each in
    /// their own way is one question. What two tellers call by the same words is one question for both of them; of what
    /// happened, the name asks for all days.
    pub fn questions(&self) -> Vec<Question> {
        let mut pairs: Vec<&Likely> = self.likely.values().flatten().collect();
        pairs.sort_unstable_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        let things = self.things(&pairs);
        let own_words: HashSet<&FactId> = pairs
            .iter()
            .filter(|pair| !self.same_words(pair))
            .filter_map(|pair| things.get(self.fact_of(&pair.a)?).copied())
            .collect();
        let mut all: BTreeMap<String, Question> = BTreeMap::new();
        for pair in pairs {
            let (Some(one), Some(other)) = (self.get(&pair.a), self.get(&pair.b)) else { continue };
            let thing = self.fact_of(&pair.a).and_then(|fact| things.get(fact));
            let mut titles = [one.bag.as_str(), other.bag.as_str()];
            titles.sort_unstable();
            // The teller is part of it, because one provider may be careless with a code where another is not.
            let mut tellers = [pair.a.connection.0.as_str(), pair.b.connection.0.as_str()];
            tellers.sort_unstable();
            let kind = one.kind().as_str();
            let id = match thing {
                Some(thing) if own_words.contains(thing) => hash(&["thing", &thing.0]),
                _ if self.same_words(pair) => hash(&["words", tellers[0], tellers[1]]),
                _ => hash(&[kind, titles[0], titles[1], tellers[0], tellers[1]]),
            };
            let id = format!("{id:016x}");
            all.entry(id.clone())
                .or_insert_with(|| Question {
                    id,
                    kind: one.kind(),
                    rule: pair.rule.clone(),
                    titles: (one.member.entry.title.clone(), other.member.entry.title.clone()),
                    pairs: Vec::new(),
                })
                .pairs
                .push((*pair).clone());
        }
        all.into_values().collect()
    }

    fn same_words(&self, pair: &Likely) -> bool {
        matches!((self.get(&pair.a), self.get(&pair.b)), (Some(one), Some(other)) if !one.bag.is_empty() && one.bag == other.bag)
    }

    /// Of every fact of something that is so and may be another one: the first of all those that may be the same. What
    /// contradicts one of them is not among them.
    fn things<'m>(&'m self, pairs: &[&Likely]) -> BTreeMap<&'m FactId, &'m FactId> {
        let mut first: BTreeMap<&FactId, &FactId> = BTreeMap::new();
        let mut held: BTreeMap<&FactId, Vec<&FactId>> = BTreeMap::new();
        let slots = |facts: &[&FactId]| -> Vec<usize> {
            let members = facts.iter().filter_map(|id| self.facts.get(*id)).flat_map(|fact| &fact.members);
            members.filter_map(|key| self.index.get(key).copied()).collect()
        };
        for pair in pairs.iter().filter(|pair| self.get(&pair.a).is_some_and(Prepared::is_state)) {
            let (Some(one), Some(other)) = (self.fact_of(&pair.a), self.fact_of(&pair.b)) else { continue };
            let a = *first.entry(one).or_insert(one);
            let b = *first.entry(other).or_insert(other);
            let (ours, theirs) = (
                held.get(a).cloned().unwrap_or_else(|| vec![a]),
                held.get(b).cloned().unwrap_or_else(|| vec![b]),
            );
            if a == b || self.contradict(&slots(&ours), &slots(&theirs), true) {
                continue;
            }
            let (into, from) = (a.min(b), a.max(b));
            held.remove(from);
            let all: Vec<&FactId> = ours.into_iter().chain(theirs).collect();
            for id in &all {
                first.insert(id, into);
            }
            held.insert(into, all);
        }
        first
    }

    fn told<'m>(&'m self, fact: &'m Fact) -> Told<'m> {
        Told {
            id: &fact.id,
            kind: fact.kind,
            status: fact.status_group,
            members: fact.members.iter().filter_map(|key| self.get(key)).collect(),
        }
    }

    /// What follows from facts that were put together again; which of them are another thing now.
    fn finish(&mut self, mut touched: Touched) -> Touched {
        self.relate(&touched);
        self.disagree(&mut touched);
        for (id, before) in std::mem::take(&mut self.taken) {
            if self.facts.get(&id) == Some(&before) {
                touched.before.remove(&id);
                touched.after.remove(&id);
            }
        }
        touched
    }

    fn shot_on(&self, fact: &Fact) -> Option<i64> {
        if fact.kind == Kind::Vaccine { self.told(fact).day() } else { None }
    }

    /// Shows claims with the visits they are about. Both kinds are found by their days, so whatever may be related to a
    /// fact that was put together again was put together again with it.
    fn relate(&mut self, touched: &Touched) {
        let claims = touched.after.iter().filter_map(|id| self.facts.get(id));
        let mut found: BTreeMap<FactId, Vec<Join>> = BTreeMap::new();
        for claim in claims.filter(|fact| fact.kind == Kind::Claim) {
            let told = self.told(claim);
            for visit in self.near(&told).into_iter().filter(|other| other.kind == Kind::Visit) {
                let pairs = told.members.iter().flat_map(|a| visit.members.iter().map(move |b| (*a, *b)));
                let first = pairs
                    .filter_map(|(a, b)| {
                        let evidence = claim_of_visit(&Record::pair(self, a, b))?;
                        Some((a.member.key.clone(), b.member.key.clone(), evidence))
                    })
                    .min_by(|x, y| (&x.0, &x.1).cmp(&(&y.0, &y.1)));
                let Some((a, b, evidence)) = first else { continue };
                let join =
                    Join { rule: CLAIM_OF_VISIT.to_owned(), strength: Strength::Related, evidence, a, b };
                let back = Join { a: join.b.clone(), b: join.a.clone(), ..join.clone() };
                found.entry(claim.id.clone()).or_default().push(join);
                found.entry(visit.id.clone()).or_default().push(back);
            }
        }
        for (id, mut related) in found {
            related.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
            if let Some(fact) = self.facts.get_mut(&id) {
                fact.related = related;
            }
        }
    }

    fn told_of(&self, kind: Kind) -> Vec<Told<'_>> {
        self.facts.values().filter(|fact| fact.kind == kind).map(|fact| self.told(fact)).collect()
    }

    /// Finds the disagreements between facts again: of those that were put together again, because whatever shares a
    /// key with one of them was, too; those about allergies and people as a whole, when any of these changed.
    fn disagree(&mut self, touched: &mut Touched) {
        let dirty = std::mem::take(&mut self.dirty);
        if dirty.is_empty() {
            return;
        }
        let allergies = dirty.contains(&Kind::Allergy);
        let people = dirty.contains(&Kind::Patient);
        let whole = |about: About| match about {
            About::AllergyNotListed => allergies,
            About::BirthDate => people,
            About::BloodGroup => true,
            _ => false,
        };
        let mut stale: BTreeSet<Between> = touched
            .before
            .union(&touched.after)
            .filter_map(|id| self.conflicts_of.get(id))
            .flatten()
            .filter(|between| between.0.is_of_these())
            .cloned()
            .collect();
        stale.extend(self.conflicts.keys().filter(|between| whole(between.0)).cloned());

        let again: Vec<Told<'_>> =
            touched.after.iter().filter_map(|id| self.facts.get(id)).map(|fact| self.told(fact)).collect();
        let mut found = of_these(self, &again);
        if allergies {
            conflict::allergies(&self.told_of(Kind::Allergy), &self.listing, &mut found);
        }
        if people {
            conflict::people(&self.told_of(Kind::Patient), &mut found);
        }
        conflict::blood_groups(&self.blood(), &mut found);
        let mut fresh: BTreeMap<Between, Conflict> =
            found.into_iter().map(|one| ((one.about, one.facts.clone()), one)).collect();

        let mut concerned: BTreeSet<FactId> =
            touched.after.iter().filter(|id| self.conflicts_of.contains_key(*id)).cloned().collect();
        for between in stale {
            if fresh.get(&between).is_some_and(|same| self.conflicts.get(&between) == Some(same)) {
                fresh.remove(&between);
                continue;
            }
            self.conflicts.remove(&between);
            for id in &between.1 {
                if let Some(own) = self.conflicts_of.get_mut(id) {
                    own.remove(&between);
                    if own.is_empty() {
                        self.conflicts_of.remove(id);
                    }
                }
            }
            concerned.extend(between.1);
        }
        for (between, conflict) in fresh {
            for id in &between.1 {
                self.conflicts_of.entry(id.clone()).or_default().insert(between.clone());
                concerned.insert(id.clone());
            }
            self.conflicts.insert(between, conflict);
        }
        for id in concerned {
            let Some(fact) = self.facts.get_mut(&id) else { continue };
            let own = self.conflicts_of.get(&id).into_iter().flatten();
            fact.conflicts.retain(|conflict| conflict.about == About::Status);
            fact.conflicts.extend(own.filter_map(|between| self.conflicts.get(between)).cloned());
            if touched.after.insert(id.clone()) {
                touched.before.insert(id);
            }
        }
    }

    /// Entries that tell a blood group, with their facts.
    fn blood(&self) -> Vec<(&FactId, &Prepared)> {
        let slots: BTreeSet<usize> = BLOOD_GROUP
            .iter()
            .filter_map(|code| Code::new(LOINC, code))
            .flat_map(|code| self.by_code.get(&code.id).into_iter().flatten().copied())
            .collect();
        let told = slots.into_iter().map(|n| self.slot(n));
        told.filter_map(|slot| Some((slot.fact.as_ref()?, &slot.one))).collect()
    }

    fn get(&self, key: &EntryKey) -> Option<&Prepared> {
        self.slots[*self.index.get(key)?].as_ref().map(|slot| &slot.one)
    }

    fn slot(&self, n: usize) -> &Slot {
        self.slots[n].as_ref().expect("only slots that hold an entry are in an index")
    }

    fn insert(&mut self, slot: Slot) -> usize {
        let n = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            self.slots.len() - 1
        });
        for key in &slot.keys {
            self.buckets.entry(*key).or_default().push(n);
        }
        for code in slot.codes() {
            self.by_code.entry(code).or_default().push(n);
        }
        self.index.insert(slot.one.member.key.clone(), n);
        self.slots[n] = Some(slot);
        n
    }

    fn remove(&mut self, n: usize) {
        let Some(slot) = self.slots[n].take() else { return };
        for key in &slot.keys {
            drop_from(&mut self.buckets, key, n);
        }
        for code in slot.codes() {
            drop_from(&mut self.by_code, &code, n);
        }
        self.index.remove(&slot.one.member.key);
        self.free.push(n);
    }

    /// Everything that goes by one of these codes, or by what they lead to.
    fn by_codes(&self, codes: &BTreeSet<u64>, reached: &mut BTreeSet<usize>) {
        let mut seen = HashSet::new();
        for code in codes {
            if seen.contains(code) {
                continue;
            }
            for code in self.component(*code) {
                seen.insert(code);
                reached.extend(self.by_code.get(&code).into_iter().flatten());
            }
        }
    }

    fn component(&self, code: u64) -> Vec<u64> {
        component(code, |code, next| next.extend(self.bridges.beside(code)))
    }

    /// Adds everything that can be reached over shared keys and decisions.
    fn close(&self, reached: &mut BTreeSet<usize>) {
        let mut components: HashMap<u64, Rc<[u64]>> = HashMap::new();
        let mut asked: HashSet<(u64, u64)> = HashSet::new();
        let mut open: Vec<usize> = reached.iter().copied().collect();
        while let Some(n) = open.pop() {
            let slot = self.slot(n);
            for (code, rest) in &slot.keys {
                let codes =
                    Rc::clone(components.entry(*code).or_insert_with(|| self.component(*code).into()));
                if !asked.insert((codes[0], *rest)) {
                    continue;
                }
                for code in &*codes {
                    for other in self.buckets.get(&(*code, *rest)).into_iter().flatten() {
                        if reached.insert(*other) {
                            open.push(*other);
                        }
                    }
                }
            }
            let partners = self.decisions.get(&slot.one.member.key);
            for key in partners.into_iter().flat_map(BTreeMap::keys) {
                if let Some(other) = self.index.get(key).filter(|other| reached.insert(**other)) {
                    open.push(*other);
                }
            }
        }
    }

    /// Takes the facts of these slots away.
    fn take_facts(&mut self, reached: &BTreeSet<usize>) -> BTreeSet<FactId> {
        let mut taken = BTreeSet::new();
        for n in reached {
            self.likely.remove(n);
            if let Some(id) = self.slots[*n].as_mut().and_then(|slot| slot.fact.take())
                && let Some(fact) = self.facts.remove(&id)
            {
                self.dirty.insert(fact.kind);
                if let Some(day) = self.shot_on(&fact)
                    && let Some(shots) = self.shots.get_mut(&day)
                {
                    shots.remove(&id);
                    if shots.is_empty() {
                        self.shots.remove(&day);
                    }
                }
                taken.insert(id.clone());
                self.taken.insert(id, fact);
            }
        }
        taken
    }

    /// Merges again what is reached from here.
    fn merge_again(&mut self, mut reached: BTreeSet<usize>, touched: &mut Touched) {
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

    fn pair(&self, a: usize, b: usize) -> Pair<'_> {
        Pair { a: &self.slot(a).one, b: &self.slot(b).one, bridges: &self.bridges }
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
                    evidence: vec![("title".to_owned(), a.entry.title.clone())],
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
    fn contradict(&self, a: &[usize], b: &[usize], asking: bool) -> bool {
        let firsts = |members: &[usize]| {
            let mut seen = HashSet::new();
            members.iter().copied().filter(|n| seen.insert(self.slot(*n).one.profile)).collect::<Vec<_>>()
        };
        let (x, y) = (firsts(a), firsts(b));
        x.iter().any(|one| y.iter().any(|other| self.held.forbid(&self.pair(*one, *other), asking)))
            || self.kept_apart(a, b)
    }
}

impl Record for Merger {
    fn near<'m>(&'m self, one: &Told<'m>) -> Vec<Told<'m>> {
        let mut facts: BTreeSet<&FactId> = BTreeSet::new();
        for member in &one.members {
            let Some(n) = self.index.get(&member.member.key) else { continue };
            for (code, rest) in &self.slot(*n).keys {
                for code in self.component(*code) {
                    let others = self.buckets.get(&(code, *rest)).into_iter().flatten();
                    facts.extend(others.filter_map(|other| self.slot(*other).fact.as_ref()));
                }
            }
        }
        facts.into_iter().filter_map(|id| self.facts.get(id)).map(|fact| self.told(fact)).collect()
    }

    fn shots_near<'m>(&'m self, one: &Told<'m>, days: i64) -> Vec<Told<'m>> {
        let Some(own) = one.day() else { return Vec::new() };
        let around = self.shots.range(own - days..=own + days).flat_map(|(_, facts)| facts);
        let others: Vec<Told<'m>> = around
            .filter(|id| *id != one.id)
            .filter_map(|id| self.facts.get(id))
            .map(|fact| self.told(fact))
            .collect();
        if others.is_empty() {
            return others;
        }
        let codes: BTreeSet<u64> = one
            .members
            .iter()
            .flat_map(|member| &member.codes)
            .flat_map(|code| self.component(code.id))
            .collect();
        let shares = |told: &Told<'_>| {
            told.members.iter().flat_map(|member| &member.codes).any(|code| codes.contains(&code.id))
        };
        others.into_iter().filter(shares).collect()
    }

    fn pair<'m>(&'m self, a: &'m Prepared, b: &'m Prepared) -> Pair<'m> {
        Pair { a, b, bridges: &self.bridges }
    }
}

/// One server lists the same statement more than once.
pub const TOLD_AGAIN: &str = "told-again";

impl Slot {
    /// What it goes by: codes of its keys, and those of an entry that has no key, because it has no day.
    fn codes(&self) -> BTreeSet<u64> {
        self.keys.iter().map(|(code, _)| *code).chain(self.one.codes.iter().map(|code| code.id)).collect()
    }
}

fn drop_from<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Vec<usize>>, key: &K, n: usize) {
    if let Some(bucket) = map.get_mut(key) {
        bucket.retain(|other| *other != n);
        if bucket.is_empty() {
            map.remove(key);
        }
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

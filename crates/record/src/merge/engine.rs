//! One person's entries as facts, kept while entries come and go.
//!
//! Entries that could be joined share a key ([`Prepared::keys`]). Whatever is reached from a changed entry over shared
//! keys is merged again, and nothing else can be concerned: so what grew step by step equals what is merged at once.
//!
//! A fact is never a chain: clusters become one only if no member of one contradicts any member of another. All joins of
//! one rule are made at once, and what contradicts something among them stays out, so neither the order of arrival nor what
//! the entries are called by their servers decides anything.
//!
//! Cost is bounded: what is equal in every byte is put together by its hash; of everything else a block of entries that
//! share a key is looked at pair by pair only as far as [`PAIRS_EACH`] allows. A larger one is divided by what its entries
//! say, and where that does not help, stays apart as a whole ([`Merger::crowded`]).

mod blocks;
mod clusters;
mod disagree;
mod sides;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono_tz::Tz;
use wholechart_fhir::{Entry, Kind};

use crate::conflict::find::{Record as _, Told};
use crate::conflict::{About, Conflict};
use crate::fact::{Decision, Fact, Join, Likely, Member, Strength, Verdict};
use crate::ids::{ConnectionId, EntryKey, FactId};
use crate::merge::codes::{Together, component};
use crate::merge::known::Known;
use crate::merge::prepared::Prepared;
use crate::merge::rules::{CLAIM_OF_VISIT, Held, Pair, claim_of_visit};
use disagree::Around;

/// One server lists the same statement more than once.
pub const TOLD_AGAIN: &str = "told-again";

/// What a person's decision is called among the rules of a join; its sentence is `join-decided`.
pub const DECIDED: &str = "decided";

/// What a disagreement is about, and between which facts.
type Between = (About, Vec<FactId>);

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
    known: Known,
    /// Slots that stood in a block too large to be looked at.
    crowded: HashSet<usize>,
    /// How often two entries were looked at together.
    compared: AtomicU64,
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

#[derive(Debug)]
struct Slot {
    /// In a place of its own: it is large, and slots are moved.
    one: Box<Prepared>,
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
            known: Known::default(),
            crowded: HashSet::new(),
            compared: AtomicU64::new(0),
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

    /// Facts that look like so many others that they were left apart unseen: whether some of them are one is not known.
    pub fn crowded(&self) -> BTreeSet<&FactId> {
        self.crowded.iter().filter_map(|n| self.slots.get(*n)?.as_ref()?.fact.as_ref()).collect()
    }

    /// How often two entries were looked at together since the start: what merging costs, on any computer.
    pub fn comparisons(&self) -> u64 {
        self.compared.load(Ordering::Relaxed)
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
                let one = Box::new(Prepared::new(member, self.home));
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
        let mut delta: HashMap<Together, i64> = HashMap::new();
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
            .filter(|(pair, change)| {
                let before = i64::from(self.known.bridges.count(**pair));
                (before == 0) != (before + **change == 0)
            })
            .flat_map(|(pair, _)| self.known.bridges.concerned(*pair))
            .collect();

        let mut reached = old.clone();
        self.by_codes(&moved, &mut reached);
        self.close(&mut reached);
        let mut touched = Touched { before: self.take_facts(&reached), after: BTreeSet::new() };

        self.remove(&old);
        for n in &old {
            reached.remove(n);
        }
        for (pair, change) in delta {
            self.known.bridges.change(pair, change);
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

    /// Where providers disagree, each once, without what another one tells; sorted by what about, then by fact.
    pub fn conflicts(&self) -> Vec<&Conflict> {
        let mut all: Vec<&Conflict> = self
            .facts
            .iter()
            .flat_map(|(id, fact)| {
                let own = fact.conflicts.iter().filter(move |one| one.facts.first() == Some(id));
                own.filter(|one| !fact.conflicts.iter().any(|other| one.is_told_by(other)))
            })
            .collect();
        all.sort_by(|a, b| (a.about, &a.facts).cmp(&(b.about, &b.facts)));
        all
    }

    /// Facts that are probably one and were not put together, an entry of each; sorted. None of them contradicts the other.
    pub fn likely(&self) -> Vec<&Likely> {
        let mut pairs: Vec<&Likely> = self.likely.values().flatten().collect();
        pairs.sort_unstable_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        pairs
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

    /// Shows claims with the visits they are about. Both kinds are found by their days and people, so whatever may be related
    /// to a fact that was put together again was put together again with it.
    fn relate(&mut self, touched: &Touched) {
        let around = Around::new(self);
        let claims = touched.after.iter().filter_map(|id| self.facts.get(id));
        let mut found: BTreeMap<FactId, Vec<Join>> = BTreeMap::new();
        for claim in claims.filter(|fact| fact.kind == Kind::Claim) {
            let told = self.told(claim);
            for visit in around.near(&told).into_iter().filter(|other| other.kind == Kind::Visit) {
                let pairs = told.members.iter().flat_map(|a| visit.members.iter().map(move |b| (*a, *b)));
                let first = pairs
                    .filter_map(|(a, b)| {
                        let evidence = claim_of_visit(&around.pair(a, b))?;
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

    fn get(&self, key: &EntryKey) -> Option<&Prepared> {
        self.slots[*self.index.get(key)?].as_ref().map(|slot| &*slot.one)
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
        for code in &slot.one.codes {
            self.by_code.entry(code.id).or_default().push(n);
        }
        self.known.numbers.change(&slot.one, true);
        self.index.insert(slot.one.member.key.clone(), n);
        self.slots[n] = Some(slot);
        n
    }

    /// Each list that they are in is gone through once, however many go.
    fn remove(&mut self, gone: &BTreeSet<usize>) {
        let (mut keys, mut codes) = (BTreeSet::new(), BTreeSet::new());
        for n in gone {
            let Some(slot) = self.slots[*n].take() else { continue };
            self.known.numbers.change(&slot.one, false);
            codes.extend(slot.one.codes.iter().map(|code| code.id));
            keys.extend(slot.keys);
            self.index.remove(&slot.one.member.key);
            self.crowded.remove(n);
            self.free.push(*n);
        }
        for key in keys {
            drop_from(&mut self.buckets, &key, gone);
        }
        for code in codes {
            drop_from(&mut self.by_code, &code, gone);
        }
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
        component(code, |code, next| next.extend(self.known.bridges.beside(code)))
    }

    /// The codes that `code` leads to, found once for all of them.
    fn component_in(&self, code: u64, known: &mut HashMap<u64, Rc<[u64]>>) -> Rc<[u64]> {
        if let Some(codes) = known.get(&code) {
            return Rc::clone(codes);
        }
        let codes: Rc<[u64]> = self.component(code).into();
        for code in &*codes {
            known.insert(*code, Rc::clone(&codes));
        }
        codes
    }

    /// Adds everything that can be reached over shared keys and decisions.
    fn close(&self, reached: &mut BTreeSet<usize>) {
        if reached.len() == self.index.len() {
            return;
        }
        let mut components: HashMap<u64, Rc<[u64]>> = HashMap::new();
        let mut asked: HashSet<(u64, u64)> = HashSet::new();
        let mut open: Vec<usize> = reached.iter().copied().collect();
        while let Some(n) = open.pop() {
            let slot = self.slot(n);
            for (code, rest) in &slot.keys {
                let codes = self.component_in(*code, &mut components);
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
            self.crowded.remove(n);
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

    /// Two entries looked at together.
    fn look<'m>(&'m self, a: &'m Prepared, b: &'m Prepared) -> Pair<'m> {
        self.compared.fetch_add(1, Ordering::Relaxed);
        Pair::of(a, b, &self.known)
    }
}

fn drop_from<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Vec<usize>>, key: &K, gone: &BTreeSet<usize>) {
    if let Some(bucket) = map.get_mut(key) {
        bucket.retain(|other| !gone.contains(other));
        if bucket.is_empty() {
            map.remove(key);
        }
    }
}

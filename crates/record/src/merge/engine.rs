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

use crate::conflict::find::{DAYS_APART, Record as _, Told};
use crate::conflict::{About, Conflict};
use crate::fact::{Decision, Fact, Join, Likely, Member, Strength, Verdict};
use crate::ids::{ConnectionId, EntryKey, FactId};
use crate::merge::codes::{Code, Together, component};
use crate::merge::known::Known;
use crate::merge::lookup::{Filed, Lookup, Nowhere, Number, of_code, of_kind, of_shot};
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
    /// Where not everything that there is is here: what was asked for, and is here as long as this is.
    asked: Option<HashSet<Number>>,
    /// Whether somebody writes down what follows from a change.
    noted: bool,
    /// Entries that go with the change that is under way.
    going: BTreeSet<EntryKey>,
    /// Pairs of codes whose count changed since it was last asked for.
    counted: BTreeSet<Together>,
    looked: Looked,
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

/// What was looked at again, whether or not it changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looked {
    /// Facts that were taken apart or put together.
    pub facts: BTreeSet<FactId>,
    /// Which of them are probably one: all pairs of them, sorted; none of others.
    pub likely: Vec<Likely>,
    /// Entries that came, changed or went, with the numbers they were found by and are found by now.
    pub numbers: BTreeMap<EntryKey, (BTreeSet<Number>, BTreeSet<Number>)>,
}

/// How many concepts of a record hold both of two codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SentTogether {
    /// One code and its system, the other and its system, hashed.
    pub codes: [u64; 4],
    /// They are taken to mean one thing; otherwise only that somebody sent both.
    pub bridge: bool,
    /// Concepts; none is left where it is zero.
    pub count: u32,
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
            asked: None,
            noted: false,
            going: BTreeSet::new(),
            counted: BTreeSet::new(),
            looked: Looked::default(),
        }
    }

    /// Of a record that is kept elsewhere, of which nothing is merged yet: all of it will be held.
    pub fn of_new_record(home: Tz) -> Merger {
        Merger { noted: true, ..Merger::new(home) }
    }

    /// Of a record that is kept elsewhere ([`Lookup`]), of which as much is held as changes concern. `together` says of the
    /// whole record which codes were sent together.
    pub fn of_record(home: Tz, together: impl IntoIterator<Item = SentTogether>) -> Merger {
        let mut merger = Merger { asked: Some(HashSet::new()), ..Merger::of_new_record(home) };
        for SentTogether { codes: [a, of_a, b, of_b], bridge, count } in together {
            let (a, b) = (Code { id: a, system: of_a }, Code { id: b, system: of_b });
            merger.known.bridges.change(Together { a, b, bridge }, i64::from(count));
        }
        merger
    }

    /// Pairs of codes whose count changed since this was last asked, with their new counts.
    pub fn take_counted(&mut self) -> Vec<SentTogether> {
        let counted = std::mem::take(&mut self.counted);
        let count = |pair: Together| SentTogether {
            codes: [pair.a.id, pair.a.system, pair.b.id, pair.b.system],
            bridge: pair.bridge,
            count: self.known.bridges.count(pair),
        };
        counted.into_iter().map(count).collect()
    }

    /// What was looked at again since this was last asked.
    pub fn take_looked(&mut self) -> Looked {
        let mut looked = std::mem::take(&mut self.looked);
        looked.likely.sort_unstable_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        looked
    }

    /// How many entries are held.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
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

    /// Entries that came or changed, and keys of entries that went, where everything that there is is held.
    pub fn update(&mut self, came: Vec<Member>, went: &[EntryKey]) -> Touched {
        held_here(self.update_in(came, went, &mut Nowhere))
    }

    /// [`Merger::update`] of a record that is elsewhere.
    ///
    /// # Errors
    /// What is elsewhere cannot be read; what is held is of no use then.
    pub fn update_in<L: Lookup>(
        &mut self,
        came: Vec<Member>,
        went: &[EntryKey],
        lookup: &mut L,
    ) -> Result<Touched, L::Error> {
        let keys = came.iter().map(|member| &member.key).chain(went).cloned().collect();
        self.hold(keys, lookup)?;
        self.going = went.iter().cloned().collect();
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

        if self.noted {
            for slot in old.iter().filter_map(|n| self.slots[*n].as_ref()) {
                let numbers = self.looked.numbers.entry(slot.one.member.key.clone());
                numbers.or_insert_with(|| (slot.one.numbers(&slot.keys), BTreeSet::new())).1.clear();
            }
            for slot in &came {
                let numbers = self.looked.numbers.entry(slot.one.member.key.clone()).or_default();
                numbers.1 = slot.one.numbers(&slot.keys);
            }
        }

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
        self.by_codes(&moved, &mut reached, lookup)?;
        self.close(&mut reached, lookup)?;
        self.hold_opponents(&reached, lookup)?;
        let mut touched = Touched { before: self.take_facts(&reached), after: BTreeSet::new() };

        self.remove(&old);
        for n in &old {
            reached.remove(n);
        }
        for (pair, change) in delta.into_iter().filter(|(_, change)| *change != 0) {
            self.known.bridges.change(pair, change);
            if self.noted {
                self.counted.insert(pair);
            }
        }
        for slot in came {
            reached.insert(self.insert(slot));
        }
        self.by_codes(&moved, &mut reached, lookup)?;
        self.merge_again(reached, &mut touched, lookup)?;
        self.finish(touched, lookup)
    }

    /// Who was asked for allergies and answered to the end: their silence about one says something.
    pub fn listing_allergies(&mut self, who: BTreeSet<ConnectionId>) -> Touched {
        held_here(self.listing_allergies_in(who, &mut Nowhere))
    }

    /// [`Merger::listing_allergies`] of a record that is elsewhere.
    ///
    /// # Errors
    /// As of [`Merger::update_in`].
    pub fn listing_allergies_in<L: Lookup>(
        &mut self,
        who: BTreeSet<ConnectionId>,
        lookup: &mut L,
    ) -> Result<Touched, L::Error> {
        let mut touched = Touched::default();
        if who != self.listing {
            self.listing = who;
            self.dirty.insert(Kind::Allergy);
            self.hold_for_conflicts(&touched, lookup)?;
            self.disagree(&mut touched);
        }
        Ok(touched)
    }

    /// Takes note of who was asked for allergies when what is elsewhere was put together.
    pub fn listed_allergies(&mut self, who: BTreeSet<ConnectionId>) {
        self.listing = who;
    }

    /// Where providers disagree, each once, without what another one tells; sorted by what about, then by fact.
    pub fn conflicts(&self) -> Vec<&Conflict> {
        let mut all: Vec<&Conflict> = self.facts.values().flat_map(Fact::disagreements).collect();
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
        held_here(self.decide_in(decisions, &mut Nowhere))
    }

    /// [`Merger::decide`] of a record that is elsewhere.
    ///
    /// # Errors
    /// As of [`Merger::update_in`].
    pub fn decide_in<L: Lookup>(
        &mut self,
        decisions: &[Decision],
        lookup: &mut L,
    ) -> Result<Touched, L::Error> {
        self.decided_before(decisions);
        let keys: BTreeSet<EntryKey> =
            decisions.iter().flat_map(|decision| [&decision.a, &decision.b]).cloned().collect();
        self.hold(keys.clone(), lookup)?;
        let reached = keys.iter().filter_map(|key| self.index.get(key).copied()).collect();
        let mut touched = Touched::default();
        self.merge_again(reached, &mut touched, lookup)?;
        self.finish(touched, lookup)
    }

    /// Takes note of what was decided when what is elsewhere was put together.
    pub fn decided_before(&mut self, decisions: &[Decision]) {
        for decision in decisions {
            for (one, other) in [(&decision.a, &decision.b), (&decision.b, &decision.a)] {
                self.decisions.entry(one.clone()).or_default().insert(other.clone(), decision.verdict);
            }
        }
    }

    /// Takes decisions back: the rules speak again.
    pub fn forget(&mut self, pairs: &[(EntryKey, EntryKey)]) -> Touched {
        held_here(self.forget_in(pairs, &mut Nowhere))
    }

    /// [`Merger::forget`] of a record that is elsewhere.
    ///
    /// # Errors
    /// As of [`Merger::update_in`].
    pub fn forget_in<L: Lookup>(
        &mut self,
        pairs: &[(EntryKey, EntryKey)],
        lookup: &mut L,
    ) -> Result<Touched, L::Error> {
        let keys: BTreeSet<EntryKey> = pairs.iter().flat_map(|(a, b)| [a, b]).cloned().collect();
        self.hold(keys.clone(), lookup)?;
        let mut touched: BTreeSet<usize> =
            keys.iter().filter_map(|key| self.index.get(key).copied()).collect();
        self.close(&mut touched, lookup)?;
        self.hold_opponents(&touched, lookup)?;
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
        self.merge_again(touched, &mut changed, lookup)?;
        self.finish(changed, lookup)
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
    fn finish<L: Lookup>(&mut self, mut touched: Touched, lookup: &mut L) -> Result<Touched, L::Error> {
        self.hold_for_conflicts(&touched, lookup)?;
        self.going.clear();
        self.relate(&touched);
        self.disagree(&mut touched);
        for (id, before) in std::mem::take(&mut self.taken) {
            if self.facts.get(&id) == Some(&before) {
                touched.before.remove(&id);
                touched.after.remove(&id);
            }
        }
        Ok(touched)
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
    fn by_codes<L: Lookup>(
        &mut self,
        codes: &BTreeSet<u64>,
        reached: &mut BTreeSet<usize>,
        lookup: &mut L,
    ) -> Result<(), L::Error> {
        let mut seen = BTreeSet::new();
        for code in codes {
            if !seen.contains(code) {
                seen.extend(self.component(*code));
            }
        }
        self.ask(seen.iter().map(|code| of_code(*code)), lookup)?;
        reached.extend(seen.iter().filter_map(|code| self.by_code.get(code)).flatten());
        Ok(())
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
    fn close<L: Lookup>(&mut self, reached: &mut BTreeSet<usize>, lookup: &mut L) -> Result<(), L::Error> {
        if self.asked.is_none() && reached.len() == self.index.len() {
            return Ok(());
        }
        let mut components: HashMap<u64, Rc<[u64]>> = HashMap::new();
        let mut seen: HashSet<(u64, u64)> = HashSet::new();
        let mut open: Vec<usize> = reached.iter().copied().collect();
        while !open.is_empty() {
            let mut wanted = Vec::new();
            let mut numbers = BTreeSet::new();
            let mut partners = BTreeSet::new();
            for n in open.drain(..) {
                let slot = self.slot(n);
                for (code, rest) in &slot.keys {
                    let codes = self.component_in(*code, &mut components);
                    if !seen.insert((codes[0], *rest)) {
                        continue;
                    }
                    if self.asked.is_some() {
                        numbers.extend(codes.iter().map(|code| slot.one.number_of((*code, *rest))));
                    }
                    wanted.push((codes, *rest));
                }
                let decided = self.decisions.get(&slot.one.member.key);
                partners.extend(decided.into_iter().flat_map(BTreeMap::keys).cloned());
            }
            self.ask(numbers, lookup)?;
            self.hold(partners.clone(), lookup)?;
            let found = wanted.iter().flat_map(|(codes, rest)| codes.iter().map(|code| (*code, *rest)));
            let found = found.filter_map(|key| self.buckets.get(&key)).flatten();
            let found = found.chain(partners.iter().filter_map(|key| self.index.get(key)));
            open.extend(found.filter(|n| reached.insert(**n)));
        }
        Ok(())
    }

    /// Holds what is found by these numbers.
    fn ask<L: Lookup>(
        &mut self,
        numbers: impl IntoIterator<Item = Number>,
        lookup: &mut L,
    ) -> Result<(), L::Error> {
        let Some(asked) = &mut self.asked else { return Ok(()) };
        let new: BTreeSet<Number> = numbers.into_iter().filter(|number| asked.insert(*number)).collect();
        if !new.is_empty() {
            let filed = lookup.found_by(&new)?;
            self.take_in(filed);
        }
        Ok(())
    }

    /// Holds the facts that these entries are in.
    fn hold<L: Lookup>(&mut self, mut keys: BTreeSet<EntryKey>, lookup: &mut L) -> Result<(), L::Error> {
        keys.retain(|key| !self.index.contains_key(key) && !self.going.contains(key));
        if self.asked.is_some() && !keys.is_empty() {
            let filed = lookup.with(&keys)?;
            self.take_in(filed);
        }
        Ok(())
    }

    /// Holds these facts.
    ///
    /// # Errors
    /// As of [`Merger::update_in`].
    pub fn hold_facts<L: Lookup>(
        &mut self,
        mut ids: BTreeSet<FactId>,
        lookup: &mut L,
    ) -> Result<(), L::Error> {
        ids.retain(|id| !self.facts.contains_key(id) && !self.taken.contains_key(id));
        if self.asked.is_some() && !ids.is_empty() {
            let filed = lookup.facts(&ids)?;
            self.take_in(filed);
        }
        Ok(())
    }

    /// Holds the facts that those of these entries disagree with: what they say of it may change.
    fn hold_opponents<L: Lookup>(
        &mut self,
        reached: &BTreeSet<usize>,
        lookup: &mut L,
    ) -> Result<(), L::Error> {
        if self.asked.is_none() {
            return Ok(());
        }
        let facts = reached.iter().filter_map(|n| self.facts.get(self.slots[*n].as_ref()?.fact.as_ref()?));
        let with = facts.flat_map(|fact| &fact.conflicts).flat_map(|one| &one.facts).cloned().collect();
        self.hold_facts(with, lookup)
    }

    /// Holds what is looked at as a whole where disagreements are looked for after this.
    fn hold_for_conflicts<L: Lookup>(&mut self, touched: &Touched, lookup: &mut L) -> Result<(), L::Error> {
        if self.asked.is_none() || self.dirty.is_empty() {
            return Ok(());
        }
        let mut numbers: Vec<Number> = [Kind::Allergy, Kind::Patient]
            .into_iter()
            .filter(|kind| self.dirty.contains(kind))
            .map(of_kind)
            .collect();
        numbers.extend(disagree::blood_codes().map(of_code));
        let days = touched.after.iter().filter_map(|id| self.shot_on(self.facts.get(id)?));
        numbers.extend(days.flat_map(|day| [day - DAYS_APART, day, day + DAYS_APART]).map(of_shot));
        self.ask(numbers, lookup)?;
        // Of people, allergies and blood groups all disagreements are looked for again.
        let with = self.facts.values().filter(|fact| matches!(fact.kind, Kind::Allergy | Kind::Patient));
        let with = with.flat_map(|fact| &fact.conflicts).flat_map(|one| &one.facts).cloned().collect();
        self.hold_facts(with, lookup)
    }

    /// Takes in facts as they were put together before, with their entries. What is here already stays as it is.
    fn take_in(&mut self, filed: Vec<Filed>) {
        for Filed { fact, members } in filed {
            let known = |key: &EntryKey| self.index.contains_key(key) || self.going.contains(key);
            if self.facts.contains_key(&fact.id)
                || self.taken.contains_key(&fact.id)
                || members.iter().any(|member| known(&member.key))
            {
                continue;
            }
            for member in members {
                let one = Box::new(Prepared::new(member, self.home));
                self.insert(Slot { keys: one.keys(), one, fact: Some(fact.id.clone()) });
            }
            if let Some(day) = self.shot_on(&fact) {
                self.shots.entry(day).or_default().insert(fact.id.clone());
            }
            for conflict in fact.conflicts.iter().filter(|one| !one.is_inside()) {
                let between = (conflict.about, conflict.facts.clone());
                for id in &between.1 {
                    self.conflicts_of.entry(id.clone()).or_default().insert(between.clone());
                }
                self.conflicts.entry(between).or_insert_with(|| conflict.clone());
            }
            self.facts.insert(fact.id.clone(), fact);
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
                if self.noted {
                    self.looked.facts.insert(id.clone());
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

/// Of a merger that holds everything nothing can fail.
fn held_here<T>(outcome: Result<T, std::convert::Infallible>) -> T {
    match outcome {
        Ok(found) => found,
        Err(never) => match never {},
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

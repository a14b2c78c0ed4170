//! Where facts disagree: found again after each change, among those that it may concern.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use wholechart_fhir::Kind;
use wholechart_fhir::system::LOINC;

use super::{Between, Merger, Touched};
use crate::conflict::find::{self, BLOOD_GROUP, Record, Told, of_these};
use crate::conflict::{About, Conflict};
use crate::fact::Fact;
use crate::ids::FactId;
use crate::merge::codes::Code;
use crate::merge::prepared::Prepared;
use crate::merge::rules::Pair;

impl Merger {
    pub(super) fn shot_on(&self, fact: &Fact) -> Option<i64> {
        if fact.kind == Kind::Vaccine { self.told(fact).day() } else { None }
    }

    fn told_of(&self, kind: Kind) -> Vec<Told<'_>> {
        self.facts.values().filter(|fact| fact.kind == kind).map(|fact| self.told(fact)).collect()
    }

    /// Finds the disagreements between facts again: of those that were put together again, because whatever shares a
    /// key with one of them was, too; those about allergies and people as a whole, when any of these changed.
    pub(super) fn disagree(&mut self, touched: &mut Touched) {
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
        let mut found = of_these(&Around::new(self), &again);
        if allergies {
            find::allergies(&self.told_of(Kind::Allergy), &self.listing, &mut found);
        }
        if people {
            find::people(&self.told_of(Kind::Patient), &mut found);
        }
        find::blood_groups(&self.blood(), &mut found);
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
            // What its own members disagree about was found with the fact.
            fact.conflicts.retain(Conflict::is_inside);
            fact.conflicts.extend(own.filter_map(|between| self.conflicts.get(between)).cloned());
            if touched.after.insert(id.clone()) {
                touched.before.insert(id);
            }
        }
    }

    /// Entries that tell a blood group, with their facts.
    fn blood(&self) -> Vec<(&FactId, &Prepared)> {
        let slots: BTreeSet<usize> =
            blood_codes().filter_map(|code| self.by_code.get(&code)).flatten().copied().collect();
        let told = slots.into_iter().map(|n| self.slot(n));
        told.filter_map(|slot| Some((slot.fact.as_ref()?, &*slot.one))).collect()
    }
}

/// Codes by which a blood group goes.
pub(super) fn blood_codes() -> impl Iterator<Item = u64> {
    BLOOD_GROUP.iter().filter_map(|code| Some(Code::new(LOINC, code)?.id))
}

/// Of so many facts that share a key none is looked at: it says too little about any of them.
const NEAR: usize = 64;

/// The facts under each key.
type Under<'m> = HashMap<(u64, u64), Rc<[&'m FactId]>>;

/// What is found around facts, found once for all that share a key.
pub(super) struct Around<'m> {
    merger: &'m Merger,
    components: RefCell<HashMap<u64, Rc<[u64]>>>,
    facts: RefCell<Under<'m>>,
    /// A vaccine is looked at from every other one of its days.
    members: RefCell<HashMap<&'m FactId, Rc<[&'m Prepared]>>>,
}

impl<'m> Around<'m> {
    pub(super) fn new(merger: &'m Merger) -> Around<'m> {
        Around {
            merger,
            components: RefCell::default(),
            facts: RefCell::default(),
            members: RefCell::default(),
        }
    }

    fn component(&self, code: u64) -> Rc<[u64]> {
        self.merger.component_in(code, &mut self.components.borrow_mut())
    }

    fn members(&self, fact: &'m Fact) -> Rc<[&'m Prepared]> {
        let mut known = self.members.borrow_mut();
        let members = || fact.members.iter().filter_map(|key| self.merger.get(key)).collect();
        Rc::clone(known.entry(&fact.id).or_insert_with(members))
    }

    /// The facts under a key; none where they are too many.
    fn under(&self, code: u64, rest: u64) -> Rc<[&'m FactId]> {
        let codes = self.component(code);
        let known = codes.first().map_or((code, rest), |first| (*first, rest));
        if let Some(facts) = self.facts.borrow().get(&known) {
            return Rc::clone(facts);
        }
        let merger = self.merger;
        let slots = codes.iter().flat_map(|code| merger.buckets.get(&(*code, rest)).into_iter().flatten());
        let facts: BTreeSet<&FactId> = slots.filter_map(|n| merger.slot(*n).fact.as_ref()).collect();
        let facts: Rc<[&FactId]> =
            if facts.len() > NEAR { Rc::default() } else { facts.into_iter().collect() };
        self.facts.borrow_mut().insert(known, Rc::clone(&facts));
        facts
    }
}

impl Record for Around<'_> {
    fn near<'m>(&'m self, one: &Told<'m>) -> Vec<Told<'m>> {
        let merger = self.merger;
        let slots = one.members.iter().filter_map(|member| merger.index.get(&member.member.key));
        let keys: BTreeSet<(u64, u64)> = slots.flat_map(|n| merger.slot(*n).keys.iter().copied()).collect();
        let facts: BTreeSet<&FactId> =
            keys.into_iter().flat_map(|(code, rest)| self.under(code, rest).to_vec()).collect();
        facts.into_iter().filter_map(|id| merger.facts.get(id)).map(|fact| merger.told(fact)).collect()
    }

    fn shots_near<'m>(&'m self, one: &Told<'m>, days: i64) -> Vec<Told<'m>> {
        let merger = self.merger;
        let Some(own) = one.day() else { return Vec::new() };
        let around = merger.shots.range(own - days..=own + days).flat_map(|(_, facts)| facts);
        let others: Vec<&FactId> = around.filter(|id| *id != one.id).take(NEAR + 1).collect();
        // Nobody is given so many within days: the record says nothing about any of them.
        if others.is_empty() || others.len() > NEAR {
            return Vec::new();
        }
        let codes: BTreeSet<u64> = one
            .members
            .iter()
            .flat_map(|member| &member.codes)
            .filter(|code| !merger.known.bridges.vague(code.id))
            .flat_map(|code| self.component(code.id).to_vec())
            .collect();
        let share = |members: &[&Prepared]| {
            members.iter().flat_map(|member| &member.codes).any(|code| codes.contains(&code.id))
        };
        others
            .into_iter()
            .filter_map(|id| merger.facts.get(id))
            .filter(|fact| share(&self.members(fact)))
            .map(|fact| merger.told(fact))
            .collect()
    }

    fn pair<'m>(&'m self, a: &'m Prepared, b: &'m Prepared) -> Pair<'m> {
        self.merger.look(a, b)
    }
}

//! A record that is kept elsewhere than in a merger's memory, as an app keeps it in a file.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use chrono_tz::Tz;
use wholechart_record::{
    Conflict, ConnectionId, Decision, EntryKey, Fact, FactId, Filed, Likely, Lookup, Member, Merger, Number,
    SentTogether, Touched,
};

/// What is kept, and the merger while it is held.
pub(crate) struct Kept {
    home: Tz,
    pub(crate) facts: BTreeMap<FactId, Fact>,
    members: BTreeMap<EntryKey, Member>,
    numbers: BTreeMap<Number, BTreeSet<EntryKey>>,
    together: BTreeMap<([u64; 4], bool), u32>,
    likely: BTreeMap<(FactId, FactId), Likely>,
    decided: Vec<Decision>,
    listing: BTreeSet<ConnectionId>,
    held: Option<Merger>,
}

impl Kept {
    pub(crate) fn new(home: Tz) -> Kept {
        Kept {
            home,
            facts: BTreeMap::new(),
            members: BTreeMap::new(),
            numbers: BTreeMap::new(),
            together: BTreeMap::new(),
            likely: BTreeMap::new(),
            decided: Vec::new(),
            listing: BTreeSet::new(),
            held: Some(Merger::of_new_record(home)),
        }
    }

    pub(crate) fn drop_held(&mut self) {
        self.held = None;
    }

    pub(crate) fn likely(&self) -> Vec<&Likely> {
        let mut all: Vec<&Likely> = self.likely.values().collect();
        all.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        all
    }

    pub(crate) fn conflicts(&self) -> Vec<&Conflict> {
        let mut all: Vec<&Conflict> = self.facts.values().flat_map(Fact::disagreements).collect();
        all.sort_by(|a, b| (a.about, &a.facts).cmp(&(b.about, &b.facts)));
        all
    }

    pub(crate) fn update(&mut self, came: &[Member], went: &[EntryKey]) {
        // A page says of each entry what it says last.
        let came: BTreeMap<EntryKey, Member> =
            came.iter().map(|member| (member.key.clone(), member.clone())).collect();
        let pages: Vec<Member> = came.values().cloned().collect();
        self.change(|merger, shelf| merger.update_in(pages, went, shelf));
        self.members.extend(came);
        for key in went {
            self.members.remove(key);
        }
    }

    pub(crate) fn listing_allergies(&mut self, who: &BTreeSet<ConnectionId>) {
        self.change(|merger, shelf| merger.listing_allergies_in(who.clone(), shelf));
        self.listing.clone_from(who);
    }

    pub(crate) fn decide(&mut self, decided: &[Decision]) {
        self.change(|merger, shelf| merger.decide_in(decided, shelf));
        self.decided.extend_from_slice(decided);
    }

    pub(crate) fn forget(&mut self, pairs: &[(EntryKey, EntryKey)]) {
        self.change(|merger, shelf| merger.forget_in(pairs, shelf));
        self.decided.clear();
    }

    fn change(&mut self, change: impl FnOnce(&mut Merger, &mut Shelf<'_>) -> Result<Touched, Infallible>) {
        let mut merger = self.held.take().unwrap_or_else(|| {
            let together = self.together.iter().map(|((codes, bridge), count)| SentTogether {
                codes: *codes,
                bridge: *bridge,
                count: *count,
            });
            let mut merger = Merger::of_record(self.home, together);
            merger.decided_before(&self.decided);
            merger.listed_allergies(self.listing.clone());
            merger
        });
        let Ok(touched) = change(&mut merger, &mut Shelf(self));
        for id in &touched.before {
            self.facts.remove(id);
        }
        for id in &touched.after {
            self.facts.insert(id.clone(), merger.facts()[id].clone());
        }
        let looked = merger.take_looked();
        self.likely.retain(|(one, other), _| !looked.facts.contains(one) && !looked.facts.contains(other));
        for likely in looked.likely {
            let fact = |key| merger.fact_of(key).expect("held").clone();
            let (a, b) = (fact(&likely.a), fact(&likely.b));
            self.likely.entry((a.clone().min(b.clone()), a.max(b))).or_insert(likely);
        }
        for (key, (before, after)) in looked.numbers {
            for number in before.difference(&after) {
                self.numbers.entry(*number).or_default().remove(&key);
            }
            for number in after.difference(&before) {
                self.numbers.entry(*number).or_default().insert(key.clone());
            }
        }
        for SentTogether { codes, bridge, count } in merger.take_counted() {
            self.together.insert((codes, bridge), count);
            self.together.retain(|_, count| *count > 0);
        }
        self.held = Some(merger);
    }
}

/// What is kept, as it was before the change.
struct Shelf<'k>(&'k Kept);

impl Lookup for Shelf<'_> {
    type Error = Infallible;

    fn found_by(&mut self, numbers: &BTreeSet<Number>) -> Result<Vec<Filed>, Infallible> {
        let keys: BTreeSet<EntryKey> =
            numbers.iter().filter_map(|number| self.0.numbers.get(number)).flatten().cloned().collect();
        self.with(&keys)
    }

    fn with(&mut self, entries: &BTreeSet<EntryKey>) -> Result<Vec<Filed>, Infallible> {
        let facts = self.0.facts.values();
        let facts = facts.filter(|fact| fact.members.iter().any(|key| entries.contains(key)));
        let ids = facts.map(|fact| fact.id.clone()).collect();
        self.facts(&ids)
    }

    fn facts(&mut self, ids: &BTreeSet<FactId>) -> Result<Vec<Filed>, Infallible> {
        let facts = ids.iter().filter_map(|id| self.0.facts.get(id)).cloned();
        let members = |fact: &Fact| fact.members.iter().map(|key| self.0.members[key].clone()).collect();
        Ok(facts.map(|fact| Filed { members: members(&fact), fact }).collect())
    }
}

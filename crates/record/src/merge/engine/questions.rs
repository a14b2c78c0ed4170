//! What is asked: one answer settles many.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Merger;
use super::sides::{SIDES, Sides};
use crate::fact::{Likely, Question};
use crate::hash::hash;
use crate::ids::FactId;
use crate::merge::prepared::Prepared;

impl Merger {
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
                    titles: (one.member.entry.called(), other.member.entry.called()),
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
        let mut held: HashMap<&FactId, (Vec<&FactId>, Sides)> = HashMap::new();
        let alone = |id: &'m FactId| -> (Vec<&'m FactId>, Sides) {
            let members = self.facts.get(id).into_iter().flat_map(|fact| &fact.members);
            let slots: Vec<usize> = members.filter_map(|key| self.index.get(key).copied()).collect();
            (vec![id], self.sides(&slots))
        };
        for pair in pairs.iter().filter(|pair| self.get(&pair.a).is_some_and(Prepared::is_state)) {
            let (Some(one), Some(other)) = (self.fact_of(&pair.a), self.fact_of(&pair.b)) else { continue };
            let a = *first.entry(one).or_insert(one);
            let b = *first.entry(other).or_insert(other);
            if a == b {
                continue;
            }
            let (ours, theirs) =
                (held.remove(a).unwrap_or_else(|| alone(a)), held.remove(b).unwrap_or_else(|| alone(b)));
            let many = ours.1.len() + theirs.1.len() > SIDES;
            if many || self.contradict(&ours.1, &theirs.1, true) {
                held.insert(a, ours);
                held.insert(b, theirs);
                continue;
            }
            let into = a.min(b);
            let (mut all, mut sides) = ours;
            all.extend(theirs.0);
            sides.absorb(theirs.1);
            for id in &all {
                first.insert(id, into);
            }
            held.insert(into, (all, sides));
        }
        first
    }
}

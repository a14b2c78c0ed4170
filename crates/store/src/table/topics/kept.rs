//! One person's topics, kept in memory from one question to the next, so that only facts that changed are read and put under topics
//! again. It equals what the file held when it was read last, and reads no file itself: that is `topics.rs`.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use wholechart_fhir::Kind;
use wholechart_record::{FactId, Handles, Placement, group};

use crate::table::shown::{ListRow, TopicRow};

/// A fact as it was read.
pub(crate) struct Read {
    /// Its row number.
    pub(crate) n: i64,
    pub(crate) sort: i64,
    /// Bytes of its JSON.
    pub(crate) bytes: usize,
    pub(crate) row: ListRow,
}

/// See the module.
#[derive(Default)]
pub(crate) struct KeptTopics {
    /// The newest change (`topic_change.at`) that is in it.
    pub(crate) at: i64,
    placed: BTreeMap<FactId, Placement>,
    kinds: HashMap<Kind, OfKind>,
}

/// Newest first, undated last; then by id, as in lists.
type Place = Reverse<(i64, FactId)>;

/// The topics of one kind.
#[derive(Default)]
struct OfKind {
    facts: BTreeMap<Place, Arc<ListRow>>,
    stands: HashMap<FactId, Stands>,
    /// Which fact has a row number: what changes is written under another one.
    numbers: HashMap<i64, FactId>,
    topics: Vec<Arc<TopicRow>>,
    /// Under which of the topics facts with these handles are. Where a fact stands depends on nothing else that it says.
    alike: HashMap<Handles, usize>,
    /// What topics are found by has changed since they were made.
    is_behind: bool,
}

/// Where a fact stands.
#[derive(Clone, Copy)]
struct Stands {
    sort: i64,
    bytes: usize,
    /// Which of the topics it is under. `None`: it came since they were made.
    topic: Option<usize>,
}

impl KeptTopics {
    /// Whether the facts of a kind were read.
    pub(crate) fn has(&self, kind: Kind) -> bool {
        self.kinds.contains_key(&kind)
    }

    /// Whether no fact was read yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Bytes of the JSON that the facts were read from: in memory they take about twice as many.
    pub(crate) fn bytes(&self) -> usize {
        self.kinds.values().flat_map(|of| of.stands.values()).map(|stands| stands.bytes).sum()
    }

    /// Takes every fact of a kind.
    pub(crate) fn take_all(&mut self, kind: Kind, facts: Vec<Read>) {
        let of = self.kinds.entry(kind).or_default();
        *of = OfKind { is_behind: true, ..OfKind::default() };
        for one in facts {
            of.put(one, &self.placed);
        }
    }

    /// Takes the facts that have these row numbers now, or had them when they were read. Kinds that were not read are left alone.
    pub(crate) fn change(&mut self, numbers: &[i64], now: Vec<Read>) {
        let mut by_kind: HashMap<Kind, Vec<Read>> = HashMap::new();
        for one in now {
            by_kind.entry(one.row.row.kind).or_default().push(one);
        }
        for (kind, of) in &mut self.kinds {
            of.change(numbers, by_kind.remove(kind).unwrap_or_default(), &self.placed);
        }
    }

    /// Puts what changed under topics, where a person `placed` facts now.
    pub(crate) fn group(&mut self, placed: BTreeMap<FactId, Placement>) {
        let placed_otherwise = placed != self.placed;
        self.placed = placed;
        for of in self.kinds.values_mut().filter(|of| of.is_behind || placed_otherwise) {
            of.group(&self.placed);
        }
    }

    /// The topics of these kinds, kind by kind, each in the order of their ids.
    pub(crate) fn topics(&self, kinds: &[Kind]) -> Vec<Arc<TopicRow>> {
        kinds
            .iter()
            .filter_map(|kind| self.kinds.get(kind))
            .flat_map(|of| &of.topics)
            .map(Arc::clone)
            .collect()
    }
}

impl OfKind {
    fn change(&mut self, numbers: &[i64], now: Vec<Read>, placed: &BTreeMap<FactId, Placement>) {
        let mut gone: HashSet<FactId> = numbers.iter().filter_map(|n| self.numbers.remove(n)).collect();
        for one in now {
            gone.remove(&one.row.row.id);
            self.put(one, placed);
        }
        for id in gone {
            self.remove(&id, placed);
        }
    }

    fn put(&mut self, one: Read, placed: &BTreeMap<FactId, Placement>) {
        let Read { n, sort, bytes, row } = one;
        let id = row.row.id.clone();
        let place = Reverse((sort, id.clone()));
        let row = Arc::new(row);
        let known = self.stands.get(&id).copied();
        if let Some(stands) = known.filter(|stands| stands.sort == sort)
            && let Some(before) =
                self.facts.get(&place).filter(|before| before.more.handles == row.more.handles)
        {
            // Its topic stays, with the fact as it is now.
            if let Some(topic) = stands.topic.and_then(|topic| self.topics.get_mut(topic)) {
                for fact in &mut Arc::make_mut(topic).facts {
                    if Arc::ptr_eq(fact, before) {
                        *fact = Arc::clone(&row);
                    }
                }
            }
            self.stands.insert(id.clone(), Stands { bytes, ..stands });
        } else {
            let topic = self.move_beside_alike(&place, &row, placed).or_else(|| {
                self.remove(&id, placed);
                self.add(&place, &row, placed)
            });
            self.stands.insert(id.clone(), Stands { sort, bytes, topic });
            self.is_behind |= topic.is_none();
        }
        self.facts.insert(place, row);
        self.numbers.insert(n, id);
    }

    /// Moves a fact that is of another day now and has the handles that it had: it stays under its topic, even where no other
    /// fact there has them.
    fn move_beside_alike(
        &mut self,
        place: &Place,
        row: &Arc<ListRow>,
        placed: &BTreeMap<FactId, Placement>,
    ) -> Option<usize> {
        let Reverse((_, id)) = place;
        let stands = *self.stands.get(id)?;
        let before = Reverse((stands.sort, id.clone()));
        if self.facts.get(&before)?.more.handles != row.more.handles {
            return None;
        }
        let at = self.place_beside_alike(id, row, placed).filter(|at| Some(*at) == stands.topic)?;
        let gone = self.facts.remove(&before)?;
        let of = Arc::make_mut(self.topics.get_mut(at)?);
        of.facts.retain(|one| !Arc::ptr_eq(one, &gone));
        of.topic.facts.truncate(of.facts.len());
        self.add(place, row, placed)
    }

    /// Puts a fact under the topic of those that have all its handles: one more of them changes nothing for the others.
    fn add(
        &mut self,
        place: &Place,
        row: &Arc<ListRow>,
        placed: &BTreeMap<FactId, Placement>,
    ) -> Option<usize> {
        let at = self.place_beside_alike(&row.row.id, row, placed)?;
        let topic = Arc::make_mut(self.topics.get_mut(at)?);
        let before = topic.facts.partition_point(|one| {
            self.stands
                .get(&one.row.id)
                .is_some_and(|stands| Reverse((stands.sort, one.row.id.clone())) < *place)
        });
        topic.facts.insert(before, Arc::clone(row));
        topic.topic.facts.push(topic.topic.facts.len());
        Some(at)
    }

    /// The topic of facts with the handles of this one. `None` while topics are behind, of what a person `placed`, which has a
    /// place of its own, and of what has no words, after which a topic is named.
    fn place_beside_alike(
        &self,
        id: &FactId,
        row: &ListRow,
        placed: &BTreeMap<FactId, Placement>,
    ) -> Option<usize> {
        let handles = &row.more.handles;
        let names_itself = handles.known.is_none() && handles.words.is_empty();
        if self.is_behind || names_itself || placed.contains_key(id) {
            return None;
        }
        self.alike.get(handles).copied()
    }

    fn remove(&mut self, id: &FactId, placed: &BTreeMap<FactId, Placement>) {
        let Some(stands) = self.stands.remove(id) else { return };
        let Some(row) = self.facts.remove(&Reverse((stands.sort, id.clone()))) else { return };
        self.is_behind |= !self.take_out(&row, stands.topic, placed);
    }

    /// Takes a fact out from under its topic, where another one with all its handles stays there.
    fn take_out(
        &mut self,
        row: &Arc<ListRow>,
        topic: Option<usize>,
        placed: &BTreeMap<FactId, Placement>,
    ) -> bool {
        let beside = self.place_beside_alike(&row.row.id, row, placed);
        let (Some(at), true) = (topic, beside == topic) else { return false };
        // Somebody may have put one that stays beside this one.
        if placed.values().any(|where_to| *where_to == Placement::Beside(row.row.id.clone())) {
            return false;
        }
        let Some(of) = self.topics.get_mut(at) else { return false };
        let stays = |one: &Arc<ListRow>| {
            !Arc::ptr_eq(one, row)
                && one.more.handles == row.more.handles
                && !placed.contains_key(&one.row.id)
        };
        if !of.facts.iter().any(stays) {
            return false;
        }
        let of = Arc::make_mut(of);
        of.facts.retain(|one| !Arc::ptr_eq(one, row));
        of.topic.facts.truncate(of.facts.len());
        true
    }

    fn group(&mut self, placed: &BTreeMap<FactId, Placement>) {
        let facts: Vec<_> =
            self.facts.values().map(|one| (&one.row.id, one.row.kind, &one.more.handles)).collect();
        let topics = group(&facts, placed);
        let rows: Vec<&Arc<ListRow>> = self.facts.values().collect();
        self.topics = topics
            .into_iter()
            .enumerate()
            .map(|(number, mut topic)| {
                let mut facts = Vec::with_capacity(topic.facts.len());
                for (at, place) in topic.facts.iter_mut().enumerate() {
                    let row = rows[*place];
                    if let Some(stands) = self.stands.get_mut(&row.row.id) {
                        stands.topic = Some(number);
                    }
                    facts.push(Arc::clone(row));
                    *place = at;
                }
                Arc::new(TopicRow { topic, facts })
            })
            .collect();
        // What a person placed says nothing of where others with the same handles stand.
        self.alike = self
            .topics
            .iter()
            .enumerate()
            .flat_map(|(number, topic)| topic.facts.iter().map(move |one| (number, one)))
            .filter(|(_, one)| !placed.contains_key(&one.row.id))
            .map(|(number, one)| (one.more.handles.clone(), number))
            .collect();
        self.is_behind = false;
    }
}

//! What folds: single answers of forms, findings and settings stand under the note, visit or panel they belong to, and a
//! file that came by itself under the document or report that names it, where they would be rows of their own otherwise.
//!
//! [`manner`] says whether a fact folds at all, and [`Folds`] under what: what lists it, what it names itself, its visit,
//! or what stands for its minute. Whatever folds is followed to the end, so that nothing is under something that folds
//! itself. A fact is never put under one that was withdrawn, that is of another day (but for a visit that lasts over it),
//! or that somebody who tells the fact does not tell.
//!
//! [`Folds`] is kept while facts come and go and looks only at what a change can concern, so what grew step by step equals
//! what is found at once.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use wholechart_fhir::system::LOINC;
use wholechart_fhir::{Day, Entry, FhirDate, Kind, StatusGroup, Value};

use crate::fact::Fact;
use crate::ids::{ConnectionId, EntryKey, FactId};
use crate::merge::lookup::{Number, of_minute, tied_to};

/// So many facts of one minute may stand under one of them; of more than that each stands for itself, because a minute
/// that holds so many is none that anybody meant.
const MOST: usize = 1000;

/// Categories whose observations stay in sight: who somebody is, how they live, what they wish, what they can do.
/// (observation-category of R4, and US Core's additions.)
const IN_SIGHT: &[&str] = &[
    "care-experience-preference",
    "cognitive-status",
    "disability-status",
    "functional-status",
    "observation-adi-documentation",
    "sexual-orientation",
    "social-history",
    "treatment-intervention-preference",
];

/// The category of a form's answer: it folds whatever the form is about.
const SURVEY: &str = "survey";

/// Categories of findings that others rest on: under the report that lists them, and nowhere else.
const OF_REPORTS: &[&str] = &["clinical-test", "imaging"];

/// Categories that do not say what was measured: a figure without any other may be a laboratory's, and is not hidden behind
/// whatever else was measured in its minute.
const UNSAID: &[&str] = &["procedure", "procedures"];

/// LOINC's codes of what stays in sight whatever its category: use of tobacco, pregnancy, advance directives.
const IN_SIGHT_CODES: &[&str] =
    &["11367-0", "42348-3", "45473-6", "72166-2", "75320-2", "82810-3", "86645-9"];

/// How a fact folds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Manner {
    /// It is a row of its own.
    Stays,
    /// Under the visit it names.
    WithVisit,
    /// Under what lists it, or what it names.
    WithReport,
    /// The bytes of what names it: under that, whatever its day is and whatever became of it.
    File,
    /// Under whatever it belongs to, and under what reports its minute; never under another observation of it.
    Apart,
    /// Under whatever it belongs to, or what stands for its minute.
    Folds,
}

/// How a fact folds, by what it is and by what its members say.
///
/// Observations fold that are neither results nor vital signs, and files that are nothing but bytes. What is out of range, what is disputed, and what belongs to
/// the person rather than to a form stays.
pub fn manner(fact: &Fact, members: &[(&EntryKey, &Entry)]) -> Manner {
    match fact.kind {
        Kind::Questionnaire => Manner::WithVisit,
        Kind::Document
            if !members.is_empty() && members.iter().all(|(key, _)| key.resource_type == "Binary") =>
        {
            Manner::File
        }
        Kind::Observation if fact.flag.is_none() && fact.conflicts.is_empty() => {
            let said = members.iter().map(|(_, entry)| manner_of(entry));
            said.min_by_key(|manner| match manner {
                Manner::Stays => 0,
                Manner::WithVisit | Manner::WithReport | Manner::File => 1,
                Manner::Apart => 2,
                Manner::Folds => 3,
            })
            .unwrap_or(Manner::Stays)
        }
        _ => Manner::Stays,
    }
}

fn manner_of(entry: &Entry) -> Manner {
    let named = entry.codes.iter().filter(|coding| coding.system == LOINC);
    if named.into_iter().any(|coding| IN_SIGHT_CODES.contains(&coding.code.as_str())) {
        return Manner::Stays;
    }
    let said: Vec<String> = entry
        .category
        .iter()
        .flat_map(|coding| [Some(coding.code.as_str()), coding.display.as_deref()])
        .flatten()
        .map(|said| said.trim().to_lowercase().replace(' ', "-"))
        .collect();
    let is = |known: &[&str]| said.iter().any(|said| known.contains(&said.as_str()));
    if is(&[SURVEY]) {
        Manner::Folds
    } else if is(IN_SIGHT) {
        Manner::Stays
    } else if is(OF_REPORTS) {
        Manner::WithReport
    } else if is_figure(entry) && said.iter().all(|said| UNSAID.contains(&said.as_str())) {
        Manner::Apart
    } else {
        Manner::Folds
    }
}

/// Something was measured.
fn is_figure(entry: &Entry) -> bool {
    matches!(&entry.value, Some(Value::Quantity(one)) if one.value.is_some() && one.unit_text().is_some())
}

/// What a fact is tied to, and what decides under what it may be and what may be under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ties {
    /// What it is.
    pub kind: Kind,
    /// Of several that would do, the first by title is taken.
    pub title: String,
    /// How it folds.
    pub manner: Manner,
    /// Its sender took it back: nothing is under it.
    pub withdrawn: bool,
    /// Its day.
    pub day: Option<Day>,
    /// The last day of a visit.
    pub until: Option<Day>,
    /// Its minute of the day.
    pub minute: Option<u32>,
    /// Who tells it, sorted.
    pub tellers: Vec<ConnectionId>,
    /// It says that it has members, whether or not they are here.
    pub panel: bool,
    /// What it lists: members, results, entries of a section.
    pub lists: BTreeSet<FactId>,
    /// What it says it is about or comes from (`focus`, `derivedFrom`).
    pub names: BTreeSet<FactId>,
    /// The visit it names.
    pub visit: Option<FactId>,
}

impl Ties {
    /// What a fact says by itself; what it leads to is for those to add who follow references. `None` for what neither
    /// folds nor has anything under it.
    pub fn of(fact: &Fact, members: &[(&EntryKey, &Entry)], home: Tz) -> Option<Ties> {
        let panel = members.iter().any(|(_, entry)| !entry.members.is_empty());
        let holds = match fact.kind {
            Kind::Observation | Kind::Questionnaire | Kind::Report | Kind::Document | Kind::Visit => true,
            Kind::Result | Kind::Vital => panel,
            _ => false,
        };
        if !holds {
            return None;
        }
        let mut tellers: Vec<ConnectionId> = fact.members.iter().map(|key| key.connection.clone()).collect();
        tellers.sort();
        tellers.dedup();
        let last = |end: &FhirDate| end.day_in(home).max(end.own_day());
        let end = fact.date.as_ref().and_then(|date| date.end.as_ref());
        Some(Ties {
            kind: fact.kind,
            title: fact.title.text.clone(),
            manner: manner(fact, members),
            withdrawn: matches!(fact.status_group, StatusGroup::EnteredInError | StatusGroup::Refuted),
            day: fact.day,
            until: end.map(last).filter(|_| fact.kind == Kind::Visit),
            minute: fact.second_of_day.map(|second| second / 60),
            tellers,
            panel,
            lists: BTreeSet::new(),
            names: BTreeSet::new(),
            visit: None,
        })
    }

    /// Takes note of what it was derived from, each with whether that is an observation. What was made of several
    /// observations, a score of its answers, lists them; else it belongs to what it was made of.
    pub fn derived_from(&mut self, sources: impl IntoIterator<Item = (FactId, bool)>) {
        let (observations, others): (Vec<_>, Vec<_>) =
            sources.into_iter().partition(|(_, is_observation)| *is_observation);
        self.names.extend(others.into_iter().map(|(id, _)| id));
        let observations: BTreeSet<FactId> = observations.into_iter().map(|(id, _)| id).collect();
        if observations.len() > 1 {
            self.lists.extend(observations);
        } else {
            self.names.extend(observations);
        }
    }

    /// Facts that it is tied to.
    pub fn related(&self) -> impl Iterator<Item = &FactId> {
        self.lists.iter().chain(&self.names).chain(&self.visit)
    }

    /// By what it is found where others are tied to the same.
    pub fn numbers(&self) -> BTreeSet<Number> {
        let mut numbers: BTreeSet<Number> = self.related().map(tied_to).collect();
        numbers.extend(self.minute_numbers());
        numbers
    }

    /// By what everything of its minutes is found, where it may stand for them or something else for it.
    pub fn minute_numbers(&self) -> BTreeSet<Number> {
        let heads = self.minutes().filter(|_| self.heads());
        heads.chain(self.own_minute()).map(|(teller, day, minute)| of_minute(&teller, day, minute)).collect()
    }

    /// What may be under it and what it may be under depend on these.
    fn differs(&self, other: &Ties) -> bool {
        (self.kind, &self.title, self.withdrawn, self.day, self.until, &self.tellers)
            != (other.kind, &other.title, other.withdrawn, other.day, other.until, &other.tellers)
    }

    /// The order in which what would hold a fact is liked: the nearest first.
    fn rank(&self) -> u8 {
        match self.kind {
            Kind::Observation | Kind::Result | Kind::Vital => 0,
            Kind::Report => 1,
            Kind::Document => 2,
            Kind::Questionnaire => 3,
            _ => 4,
        }
    }

    /// Whether a fact with these ties may be under it.
    fn may_hold(&self, folded: &Ties) -> bool {
        let lasts = |day: Day| {
            let (Some(from), Some(until)) = (self.day, self.until) else { return false };
            let whole = [day, from, until].iter().all(|day| day.day.is_some());
            self.kind == Kind::Visit && whole && from <= day && day <= until
        };
        if !folded.tellers.iter().all(|teller| self.tellers.binary_search(teller).is_ok()) {
            return false;
        }
        if folded.manner == Manner::File {
            return true;
        }
        !self.withdrawn && folded.day.is_none_or(|day| self.day == Some(day) || lasts(day))
    }

    /// The minutes it is of, one for each that tells it.
    fn minutes(&self) -> impl Iterator<Item = Minute> {
        let when = self.day.filter(|day| day.day.is_some()).zip(self.minute);
        when.into_iter()
            .flat_map(|(day, minute)| self.tellers.iter().map(move |teller| (teller.clone(), day, minute)))
    }

    /// The minute that may stand for it, where nothing else does.
    fn own_minute(&self) -> Option<Minute> {
        let alone = matches!(self.manner, Manner::Apart | Manner::Folds) && self.tellers.len() == 1;
        self.minutes().next().filter(|_| alone)
    }

    /// Whether it stands for its minute before any observation.
    fn heads(&self) -> bool {
        let kind = matches!(self.kind, Kind::Report | Kind::Document | Kind::Questionnaire | Kind::Visit);
        kind && !self.withdrawn
    }
}

/// A minute of one source.
type Minute = (ConnectionId, Day, u32);

/// What stands for a minute.
type Head = Option<(FactId, bool)>;

/// What there is of one minute.
#[derive(Debug, Default)]
struct Gathered {
    /// Reports, documents, questionnaires and visits, in the order in which they are liked.
    heads: BTreeSet<(u8, String, FactId)>,
    /// Observations that belong to nothing else: what was withdrawn last, panels first, then by title.
    loose: BTreeSet<(bool, bool, String, FactId)>,
    /// Those of them that are under none of their own kind.
    apart: BTreeSet<FactId>,
}

impl Gathered {
    /// What stands for the minute.
    fn head(&self) -> Option<&FactId> {
        if self.loose.len() + self.apart.len() > MOST {
            return None;
        }
        let several = self.loose.len() > 1;
        let first = || self.loose.first().filter(|(withdrawn, ..)| several && !withdrawn);
        self.heads.first().map(|(.., id)| id).or_else(|| first().map(|(.., id)| id))
    }

    fn has(&self, id: &FactId, ties: &Ties) -> bool {
        if ties.manner == Manner::Apart {
            self.apart.contains(id)
        } else {
            self.loose.contains(&loose(id, ties))
        }
    }

    fn put(&mut self, id: &FactId, ties: &Ties) {
        if ties.manner == Manner::Apart {
            self.apart.insert(id.clone());
        } else {
            self.loose.insert(loose(id, ties));
        }
    }

    fn take(&mut self, id: &FactId, ties: &Ties) {
        if ties.manner == Manner::Apart {
            self.apart.remove(id);
        } else {
            self.loose.remove(&loose(id, ties));
        }
    }

    fn is_empty(&self) -> bool {
        self.heads.is_empty() && self.loose.is_empty() && self.apart.is_empty()
    }
}

/// Which facts of one person are under which.
#[derive(Debug, Default)]
pub struct Folds {
    ties: HashMap<FactId, Ties>,
    listed_by: HashMap<FactId, BTreeSet<FactId>>,
    named_by: HashMap<FactId, BTreeSet<FactId>>,
    minutes: HashMap<Minute, Gathered>,
    /// What lists it, what it names or its visit: one step, wherever that leads.
    nearest: HashMap<FactId, FactId>,
    nearest_of: HashMap<FactId, BTreeSet<FactId>>,
    under: HashMap<FactId, FactId>,
}

impl Folds {
    /// The fact that this one is under. `None`: it stands alone.
    pub fn under(&self, fact: &FactId) -> Option<&FactId> {
        self.under.get(fact)
    }

    /// The ties of a fact that is held.
    pub fn ties(&self, fact: &FactId) -> Option<&Ties> {
        self.ties.get(fact)
    }

    /// How many facts are held.
    pub fn len(&self) -> usize {
        self.ties.len()
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.ties.is_empty()
    }

    /// Facts that came or changed, and without ties those that went. Told which facts are under another one now than
    /// before, or stand alone now; facts that went are not among them.
    pub fn update(&mut self, came: impl IntoIterator<Item = (FactId, Option<Ties>)>) -> BTreeSet<FactId> {
        let mut again = BTreeSet::new();
        let mut heads = BTreeMap::new();
        for (id, ties) in came {
            let before = self.ties.remove(&id);
            if before == ties {
                self.ties.extend(before.map(|before| (id, before)));
                continue;
            }
            let differs = match (&before, &ties) {
                (Some(before), Some(ties)) => before.differs(ties),
                _ => true,
            };
            let lists =
                |ties: &Option<Ties>| ties.as_ref().map(|ties| ties.lists.clone()).unwrap_or_default();
            let (old, new) = (lists(&before), lists(&ties));
            again.extend(
                old.union(&new).filter(|one| differs || !(old.contains(*one) && new.contains(*one))).cloned(),
            );
            if differs {
                again.extend(self.named_by.get(&id).into_iter().flatten().cloned());
            }
            if let Some(before) = before {
                self.untie(&id, &before, &mut heads);
            }
            if let Some(ties) = ties {
                self.tie(&id, &ties, &mut heads);
                self.ties.insert(id.clone(), ties);
            }
            again.insert(id);
        }
        for id in &again {
            self.step(id, &mut heads);
        }
        let reached = self.reached(&again, heads);
        let mut ends = HashMap::new();
        let mut moved = BTreeSet::new();
        for id in reached {
            let end = self.end(&id, &mut ends).filter(|end| *end != id && self.ties.contains_key(&id));
            let before = match &end {
                Some(end) => self.under.insert(id.clone(), end.clone()),
                None => self.under.remove(&id),
            };
            if before != end && self.ties.contains_key(&id) {
                moved.insert(id);
            }
        }
        moved
    }

    /// What stands for a minute, and whether that is an observation like those it stands for.
    fn head(&self, minute: &Minute) -> Head {
        let gathered = self.minutes.get(minute)?;
        Some((gathered.head()?.clone(), gathered.heads.is_empty()))
    }

    /// What there is of a minute, to be changed; `heads` keeps what stood for it before the first change.
    fn gathered(&mut self, minute: Minute, heads: &mut BTreeMap<Minute, Head>) -> &mut Gathered {
        if !heads.contains_key(&minute) {
            heads.insert(minute.clone(), self.head(&minute));
        }
        self.minutes.entry(minute).or_default()
    }

    fn tie(&mut self, id: &FactId, ties: &Ties, heads: &mut BTreeMap<Minute, Head>) {
        for other in &ties.lists {
            self.listed_by.entry(other.clone()).or_default().insert(id.clone());
        }
        for other in ties.names.iter().chain(&ties.visit) {
            self.named_by.entry(other.clone()).or_default().insert(id.clone());
        }
        for minute in ties.minutes().filter(|_| ties.heads()) {
            let head = (ties.rank(), ties.title.clone(), id.clone());
            self.gathered(minute, heads).heads.insert(head);
        }
    }

    fn untie(&mut self, id: &FactId, ties: &Ties, heads: &mut BTreeMap<Minute, Head>) {
        for other in &ties.lists {
            drop_from(&mut self.listed_by, other, id);
        }
        for other in ties.names.iter().chain(&ties.visit) {
            drop_from(&mut self.named_by, other, id);
        }
        for minute in ties.minutes().filter(|_| ties.heads()) {
            let head = (ties.rank(), ties.title.clone(), id.clone());
            self.gathered(minute, heads).heads.remove(&head);
        }
        if let Some(minute) = ties.own_minute() {
            self.gathered(minute, heads).take(id, ties);
        }
    }

    /// Looks again for what is nearest to a fact, and for its place in its minute.
    fn step(&mut self, id: &FactId, heads: &mut BTreeMap<Minute, Head>) {
        let found = self.ties.get(id).and_then(|ties| self.find_nearest(id, ties)).cloned();
        let before = match &found {
            Some(found) => self.nearest.insert(id.clone(), found.clone()),
            None => self.nearest.remove(id),
        };
        if before != found {
            if let Some(before) = before {
                drop_from(&mut self.nearest_of, &before, id);
            }
            if let Some(found) = &found {
                self.nearest_of.entry(found.clone()).or_default().insert(id.clone());
            }
        }
        let Some(ties) = self.ties.get(id) else { return };
        let Some(minute) = ties.own_minute() else { return };
        let there = self.minutes.get(&minute).is_some_and(|gathered| gathered.has(id, ties));
        if there == found.is_none() {
            return;
        }
        let ties = ties.clone();
        let gathered = self.gathered(minute, heads);
        if there {
            gathered.take(id, &ties);
        } else {
            gathered.put(id, &ties);
        }
    }

    /// What lists a fact, else what it names, else its visit.
    fn find_nearest<'f>(&'f self, id: &FactId, ties: &'f Ties) -> Option<&'f FactId> {
        if ties.manner == Manner::Stays {
            return None;
        }
        let visit = || {
            let visit = ties.visit.as_ref()?;
            let holds = self.ties.get(visit)?;
            (holds.kind == Kind::Visit && holds.may_hold(ties)).then_some(visit)
        };
        if ties.manner == Manner::WithVisit {
            return visit();
        }
        let best = |of: &mut dyn Iterator<Item = &'f FactId>| {
            of.filter(|other| *other != id)
                .filter_map(|other| Some((other, self.ties.get(other)?)))
                .filter(|(_, holds)| holds.kind != Kind::Visit && holds.may_hold(ties))
                .min_by_key(|(other, holds)| (holds.rank(), &holds.title, *other))
                .map(|(other, _)| other)
        };
        let listed = best(&mut self.listed_by.get(id).into_iter().flatten());
        let listed =
            listed.or_else(|| best(&mut ties.names.iter().filter(|other| !ties.lists.contains(*other))));
        if matches!(ties.manner, Manner::WithReport | Manner::File) { listed } else { listed.or_else(visit) }
    }

    /// All whose end may be another one, beginning with these.
    fn reached(&mut self, again: &BTreeSet<FactId>, heads: BTreeMap<Minute, Head>) -> HashSet<FactId> {
        let mut open: Vec<FactId> = again.iter().cloned().collect();
        for (minute, before) in heads {
            if self.head(&minute) != before {
                open.extend(self.loose_of(&minute));
            }
            if self.minutes.get(&minute).is_some_and(Gathered::is_empty) {
                self.minutes.remove(&minute);
            }
        }
        let mut reached = HashSet::new();
        while let Some(id) = open.pop() {
            if !reached.insert(id.clone()) {
                continue;
            }
            open.extend(self.nearest_of.get(&id).into_iter().flatten().cloned());
            // What stands for a minute takes it along: it may fold itself, or fold no longer.
            if let Some(ties) = self.ties.get(&id).filter(|ties| ties.heads()) {
                let stands =
                    ties.minutes().filter(|minute| self.head(minute).is_some_and(|(head, _)| head == id));
                open.extend(stands.flat_map(|minute| self.loose_of(&minute)));
            }
        }
        reached
    }

    fn loose_of(&self, minute: &Minute) -> Vec<FactId> {
        let gathered = self.minutes.get(minute);
        let both = |all: &Gathered| {
            let loose = all.loose.iter().map(|(.., id)| id);
            loose.chain(&all.apart).cloned().collect()
        };
        gathered.map(both).unwrap_or_default()
    }

    /// The next step on the way of a fact.
    fn next(&self, id: &FactId) -> Option<&FactId> {
        self.nearest.get(id).or_else(|| {
            let ties = self.ties.get(id)?;
            let head = self.minutes.get(&ties.own_minute()?)?.head().filter(|head| *head != id)?;
            let alike = !self.ties.get(head)?.heads();
            (ties.manner != Manner::Apart || !alike).then_some(head)
        })
    }

    /// Where the way of a fact ends; itself where it has none. `ends` keeps what was found of every fact on the way.
    fn end(&self, id: &FactId, ends: &mut HashMap<FactId, FactId>) -> Option<FactId> {
        let mut way: Vec<&FactId> = Vec::new();
        let mut places: HashMap<&FactId, usize> = HashMap::new();
        let (mut at, mut known) = (self.ties.get_key_value(id).map(|(id, _)| id)?, None);
        while known.is_none() {
            known = ends.get(at).cloned();
            if known.is_some() {
                break;
            }
            if let Some(first) = places.get(at) {
                known = self.end_of_circle(&way[*first..]);
                break;
            }
            places.insert(at, way.len());
            way.push(at);
            match self.next(at) {
                Some(next) => at = next,
                None => known = Some(at.clone()),
            }
        }
        let end = known?;
        ends.extend(way.into_iter().map(|on| (on.clone(), end.clone())));
        Some(end)
    }

    /// Facts that list each other in a circle are under the visit of the first of them, else under the first itself.
    fn end_of_circle(&self, circle: &[&FactId]) -> Option<FactId> {
        let all = circle.iter().filter_map(|id| Some((*id, self.ties.get(*id)?)));
        let (first, ties) = all.min_by_key(|(id, ties)| (&ties.title, *id))?;
        let visit = ties.visit.as_ref().filter(|visit| {
            let holds = self.ties.get(*visit);
            holds.is_some_and(|holds| holds.kind == Kind::Visit && holds.may_hold(ties))
        });
        Some(visit.unwrap_or(first).clone())
    }
}

fn loose(id: &FactId, ties: &Ties) -> (bool, bool, String, FactId) {
    (ties.withdrawn, !ties.panel, ties.title.clone(), id.clone())
}

fn drop_from(all: &mut HashMap<FactId, BTreeSet<FactId>>, of: &FactId, one: &FactId) {
    if let Some(held) = all.get_mut(of) {
        held.remove(one);
        if held.is_empty() {
            all.remove(of);
        }
    }
}

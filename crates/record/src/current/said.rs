//! What a fact says: all that its members say, computed here and nowhere else.
//!
//! No member speaks for the others. A statement that says less takes nothing away, the worst comes first, and where
//! tellers differ each part keeps who says it. Nothing depends on ids or on the order of arrival: equal records say the same.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use wholechart_fhir::{
    Caution, Coding, Day, Detail, DetailValue, Dosage, Element, Entry, Kind, Knowing, Note, Reference,
    ReferenceRange, StatusGroup, Title, Value,
};

use crate::compare::fold;
use crate::current::dosing::dosing;
use crate::current::ended::{Ended, spelled};
use crate::current::people::carers;
use crate::current::state::{self, Keyed, ends, said_last, said_on, stated};
use crate::ids::ConnectionId;
use crate::merge::best::{best_member, flag_contradicts_range, named_best, valued_member};

/// Something that members say, each thing once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidBy<T> {
    /// What.
    pub what: T,
    /// Who says so, where others say otherwise; empty where nobody does.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<ConnectionId>,
    /// When it was last said, where others were said at another time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
}

/// What has to stand beside a fact so that it is not taken for more than it is. `mark-` and its kebab-case name are the key
/// of its words in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// A diagnosis of visits; nobody says that it is still so.
    AtVisit,
    /// A medicine that was handed out; nobody says whether it is taken.
    HandedOut(Option<Day>),
    /// A medicine that was given by somebody; nobody says that it is taken.
    Given(Option<Day>),
    /// A medicine that was proposed or planned, and not ordered.
    Proposed,
    /// An allergy that nobody has confirmed.
    Unconfirmed,
}

impl Mark {
    /// The kebab-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Mark::AtVisit => "at-visit",
            Mark::HandedOut(_) => "handed-out",
            Mark::Given(_) => "given",
            Mark::Proposed => "proposed",
            Mark::Unconfirmed => "unconfirmed",
        }
    }

    /// One of each, to look for its words.
    pub const ALL: &[Mark] =
        &[Mark::AtVisit, Mark::HandedOut(None), Mark::Given(None), Mark::Proposed, Mark::Unconfirmed];

    /// The day it speaks of.
    pub const fn day(self) -> Option<Day> {
        match self {
            Mark::HandedOut(day) | Mark::Given(day) => day,
            _ => None,
        }
    }
}

/// All that the members of a fact say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The status word as sent, of what gives the fact its status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// What has to stand beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// What any member says that may turn its meaning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cautions: Vec<Caution>,
    /// It says what is known, and names no allergen, medicine or illness.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub knowing: Option<Knowing>,
    /// How a medicine that is no longer taken came to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
    /// Every dosing that stands, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dosage: Vec<SaidBy<Dosage>>,
    /// The details that its list and the paper show, in the order of [`elements`]; reactions with the worst first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<SaidBy<Detail>>,
    /// Comments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<SaidBy<Note>>,
    /// Usual ranges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<SaidBy<ReferenceRange>>,
    /// Parts of what was measured that the fact's value does not hold, such as the flow of oxygen beside a saturation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<SaidBy<(Title, Value)>>,
    /// It holds others: a panel, whose results stand for themselves.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holds: bool,
    /// Who did, ordered or wrote it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub performers: Vec<String>,
    /// Who prescribed it, as orders say; the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prescribers: Vec<String>,
    /// Codes of the member that gives the fact its name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Coding>,
}

const GENDER: &str = "gender";

/// Details that lists and the paper show, by kind and in their order; parts of these elements are shown too.
const SHOWN: &[(Kind, &[&str])] = &[
    (
        Kind::Medicine,
        &["reason", "dispense-request-quantity", "number-of-repeats-allowed", "quantity", "status-reason"],
    ),
    (Kind::Problem, &["severity", "body-site", "stage", "abatement", "recorded"]),
    (Kind::Allergy, &["reaction", "criticality", "category", "type"]),
    (
        Kind::Vaccine,
        &[
            "lot-number",
            "dose-number",
            "dose-quantity",
            "dose-sequence",
            "protocol-applied",
            "site",
            "status-reason",
            "explanation",
        ],
    ),
    (Kind::Visit, &["reason", "location", "service-provider", "type", "diagnosis"]),
    (Kind::Procedure, &["reason", "location", "body-site", "outcome"]),
    (Kind::CarePlan, &["description", "activity", "goal"]),
    (Kind::Goal, &["target", "due", "status-reason"]),
    (Kind::CareTeam, &["participant", "reason", "managing-organization"]),
    (Kind::FamilyHistory, &["relationship", "condition", "deceased", "age", "born"]),
    (Kind::Coverage, &["payor", "subscriber", "class", "group", "relationship", "type"]),
    (Kind::Claim, &["insurer", "total", "payment", "type", "provider"]),
    (Kind::Appointment, &["reason", "location", "participant", "description", "service-type"]),
    (Kind::Document, &["type", "category", "class"]),
    (Kind::Report, &["type", "category"]),
    (Kind::Imaging, &["type", "category", "modality", "body-site"]),
    (
        Kind::Device,
        &[
            "serial-number",
            "lot-number",
            "manufacturer",
            "model-number",
            "model",
            "expiration-date",
            "carrier-hrf",
        ],
    ),
    (Kind::Result, &["specimen", "body-site"]),
    (Kind::Vital, &["body-site"]),
    (Kind::Observation, &["specimen", "body-site"]),
    (Kind::Patient, &["birth-date", GENDER]),
];

/// The elements of a kind of which lists and the paper show every part, in their order.
pub fn elements(kind: Kind) -> Vec<Element> {
    let shown = SHOWN.iter().find(|(known, _)| *known == kind).map_or(&[][..], |(_, elements)| *elements);
    shown.iter().filter_map(|name| Element::parse(name)).collect()
}

/// More than this of one thing is no statement about a patient; what is beyond is on the record's page.
const MOST: usize = 200;

impl Said {
    /// All that these members say, in whatever order they come.
    pub fn of(members: &[Keyed<'_, '_>]) -> Said {
        let Some(best) = best_member(members) else { return Said::default() };
        let named = named_best(members).unwrap_or(best);
        let kind = best.kind;
        let mut members = members.to_vec();
        members.sort_by_cached_key(|(key, entry)| (content(entry), (*key).clone()));
        let last = said_last(&members);
        let group = state::group(&last).unwrap_or(best.status_group);
        Said {
            status: best.status.clone(),
            marks: marks(kind, group, &last),
            cautions: cautions(&members),
            knowing: last.iter().filter_map(|(_, entry)| entry.knowing).min(),
            ended: ended(kind, group, &last),
            dosage: dosings(kind, group, &members, &last),
            details: details(kind, &members),
            notes: undated(gather(
                &members,
                |entry| entry.notes.clone(),
                |note| note.text.clone(),
                Differ::Always,
            )),
            ranges: undated(gather(
                &members,
                |entry| shown_range(&entry.reference_range).into_iter().cloned().collect(),
                ReferenceRange::to_text,
                Differ::Where,
            )),
            holds: members.iter().any(|(_, entry)| !entry.members.is_empty()),
            parts: parts(&members),
            performers: performers(&members),
            prescribers: prescribers(&members),
            codes: named.codes.clone(),
        }
    }

    /// The doses and instructions without who says so.
    pub fn dosings(&self) -> Vec<Dosage> {
        self.dosage.iter().map(|one| one.what.clone()).collect()
    }

    /// The details of this element and its parts.
    pub fn about(&self, whole: Element) -> impl Iterator<Item = &SaidBy<Detail>> {
        self.details.iter().filter(move |one| one.what.element.is_of(whole))
    }
}

/// By what members are ordered: the newest word first, then what is said, never by an id.
fn content(entry: &Entry) -> impl Ord + use<> {
    let mut said = entry.title.clone();
    let mut add = |text: &str| {
        said.push('\u{1f}');
        said.push_str(text);
    };
    add(entry.status.as_deref().unwrap_or_default());
    add(&entry.date.as_ref().map(wholechart_fhir::EntryDate::raw_text).unwrap_or_default());
    add(&entry.found().map(|found| found.as_sent()).unwrap_or_default());
    for dosage in &entry.dosage {
        add(&dosing(dosage));
    }
    for detail in &entry.details {
        if elements(entry.kind).iter().any(|whole| detail.element.is_of(*whole)) {
            add(&detail.value.all_sent());
        }
    }
    for note in &entry.notes {
        add(&note.text);
    }
    let newest = said_on(entry).map(ends);
    (newest.is_none(), std::cmp::Reverse(newest), std::cmp::Reverse(entry.release), said)
}

/// When who says a part is worth saying.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Differ {
    /// Where tellers who speak of it do not say the same.
    Where,
    /// Wherever there are several tellers: a comment is its author's.
    Always,
}

/// What members say of one thing, each text once, in the order of the members.
fn gather<T>(
    members: &[Keyed<'_, '_>],
    pick: impl Fn(&Entry) -> Vec<T>,
    text: impl Fn(&T) -> String,
    differ: Differ,
) -> Vec<SaidBy<T>> {
    let mut found: Vec<(String, T, BTreeSet<&ConnectionId>, Option<Day>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut speaking: BTreeSet<&ConnectionId> = BTreeSet::new();
    for (key, entry) in members {
        for what in pick(entry) {
            let said = spelled(&text(&what));
            if said.is_empty() {
                continue;
            }
            speaking.insert(&key.connection);
            let day = said_on(entry);
            let place = places.get(&said).copied();
            if let Some((.., by, newest)) = place.and_then(|place| found.get_mut(place)) {
                by.insert(&key.connection);
                *newest = day.max(*newest);
            } else if found.len() < MOST {
                places.insert(said.clone(), found.len());
                found.push((said, what, BTreeSet::from([&key.connection]), day));
            }
        }
    }
    // Who says less takes nothing away, and adds nothing: "Hives" beside "Hives (severe)".
    let texts: Vec<String> = found.iter().map(|(said, ..)| said.clone()).collect();
    let less = |said: &str| {
        texts.iter().any(|other| other.strip_prefix(said).is_some_and(|rest| rest.starts_with(", ")))
    };
    let tellers: BTreeSet<&ConnectionId> = members.iter().map(|(key, _)| &key.connection).collect();
    let named = match differ {
        Differ::Where => found.iter().any(|(.., by, _)| *by != speaking),
        Differ::Always => tellers.len() > 1,
    };
    found
        .into_iter()
        .filter(|(said, ..)| !less(said))
        .map(|(_, what, by, day)| SaidBy {
            what,
            by: by.into_iter().filter(|_| named).cloned().collect(),
            day,
        })
        .collect()
}

/// The range that lists show: one for everybody before one for some, which may be another sort of people; with bounds before words.
fn shown_range(ranges: &[ReferenceRange]) -> Option<&ReferenceRange> {
    let for_all = |range: &&ReferenceRange| {
        range.applies_to.as_deref().is_none_or(|to| to.to_lowercase().contains("normal"))
    };
    let bounded = |range: &&ReferenceRange| range.low.is_some() || range.high.is_some();
    let mut all: Vec<&ReferenceRange> = ranges.iter().collect();
    all.sort_by_key(|range| (!for_all(range), !bounded(range)));
    let first = all.first().copied()?;
    // Several for some people and none for everybody: nobody here knows which is meant; the record's page has them all.
    (ranges.len() == 1 || for_all(&first)).then_some(first)
}

/// Only of dosings it matters when each was said.
fn undated<T>(mut said: Vec<SaidBy<T>>) -> Vec<SaidBy<T>> {
    for one in &mut said {
        one.day = None;
    }
    said
}

/// Every dosing that stands: of each teller that gives the fact its status, the orders that it says are so, also older
/// ones that it never ended. A dose handed out repeats an order, so it speaks only where no order says how.
fn dosings(
    kind: Kind,
    group: StatusGroup,
    members: &[Keyed<'_, '_>],
    last: &[Keyed<'_, '_>],
) -> Vec<SaidBy<Dosage>> {
    if kind != Kind::Medicine {
        return gather(members, |entry| entry.dosage.clone(), dosing, Differ::Where);
    }
    let standing: BTreeSet<&ConnectionId> =
        last.iter().filter(|(_, entry)| stated(entry) == group).map(|(key, _)| &key.connection).collect();
    let own: Vec<Keyed<'_, '_>> = members
        .iter()
        .filter(|(key, entry)| standing.contains(&key.connection) && stated(entry) == group)
        .copied()
        .collect();
    // What is over was taken as it was ordered last.
    let own =
        if group == StatusGroup::Active || group == StatusGroup::Unknown { own } else { said_last(&own) };
    let orders: Vec<Keyed<'_, '_>> =
        own.iter().filter(|(_, entry)| !entry.is_dose() && !entry.dosage.is_empty()).copied().collect();
    let speaking = if orders.is_empty() { members.to_vec() } else { orders };
    let mut said = gather(&speaking, |entry| entry.dosage.clone(), dosing, Differ::Where);
    let newest = said.iter().map(|one| one.day).max().flatten();
    if said.iter().all(|one| one.day == newest) {
        for one in &mut said {
            one.day = None;
        }
    }
    said
}

fn details(kind: Kind, members: &[Keyed<'_, '_>]) -> Vec<SaidBy<Detail>> {
    let mut all = Vec::new();
    for whole in elements(kind) {
        let of = |entry: &Entry| -> Vec<Detail> {
            if entry.kind == Kind::CareTeam && whole == Element::PARTICIPANT {
                return carers(&entry.details);
            }
            let said = entry.details.iter().filter(|detail| detail.element.is_of(whole)).cloned();
            // What sort of paper it is, where the reader took the category for one of its own fields.
            let sorts = entry.category.iter().filter(|_| whole == Element::CATEGORY).filter_map(|sort| {
                let value = DetailValue::Text(sort.display.clone()?);
                Some(Detail { element: Element::CATEGORY, name: None, value })
            });
            said.chain(sorts).collect()
        };
        let text = |detail: &Detail| {
            let said = detail.value.all_sent();
            let said = if said.is_empty() { format!("{:?}", detail.value) } else { said };
            format!("{}{said}", detail.name.as_deref().unwrap_or_default())
        };
        let mut said = undated(gather(members, of, text, Differ::Where));
        if whole == Element::REACTION || whole == Element::CRITICALITY || whole == Element::SEVERITY {
            said.sort_by_key(|one| harmless(&one.what.value));
        }
        all.extend(said);
    }
    all
}

/// How little harm a reaction does, by its own words: smaller is worse. What says nothing of it stands before what is mild.
fn harmless(value: &DetailValue) -> u8 {
    let mut worst = u8::MAX;
    let mut look = |text: &str| {
        let text = fold(text);
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        worst = worst.min(if says(&["fatal", "anaphyla", "life", "crith", "angioedema"]) || text == "high" {
            0
        } else if says(&["severe", "grave"]) {
            1
        } else if says(&["moderate"]) {
            3
        } else if says(&["mild", "leve"]) || text == "low" || text == "critl" {
            4
        } else {
            u8::MAX
        });
    };
    codes(value, &mut look);
    value.sent(&mut look);
    if worst == u8::MAX { 2 } else { worst }
}

/// Codes in a value, whose names may not say what the code does.
fn codes(value: &DetailValue, each: &mut dyn FnMut(&str)) {
    match value {
        DetailValue::Code(coding) => each(&coding.code),
        DetailValue::Beside { said, beside } => {
            codes(said, each);
            for one in beside {
                codes(one, each);
            }
        }
        DetailValue::Several(several) => several.iter().for_each(|one| codes(one, each)),
        _ => {}
    }
}

/// Parts that the value of the fact does not hold.
fn parts(members: &[Keyed<'_, '_>]) -> Vec<SaidBy<(Title, Value)>> {
    let valued = valued_member(members).and_then(Entry::found);
    let said = |value: &Value| !value.as_sent().is_empty();
    let held: Vec<String> = match &valued {
        Some(wholechart_fhir::Found::Parts(parts)) => {
            parts.iter().map(|(title, value)| format!("{} {}", title.text, value.as_sent())).collect()
        }
        _ => Vec::new(),
    };
    let pressure = matches!(valued, Some(wholechart_fhir::Found::BloodPressure { .. }));
    let of = |entry: &Entry| {
        entry
            .components
            .iter()
            .filter(|part| {
                !(pressure && part.codes.iter().any(|coding| matches!(&*coding.code, "8480-6" | "8462-4")))
            })
            .filter_map(|part| Some((part.called(), part.value.clone().filter(said)?)))
            .filter(|(title, value)| !held.contains(&format!("{} {}", title.text, value.as_sent())))
            .collect::<Vec<_>>()
    };
    if valued.is_none() {
        return Vec::new();
    }
    undated(gather(
        members,
        of,
        |(title, value)| format!("{} {}", title.text, value.as_sent()),
        Differ::Where,
    ))
}

fn performers(members: &[Keyed<'_, '_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in members.iter().flat_map(|(_, entry)| &entry.performer).filter_map(|who| who.display.clone()) {
        if names.len() < MOST && !names.iter().any(|known| spelled(known) == spelled(&name)) {
            names.push(name);
        }
    }
    names
}

/// Of orders: who dispensed or gave it is another. Of what an order names, the first is who asked for it.
fn prescribers(members: &[Keyed<'_, '_>]) -> Vec<String> {
    let is_order =
        |entry: &Entry| matches!(entry.resource_type.as_str(), "MedicationRequest" | "MedicationOrder");
    let of_person =
        |who: &Reference| !who.reference.contains("Patient/") && !who.reference.contains("RelatedPerson/");
    let mut orders: Vec<_> = members.iter().filter(|(_, entry)| is_order(entry)).collect();
    orders.sort_by_key(|(key, entry)| (Reverse(state::day_of(entry)), *key));
    let asked = orders.iter().filter_map(|(_, entry)| entry.performer.first()).filter(|who| of_person(who));
    let mut names: Vec<String> = Vec::new();
    for name in asked.filter_map(|who| who.display.clone()) {
        if names.len() < MOST && !names.iter().any(|known| spelled(known) == spelled(&name)) {
            names.push(name);
        }
    }
    names
}

fn marks(kind: Kind, group: StatusGroup, last: &[Keyed<'_, '_>]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let newest = || last.iter().filter_map(|(_, entry)| state::day_of(entry)).max();
    let all = |is: &dyn Fn(&Entry) -> bool| !last.is_empty() && last.iter().all(|(_, entry)| is(entry));
    if kind == Kind::Problem && all(&state::is_visit_diagnosis) {
        marks.push(Mark::AtVisit);
    }
    if kind == Kind::Medicine && state::is_so(group) {
        if all(&|entry| entry.resource_type == "MedicationAdministration") {
            marks.push(Mark::Given(newest()));
        } else if all(&Entry::is_dose) {
            marks.push(Mark::HandedOut(newest()));
        }
    }
    if kind == Kind::Medicine && group == StatusGroup::Planned && all(&state::is_proposed) {
        marks.push(Mark::Proposed);
    }
    if kind == Kind::Allergy && state::is_so(group) && all(&state::is_unconfirmed) {
        marks.push(Mark::Unconfirmed);
    }
    marks
}

fn cautions(members: &[Keyed<'_, '_>]) -> Vec<Caution> {
    let contradicts = members.iter().any(|(_, entry)| flag_contradicts_range(entry));
    let all: BTreeSet<Caution> = members
        .iter()
        .flat_map(|(_, entry)| entry.cautions.iter().copied())
        .chain(contradicts.then_some(Caution::FlagContradiction))
        .collect();
    all.into_iter().collect()
}

/// An order's own end and its reason are what "stopped" means.
fn ended(kind: Kind, group: StatusGroup, last: &[Keyed<'_, '_>]) -> Option<Ended> {
    if kind != Kind::Medicine || !matches!(group, StatusGroup::Past | StatusGroup::Cancelled) {
        return None;
    }
    let over = last.iter().filter(|(_, entry)| stated(entry) == group && !entry.is_dose());
    Ended::of(over.map(|(_, entry)| *entry))
}

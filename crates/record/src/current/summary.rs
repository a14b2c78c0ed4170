//! What is current, as a patient takes it to the next visit.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use wholechart_fhir::{
    Day, DetailValue, Element, EntryDate, FhirDate, Found, Kind, Knowing, StatusGroup, Title,
};

use crate::compare::fold;
use crate::conflict::{Choice, Conflict, Wish, wish};
use crate::current::dosing::dosing;
use crate::current::said::{Said, SaidBy};
use crate::current::state::{begins, ends, is_current, is_done, is_said};
use crate::fact::{Fact, Flag, Member};
use crate::ids::{ConnectionId, FactId};
use crate::measure::analyte::thing_of;

/// What is current of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The day it was made for.
    pub today: Day,
    /// Whose it is, as providers say.
    pub whose: Whose,
    /// Every section in its fixed order; one without items is present and empty.
    pub sections: Vec<Section>,
    /// Where providers disagree and the person wants to ask about it at the next visit.
    pub ask_about: Vec<Ask>,
}

/// A person as providers know them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Whose {
    /// Birth dates; several where providers do not agree.
    pub born: Vec<SaidBy<DetailValue>>,
    /// Sexes on the record; several where providers do not agree.
    pub sex: Vec<SaidBy<DetailValue>>,
}

/// One part of a summary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Which.
    pub name: SectionName,
    /// In the order to be shown.
    pub items: Vec<Item>,
    /// Facts of this section that are true but not shown: earlier results of the same test, visits long past.
    pub earlier: u32,
    /// Statements that there is none of the kind ("no known allergies"): none of them is an item of it.
    pub none_known: Vec<Item>,
}

/// The sections of a summary. `summary-` + the kebab-case name is the heading's key in the word catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionName {
    /// Allergies and intolerances, all that are not withdrawn, refuted or past.
    Allergies,
    /// Medicines that are active, or whose status nobody stated.
    Medicines,
    /// Problems that are active, or whose status nobody stated.
    Problems,
    /// The latest of each vaccine; `Item::times` counts all.
    Vaccines,
    /// The latest of each laboratory test.
    Results,
    /// The latest of each vital sign.
    Vitals,
    /// The latest of each procedure that was done; `Item::times` counts all.
    Procedures,
    /// Visits of the last two years, newest first, and those planned.
    Visits,
}

/// One line of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The fact.
    pub fact: FactId,
    /// Its kind.
    pub kind: Kind,
    /// Title.
    pub title: Title,
    /// The date as stated.
    pub date: Option<EntryDate>,
    /// The day it is listed under.
    pub day: Option<Day>,
    /// The value.
    pub value: Option<Found>,
    /// Out of range.
    pub flag: Option<Flag>,
    /// All that its members say.
    pub said: Said,
    /// Status in a patient's terms.
    pub status_group: StatusGroup,
    /// It lies before the birth of the person.
    pub before_birth: bool,
    /// How many facts of the same thing there are, this one included (vaccines, results, vitals, procedures); 1 otherwise.
    pub times: u32,
    /// The connections that say it, each once, sorted.
    pub sources: Vec<ConnectionId>,
    /// Where its members disagree.
    pub conflicts: Vec<Conflict>,
}

/// Something to ask about at the next visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// The first fact concerned.
    pub fact: FactId,
    /// Its kind.
    pub kind: Kind,
    /// The titles of all that are concerned, each once.
    pub titles: Vec<Title>,
    /// The disagreement: each statement with who makes it.
    pub conflict: Conflict,
}

/// How many years back results and visits are listed; older ones are counted.
pub const SUMMARY_YEARS: i32 = 2;

/// Facts that were not read because a count of them is all that a summary says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// By one of the newest of the same thing: how many older ones there are.
    pub older: BTreeMap<FactId, u32>,
    /// By kind: how many others that would not be shown.
    pub others: BTreeMap<Kind, u32>,
}

/// What is current on `today` of one person's facts, each with its members as [`crate::merge`] got them.
///
/// `choices` say which disagreements to ask about. Left out everywhere: what was entered in error, refuted, not done or cancelled. The same whatever the order of
/// `facts`.
pub fn summary(facts: &[(Fact, Vec<Member>)], today: Day, choices: &[Choice]) -> Summary {
    let said: Vec<(&Fact, Said)> = facts
        .iter()
        .map(|(fact, members)| {
            let keyed: Vec<_> = members.iter().map(|member| (&member.key, &member.entry)).collect();
            (fact, Said::of(&keyed))
        })
        .collect();
    let said: Vec<(&Fact, &Said)> = said.iter().map(|(fact, said)| (*fact, said)).collect();
    summary_without(&said, &LeftOut::default(), today, choices)
}

/// The same from the facts that can be in it, each with all that its members say, and a count of the others.
pub fn summary_without(
    facts: &[(&Fact, &Said)],
    left_out: &LeftOut,
    today: Day,
    choices: &[Choice],
) -> Summary {
    let whose = whose(facts);
    let born = whose.born.iter().filter_map(|one| one.what.dates().next()).map(FhirDate::own_day).min();
    let said: Vec<Line<'_>> = facts
        .iter()
        .filter(|(fact, _)| is_said(fact.status_group))
        .map(|(fact, said)| Line { fact, said, born })
        .collect();
    let of = |kind: Kind| said.iter().filter(move |line| line.fact.kind == kind);
    let since = Day { year: today.year - SUMMARY_YEARS, ..today };
    // What cannot have been then is not known to be recent.
    let odd = |line: &Line<'_>| line.fact.date.as_ref().is_some_and(|date| date.implausible);
    let recent =
        |line: &Line<'_>| !odd(line) && line.fact.day.is_none_or(|day| overlaps_or_follows(day, since));
    let so = |name: SectionName, kind: Kind, order: Order| {
        let current =
            |line: &&Line<'_>| is_current(kind, line.fact.status_group) && line.said.knowing.is_none();
        let none = |line: &&Line<'_>| {
            is_current(kind, line.fact.status_group) && line.said.knowing == Some(Knowing::NoneKnown)
        };
        let none_known = section(name, of(kind).filter(none).collect(), Order::Title, 0).items;
        Section { none_known, ..section(name, of(kind).filter(current).collect(), order, 0) }
    };

    let sections = vec![
        so(SectionName::Allergies, Kind::Allergy, Order::Title),
        so(SectionName::Medicines, Kind::Medicine, Order::Title),
        so(SectionName::Problems, Kind::Problem, Order::Newest),
        latest(
            SectionName::Vaccines,
            of(Kind::Vaccine).filter(|line| is_done(line.fact.status_group)),
            left_out,
            &|line| !odd(line),
        ),
        latest(SectionName::Results, of(Kind::Result), left_out, &recent),
        latest(SectionName::Vitals, of(Kind::Vital), left_out, &|_| true),
        latest(
            SectionName::Procedures,
            of(Kind::Procedure).filter(|line| is_done(line.fact.status_group)),
            left_out,
            &|line| !odd(line),
        ),
        {
            let (shown, earlier): (Vec<_>, Vec<_>) = of(Kind::Visit).partition(|line| recent(line));
            let others = left_out.others.get(&Kind::Visit).map_or(0, |count| *count as usize);
            section(SectionName::Visits, shown, Order::Newest, earlier.len() + others)
        },
    ];
    let titles: HashMap<&FactId, &Title> = facts.iter().map(|(fact, _)| (&fact.id, &fact.title)).collect();
    let mut ask_about = Vec::new();
    for (fact, _) in facts {
        // Each is with every fact concerned; the first of them speaks.
        for conflict in fact.conflicts.iter().filter(|one| one.facts.first() == Some(&fact.id)) {
            match wish(choices, conflict) {
                None | Some(Wish::Settled) => {}
                Some(Wish::Ask) => {
                    let mut named: Vec<Title> = Vec::new();
                    for title in conflict.facts.iter().filter_map(|id| titles.get(id)) {
                        if !named.iter().any(|one| one.text == title.text) {
                            named.push((*title).clone());
                        }
                    }
                    named.sort();
                    ask_about.push(Ask {
                        fact: fact.id.clone(),
                        kind: fact.kind,
                        titles: named,
                        conflict: conflict.clone(),
                    });
                }
            }
        }
    }
    ask_about.sort_by_cached_key(|ask: &Ask| {
        let said: Vec<String> = ask.conflict.statements.iter().map(|one| format!("{:?}", one.says)).collect();
        (ask.conflict.about, ask.kind, ask.titles.clone(), said, ask.fact.clone())
    });
    Summary { today, whose, sections, ask_about }
}

/// What providers say of the person, each thing once.
pub fn whose(facts: &[(&Fact, &Said)]) -> Whose {
    let people: Vec<_> =
        facts.iter().filter(|(fact, _)| fact.kind == Kind::Patient && is_said(fact.status_group)).collect();
    let of = |is: &dyn Fn(Element) -> bool| {
        let mut said: BTreeMap<String, (DetailValue, BTreeSet<&ConnectionId>)> = BTreeMap::new();
        for (fact, one) in &people {
            for detail in one.details.iter().filter(|detail| is(detail.what.element)) {
                let value = &detail.what.value;
                // A time of day in a birth date belongs to whoever's clock it was; the day is the day.
                let text =
                    value.dates().next().map_or_else(|| value.all_sent(), |date| date.own_day().to_string());
                let by = if detail.by.is_empty() {
                    fact.members.iter().map(|key| &key.connection).collect()
                } else {
                    detail.by.iter().collect::<Vec<_>>()
                };
                said.entry(text).or_insert_with(|| (value.clone(), BTreeSet::new())).1.extend(by);
            }
        }
        let differ = said.len() > 1;
        let all = said.into_values().map(|(what, by)| SaidBy {
            what,
            by: by.into_iter().filter(|_| differ).cloned().collect(),
            day: None,
        });
        all.collect()
    };
    Whose {
        born: of(&|element| element == Element::BIRTH_DATE),
        sex: of(&|element| element.name() == "gender"),
    }
}

/// A fact and all that its members say.
struct Line<'a> {
    fact: &'a Fact,
    said: &'a Said,
    born: Option<Day>,
}

impl Line<'_> {
    fn when(&self) -> (Option<Day>, Option<u32>) {
        (self.fact.day, self.fact.second_of_day)
    }

    /// What it is ordered by where day and title are the same: what is said of it, and its id only where even that is equal.
    /// What nobody named comes last.
    fn words(&self) -> (bool, String, String, FactId) {
        let details: Vec<String> = self.said.details.iter().map(|one| one.what.value.all_sent()).collect();
        let dosage: Vec<String> = self.said.dosage.iter().map(|one| dosing(&one.what)).collect();
        let value = self.fact.value.as_ref().map(Found::as_sent).unwrap_or_default();
        let rest = format!(
            "{value}\u{1f}{}\u{1f}{}\u{1f}{:?}\u{1f}{:?}",
            dosage.join("\u{1f}"),
            details.join("\u{1f}"),
            self.fact.date.as_ref().map(EntryDate::raw_text),
            (self.fact.status_group, &self.said.status, self.fact.flag),
        );
        let unnamed = self.fact.title.text.is_empty();
        (unnamed, fold(&self.fact.title.text), rest, self.fact.id.clone())
    }

    fn item(&self, times: usize) -> Item {
        let sources: BTreeSet<&ConnectionId> = self.fact.members.iter().map(|key| &key.connection).collect();
        Item {
            fact: self.fact.id.clone(),
            kind: self.fact.kind,
            title: self.fact.title.clone(),
            date: self.fact.date.clone(),
            day: self.fact.day,
            value: self.fact.value.clone(),
            flag: self.fact.flag,
            said: self.said.clone(),
            status_group: self.fact.status_group,
            before_birth: matches!((self.fact.day, self.born), (Some(day), Some(born)) if ends(day) < begins(born)),
            times: u32::try_from(times).unwrap_or(u32::MAX),
            sources: sources.into_iter().cloned().collect(),
            conflicts: self.fact.conflicts.clone(),
        }
    }

    fn thing(&self) -> String {
        thing_of(self.fact, self.said)
    }
}

/// A day, month or year that lies on or after `since`, or holds it.
fn overlaps_or_follows(day: Day, since: Day) -> bool {
    let end = (day.year, day.month.unwrap_or(12), day.day.unwrap_or(31));
    end >= (since.year, since.month.unwrap_or(1), since.day.unwrap_or(1))
}

enum Order {
    Title,
    Newest,
}

fn section(name: SectionName, mut lines: Vec<&Line<'_>>, order: Order, earlier: usize) -> Section {
    match order {
        Order::Title => lines.sort_by_cached_key(|line| line.words()),
        Order::Newest => lines.sort_by_cached_key(|line| (Reverse(line.when()), line.words())),
    }
    Section {
        name,
        items: lines.into_iter().map(|line| line.item(1)).collect(),
        earlier: u32::try_from(earlier).unwrap_or(u32::MAX),
        none_known: Vec::new(),
    }
}

/// The latest of each sort of thing, newest first. Several with the same latest moment are all shown: which of them
/// is right is not for us to say. Sorts of things of which even the latest is not `shown` are only counted.
fn latest<'a>(
    name: SectionName,
    lines: impl Iterator<Item = &'a Line<'a>>,
    left_out: &LeftOut,
    shown: &dyn Fn(&Line<'_>) -> bool,
) -> Section {
    let mut groups: BTreeMap<String, Vec<&Line<'_>>> = BTreeMap::new();
    for line in lines {
        groups.entry(line.thing()).or_default().push(line);
    }
    let mut items = Vec::new();
    let mut earlier = 0;
    for group in groups.into_values() {
        let unread: usize = group
            .iter()
            .filter_map(|line| left_out.older.get(&line.fact.id))
            .map(|count| *count as usize)
            .sum();
        let times = group.len() + unread;
        let last = group.iter().map(|line| line.when()).max();
        let (newest, older): (Vec<_>, Vec<_>) =
            group.into_iter().partition(|line| Some(line.when()) == last && shown(line));
        earlier += older.len() + unread;
        // The head of a panel is no result: what is in it stands for itself.
        let says = |line: &&Line<'_>| line.fact.value.is_some() || !line.said.holds;
        items.extend(newest.into_iter().filter(says).map(|line| (line, times)));
    }
    items.sort_by_cached_key(|(line, _)| (Reverse(line.when()), line.words()));
    Section {
        name,
        items: items.into_iter().map(|(line, times)| line.item(times)).collect(),
        earlier: u32::try_from(earlier).unwrap_or(u32::MAX),
        none_known: Vec::new(),
    }
}

//! What is current, as a patient takes it to the next visit.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use wholechart_fhir::{
    Coding, Day, Detail, Dosage, Entry, EntryDate, Found, Kind, ReferenceRange, StatusGroup, Title,
};

use crate::compare::fold;
use crate::conflict::{Choice, Conflict, Wish, wish};
use crate::current::state::{is_current, is_done, is_said};
use crate::fact::{Fact, Flag, Member};
use crate::ids::{ConnectionId, FactId};
use crate::measure::analyte::thing;
use crate::merge::best::best_member;

/// What is current of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The day it was made for.
    pub today: Day,
    /// Every section in its fixed order; one without items is present and empty.
    pub sections: Vec<Section>,
    /// Where providers disagree and the person wants to ask about it at the next visit.
    pub ask_about: Vec<Ask>,
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
    /// The best member's first range.
    pub reference_range: Option<ReferenceRange>,
    /// Doses and instructions, as the best member says.
    pub dosage: Vec<Dosage>,
    /// Reactions, dose numbers, places and so on, as the best member says.
    pub details: Vec<Detail>,
    /// The status word as sent by the best member.
    pub status: Option<String>,
    /// Status in a patient's terms.
    pub status_group: StatusGroup,
    /// Codes of the best member.
    pub codes: Vec<Coding>,
    /// Who did, ordered or wrote it, in words.
    pub performer: Option<String>,
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
    let mut best = Vec::with_capacity(facts.len());
    for (fact, members) in facts {
        let keyed: Vec<_> = members.iter().map(|member| (&member.key, &member.entry)).collect();
        best.extend(best_member(&keyed).map(|member| (fact, member)));
    }
    summary_without(&best, &LeftOut::default(), today, choices)
}

/// The same from the facts that can be in it, each with its best member, and a count of the others.
pub fn summary_without(
    facts: &[(&Fact, &Entry)],
    left_out: &LeftOut,
    today: Day,
    choices: &[Choice],
) -> Summary {
    let said: Vec<Line<'_>> = facts
        .iter()
        .filter(|(fact, _)| is_said(fact.status_group))
        .map(|(fact, best)| Line { fact, best })
        .collect();
    let of = |kind: Kind| said.iter().filter(move |line| line.fact.kind == kind);
    let since = Day { year: today.year - SUMMARY_YEARS, ..today };
    let recent = |line: &Line<'_>| line.fact.day.is_none_or(|day| overlaps_or_follows(day, since));
    let current = |line: &&Line<'_>| is_current(line.fact.kind, line.fact.status_group);

    let sections = vec![
        section(SectionName::Allergies, of(Kind::Allergy).filter(current).collect(), Order::Title, 0),
        section(SectionName::Medicines, of(Kind::Medicine).filter(current).collect(), Order::Title, 0),
        section(SectionName::Problems, of(Kind::Problem).filter(current).collect(), Order::Newest, 0),
        latest(
            SectionName::Vaccines,
            of(Kind::Vaccine).filter(|line| is_done(line.fact.status_group)),
            left_out,
            &|_| true,
        ),
        latest(SectionName::Results, of(Kind::Result), left_out, &recent),
        latest(SectionName::Vitals, of(Kind::Vital), left_out, &|_| true),
        latest(
            SectionName::Procedures,
            of(Kind::Procedure).filter(|line| is_done(line.fact.status_group)),
            left_out,
            &|_| true,
        ),
        {
            let (shown, earlier): (Vec<_>, Vec<_>) = of(Kind::Visit)
                .partition(|line| line.fact.status_group == StatusGroup::Planned || recent(line));
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
    ask_about.sort_by(|a: &Ask, b: &Ask| {
        (a.conflict.about, a.kind, &a.titles, &a.fact).cmp(&(b.conflict.about, b.kind, &b.titles, &b.fact))
    });
    Summary { today, sections, ask_about }
}

/// A fact and the entry that speaks for it.
struct Line<'a> {
    fact: &'a Fact,
    best: &'a Entry,
}

impl Line<'_> {
    fn when(&self) -> (Option<Day>, Option<u32>) {
        (self.fact.day, self.fact.second_of_day)
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
            reference_range: self.best.reference_range.first().cloned(),
            dosage: self.best.dosage.clone(),
            details: self.best.details.clone(),
            status: self.best.status.clone(),
            status_group: self.fact.status_group,
            codes: self.best.codes.clone(),
            performer: self.best.performer.iter().find_map(|who| who.display.clone()),
            times: u32::try_from(times).unwrap_or(u32::MAX),
            sources: sources.into_iter().cloned().collect(),
            conflicts: self.fact.conflicts.clone(),
        }
    }

    /// Where its title stands in the alphabet: what nobody named comes last.
    fn alphabetical(&self) -> (bool, String) {
        (self.fact.title.text.is_empty(), fold(&self.fact.title.text))
    }

    fn thing(&self) -> String {
        thing(self.fact.kind, &self.best.codes, &self.best.title)
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
        Order::Title => lines.sort_by_cached_key(|line| (line.alphabetical(), &line.fact.id)),
        Order::Newest => {
            lines.sort_by_cached_key(|line| (Reverse(line.when()), line.alphabetical(), &line.fact.id));
        }
    }
    Section {
        name,
        items: lines.into_iter().map(|line| line.item(1)).collect(),
        earlier: u32::try_from(earlier).unwrap_or(u32::MAX),
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
        items.extend(newest.into_iter().map(|line| (line, times)));
    }
    items.sort_by_cached_key(|(line, _)| (Reverse(line.when()), line.alphabetical(), &line.fact.id));
    Section {
        name,
        items: items.into_iter().map(|(line, times)| line.item(times)).collect(),
        earlier: u32::try_from(earlier).unwrap_or(u32::MAX),
    }
}

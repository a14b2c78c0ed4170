//! How a topic is now: decided here, and asked by the first page, the lists and the terminal.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use wholechart_fhir::{Caution, Day, DetailValue, Element, EntryDate, FhirDate, Kind, Knowing, StatusGroup};

use super::table::{Known, Trait};
use crate::current::confirmed::was_to_end;
use crate::current::said::{Mark, Said};
use crate::current::state::{begins, ends, is_current, is_done, is_said};

/// How a topic is now, in the order in which lists show them. `standing-` and its kebab-case name are the key of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Standing {
    /// Somebody says that it is so, and nothing says that it is over.
    Current,
    /// Listed as current, but its course or supply is over, it is of those that pass and nobody spoke of it for a year, or a mark that is
    /// not known may turn it.
    PerhapsOver,
    /// Ordered or proposed, and not begun.
    Planned,
    /// Given or done.
    Done,
    /// A diagnosis of visits; nobody lists it among what is so.
    AlsoSeen,
    /// Of relatives.
    Family,
    /// A circumstance of life, whatever its status.
    Circumstance,
    /// An errand: screening, follow-up, a questionnaire.
    Errand,
    /// Over.
    Past,
    /// Ruled out.
    RuledOut,
    /// A statement that there is none.
    NoneKnown,
    /// A statement that nothing is known, or that nobody asked.
    NotKnown,
    /// Taken back, called off or not done.
    NotSo,
}

impl Standing {
    /// Every one, in their order.
    pub const ALL: &[Standing] = &[
        Standing::Current,
        Standing::PerhapsOver,
        Standing::Planned,
        Standing::Done,
        Standing::AlsoSeen,
        Standing::Family,
        Standing::Circumstance,
        Standing::Errand,
        Standing::Past,
        Standing::RuledOut,
        Standing::NoneKnown,
        Standing::NotKnown,
        Standing::NotSo,
    ];

    /// The kebab-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Standing::Current => "current",
            Standing::PerhapsOver => "perhaps-over",
            Standing::Planned => "planned",
            Standing::Done => "done",
            Standing::AlsoSeen => "also-seen",
            Standing::Family => "family",
            Standing::Circumstance => "circumstance",
            Standing::Errand => "errand",
            Standing::Past => "past",
            Standing::RuledOut => "ruled-out",
            Standing::NoneKnown => "none-known",
            Standing::NotKnown => "not-known",
            Standing::NotSo => "not-so",
        }
    }
}

/// What is looked at of a fact.
#[derive(Debug, Clone, Copy)]
pub struct TopicFact<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its status in a patient's terms.
    pub status: StatusGroup,
    /// All that its members say.
    pub said: &'a Said,
    /// Its date as stated.
    pub date: Option<&'a EntryDate>,
    /// Until when a medicine's supply lasts ([`crate::supply_until`]).
    pub supply: Option<Day>,
    /// The newest day on which somebody said something of it ([`crate::last_confirmed`]).
    pub spoken_of: Option<Day>,
}

/// How a topic is on `today`: as the fact that says most. A fact that somebody calls current keeps its topic current, whoever says
/// that it is over: the disagreement is shown beside it.
pub fn standing(known: Option<&Known>, facts: &[TopicFact<'_>], home: Tz, today: Day) -> Standing {
    let now = facts.iter().map(|fact| of_fact(fact, home, today)).min().unwrap_or(Standing::NotSo);
    let is = |what| known.is_some_and(|known| known.is(what));
    let now = if now == Standing::Current && is(Trait::Brief) && is_long_ago(facts, home, today) {
        Standing::PerhapsOver
    } else {
        now
    };
    match now {
        Standing::Current | Standing::PerhapsOver | Standing::AlsoSeen | Standing::Past | Standing::Done
            if is(Trait::Administrative) =>
        {
            Standing::Errand
        }
        Standing::Current | Standing::PerhapsOver | Standing::AlsoSeen | Standing::Past
            if is(Trait::Family) =>
        {
            Standing::Family
        }
        Standing::Current | Standing::PerhapsOver | Standing::AlsoSeen | Standing::Past
            if is(Trait::Circumstance) =>
        {
            Standing::Circumstance
        }
        now => now,
    }
}

/// Whether nobody has spoken of those of these facts that are so for a year. What has no day may be of today.
fn is_long_ago(facts: &[TopicFact<'_>], home: Tz, today: Day) -> bool {
    let a_year_ago = begins(Day { year: today.year - 1, ..today });
    let mut so = facts.iter().filter(|fact| of_fact(fact, home, today) == Standing::Current);
    so.all(|fact| fact.spoken_of.is_some_and(|day| ends(day) < a_year_ago))
}

/// How one fact is on `today`.
fn of_fact(fact: &TopicFact<'_>, home: Tz, today: Day) -> Standing {
    if !is_said(fact.status) {
        return if fact.status == StatusGroup::Refuted { Standing::RuledOut } else { Standing::NotSo };
    }
    match fact.said.knowing {
        Some(Knowing::NoneKnown) => return Standing::NoneKnown,
        Some(_) => return Standing::NotKnown,
        None => {}
    }
    if matches!(fact.kind, Kind::Vaccine | Kind::Procedure) {
        return if is_done(fact.status) { Standing::Done } else { Standing::Planned };
    }
    // An order that is still being written is no medicine that was taken.
    let unwritten = fact.kind == Kind::Medicine && fact.status == StatusGroup::Draft;
    if fact.status == StatusGroup::Planned || unwritten || fact.said.marks.contains(&Mark::Proposed) {
        return Standing::Planned;
    }
    if fact.said.marks.contains(&Mark::AtVisit) {
        return Standing::AlsoSeen;
    }
    if !is_current(fact.kind, fact.status) {
        return Standing::Past;
    }
    let turned = fact.said.cautions.contains(&Caution::ModifierExtension);
    let over = match fact.kind {
        Kind::Medicine => is_perhaps_over(fact, home, today),
        Kind::Problem => has_abated(fact.said, today) || is_period_over(fact, home, today),
        _ => false,
    };
    if turned || over {
        return Standing::PerhapsOver;
    }
    Standing::Current
}

/// An illness that is listed as active, and said to have ended: on a day that is over, at an age, in words (FHIR R4
/// Condition.abatement[x]).
fn has_abated(said: &Said, today: Day) -> bool {
    said.about(Element::ABATEMENT).any(|detail| match &detail.what.value {
        DetailValue::Bool(over) => *over,
        DetailValue::Text(words) => is_an_end(words),
        DetailValue::Quantity(_) | DetailValue::Range { .. } => true,
        value => value.dates().map(FhirDate::own_day).any(|day| begins(day) < begins(today)),
    })
}

/// A warning whose time is over, whatever its status says (FHIR R4 Flag.period). When an illness began in a while that is over
/// (`onsetPeriod`), it did not end.
fn is_period_over(fact: &TopicFact<'_>, home: Tz, today: Day) -> bool {
    let period = fact.date.filter(|date| date.field == "period" && !date.implausible);
    period.and_then(|date| date.end.as_ref().map(|end| (end, date.day_only))).is_some_and(
        |(end, day_only)| {
            let end = if day_only { end.own_day() } else { end.day_in(home) };
            ends(end) < begins(today)
        },
    )
}

/// Words in the place of an end that tell of one: "after delivery", not "ongoing".
fn is_an_end(words: &str) -> bool {
    const NONE: &[&str] = &[
        "active",
        "chronic",
        "continuing",
        "current",
        "false",
        "lifelong",
        "n",
        "na",
        "no",
        "none",
        "not",
        "ongoing",
        "open",
        "present",
        "still",
        "unknown",
        "until",
    ];
    let lower = words.to_lowercase();
    let mut said = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    said.peek().is_some() && !said.any(|word| NONE.contains(&word))
}

/// A medicine that is listed as current, and whose course is over, or which was only given or handed out, the last time longer than a
/// year ago. That nobody spoke of it for years ends nothing: its provider lists it.
fn is_perhaps_over(fact: &TopicFact<'_>, home: Tz, today: Day) -> bool {
    let a_year_ago = begins(Day { year: today.year - 1, ..today });
    let used_up = fact.said.marks.iter().any(|mark| match mark {
        Mark::HandedOut(Some(day)) => begins(*day) < a_year_ago,
        Mark::Given(_) => true,
        _ => false,
    });
    let supplied = fact.supply.is_some_and(|until| begins(until) < begins(today));
    used_up || supplied || was_to_end(fact.kind, fact.status, fact.date, home, today).is_some()
}

/// The days on which something was given or done, newest first, from what is told of each time: one day told twice is one, and a month
/// or a year is none of its own where a day in it is told. What has no day is not counted.
pub fn occasions(told: &[Option<Day>]) -> Vec<Day> {
    let mut days: Vec<Day> = told.iter().flatten().copied().collect();
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    let within = |fine: &Day, coarse: &Day| {
        fine != coarse
            && fine.year == coarse.year
            && coarse.day.is_none()
            && coarse.month.is_none_or(|month| fine.month == Some(month))
    };
    let all = days.clone();
    days.retain(|day| !all.iter().any(|fine| within(fine, day)));
    days
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use wholechart_fhir::{Day, Kind, StatusGroup};

    use super::{Standing, TopicFact, standing};
    use crate::current::said::Said;
    use crate::topic::{Known, topic_of_title};

    fn day(year: i32) -> Day {
        Day { year, month: Some(6), day: Some(1) }
    }

    fn stands(title: &str, spoken_of: Option<i32>) -> Standing {
        let said = Said::default();
        let fact = TopicFact {
            kind: Kind::Problem,
            status: StatusGroup::Active,
            said: &said,
            date: None,
            supply: None,
            spoken_of: spoken_of.map(day),
        };
        let known: Option<&Known> = topic_of_title(Kind::Problem, title);
        assert!(known.is_some(), "{title}");
        standing(known, &[fact], Tz::UTC, day(2026))
    }

    #[test]
    fn what_passes_is_not_so_for_ever_because_nobody_tidied_a_list() {
        assert_eq!(stands("Streptococcal sore throat", Some(2019)), Standing::PerhapsOver);
        assert_eq!(stands("Streptococcal sore throat", Some(2026)), Standing::Current);
        assert_eq!(stands("Streptococcal sore throat", None), Standing::Current, "it may be of today");
        assert_eq!(stands("Normal pregnancy", Some(2012)), Standing::PerhapsOver);
        // Whoever had one is asked about it for the rest of a life.
        for lasting in ["Asthma", "Stroke", "Pulmonary embolism", "Abnormal mammogram"] {
            assert_eq!(stands(lasting, Some(2012)), Standing::Current, "{lasting}");
        }
    }

    #[test]
    fn how_somebody_lives_stands_among_no_illnesses() {
        for life in [
            "Full-time employment",
            "Has a criminal record",
            "Victim of intimate partner abuse",
            "Housing unsatisfactory",
            "Received higher education",
        ] {
            assert_eq!(stands(life, Some(2026)), Standing::Circumstance, "{life}");
        }
        assert_eq!(stands("Cardiac arrest", Some(2026)), Standing::Current);
    }

    #[test]
    fn that_nothing_is_impaired_is_no_illness() {
        for said in [
            "No impairment",
            "No functional impairment",
            "No cognitive impairment",
            "Functional status: normal",
            "No disability",
        ] {
            assert_eq!(stands(said, Some(2026)), Standing::Errand, "{said}");
        }
        let none = topic_of_title(Kind::Problem, "No cognitive impairment").map(Known::address);
        assert_eq!(none.as_deref(), Some("conditions/no-impairment"));
        for said in ["Cognitive impairment", "Mild cognitive impairment", "Hearing impairment", "Disability"]
        {
            assert_ne!(topic_of_title(Kind::Problem, said).map(Known::address), none, "{said}");
        }
    }

    #[test]
    fn what_relatives_have_is_no_problem_of_the_person() {
        assert_eq!(stands("Family history of breast cancer", Some(2012)), Standing::Family);
        assert_eq!(stands("Breast cancer", Some(2012)), Standing::Current);
    }

    #[test]
    fn a_warning_whose_time_is_over_is_perhaps_over() {
        let standing = |end: &str| {
            let sent = format!(
                r#"{{"resourceType":"Flag","status":"active","code":{{"text":"Fall risk"}},"period":{{"start":"2015-01-01"{end}}}}}"#
            );
            let options = wholechart_fhir::ReadOptions::new(wholechart_fhir::Release::R4);
            let entry = wholechart_fhir::read(sent.as_bytes(), &options).expect("a flag");
            let said = Said::default();
            let fact = TopicFact {
                kind: entry.kind,
                status: entry.status_group,
                said: &said,
                date: entry.date.as_ref(),
                supply: None,
                spoken_of: None,
            };
            super::of_fact(&fact, Tz::UTC, day(2026))
        };
        assert_eq!(standing(r#","end":"2015-02-01""#), Standing::PerhapsOver);
        assert_eq!(standing(r#","end":"2027-02-01""#), Standing::Current);
        assert_eq!(standing(""), Standing::Current);
    }
}

//! What a fact says: the best of its members, and where they disagree.

use std::cmp::Reverse;

use chrono_tz::Tz;
use sha2::{Digest, Sha256};
use wholechart_fhir::{
    Coding, DateRole, Entry, EntryDate, Kind, Precision, Quantity, StatusGroup, TitleSource, Value,
};

use crate::compare::{Decimal, quantity_in_words, same_unit, second_of_day};
use crate::conflict::find;
use crate::current::state::{self, is_state, said_last};
use crate::fact::{Fact, Flag, Join, Member};
use crate::ids::{ConnectionId, EntryKey, FactId};

/// What one teller says of a fact, as if nobody else told it. `members`: all of the fact's, sorted by key. `None`: it says nothing of it.
pub fn told_alone(members: &[&Member], by: &ConnectionId, home: Tz) -> Option<Fact> {
    let own: Vec<&Member> = members.iter().copied().filter(|member| member.key.connection == *by).collect();
    (!own.is_empty()).then(|| fact(&own, Vec::new(), home))
}

/// One fact from its members, sorted by key.
pub(crate) fn fact(members: &[&Member], mut joins: Vec<Join>, home: Tz) -> Fact {
    let keyed: Vec<(&EntryKey, &Entry)> = members.iter().map(|member| (&member.key, &member.entry)).collect();
    let best = best_member(&keyed).expect("a cluster begins with a member and never loses one");
    let state = is_state(best.kind);
    let last = if state { said_last(&keyed) } else { Vec::new() };
    // The days of a medicine's orders differ, and the newest is when it was last ordered. Of everything else members tell one
    // day, and the most precise is every member's.
    let date = if best.kind == Kind::Medicine { course(best) } else { best_date(&keyed) };
    // A system's date says when a row was stored: with nothing better, the fact is undated.
    let listed = date.as_ref().filter(|date| date.role != DateRole::System);
    joins.sort_by(|x, y| (&x.a, &x.b, &x.rule).cmp(&(&y.a, &y.b, &y.rule)));
    let id = id(&members[0].key);
    let valued = valued_member(&keyed);
    Fact {
        conflicts: find::status(&id, &last).into_iter().chain(find::dosing(&id, &keyed, &last)).collect(),
        id,
        kind: best.kind,
        title: named_best(&keyed).unwrap_or(best).called(),
        day: listed.and_then(|date| date.day_in(home)),
        second_of_day: listed.and_then(|date| second_of_day(date, home)),
        date,
        status_group: if keyed.iter().any(|(_, entry)| entry.status_group == StatusGroup::EnteredInError) {
            StatusGroup::EnteredInError
        } else {
            state::group(&last).unwrap_or(best.status_group)
        },
        value: valued.and_then(Entry::found),
        // The gravest that any member says: another who says less takes nothing away. What is said of a value that was replaced is
        // not said of the one that replaced it.
        flag: keyed
            .iter()
            .filter(|(_, entry)| !valued.is_some_and(|valued| has_another_value(entry, valued)))
            .filter_map(|(_, entry)| flag(entry))
            .max_by_key(|flag| severity(*flag)),
        members: members.iter().map(|member| member.key.clone()).collect(),
        joins,
        related: Vec::new(),
    }
}

/// Whether an entry has another value than the one that gives the fact its own: two figures of one unit, or two words. One in another
/// unit may be the same.
fn has_another_value(entry: &Entry, valued: &Entry) -> bool {
    match (&entry.value, &valued.value) {
        (Some(Value::Quantity(one)), Some(Value::Quantity(other))) => {
            let figure = |quantity: &Quantity| Decimal::parse(quantity.value.as_deref()?);
            let (figures, unitless) = ((figure(one), figure(other)), |quantity: &Quantity| {
                quantity.unit.is_none() && quantity.code.is_none()
            });
            let comparable = same_unit(one, other) || (unitless(one) && unitless(other));
            comparable && matches!(figures, (Some(one), Some(other)) if one != other)
        }
        _ => false,
    }
}

/// A medicine's date with its end, wherever that is stated.
fn course(entry: &Entry) -> Option<EntryDate> {
    let mut date = entry.date.clone()?;
    date.end = date.end.or_else(|| entry.ended().cloned());
    Some(date)
}

/// Twenty hex digits of the smallest member key's hash: the same for as long as that member stays.
fn id(key: &EntryKey) -> FactId {
    let mut sha = Sha256::new();
    for part in key.parts() {
        sha.update(part.as_bytes());
        sha.update([0]);
    }
    FactId(hex::encode(&sha.finalize()[..10]))
}

/// The member that names a fact: the newest release, the best title, the most precise date, then by what it says, so that
/// ids do not matter.
/// For something that is so, first of all one of those that were said last and give the fact its status: how a medicine is
/// taken stands in its newest order. None for no members.
pub fn best_member<'a>(members: &[(&EntryKey, &'a Entry)]) -> Option<&'a Entry> {
    if !members.iter().any(|(_, entry)| is_state(entry.kind)) {
        return named_best(members);
    }
    let last = said_last(members);
    let group = state::group(&last);
    let so: Vec<_> = last.iter().copied().filter(|(_, entry)| Some(state::stated(entry)) == group).collect();
    // A diagnosis of a visit is over, and does not say so itself.
    let so = if so.is_empty() { last } else { so };
    let newest = so.iter().map(|(_, entry)| state::said_on(entry)).max().flatten();
    let newest: Vec<_> = so.into_iter().filter(|(_, entry)| state::said_on(entry) == newest).collect();
    named_best(&newest)
}

pub(crate) fn named_best<'a>(members: &[(&EntryKey, &'a Entry)]) -> Option<&'a Entry> {
    members
        .iter()
        .min_by_key(|(key, entry)| {
            (
                entry.status_group != StatusGroup::Corrected,
                (Reverse(entry.release), title_rank(entry.title_source), date_rank(entry.date.as_ref())),
                (&entry.title, entry.found().map(|found| found.as_sent()), &entry.status),
                *key,
            )
        })
        .map(|(_, entry)| *entry)
}

/// The member whose value is the fact's: the one that speaks for it, or where that has none, the first that has one.
pub fn valued_member<'a>(members: &[(&EntryKey, &'a Entry)]) -> Option<&'a Entry> {
    let valued = |entry: &&Entry| entry.found().is_some();
    best_member(members).filter(valued).or_else(|| {
        let others: Vec<_> = members.iter().copied().filter(|(_, entry)| valued(entry)).collect();
        named_best(&others)
    })
}

fn title_rank(source: TitleSource) -> u8 {
    match source {
        TitleSource::Text => 0,
        TitleSource::Display => 1,
        TitleSource::Table => 2,
        TitleSource::Reference => 3,
        TitleSource::Code => 4,
        TitleSource::Narrative => 5,
        TitleSource::Unnamed => 6,
    }
}

/// Smaller is better: what can be before what can not, clinical before recorded before system, then the more precise.
fn date_rank(date: Option<&EntryDate>) -> (bool, u8, Reverse<Option<Precision>>) {
    let Some(date) = date else { return (true, 3, Reverse(None)) };
    let role = match date.role {
        DateRole::Clinical => 0,
        DateRole::Recorded => 1,
        DateRole::System => 2,
    };
    let precision = match &date.start {
        Some(_) if date.day_only => Some(Precision::Day),
        start => start.as_ref().map(|start| start.precision),
    };
    (date.implausible, role, Reverse(precision))
}

/// Members of one fact do not contradict each other, so the most precise date is every member's.
fn best_date(members: &[(&EntryKey, &Entry)]) -> Option<EntryDate> {
    members
        .iter()
        .filter(|(_, entry)| entry.date.is_some())
        .min_by_key(|(key, entry)| {
            let said = entry.date.as_ref().map(EntryDate::raw_text);
            (date_rank(entry.date.as_ref()), said, Reverse(entry.release), *key)
        })
        .and_then(|(_, entry)| entry.date.clone())
}

/// Out of range: by the lab's own flag, or, when it sent none, by its own range.
fn flag(entry: &Entry) -> Option<Flag> {
    if !matches!(entry.kind, Kind::Result | Kind::Vital | Kind::Observation) {
        return None;
    }
    let parts = entry
        .components
        .iter()
        .map(|part| (&part.interpretation, part.value.as_ref(), &part.reference_range));
    std::iter::once((&entry.interpretation, entry.value.as_ref(), &entry.reference_range))
        .chain(parts)
        .filter_map(|(sent, value, ranges)| match judged(sent) {
            (true, flag) => flag,
            (false, _) => by_range(value?, ranges),
        })
        .max_by_key(|flag| severity(*flag))
}

/// Whether the laboratory's own flags say anything that is understood, "normal" among it, and the worst of it.
fn judged(sent: &[Coding]) -> (bool, Option<Flag>) {
    let said = |coding: &Coding| {
        Flag::sent(&coding.code)
            .or_else(|| Flag::in_words(coding.display.as_deref()?))
            .or_else(|| Flag::in_words(&coding.code))
    };
    let any = sent.iter().any(|coding| said(coding).is_some() || Flag::is_none(coding));
    (any, sent.iter().filter_map(said).max_by_key(|flag| severity(*flag)))
}

/// Whether a value's own flag says the opposite of its own range. Only of a plain figure with one range in its unit; a value
/// that equals a bound may be on either side of it.
pub(crate) fn flag_contradicts_range(entry: &Entry) -> bool {
    if !matches!(entry.kind, Kind::Result | Kind::Vital | Kind::Observation) {
        return false;
    }
    let [range] = entry.reference_range.as_slice() else { return false };
    if !is_for_all(range) {
        return false;
    }
    let (Some(Value::Quantity(quantity)), (true, flag)) = (&entry.value, judged(&entry.interpretation))
    else {
        return false;
    };
    let Some(amount) = quantity.value.as_deref().and_then(Decimal::parse) else { return false };
    if quantity.comparator.is_some() {
        return false;
    }
    let (low, high) = bounds(quantity, range);
    match flag {
        Some(Flag::Low | Flag::CriticalLow) => low.is_some_and(|low| amount > low),
        Some(Flag::High | Flag::CriticalHigh) => high.is_some_and(|high| amount < high),
        Some(Flag::Abnormal | Flag::Critical) => false,
        None => low.is_some_and(|low| amount < low) || high.is_some_and(|high| amount > high),
    }
}

fn severity(flag: Flag) -> u8 {
    match flag {
        Flag::Abnormal => 0,
        Flag::Low => 1,
        Flag::High => 2,
        Flag::Critical => 3,
        Flag::CriticalLow => 4,
        Flag::CriticalHigh => 5,
    }
}

/// In the value's own unit, with one range for everybody; of several, what lies outside every one of them in the same direction.
fn by_range(value: &Value, ranges: &[wholechart_fhir::ReferenceRange]) -> Option<Flag> {
    let bounded: Vec<_> = ranges.iter().filter(|range| range.low.is_some() || range.high.is_some()).collect();
    let [first, others @ ..] = bounded.as_slice() else { return None };
    let sent;
    let quantity = match value {
        Value::Quantity(quantity) => quantity,
        // A figure that was sent as a string; one without a unit is in that of its range.
        Value::Text(text) => {
            let bare = Decimal::parse(text.trim()).and_then(|_| {
                let unit = first.low.as_ref().or(first.high.as_ref())?;
                Some(Quantity { value: Some(text.trim().to_owned()), comparator: None, ..unit.clone() })
            });
            sent = bare.or_else(|| quantity_in_words(text))?;
            &sent
        }
        _ => return None,
    };
    if others.is_empty() && !is_for_all(first) {
        return None;
    }
    let flag = by_one_range(quantity, first)?;
    others.iter().all(|range| by_one_range(quantity, range) == Some(flag)).then_some(flag)
}

/// Neither of some people only, nor what a treatment aims at.
fn is_for_all(range: &wholechart_fhir::ReferenceRange) -> bool {
    range.applies_to.as_deref().is_none_or(|to| to.to_lowercase().contains("normal"))
}

/// The bounds of a range, where they are in a quantity's unit.
fn bounds(
    quantity: &Quantity,
    range: &wholechart_fhir::ReferenceRange,
) -> (Option<Decimal>, Option<Decimal>) {
    let bound = |bound: &Option<Quantity>| {
        let bound = bound.as_ref()?;
        let unitless = bound.unit.is_none() && bound.code.is_none();
        (unitless || same_unit(quantity, bound)).then(|| Decimal::parse(bound.value.as_deref()?)).flatten()
    };
    (bound(&range.low), bound(&range.high))
}

/// FHIR's bounds are inclusive.
fn by_one_range(quantity: &Quantity, range: &wholechart_fhir::ReferenceRange) -> Option<Flag> {
    let amount = Decimal::parse(quantity.value.as_deref()?)?;
    let (low, high) = bounds(quantity, range);
    let above = |limit: &Option<Decimal>| limit.as_ref().is_some_and(|limit| amount > *limit);
    let below = |limit: &Option<Decimal>| limit.as_ref().is_some_and(|limit| amount < *limit);
    match quantity.comparator.as_deref().map(str::trim).unwrap_or_default() {
        "" | ">=" if above(&high) => Some(Flag::High),
        "" | "<=" if below(&low) => Some(Flag::Low),
        // "More than 200" is high where the range ends at 200; "less than 5" with a range from 3 may be anything.
        ">" if above(&high) || Some(&amount) == high.as_ref() => Some(Flag::High),
        "<" if below(&low) || Some(&amount) == low.as_ref() => Some(Flag::Low),
        _ => None,
    }
}

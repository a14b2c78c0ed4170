//! What is so now. A problem, an allergy or a medicine is told again and again, and what was said last counts: an order
//! of 2019 that was filled is no word against the order of this spring.

use std::collections::BTreeMap;

use wholechart_fhir::{
    DateRole, Day, DetailValue, Element, Entry, EntryDate, FhirDate, Kind, Release, StatusGroup,
};

use crate::ids::{ConnectionId, EntryKey};

type Keyed<'k, 'e> = (&'k EntryKey, &'e Entry);

/// What a status says about whether it is so at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Truth {
    /// Said to be so.
    Said,
    /// Said not to have happened.
    NotDone,
    /// Ruled out.
    Refuted,
    /// Called off.
    Cancelled,
    /// Taken back.
    Withdrawn,
}

impl Truth {
    pub(crate) fn of(status: StatusGroup) -> Truth {
        match status {
            StatusGroup::NotDone => Truth::NotDone,
            StatusGroup::Refuted => Truth::Refuted,
            StatusGroup::Cancelled => Truth::Cancelled,
            StatusGroup::EnteredInError => Truth::Withdrawn,
            StatusGroup::Active
            | StatusGroup::Past
            | StatusGroup::Planned
            | StatusGroup::Draft
            | StatusGroup::Corrected
            | StatusGroup::Unknown => Truth::Said,
        }
    }
}

/// Said to be so: not entered in error, refuted, not done or cancelled.
pub fn is_said(status: StatusGroup) -> bool {
    Truth::of(status) == Truth::Said
}

/// Whether a medicine, problem or allergy of this status is among what is current. Whoever says nothing about the
/// status is: "not stated" is not "over".
pub fn is_current(kind: Kind, status: StatusGroup) -> bool {
    is_said(status)
        && !matches!(status, StatusGroup::Past | StatusGroup::Planned)
        && (kind != Kind::Medicine || status != StatusGroup::Draft)
}

/// Vaccines and procedures count when they were given or done, as far as anybody says.
pub fn is_done(status: StatusGroup) -> bool {
    is_said(status) && !matches!(status, StatusGroup::Planned | StatusGroup::Draft)
}

/// Details that say when a statement was made, or when a medicine was handed over.
pub(crate) const DATED: &[Element] = &[
    Element::DATE_ASSERTED,
    Element::DATE,
    Element::EFFECTIVE,
    Element::ISSUED,
    Element::LAST_OCCURRENCE,
    Element::RECORDED,
    Element::RECORDED_DATE,
    Element::RECORDED_ON,
    Element::WHEN_HANDED_OVER,
    Element::WHEN_PREPARED,
];

/// Something that is so rather than something that happened.
pub(crate) fn is_state(kind: Kind) -> bool {
    matches!(kind, Kind::Problem | Kind::Allergy | Kind::Medicine)
}

/// What each teller said last, in the order of `members`: with several on its newest day all of them, and those without a
/// day, which may be as new. That a dose was handed out or given, or that an order is being written, says nothing about
/// whether the medicine is still taken, so it counts only where nobody says more.
pub(crate) fn said_last<'k, 'e>(members: &[Keyed<'k, 'e>]) -> Vec<Keyed<'k, 'e>> {
    let members = &of_one_source(members);
    let nobody = members.iter().all(|(_, entry)| is_beside(entry));
    let speaking = || members.iter().copied().filter(|(_, entry)| nobody || !is_beside(entry));
    let mut newest: BTreeMap<&ConnectionId, (i32, u32, u32)> = BTreeMap::new();
    for (key, entry) in speaking() {
        let Some(day) = said_on(entry).map(begins) else { continue };
        newest.entry(&key.connection).and_modify(|known| *known = day.max(*known)).or_insert(day);
    }
    let as_new =
        |key: &EntryKey, day: Day| newest.get(&key.connection).is_none_or(|newest| ends(day) >= *newest);
    speaking().filter(|(key, entry)| said_on(entry).is_none_or(|day| as_new(key, day))).collect()
}

/// Two servers of one provider are one source, which does not disagree with itself: the newest release that states a status
/// speaks for both. Files of one import may be of several providers.
fn of_one_source<'k, 'e>(members: &[Keyed<'k, 'e>]) -> Vec<Keyed<'k, 'e>> {
    let is_server = |key: &EntryKey| !key.base.starts_with("file:");
    let mut newest: BTreeMap<&ConnectionId, Release> = BTreeMap::new();
    for (key, entry) in members {
        if is_server(key) && entry.status_group != StatusGroup::Unknown {
            let known = newest.entry(&key.connection).or_insert(key.release);
            *known = key.release.max(*known);
        }
    }
    let speaks = |key: &EntryKey| {
        !is_server(key) || newest.get(&key.connection).is_none_or(|newest| *newest == key.release)
    };
    members.iter().copied().filter(|(key, _)| speaks(key)).collect()
}

/// What is so, when tellers do not agree: what somebody says is current stays among what is current, where the
/// disagreement is seen. Then what may be, then what was said last.
pub(crate) fn group(last: &[Keyed<'_, '_>]) -> Option<StatusGroup> {
    let says = |group| last.iter().any(|(_, entry)| entry.status_group == group).then_some(group);
    says(StatusGroup::Active).or_else(|| says(StatusGroup::Unknown)).or_else(|| {
        last.iter()
            .max_by_key(|(key, entry)| (said_on(entry).map(ends), *key))
            .map(|(_, entry)| entry.status_group)
    })
}

fn is_beside(entry: &Entry) -> bool {
    let dose = matches!(entry.resource_type.as_str(), "MedicationDispense" | "MedicationAdministration");
    dose || entry.kind == Kind::Medicine && entry.status_group == StatusGroup::Draft
}

/// The newest day on which the entry says it was told: an order's own day, or the day it was asserted or written down. When
/// something began says nothing about when it was told, and a system's date is about the system.
pub(crate) fn said_on(entry: &Entry) -> Option<Day> {
    let told = |date: &&EntryDate| {
        date.role == DateRole::Recorded || date.role == DateRole::Clinical && is_order(entry)
    };
    let told = entry.date.as_ref().filter(told).and_then(|date| date.start.as_ref()).map(FhirDate::own_day);
    let dated = entry.details.iter().filter(|detail| DATED.contains(&detail.element));
    let dated = dated.filter_map(|detail| match &detail.value {
        DetailValue::Date(date) | DetailValue::Period { start: Some(date), .. } => Some(date.own_day()),
        _ => None,
    });
    dated.chain(told).max()
}

fn is_order(entry: &Entry) -> bool {
    matches!(entry.resource_type.as_str(), "MedicationRequest" | "MedicationOrder" | "MedicationPrescription")
}

/// The first day that it may mean.
pub(crate) fn begins(day: Day) -> (i32, u32, u32) {
    (day.year, day.month.unwrap_or(1), day.day.unwrap_or(1))
}

/// The last day that it may mean.
pub(crate) fn ends(day: Day) -> (i32, u32, u32) {
    (day.year, day.month.unwrap_or(12), day.day.unwrap_or(31))
}

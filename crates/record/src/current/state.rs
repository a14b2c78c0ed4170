//! What is so now. A problem, an allergy or a medicine is told again and again, and what was said last counts: an order
//! of 2019 that was filled is no word against the order of this spring.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use wholechart_fhir::{
    DateRole, Day, DetailValue, Element, Entry, EntryDate, FhirDate, Kind, Release, StatusGroup,
};

use crate::ids::{ConnectionId, EntryKey};

/// An entry with its key.
pub(crate) type Keyed<'k, 'e> = (&'k EntryKey, &'e Entry);

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

/// Whether a visit or an appointment that is said to be under way or planned lies in the past: it is neither any more,
/// whoever forgot to say so. `date` is its own, `sent` the provider's word.
pub fn is_over(
    kind: Kind,
    status: StatusGroup,
    sent: Option<&str>,
    date: Option<&EntryDate>,
    home: Tz,
    today: Day,
) -> bool {
    /// Nobody stays longer without an end that somebody writes down.
    const LONGEST_STAY: i64 = 366;
    let Some(date) = date.filter(|_| matches!(kind, Kind::Visit | Kind::Appointment)) else { return false };
    let day = |date: &FhirDate, day_only: bool| if day_only { date.own_day() } else { date.day_in(home) };
    let last = date.end.as_ref().or(date.start.as_ref()).map(|last| day(last, date.day_only));
    let Some(last) = last.filter(|last| ends(*last) < begins(today)) else { return false };
    match status {
        StatusGroup::Planned => true,
        StatusGroup::Active if date.end.is_some() || kind == Kind::Appointment => true,
        // Who arrived, was seen.
        StatusGroup::Active => {
            let came = sent.is_some_and(|sent| matches!(sent, "arrived" | "triaged"));
            let since = match (number_of_day(last), number_of_day(today)) {
                (Some(last), Some(today)) => today - last,
                _ => 0,
            };
            since > if came { 1 } else { LONGEST_STAY }
        }
        _ => false,
    }
}

/// Days since 1970 of the last day that it may mean.
fn number_of_day(day: Day) -> Option<i64> {
    let (year, month, of_month) = ends(day);
    let date = chrono::NaiveDate::from_ymd_opt(year, month, of_month.min(28))?;
    Some(date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() / 86_400)
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

/// Who lists a problem, an allergy or a medicine as current, by what each said last; sorted.
pub fn listing(members: &[Keyed<'_, '_>]) -> Vec<ConnectionId> {
    let last = said_last(members);
    let current = |entry: &Entry| is_current(entry.kind, stated(entry)) && !is_beside(entry);
    let over: BTreeSet<&ConnectionId> =
        last.iter().filter(|(_, entry)| !current(entry)).map(|(key, _)| &key.connection).collect();
    let listing: BTreeSet<&ConnectionId> =
        last.iter().filter(|(_, entry)| current(entry)).map(|(key, _)| &key.connection).collect();
    listing.difference(&over).map(|by| (*by).clone()).collect()
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
    let last = speaking().filter(|(key, entry)| said_on(entry).is_none_or(|day| as_new(key, day)));
    last.filter(|(_, entry)| !is_ended_elsewhere(entry, members)).collect()
}

/// One order, by its own number, that somebody tells as under way and somebody as ended: it ended, because no order begins with its
/// end.
fn is_ended_elsewhere(entry: &Entry, members: &[Keyed<'_, '_>]) -> bool {
    let open = |entry: &Entry| is_order(entry) && stated(entry) == StatusGroup::Active;
    let one_number = |other: &Entry| {
        let own = entry.identifiers.iter().filter(|one| !one.system.is_empty());
        own.into_iter().any(|one| other.identifiers.contains(one))
    };
    open(entry)
        && members.iter().any(|(_, other)| {
            is_order(other)
                && stated(other) == StatusGroup::Past
                && one_number(other)
                && day_of(other) == day_of(entry)
        })
}

/// Two servers of one provider are one source, which does not disagree with itself: the newest release that states a status
/// speaks for both. Files of one import may be of several providers.
fn of_one_source<'k, 'e>(members: &[Keyed<'k, 'e>]) -> Vec<Keyed<'k, 'e>> {
    let is_server = |key: &EntryKey| !key.base.starts_with("file:");
    let mut newest: BTreeMap<&ConnectionId, Release> = BTreeMap::new();
    for (key, entry) in members {
        if is_server(key) && stated(entry) != StatusGroup::Unknown {
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
///
/// A diagnosis of a visit, and a dose that somebody gave, were so on their day: they are over where nobody says more.
pub(crate) fn group(last: &[Keyed<'_, '_>]) -> Option<StatusGroup> {
    let of = |entry: &Entry| {
        let given =
            entry.resource_type == "MedicationAdministration" && stated(entry) == StatusGroup::Unknown;
        if given || is_visit_diagnosis(entry) { StatusGroup::Past } else { stated(entry) }
    };
    let says = |group| last.iter().any(|(_, entry)| of(entry) == group).then_some(group);
    says(StatusGroup::Active).or_else(|| says(StatusGroup::Unknown)).or_else(|| {
        last.iter().map(|(_, entry)| (said_on(entry).map(ends), of(entry))).max().map(|(_, group)| group)
    })
}

/// What an entry's status says of a thing that is so, which is not always what it says of the resource: a dispense that is
/// completed was handed out, and nothing came to its end; an order with the intent of a proposal orders nothing yet.
pub(crate) fn stated(entry: &Entry) -> StatusGroup {
    if entry.kind != Kind::Medicine {
        return entry.status_group;
    }
    match entry.status_group {
        StatusGroup::Past | StatusGroup::Active if entry.is_dose() => StatusGroup::Unknown,
        StatusGroup::Active | StatusGroup::Unknown | StatusGroup::Draft if is_proposed(entry) => {
            StatusGroup::Planned
        }
        group => group,
    }
}

/// Said to be so, and not of the future.
pub(crate) fn is_so(group: StatusGroup) -> bool {
    is_said(group) && group != StatusGroup::Planned
}

/// What somebody suggests or plans, and nobody ordered (FHIR R4 §11.1 `intent`). A medicine that a person reports is sent as
/// a plan too (US Core MedicationRequest), and says that it is reported.
pub(crate) fn is_proposed(entry: &Entry) -> bool {
    let reported = entry.details.iter().any(|detail| detail.element.name().starts_with("reported"));
    entry.details.iter().any(|detail| {
        let code = match &detail.value {
            DetailValue::Code(coding) => coding.code.as_str(),
            DetailValue::Text(text) => text.as_str(),
            _ => return false,
        };
        detail.element.name() == "intent"
            && (matches!(code, "proposal" | "option") || code == "plan" && !reported)
    })
}

/// What was diagnosed at a visit, by somebody who does not say whether it is still so.
pub(crate) fn is_visit_diagnosis(entry: &Entry) -> bool {
    let sort = |code: &str| entry.category.iter().any(|category| category.code == code);
    entry.kind == Kind::Problem
        && entry.status_group == StatusGroup::Unknown
        && sort("encounter-diagnosis")
        && !sort("problem-list-item")
}

/// An allergy that its teller calls unconfirmed, or only presumed (FHIR R4 AllergyIntolerance.verificationStatus).
pub(crate) fn is_unconfirmed(entry: &Entry) -> bool {
    let word = |said: &str| matches!(said, "unconfirmed" | "presumed");
    entry.status.as_deref().is_some_and(word)
        || entry
            .detail(Element::VERIFICATION_STATUS)
            .is_some_and(|said| word(&said.all_sent().to_lowercase()))
}

/// The day that an entry has for itself.
pub(crate) fn day_of(entry: &Entry) -> Option<Day> {
    let own = entry.date.as_ref().filter(|date| date.role != DateRole::System);
    let own = own.and_then(|date| date.start.as_ref()).map(FhirDate::own_day);
    own.max(said_on(entry))
}

fn is_beside(entry: &Entry) -> bool {
    let not_yet = matches!(stated(entry), StatusGroup::Draft | StatusGroup::Planned);
    entry.is_dose() || entry.kind == Kind::Medicine && not_yet
}

/// The newest day on which the entry says it was told: an order's own day, or the day it was asserted or written down. When
/// something began says nothing about when it was told, and a system's date is about the system.
pub(crate) fn said_on(entry: &Entry) -> Option<Day> {
    let told = |date: &&EntryDate| {
        let own = date.role == DateRole::Recorded || date.role == DateRole::Clinical && is_order(entry);
        own && !date.implausible
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

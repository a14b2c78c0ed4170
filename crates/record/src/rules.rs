//! The rules by which entries are joined, and what forbids it. Safe rules only: each is right without asking.

use chrono_tz::Tz;
use wholechart_fhir::{Kind, StatusGroup, Value, system_name};

use crate::compare::{Moment, comparable, fold, same_value, value_key};
use crate::{Member, Strength};

/// CVX, the vaccine codes of the CDC.
pub(crate) const CVX: &str = "http://hl7.org/fhir/sid/cvx";
pub(crate) const LOINC: &str = "http://loinc.org";

/// CVX codes that name no vaccine: unspecified, none given, reserved.
const NO_VACCINE: &[&str] = &["99", "998", "999"];

/// A rule as people are told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// The kind it joins; none is any but medicines, documents without content, and what is not on the timeline.
    pub kind: Option<Kind>,
    /// How sure its joins are.
    pub strength: Strength,
    /// Key of its sentence in the word catalogue.
    pub sentence: &'static str,
}

/// One gateway, asked in two releases, gives one record twice under two ids.
///
/// Evidence: same connection, two FHIR bases, same type, same codes (or, without codes, same title), same date, same
/// value (or, without a value, same title), and nothing else like it at either base.
pub const SAME_RESOURCE_TWO_BASES: Rule = Rule {
    name: "same-resource-two-bases",
    kind: None,
    strength: Strength::Same,
    sentence: "join-same-resource-two-bases",
};

/// Two providers know of one result.
///
/// Evidence: a code in common; the same minute, or the same day where one side states only the day and nothing else
/// of that day could be meant; the same amount with comparator and unit, or the same words.
pub const SAME_RESULT: Rule = Rule {
    name: "same-result",
    kind: Some(Kind::Result),
    strength: Strength::Same,
    sentence: "join-same-result",
};

/// Two providers know of one vaccination.
///
/// Evidence: a CVX code in common on the same known day, given according to both.
pub const SAME_VACCINE_SAME_DAY: Rule = Rule {
    name: "same-vaccine-same-day",
    kind: Some(Kind::Vaccine),
    strength: Strength::Same,
    sentence: "join-same-vaccine-same-day",
};

/// All rules, in the order they are applied.
pub const RULES: &[Rule] = &[SAME_RESOURCE_TWO_BASES, SAME_RESULT, SAME_VACCINE_SAME_DAY];

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

/// A member with what the rules look at, computed once.
pub(crate) struct Prepared {
    pub(crate) member: Member,
    pub(crate) truth: Truth,
    /// Of a clinical date that can be believed; a date somebody wrote something down says nothing about what happened.
    pub(crate) start: Option<Moment>,
    pub(crate) end: Option<Moment>,
    pub(crate) value: Option<String>,
    pub(crate) title: String,
    lot: Option<String>,
}

impl Prepared {
    pub(crate) fn new(member: Member, home: Tz) -> Prepared {
        let entry = &member.entry;
        let date = entry
            .date
            .as_ref()
            .filter(|date| date.role == wholechart_fhir::DateRole::Clinical && !date.implausible);
        Prepared {
            truth: Truth::of(entry.status_group),
            start: date.and_then(|date| Moment::of(date, home)),
            end: date.and_then(|date| Some(Moment::of_date(date.end.as_ref()?, date.day_only, home))),
            value: entry.value.as_ref().and_then(value_key),
            title: fold(&entry.title),
            lot: entry
                .detail("detail-lot-number")
                .map(|lot| {
                    lot.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase()
                })
                .filter(|lot| !lot.is_empty()),
            member,
        }
    }

    fn day(&self) -> Option<wholechart_fhir::Day> {
        self.start.and_then(Moment::whole_day)
    }

    /// Where it was read from: a server in a release.
    fn base(&self) -> (&str, &str, wholechart_fhir::Release) {
        let key = &self.member.key;
        (&key.connection.0, &key.base, key.release)
    }
}

/// Whether two members contradict each other, so that no chain of joins may put them into one fact.
pub(crate) fn vetoed(a: &Prepared, b: &Prepared) -> bool {
    let (x, y) = (&a.member.entry, &b.member.entry);
    x.kind != y.kind
        || a.truth != b.truth
        || matches!((a.day(), b.day()), (Some(one), Some(other)) if one != other)
        || (x.kind != Kind::Vaccine && clocks_differ(a, b))
        || matches!((&x.value, &y.value), (Some(one), Some(other)) if !same_value(one, other))
        || matches!((&a.lot, &b.lot), (Some(one), Some(other)) if one != other)
}

/// Both state a time of day, and not the same one. (Of vaccines only the day counts: a time is when it was charted.)
fn clocks_differ(a: &Prepared, b: &Prepared) -> bool {
    let clock = |moment: &Moment| matches!(moment, Moment::Instant(..) | Moment::Wall(..));
    match (a.start.filter(clock), b.start.filter(clock)) {
        (Some(one), Some(other)) => !one.same(other),
        _ => false,
    }
}

/// Two members a rule would join.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Candidate {
    /// Index into [`RULES`].
    pub(crate) rule: usize,
    /// Index of the member with the smaller key.
    pub(crate) a: usize,
    /// Index of the other.
    pub(crate) b: usize,
    pub(crate) evidence: Vec<(String, String)>,
}

/// All pairs that a rule would join, among members sorted by key. In canonical order, each pair once per rule.
pub(crate) fn candidates(members: &[Prepared]) -> Vec<Candidate> {
    let mut found = Vec::new();
    two_bases(members, &mut found);
    same_result(members, &mut found);
    same_vaccine(members, &mut found);
    found.sort();
    found.dedup_by(|later, kept| (later.rule, later.a, later.b) == (kept.rule, kept.a, kept.b));
    found
}

/// Members by what they have in common. A sorted map: nothing here may depend on a hasher's mood.
type Buckets<K> = std::collections::BTreeMap<K, Vec<usize>>;

fn pairs(bucket: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    bucket.iter().enumerate().flat_map(|(n, a)| bucket[n + 1..].iter().map(move |b| (*a, *b)))
}

/// `MedicationOrder` became `MedicationRequest`, and several orders became `ServiceRequest`.
fn family(resource_type: &str) -> &str {
    match resource_type {
        "DiagnosticOrder" | "ProcedureRequest" | "ReferralRequest" => "ServiceRequest",
        other => other,
    }
}

fn two_bases(members: &[Prepared], found: &mut Vec<Candidate>) {
    let mut exact = Buckets::new();
    let mut by_day = Buckets::new();
    for (n, one) in members.iter().enumerate() {
        let (entry, key) = (&one.member.entry, &one.member.key);
        let joinable = entry.kind.on_timeline()
            && !matches!(entry.kind, Kind::Medicine | Kind::Other)
            && entry.title_source != wholechart_fhir::TitleSource::Unnamed
            && !key.base.starts_with("file:");
        if !joinable {
            continue;
        }
        let mut codes: Vec<(&str, &str)> = comparable(&entry.codes).collect();
        codes.sort_unstable();
        codes.dedup();
        let files: Option<Vec<&str>> = entry.attachments.iter().map(|file| file.sha256.as_deref()).collect();
        let says = match (&entry.value, &one.value) {
            // A document is its content: a title and a date are not enough.
            _ if entry.kind == Kind::Document => match files {
                Some(files) if !files.is_empty() => format!("files {files:?}"),
                _ => continue,
            },
            (Some(Value::Absent(_)) | None, _) => {
                let parts: Vec<_> = entry
                    .components
                    .iter()
                    .map(|part| (fold(&part.title), part.value.as_ref().map(|value| fold(&value.to_text()))))
                    .collect();
                format!("{} {parts:?}", one.title)
            }
            (Some(_), Some(value)) => value.clone(),
            (Some(_), None) => continue,
        };
        let title = if codes.is_empty() { one.title.as_str() } else { "" };
        let what = (&key.connection, entry.kind, family(&entry.resource_type), codes, title, says, one.end);
        if let Some(day) = one.day() {
            by_day.entry((what.clone(), day)).or_insert_with(Vec::new).push(n);
        }
        exact.entry((what, one.start)).or_insert_with(Vec::new).push(n);
    }
    let whole = |n: &usize| matches!(members[*n].start, Some(Moment::Whole(_)));
    let vague = by_day.into_values().filter(|bucket| bucket.iter().any(whole));
    for bucket in exact.into_values().chain(vague) {
        let mut bases: Vec<_> = bucket.iter().map(|n| members[*n].base()).collect();
        bases.sort_unstable();
        // Two of a kind at one base: which of them is the other base's one is a guess, and we do not guess.
        if bases.windows(2).any(|pair| pair[0] == pair[1]) {
            continue;
        }
        for (a, b) in pairs(&bucket) {
            let same_start = match (members[a].start, members[b].start) {
                (Some(one), Some(other)) => one.same(other),
                (None, None) => true,
                _ => false,
            };
            let same_base = members[a].member.key.base == members[b].member.key.base;
            if same_start && !same_base && !vetoed(&members[a], &members[b]) {
                let mut evidence = vec![("title".to_owned(), members[a].member.entry.title.clone())];
                evidence.extend(date_evidence(&members[a], &members[b]));
                found.push(Candidate { rule: 0, a, b, evidence });
            }
        }
    }
}

fn same_result(members: &[Prepared], found: &mut Vec<Candidate>) {
    let mut exact = Buckets::new();
    let mut by_day = Buckets::new();
    for (n, one) in members.iter().enumerate() {
        let entry = &one.member.entry;
        let (Some(value), Some(start)) = (&one.value, one.start) else { continue };
        if entry.kind != Kind::Result || one.truth != Truth::Said || !entry.components.is_empty() {
            continue;
        }
        for code in comparable(&entry.codes) {
            match start {
                Moment::Instant(..) | Moment::Wall(..) => {
                    // The day stays out of an instant's key: it is the same minute on either side of a border.
                    let clock = match start {
                        Moment::Instant(minute, _) => (0, minute, None),
                        Moment::Wall(minute, day) => (1, i64::from(minute), Some(day)),
                        Moment::Whole(day) | Moment::Coarse(day) => (2, 0, Some(day)),
                    };
                    exact.entry((code, clock, value)).or_insert_with(Vec::new).push(n);
                }
                Moment::Whole(_) | Moment::Coarse(_) => {}
            }
            if let Some(day) = start.whole_day() {
                by_day.entry((code, day, value)).or_insert_with(Vec::new).push(n);
            }
        }
    }
    for ((code, ..), bucket) in exact {
        for (a, b) in pairs(&bucket) {
            push_result(members, a, b, code, found);
        }
    }
    for ((code, ..), bucket) in by_day {
        // A day without a time matches a time of that day only if there is no second one it could be, neither among
        // the times nor at either provider.
        let clocks: std::collections::BTreeSet<_> = bucket
            .iter()
            .filter_map(|n| match members[*n].start {
                Some(Moment::Instant(minute, _)) => Some((0, minute)),
                Some(Moment::Wall(minute, _)) => Some((1, i64::from(minute))),
                _ => None,
            })
            .collect();
        let whole = |n: &usize| matches!(members[*n].start, Some(Moment::Whole(_)));
        let mut bases: Vec<_> = bucket.iter().filter(|n| whole(n)).map(|n| members[*n].base()).collect();
        let timed: std::collections::BTreeSet<_> =
            bucket.iter().filter(|n| !whole(n)).map(|n| members[*n].base()).collect();
        bases.extend(timed);
        bases.sort_unstable();
        if clocks.len() > 1 || bases.windows(2).any(|pair| pair[0] == pair[1]) {
            continue;
        }
        for (a, b) in pairs(&bucket).filter(|(a, b)| whole(a) || whole(b)) {
            push_result(members, a, b, code, found);
        }
    }
}

fn push_result(members: &[Prepared], a: usize, b: usize, code: (&str, &str), found: &mut Vec<Candidate>) {
    let (one, other) = (&members[a], &members[b]);
    if one.end != other.end || vetoed(one, other) {
        return;
    }
    let mut evidence = vec![("code".to_owned(), code_text(code))];
    evidence.extend(date_evidence(one, other));
    evidence.extend(one.member.entry.value_text().map(|value| ("value".to_owned(), value)));
    found.push(Candidate { rule: 1, a, b, evidence });
}

fn same_vaccine(members: &[Prepared], found: &mut Vec<Candidate>) {
    let mut buckets = Buckets::new();
    for (n, one) in members.iter().enumerate() {
        let entry = &one.member.entry;
        // "Planned" and "draft" are not "given"; "not stated" is how some servers send what was given.
        let given = matches!(
            entry.status_group,
            StatusGroup::Past | StatusGroup::Active | StatusGroup::Corrected | StatusGroup::Unknown
        );
        let Some(day) = one.day().filter(|_| given && entry.kind == Kind::Vaccine) else { continue };
        for (_, code) in comparable(&entry.codes).filter(|(system, _)| *system == CVX) {
            // Some servers pad: `08` is `8`.
            let code = code.trim_start_matches('0');
            if !code.is_empty() && !NO_VACCINE.contains(&code) {
                buckets.entry((code, day)).or_insert_with(Vec::new).push(n);
            }
        }
    }
    for ((code, day), bucket) in buckets {
        for (a, b) in pairs(&bucket) {
            if !vetoed(&members[a], &members[b]) {
                let evidence =
                    vec![("code".to_owned(), code_text((CVX, code))), ("day".to_owned(), day.to_string())];
                found.push(Candidate { rule: 2, a, b, evidence });
            }
        }
    }
}

/// `LOINC 4548-4`, or the system's address before the code.
fn code_text((system, code): (&str, &str)) -> String {
    format!("{} {code}", system_name(system).unwrap_or(system))
}

/// The more precise of the two dates, as stated.
fn date_evidence(a: &Prepared, b: &Prepared) -> Option<(String, String)> {
    let clock = |one: &Prepared| matches!(one.start, Some(Moment::Instant(..) | Moment::Wall(..)));
    let stated = |one: &Prepared| {
        let date = one.member.entry.date.as_ref()?;
        Some(date.start.as_ref()?.raw.clone())
    };
    if clock(a) && clock(b) {
        return Some(("time".to_owned(), stated(a)?));
    }
    let start = a.start?;
    Some(("day".to_owned(), start.whole_day().map_or_else(|| stated(a), |day| Some(day.to_string()))?))
}

//! The rules by which entries are joined, and the vetoes that forbid it. Both are tables.
//!
//! A rule says why two entries may be one fact. A veto says why they cannot, whatever any rule says, and holds between
//! all members of a fact, so that no chain of joins passes it by.

use wholechart_fhir::system::{CPT, CVX, LOINC, NDC};
use wholechart_fhir::{Coding, Kind, StatusGroup, TitleSource, system_name};

use crate::compare::{Moment, same_measure, same_unit};
use crate::current::state::Truth;
use crate::fact::{Equal, Evidence, Strength};
use crate::hash::hash;
use crate::kinds::names_a_thing;
use crate::merge::codes::{Code, is_leftover, listed_beside};
use crate::merge::known::Known;
use crate::merge::medicine::{Medicine as MedicineName, are_called_alike};
use crate::merge::prepared::{Prepared, Teller};
use crate::title::{bag, initials, is_within, particulars, share};

/// Two entries looked at together, with what the record knows of codes and numbers.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'p> {
    pub(crate) a: &'p Prepared,
    pub(crate) b: &'p Prepared,
    /// Who tells each side: one, or all who told it in the same bytes.
    pub(crate) tellers: (&'p [Teller], &'p [Teller]),
    pub(crate) known: &'p Known,
}

impl<'p> Pair<'p> {
    /// Of two entries as they are.
    pub(crate) fn of(a: &'p Prepared, b: &'p Prepared, known: &'p Known) -> Pair<'p> {
        let tellers = (std::slice::from_ref(&a.teller), std::slice::from_ref(&b.teller));
        Pair { a, b, tellers, known }
    }

    /// The same server or file tells both, and nobody else tells the one without the other: a file that was put together
    /// from what two servers told says nothing about whether they mean one thing.
    fn of_one_base(&self) -> bool {
        let (ours, theirs) = self.tellers;
        let within =
            |one: &[Teller], other: &[Teller]| one.iter().all(|own| other.binary_search(own).is_ok());
        share(ours, theirs) && (within(ours, theirs) || within(theirs, ours))
    }

    /// Two servers of one connection tell them.
    fn of_one_gateway(&self) -> bool {
        let (mut ours, mut theirs) = self.tellers;
        let run = |list: &[Teller], of: u64| list.iter().take_while(|one| one.connection == of).count();
        while let (Some(one), Some(other)) = (ours.first(), theirs.first()) {
            let (mine, left) = ours.split_at(run(ours, one.connection));
            let (others, right) = theirs.split_at(run(theirs, other.connection));
            match one.connection.cmp(&other.connection) {
                std::cmp::Ordering::Less => ours = left,
                std::cmp::Ordering::Greater => theirs = right,
                std::cmp::Ordering::Equal => {
                    let server = |list: &[Teller]| -> Vec<u64> {
                        list.iter().filter(|one| !one.is_file).map(|one| one.base).collect()
                    };
                    let (mine, others) = (server(mine), server(others));
                    let two = mine.len() > 1 || others.len() > 1 || mine != others;
                    if two && !mine.is_empty() && !others.is_empty() {
                        return true;
                    }
                    (ours, theirs) = (left, right);
                }
            }
        }
        false
    }
}

/// A rule as people are told of it.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name; `join-` and it are the key of its sentence in the word catalogue.
    pub name: &'static str,
    /// The kinds it joins; none is any.
    pub kinds: &'static [Kind],
    /// How sure its joins are, when nothing else could be meant; otherwise they are likely.
    pub strength: Strength,
    judge: fn(&Pair<'_>) -> Option<Evidence>,
}

/// Why two entries cannot be one fact.
#[derive(Debug, Clone, Copy)]
pub struct Veto {
    /// Its name.
    pub name: &'static str,
    forbids: fn(&Pair<'_>) -> bool,
}

use Kind::{
    Allergy, CarePlan, CareTeam, Claim, Coverage, Device, Document, Goal, Medicine, Observation, Patient,
    Problem, Procedure, Report, Support, Vaccine, Visit, Vital,
};

const fn rule(
    name: &'static str,
    kinds: &'static [Kind],
    strength: Strength,
    judge: fn(&Pair<'_>) -> Option<Evidence>,
) -> Rule {
    Rule { name, kinds, strength, judge }
}

/// All rules, in the order they are applied: what is sure before what is likely.
pub const RULES: &[Rule] = &[
    // Whoever sends it, and whatever it is.
    rule(SAME_BYTES, &[], Strength::Same, same_bytes),
    // One gateway, asked in two releases, gives one record twice under two ids.
    rule("taken-back", &[], Strength::Same, |pair| taken_back(pair).then(|| vec![title(pair.a)])),
    rule("same-resource-two-bases", &[], Strength::Same, two_bases),
    rule("same-number", &[], Strength::Same, same_number),
    rule("same-content", &[Document, Report], Strength::Same, same_content),
    rule("same-document", &[Document], Strength::Same, same_document),
    rule("same-result", &[Kind::Result], Strength::Same, same_result),
    rule("same-measurement", &[Vital, Observation], Strength::Same, same_result),
    rule("same-device", &[Device], Strength::Same, same_device),
    rule("same-report", &[Report], Strength::Same, same_report),
    rule("same-panel", &[Kind::Result, Vital, Observation], Strength::Same, same_panel),
    rule("same-vaccine-same-day", &[Vaccine], Strength::Same, same_vaccine),
    rule("same-problem", &[Problem], Strength::Same, same_problem),
    rule("same-allergy", &[Allergy], Strength::Same, same_allergy),
    rule("same-medicine", &[Medicine], Strength::Same, same_medicine),
    rule("same-procedure", &[Procedure], Strength::Same, same_procedure),
    rule("same-visit", &[Visit], Strength::Same, same_visit),
    rule("same-person", &[Patient], Strength::Same, same_person),
    rule("same-plan", &[CarePlan, CareTeam, Goal], Strength::Same, same_plan),
    rule("same-coverage", &[Coverage], Strength::Same, same_coverage),
    rule("same-claim", &[Claim], Strength::Same, same_claim),
    rule("same-name-one-provider", &[Support], Strength::Same, same_name),
    rule("same-name-and-place", &[Support], Strength::Same, same_place),
    rule("overlapping-visit", &[Visit], Strength::Likely, overlapping_visit),
    rule("like-code", &[], Strength::Likely, like_code),
    rule("like-words", &[], Strength::Likely, like_words),
    // Of two kinds, so never one fact: a bill is not a visit.
    rule(CLAIM_OF_VISIT, &[Claim], Strength::Related, claim_of_visit),
];

/// The rule by which what is equal in every byte is one.
pub(crate) const SAME_BYTES: &str = "same-bytes";

/// The rule by which a claim is shown with the visit it is about.
pub(crate) const CLAIM_OF_VISIT: &str = "claim-of-visit";

const fn veto(name: &'static str, forbids: fn(&Pair<'_>) -> bool) -> Veto {
    Veto { name, forbids }
}

/// All vetoes.
pub const VETOES: &[Veto] = &[
    // Refuted, not done, called off and taken back are never one with what is so.
    veto("negation", |pair| pair.a.truth != pair.b.truth && !taken_back(pair)),
    veto("intended", |pair| pair.a.intended != pair.b.intended),
    veto("date", dates_differ),
    veto("clock", clocks_differ),
    // A date that cannot be is no date at all, but not any date.
    veto("odd-date", odd_dates_differ),
    // Two codes of a system that tells things apart.
    veto("code", codes_differ),
    veto("value", |pair| {
        matches!((&pair.a.amount, &pair.b.amount), (Some(one), Some(other)) if one != other)
            && !corrects(pair)
            && !converted(pair)
    }),
    veto(
        "unit",
        |pair| matches!((&pair.a.quantity, &pair.b.quantity), (Some(one), Some(other)) if !same_unit(one, other) && !same_measure(one, other)),
    ),
    veto("dose", |pair| {
        medicines(pair, |one, other| {
            !one.figures.is_empty() && !other.figures.is_empty() && !one.same_figures(other)
        })
    }),
    veto("form", |pair| {
        medicines(pair, |one, other| one.form.is_some() && other.form.is_some() && one.form != other.form)
    }),
    veto("route", |pair| {
        medicines(pair, |one, other| one.route.is_some() && other.route.is_some() && one.route != other.route)
    }),
    veto("release", |pair| {
        medicines(pair, |one, other| {
            one.release != other.release
                || (one.hours.is_some() && other.hours.is_some() && one.hours != other.hours)
        })
    }),
    veto("ingredient", ingredients_differ),
    veto("side", |pair| matches!((pair.a.side, pair.b.side), (Some(one), Some(other)) if one != other)),
    veto("lot", |pair| matches!((&pair.a.lot, &pair.b.lot), (Some(one), Some(other)) if one != other)),
    veto(
        "specimen",
        |pair| matches!((&pair.a.specimen, &pair.b.specimen), (Some(one), Some(other)) if one != other),
    ),
    veto("conclusion", conclusions_differ),
    veto("class", |pair| matches!((pair.a.class, pair.b.class), (Some(one), Some(other)) if one != other)),
    // Equal codes under words that have nothing in common: one of both is wrong.
    veto("words", words_differ),
    veto("particulars", particulars_differ),
    // Two illnesses that the shipped table knows by their names.
    veto(
        "illness",
        |pair| matches!((pair.a.illness, pair.b.illness), (Some(one), Some(other)) if one != other),
    ),
    veto("number", numbers_differ),
    veto(
        "birth-date",
        |pair| matches!((&pair.a.born, &pair.b.born), (Some(one), Some(other)) if one != other),
    ),
    // A server that lists two events means two.
    veto(ONE_TELLER, one_teller),
    // What the person adds is never taken for what somebody else says, unless the person says so.
    veto("own", |pair| pair.a.teller.is_own != pair.b.teller.is_own),
];

/// The veto that keeps two events of one server apart.
pub(crate) const ONE_TELLER: &str = "one-teller";

/// Which vetoes hold, as bits by their place in [`VETOES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held(u32);

impl Held {
    pub(crate) const ALL: Held = Held(u32::MAX);

    pub(crate) fn without(name: &str) -> Held {
        VETOES.iter().position(|veto| veto.name == name).map_or(Held::ALL, |n| Held(!(1 << n)))
    }

    /// Whether the veto of this name holds.
    pub(crate) fn heeds(self, name: &str) -> bool {
        VETOES.iter().position(|veto| veto.name == name).is_some_and(|n| self.0 >> n & 1 == 1)
    }

    /// Whether the two contradict each other.
    pub(crate) fn forbid(self, pair: &Pair<'_>) -> bool {
        pair.a.content != pair.b.content
            && VETOES.iter().enumerate().any(|(n, veto)| self.0 >> n & 1 == 1 && (veto.forbids)(pair))
    }
}

/// The first rule that joins the two, else the first by which they are likely one, by its place in [`RULES`].
pub(crate) fn judge(pair: &Pair<'_>) -> Option<(usize, Evidence)> {
    if pair.a.kind() != pair.b.kind() {
        return None;
    }
    RULES
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.kinds.is_empty() || rule.kinds.contains(&pair.a.kind()))
        .find_map(|(n, rule)| Some((n, (rule.judge)(pair)?)))
}

// ── Vetoes ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// Both claim a precision at which they differ. What is so has no day of its own where only the day of a
/// prescription is known; a visit lasts.
fn dates_differ(pair: &Pair<'_>) -> bool {
    let (a, b) = (pair.a, pair.b);
    match a.kind() {
        Medicine | Patient | Support => return false,
        Document if share(&a.files, &b.files) => return false,
        Visit | Claim => {
            return matches!((a.span, b.span), (Some(one), Some(other)) if one.1 < other.0 || other.1 < one.0);
        }
        _ => {}
    }
    match (a.start, b.start) {
        // The same minute is the same on either side of a border.
        (Some(Moment::Instant(one, _)), Some(Moment::Instant(other, _))) if one == other => false,
        (Some(one), Some(other)) => {
            let (one, other) = (one.stated(), other.stated());
            one.year != other.year
                || matches!((one.month, other.month), (Some(one), Some(other)) if one != other)
                || (one.month == other.month
                    && matches!((one.day, other.day), (Some(one), Some(other)) if one != other))
        }
        _ => false,
    }
}

/// Both state a time of day, and not the same one. Of vaccines, problems and allergies only the day counts: a time is
/// when it was charted.
fn clocks_differ(pair: &Pair<'_>) -> bool {
    let (a, b) = (pair.a, pair.b);
    if a.is_state() || matches!(a.kind(), Vaccine | Visit | Claim | Document | Patient | Support) {
        return false;
    }
    let clock = |moment: &Moment| matches!(moment, Moment::Instant(..) | Moment::Wall(..));
    let differ = |one: Option<Moment>, other: Option<Moment>| matches!((one.filter(clock), other.filter(clock)), (Some(one), Some(other)) if !one.same(other));
    differ(a.start, b.start) || differ(a.end, b.end)
}

fn medicines(pair: &Pair<'_>, differ: fn(&MedicineName, &MedicineName) -> bool) -> bool {
    matches!((&pair.a.medicine, &pair.b.medicine), (Some(one), Some(other)) if differ(one, other))
}

fn ingredients_differ(pair: &Pair<'_>) -> bool {
    medicines(pair, |one, other| {
        !one.names.is_empty() && !other.names.is_empty() && !are_called_alike(one, other)
    }) && !names_bridged(pair)
        || medicines(pair, |one, other| {
            !one.salts.is_empty() && !other.salts.is_empty() && !share(&one.salts, &other.salts)
        })
}

/// The same ingredients or brand, or a brand and its generic name that were sent together.
pub(crate) fn named_alike(pair: &Pair<'_>) -> bool {
    medicines(pair, are_called_alike) || names_bridged(pair)
}

/// A brand and its generic name were sent together somewhere in this record.
fn names_bridged(pair: &Pair<'_>) -> bool {
    let (Some(one), Some(other)) = (&pair.a.medicine, &pair.b.medicine) else { return false };
    one.names.iter().any(|name| {
        other.names.iter().any(|beside| pair.known.bridges.direct(Code::name(name).id, Code::name(beside).id))
    })
}

fn words_differ(pair: &Pair<'_>) -> bool {
    let (a, b) = (pair.a, pair.b);
    // The codes of laboratories and billing say more than the words of a report, which are abbreviated at will.
    let by_code = || a.kind() == Report && common_code(pair, &[LOINC, CPT]).is_some();
    matches!(a.kind(), Problem | Allergy | Procedure | Report)
        && !by_code()
        && !a.stems.is_empty()
        && !b.stems.is_empty()
        && (!share(&a.stems, &b.stems) || by_leftover_code(pair) || by_wide_code(pair))
        && !initials(&a.member.entry.title, &b.member.entry.title)
}

/// The codes that both sent, as one of them sent them.
fn shared_codes<'p>(a: &'p Prepared, b: &'p Prepared) -> impl Iterator<Item = &'p Coding> {
    let shared = |coding: &&Coding| {
        Code::of(coding).is_some_and(|code| b.codes.iter().any(|other| other.id == code.id))
    };
    a.member.entry.codes.iter().filter(shared)
}

/// Each has a word that the other lacks, and nothing but codes for "other" are in common (ICD-10-CM, NEC): they hold whatever has
/// no code of its own.
fn by_leftover_code(pair: &Pair<'_>) -> bool {
    each_says_more(&pair.a.stems, &pair.b.stems) && all_and_some(shared_codes(pair.a, pair.b), is_leftover)
}

/// Each has a word that the other and the code lack, and the code's name is within that of one: "diabetes mellitus" is said of
/// type 2 diabetes and of gestational diabetes.
fn by_wide_code(pair: &Pair<'_>) -> bool {
    let (a, b) = (pair.a, pair.b);
    if a.kind() == Allergy || a.bag == b.bag || a.illness.is_some() && a.illness == b.illness {
        return false;
    }
    let (one, other): (Vec<&str>, Vec<&str>) = (a.bag.split(' ').collect(), b.bag.split(' ').collect());
    let is_less = |coding: &Coding| {
        let said = coding.display.as_deref().map(bag).unwrap_or_default();
        let said: Vec<&str> = said.split(' ').filter(|word| !word.is_empty()).collect();
        lacks(&said, &one) && lacks(&said, &other) && (is_within(&said, &one) || is_within(&said, &other))
    };
    // Either may have sent the code's name.
    let is_wide = |coding: &Coding| {
        let code = Code::of(coding).map(|code| code.id);
        let theirs = b.member.entry.codes.iter().filter(|other| Code::of(other).map(|code| code.id) == code);
        is_less(coding) || theirs.into_iter().any(is_less)
    };
    each_says_more(&one, &other) && all_and_some(shared_codes(a, b), is_wide)
}

/// Each names a place of the body or a number that the other does not, whatever code is put on both: a stent in the LAD and one in the
/// RCA, the fusion of C5-6 and that of C6-7, blood culture set 1 and set 2. What goes by nothing but a code of somebody's own is told
/// apart by any word: IgE to cats and to dogs.
fn particulars_differ(pair: &Pair<'_>) -> bool {
    let (a, b) = (pair.a, pair.b);
    let is_told =
        |one: &Prepared| !matches!(one.member.entry.title_source, TitleSource::Code | TitleSource::Unnamed);
    if !is_told(a) || !is_told(b) || a.bag == b.bag && a.site == b.site {
        return false;
    }
    let measured = match a.kind() {
        Medicine => return by_own_code(pair) && !named_alike(pair) && !share(&a.stems, &b.stems),
        Problem | Allergy | Procedure | Report | Kind::Imaging => false,
        Kind::Result | Vital | Observation => true,
        _ => return false,
    };
    let (ours, theirs) = (a.called_and_where(), b.called_and_where());
    let (ours, theirs) = (particulars(&ours), particulars(&theirs));
    each_says_more(&ours.numbers, &theirs.numbers)
        || ours.is_opposed(&theirs)
        // A laboratory's short names hold many letters that may be read as places; LOINC says where from.
        || !measured && each_says_more(&ours.places, &theirs.places)
        // "Sodium", sent with the code of potassium: one of both is a slip.
        || measured && each_says_more(&ours.substances, &theirs.substances)
        || measured && by_own_code(pair) && each_says_more(&ours.words, &theirs.words)
}

/// Nothing but codes of somebody's own are in common.
fn by_own_code(pair: &Pair<'_>) -> bool {
    all_and_some(shared_codes(pair.a, pair.b), |coding| system_name(&coding.system).is_none())
}

fn all_and_some<T>(items: impl Iterator<Item = T>, holds: impl Fn(T) -> bool) -> bool {
    let mut items = items.peekable();
    items.peek().is_some() && items.all(holds)
}

/// Each has a word that the other lacks.
fn each_says_more<W: Ord>(a: &[W], b: &[W]) -> bool {
    lacks(a, b) && lacks(b, a)
}

/// These sorted words lack one of the others.
fn lacks<W: Ord>(words: &[W], others: &[W]) -> bool {
    others.iter().any(|word| words.binary_search(word).is_err())
}

/// One body numbered both, and differently: no other number that they share makes them one. People and places go by many
/// numbers of their own making; one in common is enough.
fn numbers_differ(pair: &Pair<'_>) -> bool {
    let (a, b) = (pair.a, pair.b);
    if !a.is_numbered() || (a.kind() == Support && share(&a.identifiers, &b.identifiers)) {
        return false;
    }
    apart_in_a_system(&a.identifiers, &b.identifiers, |_, _, _| true)
}

/// Whether both sides have something of one system, nothing of it in common, and `differ` says so of those.
fn apart_in_a_system(
    a: &[(u64, u64)],
    b: &[(u64, u64)],
    differ: impl Fn(u64, &[(u64, u64)], &[(u64, u64)]) -> bool,
) -> bool {
    let (mut ours, mut theirs) = (a, b);
    while let (Some((one, _)), Some((other, _))) = (ours.first(), theirs.first()) {
        let of = |list: &[(u64, u64)], system: u64| list.iter().take_while(|(own, _)| *own == system).count();
        match one.cmp(other) {
            std::cmp::Ordering::Less => ours = &ours[of(ours, *one)..],
            std::cmp::Ordering::Greater => theirs = &theirs[of(theirs, *other)..],
            std::cmp::Ordering::Equal => {
                let (mine, left) = ours.split_at(of(ours, *one));
                let (others, right) = theirs.split_at(of(theirs, *other));
                if !share(mine, others) && differ(*one, mine, others) {
                    return true;
                }
                (ours, theirs) = (left, right);
            }
        }
    }
    false
}

/// Two ids of one server or file are two events. A document that is listed twice is its content, and what was issued anew
/// takes the place of what it corrects.
fn one_teller(pair: &Pair<'_>) -> bool {
    let (a, b) = (pair.a, pair.b);
    a.is_event() && pair.of_one_base() && !share(&a.files, &b.files) && !issued_anew(pair)
}

/// The same amount in the other's unit: 155 lb is 70.3 kg.
fn converted(pair: &Pair<'_>) -> bool {
    matches!((&pair.a.quantity, &pair.b.quantity), (Some(one), Some(other)) if same_measure(one, other))
}

/// One of both puts the other right: it says that it was corrected, and both go by one number, or one source says so of the
/// same minute.
fn corrects(pair: &Pair<'_>) -> bool {
    let (a, b) = (pair.a, pair.b);
    matches!(a.kind(), Kind::Result | Vital | Observation)
        && is_corrected(a) != is_corrected(b)
        && (pair.known.numbers.shared(a, b) || issued_anew(pair))
        && named(pair).is_some()
        && same_start(a, b, false)
}

fn is_corrected(one: &Prepared) -> bool {
    one.member.entry.status_group == StatusGroup::Corrected
}

/// What one source found in one minute, and calls corrected. A correction is issued after what it corrects, where both say when.
fn issued_anew(pair: &Pair<'_>) -> bool {
    let (before, after) = if is_corrected(pair.a) { (pair.b, pair.a) } else { (pair.a, pair.b) };
    let earlier = matches!((before.issued, after.issued), (Some(before), Some(after)) if after < before);
    !earlier
        && is_corrected(after)
        && !is_corrected(before)
        && before.teller == after.teller
        && matches!((before.start, after.start), (Some(Moment::Instant(one, _)), Some(Moment::Instant(other, _))) if one == other)
        && before.specimen == after.specimen
}

/// One file of a provider takes back what another file of it says of the same resource.
fn taken_back(pair: &Pair<'_>) -> bool {
    let (a, b) = (&pair.a.member.key, &pair.b.member.key);
    (pair.a.truth == Truth::Withdrawn || pair.b.truth == Truth::Withdrawn)
        && pair.a.teller.is_file
        && pair.b.teller.is_file
        && a.connection == b.connection
        && a.base != b.base
        && a.release == b.release
        && (&a.resource_type, &a.id) == (&b.resource_type, &b.id)
        && (pair.a.start, &pair.a.bag, &pair.a.amount) == (pair.b.start, &pair.b.bag, &pair.b.amount)
}

/// Both come to something, and neither says part of what the other says.
fn conclusions_differ(pair: &Pair<'_>) -> bool {
    matches!((&pair.a.conclusion, &pair.b.conclusion), (Some(one), Some(other)) if !one.contains(other.as_str()) && !other.contains(one.as_str()))
}

/// Both state a date, at least one of which cannot be.
fn odd_dates_differ(pair: &Pair<'_>) -> bool {
    let (a, b) = (pair.a, pair.b);
    let odd = a.odd_date.is_some() || b.odd_date.is_some();
    odd && !matches!(a.kind(), Medicine | Patient | Support) && a.odd_date != b.odd_date
}

/// Codes of one fine system that differ, unless somebody in this record sent both as one. Packages of one product differ in
/// their codes, and so do a brand and its generic name.
fn codes_differ(pair: &Pair<'_>) -> bool {
    let (a, b) = (pair.a, pair.b);
    let packages = hash(&[NDC]);
    apart_in_a_system(&a.fine, &b.fine, |system, ours, theirs| {
        let bridged = ours
            .iter()
            .any(|(_, one)| theirs.iter().any(|(_, other)| pair.known.bridges.direct(*one, *other)));
        let alike = match a.kind() {
            Vaccine if system == packages => share_but(system, &a.fine, &b.fine),
            Medicine if system == packages => share_but(system, &a.fine, &b.fine) || one_product(pair),
            Medicine => a.bag == b.bag || names_bridged(pair),
            _ => false,
        };
        !bridged && !alike
    })
}

/// A code of another system in common.
fn share_but(system: u64, a: &[(u64, u64)], b: &[(u64, u64)]) -> bool {
    a.iter().any(|one| one.0 != system && b.contains(one))
}

/// The names say the same product in full: what is in it, how much, in which form.
fn one_product(pair: &Pair<'_>) -> bool {
    let full = medicines(pair, |one, other| {
        !one.figures.is_empty() && one.same_figures(other) && one.form.is_some() && one.form == other.form
    });
    full && named_alike(pair)
}

// ── Rules ────────────────────────────────────────────────────────────────────────────────────────────────────────

fn same_bytes(pair: &Pair<'_>) -> Option<Evidence> {
    (pair.a.content == pair.b.content).then(|| vec![title(pair.a)])
}

fn two_bases(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let same = a.says.is_some()
        && a.says == b.says
        && pair.of_one_gateway()
        && a.end == b.end
        && same_start(a, b, true);
    same.then(|| {
        let mut evidence = vec![title(a)];
        evidence.extend(date_evidence(a, b));
        evidence
    })
}

fn same_number(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    // A number may be that of an order with many results: what was ordered has to be the same too.
    let same_thing = named(pair).is_some()
        || (!a.bag.is_empty() && a.bag == b.bag)
        // "Okafor, Emeka MD" is "Dr. Emeka Okafor" where both have the number of one licence.
        || (a.kind() == Support && share(&a.stems, &b.stems));
    if !a.is_numbered() || a.family() != b.family() || !pair.known.numbers.shared(a, b) || !same_thing {
        return None;
    }
    Some(vec![title(a)])
}

fn same_content(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let same = share(&a.files, &b.files) || share(&a.addresses, &b.addresses);
    same.then(|| vec![title(a)])
}

/// A document that one of both did not send: by what it is called, and the minute.
fn same_document(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let unseen = a.files.is_empty() || b.files.is_empty();
    let minute = matches!((a.start, b.start), (Some(Moment::Instant(one, _)), Some(Moment::Instant(other, _))) if one == other);
    // What a code is called says what kind of document it is.
    let own = |one: &Prepared| one.member.entry.title_source == TitleSource::Text;
    let called = a.title.is_some() && a.title == b.title && own(a) && own(b);
    (unseen && minute && called && a.said() && b.said()).then(|| {
        let mut evidence = vec![title(a)];
        evidence.extend(date_evidence(a, b));
        evidence
    })
}

fn same_result(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let code = named(pair)?;
    let minute = |one: &Prepared| matches!(one.start, Some(Moment::Instant(..)));
    // Who tells only that it was measured in that minute, tells less.
    let less = |one: &Prepared, other: &Prepared| {
        one.amount.is_none() && !one.holds && other.amount.is_some() && minute(one) && minute(other)
    };
    let value = a.amount.is_some() && a.amount == b.amount
        || less(a, b)
        || less(b, a)
        || converted(pair)
        || issued_anew(pair);
    let same = value && a.end == b.end && same_start(a, b, false);
    (same && a.said() && b.said()).then(|| told(pair, code))
}

/// A device by its serial number.
fn same_device(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let serial = hash(&["serial"]);
    let same = a.identifiers.iter().any(|one| one.0 == serial && b.identifiers.contains(one));
    same.then(|| vec![title(a)])
}

fn same_report(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let code = named(pair)?;
    // A day is not enough: a test may be done twice a day.
    let same = matches!((a.start, b.start), (Some(Moment::Instant(one, _)), Some(Moment::Instant(other, _))) if one == other);
    same.then(|| told(pair, code))
}

/// A panel has no value of its own; what is in it is compared by itself, and one may tell more of it than the other.
fn same_panel(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let holds = |one: &Prepared| one.amount.is_none() && one.holds && one.said();
    if holds(a) && holds(b) { same_report(pair) } else { None }
}

fn same_vaccine(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let code = common_code(pair, &[CVX])
        .or_else(|| bridged_code(pair))
        .map(Equal::Text)
        .or_else(|| called_alike(pair))?;
    let day = a.day().filter(|day| b.day() == Some(*day))?;
    let not_given = |one: &Prepared| one.truth == Truth::NotDone;
    (given(a) && given(b) || not_given(a) && not_given(b))
        .then(|| vec![("code".to_owned(), code), ("day".to_owned(), Equal::Day(day))])
}

/// "Planned" and "draft" are not "given"; "not stated" is how some servers send what was given.
fn given(one: &Prepared) -> bool {
    matches!(
        one.member.entry.status_group,
        StatusGroup::Past | StatusGroup::Active | StatusGroup::Corrected | StatusGroup::Unknown
    )
}

fn same_problem(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let code = named(pair)?;
    let past = |one: &Prepared| one.member.entry.status_group == StatusGroup::Past;
    let when = match (a.start, b.start) {
        (Some(one), Some(other)) => same_day(one, other),
        // What is over may have come twice; only a date tells.
        _ => !past(a) && !past(b),
    };
    (when && a.side.is_some() == b.side.is_some()).then(|| vec![("code".to_owned(), code), title(a)])
}

fn same_allergy(pair: &Pair<'_>) -> Option<Evidence> {
    let code = named(pair)?;
    Some(vec![("code".to_owned(), code), title(pair.a)])
}

fn same_medicine(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let (one, other) = (a.medicine.as_ref()?, b.medicine.as_ref()?);
    let coded = shared_code(pair).is_some() || bridged_code(pair).is_some();
    let named = named_alike(pair);
    // Codes of two strengths may stand under one bare name.
    let same_words =
        || !a.bag.is_empty() && a.bag == b.bag && !apart_in_a_system(&a.fine, &b.fine, |_, _, _| true);
    // Where only one side states a strength, it may be any of the other's.
    let same = one.figures.is_empty() == other.figures.is_empty()
        && if one.figures.is_empty() { coded || same_words() } else { named || coded };
    // Who sends no more than a product's code, says all that it names.
    let only_code = |one: &Prepared, other: &Prepared| {
        one.stems.is_empty() && one.codes.iter().any(|code| other.products.contains(&code.id))
    };
    let same = same || only_code(a, b) || only_code(b, a);
    same.then(|| vec![title(a)])
}

fn same_procedure(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let code = named(pair)?;
    // Who says no side says less; where both sides were operated on, it is likely.
    let same = same_start(a, b, false) && ends_agree(a, b);
    same.then(|| told(pair, code))
}

fn same_visit(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let minute = |one: Option<Moment>| matches!(one, Some(Moment::Instant(..)));
    // Nobody begins and ends two visits in the same minutes; where only the day or the beginning is the same, people are
    // what tells.
    let to_the_minute = minute(a.start) && minute(a.end) && a.start == b.start && a.end == b.end;
    let of_nobody = a.names.is_empty() || b.names.is_empty();
    let same = same_start(a, b, false)
        && ends_agree(a, b)
        && a.class.is_some()
        && b.class.is_some()
        && (share(&a.names, &b.names) || to_the_minute && of_nobody);
    same.then(|| {
        let mut evidence = vec![title(a)];
        evidence.extend(date_evidence(a, b));
        evidence
    })
}

fn same_person(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    (a.born.is_some() && b.born.is_some() && !a.bag.is_empty() && a.bag == b.bag).then(|| vec![title(a)])
}

fn same_name(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let same = pair.of_one_gateway()
        && matches!(a.member.entry.resource_type.as_str(), "Practitioner" | "Organization" | "Location")
        && a.family() == b.family()
        && !a.bag.is_empty()
        && a.bag == b.bag;
    same.then(|| vec![title(a)])
}

fn same_place(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let same = matches!(a.member.entry.resource_type.as_str(), "Practitioner" | "Organization" | "Location")
        && a.family() == b.family()
        && !a.bag.is_empty()
        && a.bag == b.bag
        && share(&a.contact, &b.contact);
    same.then(|| vec![title(a)])
}

/// Words for any plan or team.
const PLAIN: &[&str] = &[
    "",
    "and assessment of plan treatment",
    "assess plan",
    "assessment plan",
    "care of plan",
    "care plan",
    "care team",
    "goal",
    "longitudinal care team",
    "plan",
    "plan treatment",
    "team",
    "treatment plan",
];

/// A plan, team or goal by its own words and when it began; it may have ended for one of both only.
fn same_plan(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let same = a.bag == b.bag
        && !PLAIN.contains(&a.bag.as_str())
        && a.family() == b.family()
        && same_start(a, b, false)
        && ends_agree(a, b);
    same.then(|| {
        let mut evidence = vec![title(a)];
        evidence.extend(date_evidence(a, b));
        evidence
    })
}

/// An insurance by the member's number, and from when until when.
fn same_coverage(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let same = a.bag == b.bag
        && !a.bag.is_empty()
        && pair.known.numbers.shared(a, b)
        && same_start(a, b, true)
        && a.end == b.end;
    same.then(|| vec![title(a)])
}

/// A bill by its period, its sum and who sent it.
fn same_claim(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let same = a.family() == b.family()
        && a.total.is_some()
        && a.total == b.total
        && same_start(a, b, false)
        && a.end == b.end
        && (share(&a.names, &b.names) || (!a.bag.is_empty() && a.bag == b.bag));
    same.then(|| {
        let mut evidence = vec![title(a)];
        evidence.extend(date_evidence(a, b));
        evidence
    })
}

pub(crate) fn claim_of_visit(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    if !matches!((a.kind(), b.kind()), (Claim, Visit) | (Visit, Claim)) || !a.said() || !b.said() {
        return None;
    }
    let (one, other) = (a.span?, b.span?);
    let overlap = one.0 <= other.1 && other.0 <= one.1;
    (overlap && share(&a.names, &b.names)).then(|| {
        let mut evidence = vec![title(a)];
        evidence.extend(date_evidence(a, b));
        evidence
    })
}

fn overlapping_visit(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let (one, other) = (a.span?, b.span?);
    let overlap = one.0 <= other.1 && other.0 <= one.1;
    (overlap && share(&a.names, &b.names)).then(|| vec![title(a)])
}

/// The shipped table puts both codes side by side, or the words do not fit one of equal codes.
fn like_code(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let listed = a.codes.iter().any(|one| {
        let beside = listed_beside(one.id);
        b.codes.iter().any(|other| beside.contains(&other.id))
    });
    // "MMR" is "measles, mumps and rubella".
    let one_vaccine = a.kind() == Vaccine && a.illness.is_some() && a.illness == b.illness;
    if !listed && !one_vaccine && shared_code(pair).is_none() && bridged_code(pair).is_none() {
        return None;
    }
    like(pair)
}

/// The same words, whatever the codes.
fn like_words(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    if a.bag.is_empty() || a.bag != b.bag {
        return None;
    }
    like(pair)
}

/// What has to be the same besides code or words. A name for a kind of things is a name for several.
fn like(pair: &Pair<'_>) -> Option<Evidence> {
    let (a, b) = (pair.a, pair.b);
    let same = match a.kind() {
        _ if !names_a_thing(&a.bag) || !names_a_thing(&b.bag) => false,
        Kind::Result | Vital | Observation => {
            a.amount.is_some() && a.amount == b.amount && same_start(a, b, false)
        }
        Vaccine => given(a) && given(b) && a.day().is_some() && a.day() == b.day(),
        Procedure => a.day().is_some() && a.day() == b.day(),
        // One sort of note is written by several in a minute.
        Document => a.bag == b.bag && a.day().is_some() && same_start(a, b, false),
        Report | Kind::Imaging => a.day().is_some() && same_start(a, b, false),
        Problem | Allergy => true,
        _ => false,
    };
    same.then(|| {
        let mut evidence = vec![title(a)];
        evidence.push(("other".to_owned(), Equal::Title(b.member.entry.called())));
        evidence.extend(date_evidence(a, b).filter(|_| !a.is_state()));
        evidence
    })
}

// ── What rules share ─────────────────────────────────────────────────────────────────────────────────────────────

fn title(one: &Prepared) -> (String, Equal) {
    ("title".to_owned(), Equal::Title(one.member.entry.called()))
}

/// The same minute or day; `undated` lets two without any date pass.
fn same_start(a: &Prepared, b: &Prepared, undated: bool) -> bool {
    match (a.start, b.start) {
        (Some(one), Some(other)) => one.same(other),
        (None, None) => undated,
        _ => false,
    }
}

/// Both end together, or one of them says nothing about it.
fn ends_agree(a: &Prepared, b: &Prepared) -> bool {
    match (a.end, b.end) {
        (Some(one), Some(other)) => one.same(other),
        _ => true,
    }
}

/// The same day, or the same month or year where neither says more.
fn same_day(one: Moment, other: Moment) -> bool {
    one.stated() == other.stated()
}

/// What names the thing for both: a code in common, codes that were sent together, or what it is called.
fn named(pair: &Pair<'_>) -> Option<Equal> {
    shared_code(pair).or_else(|| bridged_code(pair)).map(Equal::Text).or_else(|| called_alike(pair))
}

/// The same words, words that were sent with the other's code, or words that were sent with one code. Words that this
/// record puts on several things ([`Bridges::vague`](crate::merge::codes::Bridges::vague)) name none.
fn called_alike(pair: &Pair<'_>) -> Option<Equal> {
    let (a, b, bridges) = (pair.a, pair.b, &pair.known.bridges);
    let same = a.called.iter().any(|one| b.called.contains(one) && !bridges.vague(one.id));
    let beside = |one: &Prepared, other: &Prepared| {
        one.called.iter().any(|words| other.coded().any(|code| bridges.direct(words.id, code.id)))
    };
    let by_one_code =
        || a.called.iter().any(|one| b.called.iter().any(|other| bridges.by_one_code(one.id, other.id)));
    (same || beside(a, b) || beside(b, a) || by_one_code()).then(|| Equal::Title(a.member.entry.called()))
}

/// A code of a system that both sent, as people read it.
pub(crate) fn shared_code(pair: &Pair<'_>) -> Option<String> {
    common_code(pair, &[])
}

/// A code in common; of these systems only, when any are named. The first that the side with the smaller key sent.
fn common_code(pair: &Pair<'_>, systems: &[&str]) -> Option<String> {
    pair.a.member.entry.codes.iter().find_map(|coding| {
        let code =
            Code::of(coding).filter(|_| systems.is_empty() || systems.contains(&coding.system.as_str()))?;
        let both = |own: &Prepared| own.codes.iter().any(|other| other.id == code.id);
        let same = both(pair.a) && both(pair.b) && !pair.known.bridges.vague(code.id);
        same.then(|| code_text(coding))
    })
}

/// A code of one side that somebody in this record sent together with a code of the other.
fn bridged_code(pair: &Pair<'_>) -> Option<String> {
    pair.a.member.entry.codes.iter().find_map(|coding| {
        let code = Code::of(coding)?;
        let own = pair.a.codes.iter().any(|own| own.id == code.id);
        let bridged = own && pair.b.coded().any(|other| pair.known.bridges.direct(code.id, other.id));
        bridged.then(|| code_text(coding))
    })
}

pub(crate) fn bridged(pair: &Pair<'_>) -> bool {
    bridged_code(pair).is_some()
}

fn told(pair: &Pair<'_>, code: Equal) -> Evidence {
    let mut evidence = vec![("code".to_owned(), code)];
    evidence.extend(date_evidence(pair.a, pair.b));
    evidence.extend(pair.a.member.entry.found().map(|found| ("value".to_owned(), Equal::Value(found))));
    evidence
}

/// `LOINC 4548-4`, or the system's address before the code.
fn code_text(coding: &Coding) -> String {
    let code = if coding.system == CVX { coding.code.trim_start_matches('0') } else { &coding.code };
    format!("{} {code}", system_name(&coding.system).unwrap_or(&coding.system))
}

/// The more precise of the two dates, as stated.
fn date_evidence(a: &Prepared, b: &Prepared) -> Option<(String, Equal)> {
    let clock = |one: &Prepared| matches!(one.start, Some(Moment::Instant(..) | Moment::Wall(..)));
    let stated = |one: &Prepared| Some(Equal::Date(one.member.entry.date.as_ref()?.start.clone()?));
    let when = if clock(a) && clock(b) {
        stated(a)?
    } else {
        a.start?.whole_day().map(Equal::Day).or_else(|| stated(a))?
    };
    Some(("when".to_owned(), when))
}

//! Finds where providers disagree.
//!
//! Inside a fact its members may disagree about the status ([`status`]). Between facts they disagree by what each of
//! them lists: two doses of one medicine ([`of_these`]), an allergy that one of them does not know. Whatever may be two
//! true things of one teller is no disagreement: both sides have tellers of their own.

use std::collections::{BTreeMap, BTreeSet};

use wholechart_fhir::{Day, DetailValue, Dosage, Element, Entry, Kind, Knowing, StatusGroup};

use crate::conflict::regimen::Regimen;
use crate::conflict::{About, Conflict, Says, Statement};
use crate::current::dosing::dosing as dosing_text;
use crate::current::ended::Ended;
use crate::current::state::{self, Truth, begins, ends, is_state, said_on, stated};
use crate::ids::{ConnectionId, EntryKey, FactId};
use crate::merge::prepared::Prepared;
use crate::merge::rules::{Pair, bridged, named_alike, shared_code};
use crate::title::{bag, share};
use crate::topic::table::{self, Known};

/// Tellers of something that is so, who know its status and, by what each said last, do not agree whether it still is.
pub(crate) fn status(id: &FactId, last: &[(&EntryKey, &Entry)]) -> Option<Conflict> {
    // An order that was filled, beside another one of the same teller that goes on, ends nothing. One that was stopped may.
    let takes = |by: &ConnectionId| {
        last.iter().any(|(key, entry)| key.connection == *by && stated(entry) == StatusGroup::Active)
    };
    let known: Vec<_> = last
        .iter()
        .filter(|(_, entry)| is_state(entry.kind) && stated(entry) != StatusGroup::Unknown)
        .filter(|(key, entry)| {
            entry.kind != Kind::Medicine
                || entry.status.as_deref() != Some("completed")
                || !takes(&key.connection)
        })
        .collect();
    let first = stated(known.first()?.1);
    let says = |entry: &Entry| Says::Status(stated(entry), entry.status.clone());
    let paused = is_paused(known.first()?.1);
    let differ = |entry: &Entry| stated(entry) != first || is_paused(entry) != paused;
    known.iter().any(|(_, entry)| differ(entry)).then(|| {
        let statements = known.iter().map(|(key, entry)| statement(key, entry, says(entry))).collect();
        conflict(About::Status, &[id], in_order(statements))
    })
}

/// It goes on, and is not taken for the time being (FHIR R4 `medicationrequest-status`).
fn is_paused(entry: &Entry) -> bool {
    entry.kind == Kind::Medicine && matches!(entry.status.as_deref(), Some("on-hold" | "suspended"))
}

/// Tellers of a medicine that is so who, by all the orders that each of them says are so, do not agree how much of it is
/// taken or how often. One teller's several dosings are all taken: two tellers differ where one of the first's is none of the
/// second's, as far as both say how much and how often.
pub(crate) fn dosing(
    id: &FactId,
    members: &[(&EntryKey, &Entry)],
    last: &[(&EntryKey, &Entry)],
) -> Option<Conflict> {
    let so = |entry: &Entry| matches!(stated(entry), StatusGroup::Active | StatusGroup::Unknown);
    let saying: BTreeSet<&ConnectionId> =
        last.iter().filter(|(_, entry)| so(entry)).map(|(key, _)| &key.connection).collect();
    let mut tellers: BTreeMap<&ConnectionId, Vec<(&EntryKey, &Entry)>> = BTreeMap::new();
    for (key, entry) in members {
        let speaks = entry.kind == Kind::Medicine && so(entry) && !entry.is_dose();
        if speaks && saying.contains(&key.connection) && !entry.dosage.is_empty() {
            tellers.entry(&key.connection).or_default().push((key, entry));
        }
    }
    let regimens: Vec<Vec<Regimen>> = tellers
        .values()
        .map(|own| own.iter().flat_map(|(_, entry)| &entry.dosage).map(Regimen::of).collect())
        .collect();
    let differ = regimens
        .iter()
        .any(|one| regimens.iter().any(|two| one.iter().any(|a| two.iter().all(|b| a.differs(b)))));
    if !differ {
        return None;
    }
    let statements = tellers
        .into_values()
        .filter_map(|own| {
            let mut said: Vec<&Dosage> = own.iter().flat_map(|(_, entry)| &entry.dosage).collect();
            said.sort_by_cached_key(|one| dosing_text(one));
            said.dedup_by_key(|one| dosing_text(one));
            let (key, entry) =
                own.iter().max_by_key(|(key, entry)| (state::said_on(entry).map(state::ends), *key))?;
            Some(statement(key, entry, Says::Dosing(said.into_iter().cloned().collect())))
        })
        .collect();
    Some(conflict(About::Dosing, &[id], in_order(statements)))
}

fn statement(key: &EntryKey, entry: &Entry, says: Says) -> Statement {
    let over = matches!(says, Says::Status(StatusGroup::Past, _));
    Statement {
        by: key.connection.clone(),
        key: Some(key.clone()),
        ended: over.then(|| Ended::of(std::iter::once(entry))).flatten(),
        says,
        date: entry.date.clone(),
        instead_of: None,
    }
}

/// A fact with what the rules know of its members.
pub(crate) struct Told<'m> {
    pub(crate) id: &'m FactId,
    pub(crate) kind: Kind,
    pub(crate) status: StatusGroup,
    /// Sorted by key.
    pub(crate) members: Vec<&'m Prepared>,
}

impl<'m> Told<'m> {
    /// The day of the first member that has one, in days since 1970.
    pub(crate) fn day(&self) -> Option<i64> {
        self.members.iter().find_map(|one| number_of(one.day()?))
    }

    fn tellers(&self) -> BTreeSet<&'m ConnectionId> {
        self.members.iter().map(|one| &one.member.key.connection).collect()
    }

    fn is_said(&self) -> bool {
        Truth::of(self.status) == Truth::Said
    }

    /// Members that say it is so now, or do not say that it is over.
    fn current(&self) -> impl Iterator<Item = &'m Prepared> + '_ {
        self.members
            .iter()
            .copied()
            .filter(|one| matches!(one.member.entry.status_group, StatusGroup::Active | StatusGroup::Unknown))
    }

    /// One statement a teller: its newest member's; of several, the first by what it says.
    fn statements(
        members: impl Iterator<Item = &'m Prepared>,
        says: impl Fn(&Entry) -> Says,
    ) -> Vec<Statement> {
        let mut seen = BTreeSet::new();
        let mut members: Vec<&Prepared> = members.collect();
        members.sort_by_cached_key(|one| {
            let entry = &one.member.entry;
            let newest = state::day_of(entry).map(state::ends);
            (std::cmp::Reverse(newest), says(&one.member.entry).order(), one.member.key.clone())
        });
        members
            .into_iter()
            .filter(|one| seen.insert(&one.member.key.connection))
            .map(|one| statement(&one.member.key, &one.member.entry, says(&one.member.entry)))
            .collect()
    }
}

/// What the finder of disagreements asks of the record.
pub(crate) trait Record {
    /// Facts that share a code, or words, with this one (itself among them, perhaps), each once.
    fn near<'m>(&'m self, one: &Told<'m>) -> Vec<Told<'m>>;
    /// Vaccines that go by a code of this one, or by one that may mean the same, given at most so many days from it, each
    /// once. The answer is the same from either side.
    fn shots_near<'m>(&'m self, one: &Told<'m>, days: i64) -> Vec<Told<'m>>;
    /// Two entries looked at together.
    fn pair<'m>(&'m self, a: &'m Prepared, b: &'m Prepared) -> Pair<'m>;
}

/// The vaccine of one shot is given again after weeks, not days.
pub(crate) const DAYS_APART: i64 = 14;

/// Disagreements of these facts with those that share a code or words with them, or, of vaccines, a code and nearly the
/// day. The order of `said` does not matter.
pub(crate) fn of_these(record: &impl Record, said: &[Told<'_>]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for told in said {
        match told.status {
            StatusGroup::Corrected => corrections(record, told, &mut found),
            StatusGroup::Refuted => taken_back(record, told, About::RuledOut, &mut found),
            StatusGroup::EnteredInError => taken_back(record, told, About::Withdrawn, &mut found),
            _ => {}
        }
        // An order of a medicine that was filled is over, and another one of it is not: that is no disagreement.
        if told.is_said() && matches!(told.kind, Kind::Problem | Kind::Allergy) {
            told_apart(record, told, &mut found);
        }
        match told.kind {
            Kind::Medicine if told.is_said() => doses(record, told, &mut found),
            Kind::Vaccine if told.is_said() => vaccine_days(record, told, &mut found),
            _ => {}
        }
    }
    found
}

impl About {
    /// It is found by looking at the facts concerned and at nothing else.
    pub(crate) fn is_of_these(self) -> bool {
        !matches!(self, About::AllergyNotListed | About::BirthDate | About::BloodGroup)
    }
}

/// A disagreement of facts, each of them once.
fn conflict(about: About, facts: &[&FactId], statements: Vec<Statement>) -> Conflict {
    let facts: BTreeSet<&FactId> = facts.iter().copied().collect();
    Conflict { about, facts: facts.into_iter().cloned().collect(), statements }
}

/// Who says what, the newest first and then by what is said, whatever the ids are.
fn in_order(mut statements: Vec<Statement>) -> Vec<Statement> {
    statements.sort_by_cached_key(|one| {
        let day =
            one.date.as_ref().and_then(|date| date.start.as_ref()).map(wholechart_fhir::FhirDate::own_day);
        (one.key.is_none(), std::cmp::Reverse(day), one.says.order(), one.by.clone(), one.key.clone())
    });
    statements
}

impl Says {
    /// What it is ordered by, so that the same is said in the same order.
    fn order(&self) -> (u8, String) {
        match self {
            Says::Status(group, word) => (*group as u8, word.clone().unwrap_or_default()),
            Says::Title(title) => (0, title.text.clone()),
            Says::Value(found) => (0, found.as_sent()),
            Says::Date(date) => (0, date.all_sent()),
            Says::Dosing(dosings) => (0, dosings.iter().map(dosing_text).collect::<Vec<_>>().join("; ")),
            Says::NoneKnown => (1, String::new()),
            Says::NotListed => (2, String::new()),
        }
    }
}

impl Told<'_> {
    fn none_known(&self) -> bool {
        self.members.iter().any(|one| one.member.entry.knowing == Some(Knowing::NoneKnown))
    }

    /// It says what is known, and names none.
    fn is_knowing(&self) -> bool {
        self.members.iter().any(|one| one.member.entry.knowing.is_some())
    }
}

/// What an allergy goes by.
struct Named<'m> {
    told: &'m Told<'m>,
    /// The table's rows, by address: `ASA` is aspirin.
    rows: BTreeMap<String, &'static Known>,
    /// Beginnings of the words that carry meaning.
    words: BTreeSet<&'m str>,
    /// Every word, whole.
    whole: BTreeSet<String>,
}

impl<'m> Named<'m> {
    fn of(told: &'m Told<'m>) -> Self {
        let entries = told.members.iter().map(|one| &one.member.entry);
        let rows = entries.filter_map(|entry| table::find(Kind::Allergy, &entry.title, &entry.codes));
        Named {
            told,
            rows: rows.map(|row| (row.address(), row)).collect(),
            words: told.members.iter().flat_map(|one| &one.stems).map(String::as_str).collect(),
            whole: told
                .members
                .iter()
                .flat_map(|one| {
                    bag(&one.member.entry.title).split(' ').map(str::to_owned).collect::<Vec<_>>()
                })
                .collect(),
        }
    }

    /// What makes two of them one: the table's row, and a word of what it does not know.
    fn goes_by(&self) -> impl Iterator<Item = &str> {
        let words = self.words.iter().copied().filter(|_| self.rows.is_empty());
        self.rows.keys().map(String::as_str).chain(words)
    }

    /// Whether one may be a wider or another name for the other: they share a word and the table does not know one of them, or a word
    /// of one is a name of the other. `Contrast` is a name for iodinated contrast; `inhibitors` is none for a statin.
    fn may_be(&self, other: &Named<'_>) -> bool {
        let called_in = |one: &Named<'_>, other: &Named<'_>| {
            one.rows.values().any(|row| other.whole.iter().any(|word| row.is_called(word)))
        };
        if self.rows.is_empty() || other.rows.is_empty() {
            !self.words.is_disjoint(&other.words)
        } else {
            called_in(self, other) || called_in(other, self)
        }
    }
}

/// The allergies that are one, together.
fn one_by_one<'n, 'm>(named: &'n [Named<'m>]) -> Vec<Vec<&'n Named<'m>>> {
    let mut groups: Vec<Vec<&Named<'_>>> = Vec::new();
    let mut by: BTreeMap<&str, usize> = BTreeMap::new();
    for one in named {
        let known: BTreeSet<usize> = one.goes_by().filter_map(|key| by.get(key).copied()).collect();
        let into = known.first().copied().unwrap_or(groups.len());
        if into == groups.len() {
            groups.push(Vec::new());
        }
        for from in known.into_iter().skip(1) {
            let moved = std::mem::take(&mut groups[from]);
            groups[into].extend(moved);
            by.values_mut().filter(|group| **group == from).for_each(|group| *group = into);
        }
        groups[into].push(one);
        by.extend(one.goes_by().map(|key| (key, into)));
    }
    groups
}

/// Allergies of one row of the table are looked at as one, and what the table does not know by its words: `Penicillin V` is not missing
/// where `Penicillins` is listed.
pub(crate) fn allergies(all: &[Told<'_>], listing: &BTreeSet<ConnectionId>, found: &mut Vec<Conflict>) {
    // Who says only that nobody asked has no list.
    let lists_one = |told: &&Told<'_>| !told.is_knowing() || told.none_known();
    let mut lists: BTreeSet<&ConnectionId> = all.iter().filter(lists_one).flat_map(Told::tellers).collect();
    lists.extend(listing);
    // Who says that there is none says more than who lists others.
    let mut denials: BTreeMap<&ConnectionId, Vec<&Prepared>> = BTreeMap::new();
    for one in all
        .iter()
        .filter(|told| told.is_said() && told.status != StatusGroup::Past && told.none_known())
        .flat_map(|told| &told.members)
    {
        denials.entry(&one.member.key.connection).or_default().push(one);
    }
    // Of several the newest speaks, whatever they are called by their servers.
    for said in denials.values_mut() {
        said.sort_by_key(|one| {
            let entry = &one.member.entry;
            (std::cmp::Reverse(said_on(entry)), &entry.title, &one.member.key)
        });
    }
    let named: Vec<Named<'_>> = all.iter().filter(|told| !told.is_knowing()).map(Named::of).collect();
    let mut with_word: BTreeMap<&str, Vec<&Named<'_>>> = BTreeMap::new();
    for one in &named {
        one.words.iter().for_each(|word| with_word.entry(*word).or_default().push(one));
    }
    for group in one_by_one(&named) {
        // Whoever says it is over, or ruled it out, knows of it; and so does who lists it by a wider or another name.
        let words: BTreeSet<&str> = group.iter().flat_map(|one| one.words.iter().copied()).collect();
        let alike = words.iter().filter_map(|word| with_word.get(word)).flatten();
        let alike = alike.filter(|other| group.iter().any(|one| one.may_be(other)));
        let known = group.iter().chain(alike).flat_map(|one| one.told.tellers());
        let known: BTreeSet<&ConnectionId> = known.collect();
        let group: Vec<&Told<'_>> = group.iter().map(|one| one.told).collect();
        let current: Vec<&&Told<'_>> =
            group.iter().filter(|told| told.is_said() && told.status != StatusGroup::Past).collect();
        let listed = || current.iter().flat_map(|told| &told.members);
        // Who lists it and says no earlier that there is none, contradicts itself.
        let contradicts_itself = |by: &ConnectionId, denial: &Prepared| {
            let mut own = listed().filter(|one| one.member.key.connection == *by).peekable();
            own.peek().is_some() && own.all(|one| is_no_later(&one.member.entry, &denial.member.entry))
        };
        let denial_of = |by: &ConnectionId| {
            let denials = denials.get(by).into_iter().flatten();
            let mut about_it =
                denials.filter(|denial| listed().any(|one| denies(&denial.member.entry, &one.member.entry)));
            let lists_it = known.contains(by);
            about_it.find(|denial| !lists_it || contradicts_itself(by, denial))
        };
        let mut missing: Vec<&ConnectionId> = lists.difference(&known).copied().collect();
        missing.extend(known.iter().filter(|by| denial_of(by).is_some()));
        if current.is_empty() || missing.is_empty() {
            continue;
        }
        let mut members: Vec<&Prepared> = current.iter().flat_map(|told| told.members.clone()).collect();
        members.sort_by(|a, b| a.member.key.cmp(&b.member.key));
        let mut statements = Told::statements(members.into_iter(), |entry| Says::Title(entry.called()));
        statements.extend(missing.into_iter().map(|by| match denial_of(by) {
            Some(one) => statement(&one.member.key, &one.member.entry, Says::NoneKnown),
            None => Statement {
                by: by.clone(),
                key: None,
                says: Says::NotListed,
                date: None,
                ended: None,
                instead_of: None,
            },
        }));
        let facts: Vec<&FactId> = current.iter().map(|told| told.id).collect();
        found.push(conflict(About::AllergyNotListed, &facts, in_order(statements)));
    }
}

/// Whether "no known drug allergies" is about the allergy that another entry lists: by that one's own category (FHIR R4
/// AllergyIntolerance.category), else by our table. "No known allergies" is about every one.
fn denies(denial: &Entry, listed: &Entry) -> bool {
    let said = denial.title_as_sent.as_deref().unwrap_or(&denial.title).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let scopes = [
        ("medication", has(&["drug", "medication", "medicine", "nkda", "nkma", "medicament"])),
        ("food", has(&["food", "nkfa", "aliment"])),
        ("environment", has(&["environment", "latex", "insect", "animal", "nkla", "ambient"])),
    ];
    if scopes.iter().all(|(_, within)| !within) {
        return true;
    }
    let details = listed.details.iter().filter(|detail| detail.element == Element::CATEGORY);
    let mut sorts: Vec<String> = details.map(|detail| detail.value.all_sent().to_lowercase()).collect();
    sorts.extend(listed.category.iter().map(|sort| sort.code.to_lowercase()));
    if sorts.is_empty() {
        let known = table::find(Kind::Allergy, &listed.title, &listed.codes);
        sorts.extend(known.and_then(table::Known::sort_of_substance).map(ToOwned::to_owned));
    }
    scopes.iter().any(|(sort, within)| *within && sorts.iter().any(|one| one == sort))
}

/// Whether one statement was made no later than another, as far as both say when.
fn is_no_later(one: &Entry, other: &Entry) -> bool {
    !matches!((said_on(one), said_on(other)), (Some(one), Some(other)) if begins(one) > ends(other))
}

/// Who lists the one medicine, each with what it listed before where the other one is that, and over.
fn changed(told: &Told<'_>, before: &Told<'_>) -> Vec<Statement> {
    let mut statements = Told::statements(told.current(), |entry| Says::Title(entry.called()));
    for said in &mut statements {
        let over = before.members.iter().find(|one| {
            one.member.key.connection == said.by && stated(&one.member.entry) == StatusGroup::Past
        });
        said.instead_of = over.map(|one| one.member.entry.called());
    }
    statements
}

fn doses(record: &impl Record, told: &Told<'_>, found: &mut Vec<Conflict>) {
    let mine: BTreeSet<_> = told.current().map(|one| &one.member.key.connection).collect();
    if mine.is_empty() {
        return;
    }
    for other in record.near(told) {
        let theirs: BTreeSet<_> = other.current().map(|one| &one.member.key.connection).collect();
        if other.id <= told.id || !other.is_said() || theirs.is_empty() || !mine.is_disjoint(&theirs) {
            continue;
        }
        let differ = told.current().any(|one| {
            other.current().any(|two| {
                let (Some(a), Some(b)) = (&one.medicine, &two.medicine) else { return false };
                !a.strength.is_empty()
                    && !b.strength.is_empty()
                    && a.strength != b.strength
                    && a.taken_alike(b)
                    && named_alike(&record.pair(one, two))
            })
        });
        if differ {
            let mut statements = changed(told, &other);
            statements.extend(changed(&other, told));
            found.push(conflict(About::Dose, &[told.id, other.id], in_order(statements)));
        }
    }
}

fn vaccine_days(record: &impl Record, told: &Told<'_>, found: &mut Vec<Conflict>) {
    let intended = |told: &Told<'_>| told.members.iter().any(|one| one.intended);
    let says = |entry: &Entry| {
        let start = entry.date.as_ref().and_then(|date| date.start.clone());
        Says::Date(start.map_or(DetailValue::Text(String::new()), DetailValue::Date))
    };
    let Some(own) = told.day().filter(|_| !intended(told)) else { return };
    for other in record.shots_near(told, DAYS_APART) {
        let Some(another) = other.day().filter(|_| other.is_said() && !intended(&other)) else { continue };
        let apart = (another - own).abs();
        if !(1..=DAYS_APART).contains(&apart) || !told.tellers().is_disjoint(&other.tellers()) {
            continue;
        }
        // The earlier speaks first, whichever was looked at.
        let (first, second) = if own < another { (told, &other) } else { (&other, told) };
        let mut statements = Told::statements(first.members.iter().copied(), says);
        statements.extend(Told::statements(second.members.iter().copied(), says));
        found.push(conflict(About::VaccineDay, &[told.id, other.id], statements));
    }
}

/// Days since 1970.
pub(crate) fn number_of(day: Day) -> Option<i64> {
    let date = chrono::NaiveDate::from_ymd_opt(day.year, day.month?, day.day?)?;
    Some(date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() / 86_400)
}

fn corrections(record: &impl Record, told: &Told<'_>, found: &mut Vec<Conflict>) {
    let value = |entry: &Entry| {
        entry.found().map_or(Says::Status(entry.status_group, entry.status.clone()), Says::Value)
    };
    for other in record.near(told) {
        let plain = other.is_said() && other.status != StatusGroup::Corrected;
        let tested = matches!(told.kind, Kind::Result | Kind::Vital | Kind::Observation);
        if !plain || !tested || other.kind != told.kind || !told.tellers().is_disjoint(&other.tellers()) {
            continue;
        }
        let same_test = told.members.iter().any(|one| {
            other.members.iter().any(|two| {
                let at_once = matches!((one.start, two.start), (Some(one), Some(two)) if one.same(two));
                let numbered = share(&one.identifiers, &two.identifiers);
                one.amount.is_some()
                    && two.amount.is_some()
                    && one.amount != two.amount
                    && (at_once || numbered)
                    && (shared_code(&record.pair(one, two)).is_some()
                        || (!one.bag.is_empty() && one.bag == two.bag))
            })
        });
        if same_test {
            let mut statements = Told::statements(told.members.iter().copied(), value);
            statements.extend(Told::statements(other.members.iter().copied(), value));
            found.push(conflict(About::Correction, &[told.id, other.id], statements));
        }
    }
}

/// The same words or codes from two tellers, current here and over there, that no rule joins.
fn told_apart(record: &impl Record, told: &Told<'_>, found: &mut Vec<Conflict>) {
    let over = |told: &Told<'_>| told.status == StatusGroup::Past;
    let open = |told: &Told<'_>| matches!(told.status, StatusGroup::Active | StatusGroup::Unknown);
    let says = |entry: &Entry| Says::Status(stated(entry), entry.status.clone());
    for other in record.near(told) {
        let differ = over(told) && open(&other) || open(told) && over(&other);
        let speak = |told: &Told<'_>| told.members.iter().any(|one| stated(&one.member.entry) == told.status);
        if !differ
            || other.id == told.id
            || other.kind != told.kind
            || told.is_knowing()
            || other.is_knowing()
            || !other.is_said()
            || !speak(told)
            || !speak(&other)
            || told.status == StatusGroup::Unknown
            || other.status == StatusGroup::Unknown
            || !told.tellers().is_disjoint(&other.tellers())
        {
            continue;
        }
        let same = told.members.iter().any(|one| {
            other.members.iter().any(|two| {
                let called = shared_code(&record.pair(one, two)).is_some()
                    || (!one.bag.is_empty() && one.bag == two.bag);
                // An illness that came twice is two; an allergy stays what it is.
                let when = one.kind() == Kind::Allergy
                    || !matches!((one.start, two.start), (Some(one), Some(two)) if !one.same(two));
                called && when && one.side == two.side
            })
        });
        if same {
            let mut statements = Told::statements(told.members.iter().copied(), says);
            statements.extend(Told::statements(other.members.iter().copied(), says));
            found.push(conflict(About::Status, &[told.id, other.id], in_order(statements)));
        }
    }
}

/// Ruled out or withdrawn here, and said to be so elsewhere.
fn taken_back(record: &impl Record, told: &Told<'_>, about: About, found: &mut Vec<Conflict>) {
    // "Active" is the clinical half of "active, refuted": what counts here is said in our word.
    let says = |entry: &Entry| match entry.status_group {
        group @ (StatusGroup::Refuted | StatusGroup::EnteredInError) => Says::Status(group, None),
        group => Says::Status(group, entry.status.clone()),
    };
    for other in record.near(told) {
        if !other.is_said()
            || other.status == StatusGroup::Past && told.members.iter().any(|one| one.is_state())
            || other.kind != told.kind
            || !told.tellers().is_disjoint(&other.tellers())
        {
            continue;
        }
        let same = told.members.iter().any(|one| {
            other.members.iter().any(|two| {
                let pair = record.pair(one, two);
                let called = shared_code(&pair).is_some()
                    || bridged(&pair)
                    || (!one.bag.is_empty() && one.bag == two.bag);
                let when = one.is_state()
                    || matches!((one.start, two.start), (Some(one), Some(two)) if one.same(two));
                let dose = match (&one.medicine, &two.medicine) {
                    (Some(a), Some(b)) => a.strength == b.strength,
                    _ => true,
                };
                called && when && dose && one.amount == two.amount && one.side == two.side
            })
        });
        if same {
            let mut statements = Told::statements(told.members.iter().copied(), says);
            statements.extend(Told::statements(other.members.iter().copied(), says));
            found.push(conflict(about, &[told.id, other.id], statements));
        }
    }
}

/// A year does not contradict a day of it.
pub(crate) fn people(all: &[Told<'_>], found: &mut Vec<Conflict>) {
    let mut members: Vec<(&FactId, &Prepared, &str)> = all
        .iter()
        .filter(|told| told.is_said())
        .flat_map(|told| told.members.iter().map(|one| (told.id, *one)))
        .filter_map(|(id, one)| Some((id, one, one.born.as_deref()?)))
        .collect();
    members.sort_by(|a, b| a.1.member.key.cmp(&b.1.member.key));
    let differ = members
        .iter()
        .any(|(.., one)| members.iter().any(|(.., two)| !one.starts_with(two) && !two.starts_with(one)));
    if differ {
        let facts: Vec<&FactId> = members.iter().map(|(id, ..)| *id).collect();
        let mut seen = BTreeSet::new();
        let statements = members
            .iter()
            .filter(|(_, one, born)| seen.insert((&one.member.key.connection, *born)))
            .map(|(_, one, born)| {
                statement(
                    &one.member.key,
                    &one.member.entry,
                    Says::Date(DetailValue::of_text((*born).to_owned())),
                )
            })
            .collect();
        found.push(conflict(About::BirthDate, &facts, in_order(statements)));
    }
}

/// LOINC: ABO and Rh group, ABO group, Rh type; in blood.
pub(crate) const BLOOD_GROUP: &[&str] = &["882-1", "883-9", "10331-7", "34530-6", "1305-2"];

/// ABO group and Rh factor, as far as the words tell.
fn blood_group(words: &str) -> (Option<&'static str>, Option<bool>) {
    let words = words.to_uppercase();
    let (mut group, mut positive) = (None, None);
    for word in words.split(|char: char| !char.is_ascii_alphanumeric()) {
        match word {
            "A" => group = Some("A"),
            "B" => group = Some("B"),
            "AB" => group = Some("AB"),
            "O" | "0" => group = Some("O"),
            "POS" | "POSITIVE" => positive = Some(true),
            "NEG" | "NEGATIVE" => positive = Some(false),
            _ => {}
        }
    }
    if positive.is_none() && words.contains('+') {
        positive = Some(true);
    } else if positive.is_none() && words.trim_end().ends_with(['-', '\u{2212}', '\u{2013}']) {
        positive = Some(false);
    }
    (group, positive)
}

pub(crate) fn blood_groups(blood: &[(&FactId, &Prepared)], found: &mut Vec<Conflict>) {
    let mut tested: Vec<(&FactId, &Prepared, String)> = blood
        .iter()
        .filter(|(_, one)| one.truth == Truth::Said)
        .filter_map(|(id, one)| Some((*id, *one, one.member.entry.found()?.as_sent())))
        .collect();
    tested.sort_by(|a, b| a.1.member.key.cmp(&b.1.member.key));
    let differ = tested.iter().any(|(.., one)| {
        let (group, positive) = blood_group(one);
        tested.iter().any(|(.., two)| {
            let (other, sign) = blood_group(two);
            (group.is_some() && other.is_some() && group != other)
                || (positive.is_some() && sign.is_some() && positive != sign)
        })
    });
    if differ {
        let mut seen = BTreeSet::new();
        let statements = tested
            .iter()
            .filter(|(_, one, says)| seen.insert((&one.member.key.connection, blood_group(says))))
            .map(|(_, one, _)| {
                let says = one.member.entry.found().map_or(Says::NotListed, Says::Value);
                statement(&one.member.key, &one.member.entry, says)
            })
            .collect();
        let facts: Vec<&FactId> = tested.iter().map(|(id, ..)| *id).collect();
        found.push(conflict(About::BloodGroup, &facts, in_order(statements)));
    }
}

#[cfg(test)]
mod tests {
    use super::blood_group;

    #[test]
    fn blood_groups_in_many_spellings() {
        for words in ["A POS", "A Rh(D) positive", "A+", "Group A, Rh positive", "a pos"] {
            assert_eq!(blood_group(words), (Some("A"), Some(true)), "{words}");
        }
        assert_eq!(blood_group("O-"), (Some("O"), Some(false)));
        assert_eq!(blood_group("AB NEG"), (Some("AB"), Some(false)));
        assert_eq!(blood_group("AB"), (Some("AB"), None));
        assert_eq!(blood_group("Positive"), (None, Some(true)));
        assert_eq!(blood_group("not tested"), (None, None));
    }
}

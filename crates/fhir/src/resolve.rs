//! What an entry can learn from the others of its connection: whom its references mean, and names for bare codes.
//!
//! References are followed inside one base only (R4 §2.3.0 "Literal References"): an address of another server is
//! never taken for a neighbour, however alike the ids. Nothing that was sent is replaced, and everything learnt is
//! marked, so completing again, after a neighbour changed or went, gives the same as completing afresh.
//!
//! A source whose times of an element are all midnight states days there: nobody is vaccinated at midnight every time.
//!
//! Files of one import have no address. One that holds resources of several types is whole in itself, as a bundle is:
//! its references lead to what it holds, by `fullUrl` first, and nothing else leads into it. Files of one
//! type each (a bulk export) or of one resource each belong together: what is not in the file itself is looked for in
//! the others of that kind, and found where they do not contradict each other.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::datatype::{Coding, DateRole, EntryDate, Reference};
use crate::date::FhirDate;
use crate::element::Element;
use crate::entry::{Entry, Kind, OwnDate, OwnTitle, Release, TitleSource};

/// Entries of one connection, as others point to them. Kept while entries come, change and go: what it knows depends on
/// who is there, not on who came first.
#[derive(Debug, Default)]
pub struct Neighbours {
    /// By base and release (all files are one, whatever their releases: a bundle's links hold), then by `Type/id`, by the
    /// bare id that `urn:uuid:` holds and by `fullUrl`; then by type, because two types may share a bare id, and by the
    /// base itself.
    known: HashMap<(String, Release), Places>,
    /// How many resources of each type a file holds.
    types: HashMap<String, BTreeMap<String, u32>>,
    /// By base, type and element: how many times of day other than midnight were sent.
    times: HashMap<(String, String, String), u32>,
    /// By system and code: every display that was sent, the shortest first, with how often.
    names: HashMap<(String, String), BTreeMap<(usize, String), u32>>,
}

/// What is known by `Type/id`, bare id or `fullUrl`, then by type, base and release.
type Places = HashMap<String, BTreeMap<(String, String, Release), Known>>;

/// Something an entry can learn from another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lesson {
    /// Title and codes of the resource at this place: base, release, `Type/id` or bare id.
    Target(String, Release, String),
    /// A name for the code of this system.
    Name(String, String),
    /// Whether midnight means "that day" in this element of this type, at this base.
    Midnight(String, String, String),
}

/// What is counted over all entries of a connection, because one learns from it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// Displays that were sent with a code: its system, and the code.
    Names(String, String),
    /// Times of day other than midnight: base, type and element.
    Times(String, String, String),
    /// Types of the resources of a file: its base.
    Types(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    title: Option<String>,
    codes: Vec<Coding>,
    id: Option<String>,
    /// Its `fullUrl`, where that is an address.
    address: Option<String>,
    /// Who has the role, of a PractitionerRole: people go by their own names.
    person: Option<Reference>,
    /// When it began, of a visit.
    began: Option<FhirDate>,
}

/// Somebody's place in an organization.
const ROLE: &str = "PractitionerRole";

/// Types that go by the resource they point to, codes and all.
const GO_BY_ANOTHER: &[&str] = &[
    "DeviceRequest",
    "DeviceUseRequest",
    "DeviceUseStatement",
    "MedicationAdministration",
    "MedicationDispense",
    "MedicationOrder",
    "MedicationPrescription",
    "MedicationRequest",
    "MedicationStatement",
    "SupplyDelivery",
    "SupplyRequest",
];

impl Neighbours {
    /// Takes note of every entry of one connection, each with the base (or file) it came from.
    pub fn of<'e>(entries: impl IntoIterator<Item = (&'e str, &'e Entry)>) -> Neighbours {
        let mut all = Neighbours::default();
        for (base, entry) in entries {
            all.change(base, None, Some(entry));
        }
        all
    }

    /// What is counted of others and looked at where this entry comes, changes, goes or is completed.
    pub fn counted_for(base: &str, entry: &Entry) -> BTreeSet<Counted> {
        let own = if entry.has_learnt() {
            let mut own = entry.clone();
            own.forget_others();
            Cow::Owned(own)
        } else {
            Cow::Borrowed(entry)
        };
        let codes = own.codes.iter().filter(|coding| !coding.system.is_empty());
        let mut counted: BTreeSet<Counted> =
            codes.map(|coding| Counted::Names(coding.system.clone(), coding.code.clone())).collect();
        counted.extend(displays(&own).map(|((system, code), _)| Counted::Names(system, code)));
        for date in own.date.iter().chain(&entry.date) {
            let (base, of_type, field) = element_of(base, entry, date);
            counted.insert(Counted::Times(base, of_type, field));
        }
        counted.extend(Neighbours::types_of(base));
        counted
    }

    /// What is counted of a file; nothing of a server.
    pub fn types_of(base: &str) -> Option<Counted> {
        base.starts_with(FILE).then(|| Counted::Types(base.to_owned()))
    }

    /// How often each display, time or type was sent; of times without a text.
    pub fn counts(&self, of: &Counted) -> Vec<(String, u32)> {
        match of {
            Counted::Names(system, code) => {
                let names = self.names.get(&(system.clone(), code.clone()));
                names.into_iter().flatten().map(|((_, name), count)| (name.clone(), *count)).collect()
            }
            Counted::Times(base, of_type, field) => {
                let count = self.times.get(&(base.clone(), of_type.clone(), field.clone()));
                count.map(|count| (String::new(), *count)).into_iter().collect()
            }
            Counted::Types(base) => {
                let types = self.types.get(base).into_iter().flatten();
                types.map(|(name, count)| (name.clone(), *count)).collect()
            }
        }
    }

    /// Takes over what was counted before.
    pub fn set_counts(&mut self, of: Counted, counts: Vec<(String, u32)>) {
        match of {
            _ if counts.is_empty() => {}
            Counted::Names(system, code) => {
                let names = counts.into_iter().map(|(name, count)| ((name.len(), name), count));
                self.names.insert((system, code), names.collect());
            }
            Counted::Times(base, of_type, field) => {
                let count = counts.into_iter().map(|(_, count)| count).sum();
                self.times.insert((base, of_type, field), count);
            }
            Counted::Types(base) => {
                self.types.insert(base, counts.into_iter().collect());
            }
        }
    }

    /// Whether a file would turn into one that is whole in itself, or no longer be one, with this resource.
    pub fn may_turn(&self, base: &str, before: Option<&Entry>, after: Option<&Entry>) -> bool {
        let types = self.types.get(base);
        let of_type = |entry: Option<&Entry>| entry.map(|entry| entry.resource_type.clone());
        let (was, is) = (of_type(before), of_type(after));
        base.starts_with(FILE)
            && was != is
            && types.is_some_and(|types| match types.len() {
                0 => false,
                1 => is.is_some_and(|is| !types.contains_key(&is)),
                _ => was.is_some_and(|was| types.get(&was) == Some(&1)),
            })
    }

    /// Takes note of where an entry is that is counted already.
    pub fn hold(&mut self, base: &str, entry: &Entry) {
        let known = Known::of(entry);
        let places = self.known.entry(place(base, entry.release)).or_default();
        for path in paths(entry) {
            let who = (entry.resource_type.clone(), base.to_owned(), entry.release);
            places.entry(path).or_default().insert(who, known.clone());
        }
    }

    /// An entry came (`before` is none), changed, or went (`after` is none). Told what can be learnt otherwise now.
    pub fn change(&mut self, base: &str, before: Option<&Entry>, after: Option<&Entry>) -> BTreeSet<Lesson> {
        let mut touched: BTreeMap<(String, String), Option<String>> = BTreeMap::new();
        for entry in [before, after].into_iter().flatten() {
            for (key, _) in displays(entry) {
                let name = self.name_of(&key).map(str::to_owned);
                touched.entry(key).or_insert(name);
            }
        }
        for (key, display) in before.into_iter().flat_map(displays) {
            if let Some(names) = self.names.get_mut(&key) {
                let display = (display.len(), display.to_owned());
                let count = names.entry(display.clone()).or_default();
                *count = count.saturating_sub(1);
                if *count == 0 {
                    names.remove(&display);
                }
                if names.is_empty() {
                    self.names.remove(&key);
                }
            }
        }
        for (key, display) in after.into_iter().flat_map(displays) {
            *self.names.entry(key).or_default().entry((display.len(), display.to_owned())).or_default() += 1;
        }
        let mut lessons: BTreeSet<Lesson> = touched
            .into_iter()
            .filter(|(key, name)| self.name_of(key) != name.as_deref())
            .map(|((system, code), _)| Lesson::Name(system, code))
            .collect();

        self.count(base, before, after, &mut lessons);
        self.note_times(base, before, after, &mut lessons);
        let (was, is) = (before.map(Known::of), after.map(Known::of));
        // A bundle that was written anew calls the same thing by another name.
        if was != is || before.map(paths) != after.map(paths) {
            for (entry, known) in [(before, None), (after, is)] {
                let Some(entry) = entry else { continue };
                let place = place(base, entry.release);
                for path in paths(entry) {
                    lessons.insert(Lesson::target(base, entry.release, path.clone()));
                    let here = self.known.entry(place.clone()).or_default().entry(path).or_default();
                    let who = (entry.resource_type.clone(), base.to_owned(), entry.release);
                    match &known {
                        Some(known) => here.insert(who, known.clone()),
                        None => here.remove(&who),
                    };
                }
            }
        }
        lessons
    }

    /// Counts the types of a file, and tells who has to look again when that makes it whole in itself, or no longer.
    fn count(
        &mut self,
        base: &str,
        before: Option<&Entry>,
        after: Option<&Entry>,
        lessons: &mut BTreeSet<Lesson>,
    ) {
        let same = before.zip(after).is_some_and(|(was, is)| was.resource_type == is.resource_type);
        if same || !base.starts_with(FILE) {
            return;
        }
        let was = self.is_whole(base);
        let types = self.types.entry(base.to_owned()).or_default();
        if let Some(count) = before.and_then(|entry| types.get_mut(&entry.resource_type)) {
            *count = count.saturating_sub(1);
        }
        if let Some(entry) = after {
            *types.entry(entry.resource_type.clone()).or_default() += 1;
        }
        types.retain(|_, count| *count > 0);
        if was == self.is_whole(base) {
            return;
        }
        let here = self.known.get(&place(base, Release::R4)).into_iter().flatten();
        let held = here.filter(|(_, known)| known.keys().any(|(_, of, _)| of == base));
        lessons.extend(held.map(|(path, _)| Lesson::target(base, Release::R4, path.clone())));
    }

    /// Counts times of day, and tells who has to look again when an element turns out to have them, or no longer has.
    fn note_times(
        &mut self,
        base: &str,
        before: Option<&Entry>,
        after: Option<&Entry>,
        lessons: &mut BTreeSet<Lesson>,
    ) {
        let key = |entry: &Entry| {
            let timed = entry.date.as_ref().filter(|date| has_time(date))?;
            Some(element_of(base, entry, timed))
        };
        let (was, is) = (before.and_then(key), after.and_then(key));
        if was == is {
            return;
        }
        if let Some(key) = was
            && let Some(count) = self.times.get_mut(&key)
        {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.times.remove(&key);
                lessons.insert(Lesson::Midnight(key.0, key.1, key.2));
            }
        }
        if let Some(key) = is {
            let count = self.times.entry(key.clone()).or_default();
            *count += 1;
            if *count == 1 {
                lessons.insert(Lesson::Midnight(key.0, key.1, key.2));
            }
        }
    }

    /// A file of several types, as a bundle is. Lines of resources (NDJSON) are one part of an export, whatever they hold.
    fn is_whole(&self, base: &str) -> bool {
        let lines =
            base.get(base.len().saturating_sub(7)..).is_some_and(|end| end.eq_ignore_ascii_case(".ndjson"));
        !lines && self.types.get(base).is_some_and(|types| types.len() > 1)
    }

    /// The sender's display of a code; of several the shortest, then the first in the alphabet, so that the order of
    /// the entries does not matter.
    fn name_of(&self, key: &(String, String)) -> Option<&str> {
        self.names.get(key)?.keys().next().map(|(_, name)| name.as_str())
    }

    /// All that this entry learns, or would learn if somebody told it.
    pub fn lessons(base: &str, entry: &Entry) -> BTreeSet<Lesson> {
        let details = entry.details.iter().filter_map(|detail| detail.value.reference());
        let unnamed = entry
            .performer
            .iter()
            .chain(details)
            .filter(|reference| reference.display.is_none() || reference.found);
        // What it belongs to, and what belongs to it, matters whatever that is called.
        let mut lessons: BTreeSet<Lesson> = unnamed
            .chain(&entry.members)
            .chain(entry.references(&[Element::FOCUS, Element::DERIVED_FROM]))
            .chain(&entry.encounter)
            .chain(&entry.title_reference)
            .flat_map(|reference| leads(base, entry.full_url.as_deref(), &reference.reference))
            .map(|path| Lesson::target(base, entry.release, path))
            .collect();
        let files = entry.binaries();
        lessons.extend(
            files
                .flat_map(|file| leads(base, entry.full_url.as_deref(), &file.reference))
                .map(|path| Lesson::target(base, entry.release, path)),
        );
        if let Some(date) = entry.date.as_ref().filter(|date| is_of_midnight(date)) {
            let (base, of_type, field) = element_of(base, entry, date);
            lessons.insert(Lesson::Midnight(base, of_type, field));
        }
        let own = entry.own_title.as_ref().map_or(entry.title_source, |own| own.source);
        if own == TitleSource::Code {
            let codes = entry.codes.iter().filter(|coding| !coding.system.is_empty());
            lessons.extend(codes.map(|coding| Lesson::Name(coding.system.clone(), coding.code.clone())));
        }
        lessons
    }

    /// [`Neighbours::lessons`], and whose role it is that the entry refers to.
    pub fn lessons_of(&self, base: &str, entry: &Entry) -> BTreeSet<Lesson> {
        let mut lessons = Neighbours::lessons(base, entry);
        let from = Asker { base, release: entry.release, full_url: entry.full_url.as_deref() };
        let details = entry.details.iter().filter_map(|detail| detail.value.reference());
        let people = entry.performer.iter().chain(details);
        for person in people.filter_map(|one| self.find(from, one)?.1.person.as_ref()) {
            let paths = leads(base, entry.full_url.as_deref(), &person.reference);
            lessons.extend(paths.into_iter().map(|path| Lesson::target(base, entry.release, path)));
        }
        lessons
    }

    /// Fills in what the entry itself does not say: its title and codes by the resource it points to, a name for a
    /// bare code, the titles of the people, places and records it refers to. True when the entry changed.
    pub fn complete(&self, base: &str, entry: &mut Entry) -> bool {
        let before = entry.clone();
        entry.forget_others();
        let own =
            OwnTitle { title: entry.title.clone(), source: entry.title_source, codes: entry.codes.clone() };
        let from = Asker { base, release: entry.release, full_url: entry.full_url.as_deref() };
        if let Some((_, target)) = entry.title_reference.as_ref().and_then(|to| self.find(from, to)) {
            let target = target.clone();
            if let Some(title) = target.title
                && matches!(
                    entry.title_source,
                    TitleSource::Unnamed | TitleSource::Narrative | TitleSource::Code
                )
            {
                entry.title = title;
                entry.title_source = TitleSource::Reference;
            }
            // Only what goes by another thing has that thing's codes: a plan is not the illness it is for.
            if entry.codes.is_empty() && GO_BY_ANOTHER.contains(&entry.resource_type.as_str()) {
                entry.codes = target.codes;
            }
        }
        entry.name_by(|coding| {
            self.name_of(&(coding.system.clone(), coding.code.clone())).map(ToOwned::to_owned)
        });
        if entry.title != own.title || entry.codes != own.codes {
            entry.own_title = Some(own);
        }
        let stated = entry.date.as_ref().filter(|date| !date.day_only && is_of_midnight(date));
        let is_day = stated.is_some_and(|date| !self.times.contains_key(&element_of(base, entry, date)));
        if let Some(date) = entry.date.as_mut().filter(|_| is_day) {
            date.day_only = true;
            entry.day_learnt = true;
        }
        if let Some(day) = self.day_of_visit(base, entry) {
            entry.own_date = Some(Box::new(OwnDate(entry.date.replace(day))));
        }
        let full_url = entry.full_url.clone();
        let from = Asker { base, release: entry.release, full_url: full_url.as_deref() };
        for reference in entry.performer.iter_mut().chain(&mut entry.members).chain(&mut entry.encounter) {
            self.name(from, reference);
        }
        for reference in entry.details.iter_mut().filter_map(|detail| detail.value.reference_mut()) {
            self.name(from, reference);
        }
        *entry != before
    }

    /// What was diagnosed or done at a visit, and says no day of its own, was written down that day.
    fn day_of_visit(&self, base: &str, entry: &Entry) -> Option<EntryDate> {
        let at_visit = match entry.kind {
            Kind::Problem => entry.category.iter().any(|sort| sort.code == "encounter-diagnosis"),
            Kind::Procedure => true,
            _ => false,
        };
        let undated = entry.date.as_ref().is_none_or(|date| date.role == DateRole::System);
        let visit = entry.encounter.as_ref().filter(|_| at_visit && undated)?;
        let from = Asker { base, release: entry.release, full_url: entry.full_url.as_deref() };
        let began = self.find(from, visit)?.1.began.clone()?;
        let day_only = began.is_midnight();
        Some(EntryDate {
            start: Some(began),
            end: None,
            text: None,
            age: None,
            field: "encounter".to_owned(),
            role: DateRole::Recorded,
            day_only,
            implausible: false,
        })
    }

    /// The resource that an entry's reference leads to, as type, id, base and release; none for one that is not here,
    /// or has no id.
    pub fn target(
        &self,
        base: &str,
        entry: &Entry,
        reference: &Reference,
    ) -> Option<(&str, &str, &str, Release)> {
        let from = Asker { base, release: entry.release, full_url: entry.full_url.as_deref() };
        let ((of_type, of, release), known) = self.find(from, reference)?;
        Some((of_type, known.id.as_deref()?, of, *release))
    }

    fn name(&self, from: Asker<'_>, reference: &mut Reference) {
        if reference.display.is_some() {
            return;
        }
        reference.display = self.find(from, reference).and_then(|(_, target)| {
            let person = target.person.as_ref().and_then(|person| {
                person.display.clone().or_else(|| self.find(from, person)?.1.title.clone())
            });
            person.or_else(|| target.title.clone())
        });
        reference.found = reference.display.is_some();
    }

    fn find(&self, from: Asker<'_>, reference: &Reference) -> Option<(&(String, String, Release), &Known)> {
        let known = self.known.get(&place(from.base, from.release))?;
        let sent = reference.reference.split("/_history/").next().unwrap_or_default();
        leads(from.base, from.full_url, &reference.reference).into_iter().find_map(|path| {
            let here = known.get(&path)?;
            // Whoever has an address is not at another one.
            let file = from.base.starts_with(FILE);
            let elsewhere = |known: &Known| {
                file && sent.contains("://") && known.address.as_deref().is_some_and(|own| own != sent)
            };
            let mut own = here.iter().filter(|((_, of, _), known)| of == from.base && !elsewhere(known));
            let same = own.clone().find(|((.., release), _)| *release == from.release);
            if let Some(found) = same.or_else(|| own.next()) {
                return Some(found);
            }
            // An address names its server, and another file may be another server's.
            if sent.contains("://") {
                return None;
            }
            let mut others = here.iter().filter(|((_, of, _), _)| !self.is_whole(of));
            let first = others.next()?;
            let alike = |known: &Known| (&known.title, &known.codes) == (&first.1.title, &first.1.codes);
            others.all(|(_, known)| alike(known)).then_some(first)
        })
    }
}

/// A clinical date that is given to the second, and is midnight; an instant (`issued`) is one, midnight or not.
fn is_of_midnight(date: &EntryDate) -> bool {
    let mut stamps = date.start.iter().chain(&date.end);
    date.role == DateRole::Clinical
        && !is_instant(date)
        && date.start.as_ref().is_some_and(FhirDate::is_midnight)
        && stamps.all(|stamp| stamp.time.is_none() || stamp.is_midnight())
}

/// The element of a date, at its base and in its type.
fn element_of(base: &str, entry: &Entry, date: &EntryDate) -> (String, String, String) {
    let field = date.field.strip_suffix(".start").unwrap_or(&date.field);
    (base.to_owned(), entry.resource_type.clone(), field.to_owned())
}

/// A time of day that somebody meant.
fn has_time(date: &EntryDate) -> bool {
    let mut stamps = date.start.iter().chain(&date.end);
    stamps.any(|stamp| stamp.time.is_some() && !stamp.is_midnight())
}

fn is_instant(date: &EntryDate) -> bool {
    matches!(date.field.as_str(), "effectiveInstant" | "issued" | "recorded" | "indexed" | "start")
}

/// Whoever points to another.
#[derive(Clone, Copy)]
struct Asker<'e> {
    base: &'e str,
    release: Release,
    full_url: Option<&'e str>,
}

/// What the bases of files begin with.
const FILE: &str = "file:";

impl Lesson {
    /// Title and codes of the resource that an entry of `base` knows as `path`.
    pub fn target(base: &str, release: Release, path: String) -> Lesson {
        let (place, release) = place(base, release);
        Lesson::Target(place, release, path)
    }

    /// What others learn from this entry where they point to it.
    pub fn targets(base: &str, entry: &Entry) -> Vec<Lesson> {
        paths(entry).into_iter().map(|path| Lesson::target(base, entry.release, path)).collect()
    }
}

/// Where entries of this base are looked for: files have no address of their own and are one place, and what is in one
/// file belongs together in whatever release each part was read.
fn place(base: &str, release: Release) -> (String, Release) {
    if base.starts_with(FILE) { (FILE.to_owned(), Release::R4) } else { (base.to_owned(), release) }
}

impl Known {
    fn of(entry: &Entry) -> Known {
        let (title, source, codes) = match &entry.own_title {
            Some(own) => (&own.title, own.source, &own.codes),
            None => (&entry.title, entry.title_source, &entry.codes),
        };
        // "SNOMED CT 22232009" would name nobody.
        let says = !matches!(source, TitleSource::Unnamed | TitleSource::Code);
        let address = entry.full_url.as_deref().filter(|url| url.contains("://")).map(without_version);
        Known {
            title: says.then(|| title.clone()),
            codes: codes.clone(),
            id: entry.id.clone(),
            address: address.map(ToOwned::to_owned),
            person: entry.performer.first().filter(|_| entry.resource_type == ROLE).map(|person| {
                let mut person = person.clone();
                // What others call them is looked for each time: they may be called otherwise by then.
                forget(&mut person);
                person
            }),
            began: entry
                .date
                .as_ref()
                .filter(|date| entry.kind == Kind::Visit && date.role == DateRole::Clinical)
                .and_then(|date| date.start.clone()),
        }
    }
}

/// Under what others point to an entry.
fn paths(entry: &Entry) -> Vec<String> {
    let mut paths = Vec::new();
    if let Some(url) = entry.full_url.as_deref() {
        paths.push(match url.strip_prefix(UUID) {
            Some(uuid) => uuid.to_ascii_lowercase(),
            None => without_version(url).to_owned(),
        });
    }
    if let Some(id) = &entry.id {
        paths.push(format!("{}/{id}", entry.resource_type));
        // Only what looks like a UUID is pointed to without its type.
        paths.extend((id.len() == 36).then(|| id.to_ascii_lowercase()));
    }
    paths.sort_unstable();
    paths.dedup();
    paths
}

/// The displays that an entry sends with codes of a system.
fn displays(entry: &Entry) -> impl Iterator<Item = ((String, String), &str)> {
    let own = entry.own_title.as_ref().map_or(&entry.codes, |own| &own.codes);
    let parts = entry.components.iter().flat_map(|part| &part.codes);
    own.iter().chain(parts).filter(|coding| !coding.system.is_empty()).filter_map(|coding| {
        let display = coding.display.as_deref()?.trim();
        let names = !display.is_empty() && display != coding.code;
        names.then(|| ((coding.system.clone(), coding.code.clone()), display))
    })
}

const UUID: &str = "urn:uuid:";

/// Where a reference may lead inside its own base, the best first; empty for one that leads elsewhere.
fn leads(base: &str, full_url: Option<&str>, sent: &str) -> Vec<String> {
    if let Some(uuid) = sent.strip_prefix(UUID) {
        return vec![uuid.to_ascii_lowercase()];
    }
    if sent.is_empty() {
        return Vec::new();
    }
    // A version is a moment of the same thing; the current one is what is known.
    let sent = without_version(sent);
    let file = base.starts_with(FILE);
    if sent.contains("://") || sent.starts_with("urn:") {
        let own = sent.strip_prefix(base).map(|rest| rest.trim_start_matches('/'));
        if let Some(own) = own.filter(|_| !file) {
            return vec![own.to_owned()];
        }
        // Files have no address of their own to compare with; what is in one file belongs together.
        let end = last_two(sent).filter(|_| file).map(ToOwned::to_owned);
        return std::iter::once(sent.to_owned()).chain(end).collect();
    }
    // Beside the one who points, at the server that its own address names (R4 §3.1.2 "Resolving references in Bundles").
    let root = full_url.and_then(|url| {
        let (front, _) = without_version(url).rsplit_once('/')?;
        Some(&front[..=front.rfind('/')?])
    });
    let beside = root.filter(|root| root.contains("://")).map(|root| format!("{root}{sent}"));
    beside.into_iter().chain([sent.to_owned()]).collect()
}

fn without_version(address: &str) -> &str {
    address.split("/_history/").next().unwrap_or(address)
}

/// `Type/id` at the end of an address, before a version.
fn last_two(address: &str) -> Option<&str> {
    let address = address.split("/_history/").next().unwrap_or(address);
    let (front, _) = address.rsplit_once('/')?;
    Some(&address[front.rfind('/')? + 1..])
}

impl Entry {
    /// Whether [`Entry::forget_others`] would take anything back.
    pub fn has_learnt(&self) -> bool {
        let references = self.performer.iter().chain(&self.members).chain(&self.encounter);
        let within = self.details.iter().filter_map(|detail| detail.value.reference());
        self.own_title.is_some()
            || self.own_date.is_some()
            || self.day_learnt
            || references.chain(within).any(|reference| reference.found)
    }

    /// Takes back what was learnt from other entries, so that only what was sent remains.
    pub fn forget_others(&mut self) {
        if let Some(own) = self.own_title.take() {
            (self.title, self.title_source, self.codes) = (own.title, own.source, own.codes);
        }
        if let Some(own) = self.own_date.take() {
            self.date = own.0;
        }
        if std::mem::take(&mut self.day_learnt)
            && let Some(date) = &mut self.date
        {
            date.day_only = false;
        }
        for reference in self.performer.iter_mut().chain(&mut self.members).chain(&mut self.encounter) {
            forget(reference);
        }
        self.details.iter_mut().filter_map(|detail| detail.value.reference_mut()).for_each(forget);
    }
}

fn forget(reference: &mut Reference) {
    if std::mem::take(&mut reference.found) {
        reference.display = None;
    }
}

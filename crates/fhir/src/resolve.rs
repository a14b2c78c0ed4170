//! What an entry can learn from the others of its connection: whom its references mean, and names for bare codes.
//!
//! References are followed inside one base only (R4 §2.3.0 "Literal References"): an address of another server is
//! never taken for a neighbour, however alike the ids. Nothing that was sent is replaced, and everything learnt is
//! marked, so completing again, after a neighbour changed or went, gives the same as completing afresh.
//!
//! Files of one import have no address and belong together, a bulk export is one file a type: what is not in the file
//! itself is looked for in the others, and found where they do not contradict each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::datatype::{Coding, Reference};
use crate::entry::{Entry, OwnTitle, Release, TitleSource};

/// Entries of one connection, as others point to them. Kept while entries come, change and go: what it knows depends on
/// who is there, not on who came first.
#[derive(Debug, Default)]
pub struct Neighbours {
    /// By base (all files are one) and release, then by `Type/id` and by the bare id that `urn:uuid:` holds; then by
    /// type, because two types may share a bare id, and by the base itself.
    known: HashMap<(String, Release), Places>,
    /// By system and code: every display that was sent, the shortest first, with how often.
    names: HashMap<(String, String), BTreeMap<(usize, String), u32>>,
}

/// What is known by `Type/id` or bare id, then by type and base.
type Places = HashMap<String, BTreeMap<(String, String), Known>>;

/// Something an entry can learn from another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lesson {
    /// Title and codes of the resource at this place: base, release, `Type/id` or bare id.
    Target(String, Release, String),
    /// A name for the code of this system.
    Name(String, String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    title: Option<String>,
    codes: Vec<Coding>,
}

impl Neighbours {
    /// Takes note of every entry of one connection, each with the base (or file) it came from.
    pub fn of<'e>(entries: impl IntoIterator<Item = (&'e str, &'e Entry)>) -> Neighbours {
        let mut all = Neighbours::default();
        for (base, entry) in entries {
            all.change(base, None, Some(entry));
        }
        all
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

        let (was, is) = (before.map(Known::of), after.map(Known::of));
        if was != is {
            for (entry, known) in [(before, None), (after, is)] {
                let Some(entry) = entry else { continue };
                let place = (place(base).to_owned(), entry.release);
                for path in paths(entry) {
                    lessons.insert(Lesson::target(base, entry.release, path.clone()));
                    let here = self.known.entry(place.clone()).or_default().entry(path).or_default();
                    let who = (entry.resource_type.clone(), base.to_owned());
                    match &known {
                        Some(known) => here.insert(who, known.clone()),
                        None => here.remove(&who),
                    };
                }
            }
        }
        lessons
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
            .chain(&entry.members)
            .chain(details)
            .filter(|reference| reference.display.is_none() || reference.found);
        // Which visit it belongs to matters whatever that is called.
        let mut lessons: BTreeSet<Lesson> = unnamed
            .chain(&entry.encounter)
            .chain(&entry.title_reference)
            .filter_map(|reference| path(base, &reference.reference))
            .map(|path| Lesson::target(base, entry.release, path))
            .collect();
        let own = entry.own_title.as_ref().map_or(entry.title_source, |own| own.source);
        if own == TitleSource::Code {
            let codes = entry.codes.iter().filter(|coding| !coding.system.is_empty());
            lessons.extend(codes.map(|coding| Lesson::Name(coding.system.clone(), coding.code.clone())));
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
        if let Some(target) =
            entry.title_reference.as_ref().and_then(|to| self.find(base, entry.release, to)).cloned()
        {
            if let Some(title) = target.title
                && matches!(entry.title_source, TitleSource::Unnamed | TitleSource::Narrative)
            {
                entry.title = title;
                entry.title_source = TitleSource::Reference;
            }
            if entry.codes.is_empty() {
                entry.codes = target.codes;
            }
        }
        entry.name_by(|coding| {
            self.name_of(&(coding.system.clone(), coding.code.clone())).map(ToOwned::to_owned)
        });
        if entry.title != own.title || entry.codes != own.codes {
            entry.own_title = Some(own);
        }
        let release = entry.release;
        for reference in entry.performer.iter_mut().chain(&mut entry.members).chain(&mut entry.encounter) {
            self.name(base, release, reference);
        }
        for reference in entry.details.iter_mut().filter_map(|detail| detail.value.reference_mut()) {
            self.name(base, release, reference);
        }
        *entry != before
    }

    fn name(&self, base: &str, release: Release, reference: &mut Reference) -> bool {
        if reference.display.is_some() {
            return false;
        }
        reference.display = self.find(base, release, reference).and_then(|target| target.title.clone());
        reference.found = reference.display.is_some();
        reference.found
    }

    fn find(&self, base: &str, release: Release, reference: &Reference) -> Option<&Known> {
        let known = self.known.get(&(place(base).to_owned(), release))?;
        let here = known.get(&path(base, &reference.reference)?)?;
        let own = here.iter().find(|((_, of), _)| of == base).map(|(_, known)| known);
        own.or_else(|| {
            // An address names its server, and another file may be another server's.
            let alike = here.values().all(|known| Some(known) == here.values().next());
            here.values().next().filter(|_| alike && !reference.reference.contains("://"))
        })
    }
}

impl Lesson {
    /// Title and codes of the resource that an entry of `base` knows as `path`.
    pub fn target(base: &str, release: Release, path: String) -> Lesson {
        Lesson::Target(place(base).to_owned(), release, path)
    }
}

/// Where entries of this base are looked for: files have no address of their own, and are one place.
fn place(base: &str) -> &str {
    if base.starts_with("file:") { "file:" } else { base }
}

impl Known {
    fn of(entry: &Entry) -> Known {
        let (title, source, codes) = match &entry.own_title {
            Some(own) => (&own.title, own.source, &own.codes),
            None => (&entry.title, entry.title_source, &entry.codes),
        };
        // "SNOMED CT 22232009" would name nobody.
        let says = !matches!(source, TitleSource::Unnamed | TitleSource::Code);
        Known { title: says.then(|| title.clone()), codes: codes.clone() }
    }
}

/// Under what others point to an entry.
fn paths(entry: &Entry) -> Vec<String> {
    let Some(id) = &entry.id else { return Vec::new() };
    // Only what looks like a UUID is pointed to without its type.
    let bare = (id.len() == 36).then(|| id.to_ascii_lowercase());
    std::iter::once(format!("{}/{id}", entry.resource_type)).chain(bare).collect()
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

/// Where a reference leads inside its own base; none for one that leads elsewhere.
fn path(base: &str, sent: &str) -> Option<String> {
    if let Some(uuid) = sent.strip_prefix("urn:uuid:") {
        return Some(uuid.to_ascii_lowercase());
    }
    let path = if sent.contains("://") {
        // Files have no address of their own to compare with; what is in one file belongs together.
        let own = sent.strip_prefix(base).map(|rest| rest.trim_start_matches('/'));
        own.or_else(|| base.starts_with("file:").then(|| last_two(sent)).flatten())?
    } else {
        sent
    };
    // A version is a moment of the same thing; the current one is what is known.
    Some(path.split("/_history/").next().unwrap_or(path).to_owned())
}

/// `Type/id` at the end of an address, before a version.
fn last_two(address: &str) -> Option<&str> {
    let address = address.split("/_history/").next().unwrap_or(address);
    let (front, _) = address.rsplit_once('/')?;
    Some(&address[front.rfind('/')? + 1..])
}

impl Entry {
    /// Takes back what was learnt from other entries, so that only what was sent remains.
    pub fn forget_others(&mut self) {
        if let Some(own) = self.own_title.take() {
            (self.title, self.title_source, self.codes) = (own.title, own.source, own.codes);
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

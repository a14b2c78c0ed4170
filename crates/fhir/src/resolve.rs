//! What an entry can learn from the others: whom its references mean, what is in the file it points to, and names for
//! bare codes.
//!
//! A literal reference is followed inside its own base (R4 §2.3.0.1): an address of another server is never taken for
//! a neighbour, however alike the ids. Files of one import have no address and belong together: what is not in the
//! file itself is looked for in the others, and found where they do not contradict each other. Nothing that was sent
//! is replaced, and everything learnt is marked, so completing again, after a neighbour changed or went, gives the
//! same as completing afresh.

use std::collections::HashMap;
use std::collections::hash_map;

use serde::{Deserialize, Serialize};

use crate::entry::{Coding, Entry, FoundFile, Kind, Reference, TitleSource};
use crate::read::humanise;
use crate::system::system_name;

/// Entries of one connection, as others point to them.
#[derive(Debug, Default)]
pub struct Neighbours {
    /// By base, then by `Type/id` and by the bare id that `urn:uuid:` holds.
    known: HashMap<String, HashMap<String, Known>>,
    /// The same over all files; none where two files say different things under one id.
    files: HashMap<String, Option<Known>>,
    names: Names,
    /// What is held of documents that are no resources, by their address.
    documents: HashMap<String, FoundFile>,
    /// Titles of the documents that point to a `Binary`, by base and `Binary/id`.
    told: HashMap<(String, String), String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Known {
    title: Option<String>,
    codes: Vec<Coding>,
    file: Option<FoundFile>,
}

/// What codes are called by those who sent a name with them.
#[derive(Debug, Clone, Default)]
pub struct Names(HashMap<(String, String), String>);

/// What an entry said by itself where it now goes by what others say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTitle {
    /// Its own title.
    pub title: String,
    /// Where that came from.
    pub source: TitleSource,
    /// Its own codes.
    pub codes: Vec<Coding>,
    /// What it is by itself.
    pub kind: Kind,
}

impl Names {
    /// From entries of the whole record, whoever sent them: only systems in which a code means the same everywhere.
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Names {
        let mut names = Names::default();
        for entry in entries {
            names.note(entry, |system| system_name(system).is_some());
        }
        names
    }

    /// The sender's displays of codes; of several the shortest, then the first in the alphabet, so that the order of
    /// the entries does not matter.
    fn note(&mut self, entry: &Entry, takes: impl Fn(&str) -> bool) {
        let own = entry.own_title.as_ref().map_or(&entry.codes, |own| &own.codes);
        let parts = entry.components.iter().flat_map(|part| &part.codes);
        for coding in own.iter().chain(parts) {
            let Some(display) = coding.display.as_deref().map(str::trim) else { continue };
            if display.is_empty()
                || display == coding.code
                || coding.system.is_empty()
                || !takes(&coding.system)
            {
                continue;
            }
            match self.0.entry((coding.system.clone(), coding.code.clone())) {
                hash_map::Entry::Vacant(place) => {
                    place.insert(display.to_owned());
                }
                hash_map::Entry::Occupied(mut known) => {
                    if (display.len(), display) < (known.get().len(), known.get().as_str()) {
                        display.clone_into(known.get_mut());
                    }
                }
            }
        }
    }

    fn get(&self, coding: &Coding) -> Option<&String> {
        self.0.get(&(coding.system.clone(), coding.code.clone()))
    }
}

impl Neighbours {
    /// Takes note of every entry of one connection, each with the base (or file) it came from.
    pub fn of<'e>(entries: impl IntoIterator<Item = (&'e str, &'e Entry)>) -> Neighbours {
        let mut all = Neighbours::default();
        for (base, entry) in entries {
            all.names.note(entry, |_| true);
            all.note_file(base, entry);
            let Some(id) = &entry.id else { continue };
            let (title, source, codes) = match &entry.own_title {
                Some(own) => (&own.title, own.source, &own.codes),
                None => (&entry.title, entry.title_source, &entry.codes),
            };
            // "Unnamed place" and "SNOMED CT 22232009" would name nobody.
            let says = !matches!(source, TitleSource::Unnamed | TitleSource::Code);
            let file = (entry.resource_type == "Binary").then(|| entry.attachments.first()).flatten();
            let known = Known {
                title: says.then(|| title.clone()),
                codes: codes.clone(),
                file: file.and_then(FoundFile::of),
            };
            let mut keys = vec![format!("{}/{id}", entry.resource_type)];
            // Only what looks like a UUID is pointed to without its type.
            if id.len() == 36 {
                keys.push(id.to_ascii_lowercase());
            }
            let own = all.known.entry(base.to_owned()).or_default();
            for key in keys {
                if base.starts_with("file:") {
                    all.files
                        .entry(key.clone())
                        .and_modify(|other| {
                            if other.as_ref() != Some(&known) {
                                *other = None;
                            }
                        })
                        .or_insert_with(|| Some(known.clone()));
                }
                own.insert(key, known.clone());
            }
        }
        all
    }

    /// Takes note of a document that is held under this address.
    pub fn note_document(&mut self, address: String, file: FoundFile) {
        self.documents.insert(address, file);
    }

    /// A `Binary` goes by the title of what points to it; of several by the first in the alphabet.
    fn note_file(&mut self, base: &str, entry: &Entry) {
        let own = entry
            .own_title
            .as_ref()
            .map_or((&entry.title, entry.title_source), |own| (&own.title, own.source));
        if entry.resource_type == "Binary" || own.1 == TitleSource::Unnamed {
            return;
        }
        for url in entry.attachments.iter().filter_map(|file| file.url.as_deref()) {
            let Some(key) = inside(base, url).filter(|key| key.starts_with("Binary/")) else { continue };
            let title = self.told.entry((base.to_owned(), key.to_owned())).or_insert_with(|| own.0.clone());
            if own.0 < title {
                title.clone_from(own.0);
            }
        }
    }

    /// Fills in what the entry itself does not say: its title and codes by the resource it points to, a name for a
    /// bare code (from its own connection, else from `elsewhere`), the titles of the people, places and records it
    /// refers to, what is in the files it points to. True when the entry changed.
    pub fn complete(&self, base: &str, entry: &mut Entry, elsewhere: &Names) -> bool {
        let before = entry.clone();
        entry.forget_others();
        let own = OwnTitle {
            title: entry.title.clone(),
            source: entry.title_source,
            codes: entry.codes.clone(),
            kind: entry.kind,
        };
        if let Some(target) = entry.title_reference.as_ref().and_then(|to| self.find(base, to)).cloned() {
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
            self.names.get(coding).or_else(|| elsewhere.get(coding)).map(ToOwned::to_owned)
        });
        if entry.resource_type == "Binary"
            && let Some(id) = &entry.id
            && let Some(title) = self.told.get(&(base.to_owned(), format!("Binary/{id}")))
        {
            // The document that points to the file is what a person looks for; the file explains it.
            entry.title.clone_from(title);
            entry.title_source = TitleSource::Reference;
            entry.kind = Kind::Support;
        }
        if entry.title != own.title || entry.codes != own.codes || entry.kind != own.kind {
            entry.own_title = Some(own);
        }
        for reference in entry.performer.iter_mut().chain(&mut entry.members).chain(&mut entry.encounter) {
            self.name(base, reference);
        }
        for detail in &mut entry.details {
            let Some(reference) = &mut detail.reference else { continue };
            let words = type_words(&reference.reference);
            if self.name(base, reference)
                && let (Some(title), Some(front)) = (&reference.display, detail.text.strip_suffix(&words))
            {
                detail.text = format!("{front}{title}");
            }
        }
        for file in entry.attachments.iter_mut().filter(|file| file.sha256.is_none()) {
            file.found = file.url.as_deref().and_then(|url| self.file(base, url)).cloned();
        }
        *entry != before
    }

    fn name(&self, base: &str, reference: &mut Reference) -> bool {
        if reference.display.is_some() {
            return false;
        }
        reference.display = self.find(base, reference).and_then(|target| target.title.clone());
        reference.found = reference.display.is_some();
        reference.found
    }

    fn find(&self, base: &str, reference: &Reference) -> Option<&Known> {
        let sent = reference.reference.as_str();
        let uuid = sent.strip_prefix("urn:uuid:").map(str::to_ascii_lowercase);
        let key = uuid.as_deref().or_else(|| inside(base, sent));
        let own = key.and_then(|key| self.known.get(base)?.get(key));
        own.or_else(|| {
            if base.starts_with("file:") {
                // An address names its server, and the other file may be another server's.
                return self.files.get(key.filter(|_| !sent.contains("://"))?)?.as_ref();
            }
            // An address of this connection's other base.
            let other = |(other, known): (&String, _)| inside(other, sent).map(|key| (key, known));
            let (key, known): (&str, &HashMap<String, Known>) =
                self.known.iter().filter(|_| sent.contains("://")).find_map(other)?;
            known.get(key)
        })
    }

    fn file(&self, base: &str, url: &str) -> Option<&FoundFile> {
        let here = Reference { reference: url.to_owned(), ..Reference::default() };
        self.find(base, &here).and_then(|known| known.file.as_ref()).or_else(|| {
            let address = if url.contains("://") {
                url.to_owned()
            } else if url.starts_with('/') {
                let origin = base.match_indices('/').nth(2).map_or(base, |(at, _)| &base[..at]);
                format!("{origin}{url}")
            } else {
                format!("{base}/{url}")
            };
            self.documents.get(&address)
        })
    }
}

/// The part of a reference that is known inside `base`, without a version: that is a moment of the same thing, and the
/// current one is what is known. None for an address of another server.
fn inside<'s>(base: &str, sent: &'s str) -> Option<&'s str> {
    let path = if sent.contains("://") {
        let own = sent.strip_prefix(base).and_then(|rest| rest.strip_prefix('/'));
        // Files have no address of their own to compare with; what is in one file belongs together.
        own.or_else(|| base.starts_with("file:").then(|| last_two(sent)).flatten())?
    } else {
        sent
    };
    Some(path.split("/_history/").next().unwrap_or(path))
}

/// `Type/id` at the end of an address, before a version.
fn last_two(address: &str) -> Option<&str> {
    let address = address.split("/_history/").next().unwrap_or(address);
    let (front, _) = address.rsplit_once('/')?;
    Some(&address[front.rfind('/')? + 1..])
}

/// What a reference without a display shows: its type's words.
pub(crate) fn type_words(reference: &str) -> String {
    let mut parts = reference.rsplit('/').skip(1);
    let kind = parts.find(|part| part.chars().all(char::is_alphabetic) && !part.is_empty());
    kind.map_or_else(|| "\u{2026}".to_owned(), humanise)
}

impl Entry {
    /// Takes back what was learnt from other entries, so that only what was sent remains.
    pub fn forget_others(&mut self) {
        if let Some(own) = self.own_title.take() {
            (self.title, self.title_source, self.codes) = (own.title, own.source, own.codes);
            self.kind = own.kind;
        }
        for reference in self.performer.iter_mut().chain(&mut self.members).chain(&mut self.encounter) {
            forget(reference);
        }
        for detail in &mut self.details {
            let Some(reference) = detail.reference.as_mut().filter(|reference| reference.found) else {
                continue;
            };
            if let Some(front) =
                reference.display.as_deref().and_then(|title| detail.text.strip_suffix(title))
            {
                detail.text = format!("{front}{}", type_words(&reference.reference));
            }
            forget(reference);
        }
        for file in &mut self.attachments {
            file.found = None;
        }
    }
}

fn forget(reference: &mut Reference) {
    if std::mem::take(&mut reference.found) {
        reference.display = None;
    }
}

//! What an entry can learn from the others of its connection: whom its references mean, and names for bare codes.
//!
//! References are followed inside one base only (R4 §2.3.0 "Literal References"): an address of another server is
//! never taken for a neighbour, however alike the ids. Nothing that was sent is replaced, and everything learnt is
//! marked, so completing again, after a neighbour changed or went, gives the same as completing afresh.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::entry::{Coding, Entry, Reference, TitleSource};
use crate::read::humanise;

/// Entries of one connection, as others point to them.
#[derive(Debug, Default)]
pub struct Neighbours {
    /// By base, then by `Type/id` and by the bare id that `urn:uuid:` holds.
    known: HashMap<String, HashMap<String, Known>>,
    /// By system and code.
    names: HashMap<(String, String), String>,
}

#[derive(Debug, Clone)]
struct Known {
    title: Option<String>,
    codes: Vec<Coding>,
}

/// What an entry said by itself where it now goes by what others say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTitle {
    /// Its own title.
    pub title: String,
    /// Where that came from.
    pub source: TitleSource,
    /// Its own codes.
    pub codes: Vec<Coding>,
}

impl Neighbours {
    /// Takes note of every entry of one connection, each with the base (or file) it came from.
    pub fn of<'e>(entries: impl IntoIterator<Item = (&'e str, &'e Entry)>) -> Neighbours {
        let mut all = Neighbours::default();
        for (base, entry) in entries {
            all.note_names(entry);
            let Some(id) = &entry.id else { continue };
            let (title, source, codes) = match &entry.own_title {
                Some(own) => (&own.title, own.source, &own.codes),
                None => (&entry.title, entry.title_source, &entry.codes),
            };
            // "Unnamed place" and "SNOMED CT 22232009" would name nobody.
            let says = !matches!(source, TitleSource::Unnamed | TitleSource::Code);
            let known = Known { title: says.then(|| title.clone()), codes: codes.clone() };
            let base = all.known.entry(base.to_owned()).or_default();
            base.insert(format!("{}/{id}", entry.resource_type), known.clone());
            // Only what looks like a UUID is pointed to without its type.
            if id.len() == 36 {
                base.insert(id.to_ascii_lowercase(), known);
            }
        }
        all
    }

    /// The sender's displays of codes; of several the shortest, then the first in the alphabet, so that the order of
    /// the entries does not matter.
    fn note_names(&mut self, entry: &Entry) {
        let own = entry.own_title.as_ref().map_or(&entry.codes, |own| &own.codes);
        let parts = entry.components.iter().flat_map(|part| &part.codes);
        for coding in own.iter().chain(parts).filter(|coding| !coding.system.is_empty()) {
            let Some(display) = coding.display.as_deref().map(str::trim) else { continue };
            if display.is_empty() || display == coding.code {
                continue;
            }
            let key = (coding.system.clone(), coding.code.clone());
            let known = self.names.entry(key).or_insert_with(|| display.to_owned());
            if (display.len(), display) < (known.len(), known.as_str()) {
                display.clone_into(known);
            }
        }
    }

    /// Fills in what the entry itself does not say: its title and codes by the resource it points to, a name for a
    /// bare code, the titles of the people, places and records it refers to. True when the entry changed.
    pub fn complete(&self, base: &str, entry: &mut Entry) -> bool {
        let before = entry.clone();
        entry.forget_others();
        let own =
            OwnTitle { title: entry.title.clone(), source: entry.title_source, codes: entry.codes.clone() };
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
            self.names.get(&(coding.system.clone(), coding.code.clone())).map(ToOwned::to_owned)
        });
        if entry.title != own.title || entry.codes != own.codes {
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
        let known = self.known.get(base)?;
        let sent = reference.reference.as_str();
        if let Some(uuid) = sent.strip_prefix("urn:uuid:") {
            return known.get(&uuid.to_ascii_lowercase());
        }
        let path = if sent.contains("://") {
            // Files have no address of their own to compare with; what is in one file belongs together.
            let own = sent.strip_prefix(base).map(|rest| rest.trim_start_matches('/'));
            own.or_else(|| base.starts_with("file:").then(|| last_two(sent)).flatten())?
        } else {
            sent
        };
        // A version is a moment of the same thing; the current one is what is known.
        known.get(path.split("/_history/").next().unwrap_or(path))
    }
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
    }
}

fn forget(reference: &mut Reference) {
    if std::mem::take(&mut reference.found) {
        reference.display = None;
    }
}

//! Results that a person reads from a document of the record: proposed by the reader, looked at beside the page, and kept one by
//! one as entries of their own. Nothing is kept that nobody looked at.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wholechart_document::{LabFlag, LabRow, LabRows, Reader, Unreadable};
use wholechart_fhir::Release;
use wholechart_record::{EntryKey, FactId, OWN, PersonId};
use wholechart_store::{FactRow, OwnResource, Store, StoreError};

use super::{
    checked,
    resource::resource,
    source_of,
    wire::{KeptResult, OwnEntry, OwnFlag, ReadResult, ReadResults, ResultsKept},
};
use crate::{
    app::App,
    error::{ApiError, error},
    files::own_file,
    host::Event,
    people::today,
    undo::{OwnUndo, Undo},
    words::dates,
};

/// The type that a result is kept as.
const TYPE: &str = "Observation";
/// Types that an Observation may be derived from (R4).
const SOURCES: &[&str] = &["DocumentReference", "Media"];

/// A document, with what the reader found in it.
struct Read {
    found: Result<LabRows, Unreadable>,
    /// The title of its record.
    title: String,
    /// The resource that brings it.
    key: Option<EntryKey>,
}

impl App {
    pub(crate) async fn document_results(
        &self,
        person: PersonId,
        fact: FactId,
        file: String,
    ) -> Result<ReadResults, ApiError> {
        let reader = self.config.reader.clone();
        let (read, kept) = self
            .ask(move |store| {
                let read = look(store, &reader, &person, &fact, &file)?;
                let mut kept = Vec::new();
                if let Ok(found) = &read.found {
                    for id in ids(&file, &found.rows) {
                        kept.push((kept_as(store, &person, &id)?, id));
                    }
                }
                Ok((read, kept))
            })
            .await?;
        let found = read.found.map_err(|why| self.error(unreadable(&why)))?;
        let rows = found.rows.into_iter().zip(kept);
        Ok(ReadResults {
            rows: rows.map(|(row, (kept, id))| view(row, id, kept)).collect(),
            wordless: found.wordless,
            cut: found.cut,
        })
    }

    pub(crate) async fn keep_results(
        &self,
        person: PersonId,
        fact: FactId,
        file: String,
        results: Vec<KeptResult>,
    ) -> Result<ResultsKept, ApiError> {
        let person = self.person(person).await?;
        let (whose, reader, hash) = (person.id.clone(), self.config.reader.clone(), file.clone());
        let (read, known) = self
            .ask(move |store| {
                let read = look(store, &reader, &whose, &fact, &hash)?;
                let known = match &read.found {
                    Ok(found) => ids(&hash, &found.rows),
                    Err(_) => Vec::new(),
                };
                Ok((read, known))
            })
            .await?;
        let found = read.found.map_err(|why| self.error(unreadable(&why)))?;
        let now = self.host.now();
        let day = dates::key(today(&person, now));
        let from = origin(&file, &read.title, read.key.as_ref());
        let mut made: Vec<OwnResource> = Vec::new();
        for KeptResult { id, name, value, unit, range, flag, date } in results {
            // Only what stands in the document is kept as read from it.
            let stands = known.iter().zip(&found.rows).find(|(one, _)| **one == id);
            let (_, row) = stands.ok_or_else(|| self.error("error-read-gone"))?;
            let entry = OwnEntry::Result { name, value, unit, range, flag, date, note: None };
            let own = checked(entry, &day).and_then(|entry| resource(&entry, &id, &person, now));
            let own = own.map_err(|why| self.of_row(&row.test, &self.error(why)))?;
            if made.iter().all(|one| one.id != own.id) {
                made.push(own.with(&from));
            }
        }
        let words = std::sync::Arc::clone(&self.words);
        let kept = self
            .ask(move |store| {
                let mut fresh = Vec::new();
                for own in made {
                    if kept_as(store, &person.id, &own.id)?.is_none() {
                        fresh.push(own);
                    }
                }
                if !fresh.is_empty() {
                    store.save_own_together(&source_of(store, &words, &person, now)?, &fresh, now)?;
                }
                Ok(fresh.into_iter().map(|own| format!("{TYPE}/{}", own.id)).collect::<Vec<_>>())
            })
            .await?;
        let count = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        if count == 0 {
            return Ok(ResultsKept { count, undo: None });
        }
        self.host.event(Event::Changed);
        let undo = self.undo_text(&Undo::Own(OwnUndo::AddedTogether(kept)))?;
        Ok(ResultsKept { count, undo: Some(undo) })
    }

    /// Which of several rows cannot be kept, and why.
    fn of_row(&self, name: &str, why: &ApiError) -> ApiError {
        let args = [("name", name.into()), ("why", why.message.as_str().into())];
        ApiError { advice: why.advice.clone(), ..error(&self.words, "error-read-row", &args) }
    }
}

/// The documents that a person's own entry was read from, as they are now.
pub(crate) fn documents_of(
    store: &Store,
    person: &PersonId,
    key: &EntryKey,
) -> Result<Vec<FactRow>, StoreError> {
    if key.base != OWN || key.resource_type != TYPE {
        return Ok(Vec::new());
    }
    let own = store.own_resource(person, &key.resource_type, &key.id)?;
    let read: Option<Value> = own.and_then(|own| serde_json::from_str(&own.json).ok());
    let source = read.as_ref().and_then(|read| read.pointer("/meta/source")).and_then(Value::as_str);
    let Some((base, of_type, id)) = source.and_then(parts) else { return Ok(Vec::new()) };
    store.facts_at(person, base, of_type, id)
}

/// Base, type and id of a resource's address.
fn parts(address: &str) -> Option<(&str, &str, &str)> {
    let (rest, id) = address.rsplit_once('/')?;
    let (base, of_type) = rest.rsplit_once('/')?;
    Some((base, of_type, id))
}

/// What the reader finds in a file of a fact of this person's.
fn look(
    store: &Store,
    reader: &Reader,
    person: &PersonId,
    fact: &FactId,
    file: &str,
) -> Result<Read, StoreError> {
    let stored = own_file(store, person, fact, file)?;
    let title = store.fact_row(fact)?.map(|row| row.title.text).unwrap_or_default();
    let members = store.fact(fact)?.map(|(_, members)| members).unwrap_or_default();
    let mut keys = members.into_iter().map(|row| row.member.key);
    let first = keys.next();
    let document =
        first.iter().cloned().chain(keys).find(|key| SOURCES.contains(&key.resource_type.as_str()));
    Ok(Read { found: reader.results(&stored.bytes), title, key: document.or(first) })
}

/// Each row's own number: of the file's content, the page, the line's words, and which of several it is that are alike.
fn ids(file: &str, rows: &[LabRow]) -> Vec<String> {
    const LENGTH: usize = 40;
    let mut seen: Vec<(u32, &str, &str)> = Vec::new();
    rows.iter()
        .map(|row| {
            let here = (row.page, row.words.as_str(), row.test.as_str());
            let before = seen.iter().filter(|one| **one == here).count();
            seen.push(here);
            let said = json!([file, row.page, row.words, row.test, before]).to_string();
            let mut hash = hex::encode(Sha256::digest(said));
            hash.truncate(LENGTH);
            format!("read-{hash}")
        })
        .collect()
}

/// The record that a row was kept as.
fn kept_as(store: &Store, person: &PersonId, id: &str) -> Result<Option<FactId>, StoreError> {
    let Some(own) = store.own_connection(person)? else { return Ok(None) };
    store.fact_of(&EntryKey {
        connection: own.id,
        base: OWN.to_owned(),
        release: Release::R4,
        resource_type: TYPE.to_owned(),
        id: id.to_owned(),
    })
}

/// That an Observation was read from a document, and from which: members of its JSON. The document is known by its content
/// (RFC 6920), and by the address of its resource where there is one; `derivedFrom` leads to documents only, `meta.source` to
/// whatever brought it.
fn origin(file: &str, title: &str, key: Option<&EntryKey>) -> String {
    let content = hex::decode(file).unwrap_or_default();
    let name = format!("ni:///sha-256;{}", URL_SAFE_NO_PAD.encode(content));
    let mut document = json!({"type": SOURCES[0], "display": title,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": name}});
    let mut origin = String::new();
    if let Some(key) = key {
        let address = format!("{}/{}/{}", key.base, key.resource_type, key.id);
        if SOURCES.contains(&key.resource_type.as_str()) {
            document["reference"] = address.as_str().into();
            document["type"] = key.resource_type.as_str().into();
        }
        origin = format!(",\"meta\":{}", json!({"source": address}));
    }
    format!("{origin},\"derivedFrom\":{}", json!([document]))
}

fn view(row: LabRow, id: String, kept: Option<FactId>) -> ReadResult {
    ReadResult {
        id,
        page: row.page,
        line: row.line,
        top: row.top,
        bottom: row.bottom,
        words: row.words,
        name: row.test,
        value: row.value,
        unit: row.unit,
        range: row.range,
        flag: row.flag.map(|flag| match flag {
            LabFlag::High => OwnFlag::High,
            LabFlag::Low => OwnFlag::Low,
            LabFlag::CriticalHigh => OwnFlag::CriticalHigh,
            LabFlag::CriticalLow => OwnFlag::CriticalLow,
            LabFlag::Abnormal => OwnFlag::Abnormal,
            LabFlag::Critical => OwnFlag::Critical,
        }),
        date: row.collected,
        kept,
    }
}

/// The words of why nothing can be looked for.
fn unreadable(why: &Unreadable) -> &'static str {
    match why {
        Unreadable::NoText(_) => "error-read-no-pdf",
        Unreadable::Protected => "error-read-protected",
        Unreadable::TooLarge => "error-read-large",
        Unreadable::Broken(_) => "error-read-damaged",
        Unreadable::TooLong | Unreadable::Crashed | Unreadable::NotStarted => "error-read-gave-up",
    }
}

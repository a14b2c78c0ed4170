//! Table `file_text`: the text that was read from files that records name. Written by [`Store::keep_text`].
//!
//! A file is inline in a resource's bytes, or was fetched from its address: as a document, or as a `Binary`. Its text
//! is not derived with the entries (reading a stranger's file takes a process of its own), so it is kept by the
//! file's hash and outlives every rebuild.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection as Sqlite, OptionalExtension as _, Transaction};
use url::Url;
use wholechart_fhir::{Attachment, Entry, debug_without_record, inline_file};
use wholechart_record::{ConnectionId, EntryKey, FactId, PersonId};

use super::connections::number;
use super::entries::{self, Held};
use super::{derived, documents, facts, versions};
use crate::packed::{pack, unpacked};
use crate::rows::json_at;
use crate::{Store, StoreError};

/// A file that a fact's records name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactFile {
    /// SHA-256 (lower-case hex) of its bytes. `None` when they are not here.
    pub hash: Option<String>,
    /// Bytes, when they are here.
    pub length: Option<u64>,
    /// As sent, or as the server said when it was fetched.
    pub content_type: Option<String>,
    /// As sent.
    pub title: Option<String>,
    /// Where it is, as sent. `None` when it came inline.
    pub url: Option<String>,
    /// Who sent it.
    pub sources: Vec<ConnectionId>,
}

/// A file that nobody has read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadFile {
    /// A fact that names it.
    pub fact: FactId,
    /// Who sent it.
    pub connection: ConnectionId,
    /// SHA-256 (lower-case hex).
    pub hash: String,
    /// Row numbers of the resources that name it: their facts say more when it was read.
    resources: Vec<i64>,
}

/// A file's bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// As they came.
    pub bytes: Vec<u8>,
    /// As sent, or as the server said.
    pub content_type: Option<String>,
}

debug_without_record!(StoredFile { content_type; bytes });

/// Kinds of records that bring files worth reading.
const WITH_FILES: &str = "('document', 'report', 'imaging', 'message', 'consent', 'visit')";

/// Where the bytes are.
enum Place {
    /// In the newest version of this resource.
    Inline(i64),
    /// This row of `document`.
    Fetched(i64),
}

/// A file that is here.
struct Found {
    place: Place,
    /// SHA-256, lower-case hex.
    hash: String,
    /// Bytes.
    length: u64,
    /// As sent, or as the server said.
    content_type: Option<String>,
}

impl Store {
    /// What the files of a fact say, as far as it was sent as text or has been read, each text once: with the file's title.
    pub fn file_texts(&self, fact: &FactId) -> Result<Vec<(Option<String>, String)>, StoreError> {
        self.read(|db| {
            let Some((n, _)) = facts::number(db, fact)? else { return Ok(Vec::new()) };
            let mut said: Vec<(Option<String>, String)> = Vec::new();
            for (key, held) in entries::of_fact(db, n)? {
                for attachment in &held.entry.attachments {
                    let text = match &attachment.text {
                        Some(text) => Some(text.clone()),
                        None => text_of(db, &key, &held, attachment)?,
                    };
                    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { continue };
                    if said.iter().all(|(_, known)| *known != text) {
                        said.push((attachment.title.clone(), text));
                    }
                }
            }
            Ok(said)
        })
    }

    /// The files of a fact, each content once, in the order of its members; those that are not here as well.
    pub fn files(&self, fact: &FactId) -> Result<Vec<FactFile>, StoreError> {
        self.read(|db| {
            let Some((n, _)) = facts::number(db, fact)? else { return Ok(Vec::new()) };
            let mut files: Vec<FactFile> = Vec::new();
            for (key, held) in entries::of_fact(db, n)? {
                for attachment in &held.entry.attachments {
                    let found = find(db, &key, &held, attachment)?;
                    let hash = found.as_ref().map(|found| found.hash.clone());
                    if let Some(known) = files.iter_mut().find(|file| hash.is_some() && file.hash == hash) {
                        if !known.sources.contains(&key.connection) {
                            known.sources.push(key.connection.clone());
                        }
                        continue;
                    }
                    files.push(FactFile {
                        hash,
                        length: found.as_ref().map(|found| found.length),
                        content_type: found
                            .and_then(|found| found.content_type)
                            .or_else(|| attachment.content_type.clone()),
                        title: attachment.title.clone(),
                        url: attachment.url.clone(),
                        sources: vec![key.connection.clone()],
                    });
                }
            }
            Ok(files)
        })
    }

    /// The file of a fact with this hash. `None` when the fact has no such file here.
    pub fn file(&self, fact: &FactId, hash: &str) -> Result<Option<StoredFile>, StoreError> {
        self.read(|db| {
            let Some((n, _)) = facts::number(db, fact)? else { return Ok(None) };
            for (key, held) in entries::of_fact(db, n)? {
                for attachment in &held.entry.attachments {
                    let found = find(db, &key, &held, attachment)?;
                    if let Some(found) = found.filter(|found| found.hash == hash) {
                        return stored(db, found);
                    }
                }
            }
            Ok(None)
        })
    }

    /// A person's files that are here and that no reader with this number has tried. Text that came with its record
    /// is not read again.
    pub fn unread_files(&self, person: &PersonId, reader: u32) -> Result<Vec<UnreadFile>, StoreError> {
        self.read(|db| {
            let facts: Vec<(i64, FactId)> = db
                .prepare_cached(&format!(
                    "SELECT n, id FROM fact WHERE person = ?1 AND kind IN {WITH_FILES} ORDER BY n"
                ))?
                .query_map([&person.0], |row| Ok((row.get(0)?, FactId(row.get(1)?))))?
                .collect::<Result<_, _>>()?;
            let mut tried = db.prepare_cached(
                "SELECT 1 FROM file_text WHERE connection = ?1 AND hash = ?2 AND reader = ?3",
            )?;
            let mut unread: Vec<UnreadFile> = Vec::new();
            let mut known_at: HashMap<(i64, String), usize> = HashMap::new();
            for (n, fact) in facts {
                for (key, held) in entries::of_fact(db, n)? {
                    for attachment in held.entry.attachments.iter().filter(|one| one.text.is_none()) {
                        let Some(found) = find(db, &key, &held, attachment)? else { continue };
                        let place = (held.connection, found.hash);
                        if let Some(at) = known_at.get(&place) {
                            unread[*at].resources.push(held.resource);
                        } else if !tried.exists((held.connection, &place.1, reader))? {
                            unread.push(UnreadFile {
                                fact: fact.clone(),
                                connection: key.connection.clone(),
                                hash: place.1.clone(),
                                resources: vec![held.resource],
                            });
                            known_at.insert(place, unread.len() - 1);
                        }
                    }
                }
            }
            Ok(unread)
        })
    }

    /// Keeps the text that a reader found in a file; `None` when there is none to be found. The search finds it after the
    /// next refresh of the person's facts.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] when its connection was forgotten in the meantime.
    pub fn keep_text(&self, file: &UnreadFile, reader: u32, text: Option<&str>) -> Result<(), StoreError> {
        self.write(|tx| {
            let bytes = text.unwrap_or_default().as_bytes();
            tx.prepare_cached(
                "INSERT INTO file_text (connection, hash, reader, length, text) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (connection, hash) DO UPDATE SET
                    reader = excluded.reader, length = excluded.length, text = excluded.text",
            )?
            .execute((
                number(tx, &file.connection)?,
                &file.hash,
                reader,
                bytes.len(),
                pack(bytes)?,
            ))?;
            for resource in &file.resources {
                derived::mark_stale(tx, *resource, None)?;
            }
            Ok(())
        })
    }
}

/// What was read from the files of an entry whose text did not come with it.
pub(crate) fn texts(db: &Sqlite, key: &EntryKey, held: &Held) -> Result<Vec<String>, StoreError> {
    let mut texts = Vec::new();
    for attachment in held.entry.attachments.iter().filter(|one| one.text.is_none()) {
        texts.extend(text_of(db, key, held, attachment)?);
    }
    Ok(texts)
}

/// What was read from one of them. `None`: it is not here, was not read, or has no text.
fn text_of(
    db: &Sqlite,
    key: &EntryKey,
    held: &Held,
    attachment: &Attachment,
) -> Result<Option<String>, StoreError> {
    let Some(found) = find(db, key, held, attachment)? else { return Ok(None) };
    let mut query = db.prepare_cached(
        "SELECT length, text FROM file_text WHERE connection = ?1 AND hash = ?2 AND length > 0",
    )?;
    let mut text = query.query_and_then((held.connection, &found.hash), |row| unpacked(row, 0))?;
    Ok(text.next().transpose()?.map(|text| String::from_utf8_lossy(&text).into_owned()))
}

/// Forgets the text of those of these files (hashes) that nothing of a connection holds any more.
pub(crate) fn forget_texts(
    tx: &Transaction<'_>,
    connection: i64,
    hashes: &BTreeSet<String>,
) -> Result<(), StoreError> {
    if hashes.is_empty() {
        return Ok(());
    }
    let mut held: BTreeSet<String> = tx
        .prepare_cached("SELECT hash FROM document WHERE connection = ?1")?
        .query_map([connection], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut query = tx.prepare_cached(
        "SELECT e.json FROM source s JOIN resource r ON r.source = s.n JOIN entry e ON e.resource = r.n
         WHERE s.connection = ?1",
    )?;
    let mut rows = query.query([connection])?;
    while let Some(row) = rows.next()? {
        let entry: Entry = json_at(row, 0, "entry")?;
        held.extend(entry.attachments.into_iter().filter_map(|file| file.sha256));
    }
    let mut forget = tx.prepare_cached("DELETE FROM file_text WHERE connection = ?1 AND hash = ?2")?;
    for hash in hashes.difference(&held) {
        forget.execute((connection, hash))?;
    }
    Ok(())
}

/// What stands behind an entry's attachment, outside its resource.
pub(crate) struct Behind {
    /// Absolute.
    pub(crate) url: String,
    /// The `Binary` of this address, where it came as one.
    pub(crate) binary: Option<i64>,
}

/// What stands behind the address of an attachment. `None`: it has none.
pub(crate) fn behind(
    db: &Sqlite,
    key: &EntryKey,
    held: &Held,
    attachment: &Attachment,
) -> Result<Option<Behind>, StoreError> {
    let Some(url) = attachment.url.as_deref().and_then(|url| absolute(&key.base, url)) else {
        return Ok(None);
    };
    let binary = match binary_id(&key.base, &url) {
        Some(id) => db
            .prepare_cached(
                "SELECT r.n FROM source s JOIN resource r ON r.source = s.n
                 WHERE s.connection = ?1 AND s.base = ?2 AND r.type = 'Binary' AND r.fhir_id = ?3",
            )?
            .query_row((held.connection, &key.base, &id), |row| row.get(0))
            .optional()?,
        None => None,
    };
    Ok(Some(Behind { url: url.into(), binary }))
}

/// The addresses, absolute, that entries of a connection name beside those of these resources.
pub(crate) fn named_by_others(
    db: &Sqlite,
    connection: i64,
    but: &BTreeSet<i64>,
) -> Result<BTreeSet<String>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT e.resource, s.base, e.json FROM source s JOIN resource r ON r.source = s.n
         JOIN entry e ON e.resource = r.n WHERE s.connection = ?1",
    )?;
    let mut rows = query.query([connection])?;
    let mut named = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let (resource, base): (i64, String) = (row.get(0)?, row.get(1)?);
        if but.contains(&resource) {
            continue;
        }
        let entry: Entry = json_at(row, 2, "entry")?;
        let urls = entry.attachments.iter().filter_map(|file| absolute(&base, file.url.as_deref()?));
        named.extend(urls.map(String::from));
    }
    Ok(named)
}

/// Where the bytes of an entry's attachment are, if they are here.
fn find(
    db: &Sqlite,
    key: &EntryKey,
    held: &Held,
    attachment: &Attachment,
) -> Result<Option<Found>, StoreError> {
    if let Some(hash) = &attachment.sha256 {
        return Ok(Some(Found {
            place: Place::Inline(held.resource),
            hash: hash.clone(),
            length: attachment.size.unwrap_or_default(),
            content_type: attachment.content_type.clone(),
        }));
    }
    let url = attachment.url.as_deref().and_then(|url| absolute(&key.base, url));
    let Some(url) = url else { return Ok(None) };
    if let Some(fetched) = documents::current(db, held.connection, url.as_str())? {
        return Ok(Some(Found {
            place: Place::Fetched(fetched.n),
            hash: fetched.hash,
            length: fetched.length,
            content_type: attachment.content_type.clone().or(fetched.content_type),
        }));
    }
    let Some(id) = binary_id(&key.base, &url) else { return Ok(None) };
    let mut query = db.prepare_cached(
        "SELECT r.n, e.json FROM source s JOIN resource r ON r.source = s.n JOIN entry e ON e.resource = r.n
         WHERE s.connection = ?1 AND s.base = ?2 AND r.type = 'Binary' AND r.fhir_id = ?3",
    )?;
    let mut rows = query.query((held.connection, &key.base, &id))?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (resource, binary): (i64, Entry) = (row.get(0)?, json_at(row, 1, "entry")?);
    Ok(binary.attachments.into_iter().find_map(|file| {
        Some(Found {
            place: Place::Inline(resource),
            hash: file.sha256?,
            length: file.size.unwrap_or_default(),
            content_type: file.content_type.or_else(|| attachment.content_type.clone()),
        })
    }))
}

fn stored(db: &Sqlite, found: Found) -> Result<Option<StoredFile>, StoreError> {
    let bytes = match found.place {
        Place::Fetched(n) => documents::bytes(db, n)?,
        Place::Inline(resource) => {
            versions::current_resource(db, resource)?.and_then(|resource| inline_file(&resource, &found.hash))
        }
    };
    Ok(bytes.map(|bytes| StoredFile { bytes, content_type: found.content_type }))
}

/// The address as a sync keeps documents by it: relative ones are of the base, and plain http to the base's own host
/// is https.
fn absolute(base: &str, url: &str) -> Option<Url> {
    let base = Url::parse(&format!("{base}/")).ok()?;
    let mut url = match url.trim().strip_prefix('/').filter(|below| is_binary(below)) {
        Some(below) => base.join(below).ok()?,
        None => base.join(url.trim()).ok()?,
    };
    if base.scheme() == "https" && url.scheme() == "http" && url.host() == base.host() && url.port().is_none()
    {
        url.set_scheme("https").ok()?;
    }
    Some(url)
}

/// `/Binary/b1` is what some servers write for `Binary/b1`.
fn is_binary(address: &str) -> bool {
    address.starts_with("Binary/")
}

/// The id of a `Binary` of this base.
fn binary_id(base: &str, url: &Url) -> Option<String> {
    let rest = url.as_str().strip_prefix(base)?.strip_prefix("/Binary/")?;
    rest.split(['/', '?', '#']).next().filter(|id| !id.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{absolute, binary_id};

    #[test]
    fn an_address_is_what_a_sync_made_of_it() {
        let base = "https://fhir.example/r4";
        for (url, means) in [
            ("document/1", "https://fhir.example/r4/document/1"),
            ("/files/1", "https://fhir.example/files/1"),
            ("/Binary/b-1", "https://fhir.example/r4/Binary/b-1"),
            ("http://fhir.example/r4/document/1", "https://fhir.example/r4/document/1"),
            ("https://other.example/1", "https://other.example/1"),
        ] {
            assert_eq!(absolute(base, url).unwrap().as_str(), means);
        }
        let id = |url: &str| binary_id(base, &absolute(base, url).unwrap());
        assert_eq!(id("Binary/b-1/_history/2").as_deref(), Some("b-1"));
        assert_eq!(id("https://other.example/r4/Binary/b-1"), None);
        assert_eq!(id("document/b-1"), None);
    }
}

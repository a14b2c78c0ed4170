//! Files that records name, and the text that was read from them.
//!
//! A file is inline in a resource's bytes, or was fetched from its address: as a document, or as a `Binary`. Its text
//! is not derived with the entries (reading a stranger's file takes a process of its own), so it is kept by the
//! file's hash and outlives every rebuild.

use std::collections::HashMap;

use rusqlite::{Connection as Sqlite, OptionalExtension};
use url::Url;
use wholechart_fhir::{Attachment, Entry, inline_file};
use wholechart_record::{ConnectionId, EntryKey, FactId, PersonId};

use super::Store;
use super::connections::number;
use super::rows::{KEY_COLUMNS, from_json, key, pack, unpack};
use crate::{FactFile, StoreError, StoredFile, UnreadFile};

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
    /// The files of a fact, each content once, in the order of its members; those that are not here as well.
    pub fn files(&self, fact: &FactId) -> Result<Vec<FactFile>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT {KEY_COLUMNS}, e.json, r.n, c.n
                 FROM fact f JOIN fact_member m ON m.fact = f.n JOIN resource r ON r.n = m.resource
                 JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection
                 JOIN entry e ON e.resource = r.n WHERE f.id = ?1"
            ))?;
            let mut rows = query.query([&fact.0])?;
            let mut members: Vec<(EntryKey, Entry, i64, i64)> = Vec::new();
            while let Some(row) = rows.next()? {
                let entry = from_json(row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?, "entry")?;
                members.push((key(row, 0)?, entry, row.get(6)?, row.get(7)?));
            }
            members.sort_by(|a, b| a.0.cmp(&b.0));
            let mut files: Vec<FactFile> = Vec::new();
            for (key, entry, resource, connection) in members {
                for attachment in entry.attachments {
                    let found = find(db, connection, &key.base, resource, &attachment)?;
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
                        content_type: found.and_then(|found| found.content_type).or(attachment.content_type),
                        title: attachment.title,
                        url: attachment.url,
                        sources: vec![key.connection.clone()],
                    });
                }
            }
            Ok(files)
        })
    }

    /// The file of a fact with this hash; none when the fact has no such file here.
    pub fn file(&self, fact: &FactId, hash: &str) -> Result<Option<StoredFile>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT s.base, e.json, r.n, s.connection
                 FROM fact f JOIN fact_member m ON m.fact = f.n JOIN resource r ON r.n = m.resource
                 JOIN source s ON s.n = r.source JOIN entry e ON e.resource = r.n WHERE f.id = ?1",
            )?;
            let mut rows = query.query([&fact.0])?;
            while let Some(row) = rows.next()? {
                let base: String = row.get(0)?;
                let entry: Entry =
                    from_json(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?, "entry")?;
                for attachment in &entry.attachments {
                    let found = find(db, row.get(3)?, &base, row.get(2)?, attachment)?;
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
            let mut query = db.prepare_cached(&format!(
                "SELECT f.id, c.id, c.n, s.base, r.n, e.json
                 FROM fact f JOIN fact_member m ON m.fact = f.n JOIN resource r ON r.n = m.resource
                 JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection
                 JOIN entry e ON e.resource = r.n WHERE f.person = ?1 AND f.kind IN {WITH_FILES}"
            ))?;
            let mut tried = db.prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM file_text WHERE connection = ?1 AND hash = ?2 AND reader = ?3)",
            )?;
            let mut rows = query.query([&person.0])?;
            let mut unread: Vec<UnreadFile> = Vec::new();
            let mut known_at: HashMap<(i64, String), usize> = HashMap::new();
            while let Some(row) = rows.next()? {
                let entry: Entry =
                    from_json(row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?, "entry")?;
                let (connection, base): (i64, String) = (row.get(2)?, row.get(3)?);
                for attachment in entry.attachments.iter().filter(|one| one.text.is_none()) {
                    let Some(found) = find(db, connection, &base, row.get(4)?, attachment)? else { continue };
                    if let Some(at) = known_at.get(&(connection, found.hash.clone())) {
                        unread[*at].resources.push(row.get(4)?);
                        continue;
                    }
                    let known: bool = tried.query_row((connection, &found.hash, reader), |row| row.get(0))?;
                    if !known {
                        known_at.insert((connection, found.hash.clone()), unread.len());
                        unread.push(UnreadFile {
                            fact: FactId(row.get(0)?),
                            connection: ConnectionId(row.get(1)?),
                            hash: found.hash,
                            resources: vec![row.get(4)?],
                        });
                    }
                }
            }
            Ok(unread)
        })
    }

    /// Keeps what a reader found in a file; no text, when there was none to be found. Searched after the person's
    /// facts were refreshed.
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
            let mut mark = tx.prepare_cached(
                "INSERT OR IGNORE INTO stale (resource) SELECT n FROM resource WHERE n = ?1",
            )?;
            for resource in &file.resources {
                mark.execute([resource])?;
            }
            Ok(())
        })
    }
}

/// What was read from the files of an entry whose text did not come with it.
pub(super) fn texts(
    db: &Sqlite,
    connection: i64,
    base: &str,
    resource: i64,
    entry: &Entry,
) -> Result<Vec<String>, StoreError> {
    let mut texts = Vec::new();
    for attachment in entry.attachments.iter().filter(|one| one.text.is_none()) {
        let Some(found) = find(db, connection, base, resource, attachment)? else { continue };
        let text = db
            .prepare_cached("SELECT length, text FROM file_text WHERE connection = ?1 AND hash = ?2")?
            .query_row((connection, &found.hash), |row| {
                Ok((row.get::<_, u64>(0)?, row.get::<_, Vec<u8>>(1)?))
            })
            .optional()?;
        if let Some((length, packed)) = text.filter(|(length, _)| *length > 0) {
            texts.push(String::from_utf8_lossy(&unpack(&packed, length)?).into_owned());
        }
    }
    Ok(texts)
}

/// Where the bytes of an attachment are, if they are here.
fn find(
    db: &Sqlite,
    connection: i64,
    base: &str,
    resource: i64,
    attachment: &Attachment,
) -> Result<Option<Found>, StoreError> {
    if let Some(hash) = &attachment.sha256 {
        return Ok(Some(Found {
            place: Place::Inline(resource),
            hash: hash.clone(),
            length: attachment.size.unwrap_or_default(),
            content_type: attachment.content_type.clone(),
        }));
    }
    let Some(url) = attachment.url.as_deref().and_then(|url| absolute(base, url)) else { return Ok(None) };
    let fetched = db
        .prepare_cached(
            "SELECT n, hash, length, content_type FROM document WHERE connection = ?1 AND url = ?2
             ORDER BY n DESC LIMIT 1",
        )?
        .query_row((connection, url.as_str()), |row| {
            Ok(Found {
                place: Place::Fetched(row.get(0)?),
                hash: row.get(1)?,
                length: row.get(2)?,
                content_type: row.get(3)?,
            })
        })
        .optional()?;
    if fetched.is_some() {
        return Ok(fetched.map(|found| Found {
            content_type: attachment.content_type.clone().or(found.content_type),
            ..found
        }));
    }
    let Some(id) = binary_id(base, &url) else { return Ok(None) };
    let binary: Option<(i64, String)> = db
        .prepare_cached(
            "SELECT r.n, e.json FROM source s JOIN resource r ON r.source = s.n JOIN entry e ON e.resource = r.n
             WHERE s.connection = ?1 AND s.base = ?2 AND r.type = 'Binary' AND r.fhir_id = ?3",
        )?
        .query_row((connection, base, &id), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((resource, json)) = binary else { return Ok(None) };
    let entry: Entry = from_json(&json, "entry")?;
    Ok(entry.attachments.into_iter().find_map(|file| {
        Some(Found {
            place: Place::Inline(resource),
            hash: file.sha256?,
            length: file.size.unwrap_or_default(),
            content_type: file.content_type.or_else(|| attachment.content_type.clone()),
        })
    }))
}

fn stored(db: &Sqlite, found: Found) -> Result<Option<StoredFile>, StoreError> {
    let file = |bytes| StoredFile { bytes, content_type: found.content_type.clone() };
    let packed = |sql: &str, n: i64| -> Result<Option<Vec<u8>>, StoreError> {
        let row = db
            .prepare_cached(sql)?
            .query_row([n], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, Vec<u8>>(1)?)))
            .optional()?;
        row.map(|(length, bytes)| unpack(&bytes, length)).transpose()
    };
    match found.place {
        Place::Fetched(n) => Ok(packed("SELECT length, bytes FROM document WHERE n = ?1", n)?.map(file)),
        Place::Inline(resource) => {
            let newest = packed(
                "SELECT length, bytes FROM version WHERE resource = ?1 ORDER BY id DESC LIMIT 1",
                resource,
            )?;
            Ok(newest.and_then(|bytes| inline_file(&bytes, &found.hash)).map(file))
        }
    }
}

/// The address as a sync keeps documents by it: relative ones are of the base, and plain http to the base's own host
/// is https.
fn absolute(base: &str, url: &str) -> Option<Url> {
    let base = Url::parse(&format!("{base}/")).ok()?;
    let mut url = base.join(url.trim()).ok()?;
    if base.scheme() == "https" && url.scheme() == "http" && url.host() == base.host() && url.port().is_none()
    {
        url.set_scheme("https").ok()?;
    }
    Some(url)
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

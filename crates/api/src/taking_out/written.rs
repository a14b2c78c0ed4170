//! The tree of files: what goes where, and in which form. `page.rs` tells it to whoever reads it.
//!
//! The rule for a record is one that loses nothing: what was sent as one line of JSON is that line, byte for byte. Anything else is a
//! file of its own, byte for byte, and where it is JSON also a line whose line breaks are blanks: between the parts of JSON both mean
//! the same, and within a text JSON has neither.

use std::{
    collections::{BTreeMap, HashMap},
    ops::ControlFlow,
};

use chrono::{DateTime, Utc};
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use wholechart_document::Format;
use wholechart_fhir::{Kind, inline_file};
use wholechart_record::PersonId;
use wholechart_store::{
    Connection, SentDocument, SentVersion, Snapshot, StoreError, Tree, TreeError, UnreadablePiece,
};

use super::{
    names, page,
    told::{DECISIONS, EARLIER, INDEX, LIST, NOTES, READ, RECORDS, SET_ASIDE, Told, ToldDocument},
};
use crate::words::{Speech, Words};

/// What is to be written.
pub(super) struct Order<'o> {
    /// Whose.
    pub(super) person: &'o PersonId,
    /// In which words.
    pub(super) words: &'o Words,
    /// The moment.
    pub(super) now: DateTime<Utc>,
    /// Hears how much of how much is done, and may end it.
    pub(super) tell: &'o mut dyn FnMut(u64, u64) -> ControlFlow<()>,
}

/// Writes everything of a person.
pub(super) fn write(
    snapshot: &Snapshot<'_>,
    tree: &mut Tree,
    order: &mut Order<'_>,
) -> Result<(), TreeError> {
    let person = snapshot.person(order.person)?;
    let mut sources = Vec::new();
    for connection in snapshot.connections(order.person)? {
        sources.push(Source::of(snapshot, connection, sources.len() + 1)?);
    }
    let passes = if tree.asks_twice() { 3 } else { 2 };
    let total = sources.iter().map(|one| one.count(passes)).sum();
    let mut ticks = Ticks { tell: &mut *order.tell, done: 0, total };
    ticks.go_on()?;
    let mut told = Vec::new();
    for source in sources {
        told.push(source.write(snapshot, tree, &mut ticks)?);
    }
    let (mut notes, mut count) = (Vec::new(), 0);
    for note in snapshot.notes(order.person)? {
        count += 1;
        line(&mut notes, &json!({ "about": note.about, "text": note.text, "at": note.at }));
    }
    whole(tree, NOTES, &notes)?;
    let decided = snapshot.decided(order.person)?;
    let any_decided =
        decided.as_object().is_some_and(|all| all.values().any(|one| one != &Value::Array(Vec::new())));
    if any_decided {
        whole(tree, DECISIONS, format!("{decided:#}\n").as_bytes())?;
    }
    let speech = Speech::new(order.words, person.home_zone, order.now);
    let page = page::page(&speech, &person, &told, count, any_decided);
    whole(tree, INDEX, page.as_bytes())
}

/// Counts what is done.
struct Ticks<'t> {
    tell: &'t mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    done: u64,
    total: u64,
}

impl Ticks<'_> {
    fn go_on(&mut self) -> Result<(), TreeError> {
        if (self.tell)(self.done, self.total).is_break() {
            return Err(StoreError::Cancelled.into());
        }
        Ok(())
    }

    fn one(&mut self) -> Result<(), TreeError> {
        self.done += 1;
        self.go_on()
    }
}

/// A file within a record.
struct Inline {
    resource: i64,
    hash: String,
    title: Option<String>,
    content_type: Option<String>,
}

/// How a version lies in the tree.
enum Lies {
    /// As a line, as it was sent.
    Line,
    /// As a line without its breaks, and in this file as it was sent.
    Joined(String),
    /// In this file only.
    Apart(String),
    /// In a document.
    InDocument,
    /// It cannot be read out of the record's file any more.
    Lost,
}

/// One provider's part, without the bytes.
struct Source {
    connection: Connection,
    folder: String,
    versions: Vec<SentVersion>,
    documents: Vec<SentDocument>,
    unreadable: Vec<UnreadablePiece>,
    inline: Vec<Inline>,
    /// Of each resource.
    kinds: HashMap<i64, Kind>,
    /// What documents are called, by their resources.
    titles: HashMap<i64, String>,
}

impl Source {
    fn of(snapshot: &Snapshot<'_>, connection: Connection, n: usize) -> Result<Source, TreeError> {
        let id = &connection.id;
        let (mut kinds, mut titles, mut inline) = (HashMap::new(), HashMap::new(), Vec::new());
        snapshot.entries(id, &mut |resource, entry| {
            kinds.insert(resource, entry.kind);
            if entry.kind == Kind::Document {
                titles.insert(resource, entry.title);
            }
            for file in entry.attachments {
                let Some(hash) = file.sha256 else { continue };
                inline.push(Inline { resource, hash, title: file.title, content_type: file.content_type });
            }
            Ok(())
        })?;
        Ok(Source {
            folder: format!("{n:02} {}", names::safe(&connection.name)).trim().to_owned(),
            versions: snapshot.versions(id)?,
            documents: snapshot.documents(id)?,
            unreadable: snapshot.unreadable(id)?,
            connection,
            inline,
            kinds,
            titles,
        })
    }

    /// How often something of it is read. `passes`: of a version.
    fn count(&self, passes: u64) -> u64 {
        let once = self.documents.len() + self.unreadable.len() + self.inline.len();
        self.versions.len() as u64 * passes + once as u64
    }

    fn write(
        self,
        snapshot: &Snapshot<'_>,
        tree: &mut Tree,
        ticks: &mut Ticks<'_>,
    ) -> Result<Told, TreeError> {
        let mut list = Vec::new();
        let (documents, by_number) = self.write_documents(snapshot, tree, ticks, &mut list)?;
        let forms = self.write_as_sent(snapshot, tree, ticks)?;
        let mut lines = BTreeMap::new();
        for name in [RECORDS, EARLIER, SET_ASIDE] {
            lines.insert(name, self.write_lines(name, &forms, snapshot, tree, ticks, &mut list)?);
        }
        lines.insert(READ, self.write_read(&by_number, snapshot, tree, ticks, &mut list)?);
        for (n, piece) in (1..).zip(&self.unreadable) {
            ticks.one()?;
            let bytes = snapshot.unreadable_bytes(piece.n)?;
            let name = format!("unreadable/{}", names::numbered(n, "", ending(&bytes, None)));
            whole(tree, &self.path(&name), &bytes)?;
            let reason = serde_json::from_str(&piece.reason).unwrap_or_else(|_| json!(piece.reason));
            let from = json!({
                "file": name, "base": piece.base, "from": piece.url, "receivedAt": piece.received_at, "unreadable": reason,
            });
            line(&mut list, &from);
        }
        let about = json!({
            "connection": self.connection.id,
            "name": self.connection.name,
            "state": self.connection.state,
            "since": self.connection.created,
            "patient": self.connection.patient,
        });
        whole(tree, &self.path("source.json"), format!("{about:#}\n").as_bytes())?;
        whole(tree, &self.path(LIST), &list)?;
        let mut kinds: BTreeMap<(Kind, String), usize> = BTreeMap::new();
        for one in self.versions.iter().filter(|one| one.current && one.set_aside.is_none()) {
            let kind = self.kinds.get(&one.resource).copied().unwrap_or(Kind::Other);
            *kinds.entry((kind, one.key.resource_type.clone())).or_default() += 1;
        }
        let as_sent = forms.iter().filter(|one| matches!(one, Lies::Joined(_) | Lies::Apart(_))).count();
        Ok(Told {
            lost: forms.iter().filter(|one| matches!(one, Lies::Lost)).count(),
            unreadable: self.unreadable.len(),
            connection: self.connection,
            folder: self.folder,
            kinds,
            lines,
            as_sent,
            documents,
        })
    }

    fn path(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }

    /// Documents of their own and those within records, each content once. Also gives the file of each by its number.
    fn write_documents(
        &self,
        snapshot: &Snapshot<'_>,
        tree: &mut Tree,
        ticks: &mut Ticks<'_>,
        list: &mut Vec<u8>,
    ) -> Result<(Vec<ToldDocument>, HashMap<i64, String>), TreeError> {
        let (mut told, mut by_number) = (Vec::new(), HashMap::new());
        let mut by_hash: HashMap<String, String> = HashMap::new();
        let mut put = |tree: &mut Tree, bytes: &[u8], title: &str, stated: Option<&str>, hash: &str| {
            if let Some(name) = by_hash.get(hash) {
                return Ok::<String, TreeError>(name.clone());
            }
            let ending = ending(bytes, stated);
            let name = format!("documents/{}", names::numbered(by_hash.len() + 1, title, ending));
            whole(tree, &self.path(&name), bytes)?;
            told.push(ToldDocument { path: self.path(&name), is_page: ending == "html" });
            by_hash.insert(hash.to_owned(), name.clone());
            Ok(name)
        };
        // What stands for the most of a document is the document; others of its kind are notes in it.
        let mut called: HashMap<i64, (usize, &str)> = HashMap::new();
        for one in &self.versions {
            let Some((place, title)) = one.in_document.as_ref().zip(self.titles.get(&one.resource)) else {
                continue;
            };
            let widest = called.entry(place.document).or_default();
            if place.range.len() > widest.0 {
                *widest = (place.range.len(), title);
            }
        }
        for one in &self.documents {
            ticks.one()?;
            let Some(bytes) = unless_lost(snapshot.document(one.n))? else {
                let from = json!({ "from": one.url, "receivedAt": one.received_at, "sha256": one.hash, "lost": true });
                line(list, &from);
                continue;
            };
            let title = called.get(&one.n).map_or_else(|| names::of_address(&one.url), |(_, title)| *title);
            let name = put(tree, &bytes, title, one.content_type.as_deref(), &one.hash)?;
            let from = json!({
                "file": name, "from": one.url, "contentType": one.content_type, "receivedAt": one.received_at, "sha256": one.hash,
            });
            line(list, &from);
            by_number.insert(one.n, name);
        }
        let keys: HashMap<i64, &SentVersion> =
            self.versions.iter().filter(|one| one.current).map(|one| (one.resource, one)).collect();
        for one in &self.inline {
            ticks.one()?;
            let resource = unless_lost(snapshot.current(one.resource))?.flatten();
            // Where a later reader finds it no more, it is in the record's own bytes still.
            let Some(bytes) = resource.and_then(|resource| inline_file(&resource, &one.hash)) else {
                continue;
            };
            let key = keys.get(&one.resource).map(|version| &version.key);
            let title = one.title.as_deref().or_else(|| self.titles.get(&one.resource).map(String::as_str));
            let name = put(tree, &bytes, title.unwrap_or_default(), one.content_type.as_deref(), &one.hash)?;
            let within = key.map(|key| format!("{}/{}", key.resource_type, key.id));
            let from = json!({
                "file": name, "within": within, "title": one.title, "contentType": one.content_type, "sha256": one.hash,
            });
            line(list, &from);
        }
        Ok((told, by_number))
    }

    /// Files of what was not sent as one line of JSON, and how each version lies.
    fn write_as_sent(
        &self,
        snapshot: &Snapshot<'_>,
        tree: &mut Tree,
        ticks: &mut Ticks<'_>,
    ) -> Result<Vec<Lies>, TreeError> {
        let mut forms = Vec::with_capacity(self.versions.len());
        let mut files = 0;
        for one in &self.versions {
            ticks.one()?;
            if one.in_document.is_some() {
                forms.push(Lies::InDocument);
                continue;
            }
            // One of them costs itself, and is named.
            let Some(bytes) = unless_lost(snapshot.bytes(one.id))? else {
                forms.push(Lies::Lost);
                continue;
            };
            let is_json = is_json(&bytes);
            if is_json && !has_breaks(&bytes) {
                forms.push(Lies::Line);
                continue;
            }
            files += 1;
            let ending = if is_json { "json" } else { ending(&bytes, None) };
            let name = format!("as-sent/{}", names::numbered(files, &one.key.resource_type, ending));
            whole(tree, &self.path(&name), &bytes)?;
            forms.push(if is_json { Lies::Joined(name) } else { Lies::Apart(name) });
        }
        Ok(forms)
    }

    /// Whether a version belongs into a file of lines.
    fn is_of(one: &SentVersion, name: &str) -> bool {
        match name {
            SET_ASIDE => one.set_aside.is_some(),
            RECORDS => one.set_aside.is_none() && one.current,
            _ => one.set_aside.is_none() && !one.current,
        }
    }

    /// Writes a file of lines, where there are any, and lists what belongs to it, also what is no line. Gives how many lines there are.
    fn write_lines(
        &self,
        name: &'static str,
        forms: &[Lies],
        snapshot: &Snapshot<'_>,
        tree: &mut Tree,
        ticks: &mut Ticks<'_>,
        list: &mut Vec<u8>,
    ) -> Result<usize, TreeError> {
        let mut lines = Vec::new();
        for (one, form) in self.versions.iter().zip(forms).filter(|(one, _)| Source::is_of(one, name)) {
            let mut about = about(one);
            match form {
                Lies::InDocument => continue,
                Lies::Apart(file) => about["file"] = json!(file),
                Lies::Lost => about["lost"] = json!(true),
                Lies::Line | Lies::Joined(_) => {
                    lines.push(one.id);
                    about["file"] = json!(name);
                    about["line"] = json!(lines.len());
                    if let Lies::Joined(file) = form {
                        about["asSent"] = json!(file);
                    }
                }
            }
            line(list, &about);
        }
        if !lines.is_empty() {
            tree.file(&self.path(name), &mut |out| {
                for id in &lines {
                    ticks.one()?;
                    let mut bytes = snapshot.bytes(*id)?;
                    join(&mut bytes);
                    out.write_all(&bytes)?;
                    out.write_all(b"\n")?;
                }
                Ok(())
            })?;
        }
        Ok(lines.len())
    }

    /// Writes what was read in clinical documents, and lists where in them each version stands.
    fn write_read(
        &self,
        documents: &HashMap<i64, String>,
        snapshot: &Snapshot<'_>,
        tree: &mut Tree,
        ticks: &mut Ticks<'_>,
        list: &mut Vec<u8>,
    ) -> Result<usize, TreeError> {
        let mut lines = Vec::new();
        for one in &self.versions {
            let Some(place) = &one.in_document else { continue };
            let mut about = about(one);
            about["file"] = json!(documents.get(&place.document));
            about["bytes"] = json!([place.range.start, place.range.end]);
            if one.current && one.set_aside.is_none() {
                lines.push(one.id);
                about["read"] = json!({ "file": READ, "line": lines.len() });
            }
            line(list, &about);
        }
        if !lines.is_empty() {
            tree.file(&self.path(READ), &mut |out| {
                for id in &lines {
                    ticks.one()?;
                    let mut bytes = unless_lost(snapshot.reading(*id))?.unwrap_or_default();
                    if bytes.is_empty() {
                        bytes.extend_from_slice(b"{}");
                    }
                    join(&mut bytes);
                    out.write_all(&bytes)?;
                    out.write_all(b"\n")?;
                }
                Ok(())
            })?;
        }
        Ok(lines.len())
    }
}

/// What was read, or none where what is stored cannot be made what it was. A damaged page is another thing: nothing that is read after it
/// can be relied on.
fn unless_lost<T>(read: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(StoreError::Inconsistent(what)) => {
            tracing::warn!(what, "something is taken out without its bytes");
            Ok(None)
        }
        Err(said) => Err(said),
    }
}

/// What the list says of every version.
fn about(one: &SentVersion) -> Value {
    let mut about = json!({
        "resourceType": one.key.resource_type,
        "id": one.key.id,
        "base": one.key.base,
        "release": one.key.release,
        "from": one.url,
        "receivedAt": one.received_at,
        "current": one.current,
    });
    if let Some(whose) = &one.set_aside {
        about["about"] = json!(whose);
    }
    about
}

fn line(to: &mut Vec<u8>, value: &Value) {
    to.extend_from_slice(value.to_string().as_bytes());
    to.push(b'\n');
}

/// Writes a file of bytes that are in memory; none where there are none.
fn whole(tree: &mut Tree, name: &str, bytes: &[u8]) -> Result<(), TreeError> {
    if bytes.is_empty() && !name.contains("/documents/") && !name.contains("/unreadable/") {
        return Ok(());
    }
    tree.file(name, &mut |out| Ok(out.write_all(bytes)?))
}

fn is_json(bytes: &[u8]) -> bool {
    let begins = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    begins && std::str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}

fn has_breaks(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r'))
}

fn join(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')) {
        *byte = b' ';
    }
}

/// What a file is called at its end, by what is in it.
fn ending(bytes: &[u8], stated: Option<&str>) -> &'static str {
    match Format::of(bytes, stated) {
        Format::Other | Format::Text => match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'<') => "xml",
            Some(b'{' | b'[') if std::str::from_utf8(bytes).is_ok() => "json",
            Some(_) if std::str::from_utf8(bytes).is_ok() => "txt",
            _ => "bin",
        },
        known => known.extension().unwrap_or("bin"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_unpacked_costs_itself_and_a_damaged_page_everything() {
        let read = |said| unless_lost(said).map_err(|error| error.to_string());
        assert_eq!(read(Ok(b"{}".to_vec())).unwrap(), Some(b"{}".to_vec()));
        assert_eq!(read(Err(StoreError::Inconsistent("version"))).unwrap(), None);
        for stops in [StoreError::Damaged, StoreError::DiskFull, StoreError::NoSuch("version")] {
            assert!(read(Err(stops)).is_err());
        }
    }
}

//! What searches cannot reach: read by reference and by address, after the questions.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use futures::FutureExt as _;
use url::Url;
use wholechart_fhir::{PageFault, Release, Shape, split, tree};
use wholechart_record::{ConnectionId, PersonId};
use wholechart_smart::{Accept, Fetched, FhirClient};
use wholechart_store::{AnswerState, DocumentCommit, Incoming, Remark, Store, StoreError};

use crate::blocking::blocking;
use crate::paging::{Cut, said};
use crate::references::{Stated, Wanted};
use crate::remarks;
use crate::run::{DOCUMENTS, REFERENCES, Runner, Stop, at_once};
use crate::whose::Addresses;

/// Stand in the ledger for what was asked, where there is no question: the word catalogue says them.
pub const BY_REFERENCE: &str = "by-reference";
/// As [`BY_REFERENCE`], for documents.
pub const BY_ADDRESS: &str = "by-address";
/// References of references of references: deeper ones explain nothing any more.
const REFERENCE_ROUNDS: usize = 3;

impl Runner<'_> {
    /// Reads what searches cannot reach: what is pointed to and not held yet.
    pub(crate) async fn follow(&self, client: &FhirClient) -> Result<(), Stop> {
        let base = client.base();
        let again = self.reads_references_again(&base);
        // What an earlier process of this run received was looked through by nobody; and what could not be read the
        // last time is pointed to by what does not come again.
        let look = again || !self.resumed.questions.is_empty() || self.was_troubled(&base);
        let nothing_wanted = self.state().wanted.get(&base).is_none_or(Wanted::is_empty);
        let (mut known, documents_held) = if look || !nothing_wanted {
            let (person, connection, looker) = (self.person.clone(), self.connection.clone(), client.clone());
            let (held, found, documents_held) = blocking(&self.store, move |store| {
                let (held, found) = held(store, &person, &connection, &looker, look)?;
                let mut documents = store.document_urls(&connection)?;
                if look {
                    let mut whole = BTreeSet::new();
                    for url in documents {
                        if let Some(document) = store.document(&connection, &url)? {
                            let kind = document.content_type.as_deref().unwrap_or_default();
                            whole.extend(doubt(&document.bytes, kind).is_none().then_some(url));
                        }
                    }
                    documents = whole;
                }
                Ok((held, found, documents))
            })
            .await?;
            let mut state = self.state();
            state.wanted.entry(base.clone()).or_default().extend(found);
            (if again { BTreeSet::new() } else { held }, documents_held)
        } else {
            Default::default()
        };

        self.set(&base, REFERENCES, |line| line.state = AnswerState::Running);
        let mut tally = Tally::default();
        let documents_elsewhere = {
            let mut state = self.state();
            let all = state.wanted.entry(base.clone()).or_default();
            tally.elsewhere = count(&all.resources_elsewhere);
            count(&all.documents_elsewhere)
        };
        for _ in 0..REFERENCE_ROUNDS {
            let wanted: Vec<(String, String)> = {
                let mut state = self.state();
                let all = state.wanted.entry(base.clone()).or_default();
                all.resources.iter().filter(|key| !known.contains(*key)).cloned().collect()
            };
            let (wanted, left) = self.within(wanted);
            tally.left += left;
            if wanted.is_empty() {
                break;
            }
            let reading = wanted.iter().map(|(kind, id)| self.read(client, kind, id).boxed());
            let read = at_once(reading).await?;
            known.extend(wanted);
            for one in read {
                tally.add(one);
            }
            if tally.left > 0 {
                break;
            }
        }
        self.set(&base, REFERENCES, |line| line.received = tally.received);
        if tally.state() == AnswerState::Complete {
            self.conclude(&base, REFERENCES, String::new(), (self.now)(), again).await?;
        }
        self.end(&base, REFERENCES, BY_REFERENCE, tally.state(), tally.remarks()).await?;

        self.set(&base, DOCUMENTS, |line| line.state = AnswerState::Running);
        let wanted: Vec<(String, Stated)> = {
            let mut state = self.state();
            let all = state.wanted.entry(base.clone()).or_default();
            let whole = self.options.whole;
            let missing = all.documents.iter().filter(|(url, _)| whole || !documents_held.contains(*url));
            missing.map(|(url, stated)| (url.clone(), stated.clone())).collect()
        };
        let binaries: Vec<(String, Stated)> = {
            let mut state = self.state();
            let all = state.wanted.entry(base.clone()).or_default();
            let whole = self.options.whole;
            let address = |id: &str| format!("{base}/Binary/{id}");
            let missing = all.binaries.iter().filter(|(id, _)| {
                let held = known.contains(&("Binary".to_owned(), (*id).clone()));
                whole || !held && !documents_held.contains(&address(id))
            });
            missing.map(|(id, stated)| (id.clone(), stated.clone())).collect()
        };
        let ((wanted, left), (binaries, left_too)) = (self.within(wanted), self.within(binaries));
        let reading = wanted.iter().map(|(url, stated)| self.document(client, url, stated).boxed());
        let mut read = at_once(reading).await?;
        let reading = binaries.iter().map(|(id, stated)| self.binary(client, id, stated).boxed());
        read.extend(at_once(reading).await?);
        let left = left + left_too;
        let mut tally = Tally { elsewhere: documents_elsewhere, left, ..Tally::default() };
        for one in read {
            tally.add(one);
        }
        self.set(&base, DOCUMENTS, |line| line.received = tally.received);
        // What an attachment points to is a part of the record: one that is not there is a gap, unlike a doctor's address.
        let state = match tally.state() {
            AnswerState::Complete if tally.missing + tally.denied > 0 => AnswerState::Incomplete,
            state => state,
        };
        self.end(&base, DOCUMENTS, BY_ADDRESS, state, tally.remarks()).await
    }

    /// As many of them as one run still reads, and how many are left to later runs, which do not read these again.
    fn within<T>(&self, mut wanted: Vec<T>) -> (Vec<T>, u32) {
        let mut state = self.state();
        let room = self.options.most.followed.saturating_sub(state.followed);
        let left = wanted.len().saturating_sub(room);
        wanted.truncate(room);
        state.followed += wanted.len();
        (wanted, u32::try_from(left).unwrap_or(u32::MAX))
    }

    /// Practitioners and places change too, seldom: they are read again when the whole is due.
    fn reads_references_again(&self, base: &str) -> bool {
        let last = self.answered.get(&(base.to_owned(), REFERENCES.to_owned()));
        last.is_some_and(|last| self.is_whole_due(last.whole_at))
    }

    /// Something could not be read the last time, or is at another server: what points to it has to be looked at for
    /// the ledger to go on naming it.
    fn was_troubled(&self, base: &str) -> bool {
        self.before.iter().any(|row| {
            row.base == base
                && matches!(row.question.as_str(), REFERENCES | DOCUMENTS)
                && (row.state != AnswerState::Complete
                    || row.remarks.iter().any(|remark| matches!(remark, Remark::Elsewhere { .. })))
        })
    }

    async fn read(&self, client: &FhirClient, kind: &str, id: &str) -> Result<Read, Stop> {
        let Ok(url) = client.resolve(None, &format!("{kind}/{id}")) else { return Ok(Read::Missing) };
        let fetched = match self.get(client, url, &Accept::Fhir).await? {
            Ok(fetched) => fetched,
            Err(error) => return Ok(Read::Failed(vec![remarks::of_fetch(&error)])),
        };
        self.keep_read(client, REFERENCES, &fetched, Some(kind)).await
    }

    /// What is in a document that is a Binary: as the resource, or as what it is where the server gives only that.
    async fn binary(&self, client: &FhirClient, id: &str, stated: &Stated) -> Result<Read, Stop> {
        let Ok(url) = client.resolve(None, &format!("Binary/{id}")) else { return Ok(Read::Missing) };
        let asked = url.to_string();
        let mut fetched = match self.get(client, url.clone(), &Accept::Fhir).await? {
            Ok(fetched) => fetched,
            Err(error) => return Ok(Read::Failed(vec![remarks::of_fetch(&error)])),
        };
        if matches!(fetched.status, 406 | 415) {
            fetched = match self.get(client, url, &Accept::Document(stated.kind.clone())).await? {
                Ok(fetched) => fetched,
                Err(error) => return Ok(Read::Failed(vec![remarks::of_fetch(&error)])),
            };
        }
        if fetched.is_success() && is_empty_binary(&fetched.bytes) {
            return Ok(Read::Failed(vec![Remark::Page { fault: PageFault::Empty }]));
        }
        let fetched = Fetched { url: Url::parse(&asked).unwrap_or(fetched.url), ..fetched };
        if !fetched.is_success() {
            return self.keep_read(client, DOCUMENTS, &fetched, Some("Binary")).await;
        }
        let stated_kind = stated.kind.as_deref().unwrap_or_default().to_ascii_lowercase();
        if !is_object(&fetched.bytes) || stated_kind.contains("json") && !stated_kind.contains("fhir") {
            // A web page is none of what was asked for, unless the attachment says that it is one.
            let kind = stated.kind.as_deref().unwrap_or("application/fhir+json");
            return self.keep_document(client, &fetched, stated, kind).await;
        }
        if let Some(why) = outcome_instead(&fetched) {
            return Ok(Read::Failed(why));
        }
        // Half a resource is no document: what it holds cannot be opened.
        if let Some(fault) = broken(&fetched.bytes) {
            return Ok(Read::Failed(vec![Remark::Page { fault }]));
        }
        self.keep_read(client, DOCUMENTS, &fetched, Some("Binary")).await
    }

    async fn document(&self, client: &FhirClient, url: &str, stated: &Stated) -> Result<Read, Stop> {
        let Ok(url) = client.resolve(None, url) else { return Ok(Read::Missing) };
        let asked = url.to_string();
        let fetched = match self.get(client, url, &Accept::Document(stated.kind.clone())).await? {
            Ok(fetched) => fetched,
            Err(error) => return Ok(Read::Failed(vec![remarks::of_fetch(&error)])),
        };
        // Kept under the address the attachment means, wherever a redirect inside the base led.
        let fetched = Fetched { url: Url::parse(&asked).unwrap_or(fetched.url), ..fetched };
        if fetched.is_success() && fetched.bytes.trim_ascii().is_empty() {
            return Ok(Read::Failed(vec![Remark::Page { fault: PageFault::Empty }]));
        }
        let kind = stated.kind.as_deref().or(fetched.content_type.as_deref()).unwrap_or_default();
        self.keep_document(client, &fetched, stated, kind).await
    }

    /// Keeps a document as it came, unless something else came in its place.
    async fn keep_document(
        &self,
        client: &FhirClient,
        fetched: &Fetched,
        stated: &Stated,
        kind: &str,
    ) -> Result<Read, Stop> {
        if let Some(why) = Some(fetched).filter(|fetched| fetched.is_success()).and_then(outcome_instead) {
            return Ok(Read::Failed(why));
        }
        let length = u64::try_from(fetched.bytes.len()).unwrap_or(u64::MAX);
        let doubt = match doubt(&fetched.bytes, kind) {
            _ if !fetched.is_success() => None,
            None if stated.size.is_some_and(|size| length < size) => Some(Doubt::CutShort),
            doubt => doubt,
        };
        if doubt == Some(Doubt::WebPage) {
            return Ok(Read::Failed(vec![Remark::WebPage]));
        }
        let read = self.keep_read(client, DOCUMENTS, fetched, None).await?;
        // Half a document is better than none; it is read again the next time.
        Ok(match doubt {
            Some(_) => Read::Failed(vec![Remark::DocumentCutShort]),
            None => read,
        })
    }

    /// Keeps one thing that was read: as a resource if it is one, else as the document it is.
    async fn keep_read(
        &self,
        client: &FhirClient,
        question: &str,
        fetched: &Fetched,
        kind: Option<&str>,
    ) -> Result<Read, Stop> {
        if !fetched.is_success() {
            let words = said(fetched);
            return Ok(match fetched.status {
                401 | 403 => Read::Denied(words),
                status @ (429 | 500..) => Read::Failed(remarks::of_answer(status, words)),
                _ => Read::Missing,
            });
        }
        let page = split(&fetched.bytes);
        let resource =
            page.resources.first().filter(|_| page.resources.len() == 1 && page.problems.is_empty());
        // A document that is a FHIR Bundle of its own (a patient summary) is kept whole, as a document.
        let whole = matches!(page.shape, Shape::Resource);
        if let (Some(slice), true) = (resource, whole) {
            let incoming = Incoming {
                bytes: slice.bytes.to_vec(),
                resource_type: slice.resource_type.clone().unwrap_or_default(),
                id: slice.id.clone(),
                full_url: None,
                position: 0,
                inferred: None,
            };
            let own = self.own(&client.base());
            let stranger = own.stranger(slice.bytes, &Addresses::default());
            let strangers = stranger.map(|stranger| (0, stranger)).into_iter().collect();
            let cut = Cut { resources: vec![incoming], strangers, ..Cut::default() };
            self.keep(client, question, fetched, cut, None).await?;
            return Ok(Read::Received);
        }
        if kind.is_some_and(|kind| kind != "Binary") {
            let fault = page.problems.first().map_or(PageFault::NotAResource, |problem| problem.fault);
            return Ok(Read::Failed(vec![Remark::Page { fault }]));
        }
        let document = DocumentCommit {
            run: self.run,
            connection: self.connection.clone(),
            url: fetched.url.to_string(),
            content_type: fetched.content_type.clone(),
            received_at: (self.now)(),
            bytes: fetched.bytes.clone(),
        };
        let new = blocking(&self.store, move |store| store.commit_document(&document)).await?;
        self.state().new += u32::from(new);
        Ok(Read::Received)
    }
}

/// Nothing at all, or a Binary without what it should hold (`content` before R4).
fn is_empty_binary(bytes: &[u8]) -> bool {
    let holds =
        |value: &serde_json::Value, name: &str| value[name].as_str().is_some_and(|text| !text.is_empty());
    bytes.trim_ascii().is_empty()
        || tree(bytes).is_some_and(|value| {
            value["resourceType"] == "Binary" && !holds(&value, "data") && !holds(&value, "content")
        })
}

/// An object of JSON, whole or not. (RTF begins with a brace as well.)
fn is_object(bytes: &[u8]) -> bool {
    let inside = bytes.trim_ascii_start().strip_prefix(b"{");
    inside.is_some_and(|inside| inside.trim_ascii_start().starts_with(b"\""))
}

/// What went wrong at the server, where it says so with a status of success in the place of a document.
fn outcome_instead(fetched: &Fetched) -> Option<Vec<Remark>> {
    if !is_object(&fetched.bytes) || !matches!(split(&fetched.bytes).shape, Shape::Outcome) {
        return None;
    }
    let words = remarks::of_words(said(fetched));
    Some(if words.is_empty() { vec![Remark::Page { fault: PageFault::NotAResource }] } else { words })
}

/// What is wrong with a resource that did not come whole.
fn broken(bytes: &[u8]) -> Option<PageFault> {
    let page = split(bytes);
    match page.shape {
        Shape::NotFhir { fault } => Some(fault),
        _ => page.problems.first().map(|problem| problem.fault),
    }
}

/// Why a document may not be what its attachment means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doubt {
    /// Where something else is stated: a sign-in wall, an error page.
    WebPage,
    /// Its format has an end, and it is not there.
    CutShort,
}

/// Looks at the ends of formats that have some. HTTP alone does not tell: a gateway that gives up sends what it has.
fn doubt(bytes: &[u8], stated: &str) -> Option<Doubt> {
    let stated = stated.to_ascii_lowercase();
    let start = bytes.trim_ascii_start();
    let tag = start.get(..15).unwrap_or(start).to_ascii_lowercase();
    let is_page = tag.starts_with(b"<!doctype html") || tag.starts_with(b"<html");
    if is_page && !stated.contains("html") && !stated.is_empty() {
        return Some(Doubt::WebPage);
    }
    let end = bytes.trim_ascii_end();
    let whole = if start.starts_with(b"%PDF-") {
        // ISO 32000-1 §7.5.5; some writers add bytes after it.
        end[end.len().saturating_sub(2048)..].windows(5).any(|part| part == b"%%EOF")
    } else if stated.contains("xml") || start.starts_with(b"<?xml") {
        end.ends_with(b">")
    } else if stated.contains("rtf") {
        end.ends_with(b"}")
    } else {
        true
    };
    (!whole).then_some(Doubt::CutShort)
}

/// How reading one reference or document went.
enum Read {
    Received,
    /// It is not there: references that lead nowhere are ordinary.
    Missing,
    Denied(Option<String>),
    Failed(Vec<Remark>),
}

/// Many of them together.
#[derive(Default)]
struct Tally {
    received: u32,
    missing: u32,
    denied: u32,
    failed: u32,
    elsewhere: u32,
    /// More than one run reads.
    left: u32,
    /// Of one of those that were not read.
    why: Vec<Remark>,
}

impl Tally {
    fn add(&mut self, read: Read) {
        match read {
            Read::Received => self.received += 1,
            Read::Missing => self.missing += 1,
            Read::Denied(words) => {
                self.denied += 1;
                if self.why.is_empty() {
                    self.why = remarks::of_words(words);
                }
            }
            Read::Failed(why) => {
                self.failed += 1;
                self.why = why;
            }
        }
    }

    fn state(&self) -> AnswerState {
        if self.failed > 0 || self.left > 0 {
            AnswerState::Incomplete
        } else if self.denied > 0 && self.received == 0 {
            AnswerState::Refused
        } else {
            AnswerState::Complete
        }
    }

    fn remarks(self) -> Vec<Remark> {
        let counts = [
            (self.missing, Remark::NotFound { count: self.missing }),
            (self.denied, Remark::NotAllowed { count: self.denied }),
            (self.failed, Remark::NotRead { count: self.failed }),
            (self.elsewhere, Remark::Elsewhere { count: self.elsewhere }),
        ];
        let counted = counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, remark)| remark);
        let left = (self.left > 0).then_some(Remark::TooMuch);
        counted.chain(left).chain(self.why).collect()
    }
}

fn count<T>(all: &BTreeSet<T>) -> u32 {
    u32::try_from(all.len()).unwrap_or(u32::MAX)
}

/// (type, id) of all resources held of a base; with `look`, also what they point to.
fn held(
    store: &Store,
    person: &PersonId,
    connection: &ConnectionId,
    client: &FhirClient,
    look: bool,
) -> Result<(BTreeSet<(String, String)>, Wanted), StoreError> {
    let base = client.base();
    let release: Release = client.release();
    let mut held = BTreeSet::new();
    let mut versions = Vec::new();
    store.entries(Some(person), &mut |row| {
        let key = row.member.key;
        if key.connection == *connection && key.base == base && key.release == release {
            versions.push(row.version.id);
            held.insert((key.resource_type, key.id));
        }
        ControlFlow::Continue(())
    })?;
    let mut wanted = Wanted::default();
    for version in versions.into_iter().filter(|_| look) {
        if let Some(verbatim) = store.version_bytes(version)? {
            wanted.look_through(client, &verbatim.bytes);
        }
    }
    Ok((held, wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_resource_and_an_error_are_no_documents() {
        let binary = br#"{"resourceType":"Binary","id":"b","contentType":"text/plain","data":"QSBub3Rl"}"#;
        assert!(is_object(binary) && broken(binary).is_none());
        for cut in 30..binary.len() {
            assert!(is_object(&binary[..cut]) && broken(&binary[..cut]).is_some(), "{cut}");
        }
        assert!(!is_object(br"{\rtf1 A note}") && !is_object(b"%PDF-1.7") && is_object(b" {\n \"a\": 1}"));
    }

    #[test]
    fn documents_are_known_by_their_ends() {
        for (bytes, stated, expected) in [
            (&b"%PDF-1.7 ... %%EOF\n"[..], "application/pdf", None),
            (b"%PDF-1.7 ...", "application/pdf", Some(Doubt::CutShort)),
            (b"<?xml version='1.0'?><a/>\n", "application/xml", None),
            (b"<ClinicalDocument><titl", "application/xml", Some(Doubt::CutShort)),
            (b"\n<!DOCTYPE html><p>Sign in", "application/pdf", Some(Doubt::WebPage)),
            (b"<!doctype html><p>A note", "text/html; charset=utf-8", None),
            (b"plain words", "text/plain", None),
            (b"", "", None),
        ] {
            assert_eq!(doubt(bytes, stated), expected, "{stated}");
        }
    }
}

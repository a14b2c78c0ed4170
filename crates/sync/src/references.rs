//! What searches cannot reach: practitioners, places, medications, documents. Read by reference, each once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use url::Url;
use wholechart_fhir::tree;
use wholechart_smart::{FetchError, FhirClient};

use crate::plan::is_support;

/// References and documents found in what came, of one base.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// (type, id) of resources to read.
    pub(crate) resources: BTreeSet<(String, String)>,
    /// Addresses of documents with what is stated of them.
    pub(crate) documents: BTreeMap<String, Stated>,
    /// The same of documents that are a Binary of this base, by its id.
    pub(crate) binaries: BTreeMap<String, Stated>,
    /// What explains something and is at another server: never asked, and named.
    pub(crate) resources_elsewhere: BTreeSet<String>,
    /// The same of documents.
    pub(crate) documents_elsewhere: BTreeSet<String>,
}

/// What an attachment says of its document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    /// Media type.
    pub(crate) kind: Option<String>,
    /// Bytes.
    pub(crate) size: Option<u64>,
}

impl Wanted {
    pub(crate) fn is_empty(&self) -> bool {
        self.resources.is_empty()
            && self.documents.is_empty()
            && self.binaries.is_empty()
            && self.resources_elsewhere.is_empty()
            && self.documents_elsewhere.is_empty()
    }

    pub(crate) fn extend(&mut self, more: Wanted) {
        self.resources.extend(more.resources);
        self.documents.extend(more.documents);
        self.binaries.extend(more.binaries);
        self.resources_elsewhere.extend(more.resources_elsewhere);
        self.documents_elsewhere.extend(more.documents_elsewhere);
    }

    /// Looks through one resource. What points outside the base is left alone: the token goes nowhere else, and a
    /// reference that leads nowhere keeps its words.
    pub(crate) fn look_through(&mut self, client: &FhirClient, resource: &[u8]) {
        // Bytes that are not whole JSON have no references that could be followed; they are kept and named elsewhere.
        if let Some(value) = tree(resource) {
            self.walk(client, &value);
        }
    }

    fn walk(&mut self, client: &FhirClient, value: &Value) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("reference") {
                    self.refer(client, reference);
                }
                if let Some(Value::String(url)) = members.get("url")
                    && !members.contains_key("data")
                    && (members.contains_key("contentType") || members.contains_key("hash"))
                {
                    let kind = members.get("contentType").and_then(Value::as_str).map(str::to_owned);
                    let size = members.get("size").and_then(Value::as_u64);
                    self.attach(client, url, Stated { kind, size });
                }
                for member in members.values() {
                    self.walk(client, member);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.walk(client, item)),
            _ => {}
        }
    }

    fn refer(&mut self, client: &FhirClient, reference: &str) {
        if let Some((kind, id)) = inside(client, reference) {
            if kind == "Binary" {
                self.binaries.entry(id).or_default();
            } else if is_support(&kind) {
                self.resources.insert((kind, id));
            }
        } else if let Ok(url) = Url::parse(reference)
            && matches!(url.scheme(), "http" | "https")
            && url.path_segments().is_some_and(|parts| parts.rev().nth(1).is_some_and(is_support))
        {
            self.resources_elsewhere.insert(url.into());
        }
    }

    fn attach(&mut self, client: &FhirClient, url: &str, stated: Stated) {
        match inside(client, url) {
            Some((kind, id)) if kind == "Binary" => {
                self.binaries.insert(id, stated);
            }
            // An address of another server is not asked with this server's token; the document stays a pointer.
            _ => match client.resolve(None, url) {
                Ok(url) => {
                    self.documents.insert(url.to_string(), stated);
                }
                Err(FetchError::Foreign { .. }) => {
                    self.documents_elsewhere.insert(url.to_owned());
                }
                Err(_) => {}
            },
        }
    }
}

/// (type, id) of a reference inside the base, without version and fragment.
fn inside(client: &FhirClient, reference: &str) -> Option<(String, String)> {
    if reference.starts_with('#') || reference.starts_with("urn:") {
        return None;
    }
    let url = client.resolve(None, reference).ok()?;
    let base = Url::parse(&format!("{}/", client.base())).ok()?;
    let rest = url.path().get(base.path().len()..)?;
    let mut parts = rest.split('/');
    let (kind, id) = (parts.next()?, parts.next()?);
    let typed =
        kind.starts_with(|c: char| c.is_ascii_uppercase()) && kind.chars().all(|c| c.is_ascii_alphabetic());
    let versioned = matches!(parts.next(), None | Some("_history"));
    (typed && versioned && !id.is_empty()).then(|| (kind.to_owned(), id.to_owned()))
}

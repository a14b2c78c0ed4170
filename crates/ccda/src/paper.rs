//! The document itself as a resource: what it is called, when and by whom it was made, and where its bytes are.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::document::{Document, Entry};
use crate::json::{Json, Object};
use crate::reader::hash;

/// What a document of these bytes is called wherever it lies: a name by its content (RFC 6920).
pub fn address(bytes: &[u8]) -> String {
    format!("ni:///sha-256;{}", URL_SAFE_NO_PAD.encode(Sha256::digest(bytes)))
}

impl Document {
    /// The document as FHIR's DocumentReference, whose attachment has the document's [`address`]. Its range is all
    /// `bytes`, which must be those that were read.
    ///
    /// Its id is that of every document with this number and this time. None for a document that only wraps a file: that
    /// file is among [`Document::entries`].
    pub fn paper(&self, bytes: &[u8]) -> Option<Entry> {
        let wraps =
            self.sections.is_empty() && self.entries.iter().any(|entry| entry.element == "nonXMLBody");
        if wraps {
            return None;
        }
        let header = &self.header;
        let address = address(bytes);
        let number = header.id.as_ref().or(header.set_id.as_ref());
        let id = match (number, &header.time) {
            (Some(number), Some(time)) => hash(&["ClinicalDocument", &number.system, &number.value, time]),
            _ => hash(&["ClinicalDocument", &address]),
        };
        let named = |name: &str| Object::default().with("display", name);
        let mut body = Object::default().with("resourceType", "DocumentReference").with("id", id.as_str());
        body.put_some("masterIdentifier", header.id.as_ref().map(crate::document::Identifier::json));
        body.put("status", "current");
        if let Some(kind) = &header.kind {
            body.put("type", Object::default().with("coding", vec![Json::from(kind.json())]));
        }
        let patient = self.entries.iter().find(|entry| entry.resource_type == "Patient");
        body.put_some(
            "subject",
            patient.map(|patient| Object::default().with("reference", format!("Patient/{}", patient.id))),
        );
        body.put_some("date", header.time.as_deref());
        for author in &header.authors {
            if let Some(name) = author.name.as_deref().or(author.organization.as_deref()) {
                body.push("author", named(name));
            }
        }
        body.put_some("custodian", header.custodian.as_deref().map(named));
        body.put_some("description", header.title.as_deref());
        let mut attachment = Object::default().with("contentType", "application/cda+xml");
        attachment.put_some("language", header.language.as_deref());
        attachment.put("url", address);
        attachment.put_some("title", header.title.as_deref());
        attachment.put_some("creation", header.time.as_deref());
        body.push("content", Object::default().with("attachment", attachment));
        Some(Entry {
            section: None,
            element: "ClinicalDocument".to_owned(),
            templates: header.templates.clone(),
            range: 0..bytes.len(),
            within: None,
            part_of: None,
            parts: Vec::new(),
            resource_type: "DocumentReference".to_owned(),
            id,
            resource: body.to_json(),
        })
    }
}

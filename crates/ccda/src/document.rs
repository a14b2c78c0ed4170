//! One document read: its header, its sections, and what each of its statements says.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::fault::{Cut, Problem};

/// One document read. Always derived from the bytes, never edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Which guide it says to follow.
    pub release: Release,
    /// Whose it is, who wrote it, when and about what.
    pub header: Header,
    /// Every section in the order of the document, those within others too.
    pub sections: Vec<Section>,
    /// Everything that became a resource, in the order of the document.
    pub entries: Vec<Entry>,
    /// What was wrong or not understood, in the order of the document.
    pub problems: Vec<Problem>,
    /// Why not all of it was read.
    pub cut: Option<Cut>,
}

/// Which guide a document says to follow, by its template ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Release {
    /// C-CDA R2.0 and later: template ids with a date.
    R2,
    /// C-CDA R1.1: the same template ids without one.
    R1,
    /// What came before: HITSP C32, HL7 CCD R1, IHE.
    C32,
    /// Another CDA document.
    Other,
}

/// A template id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Template {
    /// An OID.
    pub root: String,
    /// The version, a date; none in R1.1.
    pub extension: Option<String>,
}

/// What a thing is known by (CDA `II`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// As FHIR has it: `urn:oid:…`, `urn:ietf:rfc:3986`, or the address of a known system.
    pub system: String,
    /// The number.
    pub value: String,
}

/// A code (CDA `CE`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Code {
    /// As FHIR has it; empty where none was sent.
    pub system: String,
    /// The code; empty where none was sent.
    pub code: String,
    /// What it is called, as sent.
    pub display: Option<String>,
}

/// Somebody's name as it is said, and its parts as far as they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Name {
    /// Prefix, given names, family name, suffix.
    pub text: String,
    /// The family name.
    pub family: Option<String>,
    /// Given names, first and middle.
    pub given: Vec<String>,
}

/// Whose document it is (`recordTarget`). The same is said by the entry of type Patient.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Names, the first that is current first.
    pub names: Vec<Name>,
    /// As precise as it was stated, as a FHIR date.
    pub birth_date: Option<String>,
    /// FHIR's administrative gender: `female`, `male`, `other`, `unknown`.
    pub sex: Option<String>,
    /// Numbers of the record and others.
    pub identifiers: Vec<Identifier>,
    /// Addresses in one line each.
    pub addresses: Vec<String>,
    /// Telephone numbers and mail addresses without `tel:` and `mailto:`.
    pub telecoms: Vec<String>,
}

/// Who wrote a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// A person or a program.
    pub name: Option<String>,
    /// Whom they wrote it for.
    pub organization: Option<String>,
    /// When, as a FHIR date or time.
    pub time: Option<String>,
}

/// What stands in front of the body (CDA R2 §4.2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The document's own number.
    pub id: Option<Identifier>,
    /// The number that all its versions share.
    pub set_id: Option<Identifier>,
    /// Which version it is.
    pub version: Option<String>,
    /// As sent.
    pub title: Option<String>,
    /// What kind of document.
    pub kind: Option<Code>,
    /// Guides that it says to follow.
    pub templates: Vec<Template>,
    /// When it was made, as a FHIR date or time.
    pub time: Option<String>,
    /// Such as `en-US`.
    pub language: Option<String>,
    /// Whose it is; more than one person makes more than one.
    pub people: Vec<Person>,
    /// The organisation that keeps it: what a source may be called by.
    pub custodian: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// The organisation whose patient the person is.
    pub provider: Option<String>,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What kind, nearly always by LOINC.
    pub code: Option<Code>,
    /// As sent.
    pub title: Option<String>,
    /// Its template ids.
    pub templates: Vec<Template>,
    /// The section around it, by its place in [`Document::sections`].
    pub parent: Option<usize>,
    /// `nullFlavor` as sent, such as `NI`: the sender has no information.
    pub null_flavor: Option<String>,
    /// Its bytes.
    pub range: Range<usize>,
    /// Its own narrative as HTML of a few harmless tags without attributes; without those of sections within it.
    pub html: String,
    /// The same as plain text, a line a block.
    pub text: String,
}

/// One resource that was made of one part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The section, by its place in [`Document::sections`]; none for what the header says.
    pub section: Option<usize>,
    /// The name of the element it was made of.
    pub element: String,
    /// That element's template ids.
    pub templates: Vec<Template>,
    /// That element's bytes: what was sent, verbatim. Ranges of two entries do not overlap unless one is
    /// [`part_of`](Entry::part_of) the other.
    pub range: Range<usize>,
    /// The bytes of an act around it that says more about it and holds other entries too: a concern of several
    /// problems, an organizer.
    pub within: Option<Range<usize>>,
    /// The entry whose bytes hold this one's, by its place in [`Document::entries`].
    pub part_of: Option<usize>,
    /// Bytes of further clinical statements that went into this resource: a reaction, a severity, the diastolic pressure.
    pub parts: Vec<Range<usize>>,
    /// Its FHIR type.
    pub resource_type: String,
    /// Its FHIR id: the same whenever the same document is read, and for the same `id` of the same type in any document.
    pub id: String,
    /// FHIR R4 as JSON, every figure letter by letter as it was sent.
    pub resource: String,
}

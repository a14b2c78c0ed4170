//! Reads clinical documents of CDA R2 (C-CDA R1.1 and R2.x, C32, CCD R1) leniently into FHIR R4 resources.
//!
//! [`read`] makes one [`Document`] of one document's bytes: the header, every section with its narrative, and
//! [`Entry`]s, each a resource by the mapping of HL7's "C-CDA on FHIR" with the bytes that it was made of.
//! `wholechart_fhir::read` then reads an entry's resource as it reads a provider's.
//!
//! **Invariants.** Pure: no I/O, no clock, no randomness; the same bytes give the same document. Whatever is a document
//! at all is read: what is broken, too deep or not understood costs itself and is named in [`Document::problems`] or
//! [`Document::cut`]. Every clinical statement is an entry, a part of one ([`Entry::parts`]) or named as not understood.
//! No date, figure or name is made up or made more precise. Nothing is expanded, fetched or executed. The call stack
//! does not grow with the depth of the bytes.
//!
//! **XML.** `quick-xml` (MIT) cuts the text into tags; the tree is built here. Refused: `roxmltree` (MIT/Apache), whose tree has the
//! places too, because it gives nothing of a document that is not well-formed: a truncated one, one with an undeclared
//! prefix (nearly half of HL7's own examples), one with a stray end tag; and it reads UTF-8 only.

mod denied;
mod document;
mod encoding;
mod fault;
mod json;
mod limits;
mod oid;
mod paper;
mod reader;
mod time;
mod tree;

pub use document::{
    Author, Code, Document, Entry, Header, Identifier, Name, Person, Release, Section, Template,
};
pub use fault::{Cut, CutReason, Fault, Problem, Unreadable};
pub use limits::Limits;
pub use paper::address;
pub use reader::read;

//! Reads FHIR of three releases (DSTU2 1.0.2, STU3 3.0.2, R4 4.0.1), in JSON or in XML, leniently into entries a person
//! can read.
//!
//! In the order a reader needs it: [`split`] cuts a page or a file into resources by bytes ([`split_xml`] one in XML), [`content_hash`]
//! says whether a version is new, [`infer_release`] guesses the release of a file that does not say, [`read`] turns
//! one resource into an [`Entry`], [`Neighbours`] adds what other entries of the connection know. [`outcome_issues`] reads what a server says about a request.
//!
//! **Invariants.** Pure: no I/O, no clock, no randomness. Reading never fails as a whole: what could not be
//! understood costs its own field and is named in [`Entry::problems`]; what no reader knows is still shown among
//! [`Entry::details`]. The call stack never grows with the depth of the bytes.

mod datatype;
mod date;
mod debug;
mod detail;
mod element;
mod entry;
mod hash;
mod infer;
mod inline;
mod json;
mod outcome;
mod parse;
mod quantity;
mod read;
mod resolve;
mod split;
pub mod system;
mod terms;
mod text;
mod value;
mod xml;

pub use datatype::{Age, Attachment, Coding, DateRole, EntryDate, Identifier, Reference, Title};
pub use date::{Day, FhirDate, Offset, Precision};
pub use detail::{Bounds, Detail, DetailValue, Dosage, Limit, Note, Timing};
pub use element::{ELEMENTS, Element, UNSEEN_PATHS};
pub use entry::{
    Caution, End, Entry, Fault, Found, Kind, Knowing, OwnDate, OwnTitle, Problem, Release, StatusGroup,
    TitleSource, pressure_text,
};
pub use hash::{ContentHash, content_hash};
pub use infer::Inference;
pub use inline::inline_file;
pub use json::{JsonFault, JsonFaultKind};
pub use outcome::{OutcomeIssue, outcome_issues};
pub use parse::{infer_release, tree};
pub use quantity::{Quantity, range_text, unit_read};
pub use read::{ReadOptions, Unreadable, read};
pub use resolve::{Counted, Lesson, Neighbours};
pub use split::{Link, Page, PageFault, PageProblem, SearchMode, Shape, Slice, split};
pub use system::{canonical_system, system_name};
pub use terms::{code_text, is_bare_code, name_of_code, term, term_names};
pub use text::humanise;
pub use value::{Component, ReferenceRange, Value, ratio_text};
pub use xml::{XmlFault, XmlFaultKind, split_xml};

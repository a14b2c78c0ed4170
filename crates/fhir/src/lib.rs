//! Reads FHIR JSON of three releases (DSTU2 1.0.2, STU3 3.0.2, R4 4.0.1) leniently into entries a person can read.
//!
//! In the order a reader needs it: [`split`] cuts a page or a file into resources by bytes, [`content_hash`]
//! says whether a version is new, [`infer_release`] guesses the release of a file that does not say, [`read`] turns
//! one resource into an [`Entry`], [`Neighbours`] adds what other entries of the connection know. [`outcome_issues`] reads what a server says about a request.
//!
//! **Invariants.** Pure: no I/O, no clock, no randomness. Reading never fails as a whole: what could not be
//! understood costs its own field and is named in [`Entry::problems`]; what no reader knows is still shown among
//! [`Entry::details`]. The call stack never grows with the depth of the bytes.

mod date;
mod debug;
mod entry;
mod hash;
mod html;
mod infer;
mod inline;
mod json;
mod labels;
mod outcome;
mod read;
mod resolve;
mod split;
mod system;
mod terms;

pub use date::{Day, FhirDate, Offset, Precision};
pub use entry::{
    Attachment, Coding, Component, DateRole, Detail, Entry, EntryDate, Identifier, Kind, Problem, Quantity,
    Reference, ReferenceRange, Release, StatusGroup, TitleSource, Value,
};
pub use hash::{ContentHash, content_hash};
pub use html::{sanitise, strip};
pub use infer::{Inference, infer_release};
pub use inline::inline_file;
pub use json::{JsonFault, JsonFaultKind, tree};
pub use labels::{DETAIL_LABELS, UNSEEN_PATHS};
pub use outcome::{OutcomeIssue, outcome_issues};
pub use read::{ReadOptions, Unreadable, read, sniff};
pub use resolve::{Lesson, Neighbours, OwnTitle};
pub use split::{Link, Page, PageFault, PageProblem, SearchMode, Shape, Slice, split};
pub use system::{canonical_system, system_name};
pub use terms::term;

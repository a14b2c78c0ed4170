//! Everything the crate promises, by rule.

mod corpus;
#[path = "../../../tests/corpus/dir.rs"]
mod corpus_dir;
mod dates;
mod details;
mod hostile;
mod invariants;
mod knowing;
mod names;
mod nasty;
mod negation;
mod neighbours;
mod pages;
mod properties;
mod reading;
mod releases;
mod statuses;
mod triplets;
mod twins;
mod unknown;
mod versions;
mod xml;
mod xml_counterpart;

use wholechart_fhir::{Coding, Detail, DetailValue, Element, Entry, ReadOptions, Release, read};

/// Reads one resource written in the test.
fn entry(release: Release, json: &str) -> Entry {
    read(json.as_bytes(), &ReadOptions::new(release)).expect("a resource")
}

fn r4(json: &str) -> Entry {
    entry(Release::R4, json)
}

/// What the first detail of this element says, without what stands beside it.
fn said(entry: &Entry, element: &str) -> Option<String> {
    entry.detail(Element::parse(element).expect("an element's name")).map(DetailValue::plain)
}

/// `Shimmer level: high`; the value alone where the element has a name of its own in the catalogue.
fn line(detail: &Detail) -> String {
    let value = detail.value.plain();
    detail.name.as_ref().map_or(value.clone(), |name| format!("{name}: {value}"))
}

fn text(text: &str) -> DetailValue {
    DetailValue::Text(text.to_owned())
}

/// A code of FHIR's own, which has no system.
fn code(code: &str) -> DetailValue {
    DetailValue::Code(Coding { code: code.to_owned(), ..Coding::default() })
}

fn beside(said: DetailValue, beside: &[DetailValue]) -> DetailValue {
    DetailValue::Beside { said: Box::new(said), beside: beside.to_vec() }
}

//! What must hold for any bytes. Also what the fuzzer tries.

use std::collections::HashSet;

use wholechart_ccda::{Document, Entry, Limits, read};
use wholechart_fhir::{FhirDate, ReadOptions, Release};

/// Reads any bytes, and checks what was read.
pub(crate) fn reader(bytes: &[u8]) {
    let limits = Limits::default();
    let first = read(bytes, &limits);
    assert_eq!(first, read(bytes, &limits), "the same bytes give the same document");
    if let Ok(document) = first {
        document_of(bytes, &document);
    }
}

/// Checks one document against its bytes.
pub(crate) fn document_of(bytes: &[u8], document: &Document) {
    let mut ids = HashSet::new();
    for (at, entry) in document.entries.iter().enumerate() {
        ranges(bytes, document, at, entry);
        assert!(
            ids.insert((&entry.resource_type, &entry.id)),
            "one id twice: {} {}",
            entry.resource_type,
            entry.id
        );
        let options = ReadOptions::new(Release::R4);
        let read = wholechart_fhir::read(entry.resource.as_bytes(), &options).expect("a resource");
        assert_eq!(read.resource_type, entry.resource_type);
        assert_eq!(read.id.as_deref(), Some(entry.id.as_str()));
        let dates = read.date.iter().flat_map(|date| [&date.start, &date.end]).flatten();
        for date in dates.filter(|_| read.resource_type != "Patient") {
            stated(bytes, date);
        }
    }
    for problem in &document.problems {
        assert!(problem.range.start <= problem.range.end && problem.range.end <= bytes.len());
    }
    for section in &document.sections {
        assert!(section.range.start <= section.range.end && section.range.end <= bytes.len());
    }
    assert!(document.entries.windows(2).all(|pair| pair[0].range.start <= pair[1].range.start), "in order");
}

/// The digits of a date stand in the bytes side by side.
fn stated(bytes: &[u8], date: &FhirDate) {
    let date = date.raw.split(['+', 'Z']).next().unwrap_or_default();
    let date =
        date.rsplit_once('-').filter(|(front, _)| front.contains('T')).map_or(date, |(front, _)| front);
    // Digits may be written as character references.
    if bytes.windows(2).any(|pair| pair == b"&#") {
        return;
    }
    let digits: Vec<u8> = date.bytes().filter(u8::is_ascii_digit).collect();
    let plain: Vec<u8> =
        bytes.iter().copied().filter(|byte| !matches!(byte, b'-' | b':' | b'T' | b'.' | 0)).collect();
    assert!(
        plain.windows(digits.len().max(1)).any(|window| window == digits),
        "{date} is nowhere in the document"
    );
}

fn ranges(bytes: &[u8], document: &Document, at: usize, entry: &Entry) {
    let range = &entry.range;
    assert!(range.start < range.end && range.end <= bytes.len(), "{range:?}");
    for (other_at, other) in document.entries.iter().enumerate().skip(at + 1) {
        if other.range.start >= range.end {
            break;
        }
        let mut around = other.part_of;
        while around.is_some_and(|around| around != at) {
            around = around.and_then(|around| document.entries[around].part_of);
        }
        assert!(
            around == Some(at) && other.range.end <= range.end,
            "{other_at} {} {:?} overlaps {at} {} {range:?}",
            other.resource_type,
            other.range,
            entry.resource_type
        );
    }
}

//! What must hold for any bytes at all: the bodies of the fuzz targets (`fuzz/`) and of the property tests.

#![allow(dead_code, reason = "each fuzz target uses one of them")]

use wholechart_fhir::{
    Element, Entry, Page, ReadOptions, Release, TitleSource, Unreadable, content_hash, infer_release,
    outcome_issues, read, split, split_xml, tree,
};

/// Reading says something or refuses, always the same, and what it says can be shown and stored.
pub(crate) fn reader(bytes: &[u8]) {
    for release in [Release::Dstu2, Release::Stu3, Release::R4] {
        let options = ReadOptions { release, midnight_means_day: release == Release::Stu3 };
        match read(bytes, &options) {
            Ok(entry) => {
                assert!(tree(bytes).is_some(), "what is read is JSON");
                assert_eq!(read(bytes, &options).as_ref(), Ok(&entry), "reading is pure");
                shown(&entry);
            }
            Err(Unreadable::NotJson(fault)) => assert!(fault.position <= bytes.len()),
            Err(Unreadable::NotAnObject | Unreadable::NoResourceType) => assert!(tree(bytes).is_some()),
        }
    }
    assert_eq!(content_hash(bytes), content_hash(bytes));
    let _ = (infer_release(bytes), outcome_issues(bytes));
}

fn shown(entry: &Entry) {
    let unnamed = entry.title_source == TitleSource::Unnamed;
    assert_eq!(entry.title.trim().is_empty(), unnamed, "a title is blank only where there is none");
    let coded = entry.title_source == TitleSource::Code || entry.called().code.is_some();
    let is_id = entry.id.as_deref() == Some(entry.title.as_str());
    assert!(coded || !is_id, "a title is never the id, but where a code is written like it");
    for detail in &entry.details {
        assert!(!detail.element.name().is_empty());
        let named = detail.element != Element::OTHER || detail.name.is_some();
        assert!(named, "what has no name in the catalogue brings one");
    }
    if let Some(date) = &entry.date {
        assert!(date.start.is_some() || date.end.is_some() || date.text.is_some(), "a date says something");
    }
    if let Some(html) = &entry.narrative {
        let html = html.to_ascii_lowercase();
        for tag in ["<script", "<style", "<img", "<a ", "<iframe", "<svg", "<object", "<link"] {
            assert!(!html.contains(tag), "no {tag} survives");
        }
    }
    let _ = entry.found().map(|found| found.as_sent());
    let stored = serde_json::to_string(entry).expect("an entry is JSON");
    let again: Entry = serde_json::from_str(&stored).expect("and comes back");
    assert_eq!(&again, entry);
}

/// Cutting gives whole resources out of the bytes, in order, each readable by itself; the rest is named.
pub(crate) fn splitter(bytes: &[u8]) {
    cut(bytes, split);
}

/// The same of XML; and what is cut out of it is read as any resource.
pub(crate) fn xml(bytes: &[u8]) {
    cut(bytes, split_xml);
    for slice in &split_xml(bytes).resources {
        reader(slice.bytes);
    }
    reader(bytes);
}

fn cut(bytes: &[u8], split: fn(&[u8]) -> Page<'_>) {
    let page = split(bytes);
    let inside = |part: &[u8]| {
        let (from, all) = (part.as_ptr() as usize, bytes.as_ptr() as usize);
        from >= all && from + part.len() <= all + bytes.len()
    };
    for slice in &page.resources {
        assert!(inside(slice.bytes), "a slice is a part of the page");
        assert!(tree(slice.bytes).is_some());
        let entry = read(slice.bytes, &ReadOptions::new(Release::R4)).expect("a slice can be read");
        assert_eq!(Some(&entry.resource_type), slice.resource_type.as_ref());
        assert_eq!(entry.id, slice.id);
    }
    for pair in page.resources.windows(2) {
        assert!(pair[0].position < pair[1].position, "in order");
        assert!(pair[0].bytes.as_ptr() < pair[1].bytes.as_ptr(), "no byte twice");
    }
    for problem in &page.problems {
        assert!(inside(problem.bytes));
    }
    let says_something = bytes.iter().any(|byte| !byte.is_ascii_whitespace());
    let silent = page.resources.is_empty() && page.problems.is_empty();
    if says_something && silent {
        // A page without entries is no loss; anything else has to be named.
        assert!(!matches!(page.shape, wholechart_fhir::Shape::Resource), "a resource is not lost in silence");
    }
    assert_eq!(split(bytes), page, "cutting is pure");
}

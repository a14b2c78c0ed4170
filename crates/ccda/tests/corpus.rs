//! Every document and fragment of the public corpus: nothing lost, nothing invented.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use wholechart_ccda::{Document, Fault, Limits, read};
use wholechart_fhir::{Kind, ReadOptions, Release};

use crate::corpus_dir::corpus;
use crate::invariants::document_of;
use crate::walk::statements;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).expect("a readable folder") {
            let path = item.expect("an item").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending != "json") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A document around what a file holds: most examples are one element of one.
pub(crate) fn whole(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let body = match (text.find("<?xml"), text.find("?>")) {
        (Some(_), Some(end)) => &text[end + 2..],
        _ => text,
    };
    let mut rest = body;
    let root = loop {
        let Some(at) = rest.find('<') else { return text.to_owned() };
        rest = &rest[at..];
        if let Some(end) = rest.strip_prefix("<!--").and_then(|comment| comment.find("-->")) {
            rest = &rest[end + 7..];
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
        } else {
            break rest[1..]
                .split(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))
                .next()
                .unwrap_or_default();
        }
    };
    let document = |header: &str, sections: &str| {
        format!(
            "<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
             <id root=\"1.2.3\" extension=\"test\"/>{header}<component><structuredBody>{sections}</structuredBody>\
             </component></ClinicalDocument>"
        )
    };
    let entry = |inside: &str| {
        document(
            "",
            &format!("<component><section><title>Test</title><entry>{inside}</entry></section></component>"),
        )
    };
    let in_act = |inside: &str| {
        entry(&format!(
            "<procedure classCode=\"PROC\" moodCode=\"EVN\"><code displayName=\"Test\"/>{inside}</procedure>"
        ))
    };
    match root {
        "ClinicalDocument" => text.to_owned(),
        "section" => document("", &format!("<component>{body}</component>")),
        "component" if body.contains("<nonXMLBody") => {
            format!("<ClinicalDocument><id root=\"1.2.3\" extension=\"test\"/>{body}</ClinicalDocument>")
        }
        "component" if body.contains("<section") => document("", body),
        "component" => {
            entry(&format!("<organizer classCode=\"CLUSTER\" moodCode=\"EVN\">{body}</organizer>"))
        }
        "entry" => {
            document("", &format!("<component><section><title>Test</title>{body}</section></component>"))
        }
        "act"
        | "encounter"
        | "observation"
        | "organizer"
        | "procedure"
        | "substanceAdministration"
        | "supply" => entry(body),
        "recordTarget"
        | "custodian"
        | "documentationOf"
        | "componentOf"
        | "authenticator"
        | "legalAuthenticator"
        | "inFulfillmentOf"
        | "informationRecipient"
        | "dataEnterer"
        | "relatedDocument"
        | "authorization" => document(body, ""),
        _ => in_act(body),
    }
}

/// What the clinical statement at a byte of the document became.
fn accounted(document: &Document, start: usize) -> Option<&'static str> {
    if document.entries.iter().any(|entry| entry.range.start == start) {
        return Some("made");
    }
    let parts = document.entries.iter().flat_map(|entry| &entry.parts);
    if parts.into_iter().any(|part| part.start == start) {
        return Some("part");
    }
    let named = document.problems.iter().filter(|problem| problem.fault == Fault::NotUnderstood);
    named.into_iter().any(|problem| problem.range.start == start).then_some("not understood")
}

#[derive(Default)]
struct Count {
    seen: usize,
    made: usize,
    parts: usize,
    named: usize,
}

#[test]
fn every_statement_of_the_corpus_is_an_entry_a_part_of_one_or_named() {
    let Some(folder) = corpus() else { return };
    let files = files(&folder.join("ccda"));
    assert!(files.len() > 400, "the corpus is there: {} files", files.len());
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let mut unread: BTreeMap<String, usize> = BTreeMap::new();
    let mut not_understood: BTreeMap<String, usize> = BTreeMap::new();
    let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
    let mut other: BTreeMap<String, usize> = BTreeMap::new();
    let mut types: BTreeMap<String, usize> = BTreeMap::new();
    let mut problems_of_entries: BTreeMap<String, usize> = BTreeMap::new();
    let mut lost = Vec::new();
    let mut blank = Vec::new();
    for path in files {
        let name = path.strip_prefix(&folder).expect("in the corpus").display().to_string();
        let bytes = fs::read(&path).expect("a readable file");
        let xml = whole(&String::from_utf8(bytes).expect("the corpus is UTF-8"));
        let document =
            read(xml.as_bytes(), &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        document_of(xml.as_bytes(), &document);
        for seen in statements(&xml) {
            let count = counts.entry(seen.section.clone()).or_default();
            count.seen += 1;
            match accounted(&document, seen.start) {
                Some("made") => count.made += 1,
                Some("part") => count.parts += 1,
                Some(_) => count.named += 1,
                None => lost.push(format!("{name}: {} in {} at {}", seen.name, seen.section, seen.start)),
            }
        }
        for problem in &document.problems {
            let what = format!("{} {}", problem.path, problem.template.as_deref().unwrap_or("-"));
            let counted = match problem.fault {
                Fault::Unread => &mut unread,
                Fault::NotUnderstood => &mut not_understood,
                Fault::UnknownTemplate => &mut unknown,
                _ => &mut other,
            };
            *counted.entry(format!("{} {what}", problem.fault.as_str())).or_default() += 1;
        }
        for entry in &document.entries {
            *types.entry(entry.resource_type.clone()).or_default() += 1;
            // Verbatim: from the `<` of the element to its `>`.
            let slice = &xml[entry.range.clone()];
            assert!(slice.starts_with('<') && slice.ends_with('>'), "{name}: {slice}");
            assert!(
                slice[1..].split(|c: char| !c.is_alphanumeric()).any(|word| word == entry.element),
                "{name}: {slice}"
            );
            let read = wholechart_fhir::read(entry.resource.as_bytes(), &ReadOptions::new(Release::R4))
                .expect("a resource");
            assert_ne!(read.kind, Kind::Other, "{name}: {}", entry.resource);
            // Visits need no name. Many examples are statements with next to nothing in them.
            let example = name.contains("Guide Examples");
            if read.title.trim().is_empty() && entry.resource_type != "Encounter" && !example {
                blank.push(format!("{name}: {} {}", entry.resource_type, entry.resource));
            }
            for problem in read.problems {
                let what = format!("{} {} {}", entry.resource_type, problem.path, problem.fault.as_str());
                *problems_of_entries.entry(what).or_default() += 1;
            }
        }
    }
    println!("section: seen = made + part of another + named as not understood");
    let mut sum = Count::default();
    for (section, count) in &counts {
        println!("{section:12} {:4} = {:4} + {:4} + {:3}", count.seen, count.made, count.parts, count.named);
        sum.seen += count.seen;
        sum.made += count.made;
        sum.parts += count.parts;
        sum.named += count.named;
    }
    println!("all          {:4} = {:4} + {:4} + {:3}", sum.seen, sum.made, sum.parts, sum.named);
    println!(
        "{types:#?}\n{not_understood:#?}\n{unknown:#?}\n{other:#?}\n{unread:#?}\n{problems_of_entries:#?}"
    );
    assert!(blank.is_empty(), "blank titles: {blank:#?}");
    assert!(lost.is_empty(), "{} lost: {lost:#?}", lost.len());
}

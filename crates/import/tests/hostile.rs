//! Files made to break whoever takes them in: found, cut and read as an import does it.

use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::{fs, io};

use wholechart_fhir::{Entry, Fault, Problem, ReadOptions, Release, read, split, tree};
use wholechart_import::{NotRead, Piece, walk};

use crate::corpus_dir::corpus;

/// What became of a file: what was read, and in words what was not.
#[derive(Default)]
struct Taken {
    entries: Vec<Entry>,
    refused: Vec<String>,
}

fn take_in(root: &Path) -> Taken {
    let mut taken = Taken::default();
    walk(&[root.to_owned()], &mut |piece| {
        match piece {
            Piece::NotRead { why, .. } => taken.refused.push(format!("{why:?}")),
            Piece::Clinical { .. } => taken.refused.push("Clinical".to_owned()),
            Piece::FhirXml { .. } => taken.refused.push("FHIR XML".to_owned()),
            Piece::Document { .. }
            | Piece::HealthCard { .. }
            | Piece::BlueButton { .. }
            | Piece::AppleHealth { .. } => {
                taken.refused.push("of another reader".to_owned());
            }
            Piece::Json { bytes, .. } => {
                let page = split(&bytes);
                taken.refused.extend(page.problems.iter().map(|problem| problem.fault.to_string()));
                if let wholechart_fhir::Shape::NotFhir { fault } = &page.shape {
                    taken.refused.push(fault.to_string());
                }
                for slice in &page.resources {
                    taken.entries.push(read(slice.bytes, &ReadOptions::new(Release::R4)).unwrap());
                }
            }
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    taken
}

fn file(name: &str, bytes: &[u8]) -> Taken {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join(name), bytes).unwrap();
    take_in(root.path())
}

#[test]
fn the_json_test_suite_is_told_apart() {
    let Some(corpus) = corpus() else { return };
    let suite = corpus.join("hostile/JSONTestSuite");
    let (mut yes, mut no, mut either) = (0, 0, 0);
    let mut folders = vec![suite];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let taken = take_in(&path);
            match name.get(..2) {
                Some("y_") => {
                    yes += 1;
                    assert!(tree(&bytes).is_some(), "{name}");
                    let said = taken.refused.iter().find(|reason| reason.contains("not JSON"));
                    assert_eq!(said, None, "{name}: JSON is never called something else");
                }
                Some("n_") => {
                    no += 1;
                    // A control character that nobody escaped is forgiven.
                    let forgiven = name.starts_with("n_string_unescaped_");
                    assert_eq!(tree(&bytes).is_some(), forgiven, "{name}");
                    assert!(taken.entries.is_empty(), "{name}: nothing comes out of it");
                    assert!(
                        taken.refused.iter().any(|reason| !reason.is_empty()),
                        "{name}: a reason is given"
                    );
                }
                _ => either += 1,
            }
        }
    }
    println!("JSONTestSuite: {yes} accepted, {no} refused with a reason, {either} either way");
    assert!(yes > 90 && no > 180);
}

#[test]
fn a_hundred_thousand_levels_are_no_trouble() {
    let depth = 100_000;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        let page = format!(
            r#"{{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"Observation","code":{{"text":"Deep"}},"x":{deep}}}}},{{"resource":{{"resourceType":"Condition","code":{{"text":"Beside it"}}}}}}]}}"#
        );
        let taken = file("deep.json", page.as_bytes());
        let titles: Vec<&str> = taken.entries.iter().map(|entry| entry.title.as_str()).collect();
        assert_eq!(titles, ["Deep", "Beside it"]);
        assert!(taken.entries[0].problems.iter().any(|problem| problem.fault == Fault::TooDeep));
        assert!(file("only.json", deep.as_bytes()).entries.is_empty());
        assert!(!file("unclosed.json", open.repeat(depth).as_bytes()).refused.is_empty());
    }
}

/// A scan of a whole paper chart inside one resource.
#[test]
fn a_resource_of_200_megabytes_is_one_resource() {
    let root = tempfile::tempdir().unwrap();
    let mut out = io::BufWriter::new(fs::File::create(root.path().join("large.json")).unwrap());
    out.write_all(br#"{"resourceType":"DocumentReference","id":"large","description":"The whole chart","note":[{"text":""#).unwrap();
    let line = "All of it, page after page. ".repeat(1024);
    let mut written = 0;
    while written < 200_000_000 {
        out.write_all(line.as_bytes()).unwrap();
        written += line.len();
    }
    out.write_all(br#""}],"content":[{"attachment":{"contentType":"text/plain","data":"SGVsbG8="}}]}"#)
        .unwrap();
    out.flush().unwrap();
    drop(out);
    let taken = take_in(root.path());
    assert_eq!(taken.refused, [""; 0]);
    let [entry] = &taken.entries[..] else { panic!("{} entries", taken.entries.len()) };
    assert_eq!(entry.title, "The whole chart");
    assert_eq!(entry.attachments[0].text.as_deref(), Some("Hello"));
    assert_eq!(entry.notes[0].text.trim().len(), (written - 1), "not a letter of it is lost");
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_record() {
    let taken =
        file("bom.json", b"\xEF\xBB\xBF{\"resourceType\":\"Condition\",\"code\":{\"text\":\"Gout\"}}");
    assert_eq!((taken.entries[0].title.as_str(), taken.refused.len()), ("Gout", 0));
    let lines = b"\xEF\xBB\xBF{\"resourceType\":\"Condition\",\"id\":\"a\"}\n{\"resourceType\":\"Condition\",\"id\":\"b\"}\n";
    assert_eq!(file("bom.ndjson", lines).entries.len(), 2);
    // UTF-16 is refused by its name, not taken for an empty file.
    let utf16: Vec<u8> = "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let taken = file("utf16.json", &utf16);
    assert!(taken.entries.is_empty() && !taken.refused.is_empty(), "{:?}", taken.refused);
}

#[test]
fn bytes_that_are_no_text_cost_their_resource_only() {
    let mut page = br#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Condition","code":{"text":"Before"}}},{"resource":{"resourceType":"Condition","code":{"text":"#.to_vec();
    page.extend_from_slice(b"\"\xC3\x28\"");
    page.extend_from_slice(br#"}}},{"resource":{"resourceType":"Condition","code":{"text":"After"}}}]}"#);
    let taken = file("bytes.json", &page);
    let titles: Vec<&str> = taken.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["Before", "After"]);
    assert!(taken.refused[0].contains("UTF-8"), "{:?}", taken.refused);
}

#[test]
fn repeated_names_and_half_characters_are_read_and_named() {
    let taken = file(
        "twice.json",
        br#"{"resourceType":"Condition","code":{"text":"First"},"code":{"text":"Second \udc00"}}"#,
    );
    let entry = &taken.entries[0];
    assert_eq!(entry.title, "Second \u{FFFD}");
    let problem = |path: &str, fault| Problem { path: path.to_owned(), fault };
    for expected in [problem("code", Fault::Repeated), problem("", Fault::HalfCharacter)] {
        assert!(entry.problems.contains(&expected), "{expected:?} in {:?}", entry.problems);
    }
    assert!(entry.details.iter().any(|detail| detail.value.all_sent() == "First"), "neither is thrown away");
}

#[test]
fn what_belongs_to_a_later_reader_is_counted_by_name() {
    let Some(corpus) = corpus() else { return };
    let mut counts = std::collections::BTreeMap::new();
    walk(&[corpus.join("ccda")], &mut |piece| {
        let name = match piece {
            Piece::Json { .. } => "JSON",
            Piece::Clinical { .. } => "C-CDA",
            Piece::NotRead { why: NotRead::PartOfClinical, .. } => "parts of C-CDA",
            Piece::FhirXml { .. } => "FHIR XML",
            Piece::NotRead { why: NotRead::NotARecord, .. } => "not a record",
            _ => "other",
        };
        *counts.entry(name).or_insert(0) += 1;
        ControlFlow::Continue(())
    })
    .unwrap();
    println!("the corpus of documents: {counts:?}");
    assert!(
        counts["C-CDA"] > 20 && counts["parts of C-CDA"] > 300,
        "documents and their parts are told apart"
    );
}

//! Bytes made to break readers.

use std::fs;

use wholechart_fhir::{Fault, ReadOptions, Release, Shape, TitleSource, content_hash, read, split, tree};

use crate::corpus::files;
use crate::corpus_dir::corpus;

#[test]
fn the_json_test_suite_is_told_apart() {
    let Some(corpus) = corpus() else { return };
    let (mut yes, mut no, mut either) = (0, 0, 0);
    for path in files(&corpus.join("hostile/JSONTestSuite"), "json") {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("a file");
        let page = split(&bytes);
        let _ = read(&bytes, &ReadOptions::new(Release::R4));
        let _ = content_hash(&bytes);
        match name.get(..2) {
            Some("y_") => {
                yes += 1;
                assert!(tree(&bytes).is_some(), "{name}");
            }
            // A line break or a tab inside a text is forgiven: it costs a whole resource otherwise, and changes no meaning.
            Some("n_") if name.starts_with("n_string_unescaped_") => {
                no += 1;
                assert!(tree(&bytes).is_some(), "{name}");
                assert!(matches!(page.shape, Shape::NotFhir { .. }), "{name}");
            }
            Some("n_") => {
                no += 1;
                assert_eq!(tree(&bytes), None, "{name}");
                assert!(matches!(page.shape, Shape::NotFhir { .. }), "{name}");
            }
            _ => either += 1,
        }
    }
    println!("JSONTestSuite: {yes} accepted, {no} refused, {either} either way");
    assert!(yes > 90 && no > 180);
}

#[test]
fn nesting_of_any_depth_costs_no_stack() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let depth = 100_000;
        let core = if open == "[" { "" } else { "1" };
        let deep = format!("{}{core}{}", open.repeat(depth), close.repeat(depth));
        assert!(tree(deep.as_bytes()).is_some());
        assert_eq!(tree(open.repeat(depth).as_bytes()), None);
        split(deep.as_bytes());
        let resource = format!(r#"{{"resourceType":"Observation","code":{{"text":"Deep"}},"x":{deep}}}"#);
        let page = format!(
            r#"{{"resourceType":"Bundle","entry":[{{"resource":{resource}}},{{"resource":{{"resourceType":"Patient","id":"p"}}}}]}}"#
        );
        let cut = split(page.as_bytes());
        assert_eq!(cut.resources.len(), 2);
        let entry = read(cut.resources[0].bytes, &ReadOptions::new(Release::R4)).expect("readable");
        assert_eq!(entry.title, "Deep");
        assert!(entry.problems.iter().any(|problem| problem.fault == Fault::TooDeep));
        // Hashed as bytes: still the same for the same bytes.
        assert_eq!(content_hash(resource.as_bytes()), content_hash(resource.as_bytes()));
    }
    let bundles = format!(
        "{}{}",
        r#"{"resourceType":"Bundle","entry":[{"resource":"#.repeat(50_000),
        "}]}".repeat(50_000)
    );
    split(bundles.as_bytes());
}

#[test]
fn contained_resources_that_point_to_each_other_cost_no_stack() {
    let order = |id: &str, to: &str| {
        format!(
            r##"{{"resourceType":"MedicationRequest","id":"{id}","medicationReference":{{"reference":"#{to}"}}}}"##
        )
    };
    let circle = format!("{},{}", order("a", "b"), order("b", "a"));
    let chain: Vec<String> = (0..1_000).map(|at| order(&at.to_string(), &(at + 1).to_string())).collect();
    for (contained, first) in [(order("a", "a"), "a"), (circle, "a"), (chain.join(","), "0")] {
        let json = format!(
            r##"{{"resourceType":"MedicationRequest","contained":[{contained}],"medicationReference":{{"reference":"#{first}"}}}}"##
        );
        let entry = read(json.as_bytes(), &ReadOptions::new(Release::R4)).expect("readable");
        assert_eq!(entry.title_source, TitleSource::Unnamed);
    }
}

#[test]
fn damage_everywhere_stays_linear() {
    // Each of these would be quadratic if every damaged entry searched the rest of the page anew.
    let broken = format!("[{}", r#"{"resourceType":"Patient","id":"x","y":[},"#.repeat(20_000));
    assert!(!split(broken.as_bytes()).problems.is_empty());
    let nested =
        r#"{"resourceType":"Bundle","entry":[{"fullUrl":"x","resource":{"resourceType":"Patient","y":[{},"#
            .repeat(5_000);
    split(nested.as_bytes());
}

#[test]
fn odd_characters_cost_nothing_else() {
    let lone = br#"{"resourceType":"Condition","id":"c","code":{"text":"Gout \ud800"}}"#;
    assert_eq!(split(lone).resources.len(), 1);
    let entry = read(lone, &ReadOptions::new(Release::R4)).expect("readable");
    assert_eq!(entry.title, "Gout \u{FFFD}");
    assert_eq!(entry.problems.len(), 1);
    assert_eq!(entry.problems[0].fault, Fault::HalfCharacter);
    let pair = read(
        br#"{"resourceType":"Condition","code":{"text":"\ud83d\ude00 Gout\u00e9"}}"#,
        &ReadOptions::new(Release::R4),
    );
    assert_eq!(pair.expect("readable").title, "\u{1F600} Gout\u{e9}");
    let twice = read(
        br#"{"resourceType":"Condition","code":{"text":"A"},"code":{"text":"B"}}"#,
        &ReadOptions::new(Release::R4),
    )
    .expect("readable");
    assert_eq!(twice.title, "B");
    assert!(twice.problems.iter().any(|problem| problem.path == "code" && problem.fault == Fault::Repeated));
    assert!(twice.details.iter().any(|detail| detail.value.plain() == "A"), "the other one is shown");
}

#[test]
fn more_values_than_any_record_has_cost_their_own_resource_only() {
    let many = |values: usize| {
        let values = vec!["{}"; values].join(",");
        format!(r#"{{"resourceType":"Observation","id":"many","component":[{values}]}}"#)
    };
    let whole = |resource: &str| {
        let entry = |resource: &str| format!(r#"{{"resource":{resource}}}"#);
        let beside =
            r#"{"resourceType":"Observation","id":"beside","status":"final","code":{"text":"Glucose"}}"#;
        let entries = [entry(resource), entry(beside)].join(",");
        format!(r#"{{"resourceType":"Bundle","type":"searchset","entry":[{entries}]}}"#)
    };
    let options = ReadOptions::new(Release::R4);
    let fit = many(10_000);
    assert!(read(fit.as_bytes(), &options).is_ok());
    let page = whole(&many(2_000_001));
    let split = split(page.as_bytes());
    let readings: Vec<_> = split.resources.iter().map(|one| read(one.bytes, &options)).collect();
    assert!(readings[0].is_err(), "it is named, and its bytes are kept");
    assert_eq!(readings[1].as_ref().expect("its neighbour").title, "Glucose");
}

//! Files made to break whoever takes them in, through the program.

use std::{collections::BTreeMap, fs, io::Write as _};

use serde_json::Value;

use crate::{Terminal, corpus_dir::corpus};

#[test]
fn the_json_test_suite_goes_through_import() {
    let Some(corpus) = corpus() else { return };
    let suite = corpus.join("hostile/JSONTestSuite");
    let terminal = Terminal::new();
    let report = terminal.import_nothing(&suite, &["--connection", "Hostile"]);
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in report["unreadable"].as_array().unwrap() {
        let file = line["file"].as_str().unwrap();
        let name = file.rsplit('/').next().unwrap();
        reasons.entry(name).or_default().push(line["reason"].as_str().unwrap());
    }
    let (mut yes, mut no, mut either) = (0, 0, 0);
    let mut folders = vec![suite];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.file_name().unwrap().to_str().unwrap();
            let said = reasons.get(name).unwrap_or_else(|| panic!("{name}: nothing is said of it"));
            match name.get(..2) {
                // None of them is FHIR: accepted as JSON, and said to be no resource.
                Some("y_") => {
                    yes += 1;
                    assert!(said.iter().all(|reason| !reason.contains("not JSON:")), "{name}: {said:?}");
                }
                // Nothing comes out of them, and each is told why. Several JSON texts in a row are how a bulk export is
                // written: what is wrong with them is that they are no resources.
                Some("n_") => {
                    no += 1;
                    assert!(said.iter().all(|reason| !reason.is_empty()), "{name}");
                }
                _ => either += 1,
            }
        }
    }
    println!(
        "JSONTestSuite through import: {yes} accepted as JSON, {no} refused with a reason, {either} either way"
    );
    assert!(yes > 90 && no > 180 && either > 30);
    assert_eq!(report["entries"], 0);
}

#[test]
fn what_is_odd_costs_itself_only() {
    let terminal = Terminal::new();
    let depth = 100_000;
    for (name, open, close) in [("lists", "[", "]"), ("objects", "{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        let page = format!(
            r#"{{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"Observation","id":"{name}","code":{{"text":"Deep"}},"x":{deep}}}}},{{"resource":{{"resourceType":"Condition","id":"beside-{name}","code":{{"text":"Beside it"}}}}}}]}}"#
        );
        terminal.file(&format!("deep-{name}.json"), page);
        terminal.file(&format!("only-{name}.json"), deep);
        terminal.file(&format!("open-{name}.json"), open.repeat(depth));
    }
    let mut bytes = br#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Condition","id":"u1","code":{"text":"Before"}}},{"resource":{"resourceType":"Condition","id":"u2","code":{"text":""#.to_vec();
    bytes.extend_from_slice(b"\xC3\x28");
    bytes.extend_from_slice(
        br#""}}},{"resource":{"resourceType":"Condition","id":"u3","code":{"text":"After"}}}]}"#,
    );
    terminal.file("utf8.json", bytes);
    terminal.file(
        "bom.json",
        b"\xEF\xBB\xBF{\"resourceType\":\"Condition\",\"id\":\"bom\",\"code\":{\"text\":\"Gout\"}}",
    );
    terminal.file(
        "twice.json",
        br#"{"resourceType":"Condition","id":"twice","code":{"text":"First"},"code":{"text":"Second"}}"#,
    );
    terminal.file("half.json", br#"{"resourceType":"Condition","id":"half","code":{"text":"Gout \ud800!"}}"#);
    let report = terminal.import(&terminal.files(), &[]);
    assert_eq!(report["entries"], 9);
    let unreadable = report["unreadable"].as_array().unwrap();
    let refused = |file: &str| unreadable.iter().any(|line| line["file"] == file);
    for file in ["only-lists.json", "only-objects.json", "open-lists.json", "open-objects.json", "utf8.json"]
    {
        assert!(refused(file), "{file} in {unreadable:?}");
    }
    let entries = terminal.lines(&["entries"]);
    let title = |id: &str| {
        let found: Vec<&Value> = entries.iter().filter(|entry| entry["id"] == id).collect();
        assert_eq!(found.len(), 1, "{id}");
        found[0]["title"].as_str().unwrap()
    };
    for (id, expected) in [
        ("lists", "Deep"),
        ("objects", "Deep"),
        ("beside-lists", "Beside it"),
        ("beside-objects", "Beside it"),
        ("u1", "Before"),
        ("u3", "After"),
        ("bom", "Gout"),
        ("twice", "Second"),
        ("half", "Gout \u{FFFD}!"),
    ] {
        assert_eq!(title(id), expected);
    }
    let problems = |id: &str| entries.iter().find(|entry| entry["id"] == id).unwrap()["problems"].to_string();
    assert!(problems("twice").contains("\"repeated\""));
    assert!(problems("half").contains("\"half-character\""));
    assert!(problems("lists").contains("\"too-deep\""));
}

/// A scan of a whole paper chart inside one resource.
#[test]
fn a_resource_of_200_megabytes_goes_through_import() {
    let terminal = Terminal::new();
    let path = terminal.file("large.json", "");
    let mut out = std::io::BufWriter::new(fs::File::create(&path).unwrap());
    out.write_all(br#"{"resourceType":"DocumentReference","id":"large","description":"The whole chart","content":[{"attachment":{"contentType":"application/pdf","data":""#).unwrap();
    let line = "QUJD".repeat(16 * 1024);
    let mut written = 0;
    while written < 200_000_000 {
        out.write_all(line.as_bytes()).unwrap();
        written += line.len();
    }
    out.write_all(br#""}}]}"#).unwrap();
    out.flush().unwrap();
    drop(out);
    let report = terminal.import(&path, &[]);
    assert_eq!((&report["entries"], &report["unreadable"]), (&1.into(), &serde_json::json!([])));
    let entries = terminal.lines(&["entries"]);
    assert_eq!(entries[0]["title"], "The whole chart");
    assert_eq!(entries[0]["attachments"][0]["size"], written / 4 * 3);
}

#[test]
fn a_slip_in_a_folders_name_makes_no_new_record() {
    let dir = tempfile::tempdir().unwrap();
    let slip = dir.path().join("recrod");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_wholechart-cli"))
        .arg("--data-dir")
        .arg(&slip)
        .arg("topics")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(!run.status.success() && said.contains("There is no folder"), "{said}");
    assert!(!slip.exists(), "nothing was made");
}

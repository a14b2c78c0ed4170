//! A writer of XML that was not written here (`fhir.resources`, in Python): what it makes of the corpus reads to the same
//! entries as its JSON. `tests/interop/fhir-xml/write.py` is its other half.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;
use wholechart_fhir::{ReadOptions, Release, read, split, split_xml};

use crate::corpus::files;
use crate::corpus_dir::corpus;

/// Python with its packages, and the program; none where they were not installed, which must not be under CI.
#[expect(clippy::print_stdout, reason = "says what was not tested")]
fn counterpart() -> Option<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/interop/fhir-xml");
    let python = folder.join("venv/bin/python");
    if python.is_file() {
        return Some((python, folder.join("write.py")));
    }
    println!("not tested: Python's packages were not installed in tests/interop/fhir-xml");
    assert!(
        std::env::var_os("CI").is_none(),
        "the packages of tests/interop/fhir-xml must be there under CI"
    );
    None
}

#[test]
fn what_a_counterpart_writes_as_xml_reads_to_the_same_entry() {
    let (Some(corpus), Some((python, program))) = (corpus(), counterpart()) else { return };
    // It writes no XML of DSTU2.
    let mut asked: Vec<(Release, Vec<u8>)> = Vec::new();
    let mut lines = String::new();
    for (folder, release) in [("stu3", Release::Stu3), ("r4", Release::R4)] {
        for path in files(&corpus.join(folder), "json") {
            let bytes = fs::read(&path).expect("a file");
            for slice in &split(&bytes).resources {
                let Ok(text) = std::str::from_utf8(slice.bytes) else { continue };
                let one_line = text.replace(['\n', '\r'], " ");
                writeln!(lines, "{{\"release\":\"{folder}\",\"resource\":{one_line}}}")
                    .expect("a text takes it");
                asked.push((release, slice.bytes.to_vec()));
            }
        }
    }
    let mut child = Command::new(python)
        .arg(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut input = child.stdin.take().expect("its input");
    let output = BufReader::new(child.stdout.take().expect("its output"));
    let feeding = thread::spawn(move || input.write_all(lines.as_bytes()));
    let (mut same, mut refused, mut other) = (0, 0, Vec::new());
    let mut answers = output.lines();
    for (release, sent) in &asked {
        let line = answers.next().expect("an answer to each").expect("a line");
        let answer: Value = serde_json::from_str(&line).expect("JSON");
        let (Some(xml), Some(json)) = (answer["xml"].as_str(), answer["json"].as_str()) else {
            refused += 1;
            continue;
        };
        let page = split_xml(xml.as_bytes());
        assert!(page.problems.is_empty() && page.resources.len() == 1, "{:?}", page.problems);
        let options = ReadOptions::new(*release);
        let entry = read(page.resources[0].bytes, &options);
        // It writes some dates anew, in XML and in JSON.
        let said = read(json.as_bytes(), &options);
        if entry == said || entry == read(sent, &options) {
            same += 1;
        } else {
            other.push(apart(&format!("{entry:#?}"), &format!("{said:#?}")));
        }
    }
    feeding.join().expect("fed").expect("everything");
    child.wait().expect("it ends");
    println!("{same} resources read to the same entry; {refused} the counterpart does not write");
    assert!(other.is_empty(), "{} read otherwise: {other:#?}", other.len());
    assert!(same > 3_000, "{same}");
}

/// The lines that only one of two texts has.
fn apart(xml: &str, json: &str) -> Vec<String> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (xml, json) = (lines(xml), lines(json));
    let named = |name: &str, line: &String| format!("{name}: {}", line.trim());
    let only_xml = xml.difference(&json).map(|line| named("XML", line)).take(5);
    only_xml.chain(json.difference(&xml).map(|line| named("JSON", line)).take(5)).collect()
}

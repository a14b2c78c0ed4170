//! The hard-person set in the terminal: what `tests/hard-person/words.md` says of each case.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::hard::{self, Host};

/// The terminal over a record of its own.
struct Terminal(TempDir);

impl Terminal {
    fn new() -> Terminal {
        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join("passphrase"), "six plain words for a test\n").expect("a file");
        Terminal(folder)
    }

    fn run(&self, words: &[&str]) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_wholechart")).with_file_name("wholechart-cli");
        let mut command = Command::new(program);
        // What is expected is written as in the United States, wherever the test runs.
        command.env("LC_ALL", "C.UTF-8");
        command.arg("--json").arg("--data-dir").arg(self.0.path().join("record"));
        command.arg("--passphrase-file").arg(self.0.path().join("passphrase")).args(words);
        command.output().expect("the terminal can be started")
    }

    /// What it prints, a JSON value a line.
    fn lines(&self, words: &[&str]) -> Vec<Value> {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).expect("text");
        text.lines().map(|line| serde_json::from_str(line).expect("one JSON value a line")).collect()
    }

    fn import(&self, person: &str, provider: &str, file: PathBuf) -> Output {
        let file = file.to_str().expect("the path is text").to_owned();
        self.run(&["import", "--person", person, "--connection", provider, &file])
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What a line of the timeline says, in the order of the screen.
fn words(row: &Value) -> String {
    let parts = ["kindText", "title", "time", "statusText", "second", "disagreement", "value", "flagText"];
    parts.map(|part| text(&row[part])).join(" ")
}

#[test]
fn every_case_in_the_terminal() {
    let terminal = Terminal::new();
    for import in hard::IMPORTS {
        let output = terminal.import(hard::PERSON, import.provider, hard::file(import.file));
        assert!(output.status.success(), "{import:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let names: BTreeMap<String, String> =
        terminal.lines(&["connections"]).iter().map(|one| (text(&one["id"]), text(&one["name"]))).collect();
    let rows = terminal.lines(&["timeline"]);
    let mut wrong = Vec::new();
    for case in hard::cases() {
        let found: Vec<&Value> = rows.iter().filter(|row| text(&row["title"]) == case.title).collect();
        let [row] = found.as_slice() else {
            wrong.push(format!("{}: {} lines are called “{}”", case.name, found.len(), case.title));
            continue;
        };
        let sources: Vec<String> =
            row["sources"].as_array().expect("a list").iter().map(|id| names[&text(id)].clone()).collect();
        let id = text(&row["id"]);
        let record = terminal.lines(&["record", &id]);
        let mut page = format!("{} {}", text(&row["dayText"]), words(row));
        for line in record.iter().flat_map(|source| source["lines"].as_array().expect("lines")) {
            page = format!("{page} {} {}", text(&line["label"]), text(&line["text"]));
        }
        let judged = case
            .on_its_line(&words(row), row["struck"] == Value::Bool(true))
            .and_then(|()| case.told_by(&sources))
            .and_then(|()| case.on_its_page(&page, Host::Terminal))
            .and_then(|()| found_by_search(&terminal, case.looked_for(), &case.title));
        wrong.extend(judged.err().map(|why| format!("{}: {why}", case.name)));
    }
    assert!(
        wrong.is_empty(),
        "{}\n\n{}",
        wrong.join("\n"),
        rows.iter().map(words).collect::<Vec<_>>().join("\n")
    );
}

fn found_by_search(terminal: &Terminal, typed: &str, title: &str) -> Result<(), String> {
    let hits = terminal.lines(&["search", typed]);
    if hits.iter().any(|hit| text(&hit["row"]["title"]) == title) {
        Ok(())
    } else {
        Err(format!(
            "“{typed}” finds {:?}",
            hits.iter().map(|hit| text(&hit["row"]["title"])).collect::<Vec<_>>()
        ))
    }
}

/// Another patient of the same hospital, with the same numbers: not without being asked, and never mixed up.
#[test]
fn somebody_else_at_the_same_hospital() {
    let terminal = Terminal::new();
    let hospital = hard::IMPORTS[1];
    assert!(terminal.import(hard::PERSON, hospital.provider, hard::file(hospital.file)).status.success());
    let before = terminal.lines(&["timeline"]);
    assert!(before.len() >= 4, "{before:?}");

    let refused = terminal.import(hard::PERSON, hospital.provider, hard::file("somebody-else.json"));
    assert!(!refused.status.success(), "somebody else's records are filed without asking");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("Rupert Thornbury (born December 1, 1938)"), "{said}");
    assert!(said.contains(hard::PERSON), "{said}");
    assert_eq!(terminal.lines(&["timeline"]), before, "nothing was taken in");

    let theirs = terminal.import("Rupert Thornbury", hospital.provider, hard::file("somebody-else.json"));
    assert!(theirs.status.success(), "{}", String::from_utf8_lossy(&theirs.stderr));
    assert_eq!(terminal.lines(&["timeline", "--person", hard::PERSON]), before, "nothing of his in hers");
    let his = terminal.lines(&["timeline", "--person", "Rupert Thornbury"]);
    let titles: Vec<String> = his.iter().map(|row| text(&row["title"])).collect();
    assert!(titles.contains(&"Prostate-specific antigen".to_owned()), "{titles:?}");
    assert!(before.iter().all(|row| !titles.contains(&text(&row["title"]))), "{titles:?}");
    for (person, found) in [(hard::PERSON, 0), ("Rupert Thornbury", 2)] {
        assert_eq!(terminal.lines(&["search", "--person", person, "prostate"]).len(), found, "{person}");
    }
}

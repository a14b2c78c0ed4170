//! The hard-person set: the invented files beside this one, and what the screen must say of them (`words.md`).

use std::path::{Path, PathBuf};

/// Whose record it is.
pub(crate) const PERSON: &str = "Marigold A. Thornbury";

/// A file, and the provider it is filed under.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Import {
    pub(crate) provider: &'static str,
    pub(crate) file: &'static str,
}

/// In their order: the last is what one of the providers sends the second time.
pub(crate) const IMPORTS: &[Import] = &[
    Import { provider: "Willow Bend Clinic", file: "first/willow-bend.json" },
    Import { provider: "Northgate Hospital", file: "first/northgate.json" },
    Import { provider: "Old Mill Practice", file: "first/old-mill.json" },
    Import { provider: "Willow Bend Clinic", file: "second/willow-bend.json" },
];

/// A file of the set.
pub(crate) fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hard-person").join(name)
}

/// Where the words are read.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "each test reads them in one place")]
pub(crate) enum Host {
    Terminal,
    Window,
}

/// A line of the table.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// What makes it hard.
    pub(crate) name: String,
    /// The record's title: there is exactly one line of it.
    pub(crate) title: String,
    search: String,
    line: Vec<String>,
    page: Vec<String>,
    window: Vec<String>,
    sources: Vec<String>,
}

/// Every line of `words.md`.
pub(crate) fn cases() -> Vec<Case> {
    let list = |cell: &str| -> Vec<String> {
        cell.split(';').map(str::trim).filter(|text| !matches!(*text, "" | "–")).map(str::to_owned).collect()
    };
    let cases: Vec<Case> = include_str!("words.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| line.split(" | ").map(str::trim).collect::<Vec<_>>())
        // The heading; the line under it begins otherwise.
        .skip(1)
        .map(|cells| match cells.as_slice() {
            [name, title, search, line, page, window, sources] => Case {
                name: (*name).to_owned(),
                title: (*title).to_owned(),
                search: (*search).to_owned(),
                line: list(line),
                page: list(page),
                window: list(window),
                sources: list(sources),
            },
            other => panic!("a line of words.md has seven cells: {other:?}"),
        })
        .collect();
    assert!(cases.len() > 20, "the table was not read: {} cases", cases.len());
    cases
}

impl Case {
    /// What a person types to find it: the title, where nothing else is said.
    pub(crate) fn looked_for(&self) -> &str {
        if self.search == "–" { &self.title } else { &self.search }
    }

    /// Its line in the timeline says what it should, and is struck through if and only if it was withdrawn.
    pub(crate) fn on_its_line(&self, words: &str, struck: bool) -> Result<(), String> {
        let withdrawn = self.line.iter().any(|one| one.contains("withdrawn"));
        if struck != withdrawn {
            return Err(format!("struck through: {struck}, withdrawn: {withdrawn}"));
        }
        says("line", &self.line, words)
    }

    /// Its page says what it should; the window's says more than the terminal's.
    pub(crate) fn on_its_page(&self, words: &str, host: Host) -> Result<(), String> {
        says("page", &self.page, words)?;
        match host {
            Host::Terminal => Ok(()),
            Host::Window => says("page", &self.window, words),
        }
    }

    /// Exactly these providers told it.
    pub(crate) fn told_by(&self, providers: &[String]) -> Result<(), String> {
        let (mut told, mut expected) = (providers.to_vec(), self.sources.clone());
        told.sort();
        expected.sort();
        if told == expected { Ok(()) } else { Err(format!("told by {told:?} instead of {expected:?}")) }
    }
}

/// Each of `wanted` stands in `words`, whatever blanks are between; one that begins with “not ” must not.
fn says(what: &str, wanted: &[String], words: &str) -> Result<(), String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for one in wanted {
        let (there, text) = match one.strip_prefix("not ") {
            Some(text) => (false, text),
            None => (true, one.as_str()),
        };
        if words.contains(text) != there {
            let should = if there { "does not say" } else { "says" };
            return Err(format!("its {what} {should} “{text}”, but: {words}"));
        }
    }
    Ok(())
}

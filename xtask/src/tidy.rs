//! `cargo xtask tidy`: the rules of `docs/architecture.md` that a compiler does not check.
//!
//! Each rule is a pure function from what was read to what was found, so that its test can break it.

mod circles;
mod graph;
mod guide;
mod language;
mod links;
mod mutations;
mod text;

use std::collections::BTreeSet;
use std::fs;

use crate::process::output_of;
use crate::{licences, root};

/// Checks everything, prints notes, and fails with every finding.
pub(crate) fn tidy() -> Result<(), String> {
    let metadata = output_of("cargo", &["metadata", "--format-version", "1", "--locked"])?;
    let metadata: serde_json::Value =
        serde_json::from_str(&metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let mut findings = graph::findings(&graph::Graph::read(&metadata)?);

    let listed = output_of("git", &["ls-files", "--cached", "--others", "--exclude-standard"])?;
    let mut notes = Vec::new();
    let mut files = Vec::new();
    for path in listed.lines().filter(|path| text::is_ours(path)) {
        // A file that git still lists may be gone from the work tree.
        if let Ok(content) = fs::read_to_string(root().join(path)) {
            files.push((path.to_owned(), content));
        }
    }
    for (path, content) in &files {
        findings.extend(text::findings(path, content));
        notes.extend(text::note(path, content));
    }
    findings.extend(text::doors(&files));
    let architecture = files.iter().find(|(path, _)| path == "docs/architecture.md");
    findings.extend(circles::findings(&files, architecture.map_or("", |(_, text)| text)));
    findings.extend(language::findings(&files));
    // A file that git still lists may be gone from the work tree.
    let paths: BTreeSet<String> =
        listed.lines().filter(|path| root().join(path).exists()).map(str::to_owned).collect();
    findings.extend(links::findings(&files, &paths));
    findings.extend(guide::findings(&files));
    findings.extend(mutations::findings(&files, mutations::applies));
    findings.extend(licences::stale(&metadata)?);

    for note in notes {
        println!("note: {note}");
    }
    if findings.is_empty() {
        println!("{} files and every dependency keep the rules.", files.len());
        return Ok(());
    }
    Err(format!("{} broken:\n  {}", count(findings.len()), findings.join("\n  ")))
}

fn count(n: usize) -> String {
    if n == 1 { "One rule is".to_owned() } else { format!("{n} rules are") }
}

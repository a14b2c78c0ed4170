//! Every law of `docs/architecture.md` has a mutation in `tests/laws` that still applies, or a reason there why it has none. Whether the
//! law's test notices it takes hours: `cargo xtask mutations`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::mutations::{FOLDER, Law, Mutation, excused, laws};

/// What is missing or out of date. `applies` says why a diff does not apply to the checkout.
pub(super) fn findings(
    files: &[(String, String)],
    applies: impl Fn(&str) -> Result<(), String>,
) -> Vec<String> {
    let text = |path: &str| files.iter().find(|(one, _)| one == path).map_or("", |(_, text)| text.as_str());
    let laws: BTreeMap<u32, Law> =
        laws(text("docs/architecture.md")).into_iter().map(|law| (law.number, law)).collect();
    let excused = excused(text(&format!("{FOLDER}/README.md")));
    let mut findings = Vec::new();
    let mut held = BTreeSet::new();
    for (path, text) in files {
        let numbered = path.strip_prefix(FOLDER).and_then(|name| name.strip_prefix('/'));
        if !numbered.is_some_and(|name| name.starts_with(|letter: char| letter.is_ascii_digit())) {
            continue;
        }
        let mutation = match Mutation::read(path, text) {
            Ok(mutation) => mutation,
            Err(why) => {
                findings.push(why);
                continue;
            }
        };
        held.insert(mutation.law);
        let mut found = |what: String| findings.push(format!("{path}: {what}"));
        match laws.get(&mutation.law) {
            None => found(format!("docs/architecture.md has no law {}", mutation.law)),
            Some(law) if law.sentence != mutation.sentence => {
                found(format!("docs/architecture.md says law {} otherwise", law.number));
            }
            Some(_) => {}
        }
        if mutation.changes().next().is_none() {
            found("the diff changes no file".to_owned());
        }
        for changed in mutation.changes().filter(|changed| is_a_test(changed)) {
            found(format!("{changed} is a test: a mutation breaks the product"));
        }
        if let Err(why) = applies(&mutation.diff) {
            found(format!("the mutation no longer applies: {why}"));
        }
        for filter in &mutation.filters {
            if let Some(part) = unknown(filter, &mutation.package, files) {
                found(format!("no test or module of {} is called {part}", mutation.package));
            }
        }
    }
    for law in laws.values().filter(|law| !held.contains(&law.number) && !excused.contains(&law.number)) {
        findings.push(format!(
            "docs/architecture.md: law {} has no mutation in {FOLDER}, and its README.md does not say why",
            law.number
        ));
    }
    for number in excused.intersection(&held) {
        findings.push(format!("{FOLDER}/README.md: law {number} has a mutation"));
    }
    findings
}

fn is_a_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/")
}

/// The part of a filter that is no function's or module's name in the package.
fn unknown<'f>(filter: &'f str, package: &str, files: &[(String, String)]) -> Option<&'f str> {
    let folders: Vec<String> = match package.strip_prefix("wholechart-") {
        Some(name) => vec![format!("crates/{name}/"), "tests/".to_owned()],
        None => vec!["src-tauri/".to_owned(), "tests/".to_owned()],
    };
    let sources = || {
        files
            .iter()
            .filter(|(path, _)| std::path::Path::new(path).extension().is_some_and(|ending| ending == "rs"))
            .filter(|(path, _)| folders.iter().any(|folder| path.starts_with(folder)))
    };
    filter.split("::").filter(|part| !part.is_empty()).find(|part| {
        let names = [format!("fn {part}"), format!("mod {part}"), format!("\"{part}")];
        !sources().any(|(_, text)| names.iter().any(|name| text.contains(name)))
    })
}

/// Whether `git` could apply the diff to the checkout as it is.
pub(super) fn applies(diff: &str) -> Result<(), String> {
    let mut git = Command::new("git")
        .args(["apply", "--check", "-"])
        .current_dir(crate::root())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|why| format!("git could not be started: {why}"))?;
    let written = git.stdin.take().map(|mut input| input.write_all(diff.as_bytes()));
    let output = git.wait_with_output().map_err(|why| format!("git: {why}"))?;
    match written {
        Some(Ok(())) if output.status.success() => Ok(()),
        _ => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAWS: &str = "\n## Laws\n| 1 | One | `a` |\n| 2 | Two | `b` |\n";
    const FILE: &str = "# 1. One\n\nTest: `cargo test -p wholechart-fhir --test main -- dates::a_day`\n\n\
        ```diff\n--- a/crates/fhir/src/x.rs\n+++ b/crates/fhir/src/x.rs\n@@ -1 +1 @@\n-a\n+b\n```\n";

    fn found(file: &str, readme: &str, applies: Result<(), String>) -> Vec<String> {
        let files: Vec<(String, String)> = [
            ("docs/architecture.md", LAWS),
            ("tests/laws/README.md", readme),
            ("tests/laws/01-one.md", file),
            ("crates/fhir/tests/main.rs", "mod dates;"),
            ("crates/fhir/tests/dates.rs", "#[test]\nfn a_day() {}"),
        ]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into();
        findings(&files, |_| applies.clone())
    }

    #[test]
    fn a_law_has_a_mutation_or_a_reason() {
        assert_eq!(found(FILE, "- 2: held in the window\n", Ok(())), [""; 0]);
        assert_eq!(
            found(FILE, "", Ok(())),
            ["docs/architecture.md: law 2 has no mutation in tests/laws, and its README.md does not say why"]
        );
        let both = found(FILE, "- 1: why\n- 2: why\n", Ok(()));
        assert_eq!(both, ["tests/laws/README.md: law 1 has a mutation"]);
    }

    #[test]
    fn what_is_out_of_date_is_found() {
        let readme = "- 2: held in the window\n";
        for (from, to) in [
            ("# 1. One", "# 1. Another"),
            ("dates::a_day", "dates::a_night"),
            ("crates/fhir/src/x.rs", "crates/fhir/tests/x.rs"),
            ("-p wholechart-fhir ", ""),
        ] {
            assert!(!found(&FILE.replace(from, to), readme, Ok(())).is_empty(), "{to}");
        }
        let gone = found(FILE, readme, Err("patch failed".to_owned()));
        assert_eq!(gone, ["tests/laws/01-one.md: the mutation no longer applies: patch failed"]);
    }
}

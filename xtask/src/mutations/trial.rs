//! Running a law's tests on the product as it is, and as a mutation makes it.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::Mutation;
use crate::FEATURES;
use crate::process::{self, Tests};
use crate::test::cargo;

/// How long building and running one law's tests may take.
const LIMIT: Duration = Duration::from_mins(45);

/// What a mutation came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// These tests failed, and pass without it.
    Noticed(BTreeSet<String>),
    /// That many tests ran and none failed.
    Survived(u64),
    /// It proves nothing, in words.
    Nothing(String),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Noticed(tests) => {
                write!(f, "noticed by {}", tests.iter().map(String::as_str).collect::<Vec<_>>().join(", "))
            }
            Verdict::Survived(tests) => write!(f, "SURVIVED {tests} tests"),
            Verdict::Nothing(why) => write!(f, "PROVES NOTHING: {why}"),
        }
    }
}

/// The tests of a group of mutations of one target that fail without any of them.
pub(super) fn unchanged(tree: &Path, group: &[Mutation]) -> Result<BTreeSet<String>, String> {
    let filters: BTreeSet<&str> =
        group.iter().flat_map(|mutation| &mutation.filters).map(String::as_str).collect();
    let (ended, tests, log) = tested(tree, &group[0], "unchanged", &filters)?;
    if tests.counts.passed + tests.counts.failed == 0 {
        return Err(format!("{ended}; no test ran on what is not changed: see {log}"));
    }
    Ok(tests.failing.into_iter().collect())
}

/// Applies the mutation, runs its tests, and takes it back.
pub(super) fn broken(
    tree: &Path,
    mutation: &Mutation,
    failing_anyway: &BTreeSet<String>,
) -> Result<Verdict, String> {
    if let Err(why) = applied(tree, mutation, &[]) {
        return Ok(Verdict::Nothing(format!("it no longer applies: {why}")));
    }
    let filters = mutation.filters.iter().map(String::as_str).collect();
    let ran = tested(tree, mutation, mutation.name(), &filters);
    applied(tree, mutation, &["--reverse"])?;
    let (ended, tests, log) = ran?;
    Ok(judged(&ended, tests, failing_anyway, &log))
}

/// What tests that ran with a mutation say of it.
fn judged(ended: &str, tests: Tests, failing_anyway: &BTreeSet<String>, log: &str) -> Verdict {
    let noticed: BTreeSet<String> =
        tests.failing.into_iter().filter(|test| !failing_anyway.contains(test)).collect();
    let ran = tests.counts.passed + tests.counts.failed;
    if !noticed.is_empty() {
        Verdict::Noticed(noticed)
    } else if ran == 0 {
        Verdict::Nothing(format!("no test ran ({ended}): see {log}"))
    } else if tests.counts.failed > 0 {
        Verdict::Nothing(format!("what fails, fails without it as well: see {log}"))
    } else {
        Verdict::Survived(ran)
    }
}

/// Runs tests of the copy; what is printed goes to a file.
fn tested(
    tree: &Path,
    mutation: &Mutation,
    name: &str,
    filters: &BTreeSet<&str>,
) -> Result<(String, Tests, String), String> {
    let log = tree.with_file_name(format!("{}-{name}.log", mutation.package));
    let mut command = cargo(&["test", "--locked", "--no-fail-fast", "-p", &mutation.package]);
    command.args(&mutation.target);
    if mutation.package == "wholechart" {
        command.args(["--features", FEATURES]);
    }
    command.arg("--").args(filters);
    command.current_dir(tree).env("CARGO_TARGET_DIR", crate::target_dir());
    let ended = process::run_into(&mut command, LIMIT, &log)?;
    let text = fs::read(&log).map_err(|why| format!("{}: {why}", log.display()))?;
    Ok((ended.in_words(), Tests::of(&String::from_utf8_lossy(&text)), log.display().to_string()))
}

/// Applies the mutation to the copy, or takes it back.
fn applied(tree: &Path, mutation: &Mutation, how: &[&str]) -> Result<(), String> {
    let patch = tree.with_file_name(format!("{}.diff", mutation.name()));
    fs::write(&patch, &mutation.diff).map_err(|why| format!("{}: {why}", patch.display()))?;
    let mut git = Command::new("git");
    git.arg("apply").args(how).arg(&patch).current_dir(tree);
    // The target folder may be inside the checkout, whose files git would take for those that are meant.
    git.env("GIT_CEILING_DIRECTORIES", tree.parent().unwrap_or(tree));
    let output = git.output().map_err(|why| format!("git could not be started: {why}"))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(printed: &str) -> Verdict {
        judged("cargo ended with 101", Tests::of(printed), &BTreeSet::from(["always".to_owned()]), "log")
    }

    #[test]
    fn only_a_test_that_fails_because_of_the_mutation_proves_something() {
        let result = |passed: u32, failed: u32| {
            format!("test result: FAILED. {passed} passed; {failed} failed; 0 ignored; 0 measured\n")
        };
        let failed = format!("test a::b ... FAILED\n{}", result(3, 1));
        assert_eq!(verdict(&failed), Verdict::Noticed(BTreeSet::from(["a::b".to_owned()])));
        assert_eq!(verdict(&result(3, 0)), Verdict::Survived(3));
        let anyway = format!("test always ... FAILED\n{}", result(3, 1));
        for nothing in ["error[E0425]: cannot find value", &result(0, 0), &anyway] {
            assert!(matches!(verdict(nothing), Verdict::Nothing(_)), "{nothing}");
        }
    }
}

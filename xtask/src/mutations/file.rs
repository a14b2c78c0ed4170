//! A mutation as it is written down, and the table of the laws.

use std::collections::BTreeSet;

/// Where mutations are.
pub(crate) const FOLDER: &str = "tests/laws";

/// How a line begins that says by which test a law is held, and one that says what was seen.
const TEST: &str = "Test: `cargo test ";
const SEEN: &str = "Seen: ";

/// One way to break a law.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mutation {
    /// The file it is written in, from the root of the checkout.
    pub(crate) path: String,
    pub(crate) law: u32,
    /// The law's sentence as the file has it.
    pub(crate) sentence: String,
    pub(crate) package: String,
    /// What of the package is compiled: `--lib`, or `--test NAME`.
    pub(crate) target: Vec<String>,
    /// Which tests are run; at least one.
    pub(crate) filters: Vec<String>,
    /// The unified diff.
    pub(crate) diff: String,
}

impl Mutation {
    /// Reads a file: a heading with the law, the line of the test, one block of diff.
    pub(crate) fn read(path: &str, text: &str) -> Result<Mutation, String> {
        let wrong = |what: &str| format!("{path}: {what} ({FOLDER}/README.md says how it is written)");
        let heading = text.lines().next().unwrap_or_default();
        let (law, sentence) = heading
            .strip_prefix("# ")
            .and_then(|heading| heading.split_once(". "))
            .and_then(|(number, sentence)| Some((number.parse::<u32>().ok()?, sentence.to_owned())))
            .ok_or_else(|| wrong("the heading is not \"# N. The law's sentence\""))?;
        if !path.starts_with(&format!("{FOLDER}/{law:02}-")) {
            return Err(wrong("the file's name does not begin with the law's number"));
        }
        let command = text
            .lines()
            .find_map(|line| line.strip_prefix(TEST)?.strip_suffix('`'))
            .ok_or_else(|| wrong("no line says the test"))?;
        let (before, filters) = command.split_once(" -- ").ok_or_else(|| wrong("the test has no filter"))?;
        let mut words = before.split_whitespace().map(str::to_owned);
        let (Some("-p"), Some(package)) = (words.next().as_deref(), words.next()) else {
            return Err(wrong("the test names no package"));
        };
        let filters: Vec<String> = filters.split_whitespace().map(str::to_owned).collect();
        if filters.is_empty() {
            return Err(wrong("the test has no filter"));
        }
        let (_, diff) = text.split_once("\n```diff\n").ok_or_else(|| wrong("there is no diff"))?;
        let (diff, _) = diff.split_once("```").ok_or_else(|| wrong("the diff has no end"))?;
        Ok(Mutation {
            path: path.to_owned(),
            law,
            sentence,
            package,
            target: words.collect(),
            filters,
            diff: diff.to_owned(),
        })
    }

    /// The file's name without its ending.
    pub(crate) fn name(&self) -> &str {
        self.path.trim_start_matches(FOLDER).trim_start_matches('/').trim_end_matches(".md")
    }

    /// The files that the diff changes.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &str> {
        self.diff.lines().filter_map(|line| line.strip_prefix("+++ b/"))
    }
}

/// A file's `text` with a last line that says when the mutation was noticed and by which tests.
pub(crate) fn seen(text: &str, today: &str, tests: &BTreeSet<String>) -> String {
    const NAMED: usize = 3;
    let named: Vec<String> = tests.iter().take(NAMED).map(|test| format!("`{test}`")).collect();
    let others = match tests.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let before = text.split_once(&format!("\n{SEEN}")).map_or(text, |(before, _)| before);
    format!("{}\n\n{SEEN}{today}, failed with {}{others}\n", before.trim_end(), named.join(", "))
}

/// A law of the table in `docs/architecture.md`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Law {
    pub(crate) number: u32,
    pub(crate) sentence: String,
}

/// The rows of the table of laws.
pub(crate) fn laws(architecture: &str) -> Vec<Law> {
    let section = architecture.split_once("\n## Laws").map_or("", |(_, after)| after);
    let section = section.split_once("\n## ").map_or(section, |(section, _)| section);
    section
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| ")?.split(" | ");
            let number = cells.next()?.parse().ok()?;
            Some(Law { number, sentence: cells.next()?.to_owned() })
        })
        .collect()
}

/// The laws that have no mutation, as the README of the folder lists them: "- 14: why".
pub(crate) fn excused(readme: &str) -> BTreeSet<u32> {
    readme
        .lines()
        .filter_map(|line| {
            let (number, why) = line.strip_prefix("- ")?.split_once(": ")?;
            (!why.trim().is_empty()).then(|| number.parse().ok())?
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# 4. Honest time\n\nTest: `cargo test -p wholechart-fhir --test main -- dates:: corpus::`\n\n\
        Why.\n\n```diff\n--- a/x.rs\n+++ b/x.rs\n@@ -1 +1 @@\n-a\n+b\n```\n";

    #[test]
    fn a_mutation_is_read_and_says_what_was_seen_once() {
        let mutation = Mutation::read("tests/laws/04-time.md", TEXT).unwrap();
        assert_eq!(
            (mutation.law, mutation.name(), mutation.sentence.as_str()),
            (4, "04-time", "Honest time")
        );
        assert_eq!(mutation.package, "wholechart-fhir");
        assert_eq!(mutation.target, ["--test", "main"]);
        assert_eq!(mutation.filters, ["dates::", "corpus::"]);
        assert_eq!(mutation.changes().collect::<Vec<_>>(), ["x.rs"]);
        let tests = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<BTreeSet<_>>();
        let seen = super::seen(TEXT, "2026-01-02", &tests(&["a", "b", "c", "d", "e"]));
        assert!(
            seen.ends_with("\n```\n\nSeen: 2026-01-02, failed with `a`, `b`, `c` and 2 more\n"),
            "{seen}"
        );
        let seen = super::seen(&seen, "2026-01-03", &tests(&["a"]));
        assert_eq!(seen, format!("{TEXT}\nSeen: 2026-01-03, failed with `a`\n"));
    }

    #[test]
    fn what_lacks_a_part_is_refused() {
        for (from, to) in [
            ("# 4. ", "# Law 4: "),
            ("Test: ", "By: "),
            (" -- dates:: corpus::", ""),
            ("```diff", "```"),
            ("# 4.", "# 5."),
        ] {
            let broken = TEXT.replace(from, to);
            assert!(Mutation::read("tests/laws/04-time.md", &broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn the_table_of_laws_and_what_is_excused_are_read() {
        let page = "# A\n| 9 | x | y |\n## Laws, and the tests\n\n| | law | test |\n|---|---|---|\n\
            | 1 | One; two | `a.rs` |\n| 2 | Three | `b.rs` |\n\n## Decisions\n| 3 | x | y |\n";
        let found: Vec<_> = laws(page).into_iter().map(|law| (law.number, law.sentence)).collect();
        assert_eq!(found, [(1, "One; two".to_owned()), (2, "Three".to_owned())]);
        assert_eq!(excused("- 14: held in the window\n- 15: \n- no: x\n"), BTreeSet::from([14]));
    }
}

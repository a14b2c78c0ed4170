//! Where our papers lead: every link and picture of every page is a file of the project, and every anchor a heading.

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::Prose;

/// Every link of the pages among `files` that leads to nothing in `paths`, the project's files.
pub(super) fn findings(files: &[(String, String)], paths: &BTreeSet<String>) -> Vec<String> {
    let pages: BTreeMap<&str, Prose> = files
        .iter()
        .filter(|(path, _)| is_page(path))
        .map(|(path, content)| (path.as_str(), Prose::of(content)))
        .collect();
    let mut findings = Vec::new();
    for (path, prose) in &pages {
        for link in prose.links() {
            let mut found = |what: &str| {
                findings.push(format!("{path}:{}: {}: {what}", link.line, link.target));
            };
            if is_elsewhere(&link.target) {
                continue;
            }
            let (file, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
            let file = file.replace("%20", " ");
            let to = if file.is_empty() { Some((*path).to_owned()) } else { resolved(path, &file) };
            let Some(to) = to else {
                found("leads out of the project");
                continue;
            };
            if !exists(&to, paths) {
                found("there is no such file");
            } else if !anchor.is_empty()
                && pages
                    .get(to.as_str())
                    .is_some_and(|prose| !prose.anchors().iter().any(|one| one == anchor))
            {
                found("there is no such heading");
            }
        }
    }
    findings
}

pub(super) fn is_page(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|ending| ending == "md")
}

/// An address with a scheme: whether somebody answers there is not ours to say.
fn is_elsewhere(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+') && scheme.len() > 1
    })
}

/// The path from the project's root; none where it leads out.
pub(super) fn resolved(page: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    if target.starts_with('/') {
        return None;
    }
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A file, or a folder with one.
fn exists(path: &str, paths: &BTreeSet<String>) -> bool {
    let folder = format!("{path}/");
    paths.contains(path) || paths.range(folder.clone()..).next().is_some_and(|one| one.starts_with(&folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pages: &[(&str, &str)], others: &[&str]) -> Vec<String> {
        let files: Vec<(String, String)> =
            pages.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let paths =
            files.iter().map(|(path, _)| path.clone()).chain(others.iter().map(|&one| one.to_owned()));
        findings(&files, &paths.collect())
    }

    #[test]
    fn a_link_to_a_file_that_is_not_there_is_found() {
        let lines = found(&[("docs/a.md", "x\n[b](b.md)\n![p](../pictures/p.png)")], &["docs/c.md"]);
        assert_eq!(
            lines,
            [
                "docs/a.md:2: b.md: there is no such file",
                "docs/a.md:3: ../pictures/p.png: there is no such file"
            ]
        );
        assert_eq!(
            found(&[("docs/a.md", "[b](b.md) ![p](../pictures/p.png)")], &["docs/b.md", "pictures/p.png"]),
            [""; 0]
        );
    }

    #[test]
    fn a_folder_with_files_is_there() {
        assert!(found(&[("a.md", "[d](docs) [d](docs/)")], &["docs/x.png"]).is_empty());
        assert_eq!(found(&[("a.md", "[d](doc)")], &["docs/x.png"]).len(), 1);
    }

    #[test]
    fn an_anchor_is_a_heading_of_the_page_it_leads_to() {
        let pages = [("a.md", "# One\n[x](#one) [x](#two) [y](b.md#two-words)"), ("b.md", "## Two words")];
        assert_eq!(found(&pages, &[]), ["a.md:2: #two: there is no such heading"]);
        assert_eq!(found(&[("a.md", "[x](b.rs#L3)")], &["b.rs"]), [""; 0], "lines of code are no headings");
    }

    #[test]
    fn addresses_elsewhere_are_left_alone_and_no_link_leads_out() {
        assert!(found(&[("a.md", "[x](https://example.org/a) [y](mailto:a@example.org)")], &[]).is_empty());
        assert_eq!(found(&[("a.md", "[x](../a.md)")], &[]), ["a.md:1: ../a.md: leads out of the project"]);
    }
}

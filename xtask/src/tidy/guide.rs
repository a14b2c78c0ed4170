//! The guide follows the app: what it sets in bold are the app's own words, it has a page for every portal, and every page of it
//! is in its table of contents. So does the trial of a package.

use std::collections::BTreeSet;

use super::links::{is_page, resolved};
use crate::markdown::Prose;

/// A guide, and the catalogue of its language.
struct Guide {
    pages: &'static str,
    words: &'static [&'static str],
}

const GUIDES: &[Guide] = &[
    Guide {
        pages: "docs/guide/src/",
        words: &["crates/words/locales/en.ftl", "crates/words/locales/en-record.ftl"],
    },
    Guide {
        pages: "docs/guide-es/src/",
        words: &["crates/words/locales/es.ftl", "crates/words/locales/es-record.ftl"],
    },
];

/// A first evening with an installed package.
const EVENING: &str = "packaging/first_evening.py";
const CARDS: &str = "crates/smart/src/cards.json";
const PORTALS: &str = "docs/guide/src/portals/";
const CONTENTS: &str = "SUMMARY.md";

/// Every word of a guide that the app does not say, and every page that is missing or cannot be reached.
pub(super) fn findings(files: &[(String, String)]) -> Vec<String> {
    let mut findings = Vec::new();
    for guide in GUIDES {
        let catalogues = files.iter().filter(|(path, _)| guide.words.contains(&path.as_str()));
        let words = Words::of(catalogues.map(|(_, content)| content.as_str()));
        let pages: Vec<&(String, String)> =
            files.iter().filter(|(path, _)| path.starts_with(guide.pages) && is_page(path)).collect();
        for (path, content) in &pages {
            for bold in Prose::of(content).bold() {
                if !words.say(&bold.text) {
                    findings.push(format!(
                        "{path}:{}: **{}**: the app does not say that (bold is for its own words)",
                        bold.line, bold.text
                    ));
                }
            }
        }
        findings.extend(unreachable(guide.pages, &pages));
    }
    findings.extend(portals(files));
    findings.extend(pressed(files));
    findings
}

/// What the trial of a package presses or fills in that the app does not have: it finds things as somebody who is told their names.
fn pressed(files: &[(String, String)]) -> Vec<String> {
    let Some((_, script)) = files.iter().find(|(path, _)| path == EVENING) else { return Vec::new() };
    let english = GUIDES.iter().take(1).flat_map(|guide| guide.words);
    let catalogues = files.iter().filter(|(path, _)| english.clone().any(|one| path == one));
    let words = Words::of(catalogues.map(|(_, content)| content.as_str()));
    let mut findings = Vec::new();
    for (number, line) in script.lines().enumerate() {
        for named in line.split("(\"wholechart\", \"").skip(1).filter_map(|behind| behind.split('"').next()) {
            if !words.say(named) {
                findings.push(format!("{EVENING}:{}: “{named}”: the app does not say that", number + 1));
            }
        }
    }
    findings
}

/// Pages that the table of contents does not name.
fn unreachable(folder: &str, pages: &[&(String, String)]) -> Vec<String> {
    let contents = format!("{folder}{CONTENTS}");
    let Some((_, content)) = pages.iter().find(|(path, _)| *path == contents) else {
        return Vec::new();
    };
    let links = Prose::of(content).links();
    let named: BTreeSet<String> = links.iter().filter_map(|link| resolved(&contents, &link.target)).collect();
    pages
        .iter()
        .filter(|(path, _)| *path != contents && !named.contains(path))
        .map(|(path, _)| format!("{path}: {contents} does not name it, so the guide is built without it"))
        .collect()
}

/// Cards of real portals without a page.
fn portals(files: &[(String, String)]) -> Vec<String> {
    let Some((_, cards)) = files.iter().find(|(path, _)| path == CARDS) else { return Vec::new() };
    let cards: serde_json::Value = match serde_json::from_str(cards) {
        Ok(cards) => cards,
        Err(error) => return vec![format!("{CARDS}: {error}")],
    };
    cards
        .as_array()
        .into_iter()
        .flatten()
        .filter(|card| card["testServer"] != true)
        .filter_map(|card| card["id"].as_str())
        .map(|id| format!("{PORTALS}{id}.md"))
        .filter(|page| !files.iter().any(|(path, _)| path == page))
        .map(|page| format!("{page}: there is a card for it and no page"))
        .collect()
}

/// Stands where the app puts a name, a figure or a date into its words.
const VARIABLE: char = '\u{0}';

/// With fewer letters of its own, a message with variables would agree to nearly anything.
const OWN_LETTERS: usize = 8;

/// Everything that the app says in one language.
#[derive(Default)]
struct Words {
    whole: BTreeSet<String>,
    /// Messages with variables: what stands between these.
    with_variables: Vec<Vec<String>>,
}

impl Words {
    fn of<'a>(catalogues: impl Iterator<Item = &'a str>) -> Self {
        let mut words = Self::default();
        for catalogue in catalogues {
            for text in texts(catalogue) {
                // A text of several lines is shown as a list or as paragraphs.
                for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    if line.contains(VARIABLE) {
                        words.with_variables.push(line.split(VARIABLE).map(str::to_owned).collect());
                    } else {
                        words.whole.insert(line.to_owned());
                    }
                }
            }
        }
        words.with_variables.retain(|parts| {
            parts.iter().flat_map(|part| part.chars()).filter(|c| c.is_alphabetic()).count() >= OWN_LETTERS
        });
        words
    }

    fn say(&self, text: &str) -> bool {
        self.whole.contains(text) || self.with_variables.iter().any(|parts| fits(parts, text))
    }
}

/// Whether `text` is these parts with something between each two of them.
fn fits(parts: &[String], text: &str) -> bool {
    let [first, between @ .., last] = parts else { return false };
    let Some(text) = text.strip_prefix(first.as_str()) else { return false };
    let Some(mut text) = text.strip_suffix(last.as_str()) else { return false };
    for part in between {
        match text.char_indices().skip(1).find(|(at, _)| text[*at..].starts_with(part.as_str())) {
            Some((at, _)) => text = &text[at + part.len()..],
            None => return false,
        }
    }
    !text.is_empty()
}

/// The texts of a Fluent catalogue: of a message that depends on a number, each of its forms.
fn texts(catalogue: &str) -> Vec<String> {
    let mut messages: Vec<String> = Vec::new();
    for line in catalogue.lines() {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            messages.push(line.split_once('=').map_or(String::new(), |(_, text)| text.trim().to_owned()));
        } else if !line.starts_with('#')
            && let Some(message) = messages.last_mut()
        {
            message.push('\n');
            message.push_str(line.trim());
        }
    }
    messages.iter().flat_map(|message| forms(message)).collect()
}

/// Every form of one pattern.
fn forms(pattern: &str) -> Vec<String> {
    let Some((before, behind)) = pattern.split_once('{') else { return vec![pattern.trim().to_owned()] };
    let end = closing(behind);
    let (placed, behind) = (&behind[..end], behind.get(end + 1..).unwrap_or_default());
    let placed = match placed.split_once("->") {
        Some((_, variants)) => variants_of(variants),
        None => match placed.trim().strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(text) => vec![text.to_owned()],
            None => vec![VARIABLE.to_string()],
        },
    };
    let behind = forms_within(behind);
    let mut all = Vec::new();
    for one in &placed {
        all.extend(behind.iter().map(|behind| format!("{before}{one}{behind}").trim().to_owned()));
    }
    all
}

/// As [`forms`], without taking spaces off: they stand between two parts of one text.
fn forms_within(pattern: &str) -> Vec<String> {
    let spaces = pattern.len() - pattern.trim_start().len();
    forms(pattern).into_iter().map(|form| format!("{}{form}", &pattern[..spaces])).collect()
}

/// Where the bracket closes that is open before `text`.
fn closing(text: &str) -> usize {
    let (mut open, mut quoted) = (1, false);
    text.find(|c| {
        match c {
            '"' => quoted = !quoted && open == 1,
            '{' if !quoted => open += 1,
            '}' if !quoted => open -= 1,
            _ => {}
        }
        open == 0
    })
    .unwrap_or(text.len())
}

/// The forms of `[one] a *[other] b`, each on a line of its own.
fn variants_of(variants: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut depth = 0_i32;
    for line in variants.lines() {
        let named = line.trim_start_matches('*');
        let text = (depth == 0 && named.starts_with('[')).then(|| named.split_once(']')).flatten();
        match (text, found.last_mut()) {
            (Some((_, text)), _) => found.push(text.trim().to_owned()),
            (None, Some(last)) => {
                last.push('\n');
                last.push_str(line);
            }
            (None, None) => {}
        }
        depth += i32::try_from(line.matches('{').count()).unwrap_or(0);
        depth -= i32::try_from(line.matches('}').count()).unwrap_or(0);
    }
    found.iter().flat_map(|form| forms(form)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "\
# a comment = no
ui-connect = Connect a provider
ui-disconnect = Disconnect { $name }?
ui-born = born { $date }
ui-found =
    { $count ->
        [one] One record was found
       *[other] { $shown } records were found
    }
ui-held = { $count ->
    [one] 1 provider
   *[other] { $shown } providers
}, fetched { $when }
ui-page = Page { \"{\" }page
steps =
    Open the page.
    Tick every kind.
";

    fn found(page: &str) -> Vec<String> {
        findings(&[
            ("crates/words/locales/en.ftl".to_owned(), ENGLISH.to_owned()),
            ("docs/guide/src/a.md".to_owned(), page.to_owned()),
        ])
    }

    #[test]
    fn what_the_trial_of_a_package_presses_is_on_the_screen() {
        let script = "one.press(\"wholechart\", \"Connect a provider\")\none.press(\"wholechart\", \"Go\")\n";
        let files = [
            ("crates/words/locales/en.ftl".to_owned(), ENGLISH.to_owned()),
            (EVENING.to_owned(), script.to_owned()),
        ];
        assert_eq!(findings(&files), [format!("{EVENING}:2: “Go”: the app does not say that")]);
    }

    #[test]
    fn a_word_that_the_app_does_not_say_is_found() {
        assert_eq!(found("Press **Connect a provider**."), [""; 0]);
        assert_eq!(
            found("x\n\nPress **Connect provider**."),
            [
                "docs/guide/src/a.md:3: **Connect provider**: the app does not say that (bold is for its own words)"
            ]
        );
    }

    #[test]
    fn a_word_of_the_other_language_is_found() {
        let files = |page: &str| {
            vec![
                ("crates/words/locales/en.ftl".to_owned(), ENGLISH.to_owned()),
                ("crates/words/locales/es.ftl".to_owned(), "ui-connect = Conectar un proveedor\n".to_owned()),
                ("docs/guide-es/src/a.md".to_owned(), page.to_owned()),
            ]
        };
        assert!(findings(&files("**Conectar un proveedor**")).is_empty());
        assert_eq!(findings(&files("**Connect a provider**")).len(), 1);
    }

    #[test]
    fn names_and_figures_may_stand_where_the_app_puts_them() {
        assert_eq!(
            found("**Disconnect Lakeside Clinic?** **One record was found** **12 records were found**"),
            [""; 0]
        );
        assert_eq!(found("**300 providers, fetched today** **1 provider, fetched today**"), [""; 0]);
        assert_eq!(found("**Disconnect ?** **Disconnect Lakeside Clinic**").len(), 2);
        assert_eq!(found("**born to be wild**").len(), 1, "four letters agree to anything");
    }

    #[test]
    fn each_line_of_a_list_is_a_text() {
        assert_eq!(found("**Open the page.** **Tick every kind.** **Page {page**"), [""; 0]);
        assert_eq!(found("**a comment** **no**").len(), 2);
    }

    #[test]
    fn a_page_outside_the_contents_is_found() {
        let page = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let mut files = vec![
            page("docs/guide/src/SUMMARY.md", "- [A](a.md)\n- [B](b/c.md)"),
            page("docs/guide/src/a.md", ""),
            page("docs/guide/src/b/c.md", ""),
        ];
        assert!(findings(&files).is_empty());
        files.push(page("docs/guide/src/d.md", ""));
        assert_eq!(findings(&files).len(), 1);
    }

    #[test]
    fn a_portal_without_a_page_is_found() {
        let card = |id: &str| {
            let cards = format!("[{{\"id\": \"{id}\"}}, {{\"id\": \"sandbox\", \"testServer\": true}}]");
            vec![(CARDS.to_owned(), cards), ("docs/guide/src/portals/epic.md".to_owned(), String::new())]
        };
        assert!(findings(&card("epic")).is_empty());
        assert_eq!(
            findings(&card("va-health")),
            ["docs/guide/src/portals/va-health.md: there is a card for it and no page"]
        );
    }
}

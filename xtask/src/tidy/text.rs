//! Rules about what stands in a file.

/// Source and documents of our own; not what a tool wrote.
pub(super) fn is_ours(path: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".rs", ".ts", ".js", ".svelte", ".css", ".html", ".ftl", ".toml", ".md", ".sh", ".yml", ".sql",
        ".typ", ".json", ".ci/run",
    ];
    let written_by_a_tool = path.ends_with("package-lock.json")
        || path.contains("/generated/")
        || path.starts_with("gen/")
        || path.contains("/snapshots/");
    ENDINGS.iter().any(|ending| path.ends_with(ending)) && !written_by_a_tool
}

/// Longer than this, a file is asked whether it is one thing.
const LONG: usize = 600;

/// Left-over marks. Written apart, so that this file does not find itself.
const MARKS: &[&str] =
    &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("todo", "!("), concat!("unimplemented", "!(")];

/// Folders of somebody's own machine.
const PLACES: &[&str] = &[
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("C:\\", "Users"),
    concat!("/wo", "rk/"),
];

/// Where differences between operating systems may be written.
const PLATFORM: &[&str] = &[
    "crates/api/src/assistant/socket.rs",
    "crates/cli/tests/",
    "crates/document/src/limits.rs",
    "crates/document/tests/child.rs",
    "crates/import/tests/",
    "crates/store/src/private.rs",
    "crates/store/src/tests/killed/",
    "crates/store/src/tests/private.rs",
    "src-tauri/computer.rs",
    "src-tauri/main.rs",
    "src-tauri/menu.rs",
    "xtask/",
    "tests/e2e/",
];
const SYSTEMS: &[&str] =
    &["target_os", "target_family", "cfg(windows)", "cfg(unix)", "cfg!(windows)", "cfg!(unix)"];

/// Pure packages: no I/O, no clock, no randomness.
const PURE: &[&str] = &[
    "crates/html/src/",
    "crates/fhir/src/",
    "crates/ccda/src/",
    "crates/words/src/",
    "crates/names/src/",
    "crates/record/src/",
];
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "println!",
];

/// Every rule that this file breaks, with the line.
pub(super) fn findings(path: &str, content: &str) -> Vec<String> {
    let rust = std::path::Path::new(path).extension().is_some_and(|ending| ending == "rs");
    let script = std::path::Path::new(path).extension().is_some_and(|ending| ending == "js");
    let ui = path.starts_with("ui/");
    let mut findings = Vec::new();
    let mut found = |line: usize, what: &str| findings.push(format!("{path}:{}: {what}", line + 1));
    // Tests bring hostile markup and made-up addresses on purpose.
    let test = path.contains(".test.") || path.contains("/test/") || path.contains("/tests/");
    for (number, line) in content.lines().enumerate() {
        if let Some(mark) = MARKS.iter().find(|mark| has_word(line, mark)) {
            found(number, &format!("{mark}: finish it, or file it"));
        }
        if let Some(place) = PLACES.iter().find(|place| !test && names_place(line, place)) {
            found(number, &format!("{place} is a folder of one machine"));
        }
        if ui && !test && !script && has_inline_style(line) {
            found(number, "an inline style: the content security policy refuses it");
        }
        if !rust {
            continue;
        }
        let code = line.split("//").next().unwrap_or_default();
        if SYSTEMS.iter().any(|word| code.contains(word))
            && !PLATFORM.iter().any(|place| path.starts_with(place))
        {
            found(number, &format!("a difference between systems: those live in {}", PLATFORM.join(", ")));
        }
        if PURE.iter().any(|place| path.starts_with(place))
            && let Some(word) = IMPURE.iter().find(|word| code.contains(*word))
        {
            found(number, &format!("{word} in a pure package: pass it in"));
        }
    }
    findings
}

/// A remark on the file that fails nothing.
pub(super) fn note(path: &str, content: &str) -> Option<String> {
    let code = [".rs", ".ts", ".svelte", ".css"].iter().any(|ending| path.ends_with(ending));
    let lines = content.lines().count();
    (code && lines > LONG).then(|| format!("{path} has {lines} lines: is it one thing?"))
}

/// The window has one door to the backend: at most one file of the UI imports Tauri.
pub(super) fn doors(files: &[(String, String)]) -> Vec<String> {
    let doors: Vec<&str> = files
        .iter()
        .filter(|(path, _)| path.starts_with("ui/src/") && !path.contains(".test."))
        .filter(|(_, content)| {
            content.contains("from '@tauri-apps/") || content.contains("from \"@tauri-apps/")
        })
        .map(|(path, _)| path.as_str())
        .collect();
    if doors.len() > 1 {
        vec![format!("more than one door to the backend: {}", doors.join(", "))]
    } else {
        Vec::new()
    }
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let end = start + word.len();
        let letter = |c: char| c.is_alphanumeric() || c == '_';
        !line[..start].ends_with(letter) && (word.ends_with('(') || !line[end..].starts_with(letter))
    })
}

/// `place` with a name after it, and no longer path or address before it.
fn names_place(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + place.len()..].chars().next();
        !before.is_some_and(|c| c.is_alphanumeric() || "./$}_-*".contains(c))
            && after.is_some_and(|c| c.is_alphanumeric() || c == '\\' || c == '.')
    })
}

/// `style="…"` or `style={…}` as an attribute; Svelte's `style:name` sets properties, which is allowed.
fn has_inline_style(line: &str) -> bool {
    [concat!("style", "=\""), concat!("style", "='"), concat!("style", "={")]
        .iter()
        .any(|word| line.match_indices(word).any(|(start, _)| line[..start].ends_with(char::is_whitespace)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_left_over_mark_is_found() {
        let content = concat!("fn a() {}\n// TO", "DO: later\n");
        assert_eq!(findings("crates/x/src/lib.rs", content).len(), 1);
        assert!(findings("crates/x/src/lib.rs", "// a methodology\n").is_empty());
    }

    #[test]
    fn a_folder_of_one_machine_is_found() {
        assert_eq!(findings("README.md", concat!("see /ho", "me/anna/x\n")).len(), 1);
        assert_eq!(findings("README.md", concat!("see \"/wo", "rk/main\"\n")).len(), 1);
        assert!(findings("README.md", concat!("https://example.org/ho", "me/start\n")).is_empty());
    }

    #[test]
    fn an_inline_style_is_found_and_a_style_directive_is_not() {
        assert_eq!(findings("ui/src/App.svelte", concat!("<p style", "=\"color: red\">\n")).len(), 1);
        assert!(findings("ui/src/App.svelte", "<p style:color={colour} class=\"x\">\n").is_empty());
    }

    #[test]
    fn a_difference_between_systems_has_one_place() {
        let content = "#[cfg(target_os = \"macos\")]\nfn a() {}\n";
        assert_eq!(findings("crates/store/src/lib.rs", content).len(), 1);
        assert!(findings("src-tauri/main.rs", content).is_empty());
        assert!(findings("crates/store/src/lib.rs", "// not here: cfg(windows)\n").is_empty());
    }

    #[test]
    fn the_clock_is_found_in_a_pure_package_only() {
        let content = "let now = Utc::now();\n";
        assert_eq!(findings("crates/record/src/lib.rs", content).len(), 1);
        assert!(findings("crates/sync/src/lib.rs", content).is_empty());
    }

    #[test]
    fn a_second_door_is_found() {
        let door = "import { invoke } from '@tauri-apps/api/core';\n".to_owned();
        let one = vec![("ui/src/lib/door.ts".to_owned(), door.clone())];
        assert!(doors(&one).is_empty());
        let two = [one, vec![("ui/src/App.svelte".to_owned(), door)]].concat();
        assert_eq!(doors(&two).len(), 1);
    }

    #[test]
    fn a_long_file_is_a_note() {
        assert!(note("crates/x/src/lib.rs", &"a\n".repeat(601)).is_some());
        assert!(note("crates/x/src/lib.rs", &"a\n".repeat(600)).is_none());
    }
}

//! Imports between the files of one package never go in a circle, except where `docs/architecture.md` names it.
//!
//! Read from `use` lines and from `crate::`, `super::` and `self::` paths written in place; a re-export of the package's
//! root counts as the file it comes from. `mod` lines are no imports: a file may divide itself into further ones.

use std::collections::{BTreeMap, BTreeSet};

/// The packages that are looked at, by folder.
const PACKAGES: &[&str] = &[
    "crates/html",
    "crates/fhir",
    "crates/ccda",
    "crates/words",
    "crates/names",
    "crates/record",
    "crates/store",
    "crates/smart",
    "crates/sync",
    "crates/api",
];

/// A module by its path below the root, which is empty.
type Module = Vec<String>;

/// Every circle that `architecture` does not name in one line with all its files.
pub(super) fn findings(files: &[(String, String)], architecture: &str) -> Vec<String> {
    let mut findings = Vec::new();
    for package in PACKAGES {
        let source = format!("{package}/src/");
        let modules: BTreeMap<Module, (&str, String)> = files
            .iter()
            .filter_map(|(path, content)| {
                let below = path.strip_prefix(&source)?.strip_suffix(".rs")?;
                let tests = below == "tests" || below.starts_with("tests/") || below.contains("/tests/");
                let below = below.strip_suffix("/mod").unwrap_or(below);
                let module: Module =
                    if below == "lib" { Vec::new() } else { below.split('/').map(str::to_owned).collect() };
                (!tests).then(|| (module, (path.as_str(), code(content))))
            })
            .collect();
        for circle in circles(&edges(&modules)) {
            let paths: Vec<&str> = circle.iter().map(|module| modules[module].0).collect();
            let named = |line: &str| paths.iter().all(|path| line.contains(&format!("`{path}`")));
            if !architecture.lines().any(named) {
                findings.push(format!("a circle of imports: {}", paths.join(", ")));
            }
        }
    }
    findings
}

/// Which modules each module uses, itself and the root's own lines left out.
fn edges(modules: &BTreeMap<Module, (&str, String)>) -> BTreeMap<Module, BTreeSet<Module>> {
    let root = modules.get(&Vec::new()).map(|(_, code)| reexports(code)).unwrap_or_default();
    let mut edges = BTreeMap::new();
    for (module, (_, code)) in modules.iter().filter(|(module, _)| !module.is_empty()) {
        let mut used = BTreeSet::new();
        for path in paths(code) {
            let mut at = match path.first().map(String::as_str) {
                Some("crate") => path[1..].to_vec(),
                Some("self") => [module.as_slice(), &path[1..]].concat(),
                Some("super") => {
                    let up = path.iter().take_while(|part| *part == "super").count();
                    let Some(left) = module.len().checked_sub(up) else { continue };
                    [&module[..left], &path[up..]].concat()
                }
                _ => continue,
            };
            if let Some(from) = at.first().filter(|name| !modules.contains_key(&vec![(*name).clone()])) {
                match root.get(from) {
                    Some(from) => at.clone_from(from),
                    // Of another package, or the root's own.
                    None => continue,
                }
            }
            while !modules.contains_key(&at) {
                at.pop();
            }
            if at != *module && !at.is_empty() {
                used.insert(at);
            }
        }
        edges.insert(module.clone(), used);
    }
    edges
}

/// The root's names with the path of the file each comes from.
fn reexports(root: &str) -> BTreeMap<String, Module> {
    let uses = statements(root).into_iter().flat_map(|tree| expand(&tree));
    let own = |path: &Module| {
        !matches!(path[0].as_str(), "std" | "core" | "alloc") && !path[0].starts_with("wholechart")
    };
    uses.filter(|path| path.len() > 1 && own(path))
        .filter_map(|path| {
            let path: Module = path.into_iter().filter(|part| part != "crate" && part != "self").collect();
            let (name, from) = path.split_last()?;
            Some((name.clone(), from.to_vec()))
        })
        .collect()
}

/// All paths of a file's code: of its `use` lines, and written in place.
fn paths(code: &str) -> Vec<Module> {
    let mut found: Vec<Module> = statements(code).iter().flat_map(|tree| expand(tree)).collect();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '$')) {
                continue;
            }
            let end = code[at..]
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':')))
                .unwrap_or(code.len() - at);
            if code[at..at + end].ends_with("::") {
                // A tree, which `statements` takes apart.
                continue;
            }
            found.push(
                code[at..at + end].split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect(),
            );
        }
    }
    found
}

/// What stands between `use` and `;`, without blanks.
fn statements(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let line = code[..at].rsplit('\n').next().unwrap_or_default().trim();
        if line.is_empty() || line.starts_with("pub") {
            let tree = code[at + 4..].split(';').next().unwrap_or_default();
            found.push(tree.replace(" as ", "\u{1}").split_whitespace().collect());
        }
    }
    found
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`; another name for something is dropped.
fn expand(tree: &str) -> Vec<Module> {
    let Some(open) = tree.find('{') else {
        let path = tree.split('\u{1}').next().unwrap_or_default();
        return vec![path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()];
    };
    let front: Module = tree[..open].split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let inside = tree[open + 1..].strip_suffix('}').unwrap_or(&tree[open + 1..]);
    let (mut depth, mut from, mut parts) = (0_usize, 0, Vec::new());
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&inside[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[from..]);
    let parts = parts.into_iter().filter(|part| !part.is_empty()).flat_map(expand);
    parts
        .map(|part| {
            let part = if part == ["self"] { Vec::new() } else { part };
            [front.as_slice(), &part].concat()
        })
        .collect()
}

/// A file's code without comments and texts, and without its test module.
fn code(content: &str) -> String {
    let content = content.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut code = String::with_capacity(content.len());
    for line in content.lines() {
        let mut text = false;
        let mut before = ' ';
        for (at, c) in line.char_indices() {
            match c {
                '"' if before != '\\' && before != '\'' => text = !text,
                '/' if !text && line[at..].starts_with("//") => break,
                _ if !text => code.push(c),
                _ => {}
            }
            before = c;
        }
        code.push('\n');
    }
    code
}

/// Groups of modules that reach one another (Tarjan would be faster; there are some hundred files).
fn circles(edges: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<BTreeSet<Module>> {
    let reach = |from: &Module| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(module) = next.pop() {
            for used in edges.get(module).into_iter().flatten() {
                if seen.insert(used) {
                    next.push(used);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&Module, BTreeSet<&Module>> =
        edges.keys().map(|module| (module, reach(module))).collect();
    let mut found: BTreeSet<BTreeSet<Module>> = BTreeSet::new();
    for (module, all) in &reached {
        if all.contains(module) {
            let back = |other: &&&Module| reached.get(**other).is_some_and(|back| back.contains(module));
            found.insert(all.iter().filter(back).map(|other| (*other).clone()).collect());
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)], architecture: &str) -> Vec<String> {
        let files: Vec<_> = files
            .iter()
            .map(|(path, text)| (format!("crates/fhir/src/{path}"), (*text).to_owned()))
            .collect();
        findings(&files, architecture)
    }

    #[test]
    fn a_circle_is_found_through_use_lines_re_exports_and_paths_in_place() {
        let files = [
            ("lib.rs", "mod a;\nmod b;\nmod c;\npub use c::Thing;\n"),
            ("a.rs", "use crate::b::{self, Other};\n"),
            ("b.rs", "fn f() -> crate::Thing { todo }\n"),
            ("c.rs", "// nothing\nfn g() { super::a::h() }\n"),
        ];
        let circle = "a circle of imports: crates/fhir/src/a.rs, crates/fhir/src/b.rs, crates/fhir/src/c.rs";
        assert_eq!(found(&files, ""), [circle]);
        let named = "| `crates/fhir/src/a.rs`, `crates/fhir/src/b.rs`, `crates/fhir/src/c.rs` | a reason |";
        assert!(found(&files, named).is_empty());
    }

    #[test]
    fn what_is_no_circle_is_not_found() {
        let files = [
            ("lib.rs", "mod a;\nmod b;\n"),
            ("a.rs", "mod inner;\nuse crate::b;\n"),
            // A part uses what it is a part of; the whole only divides itself.
            ("a/inner.rs", "use super::Whole;\nuse super::{\n    other::{X, Y},\n};\n"),
            ("a/other.rs", ""),
            (
                "b.rs",
                "//! See crate::a.\nconst WORDS: &str = \"crate::a\";\n#[cfg(test)]\nmod tests {\n    use crate::a;\n}\n",
            ),
        ];
        assert_eq!(found(&files, ""), Vec::<String>::new());
    }
}

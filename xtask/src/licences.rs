//! `cargo xtask licences`: what the app is built from and under which licences, for its page "About and Licenses".
//!
//! Made from what cargo and npm say of the packages that are shipped. `cargo xtask tidy` compares the list with the
//! lock files, so that it cannot grow stale in silence.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::process::output_of;
use crate::root;

/// The list, beside the screen that shows it.
const LIST: &str = "ui/src/lib/about/generated/licences.json";
/// The workspace's packages that are shipped; what they are built from is listed.
const SHIPPED: &[&str] = &["wholechart", "wholechart-cli"];
/// Needed to build the window as far as npm knows, and compiled into it all the same.
const COMPILED_IN: &[&str] = &["svelte"];
/// Files of others that no package manager knows of.
const FONTS: (&str, &str, &str) = (
    "Inter, Noto Sans Hebrew, Vazirmatn (fonts of the printed pages)",
    "OFL-1.1",
    "crates/print/fonts/OFL.txt",
);

/// A package that is shipped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    /// Name and version.
    name: String,
    /// SPDX expression, as the package states it.
    licence: String,
    /// Where its files are.
    folder: PathBuf,
}

/// Writes the list anew.
pub(crate) fn licences() -> Result<(), String> {
    let mut groups: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    let mut silent = Vec::new();
    for package in shipped(&metadata()?, &npm()?)? {
        let text = licence_text(&package);
        if text.is_empty() {
            silent.push(package.name.clone());
        }
        groups.entry((package.licence, text)).or_default().insert(package.name);
    }
    let (fonts, licence, file) = FONTS;
    let text = fs::read_to_string(root().join(file)).map_err(|error| format!("{file}: {error}"))?;
    groups.entry((licence.to_owned(), text)).or_default().insert(fonts.to_owned());

    let list: Vec<Value> = groups
        .into_iter()
        .map(|((licence, text), packages)| json!({"licence": licence, "text": text, "packages": packages}))
        .collect();
    let path = root().join(LIST);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{LIST}: {error}"))?;
    }
    let text = serde_json::to_string_pretty(&list).map_err(|error| format!("{LIST}: {error}"))?;
    fs::write(&path, text + "\n").map_err(|error| format!("{LIST}: {error}"))?;
    println!("{} licences in {LIST}", list.len());
    if !silent.is_empty() {
        println!(
            "Without a licence file of their own, listed by their licence's name: {}",
            silent.join(", ")
        );
    }
    Ok(())
}

/// The list as a text, for a package: whose work is in it, and under which terms.
pub(crate) fn notices() -> Result<String, String> {
    let text = fs::read_to_string(root().join(LIST)).map_err(|error| format!("{LIST}: {error}"))?;
    let list: Value = serde_json::from_str(&text).map_err(|error| format!("{LIST}: {error}"))?;
    let groups = list.as_array().filter(|groups| !groups.is_empty()).ok_or(format!("{LIST} is empty"))?;
    let mut notices = String::from("It is built from the work of others:\n");
    for group in groups {
        let packages: Vec<String> = group["packages"].as_array().into_iter().flatten().map(word).collect();
        let line = "-".repeat(80);
        // Writing to a String cannot fail.
        let _ = write!(notices, "\n{line}\n{}\n{}\n", packages.join("\n"), word(&group["licence"]));
        let terms = word(&group["text"]);
        if !terms.is_empty() {
            let _ = write!(notices, "\n{terms}\n");
        }
    }
    Ok(notices)
}

/// What is shipped and not listed, or listed and not shipped.
pub(crate) fn stale(metadata: &Value) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(root().join(LIST)).unwrap_or_default();
    let list: Value = serde_json::from_str(&text).unwrap_or_default();
    let shipped: BTreeSet<String> =
        shipped(metadata, &npm()?)?.into_iter().map(|package| package.name).collect();
    Ok(differences(&listed(&list), &shipped))
}

fn differences(listed: &BTreeSet<String>, shipped: &BTreeSet<String>) -> Vec<String> {
    let missing = shipped.difference(listed).map(|name| format!("{name} is shipped and not in {LIST}"));
    let gone = listed.difference(shipped).map(|name| format!("{name} is in {LIST} and not shipped"));
    let mut found: Vec<String> = missing.chain(gone).collect();
    if !found.is_empty() {
        found.push("run `cargo xtask licences`".to_owned());
    }
    found
}

fn listed(list: &Value) -> BTreeSet<String> {
    let groups = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let packages = groups.iter().filter_map(|group| group["packages"].as_array()).flatten();
    packages.filter_map(Value::as_str).filter(|name| *name != FONTS.0).map(str::to_owned).collect()
}

fn metadata() -> Result<Value, String> {
    let text = output_of("cargo", &["metadata", "--format-version", "1", "--locked"])?;
    serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))
}

fn npm() -> Result<Value, String> {
    let text = fs::read_to_string(root().join("ui/package-lock.json"))
        .map_err(|error| format!("ui/package-lock.json: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("ui/package-lock.json: {error}"))
}

/// Every package of others that is compiled into what is shipped, of both worlds, sorted.
fn shipped(metadata: &Value, npm: &Value) -> Result<BTreeSet<Package>, String> {
    let mut found = crates(metadata)?;
    let packages = npm["packages"].as_object().ok_or("ui/package-lock.json: no packages")?;
    for (path, package) in packages {
        let Some((_, name)) = path.rsplit_once("node_modules/") else { continue };
        let only_to_build = package["dev"] == true || package["devOptional"] == true;
        if only_to_build && !COMPILED_IN.contains(&name) {
            continue;
        }
        found.insert(Package {
            name: format!("{name} {}", word(&package["version"])),
            licence: word(&package["license"]),
            folder: root().join("ui").join(path),
        });
    }
    Ok(found)
}

/// The crates below the shipped packages: what is linked, not what only builds or tests.
fn crates(metadata: &Value) -> Result<BTreeSet<Package>, String> {
    let array = |value: &Value| value.as_array().cloned().ok_or("cargo metadata: a list is missing");
    let mut packages = BTreeMap::new();
    for package in array(&metadata["packages"])? {
        packages.insert(word(&package["id"]), package);
    }
    let ours: BTreeSet<String> = array(&metadata["workspace_members"])?.iter().map(word).collect();
    let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for node in array(&metadata["resolve"]["nodes"])? {
        let linked = |used: &Value| {
            used["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
        };
        let below =
            array(&node["deps"])?.iter().filter(|used| linked(used)).map(|used| word(&used["pkg"])).collect();
        uses.insert(word(&node["id"]), below);
    }
    let name_of = |id: &String| packages.get(id).map(|package| word(&package["name"])).unwrap_or_default();
    let mut next: Vec<String> =
        ours.iter().filter(|id| SHIPPED.contains(&name_of(id).as_str())).cloned().collect();
    let mut seen = BTreeSet::new();
    let mut found = BTreeSet::new();
    while let Some(id) = next.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        next.extend(uses.get(&id).cloned().unwrap_or_default());
        let Some(package) = packages.get(&id).filter(|_| !ours.contains(&id)) else { continue };
        let manifest = PathBuf::from(word(&package["manifest_path"]));
        found.insert(Package {
            name: format!("{} {}", word(&package["name"]), word(&package["version"])),
            licence: word(&package["license"]).replace('/', " OR "),
            folder: manifest.parent().map(Path::to_path_buf).unwrap_or_default(),
        });
    }
    Ok(found)
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The text of the licence the package comes under: MIT's where there is a choice, else all that is there.
fn licence_text(package: &Package) -> String {
    let mut files: Vec<PathBuf> = fs::read_dir(&package.folder)
        .into_iter()
        .flatten()
        .filter_map(|item| Some(item.ok()?.path()))
        .filter(|path| path.is_file() && is_licence(path))
        .collect();
    files.sort();
    let mit = |path: &&PathBuf| file_name(path).contains("mit");
    if package.licence.contains(" OR ")
        && package.licence.contains("MIT")
        && let Some(chosen) = files.iter().find(mit)
    {
        files = vec![chosen.clone()];
    }
    let texts: Vec<String> = files
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .map(|text| text.replace("\r\n", "\n").trim().to_owned())
        .collect();
    texts.join("\n\n---\n\n")
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn is_licence(path: &Path) -> bool {
    let name = file_name(path);
    let code = [".rs", ".js", ".py"].iter().any(|ending| name.ends_with(ending));
    !code && ["licen", "copying", "unlicense", "notice"].iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tests_or_builds_is_not_shipped() {
        let used = |name: &str, kind: Value| json!({"pkg": name, "dep_kinds": [{"kind": kind}]});
        let package = |name: &str| json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0", "manifest_path": format!("x/{name}/Cargo.toml")});
        let packages = ["wholechart", "linked", "below", "builds", "tests", "other"].map(package);
        let metadata = json!({
            "packages": packages,
            "workspace_members": ["wholechart"],
            "resolve": {"nodes": [
                {"id": "wholechart", "deps": [
                    used("linked", Value::Null), used("builds", json!("build")), used("tests", json!("dev")),
                ]},
                {"id": "linked", "deps": [used("below", Value::Null)]},
                {"id": "below", "deps": []},
                {"id": "builds", "deps": [used("other", Value::Null)]},
                {"id": "tests", "deps": []},
                {"id": "other", "deps": []},
            ]},
        });
        let npm = json!({"packages": {
            "": {"name": "ui"},
            "node_modules/@scope/window": {"version": "2.0.0", "license": "ISC"},
            "node_modules/tester": {"version": "3.0.0", "license": "MIT", "dev": true},
            "node_modules/svelte": {"version": "5.0.0", "license": "MIT", "dev": true},
        }});
        let names: Vec<String> = shipped(&metadata, &npm).unwrap().into_iter().map(|p| p.name).collect();
        assert_eq!(names, ["@scope/window 2.0.0", "below 1.0.0", "linked 1.0.0", "svelte 5.0.0"]);
    }

    #[test]
    fn the_notices_name_every_package_with_its_terms() {
        let text = fs::read_to_string(root().join(LIST)).unwrap();
        let list: Value = serde_json::from_str(&text).unwrap();
        let notices = notices().unwrap();
        for group in list.as_array().unwrap() {
            for package in group["packages"].as_array().unwrap() {
                assert!(notices.contains(package.as_str().unwrap()), "{package}");
            }
            assert!(notices.contains(group["text"].as_str().unwrap()), "{}", group["licence"]);
        }
    }

    #[test]
    fn a_list_that_is_stale_is_found_from_both_sides() {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(differences(&set(&["a 1", "b 1"]), &set(&["a 1", "b 1"])), Vec::<String>::new());
        let found = differences(&set(&["a 1", "b 1"]), &set(&["a 2", "b 1"]));
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("a 2 is shipped") && found[1].starts_with("a 1 is in"), "{found:?}");
    }
}

//! `cargo xtask package`: what somebody installs, and whether it is fit to be handed out.
//!
//! In the order in which it happens: the two programs are built as they are handed out, searched for what only tests may
//! hold (`shipped.rs`), and put into packages by Tauri's bundler with everything that belongs beside them (`contents.rs`) and
//! what they need of a system (`needs.rs`); then the packages are opened again (`opened.rs`). `cargo xtask package test`
//! installs one on a new Debian and uses it (`trial.rs`).

mod contents;
mod needs;
mod opened;
mod shipped;
mod trial;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use crate::machine::on_path;
use crate::process::output_of;
use crate::setup::{self, Purpose};
use crate::stages::Stages;
use crate::test::{cargo, npm};
use crate::{root, target_dir};

/// What a package begins as, when no kind is named.
#[cfg(not(any(target_os = "macos", windows)))]
const KINDS: &[&str] = &["deb", "rpm"];
#[cfg(target_os = "macos")]
const KINDS: &[&str] = &["dmg"];
#[cfg(windows)]
const KINDS: &[&str] = &["nsis", "msi"];

/// The two programs, by the packages of the workspace that have them.
const PROGRAMS: &[&str] = &["wholechart", "wholechart-cli"];
/// A macOS package holds one program for both kinds of processors.
const MACOS: &[&str] = &["aarch64-apple-darwin", "x86_64-apple-darwin"];
const UNIVERSAL: &str = "universal-apple-darwin";

/// What is needed to make the packages of Linux and to look into them: a program, and Debian's package that has it.
const TOOLS: &[(&str, &str)] = &[
    ("dpkg-deb", "dpkg"),
    ("dpkg-shlibdeps", "dpkg-dev"),
    ("objdump", "binutils"),
    ("gzip", "gzip"),
    ("desktop-file-validate", "desktop-file-utils"),
    ("appstreamcli", "appstream"),
    ("rpm", "rpm"),
    ("rpm2cpio", "rpm2cpio"),
    ("cpio", "cpio"),
];

/// Builds, checks and packs; `kinds` are the bundler's words, none: those of this system.
pub(crate) fn package(kinds: &[&str]) -> Result<(), String> {
    let kinds = if kinds.is_empty() { KINDS } else { kinds };
    if let Some(other) = kinds.iter().find(|kind| !contents::BUNDLED.contains(kind)) {
        return Err(format!("{other} is no kind of package: {}", contents::BUNDLED.join(", ")));
    }
    let mut stages = Stages::default();
    let set_up = || {
        setup::set_up(Purpose::Window)?;
        setup::npm_packages("packaging")?;
        if cfg!(target_os = "linux") { missing(TOOLS) } else { Ok(()) }
    };
    let made = stages.own("set-up", set_up)
        && stages.programs("window's pages", Duration::from_mins(10), vec![npm("build")])
        && stages.programs("build", Duration::from_hours(5), builds()?)
        && stages.own("nothing of the tests inside", || shipped::look(&programs()))
        && stages.own("what lies beside the programs", || contents::lay_out(&programs()))
        && stages.programs("packages", Duration::from_mins(30), vec![bundler(kinds)])
        && stages.own("into one folder", || gather(kinds));
    if made && cfg!(target_os = "linux") {
        stages.own("what is in them", || opened::look(&made_of(kinds)?));
    }
    stages.finish()?;
    if cfg!(target_os = "linux") { sums(&made_of(kinds)?) } else { Ok(()) }
}

/// Installs the deb on a new Debian, uses it, and removes it.
pub(crate) fn test() -> Result<(), String> {
    trial::trial(&made("deb")?)
}

/// Says of any programs what they hold that only tests may.
pub(crate) fn look(programs: &[&str]) -> Result<(), String> {
    shipped::look(&programs.iter().map(PathBuf::from).collect::<Vec<_>>())
}

/// Names the tools that are not there.
fn missing(tools: &[(&str, &str)]) -> Result<(), String> {
    let absent: Vec<&(&str, &str)> = tools.iter().filter(|(tool, _)| on_path(tool).is_none()).collect();
    if absent.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = absent.iter().map(|(tool, _)| *tool).collect();
    let packages: Vec<&str> = absent.iter().map(|(_, package)| *package).collect();
    Err(format!(
        "Packages are made and looked into with {}, which is not here (Debian: apt-get install {}).",
        names.join(", "),
        packages.join(" ")
    ))
}

/// The builds, as they are handed out: the pages embedded, and nothing of the tests.
fn builds() -> Result<Vec<Command>, String> {
    let mut build = vec!["build", "--release", "--locked", "--features", "wholechart/custom-protocol"];
    for program in PROGRAMS {
        build.extend(["--package", program, "--bin", program]);
    }
    let flags = nameless(&places()?);
    let as_handed_out = |target: Option<&str>| {
        let mut command = cargo(&build);
        if let Some(target) = target {
            command.args(["--target", target]);
        }
        // The configuration is part of the program, and would keep the address of the development server.
        command.env("TAURI_CONFIG", r#"{"build":{"devUrl":null}}"#).env("CARGO_ENCODED_RUSTFLAGS", &flags);
        command
    };
    if !cfg!(target_os = "macos") {
        return Ok(vec![as_handed_out(None)]);
    }
    let mut all: Vec<Command> = MACOS.iter().map(|target| as_handed_out(Some(target))).collect();
    let together = target_dir().join(UNIVERSAL).join("release");
    fs::create_dir_all(&together).map_err(|error| format!("{}: {error}", together.display()))?;
    for program in PROGRAMS {
        let mut lipo = Command::new("lipo");
        lipo.arg("-create").arg("-output").arg(together.join(program));
        lipo.args(MACOS.iter().map(|target| target_dir().join(target).join("release").join(program)));
        all.push(lipo);
    }
    Ok(all)
}

/// Folders of the machine that builds, with what a program may say instead: of two that fit, the later one counts.
fn places() -> Result<Vec<(PathBuf, &'static str)>, String> {
    let home = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from).or(home.map(|home| home.join(".cargo")));
    let toolchain = PathBuf::from(output_of("rustc", &["--print", "sysroot"])?.trim());
    let mut places = vec![(root(), "wholechart"), (target_dir(), "target"), (toolchain, "rust")];
    places.extend(cargo.map(|cargo| (cargo, "cargo")));
    Ok(places)
}

/// The compiler's flags with which a program names none of these folders.
fn nameless(places: &[(PathBuf, &str)]) -> String {
    let flags: Vec<String> = places
        .iter()
        .map(|(place, instead)| format!("--remap-path-prefix={}={instead}", place.display()))
        .collect();
    flags.join("\u{1f}")
}

/// Where a build leaves programs and packages.
fn release() -> PathBuf {
    let folder = if cfg!(target_os = "macos") { target_dir().join(UNIVERSAL) } else { target_dir() };
    folder.join("release")
}

fn programs() -> Vec<PathBuf> {
    PROGRAMS
        .iter()
        .map(|program| release().join(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
        .collect()
}

/// Tauri's bundler over the programs that are built.
fn bundler(kinds: &[&str]) -> Command {
    let mut command = Command::new("node");
    command.arg(Path::new("packaging/node_modules/@tauri-apps/cli/tauri.js"));
    command.args(["bundle", "--ci", "--bundles", &kinds.join(",")]);
    if cfg!(target_os = "macos") {
        command.args(["--target", UNIVERSAL]);
    }
    if cfg!(target_os = "linux") {
        command.arg("--config").arg(contents::config_file());
    }
    command
}

/// The folder of the finished packages.
fn packages() -> PathBuf {
    target_dir().join("packages")
}

/// Moves the packages to where they are looked for, in the place of older ones.
fn gather(kinds: &[&str]) -> Result<(), String> {
    let told = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let to = packages();
    if to.exists() {
        fs::remove_dir_all(&to).map_err(|error| told(&to, error))?;
    }
    fs::create_dir_all(&to).map_err(|error| told(&to, error))?;
    for kind in kinds {
        let from = release().join("bundle").join(kind);
        let mut found = 0;
        for entry in fs::read_dir(&from).map_err(|error| told(&from, error))?.flatten() {
            let path = entry.path();
            if path.is_file() && contents::is_package(&path) {
                fs::rename(&path, to.join(entry.file_name())).map_err(|error| told(&path, error))?;
                found += 1;
            }
        }
        if found != 1 {
            return Err(format!("{}: {found} packages instead of one", from.display()));
        }
    }
    Ok(())
}

/// The finished package with this ending.
fn made(ending: &str) -> Result<PathBuf, String> {
    let files = fs::read_dir(packages()).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut fit = files.filter(|path| path.extension().is_some_and(|one| one == ending));
    fit.next()
        .ok_or_else(|| format!("There is no {ending} in {}: `cargo xtask package`", packages().display()))
}

fn made_of(kinds: &[&str]) -> Result<Vec<PathBuf>, String> {
    let looked_into = kinds.iter().filter(|kind| opened::READABLE.contains(kind));
    looked_into.map(|kind| made(kind)).collect()
}

/// Writes the checksums, and says how large everything is.
fn sums(made: &[PathBuf]) -> Result<(), String> {
    let mut names: Vec<String> = Vec::new();
    for path in made.iter().chain(&programs()) {
        let size = fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?.len();
        println!("{:>7.1} MB  {}", tenths(size), path.display());
    }
    for entry in fs::read_dir(packages()).into_iter().flatten().flatten() {
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let sums = Command::new("sha256sum").args(&names).current_dir(packages()).output();
    let sums = sums.map_err(|error| format!("sha256sum: {error}"))?;
    print!("{}", String::from_utf8_lossy(&sums.stdout));
    let file = packages().join("SHA256SUMS");
    fs::write(&file, &sums.stdout).map_err(|error| format!("{}: {error}", file.display()))
}

#[expect(clippy::cast_precision_loss, reason = "a tenth of a megabyte is exact enough")]
fn tenths(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}

/// The project's `tauri.conf.json`.
fn tauri_config() -> Result<Value, String> {
    let text = fs::read_to_string(root().join("tauri.conf.json"))
        .map_err(|error| format!("tauri.conf.json: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("tauri.conf.json: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_names_no_folder_of_the_machine_that_builds_it() {
        let flags = nameless(&[("/a/b".into(), "x"), ("/c d".into(), "y")]);
        assert_eq!(flags, "--remap-path-prefix=/a/b=x\u{1f}--remap-path-prefix=/c d=y");
    }

    #[test]
    fn the_bundler_is_of_the_line_that_is_compiled_in() {
        let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
        let bundler: Value = serde_json::from_str(&read("packaging/package.json")).unwrap();
        let bundler = bundler["dependencies"]["@tauri-apps/cli"].as_str().unwrap().to_owned();
        let lock = read("Cargo.lock");
        let (_, after) = lock.split_once("name = \"tauri\"\nversion = \"").unwrap();
        let (tauri, _) = after.split_once('"').unwrap();
        let line = |version: &str| version.rsplit_once('.').unwrap().0.to_owned();
        assert_eq!(line(&bundler), line(tauri), "packaging/package.json and Cargo.lock");
        assert!(bundler.starts_with(|first: char| first.is_ascii_digit()), "one version and no other");
    }
}

//! The packages, opened again: every file that should be in them and no other, readable for everybody; the programs in them are the
//! ones that were searched, and find every library here; what a package asks for is what they need.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{contents, needs, programs, shipped};
use crate::process::output_of;

/// The kinds that can be opened here.
pub(super) const READABLE: &[&str] = &["deb", "rpm"];

/// Opens each, and fails with the first thing that is wrong.
pub(super) fn look(packages: &[PathBuf]) -> Result<(), String> {
    for package in packages {
        let kind = package.extension().unwrap_or_default().to_string_lossy().into_owned();
        let folder = contents::folder().join(format!("opened-{kind}"));
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        open(package, &kind, &folder)?;
        let name = package.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files(&kind, &folder).map_err(|why| format!("{name}: {why}"))?;
        asked_for(package, &kind).map_err(|why| format!("{name}: {why}"))?;
        let inside: Vec<PathBuf> =
            ["wholechart", "wholechart-cli"].map(|one| folder.join("usr/bin").join(one)).into();
        shipped::look(&inside)?;
        for program in &inside {
            let libraries = output_of("ldd", &[&program.to_string_lossy()])?;
            if let Some(lost) = libraries.lines().find(|line| line.contains("not found")) {
                return Err(format!("{}: {}", program.display(), lost.trim()));
            }
        }
        let entry = folder.join("usr/share/applications/Wholechart.desktop");
        output_of("desktop-file-validate", &[&entry.to_string_lossy()])?;
        for (there, _) in contents::files(&kind).iter().filter(|(there, _)| there.ends_with(".metainfo.xml"))
        {
            let file = folder.join(there.trim_start_matches('/'));
            output_of("appstreamcli", &["validate", "--no-net", &file.to_string_lossy()])?;
        }
        println!("{name} holds what it should.");
    }
    Ok(())
}

fn open(package: &Path, kind: &str, folder: &Path) -> Result<(), String> {
    let (package, into) = (package.to_string_lossy(), folder.to_string_lossy());
    if kind == "deb" {
        return output_of("dpkg-deb", &["--extract", &package, &into]).map(drop);
    }
    let script = "rpm2cpio \"$1\" | cpio --quiet --extract --make-directories --no-absolute-filenames --directory \"$2\"";
    output_of("sh", &["-c", script, "open", &package, &into]).map(drop)
}

/// The files are those that were meant to be there, and everybody may read them.
fn files(kind: &str, folder: &Path) -> Result<(), String> {
    let wanted = contents::paths(kind, &programs())?;
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(&one).map_err(|error| format!("{}: {error}", one.display()))?.flatten() {
            let path = entry.path();
            let shown = format!("/{}", path.strip_prefix(folder).unwrap_or(&path).display());
            let program = shown.starts_with("/usr/bin/");
            let fits = if path.is_dir() || program { 0o755 } else { 0o644 };
            let mode = mode(&path).map_err(|error| format!("{shown}: {error}"))?;
            if let Some(mode) = mode.filter(|mode| *mode != fits) {
                return Err(format!("{shown} has the mode {mode:o} instead of {fits:o}"));
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(shown);
            }
        }
    }
    differences(&wanted, &found)
}

/// Who may do what with a file; none where files have no such mode.
#[cfg(unix)]
fn mode(path: &Path) -> std::io::Result<Option<u32>> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(Some(fs::symlink_metadata(path)?.permissions().mode() & 0o7777))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "it may fail where files have one")]
fn mode(_path: &Path) -> std::io::Result<Option<u32>> {
    Ok(None)
}

fn differences(wanted: &BTreeSet<String>, found: &BTreeSet<String>) -> Result<(), String> {
    let missing = wanted.difference(found).map(|path| format!("{path} is missing"));
    let beyond = found.difference(wanted).map(|path| format!("{path} was not meant to be there"));
    let wrong: Vec<String> = missing.chain(beyond).collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join(", ")) }
}

/// The package asks for everything that its programs need.
fn asked_for(package: &Path, kind: &str) -> Result<(), String> {
    let package = package.to_string_lossy();
    let (needed, asked) = if kind == "deb" {
        let asked = output_of("dpkg-deb", &["--field", &package, "Depends"])?;
        (needs::of_debian(&programs())?, asked.trim().split(", ").map(str::to_owned).collect::<BTreeSet<_>>())
    } else {
        let asked = output_of("rpm", &["--query", "--package", "--requires", &package])?;
        (needs::of_fedora(&programs())?, asked.lines().map(|line| line.trim().to_owned()).collect())
    };
    let lost: Vec<String> = needed.into_iter().filter(|one| !asked.contains(one)).collect();
    if lost.is_empty() { Ok(()) } else { Err(format!("it does not ask for {}", lost.join(", "))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_too_few_and_a_file_too_many_are_named() {
        let set = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(differences(&set(&["/a", "/b"]), &set(&["/a", "/b"])), Ok(()));
        let why = differences(&set(&["/a", "/b"]), &set(&["/a", "/c"])).unwrap_err();
        assert_eq!(why, "/b is missing, /c was not meant to be there");
    }
}

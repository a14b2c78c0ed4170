//! `cargo xtask mutations [N …]`: breaks each law on purpose, and demands that its test fails.
//!
//! What is broken how, and by which test it is noticed, is written in `tests/laws`, a file a mutation (`file.rs`). The product is changed
//! in a copy of the checkout in the target folder, never in the checkout; the copy is kept there, so that the next run compiles
//! only what differs. A test that does not compile, a filter that finds no test, and a test that fails without the mutation as
//! well prove nothing.

mod file;
mod trial;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use file::seen;
pub(crate) use file::{FOLDER, Law, Mutation, excused, laws};

use crate::process::output_of;
use crate::{root, target_dir};
use trial::Verdict;

/// Tries the mutations of the laws called by number, or all there are, and writes into the file of each by what it was noticed.
pub(crate) fn mutations(numbers: &[&str]) -> Result<(), String> {
    let numbers = numbers
        .iter()
        .map(|number| number.parse().map_err(|_| format!("{number} is no law's number")))
        .collect::<Result<BTreeSet<u32>, String>>()?;
    let mut asked = Vec::new();
    for path in files()? {
        let mutation = Mutation::read(&path, &text_of(&path)?)?;
        if numbers.is_empty() || numbers.contains(&mutation.law) {
            asked.push(mutation);
        }
    }
    if let Some(missing) = numbers.iter().find(|&&number| !asked.iter().any(|one| one.law == number)) {
        return Err(format!("There is no mutation of law {missing} in {FOLDER}"));
    }
    // What is compiled together is tried together.
    asked.sort_by(|a, b| (&a.package, &a.target, a.law).cmp(&(&b.package, &b.target, b.law)));

    let (tree, _alone) = copied()?;
    let today = output_of("date", &["-u", "+%Y-%m-%d"])?;
    let mut alive = Vec::new();
    for group in asked.chunk_by(|a, b| (&a.package, &a.target) == (&b.package, &b.target)) {
        println!("{} {}, as it is …", group[0].package, group[0].target.join(" "));
        let broken = trial::unchanged(&tree, group)?;
        for mutation in group {
            let verdict = trial::broken(&tree, mutation, &broken)?;
            println!("law {:>2}  {}: {verdict}", mutation.law, mutation.name());
            if let Verdict::Noticed(tests) = verdict {
                write_down(mutation, today.trim(), &tests)?;
            } else {
                alive.push(mutation.name().to_owned());
            }
        }
    }
    if alive.is_empty() { Ok(()) } else { Err(format!("Nothing was proved by: {}", alive.join(", "))) }
}

/// Writes into a mutation's file that it was noticed; but not where it was changed meanwhile.
fn write_down(mutation: &Mutation, today: &str, tests: &BTreeSet<String>) -> Result<(), String> {
    let text = text_of(&mutation.path)?;
    if Mutation::read(&mutation.path, &text)? != *mutation {
        return Err(format!("{} was changed while it was tried: try it again", mutation.path));
    }
    fs::write(root().join(&mutation.path), seen(&text, today, tests))
        .map_err(|why| format!("{}: {why}", mutation.path))
}

/// The files of mutations, from the root of the checkout, in the order of their names.
pub(crate) fn files() -> Result<Vec<String>, String> {
    let listed = fs::read_dir(root().join(FOLDER)).map_err(|why| format!("{FOLDER}: {why}"))?;
    let mut files: Vec<String> = listed
        .flatten()
        .filter_map(|file| file.file_name().into_string().ok())
        .filter(|name| name.starts_with(|letter: char| letter.is_ascii_digit()))
        .map(|name| format!("{FOLDER}/{name}"))
        .collect();
    files.sort();
    Ok(files)
}

fn text_of(path: &str) -> Result<String, String> {
    fs::read_to_string(root().join(path)).map_err(|why| format!("{path}: {why}"))
}

/// The checkout as it is now, with what is not committed, in the target folder. A file that is the same there is not written
/// again, or everything would be compiled again. Nobody else may change it as long as the second is held.
fn copied() -> Result<(PathBuf, File), String> {
    let place = target_dir().join("mutations");
    let tree = place.join("tree");
    let alone = fs::create_dir_all(&place).and_then(|()| File::create(place.join("lock")));
    let alone = alone.map_err(|why| format!("{}: {why}", place.display()))?;
    alone.try_lock().map_err(|_| format!("Mutations are being tried in {} already", place.display()))?;
    let listed = output_of("git", &["ls-files", "--cached", "--others", "--exclude-standard"])?;
    let there: BTreeSet<&Path> = listed.lines().map(Path::new).collect();
    for path in &there {
        let (from, to) = (root().join(path), tree.join(path));
        // A file that git still lists may be gone from the work tree.
        let Ok(now) = fs::read(&from) else { continue };
        if fs::read(&to).is_ok_and(|before| before == now) {
            continue;
        }
        let folder = to.parent().expect("a file is in a folder");
        fs::create_dir_all(folder)
            // Its permissions come with it: the linker is a script of the project.
            .and_then(|()| fs::copy(&from, &to))
            .map_err(|why| format!("{}: {why}", to.display()))?;
    }
    for path in files_below(&tree) {
        if path.strip_prefix(&tree).is_ok_and(|path| !there.contains(path) || !root().join(path).exists()) {
            fs::remove_file(&path).map_err(|why| format!("{}: {why}", path.display()))?;
        }
    }
    #[cfg(unix)]
    for (from, to) in [
        // The corpus lies beside the checkout, and the pages that are in the window are no file of git's.
        (root().join("../shared"), place.join("shared")),
        (root().join("ui/dist"), tree.join("ui/dist")),
    ] {
        if from.exists() && !to.exists() {
            std::os::unix::fs::symlink(&from, &to).map_err(|why| format!("{}: {why}", to.display()))?;
        }
    }
    Ok((tree, alone))
}

/// Every file below `folder`; what a link leads to is not below it.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => files.extend(files_below(&entry.path())),
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
    files
}

//! The pages of the manual and the completions for shells, which packages hold: written from the terminal's own definition, and
//! kept in `packaging/linux`. `UPDATE=1` writes all of them anew.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use clap::CommandFactory;
use clap_complete::{Shell, generate_to};

#[path = "../src/options.rs"]
mod options;

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/linux")
}

/// Every file of a folder, by its name.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// Writes all of them into a folder.
fn write(folder: &Path) {
    let (man, completions) = (folder.join("man"), folder.join("completions"));
    for one in [&man, &completions] {
        if one.exists() {
            fs::remove_dir_all(one).unwrap();
        }
        fs::create_dir_all(one).unwrap();
    }
    clap_mangen::generate_to(options::Options::command(), &man).unwrap();
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        generate_to(shell, &mut options::Options::command(), "wholechart-cli", &completions).unwrap();
    }
}

#[test]
fn the_manual_and_the_completions_say_what_the_terminal_takes() {
    if std::env::var_os("UPDATE").is_some() {
        write(&kept());
    }
    let made = tempfile::tempdir().unwrap();
    write(made.path());
    let mut stale = Vec::new();
    for folder in ["man", "completions"] {
        let (now, kept) = (files(&made.path().join(folder)), files(&kept().join(folder)));
        assert!(!now.is_empty(), "{folder}");
        stale.extend(now.keys().chain(kept.keys()).filter(|name| now.get(*name) != kept.get(*name)).cloned());
    }
    stale.dedup();
    assert!(stale.is_empty(), "run this test with UPDATE=1 and read the difference: {stale:?}");
}

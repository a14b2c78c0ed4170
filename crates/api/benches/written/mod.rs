//! The invented life as files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::load::{PROVIDERS, sent};

/// Resources of the file that changes.
pub(crate) const CHANGED: usize = 100;

/// A life of so many facts as files, by provider, a resource a line; the first file of each is a small one.
pub(crate) fn written(facts: u32, folder: &Path) -> BTreeMap<String, Vec<PathBuf>> {
    fs::create_dir_all(folder).unwrap();
    let mut files: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for (provider, resources) in PROVIDERS.into_iter().zip(sent(facts)) {
        let lines: Vec<String> =
            resources.into_iter().map(|one| String::from_utf8(one.bytes).unwrap()).collect();
        let (small, large) = lines.split_at(CHANGED.min(lines.len()));
        for (part, lines) in [small, large].into_iter().enumerate().filter(|(_, lines)| !lines.is_empty()) {
            let path = folder.join(format!("{provider} {part}.ndjson"));
            fs::write(&path, lines.join("\n")).unwrap();
            files.entry(provider.to_owned()).or_default().push(path);
        }
    }
    files
}

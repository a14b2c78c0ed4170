//! The record that the tests judge merging by, as files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::truth;

/// Resources of the file that changes.
pub(crate) const CHANGED: usize = 100;

/// The record as files, by provider, a resource a line; the first file of all is the one that changes.
pub(crate) fn written(entries: usize, folder: &Path) -> BTreeMap<String, Vec<PathBuf>> {
    fs::create_dir_all(folder).unwrap();
    let labelled = truth::record_of(1, entries.div_ceil(7_000));
    let mut texts: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (member, sent) in labelled.members.iter().zip(labelled.sent).take(entries) {
        let of = (member.key.connection.0.clone(), member.key.base.clone());
        texts.entry(of).or_default().push(sent);
    }
    let mut files: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for (number, ((label, _), lines)) in texts.into_iter().enumerate() {
        for (part, lines) in
            [&lines[..CHANGED.min(lines.len())], &lines[CHANGED.min(lines.len())..]].into_iter().enumerate()
        {
            if lines.is_empty() {
                continue;
            }
            let path = folder.join(format!("{number}-{part}.ndjson"));
            fs::write(&path, lines.join("\n")).unwrap();
            files.entry(label.clone()).or_default().push(path);
        }
    }
    files
}

//! Where the public corpus is. It lies beside the checkout and is part of no clone.

#![allow(clippy::print_stdout, reason = "what was not tested belongs in the log")]

use std::path::{Path, PathBuf};

/// The corpus, or none where it is not beside this checkout; under CI that is a failure.
pub(crate) fn corpus() -> Option<PathBuf> {
    let place = "../shared/corpus";
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The app's package is the checkout itself; all others are two folders down.
    let found = [here.join(place), here.join("../..").join(place)].into_iter().find(|path| path.is_dir());
    if found.is_none() {
        println!("the corpus is not beside this checkout; its tests were not run");
        assert!(std::env::var_os("CORPUS_DUE").is_none(), "the corpus must be there under .ci/run");
    }
    found
}

//! `cargo xtask screens`: the pictures in `docs/screens`, from the app in a real window.
//!
//! The end-to-end test of every screen takes more pictures than anybody looks at; those worth keeping are listed here,
//! with few colours, so that the repository stays small.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::process::output_of;
use crate::setup::{self, Purpose};
use crate::stages::Stages;
use crate::test::{cargo, npm};
use crate::{FEATURES, root, target_dir};

/// The pictures that are kept: screen, theme, and how wide the window is or how much larger its words are.
const KEPT: &[&str] = &[
    "home-light-1280",
    "home-dark-1280",
    "home-light-200",
    "results-light-1280",
    "medicines-light-1280",
    "documents-light-1280",
    "timeline-light-1280",
    "timeline-dark-1280",
    "timeline-light-1920",
    "timeline-light-200",
    "record-light-1280",
    "record-light-200",
    "search-light-1280",
    "summary-dark-1280",
    "providers-light-1280",
    "ledger-light-1280",
    "add-provider-light-1280",
    "result-over-time-light-1280",
    "to-ask-light-1280",
    "compare-light-1280",
    "summary-light-1280",
    "people-light-1280",
    "settings-light-1280",
    "contacts-light-1280",
];

/// Takes all and keeps those.
pub(crate) fn screens() -> Result<(), String> {
    let taken = target_dir().join("screens");
    let mut stages = Stages::default();
    let mut walk = cargo(&["test", "--workspace", "--locked", "--features", FEATURES, "--test", "e2e"]);
    walk.args(["--", "in_a_real_window::screens::screens", "--exact"]);
    walk.env("WHOLECHART_DEMO_DIR", &taken);
    let taken_all = stages.own("set-up", || setup::set_up(Purpose::Headless))
        && stages.programs("window's pages", Duration::from_mins(10), vec![npm("build")])
        && stages.programs("every screen", Duration::from_mins(90), vec![walk]);
    if taken_all {
        stages.own("pictures", || keep(&taken, &root().join("docs/screens")));
    }
    stages.finish()
}

/// Puts the kept pictures, made small, into a folder that then holds nothing else.
fn keep(from: &Path, to: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(|error| format!("{}: {error}", to.display()))?;
    for old in fs::read_dir(to).map_err(|error| format!("{}: {error}", to.display()))?.flatten() {
        let name = old.file_name().to_string_lossy().into_owned();
        if !KEPT.iter().any(|kept| name == format!("{kept}.png")) {
            fs::remove_file(old.path()).map_err(|error| format!("{name}: {error}"))?;
        }
    }
    let mut size = 0;
    for name in KEPT {
        let (source, target) = (from.join(format!("{name}.png")), to.join(format!("{name}.png")));
        let (source_text, target_text) = (source.to_string_lossy(), target.to_string_lossy());
        let args = ["--force", "--strip", "--speed=1", "--output", &target_text, "--", "128", &source_text];
        output_of("pngquant", &args)
            .map_err(|error| format!("{error}\npngquant makes the pictures small (Debian: pngquant)"))?;
        size += fs::metadata(&target).map_err(|error| format!("{name}: {error}"))?.len();
    }
    println!("{} pictures, {} KB, in {}", KEPT.len(), size / 1000, to.display());
    Ok(())
}

//! `cargo xtask texts` and `texts-diff`: what every screen says, to be compared with what it said before a change.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::setup::{self, Purpose};
use crate::stages::Stages;
use crate::test::{cargo, npm};
use crate::{FEATURES, root};

/// Walks every screen of a sample record in a real window and leaves its words in `folder`, a file a screen.
pub(crate) fn texts(folder: &Path) -> Result<(), String> {
    let folder = std::path::absolute(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut stages = Stages::default();
    let mut walk = cargo(&["test", "--workspace", "--locked", "--features", FEATURES, "--test", "e2e"]);
    walk.args(["--", "in_a_real_window::texts::texts_of_all_screens", "--exact", "--ignored", "--nocapture"]);
    walk.env("WHOLECHART_TEXTS_DIR", &folder);
    if stages.own("set-up", || setup::set_up(Purpose::Headless))
        && stages.programs("window's pages", Duration::from_mins(10), vec![npm("build")])
    {
        stages.programs("the words of every screen", Duration::from_mins(90), vec![walk]);
    }
    stages.finish()
}

/// Lists every line that differs, screen by screen.
pub(crate) fn compare(old: &Path, new: &Path) -> Result<(), String> {
    for folder in [old, new] {
        if !folder.is_dir() {
            return Err(format!("{} is no folder", folder.display()));
        }
    }
    let mut diff = Command::new("git");
    diff.args(["--no-pager", "diff", "--no-index", "--unified=0", "--stat", "--patch", "--"]);
    let status = diff.args([old, new]).current_dir(root()).status();
    match status.map_err(|error| format!("git could not be started: {error}"))?.code() {
        Some(0) => {
            println!("Every screen says the same.");
            Ok(())
        }
        Some(1) => Ok(()),
        _ => Err("git could not compare the folders".to_owned()),
    }
}

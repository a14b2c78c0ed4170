//! `cargo xtask test`: exactly what continuous integration runs.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::machine;
use crate::runs::Run;
use crate::setup::{self, Purpose};
use crate::stages::Stages;
use crate::{FEATURES, tidy};

/// The end-to-end tests' module; they run in a stage of their own.
const IN_A_WINDOW: &str = "in_a_real_window";

/// How long those may take together.
pub(crate) const IN_THE_WINDOW: Duration = minutes(20);

/// Every check and test, with a line in the log of whole runs.
pub(crate) fn test() -> Result<(), String> {
    let run = Run::begin();
    let mut stages = Stages::default();
    let begun = stages_of(&mut stages);
    run.end(&stages)?;
    begun?;
    stages.finish()
}

/// Only a missing tool or a build that fails ends it early.
fn stages_of(stages: &mut Stages) -> Result<(), String> {
    if !stages.own("set-up", || setup::set_up(Purpose::Headless)) {
        return Ok(());
    }
    stages.programs("format", minutes(5), vec![cargo(&["fmt", "--all", "--check"])]);
    stages.own("tidy", tidy::tidy);
    stages.programs("window's pages: check, test", minutes(15), vec![npm("check"), npm("lint"), npm("test")]);
    // Before anything that compiles the app: it embeds the pages.
    if !stages.programs("window's pages: build", minutes(10), vec![npm("build")]) {
        return Ok(());
    }
    let build = ["build", "--workspace", "--all-targets", "--locked", "--features", FEATURES];
    if !stages.programs("build", minutes(60), vec![cargo(&build)]) {
        return Ok(());
    }
    let seed = property_seed();
    let tests = ["test", "--workspace", "--no-fail-fast", "--locked", "--features", FEATURES];
    let skip = ["--", "--skip", IN_A_WINDOW];
    if cfg!(target_os = "linux") {
        let mut all_but_the_window = in_a_session(&crate::target_dir().join("test-session"))?;
        all_but_the_window.arg("cargo").args(tests).args(skip).envs(seed);
        stages.programs("tests", minutes(45), vec![all_but_the_window]);
        stages.programs("tests in a real window", IN_THE_WINDOW, vec![in_the_window()]);
    } else {
        println!("No other system's web view can be driven from outside: the window is tested on Linux.");
        let mut all_but_the_window = cargo(&tests);
        all_but_the_window.args(skip).envs(seed);
        stages.programs("tests", minutes(45), vec![all_but_the_window]);
    }
    // Last of all, because it compiles everything once more for checking: a failing test is known sooner.
    let mut clippy = cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--features", FEATURES]);
    clippy.args(["--", "-D", "warnings"]);
    stages.programs("lints", minutes(30), vec![clippy]);
    Ok(())
}

/// The seed of the property tests, made from the content that is committed: what is committed next is tried with new
/// cases, and the same commit with the same cases wherever it is tested. Without git each run has a seed of its own.
fn property_seed() -> Option<(&'static str, String)> {
    let mut git = Command::new("git");
    let answer =
        git.args(["rev-parse", "HEAD^{tree}"]).output().ok().filter(|answer| answer.status.success())?;
    let tree = String::from_utf8(answer.stdout).ok()?;
    let seed = u64::from_str_radix(tree.get(..16)?, 16).ok()?;
    println!("The property tests begin with PROPTEST_RNG_SEED={seed}.");
    Some(("PROPTEST_RNG_SEED", seed.to_string()))
}

/// The tests that drive the real window, one after the other: each has a screen, but all share the machine.
pub(crate) fn in_the_window() -> Command {
    let mut tests = cargo(&["test", "--workspace", "--no-fail-fast", "--locked", "--features", FEATURES]);
    tests.args(["--test", "e2e", "--", IN_A_WINDOW, "--test-threads=1"]);
    tests
}

const fn minutes(n: u64) -> Duration {
    Duration::from_mins(n)
}

pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(args);
    command
}

pub(crate) fn npm(script: &str) -> Command {
    let mut command = Command::new(machine::npm());
    command.args(["--prefix", "ui", "run", "--silent", script]);
    command
}

/// A command that runs its arguments with a message bus and a keychain of their own, so that a test
/// of the keychain finds a real one and never touches that of whoever runs it.
fn in_a_session(dir: &Path) -> Result<Command, String> {
    let (shared, runtime) = (dir.join("share"), dir.join("runtime"));
    for folder in [&shared, &runtime] {
        std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "sh", "-c", SESSION, "session"]);
    command.env("XDG_DATA_HOME", shared).env("XDG_RUNTIME_DIR", runtime).env_remove("DISPLAY");
    Ok(command)
}

/// Unlocks a new keychain with an empty sheet of keys, then becomes the command.
const SESSION: &str = "chmod 700 \"$XDG_RUNTIME_DIR\" && rm -rf \"$XDG_DATA_HOME/keyrings\" \
    && printf session | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"";

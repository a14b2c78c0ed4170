//! `cargo xtask run`: the app, on a display or in a virtual one.

use std::fs;
use std::process::Command;
use std::time::Duration;

use crate::machine;
use crate::setup::{self, Purpose};
use crate::stages::Stages;
use crate::test::{cargo, npm};
use crate::{FEATURES, root, target_dir};

/// Builds and opens the app: with `profile` the real one, else sample mode.
pub(crate) fn run(profile: Option<&str>) -> Result<(), String> {
    let display = machine::has_display();
    if !display && profile.is_some() {
        return Err(
            "A profile of your own needs a display; without one only sample mode can be shown.".to_owned()
        );
    }
    let purpose = if display { Purpose::Window } else { Purpose::Headless };
    let mut stages = Stages::default();
    let ready = stages.own("set-up", || setup::set_up(purpose))
        && stages.programs("window's pages", Duration::from_mins(10), vec![npm("build")])
        && stages.programs("build", Duration::from_mins(90), vec![build()]);
    if !ready {
        return stages.finish();
    }
    if display {
        // Not counted as a stage: it lasts as long as somebody looks at it.
        stages.finish()?;
        return open(profile);
    }
    walk(&mut stages);
    stages.finish()?;
    show_what_was_left()
}

/// The app, the terminal and the walk in one build, with the features the tests have.
fn build() -> Command {
    let mut command = cargo(&["build", "--workspace", "--locked", "--features", FEATURES]);
    command.args(["--bin", "wholechart", "--bin", "wholechart-cli", "--test", "e2e"]);
    command
}

fn open(profile: Option<&str>) -> Result<(), String> {
    let app = target_dir().join("debug").join(if cfg!(windows) { "wholechart.exe" } else { "wholechart" });
    let mut command = Command::new(&app);
    match profile {
        Some(name) => command.args(["--profile", name]),
        None => command.arg("--sample"),
    };
    println!("\nOpening {}", app.display());
    let status = command.status().map_err(|error| format!("{}: {error}", app.display()))?;
    if status.success() { Ok(()) } else { Err(format!("The app ended with {status}")) }
}

/// Walks every card of the directory in a window of a virtual display and keeps the pictures for the documentation.
pub(crate) fn cards() -> Result<(), String> {
    let mut stages = Stages::default();
    let mut walk = cargo(&["test", "--locked", "--features", FEATURES, "--test", "e2e", "--", "cards::"]);
    walk.env("WHOLECHART_CARDS_DIR", root().join("docs/connecting"));
    let ready = stages.own("set-up", || setup::set_up(Purpose::Headless))
        && stages.programs("window's pages", Duration::from_mins(10), vec![npm("build")]);
    if ready {
        stages.programs("cards", Duration::from_mins(90), vec![walk]);
    }
    stages.finish()
}

fn demo_dir() -> std::path::PathBuf {
    root().join("target/demo")
}

fn walk(stages: &mut Stages) {
    let dir = demo_dir();
    let emptied = || -> Result<(), String> {
        if dir.exists() {
            fs::remove_dir_all(&dir).map_err(|error| format!("{}: {error}", dir.display()))?;
        }
        fs::create_dir_all(&dir).map_err(|error| format!("{}: {error}", dir.display()))?;
        println!("There is no display here, so the app opens in a virtual one and is used there.");
        Ok(())
    };
    if !stages.own("room for the pictures", emptied) {
        return;
    }
    let mut command = cargo(&["test", "--workspace", "--locked", "--features", FEATURES, "--test", "e2e"]);
    command.args(["--", "in_a_real_window::walk", "--exact", "--nocapture"]);
    command.env("WHOLECHART_DEMO_DIR", &dir);
    stages.programs("a walk through sample mode", Duration::from_mins(15), vec![command]);
}

fn show_what_was_left() -> Result<(), String> {
    let dir = demo_dir();
    let mut files: Vec<_> = fs::read_dir(&dir)
        .map_err(|error| format!("{}: {error}", dir.display()))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    println!("\nLeft for you in {}:", dir.display());
    for file in files {
        println!("  {}", file.display());
    }
    Ok(())
}

//! `cargo xtask fresh`: does a clone work on a machine that has only Rust and Node?
//!
//! Makes a Debian 12 in a folder (`debian.rs`), copies this machine's Rust toolchain and Node into it, clones the last commit
//! there, and runs the two commands a newcomer is told. Needs root.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::debian::{Debian, do_it};
use crate::machine;
use crate::process::{self, Ended, output_of};
use crate::{root, target_dir};

/// What a newcomer types.
const NEWCOMER: &[&str] = &["cargo xtask run", "cargo xtask test"];
/// Lines of each command's log that are kept.
const KEPT: usize = 60;

/// Runs it all and writes the log's end to `log`, or to `docs/fresh-machine.md`.
pub(crate) fn fresh(log: Option<&Path>) -> Result<(), String> {
    let machine = Machine::new(target_dir().join("fresh/root"))?;
    let outcome = machine.try_it();
    let left = machine.0.unmount();
    let seen = outcome?;
    left?;
    let document = match log {
        Some(path) => path.to_path_buf(),
        None => root().join("docs/fresh-machine.md"),
    };
    fs::write(&document, told(&seen)).map_err(|error| format!("{}: {error}", document.display()))?;
    println!("\nWritten: {}", document.display());
    match seen.iter().find(|step| step.failed.is_some()) {
        Some(step) => Err(format!("{} failed on the new machine", step.command)),
        None => Ok(()),
    }
}

/// One command on the new machine.
struct Step {
    command: &'static str,
    took: Duration,
    failed: Option<String>,
    end: String,
}

/// A Debian with Rust and Node.
struct Machine(Debian);

/// Where the two are.
const PROGRAMS: &[&str] = &["/opt/rust/bin", "/opt/node/bin"];

impl Machine {
    /// An empty Debian 12 with git, and with Rust and Node copied in.
    fn new(folder: PathBuf) -> Result<Machine, String> {
        let machine = Machine(Debian::new(folder, "git,ca-certificates")?);
        machine.rust()?;
        machine.node()?;
        Ok(machine)
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.at(path)
    }

    fn inside(&self, line: &str) -> Command {
        self.0.inside(PROGRAMS, line)
    }

    /// The toolchain alone, without what cargo has fetched before.
    fn rust(&self) -> Result<(), String> {
        let toolchain = output_of("rustc", &["--print", "sysroot"])?;
        do_it(Command::new("cp").arg("-a").arg(toolchain.trim()).arg(self.at("opt/rust")))
    }

    fn node(&self) -> Result<(), String> {
        let node = machine::on_path("node").ok_or("node is not on the PATH")?;
        let npm = PathBuf::from(output_of("npm", &["root", "--global"])?.trim()).join("npm");
        for folder in ["opt/node/bin", "opt/node/lib/node_modules"] {
            fs::create_dir_all(self.at(folder)).map_err(|error| format!("{folder}: {error}"))?;
        }
        do_it(Command::new("cp").arg("-aL").arg(node).arg(self.at("opt/node/bin/node")))?;
        do_it(Command::new("cp").arg("-a").arg(npm).arg(self.at("opt/node/lib/node_modules/npm")))?;
        let command = "../lib/node_modules/npm/bin/npm-cli.js";
        do_it(Command::new("ln").args(["-s", command]).arg(self.at("opt/node/bin/npm")))
    }

    /// Clones the last commit and runs what a newcomer runs.
    fn try_it(&self) -> Result<Vec<Step>, String> {
        self.0.mount()?;
        let bundle = self.at("srv/wholechart.bundle");
        do_it(Command::new("git").arg("-C").arg(root()).args(["bundle", "create"]).arg(&bundle).arg("HEAD"))?;
        do_it(self.inside("cd /srv && git clone --quiet wholechart.bundle wholechart").current_dir("/"))?;
        let mut seen = Vec::new();
        for command in NEWCOMER {
            println!("\n== {command}, on a new Debian 12 ==");
            let log = target_dir().join("fresh/log.txt");
            let line = format!("cd /srv/wholechart && {command} 2>&1 | tee /srv/log.txt");
            let start = Instant::now();
            let (ended, _) = process::run(&mut self.inside(&line), Duration::from_mins(150));
            fs::copy(self.at("srv/log.txt"), &log).map_err(|error| format!("{}: {error}", log.display()))?;
            let failed = match ended {
                Ended::Well => None,
                Ended::Badly(why) => Some(why),
            };
            let end = last_lines(&fs::read(&log).unwrap_or_default(), KEPT);
            let stop = failed.is_some();
            seen.push(Step { command, took: start.elapsed(), failed, end });
            if stop {
                break;
            }
        }
        self.keep_pictures()?;
        Ok(seen)
    }

    fn keep_pictures(&self) -> Result<(), String> {
        let pictures = self.at("srv/wholechart/target/demo");
        let kept = target_dir().join("fresh/demo");
        if kept.exists() {
            fs::remove_dir_all(&kept).map_err(|error| format!("{}: {error}", kept.display()))?;
        }
        if pictures.exists() { do_it(Command::new("cp").arg("-a").arg(pictures).arg(kept)) } else { Ok(()) }
    }
}

/// The last `count` lines, without the carriage returns of progress bars.
fn last_lines(log: &[u8], count: usize) -> String {
    let log = String::from_utf8_lossy(log);
    let lines: Vec<&str> =
        log.lines().map(|line| line.rsplit('\r').next().unwrap_or_default().trim_end()).collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

fn told(seen: &[Step]) -> String {
    let version = |program: &str| {
        output_of(program, &["--version"]).unwrap_or_default().lines().next().unwrap_or_default().to_owned()
    };
    let mut document = format!(
        "# On a new machine\n\n\
         Written by `cargo xtask fresh`: a new Debian 12 (`debootstrap --variant=minbase`), {} and Node {} copied in,\n\
         a clone of commit {}, and the two commands of the README. Nothing else was installed by hand.\n",
        version("rustc"),
        version("node"),
        output_of("git", &["rev-parse", "--short", "HEAD"]).unwrap_or_default().trim(),
    );
    for step in seen {
        let minutes = step.took.as_secs() / 60;
        let word = step.failed.as_deref().unwrap_or("it went well");
        let _ = write!(
            document,
            "\n## `{}`\n\n{minutes} minutes; {word}. The log's end:\n\n```text\n{}\n```\n",
            step.command, step.end
        );
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_log_is_kept_without_progress_bars() {
        assert_eq!(last_lines(b"one\ntwo 10%\rtwo 100%\nthree\n", 2), "two 100%\nthree");
    }

    #[test]
    fn a_failed_step_is_told() {
        let step = Step {
            command: "cargo xtask run",
            took: Duration::from_mins(3),
            failed: Some("it broke".to_owned()),
            end: "the end".to_owned(),
        };
        let document = told(&[step]);
        assert!(document.contains("3 minutes; it broke."), "{document}");
        assert!(document.contains("the end\n```"), "{document}");
    }
}

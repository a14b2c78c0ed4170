//! The log of whole runs of `cargo xtask test`: `test-runs.jsonl` in the target folder, a line a run. It tells what is flaky, what takes
//! long, and what else the machine was doing; docs/testing.md sums it up.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::process::Command;

use serde_json::{Value, json};

use crate::stages::Stages;

/// A run that is going on.
pub(crate) struct Run {
    at: Option<String>,
    commit: Option<String>,
    /// Whether there is something that is not committed.
    changed: bool,
    load: Option<f64>,
}

impl Run {
    pub(crate) fn begin() -> Run {
        let changed = said("git", &["status", "--porcelain"]).is_some_and(|told| !told.is_empty());
        Run {
            at: said("date", &["-u", "+%Y-%m-%dT%H:%M:%SZ"]),
            commit: said("git", &["rev-parse", "HEAD"]),
            changed,
            load: load(),
        }
    }

    /// Adds its line.
    pub(crate) fn end(self, stages: &Stages) -> Result<(), String> {
        let mut line = stages.told();
        line["at"] = json!(self.at);
        line["commit"] = json!(self.commit);
        line["changed"] = json!(self.changed);
        line["cores"] = json!(std::thread::available_parallelism().ok().map(std::num::NonZero::get));
        line["load"] = json!([self.load, load()]);
        write(&line).map_err(|why| format!("the log of runs: {why}"))
    }
}

fn write(line: &Value) -> std::io::Result<()> {
    let folder = crate::target_dir();
    fs::create_dir_all(&folder)?;
    let mut log = OpenOptions::new().create(true).append(true).open(folder.join("test-runs.jsonl"))?;
    writeln!(log, "{line}")
}

/// How many programs wanted to work in the last five minutes. None on systems that do not say.
fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split_whitespace().nth(1)?.parse().ok()
}

/// What a program says in one line. None where there is no such program, or it fails.
fn said(program: &str, args: &[&str]) -> Option<String> {
    let answer = Command::new(program).args(args).current_dir(crate::root()).output().ok()?;
    answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).trim().to_owned())
}

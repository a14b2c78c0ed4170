//! Stages of a task: a heading for each, and a table with the minutes at the end.

use std::fmt::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::process::{self, Counts, Ended};

struct Stage {
    name: &'static str,
    took: Duration,
    failed: Option<String>,
}

/// What has been done so far. A failed stage does not stop the ones after it, unless the caller does.
#[derive(Default)]
pub(crate) struct Stages {
    done: Vec<Stage>,
    counts: Counts,
    /// Tests that failed, by name: what came before them may be thousands of lines up.
    failing: Vec<String>,
}

impl Stages {
    /// Runs one stage of our own code.
    pub(crate) fn own(&mut self, name: &'static str, work: impl FnOnce() -> Result<(), String>) -> bool {
        println!("\n== {name} ==");
        let start = Instant::now();
        let failed = work().err();
        if let Some(why) = &failed {
            println!("{why}");
        }
        self.close(name, start, failed)
    }

    /// Runs one stage that is other programs, each with its own limit; stops at the first that fails.
    pub(crate) fn programs(&mut self, name: &'static str, limit: Duration, commands: Vec<Command>) -> bool {
        println!("\n== {name} ==");
        let start = Instant::now();
        let mut failed = None;
        for mut command in commands {
            println!("$ {}", shown(&command));
            let left = limit.saturating_sub(start.elapsed());
            let (ended, tests) = process::run(command.current_dir(crate::root()), left);
            self.counts.add(tests.counts);
            self.failing.extend(tests.failing);
            if let Ended::Badly(why) = ended {
                println!("{why}");
                failed = Some(why);
                break;
            }
        }
        self.close(name, start, failed)
    }

    fn close(&mut self, name: &'static str, start: Instant, failed: Option<String>) -> bool {
        let well = failed.is_none();
        self.done.push(Stage { name, took: start.elapsed(), failed });
        well
    }

    /// What was done, as a line of a log.
    pub(crate) fn told(&self) -> Value {
        let stages: Vec<Value> = self
            .done
            .iter()
            .map(|one| json!({"name": one.name, "seconds": one.took.as_secs(), "failed": one.failed}))
            .collect();
        let Counts { passed, failed, skipped } = self.counts;
        json!({"stages": stages, "passed": passed, "failed": failed, "skipped": skipped, "failing": self.failing})
    }

    /// Prints the table, the number of tests, and says whether every stage went well.
    pub(crate) fn finish(self) -> Result<(), String> {
        let mut table = String::from("\n== Summary ==\n");
        let mut total = Duration::ZERO;
        for stage in &self.done {
            total += stage.took;
            let word = if stage.failed.is_some() { "FAILED" } else { "ok" };
            let _ = writeln!(table, "{:<28} {:>6} min  {word}", stage.name, minutes(stage.took));
        }
        let _ = writeln!(table, "{:<28} {:>6} min", "all", minutes(total));
        print!("{table}");
        for name in &self.failing {
            println!("failed: {name}");
        }
        let Counts { passed, failed, skipped } = self.counts;
        if self.counts != Counts::default() {
            println!("{passed} passed, {failed} failed, {skipped} skipped");
        }
        let failures: Vec<String> = self
            .done
            .iter()
            .filter_map(|stage| Some(format!("{}: {}", stage.name, stage.failed.as_ref()?)))
            .collect();
        if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
    }
}

fn minutes(took: Duration) -> String {
    format!("{:.1}", took.as_secs_f64() / 60.0)
}

/// The command as a person would type it.
fn shown(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for arg in command.get_args() {
        let _ = write!(line, " {}", arg.to_string_lossy());
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failed_stage_fails_the_task_and_is_named() {
        let mut stages = Stages::default();
        assert!(stages.own("first", || Ok(())));
        assert!(!stages.own("second", || Err("broken".to_owned())));
        let told = stages.told();
        assert_eq!(told["stages"][0]["failed"], Value::Null);
        assert_eq!(told["stages"][1]["failed"], "broken");
        assert_eq!(stages.finish(), Err("second: broken".to_owned()));
    }
}

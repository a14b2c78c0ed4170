//! Programs that a test runs: none outlives it, and every wait for one has an end.

use std::io::{BufRead as _, BufReader, Read as _, Seek as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::Step;

/// How many lines of what a program said are repeated when a test fails.
const LAST_LINES: usize = 15;

/// A program that ends with the test.
pub(crate) struct Program {
    pub(crate) name: String,
    pub(crate) child: Child,
    /// What it says.
    pub(crate) log: Option<PathBuf>,
}

impl Drop for Program {
    fn drop(&mut self) {
        // Ended already is fine.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    /// How it ended and the last it said, for one that did.
    pub(crate) fn ended(&mut self) -> Option<String> {
        let status: ExitStatus = self.child.try_wait().ok()??;
        let said = self.log.as_ref().and_then(|log| std::fs::read_to_string(log).ok()).unwrap_or_default();
        Some(format!("{} ended ({status}); it said last:\n{}", self.name, last_lines(&said)))
    }
}

/// The end of a text, each line a little to the right.
pub(crate) fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let last = &lines[lines.len().saturating_sub(LAST_LINES)..];
    if last.is_empty() { "  (nothing)".to_owned() } else { format!("  {}", last.join("\n  ")) }
}

/// Runs a program to its end, which must come within `limit`; then it is killed, and what it said is the error.
pub(crate) fn output(command: &mut Command, limit: Duration) -> Step<Output> {
    // Files, because a pipe that nobody empties would hold the program up.
    let (mut out, mut err) = (tempfile::tempfile()?, tempfile::tempfile()?);
    let mut child = command.stdout(out.try_clone()?).stderr(err.try_clone()?).spawn()?;
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            break None;
        }
        thread::sleep(Duration::from_millis(10));
    };
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    for (file, bytes) in [(&mut out, &mut stdout), (&mut err, &mut stderr)] {
        file.rewind()?;
        file.read_to_end(bytes)?;
    }
    match status {
        Some(status) => Ok(Output { status, stdout, stderr }),
        None => Err(format!(
            "{command:?} did not end within {} s; it said last:\n{}",
            limit.as_secs(),
            last_lines(&String::from_utf8_lossy(&[stdout, stderr].concat()))
        )
        .into()),
    }
}

/// The first line a program prints, without the space around it; none when it ends or the `limit` passes before.
pub(crate) fn first_line(output: ChildStdout, limit: Duration) -> Option<String> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        if BufReader::new(output).read_line(&mut line).is_ok() {
            // Nobody may be waiting any more.
            let _ = send.send(line.trim().to_owned());
        }
    });
    receive.recv_timeout(limit).ok().filter(|line| !line.is_empty())
}

#[test]
fn a_program_that_does_not_end_is_ended_and_its_last_words_are_told() {
    let mut command = Command::new("sh");
    command.args(["-c", "echo waiting for nobody; exec sleep 600"]);
    let why = output(&mut command, Duration::from_millis(500)).expect_err("it never ends").to_string();
    assert!(why.contains("did not end") && why.contains("waiting for nobody"), "{why}");
}

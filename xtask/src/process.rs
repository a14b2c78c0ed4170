//! Running a program with a limit on its time, and counting the tests it reports.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, IsTerminal as _, Read, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// Tests counted in what a program printed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Counts {
    pub(crate) fn add(&mut self, other: Counts) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Reads one line of `cargo test` ("test result: ok. 3 passed; 0 failed; 1 ignored; …") or of
    /// vitest ("Tests  1 failed | 3 passed (4)"); any other line counts nothing.
    pub(crate) fn of_line(line: &str) -> Counts {
        let line = without_colour(line);
        let line = line.trim();
        let list =
            if let Some((_, rest)) = line.strip_prefix("test result: ").and_then(|r| r.split_once(". ")) {
                rest
            } else if let Some(rest) = line.strip_prefix("Tests ") {
                rest
            } else {
                return Counts::default();
            };
        let mut counts = Counts::default();
        for part in list.split([';', '|']) {
            let mut words = part.split_whitespace();
            let (Some(number), Some(word)) = (words.next(), words.next()) else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match word {
                "passed" => counts.passed += number,
                "failed" => counts.failed += number,
                "ignored" | "skipped" => counts.skipped += number,
                _ => {}
            }
        }
        counts
    }
}

/// The line without terminal colours (`ESC [ … m`).
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.find('m').map_or("", |end| &after[end + 1..]);
    }
    plain.push_str(rest);
    plain
}

/// How a program ended.
#[derive(Debug)]
pub(crate) enum Ended {
    /// Exit code 0.
    Well,
    /// Any other exit, in words.
    Badly(String),
}

/// Runs `command` with what it prints passed through, at most `limit` long; past it the program and
/// everything it started are ended. Standard input is closed: no task may wait for an answer.
pub(crate) fn run(command: &mut Command, limit: Duration) -> (Ended, Counts) {
    let name = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    if std::io::stdout().is_terminal() {
        // The pipe that counts tests would otherwise take cargo's colours away.
        command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            return (Ended::Badly(format!("{name} could not be started: {error}")), Counts::default());
        }
    };
    let (send, receive) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        thread::spawn(move || pass_through(output, &send));
    }
    let ended = wait(&mut child, &name, limit);
    // A process left behind may keep the pipe open, so the counts are not waited for without end.
    let mut counts = Counts::default();
    while let Ok(found) = receive.recv_timeout(Duration::from_secs(5)) {
        counts.add(found);
    }
    (ended, counts)
}

fn pass_through(output: impl Read, counts: &mpsc::Sender<Counts>) {
    let mut reader = BufReader::new(output);
    let mut line = Vec::new();
    while matches!(reader.read_until(b'\n', &mut line), Ok(1..)) {
        let mut out = std::io::stdout().lock();
        // A closed standard output must not end the tests.
        let _ = out.write_all(&line).and_then(|()| out.flush());
        let found = Counts::of_line(&String::from_utf8_lossy(&line));
        if found != Counts::default() && counts.send(found).is_err() {
            return;
        }
        line.clear();
    }
}

fn wait(child: &mut Child, name: &str, limit: Duration) -> Ended {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return ended(name, status),
            Ok(None) if start.elapsed() > limit => {
                end_tree(child);
                return Ended::Badly(format!(
                    "{name} took more than {} minutes and was ended",
                    limit.as_secs() / 60
                ));
            }
            Ok(None) => thread::sleep(Duration::from_millis(50)),
            Err(error) => return Ended::Badly(format!("{name}: {error}")),
        }
    }
}

fn ended(name: &str, status: ExitStatus) -> Ended {
    if status.success() { Ended::Well } else { Ended::Badly(format!("{name} ended with {status}")) }
}

/// Ends the child and its descendants. Process groups would take Ctrl-C away from the terminal.
fn end_tree(child: &mut Child) {
    for process in descendants(child.id()) {
        let _ = Command::new("kill").args(["-KILL", &process.to_string()]).stderr(Stdio::null()).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// All processes below `top`, from `/proc`; none where there is no `/proc`.
fn descendants(top: u32) -> Vec<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(process) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        // "pid (name) state parent …"; the name may contain anything, so read after its last bracket.
        let parent =
            stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse::<u32>().ok());
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(process);
        }
    }
    let mut found = Vec::new();
    let mut next = vec![top];
    while let Some(process) = next.pop() {
        let below = children.remove(&process).unwrap_or_default();
        found.extend(&below);
        next.extend(below);
    }
    found
}

/// What `program` prints, or why it could not be run.
pub(crate) fn output_of(program: &str, args: &[&str]) -> Result<String, String> {
    let output = Command::new(program)
        .args(args)
        .current_dir(crate::root())
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{program} could not be started: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{program} {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr).trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_both_runners() {
        assert_eq!(
            Counts::of_line(
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.1s"
            ),
            Counts { passed: 3, failed: 0, skipped: 1 }
        );
        assert_eq!(
            Counts::of_line("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured"),
            Counts { passed: 3, failed: 2, skipped: 0 }
        );
        assert_eq!(
            Counts::of_line(
                "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[31m1 failed\u{1b}[39m | \u{1b}[32m4 passed\u{1b}[39m (5)"
            ),
            Counts { passed: 4, failed: 1, skipped: 0 }
        );
        assert_eq!(Counts::of_line("Test Files  3 passed (3)"), Counts::default());
    }

    #[test]
    fn a_program_that_does_not_end_is_ended() {
        let (ended, _) =
            run(Command::new("sh").args(["-c", "sleep 600 & sleep 600"]), Duration::from_millis(200));
        assert!(matches!(ended, Ended::Badly(why) if why.contains("was ended")));
    }

    #[test]
    fn a_missing_program_is_named() {
        let (ended, _) = run(&mut Command::new("no-such-program-here"), Duration::from_secs(1));
        assert!(matches!(ended, Ended::Badly(why) if why.contains("no-such-program-here")));
    }
}

//! Running a program with a limit on its time, and counting the tests it reports. One that is ended at its limit leaves word
//! of what it was doing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, ErrorKind, IsTerminal as _, Read, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
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

/// What one program's tests came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tests {
    pub(crate) counts: Counts,
    /// The tests that failed, as their runner names them.
    pub(crate) failing: Vec<String>,
}

impl Tests {
    /// What tests came to that printed this.
    pub(crate) fn of(printed: &str) -> Tests {
        let mut tests = Tests::default();
        printed.lines().for_each(|line| tests.read(line));
        tests
    }

    /// Takes in what one line says.
    fn read(&mut self, line: &str) {
        self.counts.add(Counts::of_line(line));
        self.failing.extend(failing(line));
    }
}

/// The test that a line of `cargo test` ("test a::b ... FAILED") or of vitest (" FAIL  src/a.test.ts > b") says failed.
fn failing(line: &str) -> Option<String> {
    let line = without_colour(line);
    let line = line.trim();
    let cargo = line.strip_prefix("test ").and_then(|named| named.strip_suffix(" ... FAILED"));
    let name = cargo.or_else(|| line.strip_prefix("FAIL  "))?;
    Some(name.to_owned())
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

impl Ended {
    pub(crate) fn in_words(self) -> String {
        match self {
            Ended::Well => "it ended well".to_owned(),
            Ended::Badly(how) => how,
        }
    }
}

/// Runs `command` with everything that it prints written into a file, at most `limit` long. Standard input is closed.
pub(crate) fn run_into(command: &mut Command, limit: Duration, log: &Path) -> Result<Ended, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let why = |error: std::io::Error| format!("{}: {error}", log.display());
    let out = fs::File::create(log).map_err(why)?;
    let errors = out.try_clone().map_err(why)?;
    command.stdin(Stdio::null()).stdout(out).stderr(errors);
    let mut child = command.spawn().map_err(|error| format!("{name} could not be started: {error}"))?;
    Ok(wait(&mut child, &name, limit, &Mutex::new(format!("see {}", log.display()))))
}

/// Runs `command` with what it prints passed through, at most `limit` long; past it, what is running is printed and the
/// program and everything it started are ended. Standard input is closed: no task may wait for an answer.
pub(crate) fn run(command: &mut Command, limit: Duration) -> (Ended, Tests) {
    let name = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    if std::io::stdout().is_terminal() {
        // The pipe that counts tests would otherwise take cargo's colours away.
        command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            return (Ended::Badly(format!("{name} could not be started: {error}")), Tests::default());
        }
    };
    let (send, receive) = mpsc::channel();
    let last_line = Arc::new(Mutex::new(String::new()));
    if let Some(output) = child.stdout.take() {
        let last_line = Arc::clone(&last_line);
        thread::spawn(move || pass_through(output, &send, &last_line));
    }
    let ended = wait(&mut child, &name, limit, &last_line);
    // A process left behind may keep the pipe open, so its lines are not waited for without end.
    let mut tests = Tests::default();
    while let Ok(line) = receive.recv_timeout(Duration::from_secs(5)) {
        tests.read(&line);
    }
    (ended, tests)
}

/// Hands on what comes as it comes: a test run one at a time prints its name, begins, and ends the line when it is over.
/// `last_line` is the last one with a word in it, as far as it has come.
fn pass_through(output: impl Read, lines: &mpsc::Sender<String>, last_line: &Mutex<String>) {
    let mut reader = BufReader::new(output);
    let mut line = Vec::new();
    loop {
        let part = match reader.fill_buf() {
            Ok([]) => return,
            Ok(bytes) => bytes.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default().to_vec(),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return,
        };
        reader.consume(part.len());
        let mut out = std::io::stdout().lock();
        // A closed standard output must not end the tests.
        let _ = out.write_all(&part).and_then(|()| out.flush());
        line.extend(part);
        let text = String::from_utf8_lossy(&line);
        if !text.trim().is_empty() {
            text.trim().clone_into(&mut last_line.lock().unwrap_or_else(PoisonError::into_inner));
        }
        if line.ends_with(b"\n") {
            if lines.send(text.into_owned()).is_err() {
                return;
            }
            line.clear();
        }
    }
}

fn wait(child: &mut Child, name: &str, limit: Duration, last_line: &Mutex<String>) -> Ended {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return ended(name, status),
            Ok(None) if start.elapsed() > limit => {
                println!("\n{name} is ended at its limit. Running are:\n{}", tree(child.id()));
                end_tree(child);
                return Ended::Badly(format!(
                    "{name} took more than {} minutes and was ended; it printed last: {}",
                    limit.as_secs() / 60,
                    last_line.lock().unwrap_or_else(PoisonError::into_inner)
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

/// All processes below `top`, from `/proc`, parents before their children; none where there is no `/proc`.
fn descendants(top: u32) -> Vec<u32> {
    below(top).into_iter().map(|(_, process)| process).collect()
}

/// The processes below `top` with how far below, parents before their children.
fn below(top: u32) -> Vec<(usize, u32)> {
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
    let mut next = vec![(0, top)];
    while let Some((depth, process)) = next.pop() {
        if process != top {
            found.push((depth, process));
        }
        let children = children.remove(&process).unwrap_or_default();
        next.extend(children.into_iter().map(|child| (depth + 1, child)));
    }
    found
}

/// `top` and the processes below it with their command lines, each below the one that started it.
fn tree(top: u32) -> String {
    const LONGEST: usize = 200;
    let mut lines = String::new();
    for (depth, process) in std::iter::once((0, top)).chain(below(top)) {
        let command = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
        let command = String::from_utf8_lossy(&command).replace('\0', " ");
        let command: String = command.chars().take(LONGEST).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{:indent$}{process} {}", "", command.trim(), indent = depth * 2);
    }
    lines
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
    fn a_failing_test_is_named_by_both_runners() {
        for (line, name) in [
            ("test backup::a_key ... FAILED", Some("backup::a_key")),
            ("test backup::a_key ... ok", None),
            (
                "\u{1b}[41m FAIL \u{1b}[49m src/a.test.ts\u{1b}[2m > \u{1b}[22mopens",
                Some("src/a.test.ts > opens"),
            ),
            ("Failed to parse", None),
        ] {
            assert_eq!(failing(line).as_deref(), name, "{line}");
        }
    }

    #[test]
    fn a_program_that_does_not_end_is_ended() {
        let program = "printf 'one\\nthe slow one ... '; sleep 600 & sleep 600";
        let (ended, _) = run(Command::new("sh").args(["-c", program]), Duration::from_secs(2));
        let Ended::Badly(why) = ended else { panic!("it never ends by itself") };
        assert!(why.contains("was ended") && why.ends_with("the slow one ..."), "{why}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_runs_is_told_with_its_command_line() {
        let mut child = Command::new("sh").args(["-c", "sleep 613; true"]).spawn().unwrap();
        let start = Instant::now();
        while !tree(child.id()).contains("sleep 613\n") {
            assert!(start.elapsed() < Duration::from_mins(1), "{}", tree(child.id()));
            thread::sleep(Duration::from_millis(20));
        }
        let told = tree(child.id());
        end_tree(&mut child);
        let lines: Vec<&str> = told.lines().collect();
        assert!(lines[0].ends_with("sh -c sleep 613; true") && lines[1].starts_with("  "), "{told}");
    }

    #[test]
    fn a_missing_program_is_named() {
        let (ended, _) = run(&mut Command::new("no-such-program-here"), Duration::from_secs(1));
        assert!(matches!(ended, Ended::Badly(why) if why.contains("no-such-program-here")));
    }
}

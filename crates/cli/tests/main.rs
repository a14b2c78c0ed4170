//! The terminal's contract (`docs/cli.md`), spoken to as a script does: the program itself, its output, its exit status.
#![allow(clippy::unwrap_used, reason = "a failing step fails the test")]

mod assistant;
#[cfg(unix)]
mod assistant_door;
mod backing_up;
#[cfg(target_os = "linux")]
mod connecting;
#[path = "../../../tests/corpus/dir.rs"]
mod corpus_dir;
mod hostile;
mod importing;
mod own;
mod papers;
#[cfg(target_os = "linux")]
mod provider;

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// A record behind a passphrase, in a folder of its own.
struct Terminal {
    dir: TempDir,
}

impl Terminal {
    fn new() -> Terminal {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("passphrase"), "a long enough passphrase\n").unwrap();
        Terminal { dir }
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wholechart-cli"));
        // What is expected is written as in the United States, wherever the test runs.
        command.env("LC_ALL", "C.UTF-8");
        command.arg("--data-dir").arg(self.dir.path().join("record"));
        command.arg("--passphrase-file").arg(self.dir.path().join("passphrase"));
        command.arg("--json").args(words).stdin(Stdio::null());
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Every line a command prints; the command must go well.
    fn lines(&self, words: &[&str]) -> Vec<Value> {
        let output = self.run(words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?} ended with {}: {said}", output.status);
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }

    /// Takes files in for somebody, whatever name they bear, and gives the report.
    fn import(&self, path: &Path, more: &[&str]) -> Value {
        let mut words = vec!["import", "--person", "Test", "--yes"];
        words.extend(more);
        words.push(path.to_str().unwrap());
        let mut lines = self.lines(&words);
        assert_eq!(lines.len(), 1, "one object at the end");
        lines.remove(0)
    }

    /// [`Terminal::import`] of files in which nothing is a record: the report all the same, and a status that says so.
    fn import_nothing(&self, path: &Path, more: &[&str]) -> Value {
        let mut words = vec!["import", "--person", "Test", "--yes"];
        words.extend(more);
        words.push(path.to_str().unwrap());
        let output = self.run(&words);
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("one object")
    }

    /// A file beside the record.
    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> std::path::PathBuf {
        let path = self.dir.path().join("files").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn files(&self) -> std::path::PathBuf {
        self.dir.path().join("files")
    }
}

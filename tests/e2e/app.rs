//! The app's process. WebDriver starts it, and would keep to itself what it says and how it ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::Step;
use crate::desktop::executable;
use crate::program::{last_lines, output};

/// One start of the app.
#[derive(Debug, Clone)]
pub(crate) struct AppProcess {
    starter: PathBuf,
    record: PathBuf,
}

impl AppProcess {
    /// Writes the program that WebDriver is to start instead of the app, at `starter`. `record` is where the app keeps its
    /// files.
    pub(crate) fn prepare(starter: PathBuf, record: &Path) -> Step<AppProcess> {
        let app = env!("CARGO_BIN_EXE_wholechart");
        // The driver kills what it started: the app must go with it.
        fs::write(
            &starter,
            format!(
                "#!/bin/sh\n\
                 setpriv --pdeathsig KILL -- '{app}' \"$@\" > \"$0.said\" 2>&1 &\n\
                 echo $! > \"$0.pid\"\n\
                 wait $!\n\
                 echo $? > \"$0.ended\"\n"
            ),
        )?;
        executable(&starter)?;
        Ok(AppProcess { starter, record: record.to_path_buf() })
    }

    /// What WebDriver starts.
    pub(crate) fn starter(&self) -> &Path {
        &self.starter
    }

    fn file(&self, ending: &str) -> Option<String> {
        fs::read_to_string(self.starter.with_extension(ending)).ok()
    }

    /// How it ended, for one that did by itself.
    pub(crate) fn ended(&self) -> Option<String> {
        let status: u32 = self.file("ended")?.trim().parse().ok()?;
        // A shell's way to tell of a signal.
        Some(match status.checked_sub(128) {
            Some(signal) if signal > 0 => format!("the app was ended by signal {signal}"),
            _ => format!("the app ended with exit status {status}"),
        })
    }

    /// How it is, and the last it said, on standard error and in its log.
    pub(crate) fn last_words(&self) -> String {
        let gone = || self.pid().filter(|pid| !runs(pid)).map(|_| "the app is gone".to_owned());
        let state =
            self.ended().or_else(gone).unwrap_or_else(|| "the app runs, or was never started".to_owned());
        let said = self.file("said").unwrap_or_default();
        let logs = fs::read_dir(self.record.join("logs")).into_iter().flatten().flatten();
        // Named by the day, so the last is the newest.
        let newest = logs.map(|log| log.path()).max();
        let log = newest.and_then(|log| fs::read_to_string(log).ok()).unwrap_or_default();
        format!("{state}; it said last:\n{}\nits log ends:\n{}", last_lines(&said), last_lines(&log))
    }

    /// Kills it.
    pub(crate) fn kill(&self) -> Step<()> {
        let pid = self.pid().ok_or("the app was never started")?;
        let killed = output(Command::new("kill").args(["-KILL", &pid]), Duration::from_secs(10))?;
        if !killed.status.success() {
            return Err("the app does not run".into());
        }
        let start = Instant::now();
        while runs(&pid) {
            if start.elapsed() > Duration::from_secs(10) {
                return Err("the app outlived its end".into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    fn pid(&self) -> Option<String> {
        Some(self.file("pid")?.trim().to_owned())
    }
}

/// Whether a process of this number runs; one that ended and that nobody asked about yet does not.
fn runs(pid: &str) -> bool {
    let status = fs::read_to_string(Path::new("/proc").join(pid).join("status")).unwrap_or_default();
    status.lines().any(|line| line.starts_with("State:") && !line.contains('Z') && !line.contains('X'))
}

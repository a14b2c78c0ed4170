//! What helps whoever looks for a fault, without a word of anybody's record: which version on which system, how much there is, and
//! where the program itself broke. It is for programmers, and in English; its person sees all of it before they copy it.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use chrono::{DateTime, SecondsFormat, Utc};
use wholechart_store::{Store, StoreError, open_own_file};

use crate::{app::App, error::ApiError};

/// Where the program broke, a line each, in the folder of logs.
const DEFECTS: &str = "defects.log";

/// Bytes after which that file begins anew.
const LONGEST: u64 = 64 << 10;

/// So many of its lines are told, the last.
const TOLD: usize = 20;

/// From now on a panic leaves a line in this folder and on standard error that says when and where in the program it was, and nothing
/// of what it says itself, which may quote a record.
pub fn note_defects(logs: PathBuf, now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let line = defect(now(), &place);
        // Whoever cannot write it down has it on the screen.
        let _ = keep(&logs, &line);
        let _ = writeln!(io::stderr(), "Wholechart broke: {line}");
    }));
}

fn defect(now: DateTime<Utc>, place: &str) -> String {
    format!("{} {} {place}", now.to_rfc3339_opts(SecondsFormat::Secs, true), env!("CARGO_PKG_VERSION"))
}

fn keep(logs: &Path, line: &str) -> io::Result<()> {
    let path = logs.join(DEFECTS);
    let is_long = fs::metadata(&path).is_ok_and(|file| file.len() > LONGEST);
    writeln!(open_own_file(&path, is_long)?, "{line}")
}

impl App {
    pub(crate) async fn diagnostics(&self) -> Result<String, ApiError> {
        let mut lines = vec![
            format!("Wholechart {}", env!("CARGO_PKG_VERSION")),
            format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            format!("language {}", self.words.language().tag()),
        ];
        lines.extend(self.ask(held).await?);
        let defects = self.config.data_dir.join("logs").join(DEFECTS);
        let defects = self.off_thread(move || fs::read_to_string(defects)).await?.unwrap_or_default();
        let defects: Vec<&str> = defects.lines().collect();
        lines.push(format!("defects: {}", defects.len()));
        lines.extend(defects.iter().rev().take(TOLD).map(|line| (*line).to_owned()));
        Ok(lines.join("\n"))
    }
}

/// How much there is of what, with neither names nor days.
fn held(store: &Store) -> Result<Vec<String>, StoreError> {
    let connections = store.connections(None)?;
    let mut lines = vec![format!("people {}, connections {}", store.persons()?.len(), connections.len())];
    for (n, connection) in connections.iter().enumerate() {
        let counts = store.counts(&connection.id)?;
        let run = store.last_finished_run(&connection.id)?;
        lines.push(format!(
            "connection {}: {:?}{}, {} resources, {} versions, {} unreadable, last run {}",
            n + 1,
            connection.state,
            if connection.imported { ", from files" } else { "" },
            counts.resources,
            counts.versions,
            counts.unreadable,
            run.and_then(|run| run.outcome)
                .map_or_else(|| "none".to_owned(), |outcome| format!("{outcome:?}")),
        ));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_program_broke_is_kept_within_bounds() {
        let folder = tempfile::tempdir().unwrap();
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        for n in 0..3_000 {
            keep(folder.path(), &defect(now, &format!("crates/api/src/home.rs:{n}"))).unwrap();
        }
        let kept = fs::read_to_string(folder.path().join(DEFECTS)).unwrap();
        assert!(kept.len() as u64 <= LONGEST + 100, "{}", kept.len());
        let last = kept.lines().last().unwrap();
        assert!(last.starts_with("2026-09-21T") && last.ends_with("crates/api/src/home.rs:2999"), "{last}");
    }
}

//! What was measured: a table, and the same as `bench/NAME.json` in the folder that builds go to.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Figures of one run, with the floor they are compared to.
#[derive(Debug)]
pub(crate) struct Figures {
    name: String,
    load: String,
    floor: Duration,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    what: String,
    bar: Option<f64>,
    found: Found,
}

#[derive(Debug)]
enum Found {
    Time {
        median: Duration,
        slowest: Duration,
    },
    /// Once, and how much of it this process worked, on all processors together: that carries over to a busy machine.
    Work {
        took: Duration,
        worked: Duration,
    },
    /// In a unit.
    Amount(f64, &'static str),
}

impl Figures {
    /// `name` is the file's; `load` says what was measured on.
    pub(crate) fn new(name: &str, load: &str) -> Figures {
        Figures { name: name.to_owned(), load: load.to_owned(), floor: Duration::ZERO, rows: Vec::new() }
    }

    /// What the others are a multiple of.
    pub(crate) fn floor(&mut self, what: &str, times: Vec<Duration>) {
        self.times(what, None, times);
        if let Some(Row { found: Found::Time { median, .. }, .. }) = self.rows.last() {
            self.floor = *median;
        }
    }

    /// Several times the same thing; `bar` is what its median must not exceed, in milliseconds.
    pub(crate) fn times(&mut self, what: &str, bar: Option<u32>, mut times: Vec<Duration>) {
        times.sort_unstable();
        let (Some(median), Some(slowest)) = (times.get(times.len() / 2), times.last()) else { return };
        let found = Found::Time { median: *median, slowest: *slowest };
        self.rows.push(Row { what: what.to_owned(), bar: bar.map(f64::from), found });
    }

    /// Something done once.
    pub(crate) fn work<T>(&mut self, what: &str, bar: Option<u32>, work: impl FnOnce() -> T) -> T {
        let (start, before) = (Instant::now(), worked());
        let outcome = work();
        let found = Found::Work { took: start.elapsed(), worked: worked().saturating_sub(before) };
        self.rows.push(Row { what: what.to_owned(), bar: bar.map(f64::from), found });
        outcome
    }

    /// The beginning of something done once: see [`Figures::worked_since`].
    pub(crate) fn working() -> (Instant, Duration) {
        (Instant::now(), worked())
    }

    /// Something done once since [`Figures::working`].
    pub(crate) fn done_since(&mut self, what: &str, start: (Instant, Duration)) {
        self.since(what, start, None);
    }

    /// The same; `bar` is how many times the floor it may work.
    pub(crate) fn worked_since(&mut self, what: &str, start: (Instant, Duration), bar: f64) {
        self.since(what, start, Some(bar * ms(self.floor)));
    }

    /// The same; `bar` is how long it may take, in milliseconds.
    pub(crate) fn took_since(&mut self, what: &str, start: (Instant, Duration), bar: u32) {
        self.since(what, start, Some(f64::from(bar)));
    }

    fn since(&mut self, what: &str, (start, before): (Instant, Duration), bar: Option<f64>) {
        let found = Found::Work { took: start.elapsed(), worked: worked().saturating_sub(before) };
        self.rows.push(Row { what: what.to_owned(), bar, found });
    }

    /// Something done once, what the others are a multiple of.
    pub(crate) fn floor_work<T>(&mut self, what: &str, work: impl FnOnce() -> T) -> T {
        let outcome = self.work(what, None, work);
        if let Some(Row { found: Found::Work { worked, .. }, .. }) = self.rows.last() {
            self.floor = *worked;
        }
        outcome
    }

    /// The work done so far, but for the floor; `bar` in milliseconds.
    pub(crate) fn work_in_all(&mut self, bar: Option<u32>) {
        let mut sum = (Duration::ZERO, Duration::ZERO);
        for row in self.rows.iter().skip(1) {
            if let Found::Work { took, worked } = row.found {
                sum = (sum.0 + took, sum.1 + worked);
            }
        }
        let found = Found::Work { took: sum.0, worked: sum.1 };
        self.rows.push(Row { what: "in all".to_owned(), bar: bar.map(f64::from), found });
    }

    /// Something other than time, in megabytes or as a multiple.
    pub(crate) fn amount(&mut self, what: &str, bar: Option<f64>, value: f64, unit: &'static str) {
        self.rows.push(Row { what: what.to_owned(), bar, found: Found::Amount(value, unit) });
    }

    /// Prints the table and writes the file.
    pub(crate) fn finish(&self) {
        println!("\n{}: {}\n\n| what | bar | median | slowest | × floor | |", self.name, self.load);
        println!("|---|---|---|---|---|---|");
        for row in &self.rows {
            let missed = if row.missed() { "missed" } else { "" };
            match row.found {
                Found::Time { median, slowest } => println!(
                    "| {} | {} | {:.1} ms | {:.1} ms | {:.2} | {missed} |",
                    row.what,
                    row.bar.map(|bar| format!("{bar:.0} ms")).unwrap_or_default(),
                    ms(median),
                    ms(slowest),
                    self.of_floor(median)
                ),
                Found::Work { took, worked } => println!(
                    "| {} | {} | {:.0} ms | worked {:.0} ms | {:.2} | {missed} |",
                    row.what,
                    row.bar.map(|bar| format!("{bar:.0} ms")).unwrap_or_default(),
                    ms(took),
                    ms(worked),
                    self.of_floor(worked)
                ),
                Found::Amount(value, unit) => println!(
                    "| {} | {} | {value:.2} {unit} | | | {missed} |",
                    row.what,
                    row.bar.map(|bar| format!("{bar} {unit}")).unwrap_or_default(),
                ),
            }
        }
        println!();
        let file = folder().join(format!("{}.json", self.name));
        let rows: Vec<Value> = self.rows.iter().map(|row| self.json(row)).collect();
        let written = json!({"name": self.name, "load": self.load, "rows": rows});
        let kept =
            std::fs::create_dir_all(folder()).and_then(|()| std::fs::write(&file, format!("{written:#}\n")));
        if let Err(why) = kept {
            println!("{} could not be written: {why}", file.display());
        }
    }

    fn json(&self, row: &Row) -> Value {
        let mut one = match row.found {
            Found::Time { median, slowest } => json!({
                "medianMs": ms(median), "slowestMs": ms(slowest), "timesFloor": self.of_floor(median)
            }),
            Found::Work { took, worked } => json!({
                "tookMs": ms(took), "workedMs": ms(worked), "timesFloor": self.of_floor(worked)
            }),
            Found::Amount(value, unit) => json!({"value": value, "unit": unit}),
        };
        one["what"] = json!(row.what);
        one["bar"] = json!(row.bar);
        one["missed"] = json!(row.missed());
        one
    }

    fn of_floor(&self, time: Duration) -> f64 {
        ms(time) / ms(self.floor).max(0.000_001)
    }
}

impl Row {
    fn missed(&self) -> bool {
        let value = match self.found {
            Found::Time { median, .. } => ms(median),
            Found::Work { took, .. } => ms(took),
            Found::Amount(value, ..) => value,
        };
        self.bar.is_some_and(|bar| value > bar)
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Processor time of this process so far, where the system tells (in hundredths of a second).
fn worked() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let figures: Vec<&str> = after_name.split_whitespace().collect();
    let hundredths = [11, 12].iter().filter_map(|at| figures.get(*at)?.parse::<u64>().ok()).sum::<u64>();
    Duration::from_millis(hundredths * 10)
}

/// A benchmark runs from `TARGET/release/deps`.
fn folder() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program.ancestors().nth(3).map_or_else(|| PathBuf::from("target"), PathBuf::from).join("bench")
}

/// The most memory that this process has held, and what it holds now, in megabytes; nothing where the system does not tell.
pub(crate) fn memory() -> Option<(f64, f64)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim().trim_end_matches(" kB").trim().parse::<f64>().ok()? / 1024.0)
    };
    Some((of("VmHWM:")?, of("VmRSS:")?))
}

/// What was held before counts no longer for the most memory (`/proc/self/clear_refs` of Linux).
pub(crate) fn forget_peak() {
    // Where it cannot be told, the most memory is that since the start.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

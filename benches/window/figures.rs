//! What was measured, as lines of a table.

use std::time::Duration;

/// Figures of one run, with the floor they are compared to.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    floor: Duration,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    what: String,
    bar: Option<u64>,
    median: Duration,
    slowest: Duration,
}

impl Figures {
    /// What the others are a multiple of.
    pub(crate) fn floor(&mut self, what: &str, times: Vec<Duration>) {
        self.say(what, None, times);
        self.floor = self.rows.last().map(|row| row.median).unwrap_or_default();
    }

    /// Several times the same thing; `bar` is what its median must not exceed, in milliseconds.
    pub(crate) fn say(&mut self, what: &str, bar: Option<u64>, mut times: Vec<Duration>) {
        times.sort_unstable();
        let (Some(median), Some(slowest)) = (times.get(times.len() / 2), times.last()) else { return };
        self.rows.push(Row { what: what.to_owned(), bar, median: *median, slowest: *slowest });
    }

    /// The table.
    pub(crate) fn print(&self) {
        println!("| what | bar | median | slowest | × floor | |");
        println!("|---|---|---|---|---|---|");
        for row in &self.rows {
            let ms = |time: Duration| time.as_secs_f64() * 1000.0;
            let bar = row.bar.map(|bar| format!("{bar} ms")).unwrap_or_default();
            let missed = row.bar.is_some_and(|bar| row.median > Duration::from_millis(bar));
            println!(
                "| {} | {bar} | {:.1} ms | {:.1} ms | {:.1} | {} |",
                row.what,
                ms(row.median),
                ms(row.slowest),
                ms(row.median) / ms(self.floor).max(0.000_001),
                if missed { "MISSED" } else { "" }
            );
        }
    }
}

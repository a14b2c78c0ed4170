//! `cargo xtask bench NAME`: the benchmarks, as optimised builds.
//!
//! Each is a bench target of the package it measures, so nothing is linked into this program. A table is printed, and
//! written as `bench/NAME.json` in the folder that builds go to. What was measured when, on which machine, is in
//! `docs/measurements.md` and `docs/performance.md`.

use crate::FEATURES;
use crate::test::{cargo, npm};

/// What may be asked for: its name, the package, the bench target.
const BENCHES: &[(&str, &str, &str)] = &[
    ("read", "wholechart-fhir", "read"),
    ("merge", "wholechart-record", "merge"),
    ("merge", "wholechart-store", "refresh"),
    ("commands", "wholechart-api", "commands"),
    ("sheet", "wholechart-api", "sheet"),
    ("fill", "wholechart-store", "fill"),
    ("import", "wholechart-api", "import"),
    ("loopback", "wholechart-sync", "loopback"),
    ("sync", "wholechart-sync", "sync"),
    ("window", "wholechart", "window"),
];

/// What is run where none is named, and of which sizes.
const ALL: &[(&str, &[&str])] = &[
    ("read", &[]),
    ("merge", &[]),
    ("fill", &["1000", "20000", "100000"]),
    ("commands", &["1000", "20000", "100000"]),
    ("sheet", &[]),
    ("import", &["1000", "20000", "100000"]),
    ("loopback", &["1000", "20000", "100000"]),
    ("sync", &[]),
    ("window", &[]),
];

/// Runs every benchmark, one after the other.
pub(crate) fn all() -> Result<(), String> {
    ALL.iter().try_for_each(|(name, words)| bench(name, words))
}

/// Runs the benchmarks called `name`, one after the other; they print their own figures. Further words are theirs.
pub(crate) fn bench(name: &str, words: &[&str]) -> Result<(), String> {
    let asked: Vec<_> = BENCHES.iter().filter(|(known, ..)| *known == name).collect();
    if asked.is_empty() {
        let mut known: Vec<&str> = BENCHES.iter().map(|(known, ..)| *known).collect();
        known.dedup();
        return Err(format!("There is no benchmark {name}, but there is: {}", known.join(", ")));
    }
    for (_, package, target) in asked {
        let mut command = cargo(&["bench", "--locked", "--package", package, "--bench", target]);
        if *package == "wholechart" {
            // The window shows the pages that are in the program.
            npm("build").status().map_err(|error| format!("npm: {error}"))?;
            command.args(["--features", FEATURES]);
        }
        command.arg("--").args(words);
        let status = command.status().map_err(|error| format!("cargo bench: {error}"))?;
        if !status.success() {
            return Err(format!("The benchmark ended with {status}"));
        }
    }
    Ok(())
}

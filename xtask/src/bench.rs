//! `cargo xtask bench NAME`: the benchmarks, as optimised builds.
//!
//! Each is a bench target of the package it measures, so nothing is linked into this program. What was measured
//! when, on which machine, is in `docs/measurements.md`.

use crate::FEATURES;
use crate::test::{cargo, npm};

/// What may be asked for: its name, the package, the bench target.
const BENCHES: &[(&str, &str, &str)] = &[
    ("read", "wholechart-fhir", "read"),
    ("merge", "wholechart-record", "merge"),
    ("sync", "wholechart-sync", "sync"),
    ("window", "wholechart", "window"),
];

/// Runs the benchmark called `name`; it prints its own figures. Further words are the benchmark's own.
pub(crate) fn bench(name: &str, words: &[&str]) -> Result<(), String> {
    let Some((_, package, target)) = BENCHES.iter().find(|(known, ..)| *known == name) else {
        let known: Vec<&str> = BENCHES.iter().map(|(known, ..)| *known).collect();
        return Err(format!("There is no benchmark {name}, but there is: {}", known.join(", ")));
    };
    let mut command = cargo(&["bench", "--locked", "--package", package, "--bench", target]);
    if *package == "wholechart" {
        // The window shows the pages that are in the program.
        npm("build").status().map_err(|error| format!("npm: {error}"))?;
        command.args(["--features", FEATURES]);
    }
    command.arg("--").args(words);
    let status = command.status().map_err(|error| format!("cargo bench: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("The benchmark ended with {status}")) }
}

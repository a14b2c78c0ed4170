#![no_main]

#[path = "../../crates/fhir/tests/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::xml(bytes));

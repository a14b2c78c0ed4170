#![no_main]

#[path = "../../crates/ccda/tests/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::reader(bytes));

#![no_main]

#[path = "../../crates/document/tests/invariants/mod.rs"]
#[allow(dead_code, reason = "the other half is another target's")]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::blue_button(bytes));

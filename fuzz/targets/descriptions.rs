//! cargo-fuzz's door to `inputs/descriptions.rs`.
#![no_main]

#[path = "../inputs/descriptions.rs"]
mod inputs;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| inputs::take(bytes));

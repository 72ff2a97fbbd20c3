//! cargo-fuzz's door to `inputs/boards.rs`.
#![no_main]

#[path = "../inputs/boards.rs"]
mod inputs;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| inputs::take(bytes));

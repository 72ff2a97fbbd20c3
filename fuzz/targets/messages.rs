//! cargo-fuzz's door to `inputs/messages.rs`.
#![no_main]

#[path = "../inputs/messages.rs"]
mod inputs;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| inputs::take(bytes));

//! cargo-fuzz's door to `inputs/packets.rs`.
#![no_main]

#[path = "../inputs/packets.rs"]
mod inputs;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| inputs::take(bytes));

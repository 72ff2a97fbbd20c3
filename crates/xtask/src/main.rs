//! Drivers for benchmarks and releases; nothing here ships.

use std::process::ExitCode;

fn main() -> ExitCode {
    let what = std::env::args().nth(1).unwrap_or_default();
    eprintln!(
        "xtask: there is no “{what}” yet. The media engine is measured with `cargo run --release -p sfu --example whip_whep`."
    );
    ExitCode::FAILURE
}

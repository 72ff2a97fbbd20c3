//! Drivers for benchmarks and releases; nothing here ships.

fn main() {}

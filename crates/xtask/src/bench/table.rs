//! The table that `make bench` prints and keeps in the docs.

use std::fmt;
use std::path::Path;

#[derive(Default)]
pub struct Table(Vec<Row>);

/// One figure. Words that do not apply stay empty.
#[derive(Default)]
pub struct Row {
    pub what: String,
    pub reference: String,
    pub ours: String,
    pub ratio: String,
    /// The first mark and the goal.
    pub marks: &'static str,
}

const FOREWORD: &str = "# Benchmarks

Written by `make bench` on a machine with two cores that others share: only ratios of one run, and CPU time per unit of work, mean
something there. What each row does stands at the head of its driver in `crates/xtask/src/bench`.
";

impl Table {
    pub fn add(&mut self, row: Row) {
        eprintln!("bench:   {}: {} {}", row.what, row.ours, row.ratio);
        self.0.push(row);
    }

    pub fn write(&self, file: &Path) -> std::io::Result<()> {
        std::fs::write(file, format!("{FOREWORD}\n{self}"))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | reference in the same run | ours | ratio | first mark; goal |\n|---|---|---|---|---|")?;
        for Row { what, reference, ours, ratio, marks } in &self.0 {
            writeln!(f, "| {what} | {reference} | {ours} | {ratio} | {marks} |")?;
        }
        Ok(())
    }
}

/// The middle one of some measurements.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

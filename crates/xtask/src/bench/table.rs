//! The table that `make bench` prints and keeps in the docs.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result};

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

/// What stands around the table in the docs stays.
const BEGIN: &str = "<!-- table -->";
const END: &str = "<!-- /table -->";

impl Table {
    pub fn add(&mut self, row: Row) {
        eprintln!("bench:   {}: {} {}", row.what, row.ours, row.ratio);
        self.0.push(row);
    }

    /// Puts the table in its place in `file`.
    pub fn write(&self, file: &Path) -> Result<()> {
        let text = std::fs::read_to_string(file)?;
        let (before, rest) = text.split_once(BEGIN).context("the docs have no place for the table")?;
        let (_, after) = rest.split_once(END).context("the docs have no end of the table")?;
        Ok(std::fs::write(file, format!("{before}{BEGIN}\n\n{self}\n{END}{after}"))?)
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

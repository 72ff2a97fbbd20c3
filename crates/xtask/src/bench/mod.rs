//! `make bench`: every figure of the project beside its reference from the same run, as one table.

pub mod bare;
mod board;
mod chat;
mod engine;
mod list;
mod media;
mod process;
mod product;
mod recording;
mod room;
mod seat;
mod socket;
mod start;
mod table;
mod web;

use anyhow::Result;
use table::Table;

/// The groups of rows that can be asked for by name.
pub const ROWS: [&str; 10] = ["engine", "room", "crowds", "join", "chat", "board", "recording", "list", "start", "web"];

/// Measures what was asked for (nothing named: everything), prints the table, and writes it to the docs when it is whole.
pub async fn run(wanted: &[&str]) -> Result<()> {
    if let Some(unknown) = wanted.iter().find(|row| !ROWS.contains(row)) {
        anyhow::bail!("there is no row “{unknown}”; there are: {}", ROWS.join(", "));
    }
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut table = Table::default();
    for row in ROWS.iter().filter(|row| wanted.is_empty() || wanted.contains(row)) {
        eprintln!("bench: {row} …");
        match *row {
            "engine" => engine::measure(&mut table).await?,
            "room" => room::twenty(&mut table).await?,
            "crowds" => room::crowds(&mut table).await?,
            "chat" => chat::measure(&mut table).await?,
            "board" => board::measure(&mut table).await?,
            "recording" => recording::measure(&mut table)?,
            "join" => room::one_more(&mut table).await?,
            "list" => list::measure(&mut table).await?,
            "start" => start::measure(&mut table).await?,
            _ => web::measure(&mut table)?,
        }
    }
    println!("\n{table}");
    if wanted.is_empty() {
        table.write(&process::root().join("docs/benchmarks.md"))?;
    }
    Ok(())
}

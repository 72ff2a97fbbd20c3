//! How much JavaScript a first visit loads, gzipped; counted by the web's own script from its build.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::process::root;
use super::table::{Row, Table};

pub fn measure(table: &mut Table) -> Result<()> {
    let said = Command::new("npm").args(["run", "--silent", "size"]).current_dir(root().join("web")).output()?;
    ensure!(said.status.success(), "`npm run size` failed: {}", String::from_utf8_lossy(&said.stderr));
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let line = said.lines().find(|line| line.starts_with('{')).context("`npm run size` told no figures")?;
    let sizes: Value = serde_json::from_str(line)?;
    let mut add = |what: &str, key: &str, marks| {
        let ours = format!("{} kB", sizes[key].as_str().map_or_else(|| sizes[key].to_string(), str::to_string));
        table.add(Row { what: what.into(), ours, marks, ..Row::default() });
    };
    add("first-load JavaScript, gzip: sign-in and My day", "first_load_kB", "≤ 140 kB; ≤ 110 kB");
    add("first-load JavaScript, gzip: the room on top", "room_on_top_kB", "≤ 90 kB; ≤ 60 kB");
    Ok(())
}

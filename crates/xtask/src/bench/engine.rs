//! The media engine by itself: one video to 300 viewers, congestion control on, no loss, one core, beside a bare str0m loop. Three
//! turns each, one after the other, so that what else the machine does hits both.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::media::Sends;
use super::process::{self, Running, answers, built, free_port, on_core, root};
use super::room::Crowd;
use super::table::{Row, Table, median};

const VIEWERS: &str = "300";
const SECONDS: &str = "12";
const TURNS: usize = 3;
/// Seconds of the whole server.
const WHOLE: u64 = 30;

pub async fn measure(table: &mut Table) -> Result<()> {
    let what =
        "engine, 1 video (100 packets/s of 1200 B) to 300 viewers, one core: CPU-s per million packets".to_string();
    let marks = "≤ 1.0 ×; ≤ 0.35 ×";
    let Some(tools) = tools()? else {
        let ours = "not measured: set SFULOAD_DIR to the sources of sfuload".into();
        table.add(Row { what, ours, marks, ..Row::default() });
        return Ok(());
    };
    let (mut bare, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        bare.push(turn(&tools, Subject::Bare).await?);
        ours.push(turn(&tools, Subject::Ours).await?);
    }
    let middle = |runs: &[Value], key: &str| median(runs.iter().filter_map(|run| run[key].as_f64()).collect());
    let cost = "server_cpu_s_per_Mpkt";
    let (theirs, cost) = (middle(&bare, cost), middle(&ours, cost));
    table.add(Row {
        what,
        reference: format!("bare str0m loop: {theirs:.1}"),
        ours: format!("{cost:.1}"),
        ratio: format!("{:.2} ×", cost / theirs),
        marks,
    });
    let late = |runs: &[Value]| format!("{:.1} / {:.1} ms", middle(runs, "lat_ms_p50"), middle(runs, "lat_ms_p99"));
    table.add(Row {
        what: "the same: latency, half / 99 %; packets lost".into(),
        reference: late(&bare),
        ours: format!("{}; {:.3} %", late(&ours), middle(&ours, "loss_pct")),
        marks: "p99 ≤ 30 ms; no loss",
        ..Row::default()
    });
    table.add(Row {
        what: "the same: memory of the process, MB".into(),
        reference: format!("{:.0}", middle(&bare, "server_rss_mib") * 1.049),
        ours: format!("{:.0}", middle(&ours, "server_rss_mib") * 1.049),
        ..Row::default()
    });
    whole(table, theirs).await
}

/// The whole server with everything on, beside the bare loop, which has one video and nothing else. `theirs` in CPU seconds per
/// million packets.
async fn whole(table: &mut Table, theirs: f64) -> Result<()> {
    let what = "the whole server: 1 sends sound and three layers to 300 who see the best one, congestion control on";
    let (rooms, people, senders, height, sends) = (1, 301, 1, 720, Sends::ALL);
    let figures = Crowd { name: "whole", what, rooms, people, senders, height, sends }.measure(WHOLE).await?;
    table.add(Row {
        what: format!("{what}: CPU-s per million packets"),
        reference: format!("bare str0m loop: {theirs:.1}"),
        ours: format!("{:.1}", figures.cost()),
        ratio: format!("{:.2} ×", figures.cost() / theirs),
        marks: "≤ 0.7 ×; ≤ 0.35 ×",
    });
    table.add(Row {
        what: "the same: latency, half / 99 %, at most; packets lost".into(),
        ours: format!("{}; {}", figures.late(), figures.loss()),
        marks: "p50 < 10 ms, p99 < 30 ms; no loss",
        ..Row::default()
    });
    Ok(())
}

#[derive(Clone, Copy)]
enum Subject {
    Bare,
    Ours,
}

/// The folder with `sfuload` and `minisfu`, built; `None` when their sources are not here.
fn tools() -> Result<Option<PathBuf>> {
    let sources = std::env::var_os("SFULOAD_DIR").map_or_else(|| root().join("../shared/tools/sfuload"), PathBuf::from);
    if !sources.join("Cargo.toml").exists() {
        return Ok(None);
    }
    let target = root().join("target/sfuload");
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "--quiet", "--locked", "--manifest-path"]).arg(sources.join("Cargo.toml"));
    let built = build.arg("--target-dir").arg(&target).status()?;
    ensure!(built.success(), "sfuload in {} does not build", sources.display());
    Ok(Some(target.join("release")))
}

async fn turn(tools: &Path, subject: Subject) -> Result<Value> {
    let folder = process::folder("engine")?;
    let (mut server, port) = match subject {
        Subject::Bare => {
            let mut command = on_core(0, &tools.join("minisfu"));
            command.args(["127.0.0.1", "batch", "bwe"]);
            (command, 7070)
        }
        Subject::Ours => {
            let port = free_port()?;
            let mut command = on_core(0, &built("examples/whip_whep")?);
            command.args(["127.0.0.1", &port.to_string()]);
            (command, port)
        }
    };
    let server = Running::start(&mut server, &folder.join("server.log"))?;
    answers(&format!("http://127.0.0.1:{port}/"), Duration::from_secs(10)).await?;
    let [whip, whep] = ["whip", "whep"].map(|kind| format!("http://127.0.0.1:{port}/{kind}/live"));
    let mut load = on_core(1, &tools.join("sfuload"));
    load.args(["--backend", "whip", "--whip", &whip, "--whep", &whep, "--subs", VIEWERS, "--secs", SECONDS]);
    load.args(["--pid", &server.id().to_string()]);
    let said = tokio::task::spawn_blocking(move || load.output()).await??;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let line = said.lines().find(|line| line.starts_with('{')).context("sfuload told no figures")?;
    Ok(serde_json::from_str(line)?)
}

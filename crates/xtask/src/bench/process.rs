//! Other programs: started on a core of their own where that is possible, watched, and ended with us.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

/// The folder of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the sources are where they were built")
}

/// A program of the release build.
pub fn built(name: &str) -> Result<PathBuf> {
    let file = root().join("target/release").join(name);
    ensure!(file.exists(), "{} is not there; `make bench` builds it", file.display());
    Ok(file)
}

pub struct Running(Child);

impl Running {
    /// Starts a program; what it says goes to `log`.
    pub fn start(command: &mut Command, log: &Path) -> Result<Running> {
        let out = std::fs::File::create(log)?;
        let errors = out.try_clone()?;
        let child = command.stdin(Stdio::null()).stdout(out).stderr(errors).spawn();
        Ok(Running(child.with_context(|| format!("{command:?} does not start"))?))
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// CPU seconds used so far, in user space and in the kernel (`/proc/<pid>/stat`, in hundredths).
    pub fn cpu(&self) -> Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.id()))?;
        let fields: Vec<&str> =
            stat.rsplit_once(')').context("an unknown shape of stat")?.1.split_whitespace().collect();
        let ticks = |place: usize| fields.get(place).and_then(|f| f.parse::<f64>().ok()).context("no times in stat");
        Ok((ticks(11)? + ticks(12)?) / 100.0)
    }

    /// Resident memory in MB.
    pub fn memory(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id()))?;
        let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).context("no memory in status")?;
        let kib: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
        Ok(kib * 1024.0 / 1e6)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The command, held on one core if this system can.
pub fn on_core(core: usize, program: &Path) -> Command {
    let several = std::thread::available_parallelism().is_ok_and(|cores| cores.get() > core);
    if !several || Command::new("taskset").arg("-V").stdout(Stdio::null()).status().is_err() {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.arg("-c").arg(core.to_string()).arg(program);
    command
}

/// Asks until the address answers 2xx or 4xx, for at most `patience`.
pub async fn answers(url: &str, patience: Duration) -> Result<()> {
    let client = reqwest::Client::new();
    let wait = async {
        while client.get(url).send().await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    if tokio::time::timeout(patience, wait).await.is_err() {
        bail!("{url} does not answer");
    }
    Ok(())
}

/// A port that is free now.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// An empty folder of ours, below the target folder.
pub fn folder(name: &str) -> Result<PathBuf> {
    let folder = root().join("target/bench").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

//! Running ffmpeg: found where it is installed, with the least rights of the machine's time, and never for ever.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

/// Of what it complains, so many bytes are kept: a broken track makes it complain of every picture.
const COMPLAINT: usize = 2_000;
/// The most it answers that we read.
const ANSWER: u64 = 4_096;

/// The program, if it is there: the one of the settings, or the first on the `PATH`.
pub fn find(named: Option<&Path>) -> Option<PathBuf> {
    let named = named.map(Path::to_path_buf);
    let searched = || {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).map(|folder| folder.join("ffmpeg")).find(|file| file.is_file())
    };
    named.or_else(searched).filter(|file| file.is_file())
}

/// Runs it in a folder and gives what it writes to its standard output.
///
/// # Errors
/// The end of what it said; the class's words are not in it, only our own names of files.
pub async fn run(program: &Path, folder: &Path, args: &[OsString], longest: Duration) -> Result<Vec<u8>, String> {
    let mut child = Command::new("nice")
        .args(["-n", "19"])
        .arg(program)
        .args(["-nostdin", "-hide_banner", "-v", "error", "-y"])
        .args(args)
        .current_dir(folder)
        // The settings of this server are not its business.
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("LANG", "C.UTF-8")
        .env("HOME", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("ffmpeg could not be started: {error}"))?;
    let (Some(out), Some(said)) = (child.stdout.take(), child.stderr.take()) else { return Err("no pipes".into()) };
    let mut answer = Vec::new();
    let mut out = out.take(ANSWER);
    let all = async { tokio::join!(child.wait(), out.read_to_end(&mut answer), last_words(said)) };
    match tokio::time::timeout(longest, all).await {
        Ok((Ok(status), _, _)) if status.success() => Ok(answer),
        Ok((Ok(status), _, said)) => Err(format!("ffmpeg ended with {status}: {said}")),
        Ok((Err(error), ..)) => Err(format!("ffmpeg could not be waited for: {error}")),
        Err(_) => Err(format!("ffmpeg took longer than {} s.", longest.as_secs())),
    }
}

async fn last_words(mut from: impl AsyncRead + Unpin) -> String {
    let (mut kept, mut some) = (Vec::new(), [0; 1024]);
    while let Ok(bytes @ 1..) = from.read(&mut some).await {
        kept.extend_from_slice(&some[..bytes]);
        kept.drain(..kept.len().saturating_sub(COMPLAINT));
    }
    String::from_utf8_lossy(&kept).trim().to_string()
}

//! What it costs to record: the work of a track's minute beside a plain copy of the same bytes, and how long the end takes.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use sfu::{Source, TapedPacket};
use tape::{Assembler, Reel};

use super::process;
use super::table::{Row, Table, median};

const MINUTES: u64 = 60;
/// A picture of 25 a second in five packets of 1,100 bytes: 1.1 Mbit/s.
const PARTS: u64 = 5;
const PACKET: usize = 1_100;
const TURNS: usize = 5;

pub fn measure(table: &mut Table) -> Result<()> {
    let folder = process::root().join("target/bench-recording");
    std::fs::create_dir_all(&folder)?;
    let (short, long) = (folder.join("1.webm"), folder.join("60.webm"));
    record(&short, 1)?;
    let cpu = cpu_of(|| record(&long, MINUTES))?;
    let copied = cpu_of(|| copy(&long, &folder.join("copy.webm")))?;
    let per_minute = |cpu: f64| format!("{:.2} ms CPU", cpu * 1000.0 / MINUTES as f64);
    table.add(Row {
        what: "recording: one minute of a picture track, 1.1 Mbit/s, from packets to the file".into(),
        reference: format!("copy of the same bytes: {}", per_minute(copied)),
        ours: per_minute(cpu),
        ratio: format!("{:.2} ×", cpu / copied),
        ..Row::default()
    });
    let (one, sixty) = (finishes(&short)?, finishes(&long)?);
    table.add(Row {
        what: "recording: from the end to a file that can be sought in, 60 minutes of a track".into(),
        reference: format!("1 minute: {one:.2} ms"),
        ours: format!("{sixty:.1} ms"),
        marks: "equal within 2 s",
        ..Row::default()
    });
    Ok(std::fs::remove_dir_all(&folder)?)
}

fn record(path: &Path, minutes: u64) -> Result<()> {
    let zero = Instant::now();
    let first: Arc<[u8]> =
        [&[0x10, 0x11, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01][..], &[7; PACKET]].concat().into();
    let key: Arc<[u8]> =
        [&[0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01][..], &[7; PACKET]].concat().into();
    let rest: Arc<[u8]> = [&[0x00][..], &[7; PACKET]].concat().into();
    let mut assembler = Assembler::new(Source::Camera);
    let mut reel = Reel::new(Source::Camera, File::create(path)?);
    for seq in 0..minutes * 60 * 25 * PARTS {
        let (number, part) = (seq / PARTS, seq % PARTS);
        let is_key = number.is_multiple_of(200) && part == 0;
        let at = zero + Duration::from_millis(40 * number);
        let packet = TapedPacket {
            stream: 1,
            seq,
            time: (number * 3_600) as u32,
            marker: part == PARTS - 1,
            key: is_key,
            begins: part == 0,
            skip: 1,
            red: false,
            payload: if is_key {
                key.clone()
            } else if part == 0 {
                first.clone()
            } else {
                rest.clone()
            },
            at,
        };
        for frame in assembler.push(packet, zero) {
            reel.push(&frame, at)?;
        }
    }
    Ok(reel.flush()?)
}

fn copy(from: &Path, to: &PathBuf) -> Result<()> {
    let (mut from, mut to, mut buffer) = (File::open(from)?, File::create(to)?, vec![0; 128 << 10]);
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(()),
            some => to.write_all(&buffer[..some])?,
        }
    }
}

/// Milliseconds that finishing a file takes, as a crash would leave it each time.
fn finishes(path: &Path) -> Result<f64> {
    let whole = std::fs::metadata(path)?.len();
    let mut times = Vec::new();
    for _ in 0..TURNS {
        File::options().write(true).open(path)?.set_len(whole)?;
        let begun = Instant::now();
        tape::finish(path)?.context("a file with something in it")?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(median(times))
}

/// CPU seconds of this process that something takes, the least of some turns.
fn cpu_of(act: impl Fn() -> Result<()>) -> Result<f64> {
    let mut least = f64::INFINITY;
    for _ in 0..TURNS {
        let before = own_cpu()?;
        act()?;
        least = least.min(own_cpu()? - before);
    }
    Ok(least)
}

/// In nanoseconds of the scheduler, which are finer than the hundredths of `stat`.
fn own_cpu() -> Result<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let spent: f64 = text.split_whitespace().next().context("no time in schedstat")?.parse()?;
    Ok(spent / 1e9)
}

//! One file that is being written.

use std::io::{self, Write};
use std::time::Instant;

use sfu::{Kind, Source};

use crate::frames::Frame;
use crate::webm::{self, Content, SILENCE};

/// The longest cluster. What is in it is lost in a crash.
const CLUSTER_MS: i64 = 1000;
/// A hole in the sound that a player would stumble over.
const HOLE_MS: i64 = 40;
const SILENCE_MS: i64 = 20;

/// Frames of one source on their way into a file. Times in the file count from its first frame.
pub struct Reel<W> {
    out: W,
    kind: Kind,
    begun: bool,
    zero_ms: i64,
    cluster_ms: i64,
    blocks: Vec<u8>,
    last_ms: i64,
    /// When the oldest block that is not written yet came.
    since: Option<Instant>,
    /// Bytes that are written whole.
    pub written: u64,
}

impl<W: Write> Reel<W> {
    pub fn new(source: Source, out: W) -> Reel<W> {
        Reel {
            out,
            kind: source.kind(),
            begun: false,
            zero_ms: 0,
            cluster_ms: 0,
            blocks: Vec::new(),
            last_ms: 0,
            since: None,
            written: 0,
        }
    }

    /// Takes a frame. `now`: when it came.
    pub fn push(&mut self, frame: &Frame, now: Instant) -> io::Result<()> {
        let ms = frame.at / 1000;
        if !self.begun {
            let content = match (self.kind, frame.size) {
                (Kind::Audio, _) => Content::Opus,
                (Kind::Video, Some((width, height))) => Content::Vp8 { width, height },
                (Kind::Video, None) => return Ok(()),
            };
            self.write(&webm::header(content))?;
            (self.begun, self.zero_ms, self.last_ms) = (true, ms, 0);
        }
        let ms = ms - self.zero_ms;
        if self.kind == Kind::Audio {
            self.fill(ms, now)?;
        }
        self.put(ms.max(self.last_ms), frame.key, &frame.bytes, now)
    }

    /// Sound goes on: where nothing was sent, silence is.
    fn fill(&mut self, until: i64, now: Instant) -> io::Result<()> {
        if until - self.last_ms <= HOLE_MS {
            return Ok(());
        }
        while self.last_ms + 2 * SILENCE_MS <= until {
            self.put(self.last_ms + SILENCE_MS, true, &SILENCE, now)?;
        }
        Ok(())
    }

    fn put(&mut self, ms: i64, key: bool, frame: &[u8], now: Instant) -> io::Result<()> {
        let seekable = self.kind == Kind::Video && key;
        if !self.blocks.is_empty() && (seekable || ms - self.cluster_ms >= CLUSTER_MS) {
            self.flush()?;
        }
        if self.blocks.is_empty() {
            (self.cluster_ms, self.since) = (ms, Some(now));
        }
        webm::block((ms - self.cluster_ms) as i16, key, frame, &mut self.blocks);
        self.last_ms = ms;
        Ok(())
    }

    /// Writes what is older than a second, though nothing follows.
    pub fn flush_old(&mut self, now: Instant) -> io::Result<()> {
        let old = |since: Instant| now.saturating_duration_since(since).as_millis() as i64 >= CLUSTER_MS;
        if self.since.is_some_and(old) { self.flush() } else { Ok(()) }
    }

    pub fn flush(&mut self) -> io::Result<()> {
        self.since = None;
        if self.blocks.is_empty() {
            return Ok(());
        }
        let cluster = webm::cluster(self.cluster_ms, &self.blocks);
        self.blocks.clear();
        self.write(&cluster)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    pub fn out(&self) -> &W {
        &self.out
    }
}

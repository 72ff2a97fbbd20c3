//! Packets become frames: put in order, made whole, and placed on the recording's clock.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use sfu::{Kind, Source, TapedPacket};

use crate::clock::Clock;

/// So long a missing packet is waited for; by then it was sent again, or never will be.
const PATIENCE: Duration = Duration::from_millis(600);
/// More are not held, whatever their times say.
const HELD: usize = 2_000;
/// A picture larger than this is nobody's.
const LARGEST: usize = 4 << 20;

/// One frame: of sound 2.5 to 60 ms of Opus, of pictures one VP8 frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Microseconds after the recording's beginning.
    pub at: i64,
    pub key: bool,
    /// Width and height, of a key frame.
    pub size: Option<(u16, u16)>,
    pub bytes: Vec<u8>,
}

/// Makes frames of one source's packets.
pub struct Assembler {
    kind: Kind,
    clock: Clock,
    stream: Option<u32>,
    held: BTreeMap<u64, TapedPacket>,
    next: Option<u64>,
    /// The newest time that was written, in ticks of the source.
    heard: Option<u32>,
    picture: Option<Picture>,
    /// Pictures are left out until a key frame comes.
    broken: bool,
    asks: bool,
}

struct Picture {
    time: u32,
    at: Instant,
    key: bool,
    bytes: Vec<u8>,
}

impl Assembler {
    pub fn new(source: Source) -> Assembler {
        let kind = source.kind();
        let rate = if kind == Kind::Audio { 48_000 } else { 90_000 };
        Assembler {
            kind,
            clock: Clock::new(rate),
            stream: None,
            held: BTreeMap::new(),
            next: None,
            heard: None,
            picture: None,
            broken: true,
            asks: false,
        }
    }

    /// Takes a packet; gives the frames that are whole with it. `zero` is the recording's beginning.
    pub fn push(&mut self, packet: TapedPacket, zero: Instant) -> Vec<Frame> {
        let mut frames = Vec::new();
        if self.stream != Some(packet.stream) {
            frames = self.drain(zero);
            self.stream = Some(packet.stream);
            self.clock.restart();
            (self.next, self.heard, self.picture, self.broken) = (None, None, None, true);
        }
        if self.next.is_some_and(|next| packet.seq < next) {
            return frames;
        }
        let newest = packet.at;
        self.held.insert(packet.seq, packet);
        self.take_ready(Some(newest), zero, &mut frames);
        frames
    }

    /// The end: what is held comes out, with its holes.
    pub fn drain(&mut self, zero: Instant) -> Vec<Frame> {
        let mut frames = Vec::new();
        self.take_ready(None, zero, &mut frames);
        frames
    }

    /// Whether a key frame should be asked for, once.
    pub fn asks(&mut self) -> bool {
        std::mem::take(&mut self.asks)
    }

    fn take_ready(&mut self, newest: Option<Instant>, zero: Instant, frames: &mut Vec<Frame>) {
        while let Some(entry) = self.held.first_entry() {
            let whole = self.next.is_none_or(|next| *entry.key() == next);
            let waited = newest.is_none_or(|newest| newest.saturating_duration_since(entry.get().at) > PATIENCE);
            if !whole && !waited && self.held.len() < HELD {
                return;
            }
            let Some((seq, packet)) = self.held.pop_first() else { return };
            self.next = Some(seq + 1);
            match self.kind {
                Kind::Audio => self.hear(&packet, zero, frames),
                Kind::Video => self.see(&packet, !whole, zero, frames),
            }
        }
    }

    fn place(&mut self, time: u32, at: Instant, zero: Instant) -> i64 {
        self.clock.place(time, at.saturating_duration_since(zero).as_micros() as i64)
    }

    /// What redundancy says again fills what was lost.
    fn hear(&mut self, packet: &TapedPacket, zero: Instant, frames: &mut Vec<Frame>) {
        let own = self.place(packet.time, packet.at, zero);
        let blocks = match packet.red {
            true => sfu::red_frames(&packet.payload),
            false => vec![(0, packet.payload.to_vec())],
        };
        for (before, bytes) in blocks.into_iter().filter(|(_, bytes)| !bytes.is_empty()) {
            let time = packet.time.wrapping_sub(before);
            // Within a fifth of the circle ahead: anything else was heard before.
            if self.heard.is_some_and(|heard| time == heard || time.wrapping_sub(heard) as i32 <= 0) {
                continue;
            }
            self.heard = Some(time);
            frames.push(Frame { at: (own - i64::from(before) * 1000 / 48).max(0), key: true, size: None, bytes });
        }
    }

    fn see(&mut self, packet: &TapedPacket, hole: bool, zero: Instant, frames: &mut Vec<Frame>) {
        if hole {
            self.break_off();
        }
        if packet.begins || self.picture.as_ref().is_some_and(|picture| picture.time != packet.time) {
            if self.picture.take().is_some() {
                // Its last packet never came, though nothing is missing: it was not for us to see.
                self.break_off();
            }
            if !packet.begins {
                return;
            }
            let (time, at, key) = (packet.time, packet.at, packet.key);
            self.picture = Some(Picture { time, at, key, bytes: Vec::new() });
        }
        let Some(picture) = &mut self.picture else { return self.break_off() };
        picture.bytes.extend_from_slice(packet.payload.get(packet.skip..).unwrap_or_default());
        if picture.bytes.len() > LARGEST {
            self.break_off();
        } else if packet.marker {
            self.finish_picture(zero, frames);
        }
    }

    fn finish_picture(&mut self, zero: Instant, frames: &mut Vec<Frame>) {
        let Some(Picture { time, at, key, bytes }) = self.picture.take() else { return };
        let size = if key { key_size(&bytes) } else { None };
        if key && size.is_none() || bytes.is_empty() {
            return self.break_off();
        }
        self.broken &= !key;
        let at = self.place(time, at, zero);
        if !self.broken {
            frames.push(Frame { at, key, size, bytes });
        }
    }

    /// What follows cannot be shown without what is missing.
    fn break_off(&mut self) {
        self.asks |= !self.broken;
        self.picture = None;
        self.broken = true;
    }
}

/// Width and height in the head of a VP8 key frame (RFC 6386, 9.1).
fn key_size(frame: &[u8]) -> Option<(u16, u16)> {
    let head = frame.get(3..10).filter(|head| head[..3] == [0x9d, 0x01, 0x2a])?;
    let word = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]) & 0x3fff;
    Some((word(3), word(5))).filter(|(width, height)| *width > 0 && *height > 0)
}

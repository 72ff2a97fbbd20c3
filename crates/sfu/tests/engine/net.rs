//! A network in a box: delay, jitter, loss and duplicates, all decided by a seed.

use std::collections::{BinaryHeap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// What the wire does to datagrams.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    pub loss: f64,
    pub delay: Duration,
    pub jitter: Duration,
    pub duplicates: f64,
}

impl Weather {
    pub const CLEAR: Weather =
        Weather { loss: 0.0, delay: Duration::from_millis(10), jitter: Duration::ZERO, duplicates: 0.0 };
}

/// One person's way to the server and back.
#[derive(Clone, Copy, Debug, Default)]
pub struct HomeLine {
    pub loss: f64,
    pub delay: Duration,
}

#[derive(PartialEq, Eq)]
pub struct Flying {
    pub at: Instant,
    order: u64,
    pub from: SocketAddr,
    pub to: SocketAddr,
    pub bytes: Vec<u8>,
}

impl Ord for Flying {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (other.at, other.order).cmp(&(self.at, self.order))
    }
}

impl PartialOrd for Flying {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

pub struct Net {
    seed: u64,
    pub weather: Weather,
    /// Narrow links: bits per second towards an address, and when its queue is empty again.
    pub narrow: HashMap<SocketAddr, (u64, Instant)>,
    /// Loss towards an address, on top of the weather's.
    pub lossy: HashMap<SocketAddr, f64>,
    /// What somebody's own line does to both directions, on top of the weather.
    pub lines: HashMap<SocketAddr, HomeLine>,
    /// Keep a copy of everything sent, as (from, to, bytes).
    pub keep: bool,
    pub kept: Vec<(SocketAddr, SocketAddr, Vec<u8>)>,
    flying: BinaryHeap<Flying>,
    order: u64,
    counts: HashMap<(SocketAddr, SocketAddr, u8), u64>,
    /// A sum over everything sent, in any order within one instant.
    pub trace: u64,
}

impl Net {
    pub fn new(seed: u64) -> Net {
        let (flying, counts) = (BinaryHeap::new(), HashMap::new());
        let (narrow, lossy, lines) = (HashMap::new(), HashMap::new(), HashMap::new());
        let (keep, kept) = (false, vec![]);
        Net { seed, weather: Weather::CLEAR, narrow, lossy, lines, keep, kept, flying, order: 0, counts, trace: 0 }
    }

    pub fn send(&mut self, now: Instant, start: Instant, from: SocketAddr, to: SocketAddr, bytes: Vec<u8>) {
        let name = self.name(from, to, &bytes);
        // DTLS has randomness of its own, down to the length of a signature.
        let length = if class(&bytes) == b'd' { 0 } else { bytes.len() };
        self.trace = self.trace.wrapping_add(hash(&(now - start, from, to, name, length)));
        if self.keep {
            self.kept.push((from, to, bytes.clone()));
        }
        let line = [from, to].iter().find_map(|end| self.lines.get(end)).copied().unwrap_or_default();
        if self.dice(name, 1) < self.weather.loss + self.lossy.get(&to).unwrap_or(&0.0) + line.loss {
            return;
        }
        let Some(queued) = self.queue(now, to, bytes.len()) else { return };
        let copies = 1 + (self.dice(name, 2) < self.weather.duplicates) as u64;
        for copy in 0..copies {
            let jitter = self.weather.jitter.mul_f64(self.dice(name, 3 + copy));
            let at = queued + self.weather.delay + line.delay + jitter;
            self.order += 1;
            self.flying.push(Flying { at, order: self.order, from, to, bytes: bytes.clone() });
        }
    }

    /// When a narrow link has sent this datagram; `None` when its queue is full.
    fn queue(&mut self, now: Instant, to: SocketAddr, bytes: usize) -> Option<Instant> {
        let Some((rate, free)) = self.narrow.get_mut(&to) else { return Some(now) };
        let begin = (*free).max(now);
        if begin - now > Duration::from_millis(300) {
            return None;
        }
        *free = begin + Duration::from_micros(bytes as u64 * 8_000_000 / *rate);
        Some(*free)
    }

    pub fn next(&self) -> Option<Instant> {
        self.flying.peek().map(|f| f.at)
    }

    pub fn arrive(&mut self, now: Instant) -> Option<Flying> {
        self.next().filter(|at| *at <= now)?;
        self.flying.pop()
    }

    /// A datagram's name: what it is and the how-manieth, independent of the order within an instant.
    fn name(&mut self, from: SocketAddr, to: SocketAddr, bytes: &[u8]) -> u64 {
        let class = class(bytes);
        if class == b'r' {
            return hash(&(from, to, &bytes[1..4], &bytes[8..12]));
        }
        let count = self.counts.entry((from, to, class)).or_default();
        *count += 1;
        hash(&(from, to, class, *count))
    }

    fn dice(&self, name: u64, salt: u64) -> f64 {
        (hash(&(self.seed, name, salt)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

fn class(bytes: &[u8]) -> u8 {
    match bytes {
        [0..=3, ..] => b's',
        [20..=63, ..] => b'd',
        [128..=191, second, ..] if bytes.len() >= 12 && !(192..=223).contains(second) => b'r',
        _ => b'c',
    }
}

pub fn hash<T: Hash>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

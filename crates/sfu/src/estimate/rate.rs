//! Rates: what arrives, what delay allows, what loss allows. In bits per second.

use std::collections::VecDeque;

use super::trend::Usage;
use super::{LEAST, MOST};

/// What arrived is averaged over this long.
const ACKED_WINDOW_US: i64 = 500_000;
const ACKED_LEAST_US: i64 = 150_000;
/// All that is sent arrives, if it takes so little longer to arrive than it took to send.
const WHOLE: f64 = 0.9;

/// The packets that arrived lately: when sent, when arrived, bytes.
#[derive(Debug, Default)]
pub(super) struct Acked {
    packets: VecDeque<(u64, i64, u16)>,
    bytes: u64,
}

/// What arrived, in bits per second, and whether that was all that was sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Through {
    pub rate: f64,
    pub whole: bool,
}

impl Acked {
    pub fn feed(&mut self, sent: u64, at: i64, bytes: u16) {
        self.packets.push_back((sent, at, bytes));
        self.bytes += bytes as u64;
        while let Some(&(.., bytes)) = self.packets.front().filter(|p| p.1 + ACKED_WINDOW_US < at) {
            self.bytes -= bytes as u64;
            self.packets.pop_front();
        }
    }

    /// `None` until there is enough to tell.
    pub fn through(&self) -> Option<Through> {
        let (first, last) = (self.packets.front()?, self.packets.back()?);
        let span = (last.1 - first.1).max(0);
        let bits = (self.bytes - first.2 as u64) as f64 * 8.0;
        let whole = span as f64 * WHOLE <= last.0.saturating_sub(first.0) as f64;
        (span >= ACKED_LEAST_US).then(|| Through { rate: bits * 1e6 / span as f64, whole })
    }
}

/// Down to this share of what arrives when queues grow.
const BACK_OFF: f64 = 0.85;
/// Up by this share per second while far from the known capacity.
const GROWTH: f64 = 0.08;
/// Never beyond so many times what arrives: what was not tried is not known.
const BEYOND: f64 = 1.5;
/// After a decrease, one more only when this and a round trip have passed.
const SETTLE_US: u64 = 200_000;
/// A packet of this many bits more per round trip, close to the capacity.
const STEP_BITS: f64 = 9_600.0;

/// The delay-based limit: additive or multiplicative increase, multiplicative decrease.
#[derive(Debug)]
pub(super) struct Aimd {
    pub rate: f64,
    /// Where the last decreases happened: an average and its spread.
    capacity: Option<(f64, f64)>,
    updated: Option<u64>,
    decreased: Option<u64>,
}

impl Aimd {
    pub fn new(first: f64) -> Aimd {
        Aimd { rate: first, capacity: None, updated: None, decreased: None }
    }

    pub fn update(&mut self, now: u64, usage: Usage, through: Option<Through>, rtt_us: u64) {
        let passed = (now - self.updated.replace(now).unwrap_or(now)).min(1_000_000) as f64 / 1e6;
        let Some(through) = through else { return };
        match usage {
            Usage::Over => self.decrease(now, through, rtt_us),
            Usage::Under => {}
            Usage::Normal => self.increase(through.rate, passed, rtt_us),
        }
        self.rate = self.rate.clamp(LEAST, MOST);
    }

    fn decrease(&mut self, now: u64, through: Through, rtt_us: u64) {
        if self.decreased.is_some_and(|at| now - at < SETTLE_US + rtt_us) {
            return;
        }
        self.decreased = Some(now);
        let acked = through.rate;
        if through.whole && acked < self.rate {
            // All that was sent arrives, and it was not much: that says nothing about the capacity. It may
            // be a receiver that stutters. Go down step by step, not at once.
            self.rate = acked.max(BACK_OFF * self.rate);
            return;
        }
        self.rate = self.rate.min(BACK_OFF * acked);
        let (average, spread) = self.capacity.filter(|c| near(*c, acked)).unwrap_or((acked, 0.15 * acked));
        let off = acked - average;
        self.capacity = Some((average + 0.05 * off, (0.95 * spread + 0.05 * off.abs()).max(0.03 * average)));
    }

    fn increase(&mut self, acked: f64, passed: f64, rtt_us: u64) {
        if self.capacity.is_some_and(|(average, spread)| acked > average + 3.0 * spread) {
            self.capacity = None;
        }
        let more = match self.capacity.filter(|c| near(*c, self.rate)) {
            Some(_) => STEP_BITS * passed / (rtt_us as f64 / 1e6 + 0.1),
            None => self.rate * GROWTH * passed,
        };
        let limit = (BEYOND * acked + 10_000.0).max(self.rate);
        self.rate = (self.rate + more).min(limit);
    }

    /// A probe got this much through.
    pub fn found(&mut self, rate: f64) {
        self.rate = self.rate.max(rate).clamp(LEAST, MOST);
    }
}

fn near((average, spread): (f64, f64), rate: f64) -> bool {
    (rate - average).abs() <= 3.0 * spread
}

/// Below the first share of loss there is no limit, above the second it falls.
const LITTLE_LOSS: f64 = 0.02;
const MUCH_LOSS: f64 = 0.10;
/// Loss is judged over at least so many packets.
const JUDGED: u32 = 20;
const JUDGED_EVERY_US: u64 = 200_000;

/// The loss-based limit.
#[derive(Debug, Default)]
pub(super) struct LossLimit {
    limit: Option<f64>,
    arrived: u32,
    lost: u32,
    judged: u64,
    decreased: u64,
}

impl LossLimit {
    pub fn rate(&self) -> f64 {
        self.limit.unwrap_or(MOST)
    }

    /// `through`: what arrived lately, in bits per second.
    pub fn update(&mut self, now: u64, (arrived, lost): (u32, u32), rate: f64, through: f64, rtt_us: u64) {
        self.arrived += arrived;
        self.lost += lost;
        let total = self.arrived + self.lost;
        if total < JUDGED || now - self.judged < JUDGED_EVERY_US {
            return;
        }
        let passed = (now - self.judged).min(1_000_000) as f64 / 1e6;
        let loss = self.lost as f64 / total as f64;
        (self.arrived, self.lost, self.judged) = (0, 0, now);
        if loss > MUCH_LOSS && now - self.decreased >= SETTLE_US + rtt_us {
            self.decreased = now;
            // What gets through gets through: a queue that overflowed tells of its losses again and again, and
            // each of them is not another reason to go down.
            let before = self.rate().min(rate);
            let floor = (BACK_OFF * through).clamp(LEAST, before.max(LEAST));
            self.limit = Some((before * (1.0 - 0.5 * loss)).max(floor));
        } else if loss < LITTLE_LOSS {
            let more = |limit: f64| limit * (1.0 + GROWTH * passed) + 1_000.0 * passed;
            self.limit = self.limit.map(more).filter(|limit| *limit < rate);
        }
    }

    pub fn found(&mut self, rate: f64) {
        self.limit = self.limit.map(|limit| limit.max(rate));
    }
}

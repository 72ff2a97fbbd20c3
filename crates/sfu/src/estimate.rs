//! How much one viewer's way can carry: Google's congestion control over transport-wide feedback
//! (draft-ietf-rmcat-gcc-02), a delay-based and a loss-based limit, and probes to find more.

mod arrivals;
mod probe;
mod rate;
mod sent;
mod trend;

use std::time::Duration;

use probe::Probe;
use rate::{Acked, Aimd, LossLimit};
use sent::{Log, News};
use trend::Trend;

/// Estimates stay within these, in bits per second.
const LEAST: f64 = 100_000.0;
const MOST: f64 = 100_000_000.0;
/// A change smaller than this share is not worth telling.
const WORTH_TELLING: f64 = 0.03;
/// Loss is judged over this long.
const LOSS_WINDOW_US: u64 = 2_000_000;

/// The estimator of one connection. Times are microseconds since its beginning.
pub(crate) struct Estimator {
    log: Log,
    next: u64,
    clock: arrivals::Clock,
    trend: Trend,
    acked: Acked,
    delay: Aimd,
    losses: LossLimit,
    probe: Probe,
    told: f64,
    /// What we would like to send; more is not looked for.
    desired: f64,
    rtt_us: u64,
    window: Window,
    /// Share of packets lost in the last whole window.
    loss: Option<f32>,
}

/// Packets counted since `since`.
#[derive(Default)]
struct Window {
    since: u64,
    arrived: u32,
    lost: u32,
}

impl Estimator {
    pub fn new(first: u64) -> Estimator {
        let first = first as f64;
        Estimator {
            log: Log::default(),
            next: 1,
            clock: arrivals::Clock::default(),
            trend: Trend::default(),
            acked: Acked::default(),
            delay: Aimd::new(first),
            losses: LossLimit::default(),
            probe: Probe::default(),
            told: first,
            desired: 0.0,
            rtt_us: 100_000,
            window: Window::default(),
            loss: None,
        }
    }

    /// The number for a packet of this many bytes that is sent now.
    pub fn number(&mut self, now: u64, bytes: usize) -> u16 {
        let number = self.next;
        self.next += 1;
        self.log.note(number, now, bytes, self.probe.under_way(now), self.probe.stirs(now));
        number as u16
    }

    /// Take in feedback; the new estimate in bits per second, if it is worth telling.
    pub fn feedback(&mut self, now: u64, bytes: &[u8]) -> Option<u64> {
        let (mut arrived, mut lost) = (0, 0);
        let Estimator { log, trend, acked, probe, .. } = self;
        arrivals::read(&mut self.clock, bytes, |seq, at| match (log.settle(seq, at.is_some()), at) {
            (Some(News::Arrived(packet) | News::Found(packet)), Some(at)) => {
                arrived += 1;
                if !packet.stirred {
                    trend.feed(packet.at, at);
                }
                acked.feed(packet.at, at, packet.bytes);
                if packet.probe {
                    probe.feed(packet.at, at, packet.bytes);
                }
            }
            (Some(News::Lost), _) => lost += 1,
            _ => {}
        });
        self.count(now, arrived, lost);
        let before = self.delay.rate;
        self.delay.update(now, self.trend.usage, self.acked.through(), self.rtt_us);
        if self.delay.rate < before {
            self.probe.hurry(now);
        }
        if let Some(found) = self.probe.result(now) {
            self.delay.found(found);
            self.losses.found(found);
        }
        let through = self.acked.through().map_or(0.0, |through| through.rate);
        self.losses.update(now, (arrived, lost), self.delay.rate, through, self.rtt_us);
        self.tell()
    }

    fn tell(&mut self) -> Option<u64> {
        let estimate = self.delay.rate.min(self.losses.rate()).clamp(LEAST, MOST);
        if (estimate - self.told).abs() < self.told * WORTH_TELLING {
            return None;
        }
        self.told = estimate;
        Some(estimate as u64)
    }

    fn count(&mut self, now: u64, arrived: u32, lost: u32) {
        self.window.arrived += arrived;
        self.window.lost += lost;
        let total = self.window.arrived + self.window.lost;
        if now - self.window.since >= LOSS_WINDOW_US && total > 0 {
            self.loss = Some(self.window.lost as f32 / total as f32);
            self.window = Window { since: now, ..Window::default() };
        }
    }

    /// Loss without transport-wide feedback, from reception reports: `share` of so many packets.
    pub fn reported(&mut self, now: u64, share: f32) {
        if !self.log.heard() {
            self.loss = Some(share);
            self.window.since = now;
        }
    }

    /// What the way carries, in bits per second, as it was told last.
    pub fn estimate(&self) -> u64 {
        self.told as u64
    }

    /// Share of packets lost on the way, as far as known.
    pub fn loss(&self) -> Option<f32> {
        self.loss
    }

    pub fn set_rtt(&mut self, rtt: Duration) {
        self.rtt_us = rtt.as_micros() as u64;
    }

    /// What we would like to send, in bits per second.
    pub fn set_desired(&mut self, desired: u64) {
        self.desired = desired as f64;
    }

    /// Bytes of padding to send now, to see whether the way carries more than what is sent anyway.
    pub fn padding(&mut self, now: u64) -> usize {
        if self.seeks() {
            self.probe.consider(now, self.told, self.desired, self.rtt_us);
        }
        self.probe.due(now)
    }

    /// Whether more is wanted than is known to get through, and nothing speaks against trying.
    fn seeks(&self) -> bool {
        let calm = self.trend.usage == trend::Usage::Normal && self.loss.is_none_or(|loss| loss < 0.05);
        calm && self.log.heard() && self.told < self.desired
    }

    /// When padding is wanted next.
    pub fn wakes(&self) -> Option<u64> {
        self.probe.wakes().or_else(|| self.probe.begins().filter(|_| self.seeks()))
    }
}

#[cfg(test)]
mod tests;

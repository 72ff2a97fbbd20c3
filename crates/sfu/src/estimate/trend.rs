//! Whether a queue builds up on the way: the slope of one-way delays (the trend line filter and adaptive
//! threshold of draft-ietf-rmcat-gcc-02, 5.3 to 5.5, with a regression in place of the Kalman filter).

use std::collections::VecDeque;

/// Packets sent within this belong to one group.
const BURST_US: u64 = 5_000;
const WINDOW: usize = 20;
const SMOOTHING: f64 = 0.9;
const GAIN: f64 = 4.0;
/// The trend counts in full once so many groups were seen.
const FULL_TREND: f64 = 60.0;
/// Overuse must last this long, in milliseconds.
const LASTING: f64 = 10.0;
const THRESHOLD: (f64, f64) = (6.0, 600.0);
const FIRST_THRESHOLD: f64 = 12.5;
/// How fast the threshold follows the trend, up and down, per millisecond.
const FOLLOW: (f64, f64) = (0.0087, 0.039);
/// A gap this long begins anew: what was before says nothing about now.
const STALE_US: i64 = 2_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Usage {
    #[default]
    Normal,
    Over,
    /// Queues drain.
    Under,
}

#[derive(Debug, Clone, Copy)]
struct Group {
    first_sent: u64,
    last_sent: u64,
    arrived: i64,
}

#[derive(Debug)]
pub(super) struct Trend {
    groups: [Option<Group>; 2],
    /// Arrival and smoothed delay of the last groups, in milliseconds.
    points: VecDeque<(f64, f64)>,
    count: f64,
    delay: f64,
    smoothed: f64,
    threshold: f64,
    slope: f64,
    /// For how long the trend has been too steep.
    over: f64,
    pub usage: Usage,
}

impl Default for Trend {
    fn default() -> Trend {
        Trend {
            groups: [None; 2],
            points: VecDeque::new(),
            count: 0.0,
            delay: 0.0,
            smoothed: 0.0,
            threshold: FIRST_THRESHOLD,
            slope: 0.0,
            over: 0.0,
            usage: Usage::Normal,
        }
    }
}

impl Trend {
    /// Take in a packet that arrived; times in microseconds, each of its own clock.
    pub fn feed(&mut self, sent: u64, arrived: i64) {
        let fresh = Group { first_sent: sent, last_sent: sent, arrived };
        match &mut self.groups[1] {
            Some(group) if sent < group.first_sent => {}
            Some(group) if sent - group.first_sent <= BURST_US => {
                group.last_sent = group.last_sent.max(sent);
                group.arrived = group.arrived.max(arrived);
            }
            group => {
                let whole = group.replace(fresh);
                let before = std::mem::replace(&mut self.groups[0], whole);
                if let (Some(before), Some(whole)) = (before, whole) {
                    self.compare(before, whole);
                }
            }
        }
    }

    fn compare(&mut self, before: Group, group: Group) {
        let apart = group.arrived - before.arrived;
        // Groups that overtook each other say little; a clock that jumped says that all is new.
        if apart < 0 && apart > -STALE_US {
            return;
        }
        if apart.abs() >= STALE_US {
            *self = Trend { threshold: self.threshold, groups: self.groups, ..Trend::default() };
            return;
        }
        let sent = (group.last_sent - before.last_sent) as f64 / 1000.0;
        let apart = apart as f64 / 1000.0;
        self.delay += apart - sent;
        self.smoothed = SMOOTHING * self.smoothed + (1.0 - SMOOTHING) * self.delay;
        self.count = (self.count + 1.0).min(FULL_TREND);
        if self.points.len() == WINDOW {
            self.points.pop_front();
        }
        self.points.push_back((group.arrived as f64 / 1000.0, self.smoothed));
        let before = self.slope;
        if self.points.len() == WINDOW {
            self.slope = slope(&self.points);
        }
        self.judge(before, sent.max(0.1));
    }

    /// `passed`: milliseconds between the two groups when they were sent.
    fn judge(&mut self, slope_before: f64, passed: f64) {
        let trend = self.count * self.slope * GAIN;
        if trend > self.threshold {
            self.over += passed;
            if self.over > LASTING && self.slope >= slope_before {
                self.usage = Usage::Over;
            }
        } else {
            self.over = 0.0;
            self.usage = if trend < -self.threshold { Usage::Under } else { Usage::Normal };
        }
        // A sudden jump (another network) must not make it deaf.
        if trend.abs() <= self.threshold + 15.0 {
            let follow = if trend.abs() < self.threshold { FOLLOW.1 } else { FOLLOW.0 };
            self.threshold += follow * (trend.abs() - self.threshold) * passed.min(100.0);
            self.threshold = self.threshold.clamp(THRESHOLD.0, THRESHOLD.1);
        }
    }
}

/// The slope of the straight line with the least squares.
fn slope(points: &VecDeque<(f64, f64)>) -> f64 {
    let n = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), p| (x + p.0, y + p.1));
    let (x, y) = (x / n, y / n);
    let (above, below) = points
        .iter()
        .fold((0.0, 0.0), |(above, below), p| (above + (p.0 - x) * (p.1 - y), below + (p.0 - x) * (p.0 - x)));
    if below > 0.0 { above / below } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frames every 40 ms whose delay grows by so many milliseconds each.
    fn run(trend: &mut Trend, from: u64, frames: u64, grows: i64) {
        for frame in from..from + frames {
            let sent = frame * 40_000;
            trend.feed(sent, sent as i64 + 10_000 + (frame - from) as i64 * grows * 1000);
        }
    }

    #[test]
    fn growing_delay_is_overuse_and_steady_or_falling_delay_is_not() {
        let mut trend = Trend::default();
        run(&mut trend, 0, 50, 0);
        assert_eq!(trend.usage, Usage::Normal);
        run(&mut trend, 50, 25, 8);
        assert_eq!(trend.usage, Usage::Over);
        let mut trend = Trend::default();
        run(&mut trend, 0, 50, -8);
        assert_eq!(trend.usage, Usage::Under);
    }
}

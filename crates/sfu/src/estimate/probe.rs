//! Probes: for a moment more is sent than media needs, in padding, to see whether it gets through.

/// How long a probe sends, and how long after it feedback may still come, beyond two round trips: what is
/// probed is often a way whose queue is full.
const SENDS_US: u64 = 25_000;
const LISTENS_US: u64 = 400_000;
/// What a probe puts into a queue has drained after this.
const WAKE_US: u64 = 300_000;
/// Padding goes out in small pieces, so that a probe is no burst.
const PIECE_US: u64 = 5_000;
/// A probe asks for so many times the estimate.
const FACTOR: f64 = 2.0;
/// The next one comes soon after one that succeeded, later after one that did not.
const SOON_US: u64 = 500_000;
const LATER_US: u64 = 3_000_000;
/// And so long after the estimate fell.
const HURRY_US: u64 = 1_000_000;
/// Arriving in less time than sending took proves little: the way glued packets together.
const GLUED: f64 = 1.3;
const ENOUGH: u32 = 5;
/// A probe asks for at least this, in bits per second, or it would be too few packets to tell.
const LEAST: f64 = 500_000.0;

#[derive(Debug, Default)]
pub(super) struct Probe {
    running: Option<Running>,
    /// Not before this.
    next: u64,
    /// Until the last one's wake has calmed.
    calms: u64,
}

#[derive(Debug)]
struct Running {
    began: u64,
    /// Bits per second asked for.
    target: f64,
    /// The estimate when it began.
    before: f64,
    /// Feedback that comes later is no longer waited for.
    until: u64,
    padded: usize,
    seen: u32,
    bytes: u64,
    /// First and last packet: when sent, when arrived, bytes.
    first: (u64, i64, u16),
    last: (u64, i64, u16),
}

impl Probe {
    /// Begin, if it is time.
    pub fn consider(&mut self, now: u64, estimate: f64, desired: f64, rtt_us: u64) {
        if self.running.is_some() || now < self.next {
            return;
        }
        let until = now + SENDS_US + LISTENS_US + 2 * rtt_us;
        let target = (FACTOR * estimate).min(1.2 * desired).max(LEAST);
        let none = (0, 0, 0);
        let running = Running {
            began: now,
            target,
            before: estimate,
            until,
            padded: 0,
            seen: 0,
            bytes: 0,
            first: none,
            last: none,
        };
        self.next = now + LATER_US;
        self.calms = now + SENDS_US + WAKE_US;
        self.running = Some(running);
    }

    /// The estimate fell: find out soon whether it had to.
    pub fn hurry(&mut self, now: u64) {
        self.next = self.next.min(now + HURRY_US);
    }

    /// Bytes of padding that should be sent by now and are not.
    pub fn due(&mut self, now: u64) -> usize {
        let Some(running) = &mut self.running else { return 0 };
        let passed = (now - running.began + PIECE_US).min(SENDS_US);
        if now >= running.until {
            self.running = None;
            return 0;
        }
        let wanted = (running.target * passed as f64 / 8e6) as usize;
        let due = wanted.saturating_sub(running.padded);
        running.padded += due;
        due
    }

    pub fn under_way(&self, now: u64) -> bool {
        self.running.as_ref().is_some_and(|r| now < r.began + SENDS_US)
    }

    /// What is sent now finds the queue as a probe left it.
    pub fn stirs(&self, now: u64) -> bool {
        now < self.calms
    }

    /// When the next may begin; `None` while one is under way.
    pub fn begins(&self) -> Option<u64> {
        self.running.is_none().then_some(self.next)
    }

    /// When [`Probe::due`] will have more.
    pub fn wakes(&self) -> Option<u64> {
        let running = self.running.as_ref()?;
        let pieces = (running.padded as f64 * 8e6 / running.target) as u64;
        let next = running.began + pieces;
        Some(if pieces < SENDS_US { next } else { running.until })
    }

    /// A packet of the probe arrived.
    pub fn feed(&mut self, sent: u64, arrived: i64, bytes: u16) {
        let Some(running) = self.running.as_mut().filter(|r| sent >= r.began) else { return };
        let this = (sent, arrived, bytes);
        if running.seen == 0 {
            (running.first, running.last) = (this, this);
        }
        if arrived >= running.last.1 {
            running.last = this;
        }
        running.seen += 1;
        running.bytes += bytes as u64;
    }

    /// The rate that got through, once all of it was heard of; bits per second.
    pub fn result(&mut self, now: u64) -> Option<f64> {
        let running = self.running.as_ref()?;
        let whole = running.bytes as usize >= running.padded.saturating_sub(300);
        if now < running.began + SENDS_US || running.seen < ENOUGH || !whole {
            return None;
        }
        let rate = measure(running)?;
        let success = rate > running.before;
        self.running = None;
        self.next = now + if success { SOON_US } else { LATER_US };
        success.then_some(rate)
    }
}

/// The slower of sending and arriving, a little less when the way was the slower.
fn measure(running: &Running) -> Option<f64> {
    let (first, last) = (running.first, running.last);
    let sent = last.0.checked_sub(first.0).filter(|t| *t > 0)? as f64 / 1e6;
    let arrived = (last.1 - first.1).max(1) as f64 / 1e6;
    let out = (running.bytes - last.2 as u64) as f64 * 8.0 / sent;
    let through = (running.bytes - first.2 as u64) as f64 * 8.0 / arrived;
    if through > GLUED * out {
        return Some(out.min(running.target));
    }
    Some(if through < 0.9 * out { 0.95 * through } else { through.min(out) })
}

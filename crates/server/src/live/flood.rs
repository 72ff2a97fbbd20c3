//! How much one socket may say: a bucket of messages that fills up again. Pure.

use crate::kit::At;

/// So many messages at once.
const BURST: f64 = 60.0;
/// So many per second in the long run.
const PER_SECOND: f64 = 25.0;
/// Whoever goes on for so many refused messages is disconnected.
const PATIENCE: u32 = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Take,
    Refuse,
    Disconnect,
}

#[derive(Debug)]
pub struct Bucket {
    burst: f64,
    per_second: f64,
    left: f64,
    at: At,
    refused: u32,
}

impl Bucket {
    /// For all messages of a socket.
    pub fn new(now: At) -> Bucket {
        Bucket::of(BURST, PER_SECOND, now)
    }

    /// So many at once, and so many a second in the long run.
    pub fn of(burst: f64, per_second: f64, now: At) -> Bucket {
        Bucket { burst, per_second, left: burst, at: now, refused: 0 }
    }

    pub fn take(&mut self, now: At) -> Verdict {
        self.left = (self.left + now.seconds_since(self.at).max(0.0) * self.per_second).min(self.burst);
        self.at = now;
        if self.left >= 1.0 {
            self.left -= 1.0;
            self.refused = self.refused.saturating_sub(1);
            return Verdict::Take;
        }
        self.refused += 1;
        if self.refused > PATIENCE { Verdict::Disconnect } else { Verdict::Refuse }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_refused_then_ended_and_a_pause_helps() {
        let start = At(0);
        let mut bucket = Bucket::new(start);
        assert!((0..60).all(|_| bucket.take(start) == Verdict::Take));
        assert_eq!(bucket.take(start), Verdict::Refuse);
        assert_eq!(bucket.take(start.plus_seconds(1)), Verdict::Take);
        let later = start.plus_seconds(1);
        assert!((0..600).any(|_| bucket.take(later) == Verdict::Disconnect));
    }
}

//! How much one socket may say: a bucket of messages and one of bytes, which fill up again. Pure.

use serde_json::Value;

use crate::kit::At;

/// So many messages at once.
const BURST: f64 = 60.0;
/// So many per second in the long run.
const PER_SECOND: f64 = 25.0;
/// So many bytes at once: some of the largest messages there are.
const BYTES: f64 = (4 << 20) as f64;
/// So many per second in the long run.
const BYTES_PER_SECOND: f64 = (256 << 10) as f64;
/// Whoever goes on for so many refused messages is disconnected.
const PATIENCE: u32 = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Take,
    Refuse,
    Disconnect,
}

pub struct Bucket {
    left: f64,
    bytes: f64,
    at: At,
    refused: u32,
}

impl Bucket {
    pub fn new(now: At) -> Bucket {
        Bucket { left: BURST, bytes: BYTES, at: now, refused: 0 }
    }

    /// A message of about so many bytes came.
    pub fn take(&mut self, now: At, bytes: usize) -> Verdict {
        let passed = now.seconds_since(self.at).max(0.0);
        self.left = (self.left + passed * PER_SECOND).min(BURST);
        self.bytes = (self.bytes + passed * BYTES_PER_SECOND).min(BYTES);
        self.at = now;
        if self.left >= 1.0 && self.bytes >= bytes as f64 {
            self.left -= 1.0;
            self.bytes -= bytes as f64;
            self.refused = self.refused.saturating_sub(1);
            return Verdict::Take;
        }
        self.refused += 1;
        if self.refused > PATIENCE { Verdict::Disconnect } else { Verdict::Refuse }
    }
}

/// About how many bytes a message has.
pub fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 2,
        Value::Array(items) => items.iter().map(weight).sum::<usize>() + 2,
        Value::Object(fields) => fields.iter().map(|(name, value)| name.len() + 4 + weight(value)).sum::<usize>() + 2,
        Value::Null | Value::Bool(_) | Value::Number(_) => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_refused_then_ended_and_a_pause_helps() {
        let start = At(0);
        let mut bucket = Bucket::new(start);
        assert!((0..60).all(|_| bucket.take(start, 9) == Verdict::Take));
        assert_eq!(bucket.take(start, 9), Verdict::Refuse);
        assert_eq!(bucket.take(start.plus_seconds(1), 9), Verdict::Take);
        let later = start.plus_seconds(1);
        assert!((0..600).any(|_| bucket.take(later, 9) == Verdict::Disconnect));
    }

    #[test]
    fn bytes_count_too() {
        let start = At(0);
        let mut bucket = Bucket::new(start);
        let large = serde_json::json!({ "image": "a".repeat(1 << 20) });
        assert!((0..3).all(|_| bucket.take(start, weight(&large)) == Verdict::Take));
        assert_eq!(bucket.take(start, weight(&large)), Verdict::Refuse);
        assert_eq!(bucket.take(start, 9), Verdict::Take, "a word is none of it");
        assert_eq!(bucket.take(start.plus_seconds(5), weight(&large)), Verdict::Take);
    }
}

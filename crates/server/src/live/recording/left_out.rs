//! Packets for which the disk was too slow: counted, and said in the log at most once a minute.

use super::Recorder;
use crate::kit::At;

const SECONDS: f64 = 60.0;

#[derive(Debug, Default)]
pub struct LeftOut {
    said: u64,
    at: Option<At>,
}

impl LeftOut {
    /// Of how many the log should tell now, where there are so many since the start.
    fn news(&mut self, all: u64, now: At) -> Option<u64> {
        let lately = self.at.is_some_and(|at| now.seconds_since(at) < SECONDS);
        if all == self.said || lately {
            return None;
        }
        let new = all - self.said;
        (self.said, self.at) = (all, Some(now));
        Some(new)
    }
}

impl Recorder {
    /// Looked at every few seconds.
    pub fn measure(&self, now: At) {
        let all = self.deck.left_out();
        metrics::counter!("vdp_recording_packets_left_out_total").absolute(all);
        let mut left_out = self.left_out.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(packets) = left_out.news(all, now) {
            tracing::warn!(packets, "the disk is too slow for what is recorded: recordings have holes");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_when_it_begins_and_then_once_a_minute() {
        let (mut left_out, start) = (LeftOut::default(), At(0));
        assert_eq!(left_out.news(0, start), None);
        assert_eq!(left_out.news(3, start), Some(3));
        assert_eq!(left_out.news(9, start.plus_seconds(59)), None);
        assert_eq!(left_out.news(9, start.plus_seconds(60)), Some(6));
        assert_eq!(left_out.news(9, start.plus_seconds(200)), None);
        assert_eq!(left_out.news(10, start.plus_seconds(201)), Some(1));
    }
}

//! What was sent to one viewer lately, by transport-wide sequence number, until feedback tells its fate.

use std::collections::VecDeque;

/// Feedback older than this says nothing about now.
const KEEP_US: u64 = 3_000_000;
const KEEP_MOST: usize = 4096;
const FORGET_EVERY: u64 = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Unknown,
    Lost,
    Arrived,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Packet {
    /// Microseconds since the connection's beginning.
    pub at: u64,
    /// Bytes on the wire, without UDP and below.
    pub bytes: u16,
    /// Sent while a probe was under way.
    pub probe: bool,
    /// Sent then or in its wake, where a probe's own queue would be taken for overuse.
    pub stirred: bool,
    fate: Fate,
}

/// What a piece of feedback changed.
#[derive(Debug, Clone, Copy)]
pub(super) enum News {
    Arrived(Packet),
    Lost,
    /// It was told lost before, and came after all.
    Found(Packet),
}

#[derive(Debug, Default)]
pub(super) struct Log {
    packets: VecDeque<Packet>,
    /// Number of the first packet kept.
    base: u64,
    heard: bool,
}

impl Log {
    /// Note a packet. Their numbers follow each other.
    pub fn note(&mut self, number: u64, at: u64, bytes: usize, probe: bool, stirred: bool) {
        // Now and then: the oldest have long left the processor's nearest memory.
        if number.is_multiple_of(FORGET_EVERY) {
            self.forget(at);
        }
        if self.packets.is_empty() {
            self.base = number;
        }
        let bytes = bytes.min(u16::MAX as usize) as u16;
        self.packets.push_back(Packet { at, bytes, probe, stirred, fate: Fate::Unknown });
    }

    fn forget(&mut self, now: u64) {
        let old = |p: &Packet| p.at + KEEP_US < now;
        while self.packets.front().is_some_and(old) || self.packets.len() >= KEEP_MOST {
            self.packets.pop_front();
            self.base += 1;
        }
    }

    /// Whether feedback ever came.
    pub fn heard(&self) -> bool {
        self.heard
    }

    /// Take in what was said about a packet; `None` if it is no news.
    pub fn settle(&mut self, seq: u16, arrived: bool) -> Option<News> {
        // The number nearest to the newest one.
        let newest = self.base + self.packets.len().checked_sub(1)? as u64;
        let number = newest.wrapping_add_signed((seq.wrapping_sub(newest as u16) as i16) as i64);
        let packet = self.packets.get_mut(number.checked_sub(self.base)? as usize)?;
        let before = packet.fate;
        self.heard = true;
        packet.fate = match (before, arrived) {
            (Fate::Arrived, _) => Fate::Arrived,
            (_, true) => Fate::Arrived,
            (_, false) => Fate::Lost,
        };
        match (before, arrived) {
            (Fate::Unknown, true) => Some(News::Arrived(*packet)),
            (Fate::Unknown, false) => Some(News::Lost),
            (Fate::Lost, true) => Some(News::Found(*packet)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_packet_is_news_once_and_numbers_may_roll_over() {
        let mut log = Log::default();
        for number in 65_530..65_550 {
            log.note(number, number, 100, false, false);
        }
        assert!(matches!(log.settle(65_535, true), Some(News::Arrived(p)) if p.at == 65_535));
        assert!(log.settle(65_535, true).is_none());
        assert!(matches!(log.settle(5, false), Some(News::Lost)));
        assert!(matches!(log.settle(5, true), Some(News::Found(p)) if p.at == 65_541));
        assert!(log.settle(14, true).is_none(), "not sent yet");
        assert!(log.settle(65_529, true).is_none(), "forgotten");
        for number in 65_550..65_601 {
            log.note(number, 65_545 + KEEP_US, 100, false, false);
        }
        assert!(log.settle(8, true).is_none(), "too old");
        assert!(log.settle(13, true).is_some());
    }
}

//! One outgoing stream made of many incoming ones: numbers go on as if nothing was ever switched.
//!
//! Every switch fixes an offset between the incoming and the outgoing numbers (sequence, time, VP8
//! picture id and TL0PICIDX), a [`Leg`]. Loss stays visible as a gap, late packets still find their
//! number, and of a number that was sent it can be told which packet it carried.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::packet::Packet;
use crate::slot::TrackId;

/// Legs kept for repairs.
const PAST: usize = 4;

/// From one switch to the next: where packets come from and what is added to their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Leg {
    pub track: TrackId,
    pub layer: usize,
    first_in: u64,
    first_out: u64,
    pub time: u32,
    pub picture: u16,
    pub tl0: u8,
}

#[derive(Debug)]
pub(crate) struct Rewriter {
    clock: u32,
    leg: Option<Leg>,
    past: VecDeque<Leg>,
    last: Last,
}

/// The newest numbers sent.
#[derive(Debug, Clone, Copy)]
struct Last {
    seq: u64,
    time: u32,
    picture: u16,
    tl0: u8,
    at: Option<Instant>,
}

/// A packet's outgoing numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mapped {
    /// With the roll-over counter.
    pub seq: u64,
    pub time: u32,
    /// What is added to the VP8 numbers.
    pub picture: u16,
    pub tl0: u8,
}

impl Rewriter {
    /// `seq` is the number before the first one sent. It must leave the first packet below 65536, as
    /// a receiver takes the rollover counter for zero.
    pub fn new(clock: u32, seq: u16, time: u32) -> Rewriter {
        let last = Last { seq: seq as u64, time, picture: 0, tl0: 0, at: None };
        Rewriter { clock, leg: None, past: VecDeque::new(), last }
    }

    /// From this packet of a track on, another stream is carried.
    pub fn switch_to(&mut self, track: TrackId, packet: &Packet) {
        let gap = match self.last.at {
            Some(at) => packet.at.saturating_duration_since(at).max(Duration::from_millis(1)),
            None => Duration::from_millis(1),
        };
        let ticks = (gap.as_micros() * self.clock as u128 / 1_000_000) as u32;
        let picture = packet.vp8.and_then(|vp8| vp8.picture).map_or(0, |picture| picture.id);
        let tl0 = packet.vp8.and_then(|vp8| vp8.tl0).map_or(0, |(_, tl0)| tl0);
        if self.past.len() == PAST {
            self.past.pop_front();
        }
        self.past.extend(self.leg);
        self.leg = Some(Leg {
            track,
            layer: packet.layer,
            first_in: packet.seq,
            first_out: self.last.seq + 1,
            time: self.last.time.wrapping_add(ticks).wrapping_sub(packet.time),
            picture: self.last.picture.wrapping_add(1).wrapping_sub(picture) & 0x7fff,
            tl0: self.last.tl0.wrapping_add(1).wrapping_sub(tl0),
        });
    }

    /// `None`: the packet is older than the switch and belongs to no number of ours.
    pub fn map(&mut self, packet: &Packet) -> Option<Mapped> {
        let leg = self.leg?;
        let seq = leg.first_out + packet.seq.checked_sub(leg.first_in)?;
        let time = packet.time.wrapping_add(leg.time);
        if seq > self.last.seq || self.last.at.is_none() {
            self.last.seq = seq;
            self.last.time = time;
            self.last.at = Some(packet.at);
            if let Some(picture) = packet.vp8.and_then(|vp8| vp8.picture) {
                self.last.picture = picture.id.wrapping_add(leg.picture) & 0x7fff;
            }
            if let Some((_, tl0)) = packet.vp8.and_then(|vp8| vp8.tl0) {
                self.last.tl0 = tl0.wrapping_add(leg.tl0);
            }
        }
        Some(Mapped { seq, time, picture: leg.picture, tl0: leg.tl0 })
    }

    /// Which incoming packet a number sent lately carried: its leg and its number there.
    pub fn origin(&self, seq: u16) -> Option<(Leg, u64)> {
        let behind = (self.last.seq as u16).wrapping_sub(seq);
        let seq = self.last.seq.checked_sub(behind as u64).filter(|_| behind < 0x8000)?;
        let leg = self.leg.iter().chain(self.past.iter().rev()).find(|leg| leg.first_out <= seq)?;
        Some((*leg, leg.first_in + (seq - leg.first_out)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SeatId, Source};
    use crate::vp8::Vp8;
    use std::sync::Arc;

    const TRACK: TrackId = (SeatId(1), Source::Camera);

    fn packet(seq: u64, time: u32, at: Instant, picture: u16) -> Packet {
        let bytes = [0x90, 0xe0, 0x80 | (picture >> 8) as u8, picture as u8, 7, 0x20, 0, 0, 0];
        let payload: Arc<[u8]> = Arc::from(bytes.as_slice());
        let vp8 = Vp8::parse(&payload);
        Packet {
            ssrc: 1.into(),
            layer: 0,
            seq,
            time,
            marker: true,
            payload,
            at,
            key: true,
            vp8,
            marks: Default::default(),
            red: false,
        }
    }

    #[test]
    fn a_switch_continues_sequence_time_and_picture_id_without_a_gap() {
        let t0 = Instant::now();
        let mut rewriter = Rewriter::new(90_000, 9, 0);
        let first = packet(70_000, 1_000, t0, 100);
        rewriter.switch_to(TRACK, &first);
        assert_eq!(rewriter.map(&first).unwrap().seq, 10);
        let later = packet(70_001, 4_600, t0 + Duration::from_millis(40), 101);
        let before = rewriter.map(&later).unwrap();

        let other = packet(5, 77, t0 + Duration::from_millis(80), 3000);
        rewriter.switch_to(TRACK, &other);
        let after = rewriter.map(&other).unwrap();
        assert_eq!(after.seq, before.seq + 1);
        assert_eq!(after.time - before.time, 3_600);
        assert_eq!(3000u16.wrapping_add(after.picture) & 0x7fff, 3);
        assert_eq!(7u8.wrapping_add(after.tl0), 2);
    }

    #[test]
    fn loss_stays_a_gap_and_late_packets_find_their_number() {
        let t0 = Instant::now();
        let mut rewriter = Rewriter::new(90_000, 0, 0);
        let first = packet(100, 0, t0, 1);
        rewriter.switch_to(TRACK, &first);
        rewriter.map(&first);
        assert_eq!(rewriter.map(&packet(103, 0, t0, 2)).unwrap().seq, 4);
        assert_eq!(rewriter.map(&packet(102, 0, t0, 2)).unwrap().seq, 3);
        assert_eq!(rewriter.map(&packet(99, 0, t0, 0)), None);
    }

    #[test]
    fn a_number_is_traced_back_across_a_switch_and_a_roll_over() {
        let t0 = Instant::now();
        let mut rewriter = Rewriter::new(90_000, 65_530, 0);
        for first in [100, 500] {
            rewriter.switch_to(TRACK, &packet(first, 0, t0, 1));
            for ahead in 0..4 {
                rewriter.map(&packet(first + ahead, 0, t0, 1));
            }
        }
        // Sent were 65531 to 65538.
        let origin = |seq: u16| rewriter.origin(seq).map(|(_, seq)| seq);
        assert_eq!(origin(65_531), Some(100));
        assert_eq!(origin(65_534), Some(103));
        assert_eq!(origin(65_535), Some(500));
        assert_eq!(origin(2), Some(503));
        assert_eq!(origin(3), None, "not sent yet");
        assert_eq!(origin(65_530), None, "before the first");
    }
}

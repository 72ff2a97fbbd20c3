//! One outgoing stream made of many incoming ones: numbers go on as if nothing was ever switched.
//!
//! Every switch fixes an offset between the incoming and the outgoing numbers (sequence, time, VP8
//! picture id and TL0PICIDX). Loss stays visible as a gap, and late packets still find their number.

use std::time::{Duration, Instant};

use str0m::rtp::{Vp8Descriptor, Vp8Patch};

use crate::packet::Packet;

#[derive(Debug)]
pub(crate) struct Rewriter {
    clock: u32,
    first_in: u64,
    first_out: u64,
    time_offset: u32,
    picture_offset: u16,
    tl0_offset: u8,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mapped {
    pub seq: u64,
    pub time: u32,
    pub vp8: Option<Vp8Patch>,
}

impl Rewriter {
    /// `seq` is the number before the first one sent. It must leave the first packet below 65536, as
    /// a receiver takes the rollover counter for zero.
    pub fn new(clock: u32, seq: u16, time: u32) -> Rewriter {
        let last = Last { seq: seq as u64, time, picture: 0, tl0: 0, at: None };
        Rewriter { clock, first_in: 0, first_out: 0, time_offset: 0, picture_offset: 0, tl0_offset: 0, last }
    }

    /// From this packet on another stream is carried.
    pub fn switch_to(&mut self, packet: &Packet) {
        let gap = match self.last.at {
            Some(at) => packet.at.saturating_duration_since(at).max(Duration::from_millis(1)),
            None => Duration::from_millis(1),
        };
        let ticks = (gap.as_micros() * self.clock as u128 / 1_000_000) as u32;
        self.first_in = packet.seq;
        self.first_out = self.last.seq + 1;
        self.time_offset = self.last.time.wrapping_add(ticks).wrapping_sub(packet.time);
        if let Some(vp8) = &packet.vp8 {
            let picture = vp8.picture_id().unwrap_or(0);
            self.picture_offset = self.last.picture.wrapping_add(1).wrapping_sub(picture) & 0x7fff;
            let tl0 = vp8.tl0_pic_idx().unwrap_or(0);
            self.tl0_offset = self.last.tl0.wrapping_add(1).wrapping_sub(tl0);
        }
    }

    /// `None`: the packet is older than the switch and belongs to no number of ours.
    pub fn map(&mut self, packet: &Packet) -> Option<Mapped> {
        let ahead = packet.seq.checked_sub(self.first_in)?;
        let seq = self.first_out + ahead;
        let time = packet.time.wrapping_add(self.time_offset);
        let newest = seq > self.last.seq || self.last.at.is_none();
        if newest {
            self.last.seq = seq;
            self.last.time = time;
            self.last.at = Some(packet.at);
        }
        let vp8 = packet.vp8.as_ref().and_then(|vp8| self.patch(vp8, newest));
        Some(Mapped { seq, time, vp8 })
    }

    fn patch(&mut self, vp8: &Vp8Descriptor, newest: bool) -> Option<Vp8Patch> {
        let id = vp8.picture_id()?;
        let wide = id.wrapping_add(self.picture_offset) & 0x7fff;
        let mut patch = vp8.patch().picture_id(wide);
        let tl0 = vp8.tl0_pic_idx().map(|tl0| tl0.wrapping_add(self.tl0_offset));
        if let Some(tl0) = tl0 {
            patch = patch.tl0_pic_idx(tl0);
        }
        if newest {
            self.last.picture = wide;
            self.last.tl0 = tl0.unwrap_or(self.last.tl0);
        }
        // A descriptor with a seven-bit picture id keeps its width.
        patch.build().or_else(|_| patch.picture_id(wide & 0x7f).build()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn packet(seq: u64, time: u32, at: Instant, picture: u16) -> Packet {
        let bytes = [0x90, 0xe0, 0x80 | (picture >> 8) as u8, picture as u8, 7, 0x20, 0, 0, 0];
        let payload: Arc<[u8]> = Arc::from(bytes.as_slice());
        let vp8 = Vp8Descriptor::parse(&payload).ok();
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
            ext: Default::default(),
            red: false,
        }
    }

    #[test]
    fn a_switch_continues_sequence_time_and_picture_id_without_a_gap() {
        let t0 = Instant::now();
        let mut rewriter = Rewriter::new(90_000, 9, 0);
        let first = packet(70_000, 1_000, t0, 100);
        rewriter.switch_to(&first);
        assert_eq!(rewriter.map(&first).unwrap().seq, 10);
        let later = packet(70_001, 4_600, t0 + Duration::from_millis(40), 101);
        let before = rewriter.map(&later).unwrap();

        let other = packet(5, 77, t0 + Duration::from_millis(80), 3000);
        rewriter.switch_to(&other);
        let after = rewriter.map(&other).unwrap();
        assert_eq!(after.seq, before.seq + 1);
        assert_eq!(after.time - before.time, 3_600);
        let want = other.vp8.unwrap().patch().picture_id(3).tl0_pic_idx(2).build().unwrap();
        assert_eq!(after.vp8, Some(want));
    }

    #[test]
    fn loss_stays_a_gap_and_late_packets_find_their_number() {
        let t0 = Instant::now();
        let mut rewriter = Rewriter::new(90_000, 0, 0);
        let first = packet(100, 0, t0, 1);
        rewriter.switch_to(&first);
        rewriter.map(&first);
        assert_eq!(rewriter.map(&packet(103, 0, t0, 2)).unwrap().seq, 4);
        assert_eq!(rewriter.map(&packet(102, 0, t0, 2)).unwrap().seq, 3);
        assert_eq!(rewriter.map(&packet(99, 0, t0, 0)), None);
    }
}

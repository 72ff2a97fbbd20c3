//! A packet on its way from one track to many slots: parsed once, its payload shared by all.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use str0m::rtp::{RedDecoder, RtpPacket, Ssrc};

use crate::vp8::Vp8;

/// Header extensions that are passed on, as their bytes are on the wire.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks {
    /// Voice activity and level (RFC 6464).
    pub level: Option<u8>,
    /// How the picture is turned (3GPP TS 26.114, 7.4.5).
    pub orientation: Option<u8>,
}

pub(crate) struct Packet {
    pub ssrc: Ssrc,
    pub layer: usize,
    /// Extended, so it never wraps.
    pub seq: u64,
    pub time: u32,
    pub marker: bool,
    pub payload: Arc<[u8]>,
    pub at: Instant,
    /// First packet of a key frame.
    pub key: bool,
    pub vp8: Option<Vp8>,
    pub marks: Marks,
    /// Opus inside RFC 2198 redundancy.
    pub red: bool,
}

impl Packet {
    pub fn audio(packet: RtpPacket, red: bool) -> Packet {
        let values = &packet.header.ext_vals;
        let voice = values.voice_activity.unwrap_or(false) as u8;
        let level = values.audio_level.map(|level| voice << 7 | level.unsigned_abs().min(127));
        Packet { red, marks: Marks { level, orientation: None }, ..Packet::bare(packet, 0) }
    }

    pub fn video(packet: RtpPacket, layer: usize) -> Packet {
        let vp8 = Vp8::parse(&packet.payload);
        let key = vp8.is_some_and(|vp8| vp8.starts_key_frame(&packet.payload));
        let orientation = packet.header.ext_vals.video_orientation.map(|turn| turn as u8);
        Packet { vp8, key, marks: Marks { level: None, orientation }, ..Packet::bare(packet, layer) }
    }

    fn bare(packet: RtpPacket, layer: usize) -> Packet {
        Packet {
            ssrc: packet.header.ssrc,
            layer,
            seq: *packet.seq_no,
            time: packet.header.timestamp,
            marker: packet.header.marker,
            payload: packet.payload,
            at: packet.timestamp,
            key: false,
            vp8: None,
            marks: Marks::default(),
            red: false,
        }
    }

    /// The picture's height, written in the first packet of a VP8 key frame (RFC 6386, 9.1).
    pub fn key_height(&self) -> Option<u16> {
        if !self.key {
            return None;
        }
        // The frame header follows the descriptor; its start code tells where.
        let head = self.payload.get(..32.min(self.payload.len()))?;
        let at = head.windows(3).position(|w| w == [0x9d, 0x01, 0x2a])?;
        let low = *head.get(at + 5)? as u16;
        let high = *head.get(at + 6)? as u16;
        Some((low | high << 8) & 0x3fff)
    }
}

/// The newest block of a RED packet, for a receiver that did not negotiate RED.
pub(crate) fn red_primary(payload: &[u8]) -> Option<Vec<u8>> {
    let blocks = RedDecoder::decode(payload).ok()?;
    blocks.iter().find(|b| b.is_primary).map(|b| b.payload.to_vec())
}

/// A RED packet names the payload type of each block. Receivers number theirs on their own.
pub(crate) fn red_retarget(payload: &[u8], pt: u8) -> Cow<'_, [u8]> {
    let mut changed = Cow::Borrowed(payload);
    let mut at = 0;
    while let Some(&head) = payload.get(at) {
        if head & 0x7f != pt {
            changed.to_mut()[at] = head & 0x80 | pt;
        }
        if head & 0x80 == 0 {
            break;
        }
        at += 4;
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn red_blocks_are_renumbered_for_the_receiver_and_nothing_else_changes() {
        let redundant = str0m::rtp::RedundantBlock { pt: 111, timestamp_offset: 960, payload: vec![1, 2] };
        let red = str0m::rtp::RedEncoder::encode(111, &[9, 9, 9], &[redundant]);
        let moved = red_retarget(&red, 96);
        let blocks = RedDecoder::decode(&moved).unwrap();
        assert!(blocks.iter().all(|b| b.pt == 96));
        assert_eq!(blocks[0].payload, [1, 2]);
        assert_eq!(red_primary(&moved).unwrap(), [9, 9, 9]);
        assert!(matches!(red_retarget(&red, 111), Cow::Borrowed(_)));
    }

    #[test]
    fn redundancy_that_is_cut_short_does_no_harm() {
        let cut = [0xff, 1];
        assert_eq!(red_retarget(&cut, 96)[0], 0x80 | 96);
        assert!(red_primary(&cut).is_none());
    }
}

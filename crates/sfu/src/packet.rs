//! A packet on its way from one track to many slots: parsed once, its payload shared by all.

use std::sync::Arc;
use std::time::Instant;

use str0m::rtp::{ExtensionValues, RedDecoder, RtpPacket, Ssrc, Vp8Descriptor};

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
    pub vp8: Option<Vp8Descriptor>,
    pub ext: ExtensionValues,
    /// Opus inside RFC 2198 redundancy.
    pub red: bool,
}

impl Packet {
    pub fn audio(packet: RtpPacket, red: bool) -> Packet {
        let ext = ExtensionValues {
            audio_level: packet.header.ext_vals.audio_level,
            voice_activity: packet.header.ext_vals.voice_activity,
            ..Default::default()
        };
        Packet { red, ext, ..Packet::bare(packet, 0) }
    }

    pub fn video(packet: RtpPacket, layer: usize) -> Packet {
        let vp8 = Vp8Descriptor::parse(&packet.payload).ok();
        let key = vp8.is_some_and(|d| d.starts_keyframe(&packet.payload));
        let ext = ExtensionValues { video_orientation: packet.header.ext_vals.video_orientation, ..Default::default() };
        Packet { vp8, key, ext, ..Packet::bare(packet, layer) }
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
            ext: ExtensionValues::default(),
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
pub(crate) fn red_primary(payload: &[u8]) -> Option<Arc<[u8]>> {
    let blocks = RedDecoder::decode(payload).ok()?;
    blocks.iter().find(|b| b.is_primary).map(|b| Arc::from(b.payload))
}

/// A RED packet names the payload type of each block. Receivers number theirs on their own.
pub(crate) fn red_retarget(payload: &Arc<[u8]>, pt: u8) -> Arc<[u8]> {
    let mut changed: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(&head) = payload.get(at) {
        if head & 0x7f != pt {
            changed.get_or_insert_with(|| payload.to_vec())[at] = head & 0x80 | pt;
        }
        if head & 0x80 == 0 {
            break;
        }
        at += 4;
    }
    changed.map(Arc::from).unwrap_or_else(|| payload.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn red_blocks_are_renumbered_for_the_receiver_and_nothing_else_changes() {
        let redundant = str0m::rtp::RedundantBlock { pt: 111, timestamp_offset: 960, payload: vec![1, 2] };
        let red: Arc<[u8]> = str0m::rtp::RedEncoder::encode(111, &[9, 9, 9], &[redundant]).into();
        let moved = red_retarget(&red, 96);
        let blocks = RedDecoder::decode(&moved).unwrap();
        assert!(blocks.iter().all(|b| b.pt == 96));
        assert_eq!(blocks[0].payload, [1, 2]);
        assert_eq!(red_primary(&moved).unwrap().as_ref(), [9, 9, 9]);
        assert!(Arc::ptr_eq(&red, &red_retarget(&red, 111)));
    }

    #[test]
    fn redundancy_that_is_cut_short_does_no_harm() {
        let cut: Arc<[u8]> = Arc::from([0xff, 1].as_slice());
        assert_eq!(red_retarget(&cut, 96)[0], 0x80 | 96);
        assert!(red_primary(&cut).is_none());
    }
}

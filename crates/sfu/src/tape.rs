//! The tap of a recorder: the packets of recorded seats, once, as they came.
//!
//! Of a picture in several layers one is taped at a time: the tallest that flows, changed at key frames like a
//! viewer's. What is muted does not come this far.

use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::rtp::{RedDecoder, Ssrc};

use crate::model::{Kind, Refusal, RoomId, SeatId, Taped, TapedPacket};
use crate::packet::Packet;
use crate::shard::Shard;
use crate::slot::TrackId;
use crate::track::Track;

/// A picture of which nobody asks for key frames would have none to begin at.
const KEY_EVERY: Duration = Duration::from_secs(8);

/// What is being taped of a track.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    stream: Option<Ssrc>,
    layer: usize,
    target: usize,
    key_at: Option<Instant>,
}

impl Tape {
    fn takes(&mut self, kind: Kind, packet: &Packet) -> bool {
        if kind == Kind::Video && packet.key && (self.stream.is_none() || packet.layer == self.target) {
            (self.stream, self.layer) = (Some(packet.ssrc), packet.layer);
            self.key_at = Some(packet.at);
        }
        kind == Kind::Audio || self.stream == Some(packet.ssrc)
    }

    /// The layer of which a key frame is needed now.
    fn needs_key(&mut self, tallest: Option<usize>, now: Instant) -> Option<usize> {
        self.target = tallest.unwrap_or(self.target);
        let old = self.key_at.is_none_or(|at| now.saturating_duration_since(at) >= KEY_EVERY);
        (self.stream.is_none() || self.layer != self.target || old).then_some(self.target)
    }
}

impl Shard {
    /// Holds until it is said otherwise, also for sources that are published later.
    pub(crate) fn set_recorded(&mut self, room: RoomId, seat: SeatId, on: bool) -> Result<(), Refusal> {
        let entry = self.rooms.get_mut(&room).ok_or(Refusal::NoSuchSeat)?;
        entry.seats.get_mut(&seat).ok_or(Refusal::NoSuchSeat)?.recorded = on;
        let tracks = entry.tracks.values_mut().filter(|track| track.id.0 == seat && track.tape.is_some() != on);
        for track in tracks {
            match on {
                true => track.tape = Some(Tape::default()),
                false => self.tapes.extend(cut(room, track)),
            }
        }
        Ok(())
    }

    /// A recorder could not use what it was given of a picture: it needs a key frame.
    pub(crate) fn mend_tape(&mut self, now: Instant, room: RoomId, id: TrackId) {
        let track = self.rooms.get_mut(&room).and_then(|entry| entry.tracks.get_mut(&id));
        let Some((track, layer)) =
            track.and_then(|track| track.tape.as_ref().map(|tape| tape.layer).map(|l| (track, l)))
        else {
            return;
        };
        track.want_key(layer);
        self.ask_keys(room, id, now);
    }

    pub(crate) fn tape(&mut self, room: RoomId, id: TrackId, packets: &[Arc<Packet>]) {
        let Some(track) = self.rooms.get_mut(&room).and_then(|entry| entry.tracks.get_mut(&id)) else { return };
        let Some(tape) = &mut track.tape else { return };
        let taken = packets.iter().filter(|packet| tape.takes(id.1.kind(), packet));
        let packets: Vec<TapedPacket> = taken.map(|packet| taped(packet)).collect();
        if !packets.is_empty() {
            self.tapes.push_back(Taped { room, seat: id.0, source: id.1, packets, ended: false });
        }
    }

    /// Want the key frames that tapes need; `ask_keys` asks for them.
    pub(crate) fn look_after_tapes(&mut self, room: RoomId, now: Instant) {
        let Some(entry) = self.rooms.get_mut(&room) else { return };
        for track in entry.tracks.values_mut().filter(|track| track.id.1.kind() == Kind::Video) {
            let Some(mut tape) = track.tape.take() else { continue };
            let tallest = track.ladder(now).last().map(|rung| rung.layer);
            if let Some(layer) = tape.needs_key(tallest, now) {
                track.want_key(layer);
            }
            track.tape = Some(tape);
        }
    }
}

/// Nothing more of this track is taped.
pub(crate) fn cut(room: RoomId, track: &mut Track) -> Option<Taped> {
    let (seat, source) = track.id;
    track.tape.take().map(|_| Taped { room, seat, source, packets: Vec::new(), ended: true })
}

fn taped(packet: &Packet) -> TapedPacket {
    TapedPacket {
        stream: *packet.ssrc,
        seq: packet.seq,
        time: packet.time,
        marker: packet.marker,
        key: packet.key,
        begins: packet.vp8.is_some_and(|vp8| vp8.begins()),
        skip: packet.vp8.map_or(0, |vp8| vp8.len()),
        red: packet.red,
        payload: packet.payload.clone(),
        at: packet.at,
    }
}

/// The Opus frames of a packet with redundancy (RFC 2198), oldest first: how many ticks before the packet's own time
/// each begins, and its bytes. Empty where it is cut short.
pub fn red_frames(payload: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let blocks = RedDecoder::decode(payload).unwrap_or_default();
    let frames = blocks.iter().filter(|block| !block.payload.is_empty());
    frames.map(|block| (block.timestamp_offset, block.payload.to_vec())).collect()
}

//! The way in: from a datagram to a packet of a track.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::format::Codec;
use str0m::net::{DatagramRecv, Receive};
use str0m::rtp::RtpPacket;

use crate::conn::{Conn, ConnKey, InStream};
use crate::demux::{Peer, is_stun, stun_ufrag};
use crate::model::{Event, Kind, Refusal, RoomId, SeatId, Source};
use crate::packet::Packet;
use crate::shard::Shard;
use crate::slot::TrackId;
use crate::tape::{Tape, cut};
use crate::timers::Timer;
use crate::track::{Track, rank};

/// A frame's packets come within a moment of each other and leave together. A longer wait would be
/// felt; a browser that paces a big frame over more than this just gets several batches.
const HOLD: Duration = Duration::from_millis(3);
const HOLD_MOST: usize = 24;
/// Incoming streams of one connection: three sources, their layers, and some that were replaced.
const MAX_STREAMS: usize = 32;

impl Shard {
    pub(crate) fn on_datagram(&mut self, now: Instant, from: Peer, to: SocketAddr, bytes: &[u8]) {
        self.counters.packets_in += 1;
        self.counters.bytes_in += bytes.len() as u64;
        let key = match is_stun(bytes) {
            true => self.by_stun(now, from, to, bytes),
            false => self.demux.by_addr(from),
        };
        let Some(key) = key else {
            self.counters.drops += 1;
            return;
        };
        self.touch(key, now, |conn, turn| conn.receive(now, from, to, bytes, turn));
    }

    /// STUN is the only way to a new address, so it has to prove itself before the map believes it.
    fn by_stun(&mut self, now: Instant, from: Peer, to: SocketAddr, bytes: &[u8]) -> Option<ConnKey> {
        let Some(ufrag) = stun_ufrag(bytes) else { return self.demux.by_addr(from) };
        let key = self.demux.by_ufrag(ufrag)?;
        let conn = self.conns.get_mut(key)?;
        let contents = DatagramRecv::try_from(bytes).ok()?;
        let receive = Receive { proto: from.0, source: from.1, destination: to, contents };
        let genuine = crate::panics::guard(|| proves_itself(conn, now, receive)).unwrap_or(false);
        if !genuine {
            return None;
        }
        if self.demux.learn(from, key) && !conn.peers.contains(&from) {
            conn.peers.push(from);
        }
        let (room, seat) = (conn.room, conn.seat);
        self.heard(room, seat, now);
        Some(key)
    }

    pub(crate) fn on_packet(&mut self, key: ConnKey, now: Instant, packet: RtpPacket) {
        let Some(conn) = self.conns.get_mut(key) else { return };
        let (room, seat) = (conn.room, conn.seat);
        let Some(index) = stream_index(conn, &packet) else { return };
        let InStream { source, layer, layered, red, .. } = conn.streams[index];
        self.heard(room, seat, now);
        let Some(source) = source else {
            self.counters.drops += 1;
            return;
        };
        let id = (seat, source);
        self.ensure_track(room, id, key, now);
        let Some(track) = self.rooms.get_mut(&room).and_then(|r| r.tracks.get_mut(&id)) else { return };
        if track.conn != key || track.muted {
            self.counters.drops += 1;
            return;
        }
        track.layered = layered;
        track.note(layer, packet.header.ssrc, packet.payload.len(), now);
        if source.kind() == Kind::Audio {
            track.voice.hear(packet.header.ext_vals.audio_level, now);
            let red = red == Some(*packet.header.payload_type);
            self.fan_out(room, id, vec![Arc::new(Packet::audio(packet, red))]);
        } else {
            self.on_video(room, id, Packet::video(packet, layer), now);
        }
    }

    fn on_video(&mut self, room: RoomId, id: TrackId, packet: Packet, now: Instant) {
        let Some(track) = self.rooms.get_mut(&room).and_then(|r| r.tracks.get_mut(&id)) else { return };
        let index = packet.layer;
        if let Some(height) = packet.key_height() {
            track.note_height(index, height);
        }
        if packet.key {
            track.got_key(index);
        }
        let Some(layer) = &mut track.layers[index] else { return };
        let (last, packet) = (packet.marker, Arc::new(packet));
        layer.held.push(packet);
        if last || layer.held.len() >= HOLD_MOST {
            let frame = std::mem::take(&mut layer.held);
            self.fan_out(room, id, frame);
        } else if layer.held.len() == 1 {
            self.holding.push((now + HOLD, room, id, index));
        }
    }

    /// Frames that waited long enough for their last packet go out as far as they have come.
    pub(crate) fn release_held(&mut self, now: Instant) {
        let mut index = 0;
        while index < self.holding.len() {
            let (until, room, id, layer) = self.holding[index];
            let track = self.rooms.get_mut(&room).and_then(|r| r.tracks.get_mut(&id));
            let layer = track.and_then(|t| t.layers[layer].as_mut());
            let empty = layer.as_ref().is_none_or(|l| l.held.is_empty());
            if !empty && until > now {
                index += 1;
                continue;
            }
            self.holding.swap_remove(index);
            if let Some(layer) = layer.filter(|l| !l.held.is_empty()) {
                let frame = std::mem::take(&mut layer.held);
                self.fan_out(room, id, frame);
            }
        }
    }

    /// The first packet of a source makes it exist for the others.
    pub(crate) fn ensure_track(&mut self, room: RoomId, id: TrackId, key: ConnKey, now: Instant) {
        let Some(entry) = self.rooms.get_mut(&room) else { return };
        let muted = entry.seats.get(&id.0).is_some_and(|s| s.muted.contains(&id.1));
        if let Some(track) = entry.tracks.get_mut(&id) {
            if track.conn != key && self.conns.get(track.conn).is_none() {
                track.moved_to(key, muted);
                self.halt_outputs(room, id);
                self.ask_keys(room, id, now);
            }
            return;
        }
        let recorded = entry.seats.get(&id.0).is_some_and(|s| s.recorded);
        let mut track = Track::new(id, key, muted, now);
        track.tape = recorded.then(Tape::default);
        entry.tracks.insert(id, track);
        entry.everything_changed();
        self.stale.push(room);
        self.events.push_back(Event::Published { room, seat: id.0, source: id.1 });
        let entry = self.rooms.get_mut(&room).filter(|r| !r.ticking);
        if let Some(entry) = entry {
            entry.ticking = true;
            self.timers.set(now, Timer::Room(room));
        }
    }

    pub(crate) fn unpublish(&mut self, room: RoomId, seat: SeatId, source: Source) {
        let Some(entry) = self.rooms.get_mut(&room) else { return };
        let Some(mut track) = entry.tracks.remove(&(seat, source)) else { return };
        self.tapes.extend(cut(room, &mut track));
        entry.everything_changed();
        for (key, index) in track.outputs {
            if let Some(slot) = self.conns.get_mut(key).and_then(|c| c.slots.get_mut(index)) {
                slot.release();
            }
        }
        self.stale.push(room);
        self.events.push_back(Event::Unpublished { room, seat, source });
    }

    /// Enforced here, where the packets pass; the client is not asked.
    pub(crate) fn set_muted(
        &mut self,
        now: Instant,
        room: RoomId,
        seat: SeatId,
        source: Source,
        muted: bool,
    ) -> Result<(), Refusal> {
        let Some(entry) = self.rooms.get_mut(&room) else { return Err(Refusal::NoSuchSeat) };
        let Some(holder) = entry.seats.get_mut(&seat) else { return Err(Refusal::NoSuchSeat) };
        if muted {
            holder.muted.insert(source)
        } else {
            holder.muted.remove(&source)
        };
        let Some(track) = entry.tracks.get_mut(&(seat, source)) else { return Ok(()) };
        track.muted = muted;
        track.voice.hush();
        track.layers.iter_mut().flatten().for_each(|l| l.held.clear());
        self.call_back(room, (seat, source));
        self.halt_outputs(room, (seat, source));
        if !muted {
            self.ask_keys(room, (seat, source), now);
        }
        Ok(())
    }

    /// Whoever carries this track begins anew with its next key frame.
    fn halt_outputs(&mut self, room: RoomId, id: TrackId) {
        let Some(track) = self.rooms.get(&room).and_then(|r| r.tracks.get(&id)) else { return };
        for &(key, index) in &track.outputs {
            if let Some(slot) = self.conns.get_mut(key).and_then(|c| c.slots.get_mut(index)) {
                slot.halt();
            }
        }
    }
}

fn proves_itself(conn: &Conn, now: Instant, receive: Receive) -> bool {
    conn.rtc.accepts(&str0m::Input::Receive(now, receive))
}

/// Which of the connection's streams a packet belongs to; a new one is looked up by its mid and rid.
fn stream_index(conn: &mut Conn, packet: &RtpPacket) -> Option<usize> {
    let ssrc = packet.header.ssrc;
    if let Some(index) = conn.streams.iter().position(|s| s.ssrc == ssrc) {
        return Some(index);
    }
    let (mid, rid) = conn.rtc.direct_api().stream_rx(&ssrc).map(|s| (s.mid(), s.rid()))?;
    let source = conn.tracks.iter().find(|(m, _)| *m == mid).map(|(_, source)| *source);
    let params = conn.rtc.codec_config().params().iter();
    let red = params.filter(|p| p.spec().codec == Codec::Opus).find_map(|p| p.red()).map(|pt| *pt);
    if conn.streams.len() >= MAX_STREAMS {
        conn.streams.remove(0);
    }
    conn.streams.push(InStream { ssrc, source, layer: rank(rid), layered: rid.is_some(), red });
    Some(conn.streams.len() - 1)
}

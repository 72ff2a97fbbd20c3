//! The way out: one track's packets into every slot that carries it, and key frames for those who wait.

use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::media::KeyframeRequestKind;

use crate::allocate::{Ask, Grant, allocate};
use crate::batch::Batch;
use crate::conn::ConnKey;
use crate::model::{Direction, Event, Kind, RoomId, SeatId, Slot, Source};
use crate::outlet::Heard;
use crate::packet::Packet;
use crate::panics::guard;
use crate::shard::Shard;
use crate::slot::{Gave, SlotOut, TrackId};

/// A better layer, or a paused one, must have been affordable for this long.
const UP_AFTER: Duration = Duration::from_secs(3);
/// Congestion must last this long before a source without layers is paused.
const SQUEEZE_AFTER: Duration = Duration::from_secs(2);
/// So long after congestion small pictures no longer make way for a screen.
const TRUST_AFTER: Duration = Duration::from_secs(20);
/// What one microphone is taken to need.
const AUDIO_BITS: u64 = 40_000;

/// Packets of a track on their way to its viewers.
pub(crate) struct Delivery {
    room: RoomId,
    id: TrackId,
    packets: Vec<Arc<Packet>>,
    /// Who carried the track when they came.
    outputs: Vec<(ConnKey, usize)>,
    next: usize,
    /// Somebody was sent them, so they are kept for repairs. A layer nobody looks at costs no memory.
    kept: bool,
}

impl Shard {
    /// Have packets of a track sent to everybody who carries it.
    pub(crate) fn fan_out(&mut self, room: RoomId, id: TrackId, packets: Vec<Arc<Packet>>) {
        self.tape(room, id, &packets);
        let Some(track) = self.rooms.get(&room).and_then(|r| r.tracks.get(&id)) else { return };
        if !track.outputs.is_empty() {
            self.deliveries.push_back(Delivery {
                room,
                id,
                packets,
                outputs: track.outputs.clone(),
                next: 0,
                kept: false,
            });
        }
    }

    /// Serve one more viewer of the oldest delivery. One at a time, so that a packet is sent while it is
    /// still in the processor's nearest memory. A viewer gets the whole batch at once.
    pub(crate) fn deliver(&mut self, now: Instant) {
        let Some(delivery) = self.deliveries.front_mut() else { return };
        let (room, id) = (delivery.room, delivery.id);
        let Some(&(key, index)) = delivery.outputs.get(delivery.next) else {
            self.deliveries.pop_front();
            return;
        };
        delivery.next += 1;
        let conn = self.conns.get_mut(key).filter(|c| c.up);
        let Some((slot, mut way)) = conn.and_then(|c| c.way(index, &mut self.turn.wire)) else { return };
        let gave = match guard(|| slot.give(id, &delivery.packets, now, &mut way)) {
            Ok(gave) => gave,
            Err(why) => return self.on_panic(key, why),
        };
        if gave != Gave::Nothing && !std::mem::replace(&mut delivery.kept, true) {
            let track = self.rooms.get_mut(&room).and_then(|r| r.tracks.get_mut(&id));
            track.into_iter().for_each(|track| track.keep(&delivery.packets));
        }
        if gave == Gave::Switched {
            self.on_switched(room, id, key, index, now);
        }
    }

    /// Nothing more of what was already on its way.
    pub(crate) fn call_back(&mut self, room: RoomId, id: TrackId) {
        self.deliveries.retain(|delivery| (delivery.room, delivery.id) != (room, id));
    }

    /// A slot shows another track than before.
    fn on_switched(&mut self, room: RoomId, id: TrackId, key: ConnKey, index: usize, now: Instant) {
        let Some(seat) = self.conns.get(key).map(|c| c.seat) else { return };
        // The track that was shown until now is no longer needed in this slot.
        let others = self.rooms.get_mut(&room).into_iter().flat_map(|r| r.tracks.values_mut());
        for track in others.filter(|t| t.id != id) {
            track.outputs.retain(|out| *out != (key, index));
        }
        self.tell_slots(room, seat);
        self.budget(room, seat, now);
    }

    /// Tell the mapping, if it is another than the one told last.
    pub(crate) fn tell_slots(&mut self, room: RoomId, seat: SeatId) {
        let Some(key) = self.conn_of(room, seat, Direction::Subscribe) else { return };
        let Some(conn) = self.conns.get(key) else { return };
        let slots: Vec<Slot> = conn.slots.iter().filter(|s| s.usable()).map(SlotOut::report).collect();
        let Some(entry) = self.seat_mut(room, seat) else { return };
        if entry.told != slots {
            entry.told = slots.clone();
            self.events.push_back(Event::Slots { room, seat, slots });
        }
    }

    /// What a viewer said about what it was sent.
    pub(crate) fn on_heard(&mut self, key: ConnKey, now: Instant, heard: Heard) {
        match heard {
            Heard::Broken(slot) => self.on_key_request(key, now, slot),
            Heard::Missing(slot, seqs) => self.on_missing(key, now, slot, &seqs),
            Heard::Estimate(bits) => self.on_estimate(key, now, bits),
        }
    }

    /// Send packets again that did not arrive, from what is kept of their tracks.
    fn on_missing(&mut self, key: ConnKey, now: Instant, slot: usize, seqs: &[u16]) {
        self.counters.nacks += 1;
        let Some(conn) = self.conns.get_mut(key) else { return };
        let Some(room) = self.rooms.get(&conn.room) else { return };
        let Some((slot, way)) = conn.way(slot, &mut self.turn.wire) else { return };
        let mut batch = Batch::new(way.path, way.wire, 0);
        for seq in seqs {
            let Some((leg, from)) = slot.origin(*seq) else { continue };
            let layer = room.tracks.get(&leg.track).filter(|t| !t.muted).and_then(|t| t.layers[leg.layer].as_ref());
            let packet = layer.and_then(|layer| layer.recent.find(from, now));
            if let (Some(packet), Some(line)) = (packet, &mut slot.line) {
                way.outlet.repair(line, *seq, &leg, &packet, now, &mut batch);
            }
        }
    }

    /// A viewer lost the picture.
    fn on_key_request(&mut self, key: ConnKey, now: Instant, slot: usize) {
        let Some(conn) = self.conns.get(key) else { return };
        let Some(slot) = conn.slots.get(slot) else { return };
        let (room, layer) = (conn.room, slot.layer);
        let Some(id) = slot.assigned else { return };
        if let Some(track) = self.rooms.get_mut(&room).and_then(|r| r.tracks.get_mut(&id)) {
            track.want_key(layer);
        }
        self.ask_now(room, id, now);
    }

    /// Ask for the key frames that this track's viewers wait for.
    pub(crate) fn ask_keys(&mut self, room: RoomId, id: TrackId, now: Instant) {
        let Some(track) = self.rooms.get_mut(&room).and_then(|r| r.tracks.get_mut(&id)) else { return };
        let slots = track
            .outputs
            .iter()
            .filter_map(|(key, index)| self.conns.get(*key).filter(|c| c.up).and_then(|c| c.slots.get(*index)));
        let targets: Vec<usize> = slots.filter(|s| s.waits_for(id)).map(|s| s.target).collect();
        targets.into_iter().for_each(|layer| track.want_key(layer));
        self.ask_now(room, id, now);
    }

    fn ask_now(&mut self, room: RoomId, id: TrackId, now: Instant) {
        let Some(track) = self.rooms.get_mut(&room).and_then(|r| r.tracks.get_mut(&id)) else { return };
        if track.muted || !track.wants_key() {
            return;
        }
        let (streams, key) = (track.ask(now), track.conn);
        let Some(conn) = self.conns.get_mut(key).filter(|_| !streams.is_empty()) else { return };
        for ssrc in &streams {
            if let Some(stream) = conn.rtc.direct_api().stream_rx(ssrc) {
                stream.request_keyframe(KeyframeRequestKind::Pli);
                self.counters.plis += 1;
            }
        }
        self.mark_dirty(key);
    }

    /// A subscribing connection came up: everything it shows begins with a key frame.
    pub(crate) fn wake_pictures(&mut self, key: ConnKey, now: Instant) {
        let Some(conn) = self.conns.get_mut(key) else { return };
        let room = conn.room;
        conn.slots.iter_mut().for_each(SlotOut::halt);
        let shown: Vec<TrackId> = conn.slots.iter().filter_map(|s| s.assigned).collect();
        for id in shown {
            self.ask_keys(room, id, now);
        }
    }

    fn on_estimate(&mut self, key: ConnKey, now: Instant, bits: u64) {
        let Some(conn) = self.conns.get_mut(key) else { return };
        let (room, seat, before) = (conn.room, conn.seat, conn.estimate);
        conn.estimate = bits;
        // Down at once; up can wait for the room's next tick.
        if bits < before {
            self.budget(room, seat, now);
        }
    }

    /// Share the estimated bandwidth of one viewer among what it watches.
    pub(crate) fn budget(&mut self, room: RoomId, seat: SeatId, now: Instant) {
        let Some(key) = self.conn_of(room, seat, Direction::Subscribe) else { return };
        let Some(entry) = self.rooms.get(&room) else { return };
        let Some(conn) = self.conns.get_mut(key) else { return };
        let sound = conn.slots.iter().filter(|s| s.kind == Kind::Audio && s.assigned.is_some()).count() as u64;
        let mut asks = Vec::new();
        let mut indexes = Vec::new();
        for (index, slot) in conn.slots.iter().enumerate().filter(|(_, s)| s.kind == Kind::Video) {
            let Some(track) = slot.assigned.and_then(|id| entry.tracks.get(&id)) else { continue };
            let priority = match track.id.1 {
                Source::Screen => 0,
                _ if entry.active == Some(track.id.0) => 1,
                _ => 2,
            };
            let (height, layered) = (slot.height, track.layered);
            asks.push(Ask { priority, height, ladder: track.ladder(now), layered });
            indexes.push(index);
        }
        let budget = conn.estimate.saturating_sub(sound * AUDIO_BITS);
        let congested = conn.health.egress_loss.is_some_and(|loss| loss > 0.05);
        if congested {
            conn.congested_at = Some(now);
        }
        let reserve = conn.congested_at.is_none_or(|at| now.saturating_duration_since(at) >= TRUST_AFTER);
        // A better layer that just appeared is taken at once, unless bandwidth was short lately.
        let tight = asks.iter().map(Ask::ideal_bitrate).sum::<u64>() > budget;
        if tight {
            conn.tight_at = Some(now);
        }
        let calm = conn.tight_at.is_none_or(|at| now.saturating_duration_since(at) >= UP_AFTER);
        let mut changed = false;
        for ((index, grant), ask) in indexes.into_iter().zip(allocate(budget, &asks, reserve)).zip(&asks) {
            let slot = &mut conn.slots[index];
            let squeezed = congested && ask.ideal_bitrate() > budget;
            changed |= settle_slot(slot, ask, grant, squeezed, calm, now);
        }
        let desired = sound * AUDIO_BITS + asks.iter().map(Ask::ideal_bitrate).sum::<u64>();
        self.wish(key, desired);
        if changed {
            self.tell_slots(room, seat);
            self.wake_waiting(key, now);
        }
    }

    /// Tell the estimator what we would like to send, so that it looks for that much and no more.
    fn wish(&mut self, key: ConnKey, desired: u64) {
        let Some(conn) = self.conns.get_mut(key) else { return };
        let desired = desired * 5 / 4;
        if conn.desired.abs_diff(desired) > desired / 8 {
            conn.desired = desired;
            conn.outlet.iter_mut().for_each(|outlet| outlet.set_desired(desired));
        }
    }

    fn wake_waiting(&mut self, key: ConnKey, now: Instant) {
        let Some(conn) = self.conns.get(key) else { return };
        let room = conn.room;
        let waiting: Vec<TrackId> = conn.slots.iter().filter(|s| s.waits()).filter_map(|s| s.assigned).collect();
        for id in waiting {
            self.ask_keys(room, id, now);
        }
    }
}

/// Follow a grant: down at once, up after a while. Returns whether somebody has to know.
fn settle_slot(slot: &mut SlotOut, ask: &Ask, grant: Grant, squeezed: bool, calm: bool, now: Instant) -> bool {
    let before = (slot.paused, slot.target);
    let lasting =
        |since: &mut Option<Instant>, long: Duration| now.saturating_duration_since(*since.get_or_insert(now)) >= long;
    match grant {
        Grant::Wait => {}
        Grant::Pause => {
            slot.paused = true;
            slot.halt();
            slot.spare_since = None;
        }
        Grant::Layer(layer) if !ask.layered => {
            slot.target = layer;
            if !squeezed {
                slot.squeezed_since = None;
                slot.paused = slot.paused && !lasting(&mut slot.spare_since, UP_AFTER);
            } else {
                slot.spare_since = None;
                if lasting(&mut slot.squeezed_since, SQUEEZE_AFTER) && !slot.paused {
                    slot.paused = true;
                    slot.halt();
                }
            }
        }
        Grant::Layer(layer) => {
            let place = |l: usize| ask.ladder.iter().position(|r| r.layer == l);
            let up = place(slot.target).is_some_and(|now_at| place(layer).is_some_and(|to| to > now_at));
            let running = slot.stream.is_some();
            if slot.paused || (up && running) {
                if calm || lasting(&mut slot.spare_since, UP_AFTER) {
                    (slot.paused, slot.target, slot.spare_since) = (false, layer, None);
                }
            } else {
                (slot.target, slot.spare_since) = (layer, None);
            }
        }
    }
    before != (slot.paused, slot.target)
}

impl Gave {
    pub fn or(self, other: Gave) -> Gave {
        match (self, other) {
            (Gave::Switched, _) | (_, Gave::Switched) => Gave::Switched,
            (Gave::Sent, _) | (_, Gave::Sent) => Gave::Sent,
            _ => Gave::Nothing,
        }
    }
}

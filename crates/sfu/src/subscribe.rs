//! The subscribing connection: the server alone offers, one offer at a time, and slots are reused.

use std::time::Instant;

use str0m::change::SdpPendingOffer;
use str0m::media::{Direction as MediaDirection, MediaKind};

use crate::conn::{Conn, ConnKey};
use crate::model::{Direction, Event, Kind, Refusal, RoomId, SeatId, Want};
use crate::panics::guard;
use crate::sdp::{parse_answer, sentence, sketch};
use crate::shard::Shard;
use crate::slot::{SlotOut, TrackId};

/// Microphones one seat hears at once; in larger rooms these are the loudest.
pub(crate) const AUDIO_SLOTS: usize = 8;
/// Pictures one seat can watch at once.
const VIDEO_SLOTS: usize = 50;

/// Where the talk about an offer stands.
#[derive(Default)]
pub(crate) struct Negotiation {
    open: Option<(u64, SdpPendingOffer)>,
    /// Changes came while an offer was open; they go into the next one.
    again: bool,
    restart_ice: bool,
    fresh: bool,
}

impl Shard {
    pub(crate) fn watch(&mut self, room: RoomId, seat: SeatId, mut wants: Vec<Want>) -> Result<(), Refusal> {
        if let Some(refusal) = self.missing(room, seat) {
            return Err(refusal);
        }
        wants.truncate(VIDEO_SLOTS);
        if let Some(entry) = self.seat_mut(room, seat) {
            entry.wants = wants;
        }
        self.mark_stale(room, seat);
        Ok(())
    }

    pub(crate) fn mark_stale(&mut self, room: RoomId, seat: SeatId) {
        if let Some(entry) = self.rooms.get_mut(&room) {
            entry.stale.insert(seat);
            self.stale.push(room);
        }
    }

    /// Bring the slots of every seat that needs it in line with what there is.
    pub(crate) fn reconcile_room(&mut self, room: RoomId, now: Instant) {
        let Some(entry) = self.rooms.get_mut(&room) else { return };
        for seat in std::mem::take(&mut entry.stale) {
            let key = self.conn_of(room, seat, Direction::Subscribe);
            match key.and_then(|k| self.conns.get(k)) {
                Some(conn) if conn.whep => self.follow(room, seat, now),
                _ => self.reconcile(room, seat, now),
            }
        }
    }

    fn reconcile(&mut self, room: RoomId, seat: SeatId, now: Instant) {
        let Some(entry) = self.rooms.get(&room) else { return };
        let Some(holder) = entry.seats.get(&seat).filter(|s| s.options.subscribe) else { return };
        let lost = holder.lost;
        let sound: Vec<(TrackId, u16)> = entry.audible(seat, AUDIO_SLOTS).into_iter().map(|id| (id, 0)).collect();
        let pictures = entry.visible(seat);
        let key = match self.conn_of(room, seat, Direction::Subscribe) {
            Some(key) => key,
            None if lost || (sound.is_empty() && pictures.is_empty()) => return,
            None => self.fresh_conn(room, seat, now),
        };
        let missing = self.place(room, key, Kind::Audio, &sound) + self.place(room, key, Kind::Video, &pictures);
        self.budget(room, seat, now);
        self.tell_slots(room, seat);
        for (id, _) in pictures {
            self.ask_keys(room, id, now);
        }
        if missing > 0 {
            self.offer(key, now);
        }
    }

    /// Give each wanted track a slot: it keeps the one it has, else takes a free one. Returns how many
    /// found none.
    pub(crate) fn place(&mut self, room: RoomId, key: ConnKey, kind: Kind, wanted: &[(TrackId, u16)]) -> usize {
        let Some(entry) = self.rooms.get_mut(&room) else { return 0 };
        let Some(conn) = self.conns.get_mut(key) else { return 0 };
        for (index, slot) in conn.slots.iter_mut().enumerate().filter(|(_, s)| s.kind == kind) {
            let Some(id) = slot.assigned else { continue };
            if !wanted.iter().any(|(want, _)| *want == id) {
                slot.release();
                if let Some(track) = entry.tracks.get_mut(&id) {
                    track.outputs.retain(|out| *out != (key, index));
                }
            }
        }
        let mut missing = 0;
        for (id, height) in wanted {
            if let Some(slot) = conn.slots.iter_mut().find(|s| s.assigned == Some(*id)) {
                slot.height = *height;
                continue;
            }
            let free = |s: &SlotOut| s.kind == kind && s.usable() && s.assigned.is_none();
            let (Some(index), Some(track)) = (conn.slots.iter().position(free), entry.tracks.get_mut(id)) else {
                missing += 1;
                continue;
            };
            conn.slots[index].height = *height;
            conn.slots[index].assign(*id);
            track.outputs.push((key, index));
        }
        missing
    }

    pub(crate) fn fresh_conn(&mut self, room: RoomId, seat: SeatId, now: Instant) -> ConnKey {
        let made = self.new_rtc(Direction::Subscribe, now);
        let mut conn = Conn::new(made, room, seat, Direction::Subscribe, now);
        conn.negotiation.fresh = true;
        let key = self.add_conn(conn, now);
        // Nobody can connect before the answer; patience begins there.
        if let Some(conn) = self.conns.get_mut(key) {
            conn.patience = None;
        }
        key
    }

    /// Offer as many lines as are needed now, or remember to, if an offer is still open.
    fn offer(&mut self, key: ConnKey, _now: Instant) {
        let Some(conn) = self.conns.get(key) else { return };
        if conn.negotiation.open.is_some() && !conn.negotiation.restart_ice {
            if let Some(conn) = self.conns.get_mut(key) {
                conn.negotiation.again = true;
            }
            return;
        }
        let (room, seat) = (conn.room, conn.seat);
        let grow = self.growth(room, seat, key);
        let dice: Vec<u64> = grow.iter().map(|_| self.roll()).collect();
        self.secrets.stir();
        let Some(conn) = self.conns.get_mut(key) else { return };
        match guard(|| make_offer(conn, &grow, &dice)) {
            Ok(Some(Offered { sdp, pending, ufrag })) => {
                let fresh = std::mem::take(&mut conn.negotiation.fresh);
                let Some(entry) = self.seat_mut(room, seat) else { return };
                entry.last_offer += 1;
                let offer_id = entry.last_offer;
                if let Some(conn) = self.conns.get_mut(key) {
                    conn.negotiation.open = Some((offer_id, pending));
                }
                // The client may check before its answer is here.
                ufrag.into_iter().for_each(|ufrag| self.add_ufrag(key, ufrag));
                self.mark_dirty(key);
                self.events.push_back(Event::Offer { room, seat, offer_id, sdp, fresh });
            }
            Ok(None) => {}
            Err(why) => self.on_panic(key, why),
        }
    }

    /// The lines to add, audio first. Rounded up, so that a room filling up does not negotiate each time.
    fn growth(&self, room: RoomId, seat: SeatId, key: ConnKey) -> Vec<Kind> {
        let (Some(entry), Some(conn)) = (self.rooms.get(&room), self.conns.get(key)) else { return Vec::new() };
        let have = |kind| conn.slots.iter().filter(|s| s.kind == kind && (s.usable() || s.dead)).count();
        let sound = round_up(entry.audible(seat, AUDIO_SLOTS).len(), AUDIO_SLOTS);
        let pictures = round_up(entry.visible(seat).len(), VIDEO_SLOTS);
        let audio = sound.saturating_sub(have(Kind::Audio));
        let video = pictures.saturating_sub(have(Kind::Video));
        let kinds = std::iter::repeat_n(Kind::Audio, audio);
        kinds.chain(std::iter::repeat_n(Kind::Video, video)).collect()
    }

    pub(crate) fn answer(
        &mut self,
        now: Instant,
        room: RoomId,
        seat: SeatId,
        offer_id: u64,
        sdp: &str,
    ) -> Result<(), Refusal> {
        if let Some(refusal) = self.missing(room, seat) {
            return Err(refusal);
        }
        let key = self.conn_of(room, seat, Direction::Subscribe).ok_or(Refusal::StaleOffer)?;
        let conn = self.conns.get_mut(key).ok_or(Refusal::StaleOffer)?;
        if conn.negotiation.open.as_ref().is_none_or(|(id, _)| *id != offer_id) {
            return Err(Refusal::StaleOffer);
        }
        sketch(sdp)?;
        let answer = parse_answer(sdp)?;
        let Some((_, pending)) = conn.negotiation.open.take() else { return Err(Refusal::StaleOffer) };
        match guard(|| conn.rtc.sdp_api().accept_answer(pending, answer)) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(Refusal::BadSdp(sentence(&error.to_string()))),
            Err(why) => {
                self.on_panic(key, why);
                return Err(Refusal::Unavailable);
            }
        }
        conn.slots.iter_mut().for_each(|s| s.settle(&mut conn.rtc));
        if !conn.up {
            conn.patience = Some(now + crate::conn::PATIENCE);
            conn.told_down = false;
        }
        let again = std::mem::take(&mut conn.negotiation.again);
        self.learn_ufrag(key);
        self.mark_dirty(key);
        self.mark_stale(room, seat);
        if again && !self.growth(room, seat, key).is_empty() {
            self.offer(key, now);
        }
        Ok(())
    }

    /// The client lost its way: restart ICE on the connection it has, or begin with a new one.
    pub(crate) fn restart(&mut self, now: Instant, room: RoomId, seat: SeatId, fresh: bool) -> Result<(), Refusal> {
        if let Some(refusal) = self.missing(room, seat) {
            return Err(refusal);
        }
        let Some(entry) = self.seat_mut(room, seat) else { return Err(Refusal::NoSuchSeat) };
        if !entry.options.subscribe {
            return Err(Refusal::NotAllowed);
        }
        entry.lost = false;
        let key = self.conn_of(room, seat, Direction::Subscribe);
        // A connection that was never answered has nothing to restart.
        let settled = |c: &Conn| c.slots.iter().any(SlotOut::usable) && !c.whep;
        match key.filter(|k| !fresh && self.conns.get(*k).is_some_and(settled)) {
            Some(key) => {
                if let Some(conn) = self.conns.get_mut(key) {
                    conn.negotiation.restart_ice = true;
                }
                self.offer(key, now);
            }
            None => {
                if let Some(key) = key {
                    self.drop_conn(key, false);
                }
                self.mark_stale(room, seat);
            }
        }
        Ok(())
    }
}

fn round_up(need: usize, limit: usize) -> usize {
    let steps = [0, 1, 2, 4, 6, 9, 12, 16, 20, 25, 30, 40, 50];
    steps.into_iter().find(|s| *s >= need).unwrap_or(need).min(limit)
}

struct Offered {
    sdp: String,
    pending: SdpPendingOffer,
    /// Of an ICE restart.
    ufrag: Option<String>,
}

fn make_offer(conn: &mut Conn, grow: &[Kind], dice: &[u64]) -> Option<Offered> {
    // Lines of an offer that was never answered are void; they are offered anew.
    conn.slots.retain(|s| s.line.is_some() || s.dead);
    let restart = std::mem::take(&mut conn.negotiation.restart_ice);
    conn.negotiation.again = false;
    let mut change = conn.rtc.sdp_api();
    let mut added = Vec::new();
    for (kind, dice) in grow.iter().zip(dice) {
        let media = if *kind == Kind::Audio { MediaKind::Audio } else { MediaKind::Video };
        // A stream of its own for each line: what it carries changes, so nothing may be tied to it.
        let stream = format!("slot-{dice:016x}");
        let mid = change.add_media(media, MediaDirection::SendOnly, Some(stream.clone()), Some(stream), None);
        added.push(SlotOut::new(mid, *kind, *dice));
    }
    let ufrag = restart.then(|| change.ice_restart(true).ufrag);
    let (offer, pending) = change.apply()?;
    conn.slots.extend(added);
    Some(Offered { sdp: offer.to_sdp_string(), pending, ufrag })
}

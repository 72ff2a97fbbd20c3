//! What the media engine tells, taken from its queue: who is alive, who speaks, what must be signalled to pages.

use std::panic::{AssertUnwindSafe, catch_unwind};

use uuid::Uuid;

use super::media::{Events, seat_of, source_of, uuid_of};
use super::model::{Because, Kind};
use super::room::Room;
use super::state::State;
use super::wire::Quality;
use super::{Live, ledger, protocol};
use crate::kit::{At, BreakoutId, SeatId, SessionId};
use crate::plumbing::Parts;

/// Takes events until the house closes.
pub async fn run(parts: Parts, mut events: Events) {
    loop {
        let event = tokio::select! {
            Some(event) = events.recv() => event,
            _ = parts.closing.cancelled() => return,
            else => return,
        };
        let live = parts.memory.of::<Live>();
        let now = parts.clock.now();
        let seat = seat_in(&event);
        if catch_unwind(AssertUnwindSafe(|| hear(&mut live.state(), event, now))).is_err() {
            tracing::error!(?seat, "an event of the media engine panicked; its seat is closed");
            metrics::counter!("vdp_panics_total", "in" => "media-event").increment(1);
            seat.into_iter().for_each(|seat| live.state().close(seat, now, Because::Failed));
        }
        if !live.state().changes.is_empty() {
            // Not awaited: media never waits for the database.
            let parts = parts.clone();
            tokio::spawn(async move { ledger::write_or_later(&parts).await });
        }
    }
}

fn seat_in(event: &sfu::Event) -> Option<SeatId> {
    use sfu::Event::*;
    match event {
        Connected { seat, .. } | Disconnected { seat, .. } | Alive { seat, .. } => Some(seat_of(*seat)),
        Published { seat, .. } | Unpublished { seat, .. } | Offer { seat, .. } => Some(seat_of(*seat)),
        Slots { seat, .. } | Quality { seat, .. } | Closed { seat, .. } => Some(seat_of(*seat)),
        Speaking { .. } => None,
    }
}

pub fn hear(state: &mut State, event: sfu::Event, now: At) {
    use sfu::Event::*;
    match event {
        Connected { seat, .. } => connected(state, seat_of(seat), now),
        Disconnected { seat, .. } => {
            if let Some(seat) = state.seat_mut(seat_of(seat)) {
                seat.media = seat.media.saturating_sub(1);
            }
        }
        Alive { seat, .. } => state.touch(seat_of(seat), now),
        Published { seat, source, .. } => published(state, seat_of(seat), source, true),
        Unpublished { seat, source, .. } => published(state, seat_of(seat), source, false),
        Offer { seat, offer_id, sdp, fresh, .. } => {
            let id = seat_of(seat);
            let told = state.tell(id, protocol::Offer { offer_id, sdp, fresh });
            if let Some(seat) = state.seat_mut(id) {
                seat.offer_missed |= !told;
            }
        }
        Slots { seat, slots, .. } => {
            let id = seat_of(seat);
            let slots = protocol::Slots { slots: slots.into_iter().map(slot).collect() };
            state.tell(id, slots.clone());
            if let Some(seat) = state.seat_mut(id) {
                seat.slots = Some(slots);
            }
        }
        Speaking { room, seats } => speaking(state, uuid_of(room), seats.into_iter().map(seat_of).collect(), now),
        Quality { seat, level, .. } => quality(state, seat_of(seat), level),
        Closed { seat, reason, .. } => {
            tracing::error!(seat = %seat_of(seat), %reason, "the media engine gave up on a seat");
            state.close(seat_of(seat), now, Because::Failed);
        }
    }
}

fn connected(state: &mut State, id: SeatId, now: At) {
    let Some(seat) = state.seat_mut(id) else { return };
    seat.media = seat.media.saturating_add(1);
    let first = !std::mem::replace(&mut seat.met, true);
    state.touch(id, now);
    if first {
        state.show(id);
    }
}

/// A publisher without a page has no switches of its own: what it sends is what it has switched on.
fn published(state: &mut State, id: SeatId, source: sfu::Source, on: bool) {
    let Some(seat) = state.seat_mut(id).filter(|seat| seat.kind != Kind::Browser) else { return };
    seat.switches.set(source_of(source), on);
    state.show(id);
}

fn speaking(state: &mut State, hall: Uuid, seats: Vec<SeatId>, now: At) {
    let main = SessionId(hall);
    let is_here = |room: &Room| room.desk.breakouts.as_ref().is_some_and(|b| b.find(BreakoutId(hall)).is_some());
    let found = match state.rooms.contains_key(&main) {
        true => Some((main, None)),
        false => state.rooms.iter().find(|(_, room)| is_here(room)).map(|(id, _)| (*id, Some(BreakoutId(hall)))),
    };
    let Some((session, breakout)) = found else { return };
    let Some(room) = state.rooms.get_mut(&session) else { return };
    for seat in room.seats.values_mut().filter(|seat| seat.breakout == breakout && seat.presence.is_some()) {
        seat.meter.note(seats.contains(&seat.id), seat.switches, now);
    }
    room.speaking.insert(breakout, seats.clone());
    state.voice.tell(room.sockets_of(|seat| seat.breakout == breakout), protocol::Speaking { seats });
}

fn quality(state: &mut State, id: SeatId, level: sfu::Level) {
    let level = match level {
        sfu::Level::Good => Quality::Good,
        sfu::Level::Fair => Quality::Fair,
        sfu::Level::Poor => Quality::Poor,
    };
    let Some(seat) = state.seat_mut(id) else { return };
    seat.quality = Some(level);
    state.tell_room(id, protocol::Qualities([(id.to_string(), level)].into()));
}

fn slot(slot: sfu::Slot) -> protocol::Slot {
    let kind = match slot.kind {
        sfu::Kind::Audio => protocol::LineKind::Audio,
        sfu::Kind::Video => protocol::LineKind::Video,
    };
    let (seat_id, source) = (slot.seat.map(seat_of), slot.source.map(source_of));
    protocol::Slot { mid: slot.mid, kind, seat_id, source, paused: slot.paused }
}

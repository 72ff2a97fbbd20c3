//! What follows from a changed desk: in the engine, on seats, on pages. Synchronous, under the lock.

use std::sync::Arc;

use super::wire::LetIn;
use super::{Desk, waiting};
use crate::kit::{At, SeatId, SessionId};
use crate::live::model::Kind;
use crate::live::protocol::Muted;
use crate::live::state::State;
use crate::live::wire::Source;

const SOURCES: [Source; 3] = [Source::Microphone, Source::Camera, Source::Screen];

/// Takes over a desk that was written.
pub fn follow(state: &mut State, session: SessionId, before: &Desk, after: Desk, by: &str, now: At) {
    let Some(room) = state.rooms.get_mut(&session) else { return };
    room.desk = after;
    let desk = room.desk.clone();
    let seats: Vec<SeatId> = room.seats.keys().copied().collect();
    let rules_changed = before.rules != desk.rules || before.allowed != desk.allowed || before.hosts != desk.hosts;
    state.mark_desk(session);
    for id in seats {
        if rules_changed {
            enforce(state, id, by);
        }
        let Some(seat) = state.seat(id) else { continue };
        if before.hosts.contains(&seat.user) != desk.hosts.contains(&seat.user) {
            state.show(id);
            // What hosts see is more than a desk: polls with results, who waits, all of the chat.
            state.welcome(id, now);
        }
    }
    if before.recording.map(|recording| recording.id) != desk.recording.map(|recording| recording.id) {
        let seats: Vec<SeatId> =
            state.rooms.get(&session).into_iter().flat_map(|room| room.seats.keys().copied()).collect();
        seats.into_iter().for_each(|seat| state.record_in_engine(seat));
    }
    admit(state, session, now);
    move_people(state, session, before, now);
}

/// Lets in who waits and need not any more.
fn admit(state: &mut State, session: SessionId, now: At) {
    let Some(room) = state.rooms.get(&session) else { return };
    let free = room.seats.values().filter(|seat| seat.waiting && !waiting::must_wait(room, seat));
    let free: Vec<SeatId> = free.map(|seat| seat.id).collect();
    for id in free {
        state.tell(id, LetIn {});
        state.come_in(id, now);
    }
}

/// Brings everybody who is somewhere else now to where the desk has them.
fn move_people(state: &mut State, session: SessionId, before: &Desk, now: At) {
    let Some(room) = state.rooms.get(&session) else { return };
    if before.breakouts.is_none() && room.desk.breakouts.is_none() {
        return;
    }
    let moved: Vec<SeatId> = room
        .seats
        .values()
        .filter(|seat| !seat.waiting && seat.breakout != room.breakout_for(seat))
        .map(|seat| seat.id)
        .collect();
    for id in moved {
        state.move_seat(id, now);
    }
}

/// Switches off what a seat may not send, and lets the engine drop it; what it may again, its person switches on.
pub fn enforce(state: &mut State, id: SeatId, by: &str) {
    let Some(room) = state.room_of(id) else { return };
    let Some(seat) = room.seats.get(&id) else { return };
    let (session, kind, host, user) = (room.hall(seat), seat.kind, room.is_host(seat), seat.user);
    let may = SOURCES.map(|source| host || room.desk.lets(user, source));
    let mut switched_off = Vec::new();
    let media = state.media.clone();
    let Some(seat) = state.seat_mut(id) else { return };
    for (source, may) in SOURCES.into_iter().zip(may) {
        if !may && !seat.mutes.holds(source) {
            let was_on = seat.switches.get(source);
            seat.mutes.rule_out(source, by, was_on);
            seat.switches.set(source, false);
            if was_on {
                switched_off.push(source);
            }
        } else if may && kind != Kind::Browser && seat.mutes.free(source) {
            // Nobody is there to press a button.
            media.iter().for_each(|media| media.set_muted(session, id, source, false));
        }
    }
    tell_switched_off(state, id, &switched_off, by);
    state.mute_in_engine(id);
}

fn tell_switched_off(state: &mut State, id: SeatId, off: &[Source], by: &str) {
    let by: Arc<str> = by.into();
    for source in off {
        state.tell(id, Muted { source: *source, by: by.to_string() });
    }
    if !off.is_empty() {
        state.show(id);
    }
}

//! The waiting room: who comes waits with a seat, unseen and uncounted, until a host lets them in.

use super::wire::{Admit, TellWaiting, TurnAway, Waiting, Word};
use super::{Desk, change};
use crate::kit::checks::Checks;
use crate::kit::{Answer, UserId};
use crate::live::model::Because;
use crate::live::moderate::{host, no_such_seat};
use crate::live::room::{Room, Seat};
use crate::live::sockets::Sitting;
use crate::live::{Live, policy};
use crate::plumbing::Parts;
use crate::plumbing::messages::Nothing;

/// Whether somebody who sits down now must wait first. Guests always do.
pub fn must_wait(room: &Room, seat: &Seat) -> bool {
    !room.is_host(seat) && is_new(&room.desk, seat.user, seat.guest)
}

/// Whether somebody who does not lead has yet to be let in.
pub fn is_new(desk: &Desk, user: UserId, guest: bool) -> bool {
    (desk.rules.waiting_room || guest) && !desk.admitted.contains(&user)
}

/// Who waits, in the order in which they came.
pub fn list(room: &Room) -> Vec<Waiting> {
    let waiting = room.seats.values().filter(|seat| seat.waiting && seat.socket.is_some());
    let view = |seat: &Seat| Waiting {
        seat_id: seat.id,
        user_id: seat.user,
        name: seat.name.to_string(),
        guest: seat.guest,
        since: seat.here_since.unwrap_or(seat.last_seen),
    };
    waiting.map(view).collect()
}

pub async fn admit(parts: &Parts, sitting: Sitting, said: Admit) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let people: Vec<UserId> = {
        let state = parts.memory.of::<Live>().state();
        let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
        let meant = |seat: &&Seat| seat.waiting && said.seat_id.is_none_or(|id| id == seat.id);
        let people: Vec<UserId> = room.seats.values().filter(meant).map(|seat| seat.user).collect();
        if people.is_empty() && said.seat_id.is_some() {
            return Err(no_such_seat());
        }
        people
    };
    change::desk(parts, sitting.session, &by.name, |desk| {
        desk.admitted.extend(people);
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}

/// They are told so, and may knock again.
pub async fn turn_away(parts: &Parts, sitting: Sitting, said: TurnAway) -> Answer<Nothing> {
    host(parts, sitting).await?;
    let now = parts.clock.now();
    let mut state = parts.memory.of::<Live>().state();
    let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
    if !room.seats.get(&said.seat_id).is_some_and(|seat| seat.waiting) {
        return Err(no_such_seat());
    }
    state.close(said.seat_id, now, Because::TurnedAway);
    Ok(Nothing {})
}

pub async fn tell(parts: &Parts, sitting: Sitting, said: TellWaiting) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let text = read_word(&said.text)?;
    let state = parts.memory.of::<Live>().state();
    let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
    let waiting = room.seats.values().filter(|seat| seat.waiting).filter_map(|seat| seat.socket.clone()).collect();
    state.voice.tell(waiting, Word { text, from: by.name });
    Ok(Nothing {})
}

/// One sentence to many.
pub fn read_word(text: &str) -> Answer<String> {
    let mut checks = Checks::new();
    let text = checks.text("text", text, 1, 300);
    checks.finish().map(|()| text)
}

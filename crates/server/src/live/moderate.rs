//! What staff do in the room: mute somebody, ask somebody to leave. The engine enforces it.

use futures::FutureExt;

use super::model::Because;
use super::policy;
use super::protocol::{Mute, Muted, Remove};
use super::sockets::Sitting;
use super::{Live, store};
use crate::accounts::caller::Accounts;
use crate::accounts::{Caller, Scope};
use crate::kit::{Answer, At, Refusal, UserId};
use crate::plumbing::Parts;
use crate::plumbing::messages::Nothing;
use crate::programs::place;

/// Proof that a seat's person is staff of the class, now.
struct Moderator {
    user: UserId,
    name: String,
}

/// Asked anew for every message: who was staff when the class began may not be any more.
async fn moderator(parts: &Parts, sitting: Sitting) -> Answer<Moderator> {
    let only_staff = || Refusal::forbidden("Only the staff of this class can do that.");
    let (user, name, staff, program) = {
        let state = parts.memory.of::<Live>().state();
        let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
        let seat = room.seats.get(&sitting.seat).ok_or_else(policy::seat_gone)?;
        (seat.user, seat.name.to_string(), seat.staff, room.class.program)
    };
    let account = parts.memory.of::<Accounts>().get(parts, user).await?.filter(|account| account.active && staff);
    let account = account.ok_or_else(only_staff)?;
    let caller = Caller {
        id: user,
        name: account.name.clone(),
        role: account.role,
        // A join link never takes a staff seat.
        scope: Scope::Account,
        time_zone: account.time_zone,
        expires_at: At(i64::MAX),
    };
    let stands = place::of(parts.db.read(), &caller, program).await?;
    if stands.is_staff() { Ok(Moderator { user, name }) } else { Err(only_staff()) }
}

pub async fn mute(parts: &Parts, sitting: Sitting, said: Mute) -> Answer<Nothing> {
    let by = moderator(parts, sitting).await?;
    let mut state = parts.memory.of::<Live>().state();
    if state.index.get(&said.seat_id) != Some(&sitting.session) {
        return Err(no_such_seat());
    }
    if let Some(media) = &state.media {
        media.set_muted(sitting.session, said.seat_id, said.source, true);
    }
    if let Some(seat) = state.seat_mut(said.seat_id) {
        seat.mutes.mute(said.source, &by.name, seat.switches.get(said.source));
        seat.switches.set(said.source, false);
    }
    state.tell(said.seat_id, Muted { source: said.source, by: by.name });
    state.show(said.seat_id);
    metrics::counter!("vdp_live_mutes_total").increment(1);
    Ok(Nothing {})
}

/// Asks somebody to leave: all their seats are closed and they do not come back into this class.
pub async fn remove(parts: &Parts, sitting: Sitting, said: Remove) -> Answer<Nothing> {
    let by = moderator(parts, sitting).await?;
    let (user, staff) = {
        let state = parts.memory.of::<Live>().state();
        let in_room = state.index.get(&said.seat_id) == Some(&sitting.session);
        let seat = state.seat(said.seat_id).filter(|_| in_room).ok_or_else(no_such_seat)?;
        (seat.user, seat.staff)
    };
    if staff {
        return Err(Refusal::forbidden("Staff cannot be removed from a class. Change the program's staff instead."));
    }
    let now = parts.clock.now();
    parts.db.write(|tx| store::put_removal(tx, sitting.session, user, by.user, now).boxed()).await?;
    let mut state = parts.memory.of::<Live>().state();
    let seats = state.rooms.get(&sitting.session).map(|room| room.seats_of(user)).unwrap_or_default();
    for seat in seats {
        state.close(seat, now, Because::Removed);
    }
    metrics::counter!("vdp_live_removals_total").increment(1);
    Ok(Nothing {})
}

fn no_such_seat() -> Refusal {
    Refusal::not_found("seat")
}

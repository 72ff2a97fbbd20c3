//! What hosts do to a seat: mute it, ask its person to leave. The engine enforces it.

use futures::FutureExt;

use super::desk::leavers;
use super::model::Because;
use super::policy;
use super::protocol::{Mute, Muted, Remove};
use super::sockets::Sitting;
use super::state::State;
use super::wire::Source;
use super::{Live, ledger, store};
use crate::accounts::caller::Accounts;
use crate::accounts::{Caller, Scope};
use crate::kit::{Answer, At, ProgramId, Refusal, SeatId, UserId};
use crate::plumbing::Parts;
use crate::plumbing::messages::Nothing;
use crate::programs::place;

/// Proof that a seat's person leads the class, now: its staff, or with whom they share that.
pub struct Host {
    pub user: UserId,
    pub name: String,
    pub program: ProgramId,
}

/// Asked anew for every message: who was staff when the class began may not be any more.
pub async fn host(parts: &Parts, sitting: Sitting) -> Answer<Host> {
    let only_hosts = || Refusal::forbidden("Only those who lead this class can do that.");
    let (host, staff, shared) = {
        let state = parts.memory.of::<Live>().state();
        let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
        let seat = room.seats.get(&sitting.seat).ok_or_else(policy::seat_gone)?;
        let host = Host { user: seat.user, name: seat.name.to_string(), program: room.class.program };
        (host, seat.staff, room.desk.hosts.contains(&seat.user))
    };
    if shared {
        return Ok(host);
    }
    if !staff {
        return Err(only_hosts());
    }
    let account = parts.memory.of::<Accounts>().get(parts, host.user).await?.filter(|account| account.active);
    let account = account.ok_or_else(only_hosts)?;
    let caller = Caller {
        id: host.user,
        name: account.name.clone(),
        role: account.role,
        // A join link never takes a staff seat.
        scope: Scope::Account,
        time_zone: account.time_zone,
        sign_in: None,
        expires_at: At(i64::MAX),
    };
    let stands = place::of(parts.db.read(), &caller, host.program).await?;
    if stands.is_staff() { Ok(host) } else { Err(only_hosts()) }
}

pub async fn mute(parts: &Parts, sitting: Sitting, said: Mute) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    {
        let mut state = parts.memory.of::<Live>().state();
        if state.index.get(&said.seat_id) != Some(&sitting.session) {
            return Err(no_such_seat());
        }
        mute_seat(&mut state, said.seat_id, said.source, &by.name);
    }
    ledger::keep_traces(parts, &[said.seat_id]).await;
    Ok(Nothing {})
}

/// Switches a source of a seat off, until its person switches it on.
pub fn mute_seat(state: &mut State, id: SeatId, source: Source, by: &str) {
    let Some(seat) = state.seat_mut(id) else { return };
    seat.mutes.mute(source, by, seat.switches.get(source));
    seat.switches.set(source, false);
    state.mute_in_engine(id);
    state.tell(id, Muted { source, by: by.to_string() });
    state.show(id);
    metrics::counter!("vdp_live_mutes_total").increment(1);
}

/// Asks somebody to leave: all their seats are closed. Unless they may return, they do not come back into this class.
pub async fn remove(parts: &Parts, sitting: Sitting, said: Remove) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let (user, staff) = {
        let state = parts.memory.of::<Live>().state();
        let in_room = state.index.get(&said.seat_id) == Some(&sitting.session);
        let seat = state.seat(said.seat_id).filter(|_| in_room).ok_or_else(no_such_seat)?;
        (seat.user, seat.staff)
    };
    if staff {
        return Err(Refusal::forbidden("Staff cannot be removed from a class. Change the program's staff instead."));
    }
    leavers::strip(parts, sitting.session, &by.name, user).await?;
    let now = parts.clock.now();
    if !said.may_return {
        parts.db.write(|tx| store::put_removal(tx, sitting.session, user, by.user, now).boxed()).await?;
    }
    let because = if said.may_return { Because::SentOut } else { Because::Removed };
    let mut state = parts.memory.of::<Live>().state();
    let seats = state.rooms.get(&sitting.session).map(|room| room.seats_of(user)).unwrap_or_default();
    for seat in seats {
        state.close(seat, now, because);
    }
    metrics::counter!("vdp_live_removals_total").increment(1);
    Ok(Nothing {})
}

pub fn no_such_seat() -> Refusal {
    Refusal::not_found("seat")
}

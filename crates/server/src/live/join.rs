//! Joining a class: whoever belongs here, in time, gets a seat.

use futures::FutureExt;

use super::Live;
use super::desk::{Desk, waiting};
use super::media::Hall;
use super::model::{Because, Kind, Model};
use super::policy::{self, Knock};
use super::room::{Class, Seat};
use super::state::UNUSED_SECONDS;
use super::wire::{Joined, Where};
use super::{guests, ledger, recording, store, talk, token, turn};
use crate::accounts::{self, Caller};
use crate::kit::{Answer, Refusal, SeatId, SessionId};
use crate::plumbing::Parts;
use crate::programs::{self, State, place, program, session};

/// Somebody who may take a seat now.
pub struct Admitted {
    pub session: session::Model,
    pub program: program::Model,
    pub staff: bool,
    pub place: Where,
    /// A host has yet to let them in.
    pub waits: bool,
    pub user: accounts::model::Model,
}

pub async fn join(parts: &Parts, caller: &Caller, session: SessionId) -> Answer<Joined> {
    let mut admitted = admit(parts, caller, session).await?;
    if admitted.place == Where::Live && admitted.waits {
        admitted.place = Where::Waiting;
    }
    seated(parts, admitted).await
}

/// A seat with a page, and what it takes to sit on it.
pub async fn seated(parts: &Parts, admitted: Admitted) -> Answer<Joined> {
    let (state, session, ends_at, user) =
        (admitted.place, admitted.session.id, admitted.session.ends_at, admitted.user.id);
    let seat_id = sit(parts, admitted, SeatId::new(), Kind::Browser).await?;
    metrics::counter!("vdp_live_joins_total").increment(1);
    let live = parts.memory.of::<Live>();
    let ice_servers = turn::servers(live.turn.as_ref(), user, parts.clock.now());
    Ok(Joined { seat_id, token: token::issue(parts, seat_id, session, user, ends_at), ice_servers, state })
}

/// Whether the caller may take a seat in this class now. A class they may not know of is not there.
pub async fn admit(parts: &Parts, caller: &Caller, session: SessionId) -> Answer<Admitted> {
    let conn = parts.db.read();
    let (session, program) = programs::store::need_session(conn, session).await?;
    let desk = desk_of(parts, &session, &program).await?;
    let stands = place::seen(conn, Some(caller), &program).await.map_err(|refusal| match refusal.status {
        404 => Refusal::not_found("session"),
        _ => refusal,
    })?;
    let knock = Knock {
        staff: stands.is_staff(),
        attends: stands.attends(),
        removed: store::was_removed(conn, session.id, caller.id).await?,
        locked_out: desk.rules.locked
            && !desk.hosts.contains(&caller.id)
            && !store::was_in(conn, session.id, caller.id).await?,
        state: session.state,
        ends_at: session.ends_at,
        can_join_at: programs::run::open_for(&session, &program),
        now: parts.clock.now(),
    };
    let place = policy::may_join(&knock)?;
    let user = accounts::store::need(conn, caller.id).await?;
    let leads = stands.is_staff() || desk.hosts.contains(&user.id);
    let waits = !leads && waiting::is_new(&desk, user.id, user.guest);
    Ok(Admitted { session, program, staff: stands.is_staff(), place, waits, user })
}

/// How the class is arranged, from memory or from its row.
pub async fn desk_of(parts: &Parts, session: &session::Model, program: &program::Model) -> Answer<Desk> {
    let in_memory = parts.memory.of::<Live>().state().rooms.get(&session.id).map(|room| room.desk.clone());
    match in_memory {
        Some(desk) => Ok(desk),
        None => talk::load::desk(parts.db.read(), session.id, program).await,
    }
}

/// So many guests wait at the door of one class, so that strangers do not fill it.
const AT_THE_DOOR: usize = 50;

/// Gives a seat: in memory first, so that the room's limit holds, then in its row. The newest two of a person stay.
pub async fn sit(parts: &Parts, admitted: Admitted, id: SeatId, kind: Kind) -> Answer<SeatId> {
    let live = parts.memory.of::<Live>();
    let now = parts.clock.now();
    let Admitted { session, program, staff, user, .. } = admitted;
    let kept = talk::load::kept(parts, session.id, &program).await?;
    let guest = guests::needs_no_enrollment(&user, &program);
    {
        let mut state = live.state();
        if kept.is_none() && !state.rooms.contains_key(&session.id) {
            return Err(policy::just_closed());
        }
        let room = state.room(Class::of(&session, &program), kept);
        let waits = |user, guest| guest && !room.desk.admitted.contains(&user);
        let at_the_door = room.seats.values().filter(|seat| waits(seat.user, seat.guest)).count();
        if waits(user.id, guest) && at_the_door >= AT_THE_DOOR {
            return Err(policy::too_many_guests());
        }
        let replaced = room.seats_of(user.id).len().saturating_sub(1);
        // Those who lead are never locked out by those who came before them.
        if (room.seats.len() - at_the_door).saturating_sub(replaced) >= live.room_seats && !staff {
            return Err(policy::room_full(live.room_seats));
        }
        state.add(session.id, empty_seat(id, &user, staff, kind, now));
    }
    let row = Model {
        id,
        session_id: session.id,
        user_id: user.id,
        kind,
        staff,
        node: live.node.clone(),
        shard: live.media.as_ref().map_or(0, |media| media.shard_of(Hall::of(session.id, None))) as i32,
        entry: None,
        present_since: None,
        last_seen: None,
        opened_at: now,
        closed_at: None,
        closed_because: None,
        sent: String::new(),
        muted: String::new(),
    };
    let written = parts.db.write(|tx| {
        let (row, program) = (row.clone(), &program);
        async move {
            // Removed, or taken out of the program, while they knocked: the rows have the last word.
            if store::was_removed(tx.conn(), row.session_id, row.user_id).await? {
                return Err(policy::removed());
            }
            // It may have ended since it was looked at.
            let (class, _) = programs::store::need_session(tx.conn(), row.session_id).await?;
            if matches!(class.state, State::Ended | State::Cancelled) {
                return Err(policy::over());
            }
            let enrollment = programs::store::enrollment_of(tx.conn(), program.id, row.user_id).await?;
            let comes = guest || enrollment.is_some_and(|row| row.status.attends());
            if !staff && !comes {
                return Err(policy::not_enrolled());
            }
            store::insert(tx, row).await
        }
        .boxed()
    });
    if let Err(refusal) = written.await {
        live.state().forget(id);
        return Err(refusal);
    }
    // Read once the seat stands: an answer that is given now finds it, one that was given is in the rows.
    recording::consent::look_up(parts, program.id, user.id, id).await?;
    replace_oldest(parts, session.id, user.id).await;
    Ok(id)
}

/// Two seats per person: the oldest give way, with a word to their pages.
async fn replace_oldest(parts: &Parts, session: SessionId, user: crate::kit::UserId) {
    {
        let mut state = parts.memory.of::<Live>().state();
        let Some(room) = state.rooms.get(&session) else { return };
        let seats = room.seats_of(user);
        let oldest = seats.len().saturating_sub(2);
        for seat in &seats[..oldest] {
            state.close(*seat, parts.clock.now(), Because::Replaced);
        }
    }
    ledger::write_or_later(parts).await;
}

fn empty_seat(id: SeatId, user: &accounts::model::Model, staff: bool, kind: Kind, now: crate::kit::At) -> Seat {
    Seat {
        id,
        user: user.id,
        name: user.name.as_str().into(),
        pronouns: user.pronouns.clone(),
        staff,
        guest: user.guest,
        kind,
        waiting: false,
        breakout: None,
        consent: None,
        switches: Default::default(),
        meter: Default::default(),
        mutes: Default::default(),
        quality: None,
        socket: None,
        beats: false,
        met: false,
        media: 0,
        here_since: None,
        last_seen: now,
        written: now,
        presence: None,
        held: UNUSED_SECONDS,
        slots: None,
        certificate: None,
        new_line: false,
        offer_missed: false,
    }
}

/// A seat as it is after a restart: known, held, and nobody on it.
pub fn held_seat(row: &Model, user: &accounts::model::Model, now: crate::kit::At) -> Seat {
    let met = row.last_seen.is_some();
    let held = if met { super::state::RETURN_SECONDS } else { UNUSED_SECONDS };
    let mutes = serde_json::from_str(&row.muted).unwrap_or_default();
    Seat { met, held, mutes, ..empty_seat(row.id, user, row.staff, row.kind, now) }
}

//! WHIP (RFC 9725) in and WHEP out: a publisher or viewer without a page takes a seat by one HTTP request. Its media
//! connection is its presence; there is nothing to come back to.

use sfu::SeatOptions;

use super::desk::effects;
use super::media::Hall;
use super::model::{Because, Kind};
use super::wire::Where;
use super::{Live, join, ledger, media, policy};
use crate::accounts::Caller;
use crate::kit::{Answer, Refusal, SeatId, SessionId};
use crate::plumbing::Parts;
use crate::programs::place;

/// A seat and the engine's answer to its offer.
pub struct Opened {
    pub seat: SeatId,
    pub sdp: String,
}

/// Takes an offer. `sdp` is read only once it is clear that the caller may: what refuses `join` refuses here.
pub async fn open(
    parts: &Parts,
    caller: &Caller,
    session: SessionId,
    kind: Kind,
    sdp: Answer<String>,
) -> Answer<Opened> {
    let admitted = join::admit(parts, caller, session).await?;
    if admitted.place != Where::Live {
        return Err(policy::not_live());
    }
    if admitted.waits {
        return Err(policy::wait_first());
    }
    let offer = sdp?;
    let hall = Hall::of(session, None);
    let engine = parts.memory.of::<Live>().media.clone().ok_or_else(media::no_media)?;
    // The engine first: an offer that cannot be used must not cost somebody the seat they have.
    let (seat, publish) = (SeatId::new(), kind == Kind::Whip);
    engine.open(hall, seat, SeatOptions { publish, subscribe: !publish, priority: admitted.staff });
    let answer = if publish {
        engine.publish(hall, seat, offer, Vec::new()).await
    } else {
        engine.watch_whep(hall, seat, offer).await
    };
    let seated = match answer {
        Ok(sdp) => join::sit(parts, admitted, seat, kind).await.map(|seat| Opened { seat, sdp }),
        Err(refusal) => Err(refusal),
    };
    if seated.is_ok() {
        let mut state = parts.memory.of::<Live>().state();
        effects::enforce(&mut state, seat, "");
        state.record_in_engine(seat);
    } else {
        engine.close_seat(hall, seat);
    }
    seated
}

/// Gives the seat back: its own person, or staff of the class.
pub async fn leave(parts: &Parts, caller: &Caller, session: SessionId, seat: SeatId, kind: Kind) -> Answer<()> {
    let no_such_seat = || Refusal::not_found("seat");
    let owner = {
        let state = parts.memory.of::<Live>().state();
        let in_room = state.index.get(&seat) == Some(&session);
        let seat = state.seat(seat).filter(|seat| in_room && seat.kind == kind);
        seat.map(|seat| seat.user).ok_or_else(no_such_seat)?
    };
    if owner != caller.id && place::staff_of_session(parts.db.read(), caller, session).await.is_err() {
        return Err(no_such_seat());
    }
    parts.memory.of::<Live>().state().close(seat, parts.clock.now(), Because::Left);
    ledger::write(parts).await
}

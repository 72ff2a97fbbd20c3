//! Who may be recorded. Who has not said yes is neither seen nor heard in a recording.

use futures::FutureExt;

use super::wire::{AnswerConsent, Consent, ConsentView};
use super::{store, video};
use crate::accounts::Caller;
use crate::kit::{Answer, At, ProgramId, Refusal, SeatId, SessionId, UserId};
use crate::live::sockets::Sitting;
use crate::live::talk::chat::seat_of;
use crate::live::{Live, policy};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::programs::{self, place, program};

const HOUR: i64 = 3600;
/// So often a person may say yes again in a program.
const YESES_AN_HOUR: u64 = 20;

/// What a person should know before they answer, and what they answered.
pub async fn view(parts: &Parts, caller: &Caller, session: SessionId) -> Answer<ConsentView> {
    let program = program_of(parts, caller, session).await?;
    let answer = store::consent(parts.db.read(), program.id, caller.id).await?;
    Ok(ConsentView { kept_days: program.recording_days, answer })
}

pub async fn answer_outside(
    parts: &Parts,
    caller: &Caller,
    session: SessionId,
    said: AnswerConsent,
) -> Answer<ConsentView> {
    let program = program_of(parts, caller, session).await?;
    let answer = put(parts, program.id, caller.id, said.yes).await?;
    Ok(ConsentView { kept_days: program.recording_days, answer: Some(answer) })
}

/// The same from a seat: also for guests, and for who still waits.
pub async fn answer(parts: &Parts, sitting: Sitting, said: AnswerConsent) -> Answer<Consent> {
    let (program, user) = {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        (room.class.program, seat.user)
    };
    put(parts, program, user, said.yes).await
}

/// Only those whom a recording could have in it are asked. Who answered once may change the answer for ever: it is
/// about recordings that there are.
async fn program_of(parts: &Parts, caller: &Caller, session: SessionId) -> Answer<program::Model> {
    let conn = parts.db.read();
    let (_, program) = programs::store::need_session(conn, session).await?;
    if store::consent(conn, program.id, caller.id).await?.is_some() {
        return Ok(program);
    }
    let stands = place::of_session(conn, caller, session).await?;
    if stands.is_staff() || stands.attends() { Ok(program) } else { Err(policy::not_enrolled()) }
}

/// Takes over for a new seat what its person answered before.
pub async fn look_up(parts: &Parts, program: ProgramId, user: UserId, seat: SeatId) -> Answer<()> {
    let answered = store::consent(parts.db.read(), program, user).await?;
    let mut state = parts.memory.of::<Live>().state();
    if let Some(seat) = state.seat_mut(seat) {
        // What they answered meanwhile is newer.
        seat.consent = seat.consent.or(answered);
    }
    state.record_in_engine(seat);
    Ok(())
}

/// The row, then the seats of that person, then the engine: a “no” holds from this answer on.
pub async fn put(parts: &Parts, program: ProgramId, user: UserId, yes: bool) -> Answer<Consent> {
    let now = parts.clock.now();
    let write = parts.db.write(|tx| {
        async move {
            may_answer(tx, program, user, yes, now).await?;
            if !yes {
                video::taken_back(parts, tx, program, user).await?;
            }
            store::put_consent(tx, program, user, yes, now).await
        }
        .boxed()
    });
    let consent = write.await?;
    hold(parts, program, user, consent);
    Ok(consent)
}

/// Every change is kept for ever, so there is a pace. A “no” is never too many, nor is what was answered already.
async fn may_answer(tx: &Tx<'_>, program: ProgramId, user: UserId, yes: bool, now: At) -> Answer<()> {
    let before = store::consent(tx.conn(), program, user).await?;
    if !yes || before.is_some_and(|before| before.yes) {
        return Ok(());
    }
    let lately = store::yeses_since(tx.conn(), program, user, now.plus_seconds(-HOUR)).await?;
    if lately < YESES_AN_HOUR { Ok(()) } else { Err(too_often()) }
}

fn too_often() -> Refusal {
    let text =
        "You have changed your answer very often within an hour, so you are not recorded for now. Say yes again later.";
    Refusal::new(429, "answers-too-often", "Wait a while", text).retry_after(600)
}

/// Seats and engine learn what the rows say.
pub async fn take_over(parts: &Parts, program: ProgramId, user: UserId) -> Answer<()> {
    if let Some(consent) = store::consent(parts.db.read(), program, user).await? {
        hold(parts, program, user, consent);
    }
    Ok(())
}

fn hold(parts: &Parts, program: ProgramId, user: UserId, consent: Consent) {
    let now = parts.clock.now();
    let mut state = parts.memory.of::<Live>().state();
    let rooms = state.rooms.values().filter(|room| room.class.program == program);
    let seats: Vec<_> = rooms.flat_map(|room| room.seats_of(user)).collect();
    for id in seats {
        if let Some(seat) = state.seat_mut(id) {
            // Of two answers at once the later row is the answer.
            seat.consent = seat.consent.filter(|known| known.at > consent.at).or(Some(consent));
        }
        state.record_in_engine(id);
        state.show(id);
        state.welcome(id, now);
    }
}

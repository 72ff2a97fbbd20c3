//! Raised hands: a queue in order. And the timer.

use super::change;
use super::wire::{Hand, LowerHands, RaiseHand, SetTimer, Timer};
use crate::events::Fact;
use crate::kit::checks::Checks;
use crate::kit::{Answer, At, Refusal, UserId};
use crate::live::moderate::host;
use crate::live::sockets::Sitting;
use crate::live::{Live, policy};
use crate::plumbing::Parts;
use crate::plumbing::messages::Nothing;

/// The longest timer, and the shortest.
const TIMER_SECONDS: std::ops::RangeInclusive<i64> = 5..=8 * 3600;

pub async fn raise(parts: &Parts, sitting: Sitting, said: RaiseHand) -> Answer<Nothing> {
    let (user, name, program) = {
        let state = parts.memory.of::<Live>().state();
        let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
        let seat = room.seats.get(&sitting.seat).ok_or_else(policy::seat_gone)?;
        policy::is_inside(room, seat)?;
        (seat.user, seat.name.to_string(), room.class.program)
    };
    let at = parts.clock.now();
    let session = sitting.session;
    change::desk(parts, session, &name, |desk| {
        let is_up = desk.hands.iter().any(|hand| hand.user_id == user);
        if is_up == said.up {
            return Ok(Vec::new());
        }
        if said.up {
            desk.hands.push(Hand { user_id: user, name: name.clone(), since: at });
            return Ok(vec![Fact::HandRaised { session, program, user, at }]);
        }
        desk.hands.retain(|hand| hand.user_id != user);
        Ok(vec![Fact::HandLowered { session, program, user, by: user, at }])
    })
    .await?;
    Ok(Nothing {})
}

pub async fn lower(parts: &Parts, sitting: Sitting, said: LowerHands) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let (session, program, at) = (sitting.session, by.program, parts.clock.now());
    change::desk(parts, session, &by.name, |desk| {
        let goes = |hand: &Hand| said.user_id.is_none_or(|user| user == hand.user_id);
        let lowered: Vec<UserId> = desk.hands.iter().filter(|hand| goes(hand)).map(|hand| hand.user_id).collect();
        desk.hands.retain(|hand| !goes(hand));
        let fact = |user| Fact::HandLowered { session, program, user, by: by.user, at };
        Ok(lowered.into_iter().map(fact).collect())
    })
    .await?;
    Ok(Nothing {})
}

pub async fn set_timer(parts: &Parts, sitting: Sitting, said: SetTimer) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let timer = read_timer(said, parts.clock.now())?;
    change::desk(parts, sitting.session, &by.name, |desk| {
        desk.timer = timer;
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}

fn read_timer(said: SetTimer, now: At) -> Answer<Option<Timer>> {
    let mut checks = Checks::new();
    let label = checks.text("label", &said.label, 0, 60);
    checks.finish()?;
    let Some(seconds) = said.seconds else { return Ok(None) };
    if !TIMER_SECONDS.contains(&seconds) {
        return Err(Refusal::field("seconds", "out-of-range", "Choose a time from 5 seconds to 8 hours."));
    }
    Ok(Some(Timer { ends_at: now.plus_seconds(seconds), seconds: seconds as u32, label }))
}

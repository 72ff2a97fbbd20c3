//! What the desk says of people who have gone for good: their hands go down, and the light goes out.

use std::collections::BTreeSet;

use super::{Desk, change};
use crate::events::Fact;
use crate::kit::{Answer, ProgramId, SessionId, UserId};
use crate::live::Live;
use crate::live::room::Room;
use crate::plumbing::Parts;

/// Looked at once a second. Who only lost the line keeps the seat for a while, and with it the hand.
pub async fn tidy(parts: &Parts) {
    let found: Vec<(SessionId, BTreeSet<UserId>)> = {
        let state = parts.memory.of::<Live>().state();
        let rooms = state.rooms.iter().filter(|(_, room)| room.class.is_live());
        rooms.map(|(session, room)| (*session, gone(room))).filter(|(_, gone)| !gone.is_empty()).collect()
    };
    for (session, gone) in found {
        let (at, program) = (parts.clock.now(), program_of(parts, session));
        let forgotten = change::desk(parts, session, "", |desk| {
            let lowered: Vec<UserId> =
                desk.hands.iter().map(|hand| hand.user_id).filter(|user| gone.contains(user)).collect();
            desk.hands.retain(|hand| !gone.contains(&hand.user_id));
            desk.spotlight = desk.spotlight.filter(|user| !gone.contains(user));
            let fact = |user| Some(Fact::HandLowered { session, program: program?, user, by: user, at });
            Ok(lowered.into_iter().filter_map(fact).collect())
        });
        if let Err(refusal) = forgotten.await {
            tracing::warn!(%refusal, "the hands of who left wait for the database");
        }
    }
}

/// Takes from somebody who is sent out what the hosts gave them: they come back like anybody else, if they may.
pub async fn strip(parts: &Parts, session: SessionId, by: &str, user: UserId) -> Answer<()> {
    change::desk(parts, session, by, |desk| {
        desk.hosts.remove(&user);
        desk.captioners.remove(&user);
        desk.admitted.remove(&user);
        desk.allowed.remove(&user);
        if let Some(breakouts) = &mut desk.breakouts {
            breakouts.people.remove(&user);
        }
        Ok(Vec::new())
    })
    .await
}

fn program_of(parts: &Parts, session: SessionId) -> Option<ProgramId> {
    parts.memory.of::<Live>().state().rooms.get(&session).map(|room| room.class.program)
}

/// Of whom the desk speaks although they have no seat any more.
fn gone(room: &Room) -> BTreeSet<UserId> {
    let Desk { hands, spotlight, .. } = &room.desk;
    let spoken_of = hands.iter().map(|hand| hand.user_id).chain(*spotlight);
    spoken_of.filter(|user| room.seats_of(*user).is_empty()).collect()
}

//! What hosts do with breakout rooms, and what people in them do: plan, open, move, call for help, return.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use super::breakouts::{Breakout, Breakouts};
use super::hosts::need_person;
use super::waiting::read_word;
use super::wire::{
    Assignment, CallHelp, CloseBreakouts, MoveTo, NameBreakout, OpenBreakouts, PlanBreakouts, TellAll, Word,
};
use super::{Desk, change, store};
use crate::kit::checks::Checks;
use crate::kit::{Answer, BreakoutId, ProgramId, Refusal, SessionId, UserId};
use crate::live::moderate::host;
use crate::live::sockets::Sitting;
use crate::live::talk::chat::seat_of;
use crate::live::{Live, policy};
use crate::plumbing::Parts;
use crate::plumbing::keys::random;
use crate::plumbing::messages::Nothing;
use crate::programs::session;

/// So many rooms at once.
const MOST: i64 = 50;

pub async fn plan(parts: &Parts, sitting: Sitting, said: PlanBreakouts) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let mut checks = Checks::new();
    let count = checks.number("count", said.count, 1, MOST) as usize;
    checks.finish()?;
    let people = participants(parts, sitting)?;
    let last = match said.how {
        Assignment::LastTime => last_time(parts, sitting.session, by.program).await?,
        _ => None,
    };
    change::desk(parts, sitting.session, &by.name, |desk| {
        if desk.breakouts.as_ref().is_some_and(|now| now.open) {
            return Err(Refusal::conflict("breakouts-open", "Bring everybody back before you plan anew."));
        }
        desk.breakouts = Some(match said.how {
            Assignment::ByHand => empty(count, false),
            Assignment::Choice => empty(count, true),
            Assignment::Random => at_random(count, people),
            Assignment::LastTime => {
                let last = desk.breakouts.take().filter(|own| !own.people.is_empty()).or(last);
                last.map(|last| again(&last)).ok_or_else(no_last_time)?
            }
        });
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}

fn no_last_time() -> Refusal {
    Refusal::conflict("no-last-time", "There were no breakout rooms before. Choose another way.")
}

/// Who is in the class and does not lead it.
fn participants(parts: &Parts, sitting: Sitting) -> Answer<Vec<UserId>> {
    let state = parts.memory.of::<Live>().state();
    let (room, _) = seat_of(&state, sitting)?;
    let inside = room.seats.values().filter(|seat| seat.met && !seat.waiting && !room.is_host(seat));
    let mut people: Vec<UserId> = inside.map(|seat| seat.user).collect();
    people.sort();
    people.dedup();
    Ok(people)
}

fn empty(count: usize, choice: bool) -> Breakouts {
    let room = |place| Breakout { id: BreakoutId::new(), name: format!("{place}"), help_since: None };
    Breakouts { choice, rooms: (1..=count).map(room).collect(), ..Default::default() }
}

/// Evenly: no room has two more than another.
fn at_random(count: usize, mut people: Vec<UserId>) -> Breakouts {
    people.sort_by_cached_key(|_| random::<8>());
    let mut breakouts = empty(count, false);
    for (place, user) in people.into_iter().enumerate() {
        breakouts.people.insert(user, breakouts.rooms[place % count].id);
    }
    breakouts
}

/// The same rooms with the same people, and ids of their own.
fn again(last: &Breakouts) -> Breakouts {
    let mut breakouts = Breakouts { choice: last.choice, ..Default::default() };
    let mut ids = BTreeMap::new();
    for room in &last.rooms {
        let id = BreakoutId::new();
        ids.insert(room.id, id);
        breakouts.rooms.push(Breakout { id, name: room.name.clone(), help_since: None });
    }
    breakouts.people = last.people.iter().filter_map(|(user, room)| Some((*user, *ids.get(room)?))).collect();
    breakouts
}

/// The breakout rooms of the program's last class that had some.
async fn last_time(parts: &Parts, session: SessionId, program: ProgramId) -> Answer<Option<Breakouts>> {
    let conn = parts.db.read();
    for (id,) in earlier(conn, session, program).await? {
        let desk = store::find(conn, id).await?;
        let had = desk.and_then(|desk| desk.breakouts).filter(|breakouts| !breakouts.people.is_empty());
        if had.is_some() {
            return Ok(had);
        }
    }
    Ok(None)
}

/// The last twenty classes of a program that had a desk, newest first.
async fn earlier(conn: &impl ConnectionTrait, session: SessionId, program: ProgramId) -> Answer<Vec<(SessionId,)>> {
    let with_desk = sea_orm::sea_query::Query::select().column(store::Column::SessionId).from(store::Entity).to_owned();
    let rows = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::ProgramId.eq(program))
        .filter(session::Column::Id.ne(session))
        .filter(session::Column::Id.in_subquery(with_desk))
        .order_by_desc(session::Column::StartsAt)
        .limit(20)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows)
}

pub async fn name(parts: &Parts, sitting: Sitting, said: NameBreakout) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let mut checks = Checks::new();
    let name = checks.text("name", &said.name, 1, 60);
    checks.finish()?;
    change::desk(parts, sitting.session, &by.name, |desk| {
        let rooms = planned(desk)?.rooms.iter_mut();
        let room = rooms.into_iter().find(|room| room.id == said.breakout_id).ok_or_else(no_such_breakout)?;
        room.name = name;
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}

/// A host puts anybody anywhere, also while the rooms are open; a participant chooses where that is offered.
pub async fn move_to(parts: &Parts, sitting: Sitting, said: MoveTo) -> Answer<Nothing> {
    let (me, my_name, host_by_memory) = {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        policy::is_inside(room, seat)?;
        (seat.user, seat.name.to_string(), room.is_host(seat))
    };
    let user = said.user_id.unwrap_or(me);
    let leads = host_by_memory || user != me;
    if leads {
        host(parts, sitting).await?;
        need_person(parts, sitting, user)?;
    }
    change::desk(parts, sitting.session, &my_name, |desk| {
        let breakouts = planned(desk)?;
        let may_choose = breakouts.open && breakouts.choice;
        if !leads && !may_choose {
            return Err(Refusal::forbidden("The hosts choose the rooms. Ask them to move you."));
        }
        match said.breakout_id {
            Some(id) if breakouts.find(id).is_none() => return Err(no_such_breakout()),
            Some(id) => drop(breakouts.people.insert(user, id)),
            None => drop(breakouts.people.remove(&user)),
        }
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}

pub async fn open(parts: &Parts, sitting: Sitting, said: OpenBreakouts) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let mut checks = Checks::new();
    let minutes = said.minutes.map(|minutes| checks.number("minutes", minutes, 1, 480));
    checks.finish()?;
    {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        policy::is_inside(room, seat)?;
    }
    let now = parts.clock.now();
    change::desk(parts, sitting.session, &by.name, |desk| {
        let breakouts = planned(desk)?;
        breakouts.open = true;
        breakouts.ends_at = minutes.map(|minutes| now.plus_minutes(minutes));
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}

pub async fn close(parts: &Parts, sitting: Sitting, said: CloseBreakouts) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let mut checks = Checks::new();
    let seconds = checks.number("in_seconds", said.in_seconds, 0, 600);
    checks.finish()?;
    let now = parts.clock.now();
    change::desk(parts, sitting.session, &by.name, |desk| {
        let breakouts = planned(desk)?;
        if seconds > 0 && breakouts.open {
            breakouts.ends_at = Some(now.plus_seconds(seconds));
        } else {
            return_all(breakouts);
        }
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}

/// Everybody is in the main room again; who was where is kept, for another time.
fn return_all(breakouts: &mut Breakouts) {
    (breakouts.open, breakouts.ends_at) = (false, None);
    breakouts.rooms.iter_mut().for_each(|room| room.help_since = None);
}

/// Brings everybody back where the time is over. Looked at once a second.
pub async fn close_due(parts: &Parts) {
    let now = parts.clock.now();
    let is_due = |breakouts: &Breakouts| breakouts.open && breakouts.ends_at.is_some_and(|ends_at| ends_at <= now);
    let due: Vec<SessionId> = {
        let state = parts.memory.of::<Live>().state();
        let rooms = state.rooms.iter().filter(|(_, room)| room.desk.breakouts.as_ref().is_some_and(is_due));
        rooms.map(|(session, _)| *session).collect()
    };
    for session in due {
        let closed = change::desk(parts, session, "", |desk| {
            desk.breakouts.iter_mut().filter(|breakouts| is_due(breakouts)).for_each(return_all);
            Ok(Vec::new())
        });
        if let Err(refusal) = closed.await {
            tracing::warn!(%refusal, "breakout rooms wait for the database");
        }
    }
}

pub async fn tell_all(parts: &Parts, sitting: Sitting, said: TellAll) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let text = read_word(&said.text)?;
    let state = parts.memory.of::<Live>().state();
    let (room, _) = seat_of(&state, sitting)?;
    state.voice.tell(room.sockets(), Word { text, from: by.name });
    Ok(Nothing {})
}

pub async fn call_help(parts: &Parts, sitting: Sitting, said: CallHelp) -> Answer<Nothing> {
    let (name, breakout) = {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        policy::is_inside(room, seat)?;
        (seat.name.to_string(), seat.breakout)
    };
    let here = breakout.ok_or_else(|| Refusal::conflict("not-in-breakout", "You are in the main room: just ask."))?;
    let now = parts.clock.now();
    change::desk(parts, sitting.session, &name, |desk| {
        let rooms = planned(desk)?.rooms.iter_mut();
        let room = rooms.into_iter().find(|room| room.id == here).ok_or_else(no_such_breakout)?;
        room.help_since = said.help.then(|| room.help_since.unwrap_or(now));
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}

fn planned(desk: &mut Desk) -> Answer<&mut Breakouts> {
    desk.breakouts.as_mut().ok_or_else(|| Refusal::conflict("no-breakouts", "Plan the breakout rooms first."))
}

fn no_such_breakout() -> Refusal {
    Refusal::not_found("breakout room")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_rooms_are_even_and_nobody_is_lost() {
        for (people, count) in [(0, 3), (2, 3), (7, 3), (50, 7)] {
            let everybody: Vec<UserId> = (0..people).map(|_| UserId::new()).collect();
            let breakouts = at_random(count, everybody.clone());
            let sizes: Vec<usize> = breakouts.view().rooms.iter().map(|room| room.people.len()).collect();
            assert_eq!(sizes.iter().sum::<usize>(), people);
            assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1, "{sizes:?}");
            assert!(everybody.iter().all(|user| breakouts.room_of(*user).is_some()));
        }
    }

    #[test]
    fn the_same_again_has_rooms_of_its_own() {
        let last = at_random(2, (0..5).map(|_| UserId::new()).collect());
        let next = again(&last);
        let together = |breakouts: &Breakouts| {
            breakouts.view().rooms.into_iter().map(|room| (room.name, room.people)).collect::<Vec<_>>()
        };
        assert_eq!(together(&last), together(&next));
        assert!(next.rooms.iter().all(|room| last.find(room.id).is_none()));
    }
}

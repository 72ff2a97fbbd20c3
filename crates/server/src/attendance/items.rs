//! Sessions as they stand in somebody's day. However many they are, the number of queries is the same.

use std::collections::{HashMap, HashSet};

use super::merge::{Interval, merge};
use super::presence_now::{InRoom, presence_now};
use super::wire::{DayItem, DayState};
use super::{closing, store};
use crate::accounts::Caller;
use crate::kit::{Answer, At, ProgramId, SessionId, UserId};
use crate::live::recording;
use crate::plumbing::Parts;
use crate::programs::timetable::Slot;
use crate::programs::wire::{ProgramBrief, Session};
use crate::programs::{SessionRole, State, run, session};

pub async fn items(parts: &Parts, caller: &Caller, slots: Vec<Slot>) -> Answer<Vec<DayItem>> {
    let now = parts.clock.now();
    let known = Known::load(parts, caller, &slots, now).await?;
    Ok(slots.into_iter().map(|slot| item(parts, &known, slot, now)).collect())
}

/// What the rows of a day need beside the sessions themselves.
struct Known {
    leads: HashMap<UserId, String>,
    due: HashMap<ProgramId, i64>,
    came: HashMap<SessionId, i64>,
    mine: HashMap<SessionId, Vec<Interval>>,
    recorded: HashSet<SessionId>,
}

impl Known {
    async fn load(parts: &Parts, caller: &Caller, slots: &[Slot], now: At) -> Answer<Known> {
        let conn = parts.db.read();
        let mut programs: Vec<ProgramId> = slots.iter().map(|(_, program, _)| program.id).collect();
        programs.sort();
        programs.dedup();
        let begun = slots.iter().filter(|(s, _, role)| *role == SessionRole::Staff && s.started_at.is_some());
        let over = slots.iter().filter(|(s, p, _)| state_of(s, run::open_for(s, p), now) == DayState::Over);
        Ok(Known {
            leads: crate::programs::store::lead_names(conn, slots.iter().map(|(s, ..)| s)).await?,
            due: store::due(conn, programs).await?,
            came: store::came(conn, begun.map(|(s, ..)| s.id).collect()).await?,
            recorded: recording::store::watchable(conn, over.clone().map(|(s, ..)| s.id).collect()).await?,
            mine: mine(parts, caller, over.map(|(s, ..)| s)).await?,
        })
    }
}

/// The caller's own intervals in sessions that are over.
async fn mine(
    parts: &Parts,
    caller: &Caller,
    over: impl Iterator<Item = &session::Model> + Clone,
) -> Answer<HashMap<SessionId, Vec<Interval>>> {
    let ended = over.clone().filter_map(|session| Some((session.id, session.ended_at?))).collect();
    let rows = store::of_user(parts.db.read(), caller.id, over.map(|session| session.id).collect()).await?;
    let mut by_session: HashMap<SessionId, Vec<Interval>> = HashMap::new();
    for row in closing::closed(parts, &ended, rows).await? {
        by_session.entry(row.session_id).or_default().push(row.interval());
    }
    Ok(by_session)
}

fn item(parts: &Parts, known: &Known, (session, program, role): Slot, now: At) -> DayItem {
    let can_join_at = run::open_for(&session, &program);
    let state = state_of(&session, can_join_at, now);
    let staff = role == SessionRole::Staff;
    let InRoom { count, names, waiting } = match state {
        DayState::Open | DayState::Live => presence_now(parts, session.id),
        _ => InRoom::default(),
    };
    let came = session.started_at.map(|_| known.came.get(&session.id).copied().unwrap_or(0));
    let lead = session.lead_id.and_then(|id| known.leads.get(&id).cloned());
    DayItem {
        my_seconds: known.mine.get(&session.id).map(|intervals| merge(intervals, now).seconds()),
        in_room: count,
        in_room_names: names,
        waiting: if staff { waiting } else { 0 },
        due: known.due.get(&program.id).copied().unwrap_or(0),
        came: came.filter(|_| staff),
        recorded: known.recorded.contains(&session.id),
        program: ProgramBrief::of(&program),
        session: Session::of(session, &program, lead),
        role,
        state,
        can_join_at,
    }
}

/// Where a session stands at `now`. One that nobody started is over when its time is.
fn state_of(session: &session::Model, can_join_at: At, now: At) -> DayState {
    match session.state {
        State::Cancelled => DayState::Cancelled,
        State::Ended => DayState::Over,
        State::Live => DayState::Live,
        State::Scheduled if now >= session.ends_at => DayState::Over,
        State::Scheduled if now >= can_join_at => DayState::Open,
        State::Scheduled => DayState::Later,
    }
}

//! Who came to a session, and for how long.

use std::collections::HashMap;

use super::merge::{Interval, merge};
use super::wire::{AttendancesQuery, Attended};
use super::{closing, model, store};
use crate::accounts::{self, Caller};
use crate::kit::paging::{Page, PageQuery};
use crate::kit::{Answer, At, Refusal, SessionId, UserId, text};
use crate::plumbing::Parts;
use crate::programs::wire::PersonName;
use crate::programs::{SessionRole, State, place, program, session};

/// Everybody who came to a session, and with `absent` the enrolled who did not.
pub struct Register {
    pub session: session::Model,
    pub program: program::Model,
    pub people: Vec<Attended>,
}

pub async fn register(parts: &Parts, caller: &Caller, id: SessionId, absent: bool) -> Answer<Register> {
    let conn = parts.db.read();
    let (session, staff) = place::staff_of_session(conn, caller, id).await?;
    let ended = session.ended_at.map(|at| (id, at)).into_iter().collect();
    let rows = closing::closed(parts, &ended, store::of_session(conn, id).await?).await?;
    let now = parts.clock.now();
    let mut by_user = by_user(&rows);
    if absent {
        for user in store::expected(conn, session.program_id, was_over(&session, now)).await? {
            by_user.entry(user).or_insert((SessionRole::Participant, Vec::new()));
        }
    }
    let names = accounts::store::names(conn, by_user.keys().copied().collect()).await?;
    let mut people: Vec<Attended> = by_user
        .into_iter()
        .map(|(id, (role, intervals))| {
            let name = names.get(&id).cloned().unwrap_or_default();
            Attended::of(PersonName { id, name }, role, merge(&intervals, now))
        })
        .collect();
    people.sort_by_cached_key(|p| (p.role != SessionRole::Staff, text::fold(&p.user.name), p.user.id));
    Ok(Register { session, program: staff.program().clone(), people })
}

/// Up to when somebody could have come.
fn was_over(session: &session::Model, now: At) -> At {
    match session.state {
        State::Live => now.max(session.ends_at),
        _ => session.ended_at.map_or(session.ends_at, |ended| ended.max(session.ends_at)),
    }
}

/// A page of it; everybody when no limit is said, for a register is looked at as a whole.
pub async fn page(parts: &Parts, caller: &Caller, id: SessionId, query: AttendancesQuery) -> Answer<Page<Attended>> {
    let asked = PageQuery { limit: query.limit, after: query.after };
    let (limit, after) = (asked.limit()?, asked.key::<UserId>()?);
    let mut people = register(parts, caller, id, query.absent).await?.people;
    if let Some(after) = after {
        let place = people.iter().position(|p| p.user.id == after).ok_or_else(nobody_there)?;
        people.drain(..=place);
    }
    Ok(if asked.limit.is_some() { Page::cut(people, limit, |p| p.user.id) } else { Page::all(people) })
}

fn nobody_there() -> Refusal {
    Refusal::field("after", "bad-cursor", "Use the “next” of the page before as “after”.")
}

type OfUser = (SessionRole, Vec<Interval>);

fn by_user(rows: &[model::Model]) -> HashMap<UserId, OfUser> {
    let mut by_user: HashMap<UserId, OfUser> = HashMap::new();
    for row in rows {
        let (role, intervals) = by_user.entry(row.user_id).or_insert((SessionRole::Participant, Vec::new()));
        if row.staff {
            *role = SessionRole::Staff;
        }
        intervals.push(row.interval());
    }
    by_user
}

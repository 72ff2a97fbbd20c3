//! Showing programs, sessions and enrollments to who may see them.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;

use super::model::{enrollment, program, session};
use super::place::{self, Place};
use super::wire::{self, EnrollmentsQuery, My, MyEnrollment, SessionsQuery};
use super::{policy, store};
use crate::accounts::{self, Caller};
use crate::kit::paging::{Page, PageQuery};
use crate::kit::time::start_of_day;
use crate::kit::{Answer, At, Refusal, SessionId};
use crate::plumbing::Parts;

/// A program's detail and its version, for who may know of it.
pub async fn detail(parts: &Parts, caller: Option<&Caller>, key: &str) -> Answer<(wire::Program, i32)> {
    let conn = parts.db.read();
    let program = store::need_program(conn, key).await?;
    let place = place::seen(conn, caller, &program).await?;
    as_wire(conn, caller, place, program).await
}

/// A program that anybody may see who has its address, signed in or not.
pub async fn public(parts: &Parts, key: &str) -> Answer<program::Model> {
    let conn = parts.db.read();
    let program = store::need_program(conn, key).await?;
    place::seen(conn, None, &program).await?;
    Ok(program)
}

/// A program as its planner sees it after a change.
pub async fn changed(parts: &Parts, caller: &Caller, program: program::Model) -> Answer<(wire::Program, i32)> {
    let conn = parts.db.read();
    let place = place::of(conn, caller, program.id).await?;
    as_wire(conn, Some(caller), place, program).await
}

async fn as_wire(
    conn: &impl ConnectionTrait,
    caller: Option<&Caller>,
    place: Place,
    program: program::Model,
) -> Answer<(wire::Program, i32)> {
    let my = match caller {
        Some(caller) => Some(My { part: place.part, enrollment: my_enrollment(conn, caller, &program).await? }),
        None => None,
    };
    let staff = store::staff_of(conn, program.id).await?;
    let version = program.version;
    Ok((wire::Program::of(program, staff, my), version))
}

async fn my_enrollment(
    conn: &impl ConnectionTrait,
    caller: &Caller,
    program: &program::Model,
) -> Answer<Option<MyEnrollment>> {
    let Some(row) = store::enrollment_of(conn, program.id, caller.id).await? else { return Ok(None) };
    let place_in_line = store::place_in_line(conn, &row).await?;
    Ok(Some(MyEnrollment { id: row.id, status: row.status, place_in_line }))
}

/// One session and its version, for who may know of its program.
pub async fn session(parts: &Parts, caller: &Caller, id: SessionId) -> Answer<(wire::Session, i32)> {
    let conn = parts.db.read();
    let (session, program) = store::need_session(conn, id).await?;
    place::seen(conn, Some(caller), &program).await.map_err(|_| Refusal::not_found("session"))?;
    session_as_wire(parts, session, &program).await
}

pub async fn session_as_wire(
    parts: &Parts,
    session: session::Model,
    program: &program::Model,
) -> Answer<(wire::Session, i32)> {
    let mut names = store::lead_names(parts.db.read(), [&session]).await?;
    let lead = session.lead_id.and_then(|id| names.remove(&id));
    let version = session.version;
    Ok((wire::Session::of(session, program, lead), version))
}

/// A program's sessions, in the order of time.
pub async fn sessions(
    parts: &Parts,
    caller: Option<&Caller>,
    key: &str,
    query: SessionsQuery,
) -> Answer<Page<wire::Session>> {
    let conn = parts.db.read();
    let page = PageQuery { limit: query.limit, after: query.after };
    let (limit, after) = (page.limit()?, page.key::<(At, SessionId)>()?);
    let program = store::need_program(conn, key).await?;
    place::seen(conn, caller, &program).await?;
    let from = query.from.as_deref().map(|text| bound("from", text, &program, false)).transpose()?;
    let to = query.to.as_deref().map(|text| bound("to", text, &program, true)).transpose()?;
    let rows = store::sessions_page(conn, program.id, (from, to), after, limit).await?;
    let names = store::lead_names(conn, &rows).await?;
    let page = Page::cut(rows, limit, |s: &session::Model| (s.starts_at, s.id));
    Ok(page.map(|session| {
        let lead = session.lead_id.and_then(|id| names.get(&id).cloned());
        wire::Session::of(session, &program, lead)
    }))
}

/// A time with its offset, or a date in the program's zone; a last date counts as a whole.
fn bound(field: &str, text: &str, program: &program::Model, last: bool) -> Answer<At> {
    if let Some(at) = At::parse(text) {
        return Ok(at);
    }
    let date = text.parse::<NaiveDate>().ok();
    let date = if last { date.and_then(|d| d.succ_opt()) } else { date };
    let wrong = || {
        let message = "Write a date like 2026-11-24, or a time with its offset like 2026-11-24T10:30:00Z.";
        Refusal::field(field, "not-a-time", message)
    };
    date.map(|date| start_of_day(date, program.zone())).ok_or_else(wrong)
}

/// Who is in a program, for its staff.
pub async fn enrollments(
    parts: &Parts,
    caller: &Caller,
    key: &str,
    query: EnrollmentsQuery,
) -> Answer<Page<wire::Enrollment>> {
    let conn = parts.db.read();
    let page = PageQuery { limit: query.limit, after: query.after };
    let (limit, after) = (page.limit()?, page.key()?);
    let program = store::need_program(conn, key).await?;
    policy::may_run(&place::seen(conn, Some(caller), &program).await?)?;
    let rows = store::enrollments_page(conn, program.id, query.status, after, limit).await?;
    let names = accounts::store::names(conn, rows.iter().map(|row| row.user_id).collect()).await?;
    let line: HashMap<_, i64> = match program.waiting {
        0 => HashMap::new(),
        _ => store::line_of(conn, program.id).await?.into_iter().zip(1..).collect(),
    };
    let page = Page::cut(rows, limit, |row: &enrollment::Model| row.id);
    Ok(page.map(|row| {
        let name = names.get(&row.user_id).cloned().unwrap_or_default();
        let place = line.get(&row.id).copied();
        wire::Enrollment::of(row, name, place)
    }))
}

//! Queries on programs, staff, sessions and enrollments.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, sea_query::ExprTrait};

use super::model::{Part, Status, enrollment, program, session, staff};
use super::place::no_such_program;
use crate::accounts;
use crate::kit::{Answer, At, EnrollmentId, ProgramId, Refusal, SessionId, UserId};
use crate::plumbing::db::Tx;

pub async fn find_program(conn: &impl ConnectionTrait, id: ProgramId) -> Answer<Option<program::Model>> {
    Ok(program::Entity::find_by_id(id).one(conn).await?)
}

/// By id or by slug. Whether the caller may know of it is the caller's to ask.
pub async fn need_program(conn: &impl ConnectionTrait, key: &str) -> Answer<program::Model> {
    if let Ok(id) = key.parse()
        && let Some(program) = find_program(conn, id).await?
    {
        return Ok(program);
    }
    // What cannot be a slug is not asked for: a zero byte is an error to one of the databases.
    let shaped = key.len() <= 80 && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !shaped {
        return Err(no_such_program());
    }
    let found = program::Entity::find().filter(program::Column::Slug.eq(key)).one(conn).await?;
    found.ok_or_else(no_such_program)
}

pub async fn find_session(conn: &impl ConnectionTrait, id: SessionId) -> Answer<Option<session::Model>> {
    Ok(session::Entity::find_by_id(id).one(conn).await?)
}

/// A session and its program. Whether the caller may know of it is the caller's to ask.
pub async fn need_session(conn: &impl ConnectionTrait, id: SessionId) -> Answer<(session::Model, program::Model)> {
    let session = find_session(conn, id).await?.ok_or_else(|| Refusal::not_found("session"))?;
    let program = find_program(conn, session.program_id).await?.ok_or_else(no_such_program)?;
    Ok((session, program))
}

/// The slugs that begin with `base`.
/// Sessions that are live now.
pub async fn live_sessions(conn: &impl ConnectionTrait) -> Answer<Vec<session::Model>> {
    Ok(session::Entity::find().filter(session::Column::State.eq(super::State::Live)).all(conn).await?)
}

pub async fn slugs_like(conn: &impl ConnectionTrait, base: &str) -> Answer<Vec<String>> {
    let rows = program::Entity::find()
        .select_only()
        .column(program::Column::Slug)
        .filter(program::Column::Slug.eq(base).or(program::Column::Slug.starts_with(format!("{base}-"))))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows)
}

pub async fn part_of(conn: &impl ConnectionTrait, program: ProgramId, user: UserId) -> Answer<Option<Part>> {
    Ok(staff::Entity::find_by_id((program, user)).one(conn).await?.map(|s| s.part))
}

/// Adds somebody to a program's staff, or changes their part. The program has a new version then.
pub async fn put_staff(tx: &Tx<'_>, program: ProgramId, user: UserId, part: Part, now: At) -> Answer<()> {
    use sea_orm::sea_query::OnConflict;
    let row =
        staff::ActiveModel { program_id: Set(program), user_id: Set(user), part: Set(part), created_at: Set(now) };
    let same = OnConflict::columns([staff::Column::ProgramId, staff::Column::UserId])
        .update_column(staff::Column::Part)
        .to_owned();
    staff::Entity::insert(row).on_conflict(same).exec_without_returning(tx.conn()).await?;
    program::Entity::update_many()
        .col_expr(program::Column::Version, Expr::col(program::Column::Version).add(1))
        .filter(program::Column::Id.eq(program))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Staff of a program with their names, leads first, then by how long they are there.
pub async fn staff_of(conn: &impl ConnectionTrait, program: ProgramId) -> Answer<Vec<(UserId, String, Part)>> {
    let rows = staff::Entity::find().filter(staff::Column::ProgramId.eq(program)).all(conn).await?;
    let mut names = accounts::store::names(conn, rows.iter().map(|row| row.user_id).collect()).await?;
    let named = |row: staff::Model| (row.user_id, names.remove(&row.user_id).unwrap_or_default(), row.part);
    Ok(in_order_of_part(rows).into_iter().map(named).collect())
}

pub fn in_order_of_part(mut rows: Vec<staff::Model>) -> Vec<staff::Model> {
    rows.sort_by_key(|row| (row.part as u8, row.created_at, row.user_id));
    rows
}

pub async fn enrollment_of(
    conn: &impl ConnectionTrait,
    program: ProgramId,
    user: UserId,
) -> Answer<Option<enrollment::Model>> {
    let found = enrollment::Entity::find()
        .filter(enrollment::Column::ProgramId.eq(program))
        .filter(enrollment::Column::UserId.eq(user))
        .one(conn)
        .await?;
    Ok(found)
}

pub async fn find_enrollment(conn: &impl ConnectionTrait, id: EnrollmentId) -> Answer<Option<enrollment::Model>> {
    Ok(enrollment::Entity::find_by_id(id).one(conn).await?)
}

pub async fn was_anybody_enrolled(conn: &impl ConnectionTrait, program: ProgramId) -> Answer<bool> {
    let first = enrollment::Entity::find().filter(enrollment::Column::ProgramId.eq(program)).one(conn).await?;
    Ok(first.is_some())
}

/// A session of this program that began, whatever became of it.
pub async fn begun_session(conn: &impl ConnectionTrait, program: ProgramId) -> Answer<Option<session::Model>> {
    let first = session::Entity::find()
        .filter(session::Column::ProgramId.eq(program))
        .filter(session::Column::StartedAt.is_not_null())
        .order_by_desc(session::Column::StartedAt)
        .one(conn)
        .await?;
    Ok(first)
}

/// Where somebody waits in a program's line, counted from 1; none for who does not wait.
pub async fn place_in_line(conn: &impl ConnectionTrait, mine: &enrollment::Model) -> Answer<Option<i64>> {
    if mine.status != Status::Waitlisted {
        return Ok(None);
    }
    use enrollment::Column;
    let earlier =
        Column::QueuedAt.lt(mine.queued_at).or(Column::QueuedAt.eq(mine.queued_at).and(Column::Id.lt(mine.id)));
    let before = enrollment::Entity::find()
        .filter(Column::ProgramId.eq(mine.program_id))
        .filter(Column::Status.eq(Status::Waitlisted))
        .filter(earlier)
        .count(conn)
        .await?;
    Ok(Some(before as i64 + 1))
}

/// The first in a program's line.
pub async fn first_in_line(conn: &impl ConnectionTrait, program: ProgramId) -> Answer<Option<enrollment::Model>> {
    let first = enrollment::Entity::find()
        .filter(enrollment::Column::ProgramId.eq(program))
        .filter(enrollment::Column::Status.eq(Status::Waitlisted))
        .order_by_asc(enrollment::Column::QueuedAt)
        .order_by_asc(enrollment::Column::Id)
        .one(conn)
        .await?;
    Ok(first)
}

/// The names of the leads of some sessions.
pub async fn lead_names<'a>(
    conn: &impl ConnectionTrait,
    sessions: impl IntoIterator<Item = &'a session::Model>,
) -> Answer<HashMap<UserId, String>> {
    let mut ids: Vec<UserId> = sessions.into_iter().filter_map(|s| s.lead_id).collect();
    ids.sort();
    ids.dedup();
    accounts::store::names(conn, ids).await
}

/// A session of this program in a state.
pub async fn session_in_state(
    conn: &impl ConnectionTrait,
    program: ProgramId,
    state: super::State,
) -> Answer<Option<session::Model>> {
    let first = session::Entity::find()
        .filter(session::Column::ProgramId.eq(program))
        .filter(session::Column::State.eq(state))
        .one(conn)
        .await?;
    Ok(first)
}

/// Whether a row was not deleted because another room's row refers to it.
pub fn is_referred_to(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(sea_orm::SqlErr::ForeignKeyConstraintViolation(_)))
}

/// A page of a program's sessions that touch the time between two bounds.
pub async fn sessions_page(
    conn: &impl ConnectionTrait,
    program: ProgramId,
    (from, to): (Option<At>, Option<At>),
    after: Option<(At, SessionId)>,
    limit: u64,
) -> Answer<Vec<session::Model>> {
    use session::Column;
    let mut query = session::Entity::find().filter(Column::ProgramId.eq(program));
    if let Some(from) = from {
        query = query.filter(Column::EndsAt.gt(from));
    }
    if let Some(to) = to {
        query = query.filter(Column::StartsAt.lt(to));
    }
    if let Some((at, id)) = after {
        query = query.filter(Column::StartsAt.gt(at).or(Column::StartsAt.eq(at).and(Column::Id.gt(id))));
    }
    let query = query.order_by_asc(Column::StartsAt).order_by_asc(Column::Id);
    Ok(query.limit(limit + 1).all(conn).await?)
}

/// A page of a program's enrollments, in the order in which they were first made.
pub async fn enrollments_page(
    conn: &impl ConnectionTrait,
    program: ProgramId,
    status: Option<Status>,
    after: Option<EnrollmentId>,
    limit: u64,
) -> Answer<Vec<enrollment::Model>> {
    use enrollment::Column;
    let query = enrollment::Entity::find().filter(Column::ProgramId.eq(program));
    let mut query = match status {
        Some(status) => query.filter(Column::Status.eq(status)),
        None => query.filter(Column::Status.ne(Status::Cancelled)),
    };
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    Ok(query.order_by_asc(Column::Id).limit(limit + 1).all(conn).await?)
}

/// A program's whole line, the first first.
pub async fn line_of(conn: &impl ConnectionTrait, program: ProgramId) -> Answer<Vec<EnrollmentId>> {
    let rows = enrollment::Entity::find()
        .select_only()
        .column(enrollment::Column::Id)
        .filter(enrollment::Column::ProgramId.eq(program))
        .filter(enrollment::Column::Status.eq(Status::Waitlisted))
        .order_by_asc(enrollment::Column::QueuedAt)
        .order_by_asc(enrollment::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows)
}

/// Whether `user` holds a place in a program that `staff` is staff of.
pub async fn teaches(conn: &impl ConnectionTrait, staff_id: UserId, user: UserId) -> Answer<bool> {
    use sea_orm::sea_query::Query;
    let programs = Query::select()
        .column(staff::Column::ProgramId)
        .from(staff::Entity)
        .and_where(staff::Column::UserId.eq(staff_id))
        .to_owned();
    let found = enrollment::Entity::find()
        .filter(enrollment::Column::UserId.eq(user))
        .filter(enrollment::Column::Status.is_in([Status::Active, Status::Pending]))
        .filter(enrollment::Column::ProgramId.in_subquery(programs))
        .one(conn)
        .await?;
    Ok(found.is_some())
}

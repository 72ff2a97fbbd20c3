//! Sessions by time: one person's day, what staff look after, a program's weeks.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query, SelectStatement};
use sea_orm::{Condition, ConnectionTrait, QueryOrder, Select};

use super::model::{ProgramStatus, SessionRole, Status, enrollment, program, session, staff};
use super::place;
use crate::accounts::Caller;
use crate::kit::{Answer, At, ProgramId, UserId};

/// A session, its program, and on which side the person is in it.
pub type Slot = (session::Model, program::Model, SessionRole);

/// What the caller attends or teaches between `from` and `to`, in the order of the day.
pub async fn sessions_for_user(conn: &impl ConnectionTrait, caller: &Caller, from: At, to: At) -> Answer<Vec<Slot>> {
    let mut mine = Condition::any().add(program::Column::Id.in_subquery(attended_by(caller.id)).and(
        // A draft shows to nobody but its staff, even to people who were enrolled before it became one.
        program::Column::Status.ne(ProgramStatus::Draft),
    ));
    let staffed = place::staffs(caller);
    if staffed {
        mine = mine.add(program::Column::Id.in_subquery(staffed_by(caller.id)));
    }
    let rows = load(conn, between(from, to).filter(mine)).await?;
    let taught = if staffed { programs_staffed_by(conn, caller.id).await? } else { Vec::new() };
    Ok(rows
        .into_iter()
        .map(|(session, program)| {
            let staff = taught.contains(&program.id);
            (session, program, if staff { SessionRole::Staff } else { SessionRole::Participant })
        })
        .collect())
}

/// What the caller looks after between `from` and `to`: programs they are staff of, for an admin all.
pub async fn sessions_for_staff(conn: &impl ConnectionTrait, caller: &Caller, from: At, to: At) -> Answer<Vec<Slot>> {
    if !place::staffs(caller) {
        return Ok(Vec::new());
    }
    let mut query = between(from, to);
    if !caller.is_admin() {
        query = query.filter(program::Column::Id.in_subquery(staffed_by(caller.id)));
    }
    Ok(load(conn, query).await?.into_iter().map(|(s, p)| (s, p, SessionRole::Staff)).collect())
}

/// A program's sessions between `from` and `to`, as its staff see them.
pub async fn sessions_of_program(
    conn: &impl ConnectionTrait,
    program: ProgramId,
    from: At,
    to: At,
) -> Answer<Vec<Slot>> {
    let query = between(from, to).filter(session::Column::ProgramId.eq(program));
    Ok(load(conn, query).await?.into_iter().map(|(s, p)| (s, p, SessionRole::Staff)).collect())
}

/// Sessions that touch `from..to`.
fn between(from: At, to: At) -> Select<session::Entity> {
    session::Entity::find()
        .filter(session::Column::StartsAt.lt(to))
        // No session is longer than a day: the second bound lets the index on the start do the work.
        .filter(session::Column::StartsAt.gte(from.plus_minutes(-24 * 60)))
        .filter(session::Column::EndsAt.gt(from))
        .order_by_asc(session::Column::StartsAt)
        .order_by_asc(session::Column::Id)
}

async fn load(
    conn: &impl ConnectionTrait,
    query: Select<session::Entity>,
) -> Answer<Vec<(session::Model, program::Model)>> {
    let to_program: RelationDef =
        session::Entity::belongs_to(program::Entity).from(session::Column::ProgramId).to(program::Column::Id).into();
    let rows = sea_orm::QuerySelect::join(query, sea_orm::JoinType::InnerJoin, to_program)
        .select_also(program::Entity)
        .all(conn)
        .await?;
    Ok(rows.into_iter().filter_map(|(session, program)| Some((session, program?))).collect())
}

fn attended_by(user: UserId) -> SelectStatement {
    Query::select()
        .column(enrollment::Column::ProgramId)
        .from(enrollment::Entity)
        .and_where(enrollment::Column::UserId.eq(user))
        .and_where(enrollment::Column::Status.is_in([Status::Active, Status::Completed]))
        .to_owned()
}

fn staffed_by(user: UserId) -> SelectStatement {
    Query::select()
        .column(staff::Column::ProgramId)
        .from(staff::Entity)
        .and_where(staff::Column::UserId.eq(user))
        .to_owned()
}

async fn programs_staffed_by(conn: &impl ConnectionTrait, user: UserId) -> Answer<Vec<ProgramId>> {
    let rows = staff::Entity::find().filter(staff::Column::UserId.eq(user)).all(conn).await?;
    Ok(rows.into_iter().map(|s| s.program_id).collect())
}

//! Queries on the ledger of presence.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Func, OnConflict};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect};

use super::model::{self, Column, Entity, Source};
use crate::kit::{Answer, At, ProgramId, SeatId, SessionId, UserId};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::programs::{Status, enrollment};

/// A presence that began.
pub struct Taken {
    pub seat: SeatId,
    pub entry: Uuid,
    pub session: SessionId,
    pub user: UserId,
    pub staff: bool,
    pub at: At,
}

/// A presence that ended; `at` is its last sign of life.
pub struct Left {
    pub seat: SeatId,
    pub entry: Uuid,
    pub session: SessionId,
    pub user: UserId,
    pub at: At,
}

/// Writes that a presence began. Where its end was heard first, the row is there and gets its true beginning.
pub async fn taken(parts: &Parts, tx: &Tx<'_>, taken: Taken) -> Answer<()> {
    let Taken { seat, entry, session, user, staff, at } = taken;
    let row = live_row(parts, entry, (session, user, seat), staff, (at, None));
    Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Id).update_columns([Column::JoinedAt, Column::Staff]).to_owned())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Writes that a presence ended; the first end that is heard stays. Where its beginning was not heard yet, the last
/// sign of life is all that is known of it: a moment.
pub async fn left(parts: &Parts, tx: &Tx<'_>, left: Left) -> Answer<()> {
    let Left { seat, entry, session, user, at } = left;
    let row = live_row(parts, entry, (session, user, seat), false, (at, Some(at)));
    let first = Func::coalesce([Expr::col((Entity, Column::LeftAt)), Expr::value(at)]);
    Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Id).value(Column::LeftAt, first).to_owned())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

fn live_row(
    parts: &Parts,
    entry: Uuid,
    (session, user, seat): (SessionId, UserId, SeatId),
    staff: bool,
    (joined_at, left_at): (At, Option<At>),
) -> model::ActiveModel {
    model::ActiveModel {
        id: Set(entry),
        session_id: Set(session),
        user_id: Set(user),
        seat_id: Set(Some(seat)),
        staff: Set(staff),
        joined_at: Set(joined_at),
        left_at: Set(left_at),
        source: Set(Source::Live),
        author_id: Set(None),
        reason: Set(None),
        created_at: Set(parts.clock.now()),
    }
}

/// Every interval of a session, in the order they began.
pub async fn of_session(conn: &impl ConnectionTrait, session: SessionId) -> Answer<Vec<model::Model>> {
    let rows = Entity::find().filter(Column::SessionId.eq(session));
    Ok(rows.order_by_asc(Column::JoinedAt).order_by_asc(Column::Id).all(conn).await?)
}

/// One person's intervals in these sessions.
pub async fn of_user(conn: &impl ConnectionTrait, user: UserId, sessions: Vec<SessionId>) -> Answer<Vec<model::Model>> {
    if sessions.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::UserId.eq(user)).filter(Column::SessionId.is_in(sessions));
    Ok(rows.all(conn).await?)
}

/// How many came to each of these sessions: people, not seats, and without staff.
pub async fn came(conn: &impl ConnectionTrait, sessions: Vec<SessionId>) -> Answer<HashMap<SessionId, i64>> {
    if sessions.is_empty() {
        return Ok(HashMap::new());
    }
    let people = Expr::col(Column::UserId).count_distinct();
    let rows: Vec<(SessionId, i64)> = Entity::find()
        .select_only()
        .column(Column::SessionId)
        .column_as(people, "people")
        .filter(Column::SessionId.is_in(sessions))
        .filter(Column::Staff.eq(false))
        .group_by(Column::SessionId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// How many people each of these programs expects: who is enrolled now.
pub async fn due(conn: &impl ConnectionTrait, programs: Vec<ProgramId>) -> Answer<HashMap<ProgramId, i64>> {
    if programs.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(ProgramId, i64)> = enrollment::Entity::find()
        .select_only()
        .column(enrollment::Column::ProgramId)
        .column_as(enrollment::Column::Id.count(), "people")
        .filter(enrollment::Column::ProgramId.is_in(programs))
        .filter(enrollment::Column::Status.eq(Status::Active))
        .group_by(enrollment::Column::ProgramId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Who was expected at a session of a program that was over at `until`: who enrolled later could not come.
pub async fn expected(conn: &impl ConnectionTrait, program: ProgramId, until: At) -> Answer<Vec<UserId>> {
    let rows = enrollment::Entity::find()
        .select_only()
        .column(enrollment::Column::UserId)
        .filter(enrollment::Column::ProgramId.eq(program))
        .filter(enrollment::Column::Status.is_in([Status::Active, Status::Completed]))
        .filter(enrollment::Column::CreatedAt.lte(until))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows)
}

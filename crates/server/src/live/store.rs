//! Queries on seats and removals.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{CaseStatement, OnConflict, SimpleExpr};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder};

use super::model::{self, Because, Column, Entity, removal};
use super::mutes::Mutes;
use super::state::Change;
use crate::events::{Fact, Sent};
use crate::kit::{Answer, At, ProgramId, SeatId, SessionId, UserId};
use crate::plumbing::db::Tx;
use crate::plumbing::{Parts, outbox};
use crate::programs;

pub async fn find(conn: &impl ConnectionTrait, seat: SeatId) -> Answer<Option<model::Model>> {
    Ok(Entity::find_by_id(seat).one(conn).await?)
}

pub async fn find_all(conn: &impl ConnectionTrait, seats: Vec<SeatId>) -> Answer<Vec<model::Model>> {
    if seats.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Entity::find().filter(Column::Id.is_in(seats)).all(conn).await?)
}

pub async fn insert(tx: &Tx<'_>, row: model::Model) -> Answer<()> {
    let row: model::ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// The seats of this node that nobody closed, in the order in which they were taken.
pub async fn open_seats(conn: &impl ConnectionTrait, node: &str) -> Answer<Vec<model::Model>> {
    let rows = Entity::find()
        .filter(Column::ClosedAt.is_null())
        .filter(Column::Node.eq(node))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    Ok(rows)
}

pub async fn was_removed(conn: &impl ConnectionTrait, session: SessionId, user: UserId) -> Answer<bool> {
    Ok(removal::Entity::find_by_id((session, user)).one(conn).await?.is_some())
}

/// Whether somebody was present in this class before.
pub async fn was_in(conn: &impl ConnectionTrait, session: SessionId, user: UserId) -> Answer<bool> {
    let seats = Entity::find().filter(Column::SessionId.eq(session)).filter(Column::UserId.eq(user));
    Ok(seats.filter(Column::LastSeen.is_not_null()).one(conn).await?.is_some())
}

pub async fn put_removal(tx: &Tx<'_>, session: SessionId, user: UserId, removed_by: UserId, at: At) -> Answer<()> {
    let row =
        removal::ActiveModel { session_id: Set(session), user_id: Set(user), removed_by: Set(removed_by), at: Set(at) };
    let same = OnConflict::columns([removal::Column::SessionId, removal::Column::UserId]).do_nothing().to_owned();
    removal::Entity::insert(row).on_conflict(same).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Writes one change of a seat and announces what follows from it.
pub async fn apply(parts: &Parts, tx: &Tx<'_>, change: &Change) -> Answer<()> {
    match *change {
        Change::Taken { seat, entry, session, program, user, staff, at } => {
            let row = model::ActiveModel {
                id: Set(seat),
                entry: Set(Some(entry)),
                present_since: Set(Some(at)),
                last_seen: Set(Some(at)),
                sent: Set(String::new()),
                ..Default::default()
            };
            update(tx, row).await?;
            outbox::announce(parts, tx, Fact::SeatTaken { seat, entry, session, program, user, staff, at }).await
        }
        Change::Left { seat, entry, session, program, user, at, because, sent } => {
            let row = model::ActiveModel {
                id: Set(seat),
                entry: Set(None),
                present_since: Set(None),
                last_seen: Set(Some(at)),
                ..Default::default()
            };
            update(tx, row).await?;
            let left = Fact::SeatLeft { seat, entry, session, program, user, at, because, sent };
            outbox::announce(parts, tx, left).await
        }
        Change::Closed { seat, at, because } => close(tx, seat, at, because).await,
    }
}

pub async fn close(tx: &Tx<'_>, seat: SeatId, at: At, because: Because) -> Answer<()> {
    let row = model::ActiveModel {
        id: Set(seat),
        closed_at: Set(Some(at)),
        closed_because: Set(Some(because)),
        ..Default::default()
    };
    update(tx, row).await
}

/// Changes a row. One that is not there was never given to anybody: nothing is lost with it.
async fn update(tx: &Tx<'_>, row: model::ActiveModel) -> Answer<()> {
    match Entity::update(row).exec_without_returning(tx.conn()).await {
        Ok(_) | Err(DbErr::RecordNotUpdated) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// So many seats in one statement: few enough for the parameters and the cases to stay cheap.
const AT_ONCE: usize = 100;

/// What is written of somebody who is present: what a crash must not take with it.
pub struct Trace {
    pub seat: SeatId,
    /// The last sign of life.
    pub at: At,
    pub sent: Sent,
    pub muted: Mutes,
}

/// Writes the traces of many seats.
pub async fn put_traces(tx: &Tx<'_>, traces: &[Trace]) -> Answer<()> {
    for some in traces.chunks(AT_ONCE) {
        let with = |column: Column, value: fn(&Trace) -> SimpleExpr| {
            let case = |cases: CaseStatement, trace: &Trace| cases.case(Column::Id.eq(trace.seat), value(trace));
            (column, some.iter().fold(CaseStatement::new(), case).finally(Expr::col(column)))
        };
        let columns = [
            with(Column::LastSeen, |trace| Expr::value(trace.at)),
            with(Column::Sent, |trace| json(&trace.sent)),
            with(Column::Muted, |trace| json(&trace.muted)),
        ];
        let update =
            columns.into_iter().fold(Entity::update_many(), |all, (column, cases)| all.col_expr(column, cases.into()));
        update
            .filter(Column::Id.is_in(some.iter().map(|trace| trace.seat)))
            .filter(Column::Entry.is_not_null())
            .exec(tx.conn())
            .await?;
    }
    Ok(())
}

fn json(value: &impl serde::Serialize) -> SimpleExpr {
    Expr::value(serde_json::to_string(value).expect("numbers and names are JSON"))
}

/// Programs whose channel a person hears: where they teach, and where they attend.
pub async fn programs_of(conn: &impl ConnectionTrait, user: UserId, staffs: bool) -> Answer<Heard> {
    use programs::{Status, enrollment, staff};
    let teaches = match staffs {
        true => staff::Entity::find().filter(staff::Column::UserId.eq(user)).all(conn).await?,
        false => Vec::new(),
    };
    let attends = enrollment::Entity::find()
        .filter(enrollment::Column::UserId.eq(user))
        .filter(enrollment::Column::Status.is_in([Status::Active, Status::Completed]))
        .all(conn)
        .await?;
    Ok(Heard {
        teaches: teaches.into_iter().map(|row| row.program_id).collect(),
        attends: attends.into_iter().map(|row| row.program_id).collect(),
    })
}

pub struct Heard {
    pub teaches: Vec<ProgramId>,
    pub attends: Vec<ProgramId>,
}

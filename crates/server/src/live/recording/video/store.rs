//! Queries on videos.

use sea_orm::ConnectionTrait;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Query;

use super::model::{ActiveModel, Column, Entity, Model, VideoState};
use crate::kit::{Answer, At, ProgramId, RecordingId, UserId};
use crate::live::model as seats;
use crate::live::recording::model as recordings;
use crate::plumbing::db::Tx;
use crate::programs::session;

pub async fn find(conn: &impl ConnectionTrait, id: RecordingId) -> Answer<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

pub async fn insert(tx: &Tx<'_>, row: Model) -> Answer<()> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Takes the row away; answers whether there was one.
pub async fn forget(tx: &Tx<'_>, id: RecordingId) -> Answer<bool> {
    Ok(Entity::delete_by_id(id).exec(tx.conn()).await?.rows_affected > 0)
}

/// It is being made; false where it is no longer wanted.
pub async fn making(tx: &Tx<'_>, wish: &Model, percent: i32) -> Answer<bool> {
    set(tx, wish, &[(Column::State, Expr::value(VideoState::Making)), (Column::Percent, Expr::value(percent))]).await
}

pub async fn failed(tx: &Tx<'_>, wish: &Model) -> Answer<bool> {
    set(tx, wish, &[(Column::State, Expr::value(VideoState::Failed))]).await
}

/// It stands on the disk; false where it is no longer wanted.
pub async fn ready(tx: &Tx<'_>, wish: &Model, bytes: i64, now: At) -> Answer<bool> {
    let ready = Expr::value(VideoState::Ready);
    let of = [(Column::State, ready), (Column::Percent, Expr::value(100)), (Column::Bytes, Expr::value(bytes))];
    set(tx, wish, &[&of[..], &[(Column::MadeAt, Expr::value(now))]].concat()).await
}

/// It stands on the shelf; false where it is no longer wanted.
pub async fn shelved(tx: &Tx<'_>, wish: &Model, object: &str) -> Answer<bool> {
    set(tx, wish, &[(Column::Object, Expr::value(object))]).await
}

async fn set(tx: &Tx<'_>, wish: &Model, values: &[(Column, sea_orm::sea_query::SimpleExpr)]) -> Answer<bool> {
    let wished = Entity::update_many()
        .filter(Column::RecordingId.eq(wish.recording_id))
        .filter(Column::AskedAt.eq(wish.asked_at));
    let update = values.iter().fold(wished, |update, (column, value)| update.col_expr(*column, value.clone()));
    Ok(update.exec(tx.conn()).await?.rows_affected > 0)
}

/// Videos of a program's sessions in which somebody had a seat.
pub async fn of_person(conn: &impl ConnectionTrait, program: ProgramId, user: UserId) -> Answer<Vec<RecordingId>> {
    let attended = Query::select()
        .column(seats::Column::SessionId)
        .from(seats::Entity)
        .and_where(seats::Column::UserId.eq(user))
        .to_owned();
    let sessions = Query::select()
        .column(session::Column::Id)
        .from(session::Entity)
        .and_where(session::Column::ProgramId.eq(program))
        .and_where(session::Column::Id.in_subquery(attended))
        .to_owned();
    let theirs = Query::select()
        .column(recordings::Column::Id)
        .from(recordings::Entity)
        .and_where(recordings::Column::SessionId.in_subquery(sessions))
        .to_owned();
    let rows = Entity::find().filter(Column::RecordingId.in_subquery(theirs)).all(conn).await?;
    Ok(rows.into_iter().map(|row| row.recording_id).collect())
}

//! Queries on mails.

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use super::model::{ActiveModel, Column, Entity, Model, State};
use crate::kit::{Answer, At, MailId, Refusal};
use crate::plumbing::db::Tx;

/// How long a mail is kept, whatever became of it.
const KEPT_DAYS: i64 = 90;

pub async fn find(conn: &impl ConnectionTrait, id: MailId) -> Answer<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

pub async fn need(conn: &impl ConnectionTrait, id: MailId) -> Answer<Model> {
    find(conn, id).await?.ok_or_else(|| Refusal::not_found("mail"))
}

/// The newest first; one more than `limit`.
pub async fn list(
    conn: &impl ConnectionTrait,
    state: Option<State>,
    after: Option<MailId>,
    limit: u64,
) -> Answer<Vec<Model>> {
    let mut query = Entity::find();
    if let Some(state) = state {
        query = query.filter(Column::State.eq(state));
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query.order_by_desc(Column::Id).limit(limit + 1).all(conn).await?)
}

pub async fn waiting(conn: &impl ConnectionTrait) -> Answer<Vec<MailId>> {
    let query = Entity::find().select_only().column(Column::Id).filter(Column::State.eq(State::Waiting));
    Ok(query.order_by_asc(Column::Id).into_tuple().all(conn).await?)
}

/// Writes what became of a mail, if it still waited.
pub async fn settle(tx: &Tx<'_>, id: MailId, change: ActiveModel) -> Answer<()> {
    let still = Entity::update_many().set(change).filter(Column::Id.eq(id)).filter(Column::State.eq(State::Waiting));
    still.exec(tx.conn()).await?;
    Ok(())
}

pub async fn forget_old(tx: &Tx<'_>, now: At) -> Answer<()> {
    let old = now.plus_seconds(-KEPT_DAYS * 86_400);
    Entity::delete_many().filter(Column::CreatedAt.lt(old)).exec(tx.conn()).await?;
    Ok(())
}

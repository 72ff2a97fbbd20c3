//! Durable pushes: a row with a sequence number per channel, written in the transaction it tells of.
//!
//! A client that comes back says the last number it has and gets what it missed.

use sea_orm::entity::prelude::*;
use sea_orm::{
    ActiveValue::Set,
    QueryOrder, QuerySelect,
    sea_query::{ExprTrait, OnConflict},
};
use serde::Serialize;
use serde_json::Value;

use super::Parts;
use super::db::Tx;
use crate::kit::{Answer, At, Refusal};

/// The number the next push of a channel follows.
pub mod head {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "push_heads")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub channel: String,
        pub seq: i64,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pushes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub event: String,
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    pub at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a socket receives as `push`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Push {
    pub channel: String,
    pub seq: i64,
    pub event: String,
    pub payload: Value,
}

/// Pushes to a channel, durably: the row is in this transaction, the sockets hear it after the commit.
pub async fn push(parts: &Parts, tx: &Tx<'_>, channel: String, event: &'static str, payload: Value) -> Answer<()> {
    let seq = next(tx, &channel).await?;
    let row = ActiveModel {
        channel: Set(channel.clone()),
        seq: Set(seq),
        event: Set(event.into()),
        payload: Set(payload.to_string()),
        at: Set(parts.clock.now()),
    };
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    let bus = parts.bus.clone();
    tx.after_commit(move || {
        let push = Push { channel: channel.clone(), seq, event: event.into(), payload };
        bus.tell(channel, "push", push);
    });
    Ok(())
}

async fn next(tx: &Tx<'_>, channel: &str) -> Answer<i64> {
    let row = head::ActiveModel { channel: Set(channel.into()), seq: Set(1) };
    let head = head::Entity::insert(row)
        .on_conflict(
            OnConflict::column(head::Column::Channel)
                .value(head::Column::Seq, Expr::col((head::Entity, head::Column::Seq)).add(1))
                .to_owned(),
        )
        .exec_with_returning(tx.conn())
        .await?;
    Ok(head.seq)
}

/// What a channel said after `since`, oldest first, at most 500.
pub async fn missed(parts: &Parts, channel: &str, since: i64) -> Answer<Vec<Push>> {
    let rows = Entity::find()
        .filter(Column::Channel.eq(channel))
        .filter(Column::Seq.gt(since))
        .order_by_asc(Column::Seq)
        .limit(500)
        .all(parts.db.read())
        .await?;
    rows.into_iter().map(as_push).collect()
}

pub async fn head_of(parts: &Parts, channel: &str) -> Answer<i64> {
    let head = head::Entity::find_by_id(channel.to_string()).one(parts.db.read()).await?;
    Ok(head.map_or(0, |h| h.seq))
}

fn as_push(row: Model) -> Answer<Push> {
    let payload = serde_json::from_str(&row.payload).map_err(Refusal::broken)?;
    Ok(Push { channel: row.channel, seq: row.seq, event: row.event, payload })
}

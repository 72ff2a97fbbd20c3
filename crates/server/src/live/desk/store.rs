//! The rows of desks.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::Desk;
use crate::kit::{Answer, At, Refusal, SessionId};
use crate::plumbing::db::Tx;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "desks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: SessionId,
    /// A [`Desk`], as JSON.
    #[sea_orm(column_type = "Text")]
    pub arranged: String,
    pub changed_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub async fn find(conn: &impl ConnectionTrait, session: SessionId) -> Answer<Option<Desk>> {
    let row = Entity::find_by_id(session).one(conn).await?;
    row.map(|row| serde_json::from_str(&row.arranged).map_err(Refusal::broken)).transpose()
}

pub async fn put(tx: &Tx<'_>, session: SessionId, desk: &Desk, at: At) -> Answer<()> {
    let arranged = serde_json::to_string(desk).map_err(Refusal::broken)?;
    let row = ActiveModel { session_id: Set(session), arranged: Set(arranged), changed_at: Set(at) };
    let again = OnConflict::column(Column::SessionId).update_columns([Column::Arranged, Column::ChangedAt]).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx.conn()).await?;
    Ok(())
}

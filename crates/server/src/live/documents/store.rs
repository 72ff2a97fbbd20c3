//! Documents in the database.

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder};

use super::model;
use crate::kit::{Answer, SessionId};

/// The documents of a class that were not removed, in the order in which they were made.
pub async fn of_session(conn: &impl ConnectionTrait, session: SessionId) -> Answer<Vec<model::Model>> {
    let rows = model::Entity::find()
        .filter(model::Column::SessionId.eq(session))
        .filter(model::Column::RemovedAt.is_null())
        .order_by_asc(model::Column::CreatedAt)
        .order_by_asc(model::Column::Id);
    Ok(rows.all(conn).await?)
}

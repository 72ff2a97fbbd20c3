//! The organisation: its name, and whether it is set up.

use sea_orm::entity::prelude::*;

use super::model::organisation;
use crate::kit::Answer;
use crate::plumbing::Parts;

pub const UNNAMED: &str = "Virtual Day Program";
/// Where people are until they say otherwise; the first admin's zone becomes the house's.
pub const DEFAULT_ZONE: &str = "Europe/London";

pub async fn name(parts: &Parts) -> Answer<String> {
    let row = organisation::Entity::find_by_id(1).one(parts.db.read()).await?;
    Ok(row.map_or_else(|| UNNAMED.to_string(), |o| o.name))
}

/// The zone a new person starts with: the first admin's.
pub async fn time_zone(parts: &Parts) -> Answer<String> {
    use super::model::{Column, Entity, Role};
    use sea_orm::QueryOrder;
    let first =
        Entity::find().filter(Column::Role.eq(Role::Admin)).order_by_asc(Column::Id).one(parts.db.read()).await?;
    Ok(first.map_or_else(|| DEFAULT_ZONE.to_string(), |u| u.time_zone))
}

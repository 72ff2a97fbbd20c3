//! The noun of this room: one interval that a person was present in a session.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::merge::Interval;
use crate::kit::{At, SeatId, SessionId, UserId};

/// Where an interval comes from.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A seat in the live room.
    Live,
    /// Written by staff, with a reason.
    Correction,
}

/// One interval, exactly as it was: never clipped, joined or rounded.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attendances")]
pub struct Model {
    /// The `entry` of the seat's facts: one presence is one row, however often it is told.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub session_id: SessionId,
    pub user_id: UserId,
    pub seat_id: Option<SeatId>,
    /// Whether they were there as staff of the program.
    pub staff: bool,
    pub joined_at: At,
    /// `None` while they are there.
    pub left_at: Option<At>,
    pub source: Source,
    pub author_id: Option<UserId>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub created_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn interval(&self) -> Interval {
        Interval { joined_at: self.joined_at, left_at: self.left_at, source: self.source }
    }
}

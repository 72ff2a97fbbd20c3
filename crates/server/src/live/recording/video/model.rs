//! The row of a recording's video.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::kit::{At, RecordingId, UserId};

/// How far a video is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum VideoState {
    /// Nobody asked for it, or it was taken away. No row has this.
    None,
    /// Others come first.
    Waiting,
    Making,
    Ready,
    /// It could not be made; the server's log says why.
    Failed,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recording_videos")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub recording_id: RecordingId,
    pub state: VideoState,
    pub percent: i32,
    pub bytes: i64,
    pub asked_by: UserId,
    /// Tells one wish from the next: what was made for an earlier one is not taken for a later one.
    pub asked_at: At,
    pub made_at: Option<At>,
    pub object: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

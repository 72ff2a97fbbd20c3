//! The rows of recordings.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::kit::{At, RecordingId, SessionId, UserId};

/// How far a recording is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Running,
    /// It can be watched.
    Ready,
    /// Its files are gone; that it was, is kept.
    Deleted,
}

/// Why a recording ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// A host stopped it.
    Stopped,
    /// The class ended.
    Over,
    /// The disk is full, or the recording is as large as one may be.
    Full,
    /// The disk failed.
    Failed,
    /// The server stopped; where the class went on, the next recording does too.
    Restart,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recordings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RecordingId,
    pub session_id: SessionId,
    /// On whose disk it is.
    pub node: String,
    pub state: Stage,
    pub because: Option<Because>,
    pub started_by: UserId,
    pub started_at: At,
    pub ended_at: Option<At>,
    pub ms: i64,
    pub bytes: i64,
    /// As was told when it began; none for those that began before it was written down.
    pub kept_days: Option<i32>,
    pub kept_until: Option<At>,
    /// Nobody, where its time had come.
    pub deleted_by: Option<UserId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One file of a recording: what one seat sent of one source.
pub mod track {
    use crate::kit::{RecordingId, SeatId, TrackId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "recording_tracks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TrackId,
        pub recording_id: RecordingId,
        pub seat_id: SeatId,
        pub user_id: UserId,
        /// `microphone`, `camera` or `screen`.
        pub source: String,
        /// Milliseconds after the recording's beginning.
        pub starts_ms: i64,
        pub ms: i64,
        pub bytes: i64,
        /// Its name in the recording's folder.
        pub file: String,
        /// The key of its object, once it is on the S3 server and no longer in the folder.
        pub object: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What somebody answered: whether they may be recorded in a program's sessions.
pub mod consent {
    use crate::kit::{At, ProgramId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "recording_consents")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub program_id: ProgramId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub at: At,
        pub yes: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who opened a recording, and when.
pub mod view {
    use crate::kit::{At, RecordingId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "recording_views")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub recording_id: RecordingId,
        pub user_id: UserId,
        pub at: At,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

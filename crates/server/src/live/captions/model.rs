//! The rows of captions.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::kit::{At, BreakoutId, CaptionId, SessionId, UserId};

/// How a line of captions came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CaptionSource {
    /// Somebody typed what they heard.
    Typed,
    /// The speaker's own browser recognised it.
    Speech,
    /// A caption service sent it.
    Service,
}

/// A line of captions: what somebody said in a class.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "captions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaptionId,
    pub session_id: SessionId,
    pub breakout_id: Option<BreakoutId>,
    /// Its place in the transcript.
    pub seq: i64,
    /// The number of its last change.
    pub rev: i64,
    /// Who spoke; none where a service does not say.
    pub user_id: Option<UserId>,
    /// The speaker's name as it was then; empty where nobody knows.
    pub name: String,
    /// Who wrote it down; none for a service.
    pub written_by: Option<UserId>,
    pub source: CaptionSource,
    /// A tag of BCP 47.
    pub language: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Name and text, folded, for searching.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    /// The number that the service gave it.
    pub service_seq: Option<i64>,
    pub started_at: At,
    pub ended_at: At,
    pub corrected_at: Option<At>,
    pub corrected_by: Option<UserId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a line said before a correction.
pub mod edit {
    use crate::kit::{At, CaptionId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "caption_edits")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub caption_id: CaptionId,
        /// The line's `rev` before the correction.
        #[sea_orm(primary_key, auto_increment = false)]
        pub rev: i64,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        pub changed_by: UserId,
        pub at: At,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The address of a class for a caption service; a class has at most one.
pub mod link {
    use crate::kit::{At, SessionId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "caption_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub session_id: SessionId,
        /// SHA-256 of the token, which is not kept.
        pub hash: Vec<u8>,
        pub created_by: UserId,
        pub created_at: At,
        pub last_used_at: Option<At>,
        /// The service's number of its last line; 0 before the first.
        pub last_seq: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

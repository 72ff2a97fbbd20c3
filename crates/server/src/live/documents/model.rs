//! The rows of documents.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::kit::{At, BreakoutId, DocumentId, ProgramId, SessionId, UserId};

/// What kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A whiteboard.
    Board,
    /// Text.
    Notes,
}

/// A document that a class writes together.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "documents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DocumentId,
    pub session_id: SessionId,
    pub program_id: ProgramId,
    pub breakout_id: Option<BreakoutId>,
    pub kind: DocumentKind,
    pub title: String,
    pub made_by: UserId,
    /// The name of who made it, as it was then.
    pub maker: String,
    pub created_at: At,
    pub removed_at: Option<At>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What was written, in the order in which it was; all updates of a document together are the document.
pub mod update {
    use crate::kit::{At, DocumentId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "document_updates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub document_id: DocumentId,
        /// Growing.
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub at: At,
        /// A Yjs update, version 1.
        pub bytes: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Whose hand a Yjs client id is, and how much it wrote.
pub mod writer {
    use crate::kit::{DocumentId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "document_writers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub document_id: DocumentId,
        /// A Yjs client id, 32 bits.
        #[sea_orm(primary_key, auto_increment = false)]
        pub client: i64,
        pub user_id: UserId,
        pub name: String,
        /// Objects that it put on a board.
        pub objects: i64,
        /// Characters that it wrote into notes, in UTF-16 units.
        pub characters: i64,
        /// How much of that was announced.
        pub told_objects: i64,
        pub told_characters: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A picture on a board.
pub mod image {
    use crate::kit::{At, DocumentId, ImageId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "document_images")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ImageId,
        pub document_id: DocumentId,
        pub mime: String,
        pub bytes: Vec<u8>,
        pub added_by: UserId,
        pub added_at: At,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

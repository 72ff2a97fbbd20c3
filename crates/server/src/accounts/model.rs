//! The nouns of this room: a user, what they may be, how far their sign-in reaches.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::kit::{At, UserId};

/// What a person may be. What they are in one program stands in that program's staff table.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Admin,
    Instructor,
    Participant,
}

/// How far a sign-in reaches: a whole account, or a personal join link that opens the participant's side only.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Account,
    Link,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    pub name: String,
    /// In lower case.
    pub email: Option<String>,
    pub password_hash: Option<String>,
    pub role: Role,
    pub pronouns: Option<String>,
    pub locale: Option<String>,
    pub time_zone: String,
    pub active: bool,
    pub guest: bool,
    /// Tokens of an earlier epoch are void.
    pub epoch: i32,
    /// Name and address, folded for searching.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    pub erased_at: Option<At>,
    pub created_at: At,
    pub updated_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A refresh token: used once, then replaced by the next of its family.
pub mod refresh_token {
    use super::Scope;
    use crate::kit::{At, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "refresh_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub family: Uuid,
        pub user_id: UserId,
        pub hash: Vec<u8>,
        pub scope: Scope,
        pub issued_at: At,
        pub expires_at: At,
        pub used_at: Option<At>,
        pub ended_at: Option<At>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A personal join link; a person has at most one.
pub mod join_link {
    use crate::kit::{At, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "join_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        pub hash: Vec<u8>,
        pub created_by: UserId,
        pub created_at: At,
        pub last_used_at: Option<At>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The one organisation of this installation.
pub mod organisation {
    use crate::kit::At;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "organisation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub name: String,
        /// Hash of the one-time set-up token, while set-up is open.
        pub set_up_hash: Option<Vec<u8>>,
        pub set_up_at: Option<At>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A one-time link that went out by mail. It is gone once it was used.
pub mod mail_link {
    use crate::kit::{At, UserId};
    use sea_orm::entity::prelude::*;

    /// What a link is for; it opens nothing else.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
    pub enum Purpose {
        Reset,
    }

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "mail_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: UserId,
        pub purpose: Purpose,
        pub hash: Vec<u8>,
        pub address: Option<String>,
        pub created_at: At,
        pub expires_at: At,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

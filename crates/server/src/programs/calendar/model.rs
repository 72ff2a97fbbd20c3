//! The rows of calendar addresses.

use sea_orm::entity::prelude::*;

use crate::accounts::Scope;
use crate::kit::{At, FeedId, ProgramId, UserId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_feeds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FeedId,
    pub user_id: UserId,
    pub program_id: Option<ProgramId>,
    /// SHA-256 of the secret in the address.
    pub hash: Vec<u8>,
    pub scope: Scope,
    pub created_at: At,
    pub last_used_at: Option<At>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

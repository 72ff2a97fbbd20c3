//! The rows of series and holidays.

use sea_orm::entity::prelude::*;

use crate::kit::{At, ProgramId, SeriesId, UserId};
use crate::programs::{Icon, Tone};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "series")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SeriesId,
    pub program_id: ProgramId,
    pub rule: String,
    pub starts_local: String,
    pub ends_local: String,
    pub time_zone: String,
    pub title: String,
    pub icon: Option<Icon>,
    pub tone: Option<Tone>,
    pub lead_id: Option<UserId>,
    pub version: i32,
    pub created_at: At,
    pub updated_at: At,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    #[sea_orm(column_type = "Text")]
    pub plan: String,
    /// A JSON list of days like `2026-12-25`.
    #[sea_orm(column_type = "Text")]
    pub except: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Days on which nothing takes place, from the first to the last.
pub mod holiday {
    use sea_orm::entity::prelude::*;

    use crate::kit::ProgramId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "holidays")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Of the whole house where none.
        pub program_id: Option<ProgramId>,
        pub name: String,
        pub first_day: String,
        pub last_day: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

//! The rows of this room: a seat, and who was removed from a class.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::events::Parting;
use crate::kit::{At, SeatId, SessionId, UserId};

/// How somebody sits in a room.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Browser,
    Whip,
    Whep,
}

/// Why a seat was closed for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
pub enum Because {
    Left,
    /// The same person took a newer seat.
    Replaced,
    /// Staff asked them to go; they do not come back into this class.
    Removed,
    /// The class is over or was cancelled.
    Over,
    /// Nothing was heard of it for longer than it is held.
    Silent,
    /// The person is not in the program any more.
    EnrollmentEnded,
    /// The account was switched off.
    AccountClosed,
    /// Something broke while serving this seat.
    Failed,
    /// A host sent them out; they may come back.
    SentOut,
    /// A host did not let them in; they may knock again.
    TurnedAway,
}

impl Because {
    /// What a page that comes back with the seat's token is told (`connect_error`).
    pub fn word(self) -> &'static str {
        match self {
            Because::Over => "session-over",
            Because::Removed => "removed",
            Because::Replaced => "replaced",
            // Who may not join any more is told so when they try.
            Because::EnrollmentEnded | Because::AccountClosed => "seat-gone",
            Because::SentOut => "sent-out",
            Because::TurnedAway => "turned-away",
            Because::Left | Because::Silent | Because::Failed => "seat-gone",
        }
    }
}

impl From<Because> for Parting {
    fn from(because: Because) -> Parting {
        match because {
            Because::Left | Because::TurnedAway => Parting::Left,
            Because::Replaced => Parting::Replaced,
            Because::Removed | Because::SentOut => Parting::Removed,
            Because::Over => Parting::Over,
            Because::Silent => Parting::Silent,
            Because::EnrollmentEnded => Parting::EnrollmentEnded,
            Because::AccountClosed => Parting::AccountClosed,
            Because::Failed => Parting::Failed,
        }
    }
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "seats")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SeatId,
    pub session_id: SessionId,
    pub user_id: UserId,
    pub kind: Kind,
    pub staff: bool,
    /// Where the seat lives: the node, and the media engine's shard on it.
    pub node: String,
    pub shard: i32,
    /// The presence that is open now.
    pub entry: Option<Uuid>,
    pub present_since: Option<At>,
    /// The last sign of life, at most ten seconds behind while present.
    pub last_seen: Option<At>,
    pub opened_at: At,
    pub closed_at: Option<At>,
    pub closed_because: Option<Because>,
    /// What was sent in the open presence until `last_seen`: JSON of [`Sent`](crate::events::Sent), or empty.
    pub sent: String,
    /// What staff switched off: JSON of [`Mutes`](super::mutes::Mutes), or empty.
    pub muted: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Who was removed from a class by its staff.
pub mod removal {
    use crate::kit::{At, SessionId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "removals")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub session_id: SessionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        pub removed_by: UserId,
        pub at: At,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

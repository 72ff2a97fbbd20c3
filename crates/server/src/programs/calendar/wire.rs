//! What goes in and out of calendars.

use serde::{Deserialize, Serialize};

use crate::kit::{At, FeedId, ProgramId};

/// For whom a calendar is made.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewFeed {
    /// Of one program alone; left out: all programs of the caller.
    pub program_id: Option<ProgramId>,
}

/// A calendar's address, shown once. Whoever has it reads the calendar.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct NewFeedAddress {
    pub id: FeedId,
    /// To subscribe to.
    pub url: String,
    pub created_at: At,
}

/// A calendar that the caller gave out.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Feed {
    pub id: FeedId,
    #[schema(required)]
    pub program_id: Option<ProgramId>,
    /// Empty for all programs.
    pub program_title: String,
    pub created_at: At,
    /// When a calendar program last asked; by the minute.
    #[schema(required)]
    pub last_used_at: Option<At>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Feeds {
    pub feeds: Vec<Feed>,
}

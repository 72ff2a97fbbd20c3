//! What goes in and out of this room.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::merge::{self, Presence};
use super::model::Source;
use crate::kit::{At, SessionId};
use crate::programs::SessionRole;
use crate::programs::wire::{PersonName, ProgramBrief, Session};

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AttendancesQuery {
    /// Also the enrolled who did not come.
    #[serde(default)]
    pub absent: bool,
    /// How many, 1 to 100; everybody when not said.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SheetQuery {
    /// Also the enrolled who did not come.
    #[serde(default)]
    pub absent: bool,
}

/// The time one person was in one session.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Attended {
    pub user: PersonName,
    pub role: SessionRole,
    /// Exact: neither clipped to the schedule nor rounded; overlaps count once.
    pub seconds: f64,
    /// Null for who did not come.
    #[schema(required)]
    pub first_joined_at: Option<At>,
    /// Null while they are there.
    #[schema(required)]
    pub last_left_at: Option<At>,
    pub present: bool,
    pub intervals: Vec<AttendedInterval>,
}

/// One stretch of presence; only true overlaps are merged.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AttendedInterval {
    pub joined_at: At,
    /// Null while it lasts.
    #[schema(required)]
    pub left_at: Option<At>,
    pub source: Source,
}

impl Attended {
    pub fn of(user: PersonName, role: SessionRole, presence: Presence) -> Attended {
        Attended {
            user,
            role,
            seconds: presence.seconds(),
            first_joined_at: presence.first_joined_at(),
            last_left_at: presence.last_left_at(),
            present: presence.present,
            intervals: presence.intervals.into_iter().map(AttendedInterval::from).collect(),
        }
    }
}

impl From<merge::Interval> for AttendedInterval {
    fn from(i: merge::Interval) -> AttendedInterval {
        AttendedInterval { joined_at: i.joined_at, left_at: i.left_at, source: i.source }
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DayQuery {
    /// Like `2026-11-24`, in the zone of the profile; today when not said.
    pub date: Option<String>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TimetableQuery {
    /// The first date, like `2026-11-23`, in the program's zone.
    pub from: String,
    /// The last date, itself included; at most 42 days in all.
    pub to: String,
}

/// One day in one person's zone.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Day {
    pub date: NaiveDate,
    /// An IANA name, like `Europe/London`.
    pub time_zone: String,
    pub items: Vec<DayItem>,
}

/// Some days of a program, in its own zone.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Timetable {
    /// An IANA name, like `Europe/London`.
    pub time_zone: String,
    pub items: Vec<DayItem>,
}

/// Where a session stands in the day, by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    Later,
    /// The door is open: people may come in and wait.
    Open,
    Live,
    Over,
    Cancelled,
}

/// A session as it stands in somebody's day.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DayItem {
    pub session: Session,
    pub program: ProgramBrief,
    pub role: SessionRole,
    pub state: DayState,
    pub can_join_at: At,
    /// How long I was there, once it is over; null when I never came.
    #[schema(required)]
    pub my_seconds: Option<f64>,
    /// How many people are in the room now.
    pub in_room: usize,
    /// The names of some of them, at most five.
    pub in_room_names: Vec<String>,
    /// How many people wait in the lobby; 0 for who is not staff.
    pub waiting: usize,
    /// How many people are enrolled.
    pub due: i64,
    /// How many participants came, once it began; null for who is not staff.
    #[schema(required)]
    pub came: Option<i64>,
    /// A recording of it can be watched.
    pub recorded: bool,
}

/// Who came to this session has changed; told to staff on the namespace `/`.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
pub struct AttendanceNotice {
    pub session_id: SessionId,
}

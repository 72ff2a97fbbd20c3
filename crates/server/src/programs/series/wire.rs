//! What goes in and out of series and holidays.

use serde::{Deserialize, Serialize};

use super::times::ClockNote;
use crate::kit::checks::{given, value};
use crate::kit::{At, ProgramId, SeriesId, SessionId, UserId};
use crate::programs::wire::{PersonName, PlanStep};
use crate::programs::{Icon, Tone};

/// A rule that makes sessions.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Series {
    pub id: SeriesId,
    pub program_id: ProgramId,
    pub title: String,
    pub summary: String,
    /// A recurrence rule of RFC 5545, like `FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261218T235959`.
    pub rule: String,
    /// Of the first session the rule can make.
    pub starts_local: String,
    pub ends_local: String,
    pub time_zone: String,
    /// Days that are left out, like `2026-12-25`.
    pub except: Vec<String>,
    #[schema(required)]
    pub icon: Option<Icon>,
    #[schema(required)]
    pub tone: Option<Tone>,
    #[schema(required)]
    pub lead: Option<PersonName>,
    pub plan: Vec<PlanStep>,
    /// How many sessions it has, cancelled ones too.
    pub sessions: u64,
    pub created_at: At,
    pub updated_at: At,
}

/// The series of a program, in the order in which they begin.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SeriesList {
    pub series: Vec<Series>,
}

#[derive(Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeries {
    /// 1 to 160 characters.
    pub title: String,
    /// At most 500 characters.
    pub summary: Option<String>,
    /// The first session, on the wall clock, like `2026-11-24T10:30:00`.
    pub starts_local: String,
    pub ends_local: String,
    /// The program's when not said.
    pub time_zone: Option<String>,
    /// A recurrence rule of RFC 5545 that goes by days and ends (COUNT or UNTIL, a day of the time zone); at most 400 sessions.
    pub rule: String,
    /// Days that are left out, like `2026-12-25`; holidays are left out by themselves.
    #[serde(default)]
    pub except: Vec<String>,
    pub icon: Option<Icon>,
    pub tone: Option<Tone>,
    /// One of the program's staff.
    pub lead_id: Option<UserId>,
    /// At most 12 steps, in order.
    #[serde(default)]
    pub plan: Vec<PlanStep>,
}

/// What changes in a series. A field left out stays.
#[derive(Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SeriesPatch {
    /// The `original_start` of the session with which the change begins; left out: everything that has not begun.
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub from: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub title: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub summary: Option<String>,
    /// Of the first session of what changes.
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub starts_local: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub ends_local: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub time_zone: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub rule: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub except: Option<Vec<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<Icon>)]
    pub icon: Option<Option<Icon>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<Tone>)]
    pub tone: Option<Option<Tone>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<UserId>)]
    pub lead_id: Option<Option<UserId>>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub plan: Option<Vec<PlanStep>>,
}

/// What saving would do, session by session, in the order of time.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SeriesPreview {
    pub sessions: Vec<PreviewedSession>,
    /// Days that the rule has and that are left out.
    pub left_out: Vec<LeftOut>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeriesChange {
    Added,
    /// It gets another time.
    Moved,
    /// Its time stays; its words may change.
    Kept,
    /// It began, is over or is cancelled, and stays as it is.
    Untouched,
    Removed,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PreviewedSession {
    pub change: SeriesChange,
    /// Null for one that is added.
    #[schema(required)]
    pub session_id: Option<SessionId>,
    pub starts_local: String,
    pub ends_local: String,
    pub starts_at: At,
    pub ends_at: At,
    /// When it was, for one that is moved.
    #[schema(required)]
    pub was_starts_local: Option<String>,
    #[schema(required)]
    pub note: Option<ClockNote>,
    /// Who leads it is elsewhere at that time.
    pub conflicts: Vec<Conflict>,
}

/// Another session of the same person at the same time.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Conflict {
    pub session_id: SessionId,
    /// Empty where it is another program's, which the asker need not know.
    pub title: String,
    pub starts_at: At,
    pub ends_at: At,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct LeftOut {
    pub day: String,
    /// The holiday's name; empty for a day that was taken out of the series.
    pub name: String,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DeleteSeries {
    /// The `original_start` of the session with which it ends; left out: everything that has not begun goes.
    pub from: Option<String>,
}

/// Days on which no series makes a session.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// 1 to 80 characters.
    pub name: String,
    /// Like `2026-12-24`.
    pub first_day: String,
    /// The same day for a single one.
    pub last_day: String,
}

/// At most 200, in the order of their days. Sessions that are there already stay until their series is saved again.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    pub holidays: Vec<Holiday>,
}

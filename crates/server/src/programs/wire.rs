//! What goes in and out of the programs room.

use serde::{Deserialize, Serialize};

use super::model::{
    Icon, Kind, Part, ProgramStatus, State, Status, Tone, Visibility, enrollment, program as programs,
    session as sessions,
};
use crate::kit::checks::{given, value};
use crate::kit::{At, EnrollmentId, ProgramId, SeriesId, SessionId, UserId};

/// A person by name.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PersonName {
    pub id: UserId,
    pub name: String,
}

/// Somebody of a program's staff.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct StaffMember {
    pub user: PersonName,
    pub part: Part,
}

/// My own enrollment in a program.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MyEnrollment {
    pub id: EnrollmentId,
    pub status: Status,
    /// Counted from 1, while waiting.
    #[schema(required)]
    pub place_in_line: Option<i64>,
}

/// Where the caller stands in a program.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct My {
    #[schema(required)]
    pub part: Option<Part>,
    #[schema(required)]
    pub enrollment: Option<MyEnrollment>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Program {
    pub id: ProgramId,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub description: String,
    pub kind: Kind,
    pub status: ProgramStatus,
    pub visibility: Visibility,
    /// An IANA name, like `Europe/London`.
    pub time_zone: String,
    /// Null: as many as come.
    #[schema(required)]
    pub capacity: Option<i32>,
    #[schema(required)]
    pub places_left: Option<i32>,
    pub price_cents: i64,
    pub currency: String,
    pub join_minutes_before: i32,
    /// Who comes to a live session waits until a host lets them in.
    pub waiting_room: bool,
    /// People without an account may ask to come in.
    pub guests: bool,
    /// How many days recordings of its sessions are kept; 0: they are not recorded.
    pub recording_days: i32,
    pub icon: Icon,
    pub tone: Tone,
    /// Leads first.
    pub staff: Vec<StaffMember>,
    /// How many hold a place.
    pub enrolled: i32,
    /// How many wait in line.
    pub waiting: i32,
    /// Null when nobody is signed in.
    #[schema(required)]
    pub my: Option<My>,
    pub created_at: At,
    pub updated_at: At,
}

impl Program {
    pub fn of(program: programs::Model, staff: Vec<(UserId, String, Part)>, my: Option<My>) -> Program {
        let places_left = program.places_left();
        let staff =
            staff.into_iter().map(|(id, name, part)| StaffMember { user: PersonName { id, name }, part }).collect();
        Program {
            id: program.id,
            slug: program.slug,
            title: program.title,
            summary: program.summary,
            description: program.description,
            kind: program.kind,
            status: program.status,
            visibility: program.visibility,
            time_zone: program.time_zone,
            capacity: program.capacity,
            places_left,
            price_cents: program.price_cents,
            currency: program.currency,
            join_minutes_before: program.join_minutes_before,
            waiting_room: program.waiting_room,
            guests: program.guests,
            recording_days: program.recording_days,
            icon: program.icon,
            tone: program.tone,
            staff,
            enrolled: program.taken,
            waiting: program.waiting,
            my,
            created_at: program.created_at,
            updated_at: program.updated_at,
        }
    }
}

/// A program, as far as a timetable shows it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProgramBrief {
    pub id: ProgramId,
    pub slug: String,
    pub title: String,
    pub kind: Kind,
    pub icon: Icon,
    pub tone: Tone,
}

impl ProgramBrief {
    pub fn of(program: &programs::Model) -> ProgramBrief {
        ProgramBrief {
            id: program.id,
            slug: program.slug.clone(),
            title: program.title.clone(),
            kind: program.kind,
            icon: program.icon,
            tone: program.tone,
        }
    }
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Session {
    pub id: SessionId,
    pub program_id: ProgramId,
    pub title: String,
    pub summary: String,
    pub starts_at: At,
    pub ends_at: At,
    /// Like `2026-11-24T10:30:00`, on the clocks of `time_zone`.
    pub starts_local: String,
    pub ends_local: String,
    pub time_zone: String,
    pub state: State,
    /// When its door opens.
    pub can_join_at: At,
    #[schema(required)]
    pub started_at: Option<At>,
    #[schema(required)]
    pub ended_at: Option<At>,
    #[schema(required)]
    pub cancel_reason: Option<String>,
    /// The program's, unless it has its own.
    pub icon: Icon,
    pub tone: Tone,
    #[schema(required)]
    pub lead: Option<PersonName>,
    /// What it will do, in order.
    pub plan: Vec<PlanStep>,
    /// The rule that made it.
    #[schema(required)]
    pub series_id: Option<SeriesId>,
    /// When that rule says that it begins, like `starts_local`.
    #[schema(required)]
    pub original_start: Option<String>,
    pub created_at: At,
    pub updated_at: At,
}

impl Session {
    /// `lead_name` belongs to the session's `lead_id`.
    pub fn of(session: sessions::Model, program: &programs::Model, lead_name: Option<String>) -> Session {
        Session {
            can_join_at: super::run::open_for(&session, program),
            icon: session.icon.unwrap_or(program.icon),
            tone: session.tone.unwrap_or(program.tone),
            plan: plan_of(&session),
            lead: session.lead_id.zip(lead_name).map(|(id, name)| PersonName { id, name }),
            id: session.id,
            program_id: session.program_id,
            title: session.title,
            summary: session.summary,
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            starts_local: session.starts_local,
            ends_local: session.ends_local,
            time_zone: session.time_zone,
            state: session.state,
            started_at: session.started_at,
            ended_at: session.ended_at,
            cancel_reason: session.cancel_reason,
            series_id: session.series_id,
            original_start: session.original_start,
            created_at: session.created_at,
            updated_at: session.updated_at,
        }
    }
}

/// One thing a session will do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanStep {
    /// Minutes after the session's beginning.
    pub minute: i64,
    /// 1 to 80 characters.
    pub title: String,
}

/// A plan that cannot be read is none: it was checked when it was written.
fn plan_of(session: &sessions::Model) -> Vec<PlanStep> {
    if session.plan == "[]" {
        return Vec::new();
    }
    serde_json::from_str(&session.plan).unwrap_or_default()
}

/// A person in a program.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Enrollment {
    pub id: EnrollmentId,
    pub program_id: ProgramId,
    pub user: PersonName,
    pub status: Status,
    /// Counted from 1, while waiting.
    #[schema(required)]
    pub place_in_line: Option<i64>,
    pub created_at: At,
    pub updated_at: At,
}

impl Enrollment {
    pub fn of(row: enrollment::Model, name: String, place_in_line: Option<i64>) -> Enrollment {
        Enrollment {
            id: row.id,
            program_id: row.program_id,
            user: PersonName { id: row.user_id, name },
            status: row.status,
            place_in_line,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProgram {
    /// 1 to 160 characters.
    pub title: String,
    /// At most 500 characters.
    pub summary: Option<String>,
    /// At most 20,000 characters.
    pub description: Option<String>,
    pub kind: Kind,
    /// The caller's when not said.
    pub time_zone: Option<String>,
    /// 1 to 100,000; null or left out: as many as come.
    pub capacity: Option<i64>,
    /// `public` when not said.
    pub visibility: Option<Visibility>,
    pub price_cents: Option<i64>,
    /// `GBP` when not said.
    pub currency: Option<String>,
    /// 0 to 120; 10 when not said.
    pub join_minutes_before: Option<i64>,
    /// False when not said.
    pub waiting_room: Option<bool>,
    /// False when not said; not for private programs.
    pub guests: Option<bool>,
    /// 0 to 3650; 30 when not said. 0: sessions are not recorded.
    pub recording_days: Option<i64>,
    pub icon: Option<Icon>,
    pub tone: Option<Tone>,
}

/// What changes in a program. A field left out stays.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProgramPatch {
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub title: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub summary: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub description: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub kind: Option<Kind>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub time_zone: Option<String>,
    /// Null: as many as come.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pub capacity: Option<Option<i64>>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub visibility: Option<Visibility>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub price_cents: Option<i64>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub currency: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub join_minutes_before: Option<i64>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub waiting_room: Option<bool>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub guests: Option<bool>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub recording_days: Option<i64>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub icon: Option<Icon>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub tone: Option<Tone>,
}

/// When a session is: two instants with their offset, or two wall-clock times in a zone.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSession {
    /// 1 to 160 characters.
    pub title: String,
    /// At most 500 characters.
    pub summary: Option<String>,
    /// With its offset, like `2026-11-24T10:30:00Z`.
    pub starts_at: Option<At>,
    pub ends_at: Option<At>,
    /// On the wall clock, like `2026-11-24T10:30:00`.
    pub starts_local: Option<String>,
    pub ends_local: Option<String>,
    /// The program's when not said.
    pub time_zone: Option<String>,
    /// The program's when not said.
    pub icon: Option<Icon>,
    pub tone: Option<Tone>,
    /// One of the program's staff.
    pub lead_id: Option<UserId>,
    /// At most 12 steps, in order.
    #[serde(default)]
    pub plan: Vec<PlanStep>,
}

/// What changes in a session. A field left out stays; `time_zone` alone keeps the wall-clock times.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SessionPatch {
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub title: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub summary: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub starts_at: Option<At>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub ends_at: Option<At>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub starts_local: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub ends_local: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub time_zone: Option<String>,
    /// Null: the program's.
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

#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CancelSession {
    /// At most 300 characters, for the people who would have come.
    pub reason: Option<String>,
}

#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewEnrollment {
    /// Whom to enroll; the caller when not said. For the program's staff.
    pub user_id: Option<UserId>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ProgramsQuery {
    /// Only programs the caller is staff of or enrolled in.
    pub mine: Option<bool>,
    pub kind: Option<Kind>,
    /// How many, 1 to 100; 20 when not said.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SessionsQuery {
    /// A time with its offset, or a date in the program's zone.
    pub from: Option<String>,
    /// A time with its offset, or the last date, in the program's zone.
    pub to: Option<String>,
    /// How many, 1 to 100; 20 when not said.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct EnrollmentsQuery {
    /// Only enrollments in this state; without it all but cancelled ones.
    pub status: Option<Status>,
    /// How many, 1 to 100; 20 when not said.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// Durable notices by event: the `payload` of a `push`, for each value of its `event`.
#[derive(utoipa::ToSchema)]
pub struct PushEvents {
    pub session_started: SessionPush,
    pub session_ended: SessionPush,
    pub session_changed: SessionPush,
    pub session_cancelled: SessionPush,
    pub enrollment_changed: EnrollmentPush,
}

/// Something happened to a session.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
pub struct SessionPush {
    pub session_id: SessionId,
    pub program_id: ProgramId,
}

/// The person's enrollment stands elsewhere now.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
pub struct EnrollmentPush {
    pub program_id: ProgramId,
    pub status: Status,
}

//! The nouns of this room: program, staff, session, enrollment, and the states they are in.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A closed set of words: a text column, a JSON string.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $word:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
                 utoipa::ToSchema)]
        #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$about])* $word),+ }
    };
}

words!(
    /// What a program is.
    Kind { DayProgram, Course, Workshop, Event }
);
words!(
    /// How far a program is: only published ones take enrollments.
    ProgramStatus { Draft, Published, Archived }
);
words!(
    /// Who may find a program that is published. `public`: everybody, listed. `link`: whoever has its address, signed in or
    /// not; it is in no list but its people's own, and its page asks search to leave it out. `private`: its staff and who
    /// is enrolled.
    Visibility {
        /// Everybody, listed.
        Public,
        /// Everybody who has its address; not listed, and not for search.
        Link,
        /// Its staff and who is enrolled.
        Private,
    }
);
words!(
    /// What somebody is in a program's staff.
    Part { Lead, CoInstructor, Assistant }
);
words!(
    /// How far a session is.
    State { Scheduled, Live, Ended, Cancelled }
);
words!(
    /// How far an enrollment is. `Pending` and `Active` hold a place.
    Status { Waitlisted, Pending, Active, Completed, Cancelled }
);
words!(
    /// On which side somebody is in a session.
    SessionRole { Staff, Participant }
);
words!(
    /// The picture of a program or a session.
    Icon { Sunrise, Movement, Tea, Scissors, Music, Palette, Book, Pot, Film, Chat, Star, Leaf, Laptop, Hands }
);
words!(
    /// The colour of a program or a session.
    Tone { Clay, Moss, Leaf, Teal, Sky, Iris, Plum, Stone }
);

impl Status {
    /// Whether this enrollment holds one of the program's places.
    pub fn holds_a_place(self) -> bool {
        matches!(self, Status::Pending | Status::Active)
    }
    /// Whether this person belongs to the program at all, now or when it was over.
    pub fn belongs(self) -> bool {
        self != Status::Cancelled
    }
    /// Whether this person may come to the program's sessions now.
    pub fn attends(self) -> bool {
        self == Status::Active
    }
}

pub mod program {
    use super::{Icon, Kind, ProgramStatus, Tone, Visibility};
    use crate::kit::{At, ProgramId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "programs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ProgramId,
        /// The word in its address. It stays when the title changes, so that links stay true.
        pub slug: String,
        pub title: String,
        #[sea_orm(column_type = "Text")]
        pub summary: String,
        #[sea_orm(column_type = "Text")]
        pub description: String,
        pub kind: Kind,
        pub status: ProgramStatus,
        pub visibility: Visibility,
        /// An IANA name.
        pub time_zone: String,
        /// How many places there are; without one, as many as come.
        pub capacity: Option<i32>,
        /// Enrollments that hold a place, kept by the transactions that change them.
        pub taken: i32,
        /// Enrollments that wait in line, kept likewise.
        pub waiting: i32,
        pub price_cents: i64,
        /// Three letters, ISO 4217.
        pub currency: String,
        /// So many minutes before a session starts its door opens.
        pub join_minutes_before: i32,
        /// Who comes to a live session waits until a host lets them in.
        pub waiting_room: bool,
        /// People without an account may ask to come in.
        pub guests: bool,
        /// How many days recordings of its sessions are kept; 0: they are not recorded.
        pub recording_days: i32,
        pub icon: Icon,
        pub tone: Tone,
        /// Title and summary, folded for searching.
        #[sea_orm(column_type = "Text")]
        pub search_text: String,
        /// Grows with every edit; the ETag is made of it.
        pub version: i32,
        pub created_at: At,
        pub updated_at: At,
    }

    impl Model {
        pub fn places_left(&self) -> Option<i32> {
            self.capacity.map(|capacity| (capacity - self.taken).max(0))
        }
        pub fn zone(&self) -> chrono_tz::Tz {
            self.time_zone.parse().unwrap_or(chrono_tz::UTC)
        }
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who runs a program, and as what.
pub mod staff {
    use super::Part;
    use crate::kit::{At, ProgramId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "program_staff")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub program_id: ProgramId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        pub part: Part,
        pub created_at: At,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod session {
    use super::{Icon, State, Tone};
    use crate::kit::{At, ProgramId, SeriesId, SessionId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SessionId,
        pub program_id: ProgramId,
        pub title: String,
        #[sea_orm(column_type = "Text")]
        pub summary: String,
        /// The truth, like `2026-11-24T10:30:00`, on the clocks of `time_zone`.
        pub starts_local: String,
        pub ends_local: String,
        pub time_zone: String,
        /// Derived from the local time and the zone.
        pub starts_at: At,
        pub ends_at: At,
        pub state: State,
        pub started_at: Option<At>,
        pub ended_at: Option<At>,
        pub cancel_reason: Option<String>,
        /// The program's when none.
        pub icon: Option<Icon>,
        pub tone: Option<Tone>,
        pub lead_id: Option<UserId>,
        /// What it will do: a JSON list of [`PlanStep`](crate::programs::wire::PlanStep).
        #[sea_orm(column_type = "Text")]
        pub plan: String,
        pub series_id: Option<SeriesId>,
        /// When its series says that it begins, like `starts_local`; it keeps this when it is moved.
        pub original_start: Option<String>,
        pub version: i32,
        pub created_at: At,
        pub updated_at: At,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod enrollment {
    use super::Status;
    use crate::kit::{At, EnrollmentId, ProgramId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "enrollments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EnrollmentId,
        pub program_id: ProgramId,
        pub user_id: UserId,
        pub status: Status,
        /// When this person last came to the end of the line; ties go by id.
        pub queued_at: At,
        pub created_at: At,
        pub updated_at: At,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

//! Typed ids: every noun has its own, so that a user's id cannot be passed where a session's belongs.

/// Declares a UUIDv7 newtype that is a column, a JSON string and a path parameter.
#[macro_export]
macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize,
                 serde::Deserialize, sea_orm::DeriveValueType, utoipa::ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = String, format = Uuid)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A new id; later ids sort after earlier ones.
            #[allow(clippy::new_without_default, reason = "an id is made on purpose, never by default")]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                uuid::Uuid::parse_str(s).map(Self)
            }
        }
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    };
}

typed_id!(/// A person.
    UserId);
typed_id!(/// A mail.
    MailId);
typed_id!(/// A program.
    ProgramId);
typed_id!(/// A scheduled meeting of a program.
    SessionId);
typed_id!(/// A rule that makes sessions of a program.
    SeriesId);
typed_id!(/// The address of a private calendar.
    FeedId);
typed_id!(/// A person in a program.
    EnrollmentId);
typed_id!(/// One connection of one person to a live room.
    SeatId);
typed_id!(/// Something said in the chat of a class.
    MessageId);
typed_id!(/// A poll in a class.
    PollId);
typed_id!(/// A question asked in a class.
    QuestionId);
typed_id!(/// A recording of a class.
    RecordingId);
typed_id!(/// What one seat sent of one source, in a recording.
    TrackId);
typed_id!(/// A line of the captions of a class.
    CaptionId);
typed_id!(/// A breakout room of a class.
    BreakoutId);
typed_id!(/// A whiteboard or the notes of a class.
    DocumentId);
typed_id!(/// A picture on a whiteboard.
    ImageId);

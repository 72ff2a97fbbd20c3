//! Words every room uses: ids, refusals, paging, time. Nothing here does I/O.

pub mod checks;
pub mod ids;
pub mod paging;
pub mod refusal;
pub mod text;
pub mod time;

pub use ids::{
    BreakoutId, CaptionId, DocumentId, EnrollmentId, FeedId, ImageId, MailId, MessageId, PollId, ProgramId, QuestionId,
    RecordingId, SeatId, SeriesId, SessionId, TrackId, UserId,
};
pub use refusal::{Answer, Refusal};
pub use time::At;

//! Recordings, as pages see them, and the messages for them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Because, Stage};
use super::video::model::VideoState;
use crate::kit::{At, CaptionId, MessageId, ProgramId, RecordingId, SeatId, SessionId, TrackId, UserId};
use crate::live::documents::wire::DocumentView;

/// For hosts: begin to record, or stop. Who begins says with it that they may be recorded themselves.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub on: bool,
}

/// Whether one may be recorded; holds for all sessions of the program until it is said otherwise.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerConsent {
    pub yes: bool,
}

/// What one answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Consent {
    pub yes: bool,
    pub at: At,
}

/// What somebody should know before they answer.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ConsentView {
    /// How many days recordings of this program are kept; 0: it is not recorded, and nobody need answer.
    pub kept_days: i32,
    #[schema(required)]
    pub answer: Option<Consent>,
}

/// A recording that runs; of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Recording {
    pub id: RecordingId,
    pub since: At,
}

/// To hosts: the recording ended by itself; the event `recording_ended`.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
pub struct RecordingEnded {
    pub because: Because,
}

/// A recording of a session.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct RecordingView {
    pub id: RecordingId,
    pub session_id: SessionId,
    pub state: Stage,
    /// Null while it runs.
    #[schema(required)]
    pub because: Option<Because>,
    pub started_at: At,
    #[schema(required)]
    pub ended_at: Option<At>,
    /// Milliseconds.
    pub ms: i64,
    pub bytes: i64,
    /// It is deleted then.
    #[schema(required)]
    pub kept_until: Option<At>,
}

/// A recording of a program's session, with the session's title.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TitledRecording {
    pub title: String,
    pub recording: RecordingView,
}

/// Newest first, at most 200.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProgramRecordings {
    pub recordings: Vec<TitledRecording>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Recordings {
    /// Oldest first.
    pub recordings: Vec<RecordingView>,
    /// How many days recordings of this program are kept; 0: it is not recorded.
    pub kept_days: i32,
    /// The caller may delete them.
    pub may_delete: bool,
}

/// Everything a page needs to play a recording. All times are milliseconds after its beginning.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Replay {
    pub recording: RecordingView,
    pub title: String,
    pub program: ReplayProgram,
    /// In the order of their beginnings. Of those who say now that they may be recorded.
    pub tracks: Vec<ReplayTrack>,
    /// What was said to everybody in the main room and stands still, by those who may be recorded.
    pub chat: Vec<ReplayMessage>,
    /// What was written down of what was said, by the same rule.
    pub captions: Vec<ReplayCaption>,
    pub chapters: Vec<Chapter>,
    /// The boards of the main room; `/recordings/{id}/boards/{board}` has how each changed.
    pub boards: Vec<DocumentView>,
}

/// Who opened a recording to watch it, newest first.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Viewers {
    pub viewers: Vec<Viewer>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Viewer {
    pub user_id: UserId,
    pub name: String,
    /// How often.
    pub times: u64,
    pub last_at: At,
}

/// A recording as one video file, for staff.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct VideoView {
    pub state: VideoState,
    /// How much of it is made, 0 to 100.
    pub percent: i32,
    /// 0 until it is ready.
    pub bytes: i64,
    #[schema(required)]
    pub made_at: Option<At>,
    /// This server can make one: it has ffmpeg.
    pub may_make: bool,
}

/// How a board changed while the class was recorded, of what those put there who say now that they may be recorded.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct BoardReplay {
    pub document: DocumentView,
    /// In the order of their times. What was there before the recording began comes first, at 0.
    pub frames: Vec<BoardFrame>,
    /// Who put each thing there, by its id.
    pub makers: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct BoardFrame {
    pub at_ms: i64,
    /// A Yjs update, version 1, in base64, that builds on those of the frames before.
    pub update: String,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ReplayProgram {
    pub id: ProgramId,
    pub title: String,
    /// As in its address.
    pub slug: String,
}

/// What one seat sent of one source: a WebM file at `/recordings/{id}/tracks/{track}`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ReplayTrack {
    pub id: TrackId,
    pub seat_id: SeatId,
    pub user_id: UserId,
    pub name: String,
    pub source: TrackSource,
    pub starts_ms: i64,
    pub ms: i64,
    pub bytes: i64,
}

/// What a track is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrackSource {
    Microphone,
    Camera,
    Screen,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ReplayMessage {
    pub id: MessageId,
    pub at_ms: i64,
    pub user_id: UserId,
    pub name: String,
    pub text: String,
    pub image: bool,
}

/// A line of the captions, as it was corrected last.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ReplayCaption {
    pub id: CaptionId,
    pub at_ms: i64,
    pub until_ms: i64,
    /// Who spoke; empty where nobody knows.
    pub name: String,
    #[schema(required)]
    pub language: Option<String>,
    pub text: String,
}

/// A place to jump to.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Chapter {
    pub at_ms: i64,
    pub kind: ChapterKind,
    /// Whose screen, which poll, which step.
    pub label: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChapterKind {
    Start,
    Screen,
    Poll,
    /// A board was begun.
    Board,
}

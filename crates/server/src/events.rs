//! Every fact the house can announce: something that happened, past tense, durable.
//!
//! A fact is written to the outbox in the transaction that made it true, and heard by the rooms above afterwards.

use serde::{Deserialize, Serialize};

use crate::kit::{
    At, CaptionId, DocumentId, EnrollmentId, MessageId, PollId, ProgramId, QuestionId, RecordingId, SeatId, SessionId,
    UserId,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// A person has another name, or other pronouns.
    PersonRenamed {
        user: UserId,
        at: At,
    },
    /// What a person may do changed, or they were deactivated: open connections must be looked at again.
    AccountChanged {
        user: UserId,
        at: At,
    },
    EnrollmentConfirmed {
        enrollment: EnrollmentId,
        program: ProgramId,
        user: UserId,
        at: At,
    },
    EnrollmentWaitlisted {
        enrollment: EnrollmentId,
        program: ProgramId,
        user: UserId,
        at: At,
    },
    EnrollmentCancelled {
        enrollment: EnrollmentId,
        program: ProgramId,
        user: UserId,
        at: At,
    },
    SessionStarted {
        session: SessionId,
        program: ProgramId,
        at: At,
    },
    SessionEnded {
        session: SessionId,
        program: ProgramId,
        at: At,
    },
    SessionCancelled {
        session: SessionId,
        program: ProgramId,
        at: At,
    },
    SessionChanged {
        session: SessionId,
        program: ProgramId,
        at: At,
    },
    /// A seat became present in a live class. `entry` names this presence: a seat that comes back has a new one.
    SeatTaken {
        seat: SeatId,
        entry: uuid::Uuid,
        session: SessionId,
        program: ProgramId,
        user: UserId,
        staff: bool,
        at: At,
    },
    /// That presence ended; `at` is its last sign of life.
    SeatLeft {
        seat: SeatId,
        entry: uuid::Uuid,
        session: SessionId,
        program: ProgramId,
        user: UserId,
        at: At,
        #[serde(default)]
        because: Parting,
        /// How long in this presence they were heard speaking, and had camera and screen on; in milliseconds.
        #[serde(default)]
        sent: Sent,
    },
    HandRaised {
        session: SessionId,
        program: ProgramId,
        user: UserId,
        at: At,
    },
    HandLowered {
        session: SessionId,
        program: ProgramId,
        user: UserId,
        by: UserId,
        at: At,
    },
    /// Kept for reports: nobody waits for it.
    ChatSaid {
        session: SessionId,
        program: ProgramId,
        said: Vec<Said>,
        at: At,
    },
    /// Lines of the transcript. Kept for reports: nobody waits for it.
    CaptionsWritten {
        session: SessionId,
        program: ProgramId,
        lines: Vec<Captioned>,
        at: At,
    },
    PollOpened {
        poll: PollId,
        session: SessionId,
        program: ProgramId,
        by: UserId,
        at: At,
    },
    /// Without a person where the poll is anonymous.
    PollAnswered {
        poll: PollId,
        session: SessionId,
        program: ProgramId,
        user: Option<UserId>,
        at: At,
    },
    QuestionAsked {
        question: QuestionId,
        session: SessionId,
        program: ProgramId,
        user: UserId,
        at: At,
    },
    RecordingStarted {
        recording: RecordingId,
        session: SessionId,
        program: ProgramId,
        by: UserId,
        at: At,
    },
    RecordingEnded {
        recording: RecordingId,
        session: SessionId,
        program: ProgramId,
        /// How long it is, in milliseconds, and how many bytes.
        ms: i64,
        bytes: i64,
        at: At,
    },
    ReplayWatched {
        recording: RecordingId,
        session: SessionId,
        program: ProgramId,
        user: UserId,
        at: At,
    },
    DocumentMade {
        document: DocumentId,
        session: SessionId,
        program: ProgramId,
        by: UserId,
        at: At,
    },
    /// How much was written in a board or in notes since this was announced last.
    DocumentWritten {
        document: DocumentId,
        session: SessionId,
        program: ProgramId,
        hands: Vec<Hand>,
        at: At,
    },
    QuestionAnswered {
        question: QuestionId,
        session: SessionId,
        program: ProgramId,
        by: UserId,
        at: At,
    },
}

/// A message of a chat, by its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub message: MessageId,
    pub session: SessionId,
    pub user: UserId,
    pub letters: usize,
}

/// A line of captions, by its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captioned {
    pub caption: CaptionId,
    pub session: SessionId,
    /// Who spoke, where that is known.
    pub user: Option<UserId>,
    pub words: usize,
}

/// What one person put into a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    pub user: UserId,
    /// Things on a board: strokes, notes, shapes.
    pub objects: i64,
    /// Characters of notes, in UTF-16 units.
    pub characters: i64,
}

/// How long somebody sent what, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub speaking: i64,
    pub camera: i64,
    pub screen: i64,
}

/// Why a presence ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parting {
    /// By their own word.
    #[default]
    Left,
    /// Nothing was heard any more.
    Silent,
    /// The same person took newer seats.
    Replaced,
    /// Staff asked them to leave.
    Removed,
    /// They are not in the program any more.
    EnrollmentEnded,
    /// The account was switched off.
    AccountClosed,
    /// The class is over.
    Over,
    /// Something broke while serving the seat.
    Failed,
    /// The server stopped, or had crashed.
    Restart,
}

//! Every fact the house can announce: something that happened, past tense, durable.
//!
//! A fact is written to the outbox in the transaction that made it true, and heard by the rooms above afterwards.

use serde::{Deserialize, Serialize};

use crate::kit::{At, EnrollmentId, ProgramId, SeatId, SessionId, UserId};

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
    },
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

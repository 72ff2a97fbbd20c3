//! What goes in and out of the live room: over HTTP, and the nouns of its socket's messages.

use serde::{Deserialize, Serialize};

use super::captions::wire::CaptionsPage;
use super::desk::wire::{DeskView, Waiting};
use super::documents::wire::DocumentView;
use super::model::Kind;
use super::recording::wire::Consent;
use super::talk::wire::TalkView;
use super::turn::IceServer;
use crate::kit::{At, BreakoutId, ProgramId, SeatId, SessionId, UserId};
use crate::programs::State;

/// A seat, and what it takes to sit on it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Joined {
    pub seat_id: SeatId,
    /// Goes into the handshake of the Socket.IO namespace `/live`.
    pub token: String,
    pub ice_servers: Vec<IceServer>,
    /// Before the class begins a seat waits in the lobby, without media.
    pub state: Where,
}

/// Somebody without an account.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGuest {
    /// 1 to 80 characters: what the others see.
    pub name: String,
    /// The token of a seat that this guest had in this session: they come back as the same person, by the name of then.
    pub token: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Where {
    Lobby,
    /// The class is live; a host must let this person in first.
    Waiting,
    Live,
}

/// What a seat can send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Microphone,
    Camera,
    Screen,
}

/// What somebody has switched on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Switches {
    pub microphone: bool,
    pub camera: bool,
    pub screen: bool,
}

impl Switches {
    pub fn get(self, source: Source) -> bool {
        match source {
            Source::Microphone => self.microphone,
            Source::Camera => self.camera,
            Source::Screen => self.screen,
        }
    }

    pub fn set(&mut self, source: Source, on: bool) {
        match source {
            Source::Microphone => self.microphone = on,
            Source::Camera => self.camera = on,
            Source::Screen => self.screen = on,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    Good,
    Fair,
    Poor,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Staff,
    Participant,
}

impl Side {
    pub fn of(staff: bool) -> Side {
        if staff { Side::Staff } else { Side::Participant }
    }
}

/// A seat as the others see it; the event `person`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Person {
    pub seat_id: SeatId,
    pub user_id: UserId,
    pub name: String,
    #[schema(required)]
    pub pronouns: Option<String>,
    pub role: Side,
    /// Leads this class: its staff, and with whom they share that.
    pub host: bool,
    /// Without an account.
    pub guest: bool,
    /// The breakout room they are in; null is the main room.
    #[schema(required)]
    pub breakout_id: Option<BreakoutId>,
    pub state: Switches,
    /// False while nothing is heard of the seat; it is held for a while.
    pub present: bool,
    /// They said that they may be recorded. Of who has not, nothing is in a recording.
    pub recordable: bool,
    #[schema(required)]
    pub quality: Option<Quality>,
    pub kind: Kind,
}

/// The whole room; the event `room`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct RoomView {
    pub session: SessionView,
    pub you: You,
    pub people: Vec<Person>,
    pub speaking: Vec<SeatId>,
    pub desk: DeskView,
    pub talk: TalkView,
    /// The newest lines of the captions in this room; `captions` has those before.
    pub captions: CaptionsPage,
    /// The boards and notes of this room.
    pub documents: Vec<DocumentView>,
    /// To hosts: who waits to be let in.
    pub waiting: Vec<Waiting>,
    pub now: At,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SessionView {
    pub id: SessionId,
    pub title: String,
    pub state: State,
    pub starts_at: At,
    pub ends_at: At,
    #[schema(required)]
    pub started_at: Option<At>,
    pub program: ProgramView,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProgramView {
    pub id: ProgramId,
    pub title: String,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct You {
    pub seat_id: SeatId,
    pub user_id: UserId,
    pub name: String,
    pub role: Side,
    pub host: bool,
    /// In the waiting room: nobody is seen or heard until a host lets one in.
    pub waiting: bool,
    /// The breakout room one is in; null is the main room.
    #[schema(required)]
    pub breakout_id: Option<BreakoutId>,
    /// Whether one may be recorded in this program; null: not answered yet, which counts as no.
    #[schema(required)]
    pub consent: Option<Consent>,
}

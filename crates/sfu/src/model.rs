//! The nouns of the engine: what a caller names, asks for and hears. Plain values, no I/O.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

/// A room, named by the caller (a UUID).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoomId(pub u128);

/// One participant's place in a room, named by the caller (a UUID).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeatId(pub u128);

/// What a seat can send. A seat has at most one of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    Microphone,
    Camera,
    Screen,
}

impl Source {
    pub fn kind(self) -> Kind {
        match self {
            Source::Microphone => Kind::Audio,
            Source::Camera | Source::Screen => Kind::Video,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Audio,
    Video,
}

/// What a seat may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatOptions {
    pub publish: bool,
    /// The server offers this seat a subscribing connection. A WHEP seat offers by itself.
    pub subscribe: bool,
    /// Staff: a WHEP viewer falls back to their camera while nobody speaks.
    pub priority: bool,
}

/// Which source an m-line of a publishing offer carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    pub mid: String,
    pub source: Source,
}

/// A video somebody can see right now, and how tall it is shown (CSS pixels × device pixels).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Want {
    pub seat: SeatId,
    pub source: Source,
    pub height: u16,
}

/// What one m-line of a subscribing connection carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub mid: String,
    pub kind: Kind,
    pub seat: Option<SeatId>,
    pub source: Option<Source>,
    /// Measured congestion holds this video back; it continues by itself.
    pub paused: bool,
}

/// Which of a seat's two connections is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    Publish,
    Subscribe,
}

/// How well a seat's connections do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Good,
    Fair,
    Poor,
}

/// Packets of one recorded source, in the order in which they came.
#[derive(Debug, Clone)]
pub struct Taped {
    pub room: RoomId,
    pub seat: SeatId,
    pub source: Source,
    pub packets: Vec<TapedPacket>,
    /// Nothing follows: the source is gone, or is no longer recorded.
    pub ended: bool,
}

/// A packet for who records it.
#[derive(Debug, Clone)]
pub struct TapedPacket {
    /// Its stream (SSRC): numbers and times of another one are unrelated.
    pub stream: u32,
    /// Extended, so it never wraps.
    pub seq: u64,
    /// In ticks: 48,000 a second for sound, 90,000 for pictures. Wraps.
    pub time: u32,
    /// The last packet of a picture.
    pub marker: bool,
    /// The first packet of a key frame.
    pub key: bool,
    /// The first packet of a picture.
    pub begins: bool,
    /// So many bytes of the payload are the VP8 descriptor.
    pub skip: usize,
    /// Opus inside redundancy, see [`crate::red_frames`].
    pub red: bool,
    pub payload: Arc<[u8]>,
    pub at: Instant,
}

/// Why the engine closed a seat by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closing {
    /// A bug was caught while handling this seat; the room goes on.
    Panic(String),
    /// `open_seat` asked for more seats than a room may have.
    RoomFull,
}

impl fmt::Display for Closing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Closing::Panic(what) => write!(f, "the media engine failed on this seat: {what}"),
            Closing::RoomFull => write!(f, "the room is full"),
        }
    }
}

/// What the engine tells. Every event names its room; most name a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// ICE and DTLS are up (again).
    Connected {
        room: RoomId,
        seat: SeatId,
        direction: Direction,
    },
    /// The connection is lost; the seat stays and may come back.
    Disconnected {
        room: RoomId,
        seat: SeatId,
        direction: Direction,
    },
    /// Authenticated traffic was heard; at most one per seat and second.
    Alive {
        room: RoomId,
        seat: SeatId,
    },
    /// The first packet of a source arrived.
    Published {
        room: RoomId,
        seat: SeatId,
        source: Source,
    },
    Unpublished {
        room: RoomId,
        seat: SeatId,
        source: Source,
    },
    /// The subscribing connection wants an answer to this offer. `fresh`: to a new connection.
    Offer {
        room: RoomId,
        seat: SeatId,
        offer_id: u64,
        sdp: String,
        fresh: bool,
    },
    /// The whole mapping of the seat's subscribing connection, after it changed.
    Slots {
        room: RoomId,
        seat: SeatId,
        slots: Vec<Slot>,
    },
    /// Who speaks, loudest first; on change, at most five per second.
    Speaking {
        room: RoomId,
        seats: Vec<SeatId>,
    },
    /// On change.
    Quality {
        room: RoomId,
        seat: SeatId,
        level: Level,
    },
    /// The engine gave up on this seat and removed it.
    Closed {
        room: RoomId,
        seat: SeatId,
        reason: Closing,
    },
}

/// Why something asked for is not done, as a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The session description cannot be used; the text says what is wrong with it.
    BadSdp(String),
    /// A session description of this many bytes is larger than the engine reads.
    TooLarge(usize),
    /// Nothing in the session description is audio or video that this engine can carry.
    NoMedia,
    NoSuchSeat,
    RoomFull,
    /// The seat's options do not allow this.
    NotAllowed,
    /// The answer belongs to an offer that is no longer open.
    StaleOffer,
    /// More media lines than one connection may have.
    TooMany(usize),
    /// The engine failed or is stopping.
    Unavailable,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::BadSdp(why) => write!(f, "The session description cannot be used: {why}."),
            Refusal::TooLarge(bytes) => {
                write!(f, "The session description is too large ({bytes} bytes).")
            }
            Refusal::NoMedia => {
                write!(f, "The session description has no audio or video (Opus, VP8) to exchange.")
            }
            Refusal::NoSuchSeat => write!(f, "This seat does not exist in the room."),
            Refusal::RoomFull => write!(f, "The room is full."),
            Refusal::NotAllowed => write!(f, "This seat may not do that."),
            Refusal::StaleOffer => write!(f, "This answer belongs to an offer that is no longer open."),
            Refusal::TooMany(lines) => {
                write!(f, "The session description has too many media lines ({lines}).")
            }
            Refusal::Unavailable => write!(f, "The media engine is not available."),
        }
    }
}

impl std::error::Error for Refusal {}

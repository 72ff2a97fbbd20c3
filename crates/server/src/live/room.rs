//! Rooms and seats in memory: values and their questions. What changes them is in `state.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use socketioxide::extract::SocketRef;
use uuid::Uuid;

use super::model::Kind;
use super::mutes::Mutes;
use super::protocol::Slots;
use super::wire::{Person, ProgramView, Quality, RoomView, SessionView, Side, Switches, You};
use crate::kit::{At, ProgramId, SeatId, SessionId, UserId};
use crate::programs::{State, program, session};

/// What a room knows of its class. Read anew whenever somebody comes in, and when a fact says it changed.
#[derive(Clone, Debug)]
pub struct Class {
    pub session: SessionId,
    pub program: ProgramId,
    pub title: String,
    pub program_title: String,
    pub state: State,
    pub starts_at: At,
    pub ends_at: At,
    pub started_at: Option<At>,
}

impl Class {
    pub fn of(session: &session::Model, program: &program::Model) -> Class {
        Class {
            session: session.id,
            program: program.id,
            title: session.title.clone(),
            program_title: program.title.clone(),
            state: session.state,
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            started_at: session.started_at,
        }
    }

    pub fn is_live(&self) -> bool {
        self.state == State::Live
    }

    /// A class only goes forward: what was read before a fact was heard must not undo it.
    pub fn renew(&mut self, read: Class) {
        let step = |state| match state {
            State::Scheduled => 0,
            State::Live => 1,
            State::Ended | State::Cancelled => 2,
        };
        if step(read.state) >= step(self.state) {
            *self = read;
        }
    }
}

/// One presence: from the first sign of life in a live class until it is given back or silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    pub entry: Uuid,
    pub since: At,
}

pub struct Seat {
    pub id: SeatId,
    pub user: UserId,
    pub name: Arc<str>,
    pub pronouns: Option<String>,
    pub staff: bool,
    pub kind: Kind,
    pub switches: Switches,
    /// What staff switched off, until the person switches it on.
    pub mutes: Mutes,
    pub quality: Option<Quality>,
    /// The page's connection, while there is one.
    pub socket: Option<SocketRef>,
    /// Whether this connection has ever sent a beat. One that never does is vouched for by the transport's own
    /// heartbeat, so that a plain Socket.IO client is present too.
    pub beats: bool,
    /// Whether anything was ever connected to it. A seat that was only asked for is nobody in the room.
    pub met: bool,
    /// Media connections that are up.
    pub media: u8,
    /// Since when it is connected without a silence.
    pub here_since: Option<At>,
    /// The last sign of life, exact.
    pub last_seen: At,
    /// What the row says of that.
    pub written: At,
    pub presence: Option<Presence>,
    /// How many seconds it is held after its last sign of life.
    pub held: i64,
    /// What its subscribing connection carries, for a page that connects anew.
    pub slots: Option<Slots>,
    /// The certificate of the page that publishes, by its fingerprint.
    pub certificate: Option<String>,
    /// Nothing was published over this connection yet.
    pub new_line: bool,
    /// An offer of the engine found nobody to take it.
    pub offer_missed: bool,
}

impl Seat {
    /// Until when it is present if its class ends at `at`: who is connected stays to the end, who has vanished was last
    /// seen before it.
    pub fn present_until(&self, at: At) -> At {
        if self.socket.is_some() || self.media > 0 { at } else { self.last_seen.min(at) }
    }

    pub fn person(&self, live: bool) -> Person {
        Person {
            seat_id: self.id,
            user_id: self.user,
            name: self.name.to_string(),
            pronouns: self.pronouns.clone(),
            role: Side::of(self.staff),
            state: self.switches,
            present: if live { self.presence.is_some() } else { self.here_since.is_some() },
            quality: self.quality,
            kind: self.kind,
        }
    }
}

pub struct Room {
    pub class: Class,
    /// In the order in which they were taken: ids grow with time.
    pub seats: BTreeMap<SeatId, Seat>,
    pub speaking: Vec<SeatId>,
    /// Who is here changed since the last notice went out.
    pub stirred: bool,
}

impl Room {
    pub fn new(class: Class) -> Room {
        Room { class, seats: BTreeMap::new(), speaking: Vec::new(), stirred: false }
    }

    pub fn sockets(&self) -> Vec<SocketRef> {
        self.seats.values().filter_map(|seat| seat.socket.clone()).collect()
    }

    /// The open seats of a person, oldest first.
    pub fn seats_of(&self, user: UserId) -> Vec<SeatId> {
        self.seats.values().filter(|seat| seat.user == user).map(|seat| seat.id).collect()
    }

    /// People (not seats) who are present, with the names of the first few.
    pub fn present(&self) -> (usize, Vec<String>) {
        let present = self.seats.values().filter(|seat| seat.presence.is_some());
        let mut people = BTreeSet::new();
        let mut names = Vec::new();
        for seat in present {
            if people.insert(seat.user) && names.len() < 5 {
                names.push(seat.name.to_string());
            }
        }
        (people.len(), names)
    }

    /// People who wait in the lobby.
    pub fn waiting(&self) -> usize {
        if self.class.is_live() {
            return 0;
        }
        let here = self.seats.values().filter(|seat| seat.here_since.is_some());
        here.map(|seat| seat.user).collect::<BTreeSet<_>>().len()
    }

    /// Whether staff still sit in the room, or may come back to their seat.
    pub fn has_staff(&self) -> bool {
        self.seats.values().any(|seat| seat.staff && seat.met)
    }

    pub fn view(&self, seat: &Seat, now: At) -> RoomView {
        let class = &self.class;
        let live = class.is_live();
        RoomView {
            session: SessionView {
                id: class.session,
                title: class.title.clone(),
                state: class.state,
                starts_at: class.starts_at,
                ends_at: class.ends_at,
                started_at: class.started_at,
                program: ProgramView { id: class.program, title: class.program_title.clone() },
            },
            you: You { seat_id: seat.id, user_id: seat.user, name: seat.name.to_string(), role: Side::of(seat.staff) },
            people: self.seats.values().filter(|seat| seat.met).map(|seat| seat.person(live)).collect(),
            speaking: self.speaking.clone(),
            now,
        }
    }
}

//! Rooms and seats in memory: values and their questions. What changes them is in `state.rs`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use socketioxide::extract::SocketRef;
use uuid::Uuid;

use super::captions::Captions;
use super::desk::change::Pen;
use super::desk::{Desk, waiting};
use super::documents::{self, model as document};
use super::flush::News;
use super::media::Hall;
use super::model::Kind;
use super::mutes::Mutes;
use super::protocol::Slots;
use super::recording::wire::Consent;
use super::talk::load::Kept;
use super::talk::{Reader, Talk};
use super::wire::{Person, ProgramView, Quality, RoomView, SessionView, Side, Switches, You};
use crate::events::Sent;
use crate::kit::{At, BreakoutId, PollId, ProgramId, SeatId, SessionId, UserId};
use crate::programs::{State, program, session};

/// So many pictures one person puts into the chat within a minute.
const PICTURES_A_MINUTE: usize = 6;

/// So many pictures one person puts onto boards within a minute: a paper of many pages.
const BOARD_PICTURES_A_MINUTE: usize = 40;

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
    /// Without an account.
    pub guest: bool,
    pub kind: Kind,
    /// In the waiting room: not seen, not heard, not present.
    pub waiting: bool,
    /// The breakout room it is in; none is the main room.
    pub breakout: Option<BreakoutId>,
    /// What its person answered: whether they may be recorded.
    pub consent: Option<Consent>,
    pub switches: Switches,
    /// What it sent in this presence.
    pub meter: Meter,
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
}

/// How long a seat has sent what, in its presence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Meter {
    sent: Sent,
    speaking: Option<At>,
    camera: Option<At>,
    screen: Option<At>,
}

impl Meter {
    /// What is sent from now on.
    pub fn note(&mut self, speaking: bool, switches: Switches, now: At) {
        step(&mut self.speaking, &mut self.sent.speaking, speaking, now);
        step(&mut self.camera, &mut self.sent.camera, switches.camera, now);
        step(&mut self.screen, &mut self.sent.screen, switches.screen, now);
    }

    /// What was sent until now.
    pub fn sent(&self, now: At) -> Sent {
        self.clone().take(now)
    }

    /// What was sent until the presence ended; the next one begins anew.
    pub fn take(&mut self, at: At) -> Sent {
        self.note(false, Switches::default(), at);
        std::mem::take(self).sent
    }
}

fn step(since: &mut Option<At>, sum: &mut i64, on: bool, now: At) {
    match (*since, on) {
        (None, true) => *since = Some(now),
        (Some(began), false) => {
            *sum += (now.micros() - began.micros()).max(0) / 1000;
            *since = None;
        }
        _ => {}
    }
}

/// Whether something may happen again within a minute; if so, it counts.
fn is_rare(lately: &mut Vec<At>, a_minute: usize, now: At) -> bool {
    lately.retain(|at| now.seconds_since(*at) < 60.0);
    let may = lately.len() < a_minute;
    lately.extend(may.then_some(now));
    may
}

pub struct Room {
    pub class: Class,
    /// In the order in which they were taken: ids grow with time.
    pub seats: BTreeMap<SeatId, Seat>,
    /// Who speaks, in the main room and in each breakout room.
    pub speaking: BTreeMap<Option<BreakoutId>, Vec<SeatId>>,
    /// How the hosts have arranged the class. Changed by `desk::change` alone.
    pub desk: Desk,
    pub talk: Talk,
    pub captions: Captions,
    /// The boards and notes of all its rooms, in the order in which they were made.
    pub documents: Vec<document::Model>,
    /// Who changes what is kept of this class waits for this.
    pub pen: Pen,
    /// What its pages have not been told yet.
    pub news: News,
    /// When people last said something with a picture.
    pub pictures: HashMap<UserId, Vec<At>>,
    /// When people last put a picture onto a board.
    pub board_pictures: HashMap<UserId, Vec<At>>,
    /// Who is here changed since the last notice went out.
    pub stirred: bool,
}

impl Room {
    pub fn new(class: Class, kept: Kept) -> Room {
        let Kept { desk, talk, captions, documents } = kept;
        let (seats, speaking, pen, news, pictures, board_pictures) = Default::default();
        Room {
            class,
            seats,
            speaking,
            desk,
            talk,
            captions,
            documents,
            pen,
            news,
            pictures,
            board_pictures,
            stirred: false,
        }
    }

    /// Whether somebody may say something with a picture now; if so, it counts.
    pub fn takes_picture(&mut self, user: UserId, now: At) -> bool {
        is_rare(self.pictures.entry(user).or_default(), PICTURES_A_MINUTE, now)
    }

    /// Likewise onto a board.
    pub fn takes_board_picture(&mut self, user: UserId, now: At) -> bool {
        is_rare(self.board_pictures.entry(user).or_default(), BOARD_PICTURES_A_MINUTE, now)
    }

    /// The class is live: whoever must be let in first waits from this moment, before any word of theirs is heard.
    pub fn hold_at_the_door(&mut self) {
        let waits = |seat: &&Seat| seat.presence.is_none() && waiting::must_wait(self, seat);
        let held: Vec<SeatId> = self.seats.values().filter(waits).map(|seat| seat.id).collect();
        for id in held {
            self.seats.get_mut(&id).into_iter().for_each(|seat| seat.waiting = true);
        }
    }

    /// The pages of everybody, those in the waiting room too.
    pub fn all_sockets(&self) -> Vec<SocketRef> {
        self.seats.values().filter_map(|seat| seat.socket.clone()).collect()
    }

    /// The pages of everybody inside.
    pub fn sockets(&self) -> Vec<SocketRef> {
        self.sockets_of(|_| true)
    }

    /// The pages of those inside who are meant.
    pub fn sockets_of(&self, meant: impl Fn(&Seat) -> bool) -> Vec<SocketRef> {
        let inside = self.seats.values().filter(|seat| !seat.waiting && meant(seat));
        inside.filter_map(|seat| seat.socket.clone()).collect()
    }

    /// Whether this page may know of another seat. A guest nobody let in yet is told of those who lead alone, and of
    /// themselves: anybody can knock, and the names of a class are not for anybody.
    pub fn may_know(&self, reader: &Seat, other: &Seat) -> bool {
        let stranger = reader.guest && waiting::must_wait(self, reader);
        !stranger || reader.user == other.user || self.is_host(other)
    }

    /// Whether this seat's person leads the class.
    pub fn is_host(&self, seat: &Seat) -> bool {
        seat.staff || self.desk.hosts.contains(&seat.user)
    }

    /// Where a seat's sound and picture go.
    pub fn hall(&self, seat: &Seat) -> Hall {
        Hall::of(self.class.session, seat.breakout)
    }

    /// Whether what a seat sends goes into the recording: breakout rooms do not, nor who has not said yes.
    pub fn records(&self, seat: &Seat) -> bool {
        let willing = seat.consent.is_some_and(|consent| consent.yes);
        self.desk.recording.is_some() && willing && seat.breakout.is_none() && !seat.waiting
    }

    /// In which breakout room a seat should be. What has no page to follow stays in the main room.
    pub fn breakout_for(&self, seat: &Seat) -> Option<BreakoutId> {
        self.desk.breakout_of(seat.user).filter(|_| seat.kind == Kind::Browser)
    }

    /// A seat as the others see it.
    pub fn person(&self, seat: &Seat, live: bool) -> Person {
        Person {
            seat_id: seat.id,
            user_id: seat.user,
            name: seat.name.to_string(),
            pronouns: seat.pronouns.clone(),
            role: Side::of(seat.staff),
            host: self.is_host(seat),
            guest: seat.guest,
            breakout_id: seat.breakout,
            state: seat.switches,
            present: if live { seat.presence.is_some() } else { seat.here_since.is_some() },
            recordable: seat.consent.is_some_and(|consent| consent.yes),
            quality: seat.quality,
            kind: seat.kind,
        }
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

    /// The room as this seat's page sees it. `voter` makes their keyed hash for a poll.
    pub fn view(&self, seat: &Seat, voter: impl Fn(PollId) -> String, now: At) -> RoomView {
        let host = self.is_host(seat);
        let view = RoomView {
            session: self.session(),
            you: You {
                seat_id: seat.id,
                user_id: seat.user,
                name: seat.name.to_string(),
                role: Side::of(seat.staff),
                host,
                waiting: seat.waiting,
                breakout_id: seat.breakout,
                consent: seat.consent,
            },
            people: Vec::new(),
            speaking: Vec::new(),
            desk: Desk::default().view(false),
            talk: Talk::default().view(Reader { user: seat.user, host: false, breakout: None }, |_| String::new()),
            captions: Captions::default().view(None),
            documents: Vec::new(),
            waiting: Vec::new(),
            now,
        };
        if seat.waiting {
            // Nobody is shown to who may not be let in.
            return view;
        }
        let live = self.class.is_live();
        let known = |other: &&Seat| other.met && !other.waiting && self.may_know(seat, other);
        let inside = self.seats.values().filter(known);
        RoomView {
            people: inside.map(|other| self.person(other, live)).collect(),
            speaking: self.speaking.get(&seat.breakout).cloned().unwrap_or_default(),
            desk: self.desk.view(host),
            talk: self.talk.view(Reader { user: seat.user, host, breakout: seat.breakout }, voter),
            captions: self.captions.view(seat.breakout),
            documents: documents::shelf::view(self, seat),
            waiting: if host { waiting::list(self) } else { Vec::new() },
            ..view
        }
    }

    fn session(&self) -> SessionView {
        let class = &self.class;
        SessionView {
            id: class.session,
            title: class.title.clone(),
            state: class.state,
            starts_at: class.starts_at,
            ends_at: class.ends_at,
            started_at: class.started_at,
            program: ProgramView { id: class.program, title: class.program_title.clone() },
        }
    }
}

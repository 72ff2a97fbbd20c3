//! What happens to seats: they are taken, touched, given up, closed. Synchronous and without I/O: what the database
//! shall keep is collected in `changes`, what sockets shall hear goes to the voice, the engine is told by its queue.

use std::collections::HashMap;
use std::sync::Arc;

use socketioxide::extract::SocketRef;
use tokio::sync::Notify;
use uuid::Uuid;

use super::captions::wire::CaptionDraft;
use super::desk::wire::Moved;
use super::desk::{effects, waiting};
use super::flush::News;
use super::media::{Engine, Hall};
use super::model::{Because, Kind};
use super::policy;
use super::protocol::{Closed, Ended, Gone, Removed, Replaced, Started, Told};
use super::room::{Class, Presence, Room, Seat};
use super::talk::load::Kept;
use super::talk::wire::Reaction;
use super::voice::Voice;
use super::wire::Switches;
use crate::events::{Parting, Sent};
use crate::kit::{At, BreakoutId, PollId, ProgramId, QuestionId, SeatId, SessionId, UserId};
use crate::plumbing::http::Problem;

/// Nothing heard for so long: the seat is no longer present.
pub const SILENCE_SECONDS: i64 = 10;
/// So long after its last sign of life a lost seat may still be taken again by its token.
pub const HOLD_SECONDS: i64 = 30;
/// So long a seat waits for its first connection: people look into the mirror before they come in.
pub const UNUSED_SECONDS: i64 = 300;
/// So long seats wait for their people after a restart of the server.
pub const RETURN_SECONDS: i64 = 120;

/// What the rows of seats, and with them the facts, still have to be told.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Taken {
        seat: SeatId,
        entry: Uuid,
        session: SessionId,
        program: ProgramId,
        user: UserId,
        staff: bool,
        at: At,
    },
    Left {
        seat: SeatId,
        entry: Uuid,
        session: SessionId,
        program: ProgramId,
        user: UserId,
        at: At,
        because: Parting,
        sent: Sent,
    },
    Closed {
        seat: SeatId,
        at: At,
        because: Because,
    },
}

/// Makes the keyed hash of a person for a poll.
pub type Voter = Box<dyn Fn(PollId, UserId) -> String + Send + Sync>;

pub struct State {
    pub rooms: HashMap<SessionId, Room>,
    /// In which room a seat is.
    pub index: HashMap<SeatId, SessionId>,
    /// In the order in which they happened; each stays here until it is written.
    pub changes: Vec<Change>,
    pub voice: Voice,
    pub media: Option<Engine>,
    /// Rings when a room has news.
    bell: Arc<Notify>,
    /// The keyed hash of a person for a poll.
    voter: Voter,
    /// The server stops: presences are closed and no new ones begin.
    pub draining: bool,
}

impl State {
    pub fn new(voice: Voice, media: Option<Engine>, bell: Arc<Notify>, voter: Voter) -> State {
        let (rooms, index) = Default::default();
        State { rooms, index, changes: Vec::new(), voice, media, bell, voter, draining: false }
    }

    pub fn room_of(&self, seat: SeatId) -> Option<&Room> {
        self.rooms.get(self.index.get(&seat)?)
    }

    pub fn seat(&self, seat: SeatId) -> Option<&Seat> {
        self.room_of(seat)?.seats.get(&seat)
    }

    pub fn seat_mut(&mut self, seat: SeatId) -> Option<&mut Seat> {
        self.rooms.get_mut(self.index.get(&seat)?)?.seats.get_mut(&seat)
    }

    /// The room of a class, made of what was kept of it when it is not there yet.
    pub fn room(&mut self, class: Class, kept: Option<Kept>) -> &mut Room {
        let room =
            self.rooms.entry(class.session).or_insert_with(|| Room::new(class.clone(), kept.unwrap_or_default()));
        let was_live = room.class.is_live();
        room.class.renew(class);
        if room.class.is_live() && !was_live {
            room.hold_at_the_door();
        }
        room
    }

    pub fn add(&mut self, session: SessionId, seat: Seat) {
        self.index.insert(seat.id, session);
        if let Some(room) = self.rooms.get_mut(&session) {
            room.seats.insert(seat.id, seat);
        }
    }

    /// Takes a seat out without a word: it was never given to anybody.
    pub fn forget(&mut self, seat: SeatId) {
        let Some(session) = self.index.remove(&seat) else { return };
        if let Some(room) = self.rooms.get_mut(&session) {
            room.seats.remove(&seat);
        }
        self.drop_if_empty(session);
    }

    /// Tells everybody in the room of this seat.
    pub fn tell_room(&self, seat: SeatId, said: impl Into<Told>) {
        if let Some(room) = self.room_of(seat) {
            self.voice.tell(room.sockets(), said);
        }
    }

    /// Notes something that the pages of a class are told soon.
    fn mark(&mut self, session: SessionId, note: impl FnOnce(&mut News)) {
        if let Some(room) = self.rooms.get_mut(&session) {
            note(&mut room.news);
            self.bell.notify_one();
        }
    }

    pub fn mark_desk(&mut self, session: SessionId) {
        self.mark(session, |news| news.desk = true);
    }

    pub fn mark_poll(&mut self, session: SessionId, poll: PollId) {
        self.mark(session, |news| {
            news.polls.insert(poll);
        });
    }

    pub fn mark_question(&mut self, session: SessionId, question: QuestionId) {
        self.mark(session, |news| {
            news.questions.insert(question);
        });
    }

    pub fn mark_reaction(&mut self, session: SessionId, reaction: Reaction) {
        self.mark(session, |news| news.reactions.push(reaction));
    }

    pub fn mark_caption(&mut self, session: SessionId, breakout: Option<BreakoutId>, draft: CaptionDraft) {
        self.mark(session, |news| {
            news.captions.insert(draft.id, (breakout, draft));
        });
    }

    /// Tells the page of this seat; false when there is none.
    pub fn tell(&self, seat: SeatId, said: impl Into<Told>) -> bool {
        let Some(socket) = self.seat(seat).and_then(|seat| seat.socket.clone()) else { return false };
        self.voice.tell(vec![socket], said);
        true
    }

    /// Tells the room soon how this seat is.
    pub fn show(&mut self, id: SeatId) {
        if let Some(session) = self.index.get(&id).copied() {
            self.mark(session, |news| {
                news.people.insert(id);
            });
        }
    }

    /// A page connects to a seat; the connection it had before hears that it was replaced.
    pub fn attach(&mut self, id: SeatId, socket: SocketRef, now: At) {
        let Some(seat) = self.seat_mut(id) else { return };
        seat.beats = false;
        seat.mutes.connected_anew();
        seat.new_line = true;
        seat.met = true;
        seat.held = HOLD_SECONDS;
        self.place(id);
        // It is present first: its own snapshot shall say so, and come before anything else.
        self.stir(id);
        self.touch(id, now);
        let Some(seat) = self.seat_mut(id) else { return };
        if let Some(before) = seat.socket.replace(socket) {
            self.voice.tell(vec![before.clone()], Replaced {});
            self.voice.goodbye(vec![before]);
        }
        self.welcome(id, now);
        self.show(id);
        self.open_media(id);
    }

    /// Where a seat stands that is sat on: in the waiting room, or in the breakout room of its person.
    fn place(&mut self, id: SeatId) {
        let Some(room) = self.index.get(&id).and_then(|session| self.rooms.get_mut(session)) else { return };
        let Some(seat) = room.seats.get(&id) else { return };
        let waits = seat.presence.is_none() && room.class.is_live() && waiting::must_wait(room, seat);
        let breakout = room.breakout_for(seat);
        if let Some(seat) = room.seats.get_mut(&id) {
            (seat.waiting, seat.breakout) = (waits, breakout);
        }
    }

    /// A host let this seat in.
    pub fn come_in(&mut self, id: SeatId, now: At) {
        self.place(id);
        if let Some(seat) = self.seat_mut(id) {
            // It is present from now on, and not from when it began to wait.
            seat.here_since = seat.here_since.map(|_| now);
        }
        self.arrive(id);
        self.welcome(id, now);
        self.show(id);
        self.open_media(id);
    }

    /// Brings a seat to where the desk has its person: another room of the engine, the same presence.
    pub fn move_seat(&mut self, id: SeatId, now: At) {
        let Some(room) = self.room_of(id) else { return };
        let Some(seat) = room.seats.get(&id) else { return };
        let (before, breakout) = (room.hall(seat), room.breakout_for(seat));
        let name = breakout.and_then(|id| room.desk.breakouts.as_ref()?.find(id)).map(|room| room.name.clone());
        if let Some(media) = &self.media {
            media.close_seat(before, id);
        }
        let Some(seat) = self.seat_mut(id) else { return };
        // The connections in the room before are over, and so is what they sent.
        seat.media = 0;
        if seat.presence.is_some() {
            seat.meter.note(false, Switches { screen: false, ..seat.switches }, now);
        }
        (seat.breakout, seat.slots, seat.certificate) = (breakout, None, None);
        (seat.offer_missed, seat.new_line, seat.switches.screen) = (false, true, false);
        if let Some(room) = self.index.get(&id).and_then(|session| self.rooms.get_mut(session)) {
            room.speaking.values_mut().for_each(|speaking| speaking.retain(|speaker| *speaker != id));
        }
        self.tell(id, Moved { breakout_id: breakout, name: name.unwrap_or_default() });
        self.welcome(id, now);
        self.show(id);
        self.open_media(id);
    }

    /// Lets the engine drop what is muted on a seat.
    pub fn mute_in_engine(&self, id: SeatId) {
        let (Some(room), Some(media)) = (self.room_of(id), &self.media) else { return };
        let Some(seat) = room.seats.get(&id) else { return };
        seat.mutes.sources().for_each(|source| media.set_muted(room.hall(seat), id, source, true));
    }

    /// Lets the engine give what a seat sends to the recorder, or no longer.
    pub fn record_in_engine(&self, id: SeatId) {
        let (Some(room), Some(media)) = (self.room_of(id), &self.media) else { return };
        let Some(seat) = room.seats.get(&id) else { return };
        media.record(room.hall(seat), id, room.records(seat));
    }

    /// The snapshot, and what the seat's connections carry.
    pub fn welcome(&self, id: SeatId, now: At) {
        let Some(room) = self.room_of(id) else { return };
        let Some(seat) = room.seats.get(&id) else { return };
        let Some(socket) = seat.socket.clone() else { return };
        let voter = |poll| (self.voter)(poll, seat.user);
        self.voice.tell(vec![socket.clone()], room.view(seat, voter, now));
        if let Some(slots) = &seat.slots {
            self.voice.tell(vec![socket], slots.clone());
        }
    }

    /// In a live class the engine knows every seat that is connected.
    pub fn open_media(&mut self, id: SeatId) {
        let Some(room) = self.room_of(id) else { return };
        let Some(seat) = room.seats.get(&id) else { return };
        if !room.class.is_live() || seat.waiting || seat.kind != Kind::Browser || seat.socket.is_none() {
            return;
        }
        let (hall, host, missed) = (room.hall(seat), room.is_host(seat), seat.offer_missed);
        if let Some(media) = &self.media {
            media.open_seat(hall, id, host);
            self.record_in_engine(id);
            if missed {
                media.restart(hall, id, false);
            }
        }
        effects::enforce(self, id, "");
        if let Some(seat) = self.seat_mut(id) {
            seat.offer_missed = false;
        }
    }

    /// A connection ended. `alive_until` is its last sign of life.
    pub fn detach(&mut self, id: SeatId, socket: &SocketRef, alive_until: At) {
        let Some(seat) = self.seat_mut(id) else { return };
        if seat.socket.as_ref() != Some(socket) {
            return;
        }
        seat.socket = None;
        if seat.presence.is_none() {
            // Nobody is counted by it any more; how long it is held counts from here.
            seat.last_seen = seat.last_seen.max(alive_until);
            seat.here_since = None;
            self.stir(id);
            self.show(id);
        } else if seat.beats || seat.media > 0 {
            seat.last_seen = seat.last_seen.max(alive_until);
        } else if let Some(presence) = seat.presence {
            // It was vouched for by the transport, which may take it back.
            seat.last_seen = alive_until.max(presence.since);
        }
    }

    /// A sign of life.
    pub fn touch(&mut self, id: SeatId, now: At) {
        let Some(seat) = self.seat_mut(id) else { return };
        seat.last_seen = seat.last_seen.max(now);
        if seat.here_since.is_none() {
            seat.here_since = Some(now);
            self.stir(id);
        }
        self.arrive(id);
    }

    /// Whoever is here in a live class is present, from when both are true.
    pub fn arrive(&mut self, id: SeatId) {
        let draining = self.draining;
        let Some(room) = self.index.get(&id).and_then(|session| self.rooms.get_mut(session)) else { return };
        let (session, program) = (room.class.session, room.class.program);
        let began = room.class.started_at.filter(|_| room.class.is_live());
        let (Some(began), Some(seat)) = (began, room.seats.get_mut(&id)) else { return };
        let may = seat.presence.is_none() && !seat.waiting && !draining;
        let Some(here_since) = seat.here_since.filter(|_| may) else { return };
        let presence = Presence { entry: Uuid::now_v7(), since: here_since.max(began) };
        seat.presence = Some(presence);
        seat.last_seen = seat.last_seen.max(presence.since);
        seat.written = presence.since;
        seat.meter.note(false, seat.switches, presence.since);
        let (user, staff) = (seat.user, seat.staff);
        let (entry, at) = (presence.entry, presence.since);
        self.changes.push(Change::Taken { seat: id, entry, session, program, user, staff, at });
        metrics::counter!("vdp_live_presences_total").increment(1);
        self.stir(id);
        self.show(id);
    }

    /// The presence of a seat ends; the seat stays.
    pub fn leave(&mut self, id: SeatId, at: At, because: Parting) {
        let Some(room) = self.index.get(&id).and_then(|session| self.rooms.get_mut(session)) else { return };
        let (session, program) = (room.class.session, room.class.program);
        let Some(seat) = room.seats.get_mut(&id) else { return };
        let was_here = seat.here_since.take().is_some();
        let user = seat.user;
        let left = seat.presence.take();
        if let Some(Presence { entry, since }) = left {
            let at = at.max(since);
            let sent = seat.meter.take(at);
            self.changes.push(Change::Left { seat: id, entry, session, program, user, at, because, sent });
        }
        if was_here || left.is_some() {
            self.stir(id);
            self.show(id);
        }
    }

    /// The seat is given up for good; its page is told why, the others that it is gone.
    pub fn close(&mut self, id: SeatId, at: At, because: Because) {
        self.leave(id, at, because.into());
        let Some(session) = self.index.remove(&id) else { return };
        let Some(room) = self.rooms.get_mut(&session) else { return };
        let Some(seat) = room.seats.remove(&id) else { return };
        room.speaking.values_mut().for_each(|speaking| speaking.retain(|speaker| *speaker != id));
        self.changes.push(Change::Closed { seat: id, at, because });
        if let Some(media) = &self.media {
            media.close_seat(room.hall(&seat), id);
        }
        if let Some(socket) = seat.socket {
            if let Some(word) = last_word(because) {
                self.voice.tell(vec![socket.clone()], word);
            }
            // Who left by their own word gets its answer first, and is seen out by their worker.
            if because != Because::Left {
                self.voice.goodbye(vec![socket]);
            }
        }
        if seat.waiting {
            self.mark(session, |news| news.desk = true);
        } else if seat.met {
            self.voice.tell(room.sockets(), Gone { seat_id: id });
        }
        self.drop_if_empty(session);
    }

    fn drop_if_empty(&mut self, session: SessionId) {
        if self
            .rooms
            .get(&session)
            .is_some_and(|room| room.seats.is_empty() && !room.stirred && room.desk.recording.is_none())
        {
            self.close_halls(session);
            self.rooms.remove(&session);
        }
    }

    /// Nobody is in the engine's rooms of this class any more.
    fn close_halls(&self, session: SessionId) {
        let (Some(room), Some(media)) = (self.rooms.get(&session), &self.media) else { return };
        media.close_room(Hall::of(session, None));
        for breakout in room.desk.breakouts.iter().flat_map(|breakouts| &breakouts.rooms) {
            media.close_room(Hall::of(session, Some(breakout.id)));
        }
    }

    /// Who is here changed: a notice goes out soon.
    fn stir(&mut self, id: SeatId) {
        if let Some(room) = self.index.get(&id).and_then(|session| self.rooms.get_mut(session)) {
            room.stirred = true;
        }
    }

    /// Who is here now in each room where that changed, once: program, session, present, waiting.
    pub fn stirred(&mut self) -> Vec<(ProgramId, SessionId, usize, usize)> {
        let mut news = Vec::new();
        for room in self.rooms.values_mut().filter(|room| room.stirred) {
            room.stirred = false;
            news.push((room.class.program, room.class.session, room.present().0, room.waiting()));
        }
        for (_, session, ..) in &news {
            self.drop_if_empty(*session);
        }
        news
    }

    /// A person has another name, or other pronouns: everybody in their rooms sees it, their own pages too.
    pub fn rename(&mut self, user: UserId, name: &str, pronouns: Option<&str>, now: At) {
        let mut seats = Vec::new();
        for seat in self.rooms.values_mut().flat_map(|room| room.seats.values_mut()).filter(|seat| seat.user == user) {
            seat.name = name.into();
            seat.pronouns = pronouns.map(Into::into);
            seats.push(seat.id);
        }
        for seat in seats {
            self.show(seat);
            self.welcome(seat, now);
        }
    }

    /// The class begins: who waits is present from its first moment.
    pub fn start(&mut self, class: Class, now: At) {
        let session = class.session;
        if !self.rooms.contains_key(&session) {
            return;
        }
        let room = self.room(class, None);
        room.stirred = true;
        let (sockets, seats): (_, Vec<SeatId>) = (room.all_sockets(), room.seats.keys().copied().collect());
        self.voice.tell(sockets, Started {});
        for seat in seats {
            self.place(seat);
            if self.seat(seat).is_some_and(|seat| seat.waiting) {
                // They hear that they wait, and hosts that they do; those inside, that they are not here.
                self.welcome(seat, now);
                self.show(seat);
                self.voice.tell(self.rooms[&session].sockets(), Gone { seat_id: seat });
            }
            self.arrive(seat);
            self.open_media(seat);
        }
    }

    /// The class was edited: its people see it as it is now.
    pub fn changed(&mut self, class: Class, now: At) {
        let session = class.session;
        self.room(class, None);
        let seats: Vec<SeatId> = self.rooms[&session].seats.keys().copied().collect();
        seats.into_iter().for_each(|seat| self.welcome(seat, now));
    }

    /// When the presences of a class that ended at `ended_at` end, by their entries, as far as memory knows them.
    pub fn ends(&self, session: SessionId, ended_at: At) -> HashMap<Uuid, At> {
        let seats = self.rooms.get(&session).into_iter().flat_map(|room| room.seats.values());
        let standing = seats.filter_map(|seat| {
            let Presence { entry, since } = seat.presence?;
            Some((entry, seat.present_until(ended_at).max(since)))
        });
        let waiting = self.changes.iter().filter_map(|change| match change {
            Change::Left { entry, at, .. } => Some((*entry, *at)),
            _ => None,
        });
        standing.chain(waiting).collect()
    }

    /// The class is over: everybody leaves, at its last moment.
    pub fn finish(&mut self, session: SessionId, state: crate::programs::State, at: At) {
        let Some(room) = self.rooms.get_mut(&session) else { return };
        room.class.state = state;
        room.stirred = true;
        let seats: Vec<(SeatId, At)> = room.seats.values().map(|seat| (seat.id, seat.present_until(at))).collect();
        for (seat, until) in seats {
            self.leave(seat, until, Parting::Over);
            self.close(seat, at, Because::Over);
        }
        self.close_halls(session);
    }
}

/// What a page is told when its seat is closed; nothing where it left by its own word or may come back.
fn last_word(because: Because) -> Option<Told> {
    let closed = |refusal| Closed { problem: Problem::from(refusal) }.into();
    match because {
        Because::Removed => Some(Removed {}.into()),
        Because::Replaced => Some(Replaced {}.into()),
        Because::Over => Some(Ended {}.into()),
        Because::EnrollmentEnded => Some(closed(policy::enrollment_ended())),
        Because::AccountClosed => Some(closed(policy::account_closed())),
        Because::SentOut => Some(closed(policy::sent_out())),
        Because::TurnedAway => Some(closed(policy::turned_away())),
        Because::Left | Because::Silent | Because::Failed => None,
    }
}

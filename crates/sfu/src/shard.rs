//! A shard: rooms, seats and connections of one thread, without any I/O of its own.
//!
//! [`Shard::handle`] takes datagrams, [`Shard::command`] takes wishes, and [`Shard::poll`] gives what
//! follows from both. Poll until it gives [`Output::Timeout`]; work that several inputs caused in one
//! connection is then done once. The next time it wants to be polled is in that timeout.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::config::CryptoProvider;
use str0m::net::Protocol;

use crate::conn::{Conn, ConnKey, Conns, Happening, Transmit, Turn};
use crate::counters::Counters;
use crate::demux::Demux;
use crate::egress::Delivery;
use crate::identity::Identity;
use crate::keys::KeyTap;
use crate::model::{Closing, Direction, Event, Refusal, RoomId, SeatId, SeatOptions, Source, Taped, Track, Want};
use crate::panics::guard;
use crate::room::{Room, Seat};
use crate::secrets::Secrets;
use crate::slot::TrackId;
use crate::timers::{Timer, Timers};

/// Everything a shard has to know beforehand.
pub struct ShardConfig {
    /// Addresses to tell clients, UDP and ICE-TCP.
    pub udp: Vec<SocketAddr>,
    pub tcp: Vec<SocketAddr>,
    /// The most seats a room may have.
    pub room_seats: usize,
    /// For everything that should look random; the same seed gives the same run.
    pub seed: u64,
    /// For ICE passwords, which nobody may guess.
    pub secret: [u8; 32],
    pub identity: Identity,
}

/// What happens to a shard from outside, commands apart.
pub enum Input<'a> {
    Datagram {
        proto: Protocol,
        source: SocketAddr,
        destination: SocketAddr,
        bytes: &'a [u8],
    },
    /// Nothing but time.
    Time,
}

/// What a shard gives.
#[derive(Debug)]
pub enum Output {
    Transmit(Transmit),
    Event(Event),
    /// For the recorder.
    Taped(Taped),
    /// Nothing to do before this time.
    Timeout(Instant),
}

/// What a shard can be told to do. Everything about an unknown seat is refused or ignored.
#[derive(Debug, Clone)]
pub enum Command {
    OpenSeat {
        room: RoomId,
        seat: SeatId,
        options: SeatOptions,
    },
    /// Empty `tracks` map the first audio and video line (WHIP). Answers with SDP.
    Publish {
        room: RoomId,
        seat: SeatId,
        offer: String,
        tracks: Vec<Track>,
    },
    /// A client-offered subscription. Answers with SDP.
    WatchWhep {
        room: RoomId,
        seat: SeatId,
        offer: String,
    },
    Watch {
        room: RoomId,
        seat: SeatId,
        wants: Vec<Want>,
    },
    Answer {
        room: RoomId,
        seat: SeatId,
        offer_id: u64,
        sdp: String,
    },
    Restart {
        room: RoomId,
        seat: SeatId,
        fresh: bool,
    },
    SetMuted {
        room: RoomId,
        seat: SeatId,
        source: Source,
        muted: bool,
    },
    /// Give what a seat publishes to the recorder too, or no longer.
    Record {
        room: RoomId,
        seat: SeatId,
        on: bool,
    },
    /// The recorder needs a key frame of this source.
    MendTape {
        room: RoomId,
        seat: SeatId,
        source: Source,
    },
    CloseSeat {
        room: RoomId,
        seat: SeatId,
    },
    CloseRoom {
        room: RoomId,
    },
}

pub struct Shard {
    pub(crate) config: ShardConfig,
    /// Sees the keys of every connection.
    pub(crate) tap: &'static KeyTap,
    pub(crate) crypto: Arc<CryptoProvider>,
    pub(crate) secrets: Secrets,
    pub(crate) rooms: BTreeMap<RoomId, Room>,
    pub(crate) conns: Conns,
    pub(crate) demux: Demux,
    pub(crate) timers: Timers,
    pub(crate) events: VecDeque<Event>,
    pub(crate) tapes: VecDeque<Taped>,
    pub(crate) counters: Counters,
    /// Connections with something written and not yet driven.
    pub(crate) dirty: Vec<ConnKey>,
    /// Frames waiting for their last packet, each until when.
    pub(crate) holding: Vec<(Instant, RoomId, TrackId, usize)>,
    /// Rooms with stale seats.
    pub(crate) stale: Vec<RoomId>,
    /// Packets on their way to the viewers of their track, oldest first.
    pub(crate) deliveries: VecDeque<Delivery>,
    pub(crate) turn: Turn,
    happened: Vec<Happening>,
    dice: u64,
}

/// A shard with nothing to do still looks up this often.
const IDLE: Duration = Duration::from_secs(3600);

impl Shard {
    pub fn new(config: ShardConfig) -> Shard {
        let dice = config.seed;
        let (tap, crypto) = KeyTap::into(&config.identity.crypto);
        let secrets = Secrets::new(config.secret, crypto.sha256_provider);
        Shard {
            config,
            secrets,
            tap,
            crypto: Arc::new(crypto),
            rooms: BTreeMap::new(),
            conns: Conns::default(),
            demux: Demux::default(),
            timers: Timers::default(),
            events: VecDeque::new(),
            tapes: VecDeque::new(),
            counters: Counters::default(),
            dirty: Vec::new(),
            holding: Vec::new(),
            stale: Vec::new(),
            deliveries: VecDeque::new(),
            turn: Turn::default(),
            happened: Vec::new(),
            dice,
        }
    }

    pub fn handle(&mut self, now: Instant, input: Input) {
        if let Input::Datagram { proto, source, destination, bytes } = input {
            self.on_datagram(now, (proto, source), destination, bytes);
        }
    }

    /// `Ok(Some(sdp))` for commands that answer with a session description.
    pub fn command(&mut self, now: Instant, command: Command) -> Result<Option<String>, Refusal> {
        match command {
            Command::OpenSeat { room, seat, options } => self.open_seat(room, seat, options).map(|()| None),
            Command::Publish { room, seat, offer, tracks } => self.publish(now, room, seat, &offer, &tracks).map(Some),
            Command::WatchWhep { room, seat, offer } => self.watch_whep(now, room, seat, &offer).map(Some),
            Command::Watch { room, seat, wants } => self.watch(room, seat, wants).map(|()| None),
            Command::Answer { room, seat, offer_id, sdp } => {
                self.answer(now, room, seat, offer_id, &sdp).map(|()| None)
            }
            Command::Restart { room, seat, fresh } => self.restart(now, room, seat, fresh).map(|()| None),
            Command::SetMuted { room, seat, source, muted } => {
                self.set_muted(now, room, seat, source, muted).map(|()| None)
            }
            Command::Record { room, seat, on } => self.set_recorded(room, seat, on).map(|()| None),
            Command::MendTape { room, seat, source } => {
                self.mend_tape(now, room, (seat, source));
                Ok(None)
            }
            Command::CloseSeat { room, seat } => {
                self.close_seat(room, seat);
                Ok(None)
            }
            Command::CloseRoom { room } => {
                self.close_room(room);
                Ok(None)
            }
        }
    }

    pub fn poll(&mut self, now: Instant) -> Output {
        let mut settled = false;
        loop {
            if let Some(transmit) = self.turn.wire.queue.pop_front() {
                self.counters.packets_out += transmit.datagrams().count() as u64;
                self.counters.bytes_out += transmit.bytes.len() as u64;
                return Output::Transmit(transmit);
            }
            if let Some(event) = self.events.pop_front() {
                return Output::Event(event);
            }
            if let Some(taped) = self.tapes.pop_front() {
                return Output::Taped(taped);
            }
            if !self.deliveries.is_empty() {
                self.deliver(now);
            } else if settled {
                return Output::Timeout(self.wakes(now));
            } else {
                self.settle(now);
                settled = true;
            }
        }
    }

    /// Give back the buffer of a [`Transmit`] that was sent, for the next one.
    pub fn recycle(&mut self, bytes: Vec<u8>) {
        self.turn.wire.recycle(bytes);
    }

    fn wakes(&self, now: Instant) -> Instant {
        if !self.dirty.is_empty() {
            return now;
        }
        let held = self.holding.iter().map(|(at, ..)| *at).min();
        let next = self.timers.next().into_iter().chain(held).min();
        next.unwrap_or(now + IDLE)
    }

    pub fn counters(&self) -> Counters {
        let mut counters = self.counters;
        counters.rooms = self.rooms.len() as u64;
        counters.seats = self.rooms.values().map(|r| r.seats.len() as u64).sum();
        counters.connections = self.conns.len() as u64;
        counters
    }

    /// Do everything that is due. Driving a connection can make others due, so go round until calm.
    fn settle(&mut self, now: Instant) {
        for _ in 0..8 {
            self.release_held(now);
            while let Some((at, timer)) = self.timers.pop_due(now) {
                match timer {
                    Timer::Conn(key) => self.on_conn_timer(key, at, now),
                    Timer::Room(room) => self.tick_room(room, now),
                }
            }
            for room in std::mem::take(&mut self.stale) {
                self.reconcile_room(room, now);
            }
            if self.dirty.is_empty() {
                return;
            }
            for key in std::mem::take(&mut self.dirty) {
                self.touch(key, now, |conn, turn| {
                    conn.drive(now, turn);
                    conn.dirty = false;
                });
            }
        }
    }

    fn on_conn_timer(&mut self, key: ConnKey, at: Instant, now: Instant) {
        // An entry that an earlier one overtook must not set a timer of its own, or entries breed.
        let Some(conn) = self.conns.get_mut(key).filter(|c| c.scheduled == Some(at)) else { return };
        conn.scheduled = None;
        if conn.patience.is_some_and(|until| until <= now) {
            conn.patience = None;
            self.tell_down(key);
        }
        let due = self.conns.get(key).is_some_and(|c| c.wakes() <= now);
        self.touch(key, now, |conn, turn| {
            if due {
                conn.drive(now, turn);
            }
        });
    }

    /// The only way to touch a connection's insides: a panic in there ends that seat, nobody else,
    /// and what comes out is taken care of before anything else happens.
    pub(crate) fn touch(&mut self, key: ConnKey, now: Instant, f: impl FnOnce(&mut Conn, &mut Turn)) {
        let Some(conn) = self.conns.get_mut(key) else { return };
        let turn = &mut self.turn;
        if let Err(why) = guard(|| f(&mut *conn, turn)) {
            self.turn.happened.clear();
            self.on_panic(key, why);
            return;
        }
        if let Some(at) = conn.reschedule(now) {
            self.timers.set(at, Timer::Conn(key));
        }
        if self.turn.happened.is_empty() {
            return;
        }
        std::mem::swap(&mut self.turn.happened, &mut self.happened);
        let mut happened = std::mem::take(&mut self.happened);
        for what in happened.drain(..) {
            self.digest(key, now, what);
        }
        self.happened = happened;
    }

    fn digest(&mut self, key: ConnKey, now: Instant, what: Happening) {
        match what {
            Happening::Packet(packet) => self.on_packet(key, now, *packet),
            Happening::Up => self.on_up(key, now),
            Happening::Down => self.tell_down(key),
            Happening::Gone => self.on_gone(key),
            Happening::Health(health) => self.on_health(key, health),
            Happening::Heard(heard) => self.on_heard(key, now, heard),
        }
    }

    pub(crate) fn on_panic(&mut self, key: ConnKey, why: String) {
        self.counters.panics += 1;
        let Some(conn) = self.conns.get(key) else { return };
        let (room, seat) = (conn.room, conn.seat);
        tracing::error!(why, "a connection panicked; its seat is closed");
        // It is in an unknown state: not even a goodbye is asked of it.
        self.drop_conn(key, false);
        self.close_seat(room, seat);
        self.events.push_back(Event::Closed { room, seat, reason: Closing::Panic(why) });
    }

    pub(crate) fn mark_dirty(&mut self, key: ConnKey) {
        if let Some(conn) = self.conns.get_mut(key).filter(|c| !c.dirty) {
            conn.dirty = true;
            self.dirty.push(key);
        }
    }

    pub(crate) fn seat_mut(&mut self, room: RoomId, seat: SeatId) -> Option<&mut Seat> {
        self.rooms.get_mut(&room)?.seats.get_mut(&seat)
    }

    pub(crate) fn conn_of(&self, room: RoomId, seat: SeatId, direction: Direction) -> Option<ConnKey> {
        let seat = self.rooms.get(&room)?.seats.get(&seat)?;
        match direction {
            Direction::Publish => seat.publishing,
            Direction::Subscribe => seat.subscribing,
        }
    }

    /// The next of an endless row of numbers that look random (SplitMix64).
    pub(crate) fn roll(&mut self) -> u64 {
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.dice ^ (self.dice >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SeatOptions;

    #[test]
    fn a_panic_in_one_connection_closes_that_seat_and_the_room_goes_on() {
        let now = Instant::now();
        let addr: SocketAddr = "10.0.0.1:5000".parse().unwrap();
        let identity = Identity::generate().unwrap();
        let config = ShardConfig { udp: vec![addr], tcp: vec![], room_seats: 9, seed: 1, secret: [1; 32], identity };
        let mut shard = Shard::new(config);
        let (room, ada, bob) = (RoomId(1), SeatId(1), SeatId(2));
        let options = SeatOptions { publish: true, subscribe: true, priority: false };
        for seat in [ada, bob] {
            shard.command(now, Command::OpenSeat { room, seat, options }).unwrap();
            let rtc = shard.new_rtc(Direction::Publish, now);
            shard.add_conn(Conn::new(rtc, room, seat, Direction::Publish, now), now);
        }
        let key = shard.conn_of(room, ada, Direction::Publish).unwrap();
        shard.conns.get_mut(key).unwrap().panic_next = true;
        let mut told = Vec::new();
        while let Output::Event(event) = shard.poll(now) {
            told.push(event);
        }
        let reason = Closing::Panic("a panic was asked for".into());
        assert_eq!(told, [Event::Closed { room, seat: ada, reason }]);
        let counters = shard.counters();
        assert_eq!((counters.panics, counters.seats, counters.connections), (1, 1, 1));
        assert!(shard.conn_of(room, bob, Direction::Publish).is_some());
    }
}

//! One WebRTC connection: a str0m `Rtc`, what we know of it, and the rule to drain it after each touch.
//!
//! A viewer's connection also has an [`Outlet`]: once the keys are known, RTP and RTCP of that connection
//! are the outlet's alone, in and out. What str0m would send of either is thrown away here.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::config::CryptoProvider;
use str0m::media::Mid;
use str0m::net::{DatagramRecv, Protocol, Receive};
use str0m::rtp::{RtpPacket, Ssrc};
use str0m::{IceConnectionState, Rtc};

use crate::batch::Wire;
use crate::demux::{Peer, is_rtp, is_stun};
use crate::keys::KeyBox;
use crate::model::{Direction, RoomId, SeatId, Source};
use crate::outlet::{Heard, Outlet};
use crate::quality::Health;
use crate::slot::{SlotOut, Way};
use crate::subscribe::Negotiation;

/// A connection's place in [`Conns`]; a place is reused, so the round tells old keys from new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ConnKey {
    index: u32,
    round: u32,
}

#[derive(Default)]
pub(crate) struct Conns {
    entries: Vec<(u32, Option<Box<Conn>>)>,
    free: Vec<u32>,
}

impl Conns {
    pub fn insert(&mut self, conn: Conn) -> ConnKey {
        let index = self.free.pop().unwrap_or_else(|| {
            self.entries.push((0, None));
            self.entries.len() as u32 - 1
        });
        let entry = &mut self.entries[index as usize];
        entry.0 += 1;
        entry.1 = Some(Box::new(conn));
        ConnKey { index, round: entry.0 }
    }

    pub fn get(&self, key: ConnKey) -> Option<&Conn> {
        let (round, conn) = self.entries.get(key.index as usize)?;
        conn.as_deref().filter(|_| *round == key.round)
    }

    pub fn get_mut(&mut self, key: ConnKey) -> Option<&mut Conn> {
        let (round, conn) = self.entries.get_mut(key.index as usize)?;
        conn.as_deref_mut().filter(|_| *round == key.round)
    }

    pub fn remove(&mut self, key: ConnKey) -> Option<Box<Conn>> {
        self.get(key)?;
        self.free.push(key.index);
        self.entries[key.index as usize].1.take()
    }

    pub fn len(&self) -> usize {
        self.entries.len() - self.free.len()
    }
}

/// Datagrams to send, all to one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transmit {
    pub proto: Protocol,
    pub source: SocketAddr,
    pub destination: SocketAddr,
    pub bytes: Vec<u8>,
    /// `bytes` has a datagram in each so many; the last may be shorter.
    pub segment: usize,
}

impl Transmit {
    pub fn datagrams(&self) -> impl Iterator<Item = &[u8]> {
        self.bytes.chunks(self.segment.max(1))
    }
}

/// The way ICE chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Path {
    pub proto: Protocol,
    pub source: SocketAddr,
    pub destination: SocketAddr,
}

impl Path {
    /// One datagram on this way.
    pub fn datagram(&self, bytes: Vec<u8>) -> Transmit {
        let segment = bytes.len();
        Transmit { proto: self.proto, source: self.source, destination: self.destination, bytes, segment }
    }
}

/// A new str0m instance, and where its keys will arrive.
pub(crate) struct Made {
    pub rtc: Rtc,
    pub keys: KeyBox,
    pub crypto: Arc<CryptoProvider>,
}

/// What came out of a connection and concerns the shard.
pub(crate) enum Happening {
    Up,
    Down,
    /// The connection is over and will not come back.
    Gone,
    Packet(Box<RtpPacket>),
    Health(Health),
    /// What a viewer said about what it was sent.
    Heard(Heard),
}

/// An incoming stream, named on its first packet.
pub(crate) struct InStream {
    pub ssrc: Ssrc,
    pub source: Option<Source>,
    pub layer: usize,
    pub layered: bool,
    pub red: Option<u8>,
}

pub(crate) struct Conn {
    pub rtc: Rtc,
    keys: KeyBox,
    crypto: Arc<CryptoProvider>,
    /// A viewer's media goes through here; `None` until the keys are known.
    pub outlet: Option<Outlet>,
    path: Option<Path>,
    /// ICE may have chosen another way.
    moved: bool,
    pub room: RoomId,
    pub seat: SeatId,
    pub direction: Direction,
    /// The client offered this subscribing connection (WHEP).
    pub whep: bool,
    /// DTLS is up and ICE is not lost.
    pub up: bool,
    /// `Disconnected` was told and nothing came since.
    pub told_down: bool,
    pub dtls_up: bool,
    /// When to give up waiting for the first packet of a new or restarted connection.
    pub patience: Option<Instant>,
    pub next: Instant,
    /// The earliest entry in the timer heap.
    pub scheduled: Option<Instant>,
    /// Something was written and waits to be driven.
    pub dirty: bool,
    pub peers: Vec<Peer>,
    pub ufrags: Vec<String>,
    pub fingerprint: Option<String>,
    pub tracks: Vec<(Mid, Source)>,
    pub streams: Vec<InStream>,
    pub slots: Vec<SlotOut>,
    pub negotiation: Negotiation,
    /// Bits per second that may be sent.
    pub estimate: u64,
    pub desired: u64,
    /// When much was last lost.
    pub congested_at: Option<Instant>,
    /// When bandwidth was last short of what is watched.
    pub tight_at: Option<Instant>,
    pub health: Health,
    #[cfg(test)]
    pub panic_next: bool,
}

/// How long a connection may take to come up before the seat is told.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
/// The estimate before anything is measured.
pub(crate) const FIRST_ESTIMATE: u64 = 3_000_000;
/// Timers of a running connection are at least this far apart, so that neighbours are run together.
const TICK: Duration = Duration::from_millis(2);

impl Conn {
    pub fn new(made: Made, room: RoomId, seat: SeatId, direction: Direction, now: Instant) -> Conn {
        // A publisher's keys are str0m's alone.
        let keys = Some(made.keys).filter(|_| direction == Direction::Subscribe).unwrap_or_default();
        Conn {
            rtc: made.rtc,
            keys,
            crypto: made.crypto,
            outlet: None,
            path: None,
            moved: false,
            room,
            seat,
            direction,
            whep: false,
            up: false,
            told_down: false,
            dtls_up: false,
            patience: None,
            next: now,
            scheduled: None,
            dirty: false,
            peers: Vec::new(),
            ufrags: Vec::new(),
            fingerprint: None,
            tracks: Vec::new(),
            streams: Vec::new(),
            slots: Vec::new(),
            negotiation: Negotiation::default(),
            estimate: FIRST_ESTIMATE,
            desired: 0,
            congested_at: None,
            tight_at: None,
            health: Health::default(),
            #[cfg(test)]
            panic_next: false,
        }
    }

    /// Feed one datagram and drain what follows from it.
    pub fn receive(&mut self, now: Instant, from: Peer, to: SocketAddr, bytes: &[u8], out: &mut Turn) {
        if self.direction == Direction::Subscribe && is_rtp(bytes) {
            self.hear(now, bytes, out);
            return;
        }
        let Ok(contents) = DatagramRecv::try_from(bytes) else { return };
        let receive = Receive { proto: from.0, source: from.1, destination: to, contents };
        // A datagram that makes no sense is an error too; only a dead instance is the end.
        if self.rtc.handle_input(str0m::Input::Receive(now, receive)).is_err() && !self.rtc.is_alive() {
            out.happened.push(Happening::Gone);
            return;
        }
        let known = self.path.is_some_and(|path| (path.proto, path.destination) == from);
        self.moved |= is_stun(bytes) && !known;
        self.drain(now, out);
    }

    /// A viewer's feedback. Nobody sends media on a viewer's connection.
    fn hear(&mut self, now: Instant, bytes: &[u8], out: &mut Turn) {
        if let Some(outlet) = &mut self.outlet {
            outlet.hear(&self.slots, bytes, now, |heard| out.happened.push(Happening::Heard(heard)));
        }
    }

    /// Let time pass and send what is due.
    pub fn drive(&mut self, now: Instant, out: &mut Turn) {
        #[cfg(test)]
        assert!(!self.panic_next, "a panic was asked for");
        let due = self.next <= now || self.dirty;
        if due && self.rtc.handle_input(str0m::Input::Timeout(now)).is_err() {
            out.happened.push(Happening::Gone);
            return;
        }
        if due {
            self.drain(now, out);
        }
        if self.next <= now {
            self.next = now + TICK;
        }
        if let (Some(outlet), Some(path)) = (&mut self.outlet, &self.path) {
            let health = outlet.tick(&mut self.slots, path, now, &mut out.wire);
            out.happened.extend(health.map(Happening::Health));
        }
    }

    /// A slot, and the way its packets go; `None` while there is none.
    pub fn way<'a>(&'a mut self, slot: usize, wire: &'a mut Wire) -> Option<(&'a mut SlotOut, Way<'a>)> {
        let (outlet, path) = (self.outlet.as_mut()?, self.path.as_ref()?);
        Some((self.slots.get_mut(slot)?, Way { outlet, path, wire }))
    }

    /// The one strict rule of str0m: after every touch, poll until it asks to be woken.
    pub fn drain(&mut self, now: Instant, out: &mut Turn) {
        self.poll(out);
        if self.direction == Direction::Subscribe && self.take_over(now) {
            self.poll(out);
        }
        if !self.rtc.is_alive() {
            out.happened.push(Happening::Gone);
        }
    }

    pub fn poll(&mut self, out: &mut Turn) {
        loop {
            match self.rtc.poll_output() {
                Ok(str0m::Output::Timeout(at)) => {
                    self.next = at;
                    return;
                }
                Ok(str0m::Output::Transmit(t)) => {
                    let path = Path { proto: t.proto, source: t.source, destination: t.destination };
                    if self.direction == Direction::Subscribe && is_rtp(&t.contents) {
                        // The outlet alone may use these keys. But this is the way it has to go.
                        self.path = Some(path);
                        continue;
                    }
                    out.wire.queue.push_back(path.datagram(t.contents.into()));
                }
                Ok(str0m::Output::Event(event)) => self.note(event, &mut out.happened),
                Err(error) => {
                    tracing::debug!(%error, "connection failed");
                    out.happened.push(Happening::Gone);
                    return;
                }
            }
        }
    }

    /// Take the keys when they are there, and ask str0m which way it would send. It does not tell, so
    /// it is given a packet of feedback that never leaves. Returns whether it was asked.
    fn take_over(&mut self, now: Instant) -> bool {
        if self.outlet.is_none()
            && let Some(keys) = self.keys.take()
        {
            self.outlet = Outlet::new(&self.crypto, &keys, now);
            self.outlet.iter_mut().for_each(|outlet| outlet.set_desired(self.desired));
            self.moved = true;
        }
        let ask = self.outlet.is_some() && (self.moved || self.path.is_none());
        if ask {
            self.moved = false;
            self.rtc.direct_api().send_app_specific_feedback(1.into(), 1.into(), [0; 4]);
        }
        ask
    }

    fn note(&mut self, event: str0m::Event, happened: &mut Vec<Happening>) {
        use str0m::Event::*;
        match event {
            RtpPacket(packet) => happened.push(Happening::Packet(Box::new(packet))),
            Connected => {
                self.dtls_up = true;
                happened.push(Happening::Up);
            }
            IceConnectionStateChange(IceConnectionState::Disconnected) => happened.push(Happening::Down),
            IceConnectionStateChange(state) if state.is_connected() && self.dtls_up => happened.push(Happening::Up),
            PeerStats(stats) => happened.push(Happening::Health(Health {
                egress_loss: stats.egress_loss_fraction,
                ingress_loss: stats.ingress_loss_fraction,
                rtt: stats.rtt,
            })),
            Closed => happened.push(Happening::Gone),
            _ => {}
        }
    }

    /// When something is due.
    pub fn wakes(&self) -> Instant {
        let outlet = self.outlet.as_ref().filter(|_| self.path.is_some());
        outlet.map_or(self.next, |outlet| outlet.wakes().min(self.next))
    }

    /// When the shard has to wake this connection; `None` if an earlier wake-up is already set.
    pub fn reschedule(&mut self, now: Instant) -> Option<Instant> {
        let mut at = self.wakes();
        if self.dtls_up {
            at = at.max(now + TICK);
        }
        if let Some(patience) = self.patience {
            at = at.min(patience);
        }
        if self.scheduled.is_some_and(|scheduled| scheduled <= at) {
            return None;
        }
        self.scheduled = Some(at);
        Some(at)
    }
}

/// What one turn of a connection gives.
#[derive(Default)]
pub(crate) struct Turn {
    pub wire: Wire,
    pub happened: Vec<Happening>,
}

//! One WebRTC connection: a str0m `Rtc`, what we know of it, and the rule to drain it after each touch.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use str0m::bwe::BweKind;
use str0m::media::Mid;
use str0m::net::{DatagramRecv, Protocol, Receive};
use str0m::rtp::{RtpPacket, Ssrc};
use str0m::{IceConnectionState, PacerReason, Reason, Rtc};

use crate::demux::Peer;
use crate::model::{Direction, RoomId, SeatId, Source};
use crate::quality::Health;
use crate::slot::SlotOut;
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

/// A datagram to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transmit {
    pub proto: Protocol,
    pub source: SocketAddr,
    pub destination: SocketAddr,
    pub bytes: Vec<u8>,
}

/// What came out of a connection and concerns the shard.
pub(crate) enum Happening {
    Up,
    Down,
    /// The connection is over and will not come back.
    Gone,
    Packet(Box<RtpPacket>),
    KeyFrame(Mid),
    Estimate(u64),
    Health(Health),
    Nacks(Mid, u64),
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
/// The pacer asks for a turn 40 ms after the last one just to age its debt. With 25 frames per second
/// that is a hair before the next frame; a little later the frame itself brings the turn.
const PACER_SLACK: Duration = Duration::from_millis(15);
/// An idle stream is padded to 50 kbit/s, by a hundred bytes two hundred times a second. Less often is
/// enough to keep a path open and an estimate alive.
const PADDING_SLACK: Duration = Duration::from_millis(100);
/// More than one turn of a connection can ever need; a guard against spinning.
const MAX_ROUNDS: usize = 512;

impl Conn {
    pub fn new(rtc: Rtc, room: RoomId, seat: SeatId, direction: Direction, now: Instant) -> Conn {
        Conn {
            rtc,
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
            tight_at: None,
            health: Health::default(),
            #[cfg(test)]
            panic_next: false,
        }
    }

    /// Feed one datagram and drain what follows from it.
    pub fn receive(&mut self, now: Instant, from: Peer, to: SocketAddr, bytes: &[u8], out: &mut Turn) {
        let Ok(contents) = DatagramRecv::try_from(bytes) else { return };
        let receive = Receive { proto: from.0, source: from.1, destination: to, contents };
        // A datagram that makes no sense is an error too; only a dead instance is the end.
        if self.rtc.handle_input(str0m::Input::Receive(now, receive)).is_err() && !self.rtc.is_alive() {
            out.happened.push(Happening::Gone);
            return;
        }
        self.drain(out);
    }

    /// Let time pass and send what is due: all packets of a frame leave in this one turn.
    pub fn drive(&mut self, now: Instant, out: &mut Turn) {
        #[cfg(test)]
        assert!(!self.panic_next, "a panic was asked for");
        let mut at = now;
        for _ in 0..MAX_ROUNDS {
            let before = out.wire.len();
            if self.rtc.handle_input(str0m::Input::Timeout(at)).is_err() {
                out.happened.push(Happening::Gone);
                return;
            }
            self.drain(out);
            // The pacer hands out one packet per turn and wants the next turn a microsecond later.
            // That is not worth a timer: take the time as passed, so that a frame leaves in one go.
            let reason = self.rtc.last_timeout_reason();
            let at_once = self.next <= at || matches!(reason, Reason::Pacer(PacerReason::Immediate));
            if !at_once || (out.wire.len() == before && !matches!(reason, Reason::Pacer(_) | Reason::SendStream)) {
                break;
            }
            at = at.max(self.next);
        }
        if self.next <= now {
            self.next = now + TICK;
        }
    }

    /// The one strict rule of str0m: after every touch, poll until it asks to be woken.
    pub fn drain(&mut self, out: &mut Turn) {
        loop {
            match self.rtc.poll_output() {
                Ok(str0m::Output::Timeout(at)) => {
                    self.next = at;
                    match self.rtc.last_timeout_reason() {
                        Reason::Pacer(PacerReason::Handle) => self.next += PACER_SLACK,
                        // Its own clock, for what feedback and packets bring along anyway.
                        Reason::BweDelayControl | Reason::BweProbeControl => self.next += PACER_SLACK,
                        Reason::Pacer(PacerReason::Padding) => self.next += PADDING_SLACK,
                        _ => {}
                    }
                    break;
                }
                Ok(str0m::Output::Transmit(t)) => out.wire.push_back(Transmit {
                    proto: t.proto,
                    source: t.source,
                    destination: t.destination,
                    bytes: t.contents.into(),
                }),
                Ok(str0m::Output::Event(event)) => self.note(event, &mut out.happened),
                Err(error) => {
                    tracing::debug!(%error, "connection failed");
                    out.happened.push(Happening::Gone);
                    return;
                }
            }
        }
        if !self.rtc.is_alive() {
            out.happened.push(Happening::Gone);
        }
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
            KeyframeRequest(request) => happened.push(Happening::KeyFrame(request.mid)),
            EgressBitrateEstimate(BweKind::Twcc { estimate, .. }) => {
                happened.push(Happening::Estimate(estimate.as_u64()))
            }
            PeerStats(stats) => happened.push(Happening::Health(Health {
                egress_loss: stats.egress_loss_fraction,
                ingress_loss: stats.ingress_loss_fraction,
                rtt: stats.rtt,
            })),
            MediaEgressStats(stats) => happened.push(Happening::Nacks(stats.mid, stats.nacks)),
            Closed => happened.push(Happening::Gone),
            _ => {}
        }
    }

    /// When the shard has to wake this connection; `None` if an earlier wake-up is already set.
    pub fn reschedule(&mut self, now: Instant) -> Option<Instant> {
        let mut at = self.next;
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
    pub wire: VecDeque<Transmit>,
    pub happened: Vec<Happening>,
}

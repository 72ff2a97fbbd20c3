//! One m-line of a subscribing connection: an outgoing stream that carries whatever it is given.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use str0m::Rtc;
use str0m::media::Mid;
use str0m::rtp::Ssrc;

use crate::batch::{Batch, Wire};
use crate::conn::Path;
use crate::line::{Head, Line};
use crate::model::{Kind, SeatId, Slot, Source};
use crate::outlet::{Forward, Outlet};
use crate::packet::{Packet, red_primary, red_retarget};
use crate::rewrite::{Leg, Mapped, Rewriter};

pub(crate) type TrackId = (SeatId, Source);

pub(crate) struct SlotOut {
    pub mid: Mid,
    pub kind: Kind,
    /// `None` until the answer came, or when it refused the line.
    pub line: Option<Line>,
    /// The line was refused; never use it.
    pub dead: bool,
    /// What it should carry.
    pub assigned: Option<TrackId>,
    /// What it carries: a video follows its assignment at the next key frame.
    pub carrying: Option<TrackId>,
    /// The incoming stream that is forwarded now.
    pub stream: Option<Ssrc>,
    pub layer: usize,
    pub target: usize,
    pub height: u16,
    pub paused: bool,
    /// Since when the estimate would allow a better layer.
    pub spare_since: Option<Instant>,
    /// Since when congestion was seen on a source without layers.
    pub squeezed_since: Option<Instant>,
    dice: u64,
    rewriter: Rewriter,
}

/// Where a connection's packets go: through which keys, to which address, onto which wire.
pub(crate) struct Way<'a> {
    pub outlet: &'a mut Outlet,
    pub path: &'a Path,
    pub wire: &'a mut Wire,
}

/// What header and protection add to a payload, in bytes, at most.
const ROOM: usize = 72;

/// Browsers cut a frame into packets that differ by a byte. Padded to one size they leave in one call.
const PAD: usize = 8;

/// What giving a packet to a slot did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gave {
    Nothing,
    Sent,
    /// Sent, and the slot carries something else than before.
    Switched,
}

impl SlotOut {
    /// `dice` is any number; it spreads the first sequence numbers and timestamps.
    pub fn new(mid: Mid, kind: Kind, dice: u64) -> SlotOut {
        let clock = if kind == Kind::Audio { 48_000 } else { 90_000 };
        SlotOut {
            mid,
            kind,
            line: None,
            dead: false,
            assigned: None,
            carrying: None,
            stream: None,
            layer: 0,
            target: 0,
            height: 0,
            paused: false,
            spare_since: None,
            squeezed_since: None,
            dice,
            rewriter: Rewriter::new(clock, (dice & 0x3fff) as u16, (dice >> 32) as u32),
        }
    }

    /// Read from the connection what was negotiated for this line.
    pub fn settle(&mut self, rtc: &mut Rtc) {
        if self.line.is_none() {
            self.line = Line::negotiated(rtc, self.mid, self.kind, self.dice);
            self.dead = self.line.is_none();
        }
    }

    pub fn usable(&self) -> bool {
        self.line.is_some() && !self.dead
    }

    pub fn report(&self) -> Slot {
        let (seat, source) = self.carrying.unzip();
        Slot { mid: self.mid.to_string(), kind: self.kind, seat, source, paused: self.paused }
    }

    /// Whether this slot waits for a key frame to show what it should.
    pub fn waits(&self) -> bool {
        let assigned = self.kind == Kind::Video && self.assigned.is_some() && !self.paused;
        assigned && (self.stream.is_none() || self.layer != self.target || self.carrying != self.assigned)
    }

    pub fn waits_for(&self, id: TrackId) -> bool {
        self.assigned == Some(id) && self.waits()
    }

    /// Carry nothing. The line stays for the next source.
    pub fn release(&mut self) {
        self.assigned = None;
        self.carrying = None;
        self.stream = None;
        self.paused = false;
        self.spare_since = None;
        self.squeezed_since = None;
    }

    /// From now on carry this. Sound changes at once, a picture at its next key frame.
    pub fn assign(&mut self, to: TrackId) {
        self.assigned = Some(to);
        self.stream = None;
        self.paused = false;
        self.spare_since = None;
        self.squeezed_since = None;
        if self.kind == Kind::Audio {
            self.carrying = Some(to);
        }
    }

    /// From now on carry this, but show the old picture until the new one has a key frame.
    pub fn hand_over(&mut self, to: TrackId) {
        let old = self.carrying.zip(self.stream);
        self.assign(to);
        if let (Kind::Video, Some((carrying, stream))) = (self.kind, old) {
            self.carrying = Some(carrying);
            self.stream = Some(stream);
        }
    }

    /// Stop forwarding; what comes next starts with a key frame.
    pub fn halt(&mut self) {
        self.stream = None;
    }

    /// Offer packets of track `from`. What is taken goes on the wire at once, and together.
    pub fn give(&mut self, from: TrackId, packets: &[Arc<Packet>], now: Instant, way: &mut Way) -> Gave {
        let concerns = self.assigned == Some(from) || self.carrying == Some(from);
        if !concerns || self.paused || !self.usable() {
            return Gave::Nothing;
        }
        let longest = packets.iter().map(|p| p.payload.len()).max().unwrap_or(0);
        let expected = packets.len() * (longest + ROOM);
        let mut batch = Batch::new(way.path, way.wire, expected);
        let gave = packets.iter().map(|packet| {
            let pad = longest - packet.payload.len();
            self.give_one(from, packet, if pad <= PAD { pad as u8 } else { 0 }, now, way.outlet, &mut batch)
        });
        gave.fold(Gave::Nothing, Gave::or)
    }

    fn give_one(
        &mut self,
        from: TrackId,
        packet: &Packet,
        pad: u8,
        now: Instant,
        outlet: &mut Outlet,
        batch: &mut Batch,
    ) -> Gave {
        let mut gave = Gave::Sent;
        let mut started = false;
        if self.stream != Some(packet.ssrc) {
            if self.assigned != Some(from) || !self.may_start(packet) {
                return Gave::Nothing;
            }
            if self.carrying != Some(from) {
                gave = Gave::Switched;
            }
            started = self.kind == Kind::Audio;
            self.rewriter.switch_to(from, packet);
            self.stream = Some(packet.ssrc);
            self.layer = packet.layer;
            self.carrying = Some(from);
        }
        let Some(Mapped { seq, time, picture, tl0 }) = self.rewriter.map(packet) else { return Gave::Nothing };
        let Some(line) = &mut self.line else { return Gave::Nothing };
        let Some((pt, payload)) = body(line, packet) else { return Gave::Nothing };
        let marker = packet.marker || started;
        let head = Head { marker, padding: pad > 0, pt, index: seq, time, marks: packet.marks, repair: false };
        let payload = &payload;
        outlet.forward(line, &Forward { packet, payload, head, picture, tl0, pad }, now, batch);
        gave
    }

    /// Which incoming packet a number sent lately carried.
    pub fn origin(&self, seq: u16) -> Option<(Leg, u64)> {
        self.rewriter.origin(seq)
    }

    /// Sound starts anywhere. A picture starts at a key frame of the layer we want; when nothing is
    /// shown yet, any lower layer is better than waiting.
    fn may_start(&self, packet: &Packet) -> bool {
        self.kind == Kind::Audio
            || packet.key && (packet.layer == self.target || (self.stream.is_none() && packet.layer < self.target))
    }
}

/// The packet as this line's other side wants it: payload type and payload.
fn body<'a>(line: &Line, packet: &'a Packet) -> Option<(u8, Cow<'a, [u8]>)> {
    if !packet.red {
        return Some((*line.pt, Cow::Borrowed(&packet.payload)));
    }
    match line.red {
        Some(red) => Some((*red, red_retarget(&packet.payload, *line.pt))),
        None => Some((*line.pt, Cow::Owned(red_primary(&packet.payload)?))),
    }
}

//! One m-line of a subscribing connection: an outgoing stream that carries whatever it is given.

use std::time::Instant;

use str0m::Rtc;
use str0m::format::Codec;
use str0m::media::{Mid, Pt};
use str0m::rtp::{RtpWrite, Ssrc};

use crate::model::{Kind, SeatId, Slot, Source};
use crate::packet::{Packet, red_primary, red_retarget};
use crate::rewrite::Rewriter;

pub(crate) type TrackId = (SeatId, Source);

/// What the other side agreed to for this line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Agreed {
    pub ssrc: Ssrc,
    pub pt: Pt,
    pub red: Option<Pt>,
}

pub(crate) struct SlotOut {
    pub mid: Mid,
    pub kind: Kind,
    /// `None` until the answer came, or when it refused the line.
    pub agreed: Option<Agreed>,
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
    pub nacks: u64,
    rewriter: Rewriter,
}

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
            agreed: None,
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
            nacks: 0,
            rewriter: Rewriter::new(clock, (dice & 0x3fff) as u16, (dice >> 32) as u32),
        }
    }

    /// Read from the connection what was negotiated for this line.
    pub fn settle(&mut self, rtc: &mut Rtc) {
        if self.agreed.is_some() {
            return;
        }
        let codec = if self.kind == Kind::Audio { Codec::Opus } else { Codec::Vp8 };
        let media = rtc.media(self.mid).filter(|m| m.direction().is_sending());
        let pts = media.map(|m| m.remote_pts().to_vec()).unwrap_or_default();
        let params = rtc.codec_config().params().iter();
        let found = params.filter(|p| p.spec().codec == codec).find(|p| pts.contains(&p.pt()));
        let found = found.map(|p| (p.pt(), p.red()));
        let ssrc = rtc.direct_api().stream_tx_by_mid(self.mid, None).map(|s| s.ssrc());
        self.agreed = found.zip(ssrc).map(|((pt, red), ssrc)| Agreed { ssrc, pt, red });
        self.dead = self.agreed.is_none();
    }

    pub fn usable(&self) -> bool {
        self.agreed.is_some() && !self.dead
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

    /// Offer a packet of track `from`. Writing is queued; the connection is driven once per turn.
    pub fn give(&mut self, rtc: &mut Rtc, from: TrackId, packet: &Packet) -> Gave {
        let concerns = self.assigned == Some(from) || self.carrying == Some(from);
        let Some(agreed) = self.agreed.filter(|_| concerns && !self.paused) else {
            return Gave::Nothing;
        };
        let (mut started, mut switched) = (false, false);
        if self.stream != Some(packet.ssrc) {
            if self.assigned != Some(from) || !self.may_start(packet) {
                return Gave::Nothing;
            }
            started = true;
            switched = self.carrying != Some(from);
            self.rewriter.switch_to(packet);
            self.stream = Some(packet.ssrc);
            self.layer = packet.layer;
            self.carrying = Some(from);
        }
        let Some(mapped) = self.rewriter.map(packet) else { return Gave::Nothing };
        let Some((pt, payload)) = self.body(agreed, packet) else { return Gave::Nothing };
        let mut write = RtpWrite::new(pt, mapped.seq.into(), mapped.time, packet.at, payload)
            .marker(packet.marker || (started && self.kind == Kind::Audio))
            .ext_vals(packet.ext.clone())
            .nackable(self.kind == Kind::Video);
        if let Some(patch) = mapped.vp8 {
            write = write.vp8_patch(patch);
        }
        let mut api = rtc.direct_api();
        let Some(stream) = api.stream_tx(&agreed.ssrc) else { return Gave::Nothing };
        stream.write_rtp(write);
        if switched { Gave::Switched } else { Gave::Sent }
    }

    /// Sound starts anywhere. A picture starts at a key frame of the layer we want; when nothing is
    /// shown yet, any lower layer is better than waiting.
    fn may_start(&self, packet: &Packet) -> bool {
        self.kind == Kind::Audio
            || packet.key && (packet.layer == self.target || (self.stream.is_none() && packet.layer < self.target))
    }

    fn body(&self, agreed: Agreed, packet: &Packet) -> Option<(Pt, std::sync::Arc<[u8]>)> {
        if !packet.red {
            return Some((agreed.pt, packet.payload.clone()));
        }
        match agreed.red {
            Some(red) => Some((red, red_retarget(&packet.payload, *agreed.pt))),
            None => Some((agreed.pt, red_primary(&packet.payload)?)),
        }
    }
}

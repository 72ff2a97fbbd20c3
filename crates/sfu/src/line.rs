//! One outgoing stream of a viewer: what was negotiated for it, its RTP headers, and its sender reports.

use std::time::{Duration, Instant};

use str0m::Rtc;
use str0m::format::Codec;
use str0m::media::{Mid, Pt};
use str0m::rtp::{Extension, ExtensionMap};

use crate::model::Kind;
use crate::packet::Marks;
use crate::srtp::Spent;

/// The longest header: the fixed part, and 36 bytes of extensions with their frame.
const HEAD: usize = 52;

/// Where repairs of a stream go (RFC 4588).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Repair {
    pub ssrc: u32,
    pub pt: u8,
}

/// Numbers of the header extensions; `None`: not negotiated.
#[derive(Debug, Default, Clone, Copy)]
struct Ids {
    mid: Option<u8>,
    transport: Option<u8>,
    sent_at: Option<u8>,
    level: Option<u8>,
    orientation: Option<u8>,
}

impl Ids {
    fn of(map: &ExtensionMap) -> Ids {
        // Only the one-byte form is written, which has numbers up to 14 (RFC 8285, 4.2).
        let id = |extension| map.id_of(extension).filter(|id| *id <= 14);
        Ids {
            mid: id(Extension::RtpMid),
            transport: id(Extension::TransportSequenceNumber),
            sent_at: id(Extension::AbsoluteSendTime),
            level: id(Extension::AudioLevel),
            orientation: id(Extension::VideoOrientation),
        }
    }
}

/// What an RTP header says, apart from what its line knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    pub marker: bool,
    /// The payload ends with padding.
    pub padding: bool,
    pub pt: u8,
    /// With the roll-over counter.
    pub index: u64,
    pub time: u32,
    pub marks: Marks,
    /// On the repair stream.
    pub repair: bool,
}

pub(crate) struct Line {
    pub ssrc: u32,
    pub pt: Pt,
    pub red: Option<Pt>,
    pub repair: Option<Repair>,
    pub cname: String,
    mid: Mid,
    ids: Ids,
    clock: u32,
    /// Indices used of the stream, and of its repairs.
    spent: [Spent; 2],
    next_repair: u64,
    pub packets: u32,
    pub octets: u32,
    /// The newest packet: its time, and when its original came in.
    last: Option<(u32, Instant)>,
    /// Packets when the last sender report was made.
    reported: u32,
}

impl Line {
    /// Read from the connection what was negotiated for this line; `None`: the other side refused it.
    /// `dice` spreads the repair stream's first number.
    pub fn negotiated(rtc: &mut Rtc, mid: Mid, kind: Kind, dice: u64) -> Option<Line> {
        let (codec, clock) = match kind {
            Kind::Audio => (Codec::Opus, 48_000),
            Kind::Video => (Codec::Vp8, 90_000),
        };
        let media = rtc.media(mid).filter(|m| m.direction().is_sending())?;
        let (ids, cname, pts) =
            (Ids::of(media.remote_extmap()), media.cname().to_string(), media.remote_pts().to_vec());
        let params = rtc.codec_config().params().iter();
        let params = *params.filter(|p| p.spec().codec == codec).find(|p| pts.contains(&p.pt()))?;
        let mut api = rtc.direct_api();
        let stream = api.stream_tx_by_mid(mid, None)?;
        let repair = stream.rtx().zip(params.resend());
        Some(Line {
            ssrc: *stream.ssrc(),
            pt: params.pt(),
            red: params.red(),
            repair: repair.map(|(ssrc, pt)| Repair { ssrc: *ssrc, pt: *pt }),
            cname,
            mid,
            ids,
            clock,
            spent: Default::default(),
            // Below 32768, so that the receiver cannot take the roll-over counter for another.
            next_repair: dice >> 16 & 0x3fff,
            packets: 0,
            octets: 0,
            last: None,
            reported: 0,
        })
    }

    pub fn has_transport_numbers(&self) -> bool {
        self.ids.transport.is_some()
    }

    /// The next number of the repair stream.
    pub fn next_repair(&mut self) -> u64 {
        self.next_repair += 1;
        self.next_repair
    }

    /// Take an index; `false`: it was used, and nothing may be encrypted with it again.
    pub fn spend(&mut self, head: &Head) -> bool {
        self.spent[head.repair as usize].spend(head.index)
    }

    /// The SSRC a packet with this header has.
    pub fn ssrc_of(&self, head: &Head) -> u32 {
        match self.repair.filter(|_| head.repair) {
            Some(repair) => repair.ssrc,
            None => self.ssrc,
        }
    }

    /// Count a packet of the stream. `at`: when its original came in.
    pub fn sent(&mut self, time: u32, bytes: usize, at: Instant) {
        self.packets = self.packets.wrapping_add(1);
        self.octets = self.octets.wrapping_add(bytes as u32);
        self.last = Some((time, at));
    }

    /// The stream's own time now; `None` while there is nothing new to report.
    pub fn report(&mut self, now: Instant) -> Option<u32> {
        let (time, at) = self.last.filter(|_| self.packets != self.reported)?;
        self.reported = self.packets;
        let passed = now.saturating_duration_since(at);
        Some(time.wrapping_add((passed.as_micros() as u64 * self.clock as u64 / 1_000_000) as u32))
    }

    /// The time of the newest packet, for padding.
    pub fn newest_time(&self) -> u32 {
        self.last.map_or(0, |(time, _)| time)
    }

    /// Write a header. `transport` is the transport-wide number, `sent_at` the sending time as
    /// [`sending_time`] has it.
    pub fn write(&self, head: &Head, transport: u16, sent_at: u32, out: &mut Header) {
        out.len = 0;
        out.push(&[0x80 | (head.padding as u8) << 5, (head.marker as u8) << 7 | head.pt]);
        out.push(&(head.index as u16).to_be_bytes());
        out.push(&head.time.to_be_bytes());
        out.push(&self.ssrc_of(head).to_be_bytes());
        let frame = out.len;
        out.push(&[0xbe, 0xde, 0, 0]);
        let elements = out.len;
        out.element(self.ids.mid, self.mid.as_bytes());
        out.element(self.ids.transport, &transport.to_be_bytes());
        out.element(self.ids.sent_at, &sent_at.to_be_bytes()[1..]);
        if let Some(level) = head.marks.level {
            out.element(self.ids.level, &[level]);
        }
        if let Some(orientation) = head.marks.orientation {
            out.element(self.ids.orientation, &[orientation]);
        }
        if out.len == elements {
            out.len = frame;
            return;
        }
        while !(out.len - elements).is_multiple_of(4) {
            out.push(&[0]);
        }
        out.bytes[frame + 3] = ((out.len - elements) / 4) as u8;
        out.bytes[0] |= 0x10;
    }
}

/// A header under construction.
pub(crate) struct Header {
    bytes: [u8; HEAD],
    len: usize,
}

impl Default for Header {
    fn default() -> Header {
        Header { bytes: [0; HEAD], len: 0 }
    }
}

impl Header {
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    fn push(&mut self, bytes: &[u8]) {
        self.bytes[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
    }

    /// One extension element; nothing if it was not negotiated or is empty.
    fn element(&mut self, id: Option<u8>, value: &[u8]) {
        if let Some(id) = id.filter(|_| !value.is_empty()) {
            self.push(&[id << 4 | (value.len() - 1) as u8]);
            self.push(value);
        }
    }
}

/// A time since a beginning as 6.18 fixed-point seconds, which the absolute sending time is made of.
pub(crate) fn sending_time(since: Duration) -> u32 {
    let fraction = ((since.subsec_nanos() as u64) << 18) / 1_000_000_000;
    ((since.as_secs() << 18 | fraction) & 0xff_ffff) as u32
}

//! A viewer's way out: what is forwarded to them is numbered, protected and put on the wire here.
//!
//! str0m keeps ICE, DTLS and negotiation of the connection. From the moment its keys are known, all RTP
//! and RTCP of it, both ways, is ours.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use str0m::config::CryptoProvider;

use crate::batch::{Batch, Wire};
use crate::conn::{FIRST_ESTIMATE, Path};
use crate::estimate::Estimator;
use crate::keys::Exported;
use crate::line::{Head, Header, Line, sending_time};
use crate::packet::{Marks, Packet};
use crate::quality::Health;
use crate::rewrite::Leg;
use crate::rtcp::{self, Report, Said, Sent};
use crate::slot::SlotOut;
use crate::srtp::{self, Opener, Sealer};

/// Sender reports, and a look at whether to probe.
const REPORT_EVERY: Duration = Duration::from_secs(1);
/// Loss and round trips are told this often.
const HEALTH_EVERY: Duration = Duration::from_secs(2);
/// NTP time at the connection's beginning. Only differences matter (RFC 3550, 6.4.1).
const NTP_BEGINS: u64 = 0xe000_0000 << 32;
/// Repairs may add this share to what the way carries, and some packets beyond.
const REPAIR_SHARE: u64 = 4;
const REPAIR_LEAST: usize = 30_000;
/// A packet is repaired again only after this, or a round trip.
const AGAIN: Duration = Duration::from_millis(20);
const REPAIRED_KEPT: usize = 64;
/// Padding packets are this long, as libwebrtc's are.
const PADDING: [u8; 224] = padding();
/// Bytes of reports that go into one datagram.
const REPORTS_BYTES: usize = 1000;

/// What a viewer said that others have to act on. Slots are named by their place.
pub(crate) enum Heard {
    Broken(usize),
    Missing(usize, Vec<u16>),
    Estimate(u64),
}

/// A packet on its way to one viewer, with its new numbers.
pub(crate) struct Forward<'a> {
    pub packet: &'a Packet,
    pub payload: &'a [u8],
    pub head: Head,
    /// What is added to the VP8 numbers.
    pub picture: u16,
    pub tl0: u8,
    /// Bytes of padding behind the payload; with any, the head has its padding bit set.
    pub pad: u8,
}

pub(crate) struct Outlet {
    sealer: Sealer,
    opener: Opener,
    estimator: Estimator,
    began: Instant,
    reports_at: Instant,
    health_at: Instant,
    rtt: Option<Duration>,
    /// The newest of our reports that the viewer answered. Of a stream that rests it answers the last one again
    /// and again, which says how long the way was then.
    answered: u32,
    /// A payload with its numbers rewritten.
    scratch: Vec<u8>,
    /// The last packets repaired.
    repaired: VecDeque<(u32, u16, Instant)>,
    /// Bytes of repairs since the last report.
    repairs: usize,
}

impl Outlet {
    /// `None` if the keys cannot be used.
    pub fn new(crypto: &CryptoProvider, keys: &Exported, now: Instant) -> Option<Outlet> {
        let (sealer, opener) = srtp::from_keys(crypto, keys)?;
        Some(Outlet {
            sealer,
            opener,
            estimator: Estimator::new(FIRST_ESTIMATE),
            began: now,
            reports_at: now + REPORT_EVERY,
            health_at: now + HEALTH_EVERY,
            rtt: None,
            answered: 0,
            scratch: Vec::new(),
            repaired: VecDeque::new(),
            repairs: 0,
        })
    }

    pub fn set_desired(&mut self, bits: u64) {
        self.estimator.set_desired(bits);
    }

    fn micros(&self, now: Instant) -> u64 {
        now.saturating_duration_since(self.began).as_micros() as u64
    }

    /// Protect one packet and put it on the wire. Returns whether it went.
    fn seal(&mut self, line: &mut Line, head: &Head, payload: &[u8], now: Instant, batch: &mut Batch) -> bool {
        if !line.spend(head) {
            return false;
        }
        let transport = match line.has_transport_numbers() {
            true => self.estimator.number(self.micros(now), payload.len() + srtp::OVERHEAD),
            false => 0,
        };
        let mut header = Header::default();
        line.write(head, transport, sending_time(now.saturating_duration_since(self.began)), &mut header);
        let ssrc = line.ssrc_of(head);
        batch.add(|out| self.sealer.rtp(header.bytes(), ssrc, head.index, payload, out))
    }

    /// Send a packet of a stream.
    pub fn forward(&mut self, line: &mut Line, forward: &Forward, now: Instant, batch: &mut Batch) {
        let Forward { packet, payload, head, picture, tl0, pad } = forward;
        line.sent(head.time, payload.len(), packet.at);
        let shifted = packet.vp8.filter(|_| (*picture, *tl0) != (0, 0));
        if shifted.is_none() && *pad == 0 {
            self.seal(line, head, payload, now, batch);
            return;
        }
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        scratch.extend_from_slice(payload);
        shifted.iter().for_each(|vp8| vp8.shift(&mut scratch, *picture, *tl0));
        // The last byte of padding says how long it is (RFC 3550, 5.1).
        scratch.resize(payload.len() + *pad as usize, *pad);
        self.seal(line, head, &scratch, now, batch);
        self.scratch = scratch;
    }

    /// Send a packet once more, on the repair stream (RFC 4588). `seq` is the number it had.
    pub fn repair(&mut self, line: &mut Line, seq: u16, leg: &Leg, packet: &Packet, now: Instant, batch: &mut Batch) {
        let Some(repair) = line.repair else { return };
        let again = AGAIN.max(self.rtt.unwrap_or_default());
        let lately =
            |r: &(u32, u16, Instant)| (r.0, r.1) == (line.ssrc, seq) && now.saturating_duration_since(r.2) < again;
        let most = (self.estimator.estimate() / 8 / REPAIR_SHARE) as usize + REPAIR_LEAST;
        if self.repairs > most || self.repaired.iter().any(lately) {
            return;
        }
        if self.repaired.len() == REPAIRED_KEPT {
            self.repaired.pop_front();
        }
        self.repaired.push_back((line.ssrc, seq, now));
        self.repairs += packet.payload.len();
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        scratch.extend_from_slice(&seq.to_be_bytes());
        scratch.extend_from_slice(&packet.payload);
        if let Some(vp8) = &packet.vp8 {
            vp8.shift(&mut scratch[2..], leg.picture, leg.tl0);
        }
        let head = Head {
            marker: packet.marker,
            padding: false,
            pt: repair.pt,
            index: line.next_repair(),
            time: packet.time.wrapping_add(leg.time),
            marks: packet.marks,
            repair: true,
        };
        self.seal(line, &head, &scratch, now, batch);
        self.scratch = scratch;
    }

    /// Take in a protected RTCP packet.
    pub fn hear(&mut self, slots: &[SlotOut], bytes: &[u8], now: Instant, mut tell: impl FnMut(Heard)) {
        let micros = self.micros(now);
        let ntp = self.ntp(now);
        let Outlet { opener, estimator, rtt, answered, .. } = self;
        let Some(compound) = opener.rtcp(bytes) else { return };
        let place = |ssrc: u32| slots.iter().position(|s| s.line.as_ref().is_some_and(|l| l.ssrc == ssrc));
        rtcp::read(compound, |said| match said {
            Said::Arrivals(feedback) => {
                estimator.feedback(micros, feedback).into_iter().for_each(|bits| tell(Heard::Estimate(bits)))
            }
            Said::Missing { ssrc, pairs } => {
                if let Some(place) = place(ssrc) {
                    tell(Heard::Missing(place, rtcp::missing(pairs).collect()))
                }
            }
            Said::Broken { ssrc } => place(ssrc).into_iter().for_each(|place| tell(Heard::Broken(place))),
            Said::Report(report) if place(report.ssrc).is_some() => {
                let news = report.last.wrapping_sub(*answered) as i32 > 0 || *answered == 0;
                if let Some(measured) = round_trip(&report, ntp).filter(|_| news) {
                    *answered = report.last;
                    *rtt = Some(measured);
                    estimator.set_rtt(measured);
                }
                estimator.reported(micros, report.lost as f32 / 256.0);
            }
            Said::Report(_) => {}
        });
    }

    fn ntp(&self, now: Instant) -> u64 {
        let since = now.saturating_duration_since(self.began);
        NTP_BEGINS + (since.as_secs() << 32) + ((since.subsec_nanos() as u64) << 32) / 1_000_000_000
    }

    /// When [`Outlet::tick`] wants to be called.
    pub fn wakes(&self) -> Instant {
        let probe = self.estimator.wakes().map(|at| self.began + Duration::from_micros(at));
        probe.map_or(self.reports_at, |at| at.min(self.reports_at))
    }

    /// Do what is due: sender reports, padding. Returns the connection's health now and then.
    pub fn tick(&mut self, slots: &mut [SlotOut], path: &Path, now: Instant, wire: &mut Wire) -> Option<Health> {
        self.pad(slots, path, now, wire);
        if now < self.reports_at {
            return None;
        }
        self.reports_at = now + REPORT_EVERY;
        self.repairs = 0;
        self.report(slots, path, now, wire);
        if now < self.health_at {
            return None;
        }
        self.health_at = now + HEALTH_EVERY;
        Some(Health { egress_loss: self.estimator.loss(), ingress_loss: None, rtt: self.rtt })
    }

    fn report(&mut self, slots: &mut [SlotOut], path: &Path, now: Instant, wire: &mut Wire) {
        let ntp = self.ntp(now);
        let mut compound = Vec::new();
        for line in slots.iter_mut().filter_map(|s| s.line.as_mut()) {
            let Some(time) = line.report(now) else { continue };
            let (ssrc, packets, octets) = (line.ssrc, line.packets, line.octets);
            rtcp::write_report(Sent { ssrc, ntp, time, packets, octets, cname: &line.cname }, &mut compound);
            if compound.len() > REPORTS_BYTES {
                wire.queue.push_back(path.datagram(self.sealer.rtcp(&compound)));
                compound.clear();
            }
        }
        if !compound.is_empty() {
            wire.queue.push_back(path.datagram(self.sealer.rtcp(&compound)));
        }
    }

    /// Padding goes on a repair stream, where a receiver throws it away.
    fn pad(&mut self, slots: &mut [SlotOut], path: &Path, now: Instant, wire: &mut Wire) {
        // Asked even when no line can carry it: whoever has an answer does not ask to be woken at once.
        let bytes = self.estimator.padding(self.micros(now));
        if bytes == 0 {
            return;
        }
        let able = |l: &&mut Line| l.repair.is_some() && l.has_transport_numbers();
        let Some(line) = slots.iter_mut().filter_map(|s| s.line.as_mut()).find(able) else { return };
        let mut batch = Batch::new(path, wire, bytes);
        for _ in 0..bytes.div_ceil(PADDING.len()) {
            let head = Head {
                marker: false,
                padding: true,
                pt: line.repair.map_or(0, |repair| repair.pt),
                index: line.next_repair(),
                time: line.newest_time(),
                marks: Marks::default(),
                repair: true,
            };
            self.seal(line, &head, &PADDING, now, &mut batch);
        }
    }
}

/// The way there and back: now, less when our report was sent, less how long it lay there (RFC 3550, 6.4.1).
fn round_trip(report: &Report, ntp: u64) -> Option<Duration> {
    let passed = ((ntp >> 16) as u32).wrapping_sub(report.last).wrapping_sub(report.delay);
    let sane = report.last != 0 && passed < 60 << 16;
    sane.then(|| Duration::from_micros((passed as u64 * 1_000_000) >> 16))
}

const fn padding() -> [u8; 224] {
    let mut bytes = [0; 224];
    bytes[223] = 224;
    bytes
}

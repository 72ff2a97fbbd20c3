//! A client: a real str0m peer that sends made-up media and remembers what it was sent.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use sfu::Source;
use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::format::Codec;
use str0m::media::{Direction, MediaKind, Mid, Pt, Rid, Simulcast, SimulcastLayer};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{ExtensionValues, RtpWrite};
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};

/// What a received packet says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Got {
    pub mid: String,
    pub at: Instant,
    pub seq: u64,
    pub time: u32,
    pub seat: u8,
    pub source: u8,
    pub layer: u8,
    pub frame: u32,
    pub key: bool,
    pub picture: u16,
    pub pt: u8,
    pub len: usize,
}

pub struct Sending {
    pub source: Source,
    pub mid: Mid,
    pub rids: Vec<Rid>,
    pub level: i8,
    pub on: bool,
    next: Instant,
    frame: u32,
    /// The next frame of a layer is a key frame.
    keys: [bool; 3],
    seqs: [u64; 3],
    pub keys_sent: u32,
}

pub struct Peer {
    pub rtc: Rtc,
    pub addr: SocketAddr,
    pub number: u8,
    pub connected: bool,
    pub next: Instant,
    pub gone: bool,
    pub sending: Vec<Sending>,
    pub got: Vec<Got>,
    /// Frames of sound that could be played, as (seat, frame): packets of their own and what RED carried.
    pub heard: BTreeSet<(u8, u32)>,
    /// Sender reports: mid, RTP time, packets.
    pub reports: Vec<(String, u64, u32)>,
    pub key_requests: BTreeMap<String, u32>,
    pub red: bool,
    /// Packets per video frame of each layer.
    pub sizes: [usize; 3],
    /// Of the smallest layer.
    pub height: u16,
    pending: Option<SdpPendingOffer>,
    out: Vec<(SocketAddr, Vec<u8>)>,
}

pub const FRAME: Duration = Duration::from_millis(40);

impl Peer {
    pub fn new(number: u8, addr: SocketAddr, now: Instant) -> Peer {
        Peer::with(number, addr, now, RtcConfig::new().clear_codecs().enable_opus(true, true).enable_vp8(true))
    }

    pub fn with(number: u8, addr: SocketAddr, now: Instant, config: RtcConfig) -> Peer {
        let mut rtc = config.set_rtp_mode(true).build(now);
        rtc.add_local_candidate(Candidate::host(addr, "udp").unwrap());
        Peer {
            rtc,
            addr,
            number,
            connected: false,
            next: now,
            gone: false,
            sending: vec![],
            got: vec![],
            heard: BTreeSet::new(),
            reports: vec![],
            key_requests: BTreeMap::new(),
            red: false,
            sizes: [1, 2, 4],
            height: 180,
            pending: None,
            out: vec![],
        }
    }

    /// Add sources and make the offer; `layers` > 1 means simulcast.
    pub fn offer(&mut self, sources: &[(Source, usize)], now: Instant) -> String {
        let mut change = self.rtc.sdp_api();
        let mut added = Vec::new();
        for &(source, layers) in sources {
            let rids: Vec<&str> = ["q", "h", "f"][..layers].to_vec();
            let simulcast = (layers > 1)
                .then(|| Simulcast { send: rids.iter().map(|r| SimulcastLayer::new(r)).collect(), recv: vec![] });
            let kind = if source == Source::Microphone { MediaKind::Audio } else { MediaKind::Video };
            let mid = change.add_media(kind, Direction::SendOnly, None, None, simulcast);
            let rids = if layers > 1 { rids.into_iter().map(Rid::from).collect() } else { vec![] };
            added.push((source, mid, rids));
        }
        let (offer, pending) = change.apply().unwrap();
        self.pending = Some(pending);
        for (source, mid, rids) in added {
            self.sending.push(Sending {
                source,
                mid,
                rids,
                level: -127,
                on: true,
                next: now,
                frame: 0,
                keys: [true; 3],
                seqs: [1000, 2000, 3000],
                keys_sent: 0,
            });
        }
        offer.to_sdp_string()
    }

    /// Offer to receive one voice and one picture (WHEP).
    pub fn offer_to_watch(&mut self) -> String {
        let mut change = self.rtc.sdp_api();
        change.add_media(MediaKind::Audio, Direction::RecvOnly, None, None, None);
        change.add_media(MediaKind::Video, Direction::RecvOnly, None, None, None);
        let (offer, pending) = change.apply().unwrap();
        self.pending = Some(pending);
        offer.to_sdp_string()
    }

    pub fn offer_restart(&mut self) -> String {
        let mut change = self.rtc.sdp_api();
        change.ice_restart(true);
        let (offer, pending) = change.apply().unwrap();
        self.pending = Some(pending);
        offer.to_sdp_string()
    }

    /// Stop a source and offer that.
    pub fn offer_without(&mut self, source: Source) -> String {
        let index = self.sending.iter().position(|s| s.source == source).unwrap();
        let gone = self.sending.remove(index);
        let mut change = self.rtc.sdp_api();
        change.set_direction(gone.mid, Direction::Inactive);
        let (offer, pending) = change.apply().unwrap();
        self.pending = Some(pending);
        offer.to_sdp_string()
    }

    pub fn accept(&mut self, sdp: &str) {
        let answer = SdpAnswer::from_sdp_string(sdp).unwrap();
        self.rtc.sdp_api().accept_answer(self.pending.take().unwrap(), answer).unwrap();
    }

    pub fn answer(&mut self, sdp: &str) -> String {
        let offer = SdpOffer::from_sdp_string(sdp).unwrap();
        self.rtc.sdp_api().accept_offer(offer).unwrap().to_sdp_string()
    }

    pub fn tracks(&self) -> Vec<sfu::Track> {
        self.sending.iter().map(|s| sfu::Track { mid: s.mid.to_string(), source: s.source }).collect()
    }

    pub fn send(&mut self, source: Source) -> &mut Sending {
        self.sending.iter_mut().find(|s| s.source == source).unwrap()
    }

    pub fn receive(&mut self, now: Instant, from: SocketAddr, bytes: &[u8]) {
        let Ok(contents) = bytes.try_into() else { return };
        let receive = Receive { proto: Protocol::Udp, source: from, destination: self.addr, contents };
        let _ = self.rtc.handle_input(Input::Receive(now, receive));
        self.drain();
    }

    pub fn due(&self) -> Instant {
        let media = self.sending.iter().filter(|_| self.connected).map(|s| s.next).min();
        media.into_iter().chain([self.next]).min().unwrap()
    }

    pub fn tick(&mut self, now: Instant) -> Vec<(SocketAddr, Vec<u8>)> {
        if self.connected {
            self.make_media(now);
        }
        if self.next <= now {
            let _ = self.rtc.handle_input(Input::Timeout(now));
        }
        self.drain();
        self.next = self.next.max(now + Duration::from_micros(500));
        std::mem::take(&mut self.out)
    }

    fn make_media(&mut self, now: Instant) {
        for index in 0..self.sending.len() {
            while self.sending[index].next <= now {
                if self.sending[index].source == Source::Microphone {
                    self.sending[index].next += Duration::from_millis(20);
                    self.speak(index, now);
                } else {
                    self.sending[index].next += FRAME;
                    self.show(index, now);
                }
            }
        }
    }

    fn pt(&self, codec: Codec) -> Option<(Pt, Option<Pt>)> {
        let params = self.rtc.codec_config().params();
        params.iter().find(|p| p.spec().codec == codec).map(|p| (p.pt(), p.red()))
    }

    fn speak(&mut self, index: usize, now: Instant) {
        let Some((opus, red)) = self.pt(Codec::Opus) else { return };
        let s = &mut self.sending[index];
        s.frame += 1;
        s.seqs[0] += 1;
        if !s.on {
            return;
        }
        let (mut pt, mut body) = (opus, sound(self.number, s.frame));
        if let Some(red) = red.filter(|_| self.red) {
            let payload = sound(self.number, s.frame - 1);
            let old = str0m::rtp::RedundantBlock { pt: *opus, timestamp_offset: 960, payload };
            body = str0m::rtp::RedEncoder::encode(*opus, &body, &[old]);
            pt = red;
        }
        let ext =
            ExtensionValues { audio_level: Some(s.level), voice_activity: Some(s.level > -50), ..Default::default() };
        let (mid, seq, time) = (s.mid, s.seqs[0], s.frame * 960);
        let write = RtpWrite::new(pt, seq.into(), time, now, body).ext_vals(ext);
        self.write(mid, None, write, now);
    }

    fn show(&mut self, index: usize, now: Instant) {
        let Some((vp8, _)) = self.pt(Codec::Vp8) else { return };
        let s = &mut self.sending[index];
        s.frame += 1;
        if !s.on {
            return;
        }
        let (mid, frame, rids) = (s.mid, s.frame, s.rids.clone());
        for layer in 0..rids.len().max(1) {
            let s = &mut self.sending[index];
            let key = std::mem::take(&mut s.keys[layer]);
            s.keys_sent += key as u32;
            let height = if rids.is_empty() { 720 } else { self.height << layer };
            let packets = if rids.is_empty() { self.sizes[2] } else { self.sizes[layer] };
            for packet in 0..packets {
                self.sending[index].seqs[layer] += 1;
                let seq = self.sending[index].seqs[layer];
                let source = self.sending[index].source;
                let body = picture(self.number, source, layer as u8, frame, key, packet == 0, height);
                let time = frame.wrapping_mul(3600).wrapping_add(layer as u32 * 1_000_000);
                let write =
                    RtpWrite::new(vp8, seq.into(), time, now, body).marker(packet + 1 == packets).nackable(true);
                self.write(mid, rids.get(layer).copied(), write, now);
            }
        }
    }

    fn write(&mut self, mid: Mid, rid: Option<Rid>, write: RtpWrite, now: Instant) {
        if let Some(stream) = self.rtc.direct_api().stream_tx_by_mid(mid, rid) {
            stream.write_rtp(write);
        }
        self.drain();
        let _ = self.rtc.handle_input(Input::Timeout(now));
        self.drain();
    }

    fn drain(&mut self) {
        loop {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(at)) => {
                    self.next = at;
                    return;
                }
                Ok(Output::Transmit(t)) => self.out.push((t.destination, t.contents.to_vec())),
                Ok(Output::Event(event)) => self.note(event),
                Err(_) => {
                    self.gone = true;
                    return;
                }
            }
        }
    }

    fn note(&mut self, event: Event) {
        match event {
            Event::Connected => self.connected = true,
            Event::Closed => self.gone = true,
            Event::KeyframeRequest(request) => {
                *self.key_requests.entry(request.rid.map(|r| r.to_string()).unwrap_or_default()).or_default() += 1;
                let Some(s) = self.sending.iter_mut().find(|s| s.mid == request.mid) else { return };
                let layer = s.rids.iter().position(|r| Some(*r) == request.rid).unwrap_or(0);
                s.keys[layer] = true;
            }
            Event::RtpPacket(p) => {
                let ssrc = p.header.ssrc;
                let mid = self.rtc.direct_api().stream_rx(&ssrc).map(|s| s.mid().to_string()).unwrap_or_default();
                self.heard.extend(frames_of_sound(&p));
                self.got.extend(read(mid, &p));
            }
            Event::SenderFeedback(f) => {
                let info = f.sender_info;
                self.reports.push((f.mid.to_string(), info.rtp_time.numer(), info.sender_packet_count));
            }
            _ => {}
        }
    }

    /// Ask for a key frame of everything that is received.
    pub fn lose_picture(&mut self, mid: &str) {
        if let Some(stream) = self.rtc.direct_api().stream_rx_by_mid(mid.into(), None) {
            stream.request_keyframe(str0m::media::KeyframeRequestKind::Pli);
        }
    }
}

/// One frame of sound, which says whose it is and the how-manieth.
fn sound(number: u8, frame: u32) -> Vec<u8> {
    let mut payload = vec![0xfc, number, 0, 0];
    payload.extend(frame.to_be_bytes());
    payload.extend([7; 40]);
    payload
}

fn frames_of_sound(p: &str0m::rtp::RtpPacket) -> Vec<(u8, u32)> {
    let read = |b: &[u8]| Some((b[1], u32::from_be_bytes(b.get(4..8)?.try_into().ok()?)));
    match *p.header.payload_type {
        63 => {
            let blocks = str0m::rtp::RedDecoder::decode(&p.payload).unwrap_or_default();
            blocks.iter().filter_map(|b| read(b.payload)).collect()
        }
        _ if p.payload.first() == Some(&0xfc) => read(&p.payload).into_iter().collect(),
        _ => vec![],
    }
}

fn picture(number: u8, source: Source, layer: u8, frame: u32, key: bool, first: bool, height: u16) -> Vec<u8> {
    let id = (frame as u16).wrapping_add(layer as u16 * 5000) & 0x7fff;
    let mut body = vec![0x80 | (first as u8) << 4, 0xe0, 0x80 | (id >> 8) as u8, id as u8, frame as u8, 0x20];
    body.extend([if key { 0x10 } else { 0x11 }, 0, 0]);
    body.extend([0x9d, 0x01, 0x2a, 0x40, 0x01]);
    body.extend(height.to_le_bytes());
    body.extend([number, source as u8, layer, (key && first) as u8]);
    body.extend(frame.to_be_bytes());
    // A browser's packets of one frame differ by a byte, too.
    body.resize(900 - first as usize, 0xa5);
    body
}

fn read(mid: String, p: &str0m::rtp::RtpPacket) -> Option<Got> {
    let b = &p.payload;
    let base = Got {
        mid,
        at: p.timestamp,
        seq: *p.seq_no,
        time: p.header.timestamp,
        seat: 0,
        source: 0,
        layer: 0,
        frame: 0,
        key: false,
        picture: 0,
        pt: *p.header.payload_type,
        len: b.len(),
    };
    if *p.header.payload_type == 63 {
        let blocks = str0m::rtp::RedDecoder::decode(b).ok()?;
        let primary = blocks.iter().find(|b| b.is_primary)?.payload;
        return Some(Got { seat: primary[1], ..base });
    }
    if b.first() == Some(&0xfc) {
        return Some(Got { seat: b[1], frame: u32::from_be_bytes(b[4..8].try_into().ok()?), ..base });
    }
    let at = 16;
    Some(Got {
        seat: b[at],
        source: b[at + 1],
        layer: b[at + 2],
        key: b[at + 3] == 1,
        frame: u32::from_be_bytes(b[at + 4..at + 8].try_into().ok()?),
        picture: u16::from_be_bytes([b[2] & 0x7f, b[3]]),
        ..base
    })
}

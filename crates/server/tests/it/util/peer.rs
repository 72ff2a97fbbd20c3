//! A real media peer over UDP on loopback: sends made-up sound and picture, and counts what reaches it.

use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::format::Codec;
use str0m::media::{Direction, MediaKind, Mid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{ExtensionValues, RtpWrite};
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};

/// What the peer's thread has seen.
#[derive(Default)]
pub struct Seen {
    pub connected: AtomicBool,
    pub audio: AtomicU64,
    pub video: AtomicU64,
}

/// A peer; its thread ends when it is dropped.
pub struct Peer {
    pub seen: Arc<Seen>,
    /// The offer it begins with, when it begins.
    pub offer: String,
    pub mids: Vec<String>,
    commands: Sender<Command>,
}

enum Command {
    Accept(String),
    Answer(String, tokio::sync::oneshot::Sender<String>),
}

impl Peer {
    /// Offers to send one microphone and one camera.
    pub fn publisher() -> Peer {
        Self::begin(Direction::SendOnly)
    }

    /// Offers to receive one voice and one picture, as WHEP does.
    pub fn viewer() -> Peer {
        Self::begin(Direction::RecvOnly)
    }

    /// Waits for an offer, as the subscribing side of a browser does.
    pub fn subscriber() -> Peer {
        let (socket, rtc) = rtc();
        Self::run(Worker::new(socket, rtc, None, vec![]), String::new(), vec![])
    }

    fn begin(direction: Direction) -> Peer {
        let (socket, mut rtc) = rtc();
        let mut change = rtc.sdp_api();
        let mids: Vec<Mid> = [MediaKind::Audio, MediaKind::Video]
            .map(|kind| change.add_media(kind, direction, None, None, None))
            .to_vec();
        let (offer, pending) = change.apply().unwrap();
        let sends = if direction == Direction::SendOnly { mids.clone() } else { vec![] };
        let kinds = mids.iter().copied().zip([MediaKind::Audio, MediaKind::Video]).collect();
        let names = mids.iter().map(|mid| mid.to_string()).collect();
        Self::run(Worker { kinds, ..Worker::new(socket, rtc, Some(pending), sends) }, offer.to_sdp_string(), names)
    }

    fn run(worker: Worker, offer: String, mids: Vec<String>) -> Peer {
        let (commands, inbox) = channel();
        let seen = worker.seen.clone();
        std::thread::spawn(move || worker.run(inbox));
        Peer { seen, offer, mids, commands }
    }

    pub fn accept(&self, answer: &str) {
        self.commands.send(Command::Accept(answer.into())).unwrap();
    }

    pub async fn answer(&self, offer: &str) -> String {
        let (reply, answer) = tokio::sync::oneshot::channel();
        self.commands.send(Command::Answer(offer.into(), reply)).unwrap();
        answer.await.unwrap()
    }

    /// Waits until what was seen fits.
    pub async fn until(&self, what: &str, fits: impl Fn(&Seen) -> bool) {
        super::until(what, async || fits(&self.seen)).await;
    }
}

fn rtc() -> (UdpSocket, Rtc) {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(2))).unwrap();
    let config = RtcConfig::new().clear_codecs().enable_opus(true, false).enable_vp8(true).set_rtp_mode(true);
    let mut rtc = config.build(Instant::now());
    rtc.add_local_candidate(Candidate::host(socket.local_addr().unwrap(), "udp").unwrap());
    (socket, rtc)
}

struct Worker {
    socket: UdpSocket,
    local: SocketAddr,
    rtc: Rtc,
    pending: Option<SdpPendingOffer>,
    /// Audio first, then video.
    sends: Vec<Mid>,
    sent: u64,
    due: Instant,
    next: Instant,
    key: bool,
    kinds: Vec<(Mid, MediaKind)>,
    seen: Arc<Seen>,
}

impl Worker {
    fn new(socket: UdpSocket, rtc: Rtc, pending: Option<SdpPendingOffer>, sends: Vec<Mid>) -> Worker {
        let (local, now) = (socket.local_addr().unwrap(), Instant::now());
        let (kinds, seen) = Default::default();
        Worker { socket, local, rtc, pending, sends, sent: 0, due: now, next: now, key: true, kinds, seen }
    }

    fn run(mut self, inbox: Receiver<Command>) {
        let mut buffer = [0; 2000];
        loop {
            match inbox.try_recv() {
                Ok(Command::Accept(sdp)) => {
                    let answer = SdpAnswer::from_sdp_string(&sdp).unwrap();
                    self.rtc.sdp_api().accept_answer(self.pending.take().unwrap(), answer).unwrap();
                }
                Ok(Command::Answer(sdp, reply)) => {
                    let offer = SdpOffer::from_sdp_string(&sdp).unwrap();
                    let _ = reply.send(self.rtc.sdp_api().accept_offer(offer).unwrap().to_sdp_string());
                }
                Err(std::sync::mpsc::TryRecvError::Disconnected) => return,
                Err(std::sync::mpsc::TryRecvError::Empty) => {}
            }
            self.drain();
            if let Ok((length, source)) = self.socket.recv_from(&mut buffer)
                && let Ok(contents) = buffer[..length].try_into()
            {
                let receive = Receive { proto: Protocol::Udp, source, destination: self.local, contents };
                let _ = self.rtc.handle_input(Input::Receive(Instant::now(), receive));
                self.drain();
            }
            let now = Instant::now();
            if self.next <= now {
                let _ = self.rtc.handle_input(Input::Timeout(now));
                self.drain();
            }
            if self.seen.connected.load(Relaxed) && self.due <= now && !self.sends.is_empty() {
                self.due = now + Duration::from_millis(20);
                self.send(now);
            }
        }
    }

    fn drain(&mut self) {
        loop {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(at)) => {
                    self.next = at;
                    return;
                }
                Ok(Output::Transmit(out)) => drop(self.socket.send_to(&out.contents, out.destination)),
                Ok(Output::Event(event)) => self.hear(event),
                Err(_) => return,
            }
        }
    }

    fn hear(&mut self, event: Event) {
        match event {
            Event::Connected => self.seen.connected.store(true, Relaxed),
            Event::MediaAdded(media) => self.kinds.push((media.mid, media.kind)),
            Event::KeyframeRequest(_) => self.key = true,
            Event::RtpPacket(packet) => {
                let mid = packet.header.ext_vals.mid;
                let mid = mid.or_else(|| self.rtc.direct_api().stream_rx(&packet.header.ssrc).map(|s| s.mid()));
                let kind = self.kinds.iter().find(|(known, _)| Some(*known) == mid).map(|(_, kind)| *kind);
                match kind {
                    Some(MediaKind::Audio) => self.seen.audio.fetch_add(1, Relaxed),
                    Some(MediaKind::Video) => self.seen.video.fetch_add(1, Relaxed),
                    None => 0,
                };
            }
            _ => {}
        }
    }

    /// One packet of loud sound, and one of a one-packet VP8 frame.
    fn send(&mut self, now: Instant) {
        self.sent += 1;
        let key = std::mem::take(&mut self.key) || self.sent.is_multiple_of(50);
        let mut frame = vec![0x10, if key { 0x10 } else { 0x11 }, 0, 0];
        frame.extend([0x9d, 0x01, 0x2a, 0x00, 0x05, 0xd0, 0x02].iter().filter(|_| key));
        frame.resize(200, 7);
        let loud = ExtensionValues { audio_level: Some(-10), voice_activity: Some(true), ..Default::default() };
        let sound = (self.sends[0], Codec::Opus, vec![0xfc; 60], self.sent * 960, loud);
        let picture = (self.sends[1], Codec::Vp8, frame, self.sent * 1800, ExtensionValues::default());
        for (mid, codec, payload, time, ext) in [sound, picture] {
            let params = self.rtc.codec_config().params();
            let Some(pt) = params.iter().find(|p| p.spec().codec == codec).map(|p| p.pt()) else { continue };
            let write = RtpWrite::new(pt, self.sent.into(), time as u32, now, payload).marker(true).ext_vals(ext);
            if let Some(stream) = self.rtc.direct_api().stream_tx_by_mid(mid, None) {
                stream.write_rtp(write);
            }
            self.drain();
            let _ = self.rtc.handle_input(Input::Timeout(now));
            self.drain();
        }
    }
}

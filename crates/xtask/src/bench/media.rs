//! A seat's media, a task each: sends sound and a simulcast picture of made-up bytes, receives what comes, and counts gaps. It
//! sleeps until something is due or arrives: hundreds of them share a core with nothing to spare.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::format::Codec;
use str0m::media::{Direction, MediaKind, Mid, Rid, Simulcast, SimulcastLayer};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{ExtensionValues, RtpPacket, RtpWrite, Ssrc};
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};
use tokio::net::UdpSocket;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

/// One packet of sound.
const SOUND_EVERY: Duration = Duration::from_millis(20);
/// One packet of silence (RFC 7587, 3.1.3: every 400 ms).
const SILENCE_EVERY: Duration = Duration::from_millis(400);
/// One frame of picture.
const FRAME_EVERY: Duration = Duration::from_millis(40);
/// The layers, smallest first: name, height, packets of [`PACKET`] bytes a frame. 0.2, 0.4 and 1 Mbit/s.
const LAYERS: [(&str, u16, usize); 3] = [("q", 180, 1), ("h", 360, 2), ("f", 720, 5)];
const PACKET: usize = 1000;

/// What arrived since it was asked for last.
#[derive(Clone, Debug, Default)]
pub struct Received {
    pub packets: u64,
    /// Holes in the sequence numbers that no repair has filled.
    pub lost: u64,
    /// How many packets took so many whole milliseconds from sender to receiver; the last counts what took longer.
    late: Vec<u64>,
}

impl Received {
    pub fn add(&mut self, other: &Received) {
        self.packets += other.packets;
        self.lost += other.lost;
        self.late.resize(LATEST, 0);
        self.late.iter_mut().zip(&other.late).for_each(|(sum, more)| *sum += more);
    }

    /// So many milliseconds at most took this share of the packets.
    pub fn within(&self, share: f64) -> usize {
        let enough = (self.late.iter().sum::<u64>() as f64 * share).ceil() as u64;
        let mut sum = 0;
        let reaches = |count: &u64| {
            sum += count;
            sum >= enough
        };
        self.late.iter().position(reaches).unwrap_or(LATEST) + 1
    }
}

/// Milliseconds that are told apart.
const LATEST: usize = 1000;
/// Every packet ends with when it was sent, in microseconds since this.
static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
const STAMP: usize = 8;

/// How somebody sends.
#[derive(Clone, Copy)]
pub struct Sends {
    /// The smallest so many of the three layers.
    pub layers: usize,
    /// Whoever is silent sends next to nothing, as a browser does.
    pub dtx: bool,
}

impl Sends {
    pub const ALL: Sends = Sends { layers: 3, dtx: false };
}

#[derive(Clone)]
pub struct Media {
    commands: UnboundedSender<Command>,
    flags: Arc<Flags>,
}

#[derive(Default)]
struct Flags {
    sending_up: AtomicBool,
    receiving_up: AtomicBool,
    /// Send, or be silent and dark.
    on: AtomicBool,
    loud: AtomicBool,
}

enum Command {
    /// The flags have changed.
    Wake,
    Offer(oneshot::Sender<(String, [String; 2])>),
    Accept(String),
    Answer {
        sdp: String,
        fresh: bool,
        reply: oneshot::Sender<Result<String>>,
    },
    Received(oneshot::Sender<Received>),
}

impl Media {
    pub async fn start(sends: Sends) -> Result<Media> {
        let (commands, inbox) = unbounded_channel();
        let flags = Arc::<Flags>::default();
        let worker = Worker::new(flags.clone(), sends).await?;
        tokio::spawn(worker.run(inbox));
        Ok(Media { commands, flags })
    }

    pub fn connected(&self) -> bool {
        self.flags.sending_up.load(Relaxed) && self.flags.receiving_up.load(Relaxed)
    }

    pub fn send(&self, on: bool, loud: bool) {
        self.flags.on.store(on, Relaxed);
        self.flags.loud.store(loud, Relaxed);
        let _ = self.tell(Command::Wake);
    }

    /// The offer, and the mids of microphone and camera.
    pub async fn offer(&self) -> Result<(String, [String; 2])> {
        let (reply, said) = oneshot::channel();
        self.tell(Command::Offer(reply))?;
        Ok(said.await?)
    }

    pub fn accept(&self, sdp: &str) -> Result<()> {
        self.tell(Command::Accept(sdp.into()))
    }

    pub async fn answer(&self, sdp: &str, fresh: bool) -> Result<String> {
        let (reply, said) = oneshot::channel();
        self.tell(Command::Answer { sdp: sdp.into(), fresh, reply })?;
        said.await?
    }

    pub async fn received(&self) -> Result<Received> {
        let (reply, said) = oneshot::channel();
        self.tell(Command::Received(reply))?;
        Ok(said.await?)
    }

    fn tell(&self, command: Command) -> Result<()> {
        self.commands.send(command).map_err(|_| anyhow!("a media task is gone"))
    }
}

/// A connection and its socket: two on one socket could not be told apart, since the server is the same.
struct Line {
    rtc: Rtc,
    socket: UdpSocket,
    next: Instant,
    packets: Vec<RtpPacket>,
    /// Layers that were asked for a key frame.
    keys: Vec<Option<Rid>>,
}

struct Worker {
    sends: Sends,
    flags: Arc<Flags>,
    sending: Line,
    receiving: Line,
    pending: Option<SdpPendingOffer>,
    mids: Option<[Mid; 2]>,
    sound: (Instant, u64),
    frame: (Instant, u64),
    sequence: [u64; 3],
    keys: [bool; 3],
    /// By stream: the first and the last sequence number, and how many packets.
    streams: HashMap<Ssrc, (u64, u64, u64)>,
    late: Vec<u64>,
}

impl Worker {
    async fn new(flags: Arc<Flags>, sends: Sends) -> Result<Worker> {
        let now = Instant::now();
        Ok(Worker {
            sends,
            flags,
            sending: Line::open().await?,
            receiving: Line::open().await?,
            pending: None,
            mids: None,
            sound: (now, 0),
            frame: (now, 0),
            sequence: [0; 3],
            keys: [true; 3],
            streams: HashMap::new(),
            late: vec![0; LATEST],
        })
    }

    /// Ends with the last [`Media`].
    async fn run(mut self, mut inbox: UnboundedReceiver<Command>) {
        loop {
            tokio::select! {
                command = inbox.recv() => match command {
                    Some(command) => self.obey(command).await,
                    None => return,
                },
                _ = self.sending.socket.readable() => {}
                _ = self.receiving.socket.readable() => {}
                () = tokio::time::sleep_until(self.due().into()) => {}
            }
            let now = Instant::now();
            self.sending.receive(now);
            self.receiving.receive(now);
            self.note();
            if self.sending_now() {
                self.send(now);
            }
        }
    }

    fn sending_now(&self) -> bool {
        self.flags.on.load(Relaxed) && self.flags.sending_up.load(Relaxed)
    }

    /// When there is something to do, unless something comes before.
    fn due(&self) -> Instant {
        let lines = self.sending.next.min(self.receiving.next);
        if self.sending_now() { lines.min(self.sound.0).min(self.frame.0) } else { lines }
    }

    async fn obey(&mut self, command: Command) {
        match command {
            Command::Wake => {}
            Command::Offer(reply) => drop(reply.send(self.offer())),
            Command::Accept(sdp) => {
                let answer = SdpAnswer::from_sdp_string(&sdp).expect("the server answers with SDP");
                let pending = self.pending.take().expect("an offer is open");
                self.sending.rtc.sdp_api().accept_answer(pending, answer).expect("the answer fits the offer");
            }
            Command::Answer { sdp, fresh, reply } => drop(reply.send(self.answer(&sdp, fresh).await)),
            Command::Received(reply) => {
                let seen = std::mem::take(&mut self.streams);
                let late = std::mem::replace(&mut self.late, vec![0; LATEST]);
                let mut sum = Received { late, ..Received::default() };
                for (first, last, count) in seen.into_values() {
                    sum.packets += count;
                    sum.lost += (last - first + 1).saturating_sub(count);
                }
                let _ = reply.send(sum);
            }
        }
    }

    fn offer(&mut self) -> (String, [String; 2]) {
        let send = LAYERS[..self.sends.layers].iter().map(|(name, ..)| SimulcastLayer::new(name)).collect();
        let mut change = self.sending.rtc.sdp_api();
        let sound = change.add_media(MediaKind::Audio, Direction::SendOnly, None, None, None);
        let layers = Some(Simulcast { send, recv: vec![] });
        let picture = change.add_media(MediaKind::Video, Direction::SendOnly, None, None, layers);
        let (offer, pending) = change.apply().expect("lines were added");
        self.pending = Some(pending);
        self.mids = Some([sound, picture]);
        (offer.to_sdp_string(), [sound.to_string(), picture.to_string()])
    }

    async fn answer(&mut self, sdp: &str, fresh: bool) -> Result<String> {
        if fresh {
            self.receiving = Line::open().await?;
            self.flags.receiving_up.store(false, Relaxed);
            self.streams.clear();
        }
        let offer = SdpOffer::from_sdp_string(sdp).context("the server offers SDP")?;
        Ok(self.receiving.rtc.sdp_api().accept_offer(offer)?.to_sdp_string())
    }

    fn note(&mut self) {
        for packet in std::mem::take(&mut self.receiving.packets) {
            let number = *packet.seq_no;
            let seen = self.streams.entry(packet.header.ssrc).or_insert((number, number, 0));
            *seen = (seen.0.min(number), seen.1.max(number), seen.2 + 1);
            if let Some(stamp) = packet.payload.last_chunk::<STAMP>() {
                let now = packet.timestamp.saturating_duration_since(*BEGIN);
                let took = now.saturating_sub(Duration::from_micros(u64::from_be_bytes(*stamp)));
                self.late[(took.as_millis() as usize).min(LATEST - 1)] += 1;
            }
        }
        for of in std::mem::take(&mut self.sending.keys) {
            match LAYERS.iter().position(|(name, ..)| of == Some(Rid::from(*name))) {
                Some(layer) => self.keys[layer] = true,
                None => self.keys = [true; 3],
            }
        }
        self.flags.sending_up.store(self.sending.rtc.is_connected(), Relaxed);
        self.flags.receiving_up.store(self.receiving.rtc.is_connected(), Relaxed);
    }

    fn send(&mut self, now: Instant) {
        let Some([sound, picture]) = self.mids else { return };
        if self.sound.0 <= now {
            let loud = self.flags.loud.load(Relaxed);
            let every = if self.sends.dtx && !loud { SILENCE_EVERY } else { SOUND_EVERY };
            self.sound = (self.sound.0.max(now - SOUND_EVERY * 5) + every, self.sound.1 + 1);
            let level = if loud { -15 } else { -127 };
            let ext =
                ExtensionValues { audio_level: Some(level), voice_activity: Some(level > -50), ..Default::default() };
            let time = self.sound.1.wrapping_mul(960) as u32;
            self.write(sound, None, Codec::Opus, self.sound.1, time, true, vec![0xfc; 80], ext, now);
        }
        if self.frame.0 <= now {
            self.frame = (self.frame.0.max(now - FRAME_EVERY * 5) + FRAME_EVERY, self.frame.1 + 1);
            for layer in 0..self.sends.layers {
                self.show(picture, layer, now);
            }
        }
    }

    fn show(&mut self, mid: Mid, layer: usize, now: Instant) {
        let (name, height, packets) = LAYERS[layer];
        let key = std::mem::take(&mut self.keys[layer]);
        let time = self.frame.1.wrapping_mul(3600) as u32;
        for packet in 0..packets {
            self.sequence[layer] += 1;
            let body = vp8(packet == 0, key, height, self.frame.1);
            let last = packet + 1 == packets;
            let ext = ExtensionValues::default();
            self.write(mid, Some(Rid::from(name)), Codec::Vp8, self.sequence[layer], time, last, body, ext, now);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a packet is its header's fields")]
    fn write(
        &mut self,
        mid: Mid,
        rid: Option<Rid>,
        codec: Codec,
        sequence: u64,
        time: u32,
        marker: bool,
        mut body: Vec<u8>,
        ext: ExtensionValues,
        now: Instant,
    ) {
        let stamp = Instant::now().saturating_duration_since(*BEGIN).as_micros() as u64;
        body.extend(stamp.to_be_bytes());
        let params = self.sending.rtc.codec_config().params();
        let Some(pt) = params.iter().find(|p| p.spec().codec == codec).map(|p| p.pt()) else { return };
        let write =
            RtpWrite::new(pt, sequence.into(), time, now, body).marker(marker).ext_vals(ext).nackable(rid.is_some());
        if let Some(stream) = self.sending.rtc.direct_api().stream_tx_by_mid(mid, rid) {
            stream.write_rtp(write);
        }
        self.sending.drain();
        self.sending.pass(now);
    }
}

impl Line {
    async fn open() -> Result<Line> {
        let socket = UdpSocket::bind("127.0.0.1:0").await?;
        let config = RtcConfig::new().clear_codecs().enable_opus(true, false).enable_vp8(true).set_rtp_mode(true);
        let now = Instant::now();
        let mut rtc = config.build(now);
        rtc.add_local_candidate(Candidate::host(socket.local_addr()?, "udp")?);
        Ok(Line { rtc, socket, next: now, packets: Vec::new(), keys: Vec::new() })
    }

    /// Takes what has arrived, and lets time pass.
    fn receive(&mut self, now: Instant) {
        let mut buffer = [0; 2000];
        while let (Ok((length, source)), Ok(destination)) =
            (self.socket.try_recv_from(&mut buffer), self.socket.local_addr())
        {
            let Ok(contents) = buffer[..length].try_into() else { continue };
            let receive = Receive { proto: Protocol::Udp, source, destination, contents };
            let _ = self.rtc.handle_input(Input::Receive(now, receive));
            self.drain();
        }
        if self.next <= now {
            self.pass(now);
        }
    }

    fn pass(&mut self, now: Instant) {
        let _ = self.rtc.handle_input(Input::Timeout(now));
        self.drain();
    }

    /// str0m wants this after every touch.
    fn drain(&mut self) {
        loop {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(at)) => {
                    self.next = at;
                    return;
                }
                Ok(Output::Transmit(out)) => drop(self.socket.try_send_to(&out.contents, out.destination)),
                Ok(Output::Event(Event::RtpPacket(packet))) => self.packets.push(packet),
                Ok(Output::Event(Event::KeyframeRequest(request))) => self.keys.push(request.rid),
                Ok(Output::Event(_)) => {}
                Err(_) => return,
            }
        }
    }
}

/// A packet that looks like VP8 where a server looks: the payload descriptor (RFC 7741, 4.2) with a picture number, and the
/// head of a key frame (RFC 6386, 9.1) with its size.
fn vp8(first: bool, key: bool, height: u16, frame: u64) -> Vec<u8> {
    let number = (frame & 0x7fff) as u16 | 0x8000;
    let mut body = vec![if first { 0x90 } else { 0x80 }, 0x80];
    body.extend(number.to_be_bytes());
    if first {
        body.extend([if key { 0x10 } else { 0x11 }, 0, 0]);
        if key {
            body.extend([0x9d, 0x01, 0x2a]);
            body.extend((height / 9 * 16).to_le_bytes());
            body.extend(height.to_le_bytes());
        }
    }
    body.resize(PACKET - STAMP, 7);
    body
}

//! One room, its shard, its clients and the wires between them, on a clock that only tests move.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use sfu::{
    Command, Direction, Event, Identity, Input, Level, Output, Refusal, RoomId, SeatId, SeatOptions, Shard,
    ShardConfig, Slot, Source, Taped, Want,
};
use str0m::net::Protocol;

use crate::net::{Net, hash};
use crate::peer::Peer;

pub const ROOM: RoomId = RoomId(7);

pub fn seat(number: u8) -> SeatId {
    SeatId(number as u128)
}

pub fn server() -> SocketAddr {
    "10.0.0.1:5000".parse().unwrap()
}

pub struct World {
    pub now: Instant,
    pub start: Instant,
    pub shard: Shard,
    pub net: Net,
    /// Publishing and subscribing clients, by seat.
    pub publishers: BTreeMap<u8, Peer>,
    pub viewers: BTreeMap<u8, Peer>,
    pub events: Vec<(Duration, Event)>,
    /// What a recorder would get.
    pub tapes: Vec<Taped>,
    pub slots: BTreeMap<u8, Vec<Slot>>,
    pub speaking: Vec<SeatId>,
    /// Offers wait for the test to answer them.
    pub hold_answers: bool,
    pub held: Vec<(u8, u64, String, bool)>,
    /// Datagrams to and from these addresses vanish.
    pub unplugged: Vec<SocketAddr>,
    pub offers: BTreeMap<u8, u32>,
    next_port: u16,
}

impl World {
    pub fn new(seed: u64) -> World {
        World::sized(seed, 30)
    }

    pub fn sized(seed: u64, room_seats: usize) -> World {
        static CRYPTO: OnceLock<()> = OnceLock::new();
        CRYPTO.get_or_init(|| crate::dtls::provider().install_process_default());
        // str0m takes its ids, SSRCs and ICE credentials from this thread's generator.
        fastrand::seed(seed);
        let identity = Identity::with(crate::dtls::provider()).unwrap();
        let config =
            ShardConfig { udp: vec![server()], tcp: vec![], room_seats, seed, secret: [seed as u8; 32], identity };
        // Round trips are measured in NTP time, so a run also depends on when it begins, by nanoseconds.
        static START: OnceLock<Instant> = OnceLock::new();
        let start = *START.get_or_init(Instant::now);
        World {
            now: start,
            start,
            shard: Shard::new(config),
            net: Net::new(seed),
            publishers: BTreeMap::new(),
            viewers: BTreeMap::new(),
            events: vec![],
            tapes: vec![],
            slots: BTreeMap::new(),
            speaking: vec![],
            hold_answers: false,
            held: vec![],
            unplugged: vec![],
            offers: BTreeMap::new(),
            next_port: 1000,
        }
    }

    pub fn address(&mut self) -> SocketAddr {
        self.next_port += 1;
        SocketAddr::new([10, 0, 1, 1].into(), self.next_port)
    }

    pub fn command(&mut self, command: Command) -> Result<Option<String>, Refusal> {
        let done = self.shard.command(self.now, command);
        self.give_out();
        done
    }

    /// A browser takes a seat and publishes these sources.
    pub fn join(&mut self, number: u8, sources: &[(Source, usize)]) {
        self.open(number, SeatOptions { publish: true, subscribe: true, priority: false });
        if !sources.is_empty() {
            self.publish(number, sources);
        }
    }

    pub fn open(&mut self, number: u8, options: SeatOptions) {
        self.command(Command::OpenSeat { room: ROOM, seat: seat(number), options }).unwrap();
    }

    pub fn publish(&mut self, number: u8, sources: &[(Source, usize)]) {
        if !self.publishers.contains_key(&number) {
            let addr = self.address();
            self.publishers.insert(number, Peer::new(number, addr, self.now));
        }
        let now = self.now;
        let offer = self.publishers.get_mut(&number).unwrap().offer(sources, now);
        self.send_offer(number, offer);
    }

    /// Send a publishing offer and take its answer.
    pub fn send_offer(&mut self, number: u8, offer: String) {
        let tracks = self.publishers[&number].tracks();
        let publish = Command::Publish { room: ROOM, seat: seat(number), offer, tracks };
        let answer = self.command(publish).unwrap().unwrap();
        self.publishers.get_mut(&number).unwrap().accept(&answer);
    }

    pub fn whep(&mut self, number: u8) {
        self.open(number, SeatOptions { publish: false, subscribe: false, priority: false });
        let addr = self.address();
        let mut peer = Peer::new(number, addr, self.now);
        let offer = peer.offer_to_watch();
        let answer = self.command(Command::WatchWhep { room: ROOM, seat: seat(number), offer }).unwrap();
        peer.accept(&answer.unwrap());
        self.viewers.insert(number, peer);
    }

    pub fn watch(&mut self, number: u8, wants: &[(u8, Source, u16)]) {
        let want = |(n, source, height): &(u8, Source, u16)| Want { seat: seat(*n), source: *source, height: *height };
        let wants = wants.iter().map(want).collect();
        self.command(Command::Watch { room: ROOM, seat: seat(number), wants }).unwrap();
    }

    pub fn mute(&mut self, number: u8, source: Source, muted: bool) {
        self.command(Command::SetMuted { room: ROOM, seat: seat(number), source, muted }).unwrap();
    }

    pub fn leave(&mut self, number: u8) {
        self.command(Command::CloseSeat { room: ROOM, seat: seat(number) }).unwrap();
    }

    pub fn run(&mut self, ms: u64) {
        let end = self.now + Duration::from_millis(ms);
        while self.step(end) {}
        self.now = end;
    }

    /// Run until it is so; a minute is forever.
    pub fn until(&mut self, what: &str, mut so: impl FnMut(&World) -> bool) {
        let end = self.now + Duration::from_secs(60);
        while !so(self) {
            assert!(self.step(end), "waited a minute for: {what}\n{}", self.story());
        }
    }

    fn step(&mut self, end: Instant) -> bool {
        let mut at = self.give_out();
        for peer in self.publishers.values().chain(self.viewers.values()).filter(|p| !p.gone) {
            at = at.min(peer.due());
        }
        at = self.net.next().map_or(at, |next| at.min(next));
        if at > end {
            return false;
        }
        self.now = self.now.max(at);
        let now = self.now;
        while let Some(d) = self.net.arrive(now) {
            if self.unplugged.contains(&d.from) || self.unplugged.contains(&d.to) {
                continue;
            }
            if d.to == server() {
                let (source, destination) = (d.from, d.to);
                self.shard.handle(now, Input::Datagram { proto: Protocol::Udp, source, destination, bytes: &d.bytes });
            } else if let Some(peer) = self.peer_at(d.to) {
                peer.receive(now, d.from, &d.bytes);
            }
        }
        let (start, net) = (self.start, &mut self.net);
        for peer in self.publishers.values_mut().chain(self.viewers.values_mut()).filter(|p| !p.gone) {
            let from = peer.addr;
            for (to, bytes) in peer.tick(now) {
                net.send(now, start, from, to, bytes);
            }
        }
        true
    }

    fn peer_at(&mut self, addr: SocketAddr) -> Option<&mut Peer> {
        self.publishers.values_mut().chain(self.viewers.values_mut()).find(|p| p.addr == addr && !p.gone)
    }

    fn give_out(&mut self) -> Instant {
        loop {
            match self.shard.poll(self.now) {
                Output::Transmit(t) => {
                    for datagram in t.datagrams() {
                        self.net.send(self.now, self.start, t.source, t.destination, datagram.to_vec());
                    }
                }
                Output::Event(event) => self.hear(event),
                Output::Taped(taped) => self.tapes.push(taped),
                Output::Timeout(at) => return at,
            }
        }
    }

    fn hear(&mut self, event: Event) {
        self.events.push((self.now - self.start, event.clone()));
        match event {
            Event::Slots { seat, slots, .. } => drop(self.slots.insert(seat.0 as u8, slots)),
            Event::Speaking { seats, .. } => self.speaking = seats,
            Event::Offer { seat, offer_id, sdp, fresh, .. } => {
                let number = seat.0 as u8;
                *self.offers.entry(number).or_default() += 1;
                self.held.push((number, offer_id, sdp, fresh));
                if !self.hold_answers {
                    self.answer_held();
                }
            }
            _ => {}
        }
    }

    pub fn answer_held(&mut self) {
        for (number, offer_id, sdp, fresh) in std::mem::take(&mut self.held) {
            if fresh {
                let addr = self.address();
                self.viewers.insert(number, Peer::new(number, addr, self.now));
            }
            let sdp = self.viewers.get_mut(&number).unwrap().answer(&sdp);
            let answer = Command::Answer { room: ROOM, seat: seat(number), offer_id, sdp };
            self.shard.command(self.now, answer).unwrap();
        }
    }

    pub fn told(&self, wanted: impl Fn(&Event) -> bool) -> usize {
        self.events.iter().filter(|(_, e)| wanted(e)).count()
    }

    pub fn connected(&self, number: u8, direction: Direction) -> bool {
        let is = Event::Connected { room: ROOM, seat: seat(number), direction };
        self.told(|e| *e == is) > 0
    }

    pub fn level(&self, number: u8) -> Option<Level> {
        self.events.iter().rev().find_map(|(_, e)| match e {
            Event::Quality { seat: s, level, .. } if *s == seat(number) => Some(*level),
            _ => None,
        })
    }

    /// Packets a viewer got of somebody's source, as (layer, frame).
    pub fn seen(&self, viewer: u8, of: u8, source: Source) -> Vec<crate::peer::Got> {
        let Some(peer) = self.viewers.get(&viewer) else { return vec![] };
        let is = |g: &&crate::peer::Got| {
            g.seat == of && g.source == source as u8 && (g.len > 100) == (source != Source::Microphone)
        };
        peer.got.iter().filter(is).cloned().collect()
    }

    pub fn forget(&mut self) {
        self.viewers.values_mut().for_each(|v| {
            v.got.clear();
            v.heard.clear();
        });
        self.events.clear();
    }

    pub fn carries(&self, viewer: u8, of: u8, source: Source) -> Option<&Slot> {
        self.slots.get(&viewer)?.iter().find(|s| s.seat == Some(seat(of)) && s.source == Some(source))
    }

    /// A number for the whole run: every datagram and every event with its time.
    pub fn trace(&self) -> u64 {
        let events: Vec<String> = self.events.iter().map(|(at, e)| format!("{at:?} {}", brief(e))).collect();
        self.net.trace ^ hash(&events)
    }

    pub fn story(&self) -> String {
        let line = |(at, e): &(Duration, Event)| format!("{at:>12?} {}\n", brief(e));
        self.events.iter().filter(|(_, e)| !matches!(e, Event::Alive { .. })).map(line).collect()
    }
}

/// An event without its session description, which has a new certificate's fingerprint in each run.
fn brief(event: &Event) -> String {
    match event {
        Event::Offer { seat, offer_id, fresh, .. } => format!("Offer {seat:?} {offer_id} {fresh}"),
        other => format!("{other:?}"),
    }
}

//! The media engine, behind names of this house. Commands go in without waiting; events come out of a queue, so that
//! media never waits for a database.

use std::net::{IpAddr, SocketAddr};

use sfu::{RoomId, SeatOptions};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::wire::Source;
use crate::kit::{Answer, BreakoutId, Refusal, SeatId, SessionId};

/// How to start the engine.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Threads; each room lives on one of them.
    pub shards: usize,
    /// First UDP and TCP port, one per shard; 0 picks free ones.
    pub port: u16,
    /// Addresses at which browsers reach us.
    pub ips: Vec<IpAddr>,
    pub room_seats: usize,
}

pub type Events = mpsc::UnboundedReceiver<sfu::Event>;

/// Who takes what is recorded. Called on the engine's threads: it must not wait.
pub type Tape = Box<dyn Fn(sfu::Taped) + Send + Sync>;

/// The running engine. Clones are the same engine.
#[derive(Clone)]
pub struct Engine(sfu::Media);

/// Binds the media ports and starts the engine's threads.
pub fn start(settings: Settings, tape: Tape) -> std::io::Result<(Engine, Events)> {
    let (sender, events) = mpsc::unbounded_channel();
    let Settings { shards, port, ips, room_seats } = settings;
    // Seats that are being replaced stand beside their successors for a moment.
    let config = sfu::Config { shards, port, ips, room_seats: room_seats + 16 };
    let media = sfu::start_taped(config, move |event| drop(sender.send(event)), tape)?;
    Ok((Engine(media), events))
}

/// A room of the engine: a class's main room, or one of its breakout rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hall(RoomId);

impl Hall {
    pub fn of(session: SessionId, breakout: Option<BreakoutId>) -> Hall {
        Hall(RoomId(breakout.map_or(session.0, |breakout| breakout.0).as_u128()))
    }
}

impl Hall {
    /// Its name in the engine.
    pub fn room(self) -> RoomId {
        self.0
    }
}

fn seat(seat: SeatId) -> sfu::SeatId {
    sfu::SeatId(seat.0.as_u128())
}

pub fn seat_of(seat: sfu::SeatId) -> SeatId {
    SeatId(Uuid::from_u128(seat.0))
}

/// What a room of the engine may be the hall of.
pub fn uuid_of(room: RoomId) -> Uuid {
    Uuid::from_u128(room.0)
}

pub fn source_of(source: sfu::Source) -> Source {
    match source {
        sfu::Source::Microphone => Source::Microphone,
        sfu::Source::Camera => Source::Camera,
        sfu::Source::Screen => Source::Screen,
    }
}

fn source(source: Source) -> sfu::Source {
    match source {
        Source::Microphone => sfu::Source::Microphone,
        Source::Camera => sfu::Source::Camera,
        Source::Screen => sfu::Source::Screen,
    }
}

impl Engine {
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.0.addresses()
    }

    pub fn healthy(&self) -> bool {
        self.0.healthy()
    }

    pub fn shard_of(&self, hall: Hall) -> usize {
        self.0.shard_of(hall.0)
    }

    pub fn counters(&self) -> Vec<sfu::Counters> {
        self.0.counters()
    }

    /// A browser's seat: it may send and receive.
    pub fn open_seat(&self, hall: Hall, id: SeatId, staff: bool) {
        self.open(hall, id, SeatOptions { publish: true, subscribe: true, priority: staff });
    }

    pub fn open(&self, hall: Hall, id: SeatId, options: SeatOptions) {
        self.0.open_seat(hall.0, seat(id), options);
    }

    /// Takes a publishing offer; an empty list of tracks maps the first audio and video line (WHIP).
    pub async fn publish(&self, hall: Hall, id: SeatId, sdp: String, tracks: Vec<(String, Source)>) -> Answer<String> {
        let tracks = tracks.into_iter().map(|(mid, s)| sfu::Track { mid, source: source(s) }).collect();
        let (reply, answer) = oneshot::channel();
        self.0.publish(hall.0, seat(id), sdp, tracks, |said| drop(reply.send(said)));
        waited(answer).await
    }

    /// Takes a viewer's offer (WHEP).
    pub async fn watch_whep(&self, hall: Hall, id: SeatId, sdp: String) -> Answer<String> {
        let (reply, answer) = oneshot::channel();
        self.0.watch_whep(hall.0, seat(id), sdp, |said| drop(reply.send(said)));
        waited(answer).await
    }

    pub async fn answer(&self, hall: Hall, id: SeatId, offer: u64, sdp: String) -> Answer<()> {
        let (reply, answer) = oneshot::channel();
        self.0.answer(hall.0, seat(id), offer, sdp, |said| drop(reply.send(said)));
        waited(answer).await
    }

    /// What video is visible at which height; replaces what was said before.
    pub fn watch(&self, hall: Hall, id: SeatId, tiles: Vec<(SeatId, Source, u16)>) {
        let want = |(of, s, height)| sfu::Want { seat: seat(of), source: source(s), height };
        self.0.watch(hall.0, seat(id), tiles.into_iter().map(want).collect());
    }

    pub fn restart(&self, hall: Hall, id: SeatId, fresh: bool) {
        self.0.restart(hall.0, seat(id), fresh);
    }

    pub fn set_muted(&self, hall: Hall, id: SeatId, what: Source, muted: bool) {
        self.0.set_muted(hall.0, seat(id), source(what), muted);
    }

    /// Gives what a seat publishes to the recorder too, or no longer.
    pub fn record(&self, hall: Hall, id: SeatId, on: bool) {
        self.0.record(hall.0, seat(id), on);
    }

    /// The recorder lost a picture and needs a key frame.
    pub fn mend_tape(&self, room: RoomId, seat: sfu::SeatId, source: sfu::Source) {
        self.0.mend_tape(room, seat, source);
    }

    pub fn close_seat(&self, hall: Hall, id: SeatId) {
        self.0.close_seat(hall.0, seat(id));
    }

    pub fn close_room(&self, hall: Hall) {
        self.0.close_room(hall.0);
    }

    /// Ends the engine's threads and waits for them.
    pub fn stop(&self) {
        self.0.stop();
    }
}

async fn waited<T>(answer: oneshot::Receiver<Result<T, sfu::Refusal>>) -> Answer<T> {
    match tokio::time::timeout(std::time::Duration::from_secs(10), answer).await {
        Ok(Ok(said)) => said.map_err(refused),
        _ => Err(no_media()),
    }
}

/// The engine's refusals as ours.
fn refused(refusal: sfu::Refusal) -> Refusal {
    let text = refusal.to_string();
    let unfit = |code| Refusal::new(422, code, "Something is not right yet", text.clone());
    match refusal {
        sfu::Refusal::BadSdp(_) => unfit("sdp-not-usable"),
        sfu::Refusal::NoMedia => unfit("sdp-without-media"),
        sfu::Refusal::TooMany(_) => unfit("sdp-too-many-lines"),
        sfu::Refusal::TooLarge(_) => Refusal::new(413, "too-large", "Too large", text),
        sfu::Refusal::NotAllowed => Refusal::forbidden(text),
        sfu::Refusal::StaleOffer => Refusal::conflict("stale-offer", text),
        sfu::Refusal::RoomFull => Refusal::conflict("room-full", text),
        sfu::Refusal::NoSuchSeat => Refusal::conflict("seat-gone", text),
        sfu::Refusal::Unavailable => no_media(),
    }
}

pub fn no_media() -> Refusal {
    Refusal::unavailable("Sound and picture are not available on this server just now. Try again in a moment.")
}

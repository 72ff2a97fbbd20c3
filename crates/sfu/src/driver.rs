//! The only place with sockets and threads: one thread, one UDP socket and one TCP listener per shard.

mod run;
mod tcp;
mod udp;

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use mio::Waker;

use crate::counters::Counters;
use crate::identity::Identity;
use crate::model::{Event, Refusal, RoomId, SeatId, SeatOptions, Source, Taped, Track, Want};
use crate::shard::Command;
use run::Worker;

/// How to start the engine.
#[derive(Debug, Clone)]
pub struct Config {
    /// Threads; each room lives on one of them.
    pub shards: usize,
    /// The first UDP and TCP port, one per shard; 0 takes any that are free.
    pub port: u16,
    /// Addresses for clients to reach us at. A single one that is ours is also bound to.
    pub ips: Vec<IpAddr>,
    /// The most seats a room may have.
    pub room_seats: usize,
}

type Reply = Box<dyn FnOnce(Result<Option<String>, Refusal>) + Send>;

/// Who hears what the shards tell.
#[derive(Clone)]
struct Ears {
    event: Arc<dyn Fn(Event) + Send + Sync>,
    tape: Arc<dyn Fn(Taped) + Send + Sync>,
}

/// What a shard's thread is told.
pub(crate) enum Message {
    Command(Command, Reply),
    Stop,
}

/// What a shard's thread tells about itself.
#[derive(Default)]
pub(crate) struct Status {
    pub counters: Mutex<Counters>,
    pub dead: AtomicBool,
}

struct Handle {
    messages: Sender<Message>,
    waker: Arc<Waker>,
    status: Arc<Status>,
    addresses: Vec<SocketAddr>,
}

/// The running engine. Clones are the same engine.
#[derive(Clone)]
pub struct Media {
    handles: Arc<Vec<Handle>>,
    threads: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

/// Bind the sockets and start the threads. Events come on the shards' threads: take them off at once.
pub fn start(config: Config, on_event: impl Fn(Event) + Send + Sync + 'static) -> io::Result<Media> {
    start_taped(config, on_event, |_| {})
}

/// [`start`], with a recorder. It is called on the shards' threads too, and must not wait.
pub fn start_taped(
    config: Config,
    on_event: impl Fn(Event) + Send + Sync + 'static,
    on_tape: impl Fn(Taped) + Send + Sync + 'static,
) -> io::Result<Media> {
    let identity = Identity::generate().ok_or_else(|| io::Error::other("no DTLS certificate could be made"))?;
    let ears = Ears { event: Arc::new(on_event), tape: Arc::new(on_tape) };
    let mut handles = Vec::new();
    let mut workers = Vec::new();
    for index in 0..config.shards.max(1) {
        let (messages, inbox) = channel();
        let status = Arc::new(Status::default());
        let worker = Worker::new(&config, index, identity.clone(), inbox, ears.clone(), status.clone())?;
        let addresses = worker.addresses();
        handles.push(Handle { messages, waker: worker.waker(), status, addresses });
        workers.push(worker);
    }
    // Nothing runs before everything is bound, so a taken port leaves nothing behind.
    let mut threads = Vec::new();
    for (index, worker) in workers.into_iter().enumerate() {
        let name = format!("media-{index}");
        threads.push(std::thread::Builder::new().name(name).spawn(move || worker.run())?);
    }
    Ok(Media { handles: Arc::new(handles), threads: Arc::new(Mutex::new(threads)) })
}

impl Media {
    /// Where clients are told to send, UDP and TCP alike.
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.handles.iter().flat_map(|h| h.addresses.iter().copied()).collect()
    }

    pub fn healthy(&self) -> bool {
        self.handles.iter().all(|h| !h.status.dead.load(Ordering::Relaxed))
    }

    pub fn shards(&self) -> usize {
        self.handles.len()
    }

    pub fn shard_of(&self, room: RoomId) -> usize {
        let mut hasher = DefaultHasher::new();
        room.hash(&mut hasher);
        (hasher.finish() % self.handles.len() as u64) as usize
    }

    /// Idempotent; the seat has no connection yet.
    pub fn open_seat(&self, room: RoomId, seat: SeatId, options: SeatOptions) {
        self.send(room, Command::OpenSeat { room, seat, options });
    }

    /// The first offer makes the connection, later ones renegotiate it or restart its ICE; one with a
    /// new DTLS fingerprint replaces it. Empty `tracks` map the first audio and video line (WHIP).
    pub fn publish(
        &self,
        room: RoomId,
        seat: SeatId,
        offer: String,
        tracks: Vec<Track>,
        reply: impl FnOnce(Result<String, Refusal>) + Send + 'static,
    ) {
        self.ask(room, Command::Publish { room, seat, offer, tracks }, with_sdp(reply));
    }

    pub fn watch_whep(
        &self,
        room: RoomId,
        seat: SeatId,
        offer: String,
        reply: impl FnOnce(Result<String, Refusal>) + Send + 'static,
    ) {
        self.ask(room, Command::WatchWhep { room, seat, offer }, with_sdp(reply));
    }

    /// What video is visible; replaces what was said before. Sound is automatic.
    pub fn watch(&self, room: RoomId, seat: SeatId, wants: Vec<Want>) {
        self.send(room, Command::Watch { room, seat, wants });
    }

    pub fn answer(
        &self,
        room: RoomId,
        seat: SeatId,
        offer_id: u64,
        sdp: String,
        reply: impl FnOnce(Result<(), Refusal>) + Send + 'static,
    ) {
        let reply = Box::new(move |result: Result<Option<String>, Refusal>| reply(result.map(|_| ())));
        self.ask(room, Command::Answer { room, seat, offer_id, sdp }, reply);
    }

    /// Offer the subscribing connection anew: with an ICE restart, or (`fresh`) as a new connection.
    pub fn restart(&self, room: RoomId, seat: SeatId, fresh: bool) {
        self.send(room, Command::Restart { room, seat, fresh });
    }

    /// Holds until it is said otherwise, also for sources that are published later.
    pub fn set_muted(&self, room: RoomId, seat: SeatId, source: Source, muted: bool) {
        self.send(room, Command::SetMuted { room, seat, source, muted });
    }

    /// Give what a seat publishes to the recorder too, or no longer. Holds for sources that are published later.
    pub fn record(&self, room: RoomId, seat: SeatId, on: bool) {
        self.send(room, Command::Record { room, seat, on });
    }

    /// The recorder lost a picture and needs a key frame.
    pub fn mend_tape(&self, room: RoomId, seat: SeatId, source: Source) {
        self.send(room, Command::MendTape { room, seat, source });
    }

    pub fn close_seat(&self, room: RoomId, seat: SeatId) {
        self.send(room, Command::CloseSeat { room, seat });
    }

    pub fn close_room(&self, room: RoomId) {
        self.send(room, Command::CloseRoom { room });
    }

    /// End all threads and wait for them.
    pub fn stop(&self) {
        for handle in self.handles.iter() {
            let _ = handle.messages.send(Message::Stop);
            let _ = handle.waker.wake();
        }
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        for thread in threads.drain(..) {
            let _ = thread.join();
        }
    }

    /// Per shard; at most a quarter of a second old.
    pub fn counters(&self) -> Vec<Counters> {
        let read = |h: &Handle| *h.status.counters.lock().unwrap_or_else(PoisonError::into_inner);
        self.handles.iter().map(read).collect()
    }

    fn send(&self, room: RoomId, command: Command) {
        self.ask(room, command, Box::new(|_| {}));
    }

    fn ask(&self, room: RoomId, command: Command, reply: Reply) {
        let handle = &self.handles[self.shard_of(room)];
        match handle.messages.send(Message::Command(command, reply)) {
            Ok(()) => {
                let _ = handle.waker.wake();
            }
            Err(unsent) => {
                if let Message::Command(_, reply) = unsent.0 {
                    reply(Err(Refusal::Unavailable));
                }
            }
        }
    }
}

fn with_sdp(reply: impl FnOnce(Result<String, Refusal>) + Send + 'static) -> Reply {
    Box::new(move |result| reply(result.and_then(|sdp| sdp.ok_or(Refusal::Unavailable))))
}

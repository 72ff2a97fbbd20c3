//! The recorder's thread: takes packets off the media engine's hands and writes files.
//!
//! Media never waits for it: when the disk cannot keep up, packets are left out and counted. What fails in one recording
//! ends that recording, with what is written, and is told; the class and other recordings go on.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};

use rustix::fs::Access;
use sfu::{RoomId, SeatId, Source, Taped};

use crate::frames::Assembler;
use crate::reel::Reel;

/// So many batches of packets may wait for the disk: some seconds of a full room.
const WAITING: usize = 20_000;
const FLUSH_EVERY: Duration = Duration::from_millis(250);
/// So many files of one source may want the same millisecond.
const CLASHES: i64 = 1000;
/// A recording with more files than this is somebody's game. Only those of sources that send are open at once.
const MOST_FILES: usize = 10_000;
/// A source whose file could not be made tries again after this.
const AGAIN: Duration = Duration::from_secs(10);

/// What the recorder tells. It is called on its thread and must not wait.
#[derive(Debug)]
pub enum News {
    /// A picture is broken until a key frame comes.
    Broken { room: RoomId, seat: SeatId, source: Source },
    /// The recording of this room has ended by itself.
    Failed { room: RoomId, why: Failure },
}

/// Why a recording ended by itself.
#[derive(Debug)]
pub enum Failure {
    /// The disk is full, or the recording has as many bytes or files as it may.
    Full,
    Disk(io::Error),
}

/// What a recording may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Of all its files together.
    pub most_bytes: u64,
    /// So many bytes stay free on the disk.
    pub reserve: u64,
}

enum Order {
    Begin { room: RoomId, folder: PathBuf, zero: Instant, limits: Limits },
    End { room: RoomId, done: Box<dyn FnOnce() + Send> },
    Taped(Taped),
    Halt { done: SyncSender<()> },
}

/// The recorder. Clones are the same one; it ends with the last of them.
#[derive(Clone)]
pub struct Deck {
    orders: SyncSender<Order>,
    left_out: Arc<AtomicU64>,
}

impl Deck {
    /// From now on what is taped in this room is written into this folder, which exists; file names are
    /// `seat-source-milliseconds.webm`, the milliseconds counted from `zero`. Waits while the disk is behind.
    pub fn begin(&self, room: RoomId, folder: PathBuf, zero: Instant, limits: Limits) {
        let _ = self.orders.send(Order::Begin { room, folder, zero, limits });
    }

    /// Writes what is left and closes the files; then `done` is called. Also where nothing was begun.
    pub fn end(&self, room: RoomId, done: impl FnOnce() + Send + 'static) {
        let _ = self.orders.send(Order::End { room, done: Box::new(done) });
    }

    /// Ends the recorder's thread. What was not ended before stays as a crash would leave it, to be finished later.
    pub fn halt(&self) {
        let (done, ended) = sync_channel(1);
        if self.orders.send(Order::Halt { done }).is_ok() {
            let _ = ended.recv();
        }
    }

    /// Never waits.
    pub fn take(&self, taped: Taped) {
        if let Err(TrySendError::Full(Order::Taped(taped))) = self.orders.try_send(Order::Taped(taped)) {
            self.left_out.fetch_add(taped.packets.len() as u64, Ordering::Relaxed);
        }
    }

    /// Packets that were left out because the disk was behind.
    pub fn left_out(&self) -> u64 {
        self.left_out.load(Ordering::Relaxed)
    }
}

/// Starts the recorder's thread.
pub fn start(tell: impl Fn(News) + Send + 'static) -> io::Result<Deck> {
    let (orders, inbox) = sync_channel(WAITING);
    let worker = Worker { inbox, rooms: HashMap::new(), tell: Box::new(tell) };
    std::thread::Builder::new().name("recorder".into()).spawn(move || worker.run())?;
    Ok(Deck { orders, left_out: Arc::default() })
}

struct Room {
    folder: PathBuf,
    zero: Instant,
    limits: Limits,
    /// Of files that are closed.
    bytes: u64,
    files: usize,
    tracks: BTreeMap<(SeatId, Source), Track>,
}

struct Track {
    assembler: Assembler,
    reel: Option<Reel<File>>,
    /// When its file could not be made.
    refused: Option<Instant>,
}

impl Track {
    /// Whether its file is to be made, now or again.
    fn wants_file(&self, now: Instant) -> bool {
        self.reel.is_none() && self.refused.is_none_or(|at| now.saturating_duration_since(at) >= AGAIN)
    }
}

struct Worker {
    inbox: Receiver<Order>,
    rooms: HashMap<RoomId, Room>,
    tell: Box<dyn Fn(News) + Send>,
}

impl Worker {
    fn run(mut self) {
        let mut flushed = Instant::now();
        loop {
            match self.inbox.recv_timeout(FLUSH_EVERY) {
                Ok(Order::Halt { done }) => {
                    self.rooms.clear();
                    return done.send(()).unwrap_or_default();
                }
                Ok(order) => self.obey(order),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if flushed.elapsed() >= FLUSH_EVERY {
                flushed = Instant::now();
                self.each(|room| room.flush_old(flushed));
            }
        }
        self.each(Room::close);
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Begin { room, folder, zero, limits } => {
                let tracks = BTreeMap::new();
                self.rooms.insert(room, Room { folder, zero, limits, bytes: 0, files: 0, tracks });
            }
            Order::End { room, done } => {
                self.attempt(room, Room::close);
                self.rooms.remove(&room);
                done();
            }
            Order::Taped(taped) => {
                let (id, seat, source) = (taped.room, taped.seat, taped.source);
                let mut asks = false;
                self.attempt(id, |room| room.take(taped).map(|broken| asks = broken));
                if asks {
                    (self.tell)(News::Broken { room: id, seat, source });
                }
            }
            Order::Halt { .. } => {}
        }
    }

    fn each(&mut self, act: impl Fn(&mut Room) -> Result<(), Failure>) {
        for id in self.rooms.keys().copied().collect::<Vec<_>>() {
            self.attempt(id, &act);
        }
    }

    /// A recording that fails is over; its files end with their last whole cluster.
    fn attempt(&mut self, id: RoomId, act: impl FnOnce(&mut Room) -> Result<(), Failure>) {
        let Some(room) = self.rooms.get_mut(&id) else { return };
        // A bug in the handling of one room's packets must not end the recordings of others.
        let done = catch_unwind(AssertUnwindSafe(|| act(room)));
        let Err(why) = done.unwrap_or_else(|_| Err(io::Error::other("the recorder panicked").into())) else { return };
        tracing::error!(?why, "a recording ended by itself");
        if let Some(room) = self.rooms.remove(&id) {
            room.give_up();
        }
        (self.tell)(News::Failed { room: id, why });
    }
}

impl Room {
    /// Returns whether the picture is broken.
    fn take(&mut self, taped: Taped) -> Result<bool, Failure> {
        let (key, zero) = ((taped.seat, taped.source), self.zero);
        let track = self.tracks.entry(key);
        let track =
            track.or_insert_with(|| Track { assembler: Assembler::new(taped.source), reel: None, refused: None });
        let mut frames = Vec::new();
        for packet in taped.packets {
            frames.extend(track.assembler.push(packet, zero));
        }
        if taped.ended {
            frames.extend(track.assembler.drain(zero));
        }
        let (now, mut waits) = (Instant::now(), false);
        for frame in frames {
            if track.wants_file(now) {
                if !frame.key {
                    // A file begins with what can be played by itself.
                    waits = true;
                    continue;
                }
                if self.files >= MOST_FILES {
                    return Err(Failure::Full);
                }
                let file = open(&self.folder, taped.seat, taped.source, frame.at / 1000)?;
                self.files += usize::from(file.is_some());
                track.refused = file.is_none().then_some(now);
                track.reel = file.map(|file| Reel::new(taped.source, file));
            }
            if let Some(reel) = &mut track.reel {
                reel.push(&frame, now)?;
            }
        }
        let asks = track.assembler.asks() || waits;
        if taped.ended
            && let Some(mut track) = self.tracks.remove(&key)
            && let Some(reel) = &mut track.reel
        {
            reel.flush()?;
            self.bytes += reel.written;
        }
        if self.bytes() > self.limits.most_bytes {
            return Err(Failure::Full);
        }
        Ok(asks)
    }

    fn bytes(&self) -> u64 {
        self.bytes + self.tracks.values().filter_map(|track| track.reel.as_ref()).map(|reel| reel.written).sum::<u64>()
    }

    fn flush_old(&mut self, now: Instant) -> Result<(), Failure> {
        self.tracks.values_mut().filter_map(|track| track.reel.as_mut()).try_for_each(|reel| reel.flush_old(now))?;
        if free_bytes(&self.folder)? < self.limits.reserve { Err(Failure::Full) } else { Ok(()) }
    }

    fn close(&mut self) -> Result<(), Failure> {
        let (zero, now) = (self.zero, Instant::now());
        for track in self.tracks.values_mut() {
            let frames = track.assembler.drain(zero);
            let Some(reel) = &mut track.reel else { continue };
            frames.iter().try_for_each(|frame| reel.push(frame, now))?;
            reel.flush()?;
        }
        Ok(())
    }

    /// Half a cluster is none.
    fn give_up(self) {
        for reel in self.tracks.into_values().filter_map(|track| track.reel) {
            if let Err(error) = reel.out().set_len(reel.written) {
                tracing::warn!(%error, "the end of a recorded file could not be cut off");
            }
        }
    }
}

/// Bytes that may still be written where this folder is.
pub fn free_bytes(folder: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// The file of a track. What is wrong with this one file costs this one track; `None` then.
fn open(folder: &Path, seat: SeatId, source: Source, ms: i64) -> Result<Option<File>, Failure> {
    match new_file(folder, seat, source, ms).map_err(Failure::from) {
        Ok(file) => Ok(Some(file)),
        Err(Failure::Disk(error)) if takes_files(folder) => {
            tracing::error!(%error, seat = %format_args!("{:032x}", seat.0), ?source, "a source is not recorded");
            Ok(None)
        }
        Err(why) => Err(why),
    }
}

fn takes_files(folder: &Path) -> bool {
    rustix::fs::access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

/// A file of its own. Where a source began anew within a millisecond, or says so, it takes the next free one.
fn new_file(folder: &Path, seat: SeatId, source: Source, ms: i64) -> io::Result<File> {
    for ms in ms..ms + CLASHES {
        match File::create_new(folder.join(file_name(seat, source, ms))) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made,
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Also read by who finishes a recording.
fn file_name(seat: SeatId, source: Source, ms: i64) -> String {
    let source = match source {
        Source::Microphone => "microphone",
        Source::Camera => "camera",
        Source::Screen => "screen",
    };
    format!("{:032x}-{source}-{ms}.webm", seat.0)
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        if is_full(&error) { Failure::Full } else { Failure::Disk(error) }
    }
}

pub(crate) fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

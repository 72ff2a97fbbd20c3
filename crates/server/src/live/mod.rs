//! The live room: seats people sit on, their signalling, their presence.
//!
//! A *seat* is one connection of one person to one class: a browser, or a publisher (WHIP) or viewer (WHEP). It is
//! *present* from the first sign of life in a live class until it is given back or silent; each presence is an
//! *entry* of its own and a pair of facts, `SeatTaken` and `SeatLeft`, with exact times. Memory knows what is true
//! now; the rows follow within moments, and after a crash tell what was true at most ten seconds before it.
//!
//! Invariants: a person has at most two seats in a class; who was removed does not come back; who is muted by staff
//! is muted in the engine; media never waits for the database.

pub mod captions;
pub mod desk;
pub mod documents;
pub mod ends;
pub mod flood;
pub mod flush;
pub mod guests;
pub mod http;
pub mod jobs;
pub mod join;
pub mod ledger;
pub mod listen;
pub mod media;
pub mod model;
pub mod notices;
pub mod policy;
pub mod protocol;
pub mod recording;
pub mod repair;
pub mod room;
pub mod sockets;
pub mod state;
pub mod store;
pub mod sweep;
pub mod talk;
pub mod token;
pub mod turn;
pub mod voice;
pub mod whip;
pub mod wire;

mod hear_media;
mod messages;
mod moderate;
mod more;
mod mutes;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::events::Parting;
use crate::kit::{Answer, SessionId};
use crate::plumbing::Parts;

/// Settings of this room.
pub struct Settings {
    /// The name of this server in the rows of its seats.
    pub node: String,
    /// Without it classes have no sound and picture; seats and presence work.
    pub media: Option<media::Settings>,
    pub turn: Option<turn::Turn>,
    pub room_seats: usize,
    pub recording: recording::Settings,
}

/// What this room keeps in memory.
pub struct Live {
    pub node: String,
    pub turn: Option<turn::Turn>,
    pub room_seats: usize,
    pub media: Option<media::Engine>,
    /// There where media is.
    pub recorder: Option<recording::Recorder>,
    pub ledger: ledger::Ledger,
    /// Writes the chat.
    pub scribe: talk::scribe::Desk,
    /// Writes the captions.
    pub caption_scribe: captions::scribe::Desk,
    /// Keeps boards and notes.
    pub keeper: documents::keeper::Desk,
    /// Rings when a room has news for its pages.
    pub news: Arc<Notify>,
    state: Mutex<state::State>,
    services: Mutex<captions::service::Paces>,
    /// The ends of the queues, until the tasks that empty them are started.
    ears: Mutex<Option<Ears>>,
}

struct Ears {
    voice: voice::Ear,
    media: Option<media::Events>,
    tape: Option<recording::News>,
    chat: talk::scribe::Tray,
    captions: captions::scribe::Tray,
    documents: documents::keeper::Tray,
}

impl Live {
    /// Starts the media engine; seats come with [`repair::reopen`].
    pub fn new(settings: Settings, voter: state::Voter) -> std::io::Result<Live> {
        let (scribe, chat) = talk::scribe::Desk::new();
        let (caption_scribe, captions) = captions::scribe::Desk::new();
        let (keeper, documents) = documents::keeper::Desk::new();
        let news: Arc<Notify> = Default::default();
        let (voice, ear) = voice::Voice::new();
        let (mut engine, mut events, mut recorder, mut tape) = (None, None, None, None);
        if let Some(media) = settings.media {
            let (started, told) = recording::Recorder::start(settings.recording)?;
            let deck = started.deck.clone();
            let (media, heard) = media::start(media, Box::new(move |taped| deck.take(taped)))?;
            (engine, events, recorder, tape) = (Some(media), Some(heard), Some(started), Some(told));
        }
        Ok(Live {
            node: settings.node,
            turn: settings.turn,
            room_seats: settings.room_seats,
            media: engine.clone(),
            recorder,
            ledger: Default::default(),
            scribe,
            caption_scribe,
            keeper,
            services: Mutex::default(),
            state: Mutex::new(state::State::new(voice, engine, news.clone(), voter)),
            news,
            ears: Mutex::new(Some(Ears { voice: ear, media: events, tape, chat, captions, documents })),
        })
    }

    /// The rooms. Hold it briefly, never over an await.
    pub fn state(&self) -> MutexGuard<'_, state::State> {
        // A panic of one seat must not close the room for all others.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How fast caption services are. Hold it briefly, never over an await.
    pub fn services(&self) -> MutexGuard<'_, captions::service::Paces> {
        self.services.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many people are present in a class, and the names of the first five.
    pub fn in_room(&self, session: SessionId) -> (usize, Vec<String>) {
        self.state().rooms.get(&session).map(|room| room.present()).unwrap_or_default()
    }

    /// How many people wait in the lobby of a class.
    pub fn waiting(&self, session: SessionId) -> usize {
        self.state().rooms.get(&session).map_or(0, |room| room.waiting())
    }

    /// Whether the media engine works, for `/readyz`.
    pub fn healthy(&self) -> bool {
        self.media.as_ref().is_none_or(media::Engine::healthy)
    }
}

pub fn in_room(parts: &Parts, session: SessionId) -> (usize, Vec<String>) {
    parts.memory.of::<Live>().in_room(session)
}

pub fn waiting(parts: &Parts, session: SessionId) -> usize {
    parts.memory.of::<Live>().waiting(session)
}

/// Who changes what is kept of a class takes its pen first.
pub fn pen_of(parts: &Parts, sitting: sockets::Sitting) -> Answer<desk::change::Pen> {
    let state = parts.memory.of::<Live>().state();
    state.room_of(sitting.seat).map(|room| room.pen.clone()).ok_or_else(policy::seat_gone)
}

/// The background work of this room, to be spawned by `app.rs` once.
pub fn tasks(parts: &Parts) -> Vec<tokio::task::JoinHandle<()>> {
    let ears = parts.memory.of::<Live>().ears.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(Ears { voice, media, tape, chat, captions, documents }) = ears else { return Vec::new() };
    let mut tasks = vec![
        tokio::spawn(voice::speak(voice, parts.closing.clone())),
        tokio::spawn(talk::scribe::run(parts.clone(), chat)),
        tokio::spawn(captions::scribe::run(parts.clone(), captions)),
        tokio::spawn(documents::keeper::run(parts.clone(), documents)),
        tokio::spawn(flush::run(parts.clone())),
        tokio::spawn(sweep::run(parts.clone())),
        tokio::spawn(notices::run(parts.clone())),
    ];
    if let Some(news) = tape {
        tasks.push(tokio::spawn(recording::run::hear(parts.clone(), news)));
    }
    if let Some(events) = media {
        tasks.push(tokio::spawn(hear_media::run(parts.clone(), events)));
    }
    tasks
}

/// The graceful end: everybody is told to come back, presences are closed now, seats stay theirs.
pub async fn drain(parts: &Parts) {
    let live = parts.memory.of::<Live>();
    {
        let now = parts.clock.now();
        let mut state = live.state();
        state.draining = true;
        let seats: Vec<_> = state.index.keys().copied().collect();
        let sockets = state.rooms.values().flat_map(|room| room.all_sockets()).collect();
        state.voice.tell(sockets, protocol::Draining {});
        for seat in seats {
            state.leave(seat, now, Parting::Restart);
        }
    }
    ledger::write_or_later(parts).await;
    recording::wrap_up::finish_all(parts).await;
}

/// Ends the threads of the media engine and the recorder, when the house closes.
pub async fn stop(parts: &Parts) {
    let live = parts.memory.of::<Live>();
    let (media, deck) = (live.media.clone(), live.recorder.as_ref().map(|recorder| recorder.deck.clone()));
    let _ = tokio::task::spawn_blocking(move || {
        media.iter().for_each(media::Engine::stop);
        deck.iter().for_each(tape::Deck::halt);
    })
    .await;
}

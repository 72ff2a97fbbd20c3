//! A room: its seats, the sources they publish, and who speaks.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use crate::conn::ConnKey;
use crate::model::{Kind, SeatId, SeatOptions, Slot, Source, Want};
use crate::quality::Meter;
use crate::slot::TrackId;
use crate::track::Track;

pub(crate) struct Seat {
    pub options: SeatOptions,
    pub publishing: Option<ConnKey>,
    pub subscribing: Option<ConnKey>,
    pub wants: Vec<Want>,
    pub muted: BTreeSet<Source>,
    /// What it publishes goes to the recorder too.
    pub recorded: bool,
    pub alive_at: Option<Instant>,
    pub meter: Meter,
    pub told: Vec<Slot>,
    pub last_offer: u64,
    /// The subscribing connection was lost; only `restart` makes a new one, so that offers do not
    /// pile up at a client that is gone.
    pub lost: bool,
}

impl Seat {
    pub fn new(options: SeatOptions) -> Seat {
        Seat {
            options,
            publishing: None,
            subscribing: None,
            wants: Vec::new(),
            muted: BTreeSet::new(),
            recorded: false,
            alive_at: None,
            meter: Meter::default(),
            told: Vec::new(),
            last_offer: 0,
            lost: false,
        }
    }
}

#[derive(Default)]
pub(crate) struct Room {
    pub seats: BTreeMap<SeatId, Seat>,
    pub tracks: BTreeMap<TrackId, Track>,
    pub speaking: Vec<SeatId>,
    /// Who spoke last; stays while nobody speaks.
    pub active: Option<SeatId>,
    pub ticking: bool,
    pub ticks: u64,
    /// Seats whose slots may no longer fit what there is.
    pub stale: BTreeSet<SeatId>,
}

impl Room {
    /// Everybody's subscriptions have to be looked at again.
    pub fn everything_changed(&mut self) {
        self.stale = self.seats.iter().filter(|(_, s)| s.listens()).map(|(id, _)| *id).collect();
    }

    /// The microphones a seat should hear, most important first, at most `limit`.
    pub fn audible(&self, to: SeatId, limit: usize) -> Vec<TrackId> {
        let mics = self.tracks.values().filter(|t| t.id.1 == Source::Microphone && t.id.0 != to);
        let mut mics: Vec<&Track> = mics.collect();
        let place = |seat| self.speaking.iter().position(|s| *s == seat).unwrap_or(usize::MAX);
        mics.sort_by_key(|t| (place(t.id.0), t.muted, std::cmp::Reverse(t.voice.spoke), t.id));
        mics.truncate(limit);
        mics.into_iter().map(|t| t.id).collect()
    }

    /// The videos a seat wants and that exist, in its order, each once.
    pub fn visible(&self, to: SeatId) -> Vec<(TrackId, u16)> {
        let Some(seat) = self.seats.get(&to) else { return Vec::new() };
        let mut seen = BTreeSet::new();
        let wants = seat.wants.iter().filter(|w| w.source.kind() == Kind::Video && w.seat != to);
        let wants = wants.map(|w| ((w.seat, w.source), w.height));
        wants.filter(|(id, _)| self.tracks.contains_key(id) && seen.insert(*id)).collect()
    }

    /// What a WHEP viewer hears: the active speaker, or whoever spoke last, or anybody.
    pub fn one_voice(&self, to: SeatId, now: Instant) -> Option<TrackId> {
        let heard = self.audible(to, usize::MAX);
        let live = heard.iter().find(|id| self.tracks.get(id).is_some_and(|t| t.live(now)));
        live.or(heard.first()).copied()
    }

    /// What a WHEP viewer sees: a screen, else the active speaker, else staff, else anybody.
    pub fn one_picture(&self, to: SeatId, now: Instant) -> Option<TrackId> {
        let rank = |t: &Track| {
            let staff = self.seats.get(&t.id.0).is_some_and(|s| s.options.priority);
            let first = [t.id.1 == Source::Screen, self.active == Some(t.id.0), staff];
            (!t.live(now), first.iter().position(|is| *is).unwrap_or(first.len()), t.id)
        };
        let videos = self.tracks.values().filter(|t| t.id.1.kind() == Kind::Video && t.id.0 != to);
        videos.min_by_key(|t| rank(t)).map(|t| t.id)
    }
}

impl Seat {
    fn listens(&self) -> bool {
        self.subscribing.is_some() || self.options.subscribe
    }
}

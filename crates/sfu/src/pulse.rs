//! A room's pulse, five times a second: who speaks, which viewers follow, who waits for a key frame.

use std::time::{Duration, Instant};

use crate::model::{Event, RoomId, SeatId, Source};
use crate::shard::Shard;
use crate::slot::TrackId;
use crate::speaker::ranking;
use crate::subscribe::AUDIO_SLOTS;
use crate::timers::Timer;

const PULSE: Duration = Duration::from_millis(200);
/// Bandwidth is shared anew on every fifth pulse, apart from what happens at once.
const BUDGET_PULSES: u64 = 5;

impl Shard {
    pub(crate) fn tick_room(&mut self, room: RoomId, now: Instant) {
        let Some(entry) = self.rooms.get_mut(&room) else { return };
        if entry.tracks.is_empty() {
            entry.ticking = false;
            self.tell_speaking(room, Vec::new());
            return;
        }
        entry.ticks += 1;
        let budget = entry.ticks.is_multiple_of(BUDGET_PULSES);
        self.timers.set(now + PULSE, Timer::Room(room));
        self.rank_speakers(room, now);
        self.let_viewers_follow(room, now);
        if budget {
            let seats: Vec<SeatId> = self.rooms[&room].seats.keys().copied().collect();
            for seat in seats {
                self.budget(room, seat, now);
            }
        }
        self.look_after_tapes(room, now);
        let Some(entry) = self.rooms.get(&room) else { return };
        let pictures = entry.tracks.keys().filter(|(_, source)| *source != Source::Microphone);
        for id in pictures.copied().collect::<Vec<TrackId>>() {
            self.ask_keys(room, id, now);
        }
    }

    fn rank_speakers(&mut self, room: RoomId, now: Instant) {
        let Some(entry) = self.rooms.get_mut(&room) else { return };
        let mics = entry.tracks.values_mut().filter(|t| t.id.1 == Source::Microphone);
        mics.for_each(|t| t.voice.age(now));
        let mics = entry.tracks.values().filter(|t| t.id.1 == Source::Microphone && !t.muted);
        let speaking = ranking(mics.map(|t| (t.id.0, &t.voice)), &entry.speaking);
        self.tell_speaking(room, speaking);
    }

    fn tell_speaking(&mut self, room: RoomId, speaking: Vec<SeatId>) {
        let Some(entry) = self.rooms.get_mut(&room) else { return };
        if entry.speaking == speaking {
            return;
        }
        // The picture stays with a speaker as long as they speak, whoever is louder for a moment.
        if !entry.active.is_some_and(|seat| speaking.contains(&seat)) {
            entry.active = speaking.first().copied().or(entry.active);
        }
        entry.speaking = speaking.clone();
        let mics = entry.tracks.keys().filter(|(_, source)| *source == Source::Microphone).count();
        // Up to the number of slots everybody hears everybody, whoever speaks.
        if mics > AUDIO_SLOTS {
            entry.everything_changed();
            self.stale.push(room);
        }
        self.events.push_back(Event::Speaking { room, seats: speaking });
    }

    fn let_viewers_follow(&mut self, room: RoomId, now: Instant) {
        let Some(entry) = self.rooms.get(&room) else { return };
        let viewers = entry.seats.iter().filter_map(|(id, s)| Some((*id, s.subscribing?)));
        let whep = viewers.filter(|(_, key)| self.conns.get(*key).is_some_and(|c| c.whep));
        for seat in whep.map(|(id, _)| id).collect::<Vec<SeatId>>() {
            self.follow(room, seat, now);
        }
    }
}

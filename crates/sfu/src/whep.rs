//! WHEP: a viewer that offers once and then watches what matters most, one voice and one picture.

use std::time::Instant;

use str0m::media::Mid;

use crate::conn::{Conn, ConnKey};
use crate::model::{Direction, Kind, Refusal, RoomId, SeatId};
use crate::publish::accept;
use crate::sdp::sketch;
use crate::shard::Shard;
use crate::slot::{SlotOut, TrackId};

/// A WHEP viewer does not say how big it shows; take the best.
const HEIGHT: u16 = 1080;

impl Shard {
    pub(crate) fn watch_whep(
        &mut self,
        now: Instant,
        room: RoomId,
        seat: SeatId,
        offer: &str,
    ) -> Result<String, Refusal> {
        if let Some(refusal) = self.missing(room, seat) {
            return Err(refusal);
        }
        let sketch = sketch(offer)?;
        let first = |kind| sketch.lines.iter().find(|l| l.kind == kind && l.receives);
        let lines: Vec<_> = [first(Kind::Audio), first(Kind::Video)].into_iter().flatten().collect();
        if lines.is_empty() {
            return Err(Refusal::NoMedia);
        }
        let mut made = self.new_rtc(Direction::Subscribe, now);
        let answer = accept(&mut made.rtc, offer)?;
        let mut slots = Vec::new();
        for line in lines {
            let mut slot = SlotOut::new(Mid::from(line.mid.as_str()), line.kind, self.roll());
            slot.height = HEIGHT;
            slot.settle(&mut made.rtc);
            slots.push(slot);
        }
        if !slots.iter().any(SlotOut::usable) {
            return Err(Refusal::NoMedia);
        }
        if let Some(old) = self.conn_of(room, seat, Direction::Subscribe) {
            self.drop_conn(old, false);
        }
        let mut conn = Conn::new(made, room, seat, Direction::Subscribe, now);
        conn.whep = true;
        conn.slots = slots;
        self.add_conn(conn, now);
        self.mark_stale(room, seat);
        Ok(answer)
    }

    /// Point the two slots at what matters now.
    pub(crate) fn follow(&mut self, room: RoomId, seat: SeatId, now: Instant) {
        let Some(key) = self.conn_of(room, seat, Direction::Subscribe) else { return };
        let Some(entry) = self.rooms.get(&room) else { return };
        let voice = entry.one_voice(seat, now);
        let picture = entry.one_picture(seat, now);
        let sound = self.hand_over(room, key, Kind::Audio, voice);
        let view = self.hand_over(room, key, Kind::Video, picture);
        if view {
            self.budget(room, seat, now);
            if let Some(id) = picture {
                self.ask_keys(room, id, now);
            }
        }
        if sound || view {
            self.tell_slots(room, seat);
        }
    }

    /// Point the slot of this kind at `to`; the old picture stays until the new one can start.
    fn hand_over(&mut self, room: RoomId, key: ConnKey, kind: Kind, to: Option<TrackId>) -> bool {
        let (Some(entry), Some(conn)) = (self.rooms.get_mut(&room), self.conns.get_mut(key)) else { return false };
        let found = conn.slots.iter_mut().enumerate().find(|(_, s)| s.kind == kind && s.usable());
        let Some((index, slot)) = found.filter(|(_, s)| s.assigned != to) else { return false };
        match to {
            Some(to) => slot.hand_over(to),
            None => slot.release(),
        }
        let needed = [slot.assigned, slot.carrying];
        for track in entry.tracks.values_mut() {
            track.outputs.retain(|out| *out != (key, index));
            if needed.contains(&Some(track.id)) {
                track.outputs.push((key, index));
            }
        }
        true
    }
}

//! Seats and their connections: opening, closing, and what a connection's ups and downs mean.

use std::time::{Duration, Instant};

use str0m::net::TcpType;
use str0m::{Candidate, RtcConfig};

use crate::conn::{Conn, ConnKey, Made, PATIENCE};
use crate::model::{Closing, Direction, Event, Refusal, RoomId, SeatId, SeatOptions, Source};
use crate::quality::Health;
use crate::room::Seat;
use crate::shard::Shard;
use crate::timers::Timer;

/// Loss and round trips are measured over this long.
const STATS_EVERY: Duration = Duration::from_secs(2);
const NEVER: Duration = Duration::from_secs(24 * 3600);
const ALIVE_EVERY: Duration = Duration::from_secs(1);

impl Shard {
    pub(crate) fn open_seat(&mut self, room: RoomId, seat: SeatId, options: SeatOptions) -> Result<(), Refusal> {
        let entry = self.rooms.entry(room).or_default();
        if let Some(known) = entry.seats.get_mut(&seat) {
            known.options = options;
            return Ok(());
        }
        if entry.seats.len() >= self.config.room_seats {
            self.events.push_back(Event::Closed { room, seat, reason: Closing::RoomFull });
            return Err(Refusal::RoomFull);
        }
        entry.seats.insert(seat, Seat::new(options));
        entry.stale.insert(seat);
        self.stale.push(room);
        Ok(())
    }

    pub(crate) fn close_seat(&mut self, room: RoomId, seat: SeatId) {
        for direction in [Direction::Publish, Direction::Subscribe] {
            if let Some(key) = self.conn_of(room, seat, direction) {
                self.drop_conn(key, true);
            }
        }
        for source in [Source::Microphone, Source::Camera, Source::Screen] {
            self.unpublish(room, seat, source);
        }
        let Some(entry) = self.rooms.get_mut(&room) else { return };
        entry.seats.remove(&seat);
        entry.stale.remove(&seat);
        if entry.active == Some(seat) {
            entry.active = None;
        }
        if entry.seats.is_empty() {
            self.rooms.remove(&room);
        }
    }

    pub(crate) fn close_room(&mut self, room: RoomId) {
        let seats: Vec<SeatId> = self.rooms.get(&room).map(|r| r.seats.keys().copied().collect()).unwrap_or_default();
        for seat in seats {
            self.close_seat(room, seat);
        }
        self.rooms.remove(&room);
    }

    /// Why a seat cannot be used, as far as its existence goes.
    pub(crate) fn missing(&self, room: RoomId, seat: SeatId) -> Option<Refusal> {
        let Some(entry) = self.rooms.get(&room) else { return Some(Refusal::NoSuchSeat) };
        match entry.seats.contains_key(&seat) {
            true => None,
            false if entry.seats.len() >= self.config.room_seats => Some(Refusal::RoomFull),
            false => Some(Refusal::NoSuchSeat),
        }
    }

    pub(crate) fn new_rtc(&mut self, direction: Direction, now: Instant) -> Made {
        self.secrets.stir();
        let identity = &self.config.identity;
        let mut config = RtcConfig::new()
            .set_crypto_provider(self.crypto.clone())
            .set_dtls_cert(identity.cert.clone())
            .set_local_ice_credentials(self.secrets.ice())
            .set_rtp_mode(true)
            .set_ice_lite(true)
            .clear_codecs()
            .enable_opus(true, true)
            .enable_vp8(true);
        // What a viewer is sent is not str0m's to measure; its reports would only wake it.
        config = match direction {
            Direction::Publish => config.set_stats_interval(Some(STATS_EVERY)),
            Direction::Subscribe => config.set_rtcp_report_interval_audio(NEVER).set_rtcp_report_interval_video(NEVER),
        };
        let mut rtc = config.build(now);
        for addr in &self.config.udp {
            if let Ok(candidate) = Candidate::host(*addr, "udp") {
                rtc.add_local_candidate(candidate);
            }
        }
        for addr in &self.config.tcp {
            let candidate = Candidate::builder().tcp().host(*addr).tcptype(TcpType::Passive).build();
            if let Ok(candidate) = candidate {
                rtc.add_local_candidate(candidate);
            }
        }
        Made { rtc, keys: self.tap.newest(), crypto: self.crypto.clone() }
    }

    /// Make a connection known; packets find it from now on.
    pub(crate) fn add_conn(&mut self, mut conn: Conn, now: Instant) -> ConnKey {
        conn.patience = Some(now + PATIENCE);
        conn.scheduled = Some(now);
        let (room, seat, direction) = (conn.room, conn.seat, conn.direction);
        let key = self.conns.insert(conn);
        if let Some(seat) = self.seat_mut(room, seat) {
            match direction {
                Direction::Publish => seat.publishing = Some(key),
                Direction::Subscribe => seat.subscribing = Some(key),
            }
        }
        self.learn_ufrag(key);
        self.timers.set(now, Timer::Conn(key));
        key
    }

    /// The credentials change with each ICE restart; old ones stay good for packets under way.
    pub(crate) fn learn_ufrag(&mut self, key: ConnKey) {
        let Some(conn) = self.conns.get_mut(key) else { return };
        let ufrag = conn.rtc.direct_api().local_ice_credentials().ufrag;
        self.add_ufrag(key, ufrag);
    }

    pub(crate) fn add_ufrag(&mut self, key: ConnKey, ufrag: String) {
        let Some(conn) = self.conns.get_mut(key) else { return };
        if !conn.ufrags.contains(&ufrag) {
            conn.ufrags.push(ufrag.clone());
            self.demux.add_ufrag(ufrag, key);
        }
    }

    /// Forget a connection. `polite`: say goodbye, so that the other side need not time out.
    pub(crate) fn drop_conn(&mut self, key: ConnKey, polite: bool) {
        if polite {
            self.say_goodbye(key);
        }
        let Some(conn) = self.conns.remove(key) else { return };
        self.demux.forget(key, &conn.peers, &conn.ufrags);
        let Some(room) = self.rooms.get_mut(&conn.room) else { return };
        for track in room.tracks.values_mut() {
            track.outputs.retain(|(to, _)| *to != key);
        }
        let Some(seat) = room.seats.get_mut(&conn.seat) else { return };
        if seat.publishing == Some(key) {
            seat.publishing = None;
        }
        if seat.subscribing == Some(key) {
            seat.subscribing = None;
            seat.told.clear();
        }
    }

    /// The conn is about to be removed, so nothing that happens in it matters any more.
    fn say_goodbye(&mut self, key: ConnKey) {
        let Some(conn) = self.conns.get_mut(key).filter(|c| c.dtls_up) else { return };
        let mut turn = crate::conn::Turn::default();
        let done = crate::panics::guard(|| {
            if conn.rtc.close().is_ok() {
                conn.poll(&mut turn);
            }
        });
        if done.is_ok() {
            self.turn.wire.queue.extend(turn.wire.queue);
        }
    }

    pub(crate) fn on_up(&mut self, key: ConnKey, now: Instant) {
        let Some(conn) = self.conns.get_mut(key) else { return };
        conn.patience = None;
        if std::mem::replace(&mut conn.up, true) && !conn.told_down {
            return;
        }
        conn.told_down = false;
        let (room, seat, direction) = (conn.room, conn.seat, conn.direction);
        self.events.push_back(Event::Connected { room, seat, direction });
        self.heard(room, seat, now);
        if direction == Direction::Subscribe {
            self.mark_stale(room, seat);
            self.wake_pictures(key, now);
        }
    }

    pub(crate) fn tell_down(&mut self, key: ConnKey) {
        let Some(conn) = self.conns.get_mut(key) else { return };
        conn.up = false;
        if std::mem::replace(&mut conn.told_down, true) {
            return;
        }
        let (room, seat, direction) = (conn.room, conn.seat, conn.direction);
        self.events.push_back(Event::Disconnected { room, seat, direction });
    }

    pub(crate) fn on_gone(&mut self, key: ConnKey) {
        self.tell_down(key);
        let Some(conn) = self.conns.get(key) else { return };
        let (room, seat, direction) = (conn.room, conn.seat, conn.direction);
        self.drop_conn(key, false);
        if direction == Direction::Subscribe
            && let Some(seat) = self.seat_mut(room, seat)
        {
            seat.lost = true;
        }
    }

    /// Authenticated traffic came from a seat.
    pub(crate) fn heard(&mut self, room: RoomId, seat: SeatId, now: Instant) {
        let Some(entry) = self.seat_mut(room, seat) else { return };
        if entry.alive_at.is_some_and(|at| now.saturating_duration_since(at) < ALIVE_EVERY) {
            return;
        }
        entry.alive_at = Some(now);
        self.events.push_back(Event::Alive { room, seat });
    }

    pub(crate) fn on_health(&mut self, key: ConnKey, health: Health) {
        let Some(conn) = self.conns.get_mut(key) else { return };
        conn.health = health;
        let (room, seat) = (conn.room, conn.seat);
        let both = [Direction::Publish, Direction::Subscribe].map(|d| self.conn_of(room, seat, d));
        let levels = both.into_iter().flatten().filter_map(|k| self.conns.get(k));
        let worst = levels.filter(|c| c.up).map(|c| c.health.level()).max();
        let Some((worst, entry)) = worst.zip(self.seat_mut(room, seat)) else { return };
        if let Some(level) = entry.meter.measure(worst) {
            self.events.push_back(Event::Quality { room, seat, level });
        }
    }
}

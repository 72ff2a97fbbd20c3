//! Looks after the seats, once a second: who is silent is no longer present, who is lost too long loses the seat.

use std::time::Duration;

use super::desk::{breaking, leavers};
use super::media::Engine;
use super::model::{Because, Kind};
use super::room::Seat;
use super::state::{SILENCE_SECONDS, State};
use super::{Live, ledger};
use crate::events::Parting;
use crate::kit::{At, SeatId};
use crate::plumbing::Parts;

/// How many sweeps lie between two writes of the last signs of life.
const WRITE_EVERY: u32 = 4;

/// Sweeps until the house closes.
pub async fn run(parts: Parts) {
    let mut beat = tokio::time::interval(Duration::from_secs(1));
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    for round in 0u32.. {
        tokio::select! {
            _ = parts.closing.cancelled() => return,
            _ = beat.tick() => {}
        }
        sweep(&parts).await;
        if round % WRITE_EVERY == 0 {
            if let Err(refusal) = ledger::write_traces(&parts).await {
                tracing::warn!(%refusal, "signs of life wait for the database");
            }
            measure(&parts);
        }
    }
}

/// One look at all seats, at the house's own time.
pub async fn sweep(parts: &Parts) {
    let live = parts.memory.of::<Live>();
    {
        let mut state = live.state();
        look(&mut state, parts.clock.now());
    }
    if !live.state().changes.is_empty() {
        ledger::write_or_later(parts).await;
    }
    breaking::close_due(parts).await;
    leavers::tidy(parts).await;
}

enum Finding {
    /// Its connection stands and has no beats of its own: the transport vouches for it.
    VouchedFor,
    Silent,
    Lost,
}

/// What one look finds and does. Pure but for what it tells.
pub fn look(state: &mut State, now: At) {
    let seats = state.rooms.values().flat_map(|room| room.seats.values());
    let found: Vec<(SeatId, Finding)> = seats.filter_map(|seat| Some((seat.id, find(seat, now)?))).collect();
    for (id, finding) in found {
        match finding {
            Finding::VouchedFor => state.touch(id, now),
            Finding::Silent => fall_silent(state, id, now),
            Finding::Lost => state.close(id, now, Because::Silent),
        }
    }
}

fn find(seat: &Seat, now: At) -> Option<Finding> {
    if seat.socket.as_ref().is_some_and(|socket| !seat.beats && socket.connected()) {
        return Some(Finding::VouchedFor);
    }
    let silence = now.micros() - seat.last_seen.micros();
    let longer_than = |seconds: i64| silence >= seconds * 1_000_000;
    if seat.here_since.is_some() && longer_than(SILENCE_SECONDS) {
        return Some(Finding::Silent);
    }
    (seat.here_since.is_none() && seat.socket.is_none() && longer_than(seat.held)).then_some(Finding::Lost)
}

fn fall_silent(state: &mut State, id: SeatId, now: At) {
    let Some(seat) = state.seat(id) else { return };
    let (last_seen, kind) = (seat.last_seen, seat.kind);
    metrics::counter!("vdp_live_silences_total").increment(1);
    state.leave(id, last_seen, Parting::Silent);
    if kind != Kind::Browser {
        // A publisher or viewer has no token to come back with.
        state.close(id, now, Because::Silent);
    }
}

fn measure(parts: &Parts) {
    let live = parts.memory.of::<Live>();
    let (rooms, seats, present) = {
        let state = live.state();
        let seats = state.rooms.values().flat_map(|room| room.seats.values());
        (state.rooms.len(), state.index.len(), seats.filter(|seat| seat.presence.is_some()).count())
    };
    metrics::gauge!("vdp_live_rooms").set(rooms as f64);
    metrics::gauge!("vdp_live_seats").set(seats as f64);
    metrics::gauge!("vdp_live_present").set(present as f64);
    live.media.as_ref().into_iter().for_each(measure_media);
    live.recorder.iter().for_each(|recorder| recorder.measure(parts.clock.now()));
}

fn measure_media(media: &Engine) {
    for (shard, counted) in media.counters().into_iter().enumerate() {
        let shard = shard.to_string();
        for (what, count) in [
            ("packets_in", counted.packets_in),
            ("packets_out", counted.packets_out),
            ("bytes_in", counted.bytes_in),
            ("bytes_out", counted.bytes_out),
            ("nacks", counted.nacks),
            ("plis", counted.plis),
            ("drops", counted.drops),
            ("panics", counted.panics),
        ] {
            metrics::counter!("vdp_media_total", "shard" => shard.clone(), "what" => what).absolute(count);
        }
        let connections = counted.connections as f64;
        metrics::gauge!("vdp_media_connections", "shard" => shard).set(connections);
    }
}

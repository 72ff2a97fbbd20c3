//! Writes what happened to seats into their rows, together with the facts: many changes in one transaction.
//!
//! Memory is ahead of the rows by moments only. When the database is away the changes wait, in order and with their
//! exact times, and are written when it is back.

use futures::FutureExt;

use super::Live;
use super::room::Seat;
use super::state::Change;
use super::store::{self, Trace};
use crate::kit::{Answer, SeatId};
use crate::plumbing::Parts;

/// Lets one writer at a time in, so that changes are written in their order.
#[derive(Default)]
pub struct Ledger {
    writing: tokio::sync::Mutex<()>,
}

/// So many changes in one transaction.
const AT_ONCE: usize = 500;

/// Writes what waits. Whoever comes while another writes finds their changes written by the time it is their turn.
pub async fn write(parts: &Parts) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    let _turn = live.ledger.writing.lock().await;
    loop {
        let changes: Vec<Change> = live.state().changes.iter().take(AT_ONCE).cloned().collect();
        if changes.is_empty() {
            return Ok(());
        }
        write_changes(parts, &changes).await?;
        // Only now: until it is written, memory is where one can learn of it. New ones come behind them.
        live.state().changes.drain(..changes.len());
    }
}

/// The same, for who cannot do anything about a database that is away: the next sweep tries again.
pub async fn write_or_later(parts: &Parts) {
    if let Err(refusal) = write(parts).await {
        tracing::warn!(%refusal, "presences wait for the database");
    }
}

async fn write_changes(parts: &Parts, changes: &[Change]) -> Answer<()> {
    parts
        .db
        .write(|tx| {
            async move {
                for change in changes {
                    store::apply(parts, tx, change).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// Writes the traces of everybody who is present, in one transaction.
pub async fn write_traces(parts: &Parts) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    let _turn = live.ledger.writing.lock().await;
    let traces: Vec<Trace> = {
        let state = live.state();
        let seats = state.rooms.values().flat_map(|room| room.seats.values());
        seats.filter(|seat| seat.presence.is_some() && seat.last_seen > seat.written).map(trace).collect()
    };
    put(parts, &traces).await
}

/// Writes the traces of some seats at once, for what has to outlive a crash from now on. Without a database it holds in
/// memory, and is written when that is back.
pub async fn keep_traces(parts: &Parts, seats: &[SeatId]) {
    let live = parts.memory.of::<Live>();
    let _turn = live.ledger.writing.lock().await;
    let traces: Vec<Trace> = {
        let state = live.state();
        seats.iter().filter_map(|id| state.seat(*id)).filter(|seat| seat.presence.is_some()).map(trace).collect()
    };
    if let Err(refusal) = put(parts, &traces).await {
        tracing::warn!(%refusal, "what staff switched off waits for the database");
    }
}

fn trace(seat: &Seat) -> Trace {
    let at = seat.last_seen;
    Trace { seat: seat.id, at, sent: seat.meter.sent(at), muted: seat.mutes.clone() }
}

async fn put(parts: &Parts, traces: &[Trace]) -> Answer<()> {
    if traces.is_empty() {
        return Ok(());
    }
    parts.db.write(|tx| async move { store::put_traces(tx, traces).await }.boxed()).await?;
    let mut state = parts.memory.of::<Live>().state();
    for Trace { seat, at, .. } in traces {
        if let Some(seat) = state.seat_mut(*seat) {
            seat.written = seat.written.max(*at);
        }
    }
    Ok(())
}

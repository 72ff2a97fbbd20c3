//! Writes what happened to seats into their rows, together with the facts: many changes in one transaction.
//!
//! Memory is ahead of the rows by moments only. When the database is away the changes wait, in order and with their
//! exact times, and are written when it is back.

use futures::FutureExt;

use super::Live;
use super::state::Change;
use super::store;
use crate::kit::{Answer, At, SeatId};
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

/// Writes the last signs of life of everybody who is present, in one transaction.
pub async fn write_last_seen(parts: &Parts) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    let _turn = live.ledger.writing.lock().await;
    let seen: Vec<(SeatId, At)> = {
        let state = live.state();
        let seats = state.rooms.values().flat_map(|room| room.seats.values());
        let news = seats.filter(|seat| seat.presence.is_some() && seat.last_seen > seat.written);
        news.map(|seat| (seat.id, seat.last_seen)).collect()
    };
    if seen.is_empty() {
        return Ok(());
    }
    let news = &seen;
    parts.db.write(|tx| async move { store::put_last_seen(tx, news).await }.boxed()).await?;
    let mut state = live.state();
    for (id, at) in seen {
        if let Some(seat) = state.seat_mut(id) {
            seat.written = seat.written.max(at);
        }
    }
    Ok(())
}

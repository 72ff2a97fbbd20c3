//! When presences of a class that is over really ended, for who asks before the last facts are heard.
//!
//! What this room will write is known before it is written: memory has the presences that stand and the changes that
//! wait, the rows have the rest. So the answer now is the answer for ever.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Live, store};
use crate::kit::{Answer, At, SeatId, SessionId};
use crate::plumbing::Parts;

/// The end of each presence in `open`, each an entry and its seat, of a class that ended at `ended_at`: that instant,
/// or the last sign of life where it was earlier. Every entry asked for is answered.
pub async fn ends(
    parts: &Parts,
    session: SessionId,
    ended_at: At,
    open: &[(Uuid, Option<SeatId>)],
) -> Answer<HashMap<Uuid, At>> {
    let mut ends = parts.memory.of::<Live>().state().ends(session, ended_at);
    ends.retain(|entry, _| open.iter().any(|(asked, _)| asked == entry));
    let unknown: Vec<_> = open.iter().filter(|(entry, _)| !ends.contains_key(entry)).collect();
    if unknown.is_empty() {
        return Ok(ends);
    }
    let seats = unknown.iter().filter_map(|(_, seat)| *seat).collect();
    let rows = store::find_all(parts.db.read(), seats).await?;
    for (entry, seat) in unknown {
        let row = seat.and_then(|seat| rows.iter().find(|row| row.id == seat));
        // A row that goes on with a newer presence says when that one began: this one was over by then.
        let seen = row.and_then(|row| match row.entry {
            Some(now) if now != *entry => row.present_since,
            _ => row.last_seen,
        });
        ends.insert(*entry, seen.map_or(ended_at, |seen| seen.min(ended_at)));
    }
    Ok(ends)
}

//! Nobody is present in a class that is over: intervals whose end was not heard yet are read as closed.

use std::collections::HashMap;

use super::model;
use crate::kit::{Answer, At, SessionId};
use crate::live::ends;
use crate::plumbing::Parts;

/// Closes what is open in `rows` of sessions that ended, `ended` by their ids: at the session's end, or at the last sign
/// of life where that was earlier. The ledger itself is not touched; the facts will say the same.
pub async fn closed(
    parts: &Parts,
    ended: &HashMap<SessionId, At>,
    mut rows: Vec<model::Model>,
) -> Answer<Vec<model::Model>> {
    let mut open: HashMap<SessionId, Vec<_>> = HashMap::new();
    for row in rows.iter().filter(|row| row.left_at.is_none() && ended.contains_key(&row.session_id)) {
        open.entry(row.session_id).or_default().push((row.id, row.seat_id));
    }
    for (session, open) in open {
        let Some(ended_at) = ended.get(&session) else { continue };
        let ends = ends::ends(parts, session, *ended_at, &open).await?;
        for row in rows.iter_mut().filter(|row| row.left_at.is_none() && row.session_id == session) {
            row.left_at = ends.get(&row.id).copied();
        }
    }
    Ok(rows)
}

//! Who leads two sessions at once.

use std::collections::BTreeSet;

use sea_orm::ConnectionTrait;

use super::store;
use super::wire::{Conflict, PreviewedSession, SeriesChange};
use crate::kit::{Answer, ProgramId, SessionId, UserId};
use crate::programs::session;

/// Writes into each session what its lead has at the same time, but for sessions in `but`, which change themselves.
pub async fn find(
    conn: &impl ConnectionTrait,
    program: ProgramId,
    leads: &[Option<UserId>],
    but: &[SessionId],
    sessions: &mut [PreviewedSession],
) -> Answer<()> {
    let distinct: BTreeSet<UserId> = leads.iter().flatten().copied().collect();
    let from = sessions.iter().map(|one| one.starts_at).min();
    let until = sessions.iter().map(|one| one.ends_at).max();
    let (Some(from), Some(until)) = (from, until) else { return Ok(()) };
    for lead in distinct {
        let busy = store::led_by(conn, lead, from, until).await?;
        for (one, _) in sessions.iter_mut().zip(leads).filter(|(_, whose)| **whose == Some(lead)) {
            if matches!(one.change, SeriesChange::Removed | SeriesChange::Untouched) {
                continue;
            }
            let meets = |other: &&session::Model| {
                !but.contains(&other.id) && other.starts_at < one.ends_at && other.ends_at > one.starts_at
            };
            one.conflicts.extend(busy.iter().filter(meets).map(|other| shown(other, program)));
        }
    }
    Ok(())
}

fn shown(other: &session::Model, program: ProgramId) -> Conflict {
    let title = if other.program_id == program { other.title.clone() } else { String::new() };
    Conflict { session_id: other.id, title, starts_at: other.starts_at, ends_at: other.ends_at }
}

//! After a restart: presences that a crash left open are closed at the last sign of life that was written; seats
//! whose class goes on wait for their people, whose tokens are still good.

use futures::FutureExt;
use uuid::Uuid;

use super::model::{Because, Kind, Model};
use super::room::{Class, Seat};
use super::state::Change;
use super::{Live, guests, join, recording, store, talk};
use crate::accounts;
use crate::events::Parting;
use crate::kit::{Answer, At};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::programs::{self, State, program, session};

/// Puts seats in order. Done before the house says that it is ready.
pub async fn reopen(parts: &Parts) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    let rows = store::open_seats(parts.db.read(), &live.node).await?;
    if rows.is_empty() {
        return Ok(());
    }
    tracing::info!(seats = rows.len(), "seats of the last run are put in order");
    for row in rows {
        reopen_one(parts, &row).await?;
    }
    Ok(())
}

async fn reopen_one(parts: &Parts, row: &Model) -> Answer<()> {
    let now = parts.clock.now();
    let (session, program) = programs::store::need_session(parts.db.read(), row.session_id).await?;
    let user = accounts::store::find(parts.db.read(), row.user_id).await?;
    let over = matches!(session.state, State::Ended | State::Cancelled);
    let because = match &user {
        _ if over => Some(Because::Over),
        Some(user) if !comes(parts, row, user, &program).await? => Some(Because::EnrollmentEnded),
        _ if store::was_removed(parts.db.read(), row.session_id, row.user_id).await? => Some(Because::Removed),
        Some(user) if user.active && user.erased_at.is_none() => {
            // Publishers and viewers have nothing to come back with.
            (row.kind != Kind::Browser).then_some(Because::Silent)
        }
        _ => Some(Because::AccountClosed),
    };
    let session = &session;
    parts
        .db
        .write(|tx| {
            async move {
                if let Some(entry) = row.entry {
                    close_presence(parts, tx, row, entry, session, now).await?;
                }
                match because {
                    Some(because) => store::close(tx, row.id, now, because).await,
                    None => Ok(()),
                }
            }
            .boxed()
        })
        .await?;
    if let (None, Some(user)) = (because, user) {
        let kept = talk::load::kept(parts, session.id, &program).await?;
        let consent = recording::store::consent(parts.db.read(), program.id, user.id).await?;
        let mut state = parts.memory.of::<Live>().state();
        state.room(Class::of(session, &program), kept);
        state.add(session.id, Seat { consent, ..join::held_seat(row, &user, now) });
    }
    Ok(())
}

/// Whether the rows still let this person sit in the classes of the program. Staff are looked at when they act.
async fn comes(parts: &Parts, row: &Model, user: &accounts::model::Model, program: &program::Model) -> Answer<bool> {
    if row.staff || guests::needs_no_enrollment(user, program) {
        return Ok(true);
    }
    let enrollment = programs::store::enrollment_of(parts.db.read(), program.id, user.id).await?;
    Ok(enrollment.is_some_and(|row| row.status.attends()))
}

async fn close_presence(
    parts: &Parts,
    tx: &Tx<'_>,
    row: &Model,
    entry: Uuid,
    session: &session::Model,
    now: At,
) -> Answer<()> {
    let seen = row.last_seen.or(row.present_since).unwrap_or(now);
    // Nobody is present after the end, whatever was heard of them in its last moment.
    let at = session.ended_at.map_or(seen, |ended| seen.min(ended));
    let at = row.present_since.map_or(at, |since| at.max(since));
    let (session, program) = (session.id, session.program_id);
    let (because, sent) = (Parting::Restart, serde_json::from_str(&row.sent).unwrap_or_default());
    let left = Change::Left { seat: row.id, entry, session, program, user: row.user_id, at, because, sent };
    store::apply(parts, tx, &left).await
}

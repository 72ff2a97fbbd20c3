//! Running a session: start, end, cancel. A state moves once; whoever comes second is told so.

use futures::FutureExt;
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::json;

use super::model::{ProgramStatus, State, program, session};
use super::wire::SessionPush;
use super::{place, store};
use crate::accounts::Caller;
use crate::events::Fact;
use crate::kit::checks::Checks;
use crate::kit::{Answer, At, Refusal, SessionId};
use crate::plumbing::db::Tx;
use crate::plumbing::{Parts, jobs, outbox, pushes};

/// A session that nobody ends is looked at this long after its planned end.
pub const END_BY_ITSELF_MINUTES: i64 = 15;

/// When a session's door opens: from here on it can be joined and started.
pub fn open_for(session: &session::Model, program: &program::Model) -> At {
    session.starts_at.plus_minutes(-i64::from(program.join_minutes_before))
}

/// Starts a class. Its doorkeeper job is put down with it.
pub async fn start(parts: &Parts, caller: &Caller, id: SessionId) -> Answer<(session::Model, program::Model)> {
    parts
        .db
        .write(|tx| {
            async move {
                let (before, staff) = place::staff_of_session(tx.conn(), caller, id).await?;
                let now = parts.clock.now();
                may_start(&before, staff.program(), now)?;
                let ends_at = before.ends_at;
                let mut row = before.into_active_model();
                row.state = Set(State::Live);
                row.started_at = Set(Some(now));
                let session = save(tx, row, now).await?;
                let key = format!("end-session:{id}");
                let look_at = ends_at.plus_minutes(END_BY_ITSELF_MINUTES);
                jobs::put(tx, "end-session", &key, json!({"session_id": id}), look_at).await?;
                let fact = Fact::SessionStarted { session: id, program: session.program_id, at: now };
                tell(parts, tx, &session, "session_started", fact).await?;
                Ok((session, staff.program().clone()))
            }
            .boxed()
        })
        .await
}

/// Ends a class.
pub async fn end(parts: &Parts, caller: &Caller, id: SessionId) -> Answer<(session::Model, program::Model)> {
    parts
        .db
        .write(|tx| {
            async move {
                let (before, staff) = place::staff_of_session(tx.conn(), caller, id).await?;
                may_end(&before)?;
                let session = end_now(parts, tx, before).await?;
                Ok((session, staff.program().clone()))
            }
            .boxed()
        })
        .await
}

/// Ends a class that nobody ended; false when it is not live any more.
pub async fn end_by_itself(parts: &Parts, id: SessionId) -> Answer<bool> {
    parts
        .db
        .write(|tx| {
            async move {
                let found = store::find_session(tx.conn(), id).await?;
                let Some(before) = found.filter(|s| s.state == State::Live) else { return Ok(false) };
                end_now(parts, tx, before).await?;
                Ok(true)
            }
            .boxed()
        })
        .await
}

/// Cancels a session that has not begun, with a word for the people who would have come.
pub async fn cancel(
    parts: &Parts,
    caller: &Caller,
    id: SessionId,
    reason: Option<&str>,
) -> Answer<(session::Model, program::Model)> {
    let mut checks = Checks::new();
    let reason = checks.optional_text("reason", reason, 300);
    checks.finish()?;
    let reason = &reason;
    parts
        .db
        .write(|tx| {
            async move {
                let (before, staff) = place::staff_of_session(tx.conn(), caller, id).await?;
                may_cancel(&before)?;
                let now = parts.clock.now();
                let mut row = before.into_active_model();
                row.state = Set(State::Cancelled);
                row.cancel_reason = Set(reason.clone());
                let session = save(tx, row, now).await?;
                let fact = Fact::SessionCancelled { session: id, program: session.program_id, at: now };
                tell(parts, tx, &session, "session_cancelled", fact).await?;
                Ok((session, staff.program().clone()))
            }
            .boxed()
        })
        .await
}

async fn end_now(parts: &Parts, tx: &Tx<'_>, before: session::Model) -> Answer<session::Model> {
    let now = parts.clock.now();
    let id = before.id;
    let mut row = before.into_active_model();
    row.state = Set(State::Ended);
    row.ended_at = Set(Some(now));
    let session = save(tx, row, now).await?;
    let fact = Fact::SessionEnded { session: id, program: session.program_id, at: now };
    tell(parts, tx, &session, "session_ended", fact).await?;
    Ok(session)
}

/// Writes a changed session with its next version.
pub(super) async fn save(tx: &Tx<'_>, mut row: session::ActiveModel, now: At) -> Answer<session::Model> {
    row.version = Set(row.version.take().unwrap_or_default() + 1);
    row.updated_at = Set(now);
    Ok(session::Entity::update(row).exec(tx.conn()).await?)
}

/// Announces what happened to a session, and pushes it to everybody in its program.
pub(super) async fn tell(
    parts: &Parts,
    tx: &Tx<'_>,
    session: &session::Model,
    event: &'static str,
    fact: Fact,
) -> Answer<()> {
    outbox::announce(parts, tx, fact).await?;
    push(parts, tx, session, event).await
}

pub(super) async fn push(parts: &Parts, tx: &Tx<'_>, session: &session::Model, event: &'static str) -> Answer<()> {
    let payload = json!(SessionPush { session_id: session.id, program_id: session.program_id });
    pushes::push(parts, tx, format!("program:{}", session.program_id), event, payload).await
}

fn may_start(session: &session::Model, program: &program::Model, now: At) -> Answer<()> {
    match session.state {
        State::Live => return Err(already_live(session)),
        State::Ended => return Err(already_over()),
        State::Cancelled => return Err(is_cancelled()),
        State::Scheduled => {}
    }
    if program.status == ProgramStatus::Archived {
        let text = "This program is archived. Publish it again before you start a class in it.";
        return Err(Refusal::conflict("archived", text));
    }
    let opens = open_for(session, program);
    if now < opens {
        return Err(not_open_yet(opens));
    }
    if now >= session.ends_at {
        return Err(already_over());
    }
    Ok(())
}

fn may_end(session: &session::Model) -> Answer<()> {
    match session.state {
        State::Live => Ok(()),
        State::Scheduled => Err(Refusal::conflict("not-begun", "This class has not begun, so it cannot be ended.")),
        State::Ended => Err(already_over()),
        State::Cancelled => Err(is_cancelled()),
    }
}

fn may_cancel(session: &session::Model) -> Answer<()> {
    match session.state {
        State::Scheduled => Ok(()),
        State::Live => Err(already_live(session)),
        State::Ended => Err(already_over()),
        State::Cancelled => Err(is_cancelled()),
    }
}

/// Also said by the room above to who joins too early.
pub fn not_open_yet(opens: At) -> Refusal {
    let text = format!("The door is not open yet. It opens at {}.", opens.rfc3339());
    Refusal::conflict("not-open-yet", text).with("can_join_at", opens.rfc3339())
}

/// Also said by the room above to who joins too late.
pub fn already_over() -> Refusal {
    Refusal::conflict("already-over", "This class is over.")
}

/// Also said by the room above to who joins a cancelled class.
pub fn is_cancelled() -> Refusal {
    Refusal::conflict("cancelled", "This class is cancelled.")
}

fn already_live(session: &session::Model) -> Refusal {
    let since = session.started_at.map(At::rfc3339).unwrap_or_default();
    Refusal::conflict("already-live", "This class is live already.").with("started_at", since)
}

//! A class that nobody ends is ended by the house, once it is well past its time and its staff are gone.

use std::sync::Arc;

use futures::FutureExt;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Live;
use crate::kit::{Answer, At, Refusal, SessionId};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::jobs::{self, Handler, Outcome};
use crate::programs::{self, State};

pub const END_SESSION: &str = "end-session";

/// How long after its planned end a class may go on without staff.
const GRACE_MINUTES: i64 = 15;
/// How soon to look again while staff are still there.
const AGAIN_SECONDS: i64 = 60;

#[derive(Serialize, Deserialize)]
struct Body {
    session: SessionId,
}

pub fn handlers() -> Vec<(&'static str, Handler)> {
    let end: Handler = Arc::new(|parts, body| {
        async move {
            let Body { session } = serde_json::from_value(body).map_err(Refusal::broken)?;
            end_session(&parts, session).await
        }
        .boxed()
    });
    vec![(END_SESSION, end)]
}

/// Puts the look at a class's end down, or moves it when the end moved.
pub async fn put(parts: &Parts, tx: &Tx<'_>, session: SessionId) -> Answer<()> {
    let Some(row) = programs::store::find_session(tx.conn(), session).await? else { return Ok(()) };
    if row.state != State::Live {
        return Ok(());
    }
    let run_at = due(row.ends_at).max(parts.clock.now());
    jobs::put(tx, END_SESSION, &format!("{END_SESSION}:{session}"), json!(Body { session }), run_at).await
}

fn due(ends_at: At) -> At {
    ends_at.plus_minutes(GRACE_MINUTES)
}

pub async fn end_session(parts: &Parts, session: SessionId) -> Answer<Outcome> {
    let Some(row) = programs::store::find_session(parts.db.read(), session).await? else { return Ok(Outcome::Done) };
    if row.state != State::Live {
        return Ok(Outcome::Done);
    }
    let now = parts.clock.now();
    if now < due(row.ends_at) {
        return Ok(Outcome::Again(due(row.ends_at)));
    }
    let staffed = {
        let state = parts.memory.of::<Live>().state();
        state.rooms.get(&session).is_some_and(|room| room.has_staff())
    };
    if staffed {
        return Ok(Outcome::Again(now.plus_seconds(AGAIN_SECONDS)));
    }
    programs::run::end_by_itself(parts, session).await?;
    Ok(Outcome::Done)
}

//! A class that nobody ends is ended by the house, once it is well past its time and its staff are gone.

use std::sync::Arc;

use futures::FutureExt;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Live, recording};
use crate::kit::{Answer, At, Refusal, SessionId};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::jobs::{self, Handler, Outcome};
use crate::programs::{self, State};

pub const END_SESSION: &str = "end-session";

/// How soon to look again while staff are still there.
const AGAIN_SECONDS: i64 = 60;

#[derive(Serialize, Deserialize)]
struct Body {
    session_id: SessionId,
}

pub fn handlers() -> Vec<(&'static str, Handler)> {
    let end: Handler = Arc::new(|parts, body| {
        async move {
            let Body { session_id } = serde_json::from_value(body).map_err(Refusal::broken)?;
            end_session(&parts, session_id).await
        }
        .boxed()
    });
    let mut all = vec![(END_SESSION, end), recording::ending::handler(), recording::retention::handler()];
    all.extend(recording::shelving::handlers());
    all.extend(recording::video::handlers());
    all
}

/// Moves the look at a class's end that was put down at its start, when its planned end moved.
pub async fn moved(parts: &Parts, tx: &Tx<'_>, session: SessionId) -> Answer<()> {
    let Some(row) = programs::store::find_session(tx.conn(), session).await? else { return Ok(()) };
    if row.state != State::Live {
        return Ok(());
    }
    let run_at = due(row.ends_at).max(parts.clock.now());
    jobs::put(tx, END_SESSION, &format!("{END_SESSION}:{session}"), json!(Body { session_id: session }), run_at).await
}

fn due(ends_at: At) -> At {
    ends_at.plus_minutes(programs::run::END_BY_ITSELF_MINUTES)
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

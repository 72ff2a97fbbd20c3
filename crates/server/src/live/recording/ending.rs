//! A class is over: what still runs of its recordings is finished. A job sees to it, put down where the end is heard,
//! so it does not matter what memory knew of the class in that moment, nor whether the server stood.

use std::sync::Arc;

use futures::FutureExt;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::model::Because;
use super::{store, wrap_up};
use crate::kit::{Answer, Refusal, SessionId};
use crate::live::Live;
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::jobs::{self, Handler, Outcome};
use crate::programs;

const FINISH: &str = "finish-recordings";

#[derive(Serialize, Deserialize)]
struct Body {
    session_id: SessionId,
}

pub fn handler() -> (&'static str, Handler) {
    let finish: Handler = Arc::new(|parts, body| {
        async move {
            let Body { session_id } = serde_json::from_value(body).map_err(Refusal::broken)?;
            finish_all_of(&parts, session_id).await.map(|()| Outcome::Done)
        }
        .boxed()
    });
    (FINISH, finish)
}

/// In the transaction that hears that a class is over. No recording of it is prepared after that.
pub async fn class_over(parts: &Parts, tx: &Tx<'_>, session: SessionId) -> Answer<()> {
    let key = format!("{FINISH}:{session}");
    jobs::put(tx, FINISH, &key, json!(Body { session_id: session }), parts.clock.now()).await
}

/// Mostly there is none: the end of a class that memory knows finishes its recording at once.
async fn finish_all_of(parts: &Parts, session: SessionId) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    if live.recorder.is_none() {
        return Ok(());
    }
    let rows = store::running(parts.db.read(), &live.node).await?;
    for row in rows.into_iter().filter(|row| row.session_id == session) {
        let class = programs::store::find_session(parts.db.read(), session).await?;
        let at = class.and_then(|class| class.ended_at).unwrap_or_else(|| parts.clock.now());
        if let Some(room) = live.state().rooms.get_mut(&session) {
            room.desk.recording.take_if(|recording| recording.id == row.id);
        }
        wrap_up::finish(parts, session, row.id, Because::Over, at).await?;
    }
    Ok(())
}

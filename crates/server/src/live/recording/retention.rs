//! Recordings do not stay: each is deleted when its time has come, or when staff say so.

use std::sync::Arc;

use futures::FutureExt;
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::model::{self, Stage};
use super::{replay, run, shelving, store, video};
use crate::accounts::Caller;
use crate::kit::{Answer, RecordingId, Refusal, UserId};
use crate::live::Live;
use crate::plumbing::Parts;
use crate::plumbing::jobs::{self, Handler, Outcome};
use crate::programs::place;

pub const DELETE_RECORDING: &str = "delete-recording";

#[derive(Serialize, Deserialize)]
struct Body {
    recording_id: RecordingId,
}

pub fn handler() -> (&'static str, Handler) {
    let delete: Handler = Arc::new(|parts, body| {
        async move {
            let Body { recording_id } = serde_json::from_value(body).map_err(Refusal::broken)?;
            expire(&parts, recording_id).await
        }
        .boxed()
    });
    (DELETE_RECORDING, delete)
}

/// The promise made to those who were recorded.
pub async fn expire(parts: &Parts, id: RecordingId) -> Answer<Outcome> {
    // One that never began has no row.
    let Some(row) = store::find(parts.db.read(), id).await? else { return Ok(Outcome::Done) };
    match row.kept_until {
        // Files that a deletion left behind.
        _ if row.state == Stage::Deleted => sweep(parts, id).await.map(|()| Outcome::Done),
        Some(until) if until > parts.clock.now() => Ok(Outcome::Again(until)),
        _ => remove(parts, id, None).await.map(|()| Outcome::Done),
    }
}

/// Staff delete a recording, also one that runs.
pub async fn delete(parts: &Parts, caller: &Caller, id: RecordingId) -> Answer<()> {
    // Who may not know of it hears that it is not there.
    let row = replay::open(parts, caller, id).await?.row;
    place::staff_of_session(parts.db.read(), caller, row.session_id).await?;
    if row.state == Stage::Deleted {
        return sweep(parts, id).await;
    }
    if row.state == Stage::Running {
        run::stop_this(parts, row.session_id, id, &caller.name).await?;
    }
    remove(parts, id, Some(caller.id)).await
}

/// The rows first: what is not listed is not asked for. Files and objects that then remain are tried again by the jobs.
async fn remove(parts: &Parts, id: RecordingId, by: Option<UserId>) -> Answer<()> {
    parts
        .db
        .write(|tx| {
            async move {
                let tracks = store::tracks(tx.conn(), id).await?;
                shelving::deleted(parts, tx, id, &tracks).await?;
                video::unwanted(parts, tx, id).await?;
                store::drop_tracks(tx, id).await?;
                let row = model::ActiveModel {
                    id: Set(id),
                    state: Set(Stage::Deleted),
                    deleted_by: Set(by),
                    ..Default::default()
                };
                // Should the server end before the files are gone, the job takes them.
                let key = format!("{DELETE_RECORDING}:{id}");
                let now = parts.clock.now();
                jobs::put(tx, DELETE_RECORDING, &key, json!({ "recording_id": id }), now).await?;
                store::update(tx, row).await
            }
            .boxed()
        })
        .await?;
    sweep(parts, id).await
}

/// Takes the files away, if there are any.
async fn sweep(parts: &Parts, id: RecordingId) -> Answer<()> {
    let parts = parts.clone();
    let gone = tokio::task::spawn_blocking(move || {
        parts.memory.of::<Live>().recorder.as_ref().map_or(Ok(()), |recorder| recorder.delete(id))
    });
    gone.await.map_err(Refusal::broken)?.map_err(Refusal::broken)
}

//! Recordings go to the shelf: what is finished on the disk is copied there, and only what stands there is taken from
//! the disk. Jobs see to it, so it outlives restarts and goes on when an S3 server that was away is back.

use std::sync::Arc;

use futures::FutureExt;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::model::{Stage, track};
use super::shelf::{self, Shelf, Trouble};
use super::{Recorder, store, video};
use crate::kit::{Answer, At, RecordingId, Refusal};
use crate::live::Live;
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::jobs::{self, Handler, Outcome};

/// Brings the files of a recording to the shelf.
const SHELVE: &str = "shelve-recording";
/// Takes what is left of a deleted recording from the shelf.
const CLEAR: &str = "clear-recording";

#[derive(Serialize, Deserialize)]
struct Body {
    recording_id: RecordingId,
}

pub fn handlers() -> Vec<(&'static str, Handler)> {
    [SHELVE, CLEAR].map(|kind| (kind, handler(kind))).into()
}

fn handler(kind: &'static str) -> Handler {
    Arc::new(move |parts, body| {
        async move {
            let Body { recording_id } = serde_json::from_value(body).map_err(Refusal::broken)?;
            look_in(&parts, kind, recording_id).await
        }
        .boxed()
    })
}

/// A recording is finished: where there is a shelf it goes there.
pub async fn finished(parts: &Parts, tx: &Tx<'_>, id: RecordingId, now: At) -> Answer<()> {
    match shelf_of(parts) {
        Some(_) => put(tx, SHELVE, id, now).await,
        None => Ok(()),
    }
}

/// A recording is deleted: what stood on the shelf, or is on its way there, goes.
pub async fn deleted(parts: &Parts, tx: &Tx<'_>, id: RecordingId, tracks: &[track::Model]) -> Answer<()> {
    if shelf_of(parts).is_some() || tracks.iter().any(|track| track.object.is_some()) {
        put(tx, CLEAR, id, parts.clock.now()).await?;
    }
    Ok(())
}

/// At the start: what is still on the disk goes to the shelf, also what was recorded before there was one.
pub async fn take_up(parts: &Parts) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    if shelf_of(parts).is_none() {
        return Ok(());
    }
    let now = parts.clock.now();
    for id in store::on_disk(parts.db.read(), &live.node).await? {
        parts.db.write(|tx| put(tx, SHELVE, id, now).boxed()).await?;
    }
    Ok(())
}

async fn put(tx: &Tx<'_>, kind: &'static str, id: RecordingId, now: At) -> Answer<()> {
    jobs::put(tx, kind, &format!("{kind}:{id}"), json!(Body { recording_id: id }), now).await
}

fn shelf_of(parts: &Parts) -> Option<&Shelf> {
    parts.memory.of::<Live>().recorder.as_ref()?.shelf.as_ref()
}

async fn look_in(parts: &Parts, kind: &'static str, id: RecordingId) -> Answer<Outcome> {
    let Some(recorder) = parts.memory.of::<Live>().recorder.as_ref().filter(|recorder| recorder.shelf.is_some()) else {
        // What is on the disk stays there; what is to go waits for the settings to come back.
        return if kind == SHELVE { Ok(Outcome::Done) } else { Err(no_shelf()) };
    };
    let begin = || tokio::spawn(work(parts.clone(), kind, id));
    recorder.beside.look_in((kind, id), || parts.clock.now(), begin).await
}

async fn work(parts: Parts, kind: &'static str, id: RecordingId) -> Answer<()> {
    let Some(recorder) = &parts.memory.of::<Live>().recorder else { return Ok(()) };
    let Some(shelf) = &recorder.shelf else { return Ok(()) };
    let work = async {
        match store::find(parts.db.read(), id).await?.map(|row| row.state) {
            None | Some(Stage::Running) => Ok(()),
            Some(Stage::Ready) if kind == SHELVE => shelve(&parts, recorder, shelf, id).await,
            Some(Stage::Ready) => Ok(()),
            Some(Stage::Deleted) => shelf.clear(id).await.map_err(failed),
        }
    };
    tokio::select! {
        done = work => done,
        _ = parts.closing.cancelled() => Err(Refusal::unavailable("The server stops; this goes on with its next start.")),
    }
}

/// One track after the other: copied, written down, and then taken from the disk. May be done again at any point.
async fn shelve(parts: &Parts, recorder: &Recorder, shelf: &Shelf, id: RecordingId) -> Answer<()> {
    let folder = recorder.folder_of(id);
    let mut unread = None;
    for track in store::tracks(parts.db.read(), id).await? {
        let file = folder.join(&track.file);
        if track.object.is_none() {
            let key = shelf::key(id, track.id);
            match shelf.put(&key, &file, track.bytes as u64).await {
                Ok(()) => {}
                Err(Trouble::Shelf(why)) => return Err(failed(why)),
                Err(Trouble::Disk(error)) => {
                    unread = Some(failed(format!("A recorded file could not be read: {error}.")));
                    continue;
                }
            }
            let noted = parts.db.write(|tx| store::shelved(tx, track.id, &key).boxed()).await?;
            if !noted {
                // It was deleted meanwhile, and whoever deleted it may have looked at the shelf before this came.
                shelf.delete(&key).await.map_err(failed)?;
            }
        }
        match tokio::fs::remove_file(&file).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Refusal::broken(error)),
            _ => {}
        }
    }
    if let Err(refusal) = video::shelve(parts, recorder, shelf, id).await {
        unread = unread.or(Some(refusal));
    }
    // A file that never became a track stays, and its folder with it.
    let _ = tokio::fs::remove_dir(&folder).await;
    unread.map_or(Ok(()), Err)
}

/// The job says it in the log and tries again.
pub fn failed(why: String) -> Refusal {
    metrics::counter!("vdp_recordings_not_stored_total").increment(1);
    Refusal::unavailable(why)
}

pub fn no_shelf() -> Refusal {
    tracing::warn!("recordings are on an S3 server that the settings no longer name");
    Refusal::unavailable("This recording is kept on a server that is not set up here any more. Ask who runs this one.")
}

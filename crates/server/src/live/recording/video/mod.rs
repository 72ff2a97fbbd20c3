//! A recording as one video, for staff to keep or to show elsewhere, where ffmpeg is installed.
//!
//! A job makes it, of those who may be shown at that moment. It goes with its recording, and as soon as somebody who was
//! there says that they may not be recorded any more: then it can be made again, without them.

pub mod ffmpeg;
mod graph;
mod make;
pub mod model;
mod order;
mod plan;
pub mod store;

use std::sync::Arc;

use futures::FutureExt;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::model::{Model, VideoState};
use super::model::Stage;
use super::shelf::{self, Shelf, Trouble};
use super::wire::VideoView;
use super::{Recorder, replay, shelving, willing::Willing};
use crate::accounts::Caller;
use crate::kit::{Answer, At, ProgramId, RecordingId, Refusal, UserId};
use crate::live::{Live, media};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::jobs::{self, Handler, Outcome};
use crate::programs::place;

const MAKE: &str = "make-video";
/// Takes away what is left of one that is not wanted any more.
const DROP: &str = "drop-video";
/// Its name in the recording's folder.
pub const FILE: &str = "video.mp4";

#[derive(Serialize, Deserialize)]
struct Body {
    recording_id: RecordingId,
    /// Where the object of a dropped one is.
    #[serde(default)]
    object: Option<String>,
}

pub fn handlers() -> Vec<(&'static str, Handler)> {
    let make: Handler = Arc::new(|parts, body| {
        async move {
            let Body { recording_id, .. } = serde_json::from_value(body).map_err(Refusal::broken)?;
            let live = parts.memory.of::<Live>();
            let Some(recorder) = &live.recorder else { return Ok(Outcome::Done) };
            let work = || tokio::spawn(work(parts.clone(), recording_id));
            match recorder.beside.look_in((MAKE, recording_id), || parts.clock.now(), work).await? {
                // What was done may have been an earlier wish.
                Outcome::Done if wanted(&parts, recording_id).await? => Ok(Outcome::Again(parts.clock.now())),
                outcome => Ok(outcome),
            }
        }
        .boxed()
    });
    let drop: Handler = Arc::new(|parts, body| {
        async move {
            let Body { recording_id, object } = serde_json::from_value(body).map_err(Refusal::broken)?;
            clear(&parts, recording_id, object).await.map(|()| Outcome::Done)
        }
        .boxed()
    });
    vec![(MAKE, make), (DROP, drop)]
}

async fn wanted(parts: &Parts, id: RecordingId) -> Answer<bool> {
    let row = store::find(parts.db.read(), id).await?;
    Ok(row.is_some_and(|row| matches!(row.state, VideoState::Waiting | VideoState::Making)))
}

async fn work(parts: Parts, id: RecordingId) -> Answer<()> {
    let Some(recorder) = &parts.memory.of::<Live>().recorder else { return Ok(()) };
    tokio::select! {
        done = make::make(&parts, recorder, id) => done,
        _ = parts.closing.cancelled() => Err(Refusal::unavailable("The server stops; this goes on with its next start.")),
    }
}

/// A recording that is ready, and staff who ask for its video.
async fn opened(parts: &Parts, caller: &Caller, id: RecordingId) -> Answer<replay::Opened> {
    let opened = replay::open(parts, caller, id).await?;
    place::staff_of_session(parts.db.read(), caller, opened.row.session_id).await?;
    if opened.row.state != Stage::Ready {
        return Err(replay::not_ready(opened.row.state));
    }
    Ok(opened)
}

pub async fn view(parts: &Parts, caller: &Caller, id: RecordingId) -> Answer<VideoView> {
    opened(parts, caller, id).await?;
    let row = store::find(parts.db.read(), id).await?;
    let may_make = recorder(parts)?.program().is_some();
    let empty = VideoView { state: VideoState::None, percent: 0, bytes: 0, made_at: None, may_make };
    Ok(row.map_or(empty, |row| VideoView {
        state: row.state,
        percent: row.percent,
        bytes: row.bytes,
        made_at: row.made_at,
        may_make,
    }))
}

/// Puts the wish down. One that is under way or done is not begun again; one that failed is.
pub async fn ask(parts: &Parts, caller: &Caller, id: RecordingId) -> Answer<VideoView> {
    let opened = opened(parts, caller, id).await?;
    let recorder = recorder(parts)?;
    recorder.program().ok_or_else(no_ffmpeg)?;
    let willing = Willing::read(parts.db.read(), opened.program.id).await?;
    let tracks = super::store::tracks(parts.db.read(), id).await?;
    if !tracks.iter().any(|track| willing.now(track.user_id)) {
        return Err(Refusal::conflict("nothing-to-show", "Nobody is in this recording who may be shown."));
    }
    let row = Model {
        recording_id: id,
        state: VideoState::Waiting,
        percent: 0,
        bytes: 0,
        asked_by: caller.id,
        asked_at: parts.clock.now(),
        made_at: None,
        object: None,
    };
    parts.db.write(|tx| put(tx, row.clone()).boxed()).await?;
    view(parts, caller, id).await
}

async fn put(tx: &Tx<'_>, row: Model) -> Answer<()> {
    let id = row.recording_id;
    match store::find(tx.conn(), id).await? {
        Some(known) if known.state != VideoState::Failed => return Ok(()),
        Some(_) => drop(store::forget(tx, id).await?),
        None => {}
    }
    let now = row.asked_at;
    store::insert(tx, row).await?;
    jobs::put(tx, MAKE, &format!("{MAKE}:{id}"), json!(Body { recording_id: id, object: None }), now).await
}

pub async fn delete(parts: &Parts, caller: &Caller, id: RecordingId) -> Answer<()> {
    opened(parts, caller, id).await?;
    parts.db.write(|tx| unwanted(parts, tx, id).boxed()).await
}

/// From the end of this transaction on nobody gets it; a job takes its bytes away.
pub async fn unwanted(parts: &Parts, tx: &Tx<'_>, id: RecordingId) -> Answer<()> {
    let Some(row) = store::find(tx.conn(), id).await? else { return Ok(()) };
    store::forget(tx, id).await?;
    let body = json!(Body { recording_id: id, object: row.object });
    jobs::put(tx, DROP, &format!("{DROP}:{id}"), body, parts.clock.now()).await
}

/// Somebody may not be recorded any more: videos that may have them go, with the same transaction.
pub async fn taken_back(parts: &Parts, tx: &Tx<'_>, program: ProgramId, user: UserId) -> Answer<()> {
    for id in store::of_person(tx.conn(), program, user).await? {
        unwanted(parts, tx, id).await?;
    }
    Ok(())
}

async fn clear(parts: &Parts, id: RecordingId, object: Option<String>) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    let Some(recorder) = &live.recorder else { return Ok(()) };
    if let Some(object) = object {
        let shelf = recorder.shelf.as_ref().ok_or_else(shelving::no_shelf)?;
        shelf.delete(&object).await.map_err(shelving::failed)?;
    }
    // Asked for again meanwhile: what is there is overwritten.
    if store::find(parts.db.read(), id).await?.is_none() {
        sweep(recorder, id);
    }
    Ok(())
}

/// Takes the video and what is left of the work on it from the disk.
fn sweep(recorder: &Recorder, id: RecordingId) {
    let folder = recorder.folder_of(id);
    let _ = std::fs::remove_file(folder.join(FILE));
    let all = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let work = all.filter(|entry| entry.file_name().to_string_lossy().starts_with("video-"));
    work.for_each(|entry| drop(std::fs::remove_dir_all(entry.path())));
    let _ = std::fs::remove_dir(folder);
}

/// Brings a video to the shelf, as tracks are brought.
pub async fn shelve(parts: &Parts, recorder: &Recorder, shelf: &Shelf, id: RecordingId) -> Answer<()> {
    let Some(row) = store::find(parts.db.read(), id).await?.filter(|row| row.state == VideoState::Ready) else {
        return Ok(());
    };
    let file = recorder.folder_of(id).join(FILE);
    if row.object.is_none() {
        let key = shelf::video_key(id, row.asked_at);
        shelf.put(&key, &file, row.bytes as u64).await.map_err(|trouble| match trouble {
            Trouble::Shelf(why) => shelving::failed(why),
            Trouble::Disk(error) => shelving::failed(format!("A recording's video could not be read: {error}.")),
        })?;
        if !parts.db.write(|tx| store::shelved(tx, &row, &key).boxed()).await? {
            shelf.delete(&key).await.map_err(shelving::failed)?;
            return Ok(());
        }
    }
    match std::fs::remove_file(&file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Refusal::broken(error)),
        _ => Ok(()),
    }
}

/// The row of a video that can be had.
pub async fn need(conn: &impl ConnectionTrait, id: RecordingId) -> Answer<Model> {
    let row = store::find(conn, id).await?.filter(|row| row.state == VideoState::Ready);
    row.ok_or_else(|| Refusal::not_found("video"))
}

fn recorder(parts: &Parts) -> Answer<&Recorder> {
    parts.memory.of::<Live>().recorder.as_ref().ok_or_else(media::no_media)
}

impl Recorder {
    fn program(&self) -> Option<std::path::PathBuf> {
        ffmpeg::find(self.settings.ffmpeg.as_deref())
    }
}

fn no_ffmpeg() -> Refusal {
    Refusal::conflict("no-ffmpeg", "This server has no ffmpeg, which makes videos. Ask who runs it to install it.")
}

/// Says when it was made.
pub fn file_name(slug: &str, at: At) -> String {
    format!("{slug}-{}.mp4", at.utc().format("%Y-%m-%d"))
}

//! The end of a recording: its files are finished and become rows. The same after a crash.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use futures::FutureExt;
use sea_orm::ActiveValue::Set;
use serde_json::json;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::model::{self, Because, Stage, track};
use super::wire::Recording;
use super::{Recorder, retention, run, shelving, store};
use crate::events::Fact;
use crate::kit::{Answer, At, RecordingId, Refusal, SeatId, SessionId, TrackId};
use crate::live::media::Hall;
use crate::live::{Live, desk, store as seats};
use crate::plumbing::{Parts, jobs, outbox};
use crate::programs::{self, State};

/// A finished file of a recording's folder.
struct Found {
    file: String,
    seat: SeatId,
    source: String,
    starts_ms: i64,
    finished: tape::Finished,
}

/// Has the recorder write what it still holds, then makes the recording ready to be watched.
pub async fn finish(parts: &Parts, session: SessionId, id: RecordingId, because: Because, at: At) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    if let Some(recorder) = &live.recorder {
        let (done, written) = oneshot::channel();
        recorder.deck.end(Hall::of(session, None).room(), move || done.send(()).unwrap_or_default());
        let _ = written.await;
    }
    settle(parts, id, because, Some(at)).await
}

/// Finishes the files of a recording and writes what they are. May be done again. Where nobody knows when it ended, it
/// ended with the last that is in it.
async fn settle(parts: &Parts, id: RecordingId, because: Because, at: Option<At>) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    let Some(recorder) = &live.recorder else { return Ok(()) };
    let _turn = recorder.finishing.lock().await;
    if store::need(parts.db.read(), id).await?.state != Stage::Running {
        // Finished already: its files are watched, or on their way to the shelf.
        return Ok(());
    }
    let folder = recorder.folder_of(id);
    let found = tokio::task::spawn_blocking(move || finish_files(&folder)).await.map_err(Refusal::broken)?;
    let found = found.map_err(Refusal::broken)?;
    let row = store::need(parts.db.read(), id).await?;
    let (class, program) = programs::store::need_session(parts.db.read(), row.session_id).await?;
    let rows = seats::find_all(parts.db.read(), found.iter().map(|found| found.seat).collect()).await?;
    let people: HashMap<SeatId, _> = rows.into_iter().map(|row| (row.id, row.user_id)).collect();
    // A file of a seat that was never given to anybody is nobody's.
    let tracks: Vec<track::Model> = found
        .into_iter()
        .filter_map(|found| {
            Some(track::Model {
                id: TrackId::new(),
                recording_id: id,
                seat_id: found.seat,
                user_id: *people.get(&found.seat)?,
                source: found.source,
                starts_ms: found.starts_ms,
                ms: found.finished.ms,
                bytes: found.finished.bytes as i64,
                file: found.file,
                object: None,
            })
        })
        .collect();
    let ms = tracks.iter().map(|track| track.starts_ms + track.ms).max().unwrap_or(0);
    let bytes = tracks.iter().map(|track| track.bytes).sum();
    let ended_at = at.unwrap_or(At(row.started_at.micros() + ms * 1000)).max(row.started_at);
    let kept_days = row.kept_days.unwrap_or(program.recording_days);
    let kept_until = ended_at.plus_minutes(i64::from(kept_days) * 24 * 60);
    let tracks = &tracks;
    let ended =
        &Fact::RecordingEnded { recording: id, session: class.id, program: program.id, ms, bytes, at: ended_at };
    parts
        .db
        .write(|tx| {
            async move {
                // Deleted, or made ready by somebody else, meanwhile: it stays as it is.
                if store::need(tx.conn(), id).await?.state != Stage::Running {
                    return Ok(());
                }
                store::drop_tracks(tx, id).await?;
                store::put_tracks(tx, tracks.clone()).await?;
                let row = model::ActiveModel {
                    id: Set(id),
                    state: Set(Stage::Ready),
                    because: Set(Some(because)),
                    ended_at: Set(Some(ended_at)),
                    ms: Set(ms),
                    bytes: Set(bytes),
                    kept_until: Set(Some(kept_until)),
                    ..Default::default()
                };
                store::update(tx, row).await?;
                let key = format!("{}:{id}", retention::DELETE_RECORDING);
                jobs::put(tx, retention::DELETE_RECORDING, &key, json!({ "recording_id": id }), kept_until).await?;
                shelving::finished(parts, tx, id, parts.clock.now()).await?;
                outbox::record(parts, tx, ended.clone()).await
            }
            .boxed()
        })
        .await
}

/// Finishes every file of a folder; empty ones go. One that cannot be read is left out and stays on the disk.
fn finish_files(folder: &Path) -> io::Result<Vec<Found>> {
    let mut all = Vec::new();
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(all),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        let Some((file, seat, source, starts_ms)) = path.file_name().and_then(|name| parse(name.to_str()?)) else {
            continue;
        };
        match tape::finish(&path) {
            Ok(Some(finished)) => all.push(Found { file, seat, source, starts_ms, finished }),
            Ok(None) => fs::remove_file(&path)?,
            Err(error) => tracing::error!(%error, file, "a recorded file could not be finished"),
        }
    }
    Ok(all)
}

/// A file's name says whose it is: `seat-source-milliseconds.webm`.
fn parse(name: &str) -> Option<(String, SeatId, String, i64)> {
    let mut words = name.strip_suffix(".webm")?.split('-');
    let seat = SeatId(Uuid::parse_str(words.next()?).ok()?);
    let source = words.next().filter(|source| ["microphone", "camera", "screen"].contains(source))?;
    Some((name.into(), seat, source.into(), words.next()?.parse().ok()?))
}

/// Every recording that runs here is ended, because the server stops. It goes on with the next start.
pub async fn finish_all(parts: &Parts) {
    let live = parts.memory.of::<Live>();
    let running: Vec<(SessionId, RecordingId)> = {
        let state = live.state();
        let running = state.rooms.iter().filter_map(|(id, room)| Some((*id, room.desk.recording?.id)));
        running.collect()
    };
    for (session, id) in running {
        let done = finish(parts, session, id, Because::Restart, parts.clock.now()).await;
        if let Err(refusal) = done {
            tracing::warn!(%refusal, "a recording is finished at the next start");
        }
    }
}

/// After a restart: what was being recorded is made ready, and where the class goes on it is recorded again. Before
/// the house says that it is ready.
pub async fn mend(parts: &Parts) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    if live.recorder.is_none() {
        return Ok(());
    }
    for row in store::running(parts.db.read(), &live.node).await? {
        tracing::info!(recording = %row.id, "a recording of the last run is finished");
        // One that cannot be finished must not keep the house shut.
        if let Err(refusal) = settle(parts, row.id, Because::Restart, None).await {
            tracing::error!(%refusal, recording = %row.id, "a recording could not be finished; the next start tries again");
        }
    }
    for row in interrupted(parts).await? {
        let session = row.session_id;
        if let Err(refusal) = go_on(parts, &row).await {
            tracing::error!(%refusal, %session, "a recording could not be taken up again");
        }
    }
    shelving::take_up(parts).await
}

/// What the desks of classes call their recording, though it is over.
async fn interrupted(parts: &Parts) -> Answer<Vec<model::Model>> {
    let conn = parts.db.read();
    let mut all = Vec::new();
    for class in programs::store::live_sessions(conn).await? {
        let Some(desk) = desk::store::find(conn, class.id).await? else { continue };
        let Some(recording) = desk.recording else { continue };
        let row = store::need(conn, recording.id).await?;
        if row.node == parts.memory.of::<Live>().node && class.state == State::Live {
            all.push(row);
        }
    }
    Ok(all)
}

/// The class is recorded on, and what is recorded kept as long as was told when that began.
async fn go_on(parts: &Parts, before: &model::Model) -> Answer<()> {
    let session = before.session_id;
    let next = run::prepare(parts, session, before.started_by, before.kept_days).await;
    let recording: Option<Recording> = next.as_ref().ok().copied();
    let mut arranged = desk::store::find(parts.db.read(), session).await?.unwrap_or_default();
    arranged.recording = recording;
    let now = parts.clock.now();
    let arranged = &arranged;
    parts.db.write(|tx| desk::store::put(tx, session, arranged, now).boxed()).await?;
    run::roll(parts, session, next?.id)
}

impl Recorder {
    /// Takes the files of a recording away.
    pub fn delete(&self, id: RecordingId) -> io::Result<()> {
        match fs::remove_dir_all(self.folder_of(id)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }
}

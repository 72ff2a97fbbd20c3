//! A recording begins and ends: by a host, with its class, or by itself when the disk is full.

use std::time::Instant;

use futures::FutureExt;

use super::model::{Because, Model, Stage};
use super::wire::{Record, Recording, RecordingEnded};
use super::{News, consent, store, wrap_up};
use crate::events::Fact;
use crate::kit::{Answer, At, RecordingId, Refusal, SessionId, UserId};
use crate::live::desk::{Desk, change};
use crate::live::media::{self, Hall};
use crate::live::moderate::{self, Host};
use crate::live::sockets::Sitting;
use crate::live::{Live, policy};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::messages::Nothing;
use crate::programs::{self, program, session};

pub async fn record(parts: &Parts, sitting: Sitting, said: Record) -> Answer<Nothing> {
    let by = moderate::host(parts, sitting).await?;
    match said.on {
        true => begin(parts, sitting.session, &by).await?,
        false => stop(parts, sitting.session, &by.name, Because::Stopped).await?,
    }
    Ok(Nothing {})
}

async fn begin(parts: &Parts, session: SessionId, by: &Host) -> Answer<()> {
    let (class, program) = programs::store::need_session(parts.db.read(), session).await?;
    if class.state != programs::State::Live {
        return Err(policy::not_live());
    }
    if program.recording_days == 0 {
        return Err(not_recorded());
    }
    if desk_of(parts, session)?.recording.is_some() {
        return Ok(());
    }
    let recording = prepare(parts, session, by.user, None).await?;
    let (program, user, at) = (program.id, by.user, recording.since);
    let rolls = |desk: &mut Desk| {
        if desk.recording.is_some() {
            return Err(Refusal::conflict("recording-already", "This class is being recorded already."));
        }
        desk.recording = Some(recording);
        roll(parts, session, recording.id)?;
        Ok(vec![Fact::RecordingStarted { recording: recording.id, session, program, by: user, at }])
    };
    let begun = change::desk_if(parts, session, &by.name, rolls, move |tx| {
        async move {
            live_class(tx, session).await?;
            // Who presses Record may be recorded: from when it is, and not where it cannot be.
            store::put_consent(tx, program, user, true, at).await.map(drop)
        }
        .boxed()
    })
    .await;
    if begun.is_err() {
        // Where the desk refused, another recording runs and its files are the recorder's.
        take_back(parts, session, recording.id).await;
        return begun;
    }
    consent::take_over(parts, program, user).await
}

/// In the transaction that needs it: what was looked at before may be over by now.
async fn live_class(tx: &Tx<'_>, session: SessionId) -> Answer<(session::Model, program::Model)> {
    let (class, program) = programs::store::need_session(tx.conn(), session).await?;
    if class.state == programs::State::Live { Ok((class, program)) } else { Err(policy::not_live()) }
}

fn desk_of(parts: &Parts, session: SessionId) -> Answer<Desk> {
    let state = parts.memory.of::<Live>().state();
    state.rooms.get(&session).map(|room| room.desk.clone()).ok_or_else(policy::seat_gone)
}

/// A row and a folder, before anything is recorded. A row stands before the end of its class is heard or not at all,
/// so whoever ends the class finds it.
///
/// `kept_days`: what people were told, if not what the program says now.
pub async fn prepare(parts: &Parts, session: SessionId, by: UserId, kept_days: Option<i32>) -> Answer<Recording> {
    let live = parts.memory.of::<Live>();
    let recorder = live.recorder.as_ref().ok_or_else(media::no_media)?;
    let recording = Recording { id: RecordingId::new(), since: parts.clock.now() };
    let folder = recorder.folder_of(recording.id);
    let reserve = recorder.settings.reserve;
    tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&folder).map_err(no_disk)?;
        match tape::free_bytes(&folder).map_err(no_disk)? {
            free if free <= reserve => {
                let _ = std::fs::remove_dir(&folder);
                Err(disk_full())
            }
            _ => Ok(()),
        }
    })
    .await
    .map_err(Refusal::broken)??;
    let row = Model {
        id: recording.id,
        session_id: session,
        node: live.node.clone(),
        state: Stage::Running,
        because: None,
        started_by: by,
        started_at: recording.since,
        ended_at: None,
        ms: 0,
        bytes: 0,
        kept_days,
        kept_until: None,
        deleted_by: None,
    };
    let row = &row;
    let written = parts.db.write(|tx| {
        async move {
            let (_, program) = live_class(tx, session).await?;
            let kept_days = row.kept_days.or(Some(program.recording_days));
            store::insert(tx, Model { kept_days, ..row.clone() }).await
        }
        .boxed()
    });
    if let Err(refusal) = written.await {
        let _ = tokio::fs::remove_dir(recorder.folder_of(recording.id)).await;
        return Err(refusal);
    }
    Ok(recording)
}

/// From now on the recorder takes what the engine gives it of this class.
pub fn roll(parts: &Parts, session: SessionId, id: RecordingId) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    let recorder = live.recorder.as_ref().ok_or_else(media::no_media)?;
    let limits = tape::Limits { most_bytes: recorder.settings.most_bytes, reserve: recorder.settings.reserve };
    recorder.deck.begin(Hall::of(session, None).room(), recorder.folder_of(id), Instant::now(), limits);
    Ok(())
}

async fn take_back(parts: &Parts, session: SessionId, id: RecordingId) {
    let live = parts.memory.of::<Live>();
    let Some(recorder) = &live.recorder else { return };
    let other = desk_of(parts, session).is_ok_and(|desk| desk.recording.is_some());
    if !other {
        recorder.deck.end(Hall::of(session, None).room(), || {});
    }
    let folder = recorder.folder_of(id);
    let _ = tokio::task::spawn_blocking(move || std::fs::remove_dir_all(folder)).await;
    if let Err(refusal) = parts.db.write(|tx| store::forget(tx, id).boxed()).await {
        tracing::warn!(%refusal, "the row of a recording that never began stays");
    }
}

/// Ends the recording of a class, if there is one.
pub async fn stop(parts: &Parts, session: SessionId, by: &str, because: Because) -> Answer<()> {
    let mut ended = None;
    change::desk(parts, session, by, |desk| {
        ended = desk.recording.take();
        Ok(Vec::new())
    })
    .await?;
    match ended {
        Some(recording) => wrap_up::finish(parts, session, recording.id, because, parts.clock.now()).await,
        None => Ok(()),
    }
}

/// Ends this recording, if it is the one that runs. Another one of the class goes on.
pub async fn stop_this(parts: &Parts, session: SessionId, id: RecordingId, by: &str) -> Answer<()> {
    let runs = desk_of(parts, session).is_ok_and(|desk| desk.recording.is_some_and(|recording| recording.id == id));
    if runs { stop(parts, session, by, Because::Stopped).await } else { Ok(()) }
}

/// The class ended: so does its recording. Called before the room forgets it.
pub fn class_ended(parts: &Parts, session: SessionId, at: At) {
    let running = parts.memory.of::<Live>().state().rooms.get_mut(&session).and_then(|room| room.desk.recording.take());
    let Some(recording) = running else { return };
    let parts = parts.clone();
    tokio::spawn(async move {
        let done = wrap_up::finish(&parts, session, recording.id, Because::Over, at).await;
        if let Err(refusal) = done {
            tracing::error!(%refusal, recording = %recording.id, "a recording waits for the next start to be finished");
        }
    });
}

/// What the recorder tells, until the house closes.
pub async fn hear(parts: Parts, mut news: News) {
    loop {
        let told = tokio::select! {
            Some(told) = news.recv() => told,
            _ = parts.closing.cancelled() => return,
            else => return,
        };
        match told {
            tape::News::Broken { room, seat, source } => {
                parts.memory.of::<Live>().media.iter().for_each(|media| media.mend_tape(room, seat, source));
            }
            tape::News::Failed { room, why } => failed(&parts, SessionId(media::uuid_of(room)), &why).await,
        }
    }
}

/// The class goes on; hosts are told that nothing more is recorded.
async fn failed(parts: &Parts, session: SessionId, why: &tape::Failure) {
    let because = match why {
        tape::Failure::Full => Because::Full,
        tape::Failure::Disk(_) => Because::Failed,
    };
    metrics::counter!("vdp_recordings_failed_total").increment(1);
    {
        let state = parts.memory.of::<Live>().state();
        if let Some(room) = state.rooms.get(&session) {
            state.voice.tell(room.sockets_of(|seat| room.is_host(seat)), RecordingEnded { because });
        }
    }
    if let Err(refusal) = stop(parts, session, "", because).await {
        tracing::error!(%refusal, %session, "a recording that failed could not be ended");
    }
}

pub fn not_recorded() -> Refusal {
    let text = "This program does not record its sessions. Its staff can change that in the program's settings.";
    Refusal::conflict("not-recorded", text)
}

fn disk_full() -> Refusal {
    Refusal::unavailable("There is too little space left on the server's disk to record. Ask who runs it to make room.")
}

fn no_disk(error: std::io::Error) -> Refusal {
    tracing::error!(%error, "no folder for a recording could be made");
    Refusal::unavailable("The server cannot write recordings just now. Ask who runs it to look at its disk.")
}

//! What a recording looks like to who watches it.

use std::collections::BTreeMap;

use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder};
use uuid::Uuid;

use super::model::{self, Stage, track, view};
use super::willing::Willing;
use super::wire::{
    Chapter, ChapterKind, ProgramRecordings, RecordingView, Recordings, Replay, ReplayCaption, ReplayMessage,
    ReplayProgram, ReplayTrack, TitledRecording, TrackSource, Viewer, Viewers,
};
use super::{boards, store};
use crate::accounts::Caller;
use crate::accounts::caller::Accounts;
use crate::events::Fact;
use crate::kit::{Answer, At, RecordingId, Refusal, SessionId, UserId};
use crate::live::documents::{model as document, shelf};
use crate::live::talk::model::{Audience, message, poll};
use crate::live::{captions, policy};
use crate::plumbing::{Parts, outbox};
use crate::programs::{self, place, program, session};

/// A recording that the caller may watch.
pub struct Opened {
    pub row: model::Model,
    session: session::Model,
    pub program: program::Model,
}

/// For the staff of its program and for those who are enrolled; for everybody else it is not there.
pub async fn open(parts: &Parts, caller: &Caller, id: RecordingId) -> Answer<Opened> {
    let conn = parts.db.read();
    let row = store::need(conn, id).await?;
    let (session, program) = programs::store::need_session(conn, row.session_id).await?;
    let stands = place::of(conn, caller, program.id).await?;
    if !stands.is_staff() && !stands.attends() {
        return Err(Refusal::not_found("recording"));
    }
    Ok(Opened { row, session, program })
}

pub fn not_ready(state: Stage) -> Refusal {
    match state {
        Stage::Deleted => Refusal::new(410, "recording-deleted", "Deleted", "This recording was deleted."),
        _ => Refusal::conflict("still-recording", "This recording still runs. It can be watched when it has ended."),
    }
}

pub async fn of_session(parts: &Parts, caller: &Caller, session: SessionId) -> Answer<Recordings> {
    let conn = parts.db.read();
    let (_, program) = programs::store::need_session(conn, session).await?;
    let stands = place::of_session(conn, caller, session).await?;
    if !stands.is_staff() && !stands.attends() {
        return Err(policy::not_enrolled());
    }
    let rows = store::of_session(conn, session).await?;
    let recordings = rows.iter().map(shown).collect();
    Ok(Recordings { recordings, may_delete: stands.is_staff(), kept_days: program.recording_days })
}

/// What can be watched of a program.
pub async fn of_program(parts: &Parts, caller: &Caller, key: &str) -> Answer<ProgramRecordings> {
    let conn = parts.db.read();
    let program = programs::store::need_program(conn, key).await?;
    let stands = place::seen(conn, Some(caller), &program).await?;
    if !stands.is_staff() && !stands.attends() {
        return Err(policy::not_enrolled());
    }
    let rows = store::of_program(conn, program.id).await?;
    let titled = rows.into_iter().map(|(row, title)| TitledRecording { title, recording: shown(&row) });
    Ok(ProgramRecordings { recordings: titled.collect() })
}

fn shown(row: &model::Model) -> RecordingView {
    RecordingView {
        id: row.id,
        session_id: row.session_id,
        state: row.state,
        because: row.because,
        started_at: row.started_at,
        ended_at: row.ended_at,
        ms: row.ms,
        bytes: row.bytes,
        kept_until: row.kept_until,
    }
}

/// Opens a recording to be watched; that it was is written down.
pub async fn watch(parts: &Parts, caller: &Caller, id: RecordingId) -> Answer<Replay> {
    let Opened { row, session, program } = open(parts, caller, id).await?;
    if row.state != Stage::Ready {
        return Err(not_ready(row.state));
    }
    let replay = replay(parts, &row, &session, &program).await?;
    let (user, at) = (caller.id, parts.clock.now());
    let watched = &Fact::ReplayWatched { recording: id, session: session.id, program: program.id, user, at };
    parts
        .db
        .write(|tx| {
            async move {
                let seen: view::ActiveModel =
                    view::Model { id: Uuid::now_v7(), recording_id: id, user_id: user, at }.into();
                view::Entity::insert(seen.reset_all()).exec_without_returning(tx.conn()).await?;
                outbox::record(parts, tx, watched.clone()).await
            }
            .boxed()
        })
        .await?;
    Ok(replay)
}

/// Who watched, for staff.
pub async fn viewers(parts: &Parts, caller: &Caller, id: RecordingId) -> Answer<Viewers> {
    let opened = open(parts, caller, id).await?;
    place::staff_of_session(parts.db.read(), caller, opened.row.session_id).await?;
    let rows = view::Entity::find().filter(view::Column::RecordingId.eq(id));
    let rows = rows.order_by_asc(view::Column::At).all(parts.db.read()).await?;
    let mut people: BTreeMap<UserId, (u64, At)> = BTreeMap::new();
    for row in rows {
        let (times, last) = people.entry(row.user_id).or_insert((0, row.at));
        (*times, *last) = (*times + 1, row.at);
    }
    let named = parts.memory.of::<Accounts>().get_all(parts, people.keys().copied().collect()).await?;
    let name = |user: &UserId| named.get(user).map_or(String::new(), |account| account.name.to_string());
    let viewer = |(user, (times, last_at)): (&UserId, &(u64, At))| Viewer {
        user_id: *user,
        name: name(user),
        times: *times,
        last_at: *last_at,
    };
    let mut viewers: Vec<Viewer> = people.iter().map(viewer).collect();
    viewers.sort_by_key(|viewer| std::cmp::Reverse(viewer.last_at));
    Ok(Viewers { viewers })
}

pub async fn replay(
    parts: &Parts,
    row: &model::Model,
    session: &session::Model,
    program: &program::Model,
) -> Answer<Replay> {
    let conn = parts.db.read();
    let willing = Willing::read(conn, program.id).await?;
    let mut tracks = store::tracks(conn, row.id).await?;
    // Who takes their yes back is neither seen nor heard, in what was recorded before too.
    tracks.retain(|track| willing.now(track.user_id));
    let named =
        parts.memory.of::<Accounts>().get_all(parts, tracks.iter().map(|track| track.user_id).collect()).await?;
    let tracks: Vec<ReplayTrack> = tracks
        .into_iter()
        .map(|track| {
            let name = named.get(&track.user_id).map_or(String::new(), |account| account.name.to_string());
            told(track, name)
        })
        .collect();
    let until = row.ended_at.unwrap_or(row.started_at);
    let boards = boards::boards(conn, row).await?;
    let chapters = chapters(conn, row, session.id, &tracks, &boards, until).await?;
    Ok(Replay {
        recording: shown(row),
        title: session.title.clone(),
        program: ReplayProgram { id: program.id, title: program.title.clone(), slug: program.slug.clone() },
        chat: chat(conn, row, session.id, &willing, until).await?,
        captions: captions(conn, row, session.id, &willing, until).await?,
        tracks,
        chapters,
        boards: boards.iter().map(shelf::seen).collect(),
    })
}

fn told(track: track::Model, name: String) -> ReplayTrack {
    let source = match track.source.as_str() {
        "microphone" => TrackSource::Microphone,
        "camera" => TrackSource::Camera,
        _ => TrackSource::Screen,
    };
    ReplayTrack {
        id: track.id,
        seat_id: track.seat_id,
        user_id: track.user_id,
        name,
        source,
        starts_ms: track.starts_ms,
        ms: track.ms,
        bytes: track.bytes,
    }
}

async fn chat(
    conn: &impl ConnectionTrait,
    row: &model::Model,
    session: SessionId,
    willing: &Willing,
    until: At,
) -> Answer<Vec<ReplayMessage>> {
    let rows = message::Entity::find()
        .filter(message::Column::SessionId.eq(session))
        .filter(message::Column::SaidAt.between(row.started_at, until))
        .filter(message::Column::Audience.eq(Audience::Everyone))
        .filter(message::Column::BreakoutId.is_null())
        .filter(message::Column::RemovedAt.is_null())
        .order_by_asc(message::Column::Seq)
        .all(conn)
        .await?;
    let said = rows.into_iter().filter(|said| willing.then(said.user_id, said.said_at));
    let said = said.map(|said| ReplayMessage {
        id: said.id,
        at_ms: after(row, said.said_at),
        user_id: said.user_id,
        name: said.name,
        text: said.text,
        image: said.image.is_some(),
    });
    Ok(said.collect())
}

async fn captions(
    conn: &impl ConnectionTrait,
    row: &model::Model,
    session: SessionId,
    willing: &Willing,
    until: At,
) -> Answer<Vec<ReplayCaption>> {
    let lines = captions::model::Entity::find()
        .filter(captions::model::Column::SessionId.eq(session))
        .filter(captions::model::Column::BreakoutId.is_null())
        .filter(captions::model::Column::StartedAt.between(row.started_at, until))
        .order_by_asc(captions::model::Column::StartedAt)
        .order_by_asc(captions::model::Column::Seq)
        .all(conn)
        .await?;
    // A service does not say who spoke: its lines are shown where nobody is left out.
    let nobody_is_left_out = willing.are_all(conn, session).await?;
    let shown = |line: &captions::model::Model| {
        line.user_id.map_or(nobody_is_left_out, |user| willing.then(user, line.started_at))
    };
    let lines = lines.into_iter().filter(shown);
    let lines = lines.map(|line| ReplayCaption {
        id: line.id,
        at_ms: after(row, line.started_at),
        until_ms: after(row, line.ended_at),
        name: line.name,
        language: line.language,
        text: line.text,
    });
    Ok(lines.collect())
}

async fn chapters(
    conn: &impl ConnectionTrait,
    row: &model::Model,
    session: SessionId,
    tracks: &[ReplayTrack],
    boards: &[document::Model],
    until: At,
) -> Answer<Vec<Chapter>> {
    let mut chapters = vec![Chapter { at_ms: 0, kind: ChapterKind::Start, label: String::new() }];
    let screens = tracks.iter().filter(|track| track.source == TrackSource::Screen);
    chapters.extend(screens.map(|track| Chapter {
        at_ms: track.starts_ms,
        kind: ChapterKind::Screen,
        label: track.name.clone(),
    }));
    let polls = poll::Entity::find()
        .filter(poll::Column::SessionId.eq(session))
        .filter(poll::Column::RemovedAt.is_null())
        .filter(poll::Column::OpenedAt.between(row.started_at, until))
        .all(conn)
        .await?;
    let opened = polls.into_iter().filter_map(|poll| Some((poll.opened_at?, poll.question)));
    chapters.extend(opened.map(|(at, label)| Chapter { at_ms: after(row, at), kind: ChapterKind::Poll, label }));
    chapters.extend(boards::chapters(row, boards));
    chapters.sort_by_key(|chapter| chapter.at_ms);
    Ok(chapters)
}

pub fn after(row: &model::Model, at: At) -> i64 {
    ((at.micros() - row.started_at.micros()) / 1000).max(0)
}

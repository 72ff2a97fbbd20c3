//! Queries on recordings and on who may be recorded.

use std::collections::{HashMap, HashSet};

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect, QueryTrait};

use super::model::{self, Stage, consent, track};
use super::wire::Consent;
use crate::kit::{Answer, At, ProgramId, RecordingId, Refusal, SessionId, TrackId, UserId};
use crate::plumbing::db::Tx;
use crate::programs::session;

/// So many recordings of a program are listed.
const NEWEST: u64 = 200;

pub async fn insert(tx: &Tx<'_>, row: model::Model) -> Answer<()> {
    let row: model::ActiveModel = row.into();
    model::Entity::insert(row.reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(())
}

pub async fn update(tx: &Tx<'_>, row: model::ActiveModel) -> Answer<()> {
    model::Entity::update(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

pub async fn forget(tx: &Tx<'_>, id: RecordingId) -> Answer<()> {
    model::Entity::delete_by_id(id).exec(tx.conn()).await?;
    Ok(())
}

pub async fn find(conn: &impl ConnectionTrait, id: RecordingId) -> Answer<Option<model::Model>> {
    Ok(model::Entity::find_by_id(id).one(conn).await?)
}

pub async fn need(conn: &impl ConnectionTrait, id: RecordingId) -> Answer<model::Model> {
    find(conn, id).await?.ok_or_else(|| Refusal::not_found("recording"))
}

/// Recordings that this node has not ended.
pub async fn running(conn: &impl ConnectionTrait, node: &str) -> Answer<Vec<model::Model>> {
    let rows = model::Entity::find().filter(model::Column::State.eq(Stage::Running));
    Ok(rows.filter(model::Column::Node.eq(node)).order_by_asc(model::Column::Id).all(conn).await?)
}

/// The recordings of a session, oldest first.
pub async fn of_session(conn: &impl ConnectionTrait, session: SessionId) -> Answer<Vec<model::Model>> {
    let rows = model::Entity::find().filter(model::Column::SessionId.eq(session));
    Ok(rows.order_by_asc(model::Column::StartedAt).order_by_asc(model::Column::Id).all(conn).await?)
}

/// Those of these sessions of which there is a recording to watch.
pub async fn watchable(conn: &impl ConnectionTrait, sessions: Vec<SessionId>) -> Answer<HashSet<SessionId>> {
    if sessions.is_empty() {
        return Ok(HashSet::new());
    }
    let rows = model::Entity::find().filter(model::Column::State.eq(Stage::Ready));
    let rows = rows.filter(model::Column::SessionId.is_in(sessions)).all(conn).await?;
    Ok(rows.into_iter().map(|row| row.session_id).collect())
}

/// The newest recordings of a program that can be watched, with the titles of their sessions.
pub async fn of_program(conn: &impl ConnectionTrait, program: ProgramId) -> Answer<Vec<(model::Model, String)>> {
    let ours = session::Entity::find().filter(session::Column::ProgramId.eq(program));
    let ours = ours.select_only().column(session::Column::Id).into_query();
    let rows = model::Entity::find()
        .filter(model::Column::State.eq(Stage::Ready))
        .filter(model::Column::SessionId.in_subquery(ours))
        .order_by_desc(model::Column::StartedAt)
        .limit(NEWEST)
        .all(conn)
        .await?;
    let sessions = rows.iter().map(|row| row.session_id);
    let sessions = session::Entity::find().filter(session::Column::Id.is_in(sessions)).all(conn).await?;
    let titles: HashMap<SessionId, String> = sessions.into_iter().map(|row| (row.id, row.title)).collect();
    Ok(rows.into_iter().map(|row| (row.clone(), titles.get(&row.session_id).cloned().unwrap_or_default())).collect())
}

pub async fn put_tracks(tx: &Tx<'_>, rows: Vec<track::Model>) -> Answer<()> {
    for some in rows.chunks(100) {
        let rows = some.iter().map(|row| track::ActiveModel::from(row.clone()).reset_all());
        track::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

pub async fn drop_tracks(tx: &Tx<'_>, id: RecordingId) -> Answer<()> {
    track::Entity::delete_many().filter(track::Column::RecordingId.eq(id)).exec(tx.conn()).await?;
    Ok(())
}

/// The tracks of a recording, in the order of their beginnings.
pub async fn tracks(conn: &impl ConnectionTrait, id: RecordingId) -> Answer<Vec<track::Model>> {
    let rows = track::Entity::find().filter(track::Column::RecordingId.eq(id));
    Ok(rows.order_by_asc(track::Column::StartsMs).order_by_asc(track::Column::Id).all(conn).await?)
}

pub async fn need_track(conn: &impl ConnectionTrait, id: RecordingId, track: TrackId) -> Answer<track::Model> {
    let row = track::Entity::find_by_id(track).one(conn).await?;
    row.filter(|row| row.recording_id == id).ok_or_else(|| Refusal::not_found("track"))
}

/// A track is on the shelf now; false where it was deleted meanwhile.
pub async fn shelved(tx: &Tx<'_>, id: TrackId, object: &str) -> Answer<bool> {
    let done = track::Entity::update_many()
        .col_expr(track::Column::Object, Expr::value(object))
        .filter(track::Column::Id.eq(id))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Recordings of this node that are ready and of which something is on its disk.
pub async fn on_disk(conn: &impl ConnectionTrait, node: &str) -> Answer<Vec<RecordingId>> {
    let files = track::Entity::find().filter(track::Column::Object.is_null());
    let files = files.select_only().column(track::Column::RecordingId).into_query();
    let rows = model::Entity::find()
        .filter(model::Column::State.eq(Stage::Ready))
        .filter(model::Column::Node.eq(node))
        .filter(model::Column::Id.in_subquery(files))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The newest answer of a person; `None` where they were never asked.
pub async fn consent(conn: &impl ConnectionTrait, program: ProgramId, user: UserId) -> Answer<Option<Consent>> {
    let rows =
        consent::Entity::find().filter(consent::Column::ProgramId.eq(program)).filter(consent::Column::UserId.eq(user));
    let newest = rows.order_by_desc(consent::Column::At).one(conn).await?;
    Ok(newest.map(|row| Consent { yes: row.yes, at: row.at }))
}

/// How often a person has said yes since.
pub async fn yeses_since(conn: &impl ConnectionTrait, program: ProgramId, user: UserId, since: At) -> Answer<u64> {
    let rows = consent::Entity::find()
        .filter(consent::Column::ProgramId.eq(program))
        .filter(consent::Column::UserId.eq(user))
        .filter(consent::Column::At.gt(since))
        .filter(consent::Column::Yes.eq(true));
    Ok(rows.count(conn).await?)
}

/// Writes an answer down after all others of this person, whatever the clock says; answers it as it stands. One that
/// says what the newest says is that one.
pub async fn put_consent(tx: &Tx<'_>, program_id: ProgramId, user_id: UserId, yes: bool, now: At) -> Answer<Consent> {
    let newest = consent(tx.conn(), program_id, user_id).await?;
    if let Some(same) = newest.filter(|newest| newest.yes == yes) {
        return Ok(same);
    }
    let at = newest.map_or(now, |newest| now.max(At(newest.at.micros() + 1)));
    let row: consent::ActiveModel = consent::Model { program_id, user_id, at, yes }.into();
    consent::Entity::insert(row.reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(Consent { yes, at })
}

/// From when to when a session was recorded: what is not deleted, and what still runs.
pub async fn spans(conn: &impl ConnectionTrait, session: SessionId) -> Answer<Vec<(At, At)>> {
    let rows = of_session(conn, session).await?;
    let kept = rows.into_iter().filter(|row| row.state != Stage::Deleted);
    Ok(kept.map(|row| (row.started_at, row.ended_at.unwrap_or(At(i64::MAX)))).collect())
}

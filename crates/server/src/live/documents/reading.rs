//! Documents after the class, and outside of it: read by its members.

use sea_orm::entity::prelude::*;

use super::keeper::Job;
use super::model::{self, Model};
use super::wire::{OpenedDocument, SessionDocuments};
use super::{images, policy, shelf, store};
use crate::accounts::Caller;
use crate::kit::{Answer, DocumentId, ImageId, Refusal, SessionId};
use crate::live::talk::wire::Picture;
use crate::live::{Live, policy as room_policy};
use crate::plumbing::Parts;
use crate::programs::{self, State, place};

/// What a session has made, for its members. Staff see all of it; others what is in the main room, from the moment when
/// the class begins.
pub async fn of_session(parts: &Parts, caller: &Caller, id: SessionId) -> Answer<SessionDocuments> {
    let conn = parts.db.read();
    let (session, program) = programs::store::need_session(conn, id).await?;
    let stands = place::seen(conn, Some(caller), &program).await.map_err(|_| Refusal::not_found("session"))?;
    if !stands.is_staff() && !stands.attends() {
        return Err(room_policy::not_enrolled());
    }
    let begun = matches!(session.state, State::Live | State::Ended);
    let seen = |row: &&Model| stands.is_staff() || (begun && row.breakout_id.is_none());
    let rows = store::of_session(conn, id).await?;
    let documents = rows.iter().filter(seen).map(shelf::seen).collect();
    Ok(SessionDocuments { title: session.title, starts_at: session.starts_at, time_zone: session.time_zone, documents })
}

pub async fn read(parts: &Parts, caller: &Caller, place: (SessionId, DocumentId)) -> Answer<OpenedDocument> {
    let row = Box::new(need(parts, caller, place).await?);
    let keeper = parts.memory.of::<Live>().keeper.clone();
    keeper.ask(|reply| Job::Open { row, seat: None, state: Vec::new(), reply }).await
}

pub async fn image(parts: &Parts, caller: &Caller, place: (SessionId, DocumentId), id: ImageId) -> Answer<Picture> {
    let row = need(parts, caller, place).await?;
    images::picture(parts, row.id, id).await
}

/// A document that the caller may read.
async fn need(parts: &Parts, caller: &Caller, (session, id): (SessionId, DocumentId)) -> Answer<Model> {
    let listed = of_session(parts, caller, session).await?;
    if !listed.documents.iter().any(|view| view.id == id) {
        return Err(policy::no_document());
    }
    model::Entity::find_by_id(id).one(parts.db.read()).await?.ok_or_else(policy::no_document)
}

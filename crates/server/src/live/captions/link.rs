//! The address of a class for a caption service: made and taken back by who leads, kept only as a hash.

use futures::FutureExt;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::model::link;
use super::wire::{CaptionLink, NewCaptionLink};
use crate::accounts::Caller;
use crate::kit::{Answer, Refusal, SessionId, UserId};
use crate::live::Live;
use crate::plumbing::{Parts, keys};
use crate::programs::{State, place, session};

/// Makes an address. The one before stops working.
pub async fn make(parts: &Parts, caller: &Caller, id: SessionId) -> Answer<NewCaptionLink> {
    let session = led_by(parts, caller, id).await?;
    if matches!(session.state, State::Ended | State::Cancelled) {
        return Err(crate::live::policy::over());
    }
    let token = keys::random_token();
    let (hash, now, by) = (keys::sha256(token.as_bytes()).to_vec(), parts.clock.now(), caller.id);
    let hash = &hash;
    parts
        .db
        .write(|tx| {
            async move {
                let row = link::ActiveModel {
                    session_id: Set(id),
                    hash: Set(hash.clone()),
                    created_by: Set(by),
                    created_at: Set(now),
                    last_used_at: Set(None),
                    last_seq: Set(0),
                };
                use link::Column::{CreatedAt, CreatedBy, Hash, LastSeq, LastUsedAt, SessionId};
                let columns = [Hash, CreatedBy, CreatedAt, LastUsedAt, LastSeq];
                let again = OnConflict::column(SessionId).update_columns(columns).to_owned();
                link::Entity::insert(row).on_conflict(again).exec_without_returning(tx.conn()).await?;
                Ok(())
            }
            .boxed()
        })
        .await?;
    // Services put `&seq=…` behind the address, so it has a query already.
    Ok(NewCaptionLink { url: format!("{}/api/v1/captions/{token}?v=1", parts.site.public_url), created_at: now })
}

/// Takes the address back: it stops working.
pub async fn revoke(parts: &Parts, caller: &Caller, id: SessionId) -> Answer<()> {
    led_by(parts, caller, id).await?;
    parts
        .db
        .write(|tx| {
            async move {
                link::Entity::delete_by_id(id).exec(tx.conn()).await?;
                Ok(())
            }
            .boxed()
        })
        .await
}

/// Whether there is an address, and when it was used; the address itself is not known any more.
pub async fn look(parts: &Parts, caller: &Caller, id: SessionId) -> Answer<CaptionLink> {
    led_by(parts, caller, id).await?;
    let row = link::Entity::find_by_id(id).one(parts.db.read()).await?;
    Ok(CaptionLink {
        session_id: id,
        created_at: row.as_ref().map(|row| row.created_at),
        last_used_at: row.and_then(|row| row.last_used_at),
    })
}

/// The session, for who leads it: its staff, or with whom they share that while the class is on.
async fn led_by(parts: &Parts, caller: &Caller, id: SessionId) -> Answer<session::Model> {
    match place::staff_of_session(parts.db.read(), caller, id).await {
        Ok((session, _)) => Ok(session),
        Err(refusal) if refusal.status == 403 && shares_the_lead(parts, caller.id, id) => {
            Ok(crate::programs::store::need_session(parts.db.read(), id).await?.0)
        }
        Err(refusal) if refusal.status == 403 => Err(Refusal::forbidden("Only those who lead this class can do that.")),
        Err(refusal) => Err(refusal),
    }
}

fn shares_the_lead(parts: &Parts, user: UserId, id: SessionId) -> bool {
    let state = parts.memory.of::<Live>().state();
    state.rooms.get(&id).is_some_and(|room| room.class.is_live() && room.desk.hosts.contains(&user))
}

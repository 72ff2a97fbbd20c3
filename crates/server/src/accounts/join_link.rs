//! Personal join links: for people who cannot manage a password. Revocable, kept only as a hash, never staff.

use std::net::IpAddr;

use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, sea_query::OnConflict};

use super::model::{Scope, join_link as link};
use super::wire::{JoinLink, LinkToken};
use super::{policy, sign_in, store};
use crate::kit::{Answer, Refusal, UserId};
use crate::plumbing::Parts;
use crate::plumbing::keys;

/// The permission to make or revoke a person's link. An admin has it; the room of programs gives it to staff.
pub struct MayLink {
    pub user: UserId,
    pub by: UserId,
}

/// Makes a link. The one before stops working, and who came by it is signed out.
pub async fn make(parts: &Parts, permission: MayLink) -> Answer<JoinLink> {
    let secret = keys::random_token();
    let hash = keys::sha256(secret.as_bytes()).to_vec();
    let now = parts.clock.now();
    let (hash, MayLink { user, by }) = (&hash, permission);
    parts
        .db
        .write(|tx| {
            async move {
                policy::may_have_link(&store::need(tx.conn(), user).await?)?;
                store::end_link_tokens(tx, user, now).await?;
                let row = link::ActiveModel {
                    user_id: Set(user),
                    hash: Set(hash.clone()),
                    created_by: Set(by),
                    created_at: Set(now),
                    last_used_at: Set(None),
                };
                let columns =
                    [link::Column::Hash, link::Column::CreatedBy, link::Column::CreatedAt, link::Column::LastUsedAt];
                link::Entity::insert(row)
                    .on_conflict(OnConflict::column(link::Column::UserId).update_columns(columns).to_owned())
                    .exec_without_returning(tx.conn())
                    .await?;
                Ok(())
            }
            .boxed()
        })
        .await?;
    Ok(JoinLink { url: format!("{}/j#{secret}", parts.site.public_url), created_at: now })
}

/// Revokes a link: it no longer signs in, and who came by it is signed out at their next refresh.
pub async fn revoke(parts: &Parts, permission: MayLink) -> Answer<()> {
    let user = permission.user;
    parts
        .db
        .write(|tx| {
            async move {
                store::need(tx.conn(), user).await?;
                let gone = link::Entity::delete_by_id(user).exec(tx.conn()).await?;
                if gone.rows_affected == 0 {
                    return Err(Refusal::not_found("join link"));
                }
                store::end_link_tokens(tx, user, parts.clock.now()).await
            }
            .boxed()
        })
        .await
}

/// Signs in by a link, as a participant.
pub async fn sign_in(parts: &Parts, input: LinkToken, from: IpAddr) -> Answer<sign_in::Done> {
    let hash = keys::sha256(input.token.trim().as_bytes()).to_vec();
    parts.limits.try_address(from)?;
    let hash = &hash;
    parts
        .db
        .write(|tx| {
            async move {
                let row = link::Entity::find().filter(link::Column::Hash.eq(hash.clone())).one(tx.conn()).await?;
                let row = row.ok_or_else(no_such_link)?;
                let user = store::find(tx.conn(), row.user_id).await?;
                let user = user.filter(|u| u.active && u.erased_at.is_none()).ok_or_else(no_such_link)?;
                let used = link::ActiveModel {
                    user_id: Set(row.user_id),
                    last_used_at: Set(Some(parts.clock.now())),
                    ..Default::default()
                };
                link::Entity::update(used).exec(tx.conn()).await?;
                sign_in::begin(parts, tx, user, Scope::Link).await
            }
            .boxed()
        })
        .await
}

fn no_such_link() -> Refusal {
    let text = "This link does not work any more. Ask the people who run your program for a new one.";
    Refusal::new(401, "link-not-valid", "The link does not work", text)
}

//! Refresh tokens: used once and replaced. One that is used again was stolen, and ends its whole family.

use axum_extra::extract::cookie::Cookie;
use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::model::{self, Scope, refresh_token as token};
use super::store;
use crate::kit::{Answer, At, Refusal, UserId};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::keys;

pub const COOKIE: &str = "vdp_refresh";
const DAYS: i64 = 30;

/// A family is one sign-in on one device.
pub async fn begin(parts: &Parts, tx: &Tx<'_>, user: UserId, scope: Scope) -> Answer<(Uuid, String)> {
    let family = Uuid::now_v7();
    Ok((family, insert(parts, tx, user, scope, family).await?))
}

/// Whether a sign-in has not ended: nobody signed out of it, and it did not run out.
pub async fn stands(parts: &Parts, family: Uuid) -> Answer<bool> {
    let row = token::Entity::find()
        .filter(token::Column::Family.eq(family))
        .filter(token::Column::EndedAt.is_null())
        .filter(token::Column::ExpiresAt.gt(parts.clock.now()))
        .one(parts.db.read())
        .await?;
    Ok(row.is_some())
}

async fn insert(parts: &Parts, tx: &Tx<'_>, user: UserId, scope: Scope, family: Uuid) -> Answer<String> {
    let secret = keys::random_token();
    let now = parts.clock.now();
    let row = token::ActiveModel {
        id: Set(Uuid::now_v7()),
        family: Set(family),
        user_id: Set(user),
        hash: Set(keys::sha256(secret.as_bytes()).to_vec()),
        scope: Set(scope),
        issued_at: Set(now),
        expires_at: Set(now.plus_seconds(DAYS * 86_400)),
        used_at: Set(None),
        ended_at: Set(None),
    };
    token::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(secret)
}

/// What came of showing a refresh token.
pub enum Shown {
    Good { user: model::Model, scope: Scope, family: Uuid, next: String },
    Refused(Refusal),
}

/// Trades a refresh token for the next of its family.
pub async fn rotate(parts: &Parts, secret: &str) -> Answer<Shown> {
    let hash = keys::sha256(secret.as_bytes()).to_vec();
    let hash = &hash;
    parts
        .db
        .write(|tx| {
            async move {
                let Some(row) = find(tx.conn(), hash).await? else { return Ok(Shown::Refused(signed_out())) };
                if row.used_at.is_some() && row.ended_at.is_none() {
                    tracing::warn!(user = %row.user_id, "a refresh token was used twice; its family is ended");
                    end_family(tx, row.family, parts.clock.now()).await?;
                    return Ok(Shown::Refused(signed_out()));
                }
                let now = parts.clock.now();
                if row.ended_at.is_some() || row.expires_at <= now {
                    return Ok(Shown::Refused(signed_out()));
                }
                let user = store::find(tx.conn(), row.user_id).await?;
                let Some(user) = user.filter(|u| u.active && u.erased_at.is_none()) else {
                    return Ok(Shown::Refused(signed_out()));
                };
                let used = token::ActiveModel { id: Set(row.id), used_at: Set(Some(now)), ..Default::default() };
                token::Entity::update(used).exec(tx.conn()).await?;
                let next = insert(parts, tx, user.id, row.scope, row.family).await?;
                Ok(Shown::Good { user, scope: row.scope, family: row.family, next })
            }
            .boxed()
        })
        .await
}

/// Signs this device out.
pub async fn end(parts: &Parts, secret: &str) -> Answer<()> {
    let hash = keys::sha256(secret.as_bytes()).to_vec();
    let hash = &hash;
    parts
        .db
        .write(|tx| {
            async move {
                if let Some(row) = find(tx.conn(), hash).await? {
                    end_family(tx, row.family, parts.clock.now()).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

async fn find(conn: &impl ConnectionTrait, hash: &[u8]) -> Answer<Option<token::Model>> {
    Ok(token::Entity::find().filter(token::Column::Hash.eq(hash)).one(conn).await?)
}

async fn end_family(tx: &Tx<'_>, family: Uuid, now: At) -> Answer<()> {
    token::Entity::update_many()
        .col_expr(token::Column::EndedAt, Expr::value(now))
        .filter(token::Column::Family.eq(family))
        .filter(token::Column::EndedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(())
}

fn signed_out() -> Refusal {
    Refusal::new(401, "signed-out", "Signed out", "You are signed out. Sign in again.")
}

/// The cookie that carries a refresh token, readable by no script and sent to no other site.
pub fn cookie(parts: &Parts, secret: &str) -> Cookie<'static> {
    shape(parts, secret, DAYS * 86_400)
}

/// Takes the cookie back.
pub fn no_cookie(parts: &Parts) -> Cookie<'static> {
    shape(parts, "", 0)
}

fn shape(parts: &Parts, secret: &str, seconds: i64) -> Cookie<'static> {
    let secure = if parts.site.is_https() { "; Secure" } else { "" };
    let text = format!("{COOKIE}={secret}; Path=/api/v1/auth; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    Cookie::parse(text).expect("a cookie of our own making")
}

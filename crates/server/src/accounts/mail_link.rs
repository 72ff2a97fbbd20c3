//! One-time links that go out by mail: a random secret, kept as a hash, with a purpose and an end.

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::model::mail_link::{ActiveModel, Column, Entity, Model};
use crate::kit::{Answer, At, UserId};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::keys;

pub use super::model::mail_link::Purpose;

/// A link's secret, which is nowhere kept, and its end.
pub struct Made {
    pub secret: String,
    pub expires_at: At,
}

pub async fn make(parts: &Parts, tx: &Tx<'_>, user: UserId, purpose: Purpose, seconds: i64) -> Answer<Made> {
    let (secret, now) = (keys::random_token(), parts.clock.now());
    let expires_at = now.plus_seconds(seconds);
    let row = ActiveModel {
        id: Set(Uuid::now_v7()),
        user_id: Set(user),
        purpose: Set(purpose),
        hash: Set(hash(&secret)),
        address: Set(None),
        created_at: Set(now),
        expires_at: Set(expires_at),
    };
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(Made { secret, expires_at })
}

/// The link of this secret, while it is good.
pub async fn find(conn: &impl ConnectionTrait, purpose: Purpose, secret: &str, now: At) -> Answer<Option<Model>> {
    let query = Entity::find().filter(Column::Hash.eq(hash(secret.trim()))).filter(Column::Purpose.eq(purpose));
    Ok(query.filter(Column::ExpiresAt.gt(now)).one(conn).await?)
}

pub async fn made_since(tx: &Tx<'_>, user: UserId, purpose: Purpose, since: At) -> Answer<u64> {
    let query = Entity::find().filter(Column::UserId.eq(user)).filter(Column::Purpose.eq(purpose));
    Ok(query.filter(Column::CreatedAt.gt(since)).count(tx.conn()).await?)
}

/// With a new password none of them is good for anything any more.
pub async fn end_all(tx: &Tx<'_>, user: UserId) -> Answer<()> {
    Entity::delete_many().filter(Column::UserId.eq(user)).exec(tx.conn()).await?;
    Ok(())
}

/// Drops what ran out a while ago; what ran out just now still counts how often somebody asked.
pub async fn forget_old(tx: &Tx<'_>, now: At) -> Answer<()> {
    Entity::delete_many().filter(Column::ExpiresAt.lt(now.plus_seconds(-86_400))).exec(tx.conn()).await?;
    Ok(())
}

fn hash(secret: &str) -> Vec<u8> {
    keys::sha256(secret.as_bytes()).to_vec()
}

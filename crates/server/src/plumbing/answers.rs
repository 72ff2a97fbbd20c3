//! First answers, kept by the key that their callers sent: a request that comes again is answered and not done again.
//!
//! A row is *claimed* before the request is served, *acted* in the very transaction that has the effect, and *answered*
//! afterwards. So after a crash in between it is known whether the effect stands. Answers are sealed: some hold secrets
//! of which only a hash is kept elsewhere.

use std::future::Future;

use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde::{Deserialize, Serialize};

use super::db::Tx;
use super::{Parts, seal};
use crate::kit::{Answer, At, Refusal};

/// How long an answer is kept.
pub const KEPT_SECONDS: i64 = 24 * 3600;
/// How long a request may take before another with its key may try, if it had no effect until then.
const CLAIM_SECONDS: i64 = 60;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "first_answers")]
pub struct Model {
    /// Whose key it is; keys of two callers have nothing to do with each other.
    #[sea_orm(primary_key, auto_increment = false)]
    pub caller: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// A hash of what was asked.
    pub request: String,
    /// Which request holds the key.
    pub claim: Uuid,
    pub claimed_until: At,
    /// The request has had its effect.
    pub acted: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    pub created_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// An answer as it went out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub status: u16,
    /// Name and value.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// A request that may be served: nobody else serves one with its key meanwhile.
#[derive(Clone, Debug)]
pub struct Claim {
    caller: String,
    key: String,
    id: Uuid,
}

/// What to do with a request.
pub enum Claimed {
    Serve(Claim),
    /// It was answered before.
    Answered(Kept),
}

/// Claims `key` of `caller` for a request with this hash. A key that another request has is refused, and one whose first
/// request is still being served, or was cut off after its effect.
pub async fn claim(parts: &Parts, caller: &str, key: &str, request: &str) -> Answer<Claimed> {
    parts.db.write(|tx| claim_in(parts, tx, caller, key, request).boxed()).await
}

async fn claim_in(parts: &Parts, tx: &Tx<'_>, caller: &str, key: &str, request: &str) -> Answer<Claimed> {
    let now = parts.clock.now();
    let found = Entity::find_by_id((caller.to_string(), key.to_string())).one(tx.conn()).await?;
    if let Some(row) = found.filter(|row| row.created_at > now.plus_seconds(-KEPT_SECONDS)) {
        if row.request != request {
            return Err(used_otherwise());
        }
        if let Some(answer) = &row.answer {
            let opened =
                seal::open(&parts.keys, &place(caller, key), answer).and_then(|t| serde_json::from_str(&t).ok());
            return opened.map(Claimed::Answered).ok_or_else(answer_lost);
        }
        if row.claimed_until > now {
            return Err(still_served());
        }
        if row.acted {
            return Err(answer_lost());
        }
    }
    let claim = Claim { caller: caller.into(), key: key.into(), id: Uuid::new_v4() };
    let row = ActiveModel {
        caller: Set(claim.caller.clone()),
        key: Set(claim.key.clone()),
        request: Set(request.into()),
        claim: Set(claim.id),
        claimed_until: Set(now.plus_seconds(CLAIM_SECONDS)),
        acted: Set(false),
        answer: Set(None),
        created_at: Set(now),
    };
    let all = [Column::Request, Column::Claim, Column::ClaimedUntil, Column::Acted, Column::Answer, Column::CreatedAt];
    let anew = OnConflict::columns([Column::Caller, Column::Key]).update_columns(all).to_owned();
    Entity::insert(row).on_conflict(anew).exec_without_returning(tx.conn()).await?;
    Ok(Claimed::Serve(claim))
}

/// Keeps the answer for who asks again.
pub async fn keep(parts: &Parts, claim: &Claim, answer: &Kept) -> Answer<()> {
    let text = serde_json::to_string(answer).map_err(Refusal::broken)?;
    let sealed = &seal::seal(&parts.keys, &place(&claim.caller, &claim.key), &text);
    let write = parts.db.write(|tx| {
        let kept = Entity::update_many().col_expr(Column::Answer, Expr::value(sealed.clone())).filter(is(claim));
        async move { Ok(kept.exec(tx.conn()).await.map(|_| ())?) }.boxed()
    });
    write.await
}

/// Gives the key back: the request had no effect and its answer says nothing that lasts.
pub async fn release(parts: &Parts, claim: &Claim) -> Answer<()> {
    let write = parts.db.write(|tx| {
        let mine = Entity::delete_many().filter(is(claim)).filter(Column::Acted.eq(false));
        async move { Ok(mine.exec(tx.conn()).await.map(|_| ())?) }.boxed()
    });
    write.await
}

/// Drops answers that are too old to be given again.
pub async fn forget_old(tx: &Tx<'_>, now: At) -> Answer<()> {
    let old = now.plus_seconds(-KEPT_SECONDS);
    Entity::delete_many().filter(Column::CreatedAt.lte(old)).exec(tx.conn()).await?;
    Ok(())
}

fn is(claim: &Claim) -> sea_orm::Condition {
    let mine = Column::Caller.eq(claim.caller.as_str());
    sea_orm::Condition::all().add(mine).add(Column::Key.eq(claim.key.as_str())).add(Column::Claim.eq(claim.id))
}

fn place(caller: &str, key: &str) -> String {
    format!("{caller}\n{key}")
}

tokio::task_local! {
    /// The claim of the request that this task serves. Not state of the house: it lives as long as the request.
    static SERVED: Claim;
}

/// Serves a request under its claim: its first write marks the claim as acted.
pub async fn serve<T>(claim: Claim, work: impl Future<Output = T>) -> T {
    SERVED.scope(claim, work).await
}

/// Called by the write door, in each transaction before its commit. A claim that another request has taken over
/// meanwhile refuses: then that one acts.
pub(super) async fn mark(conn: &impl ConnectionTrait) -> Answer<()> {
    let Ok(claim) = SERVED.try_with(Clone::clone) else { return Ok(()) };
    let marked = Entity::update_many().col_expr(Column::Acted, Expr::value(true)).filter(is(&claim)).exec(conn).await?;
    if marked.rows_affected == 0 { Err(still_served()) } else { Ok(()) }
}

fn used_otherwise() -> Refusal {
    let text = "This Idempotency-Key was used for another request. Send each new request with a key of its own.";
    Refusal::new(422, "idempotency-key-reused", "The key was used before", text)
}

fn still_served() -> Refusal {
    let text = "The first request with this Idempotency-Key is still being served. Ask again in a moment.";
    Refusal::conflict("idempotency-key-in-use", text).retry_after(1)
}

fn answer_lost() -> Refusal {
    let text = "The request with this Idempotency-Key was done, but its answer was lost. Look at what is there before you \
                send it again with another key.";
    Refusal::conflict("idempotency-answer-lost", text)
}

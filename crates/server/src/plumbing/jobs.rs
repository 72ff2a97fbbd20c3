//! Work for later: a row per job, claimed by one worker at a time, tried again with growing pauses when it fails.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use sea_orm::entity::prelude::*;
use sea_orm::{
    ActiveValue::Set,
    QueryOrder, QuerySelect,
    sea_query::{ExprTrait, OnConflict},
};
use serde_json::Value;

use super::Parts;
use super::db::Tx;
use crate::kit::{Answer, At, Refusal};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    /// At most one waiting job has this key.
    pub unique_key: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub run_at: At,
    pub claimed_until: Option<At>,
    pub attempts: i32,
    pub last_error: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a job asks for next.
pub enum Outcome {
    Done,
    /// Not yet: look again at this time.
    Again(At),
    /// It is under way: look again at this time. What failed before still counts.
    GoesOn(At),
}

pub type Handler = Arc<dyn Fn(Parts, Value) -> BoxFuture<'static, Answer<Outcome>> + Send + Sync>;
pub type Handlers = HashMap<&'static str, Handler>;

/// How long a worker may hold a job before another takes it.
const CLAIM_SECONDS: i64 = 60;

/// Puts a job down in this transaction. One with the same key that still waits is moved to the new time; one that is
/// being done is done again then, whatever comes of it now.
pub async fn put(tx: &Tx<'_>, kind: &'static str, key: &str, body: Value, run_at: At) -> Answer<()> {
    let row = ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set(kind.into()),
        unique_key: Set(Some(key.into())),
        body: Set(body.to_string()),
        run_at: Set(run_at),
        claimed_until: Set(None),
        attempts: Set(0),
        last_error: Set(None),
    };
    // With another id, whoever does the old one cannot settle it any more.
    let moved = [Column::Id, Column::RunAt, Column::Body, Column::ClaimedUntil, Column::Attempts, Column::LastError];
    Entity::insert(row)
        .on_conflict(OnConflict::column(Column::UniqueKey).update_columns(moved).to_owned())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Whether a job with this key is there.
pub async fn waits(tx: &Tx<'_>, key: &str) -> Answer<bool> {
    Ok(Entity::find().filter(Column::UniqueKey.eq(key)).one(tx.conn()).await?.is_some())
}

/// Works until the house closes.
pub async fn work(parts: Parts, handlers: Handlers) {
    loop {
        tokio::select! {
            _ = parts.closing.cancelled() => return,
            _ = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
        while work_one(&parts, &handlers).await {}
    }
}

/// Does one job that is due; true when there was one.
pub async fn work_one(parts: &Parts, handlers: &Handlers) -> bool {
    let Ok(Some(job)) = claim(parts).await else { return false };
    let body = serde_json::from_str(&job.body).unwrap_or(Value::Null);
    let answer = match handlers.get(job.kind.as_str()) {
        Some(handler) => std::panic::AssertUnwindSafe(handler(parts.clone(), body))
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Err(Refusal::broken("a job panicked"))),
        None => Err(Refusal::broken(format!("no handler for the job “{}”", job.kind))),
    };
    if let Err(refusal) = settle(parts, job, answer).await {
        tracing::error!(%refusal, "a job could not be settled");
        return false;
    }
    true
}

async fn claim(parts: &Parts) -> Answer<Option<Model>> {
    let now = parts.clock.now();
    // Most looks find nothing; they must not take the write door.
    if due(now).one(parts.db.read()).await?.is_none() {
        return Ok(None);
    }
    parts
        .db
        .write(|tx| {
            async move {
                let Some(job) = due(now).one(tx.conn()).await? else { return Ok(None) };
                let until = Some(now.plus_seconds(CLAIM_SECONDS));
                let row = ActiveModel { id: Set(job.id), claimed_until: Set(until), ..Default::default() };
                Entity::update(row).exec(tx.conn()).await?;
                Ok(Some(job))
            }
            .boxed()
        })
        .await
}

fn due(now: At) -> Select<Entity> {
    Entity::find()
        .filter(Column::RunAt.lte(now))
        .filter(Column::ClaimedUntil.is_null().or(Column::ClaimedUntil.lt(now)))
        .order_by_asc(Column::RunAt)
        .limit(1)
}

async fn settle(parts: &Parts, job: Model, answer: Answer<Outcome>) -> Answer<()> {
    let now = parts.clock.now();
    let attempts: i32 = job.attempts + 1;
    let (next, error) = match answer {
        Ok(Outcome::Done) => (None, None),
        Ok(Outcome::Again(at)) => (Some((at, 0)), None),
        Ok(Outcome::GoesOn(at)) => (Some((at, job.attempts)), job.last_error),
        Err(refusal) => {
            let pause = 2i64.pow(attempts.clamp(0, 12) as u32).clamp(2, 3600);
            tracing::warn!(kind = job.kind, attempts, %refusal, "a job failed and is tried again");
            (Some((now.plus_seconds(pause), attempts)), Some(refusal.to_string()))
        }
    };
    parts
        .db
        .write(|tx| {
            let error = error.clone();
            async move {
                let Some((run_at, attempts)) = next else {
                    Entity::delete_by_id(job.id).exec(tx.conn()).await?;
                    return Ok(());
                };
                let row = ActiveModel {
                    run_at: Set(run_at),
                    claimed_until: Set(None),
                    attempts: Set(attempts),
                    last_error: Set(error),
                    ..Default::default()
                };
                Entity::update_many().set(row).filter(Column::Id.eq(job.id)).exec(tx.conn()).await?;
                Ok(())
            }
            .boxed()
        })
        .await
}

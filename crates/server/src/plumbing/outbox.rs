//! The outbox: facts wait in a table until every listener has heard them, in order, each exactly once.
//!
//! A listener runs in the write transaction that also marks the fact as heard, so what it writes and the mark stand
//! or fall together. After a crash the rest is delivered at the next start.

use std::sync::Arc;

use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};
use tokio::sync::Notify;

use super::Parts;
use super::db::{Tx, Work};
use crate::events::Fact;
use crate::kit::{Answer, At, Refusal};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub fact: String,
    pub at: At,
    pub heard_at: Option<At>,
    pub attempts: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Someone who hears facts: a room's `listen.rs`.
pub type Listener = Arc<dyn for<'a> Fn(&'a Parts, &'a Tx<'_>, &'a Fact) -> Work<'a, ()> + Send + Sync>;

/// Wakes the delivery after a commit.
#[derive(Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn ring(&self) {
        self.0.notify_one();
    }
}

/// Announces a fact: a row in this transaction, heard after its commit.
pub async fn announce(parts: &Parts, tx: &Tx<'_>, fact: Fact) -> Answer<()> {
    put(tx, fact, parts.clock.now(), None).await?;
    if tx.mark_announced() {
        let bell = parts.bell.clone();
        tx.after_commit(move || bell.ring());
    }
    Ok(())
}

/// Writes down a fact that no room waits for: kept for reports, and delivered to nobody.
pub async fn record(parts: &Parts, tx: &Tx<'_>, fact: Fact) -> Answer<()> {
    let now = parts.clock.now();
    put(tx, fact, now, Some(now)).await
}

async fn put(tx: &Tx<'_>, fact: Fact, at: At, heard_at: Option<At>) -> Answer<()> {
    let text = serde_json::to_string(&fact).map_err(Refusal::broken)?;
    let row = ActiveModel {
        id: Set(Uuid::now_v7()),
        fact: Set(text),
        at: Set(at),
        heard_at: Set(heard_at),
        attempts: Set(0),
    };
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Delivers facts until the house closes. Looks by itself every second, in case a bell was missed.
pub async fn deliver(parts: Parts, listeners: Vec<Listener>) {
    loop {
        tokio::select! {
            _ = parts.closing.cancelled() => return,
            _ = parts.bell.0.notified() => {}
            _ = tokio::time::sleep(std::time::Duration::from_secs(1)) => {}
        }
        while deliver_some(&parts, &listeners).await {}
    }
}

/// Delivers what waits; true when there may be more.
pub async fn deliver_some(parts: &Parts, listeners: &[Listener]) -> bool {
    let waiting =
        Entity::find().filter(Column::HeardAt.is_null()).order_by_asc(Column::Id).limit(64).all(parts.db.read()).await;
    let Ok(rows) = waiting else { return false };
    let full = rows.len() == 64;
    for row in rows {
        if let Err(refusal) = deliver_one(parts, listeners, &row).await {
            tracing::error!(fact = %row.fact, %refusal, attempts = row.attempts, "a fact was not heard");
            note_failure(parts, &row).await;
            // A fact that no listener can take must not hold up the others for ever.
            if row.attempts < 20 {
                return false;
            }
        }
    }
    full
}

async fn deliver_one(parts: &Parts, listeners: &[Listener], row: &Model) -> Answer<()> {
    let fact: Fact = serde_json::from_str(&row.fact).map_err(Refusal::broken)?;
    let heard = parts.db.write(|tx| {
        let fact = &fact;
        async move {
            for listener in listeners {
                listener(parts, tx, fact).await?;
            }
            let row = ActiveModel { id: Set(row.id), heard_at: Set(Some(parts.clock.now())), ..Default::default() };
            Entity::update(row).exec(tx.conn()).await?;
            Ok(())
        }
        .boxed()
    });
    // A listener that panics is a listener that failed: the fact stays and is tried again.
    std::panic::AssertUnwindSafe(heard)
        .catch_unwind()
        .await
        .unwrap_or_else(|_| Err(Refusal::broken("a listener panicked")))
}

async fn note_failure(parts: &Parts, row: &Model) {
    let (id, attempts) = (row.id, row.attempts + 1);
    let given_up = (attempts > 20).then(|| parts.clock.now());
    let _ = parts
        .db
        .write(|tx| {
            async move {
                let row =
                    ActiveModel { id: Set(id), attempts: Set(attempts), heard_at: Set(given_up), ..Default::default() };
                Entity::update(row).exec(tx.conn()).await?;
                Ok(())
            }
            .boxed()
        })
        .await;
}

//! The one door to a desk: the row, then memory, then what follows.

use std::sync::Arc;

use futures::FutureExt;

use super::{Desk, effects, store};
use crate::events::Fact;
use crate::kit::{Answer, SessionId};
use crate::live::{Live, policy};
use crate::plumbing::db::{Tx, Work};
use crate::plumbing::{Parts, outbox};

/// One who writes at a time per class, so that no change is made on what another one replaces.
pub type Pen = Arc<tokio::sync::Mutex<()>>;

/// Changes the desk of a class; `by` is the name of who does. `act` may refuse, and answers the facts to announce.
pub async fn desk(
    parts: &Parts,
    session: SessionId,
    by: &str,
    act: impl FnOnce(&mut Desk) -> Answer<Vec<Fact>>,
) -> Answer<()> {
    desk_if(parts, session, by, act, |_| async { Ok(()) }.boxed()).await
}

/// Likewise, together with what `also` writes or refuses in the same transaction.
pub async fn desk_if(
    parts: &Parts,
    session: SessionId,
    by: &str,
    act: impl FnOnce(&mut Desk) -> Answer<Vec<Fact>>,
    also: impl for<'a> Fn(&'a Tx<'_>) -> Work<'a, ()> + Send + Sync,
) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    let pen = {
        let state = live.state();
        state.rooms.get(&session).map(|room| room.pen.clone()).ok_or_else(policy::seat_gone)?
    };
    let _turn = pen.lock().await;
    let before = live.state().rooms.get(&session).map(|room| room.desk.clone()).ok_or_else(policy::seat_gone)?;
    let mut after = before.clone();
    let facts = act(&mut after)?;
    if after == before {
        return Ok(());
    }
    let now = parts.clock.now();
    let (desk, facts, also) = (&after, &facts, &also);
    parts
        .db
        .write(|tx| {
            async move {
                also(tx).await?;
                store::put(tx, session, desk, now).await?;
                for fact in facts {
                    outbox::record(parts, tx, fact.clone()).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await?;
    effects::follow(&mut live.state(), session, &before, after, by, now);
    Ok(())
}
